"""Places side by side: counts, an index or a rate, in place order, and never two measures in one chart."""

from __future__ import annotations

import csv
import math
import re
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings, strategies as st

from explorer.evidence.conflicts import Preference
from explorer.library.library import Library
from explorer.pages.model.chart import ChartKind, ChartShape, DataPoint, MarkFill
from explorer.pages.model.page import Page
from explorer.pages.model.question import (
    Question,
    TrendStyle,
    ValueScale,
    compare_with,
    select_period,
    set_base_period,
    set_scale,
    set_value_order,
)
from explorer.pages.page_builder import answer
from explorer.pages.selection.by_chart import MOST_PLACES
from explorer.pages.text import phrases
from tests.run_sizes import scale_examples

PACKS = Path(__file__).parents[3] / "data" / "packs"
CAMBRIDGESHIRE, NORTHAMPTONSHIRE, ESSEX = "E23000023", "E23000022", "E23000028"
KENT, DORSET, WILTSHIRE, THAMES_VALLEY = "E23000032", "E23000039", "E23000038", "E23000029"
UK, NORTHERN_IRELAND, YORKSHIRE = "K02000001", "N92000002", "E12000003"
SIX = (CAMBRIDGESHIRE, NORTHAMPTONSHIRE, ESSEX, KENT, DORSET, WILTSHIRE)
COUNTS = {
    CAMBRIDGESHIRE: (66, 71),
    NORTHAMPTONSHIRE: (26, 52),
    ESSEX: (60, 166),
    KENT: (122, 140),
    DORSET: (37, 84),
    WILTSHIRE: (28, 54),
}
"""Offences in 2017/18 and 2018/19, from the gathered evidence."""
PEOPLE = {
    CAMBRIDGESHIRE: 847151,
    NORTHAMPTONSHIRE: 741209,
    ESSEX: 1820379,
    KENT: 1832252,
    DORSET: 770689,
    WILTSHIRE: 716406,
}
"""People of all ages in the middle of 2017: of 2018 none are held on that basis."""
ROLLED, REBASED = "rolled forward from the 2011 Census", "rebased to the 2021 and 2022 censuses"
YEARS = ("2017/18", "2018/19")


def compared(library: Library, *places: str, **more: object) -> Page:
    first, *rest = places
    asked = compare_with(*rest).apply_to(Question(place=first, measure="scc-offences", **more))  # type: ignore[arg-type]
    page = answer(library, asked)
    assert page.chart.kind is ChartKind.COMPARE
    return page


def data(page: Page) -> list[DataPoint]:
    return [datum for series in page.chart.series for datum in series.data]


def values(library: Library, page: Page) -> dict[tuple[str, str], float | None]:
    """What is drawn, by place and period."""
    figures = [(library.figure(d.figure), d) for d in data(page) if d.figure]
    return {(f.place, f.period.text): d.value for f, d in figures}


def rows(page: Page) -> list[str]:
    """The names on the category axis, from the top."""
    return [tick.label for tick in sorted(page.chart.categories.ticks, key=lambda tick: tick.at)]


def test_the_evidence_used_here_is_the_packs(library: Library) -> None:
    for place, counts in COUNTS.items():
        held = library.figures(place=place, measure="scc-offences", platform="")
        for year, number in zip(YEARS, counts, strict=True):
            assert {f.amount.number for f in held if f.period.text == year and not f.breakdown} == {number}
        people = library.figures(place=place, measure="population")
        held = [f for f in people if f.period.text in {"2017", "2018"} and not f.breakdown]
        assert [(f.period.text, f.amount.number, f.basis) for f in held] == [("2017", PEOPLE[place], ROLLED)]


