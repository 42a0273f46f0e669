"""Which measures of a place a page takes in without being asked for them.

Publications print a few measures of a place, and a page takes in all of them. A table may bring
more than a hundred classes with thousands of figures of one place: of those a page takes in the one that
is chosen, and knows of the others only how many figures there are.
"""

from __future__ import annotations

from collections import Counter, OrderedDict
from collections.abc import Callable
from typing import Unpack

from explorer.evidence import Figure, FigureCriteria, RepositoryView, Unit, figure_order
from explorer.pages.model import EvidenceLibrary
from explorer.support import per_revision

FEW = 12
"""A pack of the person's own with more measures than this is a table of classes."""
MANY = 10_000
"""A pack of the person's own with more figures than this is a table too, however few its measures."""
_AT_ONCE = 200
"""Up to so many figures that tables bring are taken in without being chosen."""
_CACHE_SIZE = 512
"""So many sorted lists of a place's figures are kept: those of about a hundred places."""
_UNIT_ORDER = (Unit.OFFENCES, Unit.PER_CENT, Unit.CHANGE, Unit.PEOPLE, Unit.FORCES, Unit.PLATFORMS, Unit.AGE)
"""Which measure comes first where the person has chosen none: offences, before what is told of them."""


def unit_rank(unit: Unit) -> int:
    """Where measures of a unit stand among those that may be chosen: offences first."""
    return _UNIT_ORDER.index(unit)


class LibraryStats:
    """What one revision of a library holds from tables, and what from elsewhere."""

    def __init__(self, library: EvidenceLibrary) -> None:
        packs = library.packs()
        measures_by_pack = {one.id: library.measures_in(one.id) for one in packs}
        self.tables = frozenset(
            one.id for one in packs if not one.shipped and (one.figures > MANY or len(measures_by_pack[one.id]) > FEW)
        )
        """The ids of the packs that are tables."""
        self.home = frozenset(
            measure for pack, several in measures_by_pack.items() if pack not in self.tables for measure in several
        )
        """The ids of the measures that any other pack has figures of."""
        counts: Counter[tuple[str, str]] = Counter()
        for pack in measures_by_pack:
            counts.update({} if pack in self.tables else library.counts_in(pack))
        self.printed = counts
        """How many figures of a place and a measure (by code and id) do not come from tables."""
        self.packs_of: Counter[str] = Counter(one for several in measures_by_pack.values() for one in several)
        """How many packs have figures of a measure."""
        self.mapped: tuple[str, ...] | None = None
        """The measures that can be mapped, once they have been asked for."""
        self.remembered: OrderedDict[tuple[str, ...], tuple[Figure, ...]] = OrderedDict()
        """What ``get_or_compute`` keeps."""
        self._near: dict[str, tuple[str, ...]] = {}

    def get_or_compute(self, key: tuple[str, ...], make: Callable[[], tuple[Figure, ...]]) -> tuple[Figure, ...]:
        """What ``make`` gives, kept under ``key`` for as long as the library stays what it is.

        Figures are kept in the tuples that a page took them in; the oldest go where they become many.
        """
        cached = self.remembered.get(key)
        if cached is None:
            cached = self.remembered[key] = make()
            if len(self.remembered) > _CACHE_SIZE:
                self.remembered.popitem(last=False)
        return cached

    def default_measures(self, library: EvidenceLibrary, place: str) -> tuple[str, ...]:
        """The measures of a place that are taken in without being chosen."""
        if place not in self._near:
            self._near[place] = self._select_default_measures(library, place)
        return self._near[place]

    def _select_default_measures(self, library: EvidenceLibrary, place: str) -> tuple[str, ...]:
        counts = library.measure_counts(place)
        classes = [one for one in counts if one not in self.home]
        if sum(counts[one] for one in classes) <= _AT_ONCE:
            return tuple(counts)
        near = [one for one in counts if one in self.home and not self._is_swollen(place, one, counts[one])]
        if any(library.measure(one).unit is Unit.OFFENCES for one in near):
            return tuple(near)

        def sort_key(measure: str) -> tuple[int, int, int]:
            unit = library.measure(measure).unit
            return unit_rank(unit), -self.printed[place, measure], -counts[measure]

        return (*near, min((one for one in counts if one not in near), key=sort_key))

    def _is_swollen(self, place: str, measure: str, count: int) -> bool:
        """Whether tables bring very many figures of a measure that is printed elsewhere too."""
        return count - self.printed[place, measure] > _AT_ONCE


@per_revision
def library_stats(library: EvidenceLibrary) -> LibraryStats:
    """What ``library`` holds from tables, found once for each revision."""
    return LibraryStats(library)


def default_figures(library: EvidenceLibrary, place: str, measure_id: str = "") -> tuple[Figure, ...]:
    """The figures of a place that a page takes in, those of the measure ``measure_id`` among them, in order."""
    counts = library.measure_counts(place)
    near = library_stats(library).default_measures(library, place)
    if measure_id in counts and measure_id not in near:
        near = (*near, measure_id)
    if len(near) == len(counts):
        return library.figures(place=place)
    several = [one for measure in near for one in library.figures(place=place, measure=measure)]
    return tuple(sorted(several, key=figure_order(library.places, library.platform)))


class DefaultMeasuresRepository(RepositoryView):
    """A record that gives of a place what a page takes in, where no measure is asked for."""

    def __init__(self, library: EvidenceLibrary) -> None:
        super().__init__(library)
        self._library = library

    def figures(self, **criteria: Unpack[FigureCriteria]) -> tuple[Figure, ...]:
        """The figures that fit everything asked for; see ``Repository.figures``."""
        place, platform = criteria.get("place"), criteria.get("platform")
        if place is None or criteria.get("measure") is not None or criteria.get("ids") is not None:
            return self._library.figures(**criteria)
        place_figures = default_figures(self._library, place)
        if platform is None:
            return place_figures
        return tuple(figure for figure in place_figures if (figure.platform or "") == platform)


# The part of a library that is searched for disagreements: all of it, but for what is too large for
# that.


MOST = 10_000
"""The figures of a measure, or of all classes of tables, beyond which they are not searched whole."""


class SearchableRepository(RepositoryView):
    """A record of the library without its very large measures."""

    def __init__(self, library: EvidenceLibrary) -> None:
        super().__init__(library)
        self._library = library
        self.notes, self.claims = library.notes, library.claims
        self.large = _find_large_measures(library)
        """Ids of the measures that are left out."""

    def figures(self, **criteria: Unpack[FigureCriteria]) -> tuple[Figure, ...]:
        """The figures that fit everything asked for; see ``Repository.figures``."""
        if not self.large or criteria.get("ids") is not None:
            return self._library.figures(**criteria)
        measure = criteria.get("measure")
        if measure is not None:
            measure_ids = () if measure in self.large else (measure,)
        else:
            measure_ids = tuple(m.id for m in self._library.measures() if m.id not in self.large)
        return tuple(
            figure
            for one in measure_ids
            for figure in self._library.figures(
                place=criteria.get("place"), measure=one, platform=criteria.get("platform")
            )
        )


def _find_large_measures(library: EvidenceLibrary) -> frozenset[str]:
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
