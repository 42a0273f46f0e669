"""Police force areas and their figures: what a map may show, for which period, and counted from which base.

It selects. What becomes of the figures is ``map``'s business, and how they are coloured that of ``steps``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from explorer.evidence import Figure, Period, PeriodKind, Place, PlaceLevel, Unit, periods
from explorer.evidence.analysis import common_basis, populations_of
from explorer.pages.model import Question, ValueScale

from .figures import FigureQuery, of_one_base
from .periods import WHOLE, ChartSelection, distinct_periods, has_both_granularities
from .scaling import HEADS
from .scope import library_stats, unit_rank

_ALMOST = 0.9
"""A year that this share of the areas have, of those of the year that the most have, is as good."""


class ForceArea(Struct, frozen=True, kw_only=True):
    """A force area with one figure a period, by the period's text, and what else is printed for it."""

    place: Place
    figures: dict[str, Figure]
    also: dict[str, tuple[Figure, ...]]
    """The figures that the one in ``figures`` was preferred to, and whose numbers differ from it."""
    breaks: tuple[date, ...] = ()
    """The days from which the measure counts something else."""

    def figure_with_number(self, period: Period) -> Figure | None:
        """The figure of a period, if it has a number."""
        figure = self.figures.get(period.text)
        return figure if figure is not None and figure.amount.number is not None else None


class MapSelection(Struct, frozen=True, kw_only=True):
    """What a map shows: the scale it can be told on, its period, and the base that change is counted from."""

    scale: ValueScale
    period: Period
    base: Period | None = None
    basis: str | None = None
    """Of rates: the basis of the population estimates that all of them are taken of."""


def map_measures(figure_query: FigureQuery) -> tuple[str, ...]:
    """The measures that count offences of force areas, or changes of them; the one most areas have first.

    Classes that only a table brings come after all that other packs have a figure of.
    """
    stats = library_stats(figure_query.library)
    if stats.mapped is None:
        stats.mapped = _rank_measures(figure_query, stats.printed)
    return stats.mapped


def _rank_measures(figure_query: FigureQuery, printed_counts: Mapping[tuple[str, str], int]) -> tuple[str, ...]:
    library = figure_query.library
    figure_counts = library.figure_counts()
    codes = [place.code for place in force_areas(figure_query) if place.code in figure_counts]
    counts = {code: library.measure_counts(code) for code in codes}
    available_measures = {measure for several in counts.values() for measure in several}

    def sort_key(measure: str) -> tuple[int, int, int, int, int, str]:
        own = [printed_counts.get((code, measure), 0) for code in codes]
        every = [counts[code].get(measure, 0) for code in codes]
        return (
            unit_rank(library.measure(measure).unit),
            *_negated_counts(own),
            *_negated_counts(every),
            measure,
        )

    candidates = (one.id for one in library.measures() if one.unit in {Unit.OFFENCES, Unit.CHANGE})
    return tuple(sorted((one for one in candidates if one in available_measures), key=sort_key))


def _negated_counts(several: Sequence[int]) -> tuple[int, int]:
    """How many areas have any, and how many they have, the most first."""
    return -sum(one > 0 for one in several), -sum(several)


def force_areas(figure_query: FigureQuery) -> tuple[Place, ...]:
    """Every force area that has a place on the map, in place order."""
    return tuple(p for p in figure_query.library.places if p.level is PlaceLevel.FORCE and p.tile is not None)


def build_areas(figure_query: FigureQuery, measure: str) -> tuple[ForceArea, ...]:
    """The force areas with their figures of one measure, undivided, in place order."""
    days = tuple(one.day for one in figure_query.library.measure(measure).breaks)
    since = _usual_since(figure_query, measure)
    return tuple(_build_area(figure_query, place, (measure, since), days) for place in force_areas(figure_query))


def _build_area(
    figure_query: FigureQuery, place: Place, measure_and_base: tuple[str, str], breaks: tuple[date, ...]
) -> ForceArea:
    nation = _single_force_nation(figure_query, place)
    figures = () if nation is None else _undivided_figures(figure_query, nation, *measure_and_base)
    own = _undivided_figures(figure_query, place, *measure_and_base)
    own_periods = {f.period.text for f in own}
    every = (*own, *(f for f in figures if f.period.text not in own_periods))
    by_period = {f.period.text: f for f in figure_query.preferred_figures(every)}
    also: dict[str, tuple[Figure, ...]] = {}
    if len(by_period) < len(every):
        for text, preferred_figure in by_period.items():
            also[text] = tuple(f for f in every if f.period.text == text and _has_different_number(f, preferred_figure))
    return ForceArea(place=place, figures=by_period, also=also, breaks=breaks)


