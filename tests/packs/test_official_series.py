"""The Home Office's classes by force and quarter: whole, added up right, and made anew by the script."""

from __future__ import annotations

import csv
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from frictionless import Package
from hypothesis import HealthCheck, given, settings, strategies as st

from explorer.evidence.model import Figure, Pack, PeriodKind, PlaceLevel, SourceKind
from explorer.evidence.places import PlaceTree
from explorer.packs.reader import read_pack
from explorer.support import paths
from tests.run_sizes import plain_and_slow, scale_examples

RESEARCH = paths.packs_folder().parent / "research"
BOTH = "K04000001"
TOTALS = (369, 457, 677, 955, 1151, 4610, 5872, 6326, 6389, 6903, 6673, 7240, 7140)
YEARS = tuple(f"{year}/{(year + 1) % 100:02d}" for year in range(2012, 2025))
PART = "2025-04/2025-12"
MEASURES = ("ho-88a", "ho-71")
TRANSPORT = {
    "ho-88a": {2012: 1, 2013: 2, 2015: 7, 2016: 5, 2017: 14, 2018: 7, 2019: 3, 2020: 5},
    "ho-71": {2013: 1, 2014: 3, 2024: 2},
}
"""What British Transport Police recorded, which is in no figure."""
FILES = {"ho-88a": "home_office_88a_force_quarter.csv", "ho-71": "home_office_71_force_quarter.csv"}
STARTS = {"04": 1, "07": 2, "10": 3, "01": 4}
Held = dict[tuple[str, str, str], Figure]


@pytest.fixture(scope="module")
def official(places: PlaceTree) -> Pack:
    return read_pack(paths.packs_folder() / "home-office-classes", places)


@pytest.fixture(scope="module")
def held(official: Pack) -> Held:
    return {(figure.measure, figure.place, figure.period.text): figure for figure in official.figures}


@pytest.fixture(scope="module")
def series() -> Iterator[ModuleType]:
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(RESEARCH))
        patch.setattr(sys, "dont_write_bytecode", True)
        import make_official_series  # pyright: ignore[reportMissingImports]

        yield make_official_series
    for name in ("make_official_series", "make_packs"):
        sys.modules.pop(name, None)


def number(figure: Figure) -> int:
    assert figure.amount.number is not None
    return int(figure.amount.number)


def quarters_of(period: str) -> list[str]:
    """The quarters that a financial year, or what is held of the last one, is the sum of."""
    year = int(period[:4])
    several = [f"{year}-04/{year}-06", f"{year}-07/{year}-09", f"{year}-10/{year}-12"]
    return several if period == PART else [*several, f"{year + 1}-01/{year + 1}-03"]


@pytest.mark.parametrize("name", plain_and_slow(["home-office-classes", "population-mid-year", "home-office-88a"], 1))
def test_any_program_can_read_it(name: str) -> None:
    report = Package(str(paths.packs_folder() / name / "datapackage.json")).validate()
    assert report.flatten(["message"]) == []
    assert report.valid


def test_it_is_one_release_of_the_home_office(official: Pack) -> None:
    (source,) = official.sources
    assert (source.publisher, source.kind, source.published) == (
        "Home Office",
        SourceKind.OFFICIAL,
        "2026-04-23",
    )
    assert source.address.startswith("https://www.gov.uk/")
    assert official.licence == "OGL-UK-3.0"
    assert all(figure.source == source.id and figure.locator for figure in official.figures)


def test_every_place_has_every_quarter_year_and_part_year(official: Pack, places: PlaceTree) -> None:
    forces = {
        place.code
        for nation in ("E92000001", "W92000004")
        for place in places.descendants(nation)
        if place.level is PlaceLevel.FORCE
    }
    regions = {place.code for place in places.descendants("E92000001") if place.level is PlaceLevel.REGION}
    areas = {BOTH, "E92000001", "W92000004", *regions}
    assert (len(forces), len(areas)) == (43, 12)
    kinds = Counter((figure.measure, figure.place, figure.period.kind) for figure in official.figures)
    wanted = {PeriodKind.QUARTER: 55, PeriodKind.FINANCIAL_YEAR: 13, PeriodKind.PART_YEAR: 1}
    assert kinds == {
        (measure, place, kind): many
        for measure in MEASURES
        for place in forces | areas
        for kind, many in wanted.items()
    }


