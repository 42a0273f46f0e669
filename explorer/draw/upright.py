"""Columns and lines: the plot with values going up, its axes, and what stands round it."""

from __future__ import annotations

from explorer.pages.chart import Chart, Flag, Shape

from . import asides, columns, dates, flags, keys, points, ticks
from .frame import Anchor, Box, Frame, Ink, Lettering, Scale, Stroke
from .sheet import Sheet

_SMALL = Lettering.SMALL
_LEAST = 72.0
"""The least height of a value axis, in units; a lower sheet grows instead."""

_SHARE = 0.45
"""The least part of the sheet that the plot has where a long key stands under it."""


def lay_upright(sheet: Sheet, chart: Chart) -> Frame:
    """The frame of a chart whose values go up."""
    unit, lines = sheet.unit, chart.shape is Shape.LINES
    beside = asides.gather(sheet, chart)
    left = _tick_width(sheet, chart) + 8 * unit
    left = sheet.snap(left)
    end = sheet.snap(left + asides.length(sheet, beside, chart.categories, left))
    across = Scale(chart.categories.low, chart.categories.high, left, end)
    aside = asides.start(sheet, beside, across)
    legend = keys.arrange(sheet, keys.legend_entries(chart) if beside.legend else (), sheet.width)
    names = ticks.category_labels(sheet, chart.categories.ticks, across)
    dated = flags.arrange(sheet, chart.flags, across)
    foot = _Foot(sheet, chart, keys.key_entries(chart, beside.rules), (names, dated.keyed))

    keys.place(sheet, legend, 0.0, 0.0, keys.way_of(chart))
    top = legend.height + (4 * unit if legend.height else 0.0)
    title = sheet.lines(chart.values.title, _SMALL, sheet.width)
    top = sheet.write(title, 0.0, top, _SMALL, Ink.MUTED)
    flags_top = top + 4 * unit
    top = flags_top + dated.height + 0.5 * sheet.line(_SMALL)
    standing = () if lines else columns.stand(sheet, chart, across)
    least = max(_LEAST * unit, _SHARE * sheet.height if dated.keyed else 0.0)
    high = max(sheet.height - foot.height - top, least)
    high = max(high, _headroom(sheet, chart, standing, high) + _LEAST * unit)
    bottom = sheet.snap(top + high)
    head = _headroom(sheet, chart, standing, high)
    right = min(end, aside - 4 * unit if beside.labels else end)
    plot = Box(left, top, right - left, bottom - top)
    up = Scale(chart.values.low, chart.values.high, bottom, sheet.snap(top + head))

    drawn = _value_axis(sheet, chart, up, plot)
    boxes = asides.write(sheet, beside, across, up, aside)
    flags.write(sheet, dated, flags_top, plot, _base(sheet, up))
    if lines:
        points.draw(sheet, chart, (across, up), plot, boxes, beside.said)
    else:
        columns.draw(sheet, standing, up, plot)
    _rules(sheet, chart, across, up)
    return sheet.frame(chart.shape, plot, up, drawn, foot.write(bottom, plot))


class _Foot:
    """What stands under the plot: category labels, the axis title and the keys."""

    def __init__(
        self,
        sheet: Sheet,
        chart: Chart,
        entries: tuple[keys.Entry, ...],
        said: tuple[ticks.TickLabels, tuple[tuple[str, Flag], ...]],
    ) -> None:
        self._sheet, self._chart, self._names = sheet, chart, said[0]
        self._title = sheet.lines(chart.categories.title, _SMALL, sheet.width)
        self._keys = keys.arrange(sheet, entries, sheet.width)
        self._dates = dates.arrange(sheet, said[1])
        self._gaps = tuple(
            8 * sheet.unit if high else 0.0 for high in (self._keys.height, self._dates.height)
        )
        title = len(self._title) * sheet.line(_SMALL)
        self.height = 6 * sheet.unit + self._names.height + title + self._keys.height + self._dates.height
        self.height += sum(self._gaps)

    def write(self, top: float, plot: Box) -> float:
        """Puts it on the sheet from ``top``; returns the y under it."""
        sheet = self._sheet
        top += 6 * sheet.unit
        self._names.write(sheet, top)
        top += self._names.height
        top = sheet.write(self._title, plot.middle[0], top, _SMALL, Ink.MUTED, Anchor.MIDDLE)
        top += self._gaps[0]
        keys.place(sheet, self._keys, 0.0, top, keys.way_of(self._chart))
        top += self._keys.height + self._gaps[1]
        dates.place(sheet, self._dates, top)
        return top + self._dates.height


def _tick_width(sheet: Sheet, chart: Chart) -> float:
    room = 0.25 * sheet.width
    return max(
        (sheet.widest(sheet.lines(tick.label, _SMALL, room, 1), _SMALL) for tick in chart.values.ticks),
        default=0.0,
    )


def _headroom(sheet: Sheet, chart: Chart, standing: tuple[columns.Column, ...], height: float) -> float:
    values = Scale(chart.values.low, chart.values.high, 0.0, 1.0)
    if chart.shape is Shape.LINES:
        return points.headroom(sheet, chart, values, height)
    return columns.headroom(sheet, standing, values, height)


def _value_axis(sheet: Sheet, chart: Chart, up: Scale, plot: Box) -> tuple[tuple[float, float], ...]:
    """Grid, labels and base line; returns the ticks that are drawn."""
    unit, step = sheet.unit, sheet.line(_SMALL)
    drawn: list[tuple[float, float]] = []
    for tick in ticks.kept_values(chart.values.ticks, up, 1.2 * step):
        y = sheet.snap(up.at(tick.at))
        drawn.append((tick.at, y))
        if chart.values.grid and y != sheet.snap(up.start):
            sheet.back.append(Stroke(plot.x, y, plot.right, y, Ink.GRID, unit))
        label = sheet.lines(tick.label, _SMALL, 0.25 * sheet.width, 1)
        sheet.write(label, plot.x - 8 * unit, y - step / 2, _SMALL, Ink.MUTED, Anchor.END)
    base = _base(sheet, up)
    # A zero within the plot parts rises from falls, and is drawn to be seen.
    strong = up.low < 0 < up.high
    ink, thick = (Ink.TEXT, 1.5 * unit) if strong else (Ink.AXIS, unit)
    sheet.front.append(Stroke(plot.x, base, plot.right, base, ink, thick))
    return tuple(drawn)


def _base(sheet: Sheet, up: Scale) -> float:
    """The y that columns stand on: zero, or the end of the axis nearest to it."""
    return sheet.snap(up.at(max(up.low, min(0.0, up.high))))


def _rules(sheet: Sheet, chart: Chart, across: Scale, up: Scale) -> None:
    unit = sheet.unit
    lines = chart.shape is Shape.LINES
    for rule in chart.rules:
        y = sheet.snap(up.at(rule.value))
        start = max(across.at(rule.start) - 4 * unit, across.start)
        end = min(across.at(rule.end) + 4 * unit, sheet.width)
        if lines:
            # A level that the lines run over and not under.
            sheet.back.append(Stroke(start, y, end, y, Ink.TEXT, 1.25 * unit))
        else:
            sheet.front.append(Stroke(start, y, end, y, Ink.TEXT, 2 * unit, halo=True))
