"""What a check of a claim finds, and what every check needs: the claim's settings, read with care.

The checks themselves stand in the modules that ``check`` names in ``CHECK_MODULES``; ``registry`` keeps them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation

from msgspec import Struct

from explorer.evidence import formatting, periods
from explorer.evidence.analysis import can_lead
from explorer.evidence.model import Claim, Figure, Period, Place, Verdict
from explorer.evidence.repository import Repository

from .comparing import COMPARE_WORDS, ComparisonWord

RECORDING_CAVEAT = "These are offences recorded: more recording is not by itself more abuse."
CAUSE = "Whether the change comes of more or less abuse, or of more or less recording."
PEOPLE = "How many people live in each place: this compares counts and not rates."
RESPONSE_CAVEAT = "Which police forces answered, where the source does not say."
CHANCE = "chance alone could make the difference, so there is no clear change"


class CheckResult(Struct, frozen=True, kw_only=True):
    """How a claim stands against the record, and why."""

    weight: Verdict
    reason: str
    """One plain sentence with the numbers that it rests on."""
    check: str
    """What was checked, in words."""
    caveats: tuple[str, ...] = ()
    figures: tuple[str, ...] = ()
    """Ids of the figures that the verdict rests on."""
    not_checked: tuple[str, ...] = ()
    """What was not checked, in sentences."""


def required_setting(claim: Claim, name: str) -> str:
    """The claim's setting ``name``. Raises ValueError where it has none."""
    value = claim.setting(name)
    if not value:
        raise ValueError(f'the claim "{claim.id}" has the check "{claim.check}", which needs the setting "{name}"')
    return value


def place_setting(claim: Claim, record: Repository, name: str = "place") -> Place:
    """The place that a setting names. Raises ValueError if there is no such place."""
    code = required_setting(claim, name)
    if code not in record.places:
        raise ValueError(f'the claim "{claim.id}" names the unknown place "{code}"')
    return record.places.get(code)


def period_setting(claim: Claim) -> Period | None:
    """The claim's period, if it names one. Raises ValueError if it cannot be read."""
    return named_period(claim, "period") if claim.setting("period") else None


def publication_date(claim: Claim, record: Repository) -> date | None:
    """The last day that a claim can have been made on: what ended later it cannot have spoken of."""
    try:
        return formatting.last_day(record.source(claim.source).published)
    except KeyError:
        return None


def named_period(claim: Claim, name: str) -> Period:
    """The period that a setting names. Raises ValueError where there is none or it cannot be read."""
    try:
        return periods.parse_period(required_setting(claim, name))
    except ValueError as error:
        raise ValueError(f'the claim "{claim.id}" has no {name} that can be read: {error}') from error


def times_setting(claim: Claim) -> int:
    """How many times, from 1 to 99. Raises ValueError for anything else."""
    text = required_setting(claim, "times")
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= 99):
        raise ValueError(f'the claim "{claim.id}" has "{text}" for a number of times: write 1 to 99')
    return int(text)


def compare_setting(claim: Claim, default: ComparisonWord = ComparisonWord.ABOUT) -> ComparisonWord:
    """How the claim compares: "about" where it has no such word. Raises ValueError for any other word."""
    text = claim.setting("compare")
    if text and text not in COMPARE_WORDS:
        allowed_words = formatting.join_list([f'"{word}"' for word in COMPARE_WORDS])
        raise ValueError(f'the claim "{claim.id}" has "{text}" for compare: write one of {allowed_words}')
    return COMPARE_WORDS.get(text, default)


def number_setting(claim: Claim, name: str, least: int, most: int, example: str) -> Decimal:
    """A setting that is a number. Raises ValueError, with an example, for anything else."""
    text = required_setting(claim, name).replace("\u2212", "-").removeprefix("+").replace(",", "")
    try:
        value = Decimal(text)
    except InvalidOperation:
        value = Decimal("NaN")
    if not value.is_finite() or not least <= value <= most or len(text) > 12:
        raise ValueError(f'the claim "{claim.id}" has "{text}" for {name}: write it like {example}')
    return value


def choose_sound(figures: Iterable[Figure]) -> tuple[tuple[Figure, ...], tuple[Figure, ...]]:
    """The figures that are whole and not in doubt, and those left out; all of them where none is sound."""
    several = tuple(figures)
    sound = tuple(figure for figure in several if can_lead(figure))
    if not sound:
        return several, ()
    return sound, tuple(figure for figure in several if not can_lead(figure))


def say_left_out(left_out: Sequence[Figure]) -> tuple[str, ...]:
    """A sentence for each figure that is left out because it is in doubt or of a part of its period."""
    phrase: list[str] = []
    for figure in left_out:
        why = (figure.doubt or "its place, period or completeness is in doubt").rstrip(".")
        if figure.in_doubt is None:
            why = "it leaves out a part of the period"
        phrase.append(formatting.to_sentence(f"{formatting.format_dated_count(figure)} is left out: {why}"))
    return tuple(dict.fromkeys(phrase))


def say_doubt(figures: Iterable[Figure]) -> str:
    """The doubt of the first figure in doubt, as a clause; empty where there is none."""
    for figure in figures:
        if figure.in_doubt is not None:
            why = figure.doubt.rstrip(".") or "no reason is given"
            return f"the {figure.in_doubt.value} of {formatting.format_dated_count(figure)} is in doubt: {why}"
    return ""


_COMMON = frozenset({"Which", "What", "The", "Two", "One", "It", "A", "These"})


def say_inside(text: str) -> str:
    """A sentence as a clause: without its full stop, and without a capital that only begins it."""
    first = text.split(" ", 1)[0]
    body = f"{text[:1].lower()}{text[1:]}" if first in _COMMON else text
    return body.rstrip(".")


def say_open(figure: Figure) -> str:
    """What an amount without an exact number leaves open: "200 is published only as at least 200"."""
    return (
        f"the number for {formatting.period_in_sentence(figure.period)} is published only as {_amount_phrase(figure)}"
    )


def _amount_phrase(figure: Figure) -> str:
    return formatting.format_dated_count(figure).rpartition(" in ")[0]


def platform_name(record: Repository, platform: str) -> str:
    """The platform's name, or its id where the record does not hold it."""
    try:
        return record.platform(platform).name
    except KeyError:
        return platform
