"""A place within a larger one: its forces added up beside the printed total, its part of the nation's figure.

Only figures of one measure and period are set beside each other, and never those of one platform.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache

from msgspec import Struct

from . import wording
from .amounts import bounds, is_exact, point
from .arithmetic import decimals_of, equals, ratio, roughness
from .chance import SMALLEST_BASE, bears_percentage
from .conflicts import prefer
from .derived import Derived, DerivedCaveat, DerivedKind, DerivedUnit
from .history import published_on
from .memo import Memo
from .model import Figure, Level, PeriodKind, Place
from .places import Places
from .record import Record
from .scope import Memberships, can_lead, forces_counted, is_own_sum

_HUNDRED = Decimal(100)
_PARTS = frozenset({Level.FORCE, Level.REGION, Level.NATION})
_WHOLES = (Level.NATION, Level.NATIONS, Level.UK)
"""The levels whose figure a place may be a part of, the nearest first."""
_FEWEST = 2
"""A sum of fewer forces than these is no sum."""


class Forces(Struct, frozen=True, kw_only=True):
    """The forces that a total is counted from, as far as the record holds them."""

    total: Figure
    figures: tuple[Figure, ...]
    """One for each force that a number is held for, in place order."""
    missing: tuple[str, ...]
    """The codes of the others."""


def within_larger(
    slot: Sequence[Figure], preferred: Figure, record: Record, known: Memberships
) -> Iterator[Derived]:
    """What a count comes to beside its own forces and beside its nation, as far as the record holds them.

    ``slot`` holds all that is published for one place and period: the sum is set beside a total whose release
    lists its forces, where there is one. Nothing is worked out of a figure in doubt, nor where it is not
    known which forces the larger figure counts.
    """
    if not can_lead(preferred):
        return
    listed = [one for one in slot if (one.place, one.source) in known and can_lead(one)]
    forces = forces_of(listed[-1] if listed else preferred, record, known)
    if forces is not None and _enough(forces) and not is_own_sum(forces.total):
        yield sum_of_forces(forces)
    whole = whole_of(preferred, record, known)
    counts = whole is not None and bears_percentage(point(whole.amount), point(preferred.amount))
    if whole is not None and counts and _fits(preferred, whole):
        yield national_share(preferred, whole)


def forces_of(total: Figure, record: Record, known: Memberships | None = None) -> Forces | None:
    """The forces of a region or nation beside its total; None where they are not known or fewer than two."""
    if not _is_whole(total) or record.places.get(total.place).level not in {Level.REGION, Level.NATION}:
        return None
    counted = forces_counted(total, record, known)
    under = () if counted is None else _ordered(counted, record.places)
    if len(under) < _FEWEST:
        return None
    held: dict[str, Figure] = {}
    for code in under:
        same = _about(record.figures(place=code, measure=total.measure, platform=""), total)
        if same:
            held[code] = nearest(same, total, record)
    return Forces(
        total=total,
        figures=tuple(held.values()),
        missing=tuple(code for code in under if code not in held),
    )


def sum_of_forces(forces: Forces) -> Derived:
    """The forces added up, beside the printed total. Raises ValueError where fewer than half are held."""
    if not _enough(forces):
        raise ValueError("too few of the forces have a number of their own to be added up")
    numbers = [point(figure.amount) for figure in forces.figures]
    ranges = [bounds(figure.amount) for figure in forces.figures]
    amount = sum(numbers, Decimal(0))
    return Derived(
        kind=DerivedKind.REGION_SUM,
        amount=amount,
        low=_added(low for low, _ in ranges),
        high=_added(high for _, high in ranges),
        unit=DerivedUnit.OFFENCES,
        formula=f"{' + '.join(map(wording.number, numbers))} = {wording.number(amount)}",
        inputs=(forces.total.id, *(figure.id for figure in forces.figures)),
        caveats=_sum_caveats(forces),
        missing=forces.missing,
    )


def national_share(part: Figure, whole: Figure) -> Derived:
    """``part`` in per cent of ``whole``: one measure, one period, counts of all that was recorded."""
    if part.measure != whole.measure or part.period.text != whole.period.text or part.place == whole.place:
        raise ValueError("a part is only taken of a whole of the same measure and period")
    if not (_is_whole(part) and _is_whole(whole)):
        raise ValueError("a part is only taken of counts without platform or breakdown, for one stretch")
    number, of = point(part.amount), point(whole.amount)
    if not _fits(part, whole):
        raise ValueError("the part is no part of this whole")
    if not bears_percentage(of, number):
        raise ValueError(
            f"no percentage is worked out of a base below {SMALLEST_BASE}, nor of a count below 0"
        )
    amount = number * _HUNDRED / of
    exact = is_exact(part.amount) and is_exact(whole.amount)
    low, high = (amount, amount) if exact else ratio(bounds(part.amount), bounds(whole.amount), _HUNDRED)
    answered = whole.forces_responding is not None and whole.forces_responding != whole.forces_total
    return Derived(
        kind=DerivedKind.NATIONAL_SHARE,
        amount=amount,
        low=low,
        high=high,
        unit=DerivedUnit.PER_CENT,
        formula=f"{wording.number(number)} ÷ {wording.number(of)} × 100 {equals(amount)}",
        inputs=(part.id, whole.id),
        caveats=(
            *((DerivedCaveat.ONLY_ANSWERED,) if answered else ()),
            *roughness(False, part, whole),
            *((DerivedCaveat.SOURCES_DIFFER,) if part.source != whole.source else ()),
        ),
        decimals=decimals_of(of),
    )


def whole_of(part: Figure, record: Record, known: Memberships | None = None) -> Figure | None:
    """The figure of the nearest nation or nations that is known to count ``part``; None where none does."""
    if not _is_whole(part) or record.places.get(part.place).level not in _PARTS:
        return None
    own = forces_counted(part, record, known)
    for code in nations_over(record.places, part.place) if own is not None else ():
        same = [
            one
            for one in _of_period(record.figures(place=code, measure=part.measure, platform=""), part)
            if can_lead(one) and _holds(own, forces_counted(one, record, known))
        ]
        if same:
            return nearest(same, part, record)
    return None


def nearest(figures: Sequence[Figure], to: Figure, record: Record) -> Figure:
    """The figure published nearest to another: of its own source, else the closest in time.

    A figure in doubt is taken only where every other is in doubt as well.
    """
    figures = [one for one in figures if one.in_doubt is None] or figures
    if len(figures) == 1:
        return figures[0]
    published = {one.source: published_on(record, one.source) for one in (*figures, to)}
    own = [figure for figure in figures if figure.source == to.source]
    day = wording.first_day(published[to.source])
    gaps = [_days(published[figure.source], day) for figure in figures]
    closest = [figure for figure, gap in zip(figures, gaps, strict=True) if gap == min(gaps)]
    return prefer(own or closest, published)


@lru_cache(maxsize=4096)
def nations_over(places: Places, code: str) -> tuple[str, ...]:
    """The nations, and nations counted together, that hold a place, the nearest first."""
    path = {place.code for place in places.path(code)}
    holding = [
        place
        for place in places
        if place.code != code and (place.code in path or path.intersection(place.members))
    ]
    found: list[Place] = [place for place in holding if place.level in _WHOLES]
    return tuple(place.code for place in sorted(found, key=lambda place: _WHOLES.index(place.level)))


def _holds(part: frozenset[str] | None, whole: frozenset[str] | None) -> bool:
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


def _enough(forces: Forces) -> bool:
    held = len(forces.figures)
    return held >= _FEWEST and held > len(forces.missing)


def _fits(part: Figure, whole: Figure) -> bool:
    return Decimal(0) <= point(part.amount) <= point(whole.amount) != 0


def _of_period(figures: tuple[Figure, ...], to: Figure) -> tuple[Figure, ...]:
    """Those of a place's series that count all of one period; the series is sorted once for all periods."""
    return _BY_PERIOD(figures).get(to.period.text, ())


