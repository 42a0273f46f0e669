"""The figures of a page as plain rows: one a figure, one column for each thing known of it."""

from __future__ import annotations

from decimal import Decimal

from explorer.evidence.model import Figure, Status
from explorer.packs.library import Library

from .page import Table

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


def record(library: Library, figure: Figure) -> tuple[Cell, ...]:
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
        number(amount.number),
        amount.qualifier.value,
        f"[{amount.status}]" if amount.status else "",
        number(amount.low),
        number(amount.high),
        figure.printed,
        figure.base,
        number(figure.forces_responding),
        source.title,
        source.publisher,
        source.published,
        figure.locator,
        source.address,
        figure.note,
    )


_HEADED = {"Place": "Place", "Police force area": "Place", "Platform": "Platform", "Period": "Period"}
"""The columns of a page's table that a record has too, by its name for them."""


def missing(table: Table) -> tuple[tuple[Cell, ...], ...]:
    """The rows of a page's table that no figure stands behind, as records: not available."""
    found: list[tuple[Cell, ...]] = []
    for row in table.rows:
        if not row.figure:
            told = {
                _HEADED[head]: cell
                for head, cell in zip(table.columns, row.cells, strict=True)
                if head in _HEADED
            }
            told["Status"] = f"[{Status.NOT_AVAILABLE}]"
            found.append(tuple(told.get(column, "") for column in COLUMNS))
    return tuple(found)


def number(value: Decimal | int | None) -> Cell:
    """A number as a table holds it: whole ones without a point; nothing is an empty text, never 0."""
    if value is None:
        return ""
    exact = Decimal(value)
    return int(exact) if exact == exact.to_integral_value() else float(exact)
