"""Where the pages of a document break: over all of it at once, so that what belongs together stays so. No Qt.

A document is a row of strips, each a line of text, a row of a table or a chart. A page costs what it leaves
empty and what is torn apart at its head; the breaks that cost least in all are taken.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

from msgspec import Struct

TOGETHER = 100_000.0
"""What it costs to tear apart what must stay together: more than any number of pages left half empty."""
_PAGE, _EMPTY, _LAST = 8.0, 130.0, 0.15
"""What each page costs, what one that is left wholly empty does (with half of it empty, a quarter), and what
part of that the last page does, which may well be short."""


class StripSize(Struct, frozen=True):
    """What a strip needs of a page."""

    high: float
    before: float = 0.0
    """Room over it, which is left out at the head of a page."""
    away: float = 0.0
    """What it costs to begin a page with it; below 0, what is gained."""
    again: float = 0.0
    """What is painted over it where it begins a page: the header of a table that goes on."""


def find_page_breaks(sizes: Sequence[StripSize], room: float) -> list[int]:
    """The first strip of each page, where ``room`` is a page's height. One that is higher stands alone."""
    ends = [0.0, *accumulate(size.before + size.high for size in sizes)]
    costs, best = [0.0], [0]
    for end in range(1, len(sizes) + 1):
        least, first = float("inf"), end - 1
        for start in range(end - 1, -1, -1):
            bare = ends[end] - ends[start] - sizes[start].before
            filled_height = bare + (sizes[start].again if start else 0.0)
            alone = start == end - 1
            if bare > room and not alone:
                break
            if filled_height > room and not alone:
                continue  # a page that begins before the table has no header to paint again
            empty = _EMPTY * max(0.0, 1 - filled_height / room) ** 2 * (_LAST if end == len(sizes) else 1.0)
            total_cost = costs[start] + _PAGE + empty + (sizes[start].away if start else 0.0)
            if total_cost < least:
                least, first = total_cost, start
        costs.append(least)
        best.append(first)
    return _trace_starts(best)


def _trace_starts(best: Sequence[int]) -> list[int]:
    """The starts of the pages, back from the last one."""
    starts: list[int] = []
    at = len(best) - 1
    while at > 0:
        at = best[at]
        starts.append(at)
    return starts[::-1]
