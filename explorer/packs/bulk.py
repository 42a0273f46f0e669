"""Figures of very large packs: one row of the tables for each place and measure, its figures packed together.

A row for each figure would take far longer to put than the table that it came from takes to read. What is
packed gives back the very figures: a test holds it against the other way of keeping them.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from functools import lru_cache

import msgspec
from msgspec import Struct

from explorer.evidence.model import Amount, Figure, Period, Qualifier, Status
from explorer.evidence.periods import parse
from explorer.evidence.places import Places

from .database import Damaged, Database

MANY = 20_000
"""Packs with more figures are kept this way, where their ids allow it."""
_COLUMNS = "pack, measure, place, payload"
_INSERT = "INSERT INTO series (pack, measure, place, place_order, payload) VALUES (?, ?, ?, ?, ?)"
_AT_ONCE = 200


class Series(Struct, array_like=True):
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
    more: dict[int, More]
    """By position: figures that are more or other than a plain whole number."""


class More(Struct, array_like=True):
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


_ENCODER = msgspec.msgpack.Encoder()
_DECODER = msgspec.msgpack.Decoder(Series)
Keyed = tuple[str, str, Series]
"""A place, a measure and the figures of both."""


def put(connection: sqlite3.Connection, pack: str, places: Places, several: Iterable[Keyed]) -> int:
    """Put all series of a pack into the tables, with their tally; gives how many figures there are."""
    tally: dict[tuple[str, str, str], int] = {}

    def rows() -> Iterator[tuple[str, str, str, int, bytes]]:
        for place, measure, series in several:
            key = (pack, place, measure)
            tally[key] = tally.get(key, 0) + len(series.period)
            yield pack, measure, place, places.position(place), _ENCODER.encode(series)

    connection.executemany(_INSERT, rows())
    counts = ((*key, count) for key, count in tally.items())
    connection.executemany("INSERT INTO tally VALUES (?, ?, ?, ?)", counts)
    return sum(tally.values())


def fits(figures: Sequence[Figure]) -> bool:
    """Whether a pack's figures are many, with ids that say which series each is in."""
    return len(figures) > MANY and all(_regular(figure) for figure in figures)


def _regular(figure: Figure) -> bool:
    return (address(figure.id) or ("",) * 4)[1:3] == (figure.measure, figure.place)


def in_id(period: str) -> str:
    """A period's text as it stands in an id."""
    return period.replace("/", "-")


def address(figure: str) -> tuple[str, str, str, str] | None:
    """The pack, the measure, the place and the rest that a figure's id says; None where it says none."""
    pack, _, local = figure.partition("/")
    parts = local.rsplit(".", 2)
    return (pack, parts[0], parts[1], parts[2]) if len(parts) == 3 else None


def series_of(figures: Iterable[Figure]) -> Iterator[Keyed]:
    """The figures of one pack as series, places and measures in the order they first come in."""
    several: dict[tuple[str, str], list[Figure]] = {}
    for figure in figures:
        several.setdefault((figure.place, figure.measure), []).append(figure)
    for (place, measure), own in several.items():
        for source, part in _by_source(own).items():
            yield place, measure, _packed(source, part)


def _by_source(figures: Sequence[Figure]) -> dict[str, list[Figure]]:
    found: dict[str, list[Figure]] = {}
    for figure in figures:
        found.setdefault(figure.source, []).append(figure)
    return found


def _packed(source: str, figures: Sequence[Figure]) -> Series:
    wheres = list(dict.fromkeys(figure.locator for figure in figures))
    notes = list(dict.fromkeys(figure.note for figure in figures))
    plain = [_is_plain(figure) for figure in figures]
    return Series(
        source=source,
        after="",
        rest=[figure.id.rsplit(".", 1)[1] for figure in figures],
        period=[figure.period.text for figure in figures],
        number=[
            int(figure.amount.number or 0) if is_plain else 0
            for figure, is_plain in zip(figures, plain, strict=True)
        ],
        where=[wheres.index(figure.locator) for figure in figures],
        row=[-1] * len(figures),
        wheres=wheres,
        notes=notes,
        note=[notes.index(figure.note) for figure in figures],
        more={at: more(figure) for at, figure in enumerate(figures) if not plain[at]},
    )


def _is_plain(figure: Figure) -> bool:
    """Whether a figure is a whole number as printed, and nothing else is said of it."""
    amount = figure.amount
    number = amount.number
    if number is None or number != number.to_integral_value() or figure.printed != str(int(number)):
        return False
    exact = amount.qualifier is Qualifier.EXACT and amount.status is None
    told = (figure.platform, figure.base_figure, figure.forces_responding, figure.forces_total)
    return (
        exact
        and amount.low == amount.high == number
        and f"{number}" == figure.printed
        and told == (None, None, None, None)
        and not (figure.breakdown or figure.base or figure.coverage)
    )


