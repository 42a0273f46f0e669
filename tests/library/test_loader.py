"""What was worked out of the content is kept with it, and let go with any change of it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from explorer.evidence.model import Pack
from explorer.evidence.places import PlaceTree
from explorer.library.library import Library
from explorer.packs.writer import write_pack
from explorer.support import paths

NAME = "lockdown-2020"
FOUND = "what was found"


def other(lockdown: Pack, **changes: object) -> Pack:
    """A pack that says nothing but its own name and title."""
    nothing = dict.fromkeys(("figures", "quotes", "demands", "events", "claims", "notes", "regions"), ())
    return replace(lockdown, id="other", sources=(), measures=(), platforms=(), **{**nothing, **changes})


@pytest.fixture
def shipped(tmp_path: Path) -> Path:
    shutil.copytree(paths.packs_folder() / NAME, tmp_path / "shipped" / NAME)
    return tmp_path / "shipped"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    (tmp_path / "data").mkdir()
    return tmp_path / "data" / "library.sqlite3"


def opened(file: Path | None, places: PlaceTree, shipped: Path) -> Library:
    library = Library.open(file, places, trusting=shipped)
    library.loader.verify_packs()
    return library


@pytest.fixture
def library(file: Path, places: PlaceTree, shipped: Path) -> Iterator[Library]:
    held = opened(file, places, shipped)
    yield held
    held.close()


def test_what_is_remembered_is_given_back_by_its_name(library: Library) -> None:
    assert library.recall_value(FOUND) is None
    library.remember_value(FOUND, "one")
    library.remember_value("another", "")
    assert (library.recall_value(FOUND), library.recall_value("another")) == ("one", "")
    assert library.recall_value("what was") is None
    library.remember_value(FOUND, "two")
    assert library.recall_value(FOUND) == "two"


def test_remembering_changes_nothing_that_is_said(library: Library) -> None:
    before = library.revision
    figures = library.figures()
    library.remember_value(FOUND, "one")
    assert library.revision == before
    assert library.figures() is figures


def test_it_is_kept_with_the_file(library: Library, file: Path, places: PlaceTree, shipped: Path) -> None:
    library.remember_value(FOUND, "one")
    library.close()
    again = opened(file, places, shipped)
    assert again.recall_value(FOUND) == "one"
    assert not again.loader.verify_packs()
    assert again.recall_value(FOUND) == "one"
    again.close()


def _add(library: Library, lockdown: Pack) -> None:
    library.manager.add_pack(other(lockdown))


def _replace(library: Library, lockdown: Pack) -> None:
    library.manager.add_pack(other(lockdown, title="Told otherwise"))


def _remove(library: Library, _lockdown: Pack) -> None:
    library.manager.remove_pack("other")


def _off(library: Library, _lockdown: Pack) -> None:
    library.manager.set_enabled(NAME, False)


def _on(library: Library, _lockdown: Pack) -> None:
    library.manager.set_enabled(NAME, True)


@pytest.mark.parametrize(
    ("before", "change"),
    [((), _add), ((_add,), _replace), ((_add,), _remove), ((), _off), ((_off,), _on)],
)
def test_any_change_of_packs_lets_go_of_it(
    library: Library,
    lockdown: Pack,
    before: tuple[Callable[[Library, Pack], None], ...],
    change: Callable[[Library, Pack], None],
) -> None:
    for step in before:
        step(library, lockdown)
    for name in (FOUND, "another"):
        library.remember_value(name, "one")
    change(library, lockdown)
    assert library.recall_value(FOUND) is None
    assert library.recall_value("another") is None
    library.remember_value(FOUND, "two")
    assert library.recall_value(FOUND) == "two"


def test_a_shipped_pack_that_is_another_lets_go_of_it(
    library: Library, file: Path, places: PlaceTree, shipped: Path, lockdown: Pack
) -> None:
    library.remember_value(FOUND, "one")
    library.close()
    shutil.rmtree(shipped / NAME)
    write_pack(replace(lockdown, title="Told otherwise", notes=()), shipped / NAME)
    again = opened(file, places, shipped)
    assert again.recall_value(FOUND) is None
    again.close()


def test_a_shipped_pack_that_is_gone_or_new_lets_go_of_it(
    library: Library, file: Path, places: PlaceTree, shipped: Path, lockdown: Pack
) -> None:
    library.remember_value(FOUND, "one")
    library.close()
    write_pack(other(lockdown), shipped / "other")
    again = opened(file, places, shipped)
    assert again.recall_value(FOUND) is None
    again.remember_value(FOUND, "two")
    again.close()
    shutil.rmtree(shipped / "other")
    again = opened(file, places, shipped)
    assert again.recall_value(FOUND) is None
    again.close()


def test_a_change_that_another_window_makes_lets_go_of_it(
    library: Library, file: Path, places: PlaceTree, shipped: Path, lockdown: Pack
) -> None:
    library.remember_value(FOUND, "one")
    second = opened(file, places, shipped)
    assert second.recall_value(FOUND) == "one"
    second.manager.add_pack(other(lockdown))
    assert library.recall_value(FOUND) is None
    second.close()


def test_what_another_version_worked_out_is_not_taken(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    library.remember_value(FOUND, "one")
    monkeypatch.setattr("explorer.library.library.__version__", "0.0.1")
    assert library.recall_value(FOUND) is None
    library.remember_value(FOUND, "two")
    monkeypatch.undo()
    assert library.recall_value(FOUND) == "one"


def test_a_library_in_memory_remembers_too(places: PlaceTree, shipped: Path, lockdown: Pack) -> None:
    library = opened(None, places, shipped)
    library.remember_value(FOUND, "one")
    assert library.recall_value(FOUND) == "one"
    library.manager.add_pack(other(lockdown))
    assert library.recall_value(FOUND) is None
    library.close()
