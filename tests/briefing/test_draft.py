"""The first draft about a place: its points, what is chosen, and that every number has its own source."""

from __future__ import annotations

import pytest

from explorer.briefing import file_format
from explorer.briefing.draft import generate_draft
from explorer.briefing.draft_selection import select_draft
from explorer.briefing.exhibits import collect_item, demand_group_title, find_differences
from explorer.briefing.model import Briefing, ItemKind
from explorer.briefing.summary_exhibits import CAUTIONS, POINTS
from explorer.library.library import Library
from explorer.packs.reader import read_pack, read_places
from explorer.pages.model.chart import ChartKind
from explorer.pages.model.question import Question, ValueScale
from explorer.pages.text.phrases import MORE_RECORDING
from explorer.support import paths

CAMBRIDGESHIRE, UK, WALES, SCOTLAND = "E23000023", "K02000001", "W92000004", "S92000003"


def points(briefing: Briefing) -> dict[str, str]:
    first = briefing.items[0]
    assert (first.kind, first.of) == (ItemKind.SUMMARY, POINTS)
    return {point.lead: point.text for point in first.exhibit.points}


def of(briefing: Briefing, kind: ItemKind):
    return [item for item in briefing.items if item.kind is kind]


class TestPoints:
    def test_of_a_force(self, drafts):
        told = points(drafts[CAMBRIDGESHIRE])
        assert told["Recorded"] == (
            "147 offences were recorded in Cambridgeshire in 2024/25, counted as sexual grooming (Home "
            "Office class 88A), 76 more than the 71 of 2017/18 (+107%). More than chance alone would make."
        )
        assert told["Since then"] == ("133 offences recorded in April to December 2025, which is not a whole year.")
        assert told["Per head"].startswith(
            "Cambridgeshire, 2024/25: 7.3 offences recorded per 10,000 children (95% interval 6.2 to 8.6)."
        )
        assert told["Platforms"] == (
            "Facebook, Instagram or Snapchat, Cambridgeshire, 2017/18: 27 offences. East of England: "
            "Instagram 36%, in doubt, of recorded offences (platform share of recorded offences, East of "
            "England, April to June 2020)."
        )
        assert told["Published change"] == (
            "Since 2017/18, Cambridgeshire, 2022/23: +64% in offences recorded (+63.5% to +64.5%). "
            "Whether chance alone could make such a change cannot be told from a percentage alone."
        )
        assert told["Claims checked"] == (
            "4 published claims checked against the published figures: 3 not shown by the figures and 1 "
            "cannot be judged."
        )
        assert told["Asked for"] == (
            "NSPCC made 6 demands in November 2020; House of Commons Education Committee made 1 demand in May 2026."
        )

    def test_a_change_that_chance_could_make_is_no_clear_change(self, drafts):
        assert points(drafts["E23000021"])["Recorded"] == (
            "114 offences were recorded in Leicestershire in 2024/25, counted as sexual grooming (Home "
            "Office class 88A), 4 fewer than the 118 of 2017/18 (−3%). No clear change: chance alone could "
            "make it."
        )

    def test_a_base_under_20_has_no_percentage(self, drafts):
        assert points(drafts["E23000034"])["Recorded"] == (
            "1 offence was recorded in the City of London in 2024/25, counted as sexual grooming (Home "
            "Office class 88A), 1 fewer than the 2 of 2017/18. No clear change: chance alone could make it."
        )

    def test_no_difference_is_made_where_coverage_is_not_known(self, drafts):
        told = points(drafts[UK])
        assert told["Recorded"] == (
            "7,263 offences were recorded in the United Kingdom in 2024/25, counted as sexual communication "
            "with a child."
        )
        assert "Change" not in told
        assert told["Published change"].startswith("Since 2017/18, United Kingdom, 2023/24: +89%")
        assert not any("94.8" in text for text in told.values())

    def test_a_doubtful_number_is_not_compared_and_not_preferred(self, drafts):
        told = points(drafts["E23000003"])
        assert told["Recorded"].startswith("300 offences were recorded in Lancashire in 2024/25")
        assert "106 more than the 194 of 2017/18 (+55%)" in told["Recorded"]
        (disputed,) = (text for text in told.values() if text.startswith("Lancashire, 2017/18:"))
        assert "175 and 64. The other is in doubt, so this one is shown." in disputed
        assert not any("393.8" in text or "293.8" in text for text in told.values())

    @pytest.mark.parametrize(
        ("place", "lead", "said"),
        [
            (
                "S23000009",
                "No figure of its own",
                "We hold no figure of Police Scotland; Scotland, which it is part of, is shown.",
            ),
            (
                "PSNI",
                "No figure of its own",
                "We hold no figure of Police Service of Northern Ireland; Northern Ireland, which it is part "
                "of, is shown.",
            ),
        ],
    )
    def test_where_a_place_has_no_figure_that_comes_first(self, drafts, place, lead, said):
        first = drafts[place].items[0].exhibit.points[0]
        assert first.lead == lead
        assert first.text == said

    def test_where_no_offences_are_counted_that_comes_first(self):
        places = read_places(paths.places_folder())
        opened = Library.open(None, places)
        opened.manager.add_pack(read_pack(paths.packs_folder() / "nspcc-2023", places))
        first, *rest = generate_draft(opened, "E23000021").items[0].exhibit.points
        opened.close()
        assert (first.lead, first.text) == ("No count", "We hold no count of offences for Leicestershire.")
        assert rest[0].lead == "Published change"

    @pytest.mark.slow
    def test_every_point_about_numbers_names_its_sources(self, drafts):
        for briefing in drafts.values():
            known = briefing.source_numbers()
            assert set(known.values()) == set(range(1, len(briefing.sources()) + 1))
            for point in briefing.items[0].exhibit.points:
                assert set(point.sources) <= set(known)
                assert bool(point.sources) or not point.figures
        leads = {point.lead: point for point in drafts[CAMBRIDGESHIRE].items[0].exhibit.points}
        assert leads["Asked for"].sources

    def test_numbers_of_a_summary_are_compared_with_the_library(self, library, drafts):
        assert not find_differences(library, drafts[CAMBRIDGESHIRE].items[0])
        assert drafts[CAMBRIDGESHIRE].items[0].exhibit.numbers


