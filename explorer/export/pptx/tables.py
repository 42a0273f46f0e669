"""Real tables on slides, with a header row: as many rows on each slide as can be read across a room."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from explorer.documents import safe_text
from explorer.pages.model import Chart, ChartTable
from explorer.support import PRINT

from .charts import parse_colour
from .layout import Box, SlideArea, to_emu
from .text import add_text_box, set_in, text_colour
from .text_fit import LEADING, count_lines, text_width

_PLAIN = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"
"""The table style "No Style, No Grid", which every copy of PowerPoint has."""
_CELL_MARGIN = 0.09
"""The room beside the words of a cell, in inches."""
_BOLD = 1.1
"""How much wider the bold letters of a header are."""
_LONGEST = 4_000
_SHARES = (1.0, 0.93, 0.86)
"""In what part of their size the letters are tried."""
_POINTS = 72.0
_MAIN = "http://schemas.openxmlformats.org/drawingml/2006/main"


class SlideTable(Struct, frozen=True, kw_only=True):
    """A table: its header, its rows, which columns are set flush right and how large the letters are."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: tuple[int, ...] = ()
    size: float = 14.0
    over: float = 0.06
    """The room over and under the words of a cell, in inches."""


def build_table(
    room: SlideArea, columns: Sequence[str], rows: Sequence[Sequence[str]], numeric: Sequence[int]
) -> SlideTable:
    """A table with letters for this slide: smaller where there are many columns."""
    size = 14.0 if len(columns) <= 5 else 12.0
    safe_rows = tuple(tuple(safe_text(cell, _LONGEST) for cell in row) for row in rows)
    heads = tuple(safe_text(one, 200) for one in columns)
    return SlideTable(columns=heads, rows=safe_rows, numeric=tuple(numeric), size=room.scaled_size(size))


def paginate_table(table: SlideTable, first: Box, box: Box) -> list[SlideTable]:
    """The table by slide: the rows that go into ``first``, then those that go into each ``box`` after it.

    Its letters are smaller where that saves a slide. A row that is higher than a slide has one to itself.
    """
    layouts = (_paginate_rows(replace(table, size=round(table.size * share, 1)), first, box) for share in _SHARES)
    return min(layouts, key=len)


def _paginate_rows(table: SlideTable, first: Box, box: Box) -> list[SlideTable]:
    widths = _column_widths(table, box[2])
    head = _row_height(table, table.columns, widths, _BOLD)
    pages: list[list[tuple[str, ...]]] = [[]]
    remaining = first[3] - head
    for row in table.rows:
        high = _row_height(table, row, widths)
        if high > remaining and (pages[-1] or len(pages) == 1):
            pages.append([])
            remaining = box[3] - head
        pages[-1].append(row)
        remaining -= high
    return [replace(table, rows=tuple(page)) for page in pages]


def add_table(slide: Any, table: SlideTable, box: Box, name_and_alt: tuple[str, str]) -> float:
    """Put the table into the box; returns where it ends. ``name_and_alt`` are its name and text alternative."""
    widths = _column_widths(table, box[2])
    every = (table.columns, *table.rows)
    heights = [
        _row_height(table, table.columns, widths, _BOLD),
        *(_row_height(table, row, widths) for row in table.rows),
    ]
    left_edge, top, wide, _ = box
    frame = slide.shapes.add_table(len(every), len(table.columns), *to_emu((left_edge, top, wide, sum(heights))))
    set_alt_text(frame, *name_and_alt)
    pptx_table = frame.table
    frame._element.xpath(".//a:tableStyleId")[0].text = _PLAIN
    pptx_table.horz_banding = False
    for at, each in enumerate(widths):
        pptx_table.columns[at].width = to_emu((each, 0, 0, 0))[0]
    for number, (row, high) in enumerate(zip(every, heights, strict=True)):
        pptx_table.rows[number].height = to_emu((high, 0, 0, 0))[0]
        for at, text in enumerate(row):
            _fill_cell(pptx_table.cell(number, at), text, table, (number == 0, at in table.numeric))
    return top + sum(heights)


def _fill_cell(cell: Any, text: str, table: SlideTable, how: tuple[bool, bool]) -> None:
    from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
    from pptx.util import Pt

    head, right = how
    cell.text = text
    cell.margin_left = cell.margin_right = to_emu((_CELL_MARGIN, 0, 0, 0))[0]
    cell.margin_top = cell.margin_bottom = to_emu((table.over, 0, 0, 0))[0]
    cell.vertical_anchor = MSO_ANCHOR.BOTTOM if head else MSO_ANCHOR.TOP
    for paragraph in cell.text_frame.paragraphs:
        paragraph.font.size, paragraph.font.bold = Pt(table.size), head
        text_colour(paragraph.font, "text")
        paragraph.alignment = PP_ALIGN.RIGHT if right else PP_ALIGN.LEFT
    _add_hairline(cell, PRINT.muted_text if head else PRINT.hairline)


def _add_hairline(cell: Any, tone: str) -> None:
    """A hairline under the cell."""
    properties = cell._tc.get_or_add_tcPr()
    line = properties.makeelement(f"{{{_MAIN}}}lnB", {"w": "9525"})
    fill = line.makeelement(f"{{{_MAIN}}}solidFill", {})
    fill.append(fill.makeelement(f"{{{_MAIN}}}srgbClr", {"val": tone.removeprefix("#")}))
    line.append(fill)
    properties.insert(0, line)


def _column_widths(table: SlideTable, wide: float) -> list[float]:
    """The columns' widths: room for the longest word of each, and the rest by how much they hold."""
    columns = list(zip(table.columns, *table.rows, strict=True))
    sizes = [table.size * _BOLD, *(table.size for _ in table.rows)]
    least = [
        max(
            text_width(word, size)
            for text, size in zip(column, sizes, strict=True)
            for word in ["", *text[:500].split()]
        )
        for column in columns
    ]
    least = [min(one / _POINTS + 2 * _CELL_MARGIN + 0.05, wide / 2) for one in least]
    if sum(least) >= wide:
        return [wide * one / sum(least) for one in least]
    wants = [max(min(text_width(text, table.size), 4_000.0) for text in column) ** 0.8 for column in columns]
    spare = wide - sum(least)
    return [one + spare * want / max(sum(wants), 1.0) for one, want in zip(least, wants, strict=True)]


def _row_height(table: SlideTable, row: Sequence[str], widths: Sequence[float], weight: float = 1.0) -> float:
    size = table.size * weight
    most = max(
        count_lines(text, size, (wide - 2 * _CELL_MARGIN) * _POINTS) for text, wide in zip(row, widths, strict=True)
    )
    return most * table.size * LEADING / _POINTS + 2 * table.over


def set_alt_text(shape: Any, name: str, text: str) -> None:
    """Give a shape its name and its text alternative."""
    properties = shape._element.xpath(".//p:cNvPr")[0]
    properties.set("name", safe_text(name, 250))
    properties.set("descr", safe_text(text, 4000))


# A tile map as shapes on a slide, with its steps in words beside it: PowerPoint has no such chart.


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
