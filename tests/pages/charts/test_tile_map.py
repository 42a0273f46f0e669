"""The tile map as a chart: which figures it draws, what it says of each area, its steps and its table."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given, strategies as st

from explorer.evidence.conflicts import Preference
from explorer.evidence.model import Qualifier
from explorer.library.library import Library
from explorer.pages.charts.context import ChartContext
from explorer.pages.charts.registry import chart_types
from explorer.pages.charts.tile_map import HATCHED_NOTES, compose_tile_map, table_rows
from explorer.pages.charts.tile_values import MOST, RULE, bin_changes, bin_values
from explorer.pages.model.chart import Chart, ChartKind, ChartShape, MapTile
from explorer.pages.model.question import Question, ValueScale
from explorer.pages.page_builder import answer
from explorer.pages.selection.figures import FigureQuery
from explorer.pages.selection.force_areas import base_periods, build_areas, map_figures, map_measures, select_map
from explorer.pages.selection.resolved_query import resolve
from explorer.pages.text import phrases
from tests.pages.area_samples import (
    CAMBS,
    KENT,
    LANCS,
    MEASURE,
    MET,
    NI,
    NORFOLK,
    OTHER,
    PEOPLE,
    PSNI,
    SCOTLAND,
    figure,
    forces,
    library,
    year,
)

FIRST = {CAMBS: 66, NORFOLK: 40, KENT: 122, LANCS: 64, MET: 300}
SECOND = {CAMBS: 71, NORFOLK: 30, KENT: 122, LANCS: 252}


@pytest.fixture(scope="module")
def made():
    opened = library(
        [
            *year("2017/18", FIRST),
            *year("2018/19", SECOND),
            figure(NI, "2017/18", 82),
            figure(LANCS, "2017/18", 175, source="second"),
            *year("2017/18", {CAMBS: 3}, OTHER),
            *year("2017", {CAMBS: 850_000, NORFOLK: 900_000, KENT: 1_800_000, LANCS: 1_490_000}, PEOPLE),
        ]
    )
    yield opened
    opened.close()


def material(held: Library, **asked: object) -> ChartContext:
    question = Question(place="K02000001", chart=ChartKind.MAP, **asked)  # type: ignore[arg-type]
    reached = resolve(held, question, chart_types())
    return ChartContext(library=held, question=question, reach=reached, worked_from=(), conflicts=(), notes=())


def drawn(held: Library, **asked: object) -> Chart:
    return compose_tile_map(material(held, **asked))


def tile(chart: Chart, place: str) -> MapTile:
    return next(one for one in chart.tiles if one.place == place)


class TestCounts:
    def test_every_force_area_has_a_tile_in_place_order(self, made: Library) -> None:
        chart = drawn(made)
        assert (chart.kind, chart.shape, chart.series) == (ChartKind.MAP, ChartShape.TILES, ())
        assert tuple(one.place for one in chart.tiles) == forces()
        assert len({(one.column, one.row) for one in chart.tiles}) == len(chart.tiles) == 45

    def test_the_period_is_the_one_that_most_areas_have(self, made: Library) -> None:
        chart = drawn(made)
        assert chart.title == "2017/18: 40 to 300 offences in 6 of 45 areas"
        assert chart.subtitle == "Sexual communication with a child, police force areas, United Kingdom, 2017/18"
        assert drawn(made, period="2018/19").title == "2018/19: 30 to 252 offences in 4 of 45 areas"

    def test_a_period_that_no_area_has_gives_way(self, made: Library) -> None:
        assert drawn(made, period="2031/32").subtitle.endswith("2017/18")

    def test_an_area_says_its_number(self, made: Library) -> None:
        cambs = tile(drawn(made), CAMBS)
        assert (cambs.short, cambs.label, cambs.name) == ("Cam", "66", "Cambridgeshire, 2017/18: 66 offences")
        assert made.figure(cambs.figure).place == CAMBS

    def test_an_area_without_a_figure_is_not_zero(self, made: Library) -> None:
        chart = drawn(made)
        kept = tile(chart, SCOTLAND)
        assert (kept.label, kept.figure, kept.band) == ("[x]", "", None)
        assert kept.name == "Police Scotland, 2017/18: we hold no figure"
        assert any(HATCHED_NOTES[ValueScale.COUNT] in note for note in chart.notes)

    def test_the_nation_stands_in_for_its_only_force(self, made: Library) -> None:
        psni = tile(drawn(made), PSNI)
        assert psni.label == "82"
        assert made.figure(psni.figure).place == NI
        assert psni.name.endswith("2017/18: 82 offences, published for the whole nation")

    def test_a_force_of_its_own_goes_before_its_nation(self) -> None:
        held = library([figure(NI, "2017/18", 82), figure(PSNI, "2017/18", 80)])
        assert tile(drawn(held), PSNI).label == "80"

    def test_of_several_figures_one_is_drawn_by_the_rule_and_the_others_are_said(self, made: Library) -> None:
        newest, first = drawn(made), drawn(made, rule=Preference.FIRST)
        assert (tile(newest, LANCS).label, tile(first, LANCS).label) == ("175", "64")
        assert tile(newest, LANCS).name.endswith("2017/18 is also published as 64")
        assert "Another number is also published for Lancashire." in newest.notes

    def test_a_number_that_is_not_exact_says_so(self) -> None:
        held = library([figure(KENT, "2017/18", 200, qualifier=Qualifier.AT_LEAST)])
        chart = drawn(held)
        assert (tile(chart, KENT).label, tile(chart, KENT).name) == (
            "200+",
            "Kent, 2017/18: at least 200 offences (200 or more)",
        )
        assert any("least it can be" in note for note in chart.notes)
        assert "Kent at least 200" in chart.alt_text

    def test_a_reply_without_a_number_is_hatched_but_can_be_chosen(self) -> None:
        held = library([figure(KENT, "2017/18", None), figure(CAMBS, "2017/18", 5)])
        kent = tile(drawn(held), KENT)
        assert (kent.label, kent.band, bool(kent.figure)) == ("[x]", None, True)
        assert kent.name == "Kent, 2017/18: not available"

    def test_measures_are_never_mixed(self, made: Library) -> None:
        other = drawn(made, measure=OTHER)
        assert [one.label for one in other.tiles if one.figure] == ["3"]
        assert {f.measure for f in map_figures(FigureQuery(made), Question(place=CAMBS)).figures} == {MEASURE}
        assert map_measures(FigureQuery(made)) == (MEASURE, OTHER)

    def test_notes_keep_counts_from_being_read_as_rates_or_ranks(self, made: Library) -> None:
        chart = drawn(made)
        assert phrases.COUNTS_NOT_RATES in chart.notes
        assert phrases.MORE_RECORDING in chart.notes
        assert RULE in chart.notes
        assert len(chart.title.split()) <= 10

    def test_the_text_alternative_has_every_number_in_place_order(self, made: Library) -> None:
        chart = drawn(made)
        told = [chart.alt_text.index(text) for text in ("Lancashire 175", "Cambridgeshire 66", "Kent 122")]
        assert told == sorted(told)
        assert "No figure: Northumbria" in chart.alt_text

    def test_the_source_line_is_never_long(self, made: Library) -> None:
        assert drawn(made).source_line.startswith("Source: The ")


class TestChange:
    def test_it_counts_from_the_earliest_shared_year(self, made: Library) -> None:
        chart = drawn(made, scale=ValueScale.CHANGE)
        assert chart.subtitle.endswith("change from 2017/18 to 2018/19")
        assert chart.title == "Offences rose in 1 of 4 areas compared, fell in 0"
        labels = {place: tile(chart, place).label for place in (CAMBS, NORFOLK, KENT, LANCS, MET)}
        assert labels == {CAMBS: "(+8)", NORFOLK: "(−25)", KENT: "(0)", LANCS: "+44", MET: "[x]"}

    def test_what_chance_could_make_is_said_and_counts_as_neither_rise_nor_fall(self, made: Library) -> None:
        chart = drawn(made, scale=ValueScale.CHANGE)
        assert tile(chart, NORFOLK).name.endswith("; no clear change, chance alone could make it")
        assert "; more than chance alone would make" in tile(chart, LANCS).name
        assert "In brackets: no clear change, as chance alone could make it." in chart.notes

    def test_no_clear_change_is_said_of_the_areas_that_are_known(self) -> None:
        def titled(places: tuple[str, ...]) -> str:
            counts = [
                *year("2017/18", dict.fromkeys(places, 20)),
                *year("2018/19", dict.fromkeys(places, 30)),
            ]
            chart = drawn(library(counts), scale=ValueScale.CHANGE)
            assert {tile(chart, place).label for place in places} == {"(+50)"}
            return chart.title

        assert titled((KENT,)) == "Recorded offences: no clear change in Kent by 2018/19"
        assert titled((KENT, CAMBS)) == "No clear change by 2018/19 in the 2 areas compared"
        assert titled(forces()) == "Recorded offences: no clear change in any area by 2018/19"

    def test_numbers_of_different_publications_are_named(self, made: Library) -> None:
        told = "The numbers compared for Lancashire come from different publications, which may have counted"
        newest = [n for n in drawn(made, scale=ValueScale.CHANGE).notes if n.startswith("The numbers compared")]
        assert newest == [f"{told} differently."]
        first = drawn(made, scale=ValueScale.CHANGE, rule=Preference.FIRST).notes
        assert not any(note.startswith("The numbers compared") for note in first)

    def test_an_index_names_the_places_of_different_publications(self, made: Library) -> None:
        asked = Question(place=LANCS, chart=ChartKind.COMPARE, beside=(CAMBS,), scale=ValueScale.CHANGE)
        told = "The numbers compared for Lancashire come from different publications"
        assert any(note.startswith(told) for note in answer(made, asked).chart.notes)

    def test_the_name_has_both_numbers(self, made: Library) -> None:
        chart = drawn(made, scale=ValueScale.CHANGE, rule=Preference.FIRST)
        assert tile(chart, CAMBS).name == (
            "Cambridgeshire: +8%, from 66 offences in 2017/18 to 71 in 2018/19; "
            "no clear change, chance alone could make it"
        )
        assert tile(chart, LANCS).name == (
            "Lancashire: +294%, from 64 offences in 2017/18 to 252 in 2018/19; "
            "more than chance alone would make; 2017/18 is also published as 175"
        )

    def test_why_there_is_none_is_said(self, made: Library) -> None:
        chart = drawn(made, scale=ValueScale.CHANGE)
        assert tile(chart, MET).name.endswith("no change is worked out, as we hold no number of 2018/19")
        assert tile(chart, SCOTLAND).name.endswith("as we hold no number of 2017/18")

    @pytest.mark.parametrize(
        ("before", "after", "why"),
        [
            (
                figure(KENT, "2017/18", 0),
                figure(KENT, "2018/19", 50),
                "0 then 50 offences: too few for a percentage",
            ),
            (
                figure(KENT, "2017/18", 19),
                figure(KENT, "2018/19", 50),
                "19 then 50 offences: too few for a percentage",
            ),
            (
                figure(KENT, "2017/18", 90, qualifier=Qualifier.ABOUT),
                figure(KENT, "2018/19", 50),
                "the number of 2017/18 is not exact: about 90 offences",
            ),
            (
                figure(KENT, "2017/18", 90),
                figure(KENT, "2018/19", 50, coverage="9 months only"),
                "2018/19 covers a part of it only",
            ),
            (
                figure(NI, "2017/18", 90),
                figure(PSNI, "2018/19", 50),
                "one number is published for the force and the other for the whole nation",
            ),
        ],
    )
    def test_no_change_without_two_like_numbers(self, before, after, why: str) -> None:
        held = library([before, after, figure(CAMBS, "2017/18", 5), figure(CAMBS, "2018/19", 6)])
        place = KENT if before.place == KENT else PSNI
        refused = tile(drawn(held, scale=ValueScale.CHANGE), place)
        assert (refused.band, refused.label) == (None, "[x]")
        assert why in refused.name

    def test_unlike_periods_are_never_a_base(self) -> None:
        held = library([figure(KENT, "2017-04/2017-06", 9), figure(KENT, "2018/19", 50)])
        chart = drawn(held, scale=ValueScale.CHANGE)
        assert any(note.startswith("Counts are shown") for note in chart.notes)
        assert tile(chart, KENT).label == "50"

    def test_the_base_can_be_chosen(self) -> None:
        held = library([*year("2016/17", {KENT: 100}), *year("2017/18", {KENT: 200}), *year("2018/19", {KENT: 300})])
        assert tile(drawn(held, scale=ValueScale.CHANGE), KENT).label == "+200"
        assert tile(drawn(held, scale=ValueScale.CHANGE, base="2017/18"), KENT).label == "+50"
        found = build_areas(FigureQuery(held), MEASURE)
        shown = select_map(FigureQuery(held), found, Question(place=KENT, scale=ValueScale.CHANGE, period="2018/19"))
        assert shown is not None
        assert [p.text for p in base_periods(found, shown.period)] == ["2016/17", "2017/18"]

    def test_both_years_are_drawn_and_cited(self, made: Library) -> None:
        figures = map_figures(FigureQuery(made), Question(place=KENT, scale=ValueScale.CHANGE)).figures
        assert {f.period.text for f in figures} == {"2017/18", "2018/19"}


class TestRate:
    def test_it_is_per_100_000_people_of_the_year_that_begins_it(self, made: Library) -> None:
        chart = drawn(made, scale=ValueScale.RATE)
        assert tile(chart, CAMBS).label == "7.8"
        assert tile(chart, CAMBS).name == (
            "Cambridgeshire, 2017/18: 7.8 offences per 100,000 people, 95% interval 6.0 to 9.9 "
            "(66 offences, 850,000 living there)"
        )
        assert chart.title == "2017/18: 4.4 to 11.7 per 100,000 people"
        assert phrases.COUNTS_NOT_RATES not in chart.notes

    def test_no_population_is_no_rate_and_is_said(self, made: Library) -> None:
        chart = drawn(made, scale=ValueScale.RATE)
        assert (tile(chart, MET).label, tile(chart, MET).band) == ("[x]", None)
        assert tile(chart, MET).name.endswith(
            "300 offences; no rate: we hold no population of that year on the same basis"
        )
        told = "No rate can be worked out for Metropolitan Police and Police Service of Northern Ireland."
        assert told in chart.notes

    def test_a_year_without_any_population_is_shown_as_counts_and_said(self, made: Library) -> None:
        chart = drawn(made, scale=ValueScale.RATE, period="2018/19")
        said = "Counts are shown: we hold no population that a rate for 2018/19 could be worked out with."
        assert said in chart.notes
        assert phrases.COUNTS_NOT_RATES in chart.notes
        assert tile(chart, CAMBS).label == "71"

    def test_children_are_not_people_of_all_ages(self, made: Library) -> None:
        """Only people of all ages are held here: no rate of children is made of them."""
        chart = drawn(made, scale=ValueScale.CHILDREN)
        said = "Counts are shown: we hold no population that a rate for 2017/18 could be worked out with."
        assert said in chart.notes
        assert chart.title == drawn(made).title


class TestTable:
    @pytest.mark.parametrize(
        ("scale", "cells"),
        [
            (ValueScale.COUNT, ("66",)),
            (ValueScale.CHANGE, ("66", "71", "+8", "no clear change")),
            (ValueScale.RATE, ("66", "850,000", "7.8", "6.0 to 9.9")),
            (ValueScale.CHILDREN, ("66",)),
        ],
    )
    def test_a_row_an_area_with_its_numbers(self, made: Library, scale: ValueScale, cells: tuple[str, ...]) -> None:
        told = table_rows(material(made, scale=scale))
        assert len(told.rows) == 45
        assert all(len(row.cells) == len(told.columns) for row in told.rows)
        row = next(row for row in told.rows if row.cells[0] == "Cambridgeshire")
        assert row.cells[1 : 1 + len(cells)] == cells
        assert told.numeric == tuple(range(1, 1 + len(cells)))

    def test_none_is_x_and_explained(self, made: Library) -> None:
        told = table_rows(material(made))
        missing = next(row for row in told.rows if row.cells[0] == "Police Scotland")
        assert missing.cells[1] == "[x]"
        assert told.shorthand[0].startswith("[x] ")

    @pytest.mark.parametrize("scale", ValueScale)
    def test_table_and_tiles_say_the_same(self, made: Library, scale: ValueScale) -> None:
        asked = material(made, scale=scale)
        rows, tiles = table_rows(asked).rows, compose_tile_map(asked).tiles
        shown = {ValueScale.COUNT: 1, ValueScale.CHANGE: 3, ValueScale.RATE: 3, ValueScale.CHILDREN: 1}[scale]
        assert [row.cells[shown] for row in rows] == [one.label.strip("()") for one in tiles]
        assert [row.figure for row in rows] == [one.figure for one in tiles]
        assert (scale is ValueScale.CHANGE) is any(one.label.startswith("(") for one in tiles)

    def test_what_is_in_brackets_on_the_map_is_said_in_words_in_the_table(self, made: Library) -> None:
        asked = material(made, scale=ValueScale.CHANGE)
        told = table_rows(asked)
        column = told.columns.index("Beyond chance")
        for row, one in zip(told.rows, compose_tile_map(asked).tiles, strict=True):
            unclear = "no clear change" if one.label.startswith("(") else "clear"
            assert row.cells[column] == ("" if one.label == "[x]" else unclear)


numbers = st.lists(st.integers(0, 3000), min_size=1, max_size=45).map(
    lambda found: tuple(Decimal(number) for number in found)
)
percentages = st.lists(st.integers(-100, 900), min_size=1, max_size=45).map(
    lambda found: tuple(Decimal(number) for number in found)
)


class TestSteps:
    def test_they_are_round_and_said(self) -> None:
        found = bin_values(tuple(Decimal(n) for n in (3, 8, 12, 18, 25, 40, 60, 90, 130, 180)))
        assert [band.label for band in found.bands] == [
            "under 10",
            "10 to 19",
            "20 to 49",
            "50 to 99",
            "100 or more",
        ]
        assert [band.tone for band in found.bands] == [0, 0.25, 0.5, 0.75, 1]

    def test_rates_meet_at_a_tenth(self) -> None:
        found = bin_values(tuple(Decimal(n) / 10 for n in range(11, 95, 4)), Decimal("0.1"))
        assert [band.label for band in found.bands][1].endswith(".9")

    def test_one_number_is_one_step(self) -> None:
        assert [band.label for band in bin_values((Decimal(66),)).bands] == ["66"]

    @given(numbers)
    def test_each_number_stands_in_a_step_and_no_step_is_empty(self, values: tuple[Decimal, ...]) -> None:
        found = bin_values(values)
        assert {found.bin_index(value) for value in values} == set(range(len(found.bands)))
        assert len(found.bands) <= MOST
        assert all(a < b for a, b in pairwise(found.edges))
        assert all(edge == int(edge) for edge in found.edges)

    @given(percentages)
    def test_falls_and_rises_never_share_a_step(self, values: tuple[Decimal, ...]) -> None:
        found = bin_changes(values)
        assert len(found.bands) <= MOST
        for value in values:
            tone = found.bands[found.bin_index(value)].tone
            assert (tone < 0) == (value < 0)
            assert 0 < abs(tone) <= 1
        tones = [band.tone for band in found.bands]
        assert tones == sorted(tones)
        assert len(set(tones)) == len(tones)

    @given(percentages)
    def test_the_words_of_a_step_hold_its_numbers(self, values: tuple[Decimal, ...]) -> None:
        found = bin_changes(values)
        for value in values:
            low, high = ends(found.bands[found.bin_index(value)].label)
            assert low <= value <= high


def ends(label: str) -> tuple[Decimal, Decimal]:
    """The bounds that a step's words give."""
    plain = label.replace("−", "-").replace("%", "").replace("+", "").replace(",", "")
    if plain.endswith(" or more"):
        return Decimal(plain.split()[0]), Decimal("Infinity")
    if plain.endswith(" or lower"):
        return Decimal("-Infinity"), Decimal(plain.split()[0])
    low, _, high = plain.partition(" to ")
    return Decimal(low), Decimal(high or low)
