"""Stretches of time: reading them, naming them, putting them in order and setting them against each other.

Every period has one canonical text, so two writings of one stretch compare equal. What is ambiguous is
refused with a sentence and never guessed. Nothing here knows about figures.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from functools import lru_cache

from .model import Period, PeriodKind
from .period_text import parse_days

_MONTH_LABELS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_DAY = timedelta(days=1)
_YEARS = {1: PeriodKind.CALENDAR_YEAR, 4: PeriodKind.FINANCIAL_YEAR}


@lru_cache(maxsize=10_000)
def parse_period(text: str) -> Period:
    """The period that ``text`` names, such as "2019/20", "Apr-Jun 2020" or "2017-04-03/2017-10-02".

    Raises ValueError with a sentence that says what is wrong and how to write it.
    """
    return build_period(*parse_days(text))


def build_period(start: date, end: date) -> Period:
    """The period from ``start`` to ``end``, both included. Raises ValueError if it ends before it begins."""
    if end < start:
        raise ValueError(f"a period cannot end ({end}) before it begins ({start})")
    whole = start.day == 1 and (end + _DAY).day == 1
    kind = _period_kind(start, end, whole)
    return Period(
        text=_period_text(start, end, kind, whole),
        label=_period_label(start, end, kind, whole),
        start=start,
        end=end,
        kind=kind,
    )


def order_key(period: Period) -> tuple[date, date]:
    """What to sort periods by: the earlier beginning first, then the earlier end."""
    return (period.start, period.end)


def is_overlapping(first: Period, second: Period) -> bool:
    """Whether the two share at least a day."""
    return first.start <= second.end and second.start <= first.end


def is_within(inner: Period, outer: Period) -> bool:
    """Whether every day of ``inner`` is a day of ``outer``."""
    return outer.start <= inner.start and inner.end <= outer.end


def are_comparable(first: Period, second: Period) -> bool:
    """Whether the two are the same kind of stretch, equally long and of the same months.

    Only then do their counts compare: offences are not spread evenly over a year.
    """
    begins = [(one.start.month, one.start.day) for one in (first, second)]
    return equally_long(first, second) and begins[0] == begins[1]


def equally_long(first: Period, second: Period) -> bool:
    """Whether the two are the same kind of stretch and equally long, whatever their months."""
    return first.kind is second.kind and _length_in_months(first) == _length_in_months(second)


def count_months(period: Period) -> int:
    """How many whole months it holds, counted from its first day."""
    return _length_in_months(period)[0]


def year_position(day: date) -> float:
    """Where the beginning of ``day`` lies on an axis of years: 1 April 2020 is 2020.25."""
    through_month = (day.day - 1) / monthrange(day.year, day.month)[1]
    return day.year + (day.month - 1 + through_month) / 12


@lru_cache(maxsize=4096)
def year_span(period: Period) -> tuple[float, float]:
    """Where it begins and ends on an axis of years: 2019/20 is (2019.25, 2020.25)."""
    return year_position(period.start), year_position(period.end + _DAY)


def _length_in_months(period: Period) -> tuple[int, int]:
    """Its length in whole months and the days left over."""
    return _months_between(period.start, period.end + _DAY)


@lru_cache(maxsize=4096)
def _months_between(start: date, after: date) -> tuple[int, int]:
    whole = (after.year - start.year) * 12 + after.month - start.month
    if _months_on(start, whole) > after:
        whole -= 1
    return whole, (after - _months_on(start, whole)).days


def _months_on(day: date, count: int) -> date:
    years, month = divmod(day.month - 1 + count, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _period_kind(start: date, end: date, whole: bool) -> PeriodKind:
    length = _months_between(start, end + _DAY)
    if length == (12, 0):
        first_month = start.month if whole else 0
        return _YEARS.get(first_month, PeriodKind.YEAR)
    if whole and length == (3, 0):
        return PeriodKind.QUARTER
    return PeriodKind.PART_YEAR if length < (12, 0) else PeriodKind.SEVERAL_YEARS


def _period_text(start: date, end: date, kind: PeriodKind, whole: bool) -> str:
    if kind is PeriodKind.FINANCIAL_YEAR:
        return _financial_year_label(start.year)
    if kind is PeriodKind.CALENDAR_YEAR:
        return str(start.year)
    if whole:
        return f"{start:%Y-%m}/{end:%Y-%m}"
    return f"{start.isoformat()}/{end.isoformat()}"


def _period_label(start: date, end: date, kind: PeriodKind, whole: bool) -> str:
    if kind is PeriodKind.FINANCIAL_YEAR or kind is PeriodKind.CALENDAR_YEAR:
        return _period_text(start, end, kind, whole)
    if not whole:
        return _day_label(start) if start == end else f"{_day_label(start)}-{_day_label(end)}"
    first, last = _MONTH_LABELS[start.month - 1], _MONTH_LABELS[end.month - 1]
    if start.year != end.year:
        return f"{first} {start.year}-{last} {end.year}"
    return f"{last} {end.year}" if first == last else f"{first}-{last} {end.year}"


def _day_label(day: date) -> str:
    return f"{day.day} {_MONTH_LABELS[day.month - 1]} {day.year}"


def _financial_year_label(year: int) -> str:
    return f"{year}/{(year + 1) % 100:02d}"
