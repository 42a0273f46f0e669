"""By quarter or by year: which figures of one measure stand together on a chart over time.

A year and its quarters count the same offences. They are never drawn together: whole years with the parts of
years that none of them holds, or the parts without the years.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from explorer.evidence import periods
from explorer.evidence.model import Figure, Period, PeriodKind

from .question import Grain

WHOLE = frozenset({PeriodKind.FINANCIAL_YEAR, PeriodKind.CALENDAR_YEAR, PeriodKind.YEAR})
_FEWEST = 4
"""Fewer quarters than these of years that are held too are told beside the years, not instead of them."""


def grained(figures: Iterable[Figure], grain: Grain = Grain.YEARS) -> tuple[Figure, ...]:
    """The figures that are drawn together, in the order given; totals of several years only by themselves."""
    given = tuple(figures)
    short = tuple(f for f in given if f.period.kind is not PeriodKind.SEVERAL_YEARS)
    if not short:
        return given
    if grain is Grain.QUARTERS:
        quarters = _periods(short, frozenset({PeriodKind.QUARTER}))
        parts = (f for f in short if f.period.kind not in WHOLE)
        return tuple(f for f in parts if f.period.kind is PeriodKind.QUARTER or not _met(f.period, quarters))
    whole = _periods(short, WHOLE)
    return tuple(f for f in short if f.period.kind in WHOLE or not _within(f.period, whole))


def choosable(figures: Iterable[Figure]) -> bool:
    """Whether figures of one place and measure can be told by quarter as well as by year."""
    return both({f.period.text: f.period for f in figures}.values())


def both(several: Iterable[Period]) -> bool:
    """Whether quarters stand among these periods, each once, with the financial years that they lie in."""
    given = tuple(several)
    years = [one for one in given if one.kind is PeriodKind.FINANCIAL_YEAR]
    quarters = [one for one in given if one.kind is PeriodKind.QUARTER]
    return sum(_within(one, years) for one in quarters) >= _FEWEST


def years_first(several: Sequence[Period]) -> tuple[Period, ...]:
    """Periods to choose one of, the newest first; where years and their quarters mix, years come first."""
    newest = tuple(reversed(several))
    return tuple(sorted(newest, key=lambda p: p.kind not in WHOLE)) if both(several) else newest


def _periods(figures: Iterable[Figure], kinds: frozenset[PeriodKind]) -> tuple[Period, ...]:
    return tuple({f.period.text: f.period for f in figures if f.period.kind in kinds}.values())


def _within(part: Period, several: Iterable[Period]) -> bool:
    return any(periods.within(part, one) for one in several)


def _met(part: Period, several: Iterable[Period]) -> bool:
    return any(periods.overlaps(part, one) for one in several)
