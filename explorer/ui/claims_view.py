"""Printed claims with their verdicts: the words, a sign, the reason, what was checked and who differs.

Verdicts are weighed elsewhere, from the evidence; this arranges them.
"""

from __future__ import annotations

from explorer.pages.model.page import Annotation, ClaimView, Page

from .contents import CardContent, CardParagraph, build_actions, build_collect_action, build_copy_action, build_prose
from .typeset import ParagraphRole
from .voices import FilteredPart, related_figures


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


def claim_card(verdict: ClaimView) -> CardContent:
    """A claim, its verdict in words with a sign, and all that the verdict stands on."""
    words = build_prose(
        CardParagraph(role=ParagraphRole.EYEBROW, text=f"Claim {verdict.number}"),
        CardParagraph(role=ParagraphRole.LEAD, text=verdict.text),
        CardParagraph(role=ParagraphRole.VERDICT, text=verdict.words, weight=verdict.weight),
        CardParagraph(role=ParagraphRole.BODY, text=verdict.reason),
        *(CardParagraph(role=ParagraphRole.CAVEAT, text=caveat) for caveat in verdict.caveats),
        CardParagraph(role=ParagraphRole.FACT, label="Checked", text=verdict.check),
        CardParagraph(role=ParagraphRole.FACT, label="Not checked", text=" ".join(verdict.not_checked)),
        CardParagraph(role=ParagraphRole.FACT, label="Verdict means", text=verdict.meaning),
        CardParagraph(role=ParagraphRole.FACT, label="Source", text=verdict.source),
        *(p for remark in verdict.remarks for p in _difference_paragraphs(remark)),
    )
    copy = build_copy_action(
        verdict.citation, "Copy with citation", f"Copy claim {verdict.number} and its verdict with citation"
    )
    collect = build_collect_action("claim", verdict.id, f"claim {verdict.number} and its verdict")
    return CardContent(
        name=f"Claim {verdict.number}: {verdict.words}",
        parts=(*words, *related_figures(verdict.links), *build_actions(copy, collect)),
    )


def _difference_paragraphs(remark: Annotation) -> tuple[CardParagraph, ...]:
    return (
        CardParagraph(role=ParagraphRole.EYEBROW, text=remark.heading or "What differs"),
        CardParagraph(role=ParagraphRole.BODY, text=remark.text),
        CardParagraph(role=ParagraphRole.QUIET, text=remark.source),
    )
