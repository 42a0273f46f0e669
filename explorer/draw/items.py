"""The chart view's scene: what lies under the drawing, the drawing, and what lies over it.

Three items for a whole chart, so that pointing at a bar repaints a patch and not the picture.
"""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from explorer.pages.chart import Shape

from . import tiles_paint
from .frame import Box, Frame, Lettering, Stop, Text
from .lettering import Type
from .paint import Palette, paint, palette, write
from .plain import plain
from .qt import pg
from .theme import LIGHT, Theme

_CARD_WIDTH = 280.0
_CARD_LIMIT = 600
_PAD = 9.0


class _Item(pg.GraphicsObject):
    """An item that covers a rectangle and knows the frame and its look."""

    def __init__(self) -> None:
        super().__init__()
        self._rect = QRectF()
        self._frame: Frame | None = None
        self._kind: Type | None = None
        self._theme = LIGHT

    def boundingRect(self) -> QRectF:  # noqa: N802
        """The rectangle it paints in."""
        return self._rect

    def cover(self, rect: QRectF) -> None:
        """Takes another rectangle and asks for both to be painted."""
        if rect != self._rect:
            self.prepareGeometryChange()
            self._rect = rect
        self.update()

    def show_frame(self, frame: Frame, theme: Theme, kind: Type) -> None:
        """Takes another frame, whole."""
        self._frame, self._theme, self._kind = frame, theme, kind
        self.cover(QRectF(0, 0, frame.width, frame.height))

    @property
    def _colours(self) -> Palette:
        return palette(self._theme)


class Drawing(_Item):
    """The chart itself."""

    def __init__(self) -> None:
        super().__init__()
        self._selected = ""

    def select(self, figure: str) -> None:
        """Sets another figure's number stronger."""
        if figure != self._selected:
            self._selected = figure
            self.update()

    def paint(self, painter: QPainter, *_args: Any) -> None:
        """Paints the frame."""
        if self._frame is not None and self._kind is not None:
            paint(painter, self._frame, self._theme, self._kind, self._selected)


class Bands(_Item):
    """Tints behind what is selected and what is pointed at."""

    def __init__(self) -> None:
        super().__init__()
        self.setZValue(-1)
        self._selected: tuple[Stop, ...] = ()
        self._over: Stop | None = None

    def mark(self, selected: tuple[Stop, ...], over: Stop | None) -> None:
        """Tints other stops."""
        if (selected, over) == (self._selected, self._over):
            return
        for stop in (*self._selected, *selected, *(one for one in (self._over, over) if one)):
            self.update(_rect(stop.band).adjusted(-8, -8, 8, 8))
        self._selected, self._over = selected, over

    def paint(self, painter: QPainter, *_args: Any) -> None:
        """Paints the tints."""
        if self._frame is None:
            return
        if self._frame.shape is Shape.TILES:
            self._frames(painter, self._frame.unit)
            return
        if self._over is not None:
            painter.fillRect(_rect(self._over.band), self._colours.hover)
        for stop in self._selected:
            painter.fillRect(_rect(stop.band), self._colours.selection)
            painter.fillRect(self._edge(stop.band), self._colours.accent)

    def _frames(self, painter: QPainter, unit: float) -> None:
        """Squares are filled, so they are framed: thinly where pointed at, thickly where selected."""
        if self._over is not None:
            tiles_paint.frame(painter, self._over.body.grown(unit), self._colours.muted, 1.5 * unit)
        for stop in self._selected:
            tiles_paint.frame(painter, stop.body.grown(unit), self._colours.accent, 3 * unit)

    def _edge(self, band: Box) -> QRectF:
        """A stripe at the foot of the band, so that selection does not rest on a tint."""
        thick = 3 * (self._frame.unit if self._frame else 1)
        if self._frame is not None and self._frame.shape is Shape.ROWS:
            return QRectF(band.x, band.y, thick, band.height)
        return QRectF(band.x, band.bottom, band.width, thick)


class Ring(_Item):
    """The focus ring."""

    def __init__(self) -> None:
        super().__init__()
        self.setZValue(1)
        self._stop: Stop | None = None

    def surround(self, stop: Stop | None) -> None:
        """Puts the ring round another stop, or takes it away."""
        self._stop = stop
        unit = self._frame.unit if self._frame else 1
        self.cover(_rect(stop.body).adjusted(-8 * unit, -8 * unit, 8 * unit, 8 * unit) if stop else QRectF())

    def paint(self, painter: QPainter, *_args: Any) -> None:
        """Paints the ring, with the page's colour on both sides of it."""
        if self._stop is None or self._frame is None:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        unit = self._frame.unit
        out = 3.5 * unit
        rect = _rect(self._stop.body).adjusted(-out, -out, out, out)
        round_ = self._frame.shape is not Shape.TILES and abs(rect.width() - rect.height()) < unit
        bend = rect.height() / 2 if round_ else 3 * unit
        for width, colour in ((5.0, self._colours.page), (2.0, self._colours.focus)):
            painter.setPen(QPen(colour, width * unit))
            painter.drawRoundedRect(rect, bend, bend)


class Card(_Item):
    """The card with a stop's name, as plain text, beside what it names."""

    def __init__(self) -> None:
        super().__init__()
        self.setZValue(2)
        self._texts: tuple[Text, ...] = ()
        self.setVisible(False)

    def name(self, stop: Stop | None, room: Box) -> None:
        """Says another stop's name within ``room``, or nothing."""
        kind = self._kind
        if stop is None or not stop.name or kind is None:
            self.setVisible(False)
            return
        unit, step = kind.unit, kind.line(Lettering.BODY)
        pad = _PAD * unit
        wide = min(_CARD_WIDTH * unit, room.width - 2 * pad)
        lines = kind.wrap(plain(stop.name, _CARD_LIMIT, breaks=False), Lettering.BODY, wide)
        size = (kind.widest(lines, Lettering.BODY) + 2 * pad, len(lines) * step + 1.4 * pad)
        taken = self._frame.surround(stop) if self._frame else stop.body
        box = _beside(taken, size, room, 8 * unit)
        base = box.y + 0.7 * pad + kind.baseline(Lettering.BODY)
        self._texts = kind.texts(lines, box.x + pad, base, Lettering.BODY)
        self.cover(_rect(box))
        self.setVisible(True)

    @property
    def text(self) -> str:
        """What the card says; empty while it is not shown."""
        return " ".join(text.text for text in self._texts) if self.isVisible() else ""

    def paint(self, painter: QPainter, *_args: Any) -> None:
        """Paints the card."""
        if self._kind is None:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._colours.muted, 1))
        painter.setBrush(self._colours.panel)
        painter.drawRoundedRect(self._rect.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        write(painter, self._texts, self._colours, self._kind)


def _rect(box: Box) -> QRectF:
    return QRectF(box.x, box.y, box.width, box.height)


def _beside(body: Box, size: tuple[float, float], room: Box, gap: float) -> Box:
    """Where a card of ``size`` stands: over, beside or under its mark, never on it where there is room."""
    wide, high = size
    x, y = body.middle
    places = (
        (x - wide / 2, body.y - gap - high),
        (body.right + gap, y - high / 2),
        (body.x - gap - wide, y - high / 2),
        (x - wide / 2, body.bottom + gap),
    )
    kept = [Box(*_within(place, size, room), wide, high) for place in places]
    return next((box for box in kept if not box.meets(body)), kept[0])


def _within(place: tuple[float, float], size: tuple[float, float], room: Box) -> tuple[float, float]:
    x = max(room.x, min(place[0], room.right - size[0]))
    y = max(room.y, min(place[1], room.bottom - size[1]))
    return x, y
