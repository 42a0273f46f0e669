"""What chance alone could do to recorded numbers: intervals of counts and rates, and tests of two numbers.

A count of recorded offences is taken as a count of independent events, as public health statistics do in
England. Byar's method gives the interval of a count of 10 or more and exact Poisson limits that of a smaller
one (OHID, "Technical guide: common statistical methods"). Two counts are compared by the exact conditional
binomial test (Przyborowski and Wilenski, 1940) and two shares of known bases by Fisher's exact test. It knows
numbers only: which numbers may be compared at all is decided in ``scope``.
"""

from __future__ import annotations

import enum
import math
from collections.abc import Callable
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from fractions import Fraction
from functools import lru_cache

from explorer.evidence.amounts import Direction, amount_bounds, compare_amounts
from explorer.evidence.model import Amount

LEVEL = 0.05
"""Two numbers are told apart where chance alone would part them as far in fewer than 5% of cases."""
BYAR_FROM = 10
"""From this count on Byar's approximation is used; below it the exact Poisson limits."""
SMALLEST_RATE = 3
"""No rate is worked out of fewer offences than these."""
RELIABLE_RATE = 20
"""A rate of fewer offences than these is of low reliability, [u]."""
SMALLEST_BASE = 20
"""No percentage is worked out of a base below this: the counts are given."""
DECIMAL_BASE = 1000
"""Percentages are whole numbers where the base is below this."""
_Z = 1.959963984540054
"""The normal deviate that leaves 2.5% on either side."""
_TAIL = LEVEL / 2
_NOTHING = 1e-17
_CLOSE = 1 + 1e-9

Interval = tuple[float, float]
"""The two ends of a 95% interval."""


class AmountMovement(enum.Enum):
    """What can be said of two amounts, the earlier first."""

    ROSE = enum.auto()
    FELL = enum.auto()
    UNCLEAR = enum.auto()
    """The numbers are equal, or chance alone could make the difference: no clear change."""
    OPEN = enum.auto()
    """The published numbers leave open which is larger."""


@lru_cache(maxsize=4096)
def poisson_interval(count: int) -> Interval:
    """The 95% interval of a count of events. Raises ValueError for a count below 0."""
    if count < 0:
        raise ValueError("a count below 0 has no interval")
    if count < BYAR_FROM:
        return _exact_interval(count)
    above = count + 1
    low = count * (1 - 1 / (9 * count) - _Z / (3 * math.sqrt(count))) ** 3
    high = above * (1 - 1 / (9 * above) + _Z / (3 * math.sqrt(above))) ** 3
    return low, high


def _exact_interval(count: int) -> Interval:
    """The means at which so many events or more, and so many or fewer, come about in 2.5% of cases each."""
    low = 0.0
    if count:
        low = _find_root(lambda mean: 1 - _poisson_at_most(count - 1, mean) - _TAIL, 0.0, float(count))
    return low, _find_root(lambda mean: _TAIL - _poisson_at_most(count, mean), float(count), count + 30.0)


def _poisson_at_most(count: int, mean: float) -> float:
    if mean <= 0:
        return 1.0
    return sum(math.exp(at * math.log(mean) - mean - math.lgamma(at + 1)) for at in range(count + 1))


def _find_root(rising: Callable[[float], float], low: float, high: float) -> float:
    """Where a rising function passes 0 between ``low`` and ``high``."""
    for _ in range(100):
        middle = (low + high) / 2
        low, high = (middle, high) if rising(middle) < 0 else (low, middle)
    return (low + high) / 2


def rate_interval(count: Decimal, people: Decimal, per: Decimal) -> tuple[Decimal, Decimal]:
    """The 95% interval of ``count`` offences per so many (``per``) of ``people``.

    The population is taken as known exactly, as in OHID's guide. Raises ValueError for no people.
    """
    if people <= 0:
        raise ValueError("there are no people to set the count against")
    low, high = poisson_interval(int(count))
    return Decimal(low) * per / people, Decimal(high) * per / people


@lru_cache(maxsize=65_536)
def counts_p_value(first: int, second: int, share: float = 0.5) -> float:
    """How often chance alone would part two counts at least as far, if they had one underlying rate.

    ``share`` is the part of the two exposures (years, people) that the first count has: a half for two years
    of one place. Exact and two-sided: twice the smaller tail, at most 1.
    """
    if first < 0 or second < 0 or not 0 < share < 1:
        raise ValueError("two counts of 0 or more, and a share between 0 and 1, can be compared")
    total = first + second
    lower = _binomial_tail(first, total, share, down=True)
    upper = _binomial_tail(first, total, share, down=False)
    return min(1.0, 2 * min(lower, upper))


