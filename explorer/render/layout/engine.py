"""Columns and lines: the plot with values going up, its axes, and what stands round it."""

from __future__ import annotations

from msgspec.structs import replace

from explorer.pages.model import Chart, ChartShape, DateFlag
from explorer.render.layout import annotation_layout, end_labels, guides, marks
from explorer.support import sanitise

from .builder import FrameBuilder
from .fonts import FontSet
from .frame import Box, ChartFrame, ColourRole, LinearScale, Stroke, TextAnchor, TextPlace, TextStyle
from .horizontal_bars import layout_horizontal_bars
from .tile_map import lay_tiles

_SMALL = TextStyle.SMALL
_LEAST = 72.0
"""The least height of a value axis, in units; a lower sheet grows instead."""

_SHARE = 0.45
"""The least part of the sheet that the plot has where a long key stands under it."""


def layout_vertical(sheet: FrameBuilder, chart: Chart) -> ChartFrame:
    """The frame of a chart whose values go up."""
    unit, lines = sheet.unit, chart.shape is ChartShape.LINES
    beside = end_labels.collect(sheet, chart)
    left_edge = _tick_width(sheet, chart) + 8 * unit
    left_edge = sheet.snap_to_pixel(left_edge)
    end = sheet.snap_to_pixel(left_edge + end_labels.category_axis_length(sheet, beside, chart.categories, left_edge))
    across = LinearScale(chart.categories.low, chart.categories.high, left_edge, end)
    sheet.across = across
    aside = end_labels.labels_left_edge(sheet, beside, across)
    legend = guides.layout_legend(sheet, guides.legend_entries(chart) if beside.legend else (), sheet.width)
    names = guides.category_labels(sheet, chart.categories.ticks, across)
    flag_layout = annotation_layout.layout_flags(sheet, chart.flags, across)
    foot = _PlotFoot(sheet, chart, guides.key_entries(chart, beside.rules), (names, flag_layout.flag_keys))

    guides.place_legend(sheet, legend, 0.0, 0.0, guides.way_of(chart))
    top = legend.height + (4 * unit if legend.height else 0.0)
    title = sheet.wrap_lines(chart.values.title, _SMALL, sheet.width)
    top = sheet.write_lines(title, 0.0, top, _SMALL, ColourRole.MUTED)
    flags_top = top + 4 * unit
    top = flags_top + flag_layout.height + 0.5 * sheet.line_height(_SMALL)
    standing = () if lines else marks.layout_columns(sheet, chart, across)
    least = max(_LEAST * unit, _SHARE * sheet.height if flag_layout.flag_keys else 0.0)
    high = max(sheet.height - foot.height - top, least)
    high = max(high, _plot_headroom(sheet, chart, standing, high) + _LEAST * unit)
    bottom = sheet.snap_to_pixel(top + high)
    head = _plot_headroom(sheet, chart, standing, high)
    right = min(end, aside - 4 * unit if beside.labels else end)
    plot = Box(left_edge, top, right - left_edge, bottom - top)
    up = LinearScale(chart.values.low, chart.values.high, bottom, sheet.snap_to_pixel(top + head))

    value_ticks = _value_axis(sheet, chart, up, plot)
    boxes = end_labels.write_end_labels(sheet, beside, across, up, aside)
    annotation_layout.place_flags(sheet, flag_layout, flags_top, plot, _baseline_y(sheet, up))
    if lines:
        marks.place_points(sheet, chart, (across, up), plot, boxes, beside.labelled_data)
    else:
        marks.place_columns(sheet, standing, up, plot)
    _place_rules(sheet, chart, across, up)
    return sheet.build_frame(chart.shape, plot, up, value_ticks, foot.write_foot(bottom, plot))


class _PlotFoot:
    """What stands under the plot: category labels, the axis title and the keys."""

    def __init__(
        self,
        sheet: FrameBuilder,
        chart: Chart,
        entries: tuple[guides.LegendEntry, ...],
        foot_labels: tuple[guides.TickLabels, tuple[tuple[str, DateFlag], ...]],
    ) -> None:
        self._sheet, self._chart, self._names = sheet, chart, foot_labels[0]
        self._title = sheet.wrap_lines(chart.categories.title, _SMALL, sheet.width)
        self._keys = guides.layout_legend(sheet, entries, sheet.width)
        self._dates = annotation_layout.layout_dates(sheet, foot_labels[1])
        self._gaps = tuple(8 * sheet.unit if high else 0.0 for high in (self._keys.height, self._dates.height))
        title = len(self._title) * sheet.line_height(_SMALL)
        self.height = 6 * sheet.unit + self._names.height + title + self._keys.height + self._dates.height
        self.height += sum(self._gaps)

    def write_foot(self, top: float, plot: Box) -> float:
        """Puts it on the sheet from ``top``; returns the y under it."""
        sheet = self._sheet
        top += 6 * sheet.unit
        self._names.write_labels(sheet, top)
        top += self._names.height
        top = sheet.write_lines(self._title, plot.centre[0], top, _SMALL, ColourRole.MUTED, TextAnchor.MIDDLE)
        top += self._gaps[0]
        guides.place_legend(sheet, self._keys, 0.0, top, guides.way_of(self._chart))
        top += self._keys.height + self._gaps[1]
        annotation_layout.place_dates(sheet, self._dates, top)
        return top + self._dates.height


def _tick_width(sheet: FrameBuilder, chart: Chart) -> float:
    room = 0.25 * sheet.width
    return max(
        (sheet.max_line_width(sheet.wrap_lines(tick.label, _SMALL, room, 1), _SMALL) for tick in chart.values.ticks),
        default=0.0,
    )


