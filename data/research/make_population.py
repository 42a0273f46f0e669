"""The pack of mid-year population: people of all ages and children, by place and year.

``make_timeline_and_population`` runs this. It copies every row of the research table
``population_all_and_children.csv``, and refuses the table where forces do not add up to the regions and
nations of the same source, or where it differs from a second table (``population_2017_2019.csv``) in anything
but what ``population_shipped_errors.csv`` lists and the Metropolitan Police, whose number there is too low.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from make_packs import HERE, ReviewError, Row, Tables, measures, rows

from explorer.evidence.model import PlaceLevel
from explorer.evidence.places import PlaceTree

POPULATION = {
    "id": "population-mid-year",
    "title": "Mid-year population of all ages and of children, by police force area, 2011 to 2024",
    "version": "2.0.0",
    "description": "How many people of all ages, and how many children aged 0 to 17, lived in a place at the "
    "middle of a year: police force areas, regions and nations, London with them, for rates per 100,000 "
    "people. Not every place has every year. Each number says whether it was rolled forward from the 2011 "
    "Census or rebased to the 2021 and 2022 censuses; the two are never mixed.",
    "licence": "OGL-UK-3.0",
}
AGES = {"all": ("population", "all ages"), "0-17": ("population-0-17", "ages 0 to 17")}
"""The measure of each age group, and how a locator names it."""
BASES = {
    "rebased to the 2021/2022 censuses": ("rebased", "rebased to the 2021 and 2022 censuses"),
    "before the 2021 census rebasing (rolled forward from 2011)": (
        "rolled",
        "rolled forward from the 2011 Census",
    ),
}
"""What each basis is called in an id, and in words."""
REMARKS = {
    "": "",
    "sum of local authorities": "The sum of its local authorities.",
    "sum of LSOAs": "The sum of its small areas (lower layer super output areas).",
    "derived: South West region minus its four other forces, because the local rows are suppressed as x": (
        "The South West less its four other force areas, as the rows of its councils are marked x."
    ),
}
METROPOLITAN = "E23000001"
UNITED_KINGDOM, BOTH, ENGLAND = "K02000001", "K04000001", "E92000001"
CHILDREN_YEARS = tuple(str(year) for year in range(2011, 2025))
"""The years in which the children of every place in England are held, so that every sum is checked."""
SECOND_YEARS = ("2017", "2019")
"""The years that the second table can be set beside."""

Subject = tuple[str, str, str]
"""A year, an age group, and a source, which has one basis."""
Counts = dict[str, int]
"""The population of each place by its code."""


def population(tables: Mapping[str, list[Row]], places: PlaceTree) -> Tables:
    """The tables of the pack, from the research tables by name. Raises ReviewError where one is wrong."""
    research = tables["population_all_and_children"]
    by_subject = subjects(research)
    facts = added(by_subject, places)
    facts |= beside(by_subject, tables["population_2017_2019"], tables["population_shipped_errors"], places)
    figures = [figure(row, places) for row in research]
    notes = rows(HERE / "population_notes.csv")
    return {
        "figures": sorted(figures, key=lambda row: _order(row, places)),
        "sources": rows(HERE / "population_sources.csv"),
        "notes": [{**note, "text": note["text"].format_map(facts)} for note in notes],
        "measures": measures({measure for measure, _ in AGES.values()}),
    }


def subjects(research: Iterable[Row]) -> dict[Subject, Counts]:
    """The numbers by year, age group and source. ReviewError for one that is not whole, or there twice."""
    found: dict[Subject, Counts] = {}
    bases: dict[Subject, str] = {}
    for row in research:
        subject, told = (row["year"], row["age_group"], row["source"]), f"{row['name']} in {row['year']}"
        if not row["population"].isdecimal():
            raise ReviewError(f"the population of {told} is no whole number")
        held = found.setdefault(subject, {})
        if row["gss_code"] in held or bases.setdefault(subject, row["basis"]) != row["basis"]:
            raise ReviewError(f"{told} is there twice, or its source has two bases")
        held[row["gss_code"]] = int(row["population"])
    return found


def added(by_subject: Mapping[Subject, Counts], places: PlaceTree) -> dict[str, int]:
    """How many sums of places hold, and how many of force areas. Raises ReviewError where one does not."""
    sums = of_forces = 0
    for (year, age, _), counts in by_subject.items():
        for code, number in counts.items():
            for parts in _parts(code, places):
                if not parts or not set(parts) <= counts.keys():
                    continue
                if sum(counts[part] for part in parts) != number:
                    told = f"{places.get(code).name} in {year} ({age})"
                    raise ReviewError(f"the parts of {told} do not add up to {number}")
                sums += 1
                of_forces += places.get(parts[0]).level is PlaceLevel.FORCE
    whole = {year for (year, age, _), held in by_subject.items() if age == "0-17" and _all(held, places)}
    missing = sorted(set(CHILDREN_YEARS) - whole)
    if missing:
        raise ReviewError(f"the children of England are not all held for {', '.join(missing)}")
    return {"sums": sums, "of_forces": of_forces, "years": len(whole)}


def _parts(code: str, places: PlaceTree) -> Iterable[list[str]]:
    """What a place is the sum of: its force areas, and its regions or nations."""
    nations = {
        BOTH: [ENGLAND, "W92000004"],
        UNITED_KINGDOM: [ENGLAND, "W92000004", "S92000003", "N92000002"],
    }
    yield from ([nations[code]] if code in nations else [])
    under = nations[BOTH] if code == BOTH else [code]
    below = [place for one in under for place in places.descendants(one)]
    if places.get(code).level is not PlaceLevel.FORCE and code != UNITED_KINGDOM:
        yield [place.code for place in below if place.level is PlaceLevel.FORCE]
    if code == ENGLAND:
        yield [place.code for place in below if place.level is PlaceLevel.REGION]


def _all(held: Counts, places: PlaceTree) -> bool:
    """Whether England, all its regions and all its forces are held."""
    english = [p.code for p in places.descendants(ENGLAND) if p.level in (PlaceLevel.FORCE, PlaceLevel.REGION)]
    return {ENGLAND, *english} <= held.keys()


def beside(
    by_subject: Mapping[Subject, Counts], second: list[Row], errors: list[Row], places: PlaceTree
) -> dict[str, int]:
    """How many numbers a second table has too. ReviewError where it differs and is not known to be wrong."""
    wrong = {(row["gss_code"], row["year"]): (row["shipped"], row["recomputed"]) for row in errors}
    agree = 0
    differ: set[tuple[str, str]] = set()
    for row in (row for row in second if row["period"] in SECOND_YEARS):
        code, year = _code(row, places), row["period"]
        ours = _counted(by_subject, code, year, places)
        if str(ours) == row["value"]:
            agree += 1
        elif code == METROPOLITAN or wrong.get((code, year)) == (row["value"], str(ours)):
            differ.add((code, year))
        else:
            told = f"{ours} here and {row['value']} in the second table"
            raise ReviewError(f"{places.get(code).name} in {year} is {told}")
    missed = {key for key in wrong if key[1] in SECOND_YEARS} - differ
    if missed or not agree:
        raise ReviewError(f"the second table has no number, or the right one, for {sorted(missed)}")
    return {"agree": agree, "compared": agree + len(differ)}


def _counted(by_subject: Mapping[Subject, Counts], code: str, year: str, places: PlaceTree) -> int:
    """The people of all ages on the basis of the 2011 Census: of the place, or of its forces together."""
    rolled = ("ons-mid-2017-lsoa", "ons-mid-2019-2020")
    held = next(by_subject[year, "all", source] for source in rolled if (year, "all", source) in by_subject)
    if code in held:
        return held[code]
    return sum(held[place.code] for place in places.descendants(code) if place.level is PlaceLevel.FORCE)


def figure(row: Row, places: PlaceTree) -> Row:
    """One row of the research table as a row of the pack."""
    measure, ages = AGES[row["age_group"]]
    short, basis = BASES[row["basis"]]
    return {
        "id": f"{measure}.{places.get(row['gss_code']).code}.{row['year']}.{short}",
        "measure": measure,
        "place": row["gss_code"],
        "period": row["year"],
        "number": row["population"],
        "printed": row["population"],
        "source": row["source"],
        "locator": f"{row['name']}, {ages}, middle of {row['year']}",
        "note": REMARKS[row["note"]],
        "basis": basis,
    }


def _code(row: Row, places: PlaceTree) -> str:
    """The code of a row of the second table: by name for England and the regions."""
    if row["level"] == "force":
        return row["qualifier"].split(";")[0].strip()
    for place in places:
        if place.level in (PlaceLevel.REGION, PlaceLevel.NATION) and place.name == row["geography"]:
            return place.code
    raise ReviewError(f"there is no place called {row['geography']}")


def _order(row: Row, places: PlaceTree) -> tuple[str, int, str, str]:
    return row["measure"], places.get(row["place"]).order, row["period"], row["basis"]
