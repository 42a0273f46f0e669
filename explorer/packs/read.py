"""Reading a pack, or the places: every problem found in one go, and the pack only where there is none.

``read_pack`` raises PackError; ``check_pack`` gives the same problems as data. Sums are verified before the
tables are read.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar, cast

from msgspec import Struct
from msgspec.structs import replace

from explorer.evidence.model import Level, OtherName, Pack, Place
from explorer.evidence.places import Places

from . import build
from .cells import Cells, Context
from .csvfile import read_rows
from .describe import DESCRIPTOR
from .files import Files, Unreadable, open_files
from .manifest import Manifest, Resource, check_sums, read_manifest
from .problems import Collector, PackError, Problem
from .schema import NAMES, PACK_TABLES, PLACES, SOURCES, TILES, Table

_Built = TypeVar("_Built")
_NEEDED = {SOURCES.name}
_NO_TILE: tuple[None, str] = (None, "")


class Reading(Struct, frozen=True, kw_only=True):
    """A pack as read, with what the library remembers it by."""

    pack: Pack
    sealed: bool
    """Whether a seal and a sum for each file were there, and held."""
    fingerprint: str


class Inspection(Struct, frozen=True, kw_only=True):
    """What a pack says of itself, its tables unread. ``manifest`` is None if there is none to go by."""

    manifest: Manifest | None
    problems: tuple[Problem, ...]


def read_pack(path: Path, places: Places) -> Pack:
    """The pack at ``path``: a folder, a .zip or ``datapackage.json``. Raises PackError with all problems."""
    return read(path, places).pack


def check_pack(path: Path, places: Places) -> tuple[Problem, ...]:
    """Every problem of the pack at ``path``, none if it can be read; the first 200 and how many more."""
    try:
        read(path, places)
    except PackError as error:
        return error.problems
    return ()


def read(path: Path, places: Places) -> Reading:
    """The pack at ``path`` with its fingerprint. Raises PackError with all problems."""
    problems = Collector()
    reading = None
    with _opened(path, problems) as files:
        manifest = read_manifest(files, problems) if files else None
        if files and manifest:
            check_sums(files, manifest, problems)
            pack = _read_tables(files, manifest, Context(problems, places, manifest.id))
            reading = Reading(pack=pack, sealed=manifest.sealed, fingerprint=manifest.fingerprint)
    if reading is None or problems.count:
        raise PackError(problems.found())
    return reading


def inspect(path: Path) -> Inspection:
    """The descriptor of the pack at ``path`` and whether its sums hold; its tables are not read."""
    problems = Collector()
    with _opened(path, problems) as files:
        manifest = read_manifest(files, problems) if files else None
        if files and manifest:
            check_sums(files, manifest, problems)
    return Inspection(manifest=manifest, problems=problems.found())


def read_places(folder: Path) -> Places:
    """The places in ``folder``, with their other names. Raises PackError with all problems."""
    problems = Collector()
    found: list[Place] = []
    with _opened(folder, problems) as files:
        manifest = read_manifest(files, problems) if files else None
        if files and manifest:
            check_sums(files, manifest, problems)
            found = _read_places(files, manifest, Context(problems, None))
    if problems.count:
        raise PackError(problems.found())
    try:
        return Places(found)
    except ValueError as error:
        raise PackError([Problem(file="places.csv", what=str(error), mend="")]) from None


@contextmanager
def _opened(path: Path, problems: Collector) -> Generator[Files | None]:
    files = open_files(path, problems)
    try:
        yield files
    finally:
        if files is not None:
            files.close()


def _read_tables(files: Files, manifest: Manifest, context: Context) -> Pack:
    _check_listed(files, manifest, context.problems)
    made: dict[str, tuple[object, ...]] = {}
    for table in PACK_TABLES:
        resource = _resource(manifest, table, context.problems)
        made[table.name] = tuple(_table(files, resource, table, context, build.BUILDERS[table.name]))
    return Pack(
        id=manifest.id,
        title=manifest.title,
        version=manifest.version,
        publisher=manifest.publisher,
        licence=manifest.licence,
        created=manifest.created,
        description=manifest.description,
        **cast("dict[str, tuple[()]]", made),
    )


def _check_listed(files: Files, manifest: Manifest, problems: Collector) -> None:
    listed = {resource.path for resource in manifest.resources}
    for table in PACK_TABLES:
        name = f"{table.name}.csv"
        if name in files.names() and name not in listed:
            problems.add(name, f"the file is not listed in {DESCRIPTOR}", "List it there, or take it away.")


def _resource(manifest: Manifest, table: Table, problems: Collector) -> Resource | None:
    resource = manifest.resource(table.name)
    if resource is None and table.name in _NEEDED:
        told = f"no file called {table.name!r} is listed"
        problems.add(DESCRIPTOR, told, "Every pack names its sources.", column="resources")
    return resource


def _table(
    files: Files,
    resource: Resource | None,
    table: Table,
    context: Context,
    make: Callable[[Cells], _Built],
) -> Iterator[_Built]:
    """What ``make`` makes of each row; ids that are there twice and references within are checked too."""
    seen: dict[tuple[str, ...], int] = {}
    ids: set[str] = set()
    context.waiting.clear()
    if resource is None:
        context.ids[table.name] = ids
        return
    before = context.problems.count
    try:
        with files.open(resource.path) as stream:
            for row in read_rows(stream, resource.path, table, context.problems):
                cells = Cells(row, table, resource.path, context)
                key = tuple(row.cells[name] for name in table.key)
                first = seen.setdefault(key, row.number)
                if first != row.number and any(key):
                    told = f"{', '.join(key)!r} is in row {first} already"
                    cells.wrong(table.key[0], told, "Every row needs its own.")
                ids.add(row.cells[table.key[0]])
                yield make(cells)
    except Unreadable as error:
        context.problems.add(resource.path, error.what, error.mend, row=error.row)
        return  # what the rest of the file would have held is not known, so references to it are let be
    if ids or context.problems.count == before:
        context.ids[table.name] = ids
        _check_waiting(resource.path, ids, context)


def _check_waiting(file: str, ids: set[str], context: Context) -> None:
    for row, column, value in context.waiting:
        if value not in ids:
            mend = context.did_you_mean(value, ids)
            context.problems.add(
                file, f"there is no {value[:40]!r} in this table", mend, row=row, column=column
            )


def _read_places(files: Files, manifest: Manifest, context: Context) -> list[Place]:
    places: dict[str, Place] = {}
    names: dict[str, list[OtherName]] = {}
    for table in (PLACES, NAMES):
        if manifest.resource(table.name) is None:
            context.problems.add(
                DESCRIPTOR, f"no file called {table.name!r} is listed", "", column="resources"
            )
    for place in _table(files, manifest.resource("places"), PLACES, context, build.place):
        places[place.code] = place
    for code, name in _table(files, manifest.resource("names"), NAMES, context, build.other_name):
        if code not in places:
            context.problems.add("names.csv", f"{code[:40]!r} is no place", "Check the code.", column="code")
        names.setdefault(code, []).append(name)
    _check_root(places, context.problems)
    tiles = _read_tiles(files, manifest, places, context)
    return [
        replace(place, other_names=tuple(names.get(code, ())), tile=tile, short=short)
        for code, place in places.items()
        for tile, short in (tiles.get(code, _NO_TILE),)
    ]


def _read_tiles(
    files: Files, manifest: Manifest, places: Mapping[str, Place], context: Context
) -> dict[str, build.Tile]:
    """The tile of each place that has one; no table of them is no problem, as only the map asks."""
    taken: dict[tuple[int, int], str] = {}
    tiles: dict[str, build.Tile] = {}
    for code, tile in _table(files, manifest.resource("tiles"), TILES, context, build.tile):
        if code not in places:
            context.problems.add("tiles.csv", f"{code[:40]!r} is no place", "Check the code.", column="place")
        other = taken.setdefault(tile[0], code)
        if other != code:
            told = f"{code[:40]!r} stands in the cell of {other[:40]!r}"
            context.problems.add("tiles.csv", told, "Give each its own column and row.", column="column")
        tiles[code] = tile
    return tiles


def _check_root(places: dict[str, Place], problems: Collector) -> None:
    for place in places.values():
        if place.parent is None and place.level is not Level.UK:
            told = f"{place.code} has no parent, and only the United Kingdom has none"
            problems.add("places.csv", told, "Write the code of the place it stands under.", column="parent")
