"""The bars of a lying chart with the second figures on them, and the numbers after them; none meets another.

A second figure's number stands after its mark where that is clear of the bar; otherwise it follows the bar's
own number, with a small copy of the mark before it. The plot round them is ``lying``'s.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from explorer.pages.chart import Chart, Datum, Fill

from . import bands
from .columns import shown_label
from .frame import Box, Ink, Lettering, Scale, Swatch, Text, Way
from .numbers import GLYPH, OPEN_EXTRA
from .second import DIAMOND, RADIUS, is_missing, on_bars, side_by_side
from .sheet import Sheet

LEAST_LENGTH = 0.25
"""The least part of the room beside the names that the value axis has."""
_GAP = 6.0


class Row(Struct, frozen=True):
    """A datum with its label's lines; ``bearer`` is the row that a second figure is on, or -1."""

    series: int
    role: int
    datum: Datum
    lines: tuple[str, ...]
    bearer: int

    @property
    def missing(self) -> bool:
        """Whether there is no number to draw."""
        return is_missing(self.datum)


def rows_of(sheet: Sheet, chart: Chart) -> tuple[Row, ...]:
    """Every datum of a chart, in drawing order."""
    borne = on_bars(chart)
    placed = [(number, series, datum) for number, series in enumerate(chart.series) for datum in series.data]
    return tuple(
        Row(number, series.role, datum, _lines(sheet, datum), borne.get(at, -1))
        for at, (number, series, datum) in enumerate(placed)
    )


def length(sheet: Sheet, chart: Chart, rows: Sequence[Row], left: float) -> float:
    """How long the value axis can be so that every label still fits after its bar."""
    values = Scale(chart.values.low, chart.values.high, 0.0, 1.0)
    last = sheet.lines(chart.values.ticks[-1].label, Lettering.SMALL, sheet.width, 1)
    room = sheet.width - left
    found = room - sheet.widest(last if chart.values.ticks else (), Lettering.SMALL) / 2
    for number, row in enumerate(rows):
        if row.bearer >= 0:
            continue
        held = [row, *(one for one in rows if one.bearer == number)]
        shares = [values.at(reach_of(chart, one.datum)) for one in held if not one.missing]
        share = max((one for one in shares), default=0.0)
        if share > 0:
            found = min(found, (room - _need(sheet, held)) / share)
    return sheet.snap(max(found, LEAST_LENGTH * room))


def reach_of(chart: Chart, datum: Datum) -> float:
    """How far a datum reaches along the values: to the end of its interval where the chart shows it."""
    value = datum.value or 0.0
    return (
        value if datum.high is None or not chart.intervals else max(value, min(datum.high, chart.values.high))
    )


def whisker(row: Row, along: Scale) -> tuple[float, float] | None:
    """The left and right ends of a row's interval; None where it has none."""
    datum = row.datum
    if row.missing or row.bearer >= 0 or datum.low is None or datum.high is None:
        return None
    return along.at(max(datum.low, along.low)), along.at(min(datum.high, along.high))


def _need(sheet: Sheet, held: list[Row]) -> float:
    """The room after the longest of a bar and its second figures that all their labels may take."""
    need = sheet.widest(held[0].lines, Lettering.STRONG) + _start(sheet, held[0].datum)
    for row in held[1:]:
        need += sheet.widest(row.lines, Lettering.STRONG) + (GLYPH + 2 * RADIUS + 4 * _GAP) * sheet.unit
    return need


def diamonds(sheet: Sheet, rows: Sequence[Row], bodies: list[Box], along: Scale) -> None:
    """Puts the boxes of second figures' symbols into ``bodies``: at their values, on their bars."""
    radius = RADIUS * sheet.unit
    for bearer in {row.bearer for row in rows if row.bearer >= 0}:
        group = [number for number, row in enumerate(rows) if row.bearer == bearer]
        ends = [
            sheet.snap(along.at(min(max(rows[n].datum.value or 0.0, along.low), along.high))) for n in group
        ]
        middle = bodies[bearer].middle[1]
        for number, x, step in zip(group, ends, side_by_side(ends, 2 * radius + sheet.unit), strict=True):
            bodies[number] = Box(x - radius, middle + step - radius, 2 * radius, 2 * radius)


