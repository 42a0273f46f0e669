"""What chance could do: intervals and tests, against published examples and for any numbers."""

from __future__ import annotations

import math
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, strategies as st

from explorer.evidence.analysis import chance
from explorer.evidence.analysis.chance import (
    BYAR_FROM,
    LEVEL,
    AmountMovement,
    classify_movement,
    counts_p_value,
    poisson_interval,
    rate_interval,
    share_movement,
    shares_p_value,
)
from explorer.evidence.model import Unit
from tests.evidence.first_article import amount

counts = st.integers(0, 3000)
small = st.integers(0, 60)


@pytest.mark.parametrize(
    ("count", "low", "high"),
    [
        # Exact Poisson limits, as in the tables of Garwood (1936) and of Pearson and Hartley.
        (0, 0.0, 3.689),
        (1, 0.02532, 5.572),
        (2, 0.2422, 7.225),
        (5, 1.6235, 11.668),
        (9, 4.1154, 17.085),
        # Byar's limits, from 10 on.
        (10, 4.787, 18.390),
        (66, 51.04, 83.97),
        (100, 81.36, 121.63),
    ],
)
def test_the_interval_of_a_count_is_the_published_one(count: int, low: float, high: float) -> None:
    assert poisson_interval(count) == pytest.approx((low, high), rel=5e-4)


@pytest.mark.parametrize(("count", "low", "high"), [(10, 4.7954, 18.3904), (100, 81.3639, 121.6270)])
def test_byars_limits_are_near_the_exact_ones(count: int, low: float, high: float) -> None:
    assert chance._exact_interval(count) == pytest.approx((low, high), rel=1e-4)
    assert poisson_interval(count) == pytest.approx((low, high), rel=2e-3)


@pytest.mark.parametrize("count", range(BYAR_FROM))
def test_the_limits_of_a_small_count_leave_a_fortieth_on_either_side(count: int) -> None:
    def at_most(many: int, mean: float) -> float:
        return sum(math.exp(-mean) * mean**one / math.factorial(one) for one in range(many + 1))

    low, high = poisson_interval(count)
    assert at_most(count, high) == pytest.approx(0.025)
    assert low == 0 if count == 0 else 1 - at_most(count - 1, low) == pytest.approx(0.025)


@given(counts)
def test_an_interval_holds_its_count_and_moves_up_with_it(count: int) -> None:
    low, high = poisson_interval(count)
    assert 0 <= low <= count < high
    assert all(a > b for a, b in zip(poisson_interval(count + 1), (low, high), strict=True))


def test_no_interval_of_less_than_nothing() -> None:
    with pytest.raises(ValueError, match="below 0"):
        poisson_interval(-1)
    with pytest.raises(ValueError, match="no people"):
        rate_interval(Decimal(3), Decimal(0), Decimal(100_000))


@given(counts, st.integers(0, 7), st.integers(0, 7))
def test_an_interval_widens_as_the_level_rises(count: int, one: int, other: int) -> None:
    tails = sorted((0.1 / 2**one, 0.1 / 2**other), reverse=True)
    deviates = {0.1 / 2**n: z for n, z in enumerate((1.2816, 1.6449, 1.9600, 2.2414, 2.4977, 2.7344, 2.9552, 3.1633))}
    with pytest.MonkeyPatch.context() as patched:
        found = []
        for tail in tails:
            patched.setattr(chance, "_TAIL", tail)
            patched.setattr(chance, "_Z", deviates[tail])
            found.append(poisson_interval.__wrapped__(count))
    (low, high), (wider_low, wider_high) = found
    assert wider_low <= low
    assert wider_high >= high


@given(counts, st.integers(1, 10**7), st.sampled_from([10_000, 100_000]))
def test_the_interval_of_a_rate_is_that_of_its_count(count: int, people: int, per: int) -> None:
    low, high = rate_interval(Decimal(count), Decimal(people), Decimal(per))
    of_count = poisson_interval(count)
    assert (float(low), float(high)) == pytest.approx([one * per / people for one in of_count])
    assert low <= Decimal(count) * per / people <= high


@pytest.mark.parametrize(
    ("first", "second", "share", "p"),
    [
        (0, 0, 0.5, 1.0),
        (0, 5, 0.5, 2 / 2**5),
        (0, 6, 0.5, 2 / 2**6),
        (2, 8, 0.5, 2 * (1 + 10 + 45) / 2**10),
        (5, 5, 0.5, 1.0),
        (66, 77, 0.5, 0.403),
        (26, 52, 0.5, 0.0043),
        (0, 3, 0.25, 2 * 0.75**3),
        (3, 0, 0.25, 2 * 0.25**3),
    ],
)
def test_counts_are_compared_exactly(first: int, second: int, share: float, p: float) -> None:
    assert counts_p_value(first, second, share) == pytest.approx(p, rel=0.02 if first > 20 else 1e-9)


@given(small, small, st.integers(1, 9))
def test_the_test_of_counts_is_that_of_the_binomial(first: int, second: int, tenths: int) -> None:
    share, total = Fraction(tenths, 10), first + second
    terms = [math.comb(total, k) * share**k * (1 - share) ** (total - k) for k in range(total + 1)]
    exact = min(Fraction(1), 2 * min(sum(terms[: first + 1]), sum(terms[first:])))
    assert counts_p_value(first, second, tenths / 10) == pytest.approx(float(exact), rel=1e-6)


