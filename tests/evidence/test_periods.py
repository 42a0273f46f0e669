"""Periods: read, named, ordered and set against each other."""

from __future__ import annotations

import re
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, strategies as st

from explorer.evidence import periods
from explorer.evidence.model import Period, PeriodKind

CASES = """
2019/20                   | 2019/20               | 2019/20             | financial year
2019-20                   | 2019/20               | 2019/20             | financial year
2019–20                   | 2019/20               | 2019/20             | financial year
2019/2020                 | 2019/20               | 2019/20             | financial year
2012_13                   | 2012/13               | 2012/13             | financial year
1999/00                   | 1999/00               | 1999/00             | financial year
year ending March 2020    | 2019/20               | 2019/20             | financial year
2019                      | 2019                  | 2019                | calendar year
year to December 2019     | 2019                  | 2019                | calendar year
2020-04/2020-06           | 2020-04/2020-06       | Apr-Jun 2020        | quarter
Apr-Jun 2020              | 2020-04/2020-06       | Apr-Jun 2020        | quarter
April to June 2020        | 2020-04/2020-06       | Apr-Jun 2020        | quarter
between April and June 2020 | 2020-04/2020-06     | Apr-Jun 2020        | quarter
1 April to 30 June 2020   | 2020-04/2020-06       | Apr-Jun 2020        | quarter
Q1 2020/21                | 2020-04/2020-06       | Apr-Jun 2020        | quarter
2020-21 Q4                | 2021-01/2021-03       | Jan-Mar 2021        | quarter
2011-04/2011-12           | 2011-04/2011-12       | Apr-Dec 2011        | part-year
Sept. 2019                | 2019-09/2019-09       | Sep 2019            | part-year
2012-11                   | 2012-11/2012-11       | Nov 2012            | part-year
2017-04-03/2017-10-02     | 2017-04-03/2017-10-02 | 3 Apr 2017-2 Oct 2017 | part-year
3 April 2017 to 2 October 2017 | 2017-04-03/2017-10-02 | 3 Apr 2017-2 Oct 2017 | part-year
2020-04-03                | 2020-04-03/2020-04-03 | 3 Apr 2020          | part-year
2015-07/2016-06           | 2015-07/2016-06       | Jul 2015-Jun 2016   | year
2017/18 to 2019/20        | 2017-04/2020-03       | Apr 2017-Mar 2020   | several years
Apr 2017-Mar 2020         | 2017-04/2020-03       | Apr 2017-Mar 2020   | several years
2017-04/2018-09           | 2017-04/2018-09       | Apr 2017-Sep 2018   | several years
"""

REFUSED = """
2019/21      | the one from April 2019 is "2019/20"
2011-12      | "2011/12" or "Dec 2011"
Q1 2020      | "Q1 2020/21"
Oct-Jan 2020 | name the year of both ends
30 Feb 2020  | not a day or month of the calendar
2020-00/2020-03 | not a day or month of the calendar
lockdown     | not a period this program can read
1519/20      | not a period this program can read
٢٠١٩         | not a period this program can read
"""


def rows(table: str) -> list[tuple[str, ...]]:
    return [tuple(cell.strip() for cell in line.split("|")) for line in table.strip().splitlines()]


@pytest.mark.parametrize(("written", "text", "label", "kind"), rows(CASES))
def test_it_reads_the_ways_a_period_is_written(written: str, text: str, label: str, kind: str) -> None:
    period = periods.parse_period(written)
    assert (period.text, period.label, period.kind) == (text, label, PeriodKind(kind))


@pytest.mark.parametrize(("written", "why"), rows(REFUSED))
def test_it_refuses_with_a_reason(written: str, why: str) -> None:
    with pytest.raises(ValueError, match=re.escape(why)):
        periods.parse_period(written)


def test_it_refuses_an_empty_and_an_endless_text() -> None:
    with pytest.raises(ValueError, match="empty"):
        periods.parse_period("  ")
    with pytest.raises(ValueError, match="100000000 characters"):
        periods.parse_period("2" * 100_000_000)


