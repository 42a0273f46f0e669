"""A place in a few points: what is recorded, how it changed, on which platforms, what is disputed.

Each point is a sentence with its sources. It stands on published figures or on what was worked out of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from msgspec import Struct

from explorer.evidence import Demand, Figure, Unit, format_number, formatting
from explorer.evidence.analysis import DerivedFigure, DerivedKind, can_lead, whole_years
from explorer.pages.model import ClaimView, DiscrepancyView, EvidenceLibrary, Page
from explorer.pages.panels import CHANCE, POPULATION, cached_derived, cached_sentences
from explorer.pages.selection import FigureQuery

from .text import phrases


class SummaryPoint(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One point: a few words that say what it is about, the sentence, and what it stands on."""

    text: str
    lead: str = ""
    source: str = ""
    """Its sources in a line; empty where the point stands on no one source."""
    sources: tuple[str, ...] = ()
    """The ids of its sources."""
    figures: tuple[str, ...] = ()


def build_offence_points(library: EvidenceLibrary, page: Page) -> tuple[SummaryPoint, ...]:
    """What is recorded at the page's place over time; nothing where it counts no offences."""
    figure_query = FigureQuery(library, page.question.rule)
    own = [f for f in figure_query.preferred_figures(page.drawn) if _is_offence_count(library, f, page.place.code)]
    years = whole_years(own)
    if not own:
        return ()
    newest = max(own, key=lambda f: (f.period.end, f.period.start))
    leading = [figure for figure in years if can_lead(figure)]
    latest = (leading or years or [newest])[-1]
    derived_figures = cached_derived(library, page.drawn, page.question.rule)
    points = [_build_latest_point(library, latest, derived_figures)]
    if newest.period.end > latest.period.end:
        points.append(_build_part_point(library, newest, derived_figures))
    return (*points, *_build_rate_points(library, latest, derived_figures))


def _is_offence_count(library: EvidenceLibrary, figure: Figure, place: str) -> bool:
    unit = library.measure(figure.measure).unit
    is_total = not figure.platform and not figure.breakdown
    return unit is Unit.OFFENCES and is_total and figure.place == place and figure.amount.number is not None


def _build_latest_point(
    library: EvidenceLibrary, latest: Figure, derived_figures: Sequence[DerivedFigure]
) -> SummaryPoint:
    measure = library.measure(latest.measure)
    was = "was" if latest.amount.number == 1 else "were"
    sentence = (
        f"{formatting.capitalise(formatting.describe_amount(latest.amount, measure.unit))} {was} recorded in "
        f"{formatting.place_in_sentence(library.places.get(latest.place))} in "
        f"{formatting.period_in_sentence(latest.period)}, "
        f"counted as {measure.name[:1].lower()}{measure.name[1:]}"
    )
    changes = [d for d in derived_figures if d.kind is DerivedKind.CHANGE and d.inputs[-1] == latest.id]
    if not changes:
        doubt = f" It is in doubt: {latest.doubt}" if latest.in_doubt is not None else ""
        return _build_sourced_point(library, "Recorded", f"{sentence}.{doubt}", [latest])
    first = min(library.figures(ids=[d.inputs[0] for d in changes]), key=lambda f: f.period.start)
    change = next(d for d in changes if d.inputs[0] == first.id)
    percentages = (d for d in derived_figures if d.kind is DerivedKind.PERCENTAGE_CHANGE)
    share = next((d for d in percentages if d.inputs == change.inputs), None)
    exact = change.low == change.high is not None
    comparison = f", {_describe_comparison(change, share, first)}" if exact else ""
    chance = CHANCE[change.movement] if change.movement is not None and exact else ""
    return _build_sourced_point(library, "Recorded", f"{sentence}{comparison}. {chance}".strip(), [latest, first])


def _describe_comparison(change: DerivedFigure, share: DerivedFigure | None, first: Figure) -> str:
    """ "11 more than the 66 of 2017/18 (+17%)"; no percentage of a base below 20."""
    when, number = formatting.period_in_sentence(first.period), formatting.format_amount(first.amount, Unit.OFFENCES)
    if change.amount == 0:
        return f"as many as in {when}"
    more = "more" if change.amount > 0 else "fewer"
    per_cent = f" ({formatting.format_signed(share.amount, share.decimals)}%)" if share is not None else ""
    return f"{format_number(abs(change.amount))} {more} than the {number} of {when}{per_cent}"


def _build_part_point(
    library: EvidenceLibrary, newest: Figure, derived_figures: Sequence[DerivedFigure]
) -> SummaryPoint:
    for one in derived_figures:
        if one.kind is DerivedKind.AGAINST_AVERAGE_QUARTER and newest.id in one.inputs:
            return _build_derived_point(library, "Since then", one)
    amount = formatting.capitalise(formatting.describe_amount(newest.amount, library.measure(newest.measure).unit))
    sentence = f"{amount} recorded in {formatting.period_in_sentence(newest.period)}, which is not a whole year."
    return _build_sourced_point(library, "Since then", sentence, [newest])


def _build_rate_points(
    library: EvidenceLibrary, latest: Figure, derived_figures: Sequence[DerivedFigure]
) -> list[SummaryPoint]:
    for one in derived_figures:
        if one.kind is DerivedKind.RATE and one.inputs[0] == latest.id:
            return [_build_derived_point(library, "Per head", one)]
    return []


def _build_derived_point(library: EvidenceLibrary, lead: str, one: DerivedFigure) -> SummaryPoint:
    (calculation,) = cached_sentences(library, (one,))
    caveat = calculation.caveat.partition(POPULATION)[0].strip()  # the point names its sources, that one too
    sentence = " ".join(part for part in (calculation.text, caveat) if part)
    return _build_sourced_point(library, lead, sentence, library.figures(ids=one.inputs))


