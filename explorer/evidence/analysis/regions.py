"""A place within a larger one: its forces added up beside the printed total, its part of the nation's figure.

Only figures of one measure and period are set beside each other, and never those of one platform.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache

from msgspec import Struct

from explorer.evidence import formatting
from explorer.evidence.amounts import amount_bounds, is_exact, point_estimate
from explorer.evidence.conflicts import pick_preferred
from explorer.evidence.model import Figure, PeriodKind, Place, PlaceLevel
from explorer.evidence.places import PlaceTree
from explorer.evidence.repository import Repository
from explorer.support import IdentityCache

from .arithmetic import (
    DerivedCaveat,
    DerivedFigure,
    DerivedKind,
    DerivedUnit,
    decimals_of,
    format_result,
    ratio_range,
    rounding_caveats,
)
from .chance import RELIABLE_RATE, SMALLEST_BASE, SMALLEST_RATE, bears_percentage, rate_interval
from .coverage import Memberships, can_lead, counts_whole_place, forces_counted, is_own_sum, is_partial
from .time_series import published_on

_HUNDRED = Decimal(100)
_PARTS = frozenset({PlaceLevel.FORCE, PlaceLevel.REGION, PlaceLevel.NATION})
_WHOLES = (PlaceLevel.NATION, PlaceLevel.NATIONS, PlaceLevel.UK)
"""The levels whose figure a place may be a part of, the nearest first."""
_FEWEST = 2
"""A sum of fewer forces than these is no sum."""


class ConstituentForces(Struct, frozen=True, kw_only=True):
    """The forces that a total is counted from, as far as the record holds them."""

    total: Figure
    figures: tuple[Figure, ...]
    """One for each force that a number is held for, in place order."""
    missing: tuple[str, ...]
    """The codes of the others."""


def within_larger(
    slot: Sequence[Figure], preferred_figure: Figure, record: Repository, region_forces: Memberships
) -> Iterator[DerivedFigure]:
    """What a count comes to beside its own forces and beside its nation, as far as the record holds them.

    ``slot`` holds all that is published for one place and period: the sum is set beside a total whose release
    lists its forces, where there is one. Nothing is worked out of a figure in doubt, nor where it is not
    known which forces the larger figure counts.
    """
    if not can_lead(preferred_figure):
        return
    listed_totals = [one for one in slot if (one.place, one.source) in region_forces and can_lead(one)]
    forces = forces_of(listed_totals[-1] if listed_totals else preferred_figure, record, region_forces)
    if forces is not None and _has_enough_forces(forces) and not is_own_sum(forces.total):
        yield sum_of_forces(forces)
    whole = whole_of(preferred_figure, record, region_forces)
    counts = whole is not None and bears_percentage(
        point_estimate(whole.amount), point_estimate(preferred_figure.amount)
    )
    if whole is not None and counts and _fits_within(preferred_figure, whole):
        yield national_share(preferred_figure, whole)


def forces_of(total: Figure, record: Repository, region_forces: Memberships | None = None) -> ConstituentForces | None:
    """The forces of a region or nation beside its total; None where they are not known or fewer than two."""
    if not _is_whole(total) or record.places.get(total.place).level not in {
        PlaceLevel.REGION,
        PlaceLevel.NATION,
    }:
        return None
    counted_forces = forces_counted(total, record, region_forces)
    under = () if counted_forces is None else _sort_codes(counted_forces, record.places)
    if len(under) < _FEWEST:
        return None
    figure_by_force: dict[str, Figure] = {}
    for code in under:
        same = _figures_about(record.figures(place=code, measure=total.measure, platform=""), total)
        if same:
            figure_by_force[code] = nearest_figure(same, total, record)
    return ConstituentForces(
        total=total,
        figures=tuple(figure_by_force.values()),
        missing=tuple(code for code in under if code not in figure_by_force),
    )


def sum_of_forces(forces: ConstituentForces) -> DerivedFigure:
    """The forces added up, beside the printed total. Raises ValueError where fewer than half are held."""
    if not _has_enough_forces(forces):
        raise ValueError("too few of the forces have a number of their own to be added up")
    numbers = [point_estimate(figure.amount) for figure in forces.figures]
    ranges = [amount_bounds(figure.amount) for figure in forces.figures]
    amount = sum(numbers, Decimal(0))
    return DerivedFigure(
        kind=DerivedKind.REGION_SUM,
        amount=amount,
        low=_sum_values(low for low, _ in ranges),
        high=_sum_values(high for _, high in ranges),
        unit=DerivedUnit.OFFENCES,
        formula=f"{' + '.join(map(formatting.format_number, numbers))} = {formatting.format_number(amount)}",
        inputs=(forces.total.id, *(figure.id for figure in forces.figures)),
        caveats=_sum_caveats(forces),
        missing=forces.missing,
    )


def national_share(part: Figure, whole: Figure) -> DerivedFigure:
    """``part`` in per cent of ``whole``: one measure, one period, counts of all that was recorded."""
    if part.measure != whole.measure or part.period.text != whole.period.text or part.place == whole.place:
        raise ValueError("a part is only taken of a whole of the same measure and period")
    if not (_is_whole(part) and _is_whole(whole)):
        raise ValueError("a part is only taken of counts without platform or breakdown, for one stretch")
    number, of = point_estimate(part.amount), point_estimate(whole.amount)
    if not _fits_within(part, whole):
        raise ValueError("the part is no part of this whole")
    if not bears_percentage(of, number):
        raise ValueError(f"no percentage is worked out of a base below {SMALLEST_BASE}, nor of a count below 0")
    amount = number * _HUNDRED / of
    exact = is_exact(part.amount) and is_exact(whole.amount)
    low, high = (
        (amount, amount) if exact else ratio_range(amount_bounds(part.amount), amount_bounds(whole.amount), _HUNDRED)
    )
    is_incomplete = whole.forces_responding is not None and whole.forces_responding != whole.forces_total
    return DerivedFigure(
        kind=DerivedKind.NATIONAL_SHARE,
        amount=amount,
        low=low,
        high=high,
        unit=DerivedUnit.PER_CENT,
        formula=f"{formatting.format_number(number)} ÷ {formatting.format_number(of)} × 100 {format_result(amount)}",
        inputs=(part.id, whole.id),
        caveats=(
            *((DerivedCaveat.ONLY_ANSWERED,) if is_incomplete else ()),
            *rounding_caveats(False, part, whole),
            *((DerivedCaveat.SOURCES_DIFFER,) if part.source != whole.source else ()),
        ),
        decimals=decimals_of(of),
    )


def whole_of(part: Figure, record: Repository, region_forces: Memberships | None = None) -> Figure | None:
    """The figure of the nearest nation or nations that is known to count ``part``; None where none does."""
    if not _is_whole(part) or record.places.get(part.place).level not in _PARTS:
        return None
    own = forces_counted(part, record, region_forces)
    for code in nations_over(record.places, part.place) if own is not None else ():
        same = [
            one
            for one in _of_period(record.figures(place=code, measure=part.measure, platform=""), part)
            if can_lead(one) and _counts_all(own, forces_counted(one, record, region_forces))
        ]
        if same:
            return nearest_figure(same, part, record)
    return None


def nearest_figure(figures: Sequence[Figure], to: Figure, record: Repository) -> Figure:
    """The figure published nearest to another: of its own source, else the closest in time.

    A figure in doubt is taken only where every other is in doubt as well.
    """
    figures = [one for one in figures if one.in_doubt is None] or figures
    if len(figures) == 1:
        return figures[0]
    source_dates = {one.source: published_on(record, one.source) for one in (*figures, to)}
    own = [figure for figure in figures if figure.source == to.source]
    day = formatting.first_day(source_dates[to.source])
    gaps = [_days_from(source_dates[figure.source], day) for figure in figures]
    closest = [figure for figure, gap in zip(figures, gaps, strict=True) if gap == min(gaps)]
    return pick_preferred(own or closest, source_dates)


@lru_cache(maxsize=4096)
def nations_over(places: PlaceTree, code: str) -> tuple[str, ...]:
    """The nations, and nations counted together, that hold a place, the nearest first."""
    path = {place.code for place in places.path(code)}
    holding = [
        place for place in places if place.code != code and (place.code in path or path.intersection(place.members))
    ]
    national_places: list[Place] = [place for place in holding if place.level in _WHOLES]
    return tuple(place.code for place in sorted(national_places, key=lambda place: _WHOLES.index(place.level)))


def _counts_all(part: frozenset[str] | None, whole: frozenset[str] | None) -> bool:
    """Whether a figure is known to count all that another counts."""
    return part is not None and whole is not None and part <= whole


def _is_whole(figure: Figure) -> bool:
    """Whether it counts everything recorded in one stretch of at most a year."""
    return (
        figure.amount.number is not None
        and figure.platform is None
        and not figure.breakdown
        and figure.period.kind is not PeriodKind.SEVERAL_YEARS
    )


def _has_enough_forces(forces: ConstituentForces) -> bool:
    figure_count = len(forces.figures)
    return figure_count >= _FEWEST and figure_count > len(forces.missing)


def _fits_within(part: Figure, whole: Figure) -> bool:
    return Decimal(0) <= point_estimate(part.amount) <= point_estimate(whole.amount) != 0


def _of_period(figures: tuple[Figure, ...], to: Figure) -> tuple[Figure, ...]:
    """Those of a place's series that count all of one period; the series is sorted once for all periods."""
    return _BY_PERIOD(figures).get(to.period.text, ())


