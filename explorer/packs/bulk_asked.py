"""Asking for the figures of very large packs, which ``bulk`` keeps in one row for each place and measure."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from decimal import Decimal
from functools import lru_cache

import msgspec

from explorer.evidence.model import Amount, Figure, InDoubt, Period, Qualifier, Status
from explorer.evidence.periods import parse

from .bulk import More, Series, address, in_id
from .database import Damaged, Database

_SELECT = "SELECT pack, measure, place, figures FROM series LEFT JOIN payload USING (key)"
_DECODER = msgspec.msgpack.Decoder(Series)


def get(database: Database, place: str | None, measure: str | None, platform: str | None) -> list[Figure]:
    """The figures that fit. Raises Damaged, also where a row holds what none can."""
    wheres = [f"{name} = ?" for name, value in (("place", place), ("measure", measure)) if value is not None]
    given = [value for value in (place, measure) if value is not None]
    where = f" WHERE {' AND '.join(wheres)}" if wheres else ""
    found = _figures(database.rows(f"{_SELECT}{where} ORDER BY place_order", given))
    return found if platform is None else [one for one in found if (one.platform or "") == platform]


def get_ids(database: Database, ids: Iterable[str]) -> list[Figure]:
    """The figures with these ids, as far as they are kept this way."""
    wanted = set(ids)
    keys = dict.fromkeys(found[:3] for found in map(address, wanted) if found is not None)
    figures: list[Figure] = []
    sql = f"{_SELECT} WHERE pack = ? AND measure = ? AND place = ?"
    for key in keys:
        figures += _figures(database.rows(sql, key), wanted)
    return figures


def of_source(database: Database, source: str, limit: int) -> list[Figure]:
    """The figures printed in a source, as many as ``limit``, of the first places first."""
    sql = f"{_SELECT} WHERE pack = ? AND source = ? ORDER BY place_order, key LIMIT ?"
    found: list[Figure] = []
    for row in database.rows(sql, (source.partition("/")[0], source, limit)):
        found += _figures((row,))
        if len(found) >= limit:
            break
    return found[:limit]


def is_empty(database: Database) -> bool:
    """Whether nothing at all is kept this way."""
    return not database.rows("SELECT 1 FROM series LIMIT 1")


def _figures(rows: Iterable[tuple[object, ...]], wanted: Container[str] | None = None) -> list[Figure]:
    """The figures of rows, or those that are ``wanted`` by their ids."""
    try:
        return [
            figure
            for pack, measure, place, payload in rows
            for figure in _unpacked(str(pack), str(measure), str(place), payload, wanted)
        ]
    except (msgspec.MsgspecError, ValueError, TypeError, LookupError, ArithmeticError) as error:
        raise Damaged(f"figures in it cannot be read ({error})") from None


def _decoded(payload: object) -> Series:
    """What a row holds. Raises TypeError, ValueError or MsgspecError where no series could be so."""
    if not isinstance(payload, bytes):
        raise TypeError("a series is no block of bytes")
    series = _DECODER.decode(payload)
    columns = (series.period, series.number, series.where, series.row, series.note)
    if len({len(column) for column in (*columns, series.rest or series.period)}) != 1:
        raise ValueError("the columns of a series differ in length")
    return series


def _unpacked(
    pack: str, measure: str, place: str, payload: object, wanted: Container[str] | None
) -> Iterator[Figure]:
    series = _decoded(payload)
    before = f"{pack}/{measure}.{place}."
    rests = series.rest or [f"{in_id(period)}{series.after}" for period in series.period]
    for at, rest in enumerate(rests):
        if wanted is not None and before + rest not in wanted:
            continue
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
        basis=told.basis,
        in_doubt=None if told.in_doubt is None else InDoubt(told.in_doubt),
        doubt=told.doubt,
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
