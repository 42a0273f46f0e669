"""Exhibits of a place in a few points: what matters about it, and what to keep in mind with its numbers."""

from __future__ import annotations

from collections.abc import Iterable

from explorer.packs.library import Library
from explorer.pages import summary, words
from explorer.pages.answer import answer
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
        nothing = f"No count of offences is printed for {words.placed(page.asked)}."
        points = [Point(lead="No count", text=nothing)]
    else:
        points = [Point(lead="No figure of its own", text=page.notice)] if page.asked != page.place else []
    points += told
    if chosen.platforms is not None:
        shown = answer(library, chosen.platforms, brief=True)
        points.append(summary.platforms(library, shown, page.place.name))
    differing = [one for one in page.disagreements if one.id in chosen.conflicts]
    if differing:
        points.append(summary.disputed(library, differing[0], len(differing) - 1))
    claims = [one for one in page.claims if one.id in chosen.claims]
    if claims:
        points.append(summary.claimed(claims))
    demands = [one for one in page.demands if one.id in chosen.demands]
    if demands:
        points.append(summary.asked_for(demands))
    return _exhibit(library, "In short", page.asked.name, points)


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
