"""What a chart is composed from: the reach of a question with the differences and lookups it needs.

It gathers; the composers next door decide geometry and ``words`` the sentences.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import Struct, field
from msgspec.structs import replace

from explorer.evidence import (
    ConflictingFigures,
    EvidenceNote,
    Figure,
    Measure,
    PeriodKind,
    Place,
    Platform,
    Qualifier,
    Source,
    Unit,
    find_conflicts,
    formatting,
)
from explorer.pages.model import DataPoint, EvidenceLibrary, MarkFill, PeriodGranularity, Question
from explorer.pages.selection import ChartOption, ResolvedQuery, ScaledFigures, filter_by_granularity, scale_figures
from explorer.pages.text import phrases

DOUBT = " in doubt"
"""What follows the number of a figure in doubt."""


class ChartContext(Struct, frozen=True, kw_only=True):
    """Everything a composer may use. ``measure`` is None only where there is nothing to draw."""

    library: EvidenceLibrary
    question: Question
    reach: ResolvedQuery
    worked_from: tuple[Figure, ...]
    """What may be worked out is worked out among these: those drawn, and the place's own."""
    conflicts: tuple[ConflictingFigures, ...]
    notes: tuple[EvidenceNote, ...]
    scaled_figures: ScaledFigures = field(default_factory=ScaledFigures)

    @property
    def figures(self) -> tuple[Figure, ...]:
        """The figures to draw."""
        return self.reach.figures

    @property
    def measure(self) -> Measure:
        """The measure of what is drawn; raises LookupError where there is nothing to draw."""
        if self.reach.measure is None:
            raise LookupError("nothing to draw")
        return self.reach.measure

    def place_for(self, figure: Figure) -> Place:
        """The place a figure is recorded for."""
        return self.library.places.get(figure.place)

    def platform_for(self, figure: Figure) -> Platform:
        """The platform of a figure that has one."""
        return self.library.platform(figure.platform or "")

    def source_for(self, figure: Figure) -> Source:
        """The source a figure is printed in."""
        return self.library.source(figure.source)

    def palette_index(self, platform: Platform) -> int:
        """A platform's place in the palette: the same in every chart."""
        return sorted(self.library.platforms(), key=lambda p: (p.order, p.id)).index(platform)

    def superseded_ids(self) -> frozenset[str]:
        """Ids of figures that another figure about the same thing is preferred to."""
        return frozenset(figure.id for c in self.conflicts for figure in c.figures if figure.id != c.preferred_id)


def build_data_point(
    material: ChartContext,
    figure: Figure,
    extent: tuple[float, float],
    *,
    part: bool = False,
    beside: str = "",
    is_joined: bool = False,
) -> DataPoint:
    """A figure as a mark that reaches over ``extent`` of the category axis; ``beside`` follows its label."""
    amount = figure.amount
    unit = material.library.measure(figure.measure).unit
    platform = material.platform_for(figure).name if figure.platform else ""
    start, end = extent
    return DataPoint(
        figure=figure.id,
        start=start,
        end=end,
        at=(start + end) / 2,
        value=None if amount.number is None else float(amount.number),
        fill=_select_fill(figure, part=part, hollow=figure.id in material.superseded_ids()),
        label=f"{formatting.format_amount(amount, unit)}{DOUBT if figure.in_doubt else ''}  {beside}".rstrip(),
        name=formatting.describe_figure(figure, material.place_for(figure), unit, platform),
        low=None if amount.low is None else float(amount.low),
        high=None if amount.high is None else float(amount.high),
        joined=is_joined,
    )


def rescale_point(material: ChartContext, figure: Figure, point: DataPoint) -> DataPoint:
    """A mark of a count on the chart's scale: an index, or a rate with its interval."""
    if material.scaled_figures.values is None:
        return point
    value = material.scaled_figures.values.get(figure.id)
    beside = point.label.partition("  ")[2]
    if value is None:
        name = f"{point.name}; not worked out, see the notes"
        label = f"[x]  {beside}".rstrip()
        return replace(point, value=None, fill=MarkFill.MISSING, label=label, name=name, low=None, high=None)
    axis = material.scaled_figures.axis.replace("Index:", "index, with")
    interval = f", 95% interval {value.format_interval()}" if value.format_interval() else ""
    unclear = "; no clear change since then" if value.unclear else ""
    return replace(
        point,
        value=float(value.number),
        label=f"{value.format_label()}  {beside}".rstrip(),
        name=f"{point.name}; {axis}: {value.format_label()}{interval}{unclear}",
        low=None if value.low is None else float(value.low),
        high=None if value.high is None else float(value.high),
    )


def _select_fill(figure: Figure, *, part: bool, hollow: bool) -> MarkFill:
    if figure.amount.number is None:
        return MarkFill.MISSING
    if hollow or figure.in_doubt is not None:
        return MarkFill.HOLLOW
    if figure.amount.qualifier is Qualifier.AT_LEAST:
        return MarkFill.OPEN_ENDED
    return MarkFill.PART if part else MarkFill.SOLID


def doubt_notes(material: ChartContext) -> list[str]:
    """Why figures that are drawn are in doubt, a sentence each."""
    notes: dict[str, None] = {}
    for figure in material.figures:
        if figure.in_doubt is not None:
            notes[f"{material.place_for(figure).name}, {figure.period.label}, is in doubt: {figure.doubt}"] = None
    return list(notes)


def end_label(material: ChartContext, name: str, last: Figure | None) -> str:
    """What stands at the end of a line: its name, and where it ends early, the period it ends with."""
    latest = max((f.period.end for f in material.figures), default=None)
    early = last is not None and latest is not None and last.period.end < latest
    return f"{name}, {last.period.label}" if early and last is not None else name


