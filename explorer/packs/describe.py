"""The ``datapackage.json`` beside the tables: Table Schemas, sizes, SHA-256 sums and the seal over itself.

The seal is the sum of the descriptor without the seal, so that a change to a title is noticed like a change
to a number. It guards against damage and oversight; it is no signature.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from typing import BinaryIO, cast

from .schema import ColumnSchema, ColumnType, TableSchema

Json = dict[str, object]

DESCRIPTOR = "datapackage.json"
SUM_PREFIX = "sha256:"
SEAL = "seal"
ID_PATTERN = "[A-Za-z0-9][A-Za-z0-9._-]*"
PLACE_PATTERN = "[A-Za-z0-9]+"
DATE_PATTERN = "[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?"
_BLOCK = 1 << 20
_PATTERNS = {
    ColumnType.ID: ID_PATTERN,
    ColumnType.IDS: f"{ID_PATTERN}( {ID_PATTERN})*",
    ColumnType.PLACE: PLACE_PATTERN,
    ColumnType.PLACES: f"{PLACE_PATTERN}( {PLACE_PATTERN})*",
    ColumnType.DATE: DATE_PATTERN,
}


def compute_digest(stream: BinaryIO) -> tuple[int, str]:
    """How many bytes ``stream`` holds, and their sum as descriptors write it. Memory use is constant."""
    import hashlib

    total, hasher = 0, hashlib.sha256()
    while block := stream.read(_BLOCK):
        total += len(block)
        hasher.update(block)
    return total, SUM_PREFIX + hasher.hexdigest()


def seal_of(descriptor: Mapping[str, object]) -> str:
    """The sum over all of ``descriptor`` but its seal, in a form that spacing and order do not change."""
    import hashlib

    rest = {name: value for name, value in descriptor.items() if name != SEAL}
    text = json.dumps(rest, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return SUM_PREFIX + hashlib.sha256(text.encode()).hexdigest()


def to_text(descriptor: Mapping[str, object]) -> str:
    """``descriptor`` as it is written to disk, with a fresh seal at its end."""
    rest = {name: value for name, value in descriptor.items() if name != SEAL}
    return json.dumps({**rest, SEAL: seal_of(rest)}, indent=2, ensure_ascii=False) + "\n"


def build_resource(
    table: TableSchema, size: int, checksum: str, present: Iterable[str], headings: Collection[str] = ()
) -> Json:
    """The descriptor of one table.

    ``present`` names the tables of the pack, for references to them; ``headings`` are the columns that its
    file has, where it was written before an optional one came.
    """
    return {
        "profile": "tabular-data-resource",
        "name": table.name,
        "title": table.title,
        "path": f"{table.name}.csv",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": size,
        "hash": checksum,
        "schema": table_schema(table, present, headings),
    }


def table_schema(table: TableSchema, present: Iterable[str], headings: Collection[str] = ()) -> Json:
    """The Table Schema of ``table``: fields, key, missing values and references to tables at hand."""
    at_hand = set(present)
    columns = [one for one in table.columns if not (one.optional and headings and one.name not in headings)]
    schema: Json = {
        "fields": [_build_field(column, column.name in table.key) for column in columns],
        "missingValues": [""],
        "primaryKey": list(table.key),
    }
    references = [
        _build_foreign_key(column, table.name) for column in table.columns if _has_foreign_key(column, at_hand)
    ]
    if references:
        schema["foreignKeys"] = cast("list[object]", references)
    return schema


def _has_foreign_key(column: ColumnSchema, at_hand: set[str]) -> bool:
    return column.holds is ColumnType.ID and column.refers in at_hand


def _build_foreign_key(column: ColumnSchema, own: str) -> Json:
    table = "" if column.refers == own else column.refers
    return {"fields": column.name, "reference": {"resource": table, "fields": "id"}}


def _build_field(column: ColumnSchema, in_key: bool) -> Json:
    constraints: Json = {}
    if column.needed or in_key:
        constraints["required"] = True
    if column.choices:
        constraints["enum"] = list(column.choices)
    if column.holds in _PATTERNS:
        constraints["pattern"] = f"^{_PATTERNS[column.holds]}$"
    field: Json = {"name": column.name, "title": column.title, **_field_type(column)}
    if constraints:
        field["constraints"] = constraints
    return field


def _field_type(column: ColumnSchema) -> Json:
    if column.holds is ColumnType.FLAG:
        return {"type": "boolean", "trueValues": ["true"], "falseValues": ["false"]}
    kinds = {ColumnType.NUMBER: "number", ColumnType.WHOLE: "integer"}
    return {"type": kinds.get(column.holds, "string")}
