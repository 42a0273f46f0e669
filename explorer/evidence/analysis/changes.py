"""Which figures of one series a change is worked out between, and which percentages are refused.

Neighbours, the first and the last, and any later figure against a chosen base. ``arithmetic`` does the
working; nothing here goes across measures or places.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from msgspec import Struct

from explorer.evidence import periods
from explorer.evidence.amounts import point_estimate, rounding_bounds
from explorer.evidence.conflicts import Preference, pick_preferred
from explorer.evidence.model import Figure, PeriodKind, Unit
from explorer.evidence.repository import Repository

from .arithmetic import DerivedFigure, DerivedUnit, absolute_change, percentage_change
from .chance import bears_percentage
from .coverage import Memberships, can_lead, find_comparison_break, region_memberships
from .time_series import published_on

PUBLISHED_CHANGES = "scc-change"
"""The id of the measure of changes that sources publish as such."""
SINCE = "since "
"""How the breakdown of a printed change begins: the label of the earlier period follows."""
_YEARS = frozenset({PeriodKind.FINANCIAL_YEAR, PeriodKind.CALENDAR_YEAR, PeriodKind.YEAR})
_COMPARABLE = re.compile(r"\bcomparable\b|\bcan be compared\b|\bsame (?:[0-9]+ )?forces\b", re.IGNORECASE)
Slot = list[Figure]
"""The figures of one series for one period: one, or several that sources publish differently."""


class ChangeContext(Struct, frozen=True):
    """What every change needs to know of the record, asked once."""

    record: Repository
    source_dates: Mapping[str, str]
    """The date of each source among the figures, by its id."""
    region_forces: Memberships
    rule: Preference = Preference.NEWEST
    """Which figure stands where sources differ."""


def build_change_context(
    figures: Sequence[Figure], record: Repository, rule: Preference = Preference.NEWEST
) -> ChangeContext:
    """What changes among ``figures`` need to know."""
    dates = {one: published_on(record, one) for one in {figure.source for figure in figures}}
    return ChangeContext(record, dates, region_memberships(record), rule)


def series_changes(
    series: Sequence[Figure], unit: DerivedUnit, change_context: ChangeContext
) -> Iterator[DerivedFigure]:
    """The changes between neighbours of one series, and between its first and last year.

    Only of figures that are known to cover the same, that are not in doubt and of whole, like periods: a
    quarter stands beside the same quarter of another year.
    """
    alike: dict[tuple[PeriodKind, int, int, int], list[Slot]] = {}
    for slot in slots_of(series):
        period = slot[0].period
        if period.kind is not PeriodKind.SEVERAL_YEARS:
            begins = period.start.month, period.start.day
            alike.setdefault((period.kind, periods.count_months(period), *begins), []).append(slot)
    for slots in alike.values():
        pairs = list(pairwise(slots))
        if len(slots) > 2 and slots[0][0].period.kind in _YEARS:
            first = _first_comparable(slots, change_context)
            if first is not None and (first, slots[-1]) not in pairs:
                pairs.append((first, slots[-1]))
        for before, after in pairs:
            earlier, later = best_pair(before, after, change_context.source_dates, change_context.rule)
            if may_compare(earlier, later, change_context):
                yield absolute_change(earlier, later, unit=unit)
                yield from _iter_percentage_change(earlier, later)


def _first_comparable(slots: Sequence[Slot], change_context: ChangeContext) -> Slot | None:
    """The earliest year that the last one may be compared with, so that a break does not end all."""
    for slot in slots[:-1]:
        if may_compare(*best_pair(slot, slots[-1], change_context.source_dates, change_context.rule), change_context):
            return slot
    return None


def may_compare(earlier: Figure, later: Figure, change_context: ChangeContext) -> bool:
    """Whether a change may be worked out: like periods, one after the other, that cover the same."""
    return periods.are_comparable(earlier.period, later.period) and cover_the_same(earlier, later, change_context)


def cover_the_same(earlier: Figure, later: Figure, change_context: ChangeContext) -> bool:
    """Whether the second follows the first, both are whole and not in doubt, and they count the same."""
    return (
        is_followed_by(earlier, later)
        and can_lead(earlier)
        and can_lead(later)
        and find_comparison_break(earlier, later, change_context.record, change_context.region_forces) is None
    )


def change_since(figures: Sequence[Figure], base_period: str, record: Repository) -> tuple[DerivedFigure, ...]:
    """How far each figure is above that of its own series for ``base_period`` (a period's text), in per cent.

    Series by series in the order given, later periods of the same kind only. What has no figure for the base
    period, or no percentage because of a break of coverage, is left out.
    """
    numeric_figures = [figure for figure in figures if figure.amount.number is not None and not figure.breakdown]
    change_context = build_change_context(numeric_figures, record)
    derived_changes: list[DerivedFigure] = []
    series: dict[tuple[str, str, str | None], list[Figure]] = {}
    for figure in numeric_figures:
        series.setdefault((figure.measure, figure.place, figure.platform), []).append(figure)
    for several in series.values():
        if record.measure(several[0].measure).unit not in {Unit.OFFENCES, Unit.PEOPLE}:
            continue
        slots = slots_of(sorted(several, key=lambda figure: periods.order_key(figure.period)))
        base = next((slot for slot in slots if slot[0].period.text == base_period), None)
        for slot in slots if base else ():
            earlier, later = best_pair(base or slot, slot, change_context.source_dates, change_context.rule)
            if may_compare(earlier, later, change_context):
                derived_changes.extend(_iter_percentage_change(earlier, later))
    return tuple(derived_changes)


def slots_of(series: Iterable[Figure]) -> list[Slot]:
    """The figures of one series by period, in the order given."""
    slots: dict[str, Slot] = {}
    for figure in series:
        slots.setdefault(figure.period.text, []).append(figure)
    return list(slots.values())


def best_pair(
    before: Slot, after: Slot, source_dates: Mapping[str, str], rule: Preference = Preference.NEWEST
) -> tuple[Figure, Figure]:
    """One figure of each: the newest of one source where there is such a one; else those that are drawn.

    A figure in doubt is taken only where there is no other.
    """
    before, after = ([one for one in slot if one.in_doubt is None] or slot for slot in (before, after))
    if len(before) == len(after) == 1:
        return before[0], after[0]
    common_sources = {figure.source for figure in before} & {figure.source for figure in after}
    if common_sources and rule is Preference.NEWEST:
        source = max(common_sources, key=lambda name: (source_dates[name], name))
        before = [figure for figure in before if figure.source == source]
        after = [figure for figure in after if figure.source == source]
    return pick_preferred(before, source_dates, rule), pick_preferred(after, source_dates, rule)


def is_followed_by(earlier: Figure, later: Figure) -> bool:
    """Whether the second period begins after the first has ended."""
    return earlier.period.end < later.period.start


def matches_printed(derived_change: DerivedFigure, printed_change: Figure) -> bool:
    """Whether a printed change can be the rounding of the one worked out."""
    low, high = rounding_bounds(printed_change.amount)
    below = derived_change.high is not None and low is not None and derived_change.high < low
    return not below and not (derived_change.low is not None and high is not None and derived_change.low > high)


def is_like_for_like(printed_change: Figure) -> bool:
    """Whether a printed change is said to be of the forces that answered for both years."""
    return _COMPARABLE.search(f"{printed_change.base} {printed_change.coverage} {printed_change.note}") is not None


def _iter_percentage_change(earlier: Figure, later: Figure) -> Iterator[DerivedFigure]:
    if bears_percentage(point_estimate(earlier.amount), point_estimate(later.amount)):
        yield percentage_change(earlier, later)
