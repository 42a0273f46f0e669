"""What a breakdown divides a count by: sex, age, and whether something was recorded.

It reads the few phrases that packs write breakdowns in. One it cannot read divides nothing here, and is part
of nothing but itself.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import lru_cache

from msgspec import Struct

from .model import Figure

_OLDEST = 17
_SEX = re.compile(r"\b(girls|boys)\b")
_AGES = re.compile(r"aged (?:(\d+) to (\d+)|(\d+) and under|under (\d+)|(\d+))")
_OPPOSITES = (("platform recorded", "platform not recorded"), ("online", "not online"))
_RECORDED = {
    "sex recorded": ("sex",),
    "all whose sex was recorded": ("sex",),
    "age recorded": ("age",),
    "all whose age was recorded": ("age",),
    "": (),
}


class Division(Struct, frozen=True):
    """A part of a count. ``side`` is one of two sides, such as "platform recorded"."""

    sex: str = ""
    ages: tuple[int, int] = (0, _OLDEST)
    side: str = ""
    known: tuple[str, ...] = ()
    """What is recorded of everybody in it: "sex", "age"."""
    read: bool = True


def division(figure: Figure) -> Division:
    """The part of a count that a figure is of."""
    return _read(figure.breakdown.strip().casefold())


@lru_cache(maxsize=1024)
def _read(text: str) -> Division:
    if text in _RECORDED:
        return Division(known=_RECORDED[text])
    if any(text in pair for pair in _OPPOSITES):
        return Division(side=text)
    rest = text.removeprefix("victims").strip()
    sex = _SEX.match(rest)
    rest = rest.removeprefix(sex[1]).strip() if sex else rest
    known = ("sex",) if sex else ()
    ages = _ages(rest)
    if ages is not None:
        return Division(sex=sex[1] if sex else "", ages=ages, known=(*known, "age"))
    if sex and not rest:
        return Division(sex=sex[1], known=known)
    return Division(side=text, read=False)


def _ages(text: str) -> tuple[int, int] | None:
    """The youngest and the oldest that "aged 12 to 15", "aged 11 and under" or "aged under 11" means."""
    found = _AGES.fullmatch(text)
    if found is None:
        return None
    first, last, up_to, below, only = (int(part) if part else None for part in found.groups())
    if first is not None and last is not None:
        return first, last
    if only is not None:
        return only, only
    return 0, up_to if up_to is not None else (below or 1) - 1


def holds(whole: Division, part: Division) -> bool:
    """Whether everything in ``part`` is in ``whole``, and it is a smaller part by its name."""
    if whole == part or not (whole.read and part.read) or whole.side:
        return False
    if part.side:
        return whole == Division()
    inside = whole.ages[0] <= part.ages[0] and part.ages[1] <= whole.ages[1]
    return inside and whole.sex in ("", part.sex) and set(whole.known) <= set(part.known)


def apart(first: Division, second: Division) -> bool:
    """Whether nothing can be in both."""
    if first.side or second.side:
        return (first.side, second.side) in _OPPOSITES or (second.side, first.side) in _OPPOSITES
    if first.sex and second.sex and first.sex != second.sex:
        return True
    return first.ages[1] < second.ages[0] or second.ages[1] < first.ages[0]


def disjoint(figures: Iterable[Figure], key: Callable[[Figure], Division]) -> tuple[Figure, ...]:
    """Those among ``figures`` that can be added up: the largest first, each apart from the others taken."""
    taken: list[Figure] = []
    for figure in sorted(figures, key=lambda one: (-(one.amount.number or 0), one.id)):
        if all(apart(key(figure), key(other)) for other in taken):
            taken.append(figure)
    return tuple(taken)
