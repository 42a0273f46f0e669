"""Packs that travel: saved as a .zip, opened elsewhere, replacing an older one, undone and done again."""

from __future__ import annotations

import json
import os
import shutil
import stat
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from explorer.evidence.model import Pack
from explorer.evidence.places import PlaceTree
from explorer.library import pack_tables, pack_transfer, user_folder
from explorer.library.library import Library
from explorer.library.pack_transfer import VersionComparison, compare_versions
from explorer.library.user_folder import MoveKind
from explorer.packs.problems import PackError
from explorer.packs.reader import check_pack, inspect_pack, read_pack
from explorer.packs.seal import seal_pack
from explorer.packs.writer import write_into, write_pack
from tests.library.test_pack_switches import everything, second
from tests.packs.first_pack import SHIPPED
from tests.run_sizes import count_kills

ROOT = Path(__file__).parents[2]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "data" / "library.sqlite3"
    path.parent.mkdir()
    return path


@pytest.fixture
def library(file: Path, places: PlaceTree) -> Iterator[Library]:
    held = Library.open(file, places)
    yield held
    held.close()


@pytest.fixture
def own(lockdown: Pack) -> Pack:
    return second(lockdown, "own", title="My own", version="1.2.0")


@pytest.fixture
def packed(tmp_path: Path, own: Pack) -> Path:
    """The pack as another copy of the program would save it."""
    write_pack(own, tmp_path / "elsewhere" / "own")
    pack_transfer.save_zip(tmp_path / "elsewhere" / "own", tmp_path / "elsewhere" / "own.zip")
    return tmp_path / "elsewhere" / "own.zip"


def open_and_keep(library: Library, path: Path) -> VersionComparison:
    arrival = pack_transfer.open_pack(library, path)
    pack_transfer.install(library, arrival)
    return arrival.standing


def zipped(tmp_path: Path, pack: Pack, name: str = "later") -> Path:
    write_pack(pack, tmp_path / name)
    pack_transfer.save_zip(tmp_path / name, tmp_path / f"{name}.zip")
    return tmp_path / f"{name}.zip"


def state(library: Library, pack: str = "own") -> tuple[str, str, bool]:
    found = next(one for one in library.packs() if one.id == pack)
    return found.title, found.version, found.verified


def left_over(file: Path) -> list[str]:
    """What lies in the hidden folder beside the packs, but for what can be undone."""
    staged, own = file.parent / ".moves" / "staged", file.parent / "packs"
    return [path.name for path in (*staged.glob("*"), *own.glob(".*"))]


