"""Counts over time of the places that the record knows best, held number by number against the evidence.

The lists below were written from the gathered evidence itself and not from a pack or a page: what is solid
is preferred (the newest publication), what is hollow is another number for the same thing or is in doubt.
"""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

import pytest
from msgspec import Struct

from explorer.evidence.conflicts import Preference
from explorer.library.library import Library
from explorer.pages.model.chart import ChartKind, ChartShape, DataPoint, MarkFill
from explorer.pages.model.page import Page
from explorer.pages.model.question import Question, TrendStyle, set_preference, set_style
from explorer.pages.page_builder import answer
from tests.run_sizes import plain_and_slow

CAMBRIDGESHIRE, KENT, LANCASHIRE = "E23000023", "E23000032", "E23000003"
NORTHERN_IRELAND, WALES, EAST = "N92000002", "W92000004", "E12000006"
ENGLAND_AND_WALES, UK, NORTH_WEST = "K04000001", "K02000001", "E12000002"
SCC = "scc-offences"


class Mark(Struct, frozen=True):
    """A number as a chart over time shows it."""

    period: str
    number: int
    hollow: bool = False
    joined: bool = False


def solid(period: str, number: int) -> Mark:
    return Mark(period, number)


def joined(period: str, number: int) -> Mark:
    return Mark(period, number, joined=True)


def hollow(period: str, number: int) -> Mark:
    return Mark(period, number, hollow=True)


EXPECTED = {
    CAMBRIDGESHIRE: {
        "Cambridgeshire": [
            solid("2017/18", 66),
            joined("2018/19", 71),
            joined("2019/20", 77),
            solid("2020-04/2020-06", 22),
        ]
    },
    KENT: {"Kent": [solid("2017/18", 122), joined("2018/19", 140)]},
    NORTHERN_IRELAND: {
        "Northern Ireland": [
            solid("2017/18", 82),
            joined("2018/19", 127),
            hollow("2019/20", 186),
            joined("2019/20", 184),
            hollow("2020/21", 196),
            joined("2020/21", 195),
            joined("2021/22", 197),
            joined("2022/23", 198),
        ]
    },
    WALES: {
        "Wales": [
            hollow("2017/18", 274),
            solid("2020-04/2020-06", 133),
            solid("2021/22", 326),
            solid("2023/24", 554),
            joined("2024/25", 549),
        ]
    },
    EAST: {
        "East of England": [
            solid("2017/18", 336),
            hollow("2020-04/2020-06", 114),
            solid("2021/22", 671),
            joined("2022/23", 676),
        ]
    },
    ENGLAND_AND_WALES: {
        "England and Wales": [
            hollow("2017/18", 3171),
            solid("2017/18", 3217),
            joined("2018/19", 4373),
            solid("2020/21", 5441),
        ]
    },
    UK: {
        "United Kingdom": [
            solid("2017/18", 3728),
            solid("2021/22", 6156),
            solid("2022/23", 6350),
            solid("2023/24", 7062),
            solid("2024/25", 7263),
        ],
        "England and Wales": [
            hollow("2017/18", 3171),
            solid("2017/18", 3217),
            joined("2018/19", 4373),
            solid("2020/21", 5441),
        ],
    },
}
CODES = {"United Kingdom": UK, "England and Wales": ENGLAND_AND_WALES}


def trend(
    library: Library, place: str, rule: Preference = Preference.NEWEST, how: TrendStyle = TrendStyle.LINE
) -> Page:
    asked = set_style(how).apply_to(Question(place=place, measure=SCC))
    page = answer(library, set_preference(rule).apply_to(asked))
    assert page.chart.kind is ChartKind.TREND
    assert page.place.code == place
    return page


def marks(library: Library, page: Page, series: str) -> list[Mark]:
    (found,) = [one for one in page.chart.series if one.name == series]
    return [
        Mark(
            library.figure(d.figure).period.text,
            int(d.value or 0),
            hollow=d.fill is MarkFill.HOLLOW,
            joined=d.joined,
        )
        for d in found.data
    ]


