"""A Chart and a size become a Frame. The one door to the layout; the shapes have files of their own."""

from __future__ import annotations

from msgspec.structs import replace

from explorer.pages.chart import Chart, Shape

from .frame import Anchor, Box, Frame, Ink, Lettering, Scale
from .lettering import Type
from .lying import lay_rows
from .plain import plain
from .sheet import Sheet
from .tiles import lay_tiles
from .upright import lay_upright


def lay_out(
    chart: Chart, kind: Type, width: float, height: float, pixel: float = 1.0, *, apart: bool = False
) -> Frame:
    """``chart`` laid out for ``width`` x ``height`` logical pixels.

    ``pixel`` is the size of a device pixel in logical ones, 0 where there are none. The frame may come out
    higher than asked for: nothing is set smaller or left out to make it fit. With ``apart`` the words of many
    events are left to whoever shows the chart; ``flags.numbered`` gives them.
    """
    sheet = Sheet(apart=apart, type=kind, width=max(width, 8 * kind.body), height=height, pixel=pixel)
    if chart.shape is Shape.TILES:
        return lay_tiles(sheet, chart) if chart.tiles else _empty(sheet, chart)
    if not any(series.data for series in chart.series):
        return _empty(sheet, chart)
    chart = _within(chart)
    if chart.shape is Shape.ROWS:
        return lay_rows(sheet, chart)
    return lay_upright(sheet, chart)


def lay_beside(chart: Chart, kind: Type, width: float, height: float, pixel: float = 1.0) -> Frame:
    """A map at the left of its room; the frame's ``aside`` is what is free beside it."""
    sheet = Sheet(type=kind, width=max(width, 8 * kind.body), height=height, pixel=pixel)
    return lay_tiles(sheet, chart, to_the_left=True) if chart.tiles else _empty(sheet, chart)


def _within(chart: Chart) -> Chart:
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


def _empty(sheet: Sheet, chart: Chart) -> Frame:
    """A chart without data: the sentence that says why, in the middle."""
    lines = sheet.type.wrap(plain(chart.empty), Lettering.BODY, min(0.9 * sheet.width, 34 * sheet.type.body))
    high = len(lines) * sheet.line(Lettering.BODY)
    top = max(0.0, (sheet.height - high) / 2)
    end = sheet.write(lines, sheet.width / 2, top, Lettering.BODY, Ink.MUTED, Anchor.MIDDLE)
    return sheet.frame(chart.shape, Box(0.0, 0.0, sheet.width, end), Scale(0.0, 1.0, 0.0, 0.0), (), end)
