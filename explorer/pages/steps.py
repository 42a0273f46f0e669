"""The steps of a map's colours: round bounds, chosen by a rule from the numbers, and said in words.

It knows numbers only, not what they count.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise

from msgspec import Struct

from explorer.evidence.formatting import format_number

from .chart import ColourBand

MOST = 5
"""The most steps that can still be told apart."""
RULE = "Steps are round numbers chosen so that about as many areas stand in each."
_SERIES = (1, 2, 5)


class ColourBins(Struct, frozen=True, kw_only=True):
    """The steps and where they meet: ``edges[i]`` is the least value of step ``i + 1``."""

    bands: tuple[ColourBand, ...]
    edges: tuple[Decimal, ...]

    def bin_index(self, value: Decimal) -> int:
        """The number of the step that a value stands in."""
        return bisect_right(self.edges, value)


@lru_cache(maxsize=64)
def bin_values(values: tuple[Decimal, ...], unit: Decimal = Decimal(1)) -> ColourBins:
    """Steps of numbers of 0 and more. ``unit`` is the least difference that is shown: 1, or 0.1."""
    edges = _find_even_bounds(values, MOST, unit)
    return ColourBins(bands=_build_bands(values, edges, unit), edges=edges)


@lru_cache(maxsize=64)
def bin_changes(values: tuple[Decimal, ...]) -> ColourBins:
    """Steps of whole percentages of change, with 0 as a bound and the same bounds on both of its sides."""
    rises = tuple(v for v in values if v >= 0)
    falls = tuple(-v for v in values if v < 0)
    sides = 3 if rises and falls else MOST - 1
    bounds = _find_even_bounds((*rises, *falls), sides, Decimal(1))
    up = _bounds_within(bounds, rises)
    down = tuple(bound for bound in _bounds_within(bounds, falls) if bound > 1)
    if len(up) + len(down) + 2 > MOST:
        up, down = (up, down[:1]) if len(rises) >= len(falls) else (up[:1], down)
    zero = (Decimal(0),) if rises and falls else ()
    edges = (*(1 - bound for bound in reversed(down)), *zero, *up)
    return ColourBins(bands=_build_change_bands(values, edges, len(bounds) + 1), edges=edges)


def _bounds_within(bounds: Sequence[Decimal], side: Sequence[Decimal]) -> tuple[Decimal, ...]:
    """The bounds that part the numbers of one side."""
    return tuple(bound for bound in bounds if side and max(side) >= bound)


def _find_even_bounds(values: Sequence[Decimal], most: int, unit: Decimal) -> tuple[Decimal, ...]:
    """The bounds of at most ``most`` steps that spread the values most evenly, none of them empty."""
    best: tuple[Decimal, ...] = ()
    evenness = 0.0
    for edges in _iter_candidate_bounds(values, most - 1):
        score = 0.0 if any(edge % unit for edge in edges) else _bin_entropy(values, edges)
        if score > evenness + 1e-9:
            best, evenness = edges, score
    return best


def _bin_entropy(values: Sequence[Decimal], edges: Sequence[Decimal]) -> float:
    """How evenly values stand in the steps (their entropy); 0 where a step is empty."""
    counts = [0] * (len(edges) + 1)
    for value in values:
        counts[bisect_right(edges, value)] += 1
    if not all(counts):
        return 0.0
    return -sum(n / len(values) * math.log(n / len(values)) for n in counts)


def _iter_candidate_bounds(values: Sequence[Decimal], most: int) -> Iterable[tuple[Decimal, ...]]:
    """Runs of round numbers between the least and the greatest: 10, 20, 50 ... before 20, 40, 60 ..."""
    low, high = min(values, default=Decimal(0)), max(values, default=Decimal(0))
    if high <= low:
        return
    ladders = [
        _round_numbers_between(low, high),
        *(_multiples_between(low, high, step) for step in _round_distances(low, high, most)),
    ]
    for ladder in ladders:
        for many in range(min(most, len(ladder)), 0, -1):
            for first in range(len(ladder) - many + 1):
                yield ladder[first : first + many]


def _round_numbers_between(low: Decimal, high: Decimal) -> tuple[Decimal, ...]:
    """The numbers 1, 2, 5, 10, 20 ... above ``low`` up to ``high``."""
    if high <= 0:
        return ()
    least = low if low > 0 else min(Decimal(1), high / 100)
    powers = range(math.floor(math.log10(least)), math.ceil(math.log10(high)) + 1)
    every = (Decimal(step).scaleb(power) for power in powers for step in _SERIES)
    return tuple(_without_exponent(one) for one in every if low < one <= high)


def _round_distances(low: Decimal, high: Decimal, most: int) -> tuple[Decimal, ...]:
    """Round distances at which some rungs, but not very many, lie between ``low`` and ``high``."""
    span = high - low
    powers = range(math.floor(math.log10(span)) - 1, math.ceil(math.log10(span)) + 1)
    every = (Decimal(step).scaleb(power) for power in powers for step in _SERIES)
    return tuple(_without_exponent(one) for one in every if span / (4 * most) <= one <= span)


def _multiples_between(low: Decimal, high: Decimal, step: Decimal) -> tuple[Decimal, ...]:
    """The multiples of ``step`` above ``low`` up to ``high``."""
    first, last = math.floor(low / step) + 1, math.floor(high / step)
    return tuple(number * step for number in range(first, last + 1))


def _without_exponent(number: Decimal) -> Decimal:
    """The number without an exponent, so that it is written out."""
    return Decimal(f"{number:f}")


def _build_bands(values: Sequence[Decimal], edges: Sequence[Decimal], unit: Decimal) -> tuple[ColourBand, ...]:
    if not values:
        return ()
    if not edges:
        return (ColourBand(label=_format_range(min(values), max(values)), tone=0.5),)
    labels = [f"under {format_number(edges[0])}"]
    labels += [_format_range(a, b - unit) for a, b in pairwise(edges)]
    labels.append(f"{format_number(edges[-1])} or more")
    return tuple(ColourBand(label=label, tone=at / len(edges)) for at, label in enumerate(labels))


def _format_range(low: Decimal, high: Decimal) -> str:
    return format_number(low) if low == high else f"{format_number(low)} to {format_number(high)}"


def _build_change_bands(values: Sequence[Decimal], edges: Sequence[Decimal], levels: int) -> tuple[ColourBand, ...]:
    if not values:
        return ()
    below = sum(edge <= 0 for edge in edges) if min(values) < 0 else 0
    if min(values) < 0 and max(values) < 0:
        below = len(edges) + 1
    bands: list[ColourBand] = []
    for at in range(len(edges) + 1):
        low = edges[at - 1] if at else None
        high = edges[at] - 1 if at < len(edges) else None
        level = at - below + 1 if at >= below else at - below
        bands.append(ColourBand(label=_change_range(low, high, values), tone=max(-1.0, min(1.0, level / levels))))
    return tuple(bands)


def _change_range(low: Decimal | None, high: Decimal | None, values: Sequence[Decimal]) -> str:
    """A step in words; at its open ends it says so, unless 0 is what it ends at."""
    if low is None and high is None:
        return " to ".join(dict.fromkeys((format_percent_change(min(values)), format_percent_change(max(values)))))
    if low is None and high is not None and min(values) < 0:
        return f"{format_percent_change(high)} or lower"
    if high is None and low is not None and max(values) >= 0:
        return f"{format_percent_change(low)} or more"
    ends = (Decimal(0) if low is None else low, Decimal(-1) if high is None else high)
    return " to ".join(dict.fromkeys(format_percent_change(end) for end in ends))


def format_percent_change(value: Decimal) -> str:
    """A whole percentage of change with its sign: "+17%", "−3%", "0%"."""
    if value == 0:
        return "0%"
    return ("+" if value > 0 else "−") + format_number(abs(value)) + "%"
