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

from explorer.draw.theme import Theme
from explorer.packs.guess import Guess
from explorer.packs.imported import suggested
from explorer.packs.importing import Looked, Taken, look, read_table
from explorer.packs.library import Library
from explorer.packs.problems import to_csv
from explorer.packs.recipes import Recipe
from explorer.packs.tables import Sheet, Table
from explorer.pages import words
from explorer.pages.mapping import with_names

from .import_check import CheckPage
from .import_mapping import MappingPage
from .import_pages import AboutPage, CountedPage, RefusalPage, WaitingPage
from .import_shell import PagedDialog, Press
from .import_work import Kept, Progress, kept_table, raise_unforeseen, sheet_of, told
from .messages import announce
from .work import Work


class ImportDialog(PagedDialog):
    """One table on its way in."""

    kept = Signal(object)
    another = Signal()
    """Another file is wanted."""

    def __init__(
        self,
        path: Path,
        library: Library,
        recipes: Sequence[Recipe],
        work: Work,
        theme: Theme,
        parent: QWidget,
    ) -> None:
        super().__init__("Import table", path.name, theme, parent)
        self._path, self._library, self._recipes, self._work = path, library, recipes, work
        self._progress: Progress | None = None
        self._looked: Looked | None = None
        self._taken: Taken | None = None
        self._recipe: Recipe | None = None
        self._mapping: MappingPage | None = None
        self._about: AboutPage | None = None
        self._protected = self._straight_on = self._busy = False

    def begin(self) -> None:
        """Look at the file."""
        self.show_page(
            "Looking at the table", WaitingPage(self, self._typeset, "One moment."), right=[self._cancel]
        )
        self._work.start(partial(look, self._path, self._library, self._recipes), self._see, self._refuse)

    @property
    def _cancel(self) -> Press:
        return ("Cancel", self.reject)

    def _see(self, looked: Looked) -> None:
        self._looked = looked
        if looked.recipe is not None and looked.sure:
            self._read(looked.recipe, table=looked.table)
            return
        looked.table.close()  # whoever has to answer first may want to mend it meanwhile
        if looked.recipe is None:
            self._map()
        else:
            page = CountedPage(self, self._typeset, self._library, looked, looked.recipe)
            left = [("Say what each column means…", self._map)]
            self.show_page("What is counted?", page, left, [self._cancel, ("Read the table", self._counted)])

    def _refuse(self, error: BaseException) -> None:
        sentence = told(error, self._path.name)
        if self._mapping is not None:
            self._map(sentence)
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

    def _counted(self) -> None:
        if isinstance(self.page, CountedPage) and self.page.complete():
            self._read(self.page.recipe)

    def _map(self, wrong: object = "") -> None:
        looked = self._looked
        if looked is None:
            return
        if self._mapping is None and looked.sure:
            # What is known by its headings was not guessed at.
            self._looked = replace(looked, sure=False)
            self._want_sheet(looked.head.name)
            return
        if self._mapping is None:
            self._mapping = MappingPage(self, self._typeset, self._library, looked)
            self._mapping.sheet_wanted.connect(self._want_sheet)
            self.staying.append(self._mapping)
        self._mapping.wrong.say(wrong if isinstance(wrong, str) else "")
        self.show_page(
            "What the columns mean", self._mapping, [], [self._cancel, ("Read the whole table", self._mapped)]
        )

    def _mapped(self) -> None:
        if self._mapping is not None and self._mapping.complete():
            self._read(self._mapping.recipe)

    def _want_sheet(self, name: object) -> None:
        self._work.start(
            partial(sheet_of, self._path, str(name), self._library), self._show_sheet, self._refuse
        )

    def _show_sheet(self, found: tuple[Sheet, Guess]) -> None:
        if self._mapping is None and self._looked is not None:
            self._looked = replace(self._looked, head=found[0], guess=found[1])
            self._map()
        elif self._mapping is not None:
            self._mapping.show_sheet(*found)
            self._mapping.wrong.say("")

    # Reading and keeping

    def _read(
        self, recipe: Recipe, *, protect: bool = False, straight_on: bool = False, table: Table | None = None
    ) -> None:
        """Read the whole table; ``straight_on`` goes past the page that lists problems."""
        self._recipe, self._protected, self._straight_on = recipe, protect, straight_on
        self._progress = Progress()
        page = WaitingPage(self, self._typeset, "Nothing is kept yet.", self._progress)
        self.show_page("Reading the table", page, right=[("Cancel", self._stop)])
        job = partial(
            read_table, table or self._path, recipe, self._library, watch=self._progress, protect=protect
        )
        self._work.start(job, self._take, self._refuse)

    def _stop(self) -> None:
        """Stop reading: back to where there is something to change, or away."""
        self._let_go()
        if self._mapping is not None:
            self._map()
        else:
            self.reject()

    def _take(self, taken: Taken) -> None:
        self._taken = taken
        if self._straight_on and taken.settled.count:
            self._tell_about()
        else:
            self._check()

    def _check(self) -> None:
        taken = self._taken
        if taken is None:
            return
        page = CheckPage(self, self._typeset, self._library, taken, protected=self._protected)
        left: list[Press] = [("Save problems as CSV…", self._save_problems)] if page.listed else []
        left.append(
            ("Say what each column means…" if self._mapping is None else "Back to the columns", self._map)
        )
        right: list[Press] = [("Stop", self.reject)]
        if page.problems or not page.can_be_kept:
            right.append(("Mend and retry", self._retry))
        if page.can_be_kept:
            right.append(("Leave those rows out" if page.problems else "Continue", self._go_on))
        self.show_page("Check, then keep", page, left, right)

    def _wished(self) -> tuple[Recipe, bool, bool] | None:
        """What to read by after the page of problems, protected or not; and whether that is anything new."""
        page, recipe = self.page, self._recipe
        if not isinstance(page, CheckPage) or recipe is None:
            return None
        names = page.names.choices()
        return with_names(recipe, names), page.protected, bool(names) or page.protected is not self._protected

    def _retry(self) -> None:
        wished = self._wished()
        if wished is not None:
            self._read(wished[0], protect=wished[1])

    def _go_on(self) -> None:
        wished = self._wished()
        if wished is not None and wished[2]:
            self._read(wished[0], protect=wished[1], straight_on=True)
        else:
            self._tell_about()

    def _save_problems(self) -> None:
        page = self.page
        name, _ = QFileDialog.getSaveFileName(
            self, "Save problems", f"{self._path.stem}-problems.csv", "CSV (*.csv)"
        )
        if name and isinstance(page, CheckPage):
            page.say(self.write_problems(Path(name)))

    def write_problems(self, path: Path) -> str:
        """Write every problem and doubt to a file; gives what to say of it."""
        if self._taken is None:
            return ""
        listed = (*self._taken.problems, *self._taken.doubts)
        try:
            path.write_text(to_csv(listed), encoding="utf-8-sig", newline="")
        except OSError as error:
            return f"“{path.name}” was not saved: {error.strerror or error}."
        return f"Saved: {path}"

    def _tell_about(self, wrong: str = "") -> None:
        taken = self._taken
        if taken is None:
            return
        if self._about is None:
            about = suggested(taken, self._path)
            if not taken.recipe.source.title:
                about = replace(
                    about, title=self._path.stem
                )  # a recipe's own title says nothing of this table
            self._about = AboutPage(self, self._typeset, about, self._library.packs())
            self.staying.append(self._about)
        self._about.offer_saving(self._mapping is not None)
        self._about.wrong.say(wrong)
        self.show_page(
            "Who published it", self._about, [("Back", self._check)], [self._cancel, ("Keep", self._keep)]
        )
        if wrong:
            announce(self, wrong)

    def _keep(self) -> None:
        taken, page = self._taken, self._about
        if taken is None or page is None or not page.complete():
            return
        self._busy = True
        figures = words.counted(taken.settled.count, "figure")
        self.show_page(f"Keeping {figures}", WaitingPage(self, self._typeset, "One moment."))
        job = partial(kept_table, self._library, taken, page.about, save=page.saves)
        self._work.start(job, self._finish, self._not_kept)

    def _finish(self, kept: Kept) -> None:
        self._busy = False
        self.accept()
        self.kept.emit(kept)

    def _not_kept(self, error: BaseException) -> None:
        self._busy = False
        self._tell_about(told(error, self._path.name))
        raise_unforeseen(error)

    def _try_another(self) -> None:
        self.reject()
        self.another.emit()

    def _let_go(self) -> None:
        if self._progress is not None:
            self._progress.stop()
        self._work.let_go()

    def reject(self) -> None:
        """Leave, and let go of what is still being read; not while the table is being kept."""
        if not self._busy:
            self._let_go()
            super().reject()
