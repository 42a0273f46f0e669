"""Exhibits of what is said: quotes, demands, claims, disagreements and events."""

from __future__ import annotations

from collections.abc import Sequence

from explorer.briefing import parts
from explorer.evidence.model import Event
from explorer.library.library import Library
from explorer.pages.answer import answer
from explorer.pages.flat_records import build_record
from explorer.pages.model.page import CardFact, ClaimView, DemandView, DiscrepancyView, QuoteView, SourceRef
from explorer.pages.model.question import Question
from explorer.pages.text import phrases

from .document import Exhibit

_OF = ", asked of "
_DAY = len("2020-11-24")
"""How long a date is that names its day."""


def find_quote_exhibit(library: Library, question: Question, of: str) -> Exhibit | None:
    """A quote, with its marks where it is to the letter."""
    page = parts.build_unfiltered_page(library, question)
    return next((_build_quote_exhibit(library, voice) for voice in page.voices if voice.id == of), None)


def _build_quote_exhibit(library: Library, voice: QuoteView) -> Exhibit:
    quote = next(quote for quote in library.quotes() if quote.id == voice.id)
    return Exhibit(
        title=voice.speaker,
        subtitle="Quote" if voice.verbatim else "Paraphrase, not to the letter",
        text=voice.text,
        speaker=", ".join(part for part in (voice.speaker, voice.detail) if part),
        notes=(voice.note,) if voice.note else (),
        source_line=voice.source,
        sources=parts.build_source_refs(library, [quote.source]),
        citation=voice.citation,
    )


def find_demand_exhibit(library: Library, question: Question, of: str) -> Exhibit | None:
    """A demand, with who asks whom."""
    page = parts.build_unfiltered_page(library, question)
    return next(
        (_build_demand_exhibit(library, demand_view) for demand_view in page.demands if demand_view.id == of),
        None,
    )


def _build_demand_exhibit(library: Library, demand_view: DemandView) -> Exhibit:
    demand = next(demand for demand in library.demands() if demand.id == demand_view.id)
    sources = parts.build_source_refs(library, [demand.source])
    return Exhibit(
        title=demand_view.title or _asked_when(demand_view.asked_by, sources),
        subtitle="Demand" if demand_view.verbatim else "Demand, in a paraphrase",
        text=demand_view.text,
        speaker=f"{demand_view.asked_by}{_OF}{demand_view.addressed_to}"
        if demand_view.addressed_to
        else demand_view.asked_by,
        notes=(demand_view.note,) if demand_view.note else (),
        source_line=demand_view.source,
        sources=sources,
        citation=demand_view.citation,
    )


def demand_group_title(exhibit: Exhibit) -> str:
    """What several demands that stand together are called: who asked for them, and when."""
    return _asked_when(exhibit.speaker.partition(_OF)[0], exhibit.sources)


def of_its_own(exhibit: Exhibit) -> str:
    """The few words that say what a demand is about; empty where it has none."""
    return "" if exhibit.title == demand_group_title(exhibit) else exhibit.title


def _asked_when(asked_by: str, sources: Sequence[SourceRef]) -> str:
    date = sources[0].date if sources else ""
    when = f" {'on' if len(date) == _DAY else 'in'} {phrases.format_date(date)}" if date else ""
    return f"What {asked_by} asked for{when}"


def find_claim_exhibit(library: Library, question: Question, of: str) -> Exhibit | None:
    """A claim with its verdict against the figures."""
    page = parts.build_unfiltered_page(library, question)
    return next((_build_claim_exhibit(library, verdict) for verdict in page.claims if verdict.id == of), None)


def _build_claim_exhibit(library: Library, verdict: ClaimView) -> Exhibit:
    claim = next(claim for claim in library.claims() if claim.id == verdict.id)
    figures = library.figures(ids=tuple(link.figure for link in verdict.links))
    facts = (
        CardFact(label="Against the figures", text=verdict.words),
        CardFact(label="Why", text=verdict.reason),
        CardFact(label="What was checked", text=verdict.check),
        CardFact(label="What was not checked", text=" ".join(verdict.not_checked)),
        CardFact(label="What this verdict means", text=verdict.meaning),
    )
    return Exhibit(
        title=f"A claim checked: {verdict.words[:1].lower()}{verdict.words[1:]}",
        subtitle=f"Published by {phrases.source_named(library.source(claim.source))}",
        text=verdict.text,
        facts=tuple(fact for fact in facts if fact.text),
        notes=verdict.caveats,
        remarks=parts.format_annotations(verdict.remarks),
        source_line=verdict.source,
        sources=parts.build_source_refs(library, [claim.source, *(figure.source for figure in figures)]),
        citation=verdict.citation,
        numbers=parts.build_numbers(library, figures),
        records=tuple(build_record(library, figure) for figure in figures),
    )


def find_discrepancy_exhibit(library: Library, question: Question, of: str) -> Exhibit | None:
    """Something published figures disagree on, with every side."""
    page = parts.build_unfiltered_page(library, question)
    several = (*page.disagreements, *answer(library, question).disagreements)
    return next((_build_discrepancy_exhibit(library, one) for one in several if one.id == of), None)


def _build_discrepancy_exhibit(library: Library, one: DiscrepancyView) -> Exhibit:
    figures = library.figures(ids=tuple(dict.fromkeys(side.figure for side in one.sides if side.figure)))
    facts = tuple(
        CardFact(
            label=f"{side.amount}{', shown' if side.preferred else ''}",
            text=" ".join(
                part for part in (f"{side.source}, {side.publication_text}.", phrases.to_sentence(side.why)) if part
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
        sources=parts.build_source_refs(library, [*(figure.source for figure in figures), *_told_by(library, one)]),
        citation=one.citation,
        numbers=parts.build_numbers(library, figures),
        records=tuple(build_record(library, figure) for figure in figures),
    )


def _printed_by(library: Library, one: DiscrepancyView) -> str:
    return "; ".join(phrases.source_named(library.source(source)) for source in _told_by(library, one))


def _told_by(library: Library, one: DiscrepancyView) -> list[str]:
    """The sources of the claims that it is about; those of its sides are their figures'."""
    return [claim.source for claim in library.claims() if f"/{claim.id}/" in f"{one.id}/"]


def find_event_exhibit(library: Library, _question: Question, of: str) -> Exhibit | None:
    """A dated event."""
    event = next((event for event in library.events() if event.id == of), None)
    return _build_event_exhibit(library, event) if event else None


def _build_event_exhibit(library: Library, event: Event) -> Exhibit:
    source = phrases.citation(library.source(event.source), event.locator)
    return Exhibit(
        title=event.name,
        subtitle=phrases.capitalise(phrases.format_date(event.date)),
        text=event.note or f"{phrases.capitalise(phrases.format_date(event.date))}: {event.name}",
        source_line=source,
        sources=parts.build_source_refs(library, [event.source]),
        citation=f"{event.name}, {phrases.format_date(event.date)} ({source}).",
    )
