"""Worked-out figures in words: the sentence, the formula, the range and the caveats of each."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import cast, overload

from explorer.evidence import Figure, Preference, format_number, formatting
from explorer.evidence.analysis import (
    HEADS,
    AmountMovement,
    DerivedCaveat,
    DerivedFigure,
    DerivedKind,
    DerivedUnit,
    derive_all,
)
from explorer.pages.model import Calculation, EvidenceLibrary, FigureLink
from explorer.pages.selection import DefaultMeasuresRepository
from explorer.pages.text import phrases
from explorer.support import per_revision

from .figure_card import figure_link

CAVEATS = {
    DerivedCaveat.PART_AGAINST_WHOLE: "A quarter is compared with a quarter of a whole year: "
    "offences need not be spread evenly over a year.",
    DerivedCaveat.UNEQUAL_PERIODS: "The two periods differ in length.",
    DerivedCaveat.ROUNDED: "The range is what the rounding of the published numbers allows.",
    DerivedCaveat.AT_LEAST: "The count is published as a lower bound, so there is no upper end.",
    DerivedCaveat.SOURCES_DIFFER: "The figures come from different publications.",
    DerivedCaveat.FORCE_MISSING: "The sum leaves out the forces that we hold no number for.",
    DerivedCaveat.LOW_RELIABILITY: "[u]: fewer than 20 offences make a rate of low reliability.",
    DerivedCaveat.BASE_UNKNOWN: "Whether chance alone could make the difference cannot be told, as the "
    "number of offences that the shares are of is not known.",
    DerivedCaveat.ONLY_ANSWERED: "The larger figure counts only the forces that answered.",
    DerivedCaveat.MID_YEAR: "The people are those of all ages in the middle of the calendar year "
    "in which the period begins.",
    DerivedCaveat.MID_YEAR_CHILDREN: "The children are those aged 0 to 17 in the middle of the calendar year "
    "in which the period begins.",
}
POPULATION = "Population: "
"""How the sentence on whose estimate a rate is taken of begins: the last of what is said of the rate."""
CHANCE = {
    AmountMovement.ROSE: "More than chance alone would make.",
    AmountMovement.FELL: "More than chance alone would make.",
    AmountMovement.UNCLEAR: "No clear change: chance alone could make it.",
    AmountMovement.OPEN: "The published numbers leave open whether there was a change.",
}
"""What is said of chance beside each difference."""


def calculation_texts(library: EvidenceLibrary, derived_figures: Sequence[DerivedFigure]) -> tuple[Calculation, ...]:
    """Worked-out figures, ready to show; what they stand on is asked for once."""
    ids = tuple(dict.fromkeys(i for derived_figure in derived_figures for i in derived_figure.inputs))
    if not ids:
        return ()
    figures = {figure.id: figure for figure in library.figures(ids=ids)}
    leading = {i: figure_link(library, figure) for i, figure in figures.items()}
    return tuple(_build_calculation(library, derived_figure, figures, leading) for derived_figure in derived_figures)


def _build_calculation(
    library: EvidenceLibrary,
    derived_figure: DerivedFigure,
    figures: Mapping[str, Figure],
    leading: Mapping[str, FigureLink],
) -> Calculation:
    inputs = [figures[i] for i in derived_figure.inputs]
    caveats = (
        *_chance_caveats(derived_figure),
        *(_describe_caveat(one, derived_figure) for one in dict.fromkeys(derived_figure.caveats)),
        *_population_caveats(library, derived_figure, inputs),
    )
    return Calculation(
        text=_SENTENCES[derived_figure.kind](library, derived_figure, inputs),
        amount=_format_value(derived_figure, derived_figure.amount),
        low="" if derived_figure.low is None else _format_value(derived_figure, derived_figure.low),
        high="" if derived_figure.high is None else _format_value(derived_figure, derived_figure.high),
        formula=derived_figure.formula,
        inputs=derived_figure.inputs,
        caveat=" ".join(caveats),
        links=tuple(leading[i] for i in derived_figure.inputs),
        kind=derived_figure.kind.value,
        interval=tuple(f"{formatting.round_half_up(end, 1):,.1f}" for end in derived_figure.interval or ()),
        chance=derived_figure.movement.name.lower() if derived_figure.movement is not None else "",
    )


def _chance_caveats(derived_figure: DerivedFigure) -> tuple[str, ...]:
    """What chance alone could do to a difference, before anything else is said of it."""
    if derived_figure.movement is None or DerivedCaveat.BASE_UNKNOWN in derived_figure.caveats:
        return ()
    return (CHANCE[derived_figure.movement],)


def _population_caveats(
    library: EvidenceLibrary, derived_figure: DerivedFigure, inputs: Sequence[Figure]
) -> tuple[str, ...]:
    """Whose estimate the people of a rate are, and on what basis."""
    if derived_figure.kind is not DerivedKind.RATE:
        return ()
    people = inputs[-1]
    basis = f", {people.basis}" if people.basis else ""
    return (f"{POPULATION}{phrases.source_named(library.source(people.source))}{basis}.",)


def _describe_caveat(caveat: DerivedCaveat, derived_figure: DerivedFigure) -> str:
    if caveat is DerivedCaveat.AT_LEAST and derived_figure.low is None and derived_figure.high is not None:
        return "A count behind it is published as a lower bound, so there is no lower end."
    return CAVEATS[caveat]


def _format_value(derived_figure: DerivedFigure, value: Decimal) -> str:
    places = derived_figure.decimals if derived_figure.unit is DerivedUnit.PER_CENT else None
    if derived_figure.kind in _DIFFERENCES:
        return formatting.format_signed(value, places) + _UNITS[derived_figure.unit]
    if derived_figure.kind in _RATIOS:
        if derived_figure.kind is DerivedKind.RATE:
            return f"{formatting.round_half_up(value, 1):,.1f}{_UNITS[derived_figure.unit]}"
        places = 1 if places is None else places
        least = Decimal(1).scaleb(-places)
        if 0 < value < least / 2:
            return f"under {least}{_UNITS[derived_figure.unit]}"
        value = formatting.round_half_up(value, places)
    return format_number(value) + _UNITS[derived_figure.unit]


_UNITS = {
    DerivedUnit.OFFENCES: "",
    DerivedUnit.PEOPLE: "",
    DerivedUnit.PER_CENT: "%",
    DerivedUnit.POINTS: " points",
    DerivedUnit.PER_100K: " per 100,000 people",
    DerivedUnit.PER_10K_CHILDREN: " per 10,000 children",
}
_DIFFERENCES = frozenset(
    {
        DerivedKind.CHANGE,
        DerivedKind.PERCENTAGE_CHANGE,
        DerivedKind.SHARE_DIFFERENCE,
        DerivedKind.AGAINST_AVERAGE_QUARTER,
    }
)
_RATIOS = frozenset({DerivedKind.NATIONAL_SHARE, DerivedKind.RATE})


def _place_name(library: EvidenceLibrary, figure: Figure) -> str:
    return formatting.place_in_sentence(library.places.get(figure.place))


def _describe_period_span(first: Figure, last: Figure) -> str:
    """From the one period to the other, readable where a period is itself named from month to month."""
    names = formatting.period_in_sentence(first.period), formatting.period_in_sentence(last.period)
    if not any(" to " in name for name in names):
        return f"from {names[0]} to {names[1]}"
    return f"between {first.period.label} and {last.period.label}"


def _is_fall(derived_figure: DerivedFigure) -> bool:
    """Whether a difference is below 0, so that its bounds turn round when it is called a fall."""
    return derived_figure.amount < 0


def _describe_percentage_change(derived_figure: DerivedFigure) -> str:
    """A percentage change in words: "a rise of 17%", "a fall of at most 28%", "no change"."""
    if derived_figure.amount == 0 and derived_figure.low == derived_figure.high:
        return "no change"
    fall = _is_fall(derived_figure)
    size = formatting.round_half_up(abs(derived_figure.amount), derived_figure.decimals)
    open_up, open_down = derived_figure.high is None, derived_figure.low is None
    bound_text = ""
    if open_up != open_down:
        # "At least -28%" is a fall of at most 28%, or a rise: the open end turns round with the sign.
        bound_text = "at least " if open_up != fall else "at most "
    return f"a {'fall' if fall else 'rise'} of {bound_text}{format_number(size)}%"


def _describe_difference(derived_figure: DerivedFigure) -> str:
    """A difference of counts in words: "6 more", "at most 78 fewer", "as many"."""
    if derived_figure.amount == 0 and derived_figure.low == derived_figure.high:
        return "as many"
    fall = _is_fall(derived_figure)
    bound_text = ""
    if (derived_figure.high is None) != (derived_figure.low is None):
        bound_text = "at least " if (derived_figure.high is None) != fall else "at most "
    return f"{bound_text}{format_number(abs(derived_figure.amount))} {'fewer' if fall else 'more'}"


def _of_what(library: EvidenceLibrary, figure: Figure) -> str:
    """The platform, where it is a count of one, and the place."""
    platform = f"{library.platform(figure.platform).name}, " if figure.platform else ""
    return formatting.capitalise(f"{platform}{_place_name(library, figure)}")


def _change_sentence(library: EvidenceLibrary, derived_figure: DerivedFigure, inputs: list[Figure]) -> str:
    first, last = inputs[0], inputs[-1]
    more = _describe_difference(derived_figure)
    noun = "offence" if abs(derived_figure.amount) == 1 else "offences"
    than = "as" if more == "as many" else "than"
    return (
        f"{_of_what(library, last)}: {more} {noun} recorded in {formatting.period_in_sentence(last.period)} {than} in "
        f"{formatting.period_in_sentence(first.period)}{_format_range(derived_figure)}."
    )


def _percentage_sentence(library: EvidenceLibrary, derived_figure: DerivedFigure, inputs: list[Figure]) -> str:
    first, last = inputs[0], inputs[-1]
    return (
        f"{_of_what(library, last)}: {_describe_percentage_change(derived_figure)} in offences recorded "
        f"{_describe_period_span(first, last)}{_format_range(derived_figure)}."
    )


def _region_sum(library: EvidenceLibrary, derived_figure: DerivedFigure, inputs: list[Figure]) -> str:
    total, *forces = inputs
    unit = library.measure(total.measure).unit
    sentence = (
        f"{formatting.capitalise(_place_name(library, total))}, "
        f"{formatting.period_in_sentence(total.period)}: its {len(forces)} forces "
        f"with a number add up to {format_number(derived_figure.amount)} offences recorded; the published total is "
        f"{formatting.format_amount(total.amount, unit)}"
    )
    if not derived_figure.missing:
        return f"{sentence}."
    names = formatting.join_list(library.places.get(code).name for code in derived_figure.missing)
    return f"{sentence}. We hold no number for {names}."


def _national_share(library: EvidenceLibrary, derived_figure: DerivedFigure, inputs: list[Figure]) -> str:
    part, whole = inputs
    return (
        f"{formatting.capitalise(_place_name(library, part))}, {formatting.period_in_sentence(part.period)}: "
        f"{_format_ratio(derived_figure)} of the "
        f"offences recorded for {_place_name(library, whole)}{_format_range(derived_figure)}."
    )


def _rate_sentence(library: EvidenceLibrary, derived_figure: DerivedFigure, inputs: list[Figure]) -> str:
    count = inputs[0]
    return (
        f"{formatting.capitalise(_place_name(library, count))}, {formatting.period_in_sentence(count.period)}: "
        f"{_format_ratio(derived_figure)}"
        f"{_format_interval(derived_figure)}{_format_range(derived_figure)}."
    )


def _format_interval(derived_figure: DerivedFigure) -> str:
    """The 95% interval of a rate."""
    if derived_figure.interval is None:
        return ""
    low, high = (f"{formatting.round_half_up(end, 1):,.1f}" for end in derived_figure.interval)
    return f" (95% interval {low} to {high})"


def _format_ratio(derived_figure: DerivedFigure) -> str:
    """The amount, as a bound where a printed number has an open end."""
    value_text = _format_value(derived_figure, derived_figure.amount)
    if derived_figure.kind is DerivedKind.RATE:
        value_text = value_text.replace(" per ", " offences recorded per ", 1)
    if derived_figure.low is None:
        return f"at most {value_text}"
    return f"at least {value_text}" if derived_figure.high is None else value_text


def _share_difference(library: EvidenceLibrary, derived_figure: DerivedFigure, inputs: list[Figure]) -> str:
    first, last = inputs[0], inputs[-1]
    name = library.platform(last.platform or "").name
    return (
        f"{name}, {library.places.get(last.place).name}: "
        f"{formatting.format_signed(derived_figure.amount)} percentage points "
        f"{formatting.share_of(last.base)} {_describe_period_span(first, last)}{_format_range(derived_figure)}."
    )


def _format_range(derived_figure: DerivedFigure) -> str:
    if derived_figure.low is None or derived_figure.high is None or derived_figure.low == derived_figure.high:
        return ""
    low, high = (
        _format_value(derived_figure, derived_figure.low),
        _format_value(derived_figure, derived_figure.high),
    )
    return f" (rounding allows {low} to {high})"


def _implied_count_sentence(library: EvidenceLibrary, derived_figure: DerivedFigure, inputs: list[Figure]) -> str:
    share = inputs[0] if inputs[0].platform else inputs[-1]
    count = inputs[-1] if inputs[0].platform else inputs[0]
    name = library.platform(share.platform or "").name
    lead = (
        f"{formatting.format_amount(share.amount, library.measure(share.measure).unit)} of "
        f"{formatting.format_amount(count.amount, library.measure(count.measure).unit)} offences"
    )
    if derived_figure.high is None:
        return f"{name}: {lead} is at least {format_number(derived_figure.low or derived_figure.amount)} offences."
    if derived_figure.only:
        return f"{name}: {lead} is {format_number(derived_figure.amount)} offences."
    return (
        f"{name}: {lead} is between {format_number(derived_figure.low or derived_figure.amount)} and "
        f"{format_number(derived_figure.high)} offences."
    )


def _average_quarter_sentence(library: EvidenceLibrary, derived_figure: DerivedFigure, inputs: list[Figure]) -> str:
    year = inputs[0]
    return (
        f"{formatting.capitalise(_place_name(library, year))}: an average "
        f"quarter of {formatting.period_in_sentence(year.period)} "
        f"was {format_number(derived_figure.amount)} offences recorded."
    )


def _against_average(library: EvidenceLibrary, _derived_figure: DerivedFigure, inputs: list[Figure]) -> str:
    quarter = next(f for f in inputs if f.period == max((i.period for i in inputs), key=lambda p: p.end))
    year = next(f for f in inputs if f is not quarter)
    average = (year.amount.number or Decimal(0)) / 4
    return (
        f"{formatting.capitalise(_place_name(library, quarter))}: "
        f"{formatting.format_amount(quarter.amount, library.measure(quarter.measure).unit)} offences recorded in "
        f"{formatting.period_in_sentence(quarter.period)}, where an average quarter "
        f"of {formatting.period_in_sentence(year.period)} has "
        f"{format_number(average)}."
    )


_SENTENCES = {
    DerivedKind.CHANGE: _change_sentence,
    DerivedKind.PERCENTAGE_CHANGE: _percentage_sentence,
    DerivedKind.SHARE_DIFFERENCE: _share_difference,
    DerivedKind.REGION_SUM: _region_sum,
    DerivedKind.NATIONAL_SHARE: _national_share,
    DerivedKind.RATE: _rate_sentence,
    DerivedKind.IMPLIED_COUNT: _implied_count_sentence,
    DerivedKind.AVERAGE_QUARTER: _average_quarter_sentence,
    DerivedKind.AGAINST_AVERAGE_QUARTER: _against_average,
}


# What was worked out before for one revision of a library: the same figures are not worked out twice.


_MOST_KEPT = 400
"""How many places' figures are remembered; the oldest are let go."""


