"""The chart view's scene: what lies under the drawing, the drawing, and what lies over it.

Three items for a whole chart, so that pointing at a bar repaints a patch and not the picture.
"""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from explorer.draw import tiles_paint
from explorer.pages.model.chart import ChartShape
from explorer.support.safe_text import sanitise
from explorer.support.theme import LIGHT, Theme

from .frame import Box, ChartFrame, Target, TextRun, TextStyle
from .lettering import FontSet
from .paint import ThemePalette, draw_texts, paint_frame, palette_for
from .qt import pg

_CARD_WIDTH = 280.0
_CARD_LIMIT = 600
_PAD = 9.0


class _SceneItem(pg.GraphicsObject):
    """An item that covers a rectangle and knows the frame and its look."""

    def __init__(self) -> None:
        super().__init__()
        self._rect = QRectF()
        self._frame: ChartFrame | None = None
        self._kind: FontSet | None = None
        self._theme = LIGHT

    def boundingRect(self) -> QRectF:  # noqa: N802
        """The rectangle it paints in."""
        return self._rect

    def cover_rect(self, rect: QRectF) -> None:
        """Takes another rectangle and asks for both to be painted."""
        if rect != self._rect:
            self.prepareGeometryChange()
            self._rect = rect
        self.update()

    def show_frame(self, frame: ChartFrame, theme: Theme, kind: FontSet) -> None:
        """Takes another frame, whole."""
        self._frame, self._theme, self._kind = frame, theme, kind
        self.cover_rect(QRectF(0, 0, frame.width, frame.height))

    @property
    def _palette(self) -> ThemePalette:
        return palette_for(self._theme)


class DrawingItem(_SceneItem):
    """The chart itself."""

    def __init__(self) -> None:
        super().__init__()
        self._selected = ""

    def select_figure(self, figure: str) -> None:
        """Sets another figure's number stronger."""
        if figure != self._selected:
            self._selected = figure
            self.update()

    def paint(self, painter: QPainter, *_args: Any) -> None:
        """Paints the frame."""
        if self._frame is not None and self._kind is not None:
            paint_frame(painter, self._frame, self._theme, self._kind, self._selected)


class HighlightItem(_SceneItem):
    """Tints behind what is selected and what is pointed at."""

    def __init__(self) -> None:
        super().__init__()
        self.setZValue(-1)
        self._selected: tuple[Target, ...] = ()
        self._over: Target | None = None

    def mark_targets(self, selected_targets: tuple[Target, ...], over: Target | None) -> None:
        """Tints other stops."""
        if (selected_targets, over) == (self._selected, self._over):
            return
        for stop in (*self._selected, *selected_targets, *(one for one in (self._over, over) if one)):
            self.update(_to_qrect(stop.band).adjusted(-8, -8, 8, 8))
        self._selected, self._over = selected_targets, over

    def paint(self, painter: QPainter, *_args: Any) -> None:
        """Paints the tints."""
        if self._frame is None:
            return
        if self._frame.shape is ChartShape.TILES:
            self._paint_frames(painter, self._frame.unit)
            return
        if self._over is not None:
            painter.fillRect(_to_qrect(self._over.band), self._palette.hover)
        for stop in self._selected:
            painter.fillRect(_to_qrect(stop.band), self._palette.selection)
            painter.fillRect(self._edge_stripe(stop.band), self._palette.accent)

    def _paint_frames(self, painter: QPainter, unit: float) -> None:
        """Squares are filled, so they are framed: thinly where pointed at, thickly where selected."""
        if self._over is not None:
            tiles_paint.draw_outer_frame(painter, self._over.body.expand_by(unit), self._palette.muted, 1.5 * unit)
        for stop in self._selected:
            tiles_paint.draw_outer_frame(painter, stop.body.expand_by(unit), self._palette.accent, 3 * unit)

    def _edge_stripe(self, band: Box) -> QRectF:
        """A stripe at the foot of the band, so that selection does not rest on a tint."""
        thick = 3 * (self._frame.unit if self._frame else 1)
        if self._frame is not None and self._frame.shape is ChartShape.ROWS:
            return QRectF(band.x, band.y, thick, band.height)
        return QRectF(band.x, band.bottom, band.width, thick)


