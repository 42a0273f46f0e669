"""How a table comes to be imported: chosen, dropped, made from the template; what the window shows after.

The steps of an import are the dialog's business.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog

from explorer.pages import words
from explorer.pages.question import go, measure
from explorer.pages.trial import leading_measure

from .import_wizard import ImportDialog
from .import_work import Kept, all_recipes
from .work import Work

if TYPE_CHECKING:
    from .window import Window

_TABLES = "Tables (*.csv *.tsv *.txt *.xlsx *.xlsm *.xls *.xlsb *.ods)"
_TEMPLATES = ("Excel workbook (*.xlsx)", "CSV (*.csv)")


class Imports(QObject):
    """What the window does with people's tables."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window
        self.work = Work(self)
        self.dialog: ImportDialog | None = None
        """The import that is under way."""

    def choose(self) -> None:
        """Ask for a table and import it."""
        start = str(self._window.commands.folder())
        path, _ = QFileDialog.getOpenFileName(
            self._window, "Import table", start, f"{_TABLES};;All files (*)"
        )
        if path:
            self.open(Path(path))

    def open(self, path: Path) -> None:
        """Import the table at ``path``, with whatever has to be asked."""
        if self.dialog is not None:
            self.dialog.raise_()
            return
        window = self._window
        recipes, problems = all_recipes()
        if problems:
            told = " ".join(problem.sentence() for problem in problems)
            window.messages.say(f"A recipe of yours cannot be used. {told}")
        self.dialog = ImportDialog(path, window.store.library, recipes, self.work, window.theme, window)
        self.dialog.kept.connect(self._show)
        self.dialog.another.connect(self.choose)
        self.dialog.finished.connect(self._close)
        self.dialog.open()
        self.dialog.begin()

    def _close(self) -> None:
        if self.dialog is not None:
            self.dialog.deleteLater()
            self.dialog = None

    def _show(self, kept: Kept) -> None:
        """Turn to a place that the table has figures of, and say that it is kept."""
        window = self._window
        window.commands.renew()
        library = window.store.library
        counted = leading_measure(kept.taken)
        draft = kept.taken.draft
        held = {draft.places[at] for at in set(kept.taken.settled.place.tolist())}
        page = window.store.page
        here = page.place.code if page is not None else ""
        place = here if here in held else min(held, key=library.places.position, default="")
        if place:
            window.store.ask(go(place))
            window.store.ask(measure(counted))
        figures = words.counted(kept.taken.settled.count, "figure")
        window.messages.say(f"{kept.title}: {figures} kept. {kept.not_saved}".strip())

    def write_template(self) -> None:
        """Ask for a file and write an empty table of the explorer's own kind to it."""
        from explorer.export.template import write_template

        window = self._window
        suggested = str(window.commands.folder() / "figures.xlsx")
        name, chosen = QFileDialog.getSaveFileName(window, "New template", suggested, ";;".join(_TEMPLATES))
        if not name:
            return
        path = Path(name)
        if path.suffix.lower() not in (".xlsx", ".csv"):
            path = path.with_name(f"{path.name}{'.csv' if chosen == _TEMPLATES[1] else '.xlsx'}")
        try:
            write_template(path, window.store.library)
        except OSError as error:
            why = error.strerror or str(error)
            window.messages.say(f"“{path.name}” was not saved: {why}. Choose another folder or name.")
        else:
            told = "Fill in a row for each figure, then import it: File, Import table."
            window.messages.say(f"Saved: {path}. {told}")
