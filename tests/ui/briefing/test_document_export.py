"""Documents, printing and pictures from the window: progress, stopping, and files that cannot be written."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPageSize, QPdfWriter
from PySide6.QtWidgets import QPushButton

from explorer.briefing.model import Briefing
from explorer.export.documents import write_briefing
from explorer.ui.briefing.document_export import print_on
from explorer.ui.chart.picture_dialog import PictureDialog
from explorer.ui.core import desktop
from tests.run_sizes import plain_and_slow, plain_and_slow_rows
from tests.ui.windows import opened, press


@pytest.fixture
def window(qtbot, library):
    made = opened(qtbot, library)
    yield made
    briefings = made.commands.brief.briefings
    briefings.desk.set_briefing(Briefing(), None, is_saved=True)
    briefings.files.keeper.shut_down()


@pytest.fixture
def documents(window):
    window.actions_.action_for("brief-me").trigger()
    return window.commands.brief.briefings.documents


MAGIC = {"pptx": b"PK", "docx": b"PK", "xlsx": b"PK", "pdf": b"%PDF"}


@pytest.mark.parametrize("kind", plain_and_slow(MAGIC))
def test_a_document_is_made_step_by_step(qtbot, window, documents, tmp_path, kind):
    path = tmp_path / f"x.{kind}"
    documents.start_export(path)
    assert not path.exists()
    qtbot.waitUntil(lambda: documents.progress is None, timeout=30_000)
    assert path.read_bytes().startswith(MAGIC[kind])
    assert window.messages.text == f"Saved: {path}"
    assert window.messages._open.isVisible()


def test_a_document_is_chosen_by_kind_and_file(qtbot, window, documents, tmp_path, monkeypatch):
    monkeypatch.setattr(
        "explorer.ui.briefing.document_export.QFileDialog.getSaveFileName", lambda *_: (str(tmp_path / "mine"), "")
    )
    window.actions_.action_for("brief-document").trigger()
    press(qtbot, documents.dialog, "Save as…")
    qtbot.waitUntil(lambda: documents.progress is None, timeout=30_000)
    assert (tmp_path / "mine.pptx").exists()


def test_a_document_that_is_cancelled_leaves_what_was_there(qtbot, window, documents, tmp_path):
    path = tmp_path / "x.pdf"
    path.write_bytes(b"old")
    documents.start_export(path)
    qtbot.waitUntil(lambda: documents.progress.value() >= 2)
    qtbot.mouseClick(documents.progress.findChild(QPushButton), Qt.MouseButton.LeftButton)
    assert documents.progress is None
    assert path.read_bytes() == b"old"
    assert window.messages.text.endswith("it was cancelled. The file that was there is as it was.")
    documents.start_export(path)
    qtbot.waitUntil(lambda: documents.progress is None, timeout=30_000)
    assert path.read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize("kind", plain_and_slow(MAGIC))
def test_whoever_is_told_of_a_stop_finds_the_old_file(qtbot, window, documents, tmp_path, kind):
    """The file is in place with the last step, after which nothing can be cancelled any more."""
    path = tmp_path / f"x.{kind}"
    path.write_bytes(b"old")
    steps = write_briefing(window.commands.brief.briefings.desk.briefing, path)
    for _ in steps:
        assert path.read_bytes() == b"old"
    assert path.read_bytes().startswith(MAGIC[kind])


def test_enter_on_a_card_presses_no_other_cards_button(qtbot, window, documents, monkeypatch):
    asked = []
    monkeypatch.setattr(
        "explorer.ui.briefing.document_export.QFileDialog.getSaveFileName", lambda *_: asked.append(1) or ("", "")
    )
    window.actions_.action_for("brief-document").trigger()
    dialog = documents.dialog
    assert not [button for button in dialog.findChildren(QPushButton) if button.autoDefault()]
    qtbot.keyClick(dialog.column, Qt.Key.Key_Return)
    assert not asked
    assert dialog.isVisible()
    dialog.reject()


def test_a_document_that_cannot_be_written_says_why_and_loses_nothing(qtbot, window, documents, tmp_path):
    held = window.commands.brief.briefings.desk.briefing
    documents.start_export(tmp_path / "no" / "x.docx")
    qtbot.waitUntil(lambda: documents.progress is None, timeout=30_000)
    assert "was not written" in window.messages.text
    assert "there is no folder" in window.messages.text or "No such" in window.messages.text
    assert window.commands.brief.briefings.desk.briefing is held


def test_the_window_is_alive_between_the_steps(qtbot, window, documents, tmp_path):
    beats = []
    from PySide6.QtCore import QTimer

    beat = QTimer()
    beat.timeout.connect(lambda: beats.append(1))
    beat.start(0)
    documents.start_export(tmp_path / "x.pdf")
    qtbot.waitUntil(lambda: documents.progress is None, timeout=30_000)
    beat.stop()
    assert len(beats) > 20


@pytest.mark.slow
def test_printing_paints_every_page(qtbot, window, documents, tmp_path):
    writer = QPdfWriter(str(tmp_path / "printed.pdf"))
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.Letter))
    print_on(window.commands.brief.briefings.desk.briefing, writer)
    pypdf = pytest.importorskip("pypdf")
    pages = pypdf.PdfReader(tmp_path / "printed.pdf").pages
    assert len(pages) > 4
    text = "".join(page.extract_text() for page in pages)
    assert "Cambridgeshire" in text


def test_the_preview_shows_the_briefing_and_the_chart(qtbot, window, documents):
    pytest.importorskip("PySide6.QtPrintSupport")
    printing = window.commands.brief.briefings.printing
    for command in ("brief-print", "print"):
        window.actions_.action_for(command).trigger()
        assert printing.preview is not None
        printing.preview.reject()
        assert printing.preview is None


def test_a_picture_of_a_chosen_size(qtbot, window, tmp_path):
    dialog = PictureDialog(window.store.page, window.context)
    qtbot.addWidget(dialog)
    dialog.size_.setCurrentIndex(1)
    dialog.size_.activated.emit(1)
    dialog.scale_.setCurrentIndex(3)
    dialog.write(tmp_path / "x.png")
    image = QImage(str(tmp_path / "x.png"))
    assert image.width() == 3000
    assert image.height() >= 2250
    assert window.messages.text == f"Saved: {tmp_path / 'x.png'}"


@pytest.mark.parametrize(
    ("wide", "high"), plain_and_slow_rows([("", ""), ("1200", "9" * 5), ("100", "100"), ("a", "b"), ("-500", "600")], 2)
)
def test_a_size_that_is_none_is_told(qtbot, window, tmp_path, wide, high):
    dialog = PictureDialog(window.store.page, window.context)
    qtbot.addWidget(dialog)
    dialog.width_.setText(wide)
    dialog.height_.setText(high)
    dialog._own_size()
    dialog._show_preview()
    assert "whole numbers of pixels" in dialog.message_label.text()
    dialog.write(tmp_path / "x.png")
    assert not (tmp_path / "x.png").exists()


@pytest.mark.slow
def test_pictures_in_every_format_and_colour(qtbot, window, tmp_path):
    dialog = PictureDialog(window.store.page, window.context)
    qtbot.addWidget(dialog)
    for at in range(dialog.colours.count()):
        dialog.colours.setCurrentIndex(at)
        for fmt in ("png", "svg", "pdf"):
            dialog.write(tmp_path / f"{at}.{fmt}")
            assert (tmp_path / f"{at}.{fmt}").stat().st_size > 1000
    dialog.write(tmp_path / "no" / "x.png")
    assert "was not saved" in window.messages.text


def test_the_picture_is_copied(qtbot, window):
    from PySide6.QtGui import QGuiApplication

    dialog = PictureDialog(window.store.page, window.context)
    qtbot.addWidget(dialog)
    dialog.show()
    press(qtbot, dialog, "Copy")
    assert QGuiApplication.clipboard().image().width() == 2400
    QGuiApplication.clipboard().clear()


def test_the_desktop_entry_quotes_what_a_shell_would_read(tmp_path):
    entry = desktop.desktop_entry(tmp_path / 'a "b" $c')
    line = next(line for line in entry.splitlines() if line.startswith("Exec="))
    assert line.endswith(" %f")
    assert '\\\\"b\\\\"' in line
    assert "\\\\$c" in line


def test_a_source_run_says_that_only_the_package_is_opened_by_double_click(window):
    window.actions_.action_for("brief-associate").trigger()
    assert "packaged program" in window.messages.text


def test_the_desktop_is_told_where_the_program_is(tmp_path, monkeypatch):
    monkeypatch.setattr(desktop, "_data_folder", lambda: tmp_path)
    monkeypatch.setattr(desktop, "program_path", lambda: tmp_path / "harms-explorer")
    monkeypatch.setattr(desktop.sys, "platform", "linux")
    done, told = desktop.associate_file_type()
    assert done
    assert "from now on" in told
    assert "*.ohbrief" in (tmp_path / "mime/packages/online-harms-explorer.xml").read_text(encoding="utf-8")
    assert "%f" in (tmp_path / "applications/online-harms-explorer.desktop").read_text(encoding="utf-8")


def test_commands_about_items_wait_for_items(window):
    waiting = ("brief-present", "brief-document", "brief-print", "brief-remove", "brief-undo")
    assert not any(window.actions_.action_for(one).isEnabled() for one in waiting)
    window.actions_.action_for("brief-add").trigger()
    assert all(window.actions_.action_for(one).isEnabled() for one in waiting)
