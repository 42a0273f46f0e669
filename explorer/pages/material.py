"""What a chart is composed from: the reach of a question with the differences and lookups it needs.

It gathers; the composers next door decide geometry and ``words`` the sentences.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import Struct, field
from msgspec.structs import replace

from explorer.evidence.conflicts import Conflict
from explorer.evidence.model import Figure, Measure, Note, Place, Platform, Qualifier, Source
from explorer.packs.library import Library

from . import words
from .chart import Datum, Fill
from .question import Question
from .reach import Reach
from .scaled import Scaled

DOUBT = " in doubt"
"""What follows the number of a figure in doubt."""


class Material(Struct, frozen=True, kw_only=True):
    """Everything a composer may use. ``measure`` is None only where there is nothing to draw."""

    library: Library
    question: Question
    reach: Reach
    worked_from: tuple[Figure, ...]
    """What may be worked out is worked out among these: those drawn, and the place's own."""
    conflicts: tuple[Conflict, ...]
    notes: tuple[Note, ...]
    scaled: Scaled = field(default_factory=Scaled)

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

    def place(self, figure: Figure) -> Place:
        """The place a figure is recorded for."""
        return self.library.places.get(figure.place)

    def platform(self, figure: Figure) -> Platform:
        """The platform of a figure that has one."""
        return self.library.platform(figure.platform or "")

    def source(self, figure: Figure) -> Source:
        """The source a figure is printed in."""
        return self.library.source(figure.source)

    def role(self, platform: Platform) -> int:
        """A platform's place in the palette: the same in every chart."""
        return sorted(self.library.platforms(), key=lambda p: (p.order, p.id)).index(platform)

    def superseded(self) -> frozenset[str]:
        """Ids of figures that another figure about the same thing is preferred to."""
        return frozenset(
            figure.id for c in self.conflicts for figure in c.figures if figure.id != c.preferred
        )


def datum(
    material: Material,
    figure: Figure,
    extent: tuple[float, float],
    *,
    part: bool = False,
    beside: str = "",
    joined: bool = False,
) -> Datum:
    """A figure as a mark that reaches over ``extent`` of the category axis; ``beside`` follows its label."""
    amount = figure.amount
    unit = material.library.measure(figure.measure).unit
    platform = material.platform(figure).name if figure.platform else ""
    start, end = extent
    return Datum(
        figure=figure.id,
        start=start,
        end=end,
        at=(start + end) / 2,
        value=None if amount.number is None else float(amount.number),
        fill=_fill(figure, part=part, hollow=figure.id in material.superseded()),
        label=f"{words.numbers(amount, unit)}{DOUBT if figure.in_doubt else ''}  {beside}".rstrip(),
        name=words.datum(figure, material.place(figure), unit, platform),
        low=None if amount.low is None else float(amount.low),
        high=None if amount.high is None else float(amount.high),
        joined=joined,
    )


def rescaled(material: Material, figure: Figure, drawn: Datum) -> Datum:
    """A mark of a count on the chart's scale: an index, or a rate with its interval."""
    if material.scaled.values is None:
        return drawn
    value = material.scaled.values.get(figure.id)
    beside = drawn.label.partition("  ")[2]
    if value is None:
        name = f"{drawn.name}; not worked out, see the notes"
        label = f"[x]  {beside}".rstrip()
        return replace(drawn, value=None, fill=Fill.MISSING, label=label, name=name, low=None, high=None)
    axis = material.scaled.axis.replace("Index:", "index, with")
    interval = f", 95% interval {value.interval()}" if value.interval() else ""
    unclear = "; no clear change since then" if value.unclear else ""
    return replace(
        drawn,
        value=float(value.number),
        label=f"{value.label()}  {beside}".rstrip(),
        name=f"{drawn.name}; {axis}: {value.label()}{interval}{unclear}",
        low=None if value.low is None else float(value.low),
        high=None if value.high is None else float(value.high),
    )


