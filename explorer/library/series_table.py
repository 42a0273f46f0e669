"""Figures of very large packs: one row of the tables for each place and measure, its figures packed together.

A row for each figure would take far longer to put than the table that it came from takes to read. How they
are got back stands in ``library``: a test holds them against the other way of keeping them.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Container, Iterable, Iterator, Sequence
from decimal import Decimal
from functools import lru_cache

import msgspec
from msgspec import Struct

from explorer.evidence import Amount, Figure, FigureStatus, InDoubt, Period, PlaceTree, Qualifier, parse_period

from .database import DatabaseFailure, LibraryDatabase

MANY = 20_000
"""Packs with more figures are kept this way, where their ids allow it."""
_INSERT = "INSERT INTO series (key, pack, measure, place, source, place_order) VALUES (?, ?, ?, ?, ?, ?)"
_LARGEST = 1 << 63
"""A number from here on is no plain one: it would not go into the columns."""


class PackedSeries(Struct, array_like=True):
    """The figures of one pack, place and measure, in columns of equal length."""

    source: str
    after: str
    """What stands in each id after its period."""
    rest: list[str]
    """What stands in each id after the place; empty where it is the period and ``after``."""
    period: list[str]
    number: list[int]
    where: list[int]
    """Of each figure: which of ``wheres`` its locator begins with."""
    row: list[int]
    """Of each figure: the number that its locator ends with; -1 for none."""
    wheres: list[str]
    notes: list[str]
    note: list[int]
    """Of each figure: which of ``notes`` it has."""
    more: dict[int, Extras]
    """By position: figures that are more or other than a plain whole number."""


class Extras(Struct, array_like=True):
    """What a figure has that is not a whole number and nothing else."""

    number: str | None
    qualifier: str
    status: str | None
    low: str | None
    high: str | None
    printed: str
    platform: str | None
    breakdown: str
    base: str
    base_figure: str | None
    forces_responding: int | None
    forces_total: int | None
    coverage: str
    basis: str = ""
    in_doubt: str | None = None
    doubt: str = ""


_ENCODER = msgspec.msgpack.Encoder()
KeyedSeries = tuple[str, str, PackedSeries]
"""A place, a measure and the figures of both."""


def insert_series(connection: sqlite3.Connection, pack: str, places: PlaceTree, several: Iterable[KeyedSeries]) -> int:
    """Put all series of a pack into the tables, with their tally; gives how many figures there are."""
    tally: dict[tuple[str, str, str], int] = {}
    series_rows: list[tuple[int, str, str, str, str, int]] = []
    last = connection.execute("SELECT max(key) FROM payload").fetchone()[0] or 0

    def iter_payloads() -> Iterator[tuple[int, bytes]]:
        for key, (place, measure, series) in enumerate(several, start=last + 1):
            tally_key = (pack, place, measure)
            tally[tally_key] = tally.get(tally_key, 0) + len(series.period)
            series_rows.append((key, pack, measure, place, series.source, places.position(place)))
            yield key, _ENCODER.encode(series)

    connection.executemany("INSERT INTO payload VALUES (?, ?)", iter_payloads())
    connection.executemany(_INSERT, series_rows)
    counts = ((*key, count) for key, count in tally.items())
    connection.executemany("INSERT INTO tally VALUES (?, ?, ?, ?)", counts)
    return sum(tally.values())


def delete_series(connection: sqlite3.Connection, pack: str) -> None:
    """Take out what is packed of a pack, while its series are still listed, switched on or off."""
    for table in ("series", "idle_series"):
        sql = f"DELETE FROM payload WHERE key IN (SELECT key FROM {table} WHERE pack = ?)"
        connection.execute(sql, (pack,))


def is_bulk_storable(figures: Sequence[Figure]) -> bool:
    """Whether a pack's figures are many, with ids that say which series each is in."""
    return len(figures) > MANY and all(_has_series_id(figure) for figure in figures)


def _has_series_id(figure: Figure) -> bool:
    return (parse_figure_id(figure.id) or ("",) * 4)[:3] == (figure.pack, figure.measure, figure.place)


def id_segment(period: str) -> str:
    """A period's text as it stands in an id."""
    return period.replace("/", "-")


def parse_figure_id(figure: str) -> tuple[str, str, str, str] | None:
    """The pack, the measure, the place and the rest that a figure's id says; None where it says none."""
    pack, _, local = figure.partition("/")
    parts = local.rsplit(".", 2)
    return (pack, parts[0], parts[1], parts[2]) if len(parts) == 3 else None


