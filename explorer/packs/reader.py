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

from explorer.evidence import OtherName, Pack, Place, PlaceLevel, PlaceTree
from explorer.packs import codec

from .cells import RowCells, TableContext
from .csv_rows import read_rows
from .files import DESCRIPTOR, PackFileError, PackFiles, open_files
from .manifest import PackManifest, PackResource, check_sums, read_manifest
from .problems import PackError, Problem, ProblemCollector
from .schema import NAMES, PACK_TABLES, PLACES, SOURCES, TILES, TableSchema

_RowItem = TypeVar("_RowItem")
_REQUIRED_TABLES = {SOURCES.name}
_NO_TILE: tuple[None, str] = (None, "")


class PackContents(Struct, frozen=True, kw_only=True):
    """A pack as read, with what the library remembers it by."""

    pack: Pack
    is_sealed: bool
    """Whether a seal and a sum for each file were there, and held."""
    fingerprint: str


class PackInspection(Struct, frozen=True, kw_only=True):
    """What a pack says of itself, its tables unread. ``manifest`` is None if there is none to go by."""

    manifest: PackManifest | None
    problems: tuple[Problem, ...]


def read_pack(path: Path, places: PlaceTree) -> Pack:
    """The pack at ``path``: a folder, a .zip or ``datapackage.json``. Raises PackError with all problems."""
    return read_pack_contents(path, places).pack


def check_pack(path: Path, places: PlaceTree) -> tuple[Problem, ...]:
    """Every problem of the pack at ``path``, none if it can be read; the first 200 and how many more."""
    try:
        read_pack_contents(path, places)
    except PackError as error:
        return error.problems
    return ()


def read_pack_contents(path: Path, places: PlaceTree) -> PackContents:
    """The pack at ``path`` with its fingerprint. Raises PackError with all problems."""
    problems = ProblemCollector()
    reading = None
    with _open_pack_files(path, problems) as files:
        manifest = read_manifest(files, problems) if files else None
        if files and manifest:
            check_sums(files, manifest, problems)
            pack = _read_tables(files, manifest, TableContext(problems, places, manifest.id))
            reading = PackContents(pack=pack, is_sealed=manifest.is_sealed, fingerprint=manifest.fingerprint)
    if reading is None or problems.count:
        raise PackError(problems.all_problems())
    return reading


def inspect_pack(path: Path) -> PackInspection:
    """The descriptor of the pack at ``path`` and whether its sums hold; its tables are not read."""
    problems = ProblemCollector()
    with _open_pack_files(path, problems) as files:
        manifest = read_manifest(files, problems) if files else None
        if files and manifest:
            check_sums(files, manifest, problems)
    return PackInspection(manifest=manifest, problems=problems.all_problems())


def read_places(folder: Path) -> PlaceTree:
    """The places in ``folder``, with their other names. Raises PackError with all problems."""
    problems = ProblemCollector()
    all_places: list[Place] = []
    with _open_pack_files(folder, problems) as files:
        manifest = read_manifest(files, problems) if files else None
        if files and manifest:
            check_sums(files, manifest, problems)
            all_places = _read_places(files, manifest, TableContext(problems, None))
    if problems.count:
        raise PackError(problems.all_problems())
    try:
        return PlaceTree(all_places)
    except ValueError as error:
        raise PackError([Problem(file="places.csv", what=str(error), mend="")]) from None


@contextmanager
def _open_pack_files(path: Path, problems: ProblemCollector) -> Generator[PackFiles | None]:
    files = open_files(path, problems)
    try:
        yield files
    finally:
        if files is not None:
            files.close()


def _read_tables(files: PackFiles, manifest: PackManifest, context: TableContext) -> Pack:
    _check_listed(files, manifest, context.problems)
    items_by_table: dict[str, tuple[object, ...]] = {}
    for table in PACK_TABLES:
        resource = _find_resource(manifest, table, context.problems)
        items_by_table[table.name] = tuple(_read_table(files, resource, table, context, codec.BUILDERS[table.name]))
    return Pack(
        id=manifest.id,
        title=manifest.title,
        version=manifest.version,
        publisher=manifest.publisher,
        licence=manifest.licence,
        created=manifest.creation_date,
        description=manifest.description,
        **cast("dict[str, tuple[()]]", items_by_table),
    )


