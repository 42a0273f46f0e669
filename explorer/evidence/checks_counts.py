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
from .amounts import Step, step
from .chance import Movement, movement
from .finding import (
    CAUSE,
    CHANCE,
    RECORDED,
    Finding,
    place_setting,
    say_inside,
    setting,
    times_setting,
    written,
)
from .history import Law, in_force_since, latest_run, series, whole_years
from .model import Claim, Figure, Period, Weight
from .record import Record
from .registry import claim_check
from .scope import Memberships, comparable, memberships


class _Rise(enum.Enum):
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
    kind: _Rise
    why: str = ""


@claim_check("rises_in_a_row", needs=("place", "measure", "times"))
def rises_in_a_row(claim: Claim, record: Record) -> Finding:
    """Whether a place's yearly numbers end in so many rises."""
    place, measure, times = place_setting(claim, record), setting(claim, "measure"), times_setting(claim)
    present = series(record, place.code, measure, until=written(claim, record))
    years = latest_run(whole_years(present))
    law = in_force_since(record, measure, place.code)
    here, wanted = wording.place(place), wording.count(times, "rise", "rises")
    known = memberships(record)
    steps = [_take_step(earlier, later, record, known) for earlier, later in pairwise(years)]
    weight, reason = _weigh_steps(steps, years, times, here, law)
    caveats = (*_say_law(years, law), *_say_part(present, years), RECORDED)
    return Finding(
        weight=weight,
        reason=wording.sentence(reason),
        check=f"Whether the whole years we hold for {here} end in {wanted} in a row.",
        caveats=caveats if years else (),
        figures=tuple(figure.id for figure in years),
        not_checked=(CAUSE,),
    )


def _take_step(earlier: Figure, later: Figure, record: Record, known: Memberships) -> _YearStep:
    gap = comparable(earlier, later, record, known)
    if gap is not None:
        return _YearStep(earlier=earlier, later=later, kind=_Rise.BROKEN, why=say_inside(gap.text))
    how = step(earlier.amount, later.amount)
    if how is Step.ROSE:
        clear = movement(earlier.amount, later.amount) is Movement.ROSE
        return _YearStep(earlier=earlier, later=later, kind=_Rise.CLEAR if clear else _Rise.SLIGHT)
    kind = _Rise.OPEN if how is Step.UNCERTAIN else _Rise.NONE
    return _YearStep(earlier=earlier, later=later, kind=kind)


def _weigh_steps(
    steps: Sequence[_YearStep], years: Sequence[Figure], times: int, here: str, law: Law | None
) -> tuple[Weight, str]:
    if len(years) < 2:
        only = f"only one whole year, {wording.dated(years[0])}" if years else "no whole year"
        return Weight.NOT_SHOWN, f"For {here} we hold {only}, so no rise can be counted"
    last = steps[-times:]
    for kind, weight in (
        (_Rise.NONE, Weight.CONTRADICTED),
        (_Rise.BROKEN, Weight.CANNOT_JUDGE),
        (_Rise.OPEN, Weight.NOT_SHOWN),
    ):
        found = next((one for one in reversed(last) if one.kind is kind), None)
        if found is not None:
            return weight, _say_end(found)
    if len(last) < times:
        return _weigh_short(last, years, times, law)
    clause = wording.listing([wording.dated(figure) for figure in years[-times - 1 :]])
    phrase = f"{clause} are {wording.count(times, 'rise', 'rises')} in a row"
    if all(one.kind is _Rise.CLEAR for one in last):
        return Weight.SUPPORTED, phrase
    return Weight.IN_LINE, f"{phrase} by the numbers; {_say_slight(last)}"


def _say_end(one: _YearStep) -> str:
    """Why the count of rises ends at a step."""
    both = f"{wording.dated(one.earlier)} and {wording.dated(one.later)}"
    if one.kind is _Rise.NONE:
        return f"{both} are no rise"
    if one.kind is _Rise.BROKEN:
        return f"{both} cannot be compared: {one.why}"
    return f"{both} leave open whether the number rose, as one of them is not published exactly"


def _say_slight(steps: Sequence[_YearStep]) -> str:
    slight = [one for one in steps if one.kind is _Rise.SLIGHT]
    if len(slight) == len(steps):
        return f"in each step {CHANCE}"
    clause = wording.listing(
        [f"{wording.dated(one.earlier)} to {wording.dated(one.later)}" for one in slight]
    )
    return f"from {clause} {CHANCE}"


def _weigh_short(
    steps: Sequence[_YearStep], years: Sequence[Figure], times: int, law: Law | None
) -> tuple[Weight, str]:
    """All the steps we hold are rises, and they are fewer than claimed."""
    clause = wording.listing([wording.dated(figure) for figure in years])
    present = wording.count(len(years), "year", "years")
    rises = wording.count(len(steps), "rise", "rises")
    phrase = (
        f"The {present} we hold, {clause}, make {rises} and not {wording.small(times)}; "
        f"{_say_before(years[0].period, law)}"
    )
    if all(one.kind is _Rise.CLEAR for one in steps):
        return Weight.PARTLY, phrase
    return Weight.NOT_SHOWN, f"{phrase}, and {_say_slight(steps)}"


def _say_before(first: Period, law: Law | None) -> str:
    """Why there is no earlier year to count from."""
    previous = _previous(first)
    if law is not None and law.day > previous.start:
        return f"the offence exists only since {law.words}, so no earlier whole year can be compared"
    return f"we hold no figure for {wording.period(previous)}"


def _previous(year: Period) -> Period:
    start = year.start.replace(year=year.start.year - 1)
    return periods.between(start, year.start - timedelta(days=1))


def _say_law(years: Sequence[Figure], law: Law | None) -> list[str]:
    caveats: list[str] = []
    for period in (figure.period for figure in years):
        if law is None or period.start >= law.day:
            continue
        named = wording.period(period)
        if period.end < law.day:
            caveats.append(f"{named} lies before {law.words}, when the offence came into force.")
        else:
            caveats.append(f"The offence came into force on {law.words}, after {named} had begun.")
    return caveats


def _say_part(present: Sequence[Figure], years: Sequence[Figure]) -> list[str]:
    """Later numbers of a part of a year, which are not compared with years."""
    after = [
        figure
        for figure in present
        if years and figure.period.start > years[-1].period.end and periods.months(figure.period) < 12
    ]
    return [
        f"{wording.dated(figure)} is of a part of a year and is not compared with years."
        for figure in after[-1:]
    ]
