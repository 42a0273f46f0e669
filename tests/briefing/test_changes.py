"""Undo and redo: every step has its name, and any way back and forth comes out where it began."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from explorer.briefing.changes import MOST_STEPS, begun
from explorer.briefing.document import Briefing, Item, Kind, added, moved, new_id, removed


def heading(title: str) -> Item:
    return Item(id=new_id(), kind=Kind.HEADING, title=title)


def test_each_change_is_undone_and_redone_by_its_name():
    first, second = heading("One"), heading("Two")
    empty = Briefing()
    changes = begun(empty)
    assert (changes.undo, changes.redo) == ("", "")
    changes = changes.done("add heading", added(empty, [first]))
    changes = changes.done("add heading", added(changes.now, [second]))
    changes = changes.done("move heading", moved(changes.now, second.id, 0))
    changes = changes.done("remove heading", removed(changes.now, first.id))
    assert changes.undo == "remove heading"
    changes = changes.undone()
    assert (changes.undo, changes.redo) == ("move heading", "remove heading")
    assert [item.title for item in changes.now.items] == ["Two", "One"]
    assert changes.undone().undone().undone().undone().now == empty
    assert changes.redone().redone().now.items == (second,)


def test_a_change_after_undoing_lets_go_of_what_was_undone():
    changes = begun(Briefing()).done("title", Briefing(title="A")).undone().done("title", Briefing(title="B"))
    assert changes.redo == ""
    assert changes.undone().now == Briefing()


def test_what_changes_nothing_is_no_step():
    changes = begun(Briefing(title="A"))
    assert changes.done("title", Briefing(title="A")) is changes


def test_letters_of_one_title_are_one_step_and_another_field_is_another():
    changes = begun(Briefing())
    for text in ("N", "No", "Norfolk"):
        changes = changes.done("title", replace(changes.now, title=text), run="title")
    changes = changes.done("author", replace(changes.now, author="A"), run="author")
    assert changes.undone().now.title == "Norfolk"
    assert changes.undone().undone().now == Briefing()


@given(st.lists(st.one_of(st.text(max_size=3), st.just(None), st.just(...)), max_size=60))
def test_any_way_through_agrees_with_a_plain_list(ways):
    changes, told, at = begun(Briefing()), [Briefing()], 0
    for way in ways:
        if way is None:
            changes, at = changes.undone(), max(0, at - 1)
        elif way is ...:
            changes, at = changes.redone(), min(len(told) - 1, at + 1)
        elif replace(told[at], title=way) != told[at]:
            told = [*told[: at + 1], replace(told[at], title=way)]
            at = len(told) - 1
            changes = changes.done("title", told[at])
        assert changes.now == told[at]


def test_very_many_steps_keep_the_latest():
    changes = begun(Briefing())
    for number in range(MOST_STEPS + 50):
        changes = changes.done("title", Briefing(title=str(number)))
    for _ in range(MOST_STEPS + 50):
        changes = changes.undone()
    assert changes.now == Briefing(title="49")
