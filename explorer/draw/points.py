"""Points and the lines between them, with labels that keep clear of both."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from explorer.pages.chart import Chart, Datum, Fill, Series

from .columns import shown_label
from .frame import Anchor, Box, Ink, Lettering, Mark, Scale, Stop, Stroke, Text, Way
from .keys import texture_of
from .numbers import OPEN_EXTRA
from .plain import plain
from .second import is_missing
from .sheet import Sheet

RADIUS = 4.5
"""Half the size of a point's symbol, in units."""
_LINE = 2.25
_GAP = 4.0
_REACH = 18.0


@dataclass(frozen=True, slots=True)
class Point:
    """A datum at its place. ``y`` of a missing one is the axis."""

    series: int
    role: int
    texture: int
    datum: Datum
    x: float
    y: float
    missing: bool


def headroom(sheet: Sheet, chart: Chart, values: Scale, height: float) -> float:
    """How much of ``height`` must stay free above the axis' high end for a label over the highest point."""
    head = 0.0
    for datum in (datum for series in chart.series for datum in series.data):
        if is_missing(datum) or datum.value is None:
            continue
        share = Scale(values.low, values.high, 0.0, 1.0).at(datum.value)
        need = sheet.line(Lettering.STRONG) + (RADIUS + _GAP) * sheet.unit
        need += OPEN_EXTRA * sheet.unit if datum.fill is Fill.OPEN_ENDED else 0.0
        if share > 0:
            head = max(head, (need - height * (1 - share)) / share)
    return min(head, 0.6 * height)


def draw(
    sheet: Sheet,
    chart: Chart,
    scales: tuple[Scale, Scale],
    plot: Box,
    taken: list[Box],
    said: tuple[Datum, ...],
) -> None:
    """Puts the lines, the points and their labels on the sheet, clear of the boxes ``taken``.

    ``scales`` are the categories' and the values'; the numbers of the data ``said`` are written already.
    """
    across, up = scales
    rows = [_points(chart, number, series, across, up) for number, series in enumerate(chart.series)]
    for row in rows:
        sheet.links += _links(sheet, row)
    every = [point for row in rows for point in row]
    under = Box(0.0, plot.bottom, sheet.width, sheet.height)
    blocks = [*taken, under, *(_symbol(sheet, point) for point in every if not point.missing)]
    blocks += [box for point in every if (box := _reach(sheet, point, up)) is not None]
    for row in rows:
        for number, point in enumerate(row):
            told = any(point.datum is datum for datum in said)
            label = () if told else _label(sheet, point, _valley(row, number), blocks, every)
            if label:
                blocks.append(sheet.room(label, Lettering.STRONG))
            sheet.marks.append(_mark(sheet, point, label, up, plot))


def _points(chart: Chart, number: int, series: Series, across: Scale, up: Scale) -> list[Point]:
    texture = texture_of(chart, series.role)
    points: list[Point] = []
    for datum in series.data:
        missing = is_missing(datum)
        value = up.low if missing or datum.value is None else min(max(datum.value, up.low), up.high)
        points.append(Point(number, series.role, texture, datum, across.at(datum.at), up.at(value), missing))
    return points


def _links(sheet: Sheet, row: list[Point]) -> list[Stroke]:
    return [
        Stroke(before.x, before.y, point.x, point.y, point.role, _LINE * sheet.unit, point.texture)
        for before, point in pairwise(row)
        if point.datum.joined and not point.missing and not before.missing
    ]


def _symbol(sheet: Sheet, point: Point) -> Box:
    radius = RADIUS * sheet.unit
    box = Box(point.x - radius, point.y - radius, 2 * radius, 2 * radius)
    if point.datum.fill is Fill.OPEN_ENDED:
        extra = OPEN_EXTRA * sheet.unit
        return Box(box.x, box.y - extra, box.width, box.height + extra)
    return box


def _reach(sheet: Sheet, point: Point, up: Scale) -> Box | None:
    """The room of a point's whisker, where it has one."""
    whisker = _whisker(point.datum, up, RADIUS * sheet.unit)
    if whisker is None:
        return None
    return Box(point.x - 3 * sheet.unit, whisker[0], 6 * sheet.unit, whisker[1] - whisker[0])


