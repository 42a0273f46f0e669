"""The fields of the import: lists to choose from, and fields that search places or measures as one types."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QStandardItem, QStandardItemModel, QWheelEvent
from PySide6.QtWidgets import QCompleter, QListView, QSizePolicy, QWidget

from explorer.evidence.model import Measure, Place
from explorer.importer.recipe import normalise_heading
from explorer.importer.session import LibraryCatalogue
from explorer.pages.text import phrases

from .fields import ChoiceField, WordField
from .typeset import Typeset

ID = int(Qt.ItemDataRole.UserRole)
ChoiceItem = tuple[str, str]
"""Something that can be chosen: its id and its words."""
_MOST_FOUND = 12


class FormChoiceField(ChoiceField):
    """A list to choose from on a page that scrolls: the wheel turns the page and not the choice."""

    def __init__(self, parent: QWidget, typeset: Typeset, name: str) -> None:
        super().__init__(parent, name)
        self.apply_theme(typeset)
        self.setMinimumContentsLength(12)
        self.setMinimumHeight(max(28, round(28 * typeset.scale)))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMaxVisibleItems(14)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_choices(self, choices: Sequence[ChoiceItem], chosen_id: str) -> None:
        """Show ``choices``, with the chosen one."""
        self.blockSignals(True)
        self.clear()
        for id_, label in choices:
            self.addItem(label, id_)
        self.setCurrentIndex(max(0, self.findData(chosen_id)))
        self.blockSignals(False)

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802
        """Leave the wheel to the page."""
        event.ignore()


class SearchField(WordField):
    """A field that offers what is found for the letters typed."""

    match_chosen = Signal(object)
    """The id of what was chosen from the list."""

    def __init__(
        self,
        parent: QWidget,
        typeset: Typeset,
        find: Callable[[str], Sequence[ChoiceItem]],
        *,
        hint: str,
        name: str,
    ) -> None:
        super().__init__(parent, hint, name)
        self._find = find
        self.apply_theme(typeset)
        self.setMinimumHeight(max(28, round(28 * typeset.scale)))
        self._rows = QStandardItemModel(self)
        self._list = completer = QCompleter(self._rows, self)
        completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        completer.setMaxVisibleItems(_MOST_FOUND)
        self.popup = QListView()
        self.popup.setFont(typeset.font)
        completer.setPopup(self.popup)
        completer.activated[QModelIndex].connect(self._on_match_chosen)  # pyright: ignore[reportIndexIssue]
        self.setCompleter(completer)
        self.textEdited.connect(self.list_matches)

    def list_matches(self, text: str) -> None:
        """List what is found for ``text``."""
        self._rows.clear()
        for id_, label in self._find(text):
            item = QStandardItem(label)
            item.setData(id_, ID)
            self._rows.appendRow(item)

    def listed_matches(self) -> tuple[ChoiceItem, ...]:
        """What is listed."""
        items = (self._rows.item(row) for row in range(self._rows.rowCount()))
        return tuple((str(item.data(ID)), item.text()) for item in items)

    def _on_match_chosen(self, index: QModelIndex) -> None:
        self.match_chosen.emit(index.data(ID))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """The arrow down opens the list."""
        if event.key() == Qt.Key.Key_Down and not self.popup.isVisible():
            self.list_matches(self.text())
            self._list.complete()
            return
        super().keyPressEvent(event)


def place_words(place: Place) -> str:
    """A place as it stands in a list: "Kent (police force area)"."""
    return f"{place.name} ({phrases.describe_level(place)})"


class PlaceField(SearchField):
    """A field that finds places."""

    def __init__(self, parent: QWidget, typeset: Typeset, library: LibraryCatalogue, name: str) -> None:
        self._places = library.places
        super().__init__(parent, typeset, self._find_places, hint="Type a place’s name or code", name=name)
        self.match_chosen.connect(self.show_place)

    def show_place(self, code: object) -> None:
        """Show the place with this code; nothing for an unknown one."""
        is_known = isinstance(code, str) and code in self._places
        self.setText(place_words(self._places.get(str(code))) if is_known else "")

    def _find_places(self, text: str) -> list[ChoiceItem]:
        matches = self._places.find_matches(text, limit=_MOST_FOUND)
        return [(match.place.code, place_words(match.place)) for match in matches]


class ImportMeasureField(SearchField):
    """A field that finds measures by name, group and code. What is typed and not found names a new one."""

    measure_entered = Signal(object)
    """The id of a measure that is known, or the name of a new one."""

    def __init__(self, parent: QWidget, typeset: Typeset, library: LibraryCatalogue, name: str) -> None:
        self._measures = library.measures()
        super().__init__(parent, typeset, self._find_measures, hint="Type a measure’s name or code", name=name)
        self.match_chosen.connect(self._on_measure_chosen)
        self.textEdited.connect(self._on_text_edited)

    def find_measure(self, id_or_name: str) -> Measure | None:
        """The measure with this id or name, where it is known."""
        plain = normalise_heading(id_or_name)
        return next((m for m in self._measures if plain in (normalise_heading(m.id), normalise_heading(m.name))), None)

    def show_measure(self, id_or_name: str) -> None:
        """Show a measure by its id, or the name of a new one."""
        measure = self.find_measure(id_or_name)
        self.setText(measure.name if measure else id_or_name)
        self.setCursorPosition(0)

    def describe_measure(self, id_or_name: str) -> str:
        """What is to be known of what is in the field."""
        if not id_or_name.strip():
            return ""
        measure = self.find_measure(id_or_name)
        if measure is None:
            return f"No measure is called “{id_or_name.strip()}”: a new one is made with that name."
        parts = [
            phrases.capitalise(measure.unit.value),
            measure.group,
            f"code {measure.code}" if measure.code else "",
        ]
        first = phrases.to_sentence(measure.definition.partition(". ")[0])
        return f"{', '.join(part for part in parts if part)}. {first}"

    def _on_measure_chosen(self, id_: object) -> None:
        self.show_measure(str(id_))
        self.measure_entered.emit(id_)

    def _on_text_edited(self, text: str) -> None:
        measure = self.find_measure(text)
        self.measure_entered.emit(measure.id if measure else text.strip())

    def _find_measures(self, text: str) -> list[ChoiceItem]:
        search_words = text.casefold().split()
        matches: list[ChoiceItem] = []
        for one in self._measures:
            searchable_text = f"{one.name} {one.group} {one.code} {one.id}".casefold()
            if all(word in searchable_text for word in search_words):
                code = f" ({one.code})" if one.code and one.code not in one.name else ""
                matches.append((one.id, f"{one.name}{code}"))
        return matches[:200]
