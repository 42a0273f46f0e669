"""Packs opened, replaced, removed, saved and undone from the window; and what is said and asked."""

import os
import threading
import warnings
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog

from explorer.evidence.model import Pack
from explorer.library import pack_transfer
from explorer.library.user_folder import MoveKind, PackTransaction
from explorer.packs.problems import Problem
from explorer.packs.reader import read_pack, read_places
from explorer.packs.writer import write_pack
from explorer.support import paths
from explorer.support.theme import THEMES
from explorer.ui.cards.dialog import CardsDialog
from explorer.ui.core.commands import undo_words
from explorer.ui.packs import controller as module
from explorer.ui.packs.cards import problem_cards
from tests.library.test_pack_switches import second
from tests.ui.panels import buttons, sticking_out, text
from tests.ui.windows import opened

PLACES = read_places(paths.places_folder())
LOCKDOWN = read_pack(paths.packs_folder() / "lockdown-2020", PLACES)

_SHIPPED = 5
"""How many packs `small_library` begins with."""


def own(version: str = "1.2.0", title: str = "My own & more") -> Pack:
    return second(LOCKDOWN, "own", title=title, version=version)


def saved(tmp_path: Path, pack: Pack, name: str = "") -> Path:
    """The pack as a .zip from another copy of the program."""
    name = name or f"{pack.id}-{pack.version}"
    write_pack(pack, tmp_path / "made" / name)
    pack_transfer.save_zip(tmp_path / "made" / name, tmp_path / f"{name}.zip")
    return tmp_path / f"{name}.zip"


@pytest.fixture
def evidence(small_library):
    return small_library


@pytest.fixture
def window(qtbot, evidence):
    made = opened(qtbot, evidence)
    yield made
    made.commands.pack_moves.wait_for_job()
    qtbot.wait(1)
    made.commands.close_dialog()


@pytest.fixture
def moves(window):
    return window.commands.pack_moves


def settled(qtbot, moves):
    """Wait until what is done in the thread is done and told."""
    qtbot.waitUntil(lambda: not moves._doing, timeout=30_000)


def brought(qtbot, moves, path):
    moves.open_pack(path)
    settled(qtbot, moves)


def answer(qtbot, moves, yes):
    question = moves.question
    button = question.yes_button if yes else question.close_button
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    settled(qtbot, moves)


def listed(library, pack="own"):
    return next(((s.title, s.version) for s in library.packs() if s.id == pack), None)


def undo_action(window):
    return window.actions_.action_for("undo-pack")


def card_of(dialog, name):
    return next(card for card in dialog.column.visible_cards() if card.content.name == name)


# ---- opening


@pytest.mark.parametrize("shape", ["zip", "folder", "descriptor"])
def test_a_pack_is_opened_and_the_window_follows(qtbot, window, moves, evidence, tmp_path, shape):
    path = saved(tmp_path, own())
    folder = tmp_path / "made" / path.stem
    before = window.store.page
    brought(qtbot, moves, {"zip": path, "folder": folder, "descriptor": folder / "datapackage.json"}[shape])
    assert listed(evidence) == ("My own & more", "1.2.0")
    assert "“My own & more” 1.2.0 was added, with 10 figures." in window.messages.text
    assert f"{_SHIPPED + 1} packs" in window.status.text
    assert window.store.page is not before
    assert undo_action(window).text() == "Undo add “My own && more”"
    assert undo_action(window).isEnabled()
    assert path.exists()


def test_while_it_is_read_the_window_goes_on_and_says_so(qtbot, window, moves, tmp_path, monkeypatch):
    path, go = saved(tmp_path, own()), threading.Event()
    read = pack_transfer.open_pack

    def slow(library, path):
        go.wait(30)
        return read(library, path)

    monkeypatch.setattr(pack_transfer, "open_pack", slow)
    moves.open_pack(path)
    assert window.messages.text == "Reading “own-1.2.0.zip”…"
    window.actions_.action_for("table").trigger()
    moves.open_pack(path)
    assert window.messages.text == "Reading “own-1.2.0.zip”… Try again when that is done."
    go.set()
    settled(qtbot, moves)
    assert "was added" in window.messages.text


