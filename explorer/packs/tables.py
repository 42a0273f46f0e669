"""A person's table, CSV, XLSX or ODS, as sheets of raw rows; what cannot be read is refused with a sentence.

What the cells mean is not looked at here. Nothing is unpacked to disk, and no other file is opened.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from .table_base import FormatReader, RawSheet, build_table_error

HEAD = 60
LARGEST = 1 << 30
"""The largest file that is opened, in bytes."""
_BLOCK = 1 << 20


class InputTable:
    """An opened table. Close it, or use it in a ``with``."""

    def __init__(self, path: Path, kind: str, reader: FormatReader, size: int, sha256: str) -> None:
        self.path = path
        self.kind = kind
        """"csv", "xlsx", "ods" and so on."""
        self.size = size
        self.sha256 = sha256
        self._reader = reader

    @property
    def sheet_names(self) -> tuple[str, ...]:
        """The names of the sheets; one empty name for a file that has none."""
        return self._reader.names

    @property
    def note(self) -> str:
        """What is to be known of how it was read, as a sentence; usually empty."""
        return self._reader.note

    def read_head(self, name: str, most: int = HEAD) -> RawSheet:
        """The first rows of a sheet. Raises TableError."""
        return self._reader.read_head(name, most)

    def iter_sheets(self, names: Sequence[str] | None = None) -> Iterator[RawSheet]:
        """Sheets whole and in order, a long CSV file in several parts. Raises TableError."""
        return self._reader.iter_sheets(self.sheet_names if names is None else names)

    def close(self) -> None:
        """Let the file go."""
        self._reader.close()

    def __enter__(self) -> Self:
        """Itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close it."""
        self.close()


def open_table(path: Path) -> InputTable:
    """Open the table at ``path``. Raises TableError for what is no table, is locked away or could do harm."""
    from .table_kinds import kind_of

    try:
        if path.is_dir():
            raise build_table_error(path, "it is a folder", "Choose the file of the table itself.")
        size = path.stat().st_size
        if not size:
            raise build_table_error(path, "the file is empty", "Save the table again, or choose another file.")
        if size > LARGEST:
            raise build_table_error(
                path, f"the file is larger than {LARGEST >> 30} GB", "Divide it into several files."
            )
        kind = kind_of(path)
        checksum = _compute_checksum(path)
        return InputTable(path, kind, _open_reader(path, kind), size, checksum)
    except FileNotFoundError:
        raise build_table_error(path, "there is no such file", "Check the name, or where it lies.") from None
    except PermissionError:
        mend = "Close it in the other program, or ask for the right to read it, and try again."
        raise build_table_error(path, "the file is in use or may not be read", mend) from None
    except OSError as error:
        raise build_table_error(
            path, f"the file cannot be read ({error.strerror or error})", "Try a copy of it."
        ) from None


def _open_reader(path: Path, kind: str) -> FormatReader:
    if kind == "csv":
        from .table_csv import CsvReader

        return CsvReader(path)

    from .table_books import BookReader

    return BookReader(path, kind)


def _compute_checksum(path: Path) -> str:
    hasher = hashlib.sha256()
    with path.open("rb") as stream:
        while block := stream.read(_BLOCK):
            hasher.update(block)
    return hasher.hexdigest()
