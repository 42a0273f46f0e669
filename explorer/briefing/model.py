"""A briefing and its items: frozen values that compare, and that a file holds whole.

An item keeps the question it was taken from and an exhibit: everything that it showed, numbers and words and
sources, so that a briefing opens on a machine that has other packs and still says what it said.
"""

from __future__ import annotations

import enum
import uuid
from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from explorer.pages import Cell, SummaryPoint
from explorer.pages.model import CardFact, Chart, ChartTable, Question, SourceRef

VERSION = 2
"""The version of the file format that this program writes, and the newest that it reads."""
FORMAT = "online-harms-briefing"
SUFFIX = ".ohbrief"


class ItemKind(enum.StrEnum):
    """What an item is."""

    CHART = "chart"
    TABLE = "table"
    FIGURE = "figure"
    WORKING = "worked-out figure"
    QUOTE = "quote"
    DEMAND = "demand"
    CLAIM = "claim"
    CONFLICT = "conflict"
    EVENT = "event"
    SUMMARY = "summary"
    """What matters about a place in a few points, or what to keep in mind with its numbers."""
    HEADING = "heading"
    NOTE = "note"


TEXT_KINDS = (ItemKind.HEADING, ItemKind.NOTE)
"""Kinds that the person writes, which hold no evidence."""


_TOLD_BY_TITLE = (ItemKind.FIGURE, ItemKind.WORKING, ItemKind.CONFLICT, ItemKind.EVENT, ItemKind.SUMMARY)
"""Kinds whose exhibit's title says something that stands nowhere else."""


class ItemNumber(Struct, frozen=True, kw_only=True):
    """A number that an item showed: which figure, what it is about, and how it stood there."""

    figure: str
    label: str
    amount: str


class Exhibit(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Everything that an item showed. Whatever writes a document adds no number and no claim to it."""

    title: str
    subtitle: str = ""
    text: str = ""
    """What is said: a quote with its marks, a demand, a claim. Empty for a chart or a table."""
    speaker: str = ""
    """Who says or asks it, with role and organisation."""
    chart: Chart | None = None
    table: ChartTable | None = None
    facts: tuple[CardFact, ...] = ()
    points: tuple[SummaryPoint, ...] = ()
    """Of a summary: its points, each with its own sources."""
    notes: tuple[str, ...] = ()
    """What has to be said with it: coverage, base, what the numbers leave out."""
    remarks: tuple[str, ...] = ()
    """Where the record differs, with who says so."""
    workings: tuple[str, ...] = ()
    source_line: str = ""
    sources: tuple[SourceRef, ...] = ()
    citation: str = ""
    definition: str = ""
    """What the measure counts."""
    numbers: tuple[ItemNumber, ...] = ()
    columns: tuple[str, ...] = ()
    records: tuple[tuple[Cell, ...], ...] = ()
    """The figures behind it as rows under ``build_columns``, which are kept with them: later versions have more."""
    packs: tuple[str, ...] = ()
    """The packs that it rests on, each with its version."""


class BriefingItem(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One thing in a briefing."""

    id: str
    kind: ItemKind
    question: Question | None = None
    of: str = ""
    """Which figure, voice or disagreement of the question's page it is; empty for the chart itself."""
    title: str = ""
    """The person's own title; empty for what the exhibit is called."""
    notes: str = ""
    """The person's own notes, for the speaker."""
    exhibit: Exhibit | None = None
    accepted: str = ""
    """The mark of newer numbers that the person chose not to take over."""

    @property
    def heading(self) -> str:
        """What the item is called."""
        return self.title or (self.exhibit.title if self.exhibit else "") or self.kind.value.capitalize()

    @property
    def subtitle(self) -> str:
        """The line under its title; after its exhibit's own where the person's hides that."""
        exhibit = self.exhibit
        if exhibit is None:
            return ""
        exhibit_title = exhibit.title if self.title and self.kind in _TOLD_BY_TITLE else ""
        return ". ".join(part for part in (exhibit_title, exhibit.subtitle) if part)


class Briefing(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a person collected, in order."""

    title: str = ""
    author: str = ""
    audience: str = ""
    date: str = ""
    """As the person wrote it: "24 November 2026"."""
    items: tuple[BriefingItem, ...] = ()

    @property
    def name(self) -> str:
        """Its title, or what an untitled one is called."""
        return self.title or "Untitled briefing"

    def index_of(self, item_id: str) -> int:
        """Where the item stands, 0 first. Raises KeyError for one that is not in it."""
        for at, item in enumerate(self.items):
            if item.id == item_id:
                return at
        raise KeyError(item_id)

    def pack_versions(self) -> tuple[str, ...]:
        """Every pack that its items rest on, with its version, each once."""
        return tuple(dict.fromkeys(pack for item in self.items if item.exhibit for pack in item.exhibit.packs))

    def sources(self) -> tuple[SourceRef, ...]:
        """Every source of its items, each once, in the order they are first named.

        Two packs may each name one publication: what reads the same is one source.
        """
        return tuple({_source_key(source): source for source in self._all_sources()}.values())

    def source_numbers(self) -> dict[str, int]:
        """The number of each source in that list, 1 first, by every id that it has."""
        at = {_source_key(source): number for number, source in enumerate(self.sources(), start=1)}
        return {source.id: at[_source_key(source)] for source in self._all_sources()}

    def _all_sources(self) -> list[SourceRef]:
        return [source for item in self.items if item.exhibit for source in item.exhibit.sources]


def _source_key(source: SourceRef) -> tuple[str, ...]:
    """What a reader has of a source."""
    return source.title, source.publisher, source.address, source.date


def new_id() -> str:
    """An id for a new item, unlike every other."""
    return uuid.uuid4().hex[:12]


def insert_items(briefing: Briefing, items: Sequence[BriefingItem], at: int | None = None) -> Briefing:
    """The briefing with ``items`` put in before place ``at``; at the end where it is None."""
    where = len(briefing.items) if at is None else max(0, min(at, len(briefing.items)))
    return replace(briefing, items=(*briefing.items[:where], *items, *briefing.items[where:]))


def remove_item(briefing: Briefing, item_id: str) -> Briefing:
    """The briefing without the item."""
    at = briefing.index_of(item_id)
    return replace(briefing, items=briefing.items[:at] + briefing.items[at + 1 :])


def move_item(briefing: Briefing, item_id: str, to: int) -> Briefing:
    """The briefing with the item at place ``to``, or at the end nearest to it."""
    item = briefing.items[briefing.index_of(item_id)]
    return insert_items(remove_item(briefing, item_id), [item], max(0, to))


def replace_item(briefing: Briefing, item: BriefingItem) -> Briefing:
    """The briefing with the item of that id as given."""
    at = briefing.index_of(item.id)
    return replace(briefing, items=(*briefing.items[:at], item, *briefing.items[at + 1 :]))


def duplicate_item(briefing: Briefing, item_id: str) -> tuple[Briefing, str]:
    """The briefing with a copy of the item after it, and the copy's id."""
    at = briefing.index_of(item_id)
    copy = replace(briefing.items[at], id=new_id())
    return insert_items(briefing, [copy], at + 1), copy.id
