"""What the PDF and the Word document are made of: points with sources, claims, notes once, workings apart."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from explorer.briefing.exhibit_parts import describe_calculation, split_calculation
from explorer.briefing.exhibits import collect_item
from explorer.briefing.model import Briefing, BriefingItem, Exhibit, ItemKind, new_id
from explorer.documents.blocks import ROLES, ChartPicture, DocumentTable, TextBlock, format_citations
from explorer.documents.compose import CalculationDeduplicator, compose_document, merge_source_lines
from explorer.pages.key_points import SummaryPoint
from explorer.pages.model.chart import ChartKind
from explorer.pages.model.page import CardFact, SourceRef
from explorer.pages.model.question import Question
from explorer.pages.page_builder import answer
from tests.run_sizes import plain_and_slow

PLACES = ("E23000023", "K02000001", "W92000004", "S92000003", "E12000006", "E23000003")


def source(name: str) -> SourceRef:
    return SourceRef(id=name, title=name, publisher="A paper", address=f"https://paper.example/{name}", date="2020")


def item(kind: ItemKind, **told: object) -> BriefingItem:
    return BriefingItem(id=new_id(), kind=kind, exhibit=Exhibit(title="Title", **told))


def claim(text: str, *, notes: tuple[str, ...] = (), sources: tuple[str, ...] = ("a",)) -> BriefingItem:
    facts = (
        CardFact(label="Against the figures", text="Supported"),
        CardFact(label="Why", text="As printed."),
    )
    named = tuple(map(source, sources))
    return item(ItemKind.CLAIM, text=text, facts=facts, notes=notes, sources=named, source_line=f"A paper, {text}")


def blocks(briefing: Briefing, role: str) -> list[TextBlock]:
    return [part for part in compose_document(briefing) if isinstance(part, TextBlock) and part.role == role]


def tables(briefing: Briefing) -> list[DocumentTable]:
    return [part for part in compose_document(briefing) if isinstance(part, DocumentTable)]


@pytest.mark.parametrize(
    ("numbers", "told"),
    [
        ((), ""),
        ((2, 1, 2), "[1] [2]"),
        ((9, 8, 10), "[8] [9] [10]"),
        ((8, 9, 10, 11), "[8–11]"),
        ((3, 1, 9, 8, 10), "[1, 3, 8–10]"),
        ((1, 2, 5, 6), "[1, 2, 5, 6]"),
        ((1, 3, 5, 7), "[1, 3, 5, 7]"),
    ],
)
def test_numbers_of_sources_are_sorted_and_each_stands_once(numbers, told):
    pieces = format_citations(numbers)
    assert " ".join(label for label, _ in pieces) == told
    assert all(number in numbers for _, number in pieces)


@pytest.mark.parametrize("place", plain_and_slow(PLACES))
def test_every_worked_sentence_comes_apart_as_it_was_put_together(library, place):
    several = [
        one for kind in ChartKind for one in answer(library, Question(place=place, chart=kind)).workings if one.formula
    ]
    assert several
    for one in several:
        assert split_calculation(describe_calculation(one)) == (one.text, one.formula, one.caveat)


@pytest.mark.parametrize("told", ["", "No formula.", "(all of it)", "open ( bracket", "a ) b"])
def test_what_was_not_put_together_so_is_all_text(told):
    assert split_calculation(told) == (told, "", "")


def test_a_point_begins_with_its_lead_and_ends_with_its_sources():
    points = (
        SummaryPoint(lead="Recorded", text="77 offences.", sources=("b", "a", "b")),
        SummaryPoint(text="A caution."),
    )
    shown = item(ItemKind.SUMMARY, points=points, sources=(source("a"), source("b")))
    first, second = blocks(Briefing(items=(shown,)), "point")
    assert (first.lead, first.text, first.cites) == ("Recorded.", "77 offences.", (1, 2))
    assert (second.lead, second.text, second.cites) == ("", "A caution.", ())


def test_claims_that_follow_each_other_are_one_table():
    several = (claim("one", notes=("Only of one.",)), claim("two", sources=("b", "a")))
    (table,) = tables(Briefing(items=several))
    assert table.columns == ("Claim", "Against the figures", "Why")
    assert [row[0].text for row in table.rows] == ["1. one", "2. two"]
    assert [row[2].cites for row in table.rows] == [(1,), (1, 2)]
    (note,) = blocks(Briefing(items=several), "item")
    assert (note.lead, note.text) == ("Claim 1.", "Only of one.")
    assert any(block.text == "Source: A paper: one; two" for block in blocks(Briefing(items=several), "small"))


def test_a_single_claim_is_a_table_of_one_row_without_a_number():
    (table,) = tables(Briefing(items=(claim("alone"),)))
    assert [row[0].text for row in table.rows] == ["alone"]


def test_a_note_is_printed_once():
    several = tuple(item(ItemKind.EVENT, text="An event", notes=("Said once.",)) for _ in range(3))
    assert [block.text for block in blocks(Briefing(items=several), "item")] == ["Said once."]


def test_a_worked_out_figure_is_printed_once_and_never_more_than_five():
    shown = Exhibit(title="One", workings=tuple(f"Number {n}. (1 + {n} = {n + 1})" for n in range(7)))
    following = CalculationDeduplicator()
    first, again = following.new_rows(shown), following.new_rows(shown)
    assert [row[0].text for row in first.rows] == [f"Number {n}." for n in range(5)]
    assert first.notes == ("2 more worked-out figures are in the workbook.",)
    assert [row[1].text for row in again.rows] == ["1 + 5 = 6", "1 + 6 = 7"]
    assert again.notes == ()


def test_a_caveat_of_every_row_is_said_once_under_them():
    alike = Exhibit(title="One", workings=("A. (1) Same.", "B. (2) Same."))
    other = Exhibit(title="One", workings=("A. (1) Same.", "B. (2)"))
    assert CalculationDeduplicator().new_rows(alike).notes == ("Same.",)
    assert [row[0].small for row in CalculationDeduplicator().new_rows(alike).rows] == ["", ""]
    assert [row[0].small for row in CalculationDeduplicator().new_rows(other).rows] == ["Same.", ""]


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        ((), ""),
        (("A, page 1",), "A, page 1"),
        (("A, page 1", "A, page 1"), "A, page 1"),
        (("A, page 1, item 1", "A, page 1, item 2"), "A, page 1: item 1; item 2"),
        (("A, page 1", "B, page 1"), "A, page 1; B, page 1"),
        (("A", "A, page 1"), "A; A, page 1"),
    ],
)
def test_what_source_lines_begin_alike_with_is_said_once(lines, told):
    assert merge_source_lines(lines) == told


@pytest.mark.parametrize("place", plain_and_slow(PLACES))
def test_a_draft_is_numbered_without_gaps_and_each_role_is_known(drafts, place):
    briefing = drafts[place]
    parts = list(compose_document(briefing))
    assert {part.role for part in parts if isinstance(part, TextBlock)} <= set(ROLES)
    captions = [part.caption for part in parts if isinstance(part, DocumentTable | ChartPicture)]
    for name in ("Table", "Chart"):
        numbers = [caption.number for caption in captions if caption.name == name]
        assert numbers == list(range(1, len(numbers) + 1))
        assert numbers
    targets = [part.target for part in parts if isinstance(part, TextBlock) and part.target]
    assert targets == list(range(1, len(briefing.sources()) + 1))
    cited = {n for part in parts if isinstance(part, TextBlock) for n in part.cites}
    assert cited == set(targets)


def test_a_persons_own_title_leaves_the_finding_to_the_captions(library):
    shown = collect_item(library, ItemKind.CHART, Question(place="E23000023"))
    own = BriefingItem(id="own", kind=ItemKind.CHART, title="Ours", exhibit=shown.exhibit)
    for one, begins in ((shown, shown.exhibit.subtitle), (own, f"{shown.exhibit.title}.")):
        (picture,) = [part for part in compose_document(Briefing(items=(one,))) if isinstance(part, ChartPicture)]
        assert picture.caption.text.startswith(begins)


def test_very_many_events_are_told_in_words_and_breaks_stay_on_the_chart(library):
    item = collect_item(library, ItemKind.CHART, Question(place="K02000001", events=True))
    chart = item.exhibit.chart
    events = [flag for flag in chart.flags if not flag.break_]
    assert len(events) > 8
    told = list(compose_document(Briefing(items=(item,))))
    (drawn,) = [part.chart for part in told if isinstance(part, ChartPicture)]
    assert drawn.flags == tuple(flag for flag in chart.flags if flag.break_)
    (said,) = [part.text for part in told if isinstance(part, TextBlock) and part.text.startswith("Events in")]
    for flag in events:
        assert flag.name.rstrip(".") in said


def test_a_title_of_ones_own_hides_nothing_that_stands_nowhere_else(library):
    question = Question(place="E23000023")
    page = answer(library, question)
    worked_out = collect_item(library, ItemKind.WORKING, question, page.workings[0].key)
    figure = collect_item(library, ItemKind.FIGURE, question, page.drawn[0].id)
    conflict = collect_item(library, ItemKind.CONFLICT, question, page.disagreements[0].id)
    for one in (worked_out, figure, conflict):
        mine = replace(one, title="My own words")
        told = " ".join(str(getattr(part, "text", "")) for part in compose_document(Briefing(items=(mine,))))
        told += " ".join(str(getattr(part, "lead", "")) for part in compose_document(Briefing(items=(mine,))))
        told += " ".join(
            str(cell)
            for part in compose_document(Briefing(items=(mine,)))
            if isinstance(part, DocumentTable)
            for row in part.rows
            for cell in row
        )
        assert "My own words" in told
        own = one.exhibit.text if one is worked_out else one.exhibit.title.split(":")[-1].strip()
        assert own in told
    assert page.workings[0].text in " ".join(
        part.text
        for part in compose_document(Briefing(items=(replace(worked_out, title="Mine"),)))
        if isinstance(part, TextBlock)
    )
