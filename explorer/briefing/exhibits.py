"""From a question and the library to an exhibit: what an item shows, put together once and then kept.

Pure: the same library and question give an equal exhibit. What is no longer held gives None, and never an
empty exhibit.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence

from msgspec import Struct, json
from msgspec.structs import replace

from explorer.evidence.model import Figure, Unit
from explorer.packs.library import Library
from explorer.pages import words
from explorer.pages.answer import answer
from explorer.pages.page import Cited, Fact, Page
from explorer.pages.question import Question
from explorer.pages.records import COLUMNS, missing, record

from . import parts, said
from .document import Exhibit, Item, Kind, Number, new_id
from .summaries import summarised


class Difference(Struct, frozen=True, kw_only=True):
    """A number that the library now holds otherwise. An empty side: the number is not there."""

    figure: str
    label: str
    then: str
    now: str

    def sentence(self) -> str:
        """Both sides in a sentence."""
        if not self.now:
            return f"{self.label}: {self.then} is no longer held."
        if not self.then:
            return f"{self.label}: {self.now} was not held when this was collected."
        return f"{self.label}: {self.then} when this was collected, {self.now} now."


def collect(library: Library, kind: Kind, question: Question, of: str = "") -> Item | None:
    """A new item for what ``question`` shows, or for its part ``of``; None where there is no such thing."""
    shown = exhibit(library, kind, question, of)
    return Item(id=new_id(), kind=kind, question=question, of=of, exhibit=shown) if shown else None


def exhibit(library: Library, kind: Kind, question: Question, of: str = "") -> Exhibit | None:
    """What an item of that kind shows now; None where the library holds no such thing."""
    make = _MAKERS.get(kind)
    made = make(library, question, of) if make else None
    if made is None:
        return None
    return replace(made, packs=_packs(library, made), columns=COLUMNS if made.records else ())


def differences(library: Library, item: Item) -> tuple[Difference, ...]:
    """The item's numbers that the library now holds otherwise; none for those that the person keeps."""
    if item.exhibit is None or item.question is None:
        return ()
    now = exhibit(library, item.kind, item.question, item.of)
    if item.accepted and item.accepted == mark(now):
        return ()
    return _between(item.exhibit.numbers, now.numbers if now else ())


def updated(library: Library, item: Item) -> Item:
    """The item with what the library shows now; as it is where that is nothing."""
    now = exhibit(library, item.kind, item.question, item.of) if item.question else None
    return replace(item, exhibit=now, accepted="") if now else item


def kept(library: Library, item: Item) -> Item:
    """The item as it is, with the newer numbers noted as seen and not wanted."""
    now = exhibit(library, item.kind, item.question, item.of) if item.question else None
    return replace(item, accepted=mark(now))


def mark(shown: Exhibit | None) -> str:
    """A mark of an exhibit's numbers: equal for equal numbers."""
    held = shown.numbers if shown else ()
    return hashlib.sha256(json.encode(held)).hexdigest()[:16]


def _between(then: Sequence[Number], now: Sequence[Number]) -> tuple[Difference, ...]:
    held, new = ({one.figure: one for one in several} for several in (then, now))
    found: list[Difference] = []
    for figure in dict.fromkeys((*held, *new)):
        a, b = held.get(figure), new.get(figure)
        if a is None or b is None or a.amount != b.amount:
            label = (b or a or then[0]).label
            sides = (a.amount if a else "", b.amount if b else "")
            found.append(Difference(figure=figure, label=label, then=sides[0], now=sides[1]))
    return tuple(found)


def _chart(library: Library, question: Question, _of: str) -> Exhibit:
    return _whole(library, answer(library, question), chart=True)


def _table(library: Library, question: Question, _of: str) -> Exhibit:
    return _whole(library, answer(library, question), chart=False)


