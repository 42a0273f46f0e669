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

from explorer.evidence import formatting, periods
from explorer.evidence.amounts import Direction, compare_amounts, is_exact, point_estimate
from explorer.evidence.analysis import (
    AmountMovement,
    CommencementDate,
    Memberships,
    classify_movement,
    find_comparison_break,
    find_series,
    in_force_since,
    latest_run,
    region_memberships,
    whole_years,
)
from explorer.evidence.model import Claim, Figure, Period, PeriodKind, Verdict
from explorer.evidence.repository import Repository

from .base import (
    CAUSE,
    CHANCE,
    RECORDING_CAVEAT,
    CheckResult,
    named_period,
    place_setting,
    publication_date,
    required_setting,
    say_doubt,
    say_inside,
    times_setting,
)
from .readings import say_number
from .registry import claim_check


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
    here, claimed_rises = formatting.place_in_sentence(place), formatting.pluralise_in_words(times, "rise", "rises")
    region_forces = region_memberships(record)
    steps = [_take_step(earlier, later, record, region_forces) for earlier, later in pairwise(years)]
    weight, reason = _weigh_steps(steps, years, times, here, law)
    caveats = (*_say_law(years, law), *_say_part(present, years), RECORDING_CAVEAT)
    return CheckResult(
        weight=weight,
        reason=formatting.to_sentence(reason),
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
        only = f"only one whole year, {formatting.format_dated_count(years[0])}" if years else "no whole year"
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
    clause = formatting.join_list([formatting.format_dated_count(figure) for figure in years[-times - 1 :]])
    phrase = f"{clause} are {formatting.pluralise_in_words(times, 'rise', 'rises')} in a row"
    if all(one.kind is _RiseKind.CLEAR for one in last):
        return Verdict.SUPPORTED, phrase
    return Verdict.IN_LINE, f"{phrase} by the numbers; {_say_slight(last)}"


def _say_end(one: _YearStep) -> str:
    """Why the count of rises ends at a step."""
    both = f"{formatting.format_dated_count(one.earlier)} and {formatting.format_dated_count(one.later)}"
    if one.kind is _RiseKind.NONE:
        return f"{both} are no rise"
    if one.kind is _RiseKind.BROKEN:
        return f"{both} cannot be compared: {one.why}"
    return f"{both} leave open whether the number rose, as one of them is not published exactly"


def _say_slight(steps: Sequence[_YearStep]) -> str:
    slight = [one for one in steps if one.kind is _RiseKind.SLIGHT]
    if len(slight) == len(steps):
        return f"in each step {CHANCE}"
    clause = formatting.join_list(
        [
            f"{formatting.format_dated_count(one.earlier)} to {formatting.format_dated_count(one.later)}"
            for one in slight
        ]
    )
    return f"from {clause} {CHANCE}"


def _weigh_short(
    steps: Sequence[_YearStep], years: Sequence[Figure], times: int, law: CommencementDate | None
) -> tuple[Verdict, str]:
    """All the steps we hold are rises, and they are fewer than claimed."""
    clause = formatting.join_list([formatting.format_dated_count(figure) for figure in years])
    present = formatting.pluralise_in_words(len(years), "year", "years")
    rises = formatting.pluralise_in_words(len(steps), "rise", "rises")
    phrase = (
        f"The {present} we hold, {clause}, make {rises} and not {formatting.spell_small_number(times)}; "
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
    return f"we hold no figure for {formatting.period_in_sentence(previous)}"


def _previous_year(year: Period) -> Period:
    start = year.start.replace(year=year.start.year - 1)
    return periods.build_period(start, year.start - timedelta(days=1))


def _say_law(years: Sequence[Figure], law: CommencementDate | None) -> list[str]:
    caveats: list[str] = []
    for period in (figure.period for figure in years):
        if law is None or period.start >= law.day:
            continue
        period_name = formatting.period_in_sentence(period)
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
        f"{formatting.format_dated_count(figure)} is of a part of a year and is not compared with years."
        for figure in after[-1:]
    ]


# The check of a claim that a number is the highest on record.


_YEARS = frozenset({PeriodKind.FINANCIAL_YEAR, PeriodKind.CALENDAR_YEAR})


class _EarlierComparison(Struct, frozen=True, kw_only=True):
    """An earlier number, how this one stands to it, and what keeps the two apart."""

    figure: Figure
    step: Direction
    movement: AmountMovement
    obstacle: str


@claim_check("record_high", needs=("place", "measure", "period"), may=("platform",))
def record_high(claim: Claim, record: Repository) -> CheckResult:
    """Whether a period's number is above all earlier ones of its kind."""
    place, measure = place_setting(claim, record), required_setting(claim, "measure")
    period, here = named_period(claim, "period"), formatting.place_in_sentence(place)
    several = find_series(record, place.code, measure, claim.setting("platform"))
    alike = [figure for figure in several if periods.equally_long(figure.period, period)]
    before = [figure for figure in alike if figure.period.end < period.start]
    this = next((figure for figure in alike if figure.period.text == period.text), None)
    weight, reason = _weigh_highest(this, before, here, period, record)
    law = in_force_since(record, measure, place.code)
    since = [f"The offence exists only since {law.words}."] if law is not None and before else []
    first = before[0].period if before else period
    return CheckResult(
        weight=weight,
        reason=formatting.to_sentence(reason),
        check=f"Whether the number for {here} in {formatting.period_in_sentence(period)} "
        "is above all earlier ones we hold.",
        caveats=(*since, RECORDING_CAVEAT) if this is not None and before else (),
        figures=tuple(figure.id for figure in (*before, *([this] if this else []))),
        not_checked=(
            f"Anything before {formatting.period_in_sentence(first)}, for which we hold no figure.",
            CAUSE,
        ),
    )


def _weigh_highest(
    this: Figure | None, before: Sequence[Figure], here: str, period: Period, record: Repository
) -> tuple[Verdict, str]:
    if this is None:
        return Verdict.NOT_SHOWN, f"We hold no figure for {here} in {formatting.period_in_sentence(period)}"
    clause = f"{formatting.format_dated_count(this)} for {here}"
    if not before:
        return Verdict.NOT_SHOWN, f"We hold no earlier figure to compare {clause} with"
    if this.in_doubt is not None:
        return Verdict.CANNOT_JUDGE, say_doubt([this])
    several = _compare_with(this, before, record)
    sound = [one for one in several if not one.obstacle]
    higher = [one for one in sound if one.step is Direction.FELL]
    if higher:
        most = max(higher, key=lambda one: point_estimate(one.figure.amount)).figure
        return Verdict.CONTRADICTED, f"{clause} is below {formatting.format_dated_count(most)}"
    obstructed = [one for one in several if one.obstacle]
    if obstructed:
        worst = max(obstructed, key=lambda one: (one.step is Direction.FELL, one.figure.period.end))
        beside = "is below" if worst.step is Direction.FELL else "is to be compared with"
        return Verdict.CANNOT_JUDGE, (
            f"{clause} {beside} {formatting.format_dated_count(worst.figure)}, "
            f"but the two may not be alike: {worst.obstacle}"
        )
    return _weigh_sound(clause, this, sound)


def _compare_with(this: Figure, before: Sequence[Figure], record: Repository) -> list[_EarlierComparison]:
    region_forces = region_memberships(record)
    comparisons: list[_EarlierComparison] = []
    for figure in before:
        gap = find_comparison_break(figure, this, record, region_forces)
        comparisons.append(
            _EarlierComparison(
                figure=figure,
                step=compare_amounts(figure.amount, this.amount),
                movement=classify_movement(figure.amount, this.amount),
                obstacle="" if gap is None else say_inside(gap.text),
            )
        )
    return comparisons


def _weigh_sound(clause: str, this: Figure, several: Sequence[_EarlierComparison]) -> tuple[Verdict, str]:
    """The verdict where every earlier number covers the same and none is higher."""
    highest = max((one.figure for one in several), key=lambda one: (point_estimate(one.amount), one.period.end))
    unsure = [one.figure for one in several if one.step is Direction.UNCERTAIN]
    if unsure:
        most = max(unsure, key=lambda figure: point_estimate(figure.amount))
        return Verdict.NOT_SHOWN, _say_unsure(this, most)
    level = [one.figure for one in several if one.step is Direction.SAME]
    if level:
        return Verdict.PARTLY, f"{clause} is as high as {formatting.format_dated_count(level[-1])} and no higher"
    count = formatting.pluralise_in_words(len(several), "earlier number", "earlier numbers")
    above = f"{clause} is above the {count} we hold, the highest {formatting.format_dated_count(highest)}"
    missing = _find_missing([one.figure for one in several], this)
    if missing:
        return Verdict.PARTLY, f"{above}; we hold no figure for {formatting.join_list(missing)}"
    if all(one.movement is AmountMovement.ROSE for one in several):
        return Verdict.SUPPORTED, above
    slight = [one.figure for one in several if one.movement is not AmountMovement.ROSE]
    slight_figures = formatting.join_list([formatting.format_dated_count(figure) for figure in slight])
    return Verdict.IN_LINE, f"{above}; beside {slight_figures} {CHANCE}"


def _say_unsure(this: Figure, other: Figure) -> str:
    rough = this if not is_exact(this.amount) else other
    rest = other if rough is this else this
    return (
        f"The number for {formatting.period_in_sentence(rough.period)} is "
        f"published only as {say_number(rough)}, so it may "
        f"be above or below {formatting.format_dated_count(rest)}"
    )


def _find_missing(before: Sequence[Figure], this: Figure) -> list[str]:
    """The years between the first we hold and this one that we hold no figure for."""
    if this.period.kind not in _YEARS:
        return []
    present = {figure.period.start.year for figure in before}
    years = range(min(present), this.period.start.year)
    start, end = this.period.start, this.period.end
    return [
        formatting.period_in_sentence(
            periods.build_period(start.replace(year=year), end.replace(year=end.year - start.year + year))
        )
        for year in years
        if year not in present
    ]
