"""Figures about the same thing that differ."""

from __future__ import annotations

import random

from hypothesis import given, strategies as st
from msgspec.structs import replace

from explorer.evidence.amounts import are_compatible
from explorer.evidence.conflicts import Preference, find_conflicts, subject_key
from explorer.evidence.model import Amount, Figure, FigureStatus
from tests.evidence.first_article import (
    ARTICLE,
    BOTH,
    CAMBS,
    FIGURES,
    LATER,
    NORFOLK,
    Q1,
    SOURCES,
    UK,
    amount,
    count,
    share,
)

KNOWN = {source.id: source for source in SOURCES}


def test_the_seed_does_not_disagree_with_itself() -> None:
    assert find_conflicts(FIGURES, KNOWN) == ()


def test_a_restated_number_is_a_conflict_and_the_newest_is_preferred() -> None:
    old, new = count(BOTH, "2017/18", "3171"), count(BOTH, "2017/18", "3217", source=LATER)
    (conflict,) = find_conflicts([old, new, *FIGURES], KNOWN)
    assert conflict.figures == (old, new)
    assert conflict.preferred_id == new.id
    assert "NSPCC, 13 November 2025" in conflict.reason
    (first,) = find_conflicts([old, new], KNOWN, Preference.FIRST)
    assert first.preferred_id == old.id
    assert "A paper, November 2020" in first.reason


def test_what_is_about_another_thing_is_no_conflict() -> None:
    one = count(CAMBS, "2019/20", "70")
    others = [
        count(NORFOLK, "2019/20", "80"),
        count(CAMBS, "2018/19", "80"),
        replace(count(CAMBS, "2019/20", "80", source=LATER), breakdown="girls"),
        replace(count(CAMBS, "2019/20", "80", source="law"), measure="class-88a"),
    ]
    assert find_conflicts([one, *others], KNOWN) == ()
    assert find_conflicts([share(UK, Q1, "instagram", "37"), share(UK, Q1, "facebook", "12")], KNOWN) == ()


def test_a_lower_bound_agrees_with_what_lies_above_it_and_nothing_with_missing() -> None:
    bound = count(UK, Q1, "1200", "at least")
    assert find_conflicts([bound, count(UK, Q1, "1220", source=LATER)], KNOWN) == ()
    assert find_conflicts([bound, count(UK, Q1, None, source=LATER)], KNOWN) == ()
    assert len(find_conflicts([bound, count(UK, Q1, "1100", source=LATER)], KNOWN)) == 1


def test_where_the_dates_do_not_tell_a_revised_figure_comes_first() -> None:
    old = count(CAMBS, "2019/20", "70", id="a")
    revised = replace(old, id="b", amount=amount("71", status=FigureStatus.REVISED))
    (conflict,) = find_conflicts([old, revised], KNOWN)
    assert conflict.preferred_id == "b"
    assert "revised" in conflict.reason
    (undated,) = find_conflicts([old, replace(revised, amount=amount("71"))], {})
    assert undated.preferred_id == "a"


figures = st.builds(
    lambda at, where, when, number, source: replace(count(where, when, str(number), source=source), id=f"figure-{at}"),
    st.integers(0, 10_000),
    st.sampled_from([CAMBS, NORFOLK]),
    st.sampled_from(["2018/19", "2019/20"]),
    st.integers(1, 3),
    st.sampled_from([ARTICLE, LATER]),
)


@given(st.lists(figures, max_size=12, unique_by=lambda figure: figure.id), st.integers())
def test_conflicts_part_the_figures_whatever_their_order(some: list[Figure], seed: int) -> None:
    found = find_conflicts(some, KNOWN)
    told = [figure.id for conflict in found for figure in conflict.figures]
    assert len(told) == len(set(told))
    for conflict in found:
        assert len({subject_key(figure) for figure in conflict.figures}) == 1
        assert conflict.preferred_id in {figure.id for figure in conflict.figures}
        numbers: tuple[Amount, ...] = tuple(figure.amount for figure in conflict.figures)
        assert not are_compatible(numbers)
        dates = {figure.id: KNOWN[figure.source].published for figure in conflict.figures}
        assert dates[conflict.preferred_id] == max(dates.values())
    left = [figure for figure in some if figure.id not in told]
    for one in left:
        same = [other for other in some if subject_key(other) == subject_key(one)]
        assert are_compatible(tuple(other.amount for other in same))
    shuffled = random.Random(seed).sample(some, len(some))
    again = find_conflicts(shuffled, KNOWN)
    assert {c.preferred_id for c in again} == {c.preferred_id for c in found}
    assert {frozenset(f.id for f in c.figures) for c in again} == {frozenset(f.id for f in c.figures) for c in found}
