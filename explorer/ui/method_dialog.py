"""How numbers are worked out: the method page as a dialog, a card a topic, which can be copied as text."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget

from explorer.pages.panels.method import NAME, MethodTopic, as_text, method_topics
from explorer.support.theme import Theme

from .cards_dialog import CardsDialog
from .contents import CardContent, CardParagraph, build_actions, build_copy_action, build_prose
from .typeset import ParagraphRole

_SIZE = QSize(680, 640)


def method_dialog(theme: Theme, parent: QWidget | None) -> CardsDialog:
    """Each rule, tolerance and interval, with the works that they rest on."""
    every = method_topics()
    copy = build_actions(build_copy_action(as_text(every), "Copy all", f"Copy all of “{NAME}”"))
    cards = [_build_card(topic) for topic in every]
    cards.append(CardContent(name="Copy", parts=copy, has_frame=False))
    dialog = CardsDialog(NAME, cards, theme, parent)
    dialog.resize(_SIZE)
    return dialog


def _build_card(topic: MethodTopic) -> CardContent:
    words = build_prose(
        CardParagraph(role=ParagraphRole.LEAD, text=topic.heading),
        *(CardParagraph(role=ParagraphRole.BODY, text=rule) for rule in topic.rules),
        *(CardParagraph(role=ParagraphRole.QUIET, text=f"{reference}.") for reference in topic.references),
    )
    return CardContent(name=topic.heading, parts=words)
