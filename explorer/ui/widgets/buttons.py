"""The buttons of the side panel: drawn by themselves, breaking their words where a line is too short.

A long label in a narrow panel or in large text is wrapped and never cut off. Text is plain: an ampersand is
an ampersand. What a press does is decided by whoever listens.
"""

from __future__ import annotations

import enum

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QKeyEvent, QPainter, QPaintEvent, QPen, QTextLayout, QTextOption
from PySide6.QtWidgets import QPushButton, QWidget

from explorer.support import Theme
from explorer.ui.theme import SMALL, TARGET, Typeset, colour, scaled_font

_NEXT_LINE = "\u2028"
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class ButtonStyle(enum.Enum):
    """How a button is drawn."""

    LINK = enum.auto()
    """Underlined text in the accent colour: leads somewhere."""
    QUIET = enum.auto()
    """A hairline round the text: does something here."""
    CHOICE = enum.auto()
    """One of several that exclude each other: the chosen one is filled."""
    TAB = enum.auto()
    """One of several faces: the open one is underscored."""


_PADDING = {
    ButtonStyle.LINK: (4.0, 4.0),
    ButtonStyle.QUIET: (10.0, 5.0),
    ButtonStyle.CHOICE: (10.0, 5.0),
    ButtonStyle.TAB: (6.0, 9.0),
}
"""Space left and right of the words, and above and below them."""


