"""The cells of a row turned into values, each checked against what its column may hold.

A cell that is wrong is reported with the way to write it and becomes the column's blank. What two cells say
to one another is checked in ``checks``.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal

from explorer.evidence.model import MeasureBreak, Period, Unit
from explorer.evidence.periods import parse
from explorer.evidence.places import Places

from .csvfile import Row
from .describe import DATE_PATTERN, ID_PATTERN
from .problems import Collector
from .schema import Column, Table

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


class Context:
    """What reading a table needs to know besides its rows: the places, and the ids of tables read before."""

    def __init__(self, problems: Collector, places: Places | None, pack: str = "") -> None:
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

    def did_you_mean(self, value: str, known: set[str]) -> str:
        """How to mend a reference to ``value``, which is not among ``known``."""
        near = "" if self.problems.full else nearest(value, known)
        return f"Did you mean {near}?" if near else "Add it there, or mend the id here."


class Cells:
    """One row of one table, asked for its cells by column name. Asking reports what is wrong with a cell."""

    __slots__ = ("_file", "_row", "_table", "context")

    def __init__(self, row: Row, table: Table, file: str, context: Context) -> None:
        self._row = row
        self._table = table
        self._file = file
        self.context = context

    def wrong(self, column: str, what: str, mend: str) -> None:
        """Report a problem with a cell of this row."""
        self.context.problems.add(self._file, what, mend, row=self._row.number, column=column)

    def text(self, name: str) -> str:
        """The cell as text, without outer spaces."""
        value = self._row.cells[name]
        if not value and self._table.column(name).needed:
            self._blank(name)
        return value

    def id(self, name: str = "id") -> str:
        """An id, checked against the table it refers to. Blank where there is none."""
        column, value = self._table.column(name), self.text(name)
        return value if value and self._id_fits(column, value) else ""

    def address(self, name: str) -> str:
        """An address on the web: anything else could open a program or a file when it is followed."""
        value = self.text(name)
        if value and not _ADDRESS.fullmatch(value):
            self.wrong(name, f"{value[:40]!r} is no web address", "It must begin with https:// or http://.")
            return ""
        return value

    def own(self, name: str = "id") -> str:
        """An id of this pack, made global: "PACK/ID". Blank where there is none."""
        local = self.id(name)
        return f"{self.context.pack}/{local}" if local else ""

    def owned(self, name: str) -> tuple[str, ...]:
        """The ids in a list separated by spaces, made global."""
        return tuple(f"{self.context.pack}/{local}" for local in self.ids(name))

    def ids(self, name: str) -> tuple[str, ...]:
        """The ids in a list separated by spaces, those that are wrong left out."""
        column = self._table.column(name)
        return self._list(name, lambda value: self._id_fits(column, value))

    def place(self, name: str) -> str:
        """A place code. Blank where there is none."""
        value = self.text(name)
        return value if value and self._place_fits(name, value) else ""

    def places(self, name: str) -> tuple[str, ...]:
        """The place codes in a list separated by spaces, those that are wrong left out."""
        if not self._row.cells[name] and self._table.column(name).needed:
            self._blank(name)
        return self._list(name, lambda value: self._place_fits(name, value))

    def number(self, name: str, *, signed: bool = False) -> Decimal | None:
        """A number, not negative unless ``signed``; None where the cell is blank or wrong."""
        value = self.text(name)
        if not value:
            return None
        if not _NUMBER.fullmatch(value):
            self.wrong(name, f"{value[:40]!r} is not a number in digits", _number_mend(value))
            return None
        number = Decimal(value)
        if number.is_signed() and not signed:
            self.wrong(name, f"{value} is less than zero", "A count or a share cannot be negative.")
            return None
        return number

    def whole(self, name: str) -> int | None:
        """A whole number that is not negative; None where the cell is blank or wrong."""
        value = self.text(name)
        if value and not _WHOLE.fullmatch(value):
            self.wrong(name, f"{value[:40]!r} is not a whole number", "Write it in digits alone, such as 38.")
            return None
        return int(value) if value else None

    def choice(self, name: str) -> str:
        """One of the column's choices. Blank where there is none."""
        column, value = self._table.column(name), self.text(name)
        if not value or value in column.choices:
            return value
        allowed = ", ".join(column.choices)
        self.wrong(name, f"{value[:40]!r} is none of the choices", f"Write one of: {allowed}.")
        return ""

    def flag(self, name: str) -> bool:
        """Whether the cell says true; blank is no."""
        value = self.text(name).casefold()
        if value not in ("", "true", "false"):
            self.wrong(name, f"{value[:40]!r} is neither true nor false", "Write true, or leave it blank.")
        return value == "true"

    def period(self, name: str) -> Period | None:
        """The stretch of time; None after a problem."""
        value = self.text(name)
        if not value:
            return None
        try:
            return parse(value)
        except ValueError as error:
            what, _, mend = str(error).partition(": ")
            self.wrong(name, what, f"{mend[:1].upper()}{mend[1:]}." if mend else "Write it like 2019/20.")
            return None

    def date(self, name: str) -> str:
        """A year, a month or a day that the calendar has. Blank where there is none."""
        value = self.text(name)
        if not value or (_DATE.fullmatch(value) and _on_calendar(value)):
            return value
        self.wrong(name, f"{value[:40]!r} is not a date", 'Write it like "2020-11-16", "2020-11" or "2020".')
        return ""

    def settings(self, name: str) -> tuple[tuple[str, str], ...]:
        """The settings in "name=value; name=value"."""
        found: list[tuple[str, str]] = []
        for part in filter(None, (part.strip() for part in self.text(name).split(";"))):
            setting = _SETTING.fullmatch(part)
            if setting is None:
                self.wrong(name, f"{part[:40]!r} is not a setting", "Write name=value; name=value.")
            else:
                found.append((setting[1].strip(), setting[2].strip()))
        return tuple(found)

    def breaks(self, name: str) -> tuple[MeasureBreak, ...]:
        """The breaks in "2017-04-01=What changed; 2020-04-01=What changed then", the earliest first."""
        found: dict[date, MeasureBreak] = {}
        for part in filter(None, (part.strip() for part in self.text(name).split(";"))):
            told, _, reason = (piece.strip() for piece in part.partition("="))
            try:
                day = date.fromisoformat(told)
            except ValueError:
                self.wrong(
                    name, f"{told[:40]!r} is not a day", "Write day=what changed, such as 2017-04-01=..."
                )
                continue
            if not reason:
                self.wrong(name, f"{told} has no reason", "Write day=what changed.")
            found[day] = MeasureBreak(day=day, reason=reason)
        return tuple(found[day] for day in sorted(found))

    def _blank(self, name: str) -> None:
        title = self._table.column(name).title
        self.wrong(name, "the cell is blank", f"It must say: {title[:1].lower()}{title[1:]}.")

    def _list(self, name: str, fits: Callable[[str], bool]) -> tuple[str, ...]:
        found: dict[str, None] = {}
        for value in self._row.cells[name].split():
            if value in found:
                self.wrong(name, f"{value[:40]!r} is there twice", "Keep one.")
            elif fits(value):
                found[value] = None
        return tuple(found)

    def _id_fits(self, column: Column, value: str) -> bool:
        if not _ID.fullmatch(value):
            self.wrong(column.name, f"{value[:40]!r} is no id", 'Use letters, digits, "-", "." and "_".')
            return False
        if not column.refers:
            return True
        if column.refers == self._table.name:
            return self._own_fits(column, value)
        known = self.context.ids.get(column.refers)
        if known is None or value in known:
            return True
        mend = self.context.did_you_mean(value, known)
        self.wrong(column.name, f"there is no {value[:40]!r} in {column.refers}.csv", mend)
        return False

    def _own_fits(self, column: Column, value: str) -> bool:
        if self._row.cells["id"] == value:
            self.wrong(column.name, "the row refers to itself", "Name another row, or leave it blank.")
            return False
        self.context.waiting.append((self._row.number, column.name, value))
        return True

    def _place_fits(self, name: str, value: str) -> bool:
        places = self.context.places
        if places is None or value in places:
            return True
        self.wrong(name, f"{value[:40]!r} is not a known place code", self._place_mend(value, places))
        return False

    def _place_mend(self, value: str, places: Places) -> str:
        if self.context.problems.full:
            return ""
        code = nearest(value, {place.code for place in places})
        matches = places.find(value, 1)
        meant = matches[0].place if matches and (matches[0].exact or not code) else None
        if meant is None and code:
            meant = places.get(code)
        return f"Did you mean {meant.code} ({meant.name})?" if meant else "Write its GSS code."


def nearest(value: str, known: set[str]) -> str:
    """The one of ``known`` that is most like ``value``; empty where none is like it."""
    import difflib

    if len(known) > 20_000:
        return ""
    return next(iter(difflib.get_close_matches(value[:80], sorted(known), 1)), "")


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
