"""Working one figure out from others: each function gives a Derived with its formula and its range.

Each refuses, with a ValueError that says why, what may not be worked out: across measures or places, between
periods that are not alike, a count of one platform below a region. Ranges are rounded outwards, so the true
value lies within them; of exact numbers the range is the amount itself, to 28 digits.
"""

from __future__ import annotations

import enum
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Context, Decimal

from msgspec import Struct
from msgspec.structs import replace

from explorer.evidence import formatting, periods
from explorer.evidence.amounts import AmountRange, amount_bounds, is_exact, point_estimate
from explorer.evidence.model import Figure, PeriodKind, PlaceLevel, Qualifier

from .chance import (
    DECIMAL_BASE,
    LEVEL,
    SMALLEST_BASE,
    AmountMovement,
    bears_percentage,
    classify_movement,
    counts_p_value,
    share_movement,
)

# What a worked-out figure is: its amount, its range, its working and what to bear in mind with it.


class DerivedKind(enum.StrEnum):
    """What was worked out."""

    CHANGE = "change"
    PERCENTAGE_CHANGE = "percentage change"
    SHARE_DIFFERENCE = "share difference"
    IMPLIED_COUNT = "implied count"
    AVERAGE_QUARTER = "average quarter"
    AGAINST_AVERAGE_QUARTER = "against an average quarter"
    REGION_SUM = "region sum"
    """The forces of a region or nation added up, beside the total printed for it."""
    NATIONAL_SHARE = "national share"
    """A place's part of the figure of the nation or nations that it belongs to."""
    RATE = "rate"
    """A count per 100,000 people, or per 10,000 children."""


class DerivedUnit(enum.StrEnum):
    """What the worked-out amount is counted in."""

    OFFENCES = "offences"
    PEOPLE = "people"
    PER_CENT = "per cent"
    POINTS = "points"
    """Percentage points."""
    PER_100K = "per 100,000 people"
    PER_10K_CHILDREN = "per 10,000 children"


class DerivedCaveat(enum.StrEnum):
    """What to bear in mind with a worked-out figure."""

    PART_AGAINST_WHOLE = "part against whole"
    """A quarter is set against a quarter of a whole year, as if offences were spread evenly over a year."""
    UNEQUAL_PERIODS = "unequal periods"
    """The two periods differ in length."""
    ROUNDED = "rounded"
    """The range is what the rounding of the printed numbers allows."""
    AT_LEAST = "at least"
    """A printed number has an open end, and so has the result."""
    SOURCES_DIFFER = "sources differ"
    """The two figures come from different publications."""
    FORCE_MISSING = "force missing"
    """No number is held for a force that belongs to the region: ``DerivedFigure.missing`` says for which."""
    LOW_RELIABILITY = "low reliability"
    """The rate stands on fewer than 20 offences: [u]."""
    BASE_UNKNOWN = "base unknown"
    """How many offences a share is of is not known, so chance cannot be weighed."""
    MID_YEAR_CHILDREN = "mid-year population of children"
    """The children are those of the middle of the calendar year in which the period begins."""
    ONLY_ANSWERED = "only answered"
    """The national figure counts only the forces that answered."""
    MID_YEAR = "mid-year population"
    """The people are those of the middle of the calendar year in which the period begins."""


class DerivedFigure(Struct, frozen=True, kw_only=True):
    """A figure worked out from published ones, with its working."""

    kind: DerivedKind
    amount: Decimal
    """As exact as decimals can be (28 digits); rounding for show is the reader's."""
    low: Decimal | None
    high: Decimal | None
    """What the printed numbers allow, both ends included; None where an end is open."""
    unit: DerivedUnit
    formula: str
    """In numbers: "77 − 71 = 6"."""
    inputs: tuple[str, ...]
    """Ids of the figures it was worked out from, the earlier (or the share, or the part) first.

    Of a sum of forces the published total comes first.
    """
    only: bool = False
    """For an implied count: the range leaves one whole number."""
    interval: tuple[Decimal, Decimal] | None = None
    """The 95% interval of a rate: what chance alone could make of the same underlying level."""
    movement: AmountMovement | None = None
    """For a difference: whether it can be told from chance."""
    decimals: int = 1
    """How many decimal places are shown of a percentage: none of a base below 1,000."""
    caveats: tuple[DerivedCaveat, ...] = ()
    missing: tuple[str, ...] = ()
    """For a sum of forces: the codes of those that no number is held for."""


