"""What the columns of an unknown table probably mean, with the reason for each: a person decides.

A guess is a recipe that has not been agreed to yet.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import PurePath

from msgspec import Struct
from msgspec.structs import replace

from explorer.evidence import Measure, Platform

from .amounts import read_amount
from .lookups import PlaceLabels, find_header_row, is_number, make_slug, period_of, quarter_of
from .recipe import FixedValues, Recipe, RecipeColumns, RecipeRules, TableShape, normalise_heading

LOOKED_AT = 60
"""How many rows below the headings are looked at."""
_TOTALS = ["Total", "Totals", "Grand total", "All", "All forces", "Overall"]
_WORDS = {
    "place": ("force", "area", "place", "region", "police", "council", "authority", "county"),
    "measure": ("measure", "offencecode", "offencedescription", "crimetype", "offence", "crime"),
    "platform": ("platform", "app", "site", "socialmedia", "method"),
    "breakdown": ("breakdown", "sex", "gender", "age", "category"),
    "amount": ("number", "count", "offences", "total", "recorded", "crimes", "incidents", "value"),
    "note": ("note", "comment", "remark"),
}
_MOSTLY, _HALF = 0.8, 0.5
_FEWEST_PERIODS = 2


class RecipeGuess(Struct, frozen=True):
    """A recipe to begin with. ``why`` gives the reason for each thing found, by the field's name."""

    recipe: Recipe
    why: dict[str, str]
    header: int
    """Which row of those looked at holds the headings, from 0."""


class _ScannedColumn(Struct, frozen=True):
    """One column below the headings: where it is, what heads it, and the cells that are not blank."""

    at: int
    heading: object
    name: str
    """How a recipe names it."""
    cells: tuple[object, ...]


class _ColumnFindings:
    """The columns found so far, each for one thing."""

    def __init__(self) -> None:
        self.columns: dict[str, list[str]] = {}
        self.why: dict[str, str] = {}
        self._used_columns: set[int] = set()

    def assign_column(self, what: str, column: _ScannedColumn, why: str) -> None:
        """Say that ``column`` holds ``what``."""
        self.columns[what] = [column.name]
        self.why[what] = f"“{column.heading}”: {why}" if normalise_heading(column.heading) else f"{column.name}: {why}"
        self._used_columns.add(column.at)

    def unassigned_columns(self, columns: Iterable[_ScannedColumn]) -> list[_ScannedColumn]:
        """The columns that nothing is found in yet."""
        return [column for column in columns if column.at not in self._used_columns]


def guess_recipe(
    rows: Sequence[Sequence[object]],
    file: str,
    labels: PlaceLabels,
    measures: Sequence[Measure],
    platforms: Sequence[Platform],
) -> RecipeGuess:
    """What the rows of a table probably mean; what could not be found is simply not in it."""
    header = find_header_row(rows)
    columns = _scan_columns(rows, header)
    findings = _ColumnFindings()
    _find_place(findings, columns, labels)
    across = _periods_across(findings.unassigned_columns(columns))
    if len(across) >= _FEWEST_PERIODS:
        heading_list = ", ".join(str(column.heading) for column in across[:3])
        findings.why["periods"] = f"the headings {heading_list} … are periods, with numbers below"
    else:
        _find_period(findings, columns)
        _find_measure(findings, columns, measures)
        _find_amount(findings, columns)
    _find_named(findings, columns, platforms)
    recipe = _build_recipe(findings, file, [column.name for column in across])
    return RecipeGuess(recipe, findings.why, header)


def _build_recipe(findings: _ColumnFindings, file: str, across: list[str]) -> Recipe:
    wide = len(across) >= _FEWEST_PERIODS
    columns = RecipeColumns(**findings.columns)
    if wide:
        columns = replace(columns, periods=across)
    stem = PurePath(file).stem
    name = make_slug(stem).replace(".", "-")[:60].strip("-") or "table"
    return Recipe(
        name=name,
        title=stem or file,
        shape=TableShape.WIDE if wide else TableShape.LONG,
        columns=columns,
        fixed=FixedValues(),
        rules=RecipeRules(totals=list(_TOTALS)),
    )


