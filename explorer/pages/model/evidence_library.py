"""What pages ask of whatever holds the evidence: the repository, what was said, counts, and searches.

Pages take this protocol and no database, so that a test or another store can stand in its place.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from explorer.evidence import Claim, Demand, EvidenceNote, Figure, Measure, Platform, Quote, Repository, Source


class PackSummary(Protocol):
    """What pages say of a pack."""

    @property
    def id(self) -> str:
        """Its id."""
        ...

    @property
    def version(self) -> str:
        """Its version."""
        ...

    @property
    def figures(self) -> int:
        """How many figures it has."""
        ...

    @property
    def enabled(self) -> bool:
        """Whether it is switched on."""
        ...

    @property
    def shipped(self) -> bool:
        """Whether it came with the program."""
        ...

    @property
    def problems(self) -> Sequence[object]:
        """Why it could not be read; empty where it was."""
        ...


class TextHit(Protocol):
    """Something that words were found in."""

    @property
    def kind(self) -> str:
        """ "quote", "claim", "source" and so on."""
        ...

    @property
    def id(self) -> str:
        """Its id."""
        ...


class EvidenceLibrary(Repository, Protocol):
    """All evidence that is switched on, as pages ask for it.

    Whatever it answers stays the same for as long as ``revision`` does; so what is made of its answers is kept
    by revision. Unknown ids raise KeyError, as they do in ``Repository``.
    """

    @property
    def revision(self) -> int:
        """A number that is another one whenever the evidence is."""
        ...

    def packs(self) -> Sequence[PackSummary]:
        """Every pack, switched on or off, readable or not."""
        ...

    def measures(self) -> tuple[Measure, ...]:
        """Every measure."""
        ...

    def platforms(self) -> tuple[Platform, ...]:
        """Every platform."""
        ...

    def sources(self) -> tuple[Source, ...]:
        """Every source."""
        ...

    def quotes(self) -> tuple[Quote, ...]:
        """Every quote."""
        ...

    def demands(self) -> tuple[Demand, ...]:
        """Every demand."""
        ...

    def claims(self) -> tuple[Claim, ...]:
        """Every claim."""
        ...

    def notes(self) -> tuple[EvidenceNote, ...]:
        """Every note on figures."""
        ...

    def measure_counts(self, place: str) -> Mapping[str, int]:
        """How many figures a place has of each measure, by measure id."""
        ...

    def place_counts(self, measure: str) -> Mapping[str, int]:
        """How many figures of a measure each place has, by code."""
        ...

    def places_of(self, measure: str) -> tuple[str, ...]:
        """The codes of the places that have figures of a measure, in place order."""
        ...

    def measures_in(self, pack: str) -> frozenset[str]:
        """The ids of the measures that a pack has figures of."""
        ...

    def counts_in(self, pack: str) -> Mapping[tuple[str, str], int]:
        """How many figures a pack has of a place and a measure, by code and id."""
        ...

    def query_by_source(self, source: str, limit: int = 60) -> tuple[Figure, ...]:
        """The figures printed in a source, as many as ``limit``, in place order."""
        ...

    def search(self, words: str, limit: int = 20, kinds: Sequence[str] = ()) -> Sequence[TextHit]:
        """What the words stand in, the likeliest first, of some ``kinds`` or of all."""
        ...

    def find_figures(self, words: str, limit: int = 20) -> tuple[Figure, ...]:
        """The figures that the words may mean, the likeliest first."""
        ...

    def recall_value(self, name: str) -> str | None:
        """What was worked out of just this evidence before and kept under ``name``."""
        ...

    def remember_value(self, name: str, value: str) -> None:
        """Keep what was worked out of this evidence, until it changes."""
        ...
