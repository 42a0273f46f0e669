"""The library: filled from folders, asked, changed, and mended whatever becomes of its file."""

from __future__ import annotations

import shutil
import sqlite3
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import closing
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st
from msgspec.structs import replace

from explorer.evidence.model import Pack, Place, Unit
from explorer.evidence.places import PlaceTree
from explorer.evidence.repository import InMemoryRepository
from explorer.library import database, full_text, loader, pack_tables
from explorer.library.library import Library
from explorer.packs.problems import PackError
from explorer.packs.seal import seal_pack
from explorer.packs.writer import write_pack
from explorer.support import paths
from tests.packs.random_packs import CODES, packs
from tests.run_sizes import scale_examples

SHIPPED = paths.packs_folder()


@pytest.fixture(scope="module", autouse=True)
def one_pack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """What these tests load as shipped is one pack alone, so that what the library must hold is known."""
    folder = tmp_path_factory.mktemp("shipped")
    shutil.copytree(SHIPPED / "lockdown-2020", folder / "lockdown-2020")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys.modules[__name__], "SHIPPED", folder)
        yield


@pytest.fixture
def library(places: PlaceTree) -> Iterator[Library]:
    opened = Library.open(None, places)
    opened.loader.load_shipped(SHIPPED)
    yield opened
    opened.close()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "data" / "library.sqlite3"


@pytest.fixture
def kept(file: Path, places: PlaceTree) -> Path:
    """A library file with the shipped pack in it, closed."""
    file.parent.mkdir()
    _open(file, places).close()
    return file


def _open(file: Path | None, places: PlaceTree) -> Library:
    opened = Library.open(file, places)
    opened.loader.load_shipped(SHIPPED)
    return opened


def _another(lockdown: Pack, name: str = "another") -> Pack:
    """The shipped pack's sources, measures, platforms and figures under another name."""

    def own(text: str) -> str:
        return text.replace("lockdown-2020/", f"{name}/")

    return Pack(
        id=name,
        title="Another",
        version="1",
        publisher="",
        licence="CC0-1.0",
        created="2026-11-23T00:00:00Z",
        description="",
        sources=tuple(replace(source, id=own(source.id)) for source in lockdown.sources),
        measures=lockdown.measures,
        platforms=lockdown.platforms,
        figures=tuple(
            replace(
                figure,
                id=own(figure.id),
                source=own(figure.source),
                pack=name,
                base_figure=own(figure.base_figure) if figure.base_figure else None,
            )
            for figure in lockdown.figures
        ),
    )


# ---- asking


def test_it_answers_what_the_pack_holds(library: Library, lockdown: Pack) -> None:
    assert set(library.figures()) == set(lockdown.figures)
    assert library.quotes() == lockdown.quotes
    assert library.demands() == lockdown.demands
    assert library.claims() == lockdown.claims
    assert library.notes() == lockdown.notes
    assert library.regions() == lockdown.regions
    assert library.sources() == lockdown.sources
    assert library.measures() == lockdown.measures
    assert library.platforms() == lockdown.platforms
    assert {event.date for event in library.events()} == {event.date for event in lockdown.events}
    assert library.figure_counts() == {"K02000001": 3, "E12000006": 3, "E23000023": 4}
    assert library.place_counts("scc-platform-share") == {"K02000001": 2, "E12000006": 2}
    assert library.place_counts("none such") == {}


def test_the_years_of_a_place_come_in_order(library: Library) -> None:
    numbers = [figure.amount.number for figure in library.figures(place="E23000023")]
    assert numbers == [66, 71, 77, 22]


@pytest.mark.parametrize("ask", ["figure", "measure", "platform", "source"])
def test_what_is_not_there_is_a_key_error(library: Library, ask: str) -> None:
    with pytest.raises(KeyError):
        getattr(library, ask)("nothing")


