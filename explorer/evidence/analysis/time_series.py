"""One thing over time: its figures one a period, its whole years, its latest quarter.

Where sources print a period differently the newest is taken. No check is made here and nothing is worded.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from itertools import pairwise

from msgspec import Struct

from explorer.evidence import formatting
from explorer.evidence.amounts import Direction, compare_amounts
from explorer.evidence.conflicts import pick_preferred
from explorer.evidence.model import Figure, PeriodKind, Place
from explorer.evidence.places import PlaceTree
from explorer.evidence.repository import Repository

_YEARS = frozenset({PeriodKind.FINANCIAL_YEAR, PeriodKind.CALENDAR_YEAR, PeriodKind.YEAR})
RECENT = timedelta(days=366)
"""How long before a quarter a year may end that the quarter is set beside."""


def numeric_only(figures: Iterable[Figure]) -> list[Figure]:
    """Those that have a number and are of no further breakdown."""
    return [figure for figure in figures if figure.amount.number is not None and not figure.breakdown]


def newest_figure(figures: Sequence[Figure], record: Repository) -> Figure:
    """The figure to go by among several about the same thing."""
    if len(figures) == 1:
        return figures[0]
    return pick_preferred(figures, {figure.source: published_on(record, figure.source) for figure in figures})


def find_series(
    record: Repository, place: str, measure: str, platform: str = "", *, until: date | None = None
) -> tuple[Figure, ...]:
    """The figures of one place, measure and platform (none by default), one a period, in period order.

    ``until`` leaves out the periods that end after that day.
    """
    slots: dict[str, list[Figure]] = {}
    for figure in numeric_only(record.figures(place=place, measure=measure, platform=platform)):
        if until is None or figure.period.end <= until:
            slots.setdefault(figure.period.text, []).append(figure)
    return tuple(newest_figure(slot, record) for slot in slots.values())


def whole_years(figures: Iterable[Figure]) -> tuple[Figure, ...]:
    """The whole years among them, of the one kind of year that most are of."""
    years = [figure for figure in figures if figure.period.kind in _YEARS]
    begins = Counter((figure.period.start.month, figure.period.start.day) for figure in years)
    usual = begins.most_common(1)[0][0] if begins else None
    return tuple(y for y in years if (y.period.start.month, y.period.start.day) == usual)


def latest_run(years: Sequence[Figure]) -> tuple[Figure, ...]:
    """The years up to the last one that follow each other without a gap."""
    begins = len(years) - 1
    while begins > 0 and follows_at_once(years[begins - 1], years[begins]):
        begins -= 1
    return tuple(years[max(begins, 0) :])


def follows_at_once(earlier: Figure, later: Figure) -> bool:
    """Whether the later period begins on the day after the earlier one ends."""
    return later.period.start - earlier.period.end == timedelta(days=1)


def yearly_steps(years: Sequence[Figure]) -> dict[tuple[str, str], tuple[Direction, Figure, Figure]]:
    """How each year stands to the one just before it, by the texts of the two periods."""
    return {
        (earlier.period.text, later.period.text): (
            compare_amounts(earlier.amount, later.amount),
            earlier,
            later,
        )
        for earlier, later in pairwise(years)
        if follows_at_once(earlier, later)
    }


def latest_quarter(figures: Sequence[Figure]) -> tuple[Figure | None, Figure | None]:
    """The latest quarter, and the last whole year that ended not long before it; None for what is not."""
    quarters = [figure for figure in figures if figure.period.kind is PeriodKind.QUARTER]
    if not quarters:
        return None, None
    last = max(quarters, key=lambda figure: figure.period.end)
    before = [year for year in whole_years(figures) if timedelta(0) < last.period.start - year.period.end <= RECENT]
    return last, before[-1] if before else None


def non_overlapping(figures: Sequence[Figure]) -> tuple[Figure, ...]:
    """As many of them as can be had whose periods do not overlap, in period order."""
    selection: list[Figure] = []
    for figure in sorted(figures, key=lambda figure: (figure.period.end, figure.period.start)):
        if not selection or figure.period.start > selection[-1].period.end:
            selection.append(figure)
    return tuple(selection)


def containing_places(places: PlaceTree, code: str) -> tuple[Place, ...]:
    """The places that hold this one: those it stands under, and those counted from it or from one of them."""
    inside = {place.code for place in places.path(code)}
    holding = {place.code for place in places if inside.intersection(place.members)} | inside - {code}
    return tuple(place for place in places if place.code in holding)


class CommencementDate(Struct, frozen=True):
    """The day from which a measure can be counted at all, and that day as exact as it is known, in words."""

    day: date
    words: str


def in_force_since(record: Repository, measure: str, place: str) -> CommencementDate | None:
    """The earliest event from which ``measure`` can be counted in ``place``; None where there is none."""
    making = [event for event in record.events() if event.measure == measure]
    holding = {place, *(wide.code for wide in containing_places(record.places, place))} if making else set[str]()
    for event in making:
        day = formatting.first_day(event.date)
        if day is not None and (not event.places or holding.intersection(event.places)):
            return CommencementDate(day, formatting.format_date(event.date))
    return None


def published_on(record: Repository, source: str) -> str:
    """The date of a source as exact as it is known; empty where the record does not hold it."""
    try:
        return record.source(source).published
    except KeyError:
        return ""
