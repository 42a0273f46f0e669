"""Which forces figures count, asked often: worked out once for each figure, and the record grouped for it.

``scope`` says what is known of one figure; nothing is decided here that is not decided there.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import cast

from explorer.evidence.model import Event, Figure, Measure, PlaceLevel, Platform, RegionMembership, Source
from explorer.evidence.places import PlaceTree
from explorer.evidence.repository import Repository

from .coverage import forces_counted, region_memberships

_OWN = frozenset({PlaceLevel.FORCE, PlaceLevel.LOCAL_AUTHORITY})


class GroupedRepository:
    """A record whose figures with a number are grouped by place and measure; it answers as the record."""

    def __init__(self, record: Repository, figures: Sequence[Figure]) -> None:
        self._record = record
        self._measures: dict[str, Measure] = {}
        self._about: dict[tuple[str, str, str], list[Figure]] = {}
        for figure in figures:
            key = (figure.place, figure.measure, figure.platform or "")
            self._about.setdefault(key, []).append(figure)

    @property
    def places(self) -> PlaceTree:
        """The tree of places."""
        return self._record.places

    def figures(
        self,
        *,
        place: str | None = None,
        measure: str | None = None,
        platform: str | None = None,
        ids: Sequence[str] | None = None,
    ) -> tuple[Figure, ...]:
        """The figures that fit; without a lookup where place, measure and platform are given."""
        if place is None or measure is None or platform is None or ids is not None:
            return self._record.figures(place=place, measure=measure, platform=platform, ids=ids)
        return tuple(self._about.get((place, measure, platform), ()))

    def figure_counts(self) -> Mapping[str, int]:
        """How many figures each place has of its own."""
        return self._record.figure_counts()

    def measure(self, measure_id: str, /) -> Measure:
        """The measure with this id, asked of the record once."""
        if measure_id not in self._measures:
            self._measures[measure_id] = self._record.measure(measure_id)
        return self._measures[measure_id]

    def platform(self, platform_id: str, /) -> Platform:
        """The platform with this id."""
        return self._record.platform(platform_id)

    def source(self, source_id: str, /) -> Source:
        """The source with this id."""
        return self._record.source(source_id)

    def events(self) -> tuple[Event, ...]:
        """Every event."""
        return self._record.events()

    def regions(self) -> tuple[RegionMembership, ...]:
        """Which forces each release counts in a region."""
        return self._record.regions()


class ForceCoverage:
    """What is known of the forces that figures count."""

    def __init__(self, record: Repository, figures: Sequence[Figure]) -> None:
        self.record = cast("Repository", GroupedRepository(record, figures))
        self.memberships = region_memberships(record)
        self._forces_by_figure: dict[str, frozenset[str] | None] = {}

    def counted_forces(self, figure: Figure) -> frozenset[str] | None:
        """The forces that a figure counts; None where they are not known."""
        if figure.id not in self._forces_by_figure:
            self._forces_by_figure[figure.id] = forces_counted(figure, self.record, self.memberships)
        return self._forces_by_figure[figure.id]

    def has_different_forces(self, first: Figure, second: Figure) -> bool:
        """Whether two figures of one place are known to count different forces."""
        mine, theirs = self.counted_forces(first), self.counted_forces(second)
        if mine is not None and theirs is not None:
            return mine != theirs
        response_counts = {first.forces_responding, second.forces_responding} - {None}
        return len(response_counts) > 1

    def has_same_forces(self, *figures: Figure) -> bool:
        """Whether all are known to count the same forces."""
        force_sets = {self.counted_forces(figure) for figure in figures}
        return len(force_sets) == 1 and None not in force_sets

    def leaves_out(self, whole: Figure, part: Figure) -> bool:
        """Whether a figure is known not to count a force that the other counts."""
        whole_forces, inside = self.counted_forces(whole), self.counted_forces(part)
        return whole_forces is not None and inside is not None and not inside <= whole_forces

    def is_own(self, code: str) -> bool:
        """Whether a place's figures are one force's own."""
        return self.record.places.get(code).level in _OWN
