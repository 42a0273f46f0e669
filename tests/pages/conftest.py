"""The shipped evidence, opened in memory once for the tests that only read it."""

import pytest

from explorer.packs.shelf import open_library


@pytest.fixture(scope="session")
def library():
    opened = open_library(kept=False)
    yield opened
    opened.close()
