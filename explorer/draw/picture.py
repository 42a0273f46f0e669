"""A Chart as a picture that stands by itself: title, subtitle, chart, key, notes and source, on one sheet.

The chart is laid out afresh at the size of the picture and painted by the same strokes as on screen. Text
stays text in SVG and PDF, with the text alternative in the file. A picture grows taller than asked for where
its words need it: nothing is cut off.
"""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QMarginsF, QRect, QRectF, QSize, QSizeF
from PySide6.QtGui import (
    QColor,
    QFont,
    QGuiApplication,
    QImage,
    QPageSize,
    QPainter,
    QPdfWriter,
)

from explorer.pages.chart import Chart

from .frame import Frame, Ink, Lettering, Text
from .layout import lay_out
from .lettering import Type
from .paint import paint, palette, write
from .plain import plain
from .theme import PRINT, Theme

WIDTH, HEIGHT, SCALE = 1200, 675, 2.0
FORMATS = ("png", "svg", "pdf")
_MARGIN = 32.0
_GAP = 16.0
_LEAST_CHART = 280.0
_BODY = 16.0
"""Body text in a picture, which is looked at from further away than a window."""
_DPI = 96
_kept: list[object] = []
"""The application that was made for pictures alone: it has to live as long as the process."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Composition:
    """A picture laid out: its size in logical pixels, the chart with its place, and the words around it."""

    width: float
    height: float
    frame: Frame
    left: float
    top: float
    texts: tuple[Text, ...]
    type: Type


def write_picture(
    chart: Chart,
    path: Path,
    fmt: str,
    theme: Theme = PRINT,
    *,
    size: tuple[int, int] = (WIDTH, HEIGHT),
    scale: float = SCALE,
) -> None:
    """Write ``chart`` to ``path`` as "png", "svg" or "pdf". Raises ValueError for another kind, or OSError.

    ``size`` is in logical pixels (96 to the inch); ``scale`` is how many pixels of a PNG go to each.
    """
    if fmt not in FORMATS:
        raise ValueError(f"a picture is one of {', '.join(FORMATS)}, not {fmt}")
    if fmt == "png":
        if not picture_image(chart, theme, size=size, scale=scale).save(str(path), "PNG"):
            raise OSError(f"the picture {path.name} could not be written")
        return
    laid = compose(chart, size, pixel=0.0)
    writer = _write_svg if fmt == "svg" else _write_pdf
    writer(laid, chart, path, theme)


def picture_image(
    chart: Chart, theme: Theme = PRINT, *, size: tuple[int, int] = (WIDTH, HEIGHT), scale: float = SCALE
) -> QImage:
    """``chart`` as an image of ``size`` times ``scale`` pixels, or taller where its words need it."""
    laid = compose(chart, size, pixel=1.0 / scale)
    image = QImage(
        QSize(round(laid.width * scale), round(laid.height * scale)),
        QImage.Format.Format_ARGB32_Premultiplied,
    )
    image.setDevicePixelRatio(scale)
    image.setDotsPerMeterX(round(_DPI * scale / 0.0254))
    image.setDotsPerMeterY(round(_DPI * scale / 0.0254))
    image.setText("Title", plain(chart.title))
    image.setText("Description", plain(chart.alt_text))
    image.fill(QColor(theme.page))
    painter = QPainter(image)
    _paint(painter, laid, theme)
    painter.end()
    return image


def compose(chart: Chart, size: tuple[int, int], *, pixel: float) -> Composition:
    """Lay the picture out. ``pixel`` is a device pixel in logical ones, 0 where there are none."""
    _application()
    kind = Type(_family(), _BODY)
    width, height = float(size[0]), float(size[1])
    room = width - 2 * _MARGIN
    head, below = _head(chart, kind, room), _foot(chart, kind, room)
    top = _MARGIN + sum(len(lines) * kind.line(style) for lines, style, _ in head) + _GAP
    foot = sum(len(lines) * kind.line(style) for lines, style, _ in below) + _GAP
    free = max(_LEAST_CHART, height - top - foot - _MARGIN)
    frame = lay_out(chart, kind, room, free, pixel)
    under = top + max(free, frame.height) + _GAP
    texts = (*_set(head, kind, _MARGIN), *_set(below, kind, under))
    tall = under + foot - _GAP + _MARGIN
    return Composition(
        width=width,
        height=max(height, tall),
        frame=frame,
        left=_MARGIN,
        top=top,
        texts=texts,
        type=kind,
    )


_Block = tuple[tuple[str, ...], Lettering, Ink]


def _head(chart: Chart, kind: Type, room: float) -> list[_Block]:
    return [
        (kind.wrap(plain(chart.title), Lettering.TITLE, room), Lettering.TITLE, Ink.TEXT),
        (kind.wrap(plain(chart.subtitle), Lettering.BODY, room), Lettering.BODY, Ink.MUTED),
    ]


def _foot(chart: Chart, kind: Type, room: float) -> list[_Block]:
    lines = [kind.wrap(plain(text), Lettering.SMALL, room) for text in (*chart.notes, chart.source_line)]
    return [(several, Lettering.SMALL, Ink.MUTED) for several in lines]


def _set(blocks: list[_Block], kind: Type, top: float) -> list[Text]:
    texts: list[Text] = []
    for lines, lettering, ink in blocks:
        texts += kind.texts(lines, _MARGIN, top + kind.baseline(lettering), lettering, ink)
        top += len(lines) * kind.line(lettering)
    return texts


def _paint(painter: QPainter, laid: Composition, theme: Theme) -> None:
    write(painter, laid.texts, palette(theme), laid.type)
    painter.translate(laid.left, laid.top)
    paint(painter, laid.frame, theme, laid.type)


def _write_svg(laid: Composition, chart: Chart, path: Path, theme: Theme) -> None:
    from PySide6.QtSvg import QSvgGenerator

    size = QSize(round(laid.width), round(laid.height))
    generator = QSvgGenerator()
    generator.setFileName(str(path))
    generator.setSize(size)
    generator.setViewBox(QRect(0, 0, size.width(), size.height()))
    # At its usual 72 the letters would shrink and the bars would not.
    generator.setResolution(_DPI)
    generator.setTitle(plain(chart.title))
    generator.setDescription(plain(chart.alt_text))
    painter = QPainter()
    if not painter.begin(generator):
        raise OSError(f"the picture {path.name} could not be written")
    painter.fillRect(QRectF(0, 0, laid.width, laid.height), QColor(theme.page))
    _paint(painter, laid, theme)
    painter.end()


def _write_pdf(laid: Composition, chart: Chart, path: Path, theme: Theme) -> None:
    writer = QPdfWriter(str(path))
    points = 72 / _DPI
    page = QPageSize(QSizeF(laid.width * points, laid.height * points), QPageSize.Unit.Point, "chart")
    writer.setPageSize(page)
    writer.setPageMargins(QMarginsF(0, 0, 0, 0))
    # At its usual 1200 the letters would shrink and the bars would not.
    writer.setResolution(_DPI)
    writer.setTitle(plain(chart.title))
    writer.setCreator("Online Harms Explorer")
    painter = QPainter()
    if not painter.begin(writer):
        raise OSError(f"the picture {path.name} could not be written")
    painter.fillRect(QRectF(0, 0, laid.width, laid.height), QColor(theme.page))
    _paint(painter, laid, theme)
    painter.end()


def _family() -> QFont:
    font = QFont(QGuiApplication.font())
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return font


def _application() -> None:
    """Letters need an application: one that opens nothing, where there is none yet."""
    if QGuiApplication.instance() is not None:
        return
    shown = os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    if sys.platform.startswith("linux") and not shown:
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    _kept.append(QGuiApplication(["harms-explorer"]))
