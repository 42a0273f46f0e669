"""The page on screen as something to take away: on the clipboard, or in a file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog

if TYPE_CHECKING:
    from explorer.ui.core import WindowContext


class PageOut:
    """Copies and saves what one window shows."""

    def __init__(self, context: WindowContext) -> None:
        self._context = context

    def open_picture_dialog(self) -> None:
        """Ask for the size of a picture of the chart."""
        from explorer.ui.chart import open_picture_dialog

        open_picture_dialog(self._context)

    def copy_figure(self) -> None:
        """Put the selected figure with its citation on the clipboard."""
        card = self._context.store.current_page.card
        if card is not None:
            QGuiApplication.clipboard().setText(card.citation)
            self._context.messages.show_message(f"Copied with its source: {card.heading}.")

    def copy_table(self) -> None:
        """Put the table on the clipboard, as spreadsheets and as letters paste it, with its citation."""
        from explorer.export.page import table_marked_up, table_tabbed

        page = self._context.store.current_page
        data = QMimeData()
        data.setText(f"{table_tabbed(page.table)}\n\n{page.citation}")
        data.setHtml(table_marked_up(page.table, page.chart.title, page.citation))
        QGuiApplication.clipboard().setMimeData(data)
        self._context.messages.show_message("The table was copied with its sources.")

    def copy_citation(self) -> None:
        """Put the finding, as a sentence with its sources, on the clipboard."""
        QGuiApplication.clipboard().setText(self._context.store.current_page.citation)
        self._context.messages.show_message("Copied: the finding as a sentence with its sources.")

    def copy_chart(self) -> None:
        """Put the chart on the clipboard as a picture, and its citation as text beside it."""
        from explorer.render.image import picture_image

        page = self._context.store.current_page
        data = QMimeData()
        data.setImageData(picture_image(page.chart))
        data.setText(page.citation)
        QGuiApplication.clipboard().setMimeData(data)
        self._context.messages.show_message("The chart was copied as a picture; its sources are in the picture.")

    def save(self) -> None:
        """Ask for a file and write the page to it."""
        from explorer.export.page import FORMATS

        names = [f"{fmt.name} (*{fmt.suffix})" for fmt in FORMATS.values()]
        default_path = str(self._context.default_folder() / self._context.page_file_name(".png"))
        path, chosen_filter = QFileDialog.getSaveFileName(
            self._context.widget, "Save chart or table", default_path, ";;".join(names)
        )
        if path:
            self._context.saved_in = Path(path).parent
            ending = list(FORMATS.values())[names.index(chosen_filter)].suffix if chosen_filter in names else ".png"
            self.write(Path(path) if Path(path).suffix else Path(path).with_suffix(ending))

    def write(self, path: Path) -> None:
        """Write the page to ``path`` and say how that went."""
        from explorer.export.page import write_page

        try:
            write_page(self._context.store.library, self._context.store.current_page, path)
        except ValueError as error:
            self._context.messages.show_message(str(error))
        except OSError as error:
            why = error.strerror or str(error)
            self._context.messages.show_message(f"“{path.name}” was not saved: {why}. Choose another folder or name.")
        else:
            self._context.messages.show_message(f"Saved: {path}")