def test_the_totals_of_england_and_wales(held: Held) -> None:
    assert tuple(number(held["ho-88a", BOTH, year]) for year in YEARS) == TOTALS
    assert number(held["ho-88a", BOTH, PART]) == 5734


@pytest.mark.parametrize("year", YEARS[5:])
def test_durham_has_four_quarters_a_year_that_add_up(held: Held, year: str) -> None:
    quarters = [number(held["ho-88a", "E23000008", quarter]) for quarter in quarters_of(year)]
    assert len(quarters) == 4
    assert number(held["ho-88a", "E23000008", year]) == sum(quarters)


def test_every_year_is_the_sum_of_its_quarters(held: Held) -> None:
    for (measure, place, period), figure in held.items():
        if figure.period.kind is not PeriodKind.QUARTER:
            quarters = [held[measure, place, quarter] for quarter in quarters_of(period)]
            assert number(figure) == sum(map(number, quarters))
            how_many = "three" if period == PART else "four"
            assert figure.note.startswith(f"The sum of its {how_many} quarters in the table.")
            assert (figure.coverage != "") == (period == PART)


def test_every_area_is_the_sum_of_the_forces_listed_for_it(official: Pack, held: Held) -> None:
    lists = {region.place: region.forces for region in official.regions}
    wanted = {BOTH: 43, "E92000001": 39, "W92000004": 4, "E12000007": 2}
    assert {place: len(lists[place]) for place in wanted} == wanted
    for (measure, place, period), figure in held.items():
        forces = lists.get(place, ())
        assert figure.forces_responding == figure.forces_total == (len(forces) or None)
        assert (f"Added up here from the {len(forces)} police forces" in figure.note) == bool(forces)
        if forces:
            assert number(figure) == sum(number(held[measure, force, period]) for force in forces)


def test_a_count_below_zero_is_kept_and_explained(official: Pack) -> None:
    below = [figure for figure in official.figures if number(figure) < 0]
    assert Counter(figure.measure for figure in below) == {"ho-88a": 20, "ho-71": 12}
    for figure in below:
        assert figure.period.kind is PeriodKind.QUARTER
        assert figure.printed == str(figure.amount.number)
        assert figure.note == "A count below zero takes back what an earlier quarter counted too much."
    (note,) = (note for note in official.notes if note.id.endswith("/below-zero"))
    assert set(note.figures) == {figure.id for figure in below}


def test_ids_are_of_the_regular_form(official: Pack) -> None:
    ids = {figure.id.split("/")[1]: figure for figure in official.figures}
    assert {"ho-88a.E23000023.2024-25", "ho-88a.E23000023.2024-04-2024-06"} <= ids.keys()
    for name, figure in ids.items():
        assert name == f"{figure.measure}.{figure.place}.{figure.period.text.replace('/', '-')}"


def test_each_class_breaks_where_what_it_is_called_or_holds_changed(official: Pack) -> None:
    breaks = {measure.id: [one.day.isoformat() for one in measure.breaks] for measure in official.measures}
    assert breaks == {"ho-88a": ["2017-04-01"], "ho-71": ["2013-04-01"]}
    assert {measure.code for measure in official.measures} == {"88A", "71"}


def test_the_traps_are_in_the_notes(official: Pack) -> None:
    told = {note.id.split("/")[1]: note.text for note in official.notes}
    assert "1,151" in told["break-2017"]
    assert "4,610" in told["break-2017"]
    assert "never put in one line" in told["not-the-nspcc-count"]
    assert "part-year" in told["part-year"]
    assert "119, and is 215" in told["restated"]
    assert "44 in all (1 in 2012/13" in told["british-transport-police"]
    assert "6 in all (1 in 2013/14, 3 in 2014/15 and 2 in 2024/25)" in told["british-transport-police"]


def rows_of(official: Pack, places: PlaceTree, measure: str) -> list[dict[str, str]]:
    """A table of a class as the script reads it, made back from what is shipped."""
    found: list[dict[str, str]] = []
    for figure in official.figures:
        force = places.get(figure.place).level is PlaceLevel.FORCE
        if figure.measure == measure and force and figure.period.kind is PeriodKind.QUARTER:
            start = figure.period.start
            year = start.year - (start.month == 1)
            name = figure.locator.split(", ", 1)[1].rsplit(", ", 1)[0]
            found.append(_row(year, STARTS[f"{start.month:02d}"], figure.place, name, number(figure)))
            found[-1]["period"] = figure.period.text
    found += [_row(year, 1, "", "British Transport Police", n) for year, n in TRANSPORT[measure].items()]
    return found


