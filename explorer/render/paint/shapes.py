"""How one bar, one point and one sample look: fills, hatches, broken edges and symbols. Painting only."""

from __future__ import annotations

import math
from functools import lru_cache

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPolygonF

from explorer.pages.model import MarkFill
from explorer.render.layout import OPEN_EXTRA, Box, LegendSwatch, MarkDirection, TextRun

_STRIPES = ((2.0, 3.0), (7.5, 2.0), (12.0, 1.25))
"""The broken edge: how far past the value each stripe starts and how thick it is."""
_BAR_HATCH = 6.0
_OUTLINE = 1.5


class MarkLook:
    """What a mark is painted with: its colour, the page's, and the unit of length. Keeps its pens."""

    __slots__ = ("_pens", "colour", "page", "unit")

    def __init__(self, colour: QColor, page: QColor, unit: float) -> None:
        self.colour = colour
        self.page = page
        self.unit = unit
        self._pens: dict[tuple[float, bool], QPen] = {}

    def pen_for(self, width: float, *, page: bool = False) -> QPen:
        """A plain pen of ``width`` units, which is not to be changed."""
        cached_pen = self._pens.get((width, page))
        if cached_pen is None:
            cached_pen = self._pens[width, page] = QPen(self.page if page else self.colour, width * self.unit)
            cached_pen.setCapStyle(Qt.PenCapStyle.FlatCap)
            cached_pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
        return cached_pen


def draw_bar(painter: QPainter, body: Box, fill: MarkFill, texture: int, way: MarkDirection, look: MarkLook) -> None:
    """A bar in its fill. The body ends at the value whatever the fill; only "at least" reaches past it."""
    open_ = fill in (MarkFill.PART, MarkFill.HOLLOW)
    painter.fillRect(QRectF(body.x, body.y, body.width, body.height), look.page if open_ else look.colour)
    draw_bar_details(painter, body, fill, texture, way, look)


def has_details(fill: MarkFill, texture: int) -> bool:
    """Whether a bar has more to it than its colour."""
    return bool(texture) or fill is not MarkFill.SOLID


def draw_bar_details(
    painter: QPainter, body: Box, fill: MarkFill, texture: int, way: MarkDirection, look: MarkLook
) -> None:
    """What lies on a bar's colour: its hatch and outline, its texture, its broken edge."""
    if fill in (MarkFill.PART, MarkFill.HOLLOW):
        if fill is MarkFill.PART:
            draw_hatch(painter, body, look)
        draw_outline(painter, body, look)
        return
    if texture:
        _draw_texture(painter, body, texture, way, look)
    if fill is MarkFill.OPEN_ENDED:
        _broken_edge(painter, body, way, look)


def draw_point(painter: QPainter, body: Box, fill: MarkFill, texture: int, look: MarkLook) -> None:
    """A point's symbol, set off from its line by a rim of the page's colour."""
    x, y = body.centre
    radius = body.width / 2
    if fill is MarkFill.OPEN_ENDED:
        draw_point_edge(painter, body, look)
    painter.setPen(look.pen_for(3.0, page=True))
    painter.setBrush(look.page)
    path = symbol_path(texture, x, y, radius)
    painter.drawPath(path)
    open_ = fill in (MarkFill.PART, MarkFill.HOLLOW)
    painter.setPen(look.pen_for(1.75 if open_ else 0.5))
    painter.setBrush(look.page if open_ else look.colour)
    painter.drawPath(symbol_path(texture, x, y, radius - (0.75 * look.unit if open_ else 0.0)))
    if fill is MarkFill.PART:
        painter.setBrush(look.colour)
        painter.drawEllipse(QPointF(x, y), 1.2 * look.unit, 1.2 * look.unit)


def draw_point_edge(painter: QPainter, body: Box, look: MarkLook) -> None:
    """The broken edge over a point whose number is the least it can be."""
    radius = body.width / 2
    _broken_edge(painter, Box(body.centre[0] - radius * 0.6, body.y, radius * 1.2, 0.0), MarkDirection.UP, look)


def draw_whisker(painter: QPainter, x: float, top: float, bottom: float, look: MarkLook) -> None:
    """The range of a number: a thin line with caps."""
    cap = 3.5 * look.unit
    painter.setPen(look.pen_for(1.25))
    painter.drawLines(
        [
            QLineF(x, top, x, bottom),
            QLineF(x - cap, top, x + cap, top),
            QLineF(x - cap, bottom, x + cap, bottom),
        ]
    )


