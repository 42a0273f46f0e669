"""What was made of one object is made once, and is never taken for what another would give."""

from __future__ import annotations

import gc

import pytest

from explorer.support.memo import IdentityCache


class Counted:
    """A function that counts how often it was called."""

    def __init__(self) -> None:
        self.calls = 0

    def __call__(self, of: tuple[int, ...]) -> list[int]:
        self.calls += 1
        return [sum(of)]


def test_one_object_is_worked_on_once() -> None:
    made = Counted()
    memo = IdentityCache(made)
    given = tuple(range(5))
    assert memo(given) is memo(given)
    assert (memo(given), made.calls) == ([10], 1)


def test_an_equal_object_is_another() -> None:
    made = Counted()
    memo = IdentityCache(made)
    first, second = tuple(range(3)), tuple(range(3))
    assert first is not second
    assert memo(first) == memo(second)
    assert made.calls == 2


def test_the_first_kept_is_let_go_first() -> None:
    made = Counted()
    memo = IdentityCache(made, most=2)
    several = [(one, one) for one in range(3)]
    for one in several:
        memo(one)
    assert made.calls == 3
    memo(several[2])
    memo(several[1])
    assert made.calls == 3
    memo(several[0])
    assert made.calls == 4


def test_an_object_that_was_let_go_lends_its_identity_to_no_other() -> None:
    memo = IdentityCache(Counted(), most=4)
    for number in range(500):
        assert memo((number, 1)) == [number + 1]
        gc.collect(0)


def test_what_fails_is_not_kept() -> None:
    calls = []

    def fails(of: object) -> None:
        calls.append(of)
        raise ValueError("no")

    memo = IdentityCache(fails)
    given = object()
    for _ in range(2):
        with pytest.raises(ValueError, match="no"):
            memo(given)
    assert calls == [given, given]
