"""The bars of a lying chart with the second figures on them, and the numbers after them; none meets another.

A second figure's number stands after its mark where that is clear of the bar; otherwise it follows the bar's
own number, with a small copy of the mark before it. The plot round them is ``layout_horizontal_bars``'s.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from explorer.pages.model import AxisTick, Chart, DataPoint, MarkFill
from explorer.render.layout import guides
from explorer.support import sanitise

from .builder import FrameBuilder
from .frame import (
    Box,
    ChartFrame,
    ColourRole,
    DataMark,
    LegendSwatch,
    LinearScale,
    MarkDirection,
    Stroke,
    Target,
    TextAnchor,
    TextPlace,
    TextRun,
    TextStyle,
)
from .marks import shown_label
from .value_labels import (
    ALTERNATE_RADIUS,
    DIAMOND,
    GLYPH,
    OPEN_EXTRA,
    REACH,
    alternates_on_bars,
    is_missing,
    side_by_side,
)

# Rows: how the categories of a lying chart share the height, and where their names go. Draws nothing.


_NAME_SHARE = 0.36
_ROOMY = 34.0
"""How many times the body size a sheet must be wide to keep names beside the bars."""
_LEAST_BAR = 24.0
_MOST_BAR = 56.0
_PAD = 8.0
GAP = 12.0
"""What is kept free between names and bars, in units."""


class CategoryBand(Struct, frozen=True):
    """A category: its tick, the lines of its name and how many bars stand side by side in it."""

    tick: AxisTick
    name: tuple[str, ...]
    bars: int
    share: float
    """How much of the category's height the bars take together."""
    first: float
    """Where the first of them starts."""


class CategoryBands(Struct, frozen=True):
    """All categories. ``above`` says that names stand over their bars; ``width`` is what they need beside."""

    bands: tuple[CategoryBand, ...]
    above: bool
    width: float
    low: float
    least: float
    """The least height of one category."""
    most: float
    """The height past which bars would be unduly thick."""
    name_height: float
    """How high the names over the bars are; 0 beside them."""

    @property
    def has_shared_names(self) -> bool:
        """Whether a name stands for several bars."""
        return any(band.bars > 1 for band in self.bands)

    def category_pitch(self, room: float, span: float) -> float:
        """The height of one category where ``room`` is free for ``span`` of them."""
        return max(self.least, min(self.most, room / span if span else room))

    def y_at(self, value: float, top: float, pitch: float) -> float:
        """The pixel of a place on the category axis."""
        nearest = min(self.bands, key=lambda band: abs(band.tick.at - value), default=None)
        start = (nearest.tick.at if nearest else value) - 0.5
        return top + (start - self.low) * pitch + self.name_height + (value - start) * (pitch - self.name_height)

    def grid_stretches(self, plot: Box, pitch: float) -> list[tuple[float, float]]:
        """Where along the height grid lines run: all of it, but not behind names that stand over bars."""
        if not self.above:
            return [(plot.y, plot.bottom)]
        edges = [(band.first, band.first + band.share) for band in self.bands]
        return [(self.y_at(a, plot.y, pitch) - 1, self.y_at(b, plot.y, pitch) + 1) for a, b in edges]


def most_beside(sheet: FrameBuilder) -> float:
    """The most room that names can take beside the bars."""
    roomy = sheet.width >= _ROOMY * sheet.type.body
    return _NAME_SHARE * sheet.width + GAP * sheet.unit if roomy else sheet.unit


