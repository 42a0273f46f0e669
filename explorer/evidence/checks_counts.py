"""The check of a claim that a number rose so many times in a row.

Only whole years of one kind that follow each other are set against each other. A rise in what is recorded is
never given a cause.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from msgspec import Struct

from . import periods, wording
from .amounts import Step
from .finding import Finding, place_setting, setting, times_setting, written
from .history import Law, in_force_since, latest_run, series, whole_years, yearly_steps
from .model import Claim, Figure, Period, Weight
from .record import Record

RECORDED = "These are offences recorded: more recording is not by itself more abuse."


class _Streak(Struct, frozen=True):
    """The latest whole years without a gap, and how many steps at their end are rises."""

    years: tuple[Figure, ...]
    rises: int
    broken_by: tuple[Step, Figure, Figure] | None
    """The step before those rises that is not one."""


def rises_in_a_row(claim: Claim, record: Record) -> Finding:
    """Whether a place's yearly numbers end in so many rises. Settings: place, measure, times."""
    place, measure, times = place_setting(claim, record), setting(claim, "measure"), times_setting(claim)
    held = series(record, place.code, measure, until=written(claim, record))
    streak = _streak(latest_run(whole_years(held)))
    law = in_force_since(record, measure, place.code)
    here, wanted = wording.place(place), wording.count(times, "rise", "rises")
    weight, reason = _weigh_streak(streak, times, here, law)
    caveats = (*_law_caveats(streak.years, law), *_part_caveat(held, streak.years), RECORDED)
    return Finding(
        weight=weight,
        reason=wording.sentence(reason),
        check=f"Whether the whole years held for {here} end in {wanted} in a row.",
        caveats=caveats if streak.years else (),
        figures=tuple(figure.id for figure in streak.years),
    )


def _streak(years: tuple[Figure, ...]) -> _Streak:
    rises = 0
    for one in reversed(list(yearly_steps(years).values())):
        if one[0] is not Step.ROSE:
            return _Streak(years, rises, one)
        rises += 1
    return _Streak(years, rises, None)


def _weigh_streak(streak: _Streak, times: int, here: str, law: Law | None) -> tuple[Weight, str]:
    years, rises = streak.years, wording.count(streak.rises, "rise", "rises")
    if len(years) < 2:
        only = f"only one whole year, {wording.dated(years[0])}" if years else "no whole year"
        return Weight.NOT_SHOWN, f"For {here} there is {only}, so no rise can be counted"
    if streak.rises >= times:
        told = wording.listing([wording.dated(figure) for figure in years[-times - 1 :]])
        return Weight.SUPPORTED, f"{told} are {wording.count(times, 'rise', 'rises')} in a row"
    wanted = wording.small(times)
    if streak.broken_by is not None:
        how, earlier, later = streak.broken_by
        told = f"{wording.dated(earlier)} and {wording.dated(later)}"
        if how is Step.UNCERTAIN:
            return Weight.NOT_SHOWN, f"{told} are too close to tell whether the number rose"
        weighed = "no rise in a row" if not streak.rises else f"{rises} in a row"
        return Weight.CONTRADICTED, f"{told} are no rise, which leaves {weighed} and not {wanted}"
    told = wording.listing([wording.dated(figure) for figure in years])
    held = wording.count(len(years), "year", "years")
    return (
        Weight.PARTLY,
        f"The {held} held, {told}, hold {rises} and not {wanted}; {_before(years[0].period, law)}",
    )


def _before(first: Period, law: Law | None) -> str:
    """Why there is no earlier year to count from."""
    previous = _previous(first)
    if law is not None and law.day > previous.start:
        return f"the offence exists only since {law.words}, so no earlier whole year can be compared"
    return f"no number is held for {wording.period(previous)}"


def _previous(year: Period) -> Period:
    start = year.start.replace(year=year.start.year - 1)
    return periods.between(start, year.start - timedelta(days=1))


def _law_caveats(years: Sequence[Figure], law: Law | None) -> list[str]:
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


def _part_caveat(held: Sequence[Figure], years: Sequence[Figure]) -> list[str]:
    """Later numbers of a part of a year, which make no step."""
    after = [
        figure
        for figure in held
        if years and figure.period.start > years[-1].period.end and periods.months(figure.period) < 12
    ]
    return [f"{wording.dated(figure)} is a part of a year and makes no step." for figure in after[-1:]]
