"""Evidence to Chart: which composer draws a question, and the parts that all charts share."""

from __future__ import annotations

from msgspec.structs import replace

from explorer.evidence.model import Figure, Level, NoteKind, Place

from . import beside, shares, shifts, trend, words
from . import map as tilemap
from .chart import Axis, Chart, ChartKind, Shape
from .material import Material, source_line

_COMPOSERS = {
    ChartKind.TREND: trend.compose,
    ChartKind.PLATFORMS: shares.platforms,
    ChartKind.SHIFT: shifts.shift,
    ChartKind.BREAKDOWN: shares.divided,
    ChartKind.COMPARE: beside.compose,
    ChartKind.MAP: tilemap.compose,
}

_OTHER_NATIONS = frozenset("SN")
"""What the codes of places in Scotland and in Northern Ireland begin with."""
_ON_THE_CHART = frozenset({NoteKind.SCOPE, NoteKind.BASE, NoteKind.ATTRIBUTION})
"""The differences that change what a chart shows; the others stand on the evidence card."""


def compose(material: Material) -> Chart:
    """The whole chart for what the question reaches, or an empty one that says what to do."""
    if not material.figures:
        return _empty(material)
    chart = _COMPOSERS[material.reach.chart](material)
    return replace(
        chart,
        notes=tuple(dict.fromkeys((*chart.notes, *_shared_notes(material)))),
        source_line=source_line(material),
    )


def _shared_notes(material: Material) -> list[str]:
    notes = [f"{words.capital(told)}." for told in _coverage(material)]
    based = bool(shares.base_counts(material, material.figures))
    notes += [
        note.text
        for note in material.notes
        if note.kind in _ON_THE_CHART and not (based and note.kind is NoteKind.BASE)
    ]
    if any(_is_of_england_or_wales(material.place(f)) for f in material.figures):
        notes.append(words.NOT_ACCREDITED)
    return notes


def _is_of_england_or_wales(place: Place) -> bool:
    """Whether a place has crime that police in England and Wales record: other codes begin otherwise."""
    return place.level is not Level.LOCAL_AUTHORITY and place.code[:1] not in _OTHER_NATIONS


def _coverage(material: Material) -> list[str]:
    """How many forces answered: period by period in one note, or in the source's words where there is one."""
    told = [f for f in material.figures if f.forces_responding is not None]
    answered = dict.fromkeys(words.forces(f) for f in told)
    if len(answered) < 2:
        return [f"forces responding: {each}" for each in answered]
    several = len({f.place for f in told}) > 1
    each = dict.fromkeys(_answered(material, f, named=several) for f in told)
    return [f"forces responding: {', '.join(each)}"]


def _answered(material: Material, figure: Figure, *, named: bool) -> str:
    of = f" of {figure.forces_total}" if figure.forces_total is not None else ""
    where = f", {material.place(figure).name}" if named else ""
    return f"{figure.forces_responding}{of} ({figure.period.label}{where})"


def _empty(material: Material) -> Chart:
    nothing = Axis(title="", low=0.0, high=1.0, ticks=())
    place = words.placed(material.reach.asked)
    return Chart(
        kind=material.reach.chart,
        shape=Shape.COLUMNS,
        title="No figures loaded",
        subtitle=material.reach.asked.name,
        categories=nothing,
        values=nothing,
        series=(),
        alt_text=f"No chart: no figure is loaded for {place}.",
        empty=_what_to_do(material, place),
    )


def _what_to_do(material: Material, place: str) -> str:
    """Why there is nothing to draw, and the way out: another place, or a pack that is switched off."""
    states = [state for state in material.library.packs() if not state.problems]
    off = sum(not state.enabled for state in states)
    if states and off == len(states):
        return "Every pack is switched off. Open the list of packs in the File menu and switch one on."
    told = f"No figure is loaded for {place} or for a place it is part of. "
    way = "Choose a place with a number beside it, or look at the list of packs"
    return f"{told}{way}: {words.counted(off, 'pack')} switched off." if off else f"{told}{way}."
