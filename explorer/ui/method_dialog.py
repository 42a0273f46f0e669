"""How numbers are worked out: the method page as a dialog, a card a topic, which can be copied as text."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget

from explorer.draw.theme import Theme
from explorer.pages.method import NAME, Topic, as_text, topics

from .cards_dialog import CardsDialog
from .contents import CardContent, Paragraph, Role, actions, copying, prose

_SIZE = QSize(680, 640)


def method_dialog(theme: Theme, parent: QWidget | None) -> CardsDialog:
    """Each rule, tolerance and interval, with the works that they rest on."""
    every = topics()
    copy = actions(copying(as_text(every), "Copy all", f"Copy all of “{NAME}”"))
    cards = [_card(topic) for topic in every]
    cards.append(CardContent(name="Copy", parts=copy, framed=False))
    dialog = CardsDialog(NAME, cards, theme, parent)
    dialog.resize(_SIZE)
    return dialog


def _card(topic: Topic) -> CardContent:
    words = prose(
        Paragraph(role=Role.LEAD, text=topic.heading),
        *(Paragraph(role=Role.BODY, text=rule) for rule in topic.rules),
        *(Paragraph(role=Role.QUIET, text=f"{reference}.") for reference in topic.references),
    )
    return CardContent(name=topic.heading, parts=words)