def _whole(library: Library, page: Page, *, chart: bool) -> Exhibit:
    told = page.chart
    notes = (page.notice, told.empty) if page.notice or told.empty else ()
    differing = {remark.text for remark in page.remarks}
    return Exhibit(
        title=told.title,
        subtitle=told.subtitle,
        chart=told if chart else None,
        table=page.table if page.drawn else None,
        notes=tuple(note for note in (*notes, *told.notes) if note and note not in differing),
        remarks=parts.remarks(page.remarks),
        workings=tuple(dict.fromkeys(map(parts.worked, parts.leading(page.workings, page.drawn)))),
        source_line=told.source_line,
        sources=_sources(library, page),
        citation=page.citation,
        definition=page.measure_definition,
        numbers=parts.numbers(library, page.drawn),
        records=(*(record(library, figure) for figure in page.drawn), *missing(page.table)),
    )


def _sources(library: Library, page: Page) -> tuple[Cited, ...]:
    """The page's sources, and those of the figures that it has worked out others from."""
    shown = {source.id for source in page.sources}
    ids = dict.fromkeys(one for working in page.workings for one in working.inputs)
    others = dict.fromkeys(f.source for f in library.figures(ids=tuple(ids)) if f.source not in shown)
    return (*page.sources, *parts.cited(library, others))


def _figure(library: Library, question: Question, of: str) -> Exhibit | None:
    if not library.figures(ids=(of,)):
        return None
    page = answer(library, replace(question, figure=of))
    card = page.card
    if card is None:
        return None
    figure = library.figure(of)
    doubted = figure.in_doubt is not None and "in doubt" not in card.heading
    return Exhibit(
        title=f"{card.heading}, in doubt" if doubted else card.heading,
        subtitle=card.subheading,
        facts=card.facts,
        notes=(*card.notes, *_chance_of(library, figure)),
        remarks=parts.remarks(card.remarks) + tuple(one.text for one in card.disagreements),
        workings=tuple(parts.worked(one) for one in card.workings),
        source_line=words.cited(library.source(figure.source), figure.locator),
        sources=parts.cited(library, [figure.source]),
        citation=card.citation,
        definition=library.measure(figure.measure).definition,
        numbers=parts.numbers(library, (figure,)),
        records=(record(library, figure),),
    )


def _chance_of(library: Library, figure: Figure) -> tuple[str, ...]:
    """What can be said of chance beside a published change, which comes without the counts behind it."""
    return (words.CHANGE_ALONE,) if library.measure(figure.measure).unit is Unit.CHANGE else ()


def _working(library: Library, question: Question, of: str) -> Exhibit | None:
    page = answer(library, question)
    several = (*page.workings, *(page.card.workings if page.card else ()))
    one = next((w for w in several if w.key == of), None)
    if one is None:
        return None
    figures = library.figures(ids=one.inputs)
    ranged = f"{one.low} to {one.high}" if one.low and one.high and one.low != one.high else ""
    facts = (Fact(label="How", text=one.formula), Fact(label="Between", text=ranged))
    return Exhibit(
        title=f"Worked out: {one.amount}",
        subtitle="Worked out from published figures",
        text=one.text,
        facts=tuple(fact for fact in facts if fact.text),
        notes=(one.caveat,) if one.caveat else (),
        source_line=parts.named(library, figures),
        sources=parts.cited(library, [figure.source for figure in figures]),
        citation=" ".join(part for part in (one.text, one.caveat, f"Worked out: {one.formula}.") if part),
        numbers=(
            Number(figure=of, label=one.text.rstrip("."), amount=one.amount),
            *parts.numbers(library, figures),
        ),
        records=tuple(record(library, figure) for figure in figures),
    )


_MAKERS: dict[Kind, Callable[[Library, Question, str], Exhibit | None]] = {
    Kind.CHART: _chart,
    Kind.TABLE: _table,
    Kind.FIGURE: _figure,
    Kind.WORKING: _working,
    Kind.QUOTE: said.quote,
    Kind.DEMAND: said.demand,
    Kind.CLAIM: said.claim,
    Kind.CONFLICT: said.conflict,
    Kind.EVENT: said.event,
    Kind.SUMMARY: summarised,
}


def _packs(library: Library, made: Exhibit) -> tuple[str, ...]:
    """The packs that its sources come from, each with its version."""
    wanted = {source.id.split("/")[0] for source in made.sources}
    return tuple(f"{s.title} {s.version}".strip() for s in library.packs() if s.id in wanted)