def legend_keys(data: Iterable[DataPoint]) -> tuple[tuple[MarkFill, str], ...]:
    """The fills among ``data`` that need explaining."""
    used_fills = {datum.fill for datum in data}
    explanations = (
        (MarkFill.OPEN_ENDED, phrases.OPEN_KEY),
        (MarkFill.PART, phrases.PART_KEY),
        (MarkFill.HOLLOW, phrases.HOLLOW_KEY),
    )
    return tuple((fill, text) for fill, text in explanations if fill in used_fills)


def share_heading(figures: Sequence[Figure]) -> str:
    """What an axis or a column of shares is called: with the one base that all have, where they have one."""
    several = dict.fromkeys(formatting.share_of(f.base) for f in figures)
    return f"Share {next(iter(several))}" if len(several) == 1 else "Share of bases that differ, see the notes"


def base_counts(material: ChartContext, figures: Sequence[Figure]) -> list[str]:
    """How many offences the shares stand on, of how many recorded, where both are printed."""
    share_by_base = {f.base_figure: f for f in figures if f.base_figure}
    bases = {f.id: f for f in material.library.figures(ids=list(share_by_base))} if share_by_base else {}
    texts = dict.fromkeys(_base_count(material, share_by_base[id_], base) for id_, base in bases.items())
    return [text for text in texts if text]


def _base_count(material: ChartContext, share: Figure, base: Figure) -> str:
    if base.amount.number is None:
        return ""
    n = formatting.format_amount(base.amount, Unit.OFFENCES)
    every = material.reach.figure_query.preferred_figures(
        tuple(
            f
            for f in material.reach.figure_query.figures_for(base.place)
            if f.measure == base.measure and f.period == base.period and not f.platform and not f.breakdown
        )
    )
    place = material.place_for(share).name
    when = formatting.period_in_sentence(share.period)
    if not every or every[0].amount.number is None:
        return f"{n} ({place}, {when})"
    if every[0].id == base.id:
        return ""
    total = formatting.format_amount(every[0].amount, Unit.OFFENCES)
    return f"{n} of {total} ({place}, {when})"


_WHOLE_PAGE = "whole page"
_FEW, _MANY = 4, 12
"""Up to so many publications are named with where the figures stand; up to so many, by publisher and date."""
_MOST_LOCATORS = 6
"""Up to so many places in one publication are named."""


def source_line(material: ChartContext) -> str:
    """The line under a chart: who printed these figures, when, and where in it they stand.

    Where they are many, publishers stand with their dates, and then only how many there are: the table and
    each figure's evidence name every one of them.
    """
    places: dict[str, list[str]] = {}
    for figure in (*material.figures, *material.scaled_figures.populations):
        places.setdefault(figure.source, []).append(figure.locator)
    if len(places) > _MANY:
        dates = sorted(d[:4] for d in (material.library.source(s).published for s in places) if d)
        span = f", {dates[0]} to {dates[-1]}" if dates else ""
        sources_text = f"{len(places)} publications{span}, each named in the table and with its figure"
    elif len(places) > _FEW:
        sources_text = _by_publisher([material.library.source(source) for source in places])
    else:
        sources_text = "; ".join(
            _source_with_locators(material.library.source(s), where) for s, where in places.items()
        )
    packs = sorted({figure.pack for figure in (*material.figures, *material.scaled_figures.populations)})
    versions = {state.id: state.version for state in material.library.packs()}
    packs_text = formatting.join_list(f"{pack} {versions.get(pack, '')}".rstrip() for pack in packs)
    return f"Source: {sources_text}. Pack: {packs_text}."


def _source_with_locators(source: Source, where: list[str]) -> str:
    locators = [one for one in where if one.casefold() != _WHOLE_PAGE]
    if len(set(locators)) > _MOST_LOCATORS:
        return f"{phrases.source_named(source)} (in {len(set(locators))} places, each named in the table)"
    return (
        f"{phrases.source_named(source)} ({phrases.format_locators(locators)})"
        if locators
        else phrases.source_named(source)
    )


def _by_publisher(sources: Sequence[Source]) -> str:
    dates: dict[str, list[str]] = {}
    for source in sorted(sources, key=lambda one: one.published):
        dates.setdefault(source.publisher, []).append(formatting.format_date(source.published))
    return "; ".join(
        f"{publisher} ({', '.join(when)})" if any(when) else publisher for publisher, when in dates.items()
    )


def alt_text(kind: str, title: str, subtitle: str, data: Iterable[DataPoint]) -> str:
    """The text alternative of a chart: what it is, what it finds and every number in it."""
    numbers = " ".join(formatting.to_sentence(datum.name) for datum in data)
    return f"{kind} {formatting.to_sentence(title)} {formatting.to_sentence(subtitle)} {numbers}".strip()


# From the reach of a question to everything its chart is composed from.


def build_context(library: EvidenceLibrary, question: Question, resolved_query: ResolvedQuery) -> ChartContext:
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


def _scale_for_chart(library: EvidenceLibrary, question: Question, resolved_query: ResolvedQuery) -> ScaledFigures:
    """Places are compared by count, by index or by rate; every other chart shows what is printed."""
    measure = resolved_query.measure
    compares = resolved_query.selector.offers(ChartOption.PLACES)
    if not compares or measure is None or measure.unit is not Unit.OFFENCES:
        return ScaledFigures()
    return scale_figures(library, resolved_query.figures, question.scale, question.base)


def _own_and_drawn(resolved_query: ResolvedQuery) -> tuple[Figure, ...]:
    """The figures to work from: those drawn, and the place's own (a share is of a count drawn elsewhere)."""
    own = _worked_from(resolved_query)
    if resolved_query.selector.of_every_place:
        return own  # of every force area on a map, only what concerns the place itself is worked out beside it
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
