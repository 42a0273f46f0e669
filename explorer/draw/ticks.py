"""Tick labels that never meet: wrapped, then set on two levels, then every other one, as room allows."""

from __future__ import annotations

from itertools import pairwise

from msgspec import Struct

from explorer.pages.chart import Tick

from .frame import Anchor, Ink, Lettering, Scale
from .sheet import Sheet

_KIND = Lettering.SMALL
_APART = 8.0
_WAYS = ((0, False), (1, False), (2, False), (2, True), (3, True))
"""What is tried, the calmest first: on how many levels, and whether broken at every word."""


class _Label(Struct, frozen=True):
    lines: tuple[str, ...]
    left: float
    width: float
    level: int


class TickLabels(Struct, frozen=True):
    """Category labels in one or two levels under an axis, and how high they are together."""

    labels: tuple[_Label, ...]
    tops: tuple[float, ...]
    height: float

    def write(self, sheet: Sheet, top: float) -> None:
        """Puts the labels on the sheet, their first line at ``top``."""
        for label in self.labels:
            centre = label.left + label.width / 2
            sheet.write(label.lines, centre, top + self.tops[label.level], _KIND, Ink.TEXT, Anchor.MIDDLE)


def category_labels(sheet: Sheet, ticks: tuple[Tick, ...], scale: Scale) -> TickLabels:
    """The labels of a category axis along the bottom."""
    spots = [(scale.at(tick.at), tick.label) for tick in ticks if tick.label.strip()]
    spots.sort()
    for levels, tight in _WAYS:
        labels = _wrapped(sheet, spots, levels, tight=tight) if levels else _natural(sheet, spots)
        if labels is not None:
            return _block(sheet, labels)
    return _block(sheet, _thinned(sheet, spots))


def kept_values(ticks: tuple[Tick, ...], scale: Scale, apart: float) -> tuple[Tick, ...]:
    """Every tick of a value axis, or every second, third ... counted from the low end, to stand ``apart``."""
    places = [scale.at(tick.at) for tick in ticks]
    for step in range(1, len(ticks) + 1):
        kept = places[::step]
        if all(abs(after - before) >= apart for before, after in pairwise(kept)):
            return ticks[::step]
    return ticks[:1]


def _label(sheet: Sheet, x: float, lines: tuple[str, ...], level: int = 0) -> _Label:
    width = sheet.widest(lines, _KIND)
    left = min(max(x - width / 2, 0.0), max(sheet.width - width, 0.0))
    return _Label(lines, left, width, level)


def _clear(sheet: Sheet, labels: list[_Label]) -> bool:
    apart = _APART * sheet.unit
    ends: dict[int, float] = {}
    for label in labels:
        if label.left < ends.get(label.level, -apart) + apart:
            return False
        ends[label.level] = label.left + label.width
    return True


def _natural(sheet: Sheet, spots: list[tuple[float, str]]) -> list[_Label] | None:
    labels = [_label(sheet, x, sheet.lines(text, _KIND, sheet.width)) for x, text in spots]
    return labels if _clear(sheet, labels) else None


def _wrapped(sheet: Sheet, spots: list[tuple[float, str]], reach: int, *, tight: bool) -> list[_Label] | None:
    labels: list[_Label] = []
    for number, (x, text) in enumerate(spots):
        level = number % reach
        beside = [spots[at][0] for at in (number - reach, number + reach) if 0 <= at < len(spots)]
        room = min((abs(x - other) for other in beside), default=sheet.width) - _APART * sheet.unit
        longest = max((sheet.type.width(word, _KIND) for word in text.split()), default=0.0)
        room = 0.0 if tight else room
        lines = sheet.lines(text, _KIND, max(room, min(longest, sheet.width)))
        if len(lines) > 4:
            return None
        labels.append(_label(sheet, x, lines, level))
    return labels if _clear(sheet, labels) else None


def _thinned(sheet: Sheet, spots: list[tuple[float, str]]) -> list[_Label]:
    for step in range(2, len(spots) + 1):
        labels = [_label(sheet, x, sheet.lines(text, _KIND, sheet.width / 2, 3)) for x, text in spots[::step]]
        if _clear(sheet, labels):
            return labels
    return [_label(sheet, x, sheet.lines(text, _KIND, sheet.width, 3)) for x, text in spots[:1]]


def _block(sheet: Sheet, labels: list[_Label]) -> TickLabels:
    step = sheet.line(_KIND)
    levels = max((label.level for label in labels), default=-1) + 1
    heights = [
        max((len(label.lines) for label in labels if label.level == level), default=0) * step
        for level in range(levels)
    ]
    gap = 2 * sheet.unit
    tops = tuple(sum(heights[:level]) + level * gap for level in range(levels))
    return TickLabels(tuple(labels), tops, sum(heights) + max(0, levels - 1) * gap)
