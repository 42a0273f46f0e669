"""Text of any kind stays text: markup, other scripts, control characters, and very long quotes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from explorer.pages.model.page import Annotation, CardFact, FigureLink
from explorer.pages.model.question import PanelKind
from explorer.support.theme import LIGHT
from explorer.ui.cards.model import CardParagraph, CardProse
from explorer.ui.cards.prose import ProseView
from explorer.ui.theme.typography import ParagraphRole, Typeset
from tests.run_sizes import scale_examples
from tests.ui import samples
from tests.ui.panels import buttons, column, proses, shown_panel, sticking_out, text

MARKUP = '<b onclick="x">bold</b> <img src="http://example.org/a.png"> &lt; <a href="file:///">go</a>'


def test_markup_is_shown_as_it_is_written(qtbot: Any) -> None:
    card = replace(
        samples.EAST_36,
        heading=MARKUP,
        facts=(CardFact(label=MARKUP, text=MARKUP, address=MARKUP),),
        notes=(MARKUP,),
        remarks=(Annotation(heading=MARKUP, text=MARKUP, source=MARKUP),),
    )
    panel, _ = shown_panel(qtbot, samples.page(card=card))
    assert text(column(panel)).count(MARKUP) == 8
    for view in (view for card_ in column(panel).visible_cards() for view in proses(card_)):
        assert not any(
            part.format.isAnchor() or part.format.isImageFormat()
            for block in range(view.document().blockCount())
            for part in view.document().findBlockByNumber(block).textFormats()
        )


@pytest.mark.parametrize("which", [PanelKind.VOICES, PanelKind.DEMANDS, PanelKind.CLAIMS])
def test_markup_in_voices_demands_and_claims_is_text(qtbot: Any, which: PanelKind) -> None:
    links = (FigureLink(figure="p/x", label=MARKUP),)
    page = samples.page(
        panel=which,
        voices=(replace(samples.VOICES[0], text=MARKUP, speaker=MARKUP, note=MARKUP, links=links),),
        demands=(replace(samples.DEMANDS[0], text=MARKUP, note=MARKUP, asked_by=MARKUP, links=links),),
        claims=(replace(samples.CLAIMS[0], text=MARKUP, reason=MARKUP, check=MARKUP, links=links),),
        speakers=(MARKUP,),
    )
    panel, _ = shown_panel(qtbot, page)
    assert text(column(panel)).count(MARKUP) == 4
    assert MARKUP in buttons(column(panel))


def test_no_label_reads_markup(qtbot: Any) -> None:
    panel, _ = shown_panel(qtbot, samples.page())
    for which in PanelKind:
        panel.show_page(None, samples.page(panel=which))
    assert all(label.textFormat() is Qt.TextFormat.PlainText for label in panel.findChildren(QLabel))
    assert all(not child.toolTip() for child in panel.findChildren(ProseView))


def test_a_quote_of_ten_thousand_letters_is_whole_and_scrolls(qtbot: Any) -> None:
    said = "“" + "words of a long speech " * 435 + "end”"
    panel, _ = shown_panel(
        qtbot,
        samples.page(panel=PanelKind.VOICES, voices=(replace(samples.VOICES[0], text=said),)),
        width=280,
    )
    QApplication.processEvents()
    cards = column(panel)
    view = proses(cards.visible_cards()[0])[0]
    assert said in view.shown_text()
    assert view.height() >= view.document().size().height() > 2000
    assert cards.verticalScrollBar().maximum() >= view.height() - cards.height()


def test_a_word_longer_than_the_line_breaks(qtbot: Any) -> None:
    endless = "x" * 10_000
    card = replace(samples.EAST_36, heading=endless, facts=(CardFact(label=endless, text=endless),))
    card = replace(card, workings=(replace(card.workings[0], links=(FigureLink(figure="p/x", label=endless),)),))
    panel, _ = shown_panel(qtbot, samples.page(card=card), width=280)
    QApplication.processEvents()
    for view in (view for card_ in column(panel).visible_cards() for view in proses(card_)):
        assert view.document().size().width() <= view.width()
    assert sticking_out(panel) == []
    link = buttons(column(panel))[endless]
    assert link.height() >= link.height_for(link.width()) > 1000


def test_text_from_right_to_left_keeps_its_marks(qtbot: Any) -> None:
    said = "“\u200fשלום עולם\u200e, \u202eabc\u202c 12”"
    panel, _ = shown_panel(qtbot, samples.page(panel=PanelKind.VOICES, voices=(replace(samples.VOICES[0], text=said),)))
    view = proses(column(panel).visible_cards()[0])[0]
    assert said in view.shown_text()
    speaker = view.document().findBlockByNumber(1)
    assert speaker.text() == "Peter Wanless"
    directions = [block.layout().textOption().textDirection() for block in (view.document().begin(), speaker)]
    assert directions == [Qt.LayoutDirection.RightToLeft, Qt.LayoutDirection.LeftToRight]


def test_paragraphs_of_a_quote_stay_paragraphs(qtbot: Any) -> None:
    panel, _ = shown_panel(qtbot, samples.page(panel=PanelKind.VOICES))
    document = proses(column(panel).visible_cards()[1])[0].document()
    assert document.findBlockByNumber(0).text().startswith("“As the pandemic")
    assert document.findBlockByNumber(1).text().startswith("“This means")


def test_copying_a_selection_leaves_colours_behind(qtbot: Any) -> None:
    panel, _ = shown_panel(qtbot, samples.page())
    view = proses(column(panel).visible_cards()[1])[0]
    view.setFocus()
    qtbot.keyClick(view, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    data = QGuiApplication.clipboard().mimeData()
    assert "77 offences" in data.text()
    assert not data.hasHtml()


def test_a_text_is_selected_by_keyboard_and_cannot_be_changed(qtbot: Any) -> None:
    panel, _ = shown_panel(qtbot, samples.page())
    view = proses(column(panel).visible_cards()[1])[0]
    before = view.shown_text()
    view.setFocus()
    for _ in range(6):
        qtbot.keyClick(view, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert view.textCursor().selectedText() == before[:6]
    qtbot.keyClick(view, Qt.Key.Key_Delete)
    qtbot.keyClicks(view, "abc")
    assert view.shown_text() == before


@settings(
    max_examples=scale_examples(120),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(said=st.text(max_size=200), label=st.text(max_size=40), role=st.sampled_from(ParagraphRole))
def test_any_text_is_one_block_and_is_read_back(alone: ProseView, said: str, label: str, role: ParagraphRole) -> None:
    prose = CardProse(
        paragraphs=(
            CardParagraph(role=role, text=said, label=label),
            CardParagraph(role=ParagraphRole.BODY, text="after"),
        )
    )
    alone.show_prose(prose, Typeset(LIGHT, alone.font()), 200, 60)
    assert alone.document().blockCount() == 2
    assert alone.document().findBlockByNumber(1).text() == "after"
    letters = "".join(filter(str.isalnum, said))
    assert letters in "".join(filter(str.isalnum, alone.shown_text()))


@pytest.fixture
def alone(qtbot: Any) -> Iterator[ProseView]:
    """One text by itself."""
    holder = QWidget()
    qtbot.addWidget(holder)
    yield ProseView(holder)
    holder.close()
