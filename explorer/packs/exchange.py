"""The person's folder of packs on disk: one entry leaves, another takes its place, and what left is kept.

Each move is written down before anything is renamed, so that one cut short at any moment is carried out when
the folder is next opened. What left lies beside the folder until the next move, and can be put back.
It knows names of files and folders, and nothing of what is in a pack.
"""

from __future__ import annotations

import enum
import os
import time
from contextlib import suppress
from pathlib import Path

import msgspec
from msgspec import Struct
from msgspec.structs import replace

_BESIDE = ".moves"
_STAGED, _KEPT = "staged", "kept"
_MOVING, _MOVED = "moving.json", "moved.json"
_GRACE = 120.0
"""Seconds before the program started; what was touched later may still be another window's work."""
_STARTED = time.time()
_LARGEST = 1 << 20


class MoveKind(enum.Enum):
    """What a move did to the person's packs."""

    ADD = "add"
    REPLACE = "replace"
    REMOVE = "remove"


class Move(Struct, frozen=True, kw_only=True):
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


class _Moving(Struct, frozen=True, kw_only=True):
    """A move under way, as it is written down; ``staged`` is relative to the folder that holds both."""

    move: Move
    staged: str = ""


class OwnFolder:
    """The person's folder of packs, with a hidden one beside it for what is on its way in or out."""

    def __init__(self, folder: Path) -> None:
        """Nothing is made or read before it is needed."""
        self.path = folder
        self._beside = folder.parent / _BESIDE

    def stage(self, name: str) -> Path:
        """A new empty folder on the same disk, to make a pack in before it is put in place."""
        made = _new_folder(self._beside / _STAGED, f".{name[:60]}.")
        made.chmod(0o755)
        return made

    @property
    def interrupted(self) -> bool:
        """Whether a move was begun and not carried out."""
        return (self._beside / _MOVING).exists()

    def last(self) -> Move | None:
        """The latest move, where what it needs to be turned back is still there."""
        done = _decoded(self._beside / _MOVED)
        move = None if done is None else done.move
        if move is None:
            return None
        there = (self.path / move.came).exists() if move.came else True
        return move if there and (not move.left or self.kept(move).exists()) else None

    def kept(self, move: Move) -> Path:
        """Where the pack lies that left in ``move``."""
        return self._beside / _KEPT / move.kept / move.left

    def put(self, move: Move, staged: Path | None) -> Move:
        """Let ``move.left`` leave and ``staged`` come as ``move.came``. Gives the move as it was made.

        Either name may be empty. Raises OSError, with everything as it was.
        """
        self.path.mkdir(parents=True, exist_ok=True)
        into = _new_folder(self._beside / _KEPT, "")
        moving = _Moving(
            move=replace(move, kept=into.name),
            staged=os.path.relpath(staged, self.path.parent) if staged is not None else "",
        )
        try:
            _write(self._beside / _MOVING, moving)
            self._carry_out(moving)
        except BaseException:
            self._take_back(moving)
            raise
        self._prune()
        return moving.move

    def turned(self, move: Move) -> tuple[Move, Path | None]:
        """``move`` the other way round, for ``put``: what is kept comes, what came leaves."""
        came = self.free(move.left, move.came) if move.left else ""
        turned = replace(move, left=move.came, came=came, undone=not move.undone)
        return turned, self.kept(move) if move.left else None

    def free(self, name: str, leaving: str) -> str:
        """``name``, or one like it where something else has it that is not about to leave."""
        found, number = name, 2
        while found != leaving and os.path.lexists(self.path / found):
            found, number = f"{name}-{number}", number + 1
        return found

    def recover(self) -> None:
        """Carry out the move that was cut short, if one was, and clear away what nobody needs any more."""
        if self.interrupted:
            moving = _decoded(self._beside / _MOVING)
            with suppress(OSError):
                if moving is None:
                    (self._beside / _MOVING).unlink()
                else:
                    self._carry_out(moving)
        if self._beside.is_dir() or self.path.is_dir():
            self._prune()
            self._sweep()

    def _carry_out(self, moving: _Moving) -> None:
        """Every step that is not done yet; what lies where says which those are."""
        move = moving.move
        if move.left and not self.kept(move).exists() and (self.path / move.left).exists():
            self.kept(move).parent.mkdir(parents=True, exist_ok=True)
            (self.path / move.left).rename(self.kept(move))
        staged = self.path.parent / moving.staged
        if moving.staged and staged.exists():
            staged.rename(self.path / move.came)
        for folder in (self.path, self.kept(move).parent):
            _settle(folder)
        (self._beside / _MOVING).replace(self._beside / _MOVED)
        _settle(self._beside)

    def _take_back(self, moving: _Moving) -> None:
        """Undo the steps that were done, in turn; where that fails too, the next opening carries them out."""
        move = moving.move
        staged = self.path.parent / moving.staged
        if not (self._beside / _MOVING).exists():  # it was never written down, or is done
            return
        with suppress(OSError):
            if moving.staged and not staged.exists() and (self.path / move.came).exists():
                (self.path / move.came).rename(staged)
            if move.left and self.kept(move).exists():
                self.kept(move).rename(self.path / move.left)
            (self._beside / _MOVING).unlink()
            self.kept(move).parent.rmdir()

    def _prune(self) -> None:
        """Drop what earlier moves kept: only the latest can be turned back."""
        if self.interrupted:
            return
        done = _decoded(self._beside / _MOVED)
        needed = "" if done is None else done.move.kept
        for entry in _entries(self._beside / _KEPT):
            if entry.name != needed:
                discard(entry)

    def _sweep(self) -> None:
        """Drop what was half made when the program was ended, and not by a window that is still open."""
        hidden = [entry for entry in _entries(self.path) if entry.name.startswith(".")]
        for entry in (*_entries(self._beside / _STAGED), *hidden):
            if entry.is_dir() and not entry.is_symlink() and _touched(entry) < _STARTED - _GRACE:
                discard(entry)


def discard(path: Path) -> None:
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


def _plain(name: str) -> bool:
    return Path(name).name == name and name not in (".", "..")


def _entries(folder: Path) -> list[Path]:
    try:
        return list(folder.iterdir())
    except OSError:
        return []


def _touched(folder: Path) -> float:
    """When anything in ``folder`` was last written, in seconds since the epoch."""
    times = [0.0]
    for path in (folder, *folder.rglob("*")):
        with suppress(OSError):
            times.append(path.lstat().st_mtime)
    return max(times)


def _decoded(path: Path) -> _Moving | None:
    """What was written down at ``path``; None where it says nothing, or leads out of the person's folder."""
    try:
        if path.stat().st_size > _LARGEST:
            return None
        moving = msgspec.json.decode(path.read_bytes(), type=_Moving)
    except (OSError, ValueError, RecursionError):
        return None
    move, steps = moving.move, Path(moving.staged).parts
    named = all(map(_plain, filter(None, (move.left, move.came, move.kept))))
    return moving if named and ".." not in steps and not Path(moving.staged).is_absolute() else None


def _write(path: Path, moving: _Moving) -> None:
    """Write the file whole beside the old one, then swap them."""
    new = path.with_name(f"{path.name}.new")
    with new.open("wb") as stream:
        stream.write(msgspec.json.encode(moving))
        stream.flush()
        os.fsync(stream.fileno())
    new.replace(path)
    _settle(path.parent)


def _settle(folder: Path) -> None:
    """Have the names in ``folder`` written to the disk, where the system can be asked for that."""
    if os.name != "posix":
        return
    with suppress(OSError):
        held = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(held)
        finally:
            os.close(held)