def _has_different_number(figure: Figure, preferred_figure: Figure) -> bool:
    number = figure.amount.number
    return number is not None and number != preferred_figure.amount.number


def _undivided_figures(figure_query: FigureQuery, place: Place, measure: str, since: str = "") -> tuple[Figure, ...]:
    figures = figure_query.library.figures(place=place.code, measure=measure, platform="")
    return tuple(f for f in figures if f.breakdown == since)


def _usual_since(figure_query: FigureQuery, measure: str) -> str:
    """Of published changes: what most of those of force areas are since, such as "since 2017/18"."""
    if figure_query.library.measure(measure).unit is not Unit.CHANGE:
        return ""
    changes = [
        figure
        for place in force_areas(figure_query)
        for figure in figure_query.library.figures(place=place.code, measure=measure, platform="")
    ]
    usual = of_one_base(changes)
    return usual[0].breakdown if usual else ""


def _single_force_nation(figure_query: FigureQuery, place: Place) -> Place | None:
    """The nation whose only force this is: what is printed for it holds for the force."""
    if place.parent is None:
        return None
    above = figure_query.library.places.get(place.parent)
    forces = [one for one in figure_query.library.places.children(above.code) if one.level is PlaceLevel.FORCE]
    return above if above.level is PlaceLevel.NATION and len(forces) == 1 else None


def population(
    figure_query: FigureQuery, area: ForceArea, figure: Figure, scale: ValueScale, basis: str | None = None
) -> Figure | None:
    """The people that the rate of an area's figure is taken of; None where we hold none, or on no such basis.

    What is published for a nation whose only force this is stands on the people of either.
    """
    if figure.in_doubt is not None:
        return None
    for code in dict.fromkeys((figure.place, area.place.code)):
        several = populations_of(replace(figure, place=code), figure_query.library, HEADS[scale])
        match = next((one for one in several if basis in (None, one.basis)), None)
        if match is not None:
            return match
    return None


def _population_basis(
    figure_query: FigureQuery, all_areas: Sequence[ForceArea], period: Period, scale: ValueScale
) -> str | None:
    """The basis that the populations of most areas are estimated on in a period."""
    area_figures = ((area, area.figure_with_number(period)) for area in all_areas)
    return common_basis(
        one
        for area, figure in area_figures
        if figure is not None and figure.in_doubt is None
        for code in dict.fromkeys((figure.place, area.place.code))
        for one in populations_of(replace(figure, place=code), figure_query.library, HEADS[scale])
    )


def select_map(figure_query: FigureQuery, all_areas: Sequence[ForceArea], question: Question) -> MapSelection | None:
    """What a map of these areas shows; counts where change or rate was asked for and none can be had."""
    possible = shown_periods(all_areas)
    if not possible:
        return None
    scale = ValueScale.COUNT if _are_changes(figure_query, all_areas) else question.scale
    if scale is ValueScale.CHANGE:
        pair = _select_change_pair(all_areas, possible, question)
        if pair is not None:
            return MapSelection(scale=ValueScale.CHANGE, period=pair[1], base=pair[0])
    if scale in HEADS:
        rate_period = _most_covered_period(
            all_areas, possible, question, lambda a, f: population(figure_query, a, f, scale) is not None
        )
        if rate_period is not None:
            return MapSelection(
                scale=scale,
                period=rate_period,
                basis=_population_basis(figure_query, all_areas, rate_period, scale),
            )
    count_period = _most_covered_period(all_areas, possible, question, lambda _area, _figure: True)
    return None if count_period is None else MapSelection(scale=ValueScale.COUNT, period=count_period)


def _are_changes(figure_query: FigureQuery, all_areas: Sequence[ForceArea]) -> bool:
    """Whether the figures are published changes, which have no rate and no change of their own."""
    figures = (figure for area in all_areas for figure in area.figures.values())
    return any(figure_query.unit_for(figure) is Unit.CHANGE for figure in figures)


def shown_periods(all_areas: Sequence[ForceArea]) -> tuple[Period, ...]:
    """The periods that any area has a number of, in order."""
    return distinct_periods(f for area in all_areas for f in area.figures.values() if f.amount.number is not None)


