"""What a file is by its first bytes, whatever its name says; what is no table is refused with the reason."""

from __future__ import annotations

import zipfile
import zlib
from pathlib import Path

from .table_base import build_table_error

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
