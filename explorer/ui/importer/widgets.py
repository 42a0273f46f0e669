"""The small parts of the import: words, buttons in a row, boxes to tick.

They show and report. What they are about is decided by the pages of the import.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QModelIndex, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFont,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
    QStandardItem,
    QStandardItemModel,
    QWheelEvent,
)
from PySide6.QtWidgets import QCheckBox, QCompleter, QListView, QSizePolicy, QWidget

from explorer.evidence import Measure, Place, formatting
from explorer.importer import LibraryCatalogue, normalise_heading
from explorer.support import Theme
from explorer.ui.core import KeyBinding, KeySection, find_act
from explorer.ui.theme import GAP, SMALL, TARGET, Typeset, colour, scaled_font
from explorer.ui.widgets import ButtonStyle, ChoiceField, FlowWidget, OptionGroup, WordButton, WordField, WordsLabel

IMPORT_KEYS = KeySection(
    title="In the import",
    bindings=(
        KeyBinding(keys=("Tab",), text="from question to question; Shift and Tab back"),
        KeyBinding(keys=("Down",), text="opens the list of a field that finds places or measures", act="list"),
        KeyBinding(keys=("Return", "Enter"), text="presses the button that the keyboard is on, and no other"),
        KeyBinding(keys=("Esc",), text="leaves the import: nothing is kept of it"),
    ),
)
_WRAP = int(Qt.TextFlag.TextWordWrap)


class ParagraphLabel(WordsLabel):
    """A paragraph: plain, small and muted, or a heading."""

    def __init__(
        self, parent: QWidget, typeset: Typeset, *, small: bool = False, strong: float = 0, text: str = ""
    ) -> None:
        super().__init__(parent, "")
        font = scaled_font(typeset.font, SMALL if small else strong or 1)
        if strong:
            font.setWeight(QFont.Weight.DemiBold)
        self.setFont(font)
        self.setForegroundRole(QPalette.ColorRole.PlaceholderText if small else QPalette.ColorRole.WindowText)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.show_text(text)

    def show_text(self, text: str) -> None:
        """Show ``text``, or nothing at all where it is empty."""
        self.setText(text)
        self.setVisible(bool(text))


class MainButton(WordButton):
    """The button that leads on: filled, so that it is told from the others by more than its place."""

    def _ink(self, theme: Theme) -> str:
        return theme.on_accent

    def _draw_surface(self, painter: QPainter, theme: Theme) -> None:
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(QPen(colour(theme.text if self.underMouse() else theme.accent), 1))
        painter.setBrush(colour(theme.accent))
        painter.drawRoundedRect(box, 4, 4)
        if self.hasFocus():
            painter.setPen(QPen(colour(theme.on_accent), 1))
            painter.drawRoundedRect(box.adjusted(3, 3, -3, -3), 2, 2)


def build_button(parent: QWidget, typeset: Typeset, label: str, press: Callable[[], object]) -> WordButton:
    """A button that does something here."""
    return _prepare_button(WordButton(parent, ButtonStyle.QUIET), typeset, label, press)


def main_button(parent: QWidget, typeset: Typeset, label: str, press: Callable[[], object]) -> WordButton:
    """The button that leads on."""
    return _prepare_button(MainButton(parent, ButtonStyle.QUIET), typeset, label, press)


def _prepare_button(new_button: WordButton, typeset: Typeset, label: str, press: Callable[[], object]) -> WordButton:
    new_button.apply_theme(typeset)
    new_button.set_label(label)
    new_button.setAutoDefault(False)
    new_button.clicked.connect(press)
    return new_button


class ButtonRow(FlowWidget):
    """Buttons under a page, in lines where it is narrow; those that lead on stand on the right."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._left_buttons: Sequence[WordButton] = ()
        self._right: Sequence[WordButton] = ()

    def set_buttons(self, left_buttons: Sequence[WordButton], right: Sequence[WordButton]) -> None:
        """Show these, and let go of those before."""
        for one in (*self._left_buttons, *self._right):
            if one not in (*left_buttons, *right):
                one.hide()
                one.deleteLater()
        self._left_buttons, self._right = left_buttons, right
        for one in (*left_buttons, *right):
            one.show()
        self.updateGeometry()
        self.flow(self.width(), place=True)

    def flow(self, width: int, *, place: bool) -> int:
        """In one line where there is room; or else those on the right in a line of their own."""
        left_width, right = _total_width(self._left_buttons), _total_width(self._right)
        if left_width + GAP + right <= width or not (left_width and right):
            first = self._layout_line(self._left_buttons, 0, 0, width, place=place)
            return max(first, self._layout_line(self._right, max(0, width - right), 0, width, place=place))
        first = self._layout_line(self._left_buttons, 0, 0, width, place=place) + GAP
        return first + self._layout_line(self._right, max(0, width - right), first, width, place=place)

    @staticmethod
    def _layout_line(each: Sequence[WordButton], left_edge: int, top: int, width: int, *, place: bool) -> int:
        """Put buttons one after another, in further lines where they do not fit; gives their height."""
        across, down, line = left_edge, 0, 0
        for one in each:
            wide = min(width, one.natural_width())
            if across > left_edge and across + wide > width:
                across, down, line = left_edge, down + line + GAP // 2, 0
            high = max(28, one.height_for(wide))
            if place:
                one.setGeometry(across, top + down, wide, high)
            across, line = across + wide + GAP, max(line, high)
        return down + line