class TestChosen:
    def test_the_region_stands_beside_the_nation_by_change_and_by_platform(self, library):
        change, shares, neighbours = select_draft(library, CAMBRIDGESHIRE).beside
        assert (change.place, change.beside, change.scale) == ("E12000006", ("E92000001",), ValueScale.CHANGE)
        assert (shares.place, shares.beside, shares.measure) == ("E12000006", (UK,), "scc-platform-share")
        assert (neighbours.place, neighbours.chart) == (CAMBRIDGESHIRE, ChartKind.COMPARE)

    @pytest.mark.slow
    def test_what_is_compared_is_what_was_asked_for(self, library, drafts):
        for code in drafts:
            for question in select_draft(library, code).beside:
                if question.measure:
                    item = collect_item(library, ItemKind.CHART, question)
                    column = item.exhibit.columns.index("Measure")
                    names = {record[column] for record in item.exhibit.records} - {""}
                    assert names == {library.measure(question.measure).name}

    @pytest.mark.slow
    def test_one_bar_is_a_figure_and_no_chart(self, drafts):
        for briefing in drafts.values():
            for item in of(briefing, ItemKind.CHART):
                if item.question.chart in (ChartKind.PLATFORMS, ChartKind.BREAKDOWN):
                    assert len(item.exhibit.chart.figure_ids()) > 1
        assert [item.heading for item in of(drafts[CAMBRIDGESHIRE], ItemKind.FIGURE)] == [
            "+64% in offences recorded",
            "27 offences",
        ]

    @pytest.mark.slow
    def test_a_map_is_of_a_place_that_is_on_it_with_a_number(self, drafts):
        charts = {code: {i.question.chart for i in of(draft, ItemKind.CHART)} for code, draft in drafts.items()}
        assert ChartKind.MAP in charts[UK]
        assert ChartKind.MAP in charts[WALES]
        assert ChartKind.MAP not in charts[SCOTLAND]

    @pytest.mark.slow
    def test_what_is_said_of_another_place_is_left_out(self, drafts):
        for code, briefing in drafts.items():
            told = " ".join(item.exhibit.text for item in of(briefing, ItemKind.CLAIM))
            assert ("Cambridgeshire" in told) == (code == CAMBRIDGESHIRE)
        assert any("Peterborough" in item.exhibit.text for item in of(drafts[CAMBRIDGESHIRE], ItemKind.CLAIM))

    def test_the_latest_claims_about_a_place_come_before_older_ones(self, drafts):
        told = [item.exhibit.text for item in of(drafts[UK], ItemKind.CLAIM)]
        assert any("99% higher in 2024/25" in text for text in told)
        assert any("89% higher in 2023/24" in text for text in told)

    def test_a_change_that_is_published_is_not_left_out(self, drafts):
        first = drafts["E23000021"].items[0].exhibit.points
        assert any("Leicestershire, 2022/23: +93%" in point.text for point in first)
        assert [item.heading for item in of(drafts["E23000021"], ItemKind.FIGURE)] == [
            "+93% in offences recorded",
            "62% of the force's offences, in doubt",
        ]

    @pytest.mark.slow
    def test_demands_are_those_of_the_latest_and_of_the_fullest_publication(self, drafts):
        demands = of(drafts[CAMBRIDGESHIRE], ItemKind.DEMAND)
        assert {demand_group_title(item.exhibit) for item in demands} == {
            "What NSPCC asked for in November 2020",
            "What House of Commons Education Committee asked for in May 2026",
        }
        assert {item.heading for item in demands} == {
            "A ban for under-16s",
            "A broad duty of care",
            "Online sexual abuse dealt with in full",
            "Legal but harmful content",
            "Openness, and powers to investigate",
            "Sanctions",
            "A legal voice for children",
        }


