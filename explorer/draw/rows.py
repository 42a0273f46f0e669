"""The bars of a lying chart with the second figures on them, and the numbers after them; none meets another.

A second figure's number stands after its mark where that is clear of the bar; otherwise it follows the bar's
own number, with a small copy of the mark before it. The plot round them is ``lying``'s.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from explorer.draw import bands
from explorer.pages.model.chart import Chart, DataPoint, MarkFill

from .columns import shown_label
from .frame import Box, ColourRole, LegendSwatch, LinearScale, MarkDirection, TextRun, TextStyle
from .numbers import GLYPH, OPEN_EXTRA
from .second import ALTERNATE_RADIUS, DIAMOND, alternates_on_bars, is_missing, side_by_side
from .sheet import FrameBuilder

LEAST_LENGTH = 0.25
"""The least part of the room beside the names that the value axis has."""
_GAP = 6.0


class BarRow(Struct, frozen=True):
    """A datum with its label's lines; ``bearer`` is the row that a second figure is on, or -1."""

    series: int
    role: int
    datum: DataPoint
    lines: tuple[str, ...]
    bearer: int

    @property
    def missing(self) -> bool:
        """Whether there is no number to draw."""
        return is_missing(self.datum)


def rows_of(sheet: FrameBuilder, chart: Chart) -> tuple[BarRow, ...]:
    """Every datum of a chart, in drawing order."""
    borne = alternates_on_bars(chart)
    numbered_data = [(number, series, datum) for number, series in enumerate(chart.series) for datum in series.data]
    return tuple(
        BarRow(number, series.role, datum, _wrap_label(sheet, datum), borne.get(at, -1))
        for at, (number, series, datum) in enumerate(numbered_data)
    )


def value_axis_length(sheet: FrameBuilder, chart: Chart, rows: Sequence[BarRow], left_edge: float) -> float:
    """How long the value axis can be so that every label still fits after its bar."""
    values = LinearScale(chart.values.low, chart.values.high, 0.0, 1.0)
    last = sheet.wrap_lines(chart.values.ticks[-1].label, TextStyle.SMALL, sheet.width, 1)
    room = sheet.width - left_edge
    axis_length = room - sheet.max_line_width(last if chart.values.ticks else (), TextStyle.SMALL) / 2
    for number, row in enumerate(rows):
        if row.bearer >= 0:
            continue
        bar_group = [row, *(one for one in rows if one.bearer == number)]
        shares = [values.pixel_at(reach_of(chart, one.datum)) for one in bar_group if not one.missing]
        share = max((one for one in shares), default=0.0)
        if share > 0:
            axis_length = min(axis_length, (room - _label_room(sheet, bar_group)) / share)
    return sheet.snap_to_pixel(max(axis_length, LEAST_LENGTH * room))


def reach_of(chart: Chart, datum: DataPoint) -> float:
    """How far a datum reaches along the values: to the end of its interval where the chart shows it."""
    value = datum.value or 0.0
    return value if datum.high is None or not chart.intervals else max(value, min(datum.high, chart.values.high))


def whisker_ends(row: BarRow, along: LinearScale) -> tuple[float, float] | None:
    """The left and right ends of a row's interval; None where it has none."""
    datum = row.datum
    if row.missing or row.bearer >= 0 or datum.low is None or datum.high is None:
        return None
    return along.pixel_at(max(datum.low, along.low)), along.pixel_at(min(datum.high, along.high))


def _label_room(sheet: FrameBuilder, bar_group: list[BarRow]) -> float:
    """The room after the longest of a bar and its second figures that all their labels may take."""
    need = sheet.max_line_width(bar_group[0].lines, TextStyle.STRONG) + _label_offset(sheet, bar_group[0].datum)
    for row in bar_group[1:]:
        need += (
            sheet.max_line_width(row.lines, TextStyle.STRONG) + (GLYPH + 2 * ALTERNATE_RADIUS + 4 * _GAP) * sheet.unit
        )
    return need


def place_diamonds(sheet: FrameBuilder, rows: Sequence[BarRow], bodies: list[Box], along: LinearScale) -> None:
    """Puts the boxes of second figures' symbols into ``bodies``: at their values, on their bars."""
    radius = ALTERNATE_RADIUS * sheet.unit
    for bearer in {row.bearer for row in rows if row.bearer >= 0}:
        group = [number for number, row in enumerate(rows) if row.bearer == bearer]
        ends = [
            sheet.snap_to_pixel(along.pixel_at(min(max(rows[n].datum.value or 0.0, along.low), along.high)))
            for n in group
        ]
        middle = bodies[bearer].centre[1]
        for number, x, step in zip(group, ends, side_by_side(ends, 2 * radius + sheet.unit), strict=True):
            bodies[number] = Box(x - radius, middle + step - radius, 2 * radius, 2 * radius)


