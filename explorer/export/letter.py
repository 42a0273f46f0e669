"""A briefing as a Word document: headings, charts with alt text, real tables, numbered sources.

The charts come as pictures that ``draw`` has made before, one for each item by its id: drawing needs the
window's thread, and writing does not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from io import BytesIO
from typing import Any

from explorer.briefing.document import Briefing, Exhibit, Item, Kind
from explorer.pages.page import Table

from . import letter_parts as parts
from .leaves import Leaf, leaves, reference
from .stamp import HELP_CHECK, HELP_HEADING, HELP_LINES, byline, safe, stamp

_ROWS = 200
"""The most rows of a table in a document; the whole of it is in the workbook."""
_WORKINGS = 5


class _Letter:
    """The document while it is written, with the numbers of its sources, tables and charts."""

    def __init__(self, briefing: Briefing, pictures: Mapping[str, bytes]) -> None:
        import docx

        self.made: Any = docx.Document()
        self.pictures = pictures
        self.numbers = {source.id: at for at, source in enumerate(briefing.sources(), start=1)}
        self.charts = self.tables = 0
        parts.prepare(self.made, briefing)

    def text(self, text: str, style: str = "Normal") -> Any:
        return self.made.add_paragraph(safe(text), style=style) if text else None

    def sourced(self, text: str, shown: Exhibit, style: str = "Normal") -> None:
        """A paragraph with the numbers of its sources, raised, at its end."""
        paragraph = self.text(text, style)
        if paragraph is not None:
            parts.raise_numbers(paragraph, [self.numbers[source.id] for source in shown.sources])

    def under(self, shown: Exhibit) -> None:
        """What has to be said with an item, and where it comes from."""
        for note in (*shown.notes, *shown.remarks):
            self.text(note, "List Bullet")
        if shown.source_line:
            line = shown.source_line
            self.sourced(line if line.startswith("Source") else f"Source: {line}", shown, "Source")


def letter(briefing: Briefing, pictures: Mapping[str, bytes]) -> bytes:
    """The document's content. ``pictures`` holds a PNG for each item that has a chart, by the item's id."""
    return b"".join(content for content in lettered(briefing, pictures) if content is not None)


def lettered(briefing: Briefing, pictures: Mapping[str, bytes]) -> Iterator[bytes | None]:
    """Make the document step by step: None after each part, and at last the file's content."""
    held = _Letter(briefing, pictures)
    held.made.add_paragraph(safe(briefing.name), style="Title")
    held.text(byline(briefing), "Subtitle")
    under_heading = False
    for leaf in leaves(briefing):
        item = leaf.first
        if item.kind is Kind.HEADING:
            held.made.add_heading(safe(item.heading), level=1)
            held.text(item.notes)
            under_heading = True
            continue
        held.made.add_heading(safe(leaf.heading), level=2 if under_heading else 1)
        _WRITERS.get(item.kind, _facts)(held, leaf)
        yield None
    _end(held, briefing)
    yield None
    out = BytesIO()
    held.made.save(out)
    yield out.getvalue()


def _end(held: _Letter, briefing: Briefing) -> None:
    held.made.add_heading("Sources", level=1)
    for number, source in enumerate(briefing.sources(), start=1):
        parts.bookmarked(held.text(f"[{number}] {reference(source)}", "Source"), number)
    held.made.add_heading("About this document", level=1)
    for line in stamp(briefing):
        held.text(line)
    held.made.add_heading(HELP_HEADING, level=1)
    for name, how in HELP_LINES:
        held.text(f"{name}: {how}")
    held.text(HELP_CHECK, "Source")


def _chart(held: _Letter, leaf: Leaf) -> None:
    item, shown = leaf.first, leaf.first.exhibit
    if shown is None:
        return
    held.text(item.notes)
    picture = held.pictures.get(item.id)
    if picture is not None and shown.chart is not None:
        held.charts += 1
        parts.picture(held.made, picture, shown.title, shown.chart.alt_text)
        held.sourced(f"Chart {held.charts}. {shown.title}: {shown.subtitle}", shown, "Caption")
    elif shown.chart is not None:
        held.text(shown.chart.empty)
    if shown.table is not None:
        _rows(held, shown.table, f"{shown.title}: {shown.subtitle}", shown)
    held.under(shown)
    for one in shown.workings[:_WORKINGS]:
        held.text(f"Worked out: {one}", "List Bullet")
    if len(shown.workings) > _WORKINGS:
        held.text(f"{len(shown.workings) - _WORKINGS} more worked-out figures are in the workbook.", "Source")


def _rows(held: _Letter, table: Table, name: str, shown: Exhibit) -> None:
    held.tables += 1
    held.sourced(f"Table {held.tables}. {name}", shown, "Caption")
    parts.table(held.made, table.columns, [row.cells for row in table.rows[:_ROWS]], table.numeric)
    hidden = len(table.rows) - _ROWS
    if hidden > 0:
        held.text(f"{hidden} more rows are in the workbook of this briefing.", "Source")
    for line in table.shorthand:
        held.text(line, "Source")


def _quotes(held: _Letter, leaf: Leaf) -> None:
    for item in leaf.items:
        if item.exhibit is not None:
            quoted = item.exhibit.text.startswith("“")
            held.sourced(item.exhibit.text, item.exhibit, "Quote" if quoted else "Normal")
            gist = "" if quoted else " (paraphrase)"
            held.text(f"{item.exhibit.speaker}{gist}")
            _own(held, item)
            held.under(item.exhibit)


def _demands(held: _Letter, leaf: Leaf) -> None:
    for item in leaf.items:
        if item.exhibit is not None:
            held.sourced(item.exhibit.text, item.exhibit, "List Number" if len(leaf.items) > 1 else "Normal")
            _own(held, item)
    shown = leaf.first.exhibit
    if shown is not None:
        held.text(f"{shown.speaker}. {shown.subtitle}.")
        held.under(shown)


def _own(held: _Letter, item: Item) -> None:
    held.text(item.notes)


def _facts(held: _Letter, leaf: Leaf) -> None:
    item, shown = leaf.first, leaf.first.exhibit
    held.text(item.notes)
    if shown is None:
        return
    if shown.text:
        held.sourced(shown.text, shown)
    else:
        held.text(shown.subtitle)
    if shown.facts:
        held.tables += 1
        held.text(f"Table {held.tables}. {item.heading}", "Caption")
        rows = [(fact.label, fact.text) for fact in shown.facts]
        parts.table(held.made, ("What", "How it stands"), rows, ())
    held.under(shown)


_WRITERS: dict[Kind, Callable[[_Letter, Leaf], None]] = {
    Kind.CHART: _chart,
    Kind.TABLE: _chart,
    Kind.QUOTE: _quotes,
    Kind.DEMAND: _demands,
}
