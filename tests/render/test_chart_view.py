"""The chart view: what it shows, says and answers, by pointer, by keyboard and to a screen reader."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QColor, QFont, QImage, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from explorer.render.view.chart_canvas import MARGIN
from explorer.render.view.chart_view import ChartView
from explorer.support.theme import CONTRAST, DARK, LIGHT, THEMES
from tests.render import samples, samples_time

KEY = Qt.Key


@pytest.fixture
def view(qtbot: QtBot) -> ChartView:
    made = ChartView()
    qtbot.addWidget(made)
    made.resize(640, 400)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    made.clearFocus()
    return made


def middle(view: ChartView, number: int) -> QPoint:
    x, y = view.targets[number].body.centre
    return view.mapFromScene(QPointF(x + MARGIN, y + MARGIN))


def focus(view: ChartView, qtbot: QtBot) -> None:
    view.activateWindow()
    view.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(view.hasFocus)


def shot(view: ChartView) -> QImage:
    return view.grab().toImage()


class TestPointer:
    def test_a_click_chooses(self, view: ChartView, qtbot: QtBot) -> None:
        view.show_chart(samples.trend(), LIGHT)
        with qtbot.waitSignal(view.figure_chosen) as caught:
            QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=middle(view, 1))
        assert caught.args == ["c-2018"]
        assert view.focused_index == 1

    def test_let_go_elsewhere_chooses_nothing(self, view: ChartView, qtbot: QtBot) -> None:
        view.show_chart(samples.trend(), LIGHT)
        with qtbot.assertNotEmitted(view.figure_chosen):
            QTest.mousePress(view.viewport(), Qt.MouseButton.LeftButton, pos=middle(view, 1))
            QTest.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton, pos=middle(view, 2))

    def test_other_buttons_choose_nothing_and_open_nothing(self, view: ChartView, qtbot: QtBot) -> None:
        view.show_chart(samples.trend(), LIGHT)
        place, right = QPointF(middle(view, 1)), Qt.MouseButton.RightButton
        for kind in (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonRelease):
            event = QMouseEvent(kind, place, place, right, right, Qt.KeyboardModifier.NoModifier)
            with qtbot.assertNotEmitted(view.figure_chosen):
                QApplication.sendEvent(view.viewport(), event)
        assert view.contextMenuPolicy() is Qt.ContextMenuPolicy.NoContextMenu

    def test_pointing_says_the_name_and_leaving_takes_it_away(self, view: ChartView, qtbot: QtBot) -> None:
        view.show_chart(samples.trend(), LIGHT)
        with qtbot.waitSignal(view.figure_hovered) as caught:
            QTest.mouseMove(view.viewport(), middle(view, 2))
        assert caught.args == ["c-2019"]
        assert view.card_text == "c-2019: 77"
        with qtbot.waitSignal(view.figure_hovered) as caught:
            QTest.mouseMove(view.viewport(), QPoint(3, 3))
        assert caught.args == [""]
        assert view.card_text == ""

    def test_a_dated_mark_is_named_and_chooses_nothing(self, view: ChartView, qtbot: QtBot) -> None:
        view.show_chart(samples.flagged(), LIGHT)
        number = len(view.targets) - 2
        with qtbot.assertNotEmitted(view.figure_chosen):
            QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=middle(view, number))
        QTest.mouseMove(view.viewport(), middle(view, number))
        assert view.card_text == "Online Harms White Paper, 8 April 2019"

    def test_a_missing_number_can_be_chosen(self, view: ChartView, qtbot: QtBot) -> None:
        view.show_chart(samples.missing(), LIGHT)
        with qtbot.waitSignal(view.figure_chosen) as caught:
            QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=middle(view, 1))
        assert caught.args == ["m-1"]


class TestKeyboard:
    def test_arrows_walk_and_enter_and_space_choose(self, view: ChartView, qtbot: QtBot) -> None:
        view.show_chart(samples.trend(), LIGHT)
        focus(view, qtbot)
        assert view.focused_index == 0
        QTest.keyClick(view, KEY.Key_Right)
        QTest.keyClick(view, KEY.Key_Right)
        assert view.card_text == "c-2019: 77"
        for key in (KEY.Key_Return, KEY.Key_Enter, KEY.Key_Space):
            with qtbot.waitSignal(view.figure_chosen) as caught:
                QTest.keyClick(view, key)
            assert caught.args == ["c-2019"]
        QTest.keyClick(view, KEY.Key_Left)
        assert view.focused_index == 1
        QTest.keyClick(view, KEY.Key_End)
        assert view.focused_index == 3
        QTest.keyClick(view, KEY.Key_Home)
        assert view.focused_index == 0

    def test_rows_go_down(self, view: ChartView, qtbot: QtBot) -> None:
        view.show_chart(samples.grouped(), LIGHT)
        focus(view, qtbot)
        QTest.keyClick(view, KEY.Key_Down)
        assert view.targets[view.focused_index].figure == "e-fb"
        QTest.keyClick(view, KEY.Key_Right)
        assert view.targets[view.focused_index].figure == "u-fb"

    def test_focus_begins_at_what_is_selected(self, view: ChartView, qtbot: QtBot) -> None:
        view.show_chart(samples.trend(), LIGHT, "c-2019")
        focus(view, qtbot)
        assert view.focused_index == 2

    def test_escape_puts_the_card_away_and_the_next_step_brings_it_back(self, view: ChartView, qtbot: QtBot) -> None:
        view.show_chart(samples.trend(), LIGHT)
        focus(view, qtbot)
        assert view.card_text
        QTest.keyClick(view, KEY.Key_Escape)
        assert view.card_text == ""
        QTest.keyClick(view, KEY.Key_Right)
        assert view.card_text == "c-2018: 71"

    def test_the_ring_is_seen_and_goes_with_the_focus(self, view: ChartView, qtbot: QtBot) -> None:
        for theme in THEMES.values():
            view.show_chart(samples.trend(), theme)
            view.clearFocus()
            before = shot(view)
            focus(view, qtbot)
            QTest.keyClick(view, KEY.Key_Escape)
            assert count(shot(view), theme.focus) > count(before, theme.focus) + 200
            view.clearFocus()
            assert shot(view) == before

    def test_an_empty_chart_shows_focus_too(self, view: ChartView, qtbot: QtBot) -> None:
        view.show_chart(samples.empty(), LIGHT)
        focus(view, qtbot)
        QTest.keyClick(view, KEY.Key_Right)
        QTest.keyClick(view, KEY.Key_Return)
        assert count(shot(view), LIGHT.focus) > 1000

    def test_a_key_with_a_modifier_is_left_to_the_window(self, view: ChartView, qtbot: QtBot) -> None:
        view.show_chart(samples.trend(), LIGHT)
        focus(view, qtbot)
        QTest.keyClick(view, KEY.Key_Left, Qt.KeyboardModifier.AltModifier)
        QTest.keyClick(view, KEY.Key_A)
        assert view.focused_index == 0

    def test_a_long_chart_scrolls_to_the_focus(self, view: ChartView, qtbot: QtBot) -> None:
        view.show_chart(samples.forces(), LIGHT)
        focus(view, qtbot)
        assert view.is_scrollable
        QTest.keyClick(view, KEY.Key_End)
        assert view.viewport().rect().contains(middle(view, view.focused_index))


class TestShowing:
    def test_selection_is_marked_by_more_than_colour(self, view: ChartView) -> None:
        view.show_chart(samples.trend(), LIGHT)
        plain = shot(view)
        view.set_selected("c-2018")
        marked = shot(view)
        assert count(marked, LIGHT.selection) > count(plain, LIGHT.selection) + 500
        assert marked != plain
        view.set_selected("")
        assert shot(view) == plain

    def test_the_same_chart_is_not_laid_out_again(self, view: ChartView) -> None:
        view.show_chart(samples.trend(), LIGHT)
        frame = view.frame_shown
        view.show_chart(samples.trend(), LIGHT, "c-2017")
        assert view.frame_shown is frame
        assert view.selected_figure == "c-2017"

    def test_focus_stays_with_its_figure(self, view: ChartView, qtbot: QtBot) -> None:
        view.show_chart(samples.trend(), LIGHT)
        focus(view, qtbot)
        QTest.keyClick(view, KEY.Key_End)
        view.show_chart(samples.flagged(), LIGHT)
        assert view.targets[view.focused_index].figure == "c-q1"
        view.show_chart(samples.platforms(), LIGHT, "fb")
        assert view.targets[view.focused_index].figure == "fb"
        assert view.card_text == ""

    def test_every_sample_in_every_theme(self, view: ChartView) -> None:
        for theme in THEMES.values():
            for make in samples.ALL.values():
                view.show_chart(make(), theme)
                image = shot(view)
                assert QColor(image.pixel(1, 1)).name().upper() == theme.page

    def test_before_it_is_shown(self, qtbot: QtBot) -> None:
        hidden = ChartView()
        qtbot.addWidget(hidden)
        assert hidden.targets == ()
        hidden.show_chart(samples.trend(), DARK, "c-2017")
        assert len(hidden.targets) == 4
        hidden.resize(500, 300)
        hidden.show()
        assert hidden.frame_shown is not None
        assert hidden.frame_shown.width == 500 - 2 * MARGIN

    def test_text_follows_the_font_and_the_layout_the_size(self, view: ChartView) -> None:
        view.show_chart(samples.trend(), LIGHT)
        assert view.frame_shown is not None
        unit = view.frame_shown.unit
        font = QFont(view.font())
        font.setPixelSize(26)
        view.setFont(font)
        assert view.frame_shown.unit == pytest.approx(2.0)
        assert unit < 2
        view.resize(900, 500)
        assert view.frame_shown.width == 900 - 2 * MARGIN

    def test_a_chart_does_not_spread_over_a_wall(self, view: ChartView) -> None:
        view.show_chart(samples.trend(), LIGHT)
        view.resize(3840, 2160)
        assert view.frame_shown is not None
        assert view.frame_shown.width == pytest.approx(1200 * view.frame_shown.unit)
        assert view.frame_shown.height == pytest.approx(680 * view.frame_shown.unit)

    def test_the_wheel_does_not_zoom(self, view: ChartView) -> None:
        view.show_chart(samples.trend(), LIGHT)
        before = shot(view)
        assert not view.is_scrollable
        assert view.transform().isIdentity()
        assert shot(view) == before

    def test_hostile_words_are_shown_as_written(self, view: ChartView) -> None:
        view.show_chart(samples.hostile(), CONTRAST)
        QTest.mouseMove(view.viewport(), middle(view, 0))
        assert not shot(view).isNull()


class TestScreenReader:
    def test_each_datum_is_a_named_child(self, view: ChartView) -> None:
        chart = samples.flagged()
        view.show_chart(chart, LIGHT, "c-2018")
        access = QAccessible.queryAccessibleInterface(view)
        assert access.role() is QAccessible.Role.Chart
        assert access.text(QAccessible.Text.Name) == chart.title
        assert access.text(QAccessible.Text.Description) == chart.alt_text
        names = [access.child(n).text(QAccessible.Text.Name) for n in range(access.childCount())]
        assert names == [d.name for s in chart.series for d in s.data] + [f.name for f in chart.flags]
        assert access.child(1).state().selected
        assert not access.child(0).state().selected
        assert access.child(1).parent() is access
        assert access.indexOfChild(access.child(2)) == 2

    def test_children_are_where_they_are_drawn(self, view: ChartView) -> None:
        view.show_chart(samples.trend(), LIGHT)
        access = QAccessible.queryAccessibleInterface(view)
        for number in range(access.childCount()):
            centre = access.child(number).rect().center()
            assert view.target_at(centre.x(), centre.y()) == number
            assert access.childAt(centre.x(), centre.y()) is access.child(number)

    def test_the_focused_child_is_known(self, view: ChartView, qtbot: QtBot) -> None:
        view.show_chart(samples.trend(), LIGHT)
        focus(view, qtbot)
        QTest.keyClick(view, KEY.Key_Right)
        access = QAccessible.queryAccessibleInterface(view)
        assert access.focusChild() is access.child(1)
        assert access.child(1).state().focused

    def test_children_of_a_smaller_chart_are_no_longer_valid(self, view: ChartView) -> None:
        view.show_chart(samples.flagged(), LIGHT)
        access = QAccessible.queryAccessibleInterface(view)
        last = access.child(access.childCount() - 1)
        view.show_chart(samples.platforms(), LIGHT)
        assert access.childCount() == 2
        assert not last.isValid()
        assert last.text(QAccessible.Text.Name) == ""
        assert last.state().invalid

    def test_a_view_can_go_while_its_child_is_held(self, qtbot: QtBot) -> None:
        made = ChartView()
        made.show_chart(samples.trend(), LIGHT)
        child = QAccessible.queryAccessibleInterface(made).child(0)
        made.deleteLater()
        del made
        qtbot.wait(1)
        assert child.childCount() == 0


def count(image: QImage, colour: str) -> int:
    wanted = QColor(colour).rgb()
    return sum(image.pixel(x, y) == wanted for y in range(0, image.height()) for x in range(0, image.width()))


class TestReading:
    """Where several lines run, what all of them have at a period is read at once."""

    @pytest.fixture
    def lines(self, view: ChartView) -> ChartView:
        view.resize(880, 560)
        view.show_chart(samples_time.six_places(), LIGHT)
        view.prepare_layout()
        return view

    def test_pointing_between_the_lines_reads_the_nearest_period(self, lines: ChartView, qtbot: QtBot) -> None:
        frame = lines.frame_shown
        assert frame is not None
        stop = frame.targets[3]
        place = lines.mapFromScene(QPointF(stop.body.centre[0] + MARGIN + 4, frame.plot.y + MARGIN + 3))
        QTest.mouseMove(lines.viewport(), place)
        hover = QMouseEvent(
            QEvent.Type.MouseMove, QPointF(place), QPointF(lines.viewport().mapToGlobal(place)),
            Qt.MouseButton.NoButton, Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier,
        )  # fmt: skip
        QApplication.sendEvent(lines.viewport(), hover)
        beside = frame.readings_beside(stop)
        assert len(beside) == 5
        assert "Beside it: " in lines.card_text
        read = {one.reading for one in (stop, *beside)}
        assert sum(text in lines.card_text for text in read) == 5, "the one pointed at is said by its name"

    def test_the_keyboard_reads_the_same_and_a_screen_reader_hears_it(self, lines: ChartView, qtbot: QtBot) -> None:
        focus(lines, qtbot)
        stop = lines.targets[lines.focused_index]
        assert lines.readings_of(stop) in lines.card_text
        child = lines.chart_access().child(lines.focused_index)
        assert child.text(QAccessible.Text.Description) == lines.readings_of(stop) != ""

    def test_the_others_are_dimmed_until_nothing_is_pointed_at(self, lines: ChartView, qtbot: QtBot) -> None:
        before = shot(lines)
        focus(lines, qtbot)
        assert lines.plot.symbols.opacity() < 0.5
        lines.clearFocus()
        assert lines.plot.symbols.opacity() == 1.0
        assert shot(lines) == before

    def test_one_series_has_nothing_beside_it(self, view: ChartView, qtbot: QtBot) -> None:
        view.show_chart(samples.trend(), LIGHT)
        focus(view, qtbot)
        assert "Beside it" not in view.card_text
        assert all(view.readings_of(stop) == "" for stop in view.targets)
