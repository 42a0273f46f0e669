"""Finding the figures of packs kept in bulk by words: those of their places and those of their measures.

A row of words for each place with each measure would take longer to put than the figures. What is asked for
is found here where each of the words is the place's or the measure's, and the place has figures of it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence

from explorer.evidence.model import Pack
from explorer.evidence.places import Places

from .database import Database
from .findable import measure_words, place_words

_INSERT = "INSERT INTO series_word (text, more, kind, id, pack) VALUES (?, ?, ?, ?, ?)"
_PLACE, _MEASURE, _ALL = "place", "measure", "all"

Marks = dict[tuple[str, str], dict[str, int]]
"""By pack and kind, by id: a bit for each of the terms that is found there."""


def put(connection: sqlite3.Connection, pack: Pack, places: Places) -> None:
    """Put the words of the places and measures that ``pack`` has series of, which are in their table."""
    held = connection.execute("SELECT place, measure FROM tally WHERE pack = ?", (pack.id,)).fetchall()
    codes = sorted({str(place) for place, _ in held}, key=places.position)
    counted = {str(measure) for _, measure in held}
    rows = [(places.get(code).name, place_words(places.get(code)), _PLACE, code) for code in codes]
    rows += [(one.name, measure_words(one), _MEASURE, one.id) for one in pack.measures if one.id in counted]
    publishers = {source.publisher for source in pack.sources}
    if len(publishers) == 1:  # of several it is not known here which printed what
        rows.append(("", publishers.pop(), _ALL, ""))
    connection.executemany(_INSERT, ((*row, pack.id) for row in rows))


def listed(database: Database) -> Marks:
    """Everything that has words, none of which is asked for yet. Raises Damaged."""
    marks: Marks = {}
    for pack, kind, id_ in database.rows("SELECT pack, kind, id FROM series_word ORDER BY rowid"):
        marks.setdefault((str(pack), str(kind)), {})[str(id_)] = 0
    return marks


def find(database: Database, known: Marks, terms: Sequence[str], limit: int) -> list[str]:
    """What the ids of the series begin with that hold all of ``terms``, each as FTS5 is asked it.

    In the order of places, those of a pack together, and as many as ``limit``. ``known`` is what is
    ``listed``. Raises Damaged.
    """
    marks = _marked(database, known, terms)
    found: list[str] = []
    for pack in dict.fromkeys(pack for pack, _ in marks):
        for place, measures in _pairs(marks, pack, (1 << len(terms)) - 1):
            sql = "SELECT measure FROM tally WHERE pack = ? AND place = ?"
            held = {str(one) for (one,) in database.rows(sql, (pack, place))}
            found += [f"{pack}/{measure}.{place}." for measure in measures if measure in held]
            if len(found) >= limit:
                return found[:limit]
    return found


def _marked(database: Database, known: Marks, terms: Sequence[str]) -> Marks:
    """What of each pack holds any of ``terms``; what holds none has no bit, and is there all the same."""
    marks = {key: dict(ids) for key, ids in known.items()}
    sql = "SELECT pack, kind, id FROM series_word WHERE series_word MATCH ?"
    for at, term in enumerate(terms):
        for pack, kind, id_ in database.rows(sql, (term,)):
            own = marks.get((str(pack), str(kind)), {})
            if id_ in own:  # it may have been put there since
                own[id_] |= 1 << at
    return marks


def _pairs(marks: Marks, pack: str, wanted: int) -> Iterator[tuple[str, list[str]]]:
    """Each place of a pack with the measures that together with it hold all that is ``wanted``."""
    everywhere = marks.get((pack, _ALL), {}).get("", 0)
    measures = marks.get((pack, _MEASURE), {})
    fitting: dict[int, list[str]] = {}
    for place, own in marks.get((pack, _PLACE), {}).items():
        there = own | everywhere
        if there not in fitting:
            fitting[there] = [one for one, mark in measures.items() if mark | there == wanted]
        if fitting[there]:
            yield place, fitting[there]
