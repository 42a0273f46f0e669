"""Printed claims with their verdicts: the words, a sign, the reason, what was checked and who differs.

Verdicts are weighed elsewhere, from the evidence; this arranges them.
"""

from __future__ import annotations

from explorer.pages.page import Page, Remark, Verdict

from .contents import CardContent, Paragraph, Role, actions, collecting, copying, prose
from .voices import FilteredPart, bearing


class ClaimsPart(FilteredPart):
    """The claims."""

    name = "Claims"
    one, many = "claim", "claims"

    def entries(self, page: Page) -> tuple[object, ...]:
        """The verdicts."""
        return page.claims

    def empty(self, page: Page) -> str:
        """Why there are no claims."""
        return page.claims_empty

    def cards(self, page: Page) -> tuple[CardContent, ...]:
        """A card for each claim."""
        return tuple(claim_card(verdict) for verdict in page.claims)


def claim_card(verdict: Verdict) -> CardContent:
    """A claim, its verdict in words with a sign, and all that the verdict stands on."""
    words = prose(
        Paragraph(role=Role.EYEBROW, text=f"Claim {verdict.number}"),
        Paragraph(role=Role.LEAD, text=verdict.text),
        Paragraph(role=Role.VERDICT, text=verdict.words, weight=verdict.weight),
        Paragraph(role=Role.BODY, text=verdict.reason),
        *(Paragraph(role=Role.CAVEAT, text=caveat) for caveat in verdict.caveats),
        Paragraph(role=Role.FACT, label="Checked", text=verdict.check),
        Paragraph(role=Role.FACT, label="Not checked", text=" ".join(verdict.not_checked)),
        Paragraph(role=Role.FACT, label="Verdict means", text=verdict.meaning),
        Paragraph(role=Role.FACT, label="Source", text=verdict.source),
        *(p for remark in verdict.remarks for p in _differing(remark)),
    )
    copy = copying(
        verdict.citation, "Copy with citation", f"Copy claim {verdict.number} and its verdict with citation"
    )
    collect = collecting("claim", verdict.id, f"claim {verdict.number} and its verdict")
    return CardContent(
        name=f"Claim {verdict.number}: {verdict.words}",
        parts=(*words, *bearing(verdict.links), *actions(copy, collect)),
    )


def _differing(remark: Remark) -> tuple[Paragraph, ...]:
    return (
        Paragraph(role=Role.EYEBROW, text=remark.heading or "What differs"),
        Paragraph(role=Role.BODY, text=remark.text),
        Paragraph(role=Role.QUIET, text=remark.source),
    )
