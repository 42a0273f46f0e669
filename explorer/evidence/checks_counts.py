"""The check of a claim that a number rose so many times in a row.

Only whole years of one kind are compared that follow each other, are in no doubt and are known
to cover the same.
A rise in what is recorded is never given a cause.
"""

from __future__ import annotations

import enum
from collections.abc import Sequence
from datetime import timedelta
from itertools import pairwise

from msgspec import Struct

from . import periods, wording
from .amounts import Direction, compare_amounts
from .chance import AmountMovement, classify_movement
from .finding import (
    CAUSE,
    CHANCE,
    RECORDING_CAVEAT,
    CheckResult,
    place_setting,
    publication_date,
    required_setting,
    say_inside,
    times_setting,
)
from .history import CommencementDate, find_series, in_force_since, latest_run, whole_years
from .model import Claim, Figure, Period, Verdict
from .record import Repository
from .registry import claim_check
from .scope import Memberships, find_comparison_break, region_memberships


class _RiseKind(enum.Enum):
    """What one step from a year to the next is."""

    CLEAR = enum.auto()
    """A rise that neither rounding nor chance can account for."""
    SLIGHT = enum.auto()
    """A rise that chance alone could make."""
    NONE = enum.auto()
    OPEN = enum.auto()
    BROKEN = enum.auto()


class _YearStep(Struct, frozen=True, kw_only=True):
    """One step, and why it cannot be judged where it cannot."""

    earlier: Figure
    later: Figure
    kind: _RiseKind
    why: str = ""


@claim_check("rises_in_a_row", needs=("place", "measure", "times"))
def rises_in_a_row(claim: Claim, record: Repository) -> CheckResult:
    """Whether a place's yearly numbers end in so many rises."""
    place, measure, times = (
        place_setting(claim, record),
        required_setting(claim, "measure"),
        times_setting(claim),
    )
    present = find_series(record, place.code, measure, until=publication_date(claim, record))
    years = latest_run(whole_years(present))
    law = in_force_since(record, measure, place.code)
    here, claimed_rises = wording.place_in_sentence(place), wording.pluralise(times, "rise", "rises")
    region_forces = region_memberships(record)
    steps = [_take_step(earlier, later, record, region_forces) for earlier, later in pairwise(years)]
    weight, reason = _weigh_steps(steps, years, times, here, law)
    caveats = (*_say_law(years, law), *_say_part(present, years), RECORDING_CAVEAT)
    return CheckResult(
        weight=weight,
        reason=wording.format_sentence(reason),
        check=f"Whether the whole years we hold for {here} end in {claimed_rises} in a row.",
        caveats=caveats if years else (),
        figures=tuple(figure.id for figure in years),
        not_checked=(CAUSE,),
    )


def _take_step(earlier: Figure, later: Figure, record: Repository, region_forces: Memberships) -> _YearStep:
    gap = find_comparison_break(earlier, later, record, region_forces)
    if gap is not None:
        return _YearStep(earlier=earlier, later=later, kind=_RiseKind.BROKEN, why=say_inside(gap.text))
    how = compare_amounts(earlier.amount, later.amount)
    if how is Direction.ROSE:
        clear = classify_movement(earlier.amount, later.amount) is AmountMovement.ROSE
        return _YearStep(earlier=earlier, later=later, kind=_RiseKind.CLEAR if clear else _RiseKind.SLIGHT)
    kind = _RiseKind.OPEN if how is Direction.UNCERTAIN else _RiseKind.NONE
    return _YearStep(earlier=earlier, later=later, kind=kind)


