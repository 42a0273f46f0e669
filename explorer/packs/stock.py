"""Packs in the library's tables: putting one there whole, taking one away, getting its items back.

Everything but the figures is kept as the row of cells it has in a CSV file, and comes back by the way it is
read from one. Which packs there ought to be is ``shipping``'s business.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import cast

from explorer.evidence.model import Measure, Pack
from explorer.evidence.places import Places

from . import encode, figures
from .build import BUILDERS
from .cells import Cells, Context
from .csvfile import Row
from .database import Damaged, Database
from .problems import Collector, Problem
from .schema import TABLES


@dataclass(frozen=True, slots=True, kw_only=True)
class PackState:
    """A pack in the library's list. One that could not be read has problems, and no evidence in it."""

    id: str
    title: str
    version: str
    publisher: str
    figures: int
    verified: bool
    """Whether it carries a seal and SHA-256 sums, and they held when it was read."""
    problems: tuple[Problem, ...] = ()
    shipped: bool = False
    licence: str = ""
    created: str = ""
    description: str = ""
    fingerprint: str = ""
    folder: str = ""
    """The name of the folder or .zip that it came from."""


def put(connection: sqlite3.Connection, pack: Pack, state: PackState, places: Places) -> None:
    """Put ``pack`` into the tables in place of one with its id, to be listed as ``state``."""
    drop(connection, pack.id)
    _list(connection, state)
    for table, rows in encode.tables(pack):
        if table.name != "figures":
            connection.executemany(
                "INSERT INTO item VALUES (?, ?, ?, ?)",
                ((pack.id, table.name, at, json.dumps(cells)) for at, cells in enumerate(rows)),
            )
    platforms = {platform.id: platform for platform in pack.platforms}
    figures.put(connection, pack.figures, places, platforms)
    counts = Counter((figure.place, figure.measure) for figure in pack.figures)
    connection.executemany(
        "INSERT INTO tally VALUES (?, ?, ?, ?)", ((pack.id, *key, count) for key, count in counts.items())
    )
    connection.executemany(
        "INSERT INTO word (text, more, kind, id, pack) VALUES (?, ?, ?, ?, ?)",
        ((*words, pack.id) for words in _words(pack)),
    )


def verify(connection: sqlite3.Connection, pack: str, fingerprint: str) -> None:
    """Say of a pack that its sums hold, now that it lies in a folder."""
    connection.execute("UPDATE pack SET verified = 1, fingerprint = ? WHERE id = ?", (fingerprint, pack))


def put_failed(connection: sqlite3.Connection, state: PackState) -> None:
    """List a pack that could not be read, in place of one with its id."""
    drop(connection, state.id)
    _list(connection, state)


def drop(connection: sqlite3.Connection, pack: str) -> None:
    """Take a pack and all it holds out of the tables."""
    for table in ("item", "figure", "tally", "word"):
        connection.execute(f"DELETE FROM {table} WHERE pack = ?", (pack,))
    connection.execute("DELETE FROM pack WHERE id = ?", (pack,))


def states(database: Database) -> tuple[PackState, ...]:
    """Every pack listed, the shipped ones first, then by id."""
    rows = database.rows(
        "SELECT id, title, version, publisher, licence, created, description, figures, verified, shipped, "
        "fingerprint, folder, problems FROM pack ORDER BY shipped DESC, id"
    )
    return tuple(_state(row) for row in rows)


def items(database: Database, kind: str) -> Iterator[object]:
    """The items of the table called ``kind``, of shipped packs first, each pack's in file order."""
    for _, item in owned(database, kind):
        yield item


def measures(database: Database) -> Iterator[tuple[str, Measure]]:
    """Every measure with the pack that defines it."""
    for pack, item in owned(database, "measures"):
        yield pack, cast("Measure", item)


def owned(database: Database, kind: str) -> Iterator[tuple[str, object]]:
    """The items of the table called ``kind``, each with the id of its pack."""
    table, build = TABLES[kind], BUILDERS[kind]
    rows = database.rows(
        "SELECT item.pack, item.cells FROM item JOIN pack ON pack.id = item.pack WHERE item.kind = ? "
        "ORDER BY pack.shipped DESC, pack.id, item.position",
        (kind,),
    )
    for pack, cells in rows:
        problems = Collector()
        try:
            held = dict(zip(table.names, cast("list[str]", json.loads(str(cells))), strict=True))
            item = build(Cells(Row(0, held), table, "", Context(problems, None, str(pack))))
        except (ValueError, TypeError, AttributeError, RecursionError) as error:
            raise Damaged(f"a row of {kind} in it cannot be read ({error})") from None
        if problems.count:
            raise Damaged(problems.found()[0].sentence())
        yield str(pack), item


def _list(connection: sqlite3.Connection, state: PackState) -> None:
    told = [[one.file, one.row, one.column, one.what, one.mend] for one in state.problems]
    connection.execute(
        "INSERT INTO pack (id, title, version, publisher, licence, created, description, figures, verified, "
        "shipped, fingerprint, folder, problems) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            state.id,
            state.title,
            state.version,
            state.publisher,
            state.licence,
            state.created,
            state.description,
            state.figures,
            state.verified,
            state.shipped,
            state.fingerprint,
            state.folder,
            json.dumps(told),
        ),
    )


def _state(row: tuple[object, ...]) -> PackState:
    try:
        told = cast("list[tuple[str, int | None, str, str, str]]", json.loads(str(row[12])))
    except ValueError as error:
        raise Damaged(f"the list of packs in it cannot be read ({error})") from None
    return PackState(
        id=str(row[0]),
        title=str(row[1]),
        version=str(row[2]),
        publisher=str(row[3]),
        licence=str(row[4]),
        created=str(row[5]),
        description=str(row[6]),
        figures=cast("int", row[7]),
        verified=bool(row[8]),
        shipped=bool(row[9]),
        fingerprint=str(row[10]),
        folder=str(row[11]),
        problems=tuple(
            Problem(file=file, row=at, column=column, what=what, mend=mend)
            for file, at, column, what, mend in told
        ),
    )


_Words = tuple[str, str, str, str]


def _words(pack: Pack) -> Iterator[_Words]:
    """What a search looks through: the text shown, other words that lead to it, its kind and its id."""
    for quote in pack.quotes:
        yield quote.text, f"{quote.speaker} {quote.role} {quote.organisation}", "quote", quote.id
    for demand in pack.demands:
        asked = f"{demand.asked_by} {demand.addressed_to} {demand.instrument}"
        yield demand.text, asked, "demand", demand.id
    for claim in pack.claims:
        yield claim.text, f"{claim.made_by} {claim.printed}", "claim", claim.id
    for note in pack.notes:
        yield note.text, note.kind.value, "note", note.id
    for event in pack.events:
        yield event.name, f"{event.date} {event.note}", "event", event.id
    for source in pack.sources:
        yield source.title, f"{source.publisher} {source.note}", "source", source.id
    for measure in pack.measures:
        yield measure.name, measure.definition, "measure", measure.id
    for platform in pack.platforms:
        yield platform.name, platform.owner, "platform", platform.id
