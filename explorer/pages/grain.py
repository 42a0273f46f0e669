"""By quarter or by year: which figures of one measure stand together on a chart over time.

A year and its quarters count the same offences. They are never drawn together: whole years with the parts of
years that none of them holds, or the parts without the years. Nor are years that begin in different months
and overlap, nor a part of a year with a longer part that holds it.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import timedelta
from functools import lru_cache
from itertools import islice

from explorer.evidence import periods
from explorer.evidence.model import Figure, Period, PeriodKind

from .question import Grain

WHOLE = frozenset({PeriodKind.FINANCIAL_YEAR, PeriodKind.CALENDAR_YEAR, PeriodKind.YEAR})
_FEWEST = 4
"""Fewer quarters than these of years that are held too are told beside the years, not instead of them."""

_YEAR = timedelta(days=366)


def grained(figures: Iterable[Figure], grain: Grain = Grain.YEARS) -> tuple[Figure, ...]:
    """The figures that are drawn together, in the order given; totals of several years only by themselves."""
    given = tuple(figures)
    short = tuple(f for f in given if f.period.kind is not PeriodKind.SEVERAL_YEARS)
    if not short:
        return given
    drawn = _drawn_together(tuple(dict.fromkeys(f.period for f in short)), grain)
    return tuple(f for f in short if f.period.text in drawn)


@lru_cache(maxsize=512)
def _drawn_together(several: tuple[Period, ...], grain: Grain) -> frozenset[str]:
    """Which of these periods, by text, stand together on a chart: most places have the same ones."""
    if grain is Grain.QUARTERS:
        quarters = [p for p in several if p.kind is PeriodKind.QUARTER]
        shorter = (p for p in several if p.kind not in WHOLE)
        return frozenset(p.text for p in shorter if p.kind is PeriodKind.QUARTER or not _met(p, quarters))
    years = _usual_years([p for p in several if p.kind in WHOLE])
    whole = _Wholes(years.values())
    parts = {p.text: p for p in several if p.kind not in WHOLE}
    loose = {text: part for text, part in parts.items() if not whole.hold(part)}
    longest = {
        text
        for text, part in loose.items()
        if not any(part != other and periods.within(part, other) for other in loose.values())
    }
    return frozenset((*years, *longest))


def _usual_years(several: Sequence[Period]) -> dict[str, Period]:
    """The whole years that begin on the day that most do, and those others that overlap none of them."""
    begins = Counter((one.start.month, one.start.day) for one in {p.text: p for p in several}.values())
    usual = begins.most_common(1)[0][0] if begins else None
    kept = {one.text: one for one in several if (one.start.month, one.start.day) == usual}
    for one in several:
        if one.text not in kept and not any(periods.overlaps(one, other) for other in kept.values()):
            kept[one.text] = one
    return kept


def choosable(figures: Iterable[Figure]) -> bool:
    """Whether figures of one place and measure can be told by quarter as well as by year."""
    return both({f.period.text: f.period for f in figures}.values())


def both(several: Iterable[Period]) -> bool:
    """Whether quarters stand among these periods, each once, with the financial years that they lie in."""
    given = tuple(several)
    years = _Wholes(one for one in given if one.kind is PeriodKind.FINANCIAL_YEAR)
    held = (one for one in given if one.kind is PeriodKind.QUARTER and years.hold(one))
    return len(tuple(islice(held, _FEWEST))) == _FEWEST


def years_first(several: Sequence[Period]) -> tuple[Period, ...]:
    """Periods to choose one of, the newest first; where years and their quarters mix, years come first."""
    newest = tuple(reversed(several))
    return tuple(sorted(newest, key=lambda p: p.kind not in WHOLE)) if both(several) else newest


class _Wholes:
    """Periods of a year, to be asked which parts of years lie in one of them."""

    def __init__(self, several: Iterable[Period]) -> None:
        self._held = sorted({one.text: one for one in several}.values(), key=lambda one: one.start)
        self._starts = [one.start for one in self._held]

    def hold(self, part: Period) -> bool:
        """Whether one of them holds ``part``; it then begins less than a year before it."""
        first, last = bisect_left(self._starts, part.start - _YEAR), bisect_right(self._starts, part.start)
        return any(periods.within(part, one) for one in self._held[first:last])


def _met(part: Period, several: Iterable[Period]) -> bool:
    return any(periods.overlaps(part, one) for one in several)
