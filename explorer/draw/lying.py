"""Rows: the plot with values going to the right, for long names; its axes and what stands round it."""

from __future__ import annotations

from explorer.pages.chart import Chart, Datum, Fill

from . import bands, keys, ticks
from .columns import shown_label
from .frame import Anchor, Box, Frame, Ink, Lettering, Mark, Scale, Stop, Stroke, Text, Way
from .numbers import OPEN_EXTRA
from .plain import plain
from .second import is_missing
from .sheet import Sheet

_SMALL = Lettering.SMALL
_GAP = 6.0
_TARGET = 24.0
_LEAST_LENGTH = 0.25
"""The least part of the room beside the names that the value axis has."""


def lay_rows(sheet: Sheet, chart: Chart) -> Frame:
    """The frame of a chart whose values go to the right."""
    unit, step = sheet.unit, sheet.line(_SMALL)
    data = [datum for series in chart.series for datum in series.data]
    tallest = max(len(_label_lines(sheet, datum)) for datum in data) * sheet.line(Lettering.STRONG)
    split = bands.divide(sheet, chart, tallest)
    left = sheet.snap(split.width + bands.GAP * unit if split.width else 0.5 * unit)
    along = Scale(chart.values.low, chart.values.high, left, left + _length(sheet, chart, left))
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
    _bars(sheet, chart, split, along, plot, pitch)
    _across(sheet, chart, split, along, plot, pitch)
    end = sheet.write(title, left, bottom + 4 * unit + step, _SMALL, Ink.MUTED)
    keys.place(sheet, foot, 0.0, end + gap, Way.RIGHT)
    return sheet.frame(chart.shape, plot, along, drawn, end + gap + foot.height)


def _length(sheet: Sheet, chart: Chart, left: float) -> float:
    """How long the value axis can be so that every label still fits after its bar."""
    values = Scale(chart.values.low, chart.values.high, 0.0, 1.0)
    last = sheet.lines(chart.values.ticks[-1].label, _SMALL, sheet.width, 1) if chart.values.ticks else ()
    room = sheet.width - left
    length = room - sheet.widest(last, _SMALL) / 2
    for series in chart.series:
        for datum in series.data:
            share = 0.0 if is_missing(datum) or datum.value is None else values.at(datum.value)
            need = sheet.widest(_label_lines(sheet, datum), Lettering.STRONG) + _start(sheet, datum)
            if share > 0:
                length = min(length, (room - need) / share)
    return sheet.snap(max(length, _LEAST_LENGTH * room))


def _label_lines(sheet: Sheet, datum: Datum) -> tuple[str, ...]:
    """A label's lines, narrow enough to leave the bars a quarter of the room beside the names."""
    after = (1 - _LEAST_LENGTH) * (sheet.width - bands.most_beside(sheet)) - _start(sheet, datum)
    return sheet.lines(shown_label(datum), Lettering.STRONG, min(0.55 * sheet.width, after), 3)


def _start(sheet: Sheet, datum: Datum) -> float:
    """How far after its bar's end a label starts."""
    return (_GAP + (OPEN_EXTRA if datum.fill is Fill.OPEN_ENDED else 0.0)) * sheet.unit


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
    sheet.front += [Stroke(base, high, base, low, Ink.AXIS, unit) for high, low in stretches]
    return tuple(drawn)


def _names(sheet: Sheet, split: bands.Bands, top: float, pitch: float) -> None:
    for band in split.bands:
        high = len(band.name) * sheet.line(Lettering.BODY)
        if split.above:
            start = split.y(band.first, top, pitch) - high - sheet.unit
        else:
            start = top + (band.tick.at - split.low) * pitch - high / 2
        sheet.write(band.name, 0.0, start, Lettering.BODY, Ink.TEXT)


def _bars(sheet: Sheet, chart: Chart, split: bands.Bands, along: Scale, plot: Box, pitch: float) -> None:
    for number, series in enumerate(chart.series):
        texture = keys.texture_of(chart, series.role)
        for datum in series.data:
            ends = [sheet.snap(split.y(edge, plot.y, pitch)) for edge in (datum.start, datum.end)]
            body = _body(sheet, datum, along, *ends)
            missing = is_missing(datum)
            fill = Fill.MISSING if missing else datum.fill
            label = _label(sheet, datum, body)
            # A tint across the names would cut through one that several bars share.
            left = plot.x - 6 * sheet.unit if split.above or split.shared else 0.0
            stop = _stop(sheet, datum, body, number, max(left, 0.0))
            drawn = None if missing else body
            sheet.marks.append(Mark(stop, fill, series.role, texture, Way.RIGHT, drawn, None, label))


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


def _label(sheet: Sheet, datum: Datum, body: Box) -> tuple[Text, ...]:
    lines = _label_lines(sheet, datum)
    missing = is_missing(datum)
    x = body.right + ((_GAP * sheet.unit) if missing else _start(sheet, datum))
    top = body.middle[1] - len(lines) * sheet.line(Lettering.STRONG) / 2
    return sheet.set(lines, x, top, Lettering.LABEL, Ink.MUTED if missing else Ink.TEXT)


def _stop(sheet: Sheet, datum: Datum, body: Box, series: int, left: float) -> Stop:
    unit = sheet.unit
    band = Box(left, body.y, sheet.width - left, body.height).grown(0, 3 * unit)
    shy = max(0.0, (_TARGET * unit - band.height) / 2)
    hit = Box(0.0, band.y - shy, sheet.width, band.height + 2 * shy)
    ring = body if body.width >= 6 * unit else Box(body.x, body.y, 24 * unit, body.height)
    return Stop(plain(datum.name), datum.figure, ring, band, hit, series, datum.at)


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
