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
from .chart import Axis, Band, Chart, ChartKind, Fill, Shape, Tile
from .findings import fitted
from .material import Material
from .page import Row, Table
from .question import Scale
from .scaled import HEADS, INTERVALS, rate_note
from .steps import RULE, Steps, changes, steps
from .told import Told, told

__all__ = ["base_periods", "compose", "mapped", "measures", "picked", "shown_periods", "table_rows"]

LAID_OUT = "Each square is one police force area, near where it lies."
HATCHED = {
    Scale.COUNT: "Hatched: we hold no figure, which is not zero.",
    Scale.CHANGE: "Hatched: no change can be worked out, which does not mean that nothing changed.",
    Scale.RATE: "Hatched: no rate can be worked out, which is not zero.",
    Scale.CHILDREN: "Hatched: no rate can be worked out, which is not zero.",
}
NONE = {
    Scale.COUNT: "no figure",
    Scale.CHANGE: "not worked out",
    Scale.RATE: "no rate",
    Scale.CHILDREN: "no rate",
}
"""What a hatched square is called in the key."""
UNCLEAR = "no clear change"
BRACKETS = "In brackets: no clear change, as chance alone could make it. "
DOUBTED = "A number with ? is in doubt; its evidence says why."
OPEN = "A number with + is the least it can be, one with ~ is about that many."
_WHERE = "police force areas, United Kingdom"
_MOST_SOURCES = 3
_MOST_NAMED = 4


class _Map(Struct, frozen=True, kw_only=True):
    """The areas with what is told of each, and the steps of their colours."""

    picked: Picked
    areas: tuple[Area, ...]
    told: tuple[Told, ...]
    steps: Steps

    @property
    def bands(self) -> tuple[Band, ...]:
        """The steps, and after them that of changes that are not clear, where there are any."""
        unclear = any(one.unclear for one in self.told)
        return (*self.steps.bands, Band(label=UNCLEAR, tone=0.0)) if unclear else self.steps.bands

    def band_of(self, said: Told) -> int | None:
        """Which of the bands an area is coloured by; None where it has no number."""
        if said.value is None:
            return None
        return len(self.steps.bands) if said.unclear else self.steps.of(said.value)

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
    title = _title(drawn, material.measure.unit)
    nothing = Axis(title="", low=0.0, high=1.0, ticks=())
    return Chart(
        kind=ChartKind.MAP,
        shape=Shape.TILES,
        title=title,
        subtitle=subtitle,
        categories=nothing,
        values=Axis(title=_heading(drawn.picked, material.measure.unit), low=0.0, high=1.0, ticks=()),
        series=(),
        tiles=tuple(_tile(drawn, a, t) for a, t in zip(drawn.areas, drawn.told, strict=True)),
        bands=drawn.bands,
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
    values = tuple(one.value for one in said if one.value is not None and not one.unclear)
    tenth = Decimal("0.1") if shown.scale in HEADS else Decimal(1)
    signed = shown.scale is Scale.CHANGE or material.measure.unit is Unit.CHANGE
    parted = changes(values) if signed else steps(values, tenth)
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
        band=drawn.band_of(said),
    )


def _when(shown: Picked) -> str:
    if shown.base is not None:
        return f"change from {words.period(shown.base)} to {words.period(shown.period)}"
    rate = f"per {HEADS[shown.scale].words}, " if shown.scale in HEADS else ""
    return rate + words.period(shown.period)


def _heading(shown: Picked, unit: Unit) -> str:
    """What the steps are steps of."""
    if shown.base is not None:
        return f"Change since {shown.base.label}, %"
    return f"Per {HEADS[shown.scale].words}" if shown.scale in HEADS else words.AXIS[unit]


def _title(drawn: _Map, unit: Unit) -> str:
    """The finding: from where to where the numbers reach, or in how many areas they moved. Never a leader."""
    have, every, when = drawn.have, len(drawn.told), drawn.picked.period.label
    if not have:
        return f"{when}: no number can be worked out for any area"
    if drawn.picked.base is not None:
        rose = sum(one.value is not None and one.value > 0 and not one.unclear for one in have)
        fell = sum(one.value is not None and one.value < 0 and not one.unclear for one in have)
        if not rose and not fell:
            return _no_clear_change(drawn, when)
        if len(have) == 1:
            return f"Offences {'rose' if rose else 'fell'} in {_only(drawn)}, the only area compared"
        among = f"{every} UK areas" if len(have) == every else f"{len(have)} areas compared"
        return f"Offences rose in {rose} of {among}, fell in {fell}"
    sure = [one for one in have if one.figure is None or one.figure.in_doubt is None]
    low, high = (pick_(sure or have, key=_value_of).said for pick_ in (min, max))
    span = low if low == high else f"{low} to {high}"
    span += "" if sure else ", in doubt,"
    of = f"per {HEADS[drawn.picked.scale].words}" if drawn.picked.scale in HEADS else "offences"
    of = "as published changes" if unit is Unit.CHANGE else of
    areas_ = f"in {len(sure or have)} of {every} areas" if len(have) > 1 else f"in {_only(drawn)}"
    return fitted(f"{when}: {span} {of} {areas_}", f"{when}: {span} {of}")


def _value_of(one: Told) -> Decimal:
    return one.value or Decimal(0)


def _no_clear_change(drawn: _Map, when: str) -> str:
    """Of the areas whose change is known alone: nothing is said of the others."""
    compared = len(drawn.have)
    if 1 < compared < len(drawn.told):
        return f"No clear change by {when} in the {compared} areas compared"
    where = _only(drawn) if compared == 1 else "any area"
    return f"Recorded offences: no clear change in {where} by {when}"


