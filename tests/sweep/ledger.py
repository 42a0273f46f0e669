"""What the packs hold, read again from their files, and what may be set against what.

Nothing here comes from the program: the files are read as tables, and coverage, breaks, like periods and
chance are worked out anew, so that a fault in the program's own rules is not repeated.
"""

from __future__ import annotations

import csv
import math
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cache, cached_property
from pathlib import Path

LEVEL = 0.05
SMALLEST = 20
DECIMALS_FROM = 1000
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_WORD = r"(?:" + "|".join(f"{m.title()}[a-z]*" for m in _MONTHS) + ")"
PERIOD = (
    rf"(?:\d{{1,2}} {_WORD} \d{{4}}(?: to |-)\d{{1,2}} {_WORD} \d{{4}}"
    rf"|{_WORD}(?: \d{{4}})?(?: to |-){_WORD} \d{{4}}|{_WORD} \d{{4}}|\d{{4}}/\d{{2}}|\d{{4}})"
)
"""A period as the pages name it."""
_PARTIAL = re.compile(r"months only|only \w+ months|part of the (?:year|period)|half (?:the|a) year", re.I)

Span = tuple[date, date]


def _last(year: int, month: int) -> date:
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)


@cache
def span(text: str) -> Span:
    """The days of a period as a pack or a page writes it."""
    if found := re.fullmatch(r"(\d{4})/(\d{2})", text):
        year = int(found[1])
        return date(year, 4, 1), date(year + 1, 3, 31)
    if re.fullmatch(r"\d{4}", text):
        return date(int(text), 1, 1), date(int(text), 12, 31)
    if found := re.fullmatch(r"(\d{4})-(\d{2})(?:/(\d{4})-(\d{2}))?", text):
        first = int(found[1]), int(found[2])
        return date(*first, 1), _last(*((int(found[3]), int(found[4])) if found[3] else first))
    if found := re.fullmatch(r"(\d{4}-\d{2}-\d{2})/(\d{4}-\d{2}-\d{2})", text):
        return date.fromisoformat(found[1]), date.fromisoformat(found[2])
    ends = re.split(r" to |-", text)
    last = ends[-1].split()
    first = ends[0].split()
    if len(last) == 3:
        return _day(first), _day(last)
    year, month = int(last[1]), _month(last[0])
    begins = int(first[1]) if len(first) == 2 else year
    return date(begins, _month(first[0]), 1), _last(year, month)


def _month(word: str) -> int:
    return _MONTHS.index(word[:3].lower()) + 1


def _day(parts: list[str]) -> date:
    return date(int(parts[2]), _month(parts[1]), int(parts[0]))


@dataclass(frozen=True, slots=True)
class Fact:
    """A figure as its pack's file has it."""

    id: str
    measure: str
    unit: str
    place: str
    start: date
    end: date
    platform: str
    breakdown: str
    number: Decimal | None
    qualifier: str
    doubtful: bool
    partial: bool
    source: str
    locator: str
    printed: str
    base: str
    base_figure: str
    basis: str
    responding: int | None
    total: int | None

    @property
    def span(self) -> Span:
        return self.start, self.end

    @property
    def exact(self) -> bool:
        return self.qualifier == "exact"

    @property
    def days(self) -> int:
        return (self.end - self.start).days + 1


@cache
def p_value(first: int, second: int) -> float:
    """How often two counts of one underlying rate lie as far apart: the exact binomial test, both tails."""
    total, few = first + second, min(first, second)
    term = tail = 1
    for at in range(few):
        term = term * (total - at) // (at + 1)
        tail += term
    return min(1.0, 2 * tail / (1 << total))


def clear(first: Decimal, second: Decimal) -> bool | None:
    """Whether two counts can be told apart at 5%; None where one is below 0."""
    if min(first, second) < 0:
        return None
    a, b = int(first), int(second)
    far = (a - b) ** 2
    if a + b > 50 and (far > 12 * (a + b) or far < 2 * (a + b)):
        return far > 12 * (a + b)  # so far from 5% that there is no need to add up the tails
    return p_value(a, b) < LEVEL


