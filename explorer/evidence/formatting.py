"""The few words that a reason needs: numbers, amounts, dates, places and lists, in plain British English.

Whole sentences about charts and figures belong to ``pages``; here is only what a verdict is made of.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache

from .model import Amount, Figure, Period, PeriodKind, Place, PlaceLevel, Qualifier, Unit

_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
_SMALL = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_WITH_ARTICLE = frozenset({"City of London"})
_WITHOUT_ARTICLE = frozenset({"London", "Yorkshire and The Humber", "Yorkshire and the Humber"})
_LEVELS = {
    PlaceLevel.UK: "the whole country",
    PlaceLevel.NATIONS: "several nations together",
    PlaceLevel.NATION: "nation",
    PlaceLevel.REGION: "region",
    PlaceLevel.FORCE: "police force",
    PlaceLevel.LOCAL_AUTHORITY: "local authority",
}


def format_number(value: Decimal) -> str:
    """The number with commas between thousands and no idle noughts: "1,200", "19.25", "−3"."""
    plain = f"{abs(value):,f}"
    if "." in plain:
        plain = plain.rstrip("0").rstrip(".")
    return f"−{plain}" if value < 0 and plain != "0" else plain


def in_unit(value: Decimal, unit: Unit) -> str:
    """The number with the sign its unit takes: "1,200", "37%", and a change as "+99%" or "−27%"."""
    if unit is Unit.CHANGE:
        return f"{'+' if value > 0 else ''}{format_number(value)}%"
    return format_number(value) + ("%" if unit is Unit.PER_CENT else "")


def format_amount(value: Amount, unit: Unit) -> str:
    """The amount as meant: "at least 1,200", "37%". A missing one is its shorthand, such as "[c]"."""
    if value.number is None:
        return f"[{value.status.value}]" if value.status else "no number"
    words = in_unit(value.number, unit)
    return words if value.qualifier is Qualifier.EXACT else f"{value.qualifier.value} {words}"


def spell_small_number(how_many: int) -> str:
    """A whole number as a word up to ten, in figures from there: "no", "two", "11"."""
    return _SMALL[how_many] if 0 <= how_many < len(_SMALL) else f"{how_many:,}"


def pluralise(how_many: int, one: str, many: str) -> str:
    """ "two rises", "one rise", "11 rises"."""
    return f"{spell_small_number(how_many)} {one if how_many == 1 else many}"


def format_dated_count(figure: Figure) -> str:
    """A count with its period: "66 in 2017/18", "at least 1,200 in April to June 2020"."""
    return f"{format_amount(figure.amount, Unit.OFFENCES)} in {period_in_sentence(figure.period)}"


def join_list(items: Sequence[str]) -> str:
    """ "a", "a and b", "a, b and c"."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} and {items[-1]}"


def place_in_sentence(which: Place) -> str:
    """The place within a sentence: "the United Kingdom", "the East of England", "Cambridgeshire"."""
    takes_article = (
        which.level is PlaceLevel.UK
        or which.name in _WITH_ARTICLE
        or (which.level is PlaceLevel.REGION and which.name not in _WITHOUT_ARTICLE)
    )
    return f"the {which.name}" if takes_article else which.name


def level_in_sentence(which: PlaceLevel) -> str:
    """The level within a sentence: "police force", "region"."""
    return _LEVELS[which]


@lru_cache(maxsize=4096)
def period_in_sentence(which: Period) -> str:
    """The period within a sentence: "2019/20", "April to June 2020", "3 April 2017 to 2 October 2017"."""
    start, end = which.start, which.end
    if which.kind in {PeriodKind.FINANCIAL_YEAR, PeriodKind.CALENDAR_YEAR}:
        return which.label
    if start.day != 1 or end != last_day(end.isoformat()[:7]):
        return f"{format_date(start.isoformat())} to {format_date(end.isoformat())}"
    first, last = _MONTHS[start.month - 1], f"{_MONTHS[end.month - 1]} {end.year}"
    if start.year != end.year:
        return f"{first} {start.year} to {last}"
    return last if start.month == end.month else f"{first} to {last}"


@lru_cache(maxsize=4096)
def first_day(text: str) -> date | None:
    """The first day that a date as exact as is known ("2019-04-08", "2020-02", "2015") can mean."""
    iso_text = text if len(text) != 4 else f"{text}-01"
    iso_text = iso_text if len(iso_text) != 7 else f"{iso_text}-01"
    try:
        return date.fromisoformat(iso_text) if len(iso_text) == 10 else None
    except ValueError:
        return None


@lru_cache(maxsize=4096)
def last_day(text: str) -> date | None:
    """The last day that a date as exact as is known can mean; None where it is no date."""
    first = first_day(text)
    if first is None or len(text) == 10:
        return first
    return date(first.year, 12, 31) if len(text) == 4 else _month_end(first)


def _month_end(first: date) -> date:
    return first.replace(day=monthrange(first.year, first.month)[1])


@lru_cache(maxsize=4096)
def format_date(text: str) -> str:
    """A date as exact as it is known: "8 April 2019", "February 2020", "2015". Other text stays as it is."""
    first = first_day(text)
    if first is None or len(text) == 4:
        return text
    words = f"{_MONTHS[first.month - 1]} {first.year}"
    return words if len(text) == 7 else f"{first.day} {words}"


def on_day(text: str) -> str:
    """The date with its preposition: "on 8 April 2019", "in February 2020"."""
    return f"{'on' if len(text) == 10 else 'in'} {format_date(text)}"


def format_sentence(text: str) -> str:
    """``text`` with a capital and a full stop."""
    return f"{text[:1].upper()}{text[1:]}{'' if text.endswith('.') else '.'}"
