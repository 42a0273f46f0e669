"""Packs that travel: one saved as a .zip for another copy of the program, one opened and kept in this one.

What is opened is copied first and read from the copy, so that what is kept is what was checked. The original
is only read. Whether a pack replaces another is asked by whoever opens it; here stands only how they compare.
"""

from __future__ import annotations

import enum
import hashlib
import re
import sqlite3
import zipfile
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, BinaryIO

from msgspec import Struct

from explorer.evidence import Pack
from explorer.library import pack_tables
from explorer.packs import (
    DESCRIPTOR,
    PACK_TABLES,
    SUM_PREFIX,
    TABLES,
    PackError,
    PackFileError,
    PackFiles,
    PackManifest,
    Problem,
    ProblemCollector,
    check_pack,
    inspect_pack,
    open_files,
    read_manifest,
    read_pack_contents,
    seal_pack,
)
from explorer.support import open_atomically

from .user_folder import remove_tree

if TYPE_CHECKING:
    from .library import Library
    from .pack_tables import PackState


_BLOCK = 1 << 20
_FIXED_DATE = (1980, 1, 1, 0, 0, 0)
_PLAIN_FILE = 0o100644 << 16
_UNIX = 3
_MEND = "Put the original file back, or open the pack from where it came."
_UNREADABLE = Problem(file="", what="a file of the pack could not be read", mend="Try it again.")
_VERSION = re.compile(r"v?(\d+(?:[.-]\d+)*)(.*)", re.IGNORECASE | re.DOTALL)


class VersionComparison(enum.Enum):
    """How a pack that is opened stands to the one with its id in the library."""

    NEW = enum.auto()
    """There is none."""
    SAME = enum.auto()
    """It is there already, to the byte."""
    NEWER = enum.auto()
    OLDER = enum.auto()
    OTHER = enum.auto()
    """It has the same version and other content, or the one in the library cannot be read."""


class StagedPack(Struct, frozen=True, kw_only=True):
    """A pack that was opened, read and found sound. It lies in ``staged`` until it is kept or let go."""

    pack: Pack
    staging_folder: Path
    fingerprint: str
    standing: VersionComparison
    present: PackState | None
    """The one in the library with its id."""

    def let_go(self) -> None:
        """Delete the copy; the original is where it was."""
        remove_tree(self.staging_folder)


def save_zip(source: Path, path: Path) -> None:
    """Write the pack at ``source`` as a .zip to ``path``: the same to the byte whenever the pack is the same.

    It is written whole beside an older file and then takes its place. Raises PackError where a file of the
    pack is not what its sum says, OSError where it cannot be written; then what was there is as it was.
    """
    with _open_with_manifest(source) as (files, manifest), open_atomically(path) as stream:
        _write_zip(files, manifest, stream)


def open_pack(library: Library, path: Path) -> StagedPack:
    """Copy the pack at ``path``, a folder, a .zip or a ``datapackage.json``, beside the library, and read it.

    Whoever asks hands the arrival to ``install`` or lets it go. Takes as long as reading takes. Raises PackError
    with all its problems, OSError where the copy cannot be written.
    """
    with _open_with_manifest(path) as (files, manifest):
        staging_folder = library.manager.create_staging_folder(manifest.id or "pack")
        try:
            if not _copy_files(files, manifest, staging_folder):
                raise PackError(check_pack(path, library.places) or [_UNREADABLE])
            return _build_staged_pack(library, staging_folder)
        except BaseException:
            remove_tree(staging_folder)
            raise


def install(library: Library, arrival: StagedPack) -> None:
    """Keep what was opened among the person's own packs, in place of the one with its id.

    Raises PackError where it cannot stand beside the others, OSError where the disk refuses. Then nothing has
    changed, and the arrival is still to be let go.
    """
    pack = arrival.pack

    def fill_tables(connection: sqlite3.Connection, state: PackState) -> None:
        pack_tables.insert_pack(connection, pack, state, library.places)

    library.manager.add_staged(pack, arrival.staging_folder, fill_tables)


def compare_versions(arriving: str, present: str) -> int:
    """1 where version ``arriving`` is newer than ``present``, -1 where it is older, 0 where neither is."""
    one, other = _version_key(arriving), _version_key(present)
    return (one > other) - (one < other)


def _version_key(version: str) -> tuple[tuple[int, ...], bool, str]:
    """Numbers count first, so that 1.10 is newer than 1.9; "1.0-beta" comes before "1.0"."""
    match = _VERSION.fullmatch(version.strip())
    if match is None:
        return (), True, version.strip()
    numbers = [int(part[:18]) for part in re.findall(r"\d+", match[1])]
    while numbers and not numbers[-1]:
        numbers.pop()
    return tuple(numbers), not match[2].startswith("-"), match[2]


