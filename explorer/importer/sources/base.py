"""What every reader of a table gives and may refuse: raw sheets, and errors that say what to do."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Protocol

from msgspec import Struct

from explorer.packs import Problem

Cell = str | int | float | bool | date | datetime | time | timedelta | None
"""What a cell holds; a blank one is None or an empty text."""


class TableError(Exception):
    """A file is no table that can be read. ``problem_at`` says why, and what to do."""

    def __init__(self, problem: Problem) -> None:
        """Carry what is wrong."""
        self.problem = problem
        super().__init__(problem.as_sentence())


class RawSheet(Struct, frozen=True):
    """One sheet, or a part of one. ``first`` is the number of its first row, as a spreadsheet counts."""

    name: str
    rows: Sequence[Sequence[Cell]]
    first: int = 1


class FormatReader(Protocol):
    """What reads one kind of file."""

    names: tuple[str, ...]
    note: str

    def read_head(self, name: str, most: int) -> RawSheet:
        """The first rows of a sheet."""
        ...

    def iter_sheets(self, names: Sequence[str]) -> Iterator[RawSheet]:
        """Whole sheets, in order."""
        ...

    def close(self) -> None:
        """Let the file go."""
        ...


def build_table_error(path: Path, what: str, mend: str, *, row: int | None = None) -> TableError:
    """The error that says what is wrong with a file."""
    return TableError(Problem(file=path.name, what=what, mend=mend, row=row))
