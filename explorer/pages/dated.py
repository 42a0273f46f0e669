"""What is marked by its date on a chart over time: breaks in coverage, and events to read figures against."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from explorer.evidence import formatting, periods
from explorer.evidence.analysis.coverage import ScopeKind, SeriesBreak
from explorer.evidence.model import Event, Figure, Place, PlaceLevel
from explorer.evidence.places import PlaceTree
from explorer.library.library import Library
from explorer.pages import words

from .chart import ChartAxis, DateFlag

_COUNTRY = frozenset({PlaceLevel.UK, PlaceLevel.NATIONS})
"""Levels whose events bear on the country as a whole."""


def break_flags(places: PlaceTree, figures: Sequence[Figure], breaks: Iterable[SeriesBreak]) -> tuple[DateFlag, ...]:
    """A mark for each break in coverage, where the later figure's period begins."""
    by_id = {figure.id: figure for figure in figures}
    flags: dict[float, DateFlag] = {}
    for one in (one for one in breaks if one.is_change):
        after = by_id[one.after]
        at = periods.year_span(after.period)[0]
        flags[at] = DateFlag(at=at, label=_break_label(places, one, after), name=one.text, break_=True)
    return tuple(flags.values())


def _break_label(places: PlaceTree, one: SeriesBreak, after: Figure) -> str:
    if ScopeKind.MEASURE in one.kinds:
        return "what is counted changes"
    if ScopeKind.PLACES in one.kinds:
        return f"from here {words.place_in_sentence(places.get(after.place))}"
    if ScopeKind.MEMBERSHIP in one.kinds:
        return "other forces counted"
    if ScopeKind.FORCES in one.kinds and after.forces_responding is not None:
        return f"{after.forces_responding} forces"
    return "before: part of a year missing"


def events_of(library: Library, place: Place) -> tuple[Event, ...]:
    """The events that bear on a place, each once however many packs tell it; reported ones are left out."""
    unique_events: dict[tuple[str, str], Event] = {}
    for event in library.events():
        if not event.reported and _bears_on(library.places, event, place):
            unique_events.setdefault((event.name.casefold(), event.date), event)
    return tuple(unique_events.values())


def _bears_on(places: PlaceTree, event: Event, place: Place) -> bool:
    codes = event.places or (next(iter(places)).code,)
    around = {place.code, *(above.code for above in places.ancestors(place.code))}
    for code in codes:
        if code in around:
            return True
        if code in places and _event_covers(places.get(code), place, around):
            return True
    return False


def _event_covers(where: Place, place: Place, around: set[str]) -> bool:
    """Whether an event of several nations bears on a place in one of them, or on the country."""
    return where.level is PlaceLevel.NATIONS and (place.level in _COUNTRY or bool(around & set(where.members)))


def event_flags(events: Iterable[Event], measure: str, across: ChartAxis) -> tuple[DateFlag, ...]:
    """A mark for each event that lies on the axis; a law that makes another offence than this is left out."""
    flags: list[DateFlag] = []
    for event in events:
        at = _date_position(event.date)
        if at is not None and event.measure in {None, measure} and across.low <= at <= across.high:
            label = f"{event.name}, {words.short_date(event.date)}"
            flags.append(DateFlag(at=at, label=label, name=f"{words.format_date(event.date)}: {event.name}"))
    return tuple(flags)


def _date_position(date: str) -> float | None:
    """Where a date lies; one known by month or year stands in the middle of it. None if it is no date."""
    first, last = formatting.first_day(date), formatting.last_day(date)
    if first is None or last is None:
        return None
    return (periods.year_position(first) + periods.year_position(last)) / 2
