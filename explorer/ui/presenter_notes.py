"""What only the presenter sees: the notes, the time, how long it has gone on, and what comes next."""

from __future__ import annotations

import time
from datetime import datetime

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QPalette, QResizeEvent
from PySide6.QtWidgets import QLabel, QScrollArea, QWidget

from explorer.draw.plain import plain
from explorer.draw.theme import Theme
from explorer.export.screens import Screen

from .palette import palette
from .presenter_parts import breaking, events_of
from .style import font
from .typeset import GAP

_EDGE = 28
_TICK = 500


class NotesView(QWidget):
    """The presenter's notes, as a window of its own or as a strip under the presentation."""

    def __init__(self, theme: Theme, parent: QWidget | None, began: float) -> None:
        super().__init__(parent)
        self._began = began
        self.setWindowTitle("Notes for the presenter")
        self.setPalette(palette(theme))
        self.setAutoFillBackground(True)
        self.now, self.heading, self.next = self._label(18, True), self._label(20, True), self._label(15)
        self.words = self._label(22)
        self.words.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.room = QScrollArea(self)
        self.room.setWidget(self.words)
        self.room.setWidgetResizable(True)
        self.room.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.room.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.next.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.tick)
        self._timer.start(_TICK)
        self.tick()

    def _label(self, size: int, strong: bool = False) -> QLabel:
        made = QLabel(self)
        made.setTextFormat(Qt.TextFormat.PlainText)
        made.setWordWrap(True)
        made.setFont(font(1.0, size, strong=strong))
        return made

    def show_notes(self, screen: Screen, after: Screen | None, counted: str) -> None:
        """Show what belongs to ``screen``, and what comes after it."""
        self.heading.setText(breaking(plain(f"{counted}   {screen.heading}", 160, breaks=False)))
        words = [screen.spoken, *(f"• {note}" for note in (*screen.notes, events_of(screen)) if note)]
        told = "\n\n".join(part for part in words if part)
        self.words.setText(breaking(plain(told, 40_000)) or "No notes.")
        following = breaking(plain(after.heading, 120, breaks=False)) if after else ""
        self.next.setText(f"Next: {following}" if after else "This is the last screen.")
        self._lay_out()

    def tick(self) -> None:
        """Show the time of day, and how long the presentation has gone on."""
        gone = int(time.monotonic() - self._began)
        hours, minutes = divmod(gone // 60, 60)
        long = f"{hours}:{minutes:02}:{gone % 60:02}" if hours else f"{minutes:02}:{gone % 60:02}"
        self.now.setText(f"{datetime.now().astimezone():%H:%M}   {long}")

    def _lay_out(self) -> None:
        wide, edge = self.width() - 2 * _EDGE, _EDGE
        clock = self.now.fontMetrics().horizontalAdvance("00:00   0:00:00") + GAP
        self.now.setGeometry(self.width() - edge - clock, GAP * 2, clock, self.now.fontMetrics().height())
        room = max(80, wide - clock - 2 * GAP)
        high = self.heading.heightForWidth(room)
        self.heading.setGeometry(edge, GAP * 2, room, high)
        foot = self.next.heightForWidth(wide)
        self.next.setGeometry(edge, self.height() - foot - GAP * 2, wide, foot)
        top = GAP * 3 + high
        self.room.setGeometry(edge, top, wide, max(20, self.height() - top - foot - 3 * GAP))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Set it out anew."""
        super().resizeEvent(event)
        self._lay_out()
