"""The store's one signal, and work beside the window."""

import threading

import pytest
from PySide6.QtGui import QKeySequence

from explorer.pages.charts.registry import chart_types
from explorer.pages.model.chart import ChartKind
from explorer.pages.model.page import ChartTable
from explorer.pages.model.question import PageView, PanelKind, Question, select_place
from explorer.pages.page_builder import answer, answer_chart_first
from explorer.pages.panels.registry import PANEL_TYPES
from explorer.ui.core.commands import keyboard_page, list_commands
from explorer.ui.core.page_store import PageStore
from explorer.ui.widgets.background import TaskRunner


def test_a_page_is_told_once_with_the_one_before(qtbot, library):
    store, told = PageStore(), []
    store.page_changed.connect(lambda old, new: told.append((old, new)))
    store.dispatch(select_place("E12000006"))
    assert told == []
    store.open(library, Question(place="E23000023"))
    store.dispatch(select_place("E12000006"))
    store.dispatch(select_place("E12000006"))
    assert [new.place.name for _, new in told] == ["Cambridgeshire", "East of England"]
    assert told[1][0] is told[0][1]


def test_a_store_without_a_library_says_so():
    with pytest.raises(LookupError, match="no library"):
        _ = PageStore().library


def test_an_answer_comes_on_the_main_thread(qtbot):
    work, seen = TaskRunner(), []
    work.start(threading.get_ident, lambda worker: seen.append((worker, threading.get_ident())), seen.append)
    qtbot.waitUntil(lambda: bool(seen))
    worker, here = seen[0]
    assert here == threading.get_ident() != worker
    work.wait_for_job()


def test_a_failure_is_handed_over(qtbot):
    work, failed = TaskRunner(), []
    work.start(lambda: 1 / 0, lambda _: None, failed.append)
    qtbot.waitUntil(lambda: bool(failed))
    assert isinstance(failed[0], ZeroDivisionError)
    work.wait_for_job()


def test_a_late_answer_is_dropped(qtbot):
    work, seen, gate = TaskRunner(), [], threading.Event()
    work.start(lambda: gate.wait(30) and "late", seen.append, seen.append)
    work.start(lambda: "new", seen.append, seen.append)
    qtbot.waitUntil(lambda: seen == ["new"])
    gate.set()
    qtbot.wait(50)
    assert seen == ["new"]
    for thread in threading.enumerate():
        if thread is not threading.current_thread() and thread.daemon:
            thread.join(1)


def test_commands_are_unique_and_no_key_is_a_single_letter():
    ids = [command.id for command in list_commands()]
    keys = [key for command in list_commands() for key in command.keys]
    assert len(set(ids)) == len(ids)
    assert len(set(keys)) == len(keys)
    assert all("+" in key or key.startswith("F") for key in keys)
    written = [QKeySequence(key).toString() for key in keys]
    assert "" not in written
    assert len(set(written)) == len(written)
    assert len(keyboard_page()) == sum(bool(command.keys) for command in list_commands())


def test_every_chart_and_every_part_of_the_panel_has_a_command_with_its_name_and_a_key():
    by_id = {command.id: command for command in list_commands()}
    registered = [
        *(("chart", one) for one in chart_types().values()),
        *(("panel", one) for one in PANEL_TYPES.values()),
    ]
    assert {one.kind for _, one in registered} == {*ChartKind, *PanelKind}
    for what, one in registered:
        command = by_id[f"{what}-{one.kind.value}"]
        assert (command.text, command.menu, command.keys) == (one.label, "View", (one.shortcut,))


def test_the_chart_comes_first_and_the_rest_is_worked_out_once(library):
    store, told = PageStore(), []
    store.page_changed.connect(lambda _, new: told.append(new))
    store.open(library, Question(place="E23000023"))
    assert told[0].card is None
    assert store.chart_page is told[0]
    whole = store.page
    assert whole is not None
    assert whole == answer(library, Question(place="E23000023"))
    assert (whole.chart, whole.choices, whole.selected) == (told[0].chart, told[0].choices, told[0].selected)
    assert store.page is whole is store.chart_page
    store.refresh()
    assert store.page is not whole


def test_a_table_on_screen_is_there_with_its_chart(library):
    asked = Question(place="E23000023", view=PageView.TABLE)
    assert answer_chart_first(library, asked).chart_page.table == answer(library, asked).table != ChartTable()
