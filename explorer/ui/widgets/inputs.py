"""The fields of the side panel: a line to type in and a list to choose from, edged so that they can be seen.

The system's own frames fade into a dark panel; these keep 3:1 in every theme. They only show and report.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit, QScrollBar, QStyle, QStyleOptionSlider, QWidget

from explorer.support import LIGHT, Theme
from explorer.ui.theme import GAP, Typeset, colour

_RADIUS = 4


class WordField(QLineEdit):
    """A line of text to type in."""

    _applied_font: QFont | None = None

    def __init__(self, parent: QWidget, hint: str, name: str) -> None:
        super().__init__(parent)
        self._theme = LIGHT
        self.setPlaceholderText(hint)
        self.setAccessibleName(name)
        self.setFrame(False)
        # Its picture takes a while to load, and nothing is there to be cleared yet.
        self.textChanged.connect(self._enable_clear_button)
        self.setTextMargins(6, 4, 4, 4)
        self.setMaxLength(200)

    def _enable_clear_button(self) -> None:
        self.setClearButtonEnabled(True)

    def apply_theme(self, typeset: Typeset) -> None:
        """Take the colours and the type of ``typeset``."""
        self._theme, self._applied_font = typeset.theme, typeset.font
        self.setFont(typeset.font)
        self.update()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """Keep the type: a style sheet, set anew, brings back the type that was there before."""
        super().changeEvent(event)
        if (
            event.type() is QEvent.Type.StyleChange
            and self._applied_font is not None
            and self.font() != self._applied_font
        ):
            self.setFont(self._applied_font)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Draw the text, and the edge over it."""
        super().paintEvent(event)
        painter = QPainter(self)
        _draw_edge(painter, self, self._theme)
        painter.end()


class NotesField(QPlainTextEdit):
    """Several lines of text to type in. Its edge is the style sheet's."""

    _applied_font: QFont | None = None

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("notes")
        self.setTabChangesFocus(True)

    def apply_theme(self, typeset: Typeset) -> None:
        """Take the type of ``typeset``."""
        self._applied_font = typeset.font
        self.setFont(typeset.font)
        self.document().setDefaultFont(typeset.font)  # the hint is set in it

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """Keep the type: a style sheet, set anew, brings back the type that was there before."""
        super().changeEvent(event)
        if (
            event.type() is QEvent.Type.StyleChange
            and self._applied_font is not None
            and self.font() != self._applied_font
        ):
            self.setFont(self._applied_font)


class ChoiceField(QComboBox):
    """A list to choose one of. A name too long for it is shortened here and whole in the list."""

    _applied_font: QFont | None = None

    def __init__(self, parent: QWidget, name: str) -> None:
        super().__init__(parent)
        self._theme = LIGHT
        self.setAccessibleName(name)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)

    def apply_theme(self, typeset: Typeset) -> None:
        """Take the colours and the type of ``typeset``."""
        self._theme, self._applied_font = typeset.theme, typeset.font
        self.setFont(typeset.font)
        self.update()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """Keep the type: a style sheet, set anew, brings back the type that was there before."""
        super().changeEvent(event)
        if (
            event.type() is QEvent.Type.StyleChange
            and self._applied_font is not None
            and self.font() != self._applied_font
        ):
            self.setFont(self._applied_font)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Draw the surface, what is chosen and the sign that there is more."""
        painter = QPainter(self)
        painter.fillRect(self.rect().adjusted(1, 1, -1, -1), colour(self._theme.page))
        sign = QRect(self.width() - 24, 0, 24, self.height())
        words = self.rect().adjusted(GAP, 0, -sign.width(), 0)
        elided_text = self.fontMetrics().elidedText(self.currentText(), Qt.TextElideMode.ElideRight, words.width())
        painter.setPen(colour(self._theme.text))
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, elided_text)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(colour(self._theme.muted_text), 1.5))
        middle = QPointF(sign.center())
        painter.drawPolyline([middle + QPointF(-4, -2), middle + QPointF(0, 2), middle + QPointF(4, -2)])
        _draw_edge(painter, self, self._theme)
        painter.end()


def _draw_edge(painter: QPainter, field: QWidget, theme: Theme) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if field.hasFocus():
        painter.setPen(QPen(colour(theme.focus), 2))
        painter.drawRoundedRect(QRectF(field.rect()).adjusted(1, 1, -1, -1), _RADIUS, _RADIUS)
    else:
        painter.setPen(QPen(colour(theme.muted_text), 1))
        painter.drawRoundedRect(QRectF(field.rect()).adjusted(0.5, 0.5, -0.5, -0.5), _RADIUS, _RADIUS)


# The scroll bar of the side panel: a plain thumb that can be seen in every theme.


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
