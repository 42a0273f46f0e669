"""The panel as a whole: which part is drawn when, what the tabs say, the keyboard, themes and type sizes."""

from __future__ import annotations

from itertools import pairwise
from random import Random
from typing import Any

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QFont, QGuiApplication
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget

from explorer.pages.model.question import PanelKind
from explorer.support.theme import CONTRAST, DARK, LIGHT, Theme
from explorer.ui.cards.card_list import COPIED_LABEL, ActionButton
from explorer.ui.cards.prose import ProseView
from explorer.ui.inspector.inspector import SidePanel, open_address
from explorer.ui.inspector.statements import VoicesPart
from explorer.ui.theme.typography import TARGET
from explorer.ui.widgets.buttons import WordButton
from tests.ui import samples
from tests.ui.panels import buttons, column, large, open_panel, proses, shown_panel, sticking_out, text


def test_the_tabs_say_how_many_there_are(qtbot: Any) -> None:
    panel, _ = shown_panel(qtbot, samples.page(voices=samples.VOICES[:1]))
    tabs = panel.tabs.tabs
    assert [tabs[p].label for p in PanelKind] == [
        "Evidence 4",
        "Voices 1",
        "Demands 6",
        "Claims 4",
        "Conflicts 3",
    ]
    assert tabs[PanelKind.VOICES].accessibleName() == "Voices, 1 quote"


@pytest.mark.parametrize("which", list(PanelKind))
def test_the_question_says_which_part_is_open(qtbot: Any, which: PanelKind) -> None:
    panel, _ = shown_panel(qtbot, samples.page(panel=which))
    assert open_panel(panel) is which
    assert panel.part_for(which).isVisible()
    assert [p for p in PanelKind if panel.part_for(p).isVisible()] == [which]


def test_a_tab_asks_for_its_part_and_does_not_open_it_by_itself(qtbot: Any) -> None:
    panel, store = shown_panel(qtbot, samples.page())
    qtbot.mouseClick(panel.tabs.tabs[PanelKind.CLAIMS], Qt.MouseButton.LeftButton)
    assert store.changes() == [{"panel": PanelKind.CLAIMS}]


def test_a_hidden_part_is_made_only_when_it_is_opened(qtbot: Any) -> None:
    panel, _ = shown_panel(qtbot, samples.page())
    made = {type(child).__name__ for child in panel.children()}
    assert "EvidencePart" in made
    assert "ClaimsPart" not in made


def test_a_hidden_part_goes_stale_and_is_filled_when_it_is_opened(qtbot: Any) -> None:
    first = samples.page(panel=PanelKind.VOICES)
    panel, _ = shown_panel(qtbot, first)
    evidence = samples.page(voices=samples.VOICES[2:3])
    panel.show_page(first, evidence)
    hidden = panel.part_for(PanelKind.VOICES)
    assert hidden.is_dirty
    assert "Families have long paid" in text(hidden.column)
    panel.show_page(evidence, samples.page(voices=samples.VOICES[2:3], panel=PanelKind.VOICES))
    assert not hidden.is_dirty
    assert "Families have long paid" not in text(hidden.column)
    assert "digitally connected" in text(hidden.column)


