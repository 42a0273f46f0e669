"""Counts on another scale: as an index of a base period, per 100,000 people or per 10,000 children.

A value is worked out only where it means something: no index across a change of coverage or of what is
counted, none of a figure in doubt or of a base below 20, no rate for a year that we hold no population for,
and never rates on two bases of population estimates in one chart. What is left out is said in a note.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from msgspec import Struct, field

from explorer.evidence import Figure, Period, Qualifier, format_number, formatting, is_exact, periods
from explorer.evidence.analysis import (
    PER_CHILDREN,
    PER_PEOPLE,
    RELIABLE_RATE,
    SMALLEST_BASE,
    AmountMovement,
    RateBase,
    bears_percentage,
    can_lead,
    classify_movement,
    common_basis,
    find_comparison_break,
    population_rate,
    populations_of,
)
from explorer.pages.model import EvidenceLibrary, ValueScale
from explorer.pages.text import phrases

from .periods import WHOLE

_HUNDRED = Decimal(100)
_MAX_NAMES = 12
"""How many figures that are left out a note names."""
HEADS = {ValueScale.RATE: PER_PEOPLE, ValueScale.CHILDREN: PER_CHILDREN}
WITH_INTERVALS = ", with 95% intervals (lines with caps)"
"""What is added to the axis of a chart that draws the intervals of its rates."""
"""What each scale of rates is per."""
_OF = {ValueScale.RATE: "people of all ages", ValueScale.CHILDREN: "children aged 0 to 17"}


class ScaledValue(Struct, frozen=True, kw_only=True):
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

    def format_label(self) -> str:
        """As a label: "131", "at least 132", "4.3 [u]"; in brackets where the change is not clear."""
        lead = "" if self.qualifier is Qualifier.EXACT else f"{self.qualifier} "
        text = f"{lead}{self._format_digits(self.number)}{' [u]' if self.unreliable else ''}"
        return f"({text})" if self.unclear else text

    def format_interval(self) -> str:
        """The 95% interval: "6.0 to 9.9"; empty where there is none."""
        if self.low is None or self.high is None:
            return ""
        return f"{self._format_digits(self.low)} to {self._format_digits(self.high)}"

    def _format_digits(self, number: Decimal) -> str:
        rounded_value = formatting.round_half_up(number, self.decimals)
        return f"{rounded_value:,.{self.decimals}f}" if self.decimals else format_number(rounded_value)


class ScaledFigures(Struct, frozen=True, kw_only=True):
    """What figures come to on a scale, by figure id. ``values`` is None for counts as they are."""

    scale: ValueScale = ValueScale.COUNT
    values: dict[str, ScaledValue] | None = None
    axis: str = ""
    base: Period | None = None
    notes: tuple[str, ...] = ()
    populations: tuple[Figure, ...] = field(default=())
    """The figures of population that rates stand on."""

    def value_for(self, figure: Figure) -> Decimal | None:
        """The figure's value on the scale; None where there is none."""
        if self.values is None:
            return figure.amount.number
        value = self.values.get(figure.id)
        return None if value is None else value.number


def scale_figures(library: EvidenceLibrary, figures: Sequence[Figure], scale: ValueScale, base: str) -> ScaledFigures:
    """``figures`` (counts of one measure) on a scale. ``base``: a period's text, or empty."""
    if scale is ValueScale.CHANGE:
        return _index_figures(library, figures, base)
    if scale in HEADS:
        return _rate_figures(library, figures, scale)
    return ScaledFigures()


def find_base_periods(figures: Sequence[Figure]) -> tuple[Period, ...]:
    """The periods that change may be counted from, those that the most places have first in time."""
    places_by_period: dict[str, set[str]] = {}
    period_by_text: dict[str, Period] = {}
    for figure in figures:
        if _may_be_base(figure):
            places_by_period.setdefault(figure.period.text, set()).add(figure.place)
            period_by_text[figure.period.text] = figure.period
    most = max((len(places) for places in places_by_period.values()), default=0)
    return tuple(
        sorted(
            (p for t, p in period_by_text.items() if len(places_by_period[t]) == most),
            key=lambda p: (p.start, p.end),
        )
    )


