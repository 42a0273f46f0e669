"""The table twin of a chart: the same figures in rows, with how each was printed and where."""

from __future__ import annotations

from collections.abc import Sequence

from explorer.evidence.model import Figure, Status, Unit

from . import words
from .chart import ChartKind
from .material import Material
from .page import Row, Table
from .scale import grouped
from .shares import share_heading

_LAST = ("Status", "Range", "As published", "Source")
_INTERVAL = "95% interval"


def table(material: Material) -> Table:
    """A row for each figure of the chart, in the chart's order; a column that says nothing is left out."""
    if material.reach.chart is ChartKind.MAP:
        from .map import table_rows

        return table_rows(material)
    several = len({figure.place for figure in material.figures}) > 1
    platforms = any(figure.platform for figure in material.figures)
    divided = any(figure.breakdown for figure in material.figures)
    columns = ("Place",) * several + ("Platform",) * platforms + ("Division",) * divided
    rows = tuple(
        Row(
            figure=figure.id,
            cells=_cells(material, figure, place=several, platform=platforms, divided=divided),
        )
        for figure in material.figures
    )
    rows = (*rows, *_missing(material, lead=several and platforms))
    names = (*columns, "Period", _heading(material), _scaled_heading(material), _INTERVAL, *_LAST)
    kept = [at for at in range(len(names)) if any(row.cells[at] for row in rows)]
    return Table(
        columns=tuple(names[at] for at in kept),
        rows=tuple(Row(figure=row.figure, cells=tuple(row.cells[at] for at in kept)) for row in rows),
        numeric=tuple(at for at, name in enumerate(names[n] for n in kept) if name in _numbers(material)),
        shorthand=shorthand(material, rows),
    )


def _heading(material: Material) -> str:
    if not material.figures:
        return "Offences recorded"
    unit = material.measure.unit
    if unit is Unit.PER_CENT:
        return f"{share_heading(material.figures)} (%)"
    return words.AXIS[unit] + (" (%)" if unit is Unit.CHANGE else "")


def _scaled_heading(material: Material) -> str:
    told = material.scaled
    if told.values is None:
        return ""
    return f"Index ({told.base.label} = 100)" if told.base else told.axis


def _scaled(material: Material, figure: Figure) -> str:
    if material.scaled.values is None:
        return ""
    value = material.scaled.values.get(figure.id)
    return "[x]" if value is None else value.label()


def _interval(material: Material, figure: Figure) -> str:
    """The 95% interval of a rate; empty where there is none."""
    values = material.scaled.values
    value = values.get(figure.id) if values is not None else None
    return value.interval() if value is not None else ""


def _missing(material: Material, *, lead: bool) -> tuple[Row, ...]:
    """Shares that one place has and another has not, as the chart shows them: not printed is not zero."""
    if not lead:
        return ()
    places = {f.place: material.place(f) for f in material.figures}
    platforms = {f.platform: material.platform(f) for f in material.figures if f.platform}
    held = {(f.place, f.platform) for f in material.figures}
    when = words.period(material.figures[0].period)
    return tuple(
        Row(figure="", cells=(place.name, platform.name, when, "[x]", "", "", "", "", "not held", ""))
        for code, place in places.items()
        for key, platform in platforms.items()
        if (code, key) not in held
    )


def _numbers(material: Material) -> set[str]:
    return {_heading(material), _scaled_heading(material)} - {""}


def _cells(
    material: Material, figure: Figure, *, place: bool, platform: bool, divided: bool
) -> tuple[str, ...]:
    lead = (material.place(figure).name,) if place else ()
    if platform:
        lead = (*lead, material.platform(figure).name if figure.platform else "")
    if divided:
        lead = (*lead, words.capital(figure.breakdown))
    amount = figure.amount
    unit = material.library.measure(figure.measure).unit
    number = f"[{amount.status}]" if amount.number is None else grouped(amount.number)
    qualified = "" if amount.number is None or amount.qualifier == "exact" else amount.qualifier.value
    doubt = f"{figure.in_doubt.value} in doubt" if figure.in_doubt is not None else ""
    status = ", ".join(part for part in (qualified, _shorthand(amount.status), doubt) if part)
    source = material.source(figure)
    return (
        *lead,
        words.period(figure.period),
        number,
        _scaled(material, figure),
        _interval(material, figure),
        status,
        words.bounds(amount, unit),
        figure.printed,
        f"{words.source_named(source)}, {figure.locator}",
    )


def _shorthand(status: Status | None) -> str:
    return f"[{status}]" if status else ""


def shorthand(material: Material, rows: Sequence[Row]) -> tuple[str, ...]:
    """What each shorthand in the table means."""
    used = dict.fromkeys(f.amount.status for f in material.figures if f.amount.status)
    if any("[x]" in row.cells for row in rows):
        used.setdefault(Status.NOT_AVAILABLE)
    if any("[u]" in cell for row in rows for cell in row.cells):
        used.setdefault(Status.LOW_RELIABILITY)
    return tuple(f"[{status}] {words.STATUS_WORDS[status]}" for status in used)
