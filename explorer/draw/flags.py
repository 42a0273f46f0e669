"""Dated marks: events and breaks in coverage, above the plot and down into it. Words its labels never.

A few have their labels above the plot and a line through it. Many events, or a narrow sheet, get numbered
circles in a lane with a fine tick each, and a key; breaks then get letters in squares where their short
labels find no room. A break is a dotted line through the plot and two strokes across a gap in the axis.
"""

from __future__ import annotations

import math

from msgspec import Struct
from msgspec.structs import replace

from explorer.pages.chart import Chart, Flag

from .asides import is_roomy
from .frame import DOTTED, Anchor, Badge, Box, Ink, Lettering, Scale, Stop, Stroke
from .plain import plain
from .sheet import Sheet
from .worded import Worded, worded

_KIND = Lettering.SMALL
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


class _Badged(Struct, frozen=True):
    """A circle or square: its number or letter, its middle in the lane, and where its mark really stands."""

    flag: Flag
    text: str
    x: float
    y: float
    at: float


class Flags(Struct, frozen=True):
    """What stands above a plot for its dated marks, the height it needs, and what a key must say."""

    worded: tuple[Worded, ...]
    badged: tuple[_Badged, ...]
    height: float
    lined: bool
    """Whether events have a line through the plot, and not only a tick."""
    keyed: tuple[tuple[str, Flag], ...]


def arrange(sheet: Sheet, flags: tuple[Flag, ...], across: Scale) -> Flags:
    """Labels in words where there is room for them, else numbers and letters; none meets another."""
    ordered = sorted(flags, key=lambda flag: flag.at)
    events = [flag for flag in ordered if not flag.break_]
    breaks = [flag for flag in ordered if flag.break_]
    lined = len(events) <= MOST_LINED
    roomy = is_roomy(sheet) or len(ordered) == 1
    if roomy and lined and (words := _words(sheet, ordered, across)) is not None:
        return Flags(words, (), _height(sheet, words), True, ())
    words = (_words(sheet, breaks, across, 2) if roomy else None) or ()
    top = max((item.box.bottom for item in words), default=0.0)
    lettered = [] if words else [(_letter(number), flag) for number, flag in enumerate(breaks)]
    numbered = [(str(number), flag) for number, flag in enumerate(events, 1)]
    badged: list[_Badged] = []
    for group in (lettered, numbered):
        lane, top = _lanes(sheet, group, across, top)
        badged += lane
    told = [] if sheet.apart and not lined else numbered
    return Flags(words, tuple(badged), top, lined, (*told, *lettered))


def numbered(chart: Chart) -> tuple[tuple[int, Flag], ...]:
    """The events that are numbered on the chart at any width, with their numbers: none where they are few."""
    across = chart.categories
    events = sorted(
        (flag for flag in chart.flags if not flag.break_ and across.low <= flag.at <= across.high),
        key=lambda flag: flag.at,
    )
    return tuple(enumerate(events, 1)) if len(events) > MOST_LINED else ()


def write(sheet: Sheet, flags: Flags, top: float, plot: Box, axis: float) -> None:
    """Puts lines, labels and badges on the sheet; ``top`` is their top, ``axis`` the y of the base line."""
    made: list[tuple[Flag, Stop]] = []
    for item in flags.worded:
        made.append((item.flag, _word(sheet, item, top, plot, axis)))
    for badged in flags.badged:
        made.append((badged.flag, _badge(sheet, badged, top, plot, axis, lined=flags.lined)))
    sheet.flags += [stop for _, stop in sorted(made, key=lambda one: one[0].at)]


def _words(
    sheet: Sheet, flags: list[Flag], across: Scale, most: int = _MOST_LINES
) -> tuple[Worded, ...] | None:
    """Labels in words, or None where they would stand too high."""
    placed = worded(sheet, flags, across)
    high = max((item.box.bottom for item in placed), default=0.0)
    fits = high <= most * sheet.line(_KIND) + 1 or len(flags) == 1
    return placed if fits else None


def _height(sheet: Sheet, placed: tuple[Worded, ...]) -> float:
    return max((item.box.bottom for item in placed), default=0.0) + (3 * sheet.unit if placed else 0.0)


def _letter(number: int) -> str:
    return _LETTERS[number] if number < len(_LETTERS) else f"A{number}"


