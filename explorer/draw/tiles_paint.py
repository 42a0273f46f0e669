"""How a map's square looks: filled with its tone, or hatched where there is no number. Painting only."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter

from . import shapes
from .frame import Box, TextRun

_AIR = 2.5
_TILE_HATCH = 9.0
"""Between two lines of the hatch: wider than on a bar, since there may be many hatched squares."""


def draw_tile_square(
    painter: QPainter, box: Box, tone: QColor | None, look: shapes.MarkLook, words: tuple[TextRun, ...] = ()
) -> None:
    """A square of a map. ``look`` has the colour of its edge and its hatch, which keeps off ``words``."""
    rect = QRectF(box.x, box.y, box.width, box.height)
    painter.fillRect(rect, look.page if tone is None else tone)
    if tone is None:
        shapes.draw_hatch(painter, box, look, _TILE_HATCH)
        for rect in _text_backgrounds(words, look.unit):
            painter.fillRect(rect, look.page)
    shapes.draw_outline(painter, box, look, 1.0)


def draw_outer_frame(painter: QPainter, box: Box, colour: QColor, width: float) -> None:
    """A frame round a square, outside it, so that its colour is not touched."""
    out = box.expand_by(width)
    for x, y, wide, high in (
        (out.x, out.y, out.width, width),
        (out.x, box.bottom, out.width, width),
        (out.x, box.y, width, box.height),
        (box.right, box.y, width, box.height),
    ):
        painter.fillRect(QRectF(x, y, wide, high), colour)


def _text_backgrounds(words: tuple[TextRun, ...], unit: float) -> list[QRectF]:
    """The room of each word's letters with a little air, down to the next word."""
    air = _AIR * unit
    tops = [word.y - 10.5 * unit for word in words]
    ends = [*tops[1:], words[-1].y + 3.5 * unit] if words else []
    return [
        QRectF(word.x - air, top, word.width + 2 * air, end - top)
        for word, top, end in zip(words, tops, ends, strict=True)
    ]
