"""Makes the pack of Home Office classes 88A and 71 by police force area from the research tables.

    uv run python data/research/make_official_series.py TABLES [FOLDER]

TABLES is the folder that holds ``home_office_88a_force_quarter.csv``, ``home_office_71_force_quarter.csv``
and ``home_office_88a_region_nation_year.csv``; FOLDER, by default ``data/packs``, is where the pack folder is
written. Beside this script stand ``official_sources.csv`` and ``official_notes.csv``, what the pack says of
the numbers (a word in braces is filled in from them), and ``measures.csv``, what all packs share.

The table counts each force in each quarter. Years, regions and nations are added up here, and are refused
where they differ from the sums that were made apart, or where a force or a quarter is missing. British
Transport Police is left out: it polices no area. Nothing is fetched.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

from make_packs import HERE, ReviewError, Row, Tables, make, measures, rows

from explorer.evidence.model import PlaceLevel
from explorer.evidence.places import PlaceTree
from explorer.packs.problems import PackError
from explorer.packs.reader import read_places
from explorer.support import paths

CLASSES = {
    "ho-88a": "home_office_88a_force_quarter.csv",
    "ho-71": "home_office_71_force_quarter.csv",
}
"""The table of each measure."""
CHECKED = "home_office_88a_region_nation_year.csv"
"""Sums of class 88A by region, nation and year that were made apart."""
PACK = {
    "id": "home-office-classes",
    "title": "Home Office police recorded crime: classes 88A and 71, by police force area and quarter",
    "version": "1.1.0",
    "description": "Offences that the 43 police forces of England and Wales recorded in class 88A, sexual "
    "grooming, and in class 71, abuse of children through sexual exploitation, in each quarter from April "
    "2012 to December 2025, as the Home Office released them on 23 April 2026. Years, regions and nations "
    "are added up from the quarters of the forces. Neither class is the count that the NSPCC publishes.",
    "licence": "OGL-UK-3.0",
}
SOURCE = "ho-pfa-2026-04"
BOTH = "K04000001"
WALES = "W92000004"
ENGLAND = "E92000001"
FORCES = {BOTH: 43, ENGLAND: 39, WALES: 4}
QUARTERS = {1: "04/{0}-06", 2: "07/{0}-09", 3: "10/{0}-12", 4: "01/{0}-03"}
LAST_YEAR, LAST_QUARTERS = 2025, 3
YEARS = range(2012, LAST_YEAR + 1)
TOTALS = (369, 457, 677, 955, 1151, 4610, 5872, 6326, 6389, 6903, 6673, 7240, 7140, 5734)
"""Class 88A in England and Wales, 2012/13 to 2024/25 and April to December 2025."""
BELOW_ZERO = "A count below zero takes back what an earlier quarter counted too much."
PART = "Three quarters: a part of the year 2025/26."

Key = tuple[str, int, int]
"""A place, the year that a financial year begins in, and a quarter; quarter 0 is all quarters held."""
Counts = dict[Key, int]


def main(arguments: list[str]) -> int:
    """Make the pack and say how many figures it holds."""
    if not arguments or len(arguments) > 2:
        sys.stderr.write("usage: make_official_series.py TABLES [FOLDER]\n")
        return 2
    research = Path(arguments[0])
    target = Path(arguments[1]) if len(arguments) == 2 else paths.packs_folder()
    try:
        counted = {measure: rows(research / name) for measure, name in CLASSES.items()}
        places = read_places(paths.places_folder())
        tables = official(counted, rows(research / CHECKED), places)
        made = make(PACK, tables, target)
    except (ReviewError, PackError, OSError, ValueError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    sys.stdout.write(f"{PACK['id']}: {made} figures\n")
    return 0


def official(counted: Mapping[str, list[Row]], checked: list[Row], places: PlaceTree) -> Tables:
    """The tables of the pack. Raises ReviewError where a count is missing or a sum is not the one known."""
    areas = members(places)
    every: dict[str, Counts] = {}
    for measure, several in counted.items():
        every[measure] = totals(quarters(several, areas[BOTH]), areas)
    check(every["ho-88a"], checked, areas)
    names = {row["gss_code"]: row["force"] for row in counted["ho-88a"]}
    names |= {code: places.get(code).name for code in areas}
    figures = [
        figure(measure, key, number, names[key[0]], areas.get(key[0], ()))
        for measure, counts in every.items()
        for key, number in sorted(counts.items(), key=lambda item: _order(item[0], places))
    ]
    return {
        "figures": figures,
        "sources": rows(HERE / "official_sources.csv"),
        "measures": measures(set(counted)),
        "regions": [_region(code, forces) for code, forces in areas.items()],
        "notes": notes(counted, every, figures),
    }


def members(places: PlaceTree) -> dict[str, tuple[str, ...]]:
    """The force areas of England and Wales, of each of the two and of each region, by code."""
    areas: dict[str, tuple[str, ...]] = {BOTH: (), ENGLAND: (), WALES: ()}
    areas |= {place.code: () for place in places.descendants(ENGLAND) if place.level is PlaceLevel.REGION}
    for code in areas:
        nations = (ENGLAND, WALES) if code == BOTH else (code,)
        below = (place for nation in nations for place in places.descendants(nation))
        areas[code] = tuple(place.code for place in below if place.level is PlaceLevel.FORCE)
        if len(areas[code]) != FORCES.get(code, len(areas[code])):
            raise ReviewError(f"{code} has {len(areas[code])} police forces, and not {FORCES[code]}")
    return areas


def quarters(several: list[Row], forces: tuple[str, ...]) -> Counts:
    """The count of each force in each quarter; those of forces that police no area are left out."""
    counts: Counts = {}
    for row in several:
        key = (row["gss_code"], int(row["financial_year"][:4]), int(row["quarter"]))
        if not row["gss_code"]:
            continue
        if key in counts or row["period"] != period(key):
            raise ReviewError(f"{row['force']} has {row['period']} twice, or not as the quarter {key}")
        counts[key] = int(row["number"])
    wanted = {(force, year, quarter) for force in forces for year in YEARS for quarter in _held(year)}
    if counts.keys() != wanted:
        apart = sorted(counts.keys() ^ wanted)
        raise ReviewError(f"{len(apart)} quarters of forces are missing or too many, such as {apart[0]}")
    return counts


def totals(counts: Counts, areas: Mapping[str, tuple[str, ...]]) -> Counts:
    """The counts with those of the areas, and with the sum of each year's quarters."""
    summed = dict(counts)
    for area, forces in areas.items():
        for year in YEARS:
            for quarter in _held(year):
                summed[area, year, quarter] = sum(counts[force, year, quarter] for force in forces)
    for place, year in {(place, year) for place, year, _ in summed}:
        summed[place, year, 0] = sum(summed[place, year, quarter] for quarter in _held(year))
    return summed


