"""Checks of claims that reach beyond a place's own numbers: like the nation's, or the start of something.

What may come is shown by no recorded number, so such a claim is never supported or contradicted here.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from . import wording
from .amounts import Step
from .arithmetic import average_quarter
from .finding import Finding, place_setting, setting, written
from .history import latest_quarter, series, whole_years, wider, yearly_steps
from .model import Claim, Figure, Level, Place, Qualifier, Weight
from .record import Record

_NATIONAL = frozenset({Level.UK, Level.NATIONS, Level.NATION})
_SPREAD = "A quarter is set against a quarter of a year, as if offences were spread evenly over it."
_Steps = Mapping[tuple[str, str], tuple[Step, Figure, Figure]]


def mirrors_national(claim: Claim, record: Record) -> Finding:
    """Whether a place's yearly numbers moved as the nation's did. Settings: place, nation, measure.

    Where the nation named has no whole years, another nation or nations that hold the place may serve.
    """
    place, measure = place_setting(claim, record), setting(claim, "measure")
    named = place_setting(claim, record, "nation")
    until = written(claim, record)
    own = whole_years(series(record, place.code, measure, until=until))
    nation, national = _national_years(record, place, named, measure, until)
    here, there = wording.place(place), wording.place(nation)
    both = _both(yearly_steps(own), yearly_steps(national))
    weight, reason = (
        _agreement(both, here, there) if both else (Weight.NOT_SHOWN, _gap(own, national, here, there))
    )
    return Finding(
        weight=weight,
        reason=wording.sentence(reason),
        check=f"Whether the yearly numbers of {here} rose and fell in the same years as those of {there}.",
        caveats=("Moving the same way is not moving for the same reason.",) if both else (),
        figures=tuple(figure.id for figure in (*own, *national)),
    )


def _national_years(
    record: Record, place: Place, named: Place, measure: str, until: date | None
) -> tuple[Place, tuple[Figure, ...]]:
    years = whole_years(series(record, named.code, measure, until=until))
    if len(years) > 1:
        return named, years
    for other in wider(record.places, place.code):
        if other.level in _NATIONAL and other is not named:
            others = whole_years(series(record, other.code, measure, until=until))
            if len(others) > 1:
                return other, others
    return named, years


def _both(own: _Steps, national: _Steps) -> list[tuple[Step, Step, Figure, Figure]]:
    """The steps between the same two years in both, where both are sure."""
    return [
        (step, national[years][0], national[years][1], national[years][2])
        for years, (step, _, _) in own.items()
        if years in national and Step.UNCERTAIN not in (step, national[years][0])
    ]


def _gap(own: tuple[Figure, ...], national: tuple[Figure, ...], here: str, there: str) -> str:
    beside = f"so there is nothing to set the numbers of {here} beside"
    if not own:
        return f"No whole-year number is held for {here}, so there is nothing to set beside {there}"
    if not national:
        return f"No whole-year number is held for {there}, {beside}"
    if len(national) == 1:
        return f"Only one whole year is held for {there}, {wording.dated(national[0])}, {beside}"
    return f"{here} and {there} share no two years running whose change is sure"


def _agreement(both: list[tuple[Step, Step, Figure, Figure]], here: str, there: str) -> tuple[Weight, str]:
    same = sum(1 for own, national, _, _ in both if own is national)
    steps = wording.count(len(both), "step from year to year", "steps from year to year")
    told = wording.listing([_moved(national, before, after) for _, national, before, after in both])
    detail = f"{there} {told}"
    if same == len(both):
        return Weight.SUPPORTED, f"{here} moved as {there} did in {steps}: {detail}"
    if same == 0:
        return Weight.CONTRADICTED, f"{here} did not move as {there} did in {steps}: {detail}"
    return Weight.PARTLY, f"{here} moved as {there} did in {wording.small(same)} of {steps}: {detail}"


def _moved(step: Step, before: Figure, after: Figure) -> str:
    how = {Step.ROSE: "rose", Step.FELL: "fell"}.get(step, "stayed")
    return f"{how} from {wording.dated(before)} to {wording.dated(after)}"


def forecast(claim: Claim, record: Record) -> Finding:
    """What stands beside a claim about what may come: the latest quarter. Settings: place, measure."""
    place, measure = place_setting(claim, record), setting(claim, "measure")
    bearing = (figure.place for figure in record.figures(ids=claim.figures) if figure.measure == measure)
    told: list[str] = []
    used: list[Figure] = []
    for code in dict.fromkeys((place.code, *bearing)):
        quarter, year = latest_quarter(series(record, code, measure, until=written(claim, record)))
        if quarter is not None and (year is not None or code == place.code):
            told.append(_latest(record.places.get(code), quarter, year))
            used += [quarter, *([year] if year else [])]
        if year is not None:
            break
    here = wording.place(place)
    detail = "; ".join(told) or f"no quarter is held for {here}"
    return Finding(
        weight=Weight.NOT_SHOWN,
        reason=wording.sentence(f"This is about what may come, which no recorded number shows: {detail}"),
        check=f"What the latest quarter held for {here} is beside an average quarter of the year before.",
        caveats=(_SPREAD,) if len(used) > 1 else (),
        figures=tuple(figure.id for figure in used),
    )


def _latest(place: Place, quarter: Figure, year: Figure | None) -> str:
    here = f"for {wording.place(place)} the latest quarter is {wording.dated(quarter)}"
    if year is None:
        return f"{here}, with no whole year before it to set it beside"
    average = wording.number(average_quarter(year).amount)
    how = "" if year.amount.qualifier is Qualifier.EXACT else f"{year.amount.qualifier.value} "
    return f"{here}, beside {how}{average} in an average quarter of {wording.period(year.period)}"
