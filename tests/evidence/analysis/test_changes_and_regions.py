"""Worked-out figures that reach beyond neighbours: whole series, printed changes, regions, nations, rates."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, strategies as st

from explorer.evidence.analysis.arithmetic import DerivedCaveat, DerivedFigure, DerivedKind, percentage_change
from explorer.evidence.analysis.chance import SMALLEST_BASE, SMALLEST_RATE
from explorer.evidence.analysis.changes import change_since, is_like_for_like, matches_printed
from explorer.evidence.analysis.derive import derive_all
from explorer.evidence.analysis.regions import (
    PER_PEOPLE,
    forces_of,
    national_share,
    population_rate,
    rate_of,
    sum_of_forces,
    whole_of,
)
from explorer.evidence.model import Figure
from tests.evidence.sample_country import (
    AGE,
    AUTUMN,
    BOTH,
    CHANGE,
    NEW,
    NORTH,
    OLD,
    PEOPLE,
    SHARE,
    SPRING,
    UK,
    VICTIMS,
    A,
    B,
    C,
    D,
    E,
    World,
    figure,
    region,
)

THEN, NOW = figure(UK, "2017/18", "3728", source=NEW), figure(UK, "2024/25", "7263", source=NEW)
PRINTED = figure(UK, "2024/25", "99", CHANGE, breakdown="since 2017/18", source=NEW, coverage="Comparable forces only.")


def worked(kind: DerivedKind, held: World, place: str) -> list[DerivedFigure]:
    return [one for one in derive_all(held.figures(place=place), held) if one.kind is kind]


def test_beside_a_published_change_nothing_is_worked_out_of_totals_of_unknown_forces() -> None:
    held = World([THEN, NOW, PRINTED])
    assert is_like_for_like(PRINTED)
    assert derive_all(held.figures(place=UK), held) == ()
    assert change_since([THEN, NOW], "2017/18", held) == ()
    every = [figure(UK, one.period.text, one.printed, source=NEW, forces_responding=45) for one in (THEN, NOW)]
    held = World([*every, PRINTED])
    (one,) = worked(DerivedKind.PERCENTAGE_CHANGE, held, UK)
    assert round(one.amount, 1) == Decimal("94.8")
    assert one.low == one.amount == one.high
    assert one.inputs == (THEN.id, NOW.id)
    assert one.caveats == ()
    assert not matches_printed(one, PRINTED)


def test_a_published_change_agrees_where_it_can_be_the_rounding_of_the_totals() -> None:
    one = percentage_change(THEN, figure(UK, "2023/24", "7062", source=NEW))
    printed = figure(UK, "2023/24", "89", CHANGE, breakdown="since 2017/18", source=NEW)
    assert matches_printed(one, printed)
    assert not is_like_for_like(printed)
    other = figure(UK, "2023/24", "90", CHANGE, breakdown="since 2017/18", source=NEW)
    assert not matches_printed(one, other)


def test_no_percentage_goes_across_a_break() -> None:
    before = figure(UK, "2022/23", "100", forces_responding=42)
    after = figure(UK, "2023/24", "120", forces_responding=45)
    held = World([before, after])
    assert worked(DerivedKind.PERCENTAGE_CHANGE, held, UK) == []
    assert worked(DerivedKind.CHANGE, held, UK) == []
    assert change_since(held.figures(), "2022/23", held) == ()
    printed = figure(UK, "2023/24", "10", CHANGE, breakdown="since 2022/23", coverage="The same 42 forces.")
    held = World([before, after, printed])
    assert change_since([before, after], "2022/23", held) == ()
    assert derive_all(held.figures(place=UK), held) == ()


def test_a_region_counted_otherwise_has_neither_change_nor_percentage() -> None:
    before, after = figure(NORTH, "2018/19", "20"), figure(NORTH, "2019/20", "25", source=NEW)
    held = World([before, after], regions=[region(NORTH, "ABC", SPRING), region(NORTH, "AB", NEW)])
    assert worked(DerivedKind.CHANGE, held, NORTH) == []
    assert worked(DerivedKind.PERCENTAGE_CHANGE, held, NORTH) == []
    alike = World([before, after], regions=[region(NORTH, "ABC", one) for one in (SPRING, NEW)])
    assert [one.amount for one in worked(DerivedKind.CHANGE, alike, NORTH)] == [5]
    assert [one.amount for one in worked(DerivedKind.PERCENTAGE_CHANGE, alike, NORTH)] == [25]


def test_the_first_is_set_against_the_last() -> None:
    years = [figure(A, f"20{y}/{y + 1}", str(n)) for y, n in ((17, 50), (18, 60), (21, 90))]
    held = World(years)
    inputs = [one.inputs for one in worked(DerivedKind.PERCENTAGE_CHANGE, held, A)]
    ids = [one.id for one in years]
    assert inputs == [(ids[0], ids[1]), (ids[1], ids[2]), (ids[0], ids[2])]
    assert [one.amount for one in change_since(years, "2017/18", held)] == [20, 80]
    assert [one.amount for one in change_since(years, "2018/19", held)] == [50]
    assert change_since(years, "2019/20", held) == ()


def test_breakdowns_long_periods_ages_and_people_take_no_part() -> None:
    two = ("2017/18", "2018/19")
    held = World(
        [
            *(figure(A, when, "10", breakdown="platform recorded") for when in two),
            *(figure(A, when, "10", VICTIMS, breakdown="girls") for when in two),
            *(figure(A, when, "10000", PEOPLE) for when in two),
            *(figure(A, when, "7", AGE) for when in two),
            *(figure(A, when, "30", CHANGE, breakdown="since 2016/17") for when in two),
            *(figure(A, when, "30") for when in ("2017-04/2019-03", "2019-04/2021-03")),
        ]
    )
    assert derive_all(held.figures(), held) == ()


def test_the_forces_of_a_region_are_added_up() -> None:
    total = figure(NORTH, "2017/18", "565")
    parts = [figure(A, "2017/18", "300"), figure(B, "2017/18", "200"), figure(C, "2017/18", "66")]
    listed = [region(NORTH, "ABC", SPRING)]
    (one,) = worked(DerivedKind.REGION_SUM, World([total, *parts], regions=listed), NORTH)
    assert (one.amount, one.low, one.high, one.missing) == (566, 566, 566, ())
    assert one.formula == "300 + 200 + 66 = 566"
    assert one.inputs == (total.id, *(part.id for part in parts))
    assert one.caveats == ()
    (one,) = worked(DerivedKind.REGION_SUM, World([total, *parts[:2]], regions=listed), NORTH)
    assert (one.amount, one.missing) == (500, (C,))
    assert DerivedCaveat.FORCE_MISSING in one.caveats
    assert worked(DerivedKind.REGION_SUM, World([total, parts[0]], regions=listed), NORTH) == []


def test_no_forces_are_added_up_where_they_are_not_known() -> None:
    total = figure(NORTH, "2017/18", "565")
    parts = [figure(A, "2017/18", "300"), figure(B, "2017/18", "200"), figure(C, "2017/18", "66")]
    assert worked(DerivedKind.REGION_SUM, World([total, *parts]), NORTH) == []
    all_answered = figure(NORTH, "2017/18", "565", forces_responding=3)
    (one,) = worked(DerivedKind.REGION_SUM, World([all_answered, *parts]), NORTH)
    assert (one.amount, one.missing) == (566, ())


def test_the_forces_are_those_that_the_release_lists() -> None:
    total, parts = figure(NORTH, "2017/18", "500"), [figure(x, "2017/18", "10") for x in (A, B, C, D)]
    listed = World([total, *parts], regions=[region(NORTH, "ABD", SPRING)])
    (one,) = worked(DerivedKind.REGION_SUM, listed, NORTH)
    assert one.inputs == (total.id, *(parts[at].id for at in (0, 1, 3)))
    assert one.caveats == ()


def test_of_several_numbers_for_a_force_that_of_the_same_release_is_added() -> None:
    total = figure(NORTH, "2017/18", "400")
    now, then = figure(A, "2017/18", "64", source=AUTUMN), figure(A, "2017/18", "175")
    rest = [figure(B, "2017/18", "100"), figure(C, "2017/18", "125", source=OLD)]
    listed = [region(NORTH, "ABC", SPRING)]
    (one,) = worked(DerivedKind.REGION_SUM, World([total, now, then, *rest], regions=listed), NORTH)
    assert one.amount == 400
    assert DerivedCaveat.SOURCES_DIFFER in one.caveats


def test_a_place_is_a_part_of_the_nearest_nation_held() -> None:
    part = figure(A, "2017/18", "66")
    both, uk = (figure(place, "2017/18", n, forces_responding=5) for place, n in ((BOTH, "3171"), (UK, "3728")))
    unknown = [figure(place, "2017/18", n) for place, n in ((BOTH, "3171"), (UK, "3728"))]
    assert whole_of(part, World([part, *unknown])) is None
    held = World([part, both, uk])
    assert whole_of(part, held) == both
    (one,) = worked(DerivedKind.NATIONAL_SHARE, held, A)
    assert round(one.amount, 1) == Decimal("2.1")
    assert one.inputs == (part.id, both.id)
    assert whole_of(figure(A, "2018/19", "66"), held) is None
    assert whole_of(figure(A, "2017/18", "66", platform="insta"), held) is None
    assert whole_of(figure(UK, "2017/18", "66"), held) is None
    assert whole_of(figure(B, "2017/18", "66"), held) == both


def test_a_part_of_at_least_so_many_is_at_most_so_much() -> None:
    part, whole = figure(NORTH, "2017/18", "114"), figure(UK, "2017/18", "1200", qualifier="at least")
    one = national_share(part, whole)
    assert (one.low, one.high) == (None, Decimal("9.5"))
    assert DerivedCaveat.AT_LEAST in one.caveats
    with pytest.raises(ValueError, match="no part"):
        national_share(figure(NORTH, "2017/18", "1300"), figure(UK, "2017/18", "1200"))
    with pytest.raises(ValueError, match="base below 20"):
        national_share(figure(NORTH, "2017/18", "5"), figure(UK, "2017/18", "19"))
    for wrong in (figure(UK, "2018/19", "1200"), figure(UK, "2017/18", "1200", breakdown="online"), part):
        with pytest.raises(ValueError, match=r"."):
            national_share(part, wrong)


def test_a_rate_takes_the_people_of_the_year_it_begins_in() -> None:
    people = figure(A, "2017", "847151", PEOPLE)
    held = World([figure(A, "2017/18", "66"), figure(A, "2018/19", "71"), people])
    (one,) = worked(DerivedKind.RATE, held, A)
    assert round(one.amount, 2) == Decimal("7.79")
    assert one.inputs[1] == people.id
    assert one.formula == "66 ÷ 847,151 × 100,000 ≈ 7.8"
    with pytest.raises(ValueError, match="we hold no population of Ashire for 2018"):
        rate_of(figure(A, "2018/19", "71"), held)
    with pytest.raises(ValueError, match="no rate"):
        rate_of(figure(A, "2017-04/2017-06", "20"), held)
    for wrong in (figure(B, "2017", "5", PEOPLE), figure(A, "2018", "5", PEOPLE), figure(A, "2017", "5")):
        with pytest.raises(ValueError, match=r"."):
            population_rate(figure(A, "2017/18", "66"), wrong)


def test_a_region_counted_from_other_forces_has_no_rate() -> None:
    total, people = figure(NORTH, "2017/18", "66"), figure(NORTH, "2017", "100000", PEOPLE)
    for lists in ([], [region(NORTH, "AB", SPRING)], [region(NORTH, "ABD", NEW)]):
        with pytest.raises(ValueError, match="which police forces are counted for North is not known"):
            rate_of(total, World([people], regions=lists))
    whole = World([people], regions=[region(NORTH, "ABC", SPRING), region(NORTH, "AB", NEW)])
    assert rate_of(total, whole).amount == 66


def test_a_share_of_a_named_base_is_taken_of_that_base() -> None:
    base = figure(UK, "2024/25", "2111", breakdown="platform recorded", source=NEW)
    share = figure(UK, "2024/25", "40", SHARE, platform="snap", base="Offences where the platform was recorded")
    named = figure(
        UK,
        "2024/25",
        "40",
        SHARE,
        platform="snap",
        base_figure=base.id,
        base="Offences where it was recorded",
    )
    (one,) = worked(DerivedKind.IMPLIED_COUNT, World([NOW, base, named]), UK)
    assert (one.low, one.high, one.inputs) == (834, 854, (named.id, base.id))
    assert one.caveats == (DerivedCaveat.SOURCES_DIFFER, DerivedCaveat.ROUNDED)
    assert worked(DerivedKind.IMPLIED_COUNT, World([NOW, base, share]), UK) == []
    total = figure(UK, "2024/25", "7263")
    assert worked(DerivedKind.IMPLIED_COUNT, World([total, share]), UK) == []


counts = st.lists(st.integers(0, 5000), min_size=3, max_size=3)


@given(counts, st.integers(1, 10**6))
def test_sums_shares_and_rates_are_what_they_say(numbers: list[int], people: int) -> None:
    parts = [figure(x, "2017/18", str(n)) for x, n in zip((A, B, C), numbers, strict=True)]
    total = figure(NORTH, "2017/18", str(sum(numbers)))
    heads = figure(NORTH, "2017", str(people), PEOPLE)
    held = World([total, *parts, heads], regions=[region(NORTH, "ABC", SPRING)])
    forces = forces_of(total, held)
    assert forces is not None
    assert sum_of_forces(forces).amount == sum(numbers)
    if people < PER_PEOPLE.fewest or sum(numbers) < SMALLEST_RATE:
        with pytest.raises(ValueError, match="too few"):
            rate_of(total, held)
    else:
        one = rate_of(total, held)
        assert abs(Fraction(one.amount) - Fraction(sum(numbers) * 100_000, people)) < Fraction(1, 10**15)
    if sum(numbers) >= SMALLEST_BASE:
        part = national_share(parts[0], figure(UK, "2017/18", str(sum(numbers))))
        assert abs(Fraction(part.amount) - Fraction(100 * numbers[0], sum(numbers))) < Fraction(1, 10**20)


def rough(number: int) -> Figure:
    return figure(UK, "2017/18", str(round(number, -1)), qualifier="about")


@given(st.integers(1, 900), st.integers(1000, 9999))
def test_the_true_share_is_within_the_range(part: int, whole: int) -> None:
    one = national_share(figure(A, "2017/18", str(part)), rough(whole))
    true = Fraction(100 * part, whole)
    assert one.low is not None
    assert one.high is not None
    assert Fraction(one.low) <= true <= Fraction(one.high)


@given(st.integers(SMALLEST_BASE, 9999), st.integers(0, 9999))
def test_a_change_printed_from_the_totals_always_agrees(before: int, after: int) -> None:
    true = Fraction(100 * (after - before), before)
    printed = figure(A, "2018/19", str(round(true)), CHANGE, breakdown="since 2017/18")
    pair = figure(A, "2017/18", str(before)), figure(A, "2018/19", str(after))
    assert matches_printed(percentage_change(*pair), printed)
    far = figure(A, "2018/19", str(round(true) + 2), CHANGE, breakdown="since 2017/18")
    assert not matches_printed(percentage_change(*pair), far)


def test_neither_place_of_a_sum_is_counted_twice() -> None:
    total = figure(NORTH, "2017/18", "30")
    parts = [figure(x, "2017/18", "10") for x in (A, B, C, D, E)]
    forces = forces_of(total, World([total, *parts], regions=[region(NORTH, "ABC", SPRING)]))
    assert forces is not None
    assert [one.place for one in forces.figures] == [A, B, C]


def test_a_quarter_is_not_set_beside_a_year_long_past() -> None:
    spring = figure(A, "2020-04/2020-06", "30")
    for year, found in (("2019/20", 1), ("2018/19", 0), ("2020/21", 0)):
        held = World([figure(A, year, "80"), spring])
        assert len(worked(DerivedKind.AGAINST_AVERAGE_QUARTER, held, A)) == found
