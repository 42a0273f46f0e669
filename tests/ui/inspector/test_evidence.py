"""The evidence card: what stands on it, in which order, and where its buttons lead."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QFont, QGuiApplication

from explorer.pages.model.page import Calculation, FigureLink
from explorer.pages.model.question import PanelKind
from explorer.ui.cards.model import CardContent, CardProse
from explorer.ui.inspector.evidence import evidence_contents, figure_position
from explorer.ui.theme.typography import ParagraphRole
from tests.ui import samples
from tests.ui.panels import buttons, column, proses, shown_panel, text


def paragraphs(contents: tuple[CardContent, ...], role: ParagraphRole) -> list[tuple[str, str]]:
    """Label and text of every paragraph of ``role``, from the top."""
    parts = [part for content in contents for part in content.parts if isinstance(part, CardProse)]
    return [(p.label, p.text) for part in parts for p in part.paragraphs if p.role is role]


def test_the_amount_stands_first_and_large_in_tabular_figures(qtbot: Any) -> None:
    panel, _ = shown_panel(qtbot, samples.page())
    first = proses(column(panel).visible_cards()[1])[0]
    amount = first.document().findBlockByNumber(1)
    formats = amount.textFormats()
    font = formats[0].format.font()
    assert amount.text() == "77 offences"
    assert font.isFeatureSet(QFont.Tag("tnum"))
    assert font.pointSizeF() > 1.5 * panel.font().pointSizeF()


def test_every_fact_is_a_label_with_its_value() -> None:
    told = dict(paragraphs(evidence_contents(samples.page(card=samples.EAST_36)), ParagraphRole.FACT))
    assert told["Printed as"] == "“36 percent”"
    assert told["Published by"] == "Peterborough Telegraph, November 2020"
    assert told["Where"] == "Paragraph 4"
    assert told["Can stand for"] == "35.5% to 36.5%"
    assert told["Share of"] == "The 114 recorded offences, as the article prints it"
    assert [fact.label for fact in samples.EAST_36.facts] == [label for label in told if label != "Range"]


def test_remarks_say_who_says_so(qtbot: Any) -> None:
    panel, _ = shown_panel(qtbot, samples.page(card=samples.EAST_36))
    read = text(column(panel))
    assert read.index("What it disagrees with") < read.index("Surrey, Sussex and Kent")
    assert "Greatest Hits Radio, November 2020" in read


def test_a_working_shows_sentence_formula_range_and_caveat() -> None:
    contents = evidence_contents(samples.page(card=samples.UK_37))
    assert ("", "1,201 × 36.5% = 438.37") in paragraphs(contents, ParagraphRole.FORMULA)
    assert ("Range", "439 or more") in paragraphs(contents, ParagraphRole.FACT)
    assert ("Range", "+7 to +9") in paragraphs(contents, ParagraphRole.FACT)
    assert paragraphs(contents, ParagraphRole.CAVEAT)[-1][1].startswith("The count is printed as a lower bound")


def test_a_range_of_one_number_is_not_called_a_range() -> None:
    contents = evidence_contents(samples.page(card=samples.EAST_36))
    assert not [label for label, _ in paragraphs(contents, ParagraphRole.FACT) if label == "Range"]


def test_the_inputs_of_a_working_lead_to_their_figures(qtbot: Any) -> None:
    panel, store = shown_panel(qtbot, samples.page())
    qtbot.mouseClick(buttons(column(panel))["Cambridgeshire, 2018/19: 71"], Qt.MouseButton.LeftButton)
    assert store.changes() == [{"figure": samples.C18, "panel": PanelKind.EVIDENCE}]


def test_inputs_without_labels_take_the_charts_or_a_number() -> None:
    bare = Calculation(text="x", amount="", low="", high="", formula="1", inputs=(samples.C18, "other/figure"))
    contents = evidence_contents(samples.page(card=replace(samples.CAMBS_77, workings=(bare,))))
    labels = [item.label for part in contents[-1].parts if not isinstance(part, CardProse) for item in part.items]
    assert labels == ["Cambridgeshire, 2018/19: 71 offences", "figure 2 of the working", "Add to briefing"]


def test_the_address_is_copied_or_handed_to_a_browser_only_on_request(
    qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    panel, store = shown_panel(qtbot, samples.page())
    assert samples.ADDRESS in text(column(panel))
    qtbot.mouseClick(buttons(column(panel))["Copy address"], Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == samples.ADDRESS
    assert opened == []
    qtbot.mouseClick(buttons(column(panel))["Open in browser"], Qt.MouseButton.LeftButton)
    assert [url.toString() for url in opened] == [samples.ADDRESS]
    assert store.moves == []


def test_an_address_that_is_no_web_page_can_only_be_copied(qtbot: Any) -> None:
    fact = replace(samples.CAMBS_77.facts[2], address="file:///etc/passwd")
    panel, _ = shown_panel(qtbot, samples.page(card=replace(samples.CAMBS_77, facts=(fact,))))
    assert "Copy address" in buttons(column(panel))
    assert "Open in browser" not in buttons(column(panel))


def test_values_stand_in_one_column_and_under_their_labels_where_it_is_narrow(qtbot: Any) -> None:
    panel, _ = shown_panel(qtbot, samples.page(), width=560)
    card = column(panel).visible_cards()[1]
    starts = {
        view.document().findBlockByNumber(number).blockFormat().leftMargin()
        for view in proses(card)
        for number in range(view.document().blockCount())
        if "\t" in view.document().findBlockByNumber(number).text()
    }
    assert len(starts) == 1
    wide = panel.font()
    wide.setPixelSize(30)
    panel.setFont(wide)
    panel.resize(280, 900)
    assert "\t" not in text(card)
    assert "Published by\nPeterborough Telegraph" in text(card)


def test_steps_go_round_the_charts_figures() -> None:
    page = samples.page()
    assert figure_position(page) == (3, 4, samples.C18, samples.C20)
    last = replace(samples.CAMBS_77, figure=samples.C20)
    assert figure_position(samples.page(card=last)) == (4, 4, samples.C19, samples.C17)
    assert figure_position(samples.page(card=samples.EAST_36)) == (0, 4, "", "")


def test_next_asks_for_the_next_figure(qtbot: Any) -> None:
    panel, store = shown_panel(qtbot, samples.page())
    assert "Figure 3 of 4 on this chart" in text(column(panel))
    qtbot.mouseClick(buttons(column(panel))["Next figure"], Qt.MouseButton.LeftButton)
    assert store.changes() == [{"figure": samples.C20, "panel": PanelKind.EVIDENCE}]


def test_without_a_figure_it_says_what_to_do_and_shows_the_charts_workings(qtbot: Any) -> None:
    panel, _ = shown_panel(qtbot, samples.page(card=None, selected=""))
    read = text(column(panel))
    assert "Choose a bar of the chart or a row of the table" in read
    assert "Worked out from these figures" in read
    assert "77 − 71 = 6" in read


def test_other_figures_of_the_place_are_one_press_away(qtbot: Any) -> None:
    other = FigureLink(figure="pack/other", label="Instagram, Cambridgeshire, 2019/20: 31%")
    panel, store = shown_panel(qtbot, samples.page(others=(other,)))
    assert "Also recorded for Cambridgeshire" in text(column(panel))
    buttons(column(panel))[other.label].click()
    assert store.changes() == [{"figure": "pack/other", "panel": PanelKind.EVIDENCE}]


def test_another_figure_goes_back_to_the_top_and_the_same_one_stays(qtbot: Any) -> None:
    panel, _ = shown_panel(qtbot, samples.page(), height=400)
    bar = column(panel).verticalScrollBar()
    bar.setValue(200)
    panel.show_page(None, samples.page(remarks=samples.EAST_36.remarks, others=()))
    assert bar.value() == 200
    panel.show_page(None, samples.page(card=samples.EAST_36))
    assert bar.value() == 0
