"""Labels beside the plot: the names of lines at their ends and of reference levels, kept from meeting.

Where the sheet is too narrow for them they are given back, to be said in the legend or a key instead.
"""

from __future__ import annotations

from msgspec import Struct

from explorer.pages.model import Chart, ChartAxis, ChartShape, DataPoint, DataSeries, ReferenceLine

from .builder import FrameBuilder
from .frame import DOTTED_DASH, Box, ColourRole, LinearScale, Stroke, TextAnchor, TextPlace, TextStyle
from .marks import shows_span
from .value_labels import is_missing

_KIND = TextStyle.SMALL
_ROOMY = 32.0
"""How many times the body size a sheet must be wide to keep labels beside the plot."""
_SHARE = 0.3
_GAP = 12.0
_EARLY = 36.0
"""How far from its label a line must end for the way between them to be long, in units."""
_MOST_LINES = 3


class _EndLabel(Struct, frozen=True):
    lines: tuple[str, ...]
    at: float
    value: float
    ink: ColourRole | int
    datum: DataPoint | None = None
    """The datum whose number the label says."""


class EndLabels(Struct, frozen=True):
    """The labels beside the plot, the width they need, and what found no room there."""

    labels: tuple[_EndLabel, ...]
    width: float
    far: float
    """How far the data reaches along the categories; the labels begin right after it."""
    legend: bool
    """Whether the series must be told apart by a legend."""
    rules: tuple[ReferenceLine, ...]
    """The reference levels that must be explained in a key."""

    @property
    def labelled_data(self) -> tuple[DataPoint, ...]:
        """The data whose numbers the labels say already."""
        return tuple(label.datum for label in self.labels if label.datum is not None)


def is_roomy(sheet: FrameBuilder) -> bool:
    """Whether labels may stand beside what they name, and not in a key."""
    return sheet.width >= _ROOMY * sheet.type.body


def collect(sheet: FrameBuilder, chart: Chart) -> EndLabels:
    """The labels that stand to the right of an upright chart's data."""
    end_series = tuple(series for series in chart.series if series.end_label and _last_datum(series) is not None)
    has_names = chart.shape is ChartShape.LINES and bool(end_series)
    far = _data_reach(chart)
    if not is_roomy(sheet):
        return EndLabels((), 0.0, far, chart.legend or (has_names and len(end_series) > 1), chart.rules)
    room = _SHARE * sheet.width
    labels = [_build_end_label(sheet, series, room) for series in end_series] if has_names else []
    beside = tuple(rule for rule in chart.rules if rule.label and rule.end >= far - 0.1)
    labels += [
        _EndLabel(sheet.wrap_lines(rule.label, _KIND, room), rule.end, rule.value, ColourRole.TEXT) for rule in beside
    ]
    wide = max((sheet.max_line_width(label.lines, _KIND) for label in labels), default=0.0)
    rest = tuple(rule for rule in chart.rules if rule not in beside)
    return EndLabels(tuple(labels), wide, far, chart.legend, rest)


def category_axis_length(sheet: FrameBuilder, asides: EndLabels, categories: ChartAxis, left_edge: float) -> float:
    """How long the category axis can be from ``left_edge`` so that the labels still fit after the data."""
    room = sheet.width - left_edge - sheet.unit
    share = LinearScale(categories.low, categories.high, 0.0, 1.0).pixel_at(asides.far)
    if not asides.labels or share <= 0:
        return room
    return min(room, (room - asides.width - _GAP * sheet.unit) / share)


def labels_left_edge(sheet: FrameBuilder, asides: EndLabels, across: LinearScale) -> float:
    """The left edge of the labels; the plot ends before it."""
    if not asides.labels:
        return sheet.width
    return min(across.pixel_at(asides.far) + _GAP * sheet.unit, sheet.width - asides.width)


def _stands_beside(sheet: FrameBuilder, rule: ReferenceLine, far: float, room: float) -> bool:
    lines = sheet.wrap_lines(rule.label, _KIND, room)
    return rule.end >= far - 0.1 and 0 < len(lines) <= _MOST_LINES


