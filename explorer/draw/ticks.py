"""Tick labels that never meet: wrapped, then set on two levels, then every other one, as room allows."""

from __future__ import annotations

from itertools import pairwise

from msgspec import Struct

from explorer.pages.model.chart import AxisTick

from .frame import ColourRole, LinearScale, TextAnchor, TextStyle
from .sheet import FrameBuilder

_KIND = TextStyle.SMALL
_APART = 8.0
_WAYS = ((0, False), (1, False), (2, False), (2, True), (3, True))
"""What is tried, the calmest first: on how many levels, and whether broken at every word."""


class _TickLabel(Struct, frozen=True):
    lines: tuple[str, ...]
    left_edge: float
    width: float
    level: int


class TickLabels(Struct, frozen=True):
    """Category labels in one or two levels under an axis, and how high they are together."""

    labels: tuple[_TickLabel, ...]
    tops: tuple[float, ...]
    height: float

    def write_labels(self, sheet: FrameBuilder, top: float) -> None:
        """Puts the labels on the sheet, their first line at ``top``."""
        for label in self.labels:
            centre = label.left_edge + label.width / 2
            sheet.write_lines(
                label.lines, centre, top + self.tops[label.level], _KIND, ColourRole.TEXT, TextAnchor.MIDDLE
            )


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
    return _TickLabel(lines, left_edge, width, level)


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
