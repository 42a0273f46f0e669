"""A chart as PowerPoint keeps it: values and labels that can be edited, in the colours of the theme."""

from __future__ import annotations

from io import BytesIO
from itertools import pairwise
from typing import Any

from msgspec import Struct

from explorer.documents import safe_text
from explorer.pages.charts import chart_types
from explorer.pages.model import Chart, ChartShape, DataPoint, DataSeries, MarkFill
from explorer.pages.selection import ChartOption
from explorer.support import PRINT

from .text_fit import text_width

# A chart as rows of categories and columns of series, as PowerPoint keeps it. No number is made here.


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
    over_time = chart_types()[chart.kind].offers(ChartOption.RANGE)
    if not over_time and chart.shape is not ChartShape.LINES:
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


_SIZE, _SMALL, _MANY_MARKS = 14.0, 12.0, 18
"""The size of the letters of a chart, in points; and that of a chart of more marks than so many."""
_LEAST = 10.0
"""The size of the smallest labels."""
_GAP = 60
"""The room between groups of bars, in hundredths of a bar."""
_GAP_OF_GROUPS = 36
_BESIDE = 6
"""The room beside the plot for the numbers of its axis and its title, in sizes of the letters."""
_APART = 0.84
"""How much of its part of the axis a name may take: programs that draw it keep some of it free."""
_NEAR = 0.07
"""The part of the axis within which two labels of lines would stand on each other."""


def parse_colour(text: str) -> Any:
    """A colour of the theme, "#RRGGBB", as the file keeps it."""
    from pptx.dml.color import RGBColor

    return RGBColor.from_string(text.removeprefix("#"))


def add_chart(slide: Any, chart: Chart, box: tuple[int, int, int, int], scale: float = 1.0) -> None:
    """Put the chart on the slide, with its text alternative. What has no number is left out, never 0.

    ``scale`` is how large letters are on this slide beside one of the usual height.
    """
    from pptx.chart.data import CategoryChartData
    from pptx.enum.chart import XL_CHART_TYPE

    chart_grid = build_grid(chart)
    kind = {
        ChartShape.COLUMNS: XL_CHART_TYPE.COLUMN_CLUSTERED,
        ChartShape.ROWS: XL_CHART_TYPE.BAR_CLUSTERED,
        ChartShape.LINES: XL_CHART_TYPE.LINE_MARKERS,
    }[chart.shape]
    data = CategoryChartData(number_format="General")
    data.categories = [safe_text(name, 200) for name in chart_grid.categories]
    for column in chart_grid.columns:
        data.add_series(safe_text(column.name, 200), [datum.value if datum else None for datum in column.data])
    frame = slide.shapes.add_chart(kind, *box, data)
    properties = frame._element.xpath(".//p:cNvPr")[0]
    properties.set("name", safe_text(chart.title, 250))
    properties.set("descr", safe_text(chart.alt_text, 4000))
    frame.chart.part.chart_workbook.update_from_xlsx_blob(_build_workbook(chart_grid))
    is_crowded = len(chart_grid.categories) * len(chart_grid.columns) > _MANY_MARKS
    size = (_SMALL if is_crowded else _SIZE) * scale
    labels = _label_size(chart, chart_grid, box[2] / 12_700, size)  # the box is in EMU, 12,700 of them a point
    least = min(size, _LEAST * scale)
    _style_chart(frame.chart, chart, chart_grid, (size, max(labels, least)))
    if chart.shape is not ChartShape.ROWS:
        _level_labels(frame.chart.category_axis, max(least, _name_size(chart_grid, box[2] / 12_700, size)))


def _label_size(chart: Chart, chart_grid: ChartGrid, wide: float, size: float) -> float:
    """The size at which labels of bars that stand side by side do not run into each other."""
    if chart.shape is not ChartShape.COLUMNS or len(chart_grid.columns) == 1:
        return size
    bar = (wide - _BESIDE * size) / (len(chart_grid.categories) * (len(chart_grid.columns) + _GAP_OF_GROUPS / 100))
    widest = 0.0
    for group in zip(*(column.data for column in chart_grid.columns), strict=True):
        labels = [datum.label for datum in group if datum and datum.value is not None]
        if len(labels) > 1:
            widest = max(widest, *(text_width(label, size) for label in labels))
    return size if widest <= bar else size * bar / widest


def _name_size(chart_grid: ChartGrid, wide: float, size: float) -> float:
    """The size at which each word of the names under the chart has room in its own part of the axis."""
    part = _APART * (wide - _BESIDE * size) / max(1, len(chart_grid.categories))
    widest = max((text_width(word, size) for name in chart_grid.categories for word in name.split()), default=0.0)
    return size if widest <= part else size * part / widest