class TestCounts:
    def test_six_places_show_the_counts_of_the_years_they_share(self, library: Library) -> None:
        page = compared(library, *SIX)
        told = values(library, page)
        for place, counts in COUNTS.items():
            assert tuple(told[place, year] for year in YEARS) == counts
        assert page.chart.shape is ChartShape.ROWS
        assert len(page.choices.beside) == 5
        assert not page.choices.can_add

    def test_one_period_alone(self, library: Library) -> None:
        page = answer(library, select_period("2018/19").apply_to(compared(library, *SIX).question))
        assert set(values(library, page)) == {(place, "2018/19") for place in SIX}

    def test_places_stand_in_place_order_however_they_were_asked_for(self, library: Library) -> None:
        names = [library.places.get(code).name for code in sorted(SIX, key=library.places.position)]
        for order in (SIX, tuple(reversed(SIX)), (DORSET, *(p for p in SIX if p != DORSET))):
            page = compared(library, *order)
            assert rows(page) == names
            assert phrases.NOT_A_LEAGUE not in page.chart.notes

    @pytest.mark.parametrize(
        ("others", "title"),
        [
            ((ESSEX, "E08000025"), "2018/19: Kent 140 offences, Essex 166"),
            ((ESSEX, "E08000025", WILTSHIRE), "Kent: 140 offences in 2018/19, beside 2 other places"),
            (("E08000025",), "Kent: 140 offences in 2018/19"),
        ],
    )
    def test_a_title_counts_the_places_that_have_a_number(
        self, library: Library, others: tuple[str, ...], title: str
    ) -> None:
        for style in TrendStyle:
            page = compared(library, KENT, *others, style=style)
            assert page.chart.title == title
            assert page.notice == "We hold no figure to compare for Birmingham."
            assert "We hold no figure of this measure for Birmingham in these periods." in page.chart.notes

    def test_order_of_value_is_a_choice_that_says_it_is_no_league_table(self, library: Library) -> None:
        page = answer(library, set_value_order(by_value=True).apply_to(compared(library, *SIX).question))
        greatest = sorted(SIX, key=lambda place: -COUNTS[place][1])
        last = [d for d in page.chart.series if d.name == "2018/19"] or list(page.chart.series[-1:])
        drawn = sorted((d for d in last[0].data if d.figure), key=lambda d: d.at)
        assert phrases.NOT_A_LEAGUE in page.chart.notes
        assert [library.figure(d.figure).place for d in drawn] == greatest

    def test_more_than_six_are_cut(self, library: Library) -> None:
        page = compared(library, *SIX, THAMES_VALLEY)
        assert MOST_PLACES == 6
        assert THAMES_VALLEY not in {f.place for f in page.drawn}
        assert {f.place for f in page.drawn} == set(SIX)
        assert [crumb.code for crumb in page.choices.beside] == list(SIX[1:])

    def test_a_place_is_never_beside_itself_nor_twice(self, library: Library) -> None:
        page = compared(library, CAMBRIDGESHIRE, CAMBRIDGESHIRE, KENT, KENT, "no such place")
        assert [crumb.code for crumb in page.choices.beside] == [KENT]

    def test_counts_are_said_not_to_be_rates(self, library: Library) -> None:
        assert phrases.COUNTS_NOT_RATES in compared(library, *SIX).chart.notes

    def test_a_number_that_is_not_printed_is_not_zero(self, library: Library) -> None:
        page = compared(library, CAMBRIDGESHIRE, KENT, UK)
        missing = [d for d in data(page) if d.fill is MarkFill.MISSING]
        assert all(d.value is None and d.label.startswith("[x]") for d in missing)
        assert phrases.MISSING_KEY in page.chart.notes or not missing

    def test_as_lines_each_place_is_one_series(self, library: Library) -> None:
        page = compared(library, *SIX, style=TrendStyle.LINE)
        assert page.chart.shape is ChartShape.LINES
        assert [series.name for series in page.chart.series] == [
            library.places.get(code).name for code in sorted(SIX, key=library.places.position)
        ]
        told = values(library, page)
        for place, counts in COUNTS.items():
            assert tuple(told[place, year] for year in YEARS) == counts


UNCLEAR = {CAMBRIDGESHIRE, KENT}
"""Where chance alone could make the difference between the two counts: 66 and 71, 122 and 140."""


def _index(place: str) -> str:
    """The index of 2018/19 on 2017/18: whole, as the base is under 1,000; in brackets where it is unclear."""
    first, last = COUNTS[place]
    whole = f"{(Decimal(last) / Decimal(first) * 100).quantize(Decimal(1))}"
    return f"({whole})" if place in UNCLEAR else whole


