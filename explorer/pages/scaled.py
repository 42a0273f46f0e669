"""Counts on another scale: as an index of a base period, per 100,000 people or per 10,000 children.

A value is worked out only where it means something: no index across a change of coverage or of what is
counted, none of a figure in doubt or of a base below 20, no rate for a year that we hold no population for,
and never rates on two bases of population estimates in one chart. What is left out is said in a note.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from msgspec import Struct, field

from explorer.evidence import periods
from explorer.evidence.amounts import is_exact
from explorer.evidence.chance import (
    RELIABLE_RATE,
    SMALLEST_BASE,
    Movement,
    bears_percentage,
    movement,
)
from explorer.evidence.model import Figure, Period, Qualifier
from explorer.evidence.rates import PER_CHILDREN, PER_PEOPLE, Head, common_basis, populations_of, rate
from explorer.evidence.scope import can_lead, comparable
from explorer.packs.library import Library

from . import words
from .grain import WHOLE
from .question import Scale
from .scale import grouped

_HUNDRED = Decimal(100)
_NAMED = 12
"""How many figures that are left out a note names."""
HEADS = {Scale.RATE: PER_PEOPLE, Scale.CHILDREN: PER_CHILDREN}
WITH_INTERVALS = ", with 95% intervals (lines with caps)"
"""What is added to the axis of a chart that draws the intervals of its rates."""
"""What each scale of rates is per."""
_OF = {Scale.RATE: "people of all ages", Scale.CHILDREN: "children aged 0 to 17"}


class Value(Struct, frozen=True, kw_only=True):
    """What a figure comes to on a scale."""

    number: Decimal
    qualifier: Qualifier = Qualifier.EXACT
    low: Decimal | None = None
    high: Decimal | None = None
    """The 95% interval of a rate."""
    unreliable: bool = False
    """Whether a rate stands on fewer than 20 offences: [u]."""
    unclear: bool = False
    """Whether chance alone could make the difference of an index from its base."""
    decimals: int = 0

    def label(self) -> str:
        """As a label: "131", "at least 132", "4.3 [u]"; in brackets where the change is not clear."""
        lead = "" if self.qualifier is Qualifier.EXACT else f"{self.qualifier} "
        shown = f"{lead}{self._digits(self.number)}{' [u]' if self.unreliable else ''}"
        return f"({shown})" if self.unclear else shown

    def interval(self) -> str:
        """The 95% interval: "6.0 to 9.9"; empty where there is none."""
        if self.low is None or self.high is None:
            return ""
        return f"{self._digits(self.low)} to {self._digits(self.high)}"

    def _digits(self, number: Decimal) -> str:
        shown = words.rounded(number, self.decimals)
        return f"{shown:,.{self.decimals}f}" if self.decimals else grouped(shown)


class Scaled(Struct, frozen=True, kw_only=True):
    """What figures come to on a scale, by figure id. ``values`` is None for counts as they are."""

    scale: Scale = Scale.COUNT
    values: dict[str, Value] | None = None
    axis: str = ""
    base: Period | None = None
    notes: tuple[str, ...] = ()
    used: tuple[Figure, ...] = field(default=())
    """The figures of population that rates stand on."""

    def of(self, figure: Figure) -> Decimal | None:
        """The figure's value on the scale; None where there is none."""
        if self.values is None:
            return figure.amount.number
        value = self.values.get(figure.id)
        return None if value is None else value.number


def scaled(library: Library, figures: Sequence[Figure], scale: Scale, base: str) -> Scaled:
    """``figures`` (counts of one measure) on a scale. ``base``: a period's text, or empty."""
    if scale is Scale.CHANGE:
        return _index(library, figures, base)
    if scale in HEADS:
        return _rate(library, figures, scale)
    return Scaled()


def bases(figures: Sequence[Figure]) -> tuple[Period, ...]:
    """The periods that change may be counted from, those that the most places have first in time."""
    held: dict[str, set[str]] = {}
    found: dict[str, Period] = {}
    for figure in figures:
        if _may_be_base(figure):
            held.setdefault(figure.period.text, set()).add(figure.place)
            found[figure.period.text] = figure.period
    most = max((len(places) for places in held.values()), default=0)
    return tuple(
        sorted((p for t, p in found.items() if len(held[t]) == most), key=lambda p: (p.start, p.end))
    )


def _may_be_base(figure: Figure) -> bool:
    return can_lead(figure) and is_exact(figure.amount) and (figure.amount.number or 0) >= SMALLEST_BASE


class _Left(Struct):
    """The figures that no index was worked out for, by the reason."""

    without: list[str]
    small: list[str]
    apart: list[str]
    below: list[str]
    sources: list[str]
    """The places whose index stands on numbers of different publications."""


def _index(library: Library, figures: Sequence[Figure], wanted: str) -> Scaled:
    possible = {f.period.text: f.period for f in figures if _may_be_base(f)}
    usual = bases(figures)
    base = possible.get(wanted) or (usual[0] if usual else None)
    if base is None:
        note = f"No place has an exact count of {SMALLEST_BASE} or more to work an index out of."
        return Scaled(scale=Scale.CHANGE, values={}, axis="Index", notes=(note,))
    values: dict[str, Value] = {}
    left = _Left([], [], [], [], [])
    for place in dict.fromkeys(f.place for f in figures):
        own = [f for f in figures if f.place == place]
        values |= _indexed(library, own, base, left)
    return Scaled(
        scale=Scale.CHANGE,
        values=values,
        axis=f"Index: {base.label} = 100",
        base=base,
        notes=tuple(_index_notes(base, left)),
    )


