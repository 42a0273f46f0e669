"""A chart as a picture: PNG, SVG and PDF, each drawn afresh at its size by the code that draws the screen.

pyqtgraph's exporters are not used: on this pair of libraries they fail or move the axes. Text stays text in
SVG and PDF, and every format carries the chart's title and its text alternative.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

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

from explorer.pages.model.chart import Chart
from explorer.support.safe_text import sanitise
from explorer.support.theme import PRINT, Theme

from .composition import PictureComposition, body_for, compose_chart, paint_composition
from .lettering import FontSet

_DPI = 96
_PDF_DPI = 1200
_LARGEST = 16_000
"""The most device pixels a side of an image may have."""

_application: list[QGuiApplication] = []


def write_picture(
    chart: Chart,
    path: Path,
    fmt: str,
    theme: Theme = PRINT,
    width: int = 1200,
    height: int = 675,
    scale: float = 2.0,
) -> None:
    """Writes ``chart`` to ``path`` as "png", "svg" or "pdf".

    ``width`` and ``height`` are logical pixels (96 to the inch); ``scale`` device pixels to each in a PNG.
    Raises ValueError for an unknown format or a size that cannot be drawn, OSError as the disk does.
    """
    path.write_bytes(render_picture(chart, fmt, theme, (width, height), scale))


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

    from .svg import postprocess_svg

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
    from .pdf import BEGINS, ENDS, tag_single_figure

    kind, composition = _compose_picture(chart, size, 0.0)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(_PDF_DPI)
    points = QSizeF(composition.width * 72 / _DPI, composition.height * 72 / _DPI)
    page = QPageSize(points, QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.ExactMatch)
    writer.setPageLayout(QPageLayout(page, QPageLayout.Orientation.Portrait, QMarginsF()))
    writer.setTitle(_picture_title(chart))
    writer.setCreator("Online Harms Explorer")
    painter = QPainter(writer)
    painter.scale(_PDF_DPI / _DPI, _PDF_DPI / _DPI)
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
