"""Exhibits: an item shows what the page shows, and a changed number is noticed, kept or taken over."""

from __future__ import annotations

import msgspec
import pytest
from msgspec.structs import replace

from explorer.briefing.exhibits import acknowledge, build_exhibit, collect_item, find_differences, refresh
from explorer.briefing.model import BriefingItem, ItemKind
from explorer.pages.model.chart import ChartKind
from explorer.pages.model.question import Question
from explorer.pages.page_builder import answer

QUESTION = Question(place="E23000023", measure="scc-offences")


def every_part(library) -> list[tuple[ItemKind, str]]:
    page = answer(library, QUESTION)
    return [
        (ItemKind.CHART, ""),
        (ItemKind.TABLE, ""),
        *[(ItemKind.FIGURE, figure.id) for figure in page.drawn],
        *[(ItemKind.WORKING, working.key) for working in page.workings],
        *[(ItemKind.QUOTE, voice.id) for voice in page.voices],
        *[(ItemKind.DEMAND, asked.id) for asked in page.demands],
        *[(ItemKind.CLAIM, verdict.id) for verdict in page.claims],
        *[(ItemKind.CONFLICT, one.id) for one in page.disagreements],
        *[(ItemKind.EVENT, event.id) for event in library.events()],
    ]


def test_every_part_of_a_page_can_be_collected_and_read_back(library):
    for kind, of in every_part(library):
        item = collect_item(library, kind, QUESTION, of)
        assert item is not None, (kind, of)
        assert item.exhibit is not None
        assert item.exhibit.title
        assert item.exhibit.sources
        assert item.exhibit.packs
        assert item.exhibit.citation
        assert msgspec.json.decode(msgspec.json.encode(item), type=BriefingItem) == item
        assert find_differences(library, item) == ()


@pytest.mark.parametrize("kind", list(ChartKind))
def test_a_chart_shows_the_pages_numbers(library, kind):
    question = replace(QUESTION, chart=kind)
    page, shown = answer(library, question), build_exhibit(library, ItemKind.CHART, question)
    assert shown is not None
    assert shown.chart == page.chart
    assert [number.figure for number in shown.numbers] == [figure.id for figure in page.drawn]
    told = [record for record in shown.records if record[shown.columns.index("Source")]]
    assert len(told) == len(page.drawn)
    left = [record for record in shown.records if record not in told]
    assert len(left) == sum(not row.figure for row in page.table.rows)
    assert {record[shown.columns.index("Status")] for record in left} <= {"[x]"}


@pytest.mark.slow
def test_workings_of_a_page_are_told_apart(library):
    for place in library.places:
        page = answer(library, Question(place=place.code))
        assert len({w.key for w in page.workings}) == len(page.workings)


def test_what_is_not_held_is_no_item(library):
    for kind in ItemKind:
        if kind not in {ItemKind.CHART, ItemKind.TABLE}:
            assert collect_item(library, kind, QUESTION, "nothing/here") is None


class TestChangedNumbers:
    @pytest.fixture
    def older(self, library) -> BriefingItem:
        item = collect_item(library, ItemKind.CHART, QUESTION)
        assert item is not None
        assert item.exhibit is not None
        first, *rest = item.exhibit.numbers
        numbers = (replace(first, amount="65"), *rest)
        return replace(item, exhibit=replace(item.exhibit, numbers=numbers))

    def test_they_are_said_with_both_sides(self, library, older):
        (one,) = find_differences(library, older)
        assert one.describe_change() == "Cambridgeshire, 2017/18: 65 when this was collected, 66 now."

    def test_they_can_be_taken_over(self, library, older):
        new = refresh(library, older)
        assert find_differences(library, new) == ()
        assert new.exhibit is not None
        assert new.exhibit.numbers[0].amount == "66"

    def test_they_can_be_left_and_are_not_asked_again(self, library, older):
        new = acknowledge(library, older)
        assert new.exhibit == older.exhibit
        assert find_differences(library, new) == ()

    def test_what_has_gone_and_what_has_come_is_said(self, library, older):
        assert older.exhibit is not None
        first, *rest = older.exhibit.numbers
        strange = replace(older, exhibit=replace(older.exhibit, numbers=(replace(first, figure="x"), *rest)))
        said = [one.describe_change() for one in find_differences(library, strange)]
        assert said[0].endswith("65 is no longer held.")
        assert said[-1].endswith("66 was not held when this was collected.")
