"""Makes the packs of NSPCC's releases, Home Office class 88A and forces' replies from the research tables.

    uv run python data/research/make_packs.py TABLES [FOLDER]

TABLES is the folder that holds the research tables ``figures.csv`` and ``figures_further.csv``; FOLDER, by
default ``data/packs``, is where the pack folders are written. The research tables give each row its value
and the address it was read at; everything else - place, period, measure, id, how the number is meant, what
it covers, what of it is in doubt - was decided row by row and stands in the tables beside this script:

    sources.csv    each address: its pack, and the publication as a pack lists it
    figures.csv    each research row by its number: the figure it becomes, or why it is left out
    figures_further.csv    the same for the further research table, with the pack, source and locator of each
    figures_in_remarks.csv    percentages that the first research table gives in a row's remark
    measures.csv, platforms.csv    what all packs share
    voices_further.csv    each row of what was said and asked later: where it stands, or why it is left out
    packs.csv, regions.csv, notes.csv    and quotes, demands, claims and events where they are there

A value is written down here too: a research table that has changed since the review is refused. Nothing is
published or fetched, and a pack with a problem is not written.
"""

from __future__ import annotations

import csv
import json
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

from explorer.packs.files import DESCRIPTOR
from explorer.packs.problems import PackError
from explorer.packs.reader import read_pack, read_places
from explorer.packs.schema import PACK_TABLES, TABLES
from explorer.packs.seal import seal_pack
from explorer.packs.writer import write_pack
from explorer.support import paths

HERE = Path(__file__).resolve().parent
CREATED = "2026-11-23T00:00:00Z"
LICENCE = "CC0-1.0"
PUBLISHER = "Online Harms Explorer"
LOCATOR = "whole page"
"""The research tables say which page a number stands on, and not where on it."""
OWN = ("regions", "notes", "events", "quotes", "demands", "claims")
"""Tables that are kept as a pack holds them, with the pack's id in a first column."""

Row = dict[str, str]
Tables = dict[str, list[Row]]


class ReviewError(Exception):
    """The review and the research table do not agree."""


def rows(path: Path) -> list[Row]:
    """The rows of a CSV file by column name; none where there is no such file."""
    if not path.is_file():
        return []
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def measures(ids: set[str]) -> list[Row]:
    """The shared measures with these ids."""
    return [row for row in rows(HERE / "measures.csv") if row["id"] in ids]


