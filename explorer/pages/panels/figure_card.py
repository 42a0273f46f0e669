"""The evidence card of a figure: how it was printed, by whom, what it covers and what disagrees with it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from explorer.evidence import (
    ConflictingFigures,
    EvidenceNote,
    Figure,
    NoteKind,
    Preference,
    Unit,
    are_compatible,
    formatting,
    subject_key,
)
from explorer.evidence.analysis import is_own_sum
from explorer.pages.model import Annotation, Calculation, CardFact, EvidenceCard, EvidenceLibrary, FigureLink
from explorer.pages.text import phrases

from .discrepancies import discrepancy_index
from .provenance import age_of, describe_publication_history, kind_of, source_attribution

_HEADINGS = {
    NoteKind.SCOPE: "What area it covers",
    NoteKind.BASE: "What it is a share of",
    NoteKind.DATE: "When",
    NoteKind.ATTRIBUTION: "Where the number belongs",
    NoteKind.COVERAGE: "Which forces it covers",
    NoteKind.WORDING: "How it is worded",
}


_USUAL = "scc-offences"
"""The offence that the program is about; offences of another kind are named."""

OTHER_FIGURES = "Other figures for the same thing"
"""The heading of a remark on a conflict, which an evidence card shows as sides instead."""


def build_card(
    library: EvidenceLibrary,
    figure: Figure,
    remarks: tuple[Annotation, ...],
    workings: Sequence[Calculation],
    *,
    rule: Preference = Preference.NEWEST,
) -> EvidenceCard:
    """The evidence card of ``figure``; ``workings`` are those that it is an input of."""
    measure = library.measure(figure.measure)
    place = library.places.get(figure.place)
    platform = library.platform(figure.platform).name if figure.platform else ""
    heading = formatting.capitalise(formatting.describe_amount(figure.amount, measure.unit, figure.base))
    when = formatting.period_in_sentence(figure.period)
    where = ", ".join(part for part in (platform, figure.breakdown, place.name, when) if part)
    return EvidenceCard(
        figure=figure.id,
        heading=heading,
        subheading=f"{measure.name}: {where}",
        facts=tuple(_iter_facts(library, figure)),
        notes=(figure.note,) if figure.note else (),
        remarks=tuple(remark for remark in remarks if remark.heading != OTHER_FIGURES),
        workings=tuple(workings),
        citation=figure_citation(library, figure),
        disagreements=discrepancy_index(library, rule).discrepancies_for(figure),
    )


def _iter_facts(library: EvidenceLibrary, figure: Figure) -> Iterable[CardFact]:
    source = library.source(figure.source)
    yield CardFact(label="Not published" if is_own_sum(figure) else "As published", text=phrases.as_printed(figure))
    yield CardFact(label="Whose number", text=source_attribution(source))
    yield CardFact(label="Kind of source", text=kind_of(source))
    yield CardFact(label="Published by", text=phrases.source_named(source))
    yield CardFact(label="In", text=source.title, address=source.address)
    yield CardFact(label="Where", text=formatting.capitalise(figure.locator))
    unit = library.measure(figure.measure).unit
    optional = (
        ("In doubt", f"{formatting.capitalise(figure.in_doubt.value)}: {figure.doubt}" if figure.in_doubt else ""),
        ("How old", age_of(figure, source)),
        ("Published over time, newest first", describe_publication_history(library, figure)),
        ("Can stand for", formatting.format_bounds(figure.amount, unit)),
        ("Status", formatting.STATUS_WORDS[figure.amount.status] if figure.amount.status else ""),
        ("Share of", figure.base),
        ("Broken down by", figure.breakdown),
        ("Forces responding", phrases.describe_forces(figure)),
        ("Coverage", figure.coverage),
        ("Forces counted in it", _describe_members(library, figure)),
        ("Also published by", _describe_agreeing_sources(library, figure)),
        ("Estimated on", figure.basis),
    )
    yield from (CardFact(label=label, text=text) for label, text in optional if text)
    yield CardFact(label="Pack", text=pack_named(library, figure.pack))


def _describe_members(library: EvidenceLibrary, figure: Figure) -> str:
    """The forces that the figure's own publication counts in its region, as far as it says."""
    matching_regions = (r for r in library.regions() if r.place == figure.place and r.source == figure.source)
    region = next(matching_regions, None)
    if region is None:
        return ""
    names = formatting.join_list(library.places.get(code).name for code in region.forces)
    return f"{names}. {region.note}" if region.note else names


