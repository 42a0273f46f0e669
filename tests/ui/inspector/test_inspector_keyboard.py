"""Reaching everything in the panel by keyboard, and what a screen reader is told."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from explorer.pages.model.question import PanelKind
from explorer.ui.cards import card_list
from explorer.ui.cards.prose import ProseView
from explorer.ui.inspector import statements
from explorer.ui.inspector.statements import VoicesPart
from tests.ui import samples
from tests.ui.panels import buttons, column, proses, shown_panel


def test_the_tab_key_goes_through_the_panel_in_reading_order(qtbot: Any) -> None:
    panel, _ = shown_panel(qtbot, samples.page(card=samples.EAST_36))
    panel.tabs.tabs[PanelKind.EVIDENCE].setFocus()
    expected = [stop for card in column(panel).visible_cards() for stop in card.tab_stops()]
    expected = [stop for stop in expected if stop.focusPolicy() & Qt.FocusPolicy.TabFocus]
    reached = []
    for _ in expected:
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        reached.append(QApplication.focusWidget())
    assert reached == expected


def test_the_tab_key_goes_from_the_filters_to_the_cards(qtbot: Any) -> None:
    panel, _ = shown_panel(qtbot, samples.page(panel=PanelKind.VOICES))
    part = panel.part_for(PanelKind.VOICES)
    assert isinstance(part, VoicesPart)
    panel.tabs.tabs[PanelKind.VOICES].setFocus()
    reached = []
    for _ in range(4):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        reached.append(QApplication.focusWidget())
    first = part.column.visible_cards()[0].tab_stops()[0]
    assert reached == [part.filter.words, part.filter.speaker, part.filter.here, first]


def test_arrow_keys_go_from_tab_to_tab(qtbot: Any) -> None:
    panel, store = shown_panel(qtbot, samples.page())
    panel.tabs.tabs[PanelKind.EVIDENCE].setFocus()
    qtbot.keyClick(panel.tabs.tabs[PanelKind.EVIDENCE], Qt.Key.Key_Right)
    assert store.changes() == [{"panel": PanelKind.VOICES}]


def test_the_focused_text_shows_a_ring(qtbot: Any) -> None:
    panel, _ = shown_panel(qtbot, samples.page())
    card = column(panel).visible_cards()[1]
    plain = card.grab().toImage()
    proses(card)[0].setFocus()
    assert card.grab().toImage() != plain


def test_opening_another_part_takes_the_keyboard_along(qtbot: Any) -> None:
    page = samples.page(panel=PanelKind.CLAIMS)
    panel, store = shown_panel(qtbot, page)
    link = buttons(column(panel))["Cambridgeshire, 2017/18: 66"]
    link.setFocus()
    qtbot.keyClick(link, Qt.Key.Key_Return)
    assert store.changes() == [{"figure": samples.C17, "panel": PanelKind.EVIDENCE}]
    panel.show_page(page, samples.page())
    focus = QApplication.focusWidget()
    assert isinstance(focus, ProseView)
    assert "77 offences" in focus.shown_text()


def test_next_figure_keeps_the_keyboard(qtbot: Any) -> None:
    panel, _ = shown_panel(qtbot, samples.page())
    button = buttons(column(panel))["Next figure"]
    button.setFocus()
    another = replace(samples.CAMBS_77, figure=samples.C20, heading="22 offences")
    panel.show_page(None, samples.page(card=another))
    assert QApplication.focusWidget() is button
    assert button.action is not None
    assert button.action.value == samples.C17


def test_every_widget_that_takes_the_keyboard_has_a_name(qtbot: Any) -> None:
    panel, _ = shown_panel(qtbot, samples.page(card=samples.EAST_36))
    for which in PanelKind:
        panel.show_page(None, samples.page(panel=which, card=samples.EAST_36))
        for child in panel.findChildren(QWidget):
            if child.isVisible() and child.focusPolicy() & Qt.FocusPolicy.TabFocus:
                assert child.accessibleName(), type(child).__name__


def test_paging_and_the_wheel_scroll_the_column(qtbot: Any) -> None:
    panel, _ = shown_panel(qtbot, samples.page(panel=PanelKind.CLAIMS), height=400)
    bar = column(panel).verticalScrollBar()
    view = proses(column(panel).visible_cards()[0])[0]
    view.setFocus()
    qtbot.keyClick(view, Qt.Key.Key_PageDown)
    assert bar.value() > 200
    before = bar.value()
    over = next(
        v for card in column(panel).visible_cards() for v in proses(card) if v.mapTo(panel, QPoint(0, 0)).y() > 150
    )
    QTest.wheelEvent(panel.windowHandle(), QPointF(over.mapTo(panel, QPoint(40, 10))), QPoint(0, -120))
    QApplication.processEvents()
    assert bar.value() > before


def test_the_column_follows_the_caret(qtbot: Any) -> None:
    panel, _ = shown_panel(qtbot, samples.page(panel=PanelKind.CLAIMS), height=300)
    bar = column(panel).verticalScrollBar()
    view = proses(column(panel).visible_cards()[0])[0]
    view.setFocus()
    qtbot.keyClick(view, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    assert bar.value() > 0
    qtbot.keyClick(view, Qt.Key.Key_Home, Qt.KeyboardModifier.ControlModifier)
    assert bar.value() <= view.y()


def test_the_tab_key_scrolls_to_what_it_reaches(qtbot: Any) -> None:
    panel, _ = shown_panel(qtbot, samples.page(panel=PanelKind.DEMANDS), height=400)
    area = column(panel)
    panel.tabs.tabs[PanelKind.DEMANDS].setFocus()
    for _ in range(9):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    focus = QApplication.focusWidget()
    assert area.isAncestorOf(focus)
    assert 0 <= focus.mapTo(area, QPoint(0, 0)).y() < area.height()


def test_screen_readers_read_the_text_and_the_buttons(qtbot: Any) -> None:
    panel, _ = shown_panel(qtbot, samples.page())
    view = proses(column(panel).visible_cards()[1])[0]
    interface = QAccessible.queryAccessibleInterface(view)
    assert "77 offences" in interface.textInterface().text(0, interface.textInterface().characterCount())
    assert interface.state().readOnly
    button = QAccessible.queryAccessibleInterface(buttons(column(panel))["Cambridgeshire, 2018/19: 71"])
    assert button.role() is QAccessible.Role.Button
    assert button.text(QAccessible.Text.Name) == "Show the evidence for Cambridgeshire, 2018/19: 71"
    tab = QAccessible.queryAccessibleInterface(panel.tabs.tabs[PanelKind.EVIDENCE])
    assert tab.text(QAccessible.Text.Name) == "Evidence, 4 figures"
    assert tab.state().checked


def test_copying_and_filtering_are_announced(qtbot: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    monkeypatch.setattr(card_list, "announce", lambda _widget, words: said.append(words))
    monkeypatch.setattr(statements, "announce", lambda _widget, words: said.append(words))
    page = samples.page(panel=PanelKind.VOICES)
    panel, _ = shown_panel(qtbot, page)
    buttons(column(panel))["Copy with citation"].click()
    panel.show_page(page, samples.page(panel=PanelKind.VOICES, words="x", voices=samples.VOICES[:1]))
    assert said == ["Copied", "1 quote"]
