"""Worked-out figures: their amounts, ranges, formulas, and what is refused."""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import assume, given, strategies as st
from msgspec.structs import replace

from explorer.evidence.analysis.arithmetic import (
    DerivedCaveat,
    DerivedFigure,
    DerivedKind,
    DerivedUnit,
    absolute_change,
    against_average_quarter,
    average_quarter,
    implied_count,
    percentage_change,
    share_difference,
)
from explorer.evidence.analysis.chance import SMALLEST_BASE, AmountMovement
from explorer.evidence.analysis.derive import derive_all
from explorer.evidence.model import Figure, InDoubt, PlaceLevel
from tests.evidence.first_article import (
    BOTH,
    CAMBS,
    COUNT,
    EAST,
    FIGURES,
    LATER,
    NORFOLK,
    Q1,
    UK,
    WALES,
    amount,
    count,
    record,
    share,
)
from tests.evidence.line_counter import lines_run

CHANGES = {
    DerivedKind.CHANGE,
    DerivedKind.PERCENTAGE_CHANGE,
    DerivedKind.AGAINST_AVERAGE_QUARTER,
}
BY_ID = {figure.id: figure for figure in FIGURES}


def all_of(kind: DerivedKind, *figures: Figure) -> list[DerivedFigure]:
    held = record(add=figures)
    return [worked for worked in derive_all(held.figures(), held) if worked.kind is kind]


def platform_recorded(where: str, number: str, qualifier: str = "exact", **more: str) -> Figure:
    """How many offences of a place had their platform recorded: what a share of a platform is of."""
    breakdown = "platform recorded"
    return count(where, Q1, number, qualifier, id=f"{where}-base", breakdown=breakdown, **more)


def of(base: Figure, platform: str, number: str) -> Figure:
    """The share of a platform, of that base."""
    name = f"{base.id}-{platform}"
    return share(base.place, Q1, platform, number, id=name, base_figure=base.id)


def inside(worked: DerivedFigure, true: Fraction | int) -> bool:
    above = worked.low is None or Fraction(worked.low) <= true
    return above and (worked.high is None or true <= Fraction(worked.high))


def test_the_seed_gives_these_and_no_others() -> None:
    held = record()
    told = {
        (*worked.inputs, worked.kind.value): (worked.amount, worked.low, worked.high, worked.unit.value)
        for worked in derive_all(held.figures(), held)
    }
    rise, growth = "change", "percentage change"
    part = "national share"
    exact = {key: value for key, value in told.items() if key[-1] not in {growth, part}}
    assert exact == {
        ("cambs-17", "cambs-18", rise): (5, 5, 5, "offences"),
        ("cambs-18", "cambs-19", rise): (6, 6, 6, "offences"),
        ("cambs-17", "cambs-19", rise): (11, 11, 11, "offences"),
        ("cambs-19", "average quarter"): (Decimal("19.25"), *[Decimal("19.25")] * 2, "offences"),
        ("cambs-q1", "cambs-19", "against an average quarter"): (*[Decimal("2.75")] * 3, "offences"),
    }
    shown = {key[:2]: round(told[key][0], 1) for key in told if key[-1] == growth}
    assert shown == {
        ("cambs-17", "cambs-18"): Decimal("7.6"),
        ("cambs-18", "cambs-19"): Decimal("8.5"),
        ("cambs-17", "cambs-19"): Decimal("16.7"),
    }
    assert {key[:2]: told[key][1] for key in told if key[-1] == part} == {
        ("cambs-q1", "uk-q1"): None,
    }


def test_formulas_are_in_numbers() -> None:
    held = record()
    formulas = [worked.formula for worked in derive_all(held.figures(), held)]
    assert formulas == [
        "71 − 66 = 5",
        "(71 − 66) ÷ 66 × 100 ≈ 7.6",
        "77 − 71 = 6",
        "(77 − 71) ÷ 71 × 100 ≈ 8.5",
        "77 − 66 = 11",
        "(77 − 66) ÷ 66 × 100 ≈ 16.7",
        "77 ÷ 4 = 19.25",
        "22 − 77 ÷ 4 = 2.75",
        "22 ÷ 1,201 × 100 ≈ 1.8",
    ]


