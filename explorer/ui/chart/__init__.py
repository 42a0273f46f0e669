"""The pane of the chart: its toolbar, its measures, its table, its pictures."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .measure_popup import MEASURE_KEYS as MEASURE_KEYS
    from .pane import ChartPane as ChartPane
    from .picture_dialog import open_picture_dialog as open_picture_dialog
    from .time_range_row import CHART_KEYS as CHART_KEYS
else:
    from explorer.support.faces import lazy_face

    __getattr__ = lazy_face(
        __name__,
        pane="ChartPane",
        picture_dialog="open_picture_dialog",
        measure_popup="MEASURE_KEYS",
        time_range_row="CHART_KEYS",
    )
