"""From what was asked to what can be shown: the place, the chart, the measure and the figures.

What a person asks for may not exist. The nearest place that has figures stands in for one that has none; a
chart that cannot be drawn gives way to one that can, and a place is never quietly swapped for the sake of a
chart: shares printed for a region are not its force areas' shares. Each of these is said in one sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct, field

from explorer.evidence import Figure, Measure, Place, PlaceLevel
from explorer.library import Library
from explorer.pages.model import ChartChoice, ChartKind, PeriodGranularity, Question, TrendStyle, ValueScale
from explorer.pages.text import phrases

from .by_chart import can_draw, select_figures
from .figures import FigureQuery
from .periods import ChartSelection, in_range
from .scope import library_stats, unit_rank

_LABELS = {
    ChartKind.TREND: "Over time",
    ChartKind.PLATFORMS: "Platforms",
    ChartKind.SHIFT: "Platforms over time",
    ChartKind.BREAKDOWN: "Breakdown",
    ChartKind.COMPARE: "Compare",
    ChartKind.MAP: "Map",
}


_LEADING = re.compile(r"[0-9]{1,9}")
"""The number that a class's code begins with: 8N comes before 88A."""


class ResolvedQuery(Struct, frozen=True, kw_only=True):
    """What can be shown of a question. ``figures`` are what the chart draws, in drawing order."""

    requested_place: Place
    place: Place
    chart: ChartKind
    measure: Measure | None
    figures: tuple[Figure, ...]
    figure_query: FigureQuery
    selection: ChartSelection = field(default_factory=ChartSelection)
    notice: str = ""
    substitutions: tuple[str, ...] = ()
    """What was asked for and is not there, so that something else is shown: "chart", "measure", "period"."""
    charts: tuple[ChartChoice, ...] = ()
    measures: tuple[ChartChoice, ...] = ()


def resolve(library: Library, question: Question) -> ResolvedQuery:
    """What can be shown of ``question``. An unknown place leads to the United Kingdom, and says so."""
    figure_query = FigureQuery(library, question.rule, question.measure)
    requested_place, unknown_place_notice = _find_requested_place(library, question.place)
    place = _find_nearest_place(library, figure_query, requested_place)
    selection = select_figures(figure_query, place, question.chart, question)
    possible = {
        kind: bool(selection.figures) if kind is question.chart else can_draw(figure_query, place, kind, question)
        for kind in ChartKind
    }
    chart = _select_chart(question.chart, possible)
    selection = selection if chart is question.chart else select_figures(figure_query, place, chart, question)
    measure = library.measure(selection.figures[0].measure) if selection.figures else None
    notices_by_part = {
        "place": unknown_place_notice,
        "chart": _chart_notice(figure_query, question.chart, chart, place),
        "measure": _measure_notice(library, question, place, measure),
        "period": _period_notice(question, chart, selection.figures),
        "range": _range_notice(question, chart, selection.figures),
        "base": _base_notice(question, chart, selection.figures),
        "grain": _grain_notice(question, chart),
        "beside": _beside_notice(library, question, chart, selection.figures),
    }
    notices = (_place_notice(library, requested_place, place), *notices_by_part.values())
    return ResolvedQuery(
        requested_place=requested_place,
        place=place,
        chart=chart,
        measure=measure,
        figures=selection.figures,
        figure_query=figure_query,
        selection=selection,
        notice=" ".join(part for part in notices if part),
        substitutions=tuple(name for name, notice in notices_by_part.items() if notice),
        charts=_build_chart_choices(figure_query, place, possible, chart),
        measures=_build_measure_choices(figure_query, place, chart, measure),
    )


def _find_requested_place(library: Library, code: str) -> tuple[Place, str]:
    if code in library.places:
        return library.places.get(code), ""
    top = next(iter(library.places))
    return top, f"No place has the code {code}; {phrases.place_in_sentence(top)} is shown."


def _find_nearest_place(library: Library, figure_query: FigureQuery, requested_place: Place) -> Place:
    for place in (requested_place, *library.places.ancestors(requested_place.code)):
        if figure_query.has_offence_figures(place.code):
            return place
    return requested_place


