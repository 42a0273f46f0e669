"""Longer periods against shorter ones: what is found across releases, and what is left alone."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from explorer.evidence.discrepancies.model import Discrepancy, DiscrepancyKind
from explorer.evidence.model import Figure, InDoubt
from tests.evidence.discrepancies.test_find import among, doubts, ids
from tests.evidence.sample_country import (
    AUTUMN,
    CHANGE,
    COUNT,
    NEW,
    NORTH,
    OLD,
    PEOPLE,
    SHARE,
    SPRING,
    UK,
    VICTIMS,
    WALES,
    A,
    B,
    E,
    World,
    figure,
    region,
)

QUARTERS = tuple(
    f"{year}-{month:02}/{year}-{month + 2:02}"
    for year, month in (*((2018, m) for m in (4, 7, 10)), *((2019, m) for m in (1, 4, 7, 10)), (2020, 1))
)
YEARS = ("2018/19", "2019/20")
SPAN = "2018-04/2020-03"


def only(*figures: Figure) -> Discrepancy:
    (one,) = among(*figures)
    return one


@pytest.mark.parametrize("place", [A, E, WALES])
@pytest.mark.parametrize("measure", [COUNT, VICTIMS])
@pytest.mark.parametrize("source", [SPRING, AUTUMN, NEW])
@pytest.mark.parametrize(
    ("longer", "total", "parts"),
    [
        ("2017-04/2018-09", "345", {"2017/18": "64", "2018-04/2018-09": "170"}),
        ("2017-04/2019-10", "647", {"2017/18": "175", "2018/19": "252", "2019-04/2019-10": "118"}),
        ("2018/19", "90", {"2018-04/2018-06": "20", "2018-07/2019-03": "60"}),
        ("2019", "50", {"2019-01/2019-03": "20", "2019-04/2019-12": "31"}),
        ("2018-04-03/2018-10-02", "9", {"2018-04-03/2018-06-30": "4", "2018-07-01/2018-10-02": "4"}),
    ],
)
def test_a_longer_period_is_the_sum_of_any_that_make_it_up(
    place: str, measure: str, source: str, longer: str, total: str, parts: dict[str, str]
) -> None:
    inside = [figure(place, when, number, measure) for when, number in parts.items()]
    one = only(figure(place, longer, total, measure, source=source), *inside)
    assert one.kind is DiscrepancyKind.SUM
    assert one.places == (place,)
    assert len(one.figures) == len(parts) + 1
    added = sum(map(int, parts.values()))
    assert f", {total} is published, and " in one.text
    assert f" come to {added}." in one.text
    assert among(figure(place, longer, str(added), measure, source=source), *inside) == ()


@pytest.mark.parametrize(
    ("part", "number", "whole", "total"),
    [
        ("2018-04/2018-06", "400", "2018/19", "300"),
        ("2018-07/2018-12", "31", "2018/19", "30"),
        ("2019/20", "80", "2018-10/2021-03", "79"),
        ("2018", "12", "2017-04/2020-03", "11"),
    ],
)
@pytest.mark.parametrize("source", [SPRING, NEW, OLD])
def test_a_part_above_the_period_that_includes_it(part: str, number: str, whole: str, total: str, source: str) -> None:
    outer = figure(A, whole, total)
    one = only(outer, figure(A, part, number, source=source))
    assert one.kind is DiscrepancyKind.PERIOD
    assert f"{number} in " in one.text
    assert f"is more than the {total} published for " in one.text
    assert among(outer, figure(A, part, total, source=source)) == ()


def test_parts_that_leave_a_gap_can_still_come_to_more() -> None:
    whole = figure(B, "2018/19", "100")
    first, last = figure(B, QUARTERS[0], "60", source=NEW), figure(B, QUARTERS[3], "41", source=AUTUMN)
    one = only(whole, first, last)
    assert (one.kind, set(one.figures)) == (DiscrepancyKind.PERIOD, set(ids(whole, first, last)))
    assert "come to 101, more than the 100 published for 2018/19" in one.text
    assert among(whole, first, figure(B, QUARTERS[3], "40")) == ()
    assert among(whole, first, last, figure(B, QUARTERS[1], "-5")) == ()


def test_rounding_and_open_ends_are_allowed_for() -> None:
    quarter = figure(A, QUARTERS[0], "104")
    assert among(quarter, figure(A, "2018/19", "100", qualifier="about")) == ()
    assert among(quarter, figure(A, "2018/19", "100", qualifier="at least")) == ()
    assert (
        among(
            figure(A, "2017/18", "10"),
            figure(A, "2018/19", "10", qualifier="at least"),
            figure(A, "2017-04/2019-03", "50"),
        )
        == ()
    )


def test_any_of_several_published_numbers_may_fit() -> None:
    whole, restated = figure(A, "2018/19", "100"), figure(A, "2018/19", "130", source=NEW)
    found = among(whole, restated, figure(A, QUARTERS[0], "120", source=NEW))
    assert {one.kind for one in found} == {DiscrepancyKind.DIFFER}


def test_a_number_that_fits_no_sum_is_reported_where_it_is_far_off_or_in_doubt() -> None:
    span = figure(A, "2017-04/2018-09", "345", qualifier="at least")
    half, good = figure(A, "2018-04/2018-09", "170"), figure(A, "2017/18", "175")
    low = figure(A, "2017/18", "64", source=NEW)
    found = {one.kind: one for one in among(span, half, good, low)}
    assert set(found) == {DiscrepancyKind.DIFFER, DiscrepancyKind.SUM}
    assert "64 in 2017/18 and 170 in April to September 2018 come to 234." in found[DiscrepancyKind.SUM].text
    assert "Another number published for 2017/18 does add up." in found[DiscrepancyKind.SUM].text
    near = figure(A, "2017/18", "174", source=NEW)
    assert {one.kind for one in among(span, half, good, near)} == {DiscrepancyKind.DIFFER}
    doubted = figure(A, "2017/18", "174", source=NEW, in_doubt=InDoubt.PERIOD, doubt="It may be less.")
    assert {one.kind for one in among(span, half, good, doubted)} == {
        DiscrepancyKind.DIFFER,
        DiscrepancyKind.SUM,
    }


def test_what_does_not_add_up_over_time_is_left_alone() -> None:
    for measure in (SHARE, CHANGE, PEOPLE):
        assert among(figure(A, "2018/19", "30", measure), figure(A, QUARTERS[0], "40", measure)) == ()
    assert among(figure(A, "2018/19", "30"), figure(A, QUARTERS[0], "40", VICTIMS)) == ()
    assert among(figure(A, "2018/19", "30"), figure(B, QUARTERS[0], "40")) == ()
    assert among(figure(A, "2018/19", "30", basis="one"), figure(A, QUARTERS[0], "40", basis="two")) == ()
    part = figure(A, "2018/19", "30", coverage="Six months only.")
    assert among(figure(A, QUARTERS[0], "40"), part) == ()


def test_other_forces_are_not_compared_and_unknown_ones_are_said() -> None:
    year, quarter = figure(UK, "2018/19", "30"), figure(UK, QUARTERS[0], "40", source=NEW)
    assert only(year, quarter).text.endswith("They need not count the same forces.")
    answered = [
        figure(UK, "2018/19", "30", forces_responding=1),
        figure(UK, QUARTERS[0], "40", forces_responding=2),
    ]
    assert among(*answered) == ()
    region_year, region_quarter = figure(NORTH, "2018/19", "30"), figure(NORTH, QUARTERS[0], "40", source=NEW)
    short = [region(NORTH, "AB", SPRING), region(NORTH, "ABC", NEW)]
    assert DiscrepancyKind.PERIOD not in {
        one.kind for one in doubts(World([region_year, region_quarter], regions=short))
    }
    alike = [region(NORTH, "ABC", SPRING), region(NORTH, "ABC", NEW)]
    (one,) = doubts(World([region_year, region_quarter], regions=alike))
    assert "need not" not in one.text


numbers = st.lists(st.integers(-3, 60), min_size=8, max_size=8)


def _series(quarters: list[int]) -> dict[str, int]:
    year = [sum(quarters[:4]), sum(quarters[4:])]
    return {
        **dict(zip(QUARTERS, quarters, strict=True)),
        **dict(zip(YEARS, year, strict=True)),
        SPAN: sum(year),
    }


@given(numbers, st.sampled_from([COUNT, VICTIMS]), st.sampled_from([A, UK]))
def test_consistent_periods_raise_nothing(quarters: list[int], measure: str, place: str) -> None:
    made = [
        figure(place, when, str(number), measure, source=(SPRING, AUTUMN, NEW)[at % 3])
        for at, (when, number) in enumerate(_series(quarters).items())
    ]
    assert among(*made) == ()


@given(numbers, st.sampled_from([*QUARTERS, *YEARS, SPAN]), st.integers(1, 900))
def test_one_excess_raises_exactly_one(quarters: list[int], planted: str, excess: int) -> None:
    made = _series(quarters)
    made[planted] += excess
    one = only(*(figure(A, when, str(n), source=NEW if when == planted else SPRING) for when, n in made.items()))
    assert one.kind is DiscrepancyKind.SUM
    assert any(planted in name for name in one.figures)
