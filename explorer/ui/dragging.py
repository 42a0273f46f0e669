"""Things that can be dragged to the briefing: what a drag carries, and when a pull becomes one."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QMimeData, QPoint, Qt
from PySide6.QtGui import QDrag, QMouseEvent
from PySide6.QtWidgets import QApplication, QWidget

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
