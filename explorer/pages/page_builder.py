"""From a question and the evidence to a Page: everything on screen, decided.

Pure: the same library and question give an equal Page. It opens nothing and remembers nothing but, for one
revision of a library, what does not depend on the question: verdicts, differences and worked-out figures.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from explorer.evidence import EvidenceNote, Figure, PeriodKind, Place, Unit, formatting
from explorer.evidence.analysis import HEADS
from explorer.pages.charts import (
    ChartContext,
    build_choices,
    build_context,
    build_table,
    chart_types,
    compose_chart,
    set_in_timeline,
)
from explorer.pages.model import (
    Annotation,
    ChartTable,
    EvidenceCard,
    EvidenceLibrary,
    FigureLink,
    Page,
    PageView,
    PlaceBreadcrumb,
    Question,
    SourceRef,
    ValueScale,
)
from explorer.pages.panels import (
    LazyCalculations,
    build_card,
    cannot_tell,
    choose_caution,
    conflict_remark,
    discrepancies,
    figure_citation,
    figure_link,
    newest_line,
    note_remark,
    statements,
)
from explorer.pages.selection import ResolvedQuery, default_figures, resolve
from explorer.support import IdentityCache

_OTHERS = 40
"""How many of a place's further figures a page lists."""


def answer(library: EvidenceLibrary, question: Question, *, brief: bool = False) -> Page:
    """The page for ``question``; never raises for what it asks. ``brief`` leaves the panel's part out."""
    pending = answer_chart_first(library, question)
    return pending.complete_words() if brief else pending.complete()


def answer_chart_first(library: EvidenceLibrary, question: Question) -> PendingPage:
    """The page for ``question`` as far as its chart needs it; the rest is worked out when it is asked for."""
    resolved_query = resolve(library, question, chart_types())
    return PendingPage(build_context(library, question, resolved_query))


class PendingPage:
    """A page whose chart is there, and whose words, card and panel are worked out when they are asked for.

    It stands on the library as it is: it is to be completed before that changes.
    """

    def __init__(self, material: ChartContext) -> None:
        library, question, resolved_query = material.library, material.question, material.reach
        chart, timeline = set_in_timeline(library, material, compose_chart(material))
        measure = resolved_query.measure
        self._material, self._calculations = material, _calculations_for(material)
        self._selected_figure = _select_figure(library, question, resolved_query, chart.figure_ids())
        self.chart_page = Page(
            question=question,
            place=resolved_query.place,
            asked=resolved_query.requested_place,
            notice=resolved_query.notice,
            crumbs=_build_crumbs(library, resolved_query.requested_place),
            charts=resolved_query.charts,
            measures=resolved_query.measures,
            chart=chart,
            timeline=timeline,
            drawn=resolved_query.figures,
            table=build_table(material) if question.view is PageView.TABLE else ChartTable(),
            measure_definition=measure.definition if measure else "",
            selected=self._selected_figure.id if self._selected_figure else "",
            choices=build_choices(material),
            caution=choose_caution(material, chart),
            newest=newest_line(library, resolved_query.place.code, measure.id if measure else ""),
            replaced=(*resolved_query.substitutions, *_rejected_options(material)),
        )
        """The page as far as the chart and what stands round it need it."""

    def complete_words(self) -> Page:
        """The page without its card and without what the side panel lists; its chart is that of ``chart_page``."""
        material, chart = self._material, self.chart_page.chart
        library, resolved_query = material.library, material.reach
        return replace(
            self.chart_page,
            table=self.chart_page.table if material.question.view is PageView.TABLE else build_table(material),
            speakers=statements.list_speakers(library),
            others=_other_figure_links(library, resolved_query),
            workings=self._calculations,
            remarks=tuple(dict.fromkeys(r for f in material.figures for r in _annotations_for(material, f))),
            sources=_source_refs(library, material),
            citation=_build_citation(material, chart.title, chart.subtitle),
            cannot_tell=cannot_tell(material),
        )

    def complete(self) -> Page:
        """The whole page; its chart is that of ``chart_page``."""
        material = self._material
        library, question, resolved_query = material.library, material.question, material.reach
        place = resolved_query.requested_place
        quotes = statements.select_quotes(library, question, place)
        demands = statements.select_demands(library, question, place)
        claims = statements.select_claims(library, question, place)
        differing = discrepancies.list_discrepancies(library, question, resolved_query.place, resolved_query.measure)
        return replace(
            self.complete_words(),
            card=_build_card(material, self._selected_figure, self._calculations),
            voices=quotes,
            voices_empty="" if quotes else _empty_message(question, place, "quote"),
            demands=demands,
            demands_empty="" if demands else _empty_message(question, place, "demand"),
            claims=claims,
            claims_empty="" if claims else _empty_message(question, place, "claim"),
            disagreements=differing,
            disagreements_empty=(
                "" if differing else discrepancies.no_discrepancies_message(question, resolved_query.place)
            ),
        )


def _calculations_for(material: ChartContext) -> LazyCalculations:
    drawn_ids = frozenset(figure.id for figure in material.figures)
    return LazyCalculations(material.library, material.worked_from, material.question.rule, drawn_ids)


