"""What every test stands on: no screen is needed unless a test asks for one."""

from __future__ import annotations

import os
import shutil
from contextlib import closing
from importlib.util import find_spec
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
settings.register_profile("unhurried", settings(), deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("unhurried")  # how long an example takes says how fast the machine is


def pytest_addoption(parser: pytest.Parser) -> None:
    """Make pytest-qt's settings known where it is not installed: the core is tested without Qt too."""
    if find_spec("pytestqt") is None:
        for name in ("qt_api", "qt_log_level_fail"):
            parser.addini(name, "pytest-qt's own, which is not here")


@pytest.fixture(scope="session")
def library():
    """The shipped evidence, opened in memory once for the tests that only read it."""
    from explorer.library.library import open_library

    opened = open_library(is_persistent=False)
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def started_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A person's data folder as the first start leaves it: the packs read in, their disagreements found.

    What a first start does has tests of its own; the others begin at the second.
    """
    from explorer.evidence.conflicts import Preference
    from explorer.library.library import LIBRARY_FILE, Library
    from explorer.packs.reader import read_places
    from explorer.pages.panels.discrepancies import discrepancy_index
    from explorer.support import paths

    folder = tmp_path_factory.mktemp("started")
    with closing(Library.open(folder / LIBRARY_FILE, read_places(paths.places_folder()))) as opened:
        opened.loader.load_shipped(paths.packs_folder())
        for rule in Preference:
            discrepancy_index(opened, rule)
    return folder


@pytest.fixture
def started_data(started_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder of the test's own, where the program has been started once, as the one in use."""
    from explorer.support import paths

    copy = Path(shutil.copytree(started_folder, tmp_path / "data"))
    monkeypatch.setenv(paths.USER_DATA_VARIABLE, str(copy))
    return copy


@pytest.fixture
def started_library(started_folder: Path, tmp_path: Path):
    """The shipped evidence in a file of the test's own: what is changed here changes nothing elsewhere."""
    from explorer.library.library import LIBRARY_FILE, Library
    from explorer.packs.reader import read_places
    from explorer.support import paths

    folder = Path(shutil.copytree(started_folder, tmp_path / "own"))
    opened = Library.open(folder / LIBRARY_FILE, read_places(paths.places_folder()))
    opened.loader.load_shipped(paths.packs_folder())
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def seed_library():
    """The evidence of the one article that the first pack holds, without any other pack."""
    from explorer.library.library import Library
    from explorer.packs.reader import read_pack, read_places
    from explorer.support import paths

    places = read_places(paths.places_folder())
    opened = Library.open(None, places)
    opened.manager.add_pack(read_pack(paths.packs_folder() / "lockdown-2020", places))
    yield opened
    opened.close()
