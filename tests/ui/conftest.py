"""Tests of the window: each has a data folder of its own and leaves no thread behind."""

import threading

import pytest

from explorer.support import LIGHT, nothing_collected, paths
from explorer.ui.theme import apply_theme


@pytest.fixture(autouse=True)
def own_data(tmp_path, monkeypatch):
    monkeypatch.setenv(paths.USER_DATA_VARIABLE, str(tmp_path / "data"))


@pytest.fixture(autouse=True)
def no_thread_left_behind():
    before = set(threading.enumerate())
    yield
    left = [t.name for t in threading.enumerate() if t not in before and t.is_alive()]
    assert not left


@pytest.fixture(scope="session", autouse=True)
def the_usual_look(qapp):
    """The look that a window gives the application, once: it takes longer than most tests of a window."""
    apply_theme(qapp, LIGHT, 1.0)


@pytest.fixture(autouse=True)
def the_usual_type(qapp, the_usual_look):
    """A window sets the size of text for the whole application: the next test begins with the usual one."""
    font, sheet, palette = qapp.font(), qapp.styleSheet(), qapp.palette()
    yield
    with nothing_collected():
        if qapp.styleSheet() != sheet:
            qapp.setStyleSheet(sheet)
        if qapp.palette() != palette:
            qapp.setPalette(palette)
        if qapp.font() != font:
            qapp.setFont(font)
