"""The disagreements of a library, found by the rules of ``evidence`` and put into words, one entry each.

Which of them a page lists is decided next door, in ``list_discrepancies``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from weakref import ref

from msgspec import MsgspecError, Struct, json

from explorer.evidence import (
    ConflictingFigures,
    Figure,
    Measure,
    Place,
    PlaceLevel,
    Preference,
    Subject,
    Unit,
    find_conflicts,
    formatting,
    order_key,
    subject_key,
)
from explorer.evidence.discrepancies import Discrepancy, DiscrepancyKind, find_doubts
from explorer.pages.model import DiscrepancySide, DiscrepancyView, EvidenceLibrary, Question
from explorer.pages.selection import SearchableRepository, scope
from explorer.pages.text import phrases
from explorer.support import per_revision

# The words of a disagreement's parts: its heading, and each side with its number, source and
# standing.


_MOST_PLACES = 3
"""How many places a heading names."""


def with_duplicates(figures: Iterable[Figure]) -> tuple[Figure, ...]:
    """The figures that are not alone in being about their thing: only these can differ."""
    about: dict[Subject, list[Figure]] = {}
    for figure in figures:
        about.setdefault(subject_key(figure), []).append(figure)
    return tuple(figure for several in about.values() if len(several) > 1 for figure in several)


class DiscrepancyText:
    """Puts the parts of disagreements into words, with the names that a library holds."""

    def __init__(self, library: EvidenceLibrary) -> None:
        self._library = library

    def format_heading(self, figures: Sequence[Figure], places: Sequence[str], claims: Sequence[str]) -> str:
        """What it is about: "Lancashire, 2017/18: offences recorded", "Wales: a published claim"."""
        where = self._format_places(places if claims or not figures else [figure.place for figure in figures])
        if claims:
            return f"{where}: a published claim" if where else "A published claim"
        periods = {figure.period.text: figure.period for figure in figures}
        when = formatting.describe_periods(list(periods.values())) if len(periods) < _MOST_PLACES else ""
        if not figures:
            return where
        place_and_period = f"{where}, {when}" if when else where
        short = f"{where}, {figures[0].period.label}" if when and len(periods) == 1 else where
        thing = self._describe_subject(figures)
        return phrases.shorten_title(f"{place_and_period}: {thing}", f"{short}: {thing}")

    def _format_places(self, codes: Sequence[str]) -> str:
        ordered_codes = sorted(dict.fromkeys(codes), key=self._library.places.position)
        names = [self._library.places.get(code).name for code in ordered_codes]
        if len(names) <= _MOST_PLACES:
            # "England and Wales, England and Wales" would be said of a whole that is named by its parts.
            whole_names = (one for one in names if formatting.join_list([n for n in names if n != one]) == one)
            return next(whole_names, formatting.join_list(names))
        return f"{names[0]} and {len(names) - 1} others"

    def _describe_subject(self, figures: Sequence[Figure]) -> str:
        """What is counted: the platform and the division where all the figures share one."""
        measures = {figure.measure for figure in figures}
        unit = self._library.measure(figures[0].measure).unit
        lead = phrases.AXIS[unit] if unit is Unit.OFFENCES else phrases.LEAD[unit]
        if unit is Unit.PEOPLE and len(measures) == 1:
            lead = self._library.measure(figures[0].measure).name.replace(" living there,", "")
        platforms = {figure.platform for figure in figures}
        if len(measures) == 1 and len(platforms) == 1 and figures[0].platform:
            lead = f"{self._library.platform(figures[0].platform).name}, {lead[:1].lower()}{lead[1:]}"
        else:
            lead = lead[:1].lower() + lead[1:]
        breakdowns = {figure.breakdown for figure in figures}
        return f"{lead} ({figures[0].breakdown})" if len(breakdowns) == 1 and figures[0].breakdown else lead

    def build_sides(self, figures: Sequence[Figure], preferred_id: str = "") -> tuple[DiscrepancySide, ...]:
        """A side for each figure; ``preferred_id`` is the one shown, empty where none is chosen between."""
        source_names = self._source_names([figure.source for figure in figures])
        return tuple(
            DiscrepancySide(
                figure=figure.id,
                amount=self._format_amount(figure, figures),
                source=source_names[figure.source],
                preferred=figure.id == preferred_id,
                why=_explain_side(figure),
                printed=f"{phrases.as_printed(figure)}, {figure.locator}",
            )
            for figure in figures
        )

    def _source_names(self, ids: Sequence[str]) -> dict[str, str]:
        """Sources by publisher and date, and by title too where that alone tells two of them apart."""
        sources = {i: self._library.source(i) for i in ids}
        names = {i: phrases.source_named(source) for i, source in sources.items()}
        twice = {name for name, number in Counter(names.values()).items() if number > 1}
        return {i: f"{n}, “{sources[i].title}”" if n in twice else n for i, n in names.items()}

    def _format_amount(self, figure: Figure, beside: Sequence[Figure]) -> str:
        """The amount, after what tells it from the others: measure, place, period, platform, division."""
        library = self._library
        mine = library.measure(figure.measure)
        alike = [one for one in {f.measure for f in beside} if library.measure(one).unit is mine.unit]
        parts = (
            (mine.id, alike, mine.name),
            (figure.place, [f.place for f in beside], library.places.get(figure.place).name),
            (figure.period.text, [f.period.text for f in beside], formatting.period_in_sentence(figure.period)),
            (
                figure.platform,
                [f.platform for f in beside],
                library.platform(figure.platform).name if figure.platform else "",
            ),
            (figure.breakdown, [f.breakdown for f in beside], figure.breakdown),
        )
        context = ", ".join(name for _, among, name in parts if name and len(set(among)) > 1)
        amount_text = formatting.describe_amount(figure.amount, library.measure(figure.measure).unit, figure.base)
        return formatting.capitalise(f"{context}: {amount_text}" if context else amount_text)


def _explain_side(figure: Figure) -> str:
    forces = phrases.describe_forces(figure)
    if str(figure.forces_responding) in figure.coverage:
        forces = ""  # the coverage says it in its own words
    statements = (f"Forces responding: {forces}" if forces else "", figure.coverage, figure.note)
    return " ".join(formatting.to_sentence(part) for part in statements if part)


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

    def __init__(self, library: EvidenceLibrary, rule: Preference) -> None:
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
        numbers = dict.fromkeys(formatting.format_amount(f.amount, measure.unit) for f in figures)
        text = f"{measure.name}, published as {formatting.join_list(numbers)}. {conflict.reason}"
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
            text=formatting.to_sentence(text),
            sides=sides,
            citation=_format_citation(heading, formatting.to_sentence(text), sides),
        )
        ids = frozenset(figure.id for figure in figures)
        entry = DiscrepancyEntry(
            discrepancy=discrepancy, places=places, figures=ids, differ=kind is DiscrepancyKind.DIFFER
        )
        return entry, figures[0] if figures else None


def _find_shared_conflicts(
    library: EvidenceLibrary, figures: Iterable[Figure], rule: Preference
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
        part
        for part in (f"{heading}.", text, formatting.to_sentence("; ".join(side_texts)) if side_texts else "")
        if part
    )


# What printed figures disagree on, as a page lists it: all of it, or what bears on a place.


_DEPTH = {level: depth for depth, level in enumerate(PlaceLevel)}
"""How far down each level is; the levels are listed from the largest."""


class DiscrepancyIndex:
    """The disagreements of one library at one revision and by one rule, in place order, then period order."""

    def __init__(self, library: EvidenceLibrary, rule: Preference) -> None:
        self._rule = rule
        # What is kept for a library must not keep the library.
        self._library = ref(library)
        self._places = library.places
        results = _find_or_load(library, rule)
        self._all = results.entries
        self._classes = results.large - scope.library_stats(library).home
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


def _find_or_load(library: EvidenceLibrary, rule: Preference) -> DiscrepancyResults:
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


_index_for = per_revision(DiscrepancyIndex)


def discrepancy_index(library: EvidenceLibrary, rule: Preference = Preference.NEWEST) -> DiscrepancyIndex:
    """What the library's figures disagree on by ``rule``, found once for each revision."""
    return _index_for(library, rule)


def list_discrepancies(
    library: EvidenceLibrary, question: Question, place: Place, measure: Measure | None = None
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
        f"No loaded figures about {formatting.place_in_sentence(place)}, or "
        "the places that hold it or lie in it, disagree. "
        "Show those of everywhere instead."
    )
