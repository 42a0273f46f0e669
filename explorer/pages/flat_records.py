"""The figures of a page as plain rows: one a figure, one column for each thing known of it."""

from __future__ import annotations

from decimal import Decimal

from explorer.evidence import Figure, FigureStatus
from explorer.pages.model import ChartTable, EvidenceLibrary

COLUMNS = (
    "Place",
    "Code",
    "Measure",
    "Unit",
    "Platform",
    "Breakdown",
    "Period",
    "From",
    "To",
    "Number",
    "Qualifier",
    "Status",
    "Low",
    "High",
    "Printed as",
    "Share of",
    "Forces responding",
    "Source",
    "Publisher",
    "Date",
    "Where",
    "Address",
    "Note",
)
"""What a record tells, in its order. A cell that nothing is known for is an empty text."""
Cell = str | int | float
"""A cell of a record: a text, or a number as a number."""


def build_record(library: EvidenceLibrary, figure: Figure) -> tuple[Cell, ...]:
    """The record of one figure, in the order of ``COLUMNS``."""
    source = library.source(figure.source)
    amount, measure = figure.amount, library.measure(figure.measure)
    return (
        library.places.get(figure.place).name,
        figure.place,
        measure.name,
        measure.unit.value,
        library.platform(figure.platform).name if figure.platform else "",
        figure.breakdown,
        figure.period.label,
        figure.period.start.isoformat(),
        figure.period.end.isoformat(),
        to_number_cell(amount.number),
        amount.qualifier.value,
        f"[{amount.status}]" if amount.status else "",
        to_number_cell(amount.low),
        to_number_cell(amount.high),
        figure.printed,
        figure.base,
        to_number_cell(figure.forces_responding),
        source.title,
        source.publisher,
        source.published,
        figure.locator,
        source.address,
        figure.note,
    )


_RECORD_COLUMNS = {"Place": "Place", "Police force area": "Place", "Platform": "Platform", "Period": "Period"}
"""The columns of a page's table that a record has too, by its name for them."""


def build_missing_records(table: ChartTable) -> tuple[tuple[Cell, ...], ...]:
    """The rows of a page's table that no figure stands behind, as records: not available."""
    records: list[tuple[Cell, ...]] = []
    for row in table.rows:
        if not row.figure:
            values = {
                _RECORD_COLUMNS[head]: cell
                for head, cell in zip(table.columns, row.cells, strict=True)
                if head in _RECORD_COLUMNS
            }
            values["Status"] = f"[{FigureStatus.NOT_AVAILABLE}]"
            records.append(tuple(values.get(column, "") for column in COLUMNS))
    return tuple(records)


def to_number_cell(value: Decimal | int | None) -> Cell:
    """A number as a table holds it: whole ones without a point; nothing is an empty text, never 0."""
    if value is None:
        return ""
    exact = Decimal(value)
    return int(exact) if exact == exact.to_integral_value() else float(exact)
