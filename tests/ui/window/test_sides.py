"""The parts beside the chart: there by width, put away and fetched by command, and never lost."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from explorer.pages.model.question import PanelKind, open_panel
from tests.ui.windows import ask, opened


@pytest.fixture
def window(qtbot, seed_library):
    return opened(qtbot, seed_library)


def shown(window):
    return not window.sidebar.isHidden(), not window.panel.isHidden()


@pytest.mark.parametrize(
    ("width", "steps", "there"),
    [(1280, 0, (True, True)), (1100, 0, (True, False)), (900, 0, (False, False)), (1280, 2, (False, False))],
)
def test_what_stands_beside_the_chart_follows_from_the_width_and_the_size_of_text(window, width, steps, there):
    for _ in range(steps):
        window.choose_scale(1)
    window.resize(width, 700)
    assert shown(window) == there
    assert (window.top.places.isHidden(), window.top.panel.isHidden()) == there
    window.resize(2600, 700)
    assert shown(window) == (True, True)


def test_a_command_puts_away_and_fetches_at_any_width(qtbot, window):
    window.actions_.action_for("panel-shown").trigger()
    window.actions_.action_for("places-shown").trigger()
    assert shown(window) == (False, False)
    window.resize(1000, 700)
    assert shown(window) == (False, False)
    qtbot.mouseClick(window.top.panel, Qt.MouseButton.LeftButton)
    assert shown(window) == (False, True)
    assert window.panel.isAncestorOf(QApplication.focusWidget())
    window.actions_.action_for("panel-shown").trigger()
    assert not window.panel.isAncestorOf(QApplication.focusWidget())


def test_what_is_asked_for_in_a_part_fetches_it(window):
    window.resize(900, 700)
    assert shown(window) == (False, False)
    ask(window, open_panel(PanelKind.CLAIMS))
    assert shown(window) == (False, True)
    window.actions_.action_for("find-place").trigger()
    assert shown(window) == (True, True)
    assert window.sidebar.isAncestorOf(QApplication.focusWidget())


def test_a_mark_that_is_chosen_fetches_its_evidence(window):
    window.resize(1100, 700)
    window.chart.view.figure_chosen.emit(window.store.page.chart.figure_ids()[0])
    assert shown(window) == (True, True)


def test_a_part_that_gives_way_leaves_the_keyboard_to_the_chart(window):
    window.activateWindow()
    window.actions_.action_for("find-place").trigger()
    window.resize(900, 700)
    assert shown(window) == (False, False)
    assert window.chart.isAncestorOf(QApplication.focusWidget())


def test_the_window_fills_the_screen_and_goes_back(window):
    window.actions_.action_for("full-screen").trigger()
    assert window.isFullScreen()
    window.actions_.action_for("full-screen").trigger()
    assert not window.isFullScreen()