def _by_period(figures: tuple[Figure, ...]) -> dict[str, tuple[Figure, ...]]:
    found: dict[str, list[Figure]] = {}
    for figure in figures:
        if _is_whole(figure):
            found.setdefault(figure.period.text, []).append(figure)
    return {text: tuple(several) for text, several in found.items()}


_BY_PERIOD = Memo(_by_period)


def _about(figures: Iterable[Figure], to: Figure) -> list[Figure]:
    return [figure for figure in figures if figure.period.text == to.period.text and _is_whole(figure)]


def _ordered(codes: frozenset[str], places: Places) -> tuple[str, ...]:
    return tuple(sorted((code for code in codes if code in places), key=places.position))


def _added(values: Iterable[Decimal | None]) -> Decimal | None:
    total = Decimal(0)
    for value in values:
        if value is None:
            return None
        total += value
    return total


def _sum_caveats(forces: Forces) -> tuple[DerivedCaveat, ...]:
    found: list[DerivedCaveat] = []
    if forces.missing:
        found.append(DerivedCaveat.FORCE_MISSING)
    found += roughness(False, *forces.figures)
    if any(figure.source != forces.total.source for figure in forces.figures):
        found.append(DerivedCaveat.SOURCES_DIFFER)
    return tuple(found)


def _days(published: str, from_: date | None) -> int:
    day = wording.first_day(published)
    return 10**6 if day is None or from_ is None else abs((day - from_).days)