def _level_labels(axis: Any, size: float) -> None:
    """Set the names under the chart level: what has no room on one line goes on to another at a space."""
    from pptx.util import Pt

    axis.tick_labels.font.size = Pt(size)
    for body in axis._element.xpath("c:txPr/a:bodyPr"):
        body.set("rot", "0")
        body.set("vert", "horz")


def _style_chart(pptx_chart: Any, chart: Chart, chart_grid: ChartGrid, sizes: tuple[float, float]) -> None:
    from pptx.enum.chart import XL_LEGEND_POSITION
    from pptx.enum.dml import MSO_THEME_COLOR
    from pptx.util import Pt

    size, labels = sizes
    pptx_chart.font.size = Pt(size)
    pptx_chart.font.color.theme_color = MSO_THEME_COLOR.TEXT_1
    pptx_chart.has_title = False
    pptx_chart.has_legend = len(chart_grid.columns) > 1 and not _labels_name_series(chart_grid)
    if pptx_chart.has_legend:
        pptx_chart.legend.position, pptx_chart.legend.include_in_layout = XL_LEGEND_POSITION.TOP, False
    _style_axes(pptx_chart, chart, size)
    below = _labels_below(chart, chart_grid) if chart.shape is ChartShape.LINES else set[tuple[int, int]]()
    for number, (series, column) in enumerate(zip(pptx_chart.plots[0].series, chart_grid.columns, strict=True)):
        _style_series(series, column, chart, (labels, {at for one, at in below if one == number}))
    if chart.shape is not ChartShape.LINES:
        is_grouped = chart.shape is ChartShape.COLUMNS and len(chart_grid.columns) > 1
        gap = _GAP_OF_GROUPS if is_grouped else _GAP
        few = max(0, 5 - len(chart_grid.categories) * len(chart_grid.columns))
        pptx_chart.plots[0].gap_width = min(500, gap + 90 * few)  # a single bar is not to fill the slide
        pptx_chart.plots[0].overlap = 0


def _labels_name_series(chart_grid: ChartGrid) -> bool:
    """Whether each label says itself which series its mark belongs to."""
    data = ((column, datum) for column in chart_grid.columns for datum in column.data if datum)
    return all(datum.label.endswith(column.name) for column, datum in data if datum.value is not None)


def _style_axes(pptx_chart: Any, chart: Chart, size: float) -> None:
    from pptx.enum.chart import XL_AXIS_CROSSES, XL_TICK_MARK

    values, categories = pptx_chart.value_axis, pptx_chart.category_axis
    _set_value_axis(values, chart, size)
    values.has_major_gridlines = True
    values.major_gridlines.format.line.color.rgb = parse_colour(PRINT.grid)
    values.format.line.fill.background()
    categories.format.line.color.rgb = parse_colour(PRINT.muted_text)
    categories.major_tick_mark = XL_TICK_MARK.NONE
    if chart.shape is ChartShape.ROWS:
        categories.reverse_order = True
        # So that the values stay at the foot. The library's own setter leaves this element as it was.
        values._element.crosses.val = XL_AXIS_CROSSES.MAXIMUM


def _set_value_axis(values: Any, chart: Chart, size: float) -> None:
    """Range, ticks and title of the axis of values: the chart's own, and not PowerPoint's."""
    from pptx.util import Pt

    values.minimum_scale, values.maximum_scale = chart.values.low, chart.values.high
    steps = {round(b.at - a.at, 6) for a, b in pairwise(chart.values.ticks)}
    if len(steps) == 1 and min(steps) > 0:
        values.major_unit = steps.pop()
    share = any(tick.label.endswith("%") for tick in chart.values.ticks)
    values.tick_labels.number_format = '0"%"' if share else "#,##0"
    values.tick_labels.number_format_is_linked = False
    values.tick_labels.font.size = Pt(size)
    title = safe_text(chart.values.title, 120).strip()
    values.has_title = bool(title)
    if title:
        values.axis_title.text_frame.text = title
        font = values.axis_title.text_frame.paragraphs[0].runs[0].font
        font.size, font.bold = Pt(size), False


def _labels_below(chart: Chart, chart_grid: ChartGrid) -> set[tuple[int, int]]:
    """The marks of lines, by series and category, whose labels go under them: one is just above."""
    near = _NEAR * (chart.values.high - chart.values.low)
    marks: set[tuple[int, int]] = set()
    for at in range(len(chart_grid.categories)):
        data = [(column.data[at], number) for number, column in enumerate(chart_grid.columns)]
        values = sorted(((d.value, n) for d, n in data if d and d.value is not None), reverse=True)
        marks |= {(low[1], at) for high, low in pairwise(values) if high[0] - low[0] < near}
    return marks


