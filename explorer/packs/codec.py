"""Rows turned into the values of the evidence model, ids made global: "PACK/ID".

One function a table. They report what is wrong through the cells and go on, so that one reading finds
every problem; what they give for a row with a problem is thrown away with the whole pack.
"""

from __future__ import annotations

import enum
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from typing import cast

from explorer.evidence import (
    Claim,
    Demand,
    Event,
    EvidenceNote,
    Figure,
    InDoubt,
    Measure,
    MeasureBreak,
    NoteKind,
    OtherName,
    Pack,
    Period,
    Place,
    PlaceLevel,
    Platform,
    Quote,
    RegionMembership,
    Source,
    SourceKind,
    Unit,
    VoiceKind,
    compute_bounds,
    parse_period,
)
from explorer.packs import row_checks
from explorer.packs.row_checks import EVENT_SETTINGS

from .cells import RowCells
from .schema import MEASURES, PACK_TABLES, PLATFORMS, ColumnSchema, ColumnType, TableSchema

_SOME_PERIOD = parse_period("2000")
"""Stands in for a period that cannot be read, until the pack is refused."""


def build_source(cells: RowCells) -> Source:
    """A row of ``sources``."""
    return Source(
        id=cells.local_id(),
        title=cells.read_text("title"),
        publisher=cells.read_text("publisher"),
        kind=SourceKind(cells.read_choice("kind") or SourceKind.USER),
        published=cells.read_date("published"),
        address=cells.read_address("address"),
        note=cells.read_text("note"),
        origin=cells.read_text("origin"),
    )


def build_measure(cells: RowCells) -> Measure:
    """A row of ``measures``. Its id is shared by all packs."""
    new_measure = Measure(
        id=cells.read_id(),
        name=cells.read_text("name"),
        unit=Unit(cells.read_choice("unit") or Unit.OFFENCES),
        definition=cells.read_text("definition"),
        group=cells.read_text("group"),
        code=cells.read_text("code"),
        breaks=cells.read_breaks("breaks"),
    )
    cells.context.units[new_measure.id] = new_measure.unit
    return new_measure


def build_platform(cells: RowCells) -> Platform:
    """A row of ``platforms``. Its id is shared by all packs."""
    return Platform(
        id=cells.read_id(),
        name=cells.read_text("name"),
        owner=cells.read_text("owner"),
        members=cells.read_ids("members"),
        order=cells.read_whole_number("order") or 0,
    )


def build_figure(cells: RowCells) -> Figure:
    """A row of ``figures``."""
    measure_id = cells.read_id("measure")
    responding, total = row_checks.read_force_counts(cells)
    in_doubt, doubt = row_checks.read_doubt(cells)
    return Figure(
        id=cells.local_id(),
        measure=measure_id,
        place=cells.read_place("place"),
        period=cells.read_period("period") or _SOME_PERIOD,
        amount=row_checks.read_figure_amount(cells, cells.context.units.get(measure_id)),
        printed=cells.read_text("printed"),
        source=cells.local_id("source"),
        locator=cells.read_text("locator"),
        pack=cells.context.pack,
        platform=cells.read_id("platform") or None,
        breakdown=cells.read_text("breakdown"),
        base=cells.read_text("base"),
        base_figure=cells.local_id("base_figure") or None,
        forces_responding=responding,
        forces_total=total,
        coverage=cells.read_text("coverage"),
        note=cells.read_text("note"),
        basis=cells.read_text("basis"),
        in_doubt=InDoubt(in_doubt) if in_doubt else None,
        doubt=doubt,
    )


def build_event(cells: RowCells) -> Event:
    """A row of ``events``."""
    return Event(
        id=cells.local_id(),
        name=cells.read_text("name"),
        date=cells.read_date("date"),
        source=cells.local_id("source"),
        pack=cells.context.pack,
        locator=cells.read_text("locator"),
        reported=cells.read_flag("reported"),
        measure=cells.read_id("measure") or None,
        places=cells.read_places("places"),
        note=cells.read_text("note"),
    )


