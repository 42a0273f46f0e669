"""What a page and a briefing's item say, word by word, and what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from explorer.briefing.model import BriefingItem, Exhibit, ItemKind
from explorer.export.page import json_contract, plain_text
from explorer.library.library import Library
from explorer.pages.model.chart import Chart
from explorer.pages.model.page import Calculation, ChartTable, Page
from explorer.pages.model.question import ValueScale
from tests.sweep.ledger import PERIOD, SMALLEST, Fact, Ledger, clear, like, shares_apart, span
from tests.sweep.sentences import BASE, N, Sentences, number

_LONE = re.compile(r"\b(?:0|1|no|one) (?:other )?(?:places|areas|forces)\b|\bof (?:0|1) (?:UK )?areas\b", re.I)
_MOVED = re.compile(rf"\b(up|down)(?: from|,) (?:at least )?({N}) to (?:at least )?({N}) (?:offences|since)")
_WITHIN = re.compile(rf": ({N}) in ({PERIOD}), (?:up|down) from ({N}) a year before")
_QUARTERS = re.compile(rf"\b(?:up|down) from ({N}) to ({N}) within a year")
_AREAS = re.compile(r"Offences rose in (\d+) of \d+ (?:UK areas|areas compared), fell in (\d+)")
_ONE_AREA = re.compile(r"Offences (rose|fell) in .+, the only area compared")
_INDEXED = re.compile(r"\(?(?:at least )?\d+(?:,\d{3})*\)?")


class Reader:
    """Finds what is wrong with pages, exhibits and charts."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self.sentences = Sentences(ledger)

    # pages

    def page(self, library: Library, page: Page, *, deep: bool = True) -> list[str]:
        """All that is wrong with a page; ``deep``, with its JSON and its copied table too."""
        measures = frozenset(figure.measure for figure in page.drawn)
        found = list(self.chart(page.chart, measures, page.place.code, page.question.scale))
        found += self.table(page.table, page.drawn)
        for where, told in _said(page):
            found += [f"{where}: {one}" for one in self.sentences.faults(told, measures)]
        for working in (*page.workings, *(page.card.workings if page.card else ())):
            found += self.working(working, measures)
        found += self._cited(page)
        if not deep:
            return found
        found += self._json(json_contract.page_object(library, page))
        copied = plain_text.table_marked_up(page.table, page.chart.title, page.citation)
        found += [] if page.chart.title.split("(")[0] in _unescaped(copied) else ["copied table: no title"]
        return found

    def working(self, working: Calculation, measures: frozenset[str]) -> Iterator[str]:
        """A worked-out figure: the sentence with its caveat, and that its inputs may stand together."""
        for one in self.sentences.faults(f"{working.text} {working.caveat}", measures):
            yield f"worked out: {one}"
        facts = [self.ledger.facts[one] for one in working.inputs]
        if working.kind in {"change", "percentage change", "share difference"}:
            earlier, later = sorted(facts, key=lambda fact: fact.start)
            if why := self.ledger.apart(earlier, later):
                yield f"worked out: {why}: {working.text}"
            if working.kind == "percentage change" and (earlier.number or 0) < SMALLEST:
                yield f"worked out: a percentage of a base under 20: {working.text}"
            if not working.chance:
                yield f"worked out: no word on chance: {working.text}"
        if "%" in working.amount and working.kind not in {"percentage change", "national share"}:
            yield f"worked out: a percentage of another kind: {working.text}"
        if not working.inputs or len(working.links) != len(working.inputs):
            yield f"worked out: of no figures: {working.text}"

    def _cited(self, page: Page) -> Iterator[str]:
        if not page.drawn:
            return
        if not page.chart.source_line or not page.sources:
            yield "no source under the chart"
        held = {source.id for source in page.sources}
        for figure in page.drawn:
            fact = self.ledger.facts[figure.id]
            if not fact.source or not fact.locator or fact.source not in held:
                yield f"an amount without source and locator: {figure.id}"
            if page.citation and fact.locator not in page.citation:
                yield f"copied text: an amount without its locator: {figure.id}"
        if not page.citation:
            yield "copied text: none"

    def _json(self, told: dict[str, Any]) -> Iterator[str]:
        points = [point for series in told["series"] for point in series["points"]]
        for point in (*points, *told["figures"]):
            fact = self.ledger.facts[point["id"]]
            if (point["source"], point["locator"]) != (fact.source, fact.locator) or not fact.locator:
                yield f"JSON: an amount without source and locator: {point['id']}"
            if bool(point["in_doubt"]) != fact.doubtful:
                yield f"JSON: a doubtful figure that is not marked: {point['id']}"
            if fact.unit == "per cent" and point["base"] != fact.base:
                yield f"JSON: a share without its base: {point['id']}"
        for one in told["derived"]:
            if re.search(r"\d% in offences| (?:more|fewer) offences? recorded", one["text"]) and not one["chance"]:
                yield f"JSON: a change without its word on chance: {one['text']}"

    # charts and tables

    def chart(self, chart: Chart, measures: frozenset[str], place: str, scale: ValueScale) -> Iterator[str]:
        """All that is wrong with a chart: its title, its text alternative, its marks and notes."""
        marks = [(d.figure, d.label, d.name) for series in chart.series for d in series.data]
        marks += [(t.figure, t.label, t.name) for t in chart.tiles]
        facts = [self.ledger.facts[one] for one, _, _ in marks if one]
        yield from self.title(chart, facts, place)
        for figure, label, name in marks:
            yield from self._mark(figure, label, name, facts)
            yield from (f"mark: {one}" for one in self.sentences.faults(name, measures))
        told = [("subtitle", chart.subtitle), ("axis", chart.values.title), ("empty", chart.empty)]
        told += [("note", note) for note in chart.notes]
        told += [("rule", rule.label) for rule in chart.rules]
        for where, one in told:
            if where != "axis" and not (where == "rule" and one.endswith("= 100")):
                yield from (f"{where}: {fault}" for fault in self.sentences.faults(one, measures))
        yield from self._alternative(chart, marks)
        if (
            scale is ValueScale.CHANGE
            and "= 100" in chart.values.title
            and not re.search(r"[Ii]ndex|= 100", chart.title)
        ):
            yield f"title: an index that is not called one: {chart.title}"
        if any(fact.unit == "per cent" for fact in facts) and not re.search(r"^Share of .", chart.values.title):
            yield f"axis: a share without its base: {chart.values.title}"

    def _alternative(self, chart: Chart, marks: Sequence[tuple[str, str, str]]) -> Iterator[str]:
        """The text alternative says the title, the subtitle and each mark, and nothing beside them."""
        rest = chart.alt_text
        for one in sorted((chart.title, chart.subtitle, *(name for _, _, name in marks)), key=len, reverse=True):
            rest = rest.replace(f"{one[:1].upper()}{one[1:]}", "")
        if chart.tiles:
            rest = re.sub(rf"[A-Z][\w &]*? (?:(?:at least|about|almost) )?[+−]?{N}(?:%| \[u\])?[;.]", "", rest)
            rest = rest.replace("Not worked out: ", "")
        if hit := re.search(r"[^.]*(?:%|\bindex\b|\brose\b|\bfell\b)[^.]*", rest):
            yield f"text alternative: what no mark says: {hit[0].strip()[:200]}"

    def _mark(self, figure: str, label: str, name: str, facts: Sequence[Fact]) -> Iterator[str]:
        if not figure:
            if re.search(r"\d", label.split("  ", maxsplit=1)[0]):
                yield f"an amount of no figure: {label}"
            return
        fact = self.ledger.facts[figure]
        shown = fact.number is not None and "[x]" not in label
        marked = "in doubt" in name and ("in doubt" in label or label.endswith("?"))
        if fact.doubtful and shown and not marked:
            yield f"mark: a doubtful figure that is not marked: {name}"
        share = f"{fact.number.normalize():f}% of " if fact.number is not None else ""
        if fact.unit == "per cent" and not re.search(rf"{re.escape(share)}[a-z]", name):
            yield f"mark: a share without its base: {name}"
        if "95% interval  " in name or "95% interval (" in name:
            yield f"mark: an interval that is empty: {name}"
        if fact.unit not in {"offences"} and re.search(r"offences per ", name):
            yield f"mark: a rate of what is no count of offences: {name}"
        if re.search(rf"per (?:10|100),000 \w+: {N}$", name) and fact.exact:
            yield f"mark: a rate without its interval: {name}"

    def title(self, chart: Chart, facts: Sequence[Fact], place: str) -> Iterator[str]:
        """The title: what moved, beyond chance; shares with their base; nothing doubtful unmarked."""
        title = chart.title
        if _LONE.search(title):
            yield f"title: a number of places that is 0 or 1: {title}"
        published = re.search(r"in offences recorded|as published", title)
        if re.search(r"\d%", title) and not published and not re.search(BASE, title):
            yield f"title: a share without its base: {title}"
        yield from self._title_doubt(title, facts)
        yield from self._title_moved(chart, facts, place)

    def _title_moved(self, chart: Chart, facts: Sequence[Fact], place: str) -> Iterator[str]:
        """What the title says of change: each of its shapes has its own check, and there is no other."""
        title = chart.title
        own = [fact for fact in facts if fact.place == place and fact.unit == "offences"]
        if found := _MOVED.search(title):
            yield from self._moved(chart, own, number(found[2]), number(found[3]))
        elif found := _WITHIN.search(title):
            yield from self._moved(chart, own, number(found[3]), number(found[1]))
        elif found := _QUARTERS.search(title):
            yield from self._moved(chart, own, number(found[1]), number(found[2]))
        elif found := _AREAS.search(title):
            yield from self._areas(chart, (int(found[1]), int(found[2])))
        elif found := _ONE_AREA.search(title):
            yield from self._areas(chart, (int(found[1] == "rose"), int(found[1] == "fell")))
        elif re.search(r"\b(?:up|down): ", title):
            yield from self._shares_moved(title, facts, place)
        elif re.search(r"\bindex\b|= 100\)", title):
            yield from self._indexed(chart, title)
        elif found := re.search(rf"([+−]{N})% to (?:almost |about )?([+−]{N})% as published", title):
            changes = {fact.number for fact in facts if fact.unit == "per cent change"}
            if not {number(found[1]), number(found[2])} <= changes:
                yield f"title: a published change that no source publishes: {title}"
        elif "as published" in title or "in offences recorded" in title:
            yield from (f"title: {one}" for one in self.sentences.faults(title.replace(", as published", "")))
        elif re.search(r"\b(?:rose|fell|up|down|rise|fall|higher|lower|doubled?)\b", title):
            yield f"title: said in no way that can be checked: {title}"

    def _title_doubt(self, title: str, facts: Sequence[Fact]) -> Iterator[str]:
        bare = re.sub(PERIOD.replace(r"|\d{4})", ")"), "", title)
        shown = {number(one) for one in re.findall(r"(?<![\d,])\d[\d,]*", bare)}
        doubted = {fact.number for fact in facts if fact.doubtful}
        sure = {fact.number for fact in facts if not fact.doubtful}
        if "in doubt" not in title and (shown & doubted) - sure - {None}:
            yield f"title: leads with a doubtful figure: {title}"

    def _moved(self, chart: Chart, own: Sequence[Fact], first: Any, last: Any) -> Iterator[str]:
        since = re.search(rf"since ({PERIOD})", chart.title)
        pairs = [
            (a, b)
            for a in own
            for b in own
            if (a.number, b.number) == (first, last) and a.start < b.start
            if since is None or a.span == span(since[1])
        ]
        wrong = [self.ledger.apart(a, b) or self._unclear(a, b) for a, b in pairs]
        if "" not in wrong:
            yield f"title: {next(iter(wrong), 'of no such figures')}: {chart.title}"
        if not any("chance alone would make" in note for note in chart.notes):
            yield f"title: a change without its word on chance: {chart.title}"

    @staticmethod
    def _unclear(a: Fact, b: Fact) -> str:
        if a.number is None or b.number is None or clear(a.number, b.number) is not True:
            return "what chance alone could make"
        return ""

    def _areas(self, chart: Chart, said: tuple[int, int]) -> Iterator[str]:
        """How many areas rose and fell: counted again from what the squares say, beyond chance."""
        rose = fell = 0
        for tile in chart.tiles:
            told = re.search(rf", from ({N}) offences? in {PERIOD} to ({N}) in ", tile.name)
            if told:
                a, b = number(told[1]), number(told[2])
                rose += b > a and clear(a, b) is True
                fell += b < a and clear(a, b) is True
        if (rose, fell) != said:
            yield f"title: other numbers than the squares have ({rose}, {fell}): {chart.title}"

    def _shares_moved(self, title: str, facts: Sequence[Fact], place: str) -> Iterator[str]:
        found = re.search(rf"\b(?:up|down): ({N})%, then ({N})%", title)
        wrong: list[str] = []
        if found is None:
            yield f"title: said in no way that can be checked: {title}"
            return
        for a in facts:
            for b in facts:
                if (a.number, b.number) != (number(found[1]), number(found[2])) or a.start >= b.start:
                    continue
                bases = [self.ledger.facts.get(one.base_figure) for one in (a, b)]
                if None in bases:
                    wrong.append("shares of bases that are not known")
                    continue
                of = [int(base.number or 0) for base in bases if base is not None]
                p = shares_apart(a.number or number("0"), of[0], b.number or number("0"), of[1])
                wrong.append(self.ledger.apart(a, b) or ("" if p < 0.05 else "what chance could make"))
        if "" not in wrong:
            yield f"title: {next(iter(wrong), 'of no such figures')}: {title}"

    def _indexed(self, chart: Chart, title: str) -> Iterator[str]:
        """Each index of a title is that of a mark, brackets and all."""
        if "no index" in title.lower():
            return
        labels = {d.label.split("  ")[0] for series in chart.series for d in series.data}
        bare = re.sub(rf"\({PERIOD} = 100\)|{PERIOD}", "", title)
        told = [one[0] for one in _INDEXED.finditer(bare)]
        if not told or not set(told) <= labels:
            yield f"title: an index that no mark has: {title}"

    def table(self, table: ChartTable, drawn: Sequence[Any]) -> Iterator[str]:
        """The table: each row names its source and locator; shares their base; changes their chance."""
        columns = table.columns
        held = {figure.id for figure in drawn}
        for column in columns:
            if "Share" in column and not re.search(r"^Share of .+\(%\)$", column):
                yield f"table: a share without its base: {column}"
        if any("Change (%)" in one for one in columns) and "Beyond chance" not in columns:
            yield "table: a change without its word on chance"
        for row in table.rows:
            if not row.figure:
                continue
            fact = self.ledger.facts[row.figure]
            if "Source" not in columns or not row.cells[columns.index("Source")].endswith(fact.locator):
                yield f"table: an amount without source and locator: {row.cells}"
            if row.figure in held and row.cells[columns.index("As published")] != fact.printed:
                yield f"table: another wording than the source's: {row.cells}"
            if fact.doubtful and "Status" in columns and "in doubt" not in row.cells[columns.index("Status")]:
                yield f"table: a doubtful figure that is not marked: {row.cells}"
            if "Change (%)" in columns:
                yield from self._changed(columns, row.cells)

    def _changed(self, columns: Sequence[str], cells: Sequence[str]) -> Iterator[str]:
        told, beyond = (cells[columns.index(name)] for name in ("Change (%)", "Beyond chance"))
        if told == "[x]":
            return
        first, last = columns[1].partition(", ")[2], columns[2].partition(", ")[2]
        if not like(span(first), span(last)):
            yield f"table: unlike periods: {cells}"
        before, after = number(cells[1]), number(cells[2])
        if before < SMALLEST:
            yield f"table: a percentage of a base under 20: {cells}"
        if beyond != ("clear" if clear(before, after) else "no clear change"):
            yield f"table: another word on chance than the numbers have: {cells}"

    # briefings

    def item(self, item: BriefingItem) -> Iterator[str]:
        """All that is wrong with an item of a briefing that is not the words of somebody else."""
        shown = item.exhibit
        if shown is None or item.kind in {ItemKind.QUOTE, ItemKind.DEMAND}:
            return
        measures: frozenset[str] = frozenset()
        if shown.chart is not None and item.question is not None:
            ids = [one for one in shown.chart.figure_ids() if one]
            measures = frozenset(self.ledger.facts[one].measure for one in ids)
            code = self.ledger.facts[ids[0]].place if ids else item.question.place
            places = {self.ledger.facts[one].place for one in ids}
            code = item.question.place if item.question.place in places else code
            yield from self.chart(shown.chart, measures, code, item.question.scale)
        if shown.table is not None:
            yield from self.table(shown.table, ())
        for where, told in _exhibited(item.kind, shown):
            yield from (f"{where}: {one}" for one in self.sentences.faults(told, measures))
        if shown.numbers and not (shown.sources and (shown.source_line or shown.points)):
            yield f"an amount without source: {shown.title}"
        for point in shown.points:
            if point.figures and not point.source:
                yield f"a point without its source: {point.text}"


