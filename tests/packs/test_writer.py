"""Writing a pack: what is written reads back as the same pack, and an older one is never half replaced."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from frictionless import Package
from hypothesis import HealthCheck, given, settings
from msgspec.structs import replace

from explorer.evidence.model import Pack
from explorer.evidence.places import PlaceTree
from explorer.packs import writer
from explorer.packs.reader import check_pack, inspect_pack, read_pack
from explorer.packs.writer import write_pack
from tests.packs.random_packs import packs
from tests.run_sizes import scale_examples


@settings(max_examples=scale_examples(60), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(pack=packs())
def test_what_is_written_reads_back_equal(places: PlaceTree, pack: Pack) -> None:
    with tempfile.TemporaryDirectory() as folder:
        write_pack(pack, Path(folder) / "made")
        assert check_pack(Path(folder) / "made", places) == ()
        assert read_pack(Path(folder) / "made", places) == pack


def test_the_shipped_pack_reads_back_equal_and_is_valid(tmp_path: Path, places: PlaceTree, lockdown: Pack) -> None:
    write_pack(lockdown, tmp_path / "pack")
    assert read_pack(tmp_path / "pack", places) == lockdown
    assert Package(str(tmp_path / "pack" / "datapackage.json")).validate().valid
    manifest = inspect_pack(tmp_path / "pack").manifest
    assert manifest is not None
    assert manifest.is_sealed


def test_written_twice_it_is_the_same_to_the_byte(tmp_path: Path, lockdown: Pack) -> None:
    for name in ("one", "two"):
        write_pack(lockdown, tmp_path / name)
    for path in (tmp_path / "one").iterdir():
        assert path.read_bytes() == (tmp_path / "two" / path.name).read_bytes()


def test_an_older_pack_is_replaced_whole(tmp_path: Path, places: PlaceTree, lockdown: Pack) -> None:
    write_pack(lockdown, tmp_path / "pack")
    write_pack(replace(lockdown, quotes=(), notes=()), tmp_path / "pack")
    assert not (tmp_path / "pack" / "quotes.csv").exists()
    assert read_pack(tmp_path / "pack", places).quotes == ()
    assert [path.name for path in tmp_path.iterdir()] == ["pack"]


@pytest.mark.parametrize("step", ["write_atomically", "_swap_folders"])
def test_a_failure_half_way_leaves_the_older_pack(
    tmp_path: Path, places: PlaceTree, lockdown: Pack, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    write_pack(lockdown, tmp_path / "pack")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(writer, step, full)
    with pytest.raises(OSError, match="No space"):
        write_pack(replace(lockdown, title="Another"), tmp_path / "pack")
    assert read_pack(tmp_path / "pack", places) == lockdown
    assert [path.name for path in tmp_path.iterdir()] == ["pack"]


def test_a_failed_swap_puts_the_older_pack_back(
    tmp_path: Path, places: PlaceTree, lockdown: Pack, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_pack(lockdown, tmp_path / "pack")
    rename = Path.rename

    def refused(self: Path, target: Path) -> Path:
        if Path(target) == tmp_path / "pack" and self.parent == tmp_path:
            raise PermissionError(13, "in use")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", refused)
    with pytest.raises(PermissionError):
        write_pack(replace(lockdown, title="Another"), tmp_path / "pack")
    monkeypatch.undo()
    assert read_pack(tmp_path / "pack", places) == lockdown
    assert [path.name for path in tmp_path.iterdir()] == ["pack"]


def test_a_folder_with_other_files_is_not_touched(tmp_path: Path, lockdown: Pack) -> None:
    (tmp_path / "holiday.jpg").write_bytes(b"picture")
    with pytest.raises(FileExistsError, match=r"holiday\.jpg"):
        write_pack(lockdown, tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["holiday.jpg"]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"title": " "}, "title is blank"),
        ({"version": " 1"}, "begins or ends with a space"),
        ({"id": "other"}, "is no id of the pack 'other'"),
    ],
)
def test_what_could_not_be_read_again_is_not_written(
    tmp_path: Path, lockdown: Pack, change: dict[str, str], words: str
) -> None:
    with pytest.raises(ValueError, match=words):
        write_pack(replace(lockdown, **change), tmp_path / "pack")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("text", ["a\rb", " a", "a\u202eb", "a\0b", "x" * 200_000])
def test_a_text_that_could_not_be_read_again_is_not_written(tmp_path: Path, lockdown: Pack, text: str) -> None:
    quote = replace(lockdown.quotes[0], text=text)
    with pytest.raises(ValueError, match="row 2 of quotes"):
        write_pack(replace(lockdown, quotes=(quote,)), tmp_path / "pack")
    assert list(tmp_path.iterdir()) == []
