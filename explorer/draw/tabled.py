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
