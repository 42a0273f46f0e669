"""Large packs kept in bulk answer as they would kept figure by figure; and so do tables that come in bulk."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from explorer import paths
from explorer.evidence.model import Figure, Pack
from explorer.evidence.places import Places
from explorer.packs import bulk, bulk_rows, imported
from explorer.packs.csvfile import LONGEST
from explorer.packs.importing import Taken, look, read_table
from explorer.packs.library import Library
from explorer.packs.made_figures import figures
from explorer.packs.read import read_pack
from explorer.packs.recipes import read_recipes
from explorer.packs.write import write_pack

from . import home_office
from .made import packs


def _regular(pack: Pack) -> Pack:
    """The pack with ids that say which series each figure is in."""
    seen: dict[str, int] = {}
    renamed: list[Figure] = []
    for figure in pack.figures:
        begins = f"{pack.id}/{figure.measure}.{figure.place}.{bulk.in_id(figure.period.text)}"
        seen[begins] = seen.get(begins, 0) + 1
        renamed.append(replace(figure, id=f"{begins}_{seen[begins]}", base_figure=None))
    bare = replace(pack, quotes=(), demands=(), claims=(), notes=(), events=(), regions=())
    return replace(bare, figures=tuple(renamed))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(made=packs(), data=st.data())
def test_both_ways_of_keeping_answer_alike(
    places: Places, monkeypatch: pytest.MonkeyPatch, made: Pack, data: st.DataObject
):
    pack = _regular(made)
    with closing(Library.open(None, places)) as rows, closing(Library.open(None, places)) as packed:
        rows.add(pack)
        with monkeypatch.context() as patch:
            patch.setattr(bulk, "MANY", -1)
            packed.add(pack)
        codes = [None, *dict.fromkeys(figure.place for figure in pack.figures)]
        measures = [None, *dict.fromkeys(figure.measure for figure in pack.figures)]
        place, measure = data.draw(st.sampled_from(codes)), data.draw(st.sampled_from(measures))
        platform = data.draw(st.sampled_from([None, "", *(one.id for one in pack.platforms)]))
        ids = [figure.id for figure in pack.figures]
        some = data.draw(st.lists(st.sampled_from(ids), max_size=6)) if ids else []
        assert packed.figures() == rows.figures()
        asked = {"place": place, "measure": measure, "platform": platform}
        assert packed.figures(**asked) == rows.figures(**asked)
        assert packed.figures(ids=some) == rows.figures(ids=some)
        assert packed.figure_counts() == rows.figure_counts()
        for code in codes[1:]:
            assert packed.measure_counts(code) == rows.measure_counts(code)
        packed.remove(pack.id)
        assert packed.figures() == ()
        assert packed.figure_counts() == {}


@pytest.fixture(scope="module")
def taken(tmp_path_factory: pytest.TempPathFactory, places_of_all: Places, library: Library) -> Taken:
    """A table with every trap of the Home Office's, too large to be kept figure by figure."""
    path = tmp_path_factory.mktemp("table") / "prc.ods"
    home_office.write_ods(path, home_office.years(9, 14))
    looked = look(path, library, read_recipes([paths.recipes_folder()])[0])
    assert looked.sure
    assert looked.recipe is not None
    read = read_table(looked.table, looked.recipe, library)
    assert imported.is_many(read)
    return read


@pytest.fixture(scope="session")
def places_of_all() -> Places:
    from explorer.packs.read import read_places

    return read_places(paths.places_folder())


def by_id(figures: Iterable[Figure]) -> dict[str, Figure]:
    """Figures without their order."""
    return {figure.id: figure for figure in figures}


def test_the_lines_are_those_of_the_figures_one_by_one(taken: Taken, tmp_path: Path):
    pack = imported.pack_of(taken, imported.suggested(taken, Path("prc.ods")))
    made = replace(pack, figures=tuple(figures(taken.draft, taken.settled, pack.id, imported.SOURCE)))
    write_pack(made, tmp_path / "one-by-one")
    in_bulk = b"".join(bulk_rows.lines(taken, pack))
    assert in_bulk == (tmp_path / "one-by-one" / "figures.csv").read_bytes()
    assert max(map(len, in_bulk.splitlines())) < LONGEST


def test_the_series_are_the_figures(taken: Taken, places: Places):
    pack = imported.pack_of(taken, imported.suggested(taken, Path("prc.ods")))
    made = tuple(figures(taken.draft, taken.settled, pack.id, imported.SOURCE))
    with closing(Library.open(None, places)) as one, closing(Library.open(None, places)) as other:
        one.add(replace(pack, figures=made))
        with other._database.change() as connection:
            state = one.packs()[0]
            bulk_rows.put(connection, pack, state, places, taken)
        other._changed()
        assert other.figures() == one.figures()
        assert by_id(other.figures()) == by_id(made)
        assert other.packs()[0].figures == len(made)
        assert other.figure_counts() == one.figure_counts()
        found = other.find_figures("Kent 88A")
        assert [figure.place for figure in found] == ["E23000032"]


def test_what_is_kept_can_be_read_again(taken: Taken, places: Places, tmp_path: Path):
    about = replace(imported.suggested(taken, Path("prc.ods")), title="Recorded crime, my copy")
    with closing(Library.open(tmp_path / "library.sqlite3", places)) as library:
        pack = imported.keep(library, taken, about)
        assert pack == "recorded-crime-my-copy"
        kept = library.figures()
        state = next(state for state in library.packs() if state.id == pack)
        assert (state.figures, state.verified) == (taken.settled.count, True)
    assert by_id(read_pack(tmp_path / "packs" / pack, places).figures) == by_id(kept)
    with closing(Library.open(tmp_path / "library.sqlite3", places)) as again:
        again.verify()
        assert again.figures() == kept


def test_a_damaged_series_is_mended_from_its_folder(taken: Taken, places: Places, tmp_path: Path):
    path = tmp_path / "library.sqlite3"
    with closing(Library.open(path, places)) as library:
        imported.keep(library, taken, imported.suggested(taken, Path("prc.ods")))
        kept = library.figures(place="E23000032")
    with closing(sqlite3.connect(path)) as file, file:
        file.execute("UPDATE payload SET figures = x'00ff'")
    with closing(Library.open(path, places)) as library:
        assert library.figures(place="E23000032") == kept


@pytest.mark.parametrize("ending", ["xlsx", "ods", "csv"])
def test_an_import_adds_up_to_what_its_rows_do(places: Places, tmp_path: Path, ending: str):
    path = tmp_path / f"prc.{ending}"
    write = {"xlsx": home_office.write_xlsx, "ods": home_office.write_ods, "csv": home_office.write_csv}[
        ending
    ]
    write(path, home_office.years(6, 24))
    with closing(Library.open(tmp_path / "library.sqlite3", places)) as library:
        looked = look(path, library, read_recipes([paths.recipes_folder()])[0])
        assert looked.recipe is not None
        read = read_table(looked.table, looked.recipe, library)
        assert imported.is_many(read)
        imported.keep(library, read, imported.suggested(read, path))
        home_office.hold(library, home_office.years(6, 24))
