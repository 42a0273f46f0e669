"""Working one figure out from others: each function gives a Derived with its formula and its range.

Each refuses, with a ValueError that says why, what may not be worked out: across measures or places, between
periods that are not alike, a count of one platform below a region. Ranges are rounded outwards, so the true
value lies within them; of exact numbers the range is the amount itself, to 28 digits.
"""

from __future__ import annotations

from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Context, Decimal

from msgspec.structs import replace

from . import periods, wording
from .amounts import bounds, is_exact, point
from .chance import (
    DECIMAL_BASE,
    LEVEL,
    SMALLEST_BASE,
    Movement,
    bears_percentage,
    counts_p_value,
    movement,
    share_movement,
)
from .derived import Derived, DerivedCaveat, DerivedKind, DerivedUnit
from .model import Figure, Level, PeriodKind, Qualifier

_DOWN = Context(prec=28, rounding=ROUND_FLOOR)
_UP = Context(prec=28, rounding=ROUND_CEILING)
_HUNDRED = Decimal(100)
_QUARTERS = Decimal(4)
_YEARS_PART = 0.8
"""The part that a year has of a year and a quarter together."""
_YEARS = frozenset({PeriodKind.FINANCIAL_YEAR, PeriodKind.CALENDAR_YEAR, PeriodKind.YEAR})
IMPLIED_LEVELS = frozenset({Level.UK, Level.NATIONS, Level.NATION, Level.REGION})
"""The levels that a count of one platform may be worked out for: never a police force or smaller."""


Range = tuple[Decimal | None, Decimal | None]


def change(earlier: Figure, later: Figure, *, unit: DerivedUnit = DerivedUnit.OFFENCES) -> Derived:
    """``later`` less ``earlier``, in ``unit``. Both must be counts of one thing in periods that are alike."""
    _refuse_unlike(earlier, later)
    worked = _difference(DerivedKind.CHANGE, earlier, later, unit)
    return replace(worked, movement=movement(earlier.amount, later.amount))


def percentage_change(earlier: Figure, later: Figure) -> Derived:
    """How far ``later`` is above ``earlier``, in per cent of ``earlier``, which must be 20 or more.

    Raises ValueError for a smaller base, and for a count below 0: a correction is no part of another count.
    """
    _refuse_unlike(earlier, later)
    before, after = point(earlier.amount), point(later.amount)
    if not bears_percentage(before, after):
        raise ValueError(
            f"no percentage is worked out of a base below {SMALLEST_BASE}, nor of a count below 0"
        )
    amount = (after - before) * _HUNDRED / before
    exact = is_exact(earlier.amount) and is_exact(later.amount)
    low, high = (amount, amount) if exact else _percentage_range(earlier, later)
    return Derived(
        kind=DerivedKind.PERCENTAGE_CHANGE,
        amount=amount,
        low=low,
        high=high,
        unit=DerivedUnit.PER_CENT,
        formula=f"({_n(after)} − {_n(before)}) ÷ {_n(before)} × 100 {equals(amount)}",
        inputs=(earlier.id, later.id),
        caveats=pair_caveats(earlier, later),
        movement=movement(earlier.amount, later.amount),
        decimals=decimals_of(before),
    )


def decimals_of(base: Decimal) -> int:
    """How many decimal places a percentage of ``base`` is shown with: none below 1,000."""
    return 0 if base < DECIMAL_BASE else 1


def share_difference(
    earlier: Figure, later: Figure, bases: tuple[Figure | None, Figure | None] = (None, None)
) -> Derived:
    """``later`` less ``earlier`` in percentage points, of periods that are alike.

    ``bases`` count what each is a share of, where that is known: chance can be weighed only then.
    """
    _refuse_unlike(earlier, later)
    worked = _difference(DerivedKind.SHARE_DIFFERENCE, earlier, later, DerivedUnit.POINTS)
    first, second = (None if one is None else one.amount for one in bases)
    unknown = () if first and second else (DerivedCaveat.BASE_UNKNOWN,)
    return replace(
        worked,
        movement=share_movement(earlier.amount, first, later.amount, second),
        caveats=(*worked.caveats, *unknown),
    )


