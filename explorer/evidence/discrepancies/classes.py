"""Discrepancies of single numbers and classes: section 15A above its Home Office class, counts not whole."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from explorer.evidence import formatting
from explorer.evidence.analysis import ForceCoverage, is_partial, summing
from explorer.evidence.model import Figure, PeriodKind, Unit
from explorer.evidence.periods import order_key
from explorer.evidence.repository import Repository

from .model import Discrepancy, DiscrepancyKind
from .periods import Slot, tiling_sums

SECTION_15A = "scc-offences"
"""The id of the measure of section 15A offences, sexual communication with a child."""
CLASS_88A = "88A"
"""The Home Office code of the class that has included them since the day below."""
_CLASS_START_DATE = date(2017, 4, 1)
_YEARS = frozenset({PeriodKind.FINANCIAL_YEAR, PeriodKind.CALENDAR_YEAR, PeriodKind.YEAR})
_NOT_COUNTS = frozenset({Unit.PER_CENT, Unit.CHANGE})


def not_whole(figures: Iterable[Figure], record: Repository) -> Iterator[Discrepancy]:
    """Counts that are published with a fraction."""
    for figure in figures:
        number, unit = figure.amount.number, record.measure(figure.measure).unit
        if number is not None and unit not in _NOT_COUNTS and number != number.to_integral_value():
            where = formatting.place_in_sentence(record.places.get(figure.place))
            yield Discrepancy(
                kind=DiscrepancyKind.NOT_WHOLE,
                figures=(figure.id,),
                text=f"For {where} in {formatting.period_in_sentence(figure.period)}, "
                f"{formatting.format_number(number)} {unit.value} "
                "are published: a count is a whole number.",
                places=(figure.place,),
            )


def above_class(figures: Iterable[Figure], coverage: ForceCoverage) -> Iterator[Discrepancy]:
    """Places with more section 15A offences than offences of the class that includes them, one entry each."""
    section: dict[str, dict[str, list[Figure]]] = {}
    whole: dict[str, dict[str, list[Figure]]] = {}
    for figure in figures:
        if figure.platform is not None or figure.breakdown or figure.period.start < _CLASS_START_DATE:
            continue
        measure = coverage.record.measure(figure.measure)
        into = section if measure.id == SECTION_15A else whole if measure.code.upper() == CLASS_88A else None
        if into is not None:
            into.setdefault(figure.place, {}).setdefault(figure.period.text, []).append(figure)
    for place, years in section.items():
        pairs = [
            pair
            for slot in sorted(years.values(), key=lambda one: order_key(one[0].period))
            if slot[0].period.kind in _YEARS
            for pair in _iter_section_excess(slot, whole.get(place, {}), coverage)
        ]
        if pairs:
            yield _class_discrepancy(place, pairs)


def _iter_section_excess(
    slot: Sequence[Figure], classes: dict[str, list[Figure]], coverage: ForceCoverage
) -> Iterator[tuple[Figure, tuple[Figure, ...]]]:
    """The section's count and the figures of the class that are below it: of the year, or its quarters."""
    period = slot[0].period
    part = summing.lowest_figure(slot)
    if part is None:
        return
    year = [one for one in classes.get(period.text, ()) if not is_partial(one)]
    sums = [summing.single_reading(one) for one in year if not coverage.leaves_out(one, part)]
    if not year:
        inside: list[Slot] = [
            several
            for several in sorted(classes.values(), key=lambda one: order_key(one[0].period))
            if period.start <= several[0].period.start and several[0].period.end <= period.end
        ]
        sums = tiling_sums(period.start, period.end, inside)
    highs = [(one.high, one) for one in sums if one.high is not None]
    if not highs or len(highs) < len(sums):
        return
    high, reading = max(highs, key=lambda pair: pair[0])
    if summing.lower_bound(part) > high:
        yield part, reading.figures


def _class_discrepancy(place: str, pairs: Sequence[tuple[Figure, tuple[Figure, ...]]]) -> Discrepancy:
    years = [
        f"{formatting.period_in_sentence(part.period)} ({summing.format_count(part)} and "
        f"{formatting.format_number(summing.sum_point_estimates(whole))})"
        for part, whole in pairs
    ]
    return Discrepancy(
        kind=DiscrepancyKind.CLASSES,
        figures=tuple(one.id for part, whole in pairs for one in (part, *whole)),
        text="Home Office class 88A has included section 15A since April 2017. More section 15A offences "
        f"than class 88A offences are published for {formatting.join_list(years)}.",
        places=(place,),
    )
