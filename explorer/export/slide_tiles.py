"""A tile map as shapes on a slide, with its steps in words beside it: PowerPoint has no such chart."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from msgspec.structs import replace

from explorer.pages.model.chart import Chart
from explorer.pages.model.page import ChartTable
from explorer.support.theme import PRINT

from .slide_chart import parse_colour
from .slide_room import Box, SlideArea, to_emu
from .slide_tables import SlideTable, add_table, set_alt_text
from .slide_words import add_text_box, set_in
from .stamp import safe_text

_TILE_SIDE, _KEY, _STEP = 0.24, 1.75, 0.34
"""The side of a square of the legend, the width of the legend and its steps, in inches."""
_APART = 0.35
_BLOCKS = 3
"""How many columns of names the list of the areas stands in."""


def add_tile_map(slide: Any, chart: Chart, area_table: ChartTable | None, room: SlideArea) -> None:
    """Squares in one group, the legend beside them, and every area with its number in a real table."""
    group = slide.shapes.add_group_shape()
    left_edge, top, wide, high = room.body
    columns = 1 + max((tile.column for tile in chart.tiles), default=0)
    rows = 1 + max((tile.row for tile in chart.tiles), default=0)
    key = _KEY * room.scale
    side = min((wide - key - _APART) / columns, high / rows)
    tones = {at: PRINT.band_colour(band.tone) for at, band in enumerate(chart.bands)}
    size = max(7.0, min(room.scaled_size(12), side * 72 / 3.4))
    for tile in chart.tiles:
        box = (left_edge + tile.column * side, top + tile.row * side, side * 0.94, side * 0.94)
        fill = tones[tile.band] if tile.band is not None else PRINT.panel
        _add_square(group, box, fill, (f"{tile.short}\n{tile.label}", size))
    set_alt_text(group, chart.title, chart.alt_text)
    legend_entries = [(tones[at], band.label) for at, band in enumerate(chart.bands)]
    beside = left_edge + columns * side + _APART
    _add_legend(slide, room, (beside, key), [*legend_entries, (PRINT.panel, "[x] no figure held")])
    if area_table is not None:
        _add_area_table(slide, room, beside + key + _APART, area_table)


def _add_area_table(slide: Any, room: SlideArea, left_edge: float, area_table: ChartTable) -> None:
    """The areas in the order of their table, down one column of names after the other."""
    every = [row.cells[:2] for row in area_table.rows]
    deep = -(-len(every) // _BLOCKS)
    steps = range(0, _BLOCKS * deep, max(deep, 1))
    rows = tuple(tuple(cell for step in steps for cell in _cells_at(every, step + at)) for at in range(deep))
    heads = ("Area", "Number") * _BLOCKS
    numeric = tuple(range(1, 2 * _BLOCKS, 2))
    slide_table = SlideTable(
        columns=heads, rows=rows, numeric=numeric, size=room.scaled_size(9), over=0.012 * room.scale
    )
    box = (left_edge, room.body[1], room.body[0] + room.body[2] - left_edge, room.body[3])
    alternative = f"Table of {len(every)} areas: {', '.join(area_table.columns[:2])}."
    add_table(slide, slide_table, box, ("The numbers of the map", alternative))


def _cells_at(every: Sequence[Sequence[str]], at: int) -> tuple[str, str]:
    return (every[at][0], every[at][1]) if at < len(every) else ("", "")


def _add_legend(slide: Any, room: SlideArea, place: tuple[float, float], legend_entries: list[tuple[str, str]]) -> None:
    left_edge, wide = place
    step, side = _STEP * room.scale, _TILE_SIDE * room.scale
    for at, (tone, label) in enumerate(legend_entries):
        top = room.body[1] + at * step
        _add_square(slide, (left_edge, top, side, side), tone, ("", 8.0))
        label_paragraph = replace(set_in(room, label, "muted"), size=room.scaled_size(13))
        add_text_box(slide, [label_paragraph], (left_edge + 1.4 * side, top, wide - 1.4 * side, step))


def _add_square(where: Any, box: Box, fill: str, text_and_size: tuple[str, float]) -> None:
    from pptx.enum.dml import MSO_PATTERN
    from pptx.enum.shapes import MSO_SHAPE
    from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
    from pptx.util import Pt

    text, size = text_and_size
    shapes = getattr(where, "shapes", where)
    shape = shapes.add_shape(MSO_SHAPE.RECTANGLE, *to_emu(box))
    if fill == PRINT.panel:  # no figure: hatched, as on screen
        shape.fill.patterned()
        shape.fill.pattern = MSO_PATTERN.LIGHT_UPWARD_DIAGONAL
        shape.fill.fore_color.rgb, shape.fill.back_color.rgb = (
            parse_colour(PRINT.hairline),
            parse_colour(PRINT.page),
        )
    else:
        shape.fill.solid()
        shape.fill.fore_color.rgb = parse_colour(fill)
    shape.line.color.rgb = parse_colour(PRINT.hairline)
    shape.shadow.inherit = False
    frame = shape.text_frame
    frame.word_wrap, frame.vertical_anchor = False, MSO_ANCHOR.MIDDLE
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    for at, line in enumerate(text.split("\n")):
        paragraph = frame.paragraphs[0] if at == 0 else frame.add_paragraph()
        paragraph.alignment = PP_ALIGN.CENTER
        text_run = paragraph.add_run()
        text_run.text = safe_text(line, 12)
        text_run.font.size = Pt(size)
        text_run.font.color.rgb = parse_colour(PRINT.text_colour_on(fill))
