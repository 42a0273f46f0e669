"""The evidence card of a figure: how it was printed, by whom, what it covers and what disagrees with it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from explorer.evidence.amounts import compatible
from explorer.evidence.conflicts import Conflict, Rule, subject
from explorer.evidence.model import Figure, Note, NoteKind, Unit
from explorer.evidence.scope import is_own_sum
from explorer.packs.library import Library

from . import words
from .disagreements import known
from .page import Card, Fact, Link, Remark, Working
from .provenance import age_of, history, kind_of, whose

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


def card(
    library: Library,
    figure: Figure,
    remarks: tuple[Remark, ...],
    workings: Sequence[Working],
    *,
    rule: Rule = Rule.NEWEST,
) -> Card:
    """The evidence card of ``figure``; ``workings`` are those that it is an input of."""
    measure = library.measure(figure.measure)
    place = library.places.get(figure.place)
    platform = library.platform(figure.platform).name if figure.platform else ""
    heading = words.capital(words.amount(figure.amount, measure.unit, figure.base))
    when = words.period(figure.period)
    where = ", ".join(part for part in (platform, figure.breakdown, place.name, when) if part)
    return Card(
        figure=figure.id,
        heading=heading,
        subheading=f"{measure.name}: {where}",
        facts=tuple(_facts(library, figure)),
        notes=(figure.note,) if figure.note else (),
        remarks=tuple(remark for remark in remarks if remark.heading != OTHER_FIGURES),
        workings=tuple(workings),
        citation=citation(library, figure),
        disagreements=known(library, rule).touching(figure),
    )


def _facts(library: Library, figure: Figure) -> Iterable[Fact]:
    source = library.source(figure.source)
    yield Fact(label="Not published" if is_own_sum(figure) else "As published", text=words.as_printed(figure))
    yield Fact(label="Whose number", text=whose(source))
    yield Fact(label="Kind of source", text=kind_of(source))
    yield Fact(label="Published by", text=words.source_named(source))
    yield Fact(label="In", text=source.title, address=source.address)
    yield Fact(label="Where", text=words.capital(figure.locator))
    unit = library.measure(figure.measure).unit
    optional = (
        ("In doubt", f"{words.capital(figure.in_doubt.value)}: {figure.doubt}" if figure.in_doubt else ""),
        ("How old", age_of(figure, source)),
        ("Published over time, newest first", history(library, figure)),
        ("Can stand for", words.bounds(figure.amount, unit)),
        ("Status", words.STATUS_WORDS[figure.amount.status] if figure.amount.status else ""),
        ("Share of", figure.base),
        ("Broken down by", figure.breakdown),
        ("Forces responding", words.forces(figure)),
        ("Coverage", figure.coverage),
        ("Forces counted in it", _members(library, figure)),
        ("Also published by", _agreeing(library, figure)),
        ("Estimated on", figure.basis),
    )
    yield from (Fact(label=label, text=text) for label, text in optional if text)
    yield Fact(label="Pack", text=pack_named(library, figure.pack))


def _members(library: Library, figure: Figure) -> str:
    """The forces that the figure's own publication counts in its region, as far as it says."""
    told = (r for r in library.regions() if r.place == figure.place and r.source == figure.source)
    region = next(told, None)
    if region is None:
        return ""
    names = words.listed(library.places.get(code).name for code in region.forces)
    return f"{names}. {region.note}" if region.note else names


def _agreeing(library: Library, figure: Figure) -> str:
    """The other publications of the same number for the same thing."""
    if figure.amount.number is None:
        return ""
    about = library.figures(place=figure.place, measure=figure.measure)
    others = (other for other in about if other.id != figure.id and subject(other) == subject(figure))
    agreeing = [o for o in others if o.amount.number is not None and compatible((figure.amount, o.amount))]
    told = (
        f"{words.source_named(library.source(o.source))} ({words.as_printed(o)}, {o.locator})"
        for o in agreeing
    )
    return words.listed(dict.fromkeys(told))


def pack_named(library: Library, pack: str) -> str:
    """A pack with its version: "lockdown-2020 1.0.0"."""
    versions = {state.id: state.version for state in library.packs()}
    return f"{pack} {versions.get(pack, '')}".rstrip()


def citation(library: Library, figure: Figure) -> str:
    """A figure as a sentence with its source, ready to be pasted."""
    measure = library.measure(figure.measure)
    platform = library.platform(figure.platform).name if figure.platform else ""
    said = words.datum(figure, library.places.get(figure.place), measure.unit, platform)
    source = words.cited(library.source(figure.source), figure.locator)
    forces = f" Forces responding: {words.forces(figure)}." if figure.forces_responding else ""
    return (
        f"{said} ({measure.name}; {words.published_as(figure)}).{forces} "
        f"Source: {source}. Pack {pack_named(library, figure.pack)}."
    )


def note_remark(library: Library, note: Note) -> Remark:
    """A note of the pack as a remark, with who says so."""
    where = f", {note.locator}" if note.locator else ""
    source = library.source(note.source)
    return Remark(heading=_HEADINGS[note.kind], text=note.text, source=f"{words.source_named(source)}{where}")


def conflict_remark(library: Library, conflict: Conflict) -> Remark:
    """What figures about the same thing say, and which is preferred: the same for each of them."""

    def number(figure: Figure) -> str:
        return words.numbers(figure.amount, library.measure(figure.measure).unit)

    def named(figure: Figure) -> str:
        return words.source_named(library.source(figure.source))

    first = conflict.figures[0]
    about = f"{library.places.get(first.place).name}, {words.period(first.period)}{_share(library, conflict)}"
    told = words.listed(f"{number(one)} ({named(one)}, {one.locator})" for one in conflict.figures)
    drawn = next(number(one) for one in conflict.figures if one.id == conflict.preferred)
    return Remark(
        heading=OTHER_FIGURES,
        text=f"{about} is published as {told}. {drawn} is shown first: {conflict.reason}",
        source=words.listed(map(named, conflict.figures)),
    )


def _share(library: Library, conflict: Conflict) -> str:
    """Of shares, of which platform and of what: ", Instagram as a share of recorded offences,"."""
    first = conflict.figures[0]
    if library.measure(first.measure).unit is not Unit.PER_CENT:
        return ""
    platform = f", {library.platform(first.platform).name}" if first.platform else ","
    bases = {words.share_of(one.base) for one in conflict.figures}
    return f"{platform} as a share {bases.pop() if len(bases) == 1 else 'of bases that differ'},"


def links(library: Library, ids: Sequence[str]) -> tuple[Link, ...]:
    """The figures that bear on something, as labels that lead to them."""
    found = {figure.id: figure for figure in library.figures(ids=ids)} if ids else {}
    return tuple(link(library, found[i]) for i in ids if i in found)


def link(library: Library, figure: Figure) -> Link:
    """A figure as a label that leads to it."""
    return Link(figure=figure.id, label=_label(library, figure))


def _label(library: Library, figure: Figure) -> str:
    """One figure in a line: where the number alone does not say what is counted, that is said too."""
    measure = library.measure(figure.measure)
    platform = library.platform(figure.platform).name if figure.platform else ""
    place = library.places.get(figure.place).name
    counted = measure.unit is Unit.OFFENCES
    said = words.numbers(figure.amount, measure.unit) if counted else ""
    said = said or words.amount(figure.amount, measure.unit, figure.base)
    of = f" ({measure.name})" if measure.unit is Unit.OFFENCES and measure.id != _USUAL else ""
    return f"{words.divided(platform, figure.breakdown)}{place}, {figure.period.label}: {said}{of}"
