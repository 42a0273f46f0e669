"""Which figures of one series a change is worked out between, and which percentages are refused.

Neighbours, the first and the last, and any later figure against a chosen base. ``arithmetic`` does the
working; nothing here goes across measures or places.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from msgspec import Struct
from msgspec.structs import replace

from . import periods
from .amounts import rounded
from .arithmetic import change, percentage_change
from .conflicts import Rule, prefer
from .derived import Derived, DerivedCaveat, DerivedKind, DerivedUnit
from .history import published_on
from .model import Figure, PeriodKind, Unit
from .record import Record
from .scope import Memberships, comparable, memberships

PRINTED = "scc-change"
"""The id of the measure of printed changes, which is asked for where the figures given hold none."""
SINCE = "since "
"""How the breakdown of a printed change begins: the label of the earlier period follows."""
_YEARS = frozenset({PeriodKind.FINANCIAL_YEAR, PeriodKind.CALENDAR_YEAR, PeriodKind.YEAR})
_COMPARABLE = re.compile(r"\bcomparable\b|\bcan be compared\b|\bsame (?:[0-9]+ )?forces\b", re.IGNORECASE)
Slot = list[Figure]
"""The figures of one series for one period: one, or several that sources print differently."""
_Key = tuple[str, str, str, str]


class Context(Struct, frozen=True):
    """What every change needs to know of the record, asked once."""

    record: Record
    published: Mapping[str, str]
    """The date of each source among the figures, by its id."""
    known: Memberships
    printed: Mapping[_Key, Sequence[Figure]]
    """Printed changes by place, platform, later period and breakdown."""
    rule: Rule = Rule.NEWEST
    """Which figure stands where sources differ."""


def context(figures: Sequence[Figure], record: Record, rule: Rule = Rule.NEWEST) -> Context:
    """What changes among ``figures`` need to know."""
    found: dict[str, Figure] = {}
    for figure in figures:
        if record.measure(figure.measure).unit is Unit.CHANGE:
            found[figure.id] = figure
    for place in dict.fromkeys(figure.place for figure in figures):
        for figure in record.figures(place=place, measure=PRINTED):
            found[figure.id] = figure
    printed: dict[_Key, list[Figure]] = {}
    for figure in found.values():
        if figure.amount.number is not None:
            printed.setdefault(_key(figure, figure.breakdown), []).append(figure)
    sources = {figure.source for figure in (*figures, *found.values())}
    dates = {one: published_on(record, one) for one in sources}
    return Context(record, dates, memberships(record), printed, rule)


def within(series: Sequence[Figure], unit: DerivedUnit, known: Context) -> Iterator[Derived]:
    """The changes between neighbours of one series, and between its first and last year."""
    alike: dict[tuple[PeriodKind, int], list[Slot]] = {}
    for slot in slots_of(series):
        period = slot[0].period
        if period.kind is not PeriodKind.SEVERAL_YEARS:
            alike.setdefault((period.kind, periods.months(period)), []).append(slot)
    for slots in alike.values():
        pairs = list(pairwise(slots))
        if len(slots) > 2 and slots[0][0].period.kind in _YEARS:
            pairs.append((slots[0], slots[-1]))
        for before, after in pairs:
            earlier, later = pair(before, after, known.published, known.rule)
            if follows(earlier, later) and periods.alike(earlier.period, later.period):
                yield _marked(change(earlier, later, unit=unit), earlier, later, known)
                yield from _percentage(earlier, later, known)


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
            if follows(earlier, later) and periods.alike(earlier.period, later.period):
                found.extend(_percentage(earlier, later, known))
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
    """One figure of each: the newest of one source where there is such a one; else those that are drawn."""
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


def beside_printed(earlier: Figure, later: Figure, printed: Figure) -> Derived:
    """The percentage change by the totals beside the one that a source prints for the same two periods."""
    worked = percentage_change(earlier, later)
    caveats = tuple(one for one in worked.caveats if one is not DerivedCaveat.COVERAGE_DIFFERS)
    why: tuple[DerivedCaveat, ...] = ()
    if not agrees(worked, printed):
        same = says_comparable(printed)
        why = (DerivedCaveat.COMPARABLE_FORCES if same else DerivedCaveat.PRINTED_DIFFERS,)
    return replace(
        worked,
        kind=DerivedKind.PRINTED_CHANGE,
        inputs=(earlier.id, later.id, printed.id),
        caveats=(*why, *(worked.caveats if not why else caveats)),
    )


def agrees(worked: Derived, printed: Figure) -> bool:
    """Whether a printed change can be the rounding of the one worked out."""
    low, high = rounded(printed.amount)
    below = worked.high is not None and low is not None and worked.high < low
    return not below and not (worked.low is not None and high is not None and worked.low > high)


def says_comparable(printed: Figure) -> bool:
    """Whether a printed change is said to be of the forces that answered for both years."""
    return _COMPARABLE.search(f"{printed.base} {printed.coverage} {printed.note}") is not None


def _percentage(earlier: Figure, later: Figure, known: Context) -> Iterator[Derived]:
    if (earlier.amount.number or 0) <= 0:
        return  # of nought there is no percentage, nor of a count that corrections have made less than it
    printed = _printed(earlier, later, known)
    if printed is not None:
        yield beside_printed(earlier, later, printed)
    elif comparable(earlier, later, known.record, known.known) is None:
        yield percentage_change(earlier, later)


def _printed(earlier: Figure, later: Figure, known: Context) -> Figure | None:
    """The printed change between the two periods: of the later figure's own source if it prints one."""
    group = known.record.measure(later.measure).group
    found = [
        figure
        for figure in known.printed.get(_key(later, f"{SINCE}{earlier.period.label}"), ())
        if known.record.measure(figure.measure).group == group
    ]
    if not found:
        return None
    return prefer([one for one in found if one.source == later.source] or found, known.published)


def _key(figure: Figure, breakdown: str) -> _Key:
    return (figure.place, figure.platform or "", figure.period.text, breakdown)


def _marked(worked: Derived, earlier: Figure, later: Figure, known: Context) -> Derived:
    """With a caveat where the two do not cover the same, unless it says so already."""
    if DerivedCaveat.COVERAGE_DIFFERS in worked.caveats:
        return worked
    if comparable(earlier, later, known.record, known.known) is None:
        return worked
    return replace(worked, caveats=(*worked.caveats, DerivedCaveat.SCOPE_DIFFERS))
