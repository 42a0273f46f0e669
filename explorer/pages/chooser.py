"""Finding a measure among very many, by words of its name, its group and its code.

It sorts what a page offers; how that is shown and chosen is the window's business.
"""

from __future__ import annotations

from collections.abc import Sequence

from explorer.evidence.place_names import fold

from .page import Choice

MANY = 12
"""More measures than these are looked for in a list with a search field."""
UNGROUPED = "Other measures"


def matching(measures: Sequence[Choice], text: str) -> tuple[Choice, ...]:
    """The measures of which every word of ``text`` begins a word, in the order given."""
    typed = fold(text).split()
    return tuple(one for one in measures if _holds(_words(one), typed))


def _holds(words: Sequence[str], typed: Sequence[str]) -> bool:
    return all(any(word.startswith(begun) for word in words) for begun in typed)


def _words(measure: Choice) -> list[str]:
    return fold(f"{measure.code} {measure.label} {measure.group}").split()


def grouped(measures: Sequence[Choice]) -> tuple[tuple[str, tuple[Choice, ...]], ...]:
    """Measures by group, the groups in the order in which their first ones stand."""
    found: dict[str, list[Choice]] = {}
    for one in measures:
        found.setdefault(one.group or UNGROUPED, []).append(one)
    return tuple((group, tuple(several)) for group, several in found.items())


def first(measures: Sequence[Choice], text: str) -> Choice | None:
    """The one to begin at: that whose code is typed, or the chosen one where nothing is, or the first."""
    typed = fold(text)
    by_code = (one for one in measures if one.code and fold(one.code) == typed)
    chosen = (one for one in measures if one.chosen)
    return next(by_code, None) or (None if typed else next(chosen, None)) or next(iter(measures), None)


def told(found: int, every: int, text: str) -> str:
    """How many measures there are, or how many match."""
    if not text.strip():
        return f"{every} measures"
    if not found:
        return f"No measure matches “{text.strip()}”. Try fewer or other words, or a code such as 88A."
    return f"{found} of {every} measures"
