"""Packs in the library's tables: putting one there whole, taking one away, getting its items back.

Everything but the figures is kept as the row of cells it has in a CSV file, and comes back by the way it is
read from one. Which packs there ought to be is ``shipping``'s business.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import Any, cast

from msgspec import Struct

from explorer.evidence.model import Measure, Pack
from explorer.evidence.places import PlaceTree

from . import bulk, bulk_words, encode, figures, findable
from .build import BUILDERS
from .cells import RowCells, TableContext
from .csvfile import CsvRow
from .database import DatabaseFailure, LibraryDatabase
from .problems import Problem, ProblemCollector
from .schema import TABLES

WORKED_OUT = "worked out"
"""How the names begin of what was worked out of the content, and no longer holds when that changes."""


class PackState(Struct, frozen=True, kw_only=True):
    """A pack in the library's list. One that could not be read has problems, and no evidence in it."""

    id: str
    title: str
    version: str
    publisher: str
    figures: int
    verified: bool
    """Whether it carries a seal and SHA-256 sums, and they held when it was read."""
    quotes: int = 0
    demands: int = 0
    claims: int = 0
    events: int = 0
    enabled: bool = True
    """False for a pack that is switched off: it is listed, and nothing of it is in the evidence."""
    problems: tuple[Problem, ...] = ()
    shipped: bool = False
    licence: str = ""
    created: str = ""
    description: str = ""
    fingerprint: str = ""
    folder: str = ""
    """The name of the folder or .zip that it came from."""


_STATE_COLUMNS: dict[str, Callable[[Any], object]] = {
    **dict.fromkeys(("id", "title", "version", "publisher", "licence", "created", "description"), str),
    **dict.fromkeys(("figures", "quotes", "demands", "claims", "events"), int),
    **dict.fromkeys(("verified", "shipped", "enabled"), bool),
    **dict.fromkeys(("fingerprint", "folder"), str),
}
"""The columns of the list of packs, and what makes a value of each."""
_ROWS = {
    "item": "pack, kind, position, cells",
    "figure": f"key, {figures.STORED_COLUMNS}",
    "series": "key, pack, measure, place, source, place_order",
    "tally": "pack, place, measure, figures",
    "word": "text, more, kind, id, pack",
    "figure_word": "rowid, text, more, id, pack",
    "series_word": "text, more, kind, id, pack",
}
"""The tables that hold the rows of packs, and their columns; beside each lies an ``idle`` one."""


def insert_pack(connection: sqlite3.Connection, pack: Pack, state: PackState, places: PlaceTree) -> None:
    """Put ``pack`` into the tables in place of one with its id, to be listed as ``state``."""
    if bulk.is_bulk_storable(pack.figures):
        put_bulk(connection, pack, state, places, bulk.series_of(pack.figures))
        return
    _put_items(connection, pack, state)
    platforms = {platform.id: platform for platform in pack.platforms}
    figures.insert_figures(connection, pack.figures, places, platforms)
    counts = Counter((figure.place, figure.measure) for figure in pack.figures)
    connection.executemany(
        "INSERT INTO tally VALUES (?, ?, ?, ?)", ((pack.id, *key, count) for key, count in counts.items())
    )
    findable.index_pack(connection, pack, places)


def _put_items(connection: sqlite3.Connection, pack: Pack, state: PackState) -> None:
    """List a pack in place of one with its id, with all it holds but its figures."""
    delete_pack(connection, pack.id)
    _insert_state(connection, state)
    for table, rows in encode.encode_tables(pack):
        if table.name != "figures":
            connection.executemany(
                "INSERT INTO item VALUES (?, ?, ?, ?)",
                ((pack.id, table.name, at, json.dumps(cells)) for at, cells in enumerate(rows)),
            )
    findable.put_items(connection, pack)


def put_bulk(
    connection: sqlite3.Connection,
    pack: Pack,
    state: PackState,
    places: PlaceTree,
    series: Iterable[bulk.KeyedSeries],
) -> None:
    """Put a pack whose figures come as ``series``, whether in it or not; ``state`` says how many they are."""
    _put_items(connection, pack, state)
    bulk.insert_series(connection, pack.id, places, series)
    bulk_words.insert_search_words(connection, pack, places)


def switch_pack(connection: sqlite3.Connection, pack: str, *, is_enabled: bool) -> None:
    """Bring the rows of a pack into the evidence, or take them out of it and keep them aside."""
    for table, columns in _ROWS.items():
        idle = columns.replace("rowid", "key")
        into, source = (table, columns), (f"idle_{table}", idle)
        if not is_enabled:
            into, source = source, into
        connection.execute(
            f"INSERT INTO {into[0]} ({into[1]}) SELECT {source[1]} FROM {source[0]} WHERE pack = ?",
            (pack,),
        )
        connection.execute(f"DELETE FROM {source[0]} WHERE pack = ?", (pack,))
    connection.execute("UPDATE pack SET enabled = ? WHERE id = ?", (is_enabled, pack))
    _let_go(connection)


