"""Choosing a measure: a plain list of a few, and a panel with a search field for very many."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible

from explorer.pages.model.chart import ChartKind
from explorer.pages.model.question import PeriodGranularity, Question, select_chart, select_place
from explorer.ui.core.commands import keyboard_page
from tests.pages.table_samples import CAMBS, KENT, UK
from tests.ui.windows import ask, opened, press


@pytest.fixture
def window(qtbot, tabled_library):
    return opened(qtbot, tabled_library, Question(place=CAMBS, measure="class-7"))


@pytest.fixture
def panel(window):
    window.activateWindow()
    window.actions_.action_for("measure").trigger()
    return window.chart.choices.measures.panel


def chosen(window):
    return window.store.page.question.measure


def test_a_few_measures_stay_a_plain_list(qtbot, library):
    window = opened(qtbot, library, Question(place=CAMBS))
    field = window.chart.choices.measures
    window.chart.choices.open_options()
    assert field.isVisible()
    assert not field.is_searched
    assert field.count() == len(window.store.page.measures) <= 12
    field.setCurrentIndex(1)
    field.activated.emit(1)
    assert chosen(window) == field.itemData(1)
    assert field.currentData() == chosen(window)


def test_very_many_open_in_a_panel_with_the_chosen_one_in_view(window, panel):
    field = window.chart.choices.measures
    assert field.is_searched
    assert (field.count(), field.currentText()) == (1, "Offence number 7")
    assert panel.isVisible()
    assert panel.list.current_measure.id == "class-7"
    assert len(panel.list.measures()) == len(window.store.page.measures) > 20
    assert panel.summary_text == f"{len(panel.list.measures())} measures"
    assert panel.list.viewport().rect().intersects(panel.list.visualRect(panel.list.currentIndex()))
    assert window.rect().contains(panel.geometry())


def test_typing_narrows_by_code_name_and_group_and_enter_takes(qtbot, window, panel):
    qtbot.keyClicks(panel.field, "4b")
    assert [one.id for one in panel.list.measures()] == ["class-4"]
    panel.field.clear()
    qtbot.keyClicks(panel.field, "violence")
    assert {one.group for one in panel.list.measures()} == {"Violence against the person"}
    assert panel.summary_text.startswith("6 of ")
    qtbot.keyClick(panel.field, Qt.Key.Key_Down)
    assert panel.list.current_measure.id == "class-6"
    qtbot.keyClick(panel.field, Qt.Key.Key_Return)
    assert chosen(window) == "class-6"
    assert not panel.isVisible()
    assert window.chart.choices.measures.currentText() == "Offence number 6"
    assert window.store.page.drawn[0].measure == "class-6"


def test_nothing_found_says_so_and_enter_does_nothing(qtbot, window, panel):
    qtbot.keyClicks(panel.field, "zebra")
    assert panel.summary_text.startswith("No measure matches “zebra”")
    assert panel.list.measures() == ()
    qtbot.keyClick(panel.field, Qt.Key.Key_Down)
    qtbot.keyClick(panel.field, Qt.Key.Key_Return)
    assert panel.isVisible()
    assert chosen(window) == "class-7"


def test_escape_leaves_all_as_it_was_and_gives_the_keyboard_back(qtbot, window, panel):
    qtbot.keyClick(panel.field, Qt.Key.Key_Down)
    qtbot.keyClick(panel.field, Qt.Key.Key_Escape)
    assert not panel.isVisible()
    assert chosen(window) == "class-7"
    assert window.focusWidget() is window.chart.choices.measures


def test_arrows_and_page_keys_walk_the_list_within_its_ends(qtbot, panel):
    for key, wanted in (
        (Qt.Key.Key_Down, "class-10"),
        (Qt.Key.Key_Up, "class-7"),
        (Qt.Key.Key_PageDown, "class-2"),
        (Qt.Key.Key_PageUp, "class-1"),
    ):
        qtbot.keyClick(panel.field, key)
        assert panel.list.current_measure.id == wanted
    for _ in range(60):
        qtbot.keyClick(panel.field, Qt.Key.Key_Down)
    assert panel.list.current_measure == panel.list.measures()[-1]
    for _ in range(60):
        qtbot.keyClick(panel.field, Qt.Key.Key_Up)
    assert panel.list.current_measure == panel.list.measures()[0]


def test_a_press_takes_a_measure_and_a_second_press_on_the_field_closes(qtbot, window, panel):
    field = window.chart.choices.measures
    qtbot.mouseClick(field, Qt.MouseButton.LeftButton)
    assert not panel.isVisible()
    qtbot.mouseClick(field, Qt.MouseButton.LeftButton)
    assert panel.isVisible()
    qtbot.keyClick(panel.field, Qt.Key.Key_Up)
    at = panel.list.visualRect(panel.list.currentIndex()).center()
    wanted = panel.list.current_measure.id
    qtbot.mouseClick(panel.list.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert chosen(window) == wanted


@pytest.mark.parametrize("key", [Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Down, Qt.Key.Key_F4])
def test_keys_open_it_and_pass_through_no_measure(qtbot, window, key):
    field = window.chart.choices.measures
    qtbot.keyClick(field, key)
    assert field.panel.isVisible()
    assert chosen(window) == "class-7"


def test_the_panel_closes_when_the_keyboard_or_the_page_goes_elsewhere(window, panel):
    window.top.search.setFocus()
    assert not panel.isVisible()
    window.actions_.action_for("measure").trigger()
    assert panel.isVisible()
    ask(window, select_place(UK))
    assert not panel.isVisible()
    assert not window.chart.choices.measures.is_searched


def test_it_has_names_and_each_row_says_where_it_belongs(panel):
    assert QAccessible.queryAccessibleInterface(panel.field).text(QAccessible.Text.Name) == "Find a measure"
    assert panel.list.accessibleName() == "Measures"
    row = panel.list.currentIndex().data(Qt.ItemDataRole.AccessibleTextRole)
    assert row == "Offence number 7, class 7B, Sexual offences, chosen"


@pytest.mark.slow
@pytest.mark.parametrize("theme", ["dark", "contrast"])
def test_it_can_be_worn_in_every_theme_and_size(qtbot, window, panel, theme):
    window.choose_theme(theme)
    for _ in range(4):
        window.choose_scale(1)
    qtbot.waitUntil(lambda: window.rect().contains(panel.geometry()))
    assert not panel.grab().isNull()
    window.resize(800, 600)
    qtbot.waitUntil(lambda: window.rect().contains(panel.geometry()))


def test_it_is_on_the_keyboard_page():
    assert ("Choose a measure…", "Ctrl+M") in keyboard_page()


def test_by_quarter_is_a_press_away(qtbot, window):
    press(qtbot, window.chart, "By quarter")
    assert window.store.page.question.grain is PeriodGranularity.QUARTERS
    assert len(window.store.page.drawn) == 16
    press(qtbot, window.chart, "By year")
    assert len(window.store.page.drawn) == 4


def test_the_map_and_the_comparison_keep_the_class(window):
    ask(window, select_chart(ChartKind.MAP))
    assert {f.measure for f in window.store.page.drawn} == {"class-7"}
    assert len(window.store.page.chart.tiles) == 45
    ask(window, select_chart(ChartKind.COMPARE), select_place(KENT))
    assert {f.measure for f in window.store.page.drawn} == {"class-7"}
