"""Numbers, amounts, dates, periods, places, levels and lists in plain British English: one rule for each.

Sentences about charts and panels belong to ``pages``; here is what every sentence is made of.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise

from .model import Amount, Figure, FigureStatus, Period, PeriodKind, Place, PlaceLevel, Qualifier, Unit
from .periods import parse_period

_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
_SMALL = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_WITH_ARTICLE = frozenset({"City of London"})
_WITHOUT_ARTICLE = frozenset({"London", "Yorkshire and The Humber", "Yorkshire and the Humber"})


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


def amount_in_sentence(value: Amount, unit: Unit) -> str:
    """The amount as meant: "at least 1,200", "37%". A missing one is its shorthand, such as "[c]"."""
    if value.number is None:
        return f"[{value.status.value}]" if value.status else "no number"
    words = in_unit(value.number, unit)
    return words if value.qualifier is Qualifier.EXACT else f"{value.qualifier.value} {words}"


def spell_small_number(how_many: int) -> str:
    """A whole number as a word up to ten, in figures from there: "no", "two", "11"."""
    return _SMALL[how_many] if 0 <= how_many < len(_SMALL) else f"{how_many:,}"


def pluralise_in_words(how_many: int, one: str, many: str) -> str:
    """ "two rises", "one rise", "11 rises"."""
    return f"{spell_small_number(how_many)} {one if how_many == 1 else many}"


def format_dated_count(figure: Figure) -> str:
    """A count with its period: "66 in 2017/18", "at least 1,200 in April to June 2020"."""
    return f"{amount_in_sentence(figure.amount, Unit.OFFENCES)} in {period_in_sentence(figure.period)}"


def join_list(several: Iterable[str]) -> str:
    """ "a", "a and b", "a, b and c"."""
    items = list(several)
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


LEVELS = {
    PlaceLevel.UK: "the whole country",
    PlaceLevel.NATIONS: "nations counted together",
    PlaceLevel.NATION: "nation",
    PlaceLevel.REGION: "region",
    PlaceLevel.FORCE: "police force area",
    PlaceLevel.LOCAL_AUTHORITY: "local authority",
}


STATUS_WORDS = {
    FigureStatus.NOT_AVAILABLE: "not available",
    FigureStatus.CONFIDENTIAL: "confidential, held back so that nobody can be recognised",
    FigureStatus.ESTIMATED: "estimated",
    FigureStatus.PROVISIONAL: "provisional",
    FigureStatus.REVISED: "revised",
    FigureStatus.NOT_APPLICABLE: "not applicable",
    FigureStatus.LOW_RELIABILITY: "of low reliability",
    FigureStatus.ROUNDS_TO_ZERO: "rounds to zero",
}


_NOUNS = {
    Unit.OFFENCES: ("offence", "offences"),
    Unit.PEOPLE: ("people", "people"),
    Unit.FORCES: ("police force", "police forces"),
    Unit.PLATFORMS: ("platform", "platforms"),
    Unit.AGE: ("year old", "years old"),
}
"""What is counted, one of it and several."""


def format_amount(amount: Amount, unit: Unit) -> str:
    """An amount as a label: "77", "at least 1,200", "36%", "+99%", "[x]", "22 [p]"."""
    mark = f"[{amount.status}]" if amount.status else ""
    if amount.number is None:
        return mark
    number = in_unit(amount.number, unit)
    lead = "" if amount.qualifier is Qualifier.EXACT else f"{amount.qualifier} "
    return f"{lead}{number} {mark}".rstrip()


def describe_amount(amount_: Amount, unit: Unit, base: str | None = None) -> str:
    """An amount in words: "at least 1,200 offences", "4 years old", "not available".

    A share carries what it is a share of, ``base`` in the words of its figure: "36% of offences where the
    platform was recorded".
    """
    if amount_.number is None:
        return STATUS_WORDS[amount_.status] if amount_.status else "no number"
    label = format_amount(amount_, unit)
    if unit is Unit.PER_CENT:
        return f"{label} {share_of(base or '')}"
    if unit is Unit.CHANGE:
        return f"{label} in offences recorded"
    one, many = _NOUNS.get(unit, ("", ""))
    return f"{label} {one if amount_.number == 1 else many}".rstrip()


NO_BASE = "of a base that is not known"


def share_of(base: str) -> str:
    """What a share is of, as the end of a clause: "of offences where the platform was recorded"."""
    base_text = base.split(";", maxsplit=1)[0].strip().rstrip(".")
    return f"of {base_text[:1].lower()}{base_text[1:]}" if base_text else NO_BASE


def several_named(names: Sequence[str], most: int) -> str:
    """Names in a list, the first ``most`` of them, and how many more there are."""
    more = len(names) - most
    return f"{', '.join(names[:most])} and {format_number(Decimal(more))} more" if more > 0 else join_list(names)


def format_signed(value: Decimal, places: int | None = None) -> str:
    """A difference with its sign: "+5", "−3", "0"; rounded half away from zero where ``places`` is given."""
    rounded_value = value if places is None else round_half_up(value, places)
    if rounded_value == 0:
        return "0"
    return ("+" if rounded_value > 0 else "−") + format_number(abs(rounded_value))


def round_half_up(value: Decimal, places: int) -> Decimal:
    """``value`` to so many decimal places, halves away from zero, as published statistics are."""
    from decimal import ROUND_HALF_UP

    return value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def format_bounds(amount_: Amount, unit: Unit) -> str:
    """What the printed number can stand for: "35.5% to 36.5%", "1,201 or more"; empty where it is exact."""
    low, high = amount_.low, amount_.high
    if low is not None and high is not None:
        return "" if low == high else f"{in_unit(low, unit)} to {in_unit(high, unit)}"
    if low is not None:
        return f"{in_unit(low, unit)} or more"
    return f"{in_unit(high, unit)} or fewer" if high is not None else ""


def short_date(text: str) -> str:
    """A date in few letters, as exact as it is known: "8 Apr 2019", "Feb 2020", "2015"."""
    parts = format_date(text).split()
    return " ".join(part[:3] if part.isalpha() else part for part in parts)


def describe_level(place: Place) -> str:
    """A place's level in words, such as "police force area"."""
    return LEVELS[place.level]


