"""The command line's way of keeping packs, `packs`: which there are, adding, removing, saving and undoing.

Nobody can be asked there, so a pack takes the place of another only where that is said beforehand.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .packs.library import Library, PackState

Say = Callable[[str], None]
_DONE, _PROBLEM, _USAGE = 0, 1, 2


def add_packs(commands: Any, run: Callable[[argparse.Namespace], int]) -> None:
    """Add the command to the others."""
    command = commands.add_parser("packs", help="list the packs; add, remove or save one")
    one = command.add_mutually_exclusive_group()
    one.add_argument("--add", metavar="PACK", type=Path, help="a folder, a .zip or a datapackage.json")
    one.add_argument("--remove", metavar="ID", help="take one of your own away")
    one.add_argument("--save", metavar="ID", help="write a pack as a .zip, with -o")
    one.add_argument("--undo", action="store_true", help="undo the latest change, or do it again")
    command.add_argument("--replace", action="store_true", help="let --add replace the one that is there")
    command.add_argument("-o", "--output", metavar="FILE", type=Path, help="the .zip that --save writes")
    command.set_defaults(run=run)


def manage_packs(library: Library, given: argparse.Namespace, say: Say, complain: Say) -> int:
    """Do what was asked, and say what came of it or why not."""
    from .packs.problems import PackError

    try:
        return _done(library, given, say, complain)
    except PackError as error:
        for problem in error.problems:
            complain(problem.sentence())
    except OSError as error:
        complain(f"Nothing has changed: {error.strerror or error}.")
    return _PROBLEM


def _done(library: Library, given: argparse.Namespace, say: Say, complain: Say) -> int:
    if given.add is not None:
        return _add(library, given.add, replace=given.replace, say=say, complain=complain)
    if given.remove is not None:
        return _remove(library, given.remove, say, complain)
    if given.save is not None:
        return _save(library, given.save, given.output, say, complain)
    if given.undo:
        return _undo(library, say, complain)
    for state in library.packs():
        say(_line(state))
    return _DONE


def _line(state: PackState) -> str:
    where = "shipped" if state.shipped else "your own"
    held = f"{state.figures:,} figures" if not state.problems else "not loaded"
    parts = (where, held, "" if state.enabled else "switched off")
    return f"{state.id} {state.version}: {state.title} ({', '.join(part for part in parts if part)})"


def _add(library: Library, path: Path, *, replace: bool, say: Say, complain: Say) -> int:
    from .packs import travel
    from .packs.travel import Standing

    arrival = travel.open_pack(library, path)
    try:
        named = f"{arrival.pack.id} {arrival.pack.version}"
        present = arrival.present
        if arrival.standing is Standing.SAME:
            say(f"{named} is in the library already, with the same content.")
            return _DONE
        if present is not None and not replace:
            told = {Standing.NEWER: "is older", Standing.OLDER: "is newer"}
            how = told.get(arrival.standing, "has other content")
            complain(f"{present.id} {present.version} is in the library and {how}. --replace replaces it.")
            return _PROBLEM
        travel.keep(library, arrival)
    finally:
        arrival.let_go()
    say(f"{named} was added." if present is None else f"{named} has replaced {present.version}.")
    return _DONE


def _remove(library: Library, pack: str, say: Say, complain: Say) -> int:
    state = _named(library, pack, complain)
    if state is None:
        return _PROBLEM
    if state.shipped:
        complain(f"{pack} was shipped with the program: it can be switched off there, and not removed.")
        return _PROBLEM
    library.remove(pack)
    say(f"{pack} {state.version} was removed; --undo brings it back.")
    return _DONE


def _save(library: Library, pack: str, path: Path | None, say: Say, complain: Say) -> int:
    from .packs import travel

    if path is None:
        complain(f"Name the file to write with -o, such as -o {pack}.zip.")
        return _USAGE
    state = _named(library, pack, complain)
    if state is None:
        return _PROBLEM
    if state.problems:
        complain(f"{pack} could not be read, so it is not saved.")
        return _PROBLEM
    travel.save(library.lies_in(pack), path)
    say(f"Saved: {path}")
    return _DONE


def _undo(library: Library, say: Say, complain: Say) -> int:
    try:
        move = library.undo()
    except LookupError:
        complain("There is no change of the packs to undo.")
        return _PROBLEM
    say(f"{'Undone' if move.undone else 'Done again'}: {move.kind.value} {move.pack}.")
    return _DONE


def _named(library: Library, pack: str, complain: Say) -> PackState | None:
    states = {state.id: state for state in library.packs()}
    if pack not in states:
        complain(f"No pack is called “{pack}”. There are: {', '.join(states)}.")
    return states.get(pack)
