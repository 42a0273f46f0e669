"""A chart as a picture: PNG, SVG and PDF, each drawn afresh at its size by the items that draw the screen.

pyqtgraph's exporters are not used: on this pair of libraries they fail or move the axes. Text stays text in
SVG and PDF, and every format carries the chart's title and its text alternative.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable
from pathlib import Path

from msgspec.structs import replace
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QRect, QRectF, QSize, QSizeF
from PySide6.QtGui import (
    QColor,
    QFont,
    QGuiApplication,
    QImage,
    QImageWriter,
    QPageLayout,
    QPageSize,
    QPainter,
    QPdfWriter,
)
from PySide6.QtWidgets import QApplication

from explorer.pages.model import Chart, ChartShape
from explorer.render.layout import ANCHOR_SHARES, ChartFrame, FontSet, TextAnchor, document_font, lay_out
from explorer.render.paint import paint_frame
from explorer.render.plot import render_frame
from explorer.support import PRINT, Theme, sanitise

from .composition import PictureComposition, body_for, compose_chart, paint_composition

_DPI = 96
_LARGEST = 16_000
"""The most device pixels a side of an image may have."""

_application: list[QGuiApplication] = []


def write_picture(
    chart: Chart,
    path: Path,
    fmt: str,
    theme: Theme = PRINT,
    size: tuple[int, int] = (1200, 675),
    scale: float = 2.0,
) -> None:
    """Writes ``chart`` to ``path`` as "png", "svg" or "pdf".

    ``size`` is the width and height in logical pixels (96 to the inch); ``scale`` device pixels to each in a PNG.
    Raises ValueError for an unknown format or a size that cannot be drawn, OSError as the disk does.
    """
    path.write_bytes(render_picture(chart, fmt, theme, size, scale))


def render_picture(
    chart: Chart, fmt: str, theme: Theme = PRINT, size: tuple[int, int] = (1200, 675), scale: float = 2.0
) -> bytes:
    """``chart`` as the content of a file, with the sizes and errors of ``write_picture``."""
    if fmt not in _FORMATS:
        raise ValueError(f"“{fmt}” is no picture format: use one of {', '.join(_FORMATS)}.")
    return _FORMATS[fmt](chart, theme, size, scale)


def picture_image(
    chart: Chart, theme: Theme = PRINT, width: int = 1200, height: int = 675, scale: float = 2.0
) -> QImage:
    """``chart`` as an image of ``width`` x ``height`` times ``scale`` device pixels.

    It is higher where the words need it. Raises ValueError for a size that cannot be drawn.
    """
    kind, composition = _compose_picture(chart, (width, height), 1 / scale if scale > 0 else 1.0)
    if not 0 < max(composition.width, composition.height) * scale <= _LARGEST:
        raise ValueError(f"A picture of {width} x {height} at {scale:g} times cannot be drawn.")
    image = QImage(round(composition.width * scale), round(composition.height * scale), QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(scale)
    image.setDotsPerMeterX(round(_DPI * scale / 0.0254))
    image.setDotsPerMeterY(round(_DPI * scale / 0.0254))
    image.fill(QColor(theme.page))
    image.setText("Title", _picture_title(chart))
    image.setText("Description", _picture_description(chart))
    painter = QPainter(image)
    paint_composition(painter, composition, theme, kind)
    painter.end()
    return image


def _render_png(chart: Chart, theme: Theme, size: tuple[int, int], scale: float) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QImageWriter(buffer, QByteArray(b"png"))
    if not writer.write(picture_image(chart, theme, *size, scale)):
        raise OSError(f"The picture could not be made: {writer.errorString()}.")
    return bytes(buffer.data().data())


def _render_svg(chart: Chart, theme: Theme, size: tuple[int, int], _scale: float) -> bytes:
    from PySide6.QtSvg import QSvgGenerator

    kind, composition = _compose_picture(chart, size, 0.0)
    high = round(composition.height)
    buffer = QBuffer()
    generator = QSvgGenerator()
    generator.setOutputDevice(buffer)
    generator.setSize(QSize(size[0], high))
    generator.setViewBox(QRect(0, 0, size[0], high))
    generator.setResolution(_DPI)
    generator.setTitle(_picture_title(chart))
    generator.setDescription(_picture_description(chart))
    painter = QPainter(generator)
    painter.fillRect(0, 0, size[0], high, QColor(theme.page))
    paint_composition(painter, composition, theme, kind)
    painter.end()
    return postprocess_svg(bytes(buffer.data().data()).decode("utf-8"), composition).encode("utf-8")


def _render_pdf(chart: Chart, theme: Theme, size: tuple[int, int], _scale: float) -> bytes:
    from explorer.render.pdf import BEGINS, ENDS, tag_single_figure

    kind, composition = _compose_picture(chart, size, 0.0)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(_DPI)
    points = QSizeF(composition.width * 72 / _DPI, composition.height * 72 / _DPI)
    page = QPageSize(points, QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.ExactMatch)
    writer.setPageLayout(QPageLayout(page, QPageLayout.Orientation.Portrait, QMarginsF()))
    writer.setTitle(_picture_title(chart))
    writer.setCreator("Online Harms Explorer")
    painter = QPainter(writer)
    page = QColor(theme.page)
    painter.fillRect(QRectF(*BEGINS), page)
    painter.fillRect(0, 0, round(composition.width) + 1, round(composition.height) + 1, page)
    paint_composition(painter, composition, theme, kind)
    painter.fillRect(QRectF(*ENDS), page)
    painter.end()
    whole = (composition.width, composition.height)
    return tag_single_figure(bytes(buffer.data().data()), _picture_title(chart), _picture_description(chart), whole)


_FORMATS: dict[str, Callable[[Chart, Theme, tuple[int, int], float], bytes]] = {
    "png": _render_png,
    "svg": _render_svg,
    "pdf": _render_pdf,
}


def _compose_picture(chart: Chart, size: tuple[int, int], pixel: float) -> tuple[FontSet, PictureComposition]:
    if min(size) < 100 or max(size) > _LARGEST:
        raise ValueError(f"A picture of {size[0]} x {size[1]} cannot be drawn.")
    ensure_application()
    family = QFont(QGuiApplication.font())
    # Letters are measured once and drawn at every scale: a hinted font would set wider at one than another.
    family.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    kind = FontSet(family, body_for(*size))
    return kind, compose_chart(chart, kind, *size, pixel)


def _picture_title(chart: Chart) -> str:
    return sanitise(": ".join(part for part in (chart.title, chart.subtitle) if part), 500, breaks=False)


def _picture_description(chart: Chart) -> str:
    return sanitise(chart.alt_text or chart.empty, breaks=False)


def ensure_application() -> None:
    """Fonts need an application. Where there is none and maybe no screen either, one is made off screen."""
    if QGuiApplication.instance() is None:
        if sys.platform != "win32":
            os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
        _application.append(QApplication([sys.argv[0] if sys.argv else "explorer"]))


# A chart as a figure of a document: without the words that stand round it there, no higher than it
# needs.


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
        """Paint it at the painter's origin, whatever the painter's scale: pages of a document are scaled."""
        paint_frame(painter, self._frame, PRINT, self._kind)

    def render(self, painter: QPainter) -> None:
        """Paint it by the items of the screen; the painter is not scaled."""
        render_frame(painter, self._frame, PRINT, self._kind)


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
    image.setDevicePixelRatio(scale)
    image.fill(QColor(PRINT.page))
    painter = QPainter(image)
    figure.render(painter)
    painter.end()
    image.setDevicePixelRatio(1.0)  # the file says how many pixels it has, and whoever sets it how large they are
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QImageWriter(buffer, QByteArray(b"png"))
    if not writer.write(image):
        raise OSError(f"The picture could not be made: {writer.errorString()}.")
    return bytes(buffer.data().data())


# The last touches to an SVG that Qt wrote: fonts others have, anchors, and a name for screen readers.


_FALLBACKS = "'Segoe UI', 'Helvetica Neue', 'Liberation Sans', Arial, sans-serif"
_ANCHORS = {TextAnchor.START: "start", TextAnchor.MIDDLE: "middle", TextAnchor.END: "end"}
_TEXT = re.compile(r'(<text [^>]*? x=")([^"]*)(")')
_FAMILY = re.compile(r'font-family="([^"]*)"')
_ROOT = re.compile(r'<svg width="[^"]*" height="[^"]*"')
_GENERIC = ("sans serif", "sans-serif", "sans")


def postprocess_svg(svg: str, composition: PictureComposition) -> str:
    """``svg`` as Qt wrote it for ``composition``, with its fonts, anchors and name in order."""
    root = (
        f'<svg width="{round(composition.width)}" height="{round(composition.height)}" role="img" xml:lang="en-GB" '
        'aria-labelledby="title desc"'
    )
    svg = _ROOT.sub(root, svg, count=1)
    svg = svg.replace("<title>", '<title id="title">', 1).replace("<desc>", '<desc id="desc">', 1)
    svg = _FAMILY.sub(_replace_family, svg)
    return _anchor_texts(svg, composition)


def _replace_family(match: re.Match[str]) -> str:
    family = match.group(1)
    own = "" if family.lower() in _GENERIC else f"'{family}', "
    return f'font-family="{own}{_FALLBACKS}"'


def _anchor_texts(svg: str, composition: PictureComposition) -> str:
    texts = composition.texts_in_order()
    if len(_TEXT.findall(svg)) != len(texts):
        return svg
    coming = iter(texts)

    def replace_anchor(match: re.Match[str]) -> str:
        text = next(coming)
        x = float(match.group(2)) + text.width * ANCHOR_SHARES[text.anchor]
        return f'{match.group(1)}{x:.6g}" text-anchor="{_ANCHORS[text.anchor]}{match.group(3)}'

    return _TEXT.sub(replace_anchor, svg)
