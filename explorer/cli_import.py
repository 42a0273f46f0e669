"""The command line's way of bringing a table, `import`, and of checking one or a pack, `check`.

Nothing is kept while a row has a problem, unless it is told to leave such rows out.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from .evidence.wording import count

if TYPE_CHECKING:
    from .packs.importing import Looked, Taken
    from .packs.library import Library
    from .packs.problems import Problem
    from .packs.recipes import Recipe

Say = Callable[[str], None]
_DONE, _PROBLEM = 0, 1
_MOST_SHOWN = 20
TABLES = frozenset({".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".xls", ".xlsb", ".ods"})
"""The endings of files that are tables and no packs."""
_ABOUT = {
    "title": "what it is called",
    "publisher": "who published it",
    "published": "when, such as 2025-07",
    "address": "where it is found",
    "licence": "its licence",
}


def add_import(commands: Any, run: Callable[[argparse.Namespace], int]) -> None:
    """Add the command to the others."""
    command = commands.add_parser("import", help="a table of your own becomes a pack")
    command.add_argument("table", metavar="TABLE", type=Path, help="a CSV, XLSX or ODS file")
    command.add_argument(
        "--recipe", metavar="NAME", default="", help="what its columns mean; `recipes` lists them"
    )
    command.add_argument("--measure", metavar="M", default="", help="what it counts, where no column says so")
    command.add_argument(
        "--as-guessed", action="store_true", help="take an unknown table as its columns look"
    )
    command.add_argument(
        "--leave-out", action="store_true", help="leave rows with problems out, and say so in it"
    )
    command.add_argument("--protect-small", action="store_true", help="keep counts of 1 to 4 as confidential")
    command.add_argument("--problems", metavar="FILE", type=Path, help="write every problem to a CSV file")
    for name, told in _ABOUT.items():
        command.add_argument(f"--{name}", metavar=name.upper(), default="", help=told)
    command.add_argument(
        "-o", "--output", metavar="PACK", type=Path, help="a folder to write the pack to instead"
    )
    command.set_defaults(run=run)


def add_check(commands: Any, run: Callable[[argparse.Namespace], int]) -> None:
    """Add the command to the others."""
    check = commands.add_parser("check", help="every problem of a pack or a table, one a line")
    told = "a folder, a .zip or a datapackage.json; or a CSV, XLSX or ODS file"
    check.add_argument("path", metavar="PACK_OR_TABLE", type=Path, help=told)
    check.set_defaults(run=run)


def check_a_pack(path: Path, say: Say) -> int:
    """Say everything that is wrong with a pack."""
    from . import paths
    from .packs.read import check_pack, read_places

    problems = check_pack(path, read_places(paths.places_folder()))
    for problem in problems:
        say(problem.sentence())
    if not problems:
        say(f"{path}: no problems found.")
    return _PROBLEM if problems else _DONE


def is_table(path: Path) -> bool:
    """Whether a path names a table rather than a pack."""
    return path.suffix.lower() in TABLES


def import_table(library: Library, given: argparse.Namespace, say: Say, complain: Say) -> int:
    """Run the command; gives the exit status."""
    from .packs.problems import PackError
    from .packs.tables import TableError

    try:
        taken = _read(library, given, say, complain)
        if taken is None:
            return _PROBLEM
        return _keep(library, taken, given, say, complain)
    except (TableError, PackError) as error:
        complain(str(error))
    except ValueError as error:
        complain(f"{given.table.name} was not kept: {error}.")
    except OSError as error:
        complain(f"{given.table.name} was not kept: {error.strerror or error}. Nothing has changed.")
    return _PROBLEM


def check_table(library: Library, path: Path, say: Say, complain: Say) -> int:
    """Say everything that is wrong with a table, or ought to be looked at."""
    from .packs.importing import look, read_table
    from .packs.tables import TableError

    try:
        looked = look(path, library, _recipes(complain))
        taken = read_table(looked.table, looked.recipe or looked.guess.recipe, library)
    except TableError as error:
        say(str(error))
        return _PROBLEM
    for problem in (*taken.problems, *taken.doubts):
        say(problem.sentence())
    if not taken.problems:
        say(f"{path}: {_told(taken)}; no row has a problem.")
    return _PROBLEM if taken.problems else _DONE


def _recipes(complain: Say) -> tuple[Recipe, ...]:
    from . import paths
    from .packs.recipes import read_recipes

    found, problems = read_recipes([paths.recipes_folder(), paths.user_data_folder() / "recipes"])
    for problem in problems:
        complain(problem.sentence())
    return found


def _read(library: Library, given: argparse.Namespace, say: Say, complain: Say) -> Taken | None:
    from .packs.importing import look, read_table

    recipes = _recipes(complain)
    looked = look(given.table, library, recipes)
    recipe = _chosen(looked, recipes, given, complain)
    if recipe is None:
        return None
    if looked.note:
        say(looked.note)
    began = time.perf_counter()
    taken = read_table(looked.table, recipe, library, watch=_Progress(), protect=given.protect_small)
    say(f"Read by the recipe “{recipe.title}” in {time.perf_counter() - began:.1f} s: {_told(taken)}.")
    return taken


def _chosen(
    looked: Looked, recipes: Iterable[Recipe], given: argparse.Namespace, complain: Say
) -> Recipe | None:
    """The recipe to read by; None, with a sentence, where the person has to decide."""
    known = {recipe.name: recipe for recipe in recipes}
    recipe = known.get(given.recipe) if given.recipe else looked.recipe
    if given.recipe and recipe is None:
        complain(f"There is no recipe “{given.recipe}”. There are: {', '.join(sorted(known))}.")
        return None
    if recipe is None:
        told = "; ".join(f"{what}: {why}" for what, why in looked.guess.why.items())
        if not given.as_guessed:
            complain(
                f"No recipe fits {given.table.name}. Its columns look like this: {told}. Add --as-guessed to "
                "take it so, name a --recipe, or open it in the window to say what each column means."
            )
            return None
        recipe = looked.guess.recipe
    counted = bool(recipe.columns.measure)
    if given.measure:
        fixed = replace(recipe.fixed, measure=given.measure)
        return replace(recipe, fixed=fixed, columns=replace(recipe.columns, measure=[]))
    if counted or (given.recipe and recipe.fixed.measure) or (looked.sure and recipe is looked.recipe):
        return recipe
    complain(
        f"Nothing in {given.table.name} says what it counts. Add --measure with the id of a measure, such as "
        "scc-offences for sexual communication with a child."
    )
    return None


class _Progress:
    """Says how far it is, on one line that is written over, where a person is looking on."""

    def __init__(self) -> None:
        self._looked_at = sys.stderr is not None and sys.stderr.isatty()

    def __call__(self, _sheet: str, rows: int) -> None:
        if self._looked_at and rows:
            sys.stderr.write(f"\r{rows:,} rows")
            sys.stderr.flush()


def _told(taken: Taken) -> str:
    draft = taken.draft
    return (
        f"{count(draft.rows, 'row', 'rows')}, {count(taken.settled.count, 'figure', 'figures')} of "
        f"{count(len(draft.places), 'place', 'places')} and {count(len(draft.periods), 'period', 'periods')}"
    )


def _keep(library: Library, taken: Taken, given: argparse.Namespace, say: Say, complain: Say) -> int:
    from .packs.imported import keep, suggested, write

    if given.problems is not None:
        _write_problems((*taken.problems, *taken.doubts), given.problems)
    _list(taken.problems, complain)
    _list(taken.doubts, say)
    if taken.small and not given.protect_small:
        counts = "1 count is" if taken.small == 1 else f"{taken.small:,} counts are"
        say(f"{counts} 1 to 4, which may tell of single people: --protect-small keeps them as [c].")
    if taken.problems and not given.leave_out:
        complain("Nothing was kept. Mend the table, or add --leave-out to keep the other rows.")
        return _PROBLEM
    about = suggested(taken, given.table)
    about = replace(about, **{name: getattr(given, name) for name in _ABOUT if getattr(given, name)})
    if given.output is not None:
        write(taken, about, given.output)
        say(f"Written: {given.output}")
    else:
        before = {state.id: state.version for state in library.packs()}
        pack = keep(library, taken, about)
        was = (
            f" in place of version {before[pack]}; `packs --undo` brings that back" if pack in before else ""
        )
        say(f"Kept in your library as the pack “{pack}”{was}.")
    return _DONE


def _list(problems: tuple[Problem, ...], told: Say) -> None:
    for problem in problems[:_MOST_SHOWN]:
        told(problem.sentence())
    if len(problems) > _MOST_SHOWN:
        told(f"And {len(problems) - _MOST_SHOWN:,} more; --problems FILE writes them all.")


def _write_problems(problems: tuple[Problem, ...], path: Path) -> None:
    from .packs.problems import to_csv

    path.write_text(to_csv(problems), encoding="utf-8-sig", newline="")