def _data_reach(chart: Chart) -> float:
    ends = [max(datum.at, datum.end) for series in chart.series for datum in series.data]
    data = [datum for series in chart.series for datum in series.data]
    places = [max(datum.at, datum.end) if shows_span(datum) else datum.at for datum in data]
    reach = places if chart.shape is ChartShape.LINES else ends
    return max([*reach, *(rule.end for rule in chart.rules)], default=chart.categories.high)


def write_end_labels(
    sheet: FrameBuilder, asides: EndLabels, across: LinearScale, up: LinearScale, left_edge: float
) -> list[Box]:
    """Puts the labels at ``left_edge``, each as near its own height as the others allow; returns their boxes."""
    boxes: list[Box] = []
    step = sheet.line_height(_KIND)
    sorted_labels = sorted(asides.labels, key=lambda label: up.pixel_at(label.value))
    heights = [len(label.lines) * step for label in sorted_labels]
    centres = [up.pixel_at(label.value) for label in sorted_labels]
    tops = _spread_tops([c - h / 2 for c, h in zip(centres, heights, strict=True)], heights, up)
    for label, top, height, centre in zip(sorted_labels, tops, heights, centres, strict=True):
        at, middle = across.pixel_at(label.at), top + height / 2
        early = label.datum is not None and left_edge - at > _EARLY * sheet.unit
        if early or abs(middle - centre) > 3 * sheet.unit:
            _draw_leader(sheet, label, (at, centre), (left_edge - 2 * sheet.unit, middle))
        first = len(sheet.texts)
        sheet.write_lines(label.lines, left_edge, top, _KIND, ColourRole.TEXT)
        sheet.bind_texts(first, TextPlace.PLOT, at)
        boxes.append(sheet.lines_box(label.lines, _KIND, left_edge, top, TextAnchor.START))
    return boxes


def _draw_leader(sheet: FrameBuilder, label: _EndLabel, start: tuple[float, float], end: tuple[float, float]) -> None:
    knee = max(start[0] + 6 * sheet.unit, end[0] - 8 * sheet.unit)
    # From a line that ends early it is long: dotted and without colour, so that nobody reads it as data.
    long = knee - start[0] > _EARLY * sheet.unit
    ink, dash = (ColourRole.NEUTRAL, DOTTED_DASH) if long else (label.ink, 0)
    sheet.back.append(Stroke(knee, start[1], *end, ink, sheet.unit, dash))
    sheet.back.append(Stroke(*start, knee, start[1], ink, sheet.unit, dash))


def _build_end_label(sheet: FrameBuilder, series: DataSeries, room: float) -> _EndLabel:
    last = _last_datum(series)
    at, value, number = (last.at, last.value or 0.0, last.label) if last else (0.0, 0.0, "")
    text = series.end_label if number in series.end_label else f"{number}  {series.end_label}"
    return _EndLabel(sheet.wrap_lines(text, _KIND, room, _MOST_LINES), at, value, series.role, last)


def _last_datum(series: DataSeries) -> DataPoint | None:
    present_data = [datum for datum in series.data if not is_missing(datum)]
    return max(present_data, key=lambda datum: datum.at, default=None)


def _spread_tops(tops: list[float], heights: list[float], up: LinearScale) -> list[float]:
    """Tops moved as little as need be so that no two labels meet and none leaves the plot, if they fit."""
    low, high = min(up.start, up.end), max(up.start, up.end)
    new_tops = list(tops)
    under = min(low, *tops) if tops else low
    for number, height in enumerate(heights):
        new_tops[number] = max(new_tops[number], under)
        under = new_tops[number] + height
    over = max(high, low + sum(heights))
    for number in reversed(range(len(new_tops))):
        new_tops[number] = min(new_tops[number], over - heights[number])
        over = new_tops[number]
    return new_tops
