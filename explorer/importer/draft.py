"""What a table says, before anything is kept: its figures in columns, what is wrong and what is left out.

Columns are numpy arrays, because a table can have some hundred thousand rows. Nothing here reads a file.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, TypeVar

from msgspec import Struct, field

from explorer.evidence import Measure, Period, Platform
from explorer.packs import Problem, ProblemCollector

from .amounts import AmountCell

if TYPE_CHECKING:
    import numpy as np


_Item = TypeVar("_Item")


class Variable(Struct, frozen=True):
    """What is counted: a measure's id, and the platform's id or the breakdown where it is divided."""

    measure: str
    platform: str | None = None
    breakdown: str = ""


class UnmatchedPlace(Struct, frozen=True):
    """A name that no place is known by, with the number of rows and the row where it first stands."""

    label: str
    rows: int
    sheet: str
    row: int


class TotalRow(Struct, frozen=True):
    """A row of the table that adds up others: for one column of numbers, what it prints."""

    label: str
    sheet: str
    row: int
    thing: int
    period: int
    cell: AmountCell


class SheetFigures(Struct):
    """One sheet's figures in columns of equal length: indexes into the lists of ``ImportDraft``, and numbers."""

    place: np.ndarray
    thing: np.ndarray
    period: np.ndarray
    number: np.ndarray
    row: np.ndarray
    sheet: int
    odd: dict[int, AmountCell] = field(default_factory=dict[int, AmountCell])
    """By position: what is more, less or other than a plain whole number."""
    extra: dict[int, tuple[str, str]] = field(default_factory=dict[int, tuple[str, str]])
    """By position: what a share is a share of, and a note."""


class ImportDraft:
    """What has been read so far. ``places``, ``things`` and ``periods`` are what the columns point into."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.places: list[str] = []
        self.things: list[Variable] = []
        self.periods: list[Period] = []
        self.sheets: list[str] = []
        self.measures: dict[str, Measure] = {}
        """The measures among the things, by id: those of the library and new ones."""
        self.platforms: dict[str, Platform] = {}
        self.new: set[str] = set()
        """The ids of measures and platforms that no library has yet."""
        self.parts: list[SheetFigures] = []
        self.totals: list[TotalRow] = []
        self.unmatched_places: dict[str, UnmatchedPlace] = {}
        self.skipped_rows: dict[str, int] = {}
        """How many rows were left out by the recipe, by the name they stand under."""
        self.problems = ProblemCollector()
        self.doubts = ProblemCollector()
        self.rows = 0
        self.notes: list[str] = []
        self._at: dict[object, int] = {}

    def place_at(self, code: str) -> int:
        """The position of a place among the places."""
        return self._position_of(("place", code), self.places, code)

    def thing_at(self, thing: Variable) -> int:
        """The position of what is counted among the things."""
        return self._position_of(("thing", thing), self.things, thing)

    def period_at(self, period: Period) -> int:
        """The position of a period among the periods."""
        return self._position_of(("period", period.text), self.periods, period)

    def sheet_at(self, name: str) -> int:
        """The position of a sheet among the sheets."""
        return self._position_of(("sheet", name), self.sheets, name)

    def _position_of(self, key: object, items: list[_Item], item: _Item) -> int:
        at = self._at.get(key)
        if at is None:
            at = self._at[key] = len(items)
            items.append(item)
        return at

    def add_problem(self, sheet: str, what: str, mend: str, *, row: int | None = None, column: str = "") -> None:
        """Take note of a row or a sheet that cannot be kept as it is."""
        self.problems.add_problem(self.describe_location(sheet), what, mend, row=row, column=column)

    def add_warning(self, sheet: str, what: str, mend: str = "", *, row: int | None = None, column: str = "") -> None:
        """Take note of what can be kept, and ought to be looked at."""
        self.doubts.add_problem(self.describe_location(sheet), what, mend, row=row, column=column)

    def describe_location(self, sheet: str) -> str:
        """The file and, where there are several, the sheet."""
        return f"{self.file}, sheet {sheet}" if sheet else self.file

    def not_placed(self, label: str, rows: int, sheet: str, row: int) -> None:
        """Take note of rows under a name that no place is known by."""
        previous = self.unmatched_places.get(label)
        if previous is None:
            self.unmatched_places[label] = UnmatchedPlace(label, rows, sheet, row)
        else:
            self.unmatched_places[label] = UnmatchedPlace(label, previous.rows + rows, previous.sheet, previous.row)

    def all_problems(self) -> tuple[Problem, ...]:
        """What stands in the way of keeping every row: names without a place first, then row by row."""
        return (*self._of_names(), *self.problems.all_problems())

    def _of_names(self) -> Iterator[Problem]:
        for one in self.unmatched_places.values():
            row_phrase = "row is" if one.rows == 1 else "rows are"
            what = f"{one.label!r} is the name of no place that is known; {one.rows:,} {row_phrase} under it"
            mend = "Choose the place that is meant, or leave these rows out."
            yield Problem(file=self.describe_location(one.sheet), row=one.row, column="place", what=what, mend=mend)
