"""The cells of a row turned into values, each checked against what its column may hold.

A cell that is wrong is reported with the way to write it and becomes the column's blank. What two cells say
to one another is checked in ``row_checks``.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal

from explorer.evidence import MeasureBreak, Period, PlaceTree, Unit, parse_period

from .csv_rows import CsvRow
from .manifest import DATE_PATTERN, ID_PATTERN
from .problems import ProblemCollector
from .schema import ColumnSchema, TableSchema

_ID = re.compile(ID_PATTERN)
_NUMBER = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,9})?")
_WHOLE = re.compile(r"[0-9]{1,9}")
_DATE = re.compile(DATE_PATTERN)
_ADDRESS = re.compile(r"https?://[^\s<>\"]{3,2000}")
_SETTING = re.compile(r"([a-z_]+)=([^=;]+)")
_SHORTHAND = {
    "*": "c",
    "..": "x",
    "...": "x",
    ":": "x",
    "-": "x",
    "n/a": "z",
    "na": "x",
    "nan": "x",
    "inf": "x",
    "none": "x",
    "null": "x",
}
"""What stands for a number in other people's tables, and the status to write instead."""


class TableContext:
    """What reading a table needs to know besides its rows: the places, and the ids of tables read before."""

    def __init__(self, problems: ProblemCollector, places: PlaceTree | None, pack: str = "") -> None:
        """``places`` None takes every place code; ``pack`` is what local ids are made global with."""
        self.pack = pack
        self.problems = problems
        self.places = places
        self.ids: dict[str, set[str]] = {}
        """The ids of each table read so far; a table that could not be read is not there."""
        self.units: dict[str, Unit] = {}
        """What each measure read so far counts in."""
        self.waiting: list[tuple[int, str, str]] = []
        """Row, column and id of the references that a table makes to itself, until all of it is read."""

    def did_you_mean(self, value: str, known_ids: set[str]) -> str:
        """How to mend a reference to ``value``, which is not among ``known_ids``."""
        near = "" if self.problems.is_full else find_nearest_id(value, known_ids)
        return f"Did you mean {near}?" if near else "Add it there, or mend the id here."


