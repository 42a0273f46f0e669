"""A frame's plot on pyqtgraph's items: kept from chart to chart, given other data and shown.

The layout decides where everything goes; here its pixels become data of a ``PlotItem``, so that a bar ends at its
value and the view can be moved. Words, keys and badges are the overlay's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np
import shiboken6
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPen
from PySide6.QtWidgets import QGraphicsScene

from explorer.pages.model import ChartShape, MarkFill
from explorer.render.layout import (
    ChartFrame,
    ColourRole,
    DataMark,
    FontSet,
    LinearScale,
    MarkDirection,
    Stroke,
    TextPlace,
)
from explorer.render.paint import ThemePalette, in_painting_order, looks_for, shapes
from explorer.render.qt_setup import pg

from .axes import TickAxis
from .items import (
    BarDetail,
    ChartBars,
    ChartDetails,
    ChartLine,
    ChartStrokes,
    ChartSymbols,
    Numbers,
    PlotScales,
    PointSymbol,
)

_DIMMED = 0.3
"""How much of the other lines is left while one is pointed at."""
_BACK, _LINES, _BARS, _DETAILS, _RANGES, _SYMBOLS, _FRONT = range(7)
"""What lies on what, the lowest first."""


class FramePlot:
    """One ``PlotItem`` with the items of a chart in it; put into a scene once, and shown one frame after another."""

    def __init__(self, scene: QGraphicsScene, view_box: Any = None) -> None:
        self.view_box = view_box or pg.ViewBox(enableMenu=False, enableMouse=False, defaultPadding=0.0)
        self.values_axis, self.categories_axis = TickAxis("left"), TickAxis("bottom")
        self.item = pg.PlotItem(
            viewBox=self.view_box,
            axisItems={"left": self.values_axis, "bottom": self.categories_axis},
            enableMenu=False,
        )
        self.item.hideButtons()
        _drop_menu(self.item)
        self.view_box.disableAutoRange()
        for side in ("top", "right"):
            self.item.getAxis(side).unlinkFromView()
        scene.addItem(self.item)
        self._strokes = {layer: ChartStrokes() for layer in (_BACK, _RANGES, _FRONT)}
        self._details, self.symbols = ChartDetails(), ChartSymbols()
        for layer, item in (*self._strokes.items(), (_DETAILS, self._details), (_SYMBOLS, self.symbols)):
            self._add(item, layer)
        self._emphasis = ChartSymbols()
        self._add(self._emphasis, _SYMBOLS + 0.5)
        self._emphasis.setVisible(False)
        self._points: list[tuple[int, PointSymbol]] = []
        self._emphasised: int | None = None
        self._look: tuple[QColor, float] = (QColor(), 1.0)
        self._lines: list[ChartLine] = []
        self._line_series: list[int] = []
        self._bars: list[ChartBars] = []
        self._margins: tuple[float, ...] = ()
        self.scales = PlotScales(1.0, 0.0, 1.0, 0.0)

    def _add(self, item: Any, layer: float) -> None:
        item.setZValue(layer)
        self.item.addItem(item, ignoreBounds=True)

    def show_frame(
        self, frame: ChartFrame, palette: ThemePalette, kind: FontSet, at: tuple[float, float] = (0.0, 0.0)
    ) -> None:
        """Show ``frame`` with its top left at ``at``; a chart without a plot shows nothing here."""
        if not has_plot(frame):
            self.item.setVisible(False)
            return
        self.item.setVisible(True)
        self._place(frame, at)
        across, up = plot_scales(frame)
        self.scales = _joint_scales(across, up)
        self.emphasise(None)
        plot = frame.plot
        self._set_clipped(is_clipped=False)
        self.view_box.setRange(
            xRange=(across.value_at(plot.x), across.value_at(plot.right)),
            yRange=(up.value_at(plot.bottom), up.value_at(plot.y)),
            padding=0,
            disableAutoRange=False,
        )
        self.view_box.updateMatrix()  # now, and not when a view of pyqtgraph's own is painted
        extent = _extent_of(frame, self.scales)
        self._show_strokes(frame, palette)
        self._show_lines(frame, palette)
        self._show_bars(frame, palette)
        self._show_points(frame, palette)
        for item in (*self._strokes.values(), *self._lines, *self._bars, self._details, self.symbols):
            item.cover_extent(extent)
        self._show_axes(frame, palette, kind)

    def look_at(self, low: float, high: float, frame: ChartFrame) -> None:
        """Move the view to ``low`` to ``high`` along x, for as long as a hand moves it; ``frame`` is what is shown."""
        self._set_clipped(is_clipped=True)
        self.view_box.setXRange(low, high, padding=0)
        self.view_box.updateMatrix()
        self.categories_axis.move_labels(moved_along(frame, low, high), (frame.plot.x, frame.plot.right))

    def emphasise(self, series: int | None) -> None:
        """Have one line stand out and the others dimmed; None lets all be alike again."""
        if series == self._emphasised:
            return
        self._emphasised = series
        rest = 1.0 if series is None else _DIMMED
        for item, number in zip(self._lines, self._line_series, strict=False):
            item.setOpacity(1.0 if number == series else rest)
        self.symbols.setOpacity(rest)
        points = [point for number, point in self._points if number == series]
        self._emphasis.show_points(points, *self._look)
        self._emphasis.cover_extent(self.symbols.boundingRect())

    def _set_clipped(self, *, is_clipped: bool) -> None:
        """A plot that stands still shows all of its frame: leaders run out of it. One that moves keeps its edges."""
        self.view_box.setFlag(self.view_box.GraphicsItemFlag.ItemClipsChildrenToShape, is_clipped)
        for strokes in (self._strokes[_BACK], self._strokes[_FRONT]):
            strokes.spread(is_spread=is_clipped)

    def _place(self, frame: ChartFrame, at: tuple[float, float]) -> None:
        """Give the axes and the plot the rooms that the layout gave them; pyqtgraph's layout costs, so only then."""
        plot = frame.plot
        margins = (frame.width, frame.height, plot.x, plot.y, plot.right, plot.bottom, *at)
        if margins == self._margins:
            return
        self._margins = margins
        self.values_axis.setWidth(plot.x)
        self.categories_axis.setHeight(frame.height - plot.bottom)
        self.item.layout.setContentsMargins(0, plot.y, frame.width - plot.right, 0)
        self.item.setGeometry(QRectF(*at, frame.width, frame.height))
        self.item.layout.activate()

    def _show_strokes(self, frame: ChartFrame, palette: ThemePalette) -> None:
        drawn = {_BACK: frame.back, _RANGES: tuple(_range_strokes(frame)), _FRONT: frame.front}
        for layer, strokes in drawn.items():
            self._strokes[layer].show_strokes(strokes, self.scales, palette)

    def _show_lines(self, frame: ChartFrame, palette: ThemePalette) -> None:
        rows: dict[int, list[Stroke]] = {}
        for link in frame.links:
            rows.setdefault(int(link.ink), []).append(link)
        while len(self._lines) < len(rows):
            self._lines.append(ChartLine())
            self._add(self._lines[-1], _LINES)
        for item, links in zip(self._lines, rows.values(), strict=False):
            item.show_line(*_joined_points(links, self.scales), _line_pen(links[0], palette))
        roles = {mark.role: mark.stop.series for mark in frame.marks}
        self._line_series = [roles.get(role, -1) for role in rows]
        for number, item in enumerate(self._lines):
            item.setVisible(number < len(rows))

    def _show_bars(self, frame: ChartFrame, palette: ThemePalette) -> None:
        groups: dict[ColourRole | int, list[DataMark]] = {}
        for mark in frame.marks:
            if _is_bar(mark):
                open_ = mark.fill in (MarkFill.PART, MarkFill.HOLLOW)
                groups.setdefault(ColourRole.PAGE if open_ else mark.role, []).append(mark)
        while len(self._bars) < len(groups):
            self._bars.append(ChartBars())
            self._add(self._bars[-1], _BARS)
        for item, (ink, marks) in zip(self._bars, groups.items(), strict=False):
            item.show_bars(np.array([self._sides(mark) for mark in marks]).T, palette.colour_for(ink))
        for number, item in enumerate(self._bars):
            item.setVisible(number < len(groups))

    def _sides(self, mark: DataMark) -> tuple[float, float, float, float]:
        """The left, right, lower and upper side of a bar, in data units."""
        body, scales = mark.body, self.scales
        assert body is not None
        return (
            scales.x_of(body.x),
            scales.x_of(body.right),
            scales.y_of(body.bottom),
            scales.y_of(body.y),
        )

    def _show_points(self, frame: ChartFrame, palette: ThemePalette) -> None:
        """The symbols, and what lies on bars and points in pixels."""
        points: list[tuple[int, PointSymbol]] = []
        details: list[BarDetail] = []
        for mark in in_painting_order(frame.marks):
            if mark.body is None:
                continue
            if mark.way is MarkDirection.POINT:
                x, y = self.scales.x_of(mark.body.centre[0]), self.scales.y_of(mark.body.centre[1])
                radius = mark.body.width / 2
                point = PointSymbol(x, y, radius, mark.fill, mark.texture, palette.colour_for(mark.role))
                points.append((mark.stop.series, point))
                if mark.fill is MarkFill.OPEN_ENDED:
                    details.append(BarDetail(x, x, y, y, mark.fill, mark.texture, mark.way, mark.role, radius))
            elif _is_bar(mark) and shapes.has_details(mark.fill, mark.texture):
                x0, x1, y0, y1 = self._sides(mark)
                details.append(BarDetail(x0, x1, y0, y1, mark.fill, mark.texture, mark.way, mark.role))
        self._points, self._look = points, (palette.page, frame.unit)
        self.symbols.show_points([point for _, point in points], palette.page, frame.unit)
        self._details.show_details(details, looks_for(frame, palette))

    def _show_axes(self, frame: ChartFrame, palette: ThemePalette, kind: FontSet) -> None:
        rows = frame.shape is ChartShape.ROWS
        left, bottom = TextPlace.VALUE_AXIS, TextPlace.CATEGORY_AXIS
        if rows:
            left, bottom = bottom, left
        rect = QRectF(0, 0, frame.width, frame.height)
        for axis, place in ((self.values_axis, left), (self.categories_axis, bottom)):
            axis.show_labels([text for text in frame.texts if text.place is place], palette, kind, rect)


