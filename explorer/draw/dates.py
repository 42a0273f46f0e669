"""The key of dated marks under a chart: each number or letter with its words, in columns read downwards."""

from __future__ import annotations

from msgspec import Struct

from explorer.pages.chart import Flag

from .flags import BADGE, put_badge
from .frame import Box, Ink, Lettering
from .sheet import Sheet

_KIND = Lettering.SMALL
_GAP = 7.0
_BETWEEN = 20.0
_NARROWEST = 15.0
"""The least width of a column, in body sizes."""
_MOST = 4


class _Placed(Struct, frozen=True):
    text: str
    square: bool
    lines: tuple[str, ...]
    x: float
    y: float


class Dates(Struct, frozen=True):
    """The entries with their places from the top left of the key, and its height."""

    placed: tuple[_Placed, ...]
    height: float


def arrange(sheet: Sheet, keyed: tuple[tuple[str, Flag], ...]) -> Dates:
    """``keyed`` in as many columns as make the key lowest."""
    if not keyed:
        return Dates((), 0.0)
    between = _BETWEEN * sheet.unit
    tried: list[Dates] = []
    for count in range(1, min(_MOST, len(keyed)) + 1):
        width = (sheet.width - (count - 1) * between) / count
        if count == 1 or width >= _NARROWEST * sheet.type.body:
            tried.append(_columns(sheet, keyed, count, width))
    return min(tried, key=lambda made: made.height)


def _columns(sheet: Sheet, keyed: tuple[tuple[str, Flag], ...], count: int, width: float) -> Dates:
    unit, step = sheet.unit, sheet.line(_KIND)
    indent = (BADGE + _GAP) * unit
    entries = [sheet.lines(flag.label or flag.name, _KIND, width - indent) for _, flag in keyed]
    heights = [max(len(lines) * step, BADGE * unit) + 2 * unit for lines in entries]
    limit = max(sum(heights) / count, *heights)
    while (spots := _filled(heights, limit))[-1][0] >= count:
        limit += step / 2
    placed = tuple(
        _Placed(text, flag.break_, lines, column * (width + _BETWEEN * unit), y)
        for (text, flag), lines, (column, y) in zip(keyed, entries, spots, strict=True)
    )
    return Dates(placed, max(y + high for (_, y), high in zip(spots, heights, strict=True)))


def _filled(heights: list[float], limit: float) -> list[tuple[int, float]]:
    """The column and top of each entry where no column grows past ``limit``."""
    spots: list[tuple[int, float]] = []
    column, y = 0, 0.0
    for high in heights:
        if y and y + high > limit + 0.01:
            column, y = column + 1, 0.0
        spots.append((column, y))
        y += high
    return spots


def place(sheet: Sheet, dates: Dates, top: float) -> None:
    """Puts an arranged key on the sheet from ``top``."""
    unit, step = sheet.unit, sheet.line(_KIND)
    size = BADGE * unit
    for item in dates.placed:
        y = top + item.y
        put_badge(sheet, Box(item.x, sheet.snap(y), size, size), item.text, square=item.square)
        first = y + max(0.0, (size - step) / 2)
        sheet.texts += sheet.set(item.lines, item.x + size + _GAP * unit, first, _KIND, Ink.TEXT)
