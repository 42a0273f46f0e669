"""Opening the program: the window first, the library as it was left, and its packs verified after."""

import gc
import shutil
import sys
import threading

import pytest

from explorer.app.startup import AppStartup, run_smoke_tour, write_screenshots
from explorer.library import loader
from explorer.packs.reader import read_pack, read_places
from explorer.packs.writer import write_pack
from explorer.support import paths
from tests.library.test_pack_switches import second


@pytest.fixture
def shipped(tmp_path, monkeypatch):
    folder = tmp_path / "shipped"
    shutil.copytree(paths.packs_folder() / "lockdown-2020", folder / "lockdown-2020")
    monkeypatch.setattr(paths, "packs_folder", lambda: folder)
    return folder


@pytest.fixture
def start(qtbot, shipped, monkeypatch):
    """Opens the program as ``run`` does; what it hooks into is put back, and it is closed."""
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    opened = []

    def begin():
        started = AppStartup()
        opened.append(started)
        qtbot.addWidget(started.window)
        started.show_window()
        qtbot.waitUntil(lambda: started.window.is_ready, timeout=30_000)
        started.work.wait_for_job()
        qtbot.wait(1)  # what the thread found is told by the event loop
        return started

    yield begin
    for started in opened:
        started.work.wait_for_job()
        started.shut_down()
    gc.unfreeze()


def _close(started):
    started.window.close()
    started.shut_down()


def test_it_opens_on_the_evidence(start):
    window = start().window
    assert window.status.text == "1 pack, offline: no network used"
    assert window.messages.text == ""
    assert window.store.page.chart.figure_ids()


def test_a_pack_changed_since_is_found_out_once_the_window_is_there(start, shipped):
    _close(start())
    table = shipped / "lockdown-2020" / "figures.csv"
    table.write_bytes(table.read_bytes().replace(b",66,", b",67,", 1))
    window = start().window
    assert window.status.text.startswith("0 packs, offline")
    assert "Not loaded: lockdown-2020" in window.status.text
    assert window.store.page.chart.figure_ids() == ()


def test_a_damaged_library_file_is_said(start):
    _close(start())
    file = paths.user_data_folder() / "library.sqlite3"
    file.write_bytes(file.read_bytes()[:5000])
    window = start().window
    assert "made anew" in window.messages.text
    assert window.store.page.chart.figure_ids()


def test_ones_own_packs_are_read_after_the_first_page_where_nothing_is_known_of_them(start, monkeypatch):
    _close(start())
    lockdown = read_pack(paths.packs_folder() / "lockdown-2020", read_places(paths.places_folder()))
    write_pack(second(lockdown, "own"), paths.user_data_folder() / "packs" / "own")
    (paths.user_data_folder() / "library.sqlite3").unlink()
    seen, go, read, begin = [], threading.Event(), loader.read_pack_contents, AppStartup.show_window

    def slow(path, places):
        if path.name == "own":
            go.wait(30)
        return read(path, places)

    def watched(started):
        started.window.panels_ready.connect(lambda: (seen.append(started.window.status.text), go.set()))
        begin(started)

    monkeypatch.setattr(loader, "read_pack_contents", slow)
    monkeypatch.setattr(AppStartup, "show_window", watched)
    window = start().window
    assert seen == ["1 pack, offline: no network used. Still being read: own"]
    assert window.status.text == "2 packs, offline: no network used"
    assert window.store.page.chart.figure_ids()


@pytest.mark.parametrize("command", [run_smoke_tour, write_screenshots])
def test_a_file_is_no_folder_to_write_to(command, tmp_path, capsys):
    (tmp_path / "file").write_text("here already", encoding="utf-8")
    assert command([str(tmp_path / "file")]) == 2
    assert capsys.readouterr().err.count("\n") == 1
