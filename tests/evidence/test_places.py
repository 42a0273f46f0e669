"""The tree of places, and which place a typed name leads to."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, strategies as st

from explorer.evidence.model import PlaceLevel
from explorer.evidence.places import PlaceTree, normalise, within_one_edit
from tests.evidence.first_article import CAMBS, EAST, ENGLAND, NORFOLK, PETERBOROUGH, PLACES, UK, WALES, place, places

FINDS = """
peterborough                | Peterborough
PETERBOROUGH                | Peterborough
Peterborough City Council   | Peterborough
peterb                      | Peterborough
peterbrough                 | Peterborough
petreborough                | Peterborough
peterboroughh               | Peterborough
oeterborough                | Peterborough
cambs                       | Cambridgeshire
Cambridgeshire Constabulary | Cambridgeshire
cambridgeshire police       | Cambridgeshire
cambridgeshire              | Cambridgeshire
cambridge                   | Cambridge
E23000023                   | Cambridgeshire
e06000031                   | Peterborough
uk                          | United Kingdom
saint albans                | St Albans
St. Albans                  | St Albans
kings lynn                  | King's Lynn and West Norfolk
King’s Lynn & West Norfolk  | King's Lynn and West Norfolk
city of london              | London, City of
dyfed powys                 | Dyfed-Powys
gwýnedd                     | Gwynedd
suffolk                     | Suffolk
east of england             | East of England
east                        | East of England
"""


@pytest.mark.parametrize("row", FINDS.strip().splitlines())
def test_a_typed_name_leads_to_the_place_meant(row: str) -> None:
    typed, name = (cell.strip() for cell in row.split("|"))
    assert places().find_matches(typed)[0].place.name == name


def test_a_match_says_which_name_it_was_and_whether_whole() -> None:
    known = places()
    assert known.find_matches("cambs")[0].exact
    other = known.find_matches("cambs")[0].other
    assert other is not None
    assert other.name == "Cambs"
    assert known.find_matches("Cambridgeshire")[0].other is None
    assert not known.find_matches("cambridges")[0].exact
    assert known.find_matches("K02000001")[0].exact


def test_whole_names_come_first_then_larger_places_then_words_within() -> None:
    found = [match.place.name for match in places().find_matches("cambridge")]
    assert found == ["Cambridge", "Cambridgeshire", "East Cambridgeshire"]
    assert [match.place.name for match in places().find_matches("suffolk")] == ["Suffolk", "Suffolk Coastal"]


def test_a_slip_is_allowed_for_only_where_nothing_else_is_found() -> None:
    assert [match.place.name for match in places().find_matches("norfolk")] == [
        "Norfolk",
        "King's Lynn and West Norfolk",
    ]
    assert places().find_matches("nrf") == ()
    assert places().find_matches("suffxxk") == ()


@pytest.mark.parametrize("typed", ["", "   ", "!?", "zzzz", "x" * 10_000, "\x00"])
def test_what_means_no_place_finds_none(typed: str) -> None:
    assert places().find_matches(typed) == ()


def test_limit() -> None:
    assert len(places().find_matches("c", limit=2)) == 2


def test_the_tree() -> None:
    known = places()
    assert [p.code for p in known.path(PETERBOROUGH)] == [UK, ENGLAND, EAST, CAMBS, PETERBOROUGH]
    assert [p.code for p in known.ancestors(PETERBOROUGH)] == [CAMBS, EAST, ENGLAND, UK]
    assert known.ancestors(UK) == ()
    assert [p.code for p in known.children(EAST)][:2] == [CAMBS, NORFOLK]
    assert {p.code for p in known.descendants(WALES)} == {"W15000004", "W06000002"}
    assert len(known.descendants(UK)) == len(known) - 1
    assert PETERBOROUGH in known
    assert "nowhere" not in known
    assert None not in known
    with pytest.raises(KeyError):
        known.get("nowhere")


def test_the_force_a_place_stands_in() -> None:
    known = places()
    force = known.force_of(PETERBOROUGH)
    assert force is not None
    assert force.code == CAMBS
    assert known.force_of(CAMBS) is known.get(CAMBS)
    assert known.force_of(EAST) is None


def test_place_order_is_the_order_given_in_the_data() -> None:
    shuffled = list(PLACES)
    random.Random(5).shuffle(shuffled)
    known = PlaceTree(shuffled)
    assert tuple(known) == PLACES
    assert [known.position(p.code) for p in PLACES] == list(range(len(PLACES)))


def test_a_broken_tree_is_refused() -> None:
    top = place("A", "Top", PlaceLevel.UK, None)
    with pytest.raises(ValueError, match="given twice"):
        PlaceTree([top, top])
    with pytest.raises(ValueError, match=r'refers to "Z"'):
        PlaceTree([top, place("B", "Lost", PlaceLevel.FORCE, "Z")])
    with pytest.raises(ValueError, match=r'refers to "Z"'):
        PlaceTree([top, place("B", "Both", PlaceLevel.NATIONS, "A", members=("Z",))])
    with pytest.raises(ValueError, match="stands under itself"):
        PlaceTree([place("B", "One", PlaceLevel.FORCE, "C"), place("C", "Two", PlaceLevel.FORCE, "B")])
    with pytest.raises(ValueError, match="stands under itself"):
        PlaceTree([place("B", "One", PlaceLevel.FORCE, "B")])
    assert list(PlaceTree([])) == []


@given(st.data())
def test_any_name_is_found_whatever_its_case_and_beginning(data: st.DataObject) -> None:
    chosen = data.draw(st.sampled_from(PLACES))
    names = [chosen.name, chosen.code, *(other.name for other in chosen.other_names)]
    name = data.draw(st.sampled_from(names))
    typed = data.draw(st.sampled_from([name, name.upper(), name.lower(), f"  {name} ", name.replace(" ", "-")]))
    first = places().find_matches(typed)[0]
    assert first.exact
    assert first.place == chosen


@given(st.data())
def test_one_slip_of_the_finger_still_finds_it(data: st.DataObject) -> None:
    which = data.draw(st.sampled_from([p for p in PLACES if len(normalise(p.name)) > 5]))
    name = normalise(which.name)
    at = data.draw(st.integers(0, len(name) - 2))
    slips = (name[:at] + name[at + 1 :], name[:at] + "q" + name[at:], name[:at] + "q" + name[at + 1 :])
    swapped = name[:at] + name[at + 1] + name[at] + name[at + 2 :]
    for typed in (*slips, swapped):
        assert which in [match.place for match in places().find_matches(typed)], typed


@given(st.text(alphabet="abc", min_size=1, max_size=6), st.text(alphabet="abc", max_size=8))
def test_one_slip_is_one_edit_of_a_beginning(typed: str, name: str) -> None:
    letters = "abc"
    edited = {typed[:i] + typed[i + 1 :] for i in range(len(typed))}
    edited |= {typed[:i] + c + typed[i:] for i in range(len(typed)) for c in name}
    edited |= {typed[:i] + c + typed[i + 1 :] for i in range(len(typed)) for c in letters}
    edited |= {typed[:i] + typed[i + 1] + typed[i] + typed[i + 2 :] for i in range(len(typed) - 1)}
    if within_one_edit(typed, name):
        assert not name.startswith(typed)
        assert any(name.startswith(one) for one in edited)
    elif not name.startswith(typed):
        assert not any(name.startswith(one) for one in edited)


@given(st.text(max_size=30))
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)