def _lanes(
    sheet: Sheet, group: list[tuple[str, Flag]], across: Scale, top: float
) -> tuple[list[_Badged], float]:
    """Badges under one another in as many lanes as they need, and the y under the last leader."""
    if not group:
        return [], top
    size, apart = BADGE * sheet.unit, (BADGE + _APART) * sheet.unit
    low, high = size / 2, sheet.width - size / 2
    lanes = math.ceil(len(group) / max(1, int((high - low) / apart) + 1))
    badged: list[_Badged] = []
    for lane in range(lanes):
        chosen = group[lane::lanes]
        places = [across.at(flag.at) for _, flag in chosen]
        middle = top + size / 2 + lane * (size + 2 * sheet.unit)
        for (text, flag), x, at in zip(chosen, nudged(places, apart, low, high), places, strict=True):
            badged.append(_Badged(flag, text, sheet.snap(x), middle, at))
    return badged, top + lanes * (size + 2 * sheet.unit) + _FALL * sheet.unit


def nudged(places: list[float], apart: float, low: float, high: float) -> list[float]:
    """``places``, ordered, moved as little as need be to stand ``apart`` and between ``low`` and ``high``."""
    runs: list[tuple[float, int]] = []
    for number, place in enumerate(places):
        mean, count = place - number * apart, 1
        while runs and runs[-1][0] > mean:
            before, held = runs.pop()
            mean, count = (before * held + mean * count) / (held + count), held + count
        runs.append((mean, count))
    flat = [mean for mean, count in runs for _ in range(count)]
    last = max(low, high - (len(places) - 1) * apart)
    return [min(max(mean, low), last) + number * apart for number, mean in enumerate(flat)]


def _word(sheet: Sheet, item: Worded, top: float, plot: Box, axis: float) -> Stop:
    unit, x = sheet.unit, sheet.snap(item.x)
    start = top + item.box.y + 2 * unit
    _line(sheet, item.flag, x, (start, plot.bottom), axis)
    at = item.box.x if item.anchor is Anchor.START else item.box.right
    sheet.texts += sheet.set(item.lines, at, top + item.box.y, _KIND, Ink.MUTED, item.anchor)
    label = replace(item.box, y=top + item.box.y).grown(2 * unit, 0)
    line = Box(x - 4 * unit, start, 8 * unit, plot.bottom - start)
    return Stop(plain(item.flag.name or item.flag.label), "", label, line, line, at=item.flag.at)


def _badge(sheet: Sheet, item: _Badged, top: float, plot: Box, axis: float, *, lined: bool) -> Stop:
    unit, flag = sheet.unit, item.flag
    size = BADGE * unit
    box = Box(item.x - size / 2, sheet.snap(top + item.y - size / 2), size, size)
    x, lined = sheet.snap(item.at), lined or flag.break_
    foot = plot.bottom if lined else min(plot.y + _TICK * unit, plot.bottom)
    fall = plot.y if not flag.break_ else box.bottom + _FALL * unit
    if abs(item.x - x) > unit:
        sheet.back.append(Stroke(item.x, box.bottom, x, fall, Ink.NEUTRAL, unit))
    else:
        fall = box.bottom
    _line(sheet, flag, x, (fall, foot), axis)
    put_badge(sheet, box, item.text, square=flag.break_)
    reach = (_TARGET * unit - size) / 2
    line = Box(x - 4 * unit, fall, 8 * unit, plot.bottom - fall)
    return Stop(
        plain(flag.name or flag.label),
        "",
        box,
        line,
        line if lined else box.grown(reach),
        at=flag.at,
    )


def put_badge(sheet: Sheet, box: Box, text: str, *, square: bool) -> None:
    """A circle or a square with its number or letter in it."""
    sheet.badges.append(Badge(box, square))
    top = box.middle[1] - sheet.line(_KIND) / 2
    sheet.texts += sheet.set((text,), box.middle[0], top, _KIND, Ink.TEXT, Anchor.MIDDLE)


def _line(sheet: Sheet, flag: Flag, x: float, ends: tuple[float, float], axis: float) -> None:
    unit = sheet.unit
    sheet.back.append(Stroke(x, ends[0], x, ends[1], Ink.NEUTRAL, unit, DOTTED if flag.break_ else 0))
    if not flag.break_:
        return
    # A gap in the axis between two slanting strokes: what stands on either side is not to be joined.
    sheet.front.append(Stroke(x - 2.5 * unit, axis, x + 2.5 * unit, axis, Ink.PAGE, 4 * unit))
    for shift in (-2.5, 2.5):
        foot, head = x + (shift - 2.5) * unit, x + (shift + 2.5) * unit
        sheet.front.append(Stroke(foot, axis + 5 * unit, head, axis - 5 * unit, Ink.NEUTRAL, 1.5 * unit))
