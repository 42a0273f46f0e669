"""Printed claims weighed: the seed's verdicts, and how each changes when a figure or an event does."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given, settings, strategies as st
from msgspec.structs import replace

from explorer.evidence.analysis.chance import LEVEL, counts_p_value
from explorer.evidence.claims.check import CHECKS, MEANINGS, SETTINGS, check_claim, missing_settings
from explorer.evidence.claims.registry import claim_check
from explorer.evidence.model import Claim, Event, Figure, InDoubt, Verdict
from explorer.evidence.repository import InMemoryRepository
from tests.evidence.first_article import (
    ARTICLE,
    BOTH,
    CAMBS,
    COUNT,
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
from tests.run_sizes import scale_examples

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


def without(*events: str) -> list[Event]:
    return [one for one in EVENTS if one.id not in events]


def test_the_seeds_verdicts() -> None:
    held = record()
    assert [check_claim(one, held).weight for one in SEED] == [
        Verdict.NOT_SHOWN,
        Verdict.NOT_SHOWN,
        Verdict.CANNOT_JUDGE,
        Verdict.NOT_SHOWN,
        Verdict.NOT_SHOWN,
        Verdict.NOT_SHOWN,
        Verdict.CONTRADICTED,
        Verdict.NOT_SHOWN,
    ]


def test_every_finding_is_in_whole_sentences_and_rests_on_figures_there_are() -> None:
    held = record()
    known = {figure.id for figure in held.figures()}
    for one in SEED:
        found = check_claim(one, held)
        for text in (found.reason, found.check, *found.caveats, *found.not_checked):
            assert re.fullmatch(r"[A-Z0-9].*[^.]\.", text), text
            assert ".." not in text
            assert "  " not in text
        assert known.issuperset(found.figures)


CAUSES = re.compile(r"\b(because|caused?|due to|led to|lockdown|pandemic|thanks to)\b")


@pytest.mark.parametrize("one", SEED, ids=lambda one: one.check)
def test_no_cause_is_ever_stated(one: Claim) -> None:
    for held in (record(), record(add=NATIONAL)):
        found = check_claim(one, held)
        assert not CAUSES.search(" ".join((found.reason, found.check, *found.caveats)))


# rises_in_a_row


def yearly(*numbers: str, source: str = ARTICLE) -> dict[str, Any]:
    """A record in which Cambridgeshire's three years have these numbers."""
    names = ("cambs-17", "cambs-18", "cambs-19")
    return {"change": [(name, amount(number)) for name, number in zip(names, numbers, strict=True)]}


TWICE = claim("rises_in_a_row", place=CAMBS, measure=COUNT, times="2")
ONCE = claim("rises_in_a_row", place=CAMBS, measure=COUNT, times="1")


def test_the_third_rise() -> None:
    found = check_claim(THIRD, record())
    assert found.weight is Verdict.NOT_SHOWN
    assert "three years we hold, 66 in 2017/18, 71 in 2018/19 and 77 in 2019/20" in found.reason
    assert "make two rises and not three" in found.reason
    assert "exists only since 3 April 2017" in found.reason
    assert "in each step chance alone could make the difference" in found.reason
    assert found.figures == ("cambs-17", "cambs-18", "cambs-19")
    assert any("22 in April to June 2020" in text for text in found.caveats)
    clear = check_claim(THIRD, record(**yearly("66", "140", "280")))
    assert clear.weight is Verdict.PARTLY
    assert "chance" not in clear.reason


def test_rises_that_chance_could_make_are_in_line_and_no_more() -> None:
    found = check_claim(TWICE, record())
    assert found.weight is Verdict.IN_LINE
    assert "two rises in a row by the numbers" in found.reason
    assert check_claim(TWICE, record(**yearly("66", "140", "280"))).weight is Verdict.SUPPORTED
    half = check_claim(TWICE, record(**yearly("66", "140", "141")))
    assert half.weight is Verdict.IN_LINE
    assert "from 140 in 2018/19 to 141 in 2019/20 chance alone" in half.reason
    assert check_claim(ONCE, record(**yearly("66", "140", "280"))).weight is Verdict.SUPPORTED


