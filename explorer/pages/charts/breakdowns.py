"""The charts of one period in rows: shares or counts by platform, and figures divided by sex or age."""

from __future__ import annotations

from collections.abc import Sequence

from explorer.evidence import Amount, Figure, Period, PeriodKind, Place, Platform, Unit, formatting, periods
from explorer.evidence.analysis import AmountMovement, find_breaks, find_comparison_break, share_movement
from explorer.pages.model import Chart, ChartAxis, ChartKind, ChartShape, DataPoint, DataSeries, axes
from explorer.pages.selection import ChartOption, FigureQuery, breakdown_figures, by_platform, platforms_over_time
from explorer.pages.text import phrases

from .annotations import break_flags, event_flags, events_of
from .context import (
    ChartContext,
    alt_text,
    base_counts,
    build_data_point,
    doubt_notes,
    end_label,
    legend_keys,
    share_heading,
)
from .findings import fit_title, format_offences
from .registry import ChartType, measure_ids, register_chart_type
from .trend import told_breaks

_HALF = 0.32
"""Half the thickness of a lying bar, in rows."""
_WHOLE = 100.0

_SEXES = frozenset({"girls", "boys"})
"""Divisions that leave nobody out who is in the other."""


def compose_platforms(material: ChartContext) -> Chart:
    """Shares (or counts) of one period, a row a platform, in the platforms' own fixed order."""
    figures = sorted(material.figures, key=lambda f: material.platform_for(f).order)
    return _build_row_chart(
        material,
        figures,
        [material.platform_for(f).name for f in figures],
        [material.palette_index(material.platform_for(f)) for f in figures],
        _platform_title(material, figures),
        ChartKind.PLATFORMS,
    )


def compose_breakdown(material: ChartContext) -> Chart:
    """Figures of one period divided by sex, age or what was recorded, a row a division."""
    figures = list(material.figures)
    labels = [formatting.capitalise(f.breakdown) for f in figures]
    value_labels = [
        f"{label[:1].lower()}{label[1:]} {formatting.format_amount(f.amount, material.measure.unit)}"
        for label, f in zip(labels, figures, strict=True)
    ]
    by_sex = [value_label for f, value_label in zip(figures, value_labels, strict=True) if f.breakdown in _SEXES]
    leading_text = ", ".join((by_sex if len(by_sex) > 1 else value_labels)[:2])
    place, first = material.reach.place.name, (by_sex or value_labels)[0]
    named_figures = [
        f for f, value_label in zip(figures, value_labels, strict=True) if value_label in leading_text.split(", ")
    ]
    base = ", in doubt" if any(f.in_doubt is not None for f in named_figures) else ""
    base += f", {_title_base(figures)}" if material.measure.unit is Unit.PER_CENT else ""
    title = fit_title(f"{place}: {leading_text}{base}", f"{place}: {first}{base}", f"{first}{base}")
    return _build_row_chart(material, figures, labels, [0] * len(figures), title, ChartKind.BREAKDOWN)


def _build_row_chart(
    material: ChartContext,
    figures: Sequence[Figure],
    labels: Sequence[str],
    roles: Sequence[int],
    title: str,
    kind: ChartKind,
) -> Chart:
    names = list(dict.fromkeys(labels))
    rows = [
        build_data_point(material, f, (names.index(label) - _HALF, names.index(label) + _HALF))
        for f, label in zip(figures, labels, strict=True)
    ]
    subtitle = phrases.format_subtitle(
        material.measure, material.reach.place.name, formatting.describe_periods([f.period for f in figures])
    )
    series = tuple(
        DataSeries(
            name=name,
            role=role,
            data=tuple(row for row, label in zip(rows, labels, strict=True) if label == name),
        )
        for name, role in dict(zip(labels, roles, strict=True)).items()
    )
    per_cent = material.measure.unit is Unit.PER_CENT
    values = (d.value or 0.0 for d in rows)
    return Chart(
        kind=kind,
        shape=ChartShape.ROWS,
        title=title,
        subtitle=subtitle,
        categories=axes.build_category_axis(names),
        values=share_axis(material, rows)
        if per_cent
        else axes.build_value_axis(values, phrases.AXIS[material.measure.unit]),
        series=series,
        keys=legend_keys(rows),
        notes=tuple(_row_notes(material, figures, kind)),
        alt_text=alt_text("Bar chart.", title, subtitle, rows),
    )


