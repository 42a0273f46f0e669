"""Printed claims weighed: the seed's verdicts, and how each changes when a figure or an event does."""

from __future__ import annotations

import re

import pytest
from msgspec.structs import replace

from explorer.evidence.claims import CHECKS, SETTINGS, Finding, missing_settings, weigh
from explorer.evidence.model import Claim, Unit, Weight
from explorer.evidence.record import MemoryRecord

from .seed import (
    BOTH,
    CAMBS,
    COUNT,
    EAST,
    EVENTS,
    LATER,
    NORFOLK,
    PETERBOROUGH,
    Q1,
    SHARE,
    UK,
    amount,
    claim,
    count,
    event,
    record,
    share,
)

ON_INSTAGRAM = {"platform": "instagram", "measure": SHARE}
IN_PETERBOROUGH = claim("platform_leads", place=PETERBOROUGH, period=Q1, **ON_INSTAGRAM)
IN_THE_UK = claim("platform_leads", place=UK, period=Q1, **ON_INSTAGRAM)
RISING = claim("share_rises", place=UK, **ON_INSTAGRAM)
THIRD = claim("rises_in_a_row", place=CAMBS, measure=COUNT, times="3")
MIRRORS = claim("mirrors_national", place=CAMBS, nation=UK, measure=COUNT)
SURGE = claim("forecast", place=UK, measure=COUNT)
WHITE_PAPER = replace(
    claim("event_date", event="white-paper", date="2020-02"), events=("white-paper", "initial-response")
)
SIGNED_OFF = claim("as_reported", event="response-with-pm", later="full-response")
SEED = (IN_PETERBOROUGH, IN_THE_UK, RISING, THIRD, MIRRORS, SURGE, WHITE_PAPER, SIGNED_OFF)

NATIONAL = tuple(
    count(UK, year, number) for year, number in (("2017/18", "300"), ("2018/19", "320"), ("2019/20", "350"))
)


def without(*events: str) -> list[object]:
    return [one for one in EVENTS if one.id not in events]


def test_the_seeds_verdicts() -> None:
    held = record()
    assert [weigh(one, held).weight for one in SEED] == [
        Weight.NOT_SHOWN,
        Weight.NOT_SHOWN,
        Weight.SUPPORTED,
        Weight.PARTLY,
        Weight.NOT_SHOWN,
        Weight.NOT_SHOWN,
        Weight.CONTRADICTED,
        Weight.NOT_SHOWN,
    ]


def test_every_finding_is_in_whole_sentences_and_rests_on_figures_there_are() -> None:
    held = record()
    known = {figure.id for figure in held.figures()}
    for one in SEED:
        found = weigh(one, held)
        for text in (found.reason, found.check, *found.caveats):
            assert re.fullmatch(r"[A-Z0-9].*[^.]\.", text), text
            assert ".." not in text
            assert "  " not in text
        assert known.issuperset(found.figures)


CAUSES = re.compile(r"\b(because|caused?|due to|led to|lockdown|pandemic|thanks to)\b")


@pytest.mark.parametrize("one", SEED, ids=lambda one: one.check)
def test_no_cause_is_ever_stated(one: Claim) -> None:
    for held in (record(), record(add=NATIONAL)):
        found = weigh(one, held)
        assert not CAUSES.search(" ".join((found.reason, found.check, *found.caveats)))


# platform_leads


def test_peterborough_says_how_far_down_the_figures_go() -> None:
    found = weigh(IN_PETERBOROUGH, record())
    assert "no platform figure below the East of England" in found.reason
    assert "no figure of any kind below police force level (Cambridgeshire)" in found.reason
    assert "36%" in found.caveats[0]
    assert found.figures == ("east-ig-q1",)


def test_peterborough_with_platform_figures_for_its_force() -> None:
    found = weigh(IN_PETERBOROUGH, record(add=[share(CAMBS, Q1, "instagram", "40")]))
    assert found.weight is Weight.NOT_SHOWN
    assert "East of England" not in found.reason
    assert "no figure of any kind below police force level (Cambridgeshire)" in found.reason
    assert "40%" in found.caveats[0]


def test_peterborough_with_counts_of_its_own() -> None:
    found = weigh(IN_PETERBOROUGH, record(add=[count(PETERBOROUGH, Q1, "9")]))
    assert "no platform figure below the East of England" in found.reason
    assert "of any kind" not in found.reason


