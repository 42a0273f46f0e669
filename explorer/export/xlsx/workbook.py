"""The numbers of a briefing as an accessible workbook: cover, contents, notes, one table a sheet, sources.

Where each thing stands and what it is called is decided here; ``content`` has
what the sheets hold, and ``sheets`` how a sheet is set.
"""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from explorer.briefing import Briefing
from explorer.documents import (
    HELP_CHECK,
    HELP_HEADING,
    HELP_LINES,
    format_byline,
    made_on,
    safe_text,
    without_speaker_notes,
)
from explorer.evidence import STATUS_WORDS
from explorer.export.xlsx import content as rows_of
from explorer.pages.text import MORE_RECORDING

from .content import SheetItem, build_table_sheet, source_numbers
from .sheets import PLAIN, WorkbookTable, WorkbookWriter, build_columns

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook


_COLUMNS = (
    ("Place, Code", "The place, and its code in the official register of places (GSS)."),
    ("Measure, Unit", "What is counted, and in what. The definition of a measure is among the notes."),
    (
        "Platform",
        "The platform or group of apps that the number is about; empty where it is about all of them.",
    ),
    (
        "Breakdown",
        "Whom or what part of the offences the number is about; empty where it is about all of them.",
    ),
    ("Period, From, To", "The period as a name, and its first and last day."),
    ("Number", "The number as it was published. Empty where we hold none, which is not zero."),
    ("Qualifier", "Whether the number is published as exact or, for instance, as at least so many."),
    ("Status", "Why a number is missing, or what has to be known of it, as a shorthand."),
    (
        "Low, High",
        "The least and the most that the published number can mean, where that is not the number itself.",
    ),
    ("Printed as", "The number to the letter, as its source prints it."),
    ("Share of", "What a share is a share of, as far as the source says."),
    ("Forces responding", "How many police forces answered, where that is published."),
    ("Source number", "The number of the source on the sheet Sources, with its publisher, date and address."),
    ("Source, Where", "The title of the source, and where in it the number stands."),
    ("Note", "What has to be known of this number alone."),
)


def build_workbook(briefing: Briefing) -> bytes:
    """The workbook's content. Missing numbers stay empty with their shorthand, and text stays text."""
    import xlsxwriter

    briefing = without_speaker_notes(briefing)
    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer, PLAIN) as xlsx_book:
        _set_properties(xlsx_book, briefing)
        book = WorkbookWriter(xlsx_book)
        book.add_lines_sheet("Cover", briefing.name, _cover_lines(briefing), ("Evidence packs", HELP_HEADING))
        grids = _build_sheets(briefing, rows_of.sheet_items(briefing))
        book.add_table_sheet(_contents_sheet(grids))
        for grid in grids:
            book.add_table_sheet(grid)
    return buffer.getvalue()


def _set_properties(xlsx_book: Workbook, briefing: Briefing) -> None:
    subject = f"Briefing for {briefing.audience}" if briefing.audience else "Briefing"
    about = {
        "title": safe_text(briefing.name, 250),
        "author": safe_text(briefing.author, 250),
        "subject": safe_text(subject, 250),
        "comments": f"Language: English (United Kingdom). {made_on()} {MORE_RECORDING}",
    }
    xlsx_book.set_properties(about)
    xlsx_book.set_custom_property("Language", "en-GB")


def _cover_lines(briefing: Briefing) -> list[str]:
    about = (
        "The numbers of a briefing, what is said beside them and where each of them comes from. Every table "
        "stands on a sheet of its own; the sheet Contents lists them."
    )
    packs = briefing.pack_versions()
    rests = ("Evidence packs", *packs) if packs else ("It holds no evidence.",)
    help_ = (f"{name}: {how}" for name, how in HELP_LINES)
    return [
        format_byline(briefing),
        about,
        made_on(),
        MORE_RECORDING,
        *rests,
        HELP_HEADING,
        *help_,
        HELP_CHECK,
    ]


def _build_sheets(briefing: Briefing, items: tuple[SheetItem, ...]) -> list[WorkbookTable]:
    """Every sheet with a table after the contents, in order."""
    numbers = source_numbers(briefing)
    tables = [build_table_sheet(one, numbers) for one in items if one.sheet]
    return [
        _notes_sheet(items),
        _shorthand_sheet(),
        _columns_sheet(),
        *tables,
        _calculations_sheet(items),
        _statements_sheet(briefing, items),
        _sources_sheet(briefing),
    ]


def _contents_sheet(grids: list[WorkbookTable]) -> WorkbookTable:
    return WorkbookTable(
        name="Contents",
        title="Contents",
        about=("The sheets of this workbook. The name of a sheet leads to it.",),
        columns=build_columns(("Sheet", "Table", "What it shows"), (12, 52, 76)),
        rows=tuple((grid.name, grid.title, grid.about[0]) for grid in grids),
        has_sheet_links=True,
    )


def _notes_sheet(items: tuple[SheetItem, ...]) -> WorkbookTable:
    return WorkbookTable(
        name="Notes",
        title="Notes",
        about=("What has to be said with the numbers, and which tables each note is about.",),
        columns=build_columns(("Note number", "Note", "Applies to"), (8, 100, 30)),
        rows=rows_of.note_rows(items) or (("", "No note is in this briefing.", ""),),
    )


def _shorthand_sheet() -> WorkbookTable:
    return WorkbookTable(
        name="Shorthand",
        title="Shorthand used in the tables",
        about=("What stands in square brackets where a number is missing or not like the others.",),
        columns=build_columns(("Shorthand", "Meaning"), (12, 70)),
        rows=tuple((f"[{status}]", text) for status, text in STATUS_WORDS.items()),
        upright=True,
    )


def _columns_sheet() -> WorkbookTable:
    return WorkbookTable(
        name="Columns",
        title="What the columns of the tables hold",
        about=("A column that is empty in every row of a table is left out of that table.",),
        columns=build_columns(("Column", "What it holds"), (20, 70)),
        rows=_COLUMNS,
        upright=True,
    )


def _calculations_sheet(items: tuple[SheetItem, ...]) -> WorkbookTable:
    return WorkbookTable(
        name="Worked out",
        title="Worked out from the published figures",
        about=("Not published by any source: each with how it was got and how far it can be trusted.",),
        columns=build_columns(("Worked out", "Working and caveat", "From which item"), (58, 58, 40)),
        rows=rows_of.calculation_rows(items) or (("Nothing was worked out.", "", ""),),
    )


def _statements_sheet(briefing: Briefing, items: tuple[SheetItem, ...]) -> WorkbookTable:
    heads = ("Kind", "What is said", "Who, or how it stands", "Why, or note", "Source", "Table")
    return WorkbookTable(
        name="Said",
        title="What is said, asked for, claimed and disputed",
        about=("In the order of the briefing. Numbers in square brackets are those of the sheet Sources.",),
        columns=build_columns(heads, (11, 58, 24, 40, 30, 9)),
        rows=rows_of.statement_rows(briefing, items)
        or (("", "Nothing of that kind is in this briefing.", "", "", "", ""),),
    )


def _sources_sheet(briefing: Briefing) -> WorkbookTable:
    heads = ("Number", "Title", "Publisher", "Date", "Address")
    return WorkbookTable(
        name="Sources",
        title="Sources",
        about=("Every publication that the numbers and words of this briefing come from.",),
        columns=build_columns(heads, (8, 54, 28, 18, 54)),
        rows=rows_of.source_rows(briefing) or (("", "No source is named.", "", "", ""),),
    )
