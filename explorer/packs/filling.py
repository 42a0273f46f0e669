"""Filling the library from folders: the packs shipped with the program, and the person's own beside its file.

A pack that is unchanged is not read again. What is read is brought in beside those who ask, and never holds
them up; a window that opens asks of what is there already.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Self

from explorer import __version__
from explorer.evidence.places import Places

from . import shipping, stock
from .database import Damaged, Database
from .exchange import OwnFolder
from .mending import Mending
from .stock import PackState
from .switching import SWITCHES_FILE, Switches

OWN_FOLDER = "packs"
"""The folder beside the library file that holds the packs a person added."""


class Filling(Mending):
    """The part of the library that brings in what lies in folders."""

    def __init__(self, database: Database, places: Places, own: Path | None) -> None:
        """Use ``open``. ``own`` is the folder of the person's own packs."""
        super().__init__(database)
        self._places = places
        self._own = None if own is None else OwnFolder(own)
        self._switches = Switches(None if own is None else own.with_name(SWITCHES_FILE))
        self._shipped: Path | None = None

    @classmethod
    def open(cls, path: Path | None, places: Places, *, trusting: Path | None = None) -> Self:
        """The library kept in the file at ``path``, with the person's packs beside it; None is memory only.

        ``trusting`` is the folder of the shipped packs: where the file was left whole with them, it is taken
        as it is; elsewhere they are brought in. ``verify`` is still to be called, which brings in whatever
        the person's own packs are that the file does not know.
        A file that cannot be used never raises: ``notice`` says what became of it.
        """
        library = cls(Database.open(path), places, None if path is None else path.parent / OWN_FOLDER)
        library._recover()
        if trusting is not None and library._was_left(trusting):
            library._shipped = trusting
        elif trusting is not None:
            library._mended(lambda: library._fit_places(library._database))
            library.load_shipped(trusting)
        else:
            library._mended(lambda: library._load_own(library._database))
        return library

    def _recover(self) -> None:
        """Carry out a move that was cut short, unless another window is about it just now."""
        if self._own is not None and self._own.interrupted:
            with suppress(Damaged), self._database.change():
                self._own.recover()
        elif self._own is not None:
            self._own.recover()

    def _was_left(self, shipped: Path) -> bool:
        """Whether this version of the program left the file whole, with these places and shipped packs."""
        try:
            kept = dict(self._database.rows("SELECT name, value FROM meta"))
        except Damaged:
            return False
        wanted = {"places": shipping.places_print(self._places), "whole": _mark(shipped)}
        return all(kept.get(name) == value for name, value in wanted.items())

    @property
    def own_folder(self) -> Path | None:
        """The folder of the person's own packs, which may not exist yet; None for a library in memory."""
        return None if self._own is None else self._own.path

    @property
    def places(self) -> Places:
        """The tree of places."""
        return self._places

    def packs(self) -> tuple[PackState, ...]:
        """Every pack, shipped ones first; one that could not be read is there with its problems."""
        return self._cached("packs", lambda: stock.states(self._database))

    def measures_in(self, pack: str) -> frozenset[str]:
        """The ids of the measures that a pack has figures of in the evidence."""

        def make() -> frozenset[str]:
            rows = self._database.rows("SELECT DISTINCT measure FROM tally WHERE pack = ?", (pack,))
            return frozenset(str(one) for (one,) in rows)

        return self._cached(f"measures in {pack}", make)

    def counts_in(self, pack: str) -> Mapping[tuple[str, str], int]:
        """How many figures of a place and a measure (by code and id) a pack has in the evidence."""

        def make() -> dict[tuple[str, str], int]:
            sql = "SELECT place, measure, figures FROM tally WHERE pack = ?"
            rows = self._database.rows(sql, (pack,))
            return {(str(place), str(measure)): int(count) for place, measure, count in rows}

        return self._cached(f"counts in {pack}", make)

    def remembered(self, name: str) -> str | None:
        """What this version of the program worked out of just this content before, by ``remember``."""
        try:
            found = self._database.rows("SELECT value FROM meta WHERE name = ?", (_worked(name),))
        except Damaged:
            return None
        return str(found[0][0]) if found else None

    def remember(self, name: str, value: str) -> None:
        """Keep something that was worked out of the content; any change of a pack lets go of it.

        Where the file cannot be written just now nothing is kept.
        """
        with suppress(Damaged), self._lock, self._database.change() as connection:
            connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (_worked(name), value))

    def unread(self) -> tuple[str, ...]:
        """The person's own packs that ``verify`` is still to bring in, by the names of their folders."""
        own = [] if self._own is None else shipping.candidates(self._own.path)
        known = {state.folder for state in self.packs() if not state.shipped}
        return tuple(path.name for path in own if path.name not in known)

    def verify(self) -> bool:
        """Hold every pack against the folder it came from. Gives whether anything in the evidence changed."""
        with self._moving:
            before = self._revision
            self._beside(self._load_own)
            if self._shipped is not None:
                self.load_shipped(self._shipped)
            return self._revision != before

    def load_shipped(self, folder: Path) -> None:
        """Bring in the packs in ``folder``. One that is unchanged is not read again, but is verified."""
        with self._moving:
            self._shipped = folder
            self._beside(lambda database: self._load(database, folder, shipped=True))
            self._beside(lambda database: _leave(database, _mark(folder)))

    def _beside(self, work: Callable[[Database], None]) -> None:
        """Do ``work`` by a connection of its own; where the file fails, once more on one made anew."""

        def apart() -> None:
            asked = self._database
            with self._apart() as database:
                work(database)
            if self._database is not asked:  # it was mended meanwhile, from folders as they were then
                work(self._database)

        self._mended(apart)

    def _fill(self) -> None:
        self._changed()
        self._fit_places(self._database)
        if self._shipped is not None:
            self._load(self._database, self._shipped, shipped=True)
        self._load_own(self._database)

    def _load(self, database: Database, folder: Path, *, shipped: bool) -> None:
        """Bring in every pack of ``folder``; packs that came from it and are gone are dropped."""
        present: set[str] = set()
        for path in shipping.candidates(folder):
            name, changed = shipping.bring(
                database, path, self._places, shipped=shipped, taken=frozenset(present)
            )
            present.add(name)
            if changed:
                self._changed()
        for state in stock.states(database):
            if state.shipped == shipped and state.id not in present:
                self._drop(database, state.id)
        self._settle(database)

    def _load_own(self, database: Database) -> None:
        """Bring in the person's own packs."""
        self._fit_places(database)
        if self._own is not None:
            self._load(database, self._own.path, shipped=False)

    def _fit_places(self, database: Database) -> None:
        """Empty tables that were made for other places."""
        fits = shipping.places_print(self._places)
        if database.rows("SELECT value FROM meta WHERE name = 'places'") != [(fits,)]:
            for state in stock.states(database):
                self._drop(database, state.id)
            with database.change() as connection:
                connection.execute("INSERT OR REPLACE INTO meta VALUES ('places', ?)", (fits,))

    def _settle(self, database: Database) -> None:
        """Bring every pack's rows into the evidence or out of it, as the person has switched it."""
        for state in stock.states(database):
            wanted = self._switches.on(state.id)
            if state.enabled != wanted and not state.problems:
                with database.change() as connection:
                    stock.switch(connection, state.id, enabled=wanted)
                self._changed()

    def _drop(self, database: Database, pack: str) -> None:
        with database.change() as connection:
            stock.drop(connection, pack)
        self._changed()


def _leave(database: Database, mark: str) -> None:
    """Write into the file that it is whole, so that it can be opened again before its packs are read."""
    if database.rows("SELECT value FROM meta WHERE name = 'whole'") != [(mark,)]:
        with database.change() as connection:
            connection.execute("INSERT OR REPLACE INTO meta VALUES ('whole', ?)", (mark,))


def _worked(name: str) -> str:
    return f"{stock.WORKED_OUT} {__version__} {name}"


def _mark(shipped: Path) -> str:
    return f"{__version__} {shipped.resolve()}"