def divide_categories(sheet: FrameBuilder, chart: Chart, labels: float) -> CategoryBands:
    """The bands of a chart of rows whose labels are at most ``labels`` high."""
    room = _NAME_SHARE * sheet.width
    ticks = chart.categories.ticks
    above = sheet.width < _ROOMY * sheet.type.body or any(
        len(sheet.wrap_lines(tick.label, TextStyle.BODY, room)) > 3 for tick in ticks
    )
    room = sheet.width if above else room
    bands = tuple(_build_band(chart, tick, sheet.wrap_lines(tick.label, TextStyle.BODY, room, 3)) for tick in ticks)
    step, unit = sheet.line_height(TextStyle.BODY), sheet.unit
    high = max((len(band.name) for band in bands), default=0) * step
    bars = max((band.bars for band in bands), default=1)
    share = min((band.share for band in bands), default=1.0)
    thin, thick = (bars * max(size * unit, labels) / share for size in (_LEAST_BAR, _MOST_BAR))
    if above:
        high += 2 * unit
        return CategoryBands(bands, True, 0.0, chart.categories.low, thin + high, thick + high, high)
    width = max((sheet.max_line_width(band.name, TextStyle.BODY) for band in bands), default=0.0)
    least = max(thin, high + _PAD * unit)
    return CategoryBands(bands, False, width, chart.categories.low, least, max(thick, least), 0.0)


def _build_band(chart: Chart, tick: AxisTick, name: tuple[str, ...]) -> CategoryBand:
    inside = [d for series in chart.series for d in series.data if abs(d.at - tick.at) <= 0.5]
    starts = {round(datum.start, 6) for datum in inside}
    low = min((datum.start for datum in inside), default=tick.at - 0.5)
    high = max((datum.end for datum in inside), default=tick.at + 0.5)
    return CategoryBand(tick, name, max(1, len(starts)), min(1.0, max(0.2, high - low)), low)


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
    after = (1 - LEAST_LENGTH) * (sheet.width - most_beside(sheet)) - _label_offset(sheet, datum)
    return sheet.wrap_lines(shown_label(datum), TextStyle.STRONG, min(0.55 * sheet.width, after), 3)


def _label_offset(sheet: FrameBuilder, datum: DataPoint) -> float:
    """How far after its bar's end a label starts."""
    return (_GAP + (OPEN_EXTRA if datum.fill is MarkFill.OPEN_ENDED else 0.0)) * sheet.unit


# Rows: the plot with values going to the right, for long names; its axes and what stands round it.


_SMALL = TextStyle.SMALL
_TARGET = 24.0


class BarArea(Struct, frozen=True):
    """Where the bars of a chart of rows stand."""

    bands: CategoryBands
    along: LinearScale
    plot: Box
    pitch: float
    """The height of one step of the categories."""

    def y_at(self, at: float) -> float:
        """The height at which something on the categories' axis stands."""
        return self.bands.y_at(at, self.plot.y, self.pitch)


def layout_horizontal_bars(sheet: FrameBuilder, chart: Chart) -> ChartFrame:
    """The frame of a chart whose values go to the right."""
    unit, step = sheet.unit, sheet.line_height(_SMALL)
    bar_rows = rows_of(sheet, chart)
    tallest = max(len(row.lines) for row in bar_rows) * sheet.line_height(TextStyle.STRONG)
    category_bands = divide_categories(sheet, chart, tallest)
    left_edge = sheet.snap_to_pixel(category_bands.width + GAP * unit if category_bands.width else 0.5 * unit)
    along = LinearScale(
        chart.values.low,
        chart.values.high,
        left_edge,
        left_edge + value_axis_length(sheet, chart, bar_rows, left_edge),
    )
    legend = guides.layout_legend(sheet, guides.legend_entries(chart) if chart.legend else (), sheet.width)
    foot = guides.layout_legend(sheet, guides.key_entries(chart, chart.rules), sheet.width)
    title = sheet.wrap_lines(chart.values.title, _SMALL, sheet.width - left_edge)
    heading = sheet.wrap_lines(chart.categories.title, _SMALL, sheet.width)
    gap = 8 * unit if foot.height else 0.0

    guides.place_legend(sheet, legend, 0.0, 0.0, MarkDirection.RIGHT)
    top = legend.height + (4 * unit if legend.height else 0.0)
    top = sheet.snap_to_pixel(sheet.write_lines(heading, 0.0, top, _SMALL, ColourRole.MUTED) + 4 * unit)
    under = 4 * unit + step + len(title) * step + gap + foot.height
    span = chart.categories.high - chart.categories.low
    pitch = category_bands.category_pitch(sheet.height - top - under, span)
    bottom = sheet.snap_to_pixel(top + span * pitch)
    plot = Box(left_edge, top, along.end - left_edge, bottom - top)

    value_ticks = _value_axis(sheet, chart, along, plot, category_bands.grid_stretches(plot, pitch))
    _write_names(sheet, category_bands, top, pitch)
    bar_area = BarArea(category_bands, along, plot, pitch)
    _place_bars(sheet, chart, bar_rows, bar_area)
    _place_reference_lines(sheet, chart, bar_area)
    end = sheet.write_lines(title, left_edge, bottom + 4 * unit + step, _SMALL, ColourRole.MUTED)
    guides.place_legend(sheet, foot, 0.0, end + gap, MarkDirection.RIGHT)
    return sheet.build_frame(chart.shape, plot, along, value_ticks, end + gap + foot.height)


