"""Two pages of cards: the list of packs, each with its switch or with what is wrong, and the keyboard.

What switching does is decided by whoever opens the list.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize
from PySide6.QtGui import QGuiApplication, QPainter, QPaintEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from explorer.draw.theme import Theme
from explorer.packs.library import PackState

from .actions import keyboard_page
from .buttons import Look, WordButton
from .cards import CardColumn
from .contents import Act, Action, CardContent, Paragraph, Role, actions, copying, prose
from .messages import announce
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


Switching = Callable[[str, bool], Sequence[PackState]]
"""Switches a pack on or off and gives the packs as they are then. Raises OSError or ValueError, as said."""


class PacksDialog(CardsDialog):
    """The list of packs, each with its switch. It stays open, and the window follows behind it."""

    def __init__(
        self,
        states: Sequence[PackState],
        theme: Theme,
        parent: QWidget | None,
        switching: Switching | None,
    ) -> None:
        self._states = {state.id: state for state in states}
        self._switching = switching
        super().__init__("List of packs", pack_cards(states, switched=switching is not None), theme, parent)

    def _act(self, action: Action) -> None:
        if action.act is Act.SWITCH and self._switching is not None:
            self._switch(action.value, self._switching)
        else:
            super()._act(action)

    def _switch(self, pack: str, switching: Switching) -> None:
        wanted = not self._states[pack].enabled
        try:
            states = switching(pack, wanted)
        except (OSError, ValueError) as error:
            why = (error.strerror if isinstance(error, OSError) else None) or str(error)
            told = f"“{self._states[pack].title}” stays as it is: the choice could not be kept ({why})."
            self._say(pack_cards(tuple(self._states.values()), switched=True, trouble=told), told)
            return
        self._states = {state.id: state for state in states}
        word = "on" if wanted else "off"
        told = f"“{self._states[pack].title}” is switched {word}. {_summary(states)}"
        self._say(pack_cards(states, switched=True), told)

    def _say(self, cards: Sequence[CardContent], sentence: str) -> None:
        self.column.show_cards(tuple(cards), self._typeset, top=False)
        announce(self.column, sentence)


def packs_dialog(
    states: Sequence[PackState], theme: Theme, parent: QWidget | None, switching: Switching | None = None
) -> PacksDialog:
    """The list of packs: what each is, whether its sums held, and what is wrong with one that failed."""
    return PacksDialog(states, theme, parent, switching)


def pack_cards(states: Sequence[PackState], *, switched: bool, trouble: str = "") -> tuple[CardContent, ...]:
    """A line that counts the packs, and a card for each; ``switched`` gives each its switch."""
    if not states:
        nothing = prose(Paragraph(role=Role.BODY, text="No pack is loaded."))
        return (CardContent(name="No pack", parts=nothing),)
    told = _summary(states)
    head = prose(
        Paragraph(role=Role.HEADING, text=told),
        Paragraph(role=Role.CAVEAT, text=trouble),
        Paragraph(role=Role.BODY, text="" if any(_on(state) for state in states) else _ALL_OFF),
    )
    lead = CardContent(name=told, parts=head, framed=False)
    return (lead, *(_pack(state, switched=switched) for state in states))


_ALL_OFF = "No pack is switched on, so there is nothing to show. Switch one on below."


def _on(state: PackState) -> bool:
    return state.enabled and not state.problems


def _summary(states: Sequence[PackState]) -> str:
    """How many packs there are, and how many of them are not in the evidence."""
    on = sum(_on(state) for state in states)
    off = sum(not state.enabled and not state.problems for state in states)
    failed = sum(bool(state.problems) for state in states)
    rest = [f"{off} switched off"] if off else []
    rest += [f"{failed} not loaded"] if failed else []
    return f"{', '.join((_counted(on, 'pack'), *rest))}."


def _pack(state: PackState, *, switched: bool) -> CardContent:
    title = Paragraph(role=Role.LEAD, text=state.title or state.id)
    if state.problems:
        return _failed(state, title)
    sums = "match: nothing has been changed" if state.verified else "are missing, so a change would not show"
    facts = (
        ("Pack", f"{state.id} {state.version}".rstrip()),
        ("Published by", state.publisher),
        ("Holds", _held(state)),
        ("SHA-256 sums", sums),
        ("Licence", state.licence),
        ("From", "shipped with the program" if state.shipped else "your own folder"),
    )
    told = [Paragraph(role=Role.FACT, label=label, text=text) for label, text in facts if text]
    off = None if state.enabled else Paragraph(role=Role.EYEBROW, text=_OFF)
    about = Paragraph(role=Role.BODY, text=state.description)
    verb = "Switch off" if state.enabled else "Switch on"
    name = f"{verb}: {state.title or state.id}"
    switch = Action(act=Act.SWITCH, label=verb, value=state.id, name=name) if switched else None
    named = state.title if state.enabled else f"{state.title}, switched off"
    return CardContent(name=named, parts=(*prose(off, title, about, *told), *actions(switch)))


_OFF = "Switched off: nothing of it is shown, compared or found"


def _held(state: PackState) -> str:
    """The rows of a pack by what they are; kinds it has none of are left out, but for figures."""
    kinds = (
        (state.quotes, "quote"),
        (state.demands, "demand"),
        (state.claims, "claim"),
        (state.events, "event"),
    )
    rest = (_counted(number, word) for number, word in kinds if number)
    return ", ".join((_counted(state.figures, "figure"), *rest))


def _counted(number: int, word: str) -> str:
    return f"{number:,} {word if number == 1 else word + 's'}"


def _failed(state: PackState, title: Paragraph) -> CardContent:
    mark = Paragraph(role=Role.EYEBROW, text="Not loaded")
    which = Paragraph(role=Role.FACT, label="Pack", text=state.id)
    where = "shipped with the program" if state.shipped else "your own folder"
    origin = Paragraph(
        role=Role.FACT, label="From", text=f"{where}, {state.folder}" if state.folder else where
    )
    lead = Paragraph(role=Role.BODY, text="It could not be read. What is wrong, and how to mend it:")
    sentences = [problem.sentence() for problem in state.problems]
    told = [Paragraph(role=Role.CAVEAT, text=sentence) for sentence in sentences]
    copied = actions(copying("\n".join(sentences), "Copy the problems"))
    name = f"{state.title or state.id}, not loaded"
    return CardContent(name=name, parts=(*prose(mark, title, which, origin, lead, *told), *copied))


def keys_dialog(theme: Theme, parent: QWidget | None) -> CardsDialog:
    """Every command that has keys, and how to move in the parts."""
    commands = [Paragraph(role=Role.FACT, label=keys, text=words) for words, keys in keyboard_page()]
    parts = (
        ("Tab", "from part to part; Shift and Tab back"),
        ("Arrows", "in the places, the chart, the table and the tabs"),
        ("Home, End", "to the first or the last bar"),
        ("Enter", "opens the place, or the evidence of a bar or row"),
        ("Escape", "from the search, or from the places found, back to where you were"),
    )
    moves = [Paragraph(role=Role.FACT, label=keys, text=words) for keys, words in parts]
    cards = (
        CardContent(name="Moving", parts=prose(Paragraph(role=Role.LEAD, text="Moving about"), *moves)),
        CardContent(name="Commands", parts=prose(Paragraph(role=Role.LEAD, text="Commands"), *commands)),
    )
    return CardsDialog("Keyboard", cards, theme, parent)