class RowCells:
    """One row of one table, asked for its cells by column name. Asking reports what is wrong with a cell."""

    __slots__ = ("_file", "_row", "_table", "context")

    def __init__(self, row: CsvRow, table: TableSchema, file: str, context: TableContext) -> None:
        self._row = row
        self._table = table
        self._file = file
        self.context = context

    def add_problem(self, column: str, what: str, mend: str) -> None:
        """Report a problem with a cell of this row."""
        self.context.problems.add_problem(self._file, what, mend, row=self._row.number, column=column)

    def read_text(self, name: str) -> str:
        """The cell as text, without outer spaces."""
        value = self._row.cells[name]
        if not value and self._table.column_for(name).needed:
            self._report_blank(name)
        return value

    def read_id(self, name: str = "id") -> str:
        """An id, checked against the table it refers to. Blank where there is none."""
        column, value = self._table.column_for(name), self.read_text(name)
        return value if value and self._id_fits(column, value) else ""

    def read_address(self, name: str) -> str:
        """An address on the web: anything else could open a program or a file when it is followed."""
        value = self.read_text(name)
        if value and not _ADDRESS.fullmatch(value):
            self.add_problem(name, f"{value[:40]!r} is no web address", "It must begin with https:// or http://.")
            return ""
        return value

    def local_id(self, name: str = "id") -> str:
        """An id of this pack, made global: "PACK/ID". Blank where there is none."""
        local = self.read_id(name)
        return f"{self.context.pack}/{local}" if local else ""

    def referenced_ids(self, name: str) -> tuple[str, ...]:
        """The ids in a list separated by spaces, made global."""
        return tuple(f"{self.context.pack}/{local}" for local in self.read_ids(name))

    def read_ids(self, name: str) -> tuple[str, ...]:
        """The ids in a list separated by spaces, those that are wrong left out."""
        column = self._table.column_for(name)
        return self._read_list(name, lambda value: self._id_fits(column, value))

    def read_place(self, name: str) -> str:
        """A place code. Blank where there is none."""
        value = self.read_text(name)
        return value if value and self._place_fits(name, value) else ""

    def read_places(self, name: str) -> tuple[str, ...]:
        """The place codes in a list separated by spaces, those that are wrong left out."""
        if not self._row.cells[name] and self._table.column_for(name).needed:
            self._report_blank(name)
        return self._read_list(name, lambda value: self._place_fits(name, value))

    def read_number(self, name: str, *, is_signed: bool = False) -> Decimal | None:
        """A number, not negative unless ``is_signed``; None where the cell is blank or wrong."""
        value = self.read_text(name)
        if not value:
            return None
        if not _NUMBER.fullmatch(value):
            self.add_problem(name, f"{value[:40]!r} is not a number in digits", _number_mend(value))
            return None
        number = Decimal(value)
        if number.is_signed() and not is_signed:
            self.add_problem(name, f"{value} is less than zero", "A count or a share cannot be negative.")
            return None
        return number

    def read_whole_number(self, name: str) -> int | None:
        """A whole number that is not negative; None where the cell is blank or wrong."""
        value = self.read_text(name)
        if value and not _WHOLE.fullmatch(value):
            self.add_problem(name, f"{value[:40]!r} is not a whole number", "Write it in digits alone, such as 38.")
            return None
        return int(value) if value else None

    def read_choice(self, name: str) -> str:
        """One of the column's choices. Blank where there is none."""
        column, value = self._table.column_for(name), self.read_text(name)
        if not value or value in column.choices:
            return value
        choices_text = ", ".join(column.choices)
        self.add_problem(name, f"{value[:40]!r} is none of the choices", f"Write one of: {choices_text}.")
        return ""

    def read_flag(self, name: str) -> bool:
        """Whether the cell says true; blank is no."""
        value = self.read_text(name).casefold()
        if value not in ("", "true", "false"):
            self.add_problem(name, f"{value[:40]!r} is neither true nor false", "Write true, or leave it blank.")
        return value == "true"

    def read_period(self, name: str) -> Period | None:
        """The stretch of time; None after a problem."""
        value = self.read_text(name)
        if not value:
            return None
        try:
            return parse_period(value)
        except ValueError as error:
            what, _, mend = str(error).partition(": ")
            self.add_problem(name, what, f"{mend[:1].upper()}{mend[1:]}." if mend else "Write it like 2019/20.")
            return None

    def read_date(self, name: str) -> str:
        """A year, a month or a day that the calendar has. Blank where there is none."""
        value = self.read_text(name)
        if not value or (_DATE.fullmatch(value) and _on_calendar(value)):
            return value
        self.add_problem(name, f"{value[:40]!r} is not a date", 'Write it like "2020-11-16", "2020-11" or "2020".')
        return ""

    def read_settings(self, name: str) -> tuple[tuple[str, str], ...]:
        """The settings in "name=value; name=value"."""
        claim_settings: list[tuple[str, str]] = []
        for part in filter(None, (part.strip() for part in self.read_text(name).split(";"))):
            setting = _SETTING.fullmatch(part)
            if setting is None:
                self.add_problem(name, f"{part[:40]!r} is not a setting", "Write name=value; name=value.")
            else:
                claim_settings.append((setting[1].strip(), setting[2].strip()))
        return tuple(claim_settings)

    def read_breaks(self, name: str) -> tuple[MeasureBreak, ...]:
        """The breaks in "2017-04-01=What changed; 2020-04-01=What changed then", the earliest first."""
        breaks_by_day: dict[date, MeasureBreak] = {}
        for part in filter(None, (part.strip() for part in self.read_text(name).split(";"))):
            day_text, _, reason = (piece.strip() for piece in part.partition("="))
            try:
                day = date.fromisoformat(day_text)
            except ValueError:
                self.add_problem(
                    name, f"{day_text[:40]!r} is not a day", "Write day=what changed, such as 2017-04-01=..."
                )
                continue
            if not reason:
                self.add_problem(name, f"{day_text} has no reason", "Write day=what changed.")
            breaks_by_day[day] = MeasureBreak(day=day, reason=reason)
        return tuple(breaks_by_day[day] for day in sorted(breaks_by_day))

    def _report_blank(self, name: str) -> None:
        title = self._table.column_for(name).title
        self.add_problem(name, "the cell is blank", f"It must say: {title[:1].lower()}{title[1:]}.")

    def _read_list(self, name: str, fits: Callable[[str], bool]) -> tuple[str, ...]:
        accepted: dict[str, None] = {}
        for value in self._row.cells[name].split():
            if value in accepted:
                self.add_problem(name, f"{value[:40]!r} is there twice", "Keep one.")
            elif fits(value):
                accepted[value] = None
        return tuple(accepted)

    def _id_fits(self, column: ColumnSchema, value: str) -> bool:
        if not _ID.fullmatch(value):
            self.add_problem(column.name, f"{value[:40]!r} is no id", 'Use letters, digits, "-", "." and "_".')
            return False
        if not column.refers:
            return True
        if column.refers == self._table.name:
            return self._own_fits(column, value)
        known_ids = self.context.ids.get(column.refers)
        if known_ids is None or value in known_ids:
            return True
        mend = self.context.did_you_mean(value, known_ids)
        self.add_problem(column.name, f"there is no {value[:40]!r} in {column.refers}.csv", mend)
        return False

    def _own_fits(self, column: ColumnSchema, value: str) -> bool:
        if self._row.cells["id"] == value:
            self.add_problem(column.name, "the row refers to itself", "Name another row, or leave it blank.")
            return False
        self.context.waiting.append((self._row.number, column.name, value))
        return True

    def _place_fits(self, name: str, value: str) -> bool:
        places = self.context.places
        if places is None or value in places:
            return True
        self.add_problem(name, f"{value[:40]!r} is not a known place code", self._place_mend(value, places))
        return False

    def _place_mend(self, value: str, places: PlaceTree) -> str:
        if self.context.problems.is_full:
            return ""
        code = find_nearest_id(value, {place.code for place in places})
        matches = places.find_matches(value, 1)
        likely_place = matches[0].place if matches and (matches[0].exact or not code) else None
        if likely_place is None and code:
            likely_place = places.get(code)
        return f"Did you mean {likely_place.code} ({likely_place.name})?" if likely_place else "Write its GSS code."


def find_nearest_id(value: str, known_ids: set[str]) -> str:
    """The one of ``known_ids`` that is most like ``value``; empty where none is like it."""
    import difflib

    if len(known_ids) > 20_000:
        return ""
    return next(iter(difflib.get_close_matches(value[:80], sorted(known_ids), 1)), "")


def _number_mend(value: str) -> str:
    status = _SHORTHAND.get(value.strip("[]").casefold())
    if status:
        return f"Leave it blank and write a shorthand as the status, such as {status}: missing is never zero."
    if value.endswith("%"):
        return "Leave out the percentage sign: the measure says the unit."
    if re.fullmatch(r"[0-9]{1,3}([, ][0-9]{3})+", value):
        return f"Write it without separators: {re.sub('[, ]', '', value)}."
    return "Write it in digits, such as 114; the words as printed go into the column printed."


def _on_calendar(value: str) -> bool:
    parts = [int(part) for part in value.split("-")]
    try:
        date(parts[0], *[*parts[1:], 1, 1][:2])
    except ValueError:
        return False
    return True