def _value_axis(
    sheet: FrameBuilder, chart: Chart, along: LinearScale, plot: Box, stretches: list[tuple[float, float]]
) -> tuple[tuple[float, float], ...]:
    """Grid, labels and base line; returns the ticks that are drawn. Lines run along ``stretches``."""
    unit = sheet.unit
    labels = {t.at: sheet.wrap_lines(t.label, _SMALL, 0.5 * sheet.width, 1) for t in chart.values.ticks}
    apart = max((sheet.max_line_width(lines, _SMALL) for lines in labels.values()), default=0.0) + 10 * unit
    value_ticks: list[tuple[float, float]] = []
    for tick in guides.kept_values(chart.values.ticks, along, apart):
        x = sheet.snap_to_pixel(along.pixel_at(tick.at))
        value_ticks.append((tick.at, x))
        if chart.values.grid and x != plot.x:
            sheet.back += [Stroke(x, high, x, low, ColourRole.GRID, unit) for high, low in stretches]
        first = len(sheet.texts)
        sheet.write_lines(labels[tick.at], x, plot.bottom + 4 * unit, _SMALL, ColourRole.MUTED, TextAnchor.MIDDLE)
        sheet.bind_texts(first, TextPlace.VALUE_AXIS)
    base = sheet.snap_to_pixel(along.pixel_at(max(along.low, min(0.0, along.high))))
    ink, thick = (ColourRole.TEXT, 1.5 * unit) if along.low < 0 < along.high else (ColourRole.AXIS, unit)
    sheet.front += [Stroke(base, high, base, low, ink, thick) for high, low in stretches]
    return tuple(value_ticks)


def _write_names(sheet: FrameBuilder, category_bands: CategoryBands, top: float, pitch: float) -> None:
    for band in category_bands.bands:
        high = len(band.name) * sheet.line_height(TextStyle.BODY)
        if category_bands.above:
            start = category_bands.y_at(band.first, top, pitch) - high - sheet.unit
        else:
            start = top + (band.tick.at - category_bands.low) * pitch - high / 2
        first = len(sheet.texts)
        sheet.write_lines(band.name, 0.0, start, TextStyle.BODY, ColourRole.TEXT)
        sheet.bind_texts(first, TextPlace.CATEGORY_AXIS)


def _place_bars(
    sheet: FrameBuilder,
    chart: Chart,
    bar_rows: tuple[BarRow, ...],
    bar_area: BarArea,
) -> None:
    category_bands, along = bar_area.bands, bar_area.along
    bodies: list[Box] = []
    for row in bar_rows:
        ends = [sheet.snap_to_pixel(bar_area.y_at(edge)) for edge in (row.datum.start, row.datum.end)]
        bodies.append(_bar_body(sheet, row.datum, along, *ends))
    place_diamonds(sheet, bar_rows, bodies, along)
    # A tint across the names would cut through one that several bars share.
    left_edge = max(
        bar_area.plot.x - 6 * sheet.unit if category_bands.above or category_bands.has_shared_names else 0.0, 0.0
    )
    whiskers = [whisker_ends(row, along) if chart.intervals else None for row in bar_rows]
    labels = place_labels(sheet, bar_rows, bodies, whiskers)
    for row, body, label, reach in zip(bar_rows, bodies, labels, whiskers, strict=True):
        visible_body = None if row.missing else body
        if row.bearer >= 0:
            stop = _second_target(sheet, row, body, bodies[row.bearer], left_edge)
            mark = DataMark(stop, MarkFill.HOLLOW, row.role, DIAMOND, MarkDirection.POINT, visible_body, None, label)
        else:
            fill = MarkFill.MISSING if row.missing else row.datum.fill
            texture = guides.texture_of(chart, row.role)
            stop = _build_target(sheet, row.datum, body, row.series, left_edge)
            mark = DataMark(stop, fill, row.role, texture, MarkDirection.RIGHT, visible_body, reach, label)
        sheet.marks.append(mark)


