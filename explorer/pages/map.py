"""The tile map: one square a police force area, coloured by its number, its change or its rate.

An area without a figure is hatched and says so: not printed is not zero. No area is ranked. Which figures
are drawn is chosen in ``areas``, how they are coloured in ``steps``.
"""

from __future__ import annotations

from decimal import Decimal

from msgspec import Struct

from explorer.evidence.model import Figure, Period, Unit

from . import words
from .areas import Area, Picked, areas, base_periods, mapped, measures, people, pick, shown_periods
from .chart import Axis, Chart, ChartKind, Fill, Shape, Tile
from .material import Material
from .page import Row, Table
from .question import Scale
from .steps import RULE, Steps, changes, steps
from .told import Told, told

__all__ = ["base_periods", "compose", "mapped", "measures", "picked", "shown_periods", "table_rows"]

LAID_OUT = "Each square is one police force area, near where it lies."
HATCHED = {
    Scale.COUNT: "Hatched: no figure is printed, which is not zero.",
    Scale.CHANGE: "Hatched: no change can be worked out, which does not mean that nothing changed.",
    Scale.RATE: "Hatched: no rate can be worked out, which is not zero.",
}
NONE = {Scale.COUNT: "no figure", Scale.CHANGE: "not worked out", Scale.RATE: "no rate"}
"""What a hatched square is called in the key."""
OPEN = "A number with + is the least it can be, one with ~ is about that many."
_WHERE = "police force areas, United Kingdom"
_MOST_WORDS = 10
_MOST_SOURCES = 3
_MOST_NAMED = 4


class _Map(Struct, frozen=True, kw_only=True):
    """The areas with what is told of each, and the steps of their colours."""

    picked: Picked
    areas: tuple[Area, ...]
    told: tuple[Told, ...]
    steps: Steps

    @property
    def have(self) -> tuple[Told, ...]:
        """What is told of the areas that have a number."""
        return tuple(one for one in self.told if one.value is not None)


def picked(material: Material) -> Picked | None:
    """What the map shows: its period, its base and the scale that it can be told on."""
    held = material.reach.held
    return pick(held, areas(held, material.measure.id), material.question)


def compose(material: Material) -> Chart:
    """The map of the measure that the question reaches. Raises LookupError where there is nothing to draw."""
    drawn = _drawn(material)
    subtitle = words.subtitle(material.measure, _WHERE, _when(drawn.picked))
    title = _title(drawn)
    nothing = Axis(title="", low=0.0, high=1.0, ticks=())
    return Chart(
        kind=ChartKind.MAP,
        shape=Shape.TILES,
        title=title,
        subtitle=subtitle,
        categories=nothing,
        values=Axis(title=_heading(drawn.picked), low=0.0, high=1.0, ticks=()),
        series=(),
        tiles=tuple(_tile(drawn, a, t) for a, t in zip(drawn.areas, drawn.told, strict=True)),
        bands=drawn.steps.bands,
        keys=((Fill.MISSING, NONE[drawn.picked.scale]),) if len(drawn.have) < len(drawn.told) else (),
        notes=tuple(_notes(material, drawn)),
        source_line=_source_line(material),
        alt_text=_alt_text(title, subtitle, drawn),
    )


def _drawn(material: Material) -> _Map:
    held = material.reach.held
    found = areas(held, material.measure.id)
    shown = pick(held, found, material.question)
    if shown is None:
        raise LookupError("nothing to draw")
    said = tuple(told(held, area, shown) for area in found)
    values = tuple(one.value for one in said if one.value is not None)
    tenth = Decimal("0.1") if shown.scale is Scale.RATE else Decimal(1)
    parted = changes(values) if shown.scale is Scale.CHANGE else steps(values, tenth)
    return _Map(picked=shown, areas=found, told=said, steps=parted)


def _tile(drawn: _Map, area: Area, said: Told) -> Tile:
    column, row = area.place.tile or (0, 0)
    return Tile(
        place=area.place.code,
        column=column,
        row=row,
        short=area.place.short or area.place.name[:4],
        name=said.name,
        label=said.label,
        figure=said.figure.id if said.figure is not None else "",
        band=None if said.value is None else drawn.steps.of(said.value),
    )


def _when(shown: Picked) -> str:
    if shown.base is not None:
        return f"change from {words.period(shown.base)} to {words.period(shown.period)}"
    rate = "per 100,000 people, " if shown.scale is Scale.RATE else ""
    return rate + words.period(shown.period)


def _heading(shown: Picked) -> str:
    """What the steps are steps of."""
    if shown.base is not None:
        return f"Change since {shown.base.label}, %"
    return "Per 100,000 people" if shown.scale is Scale.RATE else words.AXIS[Unit.OFFENCES]


def _title(drawn: _Map) -> str:
    """The finding: how many of all areas have a number, or a rise. Never which area leads."""
    have, every = len(drawn.have), len(drawn.told)
    if drawn.picked.scale is Scale.CHANGE:
        rose = sum(one.value is not None and one.value > 0 for one in drawn.told)
        unknown = f"areas, {every - have} unknown" if have < every else "force areas"
        return f"Recorded offences rose in {rose} of {every} {unknown}"
    what = "rate" if drawn.picked.scale is Scale.RATE else "figure"
    lead = f"{have} of {every} force areas {'has' if have == 1 else 'have'} a {what}"
    whole = f"{lead} for {drawn.picked.period.label}"
    return whole if len(whole.split()) <= _MOST_WORDS else lead


