"""What printed figures disagree on, as a page lists it: all of it, or what bears on a place.

A disagreement bears on a place where one of the places it touches is that place, holds it or lies in it; the
place's own come first. What is found does not depend on the question and is kept for a state of the library.
"""

from __future__ import annotations

from weakref import WeakKeyDictionary, ref

from msgspec import MsgspecError, json

from explorer.evidence.conflicts import Rule
from explorer.evidence.doubts import DoubtKind
from explorer.evidence.model import Figure, Level, Measure, Place
from explorer.packs.library import Library

from . import nearby, words
from .finder import KINDS, Entry, Finder, Found
from .page import Disagreement
from .question import Question

_DEPTH = {level: depth for depth, level in enumerate(Level)}
"""How far down each level is; the levels are listed from the largest."""


class Known:
    """The disagreements of one library at one revision and by one rule, in place order, then period order."""

    def __init__(self, library: Library, rule: Rule) -> None:
        self.revision = library.revision
        self._rule = rule
        # What is kept for a library must not keep the library.
        self._library = ref(library)
        self._places = library.places
        found = _found(library, rule)
        self._all = found.entries
        self._classes = found.large - nearby.known(library).home
        self._usual = tuple(sorted(found.large - self._classes))
        self._of_place: dict[tuple[str, str], tuple[Entry, ...]] = {}
        self._above: dict[str, frozenset[str]] = {}

    def everywhere(self) -> tuple[Disagreement, ...]:
        """All of them."""
        return tuple(entry.told for entry in self._all)

    def bearing_on(self, place: str, measure: str = "") -> tuple[Disagreement, ...]:
        """Those that bear on the place: its own first, then those of the places that hold it, then within.

        Of the classes of a table, which are too many to be searched, only ``measure`` is looked at.
        """
        return tuple(entry.told for entry in self._bearing(place, measure))

    def touching(self, figure: Figure) -> tuple[Disagreement, ...]:
        """Those that the figure has a part in, figures about the same thing first."""
        mine = [entry for entry in self._bearing(figure.place, figure.measure) if figure.id in entry.figures]
        return tuple(entry.told for entry in sorted(mine, key=lambda entry: not entry.differ))

    def _bearing(self, place: str, measure: str) -> tuple[Entry, ...]:
        key = (place, measure if measure in self._classes else "")
        if key not in self._of_place:
            held = [*self._all, *self._of_large_measures(*key)]
            ranked = [(self._nearness(entry, place), entry) for entry in held]
            kept = [(near, entry) for near, entry in ranked if near is not None]
            # What is only noted as doubtful comes after what the numbers themselves show.
            kept.sort(key=lambda pair: (pair[0], pair[1].told.kind == KINDS[DoubtKind.AMBIGUOUS]))
            self._of_place[key] = tuple(entry for _, entry in kept)
        return self._of_place[key]

    def _of_large_measures(self, place: str, measure: str) -> tuple[Entry, ...]:
        library = self._library()
        looked_at = (*self._usual, *((measure,) if measure else ()))
        if library is None or not looked_at:
            return ()
        return Finder(library, self._rule).of_measures(place, looked_at)

    def _nearness(self, entry: Entry, place: str) -> int | None:
        """From 0 for the place's own over what holds it, the nearest first, to what lies in it; else None."""
        if place in entry.places:
            return 0 if len(entry.places) == 1 else 1
        above = [other for other in entry.places if self._holds(other, place)]
        if above:
            return 2 + len(Level) - max(_DEPTH[self._places.get(other).level] for other in above)
        return 3 + len(Level) if any(self._holds(place, other) for other in entry.places) else None

    def _holds(self, outer: str, inner: str) -> bool:
        if inner not in self._above:
            self._above[inner] = frozenset(place.code for place in self._places.path(inner))
        above = self._above[inner]
        return outer in above or not above.isdisjoint(self._places.get(outer).members)


def _found(library: Library, rule: Rule) -> Found:
    """What the library's figures disagree on: as it was found before, where nothing has changed since."""
    name = f"disagreements by {rule.value}"
    kept = library.remembered(name)
    if kept is not None:
        try:
            return json.decode(kept, type=Found)
        except MsgspecError:
            pass  # written by hand, or by another make of the program: it is found anew
    found = Finder(library, rule).found()
    library.remember(name, json.encode(found).decode())
    return found


_KNOWN: WeakKeyDictionary[Library, dict[Rule, Known]] = WeakKeyDictionary()


def known(library: Library, rule: Rule = Rule.NEWEST) -> Known:
    """What the library's figures disagree on by ``rule``, found once for each revision."""
    by_rule = _KNOWN.setdefault(library, {})
    held = by_rule.get(rule)
    if held is None or held.revision != library.revision:
        held = by_rule[rule] = Known(library, rule)
    return held


def disagreements(
    library: Library, question: Question, place: Place, measure: Measure | None = None
) -> tuple[Disagreement, ...]:
    """What printed figures disagree on at ``place``, or everywhere where the question asks for that."""
    held = known(library, question.rule)
    if question.everywhere:
        return held.everywhere()
    return held.bearing_on(place.code, measure.id if measure is not None else "")


def nothing(question: Question, place: Place) -> str:
    """Why a page has no disagreement to list."""
    if question.everywhere:
        return "No two loaded figures disagree. Where a release restates a number, both will stand here."
    return (
        f"No loaded figures about {words.placed(place)}, or the places that hold it or lie in it, disagree. "
        "Show those of everywhere instead."
    )
