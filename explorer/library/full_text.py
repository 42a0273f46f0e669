"""What a search looks through: the words of a pack's items and figures, put into the full-text tables.

How a search asks them stands in ``library``, and how packs kept in bulk are found below. Figures
have a table of their own, whose row numbers are the order in which they are offered: offences counted whole,
then divided, then what they are held against, and of each the newest first.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from explorer.evidence import Figure, Measure, Pack, Period, Place, PlaceTree, Unit

from .database import LibraryDatabase

EVERY_FIGURE = 20_000
"""Packs with more figures are found by place, measure and platform and not by each number: an index of every
row of a large table would take longer to make than the table, and hold nothing that a page does not."""
_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3})")
_UNIT_WORDS = {Unit.PER_CENT: "per cent percent share", Unit.CHANGE: "per cent percent change"}
_LATEST = 1 << 22
"""More than the ordinal of any date."""
_KEYS = 1 << 32
HELD_AGAINST = 2 * _LATEST * _KEYS
"""From this row number on stand figures that others are held against."""

_Words = tuple[str, str, str, str]


def index_pack(connection: sqlite3.Connection, pack: Pack, places: PlaceTree) -> None:
    """Put the words of the figures of ``pack``, which are in their table by now, where they are searched."""
    every = len(pack.figures) <= EVERY_FIGURE
    indexed_figures = pack.figures if every else _one_of_each(pack.figures)
    indexed_ids = {figure.id for figure in indexed_figures}
    rows = connection.execute("SELECT id, key FROM figure WHERE pack = ?", (pack.id,))
    keys = {str(id_): int(key) for id_, key in rows if id_ in indexed_ids}
    connection.executemany(
        "INSERT INTO figure_word (rowid, text, more, id, pack) VALUES (?, ?, ?, ?, ?)",
        _figure_rows(pack, indexed_figures, keys, places, every=every),
    )


def put_items(connection: sqlite3.Connection, pack: Pack) -> None:
    """Put the words of all that ``pack`` holds but its figures."""
    connection.executemany(
        "INSERT INTO word (text, more, kind, id, pack) VALUES (?, ?, ?, ?, ?)",
        ((*words, pack.id) for words in item_words(pack)),
    )


def plain_numbers(text: str) -> str:
    """``text`` with its numbers written without commas, as they are in the tables: "3,728" is "3728"."""
    return _THOUSANDS.sub("", text)


def item_words(pack: Pack) -> Iterator[_Words]:
    """Of everything but figures: the text shown, other words that lead to it, its kind and its id."""
    for quote in pack.quotes:
        yield quote.text, f"{quote.speaker} {quote.role} {quote.organisation}", "quote", quote.id
    for demand in pack.demands:
        related_words = f"{demand.asked_by} {demand.addressed_to} {demand.instrument}"
        yield demand.text, related_words, "demand", demand.id
    for claim in pack.claims:
        yield claim.text, f"{claim.made_by} {claim.printed}", "claim", claim.id
    for note in pack.notes:
        yield note.text, note.kind.value, "note", note.id
    for event in pack.events:
        yield event.name, f"{event.date} {event.note}", "event", event.id
    for source in pack.sources:
        yield source.title, f"{source.publisher} {source.published} {source.note}", "source", source.id
    for measure in pack.measures:
        yield measure.name, measure.definition, "measure", measure.id
    for platform in pack.platforms:
        yield platform.name, platform.owner, "platform", platform.id


def _one_of_each(figures: Iterable[Figure]) -> tuple[Figure, ...]:
    """The newest figure of each place, measure and platform, as many as are found one by one."""
    newest: dict[tuple[str, str, str | None], Figure] = {}
    for figure in figures:
        key = (figure.place, figure.measure, figure.platform)
        newest_known = newest.get(key)
        if newest_known is None or figure.period.end > newest_known.period.end:
            newest[key] = figure
    return tuple(newest.values())[:EVERY_FIGURE]


def _figure_rows(
    pack: Pack, figures: Iterable[Figure], keys: dict[str, int], places: PlaceTree, *, every: bool
) -> Iterator[tuple[int, str, str, str, str]]:
    measures = {measure.id: measure for measure in pack.measures}
    platforms = {platform.id: platform.name for platform in pack.platforms}
    publishers = {source.id: source.publisher for source in pack.sources}
    for figure in figures:
        place, measure = places.get(figure.place), measures[figure.measure]
        text = [place.name, measure.name, platforms.get(figure.platform or "", ""), figure.breakdown]
        more = [place_words(place), measure_words(measure), publishers.get(figure.source, "")]
        if every:
            text += [figure.period.label, plain_numbers(figure.printed), _figure_digits(figure)]
            more += [_period_words(figure.period), plain_numbers(figure.note)]
        yield (
            _search_rank(figure, measure.unit, keys[figure.id]),
            " ".join(text),
            " ".join(more),
            figure.id,
            pack.id,
        )


def _search_rank(figure: Figure, unit: Unit, key: int) -> int:
    """The row number: offences before populations, whole counts before parts, the newest first."""
    is_breakdown = bool(figure.platform or figure.breakdown)
    level = 1 if is_breakdown or unit in _UNIT_WORDS else 0 if unit is Unit.OFFENCES else 2
    age = _LATEST - figure.period.end.toordinal()
    return (level * _LATEST + age) * _KEYS + key  # the key makes it the only one


def _figure_digits(figure: Figure) -> str:
    return "" if figure.amount.number is None else f"{figure.amount.number:f}"


@lru_cache(maxsize=2000)
def place_words(place: Place) -> str:
    """What a place is found by beside its name."""
    return " ".join((place.code, place.level.value, *(other.name for other in place.other_names)))


def measure_words(measure: Measure) -> str:
    """What a measure is found by beside its name."""
    return f"{measure.code} {measure.group} {_UNIT_WORDS.get(measure.unit, measure.unit.value)}"


@lru_cache(maxsize=2000)
def _period_words(period: Period) -> str:
    """The calendar years that a period touches, and the months that bound it, written out."""
    years = (str(year) for year in range(period.start.year, min(period.end.year, period.start.year + 30) + 1))
    return " ".join((*years, _MONTHS[period.start.month - 1], _MONTHS[period.end.month - 1]))


# Finding the figures of packs kept in bulk by words: those of their places and those of their
# measures.


_INSERT = "INSERT INTO series_word (text, more, kind, id, pack) VALUES (?, ?, ?, ?, ?)"
_PLACE, _MEASURE, _ALL = "place", "measure", "all"

Marks = dict[tuple[str, str], dict[str, int]]
"""By pack and kind, by id: a bit for each of the terms that is found there."""


def insert_search_words(connection: sqlite3.Connection, pack: Pack, places: PlaceTree) -> None:
    """Put the words of the places and measures that ``pack`` has series of, which are in their table."""
    tally_rows = connection.execute("SELECT place, measure FROM tally WHERE pack = ?", (pack.id,)).fetchall()
    codes = sorted({str(place) for place, _ in tally_rows}, key=places.position)
    measure_ids = {str(measure) for _, measure in tally_rows}
    rows = [(places.get(code).name, place_words(places.get(code)), _PLACE, code) for code in codes]
    rows += [(one.name, measure_words(one), _MEASURE, one.id) for one in pack.measures if one.id in measure_ids]
    publishers = {source.publisher for source in pack.sources}
    if len(publishers) == 1:  # of several it is not known here which printed what
        rows.append(("", publishers.pop(), _ALL, ""))
    connection.executemany(_INSERT, ((*row, pack.id) for row in rows))


def list_marks(database: LibraryDatabase) -> Marks:
    """Everything that has words, none of which is asked for yet. Raises Damaged."""
    marks: Marks = {}
    for pack, kind, id_ in database.query_rows("SELECT pack, kind, id FROM series_word ORDER BY rowid"):
        marks.setdefault((str(pack), str(kind)), {})[str(id_)] = 0
    return marks


def find_series(database: LibraryDatabase, all_marks: Marks, terms: Sequence[str], limit: int) -> list[str]:
    """What the ids of the series begin with that hold all of ``terms``, each as FTS5 is asked it.

    In the order of places, those of a pack together, and as many as ``limit``. ``all_marks`` is what is
    ``list_marks``. Raises Damaged.
    """
    marks = _mark_terms(database, all_marks, terms)
    id_prefixes: list[str] = []
    for pack in dict.fromkeys(pack for pack, _ in marks):
        for place, measures in _iter_matching_places(marks, pack, (1 << len(terms)) - 1):
            sql = "SELECT measure FROM tally WHERE pack = ? AND place = ?"
            present_measures = {str(one) for (one,) in database.query_rows(sql, (pack, place))}
            id_prefixes += [f"{pack}/{measure}.{place}." for measure in measures if measure in present_measures]
            if len(id_prefixes) >= limit:
                return id_prefixes[:limit]
    return id_prefixes


def _mark_terms(database: LibraryDatabase, all_marks: Marks, terms: Sequence[str]) -> Marks:
    """What of each pack holds any of ``terms``; what holds none has no bit, and is there all the same."""
    marks = {key: dict(ids) for key, ids in all_marks.items()}
    sql = "SELECT pack, kind, id FROM series_word WHERE series_word MATCH ?"
    for at, term in enumerate(terms):
        for pack, kind, id_ in database.query_rows(sql, (term,)):
            own = marks.get((str(pack), str(kind)), {})
            if id_ in own:  # it may have been put there since
                own[id_] |= 1 << at
    return marks


def _iter_matching_places(marks: Marks, pack: str, full_mark: int) -> Iterator[tuple[str, list[str]]]:
    """Each place of a pack with the measures that together with it hold all that is ``full_mark``."""
    everywhere = marks.get((pack, _ALL), {}).get("", 0)
    measures = marks.get((pack, _MEASURE), {})
    fitting: dict[int, list[str]] = {}
    for place, own in marks.get((pack, _PLACE), {}).items():
        there = own | everywhere
        if there not in fitting:
            fitting[there] = [one for one, mark in measures.items() if mark | there == full_mark]
        if fitting[there]:
            yield place, fitting[there]
