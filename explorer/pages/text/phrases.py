"""Every sentence the program says about data: numbers, periods, places, titles, citations.

Words only: which figures are spoken of, and what is worked out from them, is decided elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from explorer.evidence import (
    Figure,
    Measure,
    Source,
    Unit,
    formatting,
    parse_period,
)
from explorer.evidence.analysis import is_own_sum

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
    place_names = formatting.several_named(names, _MAX_NAMES)
    more = ", which may have counted differently."
    return [f"The numbers compared for {place_names} come from different publications{more}"] if names else []


def describe_forces(figure: Figure) -> str:
    """How many forces answered, as far as the source says; empty where it says nothing."""
    if figure.forces_responding is None:
        return ""
    if figure.forces_total is None:
        return f"{figure.forces_responding} police forces; how many were asked is not known"
    return f"{figure.forces_responding} of {figure.forces_total} police forces"


def source_named(source: Source) -> str:
    """A source as a source line names it: publisher and date."""
    publication_date = formatting.format_date(source.published)
    return f"{source.publisher}, {publication_date}" if publication_date else source.publisher


def citation(source: Source, locator: str) -> str:
    """A source with title, publisher, date, place in it and address, for a citation."""
    where = f", {locator}" if locator else ""
    address = f". {source.address}" if source.address else ""
    return f"“{source.title}”, {source_named(source)}{where}{address}"


def format_subtitle(measure: Measure, place: str, when: str) -> str:
    """The line under a title: measure, place and period."""
    return ", ".join(part for part in (measure.name, place, when) if part)


def format_locators(several: Iterable[str]) -> str:
    """Places in a source in one phrase: "paragraphs 2 and 3"."""
    distinct = sorted(set(several), key=_natural_sort_key)
    tails = [text.removeprefix("paragraph ") for text in distinct]
    if len(distinct) > 1 and all(text.startswith("paragraph ") for text in distinct):
        return f"paragraphs {formatting.join_list(tails)}"
    return formatting.join_list(distinct)


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
        return formatting.period_in_sentence(parse_period(text))
    except ValueError:
        return text
