"""The command line's way of keeping packs, `packs`: which there are, adding, removing, saving and undoing.

Nobody can be asked there, so a pack takes the place of another only where that is said beforehand.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from explorer.library import Library, PackState


Say = Callable[[str], None]
_OK, _PROBLEM, _USAGE = 0, 1, 2


def add_packs(commands: Any, run_command: Callable[[argparse.Namespace], int]) -> None:
    """Add the command to the others."""
    command = commands.add_parser("packs", help="list the packs; add, remove or save one")
    one = command.add_mutually_exclusive_group()
    one.add_argument("--add", metavar="PACK", type=Path, help="a folder, a .zip or a datapackage.json")
    one.add_argument("--remove", metavar="ID", help="take one of your own away")
    one.add_argument("--save", metavar="ID", help="write a pack as a .zip, with -o")
    one.add_argument("--undo", action="store_true", help="undo the latest change, or do it again")
    command.add_argument("--replace", action="store_true", help="let --add replace the one that is there")
    command.add_argument("-o", "--output", metavar="FILE", type=Path, help="the .zip that --save writes")
    command.set_defaults(run=run_command)


def manage_packs(library: Library, args: argparse.Namespace, say: Say, complain: Say) -> int:
    """Do what was asked, and say what came of it or why not."""
    from explorer.packs import PackError

    try:
        return _run_action(library, args, say, complain)
    except PackError as error:
        for problem in error.problems:
            complain(problem.as_sentence())
    except OSError as error:
        complain(f"Nothing has changed: {error.strerror or error}.")
    return _PROBLEM


def _run_action(library: Library, args: argparse.Namespace, say: Say, complain: Say) -> int:
    if args.add is not None:
        return _add_pack(library, args.add, replace=args.replace, say=say, complain=complain)
    if args.remove is not None:
        return _remove_pack(library, args.remove, say, complain)
    if args.save is not None:
        return _save_pack(library, args.save, args.output, say, complain)
    if args.undo:
        return _undo_change(library, say, complain)
    for state in library.packs():
        say(_format_state(state))
    return _OK


def _format_state(state: PackState) -> str:
    where = "shipped" if state.shipped else "your own"
    content_text = f"{state.figures:,} figures" if not state.problems else "not loaded"
    parts = (where, content_text, "" if state.enabled else "switched off")
    return f"{state.id} {state.version}: {state.title} ({', '.join(part for part in parts if part)})"


def _add_pack(library: Library, path: Path, *, replace: bool, say: Say, complain: Say) -> int:
    from explorer.library import VersionComparison, pack_transfer

    arrival = pack_transfer.open_pack(library, path)
    try:
        pack_label = f"{arrival.pack.id} {arrival.pack.version}"
        present = arrival.present
        if arrival.standing is VersionComparison.SAME:
            say(f"{pack_label} is in the library already, with the same content.")
            return _OK
        if present is not None and not replace:
            phrases = {VersionComparison.NEWER: "is older", VersionComparison.OLDER: "is newer"}
            how = phrases.get(arrival.standing, "has other content")
            complain(f"{present.id} {present.version} is in the library and {how}. --replace replaces it.")
            return _PROBLEM
        pack_transfer.install(library, arrival)
    finally:
        arrival.let_go()
    say(f"{pack_label} was added." if present is None else f"{pack_label} has replaced {present.version}.")
    return _OK


def _remove_pack(library: Library, pack: str, say: Say, complain: Say) -> int:
    state = _find_pack(library, pack, complain)
    if state is None:
        return _PROBLEM
    if state.shipped:
        complain(f"{pack} was shipped with the program: it can be switched off there, and not removed.")
        return _PROBLEM
    library.manager.remove_pack(pack)
    say(f"{pack} {state.version} was removed; --undo brings it back.")
    return _OK


def _save_pack(library: Library, pack: str, path: Path | None, say: Say, complain: Say) -> int:
    from explorer.library import pack_transfer

    if path is None:
        complain(f"Name the file to write with -o, such as -o {pack}.zip.")
        return _USAGE
    state = _find_pack(library, pack, complain)
    if state is None:
        return _PROBLEM
    if state.problems:
        complain(f"{pack} could not be read, so it is not saved.")
        return _PROBLEM
    pack_transfer.save_zip(library.manager.lies_in(pack), path)
    say(f"Saved: {path}")
    return _OK


def _undo_change(library: Library, say: Say, complain: Say) -> int:
    try:
        move = library.manager.undo()
    except LookupError:
        complain("There is no change of the packs to undo.")
        return _PROBLEM
    say(f"{'Undone' if move.undone else 'Done again'}: {move.kind.value} {move.pack}.")
    return _OK


def _find_pack(library: Library, pack: str, complain: Say) -> PackState | None:
    states = {state.id: state for state in library.packs()}
    if pack not in states:
        complain(f"No pack is called “{pack}”. There are: {', '.join(states)}.")
    return states.get(pack)
