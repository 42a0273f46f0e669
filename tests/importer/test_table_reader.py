"""Tables read by recipes, held against an independent working out of the same rows."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import pytest
from hypothesis import given, settings, strategies as st
from msgspec.structs import replace

from explorer.evidence.model import FigureStatus, Measure, Platform, Unit
from explorer.evidence.places import PlaceTree
from explorer.importer.consolidation import ConsolidatedFigures, consolidate, small_counts, tell_totals
from explorer.importer.draft import ImportDraft
from explorer.importer.pack_builder import build_figures
from explorer.importer.recipe import FixedValues, Recipe, RecipeColumns, RecipeRules, TableShape, read_recipes
from explorer.importer.table_reader import ImportCancelled, TableReader
from explorer.support import paths
from tests.importer import home_office
from tests.run_sizes import scale_examples

MEASURES = (
    Measure(
        id="ho-88a",
        name="Sexual communication with a child (88A)",
        unit=Unit.OFFENCES,
        definition="d",
        code="88A",
    ),
    Measure(id="scc-offences", name="Sexual communication with a child", unit=Unit.OFFENCES, definition="d"),
)
PLATFORMS = (
    Platform(id="instagram", name="Instagram", order=1),
    Platform(id="snapchat", name="Snapchat", order=2),
)
KENT, ESSEX, HAMPSHIRE = "E23000032", "E23000028", "E23000030"
LONG = Recipe(
    name="long",
    title="Long",
    columns=RecipeColumns(place=["Force"], period=["Period"], amount=["Offences"], platform=["Platform"]),
    fixed=FixedValues(measure="scc-offences"),
    rules=RecipeRules(totals=["Total"]),
)
WIDE = Recipe(
    name="wide",
    title="Wide",
    shape=TableShape.WIDE,
    columns=RecipeColumns(place=["Force"]),
    fixed=FixedValues(measure="scc-offences"),
    rules=RecipeRules(totals=["Total"]),
)


@pytest.fixture(scope="module")
def built_in() -> dict[str, Recipe]:
    """The recipes that come with the program."""
    found, problems = read_recipes([paths.packs_folder().parent / "recipes"])
    assert problems == ()
    return {recipe.name: recipe for recipe in found}


def taken(
    recipe: Recipe, places: PlaceTree, *sheets: tuple[str, Sequence[Sequence[object]]], protect: bool = False
) -> tuple[ImportDraft, ConsolidatedFigures]:
    """What came of reading sheets by a recipe."""
    intake = TableReader(recipe, "table.xlsx", places, MEASURES, PLATFORMS)
    for name, rows in sheets:
        intake.read_sheet(name, rows)
    settled = consolidate(intake.draft, recipe.rules, places, protect=protect)
    tell_totals(intake.draft, settled)
    return intake.draft, settled


def told(draft: ImportDraft, settled: ConsolidatedFigures) -> dict[tuple[str, str, str | None], object]:
    """By place, period and platform: the number, or the status that says why there is none."""
    return {
        (one.place, one.period.text, one.platform): one.amount.status
        if one.amount.number is None
        else one.amount.number
        for one in build_figures(draft, settled, "p", "table")
    }


@pytest.fixture(scope="module")
def read(built_in, places):
    recipe = built_in["home-office-force-areas"]
    sheets = [(name, [home_office.HEADINGS, *rows]) for name, rows in home_office.years(7, 6)]
    draft, settled = taken(recipe, places, ("Notes", [("Police recorded crime",)]), *sheets)
    return draft, settled, list(build_figures(draft, settled, "p", "table"))


class TestHomeOffice:
    """The table with every trap of it, against sums worked out plainly."""

    def test_every_quarter_is_the_plain_sum(self, read, places):
        draft, _, made = read
        expected = home_office.sums(home_office.years(7, 6))
        codes = {measure.id: measure.code for measure in draft.measures.values()}
        names = {_force(name, places): name for name in home_office.FORCES}
        quarters = {
            (
                names.get(one.place, one.place),
                _quarter(one.period.text),
                codes[one.measure],
            ): one.amount.number
            for one in made
            if one.period.kind.value == "quarter"
        }
        assert {key: Decimal(value) for key, value in expected.items()} == {
            (_named(key[0], places), *key[1:]): value for key, value in quarters.items()
        }

    def test_a_name_that_a_region_has_too_is_the_force(self, read, places):
        _, _, made = read
        forces = {one.place for one in made}
        assert {places.get(code).level.value for code in forces} == {"force"}
        assert "E23000014" in forces

    def test_years_are_the_sums_of_four_quarters_and_a_part_year_is_none(self, read):
        _, _, made = read
        quarters: dict[tuple[str, str, int], list[Decimal]] = {}
        years: dict[tuple[str, str, int], Decimal] = {}
        for one in made:
            begins = one.period.start.year - (one.period.start.month < 4)
            key = (one.place, one.measure, begins)
            assert one.amount.number is not None
            if one.period.kind.value == "quarter":
                quarters.setdefault(key, []).append(one.amount.number)
            else:
                years[key] = one.amount.number
                assert one.note == "The sum of its four quarters in the table."
        assert {key: sum(several) for key, several in quarters.items() if len(several) == 4} == years
        assert max(begins for _, _, begins in years) == 2023
        assert max(begins for _, _, begins in quarters) == 2024

    def test_rows_of_no_force_are_left_out_and_counted(self, read):
        draft, _, _ = read
        assert set(draft.skipped_rows) == set(home_office.NO_FORCE)
        assert draft.unmatched_places == {}
        assert draft.all_problems() == ()

    def test_a_code_that_the_library_knows_is_its_measure(self, read):
        draft, _, _ = read
        assert draft.measures["ho-88a"].name == MEASURES[0].name
        assert "ho-88a" not in draft.new
        assert {measure.code for measure in draft.measures.values()} == {
            "88A",
            "71",
            "1/4.1/4.10/4.2",
            "8N",
            "53B",
            "100",
        }

    def test_the_last_name_of_a_class_stands(self, read):
        draft, _, _ = read
        assert all(measure.name.endswith("(revised)") for measure in draft.measures.values() if measure.id in draft.new)

    def test_a_figure_of_several_rows_says_so(self, read):
        _, settled, made = read
        added = [one for one, rows in zip(made, settled.row_count.tolist(), strict=True) if rows > 1]
        assert added
        assert {one.note for one in added} == {"The sum of 2 rows of the table."}

    def test_ids_are_one_each_and_regular(self, read):
        _, _, made = read
        assert len({one.id for one in made}) == len(made)
        for one in made:
            measure, place, _ = one.id.removeprefix("p/").rsplit(".", 2)
            assert (measure, place) == (one.measure, one.place)


def _quarter(text: str) -> str:
    year, month = int(text[:4]), int(text[5:7])
    begins = year if month >= 4 else year - 1
    return f"{begins}/{(begins + 1) % 100:02d} {(month - 4) // 3 % 4 + 1}"


def _force(name: str, places: PlaceTree) -> str:
    return next(match.place.code for match in places.find_matches(name) if places.force_of(match.place.code))


def _named(code_or_name: str, places: PlaceTree) -> str:
    return code_or_name if code_or_name in home_office.FORCES else places.get(code_or_name).name


class TestLong:
    """A force's reply."""

    HEAD = ("Force", "Period", "Platform", "Offences")

    def test_missing_suppressed_and_zero_are_three_things(self, places):
        rows = [
            self.HEAD,
            ("Kent", "2019/20", None, 0),
            ("Essex", "2019/20", None, "*"),
            ("Surrey", "2019/20", None, None),
            ("Sussex", "2019/20", None, ".."),
        ]
        found = list(told(*taken(LONG, places, ("", rows))).values())
        assert sorted(map(str, found)) == sorted(
            map(
                str,
                [
                    Decimal(0),
                    FigureStatus.CONFIDENTIAL,
                    FigureStatus.NOT_AVAILABLE,
                    FigureStatus.NOT_AVAILABLE,
                ],
            )
        )

    def test_platforms_are_found_and_all_of_them_is_none(self, places):
        rows = [
            self.HEAD,
            ("Kent", "2019/20", "All", 66),
            ("Kent", "2019/20", "instagram", 24),
            ("Kent", "2019/20", "Fortnite", 2),
        ]
        draft, settled = taken(LONG, places, ("", rows))
        assert told(draft, settled) == {
            (KENT, "2019/20", None): 66,
            (KENT, "2019/20", "instagram"): 24,
            (KENT, "2019/20", "fortnite"): 2,
        }
        assert draft.new == {"fortnite"}

    def test_each_problem_names_its_row_and_column(self, places):
        rows = [
            ("A reply",),
            (),
            self.HEAD,
            ("Kent", "last year", None, 66),
            ("Kent", "2019/20", None, "about sixty"),
            ("Nowhere", "2019/20", None, 3),
        ]
        draft, settled = taken(LONG, places, ("", rows))
        assert told(draft, settled) == {}
        found = [(one.row, one.column, one.what) for one in draft.all_problems()]
        assert found == [
            (6, "place", "'Nowhere' is the name of no place that is known; 1 row is under it"),
            (4, "Period", "'last year' is no period"),
            (5, "Offences", "“about sixty” is no number"),
        ]

    def test_what_is_said_twice_is_a_problem_where_it_may_not_be_added(self, places):
        rows = [self.HEAD, ("Kent", "2019/20", None, 66), ("Kent Police", "2019-20", None, 67)]
        draft, _ = taken(LONG, places, ("", rows))
        assert [(one.row, one.what) for one in draft.all_problems()] == [(3, "it says the same thing as row 2 again")]

    def test_a_place_of_the_recipe(self, places):
        rules = replace(LONG.rules, places={"hampshre": HAMPSHIRE})
        rows = [self.HEAD, ("Hampshre", "2019/20", None, 66)]
        assert told(*taken(replace(LONG, rules=rules), places, ("", rows))) == {(HAMPSHIRE, "2019/20", None): 66}

    def test_small_counts_are_found_and_can_be_protected(self, places):
        rows = [
            self.HEAD,
            ("Kent", "2019/20", None, 4),
            ("Essex", "2019/20", None, 5),
            ("Surrey", "2019/20", None, 0),
        ]
        draft, settled = taken(LONG, places, ("", rows))
        assert len(list(small_counts(draft, settled))) == 1
        protected = told(*taken(LONG, places, ("", rows), protect=True))
        assert protected[KENT, "2019/20", None] is FigureStatus.CONFIDENTIAL

    def test_it_stops_where_the_watch_says_so(self, places):
        def stop(_sheet: str, rows: int) -> None:
            if rows:
                raise ImportCancelled

        intake = TableReader(LONG, "t.csv", places, MEASURES, PLATFORMS, stop)
        with pytest.raises(ImportCancelled):
            intake.read_sheet("", [self.HEAD, ("Kent", "2019/20", None, 4)])


