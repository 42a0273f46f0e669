"""A tile map as shapes on a slide, with its steps in words beside it: PowerPoint has no such chart."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from msgspec.structs import replace

from explorer.draw.theme import PRINT
from explorer.pages.chart import Chart
from explorer.pages.page import Table

from .slide_chart import colour
from .slide_room import Box, Room, emu
from .slide_tables import Rows, describe, put
from .slide_words import set_in, write
from .stamp import safe

_SIDE, _KEY, _STEP = 0.24, 1.75, 0.34
"""The side of a square of the legend, the width of the legend and its steps, in inches."""
_APART = 0.35
_BLOCKS = 3
"""How many columns of names the list of the areas stands in."""


def tiles(slide: Any, given: Chart, listed: Table | None, room: Room) -> None:
    """Squares in one group, the legend beside them, and every area with its number in a real table."""
    group = slide.shapes.add_group_shape()
    left, top, wide, high = room.body
    columns = 1 + max((tile.column for tile in given.tiles), default=0)
    rows = 1 + max((tile.row for tile in given.tiles), default=0)
    key = _KEY * room.scale
    side = min((wide - key - _APART) / columns, high / rows)
    tones = {at: PRINT.tone(band.tone) for at, band in enumerate(given.bands)}
    size = max(7.0, min(room.size(12), side * 72 / 3.4))
    for tile in given.tiles:
        box = (left + tile.column * side, top + tile.row * side, side * 0.94, side * 0.94)
        fill = tones[tile.band] if tile.band is not None else PRINT.panel
        _square(group, box, fill, (f"{tile.short}\n{tile.label}", size))
    describe(group, given.title, given.alt_text)
    keyed = [(tones[at], band.label) for at, band in enumerate(given.bands)]
    beside = left + columns * side + _APART
    _legend(slide, room, (beside, key), [*keyed, (PRINT.panel, "[x] no figure held")])
    if listed is not None:
        _list(slide, room, beside + key + _APART, listed)


def _list(slide: Any, room: Room, left: float, listed: Table) -> None:
    """The areas in the order of their table, down one column of names after the other."""
    every = [row.cells[:2] for row in listed.rows]
    deep = -(-len(every) // _BLOCKS)
    steps = range(0, _BLOCKS * deep, max(deep, 1))
    rows = tuple(tuple(cell for step in steps for cell in _at(every, step + at)) for at in range(deep))
    heads = ("Area", "Number") * _BLOCKS
    numeric = tuple(range(1, 2 * _BLOCKS, 2))
    made = Rows(columns=heads, rows=rows, numeric=numeric, size=room.size(9), over=0.012 * room.scale)
    box = (left, room.body[1], room.body[0] + room.body[2] - left, room.body[3])
    alternative = f"Table of {len(every)} areas: {', '.join(listed.columns[:2])}."
    put(slide, made, box, ("The numbers of the map", alternative))


def _at(every: Sequence[Sequence[str]], at: int) -> tuple[str, str]:
    return (every[at][0], every[at][1]) if at < len(every) else ("", "")


def _legend(slide: Any, room: Room, place: tuple[float, float], keyed: list[tuple[str, str]]) -> None:
    left, wide = place
    step, side = _STEP * room.scale, _SIDE * room.scale
    for at, (tone, label) in enumerate(keyed):
        top = room.body[1] + at * step
        _square(slide, (left, top, side, side), tone, ("", 8.0))
        told = replace(set_in(room, label, "muted"), size=room.size(13))
        write(slide, [told], (left + 1.4 * side, top, wide - 1.4 * side, step))


def _square(where: Any, box: Box, fill: str, told: tuple[str, float]) -> None:
    from pptx.enum.dml import MSO_PATTERN
    from pptx.enum.shapes import MSO_SHAPE
    from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
    from pptx.util import Pt

    text, size = told
    shapes = getattr(where, "shapes", where)
    shape = shapes.add_shape(MSO_SHAPE.RECTANGLE, *emu(box))
    if fill == PRINT.panel:  # no figure: hatched, as on screen
        shape.fill.patterned()
        shape.fill.pattern = MSO_PATTERN.LIGHT_UPWARD_DIAGONAL
        shape.fill.fore_color.rgb, shape.fill.back_color.rgb = colour(PRINT.hairline), colour(PRINT.page)
    else:
        shape.fill.solid()
        shape.fill.fore_color.rgb = colour(fill)
    shape.line.color.rgb = colour(PRINT.hairline)
    shape.shadow.inherit = False
    frame = shape.text_frame
    frame.word_wrap, frame.vertical_anchor = False, MSO_ANCHOR.MIDDLE
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    for at, line in enumerate(text.split("\n")):
        paragraph = frame.paragraphs[0] if at == 0 else frame.add_paragraph()
        paragraph.alignment = PP_ALIGN.CENTER
        run = paragraph.add_run()
        run.text = safe(line, 12)
        run.font.size = Pt(size)
        run.font.color.rgb = colour(PRINT.on(fill))
