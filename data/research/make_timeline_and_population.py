"""Makes the packs of the policy timeline and of mid-year population from the research tables.

    uv run python data/research/make_timeline_and_population.py TABLES [FOLDER]

TABLES is the folder that holds the research tables ``timeline.csv``, ``timeline_further.csv``,
``population_all_and_children.csv`` and, to check it by, ``population_2017_2019.csv`` and
``population_shipped_errors.csv``; FOLDER, by default ``data/packs``, is where the two pack folders are
written. Beside this script stand:

    timeline_events.csv    each dated row of the research table as an event; ``research_date`` finds the row
    timeline_events_further.csv    the same for the further table by row, or why a row is left out
    timeline_sources.csv, timeline_notes.csv    what the pack ``policy-timeline`` says of them
    population_sources.csv, population_notes.csv    the same for ``population-mid-year``, which
        ``make_population`` makes; a word in braces is filled in with what was checked
    measures.csv    what all packs share

Rows that name a release of NSPCC are no events: releases are sources. Any other row without an event is
refused, and so is a population that is no whole number. Nothing is fetched; a pack with a problem is not
written.
"""

from __future__ import annotations

import sys
from pathlib import Path

from make_packs import HERE, ReviewError, Row, Tables, make, measures, rows
from make_population import POPULATION, population

from explorer.packs.problems import PackError
from explorer.packs.reader import read_places
from explorer.support import paths

TIMELINE = {
    "id": "policy-timeline",
    "title": "Policy and law on online harms, 2010 to 2026",
    "version": "1.1.0",
    "description": "The dates that figures are read against: when the offences came into force in the "
    "nations of the United Kingdom, and the way from the green paper of 2017 over the Online Harms White "
    "Paper and the Online Safety Act to Ofcom's codes for children and the Crime and Policing Act 2026. "
    "Each date is as exact as its source has it.",
}
TABLES = ("population_all_and_children", "population_2017_2019", "population_shipped_errors")
"""The research tables of population."""
RELEASES = ("NSPCC release", "NSPCC lockdown grooming figures")
"""How the research table begins the rows that name a release."""


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
        people = {name: rows(research / f"{name}.csv") for name in TABLES}
        counted = population(people, read_places(paths.places_folder()))
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


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
