"""The kinds of chart, each registered once, and from evidence to a Chart or a table with what all kinds share.

A module of this package that draws a kind registers it; menus, keys, search, the command line, the smoke walk and
documents go through ``chart_types`` and name no kind themselves.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from importlib import import_module

from msgspec.structs import replace

from explorer.evidence import Figure, NoteKind, Period, Place, PlaceLevel, formatting
from explorer.pages.model import Chart, ChartAxis, ChartKind, ChartShape, ChartTable
from explorer.pages.selection import ChartSelector
from explorer.pages.text import phrases

from .context import ChartContext, base_counts, source_line
from .data_table import figure_table


def _has_scaled_values(material: ChartContext) -> bool:
    return bool(material.scaled_figures.values)


def _no_bases(_material: ChartContext) -> tuple[Sequence[Period], Period | None]:
    return (), None


def _drawn_periods(material: ChartContext) -> frozenset[str]:
    return frozenset(figure.period.text for figure in material.figures)


class ChartType(ChartSelector, frozen=True, kw_only=True):
    """A kind of chart: how it is called and chosen (see ``ChartSelector``), built, and told as a table."""

    build: Callable[[ChartContext], Chart]
    """The chart of what the question reaches, which is never nothing."""
    table: Callable[[ChartContext], ChartTable] = figure_table
    """The same figures in rows."""
    bases: Callable[[ChartContext], tuple[Sequence[Period], Period | None]] = _no_bases
    """The periods that change may be counted from, and the one that it is counted from."""
    shows_scale: Callable[[ChartContext], bool] = _has_scaled_values
    """Whether it shows the scale that is asked for, where it has scales."""
    shown_periods: Callable[[ChartContext], frozenset[str]] = _drawn_periods
    """The periods that it shows, by their texts, of those that may be chosen."""


_TYPES: dict[ChartKind, ChartType] = {}


def register_chart_type(chart_type: ChartType) -> None:
    """Make a kind known. A kind that is registered again takes the place of what it was."""
    _TYPES[chart_type.kind] = chart_type


def chart_types() -> Mapping[ChartKind, ChartType]:
    """Every kind of chart, in the order of ``ChartKind``."""
    _import_kinds()
    return {kind: _TYPES[kind] for kind in ChartKind if kind in _TYPES}


@cache
def _import_kinds() -> None:
    """Import each module of this package, so that a new kind needs no line here."""
    package = import_module(__name__.rpartition(".")[0])
    for module in pkgutil.iter_modules(package.__path__):
        import_module(f"{package.__name__}.{module.name}")


def measure_ids(figures: Iterable[Figure]) -> list[str]:
    """The measure of each figure."""
    return [figure.measure for figure in figures]


_OTHER_NATIONS = frozenset("SN")
"""What the codes of places in Scotland and in Northern Ireland begin with."""
_ON_THE_CHART = frozenset({NoteKind.SCOPE, NoteKind.BASE, NoteKind.ATTRIBUTION})
"""The differences that change what a chart shows; the others stand on the evidence card."""


def compose_chart(material: ChartContext) -> Chart:
    """The whole chart for what the question reaches, or an empty one that says what to do."""
    if not material.figures:
        return _empty_chart(material)
    chart = chart_types()[material.reach.chart].build(material)
    return replace(
        chart,
        notes=tuple(dict.fromkeys((*chart.notes, *_shared_notes(material)))),
        source_line=source_line(material),
    )


def build_table(material: ChartContext) -> ChartTable:
    """The table twin of the chart for what the question reaches."""
    return chart_types()[material.reach.chart].table(material) if material.figures else figure_table(material)


def _shared_notes(material: ChartContext) -> list[str]:
    notes = [f"{formatting.capitalise(coverage)}." for coverage in _describe_coverage(material)]
    has_base_counts = bool(base_counts(material, material.figures))
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
    place = formatting.place_in_sentence(material.reach.requested_place)
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
    return f"{sentence}{way}: {formatting.pluralise(off, 'pack')} switched off." if off else f"{sentence}{way}."