def _describe_agreeing_sources(library: EvidenceLibrary, figure: Figure) -> str:
    """The other publications of the same number for the same thing."""
    if figure.amount.number is None:
        return ""
    about = library.figures(place=figure.place, measure=figure.measure)
    others = (other for other in about if other.id != figure.id and subject_key(other) == subject_key(figure))
    agreeing = [o for o in others if o.amount.number is not None and are_compatible((figure.amount, o.amount))]
    descriptions = (
        f"{phrases.source_named(library.source(o.source))} ({phrases.as_printed(o)}, {o.locator})" for o in agreeing
    )
    return formatting.join_list(dict.fromkeys(descriptions))


def pack_named(library: EvidenceLibrary, pack: str) -> str:
    """A pack with its version: "lockdown-2020 1.0.0"."""
    versions = {state.id: state.version for state in library.packs()}
    return f"{pack} {versions.get(pack, '')}".rstrip()


def figure_citation(library: EvidenceLibrary, figure: Figure) -> str:
    """A figure as a sentence with its source, ready to be pasted."""
    measure = library.measure(figure.measure)
    platform = library.platform(figure.platform).name if figure.platform else ""
    sentence = formatting.describe_figure(figure, library.places.get(figure.place), measure.unit, platform)
    source = phrases.citation(library.source(figure.source), figure.locator)
    forces = f" Forces responding: {phrases.describe_forces(figure)}." if figure.forces_responding else ""
    return (
        f"{sentence} ({measure.name}; {phrases.published_as(figure)}).{forces} "
        f"Source: {source}. Pack {pack_named(library, figure.pack)}."
    )


def note_remark(library: EvidenceLibrary, note: EvidenceNote) -> Annotation:
    """A note of the pack as a remark, with who says so."""
    where = f", {note.locator}" if note.locator else ""
    source = library.source(note.source)
    return Annotation(heading=_HEADINGS[note.kind], text=note.text, source=f"{phrases.source_named(source)}{where}")


def conflict_remark(library: EvidenceLibrary, conflict: ConflictingFigures) -> Annotation:
    """What figures about the same thing say, and which is preferred: the same for each of them."""

    def format_number(figure: Figure) -> str:
        return formatting.format_amount(figure.amount, library.measure(figure.measure).unit)

    def source_name(figure: Figure) -> str:
        return phrases.source_named(library.source(figure.source))

    first = conflict.figures[0]
    about = (
        f"{library.places.get(first.place).name}, "
        f"{formatting.period_in_sentence(first.period)}{_describe_share(library, conflict)}"
    )
    alternatives = formatting.join_list(
        f"{format_number(one)} ({source_name(one)}, {one.locator})" for one in conflict.figures
    )
    preferred_number = next(format_number(one) for one in conflict.figures if one.id == conflict.preferred_id)
    return Annotation(
        heading=OTHER_FIGURES,
        text=f"{about} is published as {alternatives}. {preferred_number} is shown first: {conflict.reason}",
        source=formatting.join_list(map(source_name, conflict.figures)),
    )


def _describe_share(library: EvidenceLibrary, conflict: ConflictingFigures) -> str:
    """Of shares, of which platform and of what: ", Instagram as a share of recorded offences,"."""
    first = conflict.figures[0]
    if library.measure(first.measure).unit is not Unit.PER_CENT:
        return ""
    platform = f", {library.platform(first.platform).name}" if first.platform else ","
    bases = {formatting.share_of(one.base) for one in conflict.figures}
    return f"{platform} as a share {bases.pop() if len(bases) == 1 else 'of bases that differ'},"


def figure_links(library: EvidenceLibrary, ids: Sequence[str]) -> tuple[FigureLink, ...]:
    """The figures that bear on something, as labels that lead to them."""
    by_id = {figure.id: figure for figure in library.figures(ids=ids)} if ids else {}
    return tuple(figure_link(library, by_id[i]) for i in ids if i in by_id)


def figure_link(library: EvidenceLibrary, figure: Figure) -> FigureLink:
    """A figure as a label that leads to it."""
    return FigureLink(figure=figure.id, label=_format_label(library, figure))


def _format_label(library: EvidenceLibrary, figure: Figure) -> str:
    """One figure in a line: where the number alone does not say what is counted, that is said too."""
    measure = library.measure(figure.measure)
    platform = library.platform(figure.platform).name if figure.platform else ""
    place = library.places.get(figure.place).name
    is_count = measure.unit is Unit.OFFENCES
    amount_text = formatting.format_amount(figure.amount, measure.unit) if is_count else ""
    amount_text = amount_text or formatting.describe_amount(figure.amount, measure.unit, figure.base)
    of = f" ({measure.name})" if measure.unit is Unit.OFFENCES and measure.id != _USUAL else ""
    return f"{formatting.breakdown_prefix(platform, figure.breakdown)}{place}, {figure.period.label}: {amount_text}{of}"
