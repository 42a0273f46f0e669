"""What only the presenter sees: the notes, the time, how long it has gone on, and what comes next."""

from __future__ import annotations

import time
from datetime import datetime

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QPalette, QResizeEvent
from PySide6.QtWidgets import QLabel, QScrollArea, QWidget

from explorer.documents.screens import BriefingScreen
from explorer.support.safe_text import sanitise
from explorer.support.theme import Theme

from .palette import build_palette
from .presenter_parts import add_break_points, events_of
from .style import system_font
from .typeset import GAP

_EDGE = 28
_TICK = 500


class NotesView(QWidget):
    """The presenter's notes, as a window of its own or as a strip under the presentation."""

    def __init__(self, theme: Theme, parent: QWidget | None, began: float) -> None:
        super().__init__(parent)
        self._began = began
        self.setWindowTitle("Notes for the presenter")
        self.setPalette(build_palette(theme))
        self.setAutoFillBackground(True)
        self.now, self.heading, self.next = (
            self._build_label(18, True),
            self._build_label(20, True),
            self._build_label(15),
        )
        self.words = self._build_label(22)
        self.words.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.room = QScrollArea(self)
        self.room.setWidget(self.words)
        self.room.setWidgetResizable(True)
        self.room.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.room.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.next.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.update_clock)
        self._timer.start(_TICK)
        self.update_clock()

    def _build_label(self, size: int, strong: bool = False) -> QLabel:
        label = QLabel(self)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        label.setFont(system_font(1.0, size, strong=strong))
        return label

    def show_notes(self, screen: BriefingScreen, after: BriefingScreen | None, position_text: str) -> None:
        """Show what belongs to ``screen``, and what comes after it."""
        self.heading.setText(add_break_points(sanitise(f"{position_text}   {screen.heading}", 160, breaks=False)))
        words = [screen.speaker_notes, *(f"• {note}" for note in (*screen.notes, events_of(screen)) if note)]
        notes_text = "\n\n".join(part for part in words if part)
        self.words.setText(add_break_points(sanitise(notes_text, 40_000)) or "No notes.")
        following = add_break_points(sanitise(after.heading, 120, breaks=False)) if after else ""
        self.next.setText(f"Next: {following}" if after else "This is the last screen.")
        self._lay_out()

    def update_clock(self) -> None:
        """Show the time of day, and how long the presentation has gone on."""
        elapsed = int(time.monotonic() - self._began)
        hours, minutes = divmod(elapsed // 60, 60)
        long = f"{hours}:{minutes:02}:{elapsed % 60:02}" if hours else f"{minutes:02}:{elapsed % 60:02}"
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