def test_no_change_of_the_seed_can_be_told_from_chance() -> None:
    held = record()
    told = {(*one.inputs, one.kind): one for one in derive_all(held.figures(), held)}
    moved = {one.movement for one in told.values() if one.kind in CHANGES}
    assert moved == {AmountMovement.UNCLEAR}
    growth = [one for one in told.values() if one.kind is DerivedKind.PERCENTAGE_CHANGE]
    assert [one.decimals for one in growth] == [0, 0, 0]
    assert told["cambs-q1", "uk-q1", DerivedKind.NATIONAL_SHARE].decimals == 1


def test_a_count_of_all_offences_is_no_base_of_a_share() -> None:
    assert BY_ID["east-ig-q1"].base_figure == "east-q1"
    assert all_of(DerivedKind.IMPLIED_COUNT) == []
    with pytest.raises(ValueError, match="a count of all offences is not known to be what the share is of"):
        implied_count(BY_ID["east-ig-q1"], BY_ID["east-q1"], PlaceLevel.REGION)


def test_implied_counts_of_a_recorded_base_say_how_rough_they_are() -> None:
    uk, east = platform_recorded(UK, "1200", "at least", low="1201"), platform_recorded(EAST, "114")
    shares = [of(uk, "instagram", "37"), of(east, "facebook", "52"), of(east, "instagram", "36")]
    found = all_of(DerivedKind.IMPLIED_COUNT, uk, east, *shares)
    assert [one.inputs for one in found] == [(one.id, one.base_figure) for one in shares]
    assert [(one.amount, one.low, one.high) for one in found] == [
        (439, 439, None),
        (59, 59, 59),
        (41, 41, 41),
    ]
    assert [one.formula for one in found] == [
        "36.5% × 1,201 = 438.365, so 439 or more",
        "51.5% × 114 = 58.71 and 52.5% × 114 = 59.85, so 59",
        "35.5% × 114 = 40.47 and 36.5% × 114 = 41.61, so 41",
    ]
    assert [worked.only for worked in found] == [False, True, True]
    assert [worked.caveats for worked in found] == [(DerivedCaveat.AT_LEAST,), (), ()]


def test_an_implied_count_with_room_is_a_range() -> None:
    base = platform_recorded(WALES, "250")
    worked = implied_count(of(base, "instagram", "36"), base, PlaceLevel.NATION)
    assert (worked.low, worked.amount, worked.high, worked.only) == (89, 90, 91, False)
    assert worked.caveats == (DerivedCaveat.ROUNDED,)


def test_a_share_is_never_more_than_the_whole() -> None:
    base = platform_recorded(EAST, "400")
    all_of_it = replace(of(base, "instagram", "100"), amount=amount("100", high=Decimal("100.5")))
    worked = implied_count(all_of_it, base, PlaceLevel.REGION)
    assert (worked.amount, worked.high) == (400, 400)


@pytest.mark.parametrize("level", [PlaceLevel.FORCE, PlaceLevel.LOCAL_AUTHORITY])
def test_a_count_of_one_platform_is_never_worked_out_below_a_region(level: PlaceLevel) -> None:
    with pytest.raises(ValueError, match="never worked out"):
        implied_count(BY_ID["east-ig-q1"], BY_ID["east-q1"], level)
    base = platform_recorded(CAMBS, "20")
    with pytest.raises(ValueError, match="never worked out"):
        implied_count(of(base, "instagram", "50"), base, level)
    assert all_of(DerivedKind.IMPLIED_COUNT, base, of(base, "instagram", "50")) == []


def test_implied_counts_stay_within_place_period_source_and_base() -> None:
    base = platform_recorded(EAST, "114")
    instagram = of(base, "instagram", "36")
    assert implied_count(instagram, base, PlaceLevel.REGION).amount == 41
    others = [
        replace(base, place=UK),
        replace(base, period=BY_ID["cambs-19"].period),
        replace(base, id="another"),
        replace(base, platform="facebook"),
    ]
    for other in others:
        with pytest.raises(ValueError, match=r"."):
            implied_count(instagram, other, PlaceLevel.REGION)
    with pytest.raises(ValueError, match=r"no whole number of 3 comes to 36%"):
        implied_count(instagram, replace(base, amount=amount("3")), PlaceLevel.REGION)


