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
from explorer.library.library import Library
from explorer.pages import words

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


class SearchResult(Struct, frozen=True, kw_only=True):
    """One thing found. ``title`` and ``detail`` are plain text; ``id`` may be a place's code."""

    kind: ResultKind
    id: str
    title: str
    detail: str = ""


def figure_results(library: Library, figures: Iterable[Figure], *, with_source: bool) -> tuple[SearchResult, ...]:
    """Figures as results; ``with_source`` says who printed each."""
    return tuple(_figure_result(library, figure, with_source=with_source) for figure in figures)


def _figure_result(library: Library, figure: Figure, *, with_source: bool) -> SearchResult:
    measure, place = library.measure(figure.measure), library.places.get(figure.place)
    platform = library.platform(figure.platform).name if figure.platform else ""
    heading = ", ".join(part for part in (place.name, words.describe_period(figure.period), platform) if part)
    source_text = words.source_named(library.source(figure.source)) if with_source else figure.locator
    details = (measure.name, figure.breakdown, source_text)
    return SearchResult(
        kind=ResultKind.FIGURE,
        id=figure.id,
        title=f"{heading}: {words.describe_amount(figure.amount, measure.unit, figure.base)}",
        detail=", ".join(part for part in details if part),
    )


def iter_results(
    library: Library, kind: ResultKind, ids: Sequence[str], search_words: Sequence[str]
) -> Iterator[SearchResult]:
    """The items of a kind with these ids, in their order, as results."""
    items, tell = RESULT_TEXTS[kind]
    wanted_ids = frozenset(ids)
    text_by_id = {item.id: tell(library, item, search_words) for item in items(library) if item.id in wanted_ids}
    for id_ in ids:
        if id_ in text_by_id:
            title, detail = text_by_id[id_]
            yield SearchResult(kind=kind, id=id_, title=title, detail=detail)


_ResultText = tuple[str, str]
"""Title and detail."""


def _quote_text(_: Library, quote: Quote, search_words: Sequence[str]) -> _ResultText:
    extract = cut_excerpt(quote.text, search_words)
    title = f"“{extract}”" if quote.kind is VoiceKind.VERBATIM else extract
    return title, join_parts(quote.speaker, quote.role, quote.organisation)


def _demand_text(_: Library, demand: Demand, search_words: Sequence[str]) -> _ResultText:
    of = f" of {demand.addressed_to}" if demand.addressed_to else ""
    return cut_excerpt(demand.text, search_words), f"Asked by {demand.asked_by}{of}"


def _claim_text(library: Library, claim: Claim, search_words: Sequence[str]) -> _ResultText:
    source_text = words.source_named(library.source(claim.source))
    return cut_excerpt(claim.text, search_words), join_parts(
        f"Claimed by {claim.made_by}" if claim.made_by else "", source_text
    )


def _event_text(_: Library, event: Event, search_words: Sequence[str]) -> _ResultText:
    return cut_excerpt(event.name, search_words), words.format_date(event.date)


def _source_text(_: Library, source: Source, search_words: Sequence[str]) -> _ResultText:
    return cut_excerpt(source.title, search_words), join_parts(
        source.publisher, words.format_date(source.published) if source.published else ""
    )


def _measure_text(_: Library, measure: Measure, _search_words: Sequence[str]) -> _ResultText:
    return measure.name, cut_excerpt(measure.definition, ())


RESULT_TEXTS: dict[ResultKind, tuple[Callable[[Library], Iterable[Any]], Callable[..., _ResultText]]] = {
    ResultKind.QUOTE: (Library.quotes, _quote_text),
    ResultKind.DEMAND: (Library.demands, _demand_text),
    ResultKind.CLAIM: (Library.claims, _claim_text),
    ResultKind.EVENT: (Library.events, _event_text),
    ResultKind.SOURCE: (Library.sources, _source_text),
    ResultKind.MEASURE: (Library.measures, _measure_text),
}
"""Where the items of a kind are had from, and how one is told."""


def join_parts(*parts: str) -> str:
    """The parts that say anything, with commas between them."""
    return ", ".join(part for part in parts if part)


def cut_excerpt(text: str, search_words: Sequence[str]) -> str:
    """``text`` on one line, cut round the first of the typed words where it is long."""
    line = " ".join(text.split())
    if len(line) <= _EXCERPT:
        return line
    offsets = [at for word in search_words if (at := _find_word(line, word)) >= 0]
    first = max(0, min(offsets, default=0) - _BEFORE)
    start = line.find(" ", first) + 1 if first else 0
    end = start + _EXCERPT
    snippet = line[start:end]
    if end < len(line):
        snippet = f"{snippet.rsplit(' ', 1)[0].rstrip(',;:.')}…"
    return f"…{snippet}" if start else snippet


def _find_word(line: str, word: str) -> int:
    """Where a word begins with ``word``, without regard to case; -1 where none does."""
    match = re.search(rf"\b{re.escape(word)}", line, re.IGNORECASE)
    return match.start() if match else -1
