"""What a document is put together from before it is written: paragraphs by role, tables and charts. No Qt.

The PDF and the Word document are both made of these, so that they say the same in the same order.
"""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from explorer.pages.model.chart import Chart


class TextBlock(Struct, frozen=True, kw_only=True):
    """A paragraph. ``role`` is one of ``ROLES``; items of one role that follow each other are one list."""

    role: str
    text: str
    lead: str = ""
    """The words that it begins with, in bold."""
    label: str = ""
    """Of an item that is numbered: "1." or "[3]". Empty for one with a bullet."""
    cites: tuple[int, ...] = ()
    """The numbers of its sources, which follow it."""
    target: int = 0
    """Of an entry in the list of sources: its number, where what cites it leads to."""


class NumberedCaption(Struct, frozen=True, kw_only=True):
    """What stands over a table or under a chart: "Table", its number among the tables, and a text."""

    name: str
    number: int
    text: str

    @property
    def label(self) -> str:
        """What it is referred to by: "Table 3"."""
        return f"{self.name} {self.number}"


class TextCell(Struct, frozen=True, kw_only=True):
    """A cell of a table: its text, and what is said under it in small type."""

    text: str
    small: str = ""
    cites: tuple[int, ...] = ()


class DocumentTable(Struct, frozen=True, kw_only=True):
    """A table with a header row; ``numeric`` are the columns set flush right."""

    columns: tuple[str, ...]
    rows: tuple[tuple[TextCell, ...], ...]
    caption: NumberedCaption
    numeric: tuple[int, ...] = ()


class ChartPicture(Struct, frozen=True, kw_only=True):
    """A chart, drawn at the width of the text without the words that stand round it in the document."""

    chart: Chart
    caption: NumberedCaption
    item: str = ""
    """The id of the item whose chart it is."""


Part = TextBlock | DocumentTable | ChartPicture


def has_content(part: Part) -> bool:
    """Whether there is anything to write: a paragraph may be empty."""
    return not isinstance(part, TextBlock) or bool(part.text.strip() or part.lead)


def build_cells(texts: Iterable[str]) -> tuple[TextCell, ...]:
    """A row of plain texts."""
    return tuple(TextCell(text=text) for text in texts)


def format_citations(numbers: Iterable[int]) -> tuple[tuple[str, int], ...]:
    """The numbers of sources as they are written, each once and in order, with where each leads.

    Up to three stand in brackets of their own: "[1] [2]". More share one, and those that follow each other
    are a range, which leads to its first: "[1, 3, 8–15]".
    """
    sorted_numbers = sorted(set(numbers))
    if len(sorted_numbers) <= 3:
        return tuple((f"[{number}]", number) for number in sorted_numbers)
    ranges: list[list[int]] = []
    for number in sorted_numbers:
        if ranges and number == ranges[-1][-1] + 1:
            ranges[-1].append(number)
        else:
            ranges.append([number])
    # Two that follow each other are no range: "1, 2" says it as well.
    pieces = [piece for number_run in ranges for piece in (number_run if len(number_run) == 2 else [number_run])]
    return tuple(_format_range(piece, at, len(pieces)) for at, piece in enumerate(pieces))


def _format_range(piece: int | list[int], at: int, of: int) -> tuple[str, int]:
    first, last = (piece, piece) if isinstance(piece, int) else (piece[0], piece[-1])
    range_text = str(first) if first == last else f"{first}–{last}"
    return f"{'[' if at == 0 else ''}{range_text}{']' if at == of - 1 else ','}", first


class BlockRole(Struct, frozen=True):
    """How a paragraph is set, in pixels of 1/96 inch, and what it is in the tree of the document."""

    tag: str
    size: int
    bold: bool = False
    is_muted: bool = False
    before: float = 0.0
    indent: float = 0.0
    keep: bool = False
    """Whether it stays on a page with what follows it."""
    away: float = 6.0
    """What it costs to begin a page with it, where 10 is as bad as a third of a page left empty."""
    rule: bool = False
    """Whether a line stands over it."""


ROLES = {
    "title": BlockRole("H1", 30, bold=True, keep=True, away=0),
    "byline": BlockRole("P", 14, is_muted=True, before=20, keep=True),
    "lede": BlockRole("P", 12, is_muted=True, before=8, keep=True),
    "h1": BlockRole("H2", 20, bold=True, before=30, keep=True, away=-4, rule=True),
    "h2": BlockRole("H3", 16, bold=True, before=24, keep=True, away=0),
    "text": BlockRole("P", 14, before=8),
    "quote": BlockRole("BlockQuote", 15, before=12, indent=18, away=3),
    "speaker": BlockRole("P", 12, before=6, indent=18, away=1000),
    "point": BlockRole("L", 14, before=7, indent=18, away=8),
    "item": BlockRole("L", 12, before=5, indent=18, away=14),
    "small": BlockRole("P", 12, is_muted=True, before=7, away=60),
    "source": BlockRole("L", 12, before=5, indent=36, away=5),
}
"""Of each paragraph by its role. Numbered items hang by their label as wide as the indent."""
