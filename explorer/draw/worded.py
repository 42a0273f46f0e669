"""Labels in words for dated marks: each beside its line, on as few levels as keep it off every other line."""

from __future__ import annotations

from msgspec import Struct

from explorer.pages.model.chart import DateFlag

from .frame import Box, LinearScale, TextAnchor, TextStyle
from .sheet import FrameBuilder

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
