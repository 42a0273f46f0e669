"""The chart of places side by side: one measure, in place order unless the person asks for order of value.

Counts stand in lying bars, a group a place and a bar a period, or as a line a place over time; shares of one
period in a group a platform. What is compared by index or rate is worked out in ``scaled``.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from explorer.evidence import Figure, Period, Place, Platform, Unit, count_months, formatting, periods
from explorer.evidence.analysis import can_lead, find_breaks, is_partial
from explorer.pages.model import (
    Chart,
    ChartAxis,
    ChartKind,
    ChartShape,
    DataPoint,
    DataSeries,
    MarkFill,
    ReferenceLine,
    TrendStyle,
    ValueScale,
    axes,
)
from explorer.pages.selection import (
    HEADS,
    WITH_INTERVALS,
    ChartOption,
    FigureQuery,
    can_compare,
    comparison_figures,
    find_base_periods,
)
from explorer.pages.text import phrases

from .annotations import alternate_value_notes
from .breakdowns import share_axis, share_notes
from .context import ChartContext, alt_text, build_data_point, doubt_notes, end_label, legend_keys, rescale_point
from .findings import fit_title, format_offences
from .registry import ChartType, measure_ids, register_chart_type
from .trend import can_join

# The titles of places side by side: what was found where and when, in ten words or fewer.


_YEAR = 12


def find_figure(material: ChartContext, place: Place, period: Period) -> Figure | None:
    """The figure of a place and period among those drawn."""
    return next((f for f in material.figures if f.place == place.code and f.period == period), None)


def comparison_title(material: ChartContext, places: Sequence[Place], chart_periods: Sequence[Period]) -> str:
    """What is recorded in the place in its last whole year, and in the other where there are two."""
    drawn_places = _places_with_values(material, places)
    if material.scaled_figures.scale is ValueScale.CHANGE:
        return _of_index(material, drawn_places, chart_periods)
    if material.scaled_figures.scale in HEADS:
        return _of_rate(material, drawn_places, chart_periods)
    return _of_counts(material, drawn_places, chart_periods)


def _places_with_values(material: ChartContext, places: Sequence[Place]) -> list[Place]:
    """Those of ``places`` that a number is drawn for, and not all that were asked for."""
    codes = {f.place for f in material.figures if material.scaled_figures.value_for(f) is not None}
    return [place for place in places if place.code in codes]


def _last_leading_figure(
    material: ChartContext, here: Place, chart_periods: Sequence[Period]
) -> tuple[Period, Figure] | None:
    """The last period of a place whose figure can lead a title; whole years come before their parts."""
    candidates = [(period, find_figure(material, here, period)) for period in chart_periods]
    usable = [
        (period, figure)
        for period, figure in candidates
        if figure is not None and can_lead(figure) and material.scaled_figures.value_for(figure) is not None
    ]
    whole = [pair for pair in usable if count_months(pair[0]) == _YEAR]
    return next(iter(reversed(whole or usable)), None)


def _of_counts(material: ChartContext, places: Sequence[Place], chart_periods: Sequence[Period]) -> str:
    here = material.reach.place
    leading = next((p for p in (here, *places) if _last_leading_figure(material, p, chart_periods) is not None), None)
    if leading is None:
        return f"{here.name}: we hold no whole figure to compare"
    pair = _last_leading_figure(material, leading, chart_periods)
    if pair is None:
        return f"{here.name}: we hold no whole figure to compare"
    period, own = pair
    amount_text = (
        format_offences(own.amount) if material.measure.unit is Unit.OFFENCES else _format_amount(material, own)
    )
    lead = f"{leading.name}: {amount_text}"
    others = [p for p in places if p != leading]
    if len(others) == 1:
        other = find_figure(material, others[0], period)
        if other is not None and can_lead(other):
            number = formatting.format_amount(other.amount, material.measure.unit)
            both = f"{period.label}: {leading.name} {amount_text}, {others[0].name} {number}"
            return fit_title(both, f"{lead} in {period.label}", lead)
    beside = f"beside {formatting.pluralise(len(others), 'other place')}" if len(others) > 1 else ""
    return fit_title(f"{lead} in {period.label}, {beside}".rstrip(", "), f"{lead} in {period.label}", lead)


def _format_amount(material: ChartContext, figure: Figure) -> str:
    return formatting.describe_amount(figure.amount, material.measure.unit, figure.base)


def _of_rate(material: ChartContext, places: Sequence[Place], chart_periods: Sequence[Period]) -> str:
    here = material.reach.place
    leading = next((p for p in (here, *places) if _last_leading_figure(material, p, chart_periods) is not None), None)
    pair = _last_leading_figure(material, leading, chart_periods) if leading is not None else None
    values = material.scaled_figures.values
    if pair is None or leading is None or values is None:
        return f"{here.name}: no rate can be worked out"
    period, own = pair
    rate_text = f"{leading.name}: {values[own.id].format_label()} per {HEADS[material.scaled_figures.scale].words}"
    return fit_title(f"{rate_text} in {period.label}", rate_text)


def _of_index(material: ChartContext, places: Sequence[Place], chart_periods: Sequence[Period]) -> str:
    """Where the places are in the last period that they share, of the base's 100."""
    here, base, values = material.reach.place, material.scaled_figures.base, material.scaled_figures.values
    if base is None or not values:
        return f"{here.name}: no index can be worked out"
    for last in reversed(chart_periods):
        own = [(p, find_figure(material, p, last)) for p in places]
        place_labels = [(p, values[f.id].format_label()) for p, f in own if f is not None and f.id in values]
        if last == base or (here.code not in {p.code for p, _ in place_labels}):
            continue
        mine = next(label for p, label in place_labels if p == here)
        scale = f"({base.label} = 100)"
        alone = f"{here.name}: index {mine} in {last.label} {scale}"
        others = [(p, label) for p, label in place_labels if p != here]
        if len(others) != 1:
            return fit_title(alone, f"{here.name}: index {mine} in {last.label}")
        both = f"{here.name} {mine}, {others[0][0].name} {others[0][1]}"
        shorter = f"{here.name}: index {mine} in {last.label}"
        return fit_title(f"{last.label}: {both} {scale}", alone, shorter)
    return fit_title(f"{here.name}: no index can be worked out since {base.label}", "No index can be worked out")


