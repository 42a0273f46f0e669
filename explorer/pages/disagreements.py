"""What printed figures disagree on, in words: who prints what, which is shown and by which rule.

The differences are found in ``evidence``; here each gets its heading, its sides and its sentences, once for
each state of the library. A disagreement bears on a place where one of the places it touches is that place,
holds it or lies in it; the place's own come first.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from weakref import WeakKeyDictionary

from explorer.evidence.conflicts import Conflict, Rule, find_conflicts
from explorer.evidence.disagreements import Doubt, DoubtKind, find_doubts
from explorer.evidence.model import Figure, Level, Place
from explorer.evidence.periods import order_key
from explorer.packs.library import Library

from . import words
from .doubted import Words, shared
from .page import Disagreement
from .question import Question
from .searched import Searched
from .side import Side

KINDS = {
    DoubtKind.DIFFER: "Printed differently",
    DoubtKind.SUM: "Total is not the sum",
    DoubtKind.PARTS: "Parts exceed the whole",
    DoubtKind.REGION_SUM: "Forces do not add up",
    DoubtKind.CHANGE: "Change and totals differ",
    DoubtKind.TWIN: "Same numbers, two places",
    DoubtKind.SCOPE: "One count, two areas",
    DoubtKind.MEMBERSHIP: "Region drawn differently",
    DoubtKind.CLAIM: "Claim contradicted",
    DoubtKind.AMBIGUOUS: "Doubtful as printed",
}


_DEPTH = {level: depth for depth, level in enumerate(Level)}
"""How far down each level is; the levels are listed from the largest."""


class Known:
    """The disagreements of one library at one revision and by one rule, in place order, then period order."""

    def __init__(self, library: Library, rule: Rule) -> None:
        self._library, self._rule = library, rule
        self._words = Words(library)
        self._places = library.places
        self._searched = Searched(library)
        self._all = self._found()
        self._of_place: dict[str, tuple[_Entry, ...]] = {}

    def everywhere(self) -> tuple[Disagreement, ...]:
        """All of them."""
        return tuple(entry.told for entry in self._all)

    def bearing_on(self, place: str) -> tuple[Disagreement, ...]:
        """Those that bear on the place: its own first, then those of the places that hold it, then within."""
        return tuple(entry.told for entry in self._bearing(place))

    def touching(self, figure: Figure) -> tuple[Disagreement, ...]:
        """Those that the figure has a part in, figures about the same thing first."""
        mine = [entry for entry in self._bearing(figure.place) if figure.id in entry.figures]
        return tuple(entry.told for entry in sorted(mine, key=lambda entry: not entry.differ))

    def _bearing(self, place: str) -> tuple[_Entry, ...]:
        if place not in self._of_place:
            held = [*self._all, *self._of_large_measures(place)]
            ranked = [(self._nearness(entry, place), entry) for entry in held]
            kept = [(near, entry) for near, entry in ranked if near is not None]
            self._of_place[place] = tuple(entry for _, entry in sorted(kept, key=lambda pair: pair[0]))
        return self._of_place[place]

    def _of_large_measures(self, place: str) -> list[_Entry]:
        conflicts = _conflicts(self._library, self._searched.left_out(place), self._rule)
        return [self._differ(conflict) for conflict in conflicts]

    def _nearness(self, entry: _Entry, place: str) -> int | None:
        """From 0 for the place's own over what holds it, the nearest first, to what lies in it; else None."""
        if place in entry.places:
            return 0 if len(entry.places) == 1 else 1
        above = [other for other in entry.places if self._holds(other, place)]
        if above:
            return 2 + len(Level) - max(_DEPTH[self._places.get(other).level] for other in above)
        return 3 + len(Level) if any(self._holds(place, other) for other in entry.places) else None

    def _holds(self, outer: str, inner: str) -> bool:
        above = {inner, *(place.code for place in self._places.ancestors(inner))}
        return bool(above & {outer, *self._places.get(outer).members})

    def _found(self) -> tuple[_Entry, ...]:
        figures = self._searched.figures()
        conflicts = _conflicts(self._library, figures, self._rule)
        groups = [{figure.id for figure in conflict.figures} for conflict in conflicts]
        doubts = [
            doubt
            for doubt in find_doubts(self._searched, conflicts=conflicts)
            if doubt.kind is not DoubtKind.DIFFER or not any(set(doubt.figures) <= group for group in groups)
        ]
        entries = [*map(self._differ, conflicts), *map(self._doubt, doubts)]
        return tuple(sorted(entries, key=self._order))

    def _order(self, entry: _Entry) -> tuple[int, bool, object, bool, str]:
        """By place, then by period; what is claimed of a place, and not printed as a figure, comes last."""
        position = min((self._places.position(code) for code in entry.places), default=-1)
        period = order_key(entry.first.period) if entry.first is not None else ()
        claimed = entry.first is None or entry.told.kind == KINDS[DoubtKind.CLAIM]
        return position, claimed, period, not entry.differ, entry.told.id

    def _differ(self, conflict: Conflict) -> _Entry:
        figures = sorted(conflict.figures, key=lambda f: self._library.source(f.source).published)
        sides = self._words.sides(figures, preferred=conflict.preferred)
        measure = self._library.measure(figures[0].measure)
        numbers = dict.fromkeys(words.numbers(f.amount, measure.unit) for f in figures)
        text = f"{measure.name}, printed as {words.listed(numbers)}. {conflict.reason}"
        return self._entry(DoubtKind.DIFFER, figures, (figures[0].place,), text, sides)

    def _doubt(self, doubt: Doubt) -> _Entry:
        held = {figure.id: figure for figure in self._library.figures(ids=doubt.figures)}
        figures = tuple(held[i] for i in doubt.figures if i in held)
        sides = self._words.sides(figures)
        return self._entry(doubt.kind, figures, doubt.places, doubt.text, sides, doubt.claims)

    def _entry(
        self,
        kind: DoubtKind,
        figures: Sequence[Figure],
        places: tuple[str, ...],
        text: str,
        sides: tuple[Side, ...],
        claims: Sequence[str] = (),
    ) -> _Entry:
        heading = self._words.heading(figures, places, claims)
        told = Disagreement(
            id="/".join((kind.value, *(claims or [f.id for f in figures] or places))),
            heading=heading,
            kind=KINDS[kind],
            text=words.sentence(text),
            sides=sides,
            citation=_citation(heading, words.sentence(text), sides),
        )
        return _Entry(told, tuple(figures), places, differ=kind is DoubtKind.DIFFER)


