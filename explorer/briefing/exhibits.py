"""From a question and the library to an exhibit: what an item shows, put together once and then kept.

Pure: the same library and question give an equal exhibit. What is no longer held gives None, and never an
empty exhibit.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence

from msgspec import Struct, json
from msgspec.structs import replace

from explorer.briefing import exhibit_parts
from explorer.evidence import Event, Figure, Unit, formatting
from explorer.library import Library
from explorer.pages import COLUMNS, answer, build_missing_records, build_record
from explorer.pages.model import CardFact, ClaimView, DemandView, DiscrepancyView, Page, Question, QuoteView, SourceRef
from explorer.pages.text import phrases

from .model import BriefingItem, Exhibit, ItemKind, ItemNumber, new_id
from .summary_exhibits import build_summary

# Exhibits of what is said: quotes, demands, claims, disagreements and events.


_OF = ", asked of "
_DAY = len("2020-11-24")
"""How long a date is that names its day."""


def find_quote_exhibit(library: Library, question: Question, of: str) -> Exhibit | None:
    """A quote, with its marks where it is to the letter."""
    page = exhibit_parts.build_unfiltered_page(library, question)
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
        sources=exhibit_parts.build_source_refs(library, [quote.source]),
        citation=voice.citation,
    )


def find_demand_exhibit(library: Library, question: Question, of: str) -> Exhibit | None:
    """A demand, with who asks whom."""
    page = exhibit_parts.build_unfiltered_page(library, question)
    return next(
        (_build_demand_exhibit(library, demand_view) for demand_view in page.demands if demand_view.id == of),
        None,
    )


def _build_demand_exhibit(library: Library, demand_view: DemandView) -> Exhibit:
    demand = next(demand for demand in library.demands() if demand.id == demand_view.id)
    sources = exhibit_parts.build_source_refs(library, [demand.source])
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
    when = f" {'on' if len(date) == _DAY else 'in'} {formatting.format_date(date)}" if date else ""
    return f"What {asked_by} asked for{when}"


def find_claim_exhibit(library: Library, question: Question, of: str) -> Exhibit | None:
    """A claim with its verdict against the figures."""
    page = exhibit_parts.build_unfiltered_page(library, question)
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
        remarks=exhibit_parts.format_annotations(verdict.remarks),
        source_line=verdict.source,
        sources=exhibit_parts.build_source_refs(library, [claim.source, *(figure.source for figure in figures)]),
        citation=verdict.citation,
        numbers=exhibit_parts.build_numbers(library, figures),
        records=tuple(build_record(library, figure) for figure in figures),
    )


def find_discrepancy_exhibit(library: Library, question: Question, of: str) -> Exhibit | None:
    """Something published figures disagree on, with every side."""
    page = exhibit_parts.build_unfiltered_page(library, question)
    several = (*page.disagreements, *answer(library, question).disagreements)
    return next((_build_discrepancy_exhibit(library, one) for one in several if one.id == of), None)


def _build_discrepancy_exhibit(library: Library, one: DiscrepancyView) -> Exhibit:
    figures = library.figures(ids=tuple(dict.fromkeys(side.figure for side in one.sides if side.figure)))
    facts = tuple(
        CardFact(
            label=f"{side.amount}{', shown' if side.preferred else ''}",
            text=" ".join(
                part for part in (f"{side.source}, {side.publication_text}.", formatting.to_sentence(side.why)) if part
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
        sources=exhibit_parts.build_source_refs(
            library, [*(figure.source for figure in figures), *_told_by(library, one)]
        ),
        citation=one.citation,
        numbers=exhibit_parts.build_numbers(library, figures),
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
        subtitle=formatting.capitalise(formatting.format_date(event.date)),
        text=event.note or f"{formatting.capitalise(formatting.format_date(event.date))}: {event.name}",
        source_line=source,
        sources=exhibit_parts.build_source_refs(library, [event.source]),
        citation=f"{event.name}, {formatting.format_date(event.date)} ({source}).",
    )


class NumberDifference(Struct, frozen=True, kw_only=True):
    """A number that the library now holds otherwise. An empty side: the number is not there."""

    figure: str
    label: str
    then: str
    now: str

    def describe_change(self) -> str:
        """Both sides in a sentence."""
        if not self.now:
            return f"{self.label}: {self.then} is no longer held."
        if not self.then:
            return f"{self.label}: {self.now} was not held when this was collected."
        return f"{self.label}: {self.then} when this was collected, {self.now} now."


def collect_item(library: Library, kind: ItemKind, question: Question, of: str = "") -> BriefingItem | None:
    """A new item for what ``question`` shows, or for its part ``of``; None where there is no such thing."""
    new_exhibit = build_exhibit(library, kind, question, of)
    return BriefingItem(id=new_id(), kind=kind, question=question, of=of, exhibit=new_exhibit) if new_exhibit else None


def build_exhibit(library: Library, kind: ItemKind, question: Question, of: str = "") -> Exhibit | None:
    """What an item of that kind shows now; None where the library holds no such thing."""
    make = _MAKERS.get(kind)
    new_exhibit = make(library, question, of) if make else None
    if new_exhibit is None:
        return None
    return replace(
        new_exhibit,
        packs=_pack_versions(library, new_exhibit),
        columns=COLUMNS if new_exhibit.records else (),
    )


def find_differences(library: Library, item: BriefingItem) -> tuple[NumberDifference, ...]:
    """The item's numbers that the library now holds otherwise; none for those that the person keeps."""
    if item.exhibit is None or item.question is None:
        return ()
    now = build_exhibit(library, item.kind, item.question, item.of)
    if item.accepted and item.accepted == fingerprint(now):
        return ()
    return _compare_numbers(item.exhibit.numbers, now.numbers if now else ())


