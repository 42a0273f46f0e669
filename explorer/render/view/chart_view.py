"""The chart on screen: shows a Chart, says what is pointed at and chosen, and goes by keyboard.

It draws only the plot with its axes, labels and keys; title, subtitle and source line are the window's.
A chart over many periods is moved through by wheel, drag and keys: see ``time_hand``.
"""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QMouseEvent, QNativeGestureEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QApplication, QGraphicsView, QWidget
from shiboken6 import isValid

from explorer.pages.model import Chart, ChartShape, ChartTimeline
from explorer.render.view import accessibility
from explorer.support import Theme

from .chart_canvas import MARGIN, ChartCanvas, scene_rect
from .navigation import FocusMove, nearest_by_period, pointed_at, walk_targets


class ChartView(ChartCanvas):
    """Shows one chart.

    ``figure_chosen`` and ``figure_hovered`` carry a figure's id; the latter an empty string when nothing is pointed at.
    ``figure_hovered`` follows the keyboard as well as the pointer. ``went`` carries a place's code: a square of a
    map was entered, by a double click, Enter or the space bar.
    """

    figure_chosen = Signal(object)
    went = Signal(object)
    figure_hovered = Signal(object)
    drag_started = Signal()
    """The pointer was pressed and moved: whoever shows the chart may begin a drag."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self.selected_figure = ""
        self.focused_index = -1
        self._over = -1
        self._pressed_index = -1
        self._from: QPoint | None = None
        self._pan_from: float | None = None
        self._is_hushed = False
        self._pending_tooltip: str | None = None
        self._access: accessibility.ChartAccess | None = None
        accessibility.install_factory()
        super().__init__(parent)

    def show_chart(
        self, chart: Chart, theme: Theme, selected_figure: str = "", timeline: ChartTimeline | None = None
    ) -> None:
        """Shows ``chart`` in ``theme``, the figure ``selected_figure`` marked; an empty or unknown id marks none.

        Through ``timeline``, where there is one, it can be moved.
        """
        if chart == self.chart and theme == self.theme and timeline == self.hand.timeline:
            self.set_selected(selected_figure)
            return
        target_key = self.targets[self.focused_index].key if 0 <= self.focused_index < len(self.targets) else ""
        self.selected_figure, self._over, self._pressed_index = selected_figure, -1, -1
        self.set_chart(chart, theme, timeline)
        self._pending_tooltip = target_key
        accessibility.say_changed(self)

    def set_selected(self, figure: str) -> None:
        """Marks another figure."""
        if figure != self.selected_figure:
            self.selected_figure = figure
            self.update_marks()

    @property
    def card_text(self) -> str:
        """What the card says, empty while there is none."""
        return self.card.text

    def target_at(self, x: int, y: int) -> int:
        """The number of the stop at a point of the screen, -1 where there is none."""
        return self._target_index_at(self.viewport().mapFromGlobal(QPoint(x, y)))

    def chart_access(self) -> accessibility.ChartAccess:
        """Its face to screen readers, made when one asks."""
        if self._access is None or not isValid(self._access):
            self._access = accessibility.ChartAccess(self, self)
        return self._access

    def update_marks(self) -> None:
        """Puts tints, ring and card where they belong."""
        if self._pending_tooltip is not None:
            self._restore_focus(self._pending_tooltip)
        stops = self.targets
        over = stops[self._over] if 0 <= self._over < len(stops) else None
        focus_target = stops[self.focused_index] if self.hasFocus() and 0 <= self.focused_index < len(stops) else None
        read_target = over or focus_target
        readings = self.readings_of(read_target) if read_target is not None else ""
        self.bands.mark_targets(
            tuple(s for s in stops if self.selected_figure and s.figure == self.selected_figure),
            over,
            read_target if readings else None,
        )
        self.plot.emphasise(read_target.series if read_target is not None and readings else None)
        self.overlay.select_figure(self.selected_figure)
        self.ring.surround_target(focus_target)
        self.card.show_name(None if self._is_hushed else read_target, self.visible_box(), readings)

    def _restore_focus(self, target_key: str) -> None:
        """Another chart is laid out: what was rested on is found again, where it is in this one too."""
        self._pending_tooltip = None
        self.focused_index = next(
            (at for at, stop in enumerate(self.targets) if target_key and stop.key == target_key), -1
        )
        if self.hasFocus() and self.focused_index < 0:
            # Another chart under the keyboard's hand: it rests on it, and says nothing until it moves.
            self.focused_index, self._is_hushed = self._initial_index(), True

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Paints the scene, and a ring round the whole where there is nothing inside to go round."""
        self.ensure_layout()
        QGraphicsView.paintEvent(self, event)
        if self.hasFocus() and not self.targets:
            painter = QPainter(self.viewport())
            painter.setPen(QPen(QColor(self.theme.focus), 2))
            painter.drawRect(self.viewport().rect().adjusted(1, 1, -1, -1))
            painter.end()

    # Pointer

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Points at what is under the pointer; pulled with the button down, it says so once."""
        if self._pan_from is not None:
            self._drag_plot(event.position().x())
            return
        if self._from is not None and self._pulled_far(event):
            pressed_at = self._from.x()
            self._from, self._pressed_index = None, -1
            if self.hand.is_near:
                self._pan_from = pressed_at
                self.setCursor(Qt.CursorShape.ClosedHandCursor)
                self._drag_plot(event.position().x())
            else:
                self.drag_started.emit()
            return
        point = event.position().toPoint()
        number = self._target_index_at(point)
        self._hover_target(number if number >= 0 else self._period_index_at(point))

    def _drag_plot(self, x: float) -> None:
        """Moves the plot along with the pointer."""
        if self._pan_from is not None:
            self.hand.shift(self.year_at(self._pan_from) - self.year_at(x))
            self._pan_from = x

    def leaveEvent(self, _event: QEvent) -> None:  # noqa: N802
        """Points at nothing."""
        self._hover_target(-1)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Rests the focus on what is pressed."""
        if event.button() is not Qt.MouseButton.LeftButton:
            event.ignore()
            return
        self._from = event.position().toPoint()
        self._pressed_index = self._target_index_at(self._from)
        if self._pressed_index >= 0:
            self._focus_target(self._pressed_index)

    def _pulled_far(self, event: QMouseEvent) -> bool:
        if self._from is None or not event.buttons() & Qt.MouseButton.LeftButton:
            return False
        drag_offset = event.position().toPoint() - self._from
        return drag_offset.manhattanLength() >= QApplication.startDragDistance()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Chooses what was pressed, if the pointer is still on it."""
        if self._pan_from is not None:
            self._pan_from = None
            self.unsetCursor()
            self.hand.rest()
            return
        pressed_index, self._pressed_index, self._from = self._pressed_index, -1, None
        if pressed_index >= 0 and pressed_index == self._target_index_at(event.position().toPoint()):
            self._choose_figure(pressed_index)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Enters a square of a map; elsewhere a double click is two clicks."""
        under = self._target_index_at(event.position().toPoint())
        if event.button() is Qt.MouseButton.LeftButton and self._place_code(under):
            self.went.emit(self._place_code(under))
        else:
            self.mousePressEvent(event)

    def wheelEvent(self, event: Any) -> None:  # noqa: N802
        """Zooms with Ctrl and moves where it goes sideways; scrolls a chart that is higher than the view.

        Otherwise it is left to the page.
        """
        turned = event.angleDelta()
        if self.hand.timeline is not None and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.hand.zoom(turned.y() / _NOTCH, self.year_at(event.position().x()))
            event.accept()
        elif self.hand.is_near and abs(turned.x()) > abs(turned.y()):
            self.hand.pan(-turned.x() / _NOTCH)
            event.accept()
        elif self.is_scrollable:
            QGraphicsView.wheelEvent(self, event)
        else:
            event.ignore()

    # Keyboard

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Walks, chooses, and puts the card away; every other key is left to the window."""
        key, plain = Qt.Key(event.key()), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        step = self._key_moves().get(key)
        if self._move_by_key(key, plain):
            return
        if plain != Qt.KeyboardModifier.NoModifier or not self.targets:
            event.ignore()
        elif step is not None and self._frame is not None:
            self._focus_target(walk_targets(self._frame, self.focused_index, step))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self.focused_index >= 0:
            self._enter_target(self.focused_index)
        elif key is Qt.Key.Key_Escape and self.card.isVisible():
            self._is_hushed = True
            self.update_marks()
        else:
            event.ignore()

    def _move_by_key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier) -> bool:
        """Whether ``key`` moves the chart through time, and does it: + and -, Shift with an arrow, Escape."""
        if self.hand.timeline is None:
            return False
        shift = modifiers == Qt.KeyboardModifier.ShiftModifier
        if key in _ZOOM_KEYS and (shift or modifiers == Qt.KeyboardModifier.NoModifier):
            stop = self.targets[self.focused_index] if 0 <= self.focused_index < len(self.targets) else None
            self.hand.zoom(_ZOOM_KEYS[key], stop.at if stop is not None else None)
        elif shift and key in _PAN_KEYS:
            self.hand.pan(_PAN_KEYS[key])
        elif key is Qt.Key.Key_Escape and self.hand.is_near and not self.card.isVisible():
            self.hand.show_all()
        else:
            return False
        return True

    def viewportEvent(self, event: QEvent) -> bool:  # noqa: N802
        """Zooms as two fingers do on a trackpad."""
        if (
            isinstance(event, QNativeGestureEvent)
            and event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture
            and self.hand.timeline is not None
        ):
            self.hand.zoom(_PINCH * event.value(), self.year_at(event.position().x()))
            return True
        return bool(super().viewportEvent(event))

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        """Rests on what was last rested on, else on what is selected, else on the first."""
        super().focusInEvent(event)
        if not 0 <= self.focused_index < len(self.targets):
            self.focused_index = self._initial_index()
        if event.reason() is not Qt.FocusReason.MouseFocusReason:
            self._focus_target(self.focused_index)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        """Takes the ring and the card away."""
        super().focusOutEvent(event)
        self.update_marks()
        self.viewport().update()

    def _key_moves(self) -> dict[Qt.Key, FocusMove]:
        shape = self.chart.shape if self.chart is not None else ChartShape.COLUMNS
        return {ChartShape.ROWS: _ROW_STEPS, ChartShape.TILES: _TILE_STEPS}.get(shape, _STEPS)

    # What is marked

    def _target_index_at(self, point: QPoint) -> int:
        frame = self.frame_shown
        if frame is None or self.hand.is_moving:
            return -1
        place = self.mapToScene(point)
        return pointed_at(frame, place.x() - MARGIN, place.y() - MARGIN)

    def _period_index_at(self, point: QPoint) -> int:
        """Of several lines, the point nearest to the pointer at the period it is over; -1 elsewhere."""
        frame = self.frame_shown
        if frame is None or self.hand.is_moving or frame.shape is not ChartShape.LINES:
            return -1
        place = self.mapToScene(point)
        x, y = place.x() - MARGIN, place.y() - MARGIN
        if not frame.plot.contains_point(x, y) or not any(mark.stop.reading for mark in frame.marks):
            return -1
        return nearest_by_period(frame, x, y)

    def _hover_target(self, number: int) -> None:
        if number == self._over:
            return
        self._over, self._is_hushed = number, False
        self.update_marks()
        self.figure_hovered.emit(self._figure_id(number))

    def _focus_target(self, number: int) -> None:
        self.focused_index, self._is_hushed = number, False
        if not 0 <= number < len(self.targets):
            return
        self.ensureVisible(scene_rect(self.targets[number].body), 8, 24)
        self.update_marks()
        accessibility.say_focus(self, number)
        self.figure_hovered.emit(self._figure_id(number))

    def _choose_figure(self, number: int) -> None:
        figure = self._figure_id(number)
        if figure:
            self.figure_chosen.emit(figure)

    def _enter_target(self, number: int) -> None:
        """What Enter does: goes to the place of a square, and chooses everything else."""
        if self._place_code(number):
            self.went.emit(self._place_code(number))
        else:
            self._choose_figure(number)

    def _place_code(self, number: int) -> str:
        stops = self._frame.targets if self._frame is not None else ()
        return stops[number].place if 0 <= number < len(stops) else ""

    def _initial_index(self) -> int:
        """What the keyboard rests on first: what is selected, else the first of all."""
        selected_index = self._index_of_figure(self.selected_figure)
        frame = self.frame_shown
        return walk_targets(frame, -1, FocusMove.FIRST) if selected_index < 0 and frame is not None else selected_index

    def _figure_id(self, number: int) -> str:
        stops = self._frame.targets if self._frame is not None else ()
        return stops[number].figure if 0 <= number < len(stops) else ""

    def _index_of_figure(self, figure: str) -> int:
        return next((at for at, stop in enumerate(self.targets) if figure and stop.figure == figure), -1)


_NOTCH = 120.0
"""How far a wheel turns from one notch to the next, in eighths of a degree."""
_PINCH = 4.0
"""How many notches it is to pull two fingers to twice their distance."""
_ZOOM_KEYS = {Qt.Key.Key_Plus: 1.0, Qt.Key.Key_Equal: 1.0, Qt.Key.Key_Minus: -1.0, Qt.Key.Key_Underscore: -1.0}
_PAN_KEYS = {Qt.Key.Key_Right: 1.0, Qt.Key.Key_Left: -1.0}
_STEPS = {
    Qt.Key.Key_Right: FocusMove.NEXT,
    Qt.Key.Key_Left: FocusMove.BEFORE,
    Qt.Key.Key_Up: FocusMove.OVER,
    Qt.Key.Key_Down: FocusMove.BACK,
    Qt.Key.Key_Home: FocusMove.FIRST,
    Qt.Key.Key_End: FocusMove.LAST,
}
_ROW_STEPS = {
    **_STEPS,
    Qt.Key.Key_Down: FocusMove.NEXT,
    Qt.Key.Key_Up: FocusMove.BEFORE,
    Qt.Key.Key_Right: FocusMove.OVER,
    Qt.Key.Key_Left: FocusMove.BACK,
}
_TILE_STEPS = {
    **_STEPS,
    Qt.Key.Key_Right: FocusMove.RIGHT,
    Qt.Key.Key_Left: FocusMove.LEFT,
    Qt.Key.Key_Up: FocusMove.UP,
    Qt.Key.Key_Down: FocusMove.DOWN,
}