def unordered(several: list[Mark]) -> list[Mark]:
    return sorted(several, key=lambda one: (one.period, one.number))


@pytest.mark.parametrize("place", plain_and_slow(EXPECTED, 2))
def test_the_trend_is_the_evidence_number_by_number(library: Library, place: str) -> None:
    page = trend(library, place)
    assert [series.name for series in page.chart.series] == list(EXPECTED[place])
    for name, expected in EXPECTED[place].items():
        assert unordered(marks(library, page, name)) == unordered(expected)


@pytest.mark.parametrize("place", EXPECTED)
def test_each_series_is_one_place(library: Library, place: str) -> None:
    page = trend(library, place)
    for series in page.chart.series:
        codes = {library.figure(datum.figure).place for datum in series.data}
        assert codes == {CODES.get(series.name, place)}


@pytest.mark.parametrize("place", EXPECTED)
def test_bars_and_lines_show_the_same(library: Library, place: str) -> None:
    bars, line = trend(library, place, how=TrendStyle.BARS), trend(library, place)
    assert (bars.chart.shape, line.chart.shape) == (ChartShape.COLUMNS, ChartShape.LINES)
    assert bars.chart.figure_ids() == line.chart.figure_ids()
    assert bars.table == line.table


@pytest.mark.parametrize("place", EXPECTED)
def test_marks_stand_within_their_periods_and_never_on_one_another(library: Library, place: str) -> None:
    page = trend(library, place, how=TrendStyle.BARS)
    apart: dict[tuple[float, float], list[str]] = {}
    for series in page.chart.series:
        for datum in series.data:
            period = library.figure(datum.figure).period
            first = period.start.year + (period.start.month - 1) / 12
            last = period.end.year + period.end.month / 12
            assert first <= datum.start < datum.at < datum.end <= last
            if datum.fill is not MarkFill.HOLLOW:
                apart.setdefault((datum.start, datum.end), []).append(datum.figure)
    spans = sorted(apart)
    assert all(before[1] <= after[0] for before, after in pairwise(spans))
    assert all(len(figures) == 1 for figures in apart.values())


def test_3728_is_the_uks_own_and_3171_and_3217_are_england_and_wales_s(library: Library) -> None:
    page = trend(library, UK)
    told = {
        (d.label, library.figure(d.figure).place, d.fill)
        for series in page.chart.series
        for d in series.data
        if library.figure(d.figure).period.text == "2017/18"
    }
    assert told == {
        ("3,728", UK, MarkFill.SOLID),
        ("3,217", ENGLAND_AND_WALES, MarkFill.SOLID),
        ("3,171", ENGLAND_AND_WALES, MarkFill.HOLLOW),
    }
    assert len({series.role for series in page.chart.series}) == 2
    assert any("earlier ones are for England and Wales" in note for note in page.chart.notes)


def test_the_uks_figure_is_in_no_conflict_with_england_and_wales_s(library: Library) -> None:
    page = trend(library, UK)
    own = next(d for d in page.chart.series[0].data if d.label == "3,728")
    card = answer(library, Question(place=UK, figure=own.figure)).card
    assert card is not None
    printed_otherwise = [d for d in card.disagreements if d.kind == "published differently"]
    assert not any("3,217" in d.text or "3,171" in d.text for d in printed_otherwise)


@pytest.mark.parametrize(
    ("place", "period", "newest", "first"),
    [
        (NORTHERN_IRELAND, "2019/20", 184, 186),
        (NORTHERN_IRELAND, "2020/21", 195, 196),
        (ENGLAND_AND_WALES, "2017/18", 3217, 3171),
    ],
)
def test_of_two_numbers_the_rule_says_which_is_solid(
    library: Library, place: str, period: str, newest: int, first: int
) -> None:
    for rule, preferred, other in ((Preference.NEWEST, newest, first), (Preference.FIRST, first, newest)):
        page = trend(library, place, rule)
        found = [m for m in marks(library, page, page.chart.series[0].name) if m.period == period]
        assert {m.number: m.hollow for m in found} == {preferred: False, other: True}
        assert any(fill is MarkFill.HOLLOW for fill, _ in page.chart.keys)


