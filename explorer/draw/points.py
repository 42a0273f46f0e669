"""Points and the lines between them, with labels that keep clear of both."""

from __future__ import annotations

from itertools import pairwise

from msgspec import Struct
from msgspec.structs import replace

from explorer.pages.chart import Chart, Datum, Fill

from .columns import shown_label
from .frame import Anchor, Box, Ink, Lettering, Mark, Scale, Stop, Stroke, Text, Way
from .keys import texture_of
from .numbers import OPEN_EXTRA
from .plain import plain
from .second import is_missing, seconds, side_by_side
from .sheet import Sheet

RADIUS = 4.5
"""Half the size of a point's symbol, in units."""
_LINE = 2.25
_GAP = 4.0
_REACH = 18.0
_LONG = 1.05
"""A period longer than this, in years, shows how far it reaches."""
_MOST_WRITTEN = 4
"""With more lines than this only their ends and extremes have their numbers written."""


class Point(Struct, frozen=True):
    """A datum at its place. ``y`` of a missing one is the axis."""

    series: int
    role: int
    texture: int
    datum: Datum
    x: float
    y: float
    missing: bool
    second: bool = False
    """Whether it stands hollow beside another point of its line, which passes it by."""


def shows_span(datum: Datum) -> bool:
    """Whether a point shows the stretch it is for: part of a year, or several years."""
    unlike = datum.fill is Fill.PART or datum.end - datum.start > _LONG
    return unlike and not is_missing(datum)


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
    rows = [_points(sheet, chart, number, across, up) for number in range(len(chart.series))]
    for row in rows:
        sheet.links += _links(sheet, row)
    every = [point for row in rows for point in row]
    under = Box(0.0, plot.bottom, sheet.width, sheet.height)
    # Where the value axis has its own labels.
    beyond = Box(-1e6, -1e6, 1e6 + plot.x - 6 * sheet.unit, 2e6)
    blocks = [*taken, under, beyond, *(_symbol(sheet, point) for point in every if not point.missing)]
    blocks += [box for point in every if (box := _reach(sheet, point, up)) is not None]
    spans = [_span(sheet, point, across) for point in every]
    blocks += [Box(s[0], p.y - 1, s[1] - s[0], 2.0) for s, p in zip(spans, every, strict=True) if s]
    labels: list[tuple[Text, ...]] = [()] * len(every)
    for number in _in_turn(rows):
        point = every[number]
        row = rows[point.series]
        if not any(point.datum is datum for datum in said):
            labels[number] = _label(sheet, point, _valley(row, point), blocks, every)
        if labels[number]:
            blocks.append(sheet.room(labels[number], Lettering.STRONG))
    for point, label, span in zip(every, labels, spans, strict=True):
        sheet.marks.append(_mark(sheet, point, label, up, plot, span))


def _in_turn(rows: list[list[Point]]) -> list[int]:
    """The order in which numbers are written: ends and extremes first; of many lines, those alone."""
    ranks: dict[int, int] = {}
    number = 0
    for row in rows:
        known = [point for point in row if not point.missing and not point.second]
        first = max(known, key=lambda point: point.x, default=None)
        most = min(known, key=lambda point: point.y, default=None)
        least = max(known, key=lambda point: point.y, default=None)
        for point in row:
            ends = [at for at, one in enumerate((first, most, least)) if one is point]
            rank = -1 if point.missing else ends[0] if ends else 4 if point.second else 3
            if rank < 3 or len(rows) <= _MOST_WRITTEN:
                ranks[number] = rank
            number += 1
    return sorted(ranks, key=lambda one: ranks[one])


def _points(sheet: Sheet, chart: Chart, number: int, across: Scale, up: Scale) -> list[Point]:
    series = chart.series[number]
    texture = texture_of(chart, series.role)
    borne = seconds(series.data, [round(datum.at, 6) for datum in series.data])
    points: list[Point] = []
    for datum in series.data:
        missing = is_missing(datum)
        value = up.low if missing or datum.value is None else min(max(datum.value, up.low), up.high)
        x, y = across.at(datum.at), up.at(value)
        points.append(Point(number, series.role, texture, datum, x, y, missing))
    for bearer in set(borne.values()):
        group = [bearer, *(at for at, one in borne.items() if one == bearer)]
        apart = (2 * RADIUS + 3) * sheet.unit
        steps = side_by_side([points[at].y for at in group], apart)
        for at, step in zip(group[1:], steps[1:], strict=True):
            # The preferred point stays where its line needs it; the others step aside from it.
            points[at] = replace(points[at], x=points[at].x + step - steps[0], second=True)
    return points


def _links(sheet: Sheet, row: list[Point]) -> list[Stroke]:
    return [
        Stroke(before.x, before.y, point.x, point.y, point.role, _LINE * sheet.unit, point.texture)
        for before, point in pairwise(point for point in row if not point.second)
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


def _valley(row: list[Point], point: Point) -> bool:
    """Whether the lines at a point leave it upwards, so that its label sits better below."""
    if point.second:
        return False
    line = [one for one in row if not one.second]
    number = line.index(point)
    before = [line[number - 1]] if number and point.datum.joined else []
    after = [line[number + 1]] if number + 1 < len(line) and line[number + 1].datum.joined else []
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
    ink = Ink.MUTED if point.missing or point.second else Ink.TEXT
    for x, top, anchor in places:
        box = sheet.box(lines, Lettering.STRONG, x, top, anchor)
        inside = box.x >= 0 and box.right <= sheet.width and box.y >= 0
        if inside and _nearest(box, point, every) and not _meets(sheet, box, blocks):
            return sheet.set(lines, x, top, Lettering.LABEL, ink, anchor)
    return ()


def _nearest(box: Box, point: Point, every: list[Point]) -> bool:
    """Whether a label in ``box`` would be read as this point's, and not as another's that is nearer."""
    own = box.distance(point.x, point.y)
    # A box grown by that distance: only what lies in it can be as near.
    near = box.grown(own)
    return not any(
        near.x <= other.x <= near.right
        and near.y <= other.y <= near.bottom
        and other is not point
        and box.distance(other.x, other.y) <= own
        for other in every
    )


def _meets(sheet: Sheet, box: Box, blocks: list[Box]) -> bool:
    x, right, y, bottom = box.x, box.right, box.y, box.bottom
    for block in blocks:
        if x < block.x + block.width and block.x < right and y < block.y + block.height and block.y < bottom:
            return True
    return any(
        _crosses(link, box)
        for link in sheet.links
        if (link.x1 <= right or link.x2 <= right) and (link.x1 >= x or link.x2 >= x)
    )


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


def _mark(
    sheet: Sheet,
    point: Point,
    label: tuple[Text, ...],
    up: Scale,
    plot: Box,
    span: tuple[float, float] | None,
) -> Mark:
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
    return Mark(stop, fill, point.role, point.texture, Way.POINT, drawn, whisker, label, span)


def _span(sheet: Sheet, point: Point, across: Scale) -> tuple[float, float] | None:
    """The stretch a number is for, where that is to be shown and reaches past its symbol."""
    if not shows_span(point.datum):
        return None
    start, end = across.at(point.datum.start), min(across.at(point.datum.end), sheet.width)
    return (start, end) if end - start > 2 * (RADIUS + 2) * sheet.unit else None


def _whisker(datum: Datum, up: Scale, radius: float) -> tuple[float, float] | None:
    if is_missing(datum) or datum.low is None or datum.high is None:
        return None
    top, bottom = up.at(min(datum.high, up.high)), up.at(max(datum.low, up.low))
    return (top, bottom) if bottom - top > 2 * radius else None
