"""Discrepancies between places: a force, a region or several forces against the place that takes them in.

Of one measure, period and breakdown, from whatever releases. Where it is known which forces the larger place
counts, they must add up to it; a force that it is known not to count is not compared.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache

from explorer.evidence import formatting
from explorer.evidence.analysis import ForceCoverage, SumReading, is_partial, summing, tree_forces
from explorer.evidence.model import Figure, PlaceLevel
from explorer.evidence.places import PlaceTree

from .model import Discrepancy, DiscrepancyKind
from .periods import is_summed

_WHOLES = (PlaceLevel.REGION, PlaceLevel.NATION, PlaceLevel.NATIONS, PlaceLevel.UK)
"""The levels that take others in, the smallest first."""
_NOT_KNOWN = " Which forces the total counts is not known here."
Group = Mapping[str, Sequence[Figure]]
"""What is published of one thing for one period, by place."""


def place_discrepancies(figures: Iterable[Figure], coverage: ForceCoverage) -> Iterator[Discrepancy]:
    """Places above the place that holds them, and totals that their forces do not add up to."""
    groups: dict[tuple[str, ...], dict[str, list[Figure]]] = {}
    for figure in figures:
        if figure.platform is None and is_summed(figure, coverage.record):
            key = (figure.measure, figure.period.text, figure.breakdown, figure.basis)
            groups.setdefault(key, {}).setdefault(figure.place, []).append(figure)
    for group in groups.values():
        if len(group) > 1:
            yield from _PlaceGroupChecker(group, coverage).iter_discrepancies()


@lru_cache(maxsize=1024)
def _places_below(places: PlaceTree, code: str) -> frozenset[str]:
    """Every place that lies in one, or in one of those it is counted from, without itself."""
    roots = (code, *places.get(code).members)
    return frozenset({*roots, *(one.code for root in roots for one in places.descendants(root))} - {code})


class _PlaceGroupChecker:
    """One group at work: what was found to be above its whole is not added up in a larger one again."""

    def __init__(self, group: Group, coverage: ForceCoverage) -> None:
        self._group, self._coverage = group, coverage
        self._places = coverage.record.places
        self._above: set[str] = set()
        self._readings_by_group: dict[tuple[str, frozenset[str]], list[SumReading]] = {}
        self._lowest = {code: summing.lowest_figure(slot) for code, slot in group.items()}

    def iter_discrepancies(self) -> Iterator[Discrepancy]:
        """All that the group holds, from the smaller places to the larger ones."""
        wholes = [code for code in self._group if self._places.get(code).level in _WHOLES]
        for code in sorted(wholes, key=lambda one: _WHOLES.index(self._places.get(one).level)):
            totals = [figure for figure in self._group[code] if not is_partial(figure)]
            larger = list(self._iter_excess(code, totals)) if totals else []
            yield from larger
            if totals and not larger:
                yield from self._added_up(code, totals)

    def _iter_excess(self, code: str, totals: Sequence[Figure]) -> Iterator[Discrepancy]:
        """The places inside that are above the whole by themselves, whatever others below 0 take back."""
        taken_back = self._taken_back(code)
        above: dict[str, tuple[Figure, list[Figure]]] = {}
        for inner in self._places_inside(code):
            part = self._lowest[inner]
            comparable_totals = [one for one in totals if part is not None and not self._coverage.leaves_out(one, part)]
            whole = summing.highest_figure(comparable_totals) if comparable_totals else None
            if part is None or whole is None:
                continue
            if summing.is_above(summing.lower_bound(part) + taken_back, whole):
                self._above.add(inner)
                self._readings_by_group.clear()
                above.setdefault(whole.id, (whole, []))[1].append(part)
        for whole, parts in above.values():
            yield self._each_above(whole, parts)

    def _each_above(self, whole: Figure, parts: Sequence[Figure]) -> Discrepancy:
        part_list = formatting.join_list([self._describe_count(one) for one in parts])
        verb = "is" if len(parts) == 1 else "are each"
        them = "it" if len(parts) == 1 else "them"
        unsure = "" if self._coverage.counted_forces(whole) is not None else _NOT_KNOWN
        return Discrepancy(
            kind=DiscrepancyKind.PLACE,
            figures=(whole.id, *(part.id for part in parts)),
            text=f"In {formatting.period_in_sentence(whole.period)}, {part_list} {verb} "
            f"more than the {summing.format_count(whole)} "
            f"published for {self._place_name(whole.place)}, which includes {them}.{unsure}",
            places=(whole.place, *(part.place for part in parts)),
        )

    def _taken_back(self, code: str) -> Decimal:
        """What the forces inside with a count below 0, a correction, come to."""
        lowest_figures = [self._lowest.get(one) for one in tree_forces(self._places, code)]
        lows = [summing.lower_bound(part) for part in lowest_figures if part is not None]
        return sum((low for low in lows if low < 0), summing.NOTHING)

    def _places_inside(self, code: str) -> list[str]:
        below = _places_below(self._places, code)
        return [inner for inner in self._group if inner in below and inner not in self._above]

    def _added_up(self, code: str, totals: Sequence[Figure]) -> Iterator[Discrepancy]:
        """A total that all its forces do not come to, or that some of them are above together."""
        sums = {one.id: self._sums_for(code, self._coverage.counted_forces(one)) for one in totals}
        complete = [one for one in totals if sums[one.id]]
        if complete:
            if not any(reading.allows_figure(one) for one in complete for reading in sums[one.id]):
                total, reading = summing.nearest_reading(complete, sums[complete[0].id])
                yield self._sum_discrepancy(total, reading.figures, ())
            return
        least_sums = [(one, *self._least_sum(code, one)) for one in totals]
        if all(parts and summing.is_above(low, one) for one, parts, low in least_sums):
            total, parts, _ = least_sums[0]
            counted_forces = self._coverage.counted_forces(total)
            missing = () if counted_forces is None else tuple(counted_forces - {part.place for part in parts})
            yield self._sum_discrepancy(total, parts, missing)

    def _sums_for(self, code: str, counted_forces: frozenset[str] | None) -> list[SumReading]:
        """Every sum of published parts that counts just these forces; none where one is not published."""
        if counted_forces is None:
            return []
        if (code, counted_forces) not in self._readings_by_group:
            self._readings_by_group[code, counted_forces] = self._all_sums(code, counted_forces)
        return self._readings_by_group[code, counted_forces]

    def _all_sums(self, code: str, counted_forces: frozenset[str]) -> list[SumReading]:
        if counted_forces != frozenset(tree_forces(self._places, code)):
            return self._combine_sums([self._own_readings(one) for one in self._sort_codes(counted_forces)])
        readings: list[SumReading] = []
        for parts in self._iter_partitions(code):
            readings += self._combine_sums([self._of_part(part) for part in parts])
        return summing.distinct_readings(readings)

    def _iter_partitions(self, code: str) -> Iterator[list[str]]:
        """The ways in which a place is made up of others: its children, some of them counted together."""
        under = [*self._places.children(code), *map(self._places.get, self._places.get(code).members)]
        holding = [one for one in under if tree_forces(self._places, one.code)]
        single = [one.code for one in holding if not one.members]
        yield single
        for group_place in holding:
            if group_place.members and set(group_place.members) <= set(single):
                yield [group_place.code, *(one for one in single if one not in group_place.members)]

    def _of_part(self, code: str) -> list[SumReading]:
        """What can stand for a part: its own figures of all its forces, or the sums of its own parts."""
        if self._places.get(code).level is PlaceLevel.FORCE:
            return self._own_readings(code)
        every = frozenset(tree_forces(self._places, code))
        own = [one for one in self._own_readings(code) if self._coverage.counted_forces(one.figures[0]) == every]
        return summing.distinct_readings([*own, *self._sums_for(code, every)])

    def _own_readings(self, code: str) -> list[SumReading]:
        slot = () if code in self._above else self._group.get(code, ())
        return summing.distinct_readings(summing.single_reading(figure) for figure in slot if not is_partial(figure))

    def _combine_sums(self, parts: Sequence[list[SumReading]]) -> list[SumReading]:
        readings = [SumReading()] if parts else []
        for part in parts:
            readings = summing.combine_readings(readings, part)
        return readings

    def _least_sum(self, code: str, total: Figure) -> tuple[tuple[Figure, ...], Decimal]:
        """Forces that the total may count, and what those of them that it must count come to at least."""
        counted_forces = self._coverage.counted_forces(total)
        under = counted_forces if counted_forces is not None else frozenset(tree_forces(self._places, code))
        lowest_figures = [self._lowest.get(one) for one in self._sort_codes(under) if one not in self._above]
        parts = [one for one in lowest_figures if one is not None]
        lows = sorted(summing.lower_bound(part) for part in parts)
        if counted_forces is None and total.forces_responding is not None:
            missing_responses = max(total.forces_total or 0, len(under)) - total.forces_responding
            lows = lows[: max(0, len(lows) - missing_responses)]
        return (tuple(parts) if len(parts) > 1 else ()), sum(lows, summing.NOTHING)

    def _sum_discrepancy(self, total: Figure, parts: Sequence[Figure], missing: Sequence[str]) -> Discrepancy:
        come = summing.describe_sum(
            [self._describe_count(one) for one in parts],
            summing.sum_point_estimates(parts),
            "places inside it",
        )
        unsure = "" if self._coverage.counted_forces(total) is not None else _NOT_KNOWN
        names = [self._place_name(one) for one in self._sort_codes(frozenset(missing))]
        without = f" We hold no figure for {formatting.join_list(names)}." if names else ""
        return Discrepancy(
            kind=DiscrepancyKind.REGION_SUM,
            figures=(total.id, *(part.id for part in parts)),
            text=f"For {self._place_name(total.place)} in {formatting.period_in_sentence(total.period)}, "
            f"{summing.format_count(total)} is "
            f"published, and {come}.{without}{unsure}",
            places=(total.place, *(part.place for part in parts)),
        )

    def _describe_count(self, figure: Figure) -> str:
        return f"{summing.format_count(figure)} for {self._place_name(figure.place)}"

    def _place_name(self, code: str) -> str:
        return formatting.place_in_sentence(self._places.get(code)) if code in self._places else code

    def _sort_codes(self, codes: Iterable[str]) -> list[str]:
        return sorted((one for one in codes if one in self._places), key=self._places.position)
