"""The steps of a map's colours: round bounds, chosen by a rule from the numbers, and said in words.

It knows numbers only, not what they count.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise

from msgspec import Struct
from msgspec.structs import replace

from explorer.evidence import Amount, Figure, Qualifier, Unit, format_number, formatting
from explorer.evidence.analysis import (
    RELIABLE_RATE,
    SMALLEST_BASE,
    AmountMovement,
    can_lead,
    classify_movement,
    is_partial,
    population_rate,
)
from explorer.pages.model import ColourBand
from explorer.pages.selection import HEADS, FigureQuery, ForceArea, MapSelection, ScaledValue, population

MOST = 5
"""The most steps that can still be told apart."""
RULE = "Steps are round numbers chosen so that about as many areas stand in each."
_SERIES = (1, 2, 5)


class ColourBins(Struct, frozen=True, kw_only=True):
    """The steps and where they meet: ``edges[i]`` is the least value of step ``i + 1``."""

    bands: tuple[ColourBand, ...]
    edges: tuple[Decimal, ...]

    def bin_index(self, value: Decimal) -> int:
        """The number of the step that a value stands in."""
        return bisect_right(self.edges, value)


@lru_cache(maxsize=64)
def bin_values(values: tuple[Decimal, ...], unit: Decimal = Decimal(1)) -> ColourBins:
    """Steps of numbers of 0 and more. ``unit`` is the least difference that is shown: 1, or 0.1."""
    edges = _find_even_bounds(values, MOST, unit)
    return ColourBins(bands=_build_bands(values, edges, unit), edges=edges)


@lru_cache(maxsize=64)
def bin_changes(values: tuple[Decimal, ...]) -> ColourBins:
    """Steps of whole percentages of change, with 0 as a bound and the same bounds on both of its sides."""
    rises = tuple(v for v in values if v >= 0)
    falls = tuple(-v for v in values if v < 0)
    sides = 3 if rises and falls else MOST - 1
    bounds = _find_even_bounds((*rises, *falls), sides, Decimal(1))
    up = _bounds_within(bounds, rises)
    down = tuple(bound for bound in _bounds_within(bounds, falls) if bound > 1)
    if len(up) + len(down) + 2 > MOST:
        up, down = (up, down[:1]) if len(rises) >= len(falls) else (up[:1], down)
    zero = (Decimal(0),) if rises and falls else ()
    edges = (*(1 - bound for bound in reversed(down)), *zero, *up)
    return ColourBins(bands=_build_change_bands(values, edges, len(bounds) + 1), edges=edges)


def _bounds_within(bounds: Sequence[Decimal], side: Sequence[Decimal]) -> tuple[Decimal, ...]:
    """The bounds that part the numbers of one side."""
    return tuple(bound for bound in bounds if side and max(side) >= bound)


def _find_even_bounds(values: Sequence[Decimal], most: int, unit: Decimal) -> tuple[Decimal, ...]:
    """The bounds of at most ``most`` steps that spread the values most evenly, none of them empty."""
    best: tuple[Decimal, ...] = ()
    evenness = 0.0
    for edges in _iter_candidate_bounds(values, most - 1):
        score = 0.0 if any(edge % unit for edge in edges) else _bin_entropy(values, edges)
        if score > evenness + 1e-9:
            best, evenness = edges, score
    return best


def _bin_entropy(values: Sequence[Decimal], edges: Sequence[Decimal]) -> float:
    """How evenly values stand in the steps (their entropy); 0 where a step is empty."""
    counts = [0] * (len(edges) + 1)
    for value in values:
        counts[bisect_right(edges, value)] += 1
    if not all(counts):
        return 0.0
    return -sum(n / len(values) * math.log(n / len(values)) for n in counts)


def _iter_candidate_bounds(values: Sequence[Decimal], most: int) -> Iterable[tuple[Decimal, ...]]:
    """Runs of round numbers between the least and the greatest: 10, 20, 50 ... before 20, 40, 60 ..."""
    low, high = min(values, default=Decimal(0)), max(values, default=Decimal(0))
    if high <= low:
        return
    ladders = [
        _round_numbers_between(low, high),
        *(_multiples_between(low, high, step) for step in _round_distances(low, high, most)),
    ]
    for ladder in ladders:
        for many in range(min(most, len(ladder)), 0, -1):
            for first in range(len(ladder) - many + 1):
                yield ladder[first : first + many]


def _round_numbers_between(low: Decimal, high: Decimal) -> tuple[Decimal, ...]:
    """The numbers 1, 2, 5, 10, 20 ... above ``low`` up to ``high``."""
    if high <= 0:
        return ()
    least = low if low > 0 else min(Decimal(1), high / 100)
    powers = range(math.floor(math.log10(least)), math.ceil(math.log10(high)) + 1)
    every = (Decimal(step).scaleb(power) for power in powers for step in _SERIES)
    return tuple(_without_exponent(one) for one in every if low < one <= high)


def _round_distances(low: Decimal, high: Decimal, most: int) -> tuple[Decimal, ...]:
    """Round distances at which some rungs, but not very many, lie between ``low`` and ``high``."""
    span = high - low
    powers = range(math.floor(math.log10(span)) - 1, math.ceil(math.log10(span)) + 1)
    every = (Decimal(step).scaleb(power) for power in powers for step in _SERIES)
    return tuple(_without_exponent(one) for one in every if span / (4 * most) <= one <= span)


def _multiples_between(low: Decimal, high: Decimal, step: Decimal) -> tuple[Decimal, ...]:
    """The multiples of ``step`` above ``low`` up to ``high``."""
    first, last = math.floor(low / step) + 1, math.floor(high / step)
    return tuple(number * step for number in range(first, last + 1))


def _without_exponent(number: Decimal) -> Decimal:
    """The number without an exponent, so that it is written out."""
    return Decimal(f"{number:f}")


def _build_bands(values: Sequence[Decimal], edges: Sequence[Decimal], unit: Decimal) -> tuple[ColourBand, ...]:
    if not values:
        return ()
    if not edges:
        return (ColourBand(label=_format_range(min(values), max(values)), tone=0.5),)
    labels = [f"under {format_number(edges[0])}"]
    labels += [_format_range(a, b - unit) for a, b in pairwise(edges)]
    labels.append(f"{format_number(edges[-1])} or more")
    return tuple(ColourBand(label=label, tone=at / len(edges)) for at, label in enumerate(labels))


def _format_range(low: Decimal, high: Decimal) -> str:
    return format_number(low) if low == high else f"{format_number(low)} to {format_number(high)}"


def _build_change_bands(values: Sequence[Decimal], edges: Sequence[Decimal], levels: int) -> tuple[ColourBand, ...]:
    if not values:
        return ()
    below = sum(edge <= 0 for edge in edges) if min(values) < 0 else 0
    if min(values) < 0 and max(values) < 0:
        below = len(edges) + 1
    bands: list[ColourBand] = []
    for at in range(len(edges) + 1):
        low = edges[at - 1] if at else None
        high = edges[at] - 1 if at < len(edges) else None
        level = at - below + 1 if at >= below else at - below
        bands.append(ColourBand(label=_change_range(low, high, values), tone=max(-1.0, min(1.0, level / levels))))
    return tuple(bands)


def _change_range(low: Decimal | None, high: Decimal | None, values: Sequence[Decimal]) -> str:
    """A step in words; at its open ends it says so, unless 0 is what it ends at."""
    if low is None and high is None:
        return " to ".join(dict.fromkeys((format_percent_change(min(values)), format_percent_change(max(values)))))
    if low is None and high is not None and min(values) < 0:
        return f"{format_percent_change(high)} or lower"
    if high is None and low is not None and max(values) >= 0:
        return f"{format_percent_change(low)} or more"
    ends = (Decimal(0) if low is None else low, Decimal(-1) if high is None else high)
    return " to ".join(dict.fromkeys(format_percent_change(end) for end in ends))


def format_percent_change(value: Decimal) -> str:
    """A whole percentage of change with its sign: "+17%", "−3%", "0%"."""
    if value == 0:
        return "0%"
    return ("+" if value > 0 else "−") + format_number(abs(value)) + "%"


# What a map says of one force area: its number on the map's scale, or the reason why there is none.


NOTHING = "[x]"
_HUNDRED = Decimal(100)
_SHORT = {Qualifier.EXACT: "{}", Qualifier.AT_LEAST: "{}+", Qualifier.ABOUT: "~{}", Qualifier.ALMOST: "<{}"}
"""How a number is written where there is room for a few characters only."""


class TileValue(Struct, frozen=True, kw_only=True):
    """What is said of an area. ``value`` is rounded as it is shown; None where there is no number."""

    value: Decimal | None
    label: str
    """For the square: "66", "20+", "+17", "(+17)" or "[x]"."""
    spoken_label: str
    """For a sentence: "66", "at least 20"."""
    name: str
    """The whole of it, for the card and for screen readers."""
    cells: tuple[str, ...]
    """For the table."""
    figure: Figure | None
    """The figure that is chosen with the square."""
    unclear: bool = False
    """Whether chance alone could make the change."""


def tile_value(figure_query: FigureQuery, area: ForceArea, map_selection: MapSelection) -> TileValue:
    """What a map shows of ``area``."""
    if map_selection.base is not None:
        return _change_tile_value(area, map_selection)
    figure = area.figures.get(map_selection.period.text)
    if figure is None:
        missing = f"{area.place.name}, {formatting.period_in_sentence(map_selection.period)}: we hold no figure"
        wide = 4 if map_selection.scale in HEADS else 1
        return _empty_tile_value(missing, None, (NOTHING,) * wide)
    if map_selection.scale in HEADS:
        return _rate_tile_value(figure_query, area, figure, map_selection)
    return _count_tile_value(area, figure, figure_query.unit_for(figure))


def _empty_tile_value(name: str, figure: Figure | None, cells: tuple[str, ...], label: str = NOTHING) -> TileValue:
    return TileValue(value=None, label=label, spoken_label=label, name=name, cells=cells, figure=figure)


def _count_tile_value(area: ForceArea, figure: Figure, unit: Unit) -> TileValue:
    label = compact_amount(figure.amount, unit) + ("?" if figure.in_doubt is not None else "")
    amount_text = formatting.format_amount(figure.amount, unit)
    name = _describe_area(area, figure, unit)
    if figure.amount.number is None:
        return _empty_tile_value(name, figure, (label,), label)
    return TileValue(
        value=figure.amount.number,
        label=label,
        spoken_label=amount_text,
        name=name,
        cells=(amount_text,),
        figure=figure,
    )


def _describe_area(area: ForceArea, figure: Figure, unit: Unit = Unit.OFFENCES) -> str:
    """The area with its number: "Lancashire, 2017/18: 175 offences; also printed as 64"."""
    sentence = formatting.describe_figure(figure, area.place, unit)
    if figure.place != area.place.code:
        sentence += ", published for the whole nation"
    return sentence + _alternate_values_text(area, figure)


def _alternate_values_text(area: ForceArea, figure: Figure) -> str:
    """The other numbers that are published for the same thing."""
    other = dict.fromkeys(
        formatting.format_amount(f.amount, Unit.OFFENCES) for f in area.also.get(figure.period.text, ())
    )
    return (
        f"; {formatting.period_in_sentence(figure.period)} is also published as {formatting.join_list(other)}"
        if other
        else ""
    )


def compact_amount(amount: Amount, unit: Unit = Unit.OFFENCES) -> str:
    """An amount in a few characters: "66", "20+", "~300", "+64", "[c]"."""
    if amount.number is None:
        return f"[{amount.status}]" if amount.status else NOTHING
    number = formatting.format_signed(amount.number) if unit is Unit.CHANGE else format_number(amount.number)
    return _SHORT[amount.qualifier].format(number)


def _rate_tile_value(
    figure_query: FigureQuery, area: ForceArea, figure: Figure, map_selection: MapSelection
) -> TileValue:
    count = formatting.format_amount(figure.amount, Unit.OFFENCES)
    if figure.amount.number is None:
        return _empty_tile_value(_describe_area(area, figure), figure, (count, NOTHING, NOTHING, ""))
    of = population(figure_query, area, figure, map_selection.scale, map_selection.basis)
    try:
        value = None if of is None else _rate_value(figure, of)
        why = "we hold no population of that year on the same basis"
    except ValueError as error:
        value, why = None, str(error)
    if of is None or value is None:
        name = f"{_describe_area(area, figure)}; no rate: {why}"
        return _empty_tile_value(name, figure, (count, NOTHING, NOTHING, ""))
    inhabitants = format_number(of.amount.number or Decimal(0))
    interval = f", 95% interval {value.format_interval()}" if value.format_interval() else ""
    name = (
        f"{area.place.name}, {formatting.period_in_sentence(figure.period)}: {value.format_label()} offences per "
        f"{HEADS[map_selection.scale].words}{interval} "
        f"({formatting.describe_amount(figure.amount, Unit.OFFENCES)}, {inhabitants} "
        f"living there){_alternate_values_text(area, figure)}"
    )
    rounded_rate = formatting.round_half_up(value.number, 1)
    label = _SHORT[figure.amount.qualifier].format(f"{rounded_rate:,.1f}") + ("u" if value.unreliable else "")
    cells = (count, inhabitants, value.format_label(), value.format_interval())
    return TileValue(
        value=rounded_rate,
        label=label,
        spoken_label=value.format_label(),
        name=name,
        cells=cells,
        figure=figure,
    )


def _rate_value(figure: Figure, people_: Figure) -> ScaledValue:
    """The rate of a figure. Raises ValueError, with the reason, where there is none."""
    own = people_ if people_.place == figure.place else None
    rate_result = population_rate(figure if own else replace(figure, place=people_.place), people_)
    low, high = rate_result.interval or (None, None)
    unreliable = (figure.amount.number or 0) < RELIABLE_RATE
    return ScaledValue(number=rate_result.amount, low=low, high=high, unreliable=unreliable, decimals=1)


def _change_tile_value(area: ForceArea, map_selection: MapSelection) -> TileValue:
    base = map_selection.base or map_selection.period
    before, after = area.figures.get(base.text), area.figures.get(map_selection.period.text)
    pair = tuple(NOTHING if f is None else formatting.format_amount(f.amount, Unit.OFFENCES) for f in (before, after))
    why = _why_not(before, after, map_selection)
    if why or before is None or after is None:
        name = f"{area.place.name}: no change is worked out, as {why}"
        return _empty_tile_value(name, after or before, (*pair, NOTHING, ""))
    first, last = before.amount.number or Decimal(0), after.amount.number or Decimal(0)
    value = formatting.round_half_up((last - first) / first * _HUNDRED, 0)
    unclear = classify_movement(before.amount, after.amount) is AmountMovement.UNCLEAR
    change_text = format_percent_change(value)
    chance = "no clear change, chance alone could make it" if unclear else "more than chance alone would make"
    name = (
        f"{area.place.name}: {change_text}, from {formatting.describe_amount(before.amount, Unit.OFFENCES)} in "
        f"{formatting.period_in_sentence(base)} to {format_number(last)} in "
        f"{formatting.period_in_sentence(map_selection.period)}; {chance}"
        f"{_alternate_values_text(area, before)}{_alternate_values_text(area, after)}"
    )
    signed_text = formatting.format_signed(value)
    label = f"({signed_text})" if unclear else signed_text
    cells = (*pair, signed_text, "no clear change" if unclear else "clear")
    return TileValue(
        value=value,
        label=label,
        spoken_label=change_text,
        name=name,
        cells=cells,
        figure=after,
        unclear=unclear,
    )


def _why_not(before: Figure | None, after: Figure | None, map_selection: MapSelection) -> str:
    """Why no change is worked out; empty where it is."""
    base = map_selection.base or map_selection.period
    for figure, period in ((before, base), (after, map_selection.period)):
        why = _why_unusable(figure, formatting.period_in_sentence(period))
        if why:
            return why
    if before is None or after is None:
        return ""
    if (before.amount.number or 0) < SMALLEST_BASE:
        numbers = [format_number(one.amount.number or Decimal(0)) for one in (before, after)]
        return f"{numbers[0]} then {numbers[1]} offences: too few for a percentage"
    same = before.place == after.place
    return "" if same else "one number is published for the force and the other for the whole nation"


def _why_unusable(figure: Figure | None, when: str) -> str:
    """Why no change can be worked out of a figure; empty where it can."""
    if figure is None or figure.amount.number is None:
        return f"we hold no number of {when}"
    if figure.amount.qualifier is not Qualifier.EXACT:
        return f"the number of {when} is not exact: {formatting.describe_amount(figure.amount, Unit.OFFENCES)}"
    if is_partial(figure):
        return f"the figure of {when} covers a part of it only"
    return "" if can_lead(figure) else f"the figure of {when} is in doubt: {figure.doubt}"