def build_quote(cells: RowCells) -> Quote:
    """A row of ``quotes``."""
    return Quote(
        id=cells.local_id(),
        kind=VoiceKind(cells.read_choice("kind") or VoiceKind.PARAPHRASE),
        text=cells.read_text("text"),
        speaker=cells.read_text("speaker"),
        role=cells.read_text("role"),
        organisation=cells.read_text("organisation"),
        source=cells.local_id("source"),
        locator=cells.read_text("locator"),
        pack=cells.context.pack,
        order=cells.read_whole_number("order") or 0,
        places=cells.read_places("places"),
        figures=cells.referenced_ids("figures"),
        note=cells.read_text("note"),
    )


def build_demand(cells: RowCells) -> Demand:
    """A row of ``demands``."""
    return Demand(
        id=cells.local_id(),
        kind=VoiceKind(cells.read_choice("kind") or VoiceKind.PARAPHRASE),
        order=cells.read_whole_number("order") or 0,
        text=cells.read_text("text"),
        asked_by=cells.read_text("asked_by"),
        addressed_to=cells.read_text("addressed_to"),
        instrument=cells.read_text("instrument"),
        source=cells.local_id("source"),
        locator=cells.read_text("locator"),
        pack=cells.context.pack,
        places=cells.read_places("places"),
        figures=cells.referenced_ids("figures"),
        note=cells.read_text("note"),
        title=cells.read_text("title"),
    )


def build_claim(cells: RowCells) -> Claim:
    """A row of ``claims``."""
    return Claim(
        id=cells.local_id(),
        order=cells.read_whole_number("order") or 0,
        text=cells.read_text("text"),
        check=row_checks.check_name(cells),
        source=cells.local_id("source"),
        locator=cells.read_text("locator"),
        pack=cells.context.pack,
        made_by=cells.read_text("made_by"),
        printed=cells.read_text("printed"),
        places=cells.read_places("places"),
        figures=cells.referenced_ids("figures"),
        events=cells.referenced_ids("events"),
        settings=row_checks.read_claim_settings(cells),
    )


def build_note(cells: RowCells) -> EvidenceNote:
    """A row of ``notes``."""
    return EvidenceNote(
        id=cells.local_id(),
        kind=NoteKind(cells.read_choice("kind") or NoteKind.WORDING),
        text=cells.read_text("text"),
        source=cells.local_id("source"),
        locator=cells.read_text("locator"),
        pack=cells.context.pack,
        figures=cells.referenced_ids("figures"),
        claims=cells.referenced_ids("claims"),
        events=cells.referenced_ids("events"),
        quotes=cells.referenced_ids("quotes"),
    )


def build_region(cells: RowCells) -> RegionMembership:
    """A row of ``regions``."""
    return RegionMembership(
        place=cells.read_place("place"),
        forces=cells.read_places("forces"),
        source=cells.local_id("source"),
        pack=cells.context.pack,
        note=cells.read_text("note"),
    )


def build_place(cells: RowCells) -> Place:
    """A row of the table ``places``, without its other names."""
    return Place(
        code=cells.read_text("code"),
        name=cells.read_text("name"),
        level=PlaceLevel(cells.read_choice("level") or PlaceLevel.LOCAL_AUTHORITY),
        parent=cells.read_text("parent") or None,
        order=cells.read_whole_number("order") or 0,
        members=cells.read_places("members"),
        former=cells.read_flag("former"),
        note=cells.read_text("note"),
    )


def other_name(cells: RowCells) -> tuple[str, OtherName]:
    """A row of the table ``names``: the place's code and the name."""
    return cells.read_text("code"), OtherName(name=cells.read_text("name"), reason=cells.read_text("reason"))


Tile = tuple[tuple[int, int], str]
"""A cell of the tile map, column and row, and what stands on it."""


def build_tile(cells: RowCells) -> tuple[str, Tile]:
    """A row of the table ``add_tile_map``: the place's code, and its cell and letters."""
    return cells.read_text("place"), (
        (cells.read_whole_number("column") or 0, cells.read_whole_number("row") or 0),
        cells.read_text("short"),
    )


