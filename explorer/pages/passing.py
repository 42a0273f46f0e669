"""A record that passes every question on to a library: a base for those that answer one of them otherwise."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from explorer.evidence.model import Claim, Event, EvidenceNote, Figure, Measure, Platform, RegionMembership, Source
from explorer.evidence.places import PlaceTree
from explorer.library.library import Library


class RepositoryProxy:
    """The library's answers as they are."""

    def __init__(self, library: Library) -> None:
        self._library = library

    @property
    def places(self) -> PlaceTree:
        """The tree of places."""
        return self._library.places

    def figures(
        self,
        *,
        place: str | None = None,
        measure: str | None = None,
        platform: str | None = None,
        ids: Sequence[str] | None = None,
    ) -> tuple[Figure, ...]:
        """The figures that fit everything asked for; see ``Repository.figures``."""
        return self._library.figures(place=place, measure=measure, platform=platform, ids=ids)

    def figure_counts(self) -> Mapping[str, int]:
        """How many figures each place has of its own."""
        return self._library.figure_counts()

    def measure(self, measure_id: str, /) -> Measure:
        """The measure with this id. Raises KeyError if there is none."""
        return self._library.measure(measure_id)

    def platform(self, platform_id: str, /) -> Platform:
        """The platform with this id. Raises KeyError if there is none."""
        return self._library.platform(platform_id)

    def source(self, source_id: str, /) -> Source:
        """The source with this id. Raises KeyError if there is none."""
        return self._library.source(source_id)

    def events(self) -> tuple[Event, ...]:
        """Every event."""
        return self._library.events()

    def regions(self) -> tuple[RegionMembership, ...]:
        """Which forces each release counts in a region."""
        return self._library.regions()

    def notes(self) -> tuple[EvidenceNote, ...]:
        """Every note on where the public record differs."""
        return self._library.notes()

    def claims(self) -> tuple[Claim, ...]:
        """Every claim."""
        return self._library.claims()
