"""What the first rows of a table would become by a recipe that is still being made, or why they would not."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from explorer.packs.draft import Draft, Unplaced
from explorer.packs.imported import SOURCE
from explorer.packs.importing import Known, Taken
from explorer.packs.intake import Intake
from explorer.packs.made_figures import figures
from explorer.packs.recipes import Recipe, position
from explorer.packs.settled import Settled, settle
from explorer.packs.sheet_rows import LEFT_OUT, TOTAL
from explorer.packs.tables import Sheet

from . import words
from .mapping import header_row

SHOWN = 12
"""How many rows are told of."""
_MOST = 3
_LONGEST = 60


class Line(Struct, frozen=True, kw_only=True):
    """One row of the table, and what it would become."""

    row: int
    """Its number, as a spreadsheet has it."""
    text: str
    kept: bool


class Trial(Struct, frozen=True, kw_only=True):
    """The first rows, and the names among those looked at that no place is known by."""

    lines: tuple[Line, ...] = ()
    unplaced: tuple[Unplaced, ...] = ()
    header: int | None = None
    """Which row holds the headings, from 0; None where none does."""


def tried(recipe: Recipe, head: Sheet, known: Known) -> Trial:
    """Read the first rows by ``recipe``."""
    header = header_row(recipe, head.rows)
    if header is None:
        return Trial()
    intake = Intake(recipe, "", known.places, known.measures(), known.platforms())
    intake.take(head.name, head.rows, head.first)
    unplaced = tuple(intake.draft.unplaced.values())
    told = _figures(intake.draft, settle(intake.draft, recipe.rules, known.places), known)
    kept = set(told)
    for problem in intake.draft.problems.found():
        if problem.row is not None:
            told.setdefault(problem.row, []).append(words.sentence(problem.what))
    at = position(head.rows[header], recipe.columns.place) if recipe.columns.place else None
    lines: list[Line] = []
    for index, row in enumerate(head.rows[header + 1 :], start=header + 1):
        if any(cell not in (None, "") for cell in row):
            number = head.first + index
            text = _joined(told[number]) if number in told else _why_not(intake, head.name, row, at)
            lines.append(Line(row=number, text=text, kept=number in kept))
        if len(lines) == SHOWN:
            break
    return Trial(lines=tuple(lines), unplaced=unplaced, header=header)


def _figures(draft: Draft, settled: Settled, known: Known) -> dict[int, list[str]]:
    """By row: what is said of each figure that comes of it."""
    told: dict[int, list[str]] = {}
    rows: list[int] = settled.row.tolist()
    for row, figure in zip(rows, figures(draft, settled, "p", SOURCE), strict=True):
        unit = draft.measures[figure.measure].unit
        platform = draft.platforms[figure.platform].name if figure.platform else ""
        told.setdefault(row, []).append(words.datum(figure, known.places.get(figure.place), unit, platform))
    return told


def _joined(told: Sequence[str]) -> str:
    more = len(told) - _MOST
    shown = "; ".join(told[:_MOST])
    return f"{shown}; and {more} more" if more > 0 else shown


def _why_not(intake: Intake, sheet: str, row: Sequence[object], at: int | None) -> str:
    """Why nothing comes of a row."""
    label = None if at is None or at >= len(row) else row[at]
    name = " ".join(str(label).split())[:_LONGEST] if label is not None else ""
    if at is None:
        return "Nothing: the place for the whole table is not known."
    meant = intake.place_codes(sheet, [label], 0)[label]
    if meant == TOTAL:
        return f"Left out: “{name}” adds up other rows; it is held against them."
    if meant == LEFT_OUT:
        return f"Left out: “{name}” is no place." if name else "Left out: it names no place."
    return f"Nothing: no place called “{name}” is known." if meant < 0 else "Nothing."


def summary(taken: Taken) -> str:
    """What a whole table holds, as a sentence: rows, figures, places and periods."""
    draft, settled = taken.draft, taken.settled
    spread: list[int] = settled.place.tolist()
    times: list[int] = settled.period.tolist()
    places = len(set(spread))
    when = [draft.periods[at] for at in sorted(set(times))]
    span = ""
    if when:
        ordered = words.distinct(when)
        span = f", from {ordered[0].label} to {ordered[-1].label}" if len(ordered) > 1 else ""
    parts = (
        words.counted(draft.rows, "row"),
        words.counted(settled.count, "figure"),
        words.counted(places, "place"),
        words.counted(len(when), "period"),
    )
    return f"{words.listed(parts)}{span}."


def leading_measure(taken: Taken) -> str:
    """The id of the measure that the most places have figures of; of several, one known before."""
    draft, settled = taken.draft, taken.settled
    things: list[int] = settled.thing.tolist()
    places: list[int] = settled.place.tolist()
    pairs = set(zip(things, places, strict=True))
    spread: dict[str, set[int]] = {}
    for thing, place in pairs:
        spread.setdefault(draft.things[thing].measure, set()).add(place)
    return max(sorted(spread), key=lambda one: (len(spread[one]), one not in draft.new), default="")