def base_periods(all_areas: Sequence[ForceArea], period: Period) -> tuple[Period, ...]:
    """The periods that change up to ``period`` may be counted from, in order."""
    earlier = [
        p for p in shown_periods(all_areas) if _leads_to(p, period) and not _spans_series_break(all_areas, p, period)
    ]
    return tuple(p for p in earlier if any(a.figure_with_number(p) and a.figure_with_number(period) for a in all_areas))


def _leads_to(base: Period, period: Period) -> bool:
    whole = base.kind is not PeriodKind.SEVERAL_YEARS
    return whole and base.end < period.start and periods.are_comparable(base, period)


def _most_covered_period(
    all_areas: Sequence[ForceArea],
    possible: Sequence[Period],
    question: Question,
    counts: Callable[[ForceArea, Figure], bool],
) -> Period | None:
    """The period asked for, else the one that most areas count in, the latest of several.

    Where areas have years with their quarters, it is the newest year that almost as many count in as in any.
    """
    area_counts: dict[str, int] = {}
    for period in possible:
        area_figures = ((area, area.figure_with_number(period)) for area in all_areas)
        area_counts[period.text] = sum(figure is not None and counts(area, figure) for area, figure in area_figures)
    candidates = [p for p in possible if p.text == question.period] or [p for p in possible if area_counts[p.text]]
    if has_both_granularities(possible) and not any(p.text == question.period for p in possible):
        candidates = [p for p in candidates if p.kind in WHOLE] or candidates
        most = max((area_counts[p.text] for p in candidates), default=0)
        return max(
            (p for p in candidates if area_counts[p.text] >= _ALMOST * most),
            key=lambda p: p.end,
            default=None,
        )
    best = max(candidates, key=lambda p: (area_counts[p.text], p.end, p.start), default=None)
    return best if best is not None and area_counts[best.text] else None


def _select_change_pair(
    all_areas: Sequence[ForceArea], possible: Sequence[Period], question: Question
) -> tuple[Period, Period] | None:
    """The base and the period of a change: as asked for, else those most areas share, to the latest year.

    Never on two sides of a day from which the measure counts something else.
    """
    period_sets = [frozenset(t for t, f in a.figures.items() if f.amount.number is not None) for a in all_areas]
    if has_both_granularities(possible) and not any(
        p.text == question.period and p.kind not in WHOLE for p in possible
    ):
        possible = [p for p in possible if p.kind in WHOLE]
    shared_counts = {
        (b, p): sum(b.text in texts and p.text in texts for texts in period_sets)
        for p in possible
        for b in possible
        if _leads_to(b, p) and not _spans_series_break(all_areas, b, p)
    }
    pairs = [pair for pair, both in shared_counts.items() if both]
    if any(p.text == question.period for p in possible):
        pairs = [pair for pair in pairs if pair[1].text == question.period]
    pairs = [pair for pair in pairs if pair[0].text == question.base] or pairs

    def sort_key(pair: tuple[Period, Period]) -> tuple[int, int, int]:
        return shared_counts[pair], pair[1].end.toordinal(), -pair[0].start.toordinal()

    return max(pairs, key=sort_key, default=None)


def _spans_series_break(all_areas: Sequence[ForceArea], base: Period, period: Period) -> bool:
    """Whether what is counted changed between two periods."""
    return any(base.start < day <= period.end for area in all_areas[:1] for day in area.breaks)


def map_figures(figure_query: FigureQuery, question: Question) -> ChartSelection:
    """The figures that a map draws, in place order; those that change is counted from come after them."""
    measure = _select_map_measure(figure_query, question)
    all_areas = build_areas(figure_query, measure) if measure else ()
    map_selection = select_map(figure_query, all_areas, question)
    if map_selection is None:
        return ChartSelection()
    periods_ = (map_selection.period,) if map_selection.base is None else (map_selection.period, map_selection.base)
    figures = tuple(a.figures[p.text] for p in periods_ for a in all_areas if p.text in a.figures)
    return ChartSelection(figures=figures, periods=shown_periods(all_areas))


def _select_map_measure(figure_query: FigureQuery, question: Question) -> str:
    """The measure asked for, if the areas have figures of it; else the one that most areas have."""
    several = map_measures(figure_query)
    return question.measure if question.measure in several else next(iter(several), "")
