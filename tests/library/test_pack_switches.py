"""Packs switched off and on: nothing of one that is off is in the evidence, and the choice is kept."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from explorer.evidence.model import Pack
from explorer.evidence.places import PlaceTree
from explorer.library.library import Library
from explorer.library.user_folder import SWITCHES_FILE, PackSwitches
from explorer.packs.problems import PackError
from explorer.packs.writer import write_pack

NAME = "lockdown-2020"
CAMBRIDGESHIRE = "E23000023"


def second(lockdown: Pack, name: str = "second", **changes: object) -> Pack:
    """A pack like the shipped one, of another name and with its own words for what it measures."""

    def own(text: str | None) -> str | None:
        return None if text is None else text.replace(f"{NAME}/", f"{name}/")

    return replace(
        lockdown,
        id=name,
        sources=tuple(replace(s, id=own(s.id)) for s in lockdown.sources),
        measures=tuple(replace(m, definition=f"As {name} says.") for m in lockdown.measures),
        figures=tuple(
            replace(f, id=own(f.id), source=own(f.source), base_figure=own(f.base_figure), pack=name)
            for f in lockdown.figures
        ),
        quotes=(),
        demands=(),
        events=(),
        claims=(),
        notes=(),
        regions=(),
        **changes,
    )


@pytest.fixture
def shipped(tmp_path: Path, lockdown: Pack) -> Path:
    """A folder of two shipped packs that define the same measures."""
    write_pack(lockdown, tmp_path / "shipped" / NAME)
    write_pack(second(lockdown), tmp_path / "shipped" / "second")
    return tmp_path / "shipped"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "data" / "library.sqlite3"


@pytest.fixture
def library(file: Path, places: PlaceTree, shipped: Path) -> Iterator[Library]:
    file.parent.mkdir()
    held = opened(file, places, shipped)
    yield held
    held.close()


def opened(file: Path | None, places: PlaceTree, shipped: Path) -> Library:
    held = Library.open(file, places)
    held.loader.load_shipped(shipped)
    return held


def everything(library: Library) -> tuple[object, ...]:
    """All that can be asked of a library, but for the list of its packs."""
    return (
        library.figures(),
        library.figures(place=CAMBRIDGESHIRE),
        library.figure_counts(),
        library.measure_counts(CAMBRIDGESHIRE),
        library.quotes(),
        library.demands(),
        library.claims(),
        library.events(),
        library.notes(),
        library.sources(),
        library.measures(),
        library.platforms(),
        library.regions(),
        library.search("telegraph", 100),
        library.find_figures("cambridgeshire", 100),
    )


def of(library: Library, pack: str) -> bool:
    return next(state.enabled for state in library.packs() if state.id == pack)


def test_nothing_of_a_pack_that_is_off_is_in_the_evidence(library: Library, lockdown: Pack) -> None:
    before = library.revision
    library.manager.set_enabled(NAME, False)
    assert library.revision != before
    assert {figure.pack for figure in library.figures()} == {"second"}
    assert library.figure_counts()[CAMBRIDGESHIRE] == 4
    assert library.quotes() == library.demands() == library.claims() == library.events() == ()
    assert {hit.id.split("/")[0] for hit in library.search("telegraph", 100)} == {"second"}
    assert {figure.pack for figure in library.find_figures("cambridgeshire", 100)} == {"second"}
    state = next(state for state in library.packs() if state.id == NAME)
    assert (state.enabled, state.figures, state.quotes) == (
        False,
        len(lockdown.figures),
        len(lockdown.quotes),
    )


def test_switched_on_again_everything_is_as_it_was(library: Library) -> None:
    before = everything(library)
    for pack in (NAME, "second"):
        library.manager.set_enabled(pack, False)
    assert not any(everything(library))
    for pack in ("second", NAME):
        library.manager.set_enabled(pack, True)
    assert everything(library) == before


def test_the_first_definition_stands_and_the_other_where_the_first_is_off(library: Library) -> None:
    first = library.measure("scc-offences").definition
    assert first != "As second says."
    library.manager.set_enabled(NAME, False)
    assert library.measure("scc-offences").definition == "As second says."
    library.manager.set_enabled(NAME, True)
    assert library.measure("scc-offences").definition == first


def test_the_choice_is_kept_when_the_program_ends(
    library: Library, file: Path, places: PlaceTree, shipped: Path
) -> None:
    library.manager.set_enabled(NAME, False)
    library.close()
    again = opened(file, places, shipped)
    assert again.revision == 1, "nothing is read again"
    assert not of(again, NAME)
    assert {figure.pack for figure in again.figures()} == {"second"}
    again.close()


@pytest.mark.parametrize("harm", ["delete", "damage"])
def test_the_choice_outlives_the_library_file(
    library: Library, file: Path, places: PlaceTree, shipped: Path, harm: str
) -> None:
    library.manager.set_enabled(NAME, False)
    library.close()
    if harm == "delete":
        file.unlink()
    else:
        file.write_bytes(b"not a library" * 500)
    again = opened(file, places, shipped)
    assert not of(again, NAME)
    assert {figure.pack for figure in again.figures()} == {"second"}
    again.manager.set_enabled(NAME, True)
    assert {figure.pack for figure in again.figures()} == {NAME, "second"}
    again.close()


def test_a_pack_that_changes_while_it_is_off_stays_off_and_comes_back_new(
    library: Library, file: Path, places: PlaceTree, shipped: Path, lockdown: Pack
) -> None:
    library.manager.set_enabled("second", False)
    library.close()
    write_pack(second(lockdown, version="9"), shipped / "second")
    again = opened(file, places, shipped)
    state = next(state for state in again.packs() if state.id == "second")
    assert (state.version, state.enabled) == ("9", False)
    again.manager.set_enabled("second", True)
    assert len(again.figures()) == 2 * len(lockdown.figures)
    again.close()


def test_a_pack_of_ones_own_is_switched_in_memory_too(places: PlaceTree, lockdown: Pack) -> None:
    held = Library.open(None, places)
    held.manager.add_pack(second(lockdown))
    before = everything(held)
    held.manager.set_enabled("second", False)
    held.manager.add_pack(second(lockdown, "third"))
    held.manager.set_enabled("second", True)
    assert len(held.figures()) == 2 * len(lockdown.figures)
    held.manager.remove_pack("third")
    assert everything(held) == before
    held.close()


def test_one_added_again_or_taken_away_is_no_longer_off(
    library: Library, file: Path, places: PlaceTree, shipped: Path, lockdown: Pack
) -> None:
    own = second(lockdown, "own")
    library.manager.add_pack(own)
    library.manager.set_enabled("own", False)
    library.manager.add_pack(own)
    assert of(library, "own")
    library.manager.set_enabled("own", False)
    library.manager.remove_pack("own")
    assert json.loads((file.parent / SWITCHES_FILE).read_text(encoding="utf-8")) == {"off": []}
    assert len(library.figures()) == 2 * len(lockdown.figures)


def test_what_cannot_be_switched_says_so(library: Library, shipped: Path) -> None:
    with pytest.raises(KeyError):
        library.manager.set_enabled("unheard-of", False)
    (shipped / NAME / "figures.csv").write_text("spoilt", encoding="utf-8")
    library.loader.load_shipped(shipped)
    with pytest.raises(ValueError, match="could not be read"):
        library.manager.set_enabled(NAME, False)


def test_a_choice_that_cannot_be_kept_changes_nothing(
    library: Library, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = everything(library)

    def refuse(*_: object) -> None:
        raise PermissionError("read only")

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(PermissionError):
        library.manager.set_enabled(NAME, False)
    assert everything(library) == before
    assert of(library, NAME)


def test_an_idle_pack_still_guards_what_a_measure_counts(library: Library, lockdown: Pack) -> None:
    for pack in (NAME, "second"):
        library.manager.set_enabled(pack, False)
    offences, share, *rest = sorted(lockdown.measures, key=lambda measure: measure.id)
    other = second(lockdown, "other", version="1")
    swapped = tuple(replace(offences, unit=share.unit) for _ in "1")
    with pytest.raises(PackError, match="in another pack"):
        library.manager.add_pack(replace(other, measures=(*swapped, share, *rest), figures=()))


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"off": 5}', '{"off": [5, null]}', "\x00", "[" * 5000, '{"off": "second"}']
)
def test_a_file_of_choices_that_says_nothing_switches_nothing_off(tmp_path: Path, text: str) -> None:
    (tmp_path / "choices").write_text(text, encoding="utf-8")
    switches = PackSwitches(tmp_path / "choices")
    assert switches.is_on("second")


def test_switching_is_no_reading_again(library: Library, shipped: Path) -> None:
    (shipped / NAME / "figures.csv").unlink()
    library.manager.set_enabled(NAME, False)
    library.manager.set_enabled(NAME, True)
    assert of(library, NAME)
