"""Rows: how the categories of a lying chart share the height, and where their names go. Draws nothing."""

from __future__ import annotations

from msgspec import Struct

from explorer.pages.model.chart import AxisTick, Chart

from .frame import Box, TextStyle
from .sheet import FrameBuilder

_NAME_SHARE = 0.36
_ROOMY = 34.0
"""How many times the body size a sheet must be wide to keep names beside the bars."""
_LEAST_BAR = 24.0
_MOST_BAR = 56.0
_PAD = 8.0
GAP = 12.0
"""What is kept free between names and bars, in units."""


class CategoryBand(Struct, frozen=True):
    """A category: its tick, the lines of its name and how many bars stand side by side in it."""

    tick: AxisTick
    name: tuple[str, ...]
    bars: int
    share: float
    """How much of the category's height the bars take together."""
    first: float
    """Where the first of them starts."""


class CategoryBands(Struct, frozen=True):
    """All categories. ``above`` says that names stand over their bars; ``width`` is what they need beside."""

    bands: tuple[CategoryBand, ...]
    above: bool
    width: float
    low: float
    least: float
    """The least height of one category."""
    most: float
    """The height past which bars would be unduly thick."""
    name_height: float
    """How high the names over the bars are; 0 beside them."""

    @property
    def has_shared_names(self) -> bool:
        """Whether a name stands for several bars."""
        return any(band.bars > 1 for band in self.bands)

    def category_pitch(self, room: float, span: float) -> float:
        """The height of one category where ``room`` is free for ``span`` of them."""
        return max(self.least, min(self.most, room / span if span else room))

    def y_at(self, value: float, top: float, pitch: float) -> float:
        """The pixel of a place on the category axis."""
        nearest = min(self.bands, key=lambda band: abs(band.tick.at - value), default=None)
        start = (nearest.tick.at if nearest else value) - 0.5
        return top + (start - self.low) * pitch + self.name_height + (value - start) * (pitch - self.name_height)

    def grid_stretches(self, plot: Box, pitch: float) -> list[tuple[float, float]]:
        """Where along the height grid lines run: all of it, but not behind names that stand over bars."""
        if not self.above:
            return [(plot.y, plot.bottom)]
        edges = [(band.first, band.first + band.share) for band in self.bands]
        return [(self.y_at(a, plot.y, pitch) - 1, self.y_at(b, plot.y, pitch) + 1) for a, b in edges]


def most_beside(sheet: FrameBuilder) -> float:
    """The most room that names can take beside the bars."""
    roomy = sheet.width >= _ROOMY * sheet.type.body
    return _NAME_SHARE * sheet.width + GAP * sheet.unit if roomy else sheet.unit


def divide_categories(sheet: FrameBuilder, chart: Chart, labels: float) -> CategoryBands:
    """The bands of a chart of rows whose labels are at most ``labels`` high."""
    room = _NAME_SHARE * sheet.width
    ticks = chart.categories.ticks
    above = sheet.width < _ROOMY * sheet.type.body or any(
        len(sheet.wrap_lines(tick.label, TextStyle.BODY, room)) > 3 for tick in ticks
    )
    room = sheet.width if above else room
    bands = tuple(_build_band(chart, tick, sheet.wrap_lines(tick.label, TextStyle.BODY, room, 3)) for tick in ticks)
    step, unit = sheet.line_height(TextStyle.BODY), sheet.unit
    high = max((len(band.name) for band in bands), default=0) * step
    bars = max((band.bars for band in bands), default=1)
    share = min((band.share for band in bands), default=1.0)
    thin, thick = (bars * max(size * unit, labels) / share for size in (_LEAST_BAR, _MOST_BAR))
    if above:
        high += 2 * unit
        return CategoryBands(bands, True, 0.0, chart.categories.low, thin + high, thick + high, high)
    width = max((sheet.max_line_width(band.name, TextStyle.BODY) for band in bands), default=0.0)
    least = max(thin, high + _PAD * unit)
    return CategoryBands(bands, False, width, chart.categories.low, least, max(thick, least), 0.0)


def _build_band(chart: Chart, tick: AxisTick, name: tuple[str, ...]) -> CategoryBand:
    inside = [d for series in chart.series for d in series.data if abs(d.at - tick.at) <= 0.5]
    starts = {round(datum.start, 6) for datum in inside}
    low = min((datum.start for datum in inside), default=tick.at - 0.5)
    high = max((datum.end for datum in inside), default=tick.at + 0.5)
    return CategoryBand(tick, name, max(1, len(starts)), min(1.0, max(0.2, high - low)), low)
