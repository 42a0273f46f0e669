"""What a map tells of one force area: its number on the map's scale, or the reason why there is none."""

from __future__ import annotations

from decimal import Decimal

from msgspec import Struct

from explorer.evidence.model import Amount, Figure, Qualifier, Unit
from explorer.evidence.scope import is_partial

from . import words
from .areas import Area, Picked, people
from .held import Held
from .question import Scale
from .scale import grouped
from .steps import percent

NOTHING = "[x]"
_PER = Decimal(100_000)
_HUNDRED = Decimal(100)
_SHORT = {Qualifier.EXACT: "{}", Qualifier.AT_LEAST: "{}+", Qualifier.ABOUT: "~{}", Qualifier.ALMOST: "<{}"}
"""How a number is written where there is room for a few characters only."""


class Told(Struct, frozen=True, kw_only=True):
    """What is told of an area. ``value`` is rounded as it is shown; None where there is no number."""

    value: Decimal | None
    label: str
    """For the square: "66", "20+", "+17" or "[x]"."""
    said: str
    """For a sentence: "66", "at least 20"."""
    name: str
    """The whole of it, for the card and for screen readers."""
    cells: tuple[str, ...]
    """For the table."""
    figure: Figure | None
    """The figure that is chosen with the square."""


def told(held: Held, area: Area, shown: Picked) -> Told:
    """What a map shows of ``area``."""
    if shown.base is not None:
        return _change(area, shown)
    figure = area.figures.get(shown.period.text)
    if figure is None:
        missing = f"{area.place.name}, {words.period(shown.period)}: no figure is printed"
        wide = 3 if shown.scale is Scale.RATE else 1
        return _nothing(missing, None, (NOTHING,) * wide)
    return _rate(held, area, figure) if shown.scale is Scale.RATE else _count(area, figure)


def _nothing(name: str, figure: Figure | None, cells: tuple[str, ...], label: str = NOTHING) -> Told:
    return Told(value=None, label=label, said=label, name=name, cells=cells, figure=figure)


def _count(area: Area, figure: Figure) -> Told:
    label = short(figure.amount)
    said = words.numbers(figure.amount, Unit.OFFENCES)
    name = _named(area, figure)
    if figure.amount.number is None:
        return _nothing(name, figure, (label,), label)
    return Told(value=figure.amount.number, label=label, said=said, name=name, cells=(said,), figure=figure)


def _named(area: Area, figure: Figure) -> str:
    """The area with its number: "Lancashire, 2017/18: 175 offences; also printed as 64"."""
    told_ = words.datum(figure, area.place, Unit.OFFENCES)
    if figure.place != area.place.code:
        told_ += ", printed for the whole nation"
    return told_ + _also(area, figure)


def _also(area: Area, figure: Figure) -> str:
    """The other numbers that are printed for the same thing."""
    other = dict.fromkeys(
        words.numbers(f.amount, Unit.OFFENCES) for f in area.also.get(figure.period.text, ())
    )
    return f"; {words.period(figure.period)} is also printed as {words.listed(other)}" if other else ""


def short(amount: Amount) -> str:
    """An amount in a few characters: "66", "20+", "~300", "[c]"."""
    if amount.number is None:
        return f"[{amount.status}]" if amount.status else NOTHING
    return _SHORT[amount.qualifier].format(grouped(amount.number))


def _rate(held: Held, area: Area, figure: Figure) -> Told:
    count = short(figure.amount)
    if figure.amount.number is None:
        return _nothing(_named(area, figure), figure, (count, NOTHING, NOTHING))
    of = people(held, area, figure)
    if of is None or not of.amount.number:
        name = f"{_named(area, figure)}; no rate, as no population of that year is held"
        return _nothing(name, figure, (count, NOTHING, NOTHING))
    value = words.rounded(figure.amount.number / of.amount.number * _PER, 1)
    label = _SHORT[figure.amount.qualifier].format(f"{value:,.1f}")
    inhabitants = grouped(of.amount.number)
    name = (
        f"{area.place.name}, {words.period(figure.period)}: {label} offences per 100,000 people "
        f"({words.amount(figure.amount, Unit.OFFENCES)}, {inhabitants} people){_also(area, figure)}"
    )
    cells = (words.numbers(figure.amount, Unit.OFFENCES), inhabitants, f"{value:,.1f}")
    return Told(value=value, label=label, said=label, name=name, cells=cells, figure=figure)


def _change(area: Area, shown: Picked) -> Told:
    base = shown.base or shown.period
    before, after = area.figures.get(base.text), area.figures.get(shown.period.text)
    pair = tuple(NOTHING if f is None else words.numbers(f.amount, Unit.OFFENCES) for f in (before, after))
    why = _why_not(before, after, shown)
    if why or before is None or after is None:
        name = f"{area.place.name}: no change is worked out, as {why}"
        return _nothing(name, after or before, (*pair, NOTHING))
    first, last = before.amount.number or Decimal(0), after.amount.number or Decimal(0)
    value = words.rounded((last - first) / first * _HUNDRED, 0)
    said = percent(value)
    name = (
        f"{area.place.name}: {said}, from {words.amount(before.amount, Unit.OFFENCES)} in "
        f"{words.period(base)} to {grouped(last)} in {words.period(shown.period)}"
        f"{_also(area, before)}{_also(area, after)}"
    )
    signed = words.signed(value)
    cells = (*pair, signed)
    return Told(value=value, label=signed, said=said, name=name, cells=cells, figure=after)


def _why_not(before: Figure | None, after: Figure | None, shown: Picked) -> str:
    """Why no change is worked out; empty where it is."""
    base = shown.base or shown.period
    for figure, period in ((before, base), (after, shown.period)):
        when = words.period(period)
        if figure is None or figure.amount.number is None:
            return f"no number of {when} is printed"
        if figure.amount.qualifier is not Qualifier.EXACT:
            return f"the number of {when} is not exact: {words.amount(figure.amount, Unit.OFFENCES)}"
        if is_partial(figure):
            return f"the figure of {when} covers a part of it only"
    if before is not None and not before.amount.number:
        return f"the number of {words.period(base)} is 0"
    if before is not None and after is not None and before.place != after.place:
        return "one number is printed for the force and the other for the whole nation"
    return ""