def test_figures_by_id_pass_over_the_unknown(library: Library) -> None:
    found = library.figures(ids=("lockdown-2020/east-offences-2020-q1", "nothing"))
    assert [figure.amount.number for figure in found] == [Decimal(114)]
    assert library.figures(ids=()) == ()


@settings(max_examples=scale_examples(60), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    pack=packs(),
    place=st.none() | st.sampled_from(CODES),
    platform=st.none() | st.just(""),
    data=st.data(),
)
def test_it_answers_like_a_record_in_memory(
    places: PlaceTree, pack: Pack, place: str | None, platform: str | None, data: st.DataObject
) -> None:
    memory = InMemoryRepository([pack], places)
    library = Library.open(None, places)
    library.manager.add_pack(pack)
    ids = data.draw(st.none() | st.lists(st.sampled_from([*[one.id for one in pack.figures], "x"]), max_size=4))
    measure = data.draw(st.none() | st.sampled_from([*[one.id for one in pack.measures], "x"]))
    asked = {"place": place, "measure": measure, "platform": platform, "ids": ids}
    assert library.figures(**asked) == memory.figures(**asked)
    assert library.events() == memory.events()
    assert library.regions() == memory.regions()
    assert library.quotes() == tuple(sorted(pack.quotes, key=lambda quote: quote.order))
    assert set(library.notes()) == set(pack.notes)
    library.close()


def test_a_place_says_how_many_figures_of_each_measure_it_has(library: Library, lockdown: Pack) -> None:
    assert library.measure_counts("E12000006") == {"scc-offences": 1, "scc-platform-share": 2}
    assert library.measure_counts("E06000031") == {}
    library.manager.add_pack(_another(lockdown))
    assert library.measure_counts("E12000006") == {"scc-offences": 2, "scc-platform-share": 4}


def test_what_is_recalled_is_bounded_and_let_go_when_the_content_changes(lockdown: Pack) -> None:
    recall = pack_tables.FigureAnswerCache()
    a, b, c = ((None, measure, None) for measure in "abc")
    assert recall.find_answer(a, 1) is None
    many = lockdown.figures * 2000
    for asked in (a, b, c):
        recall.store_answer(asked, many)
        recall.find_answer(b, 1)
    assert recall.find_answer(a, 1) is None
    assert recall.find_answer(c, 1) is many
    assert recall.find_by_ids([many[0].id], 1) == [many[0]]
    assert recall.find_answer(c, 2) is None
    assert recall.find_by_ids([many[0].id], 2) is None


def test_what_is_recalled_of_a_place_is_what_the_file_holds_of_it(library: Library, places: PlaceTree) -> None:
    for place in places:
        every = library.figures(place=place.code)
        for measure in {one.measure for one in every} | {"none"}:
            for platform in {None, "", *(one.platform for one in every)}:
                recalled = library.figures(place=place.code, measure=measure, platform=platform)
                assert recalled == library._query_figures(place.code, measure, platform, None)
                assert library.figures(place=place.code, measure=measure, platform=platform) is recalled
        ids = [one.id for one in reversed(every)][::3]
        assert library.figures(ids=ids) == library._query_figures(None, None, None, ids)


def test_very_many_ids_still_come_in_order(places: PlaceTree, lockdown: Pack) -> None:
    library = Library.open(None, places)
    one = _another(lockdown).figures[0]
    many = tuple(
        replace(one, id=f"another/f{number}", place=CODES[number % 5], base_figure=None) for number in range(1300)
    )
    library.manager.add_pack(replace(_another(lockdown), figures=many))
    assert library.figures(ids=[figure.id for figure in many]) == library.figures()


@pytest.mark.parametrize(
    ("words", "kinds"),
    [
        ("duty of ca", {"claim", "demand", "quote"}),
        ("wanless", {"quote"}),
        ("Simon bailey child", {"quote"}),
        ("surge", {"claim"}),
        ("Northamptonshire", {"note", "source"}),
        ("north-amptonshire", set()),
        ("", set()),
        ('" OR *', set()),
        ("NEAR(a b)", set()),
        ("instagram peterborough", {"claim", "source"}),
    ],
)
def test_search(library: Library, words: str, kinds: set[str]) -> None:
    assert {hit.kind for hit in library.search(words)} == kinds


