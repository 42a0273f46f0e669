"""Quotes and demands: their cards, and the filters that narrow them."""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from explorer.pages.model.question import PanelKind
from explorer.ui.cards.model import CardProse
from explorer.ui.inspector.statements import EVERYONE, VoicesPart, split_paragraphs, voice_card
from explorer.ui.theme.typography import ParagraphRole
from tests.ui import samples
from tests.ui.panels import buttons, column, proses, shown_panel, text


def voices(panel: Any) -> VoicesPart:
    """The voices part, which has the filters."""
    part = panel.part_for(PanelKind.VOICES)
    assert isinstance(part, VoicesPart)
    return part


def roles(index: int) -> list[ParagraphRole]:
    """How the paragraphs of a sample quote are set."""
    part = voice_card(samples.VOICES[index]).parts[0]
    assert isinstance(part, CardProse)
    return [paragraph.role for paragraph in part.paragraphs]


def test_quotes_are_shown_to_the_letter(qtbot: Any) -> None:
    panel, _ = shown_panel(qtbot, samples.page(panel=PanelKind.VOICES))
    read = text(column(panel))
    for voice in samples.VOICES:
        assert "\n".join(voice.text.split("\n\n")) in read
        assert voice.detail in read
        assert voice.source in read


def test_a_paraphrase_says_so_and_is_not_set_as_a_quote() -> None:
    assert ParagraphRole.QUOTE in roles(0)
    assert ParagraphRole.EYEBROW not in roles(0)
    assert ParagraphRole.QUOTE not in roles(3)
    assert roles(3)[0] is ParagraphRole.EYEBROW
    assert voice_card(samples.VOICES[3]).name == "Paraphrase: Peter Wanless"


def test_a_note_stands_by_its_quote(qtbot: Any) -> None:
    panel, _ = shown_panel(qtbot, samples.page(panel=PanelKind.VOICES))
    card = column(panel).visible_cards()[2]
    assert "is the speaker’s term" in text(card)


def test_blank_lines_part_paragraphs_and_single_breaks_do_not() -> None:
    assert split_paragraphs("a\nb\n\nc\n  \n\n\nd") == ("a\nb", "c", "d")


def test_a_linked_figure_is_selected(qtbot: Any) -> None:
    panel, store = shown_panel(qtbot, samples.page(panel=PanelKind.VOICES))
    qtbot.mouseClick(buttons(column(panel))[samples.UK.label], Qt.MouseButton.LeftButton)
    assert store.changes() == [{"figure": samples.UK.figure, "panel": PanelKind.EVIDENCE}]