class _CalculationCache:
    """What one revision of a library has been asked for."""

    def __init__(self) -> None:
        self._found: OrderedDict[tuple[str, ...], tuple[DerivedFigure, ...]] = OrderedDict()
        self._said: dict[DerivedFigure, Calculation] = {}

    def derived_figures(
        self, library: EvidenceLibrary, figures: Sequence[Figure], rule: Preference, period: str | None
    ) -> tuple[DerivedFigure, ...]:
        """All that may be worked out among one place's ``figures``."""
        key = (rule.value, period or "", *(figure.id for figure in figures))
        cached = self._found.get(key)
        if cached is None:
            cached = self._found[key] = derive_all(figures, DefaultMeasuresRepository(library), rule, period=period)
            if len(self._found) > _MOST_KEPT:
                self._found.popitem(last=False)
                self._said.clear()
        else:
            self._found.move_to_end(key)
        return cached

    def calculations_for(
        self, library: EvidenceLibrary, derived_figures: Sequence[DerivedFigure]
    ) -> tuple[Calculation, ...]:
        """Each of ``derived_figures`` in words."""
        new = [one for one in derived_figures if one not in self._said]
        self._said.update(zip(new, calculation_texts(library, new), strict=True))
        return tuple(self._said[one] for one in derived_figures)


