"""Labels beside the plot: the names of lines at their ends and of reference levels, kept from meeting.

Where the sheet is too narrow for them they are given back, to be said in the legend or a key instead.
"""

from __future__ import annotations

from msgspec import Struct

from explorer.pages.chart import Axis, Chart, Datum, Rule, Series, Shape

from .frame import DOTTED, Anchor, Box, Ink, Lettering, Scale, Stroke
from .points import shows_span
from .second import is_missing
from .sheet import Sheet

_KIND = Lettering.SMALL
_ROOMY = 32.0
"""How many times the body size a sheet must be wide to keep labels beside the plot."""
_SHARE = 0.3
_GAP = 12.0
_EARLY = 36.0
"""How far from its label a line must end for the way between them to be long, in units."""
_MOST_LINES = 3


class _Aside(Struct, frozen=True):
    lines: tuple[str, ...]
    at: float
    value: float
    ink: Ink | int
    datum: Datum | None = None
    """The datum whose number the label says."""


class Asides(Struct, frozen=True):
    """The labels beside the plot, the width they need, and what found no room there."""

    labels: tuple[_Aside, ...]
    width: float
    far: float
    """How far the data reaches along the categories; the labels begin right after it."""
    legend: bool
    """Whether the series must be told apart by a legend."""
    rules: tuple[Rule, ...]
    """The reference levels that must be explained in a key."""

    @property
    def said(self) -> tuple[Datum, ...]:
        """The data whose numbers the labels say already."""
        return tuple(label.datum for label in self.labels if label.datum is not None)


def is_roomy(sheet: Sheet) -> bool:
    """Whether labels may stand beside what they name, and not in a key."""
    return sheet.width >= _ROOMY * sheet.type.body


def gather(sheet: Sheet, chart: Chart) -> Asides:
    """The labels that stand to the right of an upright chart's data."""
    ended = tuple(series for series in chart.series if series.end_label and _last(series) is not None)
    named = chart.shape is Shape.LINES and bool(ended)
    far = _far(chart)
    if not is_roomy(sheet):
        return Asides((), 0.0, far, chart.legend or (named and len(ended) > 1), chart.rules)
    room = _SHARE * sheet.width
    labels = [_end(sheet, series, room) for series in ended] if named else []
    beside = tuple(rule for rule in chart.rules if rule.label and rule.end >= far - 0.1)
    labels += [
        _Aside(sheet.lines(rule.label, _KIND, room), rule.end, rule.value, Ink.TEXT) for rule in beside
    ]
    wide = max((sheet.widest(label.lines, _KIND) for label in labels), default=0.0)
    rest = tuple(rule for rule in chart.rules if rule not in beside)
    return Asides(tuple(labels), wide, far, chart.legend, rest)


def length(sheet: Sheet, asides: Asides, categories: Axis, left: float) -> float:
    """How long the category axis can be from ``left`` so that the labels still fit after the data."""
    room = sheet.width - left - sheet.unit
    share = Scale(categories.low, categories.high, 0.0, 1.0).at(asides.far)
    if not asides.labels or share <= 0:
        return room
    return min(room, (room - asides.width - _GAP * sheet.unit) / share)


def start(sheet: Sheet, asides: Asides, across: Scale) -> float:
    """The left edge of the labels; the plot ends before it."""
    if not asides.labels:
        return sheet.width
    return min(across.at(asides.far) + _GAP * sheet.unit, sheet.width - asides.width)


def _stands_beside(sheet: Sheet, rule: Rule, far: float, room: float) -> bool:
    lines = sheet.lines(rule.label, _KIND, room)
    return rule.end >= far - 0.1 and 0 < len(lines) <= _MOST_LINES


def _far(chart: Chart) -> float:
    ends = [max(datum.at, datum.end) for series in chart.series for datum in series.data]
    data = [datum for series in chart.series for datum in series.data]
    places = [max(datum.at, datum.end) if shows_span(datum) else datum.at for datum in data]
    reach = places if chart.shape is Shape.LINES else ends
    return max([*reach, *(rule.end for rule in chart.rules)], default=chart.categories.high)


def write(sheet: Sheet, asides: Asides, across: Scale, up: Scale, left: float) -> list[Box]:
    """Puts the labels at ``left``, each as near its own height as the others allow; returns their boxes."""
    boxes: list[Box] = []
    step = sheet.line(_KIND)
    wanted = sorted(asides.labels, key=lambda label: up.at(label.value))
    heights = [len(label.lines) * step for label in wanted]
    centres = [up.at(label.value) for label in wanted]
    tops = _spread([c - h / 2 for c, h in zip(centres, heights, strict=True)], heights, up)
    for label, top, height, centre in zip(wanted, tops, heights, centres, strict=True):
        at, middle = across.at(label.at), top + height / 2
        early = label.datum is not None and left - at > _EARLY * sheet.unit
        if early or abs(middle - centre) > 3 * sheet.unit:
            _lead(sheet, label, (at, centre), (left - 2 * sheet.unit, middle))
        sheet.write(label.lines, left, top, _KIND, Ink.TEXT)
        boxes.append(sheet.box(label.lines, _KIND, left, top, Anchor.START))
    return boxes


def _lead(sheet: Sheet, label: _Aside, start: tuple[float, float], end: tuple[float, float]) -> None:
    knee = max(start[0] + 6 * sheet.unit, end[0] - 8 * sheet.unit)
    # From a line that ends early it is long: dotted and without colour, so that nobody reads it as data.
    long = knee - start[0] > _EARLY * sheet.unit
    ink, dash = (Ink.NEUTRAL, DOTTED) if long else (label.ink, 0)
    sheet.back.append(Stroke(knee, start[1], *end, ink, sheet.unit, dash))
    sheet.back.append(Stroke(*start, knee, start[1], ink, sheet.unit, dash))


def _end(sheet: Sheet, series: Series, room: float) -> _Aside:
    last = _last(series)
    at, value, number = (last.at, last.value or 0.0, last.label) if last else (0.0, 0.0, "")
    text = series.end_label if number in series.end_label else f"{number}  {series.end_label}"
    return _Aside(sheet.lines(text, _KIND, room, _MOST_LINES), at, value, series.role, last)


def _last(series: Series) -> Datum | None:
    known = [datum for datum in series.data if not is_missing(datum)]
    return max(known, key=lambda datum: datum.at, default=None)


def _spread(tops: list[float], heights: list[float], up: Scale) -> list[float]:
    """Tops moved as little as need be so that no two labels meet and none leaves the plot, if they fit."""
    low, high = min(up.start, up.end), max(up.start, up.end)
    placed = list(tops)
    under = min(low, *tops) if tops else low
    for number, height in enumerate(heights):
        placed[number] = max(placed[number], under)
        under = placed[number] + height
    over = max(high, low + sum(heights))
    for number in reversed(range(len(placed))):
        placed[number] = min(placed[number], over - heights[number])
        over = placed[number]
    return placed