class TestIndex:
    def test_every_value_is_the_count_over_that_of_the_base(self, library: Library) -> None:
        page = answer(library, set_base_period("2017/18").apply_to(compared(library, *SIX).question))
        told = values(library, page)
        for place, (first, last) in COUNTS.items():
            assert told[place, "2017/18"] == 100
            exact = Decimal(last) / Decimal(first) * 100
            assert told[place, "2018/19"] == pytest.approx(float(exact), abs=1e-9)
            label = next(d.label for d in data(page) if d.value == told[place, "2018/19"])
            assert label == f"{_index(place)}  2018/19"

    def test_an_index_that_chance_could_make_is_in_brackets_and_explained(self, library: Library) -> None:
        page = answer(library, set_base_period("2017/18").apply_to(compared(library, *SIX).question))
        unclear = {library.figure(d.figure).place for d in data(page) if d.label.startswith("(")}
        assert unclear == UNCLEAR
        said = "A number in brackets is no clear change: chance alone could make the difference."
        assert any(note.endswith(said) for note in page.chart.notes)

    def test_the_base_is_said(self, library: Library) -> None:
        page = answer(library, set_base_period("2018/19").apply_to(compared(library, *SIX).question))
        assert page.chart.values.title == "Index: 2018/19 = 100"
        assert any("number of 2018/19 is 100" in note for note in page.chart.notes)
        assert "2018/19" in page.chart.title
        assert [c.id for c in page.choices.bases if c.chosen] == ["2018/19"]
        assert {values(library, page)[place, "2018/19"] for place in SIX} == {100}

    def test_two_places_are_told_with_the_year_of_their_index(self, library: Library) -> None:
        two = tuple(list(COUNTS)[:2])
        page = answer(library, set_base_period("2017/18").apply_to(compared(library, *two).question))
        told = ", ".join(f"{library.places.get(place).name} {_index(place)}" for place in two)
        assert page.chart.title == f"2018/19: {told} (2017/18 = 100)"

    def test_the_table_has_the_index_beside_the_count(self, library: Library) -> None:
        page = answer(library, set_base_period("2017/18").apply_to(compared(library, *SIX).question))
        columns = page.table.columns
        number, index = columns.index("Offences recorded"), columns.index("Index (2017/18 = 100)")
        cells = {row.figure: row.cells for row in page.table.rows}
        for figure in page.drawn:
            assert cells[figure.id][number] == str(figure.amount.number)
            base = figure.period.text == "2017/18"
            assert cells[figure.id][index] == ("100" if base else _index(figure.place))

    def test_without_a_number_of_the_base_it_is_refused(self, library: Library) -> None:
        """Gloucestershire has counts of 2017/18 and 2019/20, none of 2018/19."""
        gloucestershire = "E23000037"
        question = compared(library, CAMBRIDGESHIRE, gloucestershire, style=TrendStyle.LINE).question
        page = answer(library, set_base_period("2018/19").apply_to(question))
        told = values(library, page)
        assert [key for key in told if key[0] == gloucestershire and told[key] is not None] == []
        assert told[CAMBRIDGESHIRE, "2019/20"] == pytest.approx(77 / 71 * 100)
        said = "We hold no number of 2018/19 for Gloucestershire: no index is worked out."
        assert said in page.chart.notes
        usual = answer(library, set_base_period("2017/18").apply_to(question))
        assert values(library, usual)[gloucestershire, "2019/20"] == pytest.approx(45 / 25 * 100)

    def test_a_place_without_any_of_the_periods_is_named(self, library: Library) -> None:
        """The South East has figures of a quarter and of 2024/25, none that these two share."""
        page = compared(library, YORKSHIRE, "E12000002", "E12000008")
        assert "E12000008" not in {figure.place for figure in page.drawn}
        said = "We hold no figure of this measure for the South East in these periods."
        assert said in page.chart.notes
        assert page.notice == "We hold no figure to compare for the South East."

    def test_it_is_refused_across_a_change_of_coverage(self, library: Library) -> None:
        """41 forces answered for the UK's 2021/22 and 42, 45 and 44 after it."""
        question = compared(library, UK, NORTHERN_IRELAND, style=TrendStyle.LINE).question
        page = answer(library, set_base_period("2021/22").apply_to(question))
        told = values(library, page)
        assert told[UK, "2021/22"] == 100
        assert all(told.get((UK, year)) is None for year in ("2022/23", "2023/24", "2024/25"))
        assert told[NORTHERN_IRELAND, "2022/23"] == pytest.approx(198 / 197 * 100)
        assert (
            "No index where two figures are not known to count the same, or one is in doubt: United Kingdom "
            "2017/18, United Kingdom 2022/23, United Kingdom 2023/24 and United Kingdom 2024/25."
        ) in page.chart.notes
        assert page.chart.title == "United Kingdom: no index can be worked out since 2021/22"

    def test_a_part_of_a_year_has_no_index_of_a_whole_one(self, library: Library) -> None:
        question = compared(library, CAMBRIDGESHIRE, "E23000035", style=TrendStyle.LINE).question
        page = answer(library, set_base_period("2017/18").apply_to(question))
        told = values(library, page)
        assert told[CAMBRIDGESHIRE, "2018/19"] == pytest.approx(71 / 66 * 100)
        assert told.get((CAMBRIDGESHIRE, "2020-04/2020-06")) is None
        assert told.get(("E23000035", "2020-04/2020-06")) is None

    def test_a_whole_index_in_bars_marks_what_is_not_worked_out(self, library: Library) -> None:
        page = answer(library, set_base_period("2021/22").apply_to(compared(library, UK, NORTHERN_IRELAND).question))
        for datum in (d for d in data(page) if d.value is None):
            assert datum.fill is MarkFill.MISSING
            assert datum.label.startswith("[x]")
            assert datum.name.endswith(" offences; not worked out, see the notes")
        assert [d.name.split(",")[0] for d in data(page) if d.value is None] == ["United Kingdom"] * 2
        assert phrases.NOT_WORKED_OUT_KEY in page.chart.notes
        assert phrases.MISSING_KEY not in page.chart.notes


