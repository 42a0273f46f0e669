"""Stretches of time: reading them, naming them, putting them in order and setting them against each other.

Every period has one canonical text, so two writings of one stretch compare equal. What is ambiguous is
refused with a sentence and never guessed. Nothing here knows about figures.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta
from functools import lru_cache

from .model import Period, PeriodKind

# The many ways a stretch of time is written, read into its first and last day.


Days = tuple[date, date]

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan january",
            "feb february",
            "mar march",
            "apr april",
            "may",
            "jun june",
            "jul july",
            "aug august",
            "sep sept september",
            "oct october",
            "nov november",
            "dec december",
        ),
        start=1,
    )
    for name in names.split()
}
_LONGEST = 80
_HOW = 'write it like "2019/20", "2019", "Apr-Jun 2020" or "2017-04-03/2017-10-02"'
_YEAR = r"((?:19|20)[0-9]{2})"
_MONTH = "(" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\.?"
_DAY_PATTERN = r"([0-3]?[0-9])(?:st|nd|rd|th)?"
_FINANCIAL = re.compile(_YEAR + r" ?[/_-] ?((?:19|20)?[0-9]{2})")
_QUARTER = re.compile(r"q(?:uarter)? ?([1-4]) (.+)|(.+?) q(?:uarter)? ?([1-4])")
_ENDING = re.compile(r"(?:the )?(?:year|12 months|twelve months) (?:ending|ended|to)(?: in| the end of)? (.+)")
_ISO_DAY = re.compile(_YEAR + r"-([01][0-9])-([0-3][0-9])")
_ISO_MONTH = re.compile(_YEAR + r"-([01][0-9])")
_ISO_MONTHS = re.compile(rf"{_YEAR}-([01][0-9])/{_YEAR}-([01][0-9])")
_NAMED_DATE = re.compile(rf"(?:{_DAY_PATTERN} )?{_MONTH}(?: {_YEAR})?")
_JOINS = (" to ", " until ", " - ", "/", "-")


def parse_days(text: str) -> Days:
    """The first and last day of the stretch that ``text`` names. Raises ValueError with a sentence."""
    plain = _normalise(text)
    if not plain:
        raise ValueError(f"the period is empty: {_HOW}")
    days = _parse_any(plain)
    if days is None:
        raise ValueError(f'"{text.strip()[:_LONGEST]}" is not a period this program can read: {_HOW}')
    if days[1] < days[0]:
        raise ValueError(f'"{text.strip()}" ends before it begins: name the year of both ends')
    return days


def _normalise(text: str) -> str:
    if len(text) > _LONGEST:
        raise ValueError(f"a period of {len(text)} characters cannot be read: {_HOW}")
    plain_text = re.sub("[‐‑‒–—−]", "-", text.casefold())
    plain_text = re.sub(r"^(from|between) ", "", " ".join(plain_text.replace(",", " ").split()))
    return plain_text.replace(" and ", " to ")


def _parse_any(plain: str) -> Days | None:
    for reader in _READERS:
        days = reader(plain)
        if days is not None:
            return days
    return None


def _parse_single(plain: str) -> Days | None:
    """A single year, month or day."""
    for reader in (_financial_year, _calendar_year, _iso_day, _iso_month, _named_date):
        days = reader(plain)
        if days is not None:
            return days
    return None


def _financial_year(plain: str) -> Days | None:
    match = _FINANCIAL.fullmatch(plain)
    if match is None:
        return None
    year, last = int(match[1]), match[2]
    follows = int(last) == year + 1 if len(last) == 4 else int(last) == (year + 1) % 100
    could_be_month = len(last) == 2 and 1 <= int(last) <= 12 and "-" in plain
    if could_be_month and follows:
        raise ValueError(
            f'"{plain}" may be a financial year or a month: write "{year}/{last}" or "{date(year, int(last), 1):%b %Y}"'
        )
    if could_be_month or (len(last) == 4 and "/" not in plain and not follows):
        return None
    if not follows:
        raise ValueError(
            f'"{plain}" is not one financial year: the one from April {year} is "{_financial_year_text(year)}"'
        )
    return date(year, 4, 1), date(year + 1, 3, 31)


def _financial_year_text(year: int) -> str:
    return f"{year}/{(year + 1) % 100:02d}"


def _calendar_year(plain: str) -> Days | None:
    match = re.fullmatch(_YEAR, plain)
    return None if match is None else (date(int(match[1]), 1, 1), date(int(match[1]), 12, 31))


def _iso_day(plain: str) -> Days | None:
    match = _ISO_DAY.fullmatch(plain)
    if match is None:
        return None
    day = _build_date(int(match[1]), int(match[2]), int(match[3]), plain)
    return day, day


def _iso_month(plain: str) -> Days | None:
    match = _ISO_MONTH.fullmatch(plain)
    return None if match is None else _month_days(int(match[1]), int(match[2]), plain)


def _iso_months(plain: str) -> Days | None:
    """The form packs are written in. Read first, for "2011-12" by itself could be a financial year."""
    match = _ISO_MONTHS.fullmatch(plain)
    if match is None:
        return None
    first = _month_days(int(match[1]), int(match[2]), plain)
    return first[0], _month_days(int(match[3]), int(match[4]), plain)[1]


def _named_date(plain: str) -> Days | None:
    match = _NAMED_DATE.fullmatch(plain)
    if match is None or match[3] is None:
        return None
    year, month = int(match[3]), _MONTHS[match[2]]
    if match[1] is None:
        return _month_days(year, month, plain)
    day = _build_date(year, month, int(match[1]), plain)
    return day, day


def _financial_quarter(plain: str) -> Days | None:
    """A quarter of a financial year, counted from April as the Home Office does."""
    match = _QUARTER.fullmatch(plain)
    if match is None:
        return None
    number, year_text = int(match[1] or match[4]), (match[2] or match[3]).strip()
    if re.fullmatch(_YEAR, year_text):
        raise ValueError(
            f'"{plain}" may be counted from January or from April: write the months, or the financial year '
            f'as in "Q{number} {_financial_year_text(int(year_text))}"'
        )
    days = _financial_year(year_text)
    if days is None:
        return None
    year, month = (days[0].year, 1 + number * 3) if number < 4 else (days[1].year, 1)
    return date(year, month, 1), _last_day(year, month + 2)


def _year_ending(plain: str) -> Days | None:
    """A year named by the month or day that it ends with."""
    match = _ENDING.fullmatch(plain)
    last = None if match is None else _parse_single(match[1])
    if last is None:
        return None
    end = last[1]
    if end != _last_day(end.year, end.month) or last[0].month != end.month:
        raise ValueError(f'"{plain}" does not end with a whole month: write its first and last day')
    return (date(end.year, 1, 1) if end.month == 12 else date(end.year - 1, end.month + 1, 1)), end


def _day_range(plain: str) -> Days | None:
    """Two ends with a word, a dash or a stroke between; the first may leave its year to the second."""
    for join in _JOINS:
        for at in _places_of(join, plain):
            first, last = plain[:at].strip(), plain[at + len(join) :].strip()
            ends = _parse_single(last)
            if ends is None:
                continue
            begins = _parse_single(first)
            if begins is None:
                begins = _with_year(first, ends)
            if begins is not None:
                return begins[0], ends[1]
    return None


def _with_year(first: str, ends: Days) -> Days | None:
    match = _NAMED_DATE.fullmatch(first)
    if match is None or match[3] is not None:
        return None
    return _named_date(f"{first} {ends[1].year}")


def _places_of(join: str, plain: str) -> list[int]:
    return [match.start() for match in re.finditer(re.escape(join), plain)]


def _month_days(year: int, month: int, plain: str) -> Days:
    first = _build_date(year, month, 1, plain)
    return first, _last_day(year, month)


def _last_day(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def _build_date(year: int, month: int, day: int, plain: str) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise ValueError(f'"{plain}" is not a day or month of the calendar') from None


_READERS: tuple[Callable[[str], Days | None], ...] = (
    _iso_months,
    _parse_single,
    _financial_quarter,
    _year_ending,
    _day_range,
)


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
