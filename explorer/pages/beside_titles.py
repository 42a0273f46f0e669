"""The titles of places side by side: what stands where, in ten words or fewer."""

from __future__ import annotations

from collections.abc import Sequence

from explorer.evidence.model import Figure, Period, Place

from . import words
from .material import Material
from .question import Grain, Scale
from .scale import grouped


def find(material: Material, place: Place, period: Period) -> Figure | None:
    """The figure of a place and period among those drawn."""
    return next((f for f in material.figures if f.place == place.code and f.period == period), None)


def title(material: Material, places: Sequence[Place], found: Sequence[Period]) -> str:
    """Where the place stands in its last period, and beside how many others that are drawn."""
    shown = _shown(material, places)
    if material.scaled.scale is Scale.RATE:
        return f"Offences per 100,000 people, {_counted(shown)}"
    if material.scaled.scale is Scale.CHANGE and material.scaled.base is not None:
        return _of_index(material, shown, material.scaled.base, found)
    here = material.reach.place
    last = next((p for p in reversed(found) if find(material, here, p) is not None), None)
    own = [(p, find(material, p, last)) for p in places] if last else []
    told = [(p, words.numbers(f.amount, material.measure.unit)) for p, f in own if f]
    if last is None or not told:
        return f"{words.LEAD[material.measure.unit]} in {_counted(shown)}"
    if len(told) == 2 and len(shown) == 2:
        return words.capital(", ".join(f"{number} in {words.placed(p)}" for p, number in told))
    first = next(pair for pair in told if pair[0] == here)
    others = sum(one != here for one in shown)
    lead = f"{first[0].name} {first[1]}"
    if not others:
        return f"{lead} in {last.label}"
    beside = words.counted(others, "other place")
    return words.short(f"{lead} in {last.label}, beside {beside}", f"{lead}, beside {beside}")


def _shown(material: Material, places: Sequence[Place]) -> list[Place]:
    """Those of ``places`` that a number is drawn for, and not all that were asked for."""
    drawn = {f.place for f in material.figures if material.scaled.of(f) is not None}
    return [place for place in places if place.code in drawn]


def _counted(places: Sequence[Place]) -> str:
    return words.counted(len(places), "place")


def _of_index(material: Material, places: Sequence[Place], base: Period, found: Sequence[Period]) -> str:
    """Where two places stand in the last period that both have an index of; of more, what is shown."""
    general = f"Change since {base.label}, {_counted(places)}"
    if len(places) != 2:
        return general
    for last in reversed(found):
        own = [find(material, place, last) for place in places]
        told = [material.scaled.of(figure) if figure else None for figure in own]
        if last != base and all(value is not None for value in told):
            pairs = zip(places, told, strict=True)
            lead = ", ".join(f"{p.name} {grouped(words.rounded(v, 1))}" for p, v in pairs if v is not None)
            return words.short(f"Index in {last.label}: {lead}", words.short(lead, general))
    return general


def line_title(material: Material, places: Sequence[Place], found: Sequence[Period]) -> str:
    """The title of lines over time."""
    if material.scaled.scale is not Scale.COUNT or len(found) < 2:
        return title(material, places, found)
    lead = f"Recorded offences in {_counted(_shown(material, places))}"
    if material.reach.drawn.grain is Grain.QUARTERS:
        return f"{lead}, by quarter"
    return words.short(f"{lead}, {found[0].label} to {found[-1].label}", lead)