def more(figure: Figure) -> More:
    """All that a figure has beside its id, place, measure, period, source, locator and note."""
    amount = figure.amount
    return More(
        number=_digits(amount.number),
        qualifier=amount.qualifier.value,
        status=amount.status.value if amount.status else None,
        low=_digits(amount.low),
        high=_digits(amount.high),
        printed=figure.printed,
        platform=figure.platform,
        breakdown=figure.breakdown,
        base=figure.base,
        base_figure=figure.base_figure,
        forces_responding=figure.forces_responding,
        forces_total=figure.forces_total,
        coverage=figure.coverage,
    )


def _digits(number: Decimal | None) -> str | None:
    return None if number is None else str(number)


def get(database: Database, place: str | None, measure: str | None, platform: str | None) -> list[Figure]:
    """The figures that fit. Raises Damaged, also where a row holds what none can."""
    wheres = [f"{name} = ?" for name, value in (("place", place), ("measure", measure)) if value is not None]
    given = [value for value in (place, measure) if value is not None]
    where = f" WHERE {' AND '.join(wheres)}" if wheres else ""
    found = _figures(database.rows(f"SELECT {_COLUMNS} FROM series{where} ORDER BY place_order", given))
    return found if platform is None else [one for one in found if (one.platform or "") == platform]


def get_ids(database: Database, ids: Iterable[str]) -> list[Figure]:
    """The figures with these ids, as far as they are kept this way."""
    wanted = set(ids)
    keys = dict.fromkeys(found[:3] for found in map(address, wanted) if found is not None)
    figures: list[Figure] = []
    sql = f"SELECT {_COLUMNS} FROM series WHERE pack = ? AND measure = ? AND place = ?"
    for key in keys:
        figures += [figure for figure in _figures(database.rows(sql, key)) if figure.id in wanted]
    return figures


def first_ids(database: Database, pack: str, limit: int) -> list[str]:
    """The ids of the first figures of a pack that is kept this way."""
    sql = f"SELECT {_COLUMNS} FROM series WHERE pack = ? ORDER BY place_order LIMIT ?"
    found = _figures(database.rows(sql, (pack, min(limit, _AT_ONCE))))
    return [figure.id for figure in found[:limit]]


def is_empty(database: Database) -> bool:
    """Whether nothing at all is kept this way."""
    return not database.rows("SELECT 1 FROM series LIMIT 1")


def _figures(rows: Iterable[tuple[object, ...]]) -> list[Figure]:
    try:
        return [
            figure
            for pack, measure, place, payload in rows
            for figure in _unpacked(str(pack), str(measure), str(place), payload)
        ]
    except (msgspec.MsgspecError, ValueError, TypeError, LookupError, ArithmeticError) as error:
        raise Damaged(f"figures in it cannot be read ({error})") from None


def _unpacked(pack: str, measure: str, place: str, payload: object) -> Iterator[Figure]:
    if not isinstance(payload, bytes):
        raise TypeError("a series is no block of bytes")
    series = _DECODER.decode(payload)
    before = f"{pack}/{measure}.{place}."
    rests = series.rest or [f"{in_id(period)}{series.after}" for period in series.period]
    for at, rest in enumerate(rests):
        row, begins = series.row[at], series.wheres[series.where[at]]
        locator = begins if row < 0 else f"{begins}{row}"
        number, note = series.number[at], series.notes[series.note[at]]
        shared = (before + rest, measure, place, _period(series.period[at]), series.source, locator, pack)
        if at in series.more:
            yield _whole(shared, series.more[at], note)
        else:
            yield Figure(
                id=shared[0],
                measure=measure,
                place=place,
                period=shared[3],
                amount=_amount(number),
                printed=str(number),
                source=series.source,
                locator=locator,
                pack=pack,
                note=note,
            )


_Shared = tuple[str, str, str, Period, str, str, str]


def _whole(shared: _Shared, told: More, note: str) -> Figure:
    id_, measure, place, period, source, locator, pack = shared
    return Figure(
        id=id_,
        measure=measure,
        place=place,
        period=period,
        amount=Amount(
            number=_decimal(told.number),
            qualifier=Qualifier(told.qualifier),
            status=None if told.status is None else Status(told.status),
            low=_decimal(told.low),
            high=_decimal(told.high),
        ),
        printed=told.printed,
        source=source,
        locator=locator,
        pack=pack,
        platform=told.platform,
        breakdown=told.breakdown,
        base=told.base,
        base_figure=told.base_figure,
        forces_responding=told.forces_responding,
        forces_total=told.forces_total,
        coverage=told.coverage,
        note=note,
    )


def _decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


@lru_cache(maxsize=4096)
def _amount(number: int) -> Amount:
    """A whole number meant exactly: the same few hundred come up again and again."""
    value = Decimal(number)
    return Amount(number=value, qualifier=Qualifier.EXACT, status=None, low=value, high=value)


@lru_cache(maxsize=4096)
def _period(text: str) -> Period:
    return parse(text)
