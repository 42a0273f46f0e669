"""Rows: the plot with values going to the right, for long names; its axes and what stands round it."""

from __future__ import annotations

from explorer.pages.chart import Chart, Datum, Fill

from . import bands, keys, rows, ticks
from .frame import Anchor, Box, Frame, Ink, Lettering, Mark, Scale, Stop, Stroke, Way
from .plain import plain
from .second import DIAMOND, REACH, is_missing
from .sheet import Sheet

_SMALL = Lettering.SMALL
_TARGET = 24.0


def lay_rows(sheet: Sheet, chart: Chart) -> Frame:
    """The frame of a chart whose values go to the right."""
    unit, step = sheet.unit, sheet.line(_SMALL)
    held = rows.rows_of(sheet, chart)
    tallest = max(len(row.lines) for row in held) * sheet.line(Lettering.STRONG)
    split = bands.divide(sheet, chart, tallest)
    left = sheet.snap(split.width + bands.GAP * unit if split.width else 0.5 * unit)
    along = Scale(chart.values.low, chart.values.high, left, left + rows.length(sheet, chart, held, left))
    legend = keys.arrange(sheet, keys.legend_entries(chart) if chart.legend else (), sheet.width)
    foot = keys.arrange(sheet, keys.key_entries(chart, chart.rules), sheet.width)
    title = sheet.lines(chart.values.title, _SMALL, sheet.width - left)
    heading = sheet.lines(chart.categories.title, _SMALL, sheet.width)
    gap = 8 * unit if foot.height else 0.0

    keys.place(sheet, legend, 0.0, 0.0, Way.RIGHT)
    top = legend.height + (4 * unit if legend.height else 0.0)
    top = sheet.snap(sheet.write(heading, 0.0, top, _SMALL, Ink.MUTED) + 4 * unit)
    under = 4 * unit + step + len(title) * step + gap + foot.height
    span = chart.categories.high - chart.categories.low
    pitch = split.pitch(sheet.height - top - under, span)
    bottom = sheet.snap(top + span * pitch)
    plot = Box(left, top, along.end - left, bottom - top)

    drawn = _value_axis(sheet, chart, along, plot, split.stretches(plot, pitch))
    _names(sheet, split, top, pitch)
    _bars(sheet, chart, held, split, along, plot, pitch)
    _across(sheet, chart, split, along, plot, pitch)
    end = sheet.write(title, left, bottom + 4 * unit + step, _SMALL, Ink.MUTED)
    keys.place(sheet, foot, 0.0, end + gap, Way.RIGHT)
    return sheet.frame(chart.shape, plot, along, drawn, end + gap + foot.height)


def _value_axis(
    sheet: Sheet, chart: Chart, along: Scale, plot: Box, stretches: list[tuple[float, float]]
) -> tuple[tuple[float, float], ...]:
    """Grid, labels and base line; returns the ticks that are drawn. Lines run along ``stretches``."""
    unit = sheet.unit
    labels = {t.at: sheet.lines(t.label, _SMALL, 0.5 * sheet.width, 1) for t in chart.values.ticks}
    apart = max((sheet.widest(lines, _SMALL) for lines in labels.values()), default=0.0) + 10 * unit
    drawn: list[tuple[float, float]] = []
    for tick in ticks.kept_values(chart.values.ticks, along, apart):
        x = sheet.snap(along.at(tick.at))
        drawn.append((tick.at, x))
        if chart.values.grid and x != plot.x:
            sheet.back += [Stroke(x, high, x, low, Ink.GRID, unit) for high, low in stretches]
        sheet.write(labels[tick.at], x, plot.bottom + 4 * unit, _SMALL, Ink.MUTED, Anchor.MIDDLE)
    base = sheet.snap(along.at(max(along.low, min(0.0, along.high))))
    ink, thick = (Ink.TEXT, 1.5 * unit) if along.low < 0 < along.high else (Ink.AXIS, unit)
    sheet.front += [Stroke(base, high, base, low, ink, thick) for high, low in stretches]
    return tuple(drawn)


def _names(sheet: Sheet, split: bands.Bands, top: float, pitch: float) -> None:
    for band in split.bands:
        high = len(band.name) * sheet.line(Lettering.BODY)
        if split.above:
            start = split.y(band.first, top, pitch) - high - sheet.unit
        else:
            start = top + (band.tick.at - split.low) * pitch - high / 2
        sheet.write(band.name, 0.0, start, Lettering.BODY, Ink.TEXT)


