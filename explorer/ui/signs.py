"""The tints, rules and signs that are drawn beside paragraphs: shapes that say the same as the words do.

A verdict's sign differs by shape first and by colour second. Nothing here holds text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen, QTextDocument

from explorer.evidence.model import Verdict

from .contents import CardParagraph
from .typeset import ParagraphRole, Typeset, colour

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
