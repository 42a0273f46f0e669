"""Dated marks: events and breaks in coverage, above the plot and down into it. Words its labels never.

A few have their labels above the plot and a line through it. Many events, or a narrow sheet, get numbered
circles in a lane with a fine tick each, and a key; breaks then get letters in squares where their short
labels find no room. A break is a dotted line through the plot and two strokes across a gap in the axis.
"""

from __future__ import annotations

import math

from msgspec import Struct
from msgspec.structs import replace

from explorer.pages.model import Chart, DateFlag
from explorer.support import sanitise

from .builder import FrameBuilder
from .end_labels import is_roomy
from .frame import (
    DOTTED_DASH,
    Box,
    ColourRole,
    FlagBadge,
    LinearScale,
    Stroke,
    Target,
    TextAnchor,
    TextPlace,
    TextStyle,
)

# Labels in words for dated marks: each beside its line, on as few levels as keep it off every other
# line.


_LEAST = 6.0
"""The least width of a label, in body sizes."""


_KIND = TextStyle.SMALL


class TextFlag(Struct, frozen=True):
    """A dated mark with its label's lines, the x of its line and the room of the label above the plot."""

    flag: DateFlag
    lines: tuple[str, ...]
    x: float
    box: Box
    anchor: TextAnchor


def place_text_flags(sheet: FrameBuilder, flags: list[DateFlag], across: LinearScale) -> tuple[TextFlag, ...]:
    """Labels for ``flags``, in order: each right of its line or, at the edge, left; none on another's."""
    edge = [_overflows_edge(sheet, flag.label, across.pixel_at(flag.at)) for flag in flags]
    # Labels that run to the left stand on top, the last of them highest; then the others from the left on.
    # Each goes under those that cover its line, so that no line runs through a label.
    turn = [n for n in reversed(range(len(flags))) if edge[n]] + [
        n for n, overflows in enumerate(edge) if not overflows
    ]
    placed_flags: list[TextFlag] = []
    for number in turn:
        stop = min((one.x for one in placed_flags if one.anchor is TextAnchor.END), default=sheet.width)
        placed_flags.append(
            _place_text_flag(sheet, flags[number], across.pixel_at(flags[number].at), stop, placed_flags)
        )
    return tuple(sorted(placed_flags, key=lambda one: one.flag.at))


def _overflows_edge(sheet: FrameBuilder, label: str, x: float) -> bool:
    lines = sheet.wrap_lines(label, _KIND, _max_label_width(sheet), 4)
    return x > sheet.width / 2 and x + 5 * sheet.unit + sheet.max_line_width(lines, _KIND) > sheet.width


def _max_label_width(sheet: FrameBuilder) -> float:
    return min(max(0.4 * sheet.width, 8 * sheet.type.body), 15 * sheet.type.body)


def _place_text_flag(sheet: FrameBuilder, flag: DateFlag, x: float, stop: float, others: list[TextFlag]) -> TextFlag:
    gap, least = 5 * sheet.unit, _LEAST * sheet.type.body
    runs_left = _overflows_edge(sheet, flag.label, x)
    room = x - gap if runs_left else stop - x - 2 * gap
    lines = sheet.wrap_lines(flag.label, _KIND, min(_max_label_width(sheet), max(room, least)), 4)
    anchor, at = (TextAnchor.END, x - gap) if runs_left else (TextAnchor.START, x + gap)
    box = sheet.lines_box(lines, _KIND, at, 0.0, anchor)
    box = Box(max(0.0, min(box.x, sheet.width - box.width)), 0.0, box.width, box.height)
    top = 0.0
    for other in sorted(others, key=lambda one: one.box.y):
        candidate = Box(box.x, top, box.width, box.height).expand_by(4 * sheet.unit, 0)
        covers = other.box.x - gap <= x <= other.box.right + gap
        if candidate.intersects(other.box) or covers:
            top = max(top, other.box.bottom)
    return TextFlag(flag, lines, x, Box(box.x, top, box.width, box.height), anchor)


BADGE = 18.0
"""The size of a numbered circle or lettered square, in units."""
_APART = 2.0
_FALL = 9.0
"""The height under a lane in which leaders run to their places."""
_TICK = 9.0
MOST_LINED = 4
"""With more events than this none has a line through the plot."""
_MOST_LINES = 4
_TARGET = 24.0
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


class _BadgedFlag(Struct, frozen=True):
    """A circle or square: its number or letter, its middle in the lane, and where its mark really stands."""

    flag: DateFlag
    text: str
    x: float
    y: float
    at: float


