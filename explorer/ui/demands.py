"""What was asked for, of whom and by which instrument: numbered cards in the order they were printed."""

from __future__ import annotations

from explorer.pages.page import Asked, Page

from .contents import CardContent, Paragraph, Role, actions, collecting, copying, prose
from .voices import FilteredPart, bearing


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
        return tuple(demand_card(asked) for asked in page.demands)


def demand_card(asked: Asked) -> CardContent:
    """A demand with its number, who makes it and to whom it is addressed."""
    kind = "" if asked.verbatim else ", paraphrase"
    words = prose(
        Paragraph(role=Role.EYEBROW, text=f"Demand {asked.number}{kind}"),
        Paragraph(role=Role.LEAD, text=asked.title or asked.text),
        Paragraph(role=Role.QUOTE if asked.verbatim else Role.BODY, text=asked.text if asked.title else ""),
        Paragraph(role=Role.FACT, label="Asked by", text=asked.asked_by),
        Paragraph(role=Role.FACT, label="Addressed to", text=asked.addressed_to),
        Paragraph(role=Role.FACT, label="Source", text=asked.source),
        Paragraph(role=Role.CAVEAT, text=asked.note),
    )
    copy = copying(asked.citation, "Copy with citation", f"Copy demand {asked.number} with citation")
    collect = collecting("demand", asked.id, f"demand {asked.number}")
    parts = (*words, *bearing(asked.links), *actions(copy, collect))
    return CardContent(name=f"Demand {asked.number}", parts=parts)
