"""What the parts of the side panel share: a page waits until the part is open.

A hidden part costs nothing when the page is turned: it is stale until it is opened, and then
redraws only where its slice differs.
"""

from __future__ import annotations

from PySide6.QtCore import QRect, Signal
from PySide6.QtWidgets import QWidget

from explorer.pages.model import Page
from explorer.ui.cards import CardColumn, CardContent
from explorer.ui.theme import Typeset


class PanelPart(QWidget):
    """One part of the panel: a column of cards made from a slice of the page."""

    action_triggered = Signal(object)
    """Carries the ``CardAction`` of a card's button."""
    change_requested = Signal(object)
    """Carries a ``QueryChange`` that the part itself asks for."""

    name = ""

    def __init__(self, parent: QWidget, typeset: Typeset) -> None:
        super().__init__(parent)
        self._typeset = typeset
        self._page: Page | None = None
        self._current_subject: object = None
        self._about: object = None
        self._shown_in: Typeset | None = None
        self.column = CardColumn(self, self.name)
        self.column.action_triggered.connect(self.action_triggered)
        self.setAccessibleName(self.name)

    def select(self, page: Page) -> object:
        """What of ``page`` this part shows; it redraws only where this differs."""
        raise NotImplementedError

    def subject(self, page: Page) -> object:
        """What the part is about; where it differs the column goes back to its top."""
        raise NotImplementedError

    def contents(self, page: Page) -> tuple[CardContent, ...]:
        """The cards for ``page``."""
        raise NotImplementedError

    @property
    def is_dirty(self) -> bool:
        """Whether what is shown is not what the newest page says."""
        page = self._page
        return page is not None and (self._shown_in is not self._typeset or self.select(page) != self._current_subject)

    def set_page(self, page: Page) -> None:
        """Take the newest page, without drawing it."""
        self._page = page

    def apply_theme(self, typeset: Typeset) -> None:
        """Take another theme or type size, without drawing in it."""
        self._typeset = typeset

    def refresh(self) -> None:
        """Draw the newest page where its slice or the theme differs from what is shown."""
        page = self._page
        if page is None or not self.is_dirty:
            return
        about = self.subject(page)
        self._before_cards(page)
        self.column.show_cards(self.contents(page), self._typeset, top=about != self._about)
        self._current_subject, self._about, self._shown_in = self.select(page), about, self._typeset

    def _before_cards(self, page: Page) -> None:
        """What a part shows above its cards, if anything."""

    def place_in(self, room: QRect) -> None:
        """Take ``room`` at once: a hidden widget would learn of its size only when it is shown."""
        self.setGeometry(room)
        self._arrange()

    def _arrange(self) -> None:
        self.column.setGeometry(self.rect())
