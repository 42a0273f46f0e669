"""The surface a chart is shown on: lays it out for its size, text size and screen, and holds the scene.

It answers no pointer and no key; ``plot.ChartView`` stands on it for that.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QGraphicsView, QWidget

from explorer.pages.model.chart import Chart
from explorer.support.theme import LIGHT, Theme

from .frame import Box, ChartFrame, Target
from .items import DrawingItem, FocusRingItem, HighlightItem, TargetCardItem
from .layout import lay_out
from .lettering import FontSet, body_size
from .qt import pg

MARGIN = 10
"""Logical pixels kept free round the drawing, where the focus ring has its room."""

_WIDEST, _HIGHEST = 1200, 680
"""The most a chart spreads at the normal text size: on a wall of pixels its numbers would lose each other."""


class ChartCanvas(pg.GraphicsView):
    """Shows a chart without taking part in what a person does with it."""

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
        self.drawing, self.bands, self.ring, self.card = (
            DrawingItem(),
            HighlightItem(),
            FocusRingItem(),
            TargetCardItem(),
        )
        self._items = (self.bands, self.drawing, self.ring, self.card)
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

    def set_chart(self, chart: Chart, theme: Theme) -> None:
        """Takes another chart and theme, to be laid out when it is next painted or asked for."""
        if theme != self.theme:
            self.theme = theme
            self.setBackground(theme.page)
        self.chart, self._frame = chart, None
        self.viewport().update()

    def update_marks(self) -> None:
        """Puts what lies under and over the drawing where it belongs, after each laying out."""

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
        self._frame, self._size = frame, self.size()
        policy = Qt.ScrollBarPolicy
        self.setVerticalScrollBarPolicy(policy.ScrollBarAlwaysOn if tall else policy.ScrollBarAlwaysOff)
        self.setSceneRect(0, 0, frame.width + 2 * MARGIN, frame.height + 2 * MARGIN)
        for item in self._items:
            item.show_frame(frame, self.theme, self._kind)
        self.update_marks()

    def prepare_layout(self) -> None:
        """Lays the chart out before it is painted, so that it is painted once. Not for use while painting."""
        self.ensure_layout()
        # The scene asks for its new drawing to be painted now, and not after it has been painted.
        QCoreApplication.sendPostedEvents(self.scene(), QEvent.Type.MetaCall.value)

    @property
    def is_scrollable(self) -> bool:
        """Whether the chart is higher than the view."""
        return bool(self.verticalScrollBarPolicy() is Qt.ScrollBarPolicy.ScrollBarAlwaysOn)

    def _available_height(self, kind: FontSet) -> float:
        return min(self.height() - 2 * MARGIN, _HIGHEST * kind.unit)

    def _layout_chart(self, chart: Chart, kind: FontSet, width: int) -> ChartFrame:
        wide = min(width - 2 * MARGIN, _WIDEST * kind.unit)
        return lay_out(chart, kind, wide, self._available_height(kind), 1 / self.devicePixelRatioF(), apart=True)

    def _invalidate_layout(self, *, fonts: bool = False) -> None:
        if not self._ready:
            return
        self._frame = None
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
