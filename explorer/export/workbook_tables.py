"""The figures of an item as a table of a workbook, without the columns that tell nothing of any of them."""

from __future__ import annotations

from explorer.briefing.document import Briefing, Exhibit, ItemKind
from explorer.pages.flat_records import Cell

from .workbook_parts import WorkbookTable, build_columns
from .workbook_rows import Row, SheetItem

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
    source_keys = ((one.title, one.publisher, one.date, one.address) for one in briefing.sources())
    return {one: number for number, one in enumerate(source_keys, start=1)}


def build_table_sheet(one: SheetItem, numbers: Numbers) -> WorkbookTable:
    """The sheet of an item's figures. Every figure is a row."""
    heads, rows = _number_source_columns(_column_heads(one.exhibit), one.exhibit.records, numbers)
    column_indexes = [
        at for at, head in enumerate(heads) if head in _ESSENTIAL or _is_informative(head, at, heads, rows)
    ]
    column_indexes = column_indexes or [0]
    return WorkbookTable(
        name=one.sheet,
        title=one.item.heading,
        about=(_describe_table(one), *_ABOUT),
        columns=build_columns(
            [heads[at] for at in column_indexes], [_MOST.get(heads[at], _USUAL) for at in column_indexes]
        ),
        rows=tuple(tuple(_cell_at(row, at) for at in column_indexes) for row in rows),
        beside=1,
    )


def _column_heads(exhibit: Exhibit) -> tuple[str, ...]:
    """The names of the columns, one for every cell of a row: a file may have named fewer of them."""
    column_count = max(len(exhibit.columns), *map(len, exhibit.records), 1)
    return (*exhibit.columns, *[""] * (column_count - len(exhibit.columns)))[:_MOST_COLUMNS]


def _is_informative(head: str, at: int, heads: tuple[str, ...], rows: list[Row]) -> bool:
    """Whether a column holds anything; of what a number can stand for, anything but the number itself."""
    if head in ("Low", "High") and "Number" in heads:
        number = heads.index("Number")
        return any(_cell_at(row, at) not in ("", _cell_at(row, number)) for row in rows)
    return any(_cell_at(row, at) != "" for row in rows)


def _describe_table(one: SheetItem) -> str:
    if one.item.kind is ItemKind.SUMMARY:
        return ", ".join(("The figures that these points stand on", one.exhibit.subtitle)).removesuffix(", ")
    if one.item.kind is ItemKind.CLAIM:
        return f"The figures that this was checked against: {one.exhibit.text}"
    return one.exhibit.subtitle or one.item.kind.value.capitalize()


def _number_source_columns(
    heads: tuple[str, ...], records: tuple[Row, ...], numbers: Numbers
) -> tuple[tuple[str, ...], list[Row]]:
    """The records with the number of each source in place of what the sheet of sources tells of it."""
    at = {head: number for number, head in enumerate(heads)}
    if not {"Source", *_OF_SOURCES} <= set(at):
        return heads, list(records)
    source_keys = [tuple(_cell_at(row, at[head]) for head in ("Source", *_OF_SOURCES)) for row in records]
    # A record in the order title, publisher, date, address: as ``source_numbers`` has them.
    # One that no figure stands behind has no source, and needs no number.
    if any(one not in numbers for one in source_keys if any(one)):
        return heads, list(records)
    column_indexes = [number for number, head in enumerate(heads) if head not in _OF_SOURCES]
    before = column_indexes.index(at["Source"])
    rows = [tuple(_cell_at(row, number) for number in column_indexes) for row in records]
    numbered_rows = [
        (*row[:before], numbers.get(one, ""), *row[before:]) for row, one in zip(rows, source_keys, strict=True)
    ]
    column_heads = [heads[number] for number in column_indexes]
    return (*column_heads[:before], "Source number", *column_heads[before:]), numbered_rows


def _cell_at(row: Row, column: int) -> Cell:
    return row[column] if column < len(row) else ""
