"""Which figures each kind of chart of a place draws. It selects; composers decide what becomes of them.

A chart over time draws years or quarters, as ``grain`` parts them. Measures are never mixed, and the figures
of nations counted together stand beside the United Kingdom's as what they are.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from explorer.evidence import Figure, Period, Place, Unit, periods
from explorer.pages.model import PeriodGranularity, Question, TrendStyle, ValueScale

from .figures import FigureQuery, of_one_base, select_measure
from .periods import WHOLE, ChartSelection, can_choose_granularity, distinct_periods, filter_by_granularity, in_range

MOST_PLACES = 6
"""How many places may stand in one comparison."""
_MOST_PERIODS = 3
"""How many periods a comparison in bars shows where none is asked for."""
_WITHIN_LIMIT = 60
"""How many places under a place are tried as something to set beside it."""


def can_compare(figure_query: FigureQuery, place: Place, question: Question) -> bool:
    """Whether something is set beside the place, or could be, without choosing all that would be drawn."""
    return bool(question.beside) or _has_a_partner(figure_query, place, question)


def _has_a_partner(figure_query: FigureQuery, place: Place, question: Question) -> bool:
    """Whether another place has a figure of a measure and a period that the place has too."""
    own: dict[str, set[str]] = {}
    for measure, period in _measure_periods(figure_query, place, question):
        own.setdefault(measure, set()).add(period)
    for figure in figure_query.shares_for(place.code):
        own.setdefault(figure.measure, set()).add(figure.period.text)
    library = figure_query.library
    beside = library.places.children(place.parent) if place.parent else ()
    codes = dict.fromkeys([*(one.code for one in beside), *_iter_partners(figure_query, place)])
    for code in codes:
        common_measures = own.keys() & library.measure_counts(code).keys() if code != place.code else ()
        for measure in common_measures:
            figures = library.figures(place=code, measure=measure)
            if any(figure.period.text in own[measure] for figure in figures):
                return True
    return False


def over_time(figure_query: FigureQuery, place: Place, question: Question) -> ChartSelection:
    """Counts of one measure of the place, and of the nations counted together under it."""
    own = select_measure(figure_query, figure_query.counts_for(place.code), question.measure)
    if not own:
        return ChartSelection()
    beside = figure_query.sub_aggregates(place)
    others = [f for one in beside for f in figure_query.counts_for(one.code) if f.measure == own[0].measure]
    grain = question.grain if can_choose_granularity(own) else None
    every = filter_by_granularity((*own, *others), grain or PeriodGranularity.YEARS)
    return ChartSelection(
        figures=tuple(f for f in every if in_range(f.period, question)) or every,
        beside=tuple(one for one in beside if any(f.place == one.code for f in others)),
        periods=distinct_periods(every),
        grain=grain,
    )


def _with_platform(figure_query: FigureQuery, place: Place, measure_id: str) -> tuple[Figure, ...]:
    """Figures by platform of one measure: shares before counts."""
    several = tuple(f for f in figure_query.figures_for(place.code) if f.platform)
    shares = tuple(f for f in several if figure_query.unit_for(f) is Unit.PER_CENT)
    return select_measure(
        figure_query, several if not shares or _has_measure(several, measure_id) else shares, measure_id
    )


def _has_measure(figures: Iterable[Figure], measure: str) -> bool:
    return any(f.measure == measure for f in figures)


def by_platform(figure_query: FigureQuery, place: Place, question: Question) -> ChartSelection:
    """Shares (or counts) by platform for one period: the one asked for, else the latest."""
    figures = _with_platform(figure_query, place, question.measure)
    return _one_period(figures, question.period)


def breakdown_figures(figure_query: FigureQuery, place: Place, question: Question) -> ChartSelection:
    """Figures divided otherwise (sex and age of victims, platform recorded or not) for one period."""
    several = figure_query.breakdowns_for(place.code)
    victims = tuple(f for f in several if figure_query.unit_for(f) is not Unit.OFFENCES)
    usual = several if _has_measure(several, question.measure) else victims or several
    return _one_period(select_measure(figure_query, usual, question.measure), question.period)


def _one_period(figures: tuple[Figure, ...], requested_period: str) -> ChartSelection:
    all_periods = distinct_periods(figures)
    if not all_periods:
        return ChartSelection()
    last = max(all_periods, key=lambda p: (p.end, p.start))
    period_text = requested_period if any(p.text == requested_period for p in all_periods) else last.text
    return ChartSelection(figures=tuple(f for f in figures if f.period.text == period_text), periods=all_periods)


def platforms_over_time(figure_query: FigureQuery, place: Place, question: Question) -> ChartSelection:
    """Shares of single platforms, or of groups of them, that are printed for two periods or more."""
    places = (place, *figure_query.sub_aggregates(place))
    every = tuple(f for one in places for f in figure_query.shares_for(one.code))
    kinds = [f for f in every if bool(figure_query.library.platform(f.platform or "").members) is question.groups]
    if not kinds:
        kinds = list(every)
    figures = [f for f in kinds if in_range(f.period, question)] or kinds
    selection = (
        _asked_for(kinds, question.period)
        or _with_two_periods(filter_by_granularity(figures))
        or _with_two_periods(figures)
    )
    sorted_figures = sorted(selection, key=lambda f: periods.order_key(f.period))
    beside = tuple(one for one in places[1:] if any(f.place == one.code for f in sorted_figures))
    return ChartSelection(figures=tuple(sorted_figures), beside=beside, periods=distinct_periods(kinds))


def _asked_for(figures: Iterable[Figure], requested_period: str) -> tuple[Figure, ...]:
    """Where a period is asked for: the shares of the platforms it has, in all periods of its own source.

    So a part of a year, or several years together, is seen beside what the same source publishes with it.
    """
    all_figures = tuple(figures)
    matches = [f for f in all_figures if requested_period and f.period.text == requested_period]
    for figure in matches:
        beside = tuple(f for f in all_figures if f.source == figure.source)
        source_figures = _with_two_periods(beside)
        if any(f.period.text == requested_period for f in source_figures):
            return source_figures
    platforms = {f.platform for f in matches}
    return tuple(f for f in all_figures if f.platform in platforms)


def _with_two_periods(figures: Iterable[Figure]) -> tuple[Figure, ...]:
    """The figures of platforms that have two periods, if any has; then all figures of those periods."""
    all_figures = tuple(figures)
    periods_by_platform: dict[str, set[str]] = {}
    for figure in all_figures:
        periods_by_platform.setdefault(figure.platform or "", set()).add(figure.period.text)
    twice = {platform for platform, texts in periods_by_platform.items() if len(texts) > 1}
    return tuple(f for f in all_figures if f.platform in twice)


def comparison_figures(figure_query: FigureQuery, place: Place, question: Question) -> ChartSelection:
    """Places beside one another: shares of one period, or counts of one measure for several.

    Where none are asked for, its neighbours in the tree are set beside a place; else those around or in it.
    """
    chosen_codes = dict.fromkeys(c for c in question.beside if c in figure_query.library.places and c != place.code)
    chosen_places = tuple(figure_query.library.places.get(code) for code in chosen_codes)[: MOST_PLACES - 1]
    if chosen_places:
        return _select_comparison(figure_query, (place, *chosen_places), question, is_user_choice=True)
    neighbours = _find_neighbours(figure_query, place, question)
    if neighbours:
        selection = _select_comparison(figure_query, (place, *neighbours), question, is_user_choice=False)
        if selection.figures:
            return selection
    for code in _iter_partners(figure_query, place):
        selection = _select_comparison(
            figure_query, (place, figure_query.library.places.get(code)), question, is_user_choice=False
        )
        if selection.figures:
            return selection
    return ChartSelection()


def _find_neighbours(figure_query: FigureQuery, place: Place, question: Question) -> tuple[Place, ...]:
    """Places of its level that stand beside it in the tree and share a period with it, in place order."""
    own = _measure_periods(figure_query, place, question)
    if place.parent is None or not own:
        return ()
    neighbours: list[Place] = []
    figure_counts = figure_query.library.figure_counts()
    for one in figure_query.library.places.children(place.parent):
        alike = one.code != place.code and one.level is place.level and one.code in figure_counts
        if alike and not own.isdisjoint(_measure_periods(figure_query, one, question)):
            neighbours.append(one)
    return tuple(neighbours[: MOST_PLACES - 1])


def _measure_periods(figure_query: FigureQuery, place: Place, question: Question) -> set[tuple[str, str]]:
    """The measures and periods that a place may share: those of a table only where its measure is chosen."""
    counts = figure_query.counts_for(place.code)
    if question.measure:
        return {(f.measure, f.period.text) for f in counts if f.measure == question.measure}
    return {(f.measure, f.period.text) for f in figure_query.publication_figures(counts)}


def _select_comparison(
    figure_query: FigureQuery, places: tuple[Place, ...], question: Question, *, is_user_choice: bool
) -> ChartSelection:
    shares = _shared_shares(figure_query, places, question) if _may_share(figure_query, question) else ()
    counts, shared_periods, grain = _shared_counts(figure_query, places, question)
    figures = shares if shares and (not is_user_choice or _is_share(figure_query, question)) else counts or shares
    rank = {one.code: one.order for one in places}
    sorted_figures = tuple(sorted(figures, key=lambda f: rank[f.place]))
    return ChartSelection(
        figures=sorted_figures if len({f.place for f in sorted_figures}) > 1 or is_user_choice else (),
        beside=places[1:],
        periods=shared_periods if figures is counts else (),
        is_user_choice=is_user_choice,
        grain=grain if figures is counts else None,
    )


def _may_share(figure_query: FigureQuery, question: Question) -> bool:
    return not question.measure or _is_share(figure_query, question)


def _is_share(figure_query: FigureQuery, question: Question) -> bool:
    return any(one.id == question.measure and one.unit is Unit.PER_CENT for one in figure_query.library.measures())


def _shared_shares(figure_query: FigureQuery, places: tuple[Place, ...], question: Question) -> tuple[Figure, ...]:
    """The shares of the latest period that the first place has together with another."""
    own, *rest = [_by_key(figure_query.preferred_figures(figure_query.shares_for(one.code))) for one in places]
    common = [key for key in own if any(key in other for other in rest) and question.measure in {"", key[0]}]
    if not common:
        return ()
    best = max(common, key=lambda key: (own[key][0].period.end, len(own[key])))
    return (*own[best], *(figure for other in rest for figure in other.get(best, ())))


def _shared_counts(
    figure_query: FigureQuery, places: tuple[Place, ...], question: Question
) -> tuple[tuple[Figure, ...], tuple[Period, ...], PeriodGranularity | None]:
    """Counts of one measure of all the places, the periods that at least two of them have, and the grain."""
    several = [figure_query.counts_for(one.code) for one in places]
    measure = _common_measure(figure_query, several, question.measure)
    counts_by_place = [tuple(f for f in own if f.measure == measure) for own in several]
    if counts_by_place[0] and figure_query.unit_for(counts_by_place[0][0]) is Unit.CHANGE:
        since = of_one_base([f for own in counts_by_place for f in own])[0].breakdown
        counts_by_place = [tuple(f for f in own if f.breakdown == since) for own in counts_by_place]
    lines = question.style is TrendStyle.LINE
    grain = question.grain if lines and can_choose_granularity(counts_by_place[0]) else None
    preferred_by_place = [
        figure_query.preferred_figures(filter_by_granularity(own, grain or PeriodGranularity.YEARS))
        for own in counts_by_place
    ]
    every = tuple(f for own in preferred_by_place for f in own)
    period_counts: dict[str, int] = {}
    for figure in every:
        period_counts[figure.period.text] = period_counts.get(figure.period.text, 0) + 1
    enough = max(2, len(places) // 2) if len(places) > 1 else 1
    shared_periods = tuple(p for p in distinct_periods(every) if period_counts[p.text] > 1)
    common = tuple(p for p in shared_periods if period_counts[p.text] >= enough)
    if lines:
        return tuple(f for f in every if in_range(f.period, question)), shared_periods, grain
    period_texts = _periods_shown(shared_periods or distinct_periods(every), common, question)
    return tuple(f for f in every if f.period.text in period_texts), shared_periods, None


def _periods_shown(all_periods: tuple[Period, ...], common: tuple[Period, ...], question: Question) -> frozenset[str]:
    """The period asked for, or else the last few whole years that half of the places have.

    Where change is counted from a period that is asked for, it is the first of them.
    """
    if any(p.text == question.period for p in all_periods):
        return frozenset({question.period})
    usual = common or all_periods
    within = [p for p in usual if in_range(p, question)] or list(usual)
    whole = [p for p in within if p.kind in WHOLE] or within[-1:]
    if question.scale is ValueScale.CHANGE and any(p.text == question.base for p in usual):
        after = [p.text for p in whole if p.text != question.base]
        return frozenset({question.base, *after[1 - _MOST_PERIODS :]})
    return frozenset(p.text for p in whole[-_MOST_PERIODS:])


def _common_measure(figure_query: FigureQuery, several: list[tuple[Figure, ...]], measure_id: str) -> str:
    """The measure asked for, else the likeliest that the first place shares with another."""
    own = {f.measure for f in several[0]}
    if measure_id in own:
        return measure_id
    others = {f.measure for rest in several[1:] for f in rest}
    first = select_measure(figure_query, tuple(f for f in several[0] if f.measure in others) or several[0], "")
    return first[0].measure if first else ""


def _iter_partners(figure_query: FigureQuery, place: Place) -> Iterable[str]:
    """Places that it makes sense to set beside this one: those it stands in, then those that stand in it."""
    places = figure_query.library.places
    yield from (above.code for above in places.ancestors(place.code))
    figure_counts = figure_query.library.figure_counts()
    within = [below.code for below in places.descendants(place.code) if below.code in figure_counts]
    yield from within[:_WITHIN_LIMIT]


def _by_key(figures: Iterable[Figure]) -> Mapping[tuple[str, str], tuple[Figure, ...]]:
    """Figures by measure and period: only such are set side by side."""
    groups: dict[tuple[str, str], tuple[Figure, ...]] = {}
    for figure in figures:
        key = (figure.measure, figure.period.text)
        groups[key] = (*groups.get(key, ()), figure)
    return groups
