"""The tile map: one square a police force area, coloured by its number, its change or its rate.

An area without a figure is hatched and says so: not printed is not zero. No area is ranked. Which figures
are drawn is chosen in ``build_areas``, how they are coloured in ``steps``.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from msgspec import Struct

from explorer.evidence import Figure, Period, Unit, formatting
from explorer.pages.model import (
    Chart,
    ChartAxis,
    ChartKind,
    ChartShape,
    ChartTable,
    ChartTableRow,
    ColourBand,
    MapTile,
    MarkFill,
    ValueScale,
)
from explorer.pages.selection import (
    HEADS,
    INTERVALS,
    ChartOption,
    ForceArea,
    MapSelection,
    base_periods,
    build_areas,
    map_figures,
    map_measures,
    population,
    rate_note,
    select_map,
)
from explorer.pages.text import phrases

from .context import ChartContext
from .findings import fit_title
from .registry import ChartType, register_chart_type
from .tile_values import RULE, ColourBins, TileValue, bin_changes, bin_values, tile_value

LAID_OUT = "Each square is one police force area, near where it lies."
HATCHED_NOTES = {
    ValueScale.COUNT: "Hatched: we hold no figure, which is not zero.",
    ValueScale.CHANGE: "Hatched: no change can be worked out, which does not mean that nothing changed.",
    ValueScale.RATE: "Hatched: no rate can be worked out, which is not zero.",
    ValueScale.CHILDREN: "Hatched: no rate can be worked out, which is not zero.",
}
NONE = {
    ValueScale.COUNT: "no figure",
    ValueScale.CHANGE: "not worked out",
    ValueScale.RATE: "no rate",
    ValueScale.CHILDREN: "no rate",
}
"""What a hatched square is called in the key."""
UNCLEAR = "no clear change"
BRACKETS = "In brackets: no clear change, as chance alone could make it. "
DOUBT_NOTE = "A number with ? is in doubt; its evidence says why."
OPEN = "A number with + is the least it can be, one with ~ is about that many."
_WHERE = "police force areas, United Kingdom"
_MOST_SOURCES = 3
_MOST_NAMED = 4


class _TileMapData(Struct, frozen=True, kw_only=True):
    """The areas with what is told of each, and the steps of their colours."""

    selection: MapSelection
    areas: tuple[ForceArea, ...]
    tile_values: tuple[TileValue, ...]
    steps: ColourBins

    @property
    def legend_bands(self) -> tuple[ColourBand, ...]:
        """The steps, and after them that of changes that are not clear, where there are any."""
        unclear = any(one.unclear for one in self.tile_values)
        return (*self.steps.bands, ColourBand(label=UNCLEAR, tone=0.0)) if unclear else self.steps.bands

    def band_of(self, area_value: TileValue) -> int | None:
        """Which of the bands an area is coloured by; None where it has no number."""
        if area_value.value is None:
            return None
        return len(self.steps.bands) if area_value.unclear else self.steps.bin_index(area_value.value)

    @property
    def with_values(self) -> tuple[TileValue, ...]:
        """What is told of the areas that have a number."""
        return tuple(one for one in self.tile_values if one.value is not None)


def map_selection_for(material: ChartContext) -> MapSelection | None:
    """What the map shows: its period, its base and the scale that it can be told on."""
    figure_query = material.reach.figure_query
    return select_map(figure_query, build_areas(figure_query, material.measure.id), material.question)


def compose_tile_map(material: ChartContext) -> Chart:
    """The map of the measure that the question reaches. Raises LookupError where there is nothing to draw."""
    tile_map = _build_tile_map(material)
    subtitle = phrases.format_subtitle(material.measure, _WHERE, _describe_period(tile_map.selection))
    title = _build_title(tile_map, material.measure.unit)
    nothing = ChartAxis(title="", low=0.0, high=1.0, ticks=())
    return Chart(
        kind=ChartKind.MAP,
        shape=ChartShape.TILES,
        title=title,
        subtitle=subtitle,
        categories=nothing,
        values=ChartAxis(title=_legend_heading(tile_map.selection, material.measure.unit), low=0.0, high=1.0, ticks=()),
        series=(),
        tiles=tuple(_build_tile(tile_map, a, t) for a, t in zip(tile_map.areas, tile_map.tile_values, strict=True)),
        bands=tile_map.legend_bands,
        keys=((MarkFill.MISSING, NONE[tile_map.selection.scale]),)
        if len(tile_map.with_values) < len(tile_map.tile_values)
        else (),
        notes=tuple(_build_notes(material, tile_map)),
        source_line=_source_line(material),
        alt_text=_alt_text(title, subtitle, tile_map),
    )


def _build_tile_map(material: ChartContext) -> _TileMapData:
    figure_query = material.reach.figure_query
    all_areas = build_areas(figure_query, material.measure.id)
    map_selection = select_map(figure_query, all_areas, material.question)
    if map_selection is None:
        raise LookupError("nothing to draw")
    area_values = tuple(tile_value(figure_query, area, map_selection) for area in all_areas)
    values = tuple(one.value for one in area_values if one.value is not None and not one.unclear)
    tenth = Decimal("0.1") if map_selection.scale in HEADS else Decimal(1)
    is_change = map_selection.scale is ValueScale.CHANGE or material.measure.unit is Unit.CHANGE
    colour_bins = bin_changes(values) if is_change else bin_values(values, tenth)
    return _TileMapData(selection=map_selection, areas=all_areas, tile_values=area_values, steps=colour_bins)


def _build_tile(tile_map: _TileMapData, area: ForceArea, area_value: TileValue) -> MapTile:
    column, row = area.place.tile or (0, 0)
    return MapTile(
        place=area.place.code,
        column=column,
        row=row,
        short=area.place.short or area.place.name[:4],
        name=area_value.name,
        label=area_value.label,
        figure=area_value.figure.id if area_value.figure is not None else "",
        band=tile_map.band_of(area_value),
    )


def _describe_period(map_selection: MapSelection) -> str:
    if map_selection.base is not None:
        return (
            f"change from {formatting.period_in_sentence(map_selection.base)} to "
            f"{formatting.period_in_sentence(map_selection.period)}"
        )
    rate = f"per {HEADS[map_selection.scale].words}, " if map_selection.scale in HEADS else ""
    return rate + formatting.period_in_sentence(map_selection.period)


def _legend_heading(map_selection: MapSelection, unit: Unit) -> str:
    """What the steps are steps of."""
    if map_selection.base is not None:
        return f"Change since {map_selection.base.label}, %"
    return f"Per {HEADS[map_selection.scale].words}" if map_selection.scale in HEADS else phrases.AXIS[unit]


def _build_title(tile_map: _TileMapData, unit: Unit) -> str:
    """The finding: from where to where the numbers reach, or in how many areas they moved. Never a leader."""
    have, every, when = tile_map.with_values, len(tile_map.tile_values), tile_map.selection.period.label
    if not have:
        return f"{when}: no number can be worked out for any area"
    if tile_map.selection.base is not None:
        rose = sum(one.value is not None and one.value > 0 and not one.unclear for one in have)
        fell = sum(one.value is not None and one.value < 0 and not one.unclear for one in have)
        if not rose and not fell:
            return _no_clear_change(tile_map, when)
        if len(have) == 1:
            return f"Offences {'rose' if rose else 'fell'} in {_only_area_name(tile_map)}, the only area compared"
        among = f"{every} UK areas" if len(have) == every else f"{len(have)} areas compared"
        return f"Offences rose in {rose} of {among}, fell in {fell}"
    sure = [one for one in have if one.figure is None or one.figure.in_doubt is None]
    low, high = (pick_(sure or have, key=_value_of).spoken_label for pick_ in (min, max))
    span = low if low == high else f"{low} to {high}"
    span += "" if sure else ", in doubt,"
    of = f"per {HEADS[tile_map.selection.scale].words}" if tile_map.selection.scale in HEADS else "offences"
    of = "as published changes" if unit is Unit.CHANGE else of
    areas_ = f"in {len(sure or have)} of {every} areas" if len(have) > 1 else f"in {_only_area_name(tile_map)}"
    return fit_title(f"{when}: {span} {of} {areas_}", f"{when}: {span} {of}")


def _value_of(one: TileValue) -> Decimal:
    return one.value or Decimal(0)


def _no_clear_change(tile_map: _TileMapData, when: str) -> str:
    """Of the areas whose change is known alone: nothing is said of the others."""
    area_count = len(tile_map.with_values)
    if 1 < area_count < len(tile_map.tile_values):
        return f"No clear change by {when} in the {area_count} areas compared"
    where = _only_area_name(tile_map) if area_count == 1 else "any area"
    finding = f"no clear change in {where} by {when}"
    return fit_title(f"Recorded offences: {finding}", formatting.capitalise(finding))


def _only_area_name(tile_map: _TileMapData) -> str:
    """The one area that has a number."""
    pairs = zip(tile_map.areas, tile_map.tile_values, strict=True)
    return next(area.place.name for area, one in pairs if one.value is not None)


def _build_notes(material: ChartContext, tile_map: _TileMapData) -> list[str]:
    map_selection = tile_map.selection
    has_gaps = len(tile_map.with_values) < len(tile_map.tile_values)
    notes = [f"{LAID_OUT} {HATCHED_NOTES[map_selection.scale]}" if has_gaps else LAID_OUT]
    if map_selection.scale is ValueScale.COUNT:
        notes += _unavailable_scale_notes(material.question.scale, tile_map, material.measure.unit)
        notes += [phrases.COUNTS_NOT_RATES] if material.measure.unit is Unit.OFFENCES else []
    if map_selection.base is not None:
        notes.append(
            f"Change is worked out where we hold exact numbers of {map_selection.base.label} and "
            f"{map_selection.period.label}, and 20 offences or more in {map_selection.base.label}."
        )
        notes += [BRACKETS.strip()] if any(one.unclear for one in tile_map.tile_values) else []
        notes += phrases.two_publications(_of_two_publications(tile_map, map_selection.base))
    if map_selection.scale in HEADS:
        notes += _rate_notes(material, tile_map)
    notes += _other_number_notes(tile_map)
    if any(one.label.endswith("?") for one in tile_map.tile_values):
        notes.append(DOUBT_NOTE)
    if any(t.label.endswith("+") or t.label.startswith("~") for t in tile_map.tile_values):
        notes.append(OPEN)
    if len(tile_map.steps.bands) > 1:
        notes.append(RULE)
    return [*notes, phrases.MORE_RECORDING]


def _other_number_notes(tile_map: _TileMapData) -> list[str]:
    """The areas that another number is published for, which is a click away."""
    periods = [p.text for p in (tile_map.selection.period, tile_map.selection.base) if p is not None]
    area_names = [
        area.place.name
        for area, one in zip(tile_map.areas, tile_map.tile_values, strict=True)
        if one.value is not None and any(area.also.get(text) for text in periods)
    ]
    return [f"Another number is also published for {formatting.join_list(area_names)}."] if area_names else []


def _of_two_publications(tile_map: _TileMapData, base: Period) -> list[str]:
    """The areas whose change is worked out from numbers of different publications."""
    area_names: list[str] = []
    for area, one in zip(tile_map.areas, tile_map.tile_values, strict=True):
        first, last = area.figures.get(base.text), area.figures.get(tile_map.selection.period.text)
        if one.value is not None and first is not None and last is not None and first.source != last.source:
            area_names.append(area.place.name)
    return area_names


def _unavailable_scale_notes(requested_scale: ValueScale, tile_map: _TileMapData, unit: Unit) -> list[str]:
    """What was asked for and cannot be had."""
    if unit is Unit.CHANGE:
        return [] if requested_scale is ValueScale.COUNT else ["Published changes are shown: they have no rate."]
    if requested_scale is ValueScale.CHANGE:
        return ["Counts are shown: no area has numbers of two periods that a change could be worked out from."]
    if requested_scale in HEADS:
        when = formatting.period_in_sentence(tile_map.selection.period)
        return [f"Counts are shown: we hold no population that a rate for {when} could be worked out with."]
    return []


def _rate_notes(material: ChartContext, tile_map: _TileMapData) -> list[str]:
    figure_query, map_selection = material.reach.figure_query, tile_map.selection
    pairs = list(zip(tile_map.areas, tile_map.tile_values, strict=True))
    populations = [
        population(figure_query, area, one.figure, map_selection.scale, map_selection.basis)
        for area, one in pairs
        if one.figure is not None and one.value is not None
    ]
    known_populations = [one for one in populations if one is not None]
    without = [
        area.place.name
        for area, one in pairs
        if one.figure is not None and one.figure.amount.number is not None and one.value is None
    ]
    notes = [rate_note(material.library, known_populations, map_selection.scale)] if known_populations else []
    notes.append(INTERVALS.replace("The line through a rate is its", "Each area's card and the table give its"))
    if without:
        notes.append(f"No rate can be worked out for {formatting.several_named(without, _MOST_NAMED)}.")
    return notes


def _source_line(material: ChartContext) -> str:
    """Who printed the figures. Many publications are too many for a line: the table has each."""
    source_names: dict[str, None] = {}
    for figure in material.figures:
        source_names.setdefault(phrases.source_named(material.source_for(figure)))
    shown_names = list(source_names)[:_MOST_SOURCES]
    more = len(source_names) - len(shown_names)
    rest = f"; and {formatting.pluralise(more, 'other publication')}, each named in the table" if more else ""
    packs = formatting.join_list(sorted({figure.pack for figure in material.figures}))
    return f"Source: {'; '.join(shown_names)}{rest}. Pack: {packs}."


def _alt_text(title: str, subtitle: str, tile_map: _TileMapData) -> str:
    pairs = list(zip(tile_map.areas, tile_map.tile_values, strict=True))
    numbers = "; ".join(f"{area.place.name} {one.spoken_label}" for area, one in pairs if one.value is not None)
    none = formatting.join_list(area.place.name for area, one in pairs if one.value is None)
    missing_text = f" {formatting.capitalise(NONE[tile_map.selection.scale])}: {none}." if none else ""
    return (
        f"Tile map. {formatting.to_sentence(title)} {formatting.to_sentence(subtitle)} "
        f"{formatting.to_sentence(numbers)}{missing_text}"
    )


def table_rows(material: ChartContext) -> ChartTable:
    """The table twin: a row a force area in place order, "[x]" where there is no number."""
    tile_map = _build_tile_map(material)
    columns = (
        "Police force area",
        *_value_columns(tile_map.selection, material.measure.unit),
        "As published",
        "Source",
    )
    rows = tuple(
        ChartTableRow(
            figure=t.figure.id if t.figure else "",
            cells=(a.place.name, *t.cells, *_published_cells(material, t.figure)),
        )
        for a, t in zip(tile_map.areas, tile_map.tile_values, strict=True)
    )
    missing = any("[x]" in row.cells for row in rows)
    unreliable = any("[u]" in cell for row in rows for cell in row.cells)
    statuses = dict.fromkeys(
        t.figure.amount.status for t in tile_map.tile_values if t.figure and t.figure.amount.status
    )
    status_notes = [f"[{s}] {formatting.STATUS_WORDS[s]}" for s in statuses if s != "x"]
    return ChartTable(
        columns=columns,
        rows=rows,
        numeric=tuple(range(1, len(columns) - 2)),
        shorthand=(
            *(("[x] we hold no number, or none can be worked out",) if missing else ()),
            *(("[u] of low reliability: fewer than 20 offences",) if unreliable else ()),
            *status_notes,
        ),
    )


def _value_columns(map_selection: MapSelection, unit: Unit) -> tuple[str, ...]:
    if map_selection.base is not None:
        return (
            _offences_heading(map_selection.base),
            _offences_heading(map_selection.period),
            "Change (%)",
            "Beyond chance",
        )
    count_column = (f"{phrases.AXIS[unit]}, {map_selection.period.label}",)
    if map_selection.scale not in HEADS:
        return count_column
    living = "Children" if map_selection.scale is ValueScale.CHILDREN else "People"
    return (*count_column, living, f"Per {HEADS[map_selection.scale].words}", "95% interval")


def _offences_heading(period: Period) -> str:
    return f"Offences recorded, {period.label}"


def _published_cells(material: ChartContext, figure: Figure | None) -> tuple[str, str]:
    if figure is None:
        return "not held", ""
    source = material.source_for(figure)
    return figure.printed, f"{phrases.source_named(source)}, {figure.locator}"


# What the kind is, for the registry.


def _list_bases(material: ChartContext) -> tuple[Sequence[Period], Period | None]:
    map_selection = map_selection_for(material)
    if map_selection is None:
        return (), None
    all_areas = build_areas(material.reach.figure_query, material.measure.id)
    return base_periods(all_areas, map_selection.period), map_selection.base


def _shows_scale(material: ChartContext) -> bool:
    map_selection = map_selection_for(material)
    return map_selection is not None and map_selection.scale is material.question.scale


def _shown_periods(material: ChartContext) -> frozenset[str]:
    """The period of the map, and not the base that a change is counted from."""
    map_selection = map_selection_for(material)
    return frozenset({map_selection.period.text} if map_selection is not None else ())


register_chart_type(
    ChartType(
        kind=ChartKind.MAP,
        label="Map",
        shortcut="Ctrl+Shift+M",
        select=lambda figure_query, _, question: map_figures(figure_query, question),
        can_draw=lambda figure_query, _place, _question: bool(figure_query.any_force_figure()),
        why_empty=lambda _figure_query, _place: "We hold no figure of a police force area.",
        measures=lambda figure_query, _: map_measures(figure_query),
        options=frozenset({ChartOption.PERIOD}),
        scales=(
            (ValueScale.COUNT, "Counts"),
            (ValueScale.CHANGE, "Change"),
            (ValueScale.RATE, "Per 100,000 people"),
            (ValueScale.CHILDREN, "Per 10,000 children"),
        ),
        of_every_place=True,
        build=compose_tile_map,
        table=table_rows,
        bases=_list_bases,
        shows_scale=_shows_scale,
        shown_periods=_shown_periods,
    )
)