def _row_notes(material: ChartContext, figures: Sequence[Figure], kind: ChartKind) -> list[str]:
    if material.measure.unit is Unit.PER_CENT:
        return share_notes(material, figures)
    notes = [phrases.DIVISIONS_OVERLAP] if kind is ChartKind.BREAKDOWN else []
    if _has_overlap(material, figures):
        notes.append(phrases.GROUPS_OVERLAP)
    return [*notes, phrases.MORE_RECORDING] if material.measure.unit is Unit.OFFENCES else notes


def share_axis(material: ChartContext, data: Sequence[DataPoint]) -> ChartAxis:
    """A value axis for shares, from 0 and never past 100%, with what they are shares of."""
    top = max((d.value or 0.0 for d in data), default=0.0)
    name = share_heading(material.figures)
    axis = axes.from_zero(top, name, suffix="%", whole=False)
    return axis if axis.high <= _WHOLE else axes.from_zero(_WHOLE / 1.08, name, suffix="%", whole=False)


def _title_base(figures: Sequence[Figure]) -> str:
    several = dict.fromkeys(phrases.short_base(f.base) for f in figures)
    return next(iter(several)) if len(several) == 1 else "bases differ"


def share_notes(material: ChartContext, figures: Sequence[Figure]) -> list[str]:
    """What shares are of, as far as it is printed, and whether groups among them overlap."""
    count_texts = base_counts(material, figures)
    bases = dict.fromkeys(f.base for f in figures if not count_texts or not f.base_figure)
    notes = [_describe_base(material, figures, text, alone=len(bases) == 1 and not count_texts) for text in bases]
    printed_bases = list(dict.fromkeys(f.base for f in figures if f.base_figure and f.base))
    notes += (
        [phrases.of_recorded(count_texts, printed_bases[0] if len(printed_bases) == 1 else "")] if count_texts else []
    )
    if _has_overlap(material, figures):
        notes.append(phrases.GROUPS_OVERLAP)
    return [*notes, *doubt_notes(material)]


def _has_overlap(material: ChartContext, figures: Sequence[Figure]) -> bool:
    """Whether an app is counted in two of the platforms drawn: in a group and by itself, or in two groups."""
    platforms = {f.platform: material.platform_for(f) for f in figures if f.platform}
    app_ids = [app for one in platforms.values() for app in {one.id, *one.members}]
    return len(app_ids) > len(set(app_ids))


def _describe_base(material: ChartContext, figures: Sequence[Figure], text: str, *, alone: bool) -> str:
    """What shares are of; where there are several bases, with whose they are."""
    if alone:
        return phrases.describe_base(text)
    own = [f for f in figures if f.base == text]
    places = dict.fromkeys(material.place_for(f).name for f in own)
    if len(places) < len({f.place for f in figures}):
        return f"{formatting.join_list(places)}: {phrases.describe_base(text, capital=False)}"
    when = formatting.capitalise(formatting.describe_periods([f.period for f in own]))
    return f"{when}: {phrases.describe_base(text, capital=False)}"


def _platform_title(material: ChartContext, figures: Sequence[Figure]) -> str:
    """The place with its largest share (or count) of a single app, and what it is a share of.

    Where the share of another app is open upwards, both are named and neither is called the largest. A figure
    in doubt leads only where there is no other.
    """
    place = material.reach.place.name
    numeric_figures = [f for f in figures if f.amount.number is not None]
    usable = [f for f in numeric_figures if f.in_doubt is None] or numeric_figures
    if not usable:
        return f"{place}: we hold no figure by platform"
    doubt = ", in doubt" if usable[0].in_doubt is not None else ""
    single = [f for f in usable if not material.platform_for(f).members] or usable
    first = max(single, key=lambda f: f.amount.number or 0)
    name = material.platform_for(first).name
    if material.measure.unit is not Unit.PER_CENT:
        amount_text = format_offences(first.amount) if material.measure.unit is Unit.OFFENCES else ""
        amount_text = amount_text or formatting.describe_amount(first.amount, material.measure.unit)
        lead = f"{place}: {amount_text}, {name}{doubt}"
        return fit_title(f"{lead}, in {first.period.label}", lead)
    leading = [f for f in single if f.amount.number == first.amount.number]
    rivals = [f for f in single if f not in leading and f.amount.high is None]
    named_figures = [*leading, *rivals]
    value_labels = [
        f"{material.platform_for(f).name} {formatting.format_amount(f.amount, Unit.PER_CENT)}" for f in named_figures
    ]
    base = _title_base(named_figures)
    return fit_title(
        f"{place}: {', '.join(value_labels)}{doubt}, {base}",
        f"{place}: {value_labels[0]}{doubt}, {base}",
        f"{value_labels[0]}{doubt}, {base}",
    )