def _total_width(each: Sequence[WordButton]) -> int:
    """The width of buttons in one line."""
    return sum(one.natural_width() + GAP for one in each) - GAP if each else 0


class OptionWords(FlowWidget):
    """A few words of which one is chosen, in a layout."""

    def __init__(self, parent: QWidget, options: OptionGroup) -> None:
        super().__init__(parent)
        self.options = options
        options.setParent(self)

    def flow(self, width: int, *, place: bool) -> int:
        """As high as the words."""
        size = self.options.layout_options(width, place=place)
        if place:
            self.options.setGeometry(0, 0, width, size.height())
        return size.height()


class TickBox(QCheckBox):
    """A box to tick with words that break over lines; drawn so that it can be seen in every theme."""

    def __init__(self, parent: QWidget, typeset: Typeset, words: str) -> None:
        super().__init__(parent)
        self._typeset, self._words = typeset, words
        self._box = round(16 * typeset.scale)
        self.setFont(typeset.font)
        self.setAccessibleName(words)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    @property
    def words(self) -> str:
        """What stands beside the box."""
        return self._words

    def natural_width(self) -> int:
        """The width of the box and its words on one line."""
        return self._box + 3 * GAP + self.fontMetrics().horizontalAdvance(self._words)

    def heightForWidth(self, width: int) -> int:  # noqa: N802
        """As high as the words."""
        room = self.fontMetrics().boundingRect(0, 0, max(40, width - self._box - 2 * GAP), 9999, _WRAP, self._words)
        return max(TARGET, room.height() + GAP)

    def sizeHint(self) -> QSize:  # noqa: N802
        """On one line."""
        return QSize(self.natural_width(), max(TARGET, self.fontMetrics().height() + GAP))

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """Narrow: the words break."""
        return QSize(120, TARGET)

    def hitButton(self, _position: object) -> bool:  # noqa: N802
        """Box and words alike."""
        return True

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Draw the box, its tick, the words and the ring."""
        theme, side = self._typeset.theme, self._box
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        line = self.fontMetrics().height() + GAP
        box = QRectF(4.5, (min(line, self.height()) - side) / 2 + 0.5, side - 1, side - 1)
        painter.setPen(QPen(colour(theme.accent if self.isChecked() else theme.muted_text), 1))
        painter.setBrush(colour(theme.accent if self.isChecked() else theme.page))
        painter.drawRoundedRect(box, 3, 3)
        if self.isChecked():
            painter.setPen(QPen(colour(theme.on_accent), 2 * self._typeset.scale))
            at, across, down = box.topLeft(), box.width(), box.height()
            steps = [(0.22, 0.52), (0.42, 0.72), (0.78, 0.3)]
            painter.drawPolyline([at + QPointF(across * x, down * y) for x, y in steps])
        painter.setPen(colour(theme.text))
        room = self.rect().adjusted(side + 4 + GAP, GAP // 2, 0, 0)
        painter.drawText(room, _WRAP, self._words)
        if self.hasFocus():
            painter.setPen(QPen(colour(theme.focus), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 4, 4)
        painter.end()


# The fields of the import: lists to choose from, and fields that search places or measures as one
# types.


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
        if find_act(IMPORT_KEYS, Qt.Key(event.key())) == "list" and not self.popup.isVisible():
            self.list_matches(self.text())
            self._list.complete()
            return
        super().keyPressEvent(event)


def place_words(place: Place) -> str:
    """A place as it stands in a list: "Kent (police force area)"."""
    return f"{place.name} ({formatting.describe_level(place)})"


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
            formatting.capitalise(measure.unit.value),
            measure.group,
            f"code {measure.code}" if measure.code else "",
        ]
        first = formatting.to_sentence(measure.definition.partition(". ")[0])
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
