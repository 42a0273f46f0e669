"""pyqtgraph's items as a chart needs them: told their extent, painted at the cost of what can be seen.

Data are in the plot's own units. What has a width in pixels, such as a line, is painted in pixels: the painter's
transform gives the places, and is put aside while they are drawn. The painter must not be scaled then, which no
device of this program does: pictures have a device pixel ratio, SVG and PDF are drawn at 96 dpi.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import numpy as np
from msgspec import Struct
from msgspec.structs import replace
from numpy.typing import NDArray
from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPainterPath, QPen, QTransform

from explorer.pages.model import MarkFill
from explorer.render.layout import Box, ColourRole, MarkDirection, Stroke
from explorer.render.paint import ThemePalette, draw_stroke, shapes
from explorer.render.qt_setup import pg

Numbers = NDArray[np.float64]


class PlotScales(Struct, frozen=True):
    """How pixels of a frame become data: ``x = x_factor * pixel + x_offset``, and so for y."""

    x_factor: float
    x_offset: float
    y_factor: float
    y_offset: float

    def x_of(self, pixel: float) -> float:
        """The value along x at a pixel."""
        return self.x_factor * pixel + self.x_offset

    def y_of(self, pixel: float) -> float:
        """The value along y at a pixel."""
        return self.y_factor * pixel + self.y_offset


class _InPlot:
    """An item whose bounds are given to it and not worked out of its data at every turn."""

    _extent = QRectF()

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)

    def cover_extent(self, extent: QRectF) -> None:
        """Take ``extent``, in data units, for all that it paints."""
        if extent != self._extent:
            self.prepareGeometryChange()
            self._extent = extent

    def boundingRect(self) -> QRectF:  # noqa: N802
        """The extent that was given."""
        return self._extent

    def prepareGeometryChange(self) -> None:  # noqa: N802
        """Qt's own."""
        super().prepareGeometryChange()  # pyright: ignore[reportAttributeAccessIssue]

    def informViewBoundsChanged(self) -> None:  # noqa: N802
        """Nobody asks: the range of the view is set by whoever shows a chart."""

    def viewTransformChanged(self) -> None:  # noqa: N802
        """The extent stays as it is; what part of it is in view is asked for anew."""
        pg.GraphicsItem.viewTransformChanged(self)


