"""What every test stands on: no screen is needed unless a test asks for one."""

from __future__ import annotations

import os
from importlib.util import find_spec

import pytest
from hypothesis import HealthCheck, settings

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
settings.register_profile(
    "unhurried", settings(), deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("unhurried")  # how long an example takes says how fast the machine is


def pytest_addoption(parser: pytest.Parser) -> None:
    """Make pytest-qt's settings known where it is not installed: the core is tested without Qt too."""
    if find_spec("pytestqt") is None:
        for name in ("qt_api", "qt_log_level_fail"):
            parser.addini(name, "pytest-qt's own, which is not here")


@pytest.fixture(scope="session")
def library():
    """The shipped evidence, opened in memory once for the tests that only read it."""
    from explorer.packs.shelf import open_library

    opened = open_library(kept=False)
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def seed_library():
    """The evidence of the one article that the first pack holds, without any other pack."""
    from explorer import paths
    from explorer.packs.library import Library
    from explorer.packs.read import read_pack, read_places

    places = read_places(paths.places_folder())
    opened = Library.open(None, places)
    opened.add(read_pack(paths.packs_folder() / "lockdown-2020", places))
    yield opened
    opened.close()
