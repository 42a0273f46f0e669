"""Where a search result leads: the one move that shows it, from what is on screen.

A result is shown where the person is as far as it can be: a quote that bears on the place on screen does not
send them to another.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import msgspec
from msgspec.structs import replace

from explorer.evidence import Figure, Unit
from explorer.pages.charts import chart_types
from explorer.pages.model import ChartKind, EvidenceLibrary, PageView, PanelKind, QueryChange, Question, select_place
from explorer.pages.panels import statements
from explorer.pages.selection import FigureQuery

from .intents import Intent
from .search import ResultKind, SearchResult

_PANELS = {
    ResultKind.QUOTE: PanelKind.VOICES,
    ResultKind.DEMAND: PanelKind.DEMANDS,
    ResultKind.CLAIM: PanelKind.CLAIMS,
}
_Changes = dict[str, Any]
_UNBOUND: _Changes = {"view": PageView.CHART, "since": "", "until": "", "base": ""}
"""A range or a base asked for earlier would hide what was found."""


def navigation_target(library: EvidenceLibrary, question: Question, result: SearchResult) -> QueryChange | None:
    """The move that shows ``result``; None for a command or a source, and for what is there no longer."""
    move: QueryChange | None = None
    match result.kind:
        case ResultKind.PLACE if result.id in library.places:
            move = select_place(result.id)
        case ResultKind.FIGURE:
            matches = library.figures(ids=(result.id,))
            move = _figure_target(library, question, matches[0]) if matches else None
        case ResultKind.MEASURE:
            move = _measure_target(library, question, result.id)
        case ResultKind.EVENT:
            move = _event_target(library, question, result.id)
        case ResultKind.QUOTE | ResultKind.DEMAND | ResultKind.CLAIM:
            move = _panel_target(library, question, result)
        case ResultKind.PAGE:
            move = _intent_target(library, result.id)
        case _:
            pass
    return move


def command_of(result: SearchResult) -> str:
    """The id of the command that is to be run once the result's page is there; empty where there is none."""
    return Intent.from_id(result.id).command if result.kind is ResultKind.PAGE else ""


def _intent_target(library: EvidenceLibrary, intent_id: str) -> QueryChange | None:
    try:
        intent = Intent.from_id(intent_id)
    except msgspec.DecodeError:
        return None
    if any(code not in library.places for code in (intent.place, *intent.beside) if code):
        return None
    plain = Question(place=intent.place)
    changes: _Changes = {**_UNBOUND, "measure": plain.measure, "scale": plain.scale, "grain": plain.grain}
    if intent.place:
        changes |= {"place": intent.place, "beside": intent.beside, "figure": ""}
    if intent.chart is not None:
        changes |= {"chart": intent.chart, "period": intent.period}
    if intent.panel is not None:
        changes["panel"] = intent.panel
    return _build_change(changes)


def panel_of(result: SearchResult) -> PanelKind | None:
    """The part of the side panel that has a card for the result; None where none has."""
    return _PANELS.get(result.kind)


def _build_change(changes: _Changes) -> QueryChange:
    return QueryChange(tuple(changes.items()), remembered=True)


def _figure_target(library: EvidenceLibrary, question: Question, figure: Figure) -> QueryChange:
    """The figure's evidence, beside the first chart that draws it; its card is there where none does."""
    figure_query, place = FigureQuery(library, measure_id=figure.measure), library.places.get(figure.place)
    base_changes: _Changes = {
        **_UNBOUND,
        "place": figure.place,
        "measure": figure.measure,
        "figure": figure.id,
        "panel": PanelKind.EVIDENCE,
    }
    candidates = [{**base_changes, **more} for more in _candidate_charts(library, figure)]
    for changes in candidates:
        select = chart_types()[changes["chart"]].select
        selection = select(figure_query, place, replace(question, **changes))
        if any(one.id == figure.id for one in selection.figures):
            return _build_change(changes)
    return _build_change(candidates[0])


def _candidate_charts(library: EvidenceLibrary, figure: Figure) -> Iterator[_Changes]:
    """The charts that may draw a figure, the likeliest first."""
    period = figure.period.text
    share = library.measure(figure.measure).unit is Unit.PER_CENT
    if figure.platform or share:
        members = bool(figure.platform and library.platform(figure.platform).members)
        for groups in (members, not members):
            yield {"chart": ChartKind.PLATFORMS, "period": period, "groups": groups}
            yield {"chart": ChartKind.SHIFT, "period": "", "groups": groups}
    if figure.breakdown:
        yield {"chart": ChartKind.BREAKDOWN, "period": period}
    yield {"chart": ChartKind.TREND, "period": ""}
    yield {"chart": ChartKind.COMPARE, "period": period, "beside": ()}


def _measure_target(library: EvidenceLibrary, question: Question, measure: str) -> QueryChange | None:
    """The measure where the person is, or else above, or else in the first place that has it."""
    having = library.places_of(measure)
    if not having or all(one.id != measure for one in library.measures()):
        return None
    near = [question.place] if question.place in library.places else []
    near += [above.code for above in library.places.ancestors(near[0])] if near else []
    place = next((code for code in near if code in having), having[0])
    share = library.measure(measure).unit is Unit.PER_CENT
    return _build_change(
        {
            **_UNBOUND,
            "place": place,
            "measure": measure,
            "figure": "",
            "period": "",
            "chart": ChartKind.PLATFORMS if share else ChartKind.TREND,
        }
    )


def _event_target(library: EvidenceLibrary, question: Question, event_id: str) -> QueryChange | None:
    """The trend that the event is marked on."""
    event = next((event for event in library.events() if event.id == event_id), None)
    if event is None:
        return None
    changes: _Changes = {
        **_UNBOUND,
        "place": _place_for(library, question.place, event.places),
        "figure": "",
        "chart": ChartKind.TREND,
        "events": True,
    }
    return _build_change(changes | ({"measure": event.measure} if event.measure else {}))


def _place_for(library: EvidenceLibrary, now: str, places: Sequence[str]) -> str:
    """The place on screen where it is one of ``places`` or lies in one; otherwise the first of them."""
    if now not in library.places or not places:
        return places[0] if places else now
    above = {now, *(place.code for place in library.places.path(now))}
    aggregate_codes = {place.code for place in library.places if above & set(place.members)}
    return now if (above | aggregate_codes) & set(places) else places[0]


def _panel_target(library: EvidenceLibrary, question: Question, result: SearchResult) -> QueryChange | None:
    """The part of the panel with its card, at a place that it bears on, with nothing that filters it away."""
    items = {
        ResultKind.QUOTE: library.quotes,
        ResultKind.DEMAND: library.demands,
        ResultKind.CLAIM: library.claims,
    }
    item = next((item for item in items[result.kind]() if item.id == result.id), None)
    if item is None:
        return None
    panel_changes: _Changes = {"panel": _PANELS[result.kind], "speaker": "", "words": "", "everywhere": False}
    panel_question = replace(question, **panel_changes)
    listing = {
        ResultKind.QUOTE: statements.select_quotes,
        ResultKind.DEMAND: statements.select_demands,
        ResultKind.CLAIM: statements.select_claims,
    }[result.kind]
    for code in (question.place, *item.places):
        candidate_place = library.places.get(code) if code in library.places else None
        if candidate_place and any(one.id == item.id for one in listing(library, panel_question, candidate_place)):
            away = {} if code == question.place else {"place": code, "figure": ""}
            return _build_change(panel_changes | away)
    return _build_change(panel_changes | {"everywhere": True})
