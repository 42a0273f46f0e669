"""Forces, regions and nations against each other, across releases; and a whole official table."""

from __future__ import annotations

import pytest
from hypothesis import given, settings, strategies as st

from explorer.evidence.discrepancies.model import Discrepancy, DiscrepancyKind
from explorer.evidence.model import Figure, RegionMembership
from tests.evidence.discrepancies.test_find import among, doubts, ids
from tests.evidence.discrepancies.test_periods import QUARTERS, YEARS
from tests.evidence.sample_country import (
    AUTUMN,
    BOTH,
    COUNT,
    LAND,
    NEW,
    NORTH,
    PEOPLE,
    SOUTH,
    SPRING,
    UK,
    VICTIMS,
    WALES,
    A,
    B,
    C,
    D,
    E,
    World,
    figure,
    region,
)
from tests.run_sizes import scale_examples

WHEN = "2018/19"
LISTED = (region(NORTH, "ABC", SPRING), region(NORTH, "ABC", NEW), region(SOUTH, "DE", SPRING))


def listed(*figures: Figure, regions: tuple[RegionMembership, ...] = LISTED) -> tuple[Discrepancy, ...]:
    found = doubts(World(figures, regions=regions))
    return tuple(one for one in found if one.kind is not DiscrepancyKind.MEMBERSHIP)


@pytest.mark.parametrize("source", [SPRING, AUTUMN, NEW])
@pytest.mark.parametrize("measure", [COUNT, VICTIMS])
@pytest.mark.parametrize(
    ("inner", "outer", "when"),
    [
        (A, NORTH, WHEN),
        (E, SOUTH, "2019-01/2019-03"),
        (D, UK, "2020"),
        (C, BOTH, WHEN),
        (WALES, BOTH, WHEN),
        (LAND, UK, "2017-04/2019-09"),
        (NORTH, LAND, WHEN),
        (BOTH, UK, WHEN),
    ],
)
def test_a_place_above_the_one_that_includes_it(inner: str, outer: str, when: str, measure: str, source: str) -> None:
    whole, part = figure(outer, when, "60", measure), figure(inner, when, "61", measure, source=source)
    (one,) = among(whole, part)
    assert (one.kind, one.figures) == (DiscrepancyKind.PLACE, ids(whole, part))
    assert ", 61 for " in one.text
    assert "is more than the 60 published for" in one.text
    assert among(whole, figure(inner, when, "60", measure, source=source)) == ()
    assert (
        among(whole, part, figure(outer, when, "61", measure, source=NEW, id="other"))[0].kind is DiscrepancyKind.DIFFER
    )


def test_it_is_reported_for_the_nearest_whole_only() -> None:
    found = among(figure(UK, WHEN, "70"), figure(LAND, WHEN, "60"), figure(NORTH, WHEN, "50"), figure(A, WHEN, "90"))
    assert [(one.kind, one.places) for one in found] == [(DiscrepancyKind.PLACE, (NORTH, A))]


def test_several_places_above_one_whole_are_one_entry() -> None:
    (one,) = among(figure(NORTH, WHEN, "5"), figure(A, WHEN, "6", source=NEW), figure(B, WHEN, "7"))
    assert (one.kind, one.places) == (DiscrepancyKind.PLACE, (NORTH, A, B))
    assert "In 2018/19, 6 for Ashire and 7 for Beeshire are each more than the 5" in one.text


def test_a_force_that_the_total_leaves_out_is_not_compared() -> None:
    total, left_out = figure(NORTH, WHEN, "50"), figure(C, WHEN, "90", source=NEW)
    short = (region(NORTH, "AB", SPRING),)
    assert listed(total, left_out, regions=short) == ()
    (one,) = listed(total, figure(B, WHEN, "51", source=NEW), regions=short)
    assert one.kind is DiscrepancyKind.PLACE
    fits = [figure(A, WHEN, "20", source=NEW), figure(B, WHEN, "30", source=AUTUMN)]
    assert listed(total, left_out, *fits, regions=short) == ()
    (one,) = listed(total, left_out, fits[0], figure(B, WHEN, "29", source=NEW), regions=short)
    assert (one.kind, one.places) == (DiscrepancyKind.REGION_SUM, (NORTH, A, B))
    assert one.text == "For the North in 2018/19, 50 is published, and 20 for Ashire and 29 for Beeshire come to 49."