def shares_apart(share: Decimal, of: int, other: Decimal, of_other: int) -> float:
    """Fisher's exact test of two shares in per cent, two-sided."""
    a, b = round(share * of / 100), round(other * of_other / 100)
    hits, total = a + b, of + of_other
    ways = [
        math.comb(of, part) * math.comb(of_other, hits - part)
        for part in range(max(0, hits - of_other), min(hits, of) + 1)
    ]
    seen = math.comb(of, a) * math.comb(of_other, b)
    return sum(way for way in ways if way <= seen) / math.comb(total, hits)


def like(first: Span, second: Span) -> bool:
    """Years with years that begin alike, and a part of a year with the same months of another year."""

    def shape(span_: Span) -> tuple[int, int, int, int]:
        start, end = span_
        return start.month, start.day, end.month, 28 if end.month == 2 else end.day

    lengths = {(end - start).days // 28 for start, end in (first, second)}
    return shape(first) == shape(second) and max(lengths) <= 13 and len(lengths) == 1


class Ledger:
    """All figures of the packs in a folder, with what is known of places, regions and measures."""

    def __init__(self, packs: Path, places: Path) -> None:
        self._packs = sorted(one for one in packs.iterdir() if one.is_dir())
        self._places = {row["code"]: row for row in _rows(places / "places.csv")}
        self.facts = {fact.id: fact for fact in self._read()}
        self.by_span: dict[tuple[str, Span], list[Fact]] = defaultdict(list)
        for fact in self.facts.values():
            self.by_span[fact.place, fact.span].append(fact)
        self._known: dict[str, frozenset[str] | None] = {}

    def _read(self) -> Iterable[Fact]:
        for pack in self._packs:
            for row in _rows(pack / "figures.csv"):
                yield _fact(pack.name, row, self.units[row["measure"]])

    @cached_property
    def units(self) -> dict[str, str]:
        return {row["id"]: row["unit"] for pack in self._packs for row in _rows(pack / "measures.csv")}

    @cached_property
    def breaks(self) -> dict[str, set[date]]:
        found: dict[str, set[date]] = defaultdict(set)
        for pack in self._packs:
            for row in _rows(pack / "measures.csv"):
                days = re.findall(r"(\d{4}-\d{2}-\d{2})=", row.get("breaks") or "")
                found[row["id"]] |= {date.fromisoformat(day) for day in days}
        return found

    @cached_property
    def regions(self) -> dict[tuple[str, str], frozenset[str]]:
        return {
            (row["place"], f"{pack.name}/{row['source']}"): frozenset(row["forces"].split())
            for pack in self._packs
            for row in _rows(pack / "regions.csv")
        }

    @cached_property
    def words(self) -> tuple[str, ...]:
        """Everything that the packs themselves say, the longest first: not the program's own words."""
        cells = {
            part.strip()
            for pack in self._packs
            for file in pack.glob("*.csv")
            for row in _rows(file)
            for cell in row.values()
            for part in (cell or "", *(cell or "").split("="))
            if len(part) > 20
        }
        return tuple(sorted(cells, key=len, reverse=True))

    @cached_property
    def names(self) -> dict[str, list[str]]:
        """The codes of the places of each name, those that hold figures."""
        found: dict[str, list[str]] = defaultdict(list)
        for code in {fact.place for fact in self.facts.values()}:
            found[self._places[code]["name"]].append(code)
        return found

    def named(self, text: str) -> list[str]:
        """The codes of the places that a sentence names."""
        return self.names.get(text) or self.names.get(re.sub(r"^[Tt]he ", "", text)) or []

    def name(self, code: str) -> str:
        return self._places[code]["name"]

    def own(self, code: str) -> bool:
        return self._places[code]["level"] in {"force", "local authority"}

    def under(self, code: str) -> frozenset[str]:
        """The force areas under a place or under those that it is counted from."""
        roots = {code, *(self._places[code]["members"] or "").split()}
        return frozenset(
            one for one, row in self._places.items() if row["level"] == "force" and roots & {one, *self._above(one)}
        )

    def _above(self, code: str) -> list[str]:
        parent = self._places[code]["parent"]
        return [parent, *self._above(parent)] if parent else []

    def forces(self, fact: Fact) -> frozenset[str] | None:
        """The force areas that a figure is known to count; None where that is not known."""
        if fact.id not in self._known:
            self._known[fact.id] = self._forces(fact)
        return self._known[fact.id]

    def _forces(self, fact: Fact) -> frozenset[str] | None:
        if self.own(fact.place):
            return frozenset({fact.place})
        every = self.under(fact.place)
        if len(every) == 1:
            return every
        same = [
            one
            for one in self.by_span[fact.place, fact.span]
            if (one.measure, one.platform, one.breakdown, one.number, one.qualifier)
            == (fact.measure, fact.platform, fact.breakdown, fact.number, fact.qualifier)
        ]
        for one in (fact, *same):
            if (one.place, one.source) in self.regions:
                return self.regions[one.place, one.source]
        complete = (fact.responding or 0) >= max(len(every), fact.total or 0)
        return every if complete else None

    def unusable(self, fact: Fact) -> str:
        """Why nothing may be worked out of a figure; empty where it may."""
        if fact.number is None:
            return "no number"
        if fact.doubtful:
            return "a doubtful figure"
        return "part of its period" if fact.partial else ""

    def apart(self, earlier: Fact, later: Fact) -> str:
        """Why nothing may be said of the two together; empty where it may."""
        if (earlier.place, earlier.measure, earlier.platform, earlier.breakdown) != (
            *(later.place, later.measure, later.platform, later.breakdown),
        ):
            return "not one series"
        if why := self.unusable(earlier) or self.unusable(later):
            return why
        if not like(earlier.span, later.span) or earlier.end >= later.start:
            return "unlike periods"
        if any(earlier.start < day <= later.end for day in self.breaks[earlier.measure]):
            return "across a break of the measure"
        return self._counted_apart(earlier, later)

    def _counted_apart(self, earlier: Fact, later: Fact) -> str:
        """Why two figures of one place are not known to count the same."""
        first, second = self.forces(earlier), self.forces(later)
        if first is None or second is None:
            return "unknown coverage"
        if first != second or earlier.basis != later.basis:
            return "unlike coverage"
        answered = {one.responding for one in (earlier, later)} - {None}
        return "unlike coverage" if len(answered) > 1 and not self.own(earlier.place) else ""


def _rows(path: Path) -> list[dict[str, str]]:
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def _fact(pack: str, row: dict[str, str], unit: str) -> Fact:
    start, end = span(row["period"])
    year = 364 <= (end - start).days <= 366
    return Fact(
        id=f"{pack}/{row['id']}",
        measure=row["measure"],
        unit=unit,
        place=row["place"],
        start=start,
        end=end,
        platform=row["platform"],
        breakdown=row["breakdown"],
        number=Decimal(row["number"]) if row["number"] else None,
        qualifier=row["qualifier"] or "exact",
        doubtful=bool(row.get("in_doubt")),
        partial=year and bool(_PARTIAL.search(row["coverage"])),
        source=f"{pack}/{row['source']}",
        locator=row["locator"],
        printed=row["printed"],
        base=row["base"],
        base_figure=f"{pack}/{row['base_figure']}" if row["base_figure"] else "",
        basis=row.get("basis", ""),
        responding=int(row["forces_responding"]) if row["forces_responding"] else None,
        total=int(row["forces_total"]) if row["forces_total"] else None,
    )
