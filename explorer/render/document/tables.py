"""A table of a document as strips: its caption, its header and its rows, with hairlines under each."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from msgspec import Struct
from PySide6.QtGui import QFontMetricsF

from explorer.documents import DocumentTable, TextCell, column_widths
from explorer.render.layout import document_font
from explorer.render.pdf import StructureElement
from explorer.support import PRINT, sanitise

from .blocks import TOGETHER, PageStrip, Paint, StripBuilder, StripSize, caption_strips
from .paragraphs import HAIR, MARGIN, ROOM, ParagraphStyle, TaggedPainter, TextLine, break_lines, total_height

_GAP, _PAD = 22.0, 4.5
"""Between two columns, so that a number and the word after it stand apart; over and under a row's text."""
_TEXT, _SMALL = 12, 11
_MANY, _CLOSE = 7, 14.0
"""From how many columns on a table is set in the small type, and what stands between those."""
_SLICE = 300.0
"""The height that a row is torn apart at, where it has to be."""
_FEW = 6
_TORN_COST, _EDGE, _ROW = 90.0, 70.0, 12.0
"""What a page costs that begins inside a row, near an end of a table or in a low one, and elsewhere."""


class _TableGrid(Struct, frozen=True, kw_only=True):
    """A table with its columns' places."""

    rows: DocumentTable
    lefts: tuple[float, ...]
    widths: tuple[float, ...]
    size: int

    def cell_lines(self, cells: Sequence[TextCell], *, head: bool = False) -> list[tuple[TextLine, ...]]:
        """The lines of each cell of a row."""
        return [
            (
                *break_lines(cell.text, self._cell_style(at, head), self.widths[at], cites=cell.cites),
                *break_lines(cell.small, ParagraphStyle(_SMALL, is_muted=True, leading=1.15), self.widths[at]),
            )
            for at, cell in enumerate(cells)
        ]

    def _cell_style(self, at: int, head: bool) -> ParagraphStyle:
        return ParagraphStyle(self.size, bold=head, leading=1.15, right=at in self.rows.numeric)


def table_strips(setter: StripBuilder, table: DocumentTable) -> list[PageStrip]:
    """A table; its caption, header and first row stay together."""
    grid = _layout_table(table)
    table_part = setter.root.add_child("Table")
    strips = caption_strips(table_part.add_child("Caption"), table.caption, StripSize(0, 16.0, setter.break_cost(14.0)))
    head = grid.cell_lines([TextCell(text=name) for name in table.columns], head=True)
    row = table_part.add_child("THead").add_child("TR")
    deep = max(map(total_height, head), default=0.0) + 2 * _PAD + HAIR
    strips.append(
        PageStrip(
            StripSize(deep, 3.0, TOGETHER),
            _header_painter(grid, head, [row.add_child("TH") for _ in head], deep),
        )
    )
    again = _header_painter(grid, head, [None] * len(head), deep)
    body = table_part.add_child("TBody") if table.rows else table_part
    for at, cells in enumerate(table.rows):
        break_cost = TOGETHER if at == 0 else _row_break_cost(at, len(table.rows))
        strips += _row_strips(grid, cells, body.add_child("TR"), StripSize(0, 0, break_cost, deep), again)
    setter.keep_together, setter.list_role = False, ""
    return strips


def _row_break_cost(at: int, rows: int) -> float:
    return _EDGE if rows <= _FEW or at == 1 or at >= rows - 2 else _ROW


def _layout_table(table: DocumentTable) -> _TableGrid:
    size, gap = (_SMALL, _CLOSE) if len(table.columns) >= _MANY else (_TEXT, _GAP)
    regular, bold = (QFontMetricsF(document_font(size, bold=heavy)) for heavy in (False, True))

    @lru_cache(4096)
    def measure_text(text: str, head: bool) -> float:
        return (bold if head else regular).horizontalAdvance(text) + 1.0

    rows = [[sanitise(cell.text, 2000) for cell in cells] for cells in table.rows]
    columns = list(zip(table.columns, *rows, strict=True))
    widths = column_widths(columns, measure_text, ROOM - gap * max(len(columns) - 1, 0))
    lefts = [MARGIN + sum(widths[:at]) + at * gap for at in range(len(widths))]
    return _TableGrid(rows=table, lefts=tuple(lefts), widths=tuple(widths), size=size)


def _header_painter(
    grid: _TableGrid, cells: list[tuple[TextLine, ...]], parts: Sequence[StructureElement | None], deep: float
) -> Paint:
    """The header, whose names stand on one line at its foot. Repeated on a later page it is no part."""

    def paint(sheet: TaggedPainter, y: float) -> None:
        for at, lines in enumerate(cells):
            _paint_cell(sheet, grid.lefts[at], lines, parts[at], y + deep - HAIR - _PAD - total_height(lines))
        sheet.draw_rule(MARGIN, y + deep - HAIR, ROOM, PRINT.muted_text, 1.0)

    return paint


def _row_strips(
    grid: _TableGrid, cells: Sequence[TextCell], row: StructureElement, first: StripSize, again: Paint
) -> list[PageStrip]:
    """A row; one that is very high may be torn apart between its lines."""
    parts = [row.add_child("TD") for _ in cells]
    slices = _slice_cells(grid.cell_lines(cells))
    strips: list[PageStrip] = []
    for at, lines in enumerate(slices):
        over, last = (_PAD if at == 0 else 0.0), at == len(slices) - 1
        deep = max(map(total_height, lines), default=0.0) + over + (_PAD + HAIR if last else 0.0)
        size = StripSize(deep, 0.0, first.away if at == 0 else _TORN_COST, first.again)
        strips.append(PageStrip(size, _slice_painter(grid, lines, parts, (over, deep if last else 0.0)), again))
    return strips


def _slice_painter(
    grid: _TableGrid,
    cells: list[tuple[TextLine, ...]],
    parts: list[StructureElement],
    ends: tuple[float, float],
) -> Paint:
    over, under = ends

    def paint(sheet: TaggedPainter, y: float) -> None:
        for at, lines in enumerate(cells):
            _paint_cell(sheet, grid.lefts[at], lines, parts[at], y + over)
        if under:
            sheet.draw_rule(MARGIN, y + under - HAIR, ROOM, PRINT.hairline)

    return paint


def _paint_cell(
    sheet: TaggedPainter,
    left_edge: float,
    lines: tuple[TextLine, ...],
    part: StructureElement | None,
    y: float,
) -> None:
    for line in lines:
        line.paint(sheet, part, left_edge, y)
        y += line.high


def _slice_cells(cells: list[tuple[TextLine, ...]]) -> list[list[tuple[TextLine, ...]]]:
    """The lines of a row's cells in slices of no more than a part of a page each."""
    slices: list[list[tuple[TextLine, ...]]] = []
    while any(total_height(lines) > _SLICE for lines in cells):
        cut_points = [_count_fitting_lines(lines) for lines in cells]
        slices.append([lines[:at] for lines, at in zip(cells, cut_points, strict=True)])
        cells = [lines[at:] for lines, at in zip(cells, cut_points, strict=True)]
    return [*slices, cells]


def _count_fitting_lines(lines: tuple[TextLine, ...]) -> int:
    """How many of the lines a slice holds; at least one, where there is one."""
    filled_height = 0.0
    for at, line in enumerate(lines):
        filled_height += line.high
        if filled_height > _SLICE and at:
            return at
    return len(lines)
