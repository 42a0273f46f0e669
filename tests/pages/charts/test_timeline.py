"""All periods of a chart over time, of which a part is shown: the scale stays, and what is in view becomes words."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st
from msgspec.structs import replace

from explorer.library.library import Library
from explorer.pages.model.chart import ChartKind, ChartTimeline, TimelinePeriod
from explorer.pages.model.question import PeriodGranularity, Question, TrendStyle, ValueScale
from explorer.pages.page_builder import answer
from tests.render import samples

KENT, ESSEX = "E23000032", "E23000028"
QUARTERS = Question(place=KENT, measure="88A", grain=PeriodGranularity.QUARTERS)


def timeline(*spans: tuple[float, float]) -> ChartTimeline:
    periods = tuple(
        TimelinePeriod(text=f"p{number}", label=f"P{number}", start=start, end=end)
        for number, (start, end) in enumerate(spans)
    )
    return ChartTimeline(periods=periods, chart=samples.trend())


def years(count: int) -> ChartTimeline:
    return timeline(*((2012.25 + at, 2013.25 + at) for at in range(count)))


@pytest.mark.parametrize(
    ("low", "high", "bounds"),
    [
        (2000, 2100, ("", "")),
        (2012.25, 2022.25, ("", "")),
        (2014.25, 2018.25, ("p2", "p5")),
        (2014.5, 2018.6, ("p2", "p5")),
        (2014.9, 2018.9, ("p3", "p6")),
        (2015.3, 2015.4, ("p3", "p3")),
        (1990, 1991, ("p0", "p0")),
        (2050, 2051, ("p9", "p9")),
    ],
)
def test_what_is_in_view_is_said_in_whole_periods(low: float, high: float, bounds: tuple[str, str]):
    assert years(10).bounds_of(low, high) == bounds


@given(st.integers(5, 60), st.floats(2000, 2090), st.floats(0.01, 80))
def test_there_is_always_a_period_in_view(count: int, low: float, length: float):
    seen = years(count).seen(low, low + length)
    assert seen
    assert list(seen) == sorted(seen, key=lambda one: one.start)


def test_a_period_that_overlaps_others_counts_by_its_own_half():
    several = timeline(*((2012.25 + at, 2013.25 + at) for at in range(5)), (2012.25, 2017.25))
    assert several.bounds_of(2015.25, 2017.25) == ("p3", "p4")


def test_a_bounded_chart_has_all_its_periods_beside_it(library: Library):
    whole = answer(library, QUARTERS)
    part = answer(library, replace(QUARTERS, since="2019/20", until="2024/25"))
    assert whole.timeline is not None
    assert part.timeline is not None
    assert part.timeline.chart.series == whole.chart.series
    assert part.timeline.periods == whole.timeline.periods
    assert len(part.chart.series[0].data) == 24 < len(whole.chart.series[0].data)
    assert part.chart.values == whole.chart.values, "heights compare"


def test_an_index_keeps_its_own_scale(library: Library):
    asked = Question(
        place=KENT, chart=ChartKind.COMPARE, measure="88A", beside=(ESSEX,), style=TrendStyle.LINE,
        scale=ValueScale.CHANGE,
    )  # fmt: skip
    part = answer(library, replace(asked, since="2021/22"))
    assert part.timeline is not None
    assert part.chart.values != part.timeline.chart.values or part.chart.series == part.timeline.chart.series


@pytest.mark.parametrize("kind", [ChartKind.PLATFORMS, ChartKind.MAP, ChartKind.BREAKDOWN])
def test_what_is_of_one_period_has_none(library: Library, kind: ChartKind):
    assert answer(library, Question(place="K02000001", chart=kind)).timeline is None


def test_few_periods_are_seen_whole(seed_library: Library):
    assert answer(seed_library, Question(place="E23000023")).timeline is None


def test_every_place_and_bound_gives_back_what_is_shown(library: Library):
    """From the view of a page back to its question: the same periods are drawn."""
    for place in list(library.figure_counts())[::6]:
        page = answer(library, Question(place=place), brief=True)
        if page.timeline is None:
            continue
        periods = page.timeline.periods
        for first, last in ((0, len(periods) - 2), (1, len(periods) - 1), (len(periods) // 2, len(periods) // 2)):
            since, until = page.timeline.bounds_of(periods[first].start, periods[last].end)
            part = answer(library, Question(place=place, since=since, until=until), brief=True)
            shown = {figure.period.text for figure in part.drawn if figure.place == part.place.code}
            own = {figure.period.text for figure in page.drawn if figure.place == page.place.code}
            expected = {one.text for one in page.timeline.seen(periods[first].start, periods[last].end)} & own
            assert shown >= expected


def test_what_is_shown_instead_is_on_its_own_scale(library: Library):
    """Where so little is asked for that another chart is shown, its numbers stand on its axis."""
    asked = Question(place="K02000001", chart=ChartKind.SHIFT)
    whole = answer(library, asked)
    assert whole.timeline is not None
    for period in whole.timeline.periods:
        part = answer(library, replace(asked, since=period.text, until=period.text))
        values = [datum.value for series in part.chart.series for datum in series.data if datum.value is not None]
        assert all(part.chart.values.low <= value <= part.chart.values.high for value in values)
        assert part.timeline is None or part.timeline.chart.kind is part.chart.kind


def test_lines_are_seen_over_two_periods_at_the_least(library: Library):
    page = answer(library, Question(place="K02000001", chart=ChartKind.SHIFT))
    assert page.timeline is not None
    for period in page.timeline.periods:
        assert len(page.timeline.seen(period.start, period.end)) >= 2


def test_totals_of_several_years_are_no_place_to_stop_at(library: Library):
    for place in ("K02000001", "E12000006", "W92000004"):
        for kind in (ChartKind.TREND, ChartKind.SHIFT):
            page = answer(library, Question(place=place, chart=kind))
            if page.timeline is not None:
                assert all(period.end - period.start < 1.1 for period in page.timeline.periods)


def test_a_bound_that_binds_is_among_the_choices(library: Library):
    page = answer(library, Question(place="K02000001", since="2019-10/2019-12"))
    assert [one.id for one in page.choices.since if one.chosen] == ["2019-10/2019-12"]
