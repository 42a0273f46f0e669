"""Columns: where each stands, with the second figures on it. Their labels are ``numbers``' business.

The plot round them is ``upright``'s.
"""

from __future__ import annotations

from itertools import pairwise

from msgspec.structs import replace

from explorer.pages.chart import Chart, Datum, Fill, Series

from . import numbers
from .frame import Box, Lettering, Mark, Scale, Stop, Way
from .keys import texture_of
from .numbers import Column
from .plain import plain
from .second import DIAMOND, RADIUS, REACH, is_missing, on_bars, side_by_side
from .sheet import Sheet

_WIDEST = 120.0
_TARGET = 24.0
_LABEL = 60
"""The most characters of a label beside a mark; the card has all of it."""


def shown_label(datum: Datum) -> str:
    """What is written at a datum; a missing one without its shorthand is still marked."""
    return plain(datum.label, _LABEL) or ("[x]" if is_missing(datum) else "")


def stand(sheet: Sheet, chart: Chart, across: Scale) -> tuple[Column, ...]:
    """The columns of a chart with their spans, inset where they touch and never unduly wide."""
    placed = [(number, series, datum) for number, series in enumerate(chart.series) for datum in series.data]
    spans = _spans(sheet, chart, [datum for _, _, datum in placed], across)
    tops = [((low + high) / 2, d.value or 0.0) for (_, _, d), (low, high) in zip(placed, spans, strict=True)]
    near = 0.2 * (chart.values.high - chart.values.low)
    borne = on_bars(chart)
    columns: list[Column] = []
    for at, ((number, series, datum), (low, high)) in enumerate(zip(placed, spans, strict=True)):
        beside = [x for x, value in tops if value >= (datum.value or 0.0) - near]
        room = max(_room((low + high) / 2, beside, sheet), high - low)
        made = _column(sheet, chart, number, series, datum, (low, high), room)
        columns.append(replace(made, texture=DIAMOND, bearer=borne[at]) if at in borne else made)
    return tuple(columns)


def headroom(sheet: Sheet, columns: tuple[Column, ...], values: Scale, height: float) -> float:
    """How much of ``height`` must stay free above the axis' high end, so that every label fits under it."""
    head, need = 0.0, numbers.needs(sheet, columns, values, height)
    for column, wanted in zip(columns, need, strict=True):
        if column.missing or column.datum.value is None:
            continue
        share = Scale(values.low, values.high, 0.0, 1.0).at(column.datum.value)
        if share > 0:
            head = max(head, (wanted - height * (1 - share)) / share)
    return min(head, 0.6 * height)


def draw(sheet: Sheet, columns: tuple[Column, ...], up: Scale, plot: Box) -> None:
    """Puts the columns, the second figures on them and their labels on the sheet."""
    bodies = [_body(sheet, column, up) for column in columns]
    for number, box in _diamonds(sheet, columns, up).items():
        bodies[number] = box
    labels = numbers.place(sheet, columns, bodies, plot.x)
    for column, body, label in zip(columns, bodies, labels, strict=True):
        fill = Fill.MISSING if column.missing else column.datum.fill
        drawn = None if column.missing else body
        if column.bearer >= 0:
            stop = _second_stop(sheet, column, body, plot)
            sheet.marks.append(Mark(stop, fill, column.role, DIAMOND, Way.POINT, drawn, None, label))
            continue
        stop = _stop(sheet, column, body, plot)
        sheet.marks.append(Mark(stop, fill, column.role, column.texture, Way.UP, drawn, None, label))


def _diamonds(sheet: Sheet, columns: tuple[Column, ...], up: Scale) -> dict[int, Box]:
    """The box round each second figure's symbol: in the middle of its column, or beside one as high."""
    radius = RADIUS * sheet.unit
    found: dict[int, Box] = {}
    for bearer in {column.bearer for column in columns if column.bearer >= 0}:
        group = [number for number, column in enumerate(columns) if column.bearer == bearer]
        heights = [sheet.snap(up.at(min(max(columns[n].datum.value or 0.0, up.low), up.high))) for n in group]
        for number, y, step in zip(
            group, heights, side_by_side(heights, 2 * radius + 3 * sheet.unit), strict=True
        ):
            x = (columns[number].x1 + columns[number].x2) / 2 + step
            found[number] = Box(x - radius, y - radius, 2 * radius, 2 * radius)
    return found


