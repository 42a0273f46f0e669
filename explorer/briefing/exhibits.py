"""From a question and the library to an exhibit: what an item shows, put together once and then kept.

Pure: the same library and question give an equal exhibit. What is no longer held gives None, and never an
empty exhibit.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence

from msgspec import Struct, json
from msgspec.structs import replace

from explorer.briefing import parts, said
from explorer.evidence.model import Figure, Unit
from explorer.library.library import Library
from explorer.pages.answer import answer
from explorer.pages.flat_records import COLUMNS, build_missing_records, build_record
from explorer.pages.model.page import CardFact, Page, SourceRef
from explorer.pages.model.question import Question
from explorer.pages.text import phrases

from .document import BriefingItem, Exhibit, ItemKind, ItemNumber, new_id
from .summaries import build_summary


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
        remarks=parts.format_annotations(page.remarks),
        workings=tuple(
            dict.fromkeys(map(parts.describe_calculation, parts.rank_calculations(page.workings, page.drawn)))
        ),
        source_line=page_chart.source_line,
        sources=_collect_sources(library, page),
        citation=page.citation,
        definition=page.measure_definition,
        numbers=parts.build_numbers(library, page.drawn),
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
    return (*page.sources, *parts.build_source_refs(library, others))


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
        remarks=parts.format_annotations(card.remarks) + tuple(one.text for one in card.disagreements),
        workings=tuple(parts.describe_calculation(one) for one in card.workings),
        source_line=phrases.citation(library.source(figure.source), figure.locator),
        sources=parts.build_source_refs(library, [figure.source]),
        citation=card.citation,
        definition=library.measure(figure.measure).definition,
        numbers=parts.build_numbers(library, (figure,)),
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
        source_line=parts.join_citations(library, figures),
        sources=parts.build_source_refs(library, [figure.source for figure in figures]),
        citation=" ".join(part for part in (one.text, one.caveat, f"Worked out: {one.formula}.") if part),
        numbers=(
            ItemNumber(figure=of, label=one.text.rstrip("."), amount=one.amount),
            *parts.build_numbers(library, figures),
        ),
        records=tuple(build_record(library, figure) for figure in figures),
    )


_MAKERS: dict[ItemKind, Callable[[Library, Question, str], Exhibit | None]] = {
    ItemKind.CHART: _build_chart_exhibit,
    ItemKind.TABLE: _build_table_exhibit,
    ItemKind.FIGURE: _build_figure_exhibit,
    ItemKind.WORKING: _build_calculation_exhibit,
    ItemKind.QUOTE: said.find_quote_exhibit,
    ItemKind.DEMAND: said.find_demand_exhibit,
    ItemKind.CLAIM: said.find_claim_exhibit,
    ItemKind.CONFLICT: said.find_discrepancy_exhibit,
    ItemKind.EVENT: said.find_event_exhibit,
    ItemKind.SUMMARY: build_summary,
}


def _pack_versions(library: Library, exhibit: Exhibit) -> tuple[str, ...]:
    """The packs that its sources come from, each with its version."""
    pack_ids = {source.id.split("/")[0] for source in exhibit.sources}
    return tuple(f"{s.title} {s.version}".strip() for s in library.packs() if s.id in pack_ids)
