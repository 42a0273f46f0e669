"""Everything in a record that published figures disagree on, found by rule and never from a list.

Each family of rules has a file of its own; none of them settles who is right, and none works a figure out.
An amount without a number takes part in none of them.
"""

from __future__ import annotations

from collections.abc import Sequence

from .conflicts import Conflict
from .coverage import Coverage
from .doubts import Doubt, DoubtKind
from .doubts_changes import change_discrepancies
from .doubts_classes import above_class, not_whole
from .doubts_periods import period_discrepancies
from .doubts_places import memberships, scopes, twins
from .doubts_platforms import above_total, shares_above_all
from .doubts_said import ambiguous, claims_of, contradicted, differing, notes_of
from .doubts_sums import parts
from .doubts_wholes import place_discrepancies
from .record import Record

__all__ = ["Doubt", "DoubtKind", "find_doubts"]

_KINDS = {kind: at for at, kind in enumerate(DoubtKind)}


def find_doubts(record: Record, *, conflicts: Sequence[Conflict]) -> tuple[Doubt, ...]:
    """All discrepancies of what ``record`` holds, by kind, then in place order.

    ``conflicts`` are those of all its figures, from ``conflicts.find_conflicts``. Notes and claims are asked
    of the record where it holds any. Run it once for each state of the record, not for each page.
    """
    figures = tuple(figure for figure in record.figures() if figure.amount.number is not None)
    coverage = Coverage(record, figures)
    found = [
        *differing(conflicts, record),
        *period_discrepancies(figures, coverage),
        *parts(figures, coverage),
        *above_total(figures, coverage),
        *place_discrepancies(figures, coverage),
        *shares_above_all(figures, coverage),
        *above_class(figures, coverage),
        *not_whole(figures, record),
        *change_discrepancies(figures, coverage),
        *twins(figures, record),
        *scopes(figures, record),
        *memberships(figures, record),
        *contradicted(claims_of(record), record),
    ]
    found += ambiguous(notes_of(record), {figure.id: figure for figure in figures}, found)
    return tuple(sorted(found, key=lambda doubt: (_KINDS[doubt.kind], _first(doubt, record))))


def _first(doubt: Doubt, record: Record) -> int:
    places = record.places
    return min((places.position(code) for code in doubt.places if code in places), default=len(places))
