"""One CSV file, read a row at a time in bounded memory.

Bytes are checked before they are decoded: a line that never ends, a quotation mark that is never closed, a
NUL and text that is not UTF-8 each stop the file with a problem. What cells say is not looked at here.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from typing import BinaryIO

from msgspec import Struct

from .files import PackFileError
from .problems import ProblemCollector
from .schema import TableSchema

LONGEST = 100_000
"""The most bytes that one row may have, which is also the most that the csv module is ever given."""
_MOST_ROWS = 5_000_000
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_BOM = b"\xef\xbb\xbf"
_AS_UTF8 = "Save the file again as CSV UTF-8."
INVISIBLE_CHARACTERS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufeff]")
"""Control characters, and the marks that turn the direction of text round: they can hide what is there."""


class CsvRow(Struct, frozen=True):
    """One row: its number as a spreadsheet counts, and its cells by the names of their columns."""

    number: int
    cells: dict[str, str]


class _DecodedLines:
    """The decoded lines of a file, for the csv module to take. Raises Unreadable where a line is no text."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self.number = 0
        self.size = 0
        """Bytes taken since the row began."""

    def __iter__(self) -> _DecodedLines:
        return self

    def __next__(self) -> str:
        line = self._stream.readline(LONGEST + 1)
        if not line:
            raise StopIteration
        self.number += 1
        self.size += len(line)
        if len(line) > LONGEST:
            raise PackFileError(f"line {self.number} is longer than {LONGEST:,} bytes", "Check the line breaks.")
        if self.size > LONGEST:
            raise PackFileError(
                f"the row that reaches line {self.number} is longer than {LONGEST:,} bytes",
                "A quotation mark in it is probably never closed.",
            )
        return self._decode_line(line)

    def _decode_line(self, line: bytes) -> str:
        if self.number == 1:
            if line.startswith(_UTF16):
                raise PackFileError("the file is in UTF-16 and not in UTF-8", _AS_UTF8)
            line = line.removeprefix(_BOM)
        if b"\0" in line:
            raise PackFileError(f"line {self.number} holds a NUL byte", "The file is damaged: put a good one there.")
        try:
            text = line.decode("utf-8")
        except UnicodeDecodeError as error:
            raise PackFileError(
                f"line {self.number} is not in UTF-8 (byte {error.start + 1} of the line)", _AS_UTF8
            ) from None
        invisible = INVISIBLE_CHARACTERS.search(text)
        if invisible:
            raise PackFileError(
                f"line {self.number} holds the invisible character U+{ord(invisible[0]):04X}", "Delete it."
            )
        return text


def read_rows(stream: BinaryIO, file: str, table: TableSchema, problems: ProblemCollector) -> Iterator[CsvRow]:
    """The rows of ``table`` in ``stream``. Raises Unreadable where the file cannot be read on.

    What is wrong with the header goes to ``problems`` and leaves no rows; a row with too few or too many
    cells is reported and left out.
    """
    lines = _DecodedLines(stream)
    rows = _raw_rows(lines)
    header = next(rows, None)
    if header is None:
        column_list = ", ".join(table.column_names)
        problems.add_problem(file, "the file is empty", f"Its first row names the columns: {column_list}.")
        return
    names = [cell.strip() for cell in header[1]]
    if not _check_header(names, file, table, problems):
        return
    absent = {column.name: "" for column in table.columns if column.name not in names}
    for number, cells in rows:
        if not any(cells):
            continue
        if len(cells) != len(names):
            _wrong_length(len(cells), len(names), number, file, problems)
            continue
        yield CsvRow(number, {**absent, **dict(zip(names, map(_clean_cell, cells), strict=True))})


def round_trip_error(cell: str) -> str:
    """Why ``cell`` would not come back as it is when written and read; empty where it would."""
    if cell != _clean_cell(cell) or "\r" in cell:
        return "it begins or ends with a space, or holds a line break of another system"
    invisible = INVISIBLE_CHARACTERS.search(cell)
    return f"it holds the invisible character U+{ord(invisible[0]):04X}" if invisible else ""


def _clean_cell(cell: str) -> str:
    return cell.strip().replace("\r\n", "\n") if cell else cell


def _raw_rows(lines: _DecodedLines) -> Iterator[tuple[int, list[str]]]:
    """The rows with their numbers. Raises Unreadable, with the row, where the file cannot be read on."""
    reader = csv.reader(lines, strict=True)
    for number in range(1, _MOST_ROWS + 1):
        lines.size = 0
        try:
            cells = next(reader)
        except StopIteration:
            return
        except PackFileError as error:
            raise PackFileError(error.what, error.mend, number) from None
        except csv.Error as error:
            raise PackFileError(*_describe_csv_error(error), number) from None
        except OSError as error:
            raise PackFileError(f"the file cannot be read on ({error.strerror or error})", "", number) from None
        yield number, cells
    raise PackFileError(f"the file has more than {_MOST_ROWS:,} rows", "Split the pack.", _MOST_ROWS + 1)


def _describe_csv_error(error: csv.Error) -> tuple[str, str]:
    words = str(error)
    if "unexpected end" in words:
        return "the file ends inside a quotation", "It was cut off: put the whole file there."
    if "expected after" in words:
        return "text follows a closing quotation mark", 'Write a quotation mark inside a cell twice: "".'
    if "new-line" in words:
        return "the line breaks cannot be read", _AS_UTF8
    return f"the row cannot be read ({words})", _AS_UTF8


def _check_header(names: list[str], file: str, table: TableSchema, problems: ProblemCollector) -> bool:
    """Whether every column is there once and no other is; says what is wrong where not."""
    before = problems.count
    if len(names) == 1 and any(mark in names[0] for mark in ";\t|"):
        problems.add_problem(file, "the cells are not separated by commas", "Save it as CSV, comma separated.", row=1)
        return False
    column_list = ", ".join(table.column_names)
    for name in dict.fromkeys(names):
        if name not in table.column_names:
            message = f"there is no column {name[:40]!r} in this table" if name else "a column has no name"
            problems.add_problem(file, message, f"Its columns are: {column_list}.", row=1, column=name[:40])
        elif names.count(name) > 1:
            problems.add_problem(file, "the column is there more than once", "Keep one.", row=1, column=name)
    for column in table.columns:
        if column.name not in names and not column.optional:
            problems.add_problem(
                file,
                "the column is missing",
                f"Add it; its cells may say: {_describe_column(table, column.name)}.",
                row=1,
                column=column.name,
            )
    return problems.count == before


def _describe_column(table: TableSchema, name: str) -> str:
    column = table.column_for(name)
    return ", ".join(column.choices) if column.choices else column.title[:1].lower() + column.title[1:]


def _wrong_length(cells: int, columns: int, number: int, file: str, problems: ProblemCollector) -> None:
    few = cells < columns
    problems.add_problem(
        file,
        f"the row has {cells} cells and the header {columns}",
        "It was cut off, or cells are missing." if few else "Put cells that hold commas in quotation marks.",
        row=number,
    )
