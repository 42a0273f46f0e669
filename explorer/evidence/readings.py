"""The two numbers that a claim of change rests on: every published reading, and what keeps them apart.

A figure in doubt, or of a part of its period, is left out where another is published. Two figures are a
reading only where they are known to cover the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from msgspec import Struct

from . import periods, wording
from .amounts import is_exact, point
from .chance import Movement, movement
from .changes import PUBLISHED_CHANGES, SINCE, says_comparable
from .comparing import Holds, Range, Wanted, divide_ranges
from .finding import choose_sound, named_period, place_setting, say_doubt, say_left_out, say_open, setting
from .history import published_on, usable
from .model import Claim, Figure, Period, Place, Unit, Weight
from .record import Record
from .scope import comparable, memberships


class Reading(Struct, frozen=True, kw_only=True):
    """One figure of the base period with one of the later period that covers the same."""

    base: Figure
    later: Figure
    ratio: Range
    movement: Movement


class Readings(Struct, frozen=True, kw_only=True):
    """The two periods of a claim, the figures published for each and the readings that they allow."""

    place: Place
    base_period: Period
    period: Period
    base: tuple[Figure, ...]
    later: tuple[Figure, ...]
    left_out: tuple[Figure, ...]
    readings: tuple[Reading, ...]
    obstacle: str = ""
    """Why there is no reading, as a clause; empty where there is one."""
    lacking: str = ""
    """What we hold no figure for, as a clause; empty where both periods have one."""

    @property
    def figures(self) -> tuple[str, ...]:
        """Their ids."""
        return tuple(figure.id for figure in (*self.base, *self.later))

    @property
    def caveats(self) -> tuple[str, ...]:
        """What to bear in mind with the readings: differing numbers, and those left out."""
        phrase: list[str] = []
        for period, several in ((self.base_period, self.base), (self.period, self.later)):
            numbers = list(dict.fromkeys(say_number(figure) for figure in several))
            if len(numbers) > 1:
                clause = wording.listing(numbers)
                phrase.append(f"Different numbers are published for {wording.period(period)}: {clause}.")
        return (*phrase, *say_left_out(self.left_out))


def read_change(claim: Claim, record: Record) -> Readings:
    """The readings of a claim with the settings place, measure, period, base and perhaps platform.

    Raises ValueError for a setting that cannot be read.
    """
    place, measure = place_setting(claim, record), setting(claim, "measure")
    base_period, period = named_period(claim, "base"), named_period(claim, "period")
    present = usable(record.figures(place=place.code, measure=measure, platform=claim.setting("platform")))
    present.sort(key=lambda figure: (published_on(record, figure.source), figure.id))
    base, base_out = choose_sound(f for f in present if f.period.text == base_period.text)
    later, later_out = choose_sound(f for f in present if f.period.text == period.text)
    readings, broken = _pair_up(base, later, record) if periods.alike(base_period, period) else ((), "")
    lacking = _name_lacking(place, (base_period, base), (period, later))
    obstacle = "" if readings or lacking else _name_obstacle(base, later, broken, record, claim)
    return Readings(
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
    base: Sequence[Figure], later: Sequence[Figure], record: Record
) -> tuple[tuple[Reading, ...], str]:
    """The readings, equal numbers only once; and the first thing that keeps two figures from being one."""
    known = memberships(record)
    found: dict[tuple[object, object], Reading] = {}
    broken = ""
    for last in later:
        for first in base:
            gap = comparable(first, last, record, known)
            if gap is not None:
                broken = broken or gap.text
            elif point(first.amount) <= 0:
                broken = broken or f"the number for {wording.period(first.period)} is 0"
            else:
                found[first.amount, last.amount] = Reading(
                    base=first,
                    later=last,
                    ratio=divide_ranges(last.amount, first.amount),
                    movement=movement(first.amount, last.amount),
                )
    return tuple(found.values()), broken


def _name_lacking(place: Place, *present: tuple[Period, Sequence[Figure]]) -> str:
    lacking = [wording.period(period) for period, several in present if not several]
    if not lacking:
        return ""
    return f"we hold no figure for {wording.place(place)} in {wording.listing(lacking)}"


def _name_obstacle(
    base: Sequence[Figure], later: Sequence[Figure], broken: str, record: Record, claim: Claim
) -> str:
    here = say_doubt((*base, *later))
    if not here and not periods.alike(base[0].period, later[0].period):
        first, last = wording.period(base[0].period), wording.period(later[0].period)
        here = (
            f"{first} and {last} are stretches of unlike length "
            f"({_length(base[0].period)} and {_length(later[0].period)})"
        )
    published = _find_published(base[0], later[0], record, claim)
    more = f". {_say_published(published, record)}" if published is not None else ""
    return (here or broken).rstrip(".") + more


def _length(period: Period) -> str:
    months = periods.months(period)
    return wording.count(months, "month", "months")


def _find_published(base: Figure, later: Figure, record: Record, claim: Claim) -> Figure | None:
    """The change between the two as a source publishes it."""
    if claim.setting("platform"):
        return None
    for figure in record.figures(place=later.place, measure=PUBLISHED_CHANGES, platform=""):
        same = figure.period.text == later.period.text and figure.breakdown == f"{SINCE}{base.period.label}"
        if same and figure.amount.number is not None:
            return figure
    return None


def _say_published(figure: Figure, record: Record) -> str:
    try:
        publisher = record.source(figure.source).publisher
    except KeyError:
        publisher = "The source"
    change = wording.amount(figure.amount, Unit.CHANGE)
    of = "for comparable forces" if says_comparable(figure) else "and does not say for which forces"
    return f"{publisher} publishes {change} {of}; we cannot work it out from the totals"


def weigh_readings(readings: Sequence[Reading], wanted: Wanted) -> Weight:
    """The verdict: what is so by every reading and beyond chance is supported, and so on down."""
    holds = {wanted.holds(*one.ratio) for one in readings}
    borne_out = [one for one in readings if wanted.holds(*one.ratio) is Holds.YES]
    direction = wanted.direction(Fraction(1))
    clear = direction is None or all(one.movement is direction for one in borne_out)
    if holds == {Holds.YES}:
        return Weight.SUPPORTED if clear else Weight.IN_LINE
    if not holds & {Holds.YES, Holds.OPEN}:
        return Weight.CONTRADICTED
    return Weight.PARTLY if borne_out and clear else Weight.NOT_SHOWN


def say_number(figure: Figure) -> str:
    """The number without its period: "at least 1,200"."""
    return wording.dated(figure).rpartition(" in ")[0]


def say_all_open(readings: Sequence[Reading]) -> str:
    """Which of the numbers are published only as "at least", "almost" or "about"."""
    found = [figure for one in readings for figure in (one.base, one.later) if not is_exact(figure.amount)]
    return "; ".join(dict.fromkeys(say_open(figure) for figure in found))
