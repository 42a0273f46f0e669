"""A widget whose parts stand in lines, as many as its width asks for. What flows is its own affair."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from .typeset import TARGET


class FlowWidget(QWidget):
    """A widget whose height depends on its width, because what is in it breaks into lines."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def flow(self, width: int, *, place: bool) -> int:
        """The height in ``width`` pixels; ``place`` also puts everything where it belongs."""
        raise NotImplementedError

    def heightForWidth(self, width: int) -> int:  # noqa: N802
        """As high as its lines."""
        return self.flow(width, place=False)

    def sizeHint(self) -> QSize:  # noqa: N802
        """At the width that it has."""
        width = max(self.width(), 200)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """Narrow: the lines break."""
        return QSize(120, TARGET)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Put everything where it belongs."""
        super().resizeEvent(event)
        self.flow(self.width(), place=True)
