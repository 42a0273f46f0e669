"""What was asked for, of whom and by which instrument: numbered cards in the order they were printed."""

from __future__ import annotations

from explorer.pages.model.page import DemandView, Page

from .contents import CardContent, CardParagraph, build_actions, build_collect_action, build_copy_action, build_prose
from .typeset import ParagraphRole
from .voices import FilteredPart, related_figures


class DemandsPart(FilteredPart):
    """The demands."""

    name = "Demands"
    one, many = "demand", "demands"

    def entries(self, page: Page) -> tuple[object, ...]:
        """The demands."""
        return page.demands

    def empty(self, page: Page) -> str:
        """Why there are no demands."""
        return page.demands_empty

    def cards(self, page: Page) -> tuple[CardContent, ...]:
        """A card for each demand."""
        return tuple(demand_card(demand) for demand in page.demands)


def demand_card(demand: DemandView) -> CardContent:
    """A demand with its number, who makes it and to whom it is addressed."""
    kind = "" if demand.verbatim else ", paraphrase"
    words = build_prose(
        CardParagraph(role=ParagraphRole.EYEBROW, text=f"Demand {demand.number}{kind}"),
        CardParagraph(role=ParagraphRole.LEAD, text=demand.title or demand.text),
        CardParagraph(
            role=ParagraphRole.QUOTE if demand.verbatim else ParagraphRole.BODY,
            text=demand.text if demand.title else "",
        ),
        CardParagraph(role=ParagraphRole.FACT, label="Asked by", text=demand.asked_by),
        CardParagraph(role=ParagraphRole.FACT, label="Addressed to", text=demand.addressed_to),
        CardParagraph(role=ParagraphRole.FACT, label="Source", text=demand.source),
        CardParagraph(role=ParagraphRole.CAVEAT, text=demand.note),
    )
    copy = build_copy_action(demand.citation, "Copy with citation", f"Copy demand {demand.number} with citation")
    collect = build_collect_action("demand", demand.id, f"demand {demand.number}")
    parts = (*words, *related_figures(demand.links), *build_actions(copy, collect))
    return CardContent(name=f"Demand {demand.number}", parts=parts)