def test_what_is_wrong_is_listed_and_can_be_copied(qtbot, window, moves, evidence, tmp_path):
    write_pack(own(), tmp_path / "made")
    table = tmp_path / "made" / "figures.csv"
    table.write_bytes(table.read_bytes().replace(b",66,", b",many,", 1))
    before = evidence.packs()
    brought(qtbot, moves, tmp_path / "made")
    said = text(moves.question.column)
    assert "“made” was not opened" in said
    assert "figures.csv" in said
    assert "row" in said
    assert "Nothing in the library has changed" in said
    buttons(moves.question.column)["Copy the problems"].click()
    assert "figures.csv, row" in QGuiApplication.clipboard().text()
    QGuiApplication.clipboard().clear()
    moves.question.close_button.click()
    assert moves.question is None
    assert evidence.packs() == before


def test_two_hundred_problems_are_shown_and_the_rest_counted(qtbot, tmp_path):
    problems = [Problem(file="figures.csv", what="it is wrong", mend="", row=at) for at in range(200)]
    problems.append(Problem(file="", what="and 4,000 more", mend="Mend these first, then check again."))
    dialog = CardsDialog("What is wrong", problem_cards("a.zip", "opened", problems), THEMES["light"])
    qtbot.addWidget(dialog)
    assert "And 4,000 more" in text(dialog.column)
    assert "row 199" in text(dialog.column)


def test_what_is_no_pack_says_so(qtbot, window, moves, tmp_path):
    (tmp_path / "a.zip").write_bytes(b"PK\x03\x04 and nothing else")
    brought(qtbot, moves, tmp_path / "a.zip")
    assert "the .zip is damaged" in text(moves.question.column)
    moves.question.reject()


