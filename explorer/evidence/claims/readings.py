"""The two numbers that a claim of change rests on: every published reading, and what keeps them apart.

A figure in doubt, or of a part of its period, is left out where another is published. Two figures are a
reading only where they are known to cover the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from msgspec import Struct

from explorer.evidence import formatting, periods
from explorer.evidence.amounts import is_exact, point_estimate
from explorer.evidence.analysis import (
    PUBLISHED_CHANGES,
    SINCE,
    AmountMovement,
    classify_movement,
    find_comparison_break,
    is_like_for_like,
    numeric_only,
    published_on,
    region_memberships,
)
from explorer.evidence.model import Claim, Figure, Period, Place, Unit, Verdict
from explorer.evidence.repository import Repository

from .base import choose_sound, named_period, place_setting, required_setting, say_doubt, say_left_out, say_open
from .comparing import ClaimedRange, RangeOutcome, RatioRange, divide_ranges


class ChangeReading(Struct, frozen=True, kw_only=True):
    """One figure of the base period with one of the later period that covers the same."""

    base: Figure
    later: Figure
    ratio: RatioRange
    movement: AmountMovement


class ChangeReadings(Struct, frozen=True, kw_only=True):
    """The two periods of a claim, the figures published for each and the readings that they allow."""

    place: Place
    base_period: Period
    period: Period
    base: tuple[Figure, ...]
    later: tuple[Figure, ...]
    left_out: tuple[Figure, ...]
    readings: tuple[ChangeReading, ...]
    obstacle: str = ""
    """Why there is no reading, as a clause; empty where there is one."""
    lacking: str = ""
    """What we hold no figure for, as a clause; empty where both periods have one."""

    @property
    def figure_ids(self) -> tuple[str, ...]:
        """Their ids."""
        return tuple(figure.id for figure in (*self.base, *self.later))

    @property
    def caveats(self) -> tuple[str, ...]:
        """What to bear in mind with the readings: differing numbers, and those left out."""
        phrase: list[str] = []
        for period, several in ((self.base_period, self.base), (self.period, self.later)):
            numbers = list(dict.fromkeys(say_number(figure) for figure in several))
            if len(numbers) > 1:
                clause = formatting.join_list(numbers)
                phrase.append(f"Different numbers are published for {formatting.period_in_sentence(period)}: {clause}.")
        return (*phrase, *say_left_out(self.left_out))


def read_change(claim: Claim, record: Repository) -> ChangeReadings:
    """The readings of a claim with the settings place, measure, period, base and perhaps platform.

    Raises ValueError for a setting that cannot be read.
    """
    place, measure = place_setting(claim, record), required_setting(claim, "measure")
    base_period, period = named_period(claim, "base"), named_period(claim, "period")
    present = numeric_only(record.figures(place=place.code, measure=measure, platform=claim.setting("platform")))
    present.sort(key=lambda figure: (published_on(record, figure.source), figure.id))
    base, base_out = choose_sound(f for f in present if f.period.text == base_period.text)
    later, later_out = choose_sound(f for f in present if f.period.text == period.text)
    readings, pairing_gap = _pair_up(base, later, record) if periods.are_comparable(base_period, period) else ((), "")
    lacking = _name_lacking(place, (base_period, base), (period, later))
    obstacle = "" if readings or lacking else _name_obstacle(base, later, pairing_gap, record, claim)
    return ChangeReadings(
        place=place,
        base_period=base_period,
        period=period,
        base=base,
        later=later,
        left_out=(*base_out, *later_out),
        readings=readings,
        obstacle=obstacle,
        lacking=lacking,
    )


def _pair_up(
    base: Sequence[Figure], later: Sequence[Figure], record: Repository
) -> tuple[tuple[ChangeReading, ...], str]:
    """The readings, equal numbers only once; and the first thing that keeps two figures from being one."""
    region_forces = region_memberships(record)
    readings_by_amount: dict[tuple[object, object], ChangeReading] = {}
    first_gap = ""
    for last in later:
        for first in base:
            gap = find_comparison_break(first, last, record, region_forces)
            if gap is not None:
                first_gap = first_gap or gap.text
            elif point_estimate(first.amount) <= 0:
                first_gap = first_gap or f"the number for {formatting.period_in_sentence(first.period)} is 0"
            else:
                readings_by_amount[first.amount, last.amount] = ChangeReading(
                    base=first,
                    later=last,
                    ratio=divide_ranges(last.amount, first.amount),
                    movement=classify_movement(first.amount, last.amount),
                )
    return tuple(readings_by_amount.values()), first_gap


def _name_lacking(place: Place, *present: tuple[Period, Sequence[Figure]]) -> str:
    lacking = [formatting.period_in_sentence(period) for period, several in present if not several]
    if not lacking:
        return ""
    return f"we hold no figure for {formatting.place_in_sentence(place)} in {formatting.join_list(lacking)}"


def _name_obstacle(
    base: Sequence[Figure], later: Sequence[Figure], pairing_gap: str, record: Repository, claim: Claim
) -> str:
    here = say_doubt((*base, *later))
    if not here and not periods.are_comparable(base[0].period, later[0].period):
        first, last = formatting.period_in_sentence(base[0].period), formatting.period_in_sentence(later[0].period)
        here = (
            f"{first} and {last} are stretches of unlike length "
            f"({_format_length(base[0].period)} and {_format_length(later[0].period)})"
        )
    printed_change = _find_published(base[0], later[0], record, claim)
    more = f". {_say_published(printed_change, record)}" if printed_change is not None else ""
    return (here or pairing_gap).rstrip(".") + more


def _format_length(period: Period) -> str:
    months = periods.count_months(period)
    return formatting.pluralise_in_words(months, "month", "months")


def _find_published(base: Figure, later: Figure, record: Repository, claim: Claim) -> Figure | None:
    """The change between the two as a source publishes it."""
    if claim.setting("platform"):
        return None
    for figure in record.figures(place=later.place, measure=PUBLISHED_CHANGES, platform=""):
        same = figure.period.text == later.period.text and figure.breakdown == f"{SINCE}{base.period.label}"
        if same and figure.amount.number is not None:
            return figure
    return None


def _say_published(figure: Figure, record: Repository) -> str:
    try:
        publisher = record.source(figure.source).publisher
    except KeyError:
        publisher = "The source"
    change = formatting.amount_in_sentence(figure.amount, Unit.CHANGE)
    of = "for comparable forces" if is_like_for_like(figure) else "and does not say for which forces"
    return f"{publisher} publishes {change} {of}; we cannot work it out from the totals"


def weigh_readings(readings: Sequence[ChangeReading], claimed_range: ClaimedRange) -> Verdict:
    """The verdict: what is so by every reading and beyond chance is supported, and so on down."""
    holds = {claimed_range.evaluate_range(*one.ratio) for one in readings}
    borne_out = [one for one in readings if claimed_range.evaluate_range(*one.ratio) is RangeOutcome.YES]
    direction = claimed_range.claimed_movement(Fraction(1))
    clear = direction is None or all(one.movement is direction for one in borne_out)
    if holds == {RangeOutcome.YES}:
        return Verdict.SUPPORTED if clear else Verdict.IN_LINE
    if not holds & {RangeOutcome.YES, RangeOutcome.OPEN}:
        return Verdict.CONTRADICTED
    return Verdict.PARTLY if borne_out and clear else Verdict.NOT_SHOWN


def say_number(figure: Figure) -> str:
    """The number without its period: "at least 1,200"."""
    return formatting.format_dated_count(figure).rpartition(" in ")[0]


def say_all_open(readings: Sequence[ChangeReading]) -> str:
    """Which of the numbers are published only as "at least", "almost" or "about"."""
    inexact_figures = [figure for one in readings for figure in (one.base, one.later) if not is_exact(figure.amount)]
    return "; ".join(dict.fromkeys(say_open(figure) for figure in inexact_figures))