def _binomial_tail(at: int, total: int, share: float, *, down: bool) -> float:
    """The chance of ``at`` or fewer (or more) of ``total``; terms too small to count are left out."""
    term = math.exp(
        math.lgamma(total + 1)
        - math.lgamma(at + 1)
        - math.lgamma(total - at + 1)
        + at * math.log(share)
        + (total - at) * math.log1p(-share)
    )
    tail_sum, odds = 0.0, share / (1 - share)
    while 0 <= at <= total:
        tail_sum += term
        term *= at / ((total - at + 1) * odds) if down else (total - at) * odds / (at + 1)
        at += -1 if down else 1
        if term <= tail_sum * _NOTHING:
            break
    return tail_sum


@lru_cache(maxsize=4096)
def shares_p_value(first: int, of_first: int, second: int, of_second: int) -> float:
    """Fisher's exact test, two-sided, of ``first`` in ``of_first`` against ``second`` in ``of_second``."""
    if not (0 <= first <= of_first and 0 <= second <= of_second):
        raise ValueError("a part is at most its whole")
    hits, total = first + second, of_first + of_second
    least, most = max(0, hits - of_second), min(hits, of_first)

    def log_chance(part: int) -> float:
        return _log_choose(of_first, part) + _log_choose(of_second, hits - part) - _log_choose(total, hits)

    observed_chance = math.exp(log_chance(first)) * _CLOSE
    terms = (math.exp(log_chance(part)) for part in range(least, most + 1))
    return min(1.0, sum(term for term in terms if term <= observed_chance))


def _log_choose(many: int, few: int) -> float:
    return math.lgamma(many + 1) - math.lgamma(few + 1) - math.lgamma(many - few + 1)


def bears_percentage(base: Decimal | Fraction, other: Decimal | Fraction) -> bool:
    """Whether a percentage may be worked out of two counts: of a base of 20 or more, and none below 0.

    A count below 0 is a correction of an earlier one, and no part of another.
    """
    return base >= SMALLEST_BASE and other >= 0


def classify_movement(earlier: Amount, later: Amount, share: float = 0.5) -> AmountMovement:
    """What can be said of two counts of like stretches, beyond their rounding and beyond chance.

    Of amounts with a range the two nearest ends are compared, so that neither rounding nor chance can make
    what is called a rise or a fall. Counts below 0 (corrections) can be compared with nothing.
    """
    how = compare_amounts(earlier, later)
    if how is Direction.SAME:
        return AmountMovement.UNCLEAR
    if how is Direction.UNCERTAIN:
        return AmountMovement.OPEN
    (before_low, before_high), (after_low, after_high) = amount_bounds(earlier), amount_bounds(later)
    rose = how is Direction.ROSE
    before, after = (before_high, after_low) if rose else (before_low, after_high)
    if before is None or after is None or min(before, after) < 0:
        return AmountMovement.OPEN
    up, down = (ROUND_CEILING, ROUND_FLOOR) if rose else (ROUND_FLOOR, ROUND_CEILING)
    first, second = int(before.to_integral_value(up)), int(after.to_integral_value(down))
    if counts_p_value(first, second, share) >= LEVEL:
        return AmountMovement.UNCLEAR
    return AmountMovement.ROSE if rose else AmountMovement.FELL


def share_movement(earlier: Amount, base: Amount | None, later: Amount, later_base: Amount | None) -> AmountMovement:
    """What can be said of two shares in per cent of bases that are known; OPEN where one is not."""
    how = compare_amounts(earlier, later)
    if how is Direction.UNCERTAIN:
        return AmountMovement.OPEN
    if how is Direction.SAME:
        return AmountMovement.UNCLEAR
    if base is None or later_base is None or not base.number or not later_base.number:
        return AmountMovement.OPEN
    rose = how is Direction.ROSE
    of_first, of_second = int(base.number), int(later_base.number)
    (low, high), (after_low, after_high) = amount_bounds(earlier), amount_bounds(later)
    first, second = (high, after_low) if rose else (low, after_high)
    if first is None or second is None:
        return AmountMovement.OPEN
    hits = min(of_first, round(first * of_first / 100)), min(of_second, round(second * of_second / 100))
    if shares_p_value(hits[0], of_first, hits[1], of_second) >= LEVEL:
        return AmountMovement.UNCLEAR
    return AmountMovement.ROSE if rose else AmountMovement.FELL
