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
from explorer.evidence.places import Places

from . import stock
from .database import Database
from .describe import DESCRIPTOR, ID_PATTERN
from .problems import PackError, Problem
from .read import inspect, read
from .stock import PackState


def places_print(places: Places) -> str:
    """Changes when the places or their order do: what is kept then no longer fits them."""
    told = " ".join(f"{place.code}:{at}" for at, place in enumerate(places))
    return f"{len(told)}:{zlib.crc32(told.encode()):08x}"


def candidates(folder: Path) -> list[Path]:
    """The packs in ``folder``: its folders and .zip files, by name."""
    try:
        entries = sorted(folder.iterdir())
    except OSError:
        return []
    shown = [entry for entry in entries if not entry.name.startswith((".", "_"))]
    return [entry for entry in shown if entry.is_dir() or entry.suffix.lower() == ".zip"]


def bring(
    database: Database, path: Path, places: Places, *, shipped: bool, taken: frozenset[str]
) -> tuple[str, bool]:
    """Bring the pack at ``path`` into the tables. Gives its id in the list, and whether anything changed.

    ``taken`` are the ids of the packs already brought in from the same folder.
    """
    listed = {state.id: state for state in stock.states(database)}
    known = _unchanged(path, listed, shipped=shipped)
    if known and known not in taken:
        return known, False
    try:
        reading = read(path, places)
        _check_taken(reading.pack, taken)
        check_beside(database, reading.pack, listed, shipped=shipped)
    except PackError as error:
        return _fail(database, path, error.problems, taken, shipped=shipped)
    state = state_of(reading.pack, path.name, reading.fingerprint, sealed=reading.sealed, shipped=shipped)
    with database.change() as connection:
        stock.put(connection, reading.pack, state, places)
    return state.id, True


def _unchanged(path: Path, listed: Mapping[str, PackState], *, shipped: bool) -> str:
    """The id of the pack at ``path`` where what is listed of it still holds; otherwise empty."""
    inspection = inspect(path)
    manifest = inspection.manifest
    if manifest is None or inspection.problems:
        return ""
    known = listed.get(manifest.id)
    if known is None or known.problems or not known.verified or known.shipped != shipped:
        return ""
    return known.id if known.fingerprint == manifest.fingerprint else ""


def _check_taken(pack: Pack, taken: frozenset[str]) -> None:
    if pack.id in taken:
        what = f"another pack beside it is called {pack.id!r} too"
        mend = "Take one of them away, or give it another name."
        raise PackError([Problem(file=DESCRIPTOR, column="name", what=what, mend=mend)])


def state_of(pack: Pack, folder: str, fingerprint: str, *, sealed: bool, shipped: bool) -> PackState:
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
        verified=sealed,
        shipped=shipped,
        licence=pack.licence,
        created=pack.created,
        description=pack.description,
        fingerprint=fingerprint,
        folder=folder,
    )


def check_whole(pack: Pack, places: Places) -> None:
    """Whether a pack that was not read from files holds together. Raises PackError where it does not."""
    if not re.fullmatch(ID_PATTERN, pack.id):
        what = f"{pack.id!r} is no name for a pack"
        raise PackError([Problem(file=DESCRIPTOR, column="name", what=what, mend="Use letters and digits.")])
    known = {
        "place": {place.code for place in places},
        "measure": {measure.id for measure in pack.measures},
        "platform": {None, *(platform.id for platform in pack.platforms)},
    }
    for at, figure in enumerate(pack.figures):
        for column, allowed in known.items():
            value: str | None = getattr(figure, column)
            if value not in allowed:
                what, mend = f"the {column} {value!r} is not known", "Add it, or mend the figure."
                raise PackError(
                    [Problem(file="figures.csv", row=at + 2, column=column, what=what, mend=mend)]
                )


def check_beside(database: Database, pack: Pack, listed: Mapping[str, PackState], *, shipped: bool) -> None:
    """Whether ``pack`` can stand beside those listed. Raises PackError where it cannot."""
    problems: list[Problem] = []
    same = listed.get(pack.id)
    if same is not None and same.shipped and not shipped:
        what = f"a pack shipped with the program is called {pack.id!r} already"
        mend = "Take this one away, or give it another name."
        problems.append(Problem(file=DESCRIPTOR, column="name", what=what, mend=mend))
    alike = [name for name in listed if name != pack.id and name.casefold() == pack.id.casefold()]
    if alike:
        what = f"{pack.id!r} differs from the pack {alike[0]!r} only in capital letters"
        problems.append(Problem(file=DESCRIPTOR, column="name", what=what, mend="Give it another name."))
    counted = {measure.id: measure for owner, measure in stock.measures(database) if owner != pack.id}
    for at, measure in enumerate(pack.measures):
        other = counted.get(measure.id)
        if other is not None and other.unit is not measure.unit:
            what = f"{measure.id!r} counts {measure.unit.value} here and {other.unit.value} in another pack"
            mend = "Give the measure another id."
            problems.append(Problem(file="measures.csv", row=at + 2, column="unit", what=what, mend=mend))
    if problems:
        raise PackError(problems)


def _fail(
    database: Database,
    path: Path,
    problems: tuple[Problem, ...],
    taken: frozenset[str],
    *,
    shipped: bool,
) -> tuple[str, bool]:
    manifest = inspect(path).manifest
    listed = {state.id: state for state in stock.states(database)}
    # Under its folder's name: a damaged copy must not take the id of the pack that it is a copy of.
    name = path.stem if path.is_file() else path.name
    other = listed.get(name)
    if name in taken or (other is not None and other.shipped != shipped):
        name = f"{name} ({path.name})"
    state = PackState(
        id=name,
        title=(manifest.title if manifest else "") or path.name,
        version=manifest.version if manifest else "",
        publisher=manifest.publisher if manifest else "",
        figures=0,
        verified=False,
        problems=problems,
        shipped=shipped,
        folder=path.name,
    )
    if listed.get(name) == state:
        return name, False
    with database.change() as connection:
        stock.put_failed(connection, state)
    return name, True
