"""Discrepancies of published changes: a change since a year, against the counts published for both years.

No percentage is worked out of two counts that are not known to cover the same. There the change itself says
what the earlier count would be, and that is set beside the one that is published.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal
from itertools import product

from explorer.evidence import formatting, periods
from explorer.evidence.amounts import AmountRange, amount_bounds, point_estimate, rounding_bounds
from explorer.evidence.analysis import (
    SINCE,
    ForceCoverage,
    bears_percentage,
    find_comparison_break,
    format_count,
    is_like_for_like,
    percentage_change,
)
from explorer.evidence.model import Figure, Unit

from .model import Discrepancy, DiscrepancyKind
from .periods import is_summed

_HUNDRED = Decimal(100)


def change_discrepancies(figures: Sequence[Figure], coverage: ForceCoverage) -> Iterator[Discrepancy]:
    """Published changes that no pair of the published counts allows."""
    record = coverage.record
    printed_changes = [
        one for one in figures if record.measure(one.measure).unit is Unit.CHANGE and one.breakdown.startswith(SINCE)
    ]
    counts: dict[tuple[str, ...], list[Figure]] = {}
    count_figures = [one for one in figures if is_summed(one, record) and not one.breakdown] if printed_changes else []
    offences = {m.group for m in (record.measure(one.measure) for one in count_figures) if m.unit is Unit.OFFENCES}
    for figure in count_figures:
        measure = record.measure(figure.measure)
        if measure.unit is Unit.OFFENCES or measure.group not in offences:  # else a change is of the offences
            key = (measure.group, figure.place, figure.platform or "", figure.basis, figure.period.label)
            counts.setdefault(key, []).append(figure)
    for change in printed_changes:
        group = record.measure(change.measure).group
        about = (group, change.place, change.platform or "", change.basis)
        earlier = counts.get((*about, change.breakdown.removeprefix(SINCE).strip()), [])
        yield from _check_change(change, earlier, counts.get((*about, change.period.label), []), coverage)


def _check_change(
    change: Figure, earlier: Sequence[Figure], later: Sequence[Figure], coverage: ForceCoverage
) -> Iterator[Discrepancy]:
    pairs = [
        (first, last)
        for first, last in product(earlier, later)
        if first.measure == last.measure and periods.are_comparable(first.period, last.period)
    ]
    if not pairs or any(_allows_pair(change, first, last) for first, last in pairs):
        return
    alike = [pair for pair in pairs if _cover_the_same(*pair, coverage)]
    borne = [pair for pair in alike if bears_percentage(*(point_estimate(one.amount) for one in pair))]
    if borne:
        yield _percentage_discrepancy(change, borne)
    elif alike:
        yield _base_discrepancy(change, alike, "both are known to count the same forces")
    elif not is_like_for_like(change):
        yield _base_discrepancy(change, pairs, "the two need not count the same forces")
    elif all(_is_impossible_pair(change, *pair, coverage) for pair in pairs):
        yield _base_discrepancy(change, pairs, "one of the two counts all the forces of the other")


def _cover_the_same(first: Figure, last: Figure, coverage: ForceCoverage) -> bool:
    same = find_comparison_break(first, last, coverage.record, coverage.memberships) is None
    return same and (first.amount.number or Decimal(0)) > 0


def _allows_pair(change: Figure, first: Figure, last: Figure) -> bool:
    """Whether the earlier count that the change implies can be the published one."""
    implied_range = implied_base(change, last)
    low, high = amount_bounds(first.amount)
    least, most = implied_range
    return not (most is not None and low is not None and most < low) and not (
        least is not None and high is not None and least > high
    )


def implied_base(change: Figure, last: Figure) -> AmountRange:
    """What the earlier count was if the change is of the later one; open where either is."""
    (low, high), (least, most) = rounding_bounds(change.amount), amount_bounds(last.amount)
    falls = [None if one is None else 1 + one / _HUNDRED for one in (low, high)]
    first = None if least is None or falls[1] is None or falls[1] <= 0 else least / falls[1]
    second = None if most is None or falls[0] is None or falls[0] <= 0 else most / falls[0]
    return first, second


def _is_impossible_pair(change: Figure, first: Figure, last: Figure, coverage: ForceCoverage) -> bool:
    """Whether even a change of fewer forces rules the pair out, as one of the two is known to be a part.

    Where the later count is of forces that the earlier one counts too, its forces are the comparable ones
    and the earlier count is at least the one that the change implies; and the other way round.
    """
    before, after = coverage.counted_forces(first), coverage.counted_forces(last)
    if before is None or after is None:
        return False
    least, most = implied_base(change, last)
    low, high = amount_bounds(first.amount)
    too_few = after <= before and least is not None and high is not None and least > high
    too_many = before <= after and most is not None and low is not None and most < low
    return too_few or too_many


def _percentage_discrepancy(change: Figure, pairs: Sequence[tuple[Figure, Figure]]) -> Discrepancy:
    derived_changes = [(percentage_change(first, last), first, last) for first, last in pairs]
    nearest, first, last = min(derived_changes, key=lambda one: abs(one[0].amount - point_estimate(change.amount)))
    return Discrepancy(
        kind=DiscrepancyKind.CHANGE,
        figures=(change.id, first.id, last.id),
        text=f"{_lead_sentence(change, first)} The counts published, "
        f"{format_count(first)} and {format_count(last)}, come to "
        f"{_format_signed(nearest.amount)}%.",
        places=(change.place,),
    )


def _base_discrepancy(change: Figure, pairs: Sequence[tuple[Figure, Figure]], coverage_note: str) -> Discrepancy:
    def distance(pair: tuple[Figure, Figure]) -> Decimal:
        return abs(_estimate_base(change, pair[1]) - point_estimate(pair[0].amount))

    first, last = min(pairs, key=distance)
    about = _estimate_base(change, last).quantize(Decimal(1), ROUND_HALF_UP)
    return Discrepancy(
        kind=DiscrepancyKind.BASE,
        figures=(change.id, first.id, last.id),
        text=f"{_lead_sentence(change, first)} With {formatting.format_dated_count(last)} "
        f"that implies about {formatting.format_number(about)} "
        f"in {formatting.period_in_sentence(first.period)}, and {format_count(first)} is published; {coverage_note}.",
        places=(change.place,),
    )


def _estimate_base(change: Figure, last: Figure) -> Decimal:
    factor = 1 + point_estimate(change.amount) / _HUNDRED
    return point_estimate(last.amount) / factor if factor > 0 else Decimal(0)


def _lead_sentence(change: Figure, first: Figure) -> str:
    only = ", of comparable forces only" if is_like_for_like(change) else ""
    change_text = formatting.amount_in_sentence(change.amount, Unit.CHANGE)
    return f"A change of {change_text} since {formatting.period_in_sentence(first.period)} is published{only}."


def _format_signed(value: Decimal) -> str:
    number_text = formatting.format_number(value.quantize(Decimal("0.1")))
    return number_text if value < 0 else f"+{number_text}"
