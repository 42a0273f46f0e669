"""What the window remembers between openings, in one readable file. A broken one is let go."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QSettings

from explorer.pages.model import Question
from explorer.support import SYSTEM, THEME_NAMES, paths

_FILE = "window.ini"
SCALES = (1.0, 1.25, 1.5, 1.75, 2.0)
"""The sizes of text that can be chosen."""
_MOST_RECENT = 10


class UserSettings:
    """Reads and writes the person's settings."""

    def __init__(self) -> None:
        path = paths.user_data_folder() / _FILE
        self._store = QSettings(str(path), QSettings.Format.IniFormat)

    @property
    def theme(self) -> str:
        """The chosen theme's name, or "system"."""
        theme_name = self._read_text("theme")
        return theme_name if theme_name in THEME_NAMES else SYSTEM

    @theme.setter
    def theme(self, name: str) -> None:
        self._store.setValue("theme", name)

    @property
    def scale(self) -> float:
        """The size of text, 1.0 to 2.0."""
        try:
            chosen_scale = float(self._read_text("scale") or 1)
        except ValueError:
            return 1.0
        return min(SCALES, key=lambda scale: abs(scale - chosen_scale))

    @scale.setter
    def scale(self, scale: float) -> None:
        self._store.setValue("scale", str(scale))

    @property
    def question(self) -> Question | None:
        """What was on screen last; None where there is nothing that can be read."""
        try:
            return Question.from_json(self._read_text("question"))
        except ValueError:
            return None

    @question.setter
    def question(self, question: Question) -> None:
        self._store.setValue("question", question.to_json())

    @property
    def recent_paths(self) -> tuple[str, ...]:
        """The paths of the briefings that were open before, the latest first."""
        return tuple(line for line in self._read_text("recent").split("\n") if line)[:_MOST_RECENT]

    @recent_paths.setter
    def recent_paths(self, paths: tuple[str, ...]) -> None:
        self._store.setValue("recent", "\n".join(paths[:_MOST_RECENT]))

    def load_shape(self, name: str) -> QByteArray:
        """A window's or splitter's state; empty where there is none."""
        value = self._store.value(f"shape/{name}")
        return value if isinstance(value, QByteArray) else QByteArray()

    def keep_shape(self, name: str, state: QByteArray) -> None:
        """Remember a window's or splitter's state."""
        self._store.setValue(f"shape/{name}", state)

    def sync(self) -> None:
        """Write what has changed."""
        self._store.sync()

    def _read_text(self, name: str) -> str:
        value = self._store.value(name)
        return value if isinstance(value, str) else ""
