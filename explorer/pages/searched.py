"""The part of a library that is searched for disagreements: all of it, but for what is too large for that.

The evidence of publications is a few thousand figures and is searched whole, once. A table of a person's own
may hold millions: of such a measure only the figures of the place that is looked at are compared.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from explorer.evidence.model import Figure
from explorer.library.library import Library

from .nearby import library_stats
from .passing import RepositoryProxy

MOST = 10_000
"""The figures of a measure, or of all classes of tables, beyond which they are not searched whole."""


class SearchableRepository(RepositoryProxy):
    """A record of the library without its very large measures."""

    def __init__(self, library: Library) -> None:
        super().__init__(library)
        self.large = _find_large_measures(library)
        """Ids of the measures that are left out."""

    def figures(
        self,
        *,
        place: str | None = None,
        measure: str | None = None,
        platform: str | None = None,
        ids: Sequence[str] | None = None,
    ) -> tuple[Figure, ...]:
        """The figures that fit everything asked for; see ``Repository.figures``."""
        if not self.large or ids is not None:
            return self._library.figures(place=place, measure=measure, platform=platform, ids=ids)
        if measure is not None:
            measure_ids = () if measure in self.large else (measure,)
        else:
            measure_ids = tuple(m.id for m in self._library.measures() if m.id not in self.large)
        return tuple(
            figure
            for one in measure_ids
            for figure in self._library.figures(place=place, measure=one, platform=platform)
        )


def _find_large_measures(library: Library) -> frozenset[str]:
    """The measures of very many figures, and the classes of tables where they are so many together."""
    if sum(library.figure_counts().values()) <= MOST:
        return frozenset()
    counts: Counter[str] = Counter()
    for place in library.figure_counts():
        counts.update(library.measure_counts(place))
    large = {measure for measure, number in counts.items() if number > MOST}
    classes = counts.keys() - library_stats(library).home
    if sum(counts[one] for one in classes) > MOST:
        large |= classes
    return frozenset(large)