@given(words=st.text(max_size=30))
def test_any_words_can_be_searched_for(places: PlaceTree, words: str) -> None:
    library = Library.open(None, places)
    assert library.search(words) == ()
    library.close()


def test_a_hit_leads_to_what_it_found(library: Library) -> None:
    (hit,) = library.search("blind eye")
    quote = next(quote for quote in library.quotes() if quote.id == hit.id)
    assert hit.text == quote.text
    assert len(library.search("the", limit=3)) == 3


def test_every_query_by_place_or_measure_uses_an_index_and_sorts_nothing(library: Library) -> None:
    asks = (("x", None, None, None), ("x", "x", None, None), (None, "x", None, None), ("x", "x", "", None))
    for asked in asks:
        ((sql, given),) = pack_tables.build_queries(*asked)
        plan = library._database.query_rows(f"EXPLAIN QUERY PLAN {sql}", given)
        assert len(plan) == 1, plan  # a second step would be a sort
        assert "USING INDEX" in plan[0][3]
    ((sql, given),) = pack_tables.build_queries(None, None, None, ["x", "y"])
    assert "USING INDEX" in library._database.query_rows(f"EXPLAIN QUERY PLAN {sql}", given)[0][3]


# ---- what it is filled with


def test_opened_again_nothing_is_read_again(
    kept: Path, places: PlaceTree, lockdown: Pack, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loader, "read_pack_contents", lambda *_: pytest.fail("read again"))
    library = _open(kept, places)
    assert library.revision == 1
    assert set(library.figures()) == set(lockdown.figures)
    (state,) = library.packs()
    assert (state.id, state.figures, state.verified, state.shipped) == ("lockdown-2020", 10, True, True)
    library.close()


def test_a_changed_shipped_pack_is_read_again(kept: Path, copy: Path, places: PlaceTree) -> None:
    text = (copy / "figures.csv").read_text(encoding="utf-8").replace(",77,exact,,,,77,", ",78,exact,,,,78,")
    (copy / "figures.csv").write_text(text, encoding="utf-8", newline="")
    seal_pack(copy)
    library = Library.open(kept, places)
    before = library.revision
    library.loader.load_shipped(copy.parent)
    assert library.revision > before
    assert library.figure("lockdown-2020/cambridgeshire-offences-2019-20").amount.number == 78
    library.close()


def test_a_failed_pack_is_a_row_that_says_why(kept: Path, copy: Path, places: PlaceTree) -> None:
    path = copy / "figures.csv"
    path.write_bytes(path.read_bytes().replace(b",114,exact", b",115,exact"))
    (copy.parent / "no-pack").mkdir()
    library = Library.open(kept, places)
    library.loader.load_shipped(copy.parent)
    states = {state.id: state for state in library.packs()}
    assert "changed after" in states["lockdown-2020"].problems[0].as_sentence()
    assert not states["lockdown-2020"].verified
    assert states["no-pack"].problems
    assert library.figures() == ()
    before = library.revision
    library.loader.load_shipped(copy.parent)
    assert library.revision == before
    library.loader.load_shipped(SHIPPED)
    assert len(library.figures()) == 10
    assert [state.id for state in library.packs()] == ["lockdown-2020"]
    library.close()


def test_two_folders_with_one_pack_id(copy: Path, places: PlaceTree, tmp_path: Path, lockdown: Pack) -> None:
    write_pack(lockdown, tmp_path / "z-the-same")
    library = Library.open(None, places)
    library.loader.load_shipped(tmp_path)
    assert len(library.figures()) == 10
    states = {state.id: state for state in library.packs()}
    assert "called 'lockdown-2020' too" in states["z-the-same"].problems[0].what
    assert copy.parent == tmp_path
    library.close()


