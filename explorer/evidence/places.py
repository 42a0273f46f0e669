"""The tree of places: who stands under whom, and which place a typed name leads to.

It holds what it is given and reads no file. What a place's figures are is asked of a Record.
"""

from __future__ import annotations

import enum
import unicodedata
from collections.abc import Iterable, Iterator

from msgspec import Struct

from .model import OtherName, Place, PlaceLevel

# Which place a typed name may mean: folding of spellings, and the order of what is found.


_SHORTEST_FOR_A_SLIP = 4
_LONGEST = 100
_SPELLINGS = {"saint": "st", "saints": "sts"}
_PASSED_OVER = frozenset(
    {
        *("area", "borough", "city", "constabulary", "council", "county", "district", "force", "forces"),
        *("heddlu", "metropolitan", "of", "police", "pnn", "service", "services", "the", "unitary"),
    }
)
"""Words that people add to a place's name, left out when the name as typed finds nothing."""


class NameMatch(Struct, frozen=True, kw_only=True):
    """A place that a typed name leads to. ``other`` is the other name that matched, None for its own."""

    place: Place
    other: OtherName | None
    exact: bool
    """True where the whole of a name, another name or a code was typed."""


class _MatchRank(enum.IntEnum):
    EXACT = 0
    BEGINS = 1
    WORDS = 2
    SLIP = 3


class _IndexedName(Struct, frozen=True):
    """One name of one place, folded."""

    at: int
    place: Place
    other: OtherName | None
    is_code: bool
    normalised_name: str
    words: tuple[str, ...]
    sorted_words: tuple[str, ...]


class NameIndex:
    """The folded names of places, given with those first that win a tie. A search looks through each once."""

    __slots__ = ("_indexed_names",)

    def __init__(self, places: Iterable[Place]) -> None:
        self._indexed_names = tuple(
            indexed_name
            for at, place in enumerate(places)
            for indexed_name in _index_names(at, place)
            if indexed_name.normalised_name
        )

    def find_matches(self, text: str, limit: int) -> tuple[NameMatch, ...]:
        """The likeliest places for ``text``, at most ``limit``."""
        words = normalise(text[:_LONGEST]).split()
        plain = [word for word in words if word not in _PASSED_OVER]
        for query_words, slip in ((words, False), (plain, False), (words, True), (plain, True)):
            if query_words and (slip or query_words is words or plain != words):
                matches = self._search_names(query_words, slip)
                if matches:
                    return matches[:limit]
        return ()

    def _search_names(self, words: list[str], slip: bool) -> tuple[NameMatch, ...]:
        query, in_order = " ".join(words), tuple(sorted(words))
        best: dict[int, tuple[tuple[int, bool, int], _IndexedName]] = {}
        for indexed_name in self._indexed_names:
            near = _rank_slip(indexed_name, words, query) if slip else _rank_match(indexed_name, words, query, in_order)
            if near is None:
                continue
            rank = (
                near.value,
                near is not _MatchRank.EXACT and indexed_name.other is not None,
                indexed_name.at,
            )
            if indexed_name.at not in best or rank < best[indexed_name.at][0]:
                best[indexed_name.at] = (rank, indexed_name)
        by_rank = sorted(best.values(), key=lambda pair: pair[0])
        return tuple(
            NameMatch(place=indexed_name.place, other=indexed_name.other, exact=rank[0] == _MatchRank.EXACT)
            for rank, indexed_name in by_rank
        )


def index_keys(text: str) -> tuple[tuple[str, ...], ...]:
    """By what a whole name is known, in whatever order its words stand: all of them, and those that tell."""
    words = normalise(text[:_LONGEST]).split()
    plain = [word for word in words if word not in _PASSED_OVER]
    candidate_keys = (tuple(sorted(words)), tuple(sorted(plain)))
    return tuple(key for key in dict.fromkeys(candidate_keys) if key)


