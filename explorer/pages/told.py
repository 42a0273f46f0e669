"""What a map says of one force area: its number on the map's scale, or the reason why there is none."""

from __future__ import annotations

from decimal import Decimal

from msgspec import Struct
from msgspec.structs import replace

from explorer.evidence.analysis.chance import RELIABLE_RATE, SMALLEST_BASE, AmountMovement, classify_movement
from explorer.evidence.analysis.coverage import can_lead, is_partial
from explorer.evidence.analysis.regions import population_rate
from explorer.evidence.formatting import format_number
from explorer.evidence.model import Amount, Figure, Qualifier, Unit
from explorer.pages import words

from .areas import ForceArea, MapSelection, population
from .held import FigureQuery
from .scaled import HEADS, ScaledValue
from .steps import format_percent_change

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
        missing = f"{area.place.name}, {words.describe_period(map_selection.period)}: we hold no figure"
        wide = 4 if map_selection.scale in HEADS else 1
        return _empty_tile_value(missing, None, (NOTHING,) * wide)
    if map_selection.scale in HEADS:
        return _rate_tile_value(figure_query, area, figure, map_selection)
    return _count_tile_value(area, figure, figure_query.unit_for(figure))


def _empty_tile_value(name: str, figure: Figure | None, cells: tuple[str, ...], label: str = NOTHING) -> TileValue:
    return TileValue(value=None, label=label, spoken_label=label, name=name, cells=cells, figure=figure)


def _count_tile_value(area: ForceArea, figure: Figure, unit: Unit) -> TileValue:
    label = compact_amount(figure.amount, unit) + ("?" if figure.in_doubt is not None else "")
    amount_text = words.format_amount(figure.amount, unit)
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
    sentence = words.describe_figure(figure, area.place, unit)
    if figure.place != area.place.code:
        sentence += ", published for the whole nation"
    return sentence + _alternate_values_text(area, figure)


def _alternate_values_text(area: ForceArea, figure: Figure) -> str:
    """The other numbers that are published for the same thing."""
    other = dict.fromkeys(words.format_amount(f.amount, Unit.OFFENCES) for f in area.also.get(figure.period.text, ()))
    return f"; {words.describe_period(figure.period)} is also published as {words.join_list(other)}" if other else ""


def compact_amount(amount: Amount, unit: Unit = Unit.OFFENCES) -> str:
    """An amount in a few characters: "66", "20+", "~300", "+64", "[c]"."""
    if amount.number is None:
        return f"[{amount.status}]" if amount.status else NOTHING
    number = words.format_signed(amount.number) if unit is Unit.CHANGE else format_number(amount.number)
    return _SHORT[amount.qualifier].format(number)


def _rate_tile_value(
    figure_query: FigureQuery, area: ForceArea, figure: Figure, map_selection: MapSelection
) -> TileValue:
    count = words.format_amount(figure.amount, Unit.OFFENCES)
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
        f"{area.place.name}, {words.describe_period(figure.period)}: {value.format_label()} offences per "
        f"{HEADS[map_selection.scale].words}{interval} "
        f"({words.describe_amount(figure.amount, Unit.OFFENCES)}, {inhabitants} "
        f"living there){_alternate_values_text(area, figure)}"
    )
    rounded_rate = words.round_half_up(value.number, 1)
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
    pair = tuple(NOTHING if f is None else words.format_amount(f.amount, Unit.OFFENCES) for f in (before, after))
    why = _why_not(before, after, map_selection)
    if why or before is None or after is None:
        name = f"{area.place.name}: no change is worked out, as {why}"
        return _empty_tile_value(name, after or before, (*pair, NOTHING, ""))
    first, last = before.amount.number or Decimal(0), after.amount.number or Decimal(0)
    value = words.round_half_up((last - first) / first * _HUNDRED, 0)
    unclear = classify_movement(before.amount, after.amount) is AmountMovement.UNCLEAR
    change_text = format_percent_change(value)
    chance = "no clear change, chance alone could make it" if unclear else "more than chance alone would make"
    name = (
        f"{area.place.name}: {change_text}, from {words.describe_amount(before.amount, Unit.OFFENCES)} in "
        f"{words.describe_period(base)} to {format_number(last)} in "
        f"{words.describe_period(map_selection.period)}; {chance}"
        f"{_alternate_values_text(area, before)}{_alternate_values_text(area, after)}"
    )
    signed_text = words.format_signed(value)
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
        why = _why_unusable(figure, words.describe_period(period))
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
        return f"the number of {when} is not exact: {words.describe_amount(figure.amount, Unit.OFFENCES)}"
    if is_partial(figure):
        return f"the figure of {when} covers a part of it only"
    return "" if can_lead(figure) else f"the figure of {when} is in doubt: {figure.doubt}"
