"""From what was asked to what can be shown: the place, the chart, the measure and the figures.

What a person asks for may not exist. The nearest place that has figures stands in for one that has none; a
chart that cannot be drawn gives way to one that can, and a place is never quietly swapped for the sake of a
chart: shares printed for a region are not its force areas' shares. Each of these is said in one sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct, field

from explorer.evidence.model import Figure, Level, Measure, Place
from explorer.packs.library import Library

from . import words
from .chart import ChartKind
from .drawable import Drawn, can_draw, drawable, in_range
from .held import Held
from .nearby import known, likely
from .page import Choice
from .question import Grain, Question, Scale, Style

_LABELS = {
    ChartKind.TREND: "Over time",
    ChartKind.PLATFORMS: "Platforms",
    ChartKind.SHIFT: "Platforms over time",
    ChartKind.BREAKDOWN: "Breakdown",
    ChartKind.COMPARE: "Compare",
    ChartKind.MAP: "Map",
}


_LEADING = re.compile(r"[0-9]{1,9}")
"""The number that a class's code begins with: 8N comes before 88A."""


class Reach(Struct, frozen=True, kw_only=True):
    """What can be shown of a question. ``figures`` are what the chart draws, in drawing order."""

    asked: Place
    place: Place
    chart: ChartKind
    measure: Measure | None
    figures: tuple[Figure, ...]
    held: Held
    drawn: Drawn = field(default_factory=Drawn)
    notice: str = ""
    replaced: tuple[str, ...] = ()
    """What was asked for and is not there, so that something else is shown: "chart", "measure", "period"."""
    charts: tuple[Choice, ...] = ()
    measures: tuple[Choice, ...] = ()


def reach(library: Library, question: Question) -> Reach:
    """What can be shown of ``question``. An unknown place leads to the United Kingdom, and says so."""
    held = Held(library, question.rule, question.measure)
    asked, lost = _asked(library, question.place)
    place = _nearest(library, held, asked)
    found = drawable(held, place, question.chart, question)
    possible = {
        kind: bool(found.figures) if kind is question.chart else can_draw(held, place, kind, question)
        for kind in ChartKind
    }
    chart = _chart(question.chart, possible)
    found = found if chart is question.chart else drawable(held, place, chart, question)
    measure = library.measure(found.figures[0].measure) if found.figures else None
    said = {
        "place": lost,
        "chart": _chart_notice(held, question.chart, chart, place),
        "measure": _measure_notice(library, question, place, measure),
        "period": _period_notice(question, chart, found.figures),
        "range": _range_notice(question, chart, found.figures),
        "base": _base_notice(question, chart, found.figures),
        "grain": _grain_notice(question, chart),
        "beside": _beside_notice(library, question, chart, found.figures),
    }
    notices = (_place_notice(library, asked, place), *said.values())
    return Reach(
        asked=asked,
        place=place,
        chart=chart,
        measure=measure,
        figures=found.figures,
        held=held,
        drawn=found,
        notice=" ".join(part for part in notices if part),
        replaced=tuple(name for name, told in said.items() if told),
        charts=_choices(held, place, possible, chart),
        measures=_measures(held, place, chart, measure),
    )


def _asked(library: Library, code: str) -> tuple[Place, str]:
    if code in library.places:
        return library.places.get(code), ""
    top = next(iter(library.places))
    return top, f"No place has the code {code}; {words.placed(top)} is shown."


def _nearest(library: Library, held: Held, asked: Place) -> Place:
    for place in (asked, *library.places.ancestors(asked.code)):
        if held.told(place.code):
            return place
    return asked


def _chart(wanted: ChartKind, possible: Mapping[ChartKind, bool]) -> ChartKind:
    if possible[wanted]:
        return wanted
    return next((kind for kind in ChartKind if possible[kind]), wanted)


def _choices(
    held: Held, place: Place, possible: Mapping[ChartKind, bool], chosen: ChartKind
) -> tuple[Choice, ...]:
    return tuple(
        Choice(
            id=kind.value,
            label=_LABELS[kind],
            chosen=kind is chosen,
            why_not="" if possible[kind] else _why_not(held, kind, place),
        )
        for kind in ChartKind
    )


def _why_not(held: Held, kind: ChartKind, place: Place) -> str:
    where = words.placed(place)
    if kind is ChartKind.TREND:
        return f"We hold no count of offences for {where}."
    if kind is ChartKind.SHIFT and held.shares(place.code):
        return f"We hold platform shares of {where} for one period only."
    if kind is ChartKind.BREAKDOWN:
        return f"We hold no figure by sex, age or another division for {where}."
    if kind is ChartKind.MAP:
        return "We hold no figure of a police force area."
    if kind is ChartKind.COMPARE:
        return f"No other place has a figure of the same measure and period as {where}."
    return f"We hold no platform share of {where}.{_nearest_shares(held, place)}"


def _nearest_shares(held: Held, place: Place) -> str:
    for above in held.library.places.ancestors(place.code):
        if held.shares(above.code):
            return f" The nearest are those of {words.placed(above)}."
    return ""


def _chart_notice(held: Held, wanted: ChartKind, shown: ChartKind, place: Place) -> str:
    if wanted is shown:
        return ""
    return f"{_why_not(held, wanted, place)} “{_LABELS[shown]}” is shown."


def _measure_notice(library: Library, question: Question, place: Place, shown: Measure | None) -> str:
    """That the measure asked for is not held for the place; empty where it is what is shown."""
    if not question.measure or (shown is not None and shown.id == question.measure):
        return ""
    wanted = next((one.name for one in library.measures() if one.id == question.measure), question.measure)
    told = f"We hold no figure of “{wanted}” for {words.placed(place)}"
    if library.figures(place=place.code, measure=question.measure):
        told += " that this chart can show"
    return f"{told}; “{shown.name}” is shown." if shown is not None else f"{told}."


