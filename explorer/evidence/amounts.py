"""What a number as printed can stand for, and how two of them stand to each other.

It reasons about amounts alone: no figure, place or period is known here, and nothing is put into words.
"""

from __future__ import annotations

import enum
from decimal import Decimal

from .model import Amount, FigureStatus, Qualifier, Unit

AmountRange = tuple[Decimal | None, Decimal | None]
"""The least and the greatest that an amount can be; None where there is no such bound."""


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


# What a published number can stand for: the bounds that its qualifier and its rounding leave open.


Bounds = tuple[Decimal | None, Decimal | None]

_HUNDRED = Decimal(100)
_NONE = Decimal(0)
_POINTS = Decimal("2.5")
"""How many percentage points a share in words leaves open on either side, at least."""
_PART = Decimal("0.05")
"""What part of a count in words is left open on either side, at least."""
_ROUNDED_UNITS = frozenset({Unit.PER_CENT, Unit.CHANGE})
"""What is printed rounded even where it is meant exactly."""
WITHOUT_NUMBER = frozenset({FigureStatus.NOT_AVAILABLE, FigureStatus.CONFIDENTIAL, FigureStatus.NOT_APPLICABLE})
"""What is only said where there is no number."""


def compute_bounds(number: Decimal | None, qualifier: Qualifier, unit: Unit) -> Bounds:
    """The least and the most that ``number`` stands for, both included; None where there is no bound.

    An exact count is itself. An exact share or change is half a unit of its last written place either side.
    For words such as "about", "a quarter" or "almost 2,000" the rule is ours, and wide on purpose: half a
    unit of the last digit that is not a zero, and at least 2.5 percentage points of a share or 5% of a count.
    "Almost" reaches down only, twice as many points for a share. A change is signed and may be over 100; all
    else lies at 0 or above, a share within 100.
    """
    if number is None:
        return None, None
    if qualifier is Qualifier.AT_LEAST:
        return number, None
    if qualifier is Qualifier.EXACT:
        if unit not in _ROUNDED_UNITS:
            return number, number  # also below zero, where a recorded count was corrected
        half = _half_written(number)
        return _clamp_to_unit(number - half, number + half, unit)
    almost = qualifier is Qualifier.ALMOST
    least = _POINTS * (2 if almost else 1) if unit in _ROUNDED_UNITS else abs(number) * _PART
    half = max(_half_significant(number), least)
    return _clamp_to_unit(number - half, number if almost else number + half, unit)


def with_bounds(amount: Amount, unit: Unit) -> Amount:
    """``amount`` with the bounds that the rules give."""
    low, high = compute_bounds(amount.number, amount.qualifier, unit)
    return Amount(number=amount.number, qualifier=amount.qualifier, status=amount.status, low=low, high=high)


def _clamp_to_unit(low: Decimal, high: Decimal, unit: Unit) -> Bounds:
    if unit is Unit.CHANGE:
        return low, high
    return max(low, _NONE), (min(high, _HUNDRED) if unit is Unit.PER_CENT else high)


def _half_written(number: Decimal) -> Decimal:
    return Decimal(5).scaleb(min(_decimal_exponent(number), 0) - 1)


def _half_significant(number: Decimal) -> Decimal:
    return Decimal(5).scaleb((_decimal_exponent(number.normalize()) if number else 0) - 1)


def _decimal_exponent(number: Decimal) -> int:
    exponent = number.as_tuple().exponent
    return exponent if isinstance(exponent, int) else 0
