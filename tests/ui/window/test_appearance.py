"""The look: right at first sight, in every size and theme, with nothing left behind by the one before."""

import gc
from typing import ClassVar

import pytest
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QMenuBar, QTreeView

from explorer.pages.model.chart import ChartKind
from explorer.pages.model.question import PageView, PanelKind, open_panel, select_chart, select_place, set_view
from explorer.support.theme import CONTRAST, DARK, LIGHT, THEMES
from explorer.ui.core.settings import SCALES, UserSettings
from explorer.ui.theme import apply_theme
from explorer.ui.widgets.option_group import OptionButton
from tests.run_sizes import plain_and_slow
from tests.ui.windows import ask, opened


def sizes(window):
    """The size of type of everything that is set in the body's."""
    kinds = (QLineEdit, QComboBox, QMenuBar, QTreeView)
    return {w.font().pixelSize() for kind in kinds for w in window.findChildren(kind)}


def ground(window, widget):
    """The colour that is painted at a widget's lower left corner."""
    picture = window.grab().toImage()
    spot = widget.mapTo(window, widget.rect().bottomLeft())
    return picture.pixelColor(spot.x() + 1, spot.y() - 1).name().upper()


@pytest.mark.parametrize("step", plain_and_slow(range(1, len(SCALES))))
def test_one_change_of_size_reaches_every_field(qtbot, library, step):
    window = opened(qtbot, library)
    ask(window, select_place("E12000006"), select_chart(ChartKind.COMPARE), open_panel(PanelKind.CLAIMS))
    for _ in range(step):
        window.choose_scale(1)
    assert sizes(window) == {round(13 * SCALES[step])}
    window.choose_scale(0)
    assert sizes(window) == {13}


def test_a_kept_size_and_theme_are_there_at_first_sight(qtbot, library):
    kept = UserSettings()
    kept.scale, kept.theme = 2.0, "dark"
    kept.sync()
    window = opened(qtbot, library)
    assert sizes(window) == {26}
    assert ground(window, window.chart) == DARK.page
    window.toggle_places()
    assert ground(window, window.sidebar) == DARK.panel


@pytest.mark.parametrize("theme", plain_and_slow([LIGHT, DARK, CONTRAST], 1))
def test_words_and_grounds_follow_the_theme(qtbot, library, theme):
    window = opened(qtbot, library)
    window.choose_theme("dark" if theme is LIGHT else "light")
    window.choose_theme(theme.name)
    assert ground(window, window.chart) == theme.page
    inks = {label: label.palette().color(label.foregroundRole()) for label in window.chart.findChildren(QLabel)}
    quiet = (window.chart.subtitle, window.chart.notes, window.chart.foot.source)
    assert [inks[label] for label in quiet] == [QColor(theme.muted_text)] * 3
    assert inks[window.chart.title] == QColor(theme.text)
    ask(window, select_place("E06000031"))
    assert window.chart.notice.palette().color(QPalette.ColorRole.Midlight) == QColor(theme.selection)


def test_rows_of_the_tree_shrink_with_the_type(qtbot, library):
    window = opened(qtbot, library)
    tree = window.sidebar.tree
    usual = tree.visualRect(tree.currentIndex()).height()
    for _ in range(4):
        window.choose_scale(1)
    assert tree.visualRect(tree.currentIndex()).height() > usual
    window.choose_scale(0)
    assert tree.visualRect(tree.currentIndex()).height() == usual


def test_the_choices_break_into_lines_where_the_pane_is_narrow(qtbot, library):
    window = opened(qtbot, library)
    window.resize(1024, 640)
    for _ in range(4):
        window.choose_scale(1)
    qtbot.wait(1)
    choices = window.chart.choices
    for option in choices.findChildren(OptionButton):
        if option.isVisibleTo(choices):
            assert option.mapTo(choices, option.rect().topRight()).x() <= choices.width(), option.label


def test_a_chart_that_cannot_be_drawn_is_muted_and_can_be_reached(qtbot, seed_library):
    window = opened(qtbot, seed_library)
    options = {option.label: option for option in window.chart.choices.findChildren(OptionButton)}
    quiet = options["Platforms"]
    assert quiet.why_not
    assert quiet.why_not in quiet.accessibleName()
    assert quiet.toolTip() == quiet.why_not
    assert quiet.isEnabled()
    assert quiet._ink(LIGHT) == LIGHT.muted_text
    assert options["Compare"]._ink(LIGHT) == LIGHT.text


def test_the_numbers_of_a_table_are_in_sight(qtbot, seed_library):
    window = opened(qtbot, seed_library)
    ask(window, select_place("E12000006"), select_chart(ChartKind.COMPARE), set_view(PageView.TABLE))
    qtbot.wait(1)
    table = window.chart.table.table
    numbers = window.store.page.table.numeric[0]
    end = table.columnViewportPosition(numbers) + table.columnWidth(numbers)
    assert end <= table.viewport().width()


def test_what_is_saved_is_offered_beside_what_was_saved_last(qtbot, library, tmp_path, monkeypatch):
    asked = []

    def dialog(_parent, _title, suggested, *_more):
        asked.append(suggested)
        return str(tmp_path / "one.csv"), ""

    monkeypatch.setattr("explorer.ui.window.page_export.QFileDialog.getSaveFileName", dialog)
    window = opened(qtbot, library)
    window.commands.save()
    window.commands.save()
    assert not asked[0].startswith(str(tmp_path))
    assert asked[1] == str(tmp_path / "cambridgeshire-trend.png")


def test_nothing_is_collected_while_the_program_is_dressed(qapp, qtbot):
    """A widget that Python's collector deletes while Qt goes through all of them ends the program."""

    class Watching(QLabel):
        collecting: ClassVar[list[bool]] = []

        def changeEvent(self, event):  # noqa: N802
            self.collecting.append(gc.isenabled())
            super().changeEvent(event)

    qtbot.addWidget(label := Watching("words"))
    label.show()
    Watching.collecting.clear()
    apply_theme(qapp, THEMES["dark"], 1.5)
    assert Watching.collecting
    assert not any(Watching.collecting)
    assert gc.isenabled()
