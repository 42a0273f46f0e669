"""What a map says of one force area: its number on the map's scale, or the reason why there is none."""

from __future__ import annotations

from decimal import Decimal

from msgspec import Struct
from msgspec.structs import replace

from explorer.evidence.chance import RELIABLE_RATE, SMALLEST_BASE, Movement, movement
from explorer.evidence.model import Amount, Figure, Qualifier, Unit
from explorer.evidence.rates import rate
from explorer.evidence.scope import can_lead, is_partial

from . import words
from .areas import Area, Picked, people
from .held import Held
from .scale import grouped
from .scaled import HEADS, Value
from .steps import percent

NOTHING = "[x]"
_HUNDRED = Decimal(100)
_SHORT = {Qualifier.EXACT: "{}", Qualifier.AT_LEAST: "{}+", Qualifier.ABOUT: "~{}", Qualifier.ALMOST: "<{}"}
"""How a number is written where there is room for a few characters only."""


class Told(Struct, frozen=True, kw_only=True):
    """What is said of an area. ``value`` is rounded as it is shown; None where there is no number."""

    value: Decimal | None
    label: str
    """For the square: "66", "20+", "+17", "(+17)" or "[x]"."""
    said: str
    """For a sentence: "66", "at least 20"."""
    name: str
    """The whole of it, for the card and for screen readers."""
    cells: tuple[str, ...]
    """For the table."""
    figure: Figure | None
    """The figure that is chosen with the square."""
    unclear: bool = False
    """Whether chance alone could make the change."""


def told(held: Held, area: Area, shown: Picked) -> Told:
    """What a map shows of ``area``."""
    if shown.base is not None:
        return _change(area, shown)
    figure = area.figures.get(shown.period.text)
    if figure is None:
        missing = f"{area.place.name}, {words.period(shown.period)}: we hold no figure"
        wide = 4 if shown.scale in HEADS else 1
        return _nothing(missing, None, (NOTHING,) * wide)
    if shown.scale in HEADS:
        return _rate(held, area, figure, shown)
    return _count(area, figure, held.unit(figure))


def _nothing(name: str, figure: Figure | None, cells: tuple[str, ...], label: str = NOTHING) -> Told:
    return Told(value=None, label=label, said=label, name=name, cells=cells, figure=figure)


def _count(area: Area, figure: Figure, unit: Unit) -> Told:
    label = short(figure.amount, unit) + ("?" if figure.in_doubt is not None else "")
    said = words.numbers(figure.amount, unit)
    name = _named(area, figure, unit)
    if figure.amount.number is None:
        return _nothing(name, figure, (label,), label)
    return Told(value=figure.amount.number, label=label, said=said, name=name, cells=(said,), figure=figure)


def _named(area: Area, figure: Figure, unit: Unit = Unit.OFFENCES) -> str:
    """The area with its number: "Lancashire, 2017/18: 175 offences; also printed as 64"."""
    told_ = words.datum(figure, area.place, unit)
    if figure.place != area.place.code:
        told_ += ", published for the whole nation"
    return told_ + _also(area, figure)


def _also(area: Area, figure: Figure) -> str:
    """The other numbers that are published for the same thing."""
    other = dict.fromkeys(
        words.numbers(f.amount, Unit.OFFENCES) for f in area.also.get(figure.period.text, ())
    )
    return f"; {words.period(figure.period)} is also published as {words.listed(other)}" if other else ""


def short(amount: Amount, unit: Unit = Unit.OFFENCES) -> str:
    """An amount in a few characters: "66", "20+", "~300", "+64", "[c]"."""
    if amount.number is None:
        return f"[{amount.status}]" if amount.status else NOTHING
    number = words.signed(amount.number) if unit is Unit.CHANGE else grouped(amount.number)
    return _SHORT[amount.qualifier].format(number)