class ChartBars(_InPlot, pg.BarGraphItem):
    """Bars of one colour without an outline."""

    def __init__(self) -> None:
        super().__init__(x0=np.zeros(0), x1=np.zeros(0), y0=np.zeros(0), y1=np.zeros(0), pen=None, brush="w")
        self._colour = QColor()

    def show_bars(self, sides: Numbers, colour: QColor) -> None:
        """Show bars by their ``sides``: left, right, lower and upper, each a row, in data units."""
        x0, x1, y0, y1 = sides
        style = {} if colour == self._colour else {"brush": QBrush(colour)}
        self._colour = colour
        self.setOpts(x0=x0, x1=x1, y0=y0, y1=y1, **style)

    def paint(self, painter: QPainter, *args: Any) -> None:
        """Paint them with smooth edges, as where a bar ends is a number."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        super().paint(painter, *args)


class ChartStrokes(_InPlot, pg.PlotCurveItem):
    """Straight lines, each with its own ink: grid, breaks, levels, ranges. ``connect`` is "pairs"."""

    def __init__(self) -> None:
        super().__init__(connect="pairs", skipFiniteCheck=True)
        self._strokes: tuple[Stroke, ...] = ()
        self._palette: ThemePalette | None = None
        self.is_spread = False
        """Whether level lines run on to both sides, as the view moves."""

    def spread(self, *, is_spread: bool) -> None:
        """Have level lines run on to both sides, or end where they do."""
        if is_spread != self.is_spread:
            self.is_spread = is_spread
            self.update()

    def show_strokes(self, strokes: Sequence[Stroke], scales: PlotScales, palette: ThemePalette) -> None:
        """Show ``strokes``, whose ends are pixels of a frame with these ``scales``."""
        self._strokes, self._palette = tuple(strokes), palette
        ends = np.array([(s.x1, s.y1, s.x2, s.y2) for s in strokes], dtype=float).reshape(-1, 2)
        self.setData(scales.x_factor * ends[:, 0] + scales.x_offset, scales.y_factor * ends[:, 1] + scales.y_offset)
        self.setVisible(bool(self._strokes))

    def paint(self, painter: QPainter, *_args: Any) -> None:
        """Paint each line in pixels, hairlines on whole ones."""
        if not self._strokes or self._palette is None:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        places = _map_points(painter, self.xData, self.yData).reshape(-1, 4).tolist()
        painter.save()
        painter.resetTransform()
        for stroke, (x1, y1, x2, y2) in zip(self._strokes, places, strict=True):
            draw_stroke(painter, _moved(stroke, x1, y1, x2, y2, spread=self.is_spread), self._palette)
        painter.restore()


_SPREAD = frozenset({ColourRole.GRID, ColourRole.AXIS})
"""The inks of lines that run from one side of the plot to the other."""
_FAR = 1e5
"""Further than any screen is wide, in pixels."""


def _moved(stroke: Stroke, x1: float, y1: float, x2: float, y2: float, *, spread: bool) -> Stroke:
    level, plumb = stroke.y1 == stroke.y2, stroke.x1 == stroke.x2
    if level and spread and stroke.ink in _SPREAD:
        x1, x2 = -_FAR, _FAR
    # What is level or plumb stays so, whatever the arithmetic leaves in the last digit.
    return replace(stroke, x1=x1, y1=y1, x2=x1 if plumb else x2, y2=y1 if level else y2)


class ChartLine(_InPlot, pg.PlotCurveItem):
    """The line of one series: its points in order, with gaps where ``connect`` has none.

    Qt strokes a wide smooth polyline slowly where its points lie far apart, so each stretch is a line of its own.
    """

    def __init__(self) -> None:
        super().__init__(connect="all", skipFiniteCheck=True)
        self._pen = QPen()
        self._pieces: tuple[QTransform, list[QLineF]] | None = None
        """Its pieces in pixels, for as long as the data and the view stay as they are."""

    def show_line(self, x: Numbers, y: Numbers, connect: NDArray[np.int32], pen: QPen) -> None:
        """Show the line through the points ``x``, ``y`` in data units."""
        self._pen, self._pieces = pen, None
        self.setData(x, y, connect=connect, pen=pen)

    def paint(self, painter: QPainter, *_args: Any) -> None:
        """Paint it in pixels."""
        view = painter.transform()
        if self._pieces is None or self._pieces[0] != view:
            places = _map_points(painter, self.xData, self.yData)
            joined = np.flatnonzero(self.opts["connect"][:-1])
            self._pieces = (view, [QLineF(*places[at], *places[at + 1]) for at in joined.tolist()])
        lines = self._pieces[1]
        painter.save()
        painter.resetTransform()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(self._pen)
        painter.drawLines(lines)
        painter.restore()


class ChartSymbols(_InPlot, pg.ScatterPlotItem):
    """Every symbol of a chart, with the rim that sets it off from its line."""

    def __init__(self) -> None:
        super().__init__(pxMode=True, useCache=True, antialias=True)
        self._points: tuple[PointSymbol, ...] = ()
        self._looks: list[_SpotLook] = []
        self._page, self._unit = QColor(), 1.0

    def show_points(self, points: Sequence[PointSymbol], page: QColor, unit: float) -> None:
        """Show ``points``, the later ones over the earlier."""
        self._points, self._page, self._unit = tuple(points), page, unit
        places: list[tuple[float, float]] = []
        looks: list[_SpotLook] = []
        page_colour = page.rgba()
        for point in points:
            spot_looks = _spot_looks(point.fill, point.texture, point.radius, point.colour.rgba(), page_colour, unit)
            looks += spot_looks
            places += [(point.x, point.y)] * len(spot_looks)
        if not looks:
            self.setVisible(False)
            return
        x, y = np.array(places).T
        if looks == self._looks:
            self._move_spots(x, y)
        else:
            symbols, sizes, pens, brushes = zip(*looks, strict=True)
            self.setData(
                x=x, y=y, symbol=_objects(symbols), size=np.array(sizes), pen=_objects(pens), brush=_objects(brushes)
            )
        self._looks = looks
        self.setVisible(True)

    def _move_spots(self, x: Numbers, y: Numbers) -> None:
        """Give the spots that are there other places: what each looks like is in the atlas already."""
        self.prepareGeometryChange()
        self.data["x"], self.data["y"] = x, y
        self.bounds = [None, None]
        self.invalidate()

    def paint(self, painter: QPainter, *args: Any) -> None:
        """Paint them: on screen from the atlas of symbols, in a file as outlines whose pens no reader can mistake."""
        if self._exportOpts is False:
            super().paint(painter, *args)
            return
        places = _map_points(painter, self.data["x"], self.data["y"])
        starts = np.cumsum([0, *(3 if point.fill is MarkFill.PART else 2 for point in self._points)])[:-1]
        painter.save()
        painter.resetTransform()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for point, (x, y) in zip(self._points, places[starts].tolist(), strict=True):
            look = shapes.MarkLook(point.colour, self._page, self._unit)
            body = Box(x, y, 0.0, 0.0).expand_by(point.radius)
            # Its broken edge is among the details.
            fill = MarkFill.SOLID if point.fill is MarkFill.OPEN_ENDED else point.fill
            shapes.draw_point(painter, body, fill, point.texture, look)
        painter.restore()


class PointSymbol(Struct, frozen=True):
    """The symbol of one point: its place in data units, its half size in pixels and how it looks."""

    x: float
    y: float
    radius: float
    fill: MarkFill
    texture: int
    colour: QColor


_SpotLook = tuple[QPainterPath, float, QPen, QBrush]
_REACH = 1.35
"""How far the symbol of radius 1 that reaches furthest goes: pyqtgraph wants them within 0.5."""


@lru_cache(maxsize=512)
def _spot_looks(
    fill: MarkFill, texture: int, radius: float, colour: int, page: int, unit: float
) -> tuple[_SpotLook, ...]:
    """Symbol, size, pen and brush of each spot that makes up a point: its rim, itself, and a dot in it."""
    open_ = fill in (MarkFill.PART, MarkFill.HOLLOW)
    symbol, plain, brush = _symbol(texture), _pen(colour, (1.75 if open_ else 0.5) * unit), _brush(colour)
    size = 2 * _REACH * radius
    inside = size - (2 * _REACH * 0.75 * unit if open_ else 0.0)
    looks = [
        (symbol, size, _pen(page, 3.0 * unit), _brush(page)),
        (symbol, inside, plain, _brush(page) if open_ else brush),
    ]
    if fill is MarkFill.PART:
        looks.append((_symbol(0), 2 * _REACH * 1.2 * unit, plain, brush))
    return tuple(looks)


@lru_cache(maxsize=64)
def _symbol(texture: int) -> QPainterPath:
    """The outline of a symbol; the same object each time, since the atlas of symbols goes by it."""
    return shapes.symbol_path(texture, 0.0, 0.0, 0.5 / _REACH)


@lru_cache(maxsize=256)
def _pen(colour: int, width: float) -> QPen:
    pen = QPen(QColor.fromRgba(colour), width)
    pen.setCosmetic(True)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
    return pen


@lru_cache(maxsize=64)
def _brush(colour: int) -> QBrush:
    return QBrush(QColor.fromRgba(colour))


def _objects(several: Sequence[object]) -> NDArray[np.object_]:
    """An array of objects, which numpy does not look into."""
    array = np.empty(len(several), dtype=object)
    for number, one in enumerate(several):  # given whole, numpy would ask each whether it is a sequence
        array[number] = one
    return array


class BarDetail(Struct, frozen=True):
    """A bar in data units, with what has its size in pixels: its outline and hatch, texture or broken edge."""

    x0: float
    x1: float
    y0: float
    y1: float
    fill: MarkFill
    texture: int
    way: MarkDirection
    role: int
    radius: float = 0.0
    """Half the size of a point's symbol, in pixels."""


