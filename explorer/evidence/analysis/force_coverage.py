"""Which forces figures count, asked often: worked out once for each figure, and the record grouped for it.

``scope`` says what is known of one figure; nothing is decided here that is not decided there.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Unpack, cast

from explorer.evidence.model import Figure, PlaceLevel
from explorer.evidence.repository import FigureCriteria, Repository, RepositoryView

from .coverage import forces_counted, region_memberships

_OWN = frozenset({PlaceLevel.FORCE, PlaceLevel.LOCAL_AUTHORITY})


class GroupedRepository(RepositoryView):
    """A record whose figures with a number are grouped by place and measure; it answers as the record."""

    def __init__(self, record: Repository, figures: Sequence[Figure]) -> None:
        super().__init__(record)
        self._record = record
        self.measure = cache(record.measure)
        self._about: dict[tuple[str, str, str], list[Figure]] = {}
        for figure in figures:
            key = (figure.place, figure.measure, figure.platform or "")
            self._about.setdefault(key, []).append(figure)

    def figures(self, **criteria: Unpack[FigureCriteria]) -> tuple[Figure, ...]:
        """The figures that fit; without a lookup where place, measure and platform are given."""
        place, measure, platform = criteria.get("place"), criteria.get("measure"), criteria.get("platform")
        if place is None or measure is None or platform is None or criteria.get("ids") is not None:
            return self._record.figures(**criteria)
        return tuple(self._about.get((place, measure, platform), ()))


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
