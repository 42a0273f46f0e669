"""The scroll bar of the side panel: a plain thumb that can be seen in every theme.

It is drawn here because the system style's costs more time to paint than all of the cards beside it.
Where the thumb stands, and what a press does, stays the style's.
"""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QScrollBar, QStyle, QStyleOptionSlider, QWidget

from explorer.support.theme import LIGHT, Theme

from .typeset import colour

WIDTH = 14
_AT_REST = 0.75
"""How much of the thumb's colour shows when nothing points at it: still 3:1 on every panel."""


class ThinBar(QScrollBar):
    """An upright scroll bar."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self._theme = LIGHT

    def apply_theme(self, theme: Theme) -> None:
        """Take the colours of ``theme``."""
        self._theme = theme
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802
        """The same width on every system, so that it fits the margin it stands in."""
        return QSize(WIDTH, super().sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Draw the thumb where the style has it."""
        option = QStyleOptionSlider()
        self.initStyleOption(option)
        thumb = self.style().subControlRect(
            QStyle.ComplexControl.CC_ScrollBar, option, QStyle.SubControl.SC_ScrollBarSlider, self
        )
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        is_active = self.underMouse() or self.isSliderDown()
        ink = QColor(colour(self._theme.muted_text))
        ink.setAlphaF(1.0 if is_active else _AT_REST)
        painter.setBrush(ink)
        inset = 3 if is_active else 4
        box = QRectF(thumb).adjusted(inset, 2, -inset, -2)
        painter.drawRoundedRect(box, box.width() / 2, box.width() / 2)
        painter.end()
