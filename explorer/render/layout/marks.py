"""Points and the lines between them, with labels that keep clear of both."""

from __future__ import annotations

from bisect import bisect_left
from itertools import pairwise

from msgspec import Struct
from msgspec.structs import replace

from explorer.pages.model import Chart, DataPoint, MarkFill
from explorer.render.layout import value_labels
from explorer.support import sanitise

from .builder import FrameBuilder
from .frame import Box, ColourRole, DataMark, LinearScale, MarkDirection, Stroke, Target, TextAnchor, TextRun, TextStyle
from .guides import texture_of
from .value_labels import (
    ALTERNATE_RADIUS,
    DIAMOND,
    OPEN_EXTRA,
    REACH,
    ChartColumn,
    alternate_indices,
    alternates_on_bars,
    is_missing,
    side_by_side,
)

# Columns: where each stands, with the second figures on it. Their labels are ``numbers``' business.


_WIDEST = 120.0
_TARGET = 24.0
_LABEL = 60
"""The most characters of a label beside a mark; the card has all of it."""


def shown_label(datum: DataPoint) -> str:
    """What is written at a datum; a missing one without its shorthand is still marked."""
    return sanitise(datum.label, _LABEL) or ("[x]" if is_missing(datum) else "")


def layout_columns(sheet: FrameBuilder, chart: Chart, across: LinearScale) -> tuple[ChartColumn, ...]:
    """The columns of a chart with their spans, inset where they touch and never unduly wide."""
    numbered_data = [(number, series, datum) for number, series in enumerate(chart.series) for datum in series.data]
    spans = _column_spans(sheet, chart, [datum for _, _, datum in numbered_data], across)
    tops = [((low + high) / 2, d.value or 0.0) for (_, _, d), (low, high) in zip(numbered_data, spans, strict=True)]
    near = 0.2 * (chart.values.high - chart.values.low)
    written_ids = _written_columns(chart) if len(numbered_data) > _MOST_NUMBERS else None
    borne = alternates_on_bars(chart)
    columns: list[ChartColumn] = []
    for at, ((number, series, datum), (low, high)) in enumerate(zip(numbered_data, spans, strict=True)):
        beside = [x for x, value in tops if value >= (datum.value or 0.0) - near]
        room = max(_label_room((low + high) / 2, beside, sheet), high - low)
        is_written = written_ids is None or id(datum) in written_ids
        texture, lines = texture_of(chart, series.role), _wrap_label(sheet, datum, room) if is_written else ()
        column = ChartColumn(number, series.role, texture, datum, low, high, lines)
        columns.append(replace(column, texture=DIAMOND, bearer=borne[at]) if at in borne else column)
    return tuple(columns)


def _written_columns(chart: Chart) -> frozenset[int]:
    """Of very many columns those whose numbers are written, by their ``id``: ends, extremes and what is missing."""
    written: list[DataPoint] = []
    for series in chart.series:
        numbered = [datum for datum in series.data if datum.value is not None]
        written += [datum for datum in series.data if is_missing(datum)]
        if numbered:
            values = [datum.value or 0.0 for datum in numbered]
            written += [numbered[0], numbered[-1], numbered[values.index(max(values))]]
            written.append(numbered[values.index(min(values))])
    return frozenset(map(id, written))


def column_headroom(sheet: FrameBuilder, columns: tuple[ChartColumn, ...], values: LinearScale, height: float) -> float:
    """How much of ``height`` must stay free above the axis' high end, so that every label fits under it."""
    head, need = 0.0, value_labels.label_needs(sheet, columns, values, height)
    for column, label_need in zip(columns, need, strict=True):
        if column.missing or column.datum.value is None:
            continue
        share = LinearScale(values.low, values.high, 0.0, 1.0).pixel_at(column.datum.value)
        if share > 0:
            head = max(head, (label_need - height * (1 - share)) / share)
    return min(head, 0.6 * height)


def place_columns(sheet: FrameBuilder, columns: tuple[ChartColumn, ...], up: LinearScale, plot: Box) -> None:
    """Puts the columns, the second figures on them and their labels on the sheet."""
    bodies = [_column_body(sheet, column, up) for column in columns]
    for number, box in _diamond_boxes(sheet, columns, up).items():
        bodies[number] = box
    labels = value_labels.place_labels(sheet, columns, bodies, plot.x)
    for column, body, label in zip(columns, bodies, labels, strict=True):
        fill = MarkFill.MISSING if column.missing else column.datum.fill
        visible_body = None if column.missing else body
        if column.bearer >= 0:
            stop = _second_target(sheet, column, body, plot)
            sheet.marks.append(
                DataMark(stop, fill, column.role, DIAMOND, MarkDirection.POINT, visible_body, None, label)
            )
            continue
        stop = _build_target(sheet, column, body, plot)
        sheet.marks.append(
            DataMark(stop, fill, column.role, column.texture, MarkDirection.UP, visible_body, None, label)
        )


