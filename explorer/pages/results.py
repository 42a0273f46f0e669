"""What a search result says: a title and a line under it, for each kind of thing that can be found.

It words what it is given; what is found, and in which order, is the business of ``search``.
"""

from __future__ import annotations

import enum
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from msgspec import Struct

from explorer.evidence.model import Claim, Demand, Event, Figure, Measure, Quote, Source, VoiceKind
from explorer.packs.library import Library

from . import words

_BEFORE, _EXCERPT = 40, 150
"""How many letters of a long text stand before the word that was found, and how many are shown in all."""


class ResultKind(enum.StrEnum):
    """What was found."""

    PLACE = "place"
    FIGURE = "figure"
    MEASURE = "measure"
    EVENT = "event"
    QUOTE = "quote"
    DEMAND = "demand"
    CLAIM = "claim"
    SOURCE = "source"
    COMMAND = "command"


HEADINGS = {
    ResultKind.PLACE: "Places",
    ResultKind.FIGURE: "Figures",
    ResultKind.MEASURE: "What is counted",
    ResultKind.EVENT: "Events",
    ResultKind.QUOTE: "Quotes",
    ResultKind.DEMAND: "Demands",
    ResultKind.CLAIM: "Claims",
    ResultKind.SOURCE: "Sources",
    ResultKind.COMMAND: "Commands",
}
"""What each group is called, in the usual order of groups."""


class Result(Struct, frozen=True, kw_only=True):
    """One thing found. ``title`` and ``detail`` are plain text; ``id`` may be a place's code."""

    kind: ResultKind
    id: str
    title: str
    detail: str = ""


def figure_results(library: Library, figures: Iterable[Figure], *, located: bool) -> tuple[Result, ...]:
    """Figures as results; ``located`` says who printed each."""
    return tuple(_figure(library, figure, located=located) for figure in figures)


def _figure(library: Library, figure: Figure, *, located: bool) -> Result:
    measure, place = library.measure(figure.measure), library.places.get(figure.place)
    platform = library.platform(figure.platform).name if figure.platform else ""
    named = ", ".join(part for part in (place.name, words.period(figure.period), platform) if part)
    printed = words.source_named(library.source(figure.source)) if located else figure.locator
    told = (measure.name, figure.breakdown, printed)
    return Result(
        kind=ResultKind.FIGURE,
        id=figure.id,
        title=f"{named}: {words.amount(figure.amount, measure.unit, figure.base)}",
        detail=", ".join(part for part in told if part),
    )


def worded(library: Library, kind: ResultKind, ids: Sequence[str], typed: Sequence[str]) -> Iterator[Result]:
    """The items of a kind with these ids, in their order, as results."""
    items, tell = TOLD[kind]
    wanted = frozenset(ids)
    told = {item.id: tell(library, item, typed) for item in items(library) if item.id in wanted}
    for id_ in ids:
        if id_ in told:
            title, detail = told[id_]
            yield Result(kind=kind, id=id_, title=title, detail=detail)


_Told = tuple[str, str]
"""Title and detail."""


def _quote(_: Library, quote: Quote, typed: Sequence[str]) -> _Told:
    shown = excerpt(quote.text, typed)
    said = f"“{shown}”" if quote.kind is VoiceKind.VERBATIM else shown
    return said, joined(quote.speaker, quote.role, quote.organisation)


def _demand(_: Library, demand: Demand, typed: Sequence[str]) -> _Told:
    of = f" of {demand.addressed_to}" if demand.addressed_to else ""
    return excerpt(demand.text, typed), f"Asked by {demand.asked_by}{of}"


def _claim(library: Library, claim: Claim, typed: Sequence[str]) -> _Told:
    printed = words.source_named(library.source(claim.source))
    return excerpt(claim.text, typed), joined(f"Claimed by {claim.made_by}" if claim.made_by else "", printed)


def _event(_: Library, event: Event, typed: Sequence[str]) -> _Told:
    return excerpt(event.name, typed), words.dated(event.date)


def _source(_: Library, source: Source, typed: Sequence[str]) -> _Told:
    return excerpt(source.title, typed), joined(
        source.publisher, words.dated(source.published) if source.published else ""
    )


def _measure(_: Library, measure: Measure, _typed: Sequence[str]) -> _Told:
    return measure.name, excerpt(measure.definition, ())


TOLD: dict[ResultKind, tuple[Callable[[Library], Iterable[Any]], Callable[..., _Told]]] = {
    ResultKind.QUOTE: (Library.quotes, _quote),
    ResultKind.DEMAND: (Library.demands, _demand),
    ResultKind.CLAIM: (Library.claims, _claim),
    ResultKind.EVENT: (Library.events, _event),
    ResultKind.SOURCE: (Library.sources, _source),
    ResultKind.MEASURE: (Library.measures, _measure),
}
"""Where the items of a kind are had from, and how one is told."""


def joined(*parts: str) -> str:
    """The parts that say anything, with commas between them."""
    return ", ".join(part for part in parts if part)


def excerpt(text: str, typed: Sequence[str]) -> str:
    """``text`` on one line, cut round the first of the typed words where it is long."""
    line = " ".join(text.split())
    if len(line) <= _EXCERPT:
        return line
    found = [at for word in typed if (at := _at(line, word)) >= 0]
    first = max(0, min(found, default=0) - _BEFORE)
    start = line.find(" ", first) + 1 if first else 0
    end = start + _EXCERPT
    cut = line[start:end]
    if end < len(line):
        cut = f"{cut.rsplit(' ', 1)[0].rstrip(',;:.')}…"
    return f"…{cut}" if start else cut


def _at(line: str, word: str) -> int:
    """Where a word begins with ``word``, without regard to case; -1 where none does."""
    found = re.search(rf"\b{re.escape(word)}", line, re.IGNORECASE)
    return found.start() if found else -1
