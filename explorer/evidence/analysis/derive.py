"""Everything that may be worked out among the figures of one place or one chart.

It chooses what is set against what, never across measures and never a count of one platform for a police
force; ``changes``, ``arithmetic`` and ``regions`` do the working. Time grows with the number of
figures and no faster.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import date
from itertools import pairwise

from explorer.evidence import periods
from explorer.evidence.analysis import changes
from explorer.evidence.conflicts import Preference, pick_preferred
from explorer.evidence.model import Figure, PeriodKind, Unit
from explorer.evidence.repository import Repository

from .arithmetic import (
    IMPLIED_LEVELS,
    DerivedCaveat,
    DerivedFigure,
    DerivedKind,
    DerivedUnit,
    absolute_change,
    against_average_quarter,
    average_quarter,
    implied_count,
    percentage_change,
    share_difference,
)
from .changes import best_pair, change_since, slots_of
from .coverage import can_lead
from .regions import ALL_HEADS, HEADS, population_of, population_rate, within_larger
from .time_series import RECENT

__all__ = [
    "DerivedCaveat",
    "DerivedFigure",
    "DerivedKind",
    "DerivedUnit",
    "absolute_change",
    "against_average_quarter",
    "average_quarter",
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
    record: Repository,
    rule: Preference = Preference.NEWEST,
    *,
    period: str | None = None,
) -> tuple[DerivedFigure, ...]:
    """All worked-out figures that stand on ``figures``: changes, quarters, shares, sums of forces, rates.

    Series by series in the order given. The base of a share, the forces of a region, the nation of a place
    and its people are asked of ``record``. A figure without a number takes part in nothing; a breakdown and
    a total of several years take no part in changes. Nothing is worked out between figures that are not known
    to cover the same, nor of a figure in doubt. With ``period``, the text of one, only the figures of that
    period are set beside their forces, their nation and their people.
    """
    numeric_figures = list({figure.id: figure for figure in figures if figure.amount.number is not None}.values())
    context = changes.build_change_context(numeric_figures, record, rule)
    derived_figures: list[DerivedFigure] = []
    for series in _group_series(numeric_figures):
        measure = record.measure(series[0].measure)
        unit = _COUNT_UNITS.get(measure.unit)
        if measure.unit is Unit.PER_CENT:
            derived_figures.extend(_iter_share_differences(series, context))
            derived_figures.extend(_iter_implied_counts(series, record))
        elif unit is not None and measure.id not in HEADS and not series[0].breakdown:
            derived_figures.extend(changes.series_changes(series, unit, context))
            derived_figures.extend(_iter_quarter_comparisons(series, context, unit))
            if measure.unit is Unit.OFFENCES and series[0].platform is None:
                derived_figures.extend(_iter_wider_comparisons(series, context, period))
    return tuple(derived_figures)


def _iter_wider_comparisons(
    series: Sequence[Figure], context: changes.ChangeContext, period: str | None
) -> Iterator[DerivedFigure]:
    """Each figure that is drawn of a series, beside its forces, its nation and its people, as far as held."""
    record = context.record
    for slot in slots_of(series):
        if period is not None and slot[0].period.text != period:
            continue
        figure = pick_preferred(slot, context.source_dates, context.rule)
        yield from within_larger(slot, figure, record, context.region_forces)
        for head in ALL_HEADS if figure.in_doubt is None else ():
            people = population_of(figure, record, head)
            if people is not None:
                with suppress(ValueError):  # too few offences, or too few people, for a rate
                    yield population_rate(figure, people)


def _group_series(figures: Iterable[Figure]) -> list[list[Figure]]:
    """Figures of one measure, place, platform and breakdown together, in period order."""
    by_series: dict[tuple[str, str, str | None, str], list[Figure]] = {}
    for figure in figures:
        key = (figure.measure, figure.place, figure.platform, figure.breakdown)
        by_series.setdefault(key, []).append(figure)
    return [sorted(series, key=lambda figure: periods.order_key(figure.period)) for series in by_series.values()]


def _iter_share_differences(series: Sequence[Figure], context: changes.ChangeContext) -> Iterator[DerivedFigure]:
    """Shares of neighbouring, like periods that are known to cover the same, with their bases where named."""
    for before, after in pairwise(slots_of(series)):
        earlier, later = best_pair(before, after, context.source_dates)
        if earlier.platform is None or not changes.may_compare(earlier, later, context):
            continue
        yield share_difference(earlier, later, (_named_base(earlier, context), _named_base(later, context)))


def _named_base(share: Figure, context: changes.ChangeContext) -> Figure | None:
    """The count that a share names as its base, where that is not just all offences."""
    base_figures = context.record.figures(ids=[share.base_figure]) if share.base_figure else ()
    return base_figures[0] if base_figures and base_figures[0].breakdown else None


def _iter_quarter_comparisons(
    series: Sequence[Figure], context: changes.ChangeContext, unit: DerivedUnit
) -> Iterator[DerivedFigure]:
    """Each lone quarter against the average quarter of the last whole year before it, if not long before."""
    slots = slots_of(series)
    years = sorted((slot for slot in slots if slot[0].period.kind in _YEARS), key=lambda slot: slot[0].period.end)
    ends: list[date] = [slot[0].period.end for slot in years]
    quarter_count = sum(slot[0].period.kind is PeriodKind.QUARTER for slot in slots)
    since = ends[-1] if ends and quarter_count >= _REGULAR else date.min
    averaged_ids: set[str] = set()
    for slot in slots:
        period = slot[0].period
        lone = period.kind is PeriodKind.QUARTER and period.start > since
        at = bisect_left(ends, period.start) if lone else 0
        if at and period.start - ends[at - 1] <= RECENT:
            year, quarter = best_pair(years[at - 1], slot, context.source_dates)
            if not changes.cover_the_same(year, quarter, context):
                continue
            if year.id not in averaged_ids:
                averaged_ids.add(year.id)
                yield average_quarter(year, unit=unit)
            yield against_average_quarter(quarter, year, unit=unit)


def _iter_implied_counts(series: Sequence[Figure], record: Repository) -> Iterator[DerivedFigure]:
    level = record.places.get(series[0].place).level
    if series[0].platform is None or level not in IMPLIED_LEVELS:
        return
    bases = _find_bases(series, record)
    for share in series:
        base = bases.get(share.id)
        if base is None:
            continue
        try:
            yield implied_count(share, base, level)
        except ValueError:
            # The share is of some other base: nothing can be worked out, and nothing is.
            continue


def _find_bases(series: Sequence[Figure], record: Repository) -> dict[str, Figure]:
    """The count that each share names as its base: a count beside it is not known to be one."""
    base_ids = [share.base_figure for share in series if share.base_figure is not None and can_lead(share)]
    by_id = {figure.id: figure for figure in record.figures(ids=base_ids)} if base_ids else {}
    base_by_share: dict[str, Figure] = {}
    for share in series:
        base = by_id.get(share.base_figure or "")
        if base is not None and base.in_doubt is None and _is_count(base, record):
            base_by_share[share.id] = base
    return base_by_share


def _is_count(figure: Figure, record: Repository) -> bool:
    return figure.amount.number is not None and record.measure(figure.measure).unit is Unit.OFFENCES