@pytest.mark.parametrize("rule", list(Preference))
def test_a_number_in_doubt_is_solid_by_no_rule(library: Library, rule: Preference) -> None:
    """64 is the newer of Lancashire's two, and no sum of its other counts leaves so few."""
    page = trend(library, LANCASHIRE, rule)
    found = [m for m in marks(library, page, "Lancashire") if m.period == "2017/18"]
    assert {m.number: m.hollow for m in found} == {175: False, 64: True}
    (doubted,) = [d for d in page.chart.series[0].data if d.value == 64]
    assert doubted.label == "64 in doubt"
    assert page.chart.title == "Lancashire: up from 175 to 252 offences since 2017/18"


@pytest.mark.parametrize(
    ("place", "numbers", "preferred"),
    [(LANCASHIRE, {"64", "175"}, "175"), (NORTHERN_IRELAND, {"184", "186"}, "184")],
)
def test_the_conflict_stands_on_the_card_with_both_sides(
    library: Library, place: str, numbers: set[str], preferred: str
) -> None:
    page = trend(library, place)
    data = [d for d in page.chart.series[0].data if _first(d.label) in numbers]
    for datum in data:
        card = answer(library, Question(place=place, figure=datum.figure)).card
        assert card is not None
        (differing,) = [d for d in card.disagreements if numbers <= {_first(s.amount) for s in d.sides}]
        assert [_first(s.amount) for s in differing.sides if s.preferred] == [preferred]
        assert all(side.source and side.printed for side in differing.sides)
        assert differing.text
    assert len(data) == 2


def _first(amount: str) -> str:
    return amount.partition(" ")[0]


def test_nothing_is_worked_out_of_2024_25_and_2017_18_and_the_published_change_is_one_press_away(
    library: Library,
) -> None:
    """3,728 and 7,263 are not known to count the same forces: both are drawn, and no 95% is made of them."""
    page = trend(library, UK)
    numbers = {m.period: m.number for m in marks(library, page, "United Kingdom")}
    assert (numbers["2017/18"], numbers["2024/25"]) == (3728, 7263)
    ends = {f"nspcc-2025/uk-offences-{year}" for year in ("2017-18", "2024-25")}
    assert ends <= set(page.chart.figure_ids())
    assert not [w for w in page.workings if ends <= set(w.inputs)]
    assert not [w for w in page.workings if set(w.inputs) & ends and w.amount.endswith("%")]
    assert page.chart.title == "United Kingdom: 7,263 offences recorded in 2024/25"
    (published,) = [link for link in page.others if "Since 2017/18" in link.label]
    assert published.label == "Since 2017/18, United Kingdom, 2024/25: +99% in offences recorded"
    assert library.figure(published.figure).amount.number == Decimal(99)


def test_why_nothing_is_worked_out_of_them_is_said(library: Library) -> None:
    page = trend(library, UK)
    unknown = (
        "Which police forces are counted is not known for every period: "
        "no line joins those, and no change is worked out."
    )
    assert unknown in page.chart.notes
    assert "Which police forces are counted in each figure: that is not known for all of them." in page.cannot_tell
    card = answer(library, Question(place=UK, figure="nspcc-2025/uk-change-since-2017-18-2024-25")).card
    assert card is not None
    assert card.heading == "+99% in offences recorded"
    facts = {fact.label: fact.text for fact in card.facts}
    assert facts["Coverage"].startswith("Comparable forces only, as printed")


