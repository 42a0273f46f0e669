"""All packs together in one database: the only place that figures are asked of. It is an evidence Record.

It only asks; how the database is filled, mended and changed stands in ``keeping``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TypeVar, cast

from msgspec import Struct
from msgspec.structs import replace

from explorer.evidence.model import (
    Claim,
    Demand,
    Event,
    Figure,
    Measure,
    Note,
    Platform,
    Quote,
    Region,
    Source,
)
from explorer.evidence.places import Places
from explorer.evidence.record import figure_order

from . import bulk, bulk_asked, bulk_words, figures, stock
from .database import Damaged, Database
from .findable import HELD_AGAINST, plain_numbers
from .keeping import Keeping
from .stock import PackState

__all__ = ["Hit", "Library", "PackState"]

_Item = TypeVar("_Item")
_TERM = re.compile(r'[^\s"\x00]*[^\W_][^\s"\x00]*')
_MOST_WORDS = 12


class Hit(Struct, frozen=True, kw_only=True):
    """Something a search found: its kind ("quote", "claim", "source" ...), its id and its text."""

    kind: str
    id: str
    text: str


class Library(Keeping):
    """The evidence of every pack. Calls from several threads wait for one another."""

    def __init__(self, database: Database, places: Places, own: Path | None) -> None:
        """Use ``open``. ``own`` is the folder of the person's own packs."""
        super().__init__(database, places, own)
        self._recall = figures.Recall()

    def figures(
        self,
        *,
        place: str | None = None,
        measure: str | None = None,
        platform: str | None = None,
        ids: Sequence[str] | None = None,
    ) -> tuple[Figure, ...]:
        """The figures that fit everything asked for; see ``Record.figures``."""
        if ids is not None:
            return self._with_ids(place, measure, platform, ids)
        asked = (place, measure, platform)
        with self._lock:
            known = self._recall.get(asked, self.revision)
            if known is None:
                known = self._figures(*asked, None)
                self._recall.keep(asked, known)
            return known

    def figure(self, figure_id: str) -> Figure:
        """The figure with this id. Raises KeyError if there is none."""
        found = self.figures(ids=(figure_id,))
        if not found:
            raise KeyError(figure_id)
        return found[0]

    def figure_counts(self) -> Mapping[str, int]:
        """How many figures each place has of its own, by code; places without any are left out."""
        return self._cached("counts", lambda: self._tally(None))

    def measure_counts(self, place: str) -> Mapping[str, int]:
        """How many figures a place has of each measure, by measure id, without reading them."""
        return self._cached(f"counts of {place}", lambda: self._tally(place))

    def place_counts(self, measure: str) -> Mapping[str, int]:
        """How many figures of a measure each place has, by code, without reading them."""

        def make() -> dict[str, int]:
            sql = "SELECT place, sum(figures) FROM tally WHERE measure = ? GROUP BY place"
            return {str(place): int(count) for place, count in self._rows(sql, (measure,))}

        return self._cached(f"places of {measure}", make)

    def measure(self, measure_id: str, /) -> Measure:
        """The measure with this id. Raises KeyError if there is none."""
        return self._measures()[measure_id]

    def measures(self) -> tuple[Measure, ...]:
        """Every measure, once."""
        return tuple(self._measures().values())

    def _measures(self) -> dict[str, Measure]:
        """The measures by id, each with the breaks that any pack knows of."""

        def make() -> dict[str, Measure]:
            found: dict[str, Measure] = {}
            for item in self._items("measures", Measure, None):
                first = found.setdefault(item.id, item)
                if item.breaks != first.breaks:
                    days = {one.day: one for one in (*item.breaks, *first.breaks)}
                    found[item.id] = replace(first, breaks=tuple(days[day] for day in sorted(days)))
            return found

        return self._cached("measures merged", make)

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
        return self._items("events", Event, lambda event: (event.date, event.id))

    def regions(self) -> tuple[Region, ...]:
        """Which forces each release counts in a region."""
        return self._items("regions", Region, None)

    def quotes(self) -> tuple[Quote, ...]:
        """Every quote, each pack's in its order."""
        return self._items("quotes", Quote, lambda quote: (quote.pack, quote.order))

    def demands(self) -> tuple[Demand, ...]:
        """Every demand, each pack's in its order."""
        return self._items("demands", Demand, lambda demand: (demand.pack, demand.order))

    def claims(self) -> tuple[Claim, ...]:
        """Every claim, each pack's in its order."""
        return self._items("claims", Claim, lambda claim: (claim.pack, claim.order))

    def notes(self) -> tuple[Note, ...]:
        """Every note on where the public record differs."""
        return self._items("notes", Note, None)

    def places_of(self, measure: str) -> tuple[str, ...]:
        """The codes of the places that have figures of a measure, in place order."""
        rows = self._rows("SELECT DISTINCT place FROM tally WHERE measure = ?", (measure,))
        return tuple(sorted((str(code) for (code,) in rows), key=self._places.position))

    def of_source(self, source: str, limit: int = 60) -> tuple[Figure, ...]:
        """The figures printed in a source, as many as ``limit``, in place order."""
        rows = self._rows(
            "SELECT id FROM figure WHERE pack = ? AND source = ? ORDER BY key LIMIT ?",
            (source.partition("/")[0], source, limit),
        )
        if rows or not self._has_bulk():
            return self.figures(ids=[str(id_) for (id_,) in rows])
        return self._mended(lambda: self._in_order(bulk_asked.of_source(self._database, source, limit)))

    def search(self, words: str, limit: int = 20, kinds: Sequence[str] = ()) -> tuple[Hit, ...]:
        """What holds all of ``words``, the last of which may be only begun, likeliest first.

        ``kinds`` narrows what is looked for; figures are found by ``find_figures``.
        """
        terms = _terms(words, begun=True)
        if not terms:
            return ()
        of_kind = f"AND kind IN ({', '.join('?' * len(kinds))}) " if kinds else ""
        rows = self._rows(
            f"SELECT kind, id, text FROM word WHERE word MATCH ? {of_kind}"
            "ORDER BY bm25(word, 2.0, 1.0), id LIMIT ?",
            (" AND ".join(terms), *kinds, limit),
        )
        return tuple(Hit(kind=str(kind), id=str(id_), text=str(text)) for kind, id_, text in rows)

    def find_figures(self, words: str, limit: int = 20) -> tuple[Figure, ...]:
        """The figures that hold all of ``words``: whole words first, undivided counts first, newest first."""
        whole, begun = _terms(words, begun=False), _terms(words, begun=True)
        named = "{text} : "
        found: dict[str, bool] = {}
        for within, terms in ((named, whole), (named, begun), ("", begun)) if whole else ():
            if len(found) < limit:
                found |= self._found(within, terms, limit)
        likeliest = dict(list(found.items())[:limit])
        ids = [id_ for id_, in_bulk in likeliest.items() if not in_bulk]
        held = {figure.id: figure for figure in self.figures(ids=ids)} if ids else {}
        shown = (self._newest(id_) if in_bulk else held.get(id_) for id_, in_bulk in likeliest.items())
        return tuple(figure for figure in shown if figure is not None)

    def _found(self, within: str, terms: Sequence[str], limit: int) -> dict[str, bool]:
        """The ids of figures that hold all of ``terms``, likeliest first.

        True for what begins the ids of a series of a large pack; these stand before what is held against
        them.
        """
        sql = "SELECT id, rowid FROM figure_word WHERE figure_word MATCH ? ORDER BY rowid LIMIT ?"
        rows = self._rows(sql, (f"{within}({' AND '.join(terms)})", limit))
        first = {str(id_): False for id_, key in rows if key < HELD_AGAINST}
        if len(first) < limit and self._has_bulk():
            asked = [f"{within}{term}" for term in terms]
            listed = self._cached("series words", lambda: bulk_words.listed(self._database))
            several = self._mended(lambda: bulk_words.find(self._database, listed, asked, limit))
            first |= dict.fromkeys(several, True)
        return first | {str(id_): False for id_, key in rows if key >= HELD_AGAINST}

    def _newest(self, series: str) -> Figure | None:
        """The newest figure of a series of a large pack, which stands for all of it."""
        pack, measure, place, _ = bulk.address(series) or ("",) * 4
        own = [figure for figure in self.figures(place=place, measure=measure) if figure.pack == pack]
        return max(own, key=lambda figure: (figure.period.end, figure.period.start), default=None)

    def _with_ids(
        self, place: str | None, measure: str | None, platform: str | None, ids: Sequence[str]
    ) -> tuple[Figure, ...]:
        with self._lock:
            found = self._recall.named(ids, self.revision)
        if found is None or place is not None or measure is not None or platform is not None:
            return self._figures(place, measure, platform, ids)
        return self._in_order(found) if len(found) > 1 else tuple(found)

    def _figures(
        self, place: str | None, measure: str | None, platform: str | None, ids: Sequence[str] | None
    ) -> tuple[Figure, ...]:
        asked = figures.queries(place, measure, platform, ids)

        def get() -> tuple[Figure, ...]:
            found = figures.get(self._database, asked)
            bulky = self._in_bulk(place, measure, platform, ids, len(found)) if self._has_bulk() else []
            return self._in_order([*found, *bulky]) if len(asked) > 1 or bulky else tuple(found)

        return self._mended(get)

    def _in_order(self, found: Sequence[Figure]) -> tuple[Figure, ...]:
        try:
            return tuple(sorted(found, key=figure_order(self._places, self.platform)))
        except KeyError as error:
            raise Damaged(f"figures in it are of nothing known ({error})") from None

    def _has_bulk(self) -> bool:
        return self._cached("has bulk", lambda: not bulk_asked.is_empty(self._database))

    def _in_bulk(
        self,
        place: str | None,
        measure: str | None,
        platform: str | None,
        ids: Sequence[str] | None,
        found: int,
    ) -> list[Figure]:
        """The figures of large packs that fit."""
        if ids is None:
            return bulk_asked.get(self._database, place, measure, platform)
        if found == len(set(ids)):
            return []
        return [
            one
            for one in bulk_asked.get_ids(self._database, ids)
            if place in (None, one.place)
            and measure in (None, one.measure)
            and (platform is None or (one.platform or "") == platform)
        ]

    def _tally(self, place: str | None) -> dict[str, int]:
        if place is None:
            rows = self._rows("SELECT place, sum(figures) FROM tally GROUP BY place")
        else:
            sql = "SELECT measure, sum(figures) FROM tally WHERE place = ? GROUP BY measure ORDER BY measure"
            rows = self._rows(sql, (place,))
        return {str(key): int(count) for key, count in rows}

    def _items(
        self, kind: str, _of: type[_Item], order: Callable[[_Item], tuple[str, str | int]] | None
    ) -> tuple[_Item, ...]:
        def make() -> tuple[_Item, ...]:
            found = cast("tuple[_Item, ...]", tuple(stock.items(self._database, kind)))
            return found if order is None else tuple(sorted(found, key=order))

        return self._cached(kind, make)

    def _by_id(self, kind: str, of: type[_Item]) -> dict[str, _Item]:
        """The items by id; where two packs define one id, the first stands."""

        def make() -> dict[str, _Item]:
            found: dict[str, _Item] = {}
            for item in self._items(kind, of, None):
                found.setdefault(cast("Source", item).id, item)
            return found

        return self._cached(f"{kind} by id", make)


def _terms(words: str, *, begun: bool) -> list[str]:
    """``words`` as the full-text tables are asked: each to the letter, and the last one perhaps only begun.

    What is typed between spaces is one phrase, so that "2018/19" is a period and not two numbers.
    """
    sound = plain_numbers(words).encode("utf-8", "ignore").decode("utf-8")
    terms = [f'"{term}"' for term in _TERM.findall(sound)[:_MOST_WORDS]]
    return [*terms[:-1], f"{terms[-1]}*"] if begun and terms else terms
