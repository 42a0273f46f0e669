"""Claims about how much: so many times as many, a change in per cent, a rise, a fall, a record high."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings, strategies as st

from explorer.evidence.analysis.chance import LEVEL, counts_p_value
from explorer.evidence.claims.base import CheckResult
from explorer.evidence.claims.check import check_claim, missing_settings
from explorer.evidence.model import Figure, InDoubt, Verdict
from tests.evidence.sample_country import AUTUMN, CHANGE, COUNT, NEW, NORTH, SPRING, UK, A, World, claim, figure, region
from tests.run_sizes import scale_examples

YEARS = {"place": A, "measure": COUNT, "period": "2018/19", "base": "2017/18"}
OLDER, NEWER, LAST = (
    figure(A, "2017/18", "175"),
    figure(A, "2017/18", "64", source=AUTUMN),
    figure(A, "2018/19", "252", source=AUTUMN),
)
COUNTS = st.integers(1, 3000)


def two(base: int | str, later: int | str, **more: Any) -> tuple[Figure, Figure]:
    return figure(A, "2017/18", str(base)), figure(A, "2018/19", str(later), **more)


def found(check: str, *figures: Figure, **settings: str) -> CheckResult:
    return check_claim(claim(check, **{**YEARS, **settings}), World(figures))


def times(count: str, *figures: Figure, compare: str = "") -> Verdict:
    return found("times_as_many", *figures, times=count, compare=compare).weight


def changed(by: str, *figures: Figure, compare: str = "") -> Verdict:
    return found("change_as_printed", *figures, change=by, compare=compare).weight


def beyond_chance(base: int, later: int) -> bool:
    return base != later and counts_p_value(base, later) < LEVEL


# times_as_many


@pytest.mark.parametrize(
    ("base", "later", "count", "compare", "weight"),
    [
        (565, 1127, "2", "more than", Verdict.CONTRADICTED),
        (565, 1130, "2", "more than", Verdict.CONTRADICTED),
        (565, 1130, "2", "at least", Verdict.SUPPORTED),
        (565, 1131, "2", "more than", Verdict.SUPPORTED),
        (194, 370, "2", "more than", Verdict.CONTRADICTED),
        (194, 370, "2", "", Verdict.SUPPORTED),
        (194, 370, "2", "less than", Verdict.SUPPORTED),
        (26, 260, "2", "", Verdict.CONTRADICTED),
        (26, 260, "2", "at least", Verdict.SUPPORTED),
        (100, 149, "2", "", Verdict.CONTRADICTED),
        (100, 150, "2", "", Verdict.SUPPORTED),
        (100, 249, "2", "about", Verdict.SUPPORTED),
        (100, 250, "2", "about", Verdict.CONTRADICTED),
        (100, 250, "3", "", Verdict.SUPPORTED),
        (100, 250, "2.5", "exactly", Verdict.SUPPORTED),
        (100, 251, "2.5", "exactly", Verdict.CONTRADICTED),
        (100, 200, "2", "exactly", Verdict.SUPPORTED),
        (100, 199, "2", "fewer than", Verdict.SUPPORTED),
        (4, 8, "2", "", Verdict.IN_LINE),
        (10, 15, "2", "", Verdict.IN_LINE),
    ],
)
def test_what_the_claim_says_is_what_is_checked(
    base: int, later: int, count: str, compare: str, weight: Verdict
) -> None:
    assert times(count, *two(base, later), compare=compare) is weight


@given(COUNTS, COUNTS, st.integers(1, 9))
def test_more_than_so_many_times_is_more_and_beyond_chance(base: int, later: int, count: int) -> None:
    weight = times(str(count), *two(base, later), compare="more than")
    assert (weight is Verdict.SUPPORTED) == (later > count * base and beyond_chance(base, later))
    assert (weight is Verdict.CONTRADICTED) == (later <= count * base)


@given(COUNTS, COUNTS, st.integers(2, 9))
def test_so_many_times_is_the_nearest_whole_multiple(base: int, later: int, count: int) -> None:
    weight = times(str(count), *two(base, later))
    within = Fraction(2 * count - 1, 2) <= Fraction(later, base) < Fraction(2 * count + 1, 2)
    assert (weight is Verdict.CONTRADICTED) == (not within)
    assert (weight is Verdict.SUPPORTED) == (within and beyond_chance(base, later))


@given(COUNTS, COUNTS, st.integers(2, 9))
def test_at_least_and_less_than_part_all_cases(base: int, later: int, count: int) -> None:
    least = times(str(count), *two(base, later), compare="at least")
    less = times(str(count), *two(base, later), compare="less than")
    assert (least is Verdict.CONTRADICTED) == (less is Verdict.SUPPORTED)


@given(COUNTS, COUNTS)
def test_a_ratio_is_never_shown_on_the_wrong_side_of_the_claim(base: int, later: int) -> None:
    reason = found("times_as_many", *two(base, later), times="2", compare="more than").reason
    shown = Fraction(reason.split(" is ")[1].split(" times")[0].replace(",", ""))
    assert (shown > 2) == (later > 2 * base)
    assert (shown < 2) == (later < 2 * base)


def test_a_number_far_above_is_said_to_be_more_than_claimed() -> None:
    reason = found("times_as_many", *two(26, 260), times="2").reason
    assert reason == "260 in 2018/19 is 10 times 26, the number for 2017/18, which is more than the claim says."
    assert "1.99 times 565" in found("times_as_many", *two(565, 1127), times="2", compare="more than").reason


def test_a_claim_that_is_only_just_so_says_how_near_it_is() -> None:
    near = found("times_as_many", *two(194, 391), times="2", compare="more than")
    assert near.weight is Verdict.SUPPORTED
    assert "2.02 times 194" in near.reason
    assert any("so near" in text for text in near.caveats)
    far = found("times_as_many", *two(194, 600), times="2", compare="more than")
    assert not any("so near" in text for text in far.caveats)


def test_where_two_bases_are_published_both_readings_are_said() -> None:
    both = found("times_as_many", OLDER, NEWER, LAST, times="4")
    assert both.weight is Verdict.PARTLY
    assert "1.4 times 175" in both.reason
    assert "3.9 times 64" in both.reason
    assert "Different numbers are published for 2017/18: 175 and 64." in both.caveats
    assert set(both.figures) == {OLDER.id, NEWER.id, LAST.id}
    assert times("4", NEWER, LAST) is Verdict.SUPPORTED
    assert times("4", OLDER, LAST) is Verdict.CONTRADICTED


def doubted(one: Figure, what: InDoubt = InDoubt.COMPLETENESS, why: str = "It may be six months.") -> Figure:
    return figure(
        one.place,
        one.period.text,
        str(one.amount.number),
        source=one.source,
        in_doubt=what,
        doubt=why,
    )


def test_a_figure_in_doubt_is_left_out_where_another_is_published() -> None:
    left = found("times_as_many", OLDER, doubted(NEWER), LAST, times="4")
    assert left.weight is Verdict.CONTRADICTED
    assert "64 in 2017/18 is left out: It may be six months." in left.caveats
    part = figure(A, "2017/18", "64", source=AUTUMN, coverage="One force, six months only; only six months.")
    assert times("4", OLDER, part, LAST) is Verdict.CONTRADICTED


@pytest.mark.parametrize("what", list(InDoubt))
@pytest.mark.parametrize(("count", "later"), [("3", 144), ("1", 147), ("3", 441)])
def test_a_claim_that_rests_on_a_doubt_alone_cannot_be_judged(what: InDoubt, count: str, later: int) -> None:
    base, last = two(147, later)
    why = "It may be another force's."
    for pair in ((base, doubted(last, what, why)), (doubted(base, what, why), last)):
        judged = found("times_as_many", *pair, times=count)
        assert judged.weight is Verdict.CANNOT_JUDGE
        assert f"The {what.value} of" in judged.reason
        assert judged.reason.endswith(why)


def test_an_open_end_may_leave_it_unsure() -> None:
    base = figure(A, "2017/18", "100")
    unsure = found("times_as_many", base, figure(A, "2018/19", "140", qualifier="at least"), times="2")
    assert unsure.weight is Verdict.NOT_SHOWN
    assert "published only as at least 140" in unsure.reason
    floor = figure(A, "2018/19", "200", qualifier="at least")
    assert times("2", base, floor, compare="at least") is Verdict.SUPPORTED
    assert times("2", base, floor, compare="more than") is Verdict.NOT_SHOWN
    assert times("2", base, floor) is Verdict.NOT_SHOWN
    assert times("2", base, figure(A, "2018/19", "149", qualifier="almost")) is Verdict.CONTRADICTED


def test_without_figures_nothing_is_shown() -> None:
    missing = found("times_as_many", LAST, times="4")
    assert missing.weight is Verdict.NOT_SHOWN
    assert missing.reason == "We hold no figure for Ashire in 2017/18, so the two cannot be compared."
    assert changed("5", LAST) is Verdict.NOT_SHOWN
    nought = found("times_as_many", figure(A, "2017/18", "0"), LAST, times="4")
    assert nought.weight is Verdict.CANNOT_JUDGE
    assert "the number for 2017/18 is 0" in nought.reason.replace("The", "the")


# what keeps two figures apart


@pytest.mark.parametrize("number", ["22", "77", "154"])
def test_a_quarter_is_never_compared_with_a_year(number: str) -> None:
    year, quarter = figure(A, "2019/20", "77"), figure(A, "2020-04/2020-06", number)
    spans = {"period": "2020-04/2020-06", "base": "2019/20"}
    for check, more in (
        ("times_as_many", {"times": "2"}),
        ("change_as_printed", {"change": "-71"}),
        ("fell", {}),
        ("rose", {}),
    ):
        judged = found(check, year, quarter, **spans, **more)
        assert judged.weight is Verdict.CANNOT_JUDGE
        assert "12 months and three months" in judged.reason
    earlier = figure(A, "2019-04/2019-06", "11")
    like = found("times_as_many", earlier, quarter, period="2020-04/2020-06", base="2019-04/2019-06", times="2")
    assert like.weight is not Verdict.CANNOT_JUDGE


def test_coverage_that_is_unknown_or_differs_cannot_be_judged() -> None:
    for forces, words in (((None, None), "is not known"), ((41, 43), "41 police forces answered")):
        pair = [
            figure(UK, when, number, forces_responding=answered)
            for when, number, answered in zip(("2017/18", "2018/19"), ("100", "200"), forces, strict=True)
        ]
        judged = found("times_as_many", *pair, place=UK, times="2")
        assert judged.weight is Verdict.CANNOT_JUDGE
        assert words in judged.reason


def test_a_region_is_judged_where_its_forces_are_the_same() -> None:
    pair = figure(NORTH, "2017/18", "100"), figure(NORTH, "2018/19", "200", source=AUTUMN)
    said = claim("times_as_many", **{**YEARS, "place": NORTH}, times="2")
    for forces, weight in ((("AB", "AB"), Verdict.SUPPORTED), (("AB", "ABC"), Verdict.CANNOT_JUDGE)):
        regions = [region(NORTH, forces[0], SPRING), region(NORTH, forces[1], AUTUMN)]
        assert check_claim(said, World(pair, regions=regions)).weight is weight
    assert check_claim(said, World(pair)).weight is Verdict.CANNOT_JUDGE


def test_a_change_published_for_comparable_forces_is_named() -> None:
    then, now = figure(UK, "2017/18", "3728", source=NEW), figure(UK, "2024/25", "7263", source=NEW)
    published = figure(UK, "2024/25", "99", CHANGE, breakdown="since 2017/18", coverage="Comparable forces only.")
    told = {"place": UK, "period": "2024/25", "change": "99"}
    judged = found("change_as_printed", then, now, published, **told)
    assert judged.weight is Verdict.CANNOT_JUDGE
    assert "publishes +99% for comparable forces; we cannot work it out from the totals" in judged.reason
    assert "publishes" not in found("change_as_printed", then, now, **told).reason
    vague = figure(UK, "2024/25", "89", CHANGE, breakdown="since 2017/18")
    assert "+89% and does not say for which forces" in found("change_as_printed", then, now, vague, **told).reason


# change_as_printed, rose and fell


@pytest.mark.parametrize(
    ("by", "base", "later", "compare", "weight"),
    [
        ("14", 199, 226, "", Verdict.IN_LINE),
        ("14", 1990, 2260, "", Verdict.SUPPORTED),
        ("15", 199, 226, "", Verdict.CONTRADICTED),
        ("-14", 199, 226, "", Verdict.CONTRADICTED),
        ("-50", 199, 100, "", Verdict.SUPPORTED),
        ("14", 1000, 1134, "", Verdict.CONTRADICTED),
        ("14", 1000, 1135, "", Verdict.SUPPORTED),
        ("14", 1000, 1145, "", Verdict.SUPPORTED),
        ("14", 1000, 1146, "", Verdict.CONTRADICTED),
        ("13.6", 1000, 1136, "", Verdict.SUPPORTED),
        ("13.7", 1000, 1136, "", Verdict.CONTRADICTED),
        ("14", 1000, 1136, "at least", Verdict.CONTRADICTED),
        ("14", 1000, 1140, "at least", Verdict.SUPPORTED),
        ("14", 1000, 1140, "more than", Verdict.CONTRADICTED),
        ("50", 1000, 1140, "less than", Verdict.SUPPORTED),
        ("50", 1000, 900, "less than", Verdict.CONTRADICTED),
        ("-27", 1000, 700, "more than", Verdict.SUPPORTED),
        ("-27", 1000, 800, "more than", Verdict.CONTRADICTED),
        ("-27", 1000, 800, "less than", Verdict.SUPPORTED),
        ("-27", 1000, 1100, "less than", Verdict.CONTRADICTED),
        ("50", 6, 9, "", Verdict.IN_LINE),
    ],
)
def test_a_change_is_judged_by_its_own_rounding(by: str, base: int, later: int, compare: str, weight: Verdict) -> None:
    assert changed(by, *two(base, later), compare=compare) is weight


@given(st.integers(1, 5000), st.integers(0, 5000))
def test_what_the_counts_round_to_is_not_contradicted_and_two_more_is(base: int, later: int) -> None:
    true = round(Fraction(100 * (later - base), base))
    clear = beyond_chance(base, later) or true == 0
    assert (changed(str(true), *two(base, later)) is Verdict.SUPPORTED) == clear
    assert changed(str(true + 2), *two(base, later)) is Verdict.CONTRADICTED


def test_a_percentage_of_a_small_base_is_not_worked_out() -> None:
    small = found("change_as_printed", *two(6, 26), change="333")
    assert "%" not in small.reason
    assert any("fewer than 20 offences" in text for text in small.caveats)
    assert "14% above 199" in found("change_as_printed", *two(199, 226), change="14").reason


@given(COUNTS, COUNTS)
def test_a_rise_and_a_fall_are_told_by_chance(base: int, later: int) -> None:
    risen, fallen = found("rose", *two(base, later)).weight, found("fell", *two(base, later)).weight
    assert (risen is Verdict.SUPPORTED) == (later > base and beyond_chance(base, later))
    assert (fallen is Verdict.SUPPORTED) == (later < base and beyond_chance(base, later))
    assert (risen is Verdict.CONTRADICTED) == (later <= base)
    assert (fallen is Verdict.CONTRADICTED) == (later >= base)


@given(COUNTS, COUNTS)
def test_turning_the_record_round_turns_the_verdict(base: int, later: int) -> None:
    assert found("rose", *two(base, later)).weight is found("fell", *two(later, base)).weight


@pytest.mark.parametrize(
    ("by", "later", "compare", "weight"),
    [
        ("27", 730, "", Verdict.SUPPORTED),
        ("-27", 730, "", Verdict.SUPPORTED),
        ("27", 800, "", Verdict.CONTRADICTED),
        ("27", 700, "at least", Verdict.SUPPORTED),
        ("27", 760, "at least", Verdict.CONTRADICTED),
        ("27", 1270, "", Verdict.CONTRADICTED),
    ],
)
def test_a_fall_by_so_much(by: str, later: int, compare: str, weight: Verdict) -> None:
    assert found("fell", *two(1000, later), change=by, compare=compare).weight is weight


def test_a_floor_does_not_make_a_fall() -> None:
    later = figure(A, "2018/19", "200", qualifier="at least")
    judged = found("fell", figure(A, "2017/18", "279"), later)
    assert judged.weight is Verdict.NOT_SHOWN
    assert "published only as at least 200" in judged.reason


# record_high


def high(*figures: Figure, period: str = "2019/20", place: str = A) -> CheckResult:
    return check_claim(claim("record_high", place=place, measure=COUNT, period=period), World(figures))


def three(*numbers: int) -> list[Figure]:
    years = ("2017/18", "2018/19", "2019/20")
    return [figure(A, year, str(number)) for year, number in zip(years, numbers, strict=True)]


@pytest.mark.parametrize(
    ("numbers", "weight", "words"),
    [
        ((50, 70, 140), Verdict.SUPPORTED, "two earlier numbers we hold, the highest 70 in 2018/19"),
        ((50, 70, 71), Verdict.IN_LINE, "70 in 2018/19 chance alone"),
        ((50, 70, 69), Verdict.CONTRADICTED, "is below 70 in 2018/19"),
        ((80, 70, 75), Verdict.CONTRADICTED, "is below 80 in 2017/18"),
        ((50, 70, 70), Verdict.PARTLY, "as high as 70 in 2018/19 and no higher"),
    ],
)
def test_a_record_high(numbers: tuple[int, ...], weight: Verdict, words: str) -> None:
    judged = high(*three(*numbers))
    assert judged.weight is weight
    assert words in judged.reason


@given(COUNTS, COUNTS, COUNTS)
@settings(max_examples=scale_examples(60))
def test_a_record_is_above_each_earlier_year_beyond_chance(first: int, second: int, last: int) -> None:
    judged = high(*three(first, second, last)).weight
    clear = all(last > one and beyond_chance(one, last) for one in (first, second))
    assert (judged is Verdict.SUPPORTED) == clear
    assert (judged is Verdict.CONTRADICTED) == (last < max(first, second))


def test_a_record_with_a_floor_a_gap_or_a_doubt() -> None:
    floor = high(figure(A, "2018/19", "279"), figure(A, "2019/20", "200", qualifier="at least"))
    assert floor.weight is Verdict.NOT_SHOWN
    assert "is published only as at least 200, so it may be above or below 279 in 2018/19" in floor.reason
    gap = high(figure(A, "2017/18", "50"), figure(A, "2019/20", "140"))
    assert gap.weight is Verdict.PARTLY
    assert "we hold no figure for 2018/19" in gap.reason
    first, second, last = three(50, 70, 140)
    assert high(first, doubted(second), last).weight is Verdict.CANNOT_JUDGE
    assert high(first, second, doubted(last)).weight is Verdict.CANNOT_JUDGE
    assert high(first, doubted(second), figure(A, "2019/20", "40")).weight is Verdict.CONTRADICTED


def test_a_record_of_unknown_coverage_cannot_be_judged() -> None:
    pair = figure(UK, "2018/19", "50"), figure(UK, "2019/20", "140")
    assert high(*pair, place=UK).weight is Verdict.CANNOT_JUDGE


def test_a_record_high_is_not_undone_by_a_later_year_or_another_length() -> None:
    others = [figure(A, "2020/21", "99"), figure(A, "2017-04/2019-03", "420"), figure(A, "2018/19", "70")]
    assert high(*others, figure(A, "2019/20", "140")).weight is Verdict.SUPPORTED
    assert high().reason == "We hold no figure for Ashire in 2019/20."
    assert "no earlier figure" in high(figure(A, "2019/20", "5")).reason


# settings


def test_settings_that_cannot_be_read_are_refused() -> None:
    record = World([OLDER, LAST])
    for check, more, told in (
        ("times_as_many", {**YEARS, "times": "many"}, "for times: write it like 2"),
        ("times_as_many", {**YEARS, "times": "2", "compare": "nearly"}, 'write one of "at least"'),
        ("times_as_many", {**YEARS, "base": "the year", "times": "4"}, "no base that can be read"),
        ("times_as_many", {**YEARS, "place": "nowhere", "times": "4"}, "unknown place"),
        ("change_as_printed", {**YEARS, "change": "lots"}, "write it like 14"),
        ("change_as_printed", {**YEARS, "change": "NaN"}, "write it like 14"),
        ("change_as_printed", {**YEARS, "change": "-101"}, "write it like 14"),
        ("record_high", {"place": A, "measure": COUNT, "period": "once"}, "no period that can be read"),
    ):
        with pytest.raises(ValueError, match=told):
            check_claim(claim(check, **more), record)
    assert missing_settings(claim("times_as_many", place=A)) == ("measure", "period", "base", "times")