class TestRate:
    def test_every_value_is_the_count_over_the_population_of_its_year(self, library: Library) -> None:
        page = answer(library, set_scale(ValueScale.RATE).apply_to(compared(library, *SIX).question))
        told = values(library, page)
        for place in SIX:
            exact = Decimal(COUNTS[place][0]) / Decimal(PEOPLE[place]) * 100_000
            assert told[place, "2017/18"] == pytest.approx(float(exact), abs=1e-9)
            assert told[place, "2018/19"] is None
        assert page.chart.title == "Cambridgeshire: 7.8 per 100,000 people in 2017/18"
        refused = next(n for n in page.chart.notes if n.startswith("No rate, as we hold no population"))
        assert all(f"{library.places.get(place).name} 2018/19" in refused for place in SIX)

    def test_each_rate_has_its_interval_on_the_chart_and_in_the_table(self, library: Library) -> None:
        page = answer(library, set_scale(ValueScale.RATE).apply_to(compared(library, *SIX).question))
        column = page.table.columns.index("95% interval")
        cells = {row.cells[:2]: row.cells[column] for row in page.table.rows}
        assert cells["Cambridgeshire", "2017/18"] == "6.0 to 9.9"
        assert cells["Cambridgeshire", "2018/19"] == ""
        for datum in (d for d in data(page) if d.value is not None):
            assert datum.value is not None
            assert datum.low is not None
            assert datum.high is not None
            assert datum.low < datum.value < datum.high

    def test_children_are_counted_in_both_years(self, library: Library) -> None:
        page = answer(library, set_scale(ValueScale.CHILDREN).apply_to(compared(library, *SIX).question))
        assert page.chart.title == "Cambridgeshire: 3.8 per 10,000 children in 2018/19"
        told = values(library, page)
        for place in SIX:
            people = library.figures(place=place, measure="population-0-17")
            for at_, year in enumerate(YEARS):
                (held,) = [f for f in people if f.period.text == year[:4]]
                exact = Decimal(COUNTS[place][at_]) / (held.amount.number or Decimal(0)) * 10_000
                assert told[place, year] == pytest.approx(float(exact), abs=1e-9)
        (note,) = [n for n in page.chart.notes if n.startswith("Rates are per 10,000 children")]
        assert f"of 2017 and 2018, {REBASED}" in note

    def test_year_and_source_of_the_population_are_said(self, library: Library) -> None:
        page = answer(library, set_scale(ValueScale.RATE).apply_to(compared(library, *SIX).question))
        (note,) = [n for n in page.chart.notes if n.startswith("Rates are per 100,000 people")]
        assert f"mid-year population estimates of 2017, {ROLLED} (Office for National Statistics)" in note
        people = [f for p in SIX for f in library.figures(place=p, measure="population")]
        used = {f.source for f in people if f.period.text == "2017"}
        assert all(library.source(source).publisher in note for source in used)
        assert all(library.source(source).publisher in page.chart.source_line for source in used)
        assert "population-mid-year" in page.chart.source_line
        assert phrases.COUNTS_NOT_RATES not in page.chart.notes

    def test_a_year_without_a_population_is_refused(self, library: Library) -> None:
        question = compared(library, "E23000022", "E23000010", style=TrendStyle.LINE).question
        page = answer(library, set_scale(ValueScale.RATE).apply_to(question))
        told = values(library, page)
        assert told["E23000022", "2017/18"] == pytest.approx(26 / 741209 * 100_000)
        assert told.get(("E23000022", "2024/25")) is None
        assert told["E23000010", "2017/18"] == pytest.approx(147 / 2307036 * 100_000, abs=1e-3)
        assert told.get(("E23000010", "2024/25")) is None
        assert (
            "No rate, as we hold no population or do not know which forces are counted: "
            "West Yorkshire 2024/25 and Northamptonshire 2018/19."
        ) in page.chart.notes
        assert (
            "No rate, as the population is estimated on another basis than the others: Northamptonshire 2024/25."
        ) in page.chart.notes

    def test_the_title_counts_the_places_that_have_a_rate(self, library: Library) -> None:
        asked = compared(library, KENT, "W92000004", ESSEX, "E23000003", style=TrendStyle.LINE).question
        chart = answer(library, set_scale(ValueScale.RATE).apply_to(asked)).chart
        assert [series.name for series in chart.series] == ["Lancashire", "Essex", "Kent"]
        assert chart.title == "Kent: 6.7 per 100,000 people in 2017/18"
        refused = next(n for n in chart.notes if n.startswith("No rate, as we hold no population"))
        assert all(f"Wales {year}" in refused for year in ("2017/18", "2021/22", "2023/24", "2024/25"))

    def test_the_city_of_london_has_no_rate_as_few_people_live_there(self, library: Library) -> None:
        met, city = "E23000001", "E23000034"
        asked = Question(
            place=met,
            chart=ChartKind.COMPARE,
            scale=ValueScale.RATE,
            beside=(city,),
            style=TrendStyle.LINE,
            measure="ho-88a",
        )
        page = answer(library, asked)
        told = values(library, page)
        assert told[met, "2019/20"] == pytest.approx(603 / 8952268 * 100_000)
        assert [key for key, value in told.items() if key[0] == city and value is not None] == []
        few = next(n for n in page.chart.notes if n.startswith("Fewer than 3 offences, or fewer than 50,000"))
        assert "City of London 2019/20" in few


