"""The policy timeline and the population: whole, dated as their sources date, and made anew by the script."""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from types import ModuleType

import pytest

from explorer import paths
from explorer.evidence.model import Level, Pack, Unit
from explorer.evidence.places import Places
from explorer.packs.read import read_pack

RESEARCH = paths.packs_folder().parent / "research"
LONDON = {"E12000007", "E23000001", "E23000034"}
YEARS = ("2017", "2018", "2019")
SHARED = ("offence-in-force", "white-paper", "initial-response", "full-response")


@pytest.fixture(scope="module")
def timeline(places: Places) -> Pack:
    return read_pack(paths.packs_folder() / "policy-timeline", places)


@pytest.fixture(scope="module")
def population(places: Places) -> Pack:
    return read_pack(paths.packs_folder() / "population-mid-year", places)


@pytest.fixture
def script(monkeypatch: pytest.MonkeyPatch) -> Iterator[ModuleType]:
    monkeypatch.syspath_prepend(str(RESEARCH))
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    import make_timeline_and_population  # pyright: ignore[reportMissingImports]

    yield make_timeline_and_population
    for name in ("make_timeline_and_population", "make_packs"):
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


def test_who_estimated_the_population_is_named_before_who_copied_it(population: Pack) -> None:
    assert {source.publisher for source in population.sources} == {
        "Office for National Statistics, as copied by BritishDrugDynamics"
    }


def test_england_its_regions_and_force_areas_but_london(population: Pack, places: Places) -> None:
    english = {place.code for place in places.under("E92000001") if place.level is not Level.LOCAL_AUTHORITY}
    expected = product({"E92000001", *english} - LONDON, YEARS)
    held = [(figure.place, figure.period.text) for figure in population.figures]
    assert sorted(held) == sorted(expected)


def test_the_unit_is_people_and_numbers_are_whole(population: Pack) -> None:
    (measure,) = population.measures
    assert (measure.id, measure.unit) == ("population", Unit.PEOPLE)
    for figure in population.figures:
        number = figure.amount.number
        assert number is not None
        assert number == int(number) > 0
        assert figure.printed == str(number)
        assert (figure.amount.low, figure.amount.high) == (number, number)


@pytest.mark.parametrize("year", YEARS)
def test_force_areas_sum_to_their_region(population: Pack, places: Places, year: str) -> None:
    held = {f.place: int(f.amount.number or 0) for f in population.figures if f.period.text == year}
    regions = [code for code in held if places.get(code).level is Level.REGION]
    assert len(regions) == 8
    for region in regions:
        assert held[region] == sum(held.get(force.code, 0) for force in places.children(region))
    assert 8_500_000 < held["E92000001"] - sum(held[region] for region in regions) < 9_500_000


@pytest.mark.parametrize(
    ("place", "year", "number"),
    [("E23000013", "2017", 566150), ("E12000006", "2018", 6201214), ("E92000001", "2019", 56286961)],
)
def test_a_number_is_that_of_the_table(population: Pack, place: str, year: str, number: int) -> None:
    assert [
        figure.amount.number
        for figure in population.figures
        if (figure.place, figure.period.text) == (place, year)
    ] == [number]


def test_the_notes_say_why_london_is_left_out(population: Pack) -> None:
    assert "London" in population.description
    assert any("Metropolitan" in note.text for note in population.notes)


def tables(pack: Pack, script: ModuleType, folder: Path) -> Path:
    """Research tables as the script reads them, made back from what is shipped; gives their folder."""
    events = [
        {"date": row["research_date"], "event": row["name"]}
        for row in script.rows(RESEARCH / "timeline_events.csv")
    ]
    events.append({"date": "2099", "event": "NSPCC release: a source and no event"})
    levels = {"E92": "nation", "E12": "region", "E23": "force"}
    addresses = {source.id: source.address for source in pack.sources}
    counted = [
        {
            "geography": figure.locator.rsplit(",", 1)[0],
            "level": levels[figure.place[:3]],
            "period": figure.period.text,
            "value": str(figure.amount.number),
            "qualifier": figure.place,
            "source_address": addresses[figure.source],
        }
        for figure in pack.figures
    ]
    london = {**counted[-1], "geography": "London, City of", "qualifier": "E23000034; SUSPECT"}
    later = [{"date": row["research_date"]} for row in script.rows(RESEARCH / "timeline_events_further.csv")]
    written = (
        ("timeline", events),
        ("timeline_further", later),
        ("population_2017_2019", [london, *counted]),
    )
    for name, several in written:
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as stream:
            writer = csv.DictWriter(stream, list(several[0]))
            writer.writeheader()
            writer.writerows(several)
    return folder


def test_the_script_makes_what_is_shipped(
    population: Pack, script: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made = tmp_path / "made"
    assert script.main([str(tables(population, script, tmp_path)), str(made)]) == 0
    assert "138 figures" in capsys.readouterr().out
    for name in ("policy-timeline", "population-mid-year"):
        shipped = paths.packs_folder() / name
        assert {path.name: path.read_bytes() for path in (made / name).iterdir()} == {
            path.name: path.read_bytes() for path in shipped.iterdir()
        }


def test_a_dated_row_that_was_not_reviewed_is_refused(population: Pack, script: ModuleType) -> None:
    with pytest.raises(script.ReviewError, match="2031"):
        script.timeline(
            [
                {"date": row["research_date"], "event": ""}
                for row in script.rows(script.HERE / "timeline_events.csv")
            ]
            + [{"date": "2031", "event": "Another Act"}],
            [],
        )


def test_a_further_row_that_was_not_reviewed_is_refused(script: ModuleType) -> None:
    dated = [
        {"date": row["research_date"], "event": ""}
        for row in script.rows(script.HERE / "timeline_events.csv")
    ]
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


def test_a_population_that_is_no_whole_number_is_refused(places: Places, script: ModuleType) -> None:
    row = {"geography": "England", "level": "nation", "period": "2019", "value": "5.6e7", "qualifier": ""}
    with pytest.raises(script.ReviewError, match="no whole number"):
        script.population([row], places)
