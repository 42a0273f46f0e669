"""The charts of one period in rows: shares or counts by platform, and figures divided by sex or age."""

from __future__ import annotations

from collections.abc import Sequence

from explorer.evidence.model import Figure, Unit

from . import scale, words
from .chart import Axis, Chart, ChartKind, Datum, Series, Shape
from .findings import counted, fitted
from .material import Material, alt_text, datum, doubt_notes, keys

_HALF = 0.32
"""Half the thickness of a lying bar, in rows."""
_WHOLE = 100.0

_SEXES = frozenset({"girls", "boys"})
"""Divisions that leave nobody out who is in the other."""


def platforms(material: Material) -> Chart:
    """Shares (or counts) of one period, a row a platform, in the platforms' own fixed order."""
    figures = sorted(material.figures, key=lambda f: material.platform(f).order)
    return _rows(
        material,
        figures,
        [material.platform(f).name for f in figures],
        [material.role(material.platform(f)) for f in figures],
        _platform_title(material, figures),
        ChartKind.PLATFORMS,
    )


def divided(material: Material) -> Chart:
    """Figures of one period divided by sex, age or what was recorded, a row a division."""
    figures = list(material.figures)
    labels = [words.capital(f.breakdown) for f in figures]
    told = [
        f"{label[:1].lower()}{label[1:]} {words.numbers(f.amount, material.measure.unit)}"
        for label, f in zip(labels, figures, strict=True)
    ]
    by_sex = [said for f, said in zip(figures, told, strict=True) if f.breakdown in _SEXES]
    found = ", ".join((by_sex if len(by_sex) > 1 else told)[:2])
    place, first = material.reach.place.name, (by_sex or told)[0]
    named = [f for f, said in zip(figures, told, strict=True) if said in found.split(", ")]
    base = ", in doubt" if any(f.in_doubt is not None for f in named) else ""
    base += f", {_title_base(figures)}" if material.measure.unit is Unit.PER_CENT else ""
    title = fitted(f"{place}: {found}{base}", f"{place}: {first}{base}", f"{first}{base}")
    return _rows(material, figures, labels, [0] * len(figures), title, ChartKind.BREAKDOWN)


