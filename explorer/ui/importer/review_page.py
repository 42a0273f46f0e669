"""The page before a table is kept: how much was read, what is wrong, and what ought to be looked at."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from explorer.evidence import formatting
from explorer.importer import ImportResult, LibraryCatalogue, summarise_import
from explorer.packs import Problem
from explorer.pages.model import ChartChoice
from explorer.ui.theme import GAP, Typeset
from explorer.ui.widgets import OptionGroup

from .pages import build_page_layout
from .place_resolver import NameRows
from .tables import FramedTable, ProblemRows
from .widgets import OptionWords, ParagraphLabel

KEEP, PROTECT = "keep", "protect"
_MOST_ROWS = 9


def _problem_sort_key(problem: Problem) -> tuple[bool, str, int]:
    """Where a problem stands in the table; how many more there are comes last."""
    return (not problem.file, problem.file, problem.row or 0)


class CheckPage(QWidget):
    """What came of reading the whole table."""

    def __init__(
        self,
        parent: QWidget,
        typeset: Typeset,
        library: LibraryCatalogue,
        result: ImportResult,
        *,
        is_protected: bool,
    ) -> None:
        super().__init__(parent)
        self._typeset, self._result = typeset, result
        self.problems, self.doubts = sorted(result.problems, key=_problem_sort_key), result.warnings
        self.wrong = ParagraphLabel(self, typeset, strong=1)
        self.names = NameRows(self, typeset, library)
        self.names.show_names(tuple(result.draft.unmatched_places.values()))
        self.is_protected = is_protected
        """Whether counts of 1 to 4 are wanted as confidential."""
        rows = build_page_layout(self, 10)
        rows.addWidget(self.wrong)
        rows.addWidget(ParagraphLabel(self, typeset, strong=1.1, text=summarise_import(result)))
        for sentence in self._summary_sentences():
            rows.addWidget(ParagraphLabel(self, typeset, text=sentence))
        if result.small or is_protected:
            self._add_small(rows, typeset)
        if self.problems or self.doubts:
            self._add_table(rows, typeset)
        rows.addWidget(self.names)
        rows.addStretch(1)

    def _summary_sentences(self) -> list[str]:
        sentences: list[str] = []
        wrong = self._result.draft.problems.count + len(self._result.draft.unmatched_places)
        looked_at = self._result.draft.doubts.count
        if wrong:
            stand = "stands" if wrong == 1 else "stand"
            sentences.append(f"{formatting.pluralise(wrong, 'problem')} {stand} in the way of keeping every row.")
        else:
            sentences.append("No row has a problem." if self._result.figures.count else "No row of it can be kept.")
        if looked_at:
            sentences.append(f"{formatting.pluralise(looked_at, 'thing')} can be kept and ought to be looked at.")
        skipped_count = sum(self._result.draft.skipped_rows.values())
        if skipped_count:
            names = formatting.join_list([f"“{name}”" for name in list(self._result.draft.skipped_rows)[:6]])
            more = len(self._result.draft.skipped_rows) - 6
            sentences.append(
                f"{formatting.pluralise(skipped_count, 'row')} left out, of what is no place: {names}"
                f"{f' and {more} more' if more > 0 else ''}."
            )
        return sentences

    def _add_small(self, rows: QVBoxLayout, typeset: Typeset) -> None:
        count = self._result.small
        warning_text = f"{formatting.pluralise(count, 'count is', 'counts are')} 1 to 4 and may tell of single people."
        if self.is_protected and not count:
            warning_text = "Counts of 1 to 4 may tell of single people. They are read as [c], confidential."
        self.small = ParagraphLabel(self, typeset, text=warning_text)
        self.small_choice = OptionGroup(self, "Counts of 1 to 4")
        self.small_choice.apply_theme(typeset)
        self.small_choice.option_chosen.connect(self._on_protection_chosen)
        self._show_small()
        rows.addWidget(self.small)
        rows.addWidget(OptionWords(self, self.small_choice))

    def _show_small(self) -> None:
        choices = (
            (KEEP, "Keep as they are", not self.is_protected),
            (PROTECT, "Keep them as [c]", self.is_protected),
        )
        self.small_choice.show_options([ChartChoice(id=i, label=label, chosen=on) for i, label, on in choices])

    def _on_protection_chosen(self, wish: object) -> None:
        self.is_protected = wish == PROTECT
        self._show_small()

    def _add_table(self, rows: QVBoxLayout, typeset: Typeset) -> None:
        self.table_rows = ProblemRows(self, typeset, self.problems, self.doubts)
        self.table = FramedTable(self, typeset, self.table_rows, "Problems and what to look at", _MOST_ROWS)
        self.table.view.verticalHeader().hide()
        self.table.view.setColumnHidden(1, not any(", sheet " in p.file for p in (*self.problems, *self.doubts)))
        self.table.on_row.connect(self._show_whole)
        self.whole = ParagraphLabel(self, typeset, small=True, text="Choose a row to read all of it here.")
        rows.addSpacing(GAP // 2)
        rows.addWidget(self.table)
        rows.addWidget(self.whole)

    def _show_whole(self, row: object) -> None:
        if isinstance(row, int) and row >= 0:
            self.whole.show_text(self.table_rows.problem_at(row).as_sentence())

    @property
    def has_entries(self) -> bool:
        """Whether there is anything in the table of problems."""
        return bool(self.problems or self.doubts)

    def show_message(self, sentence: str) -> None:
        """Say something over everything else."""
        self.wrong.show_text(sentence)

    @property
    def can_be_kept(self) -> bool:
        """Whether there is anything to keep."""
        return bool(self._result.figures.count)
