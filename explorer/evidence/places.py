"""The tree of places: who stands under whom, and which place a typed name leads to.

It holds what it is given and reads no file. What a place's figures are is asked of a Record.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from .model import Place, PlaceLevel
from .place_names import NameIndex, NameMatch

__all__ = ["NameMatch", "PlaceTree"]

_SIZES = {level: size for size, level in enumerate(PlaceLevel)}


class PlaceTree:
    """Every place there is, in place order. It does not change."""

    __slots__ = ("_by_code", "_children", "_names", "_ordered", "_paths", "_positions")

    def __init__(self, places: Iterable[Place]) -> None:
        """Hold ``places``. Raises ValueError on a code given twice, an unknown parent or member, a loop."""
        self._ordered = tuple(sorted(places, key=_place_order))
        self._by_code = _by_code(self._ordered)
        self._positions = {place.code: at for at, place in enumerate(self._ordered)}
        self._children: dict[str, tuple[Place, ...]] = _group_children(self._ordered)
        self._paths = _build_paths(self._ordered, self._by_code)
        self._names: NameIndex | None = None

    def __iter__(self) -> Iterator[Place]:
        return iter(self._ordered)

    def __len__(self) -> int:
        return len(self._ordered)

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
            self._names = NameIndex(sorted(self._ordered, key=lambda place: _SIZES[place.level]))
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