def _check_listed(files: PackFiles, manifest: PackManifest, problems: ProblemCollector) -> None:
    listed_paths = {resource.path for resource in manifest.resources}
    for table in PACK_TABLES:
        name = f"{table.name}.csv"
        if name in files.names() and name not in listed_paths:
            problems.add_problem(name, f"the file is not listed in {DESCRIPTOR}", "List it there, or take it away.")


def _find_resource(manifest: PackManifest, table: TableSchema, problems: ProblemCollector) -> PackResource | None:
    resource = manifest.resource_for(table.name)
    if resource is None and table.name in _REQUIRED_TABLES:
        message = f"no file called {table.name!r} is listed"
        problems.add_problem(DESCRIPTOR, message, "Every pack names its sources.", column="resources")
    return resource


def _read_table(
    files: PackFiles,
    resource: PackResource | None,
    table: TableSchema,
    context: TableContext,
    make: Callable[[RowCells], _RowItem],
) -> Iterator[_RowItem]:
    """What ``make`` makes of each row; ids that are there twice and references within are checked too."""
    first_rows: dict[tuple[str, ...], int] = {}
    ids: set[str] = set()
    context.waiting.clear()
    if resource is None:
        context.ids[table.name] = ids
        return
    before = context.problems.count
    try:
        with files.open(resource.path) as stream:
            for row in read_rows(stream, resource.path, table, context.problems):
                cells = RowCells(row, table, resource.path, context)
                key = tuple(row.cells[name] for name in table.key)
                first = first_rows.setdefault(key, row.number)
                if first != row.number and any(key):
                    message = f"{', '.join(key)!r} is in row {first} already"
                    cells.add_problem(table.key[0], message, "Every row needs its own.")
                ids.add(row.cells[table.key[0]])
                yield make(cells)
    except PackFileError as error:
        context.problems.add_problem(resource.path, error.what, error.mend, row=error.row)
        return  # what the rest of the file would have held is not known, so references to it are let be
    if ids or context.problems.count == before:
        context.ids[table.name] = ids
        _check_waiting(resource.path, ids, context)


def _check_waiting(file: str, ids: set[str], context: TableContext) -> None:
    for row, column, value in context.waiting:
        if value not in ids:
            mend = context.did_you_mean(value, ids)
            context.problems.add_problem(
                file, f"there is no {value[:40]!r} in this table", mend, row=row, column=column
            )


def _read_places(files: PackFiles, manifest: PackManifest, context: TableContext) -> list[Place]:
    places: dict[str, Place] = {}
    names: dict[str, list[OtherName]] = {}
    for table in (PLACES, NAMES):
        if manifest.resource_for(table.name) is None:
            context.problems.add_problem(DESCRIPTOR, f"no file called {table.name!r} is listed", "", column="resources")
    for place in _read_table(files, manifest.resource_for("places"), PLACES, context, codec.build_place):
        places[place.code] = place
    for code, name in _read_table(files, manifest.resource_for("names"), NAMES, context, codec.other_name):
        if code not in places:
            context.problems.add_problem("names.csv", f"{code[:40]!r} is no place", "Check the code.", column="code")
        names.setdefault(code, []).append(name)
    _check_root(places, context.problems)
    tiles = _read_tiles(files, manifest, places, context)
    return [
        replace(place, other_names=tuple(names.get(code, ())), tile=tile, short=short)
        for code, place in places.items()
        for tile, short in (tiles.get(code, _NO_TILE),)
    ]


def _read_tiles(
    files: PackFiles, manifest: PackManifest, places: Mapping[str, Place], context: TableContext
) -> dict[str, codec.Tile]:
    """The tile of each place that has one; no table of them is no problem, as only the map asks."""
    code_by_cell: dict[tuple[int, int], str] = {}
    tiles: dict[str, codec.Tile] = {}
    for code, tile in _read_table(files, manifest.resource_for("tiles"), TILES, context, codec.build_tile):
        if code not in places:
            context.problems.add_problem("tiles.csv", f"{code[:40]!r} is no place", "Check the code.", column="place")
        other = code_by_cell.setdefault(tile[0], code)
        if other != code:
            message = f"{code[:40]!r} stands in the cell of {other[:40]!r}"
            context.problems.add_problem("tiles.csv", message, "Give each its own column and row.", column="column")
        tiles[code] = tile
    return tiles


def _check_root(places: dict[str, Place], problems: ProblemCollector) -> None:
    for place in places.values():
        if place.parent is None and place.level is not PlaceLevel.UK:
            message = f"{place.code} has no parent, and only the United Kingdom has none"
            problems.add_problem("places.csv", message, "Write the code of the place it stands under.", column="parent")
