"""Claims about parts and wholes: a share, a majority, a total over a span, the highest of several places."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, strategies as st

from explorer.evidence.analysis.chance import LEVEL, counts_p_value
from explorer.evidence.claims.base import CheckResult
from explorer.evidence.claims.check import check_claim, missing_settings
from explorer.evidence.model import Figure, InDoubt, Verdict
from tests.evidence.sample_country import AUTUMN, COUNT, NORTH, SHARE, UK, A, B, C, World, claim, figure, region

YEAR = "2018/19"
COUNTS = st.integers(1, 2000)
DOUBT = {"in_doubt": InDoubt.PLACE, "doubt": "It may be another force's."}


def part_of(check: str, *figures: Figure, regions: Any = (), **settings: str) -> CheckResult:
    given_ = {"place": A, "measure": COUNT, "period": YEAR, **settings}
    return check_claim(claim(check, **given_), World(figures, regions=regions))


def counts(part: int, whole: int, **more: Any) -> tuple[Figure, Figure]:
    return figure(A, YEAR, str(part), platform="snap", **more), figure(A, YEAR, str(whole))


# share_of and majority


@pytest.mark.parametrize(
    ("part", "whole", "share", "compare", "weight"),
    [
        (14, 100, "14", "", Verdict.SUPPORTED),
        (15, 100, "14", "", Verdict.CONTRADICTED),
        (145, 1000, "14", "", Verdict.SUPPORTED),
        (146, 1000, "14", "", Verdict.CONTRADICTED),
        (14, 100, "14", "more than", Verdict.CONTRADICTED),
        (14, 100, "14", "at least", Verdict.SUPPORTED),
        (13, 100, "14", "less than", Verdict.SUPPORTED),
        (30, 100, "1/3", "", Verdict.SUPPORTED),
        (36, 100, "1/3", "about", Verdict.SUPPORTED),
        (37, 100, "1/3", "", Verdict.CONTRADICTED),
        (29, 100, "1/3", "", Verdict.CONTRADICTED),
        (33, 100, "1/3", "more than", Verdict.CONTRADICTED),
        (34, 100, "1/3", "more than", Verdict.SUPPORTED),
        (33, 99, "1/3", "exactly", Verdict.SUPPORTED),
        (46, 100, "1/2", "", Verdict.SUPPORTED),
        (44, 100, "1/2", "", Verdict.CONTRADICTED),
    ],
)
def test_a_share_of_a_count(part: int, whole: int, share: str, compare: str, weight: Verdict) -> None:
    found = part_of("share_of", *counts(part, whole), platform="snap", share=share, compare=compare)
    assert found.weight is weight
    assert f"{part} in 2018/19 is a part of {whole:,}" in found.reason


@given(COUNTS, COUNTS)
def test_a_majority_is_more_than_half(part: int, rest: int) -> None:
    found = part_of("majority", *counts(part, part + rest), platform="snap")
    assert (found.weight is Verdict.SUPPORTED) == (part > rest)
    assert (found.weight is Verdict.CONTRADICTED) == (part <= rest)


@pytest.mark.parametrize(
    ("number", "qualifier", "weight"),
    [
        ("51", "exact", Verdict.SUPPORTED),
        ("50", "exact", Verdict.NOT_SHOWN),
        ("49", "exact", Verdict.CONTRADICTED),
        ("50", "almost", Verdict.CONTRADICTED),
        ("48", "at least", Verdict.NOT_SHOWN),
        ("52", "at least", Verdict.SUPPORTED),
    ],
)
def test_a_published_share_is_judged_by_its_rounding(number: str, qualifier: str, weight: Verdict) -> None:
    one = figure(A, YEAR, number, SHARE, platform="snap", qualifier=qualifier)
    assert part_of("majority", one, measure=SHARE, platform="snap").weight is weight


def test_a_breakdown_and_its_whole_can_be_named() -> None:
    part = figure(A, YEAR, "30", breakdown="girls")
    some, every = figure(A, YEAR, "40", breakdown="sex recorded"), figure(A, YEAR, "90")
    of = part_of("majority", part, some, every, breakdown="girls", of="sex recorded")
    assert of.weight is Verdict.SUPPORTED
    assert part_of("majority", part, some, every, breakdown="girls").weight is Verdict.CONTRADICTED
    with pytest.raises(ValueError, match="names no whole"):
        part_of("majority", every)


def test_a_place_in_a_larger_one_has_to_be_counted_there() -> None:
    pair = figure(A, YEAR, "60"), figure(NORTH, YEAR, "100", source=AUTUMN)
    for forces, weight in (("ABC", Verdict.SUPPORTED), ("BC", Verdict.CANNOT_JUDGE)):
        found = part_of("majority", *pair, whole=NORTH, regions=[region(NORTH, forces, AUTUMN)])
        assert found.weight is weight
    unknown = part_of("majority", *pair, whole=NORTH)
    assert unknown.weight is Verdict.CANNOT_JUDGE
    assert "is not known" in unknown.reason


def test_a_part_in_doubt_or_without_a_whole() -> None:
    doubted = part_of("majority", *counts(60, 100, **DOUBT), platform="snap")
    assert doubted.weight is Verdict.CANNOT_JUDGE
    assert "another force's" in doubted.reason
    assert part_of("majority", counts(60, 100)[0], platform="snap").weight is Verdict.NOT_SHOWN
    assert part_of("majority", platform="snap").weight is Verdict.NOT_SHOWN
    part_year = figure(A, YEAR, "100", coverage="Six months, part of the year.", source=AUTUMN)
    assert part_of("majority", counts(60, 1)[0], part_year, platform="snap").weight is Verdict.CANNOT_JUDGE


# total_over


SPAN = "2017-04/2019-03"


def total(number: str, *figures: Figure, compare: str = "", period: str = SPAN, **more: Any) -> CheckResult:
    return part_of("total_over", *figures, total=number, compare=compare, period=period, **more)


@given(COUNTS, COUNTS)
def test_years_that_tile_a_span_are_added_up(first: int, second: int) -> None:
    years = figure(A, "2017/18", str(first)), figure(A, "2018/19", str(second))
    whole = first + second
    assert total(str(whole), *years, compare="exactly").weight is Verdict.SUPPORTED
    assert total(str(whole), *years, compare="more than").weight is Verdict.CONTRADICTED
    assert total(str(whole - 1), *years, compare="more than").weight is Verdict.SUPPORTED
    assert total(str(whole + 1), *years, compare="less than").weight is Verdict.SUPPORTED


@pytest.mark.parametrize(
    ("published", "claimed", "weight"),
    [
        ("345", "345", Verdict.SUPPORTED),
        ("345", "346", Verdict.CONTRADICTED),
        ("345", "340", Verdict.SUPPORTED),
        ("345", "350", Verdict.SUPPORTED),
        ("345", "330", Verdict.CONTRADICTED),
        ("345", "300", Verdict.SUPPORTED),
    ],
)
def test_a_round_number_is_judged_by_its_rounding(published: str, claimed: str, weight: Verdict) -> None:
    found = total(claimed, figure(A, SPAN, published), compare="about")
    assert found.weight is weight
    assert total(claimed, figure(A, SPAN, published)).weight is (
        Verdict.SUPPORTED if claimed == published else Verdict.CONTRADICTED
    )


def test_a_total_and_parts_that_differ_support_it_only_in_part() -> None:
    years = figure(A, "2017/18", "100"), figure(A, "2018/19", "150")
    found = total("250", figure(A, SPAN, "270"), *years, compare="exactly")
    assert found.weight is Verdict.PARTLY
    assert "add up to 250" in found.reason
    floor = figure(A, "2018/19", "150", qualifier="at least")
    assert total("240", years[0], floor, compare="more than").weight is Verdict.SUPPORTED
    assert total("260", years[0], floor, compare="more than").weight is Verdict.NOT_SHOWN


def test_a_total_without_its_parts_or_with_one_in_doubt() -> None:
    first = figure(A, "2017/18", "100")
    assert "nor parts that make it up" in total("100", first).reason
    quarters = figure(A, "2018-04/2018-09", "70"), figure(A, "2018-10/2019-03", "80")
    assert total("250", first, *quarters).weight is Verdict.SUPPORTED
    assert total("250", first, quarters[0]).weight is Verdict.NOT_SHOWN
    doubted = total("250", first, figure(A, "2018/19", "150", **DOUBT))
    assert doubted.weight is Verdict.CANNOT_JUDGE
    assert total("250", figure(A, SPAN, "250", **DOUBT)).weight is Verdict.CANNOT_JUDGE
    unlike = [figure(UK, year, "100", forces_responding=n) for year, n in (("2017/18", 3), ("2018/19", 5))]
    assert total("200", *unlike, place=UK).weight is Verdict.CANNOT_JUDGE


# highest_of


def highest(mine: int, *others: Figure, **more: Any) -> CheckResult:
    return part_of("highest_of", figure(A, YEAR, str(mine), **more), *others, among=NORTH)


def others(second: int, third: int) -> tuple[Figure, Figure]:
    return figure(B, YEAR, str(second)), figure(C, YEAR, str(third))


@given(COUNTS, COUNTS, COUNTS)
def test_the_highest_is_above_each_other_beyond_chance(mine: int, second: int, third: int) -> None:
    found = highest(mine, *others(second, third)).weight
    top = mine > max(second, third)
    clear = top and all(counts_p_value(one, mine) < LEVEL for one in (second, third))
    assert (found is Verdict.SUPPORTED) == clear
    assert (found is Verdict.IN_LINE) == (top and not clear)
    assert (found is Verdict.CONTRADICTED) == (mine < max(second, third))


def test_a_force_without_a_sound_figure_could_be_higher() -> None:
    missing = highest(200, figure(B, YEAR, "50"))
    assert missing.weight is Verdict.NOT_SHOWN
    assert "no sound figure for Ceeshire" in missing.reason
    assert highest(200, figure(B, YEAR, "50"), figure(C, YEAR, "9", **DOUBT)).weight is Verdict.NOT_SHOWN
    assert highest(200, figure(B, YEAR, "350")).weight is Verdict.CONTRADICTED
    assert highest(200, *others(50, 60), **DOUBT).weight is Verdict.CANNOT_JUDGE
    none = part_of("highest_of", *others(50, 60), among=NORTH)
    assert "We hold no figure for Ashire" in none.reason
    floor = figure(C, YEAR, "60", qualifier="at least")
    assert highest(200, figure(B, YEAR, "50"), floor).weight is Verdict.NOT_SHOWN


def test_highest_says_that_it_compares_counts_and_refuses_a_place_outside() -> None:
    found = highest(200, *others(50, 60))
    assert any("rates" in text for text in found.not_checked)
    assert "police forces of the North" in found.check
    with pytest.raises(ValueError, match="does not hold it"):
        part_of("highest_of", figure(A, YEAR, "9"), among="SOUTH")


@pytest.mark.parametrize(
    ("check", "settings", "words"),
    [
        ("share_of", {"share": "most"}, "write it like 14 or 1/3"),
        ("share_of", {"share": "1/0"}, "write it like 14 or 1/3"),
        ("share_of", {"share": "140"}, "write it like 14 or 1/3"),
        ("total_over", {"total": "lots"}, "write it like 5161"),
        ("total_over", {"total": "-5"}, "write it like 5161"),
    ],
)
def test_settings_that_cannot_be_read_are_refused(check: str, settings: dict[str, str], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        part_of(check, *counts(1, 2), platform="snap", **settings)
    assert missing_settings(claim(check, place=A, measure=COUNT, period=YEAR)) == (*settings,)
