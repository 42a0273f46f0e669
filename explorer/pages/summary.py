"""A place in a few points: what is recorded, how it changed, on which platforms, what is disputed.

Each point is a sentence that stands on printed figures, or on what was worked out of them, with its sources.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from msgspec import Struct

from explorer.evidence.derived import Derived, DerivedKind
from explorer.evidence.history import whole_years
from explorer.evidence.model import Figure, NoteKind, Unit
from explorer.packs.library import Library

from . import words
from .held import Held
from .page import Asked, Disagreement, Page, Verdict
from .scale import grouped
from .worked import derived_of, said_of


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
    latest = years[-1] if years else newest
    worked = derived_of(library, page.drawn, page.question.rule)
    points = [_latest(library, latest, worked), *_printed_change(library, latest, worked)]
    if newest.period.end > latest.period.end:
        points.append(_part(library, newest, worked))
    return (*points, *_rate(library, latest, worked))


def _counts(library: Library, figure: Figure, place: str) -> bool:
    unit = library.measure(figure.measure).unit
    undivided = not figure.platform and not figure.breakdown
    return unit is Unit.OFFENCES and undivided and figure.place == place and figure.amount.number is not None


def _latest(library: Library, latest: Figure, worked: Sequence[Derived]) -> Point:
    unit = library.measure(latest.measure).unit
    was = "was" if latest.amount.number == 1 else "were"
    told = (
        f"{words.capital(words.amount(latest.amount, unit))} {was} recorded in "
        f"{words.placed(library.places.get(latest.place))} in {words.period(latest.period)}"
    )
    changes = [d for d in worked if d.kind is DerivedKind.CHANGE and d.inputs[-1] == latest.id]
    if not changes:
        return _standing(library, "Recorded", f"{told}.", [latest])
    first = min(library.figures(ids=[d.inputs[0] for d in changes]), key=lambda f: f.period.start)
    change = next(d for d in changes if d.inputs[0] == first.id)
    percentages = (d for d in worked if d.kind is DerivedKind.PERCENTAGE_CHANGE)
    share = next((d for d in percentages if d.inputs == change.inputs), None)
    if share is not None:
        compared = f": {_compared(change, share, first)}"
    else:  # coverage changed between the two: both are told, and no difference is made of them
        compared = f", and {words.numbers(first.amount, unit)} in {words.period(first.period)}"
    printed = any(d.kind is DerivedKind.PRINTED_CHANGE and latest.id in d.inputs for d in worked)
    doubts = [] if printed else _doubts(library, (latest, first))  # the printed change says it itself
    return _standing(library, "Recorded", " ".join((f"{told}{compared}.", *doubts)), [latest, first])


def _doubts(library: Library, figures: Sequence[Figure]) -> list[str]:
    """What the record says of the coverage of the figures themselves, which a comparison rests on."""
    ids = {figure.id for figure in figures}
    notes = (note for note in library.notes() if note.kind is NoteKind.COVERAGE and ids & set(note.figures))
    return list(dict.fromkeys(note.text for note in notes))


def _compared(change: Derived, share: Derived, first: Figure) -> str:
    """ "11 more than in 2017/18 (+16.7%)", as a bound where a printed number has an open end."""
    when = words.period(first.period)
    if change.amount == 0:
        return f"as many as in {when}"
    more = "more" if change.amount > 0 else "fewer"
    open_ = change.low is None or change.high is None
    exact = change.low == change.high
    least = (change.high is None) == (change.amount > 0)
    lead = ("at least " if least else "at most ") if open_ else "" if exact else "about "
    percent = f"{lead}{words.signed(share.amount, 1)}%"
    return f"{lead}{grouped(abs(change.amount))} {more} than in {when} ({percent})"


def _printed_change(library: Library, latest: Figure, worked: Sequence[Derived]) -> list[Point]:
    """The change that a source prints beside that of the totals, where the two differ."""
    for one in worked:
        if one.kind is DerivedKind.PRINTED_CHANGE and latest.id in one.inputs:
            return [_worked(library, "Change", one)]
    return []


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
    told = " ".join(part for part in (said.text, said.caveat) if part)
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


def platforms(library: Library, page: Page, asked: str) -> Point:
    """The finding of a page of platforms, with the place that it is printed for; ``asked`` for another."""
    told = f"{page.chart.title}. {words.sentence(page.chart.subtitle)}"
    if page.place.name != asked:
        told += f" Platform shares are not printed for {asked} itself."
    return _standing(library, "Platforms", told, page.drawn)


def disputed(library: Library, one: Disagreement, more: int) -> Point:
    """A disagreement, and how many more there are."""
    ids = tuple(dict.fromkeys(side.figure for side in one.sides if side.figure))
    figures = library.figures(ids=ids)
    bear = "bears" if more == 1 else "bear"
    others = f" {words.counted(more, 'more disagreement')} {bear} on it." if more else ""
    return _standing(library, one.kind, f"{one.heading}. {one.text}{others}", figures)


def claimed(verdicts: Sequence[Verdict]) -> Point:
    """How the printed claims stand, counted by verdict in the order they first come."""
    counts: dict[str, int] = {}
    for verdict in verdicts:
        counts[verdict.words] = counts.get(verdict.words, 0) + 1
    told = words.listed(f"{grouped(Decimal(n))} {said[:1].lower()}{said[1:]}" for said, n in counts.items())
    lead = words.counted(len(verdicts), "printed claim")
    return Point(lead="Claims checked", text=f"{lead} checked against the printed figures: {told}.")


def asked_for(demands: Sequence[Asked]) -> Point:
    """Who asks for how much, and of whom, by those who ask."""
    counts: dict[tuple[str, str], int] = {}
    for one in demands:
        key = one.asked_by, one.addressed_to
        counts[key] = counts.get(key, 0) + 1
    told = (
        f"{by} makes {words.counted(n, 'demand')}" + (f", addressed to {of}" if of else "")
        for (by, of), n in counts.items()
    )
    return Point(lead="Asked for", text=f"{'; '.join(told)}.")


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
