"""Dated marks: a line across the plot with its label above, stacked where two would meet."""

from __future__ import annotations

from dataclasses import dataclass

from explorer.pages.chart import Flag

from .frame import Anchor, Box, Ink, Lettering, Scale, Stop, Stroke
from .plain import plain
from .sheet import Sheet

_KIND = Lettering.SMALL
_DASHED = 1


@dataclass(frozen=True, slots=True)
class _Placed:
    flag: Flag
    lines: tuple[str, ...]
    x: float
    box: Box
    anchor: Anchor


@dataclass(frozen=True, slots=True)
class Flags:
    """The labels of dated marks above a plot and the height they need."""

    placed: tuple[_Placed, ...]
    height: float


def arrange(sheet: Sheet, flags: tuple[Flag, ...], across: Scale) -> Flags:
    """Labels for ``flags``, each to the right of its line or, at the edge, to its left."""
    placed: list[_Placed] = []
    for flag in sorted(flags, key=lambda one: one.at):
        placed.append(_place(sheet, flag, across.at(flag.at), placed))
    height = max((item.box.bottom for item in placed), default=0.0)
    return Flags(tuple(placed), height + (3 * sheet.unit if placed else 0.0))


def write(sheet: Sheet, flags: Flags, top: float, plot: Box) -> None:
    """Puts the lines and labels on the sheet; ``top`` is the top of the labels."""
    unit = sheet.unit
    for item in flags.placed:
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


def _place(sheet: Sheet, flag: Flag, x: float, others: list[_Placed]) -> _Placed:
    room = min(max(0.4 * sheet.width, 8 * sheet.type.body), 15 * sheet.type.body)
    lines = sheet.lines(flag.label, _KIND, min(room, sheet.width - 12 * sheet.unit), 4)
    anchor, at = Anchor.START, x + 5 * sheet.unit
    box = sheet.box(lines, _KIND, at, 0.0, anchor)
    if box.right > sheet.width:
        anchor, at = Anchor.END, x - 5 * sheet.unit
        box = sheet.box(lines, _KIND, at, 0.0, anchor)
        box = Box(max(box.x, 0.0), box.y, box.width, box.height)
    top = 0.0
    for other in sorted(others, key=lambda one: one.box.y):
        moved = Box(box.x, top, box.width, box.height)
        # A line goes down from its label through every lower level, so it keeps that room as well.
        stem = Box(other.x - 4 * sheet.unit, other.box.y, 8 * sheet.unit, 10_000.0)
        if moved.grown(4 * sheet.unit, 0).meets(other.box) or moved.meets(stem):
            top = max(top, other.box.bottom)
    return _Placed(flag, lines, x, Box(box.x, top, box.width, box.height), anchor)


def _slashes(sheet: Sheet, x: float, y: float) -> None:
    """Two slanting strokes through the axis: something changes here."""
    unit = sheet.unit
    for shift in (-2.5, 2.5):
        middle = x + shift * unit
        sheet.front.append(
            Stroke(
                middle - 2.5 * unit, y + 5 * unit, middle + 2.5 * unit, y - 5 * unit, Ink.NEUTRAL, 1.5 * unit
            )
        )
