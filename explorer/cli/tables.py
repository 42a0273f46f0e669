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

from explorer.evidence import pluralise_in_words

if TYPE_CHECKING:
    from explorer.importer import ImportResult, Inspection, Recipe
    from explorer.library import Library
    from explorer.packs import Problem


Say = Callable[[str], None]
_OK, _PROBLEM = 0, 1
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


def add_import(commands: Any, run_command: Callable[[argparse.Namespace], int]) -> None:
    """Add the command to the others."""
    command = commands.add_parser("import", help="a table becomes a pack of your own, or one in a folder")
    command.add_argument("table", metavar="TABLE", type=Path, help="a CSV, XLSX or ODS file")
    command.add_argument("--recipe", metavar="NAME", default="", help="what its columns mean; `recipes` lists them")
    command.add_argument("--measure", metavar="M", default="", help="what it counts, where no column says so")
    command.add_argument("--as-guessed", action="store_true", help="take an unknown table as its columns look")
    command.add_argument("--leave-out", action="store_true", help="leave rows with problems out, and say so in it")
    command.add_argument("--protect-small", action="store_true", help="keep counts of 1 to 4 as confidential")
    command.add_argument("--problems", metavar="FILE", type=Path, help="write every problem to a CSV file")
    for name, help_text in _ABOUT.items():
        command.add_argument(f"--{name}", metavar=name.upper(), default="", help=help_text)
    command.add_argument("-o", "--output", metavar="PACK", type=Path, help="a folder to write the pack to instead")
    command.set_defaults(run=run_command)


def add_check(commands: Any, run_command: Callable[[argparse.Namespace], int]) -> None:
    """Add the command to the others."""
    check = commands.add_parser("check", help="every problem of a pack or a table, one a line")
    help_text = "a folder, a .zip or a datapackage.json; or a CSV, XLSX or ODS file"
    check.add_argument("path", metavar="PACK_OR_TABLE", type=Path, help=help_text)
    check.set_defaults(run=run_command)


def check_a_pack(path: Path, say: Say) -> int:
    """Say everything that is wrong with a pack."""
    from explorer.packs import check_pack, read_places
    from explorer.support import paths

    problems = check_pack(path, read_places(paths.places_folder()))
    for problem in problems:
        say(problem.as_sentence())
    if not problems:
        say(f"{path}: no problems found.")
    return _PROBLEM if problems else _OK


def is_table(path: Path) -> bool:
    """Whether a path names a table rather than a pack."""
    return path.suffix.lower() in TABLES


def import_table(library: Library, args: argparse.Namespace, say: Say, complain: Say) -> int:
    """Run the command; gives the exit status."""
    from explorer.importer.sources import TableError
    from explorer.packs import PackError

    try:
        result = _read_table(library, args, say, complain)
        if result is None:
            return _PROBLEM
        return _save_result(library, result, args, say, complain)
    except (TableError, PackError) as error:
        complain(str(error))
    except ValueError as error:
        complain(f"{args.table.name} was not kept: {error}.")
    except OSError as error:
        complain(f"{args.table.name} was not kept: {error.strerror or error}. Nothing has changed.")
    return _PROBLEM


def check_table(library: Library, path: Path, say: Say, complain: Say) -> int:
    """Say everything that is wrong with a table, or ought to be looked at."""
    from explorer.importer import inspect_table, read_table
    from explorer.importer.sources import TableError

    try:
        inspection = inspect_table(path, library, _load_recipes(complain))
        result = read_table(inspection.table, inspection.recipe or inspection.guess.recipe, library)
    except TableError as error:
        say(str(error))
        return _PROBLEM
    for problem in (*result.problems, *result.warnings):
        say(problem.as_sentence())
    if not result.problems:
        say(f"{path}: {_summarise_result(result)}; no row has a problem.")
    return _PROBLEM if result.problems else _OK


def _load_recipes(complain: Say) -> tuple[Recipe, ...]:
    from explorer.importer import read_recipes
    from explorer.support import paths

    recipes, problems = read_recipes([paths.recipes_folder(), paths.user_data_folder() / "recipes"])
    for problem in problems:
        complain(problem.as_sentence())
    return recipes


