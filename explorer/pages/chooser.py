"""Finding a measure among very many, by words of its name, its group and its code.

It sorts what a page offers; how that is shown and chosen is the window's business.
"""

from __future__ import annotations

from collections.abc import Sequence

from explorer.evidence.places import normalise

from .page import ChartChoice

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
