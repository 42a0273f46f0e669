"""How numbers are worked out: each rule, tolerance and interval in plain words, with the work it rests on.

The numbers in these sentences are those that the rules use; README's section of the same name holds the same
sentences, and a test compares them.
"""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from explorer.evidence.analysis import (
    BYAR_FROM,
    DECIMAL_BASE,
    PER_CHILDREN,
    PER_PEOPLE,
    RELIABLE_RATE,
    SMALLEST_BASE,
    SMALLEST_RATE,
)
from explorer.evidence.claims import MEANINGS

from .statements import VERDICT_WORDS

NAME = "How numbers are worked out"


class MethodTopic(Struct, frozen=True):
    """One subject of the method page: its heading, its rules and the works they rest on."""

    heading: str
    rules: tuple[str, ...]
    references: tuple[str, ...] = ()


_GUIDE = "OHID, “Technical guide: common statistical methods”, Fingertips"
_CHANCE = (
    "Poisson limits and Byar's method: N. E. Breslow and N. E. Day, “Statistical Methods in Cancer "
    "Research”, volume II, IARC, 1987"
)
_TESTS = (
    "Two counts: J. Przyborowski and H. Wilenski, “Homogeneity of results in testing samples from Poisson "
    "series”, Biometrika 31, 1940",
    "Two shares: R. A. Fisher, “Statistical Methods for Research Workers”, fifth edition, 1934",
)


def method_topics() -> tuple[MethodTopic, ...]:
    """The method page, in reading order."""
    return (
        _display_topic(),
        _comparison_topic(),
        _chance_topic(),
        _percentage_topic(),
        _rate_topic(),
        _wording_topic(),
        _verdict_topic(),
    )


def as_text(every: Iterable[MethodTopic]) -> str:
    """The method page as plain text."""
    return "\n\n".join("\n".join((topic.heading, *topic.rules, *topic.references)) for topic in every) + "\n"


def _display_topic() -> MethodTopic:
    return MethodTopic(
        "What is shown",
        (
            "A count is shown as it was published, with its source and where in the source it stands.",
            "Where sources differ, the newest is shown and the others stand beside it. A figure whose place, "
            "period or completeness is in doubt comes last: it is marked, and leads nothing where another "
            "stands.",
            "“At least 1,200” stays open upwards: what is worked out from it is a least, or a fall “of at "
            "most” so much. It is never ranked as if it were the whole.",
        ),
    )


def _comparison_topic() -> MethodTopic:
    return MethodTopic(
        "What is compared with what",
        (
            "Two figures are compared only where they count the same offences, over periods of one kind "
            "(years with years, a quarter with the same quarter of another year), and are known to cover the "
            "same police forces. A coverage that is not known is not taken to be the same.",
            "Nothing is compared across a break in how offences are counted. Home Office class 88A has "
            "one on 1 April 2017, when the offence of sexual communication with a child began.",
            "Where two figures cannot be compared, both are given with what differs, and no percentage.",
        ),
    )


def _chance_topic() -> MethodTopic:
    return MethodTopic(
        "Rise, fall and no clear change",
        (
            "Recorded counts go up and down by chance. Two counts are compared by the exact conditional "
            "binomial test: a rise or fall is named only where chance alone would make one as large in fewer "
            "than 5 cases in 100. Otherwise it is “no clear change”.",
            "Two shares of known bases are compared by Fisher's exact test, at the same 5 in 100.",
            "Many changes are tested, so about 1 in 20 will be named a rise or a fall by chance.",
            "Chance is not the only doubt: recording, reporting and coverage change too, and police recorded "
            "crime does not show long-term trends reliably (Office for Statistics Regulation).",
        ),
        _TESTS,
    )


def _percentage_topic() -> MethodTopic:
    return MethodTopic(
        "Percentages and index",
        (
            f"The count that a percentage or an index starts from is {SMALLEST_BASE} or more: below that "
            "you see both counts.",
            f"A percentage is a whole number where the earlier count is below {DECIMAL_BASE:,}, and has one "
            "decimal from there on.",
            "A change or a share that a source published is shown as published, and marked so. It is never "
            "used to work out another number.",
            "A share is always of something: the sentence says of what, such as offences where police "
            "recorded the means of contact.",
        ),
    )


def _rate_topic() -> MethodTopic:
    return MethodTopic(
        "Rates",
        (
            f"A rate is the offences recorded in a financial year per {PER_PEOPLE.words}, or per "
            f"{PER_CHILDREN.words} aged 0 to 17, of the estimate for the middle of the calendar year in "
            "which the financial year begins.",
            "The rates of one chart use populations estimated on one basis, which a note names.",
            "A rate carries its 95% interval: Byar's method for "
            f"{BYAR_FROM} offences or more, exact Poisson limits below that. The population is "
            "taken as exact.",
            f"There is no rate of fewer than {SMALLEST_RATE} offences, or where fewer than "
            f"{PER_PEOPLE.fewest:,} people live, as in the City of London. A rate of fewer than "
            f"{RELIABLE_RATE} offences is marked [u], of low reliability.",
        ),
        (_GUIDE, _CHANCE),
    )


def _wording_topic() -> MethodTopic:
    return MethodTopic(
        "Rounding, and numbers in words",
        (
            "A published percentage stands for half a unit of its last digit on either side: 14% is 13.5% to 14.5%.",
            "“About 2,000” or “a quarter” stands for half a unit of its last digit that is not a zero on "
            "either side, and at least 2.5 percentage points of a share or 5% of a count. “Almost 2,000” and "
            "“nearly a fifth” reach down only. This range is our rule, so no rise or fall is ever named from "
            "such a number.",
            "A claim that offences “doubled” is judged as 1.5 times or more and less than 2.5 times; “more "
            "than doubled” needs more than 2 times.",
        ),
    )


def _verdict_topic() -> MethodTopic:
    return MethodTopic(
        "Verdicts on claims",
        tuple(f"{VERDICT_WORDS[weight]}: {meaning}" for weight, meaning in MEANINGS.items()),
    )
