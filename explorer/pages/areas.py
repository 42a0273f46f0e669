"""Police force areas and their figures: what a map may show, for which period, and counted from which base.

It selects. What becomes of the figures is ``map``'s business, and how they are coloured that of ``steps``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from explorer.evidence import periods
from explorer.evidence.model import Figure, Level, Period, PeriodKind, Place, Unit
from explorer.evidence.rates import common_basis, populations_of

from .drawable import Drawn, distinct
from .grain import WHOLE, both
from .held import Held, of_one_base
from .nearby import known, likely
from .question import Question, Scale
from .scaled import HEADS

_ALMOST = 0.9
"""A year that this share of the areas have, of those of the year that the most have, is as good."""


class Area(Struct, frozen=True, kw_only=True):
    """A force area with one figure a period, by the period's text, and what else is printed for it."""

    place: Place
    figures: dict[str, Figure]
    also: dict[str, tuple[Figure, ...]]
    """The figures that the one in ``figures`` was preferred to, and whose numbers differ from it."""
    breaks: tuple[date, ...] = ()
    """The days from which the measure counts something else."""

    def numbered(self, period: Period) -> Figure | None:
        """The figure of a period, if it has a number."""
        found = self.figures.get(period.text)
        return found if found is not None and found.amount.number is not None else None


class Picked(Struct, frozen=True, kw_only=True):
    """What a map shows: the scale it can be told on, its period, and the base that change is counted from."""

    scale: Scale
    period: Period
    base: Period | None = None
    basis: str | None = None
    """Of rates: the basis of the population estimates that all of them are taken of."""


def measures(held: Held) -> tuple[str, ...]:
    """The measures that count offences of force areas, or changes of them; the one most areas have first.

    Classes that only a table brings come after all that other packs have a figure of.
    """
    found = known(held.library)
    if found.mapped is None:
        found.mapped = _measures(held, found.printed)
    return found.mapped


def _measures(held: Held, printed: Mapping[tuple[str, str], int]) -> tuple[str, ...]:
    library = held.library
    recorded = library.figure_counts()
    codes = [place.code for place in force_areas(held) if place.code in recorded]
    counts = {code: library.measure_counts(code) for code in codes}
    had = {measure for several in counts.values() for measure in several}

    def order(measure: str) -> tuple[int, int, int, int, int, str]:
        own = [printed.get((code, measure), 0) for code in codes]
        every = [counts[code].get(measure, 0) for code in codes]
        return (likely(library.measure(measure).unit), *_negative(own), *_negative(every), measure)

    counted = (one.id for one in library.measures() if one.unit in {Unit.OFFENCES, Unit.CHANGE})
    return tuple(sorted((one for one in counted if one in had), key=order))


def _negative(several: Sequence[int]) -> tuple[int, int]:
    """How many areas have any, and how many they have, the most first."""
    return -sum(one > 0 for one in several), -sum(several)


def force_areas(held: Held) -> tuple[Place, ...]:
    """Every force area that has a place on the map, in place order."""
    return tuple(p for p in held.library.places if p.level is Level.FORCE and p.tile is not None)


def areas(held: Held, measure: str) -> tuple[Area, ...]:
    """The force areas with their figures of one measure, undivided, in place order."""
    days = tuple(one.day for one in held.library.measure(measure).breaks)
    since = _usual_since(held, measure)
    return tuple(_area(held, place, (measure, since), days) for place in force_areas(held))


def _area(held: Held, place: Place, counted: tuple[str, str], breaks: tuple[date, ...]) -> Area:
    nation = _nation(held, place)
    figures = () if nation is None else _plain(held, nation, *counted)
    own = _plain(held, place, *counted)
    had = {f.period.text for f in own}
    every = (*own, *(f for f in figures if f.period.text not in had))
    kept = {f.period.text: f for f in held.preferred(every)}
    also: dict[str, tuple[Figure, ...]] = {}
    if len(kept) < len(every):
        for text, chosen in kept.items():
            also[text] = tuple(f for f in every if f.period.text == text and _differs(f, chosen))
    return Area(place=place, figures=kept, also=also, breaks=breaks)


def _differs(figure: Figure, chosen: Figure) -> bool:
    number = figure.amount.number
    return number is not None and number != chosen.amount.number


def _plain(held: Held, place: Place, measure: str, since: str = "") -> tuple[Figure, ...]:
    found = held.library.figures(place=place.code, measure=measure, platform="")
    return tuple(f for f in found if f.breakdown == since)


def _usual_since(held: Held, measure: str) -> str:
    """Of published changes: what most of those of force areas are since, such as "since 2017/18"."""
    if held.library.measure(measure).unit is not Unit.CHANGE:
        return ""
    changes = [
        figure
        for place in force_areas(held)
        for figure in held.library.figures(place=place.code, measure=measure, platform="")
    ]
    usual = of_one_base(changes)
    return usual[0].breakdown if usual else ""


def _nation(held: Held, place: Place) -> Place | None:
    """The nation whose only force this is: what is printed for it holds for the force."""
    if place.parent is None:
        return None
    above = held.library.places.get(place.parent)
    forces = [one for one in held.library.places.children(above.code) if one.level is Level.FORCE]
    return above if above.level is Level.NATION and len(forces) == 1 else None


def people(held: Held, area: Area, figure: Figure, scale: Scale, basis: str | None = None) -> Figure | None:
    """The people that the rate of an area's figure is taken of; None where we hold none, or on no such basis.

    What is published for a nation whose only force this is stands on the people of either.
    """
    if figure.in_doubt is not None:
        return None
    for code in dict.fromkeys((figure.place, area.place.code)):
        several = populations_of(replace(figure, place=code), held.library, HEADS[scale])
        found = next((one for one in several if basis in (None, one.basis)), None)
        if found is not None:
            return found
    return None


