"""A place in a few points: what is recorded, how it changed, on which platforms, what is disputed.

Each point is a sentence with its sources. It stands on published figures or on what was worked out of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from msgspec import Struct

from explorer.evidence.derived import Derived, DerivedKind
from explorer.evidence.history import whole_years
from explorer.evidence.model import Demand, Figure, Unit
from explorer.evidence.scope import can_lead
from explorer.packs.library import Library

from . import words
from .held import Held
from .page import Disagreement, Page, Verdict
from .scale import grouped
from .worked import derived_of, said_of
from .workings import CHANCE, POPULATION


class Point(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One point: a few words that say what it is about, the sentence, and what it stands on."""

    text: str
    lead: str = ""
    source: str = ""
    """Its sources in a line; empty where the point stands on no one source."""
    sources: tuple[str, ...] = ()
    """The ids of its sources."""
    figures: tuple[str, ...] = ()


def recorded(library: Library, page: Page) -> tuple[Point, ...]:
    """What is recorded at the page's place over time; nothing where it counts no offences."""
    held = Held(library, page.question.rule)
    own = [f for f in held.preferred(page.drawn) if _counts(library, f, page.place.code)]
    years = whole_years(own)
    if not own:
        return ()
    newest = max(own, key=lambda f: (f.period.end, f.period.start))
    leading = [figure for figure in years if can_lead(figure)]
    latest = (leading or years or [newest])[-1]
    worked = derived_of(library, page.drawn, page.question.rule)
    points = [_latest(library, latest, worked)]
    if newest.period.end > latest.period.end:
        points.append(_part(library, newest, worked))
    return (*points, *_rate(library, latest, worked))


def _counts(library: Library, figure: Figure, place: str) -> bool:
    unit = library.measure(figure.measure).unit
    undivided = not figure.platform and not figure.breakdown
    return unit is Unit.OFFENCES and undivided and figure.place == place and figure.amount.number is not None


def _latest(library: Library, latest: Figure, worked: Sequence[Derived]) -> Point:
    measure = library.measure(latest.measure)
    was = "was" if latest.amount.number == 1 else "were"
    told = (
        f"{words.capital(words.amount(latest.amount, measure.unit))} {was} recorded in "
        f"{words.placed(library.places.get(latest.place))} in {words.period(latest.period)}, "
        f"counted as {measure.name[:1].lower()}{measure.name[1:]}"
    )
    changes = [d for d in worked if d.kind is DerivedKind.CHANGE and d.inputs[-1] == latest.id]
    if not changes:
        doubt = f" It is in doubt: {latest.doubt}" if latest.in_doubt is not None else ""
        return _standing(library, "Recorded", f"{told}.{doubt}", [latest])
    first = min(library.figures(ids=[d.inputs[0] for d in changes]), key=lambda f: f.period.start)
    change = next(d for d in changes if d.inputs[0] == first.id)
    percentages = (d for d in worked if d.kind is DerivedKind.PERCENTAGE_CHANGE)
    share = next((d for d in percentages if d.inputs == change.inputs), None)
    exact = change.low == change.high is not None
    compared = f", {_compared(change, share, first)}" if exact else ""
    chance = CHANCE[change.movement] if change.movement is not None and exact else ""
    return _standing(library, "Recorded", f"{told}{compared}. {chance}".strip(), [latest, first])


def _compared(change: Derived, share: Derived | None, first: Figure) -> str:
    """ "11 more than the 66 of 2017/18 (+17%)"; no percentage of a base below 20."""
    when, number = words.period(first.period), words.numbers(first.amount, Unit.OFFENCES)
    if change.amount == 0:
        return f"as many as in {when}"
    more = "more" if change.amount > 0 else "fewer"
    per_cent = f" ({words.signed(share.amount, share.decimals)}%)" if share is not None else ""
    return f"{grouped(abs(change.amount))} {more} than the {number} of {when}{per_cent}"


def _part(library: Library, newest: Figure, worked: Sequence[Derived]) -> Point:
    for one in worked:
        if one.kind is DerivedKind.AGAINST_AVERAGE_QUARTER and newest.id in one.inputs:
            return _worked(library, "Since then", one)
    amount = words.capital(words.amount(newest.amount, library.measure(newest.measure).unit))
    told = f"{amount} recorded in {words.period(newest.period)}, which is not a whole year."
    return _standing(library, "Since then", told, [newest])


def _rate(library: Library, latest: Figure, worked: Sequence[Derived]) -> list[Point]:
    for one in worked:
        if one.kind is DerivedKind.RATE and one.inputs[0] == latest.id:
            return [_worked(library, "Per head", one)]
    return []


def _worked(library: Library, lead: str, one: Derived) -> Point:
    (said,) = said_of(library, (one,))
    caveat = said.caveat.partition(POPULATION)[0].strip()  # the point names its sources, that one too
    told = " ".join(part for part in (said.text, caveat) if part)
    return _standing(library, lead, told, library.figures(ids=one.inputs))


