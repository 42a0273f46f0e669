"""The short pages of the import: waiting, a refusal, what is counted, and what is said of the table."""

from __future__ import annotations

import re
from collections.abc import Sequence

from PySide6.QtCore import QTimer
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from explorer.importer import (
    Inspection,
    LibraryCatalogue,
    PackMetadata,
    Recipe,
    build_preview,
    columns_of,
    header_row,
    id_of,
    with_constants,
)
from explorer.library import PackState
from explorer.ui.theme import GAP, Typeset
from explorer.ui.widgets import WordField

from .mapping import FieldRow
from .tables import FramedTable, HeadRows, TrialRows
from .tasks import ReadProgress
from .widgets import ImportMeasureField, ParagraphLabel, TickBox

_OFTEN = 100
"""Milliseconds between two looks at how far a reading is."""
_DATE = re.compile(r"(?:(?:19|20)\d\d(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?)?")
_ROWS = 7
_NOT_STATED = "not stated"


def build_page_layout(page: QWidget, spacing: int = GAP) -> QVBoxLayout:
    """The layout of a page."""
    layout = QVBoxLayout(page)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(spacing)
    return layout


class WaitingPage(QWidget):
    """Says what is being done and how far it is."""

    def __init__(self, parent: QWidget, typeset: Typeset, what: str, progress: ReadProgress | None = None) -> None:
        super().__init__(parent)
        self._progress = progress
        self.progress_label = ParagraphLabel(self, typeset, strong=1.4)
        rows = build_page_layout(self)
        rows.addWidget(ParagraphLabel(self, typeset, text=what))
        rows.addWidget(self.progress_label)
        rows.addStretch(1)
        self._clock = QTimer(self)
        self._clock.setInterval(_OFTEN)
        self._clock.timeout.connect(self.update_progress)
        if progress is not None:
            self._clock.start()
            self.update_progress()

    def update_progress(self) -> None:
        """Say how far it is."""
        if self._progress is not None:
            self.progress_label.show_text(self._progress.format_progress())


class RefusalPage(QWidget):
    """Says why a file cannot be read, and what to do."""

    def __init__(self, parent: QWidget, typeset: Typeset, sentence: str) -> None:
        super().__init__(parent)
        self.sentence = ParagraphLabel(self, typeset, text=sentence)
        rows = build_page_layout(self)
        rows.addWidget(self.sentence)
        rows.addWidget(ParagraphLabel(self, typeset, small=True, text="Nothing was kept, and nothing has changed."))
        rows.addStretch(1)


class CountedPage(QWidget):
    """Asks the one thing that a known kind of table may not say: what is counted."""

    def __init__(
        self,
        parent: QWidget,
        typeset: Typeset,
        library: LibraryCatalogue,
        inspection: Inspection,
        recipe: Recipe,
    ) -> None:
        super().__init__(parent)
        self._library, self._inspection, self._recipe = library, inspection, recipe
        question = (
            f"It looks like “{recipe.title}”, and nothing in it says what its numbers count. "
            "Choose a measure, or type a name of your own for another one."
        )
        self.field = ImportMeasureField(self, typeset, library, "What is counted?")
        self.field.show_measure(recipe.fixed.measure)
        self.field.measure_entered.connect(self._on_measure_entered)
        self.note = ParagraphLabel(self, typeset, small=True)
        self.wrong = ParagraphLabel(self, typeset)
        self.lines = TrialRows(self, typeset)
        heads = HeadRows(self, typeset)
        first_rows = FramedTable(self, typeset, heads, "The first rows of the table", _ROWS)
        becomes = FramedTable(self, typeset, self.lines, "What the first rows become", _ROWS)
        becomes.enable_word_wrap()
        rows = build_page_layout(self)
        for part in (ParagraphLabel(self, typeset, text=question), self.field, self.note, self.wrong):
            rows.addWidget(part)
        rows.addSpacing(GAP)
        rows.addWidget(first_rows)
        rows.addSpacing(GAP)
        rows.addWidget(ParagraphLabel(self, typeset, strong=1, text="What the first rows become"))
        rows.addWidget(becomes)
        rows.addStretch(1)
        head = inspection.head
        header = header_row(recipe, head.rows) or 0
        start = max(0, header - 1)
        wide = len(columns_of(head.rows, header))
        heads.show_rows(head.rows[start : start + _ROWS], head.first + start, header - start, wide)
        self._on_measure_entered(recipe.fixed.measure)

    @property
    def recipe(self) -> Recipe:
        """The recipe with what is counted."""
        return self._recipe

    def check_complete(self) -> bool:
        """Whether it is said what is counted."""
        has_measure = bool(self._recipe.fixed.measure)
        self.wrong.show_text("" if has_measure else "Say what is counted.")
        if not has_measure:
            self.field.setFocus()
        return has_measure

    def _on_measure_entered(self, id_or_name: object) -> None:
        self._recipe = with_constants(self._recipe, measure=str(id_or_name).strip())
        self.note.show_text(self.field.describe_measure(str(id_or_name)))
        self.wrong.show_text("")
        self.lines.show_lines(build_preview(self._recipe, self._inspection.head, self._library).lines[: _ROWS - 1])


