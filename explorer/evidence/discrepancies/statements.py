"""Discrepancies of what is said: different numbers for one thing, claims that the record contradicts, notes.

Which of two numbers is right is not settled here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import timedelta
from typing import cast

from explorer.evidence import formatting
from explorer.evidence.analysis import published_on
from explorer.evidence.claims import CHECKS, CheckResult, check_claim
from explorer.evidence.conflicts import ConflictingFigures
from explorer.evidence.model import Claim, EvidenceNote, Figure, NoteKind, Unit, Verdict
from explorer.evidence.repository import Repository

from .model import Discrepancy, DiscrepancyKind

_RELEASE = timedelta(days=45)
_SAME = frozenset(
    {
        DiscrepancyKind.DIFFER,
        DiscrepancyKind.SUM,
        DiscrepancyKind.PERIOD,
        DiscrepancyKind.PARTS,
        DiscrepancyKind.REGION_SUM,
        DiscrepancyKind.TWIN,
    }
)
_DOUBTFUL = frozenset({NoteKind.ATTRIBUTION, NoteKind.WORDING, NoteKind.DATE})


def conflicting_reports(conflicts: Iterable[ConflictingFigures], record: Repository) -> Iterator[Discrepancy]:
    """What is published differently for one thing."""
    for conflict in conflicts:
        yield Discrepancy(
            kind=DiscrepancyKind.DIFFER,
            figures=tuple(figure.id for figure in conflict.figures),
            text=_describe_conflict(conflict.figures, record),
            places=tuple(dict.fromkeys(figure.place for figure in conflict.figures)),
        )


def _describe_conflict(figures: Sequence[Figure], record: Repository) -> str:
    unit = record.measure(figures[0].measure).unit
    days = {figure.id: published_on(record, figure.source) for figure in figures}
    if _one_release(list(days.values())):
        many = formatting.spell_small_number(len({figure.source for figure in figures}))
        lead = f"{many.capitalize()} reports of one release publish different numbers"
        if len({figure.source for figure in figures}) == 1:
            lead = "One report publishes different numbers"
        return f"{lead}: {formatting.join_list(_distinct_amounts(figures, unit))}."
    by_date = sorted(figures, key=lambda figure: (days[figure.id], figure.id))
    report_phrases = [
        f"{formatting.amount_in_sentence(figure.amount, unit)} {_publication_phrase(days[figure.id], figure, record)}"
        for figure in by_date
    ]
    response_counts = {figure.forces_responding for figure in figures} - {None}
    more = " Different numbers of forces answered for them." if len(response_counts) > 1 else ""
    return f"Releases publish different numbers: {formatting.join_list(list(dict.fromkeys(report_phrases)))}.{more}"


def _one_release(publication_dates: Sequence[str]) -> bool:
    """Whether publications are so close in time that they report one release."""
    days = [formatting.first_day(day) for day in publication_dates]
    known_days = [day for day in days if day is not None]
    return len(known_days) == len(days) and max(known_days) - min(known_days) <= _RELEASE


def _distinct_amounts(figures: Sequence[Figure], unit: Unit) -> list[str]:
    return list(dict.fromkeys(formatting.amount_in_sentence(figure.amount, unit) for figure in figures))


def _publication_phrase(published_date: str, figure: Figure, record: Repository) -> str:
    if published_date:
        return formatting.on_day(published_date)
    try:
        return f"by {record.source(figure.source).publisher}"
    except KeyError:
        return "without a date"


def refuted_claims(claims: Iterable[Claim], record: Repository) -> Iterator[Discrepancy]:
    """Claims that the record contradicts, with the reason."""
    for claim in claims:
        finding = _try_check_claim(claim, record)
        if finding is not None and finding.weight is Verdict.CONTRADICTED:
            yield Discrepancy(
                kind=DiscrepancyKind.CLAIM,
                figures=tuple(dict.fromkeys((*finding.figures, *claim.figures))),
                text=f"The claim: {claim.text} What the record says: {finding.reason}",
                places=claim.places,
                claims=(claim.id,),
                events=claim.events,
            )


def _try_check_claim(claim: Claim, record: Repository) -> CheckResult | None:
    try:
        return check_claim(claim, record) if claim.check in CHECKS else None
    except ValueError:
        # A claim that cannot be weighed is no doubt about a figure; the page that shows it says so.
        return None


def ambiguous_figures(
    notes: Iterable[EvidenceNote], figures_by_id: Mapping[str, Figure], discrepancies: Iterable[Discrepancy]
) -> Iterator[Discrepancy]:
    """Figures whose attribution, date or wording a note doubts, unless a rule has found the same."""
    reported_ids = {one for doubt in discrepancies if doubt.kind in _SAME for one in doubt.figures}
    claim_figure_ids = {one for doubt in discrepancies if doubt.kind is DiscrepancyKind.CLAIM for one in doubt.figures}
    for note in notes:
        figures = [figures_by_id[one] for one in note.figures if one in figures_by_id]
        ids = frozenset(figure.id for figure in figures)
        is_reported = (len(ids) > 1 and ids <= reported_ids) or (
            note.kind is NoteKind.WORDING and ids <= claim_figure_ids
        )
        if note.kind not in _DOUBTFUL or not figures or is_reported:
            continue
        yield Discrepancy(
            kind=DiscrepancyKind.AMBIGUOUS,
            figures=tuple(figure.id for figure in figures),
            text=note.text,
            places=tuple(dict.fromkeys(figure.place for figure in figures)),
        )


def claims_of(record: Repository) -> tuple[Claim, ...]:
    """The claims of a record that holds any; a bare ``Repository`` does not promise to."""
    ask = getattr(record, "claims", None)
    return cast("tuple[Claim, ...]", ask()) if callable(ask) else ()


def notes_of(record: Repository) -> tuple[EvidenceNote, ...]:
    """The notes of a record that holds any; a bare ``Repository`` does not promise to."""
    ask = getattr(record, "notes", None)
    return cast("tuple[EvidenceNote, ...]", ask()) if callable(ask) else ()
