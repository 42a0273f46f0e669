"""The places beside the page: the tree with how much each holds, finding one by name, where to begin."""

from __future__ import annotations

from collections.abc import Mapping

from explorer.evidence.model import Level, PeriodKind, Place
from explorer.evidence.places import Match
from explorer.evidence.rates import HEADS
from explorer.packs.library import Library

from . import words
from .drawable import over_time
from .held import Held
from .page import Found, OutlineRow
from .question import Question

_YEARS = frozenset({PeriodKind.FINANCIAL_YEAR, PeriodKind.CALENDAR_YEAR, PeriodKind.YEAR})
_A_TREND = 3
"""How many years the whole country's record must have to be the first look."""


def outline(library: Library) -> tuple[OutlineRow, ...]:
    """Every place, each under the one it stands in, in place order."""
    counts = _counts(library)
    rows: list[OutlineRow] = []

    def walk(place: Place, depth: int) -> None:
        rows.append(_row(place, depth, counts.get(place.code, 0)))
        for child in library.places.children(place.code):
            walk(child, depth + 1)

    for place in library.places:
        if place.parent is None:
            walk(place, 0)
    return tuple(rows)


def _row(place: Place, depth: int, figures: int) -> OutlineRow:
    told = words.counted(figures, "figure") if figures else "no figures of its own"
    return OutlineRow(
        code=place.code,
        name=place.name,
        level=place.level,
        depth=depth,
        parent=place.parent,
        figures=figures,
        detail=f"{place.name}, {words.level(place)}, {told}",
    )


def find(library: Library, text: str, limit: int = 12) -> tuple[Found, ...]:
    """The places that a typed name leads to, the best first, each with the reason where it needs one."""
    counts = _counts(library)
    return tuple(
        Found(
            code=match.place.code,
            name=match.place.name,
            level=match.place.level,
            why=_why(library, match),
            figures=counts.get(match.place.code, 0),
        )
        for match in library.places.find(text, limit)
    )


def _why(library: Library, match: Match) -> str:
    place = match.place
    told = [f"{match.other.name} is {match.other.reason}"] if match.other else []
    if place.level is Level.LOCAL_AUTHORITY:
        force = library.places.force_of(place.code)
        what = "a former local authority" if place.former else "a local authority"
        if force is not None:
            area = force.name if "Police" in force.name else f"{force.name} police force"
            told.append(f"{what} in the {area} area, where its offences are recorded")
    return "; ".join(told)


def _counts(library: Library) -> Mapping[str, int]:
    """How many figures that say something of offences each place has; its people are not among them."""
    people = [library.place_counts(measure) for measure in HEADS]
    counts = {
        code: count - sum(one.get(code, 0) for one in people)
        for code, count in library.figure_counts().items()
    }
    return {code: count for code, count in counts.items() if count}


def opening(library: Library) -> Question:
    """What to show first: the whole country where its record is a trend, else the force with the longest."""
    whole = next((p for p in library.places if p.level is Level.UK and _has_a_trend(library, p)), None)
    if whole is not None:
        return Question(place=whole.code)
    counts = _counts(library)
    forces = [p for p in library.places if p.level is Level.FORCE and counts.get(p.code)]
    held = forces or [p for p in library.places if counts.get(p.code)]
    if not held:
        return Question(place=next(iter(library.places)).code)
    return Question(place=max(held, key=lambda p: counts[p.code]).code)


def _has_a_trend(library: Library, place: Place) -> bool:
    """Whether a chart over time of the place would show years enough of its own."""
    drawn = over_time(Held(library), place, Question(place=place.code))
    years = {f.period.text for f in drawn.figures if f.place == place.code and f.period.kind in _YEARS}
    return len(years) >= _A_TREND
