"""The chart on screen (first, plain form): the widget the window holds."""

from __future__ import annotations

import os
from typing import Any

import PySide6  # noqa: F401  (pyqtgraph takes the binding that is already there)
from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QWidget

from explorer.pages.chart import Chart, Fill, Shape

from .theme import LIGHT, Theme

os.environ.setdefault("PYQTGRAPH_QT_LIB", "PySide6")

import pyqtgraph as pg  # noqa: E402


class ChartView(pg.GraphicsView):  # pyright: ignore[reportUntypedBaseClass]
    """Shows one chart; reports what is pointed at and what is chosen, by figure id."""

    chosen = Signal(object)
    hovered = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, useOpenGL=False, background=None)
        self._chart: Chart | None = None
        self._theme = LIGHT
        self._selected = ""
        self._boxes: list[tuple[QRectF, str]] = []

    def show_chart(self, chart: Chart, theme: Theme, selected: str = "") -> None:
        """Show ``chart`` in ``theme``, with the figure ``selected`` marked."""
        self._chart, self._theme, self._selected = chart, theme, selected
        self.viewport().update()

    def set_selected(self, figure: str) -> None:
        """Mark another figure."""
        self._selected = figure
        self.viewport().update()

    def drawBackground(self, painter: QPainter, rect: QRectF) -> None:  # noqa: N802, ARG002
        painter.fillRect(self.rect(), QColor(self._theme.page))
        chart, self._boxes = self._chart, []
        if chart is None:
            return
        room = QRectF(self.rect()).adjusted(60, 20, -40, -40)
        cats, vals = chart.categories, chart.values
        painter.setPen(QColor(self._theme.text))
        for series in chart.series:
            for datum in series.data:
                if datum.value is None or datum.fill is Fill.MISSING:
                    continue
                share = (datum.value - vals.low) / (vals.high - vals.low)
                first = (datum.start - cats.low) / (cats.high - cats.low)
                last = (datum.end - cats.low) / (cats.high - cats.low)
                if chart.shape is Shape.ROWS:
                    box = QRectF(
                        room.left(),
                        room.top() + first * room.height(),
                        share * room.width(),
                        (last - first) * room.height(),
                    )
                else:
                    box = QRectF(
                        room.left() + first * room.width(),
                        room.bottom() - share * room.height(),
                        (last - first) * room.width(),
                        share * room.height(),
                    )
                painter.fillRect(box, QColor(self._theme.colour(series.role)))
                painter.drawText(box.topLeft(), datum.label)
                self._boxes.append((box, datum.figure))

    def mousePressEvent(self, ev: Any) -> None:  # noqa: N802
        for box, figure in self._boxes:
            if box.contains(ev.position()) and ev.button() is Qt.MouseButton.LeftButton:
                self.chosen.emit(figure)
