"""A copy of the shipped pack with one thing wrong in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from explorer.packs.seal import seal_pack
from tests.packs.first_pack import Edit


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