def highest_open(material: ChartContext) -> bool:
    """Whether a number that is drawn has an open upper end, so that an order by value is not certain."""
    return any(f.amount.number is not None and f.amount.high is None for f in material.figures)


_GROUP = 0.8
"""How much of a row's height its bars take together."""
_AIR = 0.03
_BASE = 100.0
"""Months: beside whole years a shorter period is a part of one, and looks like it."""


def compose_comparison(material: ChartContext) -> Chart:
    """Places beside one another: shares in rows by platform, counts in rows by place or as lines."""
    places = sorted((material.reach.place, *material.reach.selection.beside), key=lambda p: p.order)
    if material.measure.unit is Unit.PER_CENT:
        return _platform_rows(material, places)
    if material.question.style is TrendStyle.LINE:
        return _place_lines(material, places)
    return _place_rows(material, places)


def _build_subtitle(material: ChartContext, places: Sequence[Place]) -> str:
    return phrases.format_subtitle(
        material.measure,
        formatting.join_list(p.name for p in places),
        formatting.describe_periods(
            [f.period for f in material.figures if material.scaled_figures.value_for(f) is not None]
        ),
    )


# Counts, a group a place


def _place_rows(material: ChartContext, places: Sequence[Place]) -> Chart:
    chart_periods = sorted({f.period.text: f.period for f in material.figures}.values(), key=periods.order_key)
    ordered_places = _in_order(material, places, chart_periods)
    thick = _GROUP / max(len(chart_periods), 1)
    series = tuple(
        DataSeries(
            name=period.label,
            role=number,
            data=tuple(
                _build_bar(material, place, period, _bar_extent(row, number, thick), several=len(chart_periods) > 1)
                for row, place in enumerate(ordered_places)
            ),
        )
        for number, period in enumerate(chart_periods)
    )
    data = [d for s in series for d in s.data]
    title = comparison_title(material, ordered_places, chart_periods)
    subtitle = _build_subtitle(material, places)
    return Chart(
        kind=ChartKind.COMPARE,
        shape=ChartShape.ROWS,
        title=title,
        subtitle=subtitle,
        categories=axes.build_category_axis(place.name for place in ordered_places),
        values=_build_axis(material, data),
        series=series,
        intervals=material.scaled_figures.scale in HEADS,
        legend=len(chart_periods) > 1,
        keys=legend_keys(data),
        notes=tuple(_build_notes(material, data)),
        alt_text=alt_text("Bar chart.", title, subtitle, data),
    )


def _in_order(material: ChartContext, places: Sequence[Place], chart_periods: Sequence[Period]) -> list[Place]:
    """Place order, or by the value of the last period, the greatest first; places without one come last."""
    if not material.question.by_value or not chart_periods:
        return list(places)

    def sort_key(place: Place) -> Decimal:
        own = find_figure(material, place, chart_periods[-1])
        scaled_value = material.scaled_figures.value_for(own) if own else None
        return -scaled_value if scaled_value is not None else Decimal(1)

    return sorted(places, key=sort_key)


def _build_bar(
    material: ChartContext, place: Place, period: Period, extent: tuple[float, float], *, several: bool
) -> DataPoint:
    own = find_figure(material, place, period)
    beside = period.label if several else ""
    if own is None:
        return _missing_bar(extent, beside, f"{place.name}, {formatting.period_in_sentence(period)}: we hold no figure")
    return rescale_point(material, own, build_data_point(material, own, extent, part=is_partial(own), beside=beside))


