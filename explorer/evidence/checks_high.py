"""The check of a claim that a number is the highest on record.

Only earlier periods of the same kind and length count, and of several numbers for one the newest that is not
in doubt. Every earlier number has to be known to cover the same, and to be lower by more than chance could
make.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from . import periods, wording
from .amounts import Direction, compare_amounts, is_exact, point_estimate
from .chance import AmountMovement, classify_movement
from .finding import (
    CAUSE,
    CHANCE,
    RECORDING_CAVEAT,
    CheckResult,
    named_period,
    place_setting,
    required_setting,
    say_doubt,
    say_inside,
)
from .history import find_series, in_force_since
from .model import Claim, Figure, Period, PeriodKind, Verdict
from .readings import say_number
from .record import Repository
from .registry import claim_check
from .scope import find_comparison_break, region_memberships

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
    period, here = named_period(claim, "period"), wording.place_in_sentence(place)
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
        reason=wording.format_sentence(reason),
        check=f"Whether the number for {here} in {wording.period_in_sentence(period)} "
        "is above all earlier ones we hold.",
        caveats=(*since, RECORDING_CAVEAT) if this is not None and before else (),
        figures=tuple(figure.id for figure in (*before, *([this] if this else []))),
        not_checked=(
            f"Anything before {wording.period_in_sentence(first)}, for which we hold no figure.",
            CAUSE,
        ),
    )


def _weigh_highest(
    this: Figure | None, before: Sequence[Figure], here: str, period: Period, record: Repository
) -> tuple[Verdict, str]:
    if this is None:
        return Verdict.NOT_SHOWN, f"We hold no figure for {here} in {wording.period_in_sentence(period)}"
    clause = f"{wording.format_dated_count(this)} for {here}"
    if not before:
        return Verdict.NOT_SHOWN, f"We hold no earlier figure to compare {clause} with"
    if this.in_doubt is not None:
        return Verdict.CANNOT_JUDGE, say_doubt([this])
    several = _compare_with(this, before, record)
    sound = [one for one in several if not one.obstacle]
    higher = [one for one in sound if one.step is Direction.FELL]
    if higher:
        most = max(higher, key=lambda one: point_estimate(one.figure.amount)).figure
        return Verdict.CONTRADICTED, f"{clause} is below {wording.format_dated_count(most)}"
    obstructed = [one for one in several if one.obstacle]
    if obstructed:
        worst = max(obstructed, key=lambda one: (one.step is Direction.FELL, one.figure.period.end))
        beside = "is below" if worst.step is Direction.FELL else "is to be compared with"
        return Verdict.CANNOT_JUDGE, (
            f"{clause} {beside} {wording.format_dated_count(worst.figure)}, "
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
        return Verdict.PARTLY, f"{clause} is as high as {wording.format_dated_count(level[-1])} and no higher"
    count = wording.pluralise(len(several), "earlier number", "earlier numbers")
    above = f"{clause} is above the {count} we hold, the highest {wording.format_dated_count(highest)}"
    missing = _find_missing([one.figure for one in several], this)
    if missing:
        return Verdict.PARTLY, f"{above}; we hold no figure for {wording.join_list(missing)}"
    if all(one.movement is AmountMovement.ROSE for one in several):
        return Verdict.SUPPORTED, above
    slight = [one.figure for one in several if one.movement is not AmountMovement.ROSE]
    slight_figures = wording.join_list([wording.format_dated_count(figure) for figure in slight])
    return Verdict.IN_LINE, f"{above}; beside {slight_figures} {CHANCE}"


def _say_unsure(this: Figure, other: Figure) -> str:
    rough = this if not is_exact(this.amount) else other
    rest = other if rough is this else this
    return (
        f"The number for {wording.period_in_sentence(rough.period)} is "
        f"published only as {say_number(rough)}, so it may "
        f"be above or below {wording.format_dated_count(rest)}"
    )


def _find_missing(before: Sequence[Figure], this: Figure) -> list[str]:
    """The years between the first we hold and this one that we hold no figure for."""
    if this.period.kind not in _YEARS:
        return []
    present = {figure.period.start.year for figure in before}
    years = range(min(present), this.period.start.year)
    start, end = this.period.start, this.period.end
    return [
        wording.period_in_sentence(
            periods.build_period(start.replace(year=year), end.replace(year=end.year - start.year + year))
        )
        for year in years
        if year not in present
    ]