class FocusRingItem(_SceneItem):
    """The focus ring."""

    def __init__(self) -> None:
        super().__init__()
        self.setZValue(1)
        self._stop: Target | None = None

    def surround_target(self, stop: Target | None) -> None:
        """Puts the ring round another stop, or takes it away."""
        self._stop = stop
        unit = self._frame.unit if self._frame else 1
        self.cover_rect(_to_qrect(stop.body).adjusted(-8 * unit, -8 * unit, 8 * unit, 8 * unit) if stop else QRectF())

    def paint(self, painter: QPainter, *_args: Any) -> None:
        """Paints the ring, with the page's colour on both sides of it."""
        if self._stop is None or self._frame is None:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        unit = self._frame.unit
        out = 3.5 * unit
        rect = _to_qrect(self._stop.body).adjusted(-out, -out, out, out)
        round_ = self._frame.shape is not ChartShape.TILES and abs(rect.width() - rect.height()) < unit
        bend = rect.height() / 2 if round_ else 3 * unit
        for width, colour in ((5.0, self._palette.page), (2.0, self._palette.focus)):
            painter.setPen(QPen(colour, width * unit))
            painter.drawRoundedRect(rect, bend, bend)


class TargetCardItem(_SceneItem):
    """The card with a stop's name, as plain text, beside what it names."""

    def __init__(self) -> None:
        super().__init__()
        self.setZValue(2)
        self._texts: tuple[TextRun, ...] = ()
        self.setVisible(False)

    def show_name(self, stop: Target | None, room: Box) -> None:
        """Says another stop's name within ``room``, or nothing."""
        kind = self._kind
        if stop is None or not stop.name or kind is None:
            self.setVisible(False)
            return
        unit, step = kind.unit, kind.line_height(TextStyle.BODY)
        pad = _PAD * unit
        wide = min(_CARD_WIDTH * unit, room.width - 2 * pad)
        lines = kind.wrap_text(sanitise(stop.name, _CARD_LIMIT, breaks=False), TextStyle.BODY, wide)
        size = (kind.max_line_width(lines, TextStyle.BODY) + 2 * pad, len(lines) * step + 1.4 * pad)
        target_box = self._frame.box_with_label(stop) if self._frame else stop.body
        box = _place_card(target_box, size, room, 8 * unit)
        base = box.y + 0.7 * pad + kind.baseline_offset(TextStyle.BODY)
        self._texts = kind.build_text_runs(lines, box.x + pad, base, TextStyle.BODY)
        self.cover_rect(_to_qrect(box))
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
        painter.setPen(QPen(self._palette.muted, 1))
        painter.setBrush(self._palette.panel)
        painter.drawRoundedRect(self._rect.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        draw_texts(painter, self._texts, self._palette, self._kind)


def _to_qrect(box: Box) -> QRectF:
    return QRectF(box.x, box.y, box.width, box.height)


def _place_card(body: Box, size: tuple[float, float], room: Box, gap: float) -> Box:
    """Where a card of ``size`` stands: over, beside or under its mark, never on it where there is room."""
    wide, high = size
    x, y = body.centre
    places = (
        (x - wide / 2, body.y - gap - high),
        (body.right + gap, y - high / 2),
        (body.x - gap - wide, y - high / 2),
        (x - wide / 2, body.bottom + gap),
    )
    boxes = [Box(*_clamp_position(place, size, room), wide, high) for place in places]
    return next((box for box in boxes if not box.intersects(body)), boxes[0])


def _clamp_position(place: tuple[float, float], size: tuple[float, float], room: Box) -> tuple[float, float]:
    x = max(room.x, min(place[0], room.right - size[0]))
    y = max(room.y, min(place[1], room.bottom - size[1]))
    return x, y
