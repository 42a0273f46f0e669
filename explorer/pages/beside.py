"""The chart of places side by side: one measure, in place order unless the person asks for order of value.

Counts stand in lying bars, a group a place and a bar a period, or as a line a place over time; shares of one
period in a group a platform. What is compared by index or rate is worked out in ``scaled``.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from explorer.evidence import periods
from explorer.evidence.analysis.coverage import find_breaks, is_partial
from explorer.evidence.model import Figure, Period, Place, Platform, Unit
from explorer.pages import scale, words

from .also_printed import alternate_value_notes
from .beside_titles import _YEAR, find_figure, highest_open
from .beside_titles import comparison_title as compared_title
from .chart import Chart, ChartAxis, ChartKind, ChartShape, DataPoint, DataSeries, MarkFill, ReferenceLine
from .findings import fit_title
from .material import ChartContext, alt_text, build_data_point, doubt_notes, end_label, legend_keys, rescale_point
from .question import TrendStyle, ValueScale
from .scaled import HEADS, WITH_INTERVALS
from .shares import share_axis, share_notes
from .trend import can_join

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
    return words.format_subtitle(
        material.measure,
        words.join_list(p.name for p in places),
        words.periods([f.period for f in material.figures if material.scaled_figures.value_for(f) is not None]),
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
    title = compared_title(material, ordered_places, chart_periods)
    subtitle = _build_subtitle(material, places)
    return Chart(
        kind=ChartKind.COMPARE,
        shape=ChartShape.ROWS,
        title=title,
        subtitle=subtitle,
        categories=scale.build_category_axis(place.name for place in ordered_places),
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
        return _missing_bar(extent, beside, f"{place.name}, {words.describe_period(period)}: we hold no figure")
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
    title = scaled_figures.axis or words.AXIS[material.measure.unit]
    reach = [d.value or 0.0 for d in data]
    if scaled_figures.scale in HEADS:
        title += WITH_INTERVALS
        reach += [d.high for d in data if d.high is not None]
    return scale.build_value_axis(reach, title, whole=scaled_figures.scale is ValueScale.COUNT)


def _build_notes(material: ChartContext, data: Sequence[DataPoint]) -> list[str]:
    scaled_figures = material.scaled_figures
    notes = [words.COUNTS_NOT_RATES] if scaled_figures.scale is ValueScale.COUNT else []
    notes += scaled_figures.notes
    notes += alternate_value_notes(material)
    if material.question.by_value:
        notes.append(words.NOT_A_LEAGUE)
        notes += [words.OPEN_ORDER] if highest_open(material) else []
    notes += doubt_notes(material)
    missing = [d for d in data if d.fill is MarkFill.MISSING]
    if missing:
        notes.append(words.NOT_WORKED_OUT_KEY if any(d.figure for d in missing) else words.MISSING_KEY)
    present_codes = {f.place for f in material.figures}
    without = [
        words.place_in_sentence(p)
        for p in (material.reach.place, *material.reach.selection.beside)
        if p.code not in present_codes
    ]
    if without:
        notes.append(f"We hold no figure of this measure for {words.join_list(without)} in these periods.")
    return [*notes, words.MORE_RECORDING]


# Counts, a line a place


def _place_lines(material: ChartContext, places: Sequence[Place]) -> Chart:
    scaled_figures = material.scaled_figures
    # Of an index or a rate, a period that nothing was worked out for has no place on the axis.
    visible_figures = [
        f for f in material.figures if scaled_figures.values is None or scaled_figures.value_for(f) is not None
    ]
    across = scale.over_time(f.period for f in visible_figures or material.figures)
    whole = _YEAR if any(periods.count_months(f.period) == _YEAR for f in material.figures) else 0
    series = tuple(_build_line(material, place, role, whole) for role, place in enumerate(places))
    series = tuple(one for one in series if one.data)
    data = [d for s in series for d in s.data]
    chart_periods = sorted({f.period.text: f.period for f in material.figures}.values(), key=periods.order_key)
    title = compared_title(material, places, chart_periods)
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
        categories=scale.build_category_axis(platform.name for platform in platforms),
        values=share_axis(material, data),
        series=series,
        keys=legend_keys(data),
        notes=(*notes, words.MISSING_KEY) if any(d.fill is MarkFill.MISSING for d in data) else tuple(notes),
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
        bases = dict.fromkeys(words.short_base(f.base) for _, f in certain_pairs[:2])
        base = next(iter(bases)) if len(bases) == 1 else "bases differ"
        shares = [words.format_amount(f.amount, Unit.PER_CENT) for _, f in certain_pairs[:2]]
        labels = [f"{p.name} {share}" for (p, _), share in zip(certain_pairs, shares, strict=False)]
        own = words.short_base(certain_pairs[0][1].base)
        return fit_title(
            f"{platform.name}: {', '.join(labels)}, {base}",
            f"{platform.name}: {labels[0]}, {own}",
            f"{platform.name}: {shares[0]}, {own}",
        )
    return f"{here.name}: shares in doubt or missing"
