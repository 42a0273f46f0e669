"""The chart of counts over time: columns as wide as their periods, or points joined where they are alike.

Nations counted together stand as a series of their own beside the United Kingdom's: never as the same thing.
Where coverage changes a mark stands and no line runs across it.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from decimal import Decimal

from explorer.evidence.derive import average_quarter
from explorer.evidence.model import Figure, PeriodKind, Place, Qualifier, Unit
from explorer.evidence.periods import order_key, span
from explorer.evidence.scope import Break, ScopeKind, breaks, can_lead, is_partial

from . import scale, words
from .also_printed import also_printed
from .chart import Chart, ChartKind, Datum, Flag, Rule, Series, Shape
from .dated import break_flags, event_flags, events_of
from .findings import chance_notes, comparable_run, trend_title
from .material import Material, alt_text, datum, doubt_notes, end_label, keys
from .question import Grain, Style

_GAP = 0.12
"""How much of a period's width stays free at either side of its column."""
_BETWEEN = 0.02
_NEAR = 366
"""How many days after the end of a year a quarter may begin to be set against an average quarter of it."""
_EACH = {
    PeriodKind.FINANCIAL_YEAR: "year",
    PeriodKind.CALENDAR_YEAR: "year",
    PeriodKind.YEAR: "year",
    PeriodKind.QUARTER: "quarter",
}
_SAME = 0.01
_QUARTERS = 4
"""More quarters than these make a run in which seasons tell."""
_SEASONS = "Quarters differ with the season: compare a quarter with the same one of another year."
_LONG = 5
"""A chart over more years than these says that police recorded crime shows no long-term trend."""
_LEFT_OUT = {
    None: "Parts of a year that has a bar of its own, and totals of several years, are not drawn here.",
    Grain.YEARS: "The same offences are counted by quarter too.",
    Grain.QUARTERS: "The same offences are counted by year too.",
}
"""What is said of figures of the measure that are not drawn."""


def compose(material: Material) -> Chart:
    """Counts of one place and measure over time."""
    figures = sorted(material.figures, key=lambda f: order_key(f.period))
    lines = material.question.style is Style.LINE
    main = main_kind(figures)
    shown = [f for f in figures if f.id not in material.superseded()]
    found = _breaks(material, shown)
    series = tuple(_series(material, figures, place, main, found) for place in _places(material))
    data = tuple(d for one in series for d in one.data)
    own = [f for f in shown if f.place == material.reach.place.code]
    rules = _rules(own)
    values = (*(d.value or 0.0 for d in data), *(rule.value for rule in rules))
    alike = [f for f in own if f.period.kind is main]
    run = comparable_run(alike, material.library) if material.measure.unit is Unit.OFFENCES else []
    title = trend_title(material.reach.place.name, alike, material.measure.unit, run)
    subtitle = words.subtitle(
        material.measure, material.reach.place.name, words.periods([f.period for f in figures])
    )
    across = scale.over_time(f.period for f in figures)
    return Chart(
        kind=ChartKind.TREND,
        shape=Shape.LINES if lines else Shape.COLUMNS,
        title=title,
        subtitle=subtitle,
        categories=across,
        values=scale.holding(values, words.AXIS[material.measure.unit], suffix=_suffix(material)),
        series=series,
        rules=rules,
        flags=(*break_flags(material.library.places, shown, found), *_events(material, across)),
        legend=len(series) > 1,
        keys=keys(data),
        notes=tuple(_notes(material, own, main, found, run)),
        alt_text=alt_text("Line chart." if lines else "Column chart.", title, subtitle, data),
    )


def _suffix(material: Material) -> str:
    """What follows the numbers of the axis."""
    return "%" if material.measure.unit is Unit.CHANGE else ""


def _places(material: Material) -> tuple[Place, ...]:
    return (material.reach.place, *material.reach.drawn.beside)


def _breaks(material: Material, shown: Sequence[Figure]) -> tuple[Break, ...]:
    """The changes of coverage within each series, and where the later series takes over from the other."""
    found: list[Break] = []
    for place in _places(material):
        found.extend(breaks([f for f in shown if f.place == place.code], material.library))
    return (*found, *_handover(material, shown))


def _handover(material: Material, shown: Sequence[Figure]) -> tuple[Break, ...]:
    """Where the figures of nations counted together end and the whole country's go on."""
    own = [f for f in shown if f.place == material.reach.place.code]
    rest = [f for f in shown if f.place != material.reach.place.code]
    after = [f for f in own if rest and f.period.start > max(r.period.end for r in rest)]
    return breaks((rest[-1], after[0]), material.library) if after else ()


_FORCES_CHANGE = "the number of forces that answered changes."


def told_breaks(found: Sequence[Break]) -> list[str]:
    """The breaks in notes: those of other kinds than the number of forces, which a note of its own lists.

    Where it is only not known what is counted, one sentence says so for all.
    """
    changed = [one for one in found if one.is_change]
    told = [one.text for one in changed if one.kinds != (ScopeKind.FORCES,)]
    other = "The number of forces that answered changes too." if told else _FORCES_CHANGE
    rest = [other] if len(told) < len(changed) else []
    notes = [words.breaks([*told, *rest])] if changed else []
    unknown = any(ScopeKind.UNKNOWN in one.kinds and not one.is_change for one in found)
    return [*notes, words.UNKNOWN_COVERAGE] if unknown else notes


