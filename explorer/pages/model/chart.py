"""A chart, complete: geometry in data units, ticks, labels, notes and its text alternative.

Types only; the modules of ``pages.charts`` compose them, and ``render`` draws them.
"""

from __future__ import annotations

import enum

from msgspec import Struct


class ChartKind(enum.StrEnum):
    """The question a chart answers."""

    TREND = "trend"
    PLATFORMS = "platforms"
    SHIFT = "shift"
    BREAKDOWN = "breakdown"
    COMPARE = "compare"
    MAP = "map"


class ChartShape(enum.StrEnum):
    """How the values are drawn."""

    COLUMNS = "columns"
    """Upright bars: categories along x, values up y."""
    ROWS = "rows"
    """Lying bars: categories down y (0 at the top), values along x. For long names."""
    LINES = "lines"
    """Points joined where both are alike: categories along x, values up y."""
    TILES = "tiles"
    """One square a force area, laid out like a map: ``Chart.tiles`` holds them, ``series`` is empty."""


class MarkFill(enum.StrEnum):
    """How a mark is filled, so that differences do not rest on colour alone."""

    SOLID = "solid"
    OPEN_ENDED = "open-ended"
    """An "at least" figure: solid, with a broken, fading upper edge that says it may go on."""
    PART = "part"
    """A part of a year: hatched, outlined; never mistaken for a whole one."""
    HOLLOW = "hollow"
    """A figure that is not the preferred one, or only a point of reference."""
    MISSING = "missing"
    """No number: only its shorthand is drawn, at the axis."""


class AxisTick(Struct, frozen=True, kw_only=True):
    """A place on an axis with its label; the label may hold line breaks."""

    at: float
    label: str


class ChartAxis(Struct, frozen=True, kw_only=True):
    """An axis: what it measures, its whole range and every tick on it. Value axes of bars hold 0."""

    title: str
    low: float
    high: float
    ticks: tuple[AxisTick, ...]
    grid: bool = False


class DataPoint(Struct, frozen=True, kw_only=True):
    """One figure as drawn: where it stands, how far it reaches and what is said of it.

    ``start``, ``end`` and ``at`` lie on the category axis; ``value`` on the value axis (None where there is
    no number, never 0 or NaN). ``joined`` says whether a line runs to it from the datum before.
    """

    figure: str
    """The id of the figure it draws: what selecting it selects."""
    start: float
    end: float
    at: float
    value: float | None
    fill: MarkFill
    label: str
    """The direct label, such as "77", "at least 1,200", "36%" or "[x]"."""
    name: str
    """A sentence for screen readers and the hover card: period, place, amount, qualifier."""
    low: float | None = None
    high: float | None = None
    """The published number's range, drawn as a whisker on lines where it is wider than the mark; on
    bars where the chart's ``intervals`` are 95% intervals."""
    joined: bool = False


class DataSeries(Struct, frozen=True, kw_only=True):
    """Data drawn in one colour. ``role`` is an index into the theme's series colours, also its symbol."""

    name: str
    role: int
    data: tuple[DataPoint, ...]
    end_label: str = ""
    """For lines: the label set beside the last point instead of a legend."""


class ReferenceLine(Struct, frozen=True, kw_only=True):
    """A reference level: a short line across ``start`` to ``end`` at ``value``, with its label."""

    start: float
    end: float
    value: float
    label: str


class DateFlag(Struct, frozen=True, kw_only=True):
    """A dated mark across the whole height: an event, or a break in coverage."""

    at: float
    label: str
    name: str
    break_: bool = False


class MapTile(Struct, frozen=True, kw_only=True):
    """One force area of a tile map: where its square stands and what is said of it."""

    place: str
    """The code of the place it leads to."""
    column: int
    row: int
    """From the top left, 0 first."""
    short: str
    """A few letters for the square, such as "Cam"; the whole name is in ``name``."""
    name: str
    """A sentence for screen readers and the hover card."""
    label: str
    """The number in the square, such as "198" or "[x]"."""
    figure: str = ""
    """The figure that is selected with it; empty where there is none."""
    band: int | None = None
    """Which of the chart's bands it is coloured by; None is hatched: no figure."""