def _notes(material: Material, drawn: _Map) -> list[str]:
    shown = drawn.picked
    hatched = len(drawn.have) < len(drawn.told)
    notes = [f"{LAID_OUT} {HATCHED[shown.scale]}" if hatched else LAID_OUT]
    if shown.scale is Scale.COUNT:
        notes += _refused(material.question.scale, drawn)
        notes.append(words.COUNTS_NOT_RATES)
    if shown.base is not None:
        notes.append(
            f"Change is worked out where exact numbers are printed for {shown.base.label} and "
            f"{shown.period.label}. Small numbers change by large percentages."
        )
    if shown.scale is Scale.RATE:
        notes += _rate_notes(material, drawn)
    notes += _differing(drawn)
    if any(t.label.endswith("+") or t.label.startswith("~") for t in drawn.told):
        notes.append(OPEN)
    if len(drawn.steps.bands) > 1:
        notes.append(RULE)
    return [*notes, words.MORE_RECORDING]


def _differing(drawn: _Map) -> list[str]:
    """The areas that another number is printed for, which is a click away."""
    periods = [p.text for p in (drawn.picked.period, drawn.picked.base) if p is not None]
    named = [
        area.place.name
        for area, one in zip(drawn.areas, drawn.told, strict=True)
        if one.value is not None and any(area.also.get(text) for text in periods)
    ]
    return [f"Another number is also printed for {words.listed(named)}."] if named else []


def _refused(asked: Scale, drawn: _Map) -> list[str]:
    """What was asked for and cannot be had."""
    if asked is Scale.CHANGE:
        return ["Counts are shown: no area has numbers of two periods that change could be worked out from."]
    if asked is Scale.RATE:
        when = words.period(drawn.picked.period)
        return [f"Counts are shown: no population is held that a rate for {when} could be worked out with."]
    return []


def _rate_notes(material: Material, drawn: _Map) -> list[str]:
    held, library = material.reach.held, material.library
    used = [people(held, a, t.figure) for a, t in zip(drawn.areas, drawn.told, strict=True) if t.figure]
    stood = [one for one in used if one is not None]
    year = stood[0].period.label if stood else ""
    sources = words.listed(dict.fromkeys(words.source_named(library.source(one.source)) for one in stood))
    without = [
        area.place.name
        for area, one in zip(drawn.areas, drawn.told, strict=True)
        if one.figure is not None and one.figure.amount.number is not None and one.value is None
    ]
    notes = [f"Rates are per 100,000 people of all ages, by the mid-year estimates of {year} ({sources})."]
    if without:
        more = len(without) - _MOST_NAMED
        named = [*without[:_MOST_NAMED], f"{more} more"] if more > 1 else without
        notes.append(f"No rate where no population of that year is held: {words.listed(named)}.")
    return notes


def _source_line(material: Material) -> str:
    """Who printed the figures. Many publications are too many for a line: the table has each."""
    told_: dict[str, None] = {}
    for figure in material.figures:
        told_.setdefault(words.source_named(material.source(figure)))
    named = list(told_)[:_MOST_SOURCES]
    more = len(told_) - len(named)
    rest = f"; and {words.counted(more, 'other publication')}, each named in the table" if more else ""
    packs = words.listed(sorted({figure.pack for figure in material.figures}))
    return f"Source: {'; '.join(named)}{rest}. Pack: {packs}."


def _alt_text(title: str, subtitle: str, drawn: _Map) -> str:
    pairs = list(zip(drawn.areas, drawn.told, strict=True))
    numbers = "; ".join(f"{area.place.name} {one.said}" for area, one in pairs if one.value is not None)
    none = words.listed(area.place.name for area, one in pairs if one.value is None)
    left = f" {words.capital(NONE[drawn.picked.scale])}: {none}." if none else ""
    return f"Tile map. {words.sentence(title)} {words.sentence(subtitle)} {words.sentence(numbers)}{left}"


def table_rows(material: Material) -> Table:
    """The table twin: a row a force area in place order, "[x]" where there is no number."""
    drawn = _drawn(material)
    columns = ("Police force area", *_columns(drawn.picked), "Printed as", "Source")
    rows = tuple(
        Row(
            figure=t.figure.id if t.figure else "",
            cells=(a.place.name, *t.cells, *_printed(material, t.figure)),
        )
        for a, t in zip(drawn.areas, drawn.told, strict=True)
    )
    missing = any("[x]" in row.cells for row in rows)
    statuses = dict.fromkeys(
        t.figure.amount.status for t in drawn.told if t.figure and t.figure.amount.status
    )
    meant = [f"[{s}] {words.STATUS_WORDS[s]}" for s in statuses if s != "x"]
    return Table(
        columns=columns,
        rows=rows,
        numeric=tuple(range(1, len(columns) - 2)),
        shorthand=(*(("[x] no number is printed, or none can be worked out",) if missing else ()), *meant),
    )


def _columns(shown: Picked) -> tuple[str, ...]:
    if shown.base is not None:
        return (_offences(shown.base), _offences(shown.period), "Change (%)")
    counted = (_offences(shown.period),)
    return (*counted, "People", "Per 100,000 people") if shown.scale is Scale.RATE else counted


def _offences(period: Period) -> str:
    return f"Offences recorded, {period.label}"


def _printed(material: Material, figure: Figure | None) -> tuple[str, str]:
    if figure is None:
        return "not printed", ""
    source = material.source(figure)
    return figure.printed, f"{words.source_named(source)}, {figure.locator}"
