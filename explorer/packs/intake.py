"""A table read by a recipe into a draft: sheet by sheet, column by column.

It decides nothing that a person has to: names without a place, numbers that are none and rows said twice are
told of in the draft. Nothing is kept here, and no file is opened.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from itertools import zip_longest

from explorer.evidence.model import Measure, Platform
from explorer.evidence.places import PlaceTree

from . import meanings
from .amount_cells import AmountCell, read_amount
from .draft import ImportDraft
from .headings import find_header_row
from .place_labels import PlaceLabels
from .recipes import Recipe, TableShape, find_column, has_needed_headings, normalise_heading
from .sheet_rows import LEFT_OUT, TOTAL, UNKNOWN, SheetRows, period_columns

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
        self.draft = ImportDraft(meanings.plain_text(file))
        self._labels = PlaceLabels(places, recipe.rules.places)
        self._places = places
        self._totals = {normalise_heading(name) for name in recipe.rules.totals}
        self._no_place = {normalise_heading(name) for name in recipe.rules.no_place}
        prefix = "ho-" if recipe.columns.measure_name else ""
        self._measures = meanings.MeasureResolver(self.draft, measures, recipe.fixed.unit, prefix)
        self._platforms = meanings.PlatformResolver(self.draft, platforms)
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
                name = meanings.plain_text(label)
                self.draft.passed[name] = self.draft.passed.get(name, 0) + column.count(label)
            else:
                positions[label] = UNKNOWN
                name = meanings.plain_text(label, 200)
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
