"""Legends and keys: small samples with their words, set in rows that wrap. Says nothing of its own."""

from __future__ import annotations

from msgspec import Struct

from explorer.pages.chart import Chart, Fill, Rule, Shape

from .frame import Anchor, Box, Ink, Lettering, Sample, Swatch, Way
from .second import DIAMOND, on_bars
from .sheet import Sheet

_SAMPLE = 22.0
_GAP = 7.0
_BETWEEN = 20.0


class Entry(Struct, frozen=True):
    """A sample and its words. ``role`` None is the neutral colour; ``sample`` says of what."""

    text: str
    fill: Fill = Fill.SOLID
    role: int | None = None
    texture: int = 0
    sample: Sample = Sample.MARK
    way: Way | None = None
    """Which way the sample reaches, where not as the chart's marks do."""


class _Placed(Struct, frozen=True):
    entry: Entry
    lines: tuple[str, ...]
    x: float
    row: int


class Block(Struct, frozen=True):
    """Entries set in rows: where each stands, how high each row is and how high it is altogether."""

    placed: tuple[_Placed, ...]
    tops: tuple[float, ...]
    height: float


def way_of(chart: Chart) -> Way:
    """Which way the marks of a chart reach."""
    return {Shape.COLUMNS: Way.UP, Shape.ROWS: Way.RIGHT, Shape.LINES: Way.POINT}[chart.shape]


def texture_of(chart: Chart, role: int) -> int:
    """What tells a series apart besides its colour; 0 (plain) where its place or its name does that."""
    return role if _need_telling(chart) else 0


def _need_telling(chart: Chart) -> bool:
    if len({series.role for series in chart.series}) < 2:
        return False
    if chart.legend or chart.shape is Shape.LINES:
        return True
    # Bars that each have a category of their own are told apart by its name.
    taken = [round(datum.at) for series in chart.series for datum in series.data]
    return len(set(taken)) < len(taken)


def legend_entries(chart: Chart) -> tuple[Entry, ...]:
    """One entry for each series that has a name."""
    return tuple(
        Entry(series.name, role=series.role, texture=texture_of(chart, series.role))
        for series in chart.series
        if series.name
    )


def key_entries(chart: Chart, rules: tuple[Rule, ...]) -> tuple[Entry, ...]:
    """The fills that need explaining, and the lines that have no room for a label of their own."""
    role = chart.series[0].role if len({series.role for series in chart.series}) == 1 else None
    marked = chart.shape is not Shape.LINES and bool(on_bars(chart))
    fills = tuple(
        Entry(text, fill=fill, role=role, texture=DIAMOND, way=Way.POINT)
        if marked and fill is Fill.HOLLOW
        else Entry(text, fill=fill, role=role)
        for fill, text in chart.keys
    )
    return (*fills, *(Entry(rule.label, sample=Sample.RULE) for rule in rules if rule.label))


def arrange(sheet: Sheet, entries: tuple[Entry, ...], room: float) -> Block:
    """``entries`` in rows no wider than ``room``."""
    unit = sheet.unit
    indent, between = (_SAMPLE + _GAP) * unit, _BETWEEN * unit
    step = sheet.line(Lettering.SMALL)
    placed: list[_Placed] = []
    heights: list[float] = []
    x = 0.0
    for entry in entries:
        lines = sheet.lines(entry.text, Lettering.SMALL, room - indent)
        wide = indent + sheet.widest(lines, Lettering.SMALL)
        if not heights or (x > 0 and x + wide > room):
            heights.append(0.0)
            x = 0.0
        placed.append(_Placed(entry, lines, x, len(heights) - 1))
        heights[-1] = max(heights[-1], max(len(lines), 1) * step + 3 * unit)
        x += wide + between
    tops = tuple(sum(heights[:row]) for row in range(len(heights)))
    return Block(tuple(placed), tops, sum(heights))


def place(sheet: Sheet, block: Block, left: float, top: float, way: Way) -> None:
    """Puts an arranged block on the sheet."""
    unit, step = sheet.unit, sheet.line(Lettering.SMALL)
    for item in block.placed:
        x, y = left + item.x, top + block.tops[item.row]
        entry = item.entry
        height = 12 * unit
        sample = Box(x, sheet.snap(y + (step - height) / 2), _SAMPLE * unit, height)
        sheet.swatches.append(
            Swatch(sample, entry.fill, entry.role, entry.texture, entry.way or way, entry.sample)
        )
        sheet.texts += sheet.set(
            item.lines, x + (_SAMPLE + _GAP) * unit, y, Lettering.SMALL, Ink.TEXT, Anchor.START
        )