def _diamond_boxes(sheet: FrameBuilder, columns: tuple[ChartColumn, ...], up: LinearScale) -> dict[int, Box]:
    """The box round each second figure's symbol: in the middle of its column, or beside one as high."""
    radius = ALTERNATE_RADIUS * sheet.unit
    boxes: dict[int, Box] = {}
    for bearer in {column.bearer for column in columns if column.bearer >= 0}:
        group = [number for number, column in enumerate(columns) if column.bearer == bearer]
        heights = [
            sheet.snap_to_pixel(up.pixel_at(min(max(columns[n].datum.value or 0.0, up.low), up.high))) for n in group
        ]
        for number, y, step in zip(group, heights, side_by_side(heights, 2 * radius + 3 * sheet.unit), strict=True):
            x = (columns[number].x1 + columns[number].x2) / 2 + step
            boxes[number] = Box(x - radius, y - radius, 2 * radius, 2 * radius)
    return boxes


def _wrap_label(sheet: FrameBuilder, datum: DataPoint, room: float) -> tuple[str, ...]:
    label = shown_label(datum)
    longest = max((sheet.type.text_width(word, TextStyle.STRONG) for word in label.split()), default=0.0)
    return sheet.wrap_lines(label, TextStyle.STRONG, max(room, min(longest, 0.5 * sheet.width)), 4)


def _label_room(centre: float, centres: list[float], sheet: FrameBuilder) -> float:
    beside = [abs(centre - other) for other in centres if abs(centre - other) > 0.5]
    return min(beside, default=sheet.width) - 6 * sheet.unit


def _column_spans(
    sheet: FrameBuilder, chart: Chart, data: list[DataPoint], across: LinearScale
) -> list[tuple[float, float]]:
    raw = [(across.pixel_at(datum.start), across.pixel_at(datum.end)) for datum in data]
    widths = [high - low for low, high in raw]
    widest, narrowest = max(widths, default=0.0), min(widths, default=0.0)
    sorted_spans = sorted({(round(low, 3), round(high, 3)) for low, high in raw})
    touching = any(b[0] - a[1] < 0.04 * widest for a, b in pairwise(sorted_spans))
    inset = min(0.09 * widest, 0.25 * narrowest) if touching else 0.0
    squeeze = min(1.0, _WIDEST * sheet.unit / (widest - 2 * inset)) if widest - 2 * inset > 0 else 1.0
    middles = [across.pixel_at(tick.at) for tick in chart.categories.ticks]
    spans: list[tuple[float, float]] = []
    for low, high in raw:
        middle = min(middles, key=lambda m: abs(m - (low + high) / 2), default=(low + high) / 2)
        # Columns draw in towards their own category, so that those of one group stay together.
        inner = (middle + (one - middle) * squeeze for one in (low + inset, high - inset))
        left_edge, right = (sheet.snap_to_pixel(one) for one in inner)
        spans.append((left_edge, max(right, left_edge + sheet.unit)))
    return spans


def _column_body(sheet: FrameBuilder, column: ChartColumn, up: LinearScale) -> Box:
    base = sheet.snap_to_pixel(up.pixel_at(max(up.low, min(0.0, up.high))))
    value = column.datum.value
    if column.missing or value is None:
        return Box(column.x1, base, column.x2 - column.x1, 0.0)
    top = sheet.snap_to_pixel(up.pixel_at(min(max(value, up.low), up.high)))
    if value > 0 and base - top < 1:
        top = base - 1
    return Box(column.x1, min(top, base), column.x2 - column.x1, abs(base - top))


def _build_target(sheet: FrameBuilder, column: ChartColumn, body: Box, plot: Box) -> Target:
    unit = sheet.unit
    band = Box(body.x, plot.y, body.width, plot.height).expand_by(5 * unit, 0)
    shy = max(0.0, (_TARGET * unit - band.width) / 2)
    hit_area = band.expand_by(shy, 0)
    ring = body if body.height >= 6 * unit else Box(body.x, body.bottom - 18 * unit, body.width, 18 * unit)
    name = sanitise(column.datum.name)
    return Target(name, column.datum.figure, ring, band, hit_area, column.series, column.datum.at)