def series_of(figures: Iterable[Figure]) -> Iterator[KeyedSeries]:
    """The figures of one pack as series, places and measures in the order they first come in."""
    several: dict[tuple[str, str], list[Figure]] = {}
    for figure in figures:
        several.setdefault((figure.place, figure.measure), []).append(figure)
    for (place, measure), own in several.items():
        for source, part in _by_source(own).items():
            yield place, measure, _pack_series(source, part)


def _by_source(figures: Sequence[Figure]) -> dict[str, list[Figure]]:
    by_source: dict[str, list[Figure]] = {}
    for figure in figures:
        by_source.setdefault(figure.source, []).append(figure)
    return by_source


def _pack_series(source: str, figures: Sequence[Figure]) -> PackedSeries:
    wheres = list(dict.fromkeys(figure.locator for figure in figures))
    notes = list(dict.fromkeys(figure.note for figure in figures))
    plain = [_is_plain(figure) for figure in figures]
    return PackedSeries(
        source=source,
        after="",
        rest=[figure.id.rsplit(".", 1)[1] for figure in figures],
        period=[figure.period.text for figure in figures],
        number=[
            int(figure.amount.number or 0) if is_plain else 0 for figure, is_plain in zip(figures, plain, strict=True)
        ],
        where=[wheres.index(figure.locator) for figure in figures],
        row=[-1] * len(figures),
        wheres=wheres,
        notes=notes,
        note=[notes.index(figure.note) for figure in figures],
        more={at: build_extras(figure) for at, figure in enumerate(figures) if not plain[at]},
    )


def _is_plain(figure: Figure) -> bool:
    """Whether a figure is a whole number as printed, and nothing else is said of it."""
    amount = figure.amount
    number = amount.number
    if number is None or not -_LARGEST < number < _LARGEST or figure.printed != f"{number}":
        return False
    exact = amount.qualifier is Qualifier.EXACT and amount.status is None
    optional_fields = (figure.platform, figure.base_figure, figure.forces_responding, figure.forces_total)
    return (
        exact
        and number == int(number)
        and str(int(number)) == figure.printed
        and amount.low == amount.high == number
        and optional_fields == (None, None, None, None)
        and not (figure.breakdown or figure.base or figure.coverage or figure.basis or figure.in_doubt)
    )


def build_extras(figure: Figure) -> Extras:
    """All that a figure has beside its id, place, measure, period, source, locator and note."""
    amount = figure.amount
    return Extras(
        number=_format_decimal(amount.number),
        qualifier=amount.qualifier.value,
        status=amount.status.value if amount.status else None,
        low=_format_decimal(amount.low),
        high=_format_decimal(amount.high),
        printed=figure.printed,
        platform=figure.platform,
        breakdown=figure.breakdown,
        base=figure.base,
        base_figure=figure.base_figure,
        forces_responding=figure.forces_responding,
        forces_total=figure.forces_total,
        coverage=figure.coverage,
        basis=figure.basis,
        in_doubt=figure.in_doubt.value if figure.in_doubt else None,
        doubt=figure.doubt,
    )


def _format_decimal(number: Decimal | None) -> str | None:
    return None if number is None else str(number)


# Asking for the figures of very large packs, which are kept in one row for each place and
# measure.


_SELECT = "SELECT pack, measure, place, figures FROM series LEFT JOIN payload USING (key)"
_DECODER = msgspec.msgpack.Decoder(PackedSeries)


def query_series(
    database: LibraryDatabase, place: str | None, measure: str | None, platform: str | None
) -> list[Figure]:
    """The figures that fit. Raises Damaged, also where a row holds what none can."""
    wheres = [f"{name} = ?" for name, value in (("place", place), ("measure", measure)) if value is not None]
    parameters = [value for value in (place, measure) if value is not None]
    where = f" WHERE {' AND '.join(wheres)}" if wheres else ""
    figures = _unpack_rows(database.query_rows(f"{_SELECT}{where} ORDER BY place_order", parameters))
    return figures if platform is None else [one for one in figures if (one.platform or "") == platform]


def get_ids(database: LibraryDatabase, ids: Iterable[str]) -> list[Figure]:
    """The figures with these ids, as far as they are kept this way."""
    wanted_ids = set(ids)
    keys = dict.fromkeys(id_parts[:3] for id_parts in map(parse_figure_id, wanted_ids) if id_parts is not None)
    figures: list[Figure] = []
    sql = f"{_SELECT} WHERE pack = ? AND measure = ? AND place = ?"
    for key in keys:
        figures += _unpack_rows(database.query_rows(sql, key), wanted_ids)
    return figures


