"""The titles of places side by side: what was found where and when, in ten words or fewer."""

from __future__ import annotations

from collections.abc import Sequence

from explorer.evidence.model import Figure, Period, Place, Unit
from explorer.evidence.periods import months
from explorer.evidence.scope import can_lead

from . import words
from .findings import counted, fitted
from .material import Material
from .question import Scale
from .scaled import HEADS

_YEAR = 12


def find(material: Material, place: Place, period: Period) -> Figure | None:
    """The figure of a place and period among those drawn."""
    return next((f for f in material.figures if f.place == place.code and f.period == period), None)


def title(material: Material, places: Sequence[Place], found: Sequence[Period]) -> str:
    """What is recorded in the place in its last whole year, and in the other where there are two."""
    shown = _shown(material, places)
    if material.scaled.scale is Scale.CHANGE:
        return _of_index(material, shown, found)
    if material.scaled.scale in HEADS:
        return _of_rate(material, shown, found)
    return _of_counts(material, shown, found)


def _shown(material: Material, places: Sequence[Place]) -> list[Place]:
    """Those of ``places`` that a number is drawn for, and not all that were asked for."""
    drawn = {f.place for f in material.figures if material.scaled.of(f) is not None}
    return [place for place in places if place.code in drawn]


def _last(material: Material, here: Place, found: Sequence[Period]) -> tuple[Period, Figure] | None:
    """The last period of a place whose figure can lead a title; whole years come before their parts."""
    held = [(period, find(material, here, period)) for period in found]
    usable = [
        (period, figure)
        for period, figure in held
        if figure is not None and can_lead(figure) and material.scaled.of(figure) is not None
    ]
    whole = [pair for pair in usable if months(pair[0]) == _YEAR]
    return next(iter(reversed(whole or usable)), None)


def _of_counts(material: Material, places: Sequence[Place], found: Sequence[Period]) -> str:
    here = material.reach.place
    leading = next((p for p in (here, *places) if _last(material, p, found) is not None), None)
    if leading is None:
        return f"{here.name}: we hold no whole figure to compare"
    pair = _last(material, leading, found)
    if pair is None:
        return f"{here.name}: we hold no whole figure to compare"
    period, own = pair
    said = counted(own.amount) if material.measure.unit is Unit.OFFENCES else _amount(material, own)
    lead = f"{leading.name}: {said}"
    others = [p for p in places if p != leading]
    if len(others) == 1:
        other = find(material, others[0], period)
        if other is not None and can_lead(other):
            number = words.numbers(other.amount, material.measure.unit)
            both = f"{period.label}: {leading.name} {said}, {others[0].name} {number}"
            return fitted(both, f"{lead} in {period.label}", lead)
    beside = f"beside {words.counted(len(others), 'other place')}" if len(others) > 1 else ""
    return fitted(f"{lead} in {period.label}, {beside}".rstrip(", "), f"{lead} in {period.label}", lead)


def _amount(material: Material, figure: Figure) -> str:
    return words.amount(figure.amount, material.measure.unit, figure.base)


def _of_rate(material: Material, places: Sequence[Place], found: Sequence[Period]) -> str:
    here = material.reach.place
    leading = next((p for p in (here, *places) if _last(material, p, found) is not None), None)
    pair = _last(material, leading, found) if leading is not None else None
    values = material.scaled.values
    if pair is None or leading is None or values is None:
        return f"{here.name}: no rate can be worked out"
    period, own = pair
    told = f"{leading.name}: {values[own.id].label()} per {HEADS[material.scaled.scale].words}"
    return fitted(f"{told} in {period.label}", told)


def _of_index(material: Material, places: Sequence[Place], found: Sequence[Period]) -> str:
    """Where the places are in the last period that they share, of the base's 100."""
    here, base, values = material.reach.place, material.scaled.base, material.scaled.values
    if base is None or not values:
        return f"{here.name}: no index can be worked out"
    for last in reversed(found):
        own = [(p, find(material, p, last)) for p in places]
        told = [(p, values[f.id].label()) for p, f in own if f is not None and f.id in values]
        if last == base or (here.code not in {p.code for p, _ in told}):
            continue
        mine = next(label for p, label in told if p == here)
        scale = f"({base.label} = 100)"
        alone = f"{here.name}: index {mine} in {last.label} {scale}"
        others = [(p, label) for p, label in told if p != here]
        if len(others) != 1:
            return fitted(alone, f"{here.name}: index {mine} in {last.label}")
        both = f"{here.name} {mine}, {others[0][0].name} {others[0][1]}"
        shorter = f"{here.name}: index {mine} in {last.label}"
        return fitted(f"{last.label}: {both} {scale}", alone, shorter)
    return fitted(f"{here.name}: no index can be worked out since {base.label}", "No index can be worked out")


def highest_open(material: Material) -> bool:
    """Whether a number that is drawn has an open upper end, so that an order by value is not certain."""
    return any(f.amount.number is not None and f.amount.high is None for f in material.figures)
