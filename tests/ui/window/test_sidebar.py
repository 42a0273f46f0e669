"""The places: a tree by keyboard and mouse, and a field that finds one by any of its names."""

import pytest
from PySide6.QtCore import Qt

from explorer.pages.model.question import select_place
from explorer.ui.window.sidebar import CODE, COUNT, WHY
from tests.ui.windows import ask, opened


@pytest.fixture
def window(qtbot, seed_library):
    return opened(qtbot, seed_library)


@pytest.fixture
def places(window):
    return window.sidebar


def hits(places):
    model = places.matches_list.model()
    return [(model.index(i, 0).data(), model.index(i, 0).data(WHY)) for i in range(model.rowCount())]


def test_the_place_asked_for_is_marked(window, places):
    assert places.tree.currentIndex().data() == "Cambridgeshire"
    assert places.tree.currentIndex().data(COUNT) == 4
    ask(window, select_place("E06000031"))
    assert window.sidebar.tree.currentIndex().data() == "Peterborough"


def test_places_without_evidence_are_quiet_and_there(places):
    model = places.tree.model()
    found = model.match(
        model.index(0, 0),
        Qt.ItemDataRole.DisplayRole,
        "Norfolk",
        1,
        Qt.MatchFlag.MatchRecursive | Qt.MatchFlag.MatchExactly,
    )
    assert found[0].data(COUNT) == 0
    assert "no figures of its own" in found[0].data(Qt.ItemDataRole.AccessibleTextRole)


def test_typing_a_city_lands_on_its_force_and_says_why(qtbot, window, places):
    qtbot.keyClicks(places.field, "peterborough")
    name, why = hits(places)[0]
    assert name == "Peterborough"
    assert "Cambridgeshire police force area" in why
    qtbot.keyClick(places.field, Qt.Key.Key_Return)
    assert window.store.page.place.name == "Cambridgeshire"
    assert "Peterborough is a local authority" in window.chart.notice.text()


def test_a_former_council_is_found(qtbot, places):
    qtbot.keyClicks(places.field, "suffolk coastal")
    assert any("East Suffolk" in f"{name} {why}" for name, why in hits(places))


def test_down_and_enter_choose_among_what_was_found(qtbot, window, places):
    qtbot.keyClicks(places.field, "cambridge")
    qtbot.keyClick(places.field, Qt.Key.Key_Down)
    chosen = places.matches_list.currentIndex().data(CODE)
    places.matches_list.activated.emit(places.matches_list.currentIndex())
    assert window.store.page.asked.code == chosen


def test_nothing_found_is_said(qtbot, places):
    qtbot.keyClicks(places.field, "qzxv")
    assert places.none.isVisible()
    assert "qzxv" in places.none.text()
    qtbot.keyClick(places.field, Qt.Key.Key_Return)


def test_escape_brings_the_tree_back(qtbot, places):
    qtbot.keyClicks(places.field, "kent")
    qtbot.keyClick(places.field, Qt.Key.Key_Escape)
    assert places.tree.isVisible()
    assert places.field.text() == ""


def test_the_tree_by_keyboard(qtbot, window, places):
    window.activateWindow()
    places.tree.setFocus()
    qtbot.keyClick(places.tree, Qt.Key.Key_Up)
    moved = places.tree.currentIndex().data(CODE)
    assert window.store.page.asked.code == "E23000023"
    qtbot.keyClick(places.tree, Qt.Key.Key_Return)
    assert window.store.page.asked.code == moved


def test_markup_typed_stays_text(qtbot, places):
    qtbot.keyClicks(places.field, "<b>x</b>")
    assert places.none.textFormat() is Qt.TextFormat.PlainText
    assert "<b>x</b>" in places.none.text()