# Whatever is asked for

_DOMAIN: dict[str, list[str]] = {"places": [], "periods": [], "measures": []}
for _path in PACKS.glob("*/figures.csv"):
    with _path.open(encoding="utf-8", newline="") as _file:
        for _row in csv.DictReader(_file):
            _DOMAIN["places"].append(_row["place"])
            _DOMAIN["periods"].append(_row["period"])
            _DOMAIN["measures"].append(_row["measure"])
_PLACES = st.sampled_from([*sorted(set(_DOMAIN["places"])), "E06000031", "PSNI", "nowhere"])
_PERIODS = st.sampled_from(["", "2031/32", "soon", *sorted(set(_DOMAIN["periods"]))])
_QUESTIONS = st.builds(
    Question,
    place=_PLACES,
    chart=st.sampled_from(ChartKind),
    style=st.sampled_from(TrendStyle),
    measure=st.sampled_from(["", "no-such-measure", *sorted(set(_DOMAIN["measures"]))]),
    beside=st.lists(_PLACES, max_size=8).map(tuple),
    scale=st.sampled_from(ValueScale),
    base=_PERIODS,
    since=_PERIODS,
    until=_PERIODS,
    period=_PERIODS,
    events=st.booleans(),
    groups=st.booleans(),
    by_value=st.booleans(),
    rule=st.sampled_from(Preference),
)


