"""A text that is read, selected and copied, as tall as it needs to be and never scrolled by itself.

It is a read-only text editor underneath, because Qt gives that a caret, selection by keyboard and a text
interface for screen readers. Text is put in letter by letter and never read as markup.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from PySide6.QtCore import QMimeData, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QKeyEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPalette,
    QPen,
    QTextCursor,
    QTextDocument,
    QTextOption,
    QWheelEvent,
)
from PySide6.QtWidgets import QFrame, QTextEdit, QWidget

from explorer.evidence import Verdict
from explorer.ui.cards import model
from explorer.ui.theme import ParagraphRole, Typeset, colour

from .model import CardParagraph

# The tints, rules and signs that are drawn beside paragraphs: shapes that say the same as the words
# do.


ROLES_WITH_SIGNS = frozenset(
    {
        ParagraphRole.QUOTE,
        ParagraphRole.FORMULA,
        ParagraphRole.CAVEAT,
        ParagraphRole.VERDICT,
        ParagraphRole.SIDE,
    }
)
"""The roles that have something drawn beside them."""

_RADIUS = 4.0


def draw_signs(
    painter: QPainter,
    document: QTextDocument,
    paragraphs: tuple[CardParagraph, ...],
    typeset: Typeset,
    width: int,
) -> None:
    """Draw what stands beside each of ``paragraphs``, which are the blocks of ``document`` in order."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for paragraph, room in _iter_extents(document, paragraphs, width):
        _DRAW[paragraph.role](painter, room, paragraph, typeset)


def _iter_extents(
    document: QTextDocument, paragraphs: tuple[CardParagraph, ...], width: int
) -> Iterator[tuple[CardParagraph, QRectF]]:
    layout = document.documentLayout()
    before: ParagraphRole | None = None
    bottom = 0.0
    for number, paragraph in enumerate(paragraphs):
        if paragraph.role in ROLES_WITH_SIGNS:
            box = layout.blockBoundingRect(document.findBlockByNumber(number))
            # One quotation, one rule: it runs through the space between its paragraphs.
            top = bottom if before is paragraph.role is ParagraphRole.QUOTE else box.top()
            bottom = box.bottom()
            yield paragraph, QRectF(0, round(top), width, round(bottom) - round(top))
        before = paragraph.role


def _draw_quote(painter: QPainter, room: QRectF, _paragraph: CardParagraph, typeset: Typeset) -> None:
    painter.fillRect(QRectF(0, room.top(), 3, room.height()), colour(typeset.theme.accent))


def _draw_caveat(painter: QPainter, room: QRectF, _paragraph: CardParagraph, typeset: Typeset) -> None:
    painter.fillRect(QRectF(0, room.top(), 2, room.height()), colour(typeset.theme.hairline))


def _draw_formula(painter: QPainter, room: QRectF, _paragraph: CardParagraph, typeset: Typeset) -> None:
    box = room.adjusted(0.5, -5.5, -0.5, 4.5)
    painter.setPen(QPen(colour(typeset.theme.hairline), 1))
    painter.setBrush(colour(typeset.theme.panel))
    painter.drawRoundedRect(box, _RADIUS, _RADIUS)


def _draw_verdict(painter: QPainter, room: QRectF, paragraph: CardParagraph, typeset: Typeset) -> None:
    if paragraph.weight is None:
        return
    side = 18 * typeset.scale
    line = typeset.line_height(ParagraphRole.VERDICT)
    box = QRectF(0, room.top() + (line - side) / 2, side, side).adjusted(1, 1, -1, -1)
    pen = QPen(colour(typeset.sign_colour(paragraph.weight)), 2 * typeset.scale)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawEllipse(box)
    draw_weight(painter, box, paragraph.weight)


