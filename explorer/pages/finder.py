"""The disagreements of a library, found by the rules of ``evidence`` and put into words, one entry each.

Which of them a page lists is decided next door, in ``list_discrepancies``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import Struct

from explorer.evidence.conflicts import ConflictingFigures, Preference, find_conflicts
from explorer.evidence.discrepancies.find import find_doubts
from explorer.evidence.discrepancies.model import Discrepancy, DiscrepancyKind
from explorer.evidence.model import Figure
from explorer.evidence.periods import order_key
from explorer.library.library import Library
from explorer.pages import words

from .doubted import DiscrepancyText, with_duplicates
from .page import DiscrepancyView
from .searched import SearchableRepository
from .side import DiscrepancySide

KINDS = {
    DiscrepancyKind.DIFFER: "Published differently",
    DiscrepancyKind.SUM: "Total is not the sum",
    DiscrepancyKind.PERIOD: "Part is larger than the whole",
    DiscrepancyKind.PARTS: "Parts exceed the whole",
    DiscrepancyKind.PLATFORM: "Platform is above the total",
    DiscrepancyKind.PLACE: "Place is above its whole",
    DiscrepancyKind.REGION_SUM: "Forces do not add up",
    DiscrepancyKind.SHARES: "Shares pass 100%",
    DiscrepancyKind.CLASSES: "Section 15A above class 88A",
    DiscrepancyKind.NOT_WHOLE: "Not a whole number",
    DiscrepancyKind.CHANGE: "Change and totals differ",
    DiscrepancyKind.BASE: "Change implies another base",
    DiscrepancyKind.TWIN: "Same numbers, two places",
    DiscrepancyKind.SCOPE: "One count, two areas",
    DiscrepancyKind.MEMBERSHIP: "Region drawn differently",
    DiscrepancyKind.CLAIM: "Claim contradicted",
    DiscrepancyKind.AMBIGUOUS: "Doubtful as published",
}


class DiscrepancyEntry(Struct, frozen=True, kw_only=True):
    """A disagreement with what it is found by."""

    discrepancy: DiscrepancyView
    places: tuple[str, ...]
    figures: frozenset[str]
    """Ids of the figures that have a part in it."""
    differ: bool
    """Whether it is of figures about one thing that differ."""


class DiscrepancyResults(Struct, frozen=True, kw_only=True):
    """All that the figures of a library disagree on, and the measures that were too large to be searched."""

    entries: tuple[DiscrepancyEntry, ...]
    large: frozenset[str] = frozenset()


_OrderedEntry = tuple[DiscrepancyEntry, Figure | None]
"""An entry, and the first of its figures, by which it is put in order."""


class DiscrepancyFinder:
    """Finds what the figures of a library disagree on. Made for one search, and not kept."""

    def __init__(self, library: Library, rule: Preference) -> None:
        self._library, self._rule = library, rule
        self._words = DiscrepancyText(library)
        self._places = library.places

    def find_all(self) -> DiscrepancyResults:
        """All of them but those of very large measures, in place order, then period order."""
        searchable = SearchableRepository(self._library)
        figures = searchable.figures()
        conflicts = _find_shared_conflicts(self._library, figures, self._rule)
        groups = [{figure.id for figure in conflict.figures} for conflict in conflicts]
        doubts = [
            doubt
            for doubt in find_doubts(searchable, conflicts=conflicts)
            if doubt.kind is not DiscrepancyKind.DIFFER or not any(set(doubt.figures) <= group for group in groups)
        ]
        entries = [*map(self._conflict_entry, conflicts), *map(self._discrepancy_entry, doubts)]
        entries.sort(key=self._sort_key)
        return DiscrepancyResults(entries=tuple(entry for entry, _ in entries), large=searchable.large)

    def of_measures(self, place: str, measures: Sequence[str]) -> tuple[DiscrepancyEntry, ...]:
        """Those of a place's figures of measures that are too large to be searched whole."""
        figures = [f for one in measures for f in self._library.figures(place=place, measure=one)]
        conflicts = _find_shared_conflicts(self._library, figures, self._rule)
        return tuple(self._conflict_entry(conflict)[0] for conflict in conflicts)

    def _sort_key(self, item: _OrderedEntry) -> tuple[int, bool, object, bool, str]:
        """By place, then by period; what is claimed of a place, and not printed as a figure, comes last."""
        entry, first = item
        position = min((self._places.position(code) for code in entry.places), default=-1)
        period = order_key(first.period) if first is not None else ()
        is_claim = first is None or entry.discrepancy.kind == KINDS[DiscrepancyKind.CLAIM]
        return position, is_claim, period, not entry.differ, entry.discrepancy.id

    def _conflict_entry(self, conflict: ConflictingFigures) -> _OrderedEntry:
        figures = sorted(conflict.figures, key=lambda f: self._library.source(f.source).published)
        sides = self._words.build_sides(figures, preferred_id=conflict.preferred_id)
        measure = self._library.measure(figures[0].measure)
        numbers = dict.fromkeys(words.format_amount(f.amount, measure.unit) for f in figures)
        text = f"{measure.name}, published as {words.join_list(numbers)}. {conflict.reason}"
        return self._build_entry(DiscrepancyKind.DIFFER, figures, (figures[0].place,), text, sides)

    def _discrepancy_entry(self, doubt: Discrepancy) -> _OrderedEntry:
        by_id = {figure.id: figure for figure in self._library.figures(ids=doubt.figures)}
        figures = tuple(by_id[i] for i in doubt.figures if i in by_id)
        sides = self._words.build_sides(figures)
        return self._build_entry(doubt.kind, figures, doubt.places, doubt.text, sides, doubt.claims)

    def _build_entry(
        self,
        kind: DiscrepancyKind,
        figures: Sequence[Figure],
        places: tuple[str, ...],
        text: str,
        sides: tuple[DiscrepancySide, ...],
        claims: Sequence[str] = (),
    ) -> _OrderedEntry:
        heading = self._words.format_heading(figures, places, claims)
        discrepancy = DiscrepancyView(
            id="/".join((kind.value, *(claims or [f.id for f in figures] or places))),
            heading=heading,
            kind=KINDS[kind],
            text=words.to_sentence(text),
            sides=sides,
            citation=_format_citation(heading, words.to_sentence(text), sides),
        )
        ids = frozenset(figure.id for figure in figures)
        entry = DiscrepancyEntry(
            discrepancy=discrepancy, places=places, figures=ids, differ=kind is DiscrepancyKind.DIFFER
        )
        return entry, figures[0] if figures else None


def _find_shared_conflicts(
    library: Library, figures: Iterable[Figure], rule: Preference
) -> tuple[ConflictingFigures, ...]:
    several = with_duplicates(figures)
    return find_conflicts(several, {f.source: library.source(f.source) for f in several}, rule)


def _format_citation(heading: str, text: str, sides: Sequence[DiscrepancySide]) -> str:
    has_preferred = any(side.preferred for side in sides)
    side_texts = [
        f"{side.amount} ({side.source}, {side.publication_text}"
        f"{'; shown' if side.preferred else '; not shown' if has_preferred else ''})"
        for side in sides
    ]
    return " ".join(
        part for part in (f"{heading}.", text, words.to_sentence("; ".join(side_texts)) if side_texts else "") if part
    )
