"""The numbers of a briefing as an accessible workbook: cover, contents, notes, one table a sheet, sources.

Where each thing stands and what it is called is decided here; ``workbook_tables`` and ``workbook_rows`` have
what the sheets hold, and ``workbook_parts`` how a sheet is set.
"""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from explorer.briefing.document import Briefing
from explorer.pages.words import MORE_RECORDING, STATUS_WORDS

from . import workbook_rows as rows_of
from .leaves import handed_out
from .stamp import HELP_CHECK, HELP_HEADING, HELP_LINES, byline, made_on, safe
from .workbook_parts import PLAIN, Book, Grid, columns
from .workbook_rows import Named
from .workbook_tables import source_numbers, table

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


def workbook(briefing: Briefing) -> bytes:
    """The workbook's content. Missing numbers stay empty with their shorthand, and text stays text."""
    import xlsxwriter

    briefing = handed_out(briefing)
    held = BytesIO()
    with xlsxwriter.Workbook(held, PLAIN) as made:
        _describe(made, briefing)
        book = Book(made)
        book.lines("Cover", briefing.name, _cover(briefing), ("Evidence packs", HELP_HEADING))
        grids = _grids(briefing, rows_of.named(briefing))
        book.grid(_contents(grids))
        for grid in grids:
            book.grid(grid)
    return held.getvalue()


def _describe(made: Workbook, briefing: Briefing) -> None:
    subject = f"Briefing for {briefing.audience}" if briefing.audience else "Briefing"
    about = {
        "title": safe(briefing.name, 250),
        "author": safe(briefing.author, 250),
        "subject": safe(subject, 250),
        "comments": f"Language: English (United Kingdom). {made_on()} {MORE_RECORDING}",
    }
    made.set_properties(about)
    made.set_custom_property("Language", "en-GB")


def _cover(briefing: Briefing) -> list[str]:
    about = (
        "The numbers of a briefing, what is said beside them and where each of them comes from. Every table "
        "stands on a sheet of its own; the sheet Contents lists them."
    )
    packs = briefing.packs()
    rests = ("Evidence packs", *packs) if packs else ("It holds no evidence.",)
    help_ = (f"{name}: {how}" for name, how in HELP_LINES)
    return [byline(briefing), about, made_on(), MORE_RECORDING, *rests, HELP_HEADING, *help_, HELP_CHECK]


def _grids(briefing: Briefing, items: tuple[Named, ...]) -> list[Grid]:
    """Every sheet with a table after the contents, in order."""
    numbers = source_numbers(briefing)
    tables = [table(one, numbers) for one in items if one.sheet]
    return [
        _notes(items),
        _shorthand(),
        _columns(),
        *tables,
        _worked(items),
        _said(briefing, items),
        _sources(briefing),
    ]


def _contents(grids: list[Grid]) -> Grid:
    return Grid(
        name="Contents",
        title="Contents",
        about=("The sheets of this workbook. The name of a sheet leads to it.",),
        columns=columns(("Sheet", "Table", "What it shows"), (12, 52, 76)),
        rows=tuple((grid.name, grid.title, grid.about[0]) for grid in grids),
        linked=True,
    )


def _notes(items: tuple[Named, ...]) -> Grid:
    return Grid(
        name="Notes",
        title="Notes",
        about=("What has to be said with the numbers, and which tables each note is about.",),
        columns=columns(("Note number", "Note", "Applies to"), (8, 100, 30)),
        rows=rows_of.notes(items) or (("", "No note is in this briefing.", ""),),
    )


def _shorthand() -> Grid:
    return Grid(
        name="Shorthand",
        title="Shorthand used in the tables",
        about=("What stands in square brackets where a number is missing or not like the others.",),
        columns=columns(("Shorthand", "Meaning"), (12, 70)),
        rows=tuple((f"[{status}]", text) for status, text in STATUS_WORDS.items()),
        upright=True,
    )


def _columns() -> Grid:
    return Grid(
        name="Columns",
        title="What the columns of the tables hold",
        about=("A column that is empty in every row of a table is left out of that table.",),
        columns=columns(("Column", "What it holds"), (20, 70)),
        rows=_COLUMNS,
        upright=True,
    )


def _worked(items: tuple[Named, ...]) -> Grid:
    return Grid(
        name="Worked out",
        title="Worked out from the published figures",
        about=("Not published by any source: each with how it was got and how far it can be trusted.",),
        columns=columns(("Worked out", "Working and caveat", "From which item"), (58, 58, 40)),
        rows=rows_of.worked(items) or (("Nothing was worked out.", "", ""),),
    )


def _said(briefing: Briefing, items: tuple[Named, ...]) -> Grid:
    heads = ("Kind", "What is said", "Who, or how it stands", "Why, or note", "Source", "Table")
    return Grid(
        name="Said",
        title="What is said, asked for, claimed and disputed",
        about=("In the order of the briefing. Numbers in square brackets are those of the sheet Sources.",),
        columns=columns(heads, (11, 58, 24, 40, 30, 9)),
        rows=rows_of.said(briefing, items)
        or (("", "Nothing of that kind is in this briefing.", "", "", "", ""),),
    )


def _sources(briefing: Briefing) -> Grid:
    heads = ("Number", "Title", "Publisher", "Date", "Address")
    return Grid(
        name="Sources",
        title="Sources",
        about=("Every publication that the numbers and words of this briefing come from.",),
        columns=columns(heads, (8, 54, 28, 18, 54)),
        rows=rows_of.sources(briefing) or (("", "No source is named.", "", "", ""),),
    )
