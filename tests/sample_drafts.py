"""The drafts of places, each made once for all tests that only read it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from explorer.briefing.draft import generate_draft
from explorer.briefing.model import Briefing
from explorer.evidence.model import PlaceLevel
from explorer.library.library import Library


class Drafts(Mapping[str, Briefing]):
    """The drafts by code of the place. All of them take a while."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._codes = [place.code for place in library.places if place.level is not PlaceLevel.LOCAL_AUTHORITY]
        self._made: dict[str, Briefing] = {}

    def __getitem__(self, code: str) -> Briefing:
        if code not in self._codes:
            raise KeyError(code)
        if code not in self._made:
            self._made[code] = generate_draft(self._library, code)
        return self._made[code]

    def __iter__(self) -> Iterator[str]:
        return iter(self._codes)

    def __len__(self) -> int:
        return len(self._codes)
