"""What reasoning may ask of the evidence, as a protocol, and a small record that answers from memory.

``library.Library`` answers the same questions from its database. Nothing here reads a file.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Protocol, TypedDict, TypeVar

from .model import Event, Figure, Measure, Pack, Place, Platform, RegionMembership, Source
from .periods import order_key
from .places import PlaceTree

_Item = TypeVar("_Item", Measure, Platform, Source)


class Repository(Protocol):
    """The evidence, as far as reasoning needs it."""

    @property
    def places(self) -> PlaceTree:
        """The tree of places."""
        ...

    def figures(
        self,
        *,
        place: str | None = None,
        measure: str | None = None,
        platform: str | None = None,
        ids: Sequence[str] | None = None,
    ) -> tuple[Figure, ...]:
        """The figures that fit everything asked for, in place order, then period order.

        None asks for nothing; ``platform=""`` asks for figures without a platform. Unknown ids are passed
        over. Figures of one place and period follow the order of their platforms (none first), then of ids.
        """
        ...

    def figure_counts(self) -> Mapping[str, int]:
        """How many figures each place has of its own, by code; a place without any may be left out."""
        ...

    def measure(self, measure_id: str, /) -> Measure:
        """The measure with this id. Raises KeyError if there is none."""
        ...

    def platform(self, platform_id: str, /) -> Platform:
        """The platform with this id. Raises KeyError if there is none."""
        ...

    def source(self, source_id: str, /) -> Source:
        """The source with this id. Raises KeyError if there is none."""
        ...

    def events(self) -> tuple[Event, ...]:
        """Every event, the earliest first."""
        ...

    def regions(self) -> tuple[RegionMembership, ...]:
        """Which forces each release counts in a region."""
        ...


class FigureCriteria(TypedDict, total=False):
    """What ``Repository.figures`` may be asked for, for those who pass it on."""

    place: str | None
    measure: str | None
    platform: str | None
    ids: Sequence[str] | None


class RepositoryView:
    """A record's answers to all but ``figures``: a base for those who answer that one otherwise."""

    def __init__(self, record: Repository) -> None:
        """Hand out the record's own answers; they are taken from it now, so that no call is passed on."""
        self.places = record.places
        self.figure_counts = record.figure_counts
        self.measure = record.measure
        self.platform = record.platform
        self.source = record.source
        self.events = record.events
        self.regions = record.regions


class InMemoryRepository:
    """A record of a few packs, held in memory: for tests and small jobs."""

    def __init__(self, packs: Iterable[Pack], places: PlaceTree | Iterable[Place]) -> None:
        """Hold the evidence of ``packs``. Raises ValueError if a figure has an unknown place or platform."""
        self._places = places if isinstance(places, PlaceTree) else PlaceTree(places)
        all_packs = tuple(packs)
        self._measures = _by_id(measure for pack in all_packs for measure in pack.measures)
        self._platforms = _by_id(platform for pack in all_packs for platform in pack.platforms)
        self._sources = _by_id(source for pack in all_packs for source in pack.sources)
        self._events = tuple(
            sorted(
                (event for pack in all_packs for event in pack.events),
                key=lambda event: (event.date, event.id),
            )
        )
        self._regions = tuple(region for pack in all_packs for region in pack.regions)
        self._figures = self._sort_figures([figure for pack in all_packs for figure in pack.figures])

    @property
    def places(self) -> PlaceTree:
        """The tree of places."""
        return self._places

    def figures(
        self,
        *,
        place: str | None = None,
        measure: str | None = None,
        platform: str | None = None,
        ids: Sequence[str] | None = None,
    ) -> tuple[Figure, ...]:
        """The figures that fit everything asked for; see ``Repository.figures``."""
        wanted_ids = None if ids is None else frozenset(ids)
        return tuple(
            figure
            for figure in self._figures
            if (place is None or figure.place == place)
            and (measure is None or figure.measure == measure)
            and (platform is None or (figure.platform or "") == platform)
            and (wanted_ids is None or figure.id in wanted_ids)
        )

    def figure_counts(self) -> Mapping[str, int]:
        """How many figures each place has of its own, by code."""
        return Counter(figure.place for figure in self._figures)

    def measure(self, measure_id: str, /) -> Measure:
        """The measure with this id. Raises KeyError if there is none."""
        return self._measures[measure_id]

    def platform(self, platform_id: str, /) -> Platform:
        """The platform with this id. Raises KeyError if there is none."""
        return self._platforms[platform_id]

    def source(self, source_id: str, /) -> Source:
        """The source with this id. Raises KeyError if there is none."""
        return self._sources[source_id]

    def events(self) -> tuple[Event, ...]:
        """Every event, the earliest first."""
        return self._events

    def regions(self) -> tuple[RegionMembership, ...]:
        """Which forces each release counts in a region."""
        return self._regions

    def _sort_figures(self, figures: list[Figure]) -> tuple[Figure, ...]:
        for figure in figures:
            if figure.place not in self._places:
                raise ValueError(f'the figure "{figure.id}" names the unknown place "{figure.place}"')
            if figure.platform is not None and figure.platform not in self._platforms:
                raise ValueError(f'the figure "{figure.id}" names the unknown platform "{figure.platform}"')
        return tuple(sorted(figures, key=figure_order(self._places, self._platforms.__getitem__)))


FigureKey = tuple[int, tuple[date, date], tuple[int, int], str]


def figure_order(places: PlaceTree, platform: Callable[[str], Platform]) -> Callable[[Figure], FigureKey]:
    """The key that puts figures in the order that every record answers in."""

    def sort_key(figure: Figure) -> FigureKey:
        order = (0, 0) if figure.platform is None else (1, platform(figure.platform).order)
        return places.position(figure.place), order_key(figure.period), order, figure.id

    return sort_key


def _by_id(items: Iterable[_Item]) -> dict[str, _Item]:
    return {item.id: item for item in items}
