"""Packs in the library's tables: putting one there whole, taking one away, getting its items back.

Everything but the figures is kept as the row of cells it has in a CSV file, and comes back by the way it is
read from one. Which packs there ought to be is ``loader``'s business.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter, OrderedDict
from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Any, cast

from msgspec import Struct

from explorer.evidence import (
    Amount,
    Figure,
    FigureStatus,
    InDoubt,
    Measure,
    Pack,
    PlaceTree,
    Platform,
    Qualifier,
    parse_period,
)
from explorer.library import full_text, series_table
from explorer.packs import BUILDERS, TABLES, CsvRow, Problem, ProblemCollector, RowCells, TableContext, codec

from .database import DatabaseFailure, LibraryDatabase

# Figures in the library's tables: putting them there and getting them out in their order, quickly.


_COLUMNS = (
    "id, pack, measure, place, period, platform, breakdown, number, qualifier, status, low, high, printed, "
    "base, base_figure, forces_responding, forces_total, coverage, source, locator, note, basis, "
    "in_doubt, doubt"
)
STORED_COLUMNS = f"{_COLUMNS}, place_order, first, last, platform_order"
"""Every column of the table but its key, in the order that ``insert_figures`` fills them."""
_INSERT = f"INSERT INTO figure ({STORED_COLUMNS}) VALUES ({', '.join('?' * 28)})"
_ORDER = "first, last, platform_order, id"
_MOST_IDS = 500
_MOST_RECALLED = 50_000
_QUALIFIERS = {qualifier.value: qualifier for qualifier in Qualifier}
_STATUSES: dict[str | None, FigureStatus | None] = {
    None: None,
    **{status.value: status for status in FigureStatus},
}

_DOUBTS: dict[str | None, InDoubt | None] = {None: None, **{one.value: one for one in InDoubt}}

Query = tuple[str, list[object]]
FigureFilters = tuple[str | None, str | None, str | None]
"""The place, the measure and the platform that figures were asked by; "" is no platform, None is any."""


def insert_figures(
    connection: sqlite3.Connection,
    figures: Iterable[Figure],
    places: PlaceTree,
    platforms: dict[str, Platform],
) -> None:
    """Put ``figures`` into the table, in place order so that those of one place lie together."""
    in_place_order = sorted(figures, key=lambda figure: places.position(figure.place))
    connection.executemany(_INSERT, (_build_row(figure, places, platforms) for figure in in_place_order))


def build_queries(
    place: str | None, measure: str | None, platform: str | None, ids: Sequence[str] | None
) -> list[Query]:
    """The queries that together ask for the figures that fit; see ``Repository.figures``."""
    wheres: list[str] = []
    parameters: list[object] = []
    for column, value in (("place", place), ("measure", measure)):
        if value is not None:
            wheres.append(f"{column} = ?")
            parameters.append(value)
    if platform is not None:
        wheres.append("platform = ?" if platform else "platform IS NULL")
        parameters += [platform] if platform else []
    if ids is None:
        return [_build_query(wheres, parameters, one_place=place is not None)]
    unique_ids = list(dict.fromkeys(ids))
    parts = [unique_ids[at : at + _MOST_IDS] for at in range(0, len(unique_ids), _MOST_IDS)]
    return [_build_query([*wheres, f"id IN ({', '.join('?' * len(part))})"], [*parameters, *part]) for part in parts]


def _build_query(wheres: list[str], parameters: list[object], *, one_place: bool = False) -> Query:
    """The order of one place's figures is that of an index, so that they need not be sorted."""
    where = f" WHERE {' AND '.join(wheres)}" if wheres else ""
    order = _ORDER if one_place else f"place_order, {_ORDER}"
    return f"SELECT {_COLUMNS} FROM figure{where} ORDER BY {order}", parameters


def run_queries(database: LibraryDatabase, figure_queries: Iterable[Query]) -> list[Figure]:
    """The figures that the queries ask for. Raises Damaged, also where a row holds what none can."""
    try:
        return [
            _build_figure(row) for sql, parameters in figure_queries for row in database.query_rows(sql, parameters)
        ]
    except (ValueError, TypeError, KeyError, ArithmeticError) as error:
        raise DatabaseFailure(f"a figure in it cannot be read ({error})") from None


