"""The charts of platform shares: side by side for one period, and shifted between two."""

from __future__ import annotations

from collections.abc import Sequence

from explorer.evidence.model import Figure, Unit

from . import scale, words
from .chart import Axis, Chart, ChartKind, Datum, Series, Shape
from .material import Material, alt_text, datum, keys

_HALF = 0.32
"""Half the thickness of a lying bar, in rows."""
_WHOLE = 100.0


def platforms(material: Material) -> Chart:
    """Shares of the latest period, a row a platform, in the platforms' own fixed order."""
    figures = sorted(material.figures, key=lambda f: material.platform(f).order)
    rows = [datum(material, f, (i - _HALF, i + _HALF)) for i, f in enumerate(figures)]
    title = _platform_title(material, figures)
    subtitle = words.subtitle(
        material.measure, material.reach.place.name, words.periods([f.period for f in figures])
    )
    series = tuple(
        Series(name=material.platform(f).name, role=material.role(material.platform(f)), data=(row,))
        for f, row in zip(figures, rows, strict=True)
    )
    return Chart(
        kind=ChartKind.PLATFORMS,
        shape=Shape.ROWS,
        title=title,
        subtitle=subtitle,
        categories=scale.named(material.platform(f).name for f in figures),
        values=share_axis(rows),
        series=series,
        keys=keys(rows),
        notes=tuple(share_notes(material, figures)),
        alt_text=alt_text("Bar chart.", title, subtitle, rows),
    )


def share_axis(data: Sequence[Datum]) -> Axis:
    """A value axis for shares, from 0 and never past 100%."""
    top = max((d.value or 0.0 for d in data), default=0.0)
    axis = scale.from_zero(top, "Share of offences", suffix="%", whole=False)
    if axis.high <= _WHOLE:
        return axis
    return scale.from_zero(_WHOLE / 1.08, "Share of offences", suffix="%", whole=False)


def share_notes(material: Material, figures: Sequence[Figure]) -> list[str]:
    """What shares are of, as far as it is printed, and that groups overlap with their members."""
    bases = dict.fromkeys(f.base for f in figures)
    notes = [_base(material, figures, text, alone=len(bases) == 1) for text in bases]
    if any(material.platform(f).members for f in figures):
        notes.append(words.GROUPS_OVERLAP)
    return notes


def _base(material: Material, figures: Sequence[Figure], text: str, *, alone: bool) -> str:
    """What shares are of; where there are several bases, with whose they are."""
    if alone:
        return words.base(text)
    own = [f for f in figures if f.base == text]
    places = dict.fromkeys(material.place(f).name for f in own)
    if len(places) < len({f.place for f in figures}):
        return f"{words.listed(places)}: {words.base(text, capital=False)}"
    return f"{words.capital(words.periods([f.period for f in own]))}: {words.base(text, capital=False)}"


def _platform_title(material: Material, figures: Sequence[Figure]) -> str:
    told = [
        f"{material.platform(f).name} {words.numbers(f.amount, Unit.PER_CENT)}"
        for f in figures
        if f.amount.number is not None
    ]
    if not told:
        return "No platform share is printed"
    if len(told) <= 2:
        return f"{', '.join(told)} of offences"
    single = [f for f in figures if f.amount.number is not None and not material.platform(f).members]
    first = max(single or figures, key=lambda f: f.amount.number or 0)
    name, share = material.platform(first).name, words.numbers(first.amount, Unit.PER_CENT)
    return f"{name} has the largest share printed: {share}"


def shift(material: Material) -> Chart:
    """How a platform's share moved from one printed period to another: a line between two points."""
    figures = material.figures
    periods = list({f.period.text: f.period for f in figures}.values())
    position = {period.text: float(index) for index, period in enumerate(periods)}
    by_platform: dict[str, list[Figure]] = {}
    for figure in figures:
        by_platform.setdefault(figure.platform or "", []).append(figure)
    series = tuple(_line(material, own, position) for own in by_platform.values())
    data = [d for s in series for d in s.data]
    title = _shift_title(material, list(by_platform.values()))
    subtitle = words.subtitle(material.measure, material.reach.place.name, words.periods(periods))
    axis = scale.named(scale.tick_label(period) for period in periods)
    return Chart(
        kind=ChartKind.SHIFT,
        shape=Shape.LINES,
        title=title,
        subtitle=subtitle,
        categories=axis,
        values=share_axis(data),
        series=series,
        keys=keys(data),
        notes=(*share_notes(material, figures), *_unequal(periods)),
        alt_text=alt_text("Line chart.", title, subtitle, data),
    )


def _line(material: Material, figures: Sequence[Figure], position: dict[str, float]) -> Series:
    platform = material.platform(figures[0])
    data = tuple(
        datum(material, f, (position[f.period.text], position[f.period.text]), joined=index > 0)
        for index, f in enumerate(figures)
    )
    return Series(name=platform.name, role=material.role(platform), data=data, end_label=platform.name)


def _shift_title(material: Material, lines: Sequence[Sequence[Figure]]) -> str:
    first, last = lines[0][0].amount, lines[0][-1].amount
    name = material.platform(lines[0][0]).name
    if first.number is None or last.number is None:
        return f"{name}: share of offences between two periods"
    way = "rose" if last.number > first.number else "fell" if last.number < first.number else "stayed"
    told = (words.numbers(first, Unit.PER_CENT), words.numbers(last, Unit.PER_CENT))
    return (
        f"{name}'s share {way} from {told[0]} to {told[1]}"
        if way != "stayed"
        else (f"{name}'s share stayed at {told[0]}")
    )


def _unequal(periods: Sequence[words.Period]) -> list[str]:
    lengths = {(period.end - period.start).days // 28 for period in periods}
    if len(lengths) < 2:
        return []
    told = words.listed(words.period(period) for period in periods)
    return [f"The periods differ in length: {told}."]
