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
_KEPT = 1.05
"""What a line is taken to be wider than it is counted."""
LEADING = 1.2
_SHARES = (1.0, 0.92, 0.85, 0.78)
"""In what part of their sizes words are tried, one after the other, before they go on to another slide."""


class Words(Struct, frozen=True, kw_only=True):
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


class _Advances(dict[str, int]):
    """How wide each letter is, in thousandths of the size; found once and kept."""

    def __missing__(self, letter: str) -> int:
        code = ord(letter)
        if 32 <= code <= 126:
            found = _ASCII[code - 32]
        else:
            found = _OTHER if code < 0x1100 or 0x2000 <= code < 0x2600 else _WIDE
        self[letter] = found
        return found


_ADVANCES = _Advances()


def _advance(text: str) -> int:
    return sum(map(_ADVANCES.__getitem__, text))


def _points(advance: int, size: float) -> float:
    return advance * size * _KEPT / 1000


def width(text: str, size: float) -> float:
    """How wide a text is on one line, in points."""
    return _points(_advance(text), size)


def lines(text: str, size: float, room: float) -> int:
    """How many lines a text takes in a column that is ``room`` points wide; long words are broken."""
    return sum(1 for _ in broken(text, size, room))


def broken(text: str, size: float, room: float) -> Iterator[tuple[str, str]]:
    """The lines that a text is broken into, each with what stood between it and the next."""
    for part in text.split("\n"):
        first, *others = part.split(" ")
        line, wide = first, _advance(first)
        for word in [None, *others]:
            more = 0 if word is None else _ADVANCES[" "] + _advance(word)
            if _points(wide + more, size) <= room:
                line, wide = line if word is None else f"{line} {word}", wide + more
                continue
            if word is not None:
                yield line, " "
                line, wide = word, more - _ADVANCES[" "]
            at = 0
            while _points(wide, size) > room:
                kept, taken = _most(line, at, size, room)
                yield line[at : at + kept], ""
                at, wide = at + kept, wide - taken
            line = line[at:]
        yield line, "\n"


def _most(word: str, at: int, size: float, room: float) -> tuple[int, int]:
    """How many letters of a word from ``at`` on fit on a line, one at the least, and their advance."""
    taken = _ADVANCES[word[at]]
    for count in range(1, len(word) - at):
        more = taken + _ADVANCES[word[at + count]]
        if _points(more, size) > room:
            return count, taken
        taken = more
    return len(word) - at, taken


def height(words: Words, room: float) -> float:
    """How high a paragraph is with the space behind it, in points."""
    told = " ".join(part for part in (words.lead, words.text, words.mark) if part)
    return lines(told, words.size, room) * words.size * LEADING + words.after


def fitted(several: Sequence[Words], room: tuple[float, float]) -> list[tuple[Words, ...]]:
    """The paragraphs by slide, as large as they can be: ``room`` is the width and height of the box.

    They are set smaller where that saves a slide, and go on to the next where it does not; no word is left
    out.
    """
    wide, high = room
    found = (list(_flowed([_scaled(one, share) for one in several], wide, high)) for share in _SHARES)
    return min(found, key=len)  # of equals the first, which is the largest


def _scaled(words: Words, share: float) -> Words:
    size = max(words.least, round(words.size * share))
    return replace(words, size=min(size, words.size), after=words.after * share)


def _flowed(several: Sequence[Words], wide: float, high: float) -> Iterator[tuple[Words, ...]]:
    page: list[Words] = []
    left = high
    for one in several:
        for part in _split(one, wide, high):
            needed = height(part, wide)
            if page and needed > left:
                yield tuple(page)
                page, left = [], high
            page.append(part)
            left -= needed
    if page:
        yield tuple(page)


def _split(words: Words, wide: float, high: float) -> Iterator[Words]:
    """The paragraph, or pieces of it that each fit on a slide."""
    if height(words, wide) <= high:
        yield words
        return
    most = max(1, int((high - words.after) / (words.size * LEADING)) - 1)
    told = list(broken(words.text, words.size, wide))
    for at in range(0, len(told), most):
        first, last = at == 0, at + most >= len(told)
        text = "".join(line + between for line, between in told[at : at + most]).rstrip()
        yield replace(words, text=text, lead=words.lead if first else "", mark=words.mark if last else "")
