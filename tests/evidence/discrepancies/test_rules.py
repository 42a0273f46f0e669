"""Platforms, shares, Home Office classes, fractions, published changes: what each rule finds and leaves."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from explorer.evidence.discrepancies.model import Discrepancy, DiscrepancyKind
from explorer.evidence.model import Figure
from tests.evidence.discrepancies.test_find import among, doubts, ids
from tests.evidence.sample_country import (
    AUTUMN,
    CHANGE,
    CLASS,
    COUNT,
    NEW,
    NORTH,
    PEOPLE,
    SHARE,
    SPRING,
    UK,
    VICTIMS,
    WALES,
    A,
    B,
    C,
    D,
    World,
    figure,
    region,
)


def only(*figures: Figure) -> Discrepancy:
    (one,) = among(*figures)
    return one


@pytest.mark.parametrize("place", [A, UK])
@pytest.mark.parametrize("when", ["2018/19", "2020-04/2020-06"])
@pytest.mark.parametrize("platform", ["insta", "group"])
@pytest.mark.parametrize("source", [SPRING, NEW])
@pytest.mark.parametrize("breakdown", ["", "platform recorded"])
def test_a_platform_above_the_total(place: str, when: str, platform: str, source: str, breakdown: str) -> None:
    total = figure(place, when, "150", breakdown=breakdown)
    one = only(total, figure(place, when, "200", platform=platform, source=source))
    assert one.kind is DiscrepancyKind.PLATFORM
    assert one.places == (place,)
    assert "is more than the 150 published for" in one.text
    assert among(total, figure(place, when, "150", platform=platform, source=source)) == ()
    assert among(total, figure(place, "2021/22", "200", platform=platform)) == ()
    assert among(total, figure(place, when, "200", VICTIMS, platform=platform)) == ()


def shares(source: str = SPRING, **numbers: str) -> list[Figure]:
    return [
        figure(A, "2019/20", number, SHARE, platform=platform.replace("_", "-"), source=source)
        for platform, number in numbers.items()
    ]


def test_shares_of_single_apps_beyond_all() -> None:
    one = only(*shares(insta="70", snap="60"))
    assert (one.kind, len(one.figures)) == (DiscrepancyKind.SHARES, 2)
    assert "Insta 70% and Snap 60%, come to 130%" in one.text
    assert "They can only pass 100% where one offence is counted under several apps." in one.text
    assert only(*shares(insta="40", snap="30", kik="32")).kind is DiscrepancyKind.SHARES


def test_shares_that_may_be_right() -> None:
    assert among(*shares(insta="70", snap="30")) == ()
    assert among(*shares(insta="50", snap="51")) == (), "both may be rounded up"
    assert among(*shares(insta="70", group="90")) == (), "a group overlaps with its members"
    assert among(*shares(kik="70", insta_or_kik="90")) == (), "one name holds the other"
    assert among(*shares(insta="70"), *shares(NEW, snap="60")) == (), "two sources"
    bases = [
        figure(A, "2019/20", "70", SHARE, platform="insta", base="all"),
        figure(A, "2019/20", "60", SHARE, platform="snap", base="recorded"),
    ]
    assert among(*bases) == ()


def test_a_source_that_counts_several_platforms_says_so() -> None:
    said = "An offence can be on more than one platform."
    one = only(
        figure(B, "2020/21", "90", SHARE, platform="insta", note=said),
        figure(B, "2020/21", "80", SHARE, platform="kik"),
    )
    assert one.text.endswith("The source says that an offence can be on several platforms.")


@given(st.lists(st.integers(0, 100), min_size=3, max_size=3))
def test_shares_pass_all_where_their_low_ends_do(drawn: list[int]) -> None:
    made = shares(**dict(zip(("insta", "snap", "kik"), map(str, drawn), strict=True)))
    low = sum(one.amount.low or 0 for one in made)
    assert [one.kind for one in among(*made)] == [DiscrepancyKind.SHARES] * (low > 100)


@pytest.mark.parametrize("place", [A, D, WALES, NORTH])
def test_section_15a_above_the_class_is_one_entry_for_a_place(place: str) -> None:
    years = {"2018/19": ("122", "45"), "2019/20": ("90", "95"), "2022/23": ("61", "60")}
    made = [
        figure(place, when, number, measure, source=source)
        for when, pair in years.items()
        for number, measure, source in ((pair[0], COUNT, SPRING), (pair[1], CLASS, NEW))
    ]
    one = only(*made)
    assert (one.kind, one.places, len(one.figures)) == (DiscrepancyKind.CLASSES, (place,), 4)
    assert one.text.endswith("are published for 2018/19 (122 and 45) and 2022/23 (61 and 60).")


def test_the_class_is_compared_only_where_it_holds_the_section() -> None:
    assert among(figure(A, "2016/17", "50", CLASS), figure(A, "2016/17", "60")) == ()
    assert among(figure(A, "2018/19", "50", CLASS), figure(B, "2018/19", "60")) == ()
    assert among(figure(A, "2018/19", "50", CLASS), figure(A, "2018/19", "60", VICTIMS)) == ()
    assert among(figure(A, "2018/19", "50", CLASS), figure(A, "2018/19", "60", platform="insta")) == ()
    assert among(figure(A, "2018/19", "50", CLASS, qualifier="at least"), figure(A, "2018/19", "60")) == ()
    short = [figure(NORTH, "2018/19", "50", CLASS), figure(NORTH, "2018/19", "60", source=NEW)]
    lists = [region(NORTH, "AB", SPRING), region(NORTH, "ABC", NEW)]
    assert DiscrepancyKind.CLASSES not in {one.kind for one in doubts(World(short, regions=lists))}


def test_quarters_of_the_class_can_make_up_the_year() -> None:
    quarters = [
        figure(A, when, "10", CLASS)
        for when in ("2018-04/2018-06", "2018-07/2018-09", "2018-10/2018-12", "2019-01/2019-03")
    ]
    one = only(*quarters, figure(A, "2018/19", "41"))
    assert (one.kind, len(one.figures)) == (DiscrepancyKind.CLASSES, 5)
    assert "2018/19 (41 and 40)" in one.text
    assert among(*quarters, figure(A, "2018/19", "40")) == ()
    assert among(*quarters[1:], figure(A, "2018/19", "41")) == ()


@pytest.mark.parametrize("measure", [COUNT, CLASS, VICTIMS, PEOPLE])
@pytest.mark.parametrize("number", ["27.5", "0.01"])
def test_a_count_is_a_whole_number(measure: str, number: str) -> None:
    one = only(figure(C, "2020/21", number, measure))
    assert one.kind is DiscrepancyKind.NOT_WHOLE
    assert f", {number} " in one.text
    for other in (
        figure(C, "2020/21", "27.0", measure),
        figure(C, "2020/21", number, SHARE),
        figure(C, "2020/21", number, CHANGE, breakdown="since 2018/19"),
    ):
        assert among(other) == ()


def change(number: str, place: str = A, **more: str) -> Figure:
    return figure(place, "2022/23", number, CHANGE, breakdown="since 2017/18", source=AUTUMN, **more)


def counts(first: str, last: str, place: str = A) -> list[Figure]:
    return [figure(place, "2017/18", first), figure(place, "2022/23", last, source=NEW)]


@pytest.mark.parametrize(("number", "fits"), [("65", True), ("64", False), ("-65", False)])
def test_a_change_of_one_force_against_its_counts(number: str, fits: bool) -> None:
    made = [change(number), *counts("220", "363")]
    found = among(*made)
    assert [one.kind for one in found] == [DiscrepancyKind.CHANGE] * (not fits)
    for one in found:
        assert one.figures == ids(*made)
        assert one.text.endswith("The counts published, 220 and 363, come to +65%.")


def test_a_small_base_is_given_as_counts() -> None:
    one = only(change("100"), *counts("6", "26"))
    assert one.kind is DiscrepancyKind.BASE
    assert "implies about 13 in 2017/18, and 6 is published" in one.text


@pytest.mark.parametrize("place", [NORTH, UK])
def test_a_change_of_unknown_forces_implies_a_base(place: str) -> None:
    one = only(change("65", place), *counts("297", "363", place))
    assert one.kind is DiscrepancyKind.BASE
    assert one.text == (
        "A change of +65% since 2017/18 is published. With 363 in 2022/23 that implies about 220 in 2017/18, "
        "and 297 is published; the two need not count the same forces."
    )
    assert among(change("65", place), *counts("220", "363", place)) == ()
    assert among(change("65", place), figure(place, "2022/23", "363")) == ()


def test_comparable_forces_explain_a_change_unless_it_is_impossible() -> None:
    said = "Comparable forces only."
    assert among(change("65", UK, coverage=said), *counts("297", "363", UK)) == ()
    made = [change("65", NORTH, coverage=said), *counts("297", "363", NORTH)]
    for before, after, found in (("ABC", "AB", 0), ("AB", "ABC", 1), ("AB", "AC", 0), ("AB", "AB", 1)):
        lists = [region(NORTH, before, SPRING), region(NORTH, after, NEW)]
        kinds = [one.kind for one in doubts(World(made, regions=lists)) if one.kind is not DiscrepancyKind.MEMBERSHIP]
        assert len(kinds) == found, (before, after)


def test_a_change_of_another_thing_is_not_compared() -> None:
    assert among(change("65"), *counts("297", "363", B)) == ()
    assert among(change("65", basis="other"), *counts("297", "363")) == ()
    assert among(change("65"), figure(A, "2017/18", "297"), figure(A, "2022/23", "363", VICTIMS)) == ()


def test_a_change_of_offences_is_not_of_their_victims() -> None:
    victims = [figure(A, "2017/18", "297", VICTIMS), figure(A, "2022/23", "363", VICTIMS)]
    assert among(change("65"), *counts("220", "363"), *victims) == ()
    assert among(change("65"), figure(A, "2022/23", "363"), *victims) == ()
    assert [one.kind for one in among(change("65"), *victims)] == [DiscrepancyKind.CHANGE]
