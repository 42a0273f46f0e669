"""The evidence of the selected figure: who printed it and how, what differs, and what is worked out from it.

It arranges what ``Page.card`` says; it words nothing about data and computes nothing.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QUrl

from explorer.evidence import place_in_sentence
from explorer.pages.model import Annotation, Calculation, CardFact, EvidenceCard, FigureLink, Page, PanelKind
from explorer.pages.panels import PANEL_TYPES
from explorer.pages.text import CANNOT_TELL
from explorer.ui.cards import (
    ActionKind,
    CardAction,
    CardContent,
    CardParagraph,
    Part,
    build_actions,
    build_collect_action,
    build_copy_action,
    build_heading,
    build_prose,
    build_select_action,
)
from explorer.ui.theme import ParagraphRole

from .discrepancies import disagreement_card
from .tab import PanelPart

_NOTHING = "No figure is selected"
_WHAT_TO_DO = (
    "Choose a bar of the chart or a row of the table to see who published the number, "
    "how it was printed and what it does not cover."
)


class EvidencePart(PanelPart):
    """The evidence card with its remarks and workings."""

    name = PANEL_TYPES[PanelKind.EVIDENCE].label

    def select(self, page: Page) -> object:
        """The card, and where the figure stands among the chart's."""
        page_notes = None if page.card else (page.workings, page.remarks)
        return (
            page.card,
            figure_position(page),
            page_notes,
            chart_figure_labels(page),
            page.others,
            page.place,
            page.cannot_tell,
        )

    def subject(self, page: Page) -> object:
        """The figure."""
        return page.card.figure if page.card else ""

    def contents(self, page: Page) -> tuple[CardContent, ...]:
        """The cards from the figure down to its workings."""
        return evidence_contents(page)


def evidence_contents(page: Page) -> tuple[CardContent, ...]:
    """The cards for the selected figure, or what to do where none is selected."""
    card, label_by_id = page.card, dict(chart_figure_labels(page))
    if card is None:
        return (
            _build_empty_card(),
            *_build_annotation_cards(page.remarks),
            *_build_calculation_cards(page.workings, label_by_id, "these figures"),
            *_build_related_cards(page),
            *_build_limit_cards(page),
        )
    place = figure_position(page)
    return (
        *_build_stepper(place),
        _build_figure_card(card, _describe_position(place)),
        *_build_discrepancy_cards(card),
        *_build_annotation_cards(card.remarks),
        *_build_calculation_cards(card.workings, label_by_id, "it"),
        *_build_related_cards(page),
        *_build_limit_cards(page),
    )


def chart_figure_labels(page: Page) -> tuple[tuple[str, str], ...]:
    """What the chart's figures are called, for workings that only know their ids."""
    return tuple((datum.figure, datum.name) for series in page.chart.series for datum in series.data)


def figure_position(page: Page) -> tuple[int, int, str, str]:
    """Where the figure stands among the chart's: its number, how many, the one before and the one after.

    They go round, so that both always lead somewhere. The number is 0 where it is not on the chart.
    """
    order = list(dict.fromkeys(page.chart.figure_ids()))
    if page.card is None or page.card.figure not in order:
        return (0, len(order), "", "")
    at = order.index(page.card.figure)
    return (at + 1, len(order), order[at - 1], order[(at + 1) % len(order)])


def _build_empty_card() -> CardContent:
    words = build_prose(
        CardParagraph(role=ParagraphRole.HEADING, text=_NOTHING),
        CardParagraph(role=ParagraphRole.BODY, text=_WHAT_TO_DO),
    )
    return CardContent(name=_NOTHING, parts=words, has_frame=False)


def _build_stepper(steps_: tuple[int, int, str, str]) -> tuple[CardContent, ...]:
    number, among, before, after = steps_
    if not number or among < 2:
        return ()
    buttons = build_actions(
        CardAction(act=ActionKind.SELECT, label="Previous figure", value=before),
        CardAction(act=ActionKind.SELECT, label="Next figure", value=after),
    )
    return (CardContent(name=_describe_position(steps_), parts=buttons, has_frame=False),)


def _describe_position(steps_: tuple[int, int, str, str]) -> str:
    number, among, _before, _after = steps_
    return f"Figure {number} of {among} on this chart" if number and among > 1 else ""


def _build_figure_card(card: EvidenceCard, where: str) -> CardContent:
    parts: list[Part] = [*_build_header(card, where)]
    waiting: list[CardParagraph] = []
    for fact in card.facts:
        waiting.append(CardParagraph(role=ParagraphRole.FACT, label=fact.label, text=fact.text))
        if fact.address:
            waiting.append(CardParagraph(role=ParagraphRole.QUIET, text=fact.address))
            parts += [*build_prose(*waiting), *_address_actions(fact)]
            waiting = []
    waiting += [CardParagraph(role=ParagraphRole.CAVEAT, text=note) for note in card.notes]
    parts += build_prose(*waiting)
    return CardContent(name=f"Evidence: {card.heading}", parts=tuple(parts))


