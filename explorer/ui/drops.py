"""Files dropped on the window: one that fits is handed on as a path, and is never taken from its place."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QWidget

from explorer.packs.files import DESCRIPTOR


def looks_like_pack(path: Path) -> bool:
    """Whether ``path`` looks like a pack from the outside; what is in it is not looked at."""
    return path.is_dir() or path.suffix.lower() == ".zip" or path.name == DESCRIPTOR


SUFFIX = ".ohbrief"
"""The ending of a briefing's file; ``briefing.document`` has the same, and is not needed at the start."""


def looks_like_briefing(path: Path) -> bool:
    """Whether ``path`` has a briefing's name; what is in it is not looked at."""
    return path.suffix.lower() == SUFFIX and not path.is_dir()


TABLES = frozenset({".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".xlsb", ".xls", ".ods"})
"""The endings of files that are tables."""


def looks_like_table(path: Path) -> bool:
    """Whether ``path`` has a table's name; what is in it is not looked at."""
    return path.suffix.lower() in TABLES and not path.is_dir()


class FileDropFilter(QObject):
    """Watches a window for files. ``fits`` is asked of each while it hangs over it, ``take`` gets one."""

    def __init__(self, window: QWidget, fits: Callable[[Path], bool], take: Callable[[Path], None]) -> None:
        super().__init__(window)
        self._fits, self._take = fits, take
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    def eventFilter(self, _target: QObject, event: QEvent) -> bool:  # noqa: N802
        """Take what fits, as a copy; leave everything else to others."""
        if not isinstance(event, (QDragEnterEvent, QDragMoveEvent, QDropEvent)):
            return False
        path = self._dropped_path(event)
        if path is None:
            return False
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        if event.type() is QEvent.Type.Drop:
            self._take(path)
        return True

    def _dropped_path(self, event: QDropEvent) -> Path | None:
        """The one file or folder that hangs there, if it fits. Several at once are not taken."""
        urls = event.mimeData().urls()
        if len(urls) != 1 or not urls[0].isLocalFile():
            return None
        path = Path(urls[0].toLocalFile())
        return path if self._fits(path) else None