def _drop_menu(item: Any) -> None:
    """Delete the menus that pyqtgraph makes for a plot and that are never shown here.

    They belong to nobody but Python's collector, and a widget that it deletes while Qt goes through all widgets,
    as it does for a style sheet, ends the program. What the menus set belongs to the plot, and stays.
    """
    menu, item.ctrlMenu = item.ctrlMenu, None
    shiboken6.delete(menu)


def has_plot(frame: ChartFrame) -> bool:
    """Whether a frame has bars or lines to plot: maps and sentences have none."""
    return frame.shape is not ChartShape.TILES and bool(frame.marks)


def moved_along(frame: ChartFrame, low: float, high: float) -> Callable[[float], float]:
    """Where the x of a frame stands once ``low`` to ``high`` of its categories fill the plot."""
    across, _ = plot_scales(frame)
    plot = frame.plot

    def move(x: float) -> float:
        return plot.x + (across.value_at(x) - low) / (high - low) * plot.width

    return move


def plot_scales(frame: ChartFrame) -> tuple[LinearScale, LinearScale]:
    """The scales along x and up y: categories and values, or values and pixels where bars lie."""
    plot = frame.plot
    pixels = LinearScale(-plot.bottom, -plot.y, plot.bottom, plot.y)
    if frame.shape is ChartShape.ROWS:
        return _usable(frame.values, LinearScale(plot.x, plot.right, plot.x, plot.right)), pixels
    across = frame.across or LinearScale(plot.x, plot.right, plot.x, plot.right)
    return _usable(across, LinearScale(plot.x, plot.right, plot.x, plot.right)), _usable(frame.values, pixels)


