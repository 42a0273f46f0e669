"""What a claim says of a number (at least, more than, about, ...), and whether a range of values is so.

"About", and a bare "doubled" or "14%", are judged by the rounding of the word that was published: 14% is
13.5% to 14.5%, and "doubled" is 1.5 times or more and less than 2.5 times. There is no other tolerance. A
fraction in words ("a third") is what lies nearer to it than to any other everyday fraction.
"""

from __future__ import annotations

import enum
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from msgspec import Struct

from explorer.evidence import formatting
from explorer.evidence.amounts import amount_bounds
from explorer.evidence.analysis import AmountMovement
from explorer.evidence.model import Amount

_HUNDRED = Fraction(100)
_MOST_PLACES = 6


class ComparisonWord(enum.StrEnum):
    """How a claim compares: the word before its number."""

    AT_LEAST = "at least"
    MORE_THAN = "more than"
    LESS_THAN = "less than"
    EXACTLY = "exactly"
    ABOUT = "about"


COMPARE_WORDS: dict[str, ComparisonWord] = {
    **{one.value: one for one in ComparisonWord},
    "fewer than": ComparisonWord.LESS_THAN,
}
"""Every word that a claim's ``compare`` setting may be."""
EVERYDAY: tuple[Fraction, ...] = (
    *(Fraction(0), Fraction(1, 10), Fraction(1, 5), Fraction(1, 4), Fraction(1, 3), Fraction(2, 5)),
    *(Fraction(1, 2), Fraction(3, 5), Fraction(2, 3), Fraction(3, 4), Fraction(4, 5), Fraction(9, 10)),
    Fraction(1),
)
"""The fractions that people say in words."""


class RangeOutcome(enum.Enum):
    """Whether what a claim says holds of a range of values."""

    YES = enum.auto()
    LESS = enum.auto()
    """It does not: every value is less than the claim says."""
    MORE = enum.auto()
    """It does not: every value is more than the claim says."""
    OPEN = enum.auto()
    """The range holds values of which it is so and others of which it is not."""


class ClaimedRange(Struct, frozen=True, kw_only=True):
    """The values of which a claim is true; None is no bound."""

    low: Fraction | None
    high: Fraction | None
    above: bool = False
    """Whether the low end itself is left out."""
    below: bool = False
    """Whether the high end itself is left out."""

    @property
    def ends(self) -> tuple[Fraction, ...]:
        """Its ends."""
        return tuple(end for end in (self.low, self.high) if end is not None)

    def claimed_movement(self, level: Fraction) -> AmountMovement | None:
        """Whether all its values are a rise, or a fall, from ``level``; None where neither is claimed."""
        if self.low is not None and (self.low > level or (self.low == level and self.above)):
            return AmountMovement.ROSE
        if self.high is not None and (self.high < level or (self.high == level and self.below)):
            return AmountMovement.FELL
        return None

    def evaluate_range(self, low: Fraction | None, high: Fraction | None) -> RangeOutcome:
        """Whether it is so of all values from ``low`` to ``high``; None is an open end."""
        if self.low is not None and high is not None and (high < self.low or (high == self.low and self.above)):
            return RangeOutcome.LESS
        if self.high is not None and low is not None and (low > self.high or (low == self.high and self.below)):
            return RangeOutcome.MORE
        low_fits = self.low is None or (low is not None and (low > self.low or (low == self.low and not self.above)))
        high_fits = self.high is None or (
            high is not None and (high < self.high or (high == self.high and not self.below))
        )
        return RangeOutcome.YES if low_fits and high_fits else RangeOutcome.OPEN


def wanted_values(compare: ComparisonWord, number: Fraction, half: Fraction) -> ClaimedRange:
    """The values that a comparison allows; "about" is ``half`` a unit either side, both ends included."""
    if compare is ComparisonWord.AT_LEAST:
        return ClaimedRange(low=number, high=None)
    if compare is ComparisonWord.MORE_THAN:
        return ClaimedRange(low=number, high=None, above=True)
    if compare is ComparisonWord.LESS_THAN:
        return ClaimedRange(low=None, high=number, below=True)
    if compare is ComparisonWord.EXACTLY:
        return ClaimedRange(low=number, high=number)
    return ClaimedRange(low=number - half, high=number + half)