def _build_header(card: EvidenceCard, where: str) -> tuple[Part, ...]:
    return (
        *build_prose(
            CardParagraph(role=ParagraphRole.EYEBROW, text=where),
            CardParagraph(role=ParagraphRole.AMOUNT, text=card.heading),
            CardParagraph(role=ParagraphRole.QUIET, text=card.subheading),
        ),
        *build_actions(
            build_copy_action(card.citation, "Copy figure with citation"),
            build_collect_action("figure", card.figure, f"the figure {card.heading}"),
        ),
    )


def _address_actions(fact: CardFact) -> tuple[Part, ...]:
    opening = None
    if can_open(fact.address):
        opening = CardAction(act=ActionKind.OPEN, label="Open in browser", value=fact.address)
    return build_actions(build_copy_action(fact.address, "Copy address", f"Copy the address of {fact.text}"), opening)


def can_open(address: str) -> bool:
    """Whether an address is a web page's, and so may be handed to a browser; nothing else ever is."""
    url = QUrl(address.strip())
    return url.isValid() and url.scheme() in {"http", "https"} and bool(url.host())


def _build_discrepancy_cards(card: EvidenceCard) -> tuple[CardContent, ...]:
    if not card.disagreements:
        return ()
    return (build_heading("Sources that disagree"), *(disagreement_card(one) for one in card.disagreements))


def _build_annotation_cards(remarks: tuple[Annotation, ...]) -> tuple[CardContent, ...]:
    if not remarks:
        return ()
    return (build_heading("What it disagrees with"), *(_build_annotation_card(remark) for remark in remarks))


def _build_annotation_card(remark: Annotation) -> CardContent:
    name = f"What differs: {remark.heading}" if remark.heading else "What differs"
    return CardContent(name=name, parts=build_prose(*remark_paragraphs(remark)))


def remark_paragraphs(remark: Annotation) -> tuple[CardParagraph, ...]:
    """A remark with who says so."""
    return (
        CardParagraph(role=ParagraphRole.LEAD, text=remark.heading),
        CardParagraph(role=ParagraphRole.BODY, text=remark.text),
        CardParagraph(role=ParagraphRole.QUIET, text=remark.source),
    )


def _build_calculation_cards(
    workings: Sequence[Calculation], label_by_id: dict[str, str], it: str
) -> tuple[CardContent, ...]:
    if not workings:
        return ()
    return (
        build_heading(f"Worked out from {it}"),
        *(_build_calculation_card(working, label_by_id) for working in workings),
    )


def _build_calculation_card(working: Calculation, label_by_id: dict[str, str]) -> CardContent:
    range_ = _format_range(working)
    words = build_prose(
        CardParagraph(role=ParagraphRole.LEAD, text=working.text),
        CardParagraph(role=ParagraphRole.FORMULA, text=working.formula),
        CardParagraph(role=ParagraphRole.FACT, label="Range", text=range_) if range_ else None,
        CardParagraph(role=ParagraphRole.CAVEAT, text=working.caveat),
    )
    links = build_actions(
        *(build_select_action(link.figure, link.label) for link in _input_links(working, label_by_id))
    )
    collect = build_actions(build_collect_action("worked-out figure", working.key, working.text))
    return CardContent(name=f"Worked out: {working.text}", parts=(*words, *links, *collect))


def _input_links(working: Calculation, label_by_id: dict[str, str]) -> tuple[FigureLink, ...]:
    if working.links:
        return working.links
    return tuple(
        FigureLink(figure=figure, label=label_by_id.get(figure, f"figure {number} of the working"))
        for number, figure in enumerate(working.inputs, 1)
    )


def _build_related_cards(page: Page) -> tuple[CardContent, ...]:
    if not page.others:
        return ()
    title = f"Also recorded for {place_in_sentence(page.place)}"
    links = build_actions(*(build_select_action(link.figure, link.label) for link in page.others))
    return (build_heading(title), CardContent(name=title, parts=links))


def _build_limit_cards(page: Page) -> tuple[CardContent, ...]:
    """What the numbers on screen cannot tell."""
    if not page.cannot_tell:
        return ()
    limit_prose = build_prose(*(CardParagraph(role=ParagraphRole.BODY, text=line) for line in page.cannot_tell))
    return (build_heading(CANNOT_TELL), CardContent(name=CANNOT_TELL, parts=limit_prose))


def _format_range(working: Calculation) -> str:
    """What rounding leaves open, in the page's own words; nothing where it leaves one number."""
    if working.low and working.high:
        return "" if working.low == working.high else f"{working.low} to {working.high}"
    if working.low:
        return f"{working.low} or more"
    return f"{working.high} or fewer" if working.high else ""