def place_labels(
    sheet: FrameBuilder,
    rows: Sequence[BarRow],
    bodies: Sequence[Box],
    whiskers: Sequence[tuple[float, float] | None],
) -> list[tuple[TextRun, ...]]:
    """The label of each row, after its bar and the end of its interval."""
    label_runs: list[tuple[TextRun, ...]] = [()] * len(rows)
    for number, row in enumerate(rows):
        if row.bearer >= 0:
            continue
        seconds = [at for at, one in enumerate(rows) if one.bearer == number]
        seconds.sort(key=lambda at: rows[at].datum.value or 0.0)
        reach = whiskers[number]
        _place_group_labels(sheet, rows, bodies, (number, *seconds), label_runs, past=reach[1] if reach else 0.0)
    return label_runs


def _place_group_labels(
    sheet: FrameBuilder,
    rows: Sequence[BarRow],
    bodies: Sequence[Box],
    group_numbers: tuple[int, ...],
    label_runs: list[tuple[TextRun, ...]],
    *,
    past: float,
) -> None:
    """Sets the labels of one bar and its second figures, the bar's first, right of ``past``."""
    first, *seconds = group_numbers
    unit, body = sheet.unit, bodies[first]
    gap = _GAP * unit
    used_spans = [(bodies[at].x, bodies[at].right) for at in seconds]
    wide = sheet.max_line_width(rows[first].lines, TextStyle.STRONG)
    x = max(body.right, past) + (gap if rows[first].missing else _label_offset(sheet, rows[first].datum))
    for low, high in sorted(used_spans):
        if x < high + gap and x + wide > low - 2 * unit:
            # Far enough not to be read as the mark's.
            x = high + 2 * gap
    ink = ColourRole.MUTED if rows[first].missing else ColourRole.TEXT
    if not seconds or x + wide <= sheet.width:
        label_runs[first] = _build_label(sheet, rows[first], x, body, ink)
        used_spans.append((x, x + wide))
    for at in seconds:
        wide = sheet.max_line_width(rows[at].lines, TextStyle.STRONG)
        x = bodies[at].right + gap / 2
        own = (bodies[at].x, bodies[at].right)
        others = [(body.x, body.right), *(one for one in used_spans if one != own)]
        if any(x < high + 2 * unit and x + wide > low - 2 * unit for low, high in others):
            x = max(body.right, *(high for _, high in used_spans)) + 1.5 * gap + GLYPH * unit
            if x + wide > sheet.width:
                continue
            size = 9 * unit
            box = Box(x - GLYPH * unit, sheet.snap_to_pixel(body.centre[1] - size / 2), size, size)
            sheet.swatches.append(LegendSwatch(box, MarkFill.HOLLOW, rows[at].role, DIAMOND, MarkDirection.POINT))
        if x + wide <= sheet.width:
            label_runs[at] = _build_label(sheet, rows[at], x, body, ColourRole.MUTED)
            used_spans.append((x, x + wide))


def _build_label(sheet: FrameBuilder, row: BarRow, x: float, body: Box, ink: ColourRole) -> tuple[TextRun, ...]:
    top = body.centre[1] - len(row.lines) * sheet.line_height(TextStyle.STRONG) / 2
    return sheet.build_text_runs(row.lines, x, top, TextStyle.LABEL, ink)


def _wrap_label(sheet: FrameBuilder, datum: DataPoint) -> tuple[str, ...]:
    """A label's lines, narrow enough to leave the bars a quarter of the room beside the names."""
    after = (1 - LEAST_LENGTH) * (sheet.width - bands.most_beside(sheet)) - _label_offset(sheet, datum)
    return sheet.wrap_lines(shown_label(datum), TextStyle.STRONG, min(0.55 * sheet.width, after), 3)


def _label_offset(sheet: FrameBuilder, datum: DataPoint) -> float:
    """How far after its bar's end a label starts."""
    return (_GAP + (OPEN_EXTRA if datum.fill is MarkFill.OPEN_ENDED else 0.0)) * sheet.unit
