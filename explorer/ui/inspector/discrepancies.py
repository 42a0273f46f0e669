"""What printed figures disagree on: a card each with its sides, under the rule that says which is shown.

Which figures disagree, and which of them is preferred, is decided by the page; this arranges it.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QLabel, QWidget

from explorer.evidence import Preference, capitalise, place_in_sentence
from explorer.pages.model import DiscrepancySide, DiscrepancyView, Page, PanelKind, filter_voices, set_preference
from explorer.pages.panels import PANEL_TYPES
from explorer.ui.cards import (
    MARGIN,
    ActionKind,
    ActionRow,
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
from explorer.ui.theme import GAP, SMALL, ParagraphRole, Typeset, colour, scaled_font
from explorer.ui.widgets import ChoicePair, announce

from .tab import PanelPart

_ABOVE = 12
_MOST_IN_FULL = 2
"""How many sides are set in full where none of them is chosen; the rest is on the evidence cards."""
_RULE = "When sources differ, show"


class ConflictsHead(QWidget):
    """The rule with its switch, and whether only this place counts; asks by ``change_requested``."""

    change_requested = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.rule_label = QLabel(_RULE, self)
        self.rule_label.setTextFormat(Qt.TextFormat.PlainText)
        self.rule_label.setWordWrap(True)
        self.rule = ChoicePair(self, _RULE, "Newest release", "As first printed")
        self.where = ChoicePair(self, "Disagreements of", "This place", "Everywhere")
        self.rule.choice_made.connect(self._ask_rule)
        self.where.choice_made.connect(self._ask_where)

    def show_question(self, page: Page) -> None:
        """Show what the question asks for, without asking for anything."""
        self.rule.show_choice(page.question.rule is Preference.FIRST)
        self.where.show_choice(page.question.everywhere)
        self.where.first.set_label("This place", f"Disagreements of this place: {page.asked.name}")

    def apply_theme(self, typeset: Typeset) -> None:
        """Take the colours and type of ``typeset``."""
        self.rule.apply_theme(typeset)
        self.where.apply_theme(typeset)
        self.rule_label.setFont(scaled_font(typeset.font, SMALL))
        palette = QPalette(self.rule_label.palette())
        palette.setColor(QPalette.ColorRole.WindowText, colour(typeset.theme.muted_text))
        self.rule_label.setPalette(palette)

    def layout_rows(self, width: int) -> int:
        """Lay its rows out in ``width`` pixels; returns the height they need."""
        room = width - 2 * MARGIN
        high = self.rule_label.heightForWidth(room)
        self.rule_label.setGeometry(MARGIN, _ABOVE, room, high)
        bottom = self.rule.place_at(MARGIN, _ABOVE + high + 4, room)
        return self.where.place_at(MARGIN, bottom + GAP, room) + 1

    def _ask_rule(self, second: bool) -> None:
        self.change_requested.emit(set_preference(Preference.FIRST if second else Preference.NEWEST))

    def _ask_where(self, second: bool) -> None:
        self.change_requested.emit(filter_voices(everywhere=second))


class ConflictsPart(PanelPart):
    """The disagreements."""

    name = PANEL_TYPES[PanelKind.CONFLICTS].label

    def __init__(self, parent: QWidget, typeset: Typeset) -> None:
        super().__init__(parent, typeset)
        self.head = ConflictsHead(self)
        self.head.change_requested.connect(self.change_requested)
        self.head.apply_theme(typeset)
        self._announced_text = ""
        QWidget.setTabOrder(self.head.where.second, self.column)

    def select(self, page: Page) -> object:
        """The disagreements, and what led to them."""
        question = page.question
        filters = (question.rule, question.everywhere, page.asked.name)
        return (page.disagreements, page.disagreements_empty, filters)

    def subject(self, page: Page) -> object:
        """The place, and whether everywhere counts; another rule keeps what is read in view."""
        return (page.asked.code, page.question.everywhere)

    def contents(self, page: Page) -> tuple[CardContent, ...]:
        """The cards, under a line that says what is listed."""
        if not page.disagreements:
            return (_build_empty_card(page),)
        return (_build_summary_card(page), *(disagreement_card(one) for one in page.disagreements))

    def apply_theme(self, typeset: Typeset) -> None:
        """Take another theme or type size."""
        super().apply_theme(typeset)
        self.head.apply_theme(typeset)
        self._arrange()

    def _arrange(self) -> None:
        high = self.head.layout_rows(self.width())
        self.head.setGeometry(0, 0, self.width(), high)
        self.column.setGeometry(0, high, self.width(), max(0, self.height() - high))

    def _before_cards(self, page: Page) -> None:
        self.head.show_question(page)
        self._arrange()
        summary = _summarise_page(page)
        if self._announced_text not in ("", summary):
            announce(self.head, summary)
        self._announced_text = summary


def _summarise_page(page: Page) -> str:
    number = len(page.disagreements)
    count_text = f"{number} {'disagreement' if number == 1 else 'disagreements'}"
    if page.question.everywhere:
        return f"{count_text} in all the evidence that is loaded"
    return f"{count_text} about {place_in_sentence(page.asked)}, the places that hold it and those within it"


def _build_summary_card(page: Page) -> CardContent:
    summary = _summarise_page(page)
    return CardContent(
        name=summary,
        parts=build_prose(CardParagraph(role=ParagraphRole.QUIET, text=summary)),
        has_frame=False,
    )


def _build_empty_card(page: Page) -> CardContent:
    why = page.disagreements_empty or "No loaded figures disagree."
    widen = CardAction(act=ActionKind.WIDEN, label="Show everywhere") if not page.question.everywhere else None
    words = build_prose(
        CardParagraph(role=ParagraphRole.HEADING, text="No disagreements to show"),
        CardParagraph(role=ParagraphRole.BODY, text=why),
    )
    return CardContent(name=why, parts=(*words, *build_actions(widen)), has_frame=False)


def disagreement_card(one: DiscrepancyView) -> CardContent:
    """A disagreement: what it is about, what differs, and every side with its standing and its source."""
    words = build_prose(
        CardParagraph(role=ParagraphRole.EYEBROW, text=one.kind),
        CardParagraph(role=ParagraphRole.LEAD, text=one.heading),
        CardParagraph(role=ParagraphRole.BODY, text=one.text),
    )
    links = build_actions(*(build_select_action(link.figure, link.label) for link in one.links))
    copy = build_copy_action(one.citation, "Copy with citation", f"Copy with citation: {one.heading}")
    collect = build_collect_action("conflict", one.id, one.heading)
    parts = (*words, *_build_sides(one.sides), *links, *build_actions(copy, collect))
    return CardContent(name=f"{one.kind}: {one.heading}", parts=parts)


def _build_sides(sides: tuple[DiscrepancySide, ...]) -> tuple[Part, ...]:
    """Every side in full; where many figures are touched and none is chosen between, a line for each."""
    has_preferred = any(side.preferred for side in sides)
    if has_preferred or len(sides) <= _MOST_IN_FULL:
        return tuple(part for side in sides for part in _build_side(side, has_preferred=has_preferred))
    return build_actions(*(build_select_action(side.figure, f"{side.amount}; {side.source}") for side in sides))


def _build_side(side: DiscrepancySide, *, has_preferred: bool) -> tuple[Part, ...]:
    standing = ("shown" if side.preferred else "not shown") if has_preferred else ""
    words = build_prose(
        CardParagraph(
            role=ParagraphRole.SIDE,
            text=side.amount,
            label=standing,
            is_preferred=side.preferred if has_preferred else None,
        ),
        CardParagraph(role=ParagraphRole.ASIDE, text=capitalise(side.publication_text)),
        CardParagraph(role=ParagraphRole.ASIDE, text=side.why),
    )
    link_name = f"Show the evidence for {side.amount}, {side.source}"
    link = CardAction(act=ActionKind.SELECT, label=side.source, value=side.figure, name=link_name)
    return (*words, ActionRow(items=(link,), aside=True)) if side.figure else words