# The chart of platform shares over time: a line a platform, broken where coverage changes.


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
    every = formatting.distinct_periods(f.period for f in figures)
    title = _build_title(material, series)
    subtitle = phrases.format_subtitle(material.measure, _place_names(material), formatting.describe_periods(every))
    across = axes.over_time(every)
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
    return formatting.join_list(places)


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
    before, after = (formatting.format_amount(f.amount, Unit.PER_CENT) for f in (first, last))
    how = _compare_shares(material, first, last)
    between = any(first.period.end < one.period.start <= one.period.end < last.period.start for one in line)
    if first is last or (how is AmountMovement.OPEN and between):
        # Nothing came before it, or nothing that it may be set against without those between.
        base, doubt = phrases.short_base(last.base), ", in doubt" if last.in_doubt else ""
        title_text = f"{name} {after}{doubt}"
        return fit_title(f"{where}: {title_text} in {last.period.label}, {base}", f"{title_text}, {base}")
    bases = dict.fromkeys(phrases.short_base(f.base) for f in (first, last))
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


def _unequal_length_notes(several: Sequence[Period]) -> list[str]:
    lengths = {(period.end - period.start).days // 28 for period in several}
    if len(lengths) < 2:
        return []
    period_list = formatting.join_list(formatting.period_in_sentence(period) for period in several)
    return [f"The periods differ in length: {period_list}."]


# What the kinds of this module are, for the registry.


def _why_no_share(figure_query: FigureQuery, place: Place) -> str:
    where = formatting.place_in_sentence(place)
    for above in figure_query.library.places.ancestors(place.code):
        if figure_query.shares_for(above.code):
            nearest = f" The nearest are those of {formatting.place_in_sentence(above)}."
            return f"We hold no platform share of {where}.{nearest}"
    return f"We hold no platform share of {where}."


def _why_no_shift(figure_query: FigureQuery, place: Place) -> str:
    if figure_query.shares_for(place.code):
        return f"We hold platform shares of {formatting.place_in_sentence(place)} for one period only."
    return _why_no_share(figure_query, place)


register_chart_type(
    ChartType(
        kind=ChartKind.PLATFORMS,
        label="Platforms",
        shortcut="Ctrl+2",
        select=by_platform,
        can_draw=lambda figure_query, place, _: any(f.platform for f in figure_query.figures_for(place.code)),
        why_empty=_why_no_share,
        measures=lambda figure_query, place: measure_ids(f for f in figure_query.figures_for(place.code) if f.platform),
        options=frozenset({ChartOption.PERIOD}),
        build=compose_platforms,
    )
)
register_chart_type(
    ChartType(
        kind=ChartKind.SHIFT,
        label="Platforms over time",
        shortcut="Ctrl+3",
        select=platforms_over_time,
        why_empty=_why_no_shift,
        measures=lambda figure_query, place: measure_ids(figure_query.shares_for(place.code)),
        options=frozenset({ChartOption.RANGE, ChartOption.EVENTS, ChartOption.PART_PERIOD, ChartOption.GROUPS}),
        build=compose_platform_shift,
    )
)
register_chart_type(
    ChartType(
        kind=ChartKind.BREAKDOWN,
        label="Victims",
        shortcut="Ctrl+Shift+D",
        select=breakdown_figures,
        can_draw=lambda figure_query, place, _: bool(figure_query.breakdowns_for(place.code)),
        why_empty=lambda _, place: (
            f"We hold no figure by sex, age or another division for {formatting.place_in_sentence(place)}."
        ),
        measures=lambda figure_query, place: measure_ids(figure_query.breakdowns_for(place.code)),
        options=frozenset({ChartOption.PERIOD}),
        build=compose_breakdown,
    )
)
