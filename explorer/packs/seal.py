"""Sealing a pack: ``python -m explorer.packs.seal FOLDER`` works out its sums again after an edit.

It rewrites ``datapackage.json`` only: sizes, sums, the schemas of the tables this program knows, and the
seal. It does not check what the tables say; ``harms-explorer check FOLDER`` does.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import cast

from explorer.support import write_atomically

from .files import DESCRIPTOR
from .manifest import Json, build_resource, compute_digest, to_text
from .schema import TABLES


def seal_pack(folder: Path) -> str:
    """Bring the descriptor in ``folder`` up to date with its tables, and give its text.

    Listed tables that are gone are dropped; known tables that are there and not listed are added. Raises
    OSError or ValueError when the descriptor cannot be read.
    """
    path = folder / DESCRIPTOR
    raw: object = json.loads(path.read_text(encoding="utf-8"))
    if not isinstance(raw, dict):
        raise ValueError(f"{DESCRIPTOR} holds no description of a pack")
    descriptor = cast("Json", raw)
    entries = cast("list[Json]", descriptor.get("resources", []))
    others = [entry for entry in entries if entry.get("name") not in TABLES]
    names = [name for name in TABLES if (folder / f"{name}.csv").is_file()]
    descriptor["resources"] = [_build_resource(folder, name, names) for name in names]
    descriptor["resources"] += [_refresh_resource(folder, entry) for entry in others if _file_exists(folder, entry)]
    text = to_text(descriptor)
    write_atomically(path, text.encode())
    return text


def _build_resource(folder: Path, name: str, present: list[str]) -> Json:
    with (folder / f"{name}.csv").open("rb") as stream:
        headings = stream.readline().decode("utf-8-sig", "replace").strip().split(",")
        stream.seek(0)
        size, checksum = compute_digest(stream)
    return build_resource(TABLES[name], size, checksum, present, headings)


def _file_exists(folder: Path, entry: Json) -> bool:
    return (folder / str(entry.get("path", ""))).is_file()


def _refresh_resource(folder: Path, entry: Json) -> Json:
    with (folder / str(entry["path"])).open("rb") as stream:
        size, checksum = compute_digest(stream)
    return {**entry, "bytes": size, "hash": checksum}


def main(arguments: list[str]) -> int:
    """Seal the folders named on the command line."""
    if not arguments:
        sys.stderr.write("usage: python -m explorer.packs.seal FOLDER ...\n")
        return 2
    for argument in arguments:
        try:
            seal_pack(Path(argument))
        except (OSError, ValueError) as error:
            sys.stderr.write(f"{argument}: {error}\n")
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
