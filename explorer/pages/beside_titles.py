"""The titles of places side by side: what was found where and when, in ten words or fewer."""

from __future__ import annotations

from collections.abc import Sequence

from explorer.evidence.analysis.coverage import can_lead
from explorer.evidence.model import Figure, Period, Place, Unit
from explorer.evidence.periods import count_months
from explorer.pages import words

from .findings import fit_title, format_offences
from .material import ChartContext
from .question import ValueScale
from .scaled import HEADS

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
            number = words.format_amount(other.amount, material.measure.unit)
            both = f"{period.label}: {leading.name} {amount_text}, {others[0].name} {number}"
            return fit_title(both, f"{lead} in {period.label}", lead)
    beside = f"beside {words.pluralise(len(others), 'other place')}" if len(others) > 1 else ""
    return fit_title(f"{lead} in {period.label}, {beside}".rstrip(", "), f"{lead} in {period.label}", lead)


def _format_amount(material: ChartContext, figure: Figure) -> str:
    return words.describe_amount(figure.amount, material.measure.unit, figure.base)


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
