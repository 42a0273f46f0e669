"""The evidence of the selected figure: who printed it and how, what differs, and what is worked out from it.

It arranges what ``Page.card`` says; it words nothing about data and computes nothing.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QUrl

from explorer.pages.page import Card, Fact, Link, Page, Remark, Working
from explorer.pages.words import CANNOT_TELL, placed

from .conflicts_view import disagreement_card
from .contents import (
    Act,
    Action,
    CardContent,
    Paragraph,
    Part,
    Role,
    actions,
    collecting,
    copying,
    heading,
    prose,
    selecting,
)
from .part import PanelPart

_NOTHING = "No figure is selected"
_WHAT_TO_DO = (
    "Choose a bar of the chart or a row of the table to see who published the number, "
    "how it was printed and what it does not cover."
)


class EvidencePart(PanelPart):
    """The evidence card with its remarks and workings."""

    name = "Evidence"

    def slice(self, page: Page) -> object:
        """The card, and where the figure stands among the chart's."""
        unselected = None if page.card else (page.workings, page.remarks)
        return (page.card, steps(page), unselected, labels(page), page.others, page.place, page.cannot_tell)

    def subject(self, page: Page) -> object:
        """The figure."""
        return page.card.figure if page.card else ""

    def contents(self, page: Page) -> tuple[CardContent, ...]:
        """The cards from the figure down to its workings."""
        return evidence_contents(page)


def evidence_contents(page: Page) -> tuple[CardContent, ...]:
    """The cards for the selected figure, or what to do where none is selected."""
    card, known = page.card, dict(labels(page))
    if card is None:
        return (
            _empty(),
            *_remarks(page.remarks),
            *_workings(page.workings, known, "these figures"),
            *_others(page),
            *_limits(page),
        )
    place = steps(page)
    return (
        *_stepper(place),
        _figure(card, _where(place)),
        *_disagreements(card),
        *_remarks(card.remarks),
        *_workings(card.workings, known, "it"),
        *_others(page),
        *_limits(page),
    )


def labels(page: Page) -> tuple[tuple[str, str], ...]:
    """What the chart's figures are called, for workings that only know their ids."""
    return tuple((datum.figure, datum.name) for series in page.chart.series for datum in series.data)


def steps(page: Page) -> tuple[int, int, str, str]:
    """Where the figure stands among the chart's: its number, how many, the one before and the one after.

    They go round, so that both always lead somewhere. The number is 0 where it is not on the chart.
    """
    order = list(dict.fromkeys(page.chart.figures()))
    if page.card is None or page.card.figure not in order:
        return (0, len(order), "", "")
    at = order.index(page.card.figure)
    return (at + 1, len(order), order[at - 1], order[(at + 1) % len(order)])


def _empty() -> CardContent:
    words = prose(Paragraph(role=Role.HEADING, text=_NOTHING), Paragraph(role=Role.BODY, text=_WHAT_TO_DO))
    return CardContent(name=_NOTHING, parts=words, framed=False)


def _stepper(steps_: tuple[int, int, str, str]) -> tuple[CardContent, ...]:
    number, among, before, after = steps_
    if not number or among < 2:
        return ()
    buttons = actions(
        Action(act=Act.SELECT, label="Previous figure", value=before),
        Action(act=Act.SELECT, label="Next figure", value=after),
    )
    return (CardContent(name=_where(steps_), parts=buttons, framed=False),)


def _where(steps_: tuple[int, int, str, str]) -> str:
    number, among, _before, _after = steps_
    return f"Figure {number} of {among} on this chart" if number and among > 1 else ""


def _figure(card: Card, where: str) -> CardContent:
    parts: list[Part] = [*_top(card, where)]
    waiting: list[Paragraph] = []
    for fact in card.facts:
        waiting.append(Paragraph(role=Role.FACT, label=fact.label, text=fact.text))
        if fact.address:
            waiting.append(Paragraph(role=Role.QUIET, text=fact.address))
            parts += [*prose(*waiting), *_address(fact)]
            waiting = []
    waiting += [Paragraph(role=Role.CAVEAT, text=note) for note in card.notes]
    parts += prose(*waiting)
    return CardContent(name=f"Evidence: {card.heading}", parts=tuple(parts))


