"""Files are written whole: the old one or the new, whatever goes wrong on the way."""

import errno
import os
import stat
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from explorer.support.atomic_file import open_atomically, sync_folder, write_atomically

OLD, NEW = b"old" * 1000, b"new" * 70_000


@pytest.fixture
def target(tmp_path):
    path = tmp_path / "kept.json"
    path.write_bytes(OLD)
    return path


def assert_as_it_was(path):
    assert path.read_bytes() == OLD
    assert [one.name for one in path.parent.iterdir()] == [path.name]


def raise_full_disk(*_args):
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_a_file_is_made_and_then_replaced(tmp_path):
    path = tmp_path / "new.json"
    write_atomically(path, OLD)
    write_atomically(path, NEW)
    assert path.read_bytes() == NEW
    assert [one.name for one in tmp_path.iterdir()] == ["new.json"]


def test_a_stream_can_be_read_and_sought_in(target):
    with open_atomically(target) as stream:
        stream.write(b"abc")
        stream.seek(1)
        stream.write(b"x")
        stream.seek(0)
        assert stream.read() == b"axc"
        assert target.read_bytes() == OLD
    assert target.read_bytes() == b"axc"


def test_file_and_folder_are_synced_in_turn(target, monkeypatch):
    steps = []
    sync, swap = os.fsync, os.replace

    def count_sync(descriptor):
        steps.append("folder" if stat.S_ISDIR(os.fstat(descriptor).st_mode) else "file")
        sync(descriptor)

    def count_swap(*args):
        steps.append("swap")
        swap(*args)

    monkeypatch.setattr(os, "fsync", count_sync)
    monkeypatch.setattr(os, "replace", count_swap)
    write_atomically(target, NEW)
    assert steps == (["file", "swap", "folder"] if hasattr(os, "O_DIRECTORY") else ["file", "swap"])


@pytest.mark.parametrize("call", ["fsync", "replace"])
def test_a_full_disk_leaves_the_old_file_and_names_it(target, monkeypatch, call):
    monkeypatch.setattr(os, call, raise_full_disk)
    with pytest.raises(OSError, match="No space left") as caught:
        write_atomically(target, NEW)
    assert (caught.value.errno, caught.value.filename) == (errno.ENOSPC, str(target))
    assert_as_it_was(target)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="has no device that is always full")
def test_a_disk_that_is_full_while_writing(target):
    def write_to_full_disk():
        with open_atomically(target) as stream:
            os.dup2(os.open("/dev/full", os.O_WRONLY), stream.fileno())
            stream.write(NEW)

    with pytest.raises(OSError, match="No space left") as caught:
        write_to_full_disk()
    assert caught.value.filename == str(target)
    assert_as_it_was(target)


@pytest.mark.parametrize("error", [ValueError("a bad row"), KeyboardInterrupt()])
def test_what_the_block_raises_goes_through(target, error):
    def write_and_fail():
        with open_atomically(target) as stream:
            stream.write(NEW)
            raise error

    with pytest.raises(type(error)) as caught:
        write_and_fail()
    assert caught.value is error
    assert_as_it_was(target)


def test_an_error_of_another_file_keeps_its_name(target, tmp_path):
    with pytest.raises(FileNotFoundError) as caught, open_atomically(target) as stream:
        stream.write((tmp_path / "gone").read_bytes())
    assert caught.value.filename == str(tmp_path / "gone")
    assert_as_it_was(target)


_KILLED = """
import os, sys
from pathlib import Path
from explorer.support.atomic_file import write_atomically
left = int(sys.argv[2])
def ends_at(call):
    def counting(*args, **kwargs):
        global left
        left -= 1
        if not left:
            os._exit(9)
        return call(*args, **kwargs)
    return counting
for name in ("fsync", "replace", "unlink"):
    setattr(os, name, ends_at(getattr(os, name)))
write_atomically(Path(sys.argv[1]), b"new" * 70_000)
"""


def test_a_write_that_is_killed_leaves_the_old_file_or_the_new(target):
    found = []
    for step in range(1, 9):
        target.write_bytes(OLD)
        status = subprocess.run([sys.executable, "-c", _KILLED, str(target), str(step)], check=False, cwd=Path.cwd())
        found.append(target.read_bytes())
        if status.returncode == 0:
            break
        assert status.returncode == 9
    assert status.returncode == 0
    assert set(found) == {OLD, NEW}
    assert found[0] == OLD


def test_a_folder_is_no_target(tmp_path):
    folder = tmp_path / "folder"
    folder.mkdir()
    with pytest.raises(OSError, match="what is there is no file") as caught:
        write_atomically(folder, NEW)
    assert caught.value.filename == str(folder)
    assert [one.name for one in tmp_path.rglob("*")] == ["folder"]


def test_a_folder_that_is_missing_is_said(tmp_path):
    with pytest.raises(FileNotFoundError, match="there is no folder"):
        write_atomically(tmp_path / "none" / "a.json", NEW)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("letter", ["a", "é", "𝄞"])
def test_a_name_may_be_as_long_as_the_disk_allows_and_no_longer(tmp_path, letter):
    longest = letter * (255 // len(letter.encode()))
    write_atomically(tmp_path / longest, NEW)
    assert (tmp_path / longest).read_bytes() == NEW
    with pytest.raises(OSError, match="too long") as caught:
        write_atomically(tmp_path / (longest + letter), NEW)
    assert caught.value.errno == errno.ENAMETOOLONG
    assert [one.name for one in tmp_path.iterdir()] == [longest]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="nothing is refused to this user")
def test_a_folder_that_cannot_be_written_to(target):
    target.parent.chmod(0o500)
    try:
        with pytest.raises(PermissionError) as caught:
            write_atomically(target, NEW)
    finally:
        target.parent.chmod(0o700)
    assert caught.value.filename == str(target)
    assert_as_it_was(target)


def test_a_link_stays_a_link(target, tmp_path):
    link = tmp_path / "link.json"
    link.symlink_to(target)
    write_atomically(link, NEW)
    assert link.is_symlink()
    assert target.read_bytes() == NEW


def test_two_at_once_do_not_mix(target):
    contents = [bytes([number]) * 300_000 for number in range(8)]
    writers = [threading.Thread(target=write_atomically, args=(target, content)) for content in contents]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert target.read_bytes() in contents
    assert [one.name for one in target.parent.iterdir()] == [target.name]


def test_a_folder_that_cannot_be_synced_is_no_failure(target, monkeypatch):
    monkeypatch.setattr(os, "open", raise_full_disk)
    sync_folder(target.parent)
