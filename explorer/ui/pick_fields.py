"""Lists to choose from over a chart: choices that the page gives, and places to set beside the one shown."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from explorer.pages.charts.options import comparison_candidates
from explorer.pages.model.page import ChartChoice
from explorer.pages.model.question import compare_with

from .fields import ChoiceField
from .store import PageStore


class PickField(ChoiceField):
    """A list of choices that keeps what it was last shown."""

    def __init__(self, parent: QWidget, name: str, length: int) -> None:
        super().__init__(parent, name)
        self._shown: tuple[ChartChoice, ...] | None = None
        self.setMinimumContentsLength(length)

    def show_choices(self, choices: tuple[ChartChoice, ...]) -> None:
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

    def reset_choices(self) -> None:
        """What it shows now is the person's choice, until the page has answered."""
        self._shown = None


class AddField(ChoiceField):
    """Places that can be set beside the one shown, asked for when the list is opened."""

    def __init__(self, parent: QWidget, store: PageStore) -> None:
        super().__init__(parent, "Add a place to the comparison")
        self._store = store
        self.setMinimumContentsLength(14)
        self.addItem("Add a place…", "")
        self.setMaxVisibleItems(16)

    def showPopup(self) -> None:  # noqa: N802
        """Fill the list, then show it."""
        self.fill_places()
        super().showPopup()

    def fill_places(self) -> None:
        """Ask for the places that can be added now."""
        page = self._store.page
        if page is None:
            return
        question = page.question
        compared_codes = tuple(crumb.code for crumb in page.choices.beside)
        self.blockSignals(True)
        while self.count() > 1:
            self.removeItem(1)
        for candidate in comparison_candidates(self._store.library, compare_with(*compared_codes).apply_to(question)):
            self.addItem(f"{candidate.name} ({candidate.why})", candidate.code)
        self.setCurrentIndex(0)
        self.blockSignals(False)