def check(counts: Counts, checked: list[Row], areas: Mapping[str, tuple[str, ...]]) -> None:
    """Raise ReviewError where a yearly sum of class 88A is not the one that was made apart."""
    known = {
        (row["code"], int(row["financial_year"][:4])): int(row["number"])
        for row in checked
        if row["forces"] == str(len(areas.get(row["code"], ())))
    }
    for code, year in ((code, year) for code in areas for year in YEARS):
        if known.get((code, year)) != counts[code, year, 0]:
            summed = f"{counts[code, year, 0]}, and not to {known.get((code, year), 'any sum made apart')}"
            raise ReviewError(f"the forces of {code} come in {year} to {summed}")
    held = tuple(counts[BOTH, year, 0] for year in YEARS)
    if held != TOTALS:
        raise ReviewError(f"England and Wales come to {held}, and not to {TOTALS}")


def period(key: Key) -> str:
    """The stretch of time: a quarter, a financial year, or what is held of the last one."""
    _, year, quarter = key
    if quarter:
        calendar = year + 1 if quarter == 4 else year
        return f"{calendar}-{QUARTERS[quarter].format(calendar)}"
    return f"{year}-04/{year}-12" if year == LAST_YEAR else f"{year}/{(year + 1) % 100:02d}"


def figure(measure: str, key: Key, number: int, name: str, forces: tuple[str, ...]) -> Row:
    """One count as a row of the pack; ``forces`` are those that an area is added up from."""
    place, year, quarter = key
    when = period(key)
    whose = f"the {len(forces)} police forces of {name}" if forces else name
    part = f"quarter {quarter}" if quarter else f"quarters 1 to {len(_held(year))}"
    return {
        "id": f"{measure}.{place}.{when.replace('/', '-')}",
        "measure": measure,
        "place": place,
        "period": when,
        "number": str(number),
        "printed": _printed(key, number, len(forces)),
        "forces_responding": str(len(forces) or ""),
        "forces_total": str(len(forces) or ""),
        "coverage": PART if not quarter and year == LAST_YEAR else "",
        "source": SOURCE,
        "locator": f"sheet {year}_{(year + 1) % 100:02d}, {whose}, {part}",
        "note": " ".join(_remarks(key, number, len(forces))),
    }


