"""A table of a document as strips: its caption, its header and its rows, with hairlines under each."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from msgspec import Struct
from PySide6.QtGui import QFontMetricsF

from .faces import face
from .marked import HAIR, MARGIN, ROOM, Marked
from .paging import TOGETHER, Size
from .parts import Cell, Rows
from .plain import plain
from .strips import Paint, Setter, Strip, caption_strips
from .structure import Element
from .tabled import column_widths
from .theme import PRINT
from .typed import Line, Style, high, typed

_GAP, _PAD = 22.0, 4.5
"""Between two columns, so that a number and the word after it stand apart; over and under a row's text."""
_TEXT, _SMALL = 12, 11
_MANY, _CLOSE = 7, 14.0
"""From how many columns on a table is set in the small type, and what stands between those."""
_SLICE = 300.0
"""The height that a row is torn apart at, where it has to be."""
_FEW = 6
_TORN, _EDGE, _ROW = 90.0, 70.0, 12.0
"""What a page costs that begins inside a row, near an end of a table or in a low one, and elsewhere."""


class _Grid(Struct, frozen=True, kw_only=True):
    """A table with its columns' places."""

    rows: Rows
    lefts: tuple[float, ...]
    widths: tuple[float, ...]
    size: int

    def lines(self, cells: Sequence[Cell], *, head: bool = False) -> list[tuple[Line, ...]]:
        """The lines of each cell of a row."""
        return [
            (
                *typed(cell.text, self._style(at, head), self.widths[at], cites=cell.cites),
                *typed(cell.small, Style(_SMALL, muted=True, leading=1.15), self.widths[at]),
            )
            for at, cell in enumerate(cells)
        ]

    def _style(self, at: int, head: bool) -> Style:
        return Style(self.size, bold=head, leading=1.15, right=at in self.rows.numeric)


def table_strips(setter: Setter, table: Rows) -> list[Strip]:
    """A table; its caption, header and first row stay together."""
    grid = _laid(table)
    held = setter.root.add("Table")
    made = caption_strips(held.add("Caption"), table.caption, Size(0, 16.0, setter.away(14.0)))
    head = grid.lines([Cell(text=name) for name in table.columns], head=True)
    row = held.add("THead").add("TR")
    deep = max(map(high, head), default=0.0) + 2 * _PAD + HAIR
    made.append(Strip(Size(deep, 3.0, TOGETHER), _head(grid, head, [row.add("TH") for _ in head], deep)))
    again = _head(grid, head, [None] * len(head), deep)
    body = held.add("TBody") if table.rows else held
    for at, cells in enumerate(table.rows):
        cost = TOGETHER if at == 0 else _cost(at, len(table.rows))
        made += _row(grid, cells, body.add("TR"), Size(0, 0, cost, deep), again)
    setter.kept, setter.list_role = False, ""
    return made


def _cost(at: int, rows: int) -> float:
    return _EDGE if rows <= _FEW or at == 1 or at >= rows - 2 else _ROW


def _laid(table: Rows) -> _Grid:
    size, gap = (_SMALL, _CLOSE) if len(table.columns) >= _MANY else (_TEXT, _GAP)
    regular, bold = (QFontMetricsF(face(size, bold=heavy)) for heavy in (False, True))

    @lru_cache(4096)
    def measure(text: str, head: bool) -> float:
        return (bold if head else regular).horizontalAdvance(text) + 1.0

    rows = [[plain(cell.text, 2000) for cell in cells] for cells in table.rows]
    columns = list(zip(table.columns, *rows, strict=True))
    widths = column_widths(columns, measure, ROOM - gap * max(len(columns) - 1, 0))
    lefts = [MARGIN + sum(widths[:at]) + at * gap for at in range(len(widths))]
    return _Grid(rows=table, lefts=tuple(lefts), widths=tuple(widths), size=size)


def _head(grid: _Grid, cells: list[tuple[Line, ...]], parts: Sequence[Element | None], deep: float) -> Paint:
    """The header, whose names stand on one line at its foot. Repeated on a later page it is no part."""

    def paint(sheet: Marked, y: float) -> None:
        for at, lines in enumerate(cells):
            _cell(sheet, grid.lefts[at], lines, parts[at], y + deep - HAIR - _PAD - high(lines))
        sheet.rule(MARGIN, y + deep - HAIR, ROOM, PRINT.muted, 1.0)

    return paint


def _row(grid: _Grid, cells: Sequence[Cell], row: Element, first: Size, again: Paint) -> list[Strip]:
    """A row; one that is very high may be torn apart between its lines."""
    parts = [row.add("TD") for _ in cells]
    slices = _sliced(grid.lines(cells))
    made: list[Strip] = []
    for at, lines in enumerate(slices):
        over, last = (_PAD if at == 0 else 0.0), at == len(slices) - 1
        deep = max(map(high, lines), default=0.0) + over + (_PAD + HAIR if last else 0.0)
        size = Size(deep, 0.0, first.away if at == 0 else _TORN, first.again)
        made.append(Strip(size, _slice(grid, lines, parts, (over, deep if last else 0.0)), again))
    return made


def _slice(
    grid: _Grid, cells: list[tuple[Line, ...]], parts: list[Element], ends: tuple[float, float]
) -> Paint:
    over, under = ends

    def paint(sheet: Marked, y: float) -> None:
        for at, lines in enumerate(cells):
            _cell(sheet, grid.lefts[at], lines, parts[at], y + over)
        if under:
            sheet.rule(MARGIN, y + under - HAIR, ROOM, PRINT.hairline)

    return paint


def _cell(sheet: Marked, left: float, lines: tuple[Line, ...], part: Element | None, y: float) -> None:
    for line in lines:
        line.paint(sheet, part, left, y)
        y += line.high


def _sliced(cells: list[tuple[Line, ...]]) -> list[list[tuple[Line, ...]]]:
    """The lines of a row's cells in slices of no more than a part of a page each."""
    slices: list[list[tuple[Line, ...]]] = []
    while any(high(lines) > _SLICE for lines in cells):
        cut = [_fitting(lines) for lines in cells]
        slices.append([lines[:at] for lines, at in zip(cells, cut, strict=True)])
        cells = [lines[at:] for lines, at in zip(cells, cut, strict=True)]
    return [*slices, cells]


def _fitting(lines: tuple[Line, ...]) -> int:
    """How many of the lines a slice holds; at least one, where there is one."""
    filled = 0.0
    for at, line in enumerate(lines):
        filled += line.high
        if filled > _SLICE and at:
            return at
    return len(lines)
