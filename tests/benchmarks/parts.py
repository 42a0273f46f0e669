"""Parts of the program by themselves, each beside the least that such work needs, in the same run."""

from __future__ import annotations

import csv
import hashlib
import os
import shutil
import sqlite3
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial
from itertools import cycle
from pathlib import Path
from typing import NamedTuple

from explorer.library import pack_tables
from explorer.library.library import Library
from explorer.support import paths

Work = Callable[[], object]
_ROUNDS = 15
_TYPED = ("cambridgeshire 2018/19", "instagram 36%", "online harms white paper", "3,728")
_COMMANDS = (("theme-dark", "Dark"), ("packs", "List of packs…"), ("chart-trend", "Trend"))
_UK, _FORCE = "K02000001", "E23000023"
_PACK = "lockdown-2020"
_BOMB, _LONG = 300 << 20, 100 << 20
_ROW = "figure-{0},scc-offences,E1,2018/19,,,some,exact,,,,71,,,,,,peterborough-telegraph,paragraph 5,\n"


class Part(NamedTuple):
    """What is measured, what it is measured against, and how many times as long it may take."""

    what: str
    ours: Work
    floor: Work
    against: str
    limit: float


def measured(rounds: int = _ROUNDS) -> Iterator[str]:
    """Yields a line for each part: its ratio to its floor beside what it is held to."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory() as own:
        folder = Path(own)
        for part in _of_packs(folder):
            yield _line(part, rounds)
        with closing(_library(folder / "library.sqlite3")) as library:
            with closing(_copied(folder)) as bare:
                for part in (*_of_questions(library, bare), _switch(library, bare)):
                    yield _line(part, rounds)
            yield _while_written(library, rounds)
    for part in _of_drawing():
        yield _line(part, rounds)


def _line(part: Part, rounds: int) -> str:
    part.ours(), part.floor()
    pairs = [(_seconds(part.ours), _seconds(part.floor)) for _ in range(rounds)]
    return _told(part, min(ours for ours, _ in pairs), min(floor for _, floor in pairs))


def _told(part: Part, ours: float, floor: float) -> str:
    return (
        f"{part.what}: {ours / floor:.3g} x {part.against} "
        f"(at most {part.limit:g} x; {ours * 1000:.3g} ms against {floor * 1000:.3g} ms)"
    )


def _seconds(work: Work) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def _library(file: Path) -> Library:
    from explorer.packs.reader import read_places

    library = Library.open(file, read_places(paths.places_folder()))
    library.loader.load_shipped(paths.packs_folder())
    return library


def _copied(folder: Path) -> sqlite3.Connection:
    """All that the library's file holds, to be asked without the program."""
    bare = sqlite3.connect(folder / "bare.sqlite3")
    with closing(sqlite3.connect(folder / "library.sqlite3")) as held:
        held.backup(bare)
    bare.execute("PRAGMA journal_mode = WAL")
    bare.execute("PRAGMA synchronous = NORMAL")
    return bare


def _of_packs(folder: Path) -> Iterator[Part]:
    """Packs that are refused: for very many problems, for a line without an end, for a steep .zip."""
    from msgspec.structs import replace

    from explorer.packs.reader import check_pack, read_pack, read_places
    from explorer.packs.seal import seal_pack
    from explorer.packs.writer import write_pack

    places, shipped = read_places(paths.places_folder()), paths.packs_folder() / _PACK
    pack = read_pack(shipped, places)
    several = tuple(
        replace(figure, id=f"{_PACK}/more-{number}", base_figure=None)
        for number, figure in zip(range(3000), cycle(pack.figures), strict=False)
    )
    good, wrong, long = folder / "good", folder / "wrong", folder / "long"
    write_pack(replace(pack, figures=(*pack.figures, *several)), good)
    for copy in (wrong, long):
        shutil.copytree(shipped, copy)
    with (wrong / "figures.csv").open("a", encoding="utf-8", newline="") as stream:
        stream.writelines(_ROW.format(number) for number in range(3000))
    with (long / "figures.csv").open("ab") as stream:
        stream.write(b"x" * _LONG)
    for copy in (wrong, long):
        seal_pack(copy)
    bomb = folder / "bomb.zip"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in sorted(shipped.iterdir()):
            archive.writestr(file.name, b"0" * _BOMB if file.stem == "figures" else file.read_bytes())
    what = "reading a pack of 3,000 figures"
    yield Part(what, lambda: read_pack(good, places), lambda: _rows(good), "csv.reader only reading it", 35)
    what = "refusing a pack with 3,000 bad rows"
    check = partial(check_pack, wrong, places)
    yield Part(what, check, lambda: read_pack(good, places), "reading as many good ones", 7)
    what = "refusing a pack with a line of 100 MB"
    yield Part(what, lambda: check_pack(long, places), lambda: _sum(long), "SHA-256 of the same bytes", 2.2)
    what = "refusing a .zip that unpacks to 300 MB"
    yield Part(what, lambda: check_pack(bomb, places), lambda: _unpacked(bomb), "unpacking it", 0.0012)


def _rows(pack: Path) -> int:
    count = 0
    for file in pack.glob("*.csv"):
        with file.open(encoding="utf-8", newline="") as stream:
            count += sum(1 for _ in csv.reader(stream))
    return count


def _sum(pack: Path) -> str:
    with (pack / "figures.csv").open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _unpacked(path: Path) -> int:
    with zipfile.ZipFile(path) as archive, archive.open("figures.csv") as stream:
        return sum(len(part) for part in iter(lambda: stream.read(1 << 20), b""))