class LazyCalculations(Sequence[Calculation]):
    """What can be worked out among a page's figures: done when it is read, and equal by what it says.

    A page is shown with the workings of one figure, and most of those of the others are never read.
    """

    __slots__ = ("_drawn", "_figures", "_library", "_revision", "_rule", "_told")

    def __init__(
        self,
        library: EvidenceLibrary,
        figures: Sequence[Figure],
        rule: Preference,
        drawn_ids: frozenset[str] | None = None,
    ) -> None:
        """Of ``figures``; where the ids of those ``drawn_ids`` are given, only what stands on one of them."""
        self._library, self._figures, self._rule, self._drawn = library, tuple(figures), rule, drawn_ids
        self._revision = library.revision
        self._told: tuple[Calculation, ...] | None = None

    @overload
    def __getitem__(self, at: int) -> Calculation: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[Calculation, ...]: ...
    def __getitem__(self, at: int | slice) -> Calculation | tuple[Calculation, ...]:
        return self._load_calculations()[at]

    def __iter__(self) -> Iterator[Calculation]:
        return iter(self._load_calculations())

    def __len__(self) -> int:
        return len(self._load_calculations())

    def __eq__(self, other: object) -> bool:
        if isinstance(other, LazyCalculations) and self._identity_key() == other._identity_key():
            return True
        return isinstance(other, Sequence) and self._load_calculations() == tuple(cast("Sequence[object]", other))

    def __hash__(self) -> int:
        return hash(self._load_calculations())

    def for_figure(self, figure: Figure) -> tuple[Calculation, ...]:
        """Those that stand on one figure."""
        period = None if figure.measure in HEADS else figure.period.text
        derived_figures = _filter_by_inputs(
            cached_derived(self._library, self._figures, self._rule, period), self._drawn
        )
        return cached_sentences(self._library, [one for one in derived_figures if figure.id in one.inputs])

    def _identity_key(self) -> tuple[object, ...]:
        return id(self._library), self._revision, self._figures, self._rule, self._drawn

    def _load_calculations(self) -> tuple[Calculation, ...]:
        if self._told is None:
            derived_figures = _filter_by_inputs(cached_derived(self._library, self._figures, self._rule), self._drawn)
            self._told = cached_sentences(self._library, derived_figures)
        return self._told


