"""What printed figures disagree on: a card each with its sides, under the rule that says which is shown.

Which figures disagree, and which of them is preferred, is decided by the page; this arranges it.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QLabel, QWidget

from explorer.evidence.conflicts import Rule
from explorer.pages.page import Disagreement, Page
from explorer.pages.question import listen, prefer
from explorer.pages.side import Side
from explorer.pages.words import capital, placed

from .cards import MARGIN
from .contents import (
    Act,
    Action,
    Actions,
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
from .messages import announce
from .pairs import Pair
from .part import PanelPart
from .typeset import GAP, SMALL, Typeset, colour, scaled

_ABOVE = 12
_MOST_IN_FULL = 2
"""How many sides are set in full where none of them is chosen; the rest is on the evidence cards."""
_RULE = "When sources differ, show"


class ConflictsHead(QWidget):
    """The rule with its switch, and whether only this place counts; emits ``wished`` with a ``Move``."""

    wished = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.told = QLabel(_RULE, self)
        self.told.setTextFormat(Qt.TextFormat.PlainText)
        self.told.setWordWrap(True)
        self.rule = Pair(self, _RULE, "Newest release", "As first printed")
        self.where = Pair(self, "Disagreements of", "This place", "Everywhere")
        self.rule.chosen.connect(self._ask_rule)
        self.where.chosen.connect(self._ask_where)

    def show_question(self, page: Page) -> None:
        """Show what the question asks for, without asking for anything."""
        self.rule.show_choice(page.question.rule is Rule.FIRST)
        self.where.show_choice(page.question.everywhere)
        self.where.first.say("This place", f"Disagreements of this place: {page.asked.name}")

    def dress(self, typeset: Typeset) -> None:
        """Take the colours and type of ``typeset``."""
        self.rule.dress(typeset)
        self.where.dress(typeset)
        self.told.setFont(scaled(typeset.font, SMALL))
        palette = QPalette(self.told.palette())
        palette.setColor(QPalette.ColorRole.WindowText, colour(typeset.theme.muted))
        self.told.setPalette(palette)

    def place(self, width: int) -> int:
        """Lay its rows out in ``width`` pixels; returns the height they need."""
        room = width - 2 * MARGIN
        high = self.told.heightForWidth(room)
        self.told.setGeometry(MARGIN, _ABOVE, room, high)
        bottom = self.rule.place(MARGIN, _ABOVE + high + 4, room)
        return self.where.place(MARGIN, bottom + GAP, room) + 1

    def _ask_rule(self, second: bool) -> None:
        self.wished.emit(prefer(Rule.FIRST if second else Rule.NEWEST))

    def _ask_where(self, second: bool) -> None:
        self.wished.emit(listen(everywhere=second))


class ConflictsPart(PanelPart):
    """The disagreements."""

    name = "Conflicts"

    def __init__(self, parent: QWidget, typeset: Typeset) -> None:
        super().__init__(parent, typeset)
        self.head = ConflictsHead(self)
        self.head.wished.connect(self.wished)
        self.head.dress(typeset)
        self._said = ""
        QWidget.setTabOrder(self.head.where.second, self.column)

    def slice(self, page: Page) -> object:
        """The disagreements, and what led to them."""
        question = page.question
        asked = (question.rule, question.everywhere, page.asked.name)
        return (page.disagreements, page.disagreements_empty, asked)

    def subject(self, page: Page) -> object:
        """The place, and whether everywhere counts; another rule keeps what is read in view."""
        return (page.asked.code, page.question.everywhere)

    def contents(self, page: Page) -> tuple[CardContent, ...]:
        """The cards, under a line that says what is listed."""
        if not page.disagreements:
            return (_nothing(page),)
        return (_counted(page), *(disagreement_card(one) for one in page.disagreements))

    def dress(self, typeset: Typeset) -> None:
        """Take another theme or type size."""
        super().dress(typeset)
        self.head.dress(typeset)
        self._arrange()

    def _arrange(self) -> None:
        high = self.head.place(self.width())
        self.head.setGeometry(0, 0, self.width(), high)
        self.column.setGeometry(0, high, self.width(), max(0, self.height() - high))

    def _before_cards(self, page: Page) -> None:
        self.head.show_question(page)
        self._arrange()
        said = _listed(page)
        if self._said not in ("", said):
            announce(self.head, said)
        self._said = said


def _listed(page: Page) -> str:
    number = len(page.disagreements)
    counted = f"{number} {'disagreement' if number == 1 else 'disagreements'}"
    if page.question.everywhere:
        return f"{counted} in all the evidence that is loaded"
    return f"{counted} about {placed(page.asked)}, the places that hold it and those within it"


def _counted(page: Page) -> CardContent:
    told = _listed(page)
    return CardContent(name=told, parts=prose(Paragraph(role=Role.QUIET, text=told)), framed=False)


def _nothing(page: Page) -> CardContent:
    why = page.disagreements_empty or "No loaded figures disagree."
    widen = Action(act=Act.WIDEN, label="Show everywhere") if not page.question.everywhere else None
    words = prose(
        Paragraph(role=Role.HEADING, text="No disagreements to show"), Paragraph(role=Role.BODY, text=why)
    )
    return CardContent(name=why, parts=(*words, *actions(widen)), framed=False)


def disagreement_card(one: Disagreement) -> CardContent:
    """A disagreement: what it is about, what differs, and every side with its standing and its source."""
    words = prose(
        Paragraph(role=Role.EYEBROW, text=one.kind),
        Paragraph(role=Role.LEAD, text=one.heading),
        Paragraph(role=Role.BODY, text=one.text),
    )
    links = actions(*(selecting(link.figure, link.label) for link in one.links))
    copy = copying(one.citation, "Copy with citation", f"Copy with citation: {one.heading}")
    collect = collecting("conflict", one.id, one.heading)
    parts = (*words, *_sides(one.sides), *links, *actions(copy, collect))
    return CardContent(name=f"{one.kind}: {one.heading}", parts=parts)


def _sides(sides: tuple[Side, ...]) -> tuple[Part, ...]:
    """Every side in full; where many figures are touched and none is chosen between, a line for each."""
    chosen = any(side.preferred for side in sides)
    if chosen or len(sides) <= _MOST_IN_FULL:
        return tuple(part for side in sides for part in _side(side, chosen=chosen))
    return actions(*(selecting(side.figure, f"{side.amount}; {side.source}") for side in sides))


def _side(side: Side, *, chosen: bool) -> tuple[Part, ...]:
    standing = ("shown" if side.preferred else "not shown") if chosen else ""
    words = prose(
        Paragraph(role=Role.SIDE, text=side.amount, label=standing, shown=side.preferred if chosen else None),
        Paragraph(role=Role.ASIDE, text=capital(side.published)),
        Paragraph(role=Role.ASIDE, text=side.why),
    )
    told = f"Show the evidence for {side.amount}, {side.source}"
    link = Action(act=Act.SELECT, label=side.source, value=side.figure, name=told)
    return (*words, Actions(items=(link,), aside=True)) if side.figure else words
