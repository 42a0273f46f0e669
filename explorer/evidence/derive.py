"""Everything that may be worked out among the figures of one place or one chart.

It chooses what is set against what, never across measures and never a count of one platform for a police
force; ``arithmetic`` does the working. Time grows with the number of figures and no faster.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import pairwise

from . import periods
from .arithmetic import (
    IMPLIED_LEVELS,
    against_average_quarter,
    average_quarter,
    change,
    implied_count,
    percentage_change,
    share_difference,
)
from .conflicts import prefer
from .derived import Derived, DerivedCaveat, DerivedKind, DerivedUnit
from .model import Figure, PeriodKind, Unit
from .record import Record

__all__ = [
    "Derived",
    "DerivedCaveat",
    "DerivedKind",
    "DerivedUnit",
    "against_average_quarter",
    "average_quarter",
    "change",
    "derive_all",
    "implied_count",
    "percentage_change",
    "share_difference",
]

_COUNT_UNITS = {Unit.OFFENCES: DerivedUnit.OFFENCES, Unit.PEOPLE: DerivedUnit.PEOPLE}
_YEARS = frozenset({PeriodKind.FINANCIAL_YEAR, PeriodKind.CALENDAR_YEAR, PeriodKind.YEAR})
Slot = list[Figure]
"""The figures of one series for one period: one, or several that sources print differently."""


def derive_all(figures: Iterable[Figure], record: Record) -> tuple[Derived, ...]:
    """All worked-out figures that stand on ``figures``: changes, quarters, share differences, implied counts.

    Series by series in the order given. The base of a share is asked of ``record`` where it is not among
    the figures. A figure without a number takes part in nothing.
    """
    given = list({figure.id: figure for figure in figures if figure.amount.number is not None}.values())
    published = {source: _published(record, source) for source in {figure.source for figure in given}}
    found: list[Derived] = []
    for series in _series(given):
        unit = record.measure(series[0].measure).unit
        if unit is Unit.PER_CENT:
            found.extend(_differences(series, published))
            found.extend(_implied(series, record))
        else:
            found.extend(_changes(series, published, _COUNT_UNITS[unit]))
            found.extend(_quarters(series, published, _COUNT_UNITS[unit]))
    return tuple(found)


def _series(figures: Iterable[Figure]) -> list[list[Figure]]:
    """Figures of one measure, place, platform and breakdown together, in period order."""
    found: dict[tuple[str, str, str | None, str], list[Figure]] = {}
    for figure in figures:
        key = (figure.measure, figure.place, figure.platform, figure.breakdown)
        found.setdefault(key, []).append(figure)
    return [sorted(series, key=lambda figure: periods.order_key(figure.period)) for series in found.values()]


def _slots(series: Iterable[Figure]) -> list[Slot]:
    found: dict[str, Slot] = {}
    for figure in series:
        found.setdefault(figure.period.text, []).append(figure)
    return list(found.values())


def _changes(series: Sequence[Figure], published: dict[str, str], unit: DerivedUnit) -> Iterator[Derived]:
    alike: dict[tuple[PeriodKind, int], list[Slot]] = {}
    for slot in _slots(series):
        period = slot[0].period
        alike.setdefault((period.kind, periods.months(period)), []).append(slot)
    for slots in alike.values():
        for before, after in pairwise(slots):
            earlier, later = _pair(before, after, published)
            if not _follows(earlier, later) or not periods.alike(earlier.period, later.period):
                continue
            yield change(earlier, later, unit=unit)
            if earlier.amount.number:
                yield percentage_change(earlier, later)


def _differences(series: Sequence[Figure], published: dict[str, str]) -> Iterator[Derived]:
    for before, after in pairwise(_slots(series)):
        earlier, later = _pair(before, after, published)
        if earlier.platform is not None and _follows(earlier, later):
            yield share_difference(earlier, later)


def _quarters(series: Sequence[Figure], published: dict[str, str], unit: DerivedUnit) -> Iterator[Derived]:
    """Each quarter against the average quarter of the last whole year before it."""
    slots = _slots(series)
    years = sorted(
        (slot for slot in slots if slot[0].period.kind in _YEARS), key=lambda slot: slot[0].period.end
    )
    ends: list[date] = [slot[0].period.end for slot in years]
    averaged: set[str] = set()
    for slot in slots:
        period = slot[0].period
        at = bisect_left(ends, period.start) if period.kind is PeriodKind.QUARTER else 0
        if at:
            year, quarter = _pair(years[at - 1], slot, published)
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
            # The printed share is of some other base: nothing can be worked out, and nothing is.
            continue


def _bases(series: Sequence[Figure], record: Record) -> dict[str, Figure]:
    """The count that each share is taken of: the one it names, or the only one printed beside it."""
    named = [share.base_figure for share in series if share.base_figure is not None]
    by_id = {figure.id: figure for figure in record.figures(ids=named)} if named else {}
    beside = _beside(series[0], record) if len(named) < len(series) else {}
    found: dict[str, Figure] = {}
    for share in series:
        if share.base_figure is not None:
            counts = [by_id[share.base_figure]] if share.base_figure in by_id else []
        else:
            counts = beside.get((share.source, share.period.text, share.breakdown), [])
        if len(counts) == 1 and _is_count(counts[0], record):
            found[share.id] = counts[0]
    return found


def _beside(share: Figure, record: Record) -> dict[tuple[str, str, str], list[Figure]]:
    """The counts of a share's place that belong to its group of measures, by source, period and breakdown."""
    group = record.measure(share.measure).group
    found: dict[tuple[str, str, str], list[Figure]] = {}
    for count in record.figures(place=share.place, platform=""):
        measure = record.measure(count.measure)
        if measure.group == group and measure.unit is Unit.OFFENCES:
            found.setdefault((count.source, count.period.text, count.breakdown), []).append(count)
    return found


def _is_count(figure: Figure, record: Record) -> bool:
    return figure.amount.number is not None and record.measure(figure.measure).unit is Unit.OFFENCES


def _pair(before: Slot, after: Slot, published: dict[str, str]) -> tuple[Figure, Figure]:
    """One figure of each: of one source where there is such a one, the newest; else the preferred ones."""
    if len(before) == len(after) == 1:
        return before[0], after[0]
    shared = {figure.source for figure in before} & {figure.source for figure in after}
    if shared:
        source = max(shared, key=lambda name: (published[name], name))
        before = [figure for figure in before if figure.source == source]
        after = [figure for figure in after if figure.source == source]
    return prefer(before, published), prefer(after, published)


def _follows(earlier: Figure, later: Figure) -> bool:
    return earlier.period.end < later.period.start


def _published(record: Record, source: str) -> str:
    try:
        return record.source(source).published
    except KeyError:
        return ""
