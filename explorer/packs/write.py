"""Writing a pack as a folder: tables, descriptor and sums, whole beside the old one, then swapped.

What is written can be read again and gives the same pack; what could not be is refused before anything on
disk is touched.
"""

from __future__ import annotations

import contextlib
import csv
import hashlib
import io
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from explorer.evidence.model import Pack

from . import encode
from .csvfile import LONGEST, unreadable
from .describe import DESCRIPTOR, SUM_PREFIX, Json, resource, to_text
from .schema import FIGURES, PACK_TABLES, Table

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
    staged = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", dir=folder.parent))
    try:
        write_into(pack, staged, figures)
        staged.chmod(0o755)
        _swap(staged, folder)
    except BaseException:
        shutil.rmtree(staged, ignore_errors=True)
        raise


def _check_target(folder: Path) -> None:
    if not folder.exists():
        return
    found = {entry.name for entry in folder.iterdir() if not entry.name.startswith(".")}
    if not found <= _OURS:
        strange = ", ".join(sorted(found - _OURS)[:3])
        raise FileExistsError(f"the folder {folder.name!r} holds files that belong to no pack: {strange}")


def write_into(pack: Pack, folder: Path, figures: Lines | None = None) -> None:
    """Write ``pack`` into an empty folder. Raises ValueError or OSError, and leaves what it has written.

    ``figures`` are the lines of its figures, where there are too many to make each of them first.
    """
    written: list[tuple[Table, int, str]] = []
    for table, rows in encode.tables(pack):
        size, summed = _write_table(table, rows, folder / f"{table.name}.csv")
        written.append((table, size, summed))
    if figures is not None:
        written.append((FIGURES, *_write_lines(figures, folder / f"{FIGURES.name}.csv")))
        written.sort(key=lambda one: PACK_TABLES.index(one[0]))
    names = [table.name for table, _, _ in written]
    descriptor = _descriptor(pack)
    descriptor["resources"] = [resource(table, size, summed, names) for table, size, summed in written]
    _write(folder / DESCRIPTOR, to_text(descriptor).encode())


def _descriptor(pack: Pack) -> Json:
    for name in ("id", "title", "version", "licence", "created"):
        value = str(getattr(pack, name))
        if not value.strip() or value != value.strip():
            raise ValueError(f"the pack's {name} is blank, or begins or ends with a space")
    described: Json = {
        "profile": "tabular-data-package",
        "name": pack.id,
        "title": pack.title,
        "version": pack.version,
        "created": pack.created,
        "licenses": [{"name": pack.licence}],
    }
    if pack.description:
        described["description"] = pack.description
    if pack.publisher:
        described["contributors"] = [{"title": pack.publisher, "role": "publisher"}]
    if pack.sources:
        described["sources"] = [_source(source.title, source.address) for source in pack.sources]
    return described


def _source(title: str, address: str) -> Json:
    return {"title": title, "path": address} if address.startswith("https://") else {"title": title}


def _write_table(table: Table, rows: Iterator[encode.Cells], path: Path) -> tuple[int, str]:
    """Write one table; gives its size in bytes and its sum."""
    size, summed = 0, hashlib.sha256()
    line = io.StringIO(newline="")
    writer = csv.writer(line, lineterminator="\n")
    with path.open("xb") as stream:
        for number, cells in enumerate(_with_header(table, rows), start=1):
            _check(cells, table, number)
            line.seek(0)
            line.truncate()
            writer.writerow(cells)
            block = line.getvalue().encode()
            if len(block) > LONGEST:
                raise ValueError(f"row {number} of {table.name} is longer than {LONGEST:,} bytes")
            size += stream.write(block)
            summed.update(block)
        _settle(stream)
    return size, SUM_PREFIX + summed.hexdigest()


def _write_lines(lines: Lines, path: Path) -> tuple[int, str]:
    """Write lines that are known to be sound; gives the size in bytes and the sum."""
    size, summed = 0, hashlib.sha256()
    with path.open("xb") as stream:
        for block in lines:
            size += stream.write(block)
            summed.update(block)
        _settle(stream)
    return size, SUM_PREFIX + summed.hexdigest()


def _with_header(table: Table, rows: Iterator[encode.Cells]) -> Iterator[encode.Cells]:
    yield table.names
    yield from rows


def _check(cells: encode.Cells, table: Table, number: int) -> None:
    for name, cell in zip(table.names, cells, strict=True):
        reason = unreadable(cell) if cell else ""
        if reason:
            raise ValueError(f"row {number} of {table.name}, column {name}: {reason}")


def _write(path: Path, content: bytes) -> None:
    with path.open("xb") as stream:
        stream.write(content)
        _settle(stream)


def _settle(stream: io.BufferedWriter) -> None:
    stream.flush()
    os.fsync(stream.fileno())


def _swap(staged: Path, folder: Path) -> None:
    """Put ``staged`` in the place of ``folder``. If the second step fails, the first is undone."""
    if not folder.exists():
        staged.rename(folder)
        return
    old = Path(tempfile.mkdtemp(prefix=f".{folder.name}.old.", dir=folder.parent))
    folder.rename(old / folder.name)
    try:
        staged.rename(folder)
    except BaseException:
        (old / folder.name).rename(folder)
        raise
    finally:
        with contextlib.suppress(OSError):
            shutil.rmtree(old)
