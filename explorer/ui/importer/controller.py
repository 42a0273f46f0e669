"""How a table comes to be imported: chosen, dropped, made from the template; what the window shows after.

The steps of an import are the dialog's business.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog

from explorer.evidence import formatting
from explorer.importer import leading_measure
from explorer.pages.model import select_place, set_measure
from explorer.ui.widgets import TaskRunner

from .tasks import SavedImport, all_recipes
from .wizard import ImportDialog

if TYPE_CHECKING:
    from explorer.ui.core import WindowContext


_TABLES = "Tables (*.csv *.tsv *.txt *.xlsx *.xlsm *.xls *.xlsb *.ods)"
_TEMPLATES = ("Excel workbook (*.xlsx)", "CSV (*.csv)")


class ImportController(QObject):
    """What the window does with people's tables."""

    def __init__(self, context: WindowContext) -> None:
        super().__init__(context.widget)
        self._context = context
        self.work = TaskRunner(self)
        self.dialog: ImportDialog | None = None
        """The import that is under way."""

    def choose_table(self) -> None:
        """Ask for a table and import it."""
        start = str(self._context.default_folder())
        path, _ = QFileDialog.getOpenFileName(self._context.widget, "Import table", start, f"{_TABLES};;All files (*)")
        if path:
            self.import_table(Path(path))

    def import_table(self, path: Path) -> None:
        """Import the table at ``path``, with whatever has to be asked."""
        if self.dialog is not None:
            self.dialog.raise_()
            return
        context = self._context
        recipes, problems = all_recipes()
        if problems:
            problem_text = " ".join(problem.as_sentence() for problem in problems)
            context.messages.show_message(f"A recipe of yours cannot be used. {problem_text}")
        self.dialog = ImportDialog(path, context.store.library, recipes, self.work, context.theme, context.widget)
        self.dialog.import_saved.connect(self._show_import)
        self.dialog.another.connect(self.choose_table)
        self.dialog.finished.connect(self._close_dialog)
        self.dialog.open()
        self.dialog.start_inspection()

    def _close_dialog(self) -> None:
        if self.dialog is not None:
            self.dialog.deleteLater()
            self.dialog = None

    def _show_import(self, saved_import: SavedImport) -> None:
        """Turn to a place that the table has figures of, and say that it is kept."""
        context = self._context
        context.evidence_changed.emit()
        library = context.store.library
        measure_id = leading_measure(saved_import.result)
        draft = saved_import.result.draft
        covered_places = {draft.places[at] for at in set(saved_import.result.figures.place.tolist())}
        page = context.store.page
        here = page.place.code if page is not None else ""
        place = here if here in covered_places else min(covered_places, key=library.places.position, default="")
        if place:
            context.store.dispatch(select_place(place))
            context.store.dispatch(set_measure(measure_id))
        figures = formatting.pluralise(saved_import.result.figures.count, "figure")
        context.messages.show_message(f"{saved_import.title}: {figures} kept. {saved_import.not_saved}".strip())

    def write_template(self) -> None:
        """Ask for a file and write an empty table of the explorer's own kind to it."""
        from explorer.importer import write_template

        context = self._context
        default_path = str(context.default_folder() / "figures.xlsx")
        name, chosen_filter = QFileDialog.getSaveFileName(
            context.widget, "New template", default_path, ";;".join(_TEMPLATES)
        )
        if not name:
            return
        path = Path(name)
        if path.suffix.lower() not in (".xlsx", ".csv"):
            path = path.with_name(f"{path.name}{'.csv' if chosen_filter == _TEMPLATES[1] else '.xlsx'}")
        try:
            write_template(path, context.store.library)
        except OSError as error:
            why = error.strerror or str(error)
            context.messages.show_message(f"“{path.name}” was not saved: {why}. Choose another folder or name.")
        else:
            instructions = "Fill in a row for each figure, then import it: File, Import table."
            context.messages.show_message(f"Saved: {path}. {instructions}")
