"""Workbooks, read by calamine: each sheet whole, the next one while the one before is worked on."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar, cast

from .table_base import Cell, RawSheet, TableError, build_table_error
from .table_guard import check_zip

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

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
