"""Two pages of cards: the list of packs, with what is wrong with one that failed, and the keyboard."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize
from PySide6.QtGui import QGuiApplication, QPainter, QPaintEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from explorer.draw.theme import Theme
from explorer.packs.library import PackState

from .actions import keyboard_page
from .buttons import Look, WordButton
from .cards import CardColumn
from .contents import Act, Action, CardContent, Paragraph, Role, actions, copying, prose
from .palette import palette
from .typeset import GAP, Typeset, colour

_LEAST = QSize(320, 320)


class CardsDialog(QDialog):
    """A dialog that is a column of cards and a button that closes it."""

    def __init__(
        self, title: str, cards: Sequence[CardContent], theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._typeset = Typeset(theme, self.font())
        self.setWindowTitle(title)
        self.setPalette(palette(theme))
        self.column = CardColumn(self, title)
        self.column.acted.connect(self._act)
        self.close_button = WordButton(self, Look.QUIET)
        self.close_button.wear(self._typeset)
        self.close_button.say("Close")
        self.close_button.clicked.connect(self.accept)
        foot = QHBoxLayout()
        foot.setContentsMargins(2 * GAP, GAP, 2 * GAP, GAP)
        foot.addStretch(1)
        foot.addWidget(self.close_button)
        self.setMinimumSize(_LEAST)
        rows = QVBoxLayout(self)
        # Otherwise the layout changes the least size once more when the window is already there.
        rows.setSizeConstraint(QVBoxLayout.SizeConstraint.SetNoConstraint)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addWidget(self.column, 1)
        rows.addLayout(foot)
        self.resize(560, 520)
        self.column.show_cards(tuple(cards), self._typeset, top=True)
        self.close_button.setFocus()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Draw the dialog's surface."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour(self._typeset.theme.panel))
        painter.end()

    def _act(self, action: Action) -> None:
        if action.act is Act.COPY:
            QGuiApplication.clipboard().setText(action.value)


def packs_dialog(states: Sequence[PackState], theme: Theme, parent: QWidget | None) -> CardsDialog:
    """The list of packs: what each is, whether its sums held, and what is wrong with one that failed."""
    cards = [_pack(state) for state in states]
    if not cards:
        nothing = prose(Paragraph(role=Role.BODY, text="No pack is loaded."))
        cards = [CardContent(name="No pack", parts=nothing)]
    return CardsDialog("List of packs", cards, theme, parent)


def _pack(state: PackState) -> CardContent:
    title = Paragraph(role=Role.LEAD, text=state.title or state.id)
    if state.problems:
        return _failed(state, title)
    figures = f"{state.figures:,} {'figure' if state.figures == 1 else 'figures'}"
    sums = "match: nothing has been changed" if state.verified else "are missing, so a change would not show"
    facts = (
        ("Pack", f"{state.id} {state.version}".rstrip()),
        ("Published by", state.publisher),
        ("Holds", figures),
        ("SHA-256 sums", sums),
        ("Licence", state.licence),
        ("From", "shipped with the program" if state.shipped else "your own folder"),
    )
    told = [Paragraph(role=Role.FACT, label=label, text=text) for label, text in facts if text]
    about = [Paragraph(role=Role.BODY, text=state.description)] if state.description else []
    return CardContent(name=state.title, parts=prose(title, *about, *told))


def _failed(state: PackState, title: Paragraph) -> CardContent:
    which = Paragraph(role=Role.FACT, label="Pack", text=state.id)
    lead = Paragraph(role=Role.BODY, text="It is not loaded. What is wrong, and how to mend it:")
    sentences = [problem.sentence() for problem in state.problems]
    told = [Paragraph(role=Role.CAVEAT, text=sentence) for sentence in sentences]
    copied = actions(copying("\n".join(sentences), "Copy the problems"))
    return CardContent(name=state.title or state.id, parts=(*prose(title, which, lead, *told), *copied))


def keys_dialog(theme: Theme, parent: QWidget | None) -> CardsDialog:
    """Every command that has keys, and how to move in the parts."""
    commands = [Paragraph(role=Role.FACT, label=keys, text=words) for words, keys in keyboard_page()]
    parts = (
        ("Tab", "from part to part; Shift and Tab back"),
        ("Arrows", "in the places, the chart, the table and the tabs"),
        ("Home, End", "to the first or the last bar"),
        ("Enter", "opens the place, or the evidence of a bar or row"),
        ("Escape", "from what was found back to the tree of places"),
    )
    moves = [Paragraph(role=Role.FACT, label=keys, text=words) for keys, words in parts]
    cards = (
        CardContent(name="Moving", parts=prose(Paragraph(role=Role.LEAD, text="Moving about"), *moves)),
        CardContent(name="Commands", parts=prose(Paragraph(role=Role.LEAD, text="Commands"), *commands)),
    )
    return CardsDialog("Keyboard", cards, theme, parent)
