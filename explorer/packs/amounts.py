"""What a published number can stand for: the bounds that its qualifier and its rounding leave open.

The rules serve reading (blank bounds are worked out) and writing (bounds that follow from the rules are left
blank). Nothing is estimated.
"""

from __future__ import annotations

from decimal import Decimal

from explorer.evidence.model import Amount, FigureStatus, Qualifier, Unit

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