@pytest.mark.parametrize("source", [SPRING, AUTUMN, NEW])
@pytest.mark.parametrize(("total", "wrong"), [("566", False), ("565", True), ("570", True)])
def test_a_total_of_known_forces_is_their_sum(total: str, wrong: bool, source: str) -> None:
    forces = [figure(code, WHEN, n, source=source) for code, n in ((A, "300"), (B, "200"), (C, "66"))]
    found = listed(figure(NORTH, WHEN, total), *forces)
    assert [one.kind for one in found] == [DiscrepancyKind.REGION_SUM] * wrong
    for one in found:
        assert one.figures[1:] == ids(*forces)
        assert one.text.endswith("300 for Ashire, 200 for Beeshire and 66 for Ceeshire come to 566.")


def test_any_of_several_numbers_of_a_force_may_add_up() -> None:
    forces = [figure(A, WHEN, "30"), figure(B, WHEN, "20"), figure(C, WHEN, "6")]
    restated = figure(A, WHEN, "40", source=NEW)
    found = listed(figure(NORTH, WHEN, "66"), *forces, restated)
    assert {one.kind for one in found} == {DiscrepancyKind.DIFFER}


def test_some_forces_may_not_be_above_the_total_together() -> None:
    parts = figure(A, WHEN, "30", source=NEW), figure(B, WHEN, "31", source=AUTUMN)
    (one,) = among(figure(NORTH, WHEN, "60"), *parts)
    assert one.text.endswith("come to 61. Which forces the total counts is not known here.")
    (one,) = listed(figure(NORTH, WHEN, "60"), *parts)
    assert one.text.endswith("come to 61. We hold no figure for Ceeshire.")
    assert among(figure(NORTH, WHEN, "61"), *parts) == ()
    assert among(figure(NORTH, WHEN, "60", forces_responding=2, forces_total=3), *parts) == ()
    answered = figure(NORTH, WHEN, "60", forces_responding=2, forces_total=3)
    more = figure(C, WHEN, "59", source=NEW)
    (one,) = among(answered, *parts, more)
    assert one.kind is DiscrepancyKind.REGION_SUM


def test_what_is_not_one_count_is_left_alone() -> None:
    assert among(figure(NORTH, WHEN, "5"), figure(A, "2019/20", "9")) == ()
    assert among(figure(NORTH, WHEN, "5"), figure(A, WHEN, "9", VICTIMS)) == ()
    assert among(figure(NORTH, WHEN, "5"), figure(A, WHEN, "9", breakdown="girls")) == ()
    assert among(figure(NORTH, WHEN, "5"), figure(D, WHEN, "9")) == ()
    assert among(figure(NORTH, WHEN, "5", PEOPLE), figure(A, WHEN, "9", PEOPLE)) == ()
    assert among(figure(NORTH, WHEN, "5", basis="x"), figure(A, WHEN, "9", basis="y")) == ()
    assert among(figure(NORTH, WHEN, "5", coverage="Six months only."), figure(A, WHEN, "9")) == ()


def table(cells: list[int], measure: str = COUNT) -> dict[tuple[str, str], Figure]:
    """Five forces by eight quarters with their years, regions and nation, all consistent."""
    areas = {
        **{one: (one,) for one in (A, B, C, D, E)},
        NORTH: (A, B, C),
        SOUTH: (D, E),
        LAND: (A, B, C, D, E),
    }
    of = {(f, q): cells[8 * at + to] for at, f in enumerate((A, B, C, D, E)) for to, q in enumerate(QUARTERS)}
    spans = {**{one: (one,) for one in QUARTERS}, YEARS[0]: QUARTERS[:4], YEARS[1]: QUARTERS[4:]}
    return {
        (area, when): figure(area, when, str(sum(of[f, q] for f in forces for q in quarters)), measure)
        for area, forces in areas.items()
        for when, quarters in spans.items()
    }


tables = st.lists(st.integers(-3, 60), min_size=40, max_size=40)


@settings(deadline=None, max_examples=scale_examples(40))
@given(tables, st.booleans())
def test_a_consistent_official_table_raises_nothing(cells: list[int], known: bool) -> None:
    made = table(cells).values()
    assert len(made) == 80
    assert (listed(*made) if known else among(*made)) == ()


@settings(deadline=None, max_examples=scale_examples(40))
@given(tables, st.sampled_from([NORTH, SOUTH]), st.integers(1, 500), st.booleans())
def test_one_wrong_total_raises_exactly_one(cells: list[int], place: str, off: int, down: bool) -> None:
    made = [one for (_, when), one in table(cells).items() if when == QUARTERS[3]]
    planted = [
        figure(place, QUARTERS[3], str(int(one.amount.number or 0) + (-off if down else off)), source=SPRING)
        if one.place == place
        else one
        for one in made
        if one.place != LAND
    ]
    (one,) = listed(*planted)
    assert one.kind in {DiscrepancyKind.REGION_SUM, DiscrepancyKind.PLACE}
    assert place in one.places