def test_peterborough_with_no_platform_figure_anywhere() -> None:
    shares = [figure.id for figure in record().figures(measure=SHARE)]
    found = weigh(IN_PETERBOROUGH, record(drop=shares))
    assert "for any place that it stands in" in found.reason
    assert found.caveats == ()


def peterborough(instagram: str, **others: str) -> Finding:
    shares = {"instagram": instagram, **others}
    added = [share(PETERBOROUGH, Q1, name.replace("_", "-"), number) for name, number in shares.items()]
    return weigh(IN_PETERBOROUGH, record(add=added))


def test_peterborough_with_shares_of_its_own_is_compared() -> None:
    led = peterborough("40", snapchat="30", facebook="12")
    assert led.weight is Weight.SUPPORTED
    assert "Instagram (40%) is the largest of three" in led.reason
    assert "Snapchat (30%)" in led.reason
    behind = peterborough("30", snapchat="40", facebook="12")
    assert behind.weight is Weight.CONTRADICTED
    assert "Snapchat (40%) is a larger share than Instagram (30%)" in behind.reason
    level = peterborough("36", snapchat="35")
    assert level.weight is Weight.NOT_SHOWN
    assert "too close" in level.reason
    alone = peterborough("40")
    assert alone.weight is Weight.NOT_SHOWN
    assert "the only share given for Peterborough" in alone.reason


def test_an_unlisted_platform_is_thought_of_only_where_it_could_be_larger() -> None:
    assert any("not printed could be larger" in text for text in peterborough("40", snapchat="10").caveats)
    assert not any("could be larger" in text for text in peterborough("60", snapchat="30").caveats)


def test_a_group_is_no_rival_of_its_member() -> None:
    east = claim("platform_leads", place=EAST, period=Q1, **ON_INSTAGRAM)
    found = weigh(east, record())
    assert found.weight is Weight.NOT_SHOWN
    assert "the only single-platform share given" in found.reason
    assert found.figures == ("east-ig-q1",)


def test_the_uk_with_another_platforms_share() -> None:
    assert "only share given for the United Kingdom" in weigh(IN_THE_UK, record()).reason
    assert weigh(IN_THE_UK, record(add=[share(UK, Q1, "snapchat", "20")])).weight is Weight.SUPPORTED
    assert weigh(IN_THE_UK, record(add=[share(UK, Q1, "snapchat", "38.2")])).weight is Weight.CONTRADICTED
    earlier = weigh(IN_THE_UK, record(add=[share(UK, "2019/20", "snapchat", "20")]))
    assert earlier.weight is Weight.NOT_SHOWN


def test_a_place_whose_shares_are_of_other_platforms_or_periods() -> None:
    held = record(add=[share(NORFOLK, Q1, "snapchat", "20")])
    norfolk = claim("platform_leads", place=NORFOLK, period=Q1, **ON_INSTAGRAM)
    assert "No share of Instagram is held for Norfolk" in weigh(norfolk, held).reason
    other = claim("platform_leads", place=NORFOLK, period="2019/20", platform="snapchat", measure=SHARE)
    assert "No share of Snapchat is held for Norfolk in 2019/20" in weigh(other, held).reason
    latest = claim("platform_leads", place=UK, **ON_INSTAGRAM)
    assert weigh(latest, record()).figures == ("uk-ig-q1",)


# share_rises


def test_a_rising_share_is_supported_with_its_caveats() -> None:
    found = weigh(RISING, record())
    assert "29% in April 2017 to March 2020 and 37% in April to June 2020" in found.reason
    text = " ".join(found.caveats)
    assert "36 months and 3 months" in text
    assert "where the platform was recorded" in text


@pytest.mark.parametrize(
    ("later", "weight", "words"),
    [
        ("30", Weight.NOT_SHOWN, "rounding"),
        ("29", Weight.NOT_SHOWN, "rounding"),
        ("31", Weight.SUPPORTED, "rise"),
        ("20", Weight.CONTRADICTED, "fall"),
    ],
)
def test_a_share_that_is_changed(later: str, weight: Weight, words: str) -> None:
    found = weigh(RISING, record(change=[("uk-ig-q1", amount(later, Unit.PER_CENT))]))
    assert found.weight is weight
    assert words in found.reason
    assert f"{later}%" in found.reason


