"""The strip under a chart that shows all its periods, with the ones in view marked: pulled, it moves the chart."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QGraphicsView, QWidget

from explorer.pages.model import ChartShape, ChartTimeline, DataPoint
from explorer.render.paint import palette_for
from explorer.render.plot import ChartBars, Numbers
from explorer.render.qt_setup import pg
from explorer.support import LIGHT, Theme

_HEIGHT = 38
_EDGE = 0.02
_POINT = 3
_SAME = 1e-6
_FAINT = 150
"""How solid the strip's own marks are, of 255."""
_STEPS = {Qt.Key.Key_Left: -1.0, Qt.Key.Key_Right: 1.0}
_ZOOMS = {Qt.Key.Key_Plus: 1.0, Qt.Key.Key_Equal: 1.0, Qt.Key.Key_Minus: -1.0}


class TimeOverview(pg.GraphicsView):
    """All periods of a chart, small, with a region that can be dragged and pulled wider."""

    dragged = Signal(float, float)
    """The region is being moved to these years."""
    let_go = Signal()
    zoomed = Signal(float)
    """A key asks for so many notches nearer."""
    left_all = Signal()
    """Escape asks for all periods."""
    panned = Signal(float)
    """A key asks for so many steps on."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, useOpenGL=False, background=LIGHT.page)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        for part in (self, self.viewport()):
            part.setAccessibleName("Periods in view")
        self.box = pg.ViewBox(enableMenu=False, enableMouse=False, defaultPadding=0.0)
        self.setCentralItem(self.box)
        self.box.disableAutoRange()
        self.region = pg.LinearRegionItem(swapMode="block")
        self.region.setZValue(10)
        self._bars = ChartBars()
        self._lines: list[Any] = []
        self.box.addItem(self._bars, ignoreBounds=True)
        self.box.addItem(self.region, ignoreBounds=True)
        self.region.sigRegionChanged.connect(self._region_changed)
        self.region.sigRegionChangeFinished.connect(self._region_let_go)
        self._timeline: ChartTimeline | None = None
        self._theme = LIGHT
        self._is_told = False
        self._length = 0.0
        self._is_moved_whole = False
        self.points = pg.ScatterPlotItem(size=_POINT, pen=None, pxMode=True)
        self.box.addItem(self.points, ignoreBounds=True)

    def sizeHint(self) -> QSize:  # noqa: N802
        """Low, and as wide as there is room."""
        return QSize(300, self.minimumHeight())

    def set_scale(self, scale: float) -> None:
        """Take the size of text into account."""
        self.setFixedHeight(round(_HEIGHT * min(scale, 1.5)))

    def show_timeline(self, timeline: ChartTimeline, theme: Theme, low: float, high: float) -> None:
        """Show ``timeline`` with ``low`` to ``high`` in view."""
        if timeline != self._timeline or theme != self._theme:
            self._timeline, self._theme = timeline, theme
            self.setBackground(theme.page)
            self._show_series(timeline)
            self._show_colours()
        self.show_region(low, high)

    def show_region(self, low: float, high: float) -> None:
        """Mark ``low`` to ``high`` as in view, which tells nobody."""
        timeline = self._timeline
        if timeline is None:
            return
        self._set_region(low, high)
        labels = [period.label for period in timeline.seen(low, high)]
        every = f"of {timeline.periods[0].label} to {timeline.periods[-1].label}"
        self.setAccessibleDescription(f"{labels[0]} to {labels[-1]}, {every}")

    def _set_region(self, low: float, high: float) -> None:
        self._is_told = True
        if self._timeline is not None:
            self.region.setBounds((self._timeline.low, self._timeline.high))
        self.region.setRegion((low, high))
        self._length = high - low
        self._is_told = False

    def _show_series(self, timeline: ChartTimeline) -> None:
        chart, low, high = timeline.chart, timeline.low, timeline.high
        palette, values = palette_for(self._theme), chart.values
        self.box.setRange(
            # With a little beside them, so that both ends of the region can be got hold of.
            xRange=(low - _EDGE * (high - low), high + _EDGE * (high - low)),
            yRange=(values.low, values.high),
            padding=0,
            disableAutoRange=False,
        )
        self.box.updateMatrix()  # now: while it is painted it would ask to be painted again
        extent = QRectF(low, values.low, high - low, values.high - values.low)
        points = [
            (datum, series.role)
            for series in chart.series
            for datum in series.data
            if datum.value is not None and chart.shape is ChartShape.COLUMNS
        ]
        sides = [(datum.start, datum.end, 0.0, datum.value or 0.0) for datum, _ in points]
        colour = QColor(palette.colour_for(points[0][1] if points else 0))
        colour.setAlpha(_FAINT)
        self._bars.show_bars(np.array(sides, dtype=float).reshape(-1, 4).T, colour)
        self._bars.cover_extent(extent)
        lines = chart.series if chart.shape is ChartShape.LINES else ()
        while len(self._lines) < len(lines):
            self._lines.append(pg.PlotCurveItem(connect="finite", antialias=True))
            self.box.addItem(self._lines[-1], ignoreBounds=True)
        for item, series in zip(self._lines, lines, strict=False):
            colour = QColor(palette.colour_for(series.role))
            colour.setAlpha(_FAINT)
            x, y = _broken_line(series.data)
            item.setData(x, y, pen=QPen(colour, 0))
        for number, item in enumerate(self._lines):
            item.setVisible(number < len(lines))
        # Points that no line joins would not be seen at all.
        dots = [(datum.at, datum.value, series.role) for series in lines for datum in series.data if datum.value]
        brushes = [pg.mkBrush(palette.colour_for(role)) for _, _, role in dots]
        self.points.setData(x=[at for at, _, _ in dots], y=[value for _, value, _ in dots], brush=brushes)

    def _show_colours(self) -> None:
        palette = palette_for(self._theme)
        tint = QColor(palette.accent)
        tint.setAlpha(36)
        self.region.setBrush(tint)
        self.region.setHoverBrush(tint)
        for line in self.region.lines:
            line.setPen(QPen(palette.accent, 0))
            line.setHoverPen(QPen(palette.focus, 0))

    def _region_changed(self, _region: Any = None, *, is_last: bool = False) -> None:
        if self._is_told or self._timeline is None:
            return
        # Where it is moved whole it keeps its length; its last event comes after it has stopped moving.
        self._is_moved_whole = self.region.moving or (is_last and self._is_moved_whole)
        low, high = self.region.getRegion()
        least = self._length if self._is_moved_whole else self._timeline.shortest
        if high - low < least - _SAME:  # it has no least width of its own, and is pressed together at the ends
            low = min(low, self._timeline.high - least)
            self._set_region(low, low + least)
            high = low + least
        elif not self._is_moved_whole:
            self._length = high - low
        self.dragged.emit(low, high)

    def _region_let_go(self) -> None:
        if not self._is_told:
            self._region_changed(is_last=True)
            self.let_go.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Move by the arrows, with and without Shift, and see more or less by + and -."""
        key = Qt.Key(event.key())
        if key in _STEPS:
            self.panned.emit(_STEPS[key])
        elif key in _ZOOMS:
            self.zoomed.emit(_ZOOMS[key])
        elif key == Qt.Key.Key_Escape:
            self.left_all.emit()
        else:
            event.ignore()

    def wheelEvent(self, event: Any) -> None:  # noqa: N802
        """Left to the page."""
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Paint the strip, and a ring round it while it has the keyboard."""
        super().paintEvent(event)
        if self.hasFocus():
            painter = QPainter(self.viewport())
            painter.setPen(QPen(palette_for(self._theme).focus, 2))
            painter.drawRect(self.viewport().rect().adjusted(1, 1, -1, -1))
            painter.end()

    def close(self) -> bool:
        """Close like any widget: pyqtgraph would take the scene apart."""
        return QGraphicsView.close(self)


def _broken_line(data: Sequence[DataPoint]) -> tuple[Numbers, Numbers]:
    """The points of a line with a gap before each that is not joined to the one before."""
    x: list[float] = []
    y: list[float] = []
    for datum in data:
        if not datum.joined and x:
            x.append(datum.at)
            y.append(float("nan"))
        x.append(datum.at)
        y.append(float("nan") if datum.value is None else datum.value)
    return np.array(x), np.array(y)
