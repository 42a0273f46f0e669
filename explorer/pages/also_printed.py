"""What a chart says of numbers that are printed differently elsewhere: each beside the one that is drawn."""

from __future__ import annotations

from explorer.evidence.conflicts import Conflict, find_conflicts
from explorer.evidence.wording import small

from . import words
from .material import Material

_MOST = 3


def also_printed(material: Material) -> list[str]:
    """A sentence for each of the first few differences; the Conflicts view has them all."""
    told = [_told(material, conflict) for conflict in material.conflicts or _left_out(material)]
    more = len(told) - _MOST
    if more > 0:
        told = [
            *told[:_MOST],
            f"{words.capital(small(more))} more differ; the Conflicts view lists all.",
        ]
    return told


def _left_out(material: Material) -> list[Conflict]:
    """The differences of a chart that draws one figure for each thing: the others are not among its own."""
    drawn = {figure.id for figure in material.figures}
    held, places = material.reach.held, dict.fromkeys(figure.place for figure in material.figures)
    counts = [f for place in places for f in held.repeated(place) if f.measure == material.measure.id]
    sources = {figure.source: material.source(figure) for figure in counts}
    found = find_conflicts(counts, sources, material.question.rule)
    return [conflict for conflict in found if conflict.preferred in drawn]


def _told(material: Material, conflict: Conflict) -> str:
    by_id = {figure.id: figure for figure in conflict.figures}
    drawn = by_id[conflict.preferred]
    unit = material.library.measure(drawn.measure).unit
    others: dict[str, str] = {}
    for figure in conflict.figures:
        if figure.amount != drawn.amount:
            number = words.numbers(figure.amount, unit)
            others.setdefault(number, f"{number} ({words.source_named(material.source(figure))})")
    where = "" if drawn.place == material.reach.place.code else f"{material.place(drawn).name}, "
    which = f"{material.platform(drawn).name}, " if drawn.platform else ""
    return (
        f"{where}{which}{drawn.period.label}: {words.numbers(drawn.amount, unit)} is shown first; "
        f"{words.listed(others.values())} is published too."
    )
