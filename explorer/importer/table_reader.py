"""One sheet of a table turned into columns of figures, by the meaning that a recipe gives its headings."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import zip_longest
from typing import TYPE_CHECKING, Protocol

from explorer.evidence import Measure, PlaceTree, Platform
from explorer.importer import lookups

from .amounts import AmountCell, NumberColumn, read_amount
from .draft import ImportDraft, SheetFigures, TotalRow, Variable
from .lookups import PlaceLabels, find_header_row
from .recipe import Recipe, TableShape, find_column, has_needed_headings, normalise_heading

if TYPE_CHECKING:
    import numpy as np


LEFT_OUT, UNKNOWN, TOTAL = -1, -2, -3
"""In place of a place's position: a row of no place, of one that is not known, and one that adds up."""
_NEVER = -1


class ImportContext(Protocol):
    """What a sheet asks of the import that it is part of."""

    draft: ImportDraft
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

    def find_measure(self, value: object, name: object, group: object) -> str:
        """The measure that a cell names."""
        ...

    def find_platform(self, value: object) -> str | None:
        """The platform that a cell names."""
        ...

    def parse_amount(self, value: object) -> AmountCell:
        """What a cell with a number says."""
        ...


class SheetRows:
    """Reads one sheet. ``build_columns`` are of equal length, and ``first`` is the number of their first row."""

    def __init__(
        self,
        context: ImportContext,
        name: str,
        headings: list[object],
        columns: list[Sequence[object]],
        first: int,
    ) -> None:
        self._context = context
        self._draft = context.draft
        self._name = name
        self._headings = headings
        self._columns = columns
        self._first = first
        self._size = len(columns[0])
        headings_by_field = context.recipe.columns.headings_by_field()
        self._at = {what: find_column(headings, one) for what, one in headings_by_field.items()}

    def read_long(self) -> Iterator[SheetFigures]:
        """One figure a row."""
        amounts = self._column_for("amount")
        if amounts is not None:
            yield self._build_rows(
                amounts,
                self._heading_for("amount"),
                self._place_positions(),
                self._variable_positions(),
                self._period_positions(),
            )

    def read_wide(self) -> Iterator[SheetFigures]:
        """One place a row, a period a column."""
        import numpy as np

        places, things = self._place_positions(), self._variable_positions()
        for at, heading in period_columns(self._context.recipe, self._headings):
            period = lookups.period_of(heading)
            if period is not None:
                same = np.full(self._size, self._draft.period_at(period), np.int32)
                yield self._build_rows(self._columns[at], str(heading), places, things, same)

    def _column_for(self, what: str) -> Sequence[object] | None:
        at = self._at.get(what)
        return None if at is None else self._columns[at]

    def _heading_for(self, what: str) -> str:
        at = self._at.get(what)
        return what if at is None else str(self._headings[at])

    def _place_positions(self) -> np.ndarray:
        column = self._column_for("place")
        if column is None:
            return self._repeat_value(self._context.fixed_place())
        return self._map_column(column, self._context.place_codes(self._name, column, self._first))

    def _variable_positions(self) -> np.ndarray:
        """What each row counts."""
        column = self._column_for("measure")
        columns = [column] if column is not None else []
        columns += [one for one in map(self._column_for, ("platform", "breakdown")) if one is not None]
        if not columns:
            return self._repeat_value(self._draft.thing_at(Variable(self._context.fixed_measure())))
        measures = self._find_measures(column)
        if len(columns) == 1:
            return self._map_column(
                columns[0],
                {key: self._variable_position((key,), measures) for key in dict.fromkeys(columns[0])},
            )
        keys = list(zip(*columns, strict=True))
        return self._map_column(keys, {key: self._variable_position(key, measures) for key in dict.fromkeys(keys)})

    def _find_measures(self, column: Sequence[object] | None) -> dict[object, str]:
        if column is None:
            return {}
        names, groups = self._column_for("measure_name"), self._column_for("measure_group")
        name_by_value = dict(zip(column, names or column, strict=True)) if names else {}
        group_by_value = dict(zip(column, groups, strict=True)) if groups else {}
        return {
            value: self._context.find_measure(value, name_by_value.get(value), group_by_value.get(value))
            for value in dict.fromkeys(column)
        }

    def _variable_position(self, key: Sequence[object], measures: dict[object, str]) -> int:
        parts = iter(key)
        measure = measures[next(parts)] if measures else self._context.fixed_measure()
        platform = self._context.find_platform(next(parts)) if self._column_for("platform") is not None else None
        breakdown = next(parts, None) if self._column_for("breakdown") is not None else None
        return self._draft.thing_at(Variable(measure, platform, lookups.plain_text(breakdown, 80)))

    def _period_positions(self) -> np.ndarray:
        years, quarters, column = (
            self._column_for("year"),
            self._column_for("quarter"),
            self._column_for("period"),
        )
        if years is not None and quarters is not None:
            distinct_years = set(years)
            if len(distinct_years) == 1:  # a sheet for each year
                year = distinct_years.pop()
                position_by_quarter = {
                    quarter: self._period_position(lookups.quarter_of(year, quarter))
                    for quarter in dict.fromkeys(quarters)
                }
                return self._map_column(quarters, position_by_quarter)
            pairs = list(zip(years, quarters, strict=True))
            return self._map_column(
                pairs,
                {pair: self._period_position(lookups.quarter_of(*pair)) for pair in dict.fromkeys(pairs)},
            )
        column = column if column is not None else years
        if column is None:
            return self._repeat_value(self._period_position(lookups.period_of(self._context.recipe.fixed.period)))
        return self._map_column(
            column,
            {value: self._period_position(lookups.period_of(value)) for value in dict.fromkeys(column)},
        )

    def _period_position(self, period: lookups.Period | None) -> int:
        return _NEVER if period is None else self._draft.period_at(period)

    def _map_column(self, column: Sequence[object], meaning: dict[object, int]) -> np.ndarray:
        import numpy as np

        return np.fromiter(map(meaning.__getitem__, column), np.int32, self._size)

    def _repeat_value(self, value: int) -> np.ndarray:
        import numpy as np

        return np.full(self._size, value, np.int32)

    def _build_rows(
        self, amounts: Sequence[object], heading: str, place: np.ndarray, things: np.ndarray, when: np.ndarray
    ) -> SheetFigures:
        numbers = NumberColumn(self._context.parse_amount, amounts)
        self._keep_totals(amounts, place, things, when)
        has_place = place >= 0
        self._tell_periods(has_place & (when < 0), numbers)
        keep_mask = has_place & (when >= 0)
        for at, cell in numbers.unreadable_cells(keep_mask):
            mend = "Write a number, or [x] for not available and [c] for suppressed."
            self._draft.add_problem(self._name, cell.wrong, mend, row=self._first + at, column=heading)
            keep_mask[at] = False
        for at, cell in numbers.suspicious_cells(keep_mask):
            self._draft.add_warning(self._name, cell.doubt, row=self._first + at, column=heading)
        return self._pack_rows(keep_mask, place, things, when, numbers)

    def _keep_totals(self, amounts: Sequence[object], place: np.ndarray, things: np.ndarray, when: np.ndarray) -> None:
        labels = self._column_for("place")
        for at in (place == TOTAL).nonzero()[0].tolist():
            cell = self._context.parse_amount(amounts[at])
            label = "" if labels is None else lookups.plain_text(labels[at])
            if when[at] >= 0:
                self._draft.totals.append(
                    TotalRow(label, self._name, self._first + at, int(things[at]), int(when[at]), cell)
                )

    def _tell_periods(self, unknown: np.ndarray, numbers: NumberColumn) -> None:
        column = next((one for one in map(self._column_for, ("period", "year")) if one is not None), None)
        quarters = self._column_for("quarter")
        for at in unknown.nonzero()[0].tolist():
            period_text = "" if column is None else str(column[at])
            if quarters is not None:
                period_text = f"{period_text} {quarters[at]}"
            if numbers.is_blank(at) and not period_text.strip():
                continue  # a line that only names a place says nothing that could be lost
            what = f"{period_text.strip()!r} is no period" if period_text.strip() else "there is no period"
            mend = "Write a financial year as 2019/20, a quarter as Q1 2019/20 or Apr-Jun 2019."
            heading = self._heading_for("period" if "period" in self._at else "year")
            self._draft.add_problem(self._name, what, mend, row=self._first + at, column=heading)

    def _pack_rows(
        self,
        keep_mask: np.ndarray,
        place: np.ndarray,
        things: np.ndarray,
        when: np.ndarray,
        numbers: NumberColumn,
    ) -> SheetFigures:
        import numpy as np

        at = keep_mask.nonzero()[0]
        odd = numbers.special_cells()
        new = {int(old): position for position, old in enumerate(at.tolist()) if int(old) in odd} if odd else {}
        base, note = self._column_for("base"), self._column_for("note")
        extra: dict[int, tuple[str, str]] = {}
        if base is not None or note is not None:
            for position, old in enumerate(at.tolist()):
                texts = (_cell_text(base, old), _cell_text(note, old))
                if any(texts):
                    extra[position] = texts
        return SheetFigures(
            place=place[at],
            thing=things[at],
            period=when[at],
            number=numbers.whole[at],
            row=(at + self._first).astype(np.int32),
            sheet=self._draft.sheet_at(lookups.plain_text(self._name)),
            odd={position: odd[old] for old, position in new.items()},
            extra=extra,
        )