def capitalise(text: str) -> str:
    """``text`` with its first letter large and the rest as it is."""
    return text[:1].upper() + text[1:]


def to_sentence(text: str) -> str:
    """``text`` as a sentence: a large first letter and a full stop."""
    return capitalise(text) + ("" if text.endswith((".", "?", "!")) else ".")


def pluralise(number: int, one: str, many: str = "") -> str:
    """A number with its noun: "1 figure", "4 figures"."""
    return f"{format_number(Decimal(number))} {one if number == 1 else many or one + 's'}"


_LIST_LIMIT = 3
"""Up to so many parts of years are named one by one."""


def distinct_periods(several: Iterable[Period]) -> list[Period]:
    """Periods, each once, in order."""
    return sorted({p.text: p for p in several}.values(), key=lambda p: (p.start, p.end))


def describe_periods(several: Sequence[Period]) -> str:
    """Periods in one phrase: "2017/18 to 2019/20 and April to June 2020"."""
    sorted_periods = distinct_periods(several)
    whole = [p for p in sorted_periods if p.kind is PeriodKind.FINANCIAL_YEAR]
    rest = [p for p in sorted_periods if p.kind is not PeriodKind.FINANCIAL_YEAR]
    phrases = _describe_run(rest) if len(rest) > _LIST_LIMIT else [period_in_sentence(p) for p in rest]
    if len(whole) > 1:
        return join_list([f"{whole[0].label} to {whole[-1].label}", *phrases])
    return join_list([*(p.label for p in whole), *phrases])


def _describe_run(rest: Sequence[Period]) -> list[str]:
    """Many quarters by their first and last: "quarters from April 2013 to March 2025"; others one by one."""
    if any(p.kind is not PeriodKind.QUARTER for p in rest):
        return [period_in_sentence(p) for p in rest]
    span = parse_period(f"{rest[0].start:%Y-%m}/{rest[-1].end:%Y-%m}")
    unbroken = all((b.start - a.end).days == 1 for a, b in pairwise(rest))
    return [f"{'' if unbroken else f'{len(rest)} '}quarters from {_format_months(span)}"]


def _format_months(span: Period) -> str:
    """From month to month, for a whole year too: "April 2013 to March 2014"."""
    year = span.kind in {PeriodKind.FINANCIAL_YEAR, PeriodKind.CALENDAR_YEAR, PeriodKind.YEAR}
    return f"{span.start:%B %Y} to {span.end:%B %Y}" if year else period_in_sentence(span)


def describe_figure(figure: Figure, place: Place, unit: Unit, platform: str = "") -> str:
    """A drawn figure as a sentence: "Girls, Kent, 2019/20: 80% of children whose sex was recorded"."""
    what = breakdown_prefix(platform, figure.breakdown)
    amount_text = describe_amount(figure.amount, unit, figure.base)
    range_ = format_bounds(figure.amount, unit)
    extra = f" ({range_})" if range_ and figure.amount.number is not None else ""
    doubt = "; in doubt" if figure.in_doubt is not None else ""
    return f"{what}{place.name}, {period_in_sentence(figure.period)}: {amount_text}{extra}{doubt}"


def breakdown_prefix(platform: str, breakdown: str) -> str:
    """What a figure is divided by, as the beginning of what is said of it: "Instagram, girls, "."""
    parts = [part for part in (platform, breakdown) if part]
    return f"{capitalise(', '.join(parts))}, " if parts else ""