def _missing_bar(extent: tuple[float, float], beside: str, name: str) -> DataPoint:
    return DataPoint(
        figure="",
        start=extent[0],
        end=extent[1],
        at=sum(extent) / 2,
        value=None,
        fill=MarkFill.MISSING,
        label=f"[x]  {beside}".rstrip(),
        name=name,
    )


def _build_axis(material: ChartContext, data: Sequence[DataPoint]) -> ChartAxis:
    scaled_figures = material.scaled_figures
    title = scaled_figures.axis or phrases.AXIS[material.measure.unit]
    reach = [d.value or 0.0 for d in data]
    if scaled_figures.scale in HEADS:
        title += WITH_INTERVALS
        reach += [d.high for d in data if d.high is not None]
    return axes.build_value_axis(reach, title, whole=scaled_figures.scale is ValueScale.COUNT)


def _build_notes(material: ChartContext, data: Sequence[DataPoint]) -> list[str]:
    scaled_figures = material.scaled_figures
    notes = [phrases.COUNTS_NOT_RATES] if scaled_figures.scale is ValueScale.COUNT else []
    notes += scaled_figures.notes
    notes += alternate_value_notes(material)
    if material.question.by_value:
        notes.append(phrases.NOT_A_LEAGUE)
        notes += [phrases.OPEN_ORDER] if highest_open(material) else []
    notes += doubt_notes(material)
    missing = [d for d in data if d.fill is MarkFill.MISSING]
    if missing:
        notes.append(phrases.NOT_WORKED_OUT_KEY if any(d.figure for d in missing) else phrases.MISSING_KEY)
    present_codes = {f.place for f in material.figures}
    without = [
        formatting.place_in_sentence(p)
        for p in (material.reach.place, *material.reach.selection.beside)
        if p.code not in present_codes
    ]
    if without:
        notes.append(f"We hold no figure of this measure for {formatting.join_list(without)} in these periods.")
    return [*notes, phrases.MORE_RECORDING]


# Counts, a line a place


def _place_lines(material: ChartContext, places: Sequence[Place]) -> Chart:
    scaled_figures = material.scaled_figures
    # Of an index or a rate, a period that nothing was worked out for has no place on the axis.
    visible_figures = [
        f for f in material.figures if scaled_figures.values is None or scaled_figures.value_for(f) is not None
    ]
    across = axes.over_time(f.period for f in visible_figures or material.figures)
    whole = _YEAR if any(periods.count_months(f.period) == _YEAR for f in material.figures) else 0
    series = tuple(_build_line(material, place, role, whole) for role, place in enumerate(places))
    series = tuple(one for one in series if one.data)
    data = [d for s in series for d in s.data]
    chart_periods = sorted({f.period.text: f.period for f in material.figures}.values(), key=periods.order_key)
    title = comparison_title(material, places, chart_periods)
    subtitle = _build_subtitle(material, places)
    return Chart(
        kind=ChartKind.COMPARE,
        shape=ChartShape.LINES,
        title=title,
        subtitle=subtitle,
        categories=across,
        values=_build_axis(material, data),
        series=series,
        intervals=material.scaled_figures.scale in HEADS,
        rules=_base_rule(material, across),
        keys=legend_keys(data),
        notes=tuple(_build_notes(material, data)),
        alt_text=alt_text("Line chart.", title, subtitle, data),
    )


def _build_line(material: ChartContext, place: Place, role: int, whole: int) -> DataSeries:
    own = sorted((f for f in material.figures if f.place == place.code), key=lambda f: periods.order_key(f.period))
    break_ids = {one.after for one in find_breaks(own, material.library)}
    data: list[DataPoint] = []
    before: Figure | None = None
    last_figure: Figure | None = None
    for figure in own:
        start, end = periods.year_span(figure.period)
        has_value = material.scaled_figures.value_for(figure) is not None
        is_joined = before is not None and has_value and figure.id not in break_ids and can_join(before, figure)
        part = periods.count_months(figure.period) < whole or is_partial(figure)
        point = rescale_point(
            material, figure, build_data_point(material, figure, (start, end), part=part, is_joined=is_joined)
        )
        if point.value is not None:
            data.append(point)
            last_figure = figure
        before = figure if has_value else None
    return DataSeries(
        name=place.name, role=role, data=tuple(data), end_label=end_label(material, place.name, last_figure)
    )


def _base_rule(material: ChartContext, across: ChartAxis) -> tuple[ReferenceLine, ...]:
    base = material.scaled_figures.base
    if base is None:
        return ()
    return (ReferenceLine(start=across.low, end=across.high, value=_BASE, label=f"{base.label} = 100"),)


# Shares, a group a platform