def _column(
    sheet: Sheet,
    chart: Chart,
    number: int,
    series: Series,
    datum: Datum,
    span: tuple[float, float],
    room: float,
) -> Column:
    label = shown_label(datum)
    longest = max((sheet.type.width(word, Lettering.STRONG) for word in label.split()), default=0.0)
    lines = sheet.lines(label, Lettering.STRONG, max(room, min(longest, 0.5 * sheet.width)), 4)
    return Column(number, series.role, texture_of(chart, series.role), datum, *span, lines)


def _room(centre: float, centres: list[float], sheet: Sheet) -> float:
    beside = [abs(centre - other) for other in centres if abs(centre - other) > 0.5]
    return min(beside, default=sheet.width) - 6 * sheet.unit


def _spans(sheet: Sheet, chart: Chart, data: list[Datum], across: Scale) -> list[tuple[float, float]]:
    raw = [(across.at(datum.start), across.at(datum.end)) for datum in data]
    widths = [high - low for low, high in raw]
    widest, narrowest = max(widths, default=0.0), min(widths, default=0.0)
    ordered = sorted({(round(low, 3), round(high, 3)) for low, high in raw})
    touching = any(b[0] - a[1] < 0.04 * widest for a, b in pairwise(ordered))
    inset = min(0.09 * widest, 0.25 * narrowest) if touching else 0.0
    squeeze = min(1.0, _WIDEST * sheet.unit / (widest - 2 * inset)) if widest - 2 * inset > 0 else 1.0
    middles = [across.at(tick.at) for tick in chart.categories.ticks]
    spans: list[tuple[float, float]] = []
    for low, high in raw:
        middle = min(middles, key=lambda m: abs(m - (low + high) / 2), default=(low + high) / 2)
        # Columns draw in towards their own category, so that those of one group stay together.
        inner = (middle + (one - middle) * squeeze for one in (low + inset, high - inset))
        left, right = (sheet.snap(one) for one in inner)
        spans.append((left, max(right, left + sheet.unit)))
    return spans


def _body(sheet: Sheet, column: Column, up: Scale) -> Box:
    base = sheet.snap(up.at(max(up.low, min(0.0, up.high))))
    value = column.datum.value
    if column.missing or value is None:
        return Box(column.x1, base, column.x2 - column.x1, 0.0)
    top = sheet.snap(up.at(min(max(value, up.low), up.high)))
    if value > 0 and base - top < 1:
        top = base - 1
    return Box(column.x1, min(top, base), column.x2 - column.x1, abs(base - top))


def _stop(sheet: Sheet, column: Column, body: Box, plot: Box) -> Stop:
    unit = sheet.unit
    band = Box(body.x, plot.y, body.width, plot.height).grown(5 * unit, 0)
    shy = max(0.0, (_TARGET * unit - band.width) / 2)
    hit = band.grown(shy, 0)
    ring = body if body.height >= 6 * unit else Box(body.x, body.bottom - 18 * unit, body.width, 18 * unit)
    name = plain(column.datum.name)
    return Stop(name, column.datum.figure, ring, band, hit, column.series, column.datum.at)


def _second_stop(sheet: Sheet, column: Column, body: Box, plot: Box) -> Stop:
    """Of a second figure: the ring goes round its symbol, and it is met a little way round that."""
    (x, y), reach = body.middle, REACH * sheet.unit
    hit = Box(x - reach, y - reach, 2 * reach, 2 * reach)
    band = Box(column.x1, plot.y, column.x2 - column.x1, plot.height).grown(5 * sheet.unit, 0)
    datum = column.datum
    return Stop(
        plain(datum.name), datum.figure, body.grown(2 * sheet.unit), band, hit, column.series, datum.at
    )
