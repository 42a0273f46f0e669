"""The shipped evidence in memory, and golden files that a change has to be looked at to renew."""

import os
from pathlib import Path

import pytest

from explorer.packs.shelf import open_library

GOLDEN = Path(__file__).parent / "golden"


@pytest.fixture(scope="session")
def library():
    opened = open_library(kept=False)
    yield opened
    opened.close()


@pytest.fixture
def golden():
    """Compare with a kept file. RENEW_GOLDEN=1 writes it anew; read the difference before it is committed."""

    def check(name, text):
        path = GOLDEN / name
        if os.environ.get("RENEW_GOLDEN"):
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
        assert text == path.read_text(encoding="utf-8")

    return check