class _Entry:
    """A disagreement with what it is found and put in order by."""

    __slots__ = ("differ", "figures", "first", "places", "told")

    def __init__(
        self, told: Disagreement, figures: Sequence[Figure], places: tuple[str, ...], *, differ: bool
    ) -> None:
        self.told, self.places, self.differ = told, places, differ
        self.first = figures[0] if figures else None
        self.figures = frozenset(figure.id for figure in figures)


def _conflicts(library: Library, figures: Iterable[Figure], rule: Rule) -> tuple[Conflict, ...]:
    several = shared(figures)
    return find_conflicts(several, {f.source: library.source(f.source) for f in several}, rule)


def _citation(heading: str, text: str, sides: Sequence[Side]) -> str:
    chosen = any(side.preferred for side in sides)
    told = [
        f"{side.amount} ({side.source}, printed as {side.printed}"
        f"{'; shown' if side.preferred else '; not shown' if chosen else ''})"
        for side in sides
    ]
    return " ".join(
        part for part in (f"{heading}.", text, words.sentence("; ".join(told)) if told else "") if part
    )


_KNOWN: WeakKeyDictionary[Library, tuple[int, dict[Rule, Known]]] = WeakKeyDictionary()
"""The disagreements of a library at one revision: they hang on the evidence and not on what is asked."""


def known(library: Library, rule: Rule = Rule.NEWEST) -> Known:
    """What the library's figures disagree on by ``rule``, found once for each revision."""
    revision, by_rule = _KNOWN.get(library, (-1, {}))
    if revision != library.revision:
        revision, by_rule = library.revision, {}
        _KNOWN[library] = (revision, by_rule)
    if rule not in by_rule:
        by_rule[rule] = Known(library, rule)
    return by_rule[rule]


def disagreements(library: Library, question: Question, place: Place) -> tuple[Disagreement, ...]:
    """What printed figures disagree on at ``place``, or everywhere where the question asks for that."""
    held = known(library, question.rule)
    return held.everywhere() if question.everywhere else held.bearing_on(place.code)


def nothing(question: Question, place: Place) -> str:
    """Why a page has no disagreement to list."""
    if question.everywhere:
        return "No two loaded figures disagree. Where a release restates a number, both will stand here."
    return (
        f"No loaded figures about {words.placed(place)}, or the places that hold it or lie in it, disagree. "
        "Show those of everywhere instead."
    )