def test_a_share_over_more_than_two_periods() -> None:
    rose = record(add=[share(UK, "2020-07/2020-09", "instagram", "45")])
    assert weigh(RISING, rose).weight is Weight.SUPPORTED
    dipped = record(add=[share(UK, "2020-07/2020-09", "instagram", "33")])
    found = weigh(RISING, dipped)
    assert found.weight is Weight.PARTLY
    assert "one rise" in found.reason
    within = record(add=[share(UK, "2019/20", "instagram", "50")])
    assert weigh(RISING, within).figures == ("uk-ig-before", "uk-ig-q1")


def test_one_share_or_none_shows_no_change() -> None:
    assert "only one share" in weigh(RISING, record(drop=["uk-ig-before"])).reason
    found = weigh(RISING, record(drop=["uk-ig-before", "uk-ig-q1"]))
    assert found.weight is Weight.NOT_SHOWN
    assert "no share" in found.reason


# rises_in_a_row


def test_the_third_rise() -> None:
    found = weigh(THIRD, record())
    assert found.weight is Weight.PARTLY
    assert "three years held" in found.reason
    assert "66 in 2017/18, 71 in 2018/19 and 77 in 2019/20" in found.reason
    assert "two rises and not three" in found.reason
    assert "exists only since 3 April 2017" in found.reason
    assert found.figures == ("cambs-17", "cambs-18", "cambs-19")
    assert any("22 in April to June 2020" in text for text in found.caveats)


def test_the_third_rise_with_a_year_before() -> None:
    found = weigh(THIRD, record(add=[count(CAMBS, "2016/17", "60")]))
    assert found.weight is Weight.SUPPORTED
    assert "60 in 2016/17" in found.reason
    assert any("2016/17 lies before 3 April 2017" in text for text in found.caveats)
    fell = weigh(THIRD, record(add=[count(CAMBS, "2016/17", "70")]))
    assert fell.weight is Weight.CONTRADICTED
    assert "70 in 2016/17 and 66 in 2017/18" in fell.reason
    assert "two rises in a row and not three" in fell.reason


def test_the_third_rise_with_a_year_after() -> None:
    said_later = replace(THIRD, source=LATER)
    assert weigh(said_later, record(add=[count(CAMBS, "2020/21", "80")])).weight is Weight.SUPPORTED
    fell = weigh(said_later, record(add=[count(CAMBS, "2020/21", "70")]))
    assert fell.weight is Weight.CONTRADICTED
    assert "no rise in a row" in fell.reason
    gap = weigh(said_later, record(add=[count(CAMBS, "2021/22", "80")]))
    assert gap.weight is Weight.NOT_SHOWN
    assert "only one whole year, 80 in 2021/22" in gap.reason


def test_a_claim_is_not_weighed_by_what_came_after_it() -> None:
    after = [count(CAMBS, "2020/21", "50"), share(UK, "2023/24", "instagram", "6")]
    held = record(add=after)
    for one in (THIRD, RISING, IN_THE_UK, SURGE, MIRRORS):
        assert weigh(one, held) == weigh(one, record())
    assert weigh(replace(RISING, source=LATER), held).weight is Weight.CONTRADICTED
    assert weigh(replace(RISING, source="no such"), held).weight is Weight.CONTRADICTED


def test_the_third_rise_with_a_number_changed() -> None:
    assert weigh(THIRD, record(change=[("cambs-18", amount("90"))])).weight is Weight.CONTRADICTED
    assert weigh(THIRD, record(change=[("cambs-18", amount("66"))])).weight is Weight.CONTRADICTED
    unsure = record(change=[("cambs-19", amount("70", qualifier="at least"))])
    assert weigh(THIRD, unsure).weight is Weight.NOT_SHOWN
    two = replace(THIRD, settings=(("place", CAMBS), ("measure", COUNT), ("times", "2")))
    assert weigh(two, record()).weight is Weight.SUPPORTED


