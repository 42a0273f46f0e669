"""What may be chosen for a chart besides its kind and measure: scale, periods, events, order, source."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from explorer.evidence.conflicts import Rule, find_conflicts
from explorer.evidence.model import Figure, Level, Period, Place, Unit
from explorer.evidence.periods import overlaps, parse
from explorer.packs.library import Library

from . import words
from .areas import areas, base_periods
from .chart import ChartKind
from .dated import events_of
from .drawable import MOST_PLACES
from .grain import WHOLE, years_first
from .held import Held
from .map import picked
from .material import Material
from .page import Choice, Choices, Crumb, Found
from .question import Grain, Question, Scale, Style
from .scaled import HEADS, bases

_OVER_TIME = frozenset({ChartKind.TREND, ChartKind.SHIFT})
_ONE_PERIOD = frozenset({ChartKind.PLATFORMS, ChartKind.BREAKDOWN, ChartKind.MAP})
_COMPARED = (
    (Scale.COUNT, "Counts"),
    (Scale.CHANGE, "Index"),
    (Scale.RATE, "Per 100,000 people"),
    (Scale.CHILDREN, "Per 10,000 children"),
)
_MAPPED = (
    (Scale.COUNT, "Counts"),
    (Scale.CHANGE, "Change"),
    (Scale.RATE, "Per 100,000 people"),
    (Scale.CHILDREN, "Per 10,000 children"),
)
_STYLES = ((Style.BARS, "Bars"), (Style.LINE, "Line"))
_GRAINS = ((Grain.YEARS, "By year"), (Grain.QUARTERS, "By quarter"))
RULES = ((Rule.NEWEST, "Newest release"), (Rule.FIRST, "As first published"))


def choices(material: Material) -> Choices:
    """The choices of the chart that ``material`` makes; none where nothing can be drawn."""
    reached, question = material.reach, material.question
    if reached.measure is None:
        return Choices()
    kind = reached.chart
    compared = kind is ChartKind.COMPARE and reached.measure.unit is Unit.OFFENCES
    lines = compared and question.style is Style.LINE
    timed = kind in _OVER_TIME or lines
    span = _distinct(reached.drawn.periods)
    return Choices(
        scales=_scales(material, compared=compared),
        bases=_bases(material, compared=compared),
        periods=_period_choices(material, span, compared=compared and not lines),
        since=_bounds(span, question.since, "From the first", first=True) if timed else (),
        until=_bounds(span, question.until, "To the last", first=False) if timed else (),
        beside=_beside(reached.drawn.beside) if kind is ChartKind.COMPARE else (),
        can_add=kind is ChartKind.COMPARE and len(reached.drawn.beside) < MOST_PLACES - 1,
        events=question.events if kind in _OVER_TIME and _has_events(material) else None,
        groups=_groups(material) if kind is ChartKind.SHIFT else None,
        by_value=question.by_value if compared and not lines else None,
        rules=_rules(material),
        styles=_styled(question.style) if kind is ChartKind.TREND or compared else (),
        grains=_grains(reached.drawn.grain),
    )


def _distinct(several: Iterable[Period]) -> tuple[Period, ...]:
    return tuple(words.distinct(several))


def _scales(material: Material, *, compared: bool) -> tuple[Choice, ...]:
    mapped = material.reach.chart is ChartKind.MAP and material.measure.unit is Unit.OFFENCES
    if not compared and not mapped:
        return ()
    chosen = material.question.scale
    return tuple(
        Choice(id=one.value, label=label, chosen=one is chosen, why_not=_why_no_rate(material, one))
        for one, label in (_MAPPED if mapped else _COMPARED)
    )


def _why_no_rate(material: Material, scale: Scale) -> str:
    if scale not in HEADS:
        return ""
    wanted = HEADS[scale].measure
    held = any(one.id == wanted for one in material.library.measures())
    return "" if held else "No pack with these populations is loaded."


def _bases(material: Material, *, compared: bool) -> tuple[Choice, ...]:
    if material.question.scale is not Scale.CHANGE:
        return ()
    if compared:
        base = material.scaled.base
        found = bases(material.figures)
        if base is not None and base not in found:
            found = tuple(sorted((*found, base), key=lambda p: (p.start, p.end)))
        return tuple(Choice(id=p.text, label=p.label, chosen=p == base) for p in found)
    shown = picked(material) if material.reach.chart is ChartKind.MAP else None
    if shown is None:
        return ()
    found = base_periods(areas(material.reach.held, material.measure.id), shown.period)
    return tuple(Choice(id=p.text, label=p.label, chosen=p == shown.base) for p in found)


def _period_choices(material: Material, span: Sequence[Period], *, compared: bool) -> tuple[Choice, ...]:
    """The periods that may be chosen: of a chart of one, of bars side by side, and parts of shares."""
    kind = material.reach.chart
    if kind in _ONE_PERIOD or compared:
        return _periods(material, span)
    if kind is not ChartKind.SHIFT:
        return ()
    asked = material.question.period
    parts = [p for p in span if p.kind not in WHOLE]
    if not parts:
        return ()
    known = any(p.text == asked for p in parts)
    every = Choice(id="", label="Whole years", chosen=not known)
    return (
        every,
        *(Choice(id=p.text, label=words.capital(words.period(p)), chosen=p.text == asked) for p in parts),
    )


def _periods(material: Material, found: Sequence[Period]) -> tuple[Choice, ...]:
    if len(found) < 2:
        return ()
    wanted = material.question.period
    shown = {f.period.text for f in material.figures}
    map_ = picked(material) if material.reach.chart is ChartKind.MAP else None
    if map_ is not None:
        shown = {map_.period.text}  # not the base that a change is counted from
    several = material.reach.chart is ChartKind.COMPARE
    known = any(p.text == wanted for p in found)
    every = (Choice(id="", label="Latest years", chosen=not known),) if several else ()
    one = (
        Choice(
            id=p.text,
            label=words.capital(words.period(p)),
            chosen=p.text == wanted if several else p.text in shown,
        )
        for p in years_first(found)
    )
    return (*every, *one)


def _bounds(found: Sequence[Period], wanted: str, every: str, *, first: bool) -> tuple[Choice, ...]:
    if len(found) < 3:
        return ()
    word = "From" if first else "To"
    bound = _between(found, wanted)
    offered = (*found, bound) if bound is not None else found
    known = any(p.text == wanted for p in offered)
    one = (Choice(id=p.text, label=f"{word} {p.label}", chosen=p.text == wanted) for p in offered)
    return (Choice(id="", label=every, chosen=not known), *one)


def _between(found: Sequence[Period], wanted: str) -> Period | None:
    """A bound that is asked for and binds, though no period drawn has its name: a year of quarters."""
    if any(p.text == wanted for p in found):
        return None
    try:
        bound = parse(wanted)
    except ValueError:
        return None
    return bound if any(overlaps(p, bound) for p in found) else None


def _beside(places: Iterable[Place]) -> tuple[Crumb, ...]:
    return tuple(Crumb(code=place.code, name=place.name) for place in places)


def _has_events(material: Material) -> bool:
    return bool(events_of(material.library, material.reach.place))


def _groups(material: Material) -> bool | None:
    """Whether groups are shown; None where there are not both groups and single platforms to show."""
    place = material.reach.place
    places = (place, *material.reach.held.companions(place))
    shares = [f for one in places for f in material.reach.held.shares(one.code)]
    kinds = {bool(material.platform(f).members) for f in shares}
    return material.question.groups if len(kinds) > 1 else None


def _rules(material: Material) -> tuple[Choice, ...]:
    """Which source is preferred: offered where the place has figures that differ."""
    held = material.reach.held.every(material.reach.place.code)
    drawn = {f.id: f for f in (*held, *material.figures)}
    differ = find_conflicts(drawn.values(), {}, material.question.rule)
    if not differ:
        return ()
    return tuple(Choice(id=r.value, label=label, chosen=r is material.question.rule) for r, label in RULES)


def _styled(chosen: Style) -> tuple[Choice, ...]:
    return tuple(Choice(id=s.value, label=label, chosen=s is chosen) for s, label in _STYLES)


def _grains(chosen: Grain | None) -> tuple[Choice, ...]:
    if chosen is None:
        return ()
    return tuple(Choice(id=g.value, label=label, chosen=g is chosen) for g, label in _GRAINS)


def candidates(library: Library, question: Question, text: str = "") -> tuple[Found, ...]:
    """Places that can be set beside the question's place, with how many periods they share with it.

    In place order; only those whose name holds ``text``. Asked when the person opens the chooser.
    """
    held = Held(library, question.rule, question.measure)
    own = {(f.measure, f.period.text) for f in _told(held, question.place)}
    if question.measure:
        own = {key for key in own if key[0] == question.measure} or own
    recorded = library.figure_counts()
    folded = text.casefold().strip()
    found: list[Found] = []
    for place in library.places:
        taken = place.code == question.place or place.code in question.beside or place.code not in recorded
        if taken or place.level is Level.LOCAL_AUTHORITY or folded not in place.name.casefold():
            continue
        shared = len({(f.measure, f.period.text) for f in _told(held, place.code)} & own)
        if shared:
            why = words.counted(shared, "period in common", "periods in common")
            found.append(Found(code=place.code, name=place.name, level=place.level, why=why, figures=shared))
    return tuple(found)


def _told(held: Held, place: str) -> tuple[Figure, ...]:
    """The counts of a place that may be compared: those of a table where its measure is chosen."""
    counts = held.counts(place)
    return counts if held.wanted else held.printed(counts)
