"""The sweep can fail: each fault, planted in a page that is otherwise as it was shipped, is found."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from msgspec.structs import replace

from explorer.briefing.draft import generate_draft
from explorer.briefing.model import BriefingItem
from explorer.library.library import Library
from explorer.pages.model.chart import ChartKind
from explorer.pages.model.page import Calculation, Page
from explorer.pages.model.question import Question, ValueScale
from explorer.pages.page_builder import answer
from explorer.support import paths
from tests.sweep.ledger import Ledger, clear, like, p_value, shares_apart, span
from tests.sweep.pages import Reader

LANCS, DURHAM, YORKS, UK, NORTH_WEST = "E23000003", "E23000008", "E12000003", "K02000001", "E12000002"
ENGLAND, CITY = "E92000001", "E23000034"
NSPCC = "scc-offences"


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader(Ledger(paths.packs_folder(), paths.places_folder()))


def _page(library: Library, place: str, measure: str = "", **more: Any) -> Page:
    return answer(library, Question(place=place, measure=measure, **more), brief=True)


def _titled(page: Page, title: str, *notes: str) -> Page:
    told = page.chart
    alt = told.alt_text.replace(told.title, title)
    return replace(page, chart=replace(told, title=title, alt_text=alt, notes=(*told.notes, *notes)))


def _faults(reader: Reader, library: Library, page: Page) -> str:
    return "\n".join(reader.page(library, page))


CHANCE = "More than chance alone would make."


@pytest.mark.parametrize(
    ("place", "text", "caveat", "why"),
    [
        (
            YORKS,
            "Yorkshire and The Humber: a rise of 22% in offences recorded from 2017/18 to 2022/23.",
            CHANCE,
            "coverage",
        ),
        (
            LANCS,
            "Lancashire: a rise of 36% in offences recorded from 2017/18 to 2018/19.",
            CHANCE,
            "doubtful",
        ),
        (DURHAM, "Durham: a rise of 775% in offences recorded from 2015/16 to 2017/18.", CHANCE, "a break"),
        (
            DURHAM,
            "Durham: a fall of 38% in offences recorded between Jan-Mar 2020 and Apr-Jun 2020.",
            "No clear change: chance alone could make it.",
            "unlike periods",
        ),
        (
            DURHAM,
            "Durham: a fall of 70% in offences recorded between 2024/25 and Apr-Dec 2025.",
            CHANCE,
            "unlike periods",
        ),
        (
            CITY,
            "City of London: a fall of 50% in offences recorded from 2018/19 to 2019/20.",
            CHANCE,
            "under 20",
        ),
        (
            DURHAM,
            "Durham: a fall of 30% in offences recorded from 2017/18 to 2024/25.",
            "",
            "no word on chance",
        ),
        (
            DURHAM,
            "Durham: a rise of 28% in offences recorded from 2023/24 to 2024/25.",
            CHANCE,
            "another word on chance",
        ),
        (
            DURHAM,
            "Durham: a rise of 29% in offences recorded from 2023/24 to 2024/25.",
            "No clear change: chance alone could make it.",
            "other numbers",
        ),
        (DURHAM, "Durham: offences more than doubled, up 129%.", CHANCE, "in no way that can be checked"),
        (
            NORTH_WEST,
            "The North West, 2012/13: 75% of the offences recorded for Wales.",
            "",
            "not known to hold",
        ),
    ],
)
def test_a_planted_change_is_found(library: Library, reader: Reader, place: str, text: str, caveat: str, why: str):
    measures = frozenset({NSPCC}) if place in {YORKS, LANCS} else frozenset({"ho-88a"})
    planted = f"{text} {caveat}".strip()
    found = reader.sentences.faults(planted, measures)
    assert why in "\n".join(found), found


def test_what_may_be_said_is_not_found(library: Library, reader: Reader):
    told = "Durham: a fall of 30% in offences recorded from 2017/18 to 2024/25. " + CHANCE
    assert reader.sentences.faults(told, frozenset({"ho-88a"})) == ()
    shares = "Girls, Kent, 2019/20: 80% of children whose sex was recorded (79.5% to 80.5%)"
    assert reader.sentences.faults(shares) == ()


def test_inputs_that_may_not_stand_together_are_found_whatever_the_words(library: Library, reader: Reader):
    page = _page(library, DURHAM, "ho-88a")
    change = next(one for one in page.workings if one.kind == "percentage change")
    early = next(f.id for f in page.drawn if f.period.text == "2015/16")
    planted: Calculation = replace(change, inputs=(early, change.inputs[-1]))
    assert "across a break" in _faults(reader, library, replace(page, workings=(planted,)))
    unsaid = replace(change, chance="")
    assert "no word on chance" in _faults(reader, library, replace(page, workings=(unsaid,)))


@pytest.mark.parametrize(
    ("place", "measure", "title", "why"),
    [
        (LANCS, NSPCC, "Lancashire: up from 64 to 252 offences since 2017/18", "doubtful"),
        (DURHAM, "ho-88a", "Durham: up from 12 to 73 offences since 2015/16", "title"),
        (DURHAM, "ho-88a", "Durham: up from 57 to 73 offences since 2023/24", "chance alone could make"),
        (DURHAM, "ho-88a", "Durham: 73 offences, beside 1 other places", "0 or 1"),
        (DURHAM, "ho-88a", "Durham: 73 offences in 0 places", "0 or 1"),
        (DURHAM, "ho-88a", "Durham: offences rose", "no way that can be checked"),
        (DURHAM, "ho-88a", "Durham: index 130 in 2024/25", "an index that no mark has"),
        (YORKS, "scc-change", "Yorkshire and The Humber: up 22% since 2017/18, as published", "no source"),
    ],
)
def test_a_planted_title_is_found(library: Library, reader: Reader, place: str, measure: str, title: str, why: str):
    planted = _titled(_page(library, place, measure), title)
    assert why in "\n".join(one for one in reader.page(library, planted) if "title" in one)


def test_a_title_of_change_without_its_note_on_chance_is_found(library: Library, reader: Reader):
    page = _page(library, DURHAM, "ho-88a")
    assert "down from 105 to 73" in page.chart.title
    bare = replace(page, chart=replace(page.chart, notes=()))
    assert "without its word on chance" in _faults(reader, library, bare)


def test_a_share_without_its_base_is_found_wherever_it_stands(library: Library, reader: Reader):
    page = _page(library, UK, chart=ChartKind.PLATFORMS)
    assert _faults(reader, library, page) == ""
    title = page.chart.title.rsplit(",", 1)[0]
    assert "title: a share without its base" in _faults(reader, library, _titled(page, title))
    axis = replace(page, chart=replace(page.chart, values=replace(page.chart.values, title="Share")))
    assert "axis: a share without its base" in _faults(reader, library, axis)
    columns = tuple("Share (%)" if "Share" in one else one for one in page.table.columns)
    table = replace(page, table=replace(page.table, columns=columns))
    assert "table: a share without its base" in _faults(reader, library, table)
    figures = tuple(replace(one, base="") for one in page.drawn)
    assert "JSON: a share without its base" in _faults(reader, library, replace(page, drawn=figures))
    first, *rest = page.chart.series
    mark = replace(first.data[0], name=first.data[0].name.partition("% of")[0] + "%")
    marked = replace(page.chart, series=(replace(first, data=(mark, *first.data[1:])), *rest))
    assert "mark: a share without its base" in _faults(reader, library, replace(page, chart=marked))


def test_an_amount_without_source_and_locator_is_found(library: Library, reader: Reader):
    page = _page(library, DURHAM, "ho-88a")
    assert "no source under the chart" in _faults(
        reader, library, replace(page, chart=replace(page.chart, source_line=""))
    )
    assert "without source" in _faults(reader, library, replace(page, sources=()))
    row = page.table.rows[0]
    bare = replace(row, cells=(*row.cells[:-1], "Home Office"))
    table = replace(page.table, rows=(bare, *page.table.rows[1:]))
    assert "table: an amount without source" in _faults(reader, library, replace(page, table=table))
    figures = (replace(page.drawn[0], locator=""), *page.drawn[1:])
    assert "JSON: an amount without source" in _faults(reader, library, replace(page, drawn=figures))
    assert "copied text" in _faults(reader, library, replace(page, citation="Durham."))


def test_a_doubtful_figure_that_is_not_marked_is_found(library: Library, reader: Reader):
    page = _page(library, LANCS, NSPCC)
    found = next(d for s in page.chart.series for d in s.data if "in doubt" in d.name)
    bare = replace(found, name=found.name.replace("; in doubt", ""))
    series = tuple(replace(s, data=tuple(bare if d is found else d for d in s.data)) for s in page.chart.series)
    planted = replace(page, chart=replace(page.chart, series=series))
    assert "a doubtful figure that is not marked" in _faults(reader, library, planted)


def test_a_planted_index_and_text_alternative_are_found(library: Library, reader: Reader):
    page = _page(library, DURHAM, "ho-88a", chart=ChartKind.COMPARE, scale=ValueScale.CHANGE)
    for said in (
        "Durham, 2015/16: 12 offences; index, with 2017/18 = 100: 11",
        "Durham, Jul-Sep 2020: 16 offences; index, with Apr-Jun 2020 = 100: 80; no clear change since then",
        "City of London, 2019/20: 1 offence; index, with 2018/19 = 100: 100",
        "Durham, 2024/25: 73 offences; index, with 2017/18 = 100: 70; no clear change since then",
    ):
        assert reader.sentences.faults(said, frozenset({"ho-88a"})), said
    told = replace(page, chart=replace(page.chart, alt_text=page.chart.alt_text + " Offences rose by 40%."))
    assert "what no mark says" in _faults(reader, library, told)


def test_a_map_that_counts_what_chance_could_make_is_found(library: Library, reader: Reader):
    page = _page(library, UK, "ho-88a", chart=ChartKind.MAP, scale=ValueScale.CHANGE)
    assert _faults(reader, library, page) == ""
    assert "other numbers than the squares" in _faults(
        reader, library, _titled(page, "Offences rose in 40 of 45 UK areas, fell in 5")
    )
    columns = tuple(one for one in page.table.columns if one != "Beyond chance")
    unsaid = replace(page.table, columns=columns, rows=())
    assert "table: a change without its word" in _faults(reader, library, replace(page, table=unsaid))


def test_a_draft_that_says_too_much_is_found(library: Library, reader: Reader):
    item = next(one for one in generate_draft(library, DURHAM).items if one.exhibit and one.exhibit.points)
    assert item.exhibit is not None
    assert list(reader.item(item)) == []
    for said in ("Offences more than doubled.", "Durham: 40% on Snapchat.", "73 were recorded, up from 57."):
        point = replace(item.exhibit.points[0], text=said)
        planted: BriefingItem = replace(item, exhibit=replace(item.exhibit, points=(point,)))
        assert list(reader.item(planted)), said
    unsourced = replace(item.exhibit.points[0], source="")
    assert list(reader.item(replace(item, exhibit=replace(item.exhibit, points=(unsourced,)))))


def test_what_the_sweep_works_out_for_itself_is_right():
    assert span("Apr-Jun 2020") == span("2020-04/2020-06") == (date(2020, 4, 1), date(2020, 6, 30))
    assert span("3 April 2017 to 2 October 2017") == span("2017-04-03/2017-10-02")
    assert like(span("2017/18"), span("2019/20"))
    assert not like(span("2017/18"), span("2018")), "a calendar year is no financial year"
    assert not like(span("2020-04/2020-06"), span("2020-07/2020-09"))
    assert not like(span("2017-04/2020-03"), span("2020-04/2023-03"))
    assert f"{p_value(66, 77):.2f}" == "0.40"
    assert p_value(0, 5) == pytest.approx(2 / 32)
    assert clear(Decimal(40), Decimal(70)) is True
    assert clear(Decimal(40), Decimal(50)) is False
    assert clear(Decimal(-1), Decimal(50)) is None
    assert shares_apart(Decimal(10), 100, Decimal(30), 100) < 0.001
    assert shares_apart(Decimal(10), 100, Decimal(12), 100) > 0.5


def test_coverage_that_is_not_published_is_not_the_same_coverage(reader: Reader):
    ledger = reader.ledger
    counts = [f for f in ledger.facts.values() if f.place == YORKS and f.measure == NSPCC and f.number]
    told = [ledger.apart(a, b) for a in counts for b in counts if a.start < b.start]
    assert "coverage" in " ".join(told)
    assert "" not in told, "nothing may be said of Yorkshire's counts together"
