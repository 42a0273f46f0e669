"""Every shipped figure, held against the packs' own rows: what a page shows is what the pack says.

The rows are read with the csv module alone and not by ``packs``, so that an error in reading shows here too.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from msgspec import Struct

from explorer.evidence.conflicts import Preference
from explorer.evidence.periods import parse_period
from explorer.export.page.json_contract import page_object
from explorer.library.library import Library
from explorer.pages.model.chart import ChartKind
from explorer.pages.model.page import Page
from explorer.pages.model.question import (
    PeriodGranularity,
    Question,
    select_chart,
    select_figure,
    select_period,
    select_place,
    set_granularity,
    set_measure,
    set_preference,
)
from explorer.pages.page_builder import answer

pytestmark = pytest.mark.slow  # every page of every place, some of them several times

PACKS = Path(__file__).parents[2] / "data" / "packs"
UK = "K02000001"
COUNTED = {"offences", "people", "forces", "platforms", "years of age"}
_FINANCIAL = re.compile(r"^\d{4}/\d{2}$")
_YEAR = re.compile(r"^\d{4}/\d{2}$|^(\d{4})-07/(\d{4})-06$")


class Printed(Struct, frozen=True):
    """A row of a pack's figures.csv, as it stands there."""

    id: str
    row: dict[str, str]
    unit: str

    @property
    def number(self) -> Decimal | None:
        return Decimal(self.row["number"]) if self.row["number"] else None

    @property
    def about(self) -> tuple[str, ...]:
        return tuple(self.row[name] for name in ("measure", "place", "period", "platform", "breakdown"))

    @property
    def whole_year(self) -> bool:
        return _YEAR.match(self.row["period"]) is not None

    @property
    def undivided(self) -> bool:
        return not self.row["platform"] and not self.row["breakdown"]


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _shipped() -> list[Printed]:
    units = {row["id"]: row["unit"] for path in PACKS.glob("*/measures.csv") for row in _rows(path)}
    return [
        Printed(f"{path.parent.name}/{row['id']}", row, units[row["measure"]])
        for path in sorted(PACKS.glob("*/figures.csv"))
        for row in _rows(path)
    ]


SHIPPED = {one.id: one for one in _shipped()}


def _number(text: str) -> Decimal | None:
    """The first number in a text, with the sign that stands before it."""
    found = re.search(r"([−+-]?)(\d[\d,]*(?:\.\d+)?)", text)
    if found is None:
        return None
    return Decimal(("-" if found[1] in {"−", "-"} else "") + found[2].replace(",", ""))


def _in_json(amount: object) -> Decimal | None:
    return None if amount is None else Decimal(str(amount))


def _walk(library: Library, place: str, kind: ChartKind) -> Iterator[Page]:
    """A kind of chart of a place by every measure and every period that can be chosen for it."""
    asked = select_chart(kind).apply_to(Question(place=place))
    first = answer(library, asked)
    if first.chart.kind is not kind:
        return
    for choice in first.measures:
        page = answer(library, set_measure(choice.id).apply_to(asked))
        yield page
        yield answer(library, set_preference(Preference.FIRST).apply_to(page.question))
        if page.choices.grains:
            yield answer(library, set_granularity(PeriodGranularity.QUARTERS).apply_to(page.question))
        for period in page.choices.periods:
            yield answer(library, select_period(period.id).apply_to(page.question))


@pytest.fixture(scope="module")
def pages(library: Library) -> list[Page]:
    """Every place, chart, measure and period; the map, which is the same from everywhere, from the top."""
    found: list[Page] = []
    for place in library.figure_counts():
        for kind in ChartKind:
            if kind is not ChartKind.MAP or place == UK:
                found += _walk(library, place, kind)
    return found


@pytest.fixture(scope="module")
def trends(library: Library) -> dict[tuple[str, str], Page]:
    """Each place over time, by each measure that can be chosen there."""
    found: dict[tuple[str, str], Page] = {}
    for place in library.figure_counts():
        for choice in answer(library, Question(place=place)).measures:
            page = answer(library, Question(place=place, measure=choice.id))
            if page.chart.kind is ChartKind.TREND and page.place.code == place:
                found[place, choice.id] = page
    return found


def test_the_library_holds_every_row_and_no_other(library: Library) -> None:
    held = {figure.id for code in library.figure_counts() for figure in library.figures(place=code)}
    assert held == set(SHIPPED)
    assert len(SHIPPED) > 500


@pytest.fixture(scope="module")
def opened(library: Library) -> dict[str, Page]:
    """The page that choosing each figure opens."""
    first = Question(place="E23000023")
    return {
        one.id: answer(library, select_figure(one.id).apply_to(select_place(one.row["place"]).apply_to(first)))
        for one in SHIPPED.values()
    }


def test_choosing_any_figure_opens_its_card_with_the_packs_amount(opened: dict[str, Page]) -> None:
    for one in SHIPPED.values():
        card = opened[one.id].card
        assert opened[one.id].selected == one.id
        assert card is not None
        assert card.figure == one.id
        if one.number is None:
            assert _number(card.heading) is None, one.id
        else:
            assert _number(card.heading) == one.number, one.id


def test_every_card_quotes_what_was_printed_and_where(opened: dict[str, Page]) -> None:
    for one in SHIPPED.values():
        card = opened[one.id].card
        assert card is not None
        facts = {fact.label: fact.text for fact in card.facts}
        printed = one.row["printed"]
        ours = printed.startswith("our sum of ")
        assert facts["Not published" if ours else "As published"] == (printed if ours else f"“{printed}”")
        assert facts["Where"].casefold() == one.row["locator"].casefold(), one.id
        assert facts.get("Coverage", "") == one.row["coverage"], one.id
        assert facts.get("Share of", "") == one.row["base"], one.id
        assert facts["Pack"].partition(" ")[0] == one.id.partition("/")[0]
        assert (printed if ours else f"“{printed}”") in card.citation, one.id
        if one.row["qualifier"] != "exact":
            assert card.heading.casefold().startswith(one.row["qualifier"]), one.id


