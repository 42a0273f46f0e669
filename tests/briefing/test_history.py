"""Undo and redo: every step has its name, and any way back and forth comes out where it began."""

from __future__ import annotations

from hypothesis import given, strategies as st
from msgspec.structs import replace

from explorer.briefing.history import MOST_STEPS, new_stack
from explorer.briefing.model import Briefing, BriefingItem, ItemKind, insert_items, move_item, new_id, remove_item


def heading(title: str) -> BriefingItem:
    return BriefingItem(id=new_id(), kind=ItemKind.HEADING, title=title)


def test_each_change_is_undone_and_redone_by_its_name():
    first, second = heading("One"), heading("Two")
    empty = Briefing()
    changes = new_stack(empty)
    assert (changes.undo_name, changes.redo_name) == ("", "")
    changes = changes.push("add heading", insert_items(empty, [first]))
    changes = changes.push("add heading", insert_items(changes.current, [second]))
    changes = changes.push("move heading", move_item(changes.current, second.id, 0))
    changes = changes.push("remove heading", remove_item(changes.current, first.id))
    assert changes.undo_name == "remove heading"
    changes = changes.step_back()
    assert (changes.undo_name, changes.redo_name) == ("move heading", "remove heading")
    assert [item.title for item in changes.current.items] == ["Two", "One"]
    assert changes.step_back().step_back().step_back().step_back().current == empty
    assert changes.step_forward().step_forward().current.items == (second,)


def test_a_change_after_undoing_lets_go_of_what_was_undone():
    changes = new_stack(Briefing()).push("title", Briefing(title="A")).step_back().push("title", Briefing(title="B"))
    assert changes.redo_name == ""
    assert changes.step_back().current == Briefing()


def test_what_changes_nothing_is_no_step():
    changes = new_stack(Briefing(title="A"))
    assert changes.push("title", Briefing(title="A")) is changes


def test_letters_of_one_title_are_one_step_and_another_field_is_another():
    changes = new_stack(Briefing())
    for text in ("N", "No", "Norfolk"):
        changes = changes.push("title", replace(changes.current, title=text), merge_key="title")
    changes = changes.push("author", replace(changes.current, author="A"), merge_key="author")
    assert changes.step_back().current.title == "Norfolk"
    assert changes.step_back().step_back().current == Briefing()


@given(st.lists(st.one_of(st.text(max_size=3), st.just(None), st.just(...)), max_size=60))
def test_any_way_through_agrees_with_a_plain_list(ways):
    changes, told, at = new_stack(Briefing()), [Briefing()], 0
    for way in ways:
        if way is None:
            changes, at = changes.step_back(), max(0, at - 1)
        elif way is ...:
            changes, at = changes.step_forward(), min(len(told) - 1, at + 1)
        elif replace(told[at], title=way) != told[at]:
            told = [*told[: at + 1], replace(told[at], title=way)]
            at = len(told) - 1
            changes = changes.push("title", told[at])
        assert changes.current == told[at]


def test_very_many_steps_keep_the_latest():
    changes = new_stack(Briefing())
    for number in range(MOST_STEPS + 50):
        changes = changes.push("title", Briefing(title=str(number)))
    for _ in range(MOST_STEPS + 50):
        changes = changes.step_back()
    assert changes.current == Briefing(title="49")