def implied_count(share: Figure, count: Figure, level: Level) -> Derived:
    """The whole numbers of offences that ``share`` of ``count`` can stand for, at a place of ``level``.

    These are all whole numbers whose share of the count rounds to the published one. Refuses places smaller
    than a region, shares and counts that differ in place or period, a count that is not known to be the base
    of the share (a count of all offences is not), and shares that no whole number comes to.
    """
    _refuse_as_base(share, count, level)
    (share_low, share_high), (count_low, count_high) = bounds(share.amount), bounds(count.amount)
    share_high = None if share_high is None else min(share_high, _HUNDRED)
    least = None if share_low is None or count_low is None else share_low * count_low / _HUNDRED
    most = None if share_high is None or count_high is None else share_high * count_high / _HUNDRED
    low = Decimal(0) if least is None else least.to_integral_value(ROUND_CEILING)
    high = None if most is None else most.to_integral_value(ROUND_FLOOR)
    if high is not None and high < low:
        raise ValueError(f"no whole number of {_n(point(count.amount))} comes to {_n(point(share.amount))}%")
    lines = [
        f"{_n(part)}% × {_n(whole)} = {_n(product)}"
        for part, whole, product in ((share_low, count_low, least), (share_high, count_high, most))
        if part is not None and whole is not None and product is not None
    ]
    return Derived(
        kind=DerivedKind.IMPLIED_COUNT,
        amount=_likeliest(share, count, low, high),
        low=low,
        high=high,
        unit=DerivedUnit.OFFENCES,
        formula=f"{' and '.join(lines)}, so {_span(low, high)}",
        inputs=(share.id, count.id),
        only=low == high,
        caveats=(
            *((DerivedCaveat.SOURCES_DIFFER,) if share.source != count.source else ()),
            *roughness(low == high, share, count),
        ),
    )


def average_quarter(year: Figure, *, unit: DerivedUnit = DerivedUnit.OFFENCES) -> Derived:
    """A quarter of the count of a whole year, in ``unit``."""
    if year.period.kind not in _YEARS:
        raise ValueError(f"{year.period.label} is not a whole year")
    number = point(year.amount)
    low, high = _quartered(bounds(year.amount))
    return Derived(
        kind=DerivedKind.AVERAGE_QUARTER,
        amount=number / _QUARTERS,
        low=low,
        high=high,
        unit=unit,
        formula=f"{_n(number)} ÷ 4 = {_n(number / _QUARTERS)}",
        inputs=(year.id,),
        caveats=(DerivedCaveat.PART_AGAINST_WHOLE, *roughness(is_exact(year.amount), year)),
    )


def against_average_quarter(
    quarter: Figure, year: Figure, *, unit: DerivedUnit = DerivedUnit.OFFENCES
) -> Derived:
    """How far the count of a quarter is above a quarter of the count of a whole year, in ``unit``."""
    _refuse_other_subjects(quarter, year)
    if quarter.period.kind is not PeriodKind.QUARTER:
        raise ValueError(f"{quarter.period.label} is not a quarter")
    average = average_quarter(year)
    number = point(quarter.amount)
    amount = number - average.amount
    low, high = _less(bounds(quarter.amount), (average.low, average.high))
    return Derived(
        kind=DerivedKind.AGAINST_AVERAGE_QUARTER,
        amount=amount,
        low=low,
        high=high,
        unit=unit,
        formula=f"{_n(number)} − {_n(point(year.amount))} ÷ 4 = {_n(amount)}",
        inputs=(quarter.id, year.id),
        caveats=(DerivedCaveat.PART_AGAINST_WHOLE, *pair_caveats(quarter, year, periods_matter=False)),
        movement=_against_year(year, quarter),
    )


def _against_year(year: Figure, quarter: Figure) -> Movement:
    """Whether a quarter differs from a quarter of a year by more than chance: the year has 4 parts in 5."""
    if not (is_exact(year.amount) and is_exact(quarter.amount)):
        return Movement.OPEN
    before, after = point(year.amount), point(quarter.amount)
    if counts_p_value(int(before), int(after), _YEARS_PART) >= LEVEL:
        return Movement.UNCLEAR
    return Movement.ROSE if after * _QUARTERS > before else Movement.FELL


def _difference(kind: DerivedKind, earlier: Figure, later: Figure, unit: DerivedUnit) -> Derived:
    before, after = point(earlier.amount), point(later.amount)
    low, high = _less(bounds(later.amount), bounds(earlier.amount))
    return Derived(
        kind=kind,
        amount=after - before,
        low=low,
        high=high,
        unit=unit,
        formula=f"{_n(after)} − {_n(before)} = {_n(after - before)}",
        inputs=(earlier.id, later.id),
        caveats=pair_caveats(earlier, later),
    )