def _top(card: Card, where: str) -> tuple[Part, ...]:
    return (
        *prose(
            Paragraph(role=Role.EYEBROW, text=where),
            Paragraph(role=Role.AMOUNT, text=card.heading),
            Paragraph(role=Role.QUIET, text=card.subheading),
        ),
        *actions(
            copying(card.citation, "Copy figure with citation"),
            collecting("figure", card.figure, f"the figure {card.heading}"),
        ),
    )


def _address(fact: Fact) -> tuple[Part, ...]:
    opening = None
    if can_open(fact.address):
        opening = Action(act=Act.OPEN, label="Open in browser", value=fact.address)
    return actions(copying(fact.address, "Copy address", f"Copy the address of {fact.text}"), opening)


def can_open(address: str) -> bool:
    """Whether an address is a web page's, and so may be handed to a browser; nothing else ever is."""
    url = QUrl(address.strip())
    return url.isValid() and url.scheme() in {"http", "https"} and bool(url.host())


def _disagreements(card: Card) -> tuple[CardContent, ...]:
    if not card.disagreements:
        return ()
    return (heading("Sources that disagree"), *(disagreement_card(one) for one in card.disagreements))


def _remarks(remarks: tuple[Remark, ...]) -> tuple[CardContent, ...]:
    if not remarks:
        return ()
    return (heading("What it disagrees with"), *(_remark(remark) for remark in remarks))


def _remark(remark: Remark) -> CardContent:
    name = f"What differs: {remark.heading}" if remark.heading else "What differs"
    return CardContent(name=name, parts=prose(*remark_paragraphs(remark)))


def remark_paragraphs(remark: Remark) -> tuple[Paragraph, ...]:
    """A remark with who says so."""
    return (
        Paragraph(role=Role.LEAD, text=remark.heading),
        Paragraph(role=Role.BODY, text=remark.text),
        Paragraph(role=Role.QUIET, text=remark.source),
    )


def _workings(workings: Sequence[Working], known: dict[str, str], it: str) -> tuple[CardContent, ...]:
    if not workings:
        return ()
    return (heading(f"Worked out from {it}"), *(_working(working, known) for working in workings))


def _working(working: Working, known: dict[str, str]) -> CardContent:
    range_ = _range(working)
    words = prose(
        Paragraph(role=Role.LEAD, text=working.text),
        Paragraph(role=Role.FORMULA, text=working.formula),
        Paragraph(role=Role.FACT, label="Range", text=range_) if range_ else None,
        Paragraph(role=Role.CAVEAT, text=working.caveat),
    )
    links = actions(*(selecting(link.figure, link.label) for link in _inputs(working, known)))
    collect = actions(collecting("worked-out figure", working.key, working.text))
    return CardContent(name=f"Worked out: {working.text}", parts=(*words, *links, *collect))


def _inputs(working: Working, known: dict[str, str]) -> tuple[Link, ...]:
    if working.links:
        return working.links
    return tuple(
        Link(figure=figure, label=known.get(figure, f"figure {number} of the working"))
        for number, figure in enumerate(working.inputs, 1)
    )


def _others(page: Page) -> tuple[CardContent, ...]:
    if not page.others:
        return ()
    told = f"Also recorded for {placed(page.place)}"
    links = actions(*(selecting(link.figure, link.label) for link in page.others))
    return (heading(told), CardContent(name=told, parts=links))


def _limits(page: Page) -> tuple[CardContent, ...]:
    """What the numbers on screen cannot tell."""
    if not page.cannot_tell:
        return ()
    said = prose(*(Paragraph(role=Role.BODY, text=line) for line in page.cannot_tell))
    return (heading(CANNOT_TELL), CardContent(name=CANNOT_TELL, parts=said))


def _range(working: Working) -> str:
    """What rounding leaves open, in the page's own words; nothing where it leaves one number."""
    if working.low and working.high:
        return "" if working.low == working.high else f"{working.low} to {working.high}"
    if working.low:
        return f"{working.low} or more"
    return f"{working.high} or fewer" if working.high else ""
