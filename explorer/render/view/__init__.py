"""The chart that is looked at, pointed at and walked through."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .chart_view import ChartView as ChartView
    from .time_overview import TimeOverview as TimeOverview
else:
    from explorer.support.faces import lazy_face

    __getattr__ = lazy_face(
        __name__,
        chart_view="ChartView",
        time_overview="TimeOverview",
    )
