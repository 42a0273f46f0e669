"""Discrepancies of divisions: parts by sex, age or what was recorded that hold more than their whole.

Of one measure, place and period, from whatever releases. What one number can have been rounded from is
allowed for, so rounding alone raises none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from . import summing, wording
from .coverage import Coverage
from .divisions import Division, disjoint, division, holds
from .doubts import Doubt, DoubtKind
from .doubts_periods import is_summed
from .model import Figure
from .scope import is_partial


def parts(figures: Iterable[Figure], coverage: Coverage) -> Iterator[Doubt]:
    """Divisions of a count that hold more than the count: by sex and age, or by what was recorded."""
    together: dict[tuple[str, ...], dict[Division, list[Figure]]] = {}
    for figure in figures:
        if figure.platform is None and is_summed(figure, coverage.record):
            key = (figure.measure, figure.place, figure.period.text, figure.basis)
            together.setdefault(key, {}).setdefault(division(figure), []).append(figure)
    for slots in together.values():
        if len(slots) > 1:
            yield from _exceeding(slots, coverage)


def _exceeding(slots: Mapping[Division, Sequence[Figure]], coverage: Coverage) -> Iterator[Doubt]:
    for of, slot in slots.items():
        whole = summing.highest([one for one in slot if not is_partial(one)] or slot)
        if whole is None or is_partial(whole):
            continue
        inside = [_least(slots[one], whole, coverage) for one in slots if holds(of, one)]
        apart = disjoint([one for one in inside if one is not None], key=division)
        low = sum(map(summing.least, apart), summing.NOTHING)
        if apart and summing.above(low, whole):
            yield _entry(whole, apart, coverage)


def _least(slot: Sequence[Figure], whole: Figure, coverage: Coverage) -> Figure | None:
    kept = [one for one in slot if not coverage.differ(whole, one)]
    return summing.lowest(kept) if kept else None


def _entry(whole: Figure, apart: Sequence[Figure], coverage: Coverage) -> Doubt:
    named = wording.listing([f"{summing.n(figure)} ({figure.breakdown})" for figure in apart])
    of = f"({whole.breakdown})" if whole.breakdown else "in all"
    said = f"The {named} is"
    if len(apart) > 1:
        said = f"Together, {named} come to {wording.number(summing.points(apart))},"
    unsure = "" if coverage.alike(whole, *apart) else " They need not count the same forces."
    return Doubt(
        kind=DoubtKind.PARTS,
        figures=(whole.id, *(figure.id for figure in apart)),
        text=f"{said} more than the {summing.n(whole)} published {of}.{unsure}",
        places=(whole.place,),
    )
