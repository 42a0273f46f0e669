"""The person's folder of packs on disk: one entry leaves, another takes its place, and what left is kept.

Each move is written down before anything is renamed, so that one cut short at any moment is carried out when
the folder is next opened. What left lies beside the folder until the next move, and can be put back.
It knows names of files and folders, and nothing of what is in a pack.
"""

from __future__ import annotations

import enum
import json
import os
import time
from contextlib import suppress
from pathlib import Path
from typing import cast

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from explorer.support import sync_folder, write_atomically

_BESIDE = ".moves"
_STAGING_FOLDER, _BACKUP_FOLDER = "staged", "kept"
_MOVING, _LATEST_JOURNAL = "moving.json", "moved.json"
_GRACE = 120.0
"""Seconds before the program started; what was touched later may still be another window's work."""
_START_TIME = time.time()
_LARGEST = 1 << 20


class MoveKind(enum.Enum):
    """What a move did to the person's packs."""

    ADD = "add"
    REPLACE = "replace"
    REMOVE = "remove"


class PackTransaction(Struct, frozen=True, kw_only=True):
    """The latest change of the person's packs: it can be undone, and once undone be done again."""

    kind: MoveKind
    pack: str
    title: str
    left: str = ""
    """The name of the file or folder that is kept now; empty where nothing is."""
    came: str = ""
    """The name of the file or folder that came in its place; empty where nothing did."""
    kept: str = ""
    """The hidden folder that ``left`` lies in."""
    undone: bool = False


class _PendingTransaction(Struct, frozen=True, kw_only=True):
    """A move under way, as it is written down; ``staged`` is relative to the folder that holds both."""

    move: PackTransaction
    staged: str = ""


class UserPackFolder:
    """The person's folder of packs, with a hidden one beside it for what is on its way in or out."""

    def __init__(self, folder: Path) -> None:
        """Nothing is made or read before it is needed."""
        self.path = folder
        self._beside = folder.parent / _BESIDE

    def create_staging_folder(self, name: str) -> Path:
        """A new empty folder on the same disk, to make a pack in before it is put in place."""
        staging_folder = _new_folder(self._beside / _STAGING_FOLDER, f".{name[:60]}.")
        staging_folder.chmod(0o755)
        return staging_folder

    @property
    def is_interrupted(self) -> bool:
        """Whether a move was begun and not carried out."""
        return (self._beside / _MOVING).exists()

    def latest_transaction(self) -> PackTransaction | None:
        """The latest move, where what it needs to be turned back is still there."""
        journal = _read_journal(self._beside / _LATEST_JOURNAL)
        move = None if journal is None else journal.move
        if move is None:
            return None
        there = (self.path / move.came).exists() if move.came else True
        return move if there and (not move.left or self.backup_path(move).exists()) else None

    def backup_path(self, move: PackTransaction) -> Path:
        """Where the pack lies that left in ``move``."""
        return self._beside / _BACKUP_FOLDER / move.kept / move.left

    def apply_transaction(self, move: PackTransaction, staging_folder: Path | None) -> PackTransaction:
        """Let ``move.left`` leave and ``staging_folder`` come as ``move.came``. Gives the move as it was made.

        Either name may be empty. Raises OSError, with everything as it was.
        """
        self.path.mkdir(parents=True, exist_ok=True)
        into = _new_folder(self._beside / _BACKUP_FOLDER, "")
        moving = _PendingTransaction(
            move=replace(move, kept=into.name),
            staged=os.path.relpath(staging_folder, self.path.parent) if staging_folder is not None else "",
        )
        try:
            write_atomically(self._beside / _MOVING, msgspec.json.encode(moving))
            self._carry_out(moving)
        except BaseException:
            self._take_back(moving)
            raise
        self._prune_backups()
        return moving.move

    def invert_transaction(self, move: PackTransaction) -> tuple[PackTransaction, Path | None]:
        """``move`` the other way round, for ``put``: what is kept comes, what came leaves."""
        came = self.find_free_name(move.left, move.came) if move.left else ""
        inverse = replace(move, left=move.came, came=came, undone=not move.undone)
        return inverse, self.backup_path(move) if move.left else None

    def find_free_name(self, name: str, leaving: str) -> str:
        """``name``, or one like it where something else has it that is not about to leave."""
        candidate, number = name, 2
        while candidate != leaving and os.path.lexists(self.path / candidate):
            candidate, number = f"{name}-{number}", number + 1
        return candidate

    def recover_interrupted(self) -> None:
        """Carry out the move that was cut short, if one was, and clear away what nobody needs any more."""
        if self.is_interrupted:
            moving = _read_journal(self._beside / _MOVING)
            with suppress(OSError):
                if moving is None:
                    (self._beside / _MOVING).unlink()
                else:
                    self._carry_out(moving)
        if self._beside.is_dir() or self.path.is_dir():
            self._prune_backups()
            self._remove_leftovers()

    def _carry_out(self, moving: _PendingTransaction) -> None:
        """Every step that is not done yet; what lies where says which those are."""
        move = moving.move
        if move.left and not self.backup_path(move).exists() and (self.path / move.left).exists():
            self.backup_path(move).parent.mkdir(parents=True, exist_ok=True)
            (self.path / move.left).rename(self.backup_path(move))
        staging_folder = self.path.parent / moving.staged
        if moving.staged and staging_folder.exists():
            staging_folder.rename(self.path / move.came)
        for folder in (self.path, self.backup_path(move).parent):
            sync_folder(folder)
        (self._beside / _MOVING).replace(self._beside / _LATEST_JOURNAL)
        sync_folder(self._beside)

    def _take_back(self, moving: _PendingTransaction) -> None:
        """Undo the steps that were done, in turn; where that fails too, the next opening carries them out."""
        move = moving.move
        staging_folder = self.path.parent / moving.staged
        if not (self._beside / _MOVING).exists():  # it was never written down, or is done
            return
        with suppress(OSError):
            if moving.staged and not staging_folder.exists() and (self.path / move.came).exists():
                (self.path / move.came).rename(staging_folder)
            if move.left and self.backup_path(move).exists():
                self.backup_path(move).rename(self.path / move.left)
            (self._beside / _MOVING).unlink()
            self.backup_path(move).parent.rmdir()

    def _prune_backups(self) -> None:
        """Drop what earlier moves kept: only the latest can be turned back."""
        if self.is_interrupted:
            return
        journal = _read_journal(self._beside / _LATEST_JOURNAL)
        needed_name = "" if journal is None else journal.move.kept
        for entry in _list_entries(self._beside / _BACKUP_FOLDER):
            if entry.name != needed_name:
                remove_tree(entry)

    def _remove_leftovers(self) -> None:
        """Drop what was half made when the program was ended, and not by a window that is still open."""
        hidden_entries = [entry for entry in _list_entries(self.path) if entry.name.startswith(".")]
        for entry in (*_list_entries(self._beside / _STAGING_FOLDER), *hidden_entries):
            if entry.is_dir() and not entry.is_symlink() and _last_modified(entry) < _START_TIME - _GRACE:
                remove_tree(entry)


