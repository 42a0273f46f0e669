"""One field that finds everything: places, figures, what was said, events, sources, measures and commands.

It finds and words; where a result leads stands in ``navigation_target``. Answered while somebody types, so it asks the
full-text tables and reads only what it shows.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from explorer.evidence.model import Source
from explorer.evidence.places import normalise
from explorer.library.library import Library
from explorer.pages import words

from .outline import find_places
from .page import PlaceMatch
from .results import HEADINGS, RESULT_TEXTS, ResultKind, SearchResult, figure_results, iter_results, join_parts

HELP = "A place, a number, a period, a platform or any words, such as kent 2018/19 or snapchat 48%."
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


def search_library(
    library: Library, text: str, commands: Sequence[tuple[str, str]] = (), limit: int = 30
) -> tuple[SearchResult, ...]:
    """What ``text`` leads to, in groups, the likeliest first; nothing for an empty text.

    ``commands`` are those that can be used now, as id and words. Every word has to be found; order, case and
    accents do not matter, and the last may be only begun. Never raises for what is typed.
    """
    search_words = normalise(text).split()
    if not search_words:
        return ()
    groups = {kind: tuple[SearchResult, ...]() for kind in HEADINGS}
    groups[ResultKind.PLACE] = _find_place_results(library, text)
    groups[ResultKind.FIGURE] = figure_results(library, library.find_figures(text, _MOST_OF_ALL), with_source=True)
    groups |= _find_text_results(library, text, search_words)
    groups[ResultKind.COMMAND] = _find_command_results(commands, search_words)
    sorted_groups = {kind: groups[kind] for kind in _order_groups(groups, search_words)}
    return _shared_out(sorted_groups)[:limit]


def _shared_out(groups: Mapping[ResultKind, tuple[SearchResult, ...]]) -> tuple[SearchResult, ...]:
    """As many of each group as there is room for: a group alone may show more than one of many."""
    counts = {kind: min(len(results), _MOST.get(kind, _MOST_OTHERS)) for kind, results in groups.items()}
    spare = _PLENTY - sum(counts.values())
    for kind, results in groups.items():
        more = max(0, min(spare, len(results) - counts[kind]))
        counts[kind] += more
        spare -= more
    return tuple(result for kind, results in groups.items() for result in results[: counts[kind]])


def results_for_source(library: Library, source: str, limit: int = 60) -> tuple[SearchResult, ...]:
    """Everything that a source holds: its figures, and what was said, asked, claimed and dated in it."""
    same = _same_publication_ids(library, source)
    figures = (figure for one in same for figure in library.query_by_source(one, limit))
    rest = (
        result
        for kind in (ResultKind.EVENT, ResultKind.QUOTE, ResultKind.DEMAND, ResultKind.CLAIM)
        for result in iter_results(library, kind, _ids_of_sources(library, kind, same), [])
    )
    return (*figure_results(library, figures, with_source=False), *rest)[:limit]


def _same_publication_ids(library: Library, source: str) -> tuple[str, ...]:
    """The ids of one publication, which several packs may hold something of."""
    publications = {one.id: _publication_key(one) for one in library.sources()}
    return tuple(one for one, publication in publications.items() if publication == publications.get(source))


def _publication_key(source: Source) -> tuple[str, str, str]:
    return source.title.casefold(), source.publisher.casefold(), source.published


def _find_place_results(library: Library, text: str) -> tuple[SearchResult, ...]:
    return tuple(
        SearchResult(
            kind=ResultKind.PLACE,
            id=match.code,
            title=match.name,
            detail=_of_place(library, match),
        )
        for match in find_places(library, text, _MOST_OF_ALL)
    )


def _of_place(library: Library, match: PlaceMatch) -> str:
    what = words.capitalise(match.why or words.describe_level(library.places.get(match.code)))
    return join_parts(what, words.pluralise(match.figures, "figure") if match.figures else "")


def _find_command_results(commands: Iterable[tuple[str, str]], search_words: Sequence[str]) -> tuple[SearchResult, ...]:
    matches = [(id_, label) for id_, label in commands if _begins_words(normalise(label), search_words)]
    matches.sort(key=lambda command: not normalise(command[1]).startswith(" ".join(search_words)))
    return tuple(SearchResult(kind=ResultKind.COMMAND, id=id_, title=label) for id_, label in matches[:_MOST_OF_ALL])


def _find_text_results(
    library: Library, text: str, search_words: Sequence[str]
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


def _ids_of_sources(library: Library, kind: ResultKind, sources: Sequence[str]) -> tuple[str, ...]:
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
