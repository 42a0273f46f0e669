"""The chart of counts over time: columns as wide as their periods, or points joined where they are alike.

Nations counted together stand as a series of their own beside the United Kingdom's: never as the same thing.
Where coverage changes a mark stands and no line runs across it.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from decimal import Decimal

from explorer.evidence import (
    Figure,
    PeriodKind,
    Place,
    Qualifier,
    Unit,
    format_number,
    formatting,
    order_key,
    year_span,
)
from explorer.evidence.analysis import ScopeKind, SeriesBreak, average_quarter, can_lead, find_breaks, is_partial
from explorer.pages.model import (
    Chart,
    ChartKind,
    ChartShape,
    DataPoint,
    DataSeries,
    DateFlag,
    PeriodGranularity,
    ReferenceLine,
    TrendStyle,
    axes,
)
from explorer.pages.selection import ChartOption, over_time
from explorer.pages.text import phrases

from .annotations import alternate_value_notes, break_flags, event_flags, events_of
from .context import ChartContext, alt_text, build_data_point, doubt_notes, end_label, legend_keys
from .findings import chance_notes, comparable_run, trend_title
from .registry import ChartType, measure_ids, register_chart_type

_GAP = 0.12
"""How much of a period's width stays free at either side of its column."""
_BETWEEN = 0.02
_NEAR = 366
"""How many days after the end of a year a quarter may begin to be set against an average quarter of it."""
_EACH = {
    PeriodKind.FINANCIAL_YEAR: "year",
    PeriodKind.CALENDAR_YEAR: "year",
    PeriodKind.YEAR: "year",
    PeriodKind.QUARTER: "quarter",
}
_SAME = 0.01
_QUARTERS = 4
"""More quarters than these make a run in which seasons tell."""
_SEASONS = "Quarters differ with the season: compare a quarter with the same one of another year."
_LONG = 5
"""A chart over more years than these says that police recorded crime shows no long-term trend."""
_LEFT_OUT = {
    None: "Parts of a year that has a bar of its own, and totals of several years, are not drawn here.",
    PeriodGranularity.YEARS: "The same offences are counted by quarter too.",
    PeriodGranularity.QUARTERS: "The same offences are counted by year too.",
}
"""What is said of figures of the measure that are not drawn."""


def compose_trend(material: ChartContext) -> Chart:
    """Counts of one place and measure over time."""
    figures = sorted(material.figures, key=lambda f: order_key(f.period))
    lines = material.question.style is TrendStyle.LINE
    main = main_kind(figures)
    visible_figures = [f for f in figures if f.id not in material.superseded_ids()]
    coverage_breaks = _find_breaks(material, visible_figures)
    series = tuple(_build_series(material, figures, place, main, coverage_breaks) for place in _series_places(material))
    data = tuple(d for one in series for d in one.data)
    own = [f for f in visible_figures if f.place == material.reach.place.code]
    rules = _build_average_rules(own)
    values = (*(d.value or 0.0 for d in data), *(rule.value for rule in rules))
    alike = [f for f in own if f.period.kind is main]
    run_figures = comparable_run(alike, material.library) if material.measure.unit is Unit.OFFENCES else []
    title = trend_title(material.reach.place.name, alike, material.measure.unit, run_figures)
    subtitle = phrases.format_subtitle(
        material.measure, material.reach.place.name, formatting.describe_periods([f.period for f in figures])
    )
    across = axes.over_time(f.period for f in figures)
    return Chart(
        kind=ChartKind.TREND,
        shape=ChartShape.LINES if lines else ChartShape.COLUMNS,
        title=title,
        subtitle=subtitle,
        categories=across,
        values=axes.build_value_axis(values, phrases.AXIS[material.measure.unit], suffix=_axis_suffix(material)),
        series=series,
        rules=rules,
        flags=(
            *break_flags(material.library.places, visible_figures, coverage_breaks),
            *_build_event_flags(material, across),
        ),
        legend=len(series) > 1,
        keys=legend_keys(data),
        notes=tuple(_build_notes(material, own, main, coverage_breaks, run_figures)),
        alt_text=alt_text("Line chart." if lines else "Column chart.", title, subtitle, data),
    )


