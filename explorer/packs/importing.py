"""The import of a table from end to end: look at it, read it by a recipe, and what came of it.

The steps are the same for the window and the command line; keeping what came of it is ``keeping_tables``'s.
"""

from __future__ import annotations

import gc
import re
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from msgspec import Struct
from msgspec.structs import replace

from explorer.evidence.model import Measure, Place, Platform
from explorer.evidence.places import Places

from .amount_cells import read_amount
from .draft import Draft
from .guess import Guess, guess
from .headings import header_of
from .intake import HEAD, Intake, Watch, has_columns, sheet_fits
from .place_labels import PlaceLabels
from .problems import Problem
from .recipes import Recipe, Shape, folded
from .settled import Settled, settle, small_counts
from .tables import Sheet, Table, TableError, open_table
from .totals import tell_totals

_STREET = frozenset({"crimeid", "lsoacode", "crimetype"})
_LOOKED_AT = 120
_MOST_SHEETS = 40


class Known(Protocol):
    """What an import must know of the library."""

    @property
    def places(self) -> Places:
        """The tree of places."""
        ...

    def measures(self) -> tuple[Measure, ...]:
        """Every measure."""
        ...

    def platforms(self) -> tuple[Platform, ...]:
        """Every platform."""
        ...


class Looked(Struct, frozen=True):
    """A table as it was first looked at: how it would be read, and whether that needs no questions."""

    path: Path
    table: Table
    """Still open, so that it need not be opened again; ``close`` it when it is done with."""
    sheets: tuple[str, ...]
    head: Sheet
    """The first rows of the first sheet that has something to read."""
    recipe: Recipe | None
    """The known recipe that fits."""
    sure: bool
    """Whether ``recipe`` says everything: the table can be read without a question."""
    guess: Guess
    note: str = ""
    """What is to be known of the file, such as an unusual encoding."""


