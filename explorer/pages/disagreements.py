"""What printed figures disagree on, as a page lists it: all of it, or what bears on a place.

A disagreement bears on a place where one of the places it touches is that place, holds it or lies in it; the
place's own come first. What is found does not depend on the question and is kept for a state of the library.
"""

from __future__ import annotations

from weakref import WeakKeyDictionary, ref

from msgspec import MsgspecError, json

from explorer.evidence.conflicts import Preference
from explorer.evidence.discrepancies.model import DiscrepancyKind
from explorer.evidence.model import Figure, Measure, Place, PlaceLevel
from explorer.library.library import Library
from explorer.pages import nearby, words

from .finder import KINDS, DiscrepancyEntry, DiscrepancyFinder, DiscrepancyResults
from .page import DiscrepancyView
from .question import Question

_DEPTH = {level: depth for depth, level in enumerate(PlaceLevel)}
"""How far down each level is; the levels are listed from the largest."""


class DiscrepancyIndex:
    """The disagreements of one library at one revision and by one rule, in place order, then period order."""

    def __init__(self, library: Library, rule: Preference) -> None:
        self.revision = library.revision
        self._rule = rule
        # What is kept for a library must not keep the library.
        self._library = ref(library)
        self._places = library.places
        results = _find_or_load(library, rule)
        self._all = results.entries
        self._classes = results.large - nearby.library_stats(library).home
        self._usual = tuple(sorted(results.large - self._classes))
        self._of_place: dict[tuple[str, str], tuple[DiscrepancyEntry, ...]] = {}
        self._above: dict[str, frozenset[str]] = {}

    def all_discrepancies(self) -> tuple[DiscrepancyView, ...]:
        """All of them."""
        return tuple(entry.discrepancy for entry in self._all)

    def bearing_on(self, place: str, measure: str = "") -> tuple[DiscrepancyView, ...]:
        """Those that bear on the place: its own first, then those of the places that hold it, then within.

        Of the classes of a table, which are too many to be searched, only ``measure`` is looked at.
        """
        return tuple(entry.discrepancy for entry in self._entries_for(place, measure))

    def discrepancies_for(self, figure: Figure) -> tuple[DiscrepancyView, ...]:
        """Those that the figure has a part in, figures about the same thing first."""
        mine = [entry for entry in self._entries_for(figure.place, figure.measure) if figure.id in entry.figures]
        return tuple(entry.discrepancy for entry in sorted(mine, key=lambda entry: not entry.differ))

    def _entries_for(self, place: str, measure: str) -> tuple[DiscrepancyEntry, ...]:
        key = (place, measure if measure in self._classes else "")
        if key not in self._of_place:
            entries = [*self._all, *self._of_large_measures(*key)]
            ranked_entries = [(self._proximity_rank(entry, place), entry) for entry in entries]
            relevant = [(near, entry) for near, entry in ranked_entries if near is not None]
            # What is only noted as doubtful comes after what the numbers themselves show.
            relevant.sort(key=lambda pair: (pair[0], pair[1].discrepancy.kind == KINDS[DiscrepancyKind.AMBIGUOUS]))
            self._of_place[key] = tuple(entry for _, entry in relevant)
        return self._of_place[key]

    def _of_large_measures(self, place: str, measure: str) -> tuple[DiscrepancyEntry, ...]:
        library = self._library()
        looked_at = (*self._usual, *((measure,) if measure else ()))
        if library is None or not looked_at:
            return ()
        return DiscrepancyFinder(library, self._rule).of_measures(place, looked_at)

    def _proximity_rank(self, entry: DiscrepancyEntry, place: str) -> int | None:
        """From 0 for the place's own over what holds it, the nearest first, to what lies in it; else None."""
        if place in entry.places:
            return 0 if len(entry.places) == 1 else 1
        above = [other for other in entry.places if self._contains(other, place)]
        if above:
            return 2 + len(PlaceLevel) - max(_DEPTH[self._places.get(other).level] for other in above)
        return 3 + len(PlaceLevel) if any(self._contains(place, other) for other in entry.places) else None

    def _contains(self, outer: str, inner: str) -> bool:
        if inner not in self._above:
            self._above[inner] = frozenset(place.code for place in self._places.path(inner))
        above = self._above[inner]
        return outer in above or not above.isdisjoint(self._places.get(outer).members)


def _find_or_load(library: Library, rule: Preference) -> DiscrepancyResults:
    """What the library's figures disagree on: as it was found before, where nothing has changed since."""
    name = f"disagreements by {rule.value}"
    cached = library.recall_value(name)
    if cached is not None:
        try:
            return json.decode(cached, type=DiscrepancyResults)
        except MsgspecError:
            pass  # written by hand, or by another make of the program: it is found anew
    results = DiscrepancyFinder(library, rule).find_all()
    library.remember_value(name, json.encode(results).decode())
    return results


_INDEXES: WeakKeyDictionary[Library, dict[Preference, DiscrepancyIndex]] = WeakKeyDictionary()


def discrepancy_index(library: Library, rule: Preference = Preference.NEWEST) -> DiscrepancyIndex:
    """What the library's figures disagree on by ``rule``, found once for each revision."""
    by_rule = _INDEXES.setdefault(library, {})
    index = by_rule.get(rule)
    if index is None or index.revision != library.revision:
        index = by_rule[rule] = DiscrepancyIndex(library, rule)
    return index


def list_discrepancies(
    library: Library, question: Question, place: Place, measure: Measure | None = None
) -> tuple[DiscrepancyView, ...]:
    """What printed figures disagree on at ``place``, or everywhere where the question asks for that."""
    index = discrepancy_index(library, question.rule)
    if question.everywhere:
        return index.all_discrepancies()
    return index.bearing_on(place.code, measure.id if measure is not None else "")


def no_discrepancies_message(question: Question, place: Place) -> str:
    """Why a page has no disagreement to list."""
    if question.everywhere:
        return "No two loaded figures disagree. Where a release restates a number, both will stand here."
    return (
        f"No loaded figures about {words.place_in_sentence(place)}, or the places that hold it or lie in it, disagree. "
        "Show those of everywhere instead."
    )
