"""Discrepancies of what is said: different numbers for one thing, claims that the record contradicts, notes.

Which of two numbers is right is not settled here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import timedelta
from typing import cast

from . import wording
from .claims import CHECKS, weigh
from .conflicts import Conflict
from .doubts import Doubt, DoubtKind
from .finding import Finding
from .history import published_on
from .model import Claim, Figure, Note, NoteKind, Unit, Weight
from .record import Record

_RELEASE = timedelta(days=45)
_SAME = frozenset(
    {DoubtKind.DIFFER, DoubtKind.SUM, DoubtKind.PERIOD, DoubtKind.PARTS, DoubtKind.REGION_SUM, DoubtKind.TWIN}
)
_DOUBTFUL = frozenset({NoteKind.ATTRIBUTION, NoteKind.WORDING, NoteKind.DATE})


def differing(conflicts: Iterable[Conflict], record: Record) -> Iterator[Doubt]:
    """What is published differently for one thing."""
    for conflict in conflicts:
        yield Doubt(
            kind=DoubtKind.DIFFER,
            figures=tuple(figure.id for figure in conflict.figures),
            text=_told(conflict.figures, record),
            places=tuple(dict.fromkeys(figure.place for figure in conflict.figures)),
        )


def _told(figures: Sequence[Figure], record: Record) -> str:
    unit = record.measure(figures[0].measure).unit
    days = {figure.id: published_on(record, figure.source) for figure in figures}
    if _one_release(list(days.values())):
        many = wording.small(len({figure.source for figure in figures}))
        lead = f"{many.capitalize()} reports of one release publish different numbers"
        if len({figure.source for figure in figures}) == 1:
            lead = "One report publishes different numbers"
        return f"{lead}: {wording.listing(_distinct(figures, unit))}."
    ordered = sorted(figures, key=lambda figure: (days[figure.id], figure.id))
    told = [
        f"{wording.amount(figure.amount, unit)} {_when(days[figure.id], figure, record)}"
        for figure in ordered
    ]
    answered = {figure.forces_responding for figure in figures} - {None}
    more = " Different numbers of forces answered for them." if len(answered) > 1 else ""
    return f"Releases publish different numbers: {wording.listing(list(dict.fromkeys(told)))}.{more}"


def _one_release(published: Sequence[str]) -> bool:
    """Whether publications are so close in time that they report one release."""
    days = [wording.first_day(day) for day in published]
    known = [day for day in days if day is not None]
    return len(known) == len(days) and max(known) - min(known) <= _RELEASE


def _distinct(figures: Sequence[Figure], unit: Unit) -> list[str]:
    return list(dict.fromkeys(wording.amount(figure.amount, unit) for figure in figures))


def _when(published: str, figure: Figure, record: Record) -> str:
    if published:
        return wording.on_day(published)
    try:
        return f"by {record.source(figure.source).publisher}"
    except KeyError:
        return "without a date"


def contradicted(claims: Iterable[Claim], record: Record) -> Iterator[Doubt]:
    """Claims that the record contradicts, with the reason."""
    for claim in claims:
        finding = _weighed(claim, record)
        if finding is not None and finding.weight is Weight.CONTRADICTED:
            yield Doubt(
                kind=DoubtKind.CLAIM,
                figures=tuple(dict.fromkeys((*finding.figures, *claim.figures))),
                text=f"The claim: {claim.text} What the record says: {finding.reason}",
                places=claim.places,
                claims=(claim.id,),
                events=claim.events,
            )


def _weighed(claim: Claim, record: Record) -> Finding | None:
    try:
        return weigh(claim, record) if claim.check in CHECKS else None
    except ValueError:
        # A claim that cannot be weighed is no doubt about a figure; the page that shows it says so.
        return None


def ambiguous(notes: Iterable[Note], held: Mapping[str, Figure], found: Iterable[Doubt]) -> Iterator[Doubt]:
    """Figures whose attribution, date or wording a note doubts, unless a rule has found the same."""
    told = {one for doubt in found if doubt.kind in _SAME for one in doubt.figures}
    claimed = {one for doubt in found if doubt.kind is DoubtKind.CLAIM for one in doubt.figures}
    for note in notes:
        figures = [held[one] for one in note.figures if one in held]
        ids = frozenset(figure.id for figure in figures)
        known = (len(ids) > 1 and ids <= told) or (note.kind is NoteKind.WORDING and ids <= claimed)
        if note.kind not in _DOUBTFUL or not figures or known:
            continue
        yield Doubt(
            kind=DoubtKind.AMBIGUOUS,
            figures=tuple(figure.id for figure in figures),
            text=note.text,
            places=tuple(dict.fromkeys(figure.place for figure in figures)),
        )


def claims_of(record: Record) -> tuple[Claim, ...]:
    """The claims of a record that holds any; a bare ``Record`` does not promise to."""
    ask = getattr(record, "claims", None)
    return cast("tuple[Claim, ...]", ask()) if callable(ask) else ()


def notes_of(record: Record) -> tuple[Note, ...]:
    """The notes of a record that holds any; a bare ``Record`` does not promise to."""
    ask = getattr(record, "notes", None)
    return cast("tuple[Note, ...]", ask()) if callable(ask) else ()
