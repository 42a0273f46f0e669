"""Any settings over any figures: a check answers in plain sentences, or refuses with one; it never breaks."""

from __future__ import annotations

import re
from fractions import Fraction

from hypothesis import given, settings, strategies as st
from msgspec.structs import replace

from explorer.evidence.claims.check import CHECKS, check_claim
from explorer.evidence.claims.comparing import COMPARE_WORDS, ClaimedRange, ComparisonWord, RangeOutcome, wanted_values
from explorer.evidence.model import Figure, InDoubt, Verdict
from tests.evidence.sample_country import COUNT, NORTH, SHARE, UK, A, B, C, World, claim, figure
from tests.run_sizes import scale_examples

YEARS = ("2017/18", "2018/19", "2019/20")
PERIODS = (*YEARS, *YEARS, "2018-04/2018-06", "2017-04/2019-03")
POOLS: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("place", "nation", "among", "whole"), (A, A, A, NORTH, UK, "EW", "nowhere")),
    "nation": (UK, "EW"),
    "among": (NORTH, UK, A),
    "whole": ("", NORTH, UK),
    "measure": (COUNT, COUNT, COUNT, SHARE, "unknown"),
    "period": ("2018/19", *PERIODS, "lately"),
    "base": ("2017/18", "2017/18", *PERIODS, "lately"),
    "times": ("0", "1", "2", "2.5", "many"),
    "change": ("14", "-27", "0", "-100", "lots"),
    "share": ("0", "14", "50", "100", "1/3", "9/10", "1/0", "x"),
    "total": ("0", "10", "34000", "-1"),
    "compare": ("", *COMPARE_WORDS, "nearly"),
    "platform": ("", "", "insta", "smoke"),
    "breakdown": ("", "girls"),
    "of": ("", "platform recorded"),
    "event": ("nothing",),
    "later": ("", "nothing"),
    "date": ("2020-02", "some day"),
    "by": ("", "2020", "some day"),
}


SLOTS = (
    *((place, year, COUNT, None, "") for place in (A, B, C, UK) for year in YEARS),
    *((A, year, SHARE, name, "") for year in YEARS for name in ("insta", "snap")),
    *((A, year, COUNT, "insta", more) for year in YEARS for more in ("", "girls")),
    *((place, "2017-04/2019-03", COUNT, None, "") for place in (A, NORTH)),
    *((A, when, COUNT, None, "") for when in ("2018-04/2018-06", "2017/18", "2018/19")),
)
"""What there may be a figure for; the last are published twice."""


@st.composite
def figures(draw: st.DrawFn) -> tuple[Figure, ...]:
    made: dict[str, Figure] = {}
    for at, (place, when, measure, platform, breakdown) in enumerate(SLOTS):
        kind = draw(st.sampled_from(("exact", "exact", "exact", "at least", "almost", "about", "none", "doubt")))
        if kind == "none":
            continue
        one = figure(
            place,
            when,
            str(draw(st.integers(0, 100))),
            measure,
            qualifier="exact" if kind == "doubt" else kind,
            platform=platform,
            breakdown=breakdown,
            forces_responding=draw(st.sampled_from((None, 5))),
            source="autumn" if at > len(SLOTS) - 3 else "spring",
        )
        if kind == "doubt":
            one = replace(one, in_doubt=InDoubt.PLACE, doubt="It may be another's.")
        made[one.id] = one
    return tuple(made.values())


@given(figures(), st.sampled_from(sorted(CHECKS)), st.data())
@settings(max_examples=scale_examples(250), deadline=None)
def test_a_check_answers_or_refuses_in_plain_sentences(
    several: tuple[Figure, ...], name: str, data: st.DataObject
) -> None:
    check = CHECKS[name]
    given_ = {one: data.draw(st.sampled_from(POOLS[one]), one) for one in check.settings}
    try:
        found = check_claim(claim(name, **given_), World(several))
    except ValueError as refused:
        if "claim" not in str(refused):
            raise AssertionError("it is refused without a sentence about the claim") from refused
        return
    for text in (found.reason, found.check, *found.caveats, *found.not_checked):
        assert re.fullmatch(r"[^\n]+[^.]\.", text), text
        assert text[0] == text[0].upper()
        assert not re.search(r"  |\.\.|\bNone\b|Fraction|Decimal", text), text
    if found.weight in {Verdict.SUPPORTED, Verdict.CONTRADICTED, Verdict.IN_LINE}:
        resting = [one for one in several if one.id in found.figures]
        assert name == "event_date" or resting
        assert not all(one.in_doubt for one in resting)


NUMBERS = st.fractions(0, 100, max_denominator=20)


@given(st.sampled_from(ComparisonWord), NUMBERS, NUMBERS, NUMBERS)
def test_what_is_so_of_a_range_is_so_of_each_value_in_it(
    compare: ComparisonWord, number: Fraction, one: Fraction, other: Fraction
) -> None:
    wanted: ClaimedRange = wanted_values(compare, number, number / 10)
    low, high = min(one, other), max(one, other)
    whole = wanted.evaluate_range(low, high)
    for value in (low, (low + high) / 2, high):
        if whole is not RangeOutcome.OPEN:
            assert wanted.evaluate_range(value, value) is whole
    assert wanted.evaluate_range(None, None) is RangeOutcome.OPEN
