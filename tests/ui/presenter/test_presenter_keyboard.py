"""The presenter: every key, black-out, live charts and their evidence by keyboard, hostile text, tidy end."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from explorer.briefing.exhibits import collect_item
from explorer.briefing.model import Briefing, BriefingItem, Exhibit, ItemKind
from explorer.documents.boilerplate import HELP_HEADING
from explorer.library.library import Library
from explorer.pages.model.chart import ChartKind
from explorer.pages.model.page import Page
from explorer.pages.model.question import Question
from explorer.pages.page_builder import answer
from explorer.pages.text.phrases import MORE_RECORDING
from explorer.support.theme import DARK, LIGHT
from explorer.ui.presenter.presenter import PresentationWindow
from explorer.ui.presenter.speaker_view import assign_displays
from tests.sample_drafts import Drafts
from tests.ui.panels import text

MARKUP = "<b>bold</b> & <img src='x'> =1+1"
HOSTILE = (MARKUP, "word " * 2000, "x" * 10_000, "a\0b\0c", "right\u202eleft", "😀 " * 300)
CHARTED = Question(place="E23000023")
Opening = Callable[..., PresentationWindow]


@pytest.fixture
def opening(qtbot: Any, library: Library) -> Iterator[Opening]:
    """Opens a presentation at a size; all are ended."""
    made: list[PresentationWindow] = []
    holder = QWidget()
    qtbot.addWidget(holder)

    def evidence(question: Question, figure: str) -> Page | None:
        return answer(library, replace(question, figure=figure)) if library.figures(ids=(figure,)) else None

    def opened(
        briefing: Briefing, at: str = "", size: tuple[int, int] = (1280, 720), **more: Any
    ) -> PresentationWindow:
        presenter = PresentationWindow(briefing, more.get("theme", LIGHT), more.get("evidence", evidence), holder)
        made.append(presenter)
        presenter.start_presentation(at)
        presenter.showNormal()
        presenter.resize(*size)
        qtbot.waitExposed(presenter)
        presenter.activateWindow()
        presenter.setFocus()
        qtbot.waitUntil(lambda: QApplication.focusWidget() is presenter, timeout=30_000)
        return presenter

    yield opened
    for presenter in made:
        if presenter.isVisible():
            presenter.end_presentation()


@pytest.fixture(scope="module")
def draft(drafts: Drafts) -> Briefing:
    return drafts["E23000023"]


@pytest.fixture(scope="module")
def chart(library: Library) -> Briefing:
    item = collect_item(library, ItemKind.CHART, CHARTED)
    assert item is not None
    return Briefing(title="One chart", items=(item,))


def note(words: str, title: str = "A note") -> BriefingItem:
    return BriefingItem(id="note", kind=ItemKind.NOTE, title=title, notes=words)


def quote(words: str) -> BriefingItem:
    shown = Exhibit(title=words, text=words, speaker=words, source_line=words, notes=(words,))
    return BriefingItem(id="quote", kind=ItemKind.QUOTE, exhibit=shown, notes=words)


def press(presenter: PresentationWindow, *keys: Qt.Key) -> None:
    """Keys as they come in: to what has the keyboard."""
    for key in keys:
        QTest.keyClick(QApplication.focusWidget() or presenter, key)


def click(presenter: PresentationWindow, number: int) -> str:
    """Press a mark of the chart; returns its figure."""
    view = presenter.view.chart
    assert view is not None
    stop = [one for one in view.targets if one.figure][number]
    body = view.on_screen(stop)
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=view.viewport().mapFromGlobal(body.center()))
    return stop.figure


def read(presenter: PresentationWindow) -> str:
    """Every word that is on the screen."""
    labels = [label for label in presenter.view.findChildren(QLabel) if not label.isHidden()]
    return "\n".join(label.text() for label in labels)


def test_there_is_a_screen_for_each_item_with_a_first_and_a_last(opening: Opening, draft: Briefing) -> None:
    presenter = opening(draft)
    assert len(presenter.screens) == len(draft.items) + 2
    assert draft.name in read(presenter)
    assert MORE_RECORDING in read(presenter)
    assert "Evidence packs: " in read(presenter)
    for number, item in enumerate(draft.items, start=1):
        presenter.go_to_screen(number)
        shown = read(presenter)
        assert item.heading in shown
        assert f"{number + 1} / {len(presenter.screens)}" in shown
    presenter.go_to_screen(99)
    assert HELP_HEADING in read(presenter)
    assert "0808 800 5000" in read(presenter)


def test_each_demand_has_a_screen_of_its_own(opening: Opening, draft: Briefing) -> None:
    presenter = opening(draft)
    demands = [item for item in draft.items if item.kind is ItemKind.DEMAND]
    assert len(demands) == 7
    for item in demands:
        presenter.go_to_screen(draft.index_of(item.id) + 1)
        assert item.exhibit is not None
        assert item.exhibit.text in read(presenter)


@pytest.mark.parametrize("key", [Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_PageDown, Qt.Key.Key_Space,
                                 Qt.Key.Key_Return, Qt.Key.Key_Enter])  # fmt: skip
def test_a_key_goes_on(opening: Opening, draft: Briefing, key: Qt.Key) -> None:
    presenter = opening(draft)
    press(presenter, key, key)
    assert presenter.at == 2


@pytest.mark.parametrize("key", [Qt.Key.Key_Left, Qt.Key.Key_Up, Qt.Key.Key_PageUp, Qt.Key.Key_Backspace])
def test_a_key_goes_back(opening: Opening, draft: Briefing, key: Qt.Key) -> None:
    presenter = opening(draft)
    press(presenter, Qt.Key.Key_Right, Qt.Key.Key_Right, key)
    assert presenter.at == 1


def test_home_and_end_and_neither_goes_over_the_edge(opening: Opening, draft: Briefing) -> None:
    presenter = opening(draft)
    press(presenter, Qt.Key.Key_Left)
    assert presenter.at == 0
    press(presenter, Qt.Key.Key_End, Qt.Key.Key_Right)
    assert presenter.at == len(presenter.screens) - 1
    press(presenter, Qt.Key.Key_Home)
    assert presenter.at == 0


def test_it_begins_with_the_item_asked_for(opening: Opening, draft: Briefing) -> None:
    item = draft.items[-1]
    assert opening(draft, item.id).at == len(draft.items)
    assert opening(draft, "no such item").at == 0


@pytest.mark.parametrize("key", [Qt.Key.Key_B, Qt.Key.Key_Period])
def test_black_covers_all_and_any_key_only_brings_it_back(opening: Opening, chart: Briefing, key: Qt.Key) -> None:
    presenter = opening(chart)
    presenter.go_to_screen(1)
    press(presenter, key)
    picture = presenter.grab().toImage()
    spots = [(x, y) for x in range(5, picture.width(), 60) for y in range(5, picture.height(), 60)]
    assert {picture.pixelColor(x, y).name() for x, y in spots} == {"#000000"}
    press(presenter, Qt.Key.Key_Escape)
    assert (presenter.black.isVisible(), presenter.at, presenter.isVisible()) == (False, 1, True)


def test_a_press_on_a_mark_opens_its_evidence_and_escape_closes_it(opening: Opening, chart: Briefing) -> None:
    asked: list[tuple[Question, str]] = []
    presenter = opening(chart, evidence=lambda q, f: asked.append((q, f)))
    presenter.go_to_screen(1)
    figure = click(presenter, 1)
    assert asked == [(chart.items[0].question, figure)]
    assert presenter.panel.isVisible()
    press(presenter, Qt.Key.Key_Escape)
    assert not presenter.panel.isVisible()
    assert presenter.isVisible()


@pytest.mark.parametrize(
    ("measure", "publisher"), [("scc-offences", "Peterborough Telegraph"), ("", "Home Office, 23 April 2026")]
)
def test_evidence_says_who_printed_the_number(opening: Opening, library: Library, measure: str, publisher: str) -> None:
    item = collect_item(library, ItemKind.CHART, replace(CHARTED, measure=measure))
    assert item is not None
    presenter = opening(Briefing(items=(item,)))
    presenter.go_to_screen(1)
    click(presenter, 0)
    assert f"Published by {publisher}" in " ".join(text(presenter.panel).split())
    assert presenter.view.geometry().right() < presenter.panel.x() + 1


def test_the_next_screen_has_the_room_that_the_evidence_had(opening: Opening, chart: Briefing) -> None:
    presenter = opening(chart)
    presenter.go_to_screen(1)
    click(presenter, 0)
    assert presenter.view.width() < presenter.width()
    press(presenter, Qt.Key.Key_Right)
    assert (presenter.panel.isVisible(), presenter.view.width()) == (False, presenter.width())
    press(presenter, Qt.Key.Key_Escape)
    assert not presenter.isVisible()


def test_a_figure_no_longer_held_is_a_sentence(opening: Opening, chart: Briefing) -> None:
    presenter = opening(chart, evidence=lambda q, f: None)
    presenter.go_to_screen(1)
    press(presenter, Qt.Key.Key_E)
    assert "no longer" in text(presenter.panel)
    press(presenter, Qt.Key.Key_E)
    assert not presenter.panel.isVisible()


def test_the_keyboard_walks_the_chart_until_escape(opening: Opening, chart: Briefing) -> None:
    presenter = opening(chart)
    presenter.go_to_screen(1)
    press(presenter, Qt.Key.Key_Tab)
    view = presenter.view.chart
    assert view is not None
    before = view.focused_index
    press(presenter, Qt.Key.Key_Right)
    assert presenter.at == 1
    assert view.focused_index != before
    press(presenter, Qt.Key.Key_Return)
    assert presenter.panel.isVisible()
    press(presenter, Qt.Key.Key_Escape, Qt.Key.Key_Escape)
    assert presenter.isVisible()
    press(presenter, Qt.Key.Key_Right)
    assert presenter.at == 2


def test_escape_ends_it_and_says_so_once(opening: Opening, draft: Briefing, qtbot: Any) -> None:
    presenter = opening(draft)
    told: list[int] = []
    presenter.presentation_ended.connect(lambda: told.append(1))
    press(presenter, Qt.Key.Key_Escape)
    assert told == [1]
    assert not presenter.isVisible()
    presenter.end_presentation()
    assert told == [1]


def test_closing_the_window_ends_it_too(opening: Opening, draft: Briefing, qtbot: Any) -> None:
    presenter = opening(draft)
    with qtbot.waitSignal(presenter.presentation_ended, timeout=30_000):
        presenter.close()


@pytest.mark.parametrize("words", HOSTILE, ids=["markup", "long", "unbroken", "null", "turned", "emoji"])
@pytest.mark.parametrize("make", [note, quote])
def test_hostile_text_is_text_and_stays_on_the_screen(opening: Opening, words: str, make: Any) -> None:
    item = replace(make(words), title="" if make is quote else words)
    presenter = opening(Briefing(title=words, author=words, items=(item,)))
    press(presenter, Qt.Key.Key_N)
    for number in range(3):
        presenter.go_to_screen(number)
        presenter.grab()
        for label in presenter.findChildren(QLabel):
            assert label.textFormat() is Qt.TextFormat.PlainText
            assert "\0" not in label.text()
            assert "\u202e" not in label.text()
        view = presenter.view
        for label in (view.heading, view.subtitle, view.source, view.count):
            if not label.isHidden():
                assert view.rect().contains(label.geometry())
        if not view.words.isHidden() and not view.heading.isHidden():
            assert view.words.y() >= view.heading.geometry().bottom()
        if not view.words.isHidden() and not view.source.isHidden():
            assert view.words.geometry().bottom() <= view.source.y()


def test_markup_is_shown_as_it_is_written(opening: Opening) -> None:
    presenter = opening(Briefing(title=MARKUP, items=(quote(MARKUP),)))
    assert MARKUP in read(presenter)
    presenter.go_to_screen(1)
    assert MARKUP in read(presenter)


def test_a_long_quote_is_whole_and_can_be_scrolled_by_keyboard(opening: Opening) -> None:
    words = " ".join(f"word{at}" for at in range(1700))
    shown = Exhibit(title="Somebody", text=words, speaker="Somebody", source_line="Somewhere")
    presenter = opening(Briefing(items=(BriefingItem(id="q", kind=ItemKind.QUOTE, exhibit=shown),)))
    presenter.go_to_screen(1)
    assert words in read(presenter)
    bar = presenter.view.words.verticalScrollBar()
    assert bar.maximum() > 0
    for _ in range(60):
        if presenter.at != 1:
            break
        end = bar.value() == bar.maximum()
        press(presenter, Qt.Key.Key_Down)
    assert end
    assert presenter.at == 2


def test_an_unbroken_word_is_not_cut_off(opening: Opening) -> None:
    presenter = opening(Briefing(items=(note("x" * 3000),)))
    presenter.go_to_screen(1)
    label = next(one for one in presenter.view.words.findChildren(QLabel) if "x" in one.text())
    assert label.fontMetrics().horizontalAdvance("x" * 3000) > label.width()
    assert label.height() > 3 * label.fontMetrics().lineSpacing()


def test_an_empty_briefing_has_a_first_and_a_last_screen(opening: Opening) -> None:
    presenter = opening(Briefing())
    assert len(presenter.screens) == 2
    assert "Untitled briefing" in read(presenter)
    press(presenter, Qt.Key.Key_E, Qt.Key.Key_Tab, Qt.Key.Key_Right, Qt.Key.Key_Right)
    assert HELP_HEADING in read(presenter)


def test_notes_are_the_presenters_alone(opening: Opening, chart: Briefing) -> None:
    item = replace(chart.items[0], notes="Say this slowly.")
    presenter = opening(Briefing(items=(item,)))
    presenter.go_to_screen(1)
    assert "Say this slowly." not in read(presenter)
    press(presenter, Qt.Key.Key_N)
    assert presenter.notes is not None
    assert "Say this slowly." in presenter.notes.words.text()
    assert item.exhibit is not None
    assert item.exhibit.notes[0] in presenter.notes.words.text()
    assert HELP_HEADING in presenter.notes.next.text()
    assert presenter.view.geometry().bottom() < presenter.notes.y() + 1
    press(presenter, Qt.Key.Key_N)
    assert presenter.notes is None


def test_the_elapsed_time_goes_on_while_the_notes_are_away(opening: Opening, chart: Briefing, monkeypatch: Any) -> None:
    from explorer.ui.presenter import speaker_view

    presenter = opening(chart)
    press(presenter, Qt.Key.Key_N)
    assert presenter.notes is not None
    now = speaker_view.time.monotonic()
    monkeypatch.setattr(speaker_view.time, "monotonic", lambda: now + 125)
    presenter.notes.update_clock()
    assert "02:0" in presenter.notes.now.text()
    press(presenter, Qt.Key.Key_N, Qt.Key.Key_N)
    assert "02:0" in presenter.notes.now.text()


def test_the_audience_has_the_other_display() -> None:
    one, two, three = object(), object(), object()
    assert assign_displays([one], one) == (one, None)
    assert assign_displays([one, two], one) == (two, one)
    assert assign_displays([one, two], two) == (one, two)
    assert assign_displays([one, two, three], one) == (two, one)


def test_evidence_leads_from_figure_to_figure(opening: Opening, chart: Briefing) -> None:
    from explorer.ui.cards.card_list import ActionButton

    presenter = opening(chart)
    presenter.go_to_screen(1)
    click(presenter, 1)
    labels = {one.label: one for one in presenter.panel.findChildren(ActionButton) if one.isVisible()}
    assert "Add to briefing" not in labels
    before = text(presenter.panel)
    labels["Next figure"].click()
    assert text(presenter.panel) != before


def test_the_figure_whose_evidence_is_open_is_marked(opening: Opening, chart: Briefing) -> None:
    presenter = opening(chart)
    presenter.go_to_screen(1)
    figure = click(presenter, 2)
    assert presenter.view.chart is not None
    assert presenter.view.chart.selected_figure == figure


def test_after_a_press_on_a_chart_the_arrows_still_present(opening: Opening, chart: Briefing) -> None:
    presenter = opening(chart)
    presenter.go_to_screen(1)
    click(presenter, 1)
    press(presenter, Qt.Key.Key_Escape, Qt.Key.Key_Right)
    assert presenter.at == 2


def test_enter_on_a_square_of_a_map_opens_its_evidence(opening: Opening, library: Library) -> None:
    item = collect_item(library, ItemKind.CHART, Question(place="K02000001", chart=ChartKind.MAP))
    assert item is not None
    presenter = opening(Briefing(items=(item,)))
    presenter.go_to_screen(1)
    press(presenter, Qt.Key.Key_Tab, Qt.Key.Key_Return)
    assert presenter.panel.isVisible()


def test_tab_reaches_the_evidence(opening: Opening, chart: Briefing) -> None:
    presenter = opening(chart)
    presenter.go_to_screen(1)
    press(presenter, Qt.Key.Key_E)
    for _ in range(3):
        press(presenter, Qt.Key.Key_Tab)
        if presenter.panel.holds_focus():
            break
    assert presenter.panel.holds_focus()


def test_a_table_says_how_many_rows_are_out_of_sight(opening: Opening, library: Library) -> None:
    item = collect_item(library, ItemKind.TABLE, Question(place="K02000001", chart=ChartKind.MAP))
    assert item is not None
    assert item.exhibit is not None
    assert item.exhibit.table is not None
    assert len(item.exhibit.table.rows) > 20
    presenter = opening(Briefing(items=(item,)))
    presenter.go_to_screen(1)
    presenter.grab()
    assert "more rows" in read(presenter)


def test_the_pointer_hides_and_comes_back(opening: Opening, chart: Briefing, qtbot: Any) -> None:
    presenter = opening(chart)
    presenter._pointer.setInterval(10)
    QTest.mouseMove(presenter, QPoint(200, 200))
    qtbot.waitUntil(lambda: presenter.cursor().shape() is Qt.CursorShape.BlankCursor, timeout=30_000)
    QTest.mouseMove(presenter, QPoint(300, 300))
    assert presenter.cursor().shape() is not Qt.CursorShape.BlankCursor


def test_it_can_be_dark_at_any_size(opening: Opening, draft: Briefing) -> None:
    for size in ((1280, 720), (1920, 1080)):
        presenter = opening(draft, size=size, theme=DARK)
        assert presenter.grab().toImage().pixelColor(3, 3).name().upper() == DARK.page
        presenter.end_presentation()