class FigureAnswerCache:
    """The answers given last, while the content is the same: a page asks one thing several times."""

    __slots__ = ("_answers", "_by_id", "_held", "_revision")

    def __init__(self) -> None:
        self._answers: OrderedDict[FigureFilters, tuple[Figure, ...]] = OrderedDict()
        self._by_id: dict[str, Figure] = {}
        self._held = 0
        self._revision = 0

    def find_answer(self, filters: FigureFilters, revision: int) -> tuple[Figure, ...] | None:
        """The answer to ``filters``, if it, or all figures of its place, were given since the last change."""
        self._reset_if_changed(revision)
        figures = self._answers.get(filters)
        if figures is not None:
            self._answers.move_to_end(filters)
            return figures
        place, measure, platform = filters
        every = self._answers.get((place, None, None)) if place is not None else None
        if every is None:
            return None
        figures = tuple(
            one
            for one in every
            if measure in (None, one.measure) and (platform is None or (one.platform or "") == platform)
        )
        self.store_answer(filters, figures)  # the same one each time: what is worked out of it is known by it
        return figures

    def find_by_ids(self, ids: Sequence[str], revision: int) -> list[Figure] | None:
        """The figures with these ids, in no order, if every one was given since the content last changed."""
        self._reset_if_changed(revision)
        figures = [self._by_id.get(one) for one in dict.fromkeys(ids)]
        return None if None in figures else cast("list[Figure]", figures)

    def _reset_if_changed(self, revision: int) -> None:
        if revision != self._revision:
            self._answers.clear()
            self._by_id.clear()
            self._held, self._revision = 0, revision

    def store_answer(self, filters: FigureFilters, answer: tuple[Figure, ...]) -> None:
        """Keep an answer; the oldest are let go while all together hold too many figures."""
        if len(answer) >= _MOST_RECALLED:
            return
        if len(self._by_id) > _MOST_RECALLED:
            self._by_id.clear()
        self._by_id.update((figure.id, figure) for figure in answer)
        self._answers[filters] = answer
        self._held += len(answer) + 1
        while self._held > _MOST_RECALLED:
            self._held -= len(self._answers.popitem(last=False)[1]) + 1


def _build_figure(row: Sequence[Any]) -> Figure:
    number, low, high = row[7], row[10], row[11]
    return Figure(
        id=row[0],
        pack=row[1],
        measure=row[2],
        place=row[3],
        period=parse_period(row[4]),
        platform=row[5],
        breakdown=row[6],
        amount=Amount(
            number=None if number is None else Decimal(number),
            qualifier=_QUALIFIERS[row[8]],
            status=_STATUSES[row[9]],
            low=None if low is None else Decimal(low),
            high=None if high is None else Decimal(high),
        ),
        printed=row[12],
        base=row[13],
        base_figure=row[14],
        forces_responding=row[15],
        forces_total=row[16],
        coverage=row[17],
        source=row[18],
        locator=row[19],
        note=row[20],
        basis=row[21],
        in_doubt=_DOUBTS[row[22]],
        doubt=row[23],
    )


def _build_row(figure: Figure, places: PlaceTree, platforms: dict[str, Platform]) -> tuple[object, ...]:
    amount, period = figure.amount, figure.period
    return (
        figure.id,
        figure.pack,
        figure.measure,
        figure.place,
        period.text,
        figure.platform,
        figure.breakdown,
        _format_decimal(amount.number),
        amount.qualifier.value,
        amount.status.value if amount.status else None,
        _format_decimal(amount.low),
        _format_decimal(amount.high),
        figure.printed,
        figure.base,
        figure.base_figure,
        figure.forces_responding,
        figure.forces_total,
        figure.coverage,
        figure.source,
        figure.locator,
        figure.note,
        figure.basis,
        figure.in_doubt.value if figure.in_doubt else None,
        figure.doubt,
        places.position(figure.place),
        period.start.toordinal(),
        period.end.toordinal(),
        -1 if figure.platform is None else platforms[figure.platform].order,
    )


def _format_decimal(number: Decimal | None) -> str | None:
    return None if number is None else str(number)


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
    "figure": f"key, {STORED_COLUMNS}",
    "series": "key, pack, measure, place, source, place_order",
    "tally": "pack, place, measure, figures",
    "word": "text, more, kind, id, pack",
    "figure_word": "rowid, text, more, id, pack",
    "series_word": "text, more, kind, id, pack",
}
"""The tables that hold the rows of packs, and their columns; beside each lies an ``idle`` one."""


def insert_pack(connection: sqlite3.Connection, pack: Pack, state: PackState, places: PlaceTree) -> None:
    """Put ``pack`` into the tables in place of one with its id, to be listed as ``state``."""
    if series_table.is_bulk_storable(pack.figures):
        put_bulk(connection, pack, state, places, series_table.series_of(pack.figures))
        return
    _put_items(connection, pack, state)
    platforms = {platform.id: platform for platform in pack.platforms}
    insert_figures(connection, pack.figures, places, platforms)
    counts = Counter((figure.place, figure.measure) for figure in pack.figures)
    connection.executemany(
        "INSERT INTO tally VALUES (?, ?, ?, ?)", ((pack.id, *key, count) for key, count in counts.items())
    )
    full_text.index_pack(connection, pack, places)


def _put_items(connection: sqlite3.Connection, pack: Pack, state: PackState) -> None:
    """List a pack in place of one with its id, with all it holds but its figures."""
    delete_pack(connection, pack.id)
    _insert_state(connection, state)
    for table, rows in codec.encode_tables(pack):
        if table.name != "figures":
            connection.executemany(
                "INSERT INTO item VALUES (?, ?, ?, ?)",
                ((pack.id, table.name, at, json.dumps(cells)) for at, cells in enumerate(rows)),
            )
    full_text.put_items(connection, pack)


def put_bulk(
    connection: sqlite3.Connection,
    pack: Pack,
    state: PackState,
    places: PlaceTree,
    series: Iterable[series_table.KeyedSeries],
) -> None:
    """Put a pack whose figures come as ``series``, whether in it or not; ``state`` says how many they are."""
    _put_items(connection, pack, state)
    series_table.insert_series(connection, pack.id, places, series)
    full_text.insert_search_words(connection, pack, places)


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
    series_table.delete_series(connection, pack)
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
