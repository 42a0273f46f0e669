"""The disagreements of a library, found by the rules of ``evidence`` and put into words, one entry each.

Which of them a page lists is decided next door, in ``disagreements``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import Struct

from explorer.evidence.conflicts import Conflict, Rule, find_conflicts
from explorer.evidence.disagreements import Doubt, DoubtKind, find_doubts
from explorer.evidence.model import Figure
from explorer.evidence.periods import order_key
from explorer.packs.library import Library

from . import words
from .doubted import Words, shared
from .page import Disagreement
from .searched import Searched
from .side import Side

KINDS = {
    DoubtKind.DIFFER: "Published differently",
    DoubtKind.SUM: "Total is not the sum",
    DoubtKind.PERIOD: "Part is larger than the whole",
    DoubtKind.PARTS: "Parts exceed the whole",
    DoubtKind.PLATFORM: "Platform is above the total",
    DoubtKind.PLACE: "Place is above its whole",
    DoubtKind.REGION_SUM: "Forces do not add up",
    DoubtKind.SHARES: "Shares pass 100%",
    DoubtKind.CLASSES: "Section 15A above class 88A",
    DoubtKind.NOT_WHOLE: "Not a whole number",
    DoubtKind.CHANGE: "Change and totals differ",
    DoubtKind.BASE: "Change implies another base",
    DoubtKind.TWIN: "Same numbers, two places",
    DoubtKind.SCOPE: "One count, two areas",
    DoubtKind.MEMBERSHIP: "Region drawn differently",
    DoubtKind.CLAIM: "Claim contradicted",
    DoubtKind.AMBIGUOUS: "Doubtful as published",
}


class Entry(Struct, frozen=True, kw_only=True):
    """A disagreement with what it is found by."""

    told: Disagreement
    places: tuple[str, ...]
    figures: frozenset[str]
    """Ids of the figures that have a part in it."""
    differ: bool
    """Whether it is of figures about one thing that differ."""


class Found(Struct, frozen=True, kw_only=True):
    """All that the figures of a library disagree on, and the measures that were too large to be searched."""

    entries: tuple[Entry, ...]
    large: frozenset[str] = frozenset()


_Placed = tuple[Entry, Figure | None]
"""An entry, and the first of its figures, by which it is put in order."""


class Finder:
    """Finds what the figures of a library disagree on. Made for one search, and not kept."""

    def __init__(self, library: Library, rule: Rule) -> None:
        self._library, self._rule = library, rule
        self._words = Words(library)
        self._places = library.places

    def found(self) -> Found:
        """All of them but those of very large measures, in place order, then period order."""
        searched = Searched(self._library)
        figures = searched.figures()
        conflicts = _conflicts(self._library, figures, self._rule)
        groups = [{figure.id for figure in conflict.figures} for conflict in conflicts]
        doubts = [
            doubt
            for doubt in find_doubts(searched, conflicts=conflicts)
            if doubt.kind is not DoubtKind.DIFFER or not any(set(doubt.figures) <= group for group in groups)
        ]
        placed = [*map(self._differ, conflicts), *map(self._doubt, doubts)]
        placed.sort(key=self._order)
        return Found(entries=tuple(entry for entry, _ in placed), large=searched.large)

    def of_measures(self, place: str, measures: Sequence[str]) -> tuple[Entry, ...]:
        """Those of a place's figures of measures that are too large to be searched whole."""
        figures = [f for one in measures for f in self._library.figures(place=place, measure=one)]
        conflicts = _conflicts(self._library, figures, self._rule)
        return tuple(self._differ(conflict)[0] for conflict in conflicts)

    def _order(self, placed: _Placed) -> tuple[int, bool, object, bool, str]:
        """By place, then by period; what is claimed of a place, and not printed as a figure, comes last."""
        entry, first = placed
        position = min((self._places.position(code) for code in entry.places), default=-1)
        period = order_key(first.period) if first is not None else ()
        claimed = first is None or entry.told.kind == KINDS[DoubtKind.CLAIM]
        return position, claimed, period, not entry.differ, entry.told.id

    def _differ(self, conflict: Conflict) -> _Placed:
        figures = sorted(conflict.figures, key=lambda f: self._library.source(f.source).published)
        sides = self._words.sides(figures, preferred=conflict.preferred)
        measure = self._library.measure(figures[0].measure)
        numbers = dict.fromkeys(words.numbers(f.amount, measure.unit) for f in figures)
        text = f"{measure.name}, published as {words.listed(numbers)}. {conflict.reason}"
        return self._entry(DoubtKind.DIFFER, figures, (figures[0].place,), text, sides)

    def _doubt(self, doubt: Doubt) -> _Placed:
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
    ) -> _Placed:
        heading = self._words.heading(figures, places, claims)
        told = Disagreement(
            id="/".join((kind.value, *(claims or [f.id for f in figures] or places))),
            heading=heading,
            kind=KINDS[kind],
            text=words.sentence(text),
            sides=sides,
            citation=_citation(heading, words.sentence(text), sides),
        )
        ids = frozenset(figure.id for figure in figures)
        entry = Entry(told=told, places=places, figures=ids, differ=kind is DoubtKind.DIFFER)
        return entry, figures[0] if figures else None


def _conflicts(library: Library, figures: Iterable[Figure], rule: Rule) -> tuple[Conflict, ...]:
    several = shared(figures)
    return find_conflicts(several, {f.source: library.source(f.source) for f in several}, rule)


def _citation(heading: str, text: str, sides: Sequence[Side]) -> str:
    chosen = any(side.preferred for side in sides)
    told = [
        f"{side.amount} ({side.source}, {side.published}"
        f"{'; shown' if side.preferred else '; not shown' if chosen else ''})"
        for side in sides
    ]
    return " ".join(
        part for part in (f"{heading}.", text, words.sentence("; ".join(told)) if told else "") if part
    )
