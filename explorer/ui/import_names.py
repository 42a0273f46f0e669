"""Names that no place is known by, each with the places it may mean to choose from. Nothing is guessed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from explorer.packs.draft import Unplaced
from explorer.packs.importing import Known, nearest
from explorer.pages import words
from explorer.pages.mapping import LEAVE_OUT

from .import_fields import Found, Pick, PlaceField, place_words
from .import_parts import Words
from .typeset import GAP, Typeset

_UNDECIDED, _SEARCH = "", "?"
_MOST = 12
_WIDEST = 480


class NameRow(QWidget):
    """One name, the places it may mean, and a search of all of them where none of those is meant."""

    chosen = Signal()

    def __init__(self, parent: QWidget, typeset: Typeset, known: Known, name: Unplaced) -> None:
        super().__init__(parent)
        self.name = name
        asked = f"Which place is “{name.label}”?"
        told = Words(self, typeset, text=f"“{name.label}” ({words.counted(name.rows, 'row')})")
        self.pick = Pick(self, typeset, asked)
        near = [(place.code, place_words(place)) for place in nearest(known, name.label)]
        choices: list[Found] = [(_UNDECIDED, "Choose the place that is meant…"), *near]
        choices += [(_SEARCH, "Search all places…"), (LEAVE_OUT, "No place: leave these rows out")]
        self.pick.offer(choices, _UNDECIDED)
        self.pick.activated.connect(self._take)
        self.search = PlaceField(self, typeset, known, f"Search all places for “{name.label}”")
        self.search.picked.connect(self._found)
        self.search.hide()
        self._found_code = ""
        for field in (self.pick, self.search):
            field.setMaximumWidth(round(_WIDEST * typeset.scale))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for part in (told, self.pick, self.search):
            column.addWidget(part)

    @property
    def choice(self) -> str:
        """The code of the place, ``LEAVE_OUT``, or empty where nothing is decided."""
        picked = str(self.pick.currentData() or "")
        return self._found_code if picked == _SEARCH else picked

    def _take(self, _index: int) -> None:
        searching = self.pick.currentData() == _SEARCH
        self.search.setVisible(searching)
        if searching:
            self.search.setFocus()
        self.chosen.emit()

    def _found(self, code: object) -> None:
        self._found_code = str(code)
        self.chosen.emit()


class NameRows(QWidget):
    """A row for each name without a place; what is decided stays on show."""

    changed = Signal()

    def __init__(self, parent: QWidget, typeset: Typeset, known: Known) -> None:
        super().__init__(parent)
        self._typeset, self._known = typeset, known
        self._rows: dict[str, NameRow] = {}
        self._told = Words(self, typeset, strong=1)
        self._more = Words(self, typeset, small=True)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(GAP)
        self._column.addWidget(self._told)
        self._column.addWidget(self._more)
        self.hide()

    def rows(self) -> tuple[NameRow, ...]:
        """What is on show."""
        return tuple(self._rows.values())

    def choices(self) -> dict[str, str]:
        """What is decided: a place's code or ``LEAVE_OUT`` by name."""
        return {label: row.choice for label, row in self._rows.items() if row.choice}

    def offer(self, names: Sequence[Unplaced]) -> None:
        """Ask for ``names``, and no longer for others that nothing was decided for."""
        wanted = {one.label: one for one in sorted(names, key=lambda one: (one.sheet, one.row))}
        for label, row in list(self._rows.items()):
            if label not in wanted and not row.choice:
                del self._rows[label]
                row.hide()
                row.deleteLater()
        for label, one in wanted.items():
            if label not in self._rows and len(self._rows) < _MOST:
                self._add(one)
        self._told.say("Names without a place" if self._rows else "")
        more = sum(label not in self._rows for label in wanted)
        self._more.say(f"{words.counted(more, 'more name')} of this kind come after these." if more else "")
        self.setVisible(bool(self._rows))

    def _add(self, name: Unplaced) -> None:
        row = NameRow(self, self._typeset, self._known, name)
        row.chosen.connect(self.changed)
        self._rows[name.label] = row
        self._column.insertWidget(self._column.count() - 1, row)
        row.show()
