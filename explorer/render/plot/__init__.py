"""A frame on pyqtgraph's items."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .frame_plot import (
        FramePlot as FramePlot,
        has_plot as has_plot,
        moved_along as moved_along,
        plot_scales as plot_scales,
    )
    from .items import ChartBars as ChartBars, Numbers as Numbers
    from .overlay import PlotOverlay as PlotOverlay, render_frame as render_frame
else:
    from explorer.support.faces import lazy_face

    __getattr__ = lazy_face(
        __name__,
        frame_plot="FramePlot has_plot moved_along plot_scales",
        items="ChartBars Numbers",
        overlay="PlotOverlay render_frame",
    )