def _bar_body(sheet: FrameBuilder, datum: DataPoint, along: LinearScale, top: float, bottom: float) -> Box:
    # Neighbours in a group are kept a hair apart.
    top, height = top + sheet.unit, max(bottom - top - 2 * sheet.unit, sheet.unit)
    base = sheet.snap_to_pixel(along.pixel_at(max(along.low, min(0.0, along.high))))
    if is_missing(datum) or datum.value is None:
        return Box(base, top, 0.0, height)
    end = sheet.snap_to_pixel(along.pixel_at(min(max(datum.value, along.low), along.high)))
    if datum.value > 0 and end - base < 1:
        end = base + 1
    return Box(min(base, end), top, abs(end - base), height)


def _build_target(sheet: FrameBuilder, datum: DataPoint, body: Box, series: int, left_edge: float) -> Target:
    unit = sheet.unit
    band = Box(left_edge, body.y, sheet.width - left_edge, body.height).expand_by(0, 3 * unit)
    shy = max(0.0, (_TARGET * unit - band.height) / 2)
    hit_area = Box(0.0, band.y - shy, sheet.width, band.height + 2 * shy)
    ring = body if body.width >= 6 * unit else Box(body.x, body.y, 24 * unit, body.height)
    return Target(sanitise(datum.name), datum.figure, ring, band, hit_area, series, datum.at)


def _second_target(sheet: FrameBuilder, row: BarRow, body: Box, bar: Box, left_edge: float) -> Target:
    """Of a second figure: the ring goes round its symbol, and it is met a little way round that."""
    unit, (x, y) = sheet.unit, body.centre
    band = Box(left_edge, bar.y, sheet.width - left_edge, bar.height).expand_by(0, 3 * unit)
    hit_area = Box(x - REACH * unit, y - REACH * unit, 2 * REACH * unit, 2 * REACH * unit)
    name = sanitise(row.datum.name)
    return Target(name, row.datum.figure, body.expand_by(2 * unit), band, hit_area, row.series, row.datum.at)


def _place_reference_lines(
    sheet: FrameBuilder,
    chart: Chart,
    bar_area: BarArea,
) -> None:
    """Reference levels, and the rare dated mark of a chart of rows."""
    unit, right = sheet.unit, bar_area.plot.right
    for rule in chart.rules:
        x = sheet.snap_to_pixel(bar_area.along.pixel_at(rule.value))
        ends = [bar_area.y_at(edge) for edge in (rule.start, rule.end)]
        sheet.front.append(Stroke(x, ends[0], x, ends[1], ColourRole.TEXT, 2 * unit, halo=True))
    for flag in chart.flags:
        y = sheet.snap_to_pixel(bar_area.y_at(flag.at))
        sheet.front.append(Stroke(0.0, y, right, y, ColourRole.NEUTRAL, unit, int(flag.break_)))
        line = Box(0.0, y - 4 * unit, right, 8 * unit)
        label = sheet.wrap_lines(flag.label, _SMALL, 0.4 * sheet.width, 1)
        sheet.write_lines(label, sheet.width, y - sheet.line_height(_SMALL), _SMALL, ColourRole.MUTED, TextAnchor.END)
        sheet.flags.append(Target(sanitise(flag.name or flag.label), "", line, line, line, at=flag.at))
