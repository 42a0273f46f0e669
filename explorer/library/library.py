"""All packs together in one database: the only place that figures are asked of. It is an evidence Repository.

It only asks; how packs come in stands in ``loader``, how they are changed in ``pack_manager``, and how a
database that fails is made anew in ``database``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TypeVar, cast

from msgspec import Struct
from msgspec.structs import replace

from explorer import __version__
from explorer.evidence import (
    Claim,
    Demand,
    Event,
    EvidenceNote,
    Figure,
    Measure,
    PlaceTree,
    Platform,
    Quote,
    RegionMembership,
    Source,
    figure_order,
)
from explorer.library import full_text, pack_tables, series_table
from explorer.packs import read_places
from explorer.support import paths

from .database import DatabaseFailure, LibraryDatabase, SelfHealingDatabase
from .full_text import HELD_AGAINST, plain_numbers
from .loader import OWN_FOLDER, PackLoader
from .pack_manager import PackManager
from .pack_tables import PackState

__all__ = ["Library", "PackState", "SearchHit"]

_Item = TypeVar("_Item")
_TERM = re.compile(r'[^\s"\x00]*[^\W_][^\s"\x00]*')
_MOST_WORDS = 12


def _meta_key(name: str) -> str:
    return f"{pack_tables.WORKED_OUT} {__version__} {name}"


class SearchHit(Struct, frozen=True, kw_only=True):
    """Something a search found: its kind ("quote", "claim", "source" ...), its id and its text."""

    kind: str
    id: str
    text: str


class Library:
    """The evidence of every pack that is switched on, shipped or the person's own, asked as one record.

    It answers what ``evidence.Repository`` asks, and besides quotes, demands, claims, notes and search. The
    database is a copy made from the packs: where the file is damaged or of another version it is made anew, and
    ``notice`` says so.

    Invariants: its content changes only by whole packs, each change in one transaction, so that a reader sees
    all of it or none; ``revision`` is another number after each. What is remembered of answers is kept for one
    revision. Figures come in place order, then period order. Calls from several threads wait for one another.

    ``loader`` brings packs in from folders, ``manager`` changes which there are; both change ``revision``.

    ``open_library`` opens the one of the program. ``pages`` answers questions from it, ``briefing`` makes
    exhibits, ``importer`` and the list of packs change what it holds; ``evidence`` knows it by its protocol only.
    """

    def __init__(self, database: LibraryDatabase, places: PlaceTree, own: Path | None) -> None:
        """Use ``open``. ``own`` is the folder of the person's own packs."""
        self._database = SelfHealingDatabase(database)
        self._lock = self._database.lock
        self._recall = pack_tables.FigureAnswerCache()
        self.places = places
        """The tree of places."""
        self.loader = PackLoader(self._database, places, own)
        self.manager = PackManager(self._database, self.loader)

    @classmethod
    def open(cls, path: Path | None, places: PlaceTree, *, trusting: Path | None = None) -> Library:
        """The library kept in the file at ``path``, with the person's packs beside it; None is memory only.

        ``trusting`` is the folder of the shipped packs: where the file was left whole with them, it is taken
        as it is; elsewhere they are brought in. ``loader.verify_packs`` is still to be called, which brings in
        whatever the person's own packs are that the file does not know.
        A file that cannot be used never raises: ``notice`` says what became of it.
        """
        library = cls(LibraryDatabase.open(path), places, None if path is None else path.parent / OWN_FOLDER)
        library.loader.load_first(trusting)
        return library

    def close(self) -> None:
        """Close the file."""
        self._database.close()

    @property
    def revision(self) -> int:
        """A number that is another one whenever the content is, as long as the library is open."""
        return self._database.revision

    @property
    def notice(self) -> str:
        """One sentence where the library file could not be used as it was; otherwise empty."""
        return self._database.current.notice

    def packs(self) -> tuple[PackState, ...]:
        """Every pack, shipped ones first; one that could not be read is there with its problems."""
        return self.loader.pack_states()

    def measures_in(self, pack: str) -> frozenset[str]:
        """The ids of the measures that a pack has figures of in the evidence."""

        def read_measure_ids() -> frozenset[str]:
            rows = self._database.current.query_rows("SELECT DISTINCT measure FROM tally WHERE pack = ?", (pack,))
            return frozenset(str(one) for (one,) in rows)

        return self._database.get_cached(f"measures in {pack}", read_measure_ids)

    def counts_in(self, pack: str) -> Mapping[tuple[str, str], int]:
        """How many figures of a place and a measure (by code and id) a pack has in the evidence."""

        def read_counts() -> dict[tuple[str, str], int]:
            sql = "SELECT place, measure, figures FROM tally WHERE pack = ?"
            rows = self._database.current.query_rows(sql, (pack,))
            return {(str(place), str(measure)): int(count) for place, measure, count in rows}

        return self._database.get_cached(f"counts in {pack}", read_counts)

    def recall_value(self, name: str) -> str | None:
        """What this version of the program worked out of just this content before, by ``remember_value``."""
        try:
            matches = self._database.current.query_rows("SELECT value FROM meta WHERE name = ?", (_meta_key(name),))
        except DatabaseFailure:
            return None
        return str(matches[0][0]) if matches else None

    def remember_value(self, name: str, value: str) -> None:
        """Keep something that was worked out of the content; any change of a pack lets go of it.

        Where the file cannot be written just now nothing is kept.
        """
        with suppress(DatabaseFailure), self._lock, self._database.current.transaction() as connection:
            connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (_meta_key(name), value))

    def figures(
        self,
        *,
        place: str | None = None,
        measure: str | None = None,
        platform: str | None = None,
        ids: Sequence[str] | None = None,
    ) -> tuple[Figure, ...]:
        """The figures that fit everything asked for; see ``Repository.figures``."""
        if ids is not None:
            return self._with_ids(place, measure, platform, ids)
        filters = (place, measure, platform)
        with self._lock:
            cached_figures = self._recall.find_answer(filters, self.revision)
            if cached_figures is None:
                cached_figures = self._query_figures(*filters, None)
                self._recall.store_answer(filters, cached_figures)
            return cached_figures

    def figure(self, figure_id: str) -> Figure:
        """The figure with this id. Raises KeyError if there is none."""
        matches = self.figures(ids=(figure_id,))
        if not matches:
            raise KeyError(figure_id)
        return matches[0]

    def figure_counts(self) -> Mapping[str, int]:
        """How many figures each place has of its own, by code; places without any are left out."""
        return self._database.get_cached("counts", lambda: self._count_figures(None))

    def measure_counts(self, place: str) -> Mapping[str, int]:
        """How many figures a place has of each measure, by measure id, without reading them."""
        return self._database.get_cached(f"counts of {place}", lambda: self._count_figures(place))

    def place_counts(self, measure: str) -> Mapping[str, int]:
        """How many figures of a measure each place has, by code, without reading them."""

        def count_places() -> dict[str, int]:
            sql = "SELECT place, sum(figures) FROM tally WHERE measure = ? GROUP BY place"
            return {str(place): int(count) for place, count in self._database.query_rows(sql, (measure,))}

        return self._database.get_cached(f"places of {measure}", count_places)

    def measure(self, measure_id: str, /) -> Measure:
        """The measure with this id. Raises KeyError if there is none."""
        return self._measures_by_id()[measure_id]

    def measures(self) -> tuple[Measure, ...]:
        """Every measure, once."""
        return tuple(self._measures_by_id().values())

    def _measures_by_id(self) -> dict[str, Measure]:
        """The measures by id, each with the breaks that any pack knows of."""

        def merge_measures() -> dict[str, Measure]:
            by_id: dict[str, Measure] = {}
            for item in self._load_items("measures", Measure, None):
                first = by_id.setdefault(item.id, item)
                if item.breaks != first.breaks:
                    days = {one.day: one for one in (*item.breaks, *first.breaks)}
                    by_id[item.id] = replace(first, breaks=tuple(days[day] for day in sorted(days)))
            return by_id

        return self._database.get_cached("measures merged", merge_measures)

    def platform(self, platform_id: str, /) -> Platform:
        """The platform with this id. Raises KeyError if there is none."""
        return self._by_id("platforms", Platform)[platform_id]

    def platforms(self) -> tuple[Platform, ...]:
        """Every platform, once, in the order of lists."""
        return tuple(sorted(self._by_id("platforms", Platform).values(), key=lambda one: (one.order, one.id)))

    def source(self, source_id: str, /) -> Source:
        """The source with this id. Raises KeyError if there is none."""
        return self._by_id("sources", Source)[source_id]

    def sources(self) -> tuple[Source, ...]:
        """Every source."""
        return tuple(self._by_id("sources", Source).values())

    def events(self) -> tuple[Event, ...]:
        """Every event, the earliest first."""
        return self._load_items("events", Event, lambda event: (event.date, event.id))

    def regions(self) -> tuple[RegionMembership, ...]:
        """Which forces each release counts in a region."""
        return self._load_items("regions", RegionMembership, None)

    def quotes(self) -> tuple[Quote, ...]:
        """Every quote, each pack's in its order."""
        return self._load_items("quotes", Quote, lambda quote: (quote.pack, quote.order))

    def demands(self) -> tuple[Demand, ...]:
        """Every demand, each pack's in its order."""
        return self._load_items("demands", Demand, lambda demand: (demand.pack, demand.order))

    def claims(self) -> tuple[Claim, ...]:
        """Every claim, each pack's in its order."""
        return self._load_items("claims", Claim, lambda claim: (claim.pack, claim.order))

    def notes(self) -> tuple[EvidenceNote, ...]:
        """Every note on where the public record differs."""
        return self._load_items("notes", EvidenceNote, None)

    def places_of(self, measure: str) -> tuple[str, ...]:
        """The codes of the places that have figures of a measure, in place order."""
        rows = self._database.query_rows("SELECT DISTINCT place FROM tally WHERE measure = ?", (measure,))
        return tuple(sorted((str(code) for (code,) in rows), key=self.places.position))

    def query_by_source(self, source: str, limit: int = 60) -> tuple[Figure, ...]:
        """The figures printed in a source, as many as ``limit``, in place order."""
        rows = self._database.query_rows(
            "SELECT id FROM figure WHERE pack = ? AND source = ? ORDER BY key LIMIT ?",
            (source.partition("/")[0], source, limit),
        )
        if rows or not self._has_bulk():
            return self.figures(ids=[str(id_) for (id_,) in rows])
        return self._database.retry_after_rebuild(
            lambda: self._in_order(series_table.query_by_source(self._database.current, source, limit))
        )

    def search(self, words: str, limit: int = 20, kinds: Sequence[str] = ()) -> tuple[SearchHit, ...]:
        """What holds all of ``words``, the last of which may be only begun, likeliest first.

        ``kinds`` narrows what is looked for; figures are found by ``find_figures``.
        """
        terms = _build_search_terms(words, last_is_prefix=True)
        if not terms:
            return ()
        of_kind = f"AND kind IN ({', '.join('?' * len(kinds))}) " if kinds else ""
        rows = self._database.query_rows(
            f"SELECT kind, id, text FROM word WHERE word MATCH ? {of_kind}ORDER BY bm25(word, 2.0, 1.0), id LIMIT ?",
            (" AND ".join(terms), *kinds, limit),
        )
        return tuple(SearchHit(kind=str(kind), id=str(id_), text=str(text)) for kind, id_, text in rows)

    def find_figures(self, words: str, limit: int = 20) -> tuple[Figure, ...]:
        """The figures that hold all of ``words``: whole words first, undivided counts first, newest first."""
        whole, prefix_terms = (
            _build_search_terms(words, last_is_prefix=False),
            _build_search_terms(words, last_is_prefix=True),
        )
        text_filter = "{text} : "
        bulk_by_id: dict[str, bool] = {}
        for within, terms in ((text_filter, whole), (text_filter, prefix_terms), ("", prefix_terms)) if whole else ():
            if len(bulk_by_id) < limit:
                bulk_by_id |= self._search_figure_ids(within, terms, limit)
        likeliest = dict(list(bulk_by_id.items())[:limit])
        ids = [id_ for id_, in_bulk in likeliest.items() if not in_bulk]
        figures_by_id = {figure.id: figure for figure in self.figures(ids=ids)} if ids else {}
        candidates = (
            self._newest_figure(id_) if in_bulk else figures_by_id.get(id_) for id_, in_bulk in likeliest.items()
        )
        return tuple(figure for figure in candidates if figure is not None)

    def _search_figure_ids(self, within: str, terms: Sequence[str], limit: int) -> dict[str, bool]:
        """The ids of figures that hold all of ``terms``, likeliest first.

        True for what begins the ids of a series of a large pack; these stand before what is held against
        them.
        """
        sql = "SELECT id, rowid FROM figure_word WHERE figure_word MATCH ? ORDER BY rowid LIMIT ?"
        rows = self._database.query_rows(sql, (f"{within}({' AND '.join(terms)})", limit))
        first = {str(id_): False for id_, key in rows if key < HELD_AGAINST}
        if len(first) < limit and self._has_bulk():
            term_queries = [f"{within}{term}" for term in terms]
            all_marks = self._database.get_cached("series words", lambda: full_text.list_marks(self._database.current))
            several = self._database.retry_after_rebuild(
                lambda: full_text.find_series(self._database.current, all_marks, term_queries, limit)
            )
            first |= dict.fromkeys(several, True)
        return first | {str(id_): False for id_, key in rows if key >= HELD_AGAINST}

    def _newest_figure(self, series: str) -> Figure | None:
        """The newest figure of a series of a large pack, which stands for all of it."""
        pack, measure, place, _ = series_table.parse_figure_id(series) or ("",) * 4
        own = [figure for figure in self.figures(place=place, measure=measure) if figure.pack == pack]
        return max(own, key=lambda figure: (figure.period.end, figure.period.start), default=None)

    def _with_ids(
        self, place: str | None, measure: str | None, platform: str | None, ids: Sequence[str]
    ) -> tuple[Figure, ...]:
        with self._lock:
            cached_figures = self._recall.find_by_ids(ids, self.revision)
        if cached_figures is None or place is not None or measure is not None or platform is not None:
            return self._query_figures(place, measure, platform, ids)
        return self._in_order(cached_figures) if len(cached_figures) > 1 else tuple(cached_figures)

    def _query_figures(
        self, place: str | None, measure: str | None, platform: str | None, ids: Sequence[str] | None
    ) -> tuple[Figure, ...]:
        queries = pack_tables.build_queries(place, measure, platform, ids)

        def fetch_figures() -> tuple[Figure, ...]:
            matches = pack_tables.run_queries(self._database.current, queries)
            bulky = self._in_bulk(place, measure, platform, ids, len(matches)) if self._has_bulk() else []
            return self._in_order([*matches, *bulky]) if len(queries) > 1 or bulky else tuple(matches)

        return self._database.retry_after_rebuild(fetch_figures)

    def _in_order(self, matches: Sequence[Figure]) -> tuple[Figure, ...]:
        try:
            return tuple(sorted(matches, key=figure_order(self.places, self.platform)))
        except KeyError as error:
            raise DatabaseFailure(f"figures in it are of nothing known ({error})") from None

    def _has_bulk(self) -> bool:
        return self._database.get_cached("has bulk", lambda: not series_table.is_empty(self._database.current))

    def _in_bulk(
        self,
        place: str | None,
        measure: str | None,
        platform: str | None,
        ids: Sequence[str] | None,
        match_count: int,
    ) -> list[Figure]:
        """The figures of large packs that fit."""
        if ids is None:
            return series_table.query_series(self._database.current, place, measure, platform)
        if match_count == len(set(ids)):
            return []
        return [
            one
            for one in series_table.get_ids(self._database.current, ids)
            if place in (None, one.place)
            and measure in (None, one.measure)
            and (platform is None or (one.platform or "") == platform)
        ]

    def _count_figures(self, place: str | None) -> dict[str, int]:
        if place is None:
            rows = self._database.query_rows("SELECT place, sum(figures) FROM tally GROUP BY place")
        else:
            sql = "SELECT measure, sum(figures) FROM tally WHERE place = ? GROUP BY measure ORDER BY measure"
            rows = self._database.query_rows(sql, (place,))
        return {str(key): int(count) for key, count in rows}

    def _load_items(
        self, kind: str, _of: type[_Item], order: Callable[[_Item], tuple[str, str | int]] | None
    ) -> tuple[_Item, ...]:
        def load_items() -> tuple[_Item, ...]:
            items = cast("tuple[_Item, ...]", tuple(pack_tables.iter_items(self._database.current, kind)))
            return items if order is None else tuple(sorted(items, key=order))

        return self._database.get_cached(kind, load_items)

    def _by_id(self, kind: str, of: type[_Item]) -> dict[str, _Item]:
        """The items by id; where two packs define one id, the first stands."""

        def index_items() -> dict[str, _Item]:
            by_id: dict[str, _Item] = {}
            for item in self._load_items(kind, of, None):
                by_id.setdefault(cast("Source", item).id, item)
            return by_id

        return self._database.get_cached(f"{kind} by id", index_items)


