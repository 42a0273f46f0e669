"""The chosen item of a briefing: title, notes, and which of its numbers differ from what is held now."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from explorer.briefing import BriefingItem, ItemKind, NumberDifference
from explorer.ui.theme import GAP, SMALL, Typeset, scaled_font
from explorer.ui.widgets import ButtonStyle, NotesField, WordButton, WordField, WordsLabel

_MOST_TOLD = 60
"""How many differences are listed."""
_LONGEST_NOTES = 100_000
_SPEAKER = ("Notes for the speaker", "Notes for the speaker")
_NOTES_PROMPTS = {
    ItemKind.NOTE: ("What the note says", "Text of the note"),
    ItemKind.HEADING: ("What stands under the heading", "Text under the heading"),
}
"""What the field of notes is for, on the screen and by name: these two are read by everybody."""


class ItemEditor(QWidget):
    """Fields for one item. It reports every change and is told what to show."""

    title_edited = Signal(object, str)
    notes_edited = Signal(object, str)
    update_requested = Signal(object)
    """Take the numbers that are held now."""
    keep_requested = Signal(object)
    """Keep the numbers that it shows."""
    focus_released = Signal()
    """What the keyboard was on is gone, as there is nothing left to settle."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._item: BriefingItem | None = None
        self.title = WordField(self, "Title", "Title of the item")
        self.title.setMaxLength(300)
        self.title.textEdited.connect(self._on_title_edited)
        self.notes = NotesField(self)
        self.notes.setAccessibleName("Notes")
        self.notes.textChanged.connect(self._on_notes_edited)
        self.differences_label = WordsLabel(self, "Numbers that differ")
        self.differences_label.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.telling = QScrollArea(self)
        self.telling.setWidget(self.differences_label)
        self.telling.setWidgetResizable(True)
        self.telling.setFrameShape(QScrollArea.Shape.NoFrame)
        self.telling.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.telling.viewport().setAutoFillBackground(False)
        self.differences_label.setAutoFillBackground(False)
        self.take = WordButton(self, ButtonStyle.QUIET)
        self.take.set_label("Take the new numbers", "Take the numbers that are held now")
        self.take.clicked.connect(lambda: self.update_requested.emit(self._item))
        self.keep = WordButton(self, ButtonStyle.QUIET)
        self.keep.set_label("Keep these", "Keep the numbers as they were collected")
        self.keep.clicked.connect(lambda: self.keep_requested.emit(self._item))
        buttons = QHBoxLayout()
        buttons.setSpacing(GAP)
        buttons.addWidget(self.take)
        buttons.addWidget(self.keep)
        buttons.addStretch(1)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 2, 0, 4)
        rows.setSpacing(6)
        rows.addWidget(self.title)
        rows.addWidget(self.telling, 1)
        rows.addLayout(buttons)
        rows.addWidget(self.notes, 1)

    def show_item(self, item: BriefingItem | None, differing: Sequence[NumberDifference] = ()) -> None:
        """Show ``item``, or nothing; the fields are not written over while they say the same."""
        before, self._item = self._item, item
        title = item.title if item else ""
        if self.title.text() != title:
            self.title.setText(title)  # it reports only what is typed
        with QSignalBlocker(self.notes):
            usual = item.exhibit.title if item and item.exhibit else ""
            self.title.setPlaceholderText(usual or "Title")
            notes = item.notes if item else ""
            if self.notes.toPlainText() != notes:
                self.notes.setPlainText(notes)
        if before is None or item is None or before.kind is not item.kind:
            prompt, name = _NOTES_PROMPTS.get(item.kind, _SPEAKER) if item is not None else _SPEAKER
            self.notes.setPlaceholderText(prompt)
            self.notes.setAccessibleName(name)
        self.setVisible(item is not None)
        self._show_differences(differing)

    def _show_differences(self, differing: Sequence[NumberDifference]) -> None:
        sentences = [one.describe_change() for one in differing[:_MOST_TOLD]]
        more = len(differing) - len(sentences)
        if more:
            sentences.append(f"And {more} more.")
        loses_focus = not sentences and (
            self.take.hasFocus() or self.keep.hasFocus() or self.telling.isAncestorOf(self.focusWidget() or self)
        )
        self.differences_label.setText("\n".join(sentences))
        for widget in (self.telling, self.take, self.keep):
            widget.setVisible(bool(sentences))
        self.notes.setVisible(not sentences)  # what differs has the room until it is settled
        if loses_focus:
            self.focus_released.emit()

    def apply_theme(self, typeset: Typeset) -> None:
        """Take another theme or size of type."""
        self.title.apply_theme(typeset)
        self.notes.apply_theme(typeset)
        self.differences_label.setFont(scaled_font(typeset.font, SMALL))
        self.take.apply_theme(typeset)
        self.keep.apply_theme(typeset)

    def writing_position(self) -> tuple[BriefingItem, int] | None:
        """The item being written about, and where in its notes; None if the keyboard is elsewhere."""
        if self._item is None or not (self.title.hasFocus() or self.notes.hasFocus()):
            return None
        return self._item, self.notes.textCursor().position()

    def go_on(self, at: int) -> None:
        """Go on writing at that place in the notes."""
        cursor = self.notes.textCursor()
        cursor.setPosition(min(at, len(self.notes.toPlainText())))
        self.notes.setTextCursor(cursor)

    def focus_field(self, act: str) -> None:
        """Put the keyboard in the title or in the notes."""
        field: QWidget = self.notes if act == "notes" else self.title
        field.setFocus(Qt.FocusReason.OtherFocusReason)
        if field is self.title:
            self.title.selectAll()

    def _on_title_edited(self, text: str) -> None:
        if self._item is not None:
            self.title_edited.emit(self._item, text)

    def _on_notes_edited(self) -> None:
        if self._item is not None:
            self.notes_edited.emit(self._item, self.notes.toPlainText()[:_LONGEST_NOTES])
