"""The fields of the import: lists to choose from, and fields that search places or measures as one types."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QStandardItem, QStandardItemModel, QWheelEvent
from PySide6.QtWidgets import QCompleter, QListView, QSizePolicy, QWidget

from explorer.evidence.model import Measure, Place
from explorer.packs.importing import Known
from explorer.packs.recipes import folded
from explorer.pages import words

from .fields import ChoiceField, WordField
from .typeset import Typeset

ID = int(Qt.ItemDataRole.UserRole)
Found = tuple[str, str]
"""Something that can be chosen: its id and its words."""
_MOST_FOUND = 12


class Pick(ChoiceField):
    """A list to choose from on a page that scrolls: the wheel turns the page and not the choice."""

    def __init__(self, parent: QWidget, typeset: Typeset, name: str) -> None:
        super().__init__(parent, name)
        self.wear(typeset)
        self.setMinimumContentsLength(12)
        self.setMinimumHeight(max(28, round(28 * typeset.scale)))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMaxVisibleItems(14)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def offer(self, choices: Sequence[Found], chosen: str) -> None:
        """Show ``choices``, with the chosen one."""
        self.blockSignals(True)
        self.clear()
        for id_, label in choices:
            self.addItem(label, id_)
        self.setCurrentIndex(max(0, self.findData(chosen)))
        self.blockSignals(False)

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802
        """Leave the wheel to the page."""
        event.ignore()


class SearchField(WordField):
    """A field that offers what is found for the letters typed."""

    picked = Signal(object)
    """The id of what was chosen from the list."""

    def __init__(
        self,
        parent: QWidget,
        typeset: Typeset,
        find: Callable[[str], Sequence[Found]],
        *,
        hint: str,
        name: str,
    ) -> None:
        super().__init__(parent, hint, name)
        self._find = find
        self.wear(typeset)
        self.setMinimumHeight(max(28, round(28 * typeset.scale)))
        self._rows = QStandardItemModel(self)
        self._list = completer = QCompleter(self._rows, self)
        completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        completer.setMaxVisibleItems(_MOST_FOUND)
        self.popup = QListView()
        self.popup.setFont(typeset.font)
        completer.setPopup(self.popup)
        completer.activated[QModelIndex].connect(self._take)  # pyright: ignore[reportIndexIssue]
        self.setCompleter(completer)
        self.textEdited.connect(self.look)

    def look(self, text: str) -> None:
        """List what is found for ``text``."""
        self._rows.clear()
        for id_, label in self._find(text):
            item = QStandardItem(label)
            item.setData(id_, ID)
            self._rows.appendRow(item)

    def found(self) -> tuple[Found, ...]:
        """What is listed."""
        items = (self._rows.item(row) for row in range(self._rows.rowCount()))
        return tuple((str(item.data(ID)), item.text()) for item in items)

    def _take(self, index: QModelIndex) -> None:
        self.picked.emit(index.data(ID))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """The arrow down opens the list."""
        if event.key() == Qt.Key.Key_Down and not self.popup.isVisible():
            self.look(self.text())
            self._list.complete()
            return
        super().keyPressEvent(event)


def place_words(place: Place) -> str:
    """A place as it stands in a list: "Kent (police force area)"."""
    return f"{place.name} ({words.level(place)})"


class PlaceField(SearchField):
    """A field that finds places."""

    def __init__(self, parent: QWidget, typeset: Typeset, known: Known, name: str) -> None:
        self._places = known.places
        super().__init__(parent, typeset, self._found, hint="Type a place’s name or code", name=name)
        self.picked.connect(self.show_place)

    def show_place(self, code: object) -> None:
        """Show the place with this code; nothing for an unknown one."""
        known = isinstance(code, str) and code in self._places
        self.setText(place_words(self._places.get(str(code))) if known else "")

    def _found(self, text: str) -> list[Found]:
        matches = self._places.find(text, limit=_MOST_FOUND)
        return [(match.place.code, place_words(match.place)) for match in matches]


class MeasureField(SearchField):
    """A field that finds measures by name, group and code. What is typed and not found names a new one."""

    said = Signal(object)
    """The id of a measure that is known, or the name of a new one."""

    def __init__(self, parent: QWidget, typeset: Typeset, known: Known, name: str) -> None:
        self._measures = known.measures()
        super().__init__(parent, typeset, self._found, hint="Type a measure’s name or code", name=name)
        self.picked.connect(self._show)
        self.textEdited.connect(self._type)

    def measure(self, said: str) -> Measure | None:
        """The measure with this id or name, where it is known."""
        plain = folded(said)
        return next((m for m in self._measures if plain in (folded(m.id), folded(m.name))), None)

    def show_measure(self, said: str) -> None:
        """Show a measure by its id, or the name of a new one."""
        known = self.measure(said)
        self.setText(known.name if known else said)
        self.setCursorPosition(0)

    def note(self, said: str) -> str:
        """What is to be known of what is in the field."""
        if not said.strip():
            return ""
        known = self.measure(said)
        if known is None:
            return f"No measure is called “{said.strip()}”: a new one is made with that name."
        parts = [words.capital(known.unit.value), known.group, f"code {known.code}" if known.code else ""]
        first = words.sentence(known.definition.partition(". ")[0])
        return f"{', '.join(part for part in parts if part)}. {first}"

    def _show(self, id_: object) -> None:
        self.show_measure(str(id_))
        self.said.emit(id_)

    def _type(self, text: str) -> None:
        known = self.measure(text)
        self.said.emit(known.id if known else text.strip())

    def _found(self, text: str) -> list[Found]:
        wanted = text.casefold().split()
        found: list[Found] = []
        for one in self._measures:
            held = f"{one.name} {one.group} {one.code} {one.id}".casefold()
            if all(word in held for word in wanted):
                code = f" ({one.code})" if one.code and one.code not in one.name else ""
                found.append((one.id, f"{one.name}{code}"))
        return found[:200]