def _events(material: Material, across: scale.Axis) -> tuple[Flag, ...]:
    if not material.question.events:
        return ()
    return event_flags(events_of(material.library, material.reach.place), material.measure.id, across)


def main_kind(figures: Sequence[Figure]) -> PeriodKind:
    """The kind of period that the trend is told in: years where there are any."""
    kinds = {f.period.kind for f in figures}
    order = (*_EACH, PeriodKind.PART_YEAR)
    return next((kind for kind in order if kind in kinds), PeriodKind.SEVERAL_YEARS)


def _series(
    material: Material, figures: Sequence[Figure], place: Place, main: PeriodKind, found: Sequence[Break]
) -> Series:
    own = [f for f in figures if f.place == place.code]
    parted = {one.after for one in found}
    let_go = material.superseded()
    data: list[Datum] = []
    before: Figure | None = None
    for figure in own:
        aside = figure.id in let_go
        joined = not aside and before is not None and figure.id not in parted and follows(before, figure)
        extent = _extent(figure, figures, place, material)
        part = figure.period.kind is not main or is_partial(figure)
        data.append(datum(material, figure, extent, part=part, joined=joined))
        before = before if aside else figure
    role = 0 if place == material.reach.place else 1 + material.reach.drawn.beside.index(place)
    told = end_label(material, place.name, before)
    return Series(name=place.name, role=role, data=tuple(data), end_label=told)


def _extent(
    figure: Figure, figures: Sequence[Figure], place: Place, material: Material
) -> tuple[float, float]:
    """The column of a figure: the width of its period, or its part of it where another place has one too."""
    start, end = span(figure.period)
    gap = _GAP * (end - start)
    start, end = start + gap, end - gap
    several = [
        p for p in _places(material) if any(f.place == p.code and f.period == figure.period for f in figures)
    ]
    if len(several) < 2:
        return start, end
    # The part comes before the whole, as its figures came before the whole's.
    at = len(several) - 1 - several.index(place)
    wide = (end - start) / len(several)
    return start + at * wide + _BETWEEN, start + (at + 1) * wide - _BETWEEN


def follows(before: Figure, after: Figure) -> bool:
    """Whether a line may run between two figures: the same kind of period, one right after the other."""
    kind = before.period.kind is after.period.kind and before.period.kind in _EACH
    counted = before.amount.number is not None and after.amount.number is not None
    return kind and counted and (after.period.start - before.period.end).days == 1


def _rules(figures: Sequence[Figure]) -> tuple[Rule, ...]:
    """Beside quarters that no year is drawn for: what an average quarter of the last whole year was."""
    years = [f for f in figures if f.period.kind is PeriodKind.FINANCIAL_YEAR and _exact(f) and can_lead(f)]
    quarters = [f for f in figures if f.period.kind is PeriodKind.QUARTER]
    found: dict[str, Rule] = {}
    for quarter in quarters:
        year = next((y for y in reversed(years) if y.period.end < quarter.period.start), None)
        if year is not None and (quarter.period.start - year.period.end).days <= _NEAR:
            average = average_quarter(year).amount
            label = f"{scale.grouped(average)}: average quarter of {year.period.label}"
            start, end = span(quarter.period)
            before = found.get(label)
            start = start if before is None else before.start
            found[label] = Rule(start=start, end=end, value=float(average), label=label)
    return tuple(found.values())


def _exact(figure: Figure) -> bool:
    return figure.amount.number is not None and figure.amount.qualifier is Qualifier.EXACT


def _years_spanned(figures: Sequence[Figure]) -> float:
    """From the beginning of the first to the end of the last, in years."""
    if not figures:
        return 0.0
    return span(figures[-1].period)[1] - span(figures[0].period)[0]


def _notes(
    material: Material,
    figures: Sequence[Figure],
    main: PeriodKind,
    found: Sequence[Break],
    run: Sequence[Figure],
) -> list[str]:
    alike = [f for f in figures if f.period.kind is main and f.amount.number is not None]
    notes: list[str] = []
    values = [f.amount.number or Decimal(0) for f in alike]
    notes += chance_notes(run)
    notes += told_breaks(found)
    notes += doubt_notes(material)
    if material.measure.unit is Unit.OFFENCES and any(b > a for a, b in itertools.pairwise(values)):
        notes.append(words.MORE_RECORDING)
    notes += also_printed(material)
    if len(alike) == 1 and len(figures) == 1:
        notes.append("One period only: no change over time can be read from it.")
    if material.measure.unit is Unit.OFFENCES and _years_spanned(alike) > _LONG:
        notes.append(words.LONG_TERM)
    if main is PeriodKind.QUARTER and len(alike) > _QUARTERS:
        notes.append(_SEASONS)
    drawn = {f.id for f in material.figures}
    own = material.reach.held.counts(material.reach.place.code)
    if any(f.id not in drawn and f.measure == material.measure.id for f in own):
        since, until = material.question.since, material.question.until
        bounded = "" if "range" in material.reach.replaced else words.bounded(since, until)
        notes.append(bounded or _LEFT_OUT[material.reach.drawn.grain])
    return notes
