"""From a question and the evidence to a Page: everything on screen, decided.

Pure: the same library and question give an equal Page. It opens nothing and remembers nothing but, for one
revision of a library, what does not depend on the question: verdicts, differences and worked-out figures.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from explorer.evidence.memo import Memo
from explorer.evidence.model import Figure, Note, PeriodKind, Place, Unit
from explorer.evidence.rates import HEADS
from explorer.packs.library import Library

from . import disagreements, voices, words
from .cards import card, citation, conflict_remark, link, note_remark
from .chart import Chart, ChartKind
from .choices import choices
from .compose import compose
from .gather import gather
from .limits import cannot_tell
from .material import Material
from .nearby import near_figures
from .page import Asked, Card, Cited, Crumb, Disagreement, Link, Page, Remark, Verdict, Voice
from .provenance import newest_line
from .question import Question, Scale
from .reach import Reach, reach
from .table import table
from .worked import Workings

_OTHERS = 40
"""How many of a place's further figures a page lists."""


def answer(library: Library, question: Question, *, brief: bool = False) -> Page:
    """The page for ``question``; never raises for what it asks. ``brief`` leaves the panel's part out."""
    reached = reach(library, question)
    heard = _Heard((), (), (), ()) if brief else _heard(library, question, reached)
    return _page(gather(library, question, reached), heard, brief=brief)


def _page(material: Material, heard: _Heard, *, brief: bool) -> Page:
    library, question, reached = material.library, material.question, material.reach
    chart = compose(material)
    worked = Workings(
        library, material.worked_from, question.rule, frozenset(figure.id for figure in material.figures)
    )
    chosen = _selected(library, question, reached, chart.figures())
    return Page(
        question=question,
        place=reached.place,
        asked=reached.asked,
        notice=reached.notice,
        crumbs=_crumbs(library, reached.asked),
        charts=reached.charts,
        measures=reached.measures,
        chart=chart,
        drawn=reached.figures,
        table=table(material),
        measure_definition=reached.measure.definition if reached.measure else "",
        card=None if brief else _card(material, chosen, worked),
        selected=chosen.id if chosen else "",
        voices=heard.quotes,
        voices_empty="" if heard.quotes else _nothing(question, reached.asked, "quote"),
        speakers=voices.speakers(library),
        demands=heard.demands,
        demands_empty="" if heard.demands else _nothing(question, reached.asked, "demand"),
        claims=heard.claims,
        claims_empty="" if heard.claims else _nothing(question, reached.asked, "claim"),
        others=_others(library, reached),
        workings=worked,
        remarks=tuple(dict.fromkeys(r for f in material.figures for r in _remarks(material, f))),
        sources=_sources(library, material),
        citation=_citation(material, chart.title, chart.subtitle),
        choices=choices(material),
        disagreements=heard.differing,
        disagreements_empty="" if heard.differing else disagreements.nothing(question, reached.place),
        newest=newest_line(library, reached.place.code, reached.measure.id if reached.measure else ""),
        cannot_tell=cannot_tell(material),
        replaced=(*reached.replaced, *_refused(material, chart)),
    )


def _refused(material: Material, chart: Chart) -> tuple[str, ...]:
    """ "scale" where a chart that takes the scale asked for can show nothing on it."""
    asked = material.question.scale
    if asked is Scale.COUNT or material.reach.measure is None or material.measure.unit is not Unit.OFFENCES:
        return ()
    if chart.kind is ChartKind.MAP:
        from .map import picked

        shown = picked(material)
        return () if shown is not None and shown.scale is asked else ("scale",)
    worked = material.scaled.values
    return ("scale",) if chart.kind is ChartKind.COMPARE and not worked else ()


class _Heard(Struct, frozen=True):
    """What is said of a place, asked for and claimed there, and what is printed differently."""

    quotes: tuple[Voice, ...]
    demands: tuple[Asked, ...]
    claims: tuple[Verdict, ...]
    differing: tuple[Disagreement, ...]


def _heard(library: Library, question: Question, reached: Reach) -> _Heard:
    return _Heard(
        voices.quotes(library, question, reached.asked),
        voices.demands(library, question, reached.asked),
        voices.claims(library, question, reached.asked),
        disagreements.disagreements(library, question, reached.place, reached.measure),
    )