def test_the_third_rise_when_the_law_is_older_or_unknown_or_elsewhere() -> None:
    older = record(events=[replace(EVENTS[0], date="2015")])
    assert "no number is held for 2016/17" in weigh(THIRD, older).reason
    assert "no number is held for 2016/17" in weigh(THIRD, record(events=())).reason
    elsewhere = record(events=[replace(EVENTS[0], places=(NORFOLK,))])
    assert "no number is held for 2016/17" in weigh(THIRD, elsewhere).reason
    within = record(events=[replace(EVENTS[0], date="2016-12-01")])
    assert "exists only since 1 December 2016" in weigh(THIRD, within).reason
    anywhere = record(events=[replace(EVENTS[0], places=(), date="2018-05-25")])
    assert "exists only since 25 May 2018" in weigh(THIRD, anywhere).reason


def test_the_third_rise_without_years() -> None:
    few = record(drop=["cambs-17", "cambs-18"])
    assert "only one whole year, 77 in 2019/20" in weigh(THIRD, few).reason
    none = weigh(THIRD, record(drop=["cambs-17", "cambs-18", "cambs-19"]))
    assert none.weight is Weight.NOT_SHOWN
    assert none.figures == ()


def test_a_restated_year_counts_as_newest() -> None:
    restated = record(add=[count(CAMBS, "2018/19", "90", source=LATER)])
    assert weigh(THIRD, restated).weight is Weight.CONTRADICTED
    assert "90 in 2018/19" in weigh(THIRD, restated).reason


# mirrors_national


def test_mirroring_needs_national_years() -> None:
    found = weigh(MIRRORS, record())
    assert "No whole-year number is held for the United Kingdom" in found.reason
    one = weigh(MIRRORS, record(add=NATIONAL[:1]))
    assert one.weight is Weight.NOT_SHOWN
    assert "Only one whole year" in one.reason
    none = weigh(MIRRORS, record(drop=["cambs-17", "cambs-18", "cambs-19"], add=NATIONAL))
    assert "No whole-year number is held for Cambridgeshire" in none.reason


def test_mirroring_with_national_years_is_compared_year_by_year() -> None:
    same = weigh(MIRRORS, record(add=NATIONAL))
    assert same.weight is Weight.SUPPORTED
    assert "rose from 300 in 2017/18 to 320 in 2018/19" in same.reason
    half = weigh(MIRRORS, record(add=(*NATIONAL[:2], count(UK, "2019/20", "310"))))
    assert half.weight is Weight.PARTLY
    assert "one of two steps" in half.reason
    falling = [count(UK, year, n) for year, n in (("2018/19", "300"), ("2019/20", "290"))]
    assert weigh(MIRRORS, record(add=falling)).weight is Weight.CONTRADICTED


def test_mirroring_with_years_that_do_not_meet_or_are_not_sure() -> None:
    apart = [count(UK, year, n) for year, n in (("2012/13", "300"), ("2013/14", "290"))]
    assert "share no two years" in weigh(MIRRORS, record(add=apart)).reason
    unsure = [count(UK, year, n, "about") for year, n in (("2018/19", "300"), ("2019/20", "310"))]
    assert weigh(MIRRORS, record(add=unsure)).weight is Weight.NOT_SHOWN


def test_mirroring_takes_nations_that_hold_the_place() -> None:
    both = [replace(figure, id=f"{figure.id}-both", place=BOTH) for figure in NATIONAL]
    found = weigh(MIRRORS, record(add=both))
    assert found.weight is Weight.SUPPORTED
    assert "England and Wales" in found.reason


# forecast


def test_a_forecast_is_never_shown_but_says_what_there_is() -> None:
    found = weigh(SURGE, record())
    assert "what may come" in found.reason
    assert "at least 1,200 in April to June 2020, with no whole year before it" in found.reason
    assert "22 in April to June 2020, beside 19.25 in an average quarter of 2019/20" in found.reason
    assert found.figures == ("uk-q1", "cambs-q1", "cambs-19")


def test_a_forecast_follows_the_figures() -> None:
    changed = record(change=[("cambs-19", amount("100")), ("cambs-q1", amount("40"))])
    assert "40 in April to June 2020, beside 25 in an average quarter" in weigh(SURGE, changed).reason
    later = record(add=[count(CAMBS, "2020-07/2020-09", "30")])
    assert "30 in July to September 2020" in weigh(SURGE, later).reason
    national = record(add=NATIONAL)
    assert "beside 87.5 in an average quarter of 2019/20" in weigh(SURGE, national).reason
    assert "Cambridgeshire" not in weigh(SURGE, national).reason
    bare = record(drop=["uk-q1", "cambs-q1"])
    assert "no quarter is held for the United Kingdom" in weigh(SURGE, bare).reason


