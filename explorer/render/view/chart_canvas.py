"""The chart view's scene: what lies under the plot, the plot with its words, and what lies over it."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPen, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QGraphicsItem, QGraphicsView, QWidget

from explorer.pages.model import Chart, ChartShape, ChartTimeline
from explorer.render.layout import Box, ChartFrame, FontSet, Target, TextRun, TextStyle, body_size, lay_out
from explorer.render.paint import ThemePalette, draw_texts, palette_for, shapes
from explorer.render.plot import FramePlot, PlotOverlay, has_plot, moved_along
from explorer.render.qt_setup import pg
from explorer.support import LIGHT, Theme, sanitise

from .time_hand import TimeHand

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


class HighlightItem(_SceneItem):
    """Tints behind what is selected and what is pointed at."""

    def __init__(self) -> None:
        super().__init__()
        self.setZValue(-1)
        self._selected_targets: tuple[Target, ...] = ()
        self._over: Target | None = None
        self._cursor: Target | None = None

    def mark_targets(
        self, selected_targets: tuple[Target, ...], over: Target | None, cursor: Target | None = None
    ) -> None:
        """Tints other stops; a thin line runs through ``cursor``, whose period is read."""
        if (selected_targets, over, cursor) == (self._selected_targets, self._over, self._cursor):
            return
        marked_targets = (self._over, over, self._cursor, cursor)
        for stop in (*self._selected_targets, *selected_targets, *(one for one in marked_targets if one)):
            self.update(_to_qrect(stop.band).adjusted(-8, -8, 8, 8))
        self._selected_targets, self._over, self._cursor = selected_targets, over, cursor

    def paint(self, painter: QPainter, *_args: Any) -> None:
        """Paints the tints."""
        if self._frame is None:
            return
        if self._frame.shape is ChartShape.TILES:
            self._paint_frames(painter, self._frame.unit)
            return
        if self._over is not None:
            painter.fillRect(_to_qrect(self._over.band), self._palette.hover)
        for stop in self._selected_targets:
            painter.fillRect(_to_qrect(stop.band), self._palette.selection)
            painter.fillRect(self._edge_stripe(stop.band), self._palette.accent)
        if self._cursor is not None:
            unit, band = self._frame.unit, self._cursor.band
            line = QRectF(self._cursor.body.centre[0] - unit / 2, band.y, unit, band.height)
            painter.fillRect(line, self._palette.muted_colour)

    def _paint_frames(self, painter: QPainter, unit: float) -> None:
        """Squares are filled, so they are framed: thinly where pointed at, thickly where selected."""
        if self._over is not None:
            shapes.draw_outer_frame(painter, self._over.body.expand_by(unit), self._palette.muted_colour, 1.5 * unit)
        for stop in self._selected_targets:
            shapes.draw_outer_frame(painter, stop.body.expand_by(unit), self._palette.accent, 3 * unit)

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

    def show_name(self, stop: Target | None, room: Box, readings: str = "") -> None:
        """Says another stop's name within ``room`` with what is read beside it, or nothing."""
        kind = self._kind
        if stop is None or not stop.name or kind is None:
            self.setVisible(False)
            return
        unit, step = kind.unit, kind.line_height(TextStyle.BODY)
        pad = _PAD * unit
        wide = min(_CARD_WIDTH * unit, room.width - 2 * pad)
        lines = kind.wrap_text(sanitise(stop.name, _CARD_LIMIT, breaks=False), TextStyle.BODY, wide)
        if readings:
            lines = (*lines, *kind.wrap_text(sanitise(readings, _CARD_LIMIT, breaks=False), TextStyle.BODY, wide))
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
        painter.setPen(QPen(self._palette.muted_colour, 1))
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


# The surface a chart is shown on: lays it out for its size, text size and screen, and holds the
# scene.


MARGIN = 10
"""Logical pixels kept free round the drawing, where the focus ring has its room."""

_TRIES = 8
"""How often a chart is laid out to find the height that it fits."""
_WIDEST, _HIGHEST = 1200, 680
"""The most a chart spreads at the normal text size: on a wall of pixels its numbers would lose each other."""


