"""A chart as rows of categories and columns of series, as PowerPoint keeps it. No number is made here."""

from __future__ import annotations

from msgspec import Struct

from explorer.pages.chart import Chart, ChartKind, Datum, Fill, Series, Shape

_OVER_TIME = {ChartKind.TREND, ChartKind.SHIFT}
_YEAR_MISSING = 1.45
"""The distance between two marks on an axis of years from which a year between them has none."""
GAP = "no figure"


class Column(Struct, frozen=True, kw_only=True):
    """A series: for each category its datum, or None where there is none."""

    name: str
    role: int
    data: tuple[Datum | None, ...]
    roles: tuple[int, ...] = ()
    """The colour of each category, where one series holds what the chart draws as several."""


class Grid(Struct, frozen=True, kw_only=True):
    """The categories in order, and the series under them."""

    categories: tuple[str, ...]
    columns: tuple[Column, ...]


def grid(chart: Chart) -> Grid:
    """The grid of a chart of bars or lines. A tile map has none: its grid is empty."""
    spots = sorted({_spot(chart, datum) for series in chart.series for datum in series.data})
    labels = {spot: _label(chart, spot) for spot in spots}
    order = _with_gaps(chart, spots)
    names = tuple(labels.get(spot, GAP) for spot in order)
    merged = _merged(chart)
    if merged is not None:
        return Grid(categories=_told(names, merged), columns=(merged,))
    columns = tuple(column for series in chart.series for column in _columns(chart, series, order))
    return Grid(categories=_told(names, *columns), columns=columns)


def _spot(chart: Chart, datum: Datum) -> float:
    """The tick that a datum stands at: marks of several series stand beside it."""
    ticks = [tick.at for tick in chart.categories.ticks]
    return min(ticks, key=lambda at: abs(at - datum.at), default=datum.at)


def _label(chart: Chart, spot: float) -> str:
    for tick in chart.categories.ticks:
        if tick.at == spot:
            return " ".join(tick.label.split())
    return ""


def _with_gaps(chart: Chart, spots: list[float]) -> tuple[float, ...]:
    """The spots with one more in each gap of years, so that what is missing does not close up."""
    if chart.kind not in _OVER_TIME and chart.shape is not Shape.LINES:
        return tuple(spots)
    found: list[float] = []
    for spot in spots:
        if found and spot - found[-1] > _YEAR_MISSING:
            found.append((spot + found[-1]) / 2)
        found.append(spot)
    return tuple(found)


def _columns(chart: Chart, series: Series, order: tuple[float, ...]) -> list[Column]:
    """The series, and beside it what it has a second time at one place: none may hide another."""
    layers: list[dict[float, Datum]] = []
    # What is preferred stands in the series itself, and what is drawn hollow beside it.
    for datum in sorted(series.data, key=lambda one: one.fill is Fill.HOLLOW):
        spot = _spot(chart, datum)
        free = next((layer for layer in layers if spot not in layer), None)
        if free is None:
            free = dict[float, Datum]()
            layers.append(free)
        free[spot] = datum
    return [
        Column(
            name=series.name if at == 0 else f"{series.name}, also published",
            role=series.role,
            data=tuple(layer.get(spot) for spot in order),
        )
        for at, layer in enumerate(layers)
    ]


def _merged(chart: Chart) -> Column | None:
    """One series of rows that stand in several only for their colours; None where that is not so."""
    if chart.shape is not Shape.ROWS or len(chart.series) < 2:
        return None
    placed = [(_spot(chart, datum), series, datum) for series in chart.series for datum in series.data]
    if len({spot for spot, _, _ in placed}) < len(placed):
        return None
    placed.sort(key=lambda one: one[0])
    return Column(
        name=chart.values.title,
        role=0,
        data=tuple(datum for _, _, datum in placed),
        roles=tuple(series.role for _, series, _ in placed),
    )


def _told(names: tuple[str, ...], *columns: Column) -> tuple[str, ...]:
    """The names of the categories, each with the shorthand of what has no number there.

    Where several series stand side by side, the shorthand names the series that it is of.
    """
    told: list[str] = []
    for at, name in enumerate(names):
        shown = ((column, column.data[at]) for column in columns)
        missing = [
            _short(column, one, len(columns)) for column, one in shown if one is not None and _missing(one)
        ]
        told.append(f"{name} {', '.join(missing)}" if missing else name)
    return tuple(told)


def _missing(datum: Datum) -> bool:
    """Whether the mark says that there is no number."""
    return datum.value is None or datum.fill is Fill.MISSING


def _short(column: Column, datum: Datum, of: int) -> str:
    label = " ".join(datum.label.split())
    return label if of == 1 or label.endswith(column.name) else f"{label} {column.name}"