def _usable(scale: LinearScale, pixels: LinearScale) -> LinearScale:
    """``scale``, or plain pixels where it has no length."""
    return scale if scale.high != scale.low and scale.end != scale.start else pixels


def _joint_scales(across: LinearScale, up: LinearScale) -> PlotScales:
    x_factor = (across.high - across.low) / (across.end - across.start)
    y_factor = (up.high - up.low) / (up.end - up.start)
    return PlotScales(x_factor, across.low - x_factor * across.start, y_factor, up.low - y_factor * up.start)


def _extent_of(frame: ChartFrame, scales: PlotScales) -> QRectF:
    """All of the frame and as much round it, in data units: nothing that is drawn lies further out."""
    x0, x1 = scales.x_of(-frame.width), scales.x_of(2 * frame.width)
    y0, y1 = scales.y_of(2 * frame.height), scales.y_of(-frame.height)
    return QRectF(x0, y0, x1 - x0, y1 - y0)


def _is_bar(mark: DataMark) -> bool:
    return (
        mark.body is not None
        and mark.way in (MarkDirection.UP, MarkDirection.RIGHT)
        and mark.body.width > 0
        and mark.body.height > 0
    )


def _joined_points(links: Sequence[Stroke], scales: PlotScales) -> tuple[Numbers, Numbers, NDArray[np.int32]]:
    """The points of one line with, for each, whether a line runs on from it."""
    pixels: list[tuple[float, float]] = []
    joined: list[int] = []
    for link in links:
        if not pixels or pixels[-1] != (link.x1, link.y1):
            pixels.append((link.x1, link.y1))
            joined.append(0)
        joined[-1] = 1
        pixels.append((link.x2, link.y2))
        joined.append(0)
    places = np.array(pixels, dtype=float)
    x = scales.x_factor * places[:, 0] + scales.x_offset
    y = scales.y_factor * places[:, 1] + scales.y_offset
    return x, y, np.array(joined, dtype=np.int32)


