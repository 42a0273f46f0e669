"""Checks of claims about how much more: so many times as many, a change as printed.

Every figure printed for a period is taken into account: where two are, a claim may hold by one and not by the
other, and the reason gives both. What a larger or smaller number comes of is never said.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable, Sequence
from decimal import Decimal, InvalidOperation

from msgspec import Struct

from . import wording
from .amounts import bounds, point, rounded
from .changes import PUBLISHED_CHANGES as PRINTED
from .changes import SINCE, says_comparable
from .checks_counts import RECORDED
from .finding import Finding, named_period, place_setting, setting, times_setting
from .history import published_on, usable
from .model import Amount, Claim, Figure, Period, Place, Weight
from .record import Record
from .scope import comparable, is_partial

_NEAR = Decimal("0.95")
""" "Four times" is said of a little less than four: 3.8 times and more passes."""
_HUNDRED = Decimal(100)


class _Held(enum.Enum):
    """How a claim stands by one reading of the figures."""

    YES = enum.auto()
    NO = enum.auto()
    UNSURE = enum.auto()


class _Readings(Struct, frozen=True):
    """The two periods of a claim, and every figure printed for each."""

    place: Place
    base: tuple[Figure, ...]
    later: tuple[Figure, ...]
    base_period: Period
    period: Period

    @property
    def figures(self) -> tuple[str, ...]:
        """Their ids."""
        return tuple(figure.id for figure in (*self.base, *self.later))

    def pairs(self) -> list[tuple[Figure, Figure]]:
        """Every reading: a figure of the base period with one of the later; equal numbers only once."""
        return [(first, last) for last in _distinct(self.later) for first in _distinct(self.base)]


def times_as_many(claim: Claim, record: Record) -> Finding:
    """Whether a number is so many times an earlier one. Settings: place, measure, period, base, times."""
    times = times_setting(claim)
    read = _readings(claim, record)
    here = wording.place(read.place)
    check = (
        f"Whether the number held for {here} in {wording.period(read.period)} is {wording.small(times)} "
        f"times that of {wording.period(read.base_period)}."
    )
    pairs = [pair for pair in read.pairs() if point(pair[0].amount) > 0]
    if not pairs:
        return _nothing(read, check)
    weight = _weighed(_times(first.amount, last.amount, times) for first, last in pairs)
    said = [
        (last, f"{_ratio(point(last.amount) / point(first.amount))} times {_number(first)}", first)
        for first, last in pairs
    ]
    reason = _told(read, said)
    if weight is Weight.SUPPORTED and any(is_partial(first) for first, _ in pairs):
        weight = Weight.PARTLY
        reason += "; that count leaves out a part of the period, so that the whole may be fewer times as many"
    return Finding(
        weight=weight,
        reason=wording.sentence(reason),
        check=check,
        caveats=(*broken(pairs, record), *_doubled(read), RECORDED),
        figures=read.figures,
    )


def change_as_printed(claim: Claim, record: Record) -> Finding:
    """Whether a printed percentage is what the numbers come to.

    Settings: place, measure, period, base, and the change in per cent, such as "14" or "-27".
    """
    change = _change_setting(claim)
    read = _readings(claim, record)
    check = (
        f"Whether the numbers held for {wording.place(read.place)} in {wording.period(read.base_period)} and "
        f"{wording.period(read.period)} come to a change of {_signed(change)}%."
    )
    pairs = [pair for pair in read.pairs() if point(pair[0].amount) > 0]
    if not pairs:
        return _nothing(read, check)
    weight = _weighed(_comes_to(first.amount, last.amount, change) for first, last in pairs)
    said = [(last, _against(_per_cent(first, last), first), first) for first, last in pairs]
    printed = _printed_change(read, change, record)
    reason = _told(read, said)
    if weight is Weight.CONTRADICTED and printed is not None:
        weight = Weight.PARTLY
        reason += f"; {_signed(change)}% is printed of comparable forces, which are not all of these"
    return Finding(
        weight=weight,
        reason=wording.sentence(reason),
        check=check,
        caveats=(*broken(pairs, record), *_doubled(read), RECORDED),
        figures=(*read.figures, *([printed.id] if printed else [])),
    )


def _readings(claim: Claim, record: Record) -> _Readings:
    place, measure = place_setting(claim, record), setting(claim, "measure")
    base, period = named_period(claim, "base"), named_period(claim, "period")
    held = usable(record.figures(place=place.code, measure=measure, platform=claim.setting("platform")))
    held.sort(key=lambda figure: (published_on(record, figure.source), figure.id))
    return _Readings(
        place,
        tuple(figure for figure in held if figure.period.text == base.text),
        tuple(figure for figure in held if figure.period.text == period.text),
        base,
        period,
    )


def _change_setting(claim: Claim) -> Decimal:
    text = setting(claim, "change").replace("−", "-").removeprefix("+")
    try:
        value = Decimal(text)
    except InvalidOperation:
        value = Decimal("NaN")
    if not value.is_finite() or abs(value) > 10**6:
        raise ValueError(f'the claim "{claim.id}" has the change "{text}": write it like 14 or -27.5')
    return value


def _distinct(figures: Iterable[Figure]) -> list[Figure]:
    return list({(figure.amount.number, figure.amount.qualifier): figure for figure in figures}.values())


def _times(base: Amount, later: Amount, times: int) -> _Held:
    (base_low, base_high), (low, high) = bounds(base), bounds(later)
    wanted = _NEAR * times
    if low is not None and base_high and low >= wanted * base_high:
        return _Held.YES
    if high is not None and base_low is not None and high < wanted * base_low:
        return _Held.NO
    return _Held.UNSURE


def _comes_to(base: Amount, later: Amount, change: Decimal) -> _Held:
    least, most = rounded(Amount(number=change))
    (base_low, base_high), (low, high) = bounds(base), bounds(later)
    if least is None or most is None:
        return _Held.UNSURE
    below, above = (_HUNDRED + least) / _HUNDRED, (_HUNDRED + most) / _HUNDRED
    if high is not None and base_low is not None and high < below * base_low:
        return _Held.NO
    if low is not None and base_high is not None and low > above * base_high:
        return _Held.NO
    return _Held.YES if None not in (low, high, base_low, base_high) else _Held.UNSURE


def _weighed(readings: Iterable[_Held]) -> Weight:
    found = set(readings)
    if found == {_Held.YES}:
        return Weight.SUPPORTED
    if found == {_Held.NO}:
        return Weight.CONTRADICTED
    return Weight.PARTLY if _Held.YES in found else Weight.NOT_SHOWN


def _told(read: _Readings, said: Sequence[tuple[Figure, str, Figure]]) -> str:
    """ "252 in 2018/19 is 3.9 times 64 and 1.4 times 175, both printed for 2017/18"."""
    parts: list[str] = []
    for last in dict.fromkeys(one[0].id for one in said):
        several = [one for one in said if one[0].id == last]
        parts.append(f"{wording.dated(several[0][0])} is {wording.listing([one[1] for one in several])}")
    bases = len({one[2].id for one in said})
    how = {1: "printed", 2: "both printed"}.get(bases, "all printed")
    return f"{'; '.join(parts)}, {how} for {wording.period(read.base_period)}"


def _nothing(read: _Readings, check: str) -> Finding:
    lacking = [
        wording.period(period)
        for period, held in ((read.base_period, read.base), (read.period, read.later))
        if not held
    ]
    what = f"no number is held for {wording.listing(lacking)}" if lacking else "the earlier number is nought"
    reason = wording.sentence(
        f"for {wording.place(read.place)} {what}, so the two cannot be set side by side"
    )
    return Finding(weight=Weight.NOT_SHOWN, reason=reason, check=check, figures=read.figures)


def _printed_change(read: _Readings, change: Decimal, record: Record) -> Figure | None:
    """The same change where a source prints it of comparable forces."""
    for figure in record.figures(place=read.place.code, measure=PRINTED, platform=""):
        same = (
            figure.period.text == read.period.text
            and figure.breakdown == f"{SINCE}{read.base_period.label}"
            and figure.amount.number == change
        )
        if same and says_comparable(figure):
            return figure
    return None


def _doubled(read: _Readings) -> list[str]:
    said: list[str] = []
    for period, held in ((read.base_period, read.base), (read.period, read.later)):
        if len(_distinct(held)) > 1:
            numbers = wording.listing([_number(figure) for figure in _distinct(held)])
            said.append(f"Different numbers are printed for {wording.period(period)}: {numbers}.")
    return said


def broken(pairs: Sequence[tuple[Figure, Figure]], record: Record) -> tuple[str, ...]:
    """What keeps the two figures of each pair from covering the same, in sentences."""
    found = [comparable(first, last, record) for first, last in pairs]
    return tuple(dict.fromkeys(one.text for one in found if one is not None))


def _number(figure: Figure) -> str:
    return wording.dated(figure).split(" in ")[0]


def _per_cent(first: Figure, last: Figure) -> Decimal:
    before, after = point(first.amount), point(last.amount)
    return (after - before) * _HUNDRED / before


def _tenths(value: Decimal) -> str:
    return wording.number(value.quantize(Decimal("0.1")))


def _against(change: Decimal, first: Figure) -> str:
    """ "13.6% above 199"."""
    if not change:
        return f"the same as {_number(first)}"
    return f"{_tenths(abs(change))}% {'above' if change > 0 else 'below'} {_number(first)}"


def _ratio(value: Decimal) -> str:
    near = value.quantize(Decimal("0.1"))
    # "2 times" would hide whether it is more than twice.
    exact = value >= 1 and (near != near.to_integral_value() or value == near)
    return wording.number(value.quantize(Decimal("0.1" if exact else "0.01")))


def _signed(value: Decimal) -> str:
    shown = _tenths(value)
    return shown if shown.startswith("−") or shown == "0" else f"+{shown}"
