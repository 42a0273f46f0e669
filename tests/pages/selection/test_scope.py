"""A table of very many classes beside the shipped evidence: pages stay as they were, and ask for little."""

from __future__ import annotations

import pytest
from hypothesis import given, settings, strategies as st

from explorer.evidence.model import Measure, PlaceLevel, Unit
from explorer.library.library import Library
from explorer.packs.reader import read_places
from explorer.pages.charts.options import comparison_candidates
from explorer.pages.model.chart import ChartKind
from explorer.pages.model.question import Question
from explorer.pages.page_builder import answer
from explorer.pages.search.lookup import select_opening_question
from explorer.pages.search.navigation import navigation_target
from explorer.pages.search.search import ResultKind, SearchResult
from explorer.pages.selection.figures import FigureQuery, select_measure
from explorer.pages.selection.scope import default_figures
from explorer.support import paths
from tests.pages.table_samples import CAMBS, EAST, FIRST, GROOMING, KENT, PACK, UK, figure, periods, table, with_table
from tests.run_sizes import plain_and_slow, scale_examples


def test_the_first_look_is_not_the_table(tabled_library, library):
    assert select_opening_question(tabled_library) == select_opening_question(library)


@pytest.mark.parametrize("kind", plain_and_slow([kind for kind in ChartKind if kind is not ChartKind.MAP], 2))
def test_where_nothing_is_chosen_the_shipped_charts_stay(tabled_library, library, kind):
    for place in library.figure_counts():
        before, after = (
            answer(one, Question(place=place, chart=kind), brief=True) for one in (library, tabled_library)
        )
        if not before.chart.series or before.place.code != place:
            continue  # what had nothing of its own to show has a class of the table now
        assert after.place == before.place
        assert {f.measure for f in after.drawn} == {f.measure for f in before.drawn}, place
        if before.drawn[0].measure != GROOMING:  # of that the table has more figures, which belong there
            assert after.chart == before.chart, place
            assert after.drawn == before.drawn


@pytest.mark.slow
def test_the_map_of_the_shipped_measure_stays(tabled_library, library):
    before, after = (answer(one, Question(place=UK, chart=ChartKind.MAP)) for one in (library, tabled_library))
    assert after.chart == before.chart
    assert after.measures[0] == before.measures[0]


@pytest.mark.slow
def test_a_page_asks_for_the_figures_of_few_measures(tabled_library, monkeypatch):
    answer(tabled_library, Question(place=UK))  # what is worked out once for all places is worked out
    asked = []
    given_back = Library.figures

    def counting(self, **by):
        found = given_back(self, **by)
        asked.append((by, len(found)))
        return found

    monkeypatch.setattr(Library, "figures", counting)
    for place in (CAMBS, KENT):
        answer(tabled_library, Question(place=place))
        assert not [by for by, _ in asked if by.get("place") == place and len(by) == 1]
        assert max(count for _, count in asked) < 200
        asked.clear()


def test_a_class_that_is_chosen_is_drawn_and_the_others_can_be(tabled_library):
    page = answer(tabled_library, Question(place=CAMBS, measure="class-7"))
    assert {f.measure for f in page.drawn} == {"class-7"}
    assert len(page.drawn) == 4
    assert len(page.measures) > 20
    assert [m.id for m in page.measures if m.chosen] == ["class-7"]
    offences = [m for m in page.measures if tabled_library.measure(m.id).unit is Unit.OFFENCES]
    assert (offences[-1].group, offences[-1].code) == ("Violence against the person", "18B")
    assert page.measures == (*offences, *(m for m in page.measures if m.id == "scc-change"))
    assert len(page.others) <= 80


def test_classes_are_listed_by_group_and_code_after_what_is_printed_elsewhere(tabled_library):
    listed = answer(tabled_library, Question(place=CAMBS)).measures
    classes = [m for m in listed if m.id.startswith("class-")]
    assert [m.code for m in classes if m.group == "Sexual offences"] == [
        "1B",
        "4B",
        "7B",
        "10B",
        "13B",
        "16B",
        "19B",
    ]
    assert [m.id for m in listed if m not in classes] == ["ho-71", "ho-88a", "scc-offences", "scc-change"]
    counts = [m for m in listed if tabled_library.measure(m.id).unit is Unit.OFFENCES]
    assert counts == [*(m for m in counts if m not in classes), *classes]
    assert listed == (*counts, *(m for m in listed if m not in counts))


def test_a_class_that_a_place_has_not_gives_way_to_what_it_has(tabled_library):
    page = answer(tabled_library, Question(place=UK, measure="class-7"))
    assert {f.measure for f in page.drawn} == {"scc-offences"}