def _line_pen(link: Stroke, palette: ThemePalette) -> QPen:
    pen = QPen(palette.colour_for(link.ink), link.width)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap if link.dash else Qt.PenCapStyle.RoundCap)
    pattern = shapes.dash_pattern(link.dash)
    if pattern:
        pen.setDashPattern(pattern)
    return pen


def _range_strokes(frame: ChartFrame) -> Iterator[Stroke]:
    """The ranges of numbers and the stretches of time they are for, as thin lines with caps."""
    unit = frame.unit
    for mark in frame.marks:
        if mark.body is None:
            continue
        x, y = mark.body.centre
        if mark.way is MarkDirection.POINT:
            if mark.span:
                yield from _capped(mark.span, y, 2.5 * unit, mark.role, unit, level=True)
            if mark.whisker:
                yield from _capped(mark.whisker, x, 3.5 * unit, mark.role, 1.25 * unit, level=False)
        elif mark.whisker and _is_bar(mark):
            cap = min(4.0 * unit, 0.4 * mark.body.height)
            for ink, width in ((ColourRole.PAGE, 3.5 * unit), (ColourRole.TEXT, 1.25 * unit)):
                yield from _capped(mark.whisker, y, cap, ink, width, level=True)


def _capped(
    ends: tuple[float, float], at: float, cap: float, ink: ColourRole | int, width: float, *, level: bool
) -> Iterator[Stroke]:
    """A line with a cap at each end: along x at the height ``at`` where ``level``, else up at the x ``at``."""
    first, last = ends
    lines = ((first, at, last, at), *((end, at - cap, end, at + cap) for end in ends))
    for x1, y1, x2, y2 in lines:
        places = (x1, y1, x2, y2) if level else (y1, x1, y2, x2)
        yield Stroke(*places, ink, width, centred=True)