def _finite(chart_numbers: list[float | None]) -> bool:
    return all(number is None or math.isfinite(number) for number in chart_numbers)


@settings(max_examples=scale_examples(250), deadline=None)
@given(question=_QUESTIONS)
def test_whatever_is_asked_no_chart_mixes_measures_or_lacks_its_words(library: Library, question: Question) -> None:
    page = answer(library, question)
    chart = page.chart
    assert len({figure.measure for figure in page.drawn}) <= 1
    assert len(chart.title.split()) <= 12, chart.title
    assert chart.title
    assert chart.subtitle
    assert chart.alt_text
    assert chart.source_line or not page.drawn
    assert len({figure.place for figure in page.drawn}) <= MOST_PLACES or chart.kind is ChartKind.MAP
    several = data(page)
    assert _finite([n for d in several for n in (d.start, d.end, d.at, d.value, d.low, d.high)])
    assert _finite([n for a in (chart.categories, chart.values) for n in (a.low, a.high)])
    assert _finite([flag.at for flag in chart.flags])
    for datum in several:
        assert chart.categories.low <= datum.start <= datum.end <= chart.categories.high
        assert datum.value is None or chart.values.low <= datum.value <= chart.values.high
        assert datum.value is None or datum.value >= 0 or library.figure(datum.figure).measure == "scc-change"
        assert datum.fill is MarkFill.MISSING or datum.value is not None


@settings(max_examples=scale_examples(250), deadline=None)
@given(question=_QUESTIONS)
def test_whatever_is_asked_each_series_is_one_place_platform_or_period(library: Library, question: Question) -> None:
    page = answer(library, question)
    for series in page.chart.series:
        figures = [library.figure(d.figure) for d in series.data if d.figure]
        one_place = len({f.place for f in figures}) <= 1
        one_platform = len({f.platform for f in figures}) == 1 and figures[0].platform is not None
        one_period = len({f.period.text for f in figures}) == 1 and page.chart.shape is ChartShape.ROWS
        assert one_place or one_platform or one_period, page.question


@settings(max_examples=scale_examples(250), deadline=None)
@given(question=_QUESTIONS)
def test_whatever_is_asked_the_text_alternative_holds_every_number(library: Library, question: Question) -> None:
    page = answer(library, question)
    for datum in data(page):
        number = re.search(r"\d[\d,]*(?:\.\d+)?", datum.label)
        if datum.value is not None:
            assert number is not None, datum.label
            assert number[0] in page.chart.alt_text, (datum.label, page.chart.alt_text)
        assert datum.name.rstrip(".").casefold() in page.chart.alt_text.casefold()
    for tile in page.chart.tiles:
        number = re.search(r"\d[\d,]*(?:\.\d+)?", tile.label)
        if number is not None:
            assert number[0] in page.chart.alt_text


def test_parts_of_years_look_like_parts_beside_whole_years(library):
    asked = Question(
        place="E23000003", chart=ChartKind.COMPARE, style=TrendStyle.LINE, beside=("W92000004", "E23000023")
    )
    data = [datum for one in answer(library, asked).chart.series for datum in one.data]
    fills = {datum.category if hasattr(datum, "category") else datum.name: datum.fill for datum in data}
    assert {fill for name, fill in fills.items() if "Apr" in name or "April" in name} == {MarkFill.PART}
    assert MarkFill.SOLID in fills.values()


def test_what_is_printed_otherwise_is_said_beside_other_places_too(library):
    notes = compared(library, KENT, "E23000003", style=TrendStyle.LINE).chart.notes
    said = "64 (Lancaster & Morecambe Citizen, September 2019) is published too."
    assert f"Lancashire, 2017/18: 175 is shown first; {said}" in notes
