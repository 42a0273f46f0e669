"""The dialog that brings a table: look, say what is not known, read, check, say who published it, keep.

The steps follow one another here; what stands on each is on a page of its own, and the work is done beside
the window. Nothing is kept before the last step, and then all of it or nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from msgspec.structs import replace
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from explorer.evidence import formatting
from explorer.importer import (
    ImportResult,
    Inspection,
    Recipe,
    RecipeGuess,
    inspect_table,
    read_table,
    suggest_metadata,
    with_names,
)
from explorer.importer.sources import InputTable, RawSheet
from explorer.library import Library
from explorer.packs import to_csv
from explorer.support import Theme, write_atomically
from explorer.ui.widgets import TaskRunner, announce

from .mapping import MappingPage
from .paged_dialog import PagedDialog, Press
from .pages import AboutPage, CountedPage, RefusalPage, WaitingPage
from .review_page import CheckPage
from .tasks import ReadProgress, SavedImport, describe_error, kept_table, raise_unforeseen, sheet_of


class ImportDialog(PagedDialog):
    """One table on its way in."""

    import_saved = Signal(object)
    another = Signal()
    """Another file is wanted."""

    def __init__(
        self,
        path: Path,
        library: Library,
        recipes: Sequence[Recipe],
        work: TaskRunner,
        theme: Theme,
        parent: QWidget,
    ) -> None:
        super().__init__("Import table", path.name, theme, parent)
        self._path, self._library, self._recipes, self._work = path, library, recipes, work
        self._progress: ReadProgress | None = None
        self._inspection: Inspection | None = None
        self._result: ImportResult | None = None
        self._recipe: Recipe | None = None
        self._mapping: MappingPage | None = None
        self._about: AboutPage | None = None
        self._is_protected = self._straight_on = self._busy = False

    def start_inspection(self) -> None:
        """Look at the file."""
        self.show_page(
            "Looking at the table",
            WaitingPage(self, self._typeset, "One moment."),
            right=[self._cancel_button],
        )
        self._work.start(
            partial(inspect_table, self._path, self._library, self._recipes),
            self._on_inspected,
            self._on_error,
        )

    @property
    def _cancel_button(self) -> Press:
        return ("Cancel", self.reject)

    def _on_inspected(self, inspection: Inspection) -> None:
        self._inspection = inspection
        if inspection.recipe is not None and inspection.sure:
            self._read_whole_table(inspection.recipe, table=inspection.table)
            return
        inspection.table.close()  # whoever has to answer first may want to mend it meanwhile
        if inspection.recipe is None:
            self._show_mapping()
        else:
            page = CountedPage(self, self._typeset, self._library, inspection, inspection.recipe)
            left_buttons = [("Say what each column means…", self._show_mapping)]
            self.show_page(
                "What is counted?",
                page,
                left_buttons,
                [self._cancel_button, ("Read the table", self._on_measure_given)],
            )

    def _on_error(self, error: BaseException) -> None:
        sentence = describe_error(error, self._path.name)
        if self._mapping is not None:
            self._show_mapping(sentence)
        else:
            self._show_refusal(sentence)
        raise_unforeseen(error)

    def _show_refusal(self, sentence: str) -> None:
        page = RefusalPage(self, self._typeset, sentence)
        self.show_page(
            "This file cannot be imported",
            page,
            [("Try another file…", self._try_another)],
            [("Close", self.reject)],
        )
        announce(self, sentence)

    def _on_measure_given(self) -> None:
        if isinstance(self.page, CountedPage) and self.page.check_complete():
            self._read_whole_table(self.page.recipe)

    def _show_mapping(self, wrong: object = "") -> None:
        inspection = self._inspection
        if inspection is None:
            return
        if self._mapping is None and inspection.sure:
            # What is known by its headings was not guessed at.
            self._inspection = replace(inspection, sure=False)
            self._want_sheet(inspection.head.name)
            return
        if self._mapping is None:
            self._mapping = MappingPage(self, self._typeset, self._library, inspection)
            self._mapping.sheet_wanted.connect(self._want_sheet)
            self.staying.append(self._mapping)
        self._mapping.wrong.show_text(wrong if isinstance(wrong, str) else "")
        self.show_page(
            "What the columns mean",
            self._mapping,
            [],
            [self._cancel_button, ("Read the whole table", self._on_mapping_done)],
        )

    def _on_mapping_done(self) -> None:
        if self._mapping is not None and self._mapping.check_complete():
            self._read_whole_table(self._mapping.recipe)

    def _want_sheet(self, name: object) -> None:
        self._work.start(partial(sheet_of, self._path, str(name), self._library), self._show_sheet, self._on_error)

    def _show_sheet(self, sheet_guess: tuple[RawSheet, RecipeGuess]) -> None:
        if self._mapping is None and self._inspection is not None:
            self._inspection = replace(self._inspection, head=sheet_guess[0], guess=sheet_guess[1])
            self._show_mapping()
        elif self._mapping is not None:
            self._mapping.show_sheet(*sheet_guess)
            self._mapping.wrong.show_text("")

    # Reading and keeping

    def _read_whole_table(
        self,
        recipe: Recipe,
        *,
        protect: bool = False,
        straight_on: bool = False,
        table: InputTable | None = None,
    ) -> None:
        """Read the whole table; ``straight_on`` goes past the page that lists problems."""
        self._recipe, self._is_protected, self._straight_on = recipe, protect, straight_on
        self._progress = ReadProgress()
        page = WaitingPage(self, self._typeset, "Nothing is kept yet.", self._progress)
        self.show_page("Reading the table", page, right=[("Cancel", self._stop_reading)])
        job = partial(read_table, table or self._path, recipe, self._library, watch=self._progress, protect=protect)
        self._work.start(job, self._on_table_read, self._on_error)

    def _stop_reading(self) -> None:
        """Stop reading: back to where there is something to change, or away."""
        self._let_go()
        if self._mapping is not None:
            self._show_mapping()
        else:
            self.reject()

    def _on_table_read(self, result: ImportResult) -> None:
        self._result = result
        if self._straight_on and result.figures.count:
            self._tell_about()
        else:
            self._show_check()

    def _show_check(self) -> None:
        result = self._result
        if result is None:
            return
        page = CheckPage(self, self._typeset, self._library, result, is_protected=self._is_protected)
        left_buttons: list[Press] = [("Save problems as CSV…", self._save_problems)] if page.has_entries else []
        left_buttons.append(
            (
                "Say what each column means…" if self._mapping is None else "Back to the columns",
                self._show_mapping,
            )
        )
        right: list[Press] = [("Stop", self.reject)]
        if page.problems or not page.can_be_kept:
            right.append(("Mend and retry", self._retry_reading))
        if page.can_be_kept:
            right.append(("Leave those rows out" if page.problems else "Continue", self._go_on))
        self.show_page("Check, then keep", page, left_buttons, right)

    def _requested_reading(self) -> tuple[Recipe, bool, bool] | None:
        """What to read by after the page of problems, protected or not; and whether that is anything new."""
        page, recipe = self.page, self._recipe
        if not isinstance(page, CheckPage) or recipe is None:
            return None
        names = page.names.choices()
        return with_names(recipe, names), page.is_protected, bool(names) or page.is_protected is not self._is_protected

    def _retry_reading(self) -> None:
        request = self._requested_reading()
        if request is not None:
            self._read_whole_table(request[0], protect=request[1])

    def _go_on(self) -> None:
        request = self._requested_reading()
        if request is not None and request[2]:
            self._read_whole_table(request[0], protect=request[1], straight_on=True)
        else:
            self._tell_about()

    def _save_problems(self) -> None:
        page = self.page
        name, _ = QFileDialog.getSaveFileName(self, "Save problems", f"{self._path.stem}-problems.csv", "CSV (*.csv)")
        if name and isinstance(page, CheckPage):
            page.show_message(self.write_problems(Path(name)))

    def write_problems(self, path: Path) -> str:
        """Write every problem and doubt to a file; gives what to say of it."""
        if self._result is None:
            return ""
        findings = (*self._result.problems, *self._result.warnings)
        try:
            write_atomically(path, to_csv(findings).encode("utf-8-sig"))
        except OSError as error:
            return f"“{path.name}” was not saved: {error.strerror or error}."
        return f"Saved: {path}"

    def _tell_about(self, wrong: str = "") -> None:
        result = self._result
        if result is None:
            return
        if self._about is None:
            about = suggest_metadata(result, self._path)
            if not result.recipe.source.title:
                about = replace(about, title=self._path.stem)  # a recipe's own title says nothing of this table
            self._about = AboutPage(self, self._typeset, about, self._library.packs())
            self.staying.append(self._about)
        self._about.offer_saving(self._mapping is not None)
        self._about.wrong.show_text(wrong)
        self.show_page(
            "Who published it",
            self._about,
            [("Back", self._show_check)],
            [self._cancel_button, ("Keep", self._save_table)],
        )
        if wrong:
            announce(self, wrong)

    def _save_table(self) -> None:
        result, page = self._result, self._about
        if result is None or page is None or not page.check_complete():
            return
        self._busy = True
        figures = formatting.pluralise(result.figures.count, "figure")
        self.show_page(f"Keeping {figures}", WaitingPage(self, self._typeset, "One moment."))
        job = partial(kept_table, self._library, result, page.metadata, save=page.should_save)
        self._work.start(job, self._on_saved, self._not_kept)

    def _on_saved(self, saved_import: SavedImport) -> None:
        self._busy = False
        self.accept()
        self.import_saved.emit(saved_import)

    def _not_kept(self, error: BaseException) -> None:
        self._busy = False
        self._tell_about(describe_error(error, self._path.name))
        raise_unforeseen(error)

    def _try_another(self) -> None:
        self.reject()
        self.another.emit()

    def _let_go(self) -> None:
        if self._progress is not None:
            self._progress.request_stop()
        self._work.let_go()

    def reject(self) -> None:
        """Leave, and let go of what is still being read; not while the table is being kept."""
        if not self._busy:
            self._let_go()
            super().reject()
