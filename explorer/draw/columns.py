"""Columns: where each stands, and its label above it. The plot round them is ``upright``'s."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise

from explorer.pages.chart import Chart, Datum, Fill, Series

from .frame import Anchor, Box, Ink, Lettering, Mark, Scale, Stop, Text, Way
from .keys import texture_of
from .plain import plain
from .sheet import Sheet

OPEN_EXTRA = 25.0
"""How far the broken edge of an "at least" bar reaches past its value, in units."""
_WIDEST = 120.0
_GAP = 4.0
_TARGET = 24.0
_LABEL = 60
"""The most characters of a label beside a mark; the card has all of it."""


@dataclass(frozen=True, slots=True)
class Column:
    """A datum with its span across the page and its label's lines, before the height is known."""

    series: int
    role: int
    texture: int
    datum: Datum
    x1: float
    x2: float
    lines: tuple[str, ...]

    @property
    def missing(self) -> bool:
        """Whether there is no number to draw."""
        return is_missing(self.datum)


def is_missing(datum: Datum) -> bool:
    """Whether a datum has no number to draw: none given, or one that is not a number."""
    return datum.fill is Fill.MISSING or datum.value is None or not math.isfinite(datum.value)


def shown_label(datum: Datum) -> str:
    """What is written at a datum; a missing one without its shorthand is still marked."""
    return plain(datum.label, _LABEL) or ("[x]" if is_missing(datum) else "")


def stand(sheet: Sheet, chart: Chart, across: Scale) -> tuple[Column, ...]:
    """The columns of a chart with their spans, inset where they touch and never unduly wide."""
    placed = [(number, series, datum) for number, series in enumerate(chart.series) for datum in series.data]
    spans = _spans(sheet, chart, [datum for _, _, datum in placed], across)
    tops = [((low + high) / 2, d.value or 0.0) for (_, _, d), (low, high) in zip(placed, spans, strict=True)]
    near = 0.2 * (chart.values.high - chart.values.low)
    columns: list[Column] = []
    for (number, series, datum), (low, high) in zip(placed, spans, strict=True):
        beside = [x for x, value in tops if value >= (datum.value or 0.0) - near]
        room = max(_room((low + high) / 2, beside, sheet), high - low)
        columns.append(_column(sheet, chart, number, series, datum, (low, high), room))
    return tuple(columns)


def headroom(sheet: Sheet, columns: tuple[Column, ...], values: Scale, height: float) -> float:
    """How much of ``height`` must stay free above the axis' high end, so that every label fits under it."""
    head = 0.0
    step = sheet.line(Lettering.STRONG)
    for column in columns:
        if column.missing or column.datum.value is None:
            continue
        share = Scale(values.low, values.high, 0.0, 1.0).at(column.datum.value)
        need = len(column.lines) * step + _GAP * sheet.unit
        need += OPEN_EXTRA * sheet.unit if column.datum.fill is Fill.OPEN_ENDED else 0.0
        if share > 0:
            head = max(head, (need - height * (1 - share)) / share)
    return min(head, 0.6 * height)


def draw(sheet: Sheet, columns: tuple[Column, ...], up: Scale, plot: Box) -> None:
    """Puts the columns and their labels on the sheet."""
    bodies = [_body(sheet, column, up) for column in columns]
    taken: list[Box] = []
    for column, body in zip(columns, bodies, strict=True):
        label = _label(
            sheet, column, body, [*taken, *(one for one in bodies if one is not body and one.height)]
        )
        taken += [sheet.room(label, Lettering.STRONG)] if label else []
        fill = Fill.MISSING if column.missing else column.datum.fill
        drawn = None if column.missing else body
        stop = _stop(sheet, column, body, plot)
        sheet.marks.append(Mark(stop, fill, column.role, column.texture, Way.UP, drawn, None, label))


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
    ordered = sorted(raw)
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


def _label(sheet: Sheet, column: Column, body: Box, others: list[Box]) -> tuple[Text, ...]:
    """The label in the first place above its column where it meets nothing; none where there is no such."""
    if not column.lines:
        return ()
    unit, kind = sheet.unit, Lettering.STRONG
    extra = OPEN_EXTRA * unit if column.datum.fill is Fill.OPEN_ENDED and not column.missing else 0.0
    top = body.y - extra - (_GAP - 1) * unit - len(column.lines) * sheet.line(kind)
    wide = sheet.widest(column.lines, kind)
    middle = body.middle[0]
    ink = Ink.MUTED if column.missing else Ink.TEXT
    for x in (middle, body.x + wide / 2, body.right - wide / 2):
        centre = min(max(x, wide / 2), sheet.width - wide / 2)
        room = sheet.box(column.lines, kind, centre, top, Anchor.MIDDLE).grown(unit, 0)
        if not any(room.meets(other) for other in others):
            return sheet.set(column.lines, centre, top, Lettering.LABEL, ink, Anchor.MIDDLE)
    return ()


def _stop(sheet: Sheet, column: Column, body: Box, plot: Box) -> Stop:
    unit = sheet.unit
    band = Box(body.x, plot.y, body.width, plot.height).grown(5 * unit, 0)
    shy = max(0.0, (_TARGET * unit - band.width) / 2)
    hit = band.grown(shy, 0)
    ring = body if body.height >= 6 * unit else Box(body.x, body.bottom - 18 * unit, body.width, 18 * unit)
    name = plain(column.datum.name)
    return Stop(name, column.datum.figure, ring, band, hit, column.series, column.datum.at)
