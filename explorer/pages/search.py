"""One field that finds everything: places, figures, what was said, events, sources, measures and commands.

It finds and words; where a result leads stands in ``landing``. Answered while somebody types, so it asks the
full-text tables and reads only what it shows.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from explorer.evidence.model import Source
from explorer.evidence.place_names import fold
from explorer.packs.library import Library

from . import words
from .outline import find
from .page import Found
from .results import HEADINGS, TOLD, Result, ResultKind, figure_results, joined, worded

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
_SAID = ("quote", "demand", "claim", "event", "source")
_LEAST_FOR_A_COMMAND = 3


def search(
    library: Library, text: str, commands: Sequence[tuple[str, str]] = (), limit: int = 30
) -> tuple[Result, ...]:
    """What ``text`` leads to, in groups, the likeliest first; nothing for an empty text.

    ``commands`` are those that can be used now, as id and words. Every word has to be found; order, case and
    accents do not matter, and the last may be only begun. Never raises for what is typed.
    """
    typed = fold(text).split()
    if not typed:
        return ()
    groups = {kind: tuple[Result, ...]() for kind in HEADINGS}
    groups[ResultKind.PLACE] = _places(library, text)
    groups[ResultKind.FIGURE] = figure_results(
        library, library.find_figures(text, _MOST_OF_ALL), located=True
    )
    groups |= _said(library, text, typed)
    groups[ResultKind.COMMAND] = _commands(commands, typed)
    ordered = {kind: groups[kind] for kind in _order(groups, typed)}
    return _shared_out(ordered)[:limit]


def _shared_out(groups: Mapping[ResultKind, tuple[Result, ...]]) -> tuple[Result, ...]:
    """As many of each group as there is room for: a group alone may show more than one of many."""
    shown = {kind: min(len(held), _MOST.get(kind, _MOST_OTHERS)) for kind, held in groups.items()}
    spare = _PLENTY - sum(shown.values())
    for kind, held in groups.items():
        more = max(0, min(spare, len(held) - shown[kind]))
        shown[kind] += more
        spare -= more
    return tuple(result for kind, held in groups.items() for result in held[: shown[kind]])


def of_source(library: Library, source: str, limit: int = 60) -> tuple[Result, ...]:
    """Everything that a source holds: its figures, and what was said, asked, claimed and dated in it."""
    same = _alike(library, source)
    figures = (figure for one in same for figure in library.of_source(one, limit))
    rest = (
        result
        for kind in (ResultKind.EVENT, ResultKind.QUOTE, ResultKind.DEMAND, ResultKind.CLAIM)
        for result in worded(library, kind, _ids_of_sources(library, kind, same), [])
    )
    return (*figure_results(library, figures, located=False), *rest)[:limit]


def _alike(library: Library, source: str) -> tuple[str, ...]:
    """The ids of one publication, which several packs may hold something of."""
    told = {one.id: _publication(one) for one in library.sources()}
    return tuple(one for one, publication in told.items() if publication == told.get(source))


def _publication(source: Source) -> tuple[str, str, str]:
    return source.title.casefold(), source.publisher.casefold(), source.published


def _places(library: Library, text: str) -> tuple[Result, ...]:
    return tuple(
        Result(
            kind=ResultKind.PLACE,
            id=found.code,
            title=found.name,
            detail=_of_place(library, found),
        )
        for found in find(library, text, _MOST_OF_ALL)
    )


def _of_place(library: Library, found: Found) -> str:
    what = words.capital(found.why or words.level(library.places.get(found.code)))
    return joined(what, words.counted(found.figures, "figure") if found.figures else "")


def _commands(commands: Iterable[tuple[str, str]], typed: Sequence[str]) -> tuple[Result, ...]:
    met = [(id_, told) for id_, told in commands if _begins_words(fold(told), typed)]
    met.sort(key=lambda command: not fold(command[1]).startswith(" ".join(typed)))
    return tuple(Result(kind=ResultKind.COMMAND, id=id_, title=told) for id_, told in met[:_MOST_OF_ALL])


def _said(library: Library, text: str, typed: Sequence[str]) -> dict[ResultKind, tuple[Result, ...]]:
    """What the packs say in words, by kind."""
    ids: dict[str, list[str]] = {}
    for hit in (*library.search(text, _LIKELIEST, _SAID), *library.search(text, _LIKELIEST, ("measure",))):
        known = ids.setdefault(hit.kind, [])
        if hit.id not in known:  # a measure is defined in every pack that uses it
            known.append(hit.id)
    return {
        ResultKind(kind): _named_first(worded(library, ResultKind(kind), several, typed), typed)[
            :_MOST_OF_ALL
        ]
        for kind, several in ids.items()
    }


def _named_first(results: Iterable[Result], typed: Sequence[str]) -> tuple[Result, ...]:
    """Each result once, those whose title holds what was typed first; their order is kept otherwise.

    A publication that several packs hold something of is told the same in all of them.
    """
    kept: dict[tuple[str, str], Result] = {}
    for result in results:
        kept.setdefault((result.title, result.detail), result)
    return tuple(sorted(kept.values(), key=lambda one: not _begins_words(fold(one.title), typed)))


def _ids_of_sources(library: Library, kind: ResultKind, sources: Sequence[str]) -> tuple[str, ...]:
    return tuple(item.id for item in TOLD[kind][0](library) if item.source in sources)


def _begins_words(folded: str, typed: Sequence[str]) -> bool:
    """Whether every typed word begins one of the words."""
    held = folded.split()
    return all(any(word.startswith(one) for word in held) for one in typed)


def _order(groups: dict[ResultKind, tuple[Result, ...]], typed: Sequence[str]) -> list[ResultKind]:
    """Groups in their usual order, but a command that begins as typed comes first, a mistyped place last."""
    ordered = list(HEADINGS)
    places, commands = groups[ResultKind.PLACE], groups[ResultKind.COMMAND]
    near = any(_begins_words(fold(f"{p.title} {p.id} {p.detail}"), typed) for p in places)
    if places and not near:
        ordered.remove(ResultKind.PLACE)
        ordered.append(ResultKind.PLACE)
    started = " ".join(typed)
    command = fold(commands[0].title) if commands else ""
    if not near and len(started) >= _LEAST_FOR_A_COMMAND and command.startswith(started):
        ordered.remove(ResultKind.COMMAND)
        ordered.insert(0, ResultKind.COMMAND)
    return ordered
