"""The policy timeline and the population: whole, dated as their sources date, and made anew by the script."""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from explorer.evidence.model import Figure, Pack, PlaceLevel, Unit
from explorer.evidence.places import PlaceTree
from explorer.packs.reader import read_pack
from explorer.support import paths

RESEARCH = paths.packs_folder().parent / "research"
ROLLED, REBASED = "rolled forward from the 2011 Census", "rebased to the 2021 and 2022 censuses"
CHILDREN = tuple(str(year) for year in range(2011, 2025))
REPAIRED = {
    "E12000004": {"2017": 4771666, "2018": 4804100, "2019": 4835928},
    "E23000019": {"2017": 1147060, "2018": 1154200, "2019": 1161124},
    "E12000008": {"2017": 9080825, "2018": 9133600, "2019": 9180135},
    "E23000029": {"2017": 2391696, "2018": 2407600, "2019": 2419956},
}
"""The right numbers of four places that were wrong in an earlier version; those of 2018 are rounded, and no
number of all ages is held for that year."""
OVER = {"E12000004": 1, "E23000019": 1, "E12000008": -1, "E23000029": -1}
"""Whether a second table has too many people in one of them, or too few."""
ONE_COUNCIL = {"2017": 147602, "2019": 150503}
MET_SHORT = {"2017": 551858, "2019": 562240}
SHARED = ("offence-in-force", "white-paper", "initial-response", "full-response")


@pytest.fixture(scope="module")
def timeline(places: PlaceTree) -> Pack:
    return read_pack(paths.packs_folder() / "policy-timeline", places)


@pytest.fixture(scope="module")
def population(places: PlaceTree) -> Pack:
    return read_pack(paths.packs_folder() / "population-mid-year", places)


@pytest.fixture
def script(monkeypatch: pytest.MonkeyPatch) -> Iterator[ModuleType]:
    monkeypatch.syspath_prepend(str(RESEARCH))
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    import make_timeline_and_population  # pyright: ignore[reportMissingImports]

    yield make_timeline_and_population
    for name in ("make_timeline_and_population", "make_population", "make_packs"):
        sys.modules.pop(name, None)


def test_events_stand_in_the_order_of_their_dates(timeline: Pack) -> None:
    dates = [event.date for event in timeline.events]
    assert dates == sorted(dates)
    assert (dates[0], dates[-1], len(dates)) == ("2010", "2026-06-29", 40)
    assert all(event.source for event in timeline.events)
    assert [event.id.split("/")[1] for event in timeline.events if event.reported] == [
        "social-media-consultation-begins"
    ]


def test_events_that_two_packs_tell_are_told_alike(timeline: Pack, lockdown: Pack) -> None:
    """The program shows one of each, and finds them by name and date."""
    for name in SHARED:
        (here,) = (event for event in timeline.events if event.id.endswith(f"/{name}"))
        (there,) = (event for event in lockdown.events if event.id.endswith(f"/{name}"))
        assert (here.name, here.date) == (there.name, there.date)
        assert (here.measure, here.places) == (there.measure, there.places)


def test_names_are_short_enough_for_a_chart(timeline: Pack) -> None:
    told_by_lockdown = {f"policy-timeline/{name}" for name in SHARED}
    for event in timeline.events:
        assert len(event.name) <= (60 if event.id in told_by_lockdown else 55), event.name


def test_each_nation_has_its_own_offence(timeline: Pack) -> None:
    laws = {event.places: event.measure for event in timeline.events if event.measure}
    assert laws == {
        ("S92000003",): "scotland-indecent-communication",
        ("N92000002",): "scc-offences",
        ("K04000001",): "scc-offences",
    }


def test_a_release_is_no_event(timeline: Pack) -> None:
    assert not any("NSPCC" in event.name for event in timeline.events)


def test_uncertain_dates_carry_a_note(timeline: Pack) -> None:
    for event in timeline.events:
        assert len(event.date) == 10 or event.note, event.id
    noted = {name for note in timeline.notes for name in note.events}
    assert {f"policy-timeline/{name}" for name in ("northern-irish-offence", "bill-stage")} <= noted


