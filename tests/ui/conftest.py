"""Tests of the window: each has a data folder of its own and leaves no thread behind."""

import threading

import pytest

from explorer import paths


@pytest.fixture(autouse=True)
def own_data(tmp_path, monkeypatch):
    monkeypatch.setenv(paths.USER_DATA_VARIABLE, str(tmp_path / "data"))


@pytest.fixture(autouse=True)
def no_thread_left_behind():
    before = set(threading.enumerate())
    yield
    left = [t.name for t in threading.enumerate() if t not in before and t.is_alive()]
    assert not left
