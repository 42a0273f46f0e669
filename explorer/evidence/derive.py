"""Everything that may be worked out among the figures of one place or one chart.

It chooses what is set against what, never across measures and never a count of one platform for a police
force; ``changes``, ``arithmetic``, ``regional`` and ``rates`` do the working. Time grows with the number of
figures and no faster.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import date
from itertools import pairwise

from . import changes, periods
from .arithmetic import (
    IMPLIED_LEVELS,
    against_average_quarter,
    average_quarter,
    change,
    implied_count,
    percentage_change,
    share_difference,
)
from .changes import change_since, pair, slots_of
from .conflicts import Rule, prefer
from .derived import Derived, DerivedCaveat, DerivedKind, DerivedUnit
from .history import RECENT
from .model import Figure, PeriodKind, Unit
from .rates import ALL_HEADS, HEADS, population_of, rate
from .record import Record
from .regional import within_larger
from .scope import can_lead

__all__ = [
    "Derived",
    "DerivedCaveat",
    "DerivedKind",
    "DerivedUnit",
    "against_average_quarter",
    "average_quarter",
    "change",
    "change_since",
    "derive_all",
    "implied_count",
    "percentage_change",
    "share_difference",
]

_COUNT_UNITS = {Unit.OFFENCES: DerivedUnit.OFFENCES, Unit.PEOPLE: DerivedUnit.PEOPLE}
"""The units of counts that changes are worked out of; of ages, forces and printed changes none are."""
_REGULAR = 8
"""A series with so many quarters is told by quarter: only those of a year still running are set against
an average one."""
_YEARS = frozenset({PeriodKind.FINANCIAL_YEAR, PeriodKind.CALENDAR_YEAR, PeriodKind.YEAR})


def derive_all(
    figures: Iterable[Figure],
    record: Record,
    rule: Rule = Rule.NEWEST,
    *,
    period: str | None = None,
) -> tuple[Derived, ...]:
    """All worked-out figures that stand on ``figures``: changes, quarters, shares, sums of forces, rates.

    Series by series in the order given. The base of a share, the forces of a region, the nation of a place
    and its people are asked of ``record``. A figure without a number takes part in nothing; a breakdown and
    a total of several years take no part in changes. Nothing is worked out between figures that are not known
    to cover the same, nor of a figure in doubt. With ``period``, the text of one, only the figures of that
    period are set beside their forces, their nation and their people.
    """
    given = list({figure.id: figure for figure in figures if figure.amount.number is not None}.values())
    context = changes.context(given, record, rule)
    found: list[Derived] = []
    for series in _series(given):
        measure = record.measure(series[0].measure)
        unit = _COUNT_UNITS.get(measure.unit)
        if measure.unit is Unit.PER_CENT:
            found.extend(_differences(series, context))
            found.extend(_implied(series, record))
        elif unit is not None and measure.id not in HEADS and not series[0].breakdown:
            found.extend(changes.within(series, unit, context))
            found.extend(_quarters(series, context, unit))
            if measure.unit is Unit.OFFENCES and series[0].platform is None:
                found.extend(_wider(series, context, period))
    return tuple(found)


def _wider(series: Sequence[Figure], context: changes.Context, period: str | None) -> Iterator[Derived]:
    """Each figure that is drawn of a series, beside its forces, its nation and its people, as far as held."""
    record = context.record
    for slot in slots_of(series):
        if period is not None and slot[0].period.text != period:
            continue
        figure = prefer(slot, context.published, context.rule)
        yield from within_larger(slot, figure, record, context.known)
        for head in ALL_HEADS if figure.in_doubt is None else ():
            people = population_of(figure, record, head)
            if people is not None:
                with suppress(ValueError):  # too few offences, or too few people, for a rate
                    yield rate(figure, people)


def _series(figures: Iterable[Figure]) -> list[list[Figure]]:
    """Figures of one measure, place, platform and breakdown together, in period order."""
    found: dict[tuple[str, str, str | None, str], list[Figure]] = {}
    for figure in figures:
        key = (figure.measure, figure.place, figure.platform, figure.breakdown)
        found.setdefault(key, []).append(figure)
    return [sorted(series, key=lambda figure: periods.order_key(figure.period)) for series in found.values()]


def _differences(series: Sequence[Figure], context: changes.Context) -> Iterator[Derived]:
    """Shares of neighbouring, like periods that are known to cover the same, with their bases where named."""
    for before, after in pairwise(slots_of(series)):
        earlier, later = pair(before, after, context.published)
        if earlier.platform is None or not changes.may_compare(earlier, later, context):
            continue
        yield share_difference(earlier, later, (_named_base(earlier, context), _named_base(later, context)))


def _named_base(share: Figure, context: changes.Context) -> Figure | None:
    """The count that a share names as its base, where that is not just all offences."""
    held = context.record.figures(ids=[share.base_figure]) if share.base_figure else ()
    return held[0] if held and held[0].breakdown else None


def _quarters(series: Sequence[Figure], context: changes.Context, unit: DerivedUnit) -> Iterator[Derived]:
    """Each lone quarter against the average quarter of the last whole year before it, if not long before."""
    slots = slots_of(series)
    years = sorted(
        (slot for slot in slots if slot[0].period.kind in _YEARS), key=lambda slot: slot[0].period.end
    )
    ends: list[date] = [slot[0].period.end for slot in years]
    counted = sum(slot[0].period.kind is PeriodKind.QUARTER for slot in slots)
    since = ends[-1] if ends and counted >= _REGULAR else date.min
    averaged: set[str] = set()
    for slot in slots:
        period = slot[0].period
        lone = period.kind is PeriodKind.QUARTER and period.start > since
        at = bisect_left(ends, period.start) if lone else 0
        if at and period.start - ends[at - 1] <= RECENT:
            year, quarter = pair(years[at - 1], slot, context.published)
            if not changes.cover_the_same(year, quarter, context):
                continue
            if year.id not in averaged:
                averaged.add(year.id)
                yield average_quarter(year, unit=unit)
            yield against_average_quarter(quarter, year, unit=unit)


def _implied(series: Sequence[Figure], record: Record) -> Iterator[Derived]:
    level = record.places.get(series[0].place).level
    if series[0].platform is None or level not in IMPLIED_LEVELS:
        return
    bases = _bases(series, record)
    for share in series:
        base = bases.get(share.id)
        if base is None:
            continue
        try:
            yield implied_count(share, base, level)
        except ValueError:
            # The share is of some other base: nothing can be worked out, and nothing is.
            continue


def _bases(series: Sequence[Figure], record: Record) -> dict[str, Figure]:
    """The count that each share names as its base: a count beside it is not known to be one."""
    named = [share.base_figure for share in series if share.base_figure is not None and can_lead(share)]
    by_id = {figure.id: figure for figure in record.figures(ids=named)} if named else {}
    found: dict[str, Figure] = {}
    for share in series:
        base = by_id.get(share.base_figure or "")
        if base is not None and base.in_doubt is None and _is_count(base, record):
            found[share.id] = base
    return found


def _is_count(figure: Figure, record: Record) -> bool:
    return figure.amount.number is not None and record.measure(figure.measure).unit is Unit.OFFENCES
