"""Asking for the figures of very large packs, which ``bulk`` keeps in one row for each place and measure."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from decimal import Decimal
from functools import lru_cache

import msgspec

from explorer.evidence.model import Amount, Figure, FigureStatus, InDoubt, Period, Qualifier
from explorer.evidence.periods import parse_period

from .bulk import Extras, PackedSeries, id_segment, parse_figure_id
from .database import DatabaseFailure, LibraryDatabase

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