Builder = Callable[[RowCells], object]

BUILDERS: dict[str, Builder] = {
    "sources": build_source,
    "measures": build_measure,
    "platforms": build_platform,
    "figures": build_figure,
    "events": build_event,
    "quotes": build_quote,
    "demands": build_demand,
    "claims": build_claim,
    "notes": build_note,
    "regions": build_region,
}


# Values of the evidence model turned back into rows of cells, with ids made local again.


SHARED_ID_TABLES = frozenset({MEASURES.name, PLATFORMS.name})
"""The tables whose ids are the same in every pack and carry no prefix."""

Cells = tuple[str, ...]
Encoder = Callable[[object], Cells]


def encode_tables(pack: Pack) -> Iterator[tuple[TableSchema, Iterator[Cells]]]:
    """Each table of ``pack`` that has rows (and ``sources``, always), with its rows.

    Raises ValueError, as the rows are taken, where an id is not of this pack.
    """
    units = {measure.id: measure.unit for measure in pack.measures}
    for table in PACK_TABLES:
        items: tuple[object, ...] = getattr(pack, table.name)
        if items or table.name == "sources":
            yield table, map(build_encoder(table, pack.id, units), items)


def build_encoder(table: TableSchema, pack: str, units: Mapping[str, Unit]) -> Encoder:
    """What turns an item of ``table`` into its cells, in the order of the columns."""
    own_id = table.name not in SHARED_ID_TABLES

    def encode_cell(item: object, column: ColumnSchema) -> str:
        value: object = getattr(item, column.name)
        local = column.holds in (ColumnType.ID, ColumnType.IDS) and (
            own_id if not column.refers else column.refers not in SHARED_ID_TABLES
        )
        if column.holds is ColumnType.SETTINGS:
            return _format_settings(value, pack)
        if column.holds is ColumnType.BREAKS:
            return _format_breaks(value)
        return _format_value(value, pack if local else "")

    def encode_item(item: object) -> Cells:
        if isinstance(item, Figure):
            amounts = _amount_cells(item, units)
            return tuple(
                amounts[column.name] if column.name in amounts else encode_cell(item, column)
                for column in table.columns
            )
        return tuple(encode_cell(item, column) for column in table.columns)

    return encode_item


def _format_value(value: object, pack: str) -> str:
    if value is None or value is False:
        return ""
    if isinstance(value, str):
        text = value.value if isinstance(value, enum.Enum) else value
        return _to_local_id(text, pack) if pack else text
    if isinstance(value, tuple):
        return " ".join(_format_value(item, pack) for item in cast("tuple[str, ...]", value))
    if isinstance(value, Period):
        return value.text
    return "true" if value is True else str(value)


def _to_local_id(global_id: str, pack: str) -> str:
    local = global_id.removeprefix(f"{pack}/")
    if local == global_id and global_id:
        raise ValueError(f"{global_id!r} is no id of the pack {pack!r}")
    return local


def _format_settings(value: object, pack: str) -> str:
    settings = cast("tuple[tuple[str, str], ...]", value)
    return "; ".join(
        f"{name}={_to_local_id(setting, pack) if name in EVENT_SETTINGS else setting}" for name, setting in settings
    )


def _format_breaks(value: object) -> str:
    breaks = cast("tuple[MeasureBreak, ...]", value)
    return "; ".join(f"{one.day.isoformat()}={one.reason}" for one in breaks)


def _amount_cells(figure: Figure, units: Mapping[str, Unit]) -> dict[str, str]:
    amount = figure.amount
    low, high = compute_bounds(amount.number, amount.qualifier, units.get(figure.measure, Unit.OFFENCES))
    return {
        "number": _format_decimal(amount.number),
        "qualifier": amount.qualifier.value,
        "status": amount.status.value if amount.status else "",
        "low": "" if amount.low == low else _format_decimal(amount.low),
        "high": "" if amount.high == high else _format_decimal(amount.high),
    }


def _format_decimal(number: Decimal | None) -> str:
    return "" if number is None else f"{number:f}"