_DOWN = Context(prec=28, rounding=ROUND_FLOOR)
_UP = Context(prec=28, rounding=ROUND_CEILING)
_HUNDRED = Decimal(100)
_QUARTERS = Decimal(4)
_YEARS_PART = 0.8
"""The part that a year has of a year and a quarter together."""
_YEARS = frozenset({PeriodKind.FINANCIAL_YEAR, PeriodKind.CALENDAR_YEAR, PeriodKind.YEAR})
IMPLIED_LEVELS = frozenset({PlaceLevel.UK, PlaceLevel.NATIONS, PlaceLevel.NATION, PlaceLevel.REGION})
"""The levels that a count of one platform may be worked out for: never a police force or smaller."""


def absolute_change(earlier: Figure, later: Figure, *, unit: DerivedUnit = DerivedUnit.OFFENCES) -> DerivedFigure:
    """``later`` less ``earlier``, in ``unit``. Both must be counts of one thing in periods that are alike."""
    _refuse_unlike(earlier, later)
    difference = _build_difference(DerivedKind.CHANGE, earlier, later, unit)
    return replace(difference, movement=classify_movement(earlier.amount, later.amount))


def percentage_change(earlier: Figure, later: Figure) -> DerivedFigure:
    """How far ``later`` is above ``earlier``, in per cent of ``earlier``, which must be 20 or more.

    Raises ValueError for a smaller base, and for a count below 0: a correction is no part of another count.
    """
    _refuse_unlike(earlier, later)
    before, after = point_estimate(earlier.amount), point_estimate(later.amount)
    if not bears_percentage(before, after):
        raise ValueError(f"no percentage is worked out of a base below {SMALLEST_BASE}, nor of a count below 0")
    amount = (after - before) * _HUNDRED / before
    exact = is_exact(earlier.amount) and is_exact(later.amount)
    low, high = (amount, amount) if exact else _percentage_range(earlier, later)
    return DerivedFigure(
        kind=DerivedKind.PERCENTAGE_CHANGE,
        amount=amount,
        low=low,
        high=high,
        unit=DerivedUnit.PER_CENT,
        formula=f"({_format_value(after)} − {_format_value(before)}) ÷ "
        f"{_format_value(before)} × 100 {format_result(amount)}",
        inputs=(earlier.id, later.id),
        caveats=pair_caveats(earlier, later),
        movement=classify_movement(earlier.amount, later.amount),
        decimals=decimals_of(before),
    )


def decimals_of(base: Decimal) -> int:
    """How many decimal places a percentage of ``base`` is shown with: none below 1,000."""
    return 0 if base < DECIMAL_BASE else 1


def share_difference(
    earlier: Figure, later: Figure, bases: tuple[Figure | None, Figure | None] = (None, None)
) -> DerivedFigure:
    """``later`` less ``earlier`` in percentage points, of periods that are alike.

    ``bases`` count what each is a share of, where that is known: chance can be weighed only then.
    """
    _refuse_unlike(earlier, later)
    difference = _build_difference(DerivedKind.SHARE_DIFFERENCE, earlier, later, DerivedUnit.POINTS)
    first, second = (None if one is None else one.amount for one in bases)
    unknown = () if first and second else (DerivedCaveat.BASE_UNKNOWN,)
    return replace(
        difference,
        movement=share_movement(earlier.amount, first, later.amount, second),
        caveats=(*difference.caveats, *unknown),
    )


