"""Moving a chart through time: what a hand does to the view, and the whole periods that it comes to rest on.

While a hand moves, only the view changes. Once it rests, or lets go, the periods in view are asked for, so that
title, table and every document say what is seen.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from explorer.pages.model import Chart, ChartTimeline

REST = 150
"""Milliseconds without a movement after which a hand rests."""
_STEP = 0.8
"""What one press of a key, or one notch of a wheel, leaves of the length in view."""
_PAN = 0.25
"""How much of what is in view one press of a key moves on."""
_SAME = 1e-6


class TimeHand(QObject):
    """The range in view of a chart that can be moved through: the years from ``low`` to ``high``, without margins."""

    moved = Signal()
    """The range in view is another; the question is still the same."""
    rested = Signal(str, str)
    """The first and the last period to ask for; two empty texts for all of them."""
    stayed = Signal()
    """It came to rest on the periods that were shown before."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.timeline: ChartTimeline | None = None
        self.low, self.high = 0.0, 1.0
        self.is_moving = False
        self._bounds = ("", "")
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(REST)
        self._timer.timeout.connect(self.rest)

    def take(self, chart: Chart, timeline: ChartTimeline | None) -> None:
        """Another chart is shown, of all of ``timeline`` or of a part; None where it cannot be moved through."""
        self._timer.stop()
        self.timeline, self.is_moving = timeline, False
        self._bounds = ("", "")
        if timeline is not None and chart == timeline.chart:
            self.low, self.high = timeline.low, timeline.high
        elif timeline is not None and any(series.data for series in chart.series):
            longest = max(period.end - period.start for period in timeline.periods)
            every = [datum for series in chart.series for datum in series.data]
            data = [datum for datum in every if datum.end - datum.start <= longest] or every
            visible_periods = timeline.seen(min(one.start for one in data), max(one.end for one in data))
            self.low = min(period.start for period in visible_periods)
            self.high = max(period.end for period in visible_periods)
            self._bounds = timeline.bounds_of(self.low, self.high)

    @property
    def view_range(self) -> tuple[float, float]:
        """What the plot shows, from edge to edge: the range in view with the margins of a chart."""
        edge = self.timeline.margin * (self.high - self.low) if self.timeline is not None else 0.0
        return self.low - edge, self.high + edge

    @property
    def is_near(self) -> bool:
        """Whether less than everything is in view."""
        line = self.timeline
        return line is not None and (self.low > line.low + _SAME or self.high < line.high - _SAME)

    def zoom(self, notches: float, at: float | None = None) -> None:
        """Show less (``notches`` above 0) or more, with the year ``at`` where it is; the middle where it is None."""
        centre = (self.low + self.high) / 2 if at is None else at
        factor = _STEP**notches
        self.look_at(centre - (centre - self.low) * factor, centre + (self.high - centre) * factor)

    def pan(self, steps: float) -> None:
        """Move on by so many steps, back where they are below 0."""
        self.shift(steps * _PAN * (self.high - self.low))

    def shift(self, years: float) -> None:
        """Move on by so many years."""
        line = self.timeline
        if line is None:
            return
        years = min(max(years, line.low - self.low), line.high - self.high)
        self.look_at(self.low + years, self.high + years)

    def look_at(self, low: float, high: float) -> None:
        """Have ``low`` to ``high`` in view, as far as there is anything; it comes to rest after a while."""
        line = self.timeline
        if line is None:
            return
        length = min(max(high - low, line.shortest), line.high - line.low)
        middle = (low + high) / 2
        low = min(max(middle - length / 2, line.low), line.high - length)
        if abs(low - self.low) < _SAME and abs(low + length - self.high) < _SAME:
            return
        self.low, self.high, self.is_moving = low, low + length, True
        self._timer.start()
        self.moved.emit()

    def show_all(self) -> None:
        """Come to rest on all periods."""
        if self.timeline is not None:
            self.look_at(self.timeline.low, self.timeline.high)
            self.rest()

    def rest(self) -> None:
        """Come to rest now: the periods in view are asked for."""
        self._timer.stop()
        if not self.is_moving or self.timeline is None:
            return
        self.is_moving = False
        bounds = self.timeline.bounds_of(self.low, self.high)
        if bounds == self._bounds:
            self.stayed.emit()
        else:
            self.rested.emit(*bounds)