def main(arguments: list[str]) -> int:
    """Make every pack of ``packs.csv`` and say how many figures each holds."""
    if not arguments or len(arguments) > 2:
        sys.stderr.write("usage: make_packs.py TABLES [FOLDER]\n")
        return 2
    target = Path(arguments[1]) if len(arguments) == 2 else paths.packs_folder()
    try:
        research = Path(arguments[0])
        packs = assembled(rows(research / "figures.csv"), rows(research / "figures_further.csv"))
        for described in rows(HERE / "packs.csv"):
            made = make(described, packs[described["id"]], target)
            sys.stdout.write(f"{described['id']}: {made} figures\n")
    except (ReviewError, PackError, OSError, ValueError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


def assembled(research: list[Row], further: list[Row]) -> dict[str, Tables]:
    """The tables of each pack, by pack id. Raises ReviewError where a row was not reviewed as it stands."""
    sources = rows(HERE / "sources.csv")
    packs: dict[str, Tables] = {row["id"]: {} for row in rows(HERE / "packs.csv")}
    for source in sources:
        packs[source["pack"]].setdefault("sources", []).append(source)
    addresses: dict[str, Row] = {}
    for source in sources:
        addresses.setdefault(source["address"], source)
    for reviewed, found in paired(rows(HERE / "figures.csv"), research):
        if reviewed["leave_out"]:
            continue
        source = addresses[found["source_address"]]
        figure = {**reviewed, "number": found["value"], "source": source["id"], "locator": LOCATOR}
        packs[source["pack"]].setdefault("figures", []).append(figure)
    for figure in (*_further(further, sources), *_remarked(research)):
        packs[figure["pack"]].setdefault("figures", []).append({**figure, "number": figure["value"]})
    for name in OWN:
        for row in rows(HERE / f"{name}.csv"):
            if row["pack"] in packs:
                packs[row["pack"]].setdefault(name, []).append(row)
    for tables in packs.values():
        _share(tables)
    return packs


def paired(review: list[Row], research: list[Row]) -> Iterable[tuple[Row, Row]]:
    """Each reviewed row with the row of the research table it is about."""
    if len(review) != len(research):
        raise ReviewError(f"{len(review)} rows were reviewed, but the research table holds {len(research)}")
    for number, (reviewed, found) in enumerate(zip(review, research, strict=True), start=2):
        if (reviewed["row"], reviewed["value"]) != (str(number), found["value"]):
            raise ReviewError(f"row {number} of the research table is not the row that was reviewed")
        yield reviewed, found


def _further(research: list[Row], sources: list[Row]) -> Iterable[Row]:
    """The figures of the further research table, each from the page it was read at."""
    pages = {(source["pack"], source["id"]): source["address"] for source in sources}
    for reviewed, found in paired(rows(HERE / "figures_further.csv"), research):
        if reviewed["leave_out"]:
            continue
        if pages.get((reviewed["pack"], reviewed["source"])) != found["source_address"]:
            raise ReviewError(f"row {reviewed['row']} of the further table was read at another page")
        yield reviewed


def _remarked(research: list[Row]) -> Iterable[Row]:
    """The figures that stand in a remark of the research table, the remark being as it was reviewed."""
    for reviewed in rows(HERE / "figures_in_remarks.csv"):
        found = research[int(reviewed["row"]) - 2]
        if reviewed["remark"] not in found["qualifier"]:
            raise ReviewError(f"the remark of row {reviewed['row']} is not the one that was reviewed")
        yield reviewed


def _share(tables: Tables) -> None:
    """Add the shared measures and platforms that the pack's rows speak of."""
    figures, events = tables.get("figures", []), tables.get("events", [])
    spoken = {row["measure"] for row in (*figures, *events)} | _settings(tables, "measure")
    tables["measures"] = measures(spoken)
    shared = rows(HERE / "platforms.csv")
    named = {row["platform"] for row in figures} | _settings(tables, "platform")
    named |= {member for row in shared if row["id"] in named for member in row["members"].split()}
    tables["platforms"] = [row for row in shared if row["id"] in named]


def _settings(tables: Tables, name: str) -> set[str]:
    """What the checks of the pack's claims are told under ``name``."""
    pairs = (pair for row in tables.get("claims", []) for pair in row["settings"].split(";"))
    return {pair.split("=", 1)[1].strip() for pair in pairs if pair.strip().startswith(f"{name}=")}


def make(described: Row, tables: Tables, target: Path) -> int:
    """Check one pack by reading it, write it to ``target`` and give the number of its figures."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / described["id"]
        folder.mkdir()
        _draft(described, tables, folder)
        pack = read_pack(folder, read_places(paths.places_folder()))
    write_pack(pack, target / described["id"])
    return len(pack.figures)


def _draft(described: Row, tables: Tables, folder: Path) -> None:
    """Write the tables and a plain descriptor, so that the pack's own reader can check them."""
    for table in PACK_TABLES:
        if tables.get(table.name):
            _table(folder / f"{table.name}.csv", table.name, tables[table.name])
    descriptor = {
        "profile": "tabular-data-package",
        "name": described["id"],
        "title": described["title"],
        "version": described["version"],
        "created": CREATED,
        "description": described["description"],
        "licenses": [{"name": described.get("licence", LICENCE)}],
        "contributors": [{"title": PUBLISHER, "role": "publisher"}],
        "resources": [],
    }
    (folder / DESCRIPTOR).write_text(json.dumps(descriptor), encoding="utf-8", newline="\n")
    seal_pack(folder)


def _table(path: Path, name: str, several: list[Row]) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, TABLES[name].column_names, extrasaction="ignore", lineterminator="\n")
        writer.writeheader()
        writer.writerows(several)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
