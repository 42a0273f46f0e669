"""Columns: where each stands, with the second figures on it. Their labels are ``numbers``' business.

The plot round them is ``upright``'s.
"""

from __future__ import annotations

from itertools import pairwise

from msgspec.structs import replace

from explorer.draw import numbers
from explorer.pages.model.chart import Chart, DataPoint, DataSeries, MarkFill
from explorer.support.safe_text import sanitise

from .frame import Box, DataMark, LinearScale, MarkDirection, Target, TextStyle
from .keys import texture_of
from .numbers import ChartColumn
from .second import ALTERNATE_RADIUS, DIAMOND, REACH, alternates_on_bars, is_missing, side_by_side
from .sheet import FrameBuilder

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
    borne = alternates_on_bars(chart)
    columns: list[ChartColumn] = []
    for at, ((number, series, datum), (low, high)) in enumerate(zip(numbered_data, spans, strict=True)):
        beside = [x for x, value in tops if value >= (datum.value or 0.0) - near]
        room = max(_label_room((low + high) / 2, beside, sheet), high - low)
        column = _build_column(sheet, chart, number, series, datum, (low, high), room)
        columns.append(replace(column, texture=DIAMOND, bearer=borne[at]) if at in borne else column)
    return tuple(columns)


def column_headroom(sheet: FrameBuilder, columns: tuple[ChartColumn, ...], values: LinearScale, height: float) -> float:
    """How much of ``height`` must stay free above the axis' high end, so that every label fits under it."""
    head, need = 0.0, numbers.label_needs(sheet, columns, values, height)
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
    labels = numbers.place_labels(sheet, columns, bodies, plot.x)
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


def _build_column(
    sheet: FrameBuilder,
    chart: Chart,
    number: int,
    series: DataSeries,
    datum: DataPoint,
    span: tuple[float, float],
    room: float,
) -> ChartColumn:
    label = shown_label(datum)
    longest = max((sheet.type.text_width(word, TextStyle.STRONG) for word in label.split()), default=0.0)
    lines = sheet.wrap_lines(label, TextStyle.STRONG, max(room, min(longest, 0.5 * sheet.width)), 4)
    return ChartColumn(number, series.role, texture_of(chart, series.role), datum, *span, lines)


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
