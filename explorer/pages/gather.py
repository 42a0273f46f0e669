"""From the reach of a question to everything its chart is composed from."""

from __future__ import annotations

from explorer.evidence.conflicts import find_conflicts
from explorer.evidence.model import Figure, PeriodKind, Unit
from explorer.packs.library import Library

from .chart import ChartKind
from .grain import grained
from .material import Material
from .question import Grain, Question
from .reach import Reach
from .scaled import Scaled, scaled


def gather(library: Library, question: Question, reached: Reach) -> Material:
    """What a composer may use; it asks the library, and words nothing."""
    figures = reached.figures
    ids = {figure.id for figure in figures}
    return Material(
        library=library,
        question=question,
        reach=reached,
        worked_from=_own_and_drawn(reached),
        conflicts=find_conflicts(
            figures, {f.source: library.source(f.source) for f in figures}, question.rule
        ),
        notes=tuple(note for note in library.notes() if not ids.isdisjoint(note.figures)),
        scaled=_scaled(library, question, reached),
    )


def _scaled(library: Library, question: Question, reached: Reach) -> Scaled:
    """Places are compared by count, by index or by rate; every other chart shows what is printed."""
    measure = reached.measure
    if reached.chart is not ChartKind.COMPARE or measure is None or measure.unit is not Unit.OFFENCES:
        return Scaled()
    return scaled(library, reached.figures, question.scale, question.base)


def _own_and_drawn(reached: Reach) -> tuple[Figure, ...]:
    """The figures to work from: those drawn, and the place's own (a share is of a count drawn elsewhere)."""
    own = _worked_from(reached)
    if reached.chart is ChartKind.MAP:
        return (
            own  # a map draws every force area; only what concerns the place itself is worked out beside it
        )
    drawn = {figure.id for figure in own}
    return (*own, *(figure for figure in reached.figures if figure.id not in drawn))


def _worked_from(reached: Reach) -> tuple[Figure, ...]:
    """The place's figures of the measure that is drawn: its years, or its quarters where those are drawn.

    All that stands on a drawn figure is worked out among figures of its own measure.
    """
    every = reached.held.of(reached.place.code)
    if reached.measure is None:
        return ()
    measured = [figure for figure in every if figure.measure == reached.measure.id]
    quarters = all(figure.period.kind is PeriodKind.QUARTER for figure in reached.figures)
    shown = {figure.id for figure in reached.figures}
    shown.update(figure.id for figure in grained(measured, Grain.QUARTERS if quarters else Grain.YEARS))
    return tuple(figure for figure in measured if figure.id in shown)