def _second_target(sheet: FrameBuilder, column: ChartColumn, body: Box, plot: Box) -> Target:
    """Of a second figure: the ring goes round its symbol, and it is met a little way round that."""
    (x, y), reach = body.centre, REACH * sheet.unit
    hit_area = Box(x - reach, y - reach, 2 * reach, 2 * reach)
    band = Box(column.x1, plot.y, column.x2 - column.x1, plot.height).expand_by(5 * sheet.unit, 0)
    datum = column.datum
    return Target(
        sanitise(datum.name),
        datum.figure,
        body.expand_by(2 * sheet.unit),
        band,
        hit_area,
        column.series,
        datum.at,
    )


POINT_RADIUS = 4.5
"""Half the size of a point's symbol, in units."""
_LINE = 2.25
_GAP = 4.0
_REACH = 18.0
_LONG = 1.05
"""A period longer than this, in years, shows how far it reaches."""
_MOST_WRITTEN = 4
"""With more lines than this only their ends and extremes have their numbers written."""
_MOST_NUMBERS = 60
"""With more points or columns than this, too."""


class PlottedPoint(Struct, frozen=True):
    """A datum at its place. ``y`` of a missing one is the axis."""

    series: int
    role: int
    texture: int
    datum: DataPoint
    x: float
    y: float
    missing: bool
    name: str = ""
    """That of its series, where there are several."""
    second: bool = False
    """Whether it stands hollow beside another point of its line, which passes it by."""


def shows_span(datum: DataPoint) -> bool:
    """Whether a point shows the stretch it is for: part of a year, or several years."""
    unlike = datum.fill is MarkFill.PART or datum.end - datum.start > _LONG
    return unlike and not is_missing(datum)


def point_headroom(sheet: FrameBuilder, chart: Chart, values: LinearScale, height: float) -> float:
    """How much of ``height`` must stay free above the axis' high end for a label over the highest point."""
    head = 0.0
    usual_need = sheet.line_height(TextStyle.STRONG) + (POINT_RADIUS + _GAP) * sheet.unit
    scale = LinearScale(values.low, values.high, 0.0, 1.0)
    # Of points as high only one counts, and those that are lower need no more.
    highest: dict[bool, float] = {}
    for datum in (datum for series in chart.series for datum in series.data):
        if datum.value is not None and not is_missing(datum):
            open_ = datum.fill is MarkFill.OPEN_ENDED
            highest[open_] = max(datum.value, highest.get(open_, datum.value))
    for open_, value in highest.items():
        share = scale.pixel_at(value)
        need = usual_need + (OPEN_EXTRA * sheet.unit if open_ else 0.0)
        if share > 0:
            head = max(head, (need - height * (1 - share)) / share)
    return min(head, 0.6 * height)


def place_points(
    sheet: FrameBuilder,
    chart: Chart,
    scales: tuple[LinearScale, LinearScale],
    plot: Box,
    used_boxes: list[Box],
    labelled_data: tuple[DataPoint, ...],
) -> None:
    """Puts the lines, the points and their labels on the sheet, clear of the boxes ``used_boxes``.

    ``scales`` are the categories' and the values'; the numbers of the data ``labelled_data`` are written already.
    """
    across, up = scales
    rows = [_build_points(sheet, chart, number, across, up) for number in range(len(chart.series))]
    for row in rows:
        sheet.links += _build_links(sheet, row)
    every = [point for row in rows for point in row]
    under = Box(0.0, plot.bottom, sheet.width, sheet.height)
    # Where the value axis has its own labels.
    beyond = Box(-1e6, -1e6, 1e6 + plot.x - 6 * sheet.unit, 2e6)
    blocks = [
        *used_boxes,
        under,
        beyond,
        *(_symbol_box(sheet, point) for point in every if not point.missing),
    ]
    blocks += [box for point in every if (box := _whisker_box(sheet, point, up)) is not None]
    spans = [_span_ends(sheet, point, across) for point in every]
    blocks += [Box(s[0], p.y - 1, s[1] - s[0], 2.0) for s, p in zip(spans, every, strict=True) if s]
    labels: list[tuple[TextRun, ...]] = [()] * len(every)
    by_x = sorted((point.x, number, point) for number, point in enumerate(every))
    for number in _in_turn(rows):
        point = every[number]
        row = rows[point.series]
        if not any(point.datum is datum for datum in labelled_data):
            labels[number] = _place_label(sheet, point, _is_valley(row, point), blocks, by_x)
        if labels[number]:
            blocks.append(sheet.text_box(labels[number], TextStyle.STRONG))
    for point, label, span in zip(every, labels, spans, strict=True):
        sheet.marks.append(_build_mark(sheet, point, label, up, plot, span))


