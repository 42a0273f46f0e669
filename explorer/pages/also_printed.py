"""What a chart says of numbers that are printed differently elsewhere: each beside the one that is drawn."""

from __future__ import annotations

from explorer.evidence.conflicts import ConflictingFigures, find_conflicts
from explorer.evidence.formatting import spell_small_number
from explorer.pages import words

from .material import ChartContext

_MOST = 3


def alternate_value_notes(material: ChartContext) -> list[str]:
    """A sentence for each of the first few differences; the Conflicts view has them all."""
    notes = [_describe_conflict(material, conflict) for conflict in material.conflicts or _left_out(material)]
    more = len(notes) - _MOST
    if more > 0:
        notes = [
            *notes[:_MOST],
            f"{words.capitalise(spell_small_number(more))} more differ; the Conflicts view lists all.",
        ]
    return notes


def _left_out(material: ChartContext) -> list[ConflictingFigures]:
    """The differences of a chart that draws one figure for each thing: the others are not among its own."""
    drawn_ids = {figure.id for figure in material.figures}
    figure_query, places = (
        material.reach.figure_query,
        dict.fromkeys(figure.place for figure in material.figures),
    )
    counts = [
        f for place in places for f in figure_query.repeated_counts_for(place) if f.measure == material.measure.id
    ]
    sources = {figure.source: material.source_for(figure) for figure in counts}
    conflicts = find_conflicts(counts, sources, material.question.rule)
    return [conflict for conflict in conflicts if conflict.preferred_id in drawn_ids]


def _describe_conflict(material: ChartContext, conflict: ConflictingFigures) -> str:
    by_id = {figure.id: figure for figure in conflict.figures}
    preferred_figure = by_id[conflict.preferred_id]
    unit = material.library.measure(preferred_figure.measure).unit
    others: dict[str, str] = {}
    for figure in conflict.figures:
        if figure.amount != preferred_figure.amount:
            number = words.format_amount(figure.amount, unit)
            others.setdefault(number, f"{number} ({words.source_named(material.source_for(figure))})")
    where = (
        "" if preferred_figure.place == material.reach.place.code else f"{material.place_for(preferred_figure).name}, "
    )
    which = f"{material.platform_for(preferred_figure).name}, " if preferred_figure.platform else ""
    return (
        f"{where}{which}{preferred_figure.period.label}: "
        f"{words.format_amount(preferred_figure.amount, unit)} is shown first; "
        f"{words.join_list(others.values())} is published too."
    )
