"""The bounds that qualifiers and rounding leave open."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, strategies as st

from explorer.evidence.amounts import compute_bounds
from explorer.evidence.model import Qualifier, Unit

TABLE = """
number | qualifier | unit     | low    | high
114    | exact     | offences | 114    | 114
36     | exact     | per cent | 35.5   | 36.5
36.0   | exact     | per cent | 35.95  | 36.05
0      | exact     | per cent | 0      | 0.5
100    | exact     | per cent | 99.5   | 100
1200   | at least  | offences | 1200   | -
1200   | about     | offences | 1140   | 1260
70     | about     | per cent | 65     | 75
7      | about     | offences | 6.5    | 7.5
1300   | almost    | offences | 1235   | 1300
0      | exact     | offences | 0      | 0
0      | about     | offences | 0      | 0.5
99     | exact     | per cent change | 98.5   | 99.5
-27    | exact     | per cent change | -27.5  | -26.5
94.8   | exact     | per cent change | 94.75  | 94.85
0      | exact     | per cent change | -0.5   | 0.5
700    | almost    | per cent change | 650    | 700
4      | exact     | years of age    | 4      | 4
42     | exact     | forces          | 42     | 42
80     | exact     | platforms       | 80     | 80
"""


@pytest.mark.parametrize("line", TABLE.strip().splitlines()[1:])
def test_bounds(line: str) -> None:
    number, qualifier, unit, low, high = (cell.strip() for cell in line.split("|"))
    expected = (Decimal(low), None if high == "-" else Decimal(high))
    assert compute_bounds(Decimal(number), Qualifier(qualifier), Unit(unit)) == expected


def test_no_number_has_no_bounds() -> None:
    assert compute_bounds(None, Qualifier.EXACT, Unit.OFFENCES) == (None, None)


@given(
    st.decimals(min_value=0, max_value=100, places=2),
    st.sampled_from(Qualifier),
    st.sampled_from(Unit),
)
def test_the_number_lies_within_its_bounds(number: Decimal, qualifier: Qualifier, unit: Unit) -> None:
    low, high = compute_bounds(number, qualifier, unit)
    assert low is not None
    assert low <= number
    assert unit is Unit.CHANGE or low >= 0
    assert high is None or number <= high
    assert (high is None) == (qualifier is Qualifier.AT_LEAST)