def _in_turn(rows: list[list[PlottedPoint]]) -> list[int]:
    """The order in which numbers are written: ends and extremes first; of many lines, those alone."""
    ranks: dict[int, int] = {}
    number = 0
    write_all = len(rows) <= _MOST_WRITTEN and sum(map(len, rows)) <= _MOST_NUMBERS
    for row in rows:
        candidates = [point for point in row if not point.missing and not point.second]
        first = max(candidates, key=lambda point: point.x, default=None)
        most = min(candidates, key=lambda point: point.y, default=None)
        least = max(candidates, key=lambda point: point.y, default=None)
        for point in row:
            ends = [at for at, one in enumerate((first, most, least)) if one is point]
            rank = -1 if point.missing else ends[0] if ends else 4 if point.second else 3
            if rank < 3 or write_all:
                ranks[number] = rank
            number += 1
    return sorted(ranks, key=lambda one: ranks[one])


def _build_points(
    sheet: FrameBuilder, chart: Chart, number: int, across: LinearScale, up: LinearScale
) -> list[PlottedPoint]:
    series = chart.series[number]
    texture = texture_of(chart, series.role)
    borne = alternate_indices(series.data, [round(datum.at, 6) for datum in series.data])
    points: list[PlottedPoint] = []
    name = series.name if len(chart.series) > 1 else ""
    for datum in series.data:
        missing = is_missing(datum)
        value = up.low if missing or datum.value is None else min(max(datum.value, up.low), up.high)
        x, y = across.pixel_at(datum.at), up.pixel_at(value)
        points.append(PlottedPoint(number, series.role, texture, datum, x, y, missing, name))
    for bearer in set(borne.values()):
        group = [bearer, *(at for at, one in borne.items() if one == bearer)]
        apart = (2 * POINT_RADIUS + 3) * sheet.unit
        steps = side_by_side([points[at].y for at in group], apart)
        for at, step in zip(group[1:], steps[1:], strict=True):
            # The preferred point stays where its line needs it; the others step aside from it.
            points[at] = replace(points[at], x=points[at].x + step - steps[0], second=True)
    return points


def _build_links(sheet: FrameBuilder, row: list[PlottedPoint]) -> list[Stroke]:
    return [
        Stroke(before.x, before.y, point.x, point.y, point.role, _LINE * sheet.unit, point.texture)
        for before, point in pairwise(point for point in row if not point.second)
        if point.datum.joined and not point.missing and not before.missing
    ]


def _symbol_box(sheet: FrameBuilder, point: PlottedPoint) -> Box:
    radius = POINT_RADIUS * sheet.unit
    box = Box(point.x - radius, point.y - radius, 2 * radius, 2 * radius)
    if point.datum.fill is MarkFill.OPEN_ENDED:
        extra = OPEN_EXTRA * sheet.unit
        return Box(box.x, box.y - extra, box.width, box.height + extra)
    return box


def _whisker_box(sheet: FrameBuilder, point: PlottedPoint, up: LinearScale) -> Box | None:
    """The room of a point's whisker, where it has one."""
    whisker = _whisker_ends(point.datum, up, POINT_RADIUS * sheet.unit)
    if whisker is None:
        return None
    return Box(point.x - 3 * sheet.unit, whisker[0], 6 * sheet.unit, whisker[1] - whisker[0])


def _is_valley(row: list[PlottedPoint], point: PlottedPoint) -> bool:
    """Whether the lines at a point leave it upwards, so that its label sits better below."""
    if point.second:
        return False
    line = [one for one in row if not one.second]
    number = line.index(point)
    before = [line[number - 1]] if number and point.datum.joined else []
    after = [line[number + 1]] if number + 1 < len(line) and line[number + 1].datum.joined else []
    beside = before + after
    return bool(beside) and all(other.y < point.y - 1 for other in beside)


