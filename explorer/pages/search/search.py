"""One field that finds everything: places, figures, what was said, events, sources, measures and commands.

It finds and words; where a result leads stands in ``navigation_target``. Answered while somebody types, so it asks the
full-text tables and reads only what it shows.
"""

from __future__ import annotations

import enum
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct

from explorer.evidence import Claim, Demand, Event, Figure, Measure, Quote, Source, VoiceKind, formatting, normalise
from explorer.pages.model import EvidenceLibrary, PlaceMatch
from explorer.pages.text import phrases

from .intents import find_intents, meaningful_words
from .lookup import find_places

# What a search result says: a title and a line under it, for each kind of thing that can be found.


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
    PAGE = "page"


HEADINGS = {
    ResultKind.PAGE: "What you ask",
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


def figure_results(
    library: EvidenceLibrary, figures: Iterable[Figure], *, with_source: bool
) -> tuple[SearchResult, ...]:
    """Figures as results; ``with_source`` says who printed each."""
    return tuple(_figure_result(library, figure, with_source=with_source) for figure in figures)


def _figure_result(library: EvidenceLibrary, figure: Figure, *, with_source: bool) -> SearchResult:
    measure, place = library.measure(figure.measure), library.places.get(figure.place)
    platform = library.platform(figure.platform).name if figure.platform else ""
    heading = ", ".join(part for part in (place.name, formatting.period_in_sentence(figure.period), platform) if part)
    source_text = phrases.source_named(library.source(figure.source)) if with_source else figure.locator
    details = (measure.name, figure.breakdown, source_text)
    return SearchResult(
        kind=ResultKind.FIGURE,
        id=figure.id,
        title=f"{heading}: {formatting.describe_amount(figure.amount, measure.unit, figure.base)}",
        detail=", ".join(part for part in details if part),
    )


def iter_results(
    library: EvidenceLibrary, kind: ResultKind, ids: Sequence[str], search_words: Sequence[str]
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


def _quote_text(_: EvidenceLibrary, quote: Quote, search_words: Sequence[str]) -> _ResultText:
    extract = cut_excerpt(quote.text, search_words)
    title = f"“{extract}”" if quote.kind is VoiceKind.VERBATIM else extract
    return title, join_parts(quote.speaker, quote.role, quote.organisation)


def _demand_text(_: EvidenceLibrary, demand: Demand, search_words: Sequence[str]) -> _ResultText:
    of = f" of {demand.addressed_to}" if demand.addressed_to else ""
    return cut_excerpt(demand.text, search_words), f"Asked by {demand.asked_by}{of}"


def _claim_text(library: EvidenceLibrary, claim: Claim, search_words: Sequence[str]) -> _ResultText:
    source_text = phrases.source_named(library.source(claim.source))
    return cut_excerpt(claim.text, search_words), join_parts(
        f"Claimed by {claim.made_by}" if claim.made_by else "", source_text
    )


def _event_text(_: EvidenceLibrary, event: Event, search_words: Sequence[str]) -> _ResultText:
    return cut_excerpt(event.name, search_words), formatting.format_date(event.date)


def _source_text(_: EvidenceLibrary, source: Source, search_words: Sequence[str]) -> _ResultText:
    return cut_excerpt(source.title, search_words), join_parts(
        source.publisher, formatting.format_date(source.published) if source.published else ""
    )


def _measure_text(_: EvidenceLibrary, measure: Measure, _search_words: Sequence[str]) -> _ResultText:
    return measure.name, cut_excerpt(measure.definition, ())


RESULT_TEXTS: dict[ResultKind, tuple[Callable[[EvidenceLibrary], Iterable[Any]], Callable[..., _ResultText]]] = {
    ResultKind.QUOTE: (lambda library: library.quotes(), _quote_text),
    ResultKind.DEMAND: (lambda library: library.demands(), _demand_text),
    ResultKind.CLAIM: (lambda library: library.claims(), _claim_text),
    ResultKind.EVENT: (lambda library: library.events(), _event_text),
    ResultKind.SOURCE: (lambda library: library.sources(), _source_text),
    ResultKind.MEASURE: (lambda library: library.measures(), _measure_text),
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


HELP = "A place, a number or any words, such as kent 2018/19 or snapchat 48%; or a question: is it rising in Kent."
"""What may be typed, for a field that nothing has been typed in."""

_MOST = {
    ResultKind.PLACE: 4,
    ResultKind.FIGURE: 6,
    ResultKind.MEASURE: 2,
    ResultKind.COMMAND: 4,
}
_MOST_OTHERS = 3
"""How many of each kind are shown where several kinds were found; what is left of ``_PLENTY`` goes to those
that hold more, as far as ``_MOST_OF_ALL``."""
_PLENTY, _MOST_OF_ALL = 16, 12
_LIKELIEST = 80
"""How many hits are looked at for groups that share one query."""
_TEXT_KINDS = ("quote", "demand", "claim", "event", "source")
_LEAST_FOR_A_COMMAND = 3
_LONGEST_SENTENCE = 200
_MOST_WORDS, _MOST_EACH, _SHORTEST = 4, 4, 3
"""How many words are looked for one by one where all together lead nowhere, and how much is shown of each.

Shorter words name nothing.
"""


def search_library(
    library: EvidenceLibrary, text: str, commands: Sequence[tuple[str, str]] = (), limit: int = 30
) -> tuple[SearchResult, ...]:
    """What ``text`` leads to, in groups, the likeliest first; nothing for an empty text.

    ``commands`` are those that can be used now, as id and words. Order, case and accents do not matter, and the last
    word may be only begun. A sentence that asks for a page leads to it. Where not every word is found, those that
    name something are looked for, and then each alone. Never raises for what is typed.
    """
    search_words = normalise(text).split()
    if not search_words:
        return ()
    groups = {kind: tuple[SearchResult, ...]() for kind in HEADINGS}
    groups[ResultKind.PLACE] = _find_place_results(library, text)
    groups[ResultKind.FIGURE] = figure_results(library, library.find_figures(text, _MOST_OF_ALL), with_source=True)
    groups |= _find_text_results(library, text, search_words)
    groups[ResultKind.COMMAND] = _find_command_results(commands, search_words)
    groups[ResultKind.PAGE] = _find_intent_results(library, text, commands)
    sorted_groups = {kind: groups[kind] for kind in _order_groups(groups, search_words)}
    return _shared_out(sorted_groups)[:limit] or _find_any_word(library, search_words)


def _find_intent_results(
    library: EvidenceLibrary, text: str, commands: Sequence[tuple[str, str]]
) -> tuple[SearchResult, ...]:
    """The pages that a sentence asks for; one with a command only where that can be used now."""
    usable = {id_ for id_, _ in commands}
    return tuple(
        SearchResult(kind=ResultKind.PAGE, id=intent.to_id(), title=intent.title, detail=intent.detail)
        for intent in find_intents(library, text[:_LONGEST_SENTENCE])
        if not intent.command or intent.command in usable
    )


def _find_any_word(library: EvidenceLibrary, search_words: Sequence[str]) -> tuple[SearchResult, ...]:
    """Where not every word was found: what the words that name something lead to, and then each of them alone.

    No command is among them, and no place whose name is only like a word: Enter would do what nobody asked for.
    """
    words = [word for word in meaningful_words(search_words) if len(word) >= _SHORTEST]
    together = search_library(library, " ".join(words)) if len(words) < len(search_words) else ()
    each = (search_library(library, word)[:_MOST_EACH] for word in words[:_MOST_WORDS] if len(words) > 1)
    found = dict.fromkeys(together or (result for results in each for result in results))
    return tuple(one for one in found if one.kind is not ResultKind.PLACE or _is_begun(one, words))


def _is_begun(place: SearchResult, words: Sequence[str]) -> bool:
    return any(_begins_words(normalise(f"{place.title} {place.id} {place.detail}"), [word]) for word in words)


def _shared_out(groups: Mapping[ResultKind, tuple[SearchResult, ...]]) -> tuple[SearchResult, ...]:
    """As many of each group as there is room for: a group alone may show more than one of many."""
    counts = {kind: min(len(results), _MOST.get(kind, _MOST_OTHERS)) for kind, results in groups.items()}
    spare = _PLENTY - sum(counts.values())
    for kind, results in groups.items():
        more = max(0, min(spare, len(results) - counts[kind]))
        counts[kind] += more
        spare -= more
    return tuple(result for kind, results in groups.items() for result in results[: counts[kind]])


def results_for_source(library: EvidenceLibrary, source: str, limit: int = 60) -> tuple[SearchResult, ...]:
    """Everything that a source holds: its figures, and what was said, asked, claimed and dated in it."""
    same = _same_publication_ids(library, source)
    figures = (figure for one in same for figure in library.query_by_source(one, limit))
    rest = (
        result
        for kind in (ResultKind.EVENT, ResultKind.QUOTE, ResultKind.DEMAND, ResultKind.CLAIM)
        for result in iter_results(library, kind, _ids_of_sources(library, kind, same), [])
    )
    return (*figure_results(library, figures, with_source=False), *rest)[:limit]


def _same_publication_ids(library: EvidenceLibrary, source: str) -> tuple[str, ...]:
    """The ids of one publication, which several packs may hold something of."""
    publications = {one.id: _publication_key(one) for one in library.sources()}
    return tuple(one for one, publication in publications.items() if publication == publications.get(source))


def _publication_key(source: Source) -> tuple[str, str, str]:
    return source.title.casefold(), source.publisher.casefold(), source.published


def _find_place_results(library: EvidenceLibrary, text: str) -> tuple[SearchResult, ...]:
    return tuple(
        SearchResult(
            kind=ResultKind.PLACE,
            id=match.code,
            title=match.name,
            detail=_of_place(library, match),
        )
        for match in find_places(library, text, _MOST_OF_ALL)
    )


def _of_place(library: EvidenceLibrary, match: PlaceMatch) -> str:
    what = formatting.capitalise(match.why or formatting.describe_level(library.places.get(match.code)))
    return join_parts(what, formatting.pluralise(match.figures, "figure") if match.figures else "")


def _find_command_results(commands: Iterable[tuple[str, str]], search_words: Sequence[str]) -> tuple[SearchResult, ...]:
    matches = [(id_, label) for id_, label in commands if _begins_words(normalise(label), search_words)]
    matches.sort(key=lambda command: not normalise(command[1]).startswith(" ".join(search_words)))
    return tuple(SearchResult(kind=ResultKind.COMMAND, id=id_, title=label) for id_, label in matches[:_MOST_OF_ALL])


def _find_text_results(
    library: EvidenceLibrary, text: str, search_words: Sequence[str]
) -> dict[ResultKind, tuple[SearchResult, ...]]:
    """What the packs say in words, by kind."""
    ids: dict[str, list[str]] = {}
    for search_hit in (
        *library.search(text, _LIKELIEST, _TEXT_KINDS),
        *library.search(text, _LIKELIEST, ("measure",)),
    ):
        known_ids = ids.setdefault(search_hit.kind, [])
        if search_hit.id not in known_ids:  # a measure is defined in every pack that uses it
            known_ids.append(search_hit.id)
    return {
        ResultKind(kind): _named_first(iter_results(library, ResultKind(kind), several, search_words), search_words)[
            :_MOST_OF_ALL
        ]
        for kind, several in ids.items()
    }


def _named_first(results: Iterable[SearchResult], search_words: Sequence[str]) -> tuple[SearchResult, ...]:
    """Each result once, those whose title holds what was typed first; their order is kept otherwise.

    A publication that several packs hold something of is told the same in all of them.
    """
    unique_results: dict[tuple[str, str], SearchResult] = {}
    for result in results:
        unique_results.setdefault((result.title, result.detail), result)
    return tuple(sorted(unique_results.values(), key=lambda one: not _begins_words(normalise(one.title), search_words)))


def _ids_of_sources(library: EvidenceLibrary, kind: ResultKind, sources: Sequence[str]) -> tuple[str, ...]:
    return tuple(item.id for item in RESULT_TEXTS[kind][0](library) if item.source in sources)


def _begins_words(normalised_text: str, search_words: Sequence[str]) -> bool:
    """Whether every typed word begins one of the words."""
    text_words = normalised_text.split()
    return all(any(word.startswith(one) for word in text_words) for one in search_words)


def _order_groups(groups: dict[ResultKind, tuple[SearchResult, ...]], search_words: Sequence[str]) -> list[ResultKind]:
    """Groups in their usual order, but a command that begins as typed comes first, a mistyped place last."""
    kinds = list(HEADINGS)
    places, commands = groups[ResultKind.PLACE], groups[ResultKind.COMMAND]
    near = any(_begins_words(normalise(f"{p.title} {p.id} {p.detail}"), search_words) for p in places)
    if places and not near:
        kinds.remove(ResultKind.PLACE)
        kinds.append(ResultKind.PLACE)
    typed_text = " ".join(search_words)
    command = normalise(commands[0].title) if commands else ""
    if not near and len(typed_text) >= _LEAST_FOR_A_COMMAND and command.startswith(typed_text):
        kinds.remove(ResultKind.COMMAND)
        kinds.insert(0, ResultKind.COMMAND)
    return kinds
