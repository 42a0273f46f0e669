"""Worked-out figures in words, on the shipped evidence."""

from __future__ import annotations

import pytest

from explorer.evidence.analysis.arithmetic import DerivedCaveat, DerivedKind
from explorer.evidence.analysis.derive import derive_all
from explorer.evidence.conflicts import Preference
from explorer.pages.model.question import Question
from explorer.pages.page_builder import answer
from explorer.pages.panels.calculations import LazyCalculations, calculation_texts
from tests.run_sizes import plain_and_slow

UK, EAST, NORTH_WEST, CAMBRIDGESHIRE, WALES = (
    "K02000001",
    "E12000006",
    "E12000002",
    "E23000023",
    "W92000004",
)


def said(library, place: str, kind: DerivedKind, measure: str = "scc-offences") -> dict[str, str]:
    """The sentences of one kind at a place, with their caveats."""
    figures = [f for f in library.figures(place=place) if measure in {"", f.measure}]
    shown = calculation_texts(library, [one for one in derive_all(figures, library) if one.kind is kind])
    return {one.text: one.caveat for one in shown}


@pytest.mark.parametrize("kind", [DerivedKind.CHANGE, DerivedKind.PERCENTAGE_CHANGE])
def test_no_change_is_worked_out_of_uk_totals_that_are_not_known_to_count_the_same_forces(library, kind):
    """From 2017/18 to 2024/25, from 42 forces to 45, and of any other two years: nothing is made of them."""
    held = [f for f in library.figures(place=UK) if f.measure == "scc-offences"]
    assert {"2017/18", "2022/23", "2023/24", "2024/25"} <= {f.period.text for f in held}
    assert said(library, UK, kind) == {}


def test_a_change_says_what_chance_could_do(library):
    told = said(library, CAMBRIDGESHIRE, DerivedKind.PERCENTAGE_CHANGE)
    text = "Cambridgeshire: a rise of 17% in offences recorded from 2017/18 to 2019/20."
    assert told[text] == "No clear change: chance alone could make it."
    told = said(library, WALES, DerivedKind.PERCENTAGE_CHANGE)
    text = "Wales: a rise of 70% in offences recorded from 2021/22 to 2023/24."
    assert told[text].startswith("More than chance alone would make.")


def test_nothing_is_worked_out_across_the_break_of_a_class(library):
    """88A counts more from April 2017 on: no change goes from a year before to one after."""
    changes = said(library, WALES, DerivedKind.CHANGE, "ho-88a")
    assert "Wales: 10 more offences recorded in 2016/17 than in 2015/16." in changes
    assert [text for text in changes if "in 2018/19 than in 2017/18" in text]
    early = [f"{year}/{year % 100 + 1}" for year in range(2012, 2017)]
    late = [f"{year}/{year % 100 + 1}" for year in range(2017, 2025)]
    for text in (*changes, *said(library, WALES, DerivedKind.PERCENTAGE_CHANGE, "ho-88a")):
        assert not (any(one in text for one in early) and any(one in text for one in late)), text


def test_the_north_west_and_its_forces(library):
    assert (
        "The North West, 2017/18: its 4 forces with a number add up to 566 offences recorded; "
        "the published total is 565."
    ) in said(library, NORTH_WEST, DerivedKind.REGION_SUM)


def test_a_sum_names_the_forces_that_are_missing(library):
    (text,) = said(library, EAST, DerivedKind.REGION_SUM)
    assert text == (
        "The East of England, 2017/18: its 5 forces with a number add up to 252 offences recorded; "
        "the published total is 336. We hold no number for Norfolk and Bedfordshire."
    )


def test_rates_and_national_shares_of_a_force(library):
    rates = said(library, CAMBRIDGESHIRE, DerivedKind.RATE)
    assert {
        "Cambridgeshire, 2017/18: 7.8 offences recorded per 100,000 people (95% interval 6.0 to 9.9).",
        "Cambridgeshire, 2017/18: 3.6 offences recorded per 10,000 children (95% interval 2.8 to 4.6).",
    } <= set(rates)
    assert all("middle of the calendar year" in caveat for caveat in rates.values())
    shares = said(library, CAMBRIDGESHIRE, DerivedKind.NATIONAL_SHARE)
    assert "Cambridgeshire, 2017/18: 2.1% of the offences recorded for England and Wales." in shares
    assert any("at most" in text for text in shares)


def test_the_east_has_no_rate_where_it_takes_in_northamptonshire(library):
    """The NSPCC's East of England does; that of the official statistics is the region, and has rates."""
    assert said(library, EAST, DerivedKind.RATE) == {}
    assert (
        "The East of England, 2022/23: 11.3 offences recorded per 100,000 people (95% interval 10.5 to 12.2)."
    ) in said(library, EAST, DerivedKind.RATE, "ho-88a")


def test_wales_has_no_percentage_from_a_year_that_leaves_months_out(library):
    told = said(library, WALES, DerivedKind.PERCENTAGE_CHANGE)
    assert not [text for text in told if "2017/18" in text]
    assert [text for text in told if "from 2023/24 to 2024/25" in text]


@pytest.mark.parametrize("kind", plain_and_slow(DerivedKind))
def test_every_sentence_is_one(library, kind: DerivedKind):
    from explorer.evidence.model import PlaceLevel

    for place in library.places:
        if place.level is not PlaceLevel.LOCAL_AUTHORITY:
            for text, caveat in said(library, place.code, kind, measure="").items():
                assert text.endswith(".")
                assert "  " not in text + caveat
                assert "None" not in text


def test_every_caveat_has_its_words():
    from explorer.pages.panels.calculations import CAVEATS

    assert set(CAVEATS) == set(DerivedCaveat)


@pytest.mark.parametrize("step", plain_and_slow([8, 1]))
def test_the_workings_of_one_figure_are_among_those_of_all_and_none_is_left_out(library, step):
    seen = 0
    for place in list(library.figure_counts())[::step]:
        page = answer(library, Question(place=place))
        for figure in page.drawn:
            on = LazyCalculations(library, page.drawn, Preference.NEWEST).for_figure(figure)
            every = LazyCalculations(library, page.drawn, Preference.NEWEST)
            assert on == tuple(one for one in every if figure.id in one.inputs), (place, figure.id)
            seen += len(on)
    assert seen > 2000 // step


def test_workings_are_equal_by_what_they_say(library):
    first, second = (answer(library, Question(place=place)) for place in (CAMBRIDGESHIRE, "E23000032"))
    assert first.workings == answer(library, Question(place=CAMBRIDGESHIRE)).workings
    assert first.workings == tuple(first.workings)
    assert tuple(first.workings) == first.workings
    assert first.workings != second.workings
    assert hash(first.workings) == hash(tuple(first.workings))
    assert first.workings[0] == first.workings[:1][0]
