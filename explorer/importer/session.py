"""The import of a table from end to end: look at it, read it by a recipe, and what came of it.

The steps are the same for the window and the command line; keeping what came of it is ``pack_builder``'s.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from msgspec import Struct
from msgspec.structs import replace

from explorer.evidence import Measure, Place, PlaceTree, Platform
from explorer.importer.sources import InputTable, RawSheet, TableError, open_table
from explorer.packs import Problem
from explorer.support import nothing_collected

from .amounts import read_amount
from .consolidation import ConsolidatedFigures, consolidate, small_counts, tell_totals
from .draft import ImportDraft
from .lookups import PlaceLabels, find_header_row
from .recipe import Recipe, TableShape, normalise_heading
from .recipe_guess import RecipeGuess, guess_recipe
from .table_reader import HEAD, TableReader, Watch, has_columns, sheet_fits

_STREET = frozenset({"crimeid", "lsoacode", "crimetype"})
_LOOKED_AT = 120
_MOST_SHEETS = 40


class LibraryCatalogue(Protocol):
    """What an import must know of the library."""

    @property
    def places(self) -> PlaceTree:
        """The tree of places."""
        ...

    def measures(self) -> tuple[Measure, ...]:
        """Every measure."""
        ...

    def platforms(self) -> tuple[Platform, ...]:
        """Every platform."""
        ...


class Inspection(Struct, frozen=True):
    """A table as it was first looked at: how it would be read, and whether that needs no questions."""

    path: Path
    table: InputTable
    """Still open, so that it need not be opened again; ``close`` it when it is done with."""
    sheets: tuple[str, ...]
    head: RawSheet
    """The first rows of the first sheet that has something to read."""
    recipe: Recipe | None
    """The known recipe that fits."""
    sure: bool
    """Whether ``recipe`` says everything: the table can be read without a question."""
    guess: RecipeGuess
    note: str = ""
    """What is to be known of the file, such as an unusual encoding."""


class ImportResult(Struct, frozen=True):
    """What came of reading a table by a recipe."""

    recipe: Recipe
    draft: ImportDraft
    figures: ConsolidatedFigures
    small: int
    """How many counts are 1 to 4, which may tell of single people."""
    size: int
    sha256: str

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What stands in the way of keeping every row."""
        return self.draft.all_problems()

    @property
    def warnings(self) -> tuple[Problem, ...]:
        """What can be kept and ought to be looked at."""
        return self.draft.doubts.all_problems()


def inspect_table(path: Path, catalogue: LibraryCatalogue, recipes: Sequence[Recipe]) -> Inspection:
    """Open a table and see what it is. Raises TableError with a sentence for what cannot be imported."""
    table = open_table(path)
    try:
        return _inspect_open_table(table, catalogue, recipes)
    except BaseException:
        table.close()
        raise


def _inspect_open_table(table: InputTable, catalogue: LibraryCatalogue, recipes: Sequence[Recipe]) -> Inspection:
    filled_heads: list[RawSheet] = []
    matching_recipe = None
    for name in table.sheet_names[:_MOST_SHEETS]:
        head = table.read_head(name, _LOOKED_AT)
        if any(any(cell not in (None, "") for cell in row) for row in head.rows):
            _refuse_street_files(table.path, head)
            filled_heads.append(head)
            matching_recipe = _find_matching_recipe(head, recipes)
        if matching_recipe is not None:
            break
    if not filled_heads:
        raise TableError(_build_problem(table.path, "there is nothing in it", "Choose the table itself."))
    head, recipe = (
        (filled_heads[-1], matching_recipe)
        if matching_recipe is not None
        else (_select_widest_sheet(filled_heads), None)
    )
    sure = recipe is not None and _is_sure(recipe, table.path, head)
    if sure and recipe is not None:
        return Inspection(
            table.path, table, table.sheet_names, head, recipe, True, RecipeGuess(recipe, {}, 0), table.note
        )
    labels = PlaceLabels(catalogue.places)
    recipe_guess = guess_recipe(head.rows, table.path.name, labels, catalogue.measures(), catalogue.platforms())
    if recipe is None and not recipe_guess.recipe.columns.place:
        raise TableError(_without_places(table.path, head))
    return Inspection(table.path, table, table.sheet_names, head, recipe, False, recipe_guess, table.note)