# event_date and as_reported


def test_the_white_papers_date() -> None:
    found = weigh(WHITE_PAPER, record())
    assert found.weight is Weight.CONTRADICTED
    assert "8 April 2019, not February 2020" in found.reason
    assert "Initial government response" in found.reason
    alone = record(events=without("initial-response"))
    assert "another event" not in weigh(WHITE_PAPER, alone).reason


@pytest.mark.parametrize(
    ("date", "weight"),
    [
        ("2020-02-12", Weight.SUPPORTED),
        ("2020-02", Weight.SUPPORTED),
        ("2020", Weight.NOT_SHOWN),
        ("2019", Weight.CONTRADICTED),
        ("2020-03-01", Weight.CONTRADICTED),
        ("some day", Weight.CONTRADICTED),
    ],
)
def test_an_events_date_that_is_changed(date: str, weight: Weight) -> None:
    moved = [replace(one, date=date) if one.id == "white-paper" else one for one in EVENTS]
    assert weigh(WHITE_PAPER, record(events=moved)).weight is weight


def test_an_event_that_is_only_reported_supports_a_date_in_part() -> None:
    said = claim("event_date", event="response-with-pm", date="2020-11")
    assert weigh(said, record()).weight is Weight.PARTLY


def test_an_event_that_is_not_held() -> None:
    for one in (WHITE_PAPER, SIGNED_OFF):
        found = weigh(one, record(events=()))
        assert found.weight is Weight.NOT_SHOWN
        assert "no such event" in found.reason


def test_an_account_is_not_shown_and_what_followed_is_named() -> None:
    found = weigh(SIGNED_OFF, record())
    assert found.weight is Weight.NOT_SHOWN
    assert "no figure bears on it" in found.reason
    assert "what followed is dated 15 December 2020: Full government response" in found.reason
    alone = weigh(SIGNED_OFF, record(events=without("full-response")))
    assert "dated" not in alone.reason
    earlier = [*without("full-response"), event("full-response", "Full government response", "2020-10-01")]
    assert "what came before it is dated 1 October 2020" in weigh(SIGNED_OFF, record(events=earlier)).reason


def test_an_account_that_the_record_bears_out() -> None:
    held = [replace(one, reported=False) for one in EVENTS]
    found = weigh(SIGNED_OFF, record(events=held))
    assert found.weight is Weight.SUPPORTED
    assert "November 2020" in found.reason


# settings


def test_every_check_says_what_it_needs() -> None:
    assert set(CHECKS) == set(SETTINGS)
    for one in SEED:
        assert missing_settings(one) == ()
        for name in SETTINGS[one.check]:
            short = replace(one, settings=tuple(pair for pair in one.settings if pair[0] != name))
            assert missing_settings(short) == (name,)
            with pytest.raises(ValueError, match=f'needs "{name}"'):
                weigh(short, record())


@pytest.mark.parametrize(
    ("one", "words"),
    [
        (claim("guess"), 'names the check "guess"'),
        (claim("forecast", place="nowhere", measure=COUNT), 'unknown place "nowhere"'),
        (claim("rises_in_a_row", place=CAMBS, measure=COUNT, times="often"), "write 1 to 99"),
        (claim("rises_in_a_row", place=CAMBS, measure=COUNT, times="0"), "write 1 to 99"),
        (claim("event_date", event="white-paper", date="February"), "write it like 2020-02"),
        (claim("platform_leads", place=UK, period="lately", **ON_INSTAGRAM), "not a period"),
    ],
)
def test_settings_that_cannot_be_read_are_refused(one: Claim, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        weigh(one, record())
    if one.check == "guess":
        with pytest.raises(ValueError, match=words):
            missing_settings(one)


def test_names_the_record_does_not_know_are_no_error() -> None:
    unknown: MemoryRecord = record()
    for check in ("platform_leads", "share_rises"):
        found = weigh(claim(check, place=UK, platform="smoke", measure="other"), unknown)
        assert found.weight is Weight.NOT_SHOWN
