"""Lists to choose from over a chart: choices that the page gives, and places to set beside the one shown."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from explorer.pages.choices import candidates
from explorer.pages.page import Choice
from explorer.pages.question import beside

from .fields import ChoiceField
from .store import Store


class PickField(ChoiceField):
    """A list of choices that keeps what it was last shown."""

    def __init__(self, parent: QWidget, name: str, length: int) -> None:
        super().__init__(parent, name)
        self._shown: tuple[Choice, ...] | None = None
        self.setMinimumContentsLength(length)

    def offer(self, choices: tuple[Choice, ...]) -> None:
        """Show ``choices``, the chosen one on top."""
        if choices == self._shown:
            return
        self._shown = choices
        self.blockSignals(True)
        self.clear()
        for choice in choices:
            self.addItem(choice.label, choice.id)
            if choice.chosen:
                self.setCurrentIndex(self.count() - 1)
        self.blockSignals(False)

    def forget(self) -> None:
        """What it shows now is the person's choice, until the page has answered."""
        self._shown = None


class AddField(ChoiceField):
    """Places that can be set beside the one shown, asked for when the list is opened."""

    def __init__(self, parent: QWidget, store: Store) -> None:
        super().__init__(parent, "Add a place to the comparison")
        self._store = store
        self.setMinimumContentsLength(14)
        self.addItem("Add a place…", "")
        self.setMaxVisibleItems(16)

    def showPopup(self) -> None:  # noqa: N802
        """Fill the list, then show it."""
        self.fill()
        super().showPopup()

    def fill(self) -> None:
        """Ask for the places that can be added now."""
        page = self._store.page
        if page is None:
            return
        question = page.question
        taken = tuple(crumb.code for crumb in page.choices.beside)
        self.blockSignals(True)
        while self.count() > 1:
            self.removeItem(1)
        for found in candidates(self._store.library, beside(*taken).applied(question)):
            self.addItem(f"{found.name} ({found.why})", found.code)
        self.setCurrentIndex(0)
        self.blockSignals(False)
