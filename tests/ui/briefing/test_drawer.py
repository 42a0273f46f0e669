"""The briefing's drawer: collecting by menu, key, button and drag; changing, undoing, differing numbers."""

from __future__ import annotations

import warnings

import msgspec
import pytest
from msgspec.structs import replace
from PySide6.QtCore import QMimeData, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QPainter
from PySide6.QtWidgets import QApplication, QScrollArea

from explorer.briefing.exhibits import collect_item
from explorer.briefing.model import Briefing, ItemKind, replace_item
from explorer.briefing.summary_exhibits import CAUTIONS, POINTS
from explorer.pages.key_points import SummaryPoint
from explorer.pages.model.chart import ChartKind
from explorer.pages.model.question import (
    PageView,
    PanelKind,
    Question,
    open_panel,
    select_chart,
    select_figure,
    select_place,
    set_view,
)
from explorer.ui.briefing.item_list import ItemList, ItemRequest
from explorer.ui.cards.card_list import ActionButton
from explorer.ui.widgets.drag_drop import COLLECTED_MIME, build_mime_data
from tests.run_sizes import plain_and_slow, plain_and_slow_rows
from tests.ui.windows import ask, opened, press


@pytest.fixture
def window(qtbot, library):
    made = opened(qtbot, library)
    yield made
    briefings = made.commands.brief.briefings
    briefings.files.question = None
    briefings.desk.set_briefing(Briefing(), None, is_saved=True)  # nothing is asked when the test closes the window
    briefings.files.keeper.shut_down()


@pytest.fixture
def brief(window):
    return window.commands.brief.briefings


def trigger(window, command):
    window.actions_.action_for(command).trigger()


def kinds(brief):
    return [item.kind for item in brief.desk.briefing.items]


def test_the_button_of_the_status_line_opens_and_closes_the_drawer(qtbot, window, brief):
    qtbot.mouseClick(window.status.briefing, Qt.MouseButton.LeftButton)
    assert brief.panel.isVisible()
    assert "Nothing is collected yet" in brief.panel.empty.text()
    assert brief.panel.draft.label == "Brief me on Cambridgeshire"
    qtbot.mouseClick(window.status.briefing, Qt.MouseButton.LeftButton)
    assert not brief.panel.isVisible()


def test_the_chart_and_its_table_are_added_by_key_as_they_are_on_screen(window, brief):
    trigger(window, "brief-add")
    ask(window, set_view(PageView.TABLE))
    trigger(window, "brief-add")
    chart, table = brief.desk.briefing.items
    assert (chart.kind, table.kind) == (ItemKind.CHART, ItemKind.TABLE)
    assert chart.exhibit.chart == window.store.page.chart
    assert table.exhibit.table == window.store.page.table
    assert window.status.briefing.label.startswith("Briefing: 2 items")
    assert "Added to the briefing" in window.messages.text


def test_the_selected_figure_is_added(window, brief):
    figure = window.store.page.chart.figure_ids()[0]
    ask(window, select_figure(figure))
    trigger(window, "brief-add-figure")
    (item,) = brief.desk.briefing.items
    assert (item.kind, item.of) == (ItemKind.FIGURE, figure)


@pytest.mark.parametrize(
    ("panel", "kind"),
    [
        (PanelKind.EVIDENCE, ItemKind.FIGURE),
        (PanelKind.VOICES, ItemKind.QUOTE),
        (PanelKind.DEMANDS, ItemKind.DEMAND),
        (PanelKind.CLAIMS, ItemKind.CLAIM),
        (PanelKind.CONFLICTS, ItemKind.CONFLICT),
    ],
)
def test_the_button_of_each_card_adds_it(qtbot, window, brief, panel, kind):
    ask(window, open_panel(panel))
    column = window.panel.part_for(panel).column
    button = next(b for b in column.findChildren(ActionButton) if b.label == "Add to briefing" and not b.isHidden())
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert kinds(brief) == [kind]


