"""Quotes as cards, and what quotes, demands and claims share: the filter row and its empty state.

Quotation marks are the page's: this file adds none and takes none away.
"""

from __future__ import annotations

import re

from PySide6.QtWidgets import QWidget

from explorer.pages.model.page import FigureLink, Page, QuoteView
from explorer.pages.model.question import Question

from .contents import (
    ActionKind,
    CardAction,
    CardContent,
    CardParagraph,
    Part,
    build_actions,
    build_collect_action,
    build_copy_action,
    build_prose,
    build_select_action,
)
from .filters import VoiceFilter
from .messages import announce
from .part import PanelPart
from .typeset import ParagraphRole, Typeset

_BLANK_LINE = re.compile(r"\n[^\S\n]*\n")


class FilteredPart(PanelPart):
    """A part with the filter row above its cards."""

    one = many = ""
    """What one and several of its cards are called."""

    def __init__(self, parent: QWidget, typeset: Typeset) -> None:
        super().__init__(parent, typeset)
        self.filter = VoiceFilter(self)
        self.filter.change_requested.connect(self.change_requested)
        self.filter.apply_theme(typeset)
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

    def select(self, page: Page) -> object:
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
            return (self._empty_card(page),)
        return (*filter_summary_cards(page.question, self.count_text(page)), *self.cards(page))

    def reveal_entry(self, entry: str) -> None:
        """Bring the card of the entry with this id to the top, and the keyboard to it."""
        ids = [getattr(one, "id", "") for one in self.entries(self._page)] if self._page else []
        if entry in ids:
            self.column.reveal_card(len(self.column.visible_cards()) - len(ids) + ids.index(entry))

    def count_text(self, page: Page) -> str:
        """How many there are, in words."""
        number = len(self.entries(page))
        return f"{number} {self.one if number == 1 else self.many}"

    def apply_theme(self, typeset: Typeset) -> None:
        """Take another theme or type size."""
        super().apply_theme(typeset)
        self.filter.apply_theme(typeset)
        self._arrange()

    def _arrange(self) -> None:
        high = self.filter.layout_rows(self.width())
        self.filter.setGeometry(0, 0, self.width(), high)
        self.column.setGeometry(0, high, self.width(), max(0, self.height() - high))

    def _before_cards(self, page: Page) -> None:
        self.filter.show_question(page)
        self._arrange()
        number = len(self.entries(page))
        if self._said not in (-1, number):
            announce(self.filter.words, self.count_text(page))
        self._said = number

    def _empty_card(self, page: Page) -> CardContent:
        why = self.empty(page) or f"There are no {self.many} here."
        question = page.question
        clear = clear_filters_action() if question.words or question.speaker else None
        widen = CardAction(act=ActionKind.WIDEN, label="Show everywhere") if not question.everywhere else None
        words = build_prose(
            CardParagraph(role=ParagraphRole.HEADING, text=f"No {self.many} to show"),
            CardParagraph(role=ParagraphRole.BODY, text=why),
        )
        return CardContent(name=why, parts=(*words, *build_actions(clear, widen)), has_frame=False)


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


def clear_filters_action() -> CardAction:
    """The button that lets go of words and speaker."""
    return CardAction(act=ActionKind.CLEAR, label="Clear filters")


def filter_summary_cards(question: Question, count_text: str) -> tuple[CardContent, ...]:
    """A line that says what narrows the cards below, with a way out; nothing where nothing does."""
    filters = [f"“{question.words}”" if question.words else "", question.speaker]
    filter_text = ", ".join(part for part in filters if part)
    if not filter_text:
        return ()
    words = build_prose(CardParagraph(role=ParagraphRole.QUIET, text=f"{count_text}: {filter_text}"))
    return (
        CardContent(
            name=f"{count_text}: {filter_text}",
            parts=(*words, *build_actions(clear_filters_action())),
            has_frame=False,
        ),
    )


def voice_card(voice: QuoteView) -> CardContent:
    """A quote with who said it and where; a paraphrase says that it is one."""
    text_role = ParagraphRole.QUOTE if voice.verbatim else ParagraphRole.BODY
    words = build_prose(
        None if voice.verbatim else CardParagraph(role=ParagraphRole.EYEBROW, text="Paraphrase"),
        *(CardParagraph(role=text_role, text=text) for text in split_paragraphs(voice.text)),
        CardParagraph(role=ParagraphRole.SPEAKER, text=voice.speaker),
        CardParagraph(role=ParagraphRole.QUIET, text=voice.detail),
        CardParagraph(role=ParagraphRole.QUIET, text=voice.source),
        CardParagraph(role=ParagraphRole.CAVEAT, text=voice.note),
    )
    kind = "Quote" if voice.verbatim else "Paraphrase"
    copy = build_copy_action(voice.citation, "Copy with citation", f"Copy the words of {voice.speaker} with citation")
    collect = build_collect_action("quote", voice.id, f"{kind.lower()} of {voice.speaker}")
    parts = (*words, *related_figures(voice.links), *build_actions(copy, collect))
    return CardContent(name=f"{kind}: {voice.speaker}", parts=parts)


def related_figures(links: tuple[FigureLink, ...]) -> tuple[Part, ...]:
    """The figures that bear on something, under a small heading."""
    if not links:
        return ()
    return (
        *build_prose(CardParagraph(role=ParagraphRole.EYEBROW, text="Figures that bear on it")),
        *build_actions(*(build_select_action(link.figure, link.label) for link in links)),
    )


def split_paragraphs(text: str) -> tuple[str, ...]:
    """The paragraphs of a text, which blank lines set apart."""
    return tuple(part.strip("\n") for part in _BLANK_LINE.split(text) if part.strip())
