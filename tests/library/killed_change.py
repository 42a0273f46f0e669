"""Ends a process in the middle of changing packs, again and again, and looks at what the library then holds.

``python -m tests.library.killed_change FOLDER TIMES SEED`` kills it at random moments; with ``steps`` for TIMES, at
every call that changes something on disk, one after the other. It runs by itself, as it forks; it prints what
it found.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import sys
import time
import traceback
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from explorer.evidence.model import Pack
from explorer.library.library import Library
from explorer.packs.reader import read_pack, read_places
from explorer.support import paths
from tests.library.test_pack_switches import second

PLACES = read_places(paths.places_folder())
LOCKDOWN = read_pack(paths.packs_folder() / "lockdown-2020", PLACES)
LONGEST = 0.12
"""Seconds: the latest moment to kill; a round of changes takes about as long."""


def version(number: int) -> Pack:
    """The pack that always has to be there, in one of its versions: what it holds follows from the number."""
    made = second(LOCKDOWN, "own", title=f"Version {number}", version=f"{number}")
    return replace(made, figures=made.figures[: 2 + number % 5 * 2])


def passing() -> Pack:
    """The pack that comes and goes."""
    return second(LOCKDOWN, "passing", title="Passing", version="1")


def opened(file: Path) -> Library:
    """The library as the window opens it, before its packs are verified."""
    return Library.open(file, PLACES, trusting=file.parent / "shipped")


def change(library: Library, number: int) -> None:
    """Every kind of change once: replace, undo, redo, add, remove, undo, redo."""
    library.manager.add_pack(version(number))
    library.manager.undo()
    library.manager.undo()
    library.manager.add_pack(passing())
    library.manager.remove_pack("passing")
    library.manager.undo()
    library.manager.undo()


def whole(library: Library) -> None:
    """Whether the library holds the one pack in one version, and the other whole or not at all."""
    states = {state.id: state for state in library.packs()}
    assert set(states) in ({"own"}, {"own", "passing"}), f"there are {sorted(states)}"
    wanted = [version(int(states["own"].version)), *([passing()] if "passing" in states else [])]
    for pack in wanted:
        assert not states[pack.id].problems, states[pack.id].problems[0].as_sentence()
        assert (states[pack.id].title, states[pack.id].figures) == (pack.title, len(pack.figures))
    held = {figure.id: figure for figure in library.figures()}
    assert held == {figure.id: figure for pack in wanted for figure in pack.figures}, "figures are not whole"


def look(file: Path) -> int:
    """Look at the library as it opens, as it is once verified, and made anew. Gives the version it holds."""
    library = opened(file)
    assert not library.notice, library.notice
    whole(library)
    library.loader.verify_packs()
    whole(library)
    kept = library.packs()
    library.close()
    anew = Library.open(file.with_name("anew.sqlite3"), PLACES)
    assert anew.packs() == kept, "the folder holds something else than the library"
    anew.close()
    for path in file.parent.glob("anew.sqlite3*"):
        path.unlink()
    assert not list(file.parent.glob("packs/.*")), "something half made lies among the packs"
    return next(int(state.version) for state in kept if state.id == "own")


def in_a_child(work: Callable[[], None]) -> int:
    """Run ``work`` in a process of its own; gives its id."""
    child = os.fork()
    if child:
        return child
    try:
        work()
    except BaseException:
        traceback.print_exc()
        os._exit(3)
    os._exit(0)


def at_random(file: Path, times: int, seed: int) -> set[int]:
    """Kill the process ``times`` times; gives the versions that were found."""
    chance, found, number = random.Random(seed), set[int](), 1
    for _ in range(times):
        number += 1
        ready, told = os.pipe()

        def work(told: int = told, number: int = number) -> None:
            library = opened(file)
            library.loader.verify_packs()
            os.write(told, b".")
            while True:
                change(library, number)

        child = in_a_child(work)
        os.read(ready, 1)
        time.sleep(chance.uniform(0, LONGEST))
        os.kill(child, signal.SIGKILL)
        assert os.waitpid(child, 0)[1] == signal.SIGKILL, "it ended by itself"
        os.close(ready)
        os.close(told)
        found.add(look(file))
        age(file)
    look(file)
    moves = file.parent / ".moves"
    assert not list((moves / "staged").iterdir()), "what was half made is still there"
    assert len(list((moves / "kept").iterdir())) <= 1, "more is kept than can be undone"
    return found


def age(file: Path) -> None:
    """Have what was left half made look as old as it is when the program is opened some time later."""
    for path in (file.parent / ".moves" / "staged").rglob("*"):
        os.utime(path, (1e9, 1e9))


def at_every_step(file: Path) -> int:
    """End the process before each call that changes something on disk, in turn; gives how many there are."""
    pristine, step = file.parent.with_name("pristine"), 0
    shutil.copytree(file.parent, pristine)
    while True:
        step += 1
        child = in_a_child(partial(_until, step, lambda: change(opened(file), 2)))
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        look(file)
        if status == 0:
            return step - 1
        assert status == 9, f"it ended with {status}"
        shutil.rmtree(file.parent)
        shutil.copytree(pristine, file.parent)


def _until(step: int, work: Callable[[], None]) -> None:
    """Do ``work``, and end without a word before the call number ``step``."""
    left = step

    def counted(call: Callable[..., Any]) -> Callable[..., Any]:
        def counting(*args: Any, **kwargs: Any) -> Any:
            nonlocal left
            left -= 1
            if not left:
                os._exit(9)
            return call(*args, **kwargs)

        return counting

    for name in ("rename", "replace", "mkdir", "rmdir", "unlink", "fsync"):
        setattr(os, name, counted(getattr(os, name)))
    work()


def main(folder: Path, times: str, seed: int) -> int:
    """Set out with one pack in one version, and kill."""
    file = folder / "data" / "library.sqlite3"
    (file.parent / "shipped").mkdir(parents=True)
    library = opened(file)
    library.manager.add_pack(version(1))
    library.close()
    if times == "steps":
        told = f"ended at each of {at_every_step(file)} steps"
    else:
        found = at_random(file, int(times), seed)
        told = f"killed {times} times (seed {seed}), {len(found)} versions found"
    sys.stdout.write(f"{told}: it always held the old or the new\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])))