@given(counts, counts, st.integers(1, 99))
def test_which_count_comes_first_is_all_the_same(first: int, second: int, share: int) -> None:
    one, other = share / 100, 1 - share / 100
    assert 0 <= counts_p_value(first, second, one) <= 1
    assert counts_p_value(first, second, one) == pytest.approx(counts_p_value(second, first, other), rel=1e-6)


@given(counts, counts, st.integers(1, 500))
def test_counts_further_apart_are_the_less_like_chance(first: int, more: int, further: int) -> None:
    assert counts_p_value(first, first) == 1
    nearer, farther = (counts_p_value(first, first + gap) for gap in (more, more + further))
    assert farther <= nearer * (1 + 1e-9)


@pytest.mark.parametrize("wrong", [(-1, 2, 0.5), (2, -1, 0.5), (1, 2, 0.0), (1, 2, 1.0)])
def test_what_is_no_count_cannot_be_compared(wrong: tuple[int, int, float]) -> None:
    with pytest.raises(ValueError, match="can be compared"):
        counts_p_value(*wrong)


@pytest.mark.parametrize(
    ("first", "of_first", "second", "of_second", "p"),
    [
        (3, 4, 1, 4, Fraction(34, 70)),  # Fisher's tea tasting: (16 + 1) ÷ 70 on either side
        (4, 4, 0, 4, Fraction(2, 70)),
        (2, 4, 2, 4, Fraction(1)),
        (1, 10, 11, 14, Fraction(2, 727)),  # 0.00276
        (0, 5, 5, 5, Fraction(2, 252)),
        (0, 0, 3, 5, Fraction(1)),
    ],
)
def test_shares_are_compared_by_fishers_test(
    first: int, of_first: int, second: int, of_second: int, p: Fraction
) -> None:
    assert shares_p_value(first, of_first, second, of_second) == pytest.approx(float(p), rel=4e-3)


@given(st.data(), st.integers(0, 40), st.integers(0, 40))
def test_fishers_test_is_the_sum_of_what_is_no_likelier(data: st.DataObject, n: int, m: int) -> None:
    a, b = data.draw(st.integers(0, n)), data.draw(st.integers(0, m))
    ways = {k: math.comb(n, k) * math.comb(m, a + b - k) for k in range(min(n, a + b) + 1) if a + b - k <= m}
    exact = Fraction(sum(way for way in ways.values() if way <= ways[a]), math.comb(n + m, a + b))
    assert shares_p_value(a, n, b, m) == pytest.approx(float(exact), rel=1e-6)
    assert shares_p_value(a, n, b, m) == pytest.approx(shares_p_value(b, m, a, n), rel=1e-6)
    assert shares_p_value(a, n, b, m) == pytest.approx(shares_p_value(n - a, n, m - b, m), rel=1e-6)


@pytest.mark.parametrize("wrong", [(5, 4, 1, 2), (1, 2, 3, 2), (-1, 2, 1, 2)])
def test_a_part_is_at_most_its_whole(wrong: tuple[int, int, int, int]) -> None:
    with pytest.raises(ValueError, match="at most its whole"):
        shares_p_value(*wrong)


@given(counts, counts, st.integers(1, 9))
def test_what_is_said_of_two_counts_is_what_the_test_says(first: int, second: int, tenths: int) -> None:
    found = classify_movement(amount(str(first)), amount(str(second)), tenths / 10)
    if first == second or counts_p_value(first, second, tenths / 10) >= LEVEL:
        assert found is AmountMovement.UNCLEAR
    else:
        assert found is (AmountMovement.ROSE if second > first else AmountMovement.FELL)


@pytest.mark.parametrize(
    ("earlier", "later", "found"),
    [
        (("66", "exact"), ("77", "exact"), AmountMovement.UNCLEAR),
        (("66", "exact"), ("100", "exact"), AmountMovement.ROSE),
        (("100", "exact"), ("66", "exact"), AmountMovement.FELL),
        (("66", "exact"), ("100", "at least"), AmountMovement.ROSE),
        (("66", "at least"), ("100", "exact"), AmountMovement.OPEN),
        (("100", "at least"), ("66", "at least"), AmountMovement.OPEN),
        (("-3", "exact"), ("40", "exact"), AmountMovement.OPEN),
    ],
)
def test_neither_an_open_end_nor_a_correction_makes_a_change(
    earlier: tuple[str, str], later: tuple[str, str], found: AmountMovement
) -> None:
    first, second = (amount(number, Unit.OFFENCES, how) for number, how in (earlier, later))
    assert classify_movement(first, second) is found


def test_shares_need_their_bases() -> None:
    before, after = amount("29", Unit.PER_CENT), amount("37", Unit.PER_CENT)
    few, many = amount("100"), amount("2000")
    assert share_movement(before, None, after, many) is AmountMovement.OPEN
    assert share_movement(before, many, after, None) is AmountMovement.OPEN
    assert share_movement(before, amount("0"), after, many) is AmountMovement.OPEN
    assert share_movement(before, few, after, few) is AmountMovement.UNCLEAR
    assert share_movement(before, many, after, many) is AmountMovement.ROSE
    assert share_movement(after, many, before, many) is AmountMovement.FELL
    assert share_movement(before, many, before, many) is AmountMovement.OPEN
