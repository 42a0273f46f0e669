"""A chart as rows of categories and columns of series, as PowerPoint keeps it. No number is made here."""

from __future__ import annotations

from msgspec import Struct

from explorer.pages.model.chart import Chart, ChartKind, ChartShape, DataPoint, DataSeries, MarkFill

_OVER_TIME = {ChartKind.TREND, ChartKind.SHIFT}
_YEAR_MISSING = 1.45
"""The distance between two marks on an axis of years from which a year between them has none."""
GAP = "no figure"


class SeriesColumn(Struct, frozen=True, kw_only=True):
    """A series: for each category its datum, or None where there is none."""

    name: str
    role: int
    data: tuple[DataPoint | None, ...]
    roles: tuple[int, ...] = ()
    """The colour of each category, where one series holds what the chart draws as several."""


class ChartGrid(Struct, frozen=True, kw_only=True):
    """The categories in order, and the series under them."""

    categories: tuple[str, ...]
    columns: tuple[SeriesColumn, ...]


def build_grid(chart: Chart) -> ChartGrid:
    """The grid of a chart of bars or lines. A tile map has none: its grid is empty."""
    spots = sorted({_tick_position(chart, datum) for series in chart.series for datum in series.data})
    labels = {spot: _category_label(chart, spot) for spot in spots}
    order = _with_gaps(chart, spots)
    names = tuple(labels.get(spot, GAP) for spot in order)
    single_column = _merge_series(chart)
    if single_column is not None:
        return ChartGrid(categories=_category_names(names, single_column), columns=(single_column,))
    columns = tuple(column for series in chart.series for column in _series_columns(chart, series, order))
    return ChartGrid(categories=_category_names(names, *columns), columns=columns)


def _tick_position(chart: Chart, datum: DataPoint) -> float:
    """The tick that a datum stands at: marks of several series stand beside it."""
    ticks = [tick.at for tick in chart.categories.ticks]
    return min(ticks, key=lambda at: abs(at - datum.at), default=datum.at)


def _category_label(chart: Chart, spot: float) -> str:
    for tick in chart.categories.ticks:
        if tick.at == spot:
            return " ".join(tick.label.split())
    return ""


def _with_gaps(chart: Chart, spots: list[float]) -> tuple[float, ...]:
    """The spots with one more in each gap of years, so that what is missing does not close up."""
    if chart.kind not in _OVER_TIME and chart.shape is not ChartShape.LINES:
        return tuple(spots)
    positions: list[float] = []
    for spot in spots:
        if positions and spot - positions[-1] > _YEAR_MISSING:
            positions.append((spot + positions[-1]) / 2)
        positions.append(spot)
    return tuple(positions)


def _series_columns(chart: Chart, series: DataSeries, order: tuple[float, ...]) -> list[SeriesColumn]:
    """The series, and beside it what it has a second time at one place: none may hide another."""
    layers: list[dict[float, DataPoint]] = []
    # What is preferred stands in the series itself, and what is drawn hollow beside it.
    for datum in sorted(series.data, key=lambda one: one.fill is MarkFill.HOLLOW):
        spot = _tick_position(chart, datum)
        free = next((layer for layer in layers if spot not in layer), None)
        if free is None:
            free = dict[float, DataPoint]()
            layers.append(free)
        free[spot] = datum
    return [
        SeriesColumn(
            name=series.name if at == 0 else f"{series.name}, also published",
            role=series.role,
            data=tuple(layer.get(spot) for spot in order),
        )
        for at, layer in enumerate(layers)
    ]


def _merge_series(chart: Chart) -> SeriesColumn | None:
    """One series of rows that stand in several only for their colours; None where that is not so."""
    if chart.shape is not ChartShape.ROWS or len(chart.series) < 2:
        return None
    entries = [(_tick_position(chart, datum), series, datum) for series in chart.series for datum in series.data]
    if len({spot for spot, _, _ in entries}) < len(entries):
        return None
    entries.sort(key=lambda one: one[0])
    return SeriesColumn(
        name=chart.values.title,
        role=0,
        data=tuple(datum for _, _, datum in entries),
        roles=tuple(series.role for _, series, _ in entries),
    )


def _category_names(names: tuple[str, ...], *columns: SeriesColumn) -> tuple[str, ...]:
    """The names of the categories, each with the shorthand of what has no number there.

    Where several series stand side by side, the shorthand names the series that it is of.
    """
    labels: list[str] = []
    for at, name in enumerate(names):
        pairs = ((column, column.data[at]) for column in columns)
        missing = [
            _missing_label(column, one, len(columns)) for column, one in pairs if one is not None and _is_missing(one)
        ]
        labels.append(f"{name} {', '.join(missing)}" if missing else name)
    return tuple(labels)


def _is_missing(datum: DataPoint) -> bool:
    """Whether the mark says that there is no number."""
    return datum.value is None or datum.fill is MarkFill.MISSING


def _missing_label(column: SeriesColumn, datum: DataPoint, of: int) -> str:
    label = " ".join(datum.label.split())
    return label if of == 1 or label.endswith(column.name) else f"{label} {column.name}"
