"""What the sheets of a workbook are made with: a page of lines, and a real table under its title.

Every text is written as text, whatever it looks like, and every number as a number.
"""

from __future__ import annotations

import math
import textwrap
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from explorer.pages.records import Cell

from .stamp import safe

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

PLAIN = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "default_format_properties": {"font_name": "Arial", "font_size": 10},
}
"""How a workbook is opened for writing: nothing that is written is read as anything but itself."""
_A4 = 9
_WIDE = 84
"""The width of a sheet of lines, in letters."""
_LINE, _HIGHEST = 13.0, 405.0
"""The height of a line, and the most that a row may have, in points."""
_LONGEST = 32_000
"""The most characters of a cell; the format allows 32,767."""
_TITLE, _ABOUT = 110, 240
"""The most characters of what stands over a table: it runs over the cells beside it and is not wrapped."""
_EXACT = 10**15
"""Whole numbers from here on are not held exactly by a spreadsheet: they stay text."""
_BUTTON = 2
"""The room that the button of a table's filter takes, in letters."""
_WORD = 16
"""The longest word that a column is widened for; what is longer, as an address, is broken."""
_NARROWER = 1.12
"""How many letters of a text take the room of one digit, by which widths are counted."""
_EDGE = {"align": "left", "indent": 1, "bottom": 1, "bottom_color": "#D9D9D9", "valign": "top"}
_HEAD = {
    "align": "left",
    "indent": 1,
    "bold": True,
    "valign": "bottom",
    "bottom": 2,
    "bg_color": "#F3F2F1",
    "text_wrap": True,
}
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
_STYLES: dict[str, dict[str, Any]] = {
    "title": {"bold": True, "font_size": 15},
    "about": {"font_color": "#3D3D3D"},
    "line": {"text_wrap": True, "valign": "top"},
    "bold": {"bold": True, "text_wrap": True, "valign": "bottom"},
    "text": {"text_wrap": True, **_EDGE},
    # Kept as text also when somebody edits the cell.
    "quoted": {"text_wrap": True, "quote_prefix": True, **_EDGE},
    "head": _HEAD,
    "head_number": {**_HEAD, "align": "right"},
    "whole": {**_EDGE, "num_format": "#,##0", "align": "right"},
    "decimal": {**_EDGE, "num_format": "#,##0.0##", "align": "right"},
    "link": {"font_color": "#12436D", "underline": 1, **_EDGE},
}


class Column(Struct, frozen=True):
    """A column of a table: its head, and the most letters that it is wide."""

    head: str
    most: int


class Grid(Struct, frozen=True, kw_only=True):
    """A sheet with one table. ``name`` is a valid name of a sheet, and the heads of ``columns`` differ."""

    name: str
    title: str
    about: tuple[str, ...]
    """The lines between the title and the table."""
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    upright: bool = False
    beside: int = 0
    """How many columns stay in sight when the table is moved sideways."""
    linked: bool = False
    """Whether the first column holds names of this workbook's sheets that lead to them."""


