"""Checks of claims about change: so many times as many, a change in per cent, a rise, a fall.

Every figure published for a period is taken into account, save those in doubt where another is published:
where two are, a claim may hold by one and not by the other, and the reason gives both. What a larger or
smaller number comes of is never said.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction

from explorer.evidence import formatting
from explorer.evidence.amounts import point_estimate
from explorer.evidence.analysis import (
    DECIMAL_BASE,
    LEVEL,
    SMALLEST_BASE,
    AmountMovement,
    bears_percentage,
    counts_p_value,
)
from explorer.evidence.model import Claim, Verdict
from explorer.evidence.repository import Repository

from .base import CAUSE, CHANCE, RECORDING_CAVEAT, CheckResult, compare_setting, number_setting
from .comparing import ClaimedRange, ComparisonWord, RangeOutcome, half_unit, show_apart, wanted_change, wanted_times
from .readings import ChangeReading, ChangeReadings, read_change, say_all_open, say_number, weigh_readings
from .registry import claim_check

_NEEDS = ("place", "measure", "period", "base")
_HUNDRED = Fraction(100)
_RISE = ClaimedRange(low=Fraction(1), high=None, above=True)
_FALL = ClaimedRange(low=None, high=Fraction(1), below=True)


@claim_check("times_as_many", needs=(*_NEEDS, "times"), may=("compare", "platform"))
def times_as_many(claim: Claim, record: Repository) -> CheckResult:
    """Whether a number is so many times an earlier one: "doubled", "more than four times"."""
    times = number_setting(claim, "times", 0, 99, "2 or 2.5")
    compare = compare_setting(claim)
    claimed_range = wanted_times(compare, times)
    change_readings = read_change(claim, record)
    phrase = f"{_say_compare(compare)}{formatting.format_number(times)} times"
    if compare is ComparisonWord.ABOUT:
        low, high = (formatting.format_number(times + way * _to_decimal(half_unit(times))) for way in (-1, 1))
        phrase += f" (from {low} to less than {high})"
    check = (
        f"Whether the number for {_place_phrase(change_readings)} in "
        f"{formatting.period_in_sentence(change_readings.period)} is {phrase} that of "
        f"{formatting.period_in_sentence(change_readings.base_period)}."
    )
    return _judge_ratio(change_readings, claimed_range, check, lambda one: _say_times(one, claimed_range))


@claim_check("change_as_printed", needs=(*_NEEDS, "change"), may=("compare", "platform"))
def change_as_printed(claim: Claim, record: Repository) -> CheckResult:
    """Whether a published percentage is what the numbers come to, such as "14" or "-27"."""
    change = number_setting(claim, "change", -100, 10**6, "14 or -27.5")
    return _judge_change(claim, record, change)


@claim_check("rose", needs=_NEEDS, may=("platform",))
def check_rise(claim: Claim, record: Repository) -> CheckResult:
    """Whether a number is higher than an earlier one, by however much."""
    change_readings = read_change(claim, record)
    return _judge_ratio(change_readings, _RISE, _check_of(change_readings, "is higher than that of"), _say_counts)


@claim_check("fell", needs=_NEEDS, may=("change", "compare", "platform"))
def check_fall(claim: Claim, record: Repository) -> CheckResult:
    """Whether a number is lower than an earlier one; ``change`` is by how many per cent, such as "27"."""
    if claim.setting("change"):
        return _judge_change(claim, record, -abs(number_setting(claim, "change", -100, 100, "27")))
    change_readings = read_change(claim, record)
    return _judge_ratio(change_readings, _FALL, _check_of(change_readings, "is lower than that of"), _say_counts)


def _judge_change(claim: Claim, record: Repository, change: Decimal) -> CheckResult:
    compare = compare_setting(claim)
    claimed_range = wanted_change(compare, change)
    change_readings = read_change(claim, record)
    size = formatting.format_number(abs(change))
    how = "a fall of" if change < 0 else "a rise of"
    phrase = f"{how} {_say_compare(compare)}{size}%"
    if compare is ComparisonWord.ABOUT:
        half = _to_decimal(half_unit(change))
        phrase += (
            f" (from {formatting.format_number(abs(change) - half)}% to "
            f"{formatting.format_number(abs(change) + half)}%)"
        )
    check = (
        f"Whether the numbers for {_place_phrase(change_readings)} in "
        f"{formatting.period_in_sentence(change_readings.base_period)} and "
        f"{formatting.period_in_sentence(change_readings.period)} come to {phrase}."
    )
    return _judge_ratio(
        change_readings, claimed_range, check, lambda one: _say_change(one, claimed_range, compare, change)
    )


def _judge_ratio(
    change_readings: ChangeReadings,
    claimed_range: ClaimedRange,
    check: str,
    say: Callable[[ChangeReading], str],
) -> CheckResult:
    """The finding of any claim that a ratio of two numbers lies where ``claimed_range`` says."""
    if change_readings.lacking:
        reason = formatting.to_sentence(f"{change_readings.lacking}, so the two cannot be compared")
        return CheckResult(weight=Verdict.NOT_SHOWN, reason=reason, check=check, figures=change_readings.figure_ids)
    if change_readings.obstacle:
        return CheckResult(
            weight=Verdict.CANNOT_JUDGE,
            reason=formatting.to_sentence(change_readings.obstacle),
            check=check,
            caveats=(*change_readings.caveats, RECORDING_CAVEAT),
            figures=change_readings.figure_ids,
            not_checked=(CAUSE,),
        )
    weight = weigh_readings(change_readings.readings, claimed_range)
    clause = "; ".join(say(one) for one in change_readings.readings)
    return CheckResult(
        weight=weight,
        reason=formatting.to_sentence(f"{clause}{_say_outcome(change_readings, claimed_range, weight)}"),
        check=check,
        caveats=(
            *_say_near(change_readings, claimed_range),
            *_say_few(change_readings),
            *change_readings.caveats,
            RECORDING_CAVEAT,
        ),
        figures=change_readings.figure_ids,
        not_checked=(CAUSE,),
    )


def _say_outcome(change_readings: ChangeReadings, claimed_range: ClaimedRange, weight: Verdict) -> str:
    """What of the numbers makes the verdict, where they do not say it by themselves."""
    holds = {claimed_range.evaluate_range(*one.ratio) for one in change_readings.readings}
    if weight is Verdict.CONTRADICTED and len(holds) == 1:
        more = RangeOutcome.MORE in holds
        chance = all(one.movement is AmountMovement.UNCLEAR for one in change_readings.readings)
        chance_clause = f", and {CHANCE}" if chance else ""
        if claimed_range in (_RISE, _FALL):
            return f", which is no {'rise' if claimed_range is _RISE else 'fall'}{chance_clause}"
        return f", which is {'more' if more else 'less'} than the claim says"
    if weight is Verdict.IN_LINE:
        return f"; {CHANCE}"
    if weight is Verdict.PARTLY:
        return "; the claim holds by one of the published numbers and not by another"
    if weight is Verdict.NOT_SHOWN:
        return f"; {say_all_open(change_readings.readings) or CHANCE}, so it may or may not be as claimed"
    return ""


def _say_times(one: ChangeReading, claimed_range: ClaimedRange) -> str:
    """ "252 in 2018/19 is 1.4 times 175, the number for 2017/18"."""
    value = Fraction(point_estimate(one.later.amount)) / Fraction(point_estimate(one.base.amount))
    ratio = show_apart(value, (*claimed_range.ends, Fraction(1)), 1)
    return (
        f"{formatting.format_dated_count(one.later)} is {ratio} times {say_number(one.base)}, the number for "
        f"{formatting.period_in_sentence(one.base.period)}"
    )


def _say_counts(one: ChangeReading) -> str:
    first, last = point_estimate(one.base.amount), point_estimate(one.later.amount)
    how = "higher than" if last > first else "lower than" if last < first else "the same as"
    return f"{formatting.format_dated_count(one.later)} is {how} {formatting.format_dated_count(one.base)}"


def _say_change(one: ChangeReading, claimed_range: ClaimedRange, compare: ComparisonWord, change: Decimal) -> str:
    """ "226 in 2018/19 is 14% above 199, the number for 2017/18"; counts alone where the base is small."""
    first, last = Fraction(point_estimate(one.base.amount)), Fraction(point_estimate(one.later.amount))
    after = f"the number for {formatting.period_in_sentence(one.base.period)}"
    if not bears_percentage(first, last) or first == last:
        return f"{_say_counts(one)}"
    rough = first < DECIMAL_BASE and compare is ComparisonWord.ABOUT and change == change.to_integral_value()
    marks = [abs(end - 1) * _HUNDRED for end in claimed_range.ends]
    size = show_apart(abs(last - first) * _HUNDRED / first, marks, 0 if rough else 1)
    way = "above" if last > first else "below"
    return f"{formatting.format_dated_count(one.later)} is {size}% {way} {say_number(one.base)}, {after}"


def _say_near(change_readings: ChangeReadings, claimed_range: ClaimedRange) -> list[str]:
    """That the numbers are so near to the claim's edge that chance alone could put them beyond it."""
    edge = claimed_range.ends[0] if len(claimed_range.ends) == 1 else None
    if edge is None or edge in (0, 1) or edge <= 0:
        return []
    for one in change_readings.readings:
        first, last = int(point_estimate(one.base.amount)), int(point_estimate(one.later.amount))
        near = counts_p_value(first, last, float(1 / (1 + edge))) >= LEVEL
        if claimed_range.evaluate_range(*one.ratio) is RangeOutcome.YES and near:
            return [
                "The numbers as recorded are as claimed, but "
                f"{formatting.format_number(point_estimate(one.later.amount))} and "
                f"{formatting.format_number(point_estimate(one.base.amount))} are "
                "so near to it that chance alone could have "
                "put them on the other side."
            ]
    return []


def _say_few(change_readings: ChangeReadings) -> list[str]:
    few = [one for one in change_readings.readings if point_estimate(one.base.amount) < SMALLEST_BASE]
    if not few:
        return []
    when = formatting.period_in_sentence(change_readings.base_period)
    return [f"{when} counts fewer than {SMALLEST_BASE} offences: so few vary much by chance alone."]


def _check_of(change_readings: ChangeReadings, how: str) -> str:
    return (
        f"Whether the number for {_place_phrase(change_readings)} in "
        f"{formatting.period_in_sentence(change_readings.period)} {how} "
        f"{formatting.period_in_sentence(change_readings.base_period)}."
    )


def _place_phrase(change_readings: ChangeReadings) -> str:
    return formatting.place_in_sentence(change_readings.place)


def _say_compare(compare: ComparisonWord) -> str:
    return "" if compare is ComparisonWord.ABOUT else f"{compare.value} "


def _to_decimal(value: Fraction) -> Decimal:
    return Decimal(value.numerator) / Decimal(value.denominator)
