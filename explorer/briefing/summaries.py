"""Exhibits of a place in a few points: what matters about it, and what to keep in mind with its numbers."""

from __future__ import annotations

from collections.abc import Iterable

from explorer.evidence.doubts import DoubtKind
from explorer.packs.library import Library
from explorer.pages import summary, words
from explorer.pages.answer import answer
from explorer.pages.finder import KINDS
from explorer.pages.page import Disagreement
from explorer.pages.question import Question
from explorer.pages.records import record
from explorer.pages.summary import Point

from . import parts
from .chosen import Chosen, choose
from .document import Exhibit

POINTS = "points"
CAUTIONS = "cautions"
"""Which of the two summaries of a place an item is."""


def summarised(library: Library, question: Question, of: str) -> Exhibit | None:
    """The summary ``of`` the question's place; None for a place or a summary that there is not."""
    makers = {POINTS: _points, CAUTIONS: _cautions}
    if of not in makers or question.place not in library.places:
        return None
    return makers[of](library, choose(library, question.place))


def _points(library: Library, chosen: Chosen) -> Exhibit | None:
    page = chosen.page
    told = summary.recorded(library, page)
    if not told:
        nothing = f"We hold no count of offences for {words.placed(page.asked)}."
        points = [Point(lead="No count", text=nothing)]
    else:
        points = [Point(lead="No figure of its own", text=page.notice)] if page.asked != page.place else []
    points += told
    points += summary.printed(library, library.figures(ids=chosen.printed))
    singles = library.figures(ids=chosen.singles)
    shown = answer(library, chosen.platforms, brief=True) if chosen.platforms else None
    if shown is not None or any(figure.platform for figure in singles):
        points.append(summary.platforms(library, shown, page.place.name, singles))
    divided = answer(library, chosen.breakdown, brief=True) if chosen.breakdown else None
    points += summary.victims(library, divided, singles)
    points += [summary.disputed(library, one) for one in _own(library, chosen)[:1]]
    claims = [one for one in page.claims if one.id in chosen.claims]
    if claims:
        points.append(summary.claimed(claims))
    demands = [one for one in library.demands() if one.id in chosen.demands]
    if demands:
        points.append(summary.asked_for(library, demands))
    return _exhibit(library, "In short", page.asked.name, points)


def _own(library: Library, chosen: Chosen) -> list[Disagreement]:
    """What published figures of the place itself disagree on; not what is only noted of one."""
    return [
        one
        for one in chosen.page.disagreements
        if one.id in chosen.conflicts
        and one.kind != KINDS[DoubtKind.AMBIGUOUS]
        and any(f.place == chosen.page.place.code for f in library.figures(ids=[s.figure for s in one.sides]))
    ]


def _cautions(library: Library, chosen: Chosen) -> Exhibit | None:
    pages = [answer(library, question, brief=True) for question in chosen.drawn()]
    points = summary.cautions(chosen.page.measure_definition, pages)
    return _exhibit(library, "What these numbers do not say", chosen.page.asked.name, points)


def _exhibit(library: Library, title: str, place: str, told: Iterable[Point]) -> Exhibit | None:
    points = tuple(told)
    if not points:
        return None
    figures = library.figures(ids=tuple(dict.fromkeys(f for point in points for f in point.figures)))
    sources = tuple(dict.fromkeys(source for point in points for source in point.sources))
    return Exhibit(
        title=title,
        subtitle=place,
        points=points,
        sources=parts.cited(library, sources),
        citation=" ".join(words.sentence(point.text) for point in points),
        numbers=parts.numbers(library, figures),
        records=tuple(record(library, figure) for figure in figures),
    )
