"""Packs in a .zip: read like folders, and refused where they would reach or grow out of bounds."""

from __future__ import annotations

import io
import stat
import struct
import tracemalloc
import zipfile
from pathlib import Path

import pytest

from explorer.evidence.model import Pack
from explorer.evidence.places import PlaceTree
from explorer.packs.problems import PackError
from explorer.packs.reader import check_pack, read_pack
from tests.packs.first_pack import SHIPPED


def _zipped(path: Path, top: str = "", **changed: bytes) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in sorted(SHIPPED.iterdir()):
            archive.writestr(top + file.name, changed.get(file.stem, file.read_bytes()))
    return path


def _said(path: Path, places: PlaceTree) -> str:
    with pytest.raises(PackError) as caught:
        read_pack(path, places)
    return " ".join(problem.as_sentence() for problem in caught.value.problems)


@pytest.mark.parametrize("top", ["", "lockdown-2020/", "Grooming \u00e9t\u00e9/"])
def test_a_zip_is_read_like_its_folder(tmp_path: Path, places: PlaceTree, lockdown: Pack, top: str) -> None:
    assert read_pack(_zipped(tmp_path / "pack.zip", top), places) == lockdown


def test_what_a_mac_adds_is_passed_over(tmp_path: Path, places: PlaceTree, lockdown: Pack) -> None:
    path = _zipped(tmp_path / "pack.zip", "lockdown-2020/")
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("__MACOSX/lockdown-2020/._figures.csv", b"\0\1")
        archive.writestr("lockdown-2020/.DS_Store", b"\0\1")
    assert read_pack(path, places) == lockdown


def test_a_changed_file_in_a_zip_breaks_its_sum(tmp_path: Path, places: PlaceTree) -> None:
    path = _zipped(tmp_path / "pack.zip", figures=(SHIPPED / "figures.csv").read_bytes() + b"\n")
    assert "figures.csv: the file was changed after the pack was sealed" in _said(path, places)


@pytest.mark.parametrize(
    "name", ["../figures.csv", "/etc/cron.d/x", "a/../../x", "C:/x.csv", "..\\x.csv", "lockdown/../../x"]
)
def test_an_entry_that_leads_out_is_refused(tmp_path: Path, places: PlaceTree, name: str) -> None:
    path = _zipped(tmp_path / "pack.zip")
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(name, b"out")
    assert "leads out of the pack" in _said(path, places)
    assert not (tmp_path / "x").exists()


def test_an_entry_that_is_a_link_is_refused(tmp_path: Path, places: PlaceTree) -> None:
    path = _zipped(tmp_path / "pack.zip")
    link = zipfile.ZipInfo("link.csv")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(link, "/etc/passwd")
    assert "is a link" in _said(path, places)


def test_a_bomb_is_refused_unopened_and_in_little_memory(
    tmp_path: Path, places: PlaceTree, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = _zipped(tmp_path / "pack.zip", figures=b"0" * (300 << 20))
    assert path.stat().st_size < 1 << 20
    opened: list[object] = []
    monkeypatch.setattr(zipfile.ZipFile, "open", lambda _, entry, *more: opened.append(entry))
    tracemalloc.start()
    assert "200 times its size" in _said(path, places)
    assert tracemalloc.get_traced_memory()[1] < 4 << 20
    tracemalloc.stop()
    assert opened == []


def test_a_zip_that_understates_its_size_gives_no_more_than_it_says(tmp_path: Path, places: PlaceTree) -> None:
    path = _zipped(tmp_path / "pack.zip", figures=b"id\n" + b"0" * (50 << 20))
    content = bytearray(path.read_bytes())
    size = struct.pack("<I", 3 + (50 << 20))
    assert content.count(size) >= 1
    path.write_bytes(content.replace(size, struct.pack("<I", 3000)))
    tracemalloc.start()
    assert "figures.csv" in _said(path, places)
    assert tracemalloc.get_traced_memory()[1] < 8 << 20
    tracemalloc.stop()


def test_too_much_altogether_is_refused(tmp_path: Path, places: PlaceTree) -> None:
    path = _zipped(tmp_path / "pack.zip")
    content = path.read_bytes()
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        entry = archive.getinfo("figures.csv")
    size = struct.pack("<II", entry.compress_size, entry.file_size)
    path.write_bytes(content.replace(size, struct.pack("<II", entry.compress_size, (1 << 30) + 1)))
    assert "unpacks to more than" in _said(path, places)


def test_a_crowd_of_entries_is_refused(tmp_path: Path, places: PlaceTree) -> None:
    path = _zipped(tmp_path / "pack.zip")
    with zipfile.ZipFile(path, "a") as archive:
        for number in range(300):
            archive.writestr(f"{number}.txt", b"")
    assert "more than 200 files" in _said(path, places)


def test_an_entry_that_is_there_twice_is_refused(tmp_path: Path, places: PlaceTree) -> None:
    path = _zipped(tmp_path / "pack.zip")
    with pytest.warns(UserWarning, match="Duplicate name"), zipfile.ZipFile(path, "a") as archive:
        archive.writestr("figures.csv", b"id\n")
    assert "twice" in _said(path, places)


def test_two_packs_in_one_zip_are_refused(tmp_path: Path, places: PlaceTree) -> None:
    path = tmp_path / "pack.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("one/datapackage.json", b"{}")
        archive.writestr("two/datapackage.json", b"{}")
    assert "more than one pack" in _said(path, places)


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_unusual_packing_is_refused(tmp_path: Path, places: PlaceTree, method: int) -> None:
    path = tmp_path / "pack.zip"
    with zipfile.ZipFile(path, "w", method) as archive:
        archive.writestr("datapackage.json", b"{}")
    assert "unusual way" in _said(path, places)


def test_a_locked_entry_is_refused(tmp_path: Path, places: PlaceTree) -> None:
    path = _zipped(tmp_path / "pack.zip")
    content = bytearray(path.read_bytes())
    at = content.find(b"PK\x01\x02")
    content[at + 8] |= 1
    path.write_bytes(content)
    assert "password" in _said(path, places)


@pytest.mark.parametrize("kept", [0, 4, 30, 500, 3000])
def test_a_zip_that_is_cut_off(tmp_path: Path, places: PlaceTree, kept: int) -> None:
    path = _zipped(tmp_path / "pack.zip")
    path.write_bytes(path.read_bytes()[:kept])
    assert check_pack(path, places)


def test_damaged_packing_is_a_problem_of_that_file(tmp_path: Path, places: PlaceTree) -> None:
    path = _zipped(tmp_path / "pack.zip")
    with zipfile.ZipFile(path) as archive:
        entry = archive.getinfo("figures.csv")
    content = bytearray(path.read_bytes())
    start = entry.header_offset + 30 + len("figures.csv")
    content[start + 40 : start + 60] = b"\xff" * 20
    path.write_bytes(content)
    files = {problem.file for problem in check_pack(path, places)}
    assert "figures.csv" in files


def test_an_empty_zip_has_no_descriptor(tmp_path: Path, places: PlaceTree) -> None:
    path = tmp_path / "pack.zip"
    with zipfile.ZipFile(path, "w"):
        pass
    assert "datapackage.json" in _said(path, places)
