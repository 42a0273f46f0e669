"""A chart of many periods moved through in the window: what is seen is what everything else says."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from explorer.pages.model.chart import ChartKind
from explorer.pages.model.question import (
    PageView,
    PeriodGranularity,
    Question,
    TrendStyle,
    ValueScale,
    select_chart,
    select_place,
    set_view,
)
from explorer.pages.page_builder import answer
from explorer.ui.chart import time_range_row
from explorer.ui.chart.measure_popup import MEASURE_KEYS
from explorer.ui.chart.time_range_row import CHART_KEYS
from explorer.ui.importer.widgets import IMPORT_KEYS
from explorer.ui.window.window import MainWindow
from tests.ui.panels import text
from tests.ui.windows import ask, opened

KENT, ESSEX, CITY = "E23000032", "E23000028", "E23000034"
KEY = Qt.Key


@pytest.fixture
def window(qtbot, library) -> MainWindow:
    return opened(
        qtbot,
        library,
        Question(
            place=KENT,
            chart=ChartKind.COMPARE,
            beside=(ESSEX,),
            style=TrendStyle.LINE,
            grain=PeriodGranularity.QUARTERS,
        ),
    )


def look_at(window: MainWindow, low: float, high: float) -> None:
    window.chart.view.hand.look_at(low, high)
    window.chart.view.hand.rest()


def test_what_comes_into_view_is_asked_for_and_said(window, library):
    look_at(window, 2019.25, 2025.25)
    page = window.store.page
    assert (page.question.since, page.question.until) == ("2019-04/2019-06", "2025-01/2025-03")
    assert "April 2019 to March 2025" in window.chart.subtitle.text()
    assert page == answer(library, page.question), "the command line and every document say the same"


def test_one_movement_is_one_step_back(window, monkeypatch):
    first = window.store.page.question
    for low in (2014.25, 2015.25, 2016.25):
        look_at(window, low, low + 5)
    assert window.store.page.question != first
    window.store.go_back()
    assert window.store.page.question == first
    monkeypatch.setattr(time_range_row, "_GOING_ON", 0.0)
    look_at(window, 2014.25, 2019.25)
    second = window.store.page.question
    look_at(window, 2016.25, 2019.25)
    window.store.go_back()
    assert window.store.page.question == second


def test_all_periods_leads_back(window, qtbot):
    row = window.chart.range_row
    assert row.isVisible()
    assert not row.everything.isEnabled()
    look_at(window, 2019.25, 2025.25)
    assert row.everything.isEnabled()
    qtbot.mouseClick(row.everything, Qt.MouseButton.LeftButton)
    question = window.store.page.question
    assert (question.since, question.until) == ("", "")
    assert not row.everything.isEnabled()


def test_the_strip_follows_the_page_and_the_page_the_strip(window, qtbot):
    qtbot.waitUntil(lambda: window.chart.range_row.overview is not None, timeout=5000)
    strip = window.chart.range_row.overview
    look_at(window, 2019.25, 2025.25)
    window.chart.range_row.show_timeline()
    assert strip.region.getRegion() == pytest.approx((2019.25, 2025.25))
    strip.region.setRegion((2015.25, 2020.25))
    assert window.store.page.question.since == "2015-04/2015-06"
    assert window.store.page.question.until == "2020-01/2020-03"


def test_by_keyboard_alone(window, qtbot):
    """Nearer, on, and back to all, with the keyboard on the chart throughout."""
    view = window.chart.view
    window.activateWindow()
    view.setFocus(Qt.FocusReason.TabFocusReason)
    for _ in range(3):
        QTest.keyClick(view, KEY.Key_Plus)
    QTest.keyClick(view, KEY.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(lambda: bool(window.store.page.question.until), timeout=5000)
    assert QApplication.focusWidget() is view
    if view.card_text:
        QTest.keyClick(view, KEY.Key_Escape)
    QTest.keyClick(view, KEY.Key_Escape)
    assert (window.store.page.question.since, window.store.page.question.until) == ("", "")


@pytest.mark.parametrize("change", [set_view(PageView.TABLE), select_chart(ChartKind.MAP), select_place(CITY)])
def test_what_cannot_be_moved_through_has_no_strip(window, change):
    ask(window, change)
    page, row = window.store.page, window.chart.range_row
    assert row.isVisible() is (page.timeline is not None and page.question.view is PageView.CHART)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_strip_is_in_sight_at_every_size(window, theme):
    window.choose_theme(theme)
    for size in ((1280, 720), (1024, 640)):
        window.resize(*size)
        QApplication.processEvents()
        row = window.chart.range_row
        assert row.isVisible()
        assert row.mapTo(window, row.rect().bottomLeft()).y() < window.height()


def test_a_chart_with_a_long_key_scrolls_with_its_page_and_not_within_it(qtbot, library):
    window = opened(qtbot, library, Question(place="K02000001"))
    for size in ((1280, 720), (1024, 640), (1280, 800)):
        window.resize(*size)
        qtbot.waitUntil(lambda: window.chart.view.frame_shown and not window.chart.view.is_scrollable, timeout=5000)


def test_the_keyboard_page_has_the_keys_of_the_chart(window):
    window.actions_.action_for("keys").trigger()
    said = text(window.commands.dialog.column)
    assert CHART_KEYS.title in said
    for section in (CHART_KEYS, MEASURE_KEYS, IMPORT_KEYS):
        assert all(binding.text in said for binding in section.bindings)
    window.commands.close_dialog()


def test_an_end_let_go_where_nothing_moved_leaves_the_strip_as_the_chart_is(window, qtbot):
    qtbot.waitUntil(lambda: window.chart.range_row.overview is not None, timeout=5000)
    strip = window.chart.range_row.overview
    strip.region.setRegion((2019.25, 2023.25))
    window.choose_theme("dark")
    strip.let_go.emit()
    window.chart.range_row.show_timeline()
    hand = window.chart.view.hand
    assert strip.region.getRegion() == pytest.approx((hand.low, hand.high))


def test_an_index_of_everything_is_not_near(qtbot, library):
    window = opened(
        qtbot,
        library,
        Question(
            place=KENT, chart=ChartKind.COMPARE, beside=(ESSEX,), style=TrendStyle.LINE,
            grain=PeriodGranularity.QUARTERS, scale=ValueScale.CHANGE,
        ),
    )  # fmt: skip
    assert not window.chart.view.hand.is_near
    assert not window.chart.range_row.everything.isEnabled()


def test_the_keyboard_stays_with_the_chart_after_all_periods(window):
    look_at(window, 2019.25, 2025.25)
    window.activateWindow()
    row = window.chart.range_row
    row.everything.setFocus()
    QTest.keyClick(row.everything, KEY.Key_Space)
    assert QApplication.focusWidget() is window.chart.view


def test_the_way_back_is_whole_at_every_size_of_text(window):
    look_at(window, 2019.25, 2025.25)
    for _ in range(4):
        window.actions_.action_for("larger").trigger()
        button = window.chart.range_row.everything
        assert button.width() >= button.natural_width()
        assert button.height() >= button.height_for(button.width())