def normalise(text: str) -> str:
    """``text`` without case, accents and punctuation; "&" is "and", "Saint" is "St"."""
    expanded_text = unicodedata.normalize("NFKD", text).casefold().replace("&", " and ")
    clean_text = "".join(_normalise_character(character) for character in expanded_text)
    return " ".join(_SPELLINGS.get(word, word) for word in clean_text.split())


def _normalise_character(character: str) -> str:
    if character.isalnum():
        return character
    if character in "'’‘`´" or unicodedata.combining(character):
        return ""
    return " "


def _index_names(at: int, place: Place) -> list[_IndexedName]:
    name_entries: list[tuple[str, OtherName | None, bool]] = [
        (place.name, None, False),
        (place.code, None, True),
    ]
    name_entries += [(other.name, other, False) for other in place.other_names]
    indexed_names: list[_IndexedName] = []
    for name, other, is_code in name_entries:
        normalised_name = normalise(name)
        words = tuple(normalised_name.split())
        indexed_names.append(_IndexedName(at, place, other, is_code, normalised_name, words, tuple(sorted(words))))
    return indexed_names


def _rank_match(
    indexed_name: _IndexedName, words: list[str], query: str, in_order: tuple[str, ...]
) -> _MatchRank | None:
    if indexed_name.normalised_name == query or indexed_name.sorted_words == in_order:
        return _MatchRank.EXACT
    if indexed_name.is_code and not any(character.isdigit() for character in query):
        return None
    if indexed_name.normalised_name.startswith(query):
        return _MatchRank.BEGINS
    if all(any(own.startswith(word) for own in indexed_name.words) for word in words):
        return _MatchRank.WORDS
    return None


def _rank_slip(indexed_name: _IndexedName, words: list[str], query: str) -> _MatchRank | None:
    """Whether the name begins as typed, but for one letter left out, added, changed or swapped."""
    if indexed_name.is_code:
        return None
    if len(query) >= _SHORTEST_FOR_A_SLIP and within_one_edit(query, indexed_name.normalised_name):
        return _MatchRank.SLIP
    if len(words) > len(indexed_name.words):
        return None
    strange = [word for word in words if not any(own.startswith(word) for own in indexed_name.words)]
    if len(strange) > 1 or any(len(word) < _SHORTEST_FOR_A_SLIP for word in strange):
        return None
    near = all(any(within_one_edit(word, own) for own in indexed_name.words) for word in strange)
    return _MatchRank.SLIP if near else None


def within_one_edit(query: str, name: str) -> bool:
    """Whether ``query`` is a beginning of ``name`` (or all of it) with exactly one slip of the finger.

    A slip is one letter left out, added or changed, or two neighbours swapped.
    """
    at = 0
    common_length = min(len(query), len(name))
    while at < common_length and query[at] == name[at]:
        at += 1
    if at == len(query):
        return False
    rest = query[at:]
    return (
        name.startswith(rest, at + 1)  # a letter left out
        or name.startswith(rest[1:], at)  # a letter added
        or (at < len(name) and name.startswith(rest[1:], at + 1))  # a letter changed
        or (len(rest) > 1 and name.startswith(rest[1] + rest[0] + rest[2:], at))  # two swapped
    )


__all__ = ["NameMatch", "PlaceTree"]

_SIZES = {level: size for size, level in enumerate(PlaceLevel)}


