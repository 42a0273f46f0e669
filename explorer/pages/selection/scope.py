"""Which measures of a place a page takes in without being asked for them.

Publications print a few measures of a place, and a page takes in all of them. A table may bring
more than a hundred classes with thousands of figures of one place: of those a page takes in the one that
is chosen, and knows of the others only how many figures there are.
"""

from __future__ import annotations

from collections import Counter, OrderedDict
from collections.abc import Callable, Mapping, Sequence
from weakref import WeakKeyDictionary

from explorer.evidence import (
    Claim,
    Event,
    EvidenceNote,
    Figure,
    Measure,
    PlaceTree,
    Platform,
    RegionMembership,
    Source,
    Unit,
    figure_order,
)
from explorer.pages.model import EvidenceLibrary

# A record that passes every question on to a library: a base for those that answer one of them
# otherwise.


class RepositoryProxy:
    """The library's answers as they are."""

    def __init__(self, library: EvidenceLibrary) -> None:
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
        self.revision = library.revision
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
        """What ``remember`` keeps."""
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


_STATS_BY_LIBRARY: WeakKeyDictionary[EvidenceLibrary, LibraryStats] = WeakKeyDictionary()


def library_stats(library: EvidenceLibrary) -> LibraryStats:
    """What ``library`` holds from tables, found once for each revision."""
    stats = _STATS_BY_LIBRARY.get(library)
    if stats is None or stats.revision != library.revision:
        stats = _STATS_BY_LIBRARY[library] = LibraryStats(library)
    return stats


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


class DefaultMeasuresRepository(RepositoryProxy):
    """A record that gives of a place what a page takes in, where no measure is asked for."""

    def figures(
        self,
        *,
        place: str | None = None,
        measure: str | None = None,
        platform: str | None = None,
        ids: Sequence[str] | None = None,
    ) -> tuple[Figure, ...]:
        """The figures that fit everything asked for; see ``Repository.figures``."""
        if place is None or measure is not None or ids is not None:
            return super().figures(place=place, measure=measure, platform=platform, ids=ids)
        place_figures = default_figures(self._library, place)
        if platform is None:
            return place_figures
        return tuple(figure for figure in place_figures if (figure.platform or "") == platform)


# The part of a library that is searched for disagreements: all of it, but for what is too large for
# that.


MOST = 10_000
"""The figures of a measure, or of all classes of tables, beyond which they are not searched whole."""


class SearchableRepository(RepositoryProxy):
    """A record of the library without its very large measures."""

    def __init__(self, library: EvidenceLibrary) -> None:
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