def test_no_folder_of_packs_is_an_empty_library(places: PlaceTree, tmp_path: Path) -> None:
    library = Library.open(None, places)
    library.loader.load_shipped(tmp_path / "none")
    assert library.packs() == ()
    assert library.figures() == ()
    library.close()


def test_adding_and_removing_change_the_revision_and_the_answers(library: Library, lockdown: Pack) -> None:
    first = library.revision
    assert len(library.figures(place="E23000023")) == 4
    library.manager.add_pack(_another(lockdown))
    second = library.revision
    assert second != first
    assert len(library.figures(place="E23000023")) == 8
    assert library.figure_counts()["E23000023"] == 8
    library.manager.remove_pack("another")
    assert library.revision not in (first, second)
    assert len(library.figures(place="E23000023")) == 4
    assert {hit.id.split("/")[0] for hit in library.search("Telegraph")} == {"lockdown-2020"}
    with pytest.raises(KeyError):
        library.manager.remove_pack("another")


def test_a_pack_that_was_added_is_there_after_opening_again(kept: Path, places: PlaceTree, lockdown: Pack) -> None:
    library = _open(kept, places)
    library.manager.add_pack(_another(lockdown))
    library.close()
    library = _open(kept, places)
    assert [(state.id, state.shipped, state.verified) for state in library.packs()] == [
        ("lockdown-2020", True, True),
        ("another", False, True),
    ]
    assert len(library.figures()) == 20
    library.manager.remove_pack("another")
    library.close()
    library = _open(kept, places)
    assert [state.id for state in library.packs()] == ["lockdown-2020"]
    assert list((kept.parent / "packs").iterdir()) == []
    library.close()


def test_adding_again_replaces(library: Library, lockdown: Pack) -> None:
    another = _another(lockdown)
    library.manager.add_pack(another)
    library.manager.add_pack(replace(another, figures=another.figures[:1], title="Newer"))
    assert len(library.figures()) == 11
    assert [state.title for state in library.packs()][1] == "Newer"


def test_a_shipped_pack_is_not_replaced_by_ones_own(library: Library, lockdown: Pack) -> None:
    before = library.revision
    with pytest.raises(PackError, match="shipped"):
        library.manager.add_pack(lockdown)
    assert library.revision == before


def test_a_measure_cannot_count_two_things(library: Library, lockdown: Pack) -> None:
    another = _another(lockdown)
    measures = tuple(replace(measure, unit=Unit.PEOPLE) for measure in another.measures)
    with pytest.raises(PackError, match="counts people here and offences in another pack"):
        library.manager.add_pack(replace(another, measures=measures))
    assert len(library.figures()) == 10


def test_a_pack_with_an_unknown_place_changes_nothing(kept: Path, places: PlaceTree, lockdown: Pack) -> None:
    library = _open(kept, places)
    another = _another(lockdown)
    with pytest.raises(PackError, match="not known"):
        library.manager.add_pack(replace(another, figures=(replace(another.figures[0], place="E99"),)))
    assert len(library.figures()) == 10
    assert not (kept.parent / "packs").exists()
    library.close()


def test_a_pack_that_cannot_be_written_changes_nothing(kept: Path, places: PlaceTree, lockdown: Pack) -> None:
    library = _open(kept, places)
    with pytest.raises(ValueError, match="blank"):
        library.manager.add_pack(replace(_another(lockdown), title=""))
    assert [state.id for state in library.packs()] == ["lockdown-2020"]
    assert len(library.figures()) == 10
    library.close()


def test_names_that_differ_only_in_capitals_are_refused(library: Library, lockdown: Pack) -> None:
    library.manager.add_pack(_another(lockdown))
    with pytest.raises(PackError, match="capital letters"):
        library.manager.add_pack(_another(lockdown, "Another"))


