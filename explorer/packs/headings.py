"""Where in a table its headings stand."""

from __future__ import annotations

from collections.abc import Sequence

from .amount_cells import read_amount
from .meanings import period_of


def find_header_row(rows: Sequence[Sequence[object]]) -> int:
    """Which row holds the headings: the first that has the most words, with something below it."""
    best, most = 0, 0
    for at, row in enumerate(rows[:-1]):
        words = sum(1 for cell in row if isinstance(cell, str) and cell.strip() and not is_number(cell))
        words += sum(1 for cell in row if period_of(cell) is not None and not isinstance(cell, str))
        if words > most and any(cell not in (None, "") for cell in rows[at + 1]):
            best, most = at, words
    return best


def is_number(cell: object) -> bool:
    """Whether a cell holds a number."""
    return not isinstance(cell, bool) and read_amount(cell).number is not None
