"""The tree of places, the names that lead into it, and where to begin."""

import pytest

from explorer.evidence.model import PlaceLevel
from explorer.pages.model.chart import ChartKind
from explorer.pages.model.question import Question
from explorer.pages.page_builder import answer
from explorer.pages.search.lookup import build_outline, find_places, select_opening_question
from tests.pages.area_samples import KENT, figure, library as library_of


def test_every_place_stands_once_under_its_parent(library):
    rows = build_outline(library)
    assert len(rows) == len(list(library.places))
    depth = {row.code: row.depth for row in rows}
    assert all(row.depth == depth[row.parent] + 1 for row in rows if row.parent)
    assert rows[0].name == "United Kingdom"


def forces(library):
    return [row for row in build_outline(library) if row.level is PlaceLevel.FORCE]


def test_forty_five_force_areas_are_there_with_or_without_figures(library, seed_library):
    assert len(forces(library)) == len(forces(seed_library)) == 45
    assert {row.name: row.figures for row in forces(seed_library) if row.figures} == {"Cambridgeshire": 4}
    for row in (*forces(library), *forces(seed_library)):
        assert ("no figures" in row.detail) is (row.figures == 0)


def test_people_are_not_figures_of_a_places_own(library):
    """What the sidebar counts is what the page of the place has to tell: its population alone is nothing."""
    held = {code: library.figures(place=code) for code in library.figure_counts()}
    people = ("population", "population-0-17")
    told = {code: sum(f.measure not in people for f in several) for code, several in held.items()}
    assert {row.code: row.figures for row in build_outline(library) if row.figures} == {
        code: count for code, count in told.items() if count
    }
    counted = [library.place_counts(measure) for measure in people]
    assert {code: sum(one.get(code, 0) for one in counted) for code in held} == {
        code: len(held[code]) - told[code] for code in held
    }


def test_a_force_of_which_we_hold_its_people_only_has_no_figures_of_its_own():
    cumbria = "E23000002"
    people = figure(cumbria, "2018-01/2018-12", 498_000, measure="population")
    made = library_of([people, figure("K02000001", "2018/19", 5)])
    assert made.figure_counts()[cumbria] == made.place_counts("population")[cumbria] == 1
    (row,) = [row for row in forces(made) if row.code == cumbria]
    assert (row.figures, "no figures of its own" in row.detail) == (0, True)
    assert find_places(made, "cumbria")[0].figures == 0
    assert answer(made, Question(place=cumbria)).place.code != cumbria
    made.close()


def test_peterborough_leads_to_cambridgeshire_and_says_why(library):
    first = find_places(library, "peterborough")[0]
    assert first.name == "Peterborough"
    assert "Cambridgeshire police force area" in first.why


def test_a_former_council_still_leads_somewhere(library):
    assert any("East Suffolk" in f.name or "Suffolk" in f.why for f in find_places(library, "waveney"))


def test_nonsense_leads_nowhere(library):
    assert find_places(library, "qzxv") == ()


def test_the_first_look_is_the_whole_country_where_its_record_is_a_trend(library):
    first = select_opening_question(library)
    assert library.places.get(first.place).level is PlaceLevel.UK
    shown = answer(library, first)
    assert (shown.place.code, shown.chart.kind, shown.notice) == (first.place, ChartKind.TREND, "")
    assert len({f.period.text for f in shown.drawn if f.place == first.place}) >= 3


def test_the_first_look_is_a_force_with_a_trend_where_the_whole_country_has_none(seed_library):
    assert seed_library.places.get(select_opening_question(seed_library).place).name == "Cambridgeshire"


@pytest.mark.parametrize(("years", "name"), [(2, "Kent"), (3, "United Kingdom")])
def test_three_years_are_a_trend_and_two_are_not(years, name):
    """Parts of a year are no years: the last of these figures is a quarter."""
    quarter = figure("K02000001", "2025-04/2025-06", 9)
    whole = [figure("K02000001", f"{2018 + n}/{19 + n}", 100 + n) for n in range(years)]
    made = library_of([*whole, quarter, figure(KENT, "2018/19", 5)])
    assert made.places.get(select_opening_question(made).place).name == name
    made.close()


def test_without_evidence_the_first_look_is_the_top_of_the_tree():
    made = library_of([])
    assert select_opening_question(made).place == "K02000001"
    made.close()
