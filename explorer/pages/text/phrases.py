"""Every sentence the program says about data: numbers, periods, places, titles, citations.

Words only: which figures are spoken of, and what is worked out from them, is decided elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from itertools import pairwise

from explorer.evidence import (
    Amount,
    Figure,
    FigureStatus,
    Measure,
    Period,
    PeriodKind,
    Place,
    PlaceLevel,
    Qualifier,
    Source,
    Unit,
    format_number,
    formatting,
    parse_period,
)
from explorer.evidence.analysis import is_own_sum

# Periods in one phrase, as subtitles name them: runs of years and of quarters by their first and
# last.


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
    phrases = _describe_run(rest) if len(rest) > _LIST_LIMIT else [formatting.period_in_sentence(p) for p in rest]
    if len(whole) > 1:
        return formatting.join_list([f"{whole[0].label} to {whole[-1].label}", *phrases])
    return formatting.join_list([*(p.label for p in whole), *phrases])


def _describe_run(rest: Sequence[Period]) -> list[str]:
    """Many quarters by their first and last: "quarters from April 2013 to March 2025"; others one by one."""
    if any(p.kind is not PeriodKind.QUARTER for p in rest):
        return [formatting.period_in_sentence(p) for p in rest]
    span = parse_period(f"{rest[0].start:%Y-%m}/{rest[-1].end:%Y-%m}")
    unbroken = all((b.start - a.end).days == 1 for a, b in pairwise(rest))
    return [f"{'' if unbroken else f'{len(rest)} '}quarters from {_format_months(span)}"]


def _format_months(span: Period) -> str:
    """From month to month, for a whole year too: "April 2013 to March 2014"."""
    year = span.kind in {PeriodKind.FINANCIAL_YEAR, PeriodKind.CALENDAR_YEAR, PeriodKind.YEAR}
    return f"{span.start:%B %Y} to {span.end:%B %Y}" if year else formatting.period_in_sentence(span)


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

MORE_RECORDING = "More offences recorded does not mean more abuse: recording, reporting and coverage change too."
CHANGE_ALONE = "Whether chance alone could make such a change cannot be told from a percentage alone."
NOT_ACCREDITED = "Police recorded crime in England and Wales is not accredited official statistics."
GROUPS_OVERLAP = "A group of apps includes its members, so these numbers overlap and are not to be added up."
CANNOT_TELL = "What this cannot tell you"
COUNTS_NOT_RATES = "Places differ in size: these are counts of offences recorded, not rates."
DIVISIONS_OVERLAP = "Divisions by sex, age and what was recorded overlap, and are not to be added up."
NOT_A_LEAGUE = (
    "Put in order of value because that was asked for. It is not a league table: places differ in size, in "
    "how forces record and in how many people report."
)
OPEN_ORDER = "A number marked “at least” may be larger than it looks: its place in this order is the lowest it can be."
LONG_TERM = (
    "Police recorded crime does not show long-term trends reliably (Office for Statistics Regulation): "
    "recording practice changed over these years."
)
PART_KEY = "part of a year, not comparable with a whole one"
OPEN_KEY = "at least this many: the exact number is not published"
HOLLOW_KEY = "another figure for the same thing is shown first, or this one is in doubt; see its evidence"
MISSING_KEY = "[x] means that we hold no figure, which is not zero."
NOT_WORKED_OUT_KEY = "[x] means that we hold no figure, or that none can be worked out; neither is zero."

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
    number = formatting.in_unit(amount.number, unit)
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


_SHORT_BASES = (
    (("platform was recorded", "platform is recorded", "platform known"), "where app known"),
    (("sex and age",), "where sex and age known"),
    (("sex",), "where sex known"),
    (("age ",), "where age known"),
    (("recorded offences", "offences recorded"), "of recorded offences"),
    (("force's offences",), "of offences"),
)
_COUNTED_BASE = re.compile(r"([0-9][0-9,]*) (offences|children|victims)\b")


def short_base(base: str) -> str:
    """What a share is of in the few words that a title has room for."""
    base_text = base.casefold()
    if not base_text:
        return "base not known"
    match = _COUNTED_BASE.search(base_text)
    if match:
        return f"of {match[1]} {match[2]}"
    fits = (short for marks, short in _SHORT_BASES if any(mark in base_text for mark in marks))
    return next(fits, "base below")


_MAX_NAMES = 4
"""How many names stand in a sentence about publications."""


def two_publications(names: Sequence[str]) -> list[str]:
    """That the numbers set against each other in these places are not of one publication; none for none."""
    place_names = several_named(names, _MAX_NAMES)
    more = ", which may have counted differently."
    return [f"The numbers compared for {place_names} come from different publications{more}"] if names else []


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
        return "" if low == high else f"{formatting.in_unit(low, unit)} to {formatting.in_unit(high, unit)}"
    if low is not None:
        return f"{formatting.in_unit(low, unit)} or more"
    return f"{formatting.in_unit(high, unit)} or fewer" if high is not None else ""


def describe_period(period_: Period) -> str:
    """A period as sentences name it: "2019/20", "April to June 2020", "April 2017 to March 2020"."""
    return formatting.period_in_sentence(period_)


def format_date(text: str) -> str:
    """A date as exact as it is known: "2019-04-08" -> "8 April 2019", "2020-02" -> "February 2020"."""
    return formatting.format_date(text) if text else ""


def short_date(text: str) -> str:
    """A date in few letters, as exact as it is known: "8 Apr 2019", "Feb 2020", "2015"."""
    parts = format_date(text).split()
    return " ".join(part[:3] if part.isalpha() else part for part in parts)


def join_list(items: Iterable[str]) -> str:
    """Items as a list in a sentence: "a, b and c"."""
    return formatting.join_list(list(items))


def place_in_sentence(place: Place) -> str:
    """A place's name as a sentence needs it: "the United Kingdom", "Cambridgeshire"."""
    return formatting.place_in_sentence(place)


