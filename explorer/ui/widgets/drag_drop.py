"""Files dropped on the window: one that fits is handed on as a path, and is never taken from its place."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QByteArray, QEvent, QMimeData, QObject, QPoint, Qt
from PySide6.QtGui import QDrag, QDragEnterEvent, QDragMoveEvent, QDropEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QWidget

from explorer.packs import DESCRIPTOR


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


# Things that can be dragged to the briefing: what a drag carries, and when a pull becomes one.


COLLECTED_MIME = "application/x-online-harms-collected"
"""What is dragged: text as ``contents.build_collect_action`` puts it together."""
_WIDE = 160


class DragTracker:
    """Follows the pointer over a widget: pressed, and then moved far enough to mean a drag."""

    def __init__(self) -> None:
        self._from: QPoint | None = None

    def on_press(self, event: QMouseEvent) -> None:
        """The pointer was pressed."""
        is_left_button = event.button() is Qt.MouseButton.LeftButton
        self._from = event.position().toPoint() if is_left_button else None

    def is_drag_start(self, event: QMouseEvent) -> bool:
        """Whether it was moved far enough just now; once for each press."""
        if self._from is None or not event.buttons() & Qt.MouseButton.LeftButton:
            self._from = None
            return False
        distance = (event.position().toPoint() - self._from).manhattanLength()
        if distance < QApplication.startDragDistance():
            return False
        self._from = None
        return True


def start_drag(widget: QWidget, content: str) -> None:
    """Begin a drag of what ``widget`` offers; nothing where that is nothing."""
    if not content:
        return
    drag = QDrag(widget)
    drag.setMimeData(build_mime_data(content))
    drag.setPixmap(widget.grab().scaledToWidth(_WIDE, Qt.TransformationMode.SmoothTransformation))
    drag.exec(Qt.DropAction.CopyAction)


def build_mime_data(content: str) -> QMimeData:
    """What a drag holds."""
    data = QMimeData()
    data.setData(COLLECTED_MIME, QByteArray(content.encode()))
    return data


def read_mime_data(data: QMimeData) -> str:
    """What a drag of ours holds; empty for any other."""
    return bytes(data.data(COLLECTED_MIME).data()).decode("utf-8", "replace") if data.hasFormat(COLLECTED_MIME) else ""
