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

from msgspec import Struct

from explorer.evidence import Figure, Period, PeriodKind, Place, periods
from explorer.pages.model import PeriodGranularity, Question

WHOLE = frozenset({PeriodKind.FINANCIAL_YEAR, PeriodKind.CALENDAR_YEAR, PeriodKind.YEAR})
_FEWEST = 4
"""Fewer quarters than these of years that are held too are told beside the years, not instead of them."""

_YEAR = timedelta(days=366)


def filter_by_granularity(
    figures: Iterable[Figure], grain: PeriodGranularity = PeriodGranularity.YEARS
) -> tuple[Figure, ...]:
    """The figures that are drawn together, in the order given; totals of several years only by themselves."""
    all_figures = tuple(figures)
    short = tuple(f for f in all_figures if f.period.kind is not PeriodKind.SEVERAL_YEARS)
    if not short:
        return all_figures
    period_texts = _drawn_together(tuple(dict.fromkeys(f.period for f in short)), grain)
    return tuple(f for f in short if f.period.text in period_texts)


@lru_cache(maxsize=512)
def _drawn_together(several: tuple[Period, ...], grain: PeriodGranularity) -> frozenset[str]:
    """Which of these periods, by text, stand together on a chart: most places have the same ones."""
    if grain is PeriodGranularity.QUARTERS:
        quarters = [p for p in several if p.kind is PeriodKind.QUARTER]
        shorter = (p for p in several if p.kind not in WHOLE)
        return frozenset(p.text for p in shorter if p.kind is PeriodKind.QUARTER or not _overlaps_any(p, quarters))
    years = _usual_years([p for p in several if p.kind in WHOLE])
    whole = _WholeYears(years.values())
    parts = {p.text: p for p in several if p.kind not in WHOLE}
    loose = {text: part for text, part in parts.items() if not whole.contains(part)}
    longest = {
        text
        for text, part in loose.items()
        if not any(part != other and periods.is_within(part, other) for other in loose.values())
    }
    return frozenset((*years, *longest))


def _usual_years(several: Sequence[Period]) -> dict[str, Period]:
    """The whole years that begin on the day that most do, and those others that overlap none of them."""
    begins = Counter((one.start.month, one.start.day) for one in {p.text: p for p in several}.values())
    usual = begins.most_common(1)[0][0] if begins else None
    by_text = {one.text: one for one in several if (one.start.month, one.start.day) == usual}
    for one in several:
        if one.text not in by_text and not any(periods.is_overlapping(one, other) for other in by_text.values()):
            by_text[one.text] = one
    return by_text


def can_choose_granularity(figures: Iterable[Figure]) -> bool:
    """Whether figures of one place and measure can be told by quarter as well as by year."""
    return has_both_granularities({f.period.text: f.period for f in figures}.values())


def has_both_granularities(several: Iterable[Period]) -> bool:
    """Whether quarters stand among these periods, each once, with the financial years that they lie in."""
    all_periods = tuple(several)
    years = _WholeYears(one for one in all_periods if one.kind is PeriodKind.FINANCIAL_YEAR)
    quarters_in_years = (one for one in all_periods if one.kind is PeriodKind.QUARTER and years.contains(one))
    return len(tuple(islice(quarters_in_years, _FEWEST))) == _FEWEST


def years_first(several: Sequence[Period]) -> tuple[Period, ...]:
    """Periods to choose one of, the newest first; where years and their quarters mix, years come first."""
    newest = tuple(reversed(several))
    return tuple(sorted(newest, key=lambda p: p.kind not in WHOLE)) if has_both_granularities(several) else newest


class _WholeYears:
    """Periods of a year, to be asked which parts of years lie in one of them."""

    def __init__(self, several: Iterable[Period]) -> None:
        self._held = sorted({one.text: one for one in several}.values(), key=lambda one: one.start)
        self._starts = [one.start for one in self._held]

    def contains(self, part: Period) -> bool:
        """Whether one of them holds ``part``; it then begins less than a year before it."""
        first, last = bisect_left(self._starts, part.start - _YEAR), bisect_right(self._starts, part.start)
        return any(periods.is_within(part, one) for one in self._held[first:last])


def _overlaps_any(part: Period, several: Iterable[Period]) -> bool:
    return any(periods.is_overlapping(part, one) for one in several)


class ChartSelection(Struct, frozen=True, kw_only=True):
    """What a chart would draw, in drawing order, and the periods that might be chosen for it."""

    figures: tuple[Figure, ...] = ()
    beside: tuple[Place, ...] = ()
    periods: tuple[Period, ...] = ()
    is_user_choice: bool = False
    """Whether the places beside it are the person's choice and not the program's."""
    grain: PeriodGranularity | None = None
    """What it is told by, where it could be told by quarter or by year."""


def in_range(period: Period, question: Question) -> bool:
    """Whether a period lies within the bounds asked for; a bound that is no period binds nothing."""
    first, last = _parse_bound(question.since), _parse_bound(question.until)
    return (first is None or period.start >= first.start) and (last is None or period.end <= last.end)


def distinct_periods(figures: Iterable[Figure]) -> tuple[Period, ...]:
    """The periods of figures, each once, in order."""
    by_text = {f.period.text: f.period for f in figures}
    return tuple(sorted(by_text.values(), key=periods.order_key))


def _parse_bound(text: str) -> Period | None:
    try:
        return periods.parse_period(text) if text else None
    except ValueError:
        return None
