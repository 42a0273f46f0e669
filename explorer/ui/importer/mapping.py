"""The form that says what each column of a table means: a list of columns for each thing there may be.

It makes a recipe of what is chosen. Trying the recipe on rows is the mapping page's business.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QPalette, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from explorer.evidence import Unit, formatting
from explorer.importer import (
    Inspection,
    LibraryCatalogue,
    Recipe,
    RecipeGuess,
    SheetColumn,
    TableShape,
    build_preview,
    columns_of,
    find_missing_fields,
    on_sheet,
    preview,
    with_names,
)
from explorer.importer.sources import RawSheet
from explorer.pages.model import ChartChoice
from explorer.ui.theme import GAP, Typeset
from explorer.ui.widgets import OptionGroup, WordField

from .place_resolver import NameRows
from .tables import FramedTable, HeadRows, TrialRows
from .widgets import FormChoiceField, ImportMeasureField, OptionWords, ParagraphLabel, PlaceField, TickBox

_NONE = "(none)"
_SAME = "The same in every row:"
LABELS = {
    "place": "Place",
    "periods": "Columns of numbers",
    "period": "Period",
    "quarter": "Quarter",
    "amount": "Number",
    "measure": "What is counted",
    "unit": "Counted in",
    "platform": "Platform",
    "breakdown": "Breakdown",
    "base": "Share of",
    "note": "Note",
}
"""What may stand in a column, by the name that a recipe has for it."""
_HINTS = {"quarter": "Where years and quarters stand in columns of their own."}
_OF_LONG = ("period", "quarter", "amount")
_PLAIN = ("amount", "measure", "platform", "breakdown", "base", "note")
_UNITS = (Unit.OFFENCES, Unit.PER_CENT, Unit.PEOPLE)
_SHAPES = ((TableShape.LONG, "One figure a row"), (TableShape.WIDE, "Periods across"))
_LARGE = 1.5
_TOP = Qt.AlignmentFlag.AlignTop


class FieldRow(QWidget):
    """A label, what is chosen, what goes with it, and why; under it what is still missing."""

    def __init__(self, parent: QWidget, typeset: Typeset, label: str, parts: Sequence[QWidget]) -> None:
        super().__init__(parent)
        name = ParagraphLabel(self, typeset, text=label)
        name.setFixedWidth(round(120 * typeset.scale))
        self.why = ParagraphLabel(self, typeset, small=True)
        self.missing = ParagraphLabel(self, typeset, small=True)
        self.missing.setForegroundRole(QPalette.ColorRole.WindowText)
        aside = QVBoxLayout()
        aside.setSpacing(3)
        for part in (*parts, self.why, self.missing):
            aside.addWidget(part)
        row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        if typeset.scale >= _LARGE:
            row.setDirection(QBoxLayout.Direction.TopToBottom)
        else:
            name.setContentsMargins(0, 5, 0, 0)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP // 2)
        row.addWidget(name)
        row.addLayout(aside, 1)
        row.setAlignment(name, _TOP)


class MappingForm(QWidget):
    """What each column means."""

    mapping_changed = Signal()

    def __init__(self, parent: QWidget, typeset: Typeset, library: LibraryCatalogue) -> None:
        super().__init__(parent)
        self._typeset = typeset
        self._columns: tuple[SheetColumn, ...] = ()
        self._ticks: list[TickBox] = []
        self._measure_said = ""
        self._place_code = ""
        self._shape = TableShape.LONG
        self.picks = {
            what: FormChoiceField(self, typeset, label) for what, label in LABELS.items() if what != "periods"
        }
        for pick in self.picks.values():
            pick.activated.connect(self._on_choice_changed)
        self._make_fixed(library)
        self._across = QWidget(self)
        self._across_rows = QVBoxLayout(self._across)
        self._across_rows.setContentsMargins(0, 0, 0, 0)
        self._across_rows.setSpacing(0)
        self.options = OptionGroup(self, "Shape of the table")
        self.options.apply_theme(typeset)
        self.options.option_chosen.connect(self._on_shape_chosen)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        shape = FieldRow(self, typeset, "Shape", [OptionWords(self, self.options)])
        column.addWidget(shape)
        self.rows = {what: FieldRow(self, typeset, label, self._field_widgets(what)) for what, label in LABELS.items()}
        for what, row in self.rows.items():
            row.why.show_text(_HINTS.get(what, ""))
            column.addWidget(row)
        column.addStretch(1)

    def _make_fixed(self, library: LibraryCatalogue) -> None:
        typeset = self._typeset
        self.place = PlaceField(self, typeset, library, "The place of every row")
        self.place.match_chosen.connect(self._place_found)
        self.place.textEdited.connect(self._place_typed)
        self.period = WordField(self, "2019/20, Q1 2020/21, Apr-Jun 2020", "The period of every row")
        self.period.apply_theme(typeset)
        self.period.setMinimumHeight(max(28, round(28 * typeset.scale)))
        self.period.textEdited.connect(self._on_choice_changed)
        self.measure = ImportMeasureField(self, typeset, library, "What every row counts")
        self.measure.measure_entered.connect(self._measure_chosen)
        self.new_measure = ParagraphLabel(self, typeset, small=True)

    def _field_widgets(self, what: str) -> list[QWidget]:
        more: dict[str, list[QWidget]] = {
            "place": [self.place],
            "period": [self.period],
            "measure": [self.measure, self.new_measure],
        }
        return [self._across] if what == "periods" else [self.picks[what], *more.get(what, [])]

    def show_recipe(self, recipe: Recipe, columns: Sequence[SheetColumn], why: Mapping[str, str]) -> None:
        """Show what ``recipe`` says of ``columns``, and why it was thought so."""
        self._columns = tuple(columns)
        self._shape, fixed_values = recipe.shape, recipe.fixed
        self._measure_said, self._place_code = fixed_values.measure, fixed_values.place
        self.place.show_place(fixed_values.place)
        self.period.setText(fixed_values.period)
        self.measure.show_measure(fixed_values.measure)
        selected_columns = {what: self._find_heading(getattr(recipe.columns, what)) for what in _PLAIN}
        selected_columns |= {what: self._find_heading(getattr(recipe.columns, what)) for what in ("place", "quarter")}
        selected_columns["period"] = self._find_heading(recipe.columns.period) or self._find_heading(
            recipe.columns.year
        )
        names = [(column.name, column.label) for column in self._columns]
        for what, name in selected_columns.items():
            none = _SAME if what in ("place", "period", "measure") else _NONE
            self.picks[what].show_choices([("", none), *names], name)
        self.picks["unit"].show_choices(
            [(unit.value, formatting.capitalise(unit.value)) for unit in _UNITS], fixed_values.unit.value
        )
        self._show_across(recipe)
        for what, row in self.rows.items():
            reason = why.get(what, "") or why.get("year", "") * (what == "period")
            row.why.show_text(formatting.capitalise(reason) or _HINTS.get(what, ""))
        self._show_what_goes()

    def _find_heading(self, headings: Sequence[str]) -> str:
        names = {column.name for column in self._columns}
        return next((heading for heading in headings if heading in names), "")

    def _show_across(self, recipe: Recipe) -> None:
        for tick in self._ticks:
            tick.hide()
            tick.deleteLater()
        self._ticks = []
        for column in self._columns:
            if column.is_period:
                tick = TickBox(self._across, self._typeset, column.label)
                tick.setObjectName(column.name)
                tick.setChecked(column.name in recipe.columns.periods)
                tick.toggled.connect(self._on_choice_changed)
                self._across_rows.addWidget(tick)
                tick.show()
                self._ticks.append(tick)

    def build_recipe(self, recipe: Recipe) -> Recipe:
        """``recipe`` with what is chosen in the form."""
        new_recipe = preview.as_long(recipe)
        if self._shape is TableShape.WIDE:
            new_recipe = preview.as_wide(recipe, [c for c in self._columns if c.name in self._ticked_names()])
        pick_values = {what: str(pick.currentData() or "") for what, pick in self.picks.items()}
        wide = self._shape is TableShape.WIDE
        for what in ("place", *_PLAIN):
            new_recipe = preview.with_column(new_recipe, what, "" if wide and what in _OF_LONG else pick_values[what])
        if not wide:
            new_recipe = preview.with_periods(
                new_recipe, pick_values["period"], pick_values["quarter"] if pick_values["period"] else ""
            )
        return preview.with_constants(
            new_recipe,
            place="" if pick_values["place"] else self._place_code,
            period="" if wide or pick_values["period"] else self.period.text().strip(),
            measure="" if pick_values["measure"] else self._measure_said,
            said="",
            unit=Unit(pick_values["unit"] or Unit.OFFENCES),
        )

    def _ticked_names(self) -> set[str]:
        return {tick.objectName() for tick in self._ticks if tick.isChecked()}

    def column_meanings(self) -> dict[int, str]:
        """What the columns hold, by their positions."""
        at = {column.name: column.at for column in self._columns}
        column_meanings = {
            at[name]: LABELS[what]
            for what, pick in self.picks.items()
            if (name := str(pick.currentData() or "")) in at and not self.rows[what].isHidden()
        }
        if self._shape is TableShape.WIDE:
            column_meanings |= {at[name]: "Numbers" for name in self._ticked_names()}
        return column_meanings

    def show_missing(self, missing: Mapping[str, str]) -> None:
        """Say at each field what is still missing, and go to the first."""
        for what, row in self.rows.items():
            row.missing.show_text(missing.get(what, ""))
        first = next((what for what in self.rows if what in missing), None)
        if first is not None:
            part: QWidget = self.picks[first] if first in self.picks else (*self._ticks, self.options)[0]
            part.setFocus()

    def _show_what_goes(self) -> None:
        wide = self._shape is TableShape.WIDE
        across = any(column.is_period for column in self._columns)
        none = "" if across else "No heading is a period, so the periods have to stand in a column."
        self.options.show_options(
            [
                ChartChoice(
                    id=shape.value,
                    label=label,
                    chosen=shape is self._shape,
                    why_not=none if shape is TableShape.WIDE else "",
                )
                for shape, label in _SHAPES
            ]
        )
        for what in _OF_LONG:
            self.rows[what].setVisible(not wide)
        self.rows["periods"].setVisible(wide)
        self.place.setVisible(not self.picks["place"].currentData())
        self.period.setVisible(not self.picks["period"].currentData())
        same = not self.picks["measure"].currentData()
        self.measure.setVisible(same)
        self.rows["unit"].setVisible(not same or self.measure.find_measure(self._measure_said) is None)
        self.new_measure.show_text(self.measure.describe_measure(self._measure_said) if same else "")

    def _on_shape_chosen(self, shape: object) -> None:
        new_shape = TableShape(str(shape))
        if new_shape is TableShape.WIDE and not any(column.is_period for column in self._columns):
            self._show_what_goes()
            return
        self._shape = new_shape
        if new_shape is TableShape.WIDE and not self._ticked_names():
            for tick in self._ticks:
                tick.blockSignals(True)
                tick.setChecked(True)
                tick.blockSignals(False)
        self._on_choice_changed()

    def _place_found(self, code: object) -> None:
        self._place_code = str(code)
        self._on_choice_changed()

    def _place_typed(self, _text: str) -> None:
        self._place_code = ""
        self._on_choice_changed()

    def _measure_chosen(self, id_or_name: object) -> None:
        self._measure_said = str(id_or_name)
        self._on_choice_changed()

    def _on_choice_changed(self, *_what: object) -> None:
        sender = self.sender()
        for what, pick in self.picks.items():
            if pick is sender:
                self.rows[what].why.show_text(_HINTS.get(what, ""))
        for row in self.rows.values():
            row.missing.show_text("")
        self._show_what_goes()
        self.mapping_changed.emit()


# The page for a table that no recipe fits: its first rows, what the columns mean, and what would come
# of it.


_PAUSE = 120
"""Milliseconds after the last change before the rows are tried again."""
_ROWS, _FEW_ROWS = 7, 4
_SIDE_BY_SIDE = 840


class MappingPage(QWidget):
    """What the columns of a table mean."""

    sheet_wanted = Signal(object)

    def __init__(self, parent: QWidget, typeset: Typeset, library: LibraryCatalogue, inspection: Inspection) -> None:
        super().__init__(parent)
        self._typeset, self._library, self._sheets = typeset, library, inspection.sheets
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
        self.outcome_label = ParagraphLabel(self._outcome, typeset, small=True)
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
        for part in (self.outcome_label, self.becomes, self.names):
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
        trial = build_preview(recipe, self._head, self._library) if not lacking else None
        self.lines.show_lines(trial.lines if trial else ())
        self.becomes.setVisible(bool(trial and trial.lines))
        message = " ".join(lacking.values())
        if trial is not None and trial.header is None:
            message = "No row of this sheet has the headings of these columns."
        elif trial is not None and not trial.lines:
            message = "There is nothing below the headings."
        self.outcome_label.show_text(message)
        self.names.show_names(trial.unmatched_places if trial else ())

    def check_complete(self) -> bool:
        """Whether everything is said; where it is not, the form says what is missing."""
        lacking = find_missing_fields(self.recipe)
        self.form.show_missing(lacking)
        return not lacking

    def _want_sheet(self, _index: int) -> None:
        self.sheet_wanted.emit(str(self.sheet.currentData()))
