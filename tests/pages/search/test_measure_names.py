"""What a measure may be called: its id, its code or its name, and what is said where that is not enough."""

import pytest

from explorer.pages.search.measure_names import measure_named
from tests.pages.area_samples import library as library_of


@pytest.mark.parametrize(
    ("text", "id_"),
    [
        ("scc-offences", "scc-offences"),
        ("SCC-Offences", "scc-offences"),
        ("88A", "ho-88a"),
        ("88a", "ho-88a"),
        ("class 88A", "ho-88a"),
        ("Class  71", "ho-71"),
        ("ho-71", "ho-71"),
        ("Sexual communication with a child", "scc-offences"),
        ("  sexual   COMMUNICATION with a child ", "scc-offences"),
        ("youngest", "scc-youngest-victim"),
    ],
)
def test_a_measure_is_named_by_its_id_its_code_or_its_name(library, text, id_):
    assert measure_named(library, text).id == id_


def test_a_whole_name_comes_before_a_part_of_one(library):
    names = [one.name.casefold() for one in library.measures()]
    for one in library.measures():
        if names.count(one.name.casefold()) == 1 and "population" not in one.id:
            assert measure_named(library, one.name).id == one.id


def test_a_name_of_several_measures_lists_them_and_asks_for_an_id():
    made = library_of([])
    with pytest.raises(ValueError, match="names several measures") as told:
        measure_named(made, "sexual")
    assert str(told.value) == (
        "“sexual” names several measures: scc-offences (Sexual communication with a child), "
        "ho-88a (Sexual grooming). Name one by its id"
    )
    made.close()


@pytest.mark.parametrize("text", ["burglary", "", "   ", "class 99Z", "population", "population-0-17"])
def test_what_names_no_measure_of_offences_is_answered_with_those_there_are(text):
    made = library_of([])
    with pytest.raises(ValueError, match="No measure is called") as told:
        measure_named(made, text)
    assert str(told.value) == (
        f"No measure is called “{text}”. There are: scc-offences (Sexual communication with a child), "
        "ho-88a (Sexual grooming)"
    )
    made.close()


def test_a_very_long_name_is_cut_and_a_long_list_is_counted(library):
    with pytest.raises(ValueError, match="No measure is called") as told:
        measure_named(library, "x" * 500)
    listed = len([one for one in library.measures() if not one.id.startswith("population")])
    assert f"“{'x' * 80}”" in str(told.value)
    assert str(told.value).endswith(f" and {listed - 8} more")