def refresh(library: Library, item: BriefingItem) -> BriefingItem:
    """The item with what the library shows now; as it is where that is nothing."""
    now = build_exhibit(library, item.kind, item.question, item.of) if item.question else None
    return replace(item, exhibit=now, accepted="") if now else item


def acknowledge(library: Library, item: BriefingItem) -> BriefingItem:
    """The item as it is, with the newer numbers noted as seen and not wanted."""
    now = build_exhibit(library, item.kind, item.question, item.of) if item.question else None
    return replace(item, accepted=fingerprint(now))


def fingerprint(exhibit: Exhibit | None) -> str:
    """A mark of an exhibit's numbers: equal for equal numbers."""
    numbers = exhibit.numbers if exhibit else ()
    return hashlib.sha256(json.encode(numbers)).hexdigest()[:16]


def _compare_numbers(then: Sequence[ItemNumber], now: Sequence[ItemNumber]) -> tuple[NumberDifference, ...]:
    old, new = ({one.figure: one for one in several} for several in (then, now))
    changes: list[NumberDifference] = []
    for figure in dict.fromkeys((*old, *new)):
        a, b = old.get(figure), new.get(figure)
        if a is None or b is None or a.amount != b.amount:
            label = (b or a or then[0]).label
            sides = (a.amount if a else "", b.amount if b else "")
            changes.append(NumberDifference(figure=figure, label=label, then=sides[0], now=sides[1]))
    return tuple(changes)


def _build_chart_exhibit(library: Library, question: Question, _of: str) -> Exhibit:
    return _build_page_exhibit(library, answer(library, question), chart=True)


def _build_table_exhibit(library: Library, question: Question, _of: str) -> Exhibit:
    return _build_page_exhibit(library, answer(library, question), chart=False)


def _build_page_exhibit(library: Library, page: Page, *, chart: bool) -> Exhibit:
    page_chart = page.chart
    notes = (page.notice, page_chart.empty) if page.notice or page_chart.empty else ()
    differing = {remark.text for remark in page.remarks}
    return Exhibit(
        title=page_chart.title,
        subtitle=page_chart.subtitle,
        chart=page_chart if chart else None,
        table=page.table if page.drawn else None,
        notes=tuple(note for note in (*notes, *page_chart.notes) if note and note not in differing),
        remarks=exhibit_parts.format_annotations(page.remarks),
        workings=tuple(
            dict.fromkeys(
                map(exhibit_parts.describe_calculation, exhibit_parts.rank_calculations(page.workings, page.drawn))
            )
        ),
        source_line=page_chart.source_line,
        sources=_collect_sources(library, page),
        citation=page.citation,
        definition=page.measure_definition,
        numbers=exhibit_parts.build_numbers(library, page.drawn),
        records=(
            *(build_record(library, figure) for figure in page.drawn),
            *build_missing_records(page.table),
        ),
    )


