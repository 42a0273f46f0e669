"""Which place a typed name may mean: folding of spellings, and the order of what is found.

A place is known by its name, its other names (former councils among them) and its code. Nothing here knows
how places stand in the tree.
"""

from __future__ import annotations

import enum
import unicodedata
from collections.abc import Iterable

from msgspec import Struct

from .model import OtherName, Place

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


class Match(Struct, frozen=True, kw_only=True):
    """A place that a typed name leads to. ``other`` is the other name that matched, None for its own."""

    place: Place
    other: OtherName | None
    exact: bool
    """True where the whole of a name, another name or a code was typed."""


class _Nearness(enum.IntEnum):
    EXACT = 0
    BEGINS = 1
    WORDS = 2
    SLIP = 3


class _Known(Struct, frozen=True):
    """One name of one place, folded."""

    at: int
    place: Place
    other: OtherName | None
    is_code: bool
    folded: str
    words: tuple[str, ...]
    sorted_words: tuple[str, ...]


class NameIndex:
    """The folded names of places, given with those first that win a tie. A search looks through each once."""

    __slots__ = ("_known",)

    def __init__(self, places: Iterable[Place]) -> None:
        self._known = tuple(
            known for at, place in enumerate(places) for known in _names(at, place) if known.folded
        )

    def find(self, text: str, limit: int) -> tuple[Match, ...]:
        """The likeliest places for ``text``, at most ``limit``."""
        words = fold(text[:_LONGEST]).split()
        plain = [word for word in words if word not in _PASSED_OVER]
        for tried, slip in ((words, False), (plain, False), (words, True), (plain, True)):
            if tried and (slip or tried is words or plain != words):
                found = self._search(tried, slip)
                if found:
                    return found[:limit]
        return ()

    def _search(self, words: list[str], slip: bool) -> tuple[Match, ...]:
        typed, in_order = " ".join(words), tuple(sorted(words))
        best: dict[int, tuple[tuple[int, bool, int], _Known]] = {}
        for known in self._known:
            near = _slip(known, words, typed) if slip else _near(known, words, typed, in_order)
            if near is None:
                continue
            rank = (near.value, near is not _Nearness.EXACT and known.other is not None, known.at)
            if known.at not in best or rank < best[known.at][0]:
                best[known.at] = (rank, known)
        ranked = sorted(best.values(), key=lambda pair: pair[0])
        return tuple(
            Match(place=known.place, other=known.other, exact=rank[0] == _Nearness.EXACT)
            for rank, known in ranked
        )


def keys(text: str) -> tuple[tuple[str, ...], ...]:
    """By what a whole name is known, in whatever order its words stand: all of them, and those that tell."""
    words = fold(text[:_LONGEST]).split()
    plain = [word for word in words if word not in _PASSED_OVER]
    found = (tuple(sorted(words)), tuple(sorted(plain)))
    return tuple(key for key in dict.fromkeys(found) if key)


def fold(text: str) -> str:
    """``text`` without case, accents and punctuation; "&" is "and", "Saint" is "St"."""
    spelled = unicodedata.normalize("NFKD", text).casefold().replace("&", " and ")
    kept = "".join(_folded(character) for character in spelled)
    return " ".join(_SPELLINGS.get(word, word) for word in kept.split())


def _folded(character: str) -> str:
    if character.isalnum():
        return character
    if character in "'’‘`´" or unicodedata.combining(character):
        return ""
    return " "


def _names(at: int, place: Place) -> list[_Known]:
    given: list[tuple[str, OtherName | None, bool]] = [(place.name, None, False), (place.code, None, True)]
    given += [(other.name, other, False) for other in place.other_names]
    known: list[_Known] = []
    for name, other, is_code in given:
        folded = fold(name)
        words = tuple(folded.split())
        known.append(_Known(at, place, other, is_code, folded, words, tuple(sorted(words))))
    return known


def _near(known: _Known, words: list[str], typed: str, in_order: tuple[str, ...]) -> _Nearness | None:
    if known.folded == typed or known.sorted_words == in_order:
        return _Nearness.EXACT
    if known.is_code and not any(character.isdigit() for character in typed):
        return None
    if known.folded.startswith(typed):
        return _Nearness.BEGINS
    if all(any(own.startswith(word) for own in known.words) for word in words):
        return _Nearness.WORDS
    return None


def _slip(known: _Known, words: list[str], typed: str) -> _Nearness | None:
    """Whether the name begins as typed, but for one letter left out, added, changed or swapped."""
    if known.is_code:
        return None
    if len(typed) >= _SHORTEST_FOR_A_SLIP and one_slip(typed, known.folded):
        return _Nearness.SLIP
    if len(words) > len(known.words):
        return None
    strange = [word for word in words if not any(own.startswith(word) for own in known.words)]
    if len(strange) > 1 or any(len(word) < _SHORTEST_FOR_A_SLIP for word in strange):
        return None
    near = all(any(one_slip(word, own) for own in known.words) for word in strange)
    return _Nearness.SLIP if near else None


def one_slip(typed: str, name: str) -> bool:
    """Whether ``typed`` is a beginning of ``name`` (or all of it) with exactly one slip of the finger.

    A slip is one letter left out, added or changed, or two neighbours swapped.
    """
    at = 0
    shared = min(len(typed), len(name))
    while at < shared and typed[at] == name[at]:
        at += 1
    if at == len(typed):
        return False
    rest = typed[at:]
    return (
        name.startswith(rest, at + 1)  # a letter left out
        or name.startswith(rest[1:], at)  # a letter added
        or (at < len(name) and name.startswith(rest[1:], at + 1))  # a letter changed
        or (len(rest) > 1 and name.startswith(rest[1] + rest[0] + rest[2:], at))  # two swapped
    )
