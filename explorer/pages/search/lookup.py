"""The places beside the page: the tree with how much each holds, finding one by name, where to begin."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from explorer.evidence import NameMatch, PeriodKind, Place, PlaceLevel, formatting, normalise
from explorer.evidence.analysis import HEADS
from explorer.pages.model import ChartChoice, EvidenceLibrary, OutlineRow, PlaceMatch, Question
from explorer.pages.selection import FigureQuery, over_time

_YEARS = frozenset({PeriodKind.FINANCIAL_YEAR, PeriodKind.CALENDAR_YEAR, PeriodKind.YEAR})
_A_TREND = 3
"""How many years the whole country's record must have to be the first look."""


def build_outline(library: EvidenceLibrary) -> tuple[OutlineRow, ...]:
    """Every place, each under the one it stands in, in place order."""
    counts = _count_offence_figures(library)
    rows: list[OutlineRow] = []

    def add_subtree(place: Place, depth: int) -> None:
        rows.append(_build_row(place, depth, counts.get(place.code, 0)))
        for child in library.places.children(place.code):
            add_subtree(child, depth + 1)

    for place in library.places:
        if place.parent is None:
            add_subtree(place, 0)
    return tuple(rows)


def _build_row(place: Place, depth: int, figures: int) -> OutlineRow:
    count_text = formatting.pluralise(figures, "figure") if figures else "no figures of its own"
    return OutlineRow(
        code=place.code,
        name=place.name,
        level=place.level,
        depth=depth,
        parent=place.parent,
        figures=figures,
        detail=f"{place.name}, {formatting.describe_level(place)}, {count_text}",
    )


def find_places(library: EvidenceLibrary, text: str, limit: int = 12) -> tuple[PlaceMatch, ...]:
    """The places that a typed name leads to, the best first, each with the reason where it needs one."""
    counts = _count_offence_figures(library)
    return tuple(
        PlaceMatch(
            code=match.place.code,
            name=match.place.name,
            level=match.place.level,
            why=_match_reason(library, match),
            figures=counts.get(match.place.code, 0),
        )
        for match in library.places.find_matches(text, limit)
    )


def _match_reason(library: EvidenceLibrary, match: NameMatch) -> str:
    place = match.place
    reasons = [f"{match.other.name} is {match.other.reason}"] if match.other else []
    if place.level is PlaceLevel.LOCAL_AUTHORITY:
        force = library.places.force_of(place.code)
        what = "a former local authority" if place.former else "a local authority"
        if force is not None:
            area = force.name if "Police" in force.name else f"{force.name} police force"
            reasons.append(f"{what} in the {area} area, where its offences are recorded")
    return "; ".join(reasons)


def _count_offence_figures(library: EvidenceLibrary) -> Mapping[str, int]:
    """How many figures that say something of offences each place has; its people are not among them."""
    people = [library.place_counts(measure) for measure in HEADS]
    counts = {code: count - sum(one.get(code, 0) for one in people) for code, count in library.figure_counts().items()}
    return {code: count for code, count in counts.items() if count}


def select_opening_question(library: EvidenceLibrary) -> Question:
    """What to show first: the whole country where its record is a trend, else the force with the longest."""
    whole = next((p for p in library.places if p.level is PlaceLevel.UK and _has_a_trend(library, p)), None)
    if whole is not None:
        return Question(place=whole.code)
    counts = _count_offence_figures(library)
    forces = [p for p in library.places if p.level is PlaceLevel.FORCE and counts.get(p.code)]
    candidates = forces or [p for p in library.places if counts.get(p.code)]
    if not candidates:
        return Question(place=next(iter(library.places)).code)
    return Question(place=max(candidates, key=lambda p: counts[p.code]).code)


def _has_a_trend(library: EvidenceLibrary, place: Place) -> bool:
    """Whether a chart over time of the place would show years enough of its own."""
    selection = over_time(FigureQuery(library), place, Question(place=place.code))
    years = {f.period.text for f in selection.figures if f.place == place.code and f.period.kind in _YEARS}
    return len(years) >= _A_TREND


# Finding a measure among very many, by words of its name, its group and its code.


MANY = 12
"""More measures than these are looked for in a list with a search field."""
OTHER_GROUP = "Other measures"


def filter_measures(measures: Sequence[ChartChoice], text: str) -> tuple[ChartChoice, ...]:
    """The measures of which every word of ``text`` begins a word, in the order given."""
    search_terms = normalise(text).split()
    return tuple(one for one in measures if _matches_terms(_search_words(one), search_terms))


def _matches_terms(words: Sequence[str], search_terms: Sequence[str]) -> bool:
    return all(any(word.startswith(prefix) for word in words) for prefix in search_terms)


def _search_words(measure: ChartChoice) -> list[str]:
    return normalise(f"{measure.code} {measure.label} {measure.group}").split()


def group_measures(measures: Sequence[ChartChoice]) -> tuple[tuple[str, tuple[ChartChoice, ...]], ...]:
    """Measures by group, the groups in the order in which their first ones stand."""
    groups: dict[str, list[ChartChoice]] = {}
    for one in measures:
        groups.setdefault(one.group or OTHER_GROUP, []).append(one)
    return tuple((group, tuple(several)) for group, several in groups.items())


def initial_measure(measures: Sequence[ChartChoice], text: str) -> ChartChoice | None:
    """The one to begin at: that whose code is typed, or the chosen one where nothing is, or the first."""
    search_text = normalise(text)
    by_code = (one for one in measures if one.code and normalise(one.code) == search_text)
    current = (one for one in measures if one.chosen)
    return next(by_code, None) or (None if search_text else next(current, None)) or next(iter(measures), None)


def result_summary(match_count: int, every: int, text: str) -> str:
    """How many measures there are, or how many match."""
    if not text.strip():
        return f"{every} measures"
    if not match_count:
        return f"No measure matches “{text.strip()}”. Try fewer or other words, or a code such as 88A."
    return f"{match_count} of {every} measures"
