"""The list of packs: what is said of each, its switch, and the window that follows behind it."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from explorer.library.pack_tables import PackState
from explorer.packs.problems import Problem
from explorer.support.theme import THEMES
from explorer.ui.packs import cards as module
from explorer.ui.packs.cards import packs_dialog
from tests.ui.panels import buttons, sticking_out, text
from tests.ui.windows import opened


@pytest.fixture
def evidence(small_library):
    return small_library


@pytest.fixture
def window(qtbot, evidence):
    return opened(qtbot, evidence)


@pytest.fixture
def dialog(window):
    window.actions_.action_for("packs").trigger()
    yield window.commands.dialog
    window.commands.close_dialog()


def state(**changes):
    given = {"id": "one", "title": "One", "version": "2", "publisher": "P", "figures": 1, "verified": True}
    return PackState(**{**given, **changes})


def switches(dialog):
    """The switches in the order of the packs."""
    stops = (stop for card in dialog.column.visible_cards() for stop in card.tab_stops())
    return [stop for stop in stops if getattr(stop, "label", "").startswith("Switch")]


def shown(qtbot, *states, **more):
    dialog = packs_dialog(states, THEMES["light"], None, **more)
    qtbot.addWidget(dialog)
    return dialog


def test_each_pack_says_what_it_holds_and_whether_it_was_verified(qtbot, evidence):
    dialog = shown(qtbot, *evidence.packs())
    said = text(dialog.column)
    for pack in evidence.packs():
        assert pack.title in said
        assert f"{pack.id} {pack.version}" in said
        assert f"{pack.figures:,} figure" in said
    assert "match: nothing has been changed" in said
    assert "shipped with the program" in said


def test_rows_are_counted_by_what_they_are(qtbot):
    dialog = shown(qtbot, state(figures=1200, quotes=1, demands=2, claims=0, events=3))
    said = text(dialog.column)
    assert "1,200 figures, 1 quote, 2 demands, 3 events" in said
    assert "claim" not in said


def test_without_sums_it_says_so(qtbot):
    dialog = shown(qtbot, state(verified=False))
    assert "are missing" in text(dialog.column)


def test_a_list_that_cannot_switch_offers_no_switch(qtbot):
    dialog = shown(qtbot, state())
    assert not switches(dialog)


def test_switching_off_takes_its_figures_out_of_the_window_behind(qtbot, window, dialog):
    before = window.sidebar.tree.currentIndex().data(Qt.ItemDataRole.AccessibleTextRole)
    for switch in switches(dialog):
        qtbot.mouseClick(switch, Qt.MouseButton.LeftButton)
    assert not window.store.library.figures()
    assert window.chart.empty.isVisible()
    assert "Every pack is switched off" in window.chart.empty.text()
    assert "switch one on" in window.chart.empty.text()
    assert "Switch one on below" in text(dialog.column)
    assert "0 packs" in window.status.text
    assert "switched off" in window.status.text
    after = window.sidebar.tree.currentIndex().data(Qt.ItemDataRole.AccessibleTextRole)
    assert after != before
    assert "no figures of its own" in after


def test_switching_on_brings_the_same_page_back(qtbot, window, dialog):
    before = window.store.page
    for _ in range(2):
        for switch in switches(dialog)[::4]:
            qtbot.mouseClick(switch, Qt.MouseButton.LeftButton)
    assert window.store.page == before
    assert window.chart.title.text() == before.chart.title


def test_the_switch_is_pressed_by_keyboard_and_keeps_the_keyboard(qtbot, dialog, monkeypatch):
    said = []
    monkeypatch.setattr(module, "announce", lambda _widget, sentence: said.append(sentence))
    switch = switches(dialog)[0]
    with qtbot.waitActive(dialog):
        dialog.activateWindow()
    switch.setFocus()
    assert switch.accessibleName().startswith("Switch off: ")
    qtbot.keyClick(switch, Qt.Key.Key_Space)
    assert QApplication.focusWidget() is switch
    assert switch.accessibleName().startswith("Switch on: ")
    assert "is switched off. " in said[-1]
    qtbot.keyClick(switch, Qt.Key.Key_Return)
    assert "is switched on. " in said[-1]


def test_what_cannot_be_kept_is_said_and_nothing_changes(qtbot):
    def refuse(_pack, _enabled):
        raise PermissionError(13, "Permission denied")

    dialog = shown(qtbot, state(), switching=refuse)
    switches(dialog)[0].click()
    assert "stays as it is" in text(dialog.column)
    assert "Permission denied" in text(dialog.column)
    assert switches(dialog)[0].label == "Switch off"


def test_a_failed_pack_says_why_and_can_be_copied(qtbot):
    problem = Problem(file="figures.csv", what="'twelve' is not a number", mend="Write 12.", row=3)
    dialog = shown(qtbot, state(problems=(problem,), folder="one.zip"), switching=lambda *_: ())
    assert "figures.csv, row 3" in text(dialog.column)
    assert "one.zip" in text(dialog.column)
    assert not switches(dialog)
    assert "0 packs, 1 not loaded." in text(dialog.column)
    buttons(dialog.column)["Copy the problems"].click()
    assert QGuiApplication.clipboard().text() == problem.as_sentence()
    QGuiApplication.clipboard().clear()


def test_markup_in_a_title_stays_text(qtbot):
    dialog = shown(qtbot, state(title="<b>Bold</b> & co"), switching=lambda *_: ())
    assert "<b>Bold</b> & co" in text(dialog.column)


def test_nothing_sticks_out_at_twice_the_size(qtbot, window, dialog):
    window.commands.close_dialog()
    window.choose_scale(1)
    for _ in range(4):
        window.actions_.action_for("larger").trigger()
    window.actions_.action_for("packs").trigger()
    large = window.commands.dialog
    large.resize(420, 500)
    assert sticking_out(large.column.widget()) == []