class TestSaving:
    def test_every_shipped_pack_comes_back_as_it_was(self, tmp_path: Path, places: PlaceTree):
        for folder in sorted(SHIPPED.parent.iterdir()):
            pack_transfer.save_zip(folder, tmp_path / "pack.zip")
            assert read_pack(tmp_path / "pack.zip", places) == read_pack(folder, places)
            kept, was = inspect_pack(tmp_path / "pack.zip").manifest, inspect_pack(folder).manifest
            assert kept is not None
            assert kept == was
            assert kept.is_sealed

    def test_the_same_pack_is_the_same_to_the_byte(self, tmp_path: Path, copy: Path):
        pack_transfer.save_zip(SHIPPED, tmp_path / "one.zip")
        for path in copy.iterdir():
            os.utime(path, (1, 1))
        pack_transfer.save_zip(copy, tmp_path / "two.zip")
        assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()
        pack_transfer.save_zip(tmp_path / "two.zip", tmp_path / "three.zip")
        assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "three.zip").read_bytes()

    def test_entries_are_sorted_and_plain(self, tmp_path: Path):
        pack_transfer.save_zip(SHIPPED, tmp_path / "pack.zip")
        with zipfile.ZipFile(tmp_path / "pack.zip") as archive:
            entries = archive.infolist()
        assert [entry.filename for entry in entries] == sorted(path.name for path in SHIPPED.iterdir())
        assert {entry.date_time for entry in entries} == {(1980, 1, 1, 0, 0, 0)}
        assert all(stat.S_ISREG(entry.external_attr >> 16) for entry in entries)

    def test_only_what_belongs_to_the_pack_travels(self, tmp_path: Path, copy: Path):
        (copy / "passwords.txt").write_text("secret", encoding="utf-8")
        (copy / ".hidden").write_text("secret", encoding="utf-8")
        pack_transfer.save_zip(copy, tmp_path / "pack.zip")
        with zipfile.ZipFile(tmp_path / "pack.zip") as archive:
            assert not {"passwords.txt", ".hidden"} & set(archive.namelist())

    def test_a_pack_that_was_changed_is_not_saved_and_the_older_file_stays(self, tmp_path: Path, copy: Path):
        pack_transfer.save_zip(copy, tmp_path / "pack.zip")
        before = (tmp_path / "pack.zip").read_bytes()
        table = copy / "figures.csv"
        table.write_bytes(table.read_bytes().replace(b",66,", b",67,", 1))
        with pytest.raises(PackError, match=r"figures\.csv: the file was changed"):
            pack_transfer.save_zip(copy, tmp_path / "pack.zip")
        assert (tmp_path / "pack.zip").read_bytes() == before
        assert sorted(path.name for path in tmp_path.iterdir()) == ["lockdown-2020", "pack.zip"]

    def test_a_folder_that_refuses_leaves_the_older_file(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
        (tmp_path / "pack.zip").write_bytes(b"older")

        def refuse(*_: object) -> None:
            raise PermissionError(13, "Permission denied")

        monkeypatch.setattr(Path, "replace", refuse)
        with pytest.raises(PermissionError):
            pack_transfer.save_zip(SHIPPED, tmp_path / "pack.zip")
        assert [path.name for path in tmp_path.iterdir()] == ["pack.zip"]
        assert (tmp_path / "pack.zip").read_bytes() == b"older"

    def test_a_folder_that_is_not_there_is_an_os_error(self, tmp_path: Path):
        with pytest.raises(OSError, match="there is no folder"):
            pack_transfer.save_zip(SHIPPED, tmp_path / "none" / "pack.zip")


class TestOpening:
    @pytest.mark.parametrize("shape", ["zip", "folder", "descriptor"])
    def test_a_zip_a_folder_and_a_descriptor_are_kept_alike(
        self, library: Library, packed: Path, own: Pack, places: PlaceTree, shape: str
    ):
        folder = packed.with_suffix("")
        path = {"zip": packed, "folder": folder, "descriptor": folder / "datapackage.json"}[shape]
        before = {one: one.read_bytes() for one in packed.parent.rglob("*") if one.is_file()}
        assert open_and_keep(library, path) is VersionComparison.NEW
        assert state(library) == ("My own", "1.2.0", True)
        assert set(library.figures()) == set(own.figures)
        folder = library.loader.own_folder
        assert folder is not None
        assert read_pack(folder / "own", places) == own
        assert {one: one.read_bytes() for one in packed.parent.rglob("*") if one.is_file()} == before

    def test_it_is_there_when_the_library_is_opened_again(
        self, library: Library, file: Path, places: PlaceTree, packed: Path
    ):
        open_and_keep(library, packed)
        held = everything(library)
        library.close()
        again = Library.open(file, places)
        assert again.revision == 1, "nothing is read again"
        assert everything(again) == held
        assert left_over(file) == []
        again.close()

    def test_one_let_go_leaves_nothing(self, library: Library, file: Path, packed: Path):
        pack_transfer.open_pack(library, packed).let_go()
        assert library.packs() == ()
        assert left_over(file) == []

    def test_how_it_stands_to_the_one_that_is_there(self, library: Library, tmp_path: Path, packed: Path, own: Pack):
        open_and_keep(library, packed)
        standings = {
            "1.2.0": VersionComparison.SAME,
            "1.10.0": VersionComparison.NEWER,
            "1.2": VersionComparison.OTHER,
            "1.2.0-beta": VersionComparison.OLDER,
            "1.1.9": VersionComparison.OLDER,
        }
        for number, (version, standing) in enumerate(standings.items()):
            arrival = pack_transfer.open_pack(library, zipped(tmp_path, replace(own, version=version), f"{number}"))
            assert arrival.standing is standing, version
            assert arrival.present is not None
            assert arrival.present.version == "1.2.0"
            arrival.let_go()
        other = pack_transfer.open_pack(library, zipped(tmp_path, replace(own, title="Other words"), "other"))
        assert other.standing is VersionComparison.OTHER
        other.let_go()

    def test_every_problem_is_told_and_nothing_is_left(
        self, library: Library, file: Path, copy: Path, places: PlaceTree
    ):
        table = copy / "figures.csv"
        table.write_bytes(table.read_bytes().replace(b",66,", b",many,", 1))
        (copy / "quotes.csv").unlink()
        seal_pack(copy)
        descriptor = json.loads((copy / "datapackage.json").read_text(encoding="utf-8"))
        with pytest.raises(PackError) as caught:
            pack_transfer.open_pack(library, copy)
        assert caught.value.problems == check_pack(copy, places)
        assert any(problem.row and problem.column for problem in caught.value.problems)
        assert descriptor["name"] == "lockdown-2020"
        assert left_over(file) == []

    @pytest.mark.parametrize("harm", ["missing", "sum", "link", "not a pack", "not there"])
    def test_what_is_no_sound_pack_is_refused(
        self, library: Library, file: Path, copy: Path, places: PlaceTree, harm: str
    ):
        path = copy
        if harm == "missing":
            (copy / "figures.csv").unlink()
        elif harm == "sum":
            (copy / "figures.csv").write_bytes((copy / "figures.csv").read_bytes() + b"\n")
        elif harm == "link":
            (copy / "figures.csv").rename(copy.parent / "figures.csv")
            (copy / "figures.csv").symlink_to(copy.parent / "figures.csv")
        elif harm == "not a pack":
            path = copy / "figures.csv"
        else:
            path = copy / "none"
        with pytest.raises(PackError) as caught:
            pack_transfer.open_pack(library, path)
        assert caught.value.problems == check_pack(path, places)
        assert library.packs() == ()
        assert left_over(file) == []

    def test_a_shipped_pack_is_not_replaced_but_known(self, library: Library, tmp_path: Path, lockdown: Pack):
        library.loader.load_shipped(SHIPPED.parent)
        pack_transfer.save_zip(SHIPPED, tmp_path / "same.zip")
        same = pack_transfer.open_pack(library, tmp_path / "same.zip")
        assert same.standing is VersionComparison.SAME
        same.let_go()
        with pytest.raises(PackError, match="shipped with the program"):
            pack_transfer.open_pack(library, zipped(tmp_path, replace(lockdown, version="9")))

    def test_a_pack_without_sums_is_sealed_when_it_is_kept(self, library: Library, copy: Path, tmp_path: Path):
        path = copy / "datapackage.json"
        described = json.loads(path.read_text(encoding="utf-8"))
        del described["seal"]
        for resource in described["resources"]:
            del resource["hash"]
        path.write_text(json.dumps(described), encoding="utf-8")
        assert open_and_keep(library, copy) is VersionComparison.NEW
        assert state(library, "lockdown-2020")[2]
        assert json.loads(path.read_text(encoding="utf-8")) == described, "the original is left alone"
        again = pack_transfer.open_pack(library, copy)
        assert again.standing is VersionComparison.SAME
        again.let_go()

    def test_a_library_in_memory_has_nowhere_to_keep_it(self, places: PlaceTree, packed: Path):
        held = Library.open(None, places)
        with pytest.raises(OSError, match="no folder of your own"):
            pack_transfer.open_pack(held, packed)
        held.close()

    def test_a_full_disk_leaves_what_was_there(
        self, library: Library, file: Path, packed: Path, tmp_path: Path, own: Pack,
        monkeypatch: pytest.MonkeyPatch,
    ):  # fmt: skip
        open_and_keep(library, packed)
        later = zipped(tmp_path, replace(own, version="2"))
        arrival = pack_transfer.open_pack(library, later)

        def full(*_: object) -> None:
            raise OSError(28, "No space left on device")

        for step in (user_folder, "write_atomically"), (Path, "rename"):
            with monkeypatch.context() as patch:
                patch.setattr(*step, full)
                with pytest.raises(OSError, match="No space"):
                    pack_transfer.install(library, arrival)
            assert state(library) == ("My own", "1.2.0", True)
            assert library.manager.latest_change is not None
            assert library.manager.latest_change.kind is MoveKind.ADD
        arrival.let_go()
        library.close()
        assert left_over(file) == []


@pytest.mark.parametrize(
    ("newer", "older"),
    [
        ("1.3.0", "1.2.0"),
        ("1.10", "1.9"),
        ("2", "1.99.99"),
        ("1.0.1", "1"),
        ("1.0", "1.0-beta"),
        ("2026-11-23", "2026-2-9"),
        ("v2", "1"),
    ],
)
def test_which_version_is_newer(newer: str, older: str) -> None:
    assert (
        compare_versions(newer, older),
        compare_versions(older, newer),
        compare_versions(newer, newer),
    ) == (1, -1, 0)


def test_a_version_of_many_digits_is_compared_all_the_same() -> None:
    assert compare_versions("9" * 5000, "1") == 1
    assert compare_versions("", "1") == -1


class TestUndoing:
    def test_a_replaced_pack_comes_back_and_goes_again(self, library: Library, packed: Path, tmp_path: Path, own: Pack):
        open_and_keep(library, packed)
        before = everything(library)
        later = replace(own, version="1.3.0", title="Newer", figures=own.figures[:2])
        assert open_and_keep(library, zipped(tmp_path, later)) is VersionComparison.NEWER
        after = everything(library)
        assert state(library) == ("Newer", "1.3.0", True)
        for _ in range(2):
            assert library.manager.undo().undone
            assert state(library) == ("My own", "1.2.0", True)
            assert everything(library) == before
            assert not library.manager.undo().undone
            assert state(library) == ("Newer", "1.3.0", True)
            assert everything(library) == after

    def test_a_removed_pack_comes_back(self, library: Library, packed: Path):
        open_and_keep(library, packed)
        before = everything(library)
        library.manager.remove_pack("own")
        assert library.packs() == ()
        move = library.manager.latest_change
        assert move is not None
        assert (move.kind, move.title, move.undone) == (MoveKind.REMOVE, "My own", False)
        library.manager.undo()
        assert everything(library) == before
        library.manager.undo()
        assert library.packs() == ()

    def test_an_added_pack_goes_and_comes_back(self, library: Library, packed: Path):
        open_and_keep(library, packed)
        before = everything(library)
        assert library.manager.undo().kind is MoveKind.ADD
        assert library.packs() == ()
        library.manager.undo()
        assert everything(library) == before

    def test_after_a_restart_too(
        self, library: Library, file: Path, places: PlaceTree, packed: Path, tmp_path: Path, own: Pack
    ):
        open_and_keep(library, packed)
        open_and_keep(library, zipped(tmp_path, replace(own, version="2")))
        for version in ("1.2.0", "2"):
            library.close()
            library = Library.open(file, places)
            library.manager.undo()
            assert state(library)[1] == version
        library.close()

    def test_only_the_latest_is_kept(self, library: Library, file: Path, packed: Path, tmp_path: Path, own: Pack):
        open_and_keep(library, packed)
        for version in "2345":
            open_and_keep(library, zipped(tmp_path, replace(own, version=version), version))
        assert len(list((file.parent / ".moves" / "kept").iterdir())) == 1
        library.manager.undo()
        assert state(library)[1] == "4"

    def test_a_pack_that_could_not_be_read_comes_back_as_that(
        self, library: Library, file: Path, places: PlaceTree, packed: Path
    ):
        open_and_keep(library, packed)
        library.close()
        (file.parent / "packs" / "own" / "figures.csv").write_bytes(b"spoilt")
        library = Library.open(file, places)
        assert library.packs()[0].problems
        library.manager.remove_pack("own")
        assert library.packs() == ()
        library.manager.undo()
        assert library.packs()[0].problems
        arrival = pack_transfer.open_pack(library, packed)
        assert arrival.standing is VersionComparison.OTHER
        pack_transfer.install(library, arrival)
        assert state(library) == ("My own", "1.2.0", True)
        library.close()

    def test_a_zip_that_was_put_there_by_hand_is_replaced_and_comes_back(
        self, library: Library, file: Path, places: PlaceTree, packed: Path, tmp_path: Path, own: Pack
    ):
        library.close()
        (file.parent / "packs").mkdir()
        shutil.copy(packed, file.parent / "packs" / "own.zip")
        library = Library.open(file, places)
        assert library.manager.lies_in("own").name == "own.zip"
        open_and_keep(library, zipped(tmp_path, replace(own, version="2")))
        assert [path.name for path in (file.parent / "packs").iterdir()] == ["own"]
        library.manager.undo()
        assert [path.name for path in (file.parent / "packs").iterdir()] == ["own.zip"]
        assert state(library)[1] == "1.2.0"
        library.close()

    def test_with_nothing_to_undo_it_says_so(self, library: Library, places: PlaceTree):
        assert library.manager.latest_change is None
        with pytest.raises(LookupError):
            library.manager.undo()
        held = Library.open(None, places)
        assert held.manager.latest_change is None
        held.close()

    def test_what_was_deleted_by_hand_cannot_be_undone(self, library: Library, file: Path, packed: Path):
        open_and_keep(library, packed)
        library.manager.remove_pack("own")
        shutil.rmtree(file.parent / ".moves" / "kept")
        assert library.manager.latest_change is None

    @pytest.mark.parametrize("text", [b"", b"{}", b"[]", b"\xff", b'{"move":{"kind":"add"}}', b"[" * 9000])
    def test_a_note_of_the_move_that_says_nothing_is_no_move(
        self, library: Library, file: Path, places: PlaceTree, packed: Path, text: bytes
    ):
        open_and_keep(library, packed)
        library.close()
        for name in ("moving.json", "moved.json"):
            (file.parent / ".moves" / name).write_bytes(text)
        library = Library.open(file, places)
        assert library.manager.latest_change is None
        assert state(library) == ("My own", "1.2.0", True)
        library.close()

    def test_a_note_that_leads_elsewhere_is_not_followed(
        self, library: Library, file: Path, places: PlaceTree, packed: Path, tmp_path: Path
    ):
        open_and_keep(library, packed)
        library.close()
        note = file.parent / ".moves" / "moved.json"
        told = json.loads(note.read_text(encoding="utf-8"))
        told["move"] |= {"left": "../../elsewhere", "kind": "remove"}
        for name in ("moving.json", "moved.json"):
            (file.parent / ".moves" / name).write_text(json.dumps(told), encoding="utf-8")
        library = Library.open(file, places)
        assert library.manager.latest_change is None
        assert (tmp_path / "elsewhere").is_dir()
        library.close()


class TestStaging:
    def test_add_staged_fills_and_moves_in_one_go(self, library: Library, file: Path, places: PlaceTree, own: Pack):
        with library.manager.open_staging_folder(own.id) as staged:
            write_into(own, staged)
            library.manager.add_staged(
                replace(own, figures=()),
                staged,
                lambda connection, listed: pack_tables.insert_pack(
                    connection, own, replace(listed, figures=len(own.figures)), places
                ),
            )
        assert state(library) == ("My own", "1.2.0", True)
        assert set(library.figures()) == set(own.figures)
        held = everything(library)
        library.close()
        again = Library.open(file, places)
        assert again.revision == 1
        assert everything(again) == held
        again.close()

    def test_a_fill_that_raises_leaves_everything_as_it_was(
        self, library: Library, file: Path, packed: Path, own: Pack
    ):
        open_and_keep(library, packed)
        before, revision, latest = everything(library), library.revision, library.manager.latest_change

        def fails(*_: object) -> None:
            raise RuntimeError("half way")

        later = replace(own, version="2")
        with library.manager.open_staging_folder(own.id) as staged:
            write_into(later, staged)
            with pytest.raises(RuntimeError):
                library.manager.add_staged(later, staged, fails)
        assert (everything(library), library.revision, library.manager.latest_change) == (before, revision, latest)
        assert left_over(file) == []

    def test_a_staged_pack_whose_sums_do_not_hold_is_refused(self, library: Library, own: Pack):
        with library.manager.open_staging_folder(own.id) as staged:
            write_into(own, staged)
            (staged / "figures.csv").write_bytes(b"id\n")
            with pytest.raises(PackError, match="changed after"):
                library.manager.add_staged(own, staged, lambda *_: None)
        assert library.packs() == ()

    def test_those_who_ask_are_not_held_up_meanwhile(
        self, library: Library, places: PlaceTree, packed: Path, own: Pack
    ):
        open_and_keep(library, packed)
        seen: list[tuple[object, int]] = []

        def slow(connection: object, listed: pack_tables.PackState) -> None:
            pack_tables.insert_pack(connection, replace(own, version="2"), listed, places)
            seen.append((state(library)[1], len(library.figures(place="E23000023"))))

        with library.manager.open_staging_folder(own.id) as staged:
            write_into(replace(own, version="2"), staged)
            library.manager.add_staged(replace(own, version="2"), staged, slow)
        assert seen == [("1.2.0", 4)]
        assert state(library)[1] == "2"

    def test_what_an_earlier_program_left_half_made_is_cleared_away(
        self, library: Library, file: Path, places: PlaceTree
    ):
        old, fresh = library.manager.create_staging_folder("own"), library.manager.create_staging_folder("own")
        hidden = file.parent / "packs" / ".own.abcd"
        hidden.mkdir(parents=True)
        for path in (old, hidden):
            (path / "figures.csv").write_bytes(b"half")
            os.utime(path / "figures.csv", (1e9, 1e9))
            os.utime(path, (1e9, 1e9))
        library.close()
        library = Library.open(file, places)
        assert (old.exists(), hidden.exists(), fresh.exists()) == (False, False, True)
        library.close()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="it ends processes that it forks")
@pytest.mark.parametrize("times", [*count_kills(4, 25), pytest.param("steps", marks=pytest.mark.slow)])
def test_ended_at_any_moment_it_holds_the_old_or_the_new(tmp_path: Path, times: int | str) -> None:
    """In a process of its own, as a process with several threads is not to be forked."""
    command = [
        sys.executable,
        "-m",
        "tests.library.killed_change",
        str(tmp_path),
        str(times),
        str(time.time_ns() % 10**6),
    ]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, timeout=600, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "always held the old or the new" in done.stdout
    sys.stdout.write(done.stdout)
