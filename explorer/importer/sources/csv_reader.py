"""CSV files of any common encoding and delimiter, as they are saved by spreadsheets and databases."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

from .base import RawSheet, TableError, build_table_error

_PART = 50_000
"""How many rows of a long file are given at a time."""
_LONGEST_LINE = 1_000_000
_LONGEST_CELL = 100_000
_MOST_COLUMNS = 16_384
_MOST_ROWS = 10_000_000
_SAMPLE_LINES = 200
_DELIMITERS = (",", ";", "\t", "|")
_BOMS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}


class CsvReader:
    """Reads one CSV file; its one sheet has no name."""

    names: tuple[str, ...] = ("",)

    def __init__(self, path: Path) -> None:
        self._path = path
        self.note = ""
        self._encoding = self._found_encoding()
        first = [line for line, _ in zip(self._iter_lines(), range(_SAMPLE_LINES), strict=False)]
        self._skip = 1 if first and first[0].strip().lower().startswith("sep=") else 0
        header_delimiter = first[0].strip()[4:5] if self._skip else ""
        self._delimiter = (
            header_delimiter if header_delimiter in _DELIMITERS else _detect_delimiter(first[self._skip :])
        )

    def read_head(self, name: str, most: int) -> RawSheet:
        """The first rows."""
        del name
        return RawSheet("", list(islice(self._iter_rows(), most)), 1 + self._skip)

    def iter_sheets(self, names: Sequence[str]) -> Iterator[RawSheet]:
        """All rows, in parts."""
        del names
        rows, first = self._iter_rows(), 1 + self._skip
        while part := list(islice(rows, _PART)):
            yield RawSheet("", part, first)
            first += len(part)

    def close(self) -> None:
        """Nothing is held."""

    def _iter_rows(self) -> Iterator[list[str]]:
        lines = islice(self._iter_lines(), self._skip, None)
        reader = csv.reader(lines, delimiter=self._delimiter, strict=False)
        before = csv.field_size_limit(_LONGEST_CELL)
        try:
            for number, row in enumerate(reader, start=1):
                if len(row) > _MOST_COLUMNS:
                    raise self._build_error(f"it has {len(row):,} columns", number)
                if number > _MOST_ROWS:
                    raise self._build_error(f"it has more than {_MOST_ROWS:,} rows", number)
                yield row
        except csv.Error as error:
            mend = "A quotation mark in it is probably never closed."
            raise build_table_error(self._path, f"it cannot be read ({error})", mend, row=reader.line_num) from None
        finally:
            csv.field_size_limit(before)

    def _iter_lines(self) -> Iterator[str]:
        """The lines as text. Raises TableError where one is no text or never ends."""
        with self._path.open("r", encoding=self._encoding, newline="") as stream:
            number = 0
            while True:
                number += 1
                try:
                    line = stream.readline(_LONGEST_LINE + 1)
                except UnicodeError:
                    raise self._build_error("it is no text in a known encoding", number) from None
                if not line:
                    return
                if len(line) > _LONGEST_LINE:
                    raise self._build_error(f"a line is longer than {_LONGEST_LINE:,} characters", number)
                if "\0" in line:
                    raise self._build_error("it holds a NUL, so it is no text", number)
                yield line

    def _found_encoding(self) -> str:
        with self._path.open("rb") as stream:
            begins = stream.read(4)
            for mark, encoding in _BOMS.items():
                if begins.startswith(mark):
                    return encoding
            stream.seek(0)
            text = io.TextIOWrapper(stream, encoding="utf-8", newline="")
            try:
                while text.read(1 << 20):
                    pass
            except UnicodeDecodeError:
                self.note = "It is not in UTF-8: it was read as Windows-1252. Look whether names are right."
                return "cp1252" if self._is_windows() else "latin-1"
            finally:
                text.detach()
        return "utf-8"

    def _is_windows(self) -> bool:
        with self._path.open("r", encoding="cp1252", newline="") as stream:
            try:
                while stream.read(1 << 20):
                    pass
            except UnicodeDecodeError:
                return False
        return True

    def _build_error(self, what: str, row: int) -> TableError:
        return build_table_error(self._path, what, "Save the table as CSV UTF-8, or as XLSX, and try again.", row=row)


def _detect_delimiter(lines: Sequence[str]) -> str:
    """The mark that divides most lines into the same number of cells, more than one."""
    best, most = ",", 0.0
    for mark in _DELIMITERS:
        try:
            widths = [len(row) for row in csv.reader(lines, delimiter=mark) if row]
        except csv.Error:
            continue
        usual = max(set(widths), key=lambda width: (widths.count(width), width), default=1)
        if usual > 1:
            score = widths.count(usual) / len(widths) + min(usual, 50) / 1000
            if score > most:
                best, most = mark, score
    return best
