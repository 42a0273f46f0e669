"""A first draft of a briefing about a place, made by rule from what the library holds."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from explorer.evidence import formatting
from explorer.library import Library
from explorer.pages.model import Question

from .draft_selection import DraftSelection, select_draft
from .exhibits import collect_item
from .model import Briefing, BriefingItem, ItemKind, new_id
from .summary_exhibits import CAUTIONS, POINTS


def generate_draft(library: Library, place: str, today: datetime.date | None = None) -> Briefing:
    """A draft: the points, what is recorded, what the place stands beside, what differs, what is said.

    Parts that the library holds nothing for are left out. Raises KeyError for a code that is no place.
    """
    selection = select_draft(library, place)
    day = today or datetime.datetime.now().astimezone().date()
    return Briefing(
        title=f"Online grooming offences: {library.places.get(place).name}",
        date=formatting.format_date(day.isoformat()),
        items=tuple(_build_items(library, selection)),
    )


def _build_items(library: Library, selection: DraftSelection) -> list[BriefingItem]:
    def collect_items(kind: ItemKind, ids: Iterable[str]) -> list[BriefingItem | None]:
        return [collect_item(library, kind, selection.question, one) for one in ids]

    def collect_charts(questions: Iterable[Question]) -> list[BriefingItem | None]:
        return [collect_item(library, ItemKind.CHART, question) for question in questions]

    platforms = (selection.platforms,) if selection.platforms else ()
    figures = (*selection.printed_changes, *selection.singles)
    own = [
        *collect_charts(selection.charts),
        *collect_items(ItemKind.FIGURE, figures),
        *collect_charts(platforms),
    ]
    items = [
        *collect_items(ItemKind.SUMMARY, (POINTS,)),
        *_build_section(f"What is recorded for {formatting.place_in_sentence(selection.page.place)}", own),
        *_build_section("How it compares", collect_charts(selection.beside)),
        *_build_section(
            "Where sources disagree or are in doubt", collect_items(ItemKind.CONFLICT, selection.conflicts)
        ),
        *_build_section("What is claimed, and how it stands", collect_items(ItemKind.CLAIM, selection.claims)),
        *_build_section("What is said", collect_items(ItemKind.QUOTE, selection.quotes)),
        *_build_section("What is asked for", collect_items(ItemKind.DEMAND, selection.demands)),
        *_build_section("What to keep in mind", collect_items(ItemKind.SUMMARY, (CAUTIONS,))),
    ]
    return [item for item in items if item is not None]


def _build_section(heading: str, items: Iterable[BriefingItem | None]) -> list[BriefingItem]:
    """Items under a heading; neither where there is none."""
    present_items = [item for item in items if item is not None]
    return [BriefingItem(id=new_id(), kind=ItemKind.HEADING, title=heading), *present_items] if present_items else []
