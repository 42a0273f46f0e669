"""A first draft of a briefing about a place, made by rule from what the library holds."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from explorer.packs.library import Library
from explorer.pages import words
from explorer.pages.question import Question

from .chosen import Chosen, choose
from .document import Briefing, Item, Kind, new_id
from .exhibits import collect
from .summaries import CAUTIONS, POINTS


def brief_me(library: Library, place: str, today: datetime.date | None = None) -> Briefing:
    """A draft: the points, what is recorded, what the place stands beside, what differs, what is said.

    Parts that the library holds nothing for are left out. Raises KeyError for a code that is no place.
    """
    chosen = choose(library, place)
    day = today or datetime.datetime.now().astimezone().date()
    return Briefing(
        title=f"Online grooming offences: {library.places.get(place).name}",
        date=words.dated(day.isoformat()),
        items=tuple(_items(library, chosen)),
    )


def _items(library: Library, chosen: Chosen) -> list[Item]:
    def several(kind: Kind, ids: Iterable[str]) -> list[Item | None]:
        return [collect(library, kind, chosen.question, one) for one in ids]

    def charts(questions: Iterable[Question]) -> list[Item | None]:
        return [collect(library, Kind.CHART, question) for question in questions]

    platforms = (chosen.platforms,) if chosen.platforms else ()
    figures = (*chosen.printed, *chosen.singles)
    own = [*charts(chosen.charts), *several(Kind.FIGURE, figures), *charts(platforms)]
    found = [
        *several(Kind.SUMMARY, (POINTS,)),
        *_part(f"What is recorded for {words.placed(chosen.page.place)}", own),
        *_part("How it compares", charts(chosen.beside)),
        *_part("Where sources disagree or are in doubt", several(Kind.CONFLICT, chosen.conflicts)),
        *_part("What is claimed, and how it stands", several(Kind.CLAIM, chosen.claims)),
        *_part("What is said", several(Kind.QUOTE, chosen.quotes)),
        *_part("What is asked for", several(Kind.DEMAND, chosen.demands)),
        *_part("What to keep in mind", several(Kind.SUMMARY, (CAUTIONS,))),
    ]
    return [item for item in found if item is not None]


def _part(heading: str, items: Iterable[Item | None]) -> list[Item]:
    """Items under a heading; neither where there is none."""
    found = [item for item in items if item is not None]
    return [Item(id=new_id(), kind=Kind.HEADING, title=heading), *found] if found else []
