"""The short pages of the import: waiting, a refusal, what is counted, and what is said of the table."""

from __future__ import annotations

import re
from collections.abc import Sequence

from PySide6.QtCore import QTimer
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from explorer.packs.imported import About, id_of
from explorer.packs.importing import Known, Looked
from explorer.packs.recipes import Recipe
from explorer.packs.stock import PackState
from explorer.pages.mapping import columns_of, fixed, header_row
from explorer.pages.trial import tried

from .fields import WordField
from .import_fields import MeasureField
from .import_form import FieldRow
from .import_framed import Framed
from .import_parts import TickBox, Words
from .import_tables import HeadRows, TrialRows
from .import_work import Progress
from .typeset import GAP, Typeset

_OFTEN = 100
"""Milliseconds between two looks at how far a reading is."""
_DATE = re.compile(r"(?:(?:19|20)\d\d(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?)?")
_ROWS = 7
_NOT_STATED = "not stated"


def column(page: QWidget, spacing: int = GAP) -> QVBoxLayout:
    """The layout of a page."""
    made = QVBoxLayout(page)
    made.setContentsMargins(0, 0, 0, 0)
    made.setSpacing(spacing)
    return made


class WaitingPage(QWidget):
    """Says what is being done and how far it is."""

    def __init__(
        self, parent: QWidget, typeset: Typeset, what: str, progress: Progress | None = None
    ) -> None:
        super().__init__(parent)
        self._progress = progress
        self.told = Words(self, typeset, strong=1.4)
        rows = column(self)
        rows.addWidget(Words(self, typeset, text=what))
        rows.addWidget(self.told)
        rows.addStretch(1)
        self._clock = QTimer(self)
        self._clock.setInterval(_OFTEN)
        self._clock.timeout.connect(self.tell)
        if progress is not None:
            self._clock.start()
            self.tell()

    def tell(self) -> None:
        """Say how far it is."""
        if self._progress is not None:
            self.told.say(self._progress.told())


class RefusalPage(QWidget):
    """Says why a file cannot be read, and what to do."""

    def __init__(self, parent: QWidget, typeset: Typeset, sentence: str) -> None:
        super().__init__(parent)
        self.sentence = Words(self, typeset, text=sentence)
        rows = column(self)
        rows.addWidget(self.sentence)
        rows.addWidget(Words(self, typeset, small=True, text="Nothing was kept, and nothing has changed."))
        rows.addStretch(1)


