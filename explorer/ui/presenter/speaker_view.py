"""What a presentation needs besides its windows: its keys, whose display is whose, evidence to read."""

from __future__ import annotations

import re
import time
from collections.abc import Sequence
from datetime import datetime

from msgspec.structs import replace
from PySide6.QtCore import QRect, Qt, QTimer
from PySide6.QtGui import QKeySequence, QPalette, QResizeEvent, QScreen
from PySide6.QtWidgets import QLabel, QScrollArea, QWidget

from explorer.documents import BriefingScreen
from explorer.pages.text import phrases
from explorer.render.layout import numbered_events
from explorer.support import Theme, sanitise
from explorer.ui.cards import ActionKind, ActionRow, CardContent, CardParagraph, Part, build_prose
from explorer.ui.core import KeyBinding, KeySection, format_keys
from explorer.ui.theme import GAP, ParagraphRole, build_palette, system_font

PRESENTER_KEYS = KeySection(
    title="In a presentation",
    bindings=(
        KeyBinding(keys=("Right", "Space", "Down", "PgDown", "Return", "Enter"), text="on", act="next", brief="next"),
        KeyBinding(keys=("Left", "Up", "PgUp", "Backspace"), text="back", act="back", brief="back"),
        KeyBinding(keys=("Home",), text="to the first screen", act="first", brief="first"),
        KeyBinding(keys=("End",), text="to the last screen", act="last", brief="last"),
        KeyBinding(keys=("B", "."), text="black; any key brings the screen back", act="black", brief="black"),
        KeyBinding(keys=("E",), text="the evidence of the figure", act="evidence", brief="evidence"),
        KeyBinding(keys=("Tab",), text="into the chart, and from there into its evidence", brief="into the chart"),
        KeyBinding(keys=("N",), text="the speaker's notes", act="notes", brief="notes"),
        KeyBinding(keys=("F1", "?"), text="the keys, in a line", act="keys"),
        KeyBinding(
            keys=("Esc",), text="out of the evidence or the chart, or ends the presentation", act="end", brief="end"
        ),
    ),
)


def _keys_of(act: str) -> list[Qt.Key]:
    keys = next(one.keys for one in PRESENTER_KEYS.bindings if one.act == act)
    return [QKeySequence(key)[0].key() for key in keys]  # pyright: ignore[reportIndexIssue]


STEPS = dict.fromkeys(_keys_of("next"), 1) | dict.fromkeys(_keys_of("back"), -1)
"""The keys that go on and back, with how far."""
WALKS = frozenset(STEPS) | {Qt.Key.Key_Home, Qt.Key.Key_End}
"""The keys that what has the keyboard may want for itself."""
TURNS = frozenset({Qt.Key.Key_PageDown, Qt.Key.Key_PageUp, Qt.Key.Key_Backspace})
"""Those of them that a chart leaves to the presentation."""


def key_list(parent: QWidget) -> QLabel:
    """The line that says what the keys do."""
    bindings = [one for one in PRESENTER_KEYS.bindings if one.brief]
    label = QLabel("     ".join(f"{format_keys(one.keys[:1])}: {one.brief}" for one in bindings), parent)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setAutoFillBackground(True)
    label.setBackgroundRole(QPalette.ColorRole.Window)
    label.setMargin(10)
    return label


def read_only(card: CardContent) -> CardContent:
    """A card that leads from figure to figure and to nothing outside the presentation."""
    allowed_parts: list[Part] = []
    for part in card.parts:
        if isinstance(part, ActionRow):
            items = tuple(item for item in part.items if item.act is ActionKind.SELECT)
            allowed_parts += [replace(part, items=items)] if items else []
        else:
            allowed_parts.append(part)
    return replace(card, parts=tuple(allowed_parts))


def assign_displays(all_: Sequence[QScreen], own: QScreen) -> tuple[QScreen, QScreen | None]:
    """The display for the audience and the one for the presenter: the window's own stays the presenter's."""
    others = [one for one in all_ if one is not own]
    return (others[0], own) if others else (own, None)


def add_break_points(text: str) -> str:
    """The text with places where a word may break that is too long for any line."""
    return re.sub(r"(\S{40})(?=\S)", "\\1\u200b", text)


def events_of(screen: BriefingScreen) -> str:
    """What the numbers over a chart stand for; empty where it has none."""
    flags = numbered_events(screen.chart) if screen.chart is not None else ()
    return phrases.describe_event_numbers([flag.label for _, flag in flags])


def inset_window(room: QRect) -> QRect:
    """A window that leaves the edges of a display free."""
    return room.adjusted(room.width() // 12, room.height() // 12, -room.width() // 12, -room.height() // 12)


MISSING_FIGURE_CARDS = (
    CardContent(
        name="No longer loaded",
        parts=build_prose(
            CardParagraph(role=ParagraphRole.LEAD, text="This figure is no longer in the evidence that is loaded."),
            CardParagraph(role=ParagraphRole.BODY, text="What the briefing kept of it is in its table and sources."),
        ),
    ),
)


# What only the presenter sees: the notes, the time, how long it has gone on, and what comes next.


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