def level_whisker(painter: QPainter, body: Box, left_edge: float, right: float, look: MarkLook, ink: QColor) -> None:
    """The range of a lying bar's number, over the bar and past it: a line with caps, set off from it."""
    y, cap = body.centre[1], min(4.0 * look.unit, 0.4 * body.height)
    lines = [
        QLineF(left_edge, y, right, y),
        QLineF(left_edge, y - cap, left_edge, y + cap),
        QLineF(right, y - cap, right, y + cap),
    ]
    painter.setPen(look.pen_for(3.5, page=True))
    painter.drawLines(lines)
    pen = QPen(look.pen_for(1.25))
    pen.setColor(ink)
    painter.setPen(pen)
    painter.drawLines(lines)


def draw_span(painter: QPainter, y: float, start: float, end: float, look: MarkLook) -> None:
    """The stretch of time a point is for: a thin level line with small caps."""
    cap = 2.5 * look.unit
    painter.setPen(look.pen_for(1.0))
    lines = [
        QLineF(start, y, end, y),
        QLineF(start, y - cap, start, y + cap),
        QLineF(end, y - cap, end, y + cap),
    ]
    painter.drawLines(lines)


def symbol_path(texture: int, x: float, y: float, radius: float) -> QPainterPath:
    """The outline of a series' symbol round a centre."""
    return _build_symbol_path(texture, radius).translated(x, y)


@lru_cache(maxsize=256)
def _build_symbol_path(texture: int, radius: float) -> QPainterPath:
    """The outline round (0, 0), made once for each size."""
    path = QPainterPath()
    # Past the theme's colours every series has a symbol that none of those has.
    number = texture if texture < 6 else 6 + texture % 6
    corners = _CORNERS[number - 1] if number else None
    if corners is None:
        path.addEllipse(QPointF(0, 0), radius, radius)
    else:
        path.addPolygon(QPolygonF([QPointF(dx * radius, dy * radius) for dx, dy in corners]))
        path.closeSubpath()
    return path


_ARM = ((-0.35, -1.05), (0.35, -1.05), (0.35, -0.35))
"""One arm of a cross, from which the other three are turned."""


def _round_corners(count: int, out: float, in_: float = 0.0) -> tuple[tuple[float, float], ...]:
    """Corners round a centre, every other one drawn in where ``in_`` is given: polygons and stars."""
    far = [in_ if in_ and number % 2 else out for number in range(count)]
    turns = [math.tau * number / count for number in range(count)]
    return tuple((r * math.sin(a), -r * math.cos(a)) for r, a in zip(far, turns, strict=True))


_CORNERS: tuple[tuple[tuple[float, float], ...], ...] = (
    ((-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)),
    ((0.0, -1.1), (1.1, 0.85), (-1.1, 0.85)),
    ((0.0, -1.25), (1.25, 0.0), (0.0, 1.25), (-1.25, 0.0)),
    ((0.0, 1.1), (1.1, -0.85), (-1.1, -0.85)),
    (*_ARM, *((-y, x) for x, y in _ARM), *((-x, -y) for x, y in _ARM), *((y, -x) for x, y in _ARM)),
    _round_corners(6, 1.1),
    ((-1.0, -1.0), (1.0, -1.0), (-1.0, 1.0), (1.0, 1.0)),
    _round_corners(10, 1.35, 0.55),
    ((-1.0, -1.0), (1.0, 1.0), (1.0, -1.0), (-1.0, 1.0)),
    _round_corners(8, 1.35, 0.55),
    _round_corners(5, 1.15),
)


def dash_pattern(texture: int) -> tuple[float, ...]:
    """The dash pattern of a series' line in multiples of its width; none for a plain line."""
    return _DASHES[texture % len(_DASHES)]


_DASHES: tuple[tuple[float, ...], ...] = ((), (4, 2), (1.2, 1.8), (5, 1.8, 1.2, 1.8), (2.5, 1.5), (7, 2))


def draw_hatch(painter: QPainter, body: Box, look: MarkLook, apart: float = _BAR_HATCH) -> None:
    """Slanting lines, cut at the edges by arithmetic so that they are lines in every format."""
    step = apart * look.unit
    lines: list[QLineF] = []
    start = body.x - body.height + step * 0.5
    while start < body.right:
        low, high = max(start, body.x), min(start + body.height, body.right)
        if high > low:
            lines.append(QLineF(low, body.bottom - (low - start), high, body.bottom - (high - start)))
        start += step
    painter.setPen(look.pen_for(1.25))
    painter.drawLines(lines)


