"""Where coverage changes: what is a break, what is none, and how it is said."""

from __future__ import annotations

from explorer.evidence.analysis.coverage import ScopeKind, find_breaks, find_comparison_break, is_partial
from tests.evidence.sample_country import AUTUMN, BOTH, NEW, NORTH, SPRING, UK, A, World, figure, region


def test_different_numbers_of_forces_are_a_break() -> None:
    years = [
        figure(UK, "2021/22", "10", forces_responding=41),
        figure(UK, "2022/23", "12", forces_responding=42),
        figure(UK, "2023/24", "14", forces_responding=42),
    ]
    (one,) = find_breaks(years, World(years))
    assert (one.before, one.after, one.kinds) == (years[0].id, years[1].id, (ScopeKind.FORCES,))
    assert one.text == "41 police forces answered for 2021/22 and 42 for 2022/23."


def test_a_year_of_unknown_forces_is_a_break_and_hides_none() -> None:
    years = [
        figure(UK, "2020/21", "10", forces_responding=42),
        figure(UK, "2021/22", "11"),
        figure(UK, "2022/23", "12", forces_responding=45),
    ]
    unknown, fewer = find_breaks(years, World(years))
    assert (unknown.before, unknown.after, unknown.kinds) == (years[0].id, years[1].id, (ScopeKind.UNKNOWN,))
    assert unknown.text == ("Which police forces are counted for the United Kingdom in 2021/22 is not known.")
    assert (fewer.before, fewer.after, fewer.kinds) == (years[1].id, years[2].id, (ScopeKind.FORCES,))
    assert fewer.text == "42 police forces answered for 2020/21 and 45 for 2022/23."
    assert find_breaks(years[:2], World(years)) == (unknown,)
    assert find_comparison_break(years[0], years[1], World(years)) == unknown


def test_one_force_of_its_own_is_never_a_break() -> None:
    years = [
        figure(A, "2021/22", "10", forces_responding=41),
        figure(A, "2022/23", "12", forces_responding=42),
    ]
    assert find_breaks(years, World(years)) == ()


def test_a_region_counted_from_other_forces_is_a_break() -> None:
    before, after = figure(NORTH, "2018/19", "10"), figure(NORTH, "2022/23", "12", source=NEW)
    held = World(regions=[region(NORTH, "ABC", SPRING), region(NORTH, "AB", NEW)])
    (one,) = find_breaks([before, after], held)
    assert one.kinds == (ScopeKind.MEMBERSHIP,)
    assert one.text == "North is counted without Ceeshire from 2022/23."
    moved = World(regions=[region(NORTH, "AB", SPRING), region(NORTH, "ACD", NEW)])
    (one,) = find_breaks([before, after], moved)
    assert one.text == "North is counted with Ceeshire and Deeshire and without Beeshire from 2022/23."


def test_a_region_whose_forces_one_release_does_not_list_cannot_be_compared() -> None:
    before, after = figure(NORTH, "2018/19", "10"), figure(NORTH, "2022/23", "12", source=NEW)
    for lists, when in (
        ([], "2018/19 and 2022/23"),
        ([region(NORTH, "AB", NEW)], "2018/19"),
        ([region(NORTH, "AB", SPRING)], "2022/23"),
        ([region(NORTH, "AB", AUTUMN), region(NORTH, "ABC", NEW)], "2018/19"),
    ):
        found = find_comparison_break(before, after, World(regions=lists))
        assert found is not None
        assert found.kinds == (ScopeKind.UNKNOWN,)
        assert found.text == f"Which police forces are counted for the North in {when} is not known."
    both = World(regions=[region(NORTH, "AB", SPRING), region(NORTH, "AB", NEW)])
    assert find_comparison_break(before, after, both) is None


def test_two_breaks_at_once_are_one_sentence() -> None:
    before = figure(NORTH, "2018/19", "10", forces_responding=1)
    after = figure(NORTH, "2022/23", "12", source=NEW, forces_responding=2)
    held = World(regions=[region(NORTH, "A", SPRING), region(NORTH, "AB", NEW)])
    (one,) = find_breaks([before, after], held)
    assert one.kinds == (ScopeKind.FORCES, ScopeKind.MEMBERSHIP)
    assert one.text == (
        "1 police force answered for 2018/19 and 2 for 2022/23; North is counted with Beeshire from 2022/23."
    )


def test_another_place_is_a_break() -> None:
    years = [figure(BOTH, "2020/21", "10"), figure(UK, "2021/22", "12")]
    (one,) = find_breaks(years, World(years))
    assert one.kinds == (ScopeKind.PLACES,)
    assert one.text == "2020/21 is counted for England and Wales and 2021/22 for the United Kingdom."


def test_part_of_a_period_is_a_break() -> None:
    part = figure(A, "2017/18", "10", coverage="One force's own count, of six months only.")
    whole = figure(A, "2018/19", "20", coverage="One force's own count.")
    assert is_partial(part)
    assert not is_partial(whole)
    (one,) = find_breaks([part, whole], World([part, whole]))
    assert one.kinds == (ScopeKind.PARTIAL,)
    assert one.text == "2017/18 leaves out part of the year for some forces."