distinct, periods = distinct_periods, describe_periods


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


def describe_forces(figure: Figure) -> str:
    """How many forces answered, as far as the source says; empty where it says nothing."""
    if figure.forces_responding is None:
        return ""
    if figure.forces_total is None:
        return f"{figure.forces_responding} police forces; how many were asked is not known"
    return f"{figure.forces_responding} of {figure.forces_total} police forces"


def source_named(source: Source) -> str:
    """A source as a source line names it: publisher and date."""
    publication_date = format_date(source.published)
    return f"{source.publisher}, {publication_date}" if publication_date else source.publisher


def citation(source: Source, locator: str) -> str:
    """A source with title, publisher, date, place in it and address, for a citation."""
    where = f", {locator}" if locator else ""
    address = f". {source.address}" if source.address else ""
    return f"“{source.title}”, {source_named(source)}{where}{address}"


def format_subtitle(measure: Measure, place: str, when: str) -> str:
    """The line under a title: measure, place and period."""
    return ", ".join(part for part in (measure.name, place, when) if part)


def describe_figure(figure: Figure, place: Place, unit: Unit, platform: str = "") -> str:
    """A drawn figure as a sentence: "Girls, Kent, 2019/20: 80% of children whose sex was recorded"."""
    what = breakdown_prefix(platform, figure.breakdown)
    amount_text = describe_amount(figure.amount, unit, figure.base)
    range_ = format_bounds(figure.amount, unit)
    extra = f" ({range_})" if range_ and figure.amount.number is not None else ""
    doubt = "; in doubt" if figure.in_doubt is not None else ""
    return f"{what}{place.name}, {describe_period(figure.period)}: {amount_text}{extra}{doubt}"


def breakdown_prefix(platform: str, breakdown: str) -> str:
    """What a figure is divided by, as the beginning of what is said of it: "Instagram, girls, "."""
    parts = [part for part in (platform, breakdown) if part]
    return f"{capitalise(', '.join(parts))}, " if parts else ""