def test_an_unchanged_slice_is_not_drawn_again(qtbot: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    page = samples.page()
    panel, _ = shown_panel(qtbot, page)
    drawn: list[object] = []
    monkeypatch.setattr(column(panel), "show_cards", lambda *a, **k: drawn.append(a))
    panel.show_page(page, replace(page, voices=(), claims=(), notice="Another sentence."))
    assert drawn == []
    panel.show_page(page, replace(page, card=samples.EAST_36))
    assert len(drawn) == 1


def test_showing_a_page_asks_for_nothing(qtbot: Any) -> None:
    panel, store = shown_panel(qtbot, samples.page(panel=PanelKind.VOICES, words="harm", speaker="Simon Bailey"))
    for which in PanelKind:
        panel.show_page(None, samples.page(panel=which, words="bill", everywhere=True))
    assert store.moves == []


def test_only_cards_that_differ_are_filled_again(qtbot: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    page = samples.page(panel=PanelKind.CLAIMS)
    panel, _ = shown_panel(qtbot, page)
    filled: list[str] = []
    original = ProseView._fill_document

    def counting(self: ProseView, prose: Any, *rest: Any) -> None:
        filled.append(prose.paragraphs[0].text)
        original(self, prose, *rest)

    monkeypatch.setattr(ProseView, "_fill_document", counting)
    changed = replace(samples.CLAIMS[2], reason="The count did not rise.")
    panel.show_page(page, replace(page, claims=(*samples.CLAIMS[:2], changed, samples.CLAIMS[3])))
    assert filled == ["Claim 3"]


def test_widgets_are_kept_from_page_to_page(qtbot: Any) -> None:
    panel, _ = shown_panel(qtbot, samples.page())
    for card in (samples.EAST_36, samples.UK_37, samples.CAMBS_77):
        panel.show_page(None, samples.page(card=card))
    before = len(panel.findChildren(QWidget))
    for card in (samples.EAST_36, samples.UK_37, samples.CAMBS_77) * 3:
        panel.show_page(None, samples.page(card=card))
    assert len(panel.findChildren(QWidget)) == before


@pytest.mark.parametrize("theme", [LIGHT, DARK, CONTRAST])
def test_a_theme_reaches_the_letters_of_open_and_hidden_parts(qtbot: Any, theme: Theme) -> None:
    panel, _ = shown_panel(qtbot, samples.page())
    panel.show_page(None, samples.page(panel=PanelKind.CLAIMS))
    panel.apply_theme(theme)
    panel.show_page(None, samples.page(panel=PanelKind.EVIDENCE))
    for which in (PanelKind.CLAIMS, PanelKind.EVIDENCE):
        first = proses(column(panel, which).visible_cards()[1])[-1]
        panel.show_page(None, samples.page(panel=which))
        colours = {_ink(first, block) for block in range(first.document().blockCount())}
        assert colours <= {theme.text.lower(), theme.muted_text.lower()}


def _ink(view: ProseView, block: int) -> str:
    formats = view.document().findBlockByNumber(block).textFormats()
    return formats[-1].format.foreground().color().name()


def test_another_theme_paints_another_surface(qtbot: Any) -> None:
    panel, _ = shown_panel(qtbot, samples.page())
    light = panel.grab().toImage().pixelColor(3, 600).name().upper()
    panel.apply_theme(DARK)
    dark = panel.grab().toImage().pixelColor(3, 600).name().upper()
    assert (light, dark) == (LIGHT.panel, DARK.panel)


@pytest.mark.parametrize("which", list(PanelKind))
@pytest.mark.parametrize(("width", "pixels"), [(280, 13), (280, 26), (360, 26), (640, 13)])
def test_nothing_sticks_out_and_every_target_is_large_enough(
    qtbot: Any, which: PanelKind, width: int, pixels: int
) -> None:
    panel, _ = shown_panel(qtbot, samples.page(panel=which, card=samples.EAST_36), width=width)
    large(panel, pixels)
    QApplication.processEvents()
    assert sticking_out(panel) == []
    for button in panel.findChildren(WordButton):
        if button.isVisible():
            assert button.width() >= TARGET
            assert button.height() >= TARGET
            assert button.height() >= button.height_for(button.width())


@pytest.mark.parametrize("which", list(PanelKind))
def test_every_text_is_as_tall_as_its_words(qtbot: Any, which: PanelKind) -> None:
    panel, _ = shown_panel(qtbot, samples.page(panel=which, card=samples.UK_37), width=280)
    large(panel)
    QApplication.processEvents()
    views = [view for card in column(panel).visible_cards() for view in proses(card)]
    assert views
    for view in views:
        assert view.height() >= view.document().size().height()
        assert view.document().size().width() <= view.width()


def test_cards_stand_one_below_the_other(qtbot: Any) -> None:
    panel, _ = shown_panel(qtbot, samples.page(panel=PanelKind.CLAIMS))
    cards = column(panel).visible_cards()
    for above, below in pairwise(cards):
        assert above.geometry().bottom() < below.geometry().top()


def test_copying_says_so_for_a_moment_and_announces_it(qtbot: Any) -> None:
    panel, store = shown_panel(qtbot, samples.page())
    button = buttons(column(panel))["Copy figure with citation"]
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == samples.CAMBS_77.citation
    assert store.moves == []
    assert button.label == COPIED_LABEL
    qtbot.waitUntil(lambda: button.label != COPIED_LABEL, timeout=30_000)
    assert button.label == "Copy figure with citation"


def test_a_page_that_is_turned_ends_the_word_copied(qtbot: Any) -> None:
    panel, _ = shown_panel(qtbot, samples.page())
    button = buttons(column(panel))["Copy figure with citation"]
    button.click()
    another = replace(samples.CAMBS_77, figure=samples.C20, citation="Another citation.")
    panel.show_page(None, samples.page(card=another))
    assert button.label == "Copy figure with citation"
    button.click()
    assert QGuiApplication.clipboard().text() == "Another citation."


@pytest.mark.parametrize("address", ["file:///etc/passwd", "javascript:alert(1)", "ftp://a.b/c", "http://", "x"])
def test_only_web_pages_are_handed_to_a_browser(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    opened: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    open_address(address)
    assert opened == []
    open_address(" https://example.org/a?b=c#d ")
    assert [url.toString() for url in opened] == ["https://example.org/a?b=c#d"]


def test_a_panel_keeps_within_its_widths(qtbot: Any) -> None:
    panel = SidePanel(samples.FakeStore())
    qtbot.addWidget(panel)
    assert (panel.minimumWidth(), panel.maximumWidth()) == (280, 640)
    assert panel.sizeHint().width() == 360


def test_an_ampersand_makes_no_shortcut(qtbot: Any) -> None:
    panel, _ = shown_panel(qtbot, samples.page())
    button = ActionButton(panel)
    button.set_label("Facts & figures")
    assert button.label == "Facts & figures"
    assert button.shortcut().isEmpty()


def test_a_panel_looks_the_same_whatever_it_showed_before(qtbot: Any) -> None:
    """Pooled widgets keep nothing of an earlier page: compared with a panel made for the page."""
    chance = Random(7)
    panel, _ = shown_panel(qtbot, samples.page())
    for _ in range(25):
        page = samples.page(
            panel=chance.choice(list(PanelKind)),
            card=chance.choice([None, samples.EAST_36, samples.UK_37, samples.CAMBS_77]),
            voices=samples.VOICES[: chance.randrange(5)],
            demands=samples.DEMANDS[chance.randrange(6) :],
            claims=tuple(chance.sample(samples.CLAIMS, chance.randrange(5))),
            words=chance.choice(["", "harm"]),
        )
        theme = chance.choice([LIGHT, DARK, CONTRAST])
        panel.apply_theme(theme)
        panel.show_page(None, page)
        fresh = SidePanel(samples.FakeStore())
        qtbot.addWidget(fresh)
        fresh.apply_theme(theme)
        fresh.resize(panel.size())
        fresh.show_page(None, page)
        assert text(column(panel)) == text(column(fresh))
        shapes = [card.geometry() for card in column(panel).visible_cards()]
        assert shapes == [card.geometry() for card in column(fresh).visible_cards()]


def test_a_type_size_given_to_the_program_before_the_panel_is_shown_reaches_it(qtbot: Any) -> None:
    before = QFont(QApplication.font())
    window = QMainWindow()
    qtbot.addWidget(window)
    panel = SidePanel(samples.FakeStore(), window)
    window.setCentralWidget(panel)
    panel.show_page(None, samples.page(panel=PanelKind.VOICES))
    font = QFont(before)
    font.setPixelSize(19)
    try:
        QApplication.setFont(font)
        panel.apply_theme(LIGHT)
        speaker = proses(column(panel).visible_cards()[0])[0].document().findBlockByNumber(1)
        assert speaker.text() == "Peter Wanless"
        formats = speaker.textFormats()
        assert formats[0].format.font().pixelSize() == 19
    finally:
        QApplication.setFont(before)


def test_the_filters_are_placed_anew_in_another_type_size(qtbot: Any) -> None:
    panel, _ = shown_panel(qtbot, samples.page(panel=PanelKind.VOICES))
    part = panel.part_for(PanelKind.VOICES)
    assert isinstance(part, VoicesPart)
    large(panel, 15)
    for choice in (part.filter.here, part.filter.everywhere):
        assert choice.width() >= choice.natural_width()
