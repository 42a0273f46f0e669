"""Moving through time: what is in view stays within the whole, and comes to rest on whole periods."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st
from msgspec.structs import replace
from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from explorer.pages.model import Chart, ChartTimeline, TimelinePeriod
from explorer.render.layout import TextPlace
from explorer.render.view import ChartView, TimeOverview
from explorer.render.view.chart_canvas import MARGIN
from explorer.render.view.time_hand import TimeHand
from explorer.support.theme import DARK, LIGHT
from tests.render import samples_time

KEY = Qt.Key
CTRL, SHIFT, NONE = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.NoModifier,
)


def line_of(chart: Chart) -> ChartTimeline:
    spans = sorted({(datum.at - 0.5, datum.at + 0.5) for series in chart.series for datum in series.data})
    periods = tuple(
        TimelinePeriod(text=f"{start:g}", label=f"year {start:g}", start=start, end=end) for start, end in spans
    )
    return ChartTimeline(periods=periods, chart=chart)


def part_of(chart: Chart, low: float, high: float) -> Chart:
    """``chart`` with the data between two years, as a bounded question gives it."""
    series = tuple(
        replace(one, data=tuple(datum for datum in one.data if low <= datum.at <= high)) for one in chart.series
    )
    return replace(chart, series=series, categories=replace(chart.categories, low=low, high=high))


@pytest.fixture
def chart() -> Chart:
    return samples_time.six_places()


@pytest.fixture
def view(qtbot: QtBot, chart: Chart) -> ChartView:
    made = ChartView()
    qtbot.addWidget(made)
    made.resize(880, 560)
    with qtbot.waitExposed(made):
        made.show()
    made.show_chart(chart, LIGHT, "", line_of(chart))
    made.prepare_layout()
    return made


def turn_wheel(view: ChartView, up: int, modifiers: Qt.KeyboardModifier = CTRL, sideways: int = 0) -> bool:
    """Whether the chart took the wheel for itself."""
    place = QPointF(view.viewport().rect().center())
    turned = QPoint(120 * sideways, 120 * up)
    event = QWheelEvent(
        place, QPointF(view.viewport().mapToGlobal(place.toPoint())), QPoint(), turned,
        Qt.MouseButton.NoButton, modifiers, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    event.ignore()
    QApplication.sendEvent(view.viewport(), event)
    return event.isAccepted()


def pull(view: ChartView, start: QPoint, end: QPoint) -> None:
    QTest.mousePress(view.viewport(), Qt.MouseButton.LeftButton, pos=start)
    for share in range(1, 11):
        place = QPointF(start) + (QPointF(end) - QPointF(start)) * share / 10
        QApplication.sendEvent(
            view.viewport(),
            QMouseEvent(
                QEvent.Type.MouseMove, place, QPointF(view.viewport().mapToGlobal(place.toPoint())),
                Qt.MouseButton.LeftButton, Qt.MouseButton.LeftButton, NONE,
            ),
        )  # fmt: skip


def drag_strip(strip: TimeOverview, year: float, share: float) -> None:
    """Pull what lies at ``year`` by a ``share`` of the strip's width: inwards from an end, to the left below 0."""
    start = strip.mapFromScene(strip.box.mapViewToScene(QPointF(year, strip.box.viewRect().center().y())))
    inwards = -1 if year > 2024 else 1
    end = start + QPoint(round(inwards * share * strip.width()), 0)
    window = strip.viewport()

    def send(kind: QEvent.Type, place: QPoint, button: Qt.MouseButton, buttons: Qt.MouseButton) -> None:
        event = QMouseEvent(kind, QPointF(place), QPointF(window.mapToGlobal(place)), button, buttons, NONE)
        QApplication.sendEvent(window, event)

    left, none = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
    send(QEvent.Type.MouseMove, start, none, none)
    send(QEvent.Type.MouseButtonPress, start, left, left)
    for step in range(1, 21):
        send(QEvent.Type.MouseMove, start + (end - start) * step / 20, none, left)
        QTest.qWait(2)
    send(QEvent.Type.MouseButtonRelease, end, left, none)


