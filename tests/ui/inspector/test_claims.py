"""Claims: the verdict in words with a sign of its own, and all that it stands on."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage, QPainter, QPen

from explorer.evidence.model import Verdict
from explorer.pages.model.question import PanelKind
from explorer.support.theme import CONTRAST, DARK, LIGHT, Theme, contrast_ratio
from explorer.ui.cards.prose import draw_weight
from explorer.ui.theme.typography import Typeset
from tests.ui import samples
from tests.ui.panels import buttons, column, proses, shown_panel, text


@pytest.mark.parametrize("number", range(4))
def test_a_claim_says_verdict_reason_check_and_source(qtbot: Any, number: int) -> None:
    panel, _ = shown_panel(qtbot, samples.page(panel=PanelKind.CLAIMS))
    claim = samples.CLAIMS[number]
    card = column(panel).visible_cards()[number]
    read = text(card)
    for said in (claim.text, claim.words, claim.reason, claim.check, claim.source, *claim.caveats):
        assert said in read
    for remark in claim.remarks:
        assert remark.text in read
        assert remark.source in read
    assert card.accessibleName() == f"Claim {claim.number}: {claim.words}"


def test_a_claim_says_what_its_verdict_means_and_what_was_not_checked(qtbot: Any) -> None:
    claim = replace(samples.CLAIMS[0], meaning="The figures show it.", not_checked=("Why.", "Where."))
    panel, _ = shown_panel(qtbot, samples.page(panel=PanelKind.CLAIMS, claims=(claim,)))
    read = text(column(panel).visible_cards()[0])
    assert "The figures show it." in read
    assert "Why. Where." in read


def sign(weight: Verdict) -> QImage:
    """What is drawn inside the ring, in black, whatever the colour of the verdict."""
    image = QImage(32, 32, QImage.Format.Format_ARGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    painter.setPen(QPen(QColor("black"), 2))
    draw_weight(painter, QRectF(4, 4, 24, 24), weight)
    painter.end()
    return image


def test_every_verdict_has_a_shape_of_its_own(qtbot: Any) -> None:
    drawn = [sign(weight) for weight in Verdict]
    for number, image in enumerate(drawn):
        assert all(image != other for other in drawn[number + 1 :])


@pytest.mark.parametrize("theme", [LIGHT, DARK, CONTRAST])
@pytest.mark.parametrize("weight", list(Verdict))
def test_a_sign_can_be_seen_and_is_not_alarm_red(qtbot: Any, theme: Theme, weight: Verdict) -> None:
    ink = Typeset(theme, QGuiApplication.font()).sign_colour(weight)
    assert contrast_ratio(ink, theme.page) >= 3
    hue, saturation = QColor(ink).hsvHue(), QColor(ink).hsvSaturation()
    assert saturation < 60 or not (hue < 12 or hue > 345)


def test_another_verdict_paints_another_sign(qtbot: Any) -> None:
    page = samples.page(panel=PanelKind.CLAIMS)
    panel, _ = shown_panel(qtbot, page)
    view = proses(column(panel).visible_cards()[2])[0]
    before = view.grab().toImage()
    changed = replace(samples.CLAIMS[2], weight=Verdict.NOT_SHOWN)
    panel.show_page(page, samples.page(panel=PanelKind.CLAIMS, claims=(*samples.CLAIMS[:2], changed)))
    assert view.grab().toImage() != before


def test_a_claims_figures_are_selected_and_it_is_copied(qtbot: Any) -> None:
    panel, store = shown_panel(qtbot, samples.page(panel=PanelKind.CLAIMS))
    qtbot.mouseClick(buttons(column(panel))[samples.EAST_INSTAGRAM.label], Qt.MouseButton.LeftButton)
    assert store.changes() == [{"figure": samples.EAST_INSTAGRAM.figure, "panel": PanelKind.EVIDENCE}]
    qtbot.mouseClick(buttons(column(panel))["Copy with citation"], Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == samples.CLAIMS[0].citation


def test_a_filter_that_hides_all_claims_is_named(qtbot: Any) -> None:
    page = samples.page(
        panel=PanelKind.CLAIMS,
        speaker="Peter Wanless",
        claims=(),
        claims_empty="No claim matches Peter Wanless.",
    )
    panel, store = shown_panel(qtbot, page)
    assert "No claim matches Peter Wanless." in text(column(panel))
    buttons(column(panel))["Clear filters"].click()
    assert store.changes() == [{"speaker": "", "words": ""}]
