"""A briefing as a Word document: headings, charts with alt text, real tables, numbered sources.

The charts come as pictures that ``draw`` has made before, one for each item by its id: drawing needs the
window's thread, and writing does not.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import Any

from msgspec import Struct

from explorer.briefing.document import Briefing
from explorer.draw.parts import Block, Part, Picture, Rows, holds

from . import letter_parts as parts
from .letter_table import table
from .manuscript import manuscript
from .stamp import safe

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


class _Letter(Struct):
    """The document while it is written, with the list that its last paragraph stands in."""

    made: Any
    pictures: Mapping[str, bytes]
    last: Any = None
    """The last paragraph that is no table's."""
    role: str = ""
    numbering: int = 0
    """The numbering of the list that is open; 0 where the last paragraph is in none."""


def letter(briefing: Briefing, pictures: Mapping[str, bytes]) -> bytes:
    """The document's content. ``pictures`` holds a PNG for each item that has a chart, by the item's id."""
    return b"".join(content for content in lettered(briefing, pictures) if content is not None)


def lettered(briefing: Briefing, pictures: Mapping[str, bytes]) -> Iterator[bytes | None]:
    """Make the document step by step: None after each heading, and at last the file's content."""
    import docx

    held = _Letter(made=docx.Document(), pictures=pictures)
    parts.prepare(held.made, briefing)
    several = [part for part in manuscript(briefing) if holds(part)]
    for part, after in zip(several, [*several[1:], None], strict=True):
        _write(held, part)
        if isinstance(part, Block) and after is not None and _keeps(part, after):
            held.last.paragraph_format.keep_with_next = True
        if isinstance(part, Block) and part.role in {"h1", "h2"}:
            yield None
    out = BytesIO()
    held.made.save(out)
    yield out.getvalue()


def _keeps(part: Block, after: Part) -> bool:
    """Whether a paragraph stays on a page with what follows: a table that it leads up to, or its source."""
    return after.role == "small" if isinstance(after, Block) else part.role == "text"


def _write(held: _Letter, part: Part) -> None:
    if isinstance(part, Block):
        _block(held, part)
        return
    held.role, held.numbering = "", 0
    if isinstance(part, Rows):
        parts.caption(held.made, part.caption, keep=True)
        table(held.made, part)
    elif part.item in held.pictures:
        _picture(held, part)


def _picture(held: _Letter, part: Picture) -> None:
    chart = part.chart
    parts.picture(held.made, held.pictures[part.item], chart.title, chart.alt_text)
    parts.caption(held.made, part.caption, keep=False)


def _block(held: _Letter, block: Block) -> None:
    style = _STYLES[block.role]
    if block.role == "quote":
        several = [text for text in safe(block.text).split("\n\n") if text.strip()]
        for text in several:
            held.last = held.made.add_paragraph(text, style=style)
            parts.kept(held.last)
        held.role, held.numbering = block.role, 0
        return
    numbered = block.role in _LISTS and bool(block.label)
    paragraph = held.last = held.made.add_paragraph(style="List Number" if numbered else style)
    if numbered:
        if held.role != block.role or not held.numbering:
            held.numbering = parts.new_numbering(held.made)
        parts.number(paragraph, held.numbering)
    else:
        held.numbering = 0
    held.role = block.role
    if block.target:
        paragraph.add_run(f"{block.label}\t")
    parts.write(paragraph, block.text, block.lead, block.cites)
    if block.target:
        parts.bookmarked(paragraph, block.target)