class FlagLayout(Struct, frozen=True):
    """What stands above a plot for its dated marks, the height it needs, and what a key must say."""

    text_flags: tuple[TextFlag, ...]
    badges: tuple[_BadgedFlag, ...]
    height: float
    has_lines: bool
    """Whether events have a line through the plot, and not only a tick."""
    flag_keys: tuple[tuple[str, DateFlag], ...]


def layout_flags(sheet: FrameBuilder, flags: tuple[DateFlag, ...], across: LinearScale) -> FlagLayout:
    """Labels in words where there is room for them, else numbers and letters; none meets another."""
    sorted_flags = sorted(flags, key=lambda flag: flag.at)
    events = [flag for flag in sorted_flags if not flag.break_]
    breaks = [flag for flag in sorted_flags if flag.break_]
    has_lines = len(events) <= MOST_LINED
    roomy = is_roomy(sheet) or len(sorted_flags) == 1
    if roomy and has_lines and (words := _layout_text_flags(sheet, sorted_flags, across)) is not None:
        return FlagLayout(words, (), _flags_height(sheet, words), True, ())
    words = (_layout_text_flags(sheet, breaks, across, 2) if roomy else None) or ()
    top = max((item.box.bottom for item in words), default=0.0)
    letter_keys = [] if words else [(_badge_letter(number), flag) for number, flag in enumerate(breaks)]
    number_keys = [(str(number), flag) for number, flag in enumerate(events, 1)]
    badges: list[_BadgedFlag] = []
    for group in (letter_keys, number_keys):
        lane, top = _layout_lanes(sheet, group, across, top)
        badges += lane
    event_keys = [] if sheet.apart and not has_lines else number_keys
    return FlagLayout(words, tuple(badges), top, has_lines, (*event_keys, *letter_keys))


def numbered_events(chart: Chart) -> tuple[tuple[int, DateFlag], ...]:
    """The events that are numbered on the chart at any width, with their numbers: none where they are few."""
    across = chart.categories
    events = sorted(
        (flag for flag in chart.flags if not flag.break_ and across.low <= flag.at <= across.high),
        key=lambda flag: flag.at,
    )
    return tuple(enumerate(events, 1)) if len(events) > MOST_LINED else ()


def place_flags(sheet: FrameBuilder, flags: FlagLayout, top: float, plot: Box, axis: float) -> None:
    """Puts lines, labels and badges on the sheet; ``top`` is their top, ``axis`` the y of the base line."""
    flag_targets: list[tuple[DateFlag, Target]] = []
    for item in flags.text_flags:
        flag_targets.append((item.flag, _write_text_flag(sheet, item, top, plot, axis)))
    for badge in flags.badges:
        flag_targets.append((badge.flag, _write_badge(sheet, badge, top, plot, axis, has_line=flags.has_lines)))
    sheet.flags += [stop for _, stop in sorted(flag_targets, key=lambda one: one[0].at)]


def _layout_text_flags(
    sheet: FrameBuilder, flags: list[DateFlag], across: LinearScale, most: int = _MOST_LINES
) -> tuple[TextFlag, ...] | None:
    """Labels in words, or None where they would stand too high."""
    text_flags = place_text_flags(sheet, flags, across)
    high = max((item.box.bottom for item in text_flags), default=0.0)
    fits = high <= most * sheet.line_height(_KIND) + 1 or len(flags) == 1
    return text_flags if fits else None


def _flags_height(sheet: FrameBuilder, text_flags: tuple[TextFlag, ...]) -> float:
    return max((item.box.bottom for item in text_flags), default=0.0) + (3 * sheet.unit if text_flags else 0.0)


def _badge_letter(number: int) -> str:
    return _LETTERS[number] if number < len(_LETTERS) else f"A{number}"


def _layout_lanes(
    sheet: FrameBuilder, group: list[tuple[str, DateFlag]], across: LinearScale, top: float
) -> tuple[list[_BadgedFlag], float]:
    """Badges under one another in as many lanes as they need, and the y under the last leader."""
    if not group:
        return [], top
    size, apart = BADGE * sheet.unit, (BADGE + _APART) * sheet.unit
    low, high = size / 2, sheet.width - size / 2
    lanes = math.ceil(len(group) / max(1, int((high - low) / apart) + 1))
    badges: list[_BadgedFlag] = []
    for lane in range(lanes):
        lane_flags = group[lane::lanes]
        places = [across.pixel_at(flag.at) for _, flag in lane_flags]
        middle = top + size / 2 + lane * (size + 2 * sheet.unit)
        for (text, flag), x, at in zip(lane_flags, spread_positions(places, apart, low, high), places, strict=True):
            badges.append(_BadgedFlag(flag, text, sheet.snap_to_pixel(x), middle, at))
    return badges, top + lanes * (size + 2 * sheet.unit) + _FALL * sheet.unit


