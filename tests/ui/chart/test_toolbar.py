"""The tools over a chart: each asks for what it says, and only what the chart can use is there."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt

from explorer.evidence.conflicts import Preference
from explorer.pages.model.chart import ChartKind
from explorer.pages.model.question import (
    Question,
    TrendStyle,
    ValueScale,
    compare_with,
    mark_events,
    select_chart,
    select_period,
    select_place,
    set_style,
)
from explorer.ui.chart.display_options import AddField, PickField
from tests.ui.windows import ask, opened, press

KENT, ESSEX, LANCASHIRE, UK = "E23000032", "E23000028", "E23000003", "K02000001"


@pytest.fixture
def window(qtbot, library):
    return opened(qtbot, library, Question(place=KENT))


def pick(window, name, value):
    """Choose ``value`` in the list called ``name``, as a person does."""
    window.chart.choices.open_options()
    fields = [one for one in window.chart.findChildren(PickField) if one.isVisible()]
    field = next(one for one in fields if one.accessibleName() == name)
    index = field.findData(value)
    assert index >= 0
    field.setCurrentIndex(index)
    field.activated.emit(index)


def test_places_are_added_and_taken_out(qtbot, window):
    ask(window, select_chart(ChartKind.COMPARE), compare_with(ESSEX))
    add = next(one for one in window.chart.findChildren(AddField) if one.isVisible())
    add.fill_places()
    assert add.findData(ESSEX) == -1
    index = add.findData(LANCASHIRE)
    add.activated.emit(index)
    assert window.store.page.question.beside == (ESSEX, LANCASHIRE)
    press(qtbot, window.chart, "Essex ×")
    assert window.store.page.question.beside == (LANCASHIRE,)


def test_scale_order_and_base_are_a_press_away(qtbot, window):
    ask(window, compare_with(ESSEX, LANCASHIRE))
    press(qtbot, window.chart, "Index")
    assert window.store.page.question.scale is ValueScale.CHANGE
    assert window.store.page.chart.title.endswith("(2022/23 = 100)")
    pick(window, "Change since", "2023/24")
    assert window.store.page.question.base == "2023/24"
    assert window.store.page.chart.title.endswith("(2023/24 = 100)")
    press(qtbot, window.chart, "Counts")
    press(qtbot, window.chart, "In order of value")
    assert window.store.page.question.by_value
    assert any("not a league table" in note for note in window.store.page.chart.notes)
    press(qtbot, window.chart, "In order of value")
    assert not window.store.page.question.by_value


def test_range_events_and_rule(qtbot, window):
    ask(window, select_place(LANCASHIRE), select_chart(ChartKind.TREND))
    pick(window, "First period", "2018/19")
    assert window.store.page.question.since == "2018/19"
    assert not window.chart.events.isVisible()
    press(qtbot, window.chart, "Events")
    assert window.store.page.question.events
    assert any(not flag.break_ for flag in window.store.page.chart.flags)
    pick(window, "When sources differ, show", "first")
    assert window.store.page.question.rule is Preference.FIRST


def test_many_events_are_named_under_the_chart(window):
    ask(window, select_place(UK), mark_events(True))
    told = window.chart.events.text()
    assert told.startswith("Events: 1")
    assert "Online Harms White Paper published, 8 Apr 2019" in told
    assert window.chart.events.isVisible()


def test_only_what_the_chart_can_use_is_there(window):
    ask(window, select_place(KENT), select_chart(ChartKind.TREND))
    names = {part.accessibleName() or part.label for part in window.chart.choices.tools.in_order()}
    assert "Add a place to the comparison" not in names
    assert "When sources differ, show" not in names
    ask(window, select_chart(ChartKind.MAP))
    assert window.chart.choices.tools.in_order()


def test_every_control_is_reached_by_the_tab_key_and_none_lies_on_another(window):
    ask(window, compare_with(ESSEX, LANCASHIRE), set_style(TrendStyle.LINE))
    parts = [p for p in window.chart.choices.tab_stops() if p.isVisible()]
    assert all(p.focusPolicy() & Qt.FocusPolicy.TabFocus for p in parts)
    boxes = [p.geometry().translated(p.parentWidget().mapTo(window, p.parentWidget().rect().topLeft())) for p in parts]
    for number, box in enumerate(boxes):
        assert not any(box.intersects(other) for other in boxes[number + 1 :])


def test_a_square_of_the_map_leads_to_its_place(window):
    ask(window, select_chart(ChartKind.MAP))
    window.chart.view.went.emit(LANCASHIRE)
    assert window.store.page.place.code == LANCASHIRE
    assert window.store.page.chart.kind is ChartKind.TREND


@pytest.mark.slow
def test_fifty_turns_leave_no_more_widgets_than_five(window):
    def turn(number):
        kinds = (ChartKind.TREND, ChartKind.COMPARE, ChartKind.MAP, ChartKind.PLATFORMS)
        ask(
            window,
            select_place((KENT, LANCASHIRE, UK)[number % 3]),
            select_chart(kinds[number % 4]),
            select_period(""),
        )

    for number in range(12):
        turn(number)
    before = _held(window)
    for number in range(48):
        turn(number)
    assert _held(window) == before


def _held(window):
    """How many controls stand over the chart, once those taken away are gone."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    return len(window.chart.choices.tools.in_order()), len(window.chart.choices.children())
