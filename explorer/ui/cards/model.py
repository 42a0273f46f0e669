"""What a card of the side panel holds, as plain values: paragraphs and what may be done with them.

All parts of the panel are set in these few kinds of paragraph, so one pooled card widget serves them all and
two contents can be compared before anything is redrawn. Nothing here draws.
"""

from __future__ import annotations

import enum

from msgspec import Struct

from explorer.evidence import Verdict
from explorer.ui.theme import ParagraphRole


class CardParagraph(Struct, frozen=True, kw_only=True):
    """One paragraph of plain text. ``label`` stands before it where its role sets one."""

    role: ParagraphRole
    text: str
    label: str = ""
    weight: Verdict | None = None
    """For a verdict: which sign stands beside the words."""
    is_preferred: bool | None = None
    """For a side: whether it is the one drawn; None where none is chosen between. ``label`` says so."""


class CardProse(Struct, frozen=True, kw_only=True):
    """Paragraphs that are read and selected as one text. Never without a paragraph."""

    paragraphs: tuple[CardParagraph, ...]


class ActionKind(enum.Enum):
    """What pressing a button of a card does with the button's value."""

    SELECT = enum.auto()
    """Opens the evidence of the figure with that id."""
    COPY = enum.auto()
    """Puts the text on the clipboard."""
    OPEN = enum.auto()
    """Hands the address to the system's browser."""
    CLEAR = enum.auto()
    """Lets go of the words and the speaker that narrow the voices."""
    WIDEN = enum.auto()
    """Listens to the voices of everywhere."""
    SWITCH = enum.auto()
    """Switches the pack with that id off, or on again."""
    SAVE = enum.auto()
    """Saves the pack with that id as a .zip."""
    REMOVE = enum.auto()
    """Asks whether to remove the pack with that id."""
    UNDO = enum.auto()
    """Undoes the latest change of the packs, or does it again."""
    COLLECT = enum.auto()
    """Adds what the card is about to the briefing: its kind and which one it is, as ``build_collect_action`` says."""


class CardAction(Struct, frozen=True, kw_only=True):
    """A button: what it says, what it is called by a screen reader and what it does."""

    act: ActionKind
    label: str
    value: str = ""
    name: str = ""
    """What a screen reader says, where the label alone would not be understood."""


class ActionRow(Struct, frozen=True, kw_only=True):
    """Buttons in a row that breaks into several where they do not fit."""

    items: tuple[CardAction, ...]
    aside: bool = False
    """Whether they stand under a side, set in as far."""


Part = CardProse | ActionRow

_APART = "\x1f"
_WITHOUT_VALUE = frozenset({ActionKind.CLEAR, ActionKind.WIDEN, ActionKind.UNDO})


class CardContent(Struct, frozen=True, kw_only=True):
    """One card from top to bottom. Without a frame it is a heading, or says why there is nothing."""

    name: str
    """What a screen reader calls the card."""
    parts: tuple[Part, ...]
    has_frame: bool = True

    def collect_value(self) -> str:
        """What its button adds to the briefing; empty where it has none."""
        rows = (part for part in self.parts if isinstance(part, ActionRow))
        values = (item.value for row in rows for item in row.items if item.act is ActionKind.COLLECT)
        return next(values, "")

    def fact_labels(self) -> tuple[str, ...]:
        """The labels of all its facts, which share one column."""
        proses = (part for part in self.parts if isinstance(part, CardProse))
        return tuple(p.label for prose_ in proses for p in prose_.paragraphs if p.role is ParagraphRole.FACT)


def build_prose(*paragraphs: CardParagraph | None) -> tuple[CardProse, ...]:
    """The given paragraphs that have any text, as one prose; nothing where none has."""
    non_empty = tuple(p for p in paragraphs if p is not None and p.text.strip())
    return (CardProse(paragraphs=non_empty),) if non_empty else ()


def build_actions(*items: CardAction | None) -> tuple[ActionRow, ...]:
    """The given actions that have a value or need none, as one row; nothing where there are none."""
    valid_items = tuple(item for item in items if item is not None and (item.value or item.act in _WITHOUT_VALUE))
    return (ActionRow(items=valid_items),) if valid_items else ()


def build_heading(text: str) -> CardContent:
    """A heading between cards."""
    return CardContent(
        name=text, parts=build_prose(CardParagraph(role=ParagraphRole.HEADING, text=text)), has_frame=False
    )


def build_copy_action(citation: str, label: str, name: str = "") -> CardAction:
    """A button that copies ``citation``."""
    return CardAction(act=ActionKind.COPY, label=label, value=citation, name=name or label)


def build_collect_action(kind: str, of: str, name: str) -> CardAction:
    """A button that adds a ``kind`` of a briefing's items, the one known by ``of``, to the briefing."""
    return CardAction(
        act=ActionKind.COLLECT,
        label="Add to briefing",
        value=f"{kind}{_APART}{of}" if of else "",
        name=f"Add to the briefing: {name}",
    )


def parse_collect_value(value: str) -> tuple[str, str]:
    """The kind and the id that ``build_collect_action`` put together."""
    kind, _, of = value.partition(_APART)
    return kind, of


def build_select_action(figure: str, label: str) -> CardAction:
    """A button that opens a figure's evidence."""
    return CardAction(act=ActionKind.SELECT, label=label, value=figure, name=f"Show the evidence for {label}")