def _collect_sources(library: Library, page: Page) -> tuple[SourceRef, ...]:
    """The page's sources, and those of the figures that it has worked out others from."""
    page_source_ids = {source.id for source in page.sources}
    ids = dict.fromkeys(one for working in page.workings for one in working.inputs)
    others = dict.fromkeys(f.source for f in library.figures(ids=tuple(ids)) if f.source not in page_source_ids)
    return (*page.sources, *exhibit_parts.build_source_refs(library, others))


def _build_figure_exhibit(library: Library, question: Question, of: str) -> Exhibit | None:
    if not library.figures(ids=(of,)):
        return None
    page = answer(library, replace(question, figure=of))
    card = page.card
    if card is None:
        return None
    figure = library.figure(of)
    needs_doubt_note = figure.in_doubt is not None and "in doubt" not in card.heading
    return Exhibit(
        title=f"{card.heading}, in doubt" if needs_doubt_note else card.heading,
        subtitle=card.subheading,
        facts=card.facts,
        notes=(*card.notes, *_chance_of(library, figure)),
        remarks=exhibit_parts.format_annotations(card.remarks) + tuple(one.text for one in card.disagreements),
        workings=tuple(exhibit_parts.describe_calculation(one) for one in card.workings),
        source_line=phrases.citation(library.source(figure.source), figure.locator),
        sources=exhibit_parts.build_source_refs(library, [figure.source]),
        citation=card.citation,
        definition=library.measure(figure.measure).definition,
        numbers=exhibit_parts.build_numbers(library, (figure,)),
        records=(build_record(library, figure),),
    )


def _chance_of(library: Library, figure: Figure) -> tuple[str, ...]:
    """What can be said of chance beside a published change, which comes without the counts behind it."""
    return (phrases.CHANGE_ALONE,) if library.measure(figure.measure).unit is Unit.CHANGE else ()


def _build_calculation_exhibit(library: Library, question: Question, of: str) -> Exhibit | None:
    page = answer(library, question)
    several = (*page.workings, *(page.card.workings if page.card else ()))
    one = next((w for w in several if w.key == of), None)
    if one is None:
        return None
    figures = library.figures(ids=one.inputs)
    range_text = f"{one.low} to {one.high}" if one.low and one.high and one.low != one.high else ""
    facts = (CardFact(label="How", text=one.formula), CardFact(label="Between", text=range_text))
    return Exhibit(
        title=f"Worked out: {one.amount}",
        subtitle="Worked out from published figures",
        text=one.text,
        facts=tuple(fact for fact in facts if fact.text),
        notes=(one.caveat,) if one.caveat else (),
        source_line=exhibit_parts.join_citations(library, figures),
        sources=exhibit_parts.build_source_refs(library, [figure.source for figure in figures]),
        citation=" ".join(part for part in (one.text, one.caveat, f"Worked out: {one.formula}.") if part),
        numbers=(
            ItemNumber(figure=of, label=one.text.rstrip("."), amount=one.amount),
            *exhibit_parts.build_numbers(library, figures),
        ),
        records=tuple(build_record(library, figure) for figure in figures),
    )


_MAKERS: dict[ItemKind, Callable[[Library, Question, str], Exhibit | None]] = {
    ItemKind.CHART: _build_chart_exhibit,
    ItemKind.TABLE: _build_table_exhibit,
    ItemKind.FIGURE: _build_figure_exhibit,
    ItemKind.WORKING: _build_calculation_exhibit,
    ItemKind.QUOTE: find_quote_exhibit,
    ItemKind.DEMAND: find_demand_exhibit,
    ItemKind.CLAIM: find_claim_exhibit,
    ItemKind.CONFLICT: find_discrepancy_exhibit,
    ItemKind.EVENT: find_event_exhibit,
    ItemKind.SUMMARY: build_summary,
}


def _pack_versions(library: Library, exhibit: Exhibit) -> tuple[str, ...]:
    """The packs that its sources come from, each with its version."""
    pack_ids = {source.id.split("/")[0] for source in exhibit.sources}
    return tuple(f"{s.title} {s.version}".strip() for s in library.packs() if s.id in pack_ids)
