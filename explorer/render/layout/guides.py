"""Legends and keys: small samples with their words, set in rows that wrap. Says nothing of its own."""

from __future__ import annotations

from itertools import pairwise

from msgspec import Struct

from explorer.pages.model import AxisTick, Chart, ChartShape, MarkFill, ReferenceLine

from .builder import FrameBuilder
from .frame import (
    Box,
    ColourRole,
    LegendSwatch,
    LinearScale,
    MarkDirection,
    SwatchKind,
    TextAnchor,
    TextPlace,
    TextStyle,
)
from .value_labels import DIAMOND, alternates_on_bars

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


# Tick labels that never meet: wrapped, then set on two levels, then every other one, as room allows.


_KIND = TextStyle.SMALL
_APART = 8.0
_WAYS = ((0, False), (1, False), (2, False), (2, True), (3, True))
"""What is tried, the calmest first: on how many levels, and whether broken at every word."""


class _TickLabel(Struct, frozen=True):
    lines: tuple[str, ...]
    left_edge: float
    width: float
    level: int
    tick: float
    """The x of what it names."""


class TickLabels(Struct, frozen=True):
    """Category labels in one or two levels under an axis, and how high they are together."""

    labels: tuple[_TickLabel, ...]
    tops: tuple[float, ...]
    height: float

    def write_labels(self, sheet: FrameBuilder, top: float) -> None:
        """Puts the labels on the sheet, their first line at ``top``."""
        for label in self.labels:
            centre, first = label.left_edge + label.width / 2, len(sheet.texts)
            sheet.write_lines(
                label.lines, centre, top + self.tops[label.level], _KIND, ColourRole.TEXT, TextAnchor.MIDDLE
            )
            sheet.bind_texts(first, TextPlace.CATEGORY_AXIS, label.tick)


def category_labels(sheet: FrameBuilder, ticks: tuple[AxisTick, ...], scale: LinearScale) -> TickLabels:
    """The labels of a category axis along the bottom."""
    spots = [(scale.pixel_at(tick.at), tick.label) for tick in ticks if tick.label.strip()]
    spots.sort()
    for levels, tight in _WAYS:
        labels = _layout_wrapped(sheet, spots, levels, tight=tight) if levels else _layout_natural(sheet, spots)
        if labels is not None:
            return _build_tick_labels(sheet, labels)
    return _build_tick_labels(sheet, _layout_thinned(sheet, spots))


def kept_values(ticks: tuple[AxisTick, ...], scale: LinearScale, apart: float) -> tuple[AxisTick, ...]:
    """Every tick of a value axis, or every second, third ... counted from the low end, to stand ``apart``."""
    places = [scale.pixel_at(tick.at) for tick in ticks]
    for step in range(1, len(ticks) + 1):
        positions = places[::step]
        if all(abs(after - before) >= apart for before, after in pairwise(positions)):
            return ticks[::step]
    return ticks[:1]


def _build_label(sheet: FrameBuilder, x: float, lines: tuple[str, ...], level: int = 0) -> _TickLabel:
    width = sheet.max_line_width(lines, _KIND)
    left_edge = min(max(x - width / 2, 0.0), max(sheet.width - width, 0.0))
    return _TickLabel(lines, left_edge, width, level, x)


def _is_clear(sheet: FrameBuilder, labels: list[_TickLabel]) -> bool:
    apart = _APART * sheet.unit
    ends: dict[int, float] = {}
    for label in labels:
        if label.left_edge < ends.get(label.level, -apart) + apart:
            return False
        ends[label.level] = label.left_edge + label.width
    return True


def _layout_natural(sheet: FrameBuilder, spots: list[tuple[float, str]]) -> list[_TickLabel] | None:
    labels = [_build_label(sheet, x, sheet.wrap_lines(text, _KIND, sheet.width)) for x, text in spots]
    return labels if _is_clear(sheet, labels) else None


def _layout_wrapped(
    sheet: FrameBuilder, spots: list[tuple[float, str]], reach: int, *, tight: bool
) -> list[_TickLabel] | None:
    labels: list[_TickLabel] = []
    for number, (x, text) in enumerate(spots):
        level = number % reach
        beside = [spots[at][0] for at in (number - reach, number + reach) if 0 <= at < len(spots)]
        room = min((abs(x - other) for other in beside), default=sheet.width) - _APART * sheet.unit
        longest = max((sheet.type.text_width(word, _KIND) for word in text.split()), default=0.0)
        room = 0.0 if tight else room
        lines = sheet.wrap_lines(text, _KIND, max(room, min(longest, sheet.width)))
        if len(lines) > 4:
            return None
        labels.append(_build_label(sheet, x, lines, level))
    return labels if _is_clear(sheet, labels) else None


def _layout_thinned(sheet: FrameBuilder, spots: list[tuple[float, str]]) -> list[_TickLabel]:
    for step in range(2, len(spots) + 1):
        labels = [
            _build_label(sheet, x, sheet.wrap_lines(text, _KIND, sheet.width / 2, 3)) for x, text in spots[::step]
        ]
        if _is_clear(sheet, labels):
            return labels
    return [_build_label(sheet, x, sheet.wrap_lines(text, _KIND, sheet.width, 3)) for x, text in spots[:1]]


def _build_tick_labels(sheet: FrameBuilder, labels: list[_TickLabel]) -> TickLabels:
    step = sheet.line_height(_KIND)
    levels = max((label.level for label in labels), default=-1) + 1
    heights = [
        max((len(label.lines) for label in labels if label.level == level), default=0) * step for level in range(levels)
    ]
    gap = 2 * sheet.unit
    tops = tuple(sum(heights[:level]) + level * gap for level in range(levels))
    return TickLabels(tuple(labels), tops, sum(heights) + max(0, levels - 1) * gap)