class Taken(Struct, frozen=True):
    """What came of reading a table by a recipe."""

    recipe: Recipe
    draft: Draft
    settled: Settled
    small: int
    """How many counts are 1 to 4, which may tell of single people."""
    size: int
    sha256: str

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What stands in the way of keeping every row."""
        return self.draft.all_problems()

    @property
    def doubts(self) -> tuple[Problem, ...]:
        """What can be kept and ought to be looked at."""
        return self.draft.doubts.found()


def look(path: Path, known: Known, recipes: Sequence[Recipe]) -> Looked:
    """Open a table and see what it is. Raises TableError with a sentence for what cannot be imported."""
    table = open_table(path)
    try:
        return _looked(table, known, recipes)
    except BaseException:
        table.close()
        raise


def _looked(table: Table, known: Known, recipes: Sequence[Recipe]) -> Looked:
    filled: list[Sheet] = []
    found = None
    for name in table.names[:_MOST_SHEETS]:
        head = table.head(name, _LOOKED_AT)
        if any(any(cell not in (None, "") for cell in row) for row in head.rows):
            _refuse_street_files(table.path, head)
            filled.append(head)
            found = _recognised(head, recipes)
        if found is not None:
            break
    if not filled:
        raise TableError(_problem(table.path, "there is nothing in it", "Choose the table itself."))
    head, recipe = (filled[-1], found) if found is not None else (_likeliest(filled), None)
    sure = recipe is not None and _is_sure(recipe, table.path, head)
    if sure and recipe is not None:
        return Looked(table.path, table, table.names, head, recipe, True, Guess(recipe, {}, 0), table.note)
    labels = PlaceLabels(known.places)
    guessed = guess(head.rows, table.path.name, labels, known.measures(), known.platforms())
    if recipe is None and not guessed.recipe.columns.place:
        raise TableError(_without_places(table.path, head))
    return Looked(table.path, table, table.names, head, recipe, False, guessed, table.note)


def _without_places(path: Path, head: Sheet) -> Problem:
    if not _has_numbers(head):
        return _problem(path, "it has no table with numbers in it", "Choose the table itself.")
    mend = "Give each row the name or the code of its police force, region or nation, then import it again."
    return _problem(path, "no column in it names places that are known", mend)


def _recognised(head: Sheet, recipes: Sequence[Recipe]) -> Recipe | None:
    """The recipe that asks for the most headings of those that fit a sheet."""
    # Of those that ask for as many, a person's own comes before one of the program's: it stands behind it.
    ranked = sorted(enumerate(recipes), key=lambda one: (-len(one[1].needs), -one[0]))
    for _, recipe in ranked:
        fits = recipe.needs and sheet_fits(recipe, head.name)
        if fits and any(has_columns(recipe, row) for row in head.rows[:HEAD]):
            return recipe
    return None


def _likeliest(heads: Sequence[Sheet]) -> Sheet:
    """The sheet with the widest row of headings: notes come in one or two columns."""
    return max(heads, key=lambda head: len([c for c in head.rows[header_of(head.rows)] if folded(c)]))


def _is_sure(recipe: Recipe, path: Path, head: Sheet) -> bool:
    """Whether a recipe that says what is counted for the whole table may take it so unasked."""
    if recipe.columns.measure or not recipe.fixed.said:
        return True
    words = [path.stem, head.name, *(str(cell) for row in head.rows[:20] for cell in row if cell is not None)]
    return any(re.search(recipe.fixed.said, word) for word in words)


def _has_numbers(head: Sheet) -> bool:
    return any(read_amount(cell).number is not None for row in head.rows for cell in row)


def _refuse_street_files(path: Path, head: Sheet) -> None:
    for row in head.rows[:5]:
        if {folded(cell) for cell in row} >= _STREET:
            what = "it is a street-level file of data.police.uk, which has no category for grooming offences"
            mend = (
                "Those offences are counted among others there and cannot be told apart: use the Home "
                "Office's table by police force area, or a force's reply."
            )
            raise TableError(_problem(path, what, mend))


def _problem(path: Path, what: str, mend: str) -> Problem:
    return Problem(file=path.name, what=what, mend=mend)


def read_table(
    given: Path | Table, recipe: Recipe, known: Known, *, watch: Watch | None = None, protect: bool = False
) -> Taken:
    """Read the whole table by ``recipe``. Raises TableError, or what ``watch`` raises to stop.

    A table that is open already is read as it is, and closed.
    """
    with open_table(given) if isinstance(given, Path) else given as table, without_searches():
        return _read(table, recipe, known, watch, protect)


def _read(table: Table, recipe: Recipe, known: Known, watch: Watch | None, protect: bool) -> Taken:
    names = [name for name in table.names if sheet_fits(recipe, name)]
    intake = Intake(recipe, table.path.name, known.places, known.measures(), known.platforms(), watch)
    for sheet in table.sheets(names):
        intake.take("" if table.kind == "csv" else sheet.name, sheet.rows, sheet.first)
    draft = intake.draft
    if not draft.parts:
        what = f"no sheet of it has the headings of “{recipe.title}”"
        raise TableError(_problem(table.path, what, "Choose what its columns mean yourself."))
    settled = settle(draft, recipe.rules, known.places, protect=protect)
    tell_totals(draft, settled)
    small = sum(1 for _ in small_counts(draft, settled))
    return Taken(recipe, draft, settled, small, table.size, table.sha256)


@contextmanager
def without_searches() -> Generator[None]:
    """Rows of cells are no garbage, and there are very many: the search for it is put off meanwhile."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def named_by(recipe: Recipe) -> Recipe:
    """``recipe`` as one that tables with its headings are known by from now on."""
    wanted = [one for one in recipe.columns.wanted().values() if not one[0].startswith("#")]
    if recipe.shape is Shape.WIDE:
        # Years come and go: a later edition of the table is known by what stands before them.
        return replace(recipe, needs=wanted, columns=replace(recipe.columns, periods=[]))
    return replace(recipe, needs=wanted)


def nearest(known: Known, label: str) -> tuple[Place, ...]:
    """The places that a name may mean, the likeliest first."""
    return PlaceLabels(known.places).nearest(label)
