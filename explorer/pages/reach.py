"""From what was asked to what can be shown: the place, the chart, the measure and the figures.

What a person asks for may not exist. The nearest place that has figures stands in for one that has none; a
chart that cannot be drawn gives way to one that can, and a place is never quietly swapped for the sake of a
chart: shares printed for a region are not its force areas' shares. Each of these is said in one sentence.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from explorer.evidence.amounts import compatible
from explorer.evidence.conflicts import Subject, prefer, subject
from explorer.evidence.model import Figure, Level, Measure, Place, Unit
from explorer.evidence.periods import order_key
from explorer.packs.library import Library

from . import words
from .chart import ChartKind
from .page import Choice
from .question import Question

_LABELS = {
    ChartKind.TREND: "Over time",
    ChartKind.PLATFORMS: "Platforms",
    ChartKind.SHIFT: "Shift",
    ChartKind.COMPARE: "Compare",
}
_WITHIN_LIMIT = 60
"""How many places under a place are tried as something to set beside it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """What can be shown of a question. ``figures`` are what the chart draws, in drawing order."""

    asked: Place
    place: Place
    chart: ChartKind
    measure: Measure | None
    figures: tuple[Figure, ...]
    beside: tuple[Place, ...] = ()
    notice: str = ""
    charts: tuple[Choice, ...] = ()
    measures: tuple[Choice, ...] = ()


class Held:
    """The figures of places, asked of the library once each."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self._by_place: dict[str, tuple[Figure, ...]] = {}

    def of(self, place: str) -> tuple[Figure, ...]:
        """Every figure of the place, in period order."""
        if place not in self._by_place:
            self._by_place[place] = self._once(self.library.figures(place=place))
        return self._by_place[place]

    def _once(self, figures: tuple[Figure, ...]) -> tuple[Figure, ...]:
        """One figure for each thing that several agree on; those that differ are all kept, as a conflict."""
        about: dict[Subject, list[Figure]] = {}
        for figure in figures:
            about.setdefault(subject(figure), []).append(figure)
        if len(about) == len(figures):
            return figures
        agreeing = [s for s in about.values() if len(s) > 1 and compatible(tuple(f.amount for f in s))]
        dates = {f.source: self.library.source(f.source).published for s in agreeing for f in s}
        kept = {prefer(several, dates).id for several in agreeing}
        let_go = {f.id for several in agreeing for f in several} - kept
        return tuple(figure for figure in figures if figure.id not in let_go)

    def unit(self, figure: Figure) -> Unit:
        """The unit of a figure's measure."""
        return self.library.measure(figure.measure).unit

    def counts(self, place: str) -> tuple[Figure, ...]:
        """The figures that count something, undivided."""
        return tuple(
            f
            for f in self.of(place)
            if self.unit(f) is not Unit.PER_CENT and not f.platform and not f.breakdown
        )

    def shares(self, place: str) -> tuple[Figure, ...]:
        """The figures that are shares by platform."""
        return tuple(f for f in self.of(place) if self.unit(f) is Unit.PER_CENT and f.platform)


def reach(library: Library, question: Question) -> Reach:
    """What can be shown of ``question``. An unknown place leads to the United Kingdom, and says so."""
    held = Held(library)
    asked, lost = _asked(library, question.place)
    place = _nearest(library, held, asked)
    possible = {kind: _drawable(held, place, kind, question) for kind in ChartKind}
    chart = _chart(question.chart, possible)
    found = possible[chart]
    measure = library.measure(found[0][0].measure) if found[0] else None
    notices = (lost, _place_notice(library, asked, place), _chart_notice(held, question.chart, chart, place))
    return Reach(
        asked=asked,
        place=place,
        chart=chart,
        measure=measure,
        figures=found[0],
        beside=found[1],
        notice=" ".join(part for part in notices if part),
        charts=_choices(held, place, possible, chart),
        measures=_measures(held, place, chart, measure),
    )


_Drawn = tuple[tuple[Figure, ...], tuple[Place, ...]]


def _asked(library: Library, code: str) -> tuple[Place, str]:
    if code in library.places:
        return library.places.get(code), ""
    top = next(iter(library.places))
    return top, f"No place has the code {code}; {words.placed(top)} is shown."


def _nearest(library: Library, held: Held, asked: Place) -> Place:
    for place in (asked, *library.places.ancestors(asked.code)):
        if held.of(place.code):
            return place
    return asked


def _drawable(held: Held, place: Place, kind: ChartKind, question: Question) -> _Drawn:
    """The figures such a chart of the place would draw, and the places beside it; empty where it cannot."""
    if kind is ChartKind.TREND:
        return _one_measure(held.counts(place.code), question.measure), ()
    if kind is ChartKind.PLATFORMS:
        return _latest(_one_measure(held.shares(place.code), question.measure)), ()
    if kind is ChartKind.SHIFT:
        return _shifted(_one_measure(held.shares(place.code), question.measure)), ()
    return _side_by_side(held, place, question)


def _one_measure(figures: tuple[Figure, ...], wanted: str) -> tuple[Figure, ...]:
    """The figures of the wanted measure, or else of the one with the most: measures are never mixed."""
    by_measure: dict[str, list[Figure]] = {}
    for figure in figures:
        by_measure.setdefault(figure.measure, []).append(figure)
    if not by_measure:
        return ()
    chosen = wanted if wanted in by_measure else max(by_measure, key=lambda m: len(by_measure[m]))
    return tuple(by_measure[chosen])


def _latest(figures: tuple[Figure, ...]) -> tuple[Figure, ...]:
    if not figures:
        return ()
    last = max((f.period for f in figures), key=lambda p: (p.end, p.start))
    return tuple(f for f in figures if f.period == last)


