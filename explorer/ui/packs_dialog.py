"""The list of packs, each with what may be done with it; and the keyboard page.

What switching, saving and removing do is decided by whoever opens the list.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from explorer.draw.theme import Theme
from explorer.packs.library import PackState

from .actions import keyboard_page
from .cards_dialog import CardsDialog
from .contents import Act, Action, CardContent, Paragraph, Role, prose
from .messages import announce
from .pack_cards import pack_cards, summary

Switching = Callable[[str, bool], Sequence[PackState]]
"""Switches a pack on or off and gives the packs as they are then. Raises OSError or ValueError, as said."""


class PacksDialog(CardsDialog):
    """The list of packs, each with its buttons. It stays open, and the window follows behind it."""

    asked = Signal(object)
    """A pack is to be saved or removed, or the latest change undone: the action."""

    def __init__(
        self,
        states: Sequence[PackState],
        theme: Theme,
        parent: QWidget | None,
        switching: Switching | None,
        *,
        moving: bool = False,
        undo: str = "",
    ) -> None:
        self._states = {state.id: state for state in states}
        self._switching = switching
        self._offered = frozenset({Act.SAVE, Act.REMOVE}) if moving else frozenset[Act]()
        self._offered |= frozenset[Act]() if switching is None else {Act.SWITCH}
        cards = pack_cards(states, self._offered, undo=undo)
        super().__init__("List of packs", cards, theme, parent)

    def refresh(self, states: Sequence[PackState], sentence: str, undo: str = "") -> None:
        """Show the packs as they are now, and say what was done."""
        self._states = {state.id: state for state in states}
        self._say(pack_cards(states, self._offered, told=sentence, undo=undo), sentence)

    def _act(self, action: Action) -> None:
        if action.act is Act.SWITCH and self._switching is not None:
            self._switch(action.value, self._switching)
        elif action.act in (Act.SAVE, Act.REMOVE, Act.UNDO):
            self.asked.emit(action)
        else:
            super()._act(action)

    def _switch(self, pack: str, switching: Switching) -> None:
        wanted = not self._states[pack].enabled
        try:
            states = switching(pack, wanted)
        except (OSError, ValueError) as error:
            why = (error.strerror if isinstance(error, OSError) else None) or str(error)
            told = f"“{self._states[pack].title}” stays as it is: the choice could not be kept ({why})."
            self._say(pack_cards(tuple(self._states.values()), self._offered, trouble=told), told)
            return
        self._states = {state.id: state for state in states}
        word = "on" if wanted else "off"
        told = f"“{self._states[pack].title}” is switched {word}. {summary(states)}"
        self._say(pack_cards(states, self._offered), told)

    def _say(self, cards: Sequence[CardContent], sentence: str) -> None:
        self.column.show_cards(tuple(cards), self._typeset, top=False)
        announce(self.column, sentence)


def packs_dialog(
    states: Sequence[PackState],
    theme: Theme,
    parent: QWidget | None,
    switching: Switching | None = None,
    *,
    moving: bool = False,
    undo: str = "",
) -> PacksDialog:
    """The list of packs: what each is, whether its sums held, and what is wrong with one that failed.

    ``moving`` lets them be saved and removed; ``undo`` says what can be undone.
    """
    return PacksDialog(states, theme, parent, switching, moving=moving, undo=undo)


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
