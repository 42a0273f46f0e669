"""Finding a measure by words of its name, its group and its code."""

from __future__ import annotations

from hypothesis import given, strategies as st

from explorer.pages.model.page import ChartChoice
from explorer.pages.search.lookup import OTHER_GROUP, filter_measures, group_measures, initial_measure, result_summary

MEASURES = tuple(
    ChartChoice(id=code, label=name, chosen=code == "8N", group=group, code=code)
    for code, name, group in (
        ("", "Sexual communication with a child", "Online grooming"),
        ("88A", "Sexual grooming", "Sexual offences"),
        ("8N", "Assault with injury", "Violence against the person"),
        ("8P", "Racially or religiously aggravated harassment", "Violence against the person"),
        ("88E", "Exposure and voyeurism", "Sexual offences"),
        ("49A", "Making off without payment", ""),
    )
)


def ids(text: str) -> list[str]:
    return [one.id for one in filter_measures(MEASURES, text)]


def test_by_code_name_and_group():
    assert ids("88A") == ids("88a") == ["88A"]
    assert ids("88") == ["88A", "88E"]
    assert ids("grooming") == ["", "88A"]
    assert ids("violence") == ["8N", "8P"]
    assert ids("viol harass") == ["8P"]
    assert ids("child, sexual") == [""]
    assert ids("zebra") == []


def test_nothing_typed_is_everything():
    assert filter_measures(MEASURES, "  ") == MEASURES


def test_groups_stand_where_their_first_one_does():
    assert [(group, len(several)) for group, several in group_measures(MEASURES)] == [
        ("Online grooming", 1),
        ("Sexual offences", 2),
        ("Violence against the person", 2),
        (OTHER_GROUP, 1),
    ]


def test_the_arrows_begin_at_the_code_typed_or_at_the_chosen_one():
    assert initial_measure(MEASURES, "").id == "8N"
    assert initial_measure(filter_measures(MEASURES, "8"), "8").id == "88A"
    assert initial_measure(tuple(reversed(MEASURES)), "88A").id == "88A"
    assert initial_measure((), "x") is None


def test_what_is_said_of_it():
    assert result_summary(6, 6, "") == "6 measures"
    assert result_summary(2, 6, "88") == "2 of 6 measures"
    assert result_summary(0, 6, " zebra ").startswith("No measure matches “zebra”.")


@given(st.text(max_size=12), st.text(max_size=12))
def test_more_words_find_no_more(one, other):
    found = filter_measures(MEASURES, one)
    assert [m for m in MEASURES if m in found] == list(found)
    assert set(filter_measures(MEASURES, f"{one} {other}")) <= set(found)
    assert sum(len(several) for _, several in group_measures(found)) == len(found)


@given(st.sampled_from(MEASURES))
def test_every_measure_is_found_by_its_own_words(measure):
    for text in (measure.label, measure.group, measure.code, f"{measure.code} {measure.label}"):
        assert measure in filter_measures(MEASURES, text)