def test_a_folder_that_cannot_be_written_to_says_so(qtbot, window, moves, evidence, tmp_path, monkeypatch):
    def refuse(*_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(evidence.manager, "create_staging_folder", refuse)
    brought(qtbot, moves, saved(tmp_path, own()))
    assert window.messages.text == ("“own-1.2.0.zip” was not opened: Permission denied. Nothing has changed.")
    assert listed(evidence) is None


def test_the_same_again_is_said(qtbot, window, moves, evidence, tmp_path):
    path = saved(tmp_path, own())
    brought(qtbot, moves, path)
    brought(qtbot, moves, path)
    assert "is in the library already, with the same content." in window.messages.text
    evidence.manager.set_enabled("own", False)
    brought(qtbot, moves, path)
    assert "switched off" in window.messages.text


@pytest.mark.parametrize("yes", [True, False])
@pytest.mark.parametrize(
    ("later", "asked"),
    [
        (own("1.3.0"), "“My own & more” 1.2.0 is in the library. Replace it with 1.3.0?"),
        (own("1.1"), "The one you opened, 1.1, is older. Replace it all the same?"),
        (own(title="Another title"), "“My own & more” 1.2.0 is in the library, with other content."),
    ],
)
def test_another_version_is_asked_about(qtbot, window, evidence, tmp_path, later, asked, yes):
    moves = window.commands.pack_moves
    brought(qtbot, moves, saved(tmp_path, own()))
    brought(qtbot, moves, saved(tmp_path, later, "later"))
    assert asked in text(moves.question.column)
    assert QApplication.focusWidget() in (None, moves.question.close_button)
    assert moves.question.height() < 320, "it is as tall as what it says"
    answer(qtbot, moves, yes)
    expected = (later.title, later.version) if yes else ("My own & more", "1.2.0")
    assert listed(evidence) == expected
    assert ("has replaced 1.2.0" in window.messages.text) is yes
    assert not list((tmp_path / "own" / ".moves" / "staged").iterdir())
    assert moves.question is None


def test_escape_keeps_the_one_there_is(qtbot, window, moves, evidence, tmp_path):
    brought(qtbot, moves, saved(tmp_path, own()))
    brought(qtbot, moves, saved(tmp_path, own("2")))
    qtbot.keyClick(moves.question, Qt.Key.Key_Escape)
    assert listed(evidence) == ("My own & more", "1.2.0")


def test_the_menu_asks_for_a_file(qtbot, window, moves, evidence, tmp_path, monkeypatch):
    path, asked = saved(tmp_path, own()), []

    def choose(_parent, _title, _folder, patterns):
        asked.append(patterns)
        return str(path), ""

    monkeypatch.setattr(QFileDialog, "getOpenFileName", choose)
    window.actions_.action_for("open-pack").trigger()
    settled(qtbot, moves)
    assert listed(evidence)
    assert "datapackage.json" in asked[0]


# ---- dropping


def drop(window, *files):
    """Drag files over the window and let them go; whether it took them, and whether as a copy."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
    actions = Qt.DropAction.MoveAction | Qt.DropAction.CopyAction
    pressed = (Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # the way of older versions of Qt, too
        enter = QDragEnterEvent(QPoint(5, 5), actions, data, *pressed)
    QApplication.sendEvent(window, enter)
    if not enter.isAccepted():
        return False, False
    event = QDropEvent(QPointF(5, 5), actions, data, *pressed)
    event.setDropAction(Qt.DropAction.MoveAction)
    QApplication.sendEvent(window, event)
    return event.isAccepted(), event.dropAction() is Qt.DropAction.CopyAction


def test_a_pack_that_is_dropped_is_opened_and_never_moved(qtbot, window, moves, evidence, tmp_path):
    path = saved(tmp_path, own())
    assert drop(window, path) == (True, True)
    settled(qtbot, moves)
    assert listed(evidence)
    assert path.exists()


def test_what_is_no_pack_or_several_are_not_taken(window, moves, tmp_path):
    (tmp_path / "a.jpg").write_bytes(b"picture")
    assert not drop(window, tmp_path / "a.jpg")[0]
    assert not drop(window, tmp_path, tmp_path)[0]
    assert not drop(window)[0]
    assert moves.question is None


# ---- undoing


def test_replacing_is_undone_and_done_again(qtbot, window, moves, evidence, tmp_path):
    brought(qtbot, moves, saved(tmp_path, own()))
    brought(qtbot, moves, saved(tmp_path, own("2")))
    answer(qtbot, moves, True)
    for words, version in (("Undo replace", "1.2.0"), ("Redo replace", "2"), ("Undo replace", "1.2.0")):
        assert undo_action(window).text() == f"{words} “My own && more”"
        undo_action(window).trigger()
        settled(qtbot, moves)
        assert listed(evidence)[1] == version
    assert "is what it was before" in window.messages.text


def test_with_nothing_to_undo_the_command_rests(window):
    assert not undo_action(window).isEnabled()
    assert undo_action(window).text() == "Undo the latest change of packs"


def test_after_a_restart_it_can_still_be_undone(qtbot, evidence, tmp_path):
    evidence.manager.add_pack(own())
    evidence.manager.remove_pack("own")
    window = opened(qtbot, evidence)
    assert undo_action(window).text() == "Undo remove “My own && more”"
    undo_action(window).trigger()
    settled(qtbot, window.commands.pack_moves)
    assert listed(evidence)
    assert "is back" in window.messages.text


def test_a_long_title_is_cut_in_the_menu():
    move = PackTransaction(kind=MoveKind.REMOVE, pack="a", title="long " * 40)
    assert len(undo_words(move)) < 60


# ---- the list of packs


def test_removing_asks_and_can_be_undone_in_the_list(qtbot, window, moves, evidence):
    evidence.manager.add_pack(own())
    window.actions_.action_for("packs").trigger()
    dialog = window.commands.dialog
    buttons(card_of(dialog, "My own & more"))["Remove…"].click()
    assert "Remove “My own & more” from the library?" in text(moves.question.column)
    answer(qtbot, moves, False)
    assert listed(evidence)
    buttons(card_of(dialog, "My own & more"))["Remove…"].click()
    answer(qtbot, moves, True)
    assert listed(evidence) is None
    assert "“My own & more” was removed" in text(dialog.column)
    assert f"{_SHIPPED} packs" in window.status.text
    buttons(dialog.column)["Undo remove “My own & more”"].click()
    settled(qtbot, moves)
    assert listed(evidence)
    assert card_of(dialog, "My own & more")
    assert "Redo remove “My own & more”" in buttons(dialog.column)


def test_a_shipped_pack_cannot_be_removed_and_says_so(window):
    window.actions_.action_for("packs").trigger()
    card = window.commands.dialog.column.visible_cards()[1]
    assert set(buttons(card)) == {"Switch off", "Save as…"}
    assert "it can be switched off, and not removed" in text(card)


def test_a_failed_pack_can_be_removed_and_not_saved(qtbot, window, moves, evidence, tmp_path):
    evidence.manager.add_pack(own())
    (tmp_path / "own" / "packs" / "own" / "figures.csv").write_bytes(b"spoilt")
    evidence.loader.verify_packs()
    window.actions_.action_for("packs").trigger()
    card = next(c for c in window.commands.dialog.column.visible_cards() if c.content.name.endswith("not loaded"))
    assert set(buttons(card)) == {"Copy the problems", "Remove…"}
    buttons(card)["Remove…"].click()
    answer(qtbot, moves, True)
    assert [state for state in evidence.packs() if state.problems] == []


def test_saving_from_the_list_writes_a_pack_that_opens(qtbot, window, moves, tmp_path, monkeypatch):
    asked = []

    def choose(_parent, _title, suggested, _patterns):
        asked.append(Path(suggested).name)
        return str(tmp_path / "mine"), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
    window.actions_.action_for("save-pack").trigger()
    card = window.commands.dialog.column.visible_cards()[1]
    buttons(card)["Save as…"].click()
    settled(qtbot, moves)
    first = window.store.library.packs()[0]
    assert asked == [f"{first.id}-{first.version}.zip"]
    assert f"Saved: {tmp_path / 'mine.zip'}" in window.messages.text
    assert "Saved: " in text(window.commands.dialog.column)
    assert read_pack(tmp_path / "mine.zip", PLACES).id == first.id


def test_a_file_that_is_there_is_not_replaced_by_a_name_without_its_ending(window, moves, tmp_path):
    (tmp_path / "mine.zip").write_bytes(b"older")
    moves.write(window.store.library.packs()[0], tmp_path / "mine")
    assert "is there already" in window.messages.text
    assert (tmp_path / "mine.zip").read_bytes() == b"older"


@pytest.mark.skipif(os.name != "posix" or not hasattr(os, "geteuid"), reason="names a folder that is none")
def test_a_place_that_cannot_be_written_to_says_so(qtbot, window, moves, tmp_path):
    moves.write(window.store.library.packs()[0], tmp_path / "none" / "mine.zip")
    settled(qtbot, moves)
    assert "“mine.zip” was not saved: there is no folder" in window.messages.text


def test_what_nobody_expected_is_said_with_details(qtbot, window, moves, tmp_path, monkeypatch):
    def fails(*_):
        raise RuntimeError("unheard of")

    monkeypatch.setattr(module.pack_transfer, "open_pack", fails)
    brought(qtbot, moves, tmp_path)
    assert "you can go on" in window.messages.text
    assert "unheard of" in window.messages._details


def test_questions_keep_their_shape_at_twice_the_size(qtbot, window, moves, tmp_path):
    for _ in range(4):
        window.actions_.action_for("larger").trigger()
    brought(qtbot, moves, saved(tmp_path, own()))
    brought(qtbot, moves, saved(tmp_path, own("2", "A rather long title" * 6)))
    question = moves.question
    question.resize(420, question.height())
    assert sticking_out(question.column.widget()) == []
    assert isinstance(question, QDialog)
    answer(qtbot, moves, False)
