"""The chart of places side by side: the same measure and period, in place order, never ranked."""

from __future__ import annotations

from collections.abc import Sequence

from explorer.evidence.model import Figure, Place, Platform, Unit

from . import scale, words
from .chart import Chart, ChartKind, Datum, Fill, Series, Shape
from .material import Material, alt_text, datum, keys
from .shares import share_axis, share_notes

_GROUP = 0.8
"""How much of a row's height its bars take together."""
_AIR = 0.03


def compose(material: Material) -> Chart:
    """Places beside one another: shares in a row a platform, or counts in a row a place."""
    places = sorted((material.reach.place, *material.reach.beside), key=lambda p: p.order)
    figures = material.figures
    by_share = material.measure.unit is Unit.PER_CENT
    drawn = _shares(material, places) if by_share else _counts(material, places)
    series, labels = drawn
    data = [d for s in series for d in s.data]
    title = _title(material, places, by_share=by_share)
    subtitle = words.subtitle(
        material.measure, words.listed(p.name for p in places), words.periods([f.period for f in figures])
    )
    values = share_axis(data) if by_share else scale.from_zero(_top(data), "Offences recorded")
    return Chart(
        kind=ChartKind.COMPARE,
        shape=Shape.ROWS,
        title=title,
        subtitle=subtitle,
        categories=scale.named(labels),
        values=values,
        series=series,
        keys=keys(data),
        notes=tuple(_notes(material, data, by_share=by_share)),
        alt_text=alt_text("Bar chart.", title, subtitle, data),
    )


def _notes(material: Material, data: Sequence[Datum], *, by_share: bool) -> list[str]:
    notes = share_notes(material, material.figures) if by_share else [words.COUNTS_NOT_RATES]
    return [*notes, words.MISSING_KEY] if any(d.fill is Fill.MISSING for d in data) else notes


def _top(data: Sequence[Datum]) -> float:
    return max((d.value or 0.0 for d in data), default=0.0)


def _counts(material: Material, places: Sequence[Place]) -> tuple[tuple[Series, ...], list[str]]:
    series: list[Series] = []
    for row, place in enumerate(places):
        own = [f for f in material.figures if f.place == place.code]
        data = tuple(datum(material, f, (row - _GROUP / 2.5, row + _GROUP / 2.5)) for f in own[:1])
        series.append(Series(name=place.name, role=row, data=data))
    return tuple(series), [place.name for place in places]


def _shares(material: Material, places: Sequence[Place]) -> tuple[tuple[Series, ...], list[str]]:
    platforms = _platforms(material)
    thick = _GROUP / len(places)
    series = tuple(
        Series(
            name=place.name,
            role=number,
            data=tuple(
                _share(material, place, platform, _extent(row, number, thick))
                for row, platform in enumerate(platforms)
            ),
        )
        for number, place in enumerate(places)
    )
    return series, [platform.name for platform in platforms]


def _extent(row: int, number: int, thick: float) -> tuple[float, float]:
    start = row - _GROUP / 2 + number * thick
    return start + _AIR, start + thick - _AIR


def _platforms(material: Material) -> list[Platform]:
    distinct = {f.platform: material.platform(f) for f in material.figures}
    return sorted(distinct.values(), key=lambda platform: platform.order)


def _share(material: Material, place: Place, platform: Platform, extent: tuple[float, float]) -> Datum:
    own = _find(material.figures, place, platform)
    if own is not None:
        return datum(material, own, extent, beside=place.name)
    return Datum(
        figure="",
        start=extent[0],
        end=extent[1],
        at=sum(extent) / 2,
        value=None,
        fill=Fill.MISSING,
        label=f"[x]  {place.name}",
        name=f"{platform.name}, {place.name}: no share is printed",
    )


def _find(figures: Sequence[Figure], place: Place, platform: Platform) -> Figure | None:
    return next((f for f in figures if f.place == place.code and f.platform == platform.id), None)


def _title(material: Material, places: Sequence[Place], *, by_share: bool) -> str:
    if not by_share:
        own = [(p, next((f for f in material.figures if f.place == p.code), None)) for p in places]
        told = [f"{words.numbers(f.amount, Unit.OFFENCES)} in {words.placed(p)}" for p, f in own if f]
        return words.capital(", ".join(told[:2]))
    for platform in _platforms(material):
        pairs = [(p, _find(material.figures, p, platform)) for p in places]
        told = [f"{words.numbers(f.amount, Unit.PER_CENT)} {p.name}" for p, f in pairs if f]
        if len(told) > 1:
            return f"{platform.name}: {', '.join(told[:2])}"
    return "Platform shares side by side"
