"""What was made of a revision is kept for it, and for no other; it keeps nothing alive."""

import gc
import weakref

import pytest

from explorer.support.memo import per_revision


class Ledger:
    def __init__(self):
        self.revision = 1


def counted():
    calls = []

    @per_revision
    def make(ledger, *keys):
        calls.append((ledger.revision, *keys))
        return object()

    return make, calls


def test_it_is_made_once_for_each_revision():
    make, calls = counted()
    ledger = Ledger()
    first = make(ledger)
    assert make(ledger) is first
    ledger.revision = 2
    assert make(ledger) is not first
    assert calls == [(1,), (2,)]


def test_each_choice_has_its_own():
    make, calls = counted()
    ledger = Ledger()
    assert make(ledger, "a") is make(ledger, "a")
    assert make(ledger, "b") is not make(ledger, "a")
    assert calls == [(1, "a"), (1, "b")]


def test_two_do_not_share():
    make, calls = counted()
    one, other = Ledger(), Ledger()
    assert make(one) is not make(other)
    assert len(calls) == 2


def test_none_is_an_answer_and_an_error_is_none():
    calls = []

    @per_revision
    def make(ledger):
        calls.append(ledger)
        if len(calls) == 1:
            raise ValueError("not yet")

    ledger = Ledger()
    with pytest.raises(ValueError, match="not yet"):
        make(ledger)
    assert [make(ledger), make(ledger)] == [None, None]
    assert len(calls) == 2


def test_what_is_made_while_the_content_changes_is_of_the_older_revision():
    @per_revision
    def make(ledger):
        ledger.revision += 1
        return ledger.revision

    ledger = Ledger()
    assert [make(ledger), make(ledger)] == [2, 3]


def test_what_it_was_made_of_is_let_go():
    make, _ = counted()
    ledger = Ledger()
    make(ledger, "a")
    gone = weakref.ref(ledger)
    del ledger
    gc.collect()
    assert gone() is None
