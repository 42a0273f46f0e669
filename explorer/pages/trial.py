"""What the first rows of a table would become by a recipe that is still being made, or why they would not."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from explorer.packs.draft import ImportDraft, UnmatchedPlace
from explorer.packs.imported import SOURCE
from explorer.packs.importing import ImportResult, LibraryCatalogue
from explorer.packs.intake import TableReader
from explorer.packs.made_figures import build_figures
from explorer.packs.recipes import Recipe, find_column
from explorer.packs.settled import ConsolidatedFigures, consolidate
from explorer.packs.sheet_rows import LEFT_OUT, TOTAL
from explorer.packs.table_base import RawSheet

from . import words
from .mapping import header_row

ROW_LIMIT = 12
"""How many rows are told of."""
_MOST = 3
_LONGEST_VALUE = 60


class PreviewRow(Struct, frozen=True, kw_only=True):
    """One row of the table, and what it would become."""

    row: int
    """Its number, as a spreadsheet has it."""
    text: str
    accepted: bool


class Preview(Struct, frozen=True, kw_only=True):
    """The first rows, and the names among those looked at that no place is known by."""

    lines: tuple[PreviewRow, ...] = ()
    unmatched_places: tuple[UnmatchedPlace, ...] = ()
    header: int | None = None
    """Which row holds the headings, from 0; None where none does."""


def build_preview(recipe: Recipe, head: RawSheet, known_items: LibraryCatalogue) -> Preview:
    """Read the first rows by ``recipe``."""
    header = header_row(recipe, head.rows)
    if header is None:
        return Preview()
    intake = TableReader(recipe, "", known_items.places, known_items.measures(), known_items.platforms())
    intake.read_sheet(head.name, head.rows, head.first)
    unmatched_places = tuple(intake.draft.unplaced.values())
    texts_by_row = _describe_figures(
        intake.draft, consolidate(intake.draft, recipe.rules, known_items.places), known_items
    )
    accepted_rows = set(texts_by_row)
    for problem in intake.draft.problems.all_problems():
        if problem.row is not None:
            texts_by_row.setdefault(problem.row, []).append(words.to_sentence(problem.what))
    at = find_column(head.rows[header], recipe.columns.place) if recipe.columns.place else None
    lines: list[PreviewRow] = []
    for index, row in enumerate(head.rows[header + 1 :], start=header + 1):
        if any(cell not in (None, "") for cell in row):
            number = head.first + index
            text = _join_texts(texts_by_row[number]) if number in texts_by_row else _why_not(intake, head.name, row, at)
            lines.append(PreviewRow(row=number, text=text, accepted=number in accepted_rows))
        if len(lines) == ROW_LIMIT:
            break
    return Preview(lines=tuple(lines), unmatched_places=unmatched_places, header=header)


def _describe_figures(
    draft: ImportDraft, consolidated_figures: ConsolidatedFigures, known_items: LibraryCatalogue
) -> dict[int, list[str]]:
    """By row: what is said of each figure that comes of it."""
    texts_by_row: dict[int, list[str]] = {}
    rows: list[int] = consolidated_figures.row.tolist()
    for row, figure in zip(rows, build_figures(draft, consolidated_figures, "p", SOURCE), strict=True):
        unit = draft.measures[figure.measure].unit
        platform = draft.platforms[figure.platform].name if figure.platform else ""
        texts_by_row.setdefault(row, []).append(
            words.describe_figure(figure, known_items.places.get(figure.place), unit, platform)
        )
    return texts_by_row


def _join_texts(texts: Sequence[str]) -> str:
    more = len(texts) - _MOST
    first_texts = "; ".join(texts[:_MOST])
    return f"{first_texts}; and {more} more" if more > 0 else first_texts


def _why_not(intake: TableReader, sheet: str, row: Sequence[object], at: int | None) -> str:
    """Why nothing comes of a row."""
    label = None if at is None or at >= len(row) else row[at]
    name = " ".join(str(label).split())[:_LONGEST_VALUE] if label is not None else ""
    if at is None:
        return "Nothing: the place for the whole table is not known."
    place_code = intake.place_codes(sheet, [label], 0)[label]
    if place_code == TOTAL:
        return f"Left out: “{name}” adds up other rows; it is held against them."
    if place_code == LEFT_OUT:
        return f"Left out: “{name}” is no place." if name else "Left out: it names no place."
    return f"Nothing: no place called “{name}” is known." if place_code < 0 else "Nothing."


def summarise_import(import_result: ImportResult) -> str:
    """What a whole table holds, as a sentence: rows, figures, places and periods."""
    draft, consolidated_figures = import_result.draft, import_result.figures
    place_indices: list[int] = consolidated_figures.place.tolist()
    times: list[int] = consolidated_figures.period.tolist()
    places = len(set(place_indices))
    when = [draft.periods[at] for at in sorted(set(times))]
    span = ""
    if when:
        sorted_periods = words.distinct(when)
        span = f", from {sorted_periods[0].label} to {sorted_periods[-1].label}" if len(sorted_periods) > 1 else ""
    parts = (
        words.pluralise(draft.rows, "row"),
        words.pluralise(consolidated_figures.count, "figure"),
        words.pluralise(places, "place"),
        words.pluralise(len(when), "period"),
    )
    return f"{words.join_list(parts)}{span}."


def leading_measure(import_result: ImportResult) -> str:
    """The id of the measure that the most places have figures of; of several, one known before."""
    draft, consolidated_figures = import_result.draft, import_result.figures
    things: list[int] = consolidated_figures.thing.tolist()
    places: list[int] = consolidated_figures.place.tolist()
    pairs = set(zip(things, places, strict=True))
    places_by_measure: dict[str, set[int]] = {}
    for thing, place in pairs:
        places_by_measure.setdefault(draft.things[thing].measure, set()).add(place)
    return max(
        sorted(places_by_measure),
        key=lambda one: (len(places_by_measure[one]), one not in draft.new),
        default="",
    )