class TestHand:
    @given(st.lists(st.one_of(
        st.tuples(st.just("zoom"), st.floats(-6, 6)),
        st.tuples(st.just("pan"), st.floats(-9, 9)),
        st.tuples(st.just("shift"), st.floats(-30, 30)),
    ), max_size=12))  # fmt: skip
    def test_what_is_in_view_never_leaves_the_whole(self, qapp: QApplication, moves: list[tuple[str, float]]) -> None:
        parent, chart = QObject(), samples_time.six_places()
        line = line_of(chart)
        hand = TimeHand(parent)
        hand.take(chart, line)
        for name, by in moves:
            getattr(hand, name)(by)
            assert line.low - 1e-9 <= hand.low < hand.high <= line.high + 1e-9
            assert hand.high - hand.low >= line.shortest - 1e-9
        hand.rest()

    def test_zooming_keeps_the_year_under_the_pointer(self, view: ChartView) -> None:
        at = view.year_at(400)
        view.hand.zoom(2, at)
        assert view.year_at(400) == pytest.approx(at, abs=0.02)

    def test_it_rests_once_however_often_it_moved(self, view: ChartView, qtbot: QtBot) -> None:
        rested: list[tuple[str, str]] = []
        view.hand.rested.connect(lambda *bounds: rested.append(bounds))
        with qtbot.waitSignal(view.hand.rested):
            for _ in range(4):
                view.hand.zoom(1)
        assert len(rested) == 1
        assert rested[0] != ("", "")

    def test_what_shows_the_same_periods_asks_for_nothing(self, view: ChartView, qtbot: QtBot) -> None:
        with qtbot.waitSignal(view.hand.stayed), qtbot.assertNotEmitted(view.hand.rested):
            view.hand.zoom(0.1)


class TestView:
    def test_the_wheel_zooms_with_ctrl_and_is_the_pages_without(self, view: ChartView) -> None:
        assert not turn_wheel(view, 1, NONE)
        assert not view.hand.is_moving
        assert turn_wheel(view, 1)
        assert view.hand.is_near

    def test_a_sideways_wheel_moves_what_is_near(self, view: ChartView) -> None:
        assert not turn_wheel(view, 0, NONE, sideways=1)
        turn_wheel(view, 5)
        before = view.hand.low
        assert turn_wheel(view, 0, NONE, sideways=1)
        assert view.hand.low < before

    def test_a_chart_without_a_timeline_stands_still(self, view: ChartView, chart: Chart) -> None:
        view.show_chart(chart, DARK)
        assert not turn_wheel(view, 1)
        QTest.keyClick(view, KEY.Key_Plus)
        assert not view.hand.is_moving

    def test_pulling_moves_what_is_near_and_else_carries_the_chart_off(self, view: ChartView, qtbot: QtBot) -> None:
        middle = view.viewport().rect().center()
        with qtbot.waitSignal(view.drag_started):
            pull(view, middle, middle + QPoint(60, 0))
        QTest.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton, pos=middle)
        turn_wheel(view, 5)
        before = view.hand.low
        with qtbot.assertNotEmitted(view.drag_started):
            pull(view, middle, middle - QPoint(100, 0))
        assert view.hand.low > before
        with qtbot.waitSignal(view.hand.rested):
            QTest.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton, pos=middle)

    def test_keys_zoom_move_and_lead_back(self, view: ChartView) -> None:
        hand = view.hand
        for _ in range(4):
            QTest.keyClick(view, KEY.Key_Plus)
        assert hand.is_near
        length, low = hand.high - hand.low, hand.low
        QTest.keyClick(view, KEY.Key_Left, SHIFT)
        assert hand.low < low
        QTest.keyClick(view, KEY.Key_Minus)
        assert hand.high - hand.low > length
        QTest.keyClick(view, KEY.Key_Escape)
        assert not hand.is_near

    def test_while_it_moves_the_marks_and_their_words_go_along(self, view: ChartView) -> None:
        """The marks lie where the view takes them, and each label of the axis under its own."""
        frame = view.frame_shown
        assert frame is not None
        view.hand.look_at(2019, 2022)
        low, high = view.hand.view_range
        box = view.plot.view_box
        (x0, x1), _ = box.viewRange()
        assert (x0, x1) == pytest.approx((low, high))
        ticks = [text for text in frame.texts if text.place is TextPlace.CATEGORY_AXIS]
        assert ticks
        assert frame.across is not None
        for text in ticks:
            year = frame.across.value_at(text.along)
            there = box.mapViewToScene(box.viewRect().center().__class__(year, 0)).x() - MARGIN
            move = view.plot.categories_axis.moved
            assert move is not None
            assert move(text.along) == pytest.approx(there, abs=0.01)

    def test_at_rest_all_is_as_it_was(self, view: ChartView, qtbot: QtBot) -> None:
        before = view.grab().toImage()
        with qtbot.waitSignal(view.hand.stayed):
            view.hand.zoom(0.1)
        view.prepare_layout()
        assert view.grab().toImage() == before

    def test_a_part_is_moved_over_all_of_the_whole(self, view: ChartView, chart: Chart) -> None:
        line = line_of(chart)
        view.show_chart(part_of(chart, 2019.25, 2022.25), LIGHT, "", line)
        view.prepare_layout()
        assert view.hand.is_near
        view.hand.shift(-2)
        shown = view.plot.symbols.data["x"]
        assert min(shown) < 2019, "what lies before the part is drawn"

    def test_many_movements_leave_as_many_items(self, view: ChartView) -> None:
        view.hand.zoom(3)
        before = len(view.scene().items())
        for number in range(200):
            view.hand.pan(1 if number % 7 < 4 else -1)
        assert len(view.scene().items()) == before


