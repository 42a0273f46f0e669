"""What a person says of a table's columns: which there are to choose from, what is still to be said.

A mapping is a recipe that is still being made. Nothing is read by it here; see ``trial``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from explorer.packs.intake import has_columns
from explorer.packs.meanings import period_of
from explorer.packs.recipes import Fixed, Recipe, Shape, folded

LEAVE_OUT = "-"
"""In place of a place's code: the rows under a name are left out."""
_LONGEST = 48


class Column(Struct, frozen=True, kw_only=True):
    """One column of a sheet. ``name`` is how a recipe names it, ``label`` how a person finds it."""

    at: int
    name: str
    label: str
    is_period: bool
    """Whether its heading is a period."""


def letters(at: int) -> str:
    """A column as spreadsheets name it: "A" for 0, "AA" for 26."""
    made = ""
    at += 1
    while at:
        at, rest = divmod(at - 1, 26)
        made = chr(65 + rest) + made
    return made


def columns_of(rows: Sequence[Sequence[object]], header: int) -> tuple[Column, ...]:
    """The columns below the row of headings, the empty ones at the end left out."""
    headings = rows[header] if header < len(rows) else ()
    below = rows[header : header + 60]
    width = max((_width(row) for row in below), default=0)
    known = [folded(heading) for heading in headings]
    made: list[Column] = []
    for at in range(width):
        heading = headings[at] if at < len(headings) else None
        unique = bool(folded(heading)) and known.count(folded(heading)) == 1
        words = _shown(heading)
        made.append(
            Column(
                at=at,
                name=str(heading) if unique else f"#{at + 1}",
                label=f"{letters(at)}: {words}" if words else f"Column {letters(at)}",
                is_period=period_of(heading) is not None,
            )
        )
    return tuple(made)


def _width(row: Sequence[object]) -> int:
    return max((at + 1 for at, cell in enumerate(row) if cell not in (None, "")), default=0)


def _shown(heading: object) -> str:
    text = " ".join(str(heading).split()) if heading is not None else ""
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def header_row(recipe: Recipe, rows: Sequence[Sequence[object]]) -> int | None:
    """Which row holds the headings that ``recipe`` reads by, from 0; None where none does."""
    return next((at for at, row in enumerate(rows) if has_columns(recipe, row)), None)


def with_column(recipe: Recipe, what: str, name: str) -> Recipe:
    """``recipe`` with the column called ``name`` for ``what``; an empty name for none."""
    return replace(recipe, columns=replace(recipe.columns, **{what: [name] if name else []}))


def with_periods(recipe: Recipe, period: str, quarter: str) -> Recipe:
    """``recipe`` with the columns for time: a period, or a year and the quarter of it."""
    time = {"period": period, "quarter": ""} if not quarter else {"period": "", "quarter": quarter}
    made = with_column(with_column(recipe, "period", time["period"]), "quarter", time["quarter"])
    return with_column(made, "year", period if quarter else "")


def with_names(recipe: Recipe, choices: Mapping[str, str]) -> Recipe:
    """``recipe`` with what was said of names: the code of the place that is meant, or ``LEAVE_OUT``."""
    rules = recipe.rules
    places = {label: code for label, code in rules.places.items() if label not in choices}
    places |= {label: code for label, code in choices.items() if code != LEAVE_OUT}
    left_out = [label for label in rules.no_place if label not in choices]
    left_out += [label for label, code in choices.items() if code == LEAVE_OUT]
    return replace(recipe, rules=replace(rules, places=places, no_place=left_out))


def on_sheet(recipe: Recipe, sheet: str) -> Recipe:
    """``recipe`` for the one sheet with that name; for every sheet with its headings where it is empty."""
    return replace(recipe, sheets=f"^{re.escape(sheet)}$" if sheet else "")


def missing(recipe: Recipe) -> dict[str, str]:
    """What has to be said before anything can be read: a sentence for each, by the field it belongs to."""
    columns, fixed = recipe.columns, recipe.fixed
    told: dict[str, str] = {}
    if not columns.place and not fixed.place:
        told["place"] = "Choose the column with the places, or one place for the whole table."
    if recipe.shape is Shape.WIDE:
        if not columns.periods:
            told["periods"] = "Tick at least one column of numbers. Its heading has to be a period."
    else:
        told |= _missing_in_long(recipe)
    if not columns.measure and not fixed.measure:
        told["measure"] = "Say what is counted."
    return told


def _missing_in_long(recipe: Recipe) -> dict[str, str]:
    columns, fixed = recipe.columns, recipe.fixed
    told: dict[str, str] = {}
    if not columns.period and not columns.year:
        if not fixed.period:
            told["period"] = "Choose the column with the periods, or one period for the whole table."
        elif period_of(fixed.period) is None:
            told["period"] = "Write a financial year as 2019/20, a quarter as Q1 2019/20 or Apr-Jun 2019."
    if not columns.amount:
        told["amount"] = "Choose the column with the numbers."
    return told


def as_long(recipe: Recipe) -> Recipe:
    """``recipe`` for a table with one figure a row."""
    return replace(recipe, shape=Shape.LONG, columns=replace(recipe.columns, periods=[]))


def as_wide(recipe: Recipe, columns: Sequence[Column]) -> Recipe:
    """``recipe`` for a table with periods across, all of them ticked."""
    across = [column.name for column in columns if column.is_period]
    kept = replace(recipe.columns, periods=across, period=[], year=[], quarter=[], amount=[])
    return replace(recipe, shape=Shape.WIDE, columns=kept)


def fixed(recipe: Recipe, **said: str) -> Recipe:
    """``recipe`` with what is the same for the whole table."""
    changed: Fixed = replace(recipe.fixed, **said)
    return replace(recipe, fixed=changed)
