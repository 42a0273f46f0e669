"""What drafts say of their numbers: each change with its word on chance, and none that they cannot bear."""

from __future__ import annotations

import re

import pytest

from explorer.briefing.draft_selection import select_draft
from explorer.briefing.exhibits import collect_item
from explorer.briefing.model import ItemKind
from explorer.evidence.analysis.chance import SMALLEST_BASE, AmountMovement
from explorer.evidence.model import Unit
from explorer.pages.model.question import Question, ValueScale
from explorer.pages.page_builder import answer
from explorer.pages.panels.calculations import CHANCE
from explorer.pages.text.phrases import CHANGE_ALONE

pytestmark = pytest.mark.slow
CAMBRIDGESHIRE, LEICESTERSHIRE = "E23000023", "E23000021"
CHANGED = re.compile(r"more than the|fewer than the|more offences? recorded|fewer offences? recorded|a (rise|fall)")
SINCE = re.compile(r"(?:more|fewer) than the (\S+) of [^(]*\((\S+)%\)")


def shown(drafts, kind=None):
    for draft in drafts.values():
        for item in draft.items:
            if item.exhibit is not None and kind in (None, item.kind):
                yield item, item.exhibit


def exhibited(library, kind, question, of=""):
    item = collect_item(library, kind, question, of)
    assert item is not None
    assert item.exhibit is not None
    return item.exhibit


def number(text):
    return int(text.strip("()").replace(",", ""))


def test_every_change_has_its_word_on_chance(drafts):
    said = [point.text for _, one in shown(drafts, ItemKind.SUMMARY) for point in one.points]
    said += [working for _, one in shown(drafts) for working in one.workings]
    changes = [text for text in said if CHANGED.search(text)]
    assert len(changes) > 100
    for text in changes:
        assert any(word in text for word in CHANCE.values()), text


def test_no_percentage_stands_on_a_base_under_20(drafts):
    said = [point.text for _, one in shown(drafts, ItemKind.SUMMARY) for point in one.points]
    bases = [number(base) for text in said for base, _ in SINCE.findall(text)]
    assert len(bases) > 30
    assert min(bases) >= SMALLEST_BASE


def test_an_index_begins_after_the_break_of_its_measure_and_on_20_or_more(library, drafts):
    seen = 0
    for item, one in shown(drafts, ItemKind.CHART):
        if item.question.scale is not ValueScale.CHANGE:
            continue
        seen += 1
        heads = list(one.table.columns)
        index = next(at for at, head in enumerate(heads) if head.startswith("Index"))
        named = re.search(r"\((.+) = 100\)", heads[index])
        assert named is not None
        base = named.group(1)
        counts = next(at for at, head in enumerate(heads) if head == "Offences recorded")
        if library.measure(item.question.measure).breaks:
            assert base == "2017/18"
            assert one.table.rows[0].cells[1] == "2017/18"
        for row in one.table.rows:
            if row.cells[1] == base and row.cells[index] != "[x]":
                assert number(row.cells[counts]) >= SMALLEST_BASE
            if "to" in row.cells[1]:
                assert row.cells[index] == "[x]"
            if "Status" in heads and "in doubt" in row.cells[heads.index("Status")]:
                assert row.cells[index] == "[x]"
    assert seen > 30


def test_the_index_of_a_region_reaches_its_newest_year(library):
    (change, *_) = select_draft(library, CAMBRIDGESHIRE).beside
    assert (change.since, change.base) == ("2017/18", "2017/18")
    title = exhibited(library, ItemKind.CHART, change).title
    assert title.startswith("2024/25: ")
    # 874 of 2024/25 on the 394 of 2017/18, and 6,587 on 4,296
    assert "East of England 222" in title
    assert "England 153" in title


def test_a_published_change_says_that_chance_cannot_be_told_from_it(library, drafts):
    changes = 0
    for item, one in shown(drafts, ItemKind.FIGURE):
        changed = library.measure(library.figure(item.of).measure).unit is Unit.CHANGE
        assert (CHANGE_ALONE in one.notes) == changed
        changes += changed
    assert changes > 10
    points = [point for _, one in shown(drafts, ItemKind.SUMMARY) for point in one.points]
    assert all(CHANGE_ALONE in point.text for point in points if point.lead == "Published change")


def test_a_figure_in_doubt_is_marked_in_its_title(library, drafts):
    doubted = 0
    for item, one in shown(drafts, ItemKind.FIGURE):
        in_doubt = library.figure(item.of).in_doubt is not None
        assert one.title.endswith(", in doubt") == in_doubt
        doubted += in_doubt
    assert doubted
    headings = [item.heading for item in drafts[LEICESTERSHIRE].items if item.kind is ItemKind.FIGURE]
    assert headings == ["+93% in offences recorded", "62% of the force's offences, in doubt"]


def test_what_is_worked_out_is_copied_with_its_word_on_chance(library):
    question = Question(place=CAMBRIDGESHIRE, measure="scc-offences")
    (working, *_) = [w for w in exhibited(library, ItemKind.CHART, question).workings if "11 more" in w]
    assert CHANCE[AmountMovement.UNCLEAR] in working
    one = next(w for w in answer(library, question).workings if "11 more" in w.text)
    told = exhibited(library, ItemKind.WORKING, question, one.key).citation
    assert told == (
        "Cambridgeshire: 11 more offences recorded in 2019/20 than in 2017/18. No clear change: chance alone "
        "could make it. Worked out: 77 − 66 = 11."
    )


def test_words_of_ours_are_published_and_not_printed(drafts):
    for item, one in shown(drafts):
        if item.kind is ItemKind.CLAIM:
            assert one.subtitle.startswith("Published by ")
        if item.kind is ItemKind.CONFLICT:
            assert "printed" not in f"{one.title} {one.subtitle}".lower()
            told = (one.citation, *(fact.text for fact in one.facts))
            assert not any(", printed as “" in text for text in told)
            assert not one.facts or ", published as “" in one.citation or ", our sum of " in one.citation
