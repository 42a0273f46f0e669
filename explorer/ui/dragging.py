"""Things that can be dragged to the briefing: what a drag carries, and when a pull becomes one."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QMimeData, QPoint, Qt
from PySide6.QtGui import QDrag, QMouseEvent
from PySide6.QtWidgets import QApplication, QWidget

COLLECTED = "application/x-online-harms-collected"
"""What is dragged: text as ``contents.collecting`` puts it together."""
_WIDE = 160


class Pull:
    """Follows the pointer over a widget: pressed, and then moved far enough to mean a drag."""

    def __init__(self) -> None:
        self._from: QPoint | None = None

    def press(self, event: QMouseEvent) -> None:
        """The pointer was pressed."""
        left = event.button() is Qt.MouseButton.LeftButton
        self._from = event.position().toPoint() if left else None

    def far(self, event: QMouseEvent) -> bool:
        """Whether it was moved far enough just now; once for each press."""
        if self._from is None or not event.buttons() & Qt.MouseButton.LeftButton:
            self._from = None
            return False
        gone = (event.position().toPoint() - self._from).manhattanLength()
        if gone < QApplication.startDragDistance():
            return False
        self._from = None
        return True


def begin(widget: QWidget, offered: str) -> None:
    """Begin a drag of what ``widget`` offers; nothing where that is nothing."""
    if not offered:
        return
    drag = QDrag(widget)
    drag.setMimeData(carried(offered))
    drag.setPixmap(widget.grab().scaledToWidth(_WIDE, Qt.TransformationMode.SmoothTransformation))
    drag.exec(Qt.DropAction.CopyAction)


def carried(offered: str) -> QMimeData:
    """What a drag holds."""
    data = QMimeData()
    data.setData(COLLECTED, QByteArray(offered.encode()))
    return data


def offered(data: QMimeData) -> str:
    """What a drag of ours holds; empty for any other."""
    return bytes(data.data(COLLECTED).data()).decode("utf-8", "replace") if data.hasFormat(COLLECTED) else ""
