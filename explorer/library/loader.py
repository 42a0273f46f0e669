"""Filling the library from folders: the packs shipped with the program, and the person's own beside its file.

A pack that is unchanged is not read again. What is read is brought in beside those who ask, and never holds
them up; a window that opens asks of what is there already.
"""

from __future__ import annotations

import re
import threading
import zlib
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from explorer import __version__
from explorer.evidence import Pack, PlaceTree
from explorer.library import pack_tables
from explorer.packs import DESCRIPTOR, ID_PATTERN, PackError, Problem, inspect_pack, read_pack_contents

from .database import DatabaseFailure, LibraryDatabase, SelfHealingDatabase
from .pack_tables import PackState
from .user_folder import SWITCHES_FILE, PackSwitches, UserPackFolder

# Which packs there ought to be: those shipped with the program, and the person's own in a folder of
# theirs.


def places_print(places: PlaceTree) -> str:
    """Changes when the places or their order do: what is kept then no longer fits them."""
    text = " ".join(f"{place.code}:{at}" for at, place in enumerate(places))
    return f"{len(text)}:{zlib.crc32(text.encode()):08x}"


def discover_packs(folder: Path) -> list[Path]:
    """The packs in ``folder``: its folders and .zip files, by name."""
    try:
        entries = sorted(folder.iterdir())
    except OSError:
        return []
    visible_entries = [entry for entry in entries if not entry.name.startswith((".", "_"))]
    return [entry for entry in visible_entries if entry.is_dir() or entry.suffix.lower() == ".zip"]


def load_pack(
    database: LibraryDatabase, path: Path, places: PlaceTree, *, is_shipped: bool, used_ids: frozenset[str]
) -> tuple[str, bool]:
    """Bring the pack at ``path`` into the tables. Gives its id in the list, and whether anything changed.

    ``used_ids`` are the ids of the packs already brought in from the same folder.
    """
    states_by_id = {state.id: state for state in pack_tables.list_states(database)}
    unchanged_id = _find_unchanged_pack(path, states_by_id, is_shipped=is_shipped)
    if unchanged_id and unchanged_id not in used_ids:
        return unchanged_id, False
    try:
        reading = read_pack_contents(path, places)
        _check_taken(reading.pack, used_ids)
        check_beside(database, reading.pack, states_by_id, is_shipped=is_shipped)
    except PackError as error:
        return _list_failed_pack(database, path, error.problems, used_ids, is_shipped=is_shipped)
    state = state_of(reading.pack, path.name, reading.fingerprint, is_sealed=reading.is_sealed, is_shipped=is_shipped)
    with database.transaction() as connection:
        pack_tables.insert_pack(connection, reading.pack, state, places)
    return state.id, True


def _find_unchanged_pack(path: Path, states_by_id: Mapping[str, PackState], *, is_shipped: bool) -> str:
    """The id of the pack at ``path`` where what is listed of it still holds; otherwise empty."""
    inspection = inspect_pack(path)
    manifest = inspection.manifest
    if manifest is None or inspection.problems:
        return ""
    state = states_by_id.get(manifest.id)
    if state is None or state.problems or not state.verified or state.shipped != is_shipped:
        return ""
    return state.id if state.fingerprint == manifest.fingerprint else ""


def _check_taken(pack: Pack, used_ids: frozenset[str]) -> None:
    if pack.id in used_ids:
        what = f"another pack beside it is called {pack.id!r} too"
        mend = "Take one of them away, or give it another name."
        raise PackError([Problem(file=DESCRIPTOR, column="name", what=what, mend=mend)])


def state_of(pack: Pack, folder: str, fingerprint: str, *, is_sealed: bool, is_shipped: bool) -> PackState:
    """How a pack that could be read is listed."""
    return PackState(
        id=pack.id,
        title=pack.title,
        version=pack.version,
        publisher=pack.publisher,
        figures=len(pack.figures),
        quotes=len(pack.quotes),
        demands=len(pack.demands),
        claims=len(pack.claims),
        events=len(pack.events),
        verified=is_sealed,
        shipped=is_shipped,
        licence=pack.licence,
        created=pack.created,
        description=pack.description,
        fingerprint=fingerprint,
        folder=folder,
    )


