"""A briefing as paragraphs, tables and charts in order: what PDF and Word document are both made of."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from msgspec.structs import replace

from explorer.briefing.document import Briefing, Exhibit, Item, Kind
from explorer.briefing.said import of_its_own
from explorer.draw.parts import Block, Caption, Cell, Part, Picture, Rows, cells
from explorer.pages import words
from explorer.pages.chart import Chart
from explorer.pages.page import Cited, Table

from .following import Following
from .leaves import Leaf, handed_out, leaves, reference
from .saying import Saying
from .stamp import HELP_CHECK, HELP_HEADING, HELP_LINES, byline, made_on, rests_on

_ROWS = 200
"""The most rows of a table in a document; the whole of it is in the workbook."""
_EVENTS = 8
"""The most events that are marked on a chart as wide as a page."""
LEDE = f"{words.MORE_RECORDING} Sources and evidence packs are at the end."
"""What stands under the title."""


class _Script:
    """What a document has come to: the numbers of its sources, tables and charts, and what it has said."""

    def __init__(self, briefing: Briefing) -> None:
        self.numbers = briefing.numbered()
        self.saying = Saying(briefing)
        self.following = Following()
        self.heading = ""
        """The heading that the items stand under; empty before the first."""
        self._counted: dict[str, int] = {}

    def caption(self, name: str, text: str) -> Caption:
        """The caption of the next "Table" or "Chart"."""
        self._counted[name] = self._counted.get(name, 0) + 1
        return Caption(name=name, number=self._counted[name], text=text)

    def cites(self, ids: Iterable[str]) -> tuple[int, ...]:
        """The numbers of sources by their ids, each once and in order."""
        return tuple(sorted({self.numbers[one] for one in ids if one in self.numbers}))

    def sources(self, several: Iterable[Cited]) -> tuple[int, ...]:
        """The numbers of sources, each once and in order."""
        return self.cites(source.id for source in several)


def manuscript(briefing: Briefing) -> Iterator[Part]:
    """The parts in order; a paragraph may be empty, and is then to be passed over."""
    briefing = handed_out(briefing)
    script = _Script(briefing)
    yield Block(role="title", text=briefing.name)
    yield Block(role="byline", text=byline(briefing))
    yield Block(role="lede", text=LEDE)
    for leaf in leaves(briefing):
        yield from _headed(script, leaf)
    yield from _end(briefing)


def _headed(script: _Script, leaf: Leaf) -> Iterator[Part]:
    item = leaf.first
    if item.kind is Kind.HEADING:
        script.heading = item.heading
        yield Block(role="h1", text=item.heading)
        yield Block(role="text", text=item.notes)
        return
    # Of a quote the speaker stands under it, and need not stand over it too.
    quoted = item.kind is Kind.QUOTE and script.heading and not item.title
    if not quoted and leaf.heading != script.heading:
        yield Block(role="h2" if script.heading else "h1", text=leaf.heading)
    yield from _WRITERS.get(item.kind, _facts)(script, leaf)


def _end(briefing: Briefing) -> Iterator[Part]:
    sources = briefing.sources()
    yield Block(role="h1", text="Sources")
    if not sources:
        yield Block(role="text", text="It names no source.")
    for number, source in enumerate(sources, start=1):
        yield Block(role="source", label=f"[{number}]", text=reference(source), target=number)
    yield Block(role="h1", text="About this document")
    yield Block(role="text", text=made_on())
    packs = briefing.packs()
    yield Block(role="text", text="It rests on these evidence packs:" if packs else rests_on(briefing))
    for pack in packs:
        yield Block(role="item", text=pack)
    yield Block(role="h1", text=HELP_HEADING)
    for name, how in HELP_LINES:
        yield Block(role="text", lead=f"{name}:", text=how)
    yield Block(role="small", text=HELP_CHECK)


# Kinds of item


def _chart(script: _Script, leaf: Leaf) -> Iterator[Part]:
    item, shown = leaf.first, leaf.first.exhibit
    if shown is None:
        return
    own = item.title not in ("", shown.title)
    # The heading says what is found; where it is the person's own, the captions do.
    name = f"{words.sentence(shown.title)} {shown.subtitle}" if own else shown.subtitle
    if shown.chart is not None and not shown.chart.empty:
        chart, events = calm(shown.chart)
        yield Picture(chart=chart, caption=script.caption("Chart", name), item=item.id)
        yield Block(role="small", text=events)
    elif shown.chart is not None and shown.chart.empty not in shown.notes:
        yield Block(role="text", text=shown.chart.empty)
    if shown.table is not None:
        yield from _table(script, shown.table, name)
    yield from _under(script, shown)
    yield from _worked(script, shown)


def calm(chart: Chart) -> tuple[Chart, str]:
    """The chart, and its events in words where there are too many to mark on a page; breaks stay marked."""
    events = [flag for flag in chart.flags if not flag.break_]
    if len(events) <= _EVENTS:
        return chart, ""
    told = "; ".join(flag.name.rstrip(".") for flag in events)
    kept = tuple(flag for flag in chart.flags if flag.break_)
    return replace(chart, flags=kept), f"Events in this time. {told}."


def _table(script: _Script, table: Table, name: str) -> Iterator[Part]:
    rows = tuple(cells(row.cells) for row in table.rows[:_ROWS])
    yield Rows(columns=table.columns, rows=rows, numeric=table.numeric, caption=script.caption("Table", name))
    hidden = len(table.rows) - _ROWS
    if hidden > 0:
        yield Block(role="small", text=f"{hidden} more rows are in the workbook of this briefing.")
    yield Block(role="small", text="; ".join(table.shorthand))


def _worked(script: _Script, shown: Exhibit) -> Iterator[Part]:
    worked = script.following.under(shown)
    if worked.rows:
        caption = script.caption("Table", "What follows from these numbers")
        yield Rows(columns=("Worked out", "Working"), rows=worked.rows, caption=caption)
        yield Block(role="small", text=" ".join(worked.notes))


def _under(script: _Script, shown: Exhibit) -> Iterator[Part]:
    """What has to be said with an item, and where it comes from."""
    for note in script.saying.under(shown):
        yield Block(role="item", text=note)
    if shown.source_line:
        yield Block(role="small", text=_source(shown.source_line), cites=script.sources(shown.sources))


def _source(line: str) -> str:
    return line if line.startswith("Source") else f"Source: {line}"


def _summary(script: _Script, leaf: Leaf) -> Iterator[Part]:
    shown = leaf.first.exhibit
    for point in shown.points if shown is not None else ():
        lead = words.sentence(point.lead) if point.lead else ""
        yield Block(role="point", lead=lead, text=point.text, cites=script.cites(point.sources))
    if shown is not None:
        yield from _under(script, shown)


def _quotes(script: _Script, leaf: Leaf) -> Iterator[Part]:
    for item in leaf.items:
        shown = item.exhibit
        if shown is None:
            continue
        quoted = shown.text.startswith("“")
        yield Block(role="quote" if quoted else "text", text=shown.text)
        speaker = words.sentence(shown.speaker + ("" if quoted else " (paraphrase)"))
        cites = script.sources(shown.sources)
        yield Block(role="speaker", lead=speaker, text=shown.source_line, cites=cites)
        yield Block(role="text", text=item.notes)
        for note in script.saying.under(shown):
            yield Block(role="item", text=note)


def _demands(script: _Script, leaf: Leaf) -> Iterator[Part]:
    first = leaf.first.exhibit
    yield Block(role="text", text=leaf.first.notes)
    if first is not None:
        yield Block(role="text", text=f"{first.speaker}. {first.subtitle}.")
    held = [item for item in leaf.items if item.exhibit is not None]
    for number, item in enumerate(held, start=1):
        if item.exhibit is not None:
            label = f"{number}." if len(held) > 1 else ""
            title = of_its_own(item.exhibit) if label else ""
            lead = words.sentence(title) if title else ""
            yield Block(role="point" if label else "text", label=label, lead=lead, text=item.exhibit.text)
    yield from _together(script, held, "Demand")


def _claims(script: _Script, leaf: Leaf) -> Iterator[Part]:
    yield Block(role="text", text=leaf.first.notes)
    held = [item for item in leaf.items if item.exhibit is not None]
    if not held:
        return
    rows = tuple(_claim(script, item, number, len(held)) for number, item in enumerate(held, start=1))
    caption = script.caption("Table", "Published claims, compared with the published figures")
    yield Rows(columns=("Claim", "Against the figures", "Why"), rows=rows, caption=caption)
    yield from _together(script, held, "Claim")


def _claim(script: _Script, item: Item, number: int, of: int) -> tuple[Cell, ...]:
    shown = item.exhibit
    assert shown is not None
    told = {fact.label: fact.text for fact in shown.facts}
    why, check = told.get("Why", ""), told.get("What was checked", "")
    checked = f"Checked: {check[:1].lower()}{check[1:]}" if check and check not in why else ""
    left = told.get("What was not checked", "")
    checked = " ".join(
        part for part in (checked, f"Not checked: {left[:1].lower()}{left[1:]}" if left else "") if part
    )
    numbered = f"{number}. {shown.text}" if of > 1 else shown.text
    numbered = f"{numbered} {words.sentence(shown.subtitle)}" if shown.subtitle else numbered
    return (
        Cell(text=numbered),
        Cell(text=told.get("Against the figures", "")),
        Cell(text=why, small=checked, cites=script.sources(shown.sources)),
    )


def _together(script: _Script, held: Iterable[Item], name: str) -> Iterator[Part]:
    """The notes and the sources of several items, each with the number of what it belongs to."""
    several = [item.exhibit for item in held if item.exhibit is not None]
    for number, shown in enumerate(several, start=1):
        lead = f"{name} {number}." if len(several) > 1 else ""
        notes = script.saying.under(shown)
        if notes:
            yield Block(role="item", lead=lead, text=" ".join(notes))
    told = joined([shown.source_line for shown in several if shown.source_line])
    sources = script.sources(source for shown in several for source in shown.sources)
    yield Block(role="small", text=_source(told) if told else "", cites=sources)


def joined(lines: Iterable[str]) -> str:
    """Source lines in one: how they begin alike is said once. "The Times, page 1: item 1; item 2"."""
    split = [line.split(", ") for line in dict.fromkeys(lines)]
    if len(split) < 2:
        return "".join(", ".join(parts) for parts in split)
    shared = 0
    while shared < min(map(len, split)) - 1 and len({parts[shared] for parts in split}) == 1:
        shared += 1
    rest = "; ".join(", ".join(parts[shared:]) for parts in split)
    return f"{', '.join(split[0][:shared])}: {rest}" if shared else rest


def _conflict(script: _Script, leaf: Leaf) -> Iterator[Part]:
    shown = leaf.first.exhibit
    if shown is None:
        return
    yield Block(role="text", lead=words.sentence(leaf.first.subtitle), text=shown.text)
    yield from _labelled(script, shown, ("As published", "Where, and what it covers"), leaf.heading)
    yield from _under(script, shown)


def _facts(script: _Script, leaf: Leaf) -> Iterator[Part]:
    shown = leaf.first.exhibit
    yield Block(role="text", text=leaf.first.notes)
    if shown is None:
        return
    yield Block(role="text", text=shown.text or leaf.first.subtitle)
    yield from _labelled(script, shown, ("Detail", "What is held"), leaf.first.subtitle)
    yield from _under(script, shown)
    yield from _worked(script, shown)


def _labelled(script: _Script, shown: Exhibit, columns: tuple[str, str], name: str) -> Iterator[Part]:
    if shown.facts:
        rows = tuple(cells((fact.label, fact.text)) for fact in shown.facts)
        yield Rows(columns=columns, rows=rows, caption=script.caption("Table", name))


_WRITERS: dict[Kind, Callable[[_Script, Leaf], Iterator[Part]]] = {
    Kind.CHART: _chart,
    Kind.TABLE: _chart,
    Kind.SUMMARY: _summary,
    Kind.QUOTE: _quotes,
    Kind.DEMAND: _demands,
    Kind.CLAIM: _claims,
    Kind.CONFLICT: _conflict,
}