def _shifted(figures: tuple[Figure, ...]) -> tuple[Figure, ...]:
    """Shares of platforms that are printed for at least two periods, in period order."""
    periods: dict[str, set[str]] = {}
    for figure in figures:
        periods.setdefault(figure.platform or "", set()).add(figure.period.text)
    kept = [f for f in figures if len(periods[f.platform or ""]) > 1]
    return tuple(sorted(kept, key=lambda f: order_key(f.period)))


def _side_by_side(held: Held, place: Place, question: Question) -> _Drawn:
    given = [code for code in question.beside if code in held.library.places and code != place.code]
    if given:
        shared = _shared(held, place.code, given, question.measure)
        return (shared, tuple(held.library.places.get(c) for c in given)) if shared else ((), ())
    for code in _partners(held, place):
        shared = _shared(held, place.code, [code], question.measure)
        if shared:
            return shared, (held.library.places.get(code),)
    return (), ()


def _partners(held: Held, place: Place) -> Iterable[str]:
    """Places that it makes sense to set beside this one: those it stands in, then those that stand in it."""
    places = held.library.places
    yield from (above.code for above in places.ancestors(place.code))
    recorded = held.library.figure_counts()
    within = [below.code for below in places.under(place.code) if below.code in recorded]
    yield from within[:_WITHIN_LIMIT]


def _shared(held: Held, code: str, others: list[str], wanted: str) -> tuple[Figure, ...]:
    """The figures of the latest period that all these places have, shares before counts."""
    for kind in (held.shares, held.counts):
        own = _by_key(kind(code))
        rest = [_by_key(kind(other)) for other in others]
        common = [key for key in own if any(key in other for other in rest) and wanted in {"", key[0]}]
        if common:
            best = max(common, key=lambda key: (own[key][0].period.end, len(own[key])))
            found = (*own[best], *(figure for other in rest for figure in other.get(best, ())))
            return held.library.figures(ids=[figure.id for figure in found])
    return _shared(held, code, others, "") if wanted else ()


def _by_key(figures: Iterable[Figure]) -> Mapping[tuple[str, str], tuple[Figure, ...]]:
    """Figures by measure and period: only such are set side by side."""
    grouped: dict[tuple[str, str], tuple[Figure, ...]] = {}
    for figure in figures:
        key = (figure.measure, figure.period.text)
        grouped[key] = (*grouped.get(key, ()), figure)
    return grouped


def _chart(wanted: ChartKind, possible: Mapping[ChartKind, _Drawn]) -> ChartKind:
    if possible[wanted][0]:
        return wanted
    return next((kind for kind in ChartKind if possible[kind][0]), wanted)


def _choices(
    held: Held, place: Place, possible: Mapping[ChartKind, _Drawn], chosen: ChartKind
) -> tuple[Choice, ...]:
    return tuple(
        Choice(
            id=kind.value,
            label=_LABELS[kind],
            chosen=kind is chosen,
            why_not="" if possible[kind][0] else _why_not(held, kind, place),
        )
        for kind in ChartKind
    )


def _why_not(held: Held, kind: ChartKind, place: Place) -> str:
    where = words.placed(place)
    if kind is ChartKind.TREND:
        return f"No count of offences is printed for {where}."
    if kind is ChartKind.SHIFT and held.shares(place.code):
        return f"Platform shares are printed for {where} for one period only."
    if kind is ChartKind.COMPARE:
        return f"No other place has a figure of the same measure and period as {where}."
    return f"No platform share is printed for {where}.{_nearest_shares(held, place)}"


def _nearest_shares(held: Held, place: Place) -> str:
    for above in held.library.places.ancestors(place.code):
        if held.shares(above.code):
            return f" The nearest are printed for {words.placed(above)}."
    return ""


def _chart_notice(held: Held, wanted: ChartKind, shown: ChartKind, place: Place) -> str:
    if wanted is shown:
        return ""
    return f"{_why_not(held, wanted, place)} “{_LABELS[shown]}” is shown."


def _place_notice(library: Library, asked: Place, place: Place) -> str:
    if asked == place:
        return ""
    shown = words.placed(place)
    if asked.level is Level.LOCAL_AUTHORITY:
        return _council_notice(library, asked, place)
    return f"No figure is loaded for {words.placed(asked)}; {shown}, which it is part of, is shown."


def _council_notice(library: Library, asked: Place, place: Place) -> str:
    force = library.places.force_of(asked.code)
    what = "was a local authority" if asked.former else "is a local authority"
    if force is None:
        return f"{asked.name} {what} without figures of its own; {words.placed(place)} is shown."
    reason = f"{asked.name} {what} in the {force.name} police force area"
    if force == place:
        return f"{reason}; offences are recorded by force area, so {force.name} is shown."
    return f"{reason}, which has no figure loaded; {words.placed(place)} is shown."


def _measures(held: Held, place: Place, chart: ChartKind, chosen: Measure | None) -> tuple[Choice, ...]:
    of_kind = held.shares if chart in {ChartKind.PLATFORMS, ChartKind.SHIFT} else held.counts
    ids = dict.fromkeys(f.measure for f in of_kind(place.code))
    if chart is ChartKind.COMPARE:
        ids = dict.fromkeys((*(f.measure for f in held.shares(place.code)), *ids))
    if chosen is not None:
        ids.setdefault(chosen.id)
    names = {m: held.library.measure(m).name for m in ids}
    return tuple(Choice(id=m, label=names[m], chosen=chosen is not None and m == chosen.id) for m in ids)
