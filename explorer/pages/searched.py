"""The part of a library that is searched for disagreements: all of it, but for measures of very many figures.

The evidence of publications is a few thousand figures and is searched whole, once. A table of a person's own
may hold millions: of such a measure only the figures of the place that is looked at are compared.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from explorer.evidence.model import (
    Claim,
    Event,
    Figure,
    Measure,
    Note,
    Platform,
    Region,
    Source,
)
from explorer.evidence.places import Places
from explorer.packs.library import Library

MOST = 10_000
"""The figures of a measure beyond which it is not searched whole."""


class Searched:
    """A record of the library without its very large measures."""

    def __init__(self, library: Library) -> None:
        self._library = library
        counts: Counter[str] = Counter()
        if sum(library.figure_counts().values()) > MOST:
            for place in library.figure_counts():
                counts.update(library.measure_counts(place))
        self.large = frozenset(measure for measure, number in counts.items() if number > MOST)
        """Ids of the measures that are left out."""

    def left_out(self, place: str) -> tuple[Figure, ...]:
        """The figures of a place that belong to the measures left out."""
        return tuple(
            figure
            for measure in sorted(self.large)
            for figure in self._library.figures(place=place, measure=measure)
        )

    @property
    def places(self) -> Places:
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
        """The figures that fit everything asked for; see ``Record.figures``."""
        if not self.large or ids is not None:
            return self._library.figures(place=place, measure=measure, platform=platform, ids=ids)
        if measure is not None:
            kept = () if measure in self.large else (measure,)
        else:
            kept = tuple(m.id for m in self._library.measures() if m.id not in self.large)
        return tuple(
            figure
            for one in kept
            for figure in self._library.figures(place=place, measure=one, platform=platform)
        )

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

    def regions(self) -> tuple[Region, ...]:
        """Which forces each release counts in a region."""
        return self._library.regions()

    def notes(self) -> tuple[Note, ...]:
        """Every note on where the public record differs."""
        return self._library.notes()

    def claims(self) -> tuple[Claim, ...]:
        """Every claim."""
        return self._library.claims()
