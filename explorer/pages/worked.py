"""What was worked out before for one revision of a library: the same figures are not worked out twice.

Nothing worked out goes across places, so each place's figures are remembered by themselves.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Iterator, Sequence
from typing import cast, overload
from weakref import WeakKeyDictionary

from explorer.evidence.conflicts import Rule
from explorer.evidence.derive import derive_all
from explorer.evidence.derived import Derived, DerivedKind
from explorer.evidence.model import Figure
from explorer.evidence.rates import HEADS
from explorer.packs.library import Library

from .nearby import Nearby
from .page import Working
from .workings import workings

_MOST_KEPT = 400
"""How many places' figures are remembered; the oldest are let go."""


class _Known:
    """What one revision of a library has been asked for."""

    def __init__(self, revision: int) -> None:
        self.revision = revision
        self._found: OrderedDict[tuple[str, ...], tuple[Derived, ...]] = OrderedDict()
        self._said: dict[Derived, Working] = {}

    def derived(
        self, library: Library, figures: Sequence[Figure], rule: Rule, period: str | None
    ) -> tuple[Derived, ...]:
        """All that may be worked out among one place's ``figures``."""
        key = (rule.value, period or "", *(figure.id for figure in figures))
        found = self._found.get(key)
        if found is None:
            found = self._found[key] = derive_all(figures, Nearby(library), rule, period=period)
            if len(self._found) > _MOST_KEPT:
                self._found.popitem(last=False)
                self._said.clear()
        else:
            self._found.move_to_end(key)
        return found

    def said(self, library: Library, found: Sequence[Derived]) -> tuple[Working, ...]:
        """Each of ``found`` in words."""
        new = [one for one in found if one not in self._said]
        self._said.update(zip(new, workings(library, new), strict=True))
        return tuple(self._said[one] for one in found)


class Workings(Sequence[Working]):
    """What can be worked out among a page's figures: done when it is read, and equal by what it says.

    A page is shown with the workings of one figure, and most of those of the others are never read.
    """

    __slots__ = ("_drawn", "_figures", "_library", "_revision", "_rule", "_told")

    def __init__(
        self, library: Library, figures: Sequence[Figure], rule: Rule, drawn: frozenset[str] | None = None
    ) -> None:
        """Of ``figures``; where the ids of those ``drawn`` are given, only what stands on one of them."""
        self._library, self._figures, self._rule, self._drawn = library, tuple(figures), rule, drawn
        self._revision = library.revision
        self._told: tuple[Working, ...] | None = None

    @overload
    def __getitem__(self, at: int) -> Working: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[Working, ...]: ...
    def __getitem__(self, at: int | slice) -> Working | tuple[Working, ...]:
        return self._said()[at]

    def __iter__(self) -> Iterator[Working]:
        return iter(self._said())

    def __len__(self) -> int:
        return len(self._said())

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Workings) and self._origin() == other._origin():
            return True
        return isinstance(other, Sequence) and self._said() == tuple(cast("Sequence[object]", other))

    def __hash__(self) -> int:
        return hash(self._said())

    def on(self, figure: Figure) -> tuple[Working, ...]:
        """Those that stand on one figure."""
        period = None if figure.measure in HEADS else figure.period.text
        found = _standing(derived_of(self._library, self._figures, self._rule, period), self._drawn)
        return said_of(self._library, [one for one in found if figure.id in one.inputs])

    def _origin(self) -> tuple[object, ...]:
        return id(self._library), self._revision, self._figures, self._rule, self._drawn

    def _said(self) -> tuple[Working, ...]:
        if self._told is None:
            found = _standing(derived_of(self._library, self._figures, self._rule), self._drawn)
            self._told = said_of(self._library, found)
        return self._told


def _standing(several: Sequence[Derived], drawn: frozenset[str] | None) -> tuple[Derived, ...]:
    """What stands on a drawn figure, without an average that is said again where it is compared with."""
    if drawn is None:
        return tuple(several)
    compared = {d.inputs for d in several if d.kind is DerivedKind.AGAINST_AVERAGE_QUARTER}
    years = {figure for inputs in compared for figure in inputs}
    return tuple(
        d
        for d in several
        if not drawn.isdisjoint(d.inputs)
        and not (d.kind is DerivedKind.AVERAGE_QUARTER and set(d.inputs) <= years)
    )


_KNOWN: WeakKeyDictionary[Library, _Known] = WeakKeyDictionary()


def _known(library: Library) -> _Known:
    held = _KNOWN.get(library)
    if held is None or held.revision != library.revision:
        held = _KNOWN[library] = _Known(library.revision)
    return held


def derived_of(
    library: Library, figures: Iterable[Figure], rule: Rule, period: str | None = None
) -> tuple[Derived, ...]:
    """All that may be worked out among ``figures``, place by place in the order given; see ``derive_all``."""
    by_place: dict[str, list[Figure]] = {}
    for figure in figures:
        by_place.setdefault(figure.place, []).append(figure)
    known = _known(library)
    return tuple(one for own in by_place.values() for one in known.derived(library, own, rule, period))


def said_of(library: Library, found: Sequence[Derived]) -> tuple[Working, ...]:
    """Worked-out figures in words."""
    return _known(library).said(library, found)