def _scan_columns(rows: Sequence[Sequence[object]], header: int) -> list[_ScannedColumn]:
    headings = rows[header] if rows else ()
    below = list(rows[header + 1 : header + 1 + LOOKED_AT])
    width = max((len(row) for row in (headings, *below)), default=0)
    heading_keys = [normalise_heading(heading) for heading in headings]
    scanned_columns: list[_ScannedColumn] = []
    for at in range(width):
        heading = headings[at] if at < len(headings) else None
        cells = tuple(row[at] for row in below if at < len(row) and row[at] not in (None, ""))
        unique = normalise_heading(heading) and heading_keys.count(normalise_heading(heading)) == 1
        scanned_columns.append(_ScannedColumn(at, heading, str(heading) if unique else f"#{at + 1}", cells))
    return scanned_columns


def _fitting_share(column: _ScannedColumn, fits: Iterable[bool]) -> float:
    return sum(fits) / len(column.cells) if column.cells else 0.0


def _heading_suggests(column: _ScannedColumn, what: str) -> bool:
    return any(word in normalise_heading(column.heading) for word in _WORDS[what])


def _find_place(findings: _ColumnFindings, columns: list[_ScannedColumn], labels: PlaceLabels) -> None:
    def place_share(column: _ScannedColumn) -> float:
        return _fitting_share(column, (isinstance(c, str) and labels.find_place(c) is not None for c in column.cells))

    best = max(columns, key=lambda column: (place_share(column), _heading_suggests(column, "place")), default=None)
    if best is None or place_share(best) < _HALF:
        best = next((column for column in columns if _heading_suggests(column, "place") and place_share(column)), None)
    if best is not None and place_share(best):
        place_count = round(place_share(best) * len(best.cells))
        findings.assign_column("place", best, f"{place_count} of the {len(best.cells)} names looked at are places")


def _periods_across(columns: list[_ScannedColumn]) -> list[_ScannedColumn]:
    """The columns whose headings are periods and which hold numbers."""
    return [
        column
        for column in columns
        if period_of(column.heading) is not None
        and _fitting_share(column, (not read_amount(cell).wrong for cell in column.cells)) >= _HALF
    ]


def _find_period(findings: _ColumnFindings, columns: list[_ScannedColumn]) -> None:
    free = findings.unassigned_columns(columns)
    years = [
        c for c in free if c.cells and _fitting_share(c, (period_of(cell) is not None for cell in c.cells)) >= _MOSTLY
    ]
    for column in years:
        sample = column.cells[0]
        quarters = [
            other
            for other in free
            if other is not column
            and other.cells
            and _fitting_share(other, (quarter_of("2019/20", cell) is not None for cell in other.cells)) >= _MOSTLY
            and quarter_of(sample, other.cells[0]) is not None
        ]
        if quarters:
            findings.assign_column("year", column, "its values are financial years")
            findings.assign_column("quarter", quarters[0], "its values are quarters, counted from April")
            return
    if years:
        findings.assign_column("period", years[0], "its values are periods")


def _find_measure(findings: _ColumnFindings, columns: list[_ScannedColumn], measures: Sequence[Measure]) -> None:
    known_words = {normalise_heading(word) for one in measures for word in (one.id, one.name, one.code) if word}
    for column in findings.unassigned_columns(columns):
        words = [cell for cell in column.cells if isinstance(cell, str) and not is_number(cell)]
        matching_share = _fitting_share(column, (normalise_heading(cell) in known_words for cell in words))
        if len(words) > len(column.cells) * _HALF and (matching_share >= _HALF or _heading_suggests(column, "measure")):
            findings.assign_column("measure", column, "it says what was counted")
            return


def _find_amount(findings: _ColumnFindings, columns: list[_ScannedColumn]) -> None:
    numbers = [
        c
        for c in findings.unassigned_columns(columns)
        if _fitting_share(c, (is_number(cell) for cell in c.cells)) >= _HALF
    ]
    candidates = sorted(numbers, key=lambda column: (not _heading_suggests(column, "amount"), -column.at))
    if candidates:
        findings.assign_column("amount", candidates[0], "its values are numbers")


def _find_named(findings: _ColumnFindings, columns: list[_ScannedColumn], platforms: Sequence[Platform]) -> None:
    known_words = {normalise_heading(word) for one in platforms for word in (one.id, one.name)}
    for what in ("platform", "breakdown", "note"):
        for column in findings.unassigned_columns(columns):
            if not column.cells or period_of(column.heading) is not None:
                continue
            fits = _fitting_share(column, (normalise_heading(cell) in known_words for cell in column.cells)) >= _HALF
            if what == "platform" and fits:
                findings.assign_column(what, column, "its values are platforms")
                break
            if _heading_suggests(column, what) and not all(map(is_number, column.cells)):
                findings.assign_column(what, column, "its heading says so")
                break
