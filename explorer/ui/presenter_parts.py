"""What a presentation needs besides its windows: its keys, whose display is whose, evidence to read."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec.structs import replace
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPalette, QScreen
from PySide6.QtWidgets import QLabel, QWidget

from explorer.documents.screens import BriefingScreen
from explorer.pages.text import phrases
from explorer.render.layout.annotations import numbered_events

from .contents import ActionKind, ActionRow, CardContent, CardParagraph, Part, build_prose
from .typeset import ParagraphRole

STEPS = {
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_PageDown: 1,
    Qt.Key.Key_Space: 1,
    Qt.Key.Key_Return: 1,
    Qt.Key.Key_Enter: 1,
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_PageUp: -1,
    Qt.Key.Key_Backspace: -1,
}
"""The keys that go on and back, with how far."""
WALKS = frozenset(STEPS) | {Qt.Key.Key_Home, Qt.Key.Key_End}
"""The keys that what has the keyboard may want for itself."""
TURNS = frozenset({Qt.Key.Key_PageDown, Qt.Key.Key_PageUp, Qt.Key.Key_Backspace})
"""Those of them that a chart leaves to the presentation."""


_HELP = (
    "Right, space: next     Left: back     Home, End: first, last     B: black     "
    "E: evidence     Tab: into the chart     N: notes     Esc: end"
)


def key_list(parent: QWidget) -> QLabel:
    """The line that says what the keys do."""
    label = QLabel(_HELP, parent)
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