def _beside_notice(library: Library, question: Question, chart: ChartKind, shown: Iterable[Figure]) -> str:
    """That a place to compare with has nothing to show; empty where all that were asked for are shown."""
    if chart is not ChartKind.COMPARE:
        return ""
    drawn = {figure.place for figure in shown}
    without = [code for code in question.beside if code in library.places and code not in drawn]
    named = words.listed(words.placed(library.places.get(code)) for code in without)
    return f"We hold no figure to compare for {named}." if without else ""


_OVER_TIME = frozenset({ChartKind.TREND, ChartKind.SHIFT})
_ONE_PERIOD = frozenset({ChartKind.PLATFORMS, ChartKind.BREAKDOWN, ChartKind.MAP, ChartKind.SHIFT})


def _period_notice(question: Question, chart: ChartKind, shown: Iterable[Figure]) -> str:
    """That the period asked for is not held; empty where it is shown, or where the chart takes no period."""
    periods_ = {figure.period.text: figure.period for figure in shown}
    bars = chart is ChartKind.COMPARE and question.style is Style.BARS
    asked = question.period if chart in _ONE_PERIOD or bars else ""
    if not asked or asked in periods_ or not periods_:
        return ""
    last = max(periods_.values(), key=lambda one: one.end)
    return f"We hold no such figure of {words.asked_period(asked)}; {words.period(last)} is shown."


def _range_notice(question: Question, chart: ChartKind, shown: Sequence[Figure]) -> str:
    """That nothing lies in the range asked for, so that every period is shown."""
    ends = [words.asked_period(text) for text in (question.since, question.until) if text]
    lines = chart is ChartKind.COMPARE and question.style is Style.LINE
    if not ends or not shown or not (lines or chart in _OVER_TIME):
        return ""
    if any(in_range(f.period, question) for f in shown):
        return ""
    if len(ends) > 1:
        where = f"between {ends[0]} and {ends[1]}"
    else:
        where = f"from {ends[0]} on" if question.since else f"up to {ends[0]}"
    return f"We hold no such figure {where}; every period is shown."


def _base_notice(question: Question, chart: ChartKind, shown: Sequence[Figure]) -> str:
    """That the period that change was to be counted from is not one of those shown."""
    counted = question.scale is Scale.CHANGE and chart in {ChartKind.COMPARE, ChartKind.MAP}
    if not question.base or not counted or not shown or any(f.period.text == question.base for f in shown):
        return ""
    return (
        f"Change cannot be counted from {words.asked_period(question.base)} here: not every figure of it is "
        "held, may be compared with those shown and counts 20 offences or more. The period used instead is "
        "in the title."
    )


def _grain_notice(question: Question, chart: ChartKind) -> str:
    """That bars beside one another are of whole years, where quarters were asked for."""
    if question.grain is not Grain.QUARTERS or chart is not ChartKind.COMPARE or question.style is Style.LINE:
        return ""
    return "Bars compare whole years; lines can compare quarters."


def _place_notice(library: Library, asked: Place, place: Place) -> str:
    if asked == place:
        return ""
    shown = words.placed(place)
    if asked.level is Level.LOCAL_AUTHORITY:
        return _council_notice(library, asked, place)
    return f"We hold no figure of {words.placed(asked)}; {shown}, which it is part of, is shown."


def _council_notice(library: Library, asked: Place, place: Place) -> str:
    force = library.places.force_of(asked.code)
    what = "was a local authority" if asked.former else "is a local authority"
    if force is None:
        return f"{asked.name} {what} without figures of its own; {words.placed(place)} is shown."
    reason = f"{asked.name} {what} in the {force.name} police force area"
    if force == place:
        return f"{reason}; offences are recorded by force area, so {force.name} is shown."
    return f"{reason}, of which we hold no figure; {words.placed(place)} is shown."


def _measures(held: Held, place: Place, chart: ChartKind, chosen: Measure | None) -> tuple[Choice, ...]:
    """The measures that such a chart of the place could show, the likeliest first."""
    ids = dict.fromkeys(_measured(held, place, chart))
    if chosen is not None:
        ids.setdefault(chosen.id)
    several = sorted((held.library.measure(m) for m in ids), key=lambda m: _listed(held, m))
    return tuple(
        Choice(
            id=m.id,
            label=m.name,
            chosen=chosen is not None and m.id == chosen.id,
            group=m.group,
            code=m.code,
        )
        for m in several
    )


def _listed(held: Held, measure: Measure) -> tuple[int, bool, tuple[str | int, ...]]:
    """Where a measure stands in the list: by its unit, classes of a table last and by group and code."""
    class_ = measure.id not in known(held.library).home
    number = _LEADING.match(measure.code)
    at = int(number[0]) if number else 0
    order = (measure.group, at, measure.code, measure.name, measure.id) if class_ else ()
    return likely(measure.unit), class_, order


def _measured(held: Held, place: Place, chart: ChartKind) -> list[str]:
    match chart:
        case ChartKind.TREND:
            return [*_of(held.counts(place.code)), *held.classes(place.code)]
        case ChartKind.PLATFORMS:
            return _of(f for f in held.of(place.code) if f.platform)
        case ChartKind.SHIFT:
            return _of(held.shares(place.code))
        case ChartKind.BREAKDOWN:
            return _of(held.divided(place.code))
        case ChartKind.COMPARE:
            own = (*held.counts(place.code), *held.shares(place.code))
            return [*_of(own), *held.classes(place.code)]
        case ChartKind.MAP:
            from .map import measures

            return list(measures(held))


def _of(figures: Iterable[Figure]) -> list[str]:
    return [figure.measure for figure in figures]
