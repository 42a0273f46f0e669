"""From what was asked to what can be shown: the place, the chart, the measure and the figures.

What a person asks for may not exist. The nearest place that has figures stands in for one that has none; a
chart that cannot be drawn gives way to one that can, and a place is never quietly swapped for the sake of a
chart: shares printed for a region are not its force areas' shares. Each of these is said in one sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeAlias

from msgspec import Struct, field

from explorer.evidence import Figure, Measure, Place, PlaceLevel, formatting
from explorer.pages.model import (
    ChartChoice,
    ChartKind,
    EvidenceLibrary,
    PeriodGranularity,
    Question,
    TrendStyle,
    ValueScale,
)
from explorer.pages.text import phrases

from .chart_selector import ChartOption, ChartSelector
from .figures import FigureQuery
from .periods import ChartSelection, in_range
from .scope import library_stats, unit_rank

_LEADING = re.compile(r"[0-9]{1,9}")
"""The number that a class's code begins with: 8N comes before 88A."""


class ResolvedQuery(Struct, frozen=True, kw_only=True):
    """What can be shown of a question. ``figures`` are what the chart draws, in drawing order."""

    requested_place: Place
    place: Place
    selector: ChartSelector
    measure: Measure | None
    figures: tuple[Figure, ...]
    figure_query: FigureQuery
    selection: ChartSelection = field(default_factory=ChartSelection)
    notice: str = ""
    substitutions: tuple[str, ...] = ()
    """What was asked for and is not there, so that something else is shown: "chart", "measure", "period"."""
    charts: tuple[ChartChoice, ...] = ()
    measures: tuple[ChartChoice, ...] = ()

    @property
    def chart(self) -> ChartKind:
        """The kind of chart that is shown."""
        return self.selector.kind


Selectors: TypeAlias = Mapping[ChartKind, ChartSelector]


def resolve(library: EvidenceLibrary, question: Question, selectors: Selectors) -> ResolvedQuery:
    """What can be shown of ``question`` in a chart of one of the kinds that ``selectors`` knows.

    An unknown place leads to the United Kingdom, and says so.
    """
    figure_query = FigureQuery(library, question.rule, question.measure)
    requested_place, unknown_place_notice = _find_requested_place(library, question.place)
    place = _find_nearest_place(library, figure_query, requested_place)
    requested = selectors[question.chart]
    selection = requested.select(figure_query, place, question)
    possible = {
        kind: bool(selection.figures) if one is requested else one.is_possible(figure_query, place, question)
        for kind, one in selectors.items()
    }
    selector = _select_chart(requested, selectors, possible)
    selection = selection if selector is requested else selector.select(figure_query, place, question)
    measure = library.measure(selection.figures[0].measure) if selection.figures else None
    notices_by_part = {
        "place": unknown_place_notice,
        "chart": _chart_notice(figure_query, requested, selector, place),
        "measure": _measure_notice(library, question, place, measure),
        "period": _period_notice(question, selector, selection.figures),
        "range": _range_notice(question, selector, selection.figures),
        "base": _base_notice(question, selector, selection.figures),
        "grain": _grain_notice(question, selector),
        "beside": _beside_notice(library, question, selector, selection.figures),
    }
    return ResolvedQuery(
        requested_place=requested_place,
        place=place,
        selector=selector,
        measure=measure,
        figures=selection.figures,
        figure_query=figure_query,
        selection=selection,
        notice=_join_notices(_place_notice(library, requested_place, place), *notices_by_part.values()),
        substitutions=tuple(name for name, notice in notices_by_part.items() if notice),
        charts=_build_chart_choices(figure_query, place, selectors, possible, selector),
        measures=_build_measure_choices(figure_query, place, selector, measure),
    )


def _join_notices(*notices: str) -> str:
    return " ".join(notice for notice in notices if notice)


def _find_requested_place(library: EvidenceLibrary, code: str) -> tuple[Place, str]:
    if code in library.places:
        return library.places.get(code), ""
    top = next(iter(library.places))
    return top, f"No place has the code {code}; {formatting.place_in_sentence(top)} is shown."


def _find_nearest_place(library: EvidenceLibrary, figure_query: FigureQuery, requested_place: Place) -> Place:
    for place in (requested_place, *library.places.ancestors(requested_place.code)):
        if figure_query.has_offence_figures(place.code):
            return place
    return requested_place


def _select_chart(requested: ChartSelector, selectors: Selectors, possible: Mapping[ChartKind, bool]) -> ChartSelector:
    if possible[requested.kind]:
        return requested
    return next((one for kind, one in selectors.items() if possible[kind]), requested)


def _build_chart_choices(
    figure_query: FigureQuery,
    place: Place,
    selectors: Selectors,
    possible: Mapping[ChartKind, bool],
    selector: ChartSelector,
) -> tuple[ChartChoice, ...]:
    return tuple(
        ChartChoice(
            id=kind.value,
            label=one.label,
            chosen=one is selector,
            why_not="" if possible[kind] else one.why_empty(figure_query, place),
        )
        for kind, one in selectors.items()
    )


def _chart_notice(figure_query: FigureQuery, requested: ChartSelector, selector: ChartSelector, place: Place) -> str:
    if requested is selector:
        return ""
    return f"{requested.why_empty(figure_query, place)} “{selector.label}” is shown."


