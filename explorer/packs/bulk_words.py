"""Finding the figures of packs kept in bulk by words: those of their places and those of their measures.

A row of words for each place with each measure would take longer to put than the figures. What is asked for
is found here where each of the words is the place's or the measure's, and the place has figures of it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence

from explorer.evidence.model import Pack
from explorer.evidence.places import PlaceTree

from .database import LibraryDatabase
from .findable import measure_words, place_words

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