def implied_count(share: Figure, count: Figure, level: PlaceLevel) -> DerivedFigure:
    """The whole numbers of offences that ``share`` of ``count`` can stand for, at a place of ``level``.

    These are all whole numbers whose share of the count rounds to the published one. Refuses places smaller
    than a region, shares and counts that differ in place or period, a count that is not known to be the base
    of the share (a count of all offences is not), and shares that no whole number comes to.
    """
    _refuse_as_base(share, count, level)
    (share_low, share_high), (count_low, count_high) = map(amount_bounds, (share.amount, count.amount))
    share_high = None if share_high is None else min(share_high, _HUNDRED)
    least = None if share_low is None or count_low is None else share_low * count_low / _HUNDRED
    most = None if share_high is None or count_high is None else share_high * count_high / _HUNDRED
    low = Decimal(0) if least is None else least.to_integral_value(ROUND_CEILING)
    high = None if most is None else most.to_integral_value(ROUND_FLOOR)
    if high is not None and high < low:
        raise ValueError(
            f"no whole number of {_format_value(point_estimate(count.amount))} comes "
            f"to {_format_value(point_estimate(share.amount))}%"
        )
    lines = [
        f"{_format_value(part)}% × {_format_value(whole)} = {_format_value(product)}"
        for part, whole, product in ((share_low, count_low, least), (share_high, count_high, most))
        if part is not None and whole is not None and product is not None
    ]
    return DerivedFigure(
        kind=DerivedKind.IMPLIED_COUNT,
        amount=_most_likely_count(share, count, low, high),
        low=low,
        high=high,
        unit=DerivedUnit.OFFENCES,
        formula=f"{' and '.join(lines)}, so {_format_span(low, high)}",
        inputs=(share.id, count.id),
        only=low == high,
        caveats=(
            *((DerivedCaveat.SOURCES_DIFFER,) if share.source != count.source else ()),
            *rounding_caveats(low == high, share, count),
        ),
    )


def average_quarter(year: Figure, *, unit: DerivedUnit = DerivedUnit.OFFENCES) -> DerivedFigure:
    """A quarter of the count of a whole year, in ``unit``."""
    if year.period.kind not in _YEARS:
        raise ValueError(f"{year.period.label} is not a whole year")
    number = point_estimate(year.amount)
    low, high = _quarter_range(amount_bounds(year.amount))
    return DerivedFigure(
        kind=DerivedKind.AVERAGE_QUARTER,
        amount=number / _QUARTERS,
        low=low,
        high=high,
        unit=unit,
        formula=f"{_format_value(number)} ÷ 4 = {_format_value(number / _QUARTERS)}",
        inputs=(year.id,),
        caveats=(DerivedCaveat.PART_AGAINST_WHOLE, *rounding_caveats(is_exact(year.amount), year)),
    )


def against_average_quarter(
    quarter: Figure, year: Figure, *, unit: DerivedUnit = DerivedUnit.OFFENCES
) -> DerivedFigure:
    """How far the count of a quarter is above a quarter of the count of a whole year, in ``unit``."""
    _refuse_other_subjects(quarter, year)
    if quarter.period.kind is not PeriodKind.QUARTER:
        raise ValueError(f"{quarter.period.label} is not a quarter")
    average = average_quarter(year)
    number = point_estimate(quarter.amount)
    amount = number - average.amount
    low, high = _subtract_ranges(amount_bounds(quarter.amount), (average.low, average.high))
    return DerivedFigure(
        kind=DerivedKind.AGAINST_AVERAGE_QUARTER,
        amount=amount,
        low=low,
        high=high,
        unit=unit,
        formula=f"{_format_value(number)} − {_format_value(point_estimate(year.amount))} ÷ 4 = {_format_value(amount)}",
        inputs=(quarter.id, year.id),
        caveats=(DerivedCaveat.PART_AGAINST_WHOLE, *pair_caveats(quarter, year, periods_matter=False)),
        movement=_against_year(year, quarter),
    )


def _against_year(year: Figure, quarter: Figure) -> AmountMovement:
    """Whether a quarter differs from a quarter of a year by more than chance: the year has 4 parts in 5."""
    if not (is_exact(year.amount) and is_exact(quarter.amount)):
        return AmountMovement.OPEN
    before, after = point_estimate(year.amount), point_estimate(quarter.amount)
    if counts_p_value(int(before), int(after), _YEARS_PART) >= LEVEL:
        return AmountMovement.UNCLEAR
    return AmountMovement.ROSE if after * _QUARTERS > before else AmountMovement.FELL


def _build_difference(kind: DerivedKind, earlier: Figure, later: Figure, unit: DerivedUnit) -> DerivedFigure:
    before, after = point_estimate(earlier.amount), point_estimate(later.amount)
    low, high = _subtract_ranges(amount_bounds(later.amount), amount_bounds(earlier.amount))
    return DerivedFigure(
        kind=kind,
        amount=after - before,
        low=low,
        high=high,
        unit=unit,
        formula=f"{_format_value(after)} − {_format_value(before)} = {_format_value(after - before)}",
        inputs=(earlier.id, later.id),
        caveats=pair_caveats(earlier, later),
    )


