"""The application, with what the system asks of it while it runs: macOS hands over files as events."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QEvent
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication

from .drops import looks_like_briefing


class Application(QApplication):
    """The application. A briefing that comes before anybody takes it waits."""

    def __init__(self, argv: Sequence[str]) -> None:
        super().__init__(list(argv))
        self._take: Callable[[Path], None] | None = None
        self._waiting: list[Path] = []

    def set_file_handler(self, take: Callable[[Path], None]) -> None:
        """Give briefings to ``take`` from now on, and those that came before."""
        self._take = take
        waiting, self._waiting = self._waiting, []
        for path in waiting:
            take(path)

    def event(self, event: QEvent) -> bool:
        """Take a briefing that the system hands over."""
        if isinstance(event, QFileOpenEvent) and looks_like_briefing(Path(event.file())):
            path = Path(event.file())
            if self._take is None:
                self._waiting.append(path)
            else:
                self._take(path)
            return True
        return super().event(event)
