"""A person's table, CSV, XLSX or ODS, as sheets of raw rows; what cannot be read is refused with a sentence.

What the cells mean is not looked at here. Nothing is unpacked to disk, and no other file is opened.
"""

from __future__ import annotations

import hashlib
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from .base import FormatReader, RawSheet, build_table_error

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
        from .csv_reader import CsvReader

        return CsvReader(path)

    from .workbook import BookReader

    return BookReader(path, kind)


def _compute_checksum(path: Path) -> str:
    hasher = hashlib.sha256()
    with path.open("rb") as stream:
        while block := stream.read(_BLOCK):
            hasher.update(block)
    return hasher.hexdigest()


# What a file is by its first bytes, whatever its name says; what is no table is refused with the
# reason.


_HEADER_BYTES = 4096
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PICTURES = {
    b"\x89PNG": "a PNG picture",
    b"\xff\xd8\xff": "a JPEG picture",
    b"GIF8": "a GIF picture",
    b"BM": "a BMP picture",
    b"II*\0": "a TIFF picture",
    b"MM\0*": "a TIFF picture",
    b"%PDF": "a PDF document",
    b"{\\rtf": "a text document",
}
_OTHER_OFFICE = {
    "word/document.xml": "a Word document",
    "ppt/presentation.xml": "a PowerPoint presentation",
}
_ODF = {
    "application/vnd.oasis.opendocument.text": "a text document",
    "application/vnd.oasis.opendocument.presentation": "a presentation",
}
_SHEETS = "application/vnd.oasis.opendocument.spreadsheet"
_AS_TABLE = "Open it in the program it was made with and save the table as XLSX, ODS or CSV."
_PASSWORD_HINT = "Open it with its password and save a copy without one."


def kind_of(path: Path) -> str:
    """ "csv", "xlsx", "xlsb", "xls" or "ods". Raises TableError for anything else, OSError."""
    with path.open("rb") as stream:
        begins = stream.read(_HEADER_BYTES)
    for magic, what in _PICTURES.items():
        if begins.startswith(magic) and (magic != b"BM" or path.suffix.lower() != ".csv"):
            raise build_table_error(
                path, f"it is {what} and no table", "Ask for the table as a spreadsheet or a CSV file."
            )
    if begins.startswith(_OLE):
        return _classify_ole_file(path)
    if begins.startswith(b"PK"):
        return _classify_zip(path)
    start = begins.lstrip(b"\xef\xbb\xbf \t\r\n")[:200].lower()
    if start.startswith((b"<!doctype html", b"<html", b"<?xml", b"<table")):
        raise build_table_error(path, "it is a web page or XML and no table, whatever its name says", _AS_TABLE)
    if path.suffix.lower() in (".xlsx", ".xlsm", ".xlsb", ".ods", ".xls"):
        raise build_table_error(path, f"it is no {path.suffix[1:].upper()} workbook, whatever its name says", _AS_TABLE)
    return "csv"


def _classify_ole_file(path: Path) -> str:
    """A workbook of the old kind, or a new one behind a password, which is kept in the old container."""
    with path.open("rb") as stream:
        content = stream.read(1 << 20)
    if "EncryptedPackage".encode("utf-16-le") in content:
        raise build_table_error(path, "the workbook is protected by a password", _PASSWORD_HINT)
    if "WordDocument".encode("utf-16-le") in content or "PowerPoint".encode("utf-16-le") in content:
        raise build_table_error(path, "it is an old Word or PowerPoint file and no table", _AS_TABLE)
    return "xls"


def _classify_zip(path: Path) -> str:
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
            mimetype = _read_text_part(archive, "mimetype", names)
            manifest = _read_text_part(archive, "META-INF/manifest.xml", names)
    except (
        zipfile.BadZipFile,
        zlib.error,
        ValueError,
        NotImplementedError,
        RuntimeError,
        EOFError,
        OSError,
    ) as error:
        mend = "Ask for the file again, or open it in a spreadsheet program and save a copy."
        raise build_table_error(path, f"the file is damaged or was cut short ({error})"[:160], mend) from None
    for name, what in _OTHER_OFFICE.items():
        if name in names:
            raise build_table_error(path, f"it is {what} and no table", _AS_TABLE)
    if mimetype in _ODF:
        raise build_table_error(path, f"it is {_ODF[mimetype]} and no table", _AS_TABLE)
    if "encryption-data" in manifest:
        raise build_table_error(path, "the workbook is protected by a password", _PASSWORD_HINT)
    if mimetype == _SHEETS or "content.xml" in names:
        return "ods"
    if "xl/workbook.bin" in names:
        return "xlsb"
    if "xl/workbook.xml" in names or any(name.startswith("xl/") for name in names):
        return "xlsx"
    if "datapackage.json" in {name.rpartition("/")[2] for name in names}:
        raise build_table_error(path, "it is a pack and no table", "Use File > Open pack for it.")
    raise build_table_error(path, "it is an archive and no table", "Unpack it and choose the table in it.")


def _read_text_part(archive: zipfile.ZipFile, name: str, names: set[str]) -> str:
    if name not in names:
        return ""
    with archive.open(name) as stream:
        return stream.read(1 << 20).decode("utf-8", "replace").strip()