def _weigh_steps(
    steps: Sequence[_YearStep], years: Sequence[Figure], times: int, here: str, law: CommencementDate | None
) -> tuple[Verdict, str]:
    if len(years) < 2:
        only = f"only one whole year, {wording.format_dated_count(years[0])}" if years else "no whole year"
        return Verdict.NOT_SHOWN, f"For {here} we hold {only}, so no rise can be counted"
    last = steps[-times:]
    for kind, weight in (
        (_RiseKind.NONE, Verdict.CONTRADICTED),
        (_RiseKind.BROKEN, Verdict.CANNOT_JUDGE),
        (_RiseKind.OPEN, Verdict.NOT_SHOWN),
    ):
        blocking_step = next((one for one in reversed(last) if one.kind is kind), None)
        if blocking_step is not None:
            return weight, _say_end(blocking_step)
    if len(last) < times:
        return _weigh_short(last, years, times, law)
    clause = wording.join_list([wording.format_dated_count(figure) for figure in years[-times - 1 :]])
    phrase = f"{clause} are {wording.pluralise(times, 'rise', 'rises')} in a row"
    if all(one.kind is _RiseKind.CLEAR for one in last):
        return Verdict.SUPPORTED, phrase
    return Verdict.IN_LINE, f"{phrase} by the numbers; {_say_slight(last)}"


def _say_end(one: _YearStep) -> str:
    """Why the count of rises ends at a step."""
    both = f"{wording.format_dated_count(one.earlier)} and {wording.format_dated_count(one.later)}"
    if one.kind is _RiseKind.NONE:
        return f"{both} are no rise"
    if one.kind is _RiseKind.BROKEN:
        return f"{both} cannot be compared: {one.why}"
    return f"{both} leave open whether the number rose, as one of them is not published exactly"


def _say_slight(steps: Sequence[_YearStep]) -> str:
    slight = [one for one in steps if one.kind is _RiseKind.SLIGHT]
    if len(slight) == len(steps):
        return f"in each step {CHANCE}"
    clause = wording.join_list(
        [f"{wording.format_dated_count(one.earlier)} to {wording.format_dated_count(one.later)}" for one in slight]
    )
    return f"from {clause} {CHANCE}"


def _weigh_short(
    steps: Sequence[_YearStep], years: Sequence[Figure], times: int, law: CommencementDate | None
) -> tuple[Verdict, str]:
    """All the steps we hold are rises, and they are fewer than claimed."""
    clause = wording.join_list([wording.format_dated_count(figure) for figure in years])
    present = wording.pluralise(len(years), "year", "years")
    rises = wording.pluralise(len(steps), "rise", "rises")
    phrase = (
        f"The {present} we hold, {clause}, make {rises} and not {wording.spell_small_number(times)}; "
        f"{_say_before(years[0].period, law)}"
    )
    if all(one.kind is _RiseKind.CLEAR for one in steps):
        return Verdict.PARTLY, phrase
    return Verdict.NOT_SHOWN, f"{phrase}, and {_say_slight(steps)}"


def _say_before(first: Period, law: CommencementDate | None) -> str:
    """Why there is no earlier year to count from."""
    previous = _previous_year(first)
    if law is not None and law.day > previous.start:
        return f"the offence exists only since {law.words}, so no earlier whole year can be compared"
    return f"we hold no figure for {wording.period_in_sentence(previous)}"


def _previous_year(year: Period) -> Period:
    start = year.start.replace(year=year.start.year - 1)
    return periods.build_period(start, year.start - timedelta(days=1))


def _say_law(years: Sequence[Figure], law: CommencementDate | None) -> list[str]:
    caveats: list[str] = []
    for period in (figure.period for figure in years):
        if law is None or period.start >= law.day:
            continue
        period_name = wording.period_in_sentence(period)
        if period.end < law.day:
            caveats.append(f"{period_name} lies before {law.words}, when the offence came into force.")
        else:
            caveats.append(f"The offence came into force on {law.words}, after {period_name} had begun.")
    return caveats


def _say_part(present: Sequence[Figure], years: Sequence[Figure]) -> list[str]:
    """Later numbers of a part of a year, which are not compared with years."""
    after = [
        figure
        for figure in present
        if years and figure.period.start > years[-1].period.end and periods.count_months(figure.period) < 12
    ]
    return [
        f"{wording.format_dated_count(figure)} is of a part of a year and is not compared with years."
        for figure in after[-1:]
    ]
