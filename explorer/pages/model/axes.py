"""Axes: where ticks stand and what they say, decided once so that every surface shows the same.

It places numbers; it words nothing but their labels.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from decimal import Decimal

from explorer.evidence import Period, PeriodKind, format_number, year_span

from .chart import AxisTick, ChartAxis

_STEPS = (1, 2, 5, 10)
_HEADROOM = 1.08
"""A bar's label stands above it, so the axis reaches a little further than the highest bar."""
_LEAST_YEARS = 1.0
"""A trend's axis is never shorter than this, so that a lone quarter keeps the width of a quarter."""
_EDGE = 0.06
_SLIGHT = 0.25
"""Values this share of a step below 0 need no tick of their own."""
_MOST_PARTS = 12
"""Up to so many parts of years each have a label of their own."""
_PARTS = frozenset({PeriodKind.QUARTER, PeriodKind.PART_YEAR})
_APRIL = 4
_LEAST_REACH = 0.001
"""Values below this are as good as 0 on an axis."""


def nice_step(highest: float, tick_count: int = 5) -> float:
    """The tick distance of the 1-2-5 series that gives about ``tick_count`` ticks from 0 to ``highest``."""
    if not math.isfinite(highest) or highest < _LEAST_REACH:
        return 1.0
    rough = highest / tick_count
    power = 10.0 ** math.floor(math.log10(rough))
    return next(step * power for step in _STEPS if step * power >= rough * 0.999)


def from_zero(highest: float, title: str, *, lowest: float = 0.0, suffix: str = "", whole: bool = True) -> ChartAxis:
    """A value axis from 0 to a tick at or above ``highest``; counts get whole ticks only.

    Where ``lowest`` is below 0 it begins at a tick at or below that, and 0 stands within it; where it is
    only slightly so, it begins a little below 0 and has no tick there.
    """
    reach, depth = max(highest, 0.0) * _HEADROOM, min(lowest, 0.0)
    step = nice_step(reach - depth)
    if whole:
        step = max(1.0, step)
    slight = -depth < step * _SLIGHT and reach > 0
    below = 0 if slight else math.ceil(round(-depth / step, 9))
    above = max(0 if below else 1, math.ceil(round(reach / step, 9)))
    ticks = tuple(_build_tick(index * step, suffix) for index in range(-below, above + 1))
    low = min(depth * _HEADROOM, -step * _SLIGHT / 2) if slight and depth else ticks[0].at
    return ChartAxis(title=title, low=low, high=ticks[-1].at, ticks=ticks, grid=True)


def build_value_axis(values: Iterable[float], title: str, *, whole: bool = True, suffix: str = "") -> ChartAxis:
    """A value axis for bars of ``values``: from 0, or from below it where one of them is."""
    all_values = tuple(values)
    least, most = min(all_values, default=0.0), max(all_values, default=0.0)
    return from_zero(most, title, lowest=least, whole=whole, suffix=suffix)


def _build_tick(at: float, suffix: str) -> AxisTick:
    exact = round(at, 9)
    return AxisTick(at=exact, label=format_number(Decimal(repr(exact))) + suffix)


def over_time(periods: Iterable[Period]) -> ChartAxis:
    """A category axis in years with a tick at the middle of each period, labelled as the period is.

    Periods stand where they lie in time and are as wide as they are long. At least one period is needed.
    Very many parts of years are labelled by the financial years that they lie in.
    """
    period_list = list(periods)
    distinct = sorted({(*year_span(period), tick_label(period)) for period in period_list})
    starts, ends = [start for start, _, _ in distinct], [end for _, end, _ in distinct]
    low, high = min(starts), max(ends)
    missing = max(0.0, _LEAST_YEARS - (high - low)) / 2
    edge = _EDGE * max(high - low, _LEAST_YEARS)
    parts = len(distinct) > _MOST_PARTS and all(period.kind in _PARTS for period in period_list)
    middles = (AxisTick(at=(start + end) / 2, label=label) for start, end, label in distinct)
    ticks = _year_ticks(period_list) if parts else tuple(middles)
    return ChartAxis(title="", low=low - missing - edge, high=high + missing + edge, ticks=ticks)


def _year_ticks(parts: Iterable[Period]) -> tuple[AxisTick, ...]:
    """A tick for each financial year, at the middle of those of its parts that are there."""
    spans_by_year: dict[int, list[tuple[float, float]]] = {}
    for part in parts:
        year = part.start.year - (part.start.month < _APRIL)
        spans_by_year.setdefault(year, []).append(year_span(part))
    return tuple(
        AxisTick(
            at=(min(start for start, _ in spans) + max(end for _, end in spans)) / 2,
            label=f"{year}/{(year + 1) % 100:02d}",
        )
        for year, spans in sorted(spans_by_year.items())
    )


def build_category_axis(labels: Iterable[str]) -> ChartAxis:
    """A category axis with one named place at 0, 1, 2 ..."""
    ticks = tuple(AxisTick(at=float(index), label=label) for index, label in enumerate(labels))
    return ChartAxis(title="", low=-0.6, high=max(len(ticks), 1) - 0.4, ticks=ticks)


def tick_label(period: Period) -> str:
    """A period's label broken over lines where it is long: "Apr-Jun 2020" -> "Apr-Jun" over "2020"."""
    if period.kind in {PeriodKind.FINANCIAL_YEAR, PeriodKind.CALENDAR_YEAR}:
        return period.label
    if period.kind is PeriodKind.SEVERAL_YEARS:
        return period.label.replace("-", "-\n", 1)
    return "\n".join(period.label.rsplit(" ", 1))