def test_removing_a_damaged_copy_leaves_the_pack_it_is_a_copy_of(kept: Path, places: PlaceTree, lockdown: Pack) -> None:
    own = kept.parent / "packs"
    for name in ("another", "copy"):
        write_pack(_another(lockdown), own / name)
    (own / "copy" / "figures.csv").write_bytes(b"id\n")
    library = _open(kept, places)
    assert [state.id for state in library.packs()] == ["lockdown-2020", "another", "copy"]
    library.manager.remove_pack("copy")
    assert [path.name for path in own.iterdir()] == ["another"]
    assert len(library.figures()) == 20
    library.close()


@pytest.mark.parametrize("change", ["measures", "platforms"])
def test_a_pack_that_does_not_hold_together_is_refused(library: Library, lockdown: Pack, change: str) -> None:
    with pytest.raises(PackError, match="is not known"):
        library.manager.add_pack(replace(_another(lockdown), **{change: ()}))


@pytest.mark.parametrize("name", ["../out", "a/b", ".hidden", "", "a b"])
def test_a_pack_cannot_be_named_out_of_its_folder(kept: Path, places: PlaceTree, lockdown: Pack, name: str) -> None:
    library = _open(kept, places)
    with pytest.raises(PackError, match="no name for a pack"):
        library.manager.add_pack(_another(lockdown, name))
    library.close()


def test_an_own_pack_with_a_shipped_name_is_listed_with_the_reason(
    kept: Path, places: PlaceTree, lockdown: Pack
) -> None:
    write_pack(lockdown, kept.parent / "packs" / "mine")
    library = _open(kept, places)
    states = {state.id: state for state in library.packs()}
    assert states["lockdown-2020"].shipped
    assert any(state.problems and not state.shipped for state in states.values())
    assert len(library.figures()) == 10
    library.close()


def test_an_own_pack_that_is_shipped_later_counts_as_shipped(
    kept: Path, places: PlaceTree, lockdown: Pack, tmp_path: Path
) -> None:
    for folder in (kept.parent / "packs", tmp_path / "shipped"):
        write_pack(_another(lockdown), folder / "another")
    library = Library.open(kept, places)
    assert not library.packs()[-1].shipped
    library.loader.load_shipped(tmp_path / "shipped")
    assert [(state.id, state.shipped) for state in library.packs()] == [("another", True)]
    assert len(library.figures()) == 10
    library.close()


def test_other_places_empty_what_was_kept(kept: Path, places: PlaceTree, lockdown: Pack) -> None:
    library = _open(kept, places)
    library.manager.add_pack(_another(lockdown))
    library.close()
    uk, *rest = places
    turned = PlaceTree([uk, *[replace(place, order=-place.order) for place in rest]])
    library = _open(kept, turned)
    assert len(library.figures()) == 20
    assert library.figures() == InMemoryRepository([lockdown, _another(lockdown)], turned).figures()
    library.close()


def test_places_that_lack_one_refuse_the_pack(kept: Path, places: PlaceTree) -> None:
    kept_places: list[Place] = [place for place in places if place.code != "E06000031"]
    library = _open(kept, PlaceTree(kept_places))
    (state,) = library.packs()
    assert "E06000031" in state.problems[0].what
    library.close()


# ---- what becomes of its file


DAMAGE = {
    "rubbish": b"this is no database" * 1000,
    "empty": b"",
    "header only": b"SQLite format 3\0" + b"\0" * 84,
}


@pytest.mark.parametrize("kind", DAMAGE)
def test_a_file_that_is_no_library_is_made_anew(file: Path, places: PlaceTree, lockdown: Pack, kind: str) -> None:
    file.parent.mkdir()
    file.write_bytes(DAMAGE[kind])
    write_pack(_another(lockdown), file.parent / "packs" / "another")
    library = _open(file, places)
    assert len(library.figures()) == 20
    assert bool(library.notice) == (kind != "empty")
    if kind == "rubbish":
        assert (file.parent / "library.set-aside.sqlite3").read_bytes() == DAMAGE[kind]
    library.close()
    library = _open(file, places)
    assert (library.notice, library.revision) == ("", 1)
    library.close()


