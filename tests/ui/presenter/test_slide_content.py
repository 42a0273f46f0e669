"""Presented summaries, claims and disagreements: all in large type and on one screen."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLabel

from explorer.briefing.exhibits import collect_item
from explorer.briefing.model import Briefing, BriefingItem, Exhibit, ItemKind
from explorer.briefing.summary_exhibits import CAUTIONS, POINTS
from explorer.documents.screens import build_screens
from explorer.pages.key_points import SummaryPoint
from explorer.pages.model.page import CardFact
from explorer.pages.model.question import Question
from explorer.support.theme import DARK, LIGHT
from explorer.ui.presenter.presenter import PresentationWindow
from tests.run_sizes import plain_and_slow

PLACES = ("E23000023", "K02000001", "W92000004", "E12000006")
SIZES = ((1280, 720), (1920, 1080))


@pytest.fixture
def present(qtbot):
    """Opens a presentation of items at a size, at the first of them; all are ended."""
    made = []

    def opened(*items, size=(1280, 720), theme=LIGHT):
        presenter = PresentationWindow(Briefing(title="Points", items=items), theme, lambda _q, _f: None, None)
        qtbot.addWidget(presenter)
        made.append(presenter)
        presenter.start_presentation(items[0].id)
        presenter.showNormal()
        presenter.resize(*size)
        return presenter

    yield opened
    for presenter in made:
        presenter.end_presentation()


def summary(library, place, of):
    item = collect_item(library, ItemKind.SUMMARY, Question(place=place), of)
    assert item is not None
    return item


def of_points(*points):
    shown = Exhibit(title="In short", subtitle="A place", points=points)
    return BriefingItem(id="points", kind=ItemKind.SUMMARY, exhibit=shown)


def labels(presenter):
    return presenter.view.words.widget().findChildren(QLabel)


def check_that_all_is_seen(presenter):
    """Every word stands on the screen, whole, over nothing else and over the foot."""
    view = presenter.view
    presenter.grab()
    assert view.words.verticalScrollBar().maximum() == 0
    told = labels(presenter)
    assert told
    for label in told:
        assert label.height() >= label.heightForWidth(label.width())
        assert view.words.viewport().rect().contains(label.geometry())
        assert label.textFormat() is Qt.TextFormat.PlainText
    boxes = [label.geometry() for label in told]
    assert not [1 for at, box in enumerate(boxes) for other in boxes[at + 1 :] if box.intersects(other)]
    foot = view.words.mapTo(view, QPoint(0, view.words.height())).y()
    assert foot <= min(one.y() for one in (view.count, view.source, view.notes) if not one.isHidden())


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("size", SIZES, ids=["720", "1080"])
@pytest.mark.parametrize("of", [POINTS, CAUTIONS])
@pytest.mark.parametrize("place", plain_and_slow(PLACES))
def test_the_points_of_a_place_fit_on_one_screen(present, library, place, of, size, theme):
    item = summary(library, place, of)
    presenter = present(item, size=size, theme=theme)
    check_that_all_is_seen(presenter)
    told = {label.text() for label in labels(presenter)}
    for point in item.exhibit.points:
        assert {point.lead, point.text} - {""} <= told
        assert not point.source or f"Source: {point.source}" in told


@pytest.mark.parametrize("size", SIZES, ids=["720", "1080"])
def test_long_points_fit_too_and_few_are_set_larger(present, size):
    long = SummaryPoint(lead="Change and totals differ", text="They differ because of this. " * 12, source="S " * 50)
    many = present(of_points(*(long,) * 7), size=size)
    check_that_all_is_seen(many)
    small = labels(many)[0].font().pixelSize()
    few = present(of_points(SummaryPoint(lead="Recorded", text="77 offences were recorded.")), size=size)
    check_that_all_is_seen(few)
    assert labels(few)[0].font().pixelSize() > small >= 11


def test_a_lead_is_bold_and_level_with_what_it_leads(present, library):
    item = summary(library, "E23000023", POINTS)
    presenter = present(item)
    first = item.exhibit.points[0]
    shown = {label.text(): label for label in labels(presenter)}
    lead, text = shown[first.lead], shown[first.text]
    assert lead.font().weight() > text.font().weight()
    assert lead.y() == text.y()
    assert lead.geometry().right() < text.x()
    source = shown[f"Source: {first.source}"]
    assert source.font().pixelSize() < text.font().pixelSize()
    assert source.y() >= text.geometry().bottom()


def test_points_without_a_lead_take_the_whole_width(present):
    presenter = present(of_points(SummaryPoint(text="One."), SummaryPoint(text="Two.")))
    assert {label.x() for label in labels(presenter)} == {0}


def test_screen_readers_hear_every_point_with_its_source(present, library):
    item = summary(library, "E23000023", POINTS)
    told = present(item).view.words.accessibleName()
    first = item.exhibit.points[0]
    assert told.startswith(f"{first.lead}: {first.text}")
    assert first.source in told


@pytest.mark.parametrize("text", ["<b>x</b> & ", "wide " * 2_000, "x" * 10_000, "a\0b\u202ec", ""])
def test_hostile_points_are_words_and_can_be_scrolled(present, text):
    presenter = present(of_points(*(SummaryPoint(lead=text, text=text, source=text),) * 3))
    presenter.grab()
    for label in labels(presenter):
        assert label.textFormat() is Qt.TextFormat.PlainText
        assert not {"\0", "\u202e"} & set(label.text())
        assert label.geometry().right() <= presenter.view.words.widget().width()


def test_a_summary_of_nothing_is_a_screen(present):
    presenter = present(of_points())
    assert presenter.view.heading.text() == "In short"
    assert presenter.view.words.isHidden()


@pytest.mark.parametrize("size", SIZES, ids=["720", "1080"])
@pytest.mark.parametrize("place", plain_and_slow(PLACES))
def test_claims_and_disagreements_of_a_draft_fit_on_one_screen(present, drafts, place, size):
    items = [one for one in drafts[place].items if one.kind in (ItemKind.CLAIM, ItemKind.CONFLICT)]
    presenter = present(*items, size=size)
    for at in range(1, len(items) + 1):
        presenter.go_to_screen(at)
        check_that_all_is_seen(presenter)


def test_the_facts_of_a_claim_are_points(drafts):
    item = next(one for one in drafts["E23000023"].items if one.kind is ItemKind.CLAIM)
    screen = build_screens(Briefing(items=(item,)))[1]
    assert screen.lines[0].text == item.exhibit.text
    facts = [CardFact(label=line.lead, text=line.text) for line in screen.lines[1:]]
    assert facts == [replace(fact, address="") for fact in item.exhibit.facts]
    assert {line.role for line in screen.lines[1:]} == {"point"}
