"""What the columns of an unknown table probably mean, with the reason for each: a person decides.

A guess is a recipe that has not been agreed to yet.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import PurePath

from msgspec import Struct
from msgspec.structs import replace

from explorer.evidence.model import Measure, Platform

from .amount_cells import read_amount
from .headings import header_of, is_number
from .meanings import period_of, quarter_of, slug
from .place_labels import PlaceLabels
from .recipes import Columns, Fixed, Recipe, Rules, Shape, folded

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


class Guess(Struct, frozen=True):
    """A recipe to begin with. ``why`` gives the reason for each thing found, by the field's name."""

    recipe: Recipe
    why: dict[str, str]
    header: int
    """Which row of those looked at holds the headings, from 0."""


class _Column(Struct, frozen=True):
    """One column below the headings: where it is, what heads it, and the cells that are not blank."""

    at: int
    heading: object
    name: str
    """How a recipe names it."""
    cells: tuple[object, ...]


class _Found:
    """The columns found so far, each for one thing."""

    def __init__(self) -> None:
        self.columns: dict[str, list[str]] = {}
        self.why: dict[str, str] = {}
        self._taken: set[int] = set()

    def take(self, what: str, column: _Column, why: str) -> None:
        """Say that ``column`` holds ``what``."""
        self.columns[what] = [column.name]
        self.why[what] = f"“{column.heading}”: {why}" if folded(column.heading) else f"{column.name}: {why}"
        self._taken.add(column.at)

    def free(self, columns: Iterable[_Column]) -> list[_Column]:
        """The columns that nothing is found in yet."""
        return [column for column in columns if column.at not in self._taken]


def guess(
    rows: Sequence[Sequence[object]],
    file: str,
    labels: PlaceLabels,
    measures: Sequence[Measure],
    platforms: Sequence[Platform],
) -> Guess:
    """What the rows of a table probably mean; what could not be found is simply not in it."""
    header = header_of(rows)
    columns = _columns(rows, header)
    found = _Found()
    _find_place(found, columns, labels)
    across = _periods_across(found.free(columns))
    if len(across) >= _FEWEST_PERIODS:
        named = ", ".join(str(column.heading) for column in across[:3])
        found.why["periods"] = f"the headings {named} … are periods, with numbers below"
    else:
        _find_period(found, columns)
        _find_measure(found, columns, measures)
        _find_amount(found, columns)
    _find_named(found, columns, platforms)
    recipe = _recipe(found, file, [column.name for column in across])
    return Guess(recipe, found.why, header)


def _recipe(found: _Found, file: str, across: list[str]) -> Recipe:
    wide = len(across) >= _FEWEST_PERIODS
    columns = Columns(**found.columns)
    if wide:
        columns = replace(columns, periods=across)
    stem = PurePath(file).stem
    name = slug(stem).replace(".", "-")[:60].strip("-") or "table"
    return Recipe(
        name=name,
        title=stem or file,
        shape=Shape.WIDE if wide else Shape.LONG,
        columns=columns,
        fixed=Fixed(),
        rules=Rules(totals=list(_TOTALS)),
    )


def _columns(rows: Sequence[Sequence[object]], header: int) -> list[_Column]:
    headings = rows[header] if rows else ()
    below = list(rows[header + 1 : header + 1 + LOOKED_AT])
    width = max((len(row) for row in (headings, *below)), default=0)
    known = [folded(heading) for heading in headings]
    made: list[_Column] = []
    for at in range(width):
        heading = headings[at] if at < len(headings) else None
        cells = tuple(row[at] for row in below if at < len(row) and row[at] not in (None, ""))
        unique = folded(heading) and known.count(folded(heading)) == 1
        made.append(_Column(at, heading, str(heading) if unique else f"#{at + 1}", cells))
    return made


def _share(column: _Column, fits: Iterable[bool]) -> float:
    return sum(fits) / len(column.cells) if column.cells else 0.0


def _says(column: _Column, what: str) -> bool:
    return any(word in folded(column.heading) for word in _WORDS[what])


def _find_place(found: _Found, columns: list[_Column], labels: PlaceLabels) -> None:
    def share(column: _Column) -> float:
        return _share(column, (isinstance(c, str) and labels.place(c) is not None for c in column.cells))

    best = max(columns, key=lambda column: (share(column), _says(column, "place")), default=None)
    if best is None or share(best) < _HALF:
        best = next((column for column in columns if _says(column, "place") and share(column)), None)
    if best is not None and share(best):
        named = round(share(best) * len(best.cells))
        found.take("place", best, f"{named} of the {len(best.cells)} names looked at are places")


def _periods_across(columns: list[_Column]) -> list[_Column]:
    """The columns whose headings are periods and which hold numbers."""
    return [
        column
        for column in columns
        if period_of(column.heading) is not None
        and _share(column, (not read_amount(cell).wrong for cell in column.cells)) >= _HALF
    ]


def _find_period(found: _Found, columns: list[_Column]) -> None:
    free = found.free(columns)
    years = [
        c for c in free if c.cells and _share(c, (period_of(cell) is not None for cell in c.cells)) >= _MOSTLY
    ]
    for column in years:
        sample = column.cells[0]
        quarters = [
            other
            for other in free
            if other is not column
            and other.cells
            and _share(other, (quarter_of("2019/20", cell) is not None for cell in other.cells)) >= _MOSTLY
            and quarter_of(sample, other.cells[0]) is not None
        ]
        if quarters:
            found.take("year", column, "its values are financial years")
            found.take("quarter", quarters[0], "its values are quarters, counted from April")
            return
    if years:
        found.take("period", years[0], "its values are periods")


def _find_measure(found: _Found, columns: list[_Column], measures: Sequence[Measure]) -> None:
    known = {folded(word) for one in measures for word in (one.id, one.name, one.code) if word}
    for column in found.free(columns):
        words = [cell for cell in column.cells if isinstance(cell, str) and not is_number(cell)]
        matched = _share(column, (folded(cell) in known for cell in words))
        if len(words) > len(column.cells) * _HALF and (matched >= _HALF or _says(column, "measure")):
            found.take("measure", column, "it says what was counted")
            return


def _find_amount(found: _Found, columns: list[_Column]) -> None:
    numbers = [c for c in found.free(columns) if _share(c, (is_number(cell) for cell in c.cells)) >= _HALF]
    ranked = sorted(numbers, key=lambda column: (not _says(column, "amount"), -column.at))
    if ranked:
        found.take("amount", ranked[0], "its values are numbers")


def _find_named(found: _Found, columns: list[_Column], platforms: Sequence[Platform]) -> None:
    known = {folded(word) for one in platforms for word in (one.id, one.name)}
    for what in ("platform", "breakdown", "note"):
        for column in found.free(columns):
            if not column.cells or period_of(column.heading) is not None:
                continue
            fits = _share(column, (folded(cell) in known for cell in column.cells)) >= _HALF
            if what == "platform" and fits:
                found.take(what, column, "its values are platforms")
                break
            if _says(column, what) and not all(map(is_number, column.cells)):
                found.take(what, column, "its heading says so")
                break
