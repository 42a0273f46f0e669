"""The figures of an item as a table of a workbook, without the columns that tell nothing of any of them."""

from __future__ import annotations

from explorer.briefing.document import Briefing, Exhibit, Kind
from explorer.pages.records import Cell

from .workbook_parts import Grid, columns
from .workbook_rows import Named, Row

_ESSENTIAL = frozenset(
    (
        "Place",
        "Code",
        "Measure",
        "Unit",
        "Period",
        "Number",
        "Qualifier",
        "Status",
        "Printed as",
        "Source",
        "Where",
    )
)
"""Columns that every table has, also where they are empty."""
_OF_SOURCES = ("Publisher", "Date", "Address")
"""What the sheet of sources tells, so that a table need not tell it in every row."""
_MOST = {
    "Place": 16,
    "Measure": 18,
    "Platform": 14,
    "Period": 13,
    "Printed as": 11,
    "Share of": 15,
    "Source": 22,
    "Where": 13,
    "Note": 26,
}
"""The most letters that a column is wide."""
_USUAL = 24
_MOST_COLUMNS = 60
_ABOUT = (
    "Number is empty where we hold none, which is not zero: Status then says why.",
    "Shorthand in square brackets is explained on the sheet Shorthand, each column on the sheet Columns.",
)
Numbers = dict[tuple[Cell, ...], int]
"""The number of each source by what a record tells of it."""


def source_numbers(briefing: Briefing) -> Numbers:
    """The number that each source has on the sheet of sources."""
    read = ((one.title, one.publisher, one.date, one.address) for one in briefing.sources())
    return {one: number for number, one in enumerate(read, start=1)}


def table(one: Named, numbers: Numbers) -> Grid:
    """The sheet of an item's figures. Every figure is a row."""
    heads, rows = _sourced(_headed(one.shown), one.shown.records, numbers)
    kept = [at for at, head in enumerate(heads) if head in _ESSENTIAL or _tells(head, at, heads, rows)]
    kept = kept or [0]
    return Grid(
        name=one.sheet,
        title=one.item.heading,
        about=(_shows(one), *_ABOUT),
        columns=columns([heads[at] for at in kept], [_MOST.get(heads[at], _USUAL) for at in kept]),
        rows=tuple(tuple(_at(row, at) for at in kept) for row in rows),
        beside=1,
    )


def _headed(shown: Exhibit) -> tuple[str, ...]:
    """The names of the columns, one for every cell of a row: a file may have named fewer of them."""
    wanted = max(len(shown.columns), *map(len, shown.records), 1)
    return (*shown.columns, *[""] * (wanted - len(shown.columns)))[:_MOST_COLUMNS]


def _tells(head: str, at: int, heads: tuple[str, ...], rows: list[Row]) -> bool:
    """Whether a column holds anything; of what a number can stand for, anything but the number itself."""
    if head in ("Low", "High") and "Number" in heads:
        number = heads.index("Number")
        return any(_at(row, at) not in ("", _at(row, number)) for row in rows)
    return any(_at(row, at) != "" for row in rows)


def _shows(one: Named) -> str:
    if one.item.kind is Kind.SUMMARY:
        return ", ".join(("The figures that these points stand on", one.shown.subtitle)).removesuffix(", ")
    if one.item.kind is Kind.CLAIM:
        return f"The figures that this was checked against: {one.shown.text}"
    return one.shown.subtitle or one.item.kind.value.capitalize()


def _sourced(
    heads: tuple[str, ...], records: tuple[Row, ...], numbers: Numbers
) -> tuple[tuple[str, ...], list[Row]]:
    """The records with the number of each source in place of what the sheet of sources tells of it."""
    at = {head: number for number, head in enumerate(heads)}
    if not {"Source", *_OF_SOURCES} <= set(at):
        return heads, list(records)
    read = [tuple(_at(row, at[head]) for head in ("Source", *_OF_SOURCES)) for row in records]
    # A record in the order title, publisher, date, address: as ``source_numbers`` has them.
    # One that no figure stands behind has no source, and needs no number.
    if any(one not in numbers for one in read if any(one)):
        return heads, list(records)
    kept = [number for number, head in enumerate(heads) if head not in _OF_SOURCES]
    before = kept.index(at["Source"])
    rows = [tuple(_at(row, number) for number in kept) for row in records]
    numbered = [
        (*row[:before], numbers.get(one, ""), *row[before:]) for row, one in zip(rows, read, strict=True)
    ]
    named = [heads[number] for number in kept]
    return (*named[:before], "Source number", *named[before:]), numbered


def _at(row: Row, column: int) -> Cell:
    return row[column] if column < len(row) else ""