def test_a_base_is_the_one_that_a_share_names_and_no_other() -> None:
    base = platform_recorded(BOTH, "114")
    named = of(base, "instagram", "36")
    (worked,) = all_of(DerivedKind.IMPLIED_COUNT, named, base)
    assert worked.inputs == (named.id, base.id)
    nameless = replace(named, base_figure=None)
    assert all_of(DerivedKind.IMPLIED_COUNT, nameless, base) == []
    with pytest.raises(ValueError, match="not the base that the share names"):
        implied_count(nameless, base, PlaceLevel.NATIONS)
    doubtful = replace(base, in_doubt=InDoubt.COMPLETENESS, doubt="Six months only.")
    assert all_of(DerivedKind.IMPLIED_COUNT, named, doubtful) == []


def test_the_base_is_asked_of_the_record_where_it_is_not_drawn() -> None:
    base = platform_recorded(EAST, "114")
    drawn = [of(base, "instagram", "36"), of(base, "facebook", "52")]
    held = record(add=[base, *drawn])
    assert [worked.amount for worked in derive_all(drawn, held)] == [41, 59]


def test_a_changed_figure_changes_what_follows() -> None:
    base = platform_recorded(EAST, "200")
    held = record(add=[base, of(base, "facebook", "52"), of(base, "instagram", "36")])
    counts = [w for w in derive_all(held.figures(place=EAST), held) if w.kind is DerivedKind.IMPLIED_COUNT]
    assert [(w.low, w.high) for w in counts] == [(103, 105), (71, 73)]
    assert derive_all(record(drop=["east-q1"]).figures(place=EAST), record(drop=["east-q1"])) == ()
    missing = record(change=[("east-q1", amount(None)), ("cambs-18", amount(None))])
    assert derive_all(missing.figures(place=EAST), missing) == ()
    kinds = [w.inputs for w in derive_all(missing.figures(place=CAMBS), missing) if len(w.inputs) == 2]
    assert kinds[0] == ("cambs-17", "cambs-19")


@pytest.mark.parametrize("work", [absolute_change, percentage_change])
def test_changes_refuse_what_is_not_alike(work: object) -> None:
    assert callable(work)
    years = BY_ID["cambs-18"], BY_ID["cambs-19"]
    others = [
        (years[0], replace(years[1], measure="class-88a")),
        (years[0], replace(years[1], place=NORFOLK)),
        (years[0], replace(years[1], breakdown="girls")),
        (years[0], BY_ID["cambs-q1"]),
        (years[1], years[0]),
        (years[0], years[0]),
        (years[0], replace(years[1], amount=amount(None))),
    ]
    for pair in others:
        with pytest.raises(ValueError, match=r"."):
            work(*pair)
    for too_few in ("0", "19"):
        with pytest.raises(ValueError, match="no percentage is worked out of a base below 20"):
            percentage_change(replace(years[0], amount=amount(too_few)), years[1])
    assert percentage_change(replace(years[0], amount=amount("20")), years[1]).amount == 285


def test_share_differences_and_quarters_refuse_what_does_not_fit() -> None:
    before, after = (share(UK, when, "instagram", "37") for when in ("2018/19", "2019/20"))
    with pytest.raises(ValueError, match=r"2018/19 does not come after 2019/20"):
        share_difference(after, before)
    with pytest.raises(ValueError, match="not periods of one kind"):
        share_difference(BY_ID["uk-ig-before"], BY_ID["uk-ig-q1"])
    with pytest.raises(ValueError, match="not about the same"):
        share_difference(before, replace(after, platform="facebook"))
    with pytest.raises(ValueError, match="not a whole year"):
        average_quarter(BY_ID["cambs-q1"])
    with pytest.raises(ValueError, match="not a quarter"):
        against_average_quarter(BY_ID["cambs-18"], BY_ID["cambs-19"])
    with pytest.raises(ValueError, match="two measures"):
        against_average_quarter(replace(BY_ID["cambs-q1"], measure="class-88a"), BY_ID["cambs-19"])


