"""Documents made of a briefing from the window: which kind, to which file, how far it is, and stopping it."""

from __future__ import annotations

import traceback
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QMarginsF, QObject, Qt, QTimer
from PySide6.QtGui import QPageSize
from PySide6.QtWidgets import QDialog, QFileDialog, QLayout, QProgressDialog

from explorer.briefing import Briefing, ItemKind, collect_item
from explorer.export import DOCUMENTS, DocumentFormat, document_of, estimate_steps, write_briefing
from explorer.ui.cards import ActionKind, CardAction, CardContent, CardParagraph, build_actions, build_prose
from explorer.ui.theme import ParagraphRole

from .dialogs import ListDialog, file_name
from .session import BriefingSession

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter, QPrintPreviewDialog

    from explorer.ui.core import WindowContext


class DocumentExporter(QObject):
    """Makes documents of the desk's briefing, a step at a time, so that the window goes on meanwhile."""

    def __init__(self, context: WindowContext, desk: BriefingSession) -> None:
        super().__init__(desk)
        self._context, self._desk = context, desk
        self._steps: Iterator[None] | None = None
        self._path = Path()
        self.dialog: QDialog | None = None
        """The choice of a kind, while it is open."""
        self.progress: QProgressDialog | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)  # a modal progress dialog handles events itself: one step at a time
        self._timer.timeout.connect(self._run_step)

    def choose_kind(self) -> None:
        """Ask which kind of document to make."""
        cards = [_build_document_card(one) for one in DOCUMENTS.values()]
        dialog = ListDialog("Make document", cards, self._context, {ActionKind.SAVE: self._ask_where})
        dialog.finished.connect(self._on_dialog_closed)
        self.dialog = dialog
        dialog.open()

    def _on_dialog_closed(self) -> None:
        if self.dialog is not None:
            self.dialog.deleteLater()
        self.dialog = None

    def _ask_where(self, kind: str) -> None:
        document = DOCUMENTS[kind]
        name = file_name(self._desk.briefing.name) + document.suffix
        suggested_path = str(self._context.default_folder() / name)
        path, _ = QFileDialog.getSaveFileName(
            self._context.widget, document.name, suggested_path, f"{document.name} (*{document.suffix})"
        )
        if path:
            whole = path if path.lower().endswith(document.suffix) else path + document.suffix
            self.start_export(Path(whole))

    def start_export(self, path: Path) -> None:
        """Begin to write the document whose kind the ending of ``path`` says."""
        if self._steps is not None:
            return
        briefing = self._desk.briefing
        self._path, self._steps = path, write_briefing(briefing, path)
        most = estimate_steps(briefing, document_of(path))
        progress = QProgressDialog(f"Making “{path.name}”…", "Cancel", 0, most, self._context.widget)
        progress.setWindowTitle("Make document")
        progress.setWindowModality(Qt.WindowModality.WindowModal)
        progress.setMinimumDuration(300)
        progress.setAutoClose(False)
        progress.setAutoReset(False)
        progress.canceled.connect(self._cancel_export)
        self.progress = progress
        self._timer.start(0)

    def _run_step(self) -> None:
        """Do one step, and say how far it is."""
        if self._steps is None or self.progress is None:
            return
        try:
            next(self._steps)
        except StopIteration:
            self._finish_export(f"Saved: {self._path}", is_success=True)
        except (ValueError, OSError) as error:
            why = (error.strerror if isinstance(error, OSError) else "") or str(error)
            failure_text = f"“{self._path.name}” was not written: {why.rstrip('.')}. "
            self._finish_export(f"{failure_text}Choose another folder or name, or close the program that has it open.")
        except Exception as error:
            details = "".join(traceback.format_exception(error))
            self._finish_export(f"“{self._path.name}” was not written. The briefing is as it was.", details)
        else:
            self.progress.setValue(min(self.progress.value() + 1, self.progress.maximum() - 1))
            if self._steps is not None:
                self._timer.start(0)

    def _cancel_export(self) -> None:
        if self._steps is not None:
            unchanged_note = " The file that was there is as it was." if self._path.exists() else ""
            self._finish_export(f"“{self._path.name}” was not written: it was cancelled.{unchanged_note}")

    def _finish_export(self, message: str, details: str = "", *, is_success: bool = False) -> None:
        self._timer.stop()
        self._steps = None
        if self.progress is not None:
            self.progress.canceled.disconnect(self._cancel_export)
            self.progress.close()
            self.progress.deleteLater()
            self.progress = None
        if is_success:
            self._context.saved_in = self._path.parent
            self._context.messages.show_message(message, opening=partial(_open_file, self._path))
        else:
            self._context.messages.show_message(message, details)


def _build_document_card(document: DocumentFormat) -> CardContent:
    words = build_prose(
        CardParagraph(role=ParagraphRole.LEAD, text=document.name),
        CardParagraph(role=ParagraphRole.BODY, text=document.description),
    )
    act = CardAction(act=ActionKind.SAVE, label="Save as…", value=document.id, name=f"Save as {document.name}")
    return CardContent(name=document.name, parts=(*words, *build_actions(act)))


def _open_file(path: Path) -> None:
    from PySide6.QtCore import QUrl
    from PySide6.QtGui import QDesktopServices

    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


# Printing with a preview: the briefing, or the chart on screen with its table and its sources.


class PrintPreviewer(QObject):
    """Shows what would be printed, in the system's own preview."""

    def __init__(self, context: WindowContext, desk: BriefingSession) -> None:
        super().__init__(desk)
        self._context, self._desk = context, desk
        self.preview: QPrintPreviewDialog | None = None
        self._printer: QPrinter | None = None

    def show_briefing(self) -> None:
        """Show the pages of the briefing."""
        self._show_preview(self._desk.briefing)

    def show_chart(self) -> None:
        """Show the chart on screen as a page of its own."""
        page = self._context.store.page
        item = collect_item(self._context.store.library, ItemKind.CHART, page.question) if page else None
        if item is not None and page is not None:
            self._show_preview(Briefing(title=page.place.name, items=(item,)))

    def _show_preview(self, briefing: Briefing) -> None:
        from PySide6.QtPrintSupport import QPrinter, QPrintPreviewDialog

        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setDocName(briefing.name)
        printer.setCreator("Online Harms Explorer")
        printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
        printer.setFullPage(True)
        printer.setPageMargins(QMarginsF())
        preview = QPrintPreviewDialog(printer, self._context.widget)
        preview.setWindowTitle(f"Print: {briefing.name}")
        layout = preview.layout()
        if layout is not None:  # otherwise it changes the least size when the window is already there
            layout.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        preview.resize(900, 720)
        preview.paintRequested.connect(partial(print_on, briefing))
        preview.finished.connect(self._on_closed)
        self.preview, self._printer = preview, printer  # the preview does not keep its printer alive
        preview.open()

    def _on_closed(self) -> None:
        if self.preview is not None:
            self.preview.deleteLater()
        self.preview = self._printer = None


def print_on(briefing: Briefing, printer: QPrinter) -> None:
    """Paint the briefing on the printer's pages."""
    from explorer.export import print_report

    print_report(briefing, printer)