def mark_verified(connection: sqlite3.Connection, pack: str, fingerprint: str) -> None:
    """Say of a pack that its sums hold, now that it lies in a folder."""
    connection.execute("UPDATE pack SET verified = 1, fingerprint = ? WHERE id = ?", (fingerprint, pack))


def put_failed(connection: sqlite3.Connection, state: PackState) -> None:
    """List a pack that could not be read, in place of one with its id."""
    delete_pack(connection, state.id)
    _insert_state(connection, state)


def delete_pack(connection: sqlite3.Connection, pack: str) -> None:
    """Take a pack and all it holds out of the tables."""
    bulk.delete_series(connection, pack)
    for table in _ROWS:
        connection.execute(f"DELETE FROM {table} WHERE pack = ?", (pack,))
        connection.execute(f"DELETE FROM idle_{table} WHERE pack = ?", (pack,))
    connection.execute("DELETE FROM pack WHERE id = ?", (pack,))
    _let_go(connection)


def _let_go(connection: sqlite3.Connection) -> None:
    """Forget what was worked out of the content before it changed."""
    connection.execute("DELETE FROM meta WHERE name LIKE ?", (f"{WORKED_OUT} %",))


def list_states(database: LibraryDatabase) -> tuple[PackState, ...]:
    """Every pack listed, the shipped ones first, then by id."""
    rows = database.query_rows(
        f"SELECT {', '.join(_STATE_COLUMNS)}, problems FROM pack ORDER BY shipped DESC, id",
    )
    return tuple(_parse_state(row) for row in rows)


def iter_items(database: LibraryDatabase, kind: str) -> Iterator[object]:
    """The items of the table called ``kind``, of shipped packs first, each pack's in file order."""
    for _, item in items_by_pack(database, kind):
        yield item


def measures_by_pack(database: LibraryDatabase) -> Iterator[tuple[str, Measure]]:
    """Every measure with the pack that defines it, those of packs that are switched off after the others."""
    for table in ("item", "idle_item"):
        for pack, item in items_by_pack(database, "measures", table):
            yield pack, cast("Measure", item)


def items_by_pack(database: LibraryDatabase, kind: str, item_table: str = "item") -> Iterator[tuple[str, object]]:
    """The items of the table called ``kind``, each with the id of its pack; ``item_table`` says where they lie."""
    table, build = TABLES[kind], BUILDERS[kind]
    rows = database.query_rows(
        f"SELECT item.pack, item.cells FROM {item_table} AS item JOIN pack ON pack.id = item.pack "
        "WHERE item.kind = ? "
        "ORDER BY pack.shipped DESC, pack.id, item.position",
        (kind,),
    )
    for pack, cells in rows:
        problems = ProblemCollector()
        try:
            row = dict(zip(table.column_names, cast("list[str]", json.loads(str(cells))), strict=True))
            item = build(RowCells(CsvRow(0, row), table, "", TableContext(problems, None, str(pack))))
        except (ValueError, TypeError, AttributeError, RecursionError) as error:
            raise DatabaseFailure(f"a row of {kind} in it cannot be read ({error})") from None
        if problems.count:
            raise DatabaseFailure(problems.all_problems()[0].as_sentence())
        yield str(pack), item


def _insert_state(connection: sqlite3.Connection, state: PackState) -> None:
    _let_go(connection)
    problem_rows = [[one.file, one.row, one.column, one.what, one.mend] for one in state.problems]
    connection.execute(
        f"INSERT INTO pack ({', '.join(_STATE_COLUMNS)}, problems) VALUES "
        f"({', '.join('?' * (len(_STATE_COLUMNS) + 1))})",
        (*(getattr(state, name) for name in _STATE_COLUMNS), json.dumps(problem_rows)),
    )


def _parse_state(row: tuple[object, ...]) -> PackState:
    try:
        problem_rows = cast("list[tuple[str, int | None, str, str, str]]", json.loads(str(row[-1])))
        values_by_column: dict[str, Any] = {
            name: make(value) for (name, make), value in zip(_STATE_COLUMNS.items(), row, strict=False)
        }
    except (ValueError, TypeError) as error:
        raise DatabaseFailure(f"the list of packs in it cannot be read ({error})") from None
    problems = (
        Problem(file=file, row=at, column=column, what=what, mend=mend) for file, at, column, what, mend in problem_rows
    )
    return PackState(**values_by_column, problems=tuple(problems))