def test_caveats_say_what_the_inputs_are() -> None:
    shares = [share(UK, when, "instagram", n) for when, n in (("2018/19", "29"), ("2019/20", "37"))]
    apart = share_difference(shares[0], shares[1])
    assert (apart.amount, apart.low, apart.high, apart.movement) == (8, 7, 9, AmountMovement.OPEN)
    assert apart.caveats == (DerivedCaveat.ROUNDED, DerivedCaveat.BASE_UNKNOWN)
    small, large = (
        share_difference(shares[0], shares[1], (count(UK, "2018/19", n), count(UK, "2019/20", n)))
        for n in ("100", "2000")
    )
    assert (small.movement, large.movement) == (AmountMovement.UNCLEAR, AmountMovement.ROSE)
    assert small.caveats == large.caveats == (DerivedCaveat.ROUNDED,)
    before, after = BY_ID["cambs-18"], BY_ID["cambs-19"]
    assert absolute_change(before, after).caveats == ()
    elsewhere = replace(after, source=LATER, forces_responding=40)
    assert absolute_change(replace(before, forces_responding=38), elsewhere).caveats == (DerivedCaveat.SOURCES_DIFFER,)


def test_where_sources_differ_a_change_keeps_to_one_of_them() -> None:
    new = [count(CAMBS, "2018/19", "72", source=LATER), count(CAMBS, "2019/20", "80", source=LATER)]
    changes = all_of(DerivedKind.CHANGE, *new)
    assert [worked.inputs for worked in changes] == [
        ("cambs-17", "cambs-18"),
        (new[0].id, new[1].id),
        ("cambs-17", "cambs-19"),
    ]
    only_one = count(CAMBS, "2019/20", "80", source=LATER)
    inputs = [worked.inputs for worked in all_of(DerivedKind.CHANGE, only_one)]
    assert inputs == [("cambs-17", "cambs-18"), ("cambs-18", "cambs-19"), ("cambs-17", "cambs-19")]


def test_an_open_end_stays_open() -> None:
    after = replace(BY_ID["cambs-19"], amount=amount("80", qualifier="at least"))
    worked = absolute_change(BY_ID["cambs-18"], after)
    assert (worked.amount, worked.low, worked.high) == (9, 9, None)
    assert worked.caveats == (DerivedCaveat.AT_LEAST,)
    before = replace(BY_ID["cambs-18"], amount=amount("70", qualifier="at least"))
    worked = percentage_change(before, BY_ID["cambs-19"])
    assert (worked.amount, worked.low, worked.high) == (10, None, 10)


def test_people_stay_people() -> None:
    worked = absolute_change(BY_ID["cambs-17"], BY_ID["cambs-18"], unit=DerivedUnit.PEOPLE)
    assert worked.unit is DerivedUnit.PEOPLE


whole = st.integers(1, 5000)
rounding = st.sampled_from([ROUND_HALF_EVEN, ROUND_HALF_UP])


def as_printed(true: Fraction, places: int, how: str) -> str:
    exact = Decimal(true.numerator) / Decimal(true.denominator)
    return str(exact.quantize(Decimal(1).scaleb(-places), rounding=how))


@given(whole, st.data(), st.integers(0, 1), rounding, st.booleans())
def test_the_true_count_is_among_the_implied(
    total: int, data: st.DataObject, places: int, how: str, open_ended: bool
) -> None:
    true = data.draw(st.integers(0, total))
    printed = as_printed(Fraction(100 * true, total), places, how)
    shown = str(data.draw(st.integers(1, total))) if open_ended else str(total)
    base = platform_recorded(EAST, shown, "at least" if open_ended else "exact")
    worked = implied_count(of(base, "instagram", printed), base, PlaceLevel.REGION)
    assert inside(worked, true)
    assert inside(worked, Fraction(worked.amount))
    assert worked.only == (worked.low == worked.high)
    if worked.high is not None:
        for one in range(int(worked.low or 0), int(worked.high) + 1):
            assert abs(Fraction(100 * one, total) - Fraction(printed)) <= Fraction(1, 2 * 10**places)
        assert worked.high <= total


