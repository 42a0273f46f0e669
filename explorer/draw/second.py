"""Second figures: those a chart draws as a hollow mark beside the preferred figure for the same thing.

Says which they are and how marks that nearly coincide stand side by side. Places no label and paints nothing.
"""

from __future__ import annotations

import math
from collections.abc import Hashable, Sequence

from explorer.pages.model.chart import Chart, DataPoint, MarkFill

DIAMOND = 3
"""The symbol of a second figure on a bar."""
ALTERNATE_RADIUS = 5.5
"""Half the size of that symbol, in units."""
REACH = 12.0
"""How far round its middle a second figure can be met, in units."""


def is_missing(datum: DataPoint) -> bool:
    """Whether a datum has no number to draw: none given, or one that is not a number."""
    return datum.fill is MarkFill.MISSING or datum.value is None or not math.isfinite(datum.value)


def alternate_indices(data: Sequence[DataPoint], places: Sequence[Hashable]) -> dict[int, int]:
    """For each second figure's number, that of the datum it stands with; ``places`` say what shares a place.

    Of the data in one place the first that is not hollow is the preferred one; where all are, the first.
    """
    groups: dict[Hashable, list[int]] = {}
    for number, place in enumerate(places):
        groups.setdefault(place, []).append(number)
    preferred_indices: dict[int, int] = {}
    for group in groups.values():
        first = next((n for n in group if data[n].fill is not MarkFill.HOLLOW), group[0])
        for number in group:
            if number != first and data[number].fill is MarkFill.HOLLOW and not is_missing(data[number]):
                preferred_indices[number] = first
    return preferred_indices


def alternates_on_bars(chart: Chart) -> dict[int, int]:
    """The second figures of a chart of bars, by the numbers of its data in drawing order."""
    data = [datum for series in chart.series for datum in series.data]
    return alternate_indices(data, [datum_extent(datum) for datum in data])


def datum_extent(datum: DataPoint) -> tuple[float, float]:
    """Where a datum starts and ends, so that equal extents are equal."""
    return round(datum.start, 6), round(datum.end, 6)


def side_by_side(places: Sequence[float], apart: float) -> list[float]:
    """How far each mark steps aside so that those nearer than ``apart`` to the next stand side by side."""
    order = sorted(range(len(places)), key=lambda number: places[number])
    steps = [0.0] * len(places)
    cluster: list[int] = []
    for number in [*order, -1]:
        if cluster and (number < 0 or places[number] - places[cluster[-1]] >= apart):
            for at, one in enumerate(cluster):
                steps[one] = (at - (len(cluster) - 1) / 2) * apart
            cluster = []
        if number >= 0:
            cluster.append(number)
    return steps
