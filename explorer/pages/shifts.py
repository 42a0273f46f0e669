"""The chart of platform shares over time: a line a platform, broken where coverage changes.

Groups of apps and the apps in them are never in one chart: their shares overlap.
"""

from __future__ import annotations

from collections.abc import Sequence

from explorer.evidence import periods
from explorer.evidence.model import Figure, PeriodKind, Platform, Unit
from explorer.evidence.scope import breaks

from . import scale, words
from .chart import Chart, ChartKind, Datum, Series, Shape
from .dated import break_flags, event_flags, events_of
from .material import Material, alt_text, datum, end_label, keys
from .shares import share_axis, share_notes
from .trend import told_breaks


def shift(material: Material) -> Chart:
    """How the shares of platforms moved from period to period."""
    figures = material.figures
    found = breaks(_one_a_period(figures), material.library)
    platforms = {f.platform: material.platform(f) for f in figures}
    ordered = sorted(platforms.values(), key=lambda one: one.order)
    series = tuple(_line(material, [f for f in figures if f.platform == one.id], one) for one in ordered)
    data = [d for s in series for d in s.data]
    every = words.distinct(f.period for f in figures)
    title = _title(material, series)
    subtitle = words.subtitle(material.measure, _where(material), words.periods(every))
    across = scale.over_time(every)
    events = events_of(material.library, material.reach.place) if material.question.events else ()
    return Chart(
        kind=ChartKind.SHIFT,
        shape=Shape.LINES,
        title=title,
        subtitle=subtitle,
        categories=across,
        values=share_axis(data),
        series=series,
        flags=(
            *break_flags(material.library.places, figures, found),
            *event_flags(events, material.measure.id, across),
        ),
        keys=keys(data),
        notes=(*told_breaks(found), *share_notes(material, figures), *_unequal(every)),
        alt_text=alt_text("Line chart.", title, subtitle, data),
    )


def _one_a_period(figures: Sequence[Figure]) -> list[Figure]:
    """A figure of each period, in order: coverage is the period's and not the platform's."""
    return list({(f.place, f.period.text): f for f in figures}.values())


def _where(material: Material) -> str:
    places = dict.fromkeys(material.place(f).name for f in material.figures)
    return words.listed(places)


def _line(material: Material, figures: Sequence[Figure], platform: Platform) -> Series:
    let_go = material.superseded()
    data: list[Datum] = []
    before: Figure | None = None
    alike = _alike(figures)
    for figure in figures:
        aside = figure.id in let_go
        joined = not aside and before is not None and _follows(before, figure, material, alike=alike)
        part = alike and figure.period.kind in {PeriodKind.PART_YEAR, PeriodKind.QUARTER}
        data.append(datum(material, figure, periods.span(figure.period), part=part, joined=joined))
        before = before if aside else figure
    told = end_label(material, platform.name, before)
    return Series(name=platform.name, role=material.role(platform), data=tuple(data), end_label=told)


def _alike(figures: Sequence[Figure]) -> bool:
    """Whether there are two whole years to join; a line then runs through whole years only."""
    return sum(f.period.kind is PeriodKind.FINANCIAL_YEAR for f in figures) > 1


def _follows(before: Figure, after: Figure, material: Material, *, alike: bool) -> bool:
    """Whether a line may run: one after the other, of one place, of the same forces as far as is known."""
    apart = before.period.end < after.period.start
    near = not alike or (
        before.period.kind is after.period.kind and (after.period.start - before.period.end).days == 1
    )
    return apart and near and before.place == after.place and not breaks((before, after), material.library)


def _title(material: Material, series: Sequence[Series]) -> str:
    by_id = {f.id: f for f in material.figures}
    lines = [[by_id[d.figure] for d in one.data if d.value is not None] for one in series]
    lines = [line for line in lines if len(line) > 1]
    if not lines:
        return "Platform shares over time"
    line = max(lines, key=lambda one: (one[-1].period.end, one[-1].amount.number or 0))
    first, last = line[0].amount, line[-1].amount
    name = material.platform(line[0]).name
    told = (words.numbers(first, Unit.PER_CENT), words.numbers(last, Unit.PER_CENT))
    if periods.overlaps(line[0].period, line[-1].period):
        return "Platform shares over time"  # one of the two is part of the other: nothing moved between them
    if not _set_apart(line, material):
        return f"{name}: {told[0]} in {line[0].period.label}, {told[1]} in {line[-1].period.label}"
    if first.number == last.number:
        return f"{words.possessive(name)} share stayed at {told[0]}"
    way = "rose" if (last.number or 0) > (first.number or 0) else "fell"
    return f"{words.possessive(name)} share {way} from {told[0]} to {told[1]}"


def _set_apart(line: Sequence[Figure], material: Material) -> bool:
    """Whether the last may be set against the first: one place, counted alike, and one way all along."""
    first, last = line[0], line[-1]
    numbers = [figure.amount.number or 0 for figure in line]
    steady = numbers in (sorted(numbers), sorted(numbers, reverse=True))
    counted = first.place == last.place and not breaks((first, last), material.library)
    return steady and counted


def _unequal(several: Sequence[words.Period]) -> list[str]:
    lengths = {(period.end - period.start).days // 28 for period in several}
    if len(lengths) < 2:
        return []
    told = words.listed(words.period(period) for period in several)
    return [f"The periods differ in length: {told}."]
