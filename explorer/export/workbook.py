"""The numbers of a briefing as an accessible workbook: cover, notes, contents, one table a sheet."""

from __future__ import annotations

import textwrap
from io import BytesIO
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from explorer.briefing.document import Briefing, Item
from explorer.pages.records import Cell
from explorer.pages.words import STATUS_WORDS

from .leaves import reference
from .stamp import HELP_CHECK, HELP_LINES, byline, safe, stamp

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

_PLAIN = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_A4 = 9
_WIDE = 78
"""The width of a column of text, in letters."""
_LINE, _HIGHEST = 15.0, 405.0
"""The height of a line, and the most that a row may have, in points."""
_LONGEST = 32_000
"""The most characters of a cell; the format allows 32,767."""


class _Styles(Struct, frozen=True):
    title: Any
    heading: Any
    wrap: Any


def workbook(briefing: Briefing) -> bytes:
    """The workbook's content. Missing numbers stay empty with their shorthand, and text stays text."""
    import xlsxwriter

    held = BytesIO()
    with xlsxwriter.Workbook(held, _PLAIN) as book:
        book.set_properties({"title": safe(briefing.name, 250), "author": safe(briefing.author, 250)})
        styles = _Styles(
            book.add_format({"bold": True, "font_size": 15}),
            book.add_format({"bold": True}),
            book.add_format({"text_wrap": True, "valign": "top"}),
        )
        numbered = [item for item in briefing.items if item.exhibit is not None and item.exhibit.records]
        _lines(book, styles, "Cover", (briefing.name, _cover(briefing)))
        _lines(book, styles, "Notes", ("Notes and shorthand", _notes(briefing)))
        _contents(book, styles, numbered)
        for at, item in enumerate(numbered, start=1):
            _table(book, styles, at, item)
        _lines(book, styles, "Said", ("What is said, asked for and claimed", _said(briefing)))
        sources = [f"{at}. {reference(one)}" for at, one in enumerate(briefing.sources(), start=1)]
        _lines(book, styles, "Sources", ("Sources", sources or ["No source is named."]))
    return held.getvalue()


def _cover(briefing: Briefing) -> list[str]:
    told = [byline(briefing), *stamp(briefing)]
    about = "Each table stands on a sheet of its own. The sheet Contents lists them."
    return [*told, about, *(f"{name}: {how}" for name, how in HELP_LINES), HELP_CHECK]


def _notes(briefing: Briefing) -> list[str]:
    told: dict[str, None] = {}
    for item in briefing.items:
        if item.notes:
            told[f"{item.heading}: {item.notes}"] = None
        if item.exhibit is not None:
            shown = item.exhibit
            for line in (*shown.notes, *shown.remarks, *shown.workings):
                told[line] = None
    shorthand = [f"[{status}] {text}" for status, text in STATUS_WORDS.items()]
    return [*told, "Shorthand used in tables:", *shorthand]


def _said(briefing: Briefing) -> list[str]:
    """The items that are words and not numbers, each as it would be cited."""
    found: list[str] = []
    for item in briefing.items:
        if item.exhibit is None:
            found.append(item.heading)
        elif item.exhibit.text:
            found.append(item.exhibit.citation or item.exhibit.text)
    return found or ["Nothing of that kind is in this briefing."]


def _contents(book: Workbook, styles: _Styles, items: list[Item]) -> None:
    sheet = _sheet(book, styles, "Contents", "Contents")
    rows = [[_name(at), item.heading, _shown(item).subtitle] for at, item in enumerate(items, start=1)]
    _fill(
        sheet,
        ("Sheet", "Table", "What it shows"),
        rows or [["", "No table is in this briefing.", ""]],
        "Contents",
    )
    sheet.set_column(0, 0, 12)
    sheet.set_column(1, 2, 60)


def _table(book: Workbook, styles: _Styles, at: int, item: Item) -> None:
    shown = _shown(item)
    sheet = _sheet(book, styles, _name(at), f"{item.heading}: {shown.subtitle}")
    _fill(sheet, shown.columns, [list(row) for row in shown.records], _name(at).replace(" ", "_"))
    sheet.set_column(0, len(shown.columns) - 1, 18)
    sheet.set_landscape()
    sheet.repeat_rows(0, 1)


def _shown(item: Item) -> Any:
    return item.exhibit


def _name(at: int) -> str:
    return f"Table {at}"


def _sheet(book: Workbook, styles: _Styles, name: str, title: str) -> Worksheet:
    sheet = book.add_worksheet(name)
    sheet.write_string(0, 0, safe(title, _LONGEST), styles.title)
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)  # printed, a sheet is as wide as the page and as long as it is
    return sheet


def _lines(book: Workbook, styles: _Styles, name: str, content: tuple[str, list[str]]) -> None:
    sheet = _sheet(book, styles, name, content[0])
    sheet.set_column(0, 0, _WIDE)
    for row, line in enumerate((line for line in content[1] if line), start=1):
        told = safe(line, _LONGEST)
        sheet.set_row(row, min(_LINE * _lines_of(told), _HIGHEST))  # not every program sees to it itself
        sheet.write_string(row, 0, told, styles.wrap)


def _lines_of(text: str) -> int:
    """About how many lines a text takes in a column of that width."""
    return sum(len(textwrap.wrap(part, _WIDE + 4)) or 1 for part in text.split("\n"))


def _fill(sheet: Worksheet, columns: tuple[str, ...], rows: list[list[Cell]], name: str) -> None:
    """A real table under the title, with a header row that stays in sight."""
    told = [[safe(cell, _LONGEST) if isinstance(cell, str) else cell for cell in row] for row in rows]
    heads = [{"header": safe(column, 200)} for column in columns]
    options = {"data": told, "columns": heads, "name": name, "style": "Table Style Light 1"}
    sheet.add_table(1, 0, 1 + max(len(told), 1), len(columns) - 1, options)
    sheet.freeze_panes(2, 0)