@pytest.mark.slow
def test_a_place_with_nothing_but_a_table_shows_a_class_of_it():
    alone = with_table(shipped=False)
    page = answer(alone, Question(place=CAMBS))
    assert page.place.code == CAMBS
    assert len({f.measure for f in page.drawn}) == 1
    assert len(page.measures) == 20
    alone.close()


def test_a_small_table_is_taken_in_whole():
    alone = with_table(shipped=False, classes=3)
    assert len(default_figures(alone, CAMBS)) == 60
    alone.close()


def test_neighbours_are_compared_in_the_class_that_is_chosen(tabled_library):
    page = answer(tabled_library, Question(place=CAMBS, chart=ChartKind.COMPARE, measure="class-7"))
    assert {f.measure for f in page.drawn} == {"class-7"}
    assert len({f.place for f in page.drawn}) == 6
    found = comparison_candidates(tabled_library, Question(place=CAMBS, measure="class-7"))
    assert len(found) > 40
    assert {one.figures for one in found} == {20}


def test_a_figure_that_was_searched_for_is_shown_in_its_class(tabled_library):
    wanted = f"{PACK}/class-7.{CAMBS}.2021-22"
    result = SearchResult(kind=ResultKind.FIGURE, id=wanted, title="", detail="")
    move = navigation_target(tabled_library, Question(place=UK), result)
    assert move is not None
    page = answer(tabled_library, move.apply_to(Question(place=UK)))
    assert wanted in {f.id for f in page.drawn}
    assert page.card is not None
    assert page.card.figure == wanted


def test_a_printed_measure_that_a_table_adds_to_keeps_its_own_figures(tabled_library, library):
    chosen = answer(tabled_library, Question(place=CAMBS, measure=GROOMING))
    before = [f.id for f in library.figures(place=CAMBS, measure=GROOMING)]
    every = {f.id for f in tabled_library.figures(place=CAMBS, measure=GROOMING)}
    assert set(before) < every
    assert {f.measure for f in chosen.drawn} == {GROOMING}


def test_a_region_has_no_classes_of_its_own(tabled_library):
    assert all(not m.id.startswith("class-") for m in answer(tabled_library, Question(place=EAST)).measures)


PLACES = read_places(paths.places_folder())
_FORCES = [one.code for one in PLACES if one.level is PlaceLevel.FORCE]


@settings(max_examples=scale_examples(25), deadline=None)
@given(
    st.sampled_from(_FORCES),
    st.integers(1, 40),
    st.lists(st.sampled_from(range(1990, 2018)), min_size=1, unique=True),
)
def test_no_table_changes_which_measure_is_the_likeliest(library, place, classes, years):
    """Of the figures of a place together with a table's, without a library for each example."""
    held = FigureQuery(library)
    counts = held.counts_for(place)
    likeliest = [f.measure for f in select_measure(held, counts, "")][:1]
    held._tables = frozenset({PACK})
    added = (figure(place, measure, period, classes) for period in periods(years) for measure in (GROOMING, FIRST))
    every = sorted((*counts, *added), key=lambda f: (f.period.start, f.period.end))
    measures = {FIRST: Measure(id=FIRST, name="One", unit=Unit.OFFENCES, definition="")}
    held.unit_for = lambda f: (measures.get(f.measure) or library.measure(f.measure)).unit
    assert [f.measure for f in select_measure(held, tuple(every), "")][:1] == (likeliest or [every[0].measure])


@pytest.mark.slow
def test_removing_the_table_brings_everything_back(library):
    opened = with_table()
    opened.manager.remove_pack(PACK)
    assert answer(opened, Question(place=CAMBS)).measures == answer(library, Question(place=CAMBS)).measures
    opened.close()


@pytest.mark.slow
def test_disagreements_within_a_class_are_found_where_it_is_chosen():
    opened = with_table(classes=60)
    other = table([CAMBS], classes=60)
    contrary = tuple(
        figure(CAMBS, one.measure, one.period, 7)
        for one in other.figures
        if one.measure == FIRST and one.amount.number == 5
    )
    from msgspec.structs import replace

    changed = tuple(
        replace(f, id=f.id.replace(PACK, "second-table"), pack="second-table", source="second-table/table")
        for f in (*contrary, *(f for f in other.figures if f.measure != FIRST))
    )
    opened.manager.add_pack(
        replace(
            other,
            id="second-table",
            figures=changed,
            sources=(replace(other.sources[0], id="second-table/table", published="2026-01-01"),),
        )
    )
    silent = answer(opened, Question(place=CAMBS))
    told = answer(opened, Question(place=CAMBS, measure=FIRST))
    assert len(told.disagreements) > len(silent.disagreements)
    opened.close()