class ChartCanvas(pg.GraphicsView):
    """Shows a chart without taking part in what a person does with it."""

    overflowed = Signal()
    """The chart is higher than the view, and scrolls in it unless it is given more room."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self._ready = False
        super().__init__(parent, useOpenGL=False, background=LIGHT.page)
        self.setCentralItem(None)
        self.setCacheMode(QGraphicsView.CacheModeFlag.CacheNone)
        self.setAcceptDrops(False)  # what is dropped belongs to the window
        self.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.setMinimumSize(160, 120)
        self.chart: Chart | None = None
        self.theme = LIGHT
        self._kind: FontSet | None = None
        self._frame: ChartFrame | None = None
        self._size = QSize()
        self.plot = FramePlot(self.scene())
        self.overlay, self.bands = PlotOverlay(), HighlightItem()
        self.ring, self.card = FocusRingItem(), TargetCardItem()
        # On screen, what is pointed at changes what lies beneath, and not the words.
        self.overlay.setCacheMode(QGraphicsItem.CacheMode.DeviceCoordinateCache)
        self._items = (self.bands, self.overlay, self.ring, self.card)
        self.hand = TimeHand(self)
        self.hand.moved.connect(self._follow_hand)
        self.hand.stayed.connect(self._invalidate_layout)
        self._whole_frame: ChartFrame | None = None
        self._is_following = False
        for item in self._items:
            self.addItem(item)
            item.setPos(MARGIN, MARGIN)
        self._ready = True

    @property
    def frame_shown(self) -> ChartFrame | None:
        """The frame on screen, laid out now if need be; None where no chart was ever shown."""
        self.ensure_layout()
        return self._frame

    @property
    def targets(self) -> tuple[Target, ...]:
        """Everything that can be rested on."""
        frame = self.frame_shown
        return frame.targets if frame is not None else ()

    def set_chart(self, chart: Chart, theme: Theme, timeline: ChartTimeline | None = None) -> None:
        """Takes another chart and theme, to be laid out when it is next painted or asked for.

        Through ``timeline``, where there is one, it can be moved.
        """
        if theme != self.theme:
            self.theme = theme
            self.setBackground(theme.page)
        self.chart, self._frame, self._whole_frame = chart, None, None
        self.hand.take(chart, timeline)
        self.viewport().update()

    def update_marks(self) -> None:
        """Puts what lies under and over the drawing where it belongs, after each laying out."""

    def readings_of(self, target: Target) -> str:
        """What the other lines have at the period of ``target``, in a line; empty where there are none."""
        frame = self.frame_shown
        texts = [one.reading for one in frame.readings_beside(target)] if frame is not None else []
        return f"Beside it: {'; '.join(texts)}" if texts else ""

    def on_screen(self, stop: Target) -> QRect:
        """Where a stop is on the screen."""
        local = self.mapFromScene(scene_rect(stop.body)).boundingRect()
        return QRect(self.viewport().mapToGlobal(local.topLeft()), local.size())

    def visible_box(self) -> Box:
        """The part of the frame that can be seen."""
        visible_rect = self.mapToScene(self.viewport().rect()).boundingRect()
        return Box(
            visible_rect.x() - MARGIN + 2,
            visible_rect.y() - MARGIN + 2,
            visible_rect.width() - 4,
            visible_rect.height() - 4,
        )

    def sizeHint(self) -> QSize:  # noqa: N802
        """A size at which most charts read well."""
        return QSize(640, 420)

    def ensure_layout(self) -> None:
        """Lays the chart out for the size the view has, if that is not done."""
        if self._frame is not None or self.chart is None:
            return
        if self._kind is None:
            self._kind = FontSet(self.font(), body_size(self.font()))
        frame = self._layout_chart(self.chart, self._kind, self.width())
        tall = frame.height + 2 * MARGIN > self.height() + 0.5
        if tall:
            bar = self.verticalScrollBar().sizeHint().width()
            frame = self._layout_chart(self.chart, self._kind, self.width() - bar)
        self._frame, self._size, self._is_following = frame, self.size(), False
        if tall:
            self.overflowed.emit()
        policy = Qt.ScrollBarPolicy
        self.setVerticalScrollBarPolicy(policy.ScrollBarAlwaysOn if tall else policy.ScrollBarAlwaysOff)
        self.setSceneRect(0, 0, frame.width + 2 * MARGIN, frame.height + 2 * MARGIN)
        self.plot.show_frame(frame, palette_for(self.theme), self._kind, (MARGIN, MARGIN))
        for item in self._items:
            item.show_frame(frame, self.theme, self._kind)
        self.update_marks()

    def _follow_hand(self) -> None:
        """Shows what a hand has brought into view: all periods are laid out, and the view looks at some of them."""
        frame = self._frame_of_all()
        if frame is None or self._kind is None or not has_plot(frame):
            return
        if not self._is_following:
            self._is_following = True
            self.plot.show_frame(frame, palette_for(self.theme), self._kind, (MARGIN, MARGIN))
            self.overlay.show_frame(frame, self.theme, self._kind)
            self.bands.mark_targets((), None)
            self.ring.surround_target(None)
            self.card.show_name(None, self.visible_box())
        low, high = self.hand.view_range
        self.plot.look_at(low, high, frame)
        self.overlay.move_along(moved_along(frame, low, high))
        self.viewport().update()

    def _frame_of_all(self) -> ChartFrame | None:
        """The frame of all periods, of which the one on screen may be a part."""
        timeline, frame = self.hand.timeline, self.frame_shown
        if timeline is None or frame is None or self._kind is None:
            return None
        if timeline.chart == self.chart:
            return frame
        if self._whole_frame is None:
            self._whole_frame = self._layout_chart(timeline.chart, self._kind, self.width())
        return self._whole_frame

    def year_at(self, x: float) -> float:
        """The year under an x of the screen, by what is in view."""
        frame = self.frame_shown
        if frame is None or not frame.plot.width:
            return self.hand.low
        place = self.mapToScene(QPoint(round(x), 0)).x() - MARGIN
        low, high = self.hand.view_range
        return low + (place - frame.plot.x) / frame.plot.width * (high - low)

    def prepare_layout(self) -> None:
        """Lays the chart out before it is painted, so that it is painted once. Not for use while painting."""
        self.ensure_layout()
        # The scene asks for its new drawing to be painted now, and not after it has been painted.
        QCoreApplication.sendPostedEvents(self.scene(), QEvent.Type.MetaCall.value)

    @property
    def is_scrollable(self) -> bool:
        """Whether the chart is higher than the view."""
        return bool(self.verticalScrollBarPolicy() is Qt.ScrollBarPolicy.ScrollBarAlwaysOn)

    @property
    def needed_height(self) -> float:
        """How high the view must be for the whole of the chart to be seen; a chart grows a little with its room."""
        frame = self.frame_shown
        if frame is None or self.chart is None or self._kind is None:
            return 0.0
        height = frame.height
        for _ in range(_TRIES):
            grown = lay_out(self.chart, self._kind, frame.width, height, 1 / self.devicePixelRatioF(), apart=True)
            if grown.height <= height + 0.5:
                break
            height = grown.height
        return height + 2 * MARGIN

    def _available_height(self, kind: FontSet) -> float:
        return min(self.height() - 2 * MARGIN, _HIGHEST * kind.unit)

    def _layout_chart(self, chart: Chart, kind: FontSet, width: int) -> ChartFrame:
        wide = min(width - 2 * MARGIN, _WIDEST * kind.unit)
        return lay_out(chart, kind, wide, self._available_height(kind), 1 / self.devicePixelRatioF(), apart=True)

    def _invalidate_layout(self, *, fonts: bool = False) -> None:
        if not self._ready:
            return
        self._frame = self._whole_frame = None
        if fonts:
            self._kind = None
        # Laid out when it is painted: the words round it may still be taking their room.
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent | None) -> None:  # noqa: N802
        """Lays out again; pyqtgraph's own range is not used."""
        if event is not None and self._ready and self._size != self.size():
            self._invalidate_layout()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        """Lays out if the chart came before the window."""
        super().showEvent(event)
        self.ensure_layout()

    def close(self) -> bool:
        """Closes like any widget, and can be shown again; pyqtgraph would take the scene apart."""
        return QGraphicsView.close(self)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """Follows the text size."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.ApplicationFontChange):
            self._invalidate_layout(fonts=True)

    def event(self, event: QEvent) -> bool:
        """Follows the screen's scale."""
        if event.type() is QEvent.Type.DevicePixelRatioChange:
            self._invalidate_layout()
        return bool(super().event(event))


def scene_rect(box: Box) -> QRectF:
    """A box of the frame as a rectangle of the scene."""
    return QRectF(box.x + MARGIN, box.y + MARGIN, box.width, box.height)
