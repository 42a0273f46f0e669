"""Looks through a workbook before it is read, so that what would fill the memory is refused instead.

The library that reads workbooks holds each sheet as a full rectangle: one cell far out makes a huge one. Here
the extent of each sheet is found from its XML in passing, with little memory.
"""

from __future__ import annotations

import queue
import re
import threading
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar, cast

from .base import Cell, RawSheet, TableError, build_table_error

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook


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
        with zipfile.ZipFile(path) as archive:
            _check_parts(path, archive)
            if kind == "ods":
                _check_ods(path, archive)
            elif kind == "xlsx":
                for entry in _sheet_entries(archive):
                    check_sheet(path, archive, entry)
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
        raise build_table_error(path, f"the file is damaged or was cut short ({error})"[:160], mend) from None


def _sheet_entries(archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    return [one for one in archive.infolist() if re.search(r"worksheets/[^/]+\.xml$", one.filename, re.IGNORECASE)]


def _check_parts(path: Path, archive: zipfile.ZipFile) -> None:
    entries = archive.infolist()
    if len(entries) > _MOST_PARTS:
        raise build_table_error(path, f"it holds more than {_MOST_PARTS:,} parts", "It is no ordinary workbook.")
    total = sum(entry.file_size for entry in entries)
    if total > _MOST_BYTES:
        raise build_table_error(path, "unpacked it would be larger than 400 MB", "Divide it into several files.")
    for entry in entries:
        if entry.flag_bits & 1:
            raise build_table_error(path, "the workbook is protected by a password", "Save a copy without one.")
        if ".." in entry.filename.replace("\\", "/").split("/") or entry.filename.startswith(("/", "\\")):
            raise build_table_error(path, "a part of it has a name that leads out of it", "It is no ordinary workbook.")
        if entry.file_size > _SMALL and entry.file_size > _MOST_RATIO * max(entry.compress_size, 1):
            raise build_table_error(
                path, "a part of it unpacks to far more than it holds", "It is no ordinary workbook."
            )


def _iter_blocks(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    """The part in blocks that end where a tag ends, so that no tag is cut in two."""
    rest, byte_count = b"", 0
    with archive.open(entry) as stream:
        while block := stream.read(_BLOCK):
            byte_count += len(block)
            if byte_count > _MOST_BYTES:
                raise ValueError("a part of it is larger than it says")
            end = block.rfind(b">") + 1
            if not end:
                rest += block
                if len(rest) > _LONGEST_TEXT:
                    raise ValueError("a text in it has no end")
                continue
            yield rest + block[:end]
            rest = block[end:]


def check_sheet(path: Path, archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
    """Raises TableError for a sheet whose rectangle would be too large."""
    extent = _SheetRectangle()
    for block in _iter_blocks(archive, entry):
        if extent.is_usual(block):
            continue
        extent.scan_block(block)
        _refuse_large(path, extent.rows, extent.columns)


class _SheetRectangle:
    """How far the cells of a sheet reach; cells and rows without a place of their own follow one another."""

    def __init__(self) -> None:
        self.rows, self.columns = _NEAR, 26  # what the usual way of writing may hold without being told of
        self._row = self._column = 0

    def is_usual(self, block: bytes) -> bool:
        """Whether every cell says where it is, and none is far out."""
        usual = block.count(b'<c r="') == block.count(b"<c") and _FAR.search(block) is None
        if usual:
            self._row = max(self._row, _NEAR)
        return usual

    def scan_block(self, block: bytes) -> None:
        """Take in a block cell by cell."""
        marks = sorted(
            [(match.start(), match, True) for match in _ROW.finditer(block)]
            + [(match.start(), match, False) for match in _CELL.finditer(block)],
            key=lambda mark: mark[0],
        )
        for _, match, is_row in marks:
            if is_row:
                self._row = int(match[1]) if match[1] else self._row + 1
                self._column = 0
            elif match[1]:
                self._row, self._column = int(match[2]), _column_number(match[1])
            else:
                self._column += 1
            self.rows, self.columns = max(self.rows, self._row), max(self.columns, self._column)


def _column_number(letters: bytes) -> int:
    """The number of a column, from 1, by its letters."""
    at = 0
    for letter in letters.upper():
        at = at * 26 + letter - 64
    return at


def _check_ods(path: Path, archive: zipfile.ZipFile) -> None:
    entry = archive.getinfo("content.xml")
    with archive.open(entry) as stream:
        before = b""
        while block := stream.read(_LARGE_BLOCK):
            if _REPEATS in block or _REPEATS in before[-len(_REPEATS) :] + block[: len(_REPEATS)]:
                break
            before = block
        else:
            return
    _check_repeats(path, archive, entry)


_TAG = re.compile(rb"<(/?)(?:table:)?(table-row|table-cell|covered-table-cell|table)\b([^>]*)>")


def _check_repeats(path: Path, archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
    """Find how far the filled cells of each sheet reach once all repeats are written out."""
    state = _FilledExtent()
    for block in _iter_blocks(archive, entry):
        for tag in _TAG.finditer(block):
            state.process_tag(tag[1] == b"/", tag[2], tag[3])
            _refuse_large(path, state.rows, state.columns, state.others)


class _FilledExtent:
    """How far the filled cells of the sheet at hand reach."""

    def __init__(self) -> None:
        self.rows = self.columns = self.others = 0
        self._before = self._at = 0
        self._repeat = 1
        self._has_cells = False

    def process_tag(self, ends: bool, name: bytes, attributes: bytes) -> None:
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
                self._repeat, self._at, self._has_cells = _count_repeats(attributes), 0, False
        elif not ends:
            self._at += _count_repeats(attributes)
            if b"value" in attributes or b"formula" in attributes or not attributes.rstrip().endswith(b"/"):
                self._has_cells = True
                self.columns = max(self.columns, self._at)

    def _end_row(self, attributes: bytes) -> None:
        repeat = _count_repeats(attributes) if attributes.rstrip().endswith(b"/") else self._repeat
        self._before += repeat
        if self._has_cells:
            self.rows = self._before
        self._has_cells = False


def _count_repeats(attributes: bytes) -> int:
    match = re.search(rb"-repeated\s*=\s*[\"']\s*(\d{1,12})", attributes)
    return max(1, int(match[1])) if match else 1


def _refuse_large(path: Path, rows: int, columns: int, others: int = 0) -> None:
    if columns > MOST_COLUMNS:
        raise build_table_error(path, f"a sheet of it reaches to column {columns:,}", _TOO_LARGE)
    if rows * columns + others > MOST_CELLS:
        what = f"a sheet of it reaches to row {rows:,} and column {columns:,}, which is more than can be read"
        raise build_table_error(path, what, _TOO_LARGE)


# Workbooks, read by calamine: each sheet whole, the next one while the one before is worked on.


_Result = TypeVar("_Result")
_AHEAD = 1
_WAIT = 0.05
_REPAIR_HINT = "Open it in a spreadsheet program and save a copy, or ask for the file again."


class BookReader:
    """Reads XLSX, XLSB, XLS and ODS workbooks."""

    note = ""

    def __init__(self, path: Path, kind: str) -> None:
        self._path = path
        if kind != "xls":
            check_zip(path, kind)
        self._book = self._translate_errors(self._open_workbook)
        self.names = tuple(self._book.sheet_names)
        self._looked_at: dict[str, CalamineSheet] = {}
        if not self.names:
            raise build_table_error(path, "the workbook has no sheet with cells", "Choose the workbook with the table.")

    def read_head(self, name: str, most: int) -> RawSheet:
        """The first rows of a sheet, which is remembered: reading its beginning reads all of it."""
        sheet = self._translate_errors(lambda: self._get_sheet(name))
        self._looked_at[name] = sheet
        return self._read_rows(name, sheet, most)

    def iter_sheets(self, names: Sequence[str]) -> Iterator[RawSheet]:
        """Sheets in order; one is read in a thread of its own while the one before is worked on."""
        ready: queue.Queue[CalamineSheet | BaseException | None] = queue.Queue(_AHEAD)
        stop = threading.Event()
        worker = threading.Thread(target=self._read_ahead, args=(names, ready, stop), daemon=True)
        worker.start()
        try:
            for name in names:
                next_sheet = ready.get()
                if isinstance(next_sheet, BaseException):
                    raise next_sheet
                if next_sheet is not None:
                    yield self._read_rows(name, next_sheet, None)
        finally:
            stop.set()
            while worker.is_alive():  # what it would still hand over is let go
                with suppress(queue.Empty):
                    ready.get(timeout=_WAIT)
            worker.join()

    def close(self) -> None:
        """Let the file go."""
        self._looked_at.clear()

    def _read_ahead(
        self,
        names: Sequence[str],
        ready: queue.Queue[CalamineSheet | BaseException | None],
        stop: threading.Event,
    ) -> None:
        for name in names:
            if stop.is_set():
                return
            try:
                ready.put(self._translate_errors(lambda name=name: self._get_sheet(name)))
            except BaseException as error:  # handed over, and raised where it is waited for
                ready.put(error)
                return

    def _open_workbook(self) -> CalamineWorkbook:
        from python_calamine import CalamineWorkbook

        return CalamineWorkbook.from_path(str(self._path))  # pyright: ignore[reportUnknownMemberType]

    def _get_sheet(self, name: str) -> CalamineSheet:
        return self._looked_at.pop(name, None) or self._book.get_sheet_by_name(name)

    def _read_rows(self, name: str, sheet: CalamineSheet, most: int | None) -> RawSheet:
        """The rows of a sheet, those that are blank before its first left out."""
        rows = self._translate_errors(lambda: sheet.to_python(skip_empty_area=True, nrows=most))
        start = sheet.start
        return RawSheet(name, cast("list[list[Cell]]", rows), 1 if start is None else start[0] + 1)

    def _translate_errors(self, work: Callable[[], _Result]) -> _Result:
        """What ``work`` gives; whatever goes wrong in the library becomes a sentence."""
        try:
            return work()
        except (TableError, KeyboardInterrupt, FileNotFoundError, PermissionError):
            raise
        except MemoryError:
            raise build_table_error(self._path, "there is not enough memory to read it", "Divide it.") from None
        except BaseException as error:  # its panics are no Exceptions
            if "password" in str(error).casefold() or "PasswordError" in type(error).__name__:
                mend = "Open it with its password and save a copy without one."
                raise build_table_error(self._path, "the workbook is protected by a password", mend) from None
            raise build_table_error(
                self._path, f"the workbook is damaged ({_format_error(error)})", _REPAIR_HINT
            ) from None


def _format_error(error: BaseException) -> str:
    return " ".join(str(error).split())[:120] or type(error).__name__
