"""Discrepancies of divisions: parts by sex, age or what was recorded that hold more than their whole.

Of one measure, place and period, from whatever releases. What one number can have been rounded from is
allowed for, so rounding alone raises none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from explorer.evidence import formatting
from explorer.evidence.analysis import (
    BreakdownPart,
    ForceCoverage,
    contains,
    is_partial,
    parse_breakdown,
    select_disjoint,
    summing,
)
from explorer.evidence.model import Figure

from .model import Discrepancy, DiscrepancyKind
from .periods import is_summed


def oversized_breakdowns(figures: Iterable[Figure], coverage: ForceCoverage) -> Iterator[Discrepancy]:
    """Divisions of a count that hold more than the count: by sex and age, or by what was recorded."""
    together: dict[tuple[str, ...], dict[BreakdownPart, list[Figure]]] = {}
    for figure in figures:
        if figure.platform is None and is_summed(figure, coverage.record):
            key = (figure.measure, figure.place, figure.period.text, figure.basis)
            together.setdefault(key, {}).setdefault(parse_breakdown(figure), []).append(figure)
    for slots in together.values():
        if len(slots) > 1:
            yield from _iter_oversized(slots, coverage)


def _iter_oversized(slots: Mapping[BreakdownPart, Sequence[Figure]], coverage: ForceCoverage) -> Iterator[Discrepancy]:
    for of, slot in slots.items():
        whole = summing.highest_figure([one for one in slot if not is_partial(one)] or slot)
        if whole is None or is_partial(whole):
            continue
        inside = [_lowest_part(slots[one], whole, coverage) for one in slots if contains(of, one)]
        apart = select_disjoint([one for one in inside if one is not None], key=parse_breakdown)
        low = sum(map(summing.lower_bound, apart), summing.NOTHING)
        if apart and summing.is_above(low, whole):
            yield _breakdown_discrepancy(whole, apart, coverage)


def _lowest_part(slot: Sequence[Figure], whole: Figure, coverage: ForceCoverage) -> Figure | None:
    comparable_parts = [one for one in slot if not coverage.has_different_forces(whole, one)]
    return summing.lowest_figure(comparable_parts) if comparable_parts else None


def _breakdown_discrepancy(whole: Figure, apart: Sequence[Figure], coverage: ForceCoverage) -> Discrepancy:
    part_list = formatting.join_list([f"{summing.format_count(figure)} ({figure.breakdown})" for figure in apart])
    of = f"({whole.breakdown})" if whole.breakdown else "in all"
    lead = f"The {part_list} is"
    if len(apart) > 1:
        lead = f"Together, {part_list} come to {formatting.format_number(summing.sum_point_estimates(apart))},"
    unsure = "" if coverage.has_same_forces(whole, *apart) else " They need not count the same forces."
    return Discrepancy(
        kind=DiscrepancyKind.PARTS,
        figures=(whole.id, *(figure.id for figure in apart)),
        text=f"{lead} more than the {summing.format_count(whole)} published {of}.{unsure}",
        places=(whole.place,),
    )