def _rows(
    material: Material,
    figures: Sequence[Figure],
    labels: Sequence[str],
    roles: Sequence[int],
    title: str,
    kind: ChartKind,
) -> Chart:
    names = list(dict.fromkeys(labels))
    rows = [
        datum(material, f, (names.index(label) - _HALF, names.index(label) + _HALF))
        for f, label in zip(figures, labels, strict=True)
    ]
    subtitle = words.subtitle(
        material.measure, material.reach.place.name, words.periods([f.period for f in figures])
    )
    series = tuple(
        Series(
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
        shape=Shape.ROWS,
        title=title,
        subtitle=subtitle,
        categories=scale.named(names),
        values=share_axis(material, rows)
        if per_cent
        else scale.holding(values, words.AXIS[material.measure.unit]),
        series=series,
        keys=keys(rows),
        notes=tuple(_row_notes(material, figures, kind)),
        alt_text=alt_text("Bar chart.", title, subtitle, rows),
    )


def _row_notes(material: Material, figures: Sequence[Figure], kind: ChartKind) -> list[str]:
    if material.measure.unit is Unit.PER_CENT:
        return share_notes(material, figures)
    notes = [words.DIVISIONS_OVERLAP] if kind is ChartKind.BREAKDOWN else []
    if _overlapping(material, figures):
        notes.append(words.GROUPS_OVERLAP)
    return [*notes, words.MORE_RECORDING] if material.measure.unit is Unit.OFFENCES else notes


def share_axis(material: Material, data: Sequence[Datum]) -> Axis:
    """A value axis for shares, from 0 and never past 100%, with what they are shares of."""
    top = max((d.value or 0.0 for d in data), default=0.0)
    name = share_heading(material.figures)
    axis = scale.from_zero(top, name, suffix="%", whole=False)
    return axis if axis.high <= _WHOLE else scale.from_zero(_WHOLE / 1.08, name, suffix="%", whole=False)


def share_heading(figures: Sequence[Figure]) -> str:
    """What an axis or a column of shares is called: with the one base that all have, where they have one."""
    several = dict.fromkeys(words.share_of(f.base) for f in figures)
    return (
        f"Share {next(iter(several))}" if len(several) == 1 else "Share of bases that differ, see the notes"
    )


def _title_base(figures: Sequence[Figure]) -> str:
    several = dict.fromkeys(words.short_base(f.base) for f in figures)
    return next(iter(several)) if len(several) == 1 else "bases differ"


def share_notes(material: Material, figures: Sequence[Figure]) -> list[str]:
    """What shares are of, as far as it is printed, and whether groups among them overlap."""
    counted = base_counts(material, figures)
    bases = dict.fromkeys(f.base for f in figures if not counted or not f.base_figure)
    notes = [_base(material, figures, text, alone=len(bases) == 1 and not counted) for text in bases]
    told = list(dict.fromkeys(f.base for f in figures if f.base_figure and f.base))
    notes += [words.of_recorded(counted, told[0] if len(told) == 1 else "")] if counted else []
    if _overlapping(material, figures):
        notes.append(words.GROUPS_OVERLAP)
    return [*notes, *doubt_notes(material)]


def _overlapping(material: Material, figures: Sequence[Figure]) -> bool:
    """Whether an app is counted in two of the platforms drawn: in a group and by itself, or in two groups."""
    platforms = {f.platform: material.platform(f) for f in figures if f.platform}
    counted = [app for one in platforms.values() for app in {one.id, *one.members}]
    return len(counted) > len(set(counted))


def base_counts(material: Material, figures: Sequence[Figure]) -> list[str]:
    """How many offences the shares stand on, of how many recorded, where both are printed."""
    named = {f.base_figure: f for f in figures if f.base_figure}
    bases = {f.id: f for f in material.library.figures(ids=list(named))} if named else {}
    told = dict.fromkeys(_base_count(material, named[id_], base) for id_, base in bases.items())
    return [text for text in told if text]


def _base_count(material: Material, share: Figure, base: Figure) -> str:
    if base.amount.number is None:
        return ""
    n = words.numbers(base.amount, Unit.OFFENCES)
    every = material.reach.held.preferred(
        tuple(
            f
            for f in material.reach.held.of(base.place)
            if f.measure == base.measure and f.period == base.period and not f.platform and not f.breakdown
        )
    )
    place = material.place(share).name
    when = words.period(share.period)
    if not every or every[0].amount.number is None:
        return f"{n} ({place}, {when})"
    if every[0].id == base.id:
        return ""
    total = words.numbers(every[0].amount, Unit.OFFENCES)
    return f"{n} of {total} ({place}, {when})"


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
    """The place with its largest share (or count) of a single app, and what it is a share of.

    Where the share of another app is open upwards, both are named and neither is called the largest. A figure
    in doubt leads only where there is no other.
    """
    place = material.reach.place.name
    numbered = [f for f in figures if f.amount.number is not None]
    usable = [f for f in numbered if f.in_doubt is None] or numbered
    if not usable:
        return f"{place}: we hold no figure by platform"
    doubt = ", in doubt" if usable[0].in_doubt is not None else ""
    single = [f for f in usable if not material.platform(f).members] or usable
    first = max(single, key=lambda f: f.amount.number or 0)
    name = material.platform(first).name
    if material.measure.unit is not Unit.PER_CENT:
        said = counted(first.amount) if material.measure.unit is Unit.OFFENCES else ""
        said = said or words.amount(first.amount, material.measure.unit)
        lead = f"{place}: {said}, {name}{doubt}"
        return fitted(f"{lead}, in {first.period.label}", lead)
    leading = [f for f in single if f.amount.number == first.amount.number]
    rivals = [f for f in single if f not in leading and f.amount.high is None]
    named = [*leading, *rivals]
    told = [f"{material.platform(f).name} {words.numbers(f.amount, Unit.PER_CENT)}" for f in named]
    base = _title_base(named)
    return fitted(
        f"{place}: {', '.join(told)}{doubt}, {base}",
        f"{place}: {told[0]}{doubt}, {base}",
        f"{told[0]}{doubt}, {base}",
    )
