"""``datapackage.json``, read and checked: who made the pack, what it holds, and whether its sums hold.

The tables themselves are not looked at here, apart from adding up their bytes.
"""

from __future__ import annotations

import json
import re
from datetime import datetime
from typing import cast

from msgspec import Struct

from .describe import DESCRIPTOR, ID_PATTERN, SEAL, SUM_PREFIX, Json, digest, seal_of
from .files import Files, Unreadable, read_whole, safe
from .problems import Collector

_MOST = 4 << 20
_MOST_RESOURCES = 100
_RESEAL = (
    "Put the original file back; after a change made on purpose, run: python -m explorer.packs.seal FOLDER"
)
_ID = re.compile(ID_PATTERN)
_SUM = re.compile(f"{SUM_PREFIX}[0-9a-f]{{64}}")


class Resource(Struct, frozen=True, kw_only=True):
    """One listed file. ``size`` and ``summed`` are None where the descriptor gives none."""

    name: str
    path: str
    size: int | None
    summed: str | None


class Manifest(Struct, frozen=True, kw_only=True):
    """What the descriptor says of the pack."""

    id: str
    title: str
    version: str
    publisher: str
    licence: str
    created: str
    description: str
    resources: tuple[Resource, ...]
    sealed: bool
    """Whether it carries a seal and a sum for every file; whether they hold is ``check_sums``' to say."""
    fingerprint: str
    """Changes when anything in a sealed pack does."""

    def resource(self, name: str) -> Resource | None:
        """The listed file called ``name``, if there is one."""
        return next((resource for resource in self.resources if resource.name == name), None)


def read_manifest(files: Files, problems: Collector) -> Manifest | None:
    """The descriptor of the pack, or None after a problem that leaves nothing to go by."""
    raw = _load(files, problems)
    if raw is None:
        return None
    before = problems.count
    _check_seal(raw, problems)
    name = _string(raw, "name", problems, needed=True)
    if name and not _ID.fullmatch(name):
        _wrong(
            problems, "name", f"{name[:40]!r} is no name for a pack", 'Use letters, digits, "-", "." and "_".'
        )
    resources = _resources(raw, problems)
    manifest = Manifest(
        id=name,
        title=_string(raw, "title", problems, needed=True),
        version=_string(raw, "version", problems, needed=True),
        publisher=_publisher(raw),
        licence=_licence(raw, problems),
        created=_created(raw, problems),
        description=_string(raw, "description", problems),
        resources=resources,
        sealed=SEAL in raw and all(resource.summed for resource in resources),
        fingerprint=seal_of(raw),
    )
    return None if problems.count > before and not (manifest.id and manifest.resources) else manifest


def check_sums(files: Files, manifest: Manifest, problems: Collector) -> None:
    """Add up every listed file that carries a sum, and report those that were changed since."""
    for resource in manifest.resources:
        if resource.summed is None and resource.size is None:
            continue
        try:
            with files.open(resource.path) as stream:
                size, summed = digest(stream)
        except Unreadable:
            continue  # reported when the file itself is read
        except OSError as error:
            problems.add(resource.path, f"the file cannot be read ({error.strerror or error})")
            continue
        if resource.summed not in (None, summed) or resource.size not in (None, size):
            problems.add(resource.path, "the file was changed after the pack was sealed", _RESEAL)


def _load(files: Files, problems: Collector) -> Json | None:
    try:
        text = read_whole(files, DESCRIPTOR, _MOST).decode("utf-8-sig")
        raw: object = json.loads(text, parse_constant=_no_number)
        json.dumps(raw, ensure_ascii=False).encode()
    except Unreadable as error:
        missing = (
            f"There must be a {DESCRIPTOR} beside the tables." if "missing" in error.what else error.mend
        )
        problems.add(DESCRIPTOR, error.what, missing)
        return None
    except UnicodeError:
        problems.add(DESCRIPTOR, "the text is not in UTF-8", "Save it again in UTF-8.")
        return None
    except json.JSONDecodeError as error:
        told = f"the JSON is broken at line {error.lineno}, character {error.colno}"
        problems.add(DESCRIPTOR, told, "Mend it there; a comma or a bracket is often what is missing.")
        return None
    except (ValueError, RecursionError):
        problems.add(DESCRIPTOR, "the JSON cannot be read", "Write it anew.")
        return None
    if not isinstance(raw, dict):
        problems.add(DESCRIPTOR, "this is not a data package", "It must be a JSON object with a name.")
        return None
    return cast("Json", raw)


