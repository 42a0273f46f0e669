"""What a printed number can stand for."""

from __future__ import annotations

from decimal import Decimal
from itertools import permutations

import pytest
from hypothesis import given, strategies as st

from explorer.evidence.amounts import (
    Direction,
    amount_bounds,
    are_compatible,
    compare_amounts,
    is_exact,
    point_estimate,
)
from explorer.evidence.model import Amount, Qualifier, Unit
from tests.evidence.first_article import amount


def test_bounds_fall_back_on_the_qualifier_where_none_are_given() -> None:
    five = Decimal(5)
    assert amount_bounds(Amount(number=five)) == (five, five)
    assert amount_bounds(Amount(number=five, qualifier=Qualifier.AT_LEAST)) == (five, None)
    assert amount_bounds(Amount(number=five, qualifier=Qualifier.ALMOST)) == (None, five)
    assert amount_bounds(amount(None)) == (None, None)
    assert not is_exact(amount(None))


def test_at_least_stands_for_its_lowest_value() -> None:
    assert point_estimate(amount("1200", qualifier="at least", low=Decimal(1201))) == 1201
    assert point_estimate(amount("36", Unit.PER_CENT)) == 36
    with pytest.raises(ValueError, match="no number"):
        point_estimate(amount(None))


def test_steps() -> None:
    share = Unit.PER_CENT
    assert compare_amounts(amount("66"), amount("71")) is Direction.ROSE
    assert compare_amounts(amount("71"), amount("66")) is Direction.FELL
    assert compare_amounts(amount("71"), amount("71")) is Direction.SAME
    assert compare_amounts(amount("29", share), amount("37", share)) is Direction.ROSE
    assert compare_amounts(amount("36", share), amount("37", share)) is Direction.UNCERTAIN
    assert compare_amounts(amount("1200", qualifier="at least"), amount("1300")) is Direction.UNCERTAIN
    assert compare_amounts(amount("1100"), amount("1200", qualifier="at least")) is Direction.ROSE
    assert compare_amounts(amount("1300"), amount("1200", qualifier="at least")) is Direction.UNCERTAIN


amounts = st.builds(
    lambda number, unit, qualifier: amount(str(number), unit, qualifier),
    st.integers(0, 60),
    st.sampled_from([Unit.OFFENCES, Unit.PER_CENT]),
    st.sampled_from(["exact", "exact", "at least", "about", "almost"]),
)


@given(amounts, amounts)
def test_a_step_back_is_the_other_way(first: Amount, second: Amount) -> None:
    back = {Direction.ROSE: Direction.FELL, Direction.FELL: Direction.ROSE}
    there = compare_amounts(first, second)
    assert compare_amounts(second, first) is back.get(there, there)


@given(st.lists(amounts, max_size=4))
def test_compatible_is_symmetric_and_no_stricter_than_its_pairs(some: list[Amount]) -> None:
    whole = are_compatible(tuple(some))
    assert all(are_compatible(order) == whole for order in permutations(some))
    if whole:
        assert all(are_compatible(pair) for pair in permutations(some, 2))
    assert are_compatible(tuple(some[:1] * 2))


def test_ranges_that_only_touch_are_not_compatible() -> None:
    share = Unit.PER_CENT
    assert not are_compatible((amount("51", share), amount("52", share)))
    assert are_compatible((amount("37", share), amount("37.4", share)))
    assert are_compatible((amount("1200", qualifier="at least"), amount("1220")))
    assert are_compatible((amount("1200", qualifier="at least"), amount("1200")))
    assert not are_compatible((amount("1220"), amount("1224")))
    assert are_compatible((amount("1220"), amount(None)))
