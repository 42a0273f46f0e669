"""What a person says of a table's columns: which there are to choose from, what is still to be said.

A mapping is a recipe that is still being made. Nothing is read by it here; see ``trial``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from explorer.evidence import formatting
from explorer.importer.sources import RawSheet

from .consolidation import ConsolidatedFigures, consolidate
from .draft import ImportDraft, UnmatchedPlace
from .lookups import period_of
from .pack_builder import SOURCE, build_figures
from .recipe import FixedValues, Recipe, TableShape, find_column, normalise_heading
from .session import ImportResult, LibraryCatalogue
from .table_reader import LEFT_OUT, TOTAL, TableReader, has_columns

LEAVE_OUT = "-"
"""In place of a place's code: the rows under a name are left out."""
_LONGEST_HEADING = 48


class SheetColumn(Struct, frozen=True, kw_only=True):
    """One column of a sheet. ``name`` is how a recipe names it, ``label`` how a person finds it."""

    at: int
    name: str
    label: str
    is_period: bool
    """Whether its heading is a period."""


def column_letters(at: int) -> str:
    """A column as spreadsheets name it: "A" for 0, "AA" for 26."""
    text = ""
    at += 1
    while at:
        at, rest = divmod(at - 1, 26)
        text = chr(65 + rest) + text
    return text


def columns_of(rows: Sequence[Sequence[object]], header: int) -> tuple[SheetColumn, ...]:
    """The columns below the row of headings, the empty ones at the end left out."""
    headings = rows[header] if header < len(rows) else ()
    below = rows[header : header + 60]
    width = max((_row_width(row) for row in below), default=0)
    folded_headings = [normalise_heading(heading) for heading in headings]
    columns: list[SheetColumn] = []
    for at in range(width):
        heading = headings[at] if at < len(headings) else None
        unique = bool(normalise_heading(heading)) and folded_headings.count(normalise_heading(heading)) == 1
        words = _shorten_heading(heading)
        columns.append(
            SheetColumn(
                at=at,
                name=str(heading) if unique else f"#{at + 1}",
                label=f"{column_letters(at)}: {words}" if words else f"Column {column_letters(at)}",
                is_period=period_of(heading) is not None,
            )
        )
    return tuple(columns)


def _row_width(row: Sequence[object]) -> int:
    return max((at + 1 for at, cell in enumerate(row) if cell not in (None, "")), default=0)


def _shorten_heading(heading: object) -> str:
    text = " ".join(str(heading).split()) if heading is not None else ""
    return text if len(text) <= _LONGEST_HEADING else f"{text[:_LONGEST_HEADING]}…"


def header_row(recipe: Recipe, rows: Sequence[Sequence[object]]) -> int | None:
    """Which row holds the headings that ``recipe`` reads by, from 0; None where none does."""
    return next((at for at, row in enumerate(rows) if has_columns(recipe, row)), None)


def with_column(recipe: Recipe, what: str, name: str) -> Recipe:
    """``recipe`` with the column called ``name`` for ``what``; an empty name for none."""
    return replace(recipe, columns=replace(recipe.columns, **{what: [name] if name else []}))


def with_periods(recipe: Recipe, period: str, quarter: str) -> Recipe:
    """``recipe`` with the columns for time: a period, or a year and the quarter of it."""
    time = {"period": period, "quarter": ""} if not quarter else {"period": "", "quarter": quarter}
    new_recipe = with_column(with_column(recipe, "period", time["period"]), "quarter", time["quarter"])
    return with_column(new_recipe, "year", period if quarter else "")


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


def find_missing_fields(recipe: Recipe) -> dict[str, str]:
    """What has to be said before anything can be read: a sentence for each, by the field it belongs to."""
    columns, constants = recipe.columns, recipe.fixed
    messages: dict[str, str] = {}
    if not columns.place and not constants.place:
        messages["place"] = "Choose the column with the places, or one place for the whole table."
    if recipe.shape is TableShape.WIDE:
        if not columns.periods:
            messages["periods"] = "Tick at least one column of numbers. Its heading has to be a period."
    else:
        messages |= _missing_in_long(recipe)
    if not columns.measure and not constants.measure:
        messages["measure"] = "Say what is counted."
    return messages


def _missing_in_long(recipe: Recipe) -> dict[str, str]:
    columns, constants = recipe.columns, recipe.fixed
    messages: dict[str, str] = {}
    if not columns.period and not columns.year:
        if not constants.period:
            messages["period"] = "Choose the column with the periods, or one period for the whole table."
        elif period_of(constants.period) is None:
            messages["period"] = "Write a financial year as 2019/20, a quarter as Q1 2019/20 or Apr-Jun 2019."
    if not columns.amount:
        messages["amount"] = "Choose the column with the numbers."
    return messages


def as_long(recipe: Recipe) -> Recipe:
    """``recipe`` for a table with one figure a row."""
    return replace(recipe, shape=TableShape.LONG, columns=replace(recipe.columns, periods=[]))


def as_wide(recipe: Recipe, columns: Sequence[SheetColumn]) -> Recipe:
    """``recipe`` for a table with periods across, all of them ticked."""
    across = [column.name for column in columns if column.is_period]
    new_columns = replace(recipe.columns, periods=across, period=[], year=[], quarter=[], amount=[])
    return replace(recipe, shape=TableShape.WIDE, columns=new_columns)


def with_constants(recipe: Recipe, **values: str) -> Recipe:
    """``recipe`` with what is the same for the whole table."""
    constants: FixedValues = replace(recipe.fixed, **values)
    return replace(recipe, fixed=constants)


# What the first rows of a table would become by a recipe that is still being made, or why they would
# not.


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
    unmatched_places = tuple(intake.draft.unmatched_places.values())
    texts_by_row = _describe_figures(
        intake.draft, consolidate(intake.draft, recipe.rules, known_items.places), known_items
    )
    accepted_rows = set(texts_by_row)
    for problem in intake.draft.problems.all_problems():
        if problem.row is not None:
            texts_by_row.setdefault(problem.row, []).append(formatting.to_sentence(problem.what))
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
            formatting.describe_figure(figure, known_items.places.get(figure.place), unit, platform)
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
        sorted_periods = formatting.distinct_periods(when)
        span = f", from {sorted_periods[0].label} to {sorted_periods[-1].label}" if len(sorted_periods) > 1 else ""
    parts = (
        formatting.pluralise(draft.rows, "row"),
        formatting.pluralise(consolidated_figures.count, "figure"),
        formatting.pluralise(places, "place"),
        formatting.pluralise(len(when), "period"),
    )
    return f"{formatting.join_list(parts)}{span}."


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
