"""Counts below nought, which corrections make: they are drawn as they are, and nothing fails on them."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, strategies as st

from explorer.pages.charts.tile_values import bin_changes, bin_values
from explorer.pages.model import axes
from explorer.pages.model.chart import ChartKind
from explorer.pages.model.question import PeriodGranularity, Question, TrendStyle, ValueScale
from explorer.pages.page_builder import answer
from tests.pages.table_samples import CAMBS, FIRST, KENT, PACK
from tests.run_sizes import plain_and_slow


@given(st.lists(st.integers(-(10**6), 10**6).map(float), max_size=8), st.booleans())
def test_an_axis_holds_nought_and_every_value(values, whole):
    axis = axes.build_value_axis(values, "Offences", whole=whole)
    assert axis.low <= min((0.0, *values)) <= max((0.0, *values)) <= axis.high
    assert axis.low < axis.high
    assert any(tick.at == 0 for tick in axis.ticks)
    assert all(axis.low <= tick.at <= axis.high for tick in axis.ticks)
    assert 1 <= len(axis.ticks) <= 10
    gaps = {round(b.at - a.at, 6) for a, b in zip(axis.ticks, axis.ticks[1:], strict=False)}
    assert max(gaps, default=1) - min(gaps, default=1) <= 1e-6 * max(gaps, default=1)


@given(st.lists(st.floats(0, 1e6), max_size=8))
def test_without_one_the_axis_is_what_it_was(values):
    assert axes.build_value_axis(values, "Offences") == axes.from_zero(max(values, default=0.0), "Offences")


@given(st.lists(st.integers(-50, 50), max_size=45))
def test_steps_of_a_map_hold_any_numbers(values):
    from decimal import Decimal

    several = tuple(map(Decimal, values))
    for parted in (bin_values(several), bin_changes(several)):
        assert all(0 <= parted.bin_index(one) < max(1, len(parted.bands)) for one in several)


@pytest.mark.parametrize("style", TrendStyle)
def test_a_trend_goes_below_nought_and_its_table_is_exact(tabled_library, style):
    page = answer(tabled_library, Question(place=CAMBS, measure=FIRST, grain=PeriodGranularity.QUARTERS, style=style))
    values = [d.value for s in page.chart.series for d in s.data]
    assert min(v for v in values if v is not None) == -2
    assert page.chart.values.low <= -2
    assert any(d.label == "−2" for s in page.chart.series for d in s.data)
    assert "−2" in {cell for row in page.table.rows for cell in row.cells}
    assert not any(math.isnan(v) for v in values if v is not None)


@pytest.mark.parametrize("kind", plain_and_slow(ChartKind, 2))
@pytest.mark.parametrize("how", ValueScale)
@pytest.mark.parametrize("style", TrendStyle)
def test_every_chart_of_it_can_be_had(tabled_library, kind, how, style):
    for grain in PeriodGranularity:
        asked = Question(place=CAMBS, measure=FIRST, chart=kind, scale=how, style=style, beside=(KENT,), grain=grain)
        page = answer(tabled_library, asked)
        assert page.chart.alt_text


def test_a_map_of_a_quarter_below_nought(tabled_library):
    asked = Question(place=CAMBS, measure=FIRST, chart=ChartKind.MAP, period="2021-10/2021-12")
    page = answer(tabled_library, asked)
    assert {tile.label for tile in page.chart.tiles} == {"−2"}
    for how in ValueScale:
        for base in ("", "2020-10/2020-12"):
            changed = Question(
                place=CAMBS,
                measure=FIRST,
                chart=ChartKind.MAP,
                period="2021-10/2021-12",
                scale=how,
                base=base,
            )
            assert len(answer(tabled_library, changed).chart.tiles) == 45


def test_no_percentage_is_taken_of_a_count_below_nought(tabled_library):
    def bases(measure):
        page = answer(tabled_library, Question(place=CAMBS, measure=measure, grain=PeriodGranularity.QUARTERS))
        assert page.workings
        return {w.inputs[0] for w in page.workings if "%" in w.amount}

    quarter = f"{CAMBS}.2021-10-2021-12"
    assert f"{PACK}/class-7.{quarter}" in bases("class-7")
    assert bases(FIRST) == set()  # −2 is below nought, and 5 is too few


def test_the_map_of_a_class_shows_its_newest_full_year_with_years_first(tabled_library):
    page = answer(tabled_library, Question(place=CAMBS, measure="class-7", chart=ChartKind.MAP))
    assert page.chart.title == "2022/23: 2,126 offences in 45 of 45 areas"
    labels = [c.label for c in page.choices.periods]
    assert labels[:5] == ["2022/23", "2021/22", "2020/21", "2019/20", "January to March 2023"]
    assert len(labels) == 20
    rated = answer(tabled_library, Question(place=CAMBS, measure="class-7", chart=ChartKind.MAP, scale=ValueScale.RATE))
    assert rated.chart.title == "2022/23: 24.0 to 422.6 per 100,000 people"
    without = {tile.place for tile in rated.chart.tiles if tile.label == "[x]"}
    assert without == {"E23000034", "S23000009", "PSNI"}  # few live there, or no population is held
    changed = answer(
        tabled_library, Question(place=CAMBS, measure="class-7", chart=ChartKind.MAP, scale=ValueScale.CHANGE)
    )
    assert "change from 2019/20 to 2022/23" in changed.chart.subtitle
