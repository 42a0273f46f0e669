"""Quotes as cards, and what quotes, demands and claims share: the filter row and its empty state.

Quotation marks are the page's: this file adds none and takes none away.
"""

from __future__ import annotations

import re

from PySide6.QtCore import QPoint, QRect, QSignalBlocker, QSize, Signal
from PySide6.QtWidgets import QWidget

from explorer.pages.model import (
    Annotation,
    ClaimView,
    DemandView,
    FigureLink,
    Page,
    PanelKind,
    Question,
    QuoteView,
    filter_voices,
)
from explorer.pages.panels import PANEL_TYPES
from explorer.ui.cards import (
    MARGIN,
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
from explorer.ui.theme import GAP, ParagraphRole, Typeset
from explorer.ui.widgets import ButtonStyle, ChoiceField, WordButton, WordField, announce

from .tab import PanelPart

# What narrows the voices: words, a speaker, and whether only this place counts. It asks; the store
# decides.


EVERYONE = "Everyone"
_ABOVE = 12
_HEIGHT = 28
_LEAST_SPEAKER = 120


class VoiceFilter(QWidget):
    """The filter row: shows what the question says and emits ``change_requested`` with a ``QueryChange``."""

    change_requested = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.words = WordField(self, "Find words", "Words to find")
        self.speaker = ChoiceField(self, "Speaker")
        self.here = WordButton(self, ButtonStyle.CHOICE)
        self.everywhere = WordButton(self, ButtonStyle.CHOICE)
        self._speakers: tuple[str, ...] = ()
        self.words.textEdited.connect(self._ask_words)
        self.speaker.activated.connect(self._ask_speaker)
        self.here.clicked.connect(self._ask_here)
        self.everywhere.clicked.connect(self._ask_everywhere)

    def show_question(self, page: Page) -> None:
        """Show the filters as the page's question has them, without asking for anything."""
        question = page.question
        with QSignalBlocker(self.words), QSignalBlocker(self.speaker):
            if self.words.text() != question.words:
                self.words.setText(question.words)
            self._show_speakers(page.speakers, question)
        self.here.set_label("This place", f"This place: {page.asked.name}")
        self.everywhere.set_label("Everywhere")
        self.here.setChecked(not question.everywhere)
        self.everywhere.setChecked(question.everywhere)

    def apply_theme(self, typeset: Typeset) -> None:
        """Take the colours and type of ``typeset``."""
        for button in (self.here, self.everywhere):
            button.apply_theme(typeset)
        for field in (self.words, self.speaker):
            field.apply_theme(typeset)

    def layout_rows(self, width: int) -> int:
        """Lay its rows out in ``width`` pixels; returns the height they need."""
        places = self._widget_rects(width)
        for widget, rect in places.items():
            widget.setGeometry(rect)
        return max(rect.bottom() for rect in places.values()) + 1

    def _widget_rects(self, width: int) -> dict[QWidget, QRect]:
        """Words on one row; speaker and place beside each other where there is room, else below."""
        room = width - 2 * MARGIN
        high = max(_HEIGHT, self.words.sizeHint().height(), self.speaker.sizeHint().height())
        top = _ABOVE + high + GAP
        natural = self.here.natural_width() + self.everywhere.natural_width()
        speaker = room - natural - GAP
        if speaker >= _LEAST_SPEAKER:
            choices = QRect(MARGIN + speaker + GAP, top, natural, high)
        else:
            speaker, choices = room, QRect(MARGIN, top + high + GAP, room, high)
        return {
            self.words: QRect(MARGIN, _ABOVE, room, high),
            self.speaker: QRect(MARGIN, top, speaker, high),
            **self._choice_rects(choices),
        }

    def _choice_rects(self, room: QRect) -> dict[QWidget, QRect]:
        """The two choices side by side with a line in common, or one below the other in large type."""
        here = min(self.here.natural_width(), room.width())
        everywhere = min(self.everywhere.natural_width(), room.width())
        side_by_side = here + everywhere <= room.width()
        high = max(room.height(), self.here.height_for(here), self.everywhere.height_for(everywhere))
        corner = QPoint(here - 1, 0) if side_by_side else QPoint(0, high - 1)
        return {
            self.here: QRect(room.topLeft(), QSize(here, high)),
            self.everywhere: QRect(room.topLeft() + corner, QSize(everywhere + 1, high)),
        }

    def _show_speakers(self, speakers: tuple[str, ...], question: Question) -> None:
        current_speaker = question.speaker
        speaker_names = speakers if not current_speaker or current_speaker in speakers else (*speakers, current_speaker)
        if speaker_names != self._speakers or not self.speaker.count():
            self._speakers = speaker_names
            self.speaker.clear()
            self.speaker.addItems([EVERYONE, *speaker_names])
        self.speaker.setCurrentIndex(1 + speaker_names.index(current_speaker) if current_speaker else 0)

    def _ask_words(self, words: str) -> None:
        self.change_requested.emit(filter_voices(words=words))

    def _ask_speaker(self, index: int) -> None:
        self.change_requested.emit(filter_voices(speaker=self._speakers[index - 1] if index else ""))

    def _ask_here(self) -> None:
        self.change_requested.emit(filter_voices(everywhere=False))

    def _ask_everywhere(self) -> None:
        self.change_requested.emit(filter_voices(everywhere=True))


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
        self._announced_count = -1
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
        if self._announced_count not in (-1, number):
            announce(self.filter.words, self.count_text(page))
        self._announced_count = number

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

    name = PANEL_TYPES[PanelKind.VOICES].label
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


# Printed claims with their verdicts: the words, a sign, the reason, what was checked and who differs.


class ClaimsPart(FilteredPart):
    """The claims."""

    name = PANEL_TYPES[PanelKind.CLAIMS].label
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


# What was asked for, of whom and by which instrument: numbered cards in the order they were printed.


class DemandsPart(FilteredPart):
    """The demands."""

    name = PANEL_TYPES[PanelKind.DEMANDS].label
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