def test_positions_and_lengths() -> None:
    year, quarter = periods.parse_period("2019/20"), periods.parse_period("2020-04/2020-06")
    assert periods.year_span(year) == (2019.25, 2020.25)
    assert periods.year_span(quarter) == (2020.25, 2020.5)
    assert periods.year_position(date(2020, 4, 1)) == 2020.25
    assert (periods.count_months(year), periods.count_months(quarter)) == (12, 3)
    assert periods.count_months(periods.parse_period("2017-04-03/2017-10-02")) == 6
    assert periods.count_months(periods.parse_period("2017-01-31/2017-02-26")) == 0


def test_alike_is_kind_length_and_months() -> None:
    assert periods.are_comparable(periods.parse_period("2018/19"), periods.parse_period("2019/20"))
    assert periods.are_comparable(periods.parse_period("Apr-Jun 2020"), periods.parse_period("Apr-Jun 2021"))
    assert not periods.are_comparable(periods.parse_period("Jan-Mar 2020"), periods.parse_period("Apr-Jun 2020"))
    assert periods.equally_long(periods.parse_period("Jan-Mar 2020"), periods.parse_period("Apr-Jun 2020"))
    assert not periods.are_comparable(periods.parse_period("2019"), periods.parse_period("2019/20"))
    assert not periods.are_comparable(periods.parse_period("2020-04/2020-06"), periods.parse_period("2019/20"))
    assert not periods.are_comparable(periods.parse_period("2020-04/2020-09"), periods.parse_period("2020-04/2020-08"))


days = st.dates(min_value=date(1900, 1, 1), max_value=date(2090, 12, 31))
firsts = days.map(lambda day: day.replace(day=1))


@st.composite
def any_period(draw: st.DrawFn) -> Period:
    if draw(st.booleans()):
        start = draw(firsts)
        last_month = start.year * 12 + start.month - 1 + draw(st.integers(0, 40))
        after = date((last_month + 1) // 12, (last_month + 1) % 12 + 1, 1)
        return periods.build_period(start, after - timedelta(days=1))
    start = draw(days)
    return periods.build_period(start, start + timedelta(days=draw(st.integers(0, 1500))))


@given(any_period())
def test_its_text_and_its_label_lead_back_to_it(period: Period) -> None:
    assert periods.parse_period(period.text) == period
    assert periods.parse_period(period.label) == period


@given(st.lists(any_period(), max_size=8))
def test_order_is_by_beginning_then_end(some: list[Period]) -> None:
    ordered = sorted(some, key=periods.order_key)
    for earlier, later in pairwise(ordered):
        assert (earlier.start, earlier.end) <= (later.start, later.end)


@given(any_period(), any_period())
def test_overlap_and_within_agree_with_the_days(first: Period, second: Period) -> None:
    shared = min(first.end, second.end) >= max(first.start, second.start)
    assert periods.is_overlapping(first, second) == periods.is_overlapping(second, first) == shared
    if periods.is_within(first, second):
        assert shared
        assert periods.count_months(first) <= periods.count_months(second)
    assert periods.is_within(first, first)


@given(any_period(), any_period())
def test_alike_is_symmetric_and_reflexive(first: Period, second: Period) -> None:
    assert periods.are_comparable(first, first)
    assert periods.are_comparable(first, second) == periods.are_comparable(second, first)


@given(days, days)
def test_positions_rise_with_the_days(first: date, second: date) -> None:
    assert (first < second) == (periods.year_position(first) < periods.year_position(second))
    assert int(periods.year_position(first)) == first.year


@given(any_period())
def test_kind_follows_from_length(period: Period) -> None:
    length = periods.count_months(period)
    if period.kind is PeriodKind.QUARTER:
        assert length == 3
    elif period.kind is PeriodKind.PART_YEAR:
        assert length < 12
    else:
        assert length >= 12


@given(st.text(max_size=40))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        period = periods.parse_period(text)
    except ValueError:
        return
    assert period.start <= period.end
    assert periods.parse_period(period.text) == period
