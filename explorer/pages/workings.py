"""Worked-out figures in words: the sentence, the formula, the range and the caveats of each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from explorer.evidence.derive import Derived, DerivedCaveat, DerivedKind, DerivedUnit
from explorer.evidence.model import Figure, Qualifier
from explorer.packs.library import Library

from . import words
from .cards import link
from .page import Link, Working
from .scale import grouped

CAVEATS = {
    DerivedCaveat.BASE_AS_PRINTED: "This takes the base as printed. NSPCC's own page takes such shares of "
    "the offences where the platform was recorded, which can be far fewer.",
    DerivedCaveat.PART_AGAINST_WHOLE: "A quarter is set against a quarter of a whole year: "
    "offences need not be spread evenly over a year.",
    DerivedCaveat.UNEQUAL_PERIODS: "The two periods differ in length.",
    DerivedCaveat.ROUNDED: "The range is what rounding of the printed numbers allows.",
    DerivedCaveat.AT_LEAST: "The count is printed as a lower bound, so there is no upper end.",
    DerivedCaveat.COVERAGE_DIFFERS: "Different numbers of forces answered for the two figures.",
    DerivedCaveat.SOURCES_DIFFER: "The figures come from different publications.",
    DerivedCaveat.SCOPE_DIFFERS: "The two figures are not counted from the same forces, "
    "or one leaves out part of its period.",
    DerivedCaveat.COMPARABLE_FORCES: "They differ because the totals are not of the same forces in both "
    "years, while the printed change leaves out the forces that did not answer for both.",
    DerivedCaveat.PRINTED_DIFFERS: "They differ, and the source does not say what the printed change "
    "stands on: it need not be the same forces as in the totals.",
    DerivedCaveat.FORCE_MISSING: "The sum leaves out the forces that no number is held for.",
    DerivedCaveat.REGION_OF_THE_TREE: "The release does not list the forces of this area, "
    "so those that belong to it today are added up.",
    DerivedCaveat.ONLY_ANSWERED: "The larger figure counts only the forces that answered.",
    DerivedCaveat.MID_YEAR: "The people are those of all ages in the middle of the calendar year "
    "in which the period begins.",
}


def workings(library: Library, found: Sequence[Derived]) -> tuple[Working, ...]:
    """Worked-out figures, ready to show; what they stand on is asked for once."""
    ids = tuple(dict.fromkeys(i for derived in found for i in derived.inputs))
    if not ids:
        return ()
    figures = {figure.id: figure for figure in library.figures(ids=ids)}
    leading = {i: link(library, figure) for i, figure in figures.items()}
    return tuple(_working(library, derived, figures, leading) for derived in found)


def _working(
    library: Library, derived: Derived, figures: Mapping[str, Figure], leading: Mapping[str, Link]
) -> Working:
    inputs = [figures[i] for i in derived.inputs]
    return Working(
        text=_SENTENCES[derived.kind](library, derived, inputs),
        amount=_shown(derived, derived.amount),
        low="" if derived.low is None else _shown(derived, derived.low),
        high="" if derived.high is None else _shown(derived, derived.high),
        formula=derived.formula,
        inputs=derived.inputs,
        caveat=" ".join(_caveat(caveat, derived) for caveat in dict.fromkeys(derived.caveats)),
        links=tuple(leading[i] for i in derived.inputs),
        kind=derived.kind.value,
    )


def _caveat(caveat: DerivedCaveat, derived: Derived) -> str:
    if caveat is DerivedCaveat.AT_LEAST and derived.low is None and derived.high is not None:
        return "A count that it stands on is printed as a lower bound, so there is no lower end."
    return CAVEATS[caveat]


def _shown(derived: Derived, value: Decimal) -> str:
    if derived.kind in _DIFFERENCES:
        places = 1 if derived.unit is DerivedUnit.PER_CENT else None
        return words.signed(value, places) + _UNITS[derived.unit]
    if derived.kind in _RATIOS:
        value = words.rounded(value, 1)
    return grouped(value) + _UNITS[derived.unit]


_UNITS = {
    DerivedUnit.OFFENCES: "",
    DerivedUnit.PEOPLE: "",
    DerivedUnit.PER_CENT: "%",
    DerivedUnit.POINTS: " points",
    DerivedUnit.PER_100K: " per 100,000 people",
}
_DIFFERENCES = frozenset(
    {
        DerivedKind.CHANGE,
        DerivedKind.PERCENTAGE_CHANGE,
        DerivedKind.PRINTED_CHANGE,
        DerivedKind.SHARE_DIFFERENCE,
        DerivedKind.AGAINST_AVERAGE_QUARTER,
    }
)
_RATIOS = frozenset({DerivedKind.NATIONAL_SHARE, DerivedKind.RATE})


def _where(library: Library, figure: Figure) -> str:
    return words.placed(library.places.get(figure.place))


def _between(first: Figure, last: Figure) -> str:
    """From the one period to the other, readable where a period is itself named from month to month."""
    names = words.period(first.period), words.period(last.period)
    if not any(" to " in name for name in names):
        return f"from {names[0]} to {names[1]}"
    return f"between {first.period.label} and {last.period.label}"


def _bounded(derived: Derived) -> str:
    """The amount, as a bound where a count that it stands on has an open end."""
    shown = _shown(derived, derived.amount)
    if derived.low is None and derived.high is not None:
        return f"at most {shown}"
    return f"at least {shown}" if derived.high is None and derived.low is not None else shown


def _of_what(library: Library, figure: Figure) -> str:
    """The platform, where it is a count of one, and the place."""
    platform = f"{library.platform(figure.platform).name}, " if figure.platform else ""
    return words.capital(f"{platform}{_where(library, figure)}")


def _change(library: Library, derived: Derived, inputs: list[Figure]) -> str:
    first, last = inputs[0], inputs[-1]
    return (
        f"{_of_what(library, last)}: {_bounded(derived)} "
        f"{'offence' if abs(derived.amount) == 1 else 'offences'} recorded {_between(first, last)}."
    )


def _percentage(library: Library, derived: Derived, inputs: list[Figure]) -> str:
    first, last = inputs[0], inputs[-1]
    return (
        f"{_of_what(library, last)}: {_bounded(derived)} in offences recorded "
        f"{_between(first, last)}{_range(derived)}."
    )


def _printed_change(library: Library, derived: Derived, inputs: list[Figure]) -> str:
    first, last, printed = inputs
    only = " for comparable forces only" if DerivedCaveat.COMPARABLE_FORCES in derived.caveats else ""
    return (
        f"{words.capital(_where(library, last))}: {_bounded(derived)} in offences recorded "
        f"{_between(first, last)} by the totals{_range(derived)}; "
        f"{_printed_amount(printed)} is printed{only}."
    )


def _printed_amount(printed: Figure) -> str:
    number = printed.amount.number or Decimal(0)
    words_ = f"{grouped(abs(number))}%"
    how = printed.amount.qualifier
    shown = words_ if how is Qualifier.EXACT else f"{how.value} {words_}"
    return f"a fall of {shown}" if number < 0 else shown


def _region_sum(library: Library, derived: Derived, inputs: list[Figure]) -> str:
    total, *forces = inputs
    unit = library.measure(total.measure).unit
    told = (
        f"{words.capital(_where(library, total))}, {words.period(total.period)}: its {len(forces)} forces "
        f"with a number add up to {grouped(derived.amount)} offences recorded, and the total is printed as "
        f"{words.numbers(total.amount, unit)}"
    )
    if not derived.missing:
        return f"{told}."
    names = words.listed(library.places.get(code).name for code in derived.missing)
    return f"{told}; no number is held for {names}."


def _national_share(library: Library, derived: Derived, inputs: list[Figure]) -> str:
    part, whole = inputs
    return (
        f"{words.capital(_where(library, part))}, {words.period(part.period)}: {_ratio(derived)} of the "
        f"offences recorded for {_where(library, whole)}{_range(derived)}."
    )


def _rate(library: Library, derived: Derived, inputs: list[Figure]) -> str:
    count = inputs[0]
    return (
        f"{words.capital(_where(library, count))}, {words.period(count.period)}: {_ratio(derived)}"
        f"{_range(derived)}."
    )


def _ratio(derived: Derived) -> str:
    """The amount, as a bound where a printed number has an open end."""
    shown = _shown(derived, derived.amount)
    if derived.unit is DerivedUnit.PER_100K:
        shown = shown.replace(" per ", " offences recorded per ", 1)
    if derived.low is None:
        return f"at most {shown}"
    return f"at least {shown}" if derived.high is None else shown


def _share_difference(library: Library, derived: Derived, inputs: list[Figure]) -> str:
    first, last = inputs[0], inputs[-1]
    name = library.platform(last.platform or "").name
    return (
        f"{name}, {library.places.get(last.place).name}: {words.signed(derived.amount)} percentage points "
        f"{_between(first, last)}{_range(derived)}."
    )


def _range(derived: Derived) -> str:
    if derived.low is None or derived.high is None or derived.low == derived.high:
        return ""
    low, high = _shown(derived, derived.low), _shown(derived, derived.high)
    return f" (rounding allows {low} to {high})"


def _implied(library: Library, derived: Derived, inputs: list[Figure]) -> str:
    share = inputs[0] if inputs[0].platform else inputs[-1]
    count = inputs[-1] if inputs[0].platform else inputs[0]
    name = library.platform(share.platform or "").name
    lead = (
        f"{words.numbers(share.amount, library.measure(share.measure).unit)} of "
        f"{words.numbers(count.amount, library.measure(count.measure).unit)} offences"
    )
    if derived.high is None:
        return f"{name}: {lead} is at least {grouped(derived.low or derived.amount)} offences."
    if derived.only:
        return f"{name}: {lead} can only be {grouped(derived.amount)} offences."
    return (
        f"{name}: {lead} is between {grouped(derived.low or derived.amount)} and "
        f"{grouped(derived.high)} offences."
    )


def _average(library: Library, derived: Derived, inputs: list[Figure]) -> str:
    year = inputs[0]
    return (
        f"{words.capital(_where(library, year))}: an average quarter of {words.period(year.period)} "
        f"was {grouped(derived.amount)} offences recorded."
    )


def _against_average(library: Library, _derived: Derived, inputs: list[Figure]) -> str:
    quarter = next(f for f in inputs if f.period == max((i.period for i in inputs), key=lambda p: p.end))
    year = next(f for f in inputs if f is not quarter)
    average = (year.amount.number or Decimal(0)) / 4
    return (
        f"{words.capital(_where(library, quarter))}: "
        f"{words.numbers(quarter.amount, library.measure(quarter.measure).unit)} offences recorded in "
        f"{words.period(quarter.period)}, against {grouped(average)} in an average quarter of "
        f"{words.period(year.period)}."
    )


_SENTENCES = {
    DerivedKind.CHANGE: _change,
    DerivedKind.PERCENTAGE_CHANGE: _percentage,
    DerivedKind.SHARE_DIFFERENCE: _share_difference,
    DerivedKind.PRINTED_CHANGE: _printed_change,
    DerivedKind.REGION_SUM: _region_sum,
    DerivedKind.NATIONAL_SHARE: _national_share,
    DerivedKind.RATE: _rate,
    DerivedKind.IMPLIED_COUNT: _implied,
    DerivedKind.AVERAGE_QUARTER: _average,
    DerivedKind.AGAINST_AVERAGE_QUARTER: _against_average,
}