class TestBreaks:
    """Where coverage changes no line runs, a flag stands and no percentage is worked out."""

    def test_a_flag_stands_between_the_figures_of_every_break(self, library: Library) -> None:
        flags = {f.at: f for f in trend(library, UK).chart.flags if f.break_}
        assert sorted(flags) == [2020.25, 2021.25, 2022.25, 2023.25, 2024.25]
        assert "England and Wales" in flags[2021.25].name
        assert "the United Kingdom" in flags[2021.25].label
        assert "42 police forces answered for 2022/23 and 45 for 2023/24" in flags[2023.25].name

    def test_the_break_after_41_of_44_is_not_drawn_where_the_preferred_figure_has_43(self, library: Library) -> None:
        page = trend(library, ENGLAND_AND_WALES)
        assert [f.at for f in page.chart.flags if f.break_] == [2020.25]
        first = trend(library, ENGLAND_AND_WALES, Preference.FIRST)
        assert 2018.25 in [f.at for f in first.chart.flags if f.break_]
        later = next(d for d in first.chart.series[0].data if "4,373" in d.label)
        assert not later.joined

    @pytest.mark.parametrize("rule", list(Preference))
    def test_no_line_runs_across_a_break_anywhere(self, library: Library, rule: Preference) -> None:
        seen = 0
        for place in library.figure_counts():
            page = answer(library, Question(place=place, style=TrendStyle.LINE, rule=rule))
            if len(page.chart.series) > 1:
                continue  # a flag may be the other series' own: the UK's lines are told one by one above
            breaks = [flag for flag in page.chart.flags if flag.break_]
            for series in page.chart.series:
                for before, after in _lines(series.data):
                    assert not any(before.at < flag.at <= after.at for flag in breaks)
                    seen += 1
        assert seen > 20

    def test_a_break_is_said_in_the_notes(self, library: Library) -> None:
        for place in library.figure_counts():
            page = answer(library, Question(place=place, style=TrendStyle.LINE))
            if page.chart.kind is ChartKind.TREND and any(f.break_ for f in page.chart.flags):
                assert any(n.startswith("No line runs where coverage changes") for n in page.chart.notes)

    def test_a_number_of_forces_that_is_the_only_change_is_told_in_a_whole_sentence(self, library: Library) -> None:
        (told,) = [n for n in trend(library, ENGLAND_AND_WALES).chart.notes if n.startswith("No line runs")]
        assert told == "No line runs where coverage changes: the number of forces that answered changes."

    def test_an_event_is_no_break(self, library: Library) -> None:
        asked = Question(place=CAMBRIDGESHIRE, measure=SCC, events=True)
        flags = answer(library, asked).chart.flags
        assert flags
        assert not any(flag.break_ for flag in flags)

    @pytest.mark.parametrize("rule", list(Preference))
    def test_a_percentage_across_a_break_is_refused_unless_one_is_printed(
        self, library: Library, rule: Preference
    ) -> None:
        for place in library.figure_counts():
            page = answer(library, Question(place=place, rule=rule))
            for working in page.workings:
                given = [library.figure(i) for i in working.inputs]
                if not working.amount.endswith("%") or any(f.measure == "scc-change" for f in given):
                    continue
                counts = [f for f in given if f.measure == given[0].measure and f.place == given[0].place]
                answered = {f.forces_responding for f in counts if f.forces_responding is not None}
                region = len(counts) == 2 and counts[0].place[0] in "KE" and counts[0].place[:3] != "E23"
                assert not (region and len(answered) > 1), working.text

    def test_the_uk_has_no_percentage_from_a_year_of_42_forces_to_one_of_45(self, library: Library) -> None:
        texts = [w.text for w in trend(library, UK).workings if "%" in w.amount]
        assert not any("2022/23" in text and "2023/24" in text for text in texts)
        assert not any("2020/21" in text and "2021/22" in text for text in texts)

    def test_the_north_west_with_and_without_cumbria(self, library: Library) -> None:
        """565 (2017/18) counts four forces, as one of its two reports says, and 1,086 (2023/24) five."""
        page = trend(library, NORTH_WEST)
        texts = [w.text for w in page.workings if "%" in w.amount]
        assert not any("2017/18" in text and "2023/24" in text for text in texts)
        (last,) = [d for d in page.chart.series[0].data if d.value == 1086]
        assert not last.joined