def spread_positions(places: list[float], apart: float, low: float, high: float) -> list[float]:
    """``places``, ordered, moved as little as need be to stand ``apart`` and between ``low`` and ``high``."""
    runs: list[tuple[float, int]] = []
    for number, place in enumerate(places):
        mean, count = place - number * apart, 1
        while runs and runs[-1][0] > mean:
            before, run_length = runs.pop()
            mean, count = (before * run_length + mean * count) / (run_length + count), run_length + count
        runs.append((mean, count))
    flat = [mean for mean, count in runs for _ in range(count)]
    last = max(low, high - (len(places) - 1) * apart)
    return [min(max(mean, low), last) + number * apart for number, mean in enumerate(flat)]


def _write_text_flag(sheet: FrameBuilder, item: TextFlag, top: float, plot: Box, axis: float) -> Target:
    unit, x = sheet.unit, sheet.snap_to_pixel(item.x)
    start = top + item.box.y + 2 * unit
    _draw_flag_line(sheet, item.flag, x, (start, plot.bottom), axis)
    at = item.box.x if item.anchor is TextAnchor.START else item.box.right
    first = len(sheet.texts)
    sheet.texts += sheet.build_text_runs(item.lines, at, top + item.box.y, _KIND, ColourRole.MUTED, item.anchor)
    sheet.bind_texts(first, TextPlace.PLOT, x)
    label = replace(item.box, y=top + item.box.y).expand_by(2 * unit, 0)
    line = Box(x - 4 * unit, start, 8 * unit, plot.bottom - start)
    return Target(sanitise(item.flag.name or item.flag.label), "", label, line, line, at=item.flag.at)


def _write_badge(
    sheet: FrameBuilder, item: _BadgedFlag, top: float, plot: Box, axis: float, *, has_line: bool
) -> Target:
    unit, flag = sheet.unit, item.flag
    size = BADGE * unit
    box = Box(item.x - size / 2, sheet.snap_to_pixel(top + item.y - size / 2), size, size)
    x, has_line = sheet.snap_to_pixel(item.at), has_line or flag.break_
    foot = plot.bottom if has_line else min(plot.y + _TICK * unit, plot.bottom)
    fall = plot.y if not flag.break_ else box.bottom + _FALL * unit
    if abs(item.x - x) > unit:
        sheet.back.append(Stroke(item.x, box.bottom, x, fall, ColourRole.NEUTRAL, unit))
    else:
        fall = box.bottom
    _draw_flag_line(sheet, flag, x, (fall, foot), axis)
    put_badge(sheet, box, item.text, square=flag.break_, along=x)
    reach = (_TARGET * unit - size) / 2
    line = Box(x - 4 * unit, fall, 8 * unit, plot.bottom - fall)
    return Target(
        sanitise(flag.name or flag.label),
        "",
        box,
        line,
        line if has_line else box.expand_by(reach),
        at=flag.at,
    )


def put_badge(sheet: FrameBuilder, box: Box, text: str, *, square: bool, along: float | None = None) -> None:
    """A circle or a square with its number or letter in it. It moves with the plot where ``along`` is given."""
    sheet.badges.append(FlagBadge(box, square, along))
    top, first = box.centre[1] - sheet.line_height(_KIND) / 2, len(sheet.texts)
    sheet.texts += sheet.build_text_runs((text,), box.centre[0], top, _KIND, ColourRole.TEXT, TextAnchor.MIDDLE)
    if along is not None:
        sheet.bind_texts(first, TextPlace.PLOT, along)


def _draw_flag_line(sheet: FrameBuilder, flag: DateFlag, x: float, ends: tuple[float, float], axis: float) -> None:
    unit = sheet.unit
    sheet.back.append(Stroke(x, ends[0], x, ends[1], ColourRole.NEUTRAL, unit, DOTTED_DASH if flag.break_ else 0))
    if not flag.break_:
        return
    # A gap in the axis between two slanting strokes: what stands on either side is not to be joined.
    sheet.front.append(Stroke(x - 2.5 * unit, axis, x + 2.5 * unit, axis, ColourRole.PAGE, 4 * unit))
    for shift in (-2.5, 2.5):
        foot, head = x + (shift - 2.5) * unit, x + (shift + 2.5) * unit
        sheet.front.append(Stroke(foot, axis + 5 * unit, head, axis - 5 * unit, ColourRole.NEUTRAL, 1.5 * unit))


# The key of dated marks under a chart: each number or letter with its words, in columns read
# downwards.


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
