"""The list of packs, each with what may be done with it; and the keyboard page.

What switching, saving and removing do is decided by whoever opens the list.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from explorer.library.pack_tables import PackState
from explorer.support.theme import Theme

from .actions import keyboard_page
from .cards_dialog import CardsDialog
from .contents import ActionKind, CardAction, CardContent, CardParagraph, build_prose
from .messages import announce
from .pack_cards import pack_cards, summarise_packs
from .typeset import ParagraphRole

Switching = Callable[[str, bool], Sequence[PackState]]
"""Switches a pack on or off and gives the packs as they are then. Raises OSError or ValueError, as said."""


class PacksDialog(CardsDialog):
    """The list of packs, each with its buttons. It stays open, and the window follows behind it."""

    action_requested = Signal(object)
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
        self._offered = frozenset({ActionKind.SAVE, ActionKind.REMOVE}) if moving else frozenset[ActionKind]()
        self._offered |= frozenset[ActionKind]() if switching is None else {ActionKind.SWITCH}
        cards = pack_cards(states, self._offered, undo=undo)
        super().__init__("List of packs", cards, theme, parent)

    def refresh(self, states: Sequence[PackState], sentence: str, undo: str = "") -> None:
        """Show the packs as they are now, and say what was done."""
        self._states = {state.id: state for state in states}
        self._show_cards(pack_cards(states, self._offered, message=sentence, undo=undo), sentence)

    def _act(self, action: CardAction) -> None:
        if action.act is ActionKind.SWITCH and self._switching is not None:
            self._switch_pack(action.value, self._switching)
        elif action.act in (ActionKind.SAVE, ActionKind.REMOVE, ActionKind.UNDO):
            self.action_requested.emit(action)
        else:
            super()._act(action)

    def _switch_pack(self, pack: str, switching: Switching) -> None:
        should_enable = not self._states[pack].enabled
        try:
            states = switching(pack, should_enable)
        except (OSError, ValueError) as error:
            why = (error.strerror if isinstance(error, OSError) else None) or str(error)
            message = f"“{self._states[pack].title}” stays as it is: the choice could not be kept ({why})."
            self._show_cards(pack_cards(tuple(self._states.values()), self._offered, trouble=message), message)
            return
        self._states = {state.id: state for state in states}
        word = "on" if should_enable else "off"
        message = f"“{self._states[pack].title}” is switched {word}. {summarise_packs(states)}"
        self._show_cards(pack_cards(states, self._offered), message)

    def _show_cards(self, cards: Sequence[CardContent], sentence: str) -> None:
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
    commands = [CardParagraph(role=ParagraphRole.FACT, label=keys, text=words) for words, keys in keyboard_page()]
    parts = (
        ("Tab", "from part to part; Shift and Tab back"),
        ("Arrows", "in the places, the chart, the table and the tabs"),
        ("Home, End", "to the first or the last bar"),
        ("Enter", "opens the place, or the evidence of a bar or row"),
        ("Escape", "from the search, or from the places found, back to where you were"),
    )
    moves = [CardParagraph(role=ParagraphRole.FACT, label=keys, text=words) for keys, words in parts]
    cards = (
        CardContent(
            name="Moving",
            parts=build_prose(CardParagraph(role=ParagraphRole.LEAD, text="Moving about"), *moves),
        ),
        CardContent(
            name="Commands",
            parts=build_prose(CardParagraph(role=ParagraphRole.LEAD, text="Commands"), *commands),
        ),
    )
    return CardsDialog("Keyboard", cards, theme, parent)
