"""Looks through a workbook before it is read, so that what would fill the memory is refused instead.

The library that reads workbooks holds each sheet as a full rectangle: one cell far out makes a huge one. Here
the extent of each sheet is found from its XML in passing, with little memory.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from .tables import TableError, refusal

MOST_CELLS = 8_000_000
"""The cells of one sheet's rectangle, blank ones counted."""
MOST_COLUMNS = 16_384
_MOST_BYTES = 400 << 20
_MOST_PARTS = 20_000
_MOST_RATIO = 1_500
_SMALL = 50 << 20
_BLOCK = 1 << 18
_LARGE_BLOCK = 1 << 20
_NEAR = 99_999
_LONGEST_TEXT = 32 << 20
_FAR = re.compile(rb'<c r="(?:[A-Za-z]{2}|[A-Za-z][0-9]{6})')
"""A cell from row 100,000 on, or from column AA on, as nearly every program writes them."""
_ROW = re.compile(rb"<(?:\w+:)?row\b(?:[^>]{0,300}?\sr\s*=\s*[\"'](\d{1,9})[\"'])?")
_CELL = re.compile(rb"<(?:\w+:)?c\b(?:[^>]{0,300}?\sr\s*=\s*[\"']([A-Za-z]{1,4})(\d{1,9})[\"'])?")
_REPEATS = b"-repeated"
_TOO_LARGE = "Delete the empty rows and columns behind the table, save it, and try again."


def check_zip(path: Path, kind: str) -> None:
    """Raises TableError for a workbook that is damaged, locked or would grow beyond bounds."""
    try:
        with zipfile.ZipFile(path) as held:
            _check_parts(path, held)
            if kind == "ods":
                _check_ods(path, held)
            elif kind == "xlsx":
                for entry in _sheets(held):
                    check_sheet(path, held, entry)
    except TableError:
        raise
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        ValueError,
        NotImplementedError,
        RuntimeError,
        KeyError,
    ) as error:
        mend = "Ask for the file again, or open it in a spreadsheet program and save a copy."
        raise refusal(path, f"the file is damaged or was cut short ({error})"[:160], mend) from None