_FIELDS = {
    "title": ("Title", "What the table is called"),
    "publisher": ("Publisher", "Who published it"),
    "published": ("Published", "2025, 2025-07 or 2025-07-24"),
    "address": ("Address", "Where it is found"),
    "licence": ("Licence", "OGL-UK-3.0, for instance"),
    "note": ("Note", "What else ought to be known of it"),
}


class AboutPage(QWidget):
    """What is said of the table, and which pack it becomes."""

    def __init__(self, parent: QWidget, typeset: Typeset, about: PackMetadata, packs: Sequence[PackState]) -> None:
        super().__init__(parent)
        self._about = about
        self._packs = {state.id: state for state in packs}
        self.wrong = ParagraphLabel(self, typeset, strong=1)
        rows = build_page_layout(self, 10)
        rows.addWidget(self.wrong)
        intro_text = "What you say here is shown with every figure of the table and on every page that uses one."
        rows.addWidget(ParagraphLabel(self, typeset, text=intro_text))
        self.fields: dict[str, WordField] = {}
        self.rows: dict[str, FieldRow] = {}
        for name, (label, hint) in _FIELDS.items():
            self._add_field(typeset, name, label, hint)
            rows.addWidget(self.rows[name])
        self.becomes = ParagraphLabel(self, typeset)
        rows.addSpacing(GAP)
        rows.addWidget(self.becomes)
        saving = "Save this mapping as a recipe, so that tables like this one need no questions"
        self.save = TickBox(self, typeset, saving)
        self.save.setChecked(True)
        rows.addWidget(self.save)
        rows.addStretch(1)
        self._on_text_edited()

    def _add_field(self, typeset: Typeset, name: str, label: str, hint: str) -> None:
        field = WordField(self, hint, label)
        field.apply_theme(typeset)
        field.setMinimumHeight(max(28, round(28 * typeset.scale)))
        field.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        field.setMaxLength(1000 if name == "note" else 300)
        value = str(getattr(self._about, name))
        field.setText("" if value == _NOT_STATED else value)
        field.setCursorPosition(0)
        field.textEdited.connect(self._on_text_edited)
        self.fields[name] = field
        self.rows[name] = FieldRow(self, typeset, label, [field])

    @property
    def metadata(self) -> PackMetadata:
        """What is said."""
        values = {name: field.text().strip() for name, field in self.fields.items()}
        return PackMetadata(
            title=values["title"],
            publisher=values["publisher"] or _NOT_STATED,
            kind=self._about.kind,
            published=values["published"],
            address=values["address"],
            licence=values["licence"] or _NOT_STATED,
            note=values["note"],
        )

    def offer_saving(self, is_offered: bool) -> None:
        """Offer to save how the table is read, or not where that is known already."""
        self.save.setVisible(is_offered)

    @property
    def should_save(self) -> bool:
        """Whether the mapping is to be saved."""
        return self.save.isChecked() and not self.save.isHidden()

    def check_complete(self) -> bool:
        """Whether it can be kept so; where it cannot, it goes to the field that is wrong."""
        wrong = self._field_errors()
        for name in wrong:
            self.fields[name].setFocus()
        return not wrong

    def _field_errors(self) -> dict[str, str]:
        errors: dict[str, str] = {}
        metadata = self.metadata
        if not _DATE.fullmatch(metadata.published):
            errors["published"] = "Write the date as 2025, 2025-07 or 2025-07-24, as exactly as you know it."
        existing_pack = self._packs.get(id_of(metadata.title))
        if not metadata.title:
            errors["title"] = "Give it a title."
        elif existing_pack is not None and existing_pack.shipped:
            errors["title"] = f"“{existing_pack.title}” comes with the program. Choose another title."
        return errors

    def _on_text_edited(self, *_text: object) -> None:
        wrong, metadata = self._field_errors(), self.metadata
        for name, row in self.rows.items():
            row.missing.show_text(wrong.get(name, ""))
        existing_pack = self._packs.get(id_of(metadata.title))
        message = f"It becomes the pack “{id_of(metadata.title)}” in your library."
        if existing_pack is not None:
            message = (
                f"It replaces the pack “{existing_pack.title}”, version "
                f"{existing_pack.version}, which is in your library now. "
                "That can be undone."
            )
        self.becomes.show_text("" if "title" in wrong else message)
        self.becomes.setForegroundRole(QPalette.ColorRole.WindowText)
