"""Discrepancies over time: a longer period against the shorter ones that lie in it, of any kind and release.

Where the shorter ones make up the longer one without a gap, their sum must be its number; where they do not,
they can still not come to more. Counts below 0, which are corrections, take part in sums like any other.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal

from . import summing, wording
from .amounts import point
from .coverage import Coverage
from .doubts import Doubt, DoubtKind
from .model import Figure, Unit
from .periods import order_key
from .rates import HEADS
from .record import Record
from .scope import is_partial
from .summing import NOTHING, Reading

_DAY = timedelta(days=1)
_FAR = Decimal("0.1")
"""A published part that fits no sum is reported beside one that does where it is further off than this."""
Slot = Sequence[Figure]
"""What is published of one thing for one period."""


def is_summed(figure: Figure, record: Record) -> bool:
    """Whether its numbers add up over time and over places: counts of what happened, and no population."""
    unit = record.measure(figure.measure).unit
    return unit is Unit.OFFENCES or (unit is Unit.PEOPLE and figure.measure not in HEADS)


def period_discrepancies(figures: Iterable[Figure], coverage: Coverage) -> Iterator[Doubt]:
    """Longer periods that are not the sum of the shorter ones, or less than these."""
    series: dict[tuple[str, ...], dict[str, list[Figure]]] = {}
    for figure in figures:
        if is_summed(figure, coverage.record):
            key = (figure.measure, figure.place, figure.platform or "", figure.breakdown, figure.basis)
            series.setdefault(key, {}).setdefault(figure.period.text, []).append(figure)
    for slots in series.values():
        if len(slots) > 1:
            yield from _of_series(
                sorted(slots.values(), key=lambda slot: order_key(slot[0].period)), coverage
            )


def _of_series(slots: Sequence[Slot], coverage: Coverage) -> Iterator[Doubt]:
    starts = [slot[0].period.start for slot in slots]
    found: set[str] = set()
    for whole in sorted(slots, key=lambda slot: slot[0].period.end - slot[0].period.start):
        period = whole[0].period
        near = slots[bisect_left(starts, period.start) : bisect_right(starts, period.end)]
        inside = [slot for slot in near if slot is not whole and slot[0].period.end <= period.end]
        totals = [figure for figure in whole if not is_partial(figure)]
        if inside and totals:
            yield from _of_whole(totals, inside, coverage, found)


def _of_whole(totals: Slot, inside: Sequence[Slot], coverage: Coverage, found: set[str]) -> Iterator[Doubt]:
    """``found`` holds the periods that a shorter whole has already raised: they are reported once."""
    beside = {total.id: _beside(total, inside, coverage) for total in totals}
    sums = {total.id: tilings(total.period.start, total.period.end, beside[total.id]) for total in totals}
    tiled = [total for total in totals if sums[total.id]]
    fits = [(total, one) for total in tiled for one in sums[total.id] if one.meets(total)]
    if tiled and not fits:
        pairs = [summing.nearest([total], sums[total.id]) for total in tiled]
        total, reading = min(pairs, key=lambda pair: abs(pair[1].points - point(pair[0].amount)))
        found |= {total.period.text, *(one.period.text for one in reading.figures)}
        yield _sum(total, reading, inside, coverage)
        return
    if fits:
        yield from _misfits(*fits[0], beside[fits[0][0].id], coverage)
    most = summing.highest(totals)
    parts = () if most is None else _most(inside, most, coverage, found)
    if most is None or not parts:
        return
    found |= {one.period.text for one in parts}
    yield _larger(most, parts, coverage)


def _beside(total: Figure, inside: Sequence[Slot], coverage: Coverage) -> list[Slot]:
    """What may be a part of the total: whole, and not known to count other forces."""
    kept = [
        [one for one in slot if not is_partial(one) and not coverage.differ(total, one)] for slot in inside
    ]
    return [slot for slot in kept if slot]


def tilings(start: date, end: date, slots: Sequence[Slot]) -> list[Reading]:
    """Every sum of figures whose periods fill the time without a gap; the slots are in period order."""
    reached: dict[date, list[Reading]] = {start: [Reading()]}
    for slot in slots:
        period = slot[0].period
        before = reached.get(period.start)
        if before and period.end <= end:
            after = period.end + _DAY
            made = summing.added(before, [summing.of(figure) for figure in slot])
            reached[after] = summing.distinct([*reached.get(after, ()), *made])
    return reached.get(end + _DAY, [])


def _sum(total: Figure, reading: Reading, inside: Sequence[Slot], coverage: Coverage) -> Doubt:
    taken = {figure.period.text for figure in reading.figures}
    several = [figure for slot in inside if slot[0].period.text in taken for figure in slot]
    named = [wording.dated(figure) for figure in reading.figures]
    return Doubt(
        kind=DoubtKind.SUM,
        figures=(total.id, *(figure.id for figure in several)),
        text=f"For {wording.period(total.period)}, {summing.n(total)} is published, and "
        f"{summing.summed(named, reading.points, 'periods that make it up')}."
        f"{_unsure(coverage, total, *reading.figures)}",
        places=(total.place,),
    )


def _misfits(total: Figure, fit: Reading, slots: Sequence[Slot], coverage: Coverage) -> Iterator[Doubt]:
    """Parts that are in doubt or far off and in no sum that fits, although another published number is."""
    used = {figure.period.text for figure in fit.figures}
    start, end = total.period.start, total.period.end
    for slot in slots if summing.has_choice(slots) else ():
        for part in slot if slot[0].period.text in used and summing.has_choice([slot]) else ():
            before = tilings(start, part.period.start - _DAY, slots)
            after = tilings(part.period.end + _DAY, end, slots)
            sums = summing.added(summing.added(before, [summing.of(part)]), after)
            if not sums or any(one.meets(total) for one in sums):
                continue
            _, reading = summing.nearest([total], sums)
            off = abs(reading.points - point(total.amount)) > _FAR * abs(point(total.amount))
            if off or part.in_doubt is not None:
                yield _misfit(total, part, reading, fit, coverage)


def _misfit(total: Figure, part: Figure, reading: Reading, fit: Reading, coverage: Coverage) -> Doubt:
    named = [wording.dated(figure) for figure in reading.figures]
    ids = [figure.id for figure in (*reading.figures, *fit.figures)]
    return Doubt(
        kind=DoubtKind.SUM,
        figures=(total.id, *dict.fromkeys(ids)),
        text=f"For {wording.period(total.period)}, {summing.n(total)} is published, and "
        f"{summing.summed(named, reading.points, 'periods that make it up')}. Another number published for "
        f"{wording.period(part.period)} does add up.{_unsure(coverage, total, *reading.figures)}",
        places=(total.place,),
    )


def _most(inside: Sequence[Slot], whole: Figure, coverage: Coverage, found: set[str]) -> tuple[Figure, ...]:
    """Parts without a day in common that together are above the whole; empty where there are none."""
    fit = [[one for one in slot if not coverage.differ(whole, one)] for slot in inside]
    parts = [one for one in (summing.lowest(slot) for slot in fit if slot) if one is not None]
    taken_back = sum((summing.least(one) for one in parts if summing.least(one) < 0), NOTHING)
    parts = [one for one in parts if one.period.text not in found]
    parts = sorted((one for one in parts if summing.least(one) > 0), key=lambda one: one.period.end)
    ends = [one.period.end for one in parts]
    best: list[tuple[Decimal, tuple[Figure, ...]]] = [(NOTHING, ())]
    for at, part in enumerate(parts):
        value, chosen = best[bisect_left(ends, part.period.start)]
        with_it = (value + summing.least(part), (*chosen, part))
        best.append(with_it if with_it[0] > best[at][0] else best[at])
    value, chosen = best[-1]
    if not chosen or not summing.above(value + taken_back, whole):
        return ()
    return summing.needed(chosen, whole) if not taken_back else chosen


def _larger(whole: Figure, parts: Sequence[Figure], coverage: Coverage) -> Doubt:
    named = [wording.dated(figure) for figure in parts]
    said = f"{summing.n(whole)} published for {wording.period(whole.period)}"
    if len(parts) == 1:
        text = f"The {named[0]} is more than the {said}, which includes it."
    else:
        lead = summing.summed(named, summing.points(parts), "shorter periods")
        text = f"Together, {lead}, more than the {said}, which includes them."
    return Doubt(
        kind=DoubtKind.PERIOD,
        figures=(whole.id, *(figure.id for figure in parts)),
        text=text + _unsure(coverage, whole, *parts),
        places=(whole.place,),
    )


def _unsure(coverage: Coverage, *figures: Figure) -> str:
    return "" if coverage.alike(*figures) else " They need not count the same forces."
