"""What was worked out before for one revision of a library: the same figures are not worked out twice.

Nothing worked out goes across places, so each place's figures are remembered by themselves.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Iterator, Sequence
from typing import cast, overload
from weakref import WeakKeyDictionary

from explorer.evidence.analysis.arithmetic import DerivedFigure, DerivedKind
from explorer.evidence.analysis.derive import derive_all
from explorer.evidence.analysis.regions import HEADS
from explorer.evidence.conflicts import Preference
from explorer.evidence.model import Figure
from explorer.library.library import Library

from .nearby import DefaultMeasuresRepository
from .page import Calculation
from .workings import calculation_texts

_MOST_KEPT = 400
"""How many places' figures are remembered; the oldest are let go."""


class _CalculationCache:
    """What one revision of a library has been asked for."""

    def __init__(self, revision: int) -> None:
        self.revision = revision
        self._found: OrderedDict[tuple[str, ...], tuple[DerivedFigure, ...]] = OrderedDict()
        self._said: dict[DerivedFigure, Calculation] = {}

    def derived_figures(
        self, library: Library, figures: Sequence[Figure], rule: Preference, period: str | None
    ) -> tuple[DerivedFigure, ...]:
        """All that may be worked out among one place's ``figures``."""
        key = (rule.value, period or "", *(figure.id for figure in figures))
        cached = self._found.get(key)
        if cached is None:
            cached = self._found[key] = derive_all(figures, DefaultMeasuresRepository(library), rule, period=period)
            if len(self._found) > _MOST_KEPT:
                self._found.popitem(last=False)
                self._said.clear()
        else:
            self._found.move_to_end(key)
        return cached

    def calculations_for(self, library: Library, derived_figures: Sequence[DerivedFigure]) -> tuple[Calculation, ...]:
        """Each of ``derived_figures`` in words."""
        new = [one for one in derived_figures if one not in self._said]
        self._said.update(zip(new, calculation_texts(library, new), strict=True))
        return tuple(self._said[one] for one in derived_figures)


class LazyCalculations(Sequence[Calculation]):
    """What can be worked out among a page's figures: done when it is read, and equal by what it says.

    A page is shown with the workings of one figure, and most of those of the others are never read.
    """

    __slots__ = ("_drawn", "_figures", "_library", "_revision", "_rule", "_told")

    def __init__(
        self,
        library: Library,
        figures: Sequence[Figure],
        rule: Preference,
        drawn_ids: frozenset[str] | None = None,
    ) -> None:
        """Of ``figures``; where the ids of those ``drawn_ids`` are given, only what stands on one of them."""
        self._library, self._figures, self._rule, self._drawn = library, tuple(figures), rule, drawn_ids
        self._revision = library.revision
        self._told: tuple[Calculation, ...] | None = None

    @overload
    def __getitem__(self, at: int) -> Calculation: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[Calculation, ...]: ...
    def __getitem__(self, at: int | slice) -> Calculation | tuple[Calculation, ...]:
        return self._load_calculations()[at]

    def __iter__(self) -> Iterator[Calculation]:
        return iter(self._load_calculations())

    def __len__(self) -> int:
        return len(self._load_calculations())

    def __eq__(self, other: object) -> bool:
        if isinstance(other, LazyCalculations) and self._identity_key() == other._identity_key():
            return True
        return isinstance(other, Sequence) and self._load_calculations() == tuple(cast("Sequence[object]", other))

    def __hash__(self) -> int:
        return hash(self._load_calculations())

    def for_figure(self, figure: Figure) -> tuple[Calculation, ...]:
        """Those that stand on one figure."""
        period = None if figure.measure in HEADS else figure.period.text
        derived_figures = _filter_by_inputs(
            cached_derived(self._library, self._figures, self._rule, period), self._drawn
        )
        return cached_sentences(self._library, [one for one in derived_figures if figure.id in one.inputs])

    def _identity_key(self) -> tuple[object, ...]:
        return id(self._library), self._revision, self._figures, self._rule, self._drawn

    def _load_calculations(self) -> tuple[Calculation, ...]:
        if self._told is None:
            derived_figures = _filter_by_inputs(cached_derived(self._library, self._figures, self._rule), self._drawn)
            self._told = cached_sentences(self._library, derived_figures)
        return self._told


def _filter_by_inputs(several: Sequence[DerivedFigure], drawn_ids: frozenset[str] | None) -> tuple[DerivedFigure, ...]:
    """What stands on a drawn figure, without an average that is said again where it is compared with."""
    if drawn_ids is None:
        return tuple(several)
    compared_inputs = {d.inputs for d in several if d.kind is DerivedKind.AGAINST_AVERAGE_QUARTER}
    years = {figure for inputs in compared_inputs for figure in inputs}
    return tuple(
        d
        for d in several
        if not drawn_ids.isdisjoint(d.inputs) and not (d.kind is DerivedKind.AVERAGE_QUARTER and set(d.inputs) <= years)
    )


_CACHES: WeakKeyDictionary[Library, _CalculationCache] = WeakKeyDictionary()


def _cache_for(library: Library) -> _CalculationCache:
    cache = _CACHES.get(library)
    if cache is None or cache.revision != library.revision:
        cache = _CACHES[library] = _CalculationCache(library.revision)
    return cache


def cached_derived(
    library: Library, figures: Iterable[Figure], rule: Preference, period: str | None = None
) -> tuple[DerivedFigure, ...]:
    """All that may be worked out among ``figures``, place by place in the order given; see ``derive_all``."""
    by_place: dict[str, list[Figure]] = {}
    for figure in figures:
        by_place.setdefault(figure.place, []).append(figure)
    cache = _cache_for(library)
    return tuple(one for own in by_place.values() for one in cache.derived_figures(library, own, rule, period))


def cached_sentences(library: Library, derived_figures: Sequence[DerivedFigure]) -> tuple[Calculation, ...]:
    """Worked-out figures in words."""
    return _cache_for(library).calculations_for(library, derived_figures)
