"""The explorer's own table to fill in: one row for each figure, with what can be written in it beside.

A filled-in one is imported by the recipe "template" without a question. Nothing is read here.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from explorer.evidence import formatting
from explorer.support import write_atomically

from .session import LibraryCatalogue

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook


# pyright: basic


HEADINGS = ("Place", "Measure", "Period", "Number", "Platform", "Breakdown", "Base", "Note")
"""What a row says of its figure."""
_WIDTHS = (30, 46, 18, 12, 18, 18, 30, 50)
_ROWS = 500
"""For how many rows the lists of places, measures and platforms are offered."""
_HOW_TO = (
    "Write one row for each figure on the sheet “Figures”, then import the file: File, Import table.",
    "Place: the name or the code of a police force area, region or nation. The sheet “Places” lists them.",
    "Measure: what is counted. The sheet “Measures” lists what is known; another name makes a new measure.",
    "Period: a financial year as 2019/20, a calendar year as 2019, a quarter as Q1 2020/21 or Apr-Jun 2020.",
    "Number: such as 1,234; or [x] for not available, [c] for confidential, [z] for not applicable.",
    "A blank number is read as not available. Nought is written 0, and only where none were recorded.",
    "A mark after a number says more of it: 77 [p] is provisional, 77 [r] revised, 77 [e] estimated.",
    "Platform and Breakdown: leave them empty for all together. The sheet “Platforms” lists the known ones.",
    "Base: for a share, what it is a share of, such as “offences where the platform was recorded”.",
    "Note: anything that ought to stand beside the figure.",
    "An example of a row: Kent; Sexual communication with a child; 2019/20; 66.",
)


def write_template(path: Path, catalogue: LibraryCatalogue) -> None:
    """Write an empty template: a workbook for a name that ends in .xlsx, or else CSV. Raises OSError."""
    if path.suffix.lower() == ".xlsx":
        write_atomically(path, _build_workbook(catalogue))
        return
    line = io.StringIO(newline="")
    csv.writer(line, lineterminator="\n").writerow(HEADINGS)
    write_atomically(path, line.getvalue().encode("utf-8-sig"))


def _build_workbook(catalogue: LibraryCatalogue) -> bytes:
    import xlsxwriter
    from xlsxwriter.exceptions import FileCreateError

    content = io.BytesIO()
    try:
        with xlsxwriter.Workbook(content, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
            book.set_properties({"title": "Figures for the Online Harms Explorer"})
            list_sheets = _build_lists(catalogue)
            _write_figure_sheet(book, {name: len(rows) for name, (_, rows) in list_sheets.items()})
            _how_to(book)
            for name, (headings, rows) in list_sheets.items():
                _write_list_sheet(book, name, headings, rows)
    except FileCreateError as error:
        cause = error.args[0] if error.args else error
        raise cause if isinstance(cause, OSError) else OSError(str(cause)) from None
    return content.getvalue()


def _build_lists(catalogue: LibraryCatalogue) -> dict[str, tuple[Sequence[str], list[tuple[str, ...]]]]:
    """The sheets that list what is known."""
    measures = [(one.name, one.unit.value, one.code, one.definition) for one in catalogue.measures()]
    platforms = [(one.name, one.owner) for one in catalogue.platforms()]
    places = [(one.name, one.code, formatting.describe_level(one)) for one in catalogue.places]
    return {
        "Measures": (("Name", "Counted in", "Code", "Definition"), measures),
        "Platforms": (("Name", "Owner"), platforms),
        "Places": (("Name", "Code", "Level"), places),
    }


def _write_figure_sheet(book: Workbook, sizes: dict[str, int]) -> None:
    sheet = book.add_worksheet("Figures")
    head = book.add_format({"bold": True, "bottom": 1})
    for column, (heading, width) in enumerate(zip(HEADINGS, _WIDTHS, strict=True)):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, heading, head)
    for column, name in ((0, "Places"), (1, "Measures"), (4, "Platforms")):
        if sizes[name]:
            source = f"='{name}'!$A$3:$A${sizes[name] + 2}"
            # A name that is not in the list may be written all the same.
            validation: dict[str, Any] = {"validate": "list", "source": source, "show_error": False}
            sheet.data_validation(1, column, _ROWS, column, validation)
    sheet.freeze_panes(1, 0)


def _how_to(book: Workbook) -> None:
    sheet = book.add_worksheet("How to")
    sheet.set_column(0, 0, 110)
    sheet.write_string(0, 0, "How to fill in the sheet “Figures”", book.add_format({"bold": True, "font_size": 15}))
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    for number, line in enumerate(_HOW_TO, start=1):
        sheet.write_string(number, 0, line, wrap)


def _write_list_sheet(book: Workbook, name: str, headings: Sequence[str], rows: Iterable[tuple[str, ...]]) -> None:
    sheet = book.add_worksheet(name)
    sheet.write_string(0, 0, f"{name} that are known", book.add_format({"bold": True, "font_size": 15}))
    data = [list(row) for row in rows] or [[""] * len(headings)]
    columns = [{"header": heading} for heading in headings]
    options = {"data": data, "columns": columns, "name": name, "style": "Table Style Light 1"}
    sheet.add_table(1, 0, 1 + len(data), len(headings) - 1, options)
    sheet.set_column(0, len(headings) - 1, 40)
    sheet.freeze_panes(2, 0)
