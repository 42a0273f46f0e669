"""Things that can be dragged to the briefing: a widget is watched, and a pull on it begins the drag."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QByteArray, QEvent, QMimeData, QObject, QPoint, Qt
from PySide6.QtGui import QDrag, QMouseEvent
from PySide6.QtWidgets import QApplication, QWidget

COLLECTED = "application/x-online-harms-collected"
"""What is dragged: text as ``contents.collecting`` puts it together."""


class DragSource(QObject):
    """Watches ``widget``; ``offer`` is asked what a pull on it carries, and gives nothing for nothing."""

    def __init__(self, widget: QWidget, offer: Callable[[], str]) -> None:
        super().__init__(widget)
        self._widget, self._offer = widget, offer
        self._from: QPoint | None = None
        widget.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Begin a drag once the pointer was pulled far enough; a plain press stays the widget's."""
        if not isinstance(event, QMouseEvent):
            return False
        kind = event.type()
        if kind is QEvent.Type.MouseButtonPress and event.button() is Qt.MouseButton.LeftButton:
            self._from = event.position().toPoint()
        elif kind is QEvent.Type.MouseButtonRelease:
            self._from = None
        elif kind is QEvent.Type.MouseMove and self._from is not None:
            if not event.buttons() & Qt.MouseButton.LeftButton:
                self._from = None
            elif (event.position().toPoint() - self._from).manhattanLength() >= _far():
                self._from = None
                return self._begin()
        return False

    def _begin(self) -> bool:
        offered = self._offer()
        if not offered:
            return False
        drag = QDrag(self._widget)
        drag.setMimeData(carried(offered))
        drag.setPixmap(self._widget.grab().scaledToWidth(160, Qt.TransformationMode.SmoothTransformation))
        drag.exec(Qt.DropAction.CopyAction)
        return True


def carried(offered: str) -> QMimeData:
    """What a drag holds."""
    data = QMimeData()
    data.setData(COLLECTED, QByteArray(offered.encode()))
    return data


def offered(data: QMimeData) -> str:
    """What a drag of ours holds; empty for any other."""
    return bytes(data.data(COLLECTED).data()).decode("utf-8", "replace") if data.hasFormat(COLLECTED) else ""


def _far() -> int:
    return QApplication.startDragDistance()