@given(st.integers(1, 900), st.integers(1, 900), st.integers(1, 900))
@settings(max_examples=scale_examples(50))
def test_rises_are_supported_only_where_each_is_beyond_chance(first: int, second: int, third: int) -> None:
    weight = check_claim(TWICE, record(**yearly(str(first), str(second), str(third)))).weight
    rises = first < second < third
    clear = rises and max(counts_p_value(first, second), counts_p_value(second, third)) < LEVEL
    assert (weight is Verdict.SUPPORTED) == clear
    assert (weight is Verdict.IN_LINE) == (rises and not clear)
    assert (weight is Verdict.CONTRADICTED) == (not rises)


def test_a_year_in_doubt_or_of_unlike_coverage_cannot_be_judged() -> None:
    years = record(**yearly("66", "140", "280"))
    for doubt in ({"in_doubt": InDoubt.COMPLETENESS, "doubt": "It may be six months."}, {"coverage": PART}):
        held = record(drop=["cambs-18"], add=[count(CAMBS, "2018/19", "140", **doubt)])
        found = check_claim(TWICE, held)
        assert found.weight is Verdict.CANNOT_JUDGE
        assert "cannot be compared" in found.reason
    assert check_claim(TWICE, years).weight is Verdict.SUPPORTED
    national = replace(TWICE, settings=(("place", UK), ("measure", COUNT), ("times", "2")))
    assert check_claim(national, record(add=NATIONAL)).weight is Verdict.CANNOT_JUDGE


PART = "One force, part of the year."


def test_the_third_rise_with_a_year_before() -> None:
    found = check_claim(THIRD, record(add=[count(CAMBS, "2016/17", "60")]))
    assert found.weight is Verdict.IN_LINE
    assert "60 in 2016/17" in found.reason
    assert any("2016/17 lies before 3 April 2017" in text for text in found.caveats)
    fell = check_claim(THIRD, record(add=[count(CAMBS, "2016/17", "70")]))
    assert fell.weight is Verdict.CONTRADICTED
    assert "70 in 2016/17 and 66 in 2017/18 are no rise" in fell.reason


def test_the_third_rise_with_a_year_after() -> None:
    said_later = replace(THIRD, source=LATER)
    assert check_claim(said_later, record(add=[count(CAMBS, "2020/21", "80")])).weight is Verdict.IN_LINE
    fell = check_claim(said_later, record(add=[count(CAMBS, "2020/21", "70")]))
    assert fell.weight is Verdict.CONTRADICTED
    assert "77 in 2019/20 and 70 in 2020/21 are no rise" in fell.reason
    gap = check_claim(said_later, record(add=[count(CAMBS, "2021/22", "80")]))
    assert gap.weight is Verdict.NOT_SHOWN
    assert "only one whole year, 80 in 2021/22" in gap.reason


def test_a_claim_is_not_weighed_by_what_came_after_it() -> None:
    held = record(add=[count(CAMBS, "2020/21", "50"), share(UK, "2023/24", "instagram", "6")])
    for one in (THIRD, RISING, IN_THE_UK, SURGE, MIRRORS):
        assert check_claim(one, held) == check_claim(one, record())


def test_the_third_rise_with_a_number_changed() -> None:
    assert check_claim(THIRD, record(change=[("cambs-18", amount("90"))])).weight is Verdict.CONTRADICTED
    assert check_claim(THIRD, record(change=[("cambs-18", amount("66"))])).weight is Verdict.CONTRADICTED
    unsure = check_claim(THIRD, record(change=[("cambs-19", amount("70", qualifier="at least"))]))
    assert unsure.weight is Verdict.NOT_SHOWN
    assert "leave open whether the number rose" in unsure.reason


