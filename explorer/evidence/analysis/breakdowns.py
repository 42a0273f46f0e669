"""What a breakdown divides a count by: sex, age, and whether something was recorded.

It reads the few phrases that packs write breakdowns in. One it cannot read divides nothing here, and is part
of nothing but itself.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import lru_cache

from msgspec import Struct

from explorer.evidence.model import Figure

_OLDEST = 17
_SEX = re.compile(r"\b(girls|boys)\b")
_AGES = re.compile(r"aged (?:(\d+) to (\d+)|(\d+) and under|under (\d+)|(\d+))")
_OPPOSITES = (("platform recorded", "platform not recorded"), ("online", "not online"))
_RECORDED_ATTRIBUTES = {
    "sex recorded": ("sex",),
    "all whose sex was recorded": ("sex",),
    "age recorded": ("age",),
    "all whose age was recorded": ("age",),
    "": (),
}


class BreakdownPart(Struct, frozen=True):
    """A part of a count. ``side`` is one of two sides, such as "platform recorded"."""

    sex: str = ""
    ages: tuple[int, int] = (0, _OLDEST)
    side: str = ""
    known_attributes: tuple[str, ...] = ()
    """What is recorded of everybody in it: "sex", "age"."""
    is_parsed: bool = True


def parse_breakdown(figure: Figure) -> BreakdownPart:
    """The part of a count that a figure is of."""
    return _parse_phrase(figure.breakdown.strip().casefold())


@lru_cache(maxsize=1024)
def _parse_phrase(text: str) -> BreakdownPart:
    if text in _RECORDED_ATTRIBUTES:
        return BreakdownPart(known_attributes=_RECORDED_ATTRIBUTES[text])
    if any(text in pair for pair in _OPPOSITES):
        return BreakdownPart(side=text)
    rest = text.removeprefix("victims").strip()
    sex = _SEX.match(rest)
    rest = rest.removeprefix(sex[1]).strip() if sex else rest
    attributes = ("sex",) if sex else ()
    ages = _parse_ages(rest)
    if ages is not None:
        return BreakdownPart(sex=sex[1] if sex else "", ages=ages, known_attributes=(*attributes, "age"))
    if sex and not rest:
        return BreakdownPart(sex=sex[1], known_attributes=attributes)
    return BreakdownPart(side=text, is_parsed=False)


def _parse_ages(text: str) -> tuple[int, int] | None:
    """The youngest and the oldest that "aged 12 to 15", "aged 11 and under" or "aged under 11" means."""
    match = _AGES.fullmatch(text)
    if match is None:
        return None
    first, last, up_to, below, only = (int(part) if part else None for part in match.groups())
    if first is not None and last is not None:
        return first, last
    if only is not None:
        return only, only
    return 0, up_to if up_to is not None else (below or 1) - 1


def contains(whole: BreakdownPart, part: BreakdownPart) -> bool:
    """Whether everything in ``part`` is in ``whole``, and it is a smaller part by its name."""
    if whole == part or not (whole.is_parsed and part.is_parsed) or whole.side:
        return False
    if part.side:
        return whole == BreakdownPart()
    inside = whole.ages[0] <= part.ages[0] and part.ages[1] <= whole.ages[1]
    return inside and whole.sex in ("", part.sex) and set(whole.known_attributes) <= set(part.known_attributes)


def is_disjoint(first: BreakdownPart, second: BreakdownPart) -> bool:
    """Whether nothing can be in both."""
    if first.side or second.side:
        return (first.side, second.side) in _OPPOSITES or (second.side, first.side) in _OPPOSITES
    if first.sex and second.sex and first.sex != second.sex:
        return True
    return first.ages[1] < second.ages[0] or second.ages[1] < first.ages[0]


def select_disjoint(figures: Iterable[Figure], key: Callable[[Figure], BreakdownPart]) -> tuple[Figure, ...]:
    """Those among ``figures`` that can be added up: the largest first, each apart from the others taken."""
    selection: list[Figure] = []
    for figure in sorted(figures, key=lambda one: (-(one.amount.number or 0), one.id)):
        if all(is_disjoint(key(figure), key(other)) for other in selection):
            selection.append(figure)
    return tuple(selection)
