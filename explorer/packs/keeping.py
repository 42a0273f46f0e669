"""Changing the packs of the library: adding, replacing, taking away and putting back, switching on and off.

Each is one change: of the tables in one transaction, whose last step is the move in the person's folder.
Ended at any moment, what is opened next holds all of it or none.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Generator
from contextlib import contextmanager, suppress
from pathlib import Path

from explorer.evidence.model import Pack

from . import shipping, stock
from .database import Database
from .exchange import Move, MoveKind, discard
from .filling import Filling
from .problems import PackError
from .read import inspect, read
from .stock import PackState

Fill = Callable[[sqlite3.Connection, PackState], None]
"""Lists a pack as the state says, and puts what it holds into the tables."""
_BUSY_SECONDS = 1.0


class Busy(OSError):  # noqa: N818 - it passes
    """Another change of the packs is under way, and this one can wait."""

    def __init__(self) -> None:
        super().__init__("other packs are being read in; try again when that is done")


class Keeping(Filling):
    """The part of the library that changes which packs there are; ``Library`` adds the asking."""

    def add(self, pack: Pack) -> None:
        """Add a pack of the person's own, in place of an older one with its id; kept beside the library file.

        Raises PackError where it cannot stand beside the others, ValueError where something in it cannot be
        written, OSError where the disk refuses. Then nothing has changed.
        """
        from .write import write_into

        def fill(connection: sqlite3.Connection, state: PackState) -> None:
            stock.put(connection, pack, state, self._places)

        with self._moving:
            shipping.check_whole(pack, self._places)
            self.check_beside(pack)
            if self._own is None:
                self._place(pack, None, "", fill)
                return
            with self.staging(pack.id) as staged:
                write_into(pack, staged)
                self.add_staged(pack, staged, fill)

    def add_staged(self, pack: Pack, staged: Path, fill: Fill) -> None:
        """Add a pack that lies complete and sealed in ``staged``, and that ``fill`` puts into the tables.

        ``pack`` may lack what ``fill`` brings by itself. ``staged`` is a folder on the disk of ``own_folder``
        (see ``staging``) and is moved there as the last step; what it replaces is kept for ``undo``. A
        library in memory leaves it where it is. Raises PackError for sums that do not hold or a pack that
        cannot stand beside the others, OSError where the disk refuses, and whatever ``fill`` raises: then
        nothing has changed.
        """
        with self._moving:
            shipping.check_whole(pack, self._places)
            self.check_beside(pack)
            inspection = inspect(staged)
            if inspection.problems or inspection.manifest is None:
                raise PackError(inspection.problems)
            self._place(pack, staged, inspection.manifest.fingerprint, fill)

    @contextmanager
    def staging(self, name: str) -> Generator[Path]:
        """An empty hidden folder to make a pack in; what is still there at the end is deleted.

        Raises OSError as ``stage`` does.
        """
        staged = self.stage(name)
        try:
            yield staged
        finally:
            discard(staged)

    def stage(self, name: str) -> Path:
        """An empty hidden folder on the disk of ``own_folder``, for whoever asks to delete again.

        Raises OSError where the person's folder cannot be written to, or there is none.
        """
        if self._own is None:
            raise OSError("there is no folder of your own to keep packs in")
        return self._own.stage(name)

    def lies_in(self, pack: str) -> Path:
        """The folder or .zip of a pack. Raises KeyError for an unknown id or one that is only in memory."""
        state = self._listed(pack)
        parent = self._shipped if state is not None and state.shipped else self.own_folder
        if state is None or parent is None or not state.folder:
            raise KeyError(pack)
        return parent / state.folder

    def check_beside(self, pack: Pack) -> None:
        """Whether a pack can stand beside the others, in place of one with its id. Raises PackError."""
        listed = {state.id: state for state in stock.states(self._database)}
        shipping.check_beside(self._database, pack, listed, shipped=False)

    def remove(self, pack: str) -> None:
        """Take a pack away; a shipped one comes back at the next start. Raises KeyError for an unknown id.

        One of the person's own is kept for ``undo``. Raises OSError where its folder refuses to be moved:
        then nothing has changed.
        """
        with self._moving:
            state = self._listed(pack)
            if state is None:
                raise KeyError(pack)
            if self._own is None or not state.folder or state.shipped:
                self._beside(lambda database: self._drop(database, pack))
                return
            move = Move(kind=MoveKind.REMOVE, pack=pack, title=state.title or pack, left=state.folder)
            self._move(move, None, lambda connection: stock.drop(connection, pack))
            self._switches.set(pack, enabled=True)

    @property
    def latest(self) -> Move | None:
        """The latest change of the person's packs, if it can be undone, or done again once it is undone."""
        return None if self._own is None else self._own.last()

    def undo(self) -> Move:
        """Turn the latest change back, or do it again once it is undone. Gives it as it stands then.

        Raises LookupError where there is none, PackError where what comes back cannot stand beside the
        other packs, OSError where the disk refuses. Then nothing has changed.
        """
        with self._moving:
            latest = self.latest
            if latest is None or self._own is None:
                raise LookupError("there is no change of the packs to undo")
            turned, staged = self._own.turned(latest)
            coming = None if staged is None else self._again(staged, turned.came)

            def change(connection: sqlite3.Connection) -> None:
                stock.drop(connection, latest.pack)
                if coming is not None:
                    stock.put(connection, coming[0], coming[1], self._places)

            self._move(turned, staged, change)
            if staged is not None and coming is None:  # it could not be read when it left either
                self._beside(self._load_own)
            return turned

    def _again(self, folder: Path, came: str) -> tuple[Pack, PackState] | None:
        """The pack in ``folder`` and how it is to be listed; None for one that cannot be read."""
        try:
            reading = read(folder, self._places)
        except PackError:
            return None
        self.check_beside(reading.pack)
        state = shipping.state_of(
            reading.pack, came, reading.fingerprint, sealed=reading.sealed, shipped=False
        )
        return reading.pack, state

    def set_enabled(self, pack: str, enabled: bool) -> None:
        """Switch a pack on or off, for good: nothing of one that is off is in the evidence.

        Raises KeyError for an unknown id, ValueError for a pack that could not be read, OSError where the
        choice cannot be kept or has to wait. Then nothing has changed.
        """
        state = self._listed(pack)
        if state is None:
            raise KeyError(pack)
        if state.problems:
            raise ValueError(f"“{pack}” could not be read: there is nothing in it to switch on or off.")
        if not self._moving.acquire(timeout=_BUSY_SECONDS):
            raise Busy
        try:
            self._switches.set(pack, enabled=enabled)
            self._beside(self._settle)
        finally:
            self._moving.release()

    def _listed(self, pack: str) -> PackState | None:
        return next((state for state in self.packs() if state.id == pack), None)

    def _place(self, pack: Pack, staged: Path | None, fingerprint: str, fill: Fill) -> None:
        """Bring a pack into the tables and its folder into place."""
        same = self._listed(pack.id)
        left = same.folder if same is not None and self._own is not None else ""
        came = left if left and not left.endswith(".zip") else pack.id
        came = came if self._own is None else self._own.free(came, left)
        kind = MoveKind.ADD if same is None else MoveKind.REPLACE
        move = Move(kind=kind, pack=pack.id, title=pack.title, left=left, came=came)
        state = shipping.state_of(pack, came, fingerprint, sealed=bool(fingerprint), shipped=False)

        def change(connection: sqlite3.Connection) -> None:
            stock.drop(connection, pack.id)
            fill(connection, state)

        self._move(move, staged, change)
        with suppress(OSError):  # what was just added is to be seen, if only until the next start
            self._switches.set(pack.id, enabled=True)

    def _move(self, move: Move, staged: Path | None, change: Callable[[sqlite3.Connection], None]) -> None:
        """Make ``change`` in one transaction, and ``move`` in the person's folder as its last step."""
        done = False

        def work(database: Database) -> None:
            nonlocal done
            if done:  # the file failed after the last step, and was made anew from the folders
                return
            with database.change() as connection:
                change(connection)
                if self._own is not None:
                    self._own.put(move, staged)
                    done = True
            self._changed()

        self._beside(work)
