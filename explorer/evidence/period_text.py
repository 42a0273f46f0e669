"""The many ways a stretch of time is written, read into its first and last day.

It only reads: what a period is called and what kind it is stands in ``describe_periods``. Each reader below takes
text in one form and gives the two days, or None where the text has another form.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date

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
