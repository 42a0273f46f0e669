"""Shipped packs written anew: the same packs, with the columns of today and measures that are alike."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from msgspec.structs import replace

from explorer.evidence.places import PlaceTree
from explorer.packs.reader import read_pack
from explorer.packs.schema import TABLES
from explorer.support import paths
from tests.run_sizes import plain_and_slow

RESEARCH = paths.packs_folder().parent / "research"
NAMES = sorted(folder.name for folder in paths.packs_folder().iterdir() if folder.is_dir())
COPIED = ("home-office-88a", "home-office-classes", "population-mid-year")


@pytest.fixture
def script(monkeypatch: pytest.MonkeyPatch) -> Iterator[ModuleType]:
    monkeypatch.syspath_prepend(str(RESEARCH))
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    import rewrite_packs  # pyright: ignore[reportMissingImports]

    yield rewrite_packs
    for name in ("rewrite_packs", "make_packs"):
        sys.modules.pop(name, None)


def content(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.fixture
def copies(tmp_path: Path) -> Path:
    return Path(shutil.copytree(paths.packs_folder(), tmp_path / "packs"))


@pytest.mark.slow
def test_each_is_the_same_pack_in_the_form_of_today(script: ModuleType, copies: Path, places: PlaceTree) -> None:
    assert script.main([str(copies)]) == 0
    known = script.shared(places)
    for name in NAMES:
        before = read_pack(paths.packs_folder() / name, places)
        after = read_pack(copies / name, places)
        assert replace(after, measures=before.measures) == before
        assert all(measure == known[measure.id] for measure in after.measures)
        for file in (copies / name).glob("*.csv"):
            heading = file.read_text(encoding="utf-8").split("\n", 1)[0]
            assert heading == ",".join(TABLES[file.stem].column_names)


@pytest.mark.parametrize("name", plain_and_slow(COPIED))
def test_what_is_in_the_form_of_today_stays_as_it_is(script: ModuleType, copies: Path, name: str) -> None:
    assert script.main([str(copies), name]) == 0
    assert content(copies / name) == content(paths.packs_folder() / name)


def test_a_pack_that_cannot_be_read_is_left_as_it_is(
    script: ModuleType, copies: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (copies / "home-office-88a" / "figures.csv").write_text("id\n", encoding="utf-8")
    before = content(copies / "home-office-88a")
    assert script.main([str(copies), "home-office-88a"]) == 1
    assert "figures.csv" in capsys.readouterr().err
    assert content(copies / "home-office-88a") == before
