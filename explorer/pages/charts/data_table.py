"""The table twin of a chart: the same figures in rows, with how each was printed and where."""

from __future__ import annotations

from collections.abc import Sequence

from explorer.evidence import Figure, FigureStatus, Unit, format_number, formatting
from explorer.pages.model import ChartTable, ChartTableRow
from explorer.pages.text import phrases

from .context import ChartContext, share_heading

_LAST = ("Status", "Range", "As published", "Source")
_INTERVAL = "95% interval"


def figure_table(material: ChartContext) -> ChartTable:
    """A row for each figure of the chart, in the chart's order; a column that says nothing is left out."""
    several = len({figure.place for figure in material.figures}) > 1
    platforms = any(figure.platform for figure in material.figures)
    has_breakdown = any(figure.breakdown for figure in material.figures)
    columns = ("Place",) * several + ("Platform",) * platforms + ("Division",) * has_breakdown
    rows = tuple(
        ChartTableRow(
            figure=figure.id,
            cells=_build_cells(material, figure, place=several, platform=platforms, breakdown=has_breakdown),
        )
        for figure in material.figures
    )
    rows = (*rows, *_build_missing_rows(material, lead=several and platforms))
    names = (*columns, "Period", _value_heading(material), _scaled_heading(material), _INTERVAL, *_LAST)
    column_indices = [at for at in range(len(names)) if any(row.cells[at] for row in rows)]
    return ChartTable(
        columns=tuple(names[at] for at in column_indices),
        rows=tuple(
            ChartTableRow(figure=row.figure, cells=tuple(row.cells[at] for at in column_indices)) for row in rows
        ),
        numeric=tuple(
            at for at, name in enumerate(names[n] for n in column_indices) if name in _numeric_columns(material)
        ),
        shorthand=describe_shorthand(material, rows),
    )


def _value_heading(material: ChartContext) -> str:
    if not material.figures:
        return "Offences recorded"
    unit = material.measure.unit
    if unit is Unit.PER_CENT:
        return f"{share_heading(material.figures)} (%)"
    return phrases.AXIS[unit] + (" (%)" if unit is Unit.CHANGE else "")


def _scaled_heading(material: ChartContext) -> str:
    scaled_figures = material.scaled_figures
    if scaled_figures.values is None:
        return ""
    return f"Index ({scaled_figures.base.label} = 100)" if scaled_figures.base else scaled_figures.axis


def _scaled_cell(material: ChartContext, figure: Figure) -> str:
    if material.scaled_figures.values is None:
        return ""
    value = material.scaled_figures.values.get(figure.id)
    return "[x]" if value is None else value.format_label()


def _interval_cell(material: ChartContext, figure: Figure) -> str:
    """The 95% interval of a rate; empty where there is none."""
    values = material.scaled_figures.values
    value = values.get(figure.id) if values is not None else None
    return value.format_interval() if value is not None else ""


def _build_missing_rows(material: ChartContext, *, lead: bool) -> tuple[ChartTableRow, ...]:
    """Shares that one place has and another has not, as the chart shows them: not printed is not zero."""
    if not lead:
        return ()
    places = {f.place: material.place_for(f) for f in material.figures}
    platforms = {f.platform: material.platform_for(f) for f in material.figures if f.platform}
    present_pairs = {(f.place, f.platform) for f in material.figures}
    when = formatting.period_in_sentence(material.figures[0].period)
    return tuple(
        ChartTableRow(figure="", cells=(place.name, platform.name, when, "[x]", "", "", "", "", "not held", ""))
        for code, place in places.items()
        for key, platform in platforms.items()
        if (code, key) not in present_pairs
    )


def _numeric_columns(material: ChartContext) -> set[str]:
    return {_value_heading(material), _scaled_heading(material)} - {""}


def _build_cells(
    material: ChartContext, figure: Figure, *, place: bool, platform: bool, breakdown: bool
) -> tuple[str, ...]:
    lead = (material.place_for(figure).name,) if place else ()
    if platform:
        lead = (*lead, material.platform_for(figure).name if figure.platform else "")
    if breakdown:
        lead = (*lead, formatting.capitalise(figure.breakdown))
    amount = figure.amount
    unit = material.library.measure(figure.measure).unit
    number = f"[{amount.status}]" if amount.number is None else format_number(amount.number)
    qualifier_text = "" if amount.number is None or amount.qualifier == "exact" else amount.qualifier.value
    doubt = f"{figure.in_doubt.value} in doubt" if figure.in_doubt is not None else ""
    status = ", ".join(part for part in (qualifier_text, _format_status(amount.status), doubt) if part)
    source = material.source_for(figure)
    return (
        *lead,
        formatting.period_in_sentence(figure.period),
        number,
        _scaled_cell(material, figure),
        _interval_cell(material, figure),
        status,
        formatting.format_bounds(amount, unit),
        figure.printed,
        f"{phrases.source_named(source)}, {figure.locator}",
    )


def _format_status(status: FigureStatus | None) -> str:
    return f"[{status}]" if status else ""


def describe_shorthand(material: ChartContext, rows: Sequence[ChartTableRow]) -> tuple[str, ...]:
    """What each shorthand in the table means."""
    statuses = dict.fromkeys(f.amount.status for f in material.figures if f.amount.status)
    if any("[x]" in row.cells for row in rows):
        statuses.setdefault(FigureStatus.NOT_AVAILABLE)
    if any("[u]" in cell for row in rows for cell in row.cells):
        statuses.setdefault(FigureStatus.LOW_RELIABILITY)
    return tuple(f"[{status}] {formatting.STATUS_WORDS[status]}" for status in statuses)
