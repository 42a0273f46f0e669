"""A chart as a figure of a document: without the words that stand round it there, no higher than it needs."""

from __future__ import annotations

from msgspec.structs import replace
from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QColor, QImage, QImageWriter, QPainter

from explorer.pages.model.chart import Chart, ChartShape
from explorer.support.theme import PRINT

from .faces import document_font
from .frame import ChartFrame
from .layout import lay_out
from .lettering import FontSet
from .paint import paint_frame
from .picture import ensure_application

WIDE = 642
"""The width of a figure, in pixels of 1/96 inch: that of the text on A4 with margins of 2 cm."""
_BODY, _SMALL = 12.0, 11.0
_HIGH = {ChartShape.COLUMNS: 270.0, ChartShape.LINES: 300.0, ChartShape.TILES: 440.0}
_ROW, _AROUND = 31.0, 60.0
"""The height of a lying bar with its gap, and of an axis under all of them."""


class ChartFigure:
    """A chart laid out for a document."""

    def __init__(self, chart: Chart) -> None:
        ensure_application()
        lean = replace(chart, title="", subtitle="", notes=(), source_line="")
        self._kind = FontSet(document_font(13), _SMALL if chart.shape is ChartShape.TILES else _BODY)
        self._frame: ChartFrame = lay_out(lean, self._kind, WIDE, figure_height(chart), 0.0)

    @property
    def height(self) -> float:
        """Its height in pixels; it may be more than was asked for."""
        return self._frame.height

    def paint(self, painter: QPainter) -> None:
        """Paint it at the painter's origin."""
        paint_frame(painter, self._frame, PRINT, self._kind)


def figure_height(chart: Chart) -> float:
    """How high a chart is best drawn: by its rows where its bars lie, as its shape reads well otherwise."""
    if chart.shape is not ChartShape.ROWS:
        return _HIGH[chart.shape]
    bars = {datum.start for series in chart.series for datum in series.data}
    return _ROW * max(len(bars), 1) + _AROUND


def figure_png(chart: Chart, scale: float = 3.0) -> bytes:
    """The figure as a PNG, with ``scale`` device pixels to each of its own."""
    figure = ChartFigure(chart)
    image = QImage(round(WIDE * scale), round(figure.height * scale), QImage.Format.Format_RGB32)
    image.fill(QColor(PRINT.page))
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(scale, scale)
    figure.paint(painter)
    painter.end()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QImageWriter(buffer, QByteArray(b"png"))
    if not writer.write(image):
        raise OSError(f"The picture could not be made: {writer.errorString()}.")
    return bytes(buffer.data().data())
