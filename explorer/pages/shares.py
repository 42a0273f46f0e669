"""The charts of one period in rows: shares or counts by platform, and figures divided by sex or age."""

from __future__ import annotations

from collections.abc import Sequence

from explorer.evidence.model import Figure, Unit
from explorer.pages import scale, words

from .chart import Chart, ChartAxis, ChartKind, ChartShape, DataPoint, DataSeries
from .findings import fit_title, format_offences
from .material import ChartContext, alt_text, build_data_point, doubt_notes, legend_keys

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
    labels = [words.capitalise(f.breakdown) for f in figures]
    value_labels = [
        f"{label[:1].lower()}{label[1:]} {words.format_amount(f.amount, material.measure.unit)}"
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
    subtitle = words.format_subtitle(
        material.measure, material.reach.place.name, words.periods([f.period for f in figures])
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
        categories=scale.build_category_axis(names),
        values=share_axis(material, rows)
        if per_cent
        else scale.build_value_axis(values, words.AXIS[material.measure.unit]),
        series=series,
        keys=legend_keys(rows),
        notes=tuple(_row_notes(material, figures, kind)),
        alt_text=alt_text("Bar chart.", title, subtitle, rows),
    )


def _row_notes(material: ChartContext, figures: Sequence[Figure], kind: ChartKind) -> list[str]:
    if material.measure.unit is Unit.PER_CENT:
        return share_notes(material, figures)
    notes = [words.DIVISIONS_OVERLAP] if kind is ChartKind.BREAKDOWN else []
    if _has_overlap(material, figures):
        notes.append(words.GROUPS_OVERLAP)
    return [*notes, words.MORE_RECORDING] if material.measure.unit is Unit.OFFENCES else notes


def share_axis(material: ChartContext, data: Sequence[DataPoint]) -> ChartAxis:
    """A value axis for shares, from 0 and never past 100%, with what they are shares of."""
    top = max((d.value or 0.0 for d in data), default=0.0)
    name = share_heading(material.figures)
    axis = scale.from_zero(top, name, suffix="%", whole=False)
    return axis if axis.high <= _WHOLE else scale.from_zero(_WHOLE / 1.08, name, suffix="%", whole=False)


def share_heading(figures: Sequence[Figure]) -> str:
    """What an axis or a column of shares is called: with the one base that all have, where they have one."""
    several = dict.fromkeys(words.share_of(f.base) for f in figures)
    return f"Share {next(iter(several))}" if len(several) == 1 else "Share of bases that differ, see the notes"


def _title_base(figures: Sequence[Figure]) -> str:
    several = dict.fromkeys(words.short_base(f.base) for f in figures)
    return next(iter(several)) if len(several) == 1 else "bases differ"


def share_notes(material: ChartContext, figures: Sequence[Figure]) -> list[str]:
    """What shares are of, as far as it is printed, and whether groups among them overlap."""
    count_texts = base_counts(material, figures)
    bases = dict.fromkeys(f.base for f in figures if not count_texts or not f.base_figure)
    notes = [_describe_base(material, figures, text, alone=len(bases) == 1 and not count_texts) for text in bases]
    printed_bases = list(dict.fromkeys(f.base for f in figures if f.base_figure and f.base))
    notes += (
        [words.of_recorded(count_texts, printed_bases[0] if len(printed_bases) == 1 else "")] if count_texts else []
    )
    if _has_overlap(material, figures):
        notes.append(words.GROUPS_OVERLAP)
    return [*notes, *doubt_notes(material)]


def _has_overlap(material: ChartContext, figures: Sequence[Figure]) -> bool:
    """Whether an app is counted in two of the platforms drawn: in a group and by itself, or in two groups."""
    platforms = {f.platform: material.platform_for(f) for f in figures if f.platform}
    app_ids = [app for one in platforms.values() for app in {one.id, *one.members}]
    return len(app_ids) > len(set(app_ids))


def base_counts(material: ChartContext, figures: Sequence[Figure]) -> list[str]:
    """How many offences the shares stand on, of how many recorded, where both are printed."""
    share_by_base = {f.base_figure: f for f in figures if f.base_figure}
    bases = {f.id: f for f in material.library.figures(ids=list(share_by_base))} if share_by_base else {}
    texts = dict.fromkeys(_base_count(material, share_by_base[id_], base) for id_, base in bases.items())
    return [text for text in texts if text]


def _base_count(material: ChartContext, share: Figure, base: Figure) -> str:
    if base.amount.number is None:
        return ""
    n = words.format_amount(base.amount, Unit.OFFENCES)
    every = material.reach.figure_query.preferred_figures(
        tuple(
            f
            for f in material.reach.figure_query.figures_for(base.place)
            if f.measure == base.measure and f.period == base.period and not f.platform and not f.breakdown
        )
    )
    place = material.place_for(share).name
    when = words.describe_period(share.period)
    if not every or every[0].amount.number is None:
        return f"{n} ({place}, {when})"
    if every[0].id == base.id:
        return ""
    total = words.format_amount(every[0].amount, Unit.OFFENCES)
    return f"{n} of {total} ({place}, {when})"


def _describe_base(material: ChartContext, figures: Sequence[Figure], text: str, *, alone: bool) -> str:
    """What shares are of; where there are several bases, with whose they are."""
    if alone:
        return words.describe_base(text)
    own = [f for f in figures if f.base == text]
    places = dict.fromkeys(material.place_for(f).name for f in own)
    if len(places) < len({f.place for f in figures}):
        return f"{words.join_list(places)}: {words.describe_base(text, capital=False)}"
    return f"{words.capitalise(words.periods([f.period for f in own]))}: {words.describe_base(text, capital=False)}"


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
        amount_text = amount_text or words.describe_amount(first.amount, material.measure.unit)
        lead = f"{place}: {amount_text}, {name}{doubt}"
        return fit_title(f"{lead}, in {first.period.label}", lead)
    leading = [f for f in single if f.amount.number == first.amount.number]
    rivals = [f for f in single if f not in leading and f.amount.high is None]
    named_figures = [*leading, *rivals]
    value_labels = [
        f"{material.platform_for(f).name} {words.format_amount(f.amount, Unit.PER_CENT)}" for f in named_figures
    ]
    base = _title_base(named_figures)
    return fit_title(
        f"{place}: {', '.join(value_labels)}{doubt}, {base}",
        f"{place}: {value_labels[0]}{doubt}, {base}",
        f"{value_labels[0]}{doubt}, {base}",
    )
