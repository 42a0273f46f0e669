"""Large packs kept in bulk answer as they would kept figure by figure; and so do tables that come in bulk."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from contextlib import ExitStack, closing
from decimal import Decimal
from pathlib import Path
from typing import TypeVar

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings, strategies as st
from msgspec.structs import replace

from explorer.evidence.model import (
    Amount,
    Claim,
    Demand,
    EvidenceNote,
    Figure,
    Measure,
    Pack,
    Qualifier,
    Quote,
    Source,
    SourceKind,
    Unit,
)
from explorer.evidence.periods import parse_period
from explorer.evidence.places import PlaceTree
from explorer.importer import pack_builder
from explorer.importer.pack_builder import build_figures
from explorer.importer.recipe import read_recipes
from explorer.importer.session import ImportResult, inspect_table, read_table
from explorer.library import loader, pack_tables, series_table
from explorer.library.database import DatabaseFailure
from explorer.library.library import Library
from explorer.packs.csv_rows import LONGEST
from explorer.packs.reader import read_pack
from explorer.packs.writer import write_pack
from explorer.support import paths
from tests.importer import home_office
from tests.packs.random_packs import packs
from tests.run_sizes import plain_and_slow, scale_examples

_Bearing = TypeVar("_Bearing", Quote, Demand, Claim, EvidenceNote)


def _regular(pack: Pack) -> Pack:
    """The pack with ids that say which series each figure is in, and all that refers to them."""
    named: dict[str, str] = {}
    for number, figure in enumerate(pack.figures):
        period = series_table.id_segment(figure.period.text)
        named[figure.id] = f"{pack.id}/{figure.measure}.{figure.place}.{period}_{number}"

    def renamed(several: Iterable[_Bearing]) -> tuple[_Bearing, ...]:
        return tuple(replace(one, figures=tuple(named[id_] for id_ in one.figures)) for one in several)

    figures = (
        replace(figure, id=named[figure.id], base_figure=named.get(figure.base_figure or "")) for figure in pack.figures
    )
    return replace(
        pack,
        figures=tuple(figures),
        quotes=renamed(pack.quotes),
        demands=renamed(pack.demands),
        claims=renamed(pack.claims),
        notes=renamed(pack.notes),
    )


def _both(pack: Pack, places: PlaceTree, monkeypatch: pytest.MonkeyPatch, stack: ExitStack) -> tuple[Library, Library]:
    """A library that keeps the pack figure by figure, and one that keeps it in bulk."""
    rows = stack.enter_context(closing(Library.open(None, places)))
    packed = stack.enter_context(closing(Library.open(None, places)))
    rows.manager.add_pack(pack)
    with monkeypatch.context() as patch:
        patch.setattr(series_table, "MANY", -1)
        packed.manager.add_pack(pack)
    return rows, packed


def _left(library: Library, pack: str) -> dict[str, int]:
    """How many rows of a pack there are in each table that has any."""
    ask = library._database.query_rows
    held = {f"{idle}{table}": "pack" for table in pack_tables._ROWS for idle in ("", "idle_")}
    counts = {table: ask(f"SELECT count(*) FROM {table} WHERE pack = ?", (pack,))[0][0] for table in held}
    counts["payload"] = ask("SELECT count(*) FROM payload")[0][0]
    return {table: count for table, count in counts.items() if count}


@settings(
    max_examples=scale_examples(40),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(made=packs(), data=st.data())
def test_both_ways_of_keeping_answer_alike(
    places: PlaceTree, monkeypatch: pytest.MonkeyPatch, made: Pack, data: st.DataObject
):
    pack = _regular(made)
    with ExitStack() as stack:
        rows, packed = _both(pack, places, monkeypatch, stack)
        assert packed._has_bulk() == bool(pack.figures)
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
        for one in measures[1:]:
            assert packed.place_counts(one) == rows.place_counts(one)
            assert packed.places_of(one) == rows.places_of(one)
        for source in pack.sources:
            assert packed.query_by_source(source.id) == rows.query_by_source(source.id)
        for figure in pack.figures:
            assert packed.figure(figure.id) == figure
        for bearing in (*packed.quotes(), *packed.demands(), *packed.claims(), *packed.notes()):
            assert packed.figures(ids=bearing.figures) == rows.figures(ids=bearing.figures)
        assert packed.packs() == rows.packs()
        assert packed.search(pack.sources[0].title) == rows.search(pack.sources[0].title)
        packed.manager.remove_pack(pack.id)
        assert packed.figures() == ()
        assert packed.figure_counts() == {}
        assert _left(packed, pack.id) == {}


@settings(
    max_examples=scale_examples(25),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(made=packs().filter(lambda pack: pack.figures))
def test_a_series_is_found_by_its_place_and_its_measure(places: PlaceTree, monkeypatch: pytest.MonkeyPatch, made: Pack):
    pack = _regular(made)
    names = {measure.id: measure.name for measure in pack.measures}
    with ExitStack() as stack:
        rows, packed = _both(pack, places, monkeypatch, stack)
        for figure in pack.figures:
            words = f"{names[figure.measure]} {places.get(figure.place).name}"
            found = [(one.place, one.measure) for one in packed.find_figures(words, 100)]
            assert len(found) == len(set(found))
            assert (figure.place, figure.measure) in found
            assert set(found) <= {(one.place, one.measure) for one in rows.find_figures(words, 100)}


@pytest.fixture(scope="module")
def taken(tmp_path_factory: pytest.TempPathFactory, places_of_all: PlaceTree, library: Library) -> ImportResult:
    """A table with every trap of the Home Office's, too large to be kept figure by figure."""
    path = tmp_path_factory.mktemp("table") / "prc.ods"
    home_office.write_ods(path, home_office.years(9, 14))
    looked = inspect_table(path, library, read_recipes([paths.recipes_folder()])[0])
    assert looked.sure
    assert looked.recipe is not None
    read = read_table(looked.table, looked.recipe, library)
    assert pack_builder.is_many(read)
    return read


