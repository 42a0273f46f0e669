"""``datapackage.json``, read and checked: who made the pack, what it holds, and whether its sums hold.

The tables themselves are not looked at here, apart from adding up their bytes.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import BinaryIO, cast

from msgspec import Struct

from .files import DESCRIPTOR, PackFileError, PackFiles, is_safe_path, read_whole
from .problems import ProblemCollector
from .schema import ColumnSchema, ColumnType, TableSchema

# The ``datapackage.json`` beside the tables: Table Schemas, sizes, SHA-256 sums and the seal over
# itself.


Json = dict[str, object]

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


_MOST = 4 << 20
_MOST_RESOURCES = 100
_RESEAL = "Put the original file back; after a change made on purpose, run: python -m explorer.packs.seal FOLDER"
_ID = re.compile(ID_PATTERN)
_SUM = re.compile(f"{SUM_PREFIX}[0-9a-f]{{64}}")


class PackResource(Struct, frozen=True, kw_only=True):
    """One listed file. ``size`` and ``describe_sum`` are None where the descriptor gives none."""

    name: str
    path: str
    size: int | None
    checksum: str | None


class PackManifest(Struct, frozen=True, kw_only=True):
    """What the descriptor says of the pack."""

    id: str
    title: str
    version: str
    publisher: str
    licence: str
    creation_date: str
    description: str
    resources: tuple[PackResource, ...]
    is_sealed: bool
    """Whether it carries a seal and a sum for every file; whether they hold is ``check_sums``' to say."""
    fingerprint: str
    """Changes when anything in a sealed pack does."""

    def resource_for(self, name: str) -> PackResource | None:
        """The listed file called ``name``, if there is one."""
        return next((resource for resource in self.resources if resource.name == name), None)


def read_manifest(files: PackFiles, problems: ProblemCollector) -> PackManifest | None:
    """The descriptor of the pack, or None after a problem that leaves nothing to go by."""
    raw = _load_descriptor(files, problems)
    if raw is None:
        return None
    before = problems.count
    _check_seal(raw, problems)
    name = _read_string(raw, "name", problems, is_required=True)
    if name and not _ID.fullmatch(name):
        _add_problem(problems, "name", f"{name[:40]!r} is no name for a pack", 'Use letters, digits, "-", "." and "_".')
    resources = _read_resources(raw, problems)
    manifest = PackManifest(
        id=name,
        title=_read_string(raw, "title", problems, is_required=True),
        version=_read_string(raw, "version", problems, is_required=True),
        publisher=_read_publisher(raw),
        licence=_read_licence(raw, problems),
        creation_date=_read_creation_date(raw, problems),
        description=_read_string(raw, "description", problems),
        resources=resources,
        is_sealed=SEAL in raw and all(resource.checksum for resource in resources),
        fingerprint=seal_of(raw),
    )
    return None if problems.count > before and not (manifest.id and manifest.resources) else manifest


def check_sums(files: PackFiles, manifest: PackManifest, problems: ProblemCollector) -> None:
    """Add up every listed file that carries a sum, and report those that were changed since."""
    for resource in manifest.resources:
        if resource.checksum is None and resource.size is None:
            continue
        try:
            with files.open(resource.path) as stream:
                size, checksum = compute_digest(stream)
        except PackFileError:
            continue  # reported when the file itself is read
        except OSError as error:
            problems.add_problem(resource.path, f"the file cannot be read ({error.strerror or error})")
            continue
        if resource.checksum not in (None, checksum) or resource.size not in (None, size):
            problems.add_problem(resource.path, "the file was changed after the pack was sealed", _RESEAL)


def _load_descriptor(files: PackFiles, problems: ProblemCollector) -> Json | None:
    try:
        text = read_whole(files, DESCRIPTOR, _MOST).decode("utf-8-sig")
        raw: object = json.loads(text, parse_constant=_no_number)
        json.dumps(raw, ensure_ascii=False).encode()
    except PackFileError as error:
        missing = f"There must be a {DESCRIPTOR} beside the tables." if "missing" in error.what else error.mend
        problems.add_problem(DESCRIPTOR, error.what, missing)
        return None
    except UnicodeError:
        problems.add_problem(DESCRIPTOR, "the text is not in UTF-8", "Save it again in UTF-8.")
        return None
    except json.JSONDecodeError as error:
        message = f"the JSON is broken at line {error.lineno}, character {error.colno}"
        problems.add_problem(DESCRIPTOR, message, "Mend it there; a comma or a bracket is often what is missing.")
        return None
    except (ValueError, RecursionError):
        problems.add_problem(DESCRIPTOR, "the JSON cannot be read", "Write it anew.")
        return None
    if not isinstance(raw, dict):
        problems.add_problem(DESCRIPTOR, "this is not a data package", "It must be a JSON object with a name.")
        return None
    return cast("Json", raw)