def _printed(key: Key, number: int, forces: int) -> str:
    """The number where the table gives it, and what it is the sum of where it does not."""
    quarters = len(_held(key[1])) if not key[2] else 0
    parts = [f"{quarters} quarters"] if quarters else []
    parts += [f"{forces} police forces"] if forces else []
    return f"our sum of {' of '.join(parts)}" if parts else str(number)


def _remarks(key: Key, number: int, forces: int) -> Iterator[str]:
    if not key[2]:
        how_many = "three" if key[1] == LAST_YEAR else "four"
        yield f"The sum of its {how_many} quarters in the table."
    if forces:
        yield f"Added up here from the {forces} police forces of the table, as it has no total of its own."
    if number < 0:
        yield BELOW_ZERO


def notes(counted: Mapping[str, list[Row]], every: Mapping[str, Counts], figures: list[Row]) -> list[Row]:
    """The notes with what they say of numbers filled in, and with the figures below zero by their ids."""
    below = [row for row in figures if row["number"].startswith("-")]
    if any(len(row["period"]) == len("2012/13") for row in below):
        raise ReviewError("a whole year is below zero, and the notes say that none is")
    facts: dict[str, object] = {
        f"below_{measure}": sum(row["measure"] == measure for row in below) for measure in counted
    }
    for measure, several in counted.items():
        facts |= {f"btp_{measure}": _without_area(several)}
    facts["west_midlands"] = every["ho-88a"]["E23000014", 2021, 0]
    written: list[Row] = []
    for row in rows(HERE / "official_notes.csv"):
        ids = " ".join(one["id"] for one in below) if row["id"] == "below-zero" else row["figures"]
        written.append({**row, "text": row["text"].format_map(facts), "figures": ids})
    return written


def _without_area(several: list[Row]) -> str:
    """What a force that polices no area recorded: "3 in all (1 in 2013/14 and 2 in 2014/15)"."""
    years: Counter[str] = Counter()
    for row in several:
        if not row["gss_code"]:
            years[row["financial_year"]] += int(row["number"])
    counts = [f"{number} in {year}" for year, number in sorted(years.items()) if number]
    if not counts:
        return "none"
    listed = " and ".join(part for part in (", ".join(counts[:-1]), counts[-1]) if part)
    return f"{sum(years.values())} in all ({listed})"


def _region(code: str, forces: tuple[str, ...]) -> Row:
    note = f"The {len(forces)} police forces whose counts are added up here."
    return {"place": code, "forces": " ".join(forces), "source": SOURCE, "note": note}


def _held(year: int) -> range:
    """The quarters of a year that the table holds."""
    return range(1, (LAST_QUARTERS if year == LAST_YEAR else 4) + 1)


def _order(key: Key, places: PlaceTree) -> tuple[int, int, int]:
    place, year, quarter = key
    return places.get(place).order, year, quarter


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