@pytest.fixture(scope="session")
def places_of_all() -> PlaceTree:
    from explorer.packs.reader import read_places

    return read_places(paths.places_folder())


def by_id(figures: Iterable[Figure]) -> dict[str, Figure]:
    """Figures without their order."""
    return {figure.id: figure for figure in figures}


@pytest.mark.slow
def test_the_lines_are_those_of_the_figures_one_by_one(taken: ImportResult, tmp_path: Path):
    pack = pack_builder.pack_of(taken, pack_builder.suggest_metadata(taken, Path("prc.ods")))
    made = replace(pack, figures=tuple(build_figures(taken.draft, taken.figures, pack.id, pack_builder.SOURCE)))
    write_pack(made, tmp_path / "one-by-one")
    in_bulk = b"".join(pack_builder.iter_csv_blocks(taken, pack))
    assert in_bulk == (tmp_path / "one-by-one" / "figures.csv").read_bytes()
    assert max(map(len, in_bulk.splitlines())) < LONGEST


def test_the_series_are_the_figures(taken: ImportResult, places: PlaceTree):
    pack = pack_builder.pack_of(taken, pack_builder.suggest_metadata(taken, Path("prc.ods")))
    made = tuple(build_figures(taken.draft, taken.figures, pack.id, pack_builder.SOURCE))
    with closing(Library.open(None, places)) as one, closing(Library.open(None, places)) as other:
        one.manager.add_pack(replace(pack, figures=made))
        with other._database.current.transaction() as connection:
            state = one.packs()[0]
            pack_builder.insert_bulk_pack(connection, pack, state, places, taken)
        other._database.invalidate_cache()
        assert other.figures() == one.figures()
        assert by_id(other.figures()) == by_id(made)
        assert other.packs()[0].figures == len(made)
        assert other.figure_counts() == one.figure_counts()
        found = other.find_figures("Kent 88A")
        assert [figure.place for figure in found] == ["E23000032"]


@pytest.mark.slow
def test_what_is_kept_can_be_read_again(taken: ImportResult, places: PlaceTree, tmp_path: Path):
    about = replace(pack_builder.suggest_metadata(taken, Path("prc.ods")), title="Recorded crime, my copy")
    with closing(Library.open(tmp_path / "library.sqlite3", places)) as library:
        pack = pack_builder.save_pack(library, taken, about)
        assert pack == "recorded-crime-my-copy"
        kept = library.figures()
        state = next(state for state in library.packs() if state.id == pack)
        assert (state.figures, state.verified) == (taken.figures.count, True)
    assert by_id(read_pack(tmp_path / "packs" / pack, places).figures) == by_id(kept)
    with closing(Library.open(tmp_path / "library.sqlite3", places)) as again:
        again.loader.verify_packs()
        assert again.figures() == kept


@pytest.mark.slow
def test_a_damaged_series_is_mended_from_its_folder(taken: ImportResult, places: PlaceTree, tmp_path: Path):
    path = tmp_path / "library.sqlite3"
    with closing(Library.open(path, places)) as library:
        pack_builder.save_pack(library, taken, pack_builder.suggest_metadata(taken, Path("prc.ods")))
        kept = library.figures(place="E23000032")
    with closing(sqlite3.connect(path)) as file, file:
        file.execute("UPDATE payload SET figures = x'00ff'")
    with closing(Library.open(path, places)) as library:
        assert library.figures(place="E23000032") == kept