class ChartDetails(_InPlot, pg.GraphicsObject):
    """Hatches, textures, outlines and broken edges of bars and points, in pixels whatever the range."""

    def __init__(self) -> None:
        super().__init__()
        self._details: tuple[BarDetail, ...] = ()
        self._looks: dict[int, shapes.MarkLook] = {}

    def show_details(self, details: Sequence[BarDetail], looks: dict[int, shapes.MarkLook]) -> None:
        """Show ``details``, each in the look of its role."""
        self._details, self._looks = tuple(details), looks
        self.setVisible(bool(details))
        self.update()

    def paint(self, painter: QPainter, *_args: Any) -> None:
        """Paint them over the bars."""
        corners = np.array([(d.x0, d.y0, d.x1, d.y1) for d in self._details], dtype=float).reshape(-1, 2)
        places = _map_points(painter, corners[:, 0], corners[:, 1]).reshape(-1, 4).tolist()
        painter.save()
        painter.resetTransform()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for detail, (x0, y0, x1, y1) in zip(self._details, places, strict=True):
            body = Box(min(x0, x1), min(y0, y1), abs(x1 - x0), abs(y1 - y0))
            look = self._looks[detail.role]
            if detail.way is MarkDirection.POINT:
                shapes.draw_point_edge(painter, body.expand_by(detail.radius), look)
            else:
                shapes.draw_bar_details(painter, body, detail.fill, detail.texture, detail.way, look)
        painter.restore()


def _map_points(painter: QPainter, x: Numbers, y: Numbers) -> Numbers:
    """Points of the plot as pixels of the painter's device: an array of n x 2."""
    transform = painter.transform()
    return np.column_stack(
        (
            transform.m11() * x + transform.m21() * y + transform.dx(),
            transform.m12() * x + transform.m22() * y + transform.dy(),
        )
    )
