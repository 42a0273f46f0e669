"""The check of a claim that a number is the highest on record.

Only earlier periods of the same kind and length count, and of several numbers for one the newest that is not
in doubt. Every earlier number has to be known to cover the same, and to be lower by more than chance could
make.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from . import periods, wording
from .amounts import Step, is_exact, point, step
from .chance import Movement, movement
from .finding import (
    CAUSE,
    CHANCE,
    RECORDED,
    Finding,
    named_period,
    place_setting,
    say_doubt,
    say_inside,
    setting,
)
from .history import in_force_since, series
from .model import Claim, Figure, Period, PeriodKind, Weight
from .readings import say_number
from .record import Record
from .registry import claim_check
from .scope import comparable, memberships

_YEARS = frozenset({PeriodKind.FINANCIAL_YEAR, PeriodKind.CALENDAR_YEAR})


class _Earlier(Struct, frozen=True, kw_only=True):
    """An earlier number, how this one stands to it, and what keeps the two apart."""

    figure: Figure
    step: Step
    movement: Movement
    broken: str


@claim_check("record_high", needs=("place", "measure", "period"), may=("platform",))
def record_high(claim: Claim, record: Record) -> Finding:
    """Whether a period's number is above all earlier ones of its kind."""
    place, measure = place_setting(claim, record), setting(claim, "measure")
    period, here = named_period(claim, "period"), wording.place(place)
    several = series(record, place.code, measure, claim.setting("platform"))
    alike = [figure for figure in several if periods.equally_long(figure.period, period)]
    before = [figure for figure in alike if figure.period.end < period.start]
    this = next((figure for figure in alike if figure.period.text == period.text), None)
    weight, reason = _weigh_highest(this, before, here, period, record)
    law = in_force_since(record, measure, place.code)
    since = [f"The offence exists only since {law.words}."] if law is not None and before else []
    first = before[0].period if before else period
    return Finding(
        weight=weight,
        reason=wording.sentence(reason),
        check=f"Whether the number for {here} in {wording.period(period)} is above all earlier ones we hold.",
        caveats=(*since, RECORDED) if this is not None and before else (),
        figures=tuple(figure.id for figure in (*before, *([this] if this else []))),
        not_checked=(f"Anything before {wording.period(first)}, for which we hold no figure.", CAUSE),
    )


def _weigh_highest(
    this: Figure | None, before: Sequence[Figure], here: str, period: Period, record: Record
) -> tuple[Weight, str]:
    if this is None:
        return Weight.NOT_SHOWN, f"We hold no figure for {here} in {wording.period(period)}"
    clause = f"{wording.dated(this)} for {here}"
    if not before:
        return Weight.NOT_SHOWN, f"We hold no earlier figure to compare {clause} with"
    if this.in_doubt is not None:
        return Weight.CANNOT_JUDGE, say_doubt([this])
    several = _compare_with(this, before, record)
    sound = [one for one in several if not one.broken]
    higher = [one for one in sound if one.step is Step.FELL]
    if higher:
        most = max(higher, key=lambda one: point(one.figure.amount)).figure
        return Weight.CONTRADICTED, f"{clause} is below {wording.dated(most)}"
    broken = [one for one in several if one.broken]
    if broken:
        worst = max(broken, key=lambda one: (one.step is Step.FELL, one.figure.period.end))
        beside = "is below" if worst.step is Step.FELL else "is to be compared with"
        return Weight.CANNOT_JUDGE, (
            f"{clause} {beside} {wording.dated(worst.figure)}, but the two may not be alike: {worst.broken}"
        )
    return _weigh_sound(clause, this, sound)


def _compare_with(this: Figure, before: Sequence[Figure], record: Record) -> list[_Earlier]:
    known = memberships(record)
    found: list[_Earlier] = []
    for figure in before:
        gap = comparable(figure, this, record, known)
        found.append(
            _Earlier(
                figure=figure,
                step=step(figure.amount, this.amount),
                movement=movement(figure.amount, this.amount),
                broken="" if gap is None else say_inside(gap.text),
            )
        )
    return found


def _weigh_sound(clause: str, this: Figure, several: Sequence[_Earlier]) -> tuple[Weight, str]:
    """The verdict where every earlier number covers the same and none is higher."""
    highest = max((one.figure for one in several), key=lambda one: (point(one.amount), one.period.end))
    unsure = [one.figure for one in several if one.step is Step.UNCERTAIN]
    if unsure:
        most = max(unsure, key=lambda figure: point(figure.amount))
        return Weight.NOT_SHOWN, _say_unsure(this, most)
    level = [one.figure for one in several if one.step is Step.SAME]
    if level:
        return Weight.PARTLY, f"{clause} is as high as {wording.dated(level[-1])} and no higher"
    count = wording.count(len(several), "earlier number", "earlier numbers")
    above = f"{clause} is above the {count} we hold, the highest {wording.dated(highest)}"
    missing = _find_missing([one.figure for one in several], this)
    if missing:
        return Weight.PARTLY, f"{above}; we hold no figure for {wording.listing(missing)}"
    if all(one.movement is Movement.ROSE for one in several):
        return Weight.SUPPORTED, above
    slight = [one.figure for one in several if one.movement is not Movement.ROSE]
    named = wording.listing([wording.dated(figure) for figure in slight])
    return Weight.IN_LINE, f"{above}; beside {named} {CHANCE}"


def _say_unsure(this: Figure, other: Figure) -> str:
    rough = this if not is_exact(this.amount) else other
    rest = other if rough is this else this
    return (
        f"The number for {wording.period(rough.period)} is published only as {say_number(rough)}, so it may "
        f"be above or below {wording.dated(rest)}"
    )


def _find_missing(before: Sequence[Figure], this: Figure) -> list[str]:
    """The years between the first we hold and this one that we hold no figure for."""
    if this.period.kind not in _YEARS:
        return []
    present = {figure.period.start.year for figure in before}
    years = range(min(present), this.period.start.year)
    start, end = this.period.start, this.period.end
    return [
        wording.period(
            periods.between(start.replace(year=year), end.replace(year=end.year - start.year + year))
        )
        for year in years
        if year not in present
    ]