def _build_search_terms(words: str, *, last_is_prefix: bool) -> list[str]:
    """``words`` as the full-text tables are asked: each to the letter, and the last one perhaps only begun.

    What is typed between spaces is one phrase, so that "2018/19" is a period and not two numbers.
    """
    sound = plain_numbers(words).encode("utf-8", "ignore").decode("utf-8")
    terms = [f'"{term}"' for term in _TERM.findall(sound)[:_MOST_WORDS]]
    return [*terms[:-1], f"{terms[-1]}*"] if last_is_prefix and terms else terms


# The library as the program opens it: the shipped places and packs, and the person's own beside them.


LIBRARY_FILE = "library.sqlite3"


def open_library(*, is_persistent: bool = True, trusting: bool = False) -> Library:
    """The library with every shipped pack loaded or listed with what is wrong with it.

    ``is_persistent`` false holds it in memory only. A user's folder that cannot be written to leads to memory too:
    the evidence opens all the same. ``trusting`` gives it as it was left, where this version left it whole:
    ``loader.verify_packs`` is then to be called. Raises PackError only where the shipped places cannot be read.
    """
    places = read_places(paths.places_folder())
    folder = paths.user_data_folder() if is_persistent else None
    if folder is not None:
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError:
            folder = None
    file, shipped_folder = folder / LIBRARY_FILE if folder else None, paths.packs_folder()
    if trusting:
        return Library.open(file, places, trusting=shipped_folder)
    library = Library.open(file, places)
    library.loader.load_shipped(shipped_folder)
    return library