def check_whole(pack: Pack, places: PlaceTree) -> None:
    """Whether a pack that was not read from files holds together. Raises PackError where it does not."""
    if not re.fullmatch(ID_PATTERN, pack.id):
        what = f"{pack.id!r} is no name for a pack"
        raise PackError([Problem(file=DESCRIPTOR, column="name", what=what, mend="Use letters and digits.")])
    ids_by_column = {
        "place": {place.code for place in places},
        "measure": {measure.id for measure in pack.measures},
        "platform": {None, *(platform.id for platform in pack.platforms)},
    }
    for at, figure in enumerate(pack.figures):
        for column, known_ids in ids_by_column.items():
            value: str | None = getattr(figure, column)
            if value not in known_ids:
                what, mend = f"the {column} {value!r} is not known", "Add it, or mend the figure."
                raise PackError([Problem(file="figures.csv", row=at + 2, column=column, what=what, mend=mend)])


def check_beside(
    database: LibraryDatabase, pack: Pack, states_by_id: Mapping[str, PackState], *, is_shipped: bool
) -> None:
    """Whether ``pack`` can stand beside those listed. Raises PackError where it cannot."""
    problems: list[Problem] = []
    same = states_by_id.get(pack.id)
    if same is not None and same.shipped and not is_shipped:
        what = f"a pack shipped with the program is called {pack.id!r} already"
        mend = "Take this one away, or give it another name."
        problems.append(Problem(file=DESCRIPTOR, column="name", what=what, mend=mend))
    alike = [name for name in states_by_id if name != pack.id and name.casefold() == pack.id.casefold()]
    if alike:
        what = f"{pack.id!r} differs from the pack {alike[0]!r} only in capital letters"
        problems.append(Problem(file=DESCRIPTOR, column="name", what=what, mend="Give it another name."))
    measures_by_id = {
        measure.id: measure for owner, measure in pack_tables.measures_by_pack(database) if owner != pack.id
    }
    for at, measure in enumerate(pack.measures):
        other = measures_by_id.get(measure.id)
        if other is not None and other.unit is not measure.unit:
            what = f"{measure.id!r} counts {measure.unit.value} here and {other.unit.value} in another pack"
            mend = "Give the measure another id."
            problems.append(Problem(file="measures.csv", row=at + 2, column="unit", what=what, mend=mend))
    if problems:
        raise PackError(problems)


def _list_failed_pack(
    database: LibraryDatabase,
    path: Path,
    problems: tuple[Problem, ...],
    used_ids: frozenset[str],
    *,
    is_shipped: bool,
) -> tuple[str, bool]:
    manifest = inspect_pack(path).manifest
    states_by_id = {state.id: state for state in pack_tables.list_states(database)}
    # Under its folder's name: a damaged copy must not take the id of the pack that it is a copy of.
    name = path.stem if path.is_file() else path.name
    other = states_by_id.get(name)
    if name in used_ids or (other is not None and other.shipped != is_shipped):
        name = f"{name} ({path.name})"
    state = PackState(
        id=name,
        title=(manifest.title if manifest else "") or path.name,
        version=manifest.version if manifest else "",
        publisher=manifest.publisher if manifest else "",
        figures=0,
        verified=False,
        problems=problems,
        shipped=is_shipped,
        folder=path.name,
    )
    if states_by_id.get(name) == state:
        return name, False
    with database.transaction() as connection:
        pack_tables.put_failed(connection, state)
    return name, True


OWN_FOLDER = "packs"
"""The folder beside the library file that holds the packs a person added."""