def test_a_quote_is_copied_with_its_citation(qtbot: Any) -> None:
    panel, _ = shown_panel(qtbot, samples.page(panel=PanelKind.VOICES))
    qtbot.mouseClick(buttons(column(panel))["Copy with citation"], Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == samples.VOICES[0].citation


def test_typing_asks_for_the_words(qtbot: Any) -> None:
    panel, store = shown_panel(qtbot, samples.page(panel=PanelKind.VOICES))
    qtbot.keyClicks(voices(panel).filter.words, "bil")
    assert store.changes() == [{"words": "b"}, {"words": "bi"}, {"words": "bil"}]


def test_a_speaker_is_asked_for_and_let_go(qtbot: Any) -> None:
    panel, store = shown_panel(qtbot, samples.page(panel=PanelKind.VOICES))
    speaker = voices(panel).filter.speaker
    assert [speaker.itemText(i) for i in range(speaker.count())] == [EVERYONE, *samples.page().speakers]
    speaker.setFocus()
    for key in (Qt.Key.Key_End, Qt.Key.Key_Home):
        qtbot.keyClick(speaker, key)
    assert store.changes() == [{"speaker": "Simon Bailey"}, {"speaker": ""}]


def test_the_filters_show_what_the_question_says(qtbot: Any) -> None:
    page = samples.page(panel=PanelKind.VOICES, words="tough", speaker="Peter Wanless", everywhere=True)
    panel, _ = shown_panel(qtbot, page)
    row = voices(panel).filter
    assert row.words.text() == "tough"
    assert row.speaker.currentText() == "Peter Wanless"
    assert row.everywhere.isChecked()
    assert not row.here.isChecked()


def test_a_speaker_who_is_not_listed_is_still_shown_as_asked(qtbot: Any) -> None:
    panel, _ = shown_panel(qtbot, samples.page(panel=PanelKind.VOICES, speaker="Somebody Else"))
    assert voices(panel).filter.speaker.currentText() == "Somebody Else"


def test_this_place_and_everywhere_ask(qtbot: Any) -> None:
    panel, store = shown_panel(qtbot, samples.page(panel=PanelKind.VOICES))
    qtbot.mouseClick(voices(panel).filter.everywhere, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(voices(panel).filter.here, Qt.MouseButton.LeftButton)
    assert store.changes() == [{"everywhere": True}, {"everywhere": False}]
    assert voices(panel).filter.here.accessibleName() == "This place: Cambridgeshire"


def test_words_that_narrow_are_named_with_a_way_out(qtbot: Any) -> None:
    page = samples.page(panel=PanelKind.VOICES, words="tough", speaker="Peter Wanless", voices=samples.VOICES[:2])
    panel, store = shown_panel(qtbot, page)
    assert "2 quotes: “tough”, Peter Wanless" in text(column(panel))
    buttons(column(panel))["Clear filters"].click()
    assert store.changes() == [{"speaker": "", "words": ""}]


def test_nothing_found_says_why_and_offers_two_ways_out(qtbot: Any) -> None:
    page = samples.page(
        panel=PanelKind.VOICES,
        words="zzz",
        voices=(),
        voices_empty="No quote matches “zzz”. Clear the filter.",
    )
    panel, store = shown_panel(qtbot, page)
    assert "No quote matches “zzz”." in text(column(panel))
    buttons(column(panel))["Clear filters"].click()
    buttons(column(panel))["Show everywhere"].click()
    assert store.changes() == [{"speaker": "", "words": ""}, {"everywhere": True}]


def test_typing_keeps_the_keyboard_in_the_field(qtbot: Any) -> None:
    page = samples.page(panel=PanelKind.VOICES)
    panel, _ = shown_panel(qtbot, page)
    field = voices(panel).filter.words
    field.setFocus()
    qtbot.keyClicks(field, "t")
    panel.show_page(page, samples.page(panel=PanelKind.VOICES, words="t", voices=samples.VOICES[:1]))
    assert field.hasFocus()
    assert field.cursorPosition() == 1


def test_demands_are_numbered_and_say_of_whom_they_are_made(qtbot: Any) -> None:
    panel, store = shown_panel(qtbot, samples.page(panel=PanelKind.DEMANDS))
    cards = column(panel).visible_cards()
    assert [card.accessibleName() for card in cards] == [f"Demand {number}" for number in range(1, 7)]
    first = proses(cards[0])[0].shown_text()
    for words in ("Demand 1, paraphrase", "duty of care", "NSPCC", "Online Harms Bill", "item 1"):
        assert words in first
    buttons(column(panel))[samples.LINKS[samples.C17].label].click()
    assert store.changes() == [{"figure": samples.C17, "panel": PanelKind.EVIDENCE}]


def test_a_demand_to_the_letter_is_not_called_a_paraphrase(qtbot: Any) -> None:
    demand = replace(samples.DEMANDS[0], verbatim=True, text="“A duty of care.”")
    panel, _ = shown_panel(qtbot, samples.page(panel=PanelKind.DEMANDS, demands=(demand,)))
    assert "araphrase" not in text(column(panel))


def test_a_demand_with_a_title_of_ours_keeps_its_own_words_in_quotation_marks(qtbot: Any) -> None:
    demand = replace(samples.DEMANDS[0], title="A broad duty of care", verbatim=True, text="“A duty of care.”")
    panel, _ = shown_panel(qtbot, samples.page(panel=PanelKind.DEMANDS, demands=(demand,)))
    card = panel.part_for(PanelKind.DEMANDS).column.visible_cards()[0]
    roles = {p.text: p.role for part in card.content.parts if isinstance(part, CardProse) for p in part.paragraphs}
    assert roles["A broad duty of care"] is ParagraphRole.LEAD
    assert roles["“A duty of care.”"] is ParagraphRole.QUOTE


def test_a_demand_is_copied_with_its_citation(qtbot: Any) -> None:
    panel, _ = shown_panel(qtbot, samples.page(panel=PanelKind.DEMANDS))
    buttons(column(panel))["Copy with citation"].click()
    assert QGuiApplication.clipboard().text() == samples.DEMANDS[0].citation
