"""Sums of published figures where several may be published for one thing: what each choice among them gives.

A reading takes one figure for each part. What one number can have been rounded from is allowed for, so a
reading is a range.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from msgspec import Struct

from . import wording
from .amounts import bounds, point
from .model import Figure, Unit

_MOST = 256
"""More readings than this are replaced by one range that holds them all; it raises no false alarm."""
_MOST_LISTED = 6
Range = tuple[Decimal | None, Decimal | None]
NOTHING = Decimal(0)


class Reading(Struct, frozen=True):
    """One choice among published figures, and the range of its sum. None is an open end."""

    low: Decimal | None = NOTHING
    high: Decimal | None = NOTHING
    figures: tuple[Figure, ...] = ()

    def meets(self, figure: Figure) -> bool:
        """Whether the sum can be the number that the figure gives."""
        low, high = bounds(figure.amount)
        below = self.high is not None and low is not None and self.high < low
        return not below and not (self.low is not None and high is not None and self.low > high)

    @property
    def points(self) -> Decimal:
        """The numbers added up as published."""
        return points(self.figures)


def of(figure: Figure) -> Reading:
    """The reading of one figure alone."""
    return Reading(*bounds(figure.amount), (figure,))


def added(first: Iterable[Reading], second: Sequence[Reading]) -> list[Reading]:
    """Every reading of the first with every one of the second; equal ranges only once."""
    if not second:
        return []
    return distinct(
        Reading(_plus(one.low, other.low), _plus(one.high, other.high), (*one.figures, *other.figures))
        for one in first
        for other in second
    )


def distinct(readings: Iterable[Reading]) -> list[Reading]:
    """Readings of different ranges; where they are very many, one that holds them all."""
    several = list(readings)
    if len(several) < 2:
        return several
    found: dict[Range, Reading] = {}
    for reading in several:
        found.setdefault((reading.low, reading.high), reading)
    several = list(found.values())
    if len(several) <= _MOST:
        return several
    lows, highs = [one.low for one in several], [one.high for one in several]
    low = None if None in lows else min(value for value in lows if value is not None)
    high = None if None in highs else max(value for value in highs if value is not None)
    return [Reading(low, high, several[len(several) // 2].figures)]


def has_choice(slots: Iterable[Sequence[Figure]]) -> bool:
    """Whether different numbers are published for any one part."""
    return any(len({figure.amount for figure in slot}) > 1 for slot in slots)


def nearest(totals: Sequence[Figure], readings: Sequence[Reading]) -> tuple[Figure, Reading]:
    """The total and the reading that are closest to each other."""
    pairs = [(total, reading) for total in totals for reading in readings]
    return min(pairs, key=lambda pair: abs(pair[1].points - point(pair[0].amount)))


def lowest(slot: Sequence[Figure]) -> Figure | None:
    """The figure of a slot that needs least; None where one of them has no lower end."""
    ends = [(bounds(figure.amount)[0], figure.id, figure) for figure in slot]
    if any(low is None for low, _, _ in ends):
        return None
    return min(((low or NOTHING, name, figure) for low, name, figure in ends), default=(0, "", None))[2]


def highest(slot: Sequence[Figure]) -> Figure | None:
    """The figure of a slot that leaves most room; None where one of them has no upper end."""
    ends = [(bounds(figure.amount)[1], figure.id, figure) for figure in slot]
    if any(high is None for high, _, _ in ends):
        return None
    return max(((high or NOTHING, name, figure) for high, name, figure in ends), default=(0, "", None))[2]


def least(figure: Figure) -> Decimal:
    """The lower end of a figure; 0 where it is open."""
    return bounds(figure.amount)[0] or NOTHING


def above(part: Decimal, whole: Figure) -> bool:
    """Whether a sum that is at least ``part`` is more than ``whole`` can be."""
    high = bounds(whole.amount)[1]
    return high is not None and part > high


def needed(parts: Sequence[Figure], whole: Figure) -> tuple[Figure, ...]:
    """As few of the parts as together are above the whole, the largest kept."""
    kept: list[Figure] = []
    for figure in sorted(parts, key=lambda one: (-least(one), one.id)):
        if kept and above(sum(map(least, kept), NOTHING), whole):
            break
        kept.append(figure)
    return tuple(one for one in parts if one in kept)


def points(figures: Iterable[Figure]) -> Decimal:
    """The numbers as published, added up."""
    return sum((point(figure.amount) for figure in figures), NOTHING)


def n(figure: Figure) -> str:
    """A count as a sentence gives it."""
    return wording.amount(figure.amount, Unit.OFFENCES)


def summed(named: Sequence[str], total: Decimal, what: str) -> str:
    """ "64 in 2017/18 and 170 in 2018/19 come to 234"; where they are many, "the 12 months come to 234"."""
    if len(named) == 1:
        return f"{named[0]} alone"
    if len(named) > _MOST_LISTED:
        return f"the {len(named)} {what} come to {wording.number(total)}"
    return f"{wording.listing(named)} come to {wording.number(total)}"


def _plus(first: Decimal | None, second: Decimal | None) -> Decimal | None:
    return None if first is None or second is None else first + second