def _standing(library: Library, lead: str, text: str, figures: Iterable[Figure]) -> Point:
    several = tuple(figures)
    named = (_cited(library, f.source, f.locator) for f in several)
    return Point(
        lead=lead,
        text=text,
        source="; ".join(dict.fromkeys(named)),
        sources=tuple(dict.fromkeys(f.source for f in several)),
        figures=tuple(f.id for f in several),
    )


def _cited(library: Library, source: str, locator: str) -> str:
    return ", ".join(part for part in (words.source_named(library.source(source)), locator) if part)


def printed(library: Library, figures: Sequence[Figure]) -> tuple[Point, ...]:
    """The changes that sources publish of the place itself, in a sentence."""
    if not figures:
        return ()
    told = (_datum(library, figure) for figure in figures)
    text = f"{'; '.join(told)}. {words.CHANGE_ALONE}"
    return (_standing(library, "Published change", text, figures),)


def _datum(library: Library, figure: Figure) -> str:
    platform = library.platform(figure.platform).name if figure.platform else ""
    unit = library.measure(figure.measure).unit
    return words.datum(figure, library.places.get(figure.place), unit, platform)


def platforms(library: Library, page: Page | None, asked: str, singles: Sequence[Figure]) -> Point:
    """The one figure of a platform that the place has, if any, and the finding of a page of platforms."""
    own = [figure for figure in singles if figure.platform]
    told = [f"{_datum(library, figure)}." for figure in own]
    figures = [*own]
    if page is not None:
        subtitle = f"{page.chart.subtitle[:1].lower()}{page.chart.subtitle[1:]}"
        told.append(f"{page.chart.title} ({subtitle}).")
        figures += page.drawn
        if page.place.name != asked and not own:
            told.append(f"We hold nothing by platform for {asked} itself.")
    return _standing(library, "Platforms", " ".join(told), figures)


def victims(library: Library, page: Page | None, singles: Sequence[Figure]) -> tuple[Point, ...]:
    """What is published by sex or age of victims, or by another division."""
    own = [figure for figure in singles if figure.breakdown and not figure.platform]
    if page is not None:
        subtitle = f"{page.chart.subtitle[:1].lower()}{page.chart.subtitle[1:]}"
        return (_standing(library, "By sex and age", f"{page.chart.title} ({subtitle}).", page.drawn),)
    if not own:
        return ()
    told = "; ".join(_datum(library, figure) for figure in own)
    return (_standing(library, "By sex and age", f"{told}.", own),)


def disputed(library: Library, one: Disagreement) -> Point:
    """A disagreement of published figures."""
    ids = tuple(dict.fromkeys(side.figure for side in one.sides if side.figure))
    return _standing(library, one.kind, f"{one.heading}. {one.text}", library.figures(ids=ids))


def claimed(verdicts: Sequence[Verdict]) -> Point:
    """The verdicts on the published claims, counted in the order they first come."""
    counts: dict[str, int] = {}
    for verdict in verdicts:
        counts[verdict.words] = counts.get(verdict.words, 0) + 1
    told = words.listed(f"{grouped(Decimal(n))} {said[:1].lower()}{said[1:]}" for said, n in counts.items())
    lead = words.counted(len(verdicts), "published claim")
    return Point(lead="Claims checked", text=f"{lead} checked against the published figures: {told}.")


def asked_for(library: Library, demands: Sequence[Demand]) -> Point:
    """Who asked for how much, and when; each by itself."""
    counts: dict[tuple[str, str], int] = {}
    for one in demands:
        key = one.asked_by, words.dated(library.source(one.source).published)
        counts[key] = counts.get(key, 0) + 1
    told = (
        f"{by} made {words.counted(n, 'demand')}" + (f" in {on}" if on else "")
        for (by, on), n in counts.items()
    )
    named = dict.fromkeys(words.source_named(library.source(one.source)) for one in demands)
    return Point(
        lead="Asked for",
        text=f"{'; '.join(told)}.",
        source="; ".join(named),
        sources=tuple(dict.fromkeys(one.source for one in demands)),
    )


def cautions(definition: str, pages: Sequence[Page]) -> tuple[Point, ...]:
    """What is counted, and what has to be said of more than one of the charts or of any recorded crime.

    Where the record differs on a number is said beside that number, and not here.
    """
    times: dict[str, int] = {}
    for page in pages:
        differing = {remark.text for remark in page.remarks}
        for note in dict.fromkeys(note for note in page.chart.notes if note not in differing):
            times[note] = times.get(note, 0) + 1
    always = (words.MORE_RECORDING, words.NOT_ACCREDITED)
    told = [note for note in times if note in always or times[note] > 1]
    counted = (Point(lead="What is counted", text=definition),) if definition else ()
    return (*counted, *(Point(text=note) for note in dict.fromkeys((words.MORE_RECORDING, *told))))
