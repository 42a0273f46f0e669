"""What is marked by its date on a chart over time: breaks in coverage, and events to read figures against."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from explorer.evidence import (
    ConflictingFigures,
    Event,
    Figure,
    Place,
    PlaceLevel,
    PlaceTree,
    find_conflicts,
    formatting,
    periods,
    spell_small_number,
)
from explorer.evidence.analysis import ScopeKind, SeriesBreak
from explorer.pages.model import ChartAxis, DateFlag, EvidenceLibrary
from explorer.pages.text import phrases

from .context import ChartContext

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
        return f"from here {formatting.place_in_sentence(places.get(after.place))}"
    if ScopeKind.MEMBERSHIP in one.kinds:
        return "other forces counted"
    if ScopeKind.FORCES in one.kinds and after.forces_responding is not None:
        return f"{after.forces_responding} forces"
    return "before: part of a year missing"


def events_of(library: EvidenceLibrary, place: Place) -> tuple[Event, ...]:
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
            label = f"{event.name}, {formatting.short_date(event.date)}"
            flags.append(DateFlag(at=at, label=label, name=f"{formatting.format_date(event.date)}: {event.name}"))
    return tuple(flags)


def _date_position(date: str) -> float | None:
    """Where a date lies; one known by month or year stands in the middle of it. None if it is no date."""
    first, last = formatting.first_day(date), formatting.last_day(date)
    if first is None or last is None:
        return None
    return (periods.year_position(first) + periods.year_position(last)) / 2


# What a chart says of numbers that are printed differently elsewhere: each beside the one that is
# drawn.


_MOST = 3


def alternate_value_notes(material: ChartContext) -> list[str]:
    """A sentence for each of the first few differences; the Conflicts view has them all."""
    notes = [_describe_conflict(material, conflict) for conflict in material.conflicts or _left_out(material)]
    more = len(notes) - _MOST
    if more > 0:
        notes = [
            *notes[:_MOST],
            f"{formatting.capitalise(spell_small_number(more))} more differ; the Conflicts view lists all.",
        ]
    return notes


def _left_out(material: ChartContext) -> list[ConflictingFigures]:
    """The differences of a chart that draws one figure for each thing: the others are not among its own."""
    drawn_ids = {figure.id for figure in material.figures}
    figure_query, places = (
        material.reach.figure_query,
        dict.fromkeys(figure.place for figure in material.figures),
    )
    counts = [
        f for place in places for f in figure_query.repeated_counts_for(place) if f.measure == material.measure.id
    ]
    sources = {figure.source: material.source_for(figure) for figure in counts}
    conflicts = find_conflicts(counts, sources, material.question.rule)
    return [conflict for conflict in conflicts if conflict.preferred_id in drawn_ids]


def _describe_conflict(material: ChartContext, conflict: ConflictingFigures) -> str:
    by_id = {figure.id: figure for figure in conflict.figures}
    preferred_figure = by_id[conflict.preferred_id]
    unit = material.library.measure(preferred_figure.measure).unit
    others: dict[str, str] = {}
    for figure in conflict.figures:
        if figure.amount != preferred_figure.amount:
            number = formatting.format_amount(figure.amount, unit)
            others.setdefault(number, f"{number} ({phrases.source_named(material.source_for(figure))})")
    where = (
        "" if preferred_figure.place == material.reach.place.code else f"{material.place_for(preferred_figure).name}, "
    )
    which = f"{material.platform_for(preferred_figure).name}, " if preferred_figure.platform else ""
    return (
        f"{where}{which}{preferred_figure.period.label}: "
        f"{formatting.format_amount(preferred_figure.amount, unit)} is shown first; "
        f"{formatting.join_list(others.values())} is published too."
    )
