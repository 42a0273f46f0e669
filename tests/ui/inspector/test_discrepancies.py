"""The Conflicts part: every side with its standing in words and shape, the rule and its switch."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QApplication

from explorer.evidence.conflicts import Preference
from explorer.pages.model.question import PanelKind
from explorer.support.theme import CONTRAST, DARK, LIGHT, Theme, contrast_ratio
from explorer.ui.inspector.discrepancies import ConflictsPart
from explorer.ui.inspector.inspector import SidePanel
from tests.ui import samples
from tests.ui.panels import buttons, column, large, open_panel, proses, shown_panel, text
from tests.ui.sample_conflicts import LANCASHIRE, REGION, SCOTLAND


def shown(qtbot: Any, **changes: Any) -> tuple[SidePanel, samples.FakeStore, ConflictsPart]:
    panel, store = shown_panel(qtbot, samples.page(panel=PanelKind.CONFLICTS, **changes))
    part = panel.part_for(PanelKind.CONFLICTS)
    assert isinstance(part, ConflictsPart)
    return panel, store, part


@pytest.mark.parametrize("one", samples.CONFLICTS)
def test_a_card_says_what_differs_and_all_of_its_sides(qtbot: Any, one: Any) -> None:
    _panel, _store, part = shown(qtbot, disagreements=(one,))
    card = part.column.visible_cards()[1]
    read = text(card)
    for said in (one.kind, one.heading, one.text):
        assert said in read
    for side in one.sides:
        assert side.amount in read
        assert side.source in read
        assert f"Published as {side.printed}" in read
        assert side.why in read
    for link in one.links:
        assert link.label in read
    assert card.accessibleName() == f"{one.kind}: {one.heading}"


def test_which_side_is_shown_is_said_in_words(qtbot: Any) -> None:
    _panel, _store, part = shown(qtbot, disagreements=(LANCASHIRE,))
    read = text(part.column)
    assert "64 offences, shown" in read
    assert "175 offences, not shown" in read


def test_where_none_is_chosen_between_no_side_is_said_to_be_shown(qtbot: Any) -> None:
    _panel, _store, part = shown(qtbot, disagreements=(SCOTLAND,))
    assert "shown" not in text(part.column.visible_cards()[1])


def test_many_figures_of_which_none_is_chosen_have_a_line_each(qtbot: Any) -> None:
    sides = SCOTLAND.sides * 2
    _panel, store, part = shown(qtbot, disagreements=(replace(SCOTLAND, sides=sides),))
    assert "Published as" not in text(part.column)
    buttons(part.column)["2018/19: 520 offences; NSPCC, August 2023"].click()
    assert store.changes()[-1]["figure"] == SCOTLAND.sides[1].figure


def mark(panel: SidePanel, side: int) -> QImage:
    """What is drawn left of the words of a side."""
    panel.repaint()
    view = proses(column(panel).visible_cards()[1])[1 + side]
    return view.grab().toImage().copy(0, 0, 14, 20)


def ink(image: QImage) -> int:
    """How many pixels are not the ground."""
    ground = image.pixelColor(0, 0)
    return sum(image.pixelColor(x, y) != ground for x in range(image.width()) for y in range(image.height()))


def test_the_dot_of_the_side_shown_is_solid_and_the_other_hollow(qtbot: Any) -> None:
    panel, _, _ = shown(qtbot, disagreements=(LANCASHIRE,))
    hollow, solid = mark(panel, 0), mark(panel, 1)
    assert ink(solid) > ink(hollow) > 20
    swapped = tuple(replace(side, preferred=not side.preferred) for side in LANCASHIRE.sides)
    panel.show_page(None, samples.page(panel=PanelKind.CONFLICTS, disagreements=(replace(LANCASHIRE, sides=swapped),)))
    assert ink(mark(panel, 0)) > ink(mark(panel, 1)) > 0


@pytest.mark.parametrize("theme", [LIGHT, DARK, CONTRAST])
def test_a_dot_can_be_seen(theme: Theme) -> None:
    assert contrast_ratio(theme.accent, theme.page) >= 3


def test_a_side_opens_its_evidence(qtbot: Any) -> None:
    _panel, store, part = shown(qtbot)
    found = buttons(part.column)
    qtbot.mouseClick(found["NSPCC, 1 March 2019"], Qt.MouseButton.LeftButton)
    qtbot.mouseClick(found["NSPCC, September 2019"], Qt.MouseButton.LeftButton)
    assert [move["figure"] for move in store.changes()] == [side.figure for side in LANCASHIRE.sides]
    assert {move["panel"] for move in store.changes()} == {PanelKind.EVIDENCE}
    name = found["NSPCC, 1 March 2019"].accessibleName()
    assert name == "Show the evidence for 175 offences, NSPCC, 1 March 2019"


def test_a_disagreement_is_copied_whole(qtbot: Any) -> None:
    _panel, _store, part = shown(qtbot)
    qtbot.mouseClick(buttons(part.column)["Copy with citation"], Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == LANCASHIRE.citation


def test_the_rule_is_shown_and_switched(qtbot: Any) -> None:
    panel, store, part = shown(qtbot)
    pair = part.head.rule
    assert (pair.first.isChecked(), pair.second.isChecked()) == (True, False)
    assert pair.second.accessibleName() == "When sources differ, show: As first printed"
    qtbot.mouseClick(pair.second, Qt.MouseButton.LeftButton)
    assert store.changes() == [{"rule": Preference.FIRST, "figure": ""}]
    panel.show_page(None, samples.page(panel=PanelKind.CONFLICTS, rule=Preference.FIRST))
    assert (pair.first.isChecked(), pair.second.isChecked()) == (False, True)
    qtbot.mouseClick(pair.first, Qt.MouseButton.LeftButton)
    assert store.changes()[-1] == {"rule": Preference.NEWEST, "figure": ""}


def test_place_and_rule_do_not_exclude_each_other(qtbot: Any) -> None:
    _panel, store, part = shown(qtbot)
    qtbot.mouseClick(part.head.where.second, Qt.MouseButton.LeftButton)
    assert store.changes() == [{"everywhere": True}]
    assert part.head.rule.first.isChecked()


def test_showing_asks_for_nothing(qtbot: Any) -> None:
    panel, store, _ = shown(qtbot)
    panel.show_page(None, samples.page(panel=PanelKind.CONFLICTS, everywhere=True, rule=Preference.FIRST))
    assert store.moves == []


def test_what_is_listed_is_said_above_the_cards(qtbot: Any) -> None:
    panel, _, part = shown(qtbot)
    assert text(part.column.visible_cards()[0]).startswith("3 disagreements about Cambridgeshire, the places")
    panel.show_page(None, samples.page(panel=PanelKind.CONFLICTS, everywhere=True, disagreements=samples.CONFLICTS[:1]))
    assert text(part.column.visible_cards()[0]) == "1 disagreement in all the evidence that is loaded"


def test_nothing_to_list_says_so_and_leads_to_everywhere(qtbot: Any) -> None:
    panel, store, part = shown(qtbot, disagreements=(), disagreements_empty="No loaded figures disagree here.")
    assert "No loaded figures disagree here." in text(part.column)
    buttons(part.column)["Show everywhere"].click()
    assert store.changes() == [{"everywhere": True}]
    panel.show_page(
        None,
        samples.page(panel=PanelKind.CONFLICTS, disagreements=(), everywhere=True, disagreements_empty="None."),
    )
    assert "Show everywhere" not in buttons(part.column)


def test_the_tab_key_goes_from_the_rule_to_the_cards(qtbot: Any) -> None:
    panel, _, part = shown(qtbot)
    panel.tabs.tabs[PanelKind.CONFLICTS].setFocus()
    reached = []
    for _ in range(3):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        reached.append(QApplication.focusWidget())
    first = next(stop for card in part.column.visible_cards()[1:] for stop in card.tab_stops())
    assert reached == [part.head.rule.first, part.head.where.first, first]


@pytest.mark.parametrize(("width", "pixels"), [(280, 13), (360, 13), (280, 26), (360, 26), (640, 26)])
def test_five_tabs_and_the_head_stand_whole(qtbot: Any, width: int, pixels: int) -> None:
    panel, _ = shown_panel(qtbot, samples.page(panel=PanelKind.CONFLICTS), width=width)
    large(panel, pixels)
    QApplication.processEvents()
    part = panel.part_for(PanelKind.CONFLICTS)
    assert isinstance(part, ConflictsPart)
    head = part.head
    for tab in panel.tabs.tabs.values():
        assert tab.height() >= tab.height_for(tab.width())
        assert tab.width() >= tab.least_width()
        assert tab.geometry().right() <= width
    for pair in (head.rule, head.where):
        for button in (pair.first, pair.second):
            assert button.height() >= button.height_for(button.width())
            assert pair.rect().contains(button.geometry())
    assert head.rule_label.height() >= head.rule_label.heightForWidth(head.rule_label.width())
    assert head.rule_label.geometry().bottom() < head.rule.y()


def test_five_tabs_stand_in_one_row_at_the_usual_size(qtbot: Any) -> None:
    panel, _ = shown_panel(qtbot, samples.page())
    assert len({tab.y() for tab in panel.tabs.tabs.values()}) == 1


def test_the_evidence_card_lists_all_the_sources_of_a_figure(qtbot: Any) -> None:
    card = replace(samples.CAMBS_77, disagreements=(LANCASHIRE,))
    panel, store = shown_panel(qtbot, samples.page(card=card))
    assert open_panel(panel) is PanelKind.EVIDENCE
    read = text(column(panel))
    assert read.index("77 offences") < read.index("Sources that disagree") < read.index("175 offences, not shown")
    assert "64 offences, shown" in read
    buttons(column(panel))["NSPCC, September 2019"].click()
    assert store.changes()[-1]["figure"] == LANCASHIRE.sides[1].figure


def test_markup_in_a_disagreement_is_text(qtbot: Any) -> None:
    markup = "<b>x</b> &amp;"
    side = replace(LANCASHIRE.sides[0], amount=markup, source=markup, printed=markup, why=markup)
    one = replace(LANCASHIRE, heading=markup, kind=markup, text=markup, sides=(side,))
    _panel, _store, part = shown(qtbot, disagreements=(one, REGION))
    assert text(part.column.visible_cards()[1]).count(markup) == 7
