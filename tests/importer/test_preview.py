"""Mappings while they are being made, and what the first rows would become by them."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st
from msgspec.structs import replace

from explorer.evidence.model import Unit
from explorer.importer import preview
from explorer.importer.lookups import PlaceLabels
from explorer.importer.preview import build_preview
from explorer.importer.recipe import Recipe, RecipeColumns, TableShape
from explorer.importer.recipe_guess import guess_recipe
from explorer.importer.sources.base import RawSheet

LONG = Recipe(
    name="long",
    title="Long",
    columns=RecipeColumns(place=["Where"], period=["When"], amount=["No"]),
    fixed=preview.with_constants(Recipe(name="x", title=""), measure="scc-offences").fixed,
)
ROWS = (
    ("A table",),
    ("Where", "When", "No"),
    ("Kent", "2019/20", 66),
    (None, None, None),
    ("Kent", "2018/19", None),
    ("Nowhere", "2019/20", 1),
    ("Kent", "soon", 1),
    ("Kent", "2017/18", "many"),
)


def lines(recipe: Recipe, library, rows=ROWS) -> dict[int, tuple[str, bool]]:
    return {one.row: (one.text, one.accepted) for one in build_preview(recipe, RawSheet("", rows), library).lines}


@pytest.mark.parametrize(("at", "letters"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")])
def test_columns_have_a_spreadsheets_letters(at, letters):
    assert preview.column_letters(at) == letters


def test_columns_are_named_so_that_a_recipe_finds_them():
    rows = [("Force", "Count", "Count", None, "2019/20"), ("Kent", 1, 2, 3, 4, "x")]
    columns = preview.columns_of(rows, 0)
    assert [column.name for column in columns] == ["Force", "#2", "#3", "#4", "2019/20", "#6"]
    assert [column.label for column in columns][2:4] == ["C: Count", "Column D"]
    assert [column.is_period for column in columns] == [False, False, False, False, True, False]


def test_each_row_says_what_it_becomes_or_why_not(library):
    assert lines(LONG, library) == {
        3: ("Kent, 2019/20: 66 offences", True),
        5: ("Kent, 2018/19: not available", True),
        6: ("Nothing: no place called “Nowhere” is known.", False),
        7: ("'soon' is no period.", False),
        8: ("“many” is no number.", False),
    }


def test_names_are_placed_and_left_out(library):
    made = preview.with_names(LONG, {"Nowhere": "E23000028"})
    assert lines(made, library)[6] == ("Essex, 2019/20: 1 offence", True)
    made = preview.with_names(made, {"Nowhere": preview.LEAVE_OUT})
    assert made.rules.places == {}
    assert lines(made, library)[6] == ("Left out: “Nowhere” is no place.", False)


def test_a_place_for_the_whole_table(library):
    columns = replace(LONG.columns, place=[])
    made = preview.with_constants(replace(LONG, columns=columns), place="E23000032", unit=Unit.OFFENCES)
    assert lines(made, library)[5] == ("Kent, 2018/19: not available", True)
    assert lines(made, library)[6] == ("It says the same thing as row 3 again.", False)


def test_without_headings_there_is_nothing(library):
    made = preview.with_column(LONG, "amount", "Elsewhere")
    assert build_preview(made, RawSheet("", ROWS), library).header is None


def test_what_is_missing_is_said():
    bare = Recipe(name="x", title="x")
    assert set(preview.find_missing_fields(bare)) == {"place", "period", "amount", "measure"}
    assert set(preview.find_missing_fields(replace(bare, shape=TableShape.WIDE))) == {
        "place",
        "periods",
        "measure",
    }
    assert preview.find_missing_fields(LONG) == {}
    when = preview.with_constants(preview.with_periods(LONG, "", ""), period="some time")
    assert list(preview.find_missing_fields(when)) == ["period"]


def test_a_year_and_a_quarter_stand_for_a_period():
    made = preview.with_periods(LONG, "Year", "Quarter")
    assert (made.columns.year, made.columns.quarter, made.columns.period) == (["Year"], ["Quarter"], [])


_CELLS = st.one_of(st.none(), st.integers(), st.floats(), st.text(max_size=8), st.just("Kent"), st.just("2019/20"))


@given(st.lists(st.lists(_CELLS, max_size=5), min_size=1, max_size=8))
def test_no_rows_are_too_strange_to_try(library, rows):
    guessed = guess_recipe(rows, "t.csv", PlaceLabels(library.places), library.measures(), library.platforms())
    columns = preview.columns_of(rows, guessed.header)
    assert len({column.name for column in columns}) == len(columns)
    made = preview.with_constants(guessed.recipe, measure="scc-offences")
    if not preview.find_missing_fields(made):
        build_preview(made, RawSheet("", rows), library)
