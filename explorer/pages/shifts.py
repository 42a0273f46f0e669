"""The chart of platform shares over time: a line a platform, broken where coverage changes.

Groups of apps and the apps in them are never in one chart: their shares overlap.
"""

from __future__ import annotations

from collections.abc import Sequence

from explorer.evidence import periods
from explorer.evidence.analysis.chance import AmountMovement, share_movement
from explorer.evidence.analysis.coverage import find_breaks, find_comparison_break
from explorer.evidence.model import Amount, Figure, PeriodKind, Platform, Unit
from explorer.pages import scale, words

from .chart import Chart, ChartKind, ChartShape, DataPoint, DataSeries
from .dated import break_flags, event_flags, events_of
from .findings import fit_title
from .material import ChartContext, alt_text, build_data_point, end_label, legend_keys
from .shares import share_axis, share_notes
from .trend import told_breaks


def compose_platform_shift(material: ChartContext) -> Chart:
    """How the shares of platforms moved from period to period."""
    figures = material.figures
    coverage_breaks = find_breaks(_one_a_period(figures), material.library)
    platforms = {f.platform: material.platform_for(f) for f in figures}
    sorted_platforms = sorted(platforms.values(), key=lambda one: one.order)
    series = tuple(
        _build_line_series(material, [f for f in figures if f.platform == one.id], one) for one in sorted_platforms
    )
    data = [d for s in series for d in s.data]
    every = words.distinct(f.period for f in figures)
    title = _build_title(material, series)
    subtitle = words.format_subtitle(material.measure, _place_names(material), words.periods(every))
    across = scale.over_time(every)
    events = events_of(material.library, material.reach.place) if material.question.events else ()
    return Chart(
        kind=ChartKind.SHIFT,
        shape=ChartShape.LINES,
        title=title,
        subtitle=subtitle,
        categories=across,
        values=share_axis(material, data),
        series=series,
        flags=(
            *break_flags(material.library.places, figures, [one for one in coverage_breaks if one.is_change]),
            *event_flags(events, material.measure.id, across),
        ),
        keys=legend_keys(data),
        notes=(
            *told_breaks(coverage_breaks),
            *share_notes(material, figures),
            *_unequal_length_notes(every),
            _CHANCE_UNKNOWN,
        ),
        alt_text=alt_text("Line chart.", title, subtitle, data),
    )


def _one_a_period(figures: Sequence[Figure]) -> list[Figure]:
    """A figure of each period, in order: coverage is the period's and not the platform's."""
    return list({(f.place, f.period.text): f for f in figures}.values())


def _place_names(material: ChartContext) -> str:
    places = dict.fromkeys(material.place_for(f).name for f in material.figures)
    return words.join_list(places)


def _build_line_series(material: ChartContext, figures: Sequence[Figure], platform: Platform) -> DataSeries:
    let_go = material.superseded_ids()
    data: list[DataPoint] = []
    before: Figure | None = None
    alike = _has_several_years(figures)
    for figure in figures:
        aside = figure.id in let_go
        is_joined = not aside and before is not None and _can_join(before, figure, material, alike=alike)
        part = alike and figure.period.kind in {PeriodKind.PART_YEAR, PeriodKind.QUARTER}
        data.append(
            build_data_point(material, figure, periods.year_span(figure.period), part=part, is_joined=is_joined)
        )
        before = before if aside else figure
    line_label = end_label(material, platform.name, before)
    return DataSeries(name=platform.name, role=material.palette_index(platform), data=tuple(data), end_label=line_label)


def _has_several_years(figures: Sequence[Figure]) -> bool:
    """Whether there are two whole years to join; a line then runs through whole years only."""
    return sum(f.period.kind is PeriodKind.FINANCIAL_YEAR for f in figures) > 1


def _can_join(before: Figure, after: Figure, material: ChartContext, *, alike: bool) -> bool:
    """Whether a line may run: one after the other, of one place, of the same forces as far as is known."""
    apart = before.period.end < after.period.start
    near = not alike or (before.period.kind is after.period.kind and (after.period.start - before.period.end).days == 1)
    return apart and near and before.place == after.place and not find_breaks((before, after), material.library)


def _build_title(material: ChartContext, series: Sequence[DataSeries]) -> str:
    """The first and the last share of the platform that has the most now, with what they are shares of.

    That a share rose or fell is said only of two that are known to cover the same and of known bases.
    """
    by_id = {f.id: f for f in material.figures}
    lines = [[by_id[d.figure] for d in one.data if d.value is not None] for one in series]
    here = material.reach.place
    own = [[f for f in line if f.place == here.code] for line in lines]
    sure = [[f for f in line if f.in_doubt is None] for line in own]
    lines = [line for line in sure if len(line) > 1] or [line for line in own if len(line) > 1]
    where = here.name
    if not lines:
        return f"{where}: platform shares, each of its own base"
    line = max(lines, key=lambda one: (one[-1].period.end, one[-1].amount.number or 0))
    last = line[-1]
    first = next((one for one in line if one.period.end < last.period.start), last)
    name = material.platform_for(first).name
    before, after = (words.format_amount(f.amount, Unit.PER_CENT) for f in (first, last))
    how = _compare_shares(material, first, last)
    between = any(first.period.end < one.period.start <= one.period.end < last.period.start for one in line)
    if first is last or (how is AmountMovement.OPEN and between):
        # Nothing came before it, or nothing that it may be set against without those between.
        base, doubt = words.short_base(last.base), ", in doubt" if last.in_doubt else ""
        title_text = f"{name} {after}{doubt}"
        return fit_title(f"{where}: {title_text} in {last.period.label}, {base}", f"{title_text}, {base}")
    bases = dict.fromkeys(words.short_base(f.base) for f in (first, last))
    base = next(iter(bases)) if len(bases) == 1 else "bases differ"
    after += ", in doubt" if first.in_doubt or last.in_doubt else ""
    title_text = f"{where}: {name} {_WAYS[how]}{before}, then {after}"
    return fit_title(f"{title_text}, {base}", f"{name} {_WAYS[how]}{before}, then {after}, {base}")


_WAYS = {
    AmountMovement.ROSE: "up: ",
    AmountMovement.FELL: "down: ",
    AmountMovement.UNCLEAR: "",
    AmountMovement.OPEN: "",
}


def _compare_shares(material: ChartContext, first: Figure, last: Figure) -> AmountMovement:
    """What can be said of two shares: nothing where they are not known to cover the same."""
    alike = periods.are_comparable(first.period, last.period) and first.place == last.place
    if not alike or find_comparison_break(first, last, material.library) is not None:
        return AmountMovement.OPEN
    before, after = (_breakdown_base_count(material, figure) for figure in (first, last))
    return share_movement(first.amount, before, last.amount, after)


def _breakdown_base_count(material: ChartContext, share: Figure) -> Amount | None:
    """How many offences a share is of, where it names a count that is known to be its base."""
    base_figures = material.library.figures(ids=[share.base_figure]) if share.base_figure else ()
    return base_figures[0].amount if base_figures and base_figures[0].breakdown else None


_CHANCE_UNKNOWN = (
    "Whether chance alone could make the difference between two shares cannot be told where the number of "
    "offences that they are shares of is not known."
)


def _unequal_length_notes(several: Sequence[words.Period]) -> list[str]:
    lengths = {(period.end - period.start).days // 28 for period in several}
    if len(lengths) < 2:
        return []
    period_list = words.join_list(words.describe_period(period) for period in several)
    return [f"The periods differ in length: {period_list}."]
