"""Presenting: one screen an item, by keyboard, with live charts, evidence, notes and a clock."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from explorer.briefing.exhibits import collect_item
from explorer.briefing.model import Briefing, BriefingItem, ItemKind, insert_items
from explorer.documents.boilerplate import HELP_HEADING
from explorer.documents.screens import build_screens
from explorer.pages.model.question import Question
from explorer.pages.page_builder import answer
from explorer.support.theme import DARK, LIGHT
from explorer.ui.cards.model import ActionKind
from explorer.ui.presenter.presenter import PresentationWindow
from explorer.ui.presenter.speaker_view import assign_displays

HOSTILE = "<b>bold</b> \u202eturned\x00 =1+1 "


@pytest.fixture(scope="module")
def briefing(library, drafts):
    question = Question(place="K02000001")
    made = drafts["E23000023"]
    table = collect_item(library, ItemKind.TABLE, question)
    note = BriefingItem(id="note", kind=ItemKind.NOTE, title="A note", notes="Ask the force. " * 700)
    return insert_items(made, [table, note])


@pytest.fixture
def presenter(qtbot, library, briefing):
    made = PresentationWindow(briefing, LIGHT, lambda q, f: answer(library, replace(q, figure=f)), None)
    qtbot.addWidget(made)
    made.start_presentation()
    made.showNormal()
    made.resize(1280, 720)
    yield made
    made.end_presentation()


def press(qtbot, presenter, *keys):
    for key in keys:
        qtbot.keyClick(presenter, key)


def at_chart(presenter):
    presenter.go_to_screen(next(at for at, one in enumerate(presenter.screens) if one.chart is not None))
    return presenter.view.chart


def test_a_screen_for_each_item_and_one_before_and_one_with_the_help_lines(presenter, briefing):
    assert len(presenter.screens) == len(briefing.items) + 2
    assert presenter.screens[0].heading == briefing.name
    assert presenter.screens[-1].heading == HELP_HEADING


def test_an_empty_briefing_has_a_first_screen_and_the_help_lines():
    assert [one.heading for one in build_screens(Briefing(title="None"))] == ["None", HELP_HEADING]


def test_keys_go_on_and_back_to_the_first_and_the_last(qtbot, presenter):
    last = len(presenter.screens) - 1
    press(qtbot, presenter, Qt.Key.Key_Right, Qt.Key.Key_Space)
    assert presenter.at == 2
    press(qtbot, presenter, Qt.Key.Key_Left)
    assert presenter.at == 1
    press(qtbot, presenter, Qt.Key.Key_End)
    assert presenter.at == last
    press(qtbot, presenter, Qt.Key.Key_Right)
    assert presenter.at == last
    press(qtbot, presenter, Qt.Key.Key_Home, Qt.Key.Key_PageUp)
    assert presenter.at == 0


def test_it_begins_with_the_item_that_is_asked_for(qtbot, library, briefing):
    made = PresentationWindow(briefing, DARK, lambda _q, _f: None, None)
    qtbot.addWidget(made)
    item = next(one for one in briefing.items if one.kind is ItemKind.QUOTE)
    made.start_presentation(item.id)
    assert item.id in made.screens[made.at].items
    made.end_presentation()


def test_black_and_back_by_any_key(qtbot, presenter):
    press(qtbot, presenter, Qt.Key.Key_Right, Qt.Key.Key_B)
    assert presenter.black.isVisible()
    press(qtbot, presenter, Qt.Key.Key_Right)
    assert not presenter.black.isVisible()
    assert presenter.at == 1


def test_a_figure_of_the_live_chart_opens_its_evidence(qtbot, presenter):
    chart = at_chart(presenter)
    figure = chart.chart.figure_ids()[0]
    chart.figure_chosen.emit(figure)
    assert presenter.panel.isVisible()
    acts = {
        item.act
        for card in presenter.panel.visible_cards()
        for part in card.content.parts
        for item in getattr(part, "items", ())
    }
    assert acts <= {ActionKind.SELECT}
    press(qtbot, presenter, Qt.Key.Key_Escape)
    assert not presenter.panel.isVisible()
    assert presenter.isVisible()


def test_evidence_by_keyboard(qtbot, presenter):
    at_chart(presenter)
    press(qtbot, presenter, Qt.Key.Key_E)
    assert presenter.panel.isVisible()
    first = presenter.panel.visible_cards()[-1].content
    press(qtbot, presenter, Qt.Key.Key_E)
    assert not presenter.panel.isVisible()
    assert first.parts


def test_a_figure_that_is_no_longer_loaded_is_told(qtbot, briefing):
    made = PresentationWindow(briefing, LIGHT, lambda _q, _f: None, None)
    qtbot.addWidget(made)
    made.start_presentation()
    at_chart(made).figure_chosen.emit("gone/gone")
    assert made.panel.visible_cards()[0].content.name == "No longer loaded"
    made.end_presentation()


def test_tab_goes_into_the_chart_and_escape_out_of_it(qtbot, presenter):
    chart = at_chart(presenter)
    at = presenter.at
    presenter.activateWindow()
    press(qtbot, presenter, Qt.Key.Key_Tab)
    if not chart.hasFocus():
        pytest.skip("no window has the keyboard here")
    rested = chart.focused_index
    qtbot.keyClick(chart, Qt.Key.Key_Right)
    assert presenter.at == at
    assert chart.focused_index != rested
    qtbot.keyClick(chart, Qt.Key.Key_Escape)
    assert not chart.hasFocus()
    press(qtbot, presenter, Qt.Key.Key_Right)
    assert presenter.at == at + 1


def test_what_stands_under_a_heading_is_on_its_screen_and_notes_of_a_chart_are_not(briefing):
    heading, chart = briefing.items[1], briefing.items[2]
    assert (heading.kind, chart.kind) == (ItemKind.HEADING, ItemKind.CHART)
    several = (replace(heading, notes="For all to read"), replace(chart, notes="For me"))
    _, over, drawn, _ = build_screens(replace(briefing, items=several))
    assert [line.text for line in over.lines] == ["For all to read"]
    assert (drawn.speaker_notes, drawn.lines) == ("For me", ())


def test_notes_and_clock_as_a_strip_on_one_display(qtbot, library, briefing):
    item = replace(briefing.items[2], notes="Say why")
    noted = replace(briefing, items=(*briefing.items[:2], item, *briefing.items[3:]))
    made = PresentationWindow(noted, LIGHT, lambda _q, _f: None, None)
    qtbot.addWidget(made)
    made.start_presentation(item.id)
    qtbot.keyClick(made, Qt.Key.Key_N)
    assert made.notes.words.text().startswith("Say why")
    assert made.notes.next.text().startswith("Next: ")
    assert ":" in made.notes.now.text()
    qtbot.keyClick(made, Qt.Key.Key_N)
    assert made.notes is None
    assert "Say why" not in {label.text() for label in made.view.findChildren(QLabel)}
    made.end_presentation()


def test_the_audience_gets_the_second_display_and_the_presenter_keeps_the_own():
    own, other = object(), object()
    assert assign_displays([own], own) == (own, None)
    assert assign_displays([own, other], own) == (other, own)
    assert assign_displays([other, own], own) == (other, own)


def test_escape_ends_it(qtbot, library, briefing):
    made = PresentationWindow(briefing, LIGHT, lambda _q, _f: None, None)
    qtbot.addWidget(made)
    made.start_presentation()
    with qtbot.waitSignal(made.presentation_ended, timeout=30_000):
        qtbot.keyClick(made, Qt.Key.Key_Escape)
    assert not made.isVisible()


def test_words_that_do_not_fit_are_scrolled_before_the_next_screen(qtbot, presenter):
    presenter.go_to_screen(next(at for at, one in enumerate(presenter.screens) if one.heading == "A note"))
    at, bar = presenter.at, presenter.view.words.verticalScrollBar()
    assert bar.maximum() > 0
    press(qtbot, presenter, Qt.Key.Key_Space)
    assert presenter.at == at
    assert bar.value() > 0
    for _ in range(60):
        press(qtbot, presenter, Qt.Key.Key_Space)
    assert presenter.at > at


def test_every_screen_is_drawn_at_every_size(qtbot, presenter):
    for size in ((1024, 640), (1920, 1080), (800, 800)):
        presenter.resize(*size)
        for at in range(len(presenter.screens)):
            presenter.go_to_screen(at)
            view = presenter.view
            for label in (view.heading, view.source, view.count):
                assert label.isHidden() or view.rect().contains(label.geometry()), presenter.screens[at].heading
            if view.chart is not None and not view.chart.isHidden():
                assert view.chart.height() > 100


def test_hostile_words_are_shown_as_words(qtbot, library):
    items = (
        BriefingItem(id="h", kind=ItemKind.HEADING, title=HOSTILE * 30),
        BriefingItem(id="n", kind=ItemKind.NOTE, title=HOSTILE, notes=HOSTILE * 400),
    )
    made = PresentationWindow(Briefing(title=HOSTILE, items=items), LIGHT, lambda _q, _f: None, None)
    qtbot.addWidget(made)
    made.start_presentation()
    made.go_to_screen(2)
    shown = [label.text() for label in made.view.findChildren(QLabel)]
    assert any("<b>bold</b>" in text for text in shown)
    assert not any("\u202e" in text or "\x00" in text for text in shown)
    assert {label.textFormat() for label in made.view.findChildren(QLabel)} == {Qt.TextFormat.PlainText}
    made.end_presentation()
