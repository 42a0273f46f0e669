"""Rows: the plot with values going to the right, for long names; its axes and what stands round it."""

from __future__ import annotations

from explorer.draw import bands, keys, rows, ticks
from explorer.pages.model.chart import Chart, DataPoint, MarkFill
from explorer.support.safe_text import sanitise

from .frame import (
    Box,
    ChartFrame,
    ColourRole,
    DataMark,
    LinearScale,
    MarkDirection,
    Stroke,
    Target,
    TextAnchor,
    TextStyle,
)
from .second import DIAMOND, REACH, is_missing
from .sheet import FrameBuilder

_SMALL = TextStyle.SMALL
_TARGET = 24.0


def layout_horizontal_bars(sheet: FrameBuilder, chart: Chart) -> ChartFrame:
    """The frame of a chart whose values go to the right."""
    unit, step = sheet.unit, sheet.line_height(_SMALL)
    bar_rows = rows.rows_of(sheet, chart)
    tallest = max(len(row.lines) for row in bar_rows) * sheet.line_height(TextStyle.STRONG)
    category_bands = bands.divide_categories(sheet, chart, tallest)
    left_edge = sheet.snap_to_pixel(category_bands.width + bands.GAP * unit if category_bands.width else 0.5 * unit)
    along = LinearScale(
        chart.values.low,
        chart.values.high,
        left_edge,
        left_edge + rows.value_axis_length(sheet, chart, bar_rows, left_edge),
    )
    legend = keys.layout_legend(sheet, keys.legend_entries(chart) if chart.legend else (), sheet.width)
    foot = keys.layout_legend(sheet, keys.key_entries(chart, chart.rules), sheet.width)
    title = sheet.wrap_lines(chart.values.title, _SMALL, sheet.width - left_edge)
    heading = sheet.wrap_lines(chart.categories.title, _SMALL, sheet.width)
    gap = 8 * unit if foot.height else 0.0

    keys.place_legend(sheet, legend, 0.0, 0.0, MarkDirection.RIGHT)
    top = legend.height + (4 * unit if legend.height else 0.0)
    top = sheet.snap_to_pixel(sheet.write_lines(heading, 0.0, top, _SMALL, ColourRole.MUTED) + 4 * unit)
    under = 4 * unit + step + len(title) * step + gap + foot.height
    span = chart.categories.high - chart.categories.low
    pitch = category_bands.category_pitch(sheet.height - top - under, span)
    bottom = sheet.snap_to_pixel(top + span * pitch)
    plot = Box(left_edge, top, along.end - left_edge, bottom - top)

    value_ticks = _value_axis(sheet, chart, along, plot, category_bands.grid_stretches(plot, pitch))
    _write_names(sheet, category_bands, top, pitch)
    _place_bars(sheet, chart, bar_rows, category_bands, along, plot, pitch)
    _place_reference_lines(sheet, chart, category_bands, along, plot, pitch)
    end = sheet.write_lines(title, left_edge, bottom + 4 * unit + step, _SMALL, ColourRole.MUTED)
    keys.place_legend(sheet, foot, 0.0, end + gap, MarkDirection.RIGHT)
    return sheet.build_frame(chart.shape, plot, along, value_ticks, end + gap + foot.height)


def _value_axis(
    sheet: FrameBuilder, chart: Chart, along: LinearScale, plot: Box, stretches: list[tuple[float, float]]
) -> tuple[tuple[float, float], ...]:
    """Grid, labels and base line; returns the ticks that are drawn. Lines run along ``stretches``."""
    unit = sheet.unit
    labels = {t.at: sheet.wrap_lines(t.label, _SMALL, 0.5 * sheet.width, 1) for t in chart.values.ticks}
    apart = max((sheet.max_line_width(lines, _SMALL) for lines in labels.values()), default=0.0) + 10 * unit
    value_ticks: list[tuple[float, float]] = []
    for tick in ticks.kept_values(chart.values.ticks, along, apart):
        x = sheet.snap_to_pixel(along.pixel_at(tick.at))
        value_ticks.append((tick.at, x))
        if chart.values.grid and x != plot.x:
            sheet.back += [Stroke(x, high, x, low, ColourRole.GRID, unit) for high, low in stretches]
        sheet.write_lines(labels[tick.at], x, plot.bottom + 4 * unit, _SMALL, ColourRole.MUTED, TextAnchor.MIDDLE)
    base = sheet.snap_to_pixel(along.pixel_at(max(along.low, min(0.0, along.high))))
    ink, thick = (ColourRole.TEXT, 1.5 * unit) if along.low < 0 < along.high else (ColourRole.AXIS, unit)
    sheet.front += [Stroke(base, high, base, low, ink, thick) for high, low in stretches]
    return tuple(value_ticks)


