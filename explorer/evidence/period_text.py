"""The many ways a stretch of time is written, read into its first and last day.

It only reads: what a period is called and what kind it is stands in ``periods``. Each reader below takes
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
_DAY = r"([0-3]?[0-9])(?:st|nd|rd|th)?"
_FINANCIAL = re.compile(_YEAR + r" ?[/_-] ?((?:19|20)?[0-9]{2})")
_QUARTER = re.compile(r"q(?:uarter)? ?([1-4]) (.+)|(.+?) q(?:uarter)? ?([1-4])")
_ENDING = re.compile(
    r"(?:the )?(?:year|12 months|twelve months) (?:ending|ended|to)(?: in| the end of)? (.+)"
)
_ISO_DAY = re.compile(_YEAR + r"-([01][0-9])-([0-3][0-9])")
_ISO_MONTH = re.compile(_YEAR + r"-([01][0-9])")
_ISO_MONTHS = re.compile(rf"{_YEAR}-([01][0-9])/{_YEAR}-([01][0-9])")
_NAMED = re.compile(rf"(?:{_DAY} )?{_MONTH}(?: {_YEAR})?")
_JOINS = (" to ", " until ", " - ", "/", "-")


def read(text: str) -> Days:
    """The first and last day of the stretch that ``text`` names. Raises ValueError with a sentence."""
    plain = _plain(text)
    if not plain:
        raise ValueError(f"the period is empty: {_HOW}")
    days = _whole(plain)
    if days is None:
        raise ValueError(f'"{text.strip()[:_LONGEST]}" is not a period this program can read: {_HOW}')
    if days[1] < days[0]:
        raise ValueError(f'"{text.strip()}" ends before it begins: name the year of both ends')
    return days


def _plain(text: str) -> str:
    if len(text) > _LONGEST:
        raise ValueError(f"a period of {len(text)} characters cannot be read: {_HOW}")
    dashed = re.sub("[‐‑‒–—−]", "-", text.casefold())
    dashed = re.sub(r"^(from|between) ", "", " ".join(dashed.replace(",", " ").split()))
    return dashed.replace(" and ", " to ")


def _whole(plain: str) -> Days | None:
    for reader in _READERS:
        days = reader(plain)
        if days is not None:
            return days
    return None


def _one(plain: str) -> Days | None:
    """A single year, month or day."""
    for reader in (_financial_year, _calendar_year, _iso_day, _iso_month, _named):
        days = reader(plain)
        if days is not None:
            return days
    return None


def _financial_year(plain: str) -> Days | None:
    found = _FINANCIAL.fullmatch(plain)
    if found is None:
        return None
    year, last = int(found[1]), found[2]
    follows = int(last) == year + 1 if len(last) == 4 else int(last) == (year + 1) % 100
    could_be_month = len(last) == 2 and 1 <= int(last) <= 12 and "-" in plain
    if could_be_month and follows:
        raise ValueError(
            f'"{plain}" may be a financial year or a month: write "{year}/{last}" or '
            f'"{date(year, int(last), 1):%b %Y}"'
        )
    if could_be_month or (len(last) == 4 and "/" not in plain and not follows):
        return None
    if not follows:
        raise ValueError(f'"{plain}" is not one financial year: the one from April {year} is "{_next(year)}"')
    return date(year, 4, 1), date(year + 1, 3, 31)


def _next(year: int) -> str:
    return f"{year}/{(year + 1) % 100:02d}"


def _calendar_year(plain: str) -> Days | None:
    found = re.fullmatch(_YEAR, plain)
    return None if found is None else (date(int(found[1]), 1, 1), date(int(found[1]), 12, 31))


def _iso_day(plain: str) -> Days | None:
    found = _ISO_DAY.fullmatch(plain)
    if found is None:
        return None
    day = _date(int(found[1]), int(found[2]), int(found[3]), plain)
    return day, day


def _iso_month(plain: str) -> Days | None:
    found = _ISO_MONTH.fullmatch(plain)
    return None if found is None else _month(int(found[1]), int(found[2]), plain)


def _iso_months(plain: str) -> Days | None:
    """The form packs are written in. Read first, for "2011-12" by itself could be a financial year."""
    found = _ISO_MONTHS.fullmatch(plain)
    if found is None:
        return None
    first = _month(int(found[1]), int(found[2]), plain)
    return first[0], _month(int(found[3]), int(found[4]), plain)[1]


def _named(plain: str) -> Days | None:
    found = _NAMED.fullmatch(plain)
    if found is None or found[3] is None:
        return None
    year, month = int(found[3]), _MONTHS[found[2]]
    if found[1] is None:
        return _month(year, month, plain)
    day = _date(year, month, int(found[1]), plain)
    return day, day


def _quarter(plain: str) -> Days | None:
    """A quarter of a financial year, counted from April as the Home Office does."""
    found = _QUARTER.fullmatch(plain)
    if found is None:
        return None
    number, year_text = int(found[1] or found[4]), (found[2] or found[3]).strip()
    if re.fullmatch(_YEAR, year_text):
        raise ValueError(
            f'"{plain}" may be counted from January or from April: write the months, or the financial year '
            f'as in "Q{number} {_next(int(year_text))}"'
        )
    days = _financial_year(year_text)
    if days is None:
        return None
    year, month = (days[0].year, 1 + number * 3) if number < 4 else (days[1].year, 1)
    return date(year, month, 1), _last_day(year, month + 2)


def _ending(plain: str) -> Days | None:
    """A year named by the month or day that it ends with."""
    found = _ENDING.fullmatch(plain)
    last = None if found is None else _one(found[1])
    if last is None:
        return None
    end = last[1]
    if end != _last_day(end.year, end.month) or last[0].month != end.month:
        raise ValueError(f'"{plain}" does not end with a whole month: write its first and last day')
    return (date(end.year, 1, 1) if end.month == 12 else date(end.year - 1, end.month + 1, 1)), end


def _range(plain: str) -> Days | None:
    """Two ends with a word, a dash or a stroke between; the first may leave its year to the second."""
    for join in _JOINS:
        for at in _places_of(join, plain):
            first, last = plain[:at].strip(), plain[at + len(join) :].strip()
            ends = _one(last)
            if ends is None:
                continue
            begins = _one(first)
            if begins is None:
                begins = _with_year(first, ends)
            if begins is not None:
                return begins[0], ends[1]
    return None


def _with_year(first: str, ends: Days) -> Days | None:
    found = _NAMED.fullmatch(first)
    if found is None or found[3] is not None:
        return None
    return _named(f"{first} {ends[1].year}")


def _places_of(join: str, plain: str) -> list[int]:
    return [found.start() for found in re.finditer(re.escape(join), plain)]


def _month(year: int, month: int, plain: str) -> Days:
    first = _date(year, month, 1, plain)
    return first, _last_day(year, month)


def _last_day(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def _date(year: int, month: int, day: int, plain: str) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise ValueError(f'"{plain}" is not a day or month of the calendar') from None


_READERS: tuple[Callable[[str], Days | None], ...] = (_iso_months, _one, _quarter, _ending, _range)
