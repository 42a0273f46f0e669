"""The page for a table that no recipe fits: its first rows, what the columns mean, and what would come of it.

What is chosen becomes a recipe; nothing is kept here.
"""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from explorer.packs.guess import Guess
from explorer.packs.importing import Known, Looked
from explorer.packs.recipes import Recipe
from explorer.packs.tables import Sheet
from explorer.pages.mapping import columns_of, missing, on_sheet, with_names
from explorer.pages.trial import tried

from .import_fields import Pick
from .import_form import MappingForm
from .import_framed import Framed
from .import_names import NameRows
from .import_parts import TickBox, Words
from .import_tables import HeadRows, TrialRows
from .typeset import GAP, Typeset

_PAUSE = 120
"""Milliseconds after the last change before the rows are tried again."""
_ROWS, _FEW_ROWS = 7, 4
_LARGE = 1.5
_SIDE_BY_SIDE = 840


class MappingPage(QWidget):
    """What the columns of a table mean."""

    sheet_wanted = Signal(object)

    def __init__(self, parent: QWidget, typeset: Typeset, known: Known, looked: Looked) -> None:
        super().__init__(parent)
        self._typeset, self._known, self._sheets = typeset, known, looked.sheets
        self._head, self._base = looked.head, looked.guess.recipe
        self._most = _ROWS if typeset.scale < _LARGE else _FEW_ROWS
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE)
        self._pause.timeout.connect(self.tries)
        self.wrong = Words(self, typeset, strong=1)
        self.heads = HeadRows(self, typeset)
        self.first_rows = Framed(self, typeset, self.heads, "The first rows of the table", self._most)
        self.form = MappingForm(self, typeset, known)
        self.form.changed.connect(self._pause.start)
        self._outcome = QWidget(self)
        self.told = Words(self._outcome, typeset, small=True)
        self.lines = TrialRows(self._outcome, typeset)
        self.becomes = Framed(self._outcome, typeset, self.lines, "What the first rows become", 12)
        self.becomes.wrap()
        self.names = NameRows(self._outcome, typeset, known)
        self.names.changed.connect(self._pause.start)
        self._lay_out(looked)
        self.show_sheet(looked.head, looked.guess)

    def _lay_out(self, looked: Looked) -> None:
        outcome = QVBoxLayout(self._outcome)
        outcome.setContentsMargins(0, 0, 0, 0)
        outcome.setSpacing(GAP)
        outcome.addWidget(Words(self._outcome, self._typeset, strong=1, text="What the first rows become"))
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
        if looked.note:
            column.addWidget(Words(self, self._typeset, small=True, text=looked.note))
        self._add_sheets(column)
        column.addWidget(self.first_rows)
        column.addSpacing(GAP)
        column.addLayout(self._halves)
        column.addStretch(1)

    def _add_sheets(self, column: QVBoxLayout) -> None:
        self.sheet = Pick(self, self._typeset, "Sheet")
        self.sheet.offer([(name, f"Sheet: {name}") for name in self._sheets], self._head.name)
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
        turned = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        self._halves.setDirection(turned)

    def show_sheet(self, head: Sheet, guess: Guess) -> None:
        """Show the first rows of a sheet, and what its columns probably mean."""
        self._head, self._base = head, guess.recipe
        columns = columns_of(head.rows, guess.header)
        start = max(0, min(guess.header - 1, len(head.rows) - self._most))
        shown = head.rows[start : start + self._most]
        self.heads.show_rows(shown, head.first + start, guess.header - start, len(columns))
        self.form.show_recipe(guess.recipe, columns, guess.why)
        self.tries()

    def show_recipe(self, recipe: Recipe) -> None:
        """Go on from a recipe that is already being made."""
        self._base = recipe

    @property
    def recipe(self) -> Recipe:
        """What is chosen, as a recipe."""
        made = with_names(self.form.recipe(self._base), self.names.choices())
        one_sheet = len(self._sheets) > 1 and not self.all_sheets.isChecked()
        return on_sheet(made, self._head.name if one_sheet else "")

    def tries(self) -> None:
        """Try the first rows by what is chosen."""
        recipe = self.recipe
        lacking = missing(recipe)
        self.heads.title(self.form.meanings())
        self.first_rows.fit()
        trial = tried(recipe, self._head, self._known) if not lacking else None
        self.lines.show_lines(trial.lines if trial else ())
        self.becomes.setVisible(bool(trial and trial.lines))
        told = " ".join(lacking.values())
        if trial is not None and trial.header is None:
            told = "No row of this sheet has the headings of these columns."
        elif trial is not None and not trial.lines:
            told = "There is nothing below the headings."
        self.told.say(told)
        self.names.offer(trial.unplaced if trial else ())

    def complete(self) -> bool:
        """Whether everything is said; where it is not, the form says what is missing."""
        lacking = missing(self.recipe)
        self.form.complain(lacking)
        return not lacking

    def _want_sheet(self, _index: int) -> None:
        self.sheet_wanted.emit(str(self.sheet.currentData()))
