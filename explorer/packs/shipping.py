"""Which packs there ought to be: those shipped with the program, and the person's own in a folder of theirs.

Each is brought into the library's tables when it is new or changed, and listed with its problems when it
cannot be read. A sealed pack that is unchanged is not read again, but its sums are verified.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Mapping
from pathlib import Path

from explorer.evidence.model import Pack
from explorer.evidence.places import PlaceTree

from . import stock
from .database import LibraryDatabase
from .describe import DESCRIPTOR, ID_PATTERN
from .problems import PackError, Problem
from .read import inspect_pack, read_pack_contents
from .stock import PackState


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
    states_by_id = {state.id: state for state in stock.list_states(database)}
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
        stock.insert_pack(connection, reading.pack, state, places)
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
    measures_by_id = {measure.id: measure for owner, measure in stock.measures_by_pack(database) if owner != pack.id}
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
    states_by_id = {state.id: state for state in stock.list_states(database)}
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
        stock.put_failed(connection, state)
    return name, True
