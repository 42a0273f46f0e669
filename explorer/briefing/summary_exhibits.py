"""Exhibits of a place in a few points: what matters about it, and what to keep in mind with its numbers."""

from __future__ import annotations

from collections.abc import Iterable

from explorer.briefing import exhibit_parts
from explorer.evidence import formatting
from explorer.evidence.discrepancies import DiscrepancyKind
from explorer.library import Library
from explorer.pages import SummaryPoint, answer, build_record, key_points
from explorer.pages.model import DiscrepancyView, Question
from explorer.pages.panels import KINDS

from .draft_selection import DraftSelection, select_draft
from .model import Exhibit

POINTS = "points"
CAUTIONS = "cautions"
"""Which of the two summaries of a place an item is."""


def build_summary(library: Library, question: Question, of: str) -> Exhibit | None:
    """The summary ``of`` the question's place; None for a place or a summary that there is not."""
    makers = {POINTS: _build_points_exhibit, CAUTIONS: _build_cautions_exhibit}
    if of not in makers or question.place not in library.places:
        return None
    return makers[of](library, select_draft(library, question.place))


def _build_points_exhibit(library: Library, selection: DraftSelection) -> Exhibit | None:
    page = selection.page
    offence_points = key_points.build_offence_points(library, page)
    if not offence_points:
        nothing = f"We hold no count of offences for {formatting.place_in_sentence(page.asked)}."
        points = [SummaryPoint(lead="No count", text=nothing)]
    else:
        points = [SummaryPoint(lead="No figure of its own", text=page.notice)] if page.asked != page.place else []
    points += offence_points
    points += key_points.build_change_points(library, library.figures(ids=selection.printed_changes))
    singles = library.figures(ids=selection.singles)
    platform_page = answer(library, selection.platforms, brief=True) if selection.platforms else None
    if platform_page is not None or any(figure.platform for figure in singles):
        points.append(key_points.build_platform_point(library, platform_page, page.place.name, singles))
    breakdown_page = answer(library, selection.breakdown, brief=True) if selection.breakdown else None
    points += key_points.build_victim_points(library, breakdown_page, singles)
    points += [key_points.build_discrepancy_point(library, one) for one in _own_discrepancies(library, selection)[:1]]
    claims = [one for one in page.claims if one.id in selection.claims]
    if claims:
        points.append(key_points.build_claims_point(claims))
    demands = [one for one in library.demands() if one.id in selection.demands]
    if demands:
        points.append(key_points.asked_for(library, demands))
    return _build_exhibit(library, "In short", page.asked.name, points)


def _own_discrepancies(library: Library, selection: DraftSelection) -> list[DiscrepancyView]:
    """What published figures of the place itself disagree on; not what is only noted of one."""
    return [
        one
        for one in selection.page.disagreements
        if one.id in selection.conflicts
        and one.kind != KINDS[DiscrepancyKind.AMBIGUOUS]
        and any(f.place == selection.page.place.code for f in library.figures(ids=[s.figure for s in one.sides]))
    ]


def _build_cautions_exhibit(library: Library, selection: DraftSelection) -> Exhibit | None:
    pages = [answer(library, question, brief=True) for question in selection.chart_questions()]
    points = key_points.build_caution_points(selection.page.measure_definition, pages)
    return _build_exhibit(library, "What these numbers do not say", selection.page.asked.name, points)


def _build_exhibit(library: Library, title: str, place: str, summary_points: Iterable[SummaryPoint]) -> Exhibit | None:
    points = tuple(summary_points)
    if not points:
        return None
    figures = library.figures(ids=tuple(dict.fromkeys(f for point in points for f in point.figures)))
    sources = tuple(dict.fromkeys(source for point in points for source in point.sources))
    return Exhibit(
        title=title,
        subtitle=place,
        points=points,
        sources=exhibit_parts.build_source_refs(library, sources),
        citation=" ".join(formatting.to_sentence(point.text) for point in points),
        numbers=exhibit_parts.build_numbers(library, figures),
        records=tuple(build_record(library, figure) for figure in figures),
    )