def _build_staged_pack(library: Library, staging_folder: Path) -> StagedPack:
    reading = read_pack_contents(staging_folder, library.places)
    fingerprint = reading.fingerprint
    if not reading.is_sealed and _can_be_sealed(staging_folder):
        seal_pack(staging_folder)
        manifest = inspect_pack(staging_folder).manifest
        fingerprint = manifest.fingerprint if manifest is not None else ""
    present = next((state for state in library.packs() if state.id == reading.pack.id), None)
    standing = _compare_with_present(reading.pack.version, fingerprint, present)
    if standing is not VersionComparison.SAME:
        library.manager.check_beside(reading.pack)
    return StagedPack(
        pack=reading.pack,
        staging_folder=staging_folder,
        fingerprint=fingerprint,
        standing=standing,
        present=present,
    )


def _compare_with_present(version: str, fingerprint: str, present: PackState | None) -> VersionComparison:
    if present is None:
        return VersionComparison.NEW
    if present.fingerprint == fingerprint and not present.problems:
        return VersionComparison.SAME
    newer = 0 if present.problems else compare_versions(version, present.version)
    return {1: VersionComparison.NEWER, -1: VersionComparison.OLDER, 0: VersionComparison.OTHER}[newer]


def _can_be_sealed(folder: Path) -> bool:
    """Whether every table lies where sealing looks for it."""
    manifest = inspect_pack(folder).manifest
    resources = () if manifest is None else manifest.resources
    return all(resource.path == f"{resource.name}.csv" for resource in resources if resource.name in TABLES)


@contextmanager
def _open_with_manifest(path: Path) -> Generator[tuple[PackFiles, PackManifest]]:
    """The files of the pack at ``path`` and what it says of itself. Raises PackError."""
    problems = ProblemCollector()
    files = open_files(path, problems)
    if files is None:
        raise PackError(problems.all_problems())
    try:
        manifest = read_manifest(files, problems)
        if manifest is None or problems.count:
            raise PackError(problems.all_problems())
        yield files, manifest
    finally:
        files.close()


def _file_names(files: PackFiles, manifest: PackManifest) -> tuple[str, ...]:
    """Every file of the pack, by name: those that are listed, and tables that were forgotten in the list."""
    listed_paths = {resource.path for resource in manifest.resources}
    extra_tables = {f"{table.name}.csv" for table in PACK_TABLES} & files.names()
    return tuple(sorted({DESCRIPTOR, *listed_paths, *extra_tables}))


def _copy_with_checksum(files: PackFiles, name: str, into: IO[bytes]) -> str:
    """Copy one file, and give the sum of what was copied. Raises Unreadable, and OSError of ``into`` only."""
    hasher = hashlib.sha256()
    with files.open(name) as stream:
        while block := _read_block(stream):
            hasher.update(block)
            into.write(block)
    return SUM_PREFIX + hasher.hexdigest()


def _read_block(stream: BinaryIO) -> bytes:
    try:
        return stream.read(_BLOCK)
    except OSError as error:
        raise PackFileError(f"the file cannot be read ({error.strerror or error})") from None


def _write_zip(files: PackFiles, manifest: PackManifest, stream: BinaryIO) -> None:
    expected_checksums = {resource.path: resource.checksum for resource in manifest.resources}
    problems = ProblemCollector()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in _file_names(files, manifest):
            entry = zipfile.ZipInfo(name, _FIXED_DATE)
            entry.compress_type, entry.create_system = zipfile.ZIP_DEFLATED, _UNIX
            entry.external_attr = _PLAIN_FILE
            try:
                with archive.open(entry, "w") as into:
                    checksum = _copy_with_checksum(files, name, into)
            except PackFileError as error:
                problems.add_problem(name, error.what, error.mend)
            else:
                if expected_checksums.get(name) not in (None, checksum):
                    problems.add_problem(name, "the file was changed after the pack was sealed", _MEND)
    if problems.count:
        raise PackError(problems.all_problems())


def _copy_files(files: PackFiles, manifest: PackManifest, folder: Path) -> bool:
    """Copy every file of a pack; whether all could be read. Their sums are held against the copies later."""
    for name in _file_names(files, manifest):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            with open_atomically(path) as into:
                _copy_with_checksum(files, name, into)
        except PackFileError:
            return False
    return True
