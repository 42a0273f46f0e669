"""The figures of a settled draft, as the evidence has them: ids, amounts as printed, where they stand."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from decimal import Decimal

from explorer.evidence.amounts import compute_bounds
from explorer.evidence.model import Amount, Figure, Qualifier, Unit

from .amount_cells import AmountCell
from .bulk import id_segment
from .draft import ImportDraft, Variable
from .meanings import make_slug
from .settled import ConsolidatedFigures

YEAR_NOTE = "The sum of its four quarters in the table."
_PER_CENT_BASE = "as the imported table says"


def build_figures(
    draft: ImportDraft,
    figure_columns: ConsolidatedFigures,
    pack: str,
    source: str,
    only: Collection[int] | None = None,
) -> Iterator[Figure]:
    """Each figure with its id and source made those of ``pack``; ``only`` those at some positions."""
    if only is not None and not only:
        return
    names = [thing_name(thing) for thing in draft.things]
    single = len(draft.sheets) <= 1
    whole: list[int] = figure_columns.number.tolist()
    columns = (figure_columns.place, figure_columns.thing, figure_columns.period)
    rows: list[tuple[int, int, int]] = list(zip(*(column.tolist() for column in columns), strict=True))
    for at in range(len(rows)) if only is None else sorted(only):
        place, thing, period = rows[at]
        variable, when = draft.things[thing], draft.periods[period]
        unit = draft.measures[variable.measure].unit
        cell = figure_columns.odd.get(at) or AmountCell(number=Decimal(whole[at]), printed_text=str(whole[at]))
        base, note = figure_columns.extra.get(at, ("", ""))
        yield Figure(
            id=f"{pack}/{names[thing][0]}.{draft.places[place]}.{id_segment(when.text)}{names[thing][1]}",
            pack=pack,
            measure=variable.measure,
            place=draft.places[place],
            period=when,
            platform=variable.platform,
            breakdown=variable.breakdown,
            amount=_build_amount(cell, unit),
            printed=cell.printed_text,
            base=base or (_PER_CENT_BASE if unit is Unit.PER_CENT else ""),
            source=f"{pack}/{source}",
            locator=format_locator(
                draft.sheets[int(figure_columns.sheet[at])], int(figure_columns.row[at]), single=single
            ),
            note=" ".join(part for part in (note, added_note(int(figure_columns.row_count[at]))) if part),
        )


def thing_name(thing: Variable) -> tuple[str, str]:
    """What stands in an id for what is counted: before the place, and after the period."""
    parts = [make_slug(part).replace(".", "-") for part in (thing.platform or "", thing.breakdown) if part]
    return thing.measure, "".join(f"_{part}" for part in parts)


def format_locator(sheet: str, row: int, *, single: bool) -> str:
    """Where in the table a figure stands."""
    return f"row {row}" if single or not sheet else f"sheet {sheet}, row {row}"


def added_note(rows: int) -> str:
    """What is said of a figure that more than one row stands behind."""
    if rows == 1:
        return ""
    return f"The sum of {rows} rows of the table." if rows else YEAR_NOTE


def _build_amount(cell: AmountCell, unit: Unit) -> Amount:
    qualifier = cell.qualifier if cell.number is not None else Qualifier.EXACT
    low, high = compute_bounds(cell.number, qualifier, unit)
    return Amount(number=cell.number, qualifier=qualifier, status=cell.status, low=low, high=high)
