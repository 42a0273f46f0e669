"""The chart of places side by side: one measure, in place order unless the person asks for order of value.

Counts stand in lying bars, a group a place and a bar a period, or as a line a place over time; shares of one
period in a group a platform. What is compared by index or rate is worked out in ``scaled``.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from explorer.evidence import periods
from explorer.evidence.model import Figure, Period, Place, Platform, Unit
from explorer.evidence.scope import breaks, is_partial

from . import scale, words
from .also_printed import also_printed
from .beside_titles import find, highest_open
from .beside_titles import title as compared_title
from .chart import Axis, Chart, ChartKind, Datum, Fill, Rule, Series, Shape
from .findings import fitted
from .material import Material, alt_text, datum, doubt_notes, end_label, keys, rescaled
from .question import Scale, Style
from .scaled import HEADS, WITH_INTERVALS
from .shares import share_axis, share_notes
from .trend import follows

_GROUP = 0.8
"""How much of a row's height its bars take together."""
_AIR = 0.03
_BASE = 100.0
_YEAR = 12
"""Months: beside whole years a shorter period is a part of one, and looks like it."""


def compose(material: Material) -> Chart:
    """Places beside one another: shares in rows by platform, counts in rows by place or as lines."""
    places = sorted((material.reach.place, *material.reach.drawn.beside), key=lambda p: p.order)
    if material.measure.unit is Unit.PER_CENT:
        return _platform_rows(material, places)
    if material.question.style is Style.LINE:
        return _lines(material, places)
    return _place_rows(material, places)


def _subtitle(material: Material, places: Sequence[Place]) -> str:
    return words.subtitle(
        material.measure,
        words.listed(p.name for p in places),
        words.periods([f.period for f in material.figures if material.scaled.of(f) is not None]),
    )


# Counts, a group a place


def _place_rows(material: Material, places: Sequence[Place]) -> Chart:
    found = sorted({f.period.text: f.period for f in material.figures}.values(), key=periods.order_key)
    ordered = _in_order(material, places, found)
    thick = _GROUP / max(len(found), 1)
    series = tuple(
        Series(
            name=period.label,
            role=number,
            data=tuple(
                _row(material, place, period, _extent(row, number, thick), several=len(found) > 1)
                for row, place in enumerate(ordered)
            ),
        )
        for number, period in enumerate(found)
    )
    data = [d for s in series for d in s.data]
    title = compared_title(material, ordered, found)
    subtitle = _subtitle(material, places)
    return Chart(
        kind=ChartKind.COMPARE,
        shape=Shape.ROWS,
        title=title,
        subtitle=subtitle,
        categories=scale.named(place.name for place in ordered),
        values=_axis(material, data),
        series=series,
        intervals=material.scaled.scale in HEADS,
        legend=len(found) > 1,
        keys=keys(data),
        notes=tuple(_notes(material, data)),
        alt_text=alt_text("Bar chart.", title, subtitle, data),
    )


def _in_order(material: Material, places: Sequence[Place], found: Sequence[Period]) -> list[Place]:
    """Place order, or by the value of the last period, the greatest first; places without one come last."""
    if not material.question.by_value or not found:
        return list(places)

    def value(place: Place) -> Decimal:
        own = find(material, place, found[-1])
        known = material.scaled.of(own) if own else None
        return -known if known is not None else Decimal(1)

    return sorted(places, key=value)


def _row(
    material: Material, place: Place, period: Period, extent: tuple[float, float], *, several: bool
) -> Datum:
    own = find(material, place, period)
    beside = period.label if several else ""
    if own is None:
        return _missing(extent, beside, f"{place.name}, {words.period(period)}: we hold no figure")
    return rescaled(material, own, datum(material, own, extent, part=is_partial(own), beside=beside))


def _missing(extent: tuple[float, float], beside: str, name: str) -> Datum:
    return Datum(
        figure="",
        start=extent[0],
        end=extent[1],
        at=sum(extent) / 2,
        value=None,
        fill=Fill.MISSING,
        label=f"[x]  {beside}".rstrip(),
        name=name,
    )


def _axis(material: Material, data: Sequence[Datum]) -> Axis:
    told = material.scaled
    title = told.axis or words.AXIS[material.measure.unit]
    reach = [d.value or 0.0 for d in data]
    if told.scale in HEADS:
        title += WITH_INTERVALS
        reach += [d.high for d in data if d.high is not None]
    return scale.holding(reach, title, whole=told.scale is Scale.COUNT)


def _notes(material: Material, data: Sequence[Datum]) -> list[str]:
    told = material.scaled
    notes = [words.COUNTS_NOT_RATES] if told.scale is Scale.COUNT else []
    notes += told.notes
    notes += also_printed(material)
    if material.question.by_value:
        notes.append(words.NOT_A_LEAGUE)
        notes += [words.OPEN_ORDER] if highest_open(material) else []
    notes += doubt_notes(material)
    missing = [d for d in data if d.fill is Fill.MISSING]
    if missing:
        notes.append(words.NOT_WORKED_OUT_KEY if any(d.figure for d in missing) else words.MISSING_KEY)
    held = {f.place for f in material.figures}
    without = [
        words.placed(p) for p in (material.reach.place, *material.reach.drawn.beside) if p.code not in held
    ]
    if without:
        notes.append(f"We hold no figure of this measure for {words.listed(without)} in these periods.")
    return [*notes, words.MORE_RECORDING]


