"""What the sheets of a briefing's workbook hold, as rows: notes, what is worked out, what is said, sources.

Rows only, in the order of the briefing; how they are set is decided elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from msgspec import Struct

from explorer.briefing.document import Briefing, BriefingItem, Exhibit, ItemKind
from explorer.briefing.parts import split_calculation
from explorer.pages.flat_records import Cell
from explorer.pages.text import phrases

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
    table_names = f"Table{'s' if len(tables) > 1 else ''} {phrases.join_list(tables)}" if tables else ""
    return "\n".join(part for part in (table_names, *dict.fromkeys(others)) if part)


def source_rows(briefing: Briefing) -> tuple[Row, ...]:
    """Every source with its number; an address is text, to be copied."""
    return tuple(
        (number, one.title, one.publisher, phrases.format_date(one.date), one.address)
        for number, one in enumerate(briefing.sources(), start=1)
    )
