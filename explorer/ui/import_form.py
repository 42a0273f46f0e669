"""The form that says what each column of a table means: a list of columns for each thing there may be.

It makes a recipe of what is chosen. Trying the recipe on rows is the mapping page's business.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from explorer.evidence.model import Unit
from explorer.packs.importing import Known
from explorer.packs.recipes import Recipe, Shape
from explorer.pages import mapping, words
from explorer.pages.mapping import Column
from explorer.pages.page import Choice

from .fields import WordField
from .import_fields import MeasureField, Pick, PlaceField
from .import_parts import OptionWords, TickBox, Words
from .options import Options
from .typeset import GAP, Typeset

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
_SHAPES = ((Shape.LONG, "One figure a row"), (Shape.WIDE, "Periods across"))
_LARGE = 1.5
_TOP = Qt.AlignmentFlag.AlignTop


class FieldRow(QWidget):
    """A label, what is chosen, what goes with it, and why; under it what is still missing."""

    def __init__(self, parent: QWidget, typeset: Typeset, label: str, parts: Sequence[QWidget]) -> None:
        super().__init__(parent)
        name = Words(self, typeset, text=label)
        name.setFixedWidth(round(120 * typeset.scale))
        self.why = Words(self, typeset, small=True)
        self.missing = Words(self, typeset, small=True)
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

    changed = Signal()

    def __init__(self, parent: QWidget, typeset: Typeset, known: Known) -> None:
        super().__init__(parent)
        self._typeset = typeset
        self._columns: tuple[Column, ...] = ()
        self._ticks: list[TickBox] = []
        self._measure_said = ""
        self._place_code = ""
        self._shape = Shape.LONG
        self.picks = {what: Pick(self, typeset, label) for what, label in LABELS.items() if what != "periods"}
        for pick in self.picks.values():
            pick.activated.connect(self._chosen)
        self._make_fixed(known)
        self._across = QWidget(self)
        self._across_rows = QVBoxLayout(self._across)
        self._across_rows.setContentsMargins(0, 0, 0, 0)
        self._across_rows.setSpacing(0)
        self.options = Options(self, "Shape of the table")
        self.options.dress(typeset)
        self.options.wished.connect(self._turn)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        shape = FieldRow(self, typeset, "Shape", [OptionWords(self, self.options)])
        column.addWidget(shape)
        self.rows = {
            what: FieldRow(self, typeset, label, self._parts(what)) for what, label in LABELS.items()
        }
        for what, row in self.rows.items():
            row.why.say(_HINTS.get(what, ""))
            column.addWidget(row)
        column.addStretch(1)

    def _make_fixed(self, known: Known) -> None:
        typeset = self._typeset
        self.place = PlaceField(self, typeset, known, "The place of every row")
        self.place.picked.connect(self._place_found)
        self.place.textEdited.connect(self._place_typed)
        self.period = WordField(self, "2019/20, Q1 2020/21, Apr-Jun 2020", "The period of every row")
        self.period.wear(typeset)
        self.period.setMinimumHeight(max(28, round(28 * typeset.scale)))
        self.period.textEdited.connect(self._chosen)
        self.measure = MeasureField(self, typeset, known, "What every row counts")
        self.measure.said.connect(self._measure_chosen)
        self.new_measure = Words(self, typeset, small=True)

    def _parts(self, what: str) -> list[QWidget]:
        more: dict[str, list[QWidget]] = {
            "place": [self.place],
            "period": [self.period],
            "measure": [self.measure, self.new_measure],
        }
        return [self._across] if what == "periods" else [self.picks[what], *more.get(what, [])]

    def show_recipe(self, recipe: Recipe, columns: Sequence[Column], why: Mapping[str, str]) -> None:
        """Show what ``recipe`` says of ``columns``, and why it was thought so."""
        self._columns = tuple(columns)
        self._shape, fixed = recipe.shape, recipe.fixed
        self._measure_said, self._place_code = fixed.measure, fixed.place
        self.place.show_place(fixed.place)
        self.period.setText(fixed.period)
        self.measure.show_measure(fixed.measure)
        held = {what: self._name(getattr(recipe.columns, what)) for what in _PLAIN}
        held |= {what: self._name(getattr(recipe.columns, what)) for what in ("place", "quarter")}
        held["period"] = self._name(recipe.columns.period) or self._name(recipe.columns.year)
        names = [(column.name, column.label) for column in self._columns]
        for what, name in held.items():
            none = _SAME if what in ("place", "period", "measure") else _NONE
            self.picks[what].offer([("", none), *names], name)
        self.picks["unit"].offer(
            [(unit.value, words.capital(unit.value)) for unit in _UNITS], fixed.unit.value
        )
        self._show_across(recipe)
        for what, row in self.rows.items():
            told = why.get(what, "") or why.get("year", "") * (what == "period")
            row.why.say(words.capital(told) or _HINTS.get(what, ""))
        self._show_what_goes()

    def _name(self, headings: Sequence[str]) -> str:
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
                tick.toggled.connect(self._chosen)
                self._across_rows.addWidget(tick)
                tick.show()
                self._ticks.append(tick)

    def recipe(self, recipe: Recipe) -> Recipe:
        """``recipe`` with what is chosen in the form."""
        made = mapping.as_long(recipe)
        if self._shape is Shape.WIDE:
            made = mapping.as_wide(recipe, [c for c in self._columns if c.name in self._ticked()])
        said = {what: str(pick.currentData() or "") for what, pick in self.picks.items()}
        wide = self._shape is Shape.WIDE
        for what in ("place", *_PLAIN):
            made = mapping.with_column(made, what, "" if wide and what in _OF_LONG else said[what])
        if not wide:
            made = mapping.with_periods(made, said["period"], said["quarter"] if said["period"] else "")
        return mapping.fixed(
            made,
            place="" if said["place"] else self._place_code,
            period="" if wide or said["period"] else self.period.text().strip(),
            measure="" if said["measure"] else self._measure_said,
            said="",
            unit=Unit(said["unit"] or Unit.OFFENCES),
        )

    def _ticked(self) -> set[str]:
        return {tick.objectName() for tick in self._ticks if tick.isChecked()}

    def meanings(self) -> dict[int, str]:
        """What the columns hold, by their positions."""
        at = {column.name: column.at for column in self._columns}
        found = {
            at[name]: LABELS[what]
            for what, pick in self.picks.items()
            if (name := str(pick.currentData() or "")) in at and not self.rows[what].isHidden()
        }
        if self._shape is Shape.WIDE:
            found |= {at[name]: "Numbers" for name in self._ticked()}
        return found

    def complain(self, missing: Mapping[str, str]) -> None:
        """Say at each field what is still missing, and go to the first."""
        for what, row in self.rows.items():
            row.missing.say(missing.get(what, ""))
        first = next((what for what in self.rows if what in missing), None)
        if first is not None:
            part: QWidget = self.picks[first] if first in self.picks else (*self._ticks, self.options)[0]
            part.setFocus()

    def _show_what_goes(self) -> None:
        wide = self._shape is Shape.WIDE
        across = any(column.is_period for column in self._columns)
        none = "" if across else "No heading is a period, so the periods have to stand in a column."
        self.options.show_options(
            [
                Choice(
                    id=shape.value,
                    label=label,
                    chosen=shape is self._shape,
                    why_not=none if shape is Shape.WIDE else "",
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
        self.rows["unit"].setVisible(not same or self.measure.measure(self._measure_said) is None)
        self.new_measure.say(self.measure.note(self._measure_said) if same else "")

    def _turn(self, shape: object) -> None:
        chosen = Shape(str(shape))
        if chosen is Shape.WIDE and not any(column.is_period for column in self._columns):
            self._show_what_goes()
            return
        self._shape = chosen
        if chosen is Shape.WIDE and not self._ticked():
            for tick in self._ticks:
                tick.blockSignals(True)
                tick.setChecked(True)
                tick.blockSignals(False)
        self._chosen()

    def _place_found(self, code: object) -> None:
        self._place_code = str(code)
        self._chosen()

    def _place_typed(self, _text: str) -> None:
        self._place_code = ""
        self._chosen()

    def _measure_chosen(self, said: object) -> None:
        self._measure_said = str(said)
        self._chosen()

    def _chosen(self, *_what: object) -> None:
        sender = self.sender()
        for what, pick in self.picks.items():
            if pick is sender:
                self.rows[what].why.say(_HINTS.get(what, ""))
        for row in self.rows.values():
            row.missing.say("")
        self._show_what_goes()
        self.changed.emit()
