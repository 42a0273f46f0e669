"""The chart on screen: shows a Chart, says what is pointed at and chosen, and goes by keyboard.

It draws only the plot with its axes, labels and keys; title, subtitle and source line are the window's.
There is no zoom and no menu: what is shown is the Chart, whole.
"""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QApplication, QGraphicsView, QWidget
from shiboken6 import isValid

from explorer.pages.chart import Chart, Shape

from . import accessible
from .canvas import MARGIN, Canvas, scene_rect
from .focus import Step, pointed_at, walk
from .theme import Theme


class ChartView(Canvas):
    """Shows one chart.

    ``chosen`` and ``hovered`` carry a figure's id; ``hovered`` an empty string when nothing is pointed at.
    ``hovered`` follows the keyboard as well as the pointer. ``went`` carries a place's code: a square of a
    map was entered, by a double click, Enter or the space bar.
    """

    chosen = Signal(object)
    went = Signal(object)
    hovered = Signal(object)
    pulled = Signal()
    """The pointer was pressed and moved: whoever shows the chart may begin a drag."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self.selected = ""
        self.focused = -1
        self._over = -1
        self._pressed = -1
        self._from: QPoint | None = None
        self._hushed = False
        self._held: str | None = None
        self._access: accessible.ChartAccess | None = None
        accessible.install()
        super().__init__(parent)

    def show_chart(self, chart: Chart, theme: Theme, selected: str = "") -> None:
        """Shows ``chart`` in ``theme``, the figure ``selected`` marked; an empty or unknown id marks none."""
        if chart == self.chart and theme == self.theme:
            self.set_selected(selected)
            return
        held = self.stops[self.focused].key if 0 <= self.focused < len(self.stops) else ""
        self.selected, self._over, self._pressed = selected, -1, -1
        self.put(chart, theme)
        self._held = held
        accessible.say_changed(self)

    def set_selected(self, figure: str) -> None:
        """Marks another figure."""
        if figure != self.selected:
            self.selected = figure
            self.mark()

    @property
    def card_text(self) -> str:
        """What the card says, empty while there is none."""
        return self.card.text

    def stop_at(self, x: int, y: int) -> int:
        """The number of the stop at a point of the screen, -1 where there is none."""
        return self._under(self.viewport().mapFromGlobal(QPoint(x, y)))

    def chart_access(self) -> accessible.ChartAccess:
        """Its face to screen readers, made when one asks."""
        if self._access is None or not isValid(self._access):
            self._access = accessible.ChartAccess(self)
        return self._access

    def mark(self) -> None:
        """Puts tints, ring and card where they belong."""
        if self._held is not None:
            self._arrive(self._held)
        stops = self.stops
        over = stops[self._over] if 0 <= self._over < len(stops) else None
        rested = stops[self.focused] if self.hasFocus() and 0 <= self.focused < len(stops) else None
        self.bands.mark(tuple(s for s in stops if self.selected and s.figure == self.selected), over)
        self.drawing.select(self.selected)
        self.ring.surround(rested)
        self.card.name(None if self._hushed else over or rested, self.room())

    def _arrive(self, held: str) -> None:
        """Another chart is laid out: what was rested on is found again, where it is in this one too."""
        self._held = None
        self.focused = next((at for at, stop in enumerate(self.stops) if held and stop.key == held), -1)
        if self.hasFocus() and self.focused < 0:
            # Another chart under the keyboard's hand: it rests on it, and says nothing until it moves.
            self.focused, self._hushed = self._beginning(), True

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Paints the scene, and a ring round the whole where there is nothing inside to go round."""
        self.settle()
        QGraphicsView.paintEvent(self, event)
        if self.hasFocus() and not self.stops:
            painter = QPainter(self.viewport())
            painter.setPen(QPen(QColor(self.theme.focus), 2))
            painter.drawRect(self.viewport().rect().adjusted(1, 1, -1, -1))
            painter.end()

    # Pointer

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Points at what is under the pointer; pulled with the button down, it says so once."""
        if self._from is not None and self._pulled_far(event):
            self._from, self._pressed = None, -1
            self.pulled.emit()
            return
        self._point(self._under(event.position().toPoint()))

    def leaveEvent(self, _event: QEvent) -> None:  # noqa: N802
        """Points at nothing."""
        self._point(-1)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Rests the focus on what is pressed."""
        if event.button() is not Qt.MouseButton.LeftButton:
            event.ignore()
            return
        self._from = event.position().toPoint()
        self._pressed = self._under(self._from)
        if self._pressed >= 0:
            self._rest(self._pressed)

    def _pulled_far(self, event: QMouseEvent) -> bool:
        if self._from is None or not event.buttons() & Qt.MouseButton.LeftButton:
            return False
        gone = event.position().toPoint() - self._from
        return gone.manhattanLength() >= QApplication.startDragDistance()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Chooses what was pressed, if the pointer is still on it."""
        pressed, self._pressed, self._from = self._pressed, -1, None
        if pressed >= 0 and pressed == self._under(event.position().toPoint()):
            self._choose(pressed)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Enters a square of a map; elsewhere a double click is two clicks."""
        under = self._under(event.position().toPoint())
        if event.button() is Qt.MouseButton.LeftButton and self._place(under):
            self.went.emit(self._place(under))
        else:
            self.mousePressEvent(event)

    def wheelEvent(self, event: Any) -> None:  # noqa: N802
        """Scrolls a chart that is higher than the view, and leaves the wheel to others otherwise."""
        if self.scrolls:
            QGraphicsView.wheelEvent(self, event)
        else:
            event.ignore()

    # Keyboard

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Walks, chooses, and puts the card away; every other key is left to the window."""
        key, plain = Qt.Key(event.key()), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        step = self._steps().get(key)
        if plain != Qt.KeyboardModifier.NoModifier or not self.stops:
            event.ignore()
        elif step is not None and self._frame is not None:
            self._rest(walk(self._frame, self.focused, step))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self.focused >= 0:
            self._enter(self.focused)
        elif key is Qt.Key.Key_Escape and self.card.isVisible():
            self._hushed = True
            self.mark()
        else:
            event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        """Rests on what was last rested on, else on what is selected, else on the first."""
        super().focusInEvent(event)
        if not 0 <= self.focused < len(self.stops):
            self.focused = self._beginning()
        if event.reason() is not Qt.FocusReason.MouseFocusReason:
            self._rest(self.focused)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        """Takes the ring and the card away."""
        super().focusOutEvent(event)
        self.mark()
        self.viewport().update()

    def _steps(self) -> dict[Qt.Key, Step]:
        shape = self.chart.shape if self.chart is not None else Shape.COLUMNS
        return {Shape.ROWS: _ROW_STEPS, Shape.TILES: _TILE_STEPS}.get(shape, _STEPS)

    # What is marked

    def _under(self, point: QPoint) -> int:
        frame = self.frame_shown
        if frame is None:
            return -1
        place = self.mapToScene(point)
        return pointed_at(frame, place.x() - MARGIN, place.y() - MARGIN)

    def _point(self, number: int) -> None:
        if number == self._over:
            return
        self._over, self._hushed = number, False
        self.mark()
        self.hovered.emit(self._figure(number))

    def _rest(self, number: int) -> None:
        self.focused, self._hushed = number, False
        if not 0 <= number < len(self.stops):
            return
        self.ensureVisible(scene_rect(self.stops[number].body), 8, 24)
        self.mark()
        accessible.say_focus(self, number)
        self.hovered.emit(self._figure(number))

    def _choose(self, number: int) -> None:
        figure = self._figure(number)
        if figure:
            self.chosen.emit(figure)

    def _enter(self, number: int) -> None:
        """What Enter does: goes to the place of a square, and chooses everything else."""
        if self._place(number):
            self.went.emit(self._place(number))
        else:
            self._choose(number)

    def _place(self, number: int) -> str:
        stops = self._frame.stops if self._frame is not None else ()
        return stops[number].place if 0 <= number < len(stops) else ""

    def _beginning(self) -> int:
        """What the keyboard rests on first: what is selected, else the first of all."""
        selected = self._number(self.selected)
        frame = self.frame_shown
        return walk(frame, -1, Step.FIRST) if selected < 0 and frame is not None else selected

    def _figure(self, number: int) -> str:
        stops = self._frame.stops if self._frame is not None else ()
        return stops[number].figure if 0 <= number < len(stops) else ""

    def _number(self, figure: str) -> int:
        return next((at for at, stop in enumerate(self.stops) if figure and stop.figure == figure), -1)


_STEPS = {
    Qt.Key.Key_Right: Step.NEXT,
    Qt.Key.Key_Left: Step.BEFORE,
    Qt.Key.Key_Up: Step.OVER,
    Qt.Key.Key_Down: Step.BACK,
    Qt.Key.Key_Home: Step.FIRST,
    Qt.Key.Key_End: Step.LAST,
}
_ROW_STEPS = {
    **_STEPS,
    Qt.Key.Key_Down: Step.NEXT,
    Qt.Key.Key_Up: Step.BEFORE,
    Qt.Key.Key_Right: Step.OVER,
    Qt.Key.Key_Left: Step.BACK,
}
_TILE_STEPS = {
    **_STEPS,
    Qt.Key.Key_Right: Step.RIGHT,
    Qt.Key.Key_Left: Step.LEFT,
    Qt.Key.Key_Up: Step.UP,
    Qt.Key.Key_Down: Step.DOWN,
}
