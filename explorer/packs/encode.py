"""Values of the evidence model turned back into rows of cells, with ids made local again.

The mirror of ``build``: what ``build`` makes of the cells given here is the value they came from.
"""

from __future__ import annotations

import enum
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from typing import cast

from explorer.evidence.amounts import compute_bounds
from explorer.evidence.model import Figure, MeasureBreak, Pack, Period, Unit

from .schema import MEASURES, PACK_TABLES, PLATFORMS, ColumnSchema, ColumnType, TableSchema

SHARED_ID_TABLES = frozenset({MEASURES.name, PLATFORMS.name})
"""The tables whose ids are the same in every pack and carry no prefix."""
EVENT_SETTINGS = ("event", "later")
"""The settings of a claim's check that name an event of its pack."""

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
