"""Writing a pack as a folder: tables, descriptor and sums, whole beside the old one, then swapped.

What is written can be read again and gives the same pack; what could not be is refused before anything on
disk is touched.
"""

from __future__ import annotations

import contextlib
import csv
import hashlib
import io
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from explorer.evidence import Pack
from explorer.packs import codec
from explorer.support import open_atomically, write_atomically

from .csv_rows import LONGEST, round_trip_error
from .files import DESCRIPTOR
from .manifest import SUM_PREFIX, Json, build_resource, to_text
from .schema import FIGURES, PACK_TABLES, TableSchema

_OURS = frozenset({DESCRIPTOR, *(f"{table.name}.csv" for table in PACK_TABLES)})


Lines = Iterable[bytes]
"""Whole lines of a CSV file, many at a time, the headings first."""


def write_pack(pack: Pack, folder: Path, figures: Lines | None = None) -> None:
    """Write ``pack`` to ``folder``; a pack that is there already is replaced only when all is written.

    Raises ValueError where something in it could not be read again, FileExistsError where the folder holds
    files that are no pack's, OSError where the disk refuses. ``figures``: see ``write_into``.
    """
    _check_target(folder)
    folder.parent.mkdir(parents=True, exist_ok=True)
    staging_folder = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", dir=folder.parent))
    try:
        write_into(pack, staging_folder, figures)
        staging_folder.chmod(0o755)
        _swap_folders(staging_folder, folder)
    except BaseException:
        shutil.rmtree(staging_folder, ignore_errors=True)
        raise


def _check_target(folder: Path) -> None:
    if not folder.exists():
        return
    entry_names = {entry.name for entry in folder.iterdir() if not entry.name.startswith(".")}
    if not entry_names <= _OURS:
        strange = ", ".join(sorted(entry_names - _OURS)[:3])
        raise FileExistsError(f"the folder {folder.name!r} holds files that belong to no pack: {strange}")


def write_into(pack: Pack, folder: Path, figures: Lines | None = None) -> None:
    """Write ``pack`` into an empty folder. Raises ValueError or OSError, and leaves what it has written.

    ``figures`` are the lines of its figures, where there are too many to make each of them first.
    """
    table_records: list[tuple[TableSchema, int, str]] = []
    for table, rows in codec.encode_tables(pack):
        size, checksum = _write_table(table, rows, folder / f"{table.name}.csv")
        table_records.append((table, size, checksum))
    if figures is not None:
        table_records.append((FIGURES, *_write_lines(figures, folder / f"{FIGURES.name}.csv")))
        table_records.sort(key=lambda one: PACK_TABLES.index(one[0]))
    names = [table.name for table, _, _ in table_records]
    descriptor = _build_descriptor(pack)
    descriptor["resources"] = [build_resource(table, size, checksum, names) for table, size, checksum in table_records]
    write_atomically(folder / DESCRIPTOR, to_text(descriptor).encode())


def _build_descriptor(pack: Pack) -> Json:
    for name in ("id", "title", "version", "licence", "created"):
        value = str(getattr(pack, name))
        if not value.strip() or value != value.strip():
            raise ValueError(f"the pack's {name} is blank, or begins or ends with a space")
    descriptor: Json = {
        "profile": "tabular-data-package",
        "name": pack.id,
        "title": pack.title,
        "version": pack.version,
        "created": pack.created,
        "licenses": [{"name": pack.licence}],
    }
    if pack.description:
        descriptor["description"] = pack.description
    if pack.publisher:
        descriptor["contributors"] = [{"title": pack.publisher, "role": "publisher"}]
    if pack.sources:
        descriptor["sources"] = [_build_source(source.title, source.address) for source in pack.sources]
    return descriptor


def _build_source(title: str, address: str) -> Json:
    return {"title": title, "path": address} if address.startswith("https://") else {"title": title}


def _write_table(table: TableSchema, rows: Iterator[codec.Cells], path: Path) -> tuple[int, str]:
    """Write one table; gives its size in bytes and its sum."""
    size, hasher = 0, hashlib.sha256()
    line = io.StringIO(newline="")
    writer = csv.writer(line, lineterminator="\n")
    with open_atomically(path) as stream:
        for number, cells in enumerate(_with_header(table, rows), start=1):
            _check_cells(cells, table, number)
            line.seek(0)
            line.truncate()
            writer.writerow(cells)
            block = line.getvalue().encode()
            if len(block) > LONGEST:
                raise ValueError(f"row {number} of {table.name} is longer than {LONGEST:,} bytes")
            size += stream.write(block)
            hasher.update(block)
    return size, SUM_PREFIX + hasher.hexdigest()


def _write_lines(lines: Lines, path: Path) -> tuple[int, str]:
    """Write lines that are known to be sound; gives the size in bytes and the sum."""
    size, hasher = 0, hashlib.sha256()
    with open_atomically(path) as stream:
        for block in lines:
            size += stream.write(block)
            hasher.update(block)
    return size, SUM_PREFIX + hasher.hexdigest()


def _with_header(table: TableSchema, rows: Iterator[codec.Cells]) -> Iterator[codec.Cells]:
    yield table.column_names
    yield from rows


def _check_cells(cells: codec.Cells, table: TableSchema, number: int) -> None:
    for name, cell in zip(table.column_names, cells, strict=True):
        reason = round_trip_error(cell) if cell else ""
        if reason:
            raise ValueError(f"row {number} of {table.name}, column {name}: {reason}")


def _swap_folders(staging_folder: Path, folder: Path) -> None:
    """Put ``staging_folder`` in the place of ``folder``. If the second step fails, the first is undone."""
    if not folder.exists():
        staging_folder.rename(folder)
        return
    old = Path(tempfile.mkdtemp(prefix=f".{folder.name}.old.", dir=folder.parent))
    folder.rename(old / folder.name)
    try:
        staging_folder.rename(folder)
    except BaseException:
        (old / folder.name).rename(folder)
        raise
    finally:
        with contextlib.suppress(OSError):
            shutil.rmtree(old)