def _without_places(path: Path, head: RawSheet) -> Problem:
    if not _has_numbers(head):
        return _build_problem(path, "it has no table with numbers in it", "Choose the table itself.")
    mend = "Give each row the name or the code of its police force, region or nation, then import it again."
    return _build_problem(path, "no column in it names places that are known", mend)


def _find_matching_recipe(head: RawSheet, recipes: Sequence[Recipe]) -> Recipe | None:
    """The recipe that asks for the most headings of those that fit a sheet."""
    # Of those that ask for as many, a person's own comes before one of the program's: it stands behind it.
    by_rank = sorted(enumerate(recipes), key=lambda one: (-len(one[1].needs), -one[0]))
    for _, recipe in by_rank:
        fits = recipe.needs and sheet_fits(recipe, head.name)
        if fits and any(has_columns(recipe, row) for row in head.rows[:HEAD]):
            return recipe
    return None


def _select_widest_sheet(heads: Sequence[RawSheet]) -> RawSheet:
    """The sheet with the widest row of headings: notes come in one or two columns."""
    return max(
        heads,
        key=lambda head: len([c for c in head.rows[find_header_row(head.rows)] if normalise_heading(c)]),
    )


def _is_sure(recipe: Recipe, path: Path, head: RawSheet) -> bool:
    """Whether a recipe that says what is counted for the whole table may take it so unasked."""
    if recipe.columns.measure or not recipe.fixed.said:
        return True
    words = [path.stem, head.name, *(str(cell) for row in head.rows[:20] for cell in row if cell is not None)]
    return any(re.search(recipe.fixed.said, word) for word in words)


def _has_numbers(head: RawSheet) -> bool:
    return any(read_amount(cell).number is not None for row in head.rows for cell in row)


def _refuse_street_files(path: Path, head: RawSheet) -> None:
    for row in head.rows[:5]:
        if {normalise_heading(cell) for cell in row} >= _STREET:
            what = "it is a street-level file of data.police.uk, which has no category for grooming offences"
            mend = (
                "Those offences are counted among others there and cannot be told apart: use the Home "
                "Office's table by police force area, or a force's reply."
            )
            raise TableError(_build_problem(path, what, mend))


def _build_problem(path: Path, what: str, mend: str) -> Problem:
    return Problem(file=path.name, what=what, mend=mend)


def read_table(
    source: Path | InputTable,
    recipe: Recipe,
    catalogue: LibraryCatalogue,
    *,
    watch: Watch | None = None,
    protect: bool = False,
) -> ImportResult:
    """Read the whole table by ``recipe``. Raises TableError, or what ``watch`` raises to stop.

    A table that is open already is read as it is, and closed.
    """
    with open_table(source) if isinstance(source, Path) else source as table, nothing_collected():
        return _import_table(table, recipe, catalogue, watch, protect)


def _import_table(
    table: InputTable, recipe: Recipe, catalogue: LibraryCatalogue, watch: Watch | None, protect: bool
) -> ImportResult:
    names = [name for name in table.sheet_names if sheet_fits(recipe, name)]
    intake = TableReader(recipe, table.path.name, catalogue.places, catalogue.measures(), catalogue.platforms(), watch)
    for sheet in table.iter_sheets(names):
        intake.read_sheet("" if table.kind == "csv" else sheet.name, sheet.rows, sheet.first)
    draft = intake.draft
    if not draft.parts:
        what = f"no sheet of it has the headings of “{recipe.title}”"
        raise TableError(_build_problem(table.path, what, "Choose what its columns mean yourself."))
    figures = consolidate(draft, recipe.rules, catalogue.places, protect=protect)
    tell_totals(draft, figures)
    small = sum(1 for _ in small_counts(draft, figures))
    return ImportResult(recipe, draft, figures, small, table.size, table.sha256)


def named_by(recipe: Recipe) -> Recipe:
    """``recipe`` as one that tables with its headings are known by from now on."""
    signature_headings = [one for one in recipe.columns.headings_by_field().values() if not one[0].startswith("#")]
    if recipe.shape is TableShape.WIDE:
        # Years come and go: a later edition of the table is known by what stands before them.
        return replace(recipe, needs=signature_headings, columns=replace(recipe.columns, periods=[]))
    return replace(recipe, needs=signature_headings)


def find_nearest_places(catalogue: LibraryCatalogue, label: str) -> tuple[Place, ...]:
    """The places that a name may mean, the likeliest first."""
    return PlaceLabels(catalogue.places).find_nearest(label)
