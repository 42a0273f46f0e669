"""Writes shipped packs anew, so that all have the columns of today and one wording of what they share.

    uv run python data/research/rewrite_packs.py [FOLDER [PACK ...]]

FOLDER, by default ``data/packs``, holds the packs; without PACK every one of them is written. Nothing in a
pack changes but the shared measures, which become those of ``measures.csv``. A pack that cannot be read is
left as it is.
"""

from __future__ import annotations

import csv
import sys
import tempfile
from pathlib import Path

from make_packs import HERE, make
from msgspec.structs import replace

from explorer.evidence.model import Measure, Pack
from explorer.evidence.places import PlaceTree
from explorer.packs.problems import PackError
from explorer.packs.reader import read_pack, read_places
from explorer.packs.writer import write_pack
from explorer.support import paths


def main(arguments: list[str]) -> int:
    """Write each pack anew and say so."""
    folder = Path(arguments[0]) if arguments else paths.packs_folder()
    names = arguments[1:] or sorted(entry.name for entry in folder.iterdir() if entry.is_dir())
    try:
        places = read_places(paths.places_folder())
        known = shared(places)
        for name in names:
            write_pack(renewed(read_pack(folder / name, places), known), folder / name)
            sys.stdout.write(f"{name}: written\n")
    except (PackError, OSError, ValueError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


def shared(places: PlaceTree) -> dict[str, Measure]:
    """The measures that packs share, by id, as a pack's own reader has them."""
    described = {"id": "shared", "title": "Shared measures", "version": "1", "description": ""}
    with (HERE / "measures.csv").open(encoding="utf-8", newline="") as stream:
        measures = list(csv.DictReader(stream))
    source = {"id": "none", "title": "None", "publisher": "None", "kind": "official publication"}
    with tempfile.TemporaryDirectory() as scratch:
        make(described, {"sources": [source], "measures": measures}, Path(scratch))
        pack = read_pack(Path(scratch) / "shared", places)
    return {measure.id: measure for measure in pack.measures}


def renewed(pack: Pack, known: dict[str, Measure]) -> Pack:
    """The pack with the shared measures as they are now."""
    return replace(pack, measures=tuple(known.get(measure.id, measure) for measure in pack.measures))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
