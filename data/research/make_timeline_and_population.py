"""Makes the packs of the policy timeline and of mid-year population from the research tables.

    uv run python data/research/make_timeline_and_population.py TABLES [FOLDER]

TABLES is the folder that holds the research tables ``timeline.csv``, ``timeline_further.csv`` and
``population_2017_2019.csv``; FOLDER, by default ``data/packs``, is where the two pack folders are written.
Beside this script stand:

    timeline_events.csv    each dated row of the research table as an event; ``research_date`` finds the row
    timeline_events_further.csv    the same for the further table by row, or why a row is left out
    timeline_sources.csv, timeline_notes.csv    what the pack ``policy-timeline`` says of them
    population_sources.csv, population_notes.csv    the same for ``population-mid-year``
    measures.csv    what all packs share

Rows that name a release of NSPCC are no events: releases are sources. Any other row without an event is
refused, and so is a population that is no whole number. Nothing is fetched; a pack with a problem is not
written.
"""

from __future__ import annotations

import sys
from pathlib import Path

from make_packs import HERE, ReviewError, Row, Tables, make, rows

from explorer import paths
from explorer.evidence.model import Level
from explorer.evidence.places import Places
from explorer.packs.problems import PackError
from explorer.packs.read import read_places

TIMELINE = {
    "id": "policy-timeline",
    "title": "Policy and law on online harms, 2010 to 2026",
    "version": "1.1.0",
    "description": "The dates that figures are read against: when the offences came into force in the "
    "nations of the United Kingdom, and the way from the green paper of 2017 over the Online Harms White "
    "Paper and the Online Safety Act to Ofcom's codes for children and the Crime and Policing Act 2026. "
    "Each date is as exact as its source has it.",
}
POPULATION = {
    "id": "population-mid-year",
    "title": "Mid-year population of England, its regions and force areas, 2017 to 2019",
    "version": "1.0.0",
    "description": "How many people of all ages lived in England, in its regions and in its police force "
    "areas at the middle of 2017, 2018 and 2019, for rates per 100,000 people. The Metropolitan Police, the "
    "City of London and the London region are left out: the two forces do not sum to the region.",
    "licence": "OGL-UK-3.0",
}
RELEASES = ("NSPCC release", "NSPCC lockdown grooming figures")
"""How the research table begins the rows that name a release."""
LONDON = "E12000007"
NATIONS = {"England": "E92000001"}


def main(arguments: list[str]) -> int:
    """Make both packs and say what each holds."""
    if not arguments or len(arguments) > 2:
        sys.stderr.write("usage: make_timeline_and_population.py TABLES [FOLDER]\n")
        return 2
    research = Path(arguments[0])
    target = Path(arguments[1]) if len(arguments) == 2 else paths.packs_folder()
    try:
        dated = timeline(rows(research / "timeline.csv"), rows(research / "timeline_further.csv"))
        make(TIMELINE, dated, target)
        counted = population(rows(research / "population_2017_2019.csv"), read_places(paths.places_folder()))
        make(POPULATION, counted, target)
    except (ReviewError, PackError, OSError, ValueError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    sys.stdout.write(f"{TIMELINE['id']}: {len(dated['events'])} events\n")
    sys.stdout.write(f"{POPULATION['id']}: {len(counted['figures'])} figures\n")
    return 0


def timeline(research: list[Row], later: list[Row]) -> Tables:
    """The tables of the policy timeline. Raises ReviewError where rows and events do not match one to one."""
    events = rows(HERE / "timeline_events.csv")
    wanted = [row["date"] for row in research if not row["event"].startswith(RELEASES)]
    reviewed = [row["research_date"] for row in events]
    if sorted(wanted) != sorted(reviewed) or len(set(reviewed)) != len(reviewed):
        apart = ", ".join(sorted(set(wanted) ^ set(reviewed))) or "one date twice"
        raise ReviewError(f"the events and the research table do not hold the same dates: {apart}")
    events = sorted([*events, *_later(later)], key=lambda row: row["date"])
    return {
        "events": events,
        "sources": rows(HERE / "timeline_sources.csv"),
        "notes": rows(HERE / "timeline_notes.csv"),
        "measures": measures({row["measure"] for row in events}),
    }


def _later(research: list[Row]) -> list[Row]:
    """The events of the further table, those left out with a reason not among them."""
    reviewed = rows(HERE / "timeline_events_further.csv")
    pairs = [(str(number), row["date"]) for number, row in enumerate(research, start=2)]
    if [(row["row"], row["research_date"]) for row in reviewed] != pairs:
        raise ReviewError("the further events and the further research table do not hold the same rows")
    return [row for row in reviewed if not row["leave_out"]]


def population(research: list[Row], places: Places) -> Tables:
    """The tables of mid-year population, London left out. Raises ReviewError for what cannot be placed."""
    sources = rows(HERE / "population_sources.csv")
    ids = {source["address"]: source["id"] for source in sources}
    figures = [_figure(row, places, ids) for row in research]
    kept = [row for row in figures if LONDON not in {row["place"], places.get(row["place"]).parent}]
    return {
        "figures": sorted(kept, key=lambda row: (places.get(row["place"]).order, row["period"])),
        "sources": sources,
        "notes": rows(HERE / "population_notes.csv"),
        "measures": measures({"population"}),
    }


def measures(ids: set[str]) -> list[Row]:
    """The shared measures with these ids."""
    return [row for row in rows(HERE / "measures.csv") if row["id"] in ids]


def _figure(row: Row, places: Places, sources: dict[str, str]) -> Row:
    code, name = _code(row, places), row["geography"]
    if not row["value"].isdecimal():
        raise ReviewError(f"the population of {name} in {row['period']} is no whole number")
    return {
        "id": f"{code.lower()}-{row['period']}",
        "measure": "population",
        "place": code,
        "period": row["period"],
        "number": row["value"],
        "printed": row["value"],
        "source": sources[row["source_address"]],
        "locator": f"{name}, {row['period']}",
    }


def _code(row: Row, places: Places) -> str:
    """The code of the row's place: its own for a force area, by name for the nation and the regions."""
    name, level = row["geography"], row["level"]
    if level == "force":
        return row["qualifier"].split(";")[0].strip()
    if name in NATIONS:
        return NATIONS[name]
    for place in places:
        if place.level is Level.REGION and place.name == name:
            return place.code
    raise ReviewError(f"there is no place called {name}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
