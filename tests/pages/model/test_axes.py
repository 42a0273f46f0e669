"""Axes: ticks that are round, reach far enough and never lie."""

import math
from decimal import Decimal

import pytest
from hypothesis import given, strategies as st

from explorer.evidence import periods
from explorer.evidence.formatting import format_number
from explorer.pages.model import axes


@given(st.floats(min_value=0, max_value=1e9, allow_nan=False), st.booleans())
def test_a_value_axis_starts_at_zero_and_reaches_past_the_highest(highest, whole):
    axis = axes.from_zero(highest, "Offences", whole=whole)
    assert axis.low == 0
    assert axis.ticks[0].at == 0
    assert axis.high >= highest
    assert axis.high == axis.ticks[-1].at
    assert 2 <= len(axis.ticks) <= 8


@given(st.floats(min_value=0.001, max_value=1e9))
def test_ticks_stand_at_equal_distances_and_say_where_they_stand(highest):
    axis = axes.from_zero(highest, "Share", whole=False)
    step = axis.ticks[1].at
    for number, tick in enumerate(axis.ticks):
        assert math.isclose(tick.at, number * step, rel_tol=1e-6, abs_tol=1e-9)
        assert math.isclose(float(tick.label.replace(",", "")), tick.at, rel_tol=1e-9, abs_tol=1e-9)


@given(st.floats(min_value=0, max_value=1e7))
def test_counts_have_whole_ticks(highest):
    assert all(tick.at == int(tick.at) for tick in axes.from_zero(highest, "Offences").ticks)


@pytest.mark.parametrize(
    ("value", "text"),
    [("1200", "1,200"), ("19.25", "19.25"), ("0", "0"), ("100", "100"), ("1E+3", "1,000"), ("2.50", "2.5")],
)
def test_numbers_are_grouped_and_exact(value, text):
    assert format_number(Decimal(value)) == text


def test_periods_stand_where_they_lie_in_time():
    axis = axes.over_time([periods.parse_period("2019/20"), periods.parse_period("2020-04/2020-06")])
    assert [tick.at for tick in axis.ticks] == [2019.75, 2020.375]
    assert [tick.label for tick in axis.ticks] == ["2019/20", "Apr-Jun\n2020"]


def test_a_lone_quarter_keeps_the_width_of_a_quarter():
    axis = axes.over_time([periods.parse_period("2020-04/2020-06")])
    assert axis.high - axis.low >= 1
