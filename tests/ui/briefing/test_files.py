"""Briefings as files in the window: saved, opened, taken back after a bad end; one file in two windows."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import threading
import warnings
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication

from explorer.briefing import file_format, recovery
from explorer.briefing.model import Briefing, BriefingItem, ItemKind
from explorer.support import paths
from explorer.ui.briefing.dialogs import OTHER
from explorer.ui.briefing.files import in_use, lock_of
from tests.run_sizes import plain_and_slow
from tests.ui.windows import opened, press

WITH_ITEM = Briefing(title="Held", items=(BriefingItem(id="a", kind=ItemKind.HEADING, title="One"),))


@pytest.fixture
def window(qtbot, library):
    made = opened(qtbot, library)
    yield made
    if not made.isHidden():
        briefings = made.commands.brief.briefings
        briefings.files.question = None
        briefings.desk.set_briefing(Briefing(), None, is_saved=True)
        briefings.files.keeper.shut_down()


@pytest.fixture
def files(window):
    return window.commands.brief.briefings.files


@pytest.fixture
def desk(window):
    return window.commands.brief.briefings.desk


def trigger(window, command):
    window.actions_.action_for(command).trigger()


def asked_for(monkeypatch, path):
    monkeypatch.setattr(
        "explorer.ui.briefing.files.QFileDialog.getSaveFileName", lambda *_: (str(path) if path else "", "")
    )


def test_saving_asks_for_a_name_once_and_then_writes_there(window, desk, tmp_path, monkeypatch):
    asked_for(monkeypatch, tmp_path / "mine")
    trigger(window, "brief-add")
    assert desk.is_dirty
    assert window.isWindowModified()
    trigger(window, "brief-save")
    path = tmp_path / "mine.ohbrief"
    assert file_format.load_briefing(path) == desk.briefing
    assert not window.isWindowModified()
    asked_for(monkeypatch, None)
    trigger(window, "brief-add")
    trigger(window, "brief-save")
    assert len(file_format.load_briefing(path).items) == 2
    assert str(path) in window.messages.text


def test_an_empty_briefing_is_not_saved_and_the_way_to_save_the_chart_is_told(window):
    trigger(window, "brief-save")
    assert "Ctrl+E" in window.messages.text


def test_a_draft_in_an_empty_briefing_is_a_step_that_can_be_undone(window, desk):
    trigger(window, "brief-me")
    drafted = desk.briefing
    assert drafted.items
    assert desk.is_dirty
    assert desk.changes.undo_name == "first draft about Cambridgeshire"
    trigger(window, "brief-undo")
    assert desk.briefing == Briefing()
    trigger(window, "brief-redo")
    assert desk.briefing == drafted


def test_save_as_and_new_and_open(window, files, desk, tmp_path, monkeypatch):
    trigger(window, "brief-add")
    files.write(tmp_path / "one.ohbrief")
    trigger(window, "brief-new")
    assert desk.briefing == Briefing()
    assert desk.path is None
    files.open_file(tmp_path / "one.ohbrief")
    assert len(desk.briefing.items) == 1
    assert not desk.is_dirty
    assert window.windowTitle().startswith("Untitled briefing")


def test_what_is_not_saved_is_asked_about(window, files, desk, tmp_path):
    file_format.save_briefing(tmp_path / "other.ohbrief", WITH_ITEM)
    trigger(window, "brief-add")
    held = desk.briefing
    files.open_file(tmp_path / "other.ohbrief")
    assert desk.briefing is held
    files.question.reject()
    assert desk.briefing is held
    files.open_file(tmp_path / "other.ohbrief")
    files.question.done(OTHER)
    assert desk.briefing == WITH_ITEM


def test_save_first_and_then_open(window, files, desk, tmp_path, monkeypatch):
    file_format.save_briefing(tmp_path / "other.ohbrief", WITH_ITEM)
    asked_for(monkeypatch, tmp_path / "mine.ohbrief")
    trigger(window, "brief-add")
    mine = desk.briefing
    files.open_file(tmp_path / "other.ohbrief")
    files.question.accept()
    assert file_format.load_briefing(tmp_path / "mine.ohbrief") == mine
    assert desk.briefing == WITH_ITEM


def test_a_save_that_is_given_up_opens_nothing(window, files, desk, tmp_path, monkeypatch):
    file_format.save_briefing(tmp_path / "other.ohbrief", WITH_ITEM)
    asked_for(monkeypatch, None)
    trigger(window, "brief-add")
    files.open_file(tmp_path / "other.ohbrief")
    files.question.accept()
    assert desk.is_dirty
    assert desk.briefing != WITH_ITEM


def test_closing_the_window_asks_and_keeps_it_open(qtbot, window, files, desk):
    trigger(window, "brief-add")
    window.close()
    assert window.isVisible()
    files.question.reject()
    assert window.isVisible()
    window.close()
    files.question.done(OTHER)
    qtbot.waitUntil(window.isHidden)
    assert list(recovery.unsaved_folder().glob("*.ohbrief")) == []


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "no briefing"),
        (b"{}", "no briefing of this program"),
        (b'{"format": "online-harms-briefing", "version": 99}', "newer version"),
        (b"\xff\xfe\x00", "no briefing"),
    ],
)
def test_what_is_no_briefing_is_refused_with_a_sentence(window, files, desk, tmp_path, content, told):
    path = tmp_path / "bad.ohbrief"
    path.write_bytes(content)
    files.open_file(path)
    assert told in window.messages.text
    assert desk.briefing == Briefing()
    assert path.read_bytes() == content
    files.open_file(tmp_path / "missing.ohbrief")
    assert "was not opened" in window.messages.text


def test_a_folder_that_cannot_be_written_to(window, files, desk, tmp_path):
    trigger(window, "brief-add")
    files.write(tmp_path / "no" / "such" / "x.ohbrief")
    assert "was not saved" in window.messages.text
    assert desk.is_dirty


def test_a_file_that_something_else_changed_is_not_written_over_unasked(window, files, desk, tmp_path):
    path = tmp_path / "x.ohbrief"
    trigger(window, "brief-add")
    files.write(path)
    file_format.save_briefing(path, WITH_ITEM)
    trigger(window, "brief-add")
    trigger(window, "brief-save")
    assert file_format.load_briefing(path) == WITH_ITEM
    files.question.reject()
    assert file_format.load_briefing(path) == WITH_ITEM
    trigger(window, "brief-save")
    files.question.accept()
    assert file_format.load_briefing(path) == desk.briefing


OTHER_WINDOW = """
import sys
import warnings
from pathlib import Path
from explorer.ui.briefing.files import lock_of
lock = lock_of(Path(sys.argv[1]))
print(lock.tryLock(0), flush=True)
sys.stdin.read()
"""


@pytest.fixture
def elsewhere(tmp_path):
    """Another process that holds ``tmp_path/x.ohbrief``."""
    path = tmp_path / "x.ohbrief"
    file_format.save_briefing(path, WITH_ITEM)
    with subprocess.Popen(
        [sys.executable, "-c", OTHER_WINDOW, str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        cwd=Path(__file__).parents[3],
    ) as process:
        assert process.stdout.readline().strip() == "True"
        yield path
        process.stdin.close()


def test_two_windows_on_one_file_are_noticed(window, files, desk, elsewhere):
    files.open_file(elsewhere)
    assert desk.briefing == Briefing()
    files.question.reject()
    files.open_file(elsewhere)
    files.question.accept()
    assert desk.briefing == WITH_ITEM
    assert desk.path is None
    files.write(elsewhere)
    assert "open in another window" in window.messages.text
    assert file_format.load_briefing(elsewhere) == WITH_ITEM


def test_the_lock_goes_with_the_window(qtbot, window, files, tmp_path):
    path = tmp_path / "x.ohbrief"
    file_format.save_briefing(path, WITH_ITEM)
    files.open_file(path)
    assert in_use(path)
    window.close()
    assert not in_use(path)
    assert [one.name for one in tmp_path.iterdir() if "lock" in one.name] == []


def test_a_lock_left_by_a_program_that_was_killed_is_no_hindrance(window, files, desk, elsewhere):
    lock = elsewhere.with_name(f".{elsewhere.name}.lock")
    left = lock.read_bytes()
    process, *rest = left.split(b"\n")
    # the same lock, left by a process that is no longer there
    gone = subprocess.run([sys.executable, "-c", "import os; print(os.getpid())"], capture_output=True, check=True)
    path = elsewhere.with_name("y.ohbrief")
    file_format.save_briefing(path, WITH_ITEM)
    path.with_name(f".{path.name}.lock").write_bytes(b"\n".join([gone.stdout.strip(), *rest]))
    files.open_file(path)
    assert desk.path == path
    assert process


# ---- what was not saved


def kept(desk):
    return list(recovery.unsaved_folder().glob("*.ohbrief"))


def test_every_change_is_kept_until_it_is_saved(qtbot, window, files, desk, tmp_path):
    trigger(window, "brief-add")
    qtbot.waitUntil(lambda: len(kept(desk)) == 1)
    (file,) = kept(desk)
    assert file_format.load_briefing(file) == desk.briefing
    assert in_use(file)
    trigger(window, "brief-add")
    qtbot.waitUntil(lambda: len(file_format.load_briefing(file).items) == 2)
    files.write(tmp_path / "x.ohbrief")
    qtbot.waitUntil(lambda: kept(desk) == [])


def test_letters_are_kept_too(qtbot, window, desk):
    trigger(window, "brief-add")
    desk.set_title(desk.briefing.items[0], "Own title")
    qtbot.waitUntil(lambda: bool(kept(desk)) and file_format.load_briefing(kept(desk)[0]) == desk.briefing)


def left_behind(of: Path | None) -> Path:
    """What a killed program leaves: an unsaved state, and no lock of a process that is still there."""
    file = recovery.unsaved_folder() / "0123456789ab.ohbrief"
    recovery.write_unsaved(file, WITH_ITEM, of)
    return file


@pytest.mark.parametrize("known", [True, False])
def test_what_was_left_is_offered_and_taken_back(qtbot, window, files, desk, tmp_path, known):
    of = tmp_path / "mine.ohbrief" if known else None
    if of is not None:
        file_format.save_briefing(of, Briefing(title="Before"))
    file = left_behind(of)
    window.commands.brief.offer_recovery()
    assert files.question is not None
    press(qtbot, files.question, "Take it back")
    assert desk.briefing == WITH_ITEM
    assert desk.path == of
    assert desk.is_dirty
    assert not file.exists()
    assert file_format.load_briefing(kept(desk)[0]) == WITH_ITEM
    if of is not None:
        trigger(window, "brief-save")
        assert file_format.load_briefing(of) == WITH_ITEM


def test_what_was_left_can_be_left_for_later_or_thrown_away(qtbot, window, files, desk):
    file = left_behind(None)
    window.commands.brief.offer_recovery()
    press(qtbot, files.question, "Later")
    assert file.exists()
    window.commands.brief.offer_recovery()
    press(qtbot, files.question, "Throw it away")
    assert file.exists()  # it asks
    press(qtbot, files.question, "Keep it for later")
    assert file.exists()
    window.commands.brief.offer_recovery()
    press(qtbot, files.question, "Throw it away")
    press(qtbot, files.question, "Throw it away")
    assert not file.exists()
    assert desk.briefing == Briefing()
    assert "Thrown away" in window.messages.text


def test_what_was_left_and_cannot_be_read_is_told_of_once_and_kept(window, files):
    file = left_behind(None)
    content = file.read_bytes()[:40]
    file.write_bytes(content)
    window.commands.brief.offer_recovery()
    assert files.question is None
    assert "could not be read" in window.messages.text
    (aside,) = file.parent.glob("*.unreadable")
    assert aside.read_bytes() == content
    window.messages.hide()
    window.commands.brief.offer_recovery()
    assert window.messages.text == ""


def test_nothing_is_made_and_nothing_asked_where_nothing_was_left(window):
    window.commands.brief.offer_recovery()
    assert window.commands.brief._controller is None


def test_what_another_window_works_on_is_not_offered(window, files):
    file = left_behind(None)
    lock = lock_of(file)
    assert lock.tryLock(0)
    try:
        assert recovery.list_unsaved(in_use) == ()
    finally:
        lock.unlock()
    assert len(recovery.list_unsaved(in_use)) == 1


def test_what_a_newer_program_left_is_passed_over_and_stays(window, files):
    file = left_behind(None)
    held = json.loads(file.read_bytes()) | {"version": file_format.VERSION + 1}
    file.write_text(json.dumps(held))
    window.commands.brief.offer_recovery()
    assert files.question is None
    assert window.messages.text == ""
    assert file.exists()


def test_an_unsaved_state_says_which_file_it_belongs_to(tmp_path):
    file = left_behind(tmp_path / "x.ohbrief")
    assert json.loads(file.read_bytes())["unsaved_of"] == str(tmp_path / "x.ohbrief")


def test_a_full_disk_is_told_once(qtbot, window, files, desk, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(recovery, "write_unsaved", full)
    said = []
    files.keeper.write_failed.connect(said.append)
    trigger(window, "brief-add")
    qtbot.waitUntil(lambda: bool(said))
    trigger(window, "brief-add")
    qtbot.wait(30)
    files.keeper._work.wait_for_job()
    qtbot.wait(10)
    assert len(said) == 1
    assert "No space left" in said[0]


@pytest.mark.skipif(sys.platform == "win32", reason="nothing is killed at a chosen moment there")
@pytest.mark.parametrize("seed", plain_and_slow(range(int(os.environ.get("HARMS_EXPLORER_KILLS", "3")))))
def test_a_program_killed_while_it_is_used_loses_no_more_than_the_last_change(seed, tmp_path):
    told = subprocess.Popen(
        [sys.executable, "-m", "tests.ui.briefing.edited_and_killed"],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        cwd=Path(__file__).parents[3],
    )
    with told:
        lines = [told.stdout.readline()]
        pause = random.Random(seed).uniform(0.0, 0.4)
        killing = threading.Timer(pause, told.kill)
        killing.start()
        lines += list(told.stdout)
        killing.join()
    counted = int([line for line in lines if line.endswith("\n")][-1])
    (left,) = recovery.list_unsaved(in_use)
    assert len(left.briefing.items) >= counted - 1


# ---- how a file comes in


def test_recent_briefings(qtbot, window, files, desk, tmp_path):
    for name in ("one", "two"):
        file_format.save_briefing(tmp_path / f"{name}.ohbrief", Briefing(title=name))
        files.open_file(tmp_path / f"{name}.ohbrief")
    file_format.save_briefing(tmp_path / "gone.ohbrief", Briefing(title="gone"))
    files.open_file(tmp_path / "gone.ohbrief")
    (tmp_path / "gone.ohbrief").unlink()
    files.new_briefing()
    trigger(window, "brief-recent")
    names = [card.content.name for card in files.question.column.visible_cards()]
    assert names == ["two", "one"]
    press(qtbot, files.question, "Open")
    assert desk.briefing.title == "two"


def test_a_briefing_is_dropped_on_the_window(window, desk, tmp_path):
    file_format.save_briefing(tmp_path / "x.ohbrief", WITH_ITEM)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / "x.ohbrief"))])
    copy, none = Qt.DropAction.CopyAction, Qt.KeyboardModifier.NoModifier
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # Qt marks how the event is made, not the event
        entered = QDragEnterEvent(QPoint(5, 5), copy, data, Qt.MouseButton.LeftButton, none)
    QApplication.sendEvent(window, entered)
    drop = QDropEvent(QPointF(5, 5), copy, data, Qt.MouseButton.LeftButton, none)
    QApplication.sendEvent(window, drop)
    assert desk.briefing == WITH_ITEM


HANDED_OVER = """
import sys
from pathlib import Path
from PySide6.QtGui import QFileOpenEvent
from explorer.ui.core.desktop import Application
app = Application(["x"])
for name in ("first.ohbrief", "x.txt"):
    Application.sendEvent(app, QFileOpenEvent(name))
taken = []
app.set_file_handler(taken.append)
Application.sendEvent(app, QFileOpenEvent("second.ohbrief"))
print([path.name for path in taken])
"""


def test_the_system_hands_a_briefing_over():
    done = subprocess.run(
        [sys.executable, "-c", HANDED_OVER],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        cwd=Path(__file__).parents[3],
    )
    assert done.stdout.strip() == "['first.ohbrief', 'second.ohbrief']"


def test_the_users_folder_is_where_unsaved_states_go():
    assert paths.user_data_folder() in recovery.unsaved_folder().parents