def _filter_by_inputs(several: Sequence[DerivedFigure], drawn_ids: frozenset[str] | None) -> tuple[DerivedFigure, ...]:
    """What stands on a drawn figure, without an average that is said again where it is compared with."""
    if drawn_ids is None:
        return tuple(several)
    compared_inputs = {d.inputs for d in several if d.kind is DerivedKind.AGAINST_AVERAGE_QUARTER}
    years = {figure for inputs in compared_inputs for figure in inputs}
    return tuple(
        d
        for d in several
        if not drawn_ids.isdisjoint(d.inputs) and not (d.kind is DerivedKind.AVERAGE_QUARTER and set(d.inputs) <= years)
    )


@per_revision
def _cache_for(_library: EvidenceLibrary) -> _CalculationCache:
    return _CalculationCache()


def cached_derived(
    library: EvidenceLibrary, figures: Iterable[Figure], rule: Preference, period: str | None = None
) -> tuple[DerivedFigure, ...]:
    """All that may be worked out among ``figures``, place by place in the order given; see ``derive_all``."""
    by_place: dict[str, list[Figure]] = {}
    for figure in figures:
        by_place.setdefault(figure.place, []).append(figure)
    cache = _cache_for(library)
    return tuple(one for own in by_place.values() for one in cache.derived_figures(library, own, rule, period))


def cached_sentences(library: EvidenceLibrary, derived_figures: Sequence[DerivedFigure]) -> tuple[Calculation, ...]:
    """Worked-out figures in words."""
    return _cache_for(library).calculations_for(library, derived_figures)