def _bars(
    sheet: Sheet,
    chart: Chart,
    held: tuple[rows.Row, ...],
    split: bands.Bands,
    along: Scale,
    plot: Box,
    pitch: float,
) -> None:
    bodies: list[Box] = []
    for row in held:
        ends = [sheet.snap(split.y(edge, plot.y, pitch)) for edge in (row.datum.start, row.datum.end)]
        bodies.append(_body(sheet, row.datum, along, *ends))
    rows.diamonds(sheet, held, bodies, along)
    # A tint across the names would cut through one that several bars share.
    left = max(plot.x - 6 * sheet.unit if split.above or split.shared else 0.0, 0.0)
    whiskers = [rows.whisker(row, along) if chart.intervals else None for row in held]
    labels = rows.labels(sheet, held, bodies, whiskers)
    for row, body, label, reach in zip(held, bodies, labels, whiskers, strict=True):
        drawn = None if row.missing else body
        if row.bearer >= 0:
            stop = _second_stop(sheet, row, body, bodies[row.bearer], left)
            mark = Mark(stop, Fill.HOLLOW, row.role, DIAMOND, Way.POINT, drawn, None, label)
        else:
            fill = Fill.MISSING if row.missing else row.datum.fill
            texture = keys.texture_of(chart, row.role)
            stop = _stop(sheet, row.datum, body, row.series, left)
            mark = Mark(stop, fill, row.role, texture, Way.RIGHT, drawn, reach, label)
        sheet.marks.append(mark)


def _body(sheet: Sheet, datum: Datum, along: Scale, top: float, bottom: float) -> Box:
    # Neighbours in a group are kept a hair apart.
    top, height = top + sheet.unit, max(bottom - top - 2 * sheet.unit, sheet.unit)
    base = sheet.snap(along.at(max(along.low, min(0.0, along.high))))
    if is_missing(datum) or datum.value is None:
        return Box(base, top, 0.0, height)
    end = sheet.snap(along.at(min(max(datum.value, along.low), along.high)))
    if datum.value > 0 and end - base < 1:
        end = base + 1
    return Box(min(base, end), top, abs(end - base), height)


def _stop(sheet: Sheet, datum: Datum, body: Box, series: int, left: float) -> Stop:
    unit = sheet.unit
    band = Box(left, body.y, sheet.width - left, body.height).grown(0, 3 * unit)
    shy = max(0.0, (_TARGET * unit - band.height) / 2)
    hit = Box(0.0, band.y - shy, sheet.width, band.height + 2 * shy)
    ring = body if body.width >= 6 * unit else Box(body.x, body.y, 24 * unit, body.height)
    return Stop(plain(datum.name), datum.figure, ring, band, hit, series, datum.at)


def _second_stop(sheet: Sheet, row: rows.Row, body: Box, bar: Box, left: float) -> Stop:
    """Of a second figure: the ring goes round its symbol, and it is met a little way round that."""
    unit, (x, y) = sheet.unit, body.middle
    band = Box(left, bar.y, sheet.width - left, bar.height).grown(0, 3 * unit)
    hit = Box(x - REACH * unit, y - REACH * unit, 2 * REACH * unit, 2 * REACH * unit)
    name = plain(row.datum.name)
    return Stop(name, row.datum.figure, body.grown(2 * unit), band, hit, row.series, row.datum.at)


def _across(sheet: Sheet, chart: Chart, split: bands.Bands, along: Scale, plot: Box, pitch: float) -> None:
    """Reference levels, and the rare dated mark of a chart of rows."""
    unit = sheet.unit
    for rule in chart.rules:
        x = sheet.snap(along.at(rule.value))
        ends = [split.y(edge, plot.y, pitch) for edge in (rule.start, rule.end)]
        sheet.front.append(Stroke(x, ends[0], x, ends[1], Ink.TEXT, 2 * unit, halo=True))
    for flag in chart.flags:
        y = sheet.snap(split.y(flag.at, plot.y, pitch))
        sheet.front.append(Stroke(0.0, y, plot.right, y, Ink.NEUTRAL, unit, int(flag.break_)))
        line = Box(0.0, y - 4 * unit, plot.right, 8 * unit)
        label = sheet.lines(flag.label, _SMALL, 0.4 * sheet.width, 1)
        sheet.write(label, sheet.width, y - sheet.line(_SMALL), _SMALL, Ink.MUTED, Anchor.END)
        sheet.flags.append(Stop(plain(flag.name or flag.label), "", line, line, line, at=flag.at))
