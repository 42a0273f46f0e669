"""Which place a table means by a name of its own; nothing is guessed, but what is near can be asked for."""

from __future__ import annotations

import re
from collections.abc import Mapping

from explorer.evidence.model import Level, Place
from explorer.evidence.place_names import keys
from explorer.evidence.places import Places

_MARKS = re.compile(r"(?:\s*(?:\[[^\]]{0,12}\]|\([a-z0-9]\)|[*†‡§¶#]{1,3}|[0-9¹²³]{1,2}))+$", re.IGNORECASE)
_AND_PARTS = re.compile(r"\s*[/+]\s*")
_LONGEST = 200


class PlaceLabels:
    """Finds the places that labels mean. ``own`` are names that a recipe gives places itself."""

    def __init__(self, places: Places, own: Mapping[str, str] | None = None) -> None:
        self._places = places
        self._own = {_folded(label): code for label, code in (own or {}).items()}
        self._found: dict[str, Place | None] = {}
        self._named = _index(places)

    def place(self, label: object) -> Place | None:
        """The place that ``label`` names, its whole name or code; None where it is not sure."""
        text = _plain(label)
        if text not in self._found:
            self._found[text] = self._own_or_known(text)
        return self._found[text]

    def nearest(self, label: object, most: int = 5) -> tuple[Place, ...]:
        """The places that ``label`` may mean, the likeliest first; perhaps none."""
        text = _plain(label)
        found: dict[str, Place] = {}
        tried = [text, _MARKS.sub("", text), *_AND_PARTS.split(text), *text.split()]
        for words in tried:
            if len(words) < 3:
                continue
            for match in self._places.find(words, limit=most):
                found.setdefault(match.place.code, match.place)
        ranked = sorted(found.values(), key=lambda place: place.level is not Level.FORCE)
        return tuple(ranked[:most])

    def _own_or_known(self, text: str) -> Place | None:
        given = self._own.get(_folded(text))
        if given is not None:
            return self._places.get(given) if given in self._places else None
        if not text:
            return None
        return self._exact(text) or self._exact(_MARKS.sub("", text)) or self._exact(_turned(text))

    def _exact(self, text: str) -> Place | None:
        """The place of that name; a police force area before any other, where several share it."""
        for key in keys(text):
            named = self._named.get(key, ())
            forces = [place for place in named if place.level is Level.FORCE]
            if named:
                return (forces or named)[0]
        return None


def _index(places: Places) -> dict[tuple[str, ...], list[Place]]:
    """The places by the words of each of their names, whole and in any order."""
    found: dict[tuple[str, ...], list[Place]] = {}
    for place in places:
        for name in (place.name, place.code, *(other.name for other in place.other_names)):
            for key in keys(name)[:1]:
                named = found.setdefault(key, [])
                if place not in named:
                    named.append(place)
    return found


def _plain(label: object) -> str:
    return " ".join(str(label).split())[:_LONGEST] if label is not None else ""


def _folded(label: str) -> str:
    return _plain(label).casefold()


def _turned(text: str) -> str:
    """ "London, City of" the other way round: "City of London"."""
    first, comma, last = text.partition(",")
    return f"{last.strip()} {first.strip()}" if comma else text
