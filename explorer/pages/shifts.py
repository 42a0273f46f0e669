"""The chart of platform shares over time: a line a platform, broken where coverage changes.

Groups of apps and the apps in them are never in one chart: their shares overlap.
"""

from __future__ import annotations

from collections.abc import Sequence

from explorer.evidence import periods
from explorer.evidence.chance import Movement, share_movement
from explorer.evidence.model import Amount, Figure, PeriodKind, Platform, Unit
from explorer.evidence.scope import breaks, comparable

from . import scale, words
from .chart import Chart, ChartKind, Datum, Series, Shape
from .dated import break_flags, event_flags, events_of
from .findings import fitted
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
        values=share_axis(material, data),
        series=series,
        flags=(
            *break_flags(material.library.places, figures, [one for one in found if one.is_change]),
            *event_flags(events, material.measure.id, across),
        ),
        keys=keys(data),
        notes=(*told_breaks(found), *share_notes(material, figures), *_unequal(every), _UNWEIGHED),
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
    """The first and the last share of the platform that has the most now, with what they are shares of.

    That a share rose or fell is said only of two that are known to cover the same and of known bases.
    """
    by_id = {f.id: f for f in material.figures}
    lines = [[by_id[d.figure] for d in one.data if d.value is not None] for one in series]
    here = material.reach.place
    own = [[f for f in line if f.place == here.code] for line in lines]
    sure = [[f for f in line if f.in_doubt is None] for line in own]
    lines = [line for line in sure if len(line) > 1] or [line for line in own if len(line) > 1]
    where = here.name
    if not lines:
        return f"{where}: platform shares, each of its own base"
    line = max(lines, key=lambda one: (one[-1].period.end, one[-1].amount.number or 0))
    last = line[-1]
    first = next((one for one in line if one.period.end < last.period.start), last)
    name = material.platform(first).name
    before, after = (words.numbers(f.amount, Unit.PER_CENT) for f in (first, last))
    how = _moved(material, first, last)
    between = any(first.period.end < one.period.start <= one.period.end < last.period.start for one in line)
    if first is last or (how is Movement.OPEN and between):
        # Nothing came before it, or nothing that it may be set against without those between.
        base, doubt = words.short_base(last.base), ", in doubt" if last.in_doubt else ""
        told = f"{name} {after}{doubt}"
        return fitted(f"{where}: {told} in {last.period.label}, {base}", f"{told}, {base}")
    bases = dict.fromkeys(words.short_base(f.base) for f in (first, last))
    base = next(iter(bases)) if len(bases) == 1 else "bases differ"
    after += ", in doubt" if first.in_doubt or last.in_doubt else ""
    told = f"{where}: {name} {_WAYS[how]}{before}, then {after}"
    return fitted(f"{told}, {base}", f"{name} {_WAYS[how]}{before}, then {after}, {base}")


_WAYS = {Movement.ROSE: "up: ", Movement.FELL: "down: ", Movement.UNCLEAR: "", Movement.OPEN: ""}


def _moved(material: Material, first: Figure, last: Figure) -> Movement:
    """What can be said of two shares: nothing where they are not known to cover the same."""
    alike = periods.alike(first.period, last.period) and first.place == last.place
    if not alike or comparable(first, last, material.library) is not None:
        return Movement.OPEN
    before, after = (_base_count(material, figure) for figure in (first, last))
    return share_movement(first.amount, before, last.amount, after)


def _base_count(material: Material, share: Figure) -> Amount | None:
    """How many offences a share is of, where it names a count that is known to be its base."""
    named = material.library.figures(ids=[share.base_figure]) if share.base_figure else ()
    return named[0].amount if named and named[0].breakdown else None


_UNWEIGHED = (
    "Whether chance alone could make the difference between two shares cannot be told where the number of "
    "offences that they are shares of is not known."
)


def _unequal(several: Sequence[words.Period]) -> list[str]:
    lengths = {(period.end - period.start).days // 28 for period in several}
    if len(lengths) < 2:
        return []
    told = words.listed(words.period(period) for period in several)
    return [f"The periods differ in length: {told}."]