class CountedPage(QWidget):
    """Asks the one thing that a known kind of table may not say: what is counted."""

    def __init__(
        self, parent: QWidget, typeset: Typeset, known: Known, looked: Looked, recipe: Recipe
    ) -> None:
        super().__init__(parent)
        self._known, self._looked, self._recipe = known, looked, recipe
        asked = (
            f"It looks like “{recipe.title}”, and nothing in it says what its numbers count. "
            "Choose a measure, or type a name of your own for another one."
        )
        self.field = MeasureField(self, typeset, known, "What is counted?")
        self.field.show_measure(recipe.fixed.measure)
        self.field.said.connect(self._take)
        self.note = Words(self, typeset, small=True)
        self.wrong = Words(self, typeset)
        self.lines = TrialRows(self, typeset)
        heads = HeadRows(self, typeset)
        first_rows = Framed(self, typeset, heads, "The first rows of the table", _ROWS)
        becomes = Framed(self, typeset, self.lines, "What the first rows become", _ROWS)
        becomes.wrap()
        rows = column(self)
        for part in (Words(self, typeset, text=asked), self.field, self.note, self.wrong):
            rows.addWidget(part)
        rows.addSpacing(GAP)
        rows.addWidget(first_rows)
        rows.addSpacing(GAP)
        rows.addWidget(Words(self, typeset, strong=1, text="What the first rows become"))
        rows.addWidget(becomes)
        rows.addStretch(1)
        head = looked.head
        header = header_row(recipe, head.rows) or 0
        start = max(0, header - 1)
        wide = len(columns_of(head.rows, header))
        heads.show_rows(head.rows[start : start + _ROWS], head.first + start, header - start, wide)
        self._take(recipe.fixed.measure)

    @property
    def recipe(self) -> Recipe:
        """The recipe with what is counted."""
        return self._recipe

    def complete(self) -> bool:
        """Whether it is said what is counted."""
        said = bool(self._recipe.fixed.measure)
        self.wrong.say("" if said else "Say what is counted.")
        if not said:
            self.field.setFocus()
        return said

    def _take(self, said: object) -> None:
        self._recipe = fixed(self._recipe, measure=str(said).strip())
        self.note.say(self.field.note(str(said)))
        self.wrong.say("")
        self.lines.show_lines(tried(self._recipe, self._looked.head, self._known).lines[: _ROWS - 1])


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

    def __init__(self, parent: QWidget, typeset: Typeset, about: About, packs: Sequence[PackState]) -> None:
        super().__init__(parent)
        self._about = about
        self._packs = {state.id: state for state in packs}
        self.wrong = Words(self, typeset, strong=1)
        rows = column(self, 10)
        rows.addWidget(self.wrong)
        told = "What you say here is shown with every figure of the table and on every page that uses one."
        rows.addWidget(Words(self, typeset, text=told))
        self.fields: dict[str, WordField] = {}
        self.rows: dict[str, FieldRow] = {}
        for name, (label, hint) in _FIELDS.items():
            self._add(typeset, name, label, hint)
            rows.addWidget(self.rows[name])
        self.becomes = Words(self, typeset)
        rows.addSpacing(GAP)
        rows.addWidget(self.becomes)
        saving = "Save this mapping as a recipe, so that tables like this one need no questions"
        self.save = TickBox(self, typeset, saving)
        self.save.setChecked(True)
        rows.addWidget(self.save)
        rows.addStretch(1)
        self._typed()

    def _add(self, typeset: Typeset, name: str, label: str, hint: str) -> None:
        field = WordField(self, hint, label)
        field.wear(typeset)
        field.setMinimumHeight(max(28, round(28 * typeset.scale)))
        field.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        field.setMaxLength(1000 if name == "note" else 300)
        said = str(getattr(self._about, name))
        field.setText("" if said == _NOT_STATED else said)
        field.setCursorPosition(0)
        field.textEdited.connect(self._typed)
        self.fields[name] = field
        self.rows[name] = FieldRow(self, typeset, label, [field])

    @property
    def about(self) -> About:
        """What is said."""
        said = {name: field.text().strip() for name, field in self.fields.items()}
        return About(
            title=said["title"],
            publisher=said["publisher"] or _NOT_STATED,
            kind=self._about.kind,
            published=said["published"],
            address=said["address"],
            licence=said["licence"] or _NOT_STATED,
            note=said["note"],
        )

    def offer_saving(self, offered: bool) -> None:
        """Offer to save how the table is read, or not where that is known already."""
        self.save.setVisible(offered)

    @property
    def saves(self) -> bool:
        """Whether the mapping is to be saved."""
        return self.save.isChecked() and not self.save.isHidden()

    def complete(self) -> bool:
        """Whether it can be kept so; where it cannot, it goes to the field that is wrong."""
        wrong = self._wrong()
        for name in wrong:
            self.fields[name].setFocus()
        return not wrong

    def _wrong(self) -> dict[str, str]:
        told: dict[str, str] = {}
        said = self.about
        if not _DATE.fullmatch(said.published):
            told["published"] = "Write the date as 2025, 2025-07 or 2025-07-24, as exactly as you know it."
        held = self._packs.get(id_of(said.title))
        if not said.title:
            told["title"] = "Give it a title."
        elif held is not None and held.shipped:
            told["title"] = f"“{held.title}” comes with the program. Choose another title."
        return told

    def _typed(self, *_text: object) -> None:
        wrong, said = self._wrong(), self.about
        for name, row in self.rows.items():
            row.missing.say(wrong.get(name, ""))
        held = self._packs.get(id_of(said.title))
        told = f"It becomes the pack “{id_of(said.title)}” in your library."
        if held is not None:
            told = (
                f"It replaces the pack “{held.title}”, version {held.version}, which is in your library now. "
                "That can be undone."
            )
        self.becomes.say("" if "title" in wrong else told)
        self.becomes.setForegroundRole(QPalette.ColorRole.WindowText)