@pytest.mark.parametrize("name", ["timeline", "population"])
def test_every_source_is_used_and_has_an_address(name: str, request: pytest.FixtureRequest) -> None:
    pack: Pack = request.getfixturevalue(name)
    used = {item.source for items in (pack.events, pack.figures, pack.notes) for item in items}
    assert {source.id for source in pack.sources} == used
    assert all(source.address.startswith("https://") for source in pack.sources)


def held(pack: Pack, measure: str, year: str) -> dict[str, int]:
    """The numbers of a measure in a year by place."""
    return {
        figure.place: int(figure.amount.number or 0)
        for figure in pack.figures
        if (figure.measure, figure.period.text) == (measure, year)
    }


def forces_of(places: PlaceTree, code: str) -> set[str]:
    return {place.code for place in places.descendants(code) if place.level is PlaceLevel.FORCE}


def test_who_estimated_the_population_is_named(population: Pack) -> None:
    ons = "Office for National Statistics"
    assert {source.publisher for source in population.sources} == {
        ons,
        "Department for Education, from ONS estimates",
    }
    assert len(population.sources) == 5
    assert {source.origin for source in population.sources if source.publisher != ons} == {ons}


def test_every_row_is_there_and_says_its_basis(population: Pack) -> None:
    assert len(population.figures) == 1002
    assert {figure.basis for figure in population.figures} == {ROLLED, REBASED}
    subjects = [(f.measure, f.place, f.period.text, f.basis) for f in population.figures]
    assert len(set(subjects)) == len(subjects)
    assert all(figure.source and figure.locator for figure in population.figures)


def test_the_unit_is_people_and_numbers_are_whole(population: Pack) -> None:
    measures = [(measure.id, measure.unit) for measure in population.measures]
    assert measures == [("population", Unit.PEOPLE), ("population-0-17", Unit.PEOPLE)]
    for figure in population.figures:
        number = figure.amount.number
        assert number is not None
        assert number == int(number) > 0
        assert figure.printed == str(number)
        assert (figure.amount.low, figure.amount.high) == (number, number)


@pytest.mark.parametrize("year", CHILDREN)
def test_the_children_of_force_areas_sum_to_regions_and_england(population: Pack, places: PlaceTree, year: str) -> None:
    children = held(population, "population-0-17", year)
    regions = [place.code for place in places.descendants("E92000001") if place.level is PlaceLevel.REGION]
    assert len(regions) == 9
    for code in (*regions, "E92000001"):
        assert children[code] == sum(children[force] for force in forces_of(places, code))
    assert children["E92000001"] == sum(children[region] for region in regions)


@pytest.mark.parametrize("year", ["2011", "2019", "2020", "2022"])
def test_all_ages_of_force_areas_sum_to_england_and_to_wales(population: Pack, places: PlaceTree, year: str) -> None:
    everybody = held(population, "population", year)
    for nation in ("E92000001", "W92000004"):
        assert everybody[nation] == sum(everybody[force] for force in forces_of(places, nation))


@pytest.mark.parametrize("year", ["2011", "2022"])
def test_nations_sum_to_the_united_kingdom(population: Pack, year: str) -> None:
    everybody = held(population, "population", year)
    nations = ("E92000001", "W92000004", "S92000003", "N92000002")
    assert everybody["K02000001"] == sum(everybody[nation] for nation in nations)
    assert everybody["K04000001"] == everybody["E92000001"] + everybody["W92000004"]


@pytest.mark.parametrize(("place", "year"), [(place, year) for place, years in REPAIRED.items() for year in years])
def test_the_four_places_are_repaired(population: Pack, places: PlaceTree, place: str, year: str) -> None:
    everybody = held(population, "population", year)
    if year == "2018":
        assert everybody == {}
        return
    forces = forces_of(places, place) or {place}
    assert sum(everybody[force] for force in forces) == REPAIRED[place][year]


