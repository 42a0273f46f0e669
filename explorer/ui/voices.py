"""Quotes as cards, and what quotes, demands and claims share: the filter row and its empty state.

Quotation marks are the page's: this file adds none and takes none away.
"""

from __future__ import annotations

import re

from PySide6.QtWidgets import QWidget

from explorer.pages.page import Link, Page, Voice
from explorer.pages.question import Question

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
    prose,
    selecting,
)
from .filters import VoiceFilter
from .messages import announce
from .part import PanelPart
from .typeset import Typeset

_BLANK_LINE = re.compile(r"\n[^\S\n]*\n")


class FilteredPart(PanelPart):
    """A part with the filter row above its cards."""

    one = many = ""
    """What one and several of its cards are called."""

    def __init__(self, parent: QWidget, typeset: Typeset) -> None:
        super().__init__(parent, typeset)
        self.filter = VoiceFilter(self)
        self.filter.wished.connect(self.wished)
        self.filter.dress(typeset)
        self._said = -1
        QWidget.setTabOrder(self.filter.everywhere, self.column)

    def entries(self, page: Page) -> tuple[object, ...]:
        """What of the page becomes a card each."""
        raise NotImplementedError

    def empty(self, page: Page) -> str:
        """Why there is nothing."""
        raise NotImplementedError

    def cards(self, page: Page) -> tuple[CardContent, ...]:
        """A card for each entry."""
        raise NotImplementedError

    def slice(self, page: Page) -> object:
        """The entries, and the filters that led to them."""
        question = page.question
        filters = (question.words, question.speaker, question.everywhere, page.speakers, page.asked.name)
        return (self.entries(page), self.empty(page), filters)

    def subject(self, page: Page) -> object:
        """The place, and what narrows the voices."""
        question = page.question
        return (page.asked.code, question.words, question.speaker, question.everywhere)

    def contents(self, page: Page) -> tuple[CardContent, ...]:
        """The cards, under a line that says what narrows them."""
        if not self.entries(page):
            return (self._nothing(page),)
        return (*narrowed(page.question, self.counted(page)), *self.cards(page))

    def reveal(self, entry: str) -> None:
        """Bring the card of the entry with this id to the top, and the keyboard to it."""
        ids = [getattr(one, "id", "") for one in self.entries(self._page)] if self._page else []
        if entry in ids:
            self.column.reveal(len(self.column.cards()) - len(ids) + ids.index(entry))

    def counted(self, page: Page) -> str:
        """How many there are, in words."""
        number = len(self.entries(page))
        return f"{number} {self.one if number == 1 else self.many}"

    def dress(self, typeset: Typeset) -> None:
        """Take another theme or type size."""
        super().dress(typeset)
        self.filter.dress(typeset)
        self._arrange()

    def _arrange(self) -> None:
        high = self.filter.place(self.width())
        self.filter.setGeometry(0, 0, self.width(), high)
        self.column.setGeometry(0, high, self.width(), max(0, self.height() - high))

    def _before_cards(self, page: Page) -> None:
        self.filter.show_question(page)
        self._arrange()
        number = len(self.entries(page))
        if self._said not in (-1, number):
            announce(self.filter.words, self.counted(page))
        self._said = number

    def _nothing(self, page: Page) -> CardContent:
        why = self.empty(page) or f"There are no {self.many} here."
        question = page.question
        clear = clearing() if question.words or question.speaker else None
        widen = Action(act=Act.WIDEN, label="Show everywhere") if not question.everywhere else None
        words = prose(
            Paragraph(role=Role.HEADING, text=f"No {self.many} to show"), Paragraph(role=Role.BODY, text=why)
        )
        return CardContent(name=why, parts=(*words, *actions(clear, widen)), framed=False)


class VoicesPart(FilteredPart):
    """The quotes."""

    name = "Voices"
    one, many = "quote", "quotes"

    def entries(self, page: Page) -> tuple[object, ...]:
        """The quotes."""
        return page.voices

    def empty(self, page: Page) -> str:
        """Why there are no quotes."""
        return page.voices_empty

    def cards(self, page: Page) -> tuple[CardContent, ...]:
        """A card for each quote."""
        return tuple(voice_card(voice) for voice in page.voices)


def clearing() -> Action:
    """The button that lets go of words and speaker."""
    return Action(act=Act.CLEAR, label="Clear filters")


def narrowed(question: Question, counted: str) -> tuple[CardContent, ...]:
    """A line that says what narrows the cards below, with a way out; nothing where nothing does."""
    filters = [f"“{question.words}”" if question.words else "", question.speaker]
    told = ", ".join(part for part in filters if part)
    if not told:
        return ()
    words = prose(Paragraph(role=Role.QUIET, text=f"{counted}: {told}"))
    return (CardContent(name=f"{counted}: {told}", parts=(*words, *actions(clearing())), framed=False),)


def voice_card(voice: Voice) -> CardContent:
    """A quote with who said it and where; a paraphrase says that it is one."""
    said = Role.QUOTE if voice.verbatim else Role.BODY
    words = prose(
        None if voice.verbatim else Paragraph(role=Role.EYEBROW, text="Paraphrase"),
        *(Paragraph(role=said, text=text) for text in paragraphs(voice.text)),
        Paragraph(role=Role.SPEAKER, text=voice.speaker),
        Paragraph(role=Role.QUIET, text=voice.detail),
        Paragraph(role=Role.QUIET, text=voice.source),
        Paragraph(role=Role.CAVEAT, text=voice.note),
    )
    kind = "Quote" if voice.verbatim else "Paraphrase"
    copy = copying(voice.citation, "Copy with citation", f"Copy the words of {voice.speaker} with citation")
    collect = collecting("quote", voice.id, f"{kind.lower()} of {voice.speaker}")
    parts = (*words, *bearing(voice.links), *actions(copy, collect))
    return CardContent(name=f"{kind}: {voice.speaker}", parts=parts)


def bearing(links: tuple[Link, ...]) -> tuple[Part, ...]:
    """The figures that bear on something, under a small heading."""
    if not links:
        return ()
    return (
        *prose(Paragraph(role=Role.EYEBROW, text="Figures that bear on it")),
        *actions(*(selecting(link.figure, link.label) for link in links)),
    )


def paragraphs(text: str) -> tuple[str, ...]:
    """The paragraphs of a text, which blank lines set apart."""
    return tuple(part.strip("\n") for part in _BLANK_LINE.split(text) if part.strip())
