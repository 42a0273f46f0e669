"""Packs made at random, as reading would make them: for round trips and for the library."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from explorer.evidence.amounts import WITHOUT_NUMBER, compute_bounds
from explorer.evidence.model import (
    Amount,
    Claim,
    Demand,
    Event,
    EvidenceNote,
    Figure,
    FigureStatus,
    Measure,
    NoteKind,
    Pack,
    Platform,
    Qualifier,
    Quote,
    RegionMembership,
    Source,
    SourceKind,
    Unit,
    VoiceKind,
)
from explorer.evidence.periods import parse_period
from explorer.packs.csv_rows import round_trip_error

CODES = ("K02000001", "E12000006", "E23000023", "E23000024", "E06000031", "PSNI")
PERIODS = ("2017/18", "2019", "2020-04/2020-06", "2017-04-03/2017-10-02", "2017-04/2020-03")
PACK = "made"

ids = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9._-]{0,11}", fullmatch=True)
texts = (
    st.text(st.characters(exclude_categories=("Cs", "Cc")) | st.sampled_from('\n\t",;='), max_size=40)
    .map(str.strip)
    .filter(lambda text: not round_trip_error(text))
)
needed = texts.filter(bool)
dates = st.sampled_from(("", "2019", "2020-02", "2019-04-08"))


def _some(of: tuple[str, ...]) -> st.SearchStrategy[tuple[str, ...]]:
    if not of:
        return st.just(())
    return st.lists(st.sampled_from(of), unique=True, max_size=3).map(tuple)


def _own(names: set[str]) -> tuple[str, ...]:
    return tuple(f"{PACK}/{name}" for name in sorted(names))


@st.composite
def amounts(draw: st.DrawFn, unit: Unit) -> Amount:
    status = draw(st.none() | st.sampled_from(FigureStatus))
    if status in WITHOUT_NUMBER:
        low = draw(st.none() | st.integers(0, 9).map(Decimal))
        return Amount(number=None, qualifier=Qualifier.EXACT, status=status, low=low)
    places = 1 if unit is Unit.PER_CENT else 0
    most = 100 if unit is Unit.PER_CENT else 10**9
    number = draw(st.decimals(0, most, places=places))
    if status is FigureStatus.ROUNDS_TO_ZERO:
        number = Decimal(0)
    qualifier = draw(st.sampled_from(Qualifier))
    low, high = compute_bounds(number, qualifier, unit)
    if qualifier is Qualifier.AT_LEAST and draw(st.booleans()):
        low = number + 1
    if qualifier is Qualifier.ABOUT and draw(st.booleans()):
        low, high = max(number - 7, Decimal(0)), number + 7
    return Amount(number=number, qualifier=qualifier, status=status, low=low, high=high)


@st.composite
def packs(draw: st.DrawFn) -> Pack:
    """A small pack with something in every table, or nothing, each reference leading somewhere."""
    sources = _own(draw(st.sets(ids, min_size=1, max_size=3)))
    measures = {name: draw(st.sampled_from(Unit)) for name in sorted(draw(st.sets(ids, max_size=2)))}
    platforms = tuple(sorted(draw(st.sets(ids, max_size=3))))
    figures = _own(draw(st.sets(ids, max_size=4))) if measures else ()
    events = _own(draw(st.sets(ids, max_size=2)))
    quotes = _own(draw(st.sets(ids, max_size=2)))
    check = "forecast" if measures else "as_reported"
    claims = _own(draw(st.sets(ids, max_size=2))) if measures or events else ()
    demands, notes = _own(draw(st.sets(ids, max_size=2))), _own(draw(st.sets(ids, max_size=2)))
    source, places, bear = st.sampled_from(sources), _some(CODES), _some(figures)

    def voice() -> dict[str, Any]:
        return {
            "kind": draw(st.sampled_from(VoiceKind)),
            "order": draw(st.integers(0, 99)),
            "text": draw(needed),
            "source": draw(source),
            "locator": draw(needed),
            "pack": PACK,
            "places": draw(places),
            "figures": draw(bear),
            "note": draw(texts),
        }

    def figure(name: str) -> Figure:
        measure = draw(st.sampled_from(sorted(measures)))
        others = [other for other in figures if other != name]
        return Figure(
            id=name,
            measure=measure,
            place=draw(st.sampled_from(CODES)),
            period=parse_period(draw(st.sampled_from(PERIODS))),
            amount=draw(amounts(measures[measure])),
            printed=draw(needed),
            source=draw(source),
            locator=draw(needed),
            pack=PACK,
            platform=draw(st.none() | st.sampled_from(platforms)) if platforms else None,
            breakdown=draw(texts),
            base=draw(texts),
            base_figure=draw(st.none() | st.sampled_from(others)) if others else None,
            forces_responding=draw(st.none() | st.integers(0, 40)),
            forces_total=draw(st.none() | st.integers(40, 45)),
            coverage=draw(texts),
            note=draw(texts),
        )

    def settings(check: str) -> tuple[tuple[str, str], ...]:
        given = [("place", draw(st.sampled_from(CODES)))]
        if check == "forecast":
            given.append(("measure", draw(st.sampled_from(sorted(measures)))))
        if events:
            given.append(("event", draw(st.sampled_from(events))))
        return tuple(given)

    return Pack(
        id=PACK,
        title=draw(needed),
        version=draw(needed),
        publisher=draw(texts),
        licence=draw(needed),
        created="2026-11-23T00:00:00Z",
        description=draw(texts),
        sources=tuple(
            Source(
                id=name,
                title=draw(needed),
                publisher=draw(needed),
                kind=draw(st.sampled_from(SourceKind)),
                published=draw(dates),
                address=draw(st.sampled_from(("", "https://example.org/a?b=c,d", "http://example.org"))),
                note=draw(texts),
            )
            for name in sources
        ),
        measures=tuple(
            Measure(id=name, name=draw(needed), unit=unit, definition=draw(needed), group=draw(texts))
            for name, unit in measures.items()
        ),
        platforms=tuple(
            Platform(
                id=name,
                name=draw(needed),
                owner=draw(texts),
                members=draw(_some(tuple(other for other in platforms if other != name))),
                order=draw(st.integers(0, 99)),
            )
            for name in platforms
        ),
        figures=tuple(figure(name) for name in figures),
        quotes=tuple(
            Quote(id=name, speaker=draw(needed), role=draw(texts), organisation=draw(texts), **voice())
            for name in quotes
        ),
        demands=tuple(
            Demand(id=name, asked_by=draw(needed), addressed_to=draw(texts), instrument=draw(texts), **voice())
            for name in demands
        ),
        events=tuple(
            Event(
                id=name,
                name=draw(needed),
                date=draw(dates.filter(bool)),
                source=draw(source),
                pack=PACK,
                locator=draw(texts),
                reported=draw(st.booleans()),
                measure=draw(st.none() | st.sampled_from(sorted(measures))) if measures else None,
                places=draw(places),
                note=draw(texts),
            )
            for name in events
        ),
        claims=tuple(
            Claim(
                id=name,
                order=draw(st.integers(0, 99)),
                text=draw(needed),
                check=check,
                source=draw(source),
                locator=draw(needed),
                pack=PACK,
                made_by=draw(texts),
                printed=draw(texts),
                places=draw(places),
                figures=draw(bear),
                events=draw(_some(events)),
                settings=settings(check),
            )
            for name in claims
        ),
        notes=tuple(
            EvidenceNote(
                id=name,
                kind=draw(st.sampled_from(NoteKind)),
                text=draw(needed),
                source=draw(source),
                locator=draw(texts),
                pack=PACK,
                figures=draw(bear),
                claims=draw(_some(claims)),
                events=draw(_some(events)),
                quotes=draw(_some(quotes)),
            )
            for name in notes
        ),
        regions=tuple(
            RegionMembership(place=place, forces=("E23000023", "E23000024"), source=draw(source), pack=PACK)
            for place in draw(st.sets(st.sampled_from(CODES), max_size=1))
        ),
    )