class Book:
    """A workbook that is being written."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._styles = {name: book.add_format(style) for name, style in _STYLES.items()}

    def lines(self, name: str, title: str, lines: Sequence[str], heads: Sequence[str] = ()) -> None:
        """A sheet of lines, one a row, for a printed page; those in ``heads`` are set bold."""
        sheet = self._sheet(name, title)
        sheet.hide_gridlines(2)
        sheet.set_column(0, 0, _WIDE)
        for row, line in enumerate((line for line in lines if line), start=1):
            told = safe(line, _LONGEST)
            high = _high([told], [_WIDE]) + (_LINE if line in heads else 0)
            sheet.set_row(row, high)  # not every program sees to it itself
            self._write(sheet, row, 0, told, "bold" if line in heads else "line")

    def grid(self, grid: Grid) -> None:
        """A sheet with a table under its title, with a header row that stays in sight."""
        sheet = self._sheet(grid.name, grid.title)
        for row, line in enumerate(grid.about, start=1):
            self._write(sheet, row, 0, safe(line, _ABOUT), "about")
        rows = [_row(row, len(grid.columns)) for row in grid.rows]
        widths = [_width(column, [row[at] for row in rows]) for at, column in enumerate(grid.columns)]
        for at, width in enumerate(widths):
            sheet.set_column(at, at, width)
        head = 1 + len(grid.about)
        self._table(sheet, grid, head, rows)
        sheet.set_row(head, _high([column.head for column in grid.columns], widths))
        for number, row in enumerate(rows, start=head + 1):
            sheet.set_row(number, _high(row, widths))
            for at, cell in enumerate(row):
                self._cell(sheet, number, at, cell, linked=grid.linked and at == 0)
        sheet.freeze_panes(head + 1, grid.beside)
        sheet.repeat_rows(head)
        if not grid.upright:
            sheet.set_landscape()

    def _sheet(self, name: str, title: str) -> Worksheet:
        sheet = self._book.add_worksheet(name)
        self._write(sheet, 0, 0, safe(title, _TITLE) or name, "title")
        sheet.set_paper(_A4)
        sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        sheet.fit_to_pages(1, 0)  # printed, a sheet is as wide as the page and as long as it is
        sheet.set_footer("&L&A&RPage &P of &N")
        return sheet

    def _table(self, sheet: Worksheet, grid: Grid, head: int, rows: Sequence[tuple[Cell, ...]]) -> None:
        numeric = [
            any(row[at] != "" for row in rows) and not _texts(rows, at) for at in range(len(grid.columns))
        ]
        heads = [
            {"header": column.head, "header_format": self._styles["head_number" if number else "head"]}
            for column, number in zip(grid.columns, numeric, strict=True)
        ]
        options = {
            "columns": heads,
            "name": f"{grid.name.replace(' ', '_')}_list",
            "style": "Table Style Light 1",
            "banded_rows": False,
            "title": safe(grid.title, 250),
            "description": safe(" ".join(grid.about), 250),
        }
        sheet.add_table(head, 0, head + max(len(rows), 1), len(grid.columns) - 1, options)

    def _cell(self, sheet: Worksheet, row: int, column: int, cell: Cell, *, linked: bool) -> None:
        if linked:
            sheet.write_url(row, column, f"internal:'{cell}'!A1", self._styles["link"], str(cell))
        elif isinstance(cell, str):
            self._write(sheet, row, column, cell)
        else:
            style = "whole" if isinstance(cell, int) else "decimal"
            sheet.write_number(row, column, cell, self._styles[style])

    def _write(self, sheet: Worksheet, row: int, column: int, text: str, style: str = "") -> None:
        """A text as a text; an empty one leaves its cell empty."""
        usual = "quoted" if text.startswith(_FORMULA_STARTS) else "text"
        dressed = self._styles[style or usual]
        if text:
            sheet.write_string(row, column, text, dressed)
        else:
            sheet.write_blank(row, column, None, dressed)


def columns(heads: Sequence[str], most: Sequence[int]) -> tuple[Column, ...]:
    """Columns by their heads and the most letters of each, with heads that differ and are not empty."""
    taken: set[str] = set()
    found: list[Column] = []
    for number, (head, wide) in enumerate(zip(heads, most, strict=True), start=1):
        told = " ".join(safe(head, 60).split()) or f"Column {number}"
        if told.casefold() in taken:
            told = f"{told} ({number})"
        taken.add(told.casefold())
        found.append(Column(told, wide))
    return tuple(found)


def _row(row: Sequence[Cell], wanted: int) -> tuple[Cell, ...]:
    """The row with as many cells as there are columns, each as a cell can hold it."""
    return tuple(_held(cell) for cell in (*row[:wanted], *[""] * (wanted - len(row))))


def _held(cell: Cell) -> Cell:
    if isinstance(cell, str):
        return safe(cell, _LONGEST)
    whole = isinstance(cell, int)
    return cell if (abs(cell) < _EXACT if whole else math.isfinite(cell)) else safe(str(cell), _LONGEST)


def _texts(rows: Sequence[tuple[Cell, ...]], at: int) -> bool:
    return any(isinstance(row[at], str) and row[at] for row in rows)


def _width(column: Column, cells: Sequence[Cell]) -> int:
    """As wide as its longest text or as it may be, and no narrower than a word of it or of its head."""
    words = [word for cell in cells for word in _text(cell).split()]
    least = max((min(_room(word), _WORD) for word in words), default=0)
    head = max(len(word) for word in column.head.split()) + _BUTTON
    longest = max((_room(line) for cell in cells for line in _text(cell).split("\n")), default=0)
    return max(head, least, min(longest, column.most))


def _room(text: str) -> int:
    """The width of a text on one line, with the room beside it: digits are wider than letters."""
    wide = sum(character.isdigit() or character.isupper() for character in text)
    return math.ceil(wide + (len(text) - wide) / _NARROWER + 1.5)


def _high(cells: Sequence[Cell], widths: Sequence[int]) -> float:
    """The height of a row in points: as many lines as its longest cell takes."""
    lines = max(_lines_of(_text(cell), width) for cell, width in zip(cells, widths, strict=True))
    return min(_LINE * lines + 1, _HIGHEST)


def _text(cell: Cell) -> str:
    return cell if isinstance(cell, str) else f"{cell:,}"


def _lines_of(text: str, width: int) -> int:
    """About how many lines a text takes in a column of that width."""
    room = max(int((width - 1) * _NARROWER), 1)
    parts = (textwrap.wrap(part, room, break_long_words=False) or [""] for part in text.split("\n"))
    return sum(math.ceil(len(line) / room) or 1 for part in parts for line in part)
