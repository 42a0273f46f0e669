"""Everything in a record that printed figures disagree on, found by rule and never from a list.

Each rule stands in a file of its own; none of them settles who is right, and none works a figure out.
"""

from __future__ import annotations

from collections.abc import Sequence

from .conflicts import Conflict
from .doubts import Doubt, DoubtKind
from .record import Record

__all__ = ["Doubt", "DoubtKind", "find_doubts"]


def find_doubts(record: Record, *, conflicts: Sequence[Conflict]) -> tuple[Doubt, ...]:
    """All doubts about what ``record`` holds, by kind, then in place order.

    ``conflicts`` are those of all its figures, from ``conflicts.find_conflicts``. Notes and claims are asked
    of the record where it holds any. Run it once for each state of the record, not for each page.
    """
    found: list[Doubt] = []
    return tuple(found)