def _style_series(series: Any, column: SeriesColumn, chart: Chart, how: tuple[float, set[int]]) -> None:
    line = chart.shape is ChartShape.LINES
    main = parse_colour(PRINT.series_colour(column.role))
    if line:
        _draw_lines(series, column, main)
    else:
        series.invert_if_negative = False
        series.format.fill.solid()
        series.format.fill.fore_color.rgb = main
        numeric_data = [datum for datum in column.data if datum is not None and datum.value is not None]
        if len({datum.fill for datum in numeric_data}) == 1:  # so that its key looks as its marks do
            _fill_mark(series, numeric_data[0], PRINT.series_colour(column.role))
    for at, datum in enumerate(column.data):
        if datum is None or datum.value is None:
            continue
        point = series.points[at]
        if not line:
            role = column.roles[at] if column.roles else column.role
            _fill_mark(point, datum, PRINT.series_colour(role))
        _add_label(point, datum, how[0], under=at in how[1] if line else None)


def _draw_lines(series: Any, column: SeriesColumn, main: Any) -> None:
    """Marks, and lines between those that a line may run between.

    Where one may not, the series has no line of its own and each piece is drawn by itself: a program that
    does not know such pieces then draws too few of them, and never one across a break.
    """
    from pptx.util import Pt

    series.smooth = False
    series.marker.size = 8
    series.marker.format.fill.solid()
    series.marker.format.fill.fore_color.rgb = main
    series.marker.format.line.color.rgb = main
    numeric_data = [datum if datum is not None and datum.value is not None else None for datum in column.data]
    # Where the category before has no number, no program draws a line.
    follows = [(at, after) for at, (before, after) in enumerate(pairwise(numeric_data), start=1) if before and after]
    if all(datum.joined for _, datum in follows):
        pieces = [series]
    else:
        series.format.line.fill.background()
        pieces = [series.points[at] for at, datum in follows if datum.joined]
    for piece in pieces:
        piece.format.line.color.rgb = main
        piece.format.line.width = Pt(2.25)


def _fill_mark(point: Any, datum: DataPoint, tint: str) -> None:
    from pptx.enum.dml import MSO_LINE, MSO_PATTERN
    from pptx.util import Pt

    fill, edge = point.format.fill, point.format.line
    if datum.fill is MarkFill.SOLID:
        fill.solid()
        fill.fore_color.rgb = parse_colour(tint)
        return
    if datum.fill is MarkFill.HOLLOW:
        fill.background()
    else:
        fill.patterned()
        part = datum.fill is MarkFill.PART
        fill.pattern = MSO_PATTERN.WIDE_UPWARD_DIAGONAL if part else MSO_PATTERN.DARK_HORIZONTAL
        fill.fore_color.rgb = parse_colour(tint)
        fill.back_color.rgb = parse_colour(PRINT.page)
    edge.color.rgb = parse_colour(tint)
    edge.width = Pt(1)
    if datum.fill is MarkFill.OPEN_ENDED:
        edge.dash_style = MSO_LINE.DASH


def _add_label(point: Any, datum: DataPoint, size: float, under: bool | None) -> None:
    """The label as it is printed, such as "at least 1,200": a number alone would lose what it is.

    ``under`` says on which side of a line's mark it stands: beside it, it would stand on the line.
    """
    from pptx.enum.chart import XL_LABEL_POSITION
    from pptx.util import Pt

    label = safe_text(datum.label, 80).strip()
    if not label:
        return
    frame = point.data_label.text_frame
    frame.text = label
    frame.word_wrap = False
    frame.paragraphs[0].runs[0].font.size = Pt(size)
    if under is not None:
        point.data_label.position = XL_LABEL_POSITION.BELOW if under else XL_LABEL_POSITION.ABOVE


def _build_workbook(chart_grid: ChartGrid) -> bytes:
    """The workbook behind the chart, where every name is text: the library's own has formulas of some."""
    import xlsxwriter

    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Sheet1")  # the name that the chart's references have
        for row, name in enumerate(chart_grid.categories, start=1):
            sheet.write_string(row, 0, safe_text(name, 200))
        for number, column in enumerate(chart_grid.columns, start=1):
            sheet.write_string(0, number, safe_text(column.name, 200))
            for row, datum in enumerate(column.data, start=1):
                if datum is not None and datum.value is not None:
                    sheet.write_number(row, number, datum.value)
    return buffer.getvalue()