@pytest.mark.parametrize("ending", plain_and_slow(["csv", "xlsx", "ods"]))
def test_an_import_adds_up_to_what_its_rows_do(places: PlaceTree, tmp_path: Path, ending: str):
    path = tmp_path / f"prc.{ending}"
    write = {"xlsx": home_office.write_xlsx, "ods": home_office.write_ods, "csv": home_office.write_csv}[ending]
    write(path, home_office.years(6, 24))
    with closing(Library.open(tmp_path / "library.sqlite3", places)) as library:
        looked = inspect_table(path, library, read_recipes([paths.recipes_folder()])[0])
        assert looked.recipe is not None
        read = read_table(looked.table, looked.recipe, library)
        assert pack_builder.is_many(read)
        pack_builder.save_pack(library, read, pack_builder.suggest_metadata(read, path))
        home_office.hold(library, home_office.years(6, 24))


_CODES = ("E23000023", "E23000024", "E12000006")
_PERIODS = ("2018/19", "2019/20", "2020-04/2020-06")


def _large(name: str = "large", add: int = 0) -> Pack:
    """A pack of two measures and two sources, in both of which each place is counted."""
    sources = ("one", "two")
    return Pack(
        id=name,
        title="Large",
        version="1.0.0",
        publisher="Nobody",
        licence="none",
        created="2026-11-23T00:00:00Z",
        description="",
        sources=tuple(
            Source(
                id=f"{name}/{source}",
                title=f"Table {source}",
                publisher="Nobody",
                kind=SourceKind.NEWS,
                published="2026",
                address="",
                note="",
            )
            for source in sources
        ),
        measures=tuple(
            Measure(
                id=f"{name}-{number}",
                name=f"Class {number}",
                unit=Unit.OFFENCES,
                definition="Made up.",
                group="",
            )
            for number in (1, 2)
        ),
        figures=tuple(
            _figure(name, f"{name}-{number}", code, period, source, at + add)
            for at, source in enumerate(sources)
            for number in (1, 2)
            for code in _CODES
            for period in _PERIODS
        ),
    )


def _figure(pack: str, measure: str, code: str, period: str, source: str, number: int) -> Figure:
    exact = Decimal(number)
    return Figure(
        id=f"{pack}/{measure}.{code}.{series_table.id_segment(period)}_{source}",
        measure=measure,
        place=code,
        period=parse_period(period),
        amount=Amount(number=exact, qualifier=Qualifier.EXACT, status=None, low=exact, high=exact),
        printed=str(number),
        source=f"{pack}/{source}",
        locator="row 1",
        pack=pack,
    )


@pytest.fixture
def in_bulk(places: PlaceTree, monkeypatch: pytest.MonkeyPatch) -> Iterable[Library]:
    """A library that keeps every pack in bulk, with a large one in it."""
    monkeypatch.setattr(series_table, "MANY", -1)
    with closing(Library.open(None, places)) as library:
        library.manager.add_pack(_large())
        yield library


def test_each_source_gives_its_own_figures(in_bulk: Library):
    found = in_bulk.query_by_source("large/two")
    assert [figure.source for figure in found] == ["large/two"] * 18
    some = in_bulk.query_by_source("large/two", 4)
    assert some == tuple(figure for figure in found if figure in some)
    assert [figure.place for figure in some] == [_CODES[2]] * 4  # a region stands before its forces
    assert in_bulk.query_by_source("large/three") == ()
    assert [one.measure for one in in_bulk.find_figures("class 2", 3)] == ["large-2"] * 3


def test_switching_off_and_on_is_whole_and_leaves_other_packs_be(in_bulk: Library):
    before = in_bulk.figures()
    found = in_bulk.find_figures("class")
    held = _left(in_bulk, "large")
    in_bulk.manager.set_enabled("large", False)
    assert in_bulk.figures() == ()
    assert in_bulk.find_figures("class") == ()
    assert in_bulk.query_by_source("large/one") == ()
    assert in_bulk.figure_counts() == {}
    in_bulk.manager.add_pack(_large("other", add=7))
    others = in_bulk.figures()
    assert {figure.pack for figure in others} == {"other"}
    in_bulk.manager.set_enabled("large", True)
    assert set(by_id(in_bulk.figures())) == set(by_id(before)) | set(by_id(others))
    in_bulk.manager.remove_pack("other")
    assert in_bulk.figures() == before
    assert in_bulk.find_figures("class") == found
    assert _left(in_bulk, "large") == held