def _only(drawn: _Map) -> str:
    """The one area that has a number."""
    pairs = zip(drawn.areas, drawn.told, strict=True)
    return next(area.place.name for area, one in pairs if one.value is not None)


def _notes(material: Material, drawn: _Map) -> list[str]:
    shown = drawn.picked
    hatched = len(drawn.have) < len(drawn.told)
    notes = [f"{LAID_OUT} {HATCHED[shown.scale]}" if hatched else LAID_OUT]
    if shown.scale is Scale.COUNT:
        notes += _refused(material.question.scale, drawn, material.measure.unit)
        notes += [words.COUNTS_NOT_RATES] if material.measure.unit is Unit.OFFENCES else []
    if shown.base is not None:
        notes.append(
            f"Change is worked out where we hold exact numbers of {shown.base.label} and "
            f"{shown.period.label}, and 20 offences or more in {shown.base.label}."
        )
        notes += [BRACKETS.strip()] if any(one.unclear for one in drawn.told) else []
        notes += words.two_publications(_of_two_publications(drawn, shown.base))
    if shown.scale in HEADS:
        notes += _rate_notes(material, drawn)
    notes += _differing(drawn)
    if any(one.label.endswith("?") for one in drawn.told):
        notes.append(DOUBTED)
    if any(t.label.endswith("+") or t.label.startswith("~") for t in drawn.told):
        notes.append(OPEN)
    if len(drawn.steps.bands) > 1:
        notes.append(RULE)
    return [*notes, words.MORE_RECORDING]


def _differing(drawn: _Map) -> list[str]:
    """The areas that another number is published for, which is a click away."""
    periods = [p.text for p in (drawn.picked.period, drawn.picked.base) if p is not None]
    named = [
        area.place.name
        for area, one in zip(drawn.areas, drawn.told, strict=True)
        if one.value is not None and any(area.also.get(text) for text in periods)
    ]
    return [f"Another number is also published for {words.listed(named)}."] if named else []


def _of_two_publications(drawn: _Map, base: Period) -> list[str]:
    """The areas whose change is worked out from numbers of different publications."""
    found: list[str] = []
    for area, one in zip(drawn.areas, drawn.told, strict=True):
        first, last = area.figures.get(base.text), area.figures.get(drawn.picked.period.text)
        if one.value is not None and first is not None and last is not None and first.source != last.source:
            found.append(area.place.name)
    return found


def _refused(asked: Scale, drawn: _Map, unit: Unit) -> list[str]:
    """What was asked for and cannot be had."""
    if unit is Unit.CHANGE:
        return [] if asked is Scale.COUNT else ["Published changes are shown: they have no rate."]
    if asked is Scale.CHANGE:
        return [
            "Counts are shown: no area has numbers of two periods that a change could be worked out from."
        ]
    if asked in HEADS:
        when = words.period(drawn.picked.period)
        return [f"Counts are shown: we hold no population that a rate for {when} could be worked out with."]
    return []


def _rate_notes(material: Material, drawn: _Map) -> list[str]:
    held, shown = material.reach.held, drawn.picked
    pairs = list(zip(drawn.areas, drawn.told, strict=True))
    used = [
        people(held, area, one.figure, shown.scale, shown.basis)
        for area, one in pairs
        if one.figure is not None and one.value is not None
    ]
    taken = [one for one in used if one is not None]
    without = [
        area.place.name
        for area, one in pairs
        if one.figure is not None and one.figure.amount.number is not None and one.value is None
    ]
    notes = [rate_note(material.library, taken, shown.scale)] if taken else []
    notes.append(
        INTERVALS.replace("The line through a rate is its", "Each area's card and the table give its")
    )
    if without:
        notes.append(f"No rate can be worked out for {words.several_named(without, _MOST_NAMED)}.")
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
    columns = ("Police force area", *_columns(drawn.picked, material.measure.unit), "As published", "Source")
    rows = tuple(
        Row(
            figure=t.figure.id if t.figure else "",
            cells=(a.place.name, *t.cells, *_printed(material, t.figure)),
        )
        for a, t in zip(drawn.areas, drawn.told, strict=True)
    )
    missing = any("[x]" in row.cells for row in rows)
    unreliable = any("[u]" in cell for row in rows for cell in row.cells)
    statuses = dict.fromkeys(
        t.figure.amount.status for t in drawn.told if t.figure and t.figure.amount.status
    )
    meant = [f"[{s}] {words.STATUS_WORDS[s]}" for s in statuses if s != "x"]
    return Table(
        columns=columns,
        rows=rows,
        numeric=tuple(range(1, len(columns) - 2)),
        shorthand=(
            *(("[x] we hold no number, or none can be worked out",) if missing else ()),
            *(("[u] of low reliability: fewer than 20 offences",) if unreliable else ()),
            *meant,
        ),
    )


def _columns(shown: Picked, unit: Unit) -> tuple[str, ...]:
    if shown.base is not None:
        return (_offences(shown.base), _offences(shown.period), "Change (%)", "Beyond chance")
    counted = (f"{words.AXIS[unit]}, {shown.period.label}",)
    if shown.scale not in HEADS:
        return counted
    living = "Children" if shown.scale is Scale.CHILDREN else "People"
    return (*counted, living, f"Per {HEADS[shown.scale].words}", "95% interval")


def _offences(period: Period) -> str:
    return f"Offences recorded, {period.label}"


def _printed(material: Material, figure: Figure | None) -> tuple[str, str]:
    if figure is None:
        return "not held", ""
    source = material.source(figure)
    return figure.printed, f"{words.source_named(source)}, {figure.locator}"
