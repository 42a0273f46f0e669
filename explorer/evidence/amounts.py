"""What a number as printed can stand for, and how two of them stand to each other.

It reasons about amounts alone: no figure, place or period is known here, and nothing is put into words.
"""

from __future__ import annotations

import enum
from decimal import Decimal

from .model import Amount, Qualifier


class Direction(enum.Enum):
    """How a later amount compares with an earlier one, whatever the published numbers leave open."""

    ROSE = enum.auto()
    FELL = enum.auto()
    SAME = enum.auto()
    UNCERTAIN = enum.auto()
    """The two ranges meet, so rounding or an open end may hide either."""


def amount_bounds(amount: Amount) -> tuple[Decimal | None, Decimal | None]:
    """The range of ``amount``, both ends included; None where an end is open or there is no number."""
    low, high = amount.low, amount.high
    if amount.number is None or low is not None or high is not None:
        return low, high
    if amount.qualifier is Qualifier.AT_LEAST:
        return amount.number, None
    if amount.qualifier is Qualifier.ALMOST:
        return None, amount.number
    return amount.number, amount.number


def point_estimate(amount: Amount) -> Decimal:
    """The number to work with: an "at least" stands for its lowest value. ValueError if there is none."""
    if amount.number is None:
        raise ValueError("there is no number to work with")
    if amount.qualifier is Qualifier.AT_LEAST and amount.low is not None:
        return amount.low
    return amount.number


def is_exact(amount: Amount) -> bool:
    """Whether the printed number can stand for one value only."""
    low, high = amount_bounds(amount)
    return low is not None and low == high


_WORDS = frozenset({Qualifier.ABOUT, Qualifier.ALMOST})
"""Words such as "about a quarter": their range is a rule of ours, and makes no step certain."""


def compare_amounts(earlier: Amount, later: Amount) -> Direction:
    """How ``later`` compares with ``earlier``, as far as their published ranges show it."""
    if _WORDS & {earlier.qualifier, later.qualifier}:
        return Direction.UNCERTAIN
    before_low, before_high = amount_bounds(earlier)
    after_low, after_high = amount_bounds(later)
    if after_low is not None and before_high is not None and after_low > before_high:
        return Direction.ROSE
    if after_high is not None and before_low is not None and after_high < before_low:
        return Direction.FELL
    if is_exact(earlier) and is_exact(later):
        return Direction.SAME
    return Direction.UNCERTAIN


def are_compatible(amounts: tuple[Amount, ...]) -> bool:
    """Whether one true value could have been printed in all these ways.

    Ranges that only touch do not count: no one rounding prints 51.5 both as 51 and as 52.
    """
    ranges = [amount_bounds(amount) for amount in amounts if amount.number is not None]
    lows = [low for low, _ in ranges if low is not None]
    highs = [high for _, high in ranges if high is not None]
    if not lows or not highs or max(lows) < min(highs):
        return True
    meet = max(lows)
    if meet > min(highs):
        return False
    from_below = any(high == meet and low != high for low, high in ranges)
    from_above = any(low == meet and low != high for low, high in ranges)
    return not (from_below and from_above)


def rounding_bounds(amount: Amount) -> tuple[Decimal | None, Decimal | None]:
    """The range of a printed change: its bounds, or half a unit of its last written place either side.

    A change is printed rounded, whatever its pack says of its bounds.
    """
    low, high = amount_bounds(amount)
    if low is None or low != high:
        return low, high
    exponent = low.as_tuple().exponent
    half = Decimal(5).scaleb(min(exponent if isinstance(exponent, int) else 0, 0) - 1)
    return low - half, low + half