def test_the_third_rise_when_the_law_is_older_or_unknown_or_elsewhere() -> None:
    for held in (
        record(events=[replace(EVENTS[0], date="2015")]),
        record(events=()),
        record(events=[replace(EVENTS[0], places=(NORFOLK,))]),
    ):
        assert "we hold no figure for 2016/17" in check_claim(THIRD, held).reason
    within = record(events=[replace(EVENTS[0], date="2016-12-01")])
    assert "exists only since 1 December 2016" in check_claim(THIRD, within).reason
    anywhere = record(events=[replace(EVENTS[0], places=(), date="2018-05-25")])
    assert "exists only since 25 May 2018" in check_claim(THIRD, anywhere).reason


def test_the_third_rise_without_years() -> None:
    few = record(drop=["cambs-17", "cambs-18"])
    assert "only one whole year, 77 in 2019/20" in check_claim(THIRD, few).reason
    none = check_claim(THIRD, record(drop=["cambs-17", "cambs-18", "cambs-19"]))
    assert none.weight is Verdict.NOT_SHOWN
    assert none.figures == ()


def test_a_restated_year_counts_as_newest() -> None:
    restated = record(add=[count(CAMBS, "2018/19", "90", source=LATER)])
    assert check_claim(THIRD, restated).weight is Verdict.CONTRADICTED
    assert "90 in 2018/19" in check_claim(THIRD, restated).reason


# mirrors_national


def national(*numbers: str, place: str = UK, answered: int | None = 44) -> list[Figure]:
    years = ("2017/18", "2018/19", "2019/20")
    return [
        count(place, year, number, forces_responding=answered) for year, number in zip(years, numbers, strict=False)
    ]


CLEAR = yearly("66", "140", "280")


def test_mirroring_needs_national_years() -> None:
    found = check_claim(MIRRORS, record())
    assert "We hold no whole-year figure for the United Kingdom" in found.reason
    one = check_claim(MIRRORS, record(add=NATIONAL[:1]))
    assert one.weight is Verdict.NOT_SHOWN
    assert "only one whole year" in one.reason
    none = check_claim(MIRRORS, record(drop=["cambs-17", "cambs-18", "cambs-19"], add=NATIONAL))
    assert "We hold no whole-year figure for Cambridgeshire" in none.reason


@pytest.mark.parametrize(
    ("own", "nation", "weight"),
    [
        (("66", "140", "280"), ("1000", "2000", "4000"), Verdict.SUPPORTED),
        (("280", "140", "66"), ("4000", "2000", "1000"), Verdict.SUPPORTED),
        (("66", "71", "77"), ("1000", "2000", "4000"), Verdict.IN_LINE),
        (("66", "140", "280"), ("1000", "2000", "2001"), Verdict.IN_LINE),
        (("66", "140", "140"), ("1000", "2000", "2000"), Verdict.NOT_SHOWN),
        (("71", "71", "71"), ("1000", "2000", "4000"), Verdict.NOT_SHOWN),
        (("66", "140", "139"), ("1000", "2000", "4000"), Verdict.NOT_SHOWN),
        (("66", "140", "280"), ("1000", "2000", "1000"), Verdict.PARTLY),
        (("66", "140", "280"), ("4000", "2000", "1000"), Verdict.CONTRADICTED),
        (("66", "140", "280"), ("1000", "2000"), Verdict.NOT_SHOWN),
    ],
)
def test_mirroring_is_judged_in_every_step(own: tuple[str, ...], nation: tuple[str, ...], weight: Verdict) -> None:
    assert check_claim(MIRRORS, record(add=national(*nation), **yearly(*own))).weight is weight


def test_one_step_of_two_is_not_enough_and_the_gap_is_named() -> None:
    found = check_claim(MIRRORS, record(add=national("1000", "2000"), **CLEAR))
    assert "from 2018/19 to 2019/20 we hold no numbers of the United Kingdom" in found.reason
    assert "Cambridgeshire went from 66 to 140" in found.reason


def test_mirroring_with_coverage_that_is_unknown_or_years_that_do_not_meet() -> None:
    unknown = check_claim(MIRRORS, record(add=national("1000", "2000", "4000", answered=None), **CLEAR))
    assert unknown.weight is Verdict.CANNOT_JUDGE
    assert "is not known" in unknown.reason
    apart = [count(UK, year, n) for year, n in (("2012/13", "300"), ("2013/14", "290"))]
    assert "no two years running for both" in check_claim(MIRRORS, record(add=apart)).reason
    rough = [
        replace(one, amount=amount(n, qualifier="about"))
        for one, n in zip(national("1", "1", "1"), ("300", "310", "320"), strict=True)
    ]
    assert check_claim(MIRRORS, record(add=rough, **CLEAR)).weight is Verdict.NOT_SHOWN