def test_every_mark_is_as_long_as_its_number(pages: list[Page]) -> None:
    drawn = 0
    for page in pages:
        for datum in (d for series in page.chart.series for d in series.data if d.figure):
            value = None if datum.value is None else Decimal(str(datum.value))
            assert value == SHIPPED[datum.figure].number, (datum.figure, page.question)
            drawn += 1
        for tile in (t for t in page.chart.tiles if t.figure):
            assert _number(tile.label) == SHIPPED[tile.figure].number, tile
            drawn += 1
    assert drawn > 1000


def test_every_row_of_a_table_has_its_number(pages: list[Page]) -> None:
    for page in pages:
        column = page.table.numeric[0]
        for row in (r for r in page.table.rows if r.figure):
            printed = SHIPPED[row.figure]
            cell = row.cells[column]
            told = None if cell.startswith("[") else _number(cell)
            assert told == printed.number, (row, page.question)
            assert printed.row["printed"] in row.cells, (row, page.question)


def test_the_chart_its_table_and_the_page_hold_the_same_figures(pages: list[Page]) -> None:
    for page in pages:
        drawn = sorted(page.chart.figure_ids())
        assert drawn == sorted(f.id for f in page.drawn), page.question
        assert drawn == sorted(row.figure for row in page.table.rows if row.figure), page.question


def test_every_amount_in_json_is_the_packs(library: Library, pages: list[Page]) -> None:
    def hold(point: dict[str, Any]) -> None:
        printed = SHIPPED[point["id"]]
        assert _in_json(point["amount"]) == printed.number, point
        assert point["printed"] == printed.row["printed"]
        assert point["qualifier"] == printed.row["qualifier"]
        assert (point["status"] or "") == printed.row["status"]

    for place in {page.place.code for page in pages}:
        own = [page for page in pages if page.place.code == place]
        for page in own:
            told = page_object(library, page)
            points = [point for series in told["series"] for point in series["points"]]
            assert bool(points) is bool(page.chart.series), page.question
            for point in points:
                hold(point)
        for point in page_object(library, own[0])["figures"]:
            hold(point)


PEOPLE = {"population", "population-0-17"}


def _held_in_the_usual_years(one: Printed) -> bool:
    """Whether a place has financial years of the measure that cover this period: those are drawn then."""
    period = parse_period(one.row["period"])
    same = (o for o in SHIPPED.values() if o.about[:2] == one.about[:2] and _FINANCIAL.match(o.row["period"]))
    days = sorted({(y.start, y.end) for y in (parse_period(o.row["period"]) for o in same)})
    return any(start <= period.end and end >= period.start for start, end in days)


def test_every_count_of_a_whole_year_is_drawn_on_its_places_trend(
    trends: dict[tuple[str, str], Page],
) -> None:
    held = 0
    for one in SHIPPED.values():
        counts = one.whole_year and one.undivided and one.unit in COUNTED
        if not counts or one.row["measure"] in PEOPLE:
            continue
        if not _FINANCIAL.match(one.row["period"]) and _held_in_the_usual_years(one):
            continue
        page = trends[one.row["place"], one.row["measure"]]
        drawn = set(page.chart.figure_ids())
        twins = {o.id for o in SHIPPED.values() if o.about == one.about and o.number == one.number}
        assert drawn & twins, f"{one.id} is not drawn, nor another that prints the same"
        held += 1
    assert held > 1000


def test_a_figure_that_another_stands_for_is_named_on_the_others_card(library: Library, pages: list[Page]) -> None:
    drawn = {figure for page in pages for figure in page.chart.figure_ids()}
    hidden = [
        one
        for one in SHIPPED.values()
        if one.id not in drawn and any(o.id in drawn and o.about == one.about for o in SHIPPED.values())
    ]
    for one in hidden:
        twin = next(o for o in SHIPPED.values() if o.id in drawn and o.about == one.about)
        page = answer(library, Question(place=one.row["place"], figure=twin.id))
        assert page.card is not None
        facts = {fact.label: fact.text for fact in page.card.facts}
        assert f"“{one.row['printed']}”" in facts.get("Also published by", ""), (one.id, twin.id)


def test_every_figure_that_says_something_of_offences_is_drawn_or_one_press_away(
    library: Library, pages: list[Page]
) -> None:
    """Populations are what rates stand on; everything else leads somewhere, or its equal does."""
    plain = [answer(library, Question(place=place)) for place in library.figure_counts()]
    reached = {figure for page in pages for figure in page.chart.figure_ids()}
    reached |= {link.figure for page in (*pages, *plain) for link in page.others}
    told = {one.about for one in SHIPPED.values() if one.id in reached}
    lost = [o for o in SHIPPED.values() if o.row["measure"] not in PEOPLE and o.about not in told]
    odd = [o for o in lost if not _FINANCIAL.match(o.row["period"]) and _held_in_the_usual_years(o)]
    assert [o.id for o in lost if o not in odd] == []
    for one in odd:
        place = library.places.get(one.row["place"]).name
        label = parse_period(one.row["period"]).label
        found = {f.id for f in library.find_figures(f"{one.row['printed']} {place} {label}", 500)}
        assert one.id in found, one.id


def test_no_chart_mixes_measures(pages: list[Page]) -> None:
    for page in pages:
        measures = {SHIPPED[figure].row["measure"] for figure in page.chart.figure_ids()}
        assert len(measures) == 1, page.question