def _read_table(library: Library, args: argparse.Namespace, say: Say, complain: Say) -> ImportResult | None:
    from explorer.importer import inspect_table, read_table

    recipes = _load_recipes(complain)
    inspection = inspect_table(args.table, library, recipes)
    recipe = _select_recipe(inspection, recipes, args, complain)
    if recipe is None:
        return None
    if inspection.note:
        say(inspection.note)
    began = time.perf_counter()
    result = read_table(inspection.table, recipe, library, watch=_ProgressLine(), protect=args.protect_small)
    say(f"Read by the recipe “{recipe.title}” in {time.perf_counter() - began:.1f} s: {_summarise_result(result)}.")
    return result


def _select_recipe(
    inspection: Inspection, recipes: Iterable[Recipe], args: argparse.Namespace, complain: Say
) -> Recipe | None:
    """The recipe to read by; None, with a sentence, where the person has to decide."""
    by_name = {recipe.name: recipe for recipe in recipes}
    recipe = by_name.get(args.recipe) if args.recipe else inspection.recipe
    if args.recipe and recipe is None:
        complain(f"There is no recipe “{args.recipe}”. There are: {', '.join(sorted(by_name))}.")
        return None
    if recipe is None:
        reasons = "; ".join(f"{what}: {why}" for what, why in inspection.guess.why.items())
        if not args.as_guessed:
            complain(
                f"No recipe fits {args.table.name}. Its columns look like this: {reasons}. Add --as-guessed to "
                "take it so, name a --recipe, or open it in the window to say what each column means."
            )
            return None
        recipe = inspection.guess.recipe
    has_measure_column = bool(recipe.columns.measure)
    if args.measure:
        fixed_values = replace(recipe.fixed, measure=args.measure)
        return replace(recipe, fixed=fixed_values, columns=replace(recipe.columns, measure=[]))
    if (
        has_measure_column
        or (args.recipe and recipe.fixed.measure)
        or (inspection.sure and recipe is inspection.recipe)
    ):
        return recipe
    complain(
        f"Nothing in {args.table.name} says what it counts. Add --measure with the id of a measure, such as "
        "scc-offences for sexual communication with a child."
    )
    return None


class _ProgressLine:
    """Says how far it is, on one line that is written over, where a person is looking on."""

    def __init__(self) -> None:
        self._looked_at = sys.stderr is not None and sys.stderr.isatty()

    def __call__(self, _sheet: str, rows: int) -> None:
        if self._looked_at and rows:
            sys.stderr.write(f"\r{rows:,} rows")
            sys.stderr.flush()


def _summarise_result(result: ImportResult) -> str:
    draft = result.draft
    return (
        f"{pluralise_in_words(draft.rows, 'row', 'rows')}, "
        f"{pluralise_in_words(result.figures.count, 'figure', 'figures')} of "
        f"{pluralise_in_words(len(draft.places), 'place', 'places')} and "
        f"{pluralise_in_words(len(draft.periods), 'period', 'periods')}"
    )


def _save_result(library: Library, result: ImportResult, args: argparse.Namespace, say: Say, complain: Say) -> int:
    from explorer.importer import save_pack, suggest_metadata, write_to_folder

    if args.problems is not None:
        _write_problems((*result.problems, *result.warnings), args.problems)
    _print_problems(result.problems, complain)
    _print_problems(result.warnings, say)
    if result.small and not args.protect_small:
        counts = "1 count is" if result.small == 1 else f"{result.small:,} counts are"
        say(f"{counts} 1 to 4, which may tell of single people: --protect-small keeps them as [c].")
    if result.problems and not args.leave_out:
        complain("Nothing was kept. Mend the table, or add --leave-out to keep the other rows.")
        return _PROBLEM
    about = suggest_metadata(result, args.table)
    about = replace(about, **{name: getattr(args, name) for name in _ABOUT if getattr(args, name)})
    if args.output is not None:
        write_to_folder(result, about, args.output)
        say(f"Written: {args.output}")
    else:
        before = {state.id: state.version for state in library.packs()}
        pack = save_pack(library, result, about)
        was = f" in place of version {before[pack]}; `packs --undo` brings that back" if pack in before else ""
        say(f"Kept in your library as the pack “{pack}”{was}.")
    return _OK


def _print_problems(problems: tuple[Problem, ...], write_line: Say) -> None:
    for problem in problems[:_MOST_SHOWN]:
        write_line(problem.as_sentence())
    if len(problems) > _MOST_SHOWN:
        write_line(f"And {len(problems) - _MOST_SHOWN:,} more; --problems FILE writes them all.")


def _write_problems(problems: tuple[Problem, ...], path: Path) -> None:
    from explorer.packs import to_csv
    from explorer.support import write_atomically

    write_atomically(path, to_csv(problems).encode("utf-8-sig"))
