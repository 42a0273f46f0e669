"""What a document is put together from before it is written: paragraphs by role, tables and charts. No Qt.

The PDF and the Word document are both made of these, so that they say the same in the same order.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from math import ceil

from msgspec import Struct

from explorer.pages.model import Chart


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


# How wide the columns of a table are: room goes where it saves most lines. No Qt.


Measure = Callable[[str, bool], float]
"""The width of a line of text; True for one in a header."""
_Lines = list[list[list[int]]]
"""For each column and each number of steps that it may have, how many lines each of its cells takes."""
_WORD = 60
"""The most characters of a word that a column is made wide for; a longer one is broken."""
_ROWS, _STEPS = 60, 32
"""How many rows are looked at, and in how many steps the room is given away."""
_MOVES = (1, 2, 4, 8, 12, 16)
"""How many steps are tried to be moved from one column to another at once."""
_WRAP_FACTOR = 1.08
"""How much more than its own length a text of several lines takes, as lines end before they are full."""


def column_widths(columns: Sequence[Sequence[str]], measure: Measure, room: float) -> list[float]:
    """The widths of ``columns`` of texts, which fill ``room``. The first text of each is its header."""
    lengths: list[list[float]] = []
    least: list[float] = []
    for head, *texts in columns:
        lengths.append([measure(head, True), *(measure(text[: 8 * _WORD], False) for text in texts[:_ROWS])])
        words = {(word[:_WORD], False) for text in texts for word in text.split()}
        words |= {(word[:_WORD], True) for word in head.split()}
        least.append(min(max((measure(*word) for word in words), default=0.0), room / 2))
    if sum(least) >= room:
        return [room * wide / sum(least) for wide in least]
    widths = _distribute_spare(least, lengths, room - sum(least))
    # What no column needs is shared by what each holds.
    spare, longest = room - sum(widths), [max(several, default=0.0) + 1 for several in lengths]
    return [wide + spare * one / sum(longest) for wide, one in zip(widths, longest, strict=True)]


def _distribute_spare(least: Sequence[float], lengths: Sequence[Sequence[float]], spare: float) -> list[float]:
    """The least widths and as much of ``spare`` as saves lines."""
    step = spare / _STEPS
    lines = [
        [[_count_lines(length, wide + at * step) for length in several] for at in range(_STEPS + 1)]
        for wide, several in zip(least, lengths, strict=True)
    ]
    # Moves lead to what is lowest nearby, so they begin from two sides.
    most = max(range(len(least)), key=lambda column: sum(lengths[column]))
    one_sided = [_STEPS if column == most else 0 for column in range(len(least))]
    several = [_improve_steps(lines, start) for start in (_deal_steps(lines), one_sided)]
    best_steps = min(several, key=lambda one: _height_key(lines, one))
    return [wide + at * step for wide, at in zip(least, best_steps, strict=True)]


def _deal_steps(lines: _Lines) -> list[int]:
    """How many steps each column has, where every step goes to the column that it saves most lines in."""
    costs = [[sum(one**2 for one in several) for several in column] for column in lines]
    column_steps, remaining = [0] * len(lines), _STEPS
    while remaining:
        lines_saved, column, steps = max(
            ((column_costs[at] - column_costs[at + more]) / more, number, more)
            for number, (column_costs, at) in enumerate(zip(costs, column_steps, strict=True))
            for more in range(1, remaining + 1)
        )
        if lines_saved <= 0:
            break
        column_steps[column] += steps
        remaining -= steps
    return column_steps


def _improve_steps(lines: _Lines, column_steps: list[int]) -> list[int]:
    """The same with steps moved from one column to another, as long as that makes the rows lower."""
    pairs = [(a, b) for a in range(len(column_steps)) for b in range(len(column_steps)) if a != b]
    best, best_steps = _height_key(lines, column_steps), column_steps
    for _turn in range(_STEPS):
        candidates = [
            [at + (more if n == b else -more if n == a else 0) for n, at in enumerate(best_steps)]
            for a, b in pairs
            for more in _MOVES
            if best_steps[a] >= more
        ]
        least, at = min(((_height_key(lines, one), at) for at, one in enumerate(candidates)), default=(best, 0))
        if least >= best:
            break
        best, best_steps = least, candidates[at]
    return best_steps


def _height_key(lines: _Lines, column_steps: Sequence[int]) -> tuple[int, int]:
    """How high the rows are together, and then how many lines all cells have."""
    cell_lines = [column[min(at, _STEPS)] for column, at in zip(lines, column_steps, strict=True)]
    return sum(map(max, *cell_lines)) if len(cell_lines) > 1 else sum(cell_lines[0]), sum(map(sum, cell_lines))


def _count_lines(length: float, wide: float) -> int:
    return 1 if length <= wide else ceil(length * _WRAP_FACTOR / max(wide, 1.0))