def _by_period(figures: tuple[Figure, ...]) -> dict[str, tuple[Figure, ...]]:
    slots: dict[str, list[Figure]] = {}
    for figure in figures:
        if _is_whole(figure):
            slots.setdefault(figure.period.text, []).append(figure)
    return {text: tuple(several) for text, several in slots.items()}


_BY_PERIOD = IdentityCache(_by_period)


def _figures_about(figures: Iterable[Figure], to: Figure) -> list[Figure]:
    return [figure for figure in figures if figure.period.text == to.period.text and _is_whole(figure)]


def _sort_codes(codes: frozenset[str], places: PlaceTree) -> tuple[str, ...]:
    return tuple(sorted((code for code in codes if code in places), key=places.position))


def _sum_values(values: Iterable[Decimal | None]) -> Decimal | None:
    total = Decimal(0)
    for value in values:
        if value is None:
            return None
        total += value
    return total


def _sum_caveats(forces: ConstituentForces) -> tuple[DerivedCaveat, ...]:
    caveats: list[DerivedCaveat] = []
    if forces.missing:
        caveats.append(DerivedCaveat.FORCE_MISSING)
    caveats += rounding_caveats(False, *forces.figures)
    if any(figure.source != forces.total.source for figure in forces.figures):
        caveats.append(DerivedCaveat.SOURCES_DIFFER)
    return tuple(caveats)


def _days_from(published_date: str, from_: date | None) -> int:
    day = formatting.first_day(published_date)
    return 10**6 if day is None or from_ is None else abs((day - from_).days)


# Offences per head: a count set against the people, or the children, who live in its place.


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
        raise ValueError(f"too few people live there for a rate ({formatting.format_number(of)})")
    if number < SMALLEST_RATE:
        raise ValueError(f"{formatting.format_number(number)} offences are too few for a rate")
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
        formula=f"{formatting.format_number(number)} ÷ {formatting.format_number(of)} "
        f"× {head.per:,} {format_result(amount)}",
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