# Counts, a line a place


def _lines(material: Material, places: Sequence[Place]) -> Chart:
    told = material.scaled
    # Of an index or a rate, a period that nothing was worked out for has no place on the axis.
    shown = [f for f in material.figures if told.values is None or told.of(f) is not None]
    across = scale.over_time(f.period for f in shown or material.figures)
    whole = _YEAR if any(periods.months(f.period) == _YEAR for f in material.figures) else 0
    series = tuple(_line(material, place, role, whole) for role, place in enumerate(places))
    series = tuple(one for one in series if one.data)
    data = [d for s in series for d in s.data]
    found = sorted({f.period.text: f.period for f in material.figures}.values(), key=periods.order_key)
    title = compared_title(material, places, found)
    subtitle = _subtitle(material, places)
    return Chart(
        kind=ChartKind.COMPARE,
        shape=Shape.LINES,
        title=title,
        subtitle=subtitle,
        categories=across,
        values=_axis(material, data),
        series=series,
        intervals=material.scaled.scale in HEADS,
        rules=_base_rule(material, across),
        keys=keys(data),
        notes=tuple(_notes(material, data)),
        alt_text=alt_text("Line chart.", title, subtitle, data),
    )


def _line(material: Material, place: Place, role: int, whole: int) -> Series:
    own = sorted(
        (f for f in material.figures if f.place == place.code), key=lambda f: periods.order_key(f.period)
    )
    parted = {one.after for one in breaks(own, material.library)}
    data: list[Datum] = []
    before: Figure | None = None
    shown: Figure | None = None
    for figure in own:
        start, end = periods.span(figure.period)
        known = material.scaled.of(figure) is not None
        joined = before is not None and known and figure.id not in parted and follows(before, figure)
        part = periods.months(figure.period) < whole or is_partial(figure)
        drawn = rescaled(material, figure, datum(material, figure, (start, end), part=part, joined=joined))
        if drawn.value is not None:
            data.append(drawn)
            shown = figure
        before = figure if known else None
    return Series(
        name=place.name, role=role, data=tuple(data), end_label=end_label(material, place.name, shown)
    )


def _base_rule(material: Material, across: Axis) -> tuple[Rule, ...]:
    base = material.scaled.base
    if base is None:
        return ()
    return (Rule(start=across.low, end=across.high, value=_BASE, label=f"{base.label} = 100"),)


# Shares, a group a platform


def _platform_rows(material: Material, places: Sequence[Place]) -> Chart:
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
    data = [d for s in series for d in s.data]
    title = _share_title(material, places)
    subtitle = _subtitle(material, places)
    notes = share_notes(material, material.figures)
    return Chart(
        kind=ChartKind.COMPARE,
        shape=Shape.ROWS,
        title=title,
        subtitle=subtitle,
        categories=scale.named(platform.name for platform in platforms),
        values=share_axis(material, data),
        series=series,
        keys=keys(data),
        notes=(*notes, words.MISSING_KEY) if any(d.fill is Fill.MISSING for d in data) else tuple(notes),
        alt_text=alt_text("Bar chart.", title, subtitle, data),
    )


def _extent(row: int, number: int, thick: float) -> tuple[float, float]:
    start = row - _GROUP / 2 + number * thick
    return start + _AIR, start + thick - _AIR


def _platforms(material: Material) -> list[Platform]:
    distinct = {f.platform: material.platform(f) for f in material.figures}
    return sorted(distinct.values(), key=lambda platform: platform.order)


def _share(material: Material, place: Place, platform: Platform, extent: tuple[float, float]) -> Datum:
    own = _with_platform(material.figures, place, platform)
    if own is None:
        return _missing(extent, place.name, f"{platform.name}, {place.name}: we hold no share")
    return datum(material, own, extent, beside=place.name)


def _with_platform(figures: Sequence[Figure], place: Place, platform: Platform) -> Figure | None:
    return next((f for f in figures if f.place == place.code and f.platform == platform.id), None)


def _share_title(material: Material, places: Sequence[Place]) -> str:
    """The share of one platform in the place and in another, with what the shares are of.

    The page's own place comes first: no title is about another place alone.
    """
    here = material.reach.place
    for platform in _platforms(material):
        pairs = [(p, _with_platform(material.figures, p, platform)) for p in places]
        found = [(p, f) for p, f in pairs if f is not None and f.in_doubt is None]
        found.sort(key=lambda pair: pair[0].code != here.code)
        if len(found) < 2 or found[0][0].code != here.code:
            continue
        bases = dict.fromkeys(words.short_base(f.base) for _, f in found[:2])
        base = next(iter(bases)) if len(bases) == 1 else "bases differ"
        shares = [words.numbers(f.amount, Unit.PER_CENT) for _, f in found[:2]]
        told = [f"{p.name} {share}" for (p, _), share in zip(found, shares, strict=False)]
        own = words.short_base(found[0][1].base)
        return fitted(
            f"{platform.name}: {', '.join(told)}, {base}",
            f"{platform.name}: {told[0]}, {own}",
            f"{platform.name}: {shares[0]}, {own}",
        )
    return f"{here.name}: shares in doubt or missing"
