"""Where a search result leads: the one move that shows it, from what is on screen.

A result is shown where the person is as far as it can be: a quote that bears on the place on screen does not
send them to another.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from msgspec.structs import replace

from explorer.evidence.model import Figure, Unit
from explorer.packs.library import Library

from . import voices
from .chart import ChartKind
from .drawable import drawable
from .held import Held
from .question import Move, Panel, Question, View, go
from .results import Result, ResultKind

_PANELS = {
    ResultKind.QUOTE: Panel.VOICES,
    ResultKind.DEMAND: Panel.DEMANDS,
    ResultKind.CLAIM: Panel.CLAIMS,
}
_Changes = dict[str, Any]
_UNBOUND: _Changes = {"view": View.CHART, "since": "", "until": "", "base": ""}
"""A range or a base asked for earlier would hide what was found."""


def landing(library: Library, question: Question, result: Result) -> Move | None:
    """The move that shows ``result``; None for a command or a source, and for what is there no longer."""
    match result.kind:
        case ResultKind.PLACE:
            return go(result.id) if result.id in library.places else None
        case ResultKind.FIGURE:
            found = library.figures(ids=(result.id,))
            return _figure(library, question, found[0]) if found else None
        case ResultKind.MEASURE:
            return _measure(library, question, result.id)
        case ResultKind.EVENT:
            return _event(library, question, result.id)
        case ResultKind.QUOTE | ResultKind.DEMAND | ResultKind.CLAIM:
            return _voice(library, question, result)
        case ResultKind.SOURCE | ResultKind.COMMAND:
            return None


def panel_of(result: Result) -> Panel | None:
    """The part of the side panel that has a card for the result; None where none has."""
    return _PANELS.get(result.kind)


def _move(changes: _Changes) -> Move:
    return Move(tuple(changes.items()), remembered=True)


def _figure(library: Library, question: Question, figure: Figure) -> Move:
    """The figure's evidence, beside the first chart that draws it; its card is there where none does."""
    held, place = Held(library, wanted=figure.measure), library.places.get(figure.place)
    shown: _Changes = {
        **_UNBOUND,
        "place": figure.place,
        "measure": figure.measure,
        "figure": figure.id,
        "panel": Panel.EVIDENCE,
    }
    tried = [{**shown, **more} for more in _charts(library, figure)]
    for changes in tried:
        drawn = drawable(held, place, changes["chart"], replace(question, **changes))
        if any(one.id == figure.id for one in drawn.figures):
            return _move(changes)
    return _move(tried[0])


def _charts(library: Library, figure: Figure) -> Iterator[_Changes]:
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


def _measure(library: Library, question: Question, measure: str) -> Move | None:
    """The measure where the person is, or else above, or else in the first place that has it."""
    having = library.places_of(measure)
    if not having or all(one.id != measure for one in library.measures()):
        return None
    near = [question.place] if question.place in library.places else []
    near += [above.code for above in library.places.ancestors(near[0])] if near else []
    place = next((code for code in near if code in having), having[0])
    share = library.measure(measure).unit is Unit.PER_CENT
    return _move(
        {
            **_UNBOUND,
            "place": place,
            "measure": measure,
            "figure": "",
            "period": "",
            "chart": ChartKind.PLATFORMS if share else ChartKind.TREND,
        }
    )


def _event(library: Library, question: Question, event_id: str) -> Move | None:
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
    return _move(changes | ({"measure": event.measure} if event.measure else {}))


def _place_for(library: Library, now: str, places: Sequence[str]) -> str:
    """The place on screen where it is one of ``places`` or lies in one; otherwise the first of them."""
    if now not in library.places or not places:
        return places[0] if places else now
    above = {now, *(place.code for place in library.places.path(now))}
    counted = {place.code for place in library.places if above & set(place.members)}
    return now if (above | counted) & set(places) else places[0]


def _voice(library: Library, question: Question, result: Result) -> Move | None:
    """The part of the panel with its card, at a place that it bears on, with nothing that filters it away."""
    items = {
        ResultKind.QUOTE: library.quotes,
        ResultKind.DEMAND: library.demands,
        ResultKind.CLAIM: library.claims,
    }
    item = next((item for item in items[result.kind]() if item.id == result.id), None)
    if item is None:
        return None
    shown: _Changes = {"panel": _PANELS[result.kind], "speaker": "", "words": "", "everywhere": False}
    asked = replace(question, **shown)
    listing = {
        ResultKind.QUOTE: voices.quotes,
        ResultKind.DEMAND: voices.demands,
        ResultKind.CLAIM: voices.claims,
    }[result.kind]
    for code in (question.place, *item.places):
        known = library.places.get(code) if code in library.places else None
        if known and any(one.id == item.id for one in listing(library, asked, known)):
            away = {} if code == question.place else {"place": code, "figure": ""}
            return _move(shown | away)
    return _move(shown | {"everywhere": True})
