"""Titles: the same figures, and what is said of them once one thing about them is otherwise."""

from collections.abc import Sequence
from typing import Any

import pytest
from msgspec.structs import replace

from explorer.evidence.analysis.coverage import ScopeKind, find_comparison_break
from explorer.evidence.model import Figure, InDoubt, Qualifier, Unit
from explorer.pages.charts.findings import chance_notes, comparable_run, fit_title, trend_title
from tests.pages.area_samples import KENT, figure, library as library_of

ENGLAND_AND_WALES = "K04000001"


def pair(before: int, after: int, place: str = KENT, **more: Any) -> tuple[Figure, Figure]:
    return figure(place, "2022/23", before, **more), figure(place, "2023/24", after, **more)


def told(figures: Sequence[Figure], name: str = "Kent") -> tuple[str, list[str]]:
    """The title of a series over time and the notes on chance below it."""
    made = library_of(figures)
    held = made.figures(place=figures[0].place)
    run = comparable_run(held, made)
    made.close()
    return trend_title(name, held, Unit.OFFENCES, run), chance_notes(run)


def test_a_forces_own_counts_rise_where_chance_alone_would_not_make_it():
    title, notes = told(pair(400, 500))
    assert title == "Kent: up from 400 to 500 offences since 2022/23"
    assert notes == ["The difference between 2022/23 and 2023/24 is larger than chance alone would make (5% level)."]


def test_a_fall_is_said_as_one():
    assert told(pair(500, 400))[0] == "Kent: down from 500 to 400 offences since 2022/23"


@pytest.mark.parametrize(
    ("answered", "title"),
    [
        (43, "England and Wales: up, 4,000 to 5,000 since 2022/23"),
        (42, "England and Wales: 5,000 offences recorded in 2023/24"),
        (None, "England and Wales: 5,000 offences recorded in 2023/24"),
    ],
)
def test_a_nations_counts_are_set_against_each_other_only_where_the_same_forces_are_known(answered, title):
    figures = pair(4000, 5000, ENGLAND_AND_WALES, forces_responding=answered, forces_total=43)
    said, notes = told(figures, "England and Wales")
    assert said == title
    assert bool(notes) is (answered == 43)


def test_different_numbers_of_forces_are_not_set_against_each_other():
    before, after = pair(4000, 5000, ENGLAND_AND_WALES, forces_total=43)
    figures = (replace(before, forces_responding=41), replace(after, forces_responding=43))
    assert told(figures, "England and Wales") == ("England and Wales: 5,000 offences recorded in 2023/24", [])
    made = library_of(figures)
    why = find_comparison_break(*figures, made)
    assert why is not None
    assert ScopeKind.FORCES in why.kinds
    made.close()


@pytest.mark.parametrize(
    ("before", "after", "title"),
    [
        (66, 77, "Kent: 66 to 77 offences a year, no clear change"),
        (77, 66, "Kent: 66 to 77 offences a year, no clear change"),
        (70, 70, "Kent: 70 offences a year, no clear change"),
        (3, 6, "Kent: 3 to 6 offences a year, no clear change"),
        (1, 12, "Kent: up from 1 to 12 offences since 2022/23"),
    ],
)
def test_of_few_offences_a_change_is_said_only_where_chance_would_not_make_it(before, after, title):
    said, notes = told(pair(before, after))
    assert said == title
    assert ("No clear change: chance alone could part the counts" in notes[0]) is ("no clear" in title)


def test_how_often_chance_alone_would_do_it_is_said():
    assert told(pair(66, 77))[1] == [
        "No clear change: chance alone could part the counts of 2022/23 and 2023/24 as far in 40% of cases (p = 0.40)."
    ]


def test_a_floor_keeps_its_direction():
    before, after = pair(400, 500)
    raised = told((before, figure(KENT, "2023/24", 500, qualifier=Qualifier.AT_LEAST)))[0]
    assert raised == "Kent: up, 400 to at least 500 since 2022/23"
    left_open, notes = told((figure(KENT, "2022/23", 400, qualifier=Qualifier.AT_LEAST), after))
    assert left_open == "Kent: 500 offences recorded in 2023/24"
    assert notes == []
    below = (figure(KENT, "2022/23", 500), figure(KENT, "2023/24", 400, qualifier=Qualifier.AT_LEAST))
    assert told(below) == ("Kent: at least 400 offences recorded in 2023/24", [])
    assert before.amount.number == 400


@pytest.mark.parametrize("kind", list(InDoubt))
def test_a_figure_in_doubt_leads_no_title_and_makes_no_change(kind):
    before, after = pair(400, 500)
    unsure = {"in_doubt": kind, "doubt": "It may be another year's."}
    assert told((replace(before, **unsure), after)) == ("Kent: 500 offences recorded in 2023/24", [])
    assert told((before, replace(after, **unsure))) == ("Kent: 400 offences recorded in 2022/23", [])
    both = (replace(before, **unsure), replace(after, **unsure))
    assert told(both) == ("Kent: 500 offences in 2023/24, in doubt", [])


def test_a_part_of_a_year_is_told_with_its_months():
    part = figure(KENT, "2023-04/2023-12", 300)
    assert told([part])[0] == "Kent: 300 offences recorded in April to December 2023"


def test_a_year_that_leaves_months_out_leads_only_by_itself_and_is_marked():
    before, after = pair(400, 500)
    partial = replace(after, coverage="Six months only were given.")
    assert told((before, partial)) == ("Kent: 400 offences recorded in 2022/23", [])
    assert told([partial]) == ("Kent: 500 offences in 2023/24, for part of the year", [])


def test_quarters_are_set_against_the_same_quarter_of_the_year_before():
    texts = ("2022-04/2022-06", "2023-01/2023-03", "2023-04/2023-06")
    figures = [figure(KENT, text, number) for text, number in zip(texts, (100, 60, 150), strict=True)]
    assert told(figures)[0] == "Kent: up from 100 to 150 within a year"
    assert told(figures[1:])[0] == "Kent: 150 offences recorded in April to June 2023"


def test_the_first_title_of_ten_words_or_fewer_is_taken():
    long = "one two three four five six seven eight nine ten eleven"
    assert fit_title(long, "short", "shorter") == "short"
    assert fit_title(long, long + " twelve") == long + " twelve"
