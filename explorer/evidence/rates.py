"""Offences per head: a count set against the people, or the children, who live in its place.

Only a count of a whole year is, and only against the mid-year estimate of that year; a missing population is
never replaced by another year's. Each rate has its 95% interval, and stands on one base of estimates.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from msgspec import Struct

from explorer.evidence import wording
from explorer.support.memo import IdentityCache

from .amounts import amount_bounds, is_exact, point_estimate
from .arithmetic import format_result, ratio_range, rounding_caveats
from .chance import RELIABLE_RATE, SMALLEST_RATE, rate_interval
from .derived import DerivedCaveat, DerivedFigure, DerivedKind, DerivedUnit
from .kinds import PeriodKind
from .model import Figure
from .record import Repository
from .scope import counts_whole_place, is_partial

POPULATION = "population"
"""The id of the measure that counts people of all ages, by calendar year."""
CHILDREN = "population-0-17"
"""The id of the measure that counts children, aged 0 to 17."""
HEADS = frozenset({POPULATION, CHILDREN})
"""The measures that say nothing of offences: rates are taken of them."""
_YEARS = frozenset({PeriodKind.FINANCIAL_YEAR, PeriodKind.CALENDAR_YEAR})


class RateBase(Struct, frozen=True, kw_only=True):
    """What a rate is per: so many people of a measure."""

    measure: str
    per: Decimal
    unit: DerivedUnit
    fewest: int
    """Where fewer live, no rate is worked out: those who live there are not those who are there."""
    words: str
    """ "100,000 people"."""


PER_PEOPLE = RateBase(
    measure=POPULATION,
    per=Decimal(100_000),
    unit=DerivedUnit.PER_100K,
    fewest=50_000,
    words="100,000 people",
)
PER_CHILDREN = RateBase(
    measure=CHILDREN,
    per=Decimal(10_000),
    unit=DerivedUnit.PER_10K_CHILDREN,
    fewest=10_000,
    words="10,000 children",
)
ALL_HEADS = (PER_CHILDREN, PER_PEOPLE)


def populations_of(figure: Figure, record: Repository, head: RateBase = PER_PEOPLE) -> tuple[Figure, ...]:
    """The people of a figure's place in the calendar year that its year begins in, once for each basis.

    There are none for a period that is no whole year, nor where the figure is not known to count the whole
    place: the people would be those of another area. The estimate on the newest basis comes first.
    """
    if figure.period.kind not in _YEARS or is_partial(figure) or not counts_whole_place(figure, record):
        return ()
    estimates = record.figures(place=figure.place, measure=head.measure, platform="")
    return _BY_YEAR(estimates).get(str(figure.period.start.year), ())


def _by_year(estimates: tuple[Figure, ...]) -> dict[str, tuple[Figure, ...]]:
    """The estimates of one place by year, that on the newest basis first."""
    usable = [one for one in estimates if one.amount.number and not one.breakdown]
    newest: dict[str, int] = {}
    for one in usable:
        newest[one.basis] = max(newest.get(one.basis, 0), one.period.end.toordinal())
    years: dict[str, list[Figure]] = {}
    for one in sorted(usable, key=lambda one: (newest[one.basis], one.basis), reverse=True):
        years.setdefault(one.period.text, []).append(one)
    return {year: tuple(several) for year, several in years.items()}


_BY_YEAR = IdentityCache(_by_year, most=128)


def population_of(
    figure: Figure, record: Repository, head: RateBase = PER_PEOPLE, basis: str | None = None
) -> Figure | None:
    """The people that a figure's rate is taken of: on the newest basis or the one given; None for none."""
    several = populations_of(figure, record, head)
    return next((one for one in several if basis in (None, one.basis)), None)


def common_basis(several: Iterable[Figure]) -> str | None:
    """The basis that most of these estimates are made on, the newest of as many; None for no estimate."""
    count: dict[str, tuple[int, int]] = {}
    for one in several:
        many, newest = count.get(one.basis, (0, 0))
        count[one.basis] = (many + 1, max(newest, one.period.end.toordinal()))
    return max(count, key=lambda basis: (*count[basis], basis), default=None)


def head_of(people: Figure) -> RateBase:
    """What a rate of these people is per. Raises ValueError for a figure that counts no people."""
    for head in ALL_HEADS:
        if people.measure == head.measure:
            return head
    raise ValueError("a rate takes a count and the population of the same place")


def population_rate(count: Figure, people: Figure) -> DerivedFigure:
    """``count`` per 100,000 of ``people``, or per 10,000 of them where they are children, with its interval.

    Raises ValueError, with a sentence, where the two do not belong together, where fewer than 3 offences are
    counted, or where too few people live.
    """
    head = head_of(people)
    if count.measure in HEADS or count.place != people.place:
        raise ValueError("a rate takes a count and the population of the same place")
    if count.period.kind not in _YEARS or people.period.text != str(count.period.start.year):
        raise ValueError("a rate takes the population of the calendar year that the count begins in")
    number, of = point_estimate(count.amount), point_estimate(people.amount)
    if of < head.fewest:
        raise ValueError(f"too few people live there for a rate ({wording.format_number(of)})")
    if number < SMALLEST_RATE:
        raise ValueError(f"{wording.format_number(number)} offences are too few for a rate")
    amount = number * head.per / of
    exact = is_exact(count.amount) and is_exact(people.amount)
    low, high = (
        (amount, amount) if exact else ratio_range(amount_bounds(count.amount), amount_bounds(people.amount), head.per)
    )
    return DerivedFigure(
        kind=DerivedKind.RATE,
        amount=amount,
        low=low,
        high=high,
        unit=head.unit,
        formula=f"{wording.format_number(number)} ÷ {wording.format_number(of)} × {head.per:,} {format_result(amount)}",
        inputs=(count.id, people.id),
        interval=rate_interval(number, of, head.per) if exact else None,
        caveats=(
            DerivedCaveat.MID_YEAR_CHILDREN if head is PER_CHILDREN else DerivedCaveat.MID_YEAR,
            *((DerivedCaveat.LOW_RELIABILITY,) if number < RELIABLE_RATE else ()),
            *rounding_caveats(False, count, people),
        ),
    )


def rate_of(figure: Figure, record: Repository, head: RateBase = PER_PEOPLE, basis: str | None = None) -> DerivedFigure:
    """A figure per so many people. Raises ValueError, with a sentence, where there is no rate."""
    people = population_of(figure, record, head, basis)
    if people is not None:
        return population_rate(figure, people)
    if figure.period.kind not in _YEARS:
        raise ValueError(f"{figure.period.label} is not a financial or calendar year, so it has no rate")
    here = record.places.get(figure.place).name
    if not counts_whole_place(figure, record):
        raise ValueError(f"which police forces are counted for {here} is not known, so it has no rate")
    raise ValueError(f"we hold no population of {here} for {figure.period.start.year}")
