"""Dated marks: a line across the plot with its label above; numbered, with a key, where room is short."""

from __future__ import annotations

from dataclasses import dataclass

from explorer.pages.chart import Flag

from .asides import is_roomy
from .frame import Anchor, Box, Ink, Lettering, Scale, Stop, Stroke
from .plain import plain
from .sheet import Sheet

_KIND = Lettering.SMALL
_DASHED = 1
_LEAST = 6.0
"""The least width of a label, in body sizes."""


@dataclass(frozen=True, slots=True)
class _Placed:
    flag: Flag
    lines: tuple[str, ...]
    x: float
    box: Box
    anchor: Anchor


@dataclass(frozen=True, slots=True)
class Flags:
    """The labels of dated marks above a plot, the height they need, and those that must go in a key."""

    placed: tuple[_Placed, ...]
    height: float
    keyed: tuple[tuple[str, Flag], ...]


def arrange(sheet: Sheet, flags: tuple[Flag, ...], across: Scale) -> Flags:
    """Labels for ``flags``: each right of its line or, at the edge, left of it; none on another's line."""
    ordered = sorted(flags, key=lambda flag: flag.at)
    numbered = len(ordered) > 1 and not is_roomy(sheet)
    labels = [str(number) if numbered else flag.label for number, flag in enumerate(ordered, 1)]
    edge = [_overflows(sheet, label, across.at(f.at)) for f, label in zip(ordered, labels, strict=True)]
    # Labels that run to the left stand on top, the last of them highest; then the others from the left on.
    # Each goes under those that cover its line, so that no line runs through a label.
    turn = [n for n in reversed(range(len(ordered))) if edge[n]] + [
        n for n, left in enumerate(edge) if not left
    ]
    placed: list[_Placed] = []
    for number in turn:
        flag = ordered[number]
        stop = min((one.x for one in placed if one.anchor is Anchor.END), default=sheet.width)
        placed.append(_place(sheet, flag, labels[number], across.at(flag.at), stop, placed))
    height = max((item.box.bottom for item in placed), default=0.0)
    keyed = tuple(zip(labels, ordered, strict=True)) if numbered else ()
    return Flags(tuple(placed), height + (3 * sheet.unit if placed else 0.0), keyed)


def write(sheet: Sheet, flags: Flags, top: float, plot: Box) -> None:
    """Puts the lines and labels on the sheet; ``top`` is the top of the labels."""
    unit = sheet.unit
    for item in sorted(flags.placed, key=lambda one: one.flag.at):
        x = sheet.snap(item.x)
        start = top + item.box.y + 2 * unit
        dash = _DASHED if item.flag.break_ else 0
        sheet.back.append(Stroke(x, start, x, plot.bottom, Ink.NEUTRAL, unit, dash))
        if item.flag.break_:
            _slashes(sheet, x, plot.bottom)
        at = item.box.x if item.anchor is Anchor.START else item.box.right
        sheet.texts += sheet.set(item.lines, at, top + item.box.y, _KIND, Ink.MUTED, item.anchor)
        label = Box(item.box.x, top + item.box.y, item.box.width, item.box.height)
        line = Box(x - 4 * unit, start, 8 * unit, plot.bottom - start)
        name = plain(item.flag.name or item.flag.label)
        sheet.flags.append(Stop(name, "", label.grown(2 * unit, 0), line, line, at=item.flag.at))


def _overflows(sheet: Sheet, label: str, x: float) -> bool:
    lines = sheet.lines(label, _KIND, _widest(sheet), 4)
    return x > sheet.width / 2 and x + 5 * sheet.unit + sheet.widest(lines, _KIND) > sheet.width


def _widest(sheet: Sheet) -> float:
    return min(max(0.4 * sheet.width, 8 * sheet.type.body), 15 * sheet.type.body)


def _place(sheet: Sheet, flag: Flag, label: str, x: float, stop: float, others: list[_Placed]) -> _Placed:
    gap, least = 5 * sheet.unit, _LEAST * sheet.type.body
    left = _overflows(sheet, label, x)
    room = x - gap if left else stop - x - 2 * gap
    lines = sheet.lines(label, _KIND, min(_widest(sheet), max(room, least)), 4)
    anchor, at = (Anchor.END, x - gap) if left else (Anchor.START, x + gap)
    box = sheet.box(lines, _KIND, at, 0.0, anchor)
    box = Box(max(0.0, min(box.x, sheet.width - box.width)), 0.0, box.width, box.height)
    top = 0.0
    for other in sorted(others, key=lambda one: one.box.y):
        moved = Box(box.x, top, box.width, box.height).grown(4 * sheet.unit, 0)
        covers = other.box.x - gap <= x <= other.box.right + gap
        if moved.meets(other.box) or covers:
            top = max(top, other.box.bottom)
    return _Placed(flag, lines, x, Box(box.x, top, box.width, box.height), anchor)


def _slashes(sheet: Sheet, x: float, y: float) -> None:
    """Two slanting strokes through the axis: something changes here."""
    unit = sheet.unit
    for shift in (-2.5, 2.5):
        foot, head = x + (shift - 2.5) * unit, x + (shift + 2.5) * unit
        sheet.front.append(Stroke(foot, y + 5 * unit, head, y - 5 * unit, Ink.NEUTRAL, 1.5 * unit))
