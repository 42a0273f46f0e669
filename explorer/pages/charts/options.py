"""What may be chosen for a chart besides its kind and measure: scale, periods, events, order, source."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from explorer.evidence import (
    Figure,
    Period,
    PeriodKind,
    Place,
    PlaceLevel,
    Preference,
    Unit,
    find_conflicts,
    formatting,
    is_overlapping,
    parse_period,
    year_span,
)
from explorer.pages.model import (
    LEAST_PERIODS,
    Chart,
    ChartAxis,
    ChartChoice,
    ChartChoices,
    ChartTimeline,
    EvidenceLibrary,
    PeriodGranularity,
    PlaceBreadcrumb,
    PlaceMatch,
    Question,
    TimelinePeriod,
    TrendStyle,
    ValueScale,
)
from explorer.pages.selection import HEADS, MOST_PLACES, WHOLE, ChartOption, FigureQuery, resolve, years_first

from .annotations import events_of
from .context import ChartContext, build_context
from .registry import chart_types

_STYLES = ((TrendStyle.BARS, "Bars"), (TrendStyle.LINE, "Line"))
_GRAINS = ((PeriodGranularity.YEARS, "By year"), (PeriodGranularity.QUARTERS, "By quarter"))
RULES = ((Preference.NEWEST, "Newest release"), (Preference.FIRST, "As first published"))


def build_choices(material: ChartContext) -> ChartChoices:
    """The choices of the chart that ``material`` makes; none where nothing can be drawn."""
    resolved_query, question = material.reach, material.question
    if resolved_query.measure is None:
        return ChartChoices()
    offers = resolved_query.selector.offers
    compares = offers(ChartOption.PLACES)
    is_comparison = compares and resolved_query.measure.unit is Unit.OFFENCES
    lines = is_comparison and question.style is TrendStyle.LINE
    has_range = is_over_time(material)
    span = _distinct_periods(resolved_query.selection.periods)
    return ChartChoices(
        scales=_scale_choices(material),
        bases=_base_choices(material),
        periods=_period_choices(material, span, is_comparison=is_comparison and not lines),
        since=_bound_choices(span, question.since, "From the first", first=True) if has_range else (),
        until=_bound_choices(span, question.until, "To the last", first=False) if has_range else (),
        beside=_comparison_crumbs(resolved_query.selection.beside) if compares else (),
        can_add=compares and len(resolved_query.selection.beside) < MOST_PLACES - 1,
        events=question.events if offers(ChartOption.EVENTS) and _has_events(material) else None,
        groups=_group_choice(material) if offers(ChartOption.GROUPS) else None,
        by_value=question.by_value if offers(ChartOption.ORDER) and is_comparison and not lines else None,
        rules=_preference_choices(material),
        styles=_style_choices(question.style) if offers(ChartOption.STYLE) and (is_comparison or not compares) else (),
        grains=_granularity_choices(resolved_query.selection.grain),
    )


def _distinct_periods(several: Iterable[Period]) -> tuple[Period, ...]:
    return tuple(formatting.distinct_periods(several))


def _scale_choices(material: ChartContext) -> tuple[ChartChoice, ...]:
    if material.measure.unit is not Unit.OFFENCES:
        return ()
    selected_scale = material.question.scale
    return tuple(
        ChartChoice(id=one.value, label=label, chosen=one is selected_scale, why_not=_why_no_rate(material, one))
        for one, label in material.reach.selector.scales
    )


def _why_no_rate(material: ChartContext, scale: ValueScale) -> str:
    if scale not in HEADS:
        return ""
    measure_id = HEADS[scale].measure
    has_measure = any(one.id == measure_id for one in material.library.measures())
    return "" if has_measure else "No pack with these populations is loaded."


def _base_choices(material: ChartContext) -> tuple[ChartChoice, ...]:
    if material.question.scale is not ValueScale.CHANGE:
        return ()
    options, base = chart_types()[material.reach.chart].bases(material)
    return tuple(ChartChoice(id=p.text, label=p.label, chosen=p == base) for p in options)


def _period_choices(material: ChartContext, span: Sequence[Period], *, is_comparison: bool) -> tuple[ChartChoice, ...]:
    """The periods that may be chosen: of a chart of one, of bars side by side, and parts of shares."""
    offers = material.reach.selector.offers
    if offers(ChartOption.PERIOD) or is_comparison:
        return _single_period_choices(material, span)
    if not offers(ChartOption.PART_PERIOD):
        return ()
    requested_period = material.question.period
    parts = [p for p in span if p.kind not in WHOLE]
    if not parts:
        return ()
    is_available = any(p.text == requested_period for p in parts)
    every = ChartChoice(id="", label="Whole years", chosen=not is_available)
    return (
        every,
        *(
            ChartChoice(
                id=p.text,
                label=formatting.capitalise(formatting.period_in_sentence(p)),
                chosen=p.text == requested_period,
            )
            for p in parts
        ),
    )


def _single_period_choices(material: ChartContext, options: Sequence[Period]) -> tuple[ChartChoice, ...]:
    if len(options) < 2:
        return ()
    requested_period = material.question.period
    shown_texts = chart_types()[material.reach.chart].shown_periods(material)
    several = material.reach.selector.offers(ChartOption.PLACES)
    is_available = any(p.text == requested_period for p in options)
    every = (ChartChoice(id="", label="Latest years", chosen=not is_available),) if several else ()
    one = (
        ChartChoice(
            id=p.text,
            label=formatting.capitalise(formatting.period_in_sentence(p)),
            chosen=p.text == requested_period if several else p.text in shown_texts,
        )
        for p in years_first(options)
    )
    return (*every, *one)


def _bound_choices(
    options: Sequence[Period], requested_bound: str, every: str, *, first: bool
) -> tuple[ChartChoice, ...]:
    if len(options) < 3:
        return ()
    word = "From" if first else "To"
    extra_bound = _unlisted_bound(options, requested_bound, first=first)
    all_options = (*options, extra_bound) if extra_bound is not None else options
    is_available = any(p.text == requested_bound for p in all_options)
    one = (ChartChoice(id=p.text, label=f"{word} {p.label}", chosen=p.text == requested_bound) for p in all_options)
    return (ChartChoice(id="", label=every, chosen=not is_available), *one)


def _unlisted_bound(options: Sequence[Period], requested_bound: str, *, first: bool) -> Period | None:
    """A bound that is asked for and binds, though no period drawn has its name: a year of quarters."""
    if any(p.text == requested_bound for p in options):
        return None
    try:
        bound_period = parse_period(requested_bound)
    except ValueError:
        return None
    left_out = (p.start < bound_period.start if first else p.end > bound_period.end for p in options)
    return bound_period if any(left_out) or any(is_overlapping(p, bound_period) for p in options) else None


def _comparison_crumbs(places: Iterable[Place]) -> tuple[PlaceBreadcrumb, ...]:
    return tuple(PlaceBreadcrumb(code=place.code, name=place.name) for place in places)


def _has_events(material: ChartContext) -> bool:
    return bool(events_of(material.library, material.reach.place))


def _group_choice(material: ChartContext) -> bool | None:
    """Whether groups are shown; None where there are not both groups and single platforms to show."""
    place = material.reach.place
    places = (place, *material.reach.figure_query.sub_aggregates(place))
    shares = [f for one in places for f in material.reach.figure_query.shares_for(one.code)]
    kinds = {bool(material.platform_for(f).members) for f in shares}
    return material.question.groups if len(kinds) > 1 else None


def _preference_choices(material: ChartContext) -> tuple[ChartChoice, ...]:
    """Which source is preferred: offered where the place has figures that differ."""
    all_figures = material.reach.figure_query.all_figures_for(material.reach.place.code)
    by_id = {f.id: f for f in (*all_figures, *material.figures)}
    differ = find_conflicts(by_id.values(), {}, material.question.rule)
    if not differ:
        return ()
    return tuple(ChartChoice(id=r.value, label=label, chosen=r is material.question.rule) for r, label in RULES)


def _style_choices(selected_style: TrendStyle) -> tuple[ChartChoice, ...]:
    return tuple(ChartChoice(id=s.value, label=label, chosen=s is selected_style) for s, label in _STYLES)


def _granularity_choices(selected_grain: PeriodGranularity | None) -> tuple[ChartChoice, ...]:
    if selected_grain is None:
        return ()
    return tuple(ChartChoice(id=g.value, label=label, chosen=g is selected_grain) for g, label in _GRAINS)


def comparison_candidates(library: EvidenceLibrary, question: Question, text: str = "") -> tuple[PlaceMatch, ...]:
    """Places that can be set beside the question's place, with how many periods they share with it.

    In place order; only those whose name holds ``text``. Asked when the person opens the chooser.
    """
    figure_query = FigureQuery(library, question.rule, question.measure)
    own = {(f.measure, f.period.text) for f in _comparable_counts(figure_query, question.place)}
    if question.measure:
        own = {key for key in own if key[0] == question.measure} or own
    figure_counts = library.figure_counts()
    search_text = text.casefold().strip()
    matches: list[PlaceMatch] = []
    for place in library.places:
        is_excluded = place.code == question.place or place.code in question.beside or place.code not in figure_counts
        if is_excluded or place.level is PlaceLevel.LOCAL_AUTHORITY or search_text not in place.name.casefold():
            continue
        common_count = len({(f.measure, f.period.text) for f in _comparable_counts(figure_query, place.code)} & own)
        if common_count:
            why = formatting.pluralise(common_count, "period in common", "periods in common")
            matches.append(
                PlaceMatch(code=place.code, name=place.name, level=place.level, why=why, figures=common_count)
            )
    return tuple(matches)


def _comparable_counts(figure_query: FigureQuery, place: str) -> tuple[Figure, ...]:
    """The counts of a place that may be compared: those of a table where its measure is chosen."""
    counts = figure_query.counts_for(place)
    return counts if figure_query.wanted else figure_query.publication_figures(counts)


# A chart over time beside all of its periods: the same scale whatever part of them is shown.


def is_over_time(material: ChartContext) -> bool:
    """Whether the chart has periods along it, of which a first and a last may be chosen."""
    selector = material.reach.selector
    if selector.offers(ChartOption.RANGE):
        return True
    lines = material.question.style is TrendStyle.LINE
    return lines and selector.offers(ChartOption.PLACES) and material.measure.unit is Unit.OFFENCES


def set_in_timeline(
    library: EvidenceLibrary, material: ChartContext, chart: Chart
) -> tuple[Chart, ChartTimeline | None]:
    """``chart`` on the scale of all its periods, and all of them; None where there are too few to move through.

    An index begins anew with its base and keeps its own scale.
    """
    if material.reach.measure is None or not chart.series or not is_over_time(material):
        return chart, None
    # A total of several years lies over those years, and is no place to stop at.
    every = formatting.distinct_periods(material.reach.selection.periods)
    periods = [period for period in every if period.kind is not PeriodKind.SEVERAL_YEARS]
    if len(periods) < LEAST_PERIODS:
        return chart, None
    whole = chart
    if material.question.since or material.question.until:
        # Of what is shown, which may not be what was asked for.
        whole = _compose_whole(library, replace(material.question, chart=material.reach.chart))
        is_index = material.question.scale is ValueScale.CHANGE
        if (whole.kind, whole.shape) != (chart.kind, chart.shape) or (
            whole.values.title != chart.values.title and not is_index
        ):
            return chart, None  # too little was asked for, and something else is shown
        if not is_index and _covers(whole.values, chart.values):
            chart = replace(chart, values=whole.values)
    return chart, ChartTimeline(periods=tuple(map(_timeline_period, periods)), chart=whole)


def _covers(whole: ChartAxis, part: ChartAxis) -> bool:
    return whole.low <= part.low and part.high <= whole.high


def _compose_whole(library: EvidenceLibrary, question: Question) -> Chart:
    unbounded = replace(question, since="", until="")
    resolved_query = resolve(library, unbounded, chart_types())
    return chart_types()[resolved_query.chart].build(build_context(library, unbounded, resolved_query))


def _timeline_period(period: Period) -> TimelinePeriod:
    start, end = year_span(period)
    return TimelinePeriod(text=period.text, label=period.label, start=start, end=end)