def _build_sourced_point(library: EvidenceLibrary, lead: str, text: str, figures: Iterable[Figure]) -> SummaryPoint:
    several = tuple(figures)
    citations = (_format_source(library, f.source, f.locator) for f in several)
    return SummaryPoint(
        lead=lead,
        text=text,
        source="; ".join(dict.fromkeys(citations)),
        sources=tuple(dict.fromkeys(f.source for f in several)),
        figures=tuple(f.id for f in several),
    )


def _format_source(library: EvidenceLibrary, source: str, locator: str) -> str:
    return ", ".join(part for part in (phrases.source_named(library.source(source)), locator) if part)


def build_change_points(library: EvidenceLibrary, figures: Sequence[Figure]) -> tuple[SummaryPoint, ...]:
    """The changes that sources publish of the place itself, in a sentence."""
    if not figures:
        return ()
    figure_texts = (_describe_figure(library, figure) for figure in figures)
    text = f"{'; '.join(figure_texts)}. {phrases.CHANGE_ALONE}"
    return (_build_sourced_point(library, "Published change", text, figures),)


def _describe_figure(library: EvidenceLibrary, figure: Figure) -> str:
    platform = library.platform(figure.platform).name if figure.platform else ""
    unit = library.measure(figure.measure).unit
    return formatting.describe_figure(figure, library.places.get(figure.place), unit, platform)


def build_platform_point(
    library: EvidenceLibrary, page: Page | None, place_name: str, singles: Sequence[Figure]
) -> SummaryPoint:
    """The one figure of a platform that the place has, if any, and the finding of a page of platforms."""
    own = [figure for figure in singles if figure.platform]
    sentences = [f"{_describe_figure(library, figure)}." for figure in own]
    figures = [*own]
    if page is not None:
        subtitle = f"{page.chart.subtitle[:1].lower()}{page.chart.subtitle[1:]}"
        sentences.append(f"{page.chart.title} ({subtitle}).")
        figures += page.drawn
        if page.place.name != place_name and not own:
            sentences.append(f"We hold nothing by platform for {place_name} itself.")
    return _build_sourced_point(library, "Platforms", " ".join(sentences), figures)


def build_victim_points(
    library: EvidenceLibrary, page: Page | None, singles: Sequence[Figure]
) -> tuple[SummaryPoint, ...]:
    """What is published by sex or age of victims, or by another division."""
    own = [figure for figure in singles if figure.breakdown and not figure.platform]
    if page is not None:
        subtitle = f"{page.chart.subtitle[:1].lower()}{page.chart.subtitle[1:]}"
        return (_build_sourced_point(library, "By sex and age", f"{page.chart.title} ({subtitle}).", page.drawn),)
    if not own:
        return ()
    figure_texts = "; ".join(_describe_figure(library, figure) for figure in own)
    return (_build_sourced_point(library, "By sex and age", f"{figure_texts}.", own),)


def build_discrepancy_point(library: EvidenceLibrary, one: DiscrepancyView) -> SummaryPoint:
    """A disagreement of published figures."""
    ids = tuple(dict.fromkeys(side.figure for side in one.sides if side.figure))
    return _build_sourced_point(library, one.kind, f"{one.heading}. {one.text}", library.figures(ids=ids))


def build_claims_point(verdicts: Sequence[ClaimView]) -> SummaryPoint:
    """The verdicts on the published claims, counted in the order they first come."""
    counts: dict[str, int] = {}
    for verdict in verdicts:
        counts[verdict.words] = counts.get(verdict.words, 0) + 1
    verdict_counts = formatting.join_list(
        f"{format_number(Decimal(n))} {verdict_text[:1].lower()}{verdict_text[1:]}"
        for verdict_text, n in counts.items()
    )
    lead = formatting.pluralise(len(verdicts), "published claim")
    return SummaryPoint(lead="Claims checked", text=f"{lead} checked against the published figures: {verdict_counts}.")


def asked_for(library: EvidenceLibrary, demands: Sequence[Demand]) -> SummaryPoint:
    """Who asked for how much, and when; each by itself."""
    counts: dict[tuple[str, str], int] = {}
    for one in demands:
        key = one.asked_by, formatting.format_date(library.source(one.source).published)
        counts[key] = counts.get(key, 0) + 1
    demand_counts = (
        f"{by} made {formatting.pluralise(n, 'demand')}" + (f" in {on}" if on else "") for (by, on), n in counts.items()
    )
    source_names = dict.fromkeys(phrases.source_named(library.source(one.source)) for one in demands)
    return SummaryPoint(
        lead="Asked for",
        text=f"{'; '.join(demand_counts)}.",
        source="; ".join(source_names),
        sources=tuple(dict.fromkeys(one.source for one in demands)),
    )


def build_caution_points(definition: str, pages: Sequence[Page]) -> tuple[SummaryPoint, ...]:
    """What is counted, and what has to be said of more than one of the charts or of any recorded crime.

    Where the record differs on a number is said beside that number, and not here.
    """
    times: dict[str, int] = {}
    for page in pages:
        differing = {remark.text for remark in page.remarks}
        for note in dict.fromkeys(note for note in page.chart.notes if note not in differing):
            times[note] = times.get(note, 0) + 1
    always = (phrases.MORE_RECORDING, phrases.NOT_ACCREDITED)
    repeated_notes = [note for note in times if note in always or times[note] > 1]
    definition_points = (SummaryPoint(lead="What is counted", text=definition),) if definition else ()
    return (
        *definition_points,
        *(SummaryPoint(text=note) for note in dict.fromkeys((phrases.MORE_RECORDING, *repeated_notes))),
    )
