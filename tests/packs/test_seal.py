"""Sealing after an edit, from the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from explorer.evidence.model import Pack
from explorer.evidence.places import PlaceTree
from explorer.packs.reader import check_pack, read_pack
from explorer.packs.seal import main
from tests.packs.first_pack import SHIPPED


def test_a_shipped_pack_is_sealed_as_it_stands(copy: Path) -> None:
    assert main([str(copy)]) == 0
    assert (copy / "datapackage.json").read_bytes() == (SHIPPED / "datapackage.json").read_bytes()


def test_after_an_edit_the_sums_hold_again(copy: Path, places: PlaceTree, lockdown: Pack) -> None:
    path = copy / "figures.csv"
    path.write_bytes(path.read_bytes().replace(b"Printed for the UK.", b"Printed as UK."))
    assert check_pack(copy, places)
    assert main([str(copy)]) == 0
    assert read_pack(copy, places).figures[1:] == lockdown.figures[1:]


def test_tables_come_and_go(copy: Path, places: PlaceTree) -> None:
    (copy / "regions.csv").unlink()
    (copy / "readme.txt").write_text("hello", encoding="utf-8")
    descriptor = json.loads((copy / "datapackage.json").read_text(encoding="utf-8"))
    descriptor["resources"].append({"name": "readme", "path": "readme.txt"})
    (copy / "datapackage.json").write_text(json.dumps(descriptor), encoding="utf-8")
    assert main([str(copy)]) == 0
    assert read_pack(copy, places).regions == ()
    (copy / "readme.txt").write_text("changed", encoding="utf-8")
    assert [problem.file for problem in check_pack(copy, places)] == ["readme.txt"]


@pytest.mark.parametrize("content", [None, "{", "[]"])
def test_what_cannot_be_sealed(tmp_path: Path, capsys: pytest.CaptureFixture[str], content: str | None) -> None:
    if content is not None:
        (tmp_path / "datapackage.json").write_text(content, encoding="utf-8")
    assert main([str(tmp_path)]) == 1
    assert str(tmp_path) in capsys.readouterr().err


def test_without_a_folder_it_says_how() -> None:
    assert main([]) == 2
