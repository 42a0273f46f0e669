"""What the sheets of a workbook are made with: a page of lines, and a real table under its title.

Every text is written as text, whatever it looks like, and every number as a number.
"""

from __future__ import annotations

import math
import textwrap
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from explorer.documents import safe_text
from explorer.pages import Cell

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


class WorkbookColumn(Struct, frozen=True):
    """A column of a table: its head, and the most letters that it is wide."""

    head: str
    most: int


class WorkbookTable(Struct, frozen=True, kw_only=True):
    """A sheet with one table. ``name`` is a valid name of a sheet, and the heads of ``columns`` differ."""

    name: str
    title: str
    about: tuple[str, ...]
    """The lines between the title and the table."""
    columns: tuple[WorkbookColumn, ...]
    rows: tuple[tuple[Cell, ...], ...]
    upright: bool = False
    beside: int = 0
    """How many columns stay in sight when the table is moved sideways."""
    has_sheet_links: bool = False
    """Whether the first column holds names of this workbook's sheets that lead to them."""


class WorkbookWriter:
    """A workbook that is being written."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._styles = {name: book.add_format(style) for name, style in _STYLES.items()}

    def add_lines_sheet(self, name: str, title: str, lines: Sequence[str], heads: Sequence[str] = ()) -> None:
        """A sheet of lines, one a row, for a printed page; those in ``heads`` are set bold."""
        sheet = self._add_sheet(name, title)
        sheet.hide_gridlines(2)
        sheet.set_column(0, 0, _WIDE)
        for row, line in enumerate((line for line in lines if line), start=1):
            line_text = safe_text(line, _LONGEST)
            high = _row_height([line_text], [_WIDE]) + (_LINE if line in heads else 0)
            sheet.set_row(row, high)  # not every program sees to it itself
            self._write_text(sheet, row, 0, line_text, "bold" if line in heads else "line")

    def add_table_sheet(self, grid: WorkbookTable) -> None:
        """A sheet with a table under its title, with a header row that stays in sight."""
        sheet = self._add_sheet(grid.name, grid.title)
        for row, line in enumerate(grid.about, start=1):
            self._write_text(sheet, row, 0, safe_text(line, _ABOUT), "about")
        rows = [_pad_row(row, len(grid.columns)) for row in grid.rows]
        widths = [_column_width(column, [row[at] for row in rows]) for at, column in enumerate(grid.columns)]
        for at, width in enumerate(widths):
            sheet.set_column(at, at, width)
        head = 1 + len(grid.about)
        self._add_table(sheet, grid, head, rows)
        sheet.set_row(head, _row_height([column.head for column in grid.columns], widths))
        for number, row in enumerate(rows, start=head + 1):
            sheet.set_row(number, _row_height(row, widths))
            for at, cell in enumerate(row):
                self._write_cell(sheet, number, at, cell, is_link=grid.has_sheet_links and at == 0)
        sheet.freeze_panes(head + 1, grid.beside)
        sheet.repeat_rows(head)
        if not grid.upright:
            sheet.set_landscape()

    def _add_sheet(self, name: str, title: str) -> Worksheet:
        sheet = self._book.add_worksheet(name)
        self._write_text(sheet, 0, 0, safe_text(title, _TITLE) or name, "title")
        sheet.set_paper(_A4)
        sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        sheet.fit_to_pages(1, 0)  # printed, a sheet is as wide as the page and as long as it is
        sheet.set_footer("&L&A&RPage &P of &N")
        return sheet

    def _add_table(self, sheet: Worksheet, grid: WorkbookTable, head: int, rows: Sequence[tuple[Cell, ...]]) -> None:
        numeric = [any(row[at] != "" for row in rows) and not _has_text(rows, at) for at in range(len(grid.columns))]
        heads = [
            {"header": column.head, "header_format": self._styles["head_number" if number else "head"]}
            for column, number in zip(grid.columns, numeric, strict=True)
        ]
        options = {
            "columns": heads,
            "name": f"{grid.name.replace(' ', '_')}_list",
            "style": "Table Style Light 1",
            "banded_rows": False,
            "title": safe_text(grid.title, 250),
            "description": safe_text(" ".join(grid.about), 250),
        }
        sheet.add_table(head, 0, head + max(len(rows), 1), len(grid.columns) - 1, options)

    def _write_cell(self, sheet: Worksheet, row: int, column: int, cell: Cell, *, is_link: bool) -> None:
        if is_link:
            sheet.write_url(row, column, f"internal:'{cell}'!A1", self._styles["link"], str(cell))
        elif isinstance(cell, str):
            self._write_text(sheet, row, column, cell)
        else:
            style = "whole" if isinstance(cell, int) else "decimal"
            sheet.write_number(row, column, cell, self._styles[style])

    def _write_text(self, sheet: Worksheet, row: int, column: int, text: str, style: str = "") -> None:
        """A text as a text; an empty one leaves its cell empty."""
        usual = "quoted" if text.startswith(_FORMULA_STARTS) else "text"
        cell_format = self._styles[style or usual]
        if text:
            sheet.write_string(row, column, text, cell_format)
        else:
            sheet.write_blank(row, column, None, cell_format)


def build_columns(heads: Sequence[str], most: Sequence[int]) -> tuple[WorkbookColumn, ...]:
    """Columns by their heads and the most letters of each, with heads that differ and are not empty."""
    used_heads: set[str] = set()
    sheet_columns: list[WorkbookColumn] = []
    for number, (head, wide) in enumerate(zip(heads, most, strict=True), start=1):
        column_head = " ".join(safe_text(head, 60).split()) or f"Column {number}"
        if column_head.casefold() in used_heads:
            column_head = f"{column_head} ({number})"
        used_heads.add(column_head.casefold())
        sheet_columns.append(WorkbookColumn(column_head, wide))
    return tuple(sheet_columns)


def _pad_row(row: Sequence[Cell], column_count: int) -> tuple[Cell, ...]:
    """The row with as many cells as there are columns, each as a cell can hold it."""
    return tuple(_storable_cell(cell) for cell in (*row[:column_count], *[""] * (column_count - len(row))))


def _storable_cell(cell: Cell) -> Cell:
    if isinstance(cell, str):
        return safe_text(cell, _LONGEST)
    whole = isinstance(cell, int)
    return cell if (abs(cell) < _EXACT if whole else math.isfinite(cell)) else safe_text(str(cell), _LONGEST)


def _has_text(rows: Sequence[tuple[Cell, ...]], at: int) -> bool:
    return any(isinstance(row[at], str) and row[at] for row in rows)


def _column_width(column: WorkbookColumn, cells: Sequence[Cell]) -> int:
    """As wide as its longest text or as it may be, and no narrower than a word of it or of its head."""
    words = [word for cell in cells for word in _cell_text(cell).split()]
    least = max((min(_text_width(word), _WORD) for word in words), default=0)
    head = max(len(word) for word in column.head.split()) + _BUTTON
    longest = max((_text_width(line) for cell in cells for line in _cell_text(cell).split("\n")), default=0)
    return max(head, least, min(longest, column.most))


def _text_width(text: str) -> int:
    """The width of a text on one line, with the room beside it: digits are wider than letters."""
    wide = sum(character.isdigit() or character.isupper() for character in text)
    return math.ceil(wide + (len(text) - wide) / _NARROWER + 1.5)


def _row_height(cells: Sequence[Cell], widths: Sequence[int]) -> float:
    """The height of a row in points: as many lines as its longest cell takes."""
    lines = max(_lines_of(_cell_text(cell), width) for cell, width in zip(cells, widths, strict=True))
    return min(_LINE * lines + 1, _HIGHEST)


def _cell_text(cell: Cell) -> str:
    return cell if isinstance(cell, str) else f"{cell:,}"


def _lines_of(text: str, width: int) -> int:
    """About how many lines a text takes in a column of that width."""
    room = max(int((width - 1) * _NARROWER), 1)
    parts = (textwrap.wrap(part, room, break_long_words=False) or [""] for part in text.split("\n"))
    return sum(math.ceil(len(line) / room) or 1 for part in parts for line in part)