def _rejected_options(material: ChartContext) -> tuple[str, ...]:
    """ "scale" where a chart that takes the scale asked for can show nothing on it."""
    requested_scale = material.question.scale
    if (
        requested_scale is ValueScale.COUNT
        or material.reach.measure is None
        or material.measure.unit is not Unit.OFFENCES
    ):
        return ()
    chart_type = chart_types()[material.reach.chart]
    return ("scale",) if chart_type.scales and not chart_type.shows_scale(material) else ()


def _select_figure(
    library: EvidenceLibrary, question: Question, resolved_query: ResolvedQuery, drawn_ids: Sequence[str]
) -> Figure | None:
    """The figure asked for, wherever it stands; else the newest of the place that is drawn."""
    if question.figure:
        matches = library.figures(ids=(question.figure,))
        if matches:
            return matches[0]
    own = [f for f in resolved_query.figures if f.id in set(drawn_ids)]
    own = [f for f in own if f.place == resolved_query.place.code] or own
    with_numbers = [
        f for f in resolved_query.figure_query.preferred_figures(tuple(own)) if f.amount.number is not None
    ] or own
    latest = max((f.period.end for f in with_numbers), default=None)
    return next((f for f in reversed(with_numbers) if f.period.end == latest), None)


def _build_card(
    material: ChartContext, selected_figure: Figure | None, calculations: LazyCalculations
) -> EvidenceCard | None:
    if selected_figure is None:
        return None
    library = material.library
    own = calculations.for_figure(selected_figure)
    if not own and selected_figure.place != material.reach.place.code:
        elsewhere = default_figures(library, selected_figure.place, selected_figure.measure)
        own = LazyCalculations(library, elsewhere, material.question.rule).for_figure(selected_figure)
    return build_card(
        library,
        selected_figure,
        _annotations_for(material, selected_figure),
        own,
        rule=material.question.rule,
    )


def _annotations_for(material: ChartContext, figure: Figure) -> tuple[Annotation, ...]:
    library = material.library
    figure_annotations = [note_remark(library, note) for note in _notes_by_figure(library.notes()).get(figure.id, ())]
    for conflict in material.conflicts:
        if any(other.id == figure.id for other in conflict.figures):
            figure_annotations.append(conflict_remark(library, conflict))
    return tuple(figure_annotations)


def _by_figure(notes: tuple[EvidenceNote, ...]) -> dict[str, list[EvidenceNote]]:
    """Notes by the ids of the figures they are about."""
    by_figure: dict[str, list[EvidenceNote]] = {}
    for note in notes:
        for figure in dict.fromkeys(note.figures):
            by_figure.setdefault(figure, []).append(note)
    return by_figure


_notes_by_figure = IdentityCache(_by_figure, 2)


def _other_figure_links(library: EvidenceLibrary, resolved_query: ResolvedQuery) -> tuple[FigureLink, ...]:
    """The newest figure of everything else that we hold for the place, the newest first, without people."""
    drawn_ids = {figure.id for figure in resolved_query.figures}
    drawn_series = {_series_key(figure) for figure in resolved_query.figures}
    newest: dict[tuple[str, ...], Figure] = {}
    for figure in resolved_query.figure_query.all_figures_for(resolved_query.place.code):
        key = _series_key(figure)
        by_quarter = resolved_query.selection.grain is not None and key in drawn_series and figure.period.kind in _PARTS
        if figure.measure in HEADS or figure.id in drawn_ids or by_quarter:
            continue
        if key not in newest or _recency_key(figure) >= _recency_key(newest[key]):
            newest[key] = figure
    newest_first = sorted(newest.values(), key=_recency_key, reverse=True)
    return tuple(figure_link(library, figure) for figure in newest_first[:_OTHERS])


_PARTS = frozenset({PeriodKind.QUARTER, PeriodKind.PART_YEAR})


def _series_key(figure: Figure) -> tuple[str, ...]:
    kind = figure.period.kind.value if figure.period.kind is PeriodKind.SEVERAL_YEARS else ""
    return figure.measure, figure.platform or "", figure.breakdown, kind


def _recency_key(figure: Figure) -> tuple[int, int]:
    """How late its period ends, and how long it is: of two that end on one day the longer comes first."""
    return figure.period.end.toordinal(), -figure.period.start.toordinal()


def _build_crumbs(library: EvidenceLibrary, place: Place) -> tuple[PlaceBreadcrumb, ...]:
    return tuple(PlaceBreadcrumb(code=step.code, name=step.name) for step in library.places.path(place.code))


def _source_refs(library: EvidenceLibrary, material: ChartContext) -> tuple[SourceRef, ...]:
    ids = [f.source for f in material.figures] + [note.source for note in material.notes]
    several = [library.source(i) for i in dict.fromkeys(ids)]
    return tuple(
        SourceRef(id=s.id, title=s.title, publisher=s.publisher, address=s.address, date=s.published) for s in several
    )


def _empty_message(question: Question, place: Place, what: str) -> str:
    filters = [part for part in (question.speaker, f"“{question.words}”" if question.words else "") if part]
    if filters:
        return f"No {what} matches {formatting.join_list(filters)}. Clear the filter to see the rest."
    where = "" if question.everywhere else f" about {formatting.place_in_sentence(place)}"
    return f"No {what}{where} is loaded. Show those of everywhere instead."


def _build_citation(material: ChartContext, title: str, subtitle: str) -> str:
    if not material.figures:
        return ""
    citations = " ".join(figure_citation(material.library, figure) for figure in material.figures)
    return f"{title}. {subtitle}. {citations}"
