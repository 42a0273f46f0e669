"""Checks of claims about change: so many times as many, a change in per cent, a rise, a fall.

Every figure published for a period is taken into account, save those in doubt where another is published:
where two are, a claim may hold by one and not by the other, and the reason gives both. What a larger or
smaller number comes of is never said.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction

from . import wording
from .amounts import point
from .chance import DECIMAL_BASE, LEVEL, SMALLEST_BASE, Movement, bears_percentage, counts_p_value
from .comparing import (
    Compare,
    Holds,
    Wanted,
    half_unit,
    show_apart,
    wanted_change,
    wanted_times,
)
from .finding import CAUSE, CHANCE, RECORDED, Finding, compare_setting, number_setting
from .model import Claim, Weight
from .readings import Reading, Readings, read_change, say_all_open, say_number, weigh_readings
from .record import Record
from .registry import claim_check

_NEEDS = ("place", "measure", "period", "base")
_HUNDRED = Fraction(100)
_RISE = Wanted(low=Fraction(1), high=None, above=True)
_FALL = Wanted(low=None, high=Fraction(1), below=True)


@claim_check("times_as_many", needs=(*_NEEDS, "times"), may=("compare", "platform"))
def times_as_many(claim: Claim, record: Record) -> Finding:
    """Whether a number is so many times an earlier one: "doubled", "more than four times"."""
    times = number_setting(claim, "times", 0, 99, "2 or 2.5")
    compare = compare_setting(claim)
    wanted = wanted_times(compare, times)
    read = read_change(claim, record)
    phrase = f"{_say_compare(compare)}{wording.number(times)} times"
    if compare is Compare.ABOUT:
        low, high = (wording.number(times + way * _decimal(half_unit(times))) for way in (-1, 1))
        phrase += f" (from {low} to less than {high})"
    check = (
        f"Whether the number for {_here(read)} in {wording.period(read.period)} is {phrase} that of "
        f"{wording.period(read.base_period)}."
    )
    return _judge(read, wanted, check, lambda one: _say_times(one, wanted))


@claim_check("change_as_printed", needs=(*_NEEDS, "change"), may=("compare", "platform"))
def change_as_printed(claim: Claim, record: Record) -> Finding:
    """Whether a published percentage is what the numbers come to, such as "14" or "-27"."""
    change = number_setting(claim, "change", -100, 10**6, "14 or -27.5")
    return _judge_change(claim, record, change)


@claim_check("rose", needs=_NEEDS, may=("platform",))
def rose(claim: Claim, record: Record) -> Finding:
    """Whether a number is higher than an earlier one, by however much."""
    read = read_change(claim, record)
    return _judge(read, _RISE, _check_of(read, "is higher than that of"), _say_counts)


@claim_check("fell", needs=_NEEDS, may=("change", "compare", "platform"))
def fell(claim: Claim, record: Record) -> Finding:
    """Whether a number is lower than an earlier one; ``change`` is by how many per cent, such as "27"."""
    if claim.setting("change"):
        return _judge_change(claim, record, -abs(number_setting(claim, "change", -100, 100, "27")))
    read = read_change(claim, record)
    return _judge(read, _FALL, _check_of(read, "is lower than that of"), _say_counts)


def _judge_change(claim: Claim, record: Record, change: Decimal) -> Finding:
    compare = compare_setting(claim)
    wanted = wanted_change(compare, change)
    read = read_change(claim, record)
    size = wording.number(abs(change))
    how = "a fall of" if change < 0 else "a rise of"
    phrase = f"{how} {_say_compare(compare)}{size}%"
    if compare is Compare.ABOUT:
        half = _decimal(half_unit(change))
        phrase += f" (from {wording.number(abs(change) - half)}% to {wording.number(abs(change) + half)}%)"
    check = (
        f"Whether the numbers for {_here(read)} in {wording.period(read.base_period)} and "
        f"{wording.period(read.period)} come to {phrase}."
    )
    return _judge(read, wanted, check, lambda one: _say_change(one, wanted, compare, change))


def _judge(read: Readings, wanted: Wanted, check: str, say: Callable[[Reading], str]) -> Finding:
    """The finding of any claim that a ratio of two numbers lies where ``wanted`` says."""
    if read.lacking:
        reason = wording.sentence(f"{read.lacking}, so the two cannot be compared")
        return Finding(weight=Weight.NOT_SHOWN, reason=reason, check=check, figures=read.figures)
    if read.obstacle:
        return Finding(
            weight=Weight.CANNOT_JUDGE,
            reason=wording.sentence(read.obstacle),
            check=check,
            caveats=(*read.caveats, RECORDED),
            figures=read.figures,
            not_checked=(CAUSE,),
        )
    weight = weigh_readings(read.readings, wanted)
    clause = "; ".join(say(one) for one in read.readings)
    return Finding(
        weight=weight,
        reason=wording.sentence(f"{clause}{_say_outcome(read, wanted, weight)}"),
        check=check,
        caveats=(*_say_near(read, wanted), *_say_few(read), *read.caveats, RECORDED),
        figures=read.figures,
        not_checked=(CAUSE,),
    )


def _say_outcome(read: Readings, wanted: Wanted, weight: Weight) -> str:
    """What of the numbers makes the verdict, where they do not say it by themselves."""
    holds = {wanted.holds(*one.ratio) for one in read.readings}
    if weight is Weight.CONTRADICTED and len(holds) == 1:
        more = Holds.MORE in holds
        chance = all(one.movement is Movement.UNCLEAR for one in read.readings)
        opposed = f", and {CHANCE}" if chance else ""
        if wanted in (_RISE, _FALL):
            return f", which is no {'rise' if wanted is _RISE else 'fall'}{opposed}"
        return f", which is {'more' if more else 'less'} than the claim says"
    if weight is Weight.IN_LINE:
        return f"; {CHANCE}"
    if weight is Weight.PARTLY:
        return "; the claim holds by one of the published numbers and not by another"
    if weight is Weight.NOT_SHOWN:
        return f"; {say_all_open(read.readings) or CHANCE}, so it may or may not be as claimed"
    return ""


def _say_times(one: Reading, wanted: Wanted) -> str:
    """ "252 in 2018/19 is 1.4 times 175, the number for 2017/18"."""
    value = Fraction(point(one.later.amount)) / Fraction(point(one.base.amount))
    ratio = show_apart(value, (*wanted.ends, Fraction(1)), 1)
    return (
        f"{wording.dated(one.later)} is {ratio} times {say_number(one.base)}, the number for "
        f"{wording.period(one.base.period)}"
    )


def _say_counts(one: Reading) -> str:
    first, last = point(one.base.amount), point(one.later.amount)
    how = "higher than" if last > first else "lower than" if last < first else "the same as"
    return f"{wording.dated(one.later)} is {how} {wording.dated(one.base)}"


def _say_change(one: Reading, wanted: Wanted, compare: Compare, change: Decimal) -> str:
    """ "226 in 2018/19 is 14% above 199, the number for 2017/18"; counts alone where the base is small."""
    first, last = Fraction(point(one.base.amount)), Fraction(point(one.later.amount))
    after = f"the number for {wording.period(one.base.period)}"
    if not bears_percentage(first, last) or first == last:
        return f"{_say_counts(one)}"
    rough = first < DECIMAL_BASE and compare is Compare.ABOUT and change == change.to_integral_value()
    marks = [abs(end - 1) * _HUNDRED for end in wanted.ends]
    size = show_apart(abs(last - first) * _HUNDRED / first, marks, 0 if rough else 1)
    way = "above" if last > first else "below"
    return f"{wording.dated(one.later)} is {size}% {way} {say_number(one.base)}, {after}"


def _say_near(read: Readings, wanted: Wanted) -> list[str]:
    """That the numbers are so near to the claim's edge that chance alone could put them beyond it."""
    edge = wanted.ends[0] if len(wanted.ends) == 1 else None
    if edge is None or edge in (0, 1) or edge <= 0:
        return []
    for one in read.readings:
        first, last = int(point(one.base.amount)), int(point(one.later.amount))
        near = counts_p_value(first, last, float(1 / (1 + edge))) >= LEVEL
        if wanted.holds(*one.ratio) is Holds.YES and near:
            return [
                f"The numbers as recorded are as claimed, but {wording.number(point(one.later.amount))} and "
                f"{wording.number(point(one.base.amount))} are so near to it that chance alone could have "
                "put them on the other side."
            ]
    return []


def _say_few(read: Readings) -> list[str]:
    few = [one for one in read.readings if point(one.base.amount) < SMALLEST_BASE]
    if not few:
        return []
    when = wording.period(read.base_period)
    return [f"{when} counts fewer than {SMALLEST_BASE} offences: so few vary much by chance alone."]


def _check_of(read: Readings, how: str) -> str:
    return (
        f"Whether the number for {_here(read)} in {wording.period(read.period)} {how} "
        f"{wording.period(read.base_period)}."
    )


def _here(read: Readings) -> str:
    return wording.place(read.place)


def _say_compare(compare: Compare) -> str:
    return "" if compare is Compare.ABOUT else f"{compare.value} "


def _decimal(value: Fraction) -> Decimal:
    return Decimal(value.numerator) / Decimal(value.denominator)