def _may_be_base(figure: Figure) -> bool:
    return can_lead(figure) and is_exact(figure.amount) and (figure.amount.number or 0) >= SMALLEST_BASE


class _IndexExclusions(Struct):
    """The figures that no index was worked out for, by the reason."""

    without: list[str]
    small: list[str]
    apart: list[str]
    below: list[str]
    sources: list[str]
    """The places whose index stands on numbers of different publications."""


def _index_figures(library: EvidenceLibrary, figures: Sequence[Figure], wanted_base: str) -> ScaledFigures:
    possible = {f.period.text: f.period for f in figures if _may_be_base(f)}
    usual = find_base_periods(figures)
    base = possible.get(wanted_base) or (usual[0] if usual else None)
    if base is None:
        note = f"No place has an exact count of {SMALLEST_BASE} or more to work an index out of."
        return ScaledFigures(scale=ValueScale.CHANGE, values={}, axis="Index", notes=(note,))
    values: dict[str, ScaledValue] = {}
    exclusions = _IndexExclusions([], [], [], [], [])
    for place in dict.fromkeys(f.place for f in figures):
        own = [f for f in figures if f.place == place]
        values |= _index_values(library, own, base, exclusions)
    return ScaledFigures(
        scale=ValueScale.CHANGE,
        values=values,
        axis=f"Index: {base.label} = 100",
        base=base,
        notes=tuple(_index_notes(base, exclusions)),
    )


def _index_values(
    library: EvidenceLibrary, own: Sequence[Figure], base: Period, exclusions: _IndexExclusions
) -> dict[str, ScaledValue]:
    """The index of each figure of one place that may be compared with its figure of the base period."""
    name = library.places.get(own[0].place).name
    first = next((f for f in own if f.period == base and _may_be_base(f)), None)
    if first is None:
        has_number = any(f.period == base and f.amount.number is not None for f in own)
        (exclusions.small if has_number else exclusions.without).append(name)
        return {}
    values: dict[str, ScaledValue] = {}
    for figure in own:
        number = figure.amount.number
        if number is None or not periods.are_comparable(figure.period, first.period):
            continue
        if not bears_percentage(first.amount.number or _HUNDRED, number):
            exclusions.below.append(f"{name} {figure.period.label}")
            continue
        if figure != first and (not can_lead(figure) or find_comparison_break(first, figure, library) is not None):
            exclusions.apart.append(f"{name} {figure.period.label}")
            continue
        values[figure.id] = ScaledValue(
            number=number / (first.amount.number or _HUNDRED) * _HUNDRED,
            qualifier=figure.amount.qualifier,
            unclear=figure != first and classify_movement(first.amount, figure.amount) is AmountMovement.UNCLEAR,
        )
        if figure.source != first.source and name not in exclusions.sources:
            exclusions.sources.append(name)
    return values


def _index_notes(base: Period, exclusions: _IndexExclusions) -> Iterable[str]:
    yield (
        f"Each place's number of {base.label} is 100: 150 is half as many again. A number in brackets is no "
        "clear change: chance alone could make the difference."
    )
    if exclusions.without:
        names = formatting.join_list(exclusions.without)
        yield f"We hold no number of {base.label} for {names}: no index is worked out."
    if exclusions.small:
        yield (
            f"The number of {base.label} is below {SMALLEST_BASE}, not exact or in doubt for "
            f"{formatting.join_list(exclusions.small)}, so no index is worked out."
        )
    if exclusions.below:
        names = formatting.several_named(exclusions.below, _MAX_NAMES)
        yield f"No index of a count below 0, which is a correction: {names}."
    if exclusions.apart:
        names = formatting.several_named(exclusions.apart, _MAX_NAMES)
        yield f"No index where two figures are not known to count the same, or one is in doubt: {names}."
    yield from phrases.two_publications(exclusions.sources)


