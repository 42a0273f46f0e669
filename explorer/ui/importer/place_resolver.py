"""Names that no place is known by, each with the places it may mean to choose from. Nothing is guessed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from explorer.evidence import formatting
from explorer.importer import LEAVE_OUT, LibraryCatalogue, UnmatchedPlace, find_nearest_places
from explorer.ui.theme import GAP, Typeset

from .widgets import ChoiceItem, FormChoiceField, ParagraphLabel, PlaceField, place_words

_NO_DECISION, _SEARCH = "", "?"
_MOST = 12
_WIDEST = 480


class NameRow(QWidget):
    """One name, the places it may mean, and a search of all of them where none of those is meant."""

    choice_changed = Signal()

    def __init__(self, parent: QWidget, typeset: Typeset, library: LibraryCatalogue, name: UnmatchedPlace) -> None:
        super().__init__(parent)
        self.name = name
        question = f"Which place is “{name.label}”?"
        label = ParagraphLabel(self, typeset, text=f"“{name.label}” ({formatting.pluralise(name.rows, 'row')})")
        self.pick = FormChoiceField(self, typeset, question)
        near = [(place.code, place_words(place)) for place in find_nearest_places(library, name.label)]
        choices: list[ChoiceItem] = [(_NO_DECISION, "Choose the place that is meant…"), *near]
        choices += [(_SEARCH, "Search all places…"), (LEAVE_OUT, "No place: leave these rows out")]
        self.pick.show_choices(choices, _NO_DECISION)
        self.pick.activated.connect(self._on_choice_made)
        self.search = PlaceField(self, typeset, library, f"Search all places for “{name.label}”")
        self.search.match_chosen.connect(self._on_place_found)
        self.search.hide()
        self._found_code = ""
        for field in (self.pick, self.search):
            field.setMaximumWidth(round(_WIDEST * typeset.scale))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for part in (label, self.pick, self.search):
            column.addWidget(part)

    @property
    def choice(self) -> str:
        """The code of the place, ``LEAVE_OUT``, or empty where nothing is decided."""
        chosen_code = str(self.pick.currentData() or "")
        return self._found_code if chosen_code == _SEARCH else chosen_code

    def _on_choice_made(self, _index: int) -> None:
        searching = self.pick.currentData() == _SEARCH
        self.search.setVisible(searching)
        if searching:
            self.search.setFocus()
        self.choice_changed.emit()

    def _on_place_found(self, code: object) -> None:
        self._found_code = str(code)
        self.choice_changed.emit()


class NameRows(QWidget):
    """A row for each name without a place; what is decided stays on show."""

    choices_changed = Signal()

    def __init__(self, parent: QWidget, typeset: Typeset, library: LibraryCatalogue) -> None:
        super().__init__(parent)
        self._typeset, self._library = typeset, library
        self._rows: dict[str, NameRow] = {}
        self._summary_label = ParagraphLabel(self, typeset, strong=1)
        self._more = ParagraphLabel(self, typeset, small=True)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(GAP)
        self._column.addWidget(self._summary_label)
        self._column.addWidget(self._more)
        self.hide()

    def rows(self) -> tuple[NameRow, ...]:
        """What is on show."""
        return tuple(self._rows.values())

    def choices(self) -> dict[str, str]:
        """What is decided: a place's code or ``LEAVE_OUT`` by name."""
        return {label: row.choice for label, row in self._rows.items() if row.choice}

    def show_names(self, names: Sequence[UnmatchedPlace]) -> None:
        """Ask for ``names``, and no longer for others that nothing was decided for."""
        by_label = {one.label: one for one in sorted(names, key=lambda one: (one.sheet, one.row))}
        for label, row in list(self._rows.items()):
            if label not in by_label and not row.choice:
                del self._rows[label]
                row.hide()
                row.deleteLater()
        for label, one in by_label.items():
            if label not in self._rows and len(self._rows) < _MOST:
                self._add_row(one)
        self._summary_label.show_text("Names without a place" if self._rows else "")
        more = sum(label not in self._rows for label in by_label)
        self._more.show_text(
            f"{formatting.pluralise(more, 'more name')} of this kind come after these." if more else ""
        )
        self.setVisible(bool(self._rows))

    def _add_row(self, name: UnmatchedPlace) -> None:
        row = NameRow(self, self._typeset, self._library, name)
        row.choice_changed.connect(self.choices_changed)
        self._rows[name.label] = row
        self._column.insertWidget(self._column.count() - 1, row)
        row.show()
