"""Files that the system asks the running program to open: macOS hands them over as events."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtGui import QFileOpenEvent

from .drops import looks_like_briefing


class OpenedFiles(QObject):
    """Watches the application for files to open, and hands the briefings among them on."""

    def __init__(self, take: Callable[[Path], None]) -> None:
        app = QCoreApplication.instance()
        super().__init__(app)
        self._take = take
        if app is not None:
            app.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Take a briefing; leave every other event to others."""
        if event.type() is not QEvent.Type.FileOpen or not isinstance(event, QFileOpenEvent):
            return False
        path = Path(event.file())
        if looks_like_briefing(path):
            self._take(path)
            return True
        return False