def _draw_side(painter: QPainter, room: QRectF, paragraph: CardParagraph, typeset: Typeset) -> None:
    """A solid dot for the side that is shown, a ring for another, a dash where none is chosen between."""
    theme, scale = typeset.theme, typeset.scale
    side, line = 10 * scale, typeset.line_height(ParagraphRole.SIDE)
    box = QRectF(1, room.top() + (line - side) / 2, side, side)
    if paragraph.is_preferred is None:
        painter.fillRect(QRectF(1, box.center().y() - scale, side, 2 * scale), colour(theme.muted_text))
        return
    painter.setPen(QPen(colour(theme.accent), 2 * scale))
    painter.setBrush(colour(theme.accent) if paragraph.is_preferred else Qt.BrushStyle.NoBrush)
    painter.drawEllipse(box.adjusted(scale, scale, -scale, -scale))


def draw_weight(painter: QPainter, box: QRectF, weight: Verdict) -> None:
    """Draw the sign inside the ring.

    A tick, a wave, half a disc, a dash, three dots, or two bars with a stroke through.
    """
    middle, unit = box.center(), box.width() / 16

    def point_at(x: float, y: float) -> QPointF:
        return QPointF(middle.x() + x * unit, middle.y() + y * unit)

    if weight is Verdict.SUPPORTED:
        painter.drawPolyline([point_at(-3.6, 0.2), point_at(-1, 2.8), point_at(3.8, -2.8)])
    elif weight is Verdict.IN_LINE:
        wave = QPainterPath(point_at(-4.4, 1.2))
        wave.cubicTo(point_at(-2.2, -4.2), point_at(2.2, 4.2), point_at(4.4, -1.2))
        painter.drawPath(wave)
    elif weight is Verdict.PARTLY:
        half = QPainterPath(point_at(0, -8))
        half.arcTo(box, 90, 180)
        half.closeSubpath()
        painter.fillPath(half, painter.pen().color())
    elif weight is Verdict.NOT_SHOWN:
        painter.drawLine(point_at(-3.2, 0), point_at(3.2, 0))
    elif weight is Verdict.CANNOT_JUDGE:
        for across in (-3.6, 0, 3.6):
            painter.drawPoint(point_at(across, 0))
    else:
        painter.drawLine(point_at(-3.4, -1.8), point_at(3.4, -1.8))
        painter.drawLine(point_at(-3.4, 1.8), point_at(3.4, 1.8))
        painter.drawLine(point_at(-2, 4.6), point_at(2, -4.6))


_DRAW: dict[ParagraphRole, Callable[[QPainter, QRectF, CardParagraph, Typeset], None]] = {
    ParagraphRole.QUOTE: _draw_quote,
    ParagraphRole.CAVEAT: _draw_caveat,
    ParagraphRole.FORMULA: _draw_formula,
    ParagraphRole.VERDICT: _draw_verdict,
    ParagraphRole.SIDE: _draw_side,
}


_PAGING = (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)
_ALL = QTextCursor.SelectionType.Document