def _indexed(library: Library, own: Sequence[Figure], base: Period, left: _Left) -> dict[str, Value]:
    """The index of each figure of one place that may be compared with its figure of the base period."""
    name = library.places.get(own[0].place).name
    first = next((f for f in own if f.period == base and _may_be_base(f)), None)
    if first is None:
        held = any(f.period == base and f.amount.number is not None for f in own)
        (left.small if held else left.without).append(name)
        return {}
    values: dict[str, Value] = {}
    for figure in own:
        number = figure.amount.number
        if number is None or not periods.alike(figure.period, first.period):
            continue
        if not bears_percentage(first.amount.number or _HUNDRED, number):
            left.below.append(f"{name} {figure.period.label}")
            continue
        if figure != first and (not can_lead(figure) or comparable(first, figure, library) is not None):
            left.apart.append(f"{name} {figure.period.label}")
            continue
        values[figure.id] = Value(
            number=number / (first.amount.number or _HUNDRED) * _HUNDRED,
            qualifier=figure.amount.qualifier,
            unclear=figure != first and movement(first.amount, figure.amount) is Movement.UNCLEAR,
        )
        if figure.source != first.source and name not in left.sources:
            left.sources.append(name)
    return values


def _index_notes(base: Period, left: _Left) -> Iterable[str]:
    yield (
        f"Each place's number of {base.label} is 100: 150 is half as many again. A number in brackets is no "
        "clear change: chance alone could make the difference."
    )
    if left.without:
        yield f"We hold no number of {base.label} for {words.listed(left.without)}: no index is worked out."
    if left.small:
        yield (
            f"The number of {base.label} is below {SMALLEST_BASE}, not exact or in doubt for "
            f"{words.listed(left.small)}, so no index is worked out."
        )
    if left.below:
        told = words.several_named(left.below, _NAMED)
        yield f"No index of a count below 0, which is a correction: {told}."
    if left.apart:
        told = words.several_named(left.apart, _NAMED)
        yield f"No index where two figures are not known to count the same, or one is in doubt: {told}."
    yield from words.two_publications(left.sources)


def _rate(library: Library, figures: Sequence[Figure], scale: Scale) -> Scaled:
    head = HEADS[scale]
    people = {f.id: populations_of(f, library, head) for f in figures if f.in_doubt is None}
    basis = common_basis(one for several in people.values() for one in several)
    values: dict[str, Value] = {}
    used: list[Figure] = []
    refused: dict[str, list[str]] = {}
    for figure in figures:
        named = f"{library.places.get(figure.place).name} {figure.period.label}"
        several = people.get(figure.id, ())
        of = next((one for one in several if one.basis == basis), None)
        if of is None:
            whole = figure.period.kind in WHOLE
            why = "other basis" if several else "no population" if whole else "part of a year"
            refused.setdefault(why, []).append(named)
            continue
        try:
            values[figure.id] = _rated(figure, of)
        except ValueError:
            refused.setdefault("too few", []).append(named)
            continue
        used.append(of)
    return Scaled(
        scale=scale,
        values=values,
        axis=f"Offences recorded per {head.words}",
        notes=tuple(_rate_notes(library, used, refused, scale)),
        used=tuple(used),
    )


def _rated(figure: Figure, people: Figure) -> Value:
    worked = rate(figure, people)
    low, high = worked.interval or (None, None)
    unreliable = (figure.amount.number or 0) < RELIABLE_RATE
    qualifier = figure.amount.qualifier
    return Value(
        number=worked.amount, qualifier=qualifier, low=low, high=high, unreliable=unreliable, decimals=1
    )


def _rate_notes(
    library: Library, used: Sequence[Figure], refused: dict[str, list[str]], scale: Scale
) -> Iterable[str]:
    head: Head = HEADS[scale]
    if used:
        yield rate_note(library, used, scale)
        yield INTERVALS
    because = {
        "part of a year": "No rate, as it is worked out for whole years only",
        "no population": "No rate, as we hold no population or do not know which forces are counted",
        "other basis": "No rate, as the population is estimated on another basis than the others",
        "too few": f"Fewer than 3 offences, or fewer than {head.fewest:,} people, make no rate",
    }
    for why, named in refused.items():
        yield f"{because[why]}: {words.several_named(named, _NAMED)}."


INTERVALS = (
    "The line through a rate is its 95% interval: what chance alone could make of one underlying level. "
    "[u] marks a rate of fewer than 20 offences, which is of low reliability."
)


def _years(used: Sequence[Figure]) -> str:
    """The years of several populations: "2012 to 2024" without a gap, else one by one."""
    held = {f.period.start.year: f.period.label for f in used}
    first, last = min(held), max(held)
    if len(held) > 2 and len(held) == last - first + 1:
        return f"{held[first]} to {held[last]}"
    return words.listed(held[year] for year in sorted(held))


def rate_note(library: Library, used: Sequence[Figure], scale: Scale) -> str:
    """What the rates of a chart are taken of, of which years and on which basis."""
    years = _years(used)
    named = words.listed(dict.fromkeys(words.source_named(library.source(f.source)) for f in used))
    basis = next((f.basis for f in used if f.basis), "")
    made = f", {basis}" if basis else ""
    return (
        f"Rates are per {HEADS[scale].words} ({_OF[scale]}), on mid-year population estimates of "
        f"{years}{made} ({named}); each serves for the financial year that begins in it."
    )
