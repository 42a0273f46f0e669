"""Claims about platforms: which is used most, and whether one is used more and more."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings, strategies as st
from msgspec.structs import replace

from explorer.evidence.analysis.chance import LEVEL, shares_p_value
from explorer.evidence.claims.base import CheckResult
from explorer.evidence.claims.check import check_claim
from explorer.evidence.model import Figure, InDoubt, Unit, Verdict
from tests.evidence.first_article import (
    BOTH,
    CAMBS,
    EAST,
    LATER,
    NORFOLK,
    PETERBOROUGH,
    Q1,
    SHARE,
    UK,
    amount,
    claim,
    count,
    record,
    share,
)
from tests.run_sizes import scale_examples

ON_INSTAGRAM = {"platform": "instagram", "measure": SHARE}
IN_PETERBOROUGH = claim("platform_leads", place=PETERBOROUGH, period=Q1, **ON_INSTAGRAM)
IN_THE_UK = claim("platform_leads", place=UK, period=Q1, **ON_INSTAGRAM)
RISING = claim("share_rises", place=CAMBS, **ON_INSTAGRAM)


# platform_leads


def test_peterborough_says_how_far_down_the_figures_go() -> None:
    found = check_claim(IN_PETERBOROUGH, record())
    assert "no platform figure below the East of England" in found.reason
    assert "no figure of any kind below Cambridgeshire (police force area)" in found.reason
    assert "36%" in found.caveats[0]
    assert found.figures == ("east-ig-q1",)


def test_peterborough_with_figures_for_its_force_or_of_its_own_or_none() -> None:
    force = check_claim(IN_PETERBOROUGH, record(add=[share(CAMBS, Q1, "instagram", "40")]))
    assert force.weight is Verdict.NOT_SHOWN
    assert "40%" in force.caveats[0]
    own = check_claim(IN_PETERBOROUGH, record(add=[count(PETERBOROUGH, Q1, "9")]))
    assert "of any kind" not in own.reason
    none = check_claim(IN_PETERBOROUGH, record(drop=[one.id for one in record().figures(measure=SHARE)]))
    assert "for any larger place that it is in" in none.reason
    assert none.caveats == ()


def peterborough(instagram: str, **others: str) -> CheckResult:
    shares = {"instagram": instagram, **others}
    added = [share(PETERBOROUGH, Q1, name.replace("_", "-"), number) for name, number in shares.items()]
    return check_claim(IN_PETERBOROUGH, record(add=added))


@pytest.mark.parametrize(
    ("shares", "weight", "words"),
    [
        ({"instagram": "40", "snapchat": "30", "facebook": "12"}, Verdict.SUPPORTED, "largest of three"),
        ({"instagram": "30", "snapchat": "40"}, Verdict.CONTRADICTED, "Snapchat (40%) is a larger share"),
        ({"instagram": "36", "snapchat": "35"}, Verdict.NOT_SHOWN, "too close"),
        ({"instagram": "36", "snapchat": "36"}, Verdict.NOT_SHOWN, "too close"),
        ({"instagram": "40"}, Verdict.NOT_SHOWN, "the only share published for Peterborough"),
        ({"instagram": "40", "snapchat": "10"}, Verdict.PARTLY, "not known could be larger"),
        ({"instagram": "60", "snapchat": "30"}, Verdict.SUPPORTED, "largest of two"),
        ({"instagram": "37", "snapchat": "20", "facebook_owned": "51"}, Verdict.SUPPORTED, "largest of two"),
        ({"instagram": "37", "snapchat": "20", "facebook_owned": "80"}, Verdict.PARTLY, "could be larger"),
    ],
)
def test_shares_of_its_own_are_compared(shares: dict[str, str], weight: Verdict, words: str) -> None:
    found = peterborough(**shares)
    assert found.weight is weight
    assert words in found.reason


@given(st.integers(1, 99), st.integers(1, 99))
@settings(max_examples=scale_examples(40))
def test_exchanging_two_shares_turns_the_verdict(mine: int, other: int) -> None:
    led = peterborough(str(mine), snapchat=str(other)).weight
    behind = peterborough(str(other), snapchat=str(mine)).weight
    if abs(mine - other) > 1:
        assert Verdict.CONTRADICTED in {led, behind}
        assert led is not behind
        assert (led is Verdict.CONTRADICTED) == (mine < other)
    else:
        assert led is behind is Verdict.NOT_SHOWN


def test_the_largest_is_not_named_where_another_is_open_upwards() -> None:
    floor = replace(share(PETERBOROUGH, Q1, "snapchat", "25"), amount=amount("25", Unit.PER_CENT, "at least"))
    found = check_claim(IN_PETERBOROUGH, record(add=[share(PETERBOROUGH, Q1, "instagram", "32"), floor]))
    assert found.weight is Verdict.NOT_SHOWN
    assert "Snapchat (at least 25%) is published only as a floor" in found.reason


def test_a_group_is_no_rival_of_its_member() -> None:
    found = check_claim(claim("platform_leads", place=EAST, period=Q1, **ON_INSTAGRAM), record())
    assert found.weight is Verdict.NOT_SHOWN
    assert "the only single-platform share published" in found.reason
    assert found.figures == ("east-ig-q1",)


def test_a_share_of_another_release_or_in_doubt_is_no_rival() -> None:
    mine = share(PETERBOROUGH, Q1, "instagram", "40")
    later = share(PETERBOROUGH, Q1, "snapchat", "50", source=LATER)
    assert "the only" in check_claim(IN_PETERBOROUGH, record(add=[mine, later])).reason
    doubted = share(PETERBOROUGH, Q1, "snapchat", "50", in_doubt=InDoubt.PLACE, doubt="It may be another's.")
    found = check_claim(IN_PETERBOROUGH, record(add=[mine, doubted]))
    assert found.weight is Verdict.CANNOT_JUDGE
    assert "It may be another's" in found.reason


def nations(instagram: str = "37", answered: int | None = 38, **more: Any) -> list[Figure]:
    """Shares for England and Wales from the article's own release."""
    return [
        share(BOTH, Q1, "instagram", instagram, forces_responding=answered, **more),
        share(BOTH, Q1, "snapchat", "20", **more),
        share(BOTH, Q1, "facebook-owned", "51", **more),
    ]