class ProseView(QTextEdit):
    """Shows one ``contents.CardProse``. Its owner asks for a height at a width and places it."""

    caret_moved = Signal(object)
    """Carries this view when its caret has moved by the keyboard, so that its owner can scroll to it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._card = parent
        self._current_prose: model.CardProse | None = None
        self._set_in: tuple[Typeset | None, int] = (None, 0)
        self._width = 0
        self._has_signs = False
        self.setReadOnly(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAcceptDrops(False)
        self.setTabChangesFocus(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # A fixed width is laid out once when it is set; following the widget's would lay out twice.
        self.setLineWrapMode(QTextEdit.LineWrapMode.FixedPixelWidth)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.viewport().setAutoFillBackground(False)
        _prepare_document(self.document())
        self.cursorPositionChanged.connect(self._tell_caret)

    def show_prose(self, prose: model.CardProse, typeset: Typeset, width: int, column: int) -> int:
        """Show ``prose`` in ``width`` pixels and return the height it needs; cheap where nothing changed.

        ``column`` is where the values of facts begin, 0 to set them under their labels.
        """
        if typeset is not self._set_in[0]:
            self._take_colours(typeset)
        if prose != self._current_prose or (typeset, column) != self._set_in:
            self._fill_document(prose, typeset, column)
            self._current_prose, self._set_in = prose, (typeset, column)
            self._has_signs = any(paragraph.role in ROLES_WITH_SIGNS for paragraph in prose.paragraphs)
        if width != self._width:
            self._width = width
            self.setLineWrapColumnOrWidth(width)
        return max(1, round(self.document().size().height() + 0.5))

    def shown_text(self) -> str:
        """The text as shown, for tests and for copying whole."""
        return self.toPlainText()

    def _fill_document(self, prose: model.CardProse, typeset: Typeset, column: int) -> None:
        signals_blocked = self.blockSignals(True)
        cursor = QTextCursor(self.document())
        cursor.beginEditBlock()
        cursor.select(_ALL)
        cursor.removeSelectedText()
        first = True
        for paragraph in prose.paragraphs:
            _insert_paragraph(cursor, paragraph, typeset, first=first, column=column)
            first = False
        cursor.endEditBlock()
        cursor.setPosition(0)
        self.setTextCursor(cursor)
        self.blockSignals(signals_blocked)

    def _take_colours(self, typeset: Typeset) -> None:
        theme = typeset.theme
        palette = QPalette(self.palette())
        palette.setColor(QPalette.ColorRole.Text, colour(theme.text))
        palette.setColor(QPalette.ColorRole.Highlight, colour(theme.selection))
        palette.setColor(QPalette.ColorRole.HighlightedText, colour(theme.text))
        palette.setColor(QPalette.ColorRole.Base, QColor(Qt.GlobalColor.transparent))
        self.setPalette(palette)

    def _tell_caret(self) -> None:
        if self.hasFocus():
            self.caret_moved.emit(self)

    def createMimeDataFromSelection(self) -> QMimeData:  # noqa: N802
        """Plain text only: colours of a dark window have no business in somebody's document."""
        data = QMimeData()
        data.setText(self.textCursor().selection().toPlainText())
        return data

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802
        """Leave the wheel to the column."""
        event.ignore()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Leave paging to the column; the rest moves the caret."""
        if event.key() in _PAGING and not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            event.ignore()
            return
        super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        """Show the ring around the card this stands in."""
        super().focusInEvent(event)
        self._card.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        """Take the ring away."""
        super().focusOutEvent(event)
        self._card.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Draw tints, rules and signs beside the paragraphs that have them, then the text."""
        prose, typeset = self._current_prose, self._set_in[0]
        if self._has_signs and prose is not None and typeset is not None:
            painter = QPainter(self.viewport())
            draw_signs(painter, self.document(), prose.paragraphs, typeset, self._width)
            painter.end()
        super().paintEvent(event)


def _prepare_document(document: QTextDocument) -> None:
    document.setUndoRedoEnabled(False)
    document.setDocumentMargin(0)
    option = QTextOption()
    # Words longer than the line break anywhere, and each paragraph runs the way its own letters do.
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    option.setTextDirection(Qt.LayoutDirection.LayoutDirectionAuto)
    document.setDefaultTextOption(option)


def _insert_paragraph(
    cursor: QTextCursor, paragraph: CardParagraph, typeset: Typeset, *, first: bool, column: int
) -> None:
    role = paragraph.role
    fact = role is ParagraphRole.FACT and bool(paragraph.label)
    block = typeset.block_format(role, first=first, column=column if fact else 0)
    if first:
        cursor.setBlockFormat(block)
    else:
        cursor.insertBlock(block)
    if fact:
        label = _one_block(paragraph.label) + ("\t" if column else "\u2028")
        cursor.insertText(label, typeset.char_format(role, label=True))
    cursor.insertText(_one_block(paragraph.text), typeset.char_format(role))
    if role is ParagraphRole.SIDE and paragraph.label:
        cursor.insertText(f", {_one_block(paragraph.label)}", typeset.char_format(role, label=True))


# Qt keeps these characters for its own use: it would read them as frames and as pictures.
_KEPT_BY_QT: dict[int, str] = dict.fromkeys((0x0000, 0xFDD0, 0xFDD1, 0xFFFC), "\ufffd")


def _one_block(text: str) -> str:
    """``text`` with its line breaks kept inside one block: blocks are counted when signs are drawn."""
    return "\u2028".join(text.translate(_KEPT_BY_QT).splitlines())