def _subtract_ranges(whole: AmountRange, part: AmountRange) -> AmountRange:
    (low, high), (part_low, part_high) = whole, part
    return (
        None if low is None or part_high is None else low - part_high,
        None if high is None or part_low is None else high - part_low,
    )


def _quarter_range(range_: AmountRange) -> AmountRange:
    low, high = range_
    return None if low is None else low / _QUARTERS, None if high is None else high / _QUARTERS


def _percentage_range(earlier: Figure, later: Figure) -> AmountRange:
    """The range of a percentage change, rounded outwards at the last of 28 digits."""
    before_low, before_high = amount_bounds(earlier.amount)
    after_low, after_high = amount_bounds(later.amount)
    low = high = None
    if after_low is not None and before_high is not None:
        low = _DOWN.divide(_DOWN.multiply(after_low - before_high, _HUNDRED), before_high)
    if after_high is not None and before_low is not None and before_low > 0:
        high = _UP.divide(_UP.multiply(after_high - before_low, _HUNDRED), before_low)
    return low, high


def _most_likely_count(share: Figure, count: Figure, low: Decimal, high: Decimal | None) -> Decimal:
    """The one number to name: the nearest within the range; the lowest where the range has no upper end."""
    if high is None:
        return low
    nearest = point_estimate(share.amount) * point_estimate(count.amount) / _HUNDRED
    return min(max(nearest.to_integral_value(ROUND_HALF_UP), low), high)


def _refuse_other_subjects(first: Figure, second: Figure) -> None:
    if first.measure != second.measure:
        raise ValueError("figures of two measures are never worked on together")
    if (first.place, first.platform, first.breakdown) != (second.place, second.platform, second.breakdown):
        raise ValueError("the two figures are not about the same place, platform and breakdown")


def _refuse_unlike(earlier: Figure, later: Figure) -> None:
    _refuse_other_subjects(earlier, later)
    if not periods.are_comparable(earlier.period, later.period):
        raise ValueError(f"{earlier.period.label} and {later.period.label} are not periods of one kind")
    if later.period.start <= earlier.period.end:
        raise ValueError(f"{later.period.label} does not come after {earlier.period.label}")


def _refuse_as_base(share: Figure, count: Figure, level: PlaceLevel) -> None:
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


def ratio_range(part: AmountRange, whole: AmountRange, times: Decimal) -> AmountRange:
    """The range of ``part`` ÷ ``whole`` × ``times``, none of them below nought, rounded outwards."""
    (part_low, part_high), (low, high) = part, whole
    return (
        None if part_low is None or not high else _DOWN.divide(_DOWN.multiply(part_low, times), high),
        None if part_high is None or not low else _UP.divide(_UP.multiply(part_high, times), low),
    )


def pair_caveats(first: Figure, second: Figure, *, periods_matter: bool = True) -> tuple[DerivedCaveat, ...]:
    """What to bear in mind where two figures are set against each other."""
    caveats: list[DerivedCaveat] = []
    if periods_matter and not periods.equally_long(first.period, second.period):
        caveats.append(DerivedCaveat.UNEQUAL_PERIODS)
    caveats += rounding_caveats(False, first, second)
    if first.source != second.source:
        caveats.append(DerivedCaveat.SOURCES_DIFFER)
    return tuple(caveats)


def rounding_caveats(exact: bool, *figures: Figure) -> tuple[DerivedCaveat, ...]:
    """Whether the result has an open end, or a range that comes of rounding."""
    if any(figure.amount.qualifier is Qualifier.AT_LEAST for figure in figures):
        return (DerivedCaveat.AT_LEAST,)
    if exact or all(is_exact(figure.amount) for figure in figures):
        return ()
    return (DerivedCaveat.ROUNDED,)


def _format_span(low: Decimal, high: Decimal | None) -> str:
    if high is None:
        return f"{_format_value(low)} or more"
    return _format_value(low) if low == high else f"{_format_value(low)} to {_format_value(high)}"


def _format_value(value: Decimal) -> str:
    return formatting.format_number(value)


def format_result(value: Decimal) -> str:
    """The end of a formula: "= 7.5" where one decimal place holds it, "≈ 7.6" where it does not."""
    rounded_value = value.quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)
    return f"{'=' if rounded_value == value else '≈'} {_format_value(rounded_value)}"