class TestWide:
    """A publisher's table."""

    ROWS = (
        ("Table 3: sexual communication with a child",),
        ("Force", "2018/19", "2019/20", "Notes"),
        ("Kent", 60, "66*", None),
        ("Essex", 40, None, "did not answer for 2019/20"),
        ("Hampshire/IW", 7, 9, None),
        ("Total", 107, 75, None),
    )

    def test_it_reads_places_down_and_years_across(self, places):
        assert told(*taken(WIDE, places, ("", self.ROWS))) == {
            (KENT, "2018/19", None): 60,
            (KENT, "2019/20", None): 66,
            (ESSEX, "2018/19", None): 40,
            (ESSEX, "2019/20", None): FigureStatus.NOT_AVAILABLE,
            (HAMPSHIRE, "2018/19", None): 7,
            (HAMPSHIRE, "2019/20", None): 9,
        }

    def test_marks_and_a_total_that_counts_a_blank_as_zero_are_told_of(self, places):
        draft, _ = taken(WIDE, places, ("", self.ROWS))
        doubts = [one.what for one in draft.doubts.all_problems()]
        assert doubts[0] == "“66*” carries the mark *: look up what it says"
        assert "counts as zero what is not known, for one place has no number" in doubts[1]
        assert len(doubts) == 2

    def test_a_total_that_does_not_hold_is_told_of(self, places):
        rows = (*self.ROWS[:3], ("Essex", 40, 9, None), ("Total", 100, 76, None))
        draft, _ = taken(WIDE, places, ("", rows))
        doubts = [one.what for one in draft.doubts.all_problems()]
        assert doubts[1:] == ["“Total” for 2019/20 is 76, and the rows add up to 75"]

    def test_no_total_is_held_against_rows_that_are_not_all_there(self, places):
        rows = (*self.ROWS[:3], ("Nowhere", 40, 9, None), ("Total", 100, 76, None))
        draft, _ = taken(WIDE, places, ("", rows))
        assert [one.what for one in draft.doubts.all_problems()] == ["“66*” carries the mark *: look up what it says"]


