"""By quarter or by year: what is drawn together, what is offered, and how it is told."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, strategies as st

from explorer.cli.options import question_from_args
from explorer.evidence import formatting
from explorer.evidence.model import PeriodKind
from explorer.evidence.periods import is_overlapping, is_within, parse_period
from explorer.pages.model.chart import ChartKind
from explorer.pages.model.question import (
    PeriodGranularity,
    Question,
    TrendStyle,
    set_granularity as by,
    set_period_range,
)
from explorer.pages.page_builder import answer
from explorer.pages.selection.periods import (
    WHOLE,
    can_choose_granularity,
    filter_by_granularity,
    has_both_granularities,
    years_first,
)
from tests.pages.table_samples import CAMBS, FIRST, KENT, UK, figure, quarters

TEXTS = ["2017-04/2023-03", "2020", "2020-04/2020-09", "2021-01"]
TEXTS += [f"{year}/{(year + 1) % 100:02d}" for year in range(2019, 2024)]
TEXTS += [text for year in range(2018, 2024) for text in quarters(year)]
some_periods = st.lists(st.sampled_from([parse_period(text) for text in TEXTS]), unique_by=lambda p: p.text)


def made(several):
    return tuple(figure(CAMBS, FIRST, period, 5) for period in several)


@given(some_periods, st.sampled_from(PeriodGranularity))
def test_nothing_is_drawn_twice_and_nothing_is_lost(several, grain):
    figures = made(several)
    drawn = [f.period for f in filter_by_granularity(figures, grain)]
    assert bool(drawn) is bool(figures) or grain is PeriodGranularity.QUARTERS
    kept = {p.text for p in drawn}
    wholes = [p for p in drawn if p.kind in WHOLE]
    assert not [p for p in drawn if p.kind not in WHOLE and any(is_within(p, one) for one in wholes)]
    parts = [p for p in drawn if p.kind not in WHOLE]
    assert not [p for p in parts if any(p != one and is_within(p, one) for one in parts)]
    for period in several:
        if period.text in kept or period.kind is PeriodKind.SEVERAL_YEARS:
            continue
        if grain is PeriodGranularity.YEARS:
            longer = [one for one in drawn if one != period and is_overlapping(period, one)]
            assert longer
            assert period.kind in WHOLE or any(is_within(period, one) for one in longer)
        else:
            assert period.kind is not PeriodKind.QUARTER


@given(some_periods)
def test_quarters_are_offered_where_four_lie_in_years_that_are_held(several):
    years = [p for p in several if p.kind is PeriodKind.FINANCIAL_YEAR]
    held = [p for p in several if p.kind is PeriodKind.QUARTER and any(is_within(p, y) for y in years)]
    assert has_both_granularities(several) is (len(held) >= 4) is can_choose_granularity(made(several))


@given(some_periods)
def test_a_list_of_periods_is_newest_first_and_whole(several):
    ordered = formatting.distinct_periods(several)
    listed = years_first(ordered)
    assert sorted(p.text for p in listed) == sorted(p.text for p in ordered)
    kinds = [p.kind in WHOLE for p in listed]
    if has_both_granularities(ordered):
        assert kinds == sorted(kinds, reverse=True)


@given(some_periods)
def test_a_phrase_of_periods_names_few_and_bounds_many(several):
    told = formatting.describe_periods(several)
    if several and all(p.kind is PeriodKind.QUARTER for p in several):
        assert len(told) < 130
    assert bool(told) is bool(several)


def test_where_no_quarters_of_its_years_are_held_no_choice_is_offered(library):
    kept = 0
    for place in {f.place for f in library.figures(measure="scc-offences")}:
        asked = Question(place=place, measure="scc-offences")
        page = answer(library, asked, brief=True)
        parts = answer(library, by(PeriodGranularity.QUARTERS).apply_to(asked), brief=True)
        assert page.choices.grains == ()
        assert (parts.chart, parts.table) == (page.chart, page.table)
        kept += page.drawn[0].measure == "scc-offences"
    assert kept > 40


@pytest.mark.parametrize("place", ["E23000023", "E23000032", "E12000006", "K04000001"])
def test_a_shipped_class_is_told_by_year_and_by_quarter(library, place):
    asked = Question(place=place, measure="ho-88a")
    page = answer(library, asked, brief=True)
    assert [(c.id, c.chosen) for c in page.choices.grains] == [("years", True), ("quarters", False)]
    parts = answer(library, by(PeriodGranularity.QUARTERS).apply_to(asked), brief=True)
    assert {f.period.kind for f in parts.drawn} == {PeriodKind.QUARTER}
    assert {f.period.kind for f in page.drawn} <= {PeriodKind.FINANCIAL_YEAR, PeriodKind.PART_YEAR}
    assert len(parts.drawn) > 3 * len(page.drawn)


def test_years_come_first_and_quarters_are_a_press_away(tabled_library):
    asked = Question(place=CAMBS, measure="class-7")
    years = answer(tabled_library, asked)
    assert [(c.id, c.chosen) for c in years.choices.grains] == [("years", True), ("quarters", False)]
    assert [f.period.label for f in years.drawn] == ["2019/20", "2020/21", "2021/22", "2022/23"]
    parts = answer(tabled_library, by(PeriodGranularity.QUARTERS).apply_to(asked))
    assert {f.period.kind for f in parts.drawn} == {PeriodKind.QUARTER}
    assert len(parts.drawn) == len(parts.table.rows) == 16
    assert parts.chart.subtitle.endswith("quarters from April 2019 to March 2023")
    assert [t.label for t in parts.chart.categories.ticks] == ["2019/20", "2020/21", "2021/22", "2022/23"]
    assert parts.chart.title == "Cambridgeshire: 2,124 offences in Jan-Mar 2023, no clear change"
    assert "by year too" in " ".join(parts.chart.notes)
    assert parts.chart.alt_text.count("offences") >= 16


def test_a_year_that_is_still_running_keeps_its_quarters(tabled_library):
    figures = made(
        [parse_period("2021/22"), *map(parse_period, quarters(2021)), *map(parse_period, quarters(2022)[:2])]
    )
    assert [f.period.text for f in filter_by_granularity(figures)] == ["2021/22", *quarters(2022)[:2]]


def test_lines_of_several_places_are_told_by_quarter_too(tabled_library):
    asked = Question(
        place=CAMBS,
        measure="class-7",
        chart=ChartKind.COMPARE,
        style=TrendStyle.LINE,
        beside=(KENT,),
        grain=PeriodGranularity.QUARTERS,
    )
    page = answer(tabled_library, asked)
    assert len(page.drawn) == 32
    assert page.choices.grains
    assert page.chart.title == "Jan-Mar 2023: Cambridgeshire 2,124 offences, Kent 2,124"
    bars = answer(
        tabled_library,
        Question(place=CAMBS, measure="class-7", chart=ChartKind.COMPARE, grain=PeriodGranularity.QUARTERS),
    )
    assert {f.period.kind for f in bars.drawn} == {PeriodKind.FINANCIAL_YEAR}
    assert bars.choices.grains == ()


def test_a_year_bounds_quarters_and_stays_to_be_seen(tabled_library):
    asked = Question(place=CAMBS, measure="class-7", grain=PeriodGranularity.QUARTERS)
    page = answer(tabled_library, set_period_range("2020/21", "2021/22").apply_to(asked))
    assert len(page.drawn) == 8
    assert [c.label for c in page.choices.since if c.chosen] == ["From 2020/21"]
    assert [c.label for c in page.choices.until if c.chosen] == ["To 2021/22"]


def test_what_a_quarter_is_set_against_is_worked_out_once(tabled_library):
    page = answer(tabled_library, Question(place=CAMBS, measure="class-7", grain=PeriodGranularity.QUARTERS))
    assert len(page.workings) < 60
    for one, other in itertools.pairwise(page.workings):
        assert one != other


def test_the_flag_of_the_command_line():
    assert question_from_args(UK, {"by": "quarters"}).grain is PeriodGranularity.QUARTERS
    assert question_from_args(UK, {}).grain is PeriodGranularity.YEARS
    assert (
        Question.from_json(Question(place=UK, grain=PeriodGranularity.QUARTERS).to_json()).grain
        is PeriodGranularity.QUARTERS
    )
