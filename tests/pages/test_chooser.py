"""Finding a measure by words of its name, its group and its code."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from explorer.pages.chooser import UNGROUPED, first, grouped, matching, told
from explorer.pages.page import Choice

MEASURES = tuple(
    Choice(id=code, label=name, chosen=code == "8N", group=group, code=code)
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
    return [one.id for one in matching(MEASURES, text)]


def test_by_code_name_and_group():
    assert ids("88A") == ids("88a") == ["88A"]
    assert ids("88") == ["88A", "88E"]
    assert ids("grooming") == ["", "88A"]
    assert ids("violence") == ["8N", "8P"]
    assert ids("viol harass") == ["8P"]
    assert ids("child, sexual") == [""]
    assert ids("zebra") == []


def test_nothing_typed_is_everything():
    assert matching(MEASURES, "  ") == MEASURES


def test_groups_stand_where_their_first_one_does():
    assert [(group, len(several)) for group, several in grouped(MEASURES)] == [
        ("Online grooming", 1),
        ("Sexual offences", 2),
        ("Violence against the person", 2),
        (UNGROUPED, 1),
    ]


def test_the_arrows_begin_at_the_code_typed_or_at_the_chosen_one():
    assert first(MEASURES, "").id == "8N"
    assert first(matching(MEASURES, "8"), "8").id == "88A"
    assert first(tuple(reversed(MEASURES)), "88A").id == "88A"
    assert first((), "x") is None


def test_what_is_said_of_it():
    assert told(6, 6, "") == "6 measures"
    assert told(2, 6, "88") == "2 of 6 measures"
    assert told(0, 6, " zebra ").startswith("No measure matches “zebra”.")


@given(st.text(max_size=12), st.text(max_size=12))
def test_more_words_find_no_more(one, other):
    found = matching(MEASURES, one)
    assert [m for m in MEASURES if m in found] == list(found)
    assert set(matching(MEASURES, f"{one} {other}")) <= set(found)
    assert sum(len(several) for _, several in grouped(found)) == len(found)


@given(st.sampled_from(MEASURES))
def test_every_measure_is_found_by_its_own_words(measure):
    for text in (measure.label, measure.group, measure.code, f"{measure.code} {measure.label}"):
        assert measure in matching(MEASURES, text)
