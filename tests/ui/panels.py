"""What the tests of the side panel share: a panel on a fake store, and what can be read off it."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QPoint
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QWidget

from explorer.pages.model.page import Page
from explorer.pages.model.question import PanelKind
from explorer.ui.cards.card_list import ActionButton, CardColumn, CardView
from explorer.ui.cards.prose import ProseView
from explorer.ui.inspector.inspector import SidePanel
from tests.ui.samples import FakeStore


def shown_panel(qtbot: Any, page: Page, *, width: int = 360, height: int = 900) -> tuple[SidePanel, FakeStore]:
    """A panel that shows ``page``, and the store that it asks."""
    store = FakeStore()
    panel = SidePanel(store)
    qtbot.addWidget(panel)
    panel.resize(width, height)
    panel.show_page(None, page)
    with qtbot.waitActive(panel):
        panel.show()
        panel.activateWindow()
    return panel, store


def large(panel: SidePanel, pixels: int = 26) -> None:
    """Set the panel's type, 26 pixels being 200%."""
    font = QFont(panel.font())
    font.setPixelSize(pixels)
    panel.setFont(font)


def column(panel: SidePanel, which: PanelKind | None = None) -> CardColumn:
    """The cards of the open part, or of the one named."""
    return panel.part_for(which or open_panel(panel)).column


def open_panel(panel: SidePanel) -> PanelKind:
    """Which part is open."""
    return next(which for which, tab in panel.tabs.tabs.items() if tab.isChecked())


def proses(card: CardView) -> list[ProseView]:
    """The texts of a card."""
    return [stop for stop in card.tab_stops() if isinstance(stop, ProseView)]


def text(cards: CardColumn | CardView) -> str:
    """Everything that is read in a column or a card, buttons included."""
    several = cards.visible_cards() if isinstance(cards, CardColumn) else [cards]
    stops = [stop for card in several for stop in card.tab_stops()]
    return "\n".join(s.shown_text() if isinstance(s, ProseView) else s.label for s in stops)


def buttons(cards: CardColumn | CardView) -> dict[str, ActionButton]:
    """The buttons of a column or a card by their labels; of those that say the same, the first."""
    found: dict[str, ActionButton] = {}
    for card in cards.visible_cards() if isinstance(cards, CardColumn) else [cards]:
        for stop in card.tab_stops():
            if isinstance(stop, ActionButton):
                found.setdefault(stop.label, stop)
    return found


def sticking_out(outer: QWidget) -> list[str]:
    """Names of the visible widgets that reach out of what holds them, upwards to ``outer``'s sides."""
    found = []
    for child in outer.findChildren(QWidget):
        if not child.isVisibleTo(outer):
            continue
        left = child.mapTo(outer, QPoint(0, 0)).x()
        if left < 0 or left + child.width() > outer.width():
            found.append(f"{type(child).__name__} {child.accessibleName()}")
    return found
