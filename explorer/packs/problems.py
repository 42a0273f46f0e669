"""What is wrong with a pack, so that whoever made it can mend it: the file, the row, the column, the mend.

A problem is plain data. Showing it is the window's and the command line's business.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from msgspec import Struct

_FORMULAS = frozenset("=+-@\t\r")
MOST = 200
"""How many problems of one pack are kept; the rest are only counted."""


class Problem(Struct, frozen=True, kw_only=True):
    """One thing that is wrong. ``row`` is numbered as a spreadsheet does: the header is row 1."""

    file: str
    what: str
    """What is wrong, as a clause: "'twelve' is not a number"."""
    mend: str
    """How to mend it, as a sentence; empty where ``what`` says it all."""
    row: int | None = None
    column: str = ""

    def as_sentence(self) -> str:
        """The whole of it on one line, ready to show."""
        where = [self.file] if self.file else []
        where += [f"row {self.row}"] if self.row is not None else []
        where += [f"column {self.column}"] if self.column else []
        what = self.what.rstrip(".")
        statement = f"{', '.join(where)}: {what}." if where else f"{what[:1].upper()}{what[1:]}."
        return f"{statement} {self.mend}".strip()


def to_csv(problems: Iterable[Problem]) -> str:
    """The problems as a CSV file: where, row, column, what and how to mend it. Text stays text there."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    writer.writerow(("Where", "Row", "Column", "What is wrong", "How to mend it"))
    for one in problems:
        row = "" if one.row is None else str(one.row)
        writer.writerow((_escape_formula(one.file), row, *map(_escape_formula, (one.column, one.what, one.mend))))
    return buffer.getvalue()


def _escape_formula(text: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{text}" if text[:1] in _FORMULAS else text


class PackError(Exception):
    """A pack or a places folder cannot be used. ``problems`` says all that was found wrong with it."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        """Carry ``problems``, in the order they were found."""
        self.problems = tuple(problems)
        super().__init__(" ".join(problem.as_sentence() for problem in self.problems[:3]))


class ProblemCollector:
    """Gathers problems while a pack is read; keeps the first ``MOST`` of them and counts the rest."""

    __slots__ = ("_more", "_problems")

    def __init__(self) -> None:
        self._problems: list[Problem] = []
        self._more = 0

    def add_problem(self, file: str, what: str, mend: str = "", *, row: int | None = None, column: str = "") -> None:
        """Take note of one more problem."""
        if self.is_full:
            self._more += 1
            return
        self._problems.append(Problem(file=file, row=row, column=column, what=what, mend=mend))

    @property
    def count(self) -> int:
        """How many were found so far, kept or not."""
        return len(self._problems) + self._more

    @property
    def is_full(self) -> bool:
        """Whether further problems are only counted: then a costly suggestion is not worth making."""
        return len(self._problems) >= MOST

    def all_problems(self) -> tuple[Problem, ...]:
        """The problems kept; where there were more, a last one says how many."""
        if not self._more:
            return tuple(self._problems)
        last = Problem(file="", what=f"and {self._more:,} more", mend="Mend these first, then check again.")
        return (*self._problems, last)