def _cell_text(column: Sequence[object] | None, at: int) -> str:
    return "" if column is None else lookups.plain_text(column[at], 500)


def period_columns(recipe: Recipe, headings: Sequence[object]) -> list[tuple[int, object]]:
    """Of a wide table: the columns of numbers with their headings."""
    period_headings = recipe.columns.periods
    candidates = [(at, heading) for at, heading in enumerate(headings) if lookups.period_of(heading) is not None]
    if not period_headings:
        return candidates
    allowed_positions = {find_column(headings, [one]) for one in period_headings}
    return [(at, heading) for at, heading in candidates if at in allowed_positions]


# A table read by a recipe into a draft: sheet by sheet, column by column.


HEAD = 60
"""In how many rows from the top the headings are looked for."""
Line = Sequence[object]
Watch = Callable[[str, int], None]
"""Told of the sheet and the rows read so far; raises to stop."""


def _ignore_progress(_sheet: str, _rows: int) -> None:
    """Nobody asked to be told."""


class ImportCancelled(Exception):  # noqa: N818 - what the person wished, and no error
    """The person stopped the import."""


class TableReader:
    """Reads the sheets of one table into a draft."""

    def __init__(
        self,
        recipe: Recipe,
        file: str,
        places: PlaceTree,
        measures: Iterable[Measure],
        platforms: Sequence[Platform],
        watch: Watch | None = None,
    ) -> None:
        self.recipe = recipe
        self.draft = ImportDraft(lookups.plain_text(file))
        self._labels = PlaceLabels(places, recipe.rules.places)
        self._places = places
        self._totals = {normalise_heading(name) for name in recipe.rules.totals}
        self._no_place = {normalise_heading(name) for name in recipe.rules.no_place}
        prefix = "ho-" if recipe.columns.measure_name else ""
        self._measures = lookups.MeasureResolver(self.draft, measures, recipe.fixed.unit, prefix)
        self._platforms = lookups.PlatformResolver(self.draft, platforms)
        self._watch = watch or _ignore_progress
        self._amounts: dict[tuple[type, object], AmountCell] = {}
        self._headings: dict[str, list[object]] = {}

    def read_sheet(self, sheet: str, rows: Sequence[Line], first: int = 1) -> None:
        """Read one sheet, or a further part of one; ``first`` is the number of its first row."""
        self._watch(sheet, self.draft.rows)
        headings, at = self._find_headings(sheet, rows)
        if headings is None:
            return
        body = list(rows[at:]) if at else rows
        columns = _transpose_rows(body, len(headings))
        if columns:
            reader = SheetRows(self, sheet, headings, columns, first + at)
            self.draft.parts += reader.read_long() if self.recipe.shape is TableShape.LONG else reader.read_wide()
        self.draft.rows += len(body)
        self._watch(sheet, self.draft.rows)

    def _find_headings(self, sheet: str, rows: Sequence[Line]) -> tuple[list[object] | None, int]:
        """The row of headings, and how many rows come before what it heads."""
        if sheet in self._headings:
            return self._headings[sheet], 0
        # A column that goes by its number could stand in any row: the headings are where most words are.
        likely = find_header_row(rows[:HEAD]) if _by_number(self.recipe) else None
        for at, row in enumerate(rows[:HEAD]):
            if has_columns(self.recipe, row) and likely in (None, at):
                self._headings[sheet] = list(row)
                return self._headings[sheet], at + 1
        return None, 0

    # What the readers of sheets ask

    def place_codes(self, sheet: str, column: Sequence[object], first: int) -> dict[object, int]:
        """For each distinct label: the position of its place, or why there is none."""
        positions: dict[object, int] = {}
        for label in dict.fromkeys(column):
            plain = normalise_heading(label)
            place = self._labels.find_place(label)
            if plain in self._totals:
                positions[label] = TOTAL
            elif place is not None:
                positions[label] = self.draft.place_at(place.code)
            elif not plain:
                positions[label] = LEFT_OUT
            elif plain in self._no_place:
                positions[label] = LEFT_OUT
                name = lookups.plain_text(label)
                self.draft.skipped_rows[name] = self.draft.skipped_rows.get(name, 0) + column.count(label)
            else:
                positions[label] = UNKNOWN
                name = lookups.plain_text(label, 200)
                self.draft.not_placed(name, column.count(label), sheet, first + column.index(label))
        return positions

    def fixed_place(self) -> int:
        """The position of the one place of the whole table."""
        place = self._labels.find_place(self.recipe.fixed.place)
        return UNKNOWN if place is None else self.draft.place_at(place.code)

    def fixed_measure(self) -> str:
        """The measure of the whole table."""
        return self._measures.find_id(self.recipe.fixed.measure) or self._measures.resolve_id(
            self.recipe.fixed.measure or "offences recorded"
        )

    def find_measure(self, value: object, name: object, group: object) -> str:
        """The measure that a cell names."""
        return self._measures.resolve_id(value, name, group)

    def find_platform(self, value: object) -> str | None:
        """The platform that a cell names."""
        return self._platforms.resolve_id(value)

    def parse_amount(self, value: object) -> AmountCell:
        """What a cell with a number says, read once for each distinct value."""
        key = (type(value), value)
        cell = self._amounts.get(key)
        if cell is None:
            cell = self._amounts[key] = read_amount(value)
        return cell