class PackLoader:
    """Brings what lies in folders into the library's database: at the start, when asked, and when it is made anew."""

    def __init__(self, database: SelfHealingDatabase, places: PlaceTree, own: Path | None) -> None:
        """Fill ``database``. ``own`` is the folder of the person's own packs; None for a library in memory."""
        self.places = places
        self.own = None if own is None else UserPackFolder(own)
        self.switches = PackSwitches(None if own is None else own.with_name(SWITCHES_FILE))
        self.shipped: Path | None = None
        """The folder of the shipped packs, once it is known."""
        self.changing = threading.RLock()
        """Held for as long as packs are being brought in or taken away."""
        self._database = database
        database.refill = self._refill

    def load_first(self, trusting: Path | None) -> None:
        """Bring in what a library that was just opened has to hold before it is asked; see ``Library.open``."""
        self._recover_folder()
        if trusting is not None and self._was_left(trusting):
            self.shipped = trusting
        elif trusting is not None:
            self._database.retry_after_rebuild(lambda: self._fit_places(self._database.current))
            self.load_shipped(trusting)
        else:
            self._database.retry_after_rebuild(lambda: self.load_own(self._database.current))

    def _recover_folder(self) -> None:
        """Carry out a move that was cut short, unless another window is about it just now."""
        if self.own is not None and self.own.is_interrupted:
            with suppress(DatabaseFailure), self._database.current.transaction():
                self.own.recover_interrupted()
        elif self.own is not None:
            self.own.recover_interrupted()

    def _was_left(self, shipped_folder: Path) -> bool:
        """Whether this version of the program left the file whole, with these places and shipped packs."""
        try:
            stored_meta = dict(self._database.current.query_rows("SELECT name, value FROM meta"))
        except DatabaseFailure:
            return False
        expected_meta = {
            "places": places_print(self.places),
            "whole": _build_whole_mark(shipped_folder),
        }
        return all(stored_meta.get(name) == value for name, value in expected_meta.items())

    @property
    def own_folder(self) -> Path | None:
        """The folder of the person's own packs, which may not exist yet; None for a library in memory."""
        return None if self.own is None else self.own.path

    def pack_states(self) -> tuple[PackState, ...]:
        """Every pack, shipped ones first; one that could not be read is there with its problems."""
        return self._database.get_cached("packs", lambda: pack_tables.list_states(self._database.current))

    def pending_packs(self) -> tuple[str, ...]:
        """The person's own packs that ``verify_packs`` is still to bring in, by the names of their folders."""
        own = [] if self.own is None else discover_packs(self.own.path)
        known_folders = {state.folder for state in self.pack_states() if not state.shipped}
        return tuple(path.name for path in own if path.name not in known_folders)

    def verify_packs(self) -> bool:
        """Hold every pack against the folder it came from. Gives whether anything in the evidence changed."""
        with self.changing:
            before = self._database.revision
            self._database.run_separately(self.load_own)
            if self.shipped is not None:
                self.load_shipped(self.shipped)
            return self._database.revision != before

    def load_shipped(self, folder: Path) -> None:
        """Bring in the packs in ``folder``. One that is unchanged is not read again, but is verified."""
        with self.changing:
            self.shipped = folder
            self._database.run_separately(lambda database: self._load_folder(database, folder, is_shipped=True))
            self._database.run_separately(lambda database: _write_whole_mark(database, _build_whole_mark(folder)))

    def _refill(self) -> None:
        """Bring everything into a fresh database."""
        self._database.invalidate_cache()
        self._fit_places(self._database.current)
        if self.shipped is not None:
            self._load_folder(self._database.current, self.shipped, is_shipped=True)
        self.load_own(self._database.current)

    def _load_folder(self, database: LibraryDatabase, folder: Path, *, is_shipped: bool) -> None:
        """Bring in every pack of ``folder``; packs that came from it and are gone are dropped."""
        present: set[str] = set()
        for path in discover_packs(folder):
            name, is_changed = load_pack(
                database, path, self.places, is_shipped=is_shipped, used_ids=frozenset(present)
            )
            present.add(name)
            if is_changed:
                self._database.invalidate_cache()
        for state in pack_tables.list_states(database):
            if state.shipped == is_shipped and state.id not in present:
                self.delete_pack(database, state.id)
        self.apply_switches(database)

    def load_own(self, database: LibraryDatabase) -> None:
        """Bring in the person's own packs."""
        self._fit_places(database)
        if self.own is not None:
            self._load_folder(database, self.own.path, is_shipped=False)

    def _fit_places(self, database: LibraryDatabase) -> None:
        """Empty tables that were made for other places."""
        fits = places_print(self.places)
        if database.query_rows("SELECT value FROM meta WHERE name = 'places'") != [(fits,)]:
            for state in pack_tables.list_states(database):
                self.delete_pack(database, state.id)
            with database.transaction() as connection:
                connection.execute("INSERT OR REPLACE INTO meta VALUES ('places', ?)", (fits,))

    def apply_switches(self, database: LibraryDatabase) -> None:
        """Bring every pack's rows into the evidence or out of it, as the person has switched it."""
        for state in pack_tables.list_states(database):
            is_wanted = self.switches.is_on(state.id)
            if state.enabled != is_wanted and not state.problems:
                with database.transaction() as connection:
                    pack_tables.switch_pack(connection, state.id, is_enabled=is_wanted)
                self._database.invalidate_cache()

    def delete_pack(self, database: LibraryDatabase, pack: str) -> None:
        """Take a pack out of the tables."""
        with database.transaction() as connection:
            pack_tables.delete_pack(connection, pack)
        self._database.invalidate_cache()


def _write_whole_mark(database: LibraryDatabase, mark: str) -> None:
    """Write into the file that it is whole, so that it can be opened again before its packs are read."""
    if database.query_rows("SELECT value FROM meta WHERE name = 'whole'") != [(mark,)]:
        with database.transaction() as connection:
            connection.execute("INSERT OR REPLACE INTO meta VALUES ('whole', ?)", (mark,))


def _build_whole_mark(shipped_folder: Path) -> str:
    return f"{__version__} {shipped_folder.resolve()}"