class WordButton(QPushButton):
    """A button that is only words. Its owner asks for its size and places it."""

    def __init__(self, parent: QWidget, look: ButtonStyle) -> None:
        super().__init__(parent)
        self._look = look
        self._label = ""
        self._is_stacked = False
        self._typeset: Typeset | None = None
        self._font = QFont()
        self._layout = QTextLayout()
        self._layout_key: tuple[str, float] = ("", -1.0)
        self._natural = 0.0
        self._text_size = (0.0, 0.0)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAutoDefault(False)  # Enter is for the button that has the keyboard, and for no other
        self.setCheckable(look in (ButtonStyle.CHOICE, ButtonStyle.TAB))
        self.setAutoExclusive(look in (ButtonStyle.CHOICE, ButtonStyle.TAB))

    @property
    def label(self) -> str:
        """The words on it."""
        return self._label

    @property
    def button_style(self) -> ButtonStyle:
        """How it is drawn."""
        return self._look

    def set_label(self, label: str, name: str = "") -> None:
        """Put ``label`` on it; ``name`` is what a screen reader says instead."""
        words = " ".join(label.split())
        if words != self._label:
            self._label = words
            # Doubled, so that Qt makes no shortcut key of it.
            self.setText(words.replace("&", "&&"))
            self._layout_key = ("", -1.0)
            self._natural = 0.0
            self.update()
        if (name or words) != self.accessibleName():
            self.setAccessibleName(name or words)

    def apply_theme(self, typeset: Typeset, look: ButtonStyle | None = None) -> None:
        """Take the colours and the size of ``typeset``, and another look where one is given."""
        if typeset is self._typeset and look in (None, self._look):
            return
        self._typeset, self._look = typeset, look or self._look
        self._font = scaled_font(typeset.font, SMALL)
        self._font.setUnderline(self._look is ButtonStyle.LINK)
        self._font.setWeight(QFont.Weight.DemiBold if self._look is ButtonStyle.TAB else QFont.Weight.Normal)
        self._layout_key = ("", -1.0)
        self._natural = 0.0
        self.update()

    def set_stacked(self, is_stacked: bool) -> None:
        """Set every word on a line of its own, or all on one."""
        if is_stacked is not self._is_stacked:
            self._is_stacked = is_stacked
            self._layout_key = ("", -1.0)
            self._natural = 0.0
            self.update()

    def natural_width(self) -> int:
        """The width at which the words stand on one line, or each on its own where they are stacked."""
        if self._is_stacked:
            return self.least_width()
        if not self._natural:
            self._natural = QFontMetricsF(self._font).horizontalAdvance(self._label)
        return max(TARGET, round(self._natural + 2 * _PADDING[self._look][0] + 1.5))

    def least_width(self) -> int:
        """The width at which no word is broken, though the words may stand on several lines."""
        metrics = QFontMetricsF(self._font)
        widest = max((metrics.horizontalAdvance(word) for word in self._label.split()), default=0.0)
        return max(TARGET, round(widest + 2 * _PADDING[self._look][0] + 1.5))

    def height_for(self, width: int) -> int:
        """The height the words need in ``width`` pixels, at least a target's."""
        self._layout_text(width - 2 * _PADDING[self._look][0])
        return max(TARGET, round(self._text_size[1] + 2 * _PADDING[self._look][1]))

    def sizeHint(self) -> QSize:  # noqa: N802
        """One line, for an owner that lays out by hints."""
        width = self.natural_width()
        return QSize(width, self.height_for(width))

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """A target's size: the words break to fit."""
        return QSize(TARGET, TARGET)

    def _layout_text(self, width: float) -> None:
        width = max(1.0, width)
        if self._layout_key == (self._label, width):
            return
        words = self._label.replace(" ", _NEXT_LINE) if self._is_stacked else self._label
        layout = QTextLayout(words, self._font)
        option = QTextOption(Qt.AlignmentFlag.AlignLeft)
        if self._look in (ButtonStyle.TAB, ButtonStyle.CHOICE):
            option.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        self._text_size = _break_lines(layout, width)
        self._layout, self._layout_key = layout, (self._label, width)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Draw the surface, the words and, with the focus, the ring."""
        if self._typeset is None:
            return
        across = _PADDING[self._look][0]
        self._layout_text(self.width() - 2 * across)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._draw_surface(painter, self._typeset.theme)
        painter.setPen(colour(self._ink(self._typeset.theme)))
        self._layout.draw(painter, QPointF(across, (self.height() - self._text_size[1]) / 2))
        if self.hasFocus():
            painter.setPen(QPen(colour(self._typeset.theme.focus), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 4, 4)
        painter.end()

    def _ink(self, theme: Theme) -> str:
        if not self.isEnabled():
            return theme.muted_text
        if self._look is ButtonStyle.LINK:
            return theme.accent
        if self._look is ButtonStyle.CHOICE and self.isChecked():
            return theme.on_accent
        if self._look is ButtonStyle.TAB and not self.isChecked():
            return theme.muted_text
        return theme.text

    def _draw_surface(self, painter: QPainter, theme: Theme) -> None:
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        is_chosen = self._look is ButtonStyle.CHOICE and self.isChecked()
        is_hovered = self.underMouse() or self.isDown()
        painter.setBrush(colour(theme.accent if is_chosen else theme.hover if is_hovered else theme.page))
        if not self.isEnabled():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(colour(theme.hairline), 1, Qt.PenStyle.DashLine))
            painter.drawRoundedRect(box, 4, 4)
        elif self._look in (ButtonStyle.QUIET, ButtonStyle.CHOICE):
            painter.setPen(QPen(colour(theme.muted_text if is_hovered else theme.hairline), 1))
            painter.drawRoundedRect(box, 4, 4)
        elif is_hovered:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.drawRoundedRect(box, 4, 4)
        if self._look is ButtonStyle.TAB and self.isChecked():
            painter.fillRect(QRectF(0, self.height() - 3, self.width(), 3), colour(theme.accent))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Enter presses it, as space does."""
        if event.key() in _ENTER:
            self.click()
            return
        super().keyPressEvent(event)


def _break_lines(layout: QTextLayout, width: float) -> tuple[float, float]:
    """Lay out all lines in ``width``; returns the width and height that they take."""
    widest = height = 0.0
    layout.beginLayout()
    line = layout.createLine()
    while line.isValid():
        line.setLineWidth(width)
        line.setPosition(QPointF(0, height))
        height += line.height()
        widest = max(widest, line.naturalTextWidth())
        line = layout.createLine()
    layout.endLayout()
    return widest, height