def test_the_worked_out_figures_have_a_button_too(qtbot, window, brief):
    column = window.panel.part_for(PanelKind.EVIDENCE).column
    card = next(card for card in column.visible_cards() if card.content.name.startswith("Worked out: "))
    qtbot.mouseClick(
        next(b for b in card.findChildren(ActionButton) if b.label == "Add to briefing"),
        Qt.MouseButton.LeftButton,
    )
    assert kinds(brief) == [ItemKind.WORKING]


def test_the_key_adds_the_card_that_has_the_keyboard(window, brief):
    ask(window, open_panel(PanelKind.VOICES))
    window.activateWindow()
    window.panel.part_for(PanelKind.VOICES).column.focus_first()
    if QApplication.focusWidget() is None:
        pytest.skip("no window has the keyboard here")
    trigger(window, "brief-add-figure")
    assert kinds(brief) == [ItemKind.QUOTE]
    trigger(window, "brief-add")
    assert kinds(brief) == [ItemKind.QUOTE, ItemKind.CHART]  # the chart on screen, wherever the keyboard is


def test_an_event_is_added_from_the_list(qtbot, window, brief):
    trigger(window, "brief-event")
    press(qtbot, brief.dialog, "Add to briefing")
    assert kinds(brief) == [ItemKind.EVENT]
    brief.dialog.reject()


def dropped_on(widget, data: QMimeData) -> bool:
    at = QPointF(5, 5)
    copy, none = Qt.DropAction.CopyAction, Qt.KeyboardModifier.NoModifier
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # Qt marks how the event is made, not the event
        entered = QDragEnterEvent(at.toPoint(), copy, data, Qt.MouseButton.LeftButton, none)
    QApplication.sendEvent(widget, entered)
    drop = QDropEvent(at, copy, data, Qt.MouseButton.LeftButton, none)
    QApplication.sendEvent(widget, drop)
    return drop.isAccepted()


def test_a_chart_or_a_card_is_dragged_to_the_button(window, brief):
    ask(window, open_panel(PanelKind.VOICES))
    card = next(
        card for card in window.panel.part_for(PanelKind.VOICES).column.visible_cards() if card.content.collect_value()
    )
    assert dropped_on(window.status.briefing, build_mime_data("chart"))
    assert dropped_on(window.status.briefing, build_mime_data(card.content.collect_value()))
    assert kinds(brief) == [ItemKind.CHART, ItemKind.QUOTE]


def test_a_strange_drag_adds_nothing(window, brief):
    data = QMimeData()
    data.setText("chart")
    dropped_on(window.status.briefing, data)
    assert kinds(brief) == []
    for value in ("", "no kind\x1fx", "quote\x1fno/such", "\x00\udcff"[:1], "heading"):
        data = QMimeData()
        data.setData(COLLECTED_MIME, value.encode())
        dropped_on(window.status.briefing, data)
    assert kinds(brief) == []


def test_what_is_let_go_between_items_comes_there(window, brief):
    brief.show_drawer()
    for chart in (ChartKind.TREND, ChartKind.PLATFORMS):
        ask(window, select_chart(chart))
        trigger(window, "brief-add")
    model = brief.panel.list.model_
    model.dropMimeData(build_mime_data("table"), Qt.DropAction.CopyAction, 1, 0, model.index(-1))
    assert kinds(brief) == [ItemKind.CHART, ItemKind.TABLE, ItemKind.CHART]


def three(window, brief):
    brief.show_drawer()
    for chart in (ChartKind.TREND, ChartKind.PLATFORMS, ChartKind.COMPARE):
        ask(window, select_chart(chart))
        trigger(window, "brief-add")
    return [item.id for item in brief.desk.briefing.items]


def ids(brief):
    return [item.id for item in brief.desk.briefing.items]


