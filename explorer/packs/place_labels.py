"""Which place a table means by a name of its own; nothing is guessed, but what is near can be asked for."""

from __future__ import annotations

import re
from collections.abc import Mapping

from explorer.evidence.model import Place, PlaceLevel
from explorer.evidence.places import PlaceTree, index_keys

_PLACE_MARKS = re.compile(r"(?:\s*(?:\[[^\]]{0,12}\]|\([a-z0-9]\)|[*†‡§¶#]{1,3}|[0-9¹²³]{1,2}))+$", re.IGNORECASE)
_AND_PARTS = re.compile(r"\s*[/+]\s*")
_LONGEST_PLACE = 200


class PlaceLabels:
    """Finds the places that labels mean. ``local_id`` are names that a recipe gives places itself."""

    def __init__(self, places: PlaceTree, own: Mapping[str, str] | None = None) -> None:
        self._places = places
        self._own = {_normalise_label(label): code for label, code in (own or {}).items()}
        self._found: dict[str, Place | None] = {}
        self._named = _build_index(places)

    def find_place(self, label: object) -> Place | None:
        """The place that ``label`` names, its whole name or code; None where it is not sure."""
        text = _clean_label(label)
        if text not in self._found:
            self._found[text] = self._own_or_known(text)
        return self._found[text]

    def find_nearest(self, label: object, most: int = 5) -> tuple[Place, ...]:
        """The places that ``label`` may mean, the likeliest first; perhaps none."""
        text = _clean_label(label)
        by_code: dict[str, Place] = {}
        search_texts = [text, _PLACE_MARKS.sub("", text), *_AND_PARTS.split(text), *text.split()]
        for words in search_texts:
            if len(words) < 3:
                continue
            for match in self._places.find_matches(words, limit=most):
                by_code.setdefault(match.place.code, match.place)
        forces_first = sorted(by_code.values(), key=lambda place: place.level is not PlaceLevel.FORCE)
        return tuple(forces_first[:most])

    def _own_or_known(self, text: str) -> Place | None:
        own_code = self._own.get(_normalise_label(text))
        if own_code is not None:
            return self._places.get(own_code) if own_code in self._places else None
        if not text:
            return None
        return (
            self._find_exact(text)
            or self._find_exact(_PLACE_MARKS.sub("", text))
            or self._find_exact(_swap_comma_parts(text))
        )

    def _find_exact(self, text: str) -> Place | None:
        """The place of that name; a police force area before any other, where several share it."""
        for key in index_keys(text):
            matches = self._named.get(key, ())
            forces = [place for place in matches if place.level is PlaceLevel.FORCE]
            if matches:
                return (forces or matches)[0]
        return None


def _build_index(places: PlaceTree) -> dict[tuple[str, ...], list[Place]]:
    """The places by the words of each of their names, whole and in any order."""
    index: dict[tuple[str, ...], list[Place]] = {}
    for place in places:
        for name in (place.name, place.code, *(other.name for other in place.other_names)):
            for key in index_keys(name)[:1]:
                same_key = index.setdefault(key, [])
                if place not in same_key:
                    same_key.append(place)
    return index


def _clean_label(label: object) -> str:
    return " ".join(str(label).split())[:_LONGEST_PLACE] if label is not None else ""


def _normalise_label(label: str) -> str:
    return _clean_label(label).casefold()


def _swap_comma_parts(text: str) -> str:
    """ "London, City of" the other way round: "City of London"."""
    first, comma, last = text.partition(",")
    return f"{last.strip()} {first.strip()}" if comma else text
