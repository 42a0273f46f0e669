"""A briefing as a Word document: headings, charts with alt text, real tables, numbered sources.

The charts come as pictures that ``draw`` has made before, one for each item by its id: drawing needs the
window's thread, and writing does not.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import Any

from msgspec import Struct

from explorer.briefing import Briefing
from explorer.documents import ChartPicture, DocumentTable, Part, TextBlock, compose_document, has_content, safe_text
from explorer.export.docx import elements as parts

from .tables import add_table

_STYLES = {
    "title": "Title",
    "byline": "Subtitle",
    "lede": "Lede",
    "h1": "Heading 1",
    "h2": "Heading 2",
    "text": "Normal",
    "quote": "Quote",
    "speaker": "Speaker",
    "point": "List Bullet",
    "item": "Note",
    "small": "Source",
    "source": "Reference",
}
"""The style of a paragraph by its role."""
_LISTS = ("point", "item")


class _DocxState(Struct):
    """The document while it is written, with the list that its last paragraph stands in."""

    document: Any
    pictures: Mapping[str, bytes]
    last: Any = None
    """The last paragraph that is no table's."""
    role: str = ""
    numbering: int = 0
    """The numbering of the list that is open; 0 where the last paragraph is in none."""


def write_docx(briefing: Briefing, pictures: Mapping[str, bytes]) -> bytes:
    """The document's content. ``pictures`` holds a PNG for each item that has a chart, by the item's id."""
    return b"".join(content for content in iter_docx(briefing, pictures) if content is not None)


def iter_docx(briefing: Briefing, pictures: Mapping[str, bytes]) -> Iterator[bytes | None]:
    """Make the document step by step: None after each heading, and at last the file's content."""
    import docx

    state = _DocxState(document=docx.Document(), pictures=pictures)
    parts.prepare_document(state.document, briefing)
    several = [part for part in compose_document(briefing) if has_content(part)]
    for part, after in zip(several, [*several[1:], None], strict=True):
        _write_part(state, part)
        if isinstance(part, TextBlock) and after is not None and _keeps_with_next(part, after):
            state.last.paragraph_format.keep_with_next = True
        if isinstance(part, TextBlock) and part.role in {"h1", "h2"}:
            yield None
    out = BytesIO()
    state.document.save(out)
    yield out.getvalue()


def _keeps_with_next(part: TextBlock, after: Part) -> bool:
    """Whether a paragraph stays on a page with what follows: a table that it leads up to, or its source."""
    return after.role == "small" if isinstance(after, TextBlock) else part.role == "text"


def _write_part(state: _DocxState, part: Part) -> None:
    if isinstance(part, TextBlock):
        _write_block(state, part)
        return
    state.role, state.numbering = "", 0
    if isinstance(part, DocumentTable):
        parts.add_caption(state.document, part.caption, keep=True)
        add_table(state.document, part)
    elif part.item in state.pictures:
        _write_picture(state, part)


def _write_picture(state: _DocxState, part: ChartPicture) -> None:
    chart = part.chart
    parts.add_picture(state.document, state.pictures[part.item], chart.title, chart.alt_text)
    parts.add_caption(state.document, part.caption, keep=False)


def _write_block(state: _DocxState, block: TextBlock) -> None:
    style = _STYLES[block.role]
    if block.role == "quote":
        several = [text for text in safe_text(block.text).split("\n\n") if text.strip()]
        for text in several:
            state.last = state.document.add_paragraph(text, style=style)
            parts.keep_with_next(state.last)
        state.role, state.numbering = block.role, 0
        return
    is_numbered = block.role in _LISTS and bool(block.label)
    paragraph = state.last = state.document.add_paragraph(style="List Number" if is_numbered else style)
    if is_numbered:
        if state.role != block.role or not state.numbering:
            state.numbering = parts.new_numbering(state.document)
        parts.number_paragraph(paragraph, state.numbering)
    else:
        state.numbering = 0
    state.role = block.role
    if block.target:
        paragraph.add_run(f"{block.label}\t")
    parts.write_text(paragraph, block.text, block.lead, block.cites)
    if block.target:
        parts.add_bookmark(paragraph, block.target)