def format_locators(several: Iterable[str]) -> str:
    """Places in a source in one phrase: "paragraphs 2 and 3"."""
    distinct = sorted(set(several), key=_natural_sort_key)
    tails = [text.removeprefix("paragraph ") for text in distinct]
    if len(distinct) > 1 and all(text.startswith("paragraph ") for text in distinct):
        return f"paragraphs {join_list(tails)}"
    return join_list(distinct)


def _natural_sort_key(text: str) -> tuple[tuple[int, str], ...]:
    return tuple((int(part), "") if part.isdigit() else (0, part) for part in text.replace(",", "").split())


_TITLE_WORDS = 10


def shorten_title(title: str, otherwise: str) -> str:
    """A title, or where it has more words than a title may have, a shorter one; the subtitle has the rest."""
    return title if len(title.split()) <= _TITLE_WORDS else otherwise


def describe_base(text: str, *, capital: bool = True) -> str:
    """What shares are of, as far as the source says."""
    if not text:
        return f"{'What' if capital else 'what'} it is a share of is not known."
    lead = "Share" if capital else "share"
    return f"{lead} of {text[:1].lower()}{text[1:]}."


AXIS = {
    Unit.OFFENCES: "Offences recorded",
    Unit.PER_CENT: "Share",
    Unit.PEOPLE: "People",
    Unit.FORCES: "Police forces",
    Unit.PLATFORMS: "Platforms named",
    Unit.AGE: "Years of age",
    Unit.CHANGE: "Published change in offences recorded",
}
"""What a value axis is called."""
LEAD = {
    Unit.OFFENCES: "Recorded offences",
    Unit.PER_CENT: "Share",
    Unit.PEOPLE: "People",
    Unit.FORCES: "Forces responding",
    Unit.PLATFORMS: "Platforms named",
    Unit.AGE: "Age in years",
    Unit.CHANGE: "Published change",
}
"""What a finding begins with."""


def as_printed(figure: Figure) -> str:
    """The number as its source prints it, in quotes; or what it is the sum of, where the source has none."""
    return figure.printed if is_own_sum(figure) else f"“{figure.printed}”"


def published_as(figure: Figure) -> str:
    """ "published as “1,200”", or "our sum of 4 quarters"."""
    return figure.printed if is_own_sum(figure) else f"published as {as_printed(figure)}"


UNKNOWN_COVERAGE = (
    "Which police forces are counted is not known for every period: no line joins those, and no change is worked out."
)
BREAKS = "No line runs where coverage changes:"
"""How the note of breaks begins."""


def describe_breaks(texts: Sequence[str]) -> str:
    """The changes of coverage in one note."""
    return f"{BREAKS} {' '.join(texts)}"


def to_possessive(name: str) -> str:
    """Whose something is: "Instagram's", "Meta-owned apps'"."""
    return f"{name}'" if name.endswith("s") else f"{name}'s"


def of_recorded(count_texts: Sequence[str], base: str = "") -> str:
    """What shares are of, as it is printed, with how many offences those are of how many."""
    base_text = base[:1].lower() + base[1:].rstrip(".") if base else "offences where the platform was recorded"
    return f"Shares are of {base_text}: {'; '.join(count_texts)}."


def describe_event_numbers(labels: Sequence[str]) -> str:
    """The events marked by numbers, in one note; empty where there are none."""
    event_texts = (f"{number}\u00a0{label}" for number, label in enumerate(labels, 1))
    return f"Events: {'; '.join(event_texts)}." if labels else ""


def describe_range(since: str, until: str) -> str:
    """What a chosen range leaves out; empty where there is none."""
    if not since and not until:
        return ""
    first, last = (asked_period(text) for text in (since, until))
    span = " ".join(
        part
        for part in (
            f"from {first}" if first else "",
            f"{'up to' if ' to ' in last else 'to'} {last}" if last else "",
        )
        if part
    )
    return f"Shown {span}; the other periods are left out."


def asked_period(text: str) -> str:
    """A period that was asked for, in words; as it was written where it is none."""
    try:
        return describe_period(parse_period(text))
    except ValueError:
        return text
