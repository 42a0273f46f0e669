"""The chart of counts over time: columns as wide as their periods, or points joined where they are alike."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from decimal import Decimal

from explorer.evidence.derive import average_quarter
from explorer.evidence.model import Figure, PeriodKind, Qualifier
from explorer.evidence.periods import order_key, span

from . import scale, words
from .chart import Chart, ChartKind, Datum, Rule, Series, Shape
from .material import Material, alt_text, datum, keys
from .question import Style

_GAP = 0.12
"""How much of a period's width stays free at either side of its column."""
_EACH = {
    PeriodKind.FINANCIAL_YEAR: "year",
    PeriodKind.CALENDAR_YEAR: "year",
    PeriodKind.QUARTER: "quarter",
}


def compose(material: Material) -> Chart:
    """Counts of one place and measure over time."""
    figures = sorted(material.figures, key=lambda f: order_key(f.period))
    lines = material.question.style is Style.LINE
    main = main_kind(figures)
    data = tuple(_datum(material, figures, index, main) for index in range(len(figures)))
    rules = _rules(figures)
    top = max([*(d.value or 0.0 for d in data), *(r.value for r in rules)], default=0.0)
    title = _title(figures, main)
    subtitle = words.subtitle(
        material.measure, material.reach.place.name, words.periods([f.period for f in figures])
    )
    return Chart(
        kind=ChartKind.TREND,
        shape=Shape.LINES if lines else Shape.COLUMNS,
        title=title,
        subtitle=subtitle,
        categories=scale.over_time(f.period for f in figures),
        values=scale.from_zero(top, "Offences recorded"),
        series=(Series(name=material.reach.place.name, role=0, data=data),),
        rules=rules,
        keys=keys(data),
        notes=tuple(_notes(figures, main)),
        alt_text=alt_text("Line chart." if lines else "Column chart.", title, subtitle, data),
    )


def main_kind(figures: Sequence[Figure]) -> PeriodKind:
    """The kind of period that the trend is told in: years where there are any."""
    kinds = {f.period.kind for f in figures}
    order = (PeriodKind.FINANCIAL_YEAR, PeriodKind.CALENDAR_YEAR, PeriodKind.QUARTER, PeriodKind.PART_YEAR)
    return next((kind for kind in order if kind in kinds), PeriodKind.SEVERAL_YEARS)


def _datum(material: Material, figures: Sequence[Figure], index: int, main: PeriodKind) -> Datum:
    figure = figures[index]
    start, end = span(figure.period)
    gap = _GAP * (end - start)
    before = figures[index - 1] if index else None
    return datum(
        material,
        figure,
        (start + gap, end - gap),
        part=figure.period.kind is not main,
        joined=before is not None and follows(before, figure),
    )


def follows(before: Figure, after: Figure) -> bool:
    """Whether a line may run between two figures: the same kind of period, one right after the other."""
    kind = before.period.kind is after.period.kind and before.period.kind in _EACH
    counted = before.amount.number is not None and after.amount.number is not None
    return kind and counted and (after.period.start - before.period.end).days == 1


def _rules(figures: Sequence[Figure]) -> tuple[Rule, ...]:
    """Beside a lone quarter: what an average quarter of the last whole year was."""
    years = [f for f in figures if f.period.kind is PeriodKind.FINANCIAL_YEAR and _exact(f)]
    quarters = [f for f in figures if f.period.kind is PeriodKind.QUARTER]
    if not years or not quarters:
        return ()
    year = years[-1]
    average = average_quarter(year).amount
    label = f"{scale.grouped(average)}: average quarter of {year.period.label}"
    return tuple(
        Rule(start=span(q.period)[0], end=span(q.period)[1], value=float(average), label=label)
        for q in quarters
        if q.period.start > year.period.end
    )


def _exact(figure: Figure) -> bool:
    return figure.amount.number is not None and figure.amount.qualifier is Qualifier.EXACT


def _title(figures: Sequence[Figure], main: PeriodKind) -> str:
    alike = [f for f in figures if f.period.kind is main and f.amount.number is not None]
    if not alike:
        return "No number of offences is printed"
    if len(alike) == 1:
        only = alike[0]
        said = words.capital(scale.grouped(only.amount.number or Decimal(0)))
        lead = "" if only.amount.qualifier is Qualifier.EXACT else f"{only.amount.qualifier} "
        return words.capital(f"{lead}{said} offences recorded, {words.period(only.period)}")
    return _movement(alike, main)


def _movement(alike: Sequence[Figure], main: PeriodKind) -> str:
    first, last = alike[0], alike[-1]
    values = [f.amount.number or Decimal(0) for f in alike]
    exact = all(_exact(f) for f in alike)
    unbroken = exact and all(follows(a, b) for a, b in itertools.pairwise(alike))
    if unbroken and len(alike) > 2:
        steps = [b - a for a, b in itertools.pairwise(values)]
        way = "rose" if all(s > 0 for s in steps) else "fell" if all(s < 0 for s in steps) else ""
        if way:
            return f"Recorded offences {way} each {_EACH.get(main, 'period')}"
    return (
        f"Recorded offences: {scale.grouped(values[0])} in {first.period.label}, "
        f"{scale.grouped(values[-1])} in {last.period.label}"
    )


def _notes(figures: Sequence[Figure], main: PeriodKind) -> list[str]:
    alike = [f for f in figures if f.period.kind is main and f.amount.number is not None]
    notes: list[str] = []
    values = [f.amount.number or Decimal(0) for f in alike]
    if any(b > a for a, b in itertools.pairwise(values)):
        notes.append(words.MORE_RECORDING)
    if len(alike) == 1 and len(figures) == 1:
        notes.append("One period only: no change over time can be read from it.")
    return notes
