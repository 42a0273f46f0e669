"""Discrepancies between places: a force, a region or several forces against the place that takes them in.

Of one measure, period and breakdown, from whatever releases. Where it is known which forces the larger place
counts, they must add up to it; a force that it is known not to count is not compared.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache

from . import summing, wording
from .coverage import Coverage
from .doubts import Doubt, DoubtKind
from .doubts_periods import is_summed
from .model import Figure, Level
from .places import Places
from .scope import is_partial, tree_forces
from .summing import Reading

_WHOLES = (Level.REGION, Level.NATION, Level.NATIONS, Level.UK)
"""The levels that take others in, the smallest first."""
_NOT_KNOWN = " Which forces the total counts is not known here."
Group = Mapping[str, Sequence[Figure]]
"""What is published of one thing for one period, by place."""


def place_discrepancies(figures: Iterable[Figure], coverage: Coverage) -> Iterator[Doubt]:
    """Places above the place that holds them, and totals that their forces do not add up to."""
    groups: dict[tuple[str, ...], dict[str, list[Figure]]] = {}
    for figure in figures:
        if figure.platform is None and is_summed(figure, coverage.record):
            key = (figure.measure, figure.period.text, figure.breakdown, figure.basis)
            groups.setdefault(key, {}).setdefault(figure.place, []).append(figure)
    for group in groups.values():
        if len(group) > 1:
            yield from _Places(group, coverage).found()


@lru_cache(maxsize=1024)
def _below(places: Places, code: str) -> frozenset[str]:
    """Every place that lies in one, or in one of those it is counted from, without itself."""
    roots = (code, *places.get(code).members)
    return frozenset({*roots, *(one.code for root in roots for one in places.under(root))} - {code})


class _Places:
    """One group at work: what was found to be above its whole is not added up in a larger one again."""

    def __init__(self, group: Group, coverage: Coverage) -> None:
        self._group, self._coverage = group, coverage
        self._places = coverage.record.places
        self._above: set[str] = set()
        self._summed: dict[tuple[str, frozenset[str]], list[Reading]] = {}
        self._lowest = {code: summing.lowest(slot) for code, slot in group.items()}

    def found(self) -> Iterator[Doubt]:
        """All that the group holds, from the smaller places to the larger ones."""
        wholes = [code for code in self._group if self._places.get(code).level in _WHOLES]
        for code in sorted(wholes, key=lambda one: _WHOLES.index(self._places.get(one).level)):
            totals = [figure for figure in self._group[code] if not is_partial(figure)]
            larger = list(self._larger(code, totals)) if totals else []
            yield from larger
            if totals and not larger:
                yield from self._added_up(code, totals)

    def _larger(self, code: str, totals: Sequence[Figure]) -> Iterator[Doubt]:
        """The places inside that are above the whole by themselves, whatever others below 0 take back."""
        taken_back = self._taken_back(code)
        above: dict[str, tuple[Figure, list[Figure]]] = {}
        for inner in self._inside(code):
            part = self._lowest[inner]
            kept = [one for one in totals if part is not None and not self._coverage.leaves_out(one, part)]
            whole = summing.highest(kept) if kept else None
            if part is None or whole is None:
                continue
            if summing.above(summing.least(part) + taken_back, whole):
                self._above.add(inner)
                self._summed.clear()
                above.setdefault(whole.id, (whole, []))[1].append(part)
        for whole, parts in above.values():
            yield self._each_above(whole, parts)

    def _each_above(self, whole: Figure, parts: Sequence[Figure]) -> Doubt:
        named = wording.listing([self._named(one) for one in parts])
        verb = "is" if len(parts) == 1 else "are each"
        them = "it" if len(parts) == 1 else "them"
        unsure = "" if self._coverage.of(whole) is not None else _NOT_KNOWN
        return Doubt(
            kind=DoubtKind.PLACE,
            figures=(whole.id, *(part.id for part in parts)),
            text=f"In {wording.period(whole.period)}, {named} {verb} more than the {summing.n(whole)} "
            f"published for {self._name(whole.place)}, which includes {them}.{unsure}",
            places=(whole.place, *(part.place for part in parts)),
        )

    def _taken_back(self, code: str) -> Decimal:
        """What the forces inside with a count below 0, a correction, come to."""
        held = [self._lowest.get(one) for one in tree_forces(self._places, code)]
        lows = [summing.least(part) for part in held if part is not None]
        return sum((low for low in lows if low < 0), summing.NOTHING)

    def _inside(self, code: str) -> list[str]:
        below = _below(self._places, code)
        return [inner for inner in self._group if inner in below and inner not in self._above]

    def _added_up(self, code: str, totals: Sequence[Figure]) -> Iterator[Doubt]:
        """A total that all its forces do not come to, or that some of them are above together."""
        sums = {one.id: self._sums(code, self._coverage.of(one)) for one in totals}
        complete = [one for one in totals if sums[one.id]]
        if complete:
            if not any(reading.meets(one) for one in complete for reading in sums[one.id]):
                total, reading = summing.nearest(complete, sums[complete[0].id])
                yield self._unequal(total, reading.figures, ())
            return
        checked = [(one, *self._least_sum(code, one)) for one in totals]
        if all(parts and summing.above(low, one) for one, parts, low in checked):
            total, parts, _ = checked[0]
            counted = self._coverage.of(total)
            missing = () if counted is None else tuple(counted - {part.place for part in parts})
            yield self._unequal(total, parts, missing)

    def _sums(self, code: str, counted: frozenset[str] | None) -> list[Reading]:
        """Every sum of published parts that counts just these forces; none where one is not published."""
        if counted is None:
            return []
        if (code, counted) not in self._summed:
            self._summed[code, counted] = self._all_sums(code, counted)
        return self._summed[code, counted]

    def _all_sums(self, code: str, counted: frozenset[str]) -> list[Reading]:
        if counted != frozenset(tree_forces(self._places, code)):
            return self._chain([self._own(one) for one in self._ordered(counted)])
        found: list[Reading] = []
        for parts in self._partitions(code):
            found += self._chain([self._of_part(part) for part in parts])
        return summing.distinct(found)

    def _partitions(self, code: str) -> Iterator[list[str]]:
        """The ways in which a place is made up of others: its children, some of them counted together."""
        under = [*self._places.children(code), *map(self._places.get, self._places.get(code).members)]
        holding = [one for one in under if tree_forces(self._places, one.code)]
        single = [one.code for one in holding if not one.members]
        yield single
        for joined in holding:
            if joined.members and set(joined.members) <= set(single):
                yield [joined.code, *(one for one in single if one not in joined.members)]

    def _of_part(self, code: str) -> list[Reading]:
        """What can stand for a part: its own figures of all its forces, or the sums of its own parts."""
        if self._places.get(code).level is Level.FORCE:
            return self._own(code)
        every = frozenset(tree_forces(self._places, code))
        own = [one for one in self._own(code) if self._coverage.of(one.figures[0]) == every]
        return summing.distinct([*own, *self._sums(code, every)])

    def _own(self, code: str) -> list[Reading]:
        slot = () if code in self._above else self._group.get(code, ())
        return summing.distinct(summing.of(figure) for figure in slot if not is_partial(figure))

    def _chain(self, parts: Sequence[list[Reading]]) -> list[Reading]:
        found = [Reading()] if parts else []
        for part in parts:
            found = summing.added(found, part)
        return found

    def _least_sum(self, code: str, total: Figure) -> tuple[tuple[Figure, ...], Decimal]:
        """Forces that the total may count, and what those of them that it must count come to at least."""
        counted = self._coverage.of(total)
        under = counted if counted is not None else frozenset(tree_forces(self._places, code))
        held = [self._lowest.get(one) for one in self._ordered(under) if one not in self._above]
        parts = [one for one in held if one is not None]
        lows = sorted(summing.least(part) for part in parts)
        if counted is None and total.forces_responding is not None:
            unanswered = max(total.forces_total or 0, len(under)) - total.forces_responding
            lows = lows[: max(0, len(lows) - unanswered)]
        return (tuple(parts) if len(parts) > 1 else ()), sum(lows, summing.NOTHING)

    def _unequal(self, total: Figure, parts: Sequence[Figure], missing: Sequence[str]) -> Doubt:
        come = summing.summed([self._named(one) for one in parts], summing.points(parts), "places inside it")
        unsure = "" if self._coverage.of(total) is not None else _NOT_KNOWN
        names = [self._name(one) for one in self._ordered(frozenset(missing))]
        without = f" We hold no figure for {wording.listing(names)}." if names else ""
        return Doubt(
            kind=DoubtKind.REGION_SUM,
            figures=(total.id, *(part.id for part in parts)),
            text=f"For {self._name(total.place)} in {wording.period(total.period)}, {summing.n(total)} is "
            f"published, and {come}.{without}{unsure}",
            places=(total.place, *(part.place for part in parts)),
        )

    def _named(self, figure: Figure) -> str:
        return f"{summing.n(figure)} for {self._name(figure.place)}"

    def _name(self, code: str) -> str:
        return wording.place(self._places.get(code)) if code in self._places else code

    def _ordered(self, codes: Iterable[str]) -> list[str]:
        return sorted((one for one in codes if one in self._places), key=self._places.position)