def _fill(figure: Figure, *, part: bool, hollow: bool) -> Fill:
    if figure.amount.number is None:
        return Fill.MISSING
    if hollow or figure.in_doubt is not None:
        return Fill.HOLLOW
    if figure.amount.qualifier is Qualifier.AT_LEAST:
        return Fill.OPEN_ENDED
    return Fill.PART if part else Fill.SOLID


def doubt_notes(material: Material) -> list[str]:
    """Why figures that are drawn are in doubt, a sentence each."""
    found: dict[str, None] = {}
    for figure in material.figures:
        if figure.in_doubt is not None:
            found[f"{material.place(figure).name}, {figure.period.label}, is in doubt: {figure.doubt}"] = None
    return list(found)


def end_label(material: Material, name: str, last: Figure | None) -> str:
    """What stands at the end of a line: its name, and where it ends early, the period it ends with."""
    latest = max((f.period.end for f in material.figures), default=None)
    early = last is not None and latest is not None and last.period.end < latest
    return f"{name}, {last.period.label}" if early and last is not None else name


def keys(data: Iterable[Datum]) -> tuple[tuple[Fill, str], ...]:
    """The fills among ``data`` that need explaining."""
    used = {datum.fill for datum in data}
    told = (
        (Fill.OPEN_ENDED, words.OPEN_KEY),
        (Fill.PART, words.PART_KEY),
        (Fill.HOLLOW, words.HOLLOW_KEY),
    )
    return tuple((fill, text) for fill, text in told if fill in used)


_WHOLE_PAGE = "whole page"
_FEW, _MANY = 4, 12
"""Up to so many publications are named with where the figures stand; up to so many, by publisher and date."""
_NAMED = 6
"""Up to so many places in one publication are named."""


def source_line(material: Material) -> str:
    """The line under a chart: who printed these figures, when, and where in it they stand.

    Where they are many, publishers stand with their dates, and then only how many there are: the table and
    each figure's evidence name every one of them.
    """
    places: dict[str, list[str]] = {}
    for figure in (*material.figures, *material.scaled.used):
        places.setdefault(figure.source, []).append(figure.locator)
    if len(places) > _MANY:
        dates = sorted(d[:4] for d in (material.library.source(s).published for s in places) if d)
        span = f", {dates[0]} to {dates[-1]}" if dates else ""
        told = f"{len(places)} publications{span}, each named in the table and with its figure"
    elif len(places) > _FEW:
        told = _by_publisher([material.library.source(source) for source in places])
    else:
        told = "; ".join(_located(material.library.source(s), where) for s, where in places.items())
    packs = sorted({figure.pack for figure in (*material.figures, *material.scaled.used)})
    versions = {state.id: state.version for state in material.library.packs()}
    held = words.listed(f"{pack} {versions.get(pack, '')}".rstrip() for pack in packs)
    return f"Source: {told}. Pack: {held}."


def _located(source: Source, where: list[str]) -> str:
    told = [one for one in where if one.casefold() != _WHOLE_PAGE]
    if len(set(told)) > _NAMED:
        return f"{words.source_named(source)} (in {len(set(told))} places, each named in the table)"
    return f"{words.source_named(source)} ({words.locators(told)})" if told else words.source_named(source)


def _by_publisher(sources: Sequence[Source]) -> str:
    dates: dict[str, list[str]] = {}
    for source in sorted(sources, key=lambda one: one.published):
        dates.setdefault(source.publisher, []).append(words.dated(source.published))
    return "; ".join(
        f"{publisher} ({', '.join(when)})" if any(when) else publisher for publisher, when in dates.items()
    )


def alt_text(kind: str, title: str, subtitle: str, data: Iterable[Datum]) -> str:
    """The text alternative of a chart: what it is, what it finds and every number in it."""
    numbers = " ".join(words.sentence(datum.name) for datum in data)
    return f"{kind} {words.sentence(title)} {words.sentence(subtitle)} {numbers}".strip()
