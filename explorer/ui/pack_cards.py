"""What is said of packs, as cards: each in the list, one that cannot be opened, and what is asked about one.

It is all words; what a button does is decided by whoever shows the cards.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from explorer.packs.library import PackState
from explorer.packs.problems import Problem

from .contents import Act, Action, Actions, CardContent, Paragraph, Role, actions, copying, prose

if TYPE_CHECKING:
    from explorer.packs.travel import Arrival

UNDOABLE = "Undo in the Edit menu brings it back, until packs are changed again."


def pack_cards(
    states: Sequence[PackState],
    offered: frozenset[Act],
    *,
    told: str = "",
    trouble: str = "",
    undo: str = "",
) -> tuple[CardContent, ...]:
    """A line that counts the packs, and a card for each; ``offered`` is what may be done with one.

    ``told`` says what was done, ``trouble`` what could not be; ``undo`` names what can be undone.
    """
    counted = summary(states) if states else "No pack is loaded."
    head = prose(
        Paragraph(role=Role.HEADING, text=counted),
        Paragraph(role=Role.CAVEAT, text=trouble),
        Paragraph(role=Role.BODY, text=told),
        Paragraph(
            role=Role.BODY, text=_ALL_OFF if states and not any(_on(state) for state in states) else ""
        ),
    )
    again = Action(act=Act.UNDO, label=undo) if undo else None
    lead = CardContent(name=counted, parts=(*head, *actions(again)), framed=False)
    return (lead, *(_pack(state, offered) for state in states))


_ALL_OFF = "No pack is switched on, so there is nothing to show. Switch one on below."


def _on(state: PackState) -> bool:
    return state.enabled and not state.problems


def summary(states: Sequence[PackState]) -> str:
    """How many packs there are, and how many of them are not in the evidence."""
    on = sum(_on(state) for state in states)
    off = sum(not state.enabled and not state.problems for state in states)
    failed = sum(bool(state.problems) for state in states)
    rest = [f"{off} switched off"] if off else []
    rest += [f"{failed} not loaded"] if failed else []
    return f"{', '.join((_counted(on, 'pack'), *rest))}."


def _pack(state: PackState, offered: frozenset[Act]) -> CardContent:
    title = Paragraph(role=Role.LEAD, text=state.title or state.id)
    if state.problems:
        return _failed(state, title, offered)
    sums = "match: nothing has been changed" if state.verified else "are missing, so a change would not show"
    facts = (
        ("Pack", f"{state.id} {state.version}".rstrip()),
        ("Published by", state.publisher),
        ("Holds", _held(state)),
        ("SHA-256 sums", sums),
        ("Licence", state.licence),
        ("From", _SHIPPED if state.shipped and offered else _origin(state)),
    )
    told = [Paragraph(role=Role.FACT, label=label, text=text) for label, text in facts if text]
    off = None if state.enabled else Paragraph(role=Role.EYEBROW, text=_OFF)
    about = Paragraph(role=Role.BODY, text=state.description)
    named = state.title if state.enabled else f"{state.title}, switched off"
    return CardContent(name=named, parts=(*prose(off, title, about, *told), *_buttons(state, offered)))


_SHIPPED = "shipped with the program: it can be switched off, and not removed"


def _origin(state: PackState) -> str:
    return "shipped with the program" if state.shipped else "your own folder"


def _buttons(state: PackState, offered: frozenset[Act]) -> tuple[Actions, ...]:
    """What may be done with a pack; one that came with the program is not to be removed."""
    verb = "Switch off" if state.enabled else "Switch on"
    words = {Act.SWITCH: verb, Act.SAVE: "Save as…", Act.REMOVE: "Remove…"}
    if state.shipped:
        del words[Act.REMOVE]
    if state.problems:
        words = {act: word for act, word in words.items() if act is Act.REMOVE}
    named = state.title or state.id
    made = (
        Action(act=act, label=word, value=state.id, name=f"{word}: {named}")
        for act, word in words.items()
        if act in offered
    )
    copied = copying("\n".join(problem.sentence() for problem in state.problems), "Copy the problems")
    return actions(copied if state.problems else None, *made)


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


def _failed(state: PackState, title: Paragraph, offered: frozenset[Act]) -> CardContent:
    mark = Paragraph(role=Role.EYEBROW, text="Not loaded")
    which = Paragraph(role=Role.FACT, label="Pack", text=state.id)
    where = _origin(state)
    origin = Paragraph(
        role=Role.FACT, label="From", text=f"{where}, {state.folder}" if state.folder else where
    )
    lead = Paragraph(role=Role.BODY, text="It could not be read. What is wrong, and how to mend it:")
    sentences = [problem.sentence() for problem in state.problems]
    told = [Paragraph(role=Role.CAVEAT, text=sentence) for sentence in sentences]
    name = f"{state.title or state.id}, not loaded"
    return CardContent(
        name=name, parts=(*prose(mark, title, which, origin, lead, *told), *_buttons(state, offered))
    )


def problem_cards(name: str, verb: str, problems: Sequence[Problem]) -> tuple[CardContent, ...]:
    """What is wrong with a pack that was not "opened" or "saved", to hand on to whoever made it."""
    lead = f"“{name}” was not {verb}. What is wrong, and how to mend it:"
    sentences = [problem.sentence() for problem in problems]
    told = [Paragraph(role=Role.CAVEAT, text=sentence) for sentence in sentences]
    words = prose(
        Paragraph(role=Role.LEAD, text=lead),
        Paragraph(role=Role.BODY, text="Nothing in the library has changed."),
        *told,
    )
    copied = copying("\n".join((lead, *sentences)), "Copy the problems")
    return (CardContent(name=lead, parts=(*words, *actions(copied))),)


def replace_cards(arrival: Arrival, present: PackState) -> tuple[CardContent, ...]:
    """The question whether a pack that was opened takes the place of the one that is there."""
    from explorer.packs.travel import Standing

    pack = arrival.pack
    here = f"“{present.title or pack.title}” {present.version}".rstrip()
    asked = {
        Standing.NEWER: f"{here} is in the library. Replace it with {pack.version}?",
        Standing.OLDER: f"{here} is in the library. The one you opened, {pack.version}, is older. "
        "Replace it all the same?",
    }
    same = f"{here} is in the library, with other content. Replace it with the one you opened?"
    if present.problems:
        same = f"{here} is in the library and could not be read. Replace it with the one you opened?"
    question = asked.get(arrival.standing, same)
    counted = _counted(len(pack.figures), "figure")
    opened_ = (pack.title if pack.title != present.title else "", pack.version, counted, _made(pack.created))
    there = (present.version, _counted(present.figures, "figure"), _made(present.created))
    words = prose(
        Paragraph(role=Role.LEAD, text=question),
        Paragraph(role=Role.FACT, label="In the library", text=_listed(there)),
        Paragraph(role=Role.FACT, label="Opened", text=_listed(opened_)),
        Paragraph(role=Role.CAVEAT, text=f"The one that is replaced is kept: {UNDOABLE}"),
    )
    return (CardContent(name=question, parts=words),)


def remove_cards(state: PackState) -> tuple[CardContent, ...]:
    """The question whether to remove a pack."""
    question = f"Remove “{state.title or state.id}” from the library?"
    held = "" if state.problems else f"It holds {_held(state)}. None of it will be shown, compared or found."
    words = prose(
        Paragraph(role=Role.LEAD, text=question),
        Paragraph(role=Role.BODY, text=held),
        Paragraph(role=Role.CAVEAT, text=f"It is kept for now: {UNDOABLE}"),
    )
    return (CardContent(name=question, parts=words),)


def _made(created: str) -> str:
    return f"made {created[:10]}" if created else ""


def _listed(parts: Sequence[str]) -> str:
    return ", ".join(part for part in parts if part)
