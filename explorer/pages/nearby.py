"""Which measures of a place a page takes in without being asked for them.

Publications print a few measures of a place, and a page takes in all of them. A table may bring
more than a hundred classes with thousands of figures of one place: of those a page takes in the one that
is chosen, and knows of the others only how many figures there are.
"""

from __future__ import annotations

from collections import Counter, OrderedDict
from collections.abc import Callable, Sequence
from weakref import WeakKeyDictionary

from explorer.evidence.model import Figure, Unit
from explorer.evidence.record import figure_order
from explorer.packs.library import Library

from .passing import Passing

FEW = 12
"""A pack of the person's own with more measures than this is a table of classes."""
MANY = 10_000
"""A pack of the person's own with more figures than this is a table too, however few its measures."""
_AT_ONCE = 200
"""Up to so many figures that tables bring are taken in without being chosen."""
_REMEMBERED = 512
"""So many sorted lists of a place's figures are kept: those of about a hundred places."""
_RANKED = (Unit.OFFENCES, Unit.PER_CENT, Unit.CHANGE, Unit.PEOPLE, Unit.FORCES, Unit.PLATFORMS, Unit.AGE)
"""Which measure comes first where the person has chosen none: offences, before what is told of them."""


def likely(unit: Unit) -> int:
    """Where measures of a unit stand among those that may be chosen: offences first."""
    return _RANKED.index(unit)


class Known:
    """What one revision of a library holds from tables, and what from elsewhere."""

    def __init__(self, library: Library) -> None:
        self.revision = library.revision
        packs = library.packs()
        held = {one.id: library.measures_in(one.id) for one in packs}
        self.tables = frozenset(
            one.id for one in packs if not one.shipped and (one.figures > MANY or len(held[one.id]) > FEW)
        )
        """The ids of the packs that are tables."""
        self.home = frozenset(
            measure for pack, several in held.items() if pack not in self.tables for measure in several
        )
        """The ids of the measures that any other pack has figures of."""
        counts: Counter[tuple[str, str]] = Counter()
        for pack in held:
            counts.update({} if pack in self.tables else library.counts_in(pack))
        self.printed = counts
        """How many figures of a place and a measure (by code and id) do not come from tables."""
        self.packs_of: Counter[str] = Counter(one for several in held.values() for one in several)
        """How many packs have figures of a measure."""
        self.mapped: tuple[str, ...] | None = None
        """The measures that can be mapped, once they have been asked for."""
        self.remembered: OrderedDict[tuple[str, ...], tuple[Figure, ...]] = OrderedDict()
        """What ``remember`` keeps."""
        self._near: dict[str, tuple[str, ...]] = {}

    def remember(self, asked: tuple[str, ...], make: Callable[[], tuple[Figure, ...]]) -> tuple[Figure, ...]:
        """What ``make`` gives, kept under ``asked`` for as long as the library stays what it is.

        Figures are kept in the tuples that a page took them in; the oldest go where they become many.
        """
        found = self.remembered.get(asked)
        if found is None:
            found = self.remembered[asked] = make()
            if len(self.remembered) > _REMEMBERED:
                self.remembered.popitem(last=False)
        return found

    def near(self, library: Library, place: str) -> tuple[str, ...]:
        """The measures of a place that are taken in without being chosen."""
        if place not in self._near:
            self._near[place] = self._nearest(library, place)
        return self._near[place]

    def _nearest(self, library: Library, place: str) -> tuple[str, ...]:
        counts = library.measure_counts(place)
        classes = [one for one in counts if one not in self.home]
        if sum(counts[one] for one in classes) <= _AT_ONCE:
            return tuple(counts)
        near = [one for one in counts if one in self.home and not self._is_swollen(place, one, counts[one])]
        if any(library.measure(one).unit is Unit.OFFENCES for one in near):
            return tuple(near)

        def order(measure: str) -> tuple[int, int, int]:
            unit = library.measure(measure).unit
            return likely(unit), -self.printed[place, measure], -counts[measure]

        return (*near, min((one for one in counts if one not in near), key=order))

    def _is_swollen(self, place: str, measure: str, count: int) -> bool:
        """Whether tables bring very many figures of a measure that is printed elsewhere too."""
        return count - self.printed[place, measure] > _AT_ONCE


_KNOWN: WeakKeyDictionary[Library, Known] = WeakKeyDictionary()


def known(library: Library) -> Known:
    """What ``library`` holds from tables, found once for each revision."""
    held = _KNOWN.get(library)
    if held is None or held.revision != library.revision:
        held = _KNOWN[library] = Known(library)
    return held


def near_figures(library: Library, place: str, wanted: str = "") -> tuple[Figure, ...]:
    """The figures of a place that a page takes in, those of the measure ``wanted`` among them, in order."""
    counts = library.measure_counts(place)
    near = known(library).near(library, place)
    if wanted in counts and wanted not in near:
        near = (*near, wanted)
    if len(near) == len(counts):
        return library.figures(place=place)
    several = [one for measure in near for one in library.figures(place=place, measure=measure)]
    return tuple(sorted(several, key=figure_order(library.places, library.platform)))


class Nearby(Passing):
    """A record that gives of a place what a page takes in, where no measure is asked for."""

    def figures(
        self,
        *,
        place: str | None = None,
        measure: str | None = None,
        platform: str | None = None,
        ids: Sequence[str] | None = None,
    ) -> tuple[Figure, ...]:
        """The figures that fit everything asked for; see ``Record.figures``."""
        if place is None or measure is not None or ids is not None:
            return super().figures(place=place, measure=measure, platform=platform, ids=ids)
        found = near_figures(self._library, place)
        if platform is None:
            return found
        return tuple(figure for figure in found if (figure.platform or "") == platform)
