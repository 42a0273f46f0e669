"""A chart as PowerPoint keeps it: values and labels that can be edited, in the colours of the theme."""

from __future__ import annotations

from typing import Any

from explorer.draw.theme import PRINT
from explorer.pages.chart import Chart, Datum, Fill, Shape

from .grid import Column, Grid, grid
from .stamp import safe


def colour(text: str) -> Any:
    """A colour of the theme, "#RRGGBB", as the file keeps it."""
    from pptx.dml.color import RGBColor

    return RGBColor.from_string(text.removeprefix("#"))


def add_chart(slide: Any, given: Chart, box: tuple[int, int, int, int]) -> None:
    """Put the chart on the slide, with its text alternative. What has no number is left out, never 0."""
    from pptx.chart.data import CategoryChartData
    from pptx.enum.chart import XL_CHART_TYPE

    shown = grid(given)
    kind = {
        Shape.COLUMNS: XL_CHART_TYPE.COLUMN_CLUSTERED,
        Shape.ROWS: XL_CHART_TYPE.BAR_CLUSTERED,
        Shape.LINES: XL_CHART_TYPE.LINE_MARKERS,
    }[given.shape]
    data = CategoryChartData(number_format="General")
    data.categories = [safe(name, 200) for name in shown.categories]
    for column in shown.columns:
        data.add_series(safe(column.name, 200), [datum.value if datum else None for datum in column.data])
    frame = slide.shapes.add_chart(kind, *box, data)
    properties = frame._element.xpath(".//p:cNvPr")[0]
    properties.set("name", safe(given.title, 250))
    properties.set("descr", safe(given.alt_text, 4000))
    _dress(frame.chart, given, shown)


def _dress(made: Any, given: Chart, shown: Grid) -> None:
    from pptx.enum.chart import XL_LEGEND_POSITION
    from pptx.util import Pt

    made.font.size = Pt(12)
    made.font.color.rgb = colour(PRINT.text)
    made.has_title = False
    made.has_legend = len(shown.columns) > 1
    if made.has_legend:
        made.legend.position, made.legend.include_in_layout = XL_LEGEND_POSITION.TOP, False
    _axes(made, given)
    for series, column in zip(made.plots[0].series, shown.columns, strict=True):
        _series(series, column, given)
    if given.shape is not Shape.LINES:
        few = max(0, 5 - len(shown.categories) * len(shown.columns))
        made.plots[0].gap_width = min(500, 60 + 90 * few)  # a single bar is not to fill the slide
        made.plots[0].overlap = 0


def _axes(made: Any, given: Chart) -> None:
    from pptx.enum.chart import XL_AXIS_CROSSES, XL_TICK_MARK
    from pptx.util import Pt

    values, categories = made.value_axis, made.category_axis
    values.minimum_scale, values.maximum_scale = given.values.low, given.values.high
    values.has_major_gridlines = True
    values.major_gridlines.format.line.color.rgb = colour(PRINT.grid)
    values.format.line.fill.background()
    values.has_title = True
    values.axis_title.text_frame.text = safe(given.values.title, 120)
    values.axis_title.text_frame.paragraphs[0].runs[0].font.size = Pt(11)
    values.axis_title.text_frame.paragraphs[0].runs[0].font.bold = False
    values.tick_labels.font.size = Pt(11)
    values.tick_labels.number_format, values.tick_labels.number_format_is_linked = "#,##0", False
    categories.format.line.color.rgb = colour(PRINT.muted)
    categories.major_tick_mark = XL_TICK_MARK.NONE
    if given.shape is Shape.ROWS:
        categories.reverse_order = True
        # So that the values stay at the foot. The library's own setter leaves this element as it was.
        values._element.crosses.val = XL_AXIS_CROSSES.MAXIMUM


def _series(series: Any, column: Column, given: Chart) -> None:
    line = given.shape is Shape.LINES
    main = colour(PRINT.colour(column.role))
    if line:
        series.smooth = False
        series.format.line.color.rgb = main
        series.marker.size = 8
        series.marker.format.fill.solid()
        series.marker.format.fill.fore_color.rgb = main
    else:
        series.invert_if_negative = False
        series.format.fill.solid()
        series.format.fill.fore_color.rgb = main
    for at, datum in enumerate(column.data):
        if datum is None or datum.value is None:
            continue
        point = series.points[at]
        role = column.roles[at] if column.roles else column.role
        if not line:
            _filled(point, datum, PRINT.colour(role))
        elif not datum.joined:
            point.format.line.fill.background()
        _labelled(point, datum)


def _filled(point: Any, datum: Datum, tint: str) -> None:
    from pptx.enum.dml import MSO_LINE, MSO_PATTERN
    from pptx.util import Pt

    fill, edge = point.format.fill, point.format.line
    if datum.fill is Fill.SOLID:
        fill.solid()
        fill.fore_color.rgb = colour(tint)
        return
    if datum.fill is Fill.HOLLOW:
        fill.background()
    else:
        fill.patterned()
        part = datum.fill is Fill.PART
        fill.pattern = MSO_PATTERN.WIDE_UPWARD_DIAGONAL if part else MSO_PATTERN.DARK_HORIZONTAL
        fill.fore_color.rgb = colour(tint)
        fill.back_color.rgb = colour(PRINT.page)
    edge.color.rgb = colour(tint)
    edge.width = Pt(1)
    if datum.fill is Fill.OPEN_ENDED:
        edge.dash_style = MSO_LINE.DASH


def _labelled(point: Any, datum: Datum) -> None:
    """The label as it is printed, such as "at least 1,200": a number alone would lose what it is."""
    from pptx.util import Pt

    frame = point.data_label.text_frame
    frame.text = safe(datum.label, 80)
    frame.paragraphs[0].runs[0].font.size = Pt(12)
