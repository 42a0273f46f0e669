"""Legends and keys: small samples with their words, set in rows that wrap. Says nothing of its own."""

from __future__ import annotations

from msgspec import Struct

from explorer.pages.model.chart import Chart, ChartShape, MarkFill, ReferenceLine

from .frame import Box, ColourRole, LegendSwatch, MarkDirection, SwatchKind, TextAnchor, TextStyle
from .second import DIAMOND, alternates_on_bars
from .sheet import FrameBuilder

_SAMPLE = 22.0
_GAP = 7.0
_BETWEEN = 20.0


class LegendEntry(Struct, frozen=True):
    """A sample and its words. ``role`` None is the neutral colour; ``sample`` says of what."""

    text: str
    fill: MarkFill = MarkFill.SOLID
    role: int | None = None
    texture: int = 0
    sample: SwatchKind = SwatchKind.MARK
    way: MarkDirection | None = None
    """Which way the sample reaches, where not as the chart's marks do."""


class _PlacedEntry(Struct, frozen=True):
    entry: LegendEntry
    lines: tuple[str, ...]
    x: float
    row: int


class LegendLayout(Struct, frozen=True):
    """Entries set in rows: where each stands, how high each row is and how high it is altogether."""

    entries: tuple[_PlacedEntry, ...]
    tops: tuple[float, ...]
    height: float


def way_of(chart: Chart) -> MarkDirection:
    """Which way the marks of a chart reach."""
    return {
        ChartShape.COLUMNS: MarkDirection.UP,
        ChartShape.ROWS: MarkDirection.RIGHT,
        ChartShape.LINES: MarkDirection.POINT,
    }[chart.shape]


def texture_of(chart: Chart, role: int) -> int:
    """What tells a series apart besides its colour; 0 (plain) where its place or its name does that."""
    return role if _need_telling(chart) else 0


def _need_telling(chart: Chart) -> bool:
    if len({series.role for series in chart.series}) < 2:
        return False
    if chart.legend or chart.shape is ChartShape.LINES:
        return True
    # Bars that each have a category of their own are told apart by its name.
    category_numbers = [round(datum.at) for series in chart.series for datum in series.data]
    return len(set(category_numbers)) < len(category_numbers)


def legend_entries(chart: Chart) -> tuple[LegendEntry, ...]:
    """One entry for each series that has a name."""
    return tuple(
        LegendEntry(series.name, role=series.role, texture=texture_of(chart, series.role))
        for series in chart.series
        if series.name
    )


def key_entries(chart: Chart, rules: tuple[ReferenceLine, ...]) -> tuple[LegendEntry, ...]:
    """The fills that need explaining, and the lines that have no room for a label of their own."""
    role = chart.series[0].role if len({series.role for series in chart.series}) == 1 else None
    has_alternates = chart.shape is not ChartShape.LINES and bool(alternates_on_bars(chart))
    fills = tuple(
        LegendEntry(text, fill=fill, role=role, texture=DIAMOND, way=MarkDirection.POINT)
        if has_alternates and fill is MarkFill.HOLLOW
        else LegendEntry(text, fill=fill, role=role)
        for fill, text in chart.keys
    )
    return (*fills, *(LegendEntry(rule.label, sample=SwatchKind.RULE) for rule in rules if rule.label))


def layout_legend(sheet: FrameBuilder, entries: tuple[LegendEntry, ...], room: float) -> LegendLayout:
    """``entries`` in rows no wider than ``room``."""
    unit = sheet.unit
    indent, between = (_SAMPLE + _GAP) * unit, _BETWEEN * unit
    step = sheet.line_height(TextStyle.SMALL)
    placed_entries: list[_PlacedEntry] = []
    heights: list[float] = []
    x = 0.0
    for entry in entries:
        lines = sheet.wrap_lines(entry.text, TextStyle.SMALL, room - indent)
        wide = indent + sheet.max_line_width(lines, TextStyle.SMALL)
        if not heights or (x > 0 and x + wide > room):
            heights.append(0.0)
            x = 0.0
        placed_entries.append(_PlacedEntry(entry, lines, x, len(heights) - 1))
        heights[-1] = max(heights[-1], max(len(lines), 1) * step + 3 * unit)
        x += wide + between
    tops = tuple(sum(heights[:row]) for row in range(len(heights)))
    return LegendLayout(tuple(placed_entries), tops, sum(heights))


def place_legend(sheet: FrameBuilder, block: LegendLayout, left_edge: float, top: float, way: MarkDirection) -> None:
    """Puts an arranged block on the sheet."""
    unit, step = sheet.unit, sheet.line_height(TextStyle.SMALL)
    for item in block.entries:
        x, y = left_edge + item.x, top + block.tops[item.row]
        entry = item.entry
        height = 12 * unit
        sample = Box(x, sheet.snap_to_pixel(y + (step - height) / 2), _SAMPLE * unit, height)
        sheet.swatches.append(
            LegendSwatch(sample, entry.fill, entry.role, entry.texture, entry.way or way, entry.sample)
        )
        sheet.texts += sheet.build_text_runs(
            item.lines, x + (_SAMPLE + _GAP) * unit, y, TextStyle.SMALL, ColourRole.TEXT, TextAnchor.START
        )
