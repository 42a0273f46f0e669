"""A briefing laid out in leaves: what goes on one slide, under one heading or on one screen."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from explorer.briefing import TEXT_KINDS, Briefing, BriefingItem, Exhibit, ItemKind, demand_group_title
from explorer.evidence import formatting
from explorer.pages.model import SourceRef

_TOGETHER = {ItemKind.DEMAND: 6, ItemKind.QUOTE: 2, ItemKind.CLAIM: 4}
"""Kinds that stand together where they follow each other, and the most of them on a leaf."""
_LONG = 720
"""The most characters of text that several on one leaf may have together."""


class Section(Struct, frozen=True, kw_only=True):
    """One or several items of one kind that are shown together. Never empty."""

    items: tuple[BriefingItem, ...]

    @property
    def first_item(self) -> BriefingItem:
        """The item that the leaf begins with, and mostly the only one."""
        return self.items[0]

    @property
    def heading(self) -> str:
        """What stands at its head."""
        if len(self.items) == 1 or self.first_item.title:
            return self.first_item.heading
        if self.first_item.kind is ItemKind.CLAIM:
            return f"{len(self.items)} published claims, checked against the figures"
        if self.first_item.kind is ItemKind.DEMAND and self.first_item.exhibit is not None:
            return demand_group_title(self.first_item.exhibit)
        return self.first_item.heading

    def sources(self) -> tuple[SourceRef, ...]:
        """Its sources, each once."""
        return Briefing(items=self.items).sources()


def group_sections(briefing: Briefing) -> tuple[Section, ...]:
    """The items in order; short ones of one kind that follow each other stand together."""
    section_list: list[Section] = []
    for item in briefing.items:
        if section_list and _can_join(section_list[-1].items, item):
            section_list[-1] = Section(items=(*section_list[-1].items, item))
        else:
            section_list.append(Section(items=(item,)))
    return tuple(section_list)


def without_speaker_notes(briefing: Briefing) -> Briefing:
    """The briefing as it is given to others: without the notes for the speaker.

    What the person wrote in a note of its own, or under a heading, is there for everybody.
    """
    items = (item if item.kind in TEXT_KINDS else replace(item, notes="") for item in briefing.items)
    return replace(briefing, items=tuple(items))


def _can_join(before: Sequence[BriefingItem], item: BriefingItem) -> bool:
    first = before[0]
    if item.kind is not first.kind or len(before) >= _TOGETHER.get(item.kind, 1):
        return False
    if item.title or item.notes or item.exhibit is None or first.exhibit is None:
        return False
    if item.kind is not ItemKind.CLAIM and _attribution(item.kind, item.exhibit) != _attribution(
        item.kind, first.exhibit
    ):
        return False  # of another speaker
    texts = [one.exhibit.text for one in (*before, item) if one.exhibit]
    return item.kind is not ItemKind.QUOTE or sum(map(len, texts)) <= _LONG


def _attribution(kind: ItemKind, exhibit: Exhibit) -> tuple[str, ...]:
    """Who says or asks it; of a demand also of whom, and when."""
    return (exhibit.speaker, demand_group_title(exhibit)) if kind is ItemKind.DEMAND else (exhibit.title,)


def format_reference(source: SourceRef) -> str:
    """A source as a list of sources gives it. Its address comes last and bare, so that it can be copied."""
    fields = (f"“{source.title}”", source.publisher, formatting.format_date(source.date))
    return ". ".join(part for part in (", ".join(part for part in fields if part), source.address) if part)
