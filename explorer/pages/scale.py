"""Axes: where ticks stand and what they say, decided once so that every surface shows the same.

It places numbers; it words nothing but their labels.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from decimal import Decimal

from explorer.evidence import wording
from explorer.evidence.model import Period, PeriodKind
from explorer.evidence.periods import span

from .chart import Axis, Tick

_STEPS = (1, 2, 5, 10)
_HEADROOM = 1.08
"""A bar's label stands above it, so the axis reaches a little further than the highest bar."""
_LEAST_YEARS = 1.0
"""A trend's axis is never shorter than this, so that a lone quarter keeps the width of a quarter."""
_EDGE = 0.06
_LEAST_REACH = 0.001
"""Values below this are as good as 0 on an axis."""


def grouped(value: Decimal) -> str:
    """A number with commas between thousands and no needless decimals: 1200 -> "1,200", 19.25 -> "19.25"."""
    return wording.number(value)


def nice_step(highest: float, wanted: int = 5) -> float:
    """The tick distance of the 1-2-5 series that gives about ``wanted`` ticks from 0 to ``highest``."""
    if not math.isfinite(highest) or highest < _LEAST_REACH:
        return 1.0
    rough = highest / wanted
    power = 10.0 ** math.floor(math.log10(rough))
    return next(step * power for step in _STEPS if step * power >= rough * 0.999)


def from_zero(highest: float, title: str, *, suffix: str = "", whole: bool = True) -> Axis:
    """A value axis from 0 to a tick at or above ``highest``; counts get whole ticks only."""
    reach = max(highest, 0.0) * _HEADROOM
    step = nice_step(reach)
    if whole:
        step = max(1.0, step)
    count = max(1, math.ceil(round(reach / step, 9)))
    ticks = tuple(_tick(index * step, suffix) for index in range(count + 1))
    return Axis(title=title, low=0.0, high=ticks[-1].at, ticks=ticks, grid=True)


def _tick(at: float, suffix: str) -> Tick:
    exact = round(at, 9)
    return Tick(at=exact, label=grouped(Decimal(repr(exact))) + suffix)


def over_time(periods: Iterable[Period]) -> Axis:
    """A category axis in years with a tick at the middle of each period, labelled as the period is.

    Periods stand where they lie in time and are as wide as they are long. At least one period is needed.
    """
    distinct = sorted({(*span(period), tick_label(period)) for period in periods})
    starts, ends = [start for start, _, _ in distinct], [end for _, end, _ in distinct]
    low, high = min(starts), max(ends)
    missing = max(0.0, _LEAST_YEARS - (high - low)) / 2
    edge = _EDGE * max(high - low, _LEAST_YEARS)
    ticks = tuple(Tick(at=(start + end) / 2, label=label) for start, end, label in distinct)
    return Axis(title="", low=low - missing - edge, high=high + missing + edge, ticks=ticks)


def named(labels: Iterable[str]) -> Axis:
    """A category axis with one named place at 0, 1, 2 ..."""
    ticks = tuple(Tick(at=float(index), label=label) for index, label in enumerate(labels))
    return Axis(title="", low=-0.6, high=max(len(ticks), 1) - 0.4, ticks=ticks)


def tick_label(period: Period) -> str:
    """A period's label broken over lines where it is long: "Apr-Jun 2020" -> "Apr-Jun" over "2020"."""
    if period.kind in {PeriodKind.FINANCIAL_YEAR, PeriodKind.CALENDAR_YEAR}:
        return period.label
    if period.kind is PeriodKind.SEVERAL_YEARS:
        return period.label.replace("-", "-\n", 1)
    return "\n".join(period.label.rsplit(" ", 1))