def _row(year: int, quarter: int, code: str, name: str, count: int) -> dict[str, str]:
    return {
        "financial_year": f"{year}/{(year + 1) % 100:02d}",
        "quarter": str(quarter),
        "period": "",
        "gss_code": code,
        "force": name,
        "number": str(count),
    }


@pytest.fixture(scope="module")
def research(official: Pack, held: Held, places: PlaceTree, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The research tables, in a folder."""
    folder = tmp_path_factory.mktemp("research")
    lists = {region.place: region.forces for region in official.regions}
    sums = [
        {
            "code": place,
            "name": places.get(place).name,
            "financial_year": figure.period.text if "/" in period[:5] else "2025/26",
            "number": str(figure.amount.number),
            "forces": str(len(lists[place])),
        }
        for (measure, place, period), figure in held.items()
        if measure == "ho-88a" and place in lists and figure.period.kind is not PeriodKind.QUARTER
    ]
    written = {FILES[measure]: rows_of(official, places, measure) for measure in MEASURES}
    written["home_office_88a_region_nation_year.csv"] = sums
    for name, several in written.items():
        with (folder / name).open("w", encoding="utf-8", newline="") as stream:
            writer = csv.DictWriter(stream, list(several[0]))
            writer.writeheader()
            writer.writerows(several)
    return folder


def test_the_script_makes_what_is_shipped(
    series: ModuleType, research: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert series.main([str(research), str(tmp_path)]) == 0
    assert "7590 figures" in capsys.readouterr().out
    shipped = paths.packs_folder() / "home-office-classes"
    assert {path.name: path.read_bytes() for path in (tmp_path / shipped.name).iterdir()} == {
        path.name: path.read_bytes() for path in shipped.iterdir()
    }
    assert series.main([]) == 2


@pytest.mark.parametrize(
    ("file", "old", "new", "told"),
    [
        (
            FILES["ho-88a"],
            "2024-04/2024-06,E23000008",
            "2024-04/2024-06,E23000007",
            "has 2024-04/2024-06 twice",
        ),
        (FILES["ho-71"], "2024-04/2024-06,E23000008", "2024-04/2024-06,", "1 quarters of forces are missing"),
        (FILES["ho-71"], "2024-04/2024-06,E23000008", "2024-05/2024-06,E23000008", "not as the quarter"),
        ("home_office_88a_region_nation_year.csv", ",7140,43", ",7141,43", "7140, and not to 7141"),
        ("home_office_88a_region_nation_year.csv", ",7140,43", ",7140,44", "any sum made apart"),
    ],
)
def test_a_table_that_does_not_add_up_is_refused(
    file: str, old: str, new: str, told: str, series: ModuleType, research: Path, places: PlaceTree
) -> None:
    def read(name: str) -> list[dict[str, str]]:
        text = (research / name).read_text(encoding="utf-8")
        if name == file:
            assert text.count(old) == 1
            text = text.replace(old, new)
        return list(csv.DictReader(text.splitlines()))

    counted = {measure: read(name) for measure, name in FILES.items()}
    with pytest.raises(series.ReviewError, match=told):
        series.official(counted, read("home_office_88a_region_nation_year.csv"), places)


@settings(max_examples=scale_examples(20), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_areas_and_years_add_up_whatever_is_counted(data: st.DataObject, series: ModuleType, places: PlaceTree) -> None:
    areas = series.members(places)
    seeds = data.draw(st.lists(st.integers(-4, 500), min_size=1, max_size=40))
    keys = [(f, y, q) for f in areas[BOTH] for y in series.YEARS for q in series._held(y)]
    counts = {key: seeds[at % len(seeds)] for at, key in enumerate(keys)}
    summed = series.totals(counts, areas)
    regions = [code for code in areas if code.startswith("E12")]
    for year in series.YEARS:
        for quarter in (0, *series._held(year)):
            england = sum(summed[region, year, quarter] for region in regions)
            assert summed["E92000001", year, quarter] == england
            assert summed[BOTH, year, quarter] == england + summed["W92000004", year, quarter]
    assert sum(summed[BOTH, year, 0] for year in series.YEARS) == sum(counts.values())
    assert all(summed[key] == count for key, count in counts.items())
