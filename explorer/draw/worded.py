"""Labels in words for dated marks: each beside its line, on as few levels as keep it off every other line."""

from __future__ import annotations

from msgspec import Struct

from explorer.pages.chart import Flag

from .frame import Anchor, Box, Lettering, Scale
from .sheet import Sheet

_KIND = Lettering.SMALL
_LEAST = 6.0
"""The least width of a label, in body sizes."""


class Worded(Struct, frozen=True):
    """A dated mark with its label's lines, the x of its line and the room of the label above the plot."""

    flag: Flag
    lines: tuple[str, ...]
    x: float
    box: Box
    anchor: Anchor


def worded(sheet: Sheet, flags: list[Flag], across: Scale) -> tuple[Worded, ...]:
    """Labels for ``flags``, in order: each right of its line or, at the edge, left; none on another's."""
    edge = [_overflows(sheet, flag.label, across.at(flag.at)) for flag in flags]
    # Labels that run to the left stand on top, the last of them highest; then the others from the left on.
    # Each goes under those that cover its line, so that no line runs through a label.
    turn = [n for n in reversed(range(len(flags))) if edge[n]] + [
        n for n, left in enumerate(edge) if not left
    ]
    placed: list[Worded] = []
    for number in turn:
        stop = min((one.x for one in placed if one.anchor is Anchor.END), default=sheet.width)
        placed.append(_place(sheet, flags[number], across.at(flags[number].at), stop, placed))
    return tuple(sorted(placed, key=lambda one: one.flag.at))


def _overflows(sheet: Sheet, label: str, x: float) -> bool:
    lines = sheet.lines(label, _KIND, _widest(sheet), 4)
    return x > sheet.width / 2 and x + 5 * sheet.unit + sheet.widest(lines, _KIND) > sheet.width


def _widest(sheet: Sheet) -> float:
    return min(max(0.4 * sheet.width, 8 * sheet.type.body), 15 * sheet.type.body)


def _place(sheet: Sheet, flag: Flag, x: float, stop: float, others: list[Worded]) -> Worded:
    gap, least = 5 * sheet.unit, _LEAST * sheet.type.body
    left = _overflows(sheet, flag.label, x)
    room = x - gap if left else stop - x - 2 * gap
    lines = sheet.lines(flag.label, _KIND, min(_widest(sheet), max(room, least)), 4)
    anchor, at = (Anchor.END, x - gap) if left else (Anchor.START, x + gap)
    box = sheet.box(lines, _KIND, at, 0.0, anchor)
    box = Box(max(0.0, min(box.x, sheet.width - box.width)), 0.0, box.width, box.height)
    top = 0.0
    for other in sorted(others, key=lambda one: one.box.y):
        moved = Box(box.x, top, box.width, box.height).grown(4 * sheet.unit, 0)
        covers = other.box.x - gap <= x <= other.box.right + gap
        if moved.meets(other.box) or covers:
            top = max(top, other.box.bottom)
    return Worded(flag, lines, x, Box(box.x, top, box.width, box.height), anchor)
