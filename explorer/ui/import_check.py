"""The page before a table is kept: how much was read, what is wrong, and what ought to be looked at."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from explorer.packs.importing import Known, Taken
from explorer.packs.problems import Problem
from explorer.pages import words
from explorer.pages.page import Choice
from explorer.pages.trial import summary

from .import_framed import Framed
from .import_names import NameRows
from .import_pages import column
from .import_parts import OptionWords, Words
from .import_tables import ProblemRows
from .options import Options
from .typeset import GAP, Typeset

KEEP, PROTECT = "keep", "protect"
_MOST_ROWS = 9


def _place(problem: Problem) -> tuple[bool, str, int]:
    """Where a problem stands in the table; how many more there are comes last."""
    return (not problem.file, problem.file, problem.row or 0)


class CheckPage(QWidget):
    """What came of reading the whole table."""

    def __init__(
        self, parent: QWidget, typeset: Typeset, known: Known, taken: Taken, *, protected: bool
    ) -> None:
        super().__init__(parent)
        self._typeset, self._taken = typeset, taken
        self.problems, self.doubts = sorted(taken.problems, key=_place), taken.doubts
        self.wrong = Words(self, typeset, strong=1)
        self.names = NameRows(self, typeset, known)
        self.names.offer(tuple(taken.draft.unplaced.values()))
        self.protected = protected
        """Whether counts of 1 to 4 are wanted as confidential."""
        rows = column(self, 10)
        rows.addWidget(self.wrong)
        rows.addWidget(Words(self, typeset, strong=1.1, text=summary(taken)))
        for sentence in self._told():
            rows.addWidget(Words(self, typeset, text=sentence))
        if taken.small or protected:
            self._add_small(rows, typeset)
        if self.problems or self.doubts:
            self._add_table(rows, typeset)
        rows.addWidget(self.names)
        rows.addStretch(1)

    def _told(self) -> list[str]:
        told: list[str] = []
        wrong = self._taken.draft.problems.count + len(self._taken.draft.unplaced)
        looked_at = self._taken.draft.doubts.count
        if wrong:
            stand = "stands" if wrong == 1 else "stand"
            told.append(f"{words.counted(wrong, 'problem')} {stand} in the way of keeping every row.")
        else:
            told.append("No row has a problem." if self._taken.settled.count else "No row of it can be kept.")
        if looked_at:
            told.append(f"{words.counted(looked_at, 'thing')} can be kept and ought to be looked at.")
        passed = sum(self._taken.draft.passed.values())
        if passed:
            names = words.listed([f"“{name}”" for name in list(self._taken.draft.passed)[:6]])
            more = len(self._taken.draft.passed) - 6
            told.append(
                f"{words.counted(passed, 'row')} left out, of what is no place: {names}"
                f"{f' and {more} more' if more > 0 else ''}."
            )
        return told

    def _add_small(self, rows: QVBoxLayout, typeset: Typeset) -> None:
        count = self._taken.small
        told = f"{words.counted(count, 'count is', 'counts are')} 1 to 4 and may tell of single people."
        if self.protected and not count:
            told = "Counts of 1 to 4 may tell of single people. They are read as [c], confidential."
        self.small = Words(self, typeset, text=told)
        self.small_choice = Options(self, "Counts of 1 to 4")
        self.small_choice.dress(typeset)
        self.small_choice.wished.connect(self._protect)
        self._show_small()
        rows.addWidget(self.small)
        rows.addWidget(OptionWords(self, self.small_choice))

    def _show_small(self) -> None:
        said = ((KEEP, "Keep as they are", not self.protected), (PROTECT, "Keep them as [c]", self.protected))
        self.small_choice.show_options([Choice(id=i, label=label, chosen=on) for i, label, on in said])

    def _protect(self, wish: object) -> None:
        self.protected = wish == PROTECT
        self._show_small()

    def _add_table(self, rows: QVBoxLayout, typeset: Typeset) -> None:
        self.table_rows = ProblemRows(self, typeset, self.problems, self.doubts)
        self.table = Framed(self, typeset, self.table_rows, "Problems and what to look at", _MOST_ROWS)
        self.table.view.verticalHeader().hide()
        self.table.view.setColumnHidden(
            1, not any(", sheet " in p.file for p in (*self.problems, *self.doubts))
        )
        self.table.on_row.connect(self._show_whole)
        self.whole = Words(self, typeset, small=True, text="Choose a row to read all of it here.")
        rows.addSpacing(GAP // 2)
        rows.addWidget(self.table)
        rows.addWidget(self.whole)

    def _show_whole(self, row: object) -> None:
        if isinstance(row, int) and row >= 0:
            self.whole.say(self.table_rows.problem(row).sentence())

    @property
    def listed(self) -> bool:
        """Whether there is anything in the table of problems."""
        return bool(self.problems or self.doubts)

    def say(self, sentence: str) -> None:
        """Say something over everything else."""
        self.wrong.say(sentence)

    @property
    def can_be_kept(self) -> bool:
        """Whether there is anything to keep."""
        return bool(self._taken.settled.count)
