"""Evidence to Chart: which composer draws a question, and the parts that all charts share."""

from __future__ import annotations

from msgspec.structs import replace

from explorer.evidence import Figure, NoteKind, Place, PlaceLevel
from explorer.pages.charts import breakdowns, comparison, tile_map as tilemap, trend
from explorer.pages.model import Chart, ChartAxis, ChartKind, ChartShape
from explorer.pages.text import phrases

from .context import ChartContext, source_line

_COMPOSERS = {
    ChartKind.TREND: trend.compose_trend,
    ChartKind.PLATFORMS: breakdowns.compose_platforms,
    ChartKind.SHIFT: breakdowns.compose_platform_shift,
    ChartKind.BREAKDOWN: breakdowns.compose_breakdown,
    ChartKind.COMPARE: comparison.compose_comparison,
    ChartKind.MAP: tilemap.compose_tile_map,
}

_OTHER_NATIONS = frozenset("SN")
"""What the codes of places in Scotland and in Northern Ireland begin with."""
_ON_THE_CHART = frozenset({NoteKind.SCOPE, NoteKind.BASE, NoteKind.ATTRIBUTION})
"""The differences that change what a chart shows; the others stand on the evidence card."""


def compose_chart(material: ChartContext) -> Chart:
    """The whole chart for what the question reaches, or an empty one that says what to do."""
    if not material.figures:
        return _empty_chart(material)
    chart = _COMPOSERS[material.reach.chart](material)
    return replace(
        chart,
        notes=tuple(dict.fromkeys((*chart.notes, *_shared_notes(material)))),
        source_line=source_line(material),
    )


def _shared_notes(material: ChartContext) -> list[str]:
    notes = [f"{phrases.capitalise(coverage)}." for coverage in _describe_coverage(material)]
    has_base_counts = bool(breakdowns.base_counts(material, material.figures))
    notes += [
        note.text
        for note in material.notes
        if note.kind in _ON_THE_CHART and not (has_base_counts and note.kind is NoteKind.BASE)
    ]
    if any(_is_of_england_or_wales(material.place_for(f)) for f in material.figures):
        notes.append(phrases.NOT_ACCREDITED)
    return notes


def _is_of_england_or_wales(place: Place) -> bool:
    """Whether a place has crime that police in England and Wales record: other codes begin otherwise."""
    return place.level is not PlaceLevel.LOCAL_AUTHORITY and place.code[:1] not in _OTHER_NATIONS


def _describe_coverage(material: ChartContext) -> list[str]:
    """How many forces answered: period by period in one note, or in the source's words where there is one."""
    with_responses = [f for f in material.figures if f.forces_responding is not None]
    response_texts = dict.fromkeys(phrases.describe_forces(f) for f in with_responses)
    if len(response_texts) < 2:
        return [f"forces responding: {each}" for each in response_texts]
    several = len({f.place for f in with_responses}) > 1
    each = dict.fromkeys(_format_response(material, f, include_place=several) for f in with_responses)
    return [f"forces responding: {', '.join(each)}"]


def _format_response(material: ChartContext, figure: Figure, *, include_place: bool) -> str:
    of = f" of {figure.forces_total}" if figure.forces_total is not None else ""
    where = f", {material.place_for(figure).name}" if include_place else ""
    return f"{figure.forces_responding}{of} ({figure.period.label}{where})"


def _empty_chart(material: ChartContext) -> Chart:
    nothing = ChartAxis(title="", low=0.0, high=1.0, ticks=())
    place = phrases.place_in_sentence(material.reach.requested_place)
    return Chart(
        kind=material.reach.chart,
        shape=ChartShape.COLUMNS,
        title="No figures loaded",
        subtitle=material.reach.requested_place.name,
        categories=nothing,
        values=nothing,
        series=(),
        alt_text=f"No chart: no figure is loaded for {place}.",
        empty=_what_to_do(material, place),
    )


def _what_to_do(material: ChartContext, place: str) -> str:
    """Why there is nothing to draw, and the way out: another place, or a pack that is switched off."""
    states = [state for state in material.library.packs() if not state.problems]
    off = sum(not state.enabled for state in states)
    if states and off == len(states):
        return "Every pack is switched off. Open the list of packs in the File menu and switch one on."
    sentence = f"No figure is loaded for {place} or for a place it is part of. "
    way = "Choose a place with a number beside it, or look at the list of packs"
    return f"{sentence}{way}: {phrases.pluralise(off, 'pack')} switched off." if off else f"{sentence}{way}."