def _select_chart(wanted_kind: ChartKind, possible: Mapping[ChartKind, bool]) -> ChartKind:
    if possible[wanted_kind]:
        return wanted_kind
    return next((kind for kind in ChartKind if possible[kind]), wanted_kind)


def _build_chart_choices(
    figure_query: FigureQuery, place: Place, possible: Mapping[ChartKind, bool], current_kind: ChartKind
) -> tuple[ChartChoice, ...]:
    return tuple(
        ChartChoice(
            id=kind.value,
            label=_LABELS[kind],
            chosen=kind is current_kind,
            why_not="" if possible[kind] else _why_not(figure_query, kind, place),
        )
        for kind in ChartKind
    )


def _why_not(figure_query: FigureQuery, kind: ChartKind, place: Place) -> str:
    where = phrases.place_in_sentence(place)
    if kind is ChartKind.TREND:
        return f"We hold no count of offences for {where}."
    if kind is ChartKind.SHIFT and figure_query.shares_for(place.code):
        return f"We hold platform shares of {where} for one period only."
    if kind is ChartKind.BREAKDOWN:
        return f"We hold no figure by sex, age or another division for {where}."
    if kind is ChartKind.MAP:
        return "We hold no figure of a police force area."
    if kind is ChartKind.COMPARE:
        return f"No other place has a figure of the same measure and period as {where}."
    return f"We hold no platform share of {where}.{_nearest_shares(figure_query, place)}"


def _nearest_shares(figure_query: FigureQuery, place: Place) -> str:
    for above in figure_query.library.places.ancestors(place.code):
        if figure_query.shares_for(above.code):
            return f" The nearest are those of {phrases.place_in_sentence(above)}."
    return ""


def _chart_notice(figure_query: FigureQuery, wanted_kind: ChartKind, shown_kind: ChartKind, place: Place) -> str:
    if wanted_kind is shown_kind:
        return ""
    return f"{_why_not(figure_query, wanted_kind, place)} “{_LABELS[shown_kind]}” is shown."


def _measure_notice(library: Library, question: Question, place: Place, shown_measure: Measure | None) -> str:
    """That the measure asked for is not held for the place; empty where it is what is shown."""
    if not question.measure or (shown_measure is not None and shown_measure.id == question.measure):
        return ""
    wanted_name = next((one.name for one in library.measures() if one.id == question.measure), question.measure)
    sentence = f"We hold no figure of “{wanted_name}” for {phrases.place_in_sentence(place)}"
    if library.figures(place=place.code, measure=question.measure):
        sentence += " that this chart can show"
    return f"{sentence}; “{shown_measure.name}” is shown." if shown_measure is not None else f"{sentence}."


def _beside_notice(library: Library, question: Question, chart: ChartKind, figures: Iterable[Figure]) -> str:
    """That a place to compare with has nothing to show; empty where all that were asked for are shown."""
    if chart is not ChartKind.COMPARE:
        return ""
    shown_places = {figure.place for figure in figures}
    without = [code for code in question.beside if code in library.places and code not in shown_places]
    place_names = phrases.join_list(phrases.place_in_sentence(library.places.get(code)) for code in without)
    return f"We hold no figure to compare for {place_names}." if without else ""


_OVER_TIME = frozenset({ChartKind.TREND, ChartKind.SHIFT})
_ONE_PERIOD = frozenset({ChartKind.PLATFORMS, ChartKind.BREAKDOWN, ChartKind.MAP, ChartKind.SHIFT})


def _period_notice(question: Question, chart: ChartKind, figures: Iterable[Figure]) -> str:
    """That the period asked for is not held; empty where it is shown, or where the chart takes no period."""
    periods_ = {figure.period.text: figure.period for figure in figures}
    bars = chart is ChartKind.COMPARE and question.style is TrendStyle.BARS
    requested_period = question.period if chart in _ONE_PERIOD or bars else ""
    if not requested_period or requested_period in periods_ or not periods_:
        return ""
    last = max(periods_.values(), key=lambda one: one.end)
    return (
        f"We hold no such figure of {phrases.asked_period(requested_period)}; {phrases.describe_period(last)} is shown."
    )