def remove_tree(path: Path) -> None:
    """Delete a file or a folder as far as that can be done; a link is deleted, and not what it leads to."""
    if path.is_dir() and not path.is_symlink():
        import shutil

        shutil.rmtree(path, ignore_errors=True)
    else:
        with suppress(OSError):
            path.unlink(missing_ok=True)


def _new_folder(parent: Path, prefix: str) -> Path:
    import tempfile

    parent.mkdir(parents=True, exist_ok=True)
    return Path(tempfile.mkdtemp(prefix=prefix, dir=parent))


def _is_plain_name(name: str) -> bool:
    return Path(name).name == name and name not in (".", "..")


def _list_entries(folder: Path) -> list[Path]:
    try:
        return list(folder.iterdir())
    except OSError:
        return []


def _last_modified(folder: Path) -> float:
    """When anything in ``folder`` was last written, in seconds since the epoch."""
    times = [0.0]
    for path in (folder, *folder.rglob("*")):
        with suppress(OSError):
            times.append(path.lstat().st_mtime)
    return max(times)


def _read_journal(path: Path) -> _PendingTransaction | None:
    """What was written down at ``path``; None where it says nothing, or leads out of the person's folder."""
    try:
        if path.stat().st_size > _LARGEST:
            return None
        moving = msgspec.json.decode(path.read_bytes(), type=_PendingTransaction)
    except (OSError, ValueError, RecursionError):
        return None
    move, steps = moving.move, Path(moving.staged).parts
    has_plain_names = all(map(_is_plain_name, filter(None, (move.left, move.came, move.kept))))
    return moving if has_plain_names and ".." not in steps and not Path(moving.staged).is_absolute() else None


# Which packs the person has switched off: a small file beside the library, which a rebuilt library
# keeps.


SWITCHES_FILE = "switched-off.json"
_KEY = "off"


class PackSwitches:
    """The ids of the packs that are off. Without a file they are remembered until the program ends."""

    def __init__(self, path: Path | None) -> None:
        """Read the file at ``path``; one that is missing or cannot be read switches nothing off."""
        self._path = path
        self._off = frozenset[str]() if path is None else _read_switches(path)

    def is_on(self, pack: str) -> bool:
        """Whether a pack is switched on, as all are that nobody has switched off."""
        return pack not in self._off

    def set_enabled(self, pack: str, *, is_enabled: bool) -> None:
        """Switch a pack on or off and write that down. Raises OSError, with nothing changed."""
        off = self._off - {pack} if is_enabled else self._off | {pack}
        if off != self._off:
            if self._path is not None:
                _write_switches(self._path, off)
            self._off = off


def _read_switches(path: Path) -> frozenset[str]:
    try:
        if path.stat().st_size > _LARGEST:
            return frozenset()
        content: object = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return frozenset()
    names: object = cast("dict[str, object]", content).get(_KEY) if isinstance(content, dict) else None
    if not isinstance(names, list):
        return frozenset()
    return frozenset(name for name in cast("list[object]", names) if isinstance(name, str))


def _write_switches(path: Path, off: frozenset[str]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    content = json.dumps({_KEY: sorted(off)}, ensure_ascii=False, indent=2) + "\n"
    write_atomically(path, content.encode())
