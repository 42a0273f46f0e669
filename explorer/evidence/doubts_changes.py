"""Discrepancies of published changes: a change since a year, against the counts published for both years.

No percentage is worked out of two counts that are not known to cover the same. There the change itself says
what the earlier count would be, and that is set beside the one that is published.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal
from itertools import product

from . import periods, wording
from .amounts import bounds, point, rounded
from .arithmetic import percentage_change
from .chance import bears_percentage
from .changes import SINCE, says_comparable
from .coverage import Coverage
from .doubts import Doubt, DoubtKind
from .doubts_periods import is_summed
from .model import Figure, Unit
from .scope import comparable
from .summing import Range, n

_HUNDRED = Decimal(100)


def change_discrepancies(figures: Sequence[Figure], coverage: Coverage) -> Iterator[Doubt]:
    """Published changes that no pair of the published counts allows."""
    record = coverage.record
    published = [
        one
        for one in figures
        if record.measure(one.measure).unit is Unit.CHANGE and one.breakdown.startswith(SINCE)
    ]
    counts: dict[tuple[str, ...], list[Figure]] = {}
    counted = [one for one in figures if is_summed(one, record) and not one.breakdown] if published else []
    offences = {m.group for m in (record.measure(one.measure) for one in counted) if m.unit is Unit.OFFENCES}
    for figure in counted:
        measure = record.measure(figure.measure)
        if measure.unit is Unit.OFFENCES or measure.group not in offences:  # else a change is of the offences
            key = (measure.group, figure.place, figure.platform or "", figure.basis, figure.period.label)
            counts.setdefault(key, []).append(figure)
    for change in published:
        group = record.measure(change.measure).group
        about = (group, change.place, change.platform or "", change.basis)
        earlier = counts.get((*about, change.breakdown.removeprefix(SINCE).strip()), [])
        yield from _against(change, earlier, counts.get((*about, change.period.label), []), coverage)


def _against(
    change: Figure, earlier: Sequence[Figure], later: Sequence[Figure], coverage: Coverage
) -> Iterator[Doubt]:
    pairs = [
        (first, last)
        for first, last in product(earlier, later)
        if first.measure == last.measure and periods.alike(first.period, last.period)
    ]
    if not pairs or any(_allows(change, first, last) for first, last in pairs):
        return
    alike = [pair for pair in pairs if _cover_the_same(*pair, coverage)]
    borne = [pair for pair in alike if bears_percentage(*(point(one.amount) for one in pair))]
    if borne:
        yield _percentage(change, borne)
    elif alike:
        yield _implied(change, alike, "both are known to count the same forces")
    elif not says_comparable(change):
        yield _implied(change, pairs, "the two need not count the same forces")
    elif all(_impossible(change, *pair, coverage) for pair in pairs):
        yield _implied(change, pairs, "one of the two counts all the forces of the other")


def _cover_the_same(first: Figure, last: Figure, coverage: Coverage) -> bool:
    same = comparable(first, last, coverage.record, coverage.known) is None
    return same and (first.amount.number or Decimal(0)) > 0


def _allows(change: Figure, first: Figure, last: Figure) -> bool:
    """Whether the earlier count that the change implies can be the published one."""
    implied = implied_base(change, last)
    low, high = bounds(first.amount)
    least, most = implied
    return not (most is not None and low is not None and most < low) and not (
        least is not None and high is not None and least > high
    )


def implied_base(change: Figure, last: Figure) -> Range:
    """What the earlier count was if the change is of the later one; open where either is."""
    (low, high), (least, most) = rounded(change.amount), bounds(last.amount)
    falls = [None if one is None else 1 + one / _HUNDRED for one in (low, high)]
    first = None if least is None or falls[1] is None or falls[1] <= 0 else least / falls[1]
    second = None if most is None or falls[0] is None or falls[0] <= 0 else most / falls[0]
    return first, second


def _impossible(change: Figure, first: Figure, last: Figure, coverage: Coverage) -> bool:
    """Whether even a change of fewer forces rules the pair out, as one of the two is known to be a part.

    Where the later count is of forces that the earlier one counts too, its forces are the comparable ones
    and the earlier count is at least the one that the change implies; and the other way round.
    """
    before, after = coverage.of(first), coverage.of(last)
    if before is None or after is None:
        return False
    least, most = implied_base(change, last)
    low, high = bounds(first.amount)
    too_few = after <= before and least is not None and high is not None and least > high
    too_many = before <= after and most is not None and low is not None and most < low
    return too_few or too_many


def _percentage(change: Figure, pairs: Sequence[tuple[Figure, Figure]]) -> Doubt:
    worked = [(percentage_change(first, last), first, last) for first, last in pairs]
    nearest, first, last = min(worked, key=lambda one: abs(one[0].amount - point(change.amount)))
    return Doubt(
        kind=DoubtKind.CHANGE,
        figures=(change.id, first.id, last.id),
        text=f"{_lead(change, first)} The counts published, {n(first)} and {n(last)}, come to "
        f"{_signed(nearest.amount)}%.",
        places=(change.place,),
    )


def _implied(change: Figure, pairs: Sequence[tuple[Figure, Figure]], known: str) -> Doubt:
    def off(pair: tuple[Figure, Figure]) -> Decimal:
        return abs(_base(change, pair[1]) - point(pair[0].amount))

    first, last = min(pairs, key=off)
    about = _base(change, last).quantize(Decimal(1), ROUND_HALF_UP)
    return Doubt(
        kind=DoubtKind.BASE,
        figures=(change.id, first.id, last.id),
        text=f"{_lead(change, first)} With {wording.dated(last)} that implies about {wording.number(about)} "
        f"in {wording.period(first.period)}, and {n(first)} is published; {known}.",
        places=(change.place,),
    )


def _base(change: Figure, last: Figure) -> Decimal:
    factor = 1 + point(change.amount) / _HUNDRED
    return point(last.amount) / factor if factor > 0 else Decimal(0)


def _lead(change: Figure, first: Figure) -> str:
    only = ", of comparable forces only" if says_comparable(change) else ""
    said = wording.amount(change.amount, Unit.CHANGE)
    return f"A change of {said} since {wording.period(first.period)} is published{only}."


def _signed(value: Decimal) -> str:
    shown = wording.number(value.quantize(Decimal("0.1")))
    return shown if value < 0 else f"+{shown}"
