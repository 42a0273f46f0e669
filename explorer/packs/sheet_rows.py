"""One sheet of a table turned into columns of figures, by the meaning that a recipe gives its headings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Protocol

from . import meanings
from .amount_cells import Cell
from .draft import Draft, Rows, Thing, Total
from .numbers import Numbers
from .recipes import Recipe, position

if TYPE_CHECKING:
    import numpy as np

LEFT_OUT, UNKNOWN, TOTAL = -1, -2, -3
"""In place of a place's position: a row of no place, of one that is not known, and one that adds up."""
_NEVER = -1


class Asked(Protocol):
    """What a sheet asks of the import that it is part of."""

    draft: Draft
    recipe: Recipe

    def place_codes(self, sheet: str, column: Sequence[object], first: int) -> dict[object, int]:
        """For each distinct label: the position of its place, or why there is none."""
        ...

    def fixed_place(self) -> int:
        """The position of the one place of the whole table."""
        ...

    def fixed_measure(self) -> str:
        """The measure of the whole table."""
        ...

    def measure(self, value: object, name: object, group: object) -> str:
        """The measure that a cell names."""
        ...

    def platform(self, value: object) -> str | None:
        """The platform that a cell names."""
        ...

    def amount(self, value: object) -> Cell:
        """What a cell with a number says."""
        ...


