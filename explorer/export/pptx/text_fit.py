"""How much room words take on a slide, before any program has drawn them: sizes, lines, and where to go on.

The widths are those of Helvetica, which Arial and Liberation Sans share; other faces are a little narrower or
wider, so that some room is always kept.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

_ASCII = (
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278,
    *(556,) * 10,
    278, 278, 584, 584, 584, 556, 1015,
    667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833,
    722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611,
    278, 278, 278, 469, 556, 333,
    556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833,
    556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500,
    334, 260, 334, 584,
)  # fmt: skip
"""The widths of the letters from the space to the tilde, in thousandths of the size."""
_OTHER, _WIDE = 600, 1000
_WIDTH_MARGIN = 1.05
"""What a line is taken to be wider than it is counted."""
LEADING = 1.2
_SHARES = (1.0, 0.92, 0.85, 0.78)
"""In what part of their sizes words are tried, one after the other, before they go on to another slide."""


class SlideParagraph(Struct, frozen=True, kw_only=True):
    """A paragraph: what it says, how large, and how far the next stands from it, in points."""

    text: str
    role: str = "text"
    lead: str = ""
    """Words that stand before the text in bold."""
    mark: str = ""
    """What stands raised behind it, such as the numbers of its sources."""
    size: float = 18.0
    after: float = 8.0
    least: float = 11.0
    """The smallest size it may be set in."""


class _AdvanceWidths(dict[str, int]):
    """How wide each letter is, in thousandths of the size; found once and kept."""

    def __missing__(self, letter: str) -> int:
        code = ord(letter)
        if 32 <= code <= 126:
            advance = _ASCII[code - 32]
        else:
            advance = _OTHER if code < 0x1100 or 0x2000 <= code < 0x2600 else _WIDE
        self[letter] = advance
        return advance


_ADVANCES = _AdvanceWidths()


def _advance_width(text: str) -> int:
    return sum(map(_ADVANCES.__getitem__, text))


def _to_points(advance: int, size: float) -> float:
    return advance * size * _WIDTH_MARGIN / 1000


def text_width(text: str, size: float) -> float:
    """How wide a text is on one line, in points."""
    return _to_points(_advance_width(text), size)


def count_lines(text: str, size: float, room: float) -> int:
    """How many lines a text takes in a column that is ``room`` points wide; long words are broken."""
    return sum(1 for _ in break_lines(text, size, room))


def break_lines(text: str, size: float, room: float) -> Iterator[tuple[str, str]]:
    """The lines that a text is broken into, each with what stood between it and the next."""
    for part in text.split("\n"):
        first, *others = part.split(" ")
        line, wide = first, _advance_width(first)
        for word in [None, *others]:
            more = 0 if word is None else _ADVANCES[" "] + _advance_width(word)
            if _to_points(wide + more, size) <= room:
                line, wide = line if word is None else f"{line} {word}", wide + more
                continue
            if word is not None:
                yield line, " "
                line, wide = word, more - _ADVANCES[" "]
            at = 0
            while _to_points(wide, size) > room:
                fitting_count, fitting_advance = _fit_prefix(line, at, size, room)
                yield line[at : at + fitting_count], ""
                at, wide = at + fitting_count, wide - fitting_advance
            line = line[at:]
        yield line, "\n"


def _fit_prefix(word: str, at: int, size: float, room: float) -> tuple[int, int]:
    """How many letters of a word from ``at`` on fit on a line, one at the least, and their advance."""
    advance = _ADVANCES[word[at]]
    for count in range(1, len(word) - at):
        more = advance + _ADVANCES[word[at + count]]
        if _to_points(more, size) > room:
            return count, advance
        advance = more
    return len(word) - at, advance


def paragraph_height(words: SlideParagraph, room: float) -> float:
    """How high a paragraph is with the space behind it, in points."""
    full_text = " ".join(part for part in (words.lead, words.text, words.mark) if part)
    return count_lines(full_text, words.size, room) * words.size * LEADING + words.after


def fit_to_slides(several: Sequence[SlideParagraph], room: tuple[float, float]) -> list[tuple[SlideParagraph, ...]]:
    """The paragraphs by slide, as large as they can be: ``room`` is the width and height of the box.

    They are set smaller where that saves a slide, and go on to the next where it does not; no word is left
    out.
    """
    wide, high = room
    layouts = (
        list(_flow_paragraphs([_scale_paragraph(one, share) for one in several], wide, high)) for share in _SHARES
    )
    return min(layouts, key=len)  # of equals the first, which is the largest


def _scale_paragraph(words: SlideParagraph, share: float) -> SlideParagraph:
    size = max(words.least, round(words.size * share))
    return replace(words, size=min(size, words.size), after=words.after * share)


def _flow_paragraphs(
    several: Sequence[SlideParagraph], wide: float, high: float
) -> Iterator[tuple[SlideParagraph, ...]]:
    page: list[SlideParagraph] = []
    remaining = high
    for one in several:
        for part in _split_paragraph(one, wide, high):
            part_height = paragraph_height(part, wide)
            if page and part_height > remaining:
                yield tuple(page)
                page, remaining = [], high
            page.append(part)
            remaining -= part_height
    if page:
        yield tuple(page)


def _split_paragraph(words: SlideParagraph, wide: float, high: float) -> Iterator[SlideParagraph]:
    """The paragraph, or pieces of it that each fit on a slide."""
    if paragraph_height(words, wide) <= high:
        yield words
        return
    most = max(1, int((high - words.after) / (words.size * LEADING)) - 1)
    text_lines = list(break_lines(words.text, words.size, wide))
    for at in range(0, len(text_lines), most):
        first, last = at == 0, at + most >= len(text_lines)
        text = "".join(line + between for line, between in text_lines[at : at + most]).rstrip()
        yield replace(words, text=text, lead=words.lead if first else "", mark=words.mark if last else "")