def _basis(held: Held, found: Sequence[Area], period: Period, scale: Scale) -> str | None:
    """The basis that the populations of most areas are estimated on in a period."""
    counted = ((area, area.numbered(period)) for area in found)
    return common_basis(
        one
        for area, figure in counted
        if figure is not None and figure.in_doubt is None
        for code in dict.fromkeys((figure.place, area.place.code))
        for one in populations_of(replace(figure, place=code), held.library, HEADS[scale])
    )


def pick(held: Held, found: Sequence[Area], question: Question) -> Picked | None:
    """What a map of these areas shows; counts where change or rate was asked for and none can be had."""
    possible = shown_periods(found)
    if not possible:
        return None
    scale = Scale.COUNT if _are_changes(held, found) else question.scale
    if scale is Scale.CHANGE:
        pair = _pair(found, possible, question)
        if pair is not None:
            return Picked(scale=Scale.CHANGE, period=pair[1], base=pair[0])
    if scale in HEADS:
        rated = _most(found, possible, question, lambda a, f: people(held, a, f, scale) is not None)
        if rated is not None:
            return Picked(scale=scale, period=rated, basis=_basis(held, found, rated, scale))
    counted = _most(found, possible, question, lambda _area, _figure: True)
    return None if counted is None else Picked(scale=Scale.COUNT, period=counted)


def _are_changes(held: Held, found: Sequence[Area]) -> bool:
    """Whether the figures are published changes, which have no rate and no change of their own."""
    figures = (figure for area in found for figure in area.figures.values())
    return any(held.unit(figure) is Unit.CHANGE for figure in figures)


def shown_periods(found: Sequence[Area]) -> tuple[Period, ...]:
    """The periods that any area has a number of, in order."""
    return distinct(f for area in found for f in area.figures.values() if f.amount.number is not None)


def base_periods(found: Sequence[Area], period: Period) -> tuple[Period, ...]:
    """The periods that change up to ``period`` may be counted from, in order."""
    earlier = [p for p in shown_periods(found) if _leads_to(p, period) and not _across(found, p, period)]
    return tuple(p for p in earlier if any(a.numbered(p) and a.numbered(period) for a in found))


def _leads_to(base: Period, period: Period) -> bool:
    whole = base.kind is not PeriodKind.SEVERAL_YEARS
    return whole and base.end < period.start and periods.alike(base, period)


def _most(
    found: Sequence[Area],
    possible: Sequence[Period],
    question: Question,
    counts: Callable[[Area, Figure], bool],
) -> Period | None:
    """The period asked for, else the one that most areas count in, the latest of several.

    Where areas have years with their quarters, it is the newest year that almost as many count in as in any.
    """
    held: dict[str, int] = {}
    for period in possible:
        numbered = ((area, area.numbered(period)) for area in found)
        held[period.text] = sum(figure is not None and counts(area, figure) for area, figure in numbered)
    asked = [p for p in possible if p.text == question.period] or [p for p in possible if held[p.text]]
    if both(possible) and not any(p.text == question.period for p in possible):
        asked = [p for p in asked if p.kind in WHOLE] or asked
        most = max((held[p.text] for p in asked), default=0)
        return max((p for p in asked if held[p.text] >= _ALMOST * most), key=lambda p: p.end, default=None)
    best = max(asked, key=lambda p: (held[p.text], p.end, p.start), default=None)
    return best if best is not None and held[best.text] else None


def _pair(
    found: Sequence[Area], possible: Sequence[Period], question: Question
) -> tuple[Period, Period] | None:
    """The base and the period of a change: as asked for, else those most areas share, to the latest year.

    Never on two sides of a day from which the measure counts something else.
    """
    held = [frozenset(t for t, f in a.figures.items() if f.amount.number is not None) for a in found]
    if both(possible) and not any(p.text == question.period and p.kind not in WHOLE for p in possible):
        possible = [p for p in possible if p.kind in WHOLE]
    shared = {
        (b, p): sum(b.text in texts and p.text in texts for texts in held)
        for p in possible
        for b in possible
        if _leads_to(b, p) and not _across(found, b, p)
    }
    pairs = [pair for pair, both in shared.items() if both]
    if any(p.text == question.period for p in possible):
        pairs = [pair for pair in pairs if pair[1].text == question.period]
    pairs = [pair for pair in pairs if pair[0].text == question.base] or pairs

    def share(pair: tuple[Period, Period]) -> tuple[int, int, int]:
        return shared[pair], pair[1].end.toordinal(), -pair[0].start.toordinal()

    return max(pairs, key=share, default=None)


def _across(found: Sequence[Area], base: Period, period: Period) -> bool:
    """Whether what is counted changed between two periods."""
    return any(base.start < day <= period.end for area in found[:1] for day in area.breaks)


def mapped(held: Held, question: Question) -> Drawn:
    """The figures that a map draws, in place order; those that change is counted from come after them."""
    measure = _measure(held, question)
    found = areas(held, measure) if measure else ()
    picked = pick(held, found, question)
    if picked is None:
        return Drawn()
    periods_ = (picked.period,) if picked.base is None else (picked.period, picked.base)
    figures = tuple(a.figures[p.text] for p in periods_ for a in found if p.text in a.figures)
    return Drawn(figures=figures, periods=shown_periods(found))


def _measure(held: Held, question: Question) -> str:
    """The measure asked for, if the areas have figures of it; else the one that most areas have."""
    several = measures(held)
    return question.measure if question.measure in several else next(iter(several), "")
