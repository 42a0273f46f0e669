"""The page for a table that no recipe fits: its first rows, what the columns mean, and what would come of it.

What is chosen becomes a recipe; nothing is kept here.
"""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from explorer.importer.preview import build_preview, columns_of, find_missing_fields, on_sheet, with_names
from explorer.importer.recipe import Recipe
from explorer.importer.recipe_guess import RecipeGuess
from explorer.importer.session import Inspection, LibraryCatalogue
from explorer.importer.sources.base import RawSheet

from .import_fields import FormChoiceField
from .import_form import _LARGE, MappingForm
from .import_framed import FramedTable
from .import_names import NameRows
from .import_parts import ParagraphLabel, TickBox
from .import_tables import HeadRows, TrialRows
from .typeset import GAP, Typeset

_PAUSE = 120
"""Milliseconds after the last change before the rows are tried again."""
_ROWS, _FEW_ROWS = 7, 4
_SIDE_BY_SIDE = 840


class MappingPage(QWidget):
    """What the columns of a table mean."""

    sheet_wanted = Signal(object)

    def __init__(self, parent: QWidget, typeset: Typeset, library: LibraryCatalogue, inspection: Inspection) -> None:
        super().__init__(parent)
        self._typeset, self._known, self._sheets = typeset, library, inspection.sheets
        self._head, self._base = inspection.head, inspection.guess.recipe
        self._most = _ROWS if typeset.scale < _LARGE else _FEW_ROWS
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE)
        self._pause.timeout.connect(self.preview_rows)
        self.wrong = ParagraphLabel(self, typeset, strong=1)
        self.heads = HeadRows(self, typeset)
        self.first_rows = FramedTable(self, typeset, self.heads, "The first rows of the table", self._most)
        self.form = MappingForm(self, typeset, library)
        self.form.mapping_changed.connect(self._pause.start)
        self._outcome = QWidget(self)
        self.told = ParagraphLabel(self._outcome, typeset, small=True)
        self.lines = TrialRows(self._outcome, typeset)
        self.becomes = FramedTable(self._outcome, typeset, self.lines, "What the first rows become", 12)
        self.becomes.enable_word_wrap()
        self.names = NameRows(self._outcome, typeset, library)
        self.names.choices_changed.connect(self._pause.start)
        self._lay_out(inspection)
        self.show_sheet(inspection.head, inspection.guess)

    def _lay_out(self, inspection: Inspection) -> None:
        outcome = QVBoxLayout(self._outcome)
        outcome.setContentsMargins(0, 0, 0, 0)
        outcome.setSpacing(GAP)
        outcome.addWidget(ParagraphLabel(self._outcome, self._typeset, strong=1, text="What the first rows become"))
        for part in (self.told, self.becomes, self.names):
            outcome.addWidget(part)
        outcome.addStretch(1)
        self._halves = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._halves.setSpacing(3 * GAP)
        self._halves.addWidget(self.form, 1)
        self._halves.addWidget(self._outcome, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        column.addWidget(self.wrong)
        if inspection.note:
            column.addWidget(ParagraphLabel(self, self._typeset, small=True, text=inspection.note))
        self._add_sheets(column)
        column.addWidget(self.first_rows)
        column.addSpacing(GAP)
        column.addLayout(self._halves)
        column.addStretch(1)

    def _add_sheets(self, column: QVBoxLayout) -> None:
        self.sheet = FormChoiceField(self, self._typeset, "Sheet")
        self.sheet.show_choices([(name, f"Sheet: {name}") for name in self._sheets], self._head.name)
        self.sheet.activated.connect(self._want_sheet)
        self.all_sheets = TickBox(self, self._typeset, "Read every sheet that has these headings")
        several = len(self._sheets) > 1
        for part in (self.sheet, self.all_sheets):
            part.setVisible(several)
            column.addWidget(part)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Set the form and what comes of it side by side where there is room."""
        super().resizeEvent(event)
        beside = self.width() >= _SIDE_BY_SIDE * self._typeset.scale
        direction = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        self._halves.setDirection(direction)

    def show_sheet(self, head: RawSheet, guess: RecipeGuess) -> None:
        """Show the first rows of a sheet, and what its columns probably mean."""
        self._head, self._base = head, guess.recipe
        columns = columns_of(head.rows, guess.header)
        start = max(0, min(guess.header - 1, len(head.rows) - self._most))
        visible_rows = head.rows[start : start + self._most]
        self.heads.show_rows(visible_rows, head.first + start, guess.header - start, len(columns))
        self.form.show_recipe(guess.recipe, columns, guess.why)
        self.preview_rows()

    def show_recipe(self, recipe: Recipe) -> None:
        """Go on from a recipe that is already being made."""
        self._base = recipe

    @property
    def recipe(self) -> Recipe:
        """What is chosen, as a recipe."""
        new_recipe = with_names(self.form.build_recipe(self._base), self.names.choices())
        one_sheet = len(self._sheets) > 1 and not self.all_sheets.isChecked()
        return on_sheet(new_recipe, self._head.name if one_sheet else "")

    def preview_rows(self) -> None:
        """Try the first rows by what is chosen."""
        recipe = self.recipe
        lacking = find_missing_fields(recipe)
        self.heads.set_titles(self.form.column_meanings())
        self.first_rows.fit_contents()
        trial = build_preview(recipe, self._head, self._known) if not lacking else None
        self.lines.show_lines(trial.lines if trial else ())
        self.becomes.setVisible(bool(trial and trial.lines))
        message = " ".join(lacking.values())
        if trial is not None and trial.header is None:
            message = "No row of this sheet has the headings of these columns."
        elif trial is not None and not trial.lines:
            message = "There is nothing below the headings."
        self.told.show_text(message)
        self.names.show_names(trial.unmatched_places if trial else ())

    def check_complete(self) -> bool:
        """Whether everything is said; where it is not, the form says what is missing."""
        lacking = find_missing_fields(self.recipe)
        self.form.show_missing(lacking)
        return not lacking

    def _want_sheet(self, _index: int) -> None:
        self.sheet_wanted.emit(str(self.sheet.currentData()))
