"""`packs` on the command line: which there are; one added, replaced, removed, saved, and put back."""

import pytest

from explorer.cli.main import run_command_line
from explorer.packs.reader import read_pack, read_places
from explorer.packs.writer import write_pack
from explorer.support import paths
from tests.library.test_pack_switches import second

PLACES = read_places(paths.places_folder())
LOCKDOWN = read_pack(paths.packs_folder() / "lockdown-2020", PLACES)


@pytest.fixture(autouse=True)
def own_data(started_data):
    return started_data


@pytest.fixture
def run(capsys):
    """Runs one command; gives its status, and what it said on either stream."""

    def ran(*words):
        status = run_command_line(["packs", *map(str, words)])
        told = capsys.readouterr()
        return status, told.out, told.err

    return ran


@pytest.fixture
def made(tmp_path):
    def make(version):
        write_pack(second(LOCKDOWN, "own", title="My own", version=version), tmp_path / f"made-{version}")
        return tmp_path / f"made-{version}"

    return make


def test_the_packs_are_listed(run):
    status, out, err = run()
    assert (status, err) == (0, "")
    listed = {line.split(" ")[0] for line in out.splitlines()}
    assert listed == {folder.name for folder in paths.packs_folder().iterdir()}
    assert "(shipped, " in out


def test_one_is_added_and_listed(run, made):
    assert run("--add", made("1.2.0")) == (0, "own 1.2.0 was added.\n", "")
    assert "own 1.2.0: My own (your own, 10 figures)" in run()[1]
    assert "is in the library already" in run("--add", made("1.2.0"))[1]


def test_one_that_is_there_is_replaced_only_where_that_is_said(run, made):
    run("--add", made("1.2.0"))
    status, out, err = run("--add", made("1.3.0"))
    assert (status, out) == (1, "")
    assert err == "own 1.2.0 is in the library and is older. --replace replaces it.\n"
    assert "is newer" in run("--add", made("1.1"))[2]
    assert run("--add", made("1.3.0"), "--replace")[1] == "own 1.3.0 has replaced 1.2.0.\n"
    assert run("--undo")[1] == "Undone: replace own.\n"
    assert "own 1.2.0" in run()[1]
    assert run("--undo")[1] == "Done again: replace own.\n"


def test_one_is_removed_and_comes_back(run, made):
    run("--add", made("1"))
    assert run("--remove", "own") == (0, "own 1 was removed; --undo brings it back.\n", "")
    assert "own 1" not in run()[1]
    run("--undo")
    assert "own 1" in run()[1]


def test_a_shipped_one_is_not_removed(run):
    status, out, err = run("--remove", "lockdown-2020")
    assert (status, out) == (1, "")
    assert "shipped with the program" in err


def test_one_is_saved_and_opens_elsewhere(run, tmp_path):
    file = tmp_path / "a.zip"
    assert run("--save", "lockdown-2020", "-o", file) == (0, f"Saved: {file}\n", "")
    assert read_pack(file, PLACES) == LOCKDOWN


@pytest.mark.parametrize(
    ("words", "status", "told"),
    [
        (("--save", "lockdown-2020"), 2, "Name the file to write with -o"),
        (("--save", "none", "-o", "a.zip"), 1, "No pack is called “none”. There are: force-replies,"),
        (("--remove", "none"), 1, "No pack is called “none”"),
        (("--add", "not/there.zip"), 1, "there is no such file or folder"),
        (("--save", "lockdown-2020", "-o", "not/there/a.zip"), 1, "Nothing has changed: there is no folder"),
        (("--undo",), 1, "There is no change of the packs to undo."),
        (("--undo", "--remove", "a"), 2, "not allowed with"),
    ],
)
def test_what_cannot_be_done_is_said(run, words, status, told):
    ended, out, err = run(*words)
    assert (ended, out) == (status, "")
    assert told in err


def test_every_problem_of_one_that_is_added_is_said(run, made):
    folder = made("1")
    (folder / "figures.csv").write_bytes(b"id\n")
    status, _, err = run("--add", folder)
    assert status == 1
    assert "changed after the pack was sealed" in err
    assert len(err.splitlines()) > 1