def _selected(library: Library, question: Question, reached: Reach, drawn: Sequence[str]) -> Figure | None:
    """The figure asked for, wherever it stands; else the newest of the place that is drawn."""
    if question.figure:
        found = library.figures(ids=(question.figure,))
        if found:
            return found[0]
    own = [f for f in reached.figures if f.id in set(drawn)]
    own = [f for f in own if f.place == reached.place.code] or own
    told = [f for f in reached.held.preferred(tuple(own)) if f.amount.number is not None] or own
    latest = max((f.period.end for f in told), default=None)
    return next((f for f in reversed(told) if f.period.end == latest), None)


def _card(material: Material, chosen: Figure | None, worked: Workings) -> Card | None:
    if chosen is None:
        return None
    library = material.library
    own = worked.on(chosen)
    if not own and chosen.place != material.reach.place.code:
        elsewhere = near_figures(library, chosen.place, chosen.measure)
        own = Workings(library, elsewhere, material.question.rule).on(chosen)
    return card(library, chosen, _remarks(material, chosen), own, rule=material.question.rule)


def _remarks(material: Material, figure: Figure) -> tuple[Remark, ...]:
    library = material.library
    told = [note_remark(library, note) for note in _noted(library.notes()).get(figure.id, ())]
    for conflict in material.conflicts:
        if any(other.id == figure.id for other in conflict.figures):
            told.append(conflict_remark(library, conflict))
    return tuple(told)


def _by_figure(notes: tuple[Note, ...]) -> dict[str, list[Note]]:
    """Notes by the ids of the figures they are about."""
    found: dict[str, list[Note]] = {}
    for note in notes:
        for figure in dict.fromkeys(note.figures):
            found.setdefault(figure, []).append(note)
    return found


_noted = Memo(_by_figure, 2)


def _others(library: Library, reached: Reach) -> tuple[Link, ...]:
    """The newest figure of everything else that we hold for the place, the newest first, without people."""
    drawn = {figure.id for figure in reached.figures}
    shown = {_series(figure) for figure in reached.figures}
    newest: dict[tuple[str, ...], Figure] = {}
    for figure in reached.held.every(reached.place.code):
        key = _series(figure)
        by_quarter = reached.drawn.grain is not None and key in shown and figure.period.kind in _PARTS
        if figure.measure in HEADS or figure.id in drawn or by_quarter:
            continue
        if key not in newest or _end(figure) >= _end(newest[key]):
            newest[key] = figure
    ordered = sorted(newest.values(), key=_end, reverse=True)
    return tuple(link(library, figure) for figure in ordered[:_OTHERS])


_PARTS = frozenset({PeriodKind.QUARTER, PeriodKind.PART_YEAR})


def _series(figure: Figure) -> tuple[str, ...]:
    kind = figure.period.kind.value if figure.period.kind is PeriodKind.SEVERAL_YEARS else ""
    return figure.measure, figure.platform or "", figure.breakdown, kind


def _end(figure: Figure) -> tuple[int, int]:
    """How late its period ends, and how long it is: of two that end on one day the longer comes first."""
    return figure.period.end.toordinal(), -figure.period.start.toordinal()


def _crumbs(library: Library, place: Place) -> tuple[Crumb, ...]:
    return tuple(Crumb(code=step.code, name=step.name) for step in library.places.path(place.code))


def _sources(library: Library, material: Material) -> tuple[Cited, ...]:
    ids = [f.source for f in material.figures] + [note.source for note in material.notes]
    several = [library.source(i) for i in dict.fromkeys(ids)]
    return tuple(
        Cited(id=s.id, title=s.title, publisher=s.publisher, address=s.address, date=s.published)
        for s in several
    )


def _nothing(question: Question, place: Place, what: str) -> str:
    filters = [part for part in (question.speaker, f"“{question.words}”" if question.words else "") if part]
    if filters:
        return f"No {what} matches {words.listed(filters)}. Clear the filter to see the rest."
    where = "" if question.everywhere else f" about {words.placed(place)}"
    return f"No {what}{where} is loaded. Show those of everywhere instead."


def _citation(material: Material, title: str, subtitle: str) -> str:
    if not material.figures:
        return ""
    told = " ".join(citation(material.library, figure) for figure in material.figures)
    return f"{title}. {subtitle}. {told}"
