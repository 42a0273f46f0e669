"""What the sheets of a briefing's workbook hold, as rows: notes, what is worked out, what is said, sources.

Rows only, in the order of the briefing; how they are set is decided elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from msgspec import Struct

from explorer.briefing.document import Briefing, Exhibit, Item, Kind
from explorer.briefing.parts import apart
from explorer.pages import words
from explorer.pages.records import Cell

Row = tuple[Cell, ...]


class Named(Struct, frozen=True):
    """An item with an exhibit, and the name of the sheet that holds its numbers, if it has any."""

    item: Item
    shown: Exhibit
    sheet: str


def named(briefing: Briefing) -> tuple[Named, ...]:
    """The items that hold evidence; those with numbers are numbered as tables, 1 first."""
    found: list[Named] = []
    tables = 0
    for item in briefing.items:
        if item.exhibit is not None:
            tables += bool(item.exhibit.records)
            found.append(Named(item, item.exhibit, f"Table {tables}" if item.exhibit.records else ""))
    return tuple(found)


def notes(items: tuple[Named, ...]) -> tuple[Row, ...]:
    """What has to be said with the tables, each once, with the tables that it is about."""
    about: dict[str, list[Named]] = {}
    for one in items:
        for note in dict.fromkeys(_noted(one)):
            about.setdefault(note, []).append(one)
    return tuple((number, note, _several(of)) for number, (note, of) in enumerate(about.items(), start=1))


def _noted(one: Named) -> Iterator[str]:
    """Notes of an item; of one that has no table they stand beside what is said."""
    if one.item.notes:
        yield one.item.notes
    if one.sheet:
        yield from (*one.shown.notes, *one.shown.remarks)
        if one.shown.definition:
            yield f"What is counted: {one.shown.definition}"


def worked(items: tuple[Named, ...]) -> tuple[Row, ...]:
    """What was worked out from printed figures, each once: the sentence, how it was got, where."""
    about: dict[tuple[str, str], dict[str, None]] = {}
    for one in items:
        from_ = f"{one.sheet}: {one.item.heading}" if one.sheet else one.item.heading
        for pair in _workings(one):
            about.setdefault(pair, {})[from_] = None
    return tuple((*pair, "\n".join(of)) for pair, of in about.items())


def _workings(one: Named) -> Iterator[tuple[str, str]]:
    if one.item.kind is Kind.WORKING:
        how = (f"{fact.label}: {fact.text}" for fact in one.shown.facts)
        yield one.shown.text or one.shown.title, "\n".join((*how, *one.shown.notes))
    for told in one.shown.workings:
        text, formula, caveat = apart(told)
        yield text, "\n".join(part for part in (formula, caveat) if part)


def said(briefing: Briefing, items: tuple[Named, ...]) -> tuple[Row, ...]:
    """What is in words: kind, what is said, who says it or how it stands, why, source, and its table."""
    numbers = briefing.numbered()
    held = {one.item.id: one for one in items}
    rows: list[Row] = []
    for item in briefing.items:
        one = held.get(item.id)
        if one is None:
            told = item.heading if item.kind is Kind.HEADING else item.title
            text = "\n".join(part for part in (told, item.notes) if part)
            rows.append((item.kind.value.capitalize(), text, "", "", "", ""))
        elif one.item.kind in _SAID:
            rows += _SAID[one.item.kind](one, numbers)
    return tuple(rows)


def _summary(one: Named, numbers: dict[str, int]) -> list[Row]:
    whose = ", ".join(part for part in (one.item.heading, one.shown.subtitle) if part)
    return [
        (
            "Summary",
            f"{point.lead}: {point.text}" if point.lead else point.text,
            whose,
            "",
            _cited(point.source, point.sources, numbers),
            one.sheet if point.figures else "",
        )
        for point in one.shown.points
    ]


def _spoken(one: Named, numbers: dict[str, int]) -> list[Row]:
    """A quote or a demand, with a word where it is not to the letter."""
    loose = one.shown.subtitle if "paraphrase" in one.shown.subtitle.lower() else ""
    return [_row(one, numbers, one.shown.speaker, loose and f"{loose}.")]


def _claimed(one: Named, numbers: dict[str, int]) -> list[Row]:
    """A claim: the first of its facts is the verdict, and the others say why."""
    verdict, *why = one.shown.facts or (None,)
    told = " ".join(
        fact.text if fact.label == "Why" else f"{fact.label}: {fact.text}" for fact in why if fact
    )
    return [_row(one, numbers, verdict.text if verdict else "", told)]


def _disputed(one: Named, numbers: dict[str, int]) -> list[Row]:
    sides = "\n".join(fact.label for fact in one.shown.facts)
    return [_row(one, numbers, one.shown.subtitle, sides, of=one.shown.title)]


def _dated(one: Named, numbers: dict[str, int]) -> list[Row]:
    of = "" if one.shown.title in one.shown.text else one.shown.title
    return [_row(one, numbers, one.shown.subtitle, "", of=of)]


def _row(one: Named, numbers: dict[str, int], who: str, why: str, of: str = "") -> Row:
    lead = one.item.title or of
    return (
        one.item.kind.value.capitalize(),
        f"{lead}. {one.shown.text}" if lead else one.shown.text,
        who,
        "\n".join(part for part in (why, *(() if one.sheet else one.shown.notes)) if part),
        _cited(one.shown.source_line, tuple(source.id for source in one.shown.sources), numbers),
        one.sheet,
    )


_SAID: dict[Kind, Callable[[Named, dict[str, int]], list[Row]]] = {
    Kind.SUMMARY: _summary,
    Kind.QUOTE: _spoken,
    Kind.DEMAND: _spoken,
    Kind.CLAIM: _claimed,
    Kind.CONFLICT: _disputed,
    Kind.EVENT: _dated,
}
"""How each kind that is words is told."""


def _cited(line: str, ids: tuple[str, ...], numbers: dict[str, int]) -> str:
    """A source line with the numbers that its sources have on the sheet of sources."""
    marks = "".join(f"[{number}]" for number in sorted({numbers[one] for one in ids if one in numbers}))
    return f"{line} {marks}".strip()


def _several(items: Sequence[Named]) -> str:
    """The items that a note is about: "Tables 1, 3 and 4", then those that have no table."""
    tables = [one.sheet.removeprefix("Table ") for one in items if one.sheet]
    others = [one.item.heading for one in items if not one.sheet]
    told = f"Table{'s' if len(tables) > 1 else ''} {words.listed(tables)}" if tables else ""
    return "\n".join(part for part in (told, *dict.fromkeys(others)) if part)


def sources(briefing: Briefing) -> tuple[Row, ...]:
    """Every source with its number; an address is text, to be copied."""
    return tuple(
        (number, one.title, one.publisher, words.dated(one.date), one.address)
        for number, one in enumerate(briefing.sources(), start=1)
    )
