"""The shipped places and pack, and copies of the pack to do harm to."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from explorer.evidence.model import Pack
from explorer.evidence.places import PlaceTree
from explorer.packs.reader import read_pack, read_places
from explorer.packs.seal import seal_pack
from explorer.support import paths

SHIPPED = paths.packs_folder() / "lockdown-2020"

Edit = Callable[[str, str, str], Path]


@pytest.fixture(scope="session")
def places() -> PlaceTree:
    return read_places(paths.places_folder())


@pytest.fixture(scope="session")
def lockdown(places: PlaceTree) -> Pack:
    return read_pack(SHIPPED, places)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the shipped pack that a test may spoil."""
    return Path(shutil.copytree(SHIPPED, tmp_path / "lockdown-2020"))


@pytest.fixture
def edit(copy: Path) -> Edit:
    """Change one text in one file of the copy and seal it again, so that only the change is wrong."""

    def changed(file: str, old: str, new: str) -> Path:
        text = (copy / file).read_text(encoding="utf-8")
        assert old in text, f"{old!r} is not in {file}"
        (copy / file).write_text(text.replace(old, new, 1), encoding="utf-8", newline="")
        seal_pack(copy)
        return copy

    return changed