def _rate(held: Held, area: Area, figure: Figure, shown: Picked) -> Told:
    count = words.numbers(figure.amount, Unit.OFFENCES)
    if figure.amount.number is None:
        return _nothing(_named(area, figure), figure, (count, NOTHING, NOTHING, ""))
    of = people(held, area, figure, shown.scale, shown.basis)
    try:
        value = None if of is None else _value(figure, of)
        why = "we hold no population of that year on the same basis"
    except ValueError as error:
        value, why = None, str(error)
    if of is None or value is None:
        name = f"{_named(area, figure)}; no rate: {why}"
        return _nothing(name, figure, (count, NOTHING, NOTHING, ""))
    inhabitants = grouped(of.amount.number or Decimal(0))
    interval = f", 95% interval {value.interval()}" if value.interval() else ""
    name = (
        f"{area.place.name}, {words.period(figure.period)}: {value.label()} offences per "
        f"{HEADS[shown.scale].words}{interval} "
        f"({words.amount(figure.amount, Unit.OFFENCES)}, {inhabitants} living there){_also(area, figure)}"
    )
    rounded = words.rounded(value.number, 1)
    label = _SHORT[figure.amount.qualifier].format(f"{rounded:,.1f}") + ("u" if value.unreliable else "")
    cells = (count, inhabitants, value.label(), value.interval())
    return Told(value=rounded, label=label, said=value.label(), name=name, cells=cells, figure=figure)


def _value(figure: Figure, people_: Figure) -> Value:
    """The rate of a figure. Raises ValueError, with the reason, where there is none."""
    own = people_ if people_.place == figure.place else None
    worked = rate(figure if own else replace(figure, place=people_.place), people_)
    low, high = worked.interval or (None, None)
    unreliable = (figure.amount.number or 0) < RELIABLE_RATE
    return Value(number=worked.amount, low=low, high=high, unreliable=unreliable, decimals=1)


def _change(area: Area, shown: Picked) -> Told:
    base = shown.base or shown.period
    before, after = area.figures.get(base.text), area.figures.get(shown.period.text)
    pair = tuple(NOTHING if f is None else words.numbers(f.amount, Unit.OFFENCES) for f in (before, after))
    why = _why_not(before, after, shown)
    if why or before is None or after is None:
        name = f"{area.place.name}: no change is worked out, as {why}"
        return _nothing(name, after or before, (*pair, NOTHING, ""))
    first, last = before.amount.number or Decimal(0), after.amount.number or Decimal(0)
    value = words.rounded((last - first) / first * _HUNDRED, 0)
    unclear = movement(before.amount, after.amount) is Movement.UNCLEAR
    said = percent(value)
    chance = "no clear change, chance alone could make it" if unclear else "more than chance alone would make"
    name = (
        f"{area.place.name}: {said}, from {words.amount(before.amount, Unit.OFFENCES)} in "
        f"{words.period(base)} to {grouped(last)} in {words.period(shown.period)}; {chance}"
        f"{_also(area, before)}{_also(area, after)}"
    )
    signed = words.signed(value)
    label = f"({signed})" if unclear else signed
    cells = (*pair, signed, "no clear change" if unclear else "clear")
    return Told(value=value, label=label, said=said, name=name, cells=cells, figure=after, unclear=unclear)


def _why_not(before: Figure | None, after: Figure | None, shown: Picked) -> str:
    """Why no change is worked out; empty where it is."""
    base = shown.base or shown.period
    for figure, period in ((before, base), (after, shown.period)):
        why = _why_unusable(figure, words.period(period))
        if why:
            return why
    if before is None or after is None:
        return ""
    if (before.amount.number or 0) < SMALLEST_BASE:
        numbers = [grouped(one.amount.number or Decimal(0)) for one in (before, after)]
        return f"{numbers[0]} then {numbers[1]} offences: too few for a percentage"
    same = before.place == after.place
    return "" if same else "one number is published for the force and the other for the whole nation"


def _why_unusable(figure: Figure | None, when: str) -> str:
    """Why no change can be worked out of a figure; empty where it can."""
    if figure is None or figure.amount.number is None:
        return f"we hold no number of {when}"
    if figure.amount.qualifier is not Qualifier.EXACT:
        return f"the number of {when} is not exact: {words.amount(figure.amount, Unit.OFFENCES)}"
    if is_partial(figure):
        return f"the figure of {when} covers a part of it only"
    return "" if can_lead(figure) else f"the figure of {when} is in doubt: {figure.doubt}"