def wanted_times(compare: ComparisonWord, times: Decimal) -> ClaimedRange:
    """So many times: "doubled" is 1.5 times or more and less than 2.5 times."""
    claimed_range = wanted_values(compare, Fraction(times), half_unit(times))
    if compare is not ComparisonWord.ABOUT:
        return claimed_range
    return ClaimedRange(low=claimed_range.low, high=claimed_range.high, below=True)


def wanted_change(compare: ComparisonWord, change: Decimal) -> ClaimedRange:
    """A rise or fall in per cent, as what it makes of 1: "more than −27" is a fall of more than 27%."""
    size, half = Fraction(abs(change)) / _HUNDRED, half_unit(change) / _HUNDRED
    claimed_range = wanted_values(compare, size, half)
    if compare is ComparisonWord.LESS_THAN:
        claimed_range = ClaimedRange(low=Fraction(0), high=size, above=True, below=True)
    if change >= 0:
        return ClaimedRange(
            low=_one_plus(claimed_range.low),
            high=_one_plus(claimed_range.high),
            above=claimed_range.above,
            below=claimed_range.below,
        )
    return ClaimedRange(
        low=_one_minus(claimed_range.high),
        high=_one_minus(claimed_range.low),
        above=claimed_range.below,
        below=claimed_range.above,
    )


def _one_plus(size: Fraction | None) -> Fraction | None:
    return None if size is None else 1 + size


def _one_minus(size: Fraction | None) -> Fraction | None:
    return None if size is None else 1 - size


def wanted_share(compare: ComparisonWord, share: str) -> ClaimedRange:
    """A share written as per cent ("14") or as a fraction in words ("1/3"), as a part of 1."""
    if "/" not in share:
        number = Decimal(share)
        return wanted_values(compare, Fraction(number) / _HUNDRED, half_unit(number) / _HUNDRED)
    fraction = Fraction(share)
    if compare is not ComparisonWord.ABOUT:
        return wanted_values(compare, fraction, Fraction(0))
    lower = max((one for one in EVERYDAY if one < fraction), default=Fraction(0))
    upper = min((one for one in EVERYDAY if one > fraction), default=Fraction(1))
    return ClaimedRange(low=(lower + fraction) / 2, high=(fraction + upper) / 2)


def wanted_count(compare: ComparisonWord, count: Decimal) -> ClaimedRange:
    """A number of offences: "about 34,000" is rounded to its last figure that is not a nought."""
    exponent = count.normalize().as_tuple().exponent if count else 0
    half = Fraction(Decimal(5).scaleb((exponent if isinstance(exponent, int) else 0) - 1))
    return wanted_values(compare, Fraction(count), half)


def half_unit(number: Decimal) -> Fraction:
    """Half a unit of the last written place of ``number``, and never more than a half."""
    exponent = number.as_tuple().exponent
    return Fraction(Decimal(5).scaleb(min(exponent if isinstance(exponent, int) else 0, 0) - 1))


RatioRange = tuple[Fraction | None, Fraction | None]


def divide_ranges(part: Amount, whole: Amount) -> RatioRange:
    """The least and the most that ``part`` divided by ``whole`` can be; None where an end is open."""
    (low, high), (whole_low, whole_high) = amount_bounds(part), amount_bounds(whole)
    least = None if low is None or not whole_high else Fraction(low) / Fraction(whole_high)
    most = None if high is None or not whole_low else Fraction(high) / Fraction(whole_low)
    return least, most


def show_apart(value: Fraction, marks: Sequence[Fraction], places: int) -> str:
    """The value rounded to ``places``, or to as many more as keep it on its own side of every mark.

    So 1.9947 is shown as 1.99 and not as 2 beside a claim of more than 2.
    """
    rounded_value = _round_fraction(value, places)
    for more in range(places, _MOST_PLACES + 1):
        rounded_value = _round_fraction(value, more)
        if all(_compare_to_mark(Fraction(rounded_value), mark) == _compare_to_mark(value, mark) for mark in marks):
            break
    return formatting.format_number(rounded_value)


def _compare_to_mark(value: Fraction, mark: Fraction) -> int:
    return (value > mark) - (value < mark)


def _round_fraction(value: Fraction, places: int) -> Decimal:
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    return exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