@pytest.mark.parametrize("page", range(1, 40, 3))
def test_a_file_with_a_damaged_page_never_raises(kept: Path, places: PlaceTree, page: int) -> None:
    content = bytearray(kept.read_bytes())
    start = min(page * 4096, len(content) - 4096)
    content[start : start + 4096] = b"\xa5" * 4096
    kept.write_bytes(content)
    library = _open(kept, places)
    assert len(library.figures()) == 10
    assert len(library.quotes()) == 5
    assert library.search("wanless")
    library.close()


@settings(max_examples=scale_examples(60), deadline=None)
@given(data=st.data())
def test_a_file_with_any_damage_never_raises(places: PlaceTree, data: st.DataObject) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "library.sqlite3"
        _open(path, places).close()
        content = bytearray(path.read_bytes())
        at = data.draw(st.integers(0, len(content) - 1))
        if data.draw(st.booleans()):
            del content[at:]
        else:
            content[at : at + 8] = data.draw(st.binary(min_size=8, max_size=8))
        path.write_bytes(content)
        library = _open(path, places)
        library.figures()
        library.quotes()
        library.search("a")
        library.close()


def test_a_file_of_a_newer_program_is_kept_aside(kept: Path, places: PlaceTree) -> None:
    with sqlite3.connect(kept) as connection:
        connection.execute(f"PRAGMA user_version = {database.VERSION + 1}")
    connection.close()
    library = _open(kept, places)
    assert len(library.figures()) == 10
    assert "made anew" in library.notice
    assert (kept.parent / "library.set-aside.sqlite3").exists()
    library.close()


def test_a_file_whose_tables_are_gone_is_made_anew(kept: Path, places: PlaceTree) -> None:
    library = _open(kept, places)
    other = sqlite3.connect(kept)
    other.execute("DROP TABLE figure")
    other.close()
    assert len(library.figures()) == 10
    assert len(library.quotes()) == 5
    library.close()


