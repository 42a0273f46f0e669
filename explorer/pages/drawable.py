"""Which figures each kind of chart of a place draws. It selects; composers decide what becomes of them.

A chart over time draws years or quarters, as ``grain`` parts them. Measures are never mixed, and the figures
of nations counted together stand beside the United Kingdom's as what they are.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec import Struct

from explorer.evidence import periods
from explorer.evidence.model import Figure, Period, Place, Unit

from .chart import ChartKind
from .grain import WHOLE, choosable, grained
from .held import Held, of_one_base, one_measure
from .question import Grain, Question, Scale, Style

MOST_PLACES = 6
"""How many places may stand in one comparison."""
_MOST_PERIODS = 3
"""How many periods a comparison in bars shows where none is asked for."""
_WITHIN_LIMIT = 60
"""How many places under a place are tried as something to set beside it."""


class Drawn(Struct, frozen=True, kw_only=True):
    """What a chart would draw, in drawing order, and the periods that might be chosen for it."""

    figures: tuple[Figure, ...] = ()
    beside: tuple[Place, ...] = ()
    periods: tuple[Period, ...] = ()
    given: bool = False
    """Whether the places beside it are the person's choice and not the program's."""
    grain: Grain | None = None
    """What it is told by, where it could be told by quarter or by year."""


def drawable(held: Held, place: Place, kind: ChartKind, question: Question) -> Drawn:
    """What a chart of this kind would draw for the place; nothing where it cannot be drawn."""
    match kind:
        case ChartKind.TREND:
            return over_time(held, place, question)
        case ChartKind.PLATFORMS:
            return by_platform(held, place, question)
        case ChartKind.SHIFT:
            return platforms_over_time(held, place, question)
        case ChartKind.BREAKDOWN:
            return divided(held, place, question)
        case ChartKind.COMPARE:
            return side_by_side(held, place, question)
        case ChartKind.MAP:
            from .map import mapped

            return mapped(held, question)


def can_draw(held: Held, place: Place, kind: ChartKind, question: Question) -> bool:
    """Whether a chart of this kind can be drawn for the place, without choosing all that it would draw."""
    match kind:
        case ChartKind.TREND:
            return bool(held.counts(place.code))
        case ChartKind.PLATFORMS:
            return any(figure.platform for figure in held.of(place.code))
        case ChartKind.SHIFT:
            return bool(platforms_over_time(held, place, question).figures)
        case ChartKind.BREAKDOWN:
            return bool(held.divided(place.code))
        case ChartKind.COMPARE:
            return bool(question.beside) or _has_a_partner(held, place, question)
        case ChartKind.MAP:
            return bool(held.some_of_forces())


def _has_a_partner(held: Held, place: Place, question: Question) -> bool:
    """Whether another place has a figure of a measure and a period that the place has too."""
    own: dict[str, set[str]] = {}
    for measure, period in _alike(held, place, question):
        own.setdefault(measure, set()).add(period)
    for figure in held.shares(place.code):
        own.setdefault(figure.measure, set()).add(figure.period.text)
    library = held.library
    beside = library.places.children(place.parent) if place.parent else ()
    codes = dict.fromkeys([*(one.code for one in beside), *_partners(held, place)])
    for code in codes:
        shared = own.keys() & library.measure_counts(code).keys() if code != place.code else ()
        for measure in shared:
            figures = library.figures(place=code, measure=measure)
            if any(figure.period.text in own[measure] for figure in figures):
                return True
    return False


def over_time(held: Held, place: Place, question: Question) -> Drawn:
    """Counts of one measure of the place, and of the nations counted together under it."""
    own = one_measure(held, held.counts(place.code), question.measure)
    if not own:
        return Drawn()
    beside = held.companions(place)
    others = [f for one in beside for f in held.counts(one.code) if f.measure == own[0].measure]
    grain = question.grain if choosable(own) else None
    every = grained((*own, *others), grain or Grain.YEARS)
    return Drawn(
        figures=tuple(f for f in every if in_range(f.period, question)) or every,
        beside=tuple(one for one in beside if any(f.place == one.code for f in others)),
        periods=distinct(every),
        grain=grain,
    )


def in_range(period: Period, question: Question) -> bool:
    """Whether a period lies within the bounds asked for; a bound that is no period binds nothing."""
    first, last = _bound(question.since), _bound(question.until)
    return (first is None or period.start >= first.start) and (last is None or period.end <= last.end)


def _bound(text: str) -> Period | None:
    try:
        return periods.parse(text) if text else None
    except ValueError:
        return None


def distinct(figures: Iterable[Figure]) -> tuple[Period, ...]:
    """The periods of figures, each once, in order."""
    found = {f.period.text: f.period for f in figures}
    return tuple(sorted(found.values(), key=periods.order_key))


def _with_platform(held: Held, place: Place, wanted: str) -> tuple[Figure, ...]:
    """Figures by platform of one measure: shares before counts."""
    several = tuple(f for f in held.of(place.code) if f.platform)
    shares = tuple(f for f in several if held.unit(f) is Unit.PER_CENT)
    return one_measure(held, several if not shares or _holds(several, wanted) else shares, wanted)


def _holds(figures: Iterable[Figure], measure: str) -> bool:
    return any(f.measure == measure for f in figures)


def by_platform(held: Held, place: Place, question: Question) -> Drawn:
    """Shares (or counts) by platform for one period: the one asked for, else the latest."""
    figures = _with_platform(held, place, question.measure)
    return _one_period(figures, question.period)


def divided(held: Held, place: Place, question: Question) -> Drawn:
    """Figures divided otherwise (sex and age of victims, platform recorded or not) for one period."""
    several = held.divided(place.code)
    victims = tuple(f for f in several if held.unit(f) is not Unit.OFFENCES)
    usual = several if _holds(several, question.measure) else victims or several
    return _one_period(one_measure(held, usual, question.measure), question.period)


def _one_period(figures: tuple[Figure, ...], wanted: str) -> Drawn:
    found = distinct(figures)
    if not found:
        return Drawn()
    last = max(found, key=lambda p: (p.end, p.start))
    chosen = wanted if any(p.text == wanted for p in found) else last.text
    return Drawn(figures=tuple(f for f in figures if f.period.text == chosen), periods=found)


def platforms_over_time(held: Held, place: Place, question: Question) -> Drawn:
    """Shares of single platforms, or of groups of them, that are printed for two periods or more."""
    places = (place, *held.companions(place))
    every = tuple(f for one in places for f in held.shares(one.code))
    kinds = [f for f in every if bool(held.library.platform(f.platform or "").members) is question.groups]
    if not kinds:
        kinds = list(every)
    figures = [f for f in kinds if in_range(f.period, question)] or kinds
    chosen = _asked_for(kinds, question.period) or _repeated(grained(figures)) or _repeated(figures)
    ordered = sorted(chosen, key=lambda f: periods.order_key(f.period))
    beside = tuple(one for one in places[1:] if any(f.place == one.code for f in ordered))
    return Drawn(figures=tuple(ordered), beside=beside, periods=distinct(kinds))


def _asked_for(figures: Iterable[Figure], wanted: str) -> tuple[Figure, ...]:
    """Where a period is asked for: the shares of the platforms it has, in all periods of its own source.

    So a part of a year, or several years together, is seen beside what the same source publishes with it.
    """
    given = tuple(figures)
    asked = [f for f in given if wanted and f.period.text == wanted]
    for figure in asked:
        beside = tuple(f for f in given if f.source == figure.source)
        found = _repeated(beside)
        if any(f.period.text == wanted for f in found):
            return found
    platforms = {f.platform for f in asked}
    return tuple(f for f in given if f.platform in platforms)


def _repeated(figures: Iterable[Figure]) -> tuple[Figure, ...]:
    """The figures of platforms that have two periods, if any has; then all figures of those periods."""
    given = tuple(figures)
    seen: dict[str, set[str]] = {}
    for figure in given:
        seen.setdefault(figure.platform or "", set()).add(figure.period.text)
    twice = {platform for platform, texts in seen.items() if len(texts) > 1}
    return tuple(f for f in given if f.platform in twice)


def side_by_side(held: Held, place: Place, question: Question) -> Drawn:
    """Places beside one another: shares of one period, or counts of one measure for several.

    Where none are asked for, its neighbours in the tree are set beside a place; else those around or in it.
    """
    wanted = dict.fromkeys(c for c in question.beside if c in held.library.places and c != place.code)
    given = tuple(held.library.places.get(code) for code in wanted)[: MOST_PLACES - 1]
    if given:
        return _compared(held, (place, *given), question, given=True)
    neighbours = _neighbours(held, place, question)
    if neighbours:
        found = _compared(held, (place, *neighbours), question, given=False)
        if found.figures:
            return found
    for code in _partners(held, place):
        found = _compared(held, (place, held.library.places.get(code)), question, given=False)
        if found.figures:
            return found
    return Drawn()


def _neighbours(held: Held, place: Place, question: Question) -> tuple[Place, ...]:
    """Places of its level that stand beside it in the tree and share a period with it, in place order."""
    own = _alike(held, place, question)
    if place.parent is None or not own:
        return ()
    found: list[Place] = []
    recorded = held.library.figure_counts()
    for one in held.library.places.children(place.parent):
        alike = one.code != place.code and one.level is place.level and one.code in recorded
        if alike and not own.isdisjoint(_alike(held, one, question)):
            found.append(one)
    return tuple(found[: MOST_PLACES - 1])


def _alike(held: Held, place: Place, question: Question) -> set[tuple[str, str]]:
    """The measures and periods that a place may share: those of a table only where its measure is chosen."""
    counts = held.counts(place.code)
    if question.measure:
        return {(f.measure, f.period.text) for f in counts if f.measure == question.measure}
    return {(f.measure, f.period.text) for f in held.printed(counts)}


def _compared(held: Held, places: tuple[Place, ...], question: Question, *, given: bool) -> Drawn:
    shares = _shared_shares(held, places, question) if _may_share(held, question) else ()
    counts, found, grain = _shared_counts(held, places, question)
    figures = shares if shares and (not given or _is_share(held, question)) else counts or shares
    rank = {one.code: one.order for one in places}
    ordered = tuple(sorted(figures, key=lambda f: rank[f.place]))
    return Drawn(
        figures=ordered if len({f.place for f in ordered}) > 1 or given else (),
        beside=places[1:],
        periods=found if figures is counts else (),
        given=given,
        grain=grain if figures is counts else None,
    )


def _may_share(held: Held, question: Question) -> bool:
    return not question.measure or _is_share(held, question)


def _is_share(held: Held, question: Question) -> bool:
    return any(one.id == question.measure and one.unit is Unit.PER_CENT for one in held.library.measures())


def _shared_shares(held: Held, places: tuple[Place, ...], question: Question) -> tuple[Figure, ...]:
    """The shares of the latest period that the first place has together with another."""
    own, *rest = [_by_key(held.preferred(held.shares(one.code))) for one in places]
    common = [key for key in own if any(key in other for other in rest) and question.measure in {"", key[0]}]
    if not common:
        return ()
    best = max(common, key=lambda key: (own[key][0].period.end, len(own[key])))
    return (*own[best], *(figure for other in rest for figure in other.get(best, ())))


def _shared_counts(
    held: Held, places: tuple[Place, ...], question: Question
) -> tuple[tuple[Figure, ...], tuple[Period, ...], Grain | None]:
    """Counts of one measure of all the places, the periods that at least two of them have, and the grain."""
    several = [held.counts(one.code) for one in places]
    measure = _common_measure(held, several, question.measure)
    counted = [tuple(f for f in own if f.measure == measure) for own in several]
    if counted[0] and held.unit(counted[0][0]) is Unit.CHANGE:
        since = of_one_base([f for own in counted for f in own])[0].breakdown
        counted = [tuple(f for f in own if f.breakdown == since) for own in counted]
    lines = question.style is Style.LINE
    grain = question.grain if lines and choosable(counted[0]) else None
    kept = [held.preferred(grained(own, grain or Grain.YEARS)) for own in counted]
    every = tuple(f for own in kept for f in own)
    seen: dict[str, int] = {}
    for figure in every:
        seen[figure.period.text] = seen.get(figure.period.text, 0) + 1
    enough = max(2, len(places) // 2) if len(places) > 1 else 1
    shared = tuple(p for p in distinct(every) if seen[p.text] > 1)
    common = tuple(p for p in shared if seen[p.text] >= enough)
    if lines:
        return tuple(f for f in every if in_range(f.period, question)), shared, grain
    wanted = _periods_shown(shared or distinct(every), common, question)
    return tuple(f for f in every if f.period.text in wanted), shared, None


def _periods_shown(
    found: tuple[Period, ...], common: tuple[Period, ...], question: Question
) -> frozenset[str]:
    """The period asked for, or else the last few whole years that half of the places have.

    Where change is counted from a period that is asked for, it is the first of them.
    """
    if any(p.text == question.period for p in found):
        return frozenset({question.period})
    usual = common or found
    within = [p for p in usual if in_range(p, question)] or list(usual)
    whole = [p for p in within if p.kind in WHOLE] or within[-1:]
    if question.scale is Scale.CHANGE and any(p.text == question.base for p in usual):
        after = [p.text for p in whole if p.text != question.base]
        return frozenset({question.base, *after[1 - _MOST_PERIODS :]})
    return frozenset(p.text for p in whole[-_MOST_PERIODS:])


def _common_measure(held: Held, several: list[tuple[Figure, ...]], wanted: str) -> str:
    """The measure asked for, else the likeliest that the first place shares with another."""
    own = {f.measure for f in several[0]}
    if wanted in own:
        return wanted
    others = {f.measure for rest in several[1:] for f in rest}
    first = one_measure(held, tuple(f for f in several[0] if f.measure in others) or several[0], "")
    return first[0].measure if first else ""


def _partners(held: Held, place: Place) -> Iterable[str]:
    """Places that it makes sense to set beside this one: those it stands in, then those that stand in it."""
    places = held.library.places
    yield from (above.code for above in places.ancestors(place.code))
    recorded = held.library.figure_counts()
    within = [below.code for below in places.under(place.code) if below.code in recorded]
    yield from within[:_WITHIN_LIMIT]


def _by_key(figures: Iterable[Figure]) -> Mapping[tuple[str, str], tuple[Figure, ...]]:
    """Figures by measure and period: only such are set side by side."""
    grouped: dict[tuple[str, str], tuple[Figure, ...]] = {}
    for figure in figures:
        key = (figure.measure, figure.period.text)
        grouped[key] = (*grouped.get(key, ()), figure)
    return grouped