def _place_label(
    sheet: FrameBuilder, point: PlottedPoint, below: bool, blocks: list[Box], by_x: list[_PointByX]
) -> tuple[TextRun, ...]:
    """The label in the first place round its point where it meets nothing; none where there is no such.

    ``by_x`` are all points of the chart from left to right.
    """
    lines = sheet.wrap_lines(shown_label(point.datum), TextStyle.STRONG, 0.4 * sheet.width, 3)
    if not lines:
        return ()
    unit = sheet.unit
    high = len(lines) * sheet.line_height(TextStyle.STRONG)
    symbol = _symbol_box(sheet, point)
    if point.missing:
        half = sheet.max_line_width(lines, TextStyle.STRONG) / 2
        middle = min(max(point.x, half), sheet.width - half)
        places = [(middle, point.y - high - 2 * unit, TextAnchor.MIDDLE)]
    else:
        gap = (_GAP - 1) * unit
        over = (point.x, symbol.y - gap - high, TextAnchor.MIDDLE)
        under = (point.x, symbol.bottom + gap, TextAnchor.MIDDLE)
        right = (symbol.right + gap, point.y - high / 2, TextAnchor.START)
        left_place = (symbol.x - gap, point.y - high / 2, TextAnchor.END)
        places = [under, over, right, left_place] if below else [over, under, right, left_place]
    ink = ColourRole.MUTED if point.missing or point.second else ColourRole.TEXT
    for x, top, anchor in places:
        box = sheet.lines_box(lines, TextStyle.STRONG, x, top, anchor)
        inside = box.x >= 0 and box.right <= sheet.width and box.y >= 0
        if inside and _is_nearest(box, point, by_x) and not _overlaps_any(sheet, box, blocks):
            return sheet.build_text_runs(lines, x, top, TextStyle.LABEL, ink, anchor)
    return ()


_PointByX = tuple[float, int, PlottedPoint]
"""A point behind its x and its number, so that points sort from left to right."""


def _is_nearest(box: Box, point: PlottedPoint, by_x: list[_PointByX]) -> bool:
    """Whether a label in ``box`` would be read as this point's, and not as another's that is nearer."""
    own = box.distance_to(point.x, point.y)
    # A box grown by that distance: only what lies in it can be as near.
    near = box.expand_by(own)
    low, high = near.y, near.bottom
    for at in range(bisect_left(by_x, (near.x,)), len(by_x)):
        x, _, other = by_x[at]
        if x > near.right:
            break
        if low <= other.y <= high and other is not point and box.distance_to(x, other.y) <= own:
            return False
    return True


def _overlaps_any(sheet: FrameBuilder, box: Box, blocks: list[Box]) -> bool:
    x, right, y, bottom = box.x, box.right, box.y, box.bottom
    for block in blocks:
        if x < block.x + block.width and block.x < right and y < block.y + block.height and block.y < bottom:
            return True
    return any(
        _crosses_box(link, box)
        for link in sheet.links
        if (link.x1 <= right or link.x2 <= right) and (link.x1 >= x or link.x2 >= x)
    )


def _crosses_box(line: Stroke, box: Box) -> bool:
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


def _build_mark(
    sheet: FrameBuilder,
    point: PlottedPoint,
    label: tuple[TextRun, ...],
    up: LinearScale,
    plot: Box,
    span: tuple[float, float] | None,
) -> DataMark:
    unit, datum = sheet.unit, point.datum
    radius = POINT_RADIUS * unit
    body = Box(point.x - radius, point.y - radius, 2 * radius, 2 * radius)
    if point.missing:
        body = Box(body.x, point.y - 16 * unit, body.width, 16 * unit)
    reach = _REACH * unit
    hit_area = Box(point.x - reach, body.y - reach, 2 * reach, body.height + 2 * reach)
    band = Box(body.x, plot.y, body.width, plot.height).expand_by(6 * unit, 0)
    reading = sanitise(f"{point.name} {datum.label.partition('  ')[0]}", _LABEL) if point.name else ""
    name = sanitise(datum.name)
    stop = Target(name, datum.figure, body, band, hit_area, point.series, datum.at, reading=reading)
    fill = MarkFill.MISSING if point.missing else datum.fill
    visible_body = None if point.missing else body
    whisker = _whisker_ends(datum, up, radius)
    return DataMark(stop, fill, point.role, point.texture, MarkDirection.POINT, visible_body, whisker, label, span)


def _span_ends(sheet: FrameBuilder, point: PlottedPoint, across: LinearScale) -> tuple[float, float] | None:
    """The stretch a number is for, where that is to be shown and reaches past its symbol."""
    if not shows_span(point.datum):
        return None
    start, end = across.pixel_at(point.datum.start), min(across.pixel_at(point.datum.end), sheet.width)
    return (start, end) if end - start > 2 * (POINT_RADIUS + 2) * sheet.unit else None


def _whisker_ends(datum: DataPoint, up: LinearScale, radius: float) -> tuple[float, float] | None:
    if datum.low is None or datum.high is None or datum.low == datum.high or is_missing(datum):
        return None
    top, bottom = up.pixel_at(min(datum.high, up.high)), up.pixel_at(max(datum.low, up.low))
    return (top, bottom) if bottom - top > 2 * radius else None