def _of_questions(library: Library, bare: sqlite3.Connection) -> Iterator[Part]:
    """A place asked for and worked out, the doubts among all figures, and a search at every key."""
    from explorer.evidence.analysis.derive import derive_all
    from explorer.evidence.conflicts import find_conflicts
    from explorer.evidence.discrepancies.find import find_doubts
    from explorer.pages.search.search import search_library

    known, every = library.figures(place=_UK), library.figures()
    conflicts = find_conflicts(every, {source.id: source for source in library.sources()})
    keys = [text[:end] for text in _TYPED for end in range(1, len(text) + 1)]
    asked = pack_tables.build_queries(_UK, None, None, None)
    what = f"asking for a place of {len(known)} figures"
    yield Part(what, lambda: _ask(library, _UK), lambda: _fetched(bare, asked), "SQLite fetching its rows", 3.5)
    what = f"working out what {len(known)} figures give"
    yield Part(what, lambda: derive_all(known, library), lambda: _ask(library, _UK), "asking for them", 12)
    what = f"finding the doubts among {len(every):,} figures"
    doubts = partial(find_doubts, library, conflicts=conflicts)
    yield Part(what, doubts, lambda: _ask(library, None), "asking for them", 8)
    what = f"answering {len(keys)} keys typed into the search"
    yield Part(
        what,
        lambda: [search_library(library, key, _COMMANDS) for key in keys],
        lambda: [_words(bare, key) for key in keys],
        "the bare full-text queries for them",
        40,
    )


def _ask(library: Library, place: str | None) -> object:
    """Ask for figures as if nobody had asked for them before."""
    library._recall = pack_tables.FigureAnswerCache()
    return library.figures(place=place)


def _fetched(bare: sqlite3.Connection, asked: list[pack_tables.Query]) -> list[object]:
    return [row for sql, given in asked for row in bare.execute(sql, given).fetchall()]


def _words(bare: sqlite3.Connection, key: str) -> list[object]:
    *whole, begun = (f'"{word}"' for word in key.split())
    sql = "SELECT id, rowid FROM figure_word WHERE figure_word MATCH ? ORDER BY rowid LIMIT 12"
    said = "SELECT kind, id, text FROM word WHERE word MATCH ? ORDER BY bm25(word, 2.0, 1.0), id LIMIT 80"
    terms = " AND ".join((*whole, f"{begun}*"))
    return [bare.execute(one, (terms,)).fetchall() for one in (sql, said)]


def _switch(library: Library, bare: sqlite3.Connection) -> Part:
    """The shipped pack with the most figures, off and on again."""
    pack = max(library.packs(), key=lambda state: state.figures)
    rows = bare.execute("SELECT * FROM figure WHERE pack = ?", (pack.id,)).fetchall()
    marks = ", ".join("?" * len(rows[0]))

    def ours() -> None:
        library.manager.set_enabled(pack.id, False)
        library.manager.set_enabled(pack.id, True)

    def floor() -> None:
        with bare:
            bare.execute("DELETE FROM figure WHERE pack = ?", (pack.id,))
        with bare:
            bare.executemany(f"INSERT INTO figure VALUES ({marks})", rows)

    what = f"switching a pack of {len(rows)} figures off and on"
    return Part(what, ours, floor, "SQLite deleting and writing its rows", 15)


def _while_written(library: Library, rounds: int) -> str:
    """A place asked for while a pack is half written, against the same question in peace."""
    from explorer.library.pack_tables import insert_pack
    from explorer.packs.reader import read_pack
    from explorer.packs.writer import write_into
    from tests.library.test_pack_switches import second

    pack = second(read_pack(paths.packs_folder() / _PACK, library.places), "own")
    ask = partial(_ask, library, _FORCE)
    times: list[float] = []

    def fill(connection: sqlite3.Connection, listed: object) -> None:
        insert_pack(connection, pack, listed, library.places)
        times.extend(_seconds(ask) for _ in range(rounds * 40))

    ask()
    peace = min(_seconds(ask) for _ in range(rounds * 40))
    with library.manager.open_staging_folder(pack.id) as staged:
        write_into(pack, staged)
        library.manager.add_staged(pack, staged, fill)
    return _told(
        Part("asking for a place while a pack is written", ask, ask, "asking in peace", 2.5),
        min(times),
        peace,
    )


def _of_drawing() -> Iterator[Part]:
    """A tile map of 45 areas laid out and painted, against a bare chart of as many bars."""
    import pyqtgraph as pg
    from PySide6.QtWidgets import QApplication

    from explorer.app.startup import make_application
    from explorer.render.view.chart_view import ChartView
    from explorer.support.theme import LIGHT
    from tests.render import samples_map

    make_application()
    charts, turn = (samples_map.counts(), samples_map.changes()), iter(range(10**9))
    view, plot = ChartView(), pg.PlotWidget()
    bars = pg.BarGraphItem(x=list(range(45)), height=[1] * 45, width=0.7)
    plot.addItem(bars)
    for widget in (view, plot):
        widget.resize(900, 560)
        widget.show()
    QApplication.processEvents()

    def ours() -> None:
        view.show_chart(charts[next(turn) % 2], LIGHT)
        view.viewport().repaint()

    def floor() -> None:
        bars.setOpts(height=[next(turn) % 50 + 1 for _ in range(45)])
        plot.viewport().repaint()

    yield Part("laying out and painting a tile map", ours, floor, "painting a bare chart of 45 bars", 4.5)
    view.close()
    plot.close()
