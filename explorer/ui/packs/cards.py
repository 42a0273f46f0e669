"""What is said of packs, as cards: each in the list, one that cannot be opened, and what is asked about one.

It is all words; what a button does is decided by whoever shows the cards.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from explorer.library import PackState
from explorer.packs import Problem
from explorer.support import Theme
from explorer.ui.cards import (
    ActionKind,
    ActionRow,
    CardAction,
    CardContent,
    CardParagraph,
    CardsDialog,
    build_actions,
    build_copy_action,
    build_prose,
)
from explorer.ui.core import MOVING_KEYS, KeySection, format_keys, keyboard_page
from explorer.ui.theme import ParagraphRole
from explorer.ui.widgets import announce

if TYPE_CHECKING:
    from explorer.library import StagedPack


UNDOABLE = "Undo in the Edit menu brings it back, until packs are changed again."


def pack_cards(
    states: Sequence[PackState],
    allowed_acts: frozenset[ActionKind],
    *,
    message: str = "",
    trouble: str = "",
    undo: str = "",
) -> tuple[CardContent, ...]:
    """A line that counts the packs, and a card for each; ``allowed_acts`` is what may be done with one.

    ``message`` says what was done, ``trouble`` what could not be; ``undo`` names what can be undone.
    """
    summary_text = summarise_packs(states) if states else "No pack is loaded."
    head = build_prose(
        CardParagraph(role=ParagraphRole.HEADING, text=summary_text),
        CardParagraph(role=ParagraphRole.CAVEAT, text=trouble),
        CardParagraph(role=ParagraphRole.BODY, text=message),
        CardParagraph(
            role=ParagraphRole.BODY,
            text=_ALL_OFF if states and not any(_is_on(state) for state in states) else "",
        ),
    )
    again = CardAction(act=ActionKind.UNDO, label=undo) if undo else None
    lead = CardContent(name=summary_text, parts=(*head, *build_actions(again)), has_frame=False)
    return (lead, *(_pack_card(state, allowed_acts) for state in states))


_ALL_OFF = "No pack is switched on, so there is nothing to show. Switch one on below."


def _is_on(state: PackState) -> bool:
    return state.enabled and not state.problems


def summarise_packs(states: Sequence[PackState]) -> str:
    """How many packs there are, and how many of them are not in the evidence."""
    on = sum(_is_on(state) for state in states)
    off = sum(not state.enabled and not state.problems for state in states)
    failed_count = sum(bool(state.problems) for state in states)
    rest = [f"{off} switched off"] if off else []
    rest += [f"{failed_count} not loaded"] if failed_count else []
    return f"{', '.join((_pluralise(on, 'pack'), *rest))}."


def _pack_card(state: PackState, allowed_acts: frozenset[ActionKind]) -> CardContent:
    title = CardParagraph(role=ParagraphRole.LEAD, text=state.title or state.id)
    if state.problems:
        return _failed_pack_card(state, title, allowed_acts)
    sums = "match: nothing has been changed" if state.verified else "are missing, so a change would not show"
    facts = (
        ("Pack", f"{state.id} {state.version}".rstrip()),
        ("Published by", state.publisher),
        ("Holds", _describe_contents(state)),
        ("SHA-256 sums", sums),
        ("Licence", state.licence),
        ("From", _SHIPPED_NOTE if state.shipped and allowed_acts else _describe_origin(state)),
    )
    fact_paragraphs = [CardParagraph(role=ParagraphRole.FACT, label=label, text=text) for label, text in facts if text]
    off = None if state.enabled else CardParagraph(role=ParagraphRole.EYEBROW, text=_OFF)
    about = CardParagraph(role=ParagraphRole.BODY, text=state.description)
    card_name = state.title if state.enabled else f"{state.title}, switched off"
    return CardContent(
        name=card_name,
        parts=(*build_prose(off, title, about, *fact_paragraphs), *_pack_buttons(state, allowed_acts)),
    )


_SHIPPED_NOTE = "shipped with the program: it can be switched off, and not removed"


def _describe_origin(state: PackState) -> str:
    return "shipped with the program" if state.shipped else "your own folder"


def _pack_buttons(state: PackState, allowed_acts: frozenset[ActionKind]) -> tuple[ActionRow, ...]:
    """What may be done with a pack; one that came with the program is not to be removed."""
    verb = "Switch off" if state.enabled else "Switch on"
    words = {ActionKind.SWITCH: verb, ActionKind.SAVE: "Save as…", ActionKind.REMOVE: "Remove…"}
    if state.shipped:
        del words[ActionKind.REMOVE]
    if state.problems:
        words = {act: word for act, word in words.items() if act is ActionKind.REMOVE}
    pack_name = state.title or state.id
    pack_actions = (
        CardAction(act=act, label=word, value=state.id, name=f"{word}: {pack_name}")
        for act, word in words.items()
        if act in allowed_acts
    )
    copy_action = build_copy_action("\n".join(problem.as_sentence() for problem in state.problems), "Copy the problems")
    return build_actions(copy_action if state.problems else None, *pack_actions)


_OFF = "Switched off: nothing of it is shown, compared or found"


def _describe_contents(state: PackState) -> str:
    """The rows of a pack by what they are; kinds it has none of are left out, but for figures."""
    kinds = (
        (state.quotes, "quote"),
        (state.demands, "demand"),
        (state.claims, "claim"),
        (state.events, "event"),
    )
    rest = (_pluralise(number, word) for number, word in kinds if number)
    return ", ".join((_pluralise(state.figures, "figure"), *rest))


def _pluralise(number: int, word: str) -> str:
    return f"{number:,} {word if number == 1 else word + 's'}"


def _failed_pack_card(state: PackState, title: CardParagraph, allowed_acts: frozenset[ActionKind]) -> CardContent:
    mark = CardParagraph(role=ParagraphRole.EYEBROW, text="Not loaded")
    which = CardParagraph(role=ParagraphRole.FACT, label="Pack", text=state.id)
    where = _describe_origin(state)
    origin = CardParagraph(
        role=ParagraphRole.FACT, label="From", text=f"{where}, {state.folder}" if state.folder else where
    )
    lead = CardParagraph(role=ParagraphRole.BODY, text="It could not be read. What is wrong, and how to mend it:")
    sentences = [problem.as_sentence() for problem in state.problems]
    caveats = [CardParagraph(role=ParagraphRole.CAVEAT, text=sentence) for sentence in sentences]
    name = f"{state.title or state.id}, not loaded"
    return CardContent(
        name=name,
        parts=(*build_prose(mark, title, which, origin, lead, *caveats), *_pack_buttons(state, allowed_acts)),
    )


def problem_cards(name: str, verb: str, problems: Sequence[Problem]) -> tuple[CardContent, ...]:
    """What is wrong with a pack that was not "opened" or "saved", to hand on to whoever made it."""
    lead = f"“{name}” was not {verb}. What is wrong, and how to mend it:"
    sentences = [problem.as_sentence() for problem in problems]
    caveats = [CardParagraph(role=ParagraphRole.CAVEAT, text=sentence) for sentence in sentences]
    words = build_prose(
        CardParagraph(role=ParagraphRole.LEAD, text=lead),
        CardParagraph(role=ParagraphRole.BODY, text="Nothing in the library has changed."),
        *caveats,
    )
    copy_action = build_copy_action("\n".join((lead, *sentences)), "Copy the problems")
    return (CardContent(name=lead, parts=(*words, *build_actions(copy_action))),)


def replace_cards(arrival: StagedPack, present: PackState) -> tuple[CardContent, ...]:
    """The question whether a pack that was opened takes the place of the one that is there."""
    from explorer.library import VersionComparison

    pack = arrival.pack
    here = f"“{present.title or pack.title}” {present.version}".rstrip()
    questions = {
        VersionComparison.NEWER: f"{here} is in the library. Replace it with {pack.version}?",
        VersionComparison.OLDER: f"{here} is in the library. The one you opened, {pack.version}, is older. "
        "Replace it all the same?",
    }
    same = f"{here} is in the library, with other content. Replace it with the one you opened?"
    if present.problems:
        same = f"{here} is in the library and could not be read. Replace it with the one you opened?"
    question = questions.get(arrival.standing, same)
    figure_count = _pluralise(len(pack.figures), "figure")
    opened_facts = (
        pack.title if pack.title != present.title else "",
        pack.version,
        figure_count,
        _format_creation(pack.created),
    )
    there = (present.version, _pluralise(present.figures, "figure"), _format_creation(present.created))
    words = build_prose(
        CardParagraph(role=ParagraphRole.LEAD, text=question),
        CardParagraph(role=ParagraphRole.FACT, label="In the library", text=_join_list(there)),
        CardParagraph(role=ParagraphRole.FACT, label="Opened", text=_join_list(opened_facts)),
        CardParagraph(role=ParagraphRole.CAVEAT, text=f"The one that is replaced is kept: {UNDOABLE}"),
    )
    return (CardContent(name=question, parts=words),)


def remove_cards(state: PackState) -> tuple[CardContent, ...]:
    """The question whether to remove a pack."""
    question = f"Remove “{state.title or state.id}” from the library?"
    contents_text = (
        "" if state.problems else f"It holds {_describe_contents(state)}. None of it will be shown, compared or found."
    )
    words = build_prose(
        CardParagraph(role=ParagraphRole.LEAD, text=question),
        CardParagraph(role=ParagraphRole.BODY, text=contents_text),
        CardParagraph(role=ParagraphRole.CAVEAT, text=f"It is kept for now: {UNDOABLE}"),
    )
    return (CardContent(name=question, parts=words),)


def _format_creation(creation_date: str) -> str:
    return f"made {creation_date[:10]}" if creation_date else ""


def _join_list(parts: Sequence[str]) -> str:
    return ", ".join(part for part in parts if part)


# The list of packs, each with what may be done with it; and the keyboard page.


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
        self._offered_actions = frozenset({ActionKind.SAVE, ActionKind.REMOVE}) if moving else frozenset[ActionKind]()
        self._offered_actions |= frozenset[ActionKind]() if switching is None else {ActionKind.SWITCH}
        cards = pack_cards(states, self._offered_actions, undo=undo)
        super().__init__("List of packs", cards, theme, parent)

    def refresh(self, states: Sequence[PackState], sentence: str, undo: str = "") -> None:
        """Show the packs as they are now, and say what was done."""
        self._states = {state.id: state for state in states}
        self._show_cards(pack_cards(states, self._offered_actions, message=sentence, undo=undo), sentence)

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
            self._show_cards(pack_cards(tuple(self._states.values()), self._offered_actions, trouble=message), message)
            return
        self._states = {state.id: state for state in states}
        word = "on" if should_enable else "off"
        message = f"“{self._states[pack].title}” is switched {word}. {summarise_packs(states)}"
        self._show_cards(pack_cards(states, self._offered_actions), message)

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


def keys_dialog(theme: Theme, parent: QWidget | None, parts: Sequence[KeySection] = ()) -> CardsDialog:
    """How to move about, every command that has keys, and the keys of ``parts`` of the window."""
    moving, *others = [
        _build_keys_card(one.title, [(binding.text, format_keys(binding.keys)) for binding in one.bindings])
        for one in (MOVING_KEYS, *parts)
    ]
    return CardsDialog("Keyboard", (moving, _build_keys_card("Commands", keyboard_page()), *others), theme, parent)


def _build_keys_card(title: str, lines: Iterable[tuple[str, str]]) -> CardContent:
    facts = [CardParagraph(role=ParagraphRole.FACT, label=keys, text=words) for words, keys in lines]
    return CardContent(name=title, parts=build_prose(CardParagraph(role=ParagraphRole.LEAD, text=title), *facts))
