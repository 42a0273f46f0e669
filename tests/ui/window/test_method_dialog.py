"""Help > How numbers are worked out."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from explorer.pages.panels.method import NAME, as_text, method_topics
from explorer.support.theme import DARK
from explorer.ui.cards.model import CardProse
from explorer.ui.core.commands import list_commands
from explorer.ui.window.about import method_dialog


def test_it_is_in_the_help_menu():
    (command,) = [one for one in list_commands() if one.id == "method"]
    assert command.menu == "Help"
    assert command.text.startswith(NAME)


def test_every_topic_is_a_card_with_all_its_rules(qtbot):
    dialog = method_dialog(DARK, None)
    qtbot.addWidget(dialog)
    dialog.show()
    cards = dialog.column.visible_cards()[:-1]
    assert [card.content.name for card in cards] == [topic.heading for topic in method_topics()]
    for card, topic in zip(cards, method_topics(), strict=True):
        said = [p.text for part in card.content.parts if isinstance(part, CardProse) for p in part.paragraphs]
        assert said[1 : 1 + len(topic.rules)] == list(topic.rules)


def test_all_of_it_is_copied(qtbot):
    dialog = method_dialog(DARK, None)
    qtbot.addWidget(dialog)
    dialog.show()
    (button,) = dialog.column.visible_cards()[-1].tab_stops()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == as_text(method_topics())