def test_a_disagreement_cites_the_sources_of_its_figures_and_no_other(library):
    claims = {claim.id: claim.source for claim in library.claims()}
    for item in of(generate_draft(library, "E12000006"), ItemKind.CONFLICT):
        ids = [number.figure for number in item.exhibit.numbers]
        wanted = {figure.source for figure in library.figures(ids=ids)}
        wanted |= {source for claim, source in claims.items() if f"/{claim}/" in f"{item.of}/"}
        assert {source.id for source in item.exhibit.sources} == wanted


@pytest.mark.slow
def test_two_packs_that_name_one_publication_give_one_source(drafts):
    for briefing in drafts.values():
        read = [(s.title, s.publisher, s.address, s.date) for s in briefing.sources()]
        assert len(set(read)) == len(read)
        numbers = briefing.source_numbers()
        assert set(numbers.values()) == set(range(1, len(read) + 1))


def test_what_to_keep_in_mind_ends_the_draft(many_drafts):
    for briefing in many_drafts.values():
        last = briefing.items[-1]
        assert (last.kind, last.of) == (ItemKind.SUMMARY, CAUTIONS)
        told = [point.text for point in last.exhibit.points]
        assert MORE_RECORDING in told
        assert last.exhibit.points[0].lead == "What is counted"


def test_headings_are_ten_words_at_most_and_drafts_come_back_from_their_files(many_drafts):
    for briefing in many_drafts.values():
        assert file_format.from_bytes(file_format.to_bytes(briefing), "x") == briefing
        for item in briefing.items:
            assert len(item.heading.split()) <= 10, item.heading


def test_a_place_that_is_none_has_no_draft(library):
    with pytest.raises(KeyError):
        generate_draft(library, "E99999999")
    assert collect_item(library, ItemKind.SUMMARY, Question(place="E99999999"), POINTS) is None
    assert collect_item(library, ItemKind.SUMMARY, Question(place=UK), "no such summary") is None