def _measure_notice(library: EvidenceLibrary, question: Question, place: Place, shown_measure: Measure | None) -> str:
    """That the measure asked for is not held for the place; empty where it is what is shown."""
    if not question.measure or (shown_measure is not None and shown_measure.id == question.measure):
        return ""
    wanted_name = next((one.name for one in library.measures() if one.id == question.measure), question.measure)
    sentence = f"We hold no figure of “{wanted_name}” for {formatting.place_in_sentence(place)}"
    if library.figures(place=place.code, measure=question.measure):
        sentence += " that this chart can show"
    return f"{sentence}; “{shown_measure.name}” is shown." if shown_measure is not None else f"{sentence}."


def _beside_notice(
    library: EvidenceLibrary, question: Question, chart: ChartSelector, figures: Iterable[Figure]
) -> str:
    """That a place to compare with has nothing to show; empty where all that were asked for are shown."""
    if not chart.offers(ChartOption.PLACES):
        return ""
    shown_places = {figure.place for figure in figures}
    without = [code for code in question.beside if code in library.places and code not in shown_places]
    place_names = formatting.join_list(formatting.place_in_sentence(library.places.get(code)) for code in without)
    return f"We hold no figure to compare for {place_names}." if without else ""


def _period_notice(question: Question, chart: ChartSelector, figures: Iterable[Figure]) -> str:
    """That the period asked for is not held; empty where it is shown, or where the chart takes no period."""
    periods_ = {figure.period.text: figure.period for figure in figures}
    bars = chart.offers(ChartOption.PLACES) and question.style is TrendStyle.BARS
    takes_period = bars or chart.offers(ChartOption.PERIOD) or chart.offers(ChartOption.PART_PERIOD)
    requested_period = question.period if takes_period else ""
    if not requested_period or requested_period in periods_ or not periods_:
        return ""
    last = max(periods_.values(), key=lambda one: one.end)
    shown = formatting.period_in_sentence(last)
    return f"We hold no such figure of {phrases.asked_period(requested_period)}; {shown} is shown."


def _range_notice(question: Question, chart: ChartSelector, figures: Sequence[Figure]) -> str:
    """That nothing lies in the range asked for, so that every period is shown."""
    ends = [phrases.asked_period(text) for text in (question.since, question.until) if text]
    lines = chart.offers(ChartOption.PLACES) and question.style is TrendStyle.LINE
    if not ends or not figures or not (lines or chart.offers(ChartOption.RANGE)):
        return ""
    if any(in_range(f.period, question) for f in figures):
        return ""
    if len(ends) > 1:
        where = f"between {ends[0]} and {ends[1]}"
    else:
        where = f"from {ends[0]} on" if question.since else f"up to {ends[0]}"
    return f"We hold no such figure {where}; every period is shown."


def _base_notice(question: Question, chart: ChartSelector, figures: Sequence[Figure]) -> str:
    """That the period that change was to be counted from is not one of those shown."""
    shows_change = question.scale is ValueScale.CHANGE and bool(chart.scales)
    if not question.base or not shows_change or not figures or any(f.period.text == question.base for f in figures):
        return ""
    return (
        f"Change cannot be counted from {phrases.asked_period(question.base)} here: not every figure of it is "
        "held, may be compared with those shown and counts 20 offences or more. The period used instead is "
        "in the title."
    )


def _grain_notice(question: Question, chart: ChartSelector) -> str:
    """That bars beside one another are of whole years, where quarters were asked for."""
    if (
        question.grain is not PeriodGranularity.QUARTERS
        or not chart.offers(ChartOption.PLACES)
        or question.style is TrendStyle.LINE
    ):
        return ""
    return "Bars compare whole years; lines can compare quarters."


def _place_notice(library: EvidenceLibrary, requested_place: Place, place: Place) -> str:
    if requested_place == place:
        return ""
    place_name = formatting.place_in_sentence(place)
    if requested_place.level is PlaceLevel.LOCAL_AUTHORITY:
        return _council_notice(library, requested_place, place)
    return (
        f"We hold no figure of {formatting.place_in_sentence(requested_place)}; "
        f"{place_name}, which it is part of, is shown."
    )


def _council_notice(library: EvidenceLibrary, requested_place: Place, place: Place) -> str:
    force = library.places.force_of(requested_place.code)
    what = "was a local authority" if requested_place.former else "is a local authority"
    if force is None:
        return (
            f"{requested_place.name} {what} without figures of its own; {formatting.place_in_sentence(place)} is shown."
        )
    reason = f"{requested_place.name} {what} in the {force.name} police force area"
    if force == place:
        return f"{reason}; offences are recorded by force area, so {force.name} is shown."
    return f"{reason}, of which we hold no figure; {formatting.place_in_sentence(place)} is shown."


def _build_measure_choices(
    figure_query: FigureQuery, place: Place, chart: ChartSelector, current_measure: Measure | None
) -> tuple[ChartChoice, ...]:
    """The measures that such a chart of the place could show, the likeliest first."""
    ids = dict.fromkeys(chart.measures(figure_query, place))
    if current_measure is not None:
        ids.setdefault(current_measure.id)
    several = sorted((figure_query.library.measure(m) for m in ids), key=lambda m: _measure_sort_key(figure_query, m))
    return tuple(
        ChartChoice(
            id=m.id,
            label=m.name,
            chosen=current_measure is not None and m.id == current_measure.id,
            group=m.group,
            code=m.code,
        )
        for m in several
    )


def _measure_sort_key(figure_query: FigureQuery, measure: Measure) -> tuple[int, bool, tuple[str | int, ...]]:
    """Where a measure stands in the list: by its unit, classes of a table last and by group and code."""
    class_ = measure.id not in library_stats(figure_query.library).home
    number = _LEADING.match(measure.code)
    at = int(number[0]) if number else 0
    order = (measure.group, at, measure.code, measure.name, measure.id) if class_ else ()
    return unit_rank(measure.unit), class_, order
