"""Sums of published figures where several may be published for one thing: what each choice among them gives.

A reading takes one figure for each part. What one number can have been rounded from is allowed for, so a
reading is a range.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from msgspec import Struct

from explorer.evidence import formatting
from explorer.evidence.amounts import AmountRange, amount_bounds, point_estimate
from explorer.evidence.model import Figure, Unit

_MOST = 256
"""More readings than this are replaced by one range that holds them all; it raises no false alarm."""
_MOST_LISTED = 6
NOTHING = Decimal(0)


class SumReading(Struct, frozen=True):
    """One choice among published figures, and the range of its sum. None is an open end."""

    low: Decimal | None = NOTHING
    high: Decimal | None = NOTHING
    figures: tuple[Figure, ...] = ()

    def allows_figure(self, figure: Figure) -> bool:
        """Whether the sum can be the number that the figure gives."""
        low, high = amount_bounds(figure.amount)
        below = self.high is not None and low is not None and self.high < low
        return not below and not (self.low is not None and high is not None and self.low > high)

    @property
    def point_total(self) -> Decimal:
        """The numbers added up as published."""
        return sum_point_estimates(self.figures)


def single_reading(figure: Figure) -> SumReading:
    """The reading of one figure alone."""
    return SumReading(*amount_bounds(figure.amount), (figure,))


def combine_readings(first: Iterable[SumReading], second: Sequence[SumReading]) -> list[SumReading]:
    """Every reading of the first with every one of the second; equal ranges only once."""
    if not second:
        return []
    return distinct_readings(
        SumReading(_add_bounds(one.low, other.low), _add_bounds(one.high, other.high), (*one.figures, *other.figures))
        for one in first
        for other in second
    )


def distinct_readings(readings: Iterable[SumReading]) -> list[SumReading]:
    """Readings of different ranges; where they are very many, one that holds them all."""
    several = list(readings)
    if len(several) < 2:
        return several
    by_range: dict[AmountRange, SumReading] = {}
    for reading in several:
        by_range.setdefault((reading.low, reading.high), reading)
    several = list(by_range.values())
    if len(several) <= _MOST:
        return several
    lows, highs = [one.low for one in several], [one.high for one in several]
    low = None if None in lows else min(value for value in lows if value is not None)
    high = None if None in highs else max(value for value in highs if value is not None)
    return [SumReading(low, high, several[len(several) // 2].figures)]


def has_choice(slots: Iterable[Sequence[Figure]]) -> bool:
    """Whether different numbers are published for any one part."""
    return any(len({figure.amount for figure in slot}) > 1 for slot in slots)


def nearest_reading(totals: Sequence[Figure], readings: Sequence[SumReading]) -> tuple[Figure, SumReading]:
    """The total and the reading that are closest to each other."""
    pairs = [(total, reading) for total in totals for reading in readings]
    return min(pairs, key=lambda pair: abs(pair[1].point_total - point_estimate(pair[0].amount)))


def lowest_figure(slot: Sequence[Figure]) -> Figure | None:
    """The figure of a slot that needs least; None where one of them has no lower end."""
    ends = [(amount_bounds(figure.amount)[0], figure.id, figure) for figure in slot]
    if any(low is None for low, _, _ in ends):
        return None
    return min(((low or NOTHING, name, figure) for low, name, figure in ends), default=(0, "", None))[2]


def highest_figure(slot: Sequence[Figure]) -> Figure | None:
    """The figure of a slot that leaves most room; None where one of them has no upper end."""
    ends = [(amount_bounds(figure.amount)[1], figure.id, figure) for figure in slot]
    if any(high is None for high, _, _ in ends):
        return None
    return max(((high or NOTHING, name, figure) for high, name, figure in ends), default=(0, "", None))[2]


def lower_bound(figure: Figure) -> Decimal:
    """The lower end of a figure; 0 where it is open."""
    return amount_bounds(figure.amount)[0] or NOTHING


def is_above(part: Decimal, whole: Figure) -> bool:
    """Whether a sum that is at least ``part`` is more than ``whole`` can be."""
    high = amount_bounds(whole.amount)[1]
    return high is not None and part > high


def select_needed_parts(parts: Sequence[Figure], whole: Figure) -> tuple[Figure, ...]:
    """As few of the parts as together are above the whole, the largest kept."""
    selection: list[Figure] = []
    for figure in sorted(parts, key=lambda one: (-lower_bound(one), one.id)):
        if selection and is_above(sum(map(lower_bound, selection), NOTHING), whole):
            break
        selection.append(figure)
    return tuple(one for one in parts if one in selection)


def sum_point_estimates(figures: Iterable[Figure]) -> Decimal:
    """The numbers as published, added up."""
    return sum((point_estimate(figure.amount) for figure in figures), NOTHING)


def format_count(figure: Figure) -> str:
    """A count as a sentence gives it."""
    return formatting.amount_in_sentence(figure.amount, Unit.OFFENCES)


def describe_sum(part_phrases: Sequence[str], total: Decimal, what: str) -> str:
    """ "64 in 2017/18 and 170 in 2018/19 come to 234"; where they are many, "the 12 months come to 234"."""
    if len(part_phrases) == 1:
        return f"{part_phrases[0]} alone"
    if len(part_phrases) > _MOST_LISTED:
        return f"the {len(part_phrases)} {what} come to {formatting.format_number(total)}"
    return f"{formatting.join_list(part_phrases)} come to {formatting.format_number(total)}"


def _add_bounds(first: Decimal | None, second: Decimal | None) -> Decimal | None:
    return None if first is None or second is None else first + second