def _less(whole: Range, part: Range) -> Range:
    (low, high), (part_low, part_high) = whole, part
    return (
        None if low is None or part_high is None else low - part_high,
        None if high is None or part_low is None else high - part_low,
    )


def _quartered(range_: Range) -> Range:
    low, high = range_
    return None if low is None else low / _QUARTERS, None if high is None else high / _QUARTERS


def _percentage_range(earlier: Figure, later: Figure) -> Range:
    """The range of a percentage change, rounded outwards at the last of 28 digits."""
    before_low, before_high = bounds(earlier.amount)
    after_low, after_high = bounds(later.amount)
    low = high = None
    if after_low is not None and before_high is not None:
        low = _DOWN.divide(_DOWN.multiply(after_low - before_high, _HUNDRED), before_high)
    if after_high is not None and before_low is not None and before_low > 0:
        high = _UP.divide(_UP.multiply(after_high - before_low, _HUNDRED), before_low)
    return low, high


def _likeliest(share: Figure, count: Figure, low: Decimal, high: Decimal | None) -> Decimal:
    """The one number to name: the nearest within the range; the lowest where the range has no upper end."""
    if high is None:
        return low
    nearest = point(share.amount) * point(count.amount) / _HUNDRED
    return min(max(nearest.to_integral_value(ROUND_HALF_UP), low), high)


def _refuse_other_subjects(first: Figure, second: Figure) -> None:
    if first.measure != second.measure:
        raise ValueError("figures of two measures are never worked on together")
    if (first.place, first.platform, first.breakdown) != (second.place, second.platform, second.breakdown):
        raise ValueError("the two figures are not about the same place, platform and breakdown")


def _refuse_unlike(earlier: Figure, later: Figure) -> None:
    _refuse_other_subjects(earlier, later)
    if not periods.alike(earlier.period, later.period):
        raise ValueError(f"{earlier.period.label} and {later.period.label} are not periods of one kind")
    if later.period.start <= earlier.period.end:
        raise ValueError(f"{later.period.label} does not come after {earlier.period.label}")


def _refuse_as_base(share: Figure, count: Figure, level: Level) -> None:
    if level not in IMPLIED_LEVELS:
        raise ValueError(f"a count of one platform is never worked out for a {level}")
    if share.platform is None or count.platform is not None:
        raise ValueError("an implied count takes the share of a platform and a count of all offences")
    if (share.place, share.period) != (count.place, count.period):
        raise ValueError("a share is only taken of a count of the same place and period")
    if share.base_figure != count.id:
        raise ValueError("the count is not the base that the share names")
    if not count.breakdown:
        raise ValueError("a count of all offences is not known to be what the share is of")


def ratio(part: Range, whole: Range, times: Decimal) -> Range:
    """The range of ``part`` ÷ ``whole`` × ``times``, none of them below nought, rounded outwards."""
    (part_low, part_high), (low, high) = part, whole
    return (
        None if part_low is None or not high else _DOWN.divide(_DOWN.multiply(part_low, times), high),
        None if part_high is None or not low else _UP.divide(_UP.multiply(part_high, times), low),
    )


def pair_caveats(first: Figure, second: Figure, *, periods_matter: bool = True) -> tuple[DerivedCaveat, ...]:
    """What to bear in mind where two figures are set against each other."""
    found: list[DerivedCaveat] = []
    if periods_matter and not periods.equally_long(first.period, second.period):
        found.append(DerivedCaveat.UNEQUAL_PERIODS)
    found += roughness(False, first, second)
    if first.source != second.source:
        found.append(DerivedCaveat.SOURCES_DIFFER)
    return tuple(found)


def roughness(exact: bool, *figures: Figure) -> tuple[DerivedCaveat, ...]:
    """Whether the result has an open end, or a range that comes of rounding."""
    if any(figure.amount.qualifier is Qualifier.AT_LEAST for figure in figures):
        return (DerivedCaveat.AT_LEAST,)
    if exact or all(is_exact(figure.amount) for figure in figures):
        return ()
    return (DerivedCaveat.ROUNDED,)


def _span(low: Decimal, high: Decimal | None) -> str:
    if high is None:
        return f"{_n(low)} or more"
    return _n(low) if low == high else f"{_n(low)} to {_n(high)}"


def _n(value: Decimal) -> str:
    return wording.number(value)


def equals(value: Decimal) -> str:
    """The end of a formula: "= 7.5" where one decimal place holds it, "≈ 7.6" where it does not."""
    shown = value.quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)
    return f"{'=' if shown == value else '≈'} {_n(shown)}"