@pytest.mark.parametrize("measure", ["population", "population-0-17"])
@pytest.mark.parametrize("place", ["E12000007", "E23000001", "E23000034"])
def test_london_is_in(population: Pack, measure: str, place: str) -> None:
    for year in ("2011", "2022"):
        assert place in held(population, measure, year)
    assert 9_000_000 > held(population, "population", "2019")["E23000001"] > 8_900_000


@pytest.mark.parametrize(
    ("measure", "place", "year", "number"),
    [
        ("population", "E23000013", "2017", 566150),
        ("population", "E92000001", "2019", 56286961),
        ("population-0-17", "E92000001", "2019", 11790492),
        ("population-0-17", "E23000034", "2024", 847),
        ("population", "K02000001", "2022", 67596281),
    ],
)
def test_a_number_is_that_of_the_table(population: Pack, measure: str, place: str, year: str, number: int) -> None:
    assert held(population, measure, year)[place] == number


def test_the_notes_say_what_was_checked_and_against_what(population: Pack) -> None:
    told = {note.id.split("/")[1]: note.text for note in population.notes}
    assert "195 sums" in told["sums"]
    assert "BritishDrugDynamics" in told["second-source"]
    assert "of its 98 numbers" in told["second-source"]
    assert "88 agree" in told["second-source"]
    assert "never worked out across two bases" in told["two-bases"]
    assert "847 children" in told["city-of-london"]
    assert not any("left out" in text for text in (*told.values(), population.description))


def tables(pack: Pack, places: PlaceTree, script: ModuleType, folder: Path) -> Path:
    """Research tables as the script reads them, made back from what is shipped; gives their folder."""
    events = [
        {"date": row["research_date"], "event": row["name"]} for row in script.rows(RESEARCH / "timeline_events.csv")
    ]
    events.append({"date": "2099", "event": "NSPCC release: a source and no event"})
    counted = [_counted(figure) for figure in pack.figures]
    second, wrong = _second_table(pack, places)
    later = [{"date": row["research_date"]} for row in script.rows(RESEARCH / "timeline_events_further.csv")]
    written = {
        "timeline": events,
        "timeline_further": later,
        "population_all_and_children": counted,
        "population_2017_2019": second,
        "population_shipped_errors": wrong,
    }
    for name, several in written.items():
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as stream:
            writer = csv.DictWriter(stream, list(several[0]))
            writer.writeheader()
            writer.writerows(several)
    return folder


def _counted(figure: Figure) -> dict[str, str]:
    """A figure as a row of the research table."""
    people = sys.modules["make_population"]
    (basis,) = (long for long, (_, told) in people.BASES.items() if told == figure.basis)
    (note,) = (long for long, told in people.REMARKS.items() if told == figure.note)
    (age,) = (age for age, (measure, _) in people.AGES.items() if measure == figure.measure)
    return {
        "gss_code": figure.place,
        "name": figure.locator.removesuffix(f", middle of {figure.period.text}").rsplit(", ", 1)[0],
        "year": figure.period.text,
        "age_group": age,
        "population": str(figure.amount.number),
        "basis": basis,
        "source": figure.source.rsplit("/")[-1],
        "note": note,
    }


def _second_table(pack: Pack, places: PlaceTree) -> tuple[list[dict[str, str]], list[dict[str, str]]]:
    """The second table, wrong where it is known to be, and the list of what is wrong in it."""
    second: list[dict[str, str]] = []
    wrong: list[dict[str, str]] = []
    levels = (PlaceLevel.FORCE, PlaceLevel.REGION)
    english = ["E92000001", *(p.code for p in places.descendants("E92000001") if p.level in levels)]
    for year, council in ONE_COUNCIL.items():
        everybody = held(pack, "population", year)
        for code in english:
            ours = sum(everybody[force] for force in forces_of(places, code) or {code})
            theirs = ours + OVER.get(code, 0) * council - (code == "E23000001") * MET_SHORT[year]
            place = places.get(code)
            second.append(
                {
                    "geography": place.name,
                    "level": place.level.value,
                    "period": year,
                    "value": str(theirs),
                    "qualifier": f"{code}; SUSPECT",
                }
            )
            if code in OVER:
                wrong.append({"gss_code": code, "year": year, "shipped": str(theirs), "recomputed": str(ours)})
    return second, wrong


