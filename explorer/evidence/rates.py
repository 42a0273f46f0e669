"""Offences per 100,000 people: a count set against the mid-year population of its place.

Only a count of a whole year is, and only against the people of that year; a missing population is never
replaced by another year's.
"""

from __future__ import annotations

from decimal import Decimal

from . import wording
from .amounts import bounds, is_exact, point
from .arithmetic import equals, ratio, roughness
from .derived import Derived, DerivedCaveat, DerivedKind, DerivedUnit
from .model import Figure, Level, PeriodKind
from .record import Record
from .regional import tree_forces
from .scope import memberships

POPULATION = "population"
"""The id of the measure that counts people, by calendar year."""
PER = Decimal(100_000)
_YEARS = frozenset({PeriodKind.FINANCIAL_YEAR, PeriodKind.CALENDAR_YEAR})


def population_of(figure: Figure, record: Record) -> Figure | None:
    """The people of a figure's place in the calendar year that its year begins in; None where none are held.

    There are none for a period that is no whole year, nor for a region that its release counts from other
    forces than those that stand under it, or may do: the people would be those of another area.
    """
    if figure.period.kind not in _YEARS or not _as_in_the_tree(figure, record):
        return None
    year = str(figure.period.start.year)
    for people in record.figures(place=figure.place, measure=POPULATION, platform=""):
        if people.period.text == year and not people.breakdown and people.amount.number:
            return people
    return None


def rate(count: Figure, people: Figure) -> Derived:
    """``count`` per 100,000 of ``people``. ValueError where they differ in place or there are no people."""
    if people.measure != POPULATION or count.measure == POPULATION or count.place != people.place:
        raise ValueError("a rate takes a count and the population of the same place")
    if count.period.kind not in _YEARS or people.period.text != str(count.period.start.year):
        raise ValueError("a rate takes the population of the calendar year that the count begins in")
    number, of = point(count.amount), point(people.amount)
    if of <= 0:
        raise ValueError("there are no people to set the count against")
    amount = number * PER / of
    exact = is_exact(count.amount) and is_exact(people.amount)
    low, high = (amount, amount) if exact else ratio(bounds(count.amount), bounds(people.amount), PER)
    return Derived(
        kind=DerivedKind.RATE,
        amount=amount,
        low=low,
        high=high,
        unit=DerivedUnit.PER_100K,
        formula=f"{wording.number(number)} ÷ {wording.number(of)} × 100,000 {equals(amount)}",
        inputs=(count.id, people.id),
        caveats=(DerivedCaveat.MID_YEAR, *roughness(False, count, people)),
    )


def rate_of(figure: Figure, record: Record) -> Derived:
    """A figure per 100,000 people. Raises ValueError, with a sentence, where no population is held for it."""
    people = population_of(figure, record)
    if people is not None:
        return rate(figure, people)
    if figure.period.kind not in _YEARS:
        raise ValueError(f"{figure.period.label} is not a financial or calendar year, so it has no rate")
    here = record.places.get(figure.place).name
    if not _as_in_the_tree(figure, record):
        raise ValueError(f"{here} is counted here from other forces than its population is")
    raise ValueError(f"no population of {here} is held for {figure.period.start.year}")


def _as_in_the_tree(figure: Figure, record: Record) -> bool:
    """Whether a region is counted from its own forces: by its release's list, or else by every list held."""
    if record.places.get(figure.place).level is not Level.REGION:
        return True
    lists = {
        source: forces for (place, source), forces in memberships(record).items() if place == figure.place
    }
    wanted = frozenset(tree_forces(record.places, figure.place))
    if figure.source in lists:
        return lists[figure.source] == wanted
    return all(forces == wanted for forces in lists.values())
