"""A first draft of a briefing about a place, made by rule from what the library holds."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from explorer.evidence.model import Level, Place
from explorer.packs.library import Library
from explorer.pages import words
from explorer.pages.answer import answer
from explorer.pages.chart import ChartKind
from explorer.pages.page import Page
from explorer.pages.question import Question

from .document import Briefing, Item, Kind, new_id
from .exhibits import collect

_QUOTES, _DEMANDS, _CLAIMS, _CONFLICTS = 4, 6, 4, 4
"""The most of each that a draft takes: it is a draft to be cut and added to, not all that there is."""


def brief_me(library: Library, place: str, today: datetime.date | None = None) -> Briefing:
    """A draft about the place: trend, platforms, what it stands beside, differences, demands and quotes.

    Parts that the library holds nothing for are left out. Raises KeyError for a code that is no place.
    """
    asked = library.places.get(place)
    question = Question(place=place)
    page = answer(library, question)
    day = today or datetime.datetime.now().astimezone().date()
    items = [
        *_part(f"What is recorded for {words.placed(page.place)}", _charts(library, question, page)),
        *_part("How it compares", _beside(library, question, page)),
        *_part("Where sources disagree", _conflicts(library, question, page)),
        *_part("What is claimed, and how it stands", _claims(library, question, page)),
        *_part("What is said", _quotes(library, question, page)),
        *_part("What is asked for", _demands(library, question, page)),
    ]
    return Briefing(
        title=f"Online grooming offences: {asked.name}",
        date=words.dated(day.isoformat()),
        items=tuple(items),
    )


def _part(heading: str, items: Iterable[Item | None]) -> list[Item]:
    """Items under a heading; neither where there is none."""
    found = [item for item in items if item is not None]
    return [Item(id=new_id(), kind=Kind.HEADING, title=heading), *found] if found else []


def _drawn(library: Library, question: Question, chart: ChartKind) -> Item | None:
    """A chart, where it can be drawn of this very place."""
    wanted = Question(place=question.place, chart=chart)
    page = answer(library, wanted, brief=True)
    if page.chart.kind is not chart or not page.chart.figures():
        return None
    return collect(library, Kind.CHART, wanted)


def _charts(library: Library, question: Question, page: Page) -> list[Item | None]:
    kinds = (ChartKind.TREND, ChartKind.PLATFORMS, ChartKind.BREAKDOWN)
    open_ = {choice.id for choice in page.charts if not choice.why_not}
    return [_drawn(library, question, kind) for kind in kinds if kind.value in open_]


def _beside(library: Library, question: Question, page: Page) -> list[Item | None]:
    """The region and the nation beside the place, and the map of its forces where it is above them."""
    open_ = {choice.id for choice in page.charts if not choice.why_not}
    found: list[Item | None] = []
    if ChartKind.COMPARE.value in open_:
        found.append(_drawn(library, question, ChartKind.COMPARE))
    if ChartKind.MAP.value in open_ and page.place.level in {Level.UK, Level.NATIONS, Level.NATION}:
        found.append(_drawn(library, question, ChartKind.MAP))
    return found


def _conflicts(library: Library, question: Question, page: Page) -> list[Item | None]:
    return [collect(library, Kind.CONFLICT, question, one.id) for one in page.disagreements[:_CONFLICTS]]


def _claims(library: Library, question: Question, page: Page) -> list[Item | None]:
    mine = _near(library, page.asked, {claim.id: claim.places for claim in library.claims()})
    wanted = [one.id for one in page.claims if one.id in mine][:_CLAIMS]
    return [collect(library, Kind.CLAIM, question, one) for one in wanted]


def _quotes(library: Library, question: Question, page: Page) -> list[Item | None]:
    """Those to the letter first, and those that name the place before those that name its nation."""
    near = _near(library, page.asked, {quote.id: quote.places for quote in library.quotes()})
    wanted = sorted((v for v in page.voices if v.id in near), key=lambda v: (near[v.id], not v.verbatim))
    return [collect(library, Kind.QUOTE, question, voice.id) for voice in wanted[:_QUOTES]]


def _demands(library: Library, question: Question, page: Page) -> list[Item | None]:
    return [collect(library, Kind.DEMAND, question, one.id) for one in page.demands[:_DEMANDS]]


def _near(library: Library, place: Place, about: dict[str, tuple[str, ...]]) -> dict[str, int]:
    """Those that name the place or what holds it, with how many steps above it that is."""
    steps = [place.code, *reversed([above.code for above in library.places.ancestors(place.code)])]
    last = len(steps)
    return {
        one: min((steps.index(code) for code in codes if code in steps), default=last)
        for one, codes in about.items()
        if not codes or set(codes) & set(steps)
    }
