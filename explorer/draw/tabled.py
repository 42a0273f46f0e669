"""How wide the columns of a table are: room goes where it saves most lines. No Qt."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import ceil

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
_RAGGED = 1.08
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
    widths = _given(least, lengths, room - sum(least))
    # What no column needs is shared by what each holds.
    spare, held = room - sum(widths), [max(several, default=0.0) + 1 for several in lengths]
    return [wide + spare * one / sum(held) for wide, one in zip(widths, held, strict=True)]


def _given(least: Sequence[float], lengths: Sequence[Sequence[float]], spare: float) -> list[float]:
    """The least widths and as much of ``spare`` as saves lines."""
    step = spare / _STEPS
    lines = [
        [[_lines(length, wide + at * step) for length in several] for at in range(_STEPS + 1)]
        for wide, several in zip(least, lengths, strict=True)
    ]
    # Moves lead to what is lowest nearby, so they begin from two sides.
    most = max(range(len(least)), key=lambda column: sum(lengths[column]))
    one_sided = [_STEPS if column == most else 0 for column in range(len(least))]
    several = [_settled(lines, start) for start in (_dealt(lines), one_sided)]
    taken = min(several, key=lambda one: _high(lines, one))
    return [wide + at * step for wide, at in zip(least, taken, strict=True)]


def _dealt(lines: _Lines) -> list[int]:
    """How many steps each column has, where every step goes to the column that it saves most lines in."""
    costs = [[sum(one**2 for one in several) for several in column] for column in lines]
    taken, left = [0] * len(lines), _STEPS
    while left:
        saved, column, steps = max(
            ((cost[at] - cost[at + more]) / more, number, more)
            for number, (cost, at) in enumerate(zip(costs, taken, strict=True))
            for more in range(1, left + 1)
        )
        if saved <= 0:
            break
        taken[column] += steps
        left -= steps
    return taken


def _settled(lines: _Lines, taken: list[int]) -> list[int]:
    """The same with steps moved from one column to another, as long as that makes the rows lower."""
    pairs = [(a, b) for a in range(len(taken)) for b in range(len(taken)) if a != b]
    best, found = _high(lines, taken), taken
    for _turn in range(_STEPS):
        tried = [
            [at + (more if n == b else -more if n == a else 0) for n, at in enumerate(found)]
            for a, b in pairs
            for more in _MOVES
            if found[a] >= more
        ]
        least, at = min(((_high(lines, one), at) for at, one in enumerate(tried)), default=(best, 0))
        if least >= best:
            break
        best, found = least, tried[at]
    return found


def _high(lines: _Lines, taken: Sequence[int]) -> tuple[int, int]:
    """How high the rows are together, and then how many lines all cells have."""
    held = [column[min(at, _STEPS)] for column, at in zip(lines, taken, strict=True)]
    return sum(map(max, *held)) if len(held) > 1 else sum(held[0]), sum(map(sum, held))


def _lines(length: float, wide: float) -> int:
    return 1 if length <= wide else ceil(length * _RAGGED / max(wide, 1.0))
