"""Figures in the library's tables: putting them there and getting them out in their order, quickly.

It knows the columns of one table and nothing of packs as a whole.
"""

from __future__ import annotations

import sqlite3
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any, cast

from explorer.evidence.model import Amount, Figure, FigureStatus, InDoubt, Platform, Qualifier
from explorer.evidence.periods import parse_period
from explorer.evidence.places import PlaceTree

from .database import DatabaseFailure, LibraryDatabase

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