class TestOverview:
    @pytest.fixture
    def strip(self, qtbot: QtBot, chart: Chart) -> TimeOverview:
        made = TimeOverview()
        qtbot.addWidget(made)
        made.set_scale(1.0)
        made.resize(500, made.height())
        made.show()
        made.show_timeline(line_of(chart), LIGHT, 2019.25, 2022.25)
        return made

    def test_what_is_shown_tells_nobody(self, strip: TimeOverview, qtbot: QtBot) -> None:
        with qtbot.assertNotEmitted(strip.dragged), qtbot.assertNotEmitted(strip.let_go):
            strip.show_region(2018.25, 2020.25)
        assert strip.region.getRegion() == (2018.25, 2020.25)
        assert strip.accessibleDescription().startswith("year 2018.25 to year 2019.25, of ")

    def test_the_region_can_be_pulled_and_no_narrower_than_a_period(self, strip: TimeOverview, qtbot: QtBot) -> None:
        with qtbot.waitSignal(strip.dragged) as caught:
            strip.region.setRegion((2020.25, 2020.3))
        low, high = caught.args
        assert high - low == pytest.approx(2.0), "lines run from one to another"
        assert strip.region.getRegion() == pytest.approx((low, high))

    @pytest.mark.parametrize("end", [0, 1])
    def test_either_end_can_be_got_hold_of_where_everything_is_in_view(self, strip: TimeOverview, end: int) -> None:
        strip.show_region(2017.25, 2025.25)
        drag_strip(strip, strip.region.lines[end].value(), 0.4)
        low, high = strip.region.getRegion()
        assert (low > 2018, high < 2024) == (end == 0, end == 1)

    def test_what_is_moved_past_the_end_keeps_its_length(self, strip: TimeOverview) -> None:
        strip.show_region(2019.25, 2022.25)
        drag_strip(strip, 2020.75, -0.9)
        low, high = strip.region.getRegion()
        assert (low, high - low) == pytest.approx((2017.25, 3.0))

    def test_escape_asks_for_all(self, strip: TimeOverview, qtbot: QtBot) -> None:
        with qtbot.waitSignal(strip.left_all):
            QTest.keyClick(strip, KEY.Key_Escape)

    def test_points_that_no_line_joins_are_seen(self, strip: TimeOverview, chart: Chart) -> None:
        apart = tuple(
            replace(one, data=tuple(replace(datum, joined=False) for datum in one.data)) for one in chart.series
        )
        strip.show_timeline(line_of(replace(chart, series=apart)), LIGHT, 2017.25, 2025.25)
        assert len(strip.points.data) == sum(len(series.data) for series in chart.series)

    def test_it_is_moved_by_keys(self, strip: TimeOverview, qtbot: QtBot) -> None:
        with qtbot.waitSignal(strip.panned) as caught:
            QTest.keyClick(strip, KEY.Key_Right)
        assert caught.args == [1.0]
        with qtbot.waitSignal(strip.zoomed) as caught:
            QTest.keyClick(strip, KEY.Key_Minus)
        assert caught.args == [-1.0]

    def test_the_wheel_is_the_pages(self, strip: TimeOverview, qtbot: QtBot) -> None:
        with qtbot.assertNotEmitted(strip.dragged):
            turn_wheel(strip, 1)  # pyright: ignore[reportArgumentType]

    def test_charts_of_columns_and_of_lines_are_drawn_in_it(self, strip: TimeOverview) -> None:
        columns = samples_time.two_nations()
        strip.show_timeline(line_of(columns), DARK, 0.0, 3.0)
        pixels = strip.grab().toImage()
        colours = {pixels.pixelColor(x, y).name() for x in range(0, pixels.width(), 3) for y in range(pixels.height())}
        assert len(colours) > 3