def _platform_rows(material: ChartContext, places: Sequence[Place]) -> Chart:
    platforms = _list_platforms(material)
    thick = _GROUP / len(places)
    series = tuple(
        DataSeries(
            name=place.name,
            role=number,
            data=tuple(
                _share_bar(material, place, platform, _bar_extent(row, number, thick))
                for row, platform in enumerate(platforms)
            ),
        )
        for number, place in enumerate(places)
    )
    data = [d for s in series for d in s.data]
    title = _share_title(material, places)
    subtitle = _build_subtitle(material, places)
    notes = share_notes(material, material.figures)
    return Chart(
        kind=ChartKind.COMPARE,
        shape=ChartShape.ROWS,
        title=title,
        subtitle=subtitle,
        categories=axes.build_category_axis(platform.name for platform in platforms),
        values=share_axis(material, data),
        series=series,
        keys=legend_keys(data),
        notes=(*notes, phrases.MISSING_KEY) if any(d.fill is MarkFill.MISSING for d in data) else tuple(notes),
        alt_text=alt_text("Bar chart.", title, subtitle, data),
    )


def _bar_extent(row: int, number: int, thick: float) -> tuple[float, float]:
    start = row - _GROUP / 2 + number * thick
    return start + _AIR, start + thick - _AIR


def _list_platforms(material: ChartContext) -> list[Platform]:
    distinct = {f.platform: material.platform_for(f) for f in material.figures}
    return sorted(distinct.values(), key=lambda platform: platform.order)


def _share_bar(material: ChartContext, place: Place, platform: Platform, extent: tuple[float, float]) -> DataPoint:
    own = _with_platform(material.figures, place, platform)
    if own is None:
        return _missing_bar(extent, place.name, f"{platform.name}, {place.name}: we hold no share")
    return build_data_point(material, own, extent, beside=place.name)


def _with_platform(figures: Sequence[Figure], place: Place, platform: Platform) -> Figure | None:
    return next((f for f in figures if f.place == place.code and f.platform == platform.id), None)


def _share_title(material: ChartContext, places: Sequence[Place]) -> str:
    """The share of one platform in the place and in another, with what the shares are of.

    The page's own place comes first: no title is about another place alone.
    """
    here = material.reach.place
    for platform in _list_platforms(material):
        pairs = [(p, _with_platform(material.figures, p, platform)) for p in places]
        certain_pairs = [(p, f) for p, f in pairs if f is not None and f.in_doubt is None]
        certain_pairs.sort(key=lambda pair: pair[0].code != here.code)
        if len(certain_pairs) < 2 or certain_pairs[0][0].code != here.code:
            continue
        bases = dict.fromkeys(phrases.short_base(f.base) for _, f in certain_pairs[:2])
        base = next(iter(bases)) if len(bases) == 1 else "bases differ"
        shares = [formatting.format_amount(f.amount, Unit.PER_CENT) for _, f in certain_pairs[:2]]
        labels = [f"{p.name} {share}" for (p, _), share in zip(certain_pairs, shares, strict=False)]
        own = phrases.short_base(certain_pairs[0][1].base)
        return fit_title(
            f"{platform.name}: {', '.join(labels)}, {base}",
            f"{platform.name}: {labels[0]}, {own}",
            f"{platform.name}: {shares[0]}, {own}",
        )
    return f"{here.name}: shares in doubt or missing"


# What the kind is, for the registry.


def _list_measures(figure_query: FigureQuery, place: Place) -> list[str]:
    own = (*figure_query.counts_for(place.code), *figure_query.shares_for(place.code))
    return [*measure_ids(own), *figure_query.crime_code_measures(place.code)]


def _list_bases(material: ChartContext) -> tuple[Sequence[Period], Period | None]:
    if material.measure.unit is not Unit.OFFENCES:
        return (), None
    base = material.scaled_figures.base
    options = find_base_periods(material.figures)
    if base is not None and base not in options:
        options = tuple(sorted((*options, base), key=lambda p: (p.start, p.end)))
    return options, base


register_chart_type(
    ChartType(
        kind=ChartKind.COMPARE,
        label="Compare",
        shortcut="Ctrl+4",
        select=comparison_figures,
        can_draw=can_compare,
        why_empty=lambda _, place: (
            f"No other place has a figure of the same measure and period as {formatting.place_in_sentence(place)}."
        ),
        measures=_list_measures,
        options=frozenset({ChartOption.PLACES, ChartOption.STYLE, ChartOption.ORDER}),
        scales=(
            (ValueScale.COUNT, "Counts"),
            (ValueScale.CHANGE, "Index"),
            (ValueScale.RATE, "Per 100,000 people"),
            (ValueScale.CHILDREN, "Per 10,000 children"),
        ),
        build=compose_comparison,
        bases=_list_bases,
    )
)