def test_the_uk_falls_back_on_nations_with_the_same_count() -> None:
    assert "only share published for the United Kingdom" in check_claim(IN_THE_UK, record()).reason
    found = check_claim(IN_THE_UK, record(add=nations()))
    assert found.weight is Verdict.SUPPORTED
    assert "for England and Wales in April to June 2020" in found.reason
    assert "for the United Kingdom only Instagram (37%) is published" in found.reason
    counted = [count(BOTH, Q1, "1220", forces_responding=38), *nations(answered=None)]
    assert check_claim(IN_THE_UK, record(add=counted)).weight is Verdict.SUPPORTED
    for other in (nations("36"), nations(answered=39), nations(answered=None), nations(source=LATER)):
        assert check_claim(IN_THE_UK, record(add=other)).weight is Verdict.NOT_SHOWN


def test_the_uk_with_another_platforms_share() -> None:
    assert check_claim(IN_THE_UK, record(add=[share(UK, Q1, "snapchat", "30")])).weight is Verdict.SUPPORTED
    assert check_claim(IN_THE_UK, record(add=[share(UK, Q1, "snapchat", "20")])).weight is Verdict.PARTLY
    assert check_claim(IN_THE_UK, record(add=[share(UK, Q1, "snapchat", "38.2")])).weight is Verdict.CONTRADICTED
    earlier = check_claim(IN_THE_UK, record(add=[share(UK, "2019/20", "snapchat", "20")]))
    assert earlier.weight is Verdict.NOT_SHOWN


