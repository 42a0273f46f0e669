"""The import's work beside the window: looking, reading and keeping, and how far a reading is.

No widget is touched here: what runs in the thread gets plain data, and the window asks how far it is.
"""

from __future__ import annotations

import threading
import time
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from explorer.importer import (
    ImportCancelled,
    ImportResult,
    PackMetadata,
    PlaceLabels,
    Recipe,
    RecipeGuess,
    guess_recipe,
    named_by,
    read_recipes,
    save_pack,
    save_recipe,
)
from explorer.importer.sources import RawSheet, TableError, open_table
from explorer.library import Library
from explorer.packs import PackError, Problem
from explorer.support import paths

_LOOKED_AT = 120


class ReadProgress:
    """How far a reading is. It is called in the thread, and asked and stopped from the window."""

    def __init__(self) -> None:
        self.rows = 0
        self._began = time.perf_counter()
        self._stop_event = threading.Event()

    def __call__(self, _sheet: str, rows: int) -> None:
        """Take note of the rows read so far. Raises Cancelled once it is stopped."""
        self.rows = rows
        if self._stop_event.is_set():
            raise ImportCancelled

    def request_stop(self) -> None:
        """End the reading as soon as it next tells how far it is."""
        self._stop_event.set()

    def format_progress(self) -> str:
        """How far it is: "201,600 rows, 1.2 s"."""
        return f"{self.rows:,} rows, {time.perf_counter() - self._began:.1f} s"


class SavedImport(Struct, frozen=True, kw_only=True):
    """What was kept: the pack, and what could not be saved of the mapping, if anything."""

    pack: str
    title: str
    result: ImportResult
    not_saved: str = ""


def own_recipes() -> Path:
    """The folder of the person's own recipes."""
    return paths.user_data_folder() / "recipes"


def all_recipes() -> tuple[tuple[Recipe, ...], tuple[Problem, ...]]:
    """Every recipe, the person's own in place of one of the same name; and what is wrong with any."""
    return read_recipes([paths.recipes_folder(), own_recipes()])


def sheet_of(path: Path, name: str, library: Library) -> tuple[RawSheet, RecipeGuess]:
    """The first rows of another sheet, and what its columns probably mean. Raises TableError."""
    with open_table(path) as table:
        head = table.read_head(name, _LOOKED_AT)
    labels = PlaceLabels(library.places)
    return head, guess_recipe(head.rows, path.name, labels, library.measures(), library.platforms())


def kept_table(library: Library, result: ImportResult, about: PackMetadata, *, save: bool) -> SavedImport:
    """Keep a table, and save how it was read where that is wanted. Raises as ``keep`` does."""
    pack = save_pack(library, result, about)
    not_saved = save_mapping(result.recipe) if save else ""
    return SavedImport(pack=pack, title=about.title, result=result, not_saved=not_saved)


def save_mapping(recipe: Recipe) -> str:
    """Save a mapping as a recipe of the person's own. Gives a sentence where it could not be saved."""
    built_in, _ = read_recipes([paths.recipes_folder()])
    named_recipe = named_by(recipe)
    name = f"{named_recipe.name}-own" if named_recipe.name in {one.name for one in built_in} else named_recipe.name
    try:
        save_recipe(replace(named_recipe, name=name, sheets=""), own_recipes())
    except (OSError, ValueError) as error:
        why = (error.strerror if isinstance(error, OSError) else None) or str(error)
        return f"The mapping was not saved: {why}."
    return ""


def describe_error(error: BaseException, file: str) -> str:
    """Why something came to nothing, as a sentence."""
    if isinstance(error, TableError):
        return str(error)
    if isinstance(error, PackError):
        return f"{file} was not kept. {error}"
    if isinstance(error, OSError):
        return f"{file} was not kept: {error.strerror or error}. Nothing has changed."
    if isinstance(error, ValueError):
        return f"{file} was not kept: {str(error).rstrip('.')}. Nothing has changed."
    return f"Something unexpected happened with {file} ({type(error).__name__}). Nothing has changed."


def raise_unforeseen(error: BaseException) -> None:
    """Raise what no sentence was prepared for, so that its details can be copied."""
    if not isinstance(error, (TableError, PackError, OSError, ValueError)):
        raise error
