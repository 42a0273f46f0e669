"""A briefing as the parts of a tagged PDF, which ``draw`` paints."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from msgspec.structs import replace

from explorer.briefing.document import Briefing, Exhibit, Kind
from explorer.draw.parts import Block, Part, Picture, Rows

from .leaves import Leaf, leaves, reference
from .stamp import HELP_CHECK, HELP_HEADING, HELP_LINES, byline, safe, stamp

if TYPE_CHECKING:
    from explorer.draw.booklet import QPagedPaintDevice

_ROWS, _WORKINGS = 200, 5
Numbers = dict[str, int]
"""The number of each source, by its id."""


def report(briefing: Briefing) -> Iterator[bytes | None]:
    """Make the report step by step: None after each part, and at last the file's content."""
    from explorer.draw.booklet import booklet

    yield from booklet(tuple(_parts(briefing)), briefing.name, briefing.author, safe(briefing.name, 90))


def print_report(briefing: Briefing, device: QPagedPaintDevice) -> None:
    """Paint the same parts on the pages of a printer."""
    from explorer.draw.booklet import print_booklet

    print_booklet(tuple(_parts(briefing)), safe(briefing.name, 90), device)


def _parts(briefing: Briefing) -> Iterator[Part]:
    numbers = {source.id: at for at, source in enumerate(briefing.sources(), start=1)}
    yield Block(role="title", text=briefing.name)
    yield Block(role="byline", text=byline(briefing))
    under_heading = False
    for leaf in leaves(briefing):
        item = leaf.first
        if item.kind is Kind.HEADING:
            yield Block(role="h1", text=item.heading)
            yield Block(role="text", text=item.notes)
            under_heading = True
            continue
        yield Block(role="h2" if under_heading else "h1", text=leaf.heading)
        yield from _WRITERS.get(item.kind, _facts)(leaf, numbers)
    yield Block(role="h1", text="Sources")
    for source in briefing.sources():
        yield Block(role="small", text=f"[{numbers[source.id]}] {reference(source)}")
    yield Block(role="h1", text="About this document")
    for line in stamp(briefing):
        yield Block(role="text", text=line)
    yield Block(role="h1", text=HELP_HEADING)
    for name, how in HELP_LINES:
        yield Block(role="text", text=f"{name}: {how}")
    yield Block(role="small", text=HELP_CHECK)


def _sourced(text: str, shown: Exhibit, numbers: Numbers) -> str:
    """The text with the numbers of its sources behind it."""
    cited = "".join(f"[{numbers[source.id]}]" for source in shown.sources)
    return f"{text} {cited}".rstrip()


def _under(shown: Exhibit, numbers: Numbers) -> Iterator[Part]:
    for note in (*shown.notes, *shown.remarks):
        yield Block(role="item", text=note)
    if shown.source_line:
        line = shown.source_line
        told = line if line.startswith("Source") else f"Source: {line}"
        yield Block(role="small", text=_sourced(told, shown, numbers))


def _chart(leaf: Leaf, numbers: Numbers) -> Iterator[Part]:
    shown = leaf.first.exhibit
    if shown is None:
        return
    yield Block(role="text", text=leaf.first.notes)
    yield Block(role="small", text=shown.subtitle)
    if shown.chart is not None and not shown.chart.empty:
        # Title, notes and source stand in the text, where they can be read out; the picture holds the rest.
        yield Picture(chart=replace(shown.chart, title="", subtitle="", notes=(), source_line=""))
    elif shown.chart is not None:
        yield Block(role="text", text=shown.chart.empty)
    if shown.table is not None:
        rows = tuple(row.cells for row in shown.table.rows[:_ROWS])
        yield Block(role="caption", text=f"The numbers: {shown.title}")
        yield Rows(columns=shown.table.columns, rows=rows, numeric=shown.table.numeric)
        for line in shown.table.shorthand:
            yield Block(role="small", text=line)
    yield from _under(shown, numbers)
    for one in shown.workings[:_WORKINGS]:
        yield Block(role="item", text=f"Worked out: {one}")


def _quotes(leaf: Leaf, numbers: Numbers) -> Iterator[Part]:
    for item in leaf.items:
        shown = item.exhibit
        if shown is not None:
            quoted = shown.text.startswith("“")
            yield Block(role="quote" if quoted else "text", text=shown.text)
            yield Block(role="text", text=shown.speaker + ("" if quoted else " (paraphrase)"))
            yield Block(role="text", text=item.notes)
            yield from _under(shown, numbers)


def _demands(leaf: Leaf, numbers: Numbers) -> Iterator[Part]:
    for number, item in enumerate(leaf.items, start=1):
        if item.exhibit is not None:
            lead = f"{number}. " if len(leaf.items) > 1 else ""
            yield Block(role="text", text=lead + item.exhibit.text)
            yield Block(role="text", text=item.notes)
    shown = leaf.first.exhibit
    if shown is not None:
        yield Block(role="text", text=f"{shown.speaker}. {shown.subtitle}.")
        yield from _under(shown, numbers)


def _facts(leaf: Leaf, numbers: Numbers) -> Iterator[Part]:
    item, shown = leaf.first, leaf.first.exhibit
    yield Block(role="text", text=item.notes)
    if shown is None:
        return
    yield Block(role="text", text=shown.text or shown.subtitle)
    if shown.facts:
        rows = tuple((safe(fact.label), safe(fact.text)) for fact in shown.facts)
        yield Rows(columns=("What", "How it stands"), rows=rows)
    yield from _under(shown, numbers)


_WRITERS: dict[Kind, Callable[[Leaf, Numbers], Iterator[Part]]] = {
    Kind.CHART: _chart,
    Kind.TABLE: _chart,
    Kind.QUOTE: _quotes,
    Kind.DEMAND: _demands,
}
