"""A Chart and a size become a Frame. The one door to the layout; the shapes have files of their own."""

from __future__ import annotations

from msgspec.structs import replace

from explorer.pages.model.chart import Chart, ChartShape
from explorer.support.safe_text import sanitise

from .frame import Box, ChartFrame, ColourRole, LinearScale, TextAnchor, TextStyle
from .lettering import FontSet
from .lying import layout_horizontal_bars
from .sheet import FrameBuilder
from .tiles import lay_tiles
from .upright import layout_vertical


def lay_out(
    chart: Chart, kind: FontSet, width: float, height: float, pixel: float = 1.0, *, apart: bool = False
) -> ChartFrame:
    """``chart`` laid out for ``width`` x ``height`` logical pixels.

    ``pixel`` is the size of a device pixel in logical ones, 0 where there are none. The frame may come out
    higher than asked for: nothing is set smaller or left out to make it fit. With ``apart`` the words of many
    events are left to whoever shows the chart; ``flags.numbered_events`` gives them.
    """
    sheet = FrameBuilder(apart=apart, type=kind, width=max(width, 8 * kind.body), height=height, pixel=pixel)
    if chart.shape is ChartShape.TILES:
        return lay_tiles(sheet, chart) if chart.tiles else _empty_frame(sheet, chart)
    if not any(series.data for series in chart.series):
        return _empty_frame(sheet, chart)
    chart = _clip_to_axes(chart)
    if chart.shape is ChartShape.ROWS:
        return layout_horizontal_bars(sheet, chart)
    return layout_vertical(sheet, chart)


def lay_beside(chart: Chart, kind: FontSet, width: float, height: float, pixel: float = 1.0) -> ChartFrame:
    """A map at the left of its room; the frame's ``aside`` is what is free beside it."""
    sheet = FrameBuilder(type=kind, width=max(width, 8 * kind.body), height=height, pixel=pixel)
    return lay_tiles(sheet, chart, to_the_left=True) if chart.tiles else _empty_frame(sheet, chart)


def _clip_to_axes(chart: Chart) -> Chart:
    """``chart`` less the dated marks and reference levels that lie off its axes."""
    across, values = chart.categories, chart.values
    flags = tuple(flag for flag in chart.flags if across.low <= flag.at <= across.high)
    rules = tuple(
        rule
        for rule in chart.rules
        if values.low <= rule.value <= values.high and rule.start < across.high and rule.end > across.low
    )
    if (flags, rules) == (chart.flags, chart.rules):
        return chart
    return replace(chart, flags=flags, rules=rules)


def _empty_frame(sheet: FrameBuilder, chart: Chart) -> ChartFrame:
    """A chart without data: the sentence that says why, in the middle."""
    lines = sheet.type.wrap_text(sanitise(chart.empty), TextStyle.BODY, min(0.9 * sheet.width, 34 * sheet.type.body))
    high = len(lines) * sheet.line_height(TextStyle.BODY)
    top = max(0.0, (sheet.height - high) / 2)
    end = sheet.write_lines(lines, sheet.width / 2, top, TextStyle.BODY, ColourRole.MUTED, TextAnchor.MIDDLE)
    return sheet.build_frame(chart.shape, Box(0.0, 0.0, sheet.width, end), LinearScale(0.0, 1.0, 0.0, 0.0), (), end)
