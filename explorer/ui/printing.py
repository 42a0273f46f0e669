"""Printing with a preview: the briefing, or the chart on screen with its table and its sources."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QMarginsF, QObject
from PySide6.QtGui import QPageSize
from PySide6.QtWidgets import QLayout

from explorer.briefing.exhibits import collect_item
from explorer.briefing.model import Briefing, ItemKind

from .briefing_desk import BriefingSession

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter, QPrintPreviewDialog

    from .context import WindowContext


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
    from explorer.export.pdf_writer import print_report

    print_report(briefing, printer)