def _no_number(text: str) -> object:
    raise ValueError(text)


def _check_seal(raw: Json, problems: Collector) -> None:
    if SEAL in raw and raw[SEAL] != seal_of(raw):
        _wrong(problems, SEAL, "the description was changed after the pack was sealed", _RESEAL)


def _wrong(problems: Collector, field: str, what: str, mend: str) -> None:
    problems.add(DESCRIPTOR, what, mend, column=field)


def _string(raw: Json, field: str, problems: Collector, *, needed: bool = False) -> str:
    value = raw.get(field, "")
    if not isinstance(value, str):
        _wrong(problems, field, "this must be text", "Put it in quotation marks.")
        return ""
    if needed and not value.strip():
        _wrong(problems, field, "this is missing", f'Add "{field}" to the description.')
    return value.strip()


def _entries(raw: Json, field: str) -> list[Json]:
    value = raw.get(field)
    if not isinstance(value, list):
        return []
    return [cast("Json", entry) for entry in cast("list[object]", value) if isinstance(entry, dict)]


def _publisher(raw: Json) -> str:
    people = _entries(raw, "contributors")
    publishers = [one for one in people if one.get("role") == "publisher"] or people
    return str(publishers[0].get("title", "")) if publishers else ""


def _licence(raw: Json, problems: Collector) -> str:
    licences = _entries(raw, "licenses")
    named = next((str(one["name"]) for one in licences if isinstance(one.get("name"), str)), "")
    if not named:
        _wrong(problems, "licenses", "no licence is named", 'Add one, such as [{"name": "CC0-1.0"}].')
    return named


def _created(raw: Json, problems: Collector) -> str:
    created = _string(raw, "created", problems, needed=True)
    try:
        datetime.fromisoformat(created)
    except ValueError:
        if created:
            _wrong(
                problems, "created", f"{created[:40]!r} is no date", 'Write it like "2020-11-16T00:00:00Z".'
            )
    return created


def _resources(raw: Json, problems: Collector) -> tuple[Resource, ...]:
    listed = raw.get("resources")
    if not isinstance(listed, list) or not listed:
        _wrong(problems, "resources", "no files are listed", "List each table with its name and path.")
        return ()
    entries = cast("list[object]", listed)
    if len(entries) > _MOST_RESOURCES:
        _wrong(problems, "resources", f"more than {_MOST_RESOURCES} files are listed", "Split the pack.")
        return ()
    found: dict[str, Resource] = {}
    for number, entry in enumerate(entries, start=1):
        resource = _resource(entry, number, problems)
        if resource is None:
            continue
        if resource.name in found:
            _wrong(problems, "resources", f"{resource.name!r} is listed twice", "Keep one.")
        found[resource.name] = resource
    return tuple(found.values())


def _resource(entry: object, number: int, problems: Collector) -> Resource | None:
    raw = cast("Json", entry) if isinstance(entry, dict) else {}
    name, path = raw.get("name"), raw.get("path")
    told = f"file {number} of the list"
    if not isinstance(name, str) or not isinstance(path, str) or not name:
        _wrong(problems, "resources", f"{told} has no name or no path", "Give it both.")
        return None
    if not safe(path):
        _wrong(
            problems,
            "resources",
            f"the path {path[:80]!r} of {told} leads out of the pack",
            "Use a file name.",
        )
        return None
    size, summed = raw.get("bytes"), raw.get("hash")
    if size is not None and (isinstance(size, bool) or not isinstance(size, int)):
        _wrong(problems, "resources", f'"bytes" of {name[:40]!r} is not a whole number', _RESEAL)
        size = None
    if summed is not None and not (isinstance(summed, str) and _SUM.fullmatch(summed)):
        _wrong(problems, "resources", f'"hash" of {name[:40]!r} is no SHA-256 sum', _RESEAL)
        summed = None
    return Resource(name=name, path=path, size=size, summed=summed)