class PlaceTree:
    """Every place there is, in place order. It does not change."""

    __slots__ = ("_by_code", "_children", "_in_order", "_names", "_paths", "_positions")

    def __init__(self, places: Iterable[Place]) -> None:
        """Hold ``places``. Raises ValueError on a code given twice, an unknown parent or member, a loop."""
        self._in_order = tuple(sorted(places, key=_place_order))
        self._by_code = _by_code(self._in_order)
        self._positions = {place.code: at for at, place in enumerate(self._in_order)}
        self._children: dict[str, tuple[Place, ...]] = _group_children(self._in_order)
        self._paths = _build_paths(self._in_order, self._by_code)
        self._names: NameIndex | None = None

    def __iter__(self) -> Iterator[Place]:
        return iter(self._in_order)

    def __len__(self) -> int:
        return len(self._in_order)

    def __contains__(self, code: object) -> bool:
        return code in self._by_code

    def get(self, code: str) -> Place:
        """The place with this code. Raises KeyError if there is none."""
        return self._by_code[code]

    def position(self, code: str) -> int:
        """Where it stands in place order, from 0. Raises KeyError if there is no such place."""
        return self._positions[code]

    def children(self, code: str) -> tuple[Place, ...]:
        """The places that stand directly under it, in place order."""
        return self._children.get(code, ())

    def path(self, code: str) -> tuple[Place, ...]:
        """The way down to it from the top of the tree, itself last. Raises KeyError for an unknown code."""
        return self._paths[code]

    def ancestors(self, code: str) -> tuple[Place, ...]:
        """The places it stands under, nearest first. Raises KeyError for an unknown code."""
        return self._paths[code][-2::-1]

    def descendants(self, code: str) -> tuple[Place, ...]:
        """Every place below it, at any depth, in place order."""
        places_below: list[Place] = []
        waiting = list(self.children(code))
        while waiting:
            place = waiting.pop()
            places_below.append(place)
            waiting.extend(self.children(place.code))
        return tuple(sorted(places_below, key=lambda place: self._positions[place.code]))

    def force_of(self, code: str) -> Place | None:
        """The police force area that it is or stands in; None for larger places. KeyError if unknown."""
        for place in reversed(self._paths[code]):
            if place.level is PlaceLevel.FORCE:
                return place
        return None

    def find_matches(self, text: str, limit: int = 20) -> tuple[NameMatch, ...]:
        """The places that a typed name or code may mean, likeliest first, at most ``limit`` of them.

        Case, accents and punctuation make no difference. A name typed in full comes first, then names that
        begin with it, then names that hold its words; only if there are none of these is one slip of the
        finger allowed for. Among equals the larger place comes first.
        """
        if self._names is None:  # made when a name is first looked for: a start looks for none
            self._names = NameIndex(sorted(self._in_order, key=lambda place: _SIZES[place.level]))
        return self._names.find_matches(text, limit)


def _place_order(place: Place) -> tuple[int, int, str]:
    return place.order, _SIZES[place.level], place.code


def _by_code(places: tuple[Place, ...]) -> dict[str, Place]:
    place_by_code: dict[str, Place] = {}
    for place in places:
        if place.code in place_by_code:
            raise ValueError(f'the place code "{place.code}" is given twice')
        place_by_code[place.code] = place
    for place in places:
        for code in (place.parent, *place.members):
            if code is not None and code not in place_by_code:
                raise ValueError(f'"{place.name}" ({place.code}) refers to "{code}", which is no place here')
    return place_by_code


def _group_children(places: tuple[Place, ...]) -> dict[str, tuple[Place, ...]]:
    children_by_parent: dict[str, list[Place]] = {}
    for place in places:
        if place.parent is not None:
            children_by_parent.setdefault(place.parent, []).append(place)
    return {code: tuple(children) for code, children in children_by_parent.items()}


def _build_paths(places: tuple[Place, ...], by_code: dict[str, Place]) -> dict[str, tuple[Place, ...]]:
    paths: dict[str, tuple[Place, ...]] = {}
    for place in places:
        branch: list[Place] = []
        at: Place | None = place
        while at is not None and at.code not in paths:
            if len(branch) > len(_SIZES) or at in branch:
                raise ValueError(f'"{place.name}" ({place.code}) stands under itself, or too deep in the tree')
            branch.append(at)
            at = None if at.parent is None else by_code[at.parent]
        path = () if at is None else paths[at.code]
        for step in reversed(branch):
            path = (*path, step)
            paths[step.code] = path
    return paths
