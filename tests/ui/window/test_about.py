"""About: versions, evidence, help lines and licences, and the notices even where they are missing."""

from __future__ import annotations

from collections.abc import Callable
from importlib import metadata
from pathlib import Path
from typing import Any

import pytest
from msgspec import Struct
from PySide6.QtCore import qVersion
from PySide6.QtGui import QGuiApplication

from explorer import __version__
from explorer.support.theme import DARK, LIGHT
from explorer.ui.window import about
from explorer.ui.window.about import AboutDialog, component_versions, notices_text
from tests.ui.panels import buttons, sticking_out, text


class Loaded(Struct, frozen=True):
    title: str = "The lockdown quarter of 2020"
    version: str = "1.0.0"
    publisher: str = "Online Harms Explorer"
    figures: int = 10
    verified: bool = True


@pytest.fixture
def about_dialog(qtbot: Any) -> Callable[..., AboutDialog]:
    def made(*packs: Loaded) -> AboutDialog:
        dialog = AboutDialog(packs, LIGHT)
        qtbot.addWidget(dialog)
        dialog.show()
        return dialog

    return made


def test_it_says_the_versions_of_what_it_is_made_with(about_dialog: Callable[..., AboutDialog]) -> None:
    dialog = about_dialog()
    read = text(dialog.column)
    assert f"Version {__version__}" in read
    for package in ("PySide6_Essentials", "pyqtgraph", "pandas"):
        assert metadata.version(package) in read
    assert qVersion() in read


def test_a_part_without_a_recorded_version_is_no_trouble(monkeypatch: pytest.MonkeyPatch) -> None:
    def nothing(package: str) -> str:
        raise metadata.PackageNotFoundError(package)

    monkeypatch.setattr(about.metadata, "version", nothing)
    assert ("pandas", "version not recorded") in component_versions()


def test_the_help_lines_are_as_the_standard_sets_them(about_dialog: Callable[..., AboutDialog]) -> None:
    dialog = about_dialog()
    read = text(dialog.column)
    for said in (
        "NSPCC helpline",
        "0808 800 5000",
        "help@nspcc.org.uk",
        "Childline",
        "0800 1111",
        "CEOP Safety Centre",
        "Check before you print",
    ):
        assert said in read
    for hours in ("24", "Monday", "hours", "open"):
        assert hours not in about.HELP_LINES[0][1] + about.HELP_LINES[1][1] + about.HELP_LINES[2][1]
    buttons(dialog.column)["Copy help lines"].click()
    assert "Childline: 0800 1111" in QGuiApplication.clipboard().text()


def test_it_says_that_it_is_offline_and_under_which_licence(about_dialog: Callable[..., AboutDialog]) -> None:
    dialog = about_dialog()
    read = text(dialog.column)
    assert "offline: it opens no network connection" in read
    assert "MIT licence" in read


def test_it_lists_the_packs_and_whether_they_were_verified(about_dialog: Callable[..., AboutDialog]) -> None:
    dialog = about_dialog(Loaded(), Loaded(title="Mine", figures=1, verified=False))
    read = text(dialog.column)
    assert "The lockdown quarter of 2020" in read
    assert "Version 1.0.0, Online Harms Explorer, 10 figures, its sums were verified" in read
    assert "1 figure, its sums could not be verified" in read
    empty = about_dialog()
    assert "No evidence pack is loaded." in text(empty.column)


def test_missing_notices_are_a_sentence(tmp_path: Path) -> None:
    assert "missing from this copy" in notices_text(tmp_path)


def test_notices_are_read_whatever_their_letters(tmp_path: Path) -> None:
    (tmp_path / "notices").mkdir()
    (tmp_path / "notices" / "THIRD-PARTY.txt").write_bytes(b"Qt \xff <b>LGPL</b>")
    assert notices_text(tmp_path) == "Qt \ufffd <b>LGPL</b>"


def test_the_notices_open_as_plain_text(
    about_dialog: Callable[..., AboutDialog], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(about, "notices_text", lambda: "<b>Qt</b> & more")
    dialog = about_dialog()
    dialog.notices.click()
    shown = dialog.findChildren(about.NoticesDialog)[0]
    assert shown.isVisible()
    assert shown.text.toPlainText() == "<b>Qt</b> & more"
    assert shown.text.isReadOnly()
    shown.close()


def test_it_closes_and_nothing_sticks_out(about_dialog: Callable[..., AboutDialog]) -> None:
    dialog = about_dialog(Loaded())
    assert sticking_out(dialog) == []
    dialog.close_button.click()
    assert not dialog.isVisible()


def test_it_can_be_dark(qtbot: Any) -> None:
    dialog = AboutDialog((), DARK)
    qtbot.addWidget(dialog)
    assert dialog.grab().toImage().pixelColor(2, 2).name().upper() == DARK.panel
