"""Changing the packs of the library: adding, replacing, taking away and putting back, switching on and off.

Each is one change: of the tables in one transaction, whose last step is the move in the person's folder.
Ended at any moment, what is opened next holds all of it or none.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Generator
from contextlib import contextmanager, suppress
from pathlib import Path

from explorer.evidence import Pack
from explorer.library import loader, pack_tables
from explorer.packs import PackError, inspect_pack, read_pack_contents

from .database import LibraryDatabase, SelfHealingDatabase
from .loader import PackLoader
from .pack_tables import PackState
from .user_folder import MoveKind, PackTransaction, remove_tree

Fill = Callable[[sqlite3.Connection, PackState], None]
"""Lists a pack as the state says, and puts what it holds into the tables."""
_BUSY_SECONDS = 1.0


class LibraryBusy(OSError):  # noqa: N818 - it passes
    """Another change of the packs is under way, and this one can wait."""

    def __init__(self) -> None:
        super().__init__("other packs are being read in; try again when that is done")


class PackManager:
    """Changes which packs the library holds: each change whole or not at all, and the latest can be undone."""

    def __init__(self, database: SelfHealingDatabase, pack_loader: PackLoader) -> None:
        """Change the packs that ``pack_loader`` brought into ``database``."""
        self._database = database
        self._loader = pack_loader
        self._places = pack_loader.places
        self._own = pack_loader.own
        self._switches = pack_loader.switches

    def add_pack(self, pack: Pack) -> None:
        """Add a pack of the person's own, in place of an older one with its id; kept beside the library file.

        Raises PackError where it cannot stand beside the others, ValueError where something in it cannot be
        written, OSError where the disk refuses. Then nothing has changed.
        """
        from explorer.packs import write_into

        def fill_tables(connection: sqlite3.Connection, state: PackState) -> None:
            pack_tables.insert_pack(connection, pack, state, self._places)

        with self._loader.changing:
            loader.check_whole(pack, self._places)
            self.check_beside(pack)
            if self._own is None:
                self._install_pack(pack, None, "", fill_tables)
                return
            with self.open_staging_folder(pack.id) as staging_folder:
                write_into(pack, staging_folder)
                self.add_staged(pack, staging_folder, fill_tables)

    def add_staged(self, pack: Pack, staging_folder: Path, fill: Fill) -> None:
        """Add a pack that lies complete and sealed in ``staging_folder``, and that ``fill`` puts into the tables.

        ``pack`` may lack what ``fill`` brings by itself. ``staging_folder`` is a folder on the disk of ``own_folder``
        (see ``open_staging_folder``) and is moved there as the last step; what it replaces is kept for ``undo``. A
        library in memory leaves it where it is. Raises PackError for sums that do not hold or a pack that
        cannot stand beside the others, OSError where the disk refuses, and whatever ``fill`` raises: then
        nothing has changed.
        """
        with self._loader.changing:
            loader.check_whole(pack, self._places)
            self.check_beside(pack)
            inspection = inspect_pack(staging_folder)
            if inspection.problems or inspection.manifest is None:
                raise PackError(inspection.problems)
            self._install_pack(pack, staging_folder, inspection.manifest.fingerprint, fill)

    @contextmanager
    def open_staging_folder(self, name: str) -> Generator[Path]:
        """An empty hidden folder to make a pack in; what is still there at the end is deleted.

        Raises OSError as ``create_staging_folder`` does.
        """
        staging_folder = self.create_staging_folder(name)
        try:
            yield staging_folder
        finally:
            remove_tree(staging_folder)

    def create_staging_folder(self, name: str) -> Path:
        """An empty hidden folder on the disk of ``own_folder``, for whoever asks to delete again.

        Raises OSError where the person's folder cannot be written to, or there is none.
        """
        if self._own is None:
            raise OSError("there is no folder of your own to keep packs in")
        return self._own.create_staging_folder(name)

    def lies_in(self, pack: str) -> Path:
        """The folder or .zip of a pack. Raises KeyError for an unknown id or one that is only in memory."""
        state = self._find_state(pack)
        parent = self._loader.shipped if state is not None and state.shipped else self._loader.own_folder
        if state is None or parent is None or not state.folder:
            raise KeyError(pack)
        return parent / state.folder

    def check_beside(self, pack: Pack) -> None:
        """Whether a pack can stand beside the others, in place of one with its id. Raises PackError."""
        states_by_id = {state.id: state for state in pack_tables.list_states(self._database.current)}
        loader.check_beside(self._database.current, pack, states_by_id, is_shipped=False)

    def remove_pack(self, pack: str) -> None:
        """Take a pack away; a shipped one comes back at the next start. Raises KeyError for an unknown id.

        One of the person's own is kept for ``undo``. Raises OSError where its folder refuses to be moved:
        then nothing has changed.
        """
        with self._loader.changing:
            state = self._find_state(pack)
            if state is None:
                raise KeyError(pack)
            if self._own is None or not state.folder or state.shipped:
                self._database.run_separately(lambda database: self._loader.delete_pack(database, pack))
                return
            move = PackTransaction(kind=MoveKind.REMOVE, pack=pack, title=state.title or pack, left=state.folder)
            self._run_transaction(move, None, lambda connection: pack_tables.delete_pack(connection, pack))
            self._switches.set_enabled(pack, is_enabled=True)

    @property
    def latest_change(self) -> PackTransaction | None:
        """The latest change of the person's packs, if it can be undone, or done again once it is undone."""
        return None if self._own is None else self._own.latest_transaction()

    def undo(self) -> PackTransaction:
        """Turn the latest change back, or do it again once it is undone. Gives it as it stands then.

        Raises LookupError where there is none, PackError where what comes back cannot stand beside the
        other packs, OSError where the disk refuses. Then nothing has changed.
        """
        with self._loader.changing:
            latest = self.latest_change
            if latest is None or self._own is None:
                raise LookupError("there is no change of the packs to undo")
            inverse_transaction, staging_folder = self._own.invert_transaction(latest)
            coming = None if staging_folder is None else self._reload_pack(staging_folder, inverse_transaction.came)

            def update_tables(connection: sqlite3.Connection) -> None:
                pack_tables.delete_pack(connection, latest.pack)
                if coming is not None:
                    pack_tables.insert_pack(connection, coming[0], coming[1], self._places)

            self._run_transaction(inverse_transaction, staging_folder, update_tables)
            if staging_folder is not None and coming is None:  # it could not be read when it left either
                self._database.run_separately(self._loader.load_own)
            return inverse_transaction

    def _reload_pack(self, folder: Path, came: str) -> tuple[Pack, PackState] | None:
        """The pack in ``folder`` and how it is to be listed; None for one that cannot be read."""
        try:
            reading = read_pack_contents(folder, self._places)
        except PackError:
            return None
        self.check_beside(reading.pack)
        state = loader.state_of(reading.pack, came, reading.fingerprint, is_sealed=reading.is_sealed, is_shipped=False)
        return reading.pack, state

    def set_enabled(self, pack: str, is_enabled: bool) -> None:
        """Switch a pack on or off, for good: nothing of one that is off is in the evidence.

        Raises KeyError for an unknown id, ValueError for a pack that could not be read, OSError where the
        choice cannot be kept or has to wait. Then nothing has changed.
        """
        state = self._find_state(pack)
        if state is None:
            raise KeyError(pack)
        if state.problems:
            raise ValueError(f"“{pack}” could not be read: there is nothing in it to switch on or off.")
        if not self._loader.changing.acquire(timeout=_BUSY_SECONDS):
            raise LibraryBusy
        try:
            self._switches.set_enabled(pack, is_enabled=is_enabled)
            self._database.run_separately(self._loader.apply_switches)
        finally:
            self._loader.changing.release()

    def _find_state(self, pack: str) -> PackState | None:
        return next((state for state in self._loader.pack_states() if state.id == pack), None)

    def _install_pack(self, pack: Pack, staging_folder: Path | None, fingerprint: str, fill: Fill) -> None:
        """Bring a pack into the tables and its folder into place."""
        same = self._find_state(pack.id)
        old_folder = same.folder if same is not None and self._own is not None else ""
        came = old_folder if old_folder and not old_folder.endswith(".zip") else pack.id
        came = came if self._own is None else self._own.find_free_name(came, old_folder)
        kind = MoveKind.ADD if same is None else MoveKind.REPLACE
        move = PackTransaction(kind=kind, pack=pack.id, title=pack.title, left=old_folder, came=came)
        state = loader.state_of(pack, came, fingerprint, is_sealed=bool(fingerprint), is_shipped=False)

        def update_tables(connection: sqlite3.Connection) -> None:
            pack_tables.delete_pack(connection, pack.id)
            fill(connection, state)

        self._run_transaction(move, staging_folder, update_tables)
        with suppress(OSError):  # what was just added is to be seen, if only until the next start
            self._switches.set_enabled(pack.id, is_enabled=True)

    def _run_transaction(
        self, move: PackTransaction, staging_folder: Path | None, change: Callable[[sqlite3.Connection], None]
    ) -> None:
        """Make ``change`` in one transaction, and ``move`` in the person's folder as its last step."""
        is_complete = False

        def apply_transaction(database: LibraryDatabase) -> None:
            nonlocal is_complete
            if is_complete:  # the file failed after the last step, and was made anew from the folders
                return
            with database.transaction() as connection:
                change(connection)
                if self._own is not None:
                    self._own.apply_transaction(move, staging_folder)
                    is_complete = True
            self._database.invalidate_cache()

        self._database.run_separately(apply_transaction)