class SheetRows:
    """Reads one sheet. ``columns`` are of equal length, and ``first`` is the number of their first row."""

    def __init__(
        self, asked: Asked, name: str, headings: list[object], columns: list[Sequence[object]], first: int
    ) -> None:
        self._asked = asked
        self._draft = asked.draft
        self._name = name
        self._headings = headings
        self._columns = columns
        self._first = first
        self._size = len(columns[0])
        wanted = asked.recipe.columns.wanted()
        self._at = {what: position(headings, one) for what, one in wanted.items()}

    def long(self) -> Iterator[Rows]:
        """One figure a row."""
        amounts = self._column("amount")
        if amounts is not None:
            yield self._rows(
                amounts, self._heading("amount"), self._places(), self._things(), self._periods()
            )

    def wide(self) -> Iterator[Rows]:
        """One place a row, a period a column."""
        import numpy as np

        places, things = self._places(), self._things()
        for at, heading in period_columns(self._asked.recipe, self._headings):
            period = meanings.period_of(heading)
            if period is not None:
                same = np.full(self._size, self._draft.period_at(period), np.int32)
                yield self._rows(self._columns[at], str(heading), places, things, same)

    def _column(self, what: str) -> Sequence[object] | None:
        at = self._at.get(what)
        return None if at is None else self._columns[at]

    def _heading(self, what: str) -> str:
        at = self._at.get(what)
        return what if at is None else str(self._headings[at])

    def _places(self) -> np.ndarray:
        column = self._column("place")
        if column is None:
            return self._same(self._asked.fixed_place())
        return self._mapped(column, self._asked.place_codes(self._name, column, self._first))

    def _things(self) -> np.ndarray:
        """What each row counts."""
        column = self._column("measure")
        columns = [column] if column is not None else []
        columns += [one for one in map(self._column, ("platform", "breakdown")) if one is not None]
        if not columns:
            return self._same(self._draft.thing_at(Thing(self._asked.fixed_measure())))
        measures = self._measures(column)
        if len(columns) == 1:
            return self._mapped(
                columns[0], {key: self._thing((key,), measures) for key in dict.fromkeys(columns[0])}
            )
        keys = list(zip(*columns, strict=True))
        return self._mapped(keys, {key: self._thing(key, measures) for key in dict.fromkeys(keys)})

    def _measures(self, column: Sequence[object] | None) -> dict[object, str]:
        if column is None:
            return {}
        names, groups = self._column("measure_name"), self._column("measure_group")
        told = dict(zip(column, names or column, strict=True)) if names else {}
        grouped = dict(zip(column, groups, strict=True)) if groups else {}
        return {
            value: self._asked.measure(value, told.get(value), grouped.get(value))
            for value in dict.fromkeys(column)
        }

    def _thing(self, key: Sequence[object], measures: dict[object, str]) -> int:
        parts = iter(key)
        measure = measures[next(parts)] if measures else self._asked.fixed_measure()
        platform = self._asked.platform(next(parts)) if self._column("platform") is not None else None
        breakdown = next(parts, None) if self._column("breakdown") is not None else None
        return self._draft.thing_at(Thing(measure, platform, meanings.plain_text(breakdown, 80)))

    def _periods(self) -> np.ndarray:
        years, quarters, column = self._column("year"), self._column("quarter"), self._column("period")
        if years is not None and quarters is not None:
            told = set(years)
            if len(told) == 1:  # a sheet for each year
                year = told.pop()
                known = {
                    quarter: self._when(meanings.quarter_of(year, quarter))
                    for quarter in dict.fromkeys(quarters)
                }
                return self._mapped(quarters, known)
            pairs = list(zip(years, quarters, strict=True))
            return self._mapped(
                pairs, {pair: self._when(meanings.quarter_of(*pair)) for pair in dict.fromkeys(pairs)}
            )
        column = column if column is not None else years
        if column is None:
            return self._same(self._when(meanings.period_of(self._asked.recipe.fixed.period)))
        return self._mapped(
            column, {value: self._when(meanings.period_of(value)) for value in dict.fromkeys(column)}
        )

    def _when(self, period: meanings.Period | None) -> int:
        return _NEVER if period is None else self._draft.period_at(period)

    def _mapped(self, column: Sequence[object], meaning: dict[object, int]) -> np.ndarray:
        import numpy as np

        return np.fromiter(map(meaning.__getitem__, column), np.int32, self._size)

    def _same(self, value: int) -> np.ndarray:
        import numpy as np

        return np.full(self._size, value, np.int32)

    def _rows(
        self, amounts: Sequence[object], heading: str, place: np.ndarray, things: np.ndarray, when: np.ndarray
    ) -> Rows:
        numbers = Numbers(self._asked.amount, amounts)
        self._keep_totals(amounts, place, things, when)
        told = place >= 0
        self._tell_periods(told & (when < 0), numbers)
        kept = told & (when >= 0)
        for at, cell in numbers.wrong(kept):
            mend = "Write a number, or [x] for not available and [c] for suppressed."
            self._draft.wrong(self._name, cell.wrong, mend, row=self._first + at, column=heading)
            kept[at] = False
        for at, cell in numbers.doubtful(kept):
            self._draft.doubt(self._name, cell.doubt, row=self._first + at, column=heading)
        return self._packed(kept, place, things, when, numbers)

    def _keep_totals(
        self, amounts: Sequence[object], place: np.ndarray, things: np.ndarray, when: np.ndarray
    ) -> None:
        labels = self._column("place")
        for at in (place == TOTAL).nonzero()[0].tolist():
            cell = self._asked.amount(amounts[at])
            label = "" if labels is None else meanings.plain_text(labels[at])
            if when[at] >= 0:
                self._draft.totals.append(
                    Total(label, self._name, self._first + at, int(things[at]), int(when[at]), cell)
                )

    def _tell_periods(self, unknown: np.ndarray, numbers: Numbers) -> None:
        column = next((one for one in map(self._column, ("period", "year")) if one is not None), None)
        quarters = self._column("quarter")
        for at in unknown.nonzero()[0].tolist():
            said = "" if column is None else str(column[at])
            if quarters is not None:
                said = f"{said} {quarters[at]}"
            if numbers.is_blank(at) and not said.strip():
                continue  # a line that only names a place says nothing that could be lost
            what = f"{said.strip()!r} is no period" if said.strip() else "there is no period"
            mend = "Write a financial year as 2019/20, a quarter as Q1 2019/20 or Apr-Jun 2019."
            heading = self._heading("period" if "period" in self._at else "year")
            self._draft.wrong(self._name, what, mend, row=self._first + at, column=heading)

    def _packed(
        self, kept: np.ndarray, place: np.ndarray, things: np.ndarray, when: np.ndarray, numbers: Numbers
    ) -> Rows:
        import numpy as np

        at = kept.nonzero()[0]
        odd = numbers.odd()
        new = (
            {int(old): position for position, old in enumerate(at.tolist()) if int(old) in odd} if odd else {}
        )
        base, note = self._column("base"), self._column("note")
        extra: dict[int, tuple[str, str]] = {}
        if base is not None or note is not None:
            for position, old in enumerate(at.tolist()):
                told = (_text(base, old), _text(note, old))
                if any(told):
                    extra[position] = told
        return Rows(
            place=place[at],
            thing=things[at],
            period=when[at],
            number=numbers.whole[at],
            row=(at + self._first).astype(np.int32),
            sheet=self._draft.sheet_at(meanings.plain_text(self._name)),
            odd={position: odd[old] for old, position in new.items()},
            extra=extra,
        )


def _text(column: Sequence[object] | None, at: int) -> str:
    return "" if column is None else meanings.plain_text(column[at], 500)


def period_columns(recipe: Recipe, headings: Sequence[object]) -> list[tuple[int, object]]:
    """Of a wide table: the columns of numbers with their headings."""
    chosen = recipe.columns.periods
    found = [(at, heading) for at, heading in enumerate(headings) if meanings.period_of(heading) is not None]
    if not chosen:
        return found
    wanted = {position(headings, [one]) for one in chosen}
    return [(at, heading) for at, heading in found if at in wanted]