def _range_notice(question: Question, chart: ChartKind, figures: Sequence[Figure]) -> str:
    """That nothing lies in the range asked for, so that every period is shown."""
    ends = [phrases.asked_period(text) for text in (question.since, question.until) if text]
    lines = chart is ChartKind.COMPARE and question.style is TrendStyle.LINE
    if not ends or not figures or not (lines or chart in _OVER_TIME):
        return ""
    if any(in_range(f.period, question) for f in figures):
        return ""
    if len(ends) > 1:
        where = f"between {ends[0]} and {ends[1]}"
    else:
        where = f"from {ends[0]} on" if question.since else f"up to {ends[0]}"
    return f"We hold no such figure {where}; every period is shown."


def _base_notice(question: Question, chart: ChartKind, figures: Sequence[Figure]) -> str:
    """That the period that change was to be counted from is not one of those shown."""
    shows_change = question.scale is ValueScale.CHANGE and chart in {ChartKind.COMPARE, ChartKind.MAP}
    if not question.base or not shows_change or not figures or any(f.period.text == question.base for f in figures):
        return ""
    return (
        f"Change cannot be counted from {phrases.asked_period(question.base)} here: not every figure of it is "
        "held, may be compared with those shown and counts 20 offences or more. The period used instead is "
        "in the title."
    )


def _grain_notice(question: Question, chart: ChartKind) -> str:
    """That bars beside one another are of whole years, where quarters were asked for."""
    if (
        question.grain is not PeriodGranularity.QUARTERS
        or chart is not ChartKind.COMPARE
        or question.style is TrendStyle.LINE
    ):
        return ""
    return "Bars compare whole years; lines can compare quarters."


def _place_notice(library: Library, requested_place: Place, place: Place) -> str:
    if requested_place == place:
        return ""
    place_name = phrases.place_in_sentence(place)
    if requested_place.level is PlaceLevel.LOCAL_AUTHORITY:
        return _council_notice(library, requested_place, place)
    return (
        f"We hold no figure of {phrases.place_in_sentence(requested_place)}; "
        f"{place_name}, which it is part of, is shown."
    )


def _council_notice(library: Library, requested_place: Place, place: Place) -> str:
    force = library.places.force_of(requested_place.code)
    what = "was a local authority" if requested_place.former else "is a local authority"
    if force is None:
        return f"{requested_place.name} {what} without figures of its own; {phrases.place_in_sentence(place)} is shown."
    reason = f"{requested_place.name} {what} in the {force.name} police force area"
    if force == place:
        return f"{reason}; offences are recorded by force area, so {force.name} is shown."
    return f"{reason}, of which we hold no figure; {phrases.place_in_sentence(place)} is shown."


def _build_measure_choices(
    figure_query: FigureQuery, place: Place, chart: ChartKind, current_measure: Measure | None
) -> tuple[ChartChoice, ...]:
    """The measures that such a chart of the place could show, the likeliest first."""
    ids = dict.fromkeys(_find_measure_ids(figure_query, place, chart))
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


def _find_measure_ids(figure_query: FigureQuery, place: Place, chart: ChartKind) -> list[str]:
    match chart:
        case ChartKind.TREND:
            return [
                *_measure_ids(figure_query.counts_for(place.code)),
                *figure_query.crime_code_measures(place.code),
            ]
        case ChartKind.PLATFORMS:
            return _measure_ids(f for f in figure_query.figures_for(place.code) if f.platform)
        case ChartKind.SHIFT:
            return _measure_ids(figure_query.shares_for(place.code))
        case ChartKind.BREAKDOWN:
            return _measure_ids(figure_query.breakdowns_for(place.code))
        case ChartKind.COMPARE:
            own = (*figure_query.counts_for(place.code), *figure_query.shares_for(place.code))
            return [*_measure_ids(own), *figure_query.crime_code_measures(place.code)]
        case ChartKind.MAP:
            from .force_areas import map_measures

            return list(map_measures(figure_query))


def _measure_ids(figures: Iterable[Figure]) -> list[str]:
    return [figure.measure for figure in figures]
