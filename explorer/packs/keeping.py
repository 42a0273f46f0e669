"""Keeping the library's database: filling it from folders, changing it, and mending it when its file fails.

The file is only a copy of what lies in folders, shipped or the person's own beside it. A file that is damaged
or cannot be used is made anew from them, or replaced by memory, and nothing raises on its account.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, Self, TypeVar, cast

from explorer import __version__
from explorer.evidence.model import Pack
from explorer.evidence.places import Places

from . import shipping, stock
from .database import Damaged, Database, remade
from .read import inspect
from .stock import PackState
from .switching import SWITCHES_FILE, Switches

_Given = TypeVar("_Given")
OWN_FOLDER = "packs"
"""The folder beside the library file that holds the packs a person added."""


class Keeping:
    """The part of the library that keeps the packs; ``Library`` adds the asking."""

    def __init__(self, database: Database, places: Places, own: Path | None) -> None:
        """Use ``open``. ``own`` is the folder of the person's own packs."""
        self._database = database
        self._places = places
        self._own = own
        self._switches = Switches(None if own is None else own.with_name(SWITCHES_FILE))
        self._shipped: Path | None = None
        self._lock = threading.RLock()
        self._cache: dict[str, object] = {}
        self._revision = 1

    @classmethod
    def open(cls, path: Path | None, places: Places, *, trusting: Path | None = None) -> Self:
        """The library kept in the file at ``path``, with the person's packs beside it; None is memory only.

        ``trusting`` is the folder of the shipped packs: where the file was left whole with them, it is taken
        as it is, and ``verify`` is still to be called; elsewhere they are brought in.
        A file that cannot be used never raises: ``notice`` says what became of it.
        """
        library = cls(Database.open(path), places, None if path is None else path.parent / OWN_FOLDER)
        if trusting is not None and library._was_left(trusting):
            library._shipped = trusting
            return library
        library._mended(library._load_own)
        if trusting is not None:
            library.load_shipped(trusting)
        return library

    def _was_left(self, shipped: Path) -> bool:
        """Whether this version of the program left the file whole, with these places and shipped packs."""
        try:
            kept = dict(self._database.rows("SELECT name, value FROM meta"))
        except Damaged:
            return False
        wanted = {"places": shipping.places_print(self._places), "whole": _mark(shipped)}
        return all(kept.get(name) == value for name, value in wanted.items())

    def verify(self) -> bool:
        """Hold every pack against the folder it came from. Gives whether anything in the evidence changed."""
        with self._lock:
            before = self._revision
            self._mended(self._load_own)
            if self._shipped is not None:
                self.load_shipped(self._shipped)
            return self._revision != before

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._database.close()

    @property
    def places(self) -> Places:
        """The tree of places."""
        return self._places

    @property
    def revision(self) -> int:
        """A number that is another one whenever the content is, as long as the library is open."""
        return self._revision

    @property
    def notice(self) -> str:
        """One sentence where the library file could not be used as it was; otherwise empty."""
        return self._database.notice

    def packs(self) -> tuple[PackState, ...]:
        """Every pack, shipped ones first; one that could not be read is there with its problems."""
        return self._cached("packs", lambda: stock.states(self._database))

    def load_shipped(self, folder: Path) -> None:
        """Bring in the packs in ``folder``. One that is unchanged is not read again, but is verified."""
        with self._lock:
            self._shipped = folder
            self._mended(lambda: self._load(folder, shipped=True))
            self._mended(lambda: self._leave(_mark(folder)))

    def _leave(self, mark: str) -> None:
        """Write into the file that it is whole, so that it can be opened again before its packs are read."""
        if self._database.rows("SELECT value FROM meta WHERE name = 'whole'") != [(mark,)]:
            with self._database.change() as connection:
                connection.execute("INSERT OR REPLACE INTO meta VALUES ('whole', ?)", (mark,))

    def add(self, pack: Pack) -> None:
        """Add a pack of the person's own, in place of an older one with its id; kept beside the library file.

        Raises PackError where it cannot stand beside the others, ValueError where something in it cannot be
        written, OSError where the disk refuses. Then nothing has changed.
        """
        with self._lock:
            self._mended(lambda: self._add(pack))
            with suppress(OSError):  # what was just added is to be seen, if only until the next start
                self._switches.set(pack.id, enabled=True)

    def remove(self, pack: str) -> None:
        """Take a pack away; a shipped one comes back at the next start. Raises KeyError for an unknown id."""
        with self._lock:
            state = next((state for state in self.packs() if state.id == pack), None)
            if state is None:
                raise KeyError(pack)
            if self._own is not None and state.folder and not state.shipped:
                _discard(self._own / state.folder)
                self._switches.set(pack, enabled=True)
            self._mended(lambda: self._drop(pack))

    def set_enabled(self, pack: str, enabled: bool) -> None:
        """Switch a pack on or off, for good: nothing of one that is off is in the evidence.

        Raises KeyError for an unknown id, ValueError for a pack that could not be read, OSError where the
        choice cannot be kept. Then nothing has changed.
        """
        with self._lock:
            state = next((state for state in self.packs() if state.id == pack), None)
            if state is None:
                raise KeyError(pack)
            if state.problems:
                raise ValueError(f"“{pack}” could not be read: there is nothing in it to switch on or off.")
            self._switches.set(pack, enabled=enabled)
            self._mended(self._settle)

    def _settle(self) -> None:
        """Bring every pack's rows into the evidence or out of it, as the person has switched it."""
        for state in stock.states(self._database):
            wanted = self._switches.on(state.id)
            if state.enabled != wanted and not state.problems:
                with self._database.change() as connection:
                    stock.switch(connection, state.id, enabled=wanted)
                self._changed()

    def _add(self, pack: Pack) -> None:
        from .write import write_pack

        shipping.check_whole(pack, self._places)
        listed = {state.id: state for state in stock.states(self._database)}
        shipping.check_beside(self._database, pack, listed, shipped=False)
        same = listed.get(pack.id)
        folder = same.folder if same and same.folder and not same.folder.endswith(".zip") else pack.id
        state = shipping.state_of(pack, folder, "", sealed=False, shipped=False)
        with self._database.change() as connection:
            stock.put(connection, pack, state, self._places)
            if self._own is not None:  # last, so that nothing on disk has changed where the tables refuse
                write_pack(pack, self._own / folder)
                manifest = inspect(self._own / folder).manifest
                stock.verify(connection, pack.id, manifest.fingerprint if manifest else "")
        self._changed()

    def _drop(self, pack: str) -> None:
        with self._database.change() as connection:
            stock.drop(connection, pack)
        self._changed()

    def _load(self, folder: Path, *, shipped: bool) -> None:
        """Bring in every pack of ``folder``; packs that came from it and are gone are dropped."""
        present: set[str] = set()
        for path in shipping.candidates(folder):
            name, changed = shipping.bring(
                self._database, path, self._places, shipped=shipped, taken=frozenset(present)
            )
            present.add(name)
            if changed:
                self._changed()
        for state in stock.states(self._database):
            if state.shipped == shipped and state.id not in present:
                self._drop(state.id)
        self._settle()

    def _load_own(self) -> None:
        """Bring in the person's own packs, after emptying tables that were made for other places."""
        fits = shipping.places_print(self._places)
        kept = self._database.rows("SELECT value FROM meta WHERE name = 'places'")
        if kept != [(fits,)]:
            for state in stock.states(self._database):
                self._drop(state.id)
            with self._database.change() as connection:
                connection.execute("INSERT OR REPLACE INTO meta VALUES ('places', ?)", (fits,))
        if self._own is not None:
            self._load(self._own, shipped=False)

    def _rows(self, sql: str, given: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        with self._lock:
            try:
                return self._database.rows(sql, given)
            except Damaged as fault:
                self._mend(fault)
                return self._database.rows(sql, given)

    def _mended(self, work: Callable[[], _Given]) -> _Given:
        """What ``work`` gives; where the file fails under it, once more on one made anew."""
        with self._lock:
            try:
                return work()
            except Damaged as fault:
                self._mend(fault)
                return work()

    def _mend(self, fault: Damaged) -> None:
        """Put a fresh file, or memory where that fails too, in the place of the database, and fill it."""
        self._database = remade(self._database, fault)
        try:
            self._fill()
        except Damaged as again:
            self._database.close()
            self._database = Database.in_memory(str(again))
            self._fill()

    def _fill(self) -> None:
        self._changed()
        self._load_own()
        if self._shipped is not None:
            self._load(self._shipped, shipped=True)

    def _changed(self) -> None:
        self._revision += 1
        self._cache.clear()

    def _cached(self, name: str, make: Callable[[], _Given]) -> _Given:
        """What ``make`` gives, kept until the content changes."""
        with self._lock:
            if name not in self._cache:
                made = self._mended(make)
                self._cache[name] = made
            return cast("_Given", self._cache[name])


def _mark(shipped: Path) -> str:
    return f"{__version__} {shipped.resolve()}"


def _discard(path: Path) -> None:
    """Delete the person's copy of a pack."""
    import shutil

    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
