"""A briefing laid out in leaves: what goes on one slide, under one heading or on one screen."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from explorer.briefing.document import TYPED, Briefing, Exhibit, Item, Kind
from explorer.briefing.said import together
from explorer.pages import words
from explorer.pages.page import Cited

_TOGETHER = {Kind.DEMAND: 6, Kind.QUOTE: 2, Kind.CLAIM: 4}
"""Kinds that stand together where they follow each other, and the most of them on a leaf."""
_LONG = 720
"""The most characters of text that several on one leaf may have together."""


class Leaf(Struct, frozen=True, kw_only=True):
    """One or several items of one kind that are shown together. Never empty."""

    items: tuple[Item, ...]

    @property
    def first(self) -> Item:
        """The item that the leaf begins with, and mostly the only one."""
        return self.items[0]

    @property
    def heading(self) -> str:
        """What stands at its head."""
        if len(self.items) == 1 or self.first.title:
            return self.first.heading
        if self.first.kind is Kind.CLAIM:
            return f"{len(self.items)} published claims, checked against the figures"
        if self.first.kind is Kind.DEMAND and self.first.exhibit is not None:
            return together(self.first.exhibit)
        return self.first.heading

    def sources(self) -> tuple[Cited, ...]:
        """Its sources, each once."""
        return Briefing(items=self.items).sources()


def leaves(briefing: Briefing) -> tuple[Leaf, ...]:
    """The items in order; short ones of one kind that follow each other stand together."""
    found: list[Leaf] = []
    for item in briefing.items:
        if found and _joins(found[-1].items, item):
            found[-1] = Leaf(items=(*found[-1].items, item))
        else:
            found.append(Leaf(items=(item,)))
    return tuple(found)


def handed_out(briefing: Briefing) -> Briefing:
    """The briefing as it is given to others: without the notes for the speaker.

    What the person wrote in a note of its own, or under a heading, is there for everybody.
    """
    items = (item if item.kind in TYPED else replace(item, notes="") for item in briefing.items)
    return replace(briefing, items=tuple(items))


def _joins(before: Sequence[Item], item: Item) -> bool:
    first = before[0]
    if item.kind is not first.kind or len(before) >= _TOGETHER.get(item.kind, 1):
        return False
    if item.title or item.notes or item.exhibit is None or first.exhibit is None:
        return False
    if item.kind is not Kind.CLAIM and _by(item.kind, item.exhibit) != _by(item.kind, first.exhibit):
        return False  # of another speaker
    texts = [one.exhibit.text for one in (*before, item) if one.exhibit]
    return item.kind is not Kind.QUOTE or sum(map(len, texts)) <= _LONG


def _by(kind: Kind, shown: Exhibit) -> tuple[str, ...]:
    """Who says or asks it; of a demand also of whom, and when."""
    return (shown.speaker, together(shown)) if kind is Kind.DEMAND else (shown.title,)


def reference(source: Cited) -> str:
    """A source as a list of sources gives it. Its address comes last and bare, so that it can be copied."""
    told = (f"“{source.title}”", source.publisher, words.dated(source.date))
    return ". ".join(part for part in (", ".join(part for part in told if part), source.address) if part)