_CELLS = st.one_of(
    st.none(),
    st.text(max_size=12),
    st.integers(-(10**20), 10**20),
    st.floats(),
    st.booleans(),
    st.dates(),
    st.sampled_from(["Kent", "2019/20", "Total", "Instagram", "66", "*", "Force", "Period", "Offences"]),
)


@settings(max_examples=scale_examples(150), deadline=None)
@given(st.lists(st.lists(_CELLS, max_size=6), max_size=12), st.sampled_from([LONG, WIDE]))
def test_no_table_is_too_strange_to_read(places_of_all: PlaceTree, rows: list[list[object]], recipe: Recipe):
    head = TestLong.HEAD if recipe is LONG else ("Force", "2018/19", "2019/20")
    draft, settled = taken(recipe, places_of_all, ("", [head, *rows]))
    made = list(build_figures(draft, settled, "p", "table"))
    assert len(made) == settled.count == len({one.id for one in made})
    for one in made:
        assert (one.amount.number is None) is (
            one.amount.status in (FigureStatus.NOT_AVAILABLE, FigureStatus.CONFIDENTIAL, FigureStatus.NOT_APPLICABLE)
        )


@pytest.fixture(scope="session")
def places_of_all() -> PlaceTree:
    from explorer.packs.reader import read_places

    return read_places(paths.places_folder())
