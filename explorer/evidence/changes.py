"""Which figures of one series a change is worked out between, and which percentages are refused.

Neighbours, the first and the last, and any later figure against a chosen base. ``arithmetic`` does the
working; nothing here goes across measures or places.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from msgspec import Struct

from . import periods
from .amounts import point, rounded
from .arithmetic import change, percentage_change
from .chance import bears_percentage
from .conflicts import Rule, prefer
from .derived import Derived, DerivedUnit
from .history import published_on
from .model import Figure, PeriodKind, Unit
from .record import Record
from .scope import Memberships, can_lead, comparable, memberships

PUBLISHED_CHANGES = "scc-change"
"""The id of the measure of changes that sources publish as such."""
SINCE = "since "
"""How the breakdown of a printed change begins: the label of the earlier period follows."""
_YEARS = frozenset({PeriodKind.FINANCIAL_YEAR, PeriodKind.CALENDAR_YEAR, PeriodKind.YEAR})
_COMPARABLE = re.compile(r"\bcomparable\b|\bcan be compared\b|\bsame (?:[0-9]+ )?forces\b", re.IGNORECASE)
Slot = list[Figure]
"""The figures of one series for one period: one, or several that sources publish differently."""


class Context(Struct, frozen=True):
    """What every change needs to know of the record, asked once."""

    record: Record
    published: Mapping[str, str]
    """The date of each source among the figures, by its id."""
    known: Memberships
    rule: Rule = Rule.NEWEST
    """Which figure stands where sources differ."""


def context(figures: Sequence[Figure], record: Record, rule: Rule = Rule.NEWEST) -> Context:
    """What changes among ``figures`` need to know."""
    dates = {one: published_on(record, one) for one in {figure.source for figure in figures}}
    return Context(record, dates, memberships(record), rule)


def within(series: Sequence[Figure], unit: DerivedUnit, known: Context) -> Iterator[Derived]:
    """The changes between neighbours of one series, and between its first and last year.

    Only of figures that are known to cover the same, that are not in doubt and of whole, like periods: a
    quarter stands beside the same quarter of another year.
    """
    alike: dict[tuple[PeriodKind, int, int, int], list[Slot]] = {}
    for slot in slots_of(series):
        period = slot[0].period
        if period.kind is not PeriodKind.SEVERAL_YEARS:
            begins = period.start.month, period.start.day
            alike.setdefault((period.kind, periods.months(period), *begins), []).append(slot)
    for slots in alike.values():
        pairs = list(pairwise(slots))
        if len(slots) > 2 and slots[0][0].period.kind in _YEARS:
            first = _first_comparable(slots, known)
            if first is not None and (first, slots[-1]) not in pairs:
                pairs.append((first, slots[-1]))
        for before, after in pairs:
            earlier, later = pair(before, after, known.published, known.rule)
            if may_compare(earlier, later, known):
                yield change(earlier, later, unit=unit)
                yield from _percentage(earlier, later)


def _first_comparable(slots: Sequence[Slot], known: Context) -> Slot | None:
    """The earliest year that the last one may be compared with, so that a break does not end all."""
    for slot in slots[:-1]:
        if may_compare(*pair(slot, slots[-1], known.published, known.rule), known):
            return slot
    return None


def may_compare(earlier: Figure, later: Figure, known: Context) -> bool:
    """Whether a change may be worked out: like periods, one after the other, that cover the same."""
    return periods.alike(earlier.period, later.period) and cover_the_same(earlier, later, known)


def cover_the_same(earlier: Figure, later: Figure, known: Context) -> bool:
    """Whether the second follows the first, both are whole and not in doubt, and they count the same."""
    return (
        follows(earlier, later)
        and can_lead(earlier)
        and can_lead(later)
        and comparable(earlier, later, known.record, known.known) is None
    )


def change_since(figures: Sequence[Figure], base_period: str, record: Record) -> tuple[Derived, ...]:
    """How far each figure is above that of its own series for ``base_period`` (a period's text), in per cent.

    Series by series in the order given, later periods of the same kind only. What has no figure for the base
    period, or no percentage because of a break of coverage, is left out.
    """
    given = [figure for figure in figures if figure.amount.number is not None and not figure.breakdown]
    known = context(given, record)
    found: list[Derived] = []
    series: dict[tuple[str, str, str | None], list[Figure]] = {}
    for figure in given:
        series.setdefault((figure.measure, figure.place, figure.platform), []).append(figure)
    for several in series.values():
        if record.measure(several[0].measure).unit not in {Unit.OFFENCES, Unit.PEOPLE}:
            continue
        slots = slots_of(sorted(several, key=lambda figure: periods.order_key(figure.period)))
        base = next((slot for slot in slots if slot[0].period.text == base_period), None)
        for slot in slots if base else ():
            earlier, later = pair(base or slot, slot, known.published, known.rule)
            if may_compare(earlier, later, known):
                found.extend(_percentage(earlier, later))
    return tuple(found)


def slots_of(series: Iterable[Figure]) -> list[Slot]:
    """The figures of one series by period, in the order given."""
    found: dict[str, Slot] = {}
    for figure in series:
        found.setdefault(figure.period.text, []).append(figure)
    return list(found.values())


def pair(
    before: Slot, after: Slot, published: Mapping[str, str], rule: Rule = Rule.NEWEST
) -> tuple[Figure, Figure]:
    """One figure of each: the newest of one source where there is such a one; else those that are drawn.

    A figure in doubt is taken only where there is no other.
    """
    before, after = ([one for one in slot if one.in_doubt is None] or slot for slot in (before, after))
    if len(before) == len(after) == 1:
        return before[0], after[0]
    shared = {figure.source for figure in before} & {figure.source for figure in after}
    if shared and rule is Rule.NEWEST:
        source = max(shared, key=lambda name: (published[name], name))
        before = [figure for figure in before if figure.source == source]
        after = [figure for figure in after if figure.source == source]
    return prefer(before, published, rule), prefer(after, published, rule)


def follows(earlier: Figure, later: Figure) -> bool:
    """Whether the second period begins after the first has ended."""
    return earlier.period.end < later.period.start


def agrees(worked: Derived, printed: Figure) -> bool:
    """Whether a printed change can be the rounding of the one worked out."""
    low, high = rounded(printed.amount)
    below = worked.high is not None and low is not None and worked.high < low
    return not below and not (worked.low is not None and high is not None and worked.low > high)


def says_comparable(printed: Figure) -> bool:
    """Whether a printed change is said to be of the forces that answered for both years."""
    return _COMPARABLE.search(f"{printed.base} {printed.coverage} {printed.note}") is not None


def _percentage(earlier: Figure, later: Figure) -> Iterator[Derived]:
    if bears_percentage(point(earlier.amount), point(later.amount)):
        yield percentage_change(earlier, later)
