"""What a card of the side panel holds, as plain values: paragraphs and what may be done with them.

All parts of the panel are set in these few kinds of paragraph, so one pooled card widget serves them all and
two contents can be compared before anything is redrawn. Nothing here draws.
"""

from __future__ import annotations

import enum

from msgspec import Struct

from explorer.evidence.model import Weight


class Role(enum.Enum):
    """What a paragraph is for; ``typeset`` decides how each is set."""

    AMOUNT = enum.auto()
    """The figure in words, large and in tabular figures."""
    LEAD = enum.auto()
    """What a card is about: a claim, a demand, a worked-out sentence."""
    HEADING = enum.auto()
    """A heading between cards."""
    BODY = enum.auto()
    QUIET = enum.auto()
    """A line that stands back: a subheading, a source, a role."""
    EYEBROW = enum.auto()
    """A small heading inside a card: "Paraphrase", "Figures that bear on it"."""
    QUOTE = enum.auto()
    """Words to the letter."""
    SPEAKER = enum.auto()
    FACT = enum.auto()
    """A label with its value."""
    FORMULA = enum.auto()
    """A sum in numbers, in tabular figures on a tint."""
    CAVEAT = enum.auto()
    """What limits the line above it, set off by a rule."""
    VERDICT = enum.auto()
    """A verdict in words with its sign."""
    SIDE = enum.auto()
    """The number of one side of a disagreement, with a dot that says whether it is the one shown."""
    ASIDE = enum.auto()
    """A quiet line under a side."""


class Paragraph(Struct, frozen=True, kw_only=True):
    """One paragraph of plain text. ``label`` stands before it where its role sets one."""

    role: Role
    text: str
    label: str = ""
    weight: Weight | None = None
    """For a verdict: which sign stands beside the words."""
    shown: bool | None = None
    """For a side: whether it is the one drawn; None where none is chosen between. ``label`` says so."""


class Prose(Struct, frozen=True, kw_only=True):
    """Paragraphs that are read and selected as one text. Never without a paragraph."""

    paragraphs: tuple[Paragraph, ...]


class Act(enum.Enum):
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
    """Adds what the card is about to the briefing: its kind and which one it is, as ``collecting`` says."""


class Action(Struct, frozen=True, kw_only=True):
    """A button: what it says, what it is called by a screen reader and what it does."""

    act: Act
    label: str
    value: str = ""
    name: str = ""
    """What a screen reader says, where the label alone would not be understood."""


class Actions(Struct, frozen=True, kw_only=True):
    """Buttons in a row that breaks into several where they do not fit."""

    items: tuple[Action, ...]
    aside: bool = False
    """Whether they stand under a side, set in as far."""


Part = Prose | Actions

_APART = "\x1f"
_WITHOUT_VALUE = frozenset({Act.CLEAR, Act.WIDEN, Act.UNDO})


class CardContent(Struct, frozen=True, kw_only=True):
    """One card from top to bottom. Without a frame it is a heading, or says why there is nothing."""

    name: str
    """What a screen reader calls the card."""
    parts: tuple[Part, ...]
    framed: bool = True

    def collects(self) -> str:
        """What its button adds to the briefing; empty where it has none."""
        rows = (part for part in self.parts if isinstance(part, Actions))
        found = (item.value for row in rows for item in row.items if item.act is Act.COLLECT)
        return next(found, "")

    def labels(self) -> tuple[str, ...]:
        """The labels of all its facts, which share one column."""
        proses = (part for part in self.parts if isinstance(part, Prose))
        return tuple(p.label for prose_ in proses for p in prose_.paragraphs if p.role is Role.FACT)


def prose(*paragraphs: Paragraph | None) -> tuple[Prose, ...]:
    """The given paragraphs that have any text, as one prose; nothing where none has."""
    kept = tuple(p for p in paragraphs if p is not None and p.text.strip())
    return (Prose(paragraphs=kept),) if kept else ()


def actions(*items: Action | None) -> tuple[Actions, ...]:
    """The given actions that have a value or need none, as one row; nothing where there are none."""
    kept = tuple(item for item in items if item is not None and (item.value or item.act in _WITHOUT_VALUE))
    return (Actions(items=kept),) if kept else ()


def heading(text: str) -> CardContent:
    """A heading between cards."""
    return CardContent(name=text, parts=prose(Paragraph(role=Role.HEADING, text=text)), framed=False)


def copying(citation: str, label: str, name: str = "") -> Action:
    """A button that copies ``citation``."""
    return Action(act=Act.COPY, label=label, value=citation, name=name or label)


def collecting(kind: str, of: str, name: str) -> Action:
    """A button that adds a ``kind`` of a briefing's items, the one known by ``of``, to the briefing."""
    return Action(
        act=Act.COLLECT,
        label="Add to briefing",
        value=f"{kind}{_APART}{of}" if of else "",
        name=f"Add to the briefing: {name}",
    )


def collected(value: str) -> tuple[str, str]:
    """The kind and the id that ``collecting`` put together."""
    kind, _, of = value.partition(_APART)
    return kind, of


def selecting(figure: str, label: str) -> Action:
    """A button that opens a figure's evidence."""
    return Action(act=Act.SELECT, label=label, value=figure, name=f"Show the evidence for {label}")
