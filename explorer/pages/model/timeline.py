"""The whole of a chart over time, of which a question may show a part: what a hand can move through."""

from __future__ import annotations

from msgspec import Struct

from .chart import Chart

LEAST_PERIODS = 5
"""A chart of fewer periods is seen whole, and is not moved through."""
_SHARE = 0.5
"""How much of a period must be in view for it to count as seen."""


class TimelinePeriod(Struct, frozen=True, kw_only=True):
    """A period that is drawn: its text in questions, its label, and where it begins and ends in years."""

    text: str
    label: str
    start: float
    end: float


class ChartTimeline(Struct, frozen=True, kw_only=True):
    """The periods of a chart in order, and the chart of all of them."""

    periods: tuple[TimelinePeriod, ...]
    chart: Chart
    """All of it, drawn as the question asks but for its range."""

    @property
    def low(self) -> float:
        """Where the whole begins, in years."""
        return min(period.start for period in self.periods)

    @property
    def high(self) -> float:
        """Where the whole ends, in years."""
        return max(period.end for period in self.periods)

    @property
    def margin(self) -> float:
        """What a chart leaves free at either end, as a share of what it shows."""
        axis = self.chart.categories
        return max(0.0, (axis.high - axis.low) / (self.high - self.low) - 1) / 2

    @property
    def shortest(self) -> float:
        """The length of the shortest period, in years: nobody need see less."""
        return min(period.end - period.start for period in self.periods)

    def seen(self, low: float, high: float) -> tuple[TimelinePeriod, ...]:
        """The periods that are in view from ``low`` to ``high`` by half or more; the nearest where none is."""
        within = tuple(
            period
            for period in self.periods
            if min(period.end, high) - max(period.start, low) >= _SHARE * (period.end - period.start)
        )
        middle = (low + high) / 2
        return within or (min(self.periods, key=lambda one: abs((one.start + one.end) / 2 - middle)),)

    def bounds_of(self, low: float, high: float) -> tuple[str, str]:
        """What a question asks for to show what is in view, in whole periods; two empty texts for all of it."""
        visible_periods = self.seen(low, high)
        if len(visible_periods) == len(self.periods):
            return "", ""
        first = min(visible_periods, key=lambda period: (period.start, period.end))
        last = max(visible_periods, key=lambda period: (period.end, -period.start))
        return first.text, last.text
