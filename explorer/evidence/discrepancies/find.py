"""Everything in a record that published figures disagree on, found by rule and never from a list.

Each family of rules has a file of its own; none of them settles who is right, and none works a figure out.
An amount without a number takes part in none of them.
"""

from __future__ import annotations

from collections.abc import Sequence

from explorer.evidence.analysis import ForceCoverage
from explorer.evidence.conflicts import ConflictingFigures
from explorer.evidence.repository import Repository

from .changes import change_discrepancies
from .classes import above_class, not_whole
from .coverage import duplicate_counts, membership_changes, scope_mismatches
from .model import Discrepancy, DiscrepancyKind
from .periods import period_discrepancies
from .places import place_discrepancies
from .platforms import above_total, shares_above_all
from .statements import ambiguous_figures, claims_of, conflicting_reports, notes_of, refuted_claims
from .totals import oversized_breakdowns

__all__ = ["Discrepancy", "DiscrepancyKind", "find_doubts"]

_KINDS = {kind: at for at, kind in enumerate(DiscrepancyKind)}


def find_doubts(record: Repository, *, conflicts: Sequence[ConflictingFigures]) -> tuple[Discrepancy, ...]:
    """All discrepancies of what ``record`` holds, by kind, then in place order.

    ``conflicts`` are those of all its figures, from ``conflicts.find_conflicts``. Notes and claims are asked
    of the record where it holds any. Run it once for each state of the record, not for each page.
    """
    figures = tuple(figure for figure in record.figures() if figure.amount.number is not None)
    coverage = ForceCoverage(record, figures)
    discrepancies = [
        *conflicting_reports(conflicts, record),
        *period_discrepancies(figures, coverage),
        *oversized_breakdowns(figures, coverage),
        *above_total(figures, coverage),
        *place_discrepancies(figures, coverage),
        *shares_above_all(figures, coverage),
        *above_class(figures, coverage),
        *not_whole(figures, record),
        *change_discrepancies(figures, coverage),
        *duplicate_counts(figures, record),
        *scope_mismatches(figures, record),
        *membership_changes(figures, record),
        *refuted_claims(claims_of(record), record),
    ]
    discrepancies += ambiguous_figures(notes_of(record), {figure.id: figure for figure in figures}, discrepancies)
    return tuple(sorted(discrepancies, key=lambda doubt: (_KINDS[doubt.kind], _first_position(doubt, record))))


def _first_position(doubt: Discrepancy, record: Repository) -> int:
    places = record.places
    return min((places.position(code) for code in doubt.places if code in places), default=len(places))