def _sheets(held: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    return [
        one for one in held.infolist() if re.search(r"worksheets/[^/]+\.xml$", one.filename, re.IGNORECASE)
    ]


def _check_parts(path: Path, held: zipfile.ZipFile) -> None:
    entries = held.infolist()
    if len(entries) > _MOST_PARTS:
        raise refusal(path, f"it holds more than {_MOST_PARTS:,} parts", "It is no ordinary workbook.")
    total = sum(entry.file_size for entry in entries)
    if total > _MOST_BYTES:
        raise refusal(path, "unpacked it would be larger than 400 MB", "Divide it into several files.")
    for entry in entries:
        if entry.flag_bits & 1:
            raise refusal(path, "the workbook is protected by a password", "Save a copy without one.")
        if ".." in entry.filename.replace("\\", "/").split("/") or entry.filename.startswith(("/", "\\")):
            raise refusal(path, "a part of it has a name that leads out of it", "It is no ordinary workbook.")
        if entry.file_size > _SMALL and entry.file_size > _MOST_RATIO * max(entry.compress_size, 1):
            raise refusal(
                path, "a part of it unpacks to far more than it holds", "It is no ordinary workbook."
            )


def _blocks(held: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    """The part in blocks that end where a tag ends, so that no tag is cut in two."""
    rest, read = b"", 0
    with held.open(entry) as stream:
        while block := stream.read(_BLOCK):
            read += len(block)
            if read > _MOST_BYTES:
                raise ValueError("a part of it is larger than it says")
            end = block.rfind(b">") + 1
            if not end:
                rest += block
                if len(rest) > _LONGEST_TEXT:
                    raise ValueError("a text in it has no end")
                continue
            yield rest + block[:end]
            rest = block[end:]


def check_sheet(path: Path, held: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
    """Raises TableError for a sheet whose rectangle would be too large."""
    extent = _Rectangle()
    for block in _blocks(held, entry):
        if extent.usual(block):
            continue
        extent.take(block)
        _refuse_large(path, extent.rows, extent.columns)


class _Rectangle:
    """How far the cells of a sheet reach; cells and rows without a place of their own follow one another."""

    def __init__(self) -> None:
        self.rows, self.columns = _NEAR, 26  # what the usual way of writing may hold without being told of
        self._row = self._column = 0

    def usual(self, block: bytes) -> bool:
        """Whether every cell says where it is, and none is far out."""
        usual = block.count(b'<c r="') == block.count(b"<c") and _FAR.search(block) is None
        if usual:
            self._row = max(self._row, _NEAR)
        return usual

    def take(self, block: bytes) -> None:
        """Take in a block cell by cell."""
        marks = sorted(
            [(found.start(), found, True) for found in _ROW.finditer(block)]
            + [(found.start(), found, False) for found in _CELL.finditer(block)],
            key=lambda mark: mark[0],
        )
        for _, found, is_row in marks:
            if is_row:
                self._row = int(found[1]) if found[1] else self._row + 1
                self._column = 0
            elif found[1]:
                self._row, self._column = int(found[2]), _column(found[1])
            else:
                self._column += 1
            self.rows, self.columns = max(self.rows, self._row), max(self.columns, self._column)


def _column(letters: bytes) -> int:
    """The number of a column, from 1, by its letters."""
    at = 0
    for letter in letters.upper():
        at = at * 26 + letter - 64
    return at


def _check_ods(path: Path, held: zipfile.ZipFile) -> None:
    entry = held.getinfo("content.xml")
    with held.open(entry) as stream:
        before = b""
        while block := stream.read(_LARGE_BLOCK):
            if _REPEATS in block or _REPEATS in before[-len(_REPEATS) :] + block[: len(_REPEATS)]:
                break
            before = block
        else:
            return
    _check_repeats(path, held, entry)


_TAG = re.compile(rb"<(/?)(?:table:)?(table-row|table-cell|covered-table-cell|table)\b([^>]*)>")


def _check_repeats(path: Path, held: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
    """Find how far the filled cells of each sheet reach once all repeats are written out."""
    state = _Extent()
    for block in _blocks(held, entry):
        for tag in _TAG.finditer(block):
            state.tag(tag[1] == b"/", tag[2], tag[3])
            _refuse_large(path, state.rows, state.columns, state.others)


class _Extent:
    """How far the filled cells of the sheet at hand reach."""

    def __init__(self) -> None:
        self.rows = self.columns = self.others = 0
        self._before = self._at = 0
        self._repeat = 1
        self._filled = False

    def tag(self, ends: bool, name: bytes, attributes: bytes) -> None:
        """Take in the next tag."""
        if name == b"table":
            # All sheets are held at once, so what the others reach to counts as well.
            if ends:
                self.others += self.rows * self.columns
            self.rows = self.columns = self._before = 0
        elif name == b"table-row":
            if ends or attributes.rstrip().endswith(b"/"):
                self._end_row(attributes)
            else:
                self._repeat, self._at, self._filled = _repeats(attributes), 0, False
        elif not ends:
            self._at += _repeats(attributes)
            if b"value" in attributes or b"formula" in attributes or not attributes.rstrip().endswith(b"/"):
                self._filled = True
                self.columns = max(self.columns, self._at)

    def _end_row(self, attributes: bytes) -> None:
        repeat = _repeats(attributes) if attributes.rstrip().endswith(b"/") else self._repeat
        self._before += repeat
        if self._filled:
            self.rows = self._before
        self._filled = False


def _repeats(attributes: bytes) -> int:
    found = re.search(rb"-repeated\s*=\s*[\"']\s*(\d{1,12})", attributes)
    return max(1, int(found[1])) if found else 1


def _refuse_large(path: Path, rows: int, columns: int, others: int = 0) -> None:
    if columns > MOST_COLUMNS:
        raise refusal(path, f"a sheet of it reaches to column {columns:,}", _TOO_LARGE)
    if rows * columns + others > MOST_CELLS:
        what = f"a sheet of it reaches to row {rows:,} and column {columns:,}, which is more than can be read"
        raise refusal(path, what, _TOO_LARGE)
