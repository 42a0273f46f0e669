"""Whether what a file holds can be shown: rows that fit their columns, marks that a chart can have.

The types of a briefing say what each field is; here is what they cannot say.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

from explorer.pages.model.chart import Chart, ChartAxis, ChartShape

from .document import BriefingItem, Exhibit

_FARTHEST = 200
"""The farthest column or row of a square of a map."""


def validation_error(item: BriefingItem) -> str:
    """What is wrong with the item, as the end of a sentence about it; empty where nothing is."""
    return next(_iter_faults(item.exhibit), "") if item.exhibit is not None else ""


def _iter_faults(exhibit: Exhibit) -> Iterator[str]:
    table = exhibit.table
    if table is not None and not table.columns:
        yield "has a table without columns"
    rows = [] if table is None else [(len(row.cells), len(table.columns)) for row in table.rows]
    rows += [(len(row), len(exhibit.columns)) for row in exhibit.records]
    if any(has != wants for has, wants in rows):
        yield "has a row of a table with more or fewer cells than there are columns"
    if exhibit.chart is not None:
        yield from _iter_chart_faults(exhibit.chart)


def _iter_chart_faults(chart: Chart) -> Iterator[str]:
    data = [datum for series in chart.series for datum in series.data]
    mark_values = [(d.start, d.end, d.at, d.value, d.low, d.high) for d in data]
    mark_values += [(rule.start, rule.end, rule.value) for rule in chart.rules]
    mark_values += [(flag.at,) for flag in chart.flags]
    if not all(math.isfinite(one) for several in mark_values for one in several if one is not None):
        yield "has a chart with a number that is none"
    if any(series.role < 0 for series in chart.series):
        yield "has a chart with a colour that there is not"
    if chart.shape is not ChartShape.TILES and not all(map(_is_valid_axis, (chart.categories, chart.values))):
        yield "has a chart with an axis that ends before it begins"
    for tile in chart.tiles:
        if not (0 <= tile.column <= _FARTHEST and 0 <= tile.row <= _FARTHEST):
            yield "has a map with a square that lies off it"
        if tile.band is not None and not 0 <= tile.band < len(chart.bands):
            yield "has a map with a colour that its key does not have"


def _is_valid_axis(axis: ChartAxis) -> bool:
    ends = (axis.low, axis.high, *(tick.at for tick in axis.ticks))
    return all(map(math.isfinite, ends)) and axis.low < axis.high
