"""An axis of pyqtgraph's whose words stand where the layout put them: it picks no tick and sets no number."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from msgspec.structs import replace
from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from explorer.render.layout import FontSet, TextRun
from explorer.render.paint import ThemePalette, draw_texts
from explorer.render.qt_setup import pg


class TickAxis(pg.AxisItem):
    """The labels of an axis. The base line and the grid are lines of the plot."""

    def __init__(self, orientation: str) -> None:
        super().__init__(orientation)
        self._texts: tuple[TextRun, ...] = ()
        self._palette: ThemePalette | None = None
        self._kind: FontSet | None = None
        self._frame_rect = QRectF()
        self._move: Callable[[float], float] | None = None
        self._sides = (0.0, 0.0)

    def show_labels(self, texts: Sequence[TextRun], palette: ThemePalette, kind: FontSet, rect: QRectF) -> None:
        """Show ``texts``, which are placed in the frame ``rect`` that the axis stands in."""
        self._texts, self._palette, self._kind, self._move = tuple(texts), palette, kind, None
        if rect != self._frame_rect:
            self.prepareGeometryChange()
            self._frame_rect = rect
        self.update()

    def move_labels(self, move: Callable[[float], float], sides: tuple[float, float]) -> None:
        """Have each label stand where ``move`` takes the x of its tick, for as long as a hand moves the plot.

        A tick that leaves the plot, which has these ``sides``, loses its label.
        """
        self._move, self._sides = move, sides
        self.update()

    @property
    def moved(self) -> Callable[[float], float] | None:
        """Where each x of the frame stands while a hand moves the plot; None at rest."""
        return self._move

    def linkedViewChanged(self, *_args: Any) -> None:  # noqa: N802
        """The range gives no tick: pyqtgraph would measure text here at each change."""

    def boundingRect(self) -> QRectF:  # noqa: N802
        """The whole frame: a label may reach past the axis."""
        return self._frame_rect.translated(-self.pos())

    def paint(self, painter: QPainter, *_args: Any) -> None:
        """Paint the labels."""
        if self._palette is None or self._kind is None:
            return
        texts = self._texts
        if self._move is not None:
            low, high = self._sides
            moved = ((text, self._move(text.along)) for text in texts)
            texts = tuple(replace(text, x=text.x + x - text.along) for text, x in moved if low <= x <= high)
        painter.save()
        painter.translate(-self.pos())
        draw_texts(painter, texts, self._palette, self._kind)
        painter.restore()
