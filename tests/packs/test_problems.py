"""Problems as sentences, and what is kept when there are very many."""

from __future__ import annotations

import pytest

from explorer.packs.problems import MOST, PackError, Problem, ProblemCollector


@pytest.mark.parametrize(
    ("problem", "sentence"),
    [
        (
            Problem(file="figures.csv", row=4, column="number", what="'ten' is not a number", mend="Write 10."),
            "figures.csv, row 4, column number: 'ten' is not a number. Write 10.",
        ),
        (
            Problem(file="figures.csv", what="the file is missing", mend=""),
            "figures.csv: the file is missing.",
        ),
        (Problem(file="", what="and 7 more", mend="Check again."), "And 7 more. Check again."),
    ],
)
def test_a_problem_is_one_sentence_with_its_place(problem: Problem, sentence: str) -> None:
    assert problem.as_sentence() == sentence


def test_only_so_many_are_kept_and_the_rest_counted() -> None:
    collector = ProblemCollector()
    for row in range(MOST + 31):
        collector.add_problem("figures.csv", "wrong", row=row)
    found = collector.all_problems()
    assert len(found) == MOST + 1
    assert found[-1].what == "and 31 more"
    assert collector.count == MOST + 31


def test_the_error_says_the_first_of_them() -> None:
    error = PackError([Problem(file="a.csv", what="one", mend=""), Problem(file="b.csv", what="two", mend="")])
    assert str(error) == "a.csv: one. b.csv: two."