def _axis_suffix(material: ChartContext) -> str:
    """What follows the numbers of the axis."""
    return "%" if material.measure.unit is Unit.CHANGE else ""


def _series_places(material: ChartContext) -> tuple[Place, ...]:
    return (material.reach.place, *material.reach.selection.beside)


def _find_breaks(material: ChartContext, visible_figures: Sequence[Figure]) -> tuple[SeriesBreak, ...]:
    """The changes of coverage within each series, and where the later series takes over from the other."""
    coverage_breaks: list[SeriesBreak] = []
    for place in _series_places(material):
        coverage_breaks.extend(find_breaks([f for f in visible_figures if f.place == place.code], material.library))
    return (*coverage_breaks, *_find_handover_breaks(material, visible_figures))


def _find_handover_breaks(material: ChartContext, visible_figures: Sequence[Figure]) -> tuple[SeriesBreak, ...]:
    """Where the figures of nations counted together end and the whole country's go on."""
    own = [f for f in visible_figures if f.place == material.reach.place.code]
    rest = [f for f in visible_figures if f.place != material.reach.place.code]
    after = [f for f in own if rest and f.period.start > max(r.period.end for r in rest)]
    return find_breaks((rest[-1], after[0]), material.library) if after else ()


_FORCES_CHANGE = "the number of forces that answered changes."


def told_breaks(coverage_breaks: Sequence[SeriesBreak]) -> list[str]:
    """The breaks in notes: those of other kinds than the number of forces, which a note of its own lists.

    Where it is only not known what is counted, one sentence says so for all.
    """
    change_breaks = [one for one in coverage_breaks if one.is_change]
    texts = [one.text for one in change_breaks if one.kinds != (ScopeKind.FORCES,)]
    other = "The number of forces that answered changes too." if texts else _FORCES_CHANGE
    rest = [other] if len(texts) < len(change_breaks) else []
    notes = [phrases.describe_breaks([*texts, *rest])] if change_breaks else []
    unknown = any(ScopeKind.UNKNOWN in one.kinds and not one.is_change for one in coverage_breaks)
    return [*notes, phrases.UNKNOWN_COVERAGE] if unknown else notes


def _build_event_flags(material: ChartContext, across: axes.ChartAxis) -> tuple[DateFlag, ...]:
    if not material.question.events:
        return ()
    return event_flags(events_of(material.library, material.reach.place), material.measure.id, across)


def main_kind(figures: Sequence[Figure]) -> PeriodKind:
    """The kind of period that the trend is told in: years where there are any."""
    kinds = {f.period.kind for f in figures}
    order = (*_EACH, PeriodKind.PART_YEAR)
    return next((kind for kind in order if kind in kinds), PeriodKind.SEVERAL_YEARS)


def _build_series(
    material: ChartContext,
    figures: Sequence[Figure],
    place: Place,
    main: PeriodKind,
    coverage_breaks: Sequence[SeriesBreak],
) -> DataSeries:
    own = [f for f in figures if f.place == place.code]
    break_ids = {one.after for one in coverage_breaks}
    let_go = material.superseded_ids()
    data: list[DataPoint] = []
    before: Figure | None = None
    for figure in own:
        aside = figure.id in let_go
        is_joined = not aside and before is not None and figure.id not in break_ids and can_join(before, figure)
        extent = _column_extent(figure, figures, place, material)
        part = figure.period.kind is not main or is_partial(figure)
        data.append(build_data_point(material, figure, extent, part=part, is_joined=is_joined))
        before = before if aside else figure
    role = 0 if place == material.reach.place else 1 + material.reach.selection.beside.index(place)
    line_label = end_label(material, place.name, before)
    return DataSeries(name=place.name, role=role, data=tuple(data), end_label=line_label)


def _column_extent(
    figure: Figure, figures: Sequence[Figure], place: Place, material: ChartContext
) -> tuple[float, float]:
    """The column of a figure: the width of its period, or its part of it where another place has one too."""
    start, end = year_span(figure.period)
    gap = _GAP * (end - start)
    start, end = start + gap, end - gap
    several = [
        p for p in _series_places(material) if any(f.place == p.code and f.period == figure.period for f in figures)
    ]
    if len(several) < 2:
        return start, end
    # The part comes before the whole, as its figures came before the whole's.
    at = len(several) - 1 - several.index(place)
    wide = (end - start) / len(several)
    return start + at * wide + _BETWEEN, start + (at + 1) * wide - _BETWEEN