def labels(
    sheet: Sheet,
    rows: Sequence[Row],
    bodies: Sequence[Box],
    whiskers: Sequence[tuple[float, float] | None],
) -> list[tuple[Text, ...]]:
    """The label of each row, after its bar and the end of its interval."""
    made: list[tuple[Text, ...]] = [()] * len(rows)
    for number, row in enumerate(rows):
        if row.bearer >= 0:
            continue
        seconds = [at for at, one in enumerate(rows) if one.bearer == number]
        seconds.sort(key=lambda at: rows[at].datum.value or 0.0)
        reach = whiskers[number]
        _group(sheet, rows, bodies, (number, *seconds), made, past=reach[1] if reach else 0.0)
    return made


def _group(
    sheet: Sheet,
    rows: Sequence[Row],
    bodies: Sequence[Box],
    held: tuple[int, ...],
    made: list[tuple[Text, ...]],
    *,
    past: float,
) -> None:
    """Sets the labels of one bar and its second figures, the bar's first, right of ``past``."""
    first, *seconds = held
    unit, body = sheet.unit, bodies[first]
    gap = _GAP * unit
    taken = [(bodies[at].x, bodies[at].right) for at in seconds]
    wide = sheet.widest(rows[first].lines, Lettering.STRONG)
    x = max(body.right, past) + (gap if rows[first].missing else _start(sheet, rows[first].datum))
    for low, high in sorted(taken):
        if x < high + gap and x + wide > low - 2 * unit:
            # Far enough not to be read as the mark's.
            x = high + 2 * gap
    ink = Ink.MUTED if rows[first].missing else Ink.TEXT
    if not seconds or x + wide <= sheet.width:
        made[first] = _set(sheet, rows[first], x, body, ink)
        taken.append((x, x + wide))
    for at in seconds:
        wide = sheet.widest(rows[at].lines, Lettering.STRONG)
        x = bodies[at].right + gap / 2
        own = (bodies[at].x, bodies[at].right)
        others = [(body.x, body.right), *(one for one in taken if one != own)]
        if any(x < high + 2 * unit and x + wide > low - 2 * unit for low, high in others):
            x = max(body.right, *(high for _, high in taken)) + 1.5 * gap + GLYPH * unit
            if x + wide > sheet.width:
                continue
            size = 9 * unit
            box = Box(x - GLYPH * unit, sheet.snap(body.middle[1] - size / 2), size, size)
            sheet.swatches.append(Swatch(box, Fill.HOLLOW, rows[at].role, DIAMOND, Way.POINT))
        if x + wide <= sheet.width:
            made[at] = _set(sheet, rows[at], x, body, Ink.MUTED)
            taken.append((x, x + wide))


def _set(sheet: Sheet, row: Row, x: float, body: Box, ink: Ink) -> tuple[Text, ...]:
    top = body.middle[1] - len(row.lines) * sheet.line(Lettering.STRONG) / 2
    return sheet.set(row.lines, x, top, Lettering.LABEL, ink)


def _lines(sheet: Sheet, datum: Datum) -> tuple[str, ...]:
    """A label's lines, narrow enough to leave the bars a quarter of the room beside the names."""
    after = (1 - LEAST_LENGTH) * (sheet.width - bands.most_beside(sheet)) - _start(sheet, datum)
    return sheet.lines(shown_label(datum), Lettering.STRONG, min(0.55 * sheet.width, after), 3)


def _start(sheet: Sheet, datum: Datum) -> float:
    """How far after its bar's end a label starts."""
    return (_GAP + (OPEN_EXTRA if datum.fill is Fill.OPEN_ENDED else 0.0)) * sheet.unit
