"""The search field: typing, moving, choosing and leaving, by keyboard and by mouse."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel

from explorer.library.library import Library
from explorer.pages.model.chart import ChartKind
from explorer.pages.model.question import PanelKind
from explorer.pages.search.search import ResultKind, SearchResult
from explorer.ui.cards.prose import ProseView
from explorer.ui.window import search_box as module
from explorer.ui.window.search_popup import RESULT
from tests.ui.panels import column
from tests.ui.windows import opened

CAMBRIDGESHIRE = "E23000023"


@pytest.fixture
def window(qtbot, library):
    made = opened(qtbot, library)
    with qtbot.waitActive(made):
        made.activateWindow()
    return made


@pytest.fixture
def box(window):
    window.actions_.action_for("search").trigger()
    return window.top.search


@pytest.fixture
def said(monkeypatch):
    """What a screen reader is told."""
    told = []
    monkeypatch.setattr(module, "announce", lambda _widget, sentence: told.append(sentence))
    return told


def kinds(box):
    return [result.kind for result in box.result_list.results()]


def take(qtbot, box, kind):
    """Move to the first result of a kind and press Enter."""
    for _ in range(kinds(box).index(kind)):
        qtbot.keyClick(box, Qt.Key.Key_Down)
    chosen = box.result_list.current_result
    qtbot.keyClick(box, Qt.Key.Key_Return)
    return chosen


def test_the_list_is_not_made_before_it_is_needed(window):
    assert window.top.search._list is None


def test_the_shortcut_opens_it_with_a_hint_of_what_may_be_typed(box):
    assert box.hasFocus()
    assert box.is_open
    assert "A place, a number" in box.result_list.summary_text
    assert box.result_list.results() == ()


def test_its_keys_open_it_from_anywhere(qtbot, window):
    window.sidebar.tree.setFocus()
    qtbot.keyClick(window.sidebar.tree, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    assert window.top.search.is_open
    qtbot.keyClick(window.top.search, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert window.sidebar.field.hasFocus()
    assert not window.top.search.is_open


def test_typing_lists_what_it_leads_to_under_headings(qtbot, box):
    qtbot.keyClicks(box, "cambridgeshire")
    results = box.result_list.results()
    assert results[0].kind is ResultKind.PLACE
    assert ResultKind.FIGURE in kinds(box)
    model = box.result_list.view.model()
    rows = [model.index(row, 0) for row in range(model.rowCount())]
    headings = [row.data() for row in rows if row.data(RESULT) is None]
    assert headings[:2] == ["Places", "Figures"]
    assert box.result_list.summary_text == f"{len(results)} results"
    assert box.result_list.current_result == results[0]


def test_arrows_step_over_headings_and_stop_at_the_ends(qtbot, box):
    qtbot.keyClicks(box, "cambridgeshire")
    results = box.result_list.results()
    qtbot.keyClick(box, Qt.Key.Key_Up)
    assert box.result_list.current_result == results[0]
    for _ in range(len(results) + 3):
        qtbot.keyClick(box, Qt.Key.Key_Down)
    assert box.result_list.current_result == results[-1]
    assert box.hasFocus()


def test_pages_step_from_group_to_group(qtbot, box):
    qtbot.keyClicks(box, "cambridgeshire")
    qtbot.keyClick(box, Qt.Key.Key_PageDown)
    assert box.result_list.current_result.kind is ResultKind.FIGURE
    qtbot.keyClick(box, Qt.Key.Key_PageUp)
    assert box.result_list.current_result.kind is ResultKind.PLACE


def test_enter_goes_to_a_place(qtbot, window, box):
    qtbot.keyClicks(box, "peterborough")
    qtbot.keyClick(box, Qt.Key.Key_Return)
    assert window.store.page.asked.name == "Peterborough"
    assert not box.is_open
    assert box.text() == ""
    assert not box.hasFocus()


def test_a_figure_is_shown_in_its_chart_with_its_evidence(qtbot, window, box):
    qtbot.keyClicks(box, "east of england instagram 36%")
    chosen = take(qtbot, box, ResultKind.FIGURE)
    page = window.store.page
    assert page.selected == chosen.id
    assert page.chart.kind is ChartKind.PLATFORMS
    assert page.question.panel is PanelKind.EVIDENCE


def test_a_quote_is_brought_to_the_top_and_read(qtbot, window, box):
    qtbot.keyClicks(box, "blind eye")
    chosen = take(qtbot, box, ResultKind.QUOTE)
    page = window.store.page
    assert page.question.panel is PanelKind.VOICES
    at = [voice.id for voice in page.voices].index(chosen.id)
    cards = column(window.panel).visible_cards()
    focus = QApplication.focusWidget()
    assert isinstance(focus, ProseView)
    assert cards[at].isAncestorOf(focus)
    assert "blind eye" in focus.shown_text()
    assert not focus.visibleRegion().isEmpty()


def test_a_voice_that_a_filter_hides_is_shown_all_the_same(qtbot, window, box):
    from explorer.pages.model.question import filter_voices

    window.store.dispatch(filter_voices(words="nobody says this"))
    qtbot.keyClicks(box, "duty of care")
    chosen = take(qtbot, box, ResultKind.DEMAND)
    assert chosen.id in {demand.id for demand in window.store.page.demands}


def test_a_command_is_carried_out_and_says_where_it_stands(qtbot, window, box):
    qtbot.keyClicks(box, "dark")
    result = box.result_list.results()[0]
    assert (result.kind, result.id) == (ResultKind.COMMAND, "theme-dark")
    assert "View menu" in result.detail
    qtbot.keyClick(box, Qt.Key.Key_Return)
    assert window.theme.name == "dark"
    assert box.result_list.palette().color(box.result_list.foregroundRole()).isValid()


def test_what_cannot_be_done_now_is_not_offered(qtbot, window, box):
    assert not window.store.can_go_back
    qtbot.keyClicks(box, "back")
    assert "back" not in {result.id for result in box.result_list.results()}


def test_a_source_opens_what_it_holds_and_escape_goes_back(qtbot, window, box):
    qtbot.keyClicks(box, "peterborough telegraph")
    before = box.result_list.results()
    source = take(qtbot, box, ResultKind.SOURCE)
    assert box.is_open
    assert source.title in box.result_list.summary_text
    assert set(kinds(box)) <= set(ResultKind) - {ResultKind.SOURCE, ResultKind.PLACE}
    assert window.store.page.asked.code == CAMBRIDGESHIRE
    qtbot.keyClick(box, Qt.Key.Key_Escape)
    assert box.result_list.results() == before
    take(qtbot, box, ResultKind.SOURCE)
    chosen = box.result_list.current_result
    qtbot.keyClick(box, Qt.Key.Key_Return)
    assert window.store.page.selected == chosen.id


def test_escape_closes_it_and_gives_the_keyboard_back(qtbot, window):
    window.sidebar.tree.setFocus()
    window.actions_.action_for("search").trigger()
    box = window.top.search
    qtbot.keyClicks(box, "kent")
    qtbot.keyClick(box, Qt.Key.Key_Escape)
    assert not box.is_open
    assert box.text() == ""
    assert window.sidebar.tree.hasFocus()


def test_the_mouse_chooses(qtbot, window, box):
    qtbot.keyClicks(box, "peterborough")
    view = box.result_list.view
    spot = view.visualRect(view.model().index(1, 0)).center()
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert window.store.page.asked.name == "Peterborough"


def test_a_heading_is_nothing_to_choose(qtbot, window, box):
    qtbot.keyClicks(box, "peterborough")
    view = box.result_list.view
    spot = view.visualRect(view.model().index(0, 0)).center()
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert box.is_open
    assert window.store.page.asked.code == CAMBRIDGESHIRE


def test_a_press_into_the_field_opens_it_and_going_elsewhere_closes_it(qtbot, window):
    box = window.top.search
    qtbot.mouseClick(box, Qt.MouseButton.LeftButton)
    assert box.is_open
    window.sidebar.tree.setFocus()
    assert not box.is_open


def test_nothing_found_is_said(qtbot, window, box):
    qtbot.keyClicks(box, "qzxvj")
    assert "Nothing found for “qzxvj”" in box.result_list.summary_text
    qtbot.keyClick(box, Qt.Key.Key_Return)
    qtbot.keyClick(box, Qt.Key.Key_Down)
    assert window.store.page.asked.code == CAMBRIDGESHIRE


def test_what_was_chosen_before_is_offered_where_nothing_is_typed(qtbot, window, box):
    qtbot.keyClicks(box, "peterborough")
    qtbot.keyClick(box, Qt.Key.Key_Return)
    window.actions_.action_for("search").trigger()
    assert [result.title for result in box.result_list.results()] == ["Peterborough"]
    assert box.result_list.current_result is None


def test_a_screen_reader_hears_how_much_and_which(qtbot, said, box):
    qtbot.keyClicks(box, "cambridgeshire")
    qtbot.waitUntil(lambda: bool(said), timeout=30_000)
    assert said == [box.result_list.summary_text]
    qtbot.keyClick(box, Qt.Key.Key_Down)
    assert said[-1].endswith(f"2 of {len(box.result_list.results())}")
    assert box.result_list.current_result.title in said[-1]


def test_markup_stays_text(qtbot, box):
    qtbot.keyClicks(box, "<b>x</b>")
    assert "<b>x</b>" in box.result_list.summary_text
    assert all(label.textFormat() is Qt.TextFormat.PlainText for label in box.result_list.findChildren(QLabel))


def test_what_is_gone_is_said(window):
    window.commands.open_result(SearchResult(kind=ResultKind.FIGURE, id="gone/1", title="Gone"))
    assert "no longer loaded" in window.messages.text


@pytest.mark.parametrize(("size", "steps"), [((1280, 800), 0), ((1024, 640), 0), ((1024, 640), 4)])
def test_the_list_stays_in_the_window_at_any_size(qtbot, window, size, steps):
    for _ in range(steps):
        window.actions_.action_for("larger").trigger()
    window.resize(*size)
    window.actions_.action_for("search").trigger()
    box = window.top.search
    qtbot.keyClicks(box, "cambridgeshire")
    qtbot.wait(20)
    assert (window.width(), window.height()) == size
    assert window.rect().contains(box.result_list.geometry())
    assert window.top.rect().contains(box.geometry())
    assert box.result_list.view.height() > 100
    window.resize(900, 600)
    qtbot.waitUntil(lambda: window.rect().contains(box.result_list.geometry()), timeout=30_000)


def test_a_path_too_long_gives_way_and_still_leads_up(qtbot, window):
    from explorer.pages.model.question import select_place

    window.resize(1024, 640)
    for _ in range(4):
        window.actions_.action_for("larger").trigger()
    window.store.dispatch(select_place("E06000031"))
    qtbot.wait(20)
    assert window.width() == 1024
    shown = [step for step in window.top._steps if step.isVisible()]
    assert shown[0].label == "…"
    assert shown[-1].label == "Peterborough"
    above = shown[0].objectName()
    qtbot.mouseClick(shown[0], Qt.MouseButton.LeftButton)
    assert window.store.page.asked.code == above
    window.actions_.action_for("usual-size").trigger()
    window.resize(1280, 800)
    qtbot.wait(20)
    assert "…" not in {step.label for step in window.top._steps if step.isVisible()}


def test_before_the_evidence_is_open_it_says_so(qtbot):
    from explorer.ui.core.settings import UserSettings
    from explorer.ui.window.window import MainWindow

    window = MainWindow(UserSettings())
    qtbot.addWidget(window)
    window.show()
    window.actions_.action_for("search").trigger()
    qtbot.keyClicks(window.top.search, "kent")
    assert "still being opened" in window.top.search.result_list.summary_text


def test_with_every_pack_off_places_and_commands_are_still_found(qtbot, library):
    empty = opened(qtbot, Library.open(None, library.places))
    empty.actions_.action_for("search").trigger()
    qtbot.keyClicks(empty.top.search, "kent")
    assert set(kinds(empty.top.search)) == {ResultKind.PLACE}
    empty.store.library.close()