def query_by_source(database: LibraryDatabase, source: str, limit: int) -> list[Figure]:
    """The figures printed in a source, as many as ``limit``, of the first places first."""
    sql = f"{_SELECT} WHERE pack = ? AND source = ? ORDER BY place_order, key LIMIT ?"
    figures: list[Figure] = []
    for row in database.query_rows(sql, (source.partition("/")[0], source, limit)):
        figures += _unpack_rows((row,))
        if len(figures) >= limit:
            break
    return figures[:limit]


def is_empty(database: LibraryDatabase) -> bool:
    """Whether nothing at all is kept this way."""
    return not database.query_rows("SELECT 1 FROM series LIMIT 1")


def _unpack_rows(rows: Iterable[tuple[object, ...]], wanted_ids: Container[str] | None = None) -> list[Figure]:
    """The figures of rows, or those that are ``wanted_ids`` by their ids."""
    try:
        return [
            figure
            for pack, measure, place, payload in rows
            for figure in _unpack_series(str(pack), str(measure), str(place), payload, wanted_ids)
        ]
    except (msgspec.MsgspecError, ValueError, TypeError, LookupError, ArithmeticError) as error:
        raise DatabaseFailure(f"figures in it cannot be read ({error})") from None


def _decode_series(payload: object) -> PackedSeries:
    """What a row holds. Raises TypeError, ValueError or MsgspecError where no series could be so."""
    if not isinstance(payload, bytes):
        raise TypeError("a series is no block of bytes")
    series = _DECODER.decode(payload)
    columns = (series.period, series.number, series.where, series.row, series.note)
    if len({len(column) for column in (*columns, series.rest or series.period)}) != 1:
        raise ValueError("the columns of a series differ in length")
    return series


def _unpack_series(
    pack: str, measure: str, place: str, payload: object, wanted_ids: Container[str] | None
) -> Iterator[Figure]:
    series = _decode_series(payload)
    before = f"{pack}/{measure}.{place}."
    rests = series.rest or [f"{id_segment(period)}{series.after}" for period in series.period]
    for at, rest in enumerate(rests):
        if wanted_ids is not None and before + rest not in wanted_ids:
            continue
        row, begins = series.row[at], series.wheres[series.where[at]]
        locator = begins if row < 0 else f"{begins}{row}"
        number, note = series.number[at], series.notes[series.note[at]]
        common_fields = (
            before + rest,
            measure,
            place,
            _cached_period(series.period[at]),
            series.source,
            locator,
            pack,
        )
        if at in series.more:
            yield _build_special_figure(common_fields, series.more[at], note)
        else:
            yield Figure(
                id=common_fields[0],
                measure=measure,
                place=place,
                period=common_fields[3],
                amount=_exact_amount(number),
                printed=str(number),
                source=series.source,
                locator=locator,
                pack=pack,
                note=note,
            )


_CommonFields = tuple[str, str, str, Period, str, str, str]


def _build_special_figure(common_fields: _CommonFields, extras: Extras, note: str) -> Figure:
    id_, measure, place, period, source, locator, pack = common_fields
    return Figure(
        id=id_,
        measure=measure,
        place=place,
        period=period,
        amount=Amount(
            number=_parse_decimal(extras.number),
            qualifier=Qualifier(extras.qualifier),
            status=None if extras.status is None else FigureStatus(extras.status),
            low=_parse_decimal(extras.low),
            high=_parse_decimal(extras.high),
        ),
        printed=extras.printed,
        source=source,
        locator=locator,
        pack=pack,
        platform=extras.platform,
        breakdown=extras.breakdown,
        base=extras.base,
        base_figure=extras.base_figure,
        forces_responding=extras.forces_responding,
        forces_total=extras.forces_total,
        coverage=extras.coverage,
        note=note,
        basis=extras.basis,
        in_doubt=None if extras.in_doubt is None else InDoubt(extras.in_doubt),
        doubt=extras.doubt,
    )


def _parse_decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


@lru_cache(maxsize=4096)
def _exact_amount(number: int) -> Amount:
    """A whole number meant exactly: the same few hundred come up again and again."""
    value = Decimal(number)
    return Amount(number=value, qualifier=Qualifier.EXACT, status=None, low=value, high=value)


@lru_cache(maxsize=4096)
def _cached_period(text: str) -> Period:
    return parse_period(text)
