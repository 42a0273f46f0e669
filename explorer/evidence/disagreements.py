"""Everything in a record that printed figures disagree on, found by rule and never from a list.

Each family of rules stands in a file of its own; none of them settles who is right, and none works a figure
out. An amount without a number takes part in none of them.
"""

from __future__ import annotations

from collections.abc import Sequence

from .conflicts import Conflict
from .doubts import Doubt, DoubtKind
from .doubts_places import memberships as regions_counted
from .doubts_places import scopes, twins
from .doubts_said import ambiguous, claims_of, contradicted, differing, notes_of
from .doubts_sums import changes, parts, region_sums, sums
from .record import Record
from .scope import memberships

__all__ = ["Doubt", "DoubtKind", "find_doubts"]

_KINDS = {kind: at for at, kind in enumerate(DoubtKind)}


def find_doubts(record: Record, *, conflicts: Sequence[Conflict]) -> tuple[Doubt, ...]:
    """All doubts about what ``record`` holds, by kind, then in place order.

    ``conflicts`` are those of all its figures, from ``conflicts.find_conflicts``. Notes and claims are asked
    of the record where it holds any. Run it once for each state of the record, not for each page.
    """
    figures = tuple(figure for figure in record.figures() if figure.amount.number is not None)
    found = [
        *differing(conflicts, record),
        *sums(figures),
        *parts(figures, record),
        *region_sums(figures, record, memberships(record)),
        *changes(figures, record),
        *twins(figures, record),
        *scopes(figures, record),
        *regions_counted(figures, record),
        *contradicted(claims_of(record), record),
    ]
    found += ambiguous(notes_of(record), {figure.id: figure for figure in figures}, found)
    return tuple(sorted(found, key=lambda doubt: (_KINDS[doubt.kind], _first(doubt, record))))


def _first(doubt: Doubt, record: Record) -> int:
    places = record.places
    return min((places.position(code) for code in doubt.places if code in places), default=len(places))