def draw_outline(painter: QPainter, body: Box, look: MarkLook, thick: float = _OUTLINE) -> None:
    """A line round a body, inside it, ``thick`` units wide."""
    width = min(thick * look.unit, body.width / 2, body.height / 2)
    for x, y, wide, high in (
        (body.x, body.y, body.width, width),
        (body.x, body.bottom - width, body.width, width),
        (body.x, body.y, width, body.height),
        (body.right - width, body.y, width, body.height),
    ):
        painter.fillRect(QRectF(x, y, wide, high), look.colour)


def _draw_texture(painter: QPainter, body: Box, texture: int, way: MarkDirection, look: MarkLook) -> None:
    """Fine lines of the page's colour: along the bar, then across it, then both, as the number goes up."""
    along = (0, 1, 2, 0, 1, 2)[texture % 6]
    has_cross_lines = texture % 6 >= 3
    upright = way is not MarkDirection.RIGHT
    thick, long_ = (body.width, body.height) if upright else (body.height, body.width)
    hair = 1.5 * look.unit
    if thick < 6 * hair:
        along = min(along, 1)
    strips = [(thick * number / (along + 1) - hair / 2, 0.0, hair, long_) for number in range(1, along + 1)]
    if has_cross_lines:
        step = 9 * look.unit
        strips += [(0.0, step * number, thick, hair) for number in range(1, math.ceil(long_ / step))]
    for off, start, wide, length in strips:
        if upright:
            rect = QRectF(body.x + off, body.bottom - start - length, wide, length)
        else:
            rect = QRectF(body.x + start, body.y + off, length, wide)
        painter.fillRect(rect, look.page)


def _broken_edge(painter: QPainter, body: Box, way: MarkDirection, look: MarkLook) -> None:
    """Thinning stripes past the value and a small arrow: it may go on."""
    unit = look.unit
    for start, thick in _STRIPES:
        if way is MarkDirection.RIGHT:
            rect = QRectF(body.right + start * unit, body.y, thick * unit, body.height)
        else:
            rect = QRectF(body.x, body.y - (start + thick) * unit, body.width, thick * unit)
        painter.fillRect(rect, look.colour)
    x, y = (body.right, body.centre[1]) if way is MarkDirection.RIGHT else (body.centre[0], body.y)
    arrow = [(16.5, -5.5), (16.5, 5.5), (OPEN_EXTRA, 0.0)]
    arrow_corners = [(far, side) if way is MarkDirection.RIGHT else (side, -far) for far, side in arrow]
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look.colour)
    painter.drawPolygon(QPolygonF([QPointF(x + dx * unit, y + dy * unit) for dx, dy in arrow_corners]))


def draw_sample(painter: QPainter, swatch: LegendSwatch, look: MarkLook) -> None:
    """A small mark for a legend or a key, in the manner of the chart's own."""
    box, unit = swatch.box, look.unit
    if swatch.way is MarkDirection.POINT:
        if swatch.role is not None and swatch.fill is MarkFill.SOLID:
            pen = QPen(look.pen_for(2.25))
            if dash_pattern(swatch.texture):
                pen.setDashPattern(dash_pattern(swatch.texture))
            painter.setPen(pen)
            painter.drawLine(QPointF(box.x, box.centre[1]), QPointF(box.right, box.centre[1]))
        x, y = box.centre
        radius = 4.5 * unit
        draw_point(painter, Box(x - radius, y - radius, 2 * radius, 2 * radius), swatch.fill, swatch.texture, look)
        return
    if swatch.fill is MarkFill.OPEN_ENDED:
        small = MarkLook(look.colour, look.page, 0.6 * unit)
        short = Box(box.x, box.y, box.width - OPEN_EXTRA * small.unit, box.height)
        draw_bar(painter, short, swatch.fill, 0, MarkDirection.RIGHT, small)
        return
    draw_bar(painter, box, swatch.fill, swatch.texture, MarkDirection.RIGHT, look)


# How a map's square looks: filled with its tone, or hatched where there is no number. Painting only.


_AIR = 2.5
_TILE_HATCH = 9.0
"""Between two lines of the hatch: wider than on a bar, since there may be many hatched squares."""


def draw_tile_square(
    painter: QPainter, box: Box, tone: QColor | None, look: MarkLook, words: tuple[TextRun, ...] = ()
) -> None:
    """A square of a map. ``look`` has the colour of its edge and its hatch, which keeps off ``words``."""
    rect = QRectF(box.x, box.y, box.width, box.height)
    painter.fillRect(rect, look.page if tone is None else tone)
    if tone is None:
        draw_hatch(painter, box, look, _TILE_HATCH)
        for rect in _text_backgrounds(words, look.unit):
            painter.fillRect(rect, look.page)
    draw_outline(painter, box, look, 1.0)


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
