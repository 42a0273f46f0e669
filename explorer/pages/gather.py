"""From the reach of a question to everything its chart is composed from."""

from __future__ import annotations

from explorer.evidence.conflicts import find_conflicts
from explorer.evidence.model import Figure, PeriodKind, Unit
from explorer.library.library import Library

from .chart import ChartKind
from .grain import filter_by_granularity
from .material import ChartContext
from .question import PeriodGranularity, Question
from .reach import ResolvedQuery
from .scaled import ScaledFigures, scale_figures


def build_context(library: Library, question: Question, resolved_query: ResolvedQuery) -> ChartContext:
    """What a composer may use; it asks the library, and words nothing."""
    figures = resolved_query.figures
    ids = {figure.id for figure in figures}
    return ChartContext(
        library=library,
        question=question,
        reach=resolved_query,
        worked_from=_own_and_drawn(resolved_query),
        conflicts=find_conflicts(figures, {f.source: library.source(f.source) for f in figures}, question.rule),
        notes=tuple(note for note in library.notes() if not ids.isdisjoint(note.figures)),
        scaled_figures=_scale_for_chart(library, question, resolved_query),
    )


def _scale_for_chart(library: Library, question: Question, resolved_query: ResolvedQuery) -> ScaledFigures:
    """Places are compared by count, by index or by rate; every other chart shows what is printed."""
    measure = resolved_query.measure
    if resolved_query.chart is not ChartKind.COMPARE or measure is None or measure.unit is not Unit.OFFENCES:
        return ScaledFigures()
    return scale_figures(library, resolved_query.figures, question.scale, question.base)


def _own_and_drawn(resolved_query: ResolvedQuery) -> tuple[Figure, ...]:
    """The figures to work from: those drawn, and the place's own (a share is of a count drawn elsewhere)."""
    own = _worked_from(resolved_query)
    if resolved_query.chart is ChartKind.MAP:
        return own  # a map draws every force area; only what concerns the place itself is worked out beside it
    own_ids = {figure.id for figure in own}
    return (*own, *(figure for figure in resolved_query.figures if figure.id not in own_ids))


def _worked_from(resolved_query: ResolvedQuery) -> tuple[Figure, ...]:
    """The place's figures of the measure that is drawn: its years, or its quarters where those are drawn.

    All that stands on a drawn figure is worked out among figures of its own measure.
    """
    every = resolved_query.figure_query.figures_for(resolved_query.place.code)
    if resolved_query.measure is None:
        return ()
    measure_figures = [figure for figure in every if figure.measure == resolved_query.measure.id]
    quarters = all(figure.period.kind is PeriodKind.QUARTER for figure in resolved_query.figures)
    included_ids = {figure.id for figure in resolved_query.figures}
    included_ids.update(
        figure.id
        for figure in filter_by_granularity(
            measure_figures, PeriodGranularity.QUARTERS if quarters else PeriodGranularity.YEARS
        )
    )
    return tuple(figure for figure in measure_figures if figure.id in included_ids)