@pytest.mark.parametrize("name", ["population-mid-year", "policy-timeline"])
def test_the_script_makes_what_is_shipped(
    name: str,
    population: Pack,
    places: PlaceTree,
    script: ModuleType,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    made = tmp_path / "made"
    assert script.main([str(tables(population, places, script, tmp_path)), str(made)]) == 0
    assert "1002 figures" in capsys.readouterr().out
    assert {path.name: path.read_bytes() for path in (made / name).iterdir()} == {
        path.name: path.read_bytes() for path in (paths.packs_folder() / name).iterdir()
    }


def test_a_dated_row_that_was_not_reviewed_is_refused(population: Pack, script: ModuleType) -> None:
    with pytest.raises(script.ReviewError, match="2031"):
        script.timeline(
            [{"date": row["research_date"], "event": ""} for row in script.rows(script.HERE / "timeline_events.csv")]
            + [{"date": "2031", "event": "Another Act"}],
            [],
        )


@pytest.fixture
def held_tables(
    population: Pack, places: PlaceTree, script: ModuleType, tmp_path: Path
) -> dict[str, list[dict[str, str]]]:
    """The research tables of population as the script reads them."""
    tables(population, places, script, tmp_path)
    return {name: script.rows(tmp_path / f"{name}.csv") for name in script.TABLES}


@pytest.mark.parametrize(
    ("table", "column", "value", "told"),
    [
        ("population_all_and_children", "population", "5.6e7", "no whole number"),
        ("population_all_and_children", "population", "1", "do not add up"),
        ("population_all_and_children", "gss_code", "E23000008", "twice"),
        ("population_2017_2019", "value", "1", "in the second table"),
        ("population_2017_2019", "geography", "Atlantis", "no place called"),
    ],
)
def test_a_table_that_is_wrong_in_one_cell_is_refused(
    table: str,
    column: str,
    value: str,
    told: str,
    held_tables: dict[str, list[dict[str, str]]],
    places: PlaceTree,
    script: ModuleType,
) -> None:
    rows = held_tables[table]
    at = next(n for n, row in enumerate(rows) if "England" in row.values() and row.get("year") != "2011")
    rows[at][column] = value
    if column == "gss_code":
        rows[at] |= {"year": "2012", "age_group": "0-17", "source": "dfe-0-17"}
    with pytest.raises(script.ReviewError, match=told):
        script.population(held_tables, places)


def test_children_of_a_year_that_are_not_all_there_are_refused(
    held_tables: dict[str, list[dict[str, str]]], places: PlaceTree, script: ModuleType
) -> None:
    people = held_tables["population_all_and_children"]
    people[:] = [row for row in people if (row["gss_code"], row["year"]) != ("E23000008", "2015")]
    with pytest.raises(script.ReviewError, match="not all held for 2015"):
        script.population(held_tables, places)


def test_a_further_row_that_was_not_reviewed_is_refused(script: ModuleType) -> None:
    dated = [{"date": row["research_date"], "event": ""} for row in script.rows(script.HERE / "timeline_events.csv")]
    with pytest.raises(script.ReviewError, match="further"):
        script.timeline(dated, [{"date": "2031", "event": "Another Act"}])


def test_a_further_row_is_an_event_or_left_out_with_a_reason(timeline: Pack, script: ModuleType) -> None:
    held = {event.id.split("/")[1]: event for event in timeline.events}
    reviewed = script.rows(script.HERE / "timeline_events_further.csv")
    assert [row["row"] for row in reviewed if row["leave_out"]] == ["8", "9"]
    for row in reviewed:
        assert bool(row["leave_out"]) != bool(row["id"])
        assert row["leave_out"] or held[row["id"]].date == row["research_date"]
    weak = [event.id.split("/")[1] for event in timeline.events if "weak source" in event.note]
    assert weak == ["social-media-consultation-begins", "ofcom-reports-on-six"]