def test_mirroring_takes_nations_that_hold_the_place() -> None:
    found = check_claim(MIRRORS, record(add=national("1000", "2000", "4000", place=BOTH), **CLEAR))
    assert found.weight is Verdict.SUPPORTED
    assert "England and Wales" in found.reason


# forecast


def test_a_forecast_is_never_shown_but_says_what_there_is() -> None:
    found = check_claim(SURGE, record())
    assert "what may come" in found.reason
    assert "at least 1,200 in April to June 2020, with no whole year before it" in found.reason
    assert "22 in April to June 2020, beside 19.25 in an average quarter of 2019/20" in found.reason
    assert found.figures == ("uk-q1", "cambs-q1", "cambs-19")


def test_a_forecast_follows_the_figures() -> None:
    changed = record(change=[("cambs-19", amount("100")), ("cambs-q1", amount("40"))])
    assert "40 in April to June 2020, beside 25 in an average quarter" in check_claim(SURGE, changed).reason
    later = record(add=[count(CAMBS, "2020-07/2020-09", "30")])
    assert "30 in July to September 2020" in check_claim(SURGE, later).reason
    national = record(add=NATIONAL)
    assert "beside 87.5 in an average quarter of 2019/20" in check_claim(SURGE, national).reason
    assert "Cambridgeshire" not in check_claim(SURGE, national).reason
    bare = record(drop=["uk-q1", "cambs-q1"])
    assert "we hold no quarter for the United Kingdom" in check_claim(SURGE, bare).reason


# event_date and as_reported


def test_the_white_papers_date() -> None:
    found = check_claim(WHITE_PAPER, record())
    assert found.weight is Verdict.CONTRADICTED
    assert "8 April 2019, not February 2020" in found.reason
    assert "Initial government response" in found.reason
    alone = record(events=without("initial-response"))
    assert "another event" not in check_claim(WHITE_PAPER, alone).reason


@pytest.mark.parametrize(
    ("date", "weight"),
    [
        ("2020-02-12", Verdict.SUPPORTED),
        ("2020-02", Verdict.SUPPORTED),
        ("2020", Verdict.NOT_SHOWN),
        ("2019", Verdict.CONTRADICTED),
        ("2020-03-01", Verdict.CONTRADICTED),
        ("some day", Verdict.CONTRADICTED),
    ],
)
def test_an_events_date_that_is_changed(date: str, weight: Verdict) -> None:
    moved = [replace(one, date=date) if one.id == "white-paper" else one for one in EVENTS]
    assert check_claim(WHITE_PAPER, record(events=moved)).weight is weight


def test_an_event_that_is_only_reported_supports_a_date_in_part() -> None:
    said = claim("event_date", event="response-with-pm", date="2020-11")
    assert check_claim(said, record()).weight is Verdict.PARTLY


@pytest.mark.parametrize(
    ("date", "by", "weight"),
    [
        ("2019-04-08", "2019-04-08", Verdict.SUPPORTED),
        ("2019-04-08", "2019-04-07", Verdict.CONTRADICTED),
        ("2019-04-08", "2019-04", Verdict.SUPPORTED),
        ("2019-04-08", "2020", Verdict.SUPPORTED),
        ("2019-04-08", "2019-03", Verdict.CONTRADICTED),
        ("2019", "2019-06", Verdict.NOT_SHOWN),
        ("some day", "2019-06", Verdict.NOT_SHOWN),
    ],
)
def test_an_event_by_a_date(date: str, by: str, weight: Verdict) -> None:
    moved = [replace(one, date=date) if one.id == "white-paper" else one for one in EVENTS]
    said = claim("event_date", event="white-paper", by=by)
    found = check_claim(said, record(events=moved))
    assert found.weight is weight
    assert "on or before" in found.check
    reported = [replace(one, reported=True) for one in moved]
    if weight is Verdict.SUPPORTED:
        assert check_claim(said, record(events=reported)).weight is Verdict.PARTLY


