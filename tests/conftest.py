"""What every test stands on: no screen is needed unless a test asks for one."""

from __future__ import annotations

import gc
import os
import shutil
from collections.abc import Iterator
from contextlib import closing
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from tests.run_sizes import PLAIN, WHOLE, plain_and_slow

if TYPE_CHECKING:
    from explorer.briefing.model import Briefing
    from explorer.evidence.model import Pack
    from explorer.evidence.places import PlaceTree
    from explorer.library.library import Library
    from tests.sample_drafts import Drafts

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


def pytest_configure(config: pytest.Config) -> None:
    """Before any test is imported, since what ``@settings`` is given is worked out then."""
    settings.load_profile(PLAIN if _leaves_slow_out(config) else WHOLE)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """In a run of the slow tests, every property is one of them: it is tried on all its examples there."""
    if _leaves_slow_out(config):
        return
    for item in items:
        if getattr(getattr(item, "obj", None), "is_hypothesis_test", False):
            item.add_marker(pytest.mark.slow)


def pytest_collection_finish(session: pytest.Session) -> None:
    """What is loaded by now stays to the end: Python's collector need not go through it after every few tests."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 50)


def _leaves_slow_out(config: pytest.Config) -> bool:
    return "not slow" in config.option.markexpr


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
def drafts(library: Library) -> Drafts:
    """The drafts of the shipped evidence, for the tests that only read them."""
    from tests.sample_drafts import Drafts

    return Drafts(library)


@pytest.fixture(params=plain_and_slow([10, 1]), ids=["each tenth place", "every place"])
def many_drafts(request: pytest.FixtureRequest, drafts: Drafts) -> dict[str, Briefing]:
    """The drafts of some places, and in the slow run those of all."""
    return {code: drafts[code] for code in list(drafts)[:: request.param]}


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
def small_packs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped packs without the large ones, in a folder: what a window does with packs needs no thousands."""
    from explorer.support import paths

    folder = tmp_path_factory.mktemp("small") / "packs"
    for name in ("lockdown-2020", "nspcc-2024", "nspcc-2025", "policy-timeline", "force-replies"):
        shutil.copytree(paths.packs_folder() / name, folder / name)
    return folder


@pytest.fixture(scope="session")
def small_started_folder(small_packs: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A person's data folder as a first start with ``small_packs`` leaves it."""
    from explorer.library.library import LIBRARY_FILE, Library
    from explorer.packs.reader import read_places
    from explorer.support import paths

    folder = tmp_path_factory.mktemp("small-started")
    with closing(Library.open(folder / LIBRARY_FILE, read_places(paths.places_folder()))) as opened:
        opened.loader.load_shipped(small_packs)
    return folder


@pytest.fixture
def small_library(
    small_packs: Path, small_started_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Library]:
    """A library of the test's own with ``small_packs``, which are those that are shipped as far as it can see."""
    from explorer.library.library import LIBRARY_FILE, Library
    from explorer.packs.reader import read_places
    from explorer.support import paths

    monkeypatch.setattr(paths, "packs_folder", lambda: small_packs)
    folder = Path(shutil.copytree(small_started_folder, tmp_path / "own"))
    opened = Library.open(folder / LIBRARY_FILE, read_places(paths.places_folder()))
    opened.loader.load_shipped(small_packs)
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def tabled_library() -> Iterator[Library]:
    """The shipped evidence and a large table of every police force area, for the tests that only read it."""
    from tests.pages.table_samples import with_table

    with closing(with_table()) as opened:
        yield opened


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


@pytest.fixture(scope="session")
def places() -> PlaceTree:
    from explorer.packs.reader import read_places
    from explorer.support import paths

    return read_places(paths.places_folder())


@pytest.fixture(scope="session")
def lockdown(places: PlaceTree) -> Pack:
    """The first pack that is shipped."""
    from explorer.packs.reader import read_pack
    from explorer.support import paths

    return read_pack(paths.packs_folder() / "lockdown-2020", places)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the first shipped pack that a test may spoil."""
    from explorer.support import paths

    return Path(shutil.copytree(paths.packs_folder() / "lockdown-2020", tmp_path / "lockdown-2020"))
