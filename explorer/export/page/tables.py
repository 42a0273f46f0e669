"""The figures of a page as CSV and as an accessible workbook. Text that looks like a formula stays text."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from explorer.evidence import STATUS_WORDS
from explorer.library import Library
from explorer.pages import COLUMNS, build_record
from explorer.pages.model import Page

if TYPE_CHECKING:
    import pandas as pd
    from xlsxwriter.workbook import Workbook


_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def figures_frame(library: Library, page: Page) -> pd.DataFrame:
    """One row for each drawn figure, one column for each thing known of it; numbers stay numbers."""
    import pandas as pd

    return pd.DataFrame([build_record(library, figure) for figure in page.drawn], columns=list(COLUMNS))


def build_csv(library: Library, page: Page) -> bytes:
    """The page's figures as a CSV file: UTF-8 with a mark, so that spreadsheets read its letters right."""
    return _csv_text(library, page, "\r\n").encode("utf-8-sig")


def csv_text(library: Library, page: Page) -> str:
    """The page's figures as CSV text with plain line breaks."""
    return _csv_text(library, page, "\n")


def _csv_text(library: Library, page: Page, line_end: str) -> str:
    rows = figures_frame(library, page).astype(object)
    return str(rows.map(_as_text).to_csv(index=False, lineterminator=line_end))


def _as_text(value: object) -> object:
    if isinstance(value, str) and value.startswith(_FORMULA_STARTS):
        return f"'{value}"
    return value


def build_xlsx(library: Library, page: Page) -> bytes:
    """An accessible workbook: a cover, the figures, what was worked out from them, and notes."""
    from xlsxwriter.exceptions import FileCreateError

    content = io.BytesIO()
    try:
        _write_book(library, page, content)
    except FileCreateError as error:
        cause = error.args[0] if error.args else error
        raise cause if isinstance(cause, OSError) else OSError(str(cause)) from None
    return content.getvalue()


def _write_book(library: Library, page: Page, content: io.BytesIO) -> None:
    import xlsxwriter

    safe = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(content, safe) as book:
        title = page.chart.title
        book.set_properties({"title": title, "subject": page.chart.subtitle, "comments": page.citation})
        styles = {
            "title": book.add_format({"bold": True, "font_size": 15}),
            "wrap": book.add_format({"text_wrap": True, "valign": "top"}),
        }
        _write_lines(book, styles, "Cover", title, _cover_lines(page))
        figures = [list(row) for row in figures_frame(library, page).itertuples(index=False)]
        _write_table(book, styles, "Figures", page.chart.subtitle, (COLUMNS, figures))
        working_rows = [[w.text, w.amount, w.low, w.high, w.formula, w.caveat] for w in page.workings]
        if working_rows:
            head = ("Worked out", "Amount", "Low", "High", "Formula", "Caveat")
            _write_table(book, styles, "Worked out", "Worked out from the figures", (head, working_rows))
        _write_lines(book, styles, "Notes", "Notes and shorthand", _note_lines(page))


def _cover_lines(page: Page) -> list[str]:
    return [page.chart.subtitle, page.notice, page.chart.source_line, page.chart.alt_text]


def _note_lines(page: Page) -> list[str]:
    remarks = [f"{r.heading}: {r.text} ({r.source})" for r in page.remarks]
    shorthand = [f"[{status}] {text}" for status, text in STATUS_WORDS.items()]
    return [*page.chart.notes, *remarks, "Shorthand used in tables:", *shorthand]


def _write_lines(book: Workbook, styles: dict[str, Any], name: str, title: str, lines: list[str]) -> None:
    sheet = book.add_worksheet(name)
    sheet.set_column(0, 0, 110)
    sheet.write_string(0, 0, title, styles["title"])
    for number, line in enumerate((line for line in lines if line), start=1):
        sheet.write_string(number, 0, line, styles["wrap"])


def _write_table(
    book: Workbook,
    styles: dict[str, Any],
    name: str,
    title: str,
    content: tuple[tuple[str, ...], list[list[Any]]],
) -> None:
    columns, rows = content
    sheet = book.add_worksheet(name)
    sheet.write_string(0, 0, title, styles["title"])
    last = max(len(rows), 1)
    sheet.add_table(
        1,
        0,
        1 + last,
        len(columns) - 1,
        {
            "data": rows,
            "columns": [{"header": column} for column in columns],
            "name": name.replace(" ", "_"),
            "style": "Table Style Light 1",
        },
    )
    sheet.freeze_panes(2, 0)
    sheet.set_column(0, len(columns) - 1, 18)
