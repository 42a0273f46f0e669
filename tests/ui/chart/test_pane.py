"""What stands round the plot: one line each, options behind a button, and in a low pane the plot first."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from explorer.pages.model.chart import ChartKind
from explorer.pages.model.question import Question, select_chart, select_place
from explorer.ui.chart.margins import choose_room
from tests.ui.windows import ask, opened, press

CAMBS = Question(place="E23000023")


@pytest.fixture
def window(qtbot, library):
    return opened(qtbot, library, CAMBS)


@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
def test_the_strip_gives_way_first_then_the_subtitle_then_the_newest_figure(scale):
    rooms = [choose_room(height * scale, scale) for height in range(200, 800, 10)]
    counts = [sum((room.strip, room.subtitle, room.newest)) for room in rooms]
    assert counts == sorted(counts)
    assert {0, 1, 2, 3} == set(counts)
    assert all(room.newest or not room.subtitle for room in rooms)
    assert all(room.subtitle or not room.strip for room in rooms)


def visible_plot(window):
    """How many pixels of the plot's height are seen."""
    view = window.chart.view
    plot = view.frame_shown.plot
    top, bottom = (
        view.mapTo(window.chart, view.mapFromScene(QPoint(0, round(y) + 10))).y() for y in (plot.y, plot.bottom)
    )
    return min(bottom, window.chart.foot.mapTo(window.chart, QPoint(0, 0)).y()) - max(top, 0)


@pytest.mark.parametrize(
    ("size", "steps", "least"), [((1280, 720), 0, 210), ((1024, 640), 0, 150), ((1280, 720), 4, 130)]
)
def test_the_plot_is_on_screen_at_every_size(qtbot, window, size, steps, least):
    for _ in range(steps):
        window.choose_scale(1)
    window.resize(*size)
    qtbot.waitUntil(lambda: visible_plot(window) >= least, timeout=30_000)


def test_options_open_stay_open_and_close(qtbot, window):
    window.activateWindow()
    choices = window.chart.choices
    qtbot.mouseClick(choices.opener, Qt.MouseButton.LeftButton)
    assert choices.options.isVisible()
    assert choices.options.isAncestorOf(QApplication.focusWidget())
    press(qtbot, window.chart, "By quarter")
    press(qtbot, window.chart, "Line")
    assert choices.options.isVisible()
    assert window.chart.rect().contains(choices.options.geometry())
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    assert not choices.options.isVisible()
    assert QApplication.focusWidget() is choices.opener
    choices.open_options()
    qtbot.mouseClick(window.chart.title, Qt.MouseButton.LeftButton)
    assert not choices.options.isVisible()


def test_options_go_with_the_chart_and_the_keyboard(qtbot, window):
    window.activateWindow()
    choices = window.chart.choices
    for leave in (
        lambda: ask(window, select_chart(ChartKind.COMPARE)),
        lambda: ask(window, select_place("E23000032")),
        lambda: window.actions_.action_for("search").trigger(),
        lambda: window.actions_.action_for("find-place").trigger(),
    ):
        choices.open_options()
        assert choices.options.isVisible()
        leave()
        assert not choices.options.isVisible()


def test_the_tab_key_goes_through_the_options_in_order(qtbot, window):
    window.activateWindow()
    choices = window.chart.choices
    choices.open_options()
    met = [QApplication.focusWidget()]
    while choices.options.isVisible() and len(met) < 20:
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        met.append(QApplication.focusWidget())
    inside = [one for one in met if choices.options.isAncestorOf(one)]
    tops = [one.mapTo(choices.options, QPoint(0, 0)).y() for one in inside]
    assert len(inside) >= 5
    assert tops == sorted(tops)


def test_options_stay_under_their_button(qtbot, window):
    choices = window.chart.choices
    choices.open_options()
    press(qtbot, window.chart, "Definition")
    qtbot.wait(50)
    foot = choices.opener.mapTo(window.chart, QPoint(0, choices.opener.height())).y()
    assert choices.options.y() >= foot


def test_both_charts_of_platforms_are_one_tab(qtbot, window):
    ask(window, select_place("K02000001"), select_chart(ChartKind.PLATFORMS))
    labels = [button.label for button in window.chart.choices.kinds.tab_stops()]
    assert labels == ["Trend", "Platforms", "Victims", "Compare", "Map"]
    press(qtbot, window.chart, "Over time")
    assert window.store.page.chart.kind is ChartKind.SHIFT
    assert [b.label for b in window.chart.choices.kinds.tab_stops() if b.isChecked()] == ["Platforms"]
    press(qtbot, window.chart, "Latest")
    assert window.store.page.chart.kind is ChartKind.PLATFORMS


def test_notes_are_folded_and_counted_and_open_for_good(qtbot, window):
    foot, notes = window.chart.foot, window.chart.notes
    assert foot.notes.label == f"{len(window.store.page.chart.notes)} notes ▾"
    assert not notes.isVisible()
    qtbot.mouseClick(foot.notes, Qt.MouseButton.LeftButton)
    assert notes.isVisible()
    chart = window.store.page.chart
    assert notes.text() == "\n".join((*chart.notes, chart.source_line))
    assert notes.accessibleName() == f"Notes: {notes.text()}"
    assert foot.notes.label.endswith("▴")
    ask(window, select_place("E23000032"))
    assert notes.isVisible()
    chart = window.store.page.chart
    assert notes.text() == "\n".join((*chart.notes, chart.source_line))


def test_what_stands_under_the_chart_is_taken_along(qtbot, window):
    qtbot.mouseClick(window.chart.foot.cite, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == window.store.page.citation
    qtbot.mouseClick(window.chart.foot.image, Qt.MouseButton.LeftButton)
    assert not QGuiApplication.clipboard().image().isNull()


@pytest.mark.parametrize(
    ("question", "caution"),
    [
        (CAMBS, "What is counted, or where, changes on the way: do not compare across a break."),
        (Question(place="E12000006", chart=ChartKind.PLATFORMS), "2 numbers here are in doubt: read the notes"),
        (Question(place="E23000032", chart=ChartKind.COMPARE), "Places differ in size: these are counts, not rates."),
    ],
)
def test_the_one_caution_stands_over_the_chart(qtbot, library, question, caution):
    window = opened(qtbot, library, question)
    assert window.chart.caution.text().startswith(f"! {caution}")
    assert window.chart.caution.isVisible()