def _no_number(text: str) -> object:
    raise ValueError(text)


def _check_seal(raw: Json, problems: ProblemCollector) -> None:
    if SEAL in raw and raw[SEAL] != seal_of(raw):
        _add_problem(problems, SEAL, "the description was changed after the pack was sealed", _RESEAL)


def _add_problem(problems: ProblemCollector, field: str, what: str, mend: str) -> None:
    problems.add_problem(DESCRIPTOR, what, mend, column=field)


def _read_string(raw: Json, field: str, problems: ProblemCollector, *, is_required: bool = False) -> str:
    value = raw.get(field, "")
    if not isinstance(value, str):
        _add_problem(problems, field, "this must be text", "Put it in quotation marks.")
        return ""
    if is_required and not value.strip():
        _add_problem(problems, field, "this is missing", f'Add "{field}" to the description.')
    return value.strip()


def _read_entries(raw: Json, field: str) -> list[Json]:
    value = raw.get(field)
    if not isinstance(value, list):
        return []
    return [cast("Json", entry) for entry in cast("list[object]", value) if isinstance(entry, dict)]


def _read_publisher(raw: Json) -> str:
    people = _read_entries(raw, "contributors")
    publishers = [one for one in people if one.get("role") == "publisher"] or people
    return str(publishers[0].get("title", "")) if publishers else ""


def _read_licence(raw: Json, problems: ProblemCollector) -> str:
    licences = _read_entries(raw, "licenses")
    licence = next((str(one["name"]) for one in licences if isinstance(one.get("name"), str)), "")
    if not licence:
        _add_problem(problems, "licenses", "no licence is named", 'Add one, such as [{"name": "CC0-1.0"}].')
    return licence


def _read_creation_date(raw: Json, problems: ProblemCollector) -> str:
    creation_date = _read_string(raw, "created", problems, is_required=True)
    try:
        datetime.fromisoformat(creation_date)
    except ValueError:
        if creation_date:
            _add_problem(
                problems,
                "created",
                f"{creation_date[:40]!r} is no date",
                'Write it like "2020-11-16T00:00:00Z".',
            )
    return creation_date


def _read_resources(raw: Json, problems: ProblemCollector) -> tuple[PackResource, ...]:
    raw_resources = raw.get("resources")
    if not isinstance(raw_resources, list) or not raw_resources:
        _add_problem(problems, "resources", "no files are listed", "List each table with its name and path.")
        return ()
    entries = cast("list[object]", raw_resources)
    if len(entries) > _MOST_RESOURCES:
        _add_problem(problems, "resources", f"more than {_MOST_RESOURCES} files are listed", "Split the pack.")
        return ()
    by_name: dict[str, PackResource] = {}
    for number, entry in enumerate(entries, start=1):
        resource = _read_resource(entry, number, problems)
        if resource is None:
            continue
        if resource.name in by_name:
            _add_problem(problems, "resources", f"{resource.name!r} is listed twice", "Keep one.")
        by_name[resource.name] = resource
    return tuple(by_name.values())


def _read_resource(entry: object, number: int, problems: ProblemCollector) -> PackResource | None:
    raw = cast("Json", entry) if isinstance(entry, dict) else {}
    name, path = raw.get("name"), raw.get("path")
    label = f"file {number} of the list"
    if not isinstance(name, str) or not isinstance(path, str) or not name:
        _add_problem(problems, "resources", f"{label} has no name or no path", "Give it both.")
        return None
    if not is_safe_path(path):
        _add_problem(
            problems,
            "resources",
            f"the path {path[:80]!r} of {label} leads out of the pack",
            "Use a file name.",
        )
        return None
    size, checksum = raw.get("bytes"), raw.get("hash")
    if size is not None and (isinstance(size, bool) or not isinstance(size, int)):
        _add_problem(problems, "resources", f'"bytes" of {name[:40]!r} is not a whole number', _RESEAL)
        size = None
    if checksum is not None and not (isinstance(checksum, str) and _SUM.fullmatch(checksum)):
        _add_problem(problems, "resources", f'"hash" of {name[:40]!r} is no SHA-256 sum', _RESEAL)
        checksum = None
    return PackResource(name=name, path=path, size=size, checksum=checksum)