@given(st.fractions(0, 100), st.fractions(0, 100), st.integers(0, 1), rounding)
def test_the_true_difference_of_shares_is_in_its_range(
    before: Fraction, after: Fraction, places: int, how: str
) -> None:
    worked = share_difference(
        share(UK, "2018/19", "instagram", as_printed(before, places, how)),
        share(UK, "2019/20", "instagram", as_printed(after, places, how)),
    )
    assert inside(worked, after - before)
    assert inside(worked, Fraction(worked.amount))


@st.composite
def told_roughly(draw: st.DrawFn) -> tuple[int, str, str]:
    """A true count, and a number and qualifier that it may be printed with."""
    true = draw(st.integers(10, 9999))
    qualifier = draw(st.sampled_from(["exact", "at least", "about", "almost"]))
    if qualifier == "at least":
        return true, str(draw(st.integers(1, true))), qualifier
    if qualifier == "almost":
        full = -(-true // 10) * 10
        return (true, str(full), qualifier) if full - true <= 5 else (true, str(true), "exact")
    return true, str(true if qualifier == "exact" else round(true, -1)), qualifier


@given(told_roughly(), told_roughly())
def test_the_true_change_is_in_its_range(before: tuple[int, str, str], after: tuple[int, str, str]) -> None:
    assume(before[1] != "0")
    pair = count(CAMBS, "2018/19", before[1], before[2]), count(CAMBS, "2019/20", after[1], after[2])
    assert inside(absolute_change(*pair), after[0] - before[0])
    if Decimal(before[1]) < SMALLEST_BASE:
        with pytest.raises(ValueError, match="base below 20"):
            percentage_change(*pair)
    elif not before[2] == after[2] == "exact":
        assert inside(percentage_change(*pair), Fraction(100 * (after[0] - before[0]), before[0]))
    quarter = count(CAMBS, Q1, after[1], after[2])
    year = count(CAMBS, "2019/20", before[1], before[2])
    assert inside(average_quarter(year), Fraction(before[0], 4))
    assert inside(against_average_quarter(quarter, year), after[0] - Fraction(before[0], 4))


@given(whole, whole)
def test_exact_counts_leave_no_room(before: int, after: int) -> None:
    pair = count(CAMBS, "2018/19", str(before)), count(CAMBS, "2019/20", str(after))
    assert absolute_change(*pair).low == absolute_change(*pair).amount == absolute_change(*pair).high == after - before
    if before < SMALLEST_BASE:
        with pytest.raises(ValueError, match="base below 20"):
            percentage_change(*pair)
        return
    growth = percentage_change(*pair)
    assert growth.low == growth.amount == growth.high
    true = Fraction(100 * (after - before), before)
    assert abs(Fraction(growth.amount) - true) < Fraction(1, 10**20)


def test_it_is_never_across_measures() -> None:
    other = [
        replace(count(CAMBS, year, "90"), id=f"88a-{year}", measure="class-88a") for year in ("2017/18", "2018/19")
    ]
    held = record(add=other)
    by_id = {figure.id: figure for figure in held.figures()}
    for worked in derive_all(held.figures(), held):
        measures = {by_id[name].measure for name in worked.inputs}
        assert len(measures) == 1 or (
            worked.kind is DerivedKind.IMPLIED_COUNT and measures == {COUNT, "scc-platform-share"}
        )


def test_work_grows_no_faster_than_the_figures() -> None:
    def taken(years: int) -> int:
        figures = [count(NORFOLK, str(1900 + year), str(100 + year)) for year in range(years)]
        held = record(add=figures)
        return lines_run(lambda: derive_all(held.figures(place=NORFOLK), held))

    assert taken(160) < 10 * taken(20)


@given(st.integers(-300, 300), st.integers(-300, 300))
def test_no_percentage_is_of_a_count_below_nought_nor_of_a_small_base(first, last):
    figures = [count(CAMBS, year, str(n)) for year, n in (("2022/23", first), ("2023/24", last))]
    found = derive_all(figures, record(add=figures))
    percentages = [one for one in found if one.kind is DerivedKind.PERCENTAGE_CHANGE]
    assert bool(percentages) is (first >= SMALLEST_BASE and last >= 0)
    if not percentages:
        with pytest.raises(ValueError, match="nor of a count below 0"):
            percentage_change(*figures)