def has_columns(recipe: Recipe, row: Line) -> bool:
    """Whether ``row`` holds the headings that a recipe reads by."""
    if recipe.needs and not has_needed_headings(recipe, row):
        return False
    columns = recipe.columns
    key_headings = [columns.place, columns.amount] if recipe.shape is TableShape.LONG else [columns.place]
    if not all(find_column(row, one) is not None for one in key_headings if one):
        return False
    if recipe.shape is TableShape.LONG:
        return bool(recipe.needs) or any(normalise_heading(cell) for cell in row)
    return bool(period_columns(recipe, row))


def _by_number(recipe: Recipe) -> bool:
    """Whether a column of the recipe goes by its number, and nothing else tells the headings."""
    return not recipe.needs and any(
        one.startswith("#") for headings in recipe.columns.headings_by_field().values() for one in headings
    )


def sheet_fits(recipe: Recipe, name: str) -> bool:
    """Whether a sheet's name is one that the recipe reads."""
    return not recipe.sheets or re.search(recipe.sheets, name) is not None


def _transpose_rows(rows: Sequence[Line], width: int) -> list[Sequence[object]]:
    """The rows turned into columns, blank rows at the end left out, short rows filled with nothing."""
    end = len(rows)
    while end and not any(cell is not None and cell != "" for cell in rows[end - 1]):
        end -= 1
    non_blank_rows = rows[:end]
    if not non_blank_rows:
        return []
    columns: list[Sequence[object]] = (
        list(zip(*non_blank_rows, strict=True))
        if len(set(map(len, non_blank_rows))) == 1
        else list(zip_longest(*non_blank_rows))
    )
    blank: Sequence[object] = (None,) * len(non_blank_rows)
    return columns + [blank] * (width - len(columns))