def test_a_file_that_is_locked_leads_to_memory(
    kept: Path, places: PlaceTree, lockdown: Pack, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "_WAIT_SECONDS", 0.05)
    holder = sqlite3.connect(kept, isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    library = _open(kept, places)
    library.manager.add_pack(_another(lockdown))
    assert len(library.figures()) == 20
    assert "cannot be used" in library.notice
    library.close()
    holder.execute("ROLLBACK")
    holder.close()
    library = _open(kept, places)
    assert len(library.figures()) == 20
    assert not (kept.parent / "library.set-aside.sqlite3").exists()
    library.close()


def test_two_windows_share_a_file(kept: Path, places: PlaceTree) -> None:
    first, second = _open(kept, places), _open(kept, places)
    assert first.figures() == second.figures()
    assert (first.notice, second.notice) == ("", "")
    first.close()
    second.close()


def test_a_folder_that_is_no_folder_leads_to_memory(tmp_path: Path, places: PlaceTree) -> None:
    (tmp_path / "data").write_text("in the way", encoding="utf-8")
    library = _open(tmp_path / "data" / "library.sqlite3", places)
    assert len(library.figures()) == 10
    assert library.notice
    library.close()


def test_a_change_that_fails_half_way_leaves_nothing(
    kept: Path, places: PlaceTree, lockdown: Pack, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = _open(kept, places)

    def fails(_: Pack) -> Iterator[object]:
        raise RuntimeError("half way")

    monkeypatch.setattr(full_text, "item_words", fails)
    with pytest.raises(RuntimeError):
        library.manager.add_pack(_another(lockdown))
    assert not (kept.parent / "packs").exists()
    assert [state.id for state in library.packs()] == ["lockdown-2020"]
    assert len(library.figures()) == 10
    library.close()


def test_it_can_be_asked_from_several_threads(library: Library, lockdown: Pack) -> None:
    seen: list[int] = []

    def ask() -> None:
        seen.extend(len(library.figures(place="E23000023")) for _ in range(50))

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for number in range(5):
        library.manager.add_pack(_another(lockdown, f"another-{number}"))
    for thread in threads:
        thread.join()
    assert len(seen) == 200
    assert set(seen) <= {4, 8, 12, 16, 20, 24}


class TestTrusting:
    """The library as the file was left, before any pack is looked at."""

    @pytest.fixture
    def left(self, places: PlaceTree, tmp_path: Path) -> Path:
        path = tmp_path / "library.sqlite3"
        with closing(Library.open(path, places)) as first:
            first.loader.load_shipped(SHIPPED)
        return path

    def _put_aside(self, path: Path) -> None:
        """What the file says of one quote, so that it shows whether the packs were read again."""
        with closing(sqlite3.connect(path)) as file, file:
            file.execute("UPDATE pack SET title = 'as it was left'")

    def test_takes_it_without_reading_a_pack(self, places: PlaceTree, left: Path, library: Library):
        self._put_aside(left)
        with closing(Library.open(left, places, trusting=SHIPPED)) as again:
            assert [pack.title for pack in again.packs()] == ["as it was left"]
            assert again.figures() == library.figures()
            assert again.loader.verify_packs() is False

    def test_reads_the_packs_where_nothing_was_left_whole(self, places: PlaceTree, tmp_path: Path):
        path = tmp_path / "library.sqlite3"
        with closing(Library.open(path, places)) as half:
            assert half.packs() == ()
        with closing(Library.open(path, places, trusting=SHIPPED)) as opened:
            assert [pack.id for pack in opened.packs()] == ["lockdown-2020"]

    def test_reads_them_for_other_shipped_packs(self, places: PlaceTree, left: Path, tmp_path: Path):
        self._put_aside(left)
        with closing(Library.open(left, places, trusting=tmp_path / "elsewhere")) as opened:
            assert opened.packs() == ()

    def test_reads_them_for_another_version(self, places: PlaceTree, left: Path, monkeypatch: pytest.MonkeyPatch):
        self._put_aside(left)
        monkeypatch.setattr(loader, "__version__", "99")
        with closing(Library.open(left, places, trusting=SHIPPED)) as opened:
            opened.loader.verify_packs()
        with closing(sqlite3.connect(left)) as file:
            assert file.execute("SELECT value FROM meta WHERE name = 'whole'").fetchone()[0].startswith("99 ")

    def test_reads_them_for_other_places(self, places: PlaceTree, left: Path, monkeypatch: pytest.MonkeyPatch):
        monkeypatch.setattr(loader, "places_print", lambda _: "another")
        self._put_aside(left)
        with closing(Library.open(left, places, trusting=SHIPPED)) as opened:
            assert [pack.title for pack in opened.packs()] != ["as it was left"]

    def test_verifies_afterwards_and_a_pack_that_changed_says_so(self, places: PlaceTree, tmp_path: Path):
        shipped, path = tmp_path / "shipped", tmp_path / "library.sqlite3"
        shutil.copytree(SHIPPED / "lockdown-2020", shipped / "lockdown-2020")
        with closing(Library.open(path, places, trusting=shipped)) as first:
            assert first.figures()
        table = shipped / "lockdown-2020" / "figures.csv"
        table.write_bytes(table.read_bytes().replace(b",66,", b",67,", 1))
        with closing(Library.open(path, places, trusting=shipped)) as again:
            assert not again.packs()[0].problems
            assert again.figures()
            assert again.loader.verify_packs() is True
            assert again.packs()[0].problems
            assert again.figures() == ()

    def test_of_a_damaged_file_says_so(self, places: PlaceTree, left: Path, library: Library):
        left.write_bytes(left.read_bytes()[:5000])
        with closing(Library.open(left, places, trusting=SHIPPED)) as mended:
            assert mended.figures() == library.figures()
            assert "made anew" in mended.notice
