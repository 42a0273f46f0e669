"""Doubts that adding up shows: years against their total, parts against their whole, forces against a region.

Also printed changes against the totals they are changes of. What one number could have been printed as is
allowed for throughout, so rounding alone raises no doubt.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from itertools import product

from . import periods, wording
from .amounts import bounds, point
from .arithmetic import percentage_change
from .changes import SINCE, agrees, says_comparable
from .divisions import disjoint, division, holds
from .doubts import Doubt, DoubtKind
from .model import Figure, PeriodKind, Unit
from .record import Record
from .regional import forces_of
from .scope import Memberships

_PIECES = frozenset(
    {PeriodKind.FINANCIAL_YEAR, PeriodKind.CALENDAR_YEAR, PeriodKind.YEAR, PeriodKind.SEVERAL_YEARS}
)
_MOST_READINGS = 256
_DAY = timedelta(days=1)
_COUNTS = frozenset({Unit.OFFENCES, Unit.PEOPLE})
Range = tuple[Decimal | None, Decimal | None]
Series = Mapping[str, Sequence[Figure]]
"""What is printed of one measure, place, platform and breakdown, by the text of the period."""


def sums(figures: Iterable[Figure]) -> Iterator[Doubt]:
    """Totals of several years that no choice among what is printed of their years adds up to."""
    for series in _series(figures).values():
        for slot in series.values():
            if slot[0].period.kind is PeriodKind.SEVERAL_YEARS:
                yield from _against_years(slot, series)


def _against_years(totals: Sequence[Figure], series: Series) -> Iterator[Doubt]:
    years = _tiling(totals[0], series)
    readings = list(product(*years)) if 0 < _readings(years) <= _MOST_READINGS else []
    for total in totals:
        if not readings or any(_meets(_sum(reading), bounds(total.amount)) for reading in readings):
            continue
        nearest = min(readings, key=lambda one: abs(_points(one) - point(total.amount)))
        yield Doubt(
            kind=DoubtKind.SUM,
            figures=(total.id, *(figure.id for year in years for figure in year)),
            text=f"The total is printed as {_n(total)}, and its parts as printed come to "
            f"{wording.number(_points(nearest))}.",
            places=(total.place,),
        )


def _tiling(total: Figure, series: Series) -> list[Sequence[Figure]]:
    """What makes up the period of ``total`` without a gap, in the shortest pieces; empty where nothing does.

    The pieces are whole years, and totals of several years where a year is not printed.
    """
    starts: dict[date, list[Sequence[Figure]]] = {}
    for slot in series.values():
        period = slot[0].period
        if period.kind in _PIECES and period != total.period and periods.within(period, total.period):
            starts.setdefault(period.start, []).append(slot)

    def from_(at: date) -> list[Sequence[Figure]] | None:
        if at > total.period.end:
            return []
        for slot in sorted(starts.get(at, ()), key=lambda one: one[0].period.end):
            rest = from_(slot[0].period.end + _DAY)
            if rest is not None:
                return [slot, *rest]
        return None

    return from_(total.period.start) or []


def parts(figures: Iterable[Figure], record: Record) -> Iterator[Doubt]:
    """Divisions of a count that hold more than the count: by sex and age, or by what was recorded."""
    together: dict[tuple[str, str, str, str], list[Figure]] = {}
    for figure in figures:
        if figure.platform is None and record.measure(figure.measure).unit in _COUNTS:
            key = (figure.measure, figure.place, figure.period.text, _release(figure, record))
            together.setdefault(key, []).append(figure)
    for several in together.values():
        if len(several) > 1:
            yield from _exceeding(several)


def _exceeding(several: Sequence[Figure]) -> Iterator[Doubt]:
    for whole in several:
        inside = [f for f in several if f is not whole and holds(division(whole), division(f))]
        apart = disjoint(inside, key=division)
        low = _sum(apart)[0]
        high = bounds(whole.amount)[1]
        if apart and low is not None and high is not None and low > high:
            told = wording.listing([f"{_n(figure)} ({figure.breakdown})" for figure in apart])
            verb = "is" if len(apart) == 1 else f"make {wording.number(_points(apart))},"
            of = f" ({whole.breakdown})" if whole.breakdown else " in all"
            yield Doubt(
                kind=DoubtKind.PARTS,
                figures=(whole.id, *(figure.id for figure in apart)),
                text=f"The parts printed, {told}, {verb} more than the {_n(whole)}{of}."
                if len(apart) > 1
                else f"The part printed, {told}, {verb} more than the {_n(whole)}{of}.",
                places=(whole.place,),
            )


def region_sums(figures: Iterable[Figure], record: Record, known: Memberships) -> Iterator[Doubt]:
    """Regional totals that the forces of their own release do not add up to."""
    seen: set[tuple[str, ...]] = set()
    for total in figures:
        if record.measure(total.measure).unit is not Unit.OFFENCES:
            continue
        forces = forces_of(total, record, known)
        if forces is None or len(forces.figures) < 2:
            continue
        same = {_release(one, record) for one in (total, *forces.figures)}
        ids = (total.id, *(figure.id for figure in forces.figures))
        if len(same) > 1 or ids in seen or not _unequal(total, forces.figures, bool(forces.missing)):
            continue
        seen.add(ids)
        left_out = wording.listing([record.places.get(code).name for code in forces.missing])
        but = f", without {left_out}, for which no number is held" if left_out else ""
        yield Doubt(
            kind=DoubtKind.REGION_SUM,
            figures=ids,
            text=f"The region is printed as {_n(total)}, and its forces as printed come to "
            f"{wording.number(_points(forces.figures))}{but}.",
            places=(total.place, *(figure.place for figure in forces.figures)),
        )


def _unequal(total: Figure, held: Sequence[Figure], some_missing: bool) -> bool:
    """Whether the forces cannot come to the total; with some of them missing, only too much is a doubt."""
    low, high = _sum(held)
    least, most = bounds(total.amount)
    over = low is not None and most is not None and low > most
    return over or (not some_missing and high is not None and least is not None and high < least)


def changes(figures: Sequence[Figure], record: Record) -> Iterator[Doubt]:
    """Printed changes that no pair of the printed numbers comes to."""
    counts: dict[tuple[str, str, str, str], list[Figure]] = {}
    for figure in figures:
        measure = record.measure(figure.measure)
        if measure.unit in _COUNTS and not figure.breakdown:
            key = (measure.group, figure.place, figure.platform or "", figure.period.label)
            counts.setdefault(key, []).append(figure)
    for printed in figures:
        measure = record.measure(printed.measure)
        if measure.unit is not Unit.CHANGE or not printed.breakdown.startswith(SINCE):
            continue
        about = (measure.group, printed.place, printed.platform or "")
        later = counts.get((*about, printed.period.label), [])
        earlier = counts.get((*about, printed.breakdown.removeprefix(SINCE)), [])
        yield from _against_totals(printed, earlier, later)


def _against_totals(printed: Figure, earlier: Sequence[Figure], later: Sequence[Figure]) -> Iterator[Doubt]:
    pairs = [
        (first, last)
        for first, last in product(earlier, later)
        if first.measure == last.measure and first.amount.number and periods.alike(first.period, last.period)
    ]
    worked = [(percentage_change(first, last), first, last) for first, last in pairs]
    if not worked or any(agrees(one, printed) for one, _, _ in worked):
        return
    nearest, first, last = min(worked, key=lambda one: abs(one[0].amount - point(printed.amount)))
    only = ", of comparable forces only" if says_comparable(printed) else ""
    yield Doubt(
        kind=DoubtKind.CHANGE,
        figures=(printed.id, first.id, last.id),
        text=f"A change of {_signed(point(printed.amount))}% since {wording.period(first.period)} is printed"
        f"{only}; the totals printed, {_n(first)} and {_n(last)}, come to {_signed(nearest.amount)}%.",
        places=(printed.place,),
    )


def _series(figures: Iterable[Figure]) -> dict[tuple[str, str, str, str], dict[str, list[Figure]]]:
    found: dict[tuple[str, str, str, str], dict[str, list[Figure]]] = {}
    for figure in figures:
        key = (figure.measure, figure.place, figure.platform or "", figure.breakdown)
        found.setdefault(key, {}).setdefault(figure.period.text, []).append(figure)
    return found


def _release(figure: Figure, record: Record) -> str:
    """When its source was published, which tells releases apart; the source itself where no date is known."""
    try:
        return record.source(figure.source).published[:7] or figure.source
    except KeyError:
        return figure.source


def _readings(years: Sequence[Sequence[Figure]]) -> int:
    found = 1 if years else 0
    for year in years:
        found *= len(year)
    return found


def _sum(figures: Sequence[Figure]) -> Range:
    ranges = [bounds(figure.amount) for figure in figures]
    lows, highs = [low for low, _ in ranges], [high for _, high in ranges]
    return (
        None if None in lows else sum((low for low in lows if low is not None), Decimal(0)),
        None if None in highs else sum((high for high in highs if high is not None), Decimal(0)),
    )


def _meets(first: Range, second: Range) -> bool:
    (low, high), (least, most) = first, second
    below = high is not None and least is not None and high < least
    return not below and not (low is not None and most is not None and low > most)


def _points(figures: Sequence[Figure]) -> Decimal:
    return sum((point(figure.amount) for figure in figures), Decimal(0))


def _n(figure: Figure) -> str:
    return wording.amount(figure.amount, Unit.OFFENCES)


def _signed(value: Decimal) -> str:
    shown = wording.number(value.quantize(Decimal("0.1")))
    return shown if value < 0 else f"+{shown}"
