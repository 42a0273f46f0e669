"""What the sheets of a briefing's workbook hold, as rows: notes, what is worked out, what is said, sources.

Rows only, in the order of the briefing; how they are set is decided elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from msgspec import Struct

from explorer.briefing import Briefing, BriefingItem, Exhibit, ItemKind, split_calculation
from explorer.evidence import formatting
from explorer.pages import Cell

from .sheets import WorkbookTable, build_columns

Row = tuple[Cell, ...]


class SheetItem(Struct, frozen=True):
    """An item with an exhibit, and the name of the sheet that holds its numbers, if it has any."""

    item: BriefingItem
    exhibit: Exhibit
    sheet: str


def sheet_items(briefing: Briefing) -> tuple[SheetItem, ...]:
    """The items that hold evidence; those with numbers are numbered as tables, 1 first."""
    numbered_items: list[SheetItem] = []
    tables = 0
    for item in briefing.items:
        if item.exhibit is not None:
            tables += bool(item.exhibit.records)
            numbered_items.append(SheetItem(item, item.exhibit, f"Table {tables}" if item.exhibit.records else ""))
    return tuple(numbered_items)


def note_rows(items: tuple[SheetItem, ...]) -> tuple[Row, ...]:
    """What has to be said with the tables, each once, with the tables that it is about."""
    about: dict[str, list[SheetItem]] = {}
    for one in items:
        for note in dict.fromkeys(_item_notes(one)):
            about.setdefault(note, []).append(one)
    return tuple((number, note, _format_items(of)) for number, (note, of) in enumerate(about.items(), start=1))


def _item_notes(one: SheetItem) -> Iterator[str]:
    """Notes of an item; of one that has no table they stand beside what is said."""
    if one.item.notes:
        yield one.item.notes
    if one.sheet:
        yield from (*one.exhibit.notes, *one.exhibit.remarks)
        if one.exhibit.definition:
            yield f"What is counted: {one.exhibit.definition}"


def calculation_rows(items: tuple[SheetItem, ...]) -> tuple[Row, ...]:
    """What was worked out from printed figures, each once: the sentence, how it was got, where."""
    about: dict[tuple[str, str], dict[str, None]] = {}
    for one in items:
        from_ = f"{one.sheet}: {one.item.heading}" if one.sheet else one.item.heading
        for pair in _item_calculations(one):
            about.setdefault(pair, {})[from_] = None
    return tuple((*pair, "\n".join(of)) for pair, of in about.items())


def _item_calculations(one: SheetItem) -> Iterator[tuple[str, str]]:
    if one.item.kind is ItemKind.WORKING:
        how = (f"{fact.label}: {fact.text}" for fact in one.exhibit.facts)
        yield one.exhibit.text or one.exhibit.title, "\n".join((*how, *one.exhibit.notes))
    for calculation in one.exhibit.workings:
        text, formula, caveat = split_calculation(calculation)
        yield text, "\n".join(part for part in (formula, caveat) if part)


def statement_rows(briefing: Briefing, items: tuple[SheetItem, ...]) -> tuple[Row, ...]:
    """What is in words: kind, what is said, who says it or how it stands, why, source, and its table."""
    numbers = briefing.source_numbers()
    by_id = {one.item.id: one for one in items}
    rows: list[Row] = []
    for item in briefing.items:
        one = by_id.get(item.id)
        if one is None:
            title = item.heading if item.kind is ItemKind.HEADING else item.title
            text = "\n".join(part for part in (title, item.notes) if part)
            rows.append((item.kind.value.capitalize(), text, "", "", "", ""))
        elif one.item.kind in _STATEMENT_ROWS:
            rows += _STATEMENT_ROWS[one.item.kind](one, numbers)
    return tuple(rows)


def _summary_rows(one: SheetItem, numbers: dict[str, int]) -> list[Row]:
    whose = ", ".join(part for part in (one.item.heading, one.exhibit.subtitle) if part)
    return [
        (
            "Summary",
            f"{point.lead}: {point.text}" if point.lead else point.text,
            whose,
            "",
            _with_source_numbers(point.source, point.sources, numbers),
            one.sheet if point.figures else "",
        )
        for point in one.exhibit.points
    ]


def _quote_or_demand_rows(one: SheetItem, numbers: dict[str, int]) -> list[Row]:
    """A quote or a demand, with a word where it is not to the letter."""
    loose = one.exhibit.subtitle if "paraphrase" in one.exhibit.subtitle.lower() else ""
    return [_statement_row(one, numbers, one.exhibit.speaker, loose and f"{loose}.")]


def _claim_rows(one: SheetItem, numbers: dict[str, int]) -> list[Row]:
    """A claim: the first of its facts is the verdict, and the others say why."""
    verdict, *why = one.exhibit.facts or (None,)
    reasons = " ".join(fact.text if fact.label == "Why" else f"{fact.label}: {fact.text}" for fact in why if fact)
    return [_statement_row(one, numbers, verdict.text if verdict else "", reasons)]


def _discrepancy_rows(one: SheetItem, numbers: dict[str, int]) -> list[Row]:
    sides = "\n".join(fact.label for fact in one.exhibit.facts)
    return [_statement_row(one, numbers, one.exhibit.subtitle, sides, of=one.exhibit.title)]


def _event_rows(one: SheetItem, numbers: dict[str, int]) -> list[Row]:
    of = "" if one.exhibit.title in one.exhibit.text else one.exhibit.title
    return [_statement_row(one, numbers, one.exhibit.subtitle, "", of=of)]


def _statement_row(one: SheetItem, numbers: dict[str, int], who: str, why: str, of: str = "") -> Row:
    lead = one.item.title or of
    return (
        one.item.kind.value.capitalize(),
        f"{lead}. {one.exhibit.text}" if lead else one.exhibit.text,
        who,
        "\n".join(part for part in (why, *(() if one.sheet else one.exhibit.notes)) if part),
        _with_source_numbers(one.exhibit.source_line, tuple(source.id for source in one.exhibit.sources), numbers),
        one.sheet,
    )


_STATEMENT_ROWS: dict[ItemKind, Callable[[SheetItem, dict[str, int]], list[Row]]] = {
    ItemKind.SUMMARY: _summary_rows,
    ItemKind.QUOTE: _quote_or_demand_rows,
    ItemKind.DEMAND: _quote_or_demand_rows,
    ItemKind.CLAIM: _claim_rows,
    ItemKind.CONFLICT: _discrepancy_rows,
    ItemKind.EVENT: _event_rows,
}
"""How each kind that is words is told."""


def _with_source_numbers(line: str, ids: tuple[str, ...], numbers: dict[str, int]) -> str:
    """A source line with the numbers that its sources have on the sheet of sources."""
    marks = "".join(f"[{number}]" for number in sorted({numbers[one] for one in ids if one in numbers}))
    return f"{line} {marks}".strip()


def _format_items(items: Sequence[SheetItem]) -> str:
    """The items that a note is about: "Tables 1, 3 and 4", then those that have no table."""
    tables = [one.sheet.removeprefix("Table ") for one in items if one.sheet]
    others = [one.item.heading for one in items if not one.sheet]
    table_names = f"Table{'s' if len(tables) > 1 else ''} {formatting.join_list(tables)}" if tables else ""
    return "\n".join(part for part in (table_names, *dict.fromkeys(others)) if part)


def source_rows(briefing: Briefing) -> tuple[Row, ...]:
    """Every source with its number; an address is text, to be copied."""
    return tuple(
        (number, one.title, one.publisher, formatting.format_date(one.date), one.address)
        for number, one in enumerate(briefing.sources(), start=1)
    )


# The figures of an item as a table of a workbook, without the columns that tell nothing of any of
# them.


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