def _plot_headroom(sheet: FrameBuilder, chart: Chart, standing: tuple[marks.ChartColumn, ...], height: float) -> float:
    values = LinearScale(chart.values.low, chart.values.high, 0.0, 1.0)
    if chart.shape is ChartShape.LINES:
        return marks.point_headroom(sheet, chart, values, height)
    return marks.column_headroom(sheet, standing, values, height)


def _value_axis(sheet: FrameBuilder, chart: Chart, up: LinearScale, plot: Box) -> tuple[tuple[float, float], ...]:
    """Grid, labels and base line; returns the ticks that are drawn."""
    unit, step = sheet.unit, sheet.line_height(_SMALL)
    value_ticks: list[tuple[float, float]] = []
    for tick in guides.kept_values(chart.values.ticks, up, 1.2 * step):
        y = sheet.snap_to_pixel(up.pixel_at(tick.at))
        value_ticks.append((tick.at, y))
        if chart.values.grid and y != sheet.snap_to_pixel(up.start):
            sheet.back.append(Stroke(plot.x, y, plot.right, y, ColourRole.GRID, unit))
        label = sheet.wrap_lines(tick.label, _SMALL, 0.25 * sheet.width, 1)
        first = len(sheet.texts)
        sheet.write_lines(label, plot.x - 8 * unit, y - step / 2, _SMALL, ColourRole.MUTED, TextAnchor.END)
        sheet.bind_texts(first, TextPlace.VALUE_AXIS)
    base = _baseline_y(sheet, up)
    # A zero within the plot parts rises from falls, and is drawn to be seen.
    strong = up.low < 0 < up.high
    ink, thick = (ColourRole.TEXT, 1.5 * unit) if strong else (ColourRole.AXIS, unit)
    sheet.front.append(Stroke(plot.x, base, plot.right, base, ink, thick))
    return tuple(value_ticks)


def _baseline_y(sheet: FrameBuilder, up: LinearScale) -> float:
    """The y that columns stand on: zero, or the end of the axis nearest to it."""
    return sheet.snap_to_pixel(up.pixel_at(max(up.low, min(0.0, up.high))))


def _place_rules(sheet: FrameBuilder, chart: Chart, across: LinearScale, up: LinearScale) -> None:
    unit = sheet.unit
    lines = chart.shape is ChartShape.LINES
    for rule in chart.rules:
        y = sheet.snap_to_pixel(up.pixel_at(rule.value))
        start = max(across.pixel_at(rule.start) - 4 * unit, across.start)
        end = min(across.pixel_at(rule.end) + 4 * unit, sheet.width)
        if lines:
            # A level that the lines run over and not under.
            sheet.back.append(Stroke(start, y, end, y, ColourRole.TEXT, 1.25 * unit))
        else:
            sheet.front.append(Stroke(start, y, end, y, ColourRole.TEXT, 2 * unit, halo=True))


# A Chart and a size become a Frame. The one door to the layout; the shapes have files of their own.


def lay_out(
    chart: Chart, kind: FontSet, width: float, height: float, pixel: float = 1.0, *, apart: bool = False
) -> ChartFrame:
    """``chart`` laid out for ``width`` x ``height`` logical pixels.

    ``pixel`` is the size of a device pixel in logical ones, 0 where there are none. The frame may come out
    higher than asked for: nothing is set smaller or left out to make it fit. With ``apart`` the words of many
    events are left to whoever shows the chart; ``flags.numbered_events`` gives them.
    """
    sheet = FrameBuilder(apart=apart, type=kind, width=max(width, 8 * kind.body), height=height, pixel=pixel)
    if chart.shape is ChartShape.TILES:
        return lay_tiles(sheet, chart) if chart.tiles else _empty_frame(sheet, chart)
    if not any(series.data for series in chart.series):
        return _empty_frame(sheet, chart)
    chart = _clip_to_axes(chart)
    if chart.shape is ChartShape.ROWS:
        return layout_horizontal_bars(sheet, chart)
    return layout_vertical(sheet, chart)


def lay_beside(chart: Chart, kind: FontSet, width: float, height: float, pixel: float = 1.0) -> ChartFrame:
    """A map at the left of its room; the frame's ``aside`` is what is free beside it."""
    sheet = FrameBuilder(type=kind, width=max(width, 8 * kind.body), height=height, pixel=pixel)
    return lay_tiles(sheet, chart, to_the_left=True) if chart.tiles else _empty_frame(sheet, chart)


def _clip_to_axes(chart: Chart) -> Chart:
    """``chart`` less the dated marks and reference levels that lie off its axes."""
    across, values = chart.categories, chart.values
    flags = tuple(flag for flag in chart.flags if across.low <= flag.at <= across.high)
    rules = tuple(
        rule
        for rule in chart.rules
        if values.low <= rule.value <= values.high and rule.start < across.high and rule.end > across.low
    )
    if (flags, rules) == (chart.flags, chart.rules):
        return chart
    return replace(chart, flags=flags, rules=rules)


def _empty_frame(sheet: FrameBuilder, chart: Chart) -> ChartFrame:
    """A chart without data: the sentence that says why, in the middle."""
    lines = sheet.type.wrap_text(sanitise(chart.empty), TextStyle.BODY, min(0.9 * sheet.width, 34 * sheet.type.body))
    high = len(lines) * sheet.line_height(TextStyle.BODY)
    top = max(0.0, (sheet.height - high) / 2)
    end = sheet.write_lines(lines, sheet.width / 2, top, TextStyle.BODY, ColourRole.MUTED, TextAnchor.MIDDLE)
    return sheet.build_frame(chart.shape, Box(0.0, 0.0, sheet.width, end), LinearScale(0.0, 1.0, 0.0, 0.0), (), end)