def can_join(before: Figure, after: Figure) -> bool:
    """Whether a line may run between two figures: the same kind of period, one right after the other."""
    kind = before.period.kind is after.period.kind and before.period.kind in _EACH
    has_numbers = before.amount.number is not None and after.amount.number is not None
    return kind and has_numbers and (after.period.start - before.period.end).days == 1


def _build_average_rules(figures: Sequence[Figure]) -> tuple[ReferenceLine, ...]:
    """Beside quarters that no year is drawn for: what an average quarter of the last whole year was."""
    years = [f for f in figures if f.period.kind is PeriodKind.FINANCIAL_YEAR and _is_exact(f) and can_lead(f)]
    quarters = [f for f in figures if f.period.kind is PeriodKind.QUARTER]
    rule_by_label: dict[str, ReferenceLine] = {}
    for quarter in quarters:
        year = next((y for y in reversed(years) if y.period.end < quarter.period.start), None)
        if year is not None and (quarter.period.start - year.period.end).days <= _NEAR:
            average = average_quarter(year).amount
            label = f"{format_number(average)}: average quarter of {year.period.label}"
            start, end = year_span(quarter.period)
            before = rule_by_label.get(label)
            start = start if before is None else before.start
            rule_by_label[label] = ReferenceLine(start=start, end=end, value=float(average), label=label)
    return tuple(rule_by_label.values())


def _is_exact(figure: Figure) -> bool:
    return figure.amount.number is not None and figure.amount.qualifier is Qualifier.EXACT


def _years_spanned(figures: Sequence[Figure]) -> float:
    """From the beginning of the first to the end of the last, in years."""
    if not figures:
        return 0.0
    return year_span(figures[-1].period)[1] - year_span(figures[0].period)[0]


def _build_notes(
    material: ChartContext,
    figures: Sequence[Figure],
    main: PeriodKind,
    coverage_breaks: Sequence[SeriesBreak],
    run_figures: Sequence[Figure],
) -> list[str]:
    alike = [f for f in figures if f.period.kind is main and f.amount.number is not None]
    notes: list[str] = []
    values = [f.amount.number or Decimal(0) for f in alike]
    notes += chance_notes(run_figures)
    notes += told_breaks(coverage_breaks)
    notes += doubt_notes(material)
    if material.measure.unit is Unit.OFFENCES and any(b > a for a, b in itertools.pairwise(values)):
        notes.append(phrases.MORE_RECORDING)
    notes += alternate_value_notes(material)
    if len(alike) == 1 and len(figures) == 1:
        notes.append("One period only: no change over time can be read from it.")
    if material.measure.unit is Unit.OFFENCES and _years_spanned(alike) > _LONG:
        notes.append(phrases.LONG_TERM)
    if main is PeriodKind.QUARTER and len(alike) > _QUARTERS:
        notes.append(_SEASONS)
    drawn_ids = {f.id for f in material.figures}
    own = material.reach.figure_query.counts_for(material.reach.place.code)
    if any(f.id not in drawn_ids and f.measure == material.measure.id for f in own):
        since, until = material.question.since, material.question.until
        range_note = "" if "range" in material.reach.substitutions else phrases.describe_range(since, until)
        notes.append(range_note or _LEFT_OUT[material.reach.selection.grain])
    return notes


register_chart_type(
    ChartType(
        kind=ChartKind.TREND,
        label="Trend",
        shortcut="Ctrl+1",
        select=over_time,
        can_draw=lambda figure_query, place, _: bool(figure_query.counts_for(place.code)),
        why_empty=lambda _, place: f"We hold no count of offences for {formatting.place_in_sentence(place)}.",
        measures=lambda figure_query, place: [
            *measure_ids(figure_query.counts_for(place.code)),
            *figure_query.crime_code_measures(place.code),
        ],
        options=frozenset({ChartOption.RANGE, ChartOption.EVENTS, ChartOption.STYLE}),
        build=compose_trend,
    )
)
