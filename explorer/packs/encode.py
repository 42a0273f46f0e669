"""Values of the evidence model turned back into rows of cells, with ids made local again.

The mirror of ``build``: what ``build`` makes of the cells given here is the value they came from.
"""

from __future__ import annotations

import enum
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from typing import cast

from explorer.evidence.model import Figure, MeasureBreak, Pack, Period, Unit

from .amounts import bounds
from .schema import MEASURES, PACK_TABLES, PLATFORMS, Column, Holds, Table

SHARED = frozenset({MEASURES.name, PLATFORMS.name})
"""The tables whose ids are the same in every pack and carry no prefix."""
EVENT_SETTINGS = ("event", "later")
"""The settings of a claim's check that name an event of its pack."""

Cells = tuple[str, ...]
Encoder = Callable[[object], Cells]


def tables(pack: Pack) -> Iterator[tuple[Table, Iterator[Cells]]]:
    """Each table of ``pack`` that has rows (and ``sources``, always), with its rows.

    Raises ValueError, as the rows are taken, where an id is not of this pack.
    """
    units = {measure.id: measure.unit for measure in pack.measures}
    for table in PACK_TABLES:
        items: tuple[object, ...] = getattr(pack, table.name)
        if items or table.name == "sources":
            yield table, map(encoder(table, pack.id, units), items)


def encoder(table: Table, pack: str, units: Mapping[str, Unit]) -> Encoder:
    """What turns an item of ``table`` into its cells, in the order of the columns."""
    own_id = table.name not in SHARED

    def cell(item: object, column: Column) -> str:
        value: object = getattr(item, column.name)
        local = column.holds in (Holds.ID, Holds.IDS) and (
            own_id if not column.refers else column.refers not in SHARED
        )
        if column.holds is Holds.SETTINGS:
            return _settings(value, pack)
        if column.holds is Holds.BREAKS:
            return _breaks(value)
        return _text(value, pack if local else "")

    def encode(item: object) -> Cells:
        if isinstance(item, Figure):
            amounts = _amounts(item, units)
            return tuple(
                amounts[column.name] if column.name in amounts else cell(item, column)
                for column in table.columns
            )
        return tuple(cell(item, column) for column in table.columns)

    return encode


def _text(value: object, pack: str) -> str:
    if value is None or value is False:
        return ""
    if isinstance(value, str):
        text = value.value if isinstance(value, enum.Enum) else value
        return _local(text, pack) if pack else text
    if isinstance(value, tuple):
        return " ".join(_text(item, pack) for item in cast("tuple[str, ...]", value))
    if isinstance(value, Period):
        return value.text
    return "true" if value is True else str(value)


def _local(global_id: str, pack: str) -> str:
    local = global_id.removeprefix(f"{pack}/")
    if local == global_id and global_id:
        raise ValueError(f"{global_id!r} is no id of the pack {pack!r}")
    return local


def _settings(value: object, pack: str) -> str:
    settings = cast("tuple[tuple[str, str], ...]", value)
    return "; ".join(
        f"{name}={_local(setting, pack) if name in EVENT_SETTINGS else setting}" for name, setting in settings
    )


def _breaks(value: object) -> str:
    breaks = cast("tuple[MeasureBreak, ...]", value)
    return "; ".join(f"{one.day.isoformat()}={one.reason}" for one in breaks)


def _amounts(figure: Figure, units: Mapping[str, Unit]) -> dict[str, str]:
    amount = figure.amount
    low, high = bounds(amount.number, amount.qualifier, units.get(figure.measure, Unit.OFFENCES))
    return {
        "number": _digits(amount.number),
        "qualifier": amount.qualifier.value,
        "status": amount.status.value if amount.status else "",
        "low": "" if amount.low == low else _digits(amount.low),
        "high": "" if amount.high == high else _digits(amount.high),
    }


def _digits(number: Decimal | None) -> str:
    return "" if number is None else f"{number:f}"