def _rate_figures(library: EvidenceLibrary, figures: Sequence[Figure], scale: ValueScale) -> ScaledFigures:
    head = HEADS[scale]
    people = {f.id: populations_of(f, library, head) for f in figures if f.in_doubt is None}
    basis = common_basis(one for several in people.values() for one in several)
    values: dict[str, ScaledValue] = {}
    populations: list[Figure] = []
    names_by_reason: dict[str, list[str]] = {}
    for figure in figures:
        label = f"{library.places.get(figure.place).name} {figure.period.label}"
        several = people.get(figure.id, ())
        of = next((one for one in several if one.basis == basis), None)
        if of is None:
            whole = figure.period.kind in WHOLE
            why = "other basis" if several else "no population" if whole else "part of a year"
            names_by_reason.setdefault(why, []).append(label)
            continue
        try:
            values[figure.id] = _rate_value(figure, of)
        except ValueError:
            names_by_reason.setdefault("too few", []).append(label)
            continue
        populations.append(of)
    return ScaledFigures(
        scale=scale,
        values=values,
        axis=f"Offences recorded per {head.words}",
        notes=tuple(_rate_notes(library, populations, names_by_reason, scale)),
        populations=tuple(populations),
    )


def _rate_value(figure: Figure, people: Figure) -> ScaledValue:
    rate_result = population_rate(figure, people)
    low, high = rate_result.interval or (None, None)
    unreliable = (figure.amount.number or 0) < RELIABLE_RATE
    qualifier = figure.amount.qualifier
    return ScaledValue(
        number=rate_result.amount, qualifier=qualifier, low=low, high=high, unreliable=unreliable, decimals=1
    )


def _rate_notes(
    library: EvidenceLibrary, populations: Sequence[Figure], names_by_reason: dict[str, list[str]], scale: ValueScale
) -> Iterable[str]:
    head: RateBase = HEADS[scale]
    if populations:
        yield rate_note(library, populations, scale)
        yield INTERVALS
    because = {
        "part of a year": "No rate, as it is worked out for whole years only",
        "no population": "No rate, as we hold no population or do not know which forces are counted",
        "other basis": "No rate, as the population is estimated on another basis than the others",
        "too few": f"Fewer than 3 offences, or fewer than {head.fewest:,} people, make no rate",
    }
    for why, labels in names_by_reason.items():
        yield f"{because[why]}: {formatting.several_named(labels, _MAX_NAMES)}."


INTERVALS = (
    "The line through a rate is its 95% interval: what chance alone could make of one underlying level. "
    "[u] marks a rate of fewer than 20 offences, which is of low reliability."
)


def _format_years(populations: Sequence[Figure]) -> str:
    """The years of several populations: "2012 to 2024" without a gap, else one by one."""
    label_by_year = {f.period.start.year: f.period.label for f in populations}
    first, last = min(label_by_year), max(label_by_year)
    if len(label_by_year) > 2 and len(label_by_year) == last - first + 1:
        return f"{label_by_year[first]} to {label_by_year[last]}"
    return formatting.join_list(label_by_year[year] for year in sorted(label_by_year))


def rate_note(library: EvidenceLibrary, populations: Sequence[Figure], scale: ValueScale) -> str:
    """What the rates of a chart are taken of, of which years and on which basis."""
    years = _format_years(populations)
    source_names = formatting.join_list(
        dict.fromkeys(phrases.source_named(library.source(f.source)) for f in populations)
    )
    basis = next((f.basis for f in populations if f.basis), "")
    basis_text = f", {basis}" if basis else ""
    return (
        f"Rates are per {HEADS[scale].words} ({_OF[scale]}), on mid-year population estimates of "
        f"{years}{basis_text} ({source_names}); each serves for the financial year that begins in it."
    )