def _write_names(sheet: FrameBuilder, category_bands: bands.CategoryBands, top: float, pitch: float) -> None:
    for band in category_bands.bands:
        high = len(band.name) * sheet.line_height(TextStyle.BODY)
        if category_bands.above:
            start = category_bands.y_at(band.first, top, pitch) - high - sheet.unit
        else:
            start = top + (band.tick.at - category_bands.low) * pitch - high / 2
        sheet.write_lines(band.name, 0.0, start, TextStyle.BODY, ColourRole.TEXT)


def _place_bars(
    sheet: FrameBuilder,
    chart: Chart,
    bar_rows: tuple[rows.BarRow, ...],
    category_bands: bands.CategoryBands,
    along: LinearScale,
    plot: Box,
    pitch: float,
) -> None:
    bodies: list[Box] = []
    for row in bar_rows:
        ends = [
            sheet.snap_to_pixel(category_bands.y_at(edge, plot.y, pitch)) for edge in (row.datum.start, row.datum.end)
        ]
        bodies.append(_bar_body(sheet, row.datum, along, *ends))
    rows.place_diamonds(sheet, bar_rows, bodies, along)
    # A tint across the names would cut through one that several bars share.
    left_edge = max(plot.x - 6 * sheet.unit if category_bands.above or category_bands.has_shared_names else 0.0, 0.0)
    whiskers = [rows.whisker_ends(row, along) if chart.intervals else None for row in bar_rows]
    labels = rows.place_labels(sheet, bar_rows, bodies, whiskers)
    for row, body, label, reach in zip(bar_rows, bodies, labels, whiskers, strict=True):
        visible_body = None if row.missing else body
        if row.bearer >= 0:
            stop = _second_target(sheet, row, body, bodies[row.bearer], left_edge)
            mark = DataMark(stop, MarkFill.HOLLOW, row.role, DIAMOND, MarkDirection.POINT, visible_body, None, label)
        else:
            fill = MarkFill.MISSING if row.missing else row.datum.fill
            texture = keys.texture_of(chart, row.role)
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


def _second_target(sheet: FrameBuilder, row: rows.BarRow, body: Box, bar: Box, left_edge: float) -> Target:
    """Of a second figure: the ring goes round its symbol, and it is met a little way round that."""
    unit, (x, y) = sheet.unit, body.centre
    band = Box(left_edge, bar.y, sheet.width - left_edge, bar.height).expand_by(0, 3 * unit)
    hit_area = Box(x - REACH * unit, y - REACH * unit, 2 * REACH * unit, 2 * REACH * unit)
    name = sanitise(row.datum.name)
    return Target(name, row.datum.figure, body.expand_by(2 * unit), band, hit_area, row.series, row.datum.at)


def _place_reference_lines(
    sheet: FrameBuilder,
    chart: Chart,
    category_bands: bands.CategoryBands,
    along: LinearScale,
    plot: Box,
    pitch: float,
) -> None:
    """Reference levels, and the rare dated mark of a chart of rows."""
    unit = sheet.unit
    for rule in chart.rules:
        x = sheet.snap_to_pixel(along.pixel_at(rule.value))
        ends = [category_bands.y_at(edge, plot.y, pitch) for edge in (rule.start, rule.end)]
        sheet.front.append(Stroke(x, ends[0], x, ends[1], ColourRole.TEXT, 2 * unit, halo=True))
    for flag in chart.flags:
        y = sheet.snap_to_pixel(category_bands.y_at(flag.at, plot.y, pitch))
        sheet.front.append(Stroke(0.0, y, plot.right, y, ColourRole.NEUTRAL, unit, int(flag.break_)))
        line = Box(0.0, y - 4 * unit, plot.right, 8 * unit)
        label = sheet.wrap_lines(flag.label, _SMALL, 0.4 * sheet.width, 1)
        sheet.write_lines(label, sheet.width, y - sheet.line_height(_SMALL), _SMALL, ColourRole.MUTED, TextAnchor.END)
        sheet.flags.append(Target(sanitise(flag.name or flag.label), "", line, line, line, at=flag.at))