def test_a_place_whose_shares_are_of_other_platforms_or_periods() -> None:
    held = record(add=[share(NORFOLK, Q1, "snapchat", "20")])
    norfolk = claim("platform_leads", place=NORFOLK, period=Q1, **ON_INSTAGRAM)
    assert "We hold no share of Instagram for Norfolk" in check_claim(norfolk, held).reason
    other = claim("platform_leads", place=NORFOLK, period="2019/20", platform="snapchat", measure=SHARE)
    assert "We hold no share of Snapchat for Norfolk in 2019/20" in check_claim(other, held).reason
    assert check_claim(claim("platform_leads", place=UK, **ON_INSTAGRAM), record()).figures == ("uk-ig-q1",)


# share_rises


def shares(*numbers: str, of: str = "1000", base: bool = True, **more: Any) -> list[Figure]:
    """Cambridgeshire's shares of Instagram in years running, each with the count it is of."""
    made: list[Figure] = []
    for year, number in zip(("2016/17", "2017/18", "2018/19"), numbers, strict=False):
        whole = count(CAMBS, year, of, id=f"whole-{year}", breakdown="platform recorded")
        known = {"base_figure": whole.id} if base else {}
        made += [whole, share(CAMBS, year, "instagram", number, **known, **more)]
    return made


@pytest.mark.parametrize(
    ("numbers", "of", "weight", "words"),
    [
        (("29", "37"), "1000", Verdict.SUPPORTED, "neither rounding nor chance"),
        (("29", "37"), "50", Verdict.IN_LINE, "chance alone"),
        (("29", "30"), "1000", Verdict.NOT_SHOWN, "rounding"),
        (("37", "29"), "1000", Verdict.CONTRADICTED, "no rise"),
        (("20", "30", "40"), "1000", Verdict.SUPPORTED, "neither"),
        (("20", "40", "30"), "1000", Verdict.PARTLY, "one rise in 2 steps"),
        (("30", "40", "20"), "1000", Verdict.CONTRADICTED, "no rise"),
    ],
)
def test_a_share_that_rises(numbers: tuple[str, ...], of: str, weight: Verdict, words: str) -> None:
    found = check_claim(RISING, record(add=shares(*numbers, of=of)))
    assert found.weight is weight
    assert words in found.reason


@given(st.integers(1, 99), st.integers(1, 99), st.integers(20, 2000))
@settings(max_examples=scale_examples(40))
def test_a_supported_rise_is_beyond_chance(first: int, last: int, of: int) -> None:
    weight = check_claim(RISING, record(add=shares(str(first), str(last), of=str(of)))).weight
    if weight is Verdict.SUPPORTED:
        assert shares_p_value(round(first * of / 100), of, round(last * of / 100), of) < LEVEL
    assert (weight in {Verdict.SUPPORTED, Verdict.IN_LINE}) == (last > first + 1)


def test_what_keeps_shares_from_being_compared() -> None:
    lengths = check_claim(replace(RISING, settings=(("place", UK), *ON_INSTAGRAM.items())), record())
    assert lengths.weight is Verdict.CANNOT_JUDGE
    assert "36 months and 3 months" in lengths.reason
    unknown = check_claim(RISING, record(add=shares("29", "37", base=False)))
    assert unknown.weight is Verdict.CANNOT_JUDGE
    assert "of how many offences the share is" in unknown.reason
    doubted = shares("29", "37", in_doubt=InDoubt.PERIOD, doubt="It may be of another year.")
    assert check_claim(RISING, record(add=doubted)).weight is Verdict.CANNOT_JUDGE


def test_one_share_or_none_shows_no_change() -> None:
    assert "only one share" in check_claim(RISING, record(add=shares("29"))).reason
    found = check_claim(RISING, record())
    assert found.weight is Verdict.NOT_SHOWN
    assert "no share" in found.reason
