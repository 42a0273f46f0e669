"""Pages set like beside like: a quarter beside the same quarter, and published changes beside no rate."""

from __future__ import annotations

import pytest

from explorer.evidence.conflicts import Preference
from explorer.evidence.periods import are_comparable, equally_long, parse_period
from explorer.library.library import Library
from explorer.pages.model.chart import ChartKind
from explorer.pages.model.question import PeriodGranularity, Question, TrendStyle, ValueScale
from explorer.pages.page_builder import answer

DURHAM, UK, WALES = "E23000008", "K02000001", "W92000004"


@pytest.mark.parametrize(
    ("first", "second", "are"),
    [
        ("2017/18", "2024/25", True),
        ("2020-04/2020-06", "2021-04/2021-06", True),
        ("2020-04/2020-06", "2020-07/2020-09", False),
        ("2020-07/2021-03", "2025-04/2025-12", False),
    ],
)
def test_parts_of_a_year_are_alike_only_where_they_have_the_same_months(first: str, second: str, are: bool):
    assert are_comparable(parse_period(first), parse_period(second)) is are
    assert equally_long(parse_period(first), parse_period(second))


def test_a_quarter_is_set_beside_the_same_quarter_of_the_year_before(library: Library):
    page = answer(library, Question(place=DURHAM, measure="ho-88a", grain=PeriodGranularity.QUARTERS), brief=True)
    starts = {f.id: f.period.start for f in page.drawn}
    pairs = [w.inputs for w in page.workings if w.kind in {"change", "percentage change"}]
    assert len(pairs) > 40
    for first, last in pairs:
        assert starts[first].month == starts[last].month
        assert starts[last].year - starts[first].year == 1


def test_an_index_of_quarters_has_only_the_quarter_of_its_base(library: Library):
    asked = Question(
        place=DURHAM,
        measure="ho-88a",
        grain=PeriodGranularity.QUARTERS,
        chart=ChartKind.COMPARE,
        scale=ValueScale.CHANGE,
    )
    page = answer(library, Question.from_json(asked.to_json().replace('"bars"', f'"{TrendStyle.LINE}"')), brief=True)
    months = {f.id: f.period.start.month for f in page.drawn}
    assert {months[d.figure] for s in page.chart.series for d in s.data} == {10}


def test_a_map_of_published_changes_has_no_rate_and_offers_none(library: Library):
    for scale in ValueScale:
        page = answer(library, Question(place=UK, chart=ChartKind.MAP, measure="scc-change", scale=scale), brief=True)
        assert page.chart.title == "2022/23: −1% to almost +700% as published changes"
        assert not any("offences per" in tile.name for tile in page.chart.tiles)
        assert page.choices.scales == ()


def test_titles_that_rest_on_doubtful_figures_alone_say_so(library: Library):
    asked = Question(place=WALES, chart=ChartKind.BREAKDOWN, rule=Preference.FIRST)
    assert answer(library, asked, brief=True).chart.title == "Wales: aged 11 and under 56, in doubt"
    mapped = Question(place=UK, chart=ChartKind.MAP, measure="meeting-after-grooming")
    page = answer(library, mapped, brief=True)
    told = {tile.label.rstrip("?") for tile in page.chart.tiles if tile.label.endswith("?")}
    assert not told & set(page.chart.title.replace(":", "").split()) or "in doubt" in page.chart.title
    assert " beside " not in page.chart.title


def test_a_figure_in_a_list_carries_what_it_is_a_share_of(library: Library):
    others = [one.label for one in answer(library, Question(place=UK), brief=True).others]
    assert any(label.endswith("80% of children whose sex was recorded") for label in others)
    assert not [label for label in others if label.endswith("%")]
