"""Recipes: read, written, told apart; and the guesses that one begins with."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given, strategies as st

from explorer.evidence.model import Measure, Platform, Unit
from explorer.evidence.places import PlaceTree
from explorer.importer.lookups import PlaceLabels
from explorer.importer.recipe import (
    DuplicatePolicy,
    FixedValues,
    Recipe,
    RecipeColumns,
    RecipeRules,
    RecipeSource,
    TableShape,
    find_column,
    has_needed_headings,
    read_recipe,
    read_recipes,
    save_recipe,
    to_text,
)
from explorer.importer.recipe_guess import guess_recipe
from explorer.importer.session import named_by
from explorer.importer.table_reader import has_columns
from explorer.packs.problems import PackError
from explorer.support import paths
from tests.importer.home_office import HEADINGS, rows

_TEXT = st.text(max_size=20)
_HEADINGS = st.lists(_TEXT, max_size=3)
RECIPES = st.builds(
    Recipe,
    name=st.from_regex("[a-z0-9][a-z0-9-]{0,20}", fullmatch=True),
    title=_TEXT,
    about=_TEXT,
    shape=st.sampled_from(TableShape),
    needs=st.lists(_HEADINGS, max_size=3),
    columns=st.builds(RecipeColumns, place=_HEADINGS, amount=_HEADINGS, note=_HEADINGS, periods=_HEADINGS),
    fixed=st.builds(FixedValues, place=_TEXT, measure=_TEXT, unit=st.sampled_from(Unit)),
    rules=st.builds(
        RecipeRules,
        repeated=st.sampled_from(DuplicatePolicy),
        whole_years=st.booleans(),
        totals=_HEADINGS,
        places=st.dictionaries(_TEXT, _TEXT, max_size=3),
    ),
    source=st.builds(RecipeSource, title=_TEXT, licence=_TEXT),
)


@given(RECIPES)
def test_what_is_written_is_read_again(recipe: Recipe):
    assert msgspec.toml.decode(to_text(recipe).encode(), type=Recipe) == recipe


def test_those_that_come_with_the_program_are_sound():
    found, problems = read_recipes([paths.recipes_folder()])
    assert problems == ()
    assert {recipe.name for recipe in found} == {
        "home-office-force-areas",
        "force-reply",
        "publisher-wide",
        "template",
    }


def test_a_persons_own_stands_in_place_of_one_of_that_name(tmp_path):
    save_recipe(Recipe(name="template", title="Mine", columns=RecipeColumns(place=["Where"], amount=["N"])), tmp_path)
    found, problems = read_recipes([paths.recipes_folder(), tmp_path])
    assert problems == ()
    assert [recipe.title for recipe in found if recipe.name == "template"] == ["Mine"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("name = ", "it is no recipe"),
        ('name = "a"\ntitle = "b"\ncolour = "red"', "unknown field `colour`"),
        ('name = "../up"\ntitle = "b"\n[columns]\nplace = ["p"]\namount = ["n"]', "'../up' is no name"),
        ('name = "a"\ntitle = "b"\n[columns]\nplace = ["p"]', "needs a column for the amount"),
        ('name = "a"\ntitle = "b"\n[columns]\namount = ["p"]', "neither a column for the place nor a place"),
        (
            'name = "a"\ntitle = "b"\nsheets = "("\n[columns]\nplace = ["p"]\namount = ["n"]',
            "it is no recipe",
        ),
    ],
)
def test_a_bad_one_is_told_of_and_the_others_are_read(tmp_path, text, told):
    (tmp_path / "bad.toml").write_text(text, encoding="utf-8")
    with pytest.raises(PackError, match=r"bad\.toml") as caught:
        read_recipe(tmp_path / "bad.toml")
    assert told in str(caught.value)
    found, problems = read_recipes([paths.recipes_folder(), tmp_path])
    assert len(found) == 4
    assert len(problems) == 1


def test_headings_are_found_however_they_are_written():
    copied = ["", *(heading.replace(" ", "_").upper() for heading in HEADINGS)]
    assert find_column(copied, ["Force Name"]) == 3
    assert find_column(copied, ["nothing", "#2"]) == 1
    assert find_column(copied, ["#99"]) is None
    found, _ = read_recipes([paths.recipes_folder()])
    fitting = {recipe.name for recipe in found if has_needed_headings(recipe, copied)}
    assert "home-office-force-areas" in fitting
    assert "template" not in fitting


MEASURES = (Measure(id="scc-offences", name="Sexual communication with a child", unit=Unit.OFFENCES, definition="d"),)
PLATFORMS = (Platform(id="instagram", name="Instagram", order=1),)


def _guessed(places: PlaceTree, told: list[tuple[object, ...]]):
    return guess_recipe(told, "My table.xlsx", PlaceLabels(places), MEASURES, PLATFORMS)


class TestGuess:
    """What the columns of an unknown table look like."""

    def test_a_home_office_table_with_headings_of_its_own(self, places: PlaceTree):
        plain = [row for row, _ in zip(rows(2019, 6), range(40), strict=False)]
        found = _guessed(places, [("Y", "Q", "Polizei", "What", "G", "S", "Code", "How many"), *plain])
        columns = found.recipe.columns
        assert (columns.place, columns.year, columns.quarter) == (["Polizei"], ["Y"], ["Q"])
        assert columns.amount == ["How many"]
        assert "names looked at are places" in found.why["place"]

    def test_places_down_and_years_across(self, places: PlaceTree):
        told = [("A note",), ("Area", "2018/19", "2019/20"), ("Kent", 60, 66), ("Essex", None, "*")]
        found = _guessed(places, told)
        assert found.header == 1
        assert found.recipe.shape is TableShape.WIDE
        assert found.recipe.columns.place == ["Area"]
        assert found.recipe.columns.periods == ["2018/19", "2019/20"]
        assert has_columns(found.recipe, told[1])

    def test_a_reply_with_platforms(self, places: PlaceTree):
        told = [
            ("Year", "Force", "Site", "Recorded", "Comments"),
            ("2019/20", "Kent", "Instagram", 12, ""),
            ("2019/20", "Kent", "Facebook", 10, "some were not recorded"),
        ]
        columns = _guessed(places, told).recipe.columns
        assert (columns.period, columns.place, columns.platform) == (["Year"], ["Force"], ["Site"])
        assert (columns.amount, columns.note) == (["Recorded"], ["Comments"])

    def test_a_column_without_a_heading_goes_by_number(self, places: PlaceTree):
        told = [("Force", "", "Offences"), ("Kent", "2019/20", 66), ("Essex", "2019/20", 40)]
        assert _guessed(places, told).recipe.columns.period == ["#2"]

    def test_a_saved_mapping_knows_the_next_edition(self, places: PlaceTree):
        found = _guessed(places, [("Area", "2018/19", "2019/20"), ("Kent", 60, 66), ("Essex", 40, 41)])
        saved = named_by(found.recipe)
        assert has_columns(saved, ("Area", "2019/20", "2020/21"))
        assert not has_columns(saved, ("Place", "2019/20", "2020/21"))

    @given(
        st.lists(
            st.lists(st.one_of(st.none(), st.text(max_size=8), st.integers(), st.floats()), max_size=5),
            max_size=8,
        )
    )
    def test_no_table_is_too_strange_to_look_at(self, told):
        from explorer.packs.reader import read_places

        places = (
            _PLACES.setdefault("all", read_places(paths.places_folder())) if "all" not in _PLACES else _PLACES["all"]
        )
        _guessed(places, [tuple(row) for row in told])


_PLACES: dict[str, PlaceTree] = {}


def test_a_column_of_shares_is_the_amount_whatever_its_heading_says(places: PlaceTree):
    told = [
        ("Area", "Year", "Share of grooming offences"),
        ("Kent", "2019/20", "37%"),
        ("Essex", "2019/20", "12.5%"),
    ]
    columns = _guessed(places, told).recipe.columns
    assert (columns.amount, columns.measure) == (["Share of grooming offences"], [])
