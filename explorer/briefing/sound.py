"""Whether what a file holds can be shown: rows that fit their columns, marks that a chart can have.

The types of a briefing say what each field is; here is what they cannot say.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

from explorer.pages.chart import Axis, Chart, Shape

from .document import Exhibit, Item

_FARTHEST = 200
"""The farthest column or row of a square of a map."""


def unsound(item: Item) -> str:
    """What is wrong with the item, as the end of a sentence about it; empty where nothing is."""
    return next(_faults(item.exhibit), "") if item.exhibit is not None else ""


def _faults(shown: Exhibit) -> Iterator[str]:
    table = shown.table
    if table is not None and not table.columns:
        yield "has a table without columns"
    rows = [] if table is None else [(len(row.cells), len(table.columns)) for row in table.rows]
    rows += [(len(row), len(shown.columns)) for row in shown.records]
    if any(has != wants for has, wants in rows):
        yield "has a row of a table with more or fewer cells than there are columns"
    if shown.chart is not None:
        yield from _misdrawn(shown.chart)


def _misdrawn(chart: Chart) -> Iterator[str]:
    data = [datum for series in chart.series for datum in series.data]
    told = [(d.start, d.end, d.at, d.value, d.low, d.high) for d in data]
    told += [(rule.start, rule.end, rule.value) for rule in chart.rules]
    told += [(flag.at,) for flag in chart.flags]
    if not all(math.isfinite(one) for several in told for one in several if one is not None):
        yield "has a chart with a number that is none"
    if any(series.role < 0 for series in chart.series):
        yield "has a chart with a colour that there is not"
    if chart.shape is not Shape.TILES and not all(map(_spans, (chart.categories, chart.values))):
        yield "has a chart with an axis that ends before it begins"
    for tile in chart.tiles:
        if not (0 <= tile.column <= _FARTHEST and 0 <= tile.row <= _FARTHEST):
            yield "has a map with a square that lies off it"
        if tile.band is not None and not 0 <= tile.band < len(chart.bands):
            yield "has a map with a colour that its key does not have"


def _spans(axis: Axis) -> bool:
    ends = (axis.low, axis.high, *(tick.at for tick in axis.ticks))
    return all(map(math.isfinite, ends)) and axis.low < axis.high
