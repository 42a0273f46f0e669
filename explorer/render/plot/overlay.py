"""What is written over a plot: numbers beside their marks, keys, badges and titles, in the pixels of the frame.

A map, and a sentence in place of a chart, are drawn here whole: they gain nothing from a plot.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import shiboken6
from msgspec.structs import replace
from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QGraphicsScene

from explorer.render.layout import ChartFrame, DataMark, FlagBadge, FontSet, TextPlace, TextRun
from explorer.render.paint import collect_texts, draw_texts, paint_frame, paint_keys, palette_for
from explorer.render.qt_setup import pg
from explorer.support import LIGHT, Theme

from .frame_plot import FramePlot, has_plot


class PlotOverlay(pg.GraphicsObject):
    """The words of a frame, and all of a frame that has no plot."""

    def __init__(self) -> None:
        super().__init__()
        self.setZValue(0.5)
        self._rect = QRectF()
        self._frame: ChartFrame | None = None
        self._kind: FontSet | None = None
        self._theme = LIGHT
        self._selected_figure = ""
        self._move: Callable[[float], float] | None = None

    def show_frame(self, frame: ChartFrame, theme: Theme, kind: FontSet) -> None:
        """Take another frame, whole."""
        self._frame, self._theme, self._kind, self._move = frame, theme, kind, None
        rect = QRectF(0, 0, frame.width, frame.height)
        if rect != self._rect:
            self.prepareGeometryChange()
            self._rect = rect
        self.update()

    def select_figure(self, figure: str) -> None:
        """Set another figure's number stronger."""
        if figure != self._selected_figure:
            self._selected_figure = figure
            self.update()

    def move_along(self, move: Callable[[float], float]) -> None:
        """Have what belongs to the plot stand where ``move`` takes its x, for as long as a hand moves the plot."""
        self._move = move
        self.update()

    def boundingRect(self) -> QRectF:  # noqa: N802
        """The frame."""
        return self._rect

    def paint(self, painter: QPainter, *_args: Any) -> None:
        """Paint the words, or the whole of what has no plot."""
        frame, kind = self._frame, self._kind
        if frame is None or kind is None:
            return
        if not has_plot(frame):
            paint_frame(painter, frame, self._theme, kind, self._selected_figure)
            return
        palette = palette_for(self._theme)
        if self._move is not None:
            frame = moved_frame(frame, self._move)
        paint_keys(painter, frame, palette)
        draw_texts(painter, collect_texts(frame, kind, self._selected_figure, axes=False), palette, kind)


def moved_frame(frame: ChartFrame, move: Callable[[float], float]) -> ChartFrame:
    """``frame`` with its words, badges and numbers moved along with the plot; what leaves the plot is left out."""
    low, high = frame.plot.x, frame.plot.right

    def shifted(x: float) -> float | None:
        there = move(x)
        return there - x if low <= there <= high else None

    texts: list[TextRun] = []
    for text in frame.texts:
        by = shifted(text.along) if text.place is TextPlace.PLOT else 0.0
        if by is not None:
            texts.append(replace(text, x=text.x + by) if by else text)
    badges: list[FlagBadge] = []
    for badge in frame.badges:
        by = shifted(badge.along) if badge.along is not None else 0.0
        if by is not None:
            badges.append(replace(badge, box=replace(badge.box, x=badge.box.x + by)) if by else badge)
    marks: list[DataMark] = []
    for mark in frame.marks:
        by = shifted(mark.stop.body.centre[0])
        if by is not None and mark.label:
            marks.append(replace(mark, label=tuple(replace(text, x=text.x + by) for text in mark.label)))
    return replace(frame, texts=tuple(texts), badges=tuple(badges), marks=tuple(marks))


def render_frame(painter: QPainter, frame: ChartFrame, theme: Theme, kind: FontSet) -> None:
    """Paint ``frame`` into a picture, by the items that show it on screen, made for it and gone with it.

    The painter stands where the frame's top left goes, and is not scaled.
    """
    scene = QGraphicsScene()
    try:
        plot, overlay = FramePlot(scene), PlotOverlay()
        scene.addItem(overlay)
        plot.show_frame(frame, palette_for(theme), kind)
        plot.symbols.setExportMode(True, {"antialias": True})
        overlay.show_frame(frame, theme, kind)
        rect = QRectF(0, 0, frame.width, frame.height)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        scene.render(painter, rect, rect)
    finally:
        shiboken6.delete(scene)  # with all that is in it, now, and not when Python next looks for what is unused