def test_an_event_needs_a_date_or_a_by() -> None:
    assert missing_settings(claim("event_date", event="white-paper")) == ("date",)
    assert missing_settings(claim("event_date", event="white-paper", by="2020")) == ()
    with pytest.raises(ValueError, match="needs the setting"):
        check_claim(claim("event_date", event="white-paper"), record())


def test_an_event_that_is_not_held() -> None:
    for one in (WHITE_PAPER, SIGNED_OFF):
        found = check_claim(one, record(events=()))
        assert found.weight is Verdict.NOT_SHOWN
        assert "no such event" in found.reason


def test_an_account_is_not_shown_and_what_followed_is_named() -> None:
    found = check_claim(SIGNED_OFF, record())
    assert found.weight is Verdict.NOT_SHOWN
    assert "no figure bears on it" in found.reason
    assert "what followed is dated 15 December 2020: Full government response" in found.reason
    alone = check_claim(SIGNED_OFF, record(events=without("full-response")))
    assert "dated" not in alone.reason
    earlier = [*without("full-response"), event("full-response", "Full government response", "2020-10-01")]
    assert "what came before it is dated 1 October 2020" in check_claim(SIGNED_OFF, record(events=earlier)).reason


def test_an_account_that_the_record_bears_out() -> None:
    held = [replace(one, reported=False) for one in EVENTS]
    found = check_claim(SIGNED_OFF, record(events=held))
    assert found.weight is Verdict.SUPPORTED
    assert "November 2020" in found.reason


# settings


BANNED = re.compile(r"\b(stands?|told|held|asked for|printed|makes no step)\b")


def test_every_verdict_has_a_meaning_in_one_plain_sentence() -> None:
    assert set(MEANINGS) == set(Verdict)
    for text in MEANINGS.values():
        assert re.fullmatch(r"[A-Z][^.]*\.", text)
        assert not BANNED.search(text)


@pytest.mark.parametrize("one", SEED, ids=lambda one: one.check)
def test_findings_are_in_plain_words_and_say_what_was_not_checked(one: Claim) -> None:
    found = check_claim(one, record())
    assert found.not_checked
    assert not BANNED.search(" ".join((found.reason, found.check, *found.caveats, *found.not_checked)))


def test_a_check_is_registered_once_with_its_settings() -> None:
    assert CHECKS["record_high"].needs == ("place", "measure", "period")
    assert CHECKS["times_as_many"].settings[-2:] == ("compare", "platform")
    with pytest.raises(ValueError, match='two checks called "forecast"'):
        claim_check("forecast", needs=())(check_claim)
    assert {"fell", "rose", "share_of", "majority", "highest_of", "total_over"} <= set(CHECKS)


def test_every_check_says_what_it_needs() -> None:
    assert set(CHECKS) == set(SETTINGS)
    for one in SEED:
        assert missing_settings(one) == ()
        for name in SETTINGS[one.check]:
            short = replace(one, settings=tuple(pair for pair in one.settings if pair[0] != name))
            assert missing_settings(short) == (name,)
            with pytest.raises(ValueError, match=f'needs the setting "{name}"'):
                check_claim(short, record())


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
        check_claim(one, record())
    if one.check == "guess":
        with pytest.raises(ValueError, match=words):
            missing_settings(one)


def test_names_the_record_does_not_know_are_no_error() -> None:
    unknown: InMemoryRepository = record()
    for check in ("platform_leads", "share_rises"):
        found = check_claim(claim(check, place=UK, platform="smoke", measure="other"), unknown)
        assert found.weight is Verdict.NOT_SHOWN


def test_what_may_come_without_a_measure_is_not_answered_with_a_quarter() -> None:
    found = check_claim(claim("forecast", place=UK), record())
    assert found.weight is Verdict.NOT_SHOWN
    assert found.reason == "This is about what may come, which no recorded number shows."
    assert found.figures == ()