class ColourBand(Struct, frozen=True, kw_only=True):
    """One step of a map's colours, with its bounds in words: "50 to 99". ``tone`` runs from 0 (least) to 1.

    Where changes are shown, ``tone`` runs from -1 (the largest fall) over 0 to 1 (the largest rise).
    """

    label: str
    tone: float


class Chart(Struct, frozen=True, kw_only=True):
    """A whole chart as data with all its words, before it has a size: what is drawn, not where on a surface.

    Whatever draws it computes no number, chooses no tick and words nothing. Positions along the category axis
    are plain numbers (years as fractions over time, 0, 1, 2 ... for named rows), so that one layout for each
    ``shape`` serves every ``kind``.

    Invariants: it is frozen and compares by value. Each mark names the figure that it stands for; a number that
    is missing has the value None and its shorthand as a label, and is never drawn as 0. Value axes of bars hold
    0. What colour tells, a fill, symbol, label or key tells too. Where ``series`` and ``tiles`` are both empty,
    ``empty`` says why and what to do. ``alt_text`` says the same as the picture.

    ``compose_chart`` makes it of a ChartContext. ``render`` lays it out and paints it on screen, in pictures and
    in documents; slides make a chart to edit of it; a briefing keeps it whole in an exhibit, so that new fields
    need defaults.
    """

    kind: ChartKind
    shape: ChartShape
    title: str
    subtitle: str
    categories: ChartAxis
    values: ChartAxis
    series: tuple[DataSeries, ...]
    rules: tuple[ReferenceLine, ...] = ()
    flags: tuple[DateFlag, ...] = ()
    tiles: tuple[MapTile, ...] = ()
    """For a tile map: every force area, those without a figure among them, in place order."""
    bands: tuple[ColourBand, ...] = ()
    """For a tile map: the steps of its colours, the least first."""
    intervals: bool = False
    """Whether the ranges of its data are 95% intervals, which bars show too."""
    legend: bool = False
    """True only where direct labels cannot tell the series apart."""
    keys: tuple[tuple[MarkFill, str], ...] = ()
    """Fills that need explaining under the chart, such as (PART, "part of a year")."""
    notes: tuple[str, ...] = ()
    source_line: str = ""
    alt_text: str = ""
    empty: str = ""

    def figure_ids(self) -> tuple[str, ...]:
        """The ids of the drawn figures in reading order."""
        series_ids = (datum.figure for series in self.series for datum in series.data if datum.figure)
        return (*series_ids, *(tile.figure for tile in self.tiles if tile.figure))


# The whole of a chart over time, of which a question may show a part: what a hand can move through.


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
    def fewest(self) -> int:
        """How many periods are seen at the least: a line runs from one to another."""
        return 2 if self.chart.shape is ChartShape.LINES else 1

    @property
    def shortest(self) -> float:
        """The least that need be in view, in years: the shortest period, or two of them."""
        return self.fewest * min(period.end - period.start for period in self.periods)

    def seen(self, low: float, high: float) -> tuple[TimelinePeriod, ...]:
        """The periods in view from ``low`` to ``high`` by half or more; the nearest where there are too few."""
        within = [
            period
            for period in self.periods
            if min(period.end, high) - max(period.start, low) >= _SHARE * (period.end - period.start)
        ]
        middle = (low + high) / 2
        nearest = sorted(self.periods, key=lambda one: abs((one.start + one.end) / 2 - middle))
        missing = self.fewest - len(within)
        within += [period for period in nearest if period not in within][: max(missing, 0)]
        return tuple(sorted(within, key=lambda period: (period.start, period.end)))

    def bounds_of(self, low: float, high: float) -> tuple[str, str]:
        """What a question asks for to show what is in view, in whole periods; two empty texts for all of it."""
        visible_periods = self.seen(low, high)
        if len(visible_periods) == len(self.periods):
            return "", ""
        first = min(visible_periods, key=lambda period: (period.start, period.end))
        last = max(visible_periods, key=lambda period: (period.end, -period.start))
        return first.text, last.text
