"""What a presentation needs besides its windows: whose display is whose, and evidence that is only read."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace
from PySide6.QtCore import QRect
from PySide6.QtGui import QScreen

from .contents import Act, Actions, CardContent, Paragraph, Part, Role, prose


def read_only(card: CardContent) -> CardContent:
    """A card that leads from figure to figure and to nothing outside the presentation."""
    kept: list[Part] = []
    for part in card.parts:
        if isinstance(part, Actions):
            items = tuple(item for item in part.items if item.act is Act.SELECT)
            kept += [replace(part, items=items)] if items else []
        else:
            kept.append(part)
    return replace(card, parts=tuple(kept))


def displays(all_: Sequence[QScreen], own: QScreen) -> tuple[QScreen, QScreen | None]:
    """The display for the audience and the one for the presenter: the window's own stays the presenter's."""
    others = [one for one in all_ if one is not own]
    return (others[0], own) if others else (own, None)


def inner(room: QRect) -> QRect:
    """A window that leaves the edges of a display free."""
    return room.adjusted(room.width() // 12, room.height() // 12, -room.width() // 12, -room.height() // 12)


GONE = (
    CardContent(
        name="No longer loaded",
        parts=prose(
            Paragraph(role=Role.LEAD, text="This figure is no longer in the evidence that is loaded."),
            Paragraph(role=Role.BODY, text="What the briefing kept of it is in its table and sources."),
        ),
    ),
)
