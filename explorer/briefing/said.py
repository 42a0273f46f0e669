"""Exhibits of what is said: quotes, demands, claims, disagreements and events."""

from __future__ import annotations

from collections.abc import Sequence

from explorer.evidence.model import Event
from explorer.packs.library import Library
from explorer.pages import words
from explorer.pages.answer import answer
from explorer.pages.page import Asked, Cited, Disagreement, Fact, Verdict, Voice
from explorer.pages.question import Question
from explorer.pages.records import record

from . import parts
from .document import Exhibit

_OF = ", asked of "
_DAY = len("2020-11-24")
"""How long a date is that names its day."""


def quote(library: Library, question: Question, of: str) -> Exhibit | None:
    """A quote, with its marks where it is to the letter."""
    page = parts.everywhere(library, question)
    return next((_voiced(library, voice) for voice in page.voices if voice.id == of), None)


def _voiced(library: Library, voice: Voice) -> Exhibit:
    quote = next(quote for quote in library.quotes() if quote.id == voice.id)
    return Exhibit(
        title=voice.speaker,
        subtitle="Quote" if voice.verbatim else "Paraphrase, not to the letter",
        text=voice.text,
        speaker=", ".join(part for part in (voice.speaker, voice.detail) if part),
        notes=(voice.note,) if voice.note else (),
        source_line=voice.source,
        sources=parts.cited(library, [quote.source]),
        citation=voice.citation,
    )


def demand(library: Library, question: Question, of: str) -> Exhibit | None:
    """A demand, with who asks whom."""
    page = parts.everywhere(library, question)
    return next((_asked(library, asked) for asked in page.demands if asked.id == of), None)


def _asked(library: Library, asked: Asked) -> Exhibit:
    demand = next(demand for demand in library.demands() if demand.id == asked.id)
    sources = parts.cited(library, [demand.source])
    return Exhibit(
        title=asked.title or _asked_when(asked.asked_by, sources),
        subtitle="Demand" if asked.verbatim else "Demand, in a paraphrase",
        text=asked.text,
        speaker=f"{asked.asked_by}{_OF}{asked.addressed_to}" if asked.addressed_to else asked.asked_by,
        notes=(asked.note,) if asked.note else (),
        source_line=asked.source,
        sources=sources,
        citation=asked.citation,
    )


def together(shown: Exhibit) -> str:
    """What several demands that stand together are called: who asked for them, and when."""
    return _asked_when(shown.speaker.partition(_OF)[0], shown.sources)


def of_its_own(shown: Exhibit) -> str:
    """The few words that say what a demand is about; empty where it has none."""
    return "" if shown.title == together(shown) else shown.title


def _asked_when(asked_by: str, sources: Sequence[Cited]) -> str:
    date = sources[0].date if sources else ""
    when = f" {'on' if len(date) == _DAY else 'in'} {words.dated(date)}" if date else ""
    return f"What {asked_by} asked for{when}"


def claim(library: Library, question: Question, of: str) -> Exhibit | None:
    """A claim with its verdict against the figures."""
    page = parts.everywhere(library, question)
    return next((_weighed(library, verdict) for verdict in page.claims if verdict.id == of), None)


def _weighed(library: Library, verdict: Verdict) -> Exhibit:
    claim = next(claim for claim in library.claims() if claim.id == verdict.id)
    figures = library.figures(ids=tuple(link.figure for link in verdict.links))
    facts = (
        Fact(label="Against the figures", text=verdict.words),
        Fact(label="Why", text=verdict.reason),
        Fact(label="What was checked", text=verdict.check),
        Fact(label="What was not checked", text=" ".join(verdict.not_checked)),
        Fact(label="What this verdict means", text=verdict.meaning),
    )
    return Exhibit(
        title=f"A claim checked: {verdict.words[:1].lower()}{verdict.words[1:]}",
        subtitle=f"Published by {words.source_named(library.source(claim.source))}",
        text=verdict.text,
        facts=tuple(fact for fact in facts if fact.text),
        notes=verdict.caveats,
        remarks=parts.remarks(verdict.remarks),
        source_line=verdict.source,
        sources=parts.cited(library, [claim.source, *(figure.source for figure in figures)]),
        citation=verdict.citation,
        numbers=parts.numbers(library, figures),
        records=tuple(record(library, figure) for figure in figures),
    )


def conflict(library: Library, question: Question, of: str) -> Exhibit | None:
    """Something published figures disagree on, with every side."""
    page = parts.everywhere(library, question)
    several = (*page.disagreements, *answer(library, question).disagreements)
    return next((_disagreeing(library, one) for one in several if one.id == of), None)


def _disagreeing(library: Library, one: Disagreement) -> Exhibit:
    figures = library.figures(ids=tuple(dict.fromkeys(side.figure for side in one.sides if side.figure)))
    facts = tuple(
        Fact(
            label=f"{side.amount}{', shown' if side.preferred else ''}",
            text=" ".join(
                part for part in (f"{side.source}, {side.published}.", words.sentence(side.why)) if part
            ),
        )
        for side in one.sides
    )
    return Exhibit(
        title=one.heading,
        subtitle=one.kind,
        text=one.text,
        facts=facts,
        source_line="; ".join(dict.fromkeys(side.source for side in one.sides)) or _printed_by(library, one),
        sources=parts.cited(library, [*(figure.source for figure in figures), *_told_by(library, one)]),
        citation=one.citation,
        numbers=parts.numbers(library, figures),
        records=tuple(record(library, figure) for figure in figures),
    )


def _printed_by(library: Library, one: Disagreement) -> str:
    return "; ".join(words.source_named(library.source(source)) for source in _told_by(library, one))


def _told_by(library: Library, one: Disagreement) -> list[str]:
    """The sources of the claims that it is about; those of its sides are their figures'."""
    return [claim.source for claim in library.claims() if f"/{claim.id}/" in f"{one.id}/"]


def event(library: Library, _question: Question, of: str) -> Exhibit | None:
    """A dated event."""
    event = next((event for event in library.events() if event.id == of), None)
    return _dated(library, event) if event else None


def _dated(library: Library, event: Event) -> Exhibit:
    source = words.cited(library.source(event.source), event.locator)
    return Exhibit(
        title=event.name,
        subtitle=words.capital(words.dated(event.date)),
        text=event.note or f"{words.capital(words.dated(event.date))}: {event.name}",
        source_line=source,
        sources=parts.cited(library, [event.source]),
        citation=f"{event.name}, {words.dated(event.date)} ({source}).",
    )