def test_replacing_leaves_nothing_of_the_older_one(in_bulk: Library):
    held = _left(in_bulk, "large")
    newer = _large(add=5)
    in_bulk.manager.add_pack(newer)
    assert by_id(in_bulk.figures()) == by_id(newer.figures)
    assert _left(in_bulk, "large") == held
    in_bulk.manager.set_enabled("large", False)
    in_bulk.manager.add_pack(replace(newer, figures=newer.figures[:1]))
    assert _left(in_bulk, "large")["payload"] == 1


def test_a_pack_may_come_as_series(in_bulk: Library, places: PlaceTree):
    pack = _large()
    with closing(Library.open(None, places)) as library:
        state = loader.state_of(pack, "", "", is_sealed=False, is_shipped=False)
        with library._database.current.transaction() as connection:
            bare = replace(pack, figures=())
            pack_tables.put_bulk(connection, bare, state, places, series_table.series_of(pack.figures))
        library._database.invalidate_cache()
        assert library.figures() == in_bulk.figures()
        assert library.find_figures("class") == in_bulk.find_figures("class")
        assert _left(library, "large") == _left(in_bulk, "large")
        assert library.packs()[0].figures == len(pack.figures)


def test_only_many_figures_with_regular_ids_go_to_bulk(monkeypatch: pytest.MonkeyPatch):
    several = _large().figures
    monkeypatch.setattr(series_table, "MANY", len(several))
    assert not series_table.is_bulk_storable(several)
    monkeypatch.setattr(series_table, "MANY", len(several) - 1)
    assert series_table.is_bulk_storable(several)
    for id_ in ("large/large-1.E23000024.x", "large/plain", "other/large-1.E23000023.x"):
        assert not series_table.is_bulk_storable((replace(several[0], id=id_), *several[1:]))


@settings(deadline=None)
@given(
    number=st.integers(-(2**70), 2**70) | st.decimals(-(10**6), 10**6, places=2),
    low=st.none() | st.just(Decimal(0)),
    form=st.sampled_from(("{}", "{:,}", "{}.", "about {}")),
)
def test_numbers_of_every_kind_come_back_as_they_are(number: int | Decimal, low: Decimal | None, form: str):
    exact = Decimal(number)
    amount = Amount(number=exact, qualifier=Qualifier.EXACT, status=None, low=exact if low is None else low, high=exact)
    figure = _figure("large", "large-1", _CODES[0], _PERIODS[0], "one", 0)
    figure = replace(figure, amount=amount, printed=form.format(number))
    ((place, measure, series),) = series_table.series_of([figure])
    payload = msgspec.msgpack.encode(series)
    assert series_table._unpack_rows([("large", measure, place, payload)]) == [figure]


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE payload SET figures = substr(figures, 1, length(figures) - 1)",
        "UPDATE payload SET figures = 'text'",
        "UPDATE series SET place = 'nowhere'",
        "DELETE FROM payload",
    ],
)
def test_no_damage_gives_other_figures(in_bulk: Library, change: str):
    with in_bulk._database.current.transaction() as connection:
        connection.execute(change)
    in_bulk._database.invalidate_cache()
    assert in_bulk.figures() == ()  # one in memory has no folder to be mended from
    assert in_bulk._database.query_rows("SELECT * FROM series") == []


@pytest.mark.parametrize("column", ["rest", "period", "number", "where", "row", "note"])
def test_columns_of_unequal_length_are_damage(column: str):
    (_, _, series), *_ = series_table.series_of(_large().figures)
    getattr(series, column).pop()
    with pytest.raises(DatabaseFailure):
        series_table._unpack_rows([("large", "large-1", _CODES[0], msgspec.msgpack.encode(series))])


def test_nothing_that_a_page_asks_reads_a_table_through(in_bulk: Library):
    asked: list[str] = []
    in_bulk._database.current._connection.set_trace_callback(asked.append)
    in_bulk.figures(place=_CODES[0], measure="large-1")
    in_bulk.figures(place=_CODES[0])
    in_bulk.figures(measure="large-1", platform="")
    in_bulk.figure(in_bulk.query_by_source("large/one", 1)[0].id)
    in_bulk.measure_counts(_CODES[0])
    in_bulk.place_counts("large-1")
    in_bulk.places_of("large-1")
    in_bulk._database.current._connection.set_trace_callback(None)
    of_figures = [sql for sql in asked if "series" in sql or "tally" in sql]
    assert len(of_figures) >= 8
    for sql in of_figures:
        plan = [str(row[3]) for row in in_bulk._database.query_rows(f"EXPLAIN QUERY PLAN {sql}")]
        assert not [step for step in plan if step.startswith("SCAN") and "LIMIT 1" not in sql], (sql, plan)
