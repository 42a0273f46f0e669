"""The key of dated marks under a chart: each number or letter with its words, in columns read downwards."""

from __future__ import annotations

from msgspec import Struct

from explorer.pages.model.chart import DateFlag

from .flags import BADGE, put_badge
from .frame import Box, ColourRole
from .sheet import FrameBuilder
from .worded import _KIND

_GAP = 7.0
_BETWEEN = 20.0
_NARROWEST = 15.0
"""The least width of a column, in body sizes."""
_MOST = 4


class _PlacedDate(Struct, frozen=True):
    text: str
    square: bool
    lines: tuple[str, ...]
    x: float
    y: float


class DateKeyLayout(Struct, frozen=True):
    """The entries with their places from the top left of the key, and its height."""

    entries: tuple[_PlacedDate, ...]
    height: float


def layout_dates(sheet: FrameBuilder, flag_keys: tuple[tuple[str, DateFlag], ...]) -> DateKeyLayout:
    """``flag_keys`` in as many columns as make the key lowest."""
    if not flag_keys:
        return DateKeyLayout((), 0.0)
    between = _BETWEEN * sheet.unit
    layouts: list[DateKeyLayout] = []
    for count in range(1, min(_MOST, len(flag_keys)) + 1):
        width = (sheet.width - (count - 1) * between) / count
        if count == 1 or width >= _NARROWEST * sheet.type.body:
            layouts.append(_layout_columns(sheet, flag_keys, count, width))
    return min(layouts, key=lambda made: made.height)


def _layout_columns(
    sheet: FrameBuilder, flag_keys: tuple[tuple[str, DateFlag], ...], count: int, width: float
) -> DateKeyLayout:
    unit, step = sheet.unit, sheet.line_height(_KIND)
    indent = (BADGE + _GAP) * unit
    entries = [sheet.wrap_lines(flag.label or flag.name, _KIND, width - indent) for _, flag in flag_keys]
    heights = [max(len(lines) * step, BADGE * unit) + 2 * unit for lines in entries]
    limit = max(sum(heights) / count, *heights)
    while (spots := _fill_columns(heights, limit))[-1][0] >= count:
        limit += step / 2
    placed_dates = tuple(
        _PlacedDate(text, flag.break_, lines, column * (width + _BETWEEN * unit), y)
        for (text, flag), lines, (column, y) in zip(flag_keys, entries, spots, strict=True)
    )
    return DateKeyLayout(placed_dates, max(y + high for (_, y), high in zip(spots, heights, strict=True)))


def _fill_columns(heights: list[float], limit: float) -> list[tuple[int, float]]:
    """The column and top of each entry where no column grows past ``limit``."""
    spots: list[tuple[int, float]] = []
    column, y = 0, 0.0
    for high in heights:
        if y and y + high > limit + 0.01:
            column, y = column + 1, 0.0
        spots.append((column, y))
        y += high
    return spots


def place_dates(sheet: FrameBuilder, dates: DateKeyLayout, top: float) -> None:
    """Puts an arranged key on the sheet from ``top``."""
    unit, step = sheet.unit, sheet.line_height(_KIND)
    size = BADGE * unit
    for item in dates.entries:
        y = top + item.y
        put_badge(sheet, Box(item.x, sheet.snap_to_pixel(y), size, size), item.text, square=item.square)
        first = y + max(0.0, (size - step) / 2)
        sheet.texts += sheet.build_text_runs(item.lines, item.x + size + _GAP * unit, first, _KIND, ColourRole.TEXT)