def _valley(row: list[Point], number: int) -> bool:
    """Whether the lines at a point leave it upwards, so that its label sits better below."""
    point = row[number]
    before = [row[number - 1]] if number and point.datum.joined else []
    after = [row[number + 1]] if number + 1 < len(row) and row[number + 1].datum.joined else []
    beside = before + after
    return bool(beside) and all(other.y < point.y - 1 for other in beside)


def _label(
    sheet: Sheet, point: Point, below: bool, blocks: list[Box], every: list[Point]
) -> tuple[Text, ...]:
    """The label in the first place round its point where it meets nothing; none where there is no such."""
    lines = sheet.lines(shown_label(point.datum), Lettering.STRONG, 0.4 * sheet.width, 3)
    if not lines:
        return ()
    unit = sheet.unit
    high = len(lines) * sheet.line(Lettering.STRONG)
    symbol = _symbol(sheet, point)
    if point.missing:
        half = sheet.widest(lines, Lettering.STRONG) / 2
        middle = min(max(point.x, half), sheet.width - half)
        places = [(middle, point.y - high - 2 * unit, Anchor.MIDDLE)]
    else:
        gap = (_GAP - 1) * unit
        over = (point.x, symbol.y - gap - high, Anchor.MIDDLE)
        under = (point.x, symbol.bottom + gap, Anchor.MIDDLE)
        right = (symbol.right + gap, point.y - high / 2, Anchor.START)
        left = (symbol.x - gap, point.y - high / 2, Anchor.END)
        places = [under, over, right, left] if below else [over, under, right, left]
    ink = Ink.MUTED if point.missing else Ink.TEXT
    for x, top, anchor in places:
        box = sheet.box(lines, Lettering.STRONG, x, top, anchor)
        inside = box.x >= 0 and box.right <= sheet.width and box.y >= 0
        if inside and _nearest(box, point, every) and not _meets(sheet, box, blocks):
            return sheet.set(lines, x, top, Lettering.LABEL, ink, anchor)
    return ()


def _nearest(box: Box, point: Point, every: list[Point]) -> bool:
    """Whether a label in ``box`` would be read as this point's, and not as another's that is nearer."""
    own = box.distance(point.x, point.y)
    return all(other is point or box.distance(other.x, other.y) > own for other in every)


def _meets(sheet: Sheet, box: Box, blocks: list[Box]) -> bool:
    return any(box.meets(block) for block in blocks) or any(_crosses(link, box) for link in sheet.links)


def _crosses(line: Stroke, box: Box) -> bool:
    """Whether a straight line passes through a box: the part of it inside each pair of edges, cut down."""
    enter, leave = 0.0, 1.0
    for start, step, low, high in (
        (line.x1, line.x2 - line.x1, box.x, box.right),
        (line.y1, line.y2 - line.y1, box.y, box.bottom),
    ):
        if step == 0:
            if not low <= start <= high:
                return False
            continue
        one, other = sorted(((low - start) / step, (high - start) / step))
        enter, leave = max(enter, one), min(leave, other)
    return enter < leave


def _mark(sheet: Sheet, point: Point, label: tuple[Text, ...], up: Scale, plot: Box) -> Mark:
    unit, datum = sheet.unit, point.datum
    radius = RADIUS * unit
    body = Box(point.x - radius, point.y - radius, 2 * radius, 2 * radius)
    if point.missing:
        body = Box(body.x, point.y - 16 * unit, body.width, 16 * unit)
    reach = _REACH * unit
    hit = Box(point.x - reach, body.y - reach, 2 * reach, body.height + 2 * reach)
    band = Box(body.x, plot.y, body.width, plot.height).grown(6 * unit, 0)
    stop = Stop(plain(datum.name), datum.figure, body, band, hit, point.series, datum.at)
    fill = Fill.MISSING if point.missing else datum.fill
    drawn = None if point.missing else body
    whisker = _whisker(datum, up, radius)
    return Mark(stop, fill, point.role, point.texture, Way.POINT, drawn, whisker, label)


def _whisker(datum: Datum, up: Scale, radius: float) -> tuple[float, float] | None:
    if is_missing(datum) or datum.low is None or datum.high is None:
        return None
    top, bottom = up.at(min(datum.high, up.high)), up.at(max(datum.low, up.low))
    return (top, bottom) if bottom - top > 2 * radius else None
