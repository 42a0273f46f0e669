"""What a document is put together from before it is painted: paragraphs by role, tables and charts. No Qt."""

from __future__ import annotations

from msgspec import Struct

from explorer.pages.chart import Chart


class Block(Struct, frozen=True, kw_only=True):
    """A paragraph. ``role`` is one of ``ROLES``; items that follow each other stand in one list."""

    role: str
    text: str


class Rows(Struct, frozen=True, kw_only=True):
    """A table with a header row; ``numeric`` are the columns set flush right."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: tuple[int, ...] = ()


class Picture(Struct, frozen=True, kw_only=True):
    """A chart, drawn at the width of the text."""

    chart: Chart


Part = Block | Rows | Picture


class Role(Struct, frozen=True):
    """How a paragraph is set, in pixels, and what it is in the tree of the document."""

    tag: str
    size: float
    bold: bool = False
    muted: bool = False
    before: float = 0.0
    after: float = 8.0
    indent: float = 0.0
    keep: float = 0.0
    """How much room under it must be left on the page, so that no heading stands alone."""


ROLES = {
    "title": Role("Title", 32, bold=True, after=10),
    "byline": Role("P", 15, muted=True, after=18),
    "h1": Role("H1", 23, bold=True, before=22, after=8, keep=150),
    "h2": Role("H2", 17, bold=True, before=14, after=6, keep=110),
    "text": Role("P", 14),
    "quote": Role("BlockQuote", 16, indent=18),
    "item": Role("LI", 13, indent=18, after=5),
    "caption": Role("Caption", 13, bold=True, before=6, after=5, keep=60),
    "small": Role("P", 11.5, muted=True),
}
