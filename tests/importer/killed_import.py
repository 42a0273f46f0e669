"""Ends a process in the middle of importing a table, again and again, and looks at what is left.

``python -m tests.importer.killed_import FOLDER TIMES SEED`` forks, so it runs by itself; it prints what it
found.
"""

from __future__ import annotations

import os
import random
import signal
import sys
import time
import traceback
from contextlib import closing
from pathlib import Path

from explorer.evidence.model import Figure
from explorer.importer import pack_builder
from explorer.importer.pack_builder import save_pack, suggest_metadata
from explorer.importer.recipe import read_recipes
from explorer.importer.session import inspect_table, read_table
from explorer.library import series_table
from explorer.library.library import Library
from explorer.packs.reader import read_places
from explorer.support import paths
from tests.importer import home_office

PLACES = read_places(paths.places_folder())
RECIPES = read_recipes([paths.recipes_folder()])[0]
_FEW = 500
"""From how many figures packs are kept in bulk here, so that a small table goes that way."""
Held = dict[str, Figure]


def opened(folder: Path) -> Library:
    """The library as the window opens it."""
    return Library.open(folder / "library.sqlite3", PLACES, trusting=folder / "shipped")


def bring(folder: Path, table: Path) -> None:
    """Import a table from end to end."""
    with closing(opened(folder)) as library:
        looked = inspect_table(table, library, RECIPES)
        assert looked.recipe is not None
        taken = read_table(looked.table, looked.recipe, library)
        save_pack(library, taken, suggest_metadata(taken, table))


def held(folder: Path) -> tuple[Held, Held]:
    """What the library holds as it opens and once its packs are verified; each without notice or problem.

    The two may differ by an import that had moved its folder and not yet settled the tables: both are whole.
    """
    with closing(opened(folder)) as library:
        assert not library.notice, library.notice
        before = {figure.id: figure for figure in library.figures()}
        library.loader.verify_packs()
        assert not [problem.as_sentence() for state in library.packs() for problem in state.problems]
        after = {figure.id: figure for figure in library.figures()}
        return before, after


def main(folder: Path, times: int, seed: int) -> None:
    """Kill so many imports; raises AssertionError where what is left is not whole."""
    luck = random.Random(seed)
    series_table.MANY = pack_builder.MANY = _FEW
    (folder / "shipped").mkdir(parents=True, exist_ok=True)
    tables = [folder / f"table{number}.csv" for number in range(2)]
    wholes: list[Held] = [{}]
    for number, table in enumerate(tables):
        home_office.write_csv(table, [("", home_office.rows(2018 + number, 6, seed=number))])
        began = time.perf_counter()
        bring(folder, table)
        longest = time.perf_counter() - began
        wholes.append(held(folder)[1])
    known = [_version(whole) for whole in wholes]
    landed = 0
    for number in range(times):
        child = os.fork()
        if not child:
            try:
                bring(folder, tables[number % 2])
            except BaseException:
                traceback.print_exc()
                os._exit(1)
            os._exit(0)
        time.sleep(luck.random() * longest * 1.3)
        os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        assert os.WIFSIGNALED(status) or os.waitstatus_to_exitcode(status) == 0
        before, found = held(folder)
        for told in (before, found):
            assert _version(told) in known, f"kill {number} left {len(told)} figures that are no pack"
        landed += _version(found) == _version(wholes[1 + number % 2])
    sys.stdout.write(f"{times} imports killed, {landed} had got through; the library was whole after each\n")


def _version(found: Held) -> list[tuple[str, str]]:
    """The figures without the moment that they were brought at."""
    return sorted((id_, str(figure.amount.number)) for id_, figure in found.items())


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