def _said(page: Page) -> Iterator[tuple[str, str]]:
    """The words of a page beside its chart and its worked-out figures."""
    yield from (("notice", page.notice), ("newest", page.newest))
    yield from (("what it cannot tell", one) for one in page.cannot_tell)
    yield from (("remark", f"{one.heading}: {one.text}") for one in page.remarks)
    yield from (("shorthand", one) for one in page.table.shorthand)
    yield from (("other figure", one.label) for one in page.others)
    if page.card is not None:
        yield "card", f"{page.card.heading}. {page.card.subheading}"
        yield from (("card", one) for one in page.card.notes)
        yield "card's citation", page.card.citation
    if page.citation.startswith(page.chart.title):
        yield "copied text", page.citation[len(page.chart.title) :]


def _exhibited(kind: ItemKind, shown: Exhibit) -> Iterator[tuple[str, str]]:
    yield from (("point", point.text) for point in shown.points if kind is ItemKind.SUMMARY)
    yield from (("note", one) for one in shown.notes)
    yield from (("worked out", one) for one in shown.workings)
    if kind is ItemKind.FIGURE:
        yield from (("title", shown.title), ("subtitle", shown.subtitle), ("copied text", shown.citation))


def _unescaped(marked: str) -> str:
    from html import unescape

    return unescape(marked)