def test_items_are_moved_by_keyboard(qtbot, window, brief):
    one, two, last = three(window, brief)
    previews = brief.panel.list
    previews.select_item(last)
    qtbot.keyClick(previews, Qt.Key.Key_Left, Qt.KeyboardModifier.ControlModifier)
    assert ids(brief) == [one, last, two]
    qtbot.keyClick(previews, Qt.Key.Key_Home, Qt.KeyboardModifier.ControlModifier)
    assert ids(brief) == [last, one, two]
    assert previews.item.id == last
    qtbot.keyClick(previews, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(previews, Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    assert ids(brief) == [one, two, last]
    assert brief.desk.changes.undo_name == "move chart"


@pytest.mark.parametrize(
    ("taken", "before", "after"),
    plain_and_slow_rows([(0, 3, "120"), (2, 0, "201"), (0, 2, "102"), (1, 1, "012"), (1, 2, "012")], 2),
)
def test_items_are_moved_by_drag(qtbot, window, brief, taken, before, after):
    before_ids = three(window, brief)
    model = brief.panel.list.model_
    data = model.mimeData([model.index(taken)])
    assert model.dropMimeData(data, Qt.DropAction.MoveAction, before, 0, model.index(-1)) is False
    wanted = [before_ids[int(at)] for at in after]
    qtbot.waitUntil(lambda: ids(brief) == wanted)


def test_items_are_retitled_annotated_duplicated_and_removed_and_all_of_it_undone(qtbot, window, brief):
    one, two, last = three(window, brief)
    previews, editor = brief.panel.list, brief.panel.editor
    previews.select_item(two)
    assert editor.title.placeholderText() == brief.desk.briefing.items[1].exhibit.title
    editor.title.setFocus()
    qtbot.keyClicks(editor.title, "My own")
    qtbot.keyClicks(editor.notes, "Say this")
    item = brief.desk.briefing.items[1]
    assert (item.heading, item.notes) == ("My own", "Say this")
    trigger(window, "brief-duplicate")
    assert len(ids(brief)) == 4
    assert previews.item.id == ids(brief)[2] != two
    qtbot.keyClick(previews, Qt.Key.Key_Delete)
    assert ids(brief) == [one, two, last]
    assert window.actions_.action_for("brief-undo").text() == "Undo remove chart"
    for told in ("remove chart", "duplicate chart", "change notes of chart", "change title of chart"):
        assert window.actions_.action_for("brief-undo").text() == f"Undo {told}"
        trigger(window, "brief-undo")
    assert brief.desk.briefing.items[1].heading != "My own"
    assert editor.title.text() == ""
    assert window.actions_.action_for("brief-redo").text() == "Redo change title of chart"
    trigger(window, "brief-redo")
    assert editor.title.text() == "My own"


def test_headings_and_notes_are_put_in_after_the_chosen_item(qtbot, window, brief):
    one, _, _ = three(window, brief)
    brief.panel.list.select_item(one)
    press(qtbot, brief.panel, "Add heading")
    qtbot.keyClicks(brief.panel.editor.title, "What is known")
    press(qtbot, brief.panel, "Add note")
    qtbot.keyClicks(brief.panel.editor.notes, "From the meeting")
    assert kinds(brief) == [ItemKind.CHART, ItemKind.HEADING, ItemKind.NOTE, ItemKind.CHART, ItemKind.CHART]
    assert brief.desk.briefing.items[2].notes == "From the meeting"


def test_title_author_audience_and_date(window, brief):
    trigger(window, "brief-details")
    fields = brief.dialog.fields
    assert fields["date"].text()
    for name, text in (("title", "For the panel"), ("author", "A. Officer"), ("audience", "Councillors")):
        fields[name].setText(text)
    brief.dialog.accept()
    made = brief.desk.briefing
    assert (made.title, made.author, made.audience) == ("For the panel", "A. Officer", "Councillors")
    assert brief.panel.name.label == "For the panel"
    assert brief.desk.changes.undo_name == "change details"


def test_the_draft_about_the_place_on_screen(window, brief):
    assert window.actions_.action_for("brief-me").text() == "Brief me on Cambridgeshire"
    trigger(window, "brief-me")
    assert len(brief.desk.briefing.items) > 10
    assert "first draft about Cambridgeshire" in window.messages.text
    ask(window, select_place("W92000004"))
    assert window.actions_.action_for("brief-me").text() == "Brief me on Wales"


def test_an_item_leads_back_to_its_question(qtbot, window, brief):
    three(window, brief)
    ask(window, select_place("W92000004"))
    item = brief.desk.briefing.items[1]
    brief._on_request(ItemRequest(act="show", item=item))
    assert window.store.page.question == item.question
    assert window.store.can_go_back


def falsified(item):
    """The item as it would stand if its first number had been another when it was collected."""
    first, *rest = item.exhibit.numbers
    exhibit = replace(item.exhibit, numbers=(replace(first, amount="999"), *rest))
    return replace(item, exhibit=exhibit)


def test_numbers_that_differ_are_marked_and_kept_or_taken(qtbot, window, brief):
    one, two, _ = three(window, brief)
    desk, panel = brief.desk, brief.panel
    for item in desk.briefing.items[:2]:
        desk.apply_change("test", replace_item(desk.briefing, falsified(item)))
    qtbot.waitUntil(lambda: panel.differing.label == "2 items have numbers that differ now")
    qtbot.mouseClick(panel.differing, Qt.MouseButton.LeftButton)
    assert panel.list.item.id == one
    assert "999 when this was collected" in panel.editor.differences_label.text()
    qtbot.mouseClick(panel.editor.take, Qt.MouseButton.LeftButton)
    assert "999" not in {number.amount for number in desk.briefing.items[0].exhibit.numbers}
    assert desk.changes.undo_name == "update numbers of chart"
    qtbot.waitUntil(lambda: panel.differing.label == "1 item has numbers that differ now")
    panel.list.select_item(two)
    qtbot.mouseClick(panel.editor.keep, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(panel.differing.isHidden)
    assert desk.briefing.items[1].exhibit.numbers[0].amount == "999"
    trigger(window, "brief-undo")
    qtbot.waitUntil(lambda: not panel.differing.isHidden())


def test_a_switched_off_pack_is_noticed(qtbot, window, brief):
    three(window, brief)
    library = window.store.library
    pack = brief.desk.briefing.items[0].exhibit.sources[0].id.split("/")[0]
    try:
        window.commands._switch_pack(pack, False)
        qtbot.waitUntil(lambda: not brief.panel.differing.isHidden())
        told = brief.panel.editor.differences_label
        brief.panel.list.select_item(ids(brief)[0])
        qtbot.waitUntil(lambda: "no longer held" in told.text())
    finally:
        library.manager.set_enabled(pack, True)


def test_screen_readers_hear_what_an_item_is(window, brief):
    three(window, brief)
    index = brief.panel.list.model_.index(1)
    told = index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert told.startswith("Chart: ")
    assert told.endswith("2 of 3")


def test_hostile_titles_and_notes_stay_text(qtbot, window, brief):
    hostile = "<b>x</b> \u202e =1+1 " + "wide " * 500
    three(window, brief)
    item = brief.desk.briefing.items[0]
    brief.desk.set_title(item, hostile)
    brief.desk.set_notes(brief.desk.briefing.items[0], hostile)
    brief.panel.list.select_item(item.id)
    assert brief.panel.grab().width() > 0
    assert brief.panel.editor.notes.toPlainText() == hostile


@pytest.mark.parametrize("theme", plain_and_slow(["light", "dark", "contrast"], 1))
def test_every_kind_is_drawn_in_every_theme_and_size(window, brief, theme):
    trigger(window, "brief-me")
    brief.desk.set_briefing(msgspec.structs.replace(brief.desk.briefing), None, is_saved=True)
    window.choose_theme(theme)
    shots = set()
    for height in (600, 900):
        window.resize(1100, height)
        brief.panel.fit_height(height)
        shots.add(brief.panel.height())
    assert len(shots) == 2
    brief.panel.grab()
    window.choose_theme("light")


def test_menu_of_an_item(window, brief):
    three(window, brief)
    brief.panel.list.select_item(ids(brief)[0])
    menu = brief.panel.list.build_menu()
    told = {action.text(): action for action in menu.actions()}
    assert not told["Move earlier"].isEnabled()
    told["Move later"].trigger()
    assert ids(brief)[1] != ids(brief)[0]
    assert brief.desk.changes.undo_name == "move chart"
    menu.close()


def test_menu_of_the_chart(window, brief):
    menu = window.commands.chart_menu()
    texts = [action.text() for action in menu.actions()]
    assert texts[0] == "Add to briefing"
    menu.close()


def test_the_place_of_an_item_that_is_not_known_here(window, brief):
    three(window, brief)
    item = replace(brief.desk.briefing.items[0], question=Question(place="X99"))
    brief._on_request(ItemRequest(act="show", item=item))
    assert "not known" in window.messages.text


@pytest.mark.parametrize(
    ("command", "of", "words"),
    [
        ("brief-points", POINTS, "Add key points about {}"),
        ("brief-cautions", CAUTIONS, "Add what to keep in mind about {}"),
    ],
)
def test_a_summary_of_the_place_on_screen_is_added(window, brief, command, of, words):
    assert window.actions_.action_for(command).text() == words.format("Cambridgeshire")
    trigger(window, command)
    (item,) = brief.desk.briefing.items
    assert (item.kind, item.of, item.exhibit.subtitle) == (ItemKind.SUMMARY, of, "Cambridgeshire")
    assert item.exhibit.points
    assert f"Added to the briefing: {item.heading} (1 item now)." in window.messages.text
    assert window.actions_.action_for("brief-undo").text() == "Undo add summary"
    trigger(window, "brief-undo")
    assert kinds(brief) == []
    ask(window, select_place("K02000001"))
    assert window.actions_.action_for(command).text() == words.format("the United Kingdom")
    trigger(window, command)
    assert brief.desk.briefing.items[0].exhibit.subtitle == "United Kingdom"


def test_the_commands_for_summaries_are_found_in_the_search(window):
    offered = {command: (text, where) for command, text, where in window.actions_.available_commands()}
    assert offered["brief-points"] == ("Add key points about this place", "Briefing menu")
    assert offered["brief-cautions"] == ("Add what to keep in mind about this place", "Briefing menu")


def test_screen_readers_hear_of_which_place_a_summary_is_and_how_long(window, brief):
    brief.show_drawer()
    trigger(window, "brief-points")
    (item,) = brief.desk.briefing.items
    told = brief.panel.list.model_.index(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert told == f"Summary: In short, Cambridgeshire, {len(item.exhibit.points)} points, 1 of 1"


def drawn(item, monkeypatch, *, compact=False):
    """The texts that the preview of an item draws, in order."""
    texts = []
    line = QPainter.drawText
    monkeypatch.setattr(QPainter, "drawText", lambda *given: (texts.append(given[-1]), line(*given))[1])
    view = ItemList(None)
    view.previews.compact = compact
    view.model_.show_items((item,), frozenset())
    view.resize(300, 200)
    view.grab()
    monkeypatch.undo()
    return texts


def test_the_preview_of_a_summary_shows_its_first_points(qtbot, library, monkeypatch):
    item = collect_item(library, ItemKind.SUMMARY, Question(place="E23000023"), POINTS)
    texts = drawn(item, monkeypatch)
    assert texts[0] == "1 Summary"
    assert texts[1] == item.exhibit.points[0].lead
    assert item.exhibit.points[0].text.startswith(texts[2].rstrip("…").split(" ")[0])
    assert texts[3] == item.exhibit.points[1].lead
    assert texts[-1].startswith("In short, Cambridge")
    assert drawn(item, monkeypatch, compact=True)[1].startswith("In short")


def test_the_preview_of_an_empty_or_hostile_summary_is_drawn(qtbot, library, monkeypatch):
    item = collect_item(library, ItemKind.SUMMARY, Question(place="E23000023"), POINTS)
    hostile = SummaryPoint(lead="<b>x</b>\u202e" + "wide " * 500, text="y" * 10_000)
    for points in ((), (hostile,) * 40, (SummaryPoint(text=""),) * 40):
        texts = drawn(replace(item, exhibit=replace(item.exhibit, points=points)), monkeypatch)
        assert len(texts) <= 14
        assert not [text for text in texts if "\u202e" in text]


def test_numbers_that_differ_are_told_of_while_the_drawer_is_closed(qtbot, window, brief):
    three(window, brief)
    brief.show_drawer(False)
    window.messages.hide()
    desk = brief.desk
    desk.apply_change("test", replace_item(desk.briefing, falsified(desk.briefing.items[0])))
    qtbot.waitUntil(lambda: "1 item of the briefing has numbers that differ now" in window.messages.text)
    window.messages.hide()
    desk.apply_change("test", replace_item(desk.briefing, replace(desk.briefing.items[0], title="Mine")))
    qtbot.wait(50)
    assert window.messages.text == ""  # told once


def settle(qtbot, window, brief, button):
    """Press that button by keyboard for an item whose numbers differ."""
    three(window, brief)
    desk, panel = brief.desk, brief.panel
    desk.apply_change("test", replace_item(desk.briefing, falsified(desk.briefing.items[0])))
    panel.list.select_item(desk.briefing.items[0].id)
    qtbot.waitUntil(button.isVisible)
    assert not panel.editor.notes.isVisible()  # the list of what differs has the room
    window.activateWindow()
    button.setFocus()
    if QApplication.focusWidget() is None:
        pytest.skip("no window has the keyboard here")
    qtbot.keyClick(button, Qt.Key.Key_Return)


def test_taking_the_numbers_leaves_the_keyboard_in_the_drawer(qtbot, window, brief):
    panel = brief.panel
    settle(qtbot, window, brief, panel.editor.take)
    qtbot.waitUntil(panel.editor.take.isHidden)
    assert panel.isAncestorOf(QApplication.focusWidget())


def test_settling_what_differs_leaves_the_keyboard_where_undo_is_heard(qtbot, window, brief):
    panel = brief.panel
    settle(qtbot, window, brief, panel.editor.keep)
    qtbot.waitUntil(panel.editor.keep.isHidden)
    assert panel.editor.notes.isVisible()
    assert panel.list.hasFocus()
    qtbot.keyClick(panel.list, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(panel.editor.keep.isVisible)


def test_what_is_added_while_notes_are_written_takes_no_word_from_them(qtbot, window, brief):
    three(window, brief)
    desk, panel = brief.desk, brief.panel
    first = desk.briefing.items[0].id
    panel.list.select_item(first)
    window.activateWindow()
    panel.editor.focus_field("notes")
    if QApplication.focusWidget() is None:
        pytest.skip("no window has the keyboard here")
    qtbot.keyClicks(panel.editor.notes, "Say so.")
    panel.editor.go_on(4)
    trigger(window, "brief-add")
    assert len(desk.briefing.items) == 4
    assert panel.list.item.id == first
    qtbot.keyClicks(panel.editor.notes, "it ")
    assert desk.briefing.items[0].notes == "Say it so."
    assert not any(item.notes for item in desk.briefing.items[1:])


def test_the_chart_is_in_sight_whole_over_the_drawer_of_a_laptop(qtbot, window, brief):
    window.resize(1280, 800)
    brief.show_drawer()
    pane = window.chart
    scroll = pane.findChild(QScrollArea)

    def whole() -> bool:
        foot = pane.faces.mapTo(scroll.viewport(), pane.faces.rect().bottomLeft()).y()
        return pane.height() < 520 and foot <= scroll.viewport().height()

    qtbot.waitUntil(whole, timeout=30_000)
