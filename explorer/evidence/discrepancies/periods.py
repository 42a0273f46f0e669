"""Discrepancies over time: a longer period against the shorter ones that lie in it, of any kind and release.

Where the shorter ones make up the longer one without a gap, their sum must be its number; where they do not,
they can still not come to more. Counts below 0, which are corrections, take part in sums like any other.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal

from explorer.evidence import formatting
from explorer.evidence.amounts import point_estimate
from explorer.evidence.analysis import HEADS, NOTHING, ForceCoverage, SumReading, is_partial, summing
from explorer.evidence.model import Figure, Unit
from explorer.evidence.periods import order_key
from explorer.evidence.repository import Repository

from .model import Discrepancy, DiscrepancyKind

_DAY = timedelta(days=1)
_FAR = Decimal("0.1")
"""A published part that fits no sum is reported beside one that does where it is further off than this."""
Slot = Sequence[Figure]
"""What is published of one thing for one period."""


def is_summed(figure: Figure, record: Repository) -> bool:
    """Whether its numbers add up over time and over places: counts of what happened, and no population."""
    unit = record.measure(figure.measure).unit
    return unit is Unit.OFFENCES or (unit is Unit.PEOPLE and figure.measure not in HEADS)


def period_discrepancies(figures: Iterable[Figure], coverage: ForceCoverage) -> Iterator[Discrepancy]:
    """Longer periods that are not the sum of the shorter ones, or less than these."""
    series: dict[tuple[str, ...], dict[str, list[Figure]]] = {}
    for figure in figures:
        if is_summed(figure, coverage.record):
            key = (figure.measure, figure.place, figure.platform or "", figure.breakdown, figure.basis)
            series.setdefault(key, {}).setdefault(figure.period.text, []).append(figure)
    for slots in series.values():
        if len(slots) > 1:
            yield from _of_series(sorted(slots.values(), key=lambda slot: order_key(slot[0].period)), coverage)


def _of_series(slots: Sequence[Slot], coverage: ForceCoverage) -> Iterator[Discrepancy]:
    starts = [slot[0].period.start for slot in slots]
    reported_periods: set[str] = set()
    for whole in sorted(slots, key=lambda slot: slot[0].period.end - slot[0].period.start):
        period = whole[0].period
        near = slots[bisect_left(starts, period.start) : bisect_right(starts, period.end)]
        inside = [slot for slot in near if slot is not whole and slot[0].period.end <= period.end]
        totals = [figure for figure in whole if not is_partial(figure)]
        if inside and totals:
            yield from _of_whole(totals, inside, coverage, reported_periods)


def _of_whole(
    totals: Slot, inside: Sequence[Slot], coverage: ForceCoverage, reported_periods: set[str]
) -> Iterator[Discrepancy]:
    """``reported_periods`` holds the periods that a shorter whole has already raised: they are reported once."""
    beside = {total.id: _eligible_parts(total, inside, coverage) for total in totals}
    sums = {total.id: tiling_sums(total.period.start, total.period.end, beside[total.id]) for total in totals}
    tiled_totals = [total for total in totals if sums[total.id]]
    fits = [(total, one) for total in tiled_totals for one in sums[total.id] if one.allows_figure(total)]
    if tiled_totals and not fits:
        pairs = [summing.nearest_reading([total], sums[total.id]) for total in tiled_totals]
        total, reading = min(pairs, key=lambda pair: abs(pair[1].point_total - point_estimate(pair[0].amount)))
        reported_periods |= {total.period.text, *(one.period.text for one in reading.figures)}
        yield _sum_discrepancy(total, reading, inside, coverage)
        return
    if fits:
        yield from _iter_misfits(*fits[0], beside[fits[0][0].id], coverage)
    most = summing.highest_figure(totals)
    parts = () if most is None else _find_excess_parts(inside, most, coverage, reported_periods)
    if most is None or not parts:
        return
    reported_periods |= {one.period.text for one in parts}
    yield _excess_discrepancy(most, parts, coverage)


def _eligible_parts(total: Figure, inside: Sequence[Slot], coverage: ForceCoverage) -> list[Slot]:
    """What may be a part of the total: whole, and not known to count other forces."""
    eligible_slots = [
        [one for one in slot if not is_partial(one) and not coverage.has_different_forces(total, one)]
        for slot in inside
    ]
    return [slot for slot in eligible_slots if slot]


def tiling_sums(start: date, end: date, slots: Sequence[Slot]) -> list[SumReading]:
    """Every sum of figures whose periods fill the time without a gap; the slots are in period order."""
    sums_by_start: dict[date, list[SumReading]] = {start: [SumReading()]}
    for slot in slots:
        period = slot[0].period
        before = sums_by_start.get(period.start)
        if before and period.end <= end:
            after = period.end + _DAY
            extended_sums = summing.combine_readings(before, [summing.single_reading(figure) for figure in slot])
            sums_by_start[after] = summing.distinct_readings([*sums_by_start.get(after, ()), *extended_sums])
    return sums_by_start.get(end + _DAY, [])


def _sum_discrepancy(
    total: Figure, reading: SumReading, inside: Sequence[Slot], coverage: ForceCoverage
) -> Discrepancy:
    period_texts = {figure.period.text for figure in reading.figures}
    several = [figure for slot in inside if slot[0].period.text in period_texts for figure in slot]
    count_phrases = [formatting.format_dated_count(figure) for figure in reading.figures]
    return Discrepancy(
        kind=DiscrepancyKind.SUM,
        figures=(total.id, *(figure.id for figure in several)),
        text=f"For {formatting.period_in_sentence(total.period)}, {summing.format_count(total)} is published, and "
        f"{summing.describe_sum(count_phrases, reading.point_total, 'periods that make it up')}."
        f"{_coverage_note(coverage, total, *reading.figures)}",
        places=(total.place,),
    )


def _iter_misfits(
    total: Figure, fit: SumReading, slots: Sequence[Slot], coverage: ForceCoverage
) -> Iterator[Discrepancy]:
    """Parts that are in doubt or far off and in no sum that fits, although another published number is."""
    used_periods = {figure.period.text for figure in fit.figures}
    start, end = total.period.start, total.period.end
    for slot in slots if summing.has_choice(slots) else ():
        for part in slot if slot[0].period.text in used_periods and summing.has_choice([slot]) else ():
            before = tiling_sums(start, part.period.start - _DAY, slots)
            after = tiling_sums(part.period.end + _DAY, end, slots)
            sums = summing.combine_readings(summing.combine_readings(before, [summing.single_reading(part)]), after)
            if not sums or any(one.allows_figure(total) for one in sums):
                continue
            _, reading = summing.nearest_reading([total], sums)
            off = abs(reading.point_total - point_estimate(total.amount)) > _FAR * abs(point_estimate(total.amount))
            if off or part.in_doubt is not None:
                yield _misfit_discrepancy(total, part, reading, fit, coverage)


def _misfit_discrepancy(
    total: Figure, part: Figure, reading: SumReading, fit: SumReading, coverage: ForceCoverage
) -> Discrepancy:
    count_phrases = [formatting.format_dated_count(figure) for figure in reading.figures]
    ids = [figure.id for figure in (*reading.figures, *fit.figures)]
    return Discrepancy(
        kind=DiscrepancyKind.SUM,
        figures=(total.id, *dict.fromkeys(ids)),
        text=f"For {formatting.period_in_sentence(total.period)}, {summing.format_count(total)} is published, and "
        f"{summing.describe_sum(count_phrases, reading.point_total, 'periods that make it up')}. "
        "Another number published for "
        f"{formatting.period_in_sentence(part.period)} does add up.{_coverage_note(coverage, total, *reading.figures)}",
        places=(total.place,),
    )


def _find_excess_parts(
    inside: Sequence[Slot], whole: Figure, coverage: ForceCoverage, reported_periods: set[str]
) -> tuple[Figure, ...]:
    """Parts without a day in common that together are above the whole; empty where there are none."""
    fit = [[one for one in slot if not coverage.has_different_forces(whole, one)] for slot in inside]
    parts = [one for one in (summing.lowest_figure(slot) for slot in fit if slot) if one is not None]
    taken_back = sum((summing.lower_bound(one) for one in parts if summing.lower_bound(one) < 0), NOTHING)
    parts = [one for one in parts if one.period.text not in reported_periods]
    parts = sorted((one for one in parts if summing.lower_bound(one) > 0), key=lambda one: one.period.end)
    ends = [one.period.end for one in parts]
    best: list[tuple[Decimal, tuple[Figure, ...]]] = [(NOTHING, ())]
    for at, part in enumerate(parts):
        value, chosen_parts = best[bisect_left(ends, part.period.start)]
        with_it = (value + summing.lower_bound(part), (*chosen_parts, part))
        best.append(with_it if with_it[0] > best[at][0] else best[at])
    value, chosen_parts = best[-1]
    if not chosen_parts or not summing.is_above(value + taken_back, whole):
        return ()
    return summing.select_needed_parts(chosen_parts, whole) if not taken_back else chosen_parts


def _excess_discrepancy(whole: Figure, parts: Sequence[Figure], coverage: ForceCoverage) -> Discrepancy:
    count_phrases = [formatting.format_dated_count(figure) for figure in parts]
    whole_phrase = f"{summing.format_count(whole)} published for {formatting.period_in_sentence(whole.period)}"
    if len(parts) == 1:
        text = f"The {count_phrases[0]} is more than the {whole_phrase}, which includes it."
    else:
        lead = summing.describe_sum(count_phrases, summing.sum_point_estimates(parts), "shorter periods")
        text = f"Together, {lead}, more than the {whole_phrase}, which includes them."
    return Discrepancy(
        kind=DiscrepancyKind.PERIOD,
        figures=(whole.id, *(figure.id for figure in parts)),
        text=text + _coverage_note(coverage, whole, *parts),
        places=(whole.place,),
    )


def _coverage_note(coverage: ForceCoverage, *figures: Figure) -> str:
    return "" if coverage.has_same_forces(*figures) else " They need not count the same forces."
