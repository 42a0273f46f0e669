"""The tints, rules and signs that are drawn beside paragraphs: shapes that say the same as the words do.

A verdict's sign differs by shape first and by colour second. Nothing here holds text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen, QTextDocument

from explorer.evidence.model import Weight

from .contents import Paragraph, Role
from .typeset import Typeset, colour

DRAWN = frozenset({Role.QUOTE, Role.FORMULA, Role.CAVEAT, Role.VERDICT, Role.SIDE})
"""The roles that have something drawn beside them."""

_RADIUS = 4.0


def draw_signs(
    painter: QPainter,
    document: QTextDocument,
    paragraphs: tuple[Paragraph, ...],
    typeset: Typeset,
    width: int,
) -> None:
    """Draw what stands beside each of ``paragraphs``, which are the blocks of ``document`` in order."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for paragraph, room in _extents(document, paragraphs, width):
        _DRAW[paragraph.role](painter, room, paragraph, typeset)


def _extents(
    document: QTextDocument, paragraphs: tuple[Paragraph, ...], width: int
) -> Iterator[tuple[Paragraph, QRectF]]:
    layout = document.documentLayout()
    before: Role | None = None
    bottom = 0.0
    for number, paragraph in enumerate(paragraphs):
        if paragraph.role in DRAWN:
            box = layout.blockBoundingRect(document.findBlockByNumber(number))
            # One quotation, one rule: it runs through the space between its paragraphs.
            top = bottom if before is paragraph.role is Role.QUOTE else box.top()
            bottom = box.bottom()
            yield paragraph, QRectF(0, round(top), width, round(bottom) - round(top))
        before = paragraph.role


def _quote(painter: QPainter, room: QRectF, _paragraph: Paragraph, typeset: Typeset) -> None:
    painter.fillRect(QRectF(0, room.top(), 3, room.height()), colour(typeset.theme.accent))


def _caveat(painter: QPainter, room: QRectF, _paragraph: Paragraph, typeset: Typeset) -> None:
    painter.fillRect(QRectF(0, room.top(), 2, room.height()), colour(typeset.theme.hairline))


def _formula(painter: QPainter, room: QRectF, _paragraph: Paragraph, typeset: Typeset) -> None:
    box = room.adjusted(0.5, -5.5, -0.5, 4.5)
    painter.setPen(QPen(colour(typeset.theme.hairline), 1))
    painter.setBrush(colour(typeset.theme.panel))
    painter.drawRoundedRect(box, _RADIUS, _RADIUS)


def _verdict(painter: QPainter, room: QRectF, paragraph: Paragraph, typeset: Typeset) -> None:
    if paragraph.weight is None:
        return
    side = 18 * typeset.scale
    line = typeset.line_height(Role.VERDICT)
    box = QRectF(0, room.top() + (line - side) / 2, side, side).adjusted(1, 1, -1, -1)
    pen = QPen(colour(typeset.sign_colour(paragraph.weight)), 2 * typeset.scale)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawEllipse(box)
    draw_weight(painter, box, paragraph.weight)


def _side(painter: QPainter, room: QRectF, paragraph: Paragraph, typeset: Typeset) -> None:
    """A solid dot for the side that is shown, a ring for another, a dash where none is chosen between."""
    theme, scale = typeset.theme, typeset.scale
    side, line = 10 * scale, typeset.line_height(Role.SIDE)
    box = QRectF(1, room.top() + (line - side) / 2, side, side)
    if paragraph.shown is None:
        painter.fillRect(QRectF(1, box.center().y() - scale, side, 2 * scale), colour(theme.muted))
        return
    painter.setPen(QPen(colour(theme.accent), 2 * scale))
    painter.setBrush(colour(theme.accent) if paragraph.shown else Qt.BrushStyle.NoBrush)
    painter.drawEllipse(box.adjusted(scale, scale, -scale, -scale))


def draw_weight(painter: QPainter, box: QRectF, weight: Weight) -> None:
    """Draw the sign inside the ring.

    A tick, a wave, half a disc, a dash, three dots, or two bars with a stroke through.
    """
    middle, unit = box.center(), box.width() / 16

    def at(x: float, y: float) -> QPointF:
        return QPointF(middle.x() + x * unit, middle.y() + y * unit)

    if weight is Weight.SUPPORTED:
        painter.drawPolyline([at(-3.6, 0.2), at(-1, 2.8), at(3.8, -2.8)])
    elif weight is Weight.IN_LINE:
        wave = QPainterPath(at(-4.4, 1.2))
        wave.cubicTo(at(-2.2, -4.2), at(2.2, 4.2), at(4.4, -1.2))
        painter.drawPath(wave)
    elif weight is Weight.PARTLY:
        half = QPainterPath(at(0, -8))
        half.arcTo(box, 90, 180)
        half.closeSubpath()
        painter.fillPath(half, painter.pen().color())
    elif weight is Weight.NOT_SHOWN:
        painter.drawLine(at(-3.2, 0), at(3.2, 0))
    elif weight is Weight.CANNOT_JUDGE:
        for across in (-3.6, 0, 3.6):
            painter.drawPoint(at(across, 0))
    else:
        painter.drawLine(at(-3.4, -1.8), at(3.4, -1.8))
        painter.drawLine(at(-3.4, 1.8), at(3.4, 1.8))
        painter.drawLine(at(-2, 4.6), at(2, -4.6))


_DRAW: dict[Role, Callable[[QPainter, QRectF, Paragraph, Typeset], None]] = {
    Role.QUOTE: _quote,
    Role.CAVEAT: _caveat,
    Role.FORMULA: _formula,
    Role.VERDICT: _verdict,
    Role.SIDE: _side,
}
