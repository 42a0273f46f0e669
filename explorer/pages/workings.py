"""Worked-out figures in words: the sentence, the formula, the range and the caveats of each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from explorer.evidence.chance import Movement
from explorer.evidence.derive import Derived, DerivedCaveat, DerivedKind, DerivedUnit
from explorer.evidence.model import Figure
from explorer.packs.library import Library

from . import words
from .cards import link
from .page import Link, Working
from .scale import grouped

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
    Movement.ROSE: "More than chance alone would make.",
    Movement.FELL: "More than chance alone would make.",
    Movement.UNCLEAR: "No clear change: chance alone could make it.",
    Movement.OPEN: "The published numbers leave open whether there was a change.",
}
"""What is said of chance beside each difference."""


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
    caveats = (
        *_chance(derived),
        *(_caveat(one, derived) for one in dict.fromkeys(derived.caveats)),
        *_estimated(library, derived, inputs),
    )
    return Working(
        text=_SENTENCES[derived.kind](library, derived, inputs),
        amount=_shown(derived, derived.amount),
        low="" if derived.low is None else _shown(derived, derived.low),
        high="" if derived.high is None else _shown(derived, derived.high),
        formula=derived.formula,
        inputs=derived.inputs,
        caveat=" ".join(caveats),
        links=tuple(leading[i] for i in derived.inputs),
        kind=derived.kind.value,
        interval=tuple(f"{words.rounded(end, 1):,.1f}" for end in derived.interval or ()),
        chance=derived.movement.name.lower() if derived.movement is not None else "",
    )


def _chance(derived: Derived) -> tuple[str, ...]:
    """What chance alone could do to a difference, before anything else is said of it."""
    if derived.movement is None or DerivedCaveat.BASE_UNKNOWN in derived.caveats:
        return ()
    return (CHANCE[derived.movement],)


def _estimated(library: Library, derived: Derived, inputs: Sequence[Figure]) -> tuple[str, ...]:
    """Whose estimate the people of a rate are, and on what basis."""
    if derived.kind is not DerivedKind.RATE:
        return ()
    people = inputs[-1]
    basis = f", {people.basis}" if people.basis else ""
    return (f"{POPULATION}{words.source_named(library.source(people.source))}{basis}.",)


def _caveat(caveat: DerivedCaveat, derived: Derived) -> str:
    if caveat is DerivedCaveat.AT_LEAST and derived.low is None and derived.high is not None:
        return "A count behind it is published as a lower bound, so there is no lower end."
    return CAVEATS[caveat]


def _shown(derived: Derived, value: Decimal) -> str:
    places = derived.decimals if derived.unit is DerivedUnit.PER_CENT else None
    if derived.kind in _DIFFERENCES:
        return words.signed(value, places) + _UNITS[derived.unit]
    if derived.kind in _RATIOS:
        if derived.kind is DerivedKind.RATE:
            return f"{words.rounded(value, 1):,.1f}{_UNITS[derived.unit]}"
        places = 1 if places is None else places
        least = Decimal(1).scaleb(-places)
        if 0 < value < least / 2:
            return f"under {least}{_UNITS[derived.unit]}"
        value = words.rounded(value, places)
    return grouped(value) + _UNITS[derived.unit]


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


def _where(library: Library, figure: Figure) -> str:
    return words.placed(library.places.get(figure.place))


def _between(first: Figure, last: Figure) -> str:
    """From the one period to the other, readable where a period is itself named from month to month."""
    names = words.period(first.period), words.period(last.period)
    if not any(" to " in name for name in names):
        return f"from {names[0]} to {names[1]}"
    return f"between {first.period.label} and {last.period.label}"


def _is_fall(derived: Derived) -> bool:
    """Whether a difference is below 0, so that its bounds turn round when it is called a fall."""
    return derived.amount < 0


def _way(derived: Derived) -> str:
    """A percentage change in words: "a rise of 17%", "a fall of at most 28%", "no change"."""
    if derived.amount == 0 and derived.low == derived.high:
        return "no change"
    fall = _is_fall(derived)
    size = words.rounded(abs(derived.amount), derived.decimals)
    open_up, open_down = derived.high is None, derived.low is None
    bound = ""
    if open_up != open_down:
        # "At least -28%" is a fall of at most 28%, or a rise: the open end turns round with the sign.
        bound = "at least " if open_up != fall else "at most "
    return f"a {'fall' if fall else 'rise'} of {bound}{grouped(size)}%"


def _more(derived: Derived) -> str:
    """A difference of counts in words: "6 more", "at most 78 fewer", "as many"."""
    if derived.amount == 0 and derived.low == derived.high:
        return "as many"
    fall = _is_fall(derived)
    bound = ""
    if (derived.high is None) != (derived.low is None):
        bound = "at least " if (derived.high is None) != fall else "at most "
    return f"{bound}{grouped(abs(derived.amount))} {'fewer' if fall else 'more'}"


def _of_what(library: Library, figure: Figure) -> str:
    """The platform, where it is a count of one, and the place."""
    platform = f"{library.platform(figure.platform).name}, " if figure.platform else ""
    return words.capital(f"{platform}{_where(library, figure)}")


def _change(library: Library, derived: Derived, inputs: list[Figure]) -> str:
    first, last = inputs[0], inputs[-1]
    more = _more(derived)
    noun = "offence" if abs(derived.amount) == 1 else "offences"
    than = "as" if more == "as many" else "than"
    return (
        f"{_of_what(library, last)}: {more} {noun} recorded in {words.period(last.period)} {than} in "
        f"{words.period(first.period)}{_range(derived)}."
    )


def _percentage(library: Library, derived: Derived, inputs: list[Figure]) -> str:
    first, last = inputs[0], inputs[-1]
    return (
        f"{_of_what(library, last)}: {_way(derived)} in offences recorded "
        f"{_between(first, last)}{_range(derived)}."
    )


def _region_sum(library: Library, derived: Derived, inputs: list[Figure]) -> str:
    total, *forces = inputs
    unit = library.measure(total.measure).unit
    told = (
        f"{words.capital(_where(library, total))}, {words.period(total.period)}: its {len(forces)} forces "
        f"with a number add up to {grouped(derived.amount)} offences recorded; the published total is "
        f"{words.numbers(total.amount, unit)}"
    )
    if not derived.missing:
        return f"{told}."
    names = words.listed(library.places.get(code).name for code in derived.missing)
    return f"{told}. We hold no number for {names}."


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
        f"{_interval(derived)}{_range(derived)}."
    )


def _interval(derived: Derived) -> str:
    """The 95% interval of a rate."""
    if derived.interval is None:
        return ""
    low, high = (f"{words.rounded(end, 1):,.1f}" for end in derived.interval)
    return f" (95% interval {low} to {high})"


def _ratio(derived: Derived) -> str:
    """The amount, as a bound where a printed number has an open end."""
    shown = _shown(derived, derived.amount)
    if derived.kind is DerivedKind.RATE:
        shown = shown.replace(" per ", " offences recorded per ", 1)
    if derived.low is None:
        return f"at most {shown}"
    return f"at least {shown}" if derived.high is None else shown


def _share_difference(library: Library, derived: Derived, inputs: list[Figure]) -> str:
    first, last = inputs[0], inputs[-1]
    name = library.platform(last.platform or "").name
    return (
        f"{name}, {library.places.get(last.place).name}: {words.signed(derived.amount)} percentage points "
        f"{words.share_of(last.base)} {_between(first, last)}{_range(derived)}."
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
        return f"{name}: {lead} is {grouped(derived.amount)} offences."
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
        f"{words.period(quarter.period)}, where an average quarter of {words.period(year.period)} has "
        f"{grouped(average)}."
    )


_SENTENCES = {
    DerivedKind.CHANGE: _change,
    DerivedKind.PERCENTAGE_CHANGE: _percentage,
    DerivedKind.SHARE_DIFFERENCE: _share_difference,
    DerivedKind.REGION_SUM: _region_sum,
    DerivedKind.NATIONAL_SHARE: _national_share,
    DerivedKind.RATE: _rate,
    DerivedKind.IMPLIED_COUNT: _implied,
    DerivedKind.AVERAGE_QUARTER: _average,
    DerivedKind.AGAINST_AVERAGE_QUARTER: _against_average,
}