def _lines(data: tuple[DataPoint, ...]) -> list[tuple[DataPoint, DataPoint]]:
    """The pairs that a line runs between: from the last that is not hollow to the next that is joined."""
    found: list[tuple[DataPoint, DataPoint]] = []
    before: DataPoint | None = None
    for datum in data:
        if datum.joined:
            assert before is not None
            found.append((before, datum))
        before = before if datum.fill is MarkFill.HOLLOW else datum
    return found


class TestWhatIsSaid:
    """Headlines and notes that nothing may be misread from."""

    def test_nothing_fell_between_a_period_and_a_part_of_it(self, library):
        page = answer(library, Question(place="K02000001", chart=ChartKind.SHIFT, groups=True))
        title = page.chart.title
        assert title == "United Kingdom: Meta-owned apps 38% in 2021/22, where app known"
        assert "47" in {str(int(d.value or 0)) for s in page.chart.series for d in s.data}

    def test_a_share_that_went_up_and_down_did_not_rise(self, library):
        title = answer(library, Question(place="K04000001", chart=ChartKind.SHIFT)).chart.title
        assert "rose" not in title
        assert "fell" not in title

    def test_two_that_lead_are_both_named(self, library):
        asked = Question(place="K02000001", chart=ChartKind.PLATFORMS, period="2017-04/2023-03")
        assert answer(library, asked).chart.title == "United Kingdom: Instagram 26%, Snapchat 26%, where app known"

    def test_shares_of_children_are_of_what_is_published(self, library):
        chart = answer(library, Question(place="K04000001", chart=ChartKind.BREAKDOWN)).chart
        notes = " ".join(chart.notes)
        assert chart.title == "England and Wales: girls 83%, where sex known"
        assert "Shares are of children whose sex was recorded: 12,944 (England and Wales" in notes
        assert "platform was recorded" not in notes
        assert "of offences where" not in notes

    def test_what_is_printed_otherwise_stands_under_the_chart(self, library):
        notes = answer(library, Question(place="E23000003", measure=SCC)).chart.notes
        (told,) = [note for note in notes if note.startswith("2017/18: ")]
        paper = "Lancaster & Morecambe Citizen, September 2019"
        assert told == f"2017/18: 175 is shown first; 64 ({paper}) is published too."
        (doubt,) = [note for note in notes if "is in doubt" in note]
        assert doubt.startswith("Lancashire, 2017/18, is in doubt: A count of April 2017 to September 2018")

    @pytest.mark.parametrize("rule", list(Preference))
    def test_what_is_in_doubt_is_worked_with_by_no_rule(self, library, rule):
        page = answer(library, Question(place="E23000003", measure=SCC, rule=rule))
        assert any("252 − 175" in one.formula for one in page.workings)
        assert not any("252 − 64" in one.formula for one in page.workings)

    @pytest.mark.parametrize(("rule", "solid_", "other"), [(Preference.NEWEST, 184, 186), (Preference.FIRST, 186, 184)])
    def test_the_figure_drawn_is_the_one_worked_with(self, library, rule, solid_, other):
        page = answer(library, Question(place=NORTHERN_IRELAND, measure=SCC, rule=rule))
        assert any(f"{solid_} − 127" in one.formula for one in page.workings)
        assert not any(f"{other} − 127" in one.formula for one in page.workings)

    def test_a_bound_is_said_as_one(self, library):
        page = answer(library, Question(place="K04000001", measure=SCC))
        assert [one.text for one in page.workings if "no upper end" in one.caveat] == [
            "England and Wales: at least 1,156 more offences recorded in 2018/19 than in 2017/18.",
            "England and Wales: a rise of at least 35.9% in offences recorded from 2017/18 to 2018/19.",
        ]
        for one in page.workings:
            if "no lower end" in one.caveat:
                assert "at most" in one.text
            if "no upper end" in one.caveat:
                assert "at least" in one.text


def test_what_is_not_drawn_is_said_in_words_that_hold_on_paper_too(library: Library) -> None:
    notes = answer(library, Question(place=ENGLAND_AND_WALES, measure=SCC, chart=ChartKind.TREND)).chart.notes
    told = "Parts of a year that has a bar of its own, and totals of several years, are not drawn here."
    assert told in notes
